package byol

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// Facts are what a checklist asks about an account that is to bring its own licences,
// in one Region. A nil pointer or empty string is a fact that is not known. Facts can be
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
	// returns them. An account type that is empty is one that is not linked.
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
	WorkSpaces       *int `json:",omitempty"` // without a GPU
	ApplicationUsers *int `json:",omitempty"` // unique users of WorkSpaces Applications
	GPUAlwaysOn      *int `json:",omitempty"` // WorkSpaces with a GPU
	GPUAutoStop      *int `json:",omitempty"`
}

// String lists the numbers that are known.
func (c *Commitment) String() string {
	var parts []string
	for _, n := range []struct {
		name string
		n    *int
	}{{"WorkSpaces", c.WorkSpaces}, {"ApplicationUsers", c.ApplicationUsers}, {"GPUAlwaysOn", c.GPUAlwaysOn}, {"GPUAutoStop", c.GPUAutoStop}} {
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
		return nil, err
	}
	if f == nil {
		return nil, &rule.InputError{Path: "Facts", Value: "nil", Reason: "is no account"}
	}
	if err := f.validate(); err != nil {
		return nil, err
	}
	return evaluate(r, eligibilityChecks, f), nil
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
			return err
		}
	}
	if f.Directory != nil {
		return f.Directory.validate("Directory")
	}
	return nil
}

func (c *Commitment) validate(at rule.Path) error {
	for name, n := range map[rule.Path]*int{"WorkSpaces": c.WorkSpaces, "ApplicationUsers": c.ApplicationUsers, "GPUAlwaysOn": c.GPUAlwaysOn, "GPUAutoStop": c.GPUAutoStop} {
		if n != nil && *n < 0 {
			return &rule.InputError{Path: at.Join(name), Value: fmt.Sprint(*n), Reason: "is negative"}
		}
	}
	return nil
}

var eligibilityChecks = slices.Concat([]check[Facts]{
	yes(LicenseForbidsHosting, "LicenseAllowsHosting", func(f *Facts) *bool { return f.LicenseAllowsHosting }),
	yes(NoVolumeLicensing, "VolumeLicensing", func(f *Facts) *bool { return f.VolumeLicensing }),
	no(OEMLicense, "OEMLicense", func(f *Facts) *bool { return f.OEMLicense }),
}, windowsChecks(func(f *Facts) *Windows { return f.Windows }), []check[Facts]{
	{CommitmentTooSmall, "Commitment", commitment},
	{CapeTownCommitmentTooSmall, "Commitment", func(r Rules, f *Facts, w *row) (State, any) {
		if s := inRegion(f, "af-south-1"); s != Met {
			return s, nil
		}
		return commitment(r, f, w)
	}},
	{GPUCommitmentTooSmall, "Commitment", gpuCommitment},
	{GPUUnavailableInRegion, "Region", func(_ Rules, f *Facts, w *row) (State, any) {
		switch {
		case f.Region == "":
			return f.ifGPU(NotProvided), nil
		case slices.Contains(w.names, f.Region):
			return f.ifGPU(Broken), &f.Region
		}
		return Met, &f.Region
	}},
	{GraphicsNotEnabled, "GraphicsEnabled", func(_ Rules, f *Facts, _ *row) (State, any) {
		s, fact := boolState(f.GraphicsEnabled, true)
		return f.ifGPU(s), fact
	}},
	{AccountNotEnabled, "DedicatedTenancySupport", func(_ Rules, f *Facts, _ *row) (State, any) {
		switch f.DedicatedTenancySupport {
		case "":
			return NotProvided, nil
		case types.DedicatedTenancySupportResultEnumEnabled:
			return Met, &f.DedicatedTenancySupport
		case types.DedicatedTenancySupportResultEnumDisabled:
			return Broken, &f.DedicatedTenancySupport
		}
		return Undocumented, &f.DedicatedTenancySupport
	}},
	{ManagementCIDRNotChosen, "ManagementCIDRChosen", func(_ Rules, f *Facts, _ *row) (State, any) {
		if f.linksToSource() {
			return NotApplicable, nil
		}
		return boolState(f.ManagementCIDRChosen, true)
	}},
	no(ManagementCIDRConflicts, "ManagementCIDRConflicts", func(f *Facts) *bool { return f.ManagementCIDRConflicts }),
	{LinkedAccountChoseCIDR, "ManagementCIDRChosen", func(_ Rules, f *Facts, _ *row) (State, any) {
		if !f.linksToSource() {
			return NotApplicable, nil
		}
		return boolState(f.ManagementCIDRChosen, false)
	}},
	yes(KMSUnreachable, "KMSReachable", func(f *Facts) *bool { return f.KMSReachable }),
	yes(ManagementPortsClosed, "ManagementPortsOpen", func(f *Facts) *bool { return f.ManagementPortsOpen }),
}, directoryChecks(func(f *Facts) *Directory { return f.Directory }), []check[Facts]{
	{ImportFormatUnsupported, "Format", func(_ Rules, f *Facts, w *row) (State, any) {
		switch {
		case f.Format == "":
			return NotProvided, nil
		case slices.Contains(w.names, f.Format):
			return Met, &f.Format
		}
		return Broken, &f.Format
	}},
	{LTSCFromISO, "Format", func(_ Rules, f *Facts, _ *row) (State, any) {
		switch system := f.Windows; {
		case f.Format != "" && f.Format != "ISO", system != nil && system.Edition != "" && !system.ltsc():
			return NotApplicable, nil
		case f.Format == "" || system == nil || system.Edition == "":
			return NotProvided, nil
		}
		return Broken, &f.Format
	}},
	{BucketInOtherRegion, "BucketInRegion", func(_ Rules, f *Facts, _ *row) (State, any) {
		s, fact := boolState(f.BucketInRegion, true)
		return f.ifFormat(s, f.Format != "AMI"), fact
	}},
	no(EBSEncryptedByDefault, "EBSEncryptionByDefault", func(f *Facts) *bool { return f.EBSEncryptionByDefault }),
	{SourceAMIEncrypted, "SourceAMIEncrypted", func(_ Rules, f *Facts, _ *row) (State, any) {
		s, fact := boolState(f.SourceAMIEncrypted, false)
		return f.ifFormat(s, f.Format == "AMI"), fact
	}},
	no(ImportThroughPrivateLink, "ImportPrivateLink", func(f *Facts) *bool { return f.ImportPrivateLink }),
	yes(ImportWithoutInternet, "ImportInternet", func(f *Facts) *bool { return f.ImportInternet }),
})

