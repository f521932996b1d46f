package byol

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// Codes of the rules about directories for BYOL WorkSpaces.
const (
	DirectoryKindUnsupported  rule.Code = "byol.directory-kind-unsupported"
	DirectoryNotDedicated     rule.Code = "byol.directory-not-dedicated"
	DirectoryHasWorkspaces    rule.Code = "byol.directory-has-workspaces"
	PublicBundleInDedicated   rule.Code = "byol.public-bundle-in-dedicated-directory"
	EntraDirectoryWithoutBYOL rule.Code = "byol.entra-directory-without-byol"
)

const entraRequirements = "Requirements and limitations"

// Types of the API of AWS Directory Service.
const (
	microsoftAD = "MicrosoftAD"
	simpleAD    = "SimpleAD"
	adConnector = "ADConnector"
)

// The documents name AWS Managed Microsoft AD and AD Connector, later Entra ID, and never
// Simple AD. Only the FAQ of 2017 mentions public bundles in a dedicated directory; no document
// takes that back.
var directoryRules = []requirement{
	{DirectoryKindUnsupported, "The guide does not speak of directories of this kind for BYOL.", "Use a kind that is named.", []ask{
		should(byolPage, dedicateStep, "2019-01-08", autumn2025, "AWS Managed Microsoft AD or AD Connector, of which alone the guide speaks").oneOf(microsoftAD, adConnector, string(types.WorkspaceDirectoryTypeAdConnector)),
		should(byolPage, processOf2025, autumn2025, "", "AWS Managed Microsoft AD or AD Connector, which the page names, or Entra ID, whose own page speaks of BYOL").oneOf(microsoftAD, adConnector, string(types.WorkspaceDirectoryTypeAdConnector), string(types.WorkspaceDirectoryTypeAwsIamIdentityCenter)),
	}},
	{DirectoryNotDedicated, "The directory is not registered with dedicated tenancy.", "Register the directory with dedicated tenancy.", []ask{
		must(byolPage, dedicateStep, "2019-01-08", "2019-11-15", "a directory registered with dedicated tenancy"),
		must(registerAPI, "Tenancy", "2019-11-15", "", "a directory registered with the tenancy DEDICATED"),
	}},
	{DirectoryHasWorkspaces, "A directory that has WorkSpaces is to be registered anew.", "Move or terminate its WorkSpaces before it is registered anew.",
		[]ask{
			must(byolPage, dedicateStep, "2019-01-08", autumn2025, "no WorkSpaces in a directory that is to be registered anew"),
			must(serviceModel, "DeregisterWorkspaceDirectory", autumn2025, "", "no WorkSpaces in a directory that is to be deregistered").readOn("2019-11-15"), // the page says it no more
		}},
	{PublicBundleInDedicated, "A public bundle is to be launched in a dedicated directory.", "Launch public bundles in a directory that is not dedicated.",
		[]ask{must(faq, "Can I launch Amazon WorkSpaces from a public bundle in the same directory as my Windows 7 or Windows 10 Desktop WorkSpaces?", year2017, "", "bundles of your own images alone in a dedicated directory")}},
	{EntraDirectoryWithoutBYOL, "A directory for Entra ID is to have a WorkSpace that is not a personal BYOL WorkSpace.", "Launch other WorkSpaces in another directory.",
		[]ask{must(entraPage, entraRequirements, autumn2025, "", "personal BYOL WorkSpaces alone in a directory for Entra ID")}},
}

// A Directory is one for BYOL WorkSpaces. An empty string or nil pointer is not known.
type Directory struct {
	// Kind is MicrosoftAD, SimpleAD or ADConnector, as the API of AWS Directory Service has
	// it, or a DirectoryType of the WorkSpaces API: SIMPLE_AD, AD_CONNECTOR,
	// CUSTOMER_MANAGED, AWS_IAM_IDENTITY_CENTER. The WorkSpaces API has no value for AWS
	// Managed Microsoft AD, so SIMPLE_AD decides nothing.
	Kind       string        `json:",omitempty"`
	Tenancy    types.Tenancy `json:",omitempty"`
	Workspaces *int          `json:"WorkSpaces,omitempty"` // how many it has now
}

func (d *Directory) validate(at rule.Path) error {
	if d.Workspaces != nil && *d.Workspaces < 0 {
		return negative(at.Join("WorkSpaces"), int64(*d.Workspaces))
	}
	return nil
}

