package bundles

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules of standby WorkSpaces, to which multi-Region resilience redirects users.
const (
	StandbyNotInRegion     rule.Code = "bundles.standby-not-in-region"
	StandbyOperatingSystem rule.Code = "bundles.standby-operating-system"
	StandbyComputeType     rule.Code = "bundles.standby-compute-type"
	StandbySimpleAD        rule.Code = "bundles.standby-simple-ad"
)

var standbyRules = []tables.Rule{
	{
		Code:      StandbyNotInRegion,
		Title:     "Multi-Region resilience is not available in a Region.",
		Remedy:    "Choose Regions that are named for the primary WorkSpace and for the one that stands by.",
		Revisions: []rule.Revision{tables.Must(resiliencePage, "Limitations", read2025, "")},
	},
	{
		Code:      StandbyOperatingSystem,
		Title:     "A WorkSpace with an operating system cannot have a standby WorkSpace.",
		Remedy:    "Make standby WorkSpaces for Windows only.",
		Revisions: []rule.Revision{tables.Must(resiliencePage, "Limitations", read2025, "")},
		Figures:   []tables.Figure{{Name: "systems without standby WorkSpaces", Value: "Amazon Linux 2, Ubuntu and Red Hat Enterprise Linux, of any version"}},
	},
	{
		Code:      StandbyComputeType,
		Title:     "A WorkSpace of a compute type cannot have a standby WorkSpace.",
		Remedy:    "Make standby WorkSpaces for compute types up to PowerPro.",
		Revisions: []rule.Revision{tables.Must(resiliencePage, "Limitations", read2025, "")},
	},
	{
		Code:      StandbySimpleAD,
		Title:     "Data of a WorkSpace in Simple AD is to be replicated.",
		Remedy:    "Leave data replication off, or use another directory.",
		Revisions: []rule.Revision{tables.Must(resiliencePage, "Limitations", read2025, "")},
	},
}

// noStandby are the systems that the guide names, in all their versions; of Rocky Linux it does not speak. Two are spelled as
// the SDK would, which has no value for them.
var noStandby = []types.OperatingSystemName{
	types.OperatingSystemNameAmazonLinux2, types.OperatingSystemNameUbuntu1804, types.OperatingSystemNameUbuntu2004, types.OperatingSystemNameUbuntu2204, "UBUNTU_24_04",
	types.OperatingSystemNameRhel8, "RHEL_9",
}

// A Standby is a standby WorkSpace that is asked for.
type Standby struct {
	Region string // in which it is made, by its code; "" if it is not known
	// Primary is the WorkSpace that it stands by for. Its Region, operating system, compute type and Standby
	// count.
	Primary   Workspace
	Replicate bool // data is replicated to it
	// SimpleAD tells that the directory of the primary WorkSpace is one of Simple AD; false also stands for
	// not known.
	SimpleAD bool
}

// CheckStandby tells whether a standby WorkSpace can be made: both Regions must have multi-Region
// resilience, and the primary WorkSpace an operating system and a compute type with it, in this order. Data
// replication does not go with Simple AD. Quotas are for CheckQuota, and keys for package encryption.
//
// The answer is open for what s does not tell, for Rocky Linux, which the guide names neither among
// those that can nor among those that cannot, for two equal Regions, for the standby of a standby WorkSpace,
// and before 2025-10-21. A Region that is neither empty nor of the form of a code is a *rule.InputError.
func (r Rules) CheckStandby(s Standby) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	const primary rule.Path = "PrimaryRegion"
	for _, of := range [...]struct {
		at   rule.Path
		code string
	}{{primary, s.Primary.Region}, {regionPath, s.Region}} {
		if of.code == "" {
			continue
		}
		if err := facts.CheckRegion(of.at, of.code); err != nil {
			return rule.Answer{}, err
		}
	}
	var a rule.Answer
	if !r.s.rules.Has(StandbyNotInRegion) {
		a.NotDocumented("", "no document of the edition speaks of standby WorkSpaces")
		return a.Concluded(), nil
	}
	r.s.featureIn(&a, primary, facts.MultiRegionResilience, s.Primary.Region, StandbyNotInRegion)
	r.s.featureIn(&a, regionPath, facts.MultiRegionResilience, s.Region, StandbyNotInRegion)
	if s.Region != "" && s.Region == s.Primary.Region {
		a.NotDocumented(regionPath, "no document says whether a WorkSpace can stand by in the Region of its primary")
	}
	if s.Primary.Standby {
		a.NotDocumented("", "no document says whether a standby WorkSpace can have one of its own")
	}
	r.s.standbyDesktop(&a, &s.Primary)
	if s.Replicate && s.SimpleAD {
		r.s.rules.Break(&a, StandbySimpleAD, "DataReplication", "data replication does not work with Simple AD")
	}
	return a.Concluded(), nil
}

// standbyDesktop judges system and compute type of a primary WorkSpace.
func (s *snapshot) standbyDesktop(a *rule.Answer, w *Workspace) {
	switch system := w.OperatingSystem; {
	case isUnknown(system):
		a.NotGiven(systemName, "the operating system of the primary WorkSpace is not known")
	case slices.Contains(noStandby, system):
		s.rules.Break(a, StandbyOperatingSystem, systemName, "%s cannot have a standby WorkSpace", system)
	case !isWindows(system):
		a.NotDocumented(systemName, "no document says whether "+quoted(system)+" can have a standby WorkSpace")
	}
	switch c := s.compute(w.ComputeType); {
	case facts.HasGPU(string(w.ComputeType)), isGeneralPurpose(w.ComputeType):
		s.rules.Break(a, StandbyComputeType, computeName, "%s cannot have a standby WorkSpace", w.ComputeType)
	case c.Family == "":
		unknownCompute(a, w.ComputeType)
	}
}
