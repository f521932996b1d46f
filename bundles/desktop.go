package bundles

import (
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// A LaunchContext is what a request does not carry: what is known of its bundle, and of its
// user. A zero field of the bundle is not known.
type LaunchContext struct {
	System      types.OperatingSystemType // WINDOWS or LINUX; "" for that of the request, if it names one
	ComputeType types.Compute
	Volumes     Volumes // the bundle's defaults, which a request overrides
	UserTaken   bool    // the user, in any case of letters, has a WorkSpace in the directory
	Region      string  // in which it is launched, by its code; "" is not asked about
	NewToPCoIP  bool    // the account had no PCoIP WorkSpaces before 2026-07-31; false also stands for not known
}

// NewLaunchContext takes what DescribeWorkspaceBundles says of a bundle, and the operating
// system of its image. A capacity that is not a positive number is not known.
func NewLaunchContext(b types.WorkspaceBundle, system types.OperatingSystemType) LaunchContext {
	l := LaunchContext{System: system}
	if b.ComputeType != nil {
		l.ComputeType = b.ComputeType.Name
	}
	if b.RootStorage != nil {
		l.Volumes.Root, _ = capacity(b.RootStorage.Capacity)
	}
	if b.UserStorage != nil {
		l.Volumes.User, _ = capacity(b.UserStorage.Capacity)
	}
	return l
}

// CheckDesktop tells whether a WorkSpace can be made of all that p names together, with what its
// bundle has for compute type and volumes where p leaves them out: operating system, protocol,
// compute type, volumes, running mode and AutoStop time. p may be the properties of a request, or
// those of a WorkSpace as DescribeWorkspaces gives them.
//
// Violations stand at the members of p: RunningMode with its AutoStop time, the spelling of a protocol, what is not offered
// with the operating system and what ends as in CheckOffer, a compute type that has ended, one that
// the bundle's Region lacks, and the volumes as in CheckVolumes, in this order. Ends are held against [Rules.Day]. What neither p nor the bundle tells is open, but for the
// running mode, which nothing else depends on, and the Region, of which [Rules.CheckRegion] tells more. A size that
// is not positive, and a Region that has not the form of a code, are a *rule.InputError.
func (r Rules) CheckDesktop(p types.WorkspaceProperties, bundle LaunchContext) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	if err := checkRegion(bundle.Region); err != nil {
		return rule.Answer{}, err
	}
	var a rule.Answer
	if err := r.s.desktop(&a, &p, &bundle, true, r.Day()); err != nil {
		return rule.Answer{}, err
	}
	return a.Concluded(), nil
}

// desktop judges what belongs to a WorkSpace: as a whole, or as far as p names something beside
// the bundle, which has its own operating system, protocol and volumes.
func (s *snapshot) desktop(a *rule.Answer, p *types.WorkspaceProperties, bundle *LaunchContext, whole bool, day rule.Edition) error {
	if err := checkSizes(p.RootVolumeSizeGib, p.UserVolumeSizeGib); err != nil {
		return err
	}
	if err := bundle.Volumes.check("is a volume of the bundle, and not a size in GiB"); err != nil {
		return err
	}
	name := p.ComputeTypeName
	if name == "" {
		name = bundle.ComputeType
	}
	c := s.compute(name)
	sized := whole || p.RootVolumeSizeGib != nil || p.UserVolumeSizeGib != nil
	s.runningMode(a, p.RunningMode, p.RunningModeAutoStopTimeoutInMinutes)
	protocol := s.spelled(a, protocolsPath, oneProtocol(p.Protocols))
	if whole || p.OperatingSystemName != "" {
		offered := name
		if sized && c.Family == "" {
			offered = "" // volumes says that it is not known
		}
		s.offered(a, p.OperatingSystemName, offered, protocol)
	}
	switch n := len(p.Protocols); {
	case n > 1:
		severalProtocols(a, p.Protocols)
	case n == 0 && whole:
		a.NotGiven(protocolsPath, "the protocol is not known")
	}
	s.endings(a, p.OperatingSystemName, protocol, day, bundle.NewToPCoIP)
	s.ended(a, computeName, c)
	s.inRegion(a, computeName, bundle.Region, name)
	if p.ComputeTypeName != "" && c.Family == "" && !sized && p.OperatingSystemName == "" { // else it is said with these
		unknownCompute(a, name)
	}
	if sized {
		s.volumes(a, name, c, Volumes{orElse(p.RootVolumeSizeGib, bundle.Volumes.Root), orElse(p.UserVolumeSizeGib, bundle.Volumes.User)}, false)
	}
	return nil
}

// oneProtocol returns the protocol of a list of one, and else "".
func oneProtocol(list []types.Protocol) types.Protocol {
	if len(list) == 1 {
		return list[0]
	}
	return ""
}

// orElse returns a size of a request, or that of the bundle if the request has none.
func orElse(size *int32, bundle int32) int32 {
	if size != nil {
		return *size
	}
	return bundle
}