// directoryChecks are the checks of the directory of an account.
var directoryChecks = []check[Facts]{
	{directoryRules[0], "Directory.Kind", func(f *Facts, _ system, a *ask) outcome {
		if f.Directory == nil {
			return outcome{}
		}
		o := f.Directory.kind(a)
		o.fact = &f.Directory.Kind
		return o
	}},
	{directoryRules[1], "Directory.Tenancy", func(f *Facts, _ system, _ *ask) outcome {
		if f.Directory == nil {
			return outcome{}
		}
		o := f.Directory.tenancy()
		o.fact = &f.Directory.Tenancy
		return o
	}},
}

// kind and tenancy leave out the fact: a pointer to it would cost an allocation.
func (d *Directory) kind(a *ask) outcome {
	switch {
	case d.Kind == "":
		return outcome{}
	case slices.Contains(a.names, d.Kind):
		return outcome{state: Met}
	case d.Kind == simpleAD:
		return outcome{state: Broken}
	}
	return undocumented(nil, "no document says whether BYOL WorkSpaces go into a directory of this kind")
}

func (d *Directory) tenancy() outcome {
	switch d.Tenancy {
	case "":
		return outcome{}
	case types.TenancyDedicated, types.TenancyShared:
		return either(d.Tenancy == types.TenancyDedicated, nil)
	}
	return undocumented(nil, "no document has this tenancy")
}

// A Placement is how WorkSpaces are launched into a directory. A nil pointer is not known.
type Placement struct {
	BYOL       *bool // the bundle is of a BYOL image
	Reregister bool  // the directory is first deregistered and registered as dedicated
}

// CheckDirectory tells whether WorkSpaces can be launched into a directory. BYOL WorkSpaces
// need a directory that is registered with dedicated tenancy; other bundles cannot use one. A
// directory with shared tenancy can be registered again as a dedicated one, with Reregister,
// if it has no WorkSpaces.
//
// The verdict is Undocumented if a fact that decides is missing; for a kind of directory that
// no document names (Simple AD is neither named nor refused); and before 2019-01-08, except for
// public bundles in a dedicated directory, which the FAQ of 2017 refuses.
//
// The error is for Rules without an edition, and for a negative number.
func (r Rules) CheckDirectory(d Directory, p Placement) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	if err := d.validate(""); err != nil {
		return rule.Answer{}, err
	}
	var a rule.Answer
	s := r.s
	dedicated := s.asks[DirectoryNotDedicated]
	if dedicated == nil {
		a.NotDocumented("", "no document of the edition says how directories for BYOL WorkSpaces are registered")
	}
	switch {
	case p.BYOL == nil:
		a.NotGiven("BYOL", "whether the bundle is of a BYOL image is not given")
	case *p.BYOL:
		if kind := s.asks[DirectoryKindUnsupported]; kind != nil {
			o := d.kind(kind)
			if s.conclude(&a, DirectoryKindUnsupported, "Kind", o, d.Kind); o.state == Broken {
				a.NotDocumented("Kind", "no document says that the service refuses a directory of this kind")
			}
		}
		switch {
		case dedicated == nil:
		case !p.Reregister:
			s.conclude(&a, DirectoryNotDedicated, "Tenancy", d.tenancy(), string(d.Tenancy))
		case d.Workspaces == nil:
			s.lack(&a, DirectoryHasWorkspaces, "WorkSpaces")
		case *d.Workspaces > 0:
			s.breach(&a, DirectoryHasWorkspaces, "WorkSpaces", "%d WorkSpaces", *d.Workspaces)
		}
	default:
		switch d.Tenancy {
		case "":
			s.lack(&a, PublicBundleInDedicated, "Tenancy")
		case types.TenancyDedicated:
			s.breach(&a, PublicBundleInDedicated, "Tenancy", "a bundle that is not of a BYOL image")
		}
		if d.Kind == string(types.WorkspaceDirectoryTypeAwsIamIdentityCenter) {
			s.breach(&a, EntraDirectoryWithoutBYOL, "Kind", "a bundle that is not of a BYOL image")
		}
	}
	return a.Concluded(), nil
}

// conclude adds what an outcome means to an answer.
func (s *snapshot) conclude(a *rule.Answer, c rule.Code, at rule.Path, o outcome, got string) {
	switch o.state {
	case NotProvided:
		s.lack(a, c, at)
	case Broken:
		s.breach(a, c, at, "%s", got)
	case Undocumented:
		open := *o.open
		open.Path = at
		a.Open = append(a.Open, open)
	}
}
