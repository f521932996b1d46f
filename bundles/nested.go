package bundles

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules of nested virtualization, with which a WorkSpace runs hypervisors.
const (
	NestedVirtualizationUnsupported rule.Code = "bundles.nested-virtualization-unsupported"
	NestedVirtualizationReboots     rule.Code = "bundles.nested-virtualization-reboots"
)

var nestedRules = []tables.Rule{
	{
		Code:      NestedVirtualizationUnsupported,
		Title:     "A WorkSpace cannot have nested virtualization.",
		Remedy:    "Choose a system, protocol, compute type and Region that are named, or leave nested virtualization off.",
		Revisions: []rule.Revision{tables.Must(nestedPage, "Prerequisites", readAugust, "")},
	},
	{
		Code:      NestedVirtualizationReboots,
		Title:     "With nested virtualization a WorkSpace with AutoStop reboots instead of hibernating, and users lose their session.",
		Remedy:    "Use AlwaysOn with Windows Server 2025 and Windows 11 24H2 and 25H2.",
		Revisions: []rule.Revision{tables.Should(nestedPage, "Known limitations", readAugust, "")},
		Figures:   []tables.Figure{{Name: "releases of Windows 11 that reboot with nested virtualization", Value: words(rebootingReleases)}},
	},
}

// rebootingReleases are those of Windows 11; Windows Server 2025 reboots too.
var rebootingReleases = []string{"24H2", "25H2"}

// nested and nestedSizes are shared tables, with the rule of this package that uses them.
func nested() tables.Facts {
	t := facts.Nested
	t.Lists = func(r facts.NestedRow) (list []rule.Parameter) {
		for _, p := range [...]struct {
			name string
			list []string
		}{
			{"systems with", r.Systems}, {"systems without", r.NotSystems}, {"protocols with", r.Protocols}, {"protocols without", r.NotProtocols},
		} {
			list = append(list, parameter(p.name+" nested virtualization", words(p.list), NestedVirtualizationUnsupported)...)
		}
		return list
	}
	return t
}

func nestedSizes() tables.Facts {
	t := facts.NestedSizes
	t.Lists = func(r facts.NestedSize) []rule.Parameter {
		return parameter("compute types with nested virtualization", words(r.Computes), NestedVirtualizationUnsupported)
	}
	return t
}

// CheckNestedVirtualization tells whether nested virtualization can be switched on for a WorkSpace, by its
// operating system, protocol, compute type, Region and that it is no standby WorkSpace; violations stand in this
// order. release is that of Windows 11, such as 24H2, or "". That it reboots where it would hibernate is a Should: with AutoStop and Windows
// Server 2025, or Windows 11 of release 24H2 or 25H2 or of one that is not given. In other Regions than those
// that are ruled out it is available where WorkSpaces Personal is; whether that is so is not checked.
//
// The answer is open for what w does not tell, for systems and protocols that the guide does not
// name, and before 2026-08-25. A Region that is neither empty nor of the form of a code is a *rule.InputError.
func (r Rules) CheckNestedVirtualization(w Workspace, release string) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	if err := checkRegion(w.Region); err != nil {
		return rule.Answer{}, err
	}
	var a rule.Answer
	row, ok := facts.Nested.One(r.edition)
	if !ok {
		a.NotDocumented("", "no document of the edition speaks of nested virtualization")
		return a.Concluded(), nil
	}
	r.s.nestedOn(&a, systemName, string(w.OperatingSystem), isUnknown(w.OperatingSystem), row.Systems, slices.Contains(row.NotSystems, string(w.OperatingSystem)))
	r.s.nestedOn(&a, protocolsPath, string(w.Protocol), w.Protocol == "", row.Protocols, slices.Contains(row.NotProtocols, string(w.Protocol)))
	without := facts.HasGPU(string(w.ComputeType)) || w.ComputeType == types.ComputeValue
	sizes, _ := facts.NestedSizes.One(r.edition)
	r.s.nestedOn(&a, computeName, string(w.ComputeType), w.ComputeType == "", sizes.Computes, without)
	r.s.featureIn(&a, regionPath, facts.NestedVirtualization, w.Region, NestedVirtualizationUnsupported)
	if w.Standby {
		r.s.rules.Break(&a, NestedVirtualizationUnsupported, "", "a standby WorkSpace cannot have nested virtualization")
	}
	server := w.OperatingSystem == types.OperatingSystemNameWindowsServer2025
	newest := w.OperatingSystem == types.OperatingSystemNameWindows11 && (release == "" || slices.Contains(rebootingReleases, release))
	if w.RunningMode == types.RunningModeAutoStop && (server || newest) {
		r.s.rules.Break(&a, NestedVirtualizationReboots, modePath, "%s with AutoStop reboots when it times out", w.OperatingSystem)
	}
	return a.Concluded(), nil
}

// nestedOn judges one property: it is among those with nested virtualization, or one without, or neither.
func (s *snapshot) nestedOn(a *rule.Answer, at rule.Path, value string, unknown bool, with []string, without bool) {
	switch {
	case unknown:
		a.NotGiven(at, "it is not known")
	case without:
		s.rules.Break(a, NestedVirtualizationUnsupported, at, "%s cannot have nested virtualization", value)
	case !slices.Contains(with, value):
		a.NotDocumented(at, "no document says whether "+quoted(value)+" can have nested virtualization")
	}
}
