package bundles_test

import (
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// Pairs come in set groups, and GPU types have their own minimum. Where the documents give
// no number, the answer is neither yes nor no.
func ExampleRules_CheckVolumes() {
	rules := bundles.Newest()
	for _, ask := range []struct {
		compute    types.Compute
		root, user int32
	}{
		{types.ComputePower, 175, 100},
		{types.ComputePower, 175, 50},
		{types.ComputeGraphicsG4dn, 100, 100},
		{types.ComputeGraphicsG616xlarge, 100, 100},
	} {
		a, err := rules.CheckVolumes(ask.compute, ask.root, ask.user)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(ask.compute, ask.root, ask.user, a.Verdict, a.Violations, a.Open)
	}
	// Output:
	// POWER 175 100 allowed [] []
	// POWER 175 50 denied [RootVolumeSizeGib: 175/50 is in none of the groups 80/10, 80/50, 80/100, 175-2000/100-2000 (bundles.volume-pair-not-in-group)] []
	// GRAPHICS_G4DN 100 100 allowed [] []
	// GRAPHICS_G6_16XLARGE 100 100 undocumented [] [RootVolumeSizeGib: no document of the edition tells all sizes of GRAPHICS_G6_16XLARGE]
}

// A large root volume and a GeneralPurpose type take four calls and eight hours: the user volume
// must be 100 GiB before the root volume can grow, and each volume grows once in six hours.
func ExampleRules_PlanModify() {
	now := time.Date(2026, 9, 10, 8, 0, 0, 0, time.UTC)
	desktop := bundles.Workspace{
		ComputeType:     types.ComputePowerpro,
		Volumes:         bundles.Volumes{Root: 80, User: 10},
		OperatingSystem: types.OperatingSystemNameWindowsServer2022,
		History:         bundles.History{Launched: now.AddDate(0, -1, 0)},
	}
	plan, err := bundles.Newest().PlanModify(desktop, bundles.Goal{
		Volumes:     bundles.Volumes{Root: 500, User: 300},
		ComputeType: types.ComputeGeneralpurpose4xlarge,
	}, now)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(plan.Verdict)
	for _, step := range plan.Steps {
		at := step.Earliest.Format("15:04")
		switch p := step.Properties; { // each is what to send to ModifyWorkspaceProperties
		case p.UserVolumeSizeGib != nil:
			fmt.Println(at, "user volume to", *p.UserVolumeSizeGib)
		case p.RootVolumeSizeGib != nil:
			fmt.Println(at, "root volume to", *p.RootVolumeSizeGib)
		default:
			fmt.Println(at, "compute type to", p.ComputeTypeName)
		}
	}
	// Output:
	// allowed
	// 08:00 user volume to 100
	// 08:30 root volume to 500
	// 14:00 user volume to 300
	// 16:00 compute type to GENERALPURPOSE_4XLARGE
}

// Without a WorkSpace the check tells what is wrong with the request alone.
func ExampleRules_CheckModify() {
	a, err := bundles.Newest().CheckModify(bundles.Workspace{}, types.WorkspaceProperties{
		RunningMode:                         types.RunningModeAlwaysOn,
		RunningModeAutoStopTimeoutInMinutes: new(int32(60)),
	}, time.Time{})
	fmt.Println(a.Verdict, err)
	for _, v := range a.Violations {
		fmt.Println(v.Code, "at", v.Path)
	}
	// Output:
	// denied <nil>
	// bundles.auto-stop-minutes-not-applicable at WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes
}

// How long a larger compute type must be waited for has changed twice, and in between the guide's pages disagree.
func ExampleRules_CheckSwitch() {
	now := time.Date(2021, 8, 1, 12, 0, 0, 0, time.UTC)
	desktop := bundles.Workspace{
		ComputeType: types.ComputeStandard,
		State:       types.WorkspaceStateAvailable,
		History:     bundles.History{Launched: now.Add(-2 * time.Hour)},
	}
	for _, date := range []string{"2020-06-04", "2020-07-08", "2021-09-03"} {
		rules, err := bundles.At(rule.MustParseEdition(date))
		if err != nil {
			fmt.Println(err)
			return
		}
		a, err := rules.CheckSwitch(desktop, types.ComputePower, now)
		fmt.Println(date, a.Verdict, err)
	}
	// Output:
	// 2020-06-04 denied <nil>
	// 2020-07-08 undocumented <nil>
	// 2021-09-03 denied <nil>
}

// A batch is checked as one call: a user name is the same in any case.
func ExampleRules_CheckRequests() {
	batch := []types.WorkspaceRequest{
		{BundleId: new("wsb-0123456789"), DirectoryId: new("d-0123456789"), UserName: new("grace")},
		{BundleId: new("wsb-0123456789"), DirectoryId: new("d-0123456789"), UserName: new("Grace"), Tags: []types.Tag{{Key: new("aws:team")}}},
	}
	bundle := bundles.LaunchContext{System: types.OperatingSystemTypeWindows, ComputeType: types.ComputeStandard}
	a, err := bundles.Newest().CheckRequests(batch, func(*types.WorkspaceRequest) bundles.LaunchContext { return bundle })
	fmt.Println(a.Verdict, err)
	for _, v := range a.Violations {
		fmt.Println(v)
	}
	// Output:
	// denied <nil>
	// Workspaces[1].Tags[0].Key: "aws:team" has the reserved prefix aws: (bundles.tag-reserved)
	// Workspaces[1].UserName: "Grace" stands in the batch before, for the same directory (bundles.user-repeated)
}

// No document orders the compute types; where hardware does not decide, nothing does.
func ExampleCompare() {
	fmt.Println(bundles.Compare(types.ComputePower, types.ComputeStandard))
	fmt.Println(bundles.Compare(types.ComputeGraphicsG68xlarge, types.ComputeGraphicsGr64xlarge))
	// Output:
	// larger
	// incomparable
}

// A bundle gives its sizes as text, and none may be smaller than that of the image.
func ExampleRules_CheckBundle() {
	a, err := bundles.Newest().CheckBundle(bundles.Bundle{
		BundleName:        "Power desktops",
		BundleDescription: "for engineers",
		ImageID:           "wsi-0123456789",
		ComputeType:       types.ComputePower,
		RootStorage:       &types.RootStorage{Capacity: new("175")},
		UserStorage:       &types.UserStorage{Capacity: new("100")},
		Image:             bundles.Volumes{Root: 300, User: 100},
	})
	fmt.Println(a.Verdict, err)
	for _, v := range a.Violations {
		fmt.Println(v)
	}
	// Output:
	// denied <nil>
	// BundleName: ' ' does not belong where it stands in "Power desktops" (bundles.name-alphabet)
	// RootStorage.Capacity: 175 GiB is less than the 300 GiB of the image (bundles.volume-below-image)
}

// Users may do less than administrators.
func ExampleRules_CheckSelfService() {
	now := time.Date(2026, 9, 10, 8, 0, 0, 0, time.UTC)
	desktop := bundles.Workspace{
		ComputeType: types.ComputePower,
		Volumes:     bundles.Volumes{Root: 175, User: 100},
		State:       types.WorkspaceStateAvailable,
		History:     bundles.History{Launched: now.AddDate(0, -1, 0)},
	}
	larger := types.WorkspaceProperties{UserVolumeSizeGib: new(int32(200))}
	users, err := bundles.Newest().CheckSelfService(bundles.ModifyVolumes, desktop, &larger, now)
	fmt.Println(users.Verdict, users.Violations, err)
	administrators, err := bundles.Newest().CheckModify(desktop, larger, now)
	fmt.Println(administrators.Verdict, err)
	// Output:
	// denied [WorkspaceProperties.UserVolumeSizeGib: 200 GiB is more than the 100 GiB that users may ask for (bundles.self-service-cap)] <nil>
	// allowed <nil>
}

func ExampleRules_CheckOperation() {
	desktop := bundles.Workspace{State: types.WorkspaceStateError, RunningMode: types.RunningModeAutoStop}
	for _, op := range []bundles.Operation{bundles.Stop, bundles.Start, bundles.Reboot} {
		a, err := bundles.Newest().CheckOperation(op, desktop)
		fmt.Println(op, a.Verdict, a.Open, err)
	}
	// Output:
	// StopWorkspaces allowed [] <nil>
	// StartWorkspaces denied [] <nil>
	// RebootWorkspaces undocumented [State: the documents contradict one another on RebootWorkspaces in the state ERROR] <nil>
}

// What a check of sizes and state cannot see is a list for whoever prepares the image.
func ExampleRules_ImageRequirements() {
	rules := bundles.Newest()
	a, err := rules.CheckImageOrigin(bundles.ImageOrigin{
		Workspace:        bundles.Workspace{State: types.WorkspaceStateAvailable, OperatingSystem: types.OperatingSystemNameUbuntu2204},
		Encrypted:        new(false),
		RootUsedPercents: new(60),
	})
	fmt.Println(a.Verdict, err)
	for _, need := range rules.ImageRequirements(types.OperatingSystemTypeLinux) {
		fmt.Println(need.What)
	}
	// Output:
	// allowed <nil>
	// applications are outside of /home
	// cloud-init
	// PCoIP or DCV agents and drivers
	// AmazonWorkSpaces agent
}

func ExampleRules_NextMaintenance() {
	now := time.Date(2026, 9, 10, 8, 0, 0, 0, time.UTC)
	next, err := bundles.Newest().NextMaintenance(bundles.Maintenance{
		Mode:       types.RunningModeAutoStop,
		RegionZone: time.UTC,
		Launched:   now.AddDate(0, -1, 0),
	}, now)
	fmt.Println(next.Verdict, err)
	fmt.Println("first", next.Window.Opens.Format(time.DateTime), "last until", next.Window.Last.Format(time.DateTime))
	// Output:
	// allowed <nil>
	// first 2026-09-21 00:00:00 last until 2026-10-04 05:00:00
}

func ExampleParseClientURI() {
	fmt.Println(bundles.ClientURI{UserName: "grace@example.com", RegistrationCode: "SLiad+ABC123", MFACode: "123456"})
	u, err := bundles.ParseClientURI("workspaces://grace%40example.com@SLiad+ABC123")
	fmt.Println(u.UserName, u.RegistrationCode, err)
	// Output:
	// workspaces://grace%40example.com@SLiad+ABC123?MFACode=123456
	// grace@example.com SLiad+ABC123 <nil>
}

func ExampleParseARN() {
	arn, err := bundles.ParseARN("arn:aws-cn:workspaces:cn-northwest-1:123456789012:workspace/ws-0123456789")
	fmt.Println(arn.Partition, arn.Region, arn.Resource, arn.ID, err)
	// Output: aws-cn cn-northwest-1 workspace ws-0123456789 <nil>
}

// One question about all that a WorkSpace is made of. Sizes that the request leaves out are those
// of the bundle.
func ExampleRules_CheckDesktop() {
	bundle := bundles.LaunchContext{ComputeType: types.ComputeGraphicspro, Volumes: bundles.Volumes{Root: 100, User: 100}}
	a, err := bundles.Newest().CheckDesktop(types.WorkspaceProperties{
		OperatingSystemName: types.OperatingSystemNameWindows10,
		Protocols:           []types.Protocol{types.ProtocolWsp},
	}, bundle)
	fmt.Println(a.Verdict, a.Violations, err)
	// Output: denied [ComputeTypeName: GRAPHICSPRO ended on 2025-10-31 (bundles.compute-type-retired)] <nil>
}

// Graphics.g7 is in three Regions. A launch tells its Region.
func ExampleRules_CheckRegion() {
	for _, region := range []string{"us-east-2", "eu-west-1"} {
		a, err := bundles.Newest().CheckRegion(region, bundles.GraphicsG72xlarge)
		fmt.Println(a.Verdict, a.Violations, err)
	}
	// Output:
	// allowed [] <nil>
	// denied [ComputeTypeName: GRAPHICS_G7_2XLARGE is not available in eu-west-1, but in us-east-1, us-east-2, us-west-2 (bundles.compute-type-not-in-region)] <nil>
}

// A WorkSpace in Ireland is to have one that stands by in Paris.
func ExampleRules_CheckStandby() {
	a, err := bundles.Newest().CheckStandby(bundles.Standby{
		Region: "eu-west-3",
		Primary: bundles.Workspace{
			Region: "eu-west-1", OperatingSystem: types.OperatingSystemNameWindowsServer2022, ComputeType: types.ComputePower,
		},
	})
	fmt.Println(a.Verdict, err)
	for _, v := range a.Violations {
		fmt.Println(v)
	}
	// Output:
	// denied <nil>
	// Region: multi-Region resilience is not available in eu-west-3, but in us-east-1, us-east-2, us-west-2, eu-central-1, eu-west-1 (bundles.standby-not-in-region)
}

func ExampleRules_CheckNestedVirtualization() {
	w := bundles.Workspace{
		Region: "eu-west-1", OperatingSystem: types.OperatingSystemNameWindows11, Protocol: types.ProtocolWsp, ComputeType: types.ComputePower,
		RunningMode: types.RunningModeAutoStop,
	}
	a, err := bundles.Newest().CheckNestedVirtualization(w, "24H2")
	fmt.Println(a.Verdict, a.Violations, err)
	// Output:
	// allowed [RunningMode: WINDOWS_11 with AutoStop reboots when it times out (bundles.nested-virtualization-reboots)] <nil>
}

// Some users of a directory still connect by PCoIP, which the new client does not have.
func ExampleRules_CheckClientExperience() {
	a, err := bundles.Newest().CheckClientExperience(bundles.ForceUI2026, bundles.ClientUse{PCoIP: true})
	fmt.Println(a.Verdict, a.Violations, err)
	// Output:
	// allowed [ClientProperties.ClientExperiencePolicy: the new client connects neither to PCoIP WorkSpaces nor to pools (bundles.client-experience-locks-out)] <nil>
}
