package byol

import (
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// Facts are what a checklist asks about an account that wants to bring its own licences,
// in one Region. A nil pointer or an empty string is a fact that is not known. Facts can be
// read from JSON by the names of the fields.
type Facts struct {
	Region string `json:",omitempty"` // its code, such as eu-west-1

	LicenseAllowsHosting *bool    `json:",omitempty"` // by the agreement with Microsoft
	VolumeLicensing      *bool    `json:",omitempty"` // with Software Assurance
	OEMLicense           *bool    `json:",omitempty"`
	Windows              *Windows `json:",omitempty"` // the system of the image

	Commitment      Commitment   // of this account
	Linked          []Commitment `json:",omitempty"` // of the accounts that are linked to it, in the same Region
	GraphicsEnabled *bool        `json:",omitempty"` // by AWS Support, for images with a GPU

	// DedicatedTenancySupport and DedicatedTenancyAccountType are as DescribeAccount
	// returns them. An account with an empty type is not linked.
	DedicatedTenancySupport     types.DedicatedTenancySupportResultEnum `json:",omitempty"`
	DedicatedTenancyAccountType types.DedicatedTenancyAccountType       `json:",omitempty"`
	ManagementCIDRChosen        *bool                                   `json:",omitempty"`
	ManagementCIDRConflicts     *bool                                   `json:",omitempty"` // with the customer's network
	Directory                   *Directory                              `json:",omitempty"` // for the WorkSpaces
	KMSReachable                *bool                                   `json:",omitempty"` // from the WorkSpaces
	ManagementPortsOpen         *bool                                   `json:",omitempty"`

	Format                 string `json:",omitempty"` // of what is imported: OVA, VHDX, VMDK, OVF, ISO or AMI
	BucketInRegion         *bool  `json:",omitempty"` // the S3 bucket that it is imported from; not for an AMI
	EBSEncryptionByDefault *bool  `json:",omitempty"`
	SourceAMIEncrypted     *bool  `json:",omitempty"`
	ImportPrivateLink      *bool  `json:",omitempty"` // the VPC of the import uses AWS PrivateLink
	ImportInternet         *bool  `json:",omitempty"` // it reaches the public internet
}

// A Commitment is what an account will run in a Region each month; nil is not known.
type Commitment struct {
	Workspaces       *int `json:"WorkSpaces,omitempty"` // without a GPU
	ApplicationUsers *int `json:",omitempty"`           // unique users of WorkSpaces Applications
	GPUAlwaysOn      *int `json:",omitempty"`           // WorkSpaces with a GPU
	GPUAutoStop      *int `json:",omitempty"`
}

// String lists the numbers that are known.
func (c *Commitment) String() string {
	var parts []string
	for _, n := range c.numbers() {
		if n.n != nil {
			parts = append(parts, fmt.Sprint(n.name, " ", *n.n))
		}
	}
	return strings.Join(parts, ", ")
}

// Checklist returns a line for each requirement of the edition, in the order of the
// guide: licence, Windows, commitment, account, network, directory, import. The error is
// a *rule.InputError for Rules without an edition, nil Facts, a negative number, and a
// Windows whose build and release contradict one another.
func (r Rules) Checklist(f *Facts) (Checklist, error) {
	if err := r.known(); err != nil {
		return Checklist{}, err
	}
	if f == nil {
		return Checklist{}, &rule.InputError{Path: "Facts", Value: "nil", Reason: "is no account"}
	}
	if err := f.validate(); err != nil {
		return Checklist{}, err
	}
	var w system
	if f.Windows != nil {
		w = r.s.system(f.Windows)
	}
	list := Checklist{Lines: make([]Line, 0, len(r.s.account))}
	list.Answer = judge(r.s, r.s.account, f, w, &list.Lines)
	return list, nil
}

func (f *Facts) validate() error {
	if err := f.Commitment.validate("Commitment"); err != nil {
		return err
	}
	for i := range f.Linked {
		if err := f.Linked[i].validate(rule.Path("Linked").Index(i)); err != nil {
			return err
		}
	}
	if f.Windows != nil {
		if err := f.Windows.validate(); err != nil {
			return rule.Below("Windows", err)
		}
	}
	if f.Directory != nil {
		return f.Directory.validate("Directory")
	}
	return nil
}

func (c *Commitment) validate(at rule.Path) error {
	for _, n := range c.numbers() {
		if n.n != nil && *n.n < 0 {
			return negative(at.Join(n.name), int64(*n.n))
		}
	}
	return nil
}

type namedNumber struct {
	name rule.Path
	n    *int
}

func (c *Commitment) numbers() [4]namedNumber {
	return [...]namedNumber{{"WorkSpaces", c.Workspaces}, {"ApplicationUsers", c.ApplicationUsers}, {"GPUAlwaysOn", c.GPUAlwaysOn}, {"GPUAutoStop", c.GPUAutoStop}}
}

// linksToSource reports whether the account uses the management range of another one.
func (f *Facts) linksToSource() bool {
	return f.DedicatedTenancyAccountType == types.DedicatedTenancyAccountTypeTargetAccount
}

// ifGPU returns the outcome for an account that plans WorkSpaces with a GPU. For others the
// rule does not apply; if that is not known, the fact is missing.
func (f *Facts) ifGPU(o outcome) outcome {
	plans, known := f.Commitment.gpu()
	switch {
	case o.state == Met || plans:
	case known:
		o.state = NotApplicable
	default:
		o.state = NotProvided
	}
	return o
}

// ifFormat returns the outcome if the rule is about the format. Else it does not apply; if
// the format is not known, the fact is missing.
func (f *Facts) ifFormat(o outcome, concerns bool) outcome {
	switch {
	case o.state == Met:
	case f.Format == "":
		o.state = NotProvided
	case !concerns:
		o.state = NotApplicable
	}
	return o
}

// gpu reports whether WorkSpaces with a GPU are planned, and whether that is known.
func (c *Commitment) gpu() (plans, known bool) {
	plans = c.GPUAlwaysOn != nil && *c.GPUAlwaysOn > 0 || c.GPUAutoStop != nil && *c.GPUAutoStop > 0
	return plans, plans || c.GPUAlwaysOn != nil && c.GPUAutoStop != nil
}
