package byol

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// A Directory is one for BYOL WorkSpaces. An empty string or nil pointer is not known.
type Directory struct {
	// Kind is MicrosoftAD, SimpleAD or ADConnector, as the API of AWS Directory Service has
	// it, or a DirectoryType of the WorkSpaces API: SIMPLE_AD, AD_CONNECTOR,
	// CUSTOMER_MANAGED, AWS_IAM_IDENTITY_CENTER. That API has no value for AWS Managed
	// Microsoft AD, so that SIMPLE_AD decides nothing.
	Kind       string        `json:",omitempty"`
	Tenancy    types.Tenancy `json:",omitempty"`
	WorkSpaces *int          `json:",omitempty"` // how many there are in it now
}

func (d *Directory) validate(at rule.Path) error {
	if d.WorkSpaces != nil && *d.WorkSpaces < 0 {
		return negative(at.Join("WorkSpaces"), int64(*d.WorkSpaces))
	}
	return nil
}

// directoryChecks are the checks of the directory for facts of any type.
func directoryChecks[T any](directory func(*T) *Directory) []check[T] {
	return []check[T]{
		{DirectoryKindUnsupported, "Directory.Kind", func(_ Rules, facts *T, w *row) (State, any) {
			d := directory(facts)
			if d == nil || d.Kind == "" {
				return NotProvided, nil
			}
			return d.kind(w), &d.Kind
		}},
		{DirectoryNotDedicated, "Directory.Tenancy", func(_ Rules, facts *T, _ *row) (State, any) {
			d := directory(facts)
			if d == nil || d.Tenancy == "" {
				return NotProvided, nil
			}
			return d.tenancy(), &d.Tenancy
		}},
	}
}

func (d *Directory) kind(w *row) State {
	switch {
	case d.Kind == "":
		return NotProvided
	case slices.Contains(w.names, d.Kind):
		return Met
	case d.Kind == simpleAD:
		return Broken
	}
	return Undocumented // SIMPLE_AD, which may be either, and what no document names
}

func (d *Directory) tenancy() State {
	switch d.Tenancy {
	case "":
		return NotProvided
	case types.TenancyDedicated:
		return Met
	case types.TenancyShared:
		return Broken
	}
	return Undocumented
}

// A Launch is what WorkSpaces are to be launched from.
type Launch struct {
	BYOL       *bool // from a bundle of a BYOL image
	Reregister bool  // the directory is first to be deregistered and registered as dedicated
}

// CheckDirectory tells whether WorkSpaces can be launched into a directory: BYOL
// WorkSpaces need one that is registered with dedicated tenancy; other bundles do not go
// into such a one. A directory with shared tenancy can be registered anew as a dedicated
// one, with Reregister, if it has no WorkSpaces. The verdict is Undocumented if a fact
// that decides is missing, for a kind of directory that no document names (Simple AD is
// never named, nor refused), and before 2019-10-25, but for public bundles in a dedicated
// directory, which the FAQ of 2017 refuses.
//
// The error is for Rules without an edition, and for a negative number.
func (r Rules) CheckDirectory(d Directory, l Launch) (Answer, error) {
	if err := r.known(); err != nil {
		return Answer{}, err
	}
	if err := d.validate(""); err != nil {
		return Answer{}, err
	}
	var a Answer
	open := r.row(DirectoryNotDedicated) == nil
	byol := l.BYOL != nil && *l.BYOL
	if l.BYOL == nil {
		a.unknown("BYOL")
	}
	if w := r.row(DirectoryKindUnsupported); w != nil && byol {
		s := d.kind(w)
		open = r.settleState(&a, w, "Kind", s, d.Kind) || open || s == Broken
	}
	switch w := r.row(DirectoryNotDedicated); {
	case w == nil || !byol:
	case !l.Reregister:
		open = r.settleState(&a, w, "Tenancy", d.tenancy(), string(d.Tenancy)) || open
	case d.WorkSpaces == nil:
		a.unknown("WorkSpaces")
	case *d.WorkSpaces > 0:
		a.Violations = r.broken(a.Violations, DirectoryHasWorkSpaces, "WorkSpaces", "%d WorkSpaces", *d.WorkSpaces)
	}
	if l.BYOL != nil && !byol {
		switch {
		case d.Tenancy == "":
			a.unknown("Tenancy")
		case d.Tenancy == types.TenancyDedicated:
			a.Violations = r.broken(a.Violations, PublicBundleInDedicated, "Tenancy", "a bundle that is not of a BYOL image")
		}
		if d.Kind == string(types.WorkspaceDirectoryTypeAwsIamIdentityCenter) {
			a.Violations = r.broken(a.Violations, EntraDirectoryWithoutBYOL, "Kind", "a bundle that is not of a BYOL image")
		}
	}
	a.settle(open)
	return a, nil
}

// settleState notes what a state comes to, and reports whether it is undocumented.
func (r Rules) settleState(a *Answer, w *row, at rule.Path, s State, got string) (open bool) {
	switch s {
	case NotProvided:
		a.unknown(at)
	case Broken:
		a.Violations = append(a.Violations, w.violation(at, got))
	}
	return s == Undocumented
}
