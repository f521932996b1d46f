package bundles_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

// whole is an answer in lines, with codes without "bundles.".
func whole(a rule.Answer) []string {
	return ruletest.Lines(a, func(v rule.Violation) string {
		return fmt.Sprintf("%s at %s: %s", strings.TrimPrefix(string(v.Code), "bundles."), v.Path, v.Detail)
	})
}

func compare(t *testing.T, name string, a rule.Answer, err error, want ...string) {
	t.Helper()
	ruletest.Whole(t, name, whole(a), err, want...)
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

// How parameters put what the rows of the tables say, and which rules use them.
func TestParametersInWords(t *testing.T) {
	for _, tt := range []struct{ date, name, value, rules string }{
		{"2026-09-10", "volume, at most", "2000 GiB", "volume-over-ceiling"},
		{"2026-09-10", "root and user volume at launch, at least: STANDARD", "80 and 10 GiB", "volume-below-minimum"},
		{"2026-09-10", "root and user volume at launch, at least: GRAPHICS_G6_2XLARGE", "100 and 100 GiB, or more", "volume-below-minimum"},
		{"2026-09-10", "root and user volume at launch, at least: GENERALPURPOSE_4XLARGE", "175 and 100 GiB", "volume-below-minimum switch-needs-volumes"},
		{"2026-09-10", "compute type POWER", "general purpose; 4 vCPU, 16 GiB", ""},
		{"2026-09-10", "compute type GRAPHICSPRO", "GraphicsPro; hardware not given", ""},
		{"2026-09-10", "compute type GRAPHICS_G6F_LARGE", "G6f; 2 vCPU, 8 GiB, 0.125 GPU with 3 GiB", ""},
		{"2018-02-03", "compute types that become one another", "VALUE, STANDARD, PERFORMANCE, POWER", ""},
		{"2026-09-10", "compute type that becomes a larger one with Windows 7 and Windows 10", "VALUE", ""},
		{"2026-09-10", "compute types of Graphics", "cannot be switched", "compute-type-fixed"},
		{"2026-09-10", "compute types of G4dn", "switched within the family", "family-crossed"},
		{"2026-09-10", "protocol of G4dn", "cannot be changed", "protocol-fixed"},
		{"2026-09-10", "protocol of a supported Linux", "can be changed", "protocol-needs-windows"},
		{"2024-11-20", "protocol value DCV", "documented", "protocol-value"},
		{"2026-09-10", "wait: launch to larger compute type", "6 h", "larger-too-soon"},
		{"2026-09-10", "wait: smaller compute type to the next smaller one", "30 days", "smaller-too-soon"},
		{"2026-09-10", "wait: creation of an image", "45 min", ""},
		{"2026-09-10", "wait: creation to AutoStop maintenance", "7 days", ""},
		{"2026-09-10", "what counts as the creation before AutoStop maintenance", "creation, rebuild and migration, and no restore", ""},
		{"2026-08-04", "client experience policies", "FORCE_CLASSIC, FORCE_UI_2026, USER_CHOICE", "client-experience-unknown"},
		{"2018-02-03", "categories of characters of a password: Simple AD", "3", "password-categories"},
		{"2019-01-08", "categories of characters of a password: Simple AD", "4", "password-categories"},
		{"2018-02-03", "timeout of RADIUS", "1 to 20 s", "radius-settings"},
		{"2026-09-10", "timeout of RADIUS", "1 to 50 s", "radius-settings"},
		{"2026-09-10", "states for StartWorkspaces", "only in STOPPED", "state-refuses"},
		{"2026-09-10", "states for TerminateWorkspaces", "in all but SUSPENDED", "state-refuses"},
		{"2026-09-10", "states for MigrateWorkspace with Linux", "only in AVAILABLE", "state-refuses"},
		{"2026-09-10", "running modes for StopWorkspaces", "AUTO_STOP, MANUAL", "mode-refuses"},
		{"2026-09-10", "modifications that refuse StartWorkspaces", "ROOT_VOLUME, USER_VOLUME in STOPPED", "modification-in-progress"},
		{"2026-09-10", "modifications that refuse CreateWorkspaceImage", "any", "modification-in-progress"},
		{"2026-09-10", "characters of BundleDescription", "1 to 255", "name-length"},
		{"2026-09-10", "alphabet of BundleDescription", `ASCII letters, digits and "_./() -"`, "name-alphabet"},
		{"2026-09-10", "form of ImageId", "wsi- and 9 to 63 digits and lower-case letters", "id-malformed"},
		{"2026-09-10", "form of PoolId", "wspool- and 9 digits and lower-case letters", "id-malformed"},
		{"2026-09-10", "user name with Linux", `at most 20 letters, digits, spaces and "_.-#", no hyphen first`, "linux-user-name"},
		{"2026-09-10", "Image Checker, test 5", "the user profile is smaller than 10 GB (Windows 7 alone)", "image-profile-size"},
		{"2026-09-10", "Image Checker, test 18", "the rearm count is not 0", ""},
		{"2020-09-02", "Image Checker, test 5", "the user profile is smaller than 10 GB", "image-profile-size"},
		{"2020-09-02", "Image Checker, test 6", "drive C has at least 12 GB free", "image-free-space"},
		{"2026-09-10", "quota: Images", "40, can be raised", "over-default-quota"},
		{"2026-09-10", "quota: Bundles", "50, cannot be raised", "over-quota"},
		{"2026-09-10", "tags of a resource, at most", "50", "tags-too-many"},
		{"2026-09-10", "reserved prefixes of the value of a tag", "aws:", "tag-reserved"},
		{"2026-09-10", "last day of PCoIP", "2027-10-31", "protocol-ends protocol-ended"},
		{"2026-09-10", "Amazon Linux 2 is closed to everybody", "from 2026-05-15", "operating-system-closed"},
		{"2026-09-10", "PCoIP is closed to new customers", "from 2026-07-31", "protocol-closed"},
		{"2026-09-10", "WorkSpaces Pools is closed to new customers", "from 2026-07-31", "pools-closed"},
		{"2026-09-10", "Regions of G7", "only us-east-1, us-east-2, us-west-2", "compute-type-not-in-region"},
		{"2026-09-10", "called Windows 10", "Windows Server 2016", "image-free-space"},
		{"2026-09-10", "protocols offered with Windows Server 2025", "WSP, BYOP", "protocol-not-offered"},
		{"2026-09-10", "compute types offered with Ubuntu 22.04 LTS", "VALUE to POWERPRO, G4dn", "compute-type-not-offered"},
		{"2026-09-10", "compute types offered with Rocky Linux 8", "VALUE to POWERPRO", "compute-type-not-offered"},
		{"2026-09-10", "protocols offered with Windows 11 with BYOL", "WSP, BYOP", "protocol-not-offered"},
		{"2026-09-10", "protocols of GPUs by admin-guide-migrate", "G7 streams by DCV with Windows", "protocol-not-offered"},
		{"2026-03-11", "permitted beside the table with WINDOWS_SERVER_2025", "WorkSpaces with BYOP go to Server 2025", "compute-type-not-offered protocol-not-offered"},
		{"2025-10-21", "last day of GRAPHICS", "2023-11-30", "compute-type-retired"},
		{"2026-08-25", "protocols with nested virtualization", "WSP, BYOP", "nested-virtualization-unsupported"},
		{"2026-08-25", "protocols without nested virtualization", "PCOIP", "nested-virtualization-unsupported"},
		{"2026-08-25", "systems without nested virtualization", "WINDOWS_SERVER_2016, WINDOWS_10, AMAZON_LINUX_2, WINDOWS_7, UBUNTU_18_04, UBUNTU_20_04", "nested-virtualization-unsupported"},
		{"2026-08-25", "compute types with nested virtualization", "STANDARD, PERFORMANCE, POWER, POWERPRO, GENERALPURPOSE_4XLARGE, GENERALPURPOSE_8XLARGE", "nested-virtualization-unsupported"},
		{"2026-08-25", "Regions of nested virtualization", "all but cn-northwest-1, il-central-1", "nested-virtualization-unsupported"},
		{"2025-10-21", "Regions of multi-Region resilience", "only us-east-1, us-west-2, eu-central-1, eu-west-1", "standby-not-in-region"},
		{"2020-03-31", "group of root and user volume", "175 to 2000 and 100 to 2000 GiB", "volume-pair-not-in-group"},
		{"2018-02-03", "image of WINDOWS requires", "PowerShell", ""},
	} {
		var got []string
		for _, p := range bundles.Parameters() {
			if p.Name == tt.name && p.Span.Contains(rule.MustParseEdition(tt.date)) {
				var codes []string
				for _, c := range p.Rules {
					codes = append(codes, strings.TrimPrefix(string(c), "bundles."))
				}
				got = append(got, p.Value+" | "+strings.Join(codes, " "))
			}
		}
		if !slices.Contains(got, tt.value+" | "+tt.rules) {
			t.Errorf("%s on %s: %q, want %q of %q", tt.name, tt.date, got, tt.value, tt.rules)
		}
	}
}

// What begins on a day is open before it, or asked for less.
func TestFirstDays(t *testing.T) {
	windows7 := desktop("STANDARD", 80, 50)
	windows7.OperatingSystem, windows7.Protocol = types.OperatingSystemNameWindows7, types.ProtocolPcoip
	cased := func(rules bundles.Rules) (rule.Answer, error) {
		one, _ := request("Ada")
		other, context := request("aDA")
		return rules.CheckRequests([]types.WorkspaceRequest{one, other}, func(*types.WorkspaceRequest) bundles.LaunchContext { return context })
	}
	below := func(rules bundles.Rules) (rule.Answer, error) {
		b := bundle()
		b.Image.User = 100
		return rules.CheckBundle(b)
	}
	for _, tt := range []struct {
		date string
		ask  func(rules bundles.Rules) (rule.Answer, error)
		want []string
	}{
		{"2024-06-26", func(r bundles.Rules) (rule.Answer, error) { return r.CheckPools(false) }, []string{"undocumented", "open : no document of the edition speaks of WorkSpaces Pools"}},
		{"2024-06-27", func(r bundles.Rules) (rule.Answer, error) { return r.CheckPools(false) }, []string{"allowed"}},
		{"2020-01-14", func(r bundles.Rules) (rule.Answer, error) { return r.CheckOperation(bundles.Rebuild, windows7) }, []string{"allowed"}},
		{"2020-01-15", func(r bundles.Rules) (rule.Answer, error) { return r.CheckOperation(bundles.Rebuild, windows7) },
			[]string{"undocumented", "open OperatingSystemName: a WorkSpace from a public Windows 7 bundle can no longer be rebuilt, one with the customer's licence can"}},
		{"2024-12-08", cased, []string{"undocumented", `open Workspaces[1].UserName: no document of the edition says whether the case of letters tells users apart, and "aDA" stands in the batch before in other letters`}},
		{"2024-12-09", cased, []string{"denied", `user-repeated at Workspaces[1].UserName: "aDA" stands in the batch before, for the same directory`}},
		{"2025-10-20", below, []string{"undocumented", "open UserStorage.Capacity: no document of the edition says whether it can be smaller than the image's"}},
		{"2025-10-21", below, []string{"denied", "volume-below-image at UserStorage.Capacity: 50 GiB is less than the 100 GiB of the image"}},
	} {
		a, err := tt.ask(at(t, tt.date))
		compare(t, tt.date, a, err, tt.want...)
	}
	if a, err := at(t, "2018-02-02").CheckSimpleAD(nil); err != nil || a.Verdict != rule.Undocumented {
		t.Errorf("Simple AD before its page: %+v, %v", a, err)
	}
}

// The sizes of which an image can be made, to a byte, in the editions that count them otherwise.
func TestWholeImages(t *testing.T) {
	const gb, gib = 1_000_000_000, 1 << 30
	for name, tt := range map[string]struct {
		date          string
		system        types.OperatingSystemName
		free, profile int64
		want          []string
	}{
		"2 GB beside the profile":      {"2018-02-03", "WINDOWS_SERVER_2016", 2*gib + 5, 5, []string{}},
		"less than 2 GB beside it":     {"2018-02-03", "WINDOWS_SERVER_2016", 2*gb + 4, 5, []string{"image-free-space at FreeBytes: 1999999999 bytes beside the user profile are less than 2 GB"}},
		"2 GB that may be GiB":         {"2018-02-03", "WINDOWS_SERVER_2016", 2*gb + 5, 5, []string{"open FreeBytes: 2000000000 bytes beside the user profile are 2 GB only if these are not GiB"}},
		"a size below nothing":         {"2018-02-03", "WINDOWS_SERVER_2016", 2*gb - 1, -1, []string{"image-free-space at FreeBytes: 1999999999 bytes beside the user profile are less than 2 GB"}},
		"a space below nothing":        {"2018-02-03", "WINDOWS_SERVER_2016", -5, 0, []string{"image-free-space at FreeBytes: 0 bytes beside the user profile are less than 2 GB"}},
		"a profile of 10 GB, perhaps":  {"2018-02-03", "WINDOWS_SERVER_2016", 100 * gib, 10 * gb, []string{"open ProfileBytes: 10000000000 bytes are less than 10 GB only if these are GiB"}},
		"a profile of less":            {"2018-02-03", "WINDOWS_SERVER_2016", 100 * gib, 10*gb - 1, []string{}},
		"a profile of 10 GiB":          {"2018-02-03", "WINDOWS_SERVER_2016", 100 * gib, 10 * gib, []string{"image-profile-size at ProfileBytes: 10737418240 bytes are not less than 10737418240"}},
		"12 GiB":                       {"2026-09-10", "WINDOWS_11", 12 * gib, 0, []string{"open FreeBytes: 12884901888 bytes are not more than 12884901888, which a note of the guide asks of every Windows, and a tip of Windows 7 alone"}},
		"more than 12 GiB":             {"2026-09-10", "WINDOWS_11", 12*gib + 1, 0, []string{}},
		"12 GiB of Windows 7":          {"2026-09-10", "WINDOWS_7", 12 * gib, 0, []string{"image-free-space at FreeBytes: 12884901888 bytes are not more than 12884901888", "open OperatingSystemName: no image can be made of a WorkSpace from a public Windows 7 bundle, one with the customer's licence can be"}},
		"a profile of a newer system":  {"2026-09-10", "WINDOWS_11", 100 * gib, 10 * gib, []string{"open ProfileBytes: 10737418240 bytes are not less than 10737418240, which a note of the guide asks of every Windows, and a tip of Windows 7 alone"}},
		"a smaller one":                {"2026-09-10", "WINDOWS_11", 100 * gib, 10*gib - 1, []string{}},
		"what is called Windows 10":    {"2026-09-10", "WINDOWS_SERVER_2016", 2*gb - 1, 0, []string{"image-free-space at FreeBytes: 1999999999 bytes are less than 2 GB"}},
		"what is called so with 2 GB":  {"2026-09-10", "WINDOWS_SERVER_2016", 2 * gb, 0, []string{"open FreeBytes: 2000000000 bytes are 2 GB only if these are not GiB"}},
		"what is called so with 2 GiB": {"2026-09-10", "WINDOWS_SERVER_2016", 2 * gib, 0, []string{"open FreeBytes: 2147483648 bytes are not more than 12884901888, which a note of the guide asks of every Windows, and a tip of Windows 7 alone"}},
	} {
		w := desktop("STANDARD", 80, 50)
		w.OperatingSystem, w.Protocol = tt.system, types.ProtocolPcoip
		a, err := at(t, tt.date).CheckImageOrigin(bundles.ImageOrigin{Workspace: w, Encrypted: new(bool), FreeBytes: &tt.free, ProfileBytes: &tt.profile})
		got := slices.DeleteFunc(whole(a)[1:], func(line string) bool { return strings.HasPrefix(line, "open State: ") }) // of which older editions do not speak
		if err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, %v, want %q", name, got, err, tt.want)
		}
	}
	for used, want := range map[int][]string{96: {"allowed"}, 97: {"allowed", "image-root-full at RootUsedPercents: 97% of the root volume is used, and it should be less than 97%"}} {
		w := desktop("STANDARD", 80, 50)
		w.OperatingSystem, w.Protocol = "UBUNTU_22_04", types.ProtocolWsp
		a, err := bundles.Newest().CheckImageOrigin(bundles.ImageOrigin{Workspace: w, Encrypted: new(bool), RootUsedPercents: &used})
		compare(t, fmt.Sprint(used, "%"), a, err, want...)
	}
}

