package preflight

import (
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// A planFile says what is wanted: what WorkSpaces are to become, launches, and migrations.
type planFile struct {
	Workspaces []wantedWorkspace
	Launches   []wantedLaunches
	Migrations []wantedMigration
}

// A wantedWorkspace is what one WorkSpace is to become. A member that is not there keeps
// what is. No export tells when a WorkSpace was launched, or last changed.
type wantedWorkspace struct {
	WorkspaceId                         string `need:"true"`
	RootVolumeSizeGib                   int32
	UserVolumeSizeGib                   int32
	ComputeTypeName                     string
	RunningMode                         string
	RunningModeAutoStopTimeoutInMinutes *int32
	Launched                            time.Time
	RootVolumeChanged                   time.Time
	UserVolumeChanged                   time.Time
	LargerComputeTypeAsked              time.Time
	SmallerComputeTypeAsked             time.Time

	wrong *fileError // why it is left out, nil if it is not
}

// A wantedLaunches are requests of one Region, as create-workspaces takes them with --workspaces.
type wantedLaunches struct {
	Region     string          `need:"true"`
	Workspaces []launchRequest `need:"true"`

	wrong *fileError // the first value of them that cannot be used
	none  bool       // can be asked about
}

type launchRequest struct {
	BundleId                    string
	DirectoryId                 string
	UserName                    string
	WorkspaceName               string
	VolumeEncryptionKey         string
	RootVolumeEncryptionEnabled bool
	UserVolumeEncryptionEnabled bool
	WorkspaceProperties         workspaceProperties
	Tags                        []tag
	Ipv6Address                 unread

	wrong *fileError // why it is left out, nil if it is not
}

// planSections tells how each WorkSpace becomes what is wanted, and what launches need.
func (a *account) planSections(rules wks.Rules) []section {
	var list []section
	at := func(member rule.Path, i int) place { return inFile(a.planName).below(member.Index(i)) }
	for i, want := range a.plan.Workspaces {
		if want.wrong != nil {
			continue
		}
		list = append(list, a.changeSection(rules.Bundles, want, at("Workspaces", i)))
	}
	launches := map[string]*launcher{}
	for i, want := range a.plan.Launches {
		if want.none {
			continue
		}
		l := launches[want.Region]
		if l == nil {
			l = a.newLauncher(rules, want.Region)
			launches[want.Region] = l
		}
		list = append(list, l.section(want, at("Launches", i)))
	}
	return append(list, a.migrationSections(rules.Migrate)...)
}

// A desktop is a WorkSpace and the export that it is in.
type desktop struct {
	*workspace
	export *regionExport
}

// desktop returns the WorkSpace of an identifier, of whatever Region.
func (a *account) desktop(id string) (desktop, bool) {
	for _, e := range a.regions {
		if w := e.workspaces.find(id); w != nil {
			return desktop{w, e}, true
		}
	}
	return desktop{}, false
}

// notFound notes that a WorkSpace of the plan is not known.
func (s *section) notFound(at place) {
	s.notGiven(at.below("WorkspaceId"), "the WorkSpace is in no %s", workspacesName)
}

// changeSection plans the calls of ModifyWorkspaceProperties for one WorkSpace.
func (a *account) changeSection(rules bundles.Rules, want wantedWorkspace, at place) section {
	s := newSectionOf("plan", "plan for "+want.WorkspaceId)
	at = at.about("WorkSpace", want.WorkspaceId)
	d, found := a.desktop(want.WorkspaceId)
	if !found {
		s.notFound(at)
		return s
	}
	s.Title += " in " + d.export.region
	s.region, at.of = d.export.region, d.workspace
	current := bundles.NewWorkspace(d.sdk())
	current.History = bundles.History{
		Launched: want.Launched, RootVolume: want.RootVolumeChanged, UserVolume: want.UserVolumeChanged,
		Larger: want.LargerComputeTypeAsked, Smaller: want.SmallerComputeTypeAsked,
	}
	plan, err := rules.PlanModify(current, bundles.Goal{
		Volumes:         bundles.Volumes{Root: want.RootVolumeSizeGib, User: want.UserVolumeSizeGib},
		ComputeType:     types.Compute(want.ComputeTypeName),
		RunningMode:     types.RunningMode(want.RunningMode),
		AutoStopMinutes: want.RunningModeAutoStopTimeoutInMinutes,
	}, a.now)
	s.take(plan.Answer, err, at.below)
	if err == nil && len(plan.Steps) == 0 && plan.Verdict == rule.Allowed {
		s.Lines = append(s.Lines, "it is so already")
	}
	for i, step := range plan.Steps {
		line := say("%d. %s: %s", i+1, step.Earliest.UTC().Format("2006-01-02 15:04 MST"), change(step.Properties))
		if step.Takes > 0 {
			line += say(", which may take up to %s", hours(step.Takes))
		}
		s.Lines = append(s.Lines, line)
	}
	if len(plan.Steps) > 0 && current.State != types.WorkspaceStateAvailable && current.State != types.WorkspaceStateStopped {
		s.Lines = append(s.Lines, say("it is %s now, and must be AVAILABLE or STOPPED at each step", current.State))
	}
	return s
}

// change says what one step changes.
func change(p types.WorkspaceProperties) string {
	switch {
	case p.RootVolumeSizeGib != nil:
		return fmt.Sprintf("root volume to %d GiB", *p.RootVolumeSizeGib)
	case p.UserVolumeSizeGib != nil:
		return fmt.Sprintf("user volume to %d GiB", *p.UserVolumeSizeGib)
	case p.ComputeTypeName != "":
		return "compute type to " + string(p.ComputeTypeName)
	case p.RunningModeAutoStopTimeoutInMinutes != nil:
		return say("running mode to %s, stopping after %d minutes", p.RunningMode, *p.RunningModeAutoStopTimeoutInMinutes)
	}
	return "running mode to " + string(p.RunningMode)
}

// hours writes a duration without the parts that are zero.
func hours(d time.Duration) string {
	s := d.String()
	for _, zero := range []string{"m0s", "h0m"} {
		if before, is := strings.CutSuffix(s, zero); is {
			s = before + zero[:1]
		}
	}
	return s
}