// linksToSource reports whether the account uses the management range of another one.
func (f *Facts) linksToSource() bool {
	return f.DedicatedTenancyAccountType == types.DedicatedTenancyAccountTypeTargetAccount
}

// ifGPU is s for an account that plans WorkSpaces with a GPU, and what it comes to else.
func (f *Facts) ifGPU(s State) State {
	plans, known := f.Commitment.gpu()
	switch {
	case s == Met || plans:
		return s
	case known:
		return NotApplicable
	}
	return NotProvided
}

// ifFormat is s if the requirement concerns the format, and what it comes to else.
func (f *Facts) ifFormat(s State, concerns bool) State {
	switch {
	case s == Met:
		return s
	case f.Format == "":
		return NotProvided
	case concerns:
		return s
	}
	return NotApplicable
}

// inRegion is Met in the Region, NotApplicable in another, and NotProvided in none.
func inRegion(f *Facts, region string) State {
	switch f.Region {
	case "":
		return NotProvided
	case region:
		return Met
	}
	return NotApplicable
}

// gpu reports whether WorkSpaces with a GPU are planned, and whether that is known.
func (c *Commitment) gpu() (plans, known bool) {
	plans = c.GPUAlwaysOn != nil && *c.GPUAlwaysOn > 0 || c.GPUAutoStop != nil && *c.GPUAutoStop > 0
	return plans, plans || c.GPUAlwaysOn != nil && c.GPUAutoStop != nil
}

// A tally adds numbers of which some may not be known.
type tally struct {
	n    int64
	open bool // a number is missing, so that there may be more
}

func (t *tally) add(n *int) {
	if n == nil {
		t.open = true
	} else {
		t.n += int64(*n)
	}
}

// state is Met if the numbers that are known suffice.
func (t tally) state(w *row, fact any) (State, any) {
	switch {
	case w.holds(t.n):
		return Met, fact
	case t.open:
		return NotProvided, nil
	}
	return Broken, fact
}

// pooled returns the commitments that count.
func (f *Facts) pooled(w *row) []Commitment {
	all := []Commitment{f.Commitment}
	if slices.Contains(w.names, countsLinked) {
		all = append(all, f.Linked...)
	}
	return all
}

func commitment(_ Rules, f *Facts, w *row) (State, any) {
	own := f.Commitment
	if plans, known := own.gpu(); own.WorkSpaces != nil && *own.WorkSpaces == 0 && slices.Contains(w.names, onlyIfPlanned) && (plans || !known) {
		return f.ifGPU(NotApplicable), nil
	}
	var t tally
	for _, c := range f.pooled(w) {
		if t.add(c.WorkSpaces); slices.Contains(w.names, countsApplications) {
			t.add(c.ApplicationUsers)
		}
	}
	return t.state(w, &f.Commitment)
}

// gpuCommitment is Undocumented for a mix of running modes in which neither number
// suffices alone: no document says how the two are added up.
func gpuCommitment(_ Rules, f *Facts, w *row) (State, any) {
	var on, stop tally
	for _, c := range f.pooled(w) {
		on.add(c.GPUAlwaysOn)
		stop.add(c.GPUAutoStop)
	}
	switch {
	case on.n >= w.min || stop.n >= w.orLeast:
		return Met, &f.Commitment
	case on.open || stop.open:
		return NotProvided, nil
	case on.n == 0 && stop.n == 0:
		return NotApplicable, nil
	case on.n > 0 && stop.n > 0:
		return Undocumented, &f.Commitment
	}
	return Broken, &f.Commitment
}