// A change waits for any other: the model says so since 2016-08-18.
func TestWhatAModificationWaitsFor(t *testing.T) {
	w := desktop("STANDARD", 80, 50)
	w.Modifications = []types.ModificationState{{Resource: "USER_VOLUME", State: "UPDATE_INITIATED"}}
	for op, cite := range map[bundles.Operation]string{
		bundles.ModifyVolumes: "OperationInProgressException of service-model, 2016-08-18", bundles.ModifyCompute: "OperationInProgressException of service-model, 2016-08-18",
		bundles.ModifyMode: "OperationInProgressException of service-model, 2016-08-18", bundles.ModifyProtocol: "OperationInProgressException of service-model, 2016-08-18",
		bundles.Migrate: "MigrateWorkspace of service-model, 2020-01-10",
	} {
		a, err := bundles.Newest().CheckOperation(op, w)
		if err != nil || len(a.Violations) != 1 || a.Violations[0].Detail != string(op)+" waits for the change of USER_VOLUME" {
			t.Errorf("%s: %+v, %v", op, a, err)
			continue
		}
		if c := a.Violations[0].Cite; fmt.Sprintf("%s of %s, %s", c.Section, c.Document, c.Date) != cite {
			t.Errorf("%s: by %v, want %s", op, c, cite)
		}
	}
}
