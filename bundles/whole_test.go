package bundles_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// whole is an answer in lines: the verdict, each violation and what is open.
func whole(a rule.Answer) []string {
	lines := []string{a.Verdict.String()}
	for _, v := range a.Violations {
		lines = append(lines, fmt.Sprintf("%s at %s: %s", strings.TrimPrefix(string(v.Code), "bundles."), v.Path, v.Detail))
	}
	for _, o := range a.Open {
		lines = append(lines, fmt.Sprintf("open %s: %s", o.Path, o.Reason))
	}
	return lines
}

func compare(t *testing.T, name string, a rule.Answer, err error, want ...string) {
	t.Helper()
	if got := whole(a); err != nil || !slices.Equal(got, want) {
		t.Errorf("%s: %v\n%s\nwant\n%s", name, err, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Changes of compute types, each a moment before its wait is over and when it is. The guide's pages of 2026.
func TestWholeSwitches(t *testing.T) {
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	for name, tt := range map[string]struct {
		edition string
		change  func(w *bundles.Workspace)
		to      types.Compute
		want    []string
	}{
		"larger": {"2026-09-10", func(*bundles.Workspace) {}, "POWER", []string{"allowed"}},
		"larger too soon after the launch": {"2026-09-10", func(w *bundles.Workspace) { w.History.Launched = ago(6*time.Hour - time.Second) }, "POWER",
			[]string{"denied", "larger-too-soon at ComputeTypeName: not before 2026-09-10T12:00:01Z: launch to larger compute type takes 6h0m0s"}},
		"larger when the launch is over": {"2026-09-10", func(w *bundles.Workspace) { w.History.Launched = ago(6 * time.Hour) }, "POWER", []string{"allowed"}},
		"larger of what launch": {"2026-09-10", func(w *bundles.Workspace) { w.History.Launched = time.Time{} }, "POWER",
			[]string{"undocumented", "open ComputeTypeName: the time of the launch is not known, and launch to larger compute type takes 6h0m0s"}},
		"larger too soon after the last": {"2026-09-10", func(w *bundles.Workspace) { w.History.Larger = ago(6*time.Hour - time.Second) }, "POWER",
			[]string{"denied", "larger-too-soon at ComputeTypeName: not before 2026-09-10T12:00:01Z: larger compute type to the next larger one takes 6h0m0s"}},
		"larger after the last":  {"2026-09-10", func(w *bundles.Workspace) { w.History.Larger = ago(6 * time.Hour) }, "POWER", []string{"allowed"}},
		"smaller":                {"2026-09-10", func(w *bundles.Workspace) { w.ComputeType = "POWER" }, "STANDARD", []string{"allowed"}},
		"smaller after a larger": {"2026-09-10", func(w *bundles.Workspace) { w.ComputeType, w.History.Larger = "POWER", ago(time.Second) }, "STANDARD", []string{"allowed"}},
		"smaller too soon": {"2026-09-10", func(w *bundles.Workspace) {
			w.ComputeType, w.History.Smaller = "POWER", ago(30*24*time.Hour-time.Second)
		}, "STANDARD",
			[]string{"denied", "smaller-too-soon at ComputeTypeName: not before 2026-09-10T12:00:01Z: smaller compute type to the next smaller one takes 720h0m0s"}},
		"smaller in time": {"2026-09-10", func(w *bundles.Workspace) { w.ComputeType, w.History.Smaller = "POWER", ago(30*24*time.Hour) }, "STANDARD", []string{"allowed"}},
		"smaller soon after the launch": {"2026-09-10", func(w *bundles.Workspace) { w.ComputeType, w.History.Launched = "POWER", ago(6*time.Hour-time.Second) }, "STANDARD",
			[]string{"undocumented", "open ComputeTypeName: the guide's pages disagree on a wait of 6h0m0s before a smaller type"}},
		"smaller when the launch is over": {"2026-09-10", func(w *bundles.Workspace) { w.ComputeType, w.History.Launched = "POWER", ago(6*time.Hour) }, "STANDARD", []string{"allowed"}},
		"smaller of what launch": {"2026-09-10", func(w *bundles.Workspace) { w.ComputeType, w.History.Launched = "POWER", time.Time{} }, "STANDARD",
			[]string{"undocumented", "open ComputeTypeName: it is not known whether 6h0m0s have passed: launch to a user's first change, which one page of the guide asks for before a smaller type"}},
		"larger in 2020, of which two pages speak": {"2020-07-08", func(w *bundles.Workspace) { w.History.Launched, w.History.Larger = ago(2*time.Hour), ago(time.Hour) }, "POWER",
			[]string{"undocumented", "open ComputeTypeName: the guide's pages disagree on a wait of 6h0m0s before a larger type", "open ComputeTypeName: the guide's pages disagree on a wait of 6h0m0s before the next larger type"}},
		"larger in 2020, before both": {"2020-07-08", func(w *bundles.Workspace) { w.History.Launched = ago(time.Hour - time.Second) }, "POWER",
			[]string{"denied", "larger-too-soon at ComputeTypeName: not before 2026-09-10T12:00:01Z: launch to larger compute type takes 1h0m0s"}},
		"larger in 2020, after both": {"2020-07-08", func(w *bundles.Workspace) { w.History.Launched, w.History.Larger = ago(6*time.Hour), ago(6*time.Hour) }, "POWER", []string{"allowed"}},
		"GeneralPurpose of small volumes": {"2026-09-10", func(w *bundles.Workspace) { w.Volumes.Root = 80 }, "GENERALPURPOSE_4XLARGE",
			[]string{"denied", "switch-needs-volumes at RootVolumeSizeGib: GeneralPurpose needs volumes of 175/100 GiB, and these are 80/100"}},
		"GeneralPurpose of a small user volume": {"2026-09-10", func(w *bundles.Workspace) { w.Volumes.User = 99 }, "GENERALPURPOSE_4XLARGE",
			[]string{"denied", "switch-needs-volumes at RootVolumeSizeGib: GeneralPurpose needs volumes of 175/100 GiB, and these are 175/99"}},
		"GeneralPurpose of the least volumes": {"2026-09-10", func(*bundles.Workspace) {}, "GENERALPURPOSE_4XLARGE", []string{"allowed"}},
		"GeneralPurpose of what volumes": {"2026-09-10", func(w *bundles.Workspace) { w.Volumes.User = 0 }, "GENERALPURPOSE_4XLARGE",
			[]string{"undocumented", "open RootVolumeSizeGib: the sizes of the volumes are not known"}},
		"GeneralPurpose of PowerPro": {"2026-09-10", func(w *bundles.Workspace) { w.ComputeType, w.OperatingSystem = "POWERPRO", "WINDOWS_SERVER_2019" }, "GENERALPURPOSE_4XLARGE",
			[]string{"denied", "switch-needs-operating-system at OperatingSystemName: POWERPRO becomes GeneralPurpose only with one of WINDOWS_SERVER_2022, WINDOWS_11, not with WINDOWS_SERVER_2019"}},
		"GeneralPurpose of PowerPro of what system": {"2026-09-10", func(w *bundles.Workspace) { w.ComputeType, w.OperatingSystem = "POWERPRO", "" }, "GENERALPURPOSE_4XLARGE",
			[]string{"undocumented", "open OperatingSystemName: the operating system is not known"}},
		"between those of GeneralPurpose": {"2026-09-10", func(w *bundles.Workspace) { w.ComputeType, w.Volumes = "GENERALPURPOSE_8XLARGE", bundles.Volumes{} }, "GENERALPURPOSE_4XLARGE", []string{"allowed"}},
		"the same":                        {"2026-09-10", func(*bundles.Workspace) {}, "STANDARD", []string{"undocumented", `open ComputeTypeName: no document says what a request for the present "STANDARD" does`}},
		"of what type":                    {"2026-09-10", func(w *bundles.Workspace) { w.ComputeType = "" }, "STANDARD", []string{"undocumented", "open ComputeTypeName: the compute type is not known"}},
		"to what nobody knows":            {"2026-09-10", func(*bundles.Workspace) {}, "NOVEL", []string{"undocumented", `open ComputeTypeName: no document of the edition names the compute type "NOVEL"`}},
		"out of Graphics":                 {"2022-09-02", func(w *bundles.Workspace) { w.ComputeType = "GRAPHICS" }, "POWER", []string{"denied", "compute-type-fixed at ComputeTypeName: GRAPHICS cannot become another type; migrate the WorkSpace"}},
		"across families":                 {"2026-09-10", func(w *bundles.Workspace) { w.ComputeType = "GRAPHICS_G4DN" }, "POWER", []string{"denied", "family-crossed at ComputeTypeName: POWER is not of the family of GRAPHICS_G4DN; migrate the WorkSpace"}},
		"to a GPU":                        {"2026-09-10", func(*bundles.Workspace) {}, "GRAPHICS_G4DN", []string{"undocumented", "open ComputeTypeName: no document of the edition says whether STANDARD can become GRAPHICS_G4DN"}},
		"to what a Region lacks": {"2021-03-09", func(w *bundles.Workspace) { w.Region = "ap-south-1" }, "GRAPHICS",
			[]string{"denied", "compute-type-not-in-region at ComputeTypeName: GRAPHICS is not available in ap-south-1", "open ComputeTypeName: no document of the edition says whether STANDARD can become GRAPHICS"}},
	} {
		w := desktop("STANDARD", 175, 100)
		w.Protocol = types.ProtocolWsp
		tt.change(&w)
		a, err := at(t, tt.edition).CheckSwitch(w, tt.to, now)
		compare(t, name, a, err, tt.want...)
	}
}

// Growths of volumes, each a moment before its wait is over and when it is.
func TestWholeResizes(t *testing.T) {
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	for name, tt := range map[string]struct {
		change func(w *bundles.Workspace)
		to     bundles.Volumes
		want   []string
	}{
		"user volume": {func(*bundles.Workspace) {}, bundles.Volumes{User: 100}, []string{"allowed"}},
		"too soon after the launch": {func(w *bundles.Workspace) { w.History.Launched = ago(6*time.Hour - time.Second) }, bundles.Volumes{User: 100},
			[]string{"denied", "resize-soon-after-launch at UserVolumeSizeGib: not before 2026-09-10T12:00:01Z: launch to first change of a volume takes 6h0m0s"}},
		"when the launch is over": {func(w *bundles.Workspace) { w.History.Launched = ago(6 * time.Hour) }, bundles.Volumes{User: 100}, []string{"allowed"}},
		"too soon": {func(w *bundles.Workspace) { w.History.UserVolume = ago(6*time.Hour - time.Second) }, bundles.Volumes{User: 100},
			[]string{"denied", "volume-cool-down at UserVolumeSizeGib: not before 2026-09-10T12:00:01Z: change of a volume to the next of the same one takes 6h0m0s"}},
		"in time": {func(w *bundles.Workspace) { w.History.UserVolume = ago(6 * time.Hour) }, bundles.Volumes{User: 100}, []string{"allowed"}},
		"20 minutes after the other, but for a second": {func(w *bundles.Workspace) { w.History.RootVolume = ago(20*time.Minute - time.Second) }, bundles.Volumes{User: 100},
			[]string{"denied", "modification-in-progress at UserVolumeSizeGib: not before 2026-09-10T12:00:01Z: the other volume grew less than 20m0s before"}},
		"20 minutes after the other": {func(w *bundles.Workspace) { w.History.RootVolume = ago(20 * time.Minute) }, bundles.Volumes{User: 100},
			[]string{"undocumented", "open UserVolumeSizeGib: the guide asks to wait 20m0s to 30m0s after the other volume grew"}},
		"30 minutes after the other": {func(w *bundles.Workspace) { w.History.RootVolume = ago(30 * time.Minute) }, bundles.Volumes{User: 100}, []string{"allowed"}},
		"root volume":                {func(w *bundles.Workspace) { w.Volumes.User = 100 }, bundles.Volumes{Root: 175}, []string{"allowed"}},
		"root volume too soon": {func(w *bundles.Workspace) { w.Volumes.User, w.History.RootVolume = 100, ago(time.Hour) }, bundles.Volumes{Root: 175},
			[]string{"denied", "volume-cool-down at RootVolumeSizeGib: not before 2026-09-10T17:00:00Z: change of a volume to the next of the same one takes 6h0m0s"}},
		"root volume after the user volume": {func(w *bundles.Workspace) { w.Volumes.User, w.History.UserVolume = 100, ago(time.Hour) }, bundles.Volumes{Root: 175}, []string{"allowed"}},
		"both":                              {func(*bundles.Workspace) {}, bundles.Volumes{Root: 175, User: 100}, []string{"denied", "volumes-together at RootVolumeSizeGib: one request cannot change both volumes"}},
		"one and what the other is": {func(*bundles.Workspace) {}, bundles.Volumes{Root: 80, User: 50},
			[]string{"undocumented", "open RootVolumeSizeGib: no document says what a request for the present 80 GiB does"}},
		"smaller": {func(w *bundles.Workspace) { w.Volumes = bundles.Volumes{Root: 175, User: 100} }, bundles.Volumes{Root: 80},
			[]string{"denied", "volume-shrinks at RootVolumeSizeGib: 80 GiB is less than the present 175 GiB"}},
		"smaller for the user": {func(w *bundles.Workspace) { w.Volumes = bundles.Volumes{Root: 175, User: 200} }, bundles.Volumes{User: 199},
			[]string{"denied", "volume-shrinks at UserVolumeSizeGib: 199 GiB is less than the present 200 GiB"}},
		"of what size": {func(w *bundles.Workspace) { w.Volumes.User = 0 }, bundles.Volumes{User: 50}, []string{"undocumented", "open UserVolumeSizeGib: the present size is not known"}},
		"in no group":  {func(*bundles.Workspace) {}, bundles.Volumes{Root: 175}, []string{"denied", "volume-pair-not-in-group at RootVolumeSizeGib: 175/10 is in none of the groups 80/10, 80/50, 80/100, 175-2000/100-2000"}},
		"above all":    {func(w *bundles.Workspace) { w.Volumes = bundles.Volumes{Root: 175, User: 100} }, bundles.Volumes{User: 2001}, []string{"denied", "volume-over-ceiling at UserVolumeSizeGib: 2001 GiB is more than 2000 GiB"}},
		"the largest":  {func(w *bundles.Workspace) { w.Volumes = bundles.Volumes{Root: 175, User: 100} }, bundles.Volumes{User: 2000}, []string{"allowed"}},
	} {
		w := desktop("STANDARD", 80, 10)
		tt.change(&w)
		a, err := bundles.Newest().CheckResize(w, tt.to, now)
		compare(t, name, a, err, tt.want...)
	}
	w := desktop("STANDARD", 80, 10)
	w.History.RootVolume, w.History.UserVolume = ago(time.Hour), ago(time.Hour)
	a, err := bundles.Newest().CheckResize(w, bundles.Volumes{User: 50}, time.Time{})
	compare(t, "when", a, err, "undocumented",
		"open UserVolumeSizeGib: without the time it is not known whether 6h0m0s have passed: launch to first change of a volume",
		"open UserVolumeSizeGib: without the time it is not known whether 6h0m0s have passed: change of a volume to the next of the same one",
		"open UserVolumeSizeGib: without the time it is not known whether 30m0s have passed: change of one volume to that of the other")
}

// noState is what the documents leave open of a change of the running mode, whatever the mode.
const noState = `open State: no document of the edition tells whether ModifyWorkspaceProperties (running mode) is permitted in the state "AVAILABLE"`

// Changes of the protocol, and of several properties.
func TestWholeModifications(t *testing.T) {
	pcoip := desktop("STANDARD", 80, 50)
	dcv := []types.Protocol{types.ProtocolWsp}
	with := func(change func(w *bundles.Workspace)) bundles.Workspace { w := pcoip; change(&w); return w }
	for name, tt := range map[string]struct {
		w    bundles.Workspace
		p    types.WorkspaceProperties
		want []string
	}{
		"to DCV": {pcoip, types.WorkspaceProperties{Protocols: dcv}, []string{"allowed"}},
		"to PCoIP with a system that has none": {with(func(w *bundles.Workspace) { w.OperatingSystem = "WINDOWS_SERVER_2025" }), types.WorkspaceProperties{Protocols: []types.Protocol{types.ProtocolPcoip}},
			[]string{"denied", "protocol-not-offered at WorkspaceProperties.Protocols: ", "protocol-ends at WorkspaceProperties.Protocols: PCoIP ends on 2027-10-31",
				"open WorkspaceProperties.Protocols: no document says what a request for the present PCOIP does"}},
		"to two": {pcoip, types.WorkspaceProperties{Protocols: []types.Protocol{types.ProtocolWsp, types.ProtocolPcoip}},
			[]string{"undocumented", "open WorkspaceProperties.Protocols: no document says what a request for 2 protocols does"}},
		"to none":           {pcoip, types.WorkspaceProperties{Protocols: []types.Protocol{}}, []string{"undocumented", "open WorkspaceProperties.Protocols: no document says what a request for 0 protocols does"}},
		"by its other name": {pcoip, types.WorkspaceProperties{Protocols: []types.Protocol{"DCV"}}, []string{"allowed", "protocol-value at WorkspaceProperties.Protocols[0]: the value for DCV is WSP"}},
		"to a new one":      {pcoip, types.WorkspaceProperties{Protocols: []types.Protocol{"MORSE"}}, []string{"undocumented", `open WorkspaceProperties.Protocols[0]: no document names the protocol "MORSE"`}},
		"of what system":    {with(func(w *bundles.Workspace) { w.OperatingSystem = "" }), types.WorkspaceProperties{Protocols: dcv}, []string{"undocumented", "open WorkspaceProperties.OperatingSystemName: the operating system is not known"}},
		"of Windows 7": {with(func(w *bundles.Workspace) { w.OperatingSystem = "WINDOWS_7" }), types.WorkspaceProperties{Protocols: dcv},
			[]string{"denied", "protocol-fixed at WorkspaceProperties.OperatingSystemName: the protocol cannot be changed with Windows 7"}},
		"of Amazon Linux 2": {with(func(w *bundles.Workspace) { w.OperatingSystem = "AMAZON_LINUX_2" }), types.WorkspaceProperties{Protocols: dcv},
			[]string{"denied", "protocol-needs-windows at WorkspaceProperties.OperatingSystemName: the protocol can be changed only with Windows, not with AMAZON_LINUX_2"}},
		"of what type": {with(func(w *bundles.Workspace) { w.ComputeType = "" }), types.WorkspaceProperties{Protocols: dcv}, []string{"undocumented", "open WorkspaceProperties.ComputeTypeName: the compute type is not known"}},
		"back from DCV": {with(func(w *bundles.Workspace) { w.Protocol = types.ProtocolWsp }), types.WorkspaceProperties{Protocols: dcv},
			[]string{"undocumented", "open WorkspaceProperties.Protocols: only a WorkSpace that was created from a PCoIP bundle can change its protocol"}},
		"the system":      {pcoip, types.WorkspaceProperties{OperatingSystemName: "WINDOWS_11"}, []string{"undocumented", "open WorkspaceProperties.OperatingSystemName: no document speaks of changing the operating system"}},
		"the accelerator": {pcoip, types.WorkspaceProperties{GlobalAccelerator: new(types.GlobalAcceleratorForWorkSpace)}, []string{"undocumented", "open WorkspaceProperties.GlobalAccelerator: it is the directory's setting that decides"}},
		"three":           {pcoip, types.WorkspaceProperties{Protocols: dcv, ComputeTypeName: "POWER", RunningMode: "ALWAYS_ON"}, []string{"undocumented", "open WorkspaceProperties: no document says whether one request can change 3 properties", noState}},
		"a volume and the type": {pcoip, types.WorkspaceProperties{UserVolumeSizeGib: new(int32(100)), ComputeTypeName: "POWER"},
			[]string{"denied", "volume-with-compute-type at WorkspaceProperties.ComputeTypeName: a volume and the compute type cannot change in one request"}},
		"the mode": {pcoip, types.WorkspaceProperties{RunningMode: "ALWAYS_ON"}, []string{"undocumented", noState}},
		"minutes of AlwaysOn": {pcoip, types.WorkspaceProperties{RunningMode: "ALWAYS_ON", RunningModeAutoStopTimeoutInMinutes: new(int32(60))},
			[]string{"denied", "auto-stop-minutes-not-applicable at WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes: 60: an AutoStop time does not go with ALWAYS_ON", noState}},
		"no minutes":       {pcoip, types.WorkspaceProperties{RunningMode: "AUTO_STOP", RunningModeAutoStopTimeoutInMinutes: new(int32(0))}, []string{"denied", "auto-stop-minutes at WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes: 0 is not a positive multiple of 60", noState}},
		"an hour and more": {pcoip, types.WorkspaceProperties{RunningMode: "AUTO_STOP", RunningModeAutoStopTimeoutInMinutes: new(int32(61))}, []string{"denied", "auto-stop-minutes at WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes: 61 is not a positive multiple of 60", noState}},
		"an hour":          {pcoip, types.WorkspaceProperties{RunningMode: "AUTO_STOP", RunningModeAutoStopTimeoutInMinutes: new(int32(60))}, []string{"undocumented", noState}},
		"minutes of what":  {pcoip, types.WorkspaceProperties{RunningModeAutoStopTimeoutInMinutes: new(int32(60))}, []string{"undocumented", "open WorkspaceProperties.RunningMode: without a running mode it is not known whether an AutoStop time applies", noState}},
		"MANUAL":           {pcoip, types.WorkspaceProperties{RunningMode: "MANUAL"}, []string{"undocumented", "open WorkspaceProperties.RunningMode: MANUAL is for accounts that are allow-listed for WorkSpaces Core", noState}},
		"a mode of 2030":   {pcoip, types.WorkspaceProperties{RunningMode: "NAP", RunningModeAutoStopTimeoutInMinutes: new(int32(1))}, []string{"undocumented", `open WorkspaceProperties.RunningMode: no document of the edition names the running mode "NAP"`, noState}},
		"while it modifies": {with(func(w *bundles.Workspace) {
			w.Modifications = []types.ModificationState{{Resource: "COMPUTE_TYPE", State: "UPDATE_IN_PROGRESS"}}
		}), types.WorkspaceProperties{ComputeTypeName: "POWER"}, nil},
	} {
		a, err := bundles.Newest().CheckModify(tt.w, tt.p, now)
		got := whole(a)
		if name == "while it modifies" {
			if err != nil || len(got) != 2 || !strings.HasPrefix(got[1], "modification-in-progress at ModificationStates: ") || !strings.HasSuffix(got[1], " waits for the change of COMPUTE_TYPE") {
				t.Errorf("%s: %q, %v", name, got, err)
			}
			continue
		}
		for i, want := range tt.want {
			if strings.HasSuffix(want, ": ") && i < len(got) && strings.HasPrefix(got[i], want) {
				tt.want[i] = got[i]
			}
		}
		if err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v\n%s\nwant\n%s", name, err, strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
		}
	}
}

// While a text of the model has the value DCV, it is open whether that can be asked for, and nothing is said against it.
func TestValueDCV(t *testing.T) {
	for date, want := range map[string][]string{
		"2025-10-21": {"undocumented", "open WorkspaceProperties.Protocols[0]: the text of the service's model calls the value DCV, and its enumeration WSP"},
		"2026-03-11": {"allowed", "protocol-value at WorkspaceProperties.Protocols[0]: the value for DCV is WSP"},
	} {
		a, err := at(t, date).CheckModify(desktop("STANDARD", 80, 50), types.WorkspaceProperties{Protocols: []types.Protocol{"DCV"}}, now)
		compare(t, date, a, err, want...)
	}
}

// What users may ask for themselves.
func TestWholeSelfService(t *testing.T) {
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	for name, tt := range map[string]struct {
		edition string
		op      bundles.Operation
		change  func(w *bundles.Workspace)
		p       *types.WorkspaceProperties
		want    []string
	}{
		"rebuild":        {"2026-09-10", bundles.Rebuild, func(*bundles.Workspace) {}, nil, []string{"allowed"}},
		"early rebuild":  {"2026-09-10", bundles.Rebuild, func(w *bundles.Workspace) { w.History.Launched = ago(12*time.Hour - time.Second) }, nil, []string{"denied", "self-service-too-soon at Operation: not before 2026-09-10T12:00:01Z: launch to a user's rebuild takes 12h0m0s"}},
		"timely rebuild": {"2026-09-10", bundles.Rebuild, func(w *bundles.Workspace) { w.History.Launched = ago(12 * time.Hour) }, nil, []string{"allowed"}},
		"stop":           {"2026-09-10", bundles.Stop, func(*bundles.Workspace) {}, nil, []string{"denied", "self-service-refuses at Operation: users cannot be given " + string(bundles.Stop)}},
		"the largest":    {"2026-09-10", bundles.ModifyVolumes, func(w *bundles.Workspace) { w.Volumes.User = 100 }, &types.WorkspaceProperties{RootVolumeSizeGib: new(int32(175))}, []string{"allowed"}},
		"larger than that": {"2026-09-10", bundles.ModifyVolumes, func(w *bundles.Workspace) { w.Volumes.User = 100 }, &types.WorkspaceProperties{RootVolumeSizeGib: new(int32(176))},
			[]string{"denied", "self-service-cap at WorkspaceProperties.RootVolumeSizeGib: 176 GiB is more than the 175 GiB that users may ask for"}},
		"larger for the user": {"2026-09-10", bundles.ModifyVolumes, func(w *bundles.Workspace) { w.Volumes = bundles.Volumes{Root: 175, User: 100} }, &types.WorkspaceProperties{UserVolumeSizeGib: new(int32(101))},
			[]string{"denied", "self-service-cap at WorkspaceProperties.UserVolumeSizeGib: 101 GiB is more than the 100 GiB that users may ask for"}},
		"the mode": {"2026-09-10", bundles.ModifyMode, func(*bundles.Workspace) {}, &types.WorkspaceProperties{RunningMode: "ALWAYS_ON"}, []string{"undocumented", noState}},
		"MANUAL": {"2026-09-10", bundles.ModifyMode, func(*bundles.Workspace) {}, &types.WorkspaceProperties{RunningMode: "MANUAL"},
			[]string{"denied", "self-service-refuses at WorkspaceProperties.RunningMode: users can be given a change of running mode between ALWAYS_ON and AUTO_STOP",
				"open WorkspaceProperties.RunningMode: MANUAL is for accounts that are allow-listed for WorkSpaces Core", noState}},
		"a larger type in 2020, an hour after the last": {"2020-07-08", bundles.ModifyCompute, func(w *bundles.Workspace) { w.History.Larger = ago(time.Hour) }, &types.WorkspaceProperties{ComputeTypeName: "POWER"},
			[]string{"denied", "self-service-too-soon at Operation: not before 2026-09-10T17:00:00Z: a user's larger compute type to the next larger one takes 6h0m0s",
				"open WorkspaceProperties.ComputeTypeName: the guide's pages disagree on a wait of 6h0m0s before the next larger type"}},
	} {
		w := desktop("STANDARD", 80, 50)
		tt.change(&w)
		a, err := at(t, tt.edition).CheckSelfService(tt.op, w, tt.p, now)
		compare(t, name, a, err, tt.want...)
	}
}
