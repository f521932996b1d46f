package bundles_test

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// Bundles, each with one thing that is wrong.
func TestWholeBundles(t *testing.T) {
	for name, tt := range map[string]struct {
		date   string
		change func(b *bundles.Bundle)
		want   []string
	}{
		"sound":                 {"2026-09-10", func(*bundles.Bundle) {}, []string{"allowed"}},
		"as small as the image": {"2026-09-10", func(b *bundles.Bundle) { b.Image = bundles.Volumes{Root: 80, User: 50} }, []string{"allowed"}},
		"a smaller root volume": {"2026-09-10", func(b *bundles.Bundle) { b.Image.Root = 81 }, []string{"denied", "volume-below-image at RootStorage.Capacity: 80 GiB is less than the 81 GiB of the image"}},
		"a smaller user volume": {"2026-09-10", func(b *bundles.Bundle) { b.Image.User = 51 }, []string{"denied", "volume-below-image at UserStorage.Capacity: 50 GiB is less than the 51 GiB of the image"}},
		"no root volume":        {"2026-09-10", func(b *bundles.Bundle) { b.RootStorage = nil }, []string{"undocumented", "open RootStorage: the size is not known, and so the pair is not"}},
		"no user volume":        {"2026-09-10", func(b *bundles.Bundle) { b.UserStorage = nil }, []string{"denied", "member-missing at UserStorage: a bundle names the size of its user volume"}},
		"no type": {"2026-09-10", func(b *bundles.Bundle) { b.ComputeType = "" },
			[]string{"denied", "member-missing at ComputeType: a bundle names its compute type", "open ComputeType.Name: the compute type is not known"}},
		"no name":        {"2026-09-10", func(b *bundles.Bundle) { b.BundleName = "" }, []string{"denied", `name-length at BundleName: "" has 0 characters, not 1 to 64`}},
		"no description": {"2026-09-10", func(b *bundles.Bundle) { b.BundleDescription = "" }, []string{"denied", `name-length at BundleDescription: "" has 0 characters, not 1 to 255`}},
		"a bad name":     {"2026-09-10", func(b *bundles.Bundle) { b.BundleName = "a b" }, []string{"denied", `name-alphabet at BundleName: ' ' does not belong where it stands in "a b"`}},
		"a bad image":    {"2026-09-10", func(b *bundles.Bundle) { b.ImageID = "wsb-0123456789" }, []string{"denied", `id-malformed at ImageId: "wsb-0123456789" is not a ImageId`}},
		"an image behind a letter": {"2026-09-10", func(b *bundles.Bundle) { b.ImageID = "xwsi-0123456789" },
			[]string{"undocumented", `open ImageId: "xwsi-0123456789" has something before the identifier, and the model does not say that it may not`}},
		"a type that has ended": {"2026-09-10", func(b *bundles.Bundle) {
			b.ComputeType, b.RootStorage, b.UserStorage = "GRAPHICS", &types.RootStorage{Capacity: new("100")}, &types.UserStorage{Capacity: new("100")}
		}, []string{"denied", "compute-type-retired at ComputeType.Name: GRAPHICS ended on 2023-11-30"}},
		"a type that the Region lacks": {"2026-09-10", func(b *bundles.Bundle) {
			b.ComputeType, b.RootStorage, b.UserStorage, b.Region = "GRAPHICS_G7_2XLARGE", &types.RootStorage{Capacity: new("100")}, &types.UserStorage{Capacity: new("100")}, "eu-west-1"
		}, []string{"denied", "compute-type-not-in-region at ComputeType.Name: GRAPHICS_G7_2XLARGE is not available in eu-west-1, but in us-east-1, us-east-2, us-west-2"}},
		"a bad tag":   {"2026-09-10", func(b *bundles.Bundle) { b.Tags = []types.Tag{{}} }, []string{"denied", "tag-length at Tags[0].Key: the key is empty"}},
		"in no group": {"2026-09-10", func(b *bundles.Bundle) { b.RootStorage = &types.RootStorage{Capacity: new("175")} }, []string{"denied", "volume-pair-not-in-group at RootStorage.Capacity: 175/50 is in none of the groups 80/10, 80/50, 80/100, 175-2000/100-2000"}},
		"before the API": {"2021-03-11", func(b *bundles.Bundle) { *b = bundles.Bundle{ImageID: b.ImageID} }, []string{"undocumented",
			"open BundleName: no document of the edition tells its form", "open BundleDescription: no document of the edition tells its form",
			"open ComputeType: no document of the edition tells the members of a bundle", "open UserStorage: no document of the edition tells the members of a bundle"}},
	} {
		b := bundle()
		tt.change(&b)
		a, err := at(t, tt.date).CheckBundle(b)
		compare(t, name, a, err, tt.want...)
	}
	// A size is a number of 32 bits in decimal digits.
	for capacity, bad := range map[string]bool{"4294967376": true, "2147483648": true, "2147483647": false, "0x50": true, "1": false, "0": true} {
		b := bundle()
		b.UserStorage.Capacity = &capacity
		var input *rule.InputError
		_, err := bundles.Newest().CheckBundle(b)
		if errors.As(err, &input); (input != nil) != bad || bad && (input.Path != "UserStorage.Capacity" || input.Value != capacity) {
			t.Errorf("%s: %v", capacity, err)
		}
	}
	l := bundles.NewLaunchContext(types.WorkspaceBundle{RootStorage: &types.RootStorage{Capacity: new("2000000000")}, UserStorage: &types.UserStorage{Capacity: new("12")}}, "")
	if l.Volumes != (bundles.Volumes{Root: 2_000_000_000, User: 12}) {
		t.Errorf("%+v", l)
	}
}

// Properties of requests: what they leave open together is said once.
func TestWholeProperties(t *testing.T) {
	const novel = `open WorkspaceProperties.ComputeTypeName: no document of the edition names the compute type "NOVEL"`
	for name, tt := range map[string]struct {
		p      types.WorkspaceProperties
		bundle bundles.LaunchContext
		want   []string
	}{
		"nothing":                    {types.WorkspaceProperties{}, bundles.LaunchContext{}, []string{"allowed"}},
		"an unknown type":            {types.WorkspaceProperties{ComputeTypeName: "NOVEL"}, bundles.LaunchContext{}, []string{"undocumented", novel}},
		"with a system":              {types.WorkspaceProperties{ComputeTypeName: "NOVEL", OperatingSystemName: "WINDOWS_11"}, bundles.LaunchContext{}, []string{"undocumented", novel}},
		"with volumes":               {types.WorkspaceProperties{ComputeTypeName: "NOVEL", RootVolumeSizeGib: new(int32(80)), UserVolumeSizeGib: new(int32(50))}, bundles.LaunchContext{}, []string{"undocumented", novel}},
		"with both":                  {types.WorkspaceProperties{ComputeTypeName: "NOVEL", OperatingSystemName: "WINDOWS_11", RootVolumeSizeGib: new(int32(80)), UserVolumeSizeGib: new(int32(50))}, bundles.LaunchContext{}, []string{"undocumented", novel}},
		"an unknown type, of others": {types.WorkspaceProperties{RunningMode: "ALWAYS_ON"}, bundles.LaunchContext{ComputeType: "NOVEL"}, []string{"allowed"}},
		"of another bundle":          {types.WorkspaceProperties{ComputeTypeName: "POWER"}, bundles.LaunchContext{ComputeType: "STANDARD"}, []string{"undocumented", `open WorkspaceProperties.ComputeTypeName: no document says what becomes of a WorkSpace of "POWER" from a bundle of "STANDARD"`}},
		"a smaller root volume": {types.WorkspaceProperties{RootVolumeSizeGib: new(int32(175))}, bundles.LaunchContext{ComputeType: "STANDARD", Volumes: bundles.Volumes{Root: 200, User: 100}},
			[]string{"undocumented", "open WorkspaceProperties.RootVolumeSizeGib: no document says that a volume can be smaller than that of its bundle, 175 GiB and not 200"}},
		"the same root volume": {types.WorkspaceProperties{RootVolumeSizeGib: new(int32(175))}, bundles.LaunchContext{ComputeType: "STANDARD", Volumes: bundles.Volumes{Root: 175, User: 100}}, []string{"allowed"}},
		"two protocols":        {types.WorkspaceProperties{Protocols: []types.Protocol{"WSP", "PCOIP"}}, bundles.LaunchContext{}, []string{"undocumented", "open WorkspaceProperties.Protocols: no document says what a request for 2 protocols does"}},
		"new to PCoIP": {types.WorkspaceProperties{Protocols: []types.Protocol{"PCOIP"}}, bundles.LaunchContext{NewToPCoIP: true},
			[]string{"denied", "protocol-closed at WorkspaceProperties.Protocols: PCoIP takes nothing new from 2026-07-31 on, and ends on 2027-10-31"}},
		"PCoIP": {types.WorkspaceProperties{Protocols: []types.Protocol{"PCOIP"}}, bundles.LaunchContext{}, []string{"allowed", "protocol-ends at WorkspaceProperties.Protocols: PCoIP ends on 2027-10-31"}},
		"a type that a Region lacks": {types.WorkspaceProperties{ComputeTypeName: "GRAPHICS_G7_2XLARGE"}, bundles.LaunchContext{Region: "eu-west-1"},
			[]string{"denied", "compute-type-not-in-region at WorkspaceProperties.ComputeTypeName: GRAPHICS_G7_2XLARGE is not available in eu-west-1, but in us-east-1, us-east-2, us-west-2"}},
	} {
		q, _ := request("grace")
		q.WorkspaceProperties = &tt.p
		tt.bundle.System = "WINDOWS"
		a, err := bundles.Newest().CheckRequest(q, tt.bundle)
		compare(t, name, a, err, tt.want...)
		// A second request of a batch is told the same.
		other, _ := request("ada")
		other.WorkspaceProperties = &tt.p
		b, err := bundles.Newest().CheckRequests([]types.WorkspaceRequest{q, other}, func(*types.WorkspaceRequest) bundles.LaunchContext { return tt.bundle })
		if err != nil || b.Verdict != a.Verdict || len(b.Violations) != 2*len(a.Violations) || len(b.Open) != 2*len(a.Open) {
			t.Errorf("%s, twice: %v, %v", name, whole(b), err)
		}
	}
	// What is sound in one context is judged again in another.
	q, sound := request("grace")
	other, _ := request("ada")
	q.WorkspaceProperties = &types.WorkspaceProperties{RootVolumeSizeGib: new(int32(175)), UserVolumeSizeGib: new(int32(100))}
	other.WorkspaceProperties = q.WorkspaceProperties
	a, err := bundles.Newest().CheckRequests([]types.WorkspaceRequest{q, other}, func(r *types.WorkspaceRequest) bundles.LaunchContext {
		l := sound
		if *r.UserName == "ada" {
			l.Volumes.Root = 200
		}
		return l
	})
	compare(t, "two contexts", a, err, "undocumented", "open Workspaces[1].WorkspaceProperties.RootVolumeSizeGib: no document says that a volume can be smaller than that of its bundle, 175 GiB and not 200")
	// One violation and one open question are not sound.
	q.WorkspaceProperties = &types.WorkspaceProperties{RunningMode: "ALWAYS_ON", RunningModeAutoStopTimeoutInMinutes: new(int32(60)), ComputeTypeName: "NOVEL"}
	other.WorkspaceProperties = q.WorkspaceProperties
	a, err = bundles.Newest().CheckRequests([]types.WorkspaceRequest{q, other}, func(*types.WorkspaceRequest) bundles.LaunchContext { return bundles.LaunchContext{System: "WINDOWS"} })
	compare(t, "one of each", a, err, "denied",
		"auto-stop-minutes-not-applicable at Workspaces[0].WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes: 60: an AutoStop time does not go with ALWAYS_ON",
		"auto-stop-minutes-not-applicable at Workspaces[1].WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes: 60: an AutoStop time does not go with ALWAYS_ON",
		strings.Replace(novel, "WorkspaceProperties", "Workspaces[0].WorkspaceProperties", 1), strings.Replace(novel, "WorkspaceProperties", "Workspaces[1].WorkspaceProperties", 1))
}

// Requests, each with one thing that is wrong beside its properties.
func TestWholeRequests(t *testing.T) {
	for name, tt := range map[string]struct {
		date   string
		change func(q *types.WorkspaceRequest, l *bundles.LaunchContext)
		want   []string
	}{
		"an empty bundle":    {"2026-09-10", func(q *types.WorkspaceRequest, _ *bundles.LaunchContext) { q.BundleId = new("") }, []string{"denied", `id-malformed at BundleId: "" is not a BundleId`}},
		"an empty directory": {"2026-09-10", func(q *types.WorkspaceRequest, _ *bundles.LaunchContext) { q.DirectoryId = new("") }, []string{"denied", `id-malformed at DirectoryId: "" is not a DirectoryId`}},
		"no bundle":          {"2026-09-10", func(q *types.WorkspaceRequest, _ *bundles.LaunchContext) { q.BundleId = nil }, []string{"denied", "member-missing at BundleId: a request names a bundle and a directory"}},
		"no user":            {"2026-09-10", func(q *types.WorkspaceRequest, _ *bundles.LaunchContext) { q.UserName = nil }, []string{"denied", "member-missing at UserName: a request names a user"}},
		"a user that is taken": {"2026-09-10", func(_ *types.WorkspaceRequest, l *bundles.LaunchContext) { l.UserTaken = true },
			[]string{"denied", `user-taken at UserName: "grace" has a WorkSpace in the directory`}},
		"nobody, who is taken": {"2026-09-10", func(q *types.WorkspaceRequest, l *bundles.LaunchContext) {
			q.UserName, q.WorkspaceName, l.UserTaken = new("[UNDEFINED]"), new("desk-1"), true
		}, []string{"allowed"}},
		"nobody without a name": {"2026-09-10", func(q *types.WorkspaceRequest, _ *bundles.LaunchContext) { q.UserName = new("[UNDEFINED]") },
			[]string{"denied", "member-missing at WorkspaceName: a WorkSpace without a user needs a name"}},
		"nobody without a name at first": {"2024-08-27", func(q *types.WorkspaceRequest, _ *bundles.LaunchContext) { q.UserName = new("[UNDEFINED]") },
			[]string{"undocumented", "open WorkspaceName: no document of the edition says whether a WorkSpace without a user needs a name"}},
		"nobody with a name at first": {"2024-08-27", func(q *types.WorkspaceRequest, _ *bundles.LaunchContext) {
			q.UserName, q.WorkspaceName = new("[UNDEFINED]"), new("desk-1")
		}, []string{"allowed"}},
		"a user with a name": {"2026-09-10", func(q *types.WorkspaceRequest, _ *bundles.LaunchContext) { q.WorkspaceName = new("desk-1") },
			[]string{"denied", `workspace-name-not-applicable at WorkspaceName: the name "desk-1" does not go with a user`}},
		"a flag of the user volume": {"2026-09-10", func(q *types.WorkspaceRequest, _ *bundles.LaunchContext) { q.UserVolumeEncryptionEnabled = new(true) },
			[]string{"undocumented", "open VolumeEncryptionKey: no document says what encryption without a key does"}},
		"flags that are off": {"2026-09-10", func(q *types.WorkspaceRequest, _ *bundles.LaunchContext) {
			q.UserVolumeEncryptionEnabled, q.RootVolumeEncryptionEnabled, q.VolumeEncryptionKey = new(false), new(false), new("")
		}, []string{"allowed"}},
		"a key and flags that are off": {"2026-09-10", func(q *types.WorkspaceRequest, _ *bundles.LaunchContext) {
			q.UserVolumeEncryptionEnabled, q.VolumeEncryptionKey = new(false), new("alias/aws/workspaces")
		}, []string{"undocumented", "open VolumeEncryptionKey: no document says what a key without encryption does"}},
		"a bundle whose type the Region lacks": {"2026-09-10", func(_ *types.WorkspaceRequest, l *bundles.LaunchContext) {
			l.ComputeType, l.Region = "GRAPHICS_G7_2XLARGE", "eu-west-1"
		}, []string{"denied", "compute-type-not-in-region at WorkspaceProperties.ComputeTypeName: GRAPHICS_G7_2XLARGE is not available in eu-west-1, but in us-east-1, us-east-2, us-west-2"}},
		"a user of 63 characters of two bytes": {"2026-09-10", func(q *types.WorkspaceRequest, _ *bundles.LaunchContext) { q.UserName = new(strings.Repeat("é", 63)) }, []string{"allowed"}},
		"a user of 64": {"2026-09-10", func(q *types.WorkspaceRequest, _ *bundles.LaunchContext) { q.UserName = new(strings.Repeat("x", 64)) },
			[]string{"denied", `user-name-length at UserName: "` + strings.Repeat("x", 64) + `" has 64 characters, not 1 to 63`}},
		"a Linux user of 20 characters of two bytes": {"2026-09-10", func(q *types.WorkspaceRequest, l *bundles.LaunchContext) {
			q.UserName, l.System = new(strings.Repeat("é", 20)), "LINUX"
		}, []string{"allowed"}},
		"a Linux user of 21": {"2026-09-10", func(q *types.WorkspaceRequest, l *bundles.LaunchContext) {
			q.UserName, l.System = new(strings.Repeat("x", 21)), "LINUX"
		},
			[]string{"denied", `linux-user-name at UserName: "` + strings.Repeat("x", 21) + `" has 21 characters, more than 20`}},
		"a Linux user with a hyphen": {"2026-09-10", func(q *types.WorkspaceRequest, l *bundles.LaunchContext) { q.UserName, l.System = new("-ada"), "LINUX" },
			[]string{"denied", `linux-user-name at UserName: "-ada" starts with a hyphen`}},
		"a Linux user with other characters": {"2026-09-10", func(q *types.WorkspaceRequest, l *bundles.LaunchContext) {
			q.UserName, l.System = new("a_.-# ²9"), "LINUX"
		}, []string{"allowed"}},
		"a Linux user with an @": {"2026-09-10", func(q *types.WorkspaceRequest, l *bundles.LaunchContext) { q.UserName, l.System = new("@a"), "LINUX" },
			[]string{"denied", `linux-user-name at UserName: '@' in "@a" is no letter, digit or space, nor one of _.-#`}},
		"a user with an @ of what system": {"2026-09-10", func(q *types.WorkspaceRequest, l *bundles.LaunchContext) { q.UserName, l.System = new("@a"), "" },
			[]string{"undocumented", `open UserName: the operating system is not known, and with Linux '@' in "@a" is no letter, digit or space, nor one of _.-#`}},
	} {
		q, l := request("grace")
		tt.change(&q, &l)
		a, err := at(t, tt.date).CheckRequest(q, l)
		compare(t, name, a, err, tt.want...)
	}
	for n, want := range map[int]string{0: "0 requests are not 1 to 25", 1: "", 25: "", 26: "26 requests are not 1 to 25"} {
		a, err := bundles.Newest().CheckRequests(repeat(n, func(i int) types.WorkspaceRequest { q, _ := request(fmt.Sprint("user", i)); return q }), func(*types.WorkspaceRequest) bundles.LaunchContext { _, l := request(""); return l })
		if got := a.Violations; err != nil || (want == "") != (len(got) == 0) || want != "" && (len(got) != 1 || got[0].Detail != want || got[0].Path != "Workspaces") {
			t.Errorf("%d: %v, %v", n, got, err)
		}
	}
	// Each request of a batch is told of its own Region.
	one, l := request("grace")
	other, _ := request("ada")
	var input *rule.InputError
	_, err := bundles.Newest().CheckRequests([]types.WorkspaceRequest{one, other}, func(q *types.WorkspaceRequest) bundles.LaunchContext {
		c := l
		if c.Region = "us-east-1"; *q.UserName == "ada" {
			c.Region = "Virginia"
		}
		return c
	})
	if !errors.As(err, &input) || input.Path != "Workspaces[1].Region" || input.Value != "Virginia" {
		t.Errorf("%v", err)
	}
}

// Nested virtualization, and standby WorkSpaces, by one property after the other.
func TestWholeFeatures(t *testing.T) {
	nested := func(change func(w *bundles.Workspace)) bundles.Workspace {
		w := bundles.Workspace{OperatingSystem: "WINDOWS_SERVER_2022", Protocol: "WSP", ComputeType: "POWER", Region: "us-east-1", RunningMode: "AUTO_STOP"}
		change(&w)
		return w
	}
	const reboots = "nested-virtualization-reboots at RunningMode: %s with AutoStop reboots when it times out"
	for name, tt := range map[string]struct {
		w       bundles.Workspace
		release string
		want    []string
	}{
		"server of 2025":             {nested(func(w *bundles.Workspace) { w.OperatingSystem = "WINDOWS_SERVER_2025" }), "", []string{fmt.Sprintf(reboots, "WINDOWS_SERVER_2025")}},
		"server of 2025, always on":  {nested(func(w *bundles.Workspace) { w.OperatingSystem, w.RunningMode = "WINDOWS_SERVER_2025", "ALWAYS_ON" }), "", nil},
		"Windows 11":                 {nested(func(w *bundles.Workspace) { w.OperatingSystem = "WINDOWS_11" }), "", []string{fmt.Sprintf(reboots, "WINDOWS_11")}},
		"Windows 11, 24H2":           {nested(func(w *bundles.Workspace) { w.OperatingSystem = "WINDOWS_11" }), "24H2", []string{fmt.Sprintf(reboots, "WINDOWS_11")}},
		"Windows 11, 25H2":           {nested(func(w *bundles.Workspace) { w.OperatingSystem = "WINDOWS_11" }), "25H2", []string{fmt.Sprintf(reboots, "WINDOWS_11")}},
		"Windows 11, 23H2":           {nested(func(w *bundles.Workspace) { w.OperatingSystem = "WINDOWS_11" }), "23H2", nil},
		"Windows 11, always on":      {nested(func(w *bundles.Workspace) { w.OperatingSystem, w.RunningMode = "WINDOWS_11", "ALWAYS_ON" }), "", nil},
		"server of 2022, as if 24H2": {nested(func(*bundles.Workspace) {}), "24H2", nil},
		"standby":                    {nested(func(w *bundles.Workspace) { w.Standby = true }), "", []string{"nested-virtualization-unsupported at : a standby WorkSpace cannot have nested virtualization"}},
		"Value":                      {nested(func(w *bundles.Workspace) { w.ComputeType = "VALUE" }), "", []string{"nested-virtualization-unsupported at ComputeTypeName: VALUE cannot have nested virtualization"}},
		"a GPU":                      {nested(func(w *bundles.Workspace) { w.ComputeType = "GRAPHICS_G4DN" }), "", []string{"nested-virtualization-unsupported at ComputeTypeName: GRAPHICS_G4DN cannot have nested virtualization"}},
		"a new type":                 {nested(func(w *bundles.Workspace) { w.ComputeType = "NOVEL" }), "", []string{`open ComputeTypeName: no document says whether "NOVEL" can have nested virtualization`}},
		"what type":                  {nested(func(w *bundles.Workspace) { w.ComputeType = "" }), "", []string{"open ComputeTypeName: it is not known"}},
		"what system":                {nested(func(w *bundles.Workspace) { w.OperatingSystem = "UNKNOWN" }), "", []string{"open OperatingSystemName: it is not known"}},
		"a new system":               {nested(func(w *bundles.Workspace) { w.OperatingSystem = "NOVEL" }), "", []string{`open OperatingSystemName: no document says whether "NOVEL" can have nested virtualization`}},
		"PCoIP":                      {nested(func(w *bundles.Workspace) { w.Protocol = "PCOIP" }), "", []string{"nested-virtualization-unsupported at Protocols: PCOIP cannot have nested virtualization"}},
		"what protocol":              {nested(func(w *bundles.Workspace) { w.Protocol = "" }), "", []string{"open Protocols: it is not known"}},
		"a new protocol":             {nested(func(w *bundles.Workspace) { w.Protocol = "MORSE" }), "", []string{`open Protocols: no document says whether "MORSE" can have nested virtualization`}},
		"what Region":                {nested(func(w *bundles.Workspace) { w.Region = "" }), "", []string{"open Region: the Region is not known"}},
	} {
		a, err := bundles.Newest().CheckNestedVirtualization(tt.w, tt.release)
		if got := whole(a)[1:]; err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, %v, want %q", name, got, err, tt.want)
		}
	}
	for name, tt := range map[string]struct {
		change func(s *bundles.Standby)
		want   []string
	}{
		"sound":            {func(*bundles.Standby) {}, []string{"allowed"}},
		"the same Region":  {func(s *bundles.Standby) { s.Region = "us-east-1" }, []string{"undocumented", "open Region: no document says whether a WorkSpace can stand by in the Region of its primary"}},
		"no Regions":       {func(s *bundles.Standby) { s.Region, s.Primary.Region = "", "" }, []string{"undocumented", "open PrimaryRegion: the Region is not known", "open Region: the Region is not known"}},
		"of a standby":     {func(s *bundles.Standby) { s.Primary.Standby = true }, []string{"undocumented", "open : no document says whether a standby WorkSpace can have one of its own"}},
		"replicated":       {func(s *bundles.Standby) { s.Replicate = true }, []string{"allowed"}},
		"Simple AD":        {func(s *bundles.Standby) { s.SimpleAD = true }, []string{"allowed"}},
		"Simple AD copied": {func(s *bundles.Standby) { s.Replicate, s.SimpleAD = true, true }, []string{"denied", "standby-simple-ad at DataReplication: data replication does not work with Simple AD"}},
		"Ubuntu 24.04":     {func(s *bundles.Standby) { s.Primary.OperatingSystem = "UBUNTU_24_04" }, []string{"denied", "standby-operating-system at OperatingSystemName: UBUNTU_24_04 cannot have a standby WorkSpace"}},
		"RHEL 9":           {func(s *bundles.Standby) { s.Primary.OperatingSystem = "RHEL_9" }, []string{"denied", "standby-operating-system at OperatingSystemName: RHEL_9 cannot have a standby WorkSpace"}},
		"Rocky":            {func(s *bundles.Standby) { s.Primary.OperatingSystem = "ROCKY_8" }, []string{"undocumented", `open OperatingSystemName: no document says whether "ROCKY_8" can have a standby WorkSpace`}},
		"what system":      {func(s *bundles.Standby) { s.Primary.OperatingSystem = "" }, []string{"undocumented", "open OperatingSystemName: the operating system of the primary WorkSpace is not known"}},
		"GeneralPurpose":   {func(s *bundles.Standby) { s.Primary.ComputeType = "GENERALPURPOSE_4XLARGE" }, []string{"denied", "standby-compute-type at ComputeTypeName: GENERALPURPOSE_4XLARGE cannot have a standby WorkSpace"}},
		"what type":        {func(s *bundles.Standby) { s.Primary.ComputeType = "" }, []string{"undocumented", "open ComputeTypeName: the compute type is not known"}},
	} {
		s := bundles.Standby{Region: "us-west-2", Primary: bundles.Workspace{Region: "us-east-1", OperatingSystem: "WINDOWS_SERVER_2022", ComputeType: "POWER"}}
		tt.change(&s)
		a, err := bundles.Newest().CheckStandby(s)
		compare(t, name, a, err, tt.want...)
	}
}

// Settings of RADIUS at their bounds. The timeout is of whole seconds up to 50, and up to 20 before 2021-04-15.
func TestWholeRADIUS(t *testing.T) {
	for name, tt := range map[string]struct {
		date   string
		change func(s *bundles.RADIUS)
		want   []string
	}{
		"no server":             {"2026-09-10", func(s *bundles.RADIUS) { s.Servers = nil }, []string{"denied", "radius-settings at RadiusServers: no server is given"}},
		"a server that is none": {"2026-09-10", func(s *bundles.RADIUS) { s.Servers = append(s.Servers, netip.Addr{}) }, []string{"denied", "radius-settings at RadiusServers[1]: the address is not valid"}},
		"no port":               {"2026-09-10", func(s *bundles.RADIUS) { s.Port = 0 }, []string{"denied", "radius-settings at RadiusPort: 0 is not a port"}},
		"the first port":        {"2026-09-10", func(s *bundles.RADIUS) { s.Port = 1 }, []string{"allowed"}},
		"no secret":             {"2026-09-10", func(s *bundles.RADIUS) { s.SharedSecret = "" }, []string{"denied", "radius-settings at SharedSecret: no shared secret is given"}},
		"a second":              {"2026-09-10", func(s *bundles.RADIUS) { s.Timeout = time.Second }, []string{"allowed"}},
		"less":                  {"2026-09-10", func(s *bundles.RADIUS) { s.Timeout = time.Second - 1 }, []string{"denied", "radius-settings at RadiusTimeout: 999.999999ms is not 1 to 50 whole seconds"}},
		"none":                  {"2026-09-10", func(s *bundles.RADIUS) { s.Timeout = 0 }, []string{"denied", "radius-settings at RadiusTimeout: 0s is not 1 to 50 whole seconds"}},
		"and a half":            {"2026-09-10", func(s *bundles.RADIUS) { s.Timeout = 1500 * time.Millisecond }, []string{"denied", "radius-settings at RadiusTimeout: 1.5s is not 1 to 50 whole seconds"}},
		"50 seconds":            {"2021-04-15", func(s *bundles.RADIUS) { s.Timeout = 50 * time.Second }, []string{"allowed"}},
		"51 seconds":            {"2026-09-10", func(s *bundles.RADIUS) { s.Timeout = 51 * time.Second }, []string{"denied", "radius-settings at RadiusTimeout: 51s is not 1 to 50 whole seconds"}},
		"21 seconds, once":      {"2021-04-14", func(s *bundles.RADIUS) { s.Timeout = 21 * time.Second }, []string{"denied", "radius-settings at RadiusTimeout: 21s is not 1 to 20 whole seconds"}},
		"20 seconds, once":      {"2021-04-14", func(s *bundles.RADIUS) { s.Timeout = 20 * time.Second }, []string{"allowed"}},
		"no retry":              {"2026-09-10", func(s *bundles.RADIUS) { s.Retries = 0 }, []string{"allowed"}},
		"ten retries":           {"2026-09-10", func(s *bundles.RADIUS) { s.Retries = 10 }, []string{"allowed"}},
		"eleven retries":        {"2026-09-10", func(s *bundles.RADIUS) { s.Retries = 11 }, []string{"denied", "radius-settings at RadiusRetries: 11 is not 0 to 10"}},
		"fewer than none":       {"2026-09-10", func(s *bundles.RADIUS) { s.Retries = -1 }, []string{"denied", "radius-settings at RadiusRetries: -1 is not 0 to 10"}},
	} {
		s := bundles.RADIUS{Servers: []netip.Addr{netip.MustParseAddr("10.0.0.7")}, Port: bundles.RADIUSPort, SharedSecret: "tell nobody", Timeout: 20 * time.Second, Retries: 3}
		tt.change(&s)
		a, err := at(t, tt.date).CheckRADIUS(s)
		compare(t, name, a, err, tt.want...)
	}
}

// Tags and passwords at their bounds.
func TestWholeTags(t *testing.T) {
	key := func(n int) string { return strings.Repeat("k", n) }
	for name, tt := range map[string]struct {
		tags []types.Tag
		want []string
	}{
		"50":                        {repeat(50, func(i int) types.Tag { return types.Tag{Key: new(fmt.Sprint(i))} }), []string{"allowed"}},
		"51":                        {repeat(51, func(i int) types.Tag { return types.Tag{Key: new(fmt.Sprint(i))} }), []string{"denied", "tags-too-many at Tags: 51 tags are more than 50"}},
		"a long key":                {[]types.Tag{{Key: new(key(127))}}, []string{"allowed"}},
		"a longer key":              {[]types.Tag{{Key: new(key(128))}}, []string{"denied", "tag-length at Tags[0].Key: 128 characters are more than 127"}},
		"a long value":              {[]types.Tag{{Key: new("k"), Value: new(key(255))}}, []string{"allowed"}},
		"a longer value":            {[]types.Tag{{Key: new("k"), Value: new(key(256))}}, []string{"denied", "tag-length at Tags[0].Value: 256 characters are more than 255"}},
		"127 characters of 2 bytes": {[]types.Tag{{Key: new(strings.Repeat("é", 127))}}, []string{"allowed"}},
		"an empty key":              {[]types.Tag{{Key: new("")}}, []string{"denied", "tag-length at Tags[0].Key: the key is empty"}},
		"an empty value":            {[]types.Tag{{Key: new("k"), Value: new("")}}, []string{"allowed"}},
		"a space at an end":         {[]types.Tag{{Key: new(" k")}, {Key: new("k ")}}, []string{"denied", `tag-alphabet at Tags[0].Key: " k" starts or ends with a space`, `tag-alphabet at Tags[1].Key: "k " starts or ends with a space`}},
		"a wide space at an end":    {[]types.Tag{{Key: new("k"), Value: new("é\u2003")}}, []string{"denied", `tag-alphabet at Tags[0].Value: "é\u2003" starts or ends with a space`}},
		"a number sign":             {[]types.Tag{{Key: new("k#")}}, []string{"denied", `tag-alphabet at Tags[0].Key: '#' in "k#" is no letter, digit or space, nor one of +-=._:/@`}},
		"reserved":                  {[]types.Tag{{Key: new("aws:k"), Value: new("aws:v")}}, []string{"denied", `tag-reserved at Tags[0].Key: "aws:k" has the reserved prefix aws:`, `tag-reserved at Tags[0].Value: "aws:v" has the reserved prefix aws:`}},
		"keys twice":                {[]types.Tag{{Key: new("k")}, {Key: new("k")}}, []string{"undocumented", `open Tags[1].Key: no document says what the repeated key "k" does`}},
		"keys twice that are bad":   {[]types.Tag{{Key: new("#")}, {Key: new("#")}}, []string{"denied", `tag-alphabet at Tags[0].Key: '#' in "#" is no letter, digit or space, nor one of +-=._:/@`, `tag-alphabet at Tags[1].Key: '#' in "#" is no letter, digit or space, nor one of +-=._:/@`, `open Tags[1].Key: no document says what the repeated key "#" does`}},
		"no keys twice":             {[]types.Tag{{}, {}}, []string{"denied", "tag-length at Tags[0].Key: the key is empty", "tag-length at Tags[1].Key: the key is empty"}},
	} {
		a, err := bundles.Newest().CheckTags(tt.tags)
		compare(t, name, a, err, tt.want...)
	}
	a, err := at(t, "2019-04-02").CheckTags([]types.Tag{{Key: new("k"), Value: new("aws:v")}})
	compare(t, "a value before", a, err, "undocumented", `open Tags[0].Value: no document of the edition says whether "aws:v" may have the prefix aws: here`)
	a, err = at(t, "2018-02-02").CheckTags(repeat(51, func(i int) types.Tag { return types.Tag{Key: new(fmt.Sprint(i))} }))
	compare(t, "51 before the guide", a, err, "denied", "tags-too-many at Tags: 51 tags are more than 50")
	for password, want := range map[string][]string{
		"Aa1!xxx":                        {"denied", "password-length at Password: 7 characters are not 8 to 64"},
		"Aa1!xxxx":                       {"allowed"},
		"Aa1!" + key(60):                 {"allowed"},
		"Aa1!" + key(61):                 {"denied", "password-length at Password: 65 characters are not 8 to 64"},
		"aa1!xxxx":                       {"denied", "password-categories at Password: characters of 3 categories, and AWS Managed Microsoft AD asks for 4"},
		"AA1!XXXX":                       {"denied", "password-categories at Password: characters of 3 categories, and AWS Managed Microsoft AD asks for 4"},
		"AaB!xxxx":                       {"denied", "password-categories at Password: characters of 3 categories, and AWS Managed Microsoft AD asks for 4"},
		"Aa1Bxxxx":                       {"denied", "password-categories at Password: characters of 3 categories, and AWS Managed Microsoft AD asks for 4"},
		"ZzazAZ09~":                      {"allowed"},
		"Aa1!x x\tx":                     {"denied", "password-characters at Password: 2 of its characters are white space or cannot be printed"},
		"Aa1!ééxx":                       {"undocumented", "open Password: the guide does not say whether 2 of its characters are permitted"},
		strings.Repeat("é", 61) + "Aa1!": {"denied", "password-length at Password: 65 characters are not 8 to 64", "open Password: the guide does not say whether 61 of its characters are permitted"},
	} {
		a, err := bundles.Newest().CheckPassword(bundles.MicrosoftAD, password)
		compare(t, password, a, err, want...)
	}
}

// Where the guide's pages disagree on a wait, both are cited: that on self-service and the one that asks for less.
func TestCitesOfWaits(t *testing.T) {
	for name, tt := range map[string]struct {
		date     string
		from, to types.Compute
		section  string // of the page on modifying
	}{
		"larger":  {"2020-07-08", "STANDARD", "POWER", "Changing Bundle Types"},
		"smaller": {"2026-09-10", "POWER", "STANDARD", "Modify a WorkSpace"},
	} {
		w := desktop(tt.from, 80, 50)
		w.Protocol, w.History.Launched = types.ProtocolWsp, now.Add(-2*time.Hour)
		a, err := at(t, tt.date).CheckSwitch(w, tt.to, now)
		open := slices.DeleteFunc(a.Open, func(o rule.Open) bool { return o.Path != "ComputeTypeName" })
		if err != nil || len(open) != 1 || len(open[0].Cites) != 2 || open[0].Cites[0].Document != "admin-guide-self-service" && !strings.Contains(open[0].Cites[0].Section, "Self-Service") ||
			open[0].Cites[1].Section != tt.section {
			t.Errorf("%s: %+v, %v", name, open, err)
		}
	}
}

// A switch to the present type of which nothing is known is open like one of a known type.
func TestSwitchOfUnknownTypes(t *testing.T) {
	for name, tt := range map[string]struct {
		from, to types.Compute
		want     string
	}{
		"to itself":  {"NOVEL", "NOVEL", `no document says what a request for the present "NOVEL" does`},
		"to another": {"NOVEL", "STANDARD", `no document of the edition names the compute type "NOVEL"`},
	} {
		w := desktop(tt.from, 80, 50)
		a, err := bundles.Newest().CheckSwitch(w, tt.to, now)
		compare(t, name, a, err, "undocumented", "open ComputeTypeName: "+tt.want)
	}
	// The way from PowerPro to GeneralPurpose has a rule of its own about systems, and nothing is said of what is offered with them.
	w := desktop("POWERPRO", 175, 100)
	w.OperatingSystem = types.OperatingSystemNameUbuntu2204
	a, err := bundles.Newest().CheckSwitch(w, "GENERALPURPOSE_8XLARGE", now)
	compare(t, "GeneralPurpose of Ubuntu", a, err, "denied",
		"switch-needs-operating-system at OperatingSystemName: POWERPRO becomes GeneralPurpose only with one of WINDOWS_SERVER_2022, WINDOWS_11, not with UBUNTU_22_04")
}

// The calendar tells whether the last day is one of use, and has what ends on one day by name.
func TestCalendarIsCertainOrNot(t *testing.T) {
	list := bundles.Newest().Calendar()
	for name, uncertain := range map[string]bool{"WINDOWS_SERVER_2016": true, "PCOIP": false, "Pools": false} {
		i := slices.IndexFunc(list, func(e bundles.End) bool { return e.Name == name })
		if i < 0 || list[i].Uncertain != uncertain {
			t.Errorf("%s: %+v", name, list)
		}
	}
	for i, e := range list[1:] {
		if before := list[i]; before.Last == e.Last && before.What >= e.What {
			t.Errorf("%s stands before %s", before.What, e.What)
		}
	}
}

// The plan of several properties, and quotas at their number.
func TestWholeCounts(t *testing.T) {
	p := types.WorkspaceProperties{UserVolumeSizeGib: new(int32(100)), RunningMode: "ALWAYS_ON", Protocols: []types.Protocol{"WSP"}, OperatingSystemName: "WINDOWS_11", GlobalAccelerator: new(types.GlobalAcceleratorForWorkSpace)}
	a, err := bundles.Newest().CheckModify(desktop("STANDARD", 80, 50), p, now)
	compare(t, "five properties", a, err, "undocumented",
		"open WorkspaceProperties.OperatingSystemName: no document speaks of changing the operating system", "open WorkspaceProperties.GlobalAccelerator: it is the directory's setting that decides",
		"open WorkspaceProperties: no document says whether one request can change 5 properties", noState)
	for n, want := range map[int][]string{
		0: {"allowed"}, 40: {"allowed"}, 41: {"allowed", "over-default-quota at Quota: 41 Images are more than the 40 of a default account"},
	} {
		a, err := bundles.Newest().CheckQuota(bundles.QuotaImages, n)
		compare(t, fmt.Sprint(n, " images"), a, err, want...)
	}
	for n, want := range map[int][]string{50: {"allowed"}, 51: {"denied", "over-quota at Quota: 51 Bundles are more than the 50 of a default account"}} {
		a, err := bundles.Newest().CheckQuota(bundles.QuotaBundles, n)
		compare(t, fmt.Sprint(n, " bundles"), a, err, want...)
	}
	for n, want := range map[int][]string{
		0: {"allowed"}, 5: {"undocumented", "open Quota: 5 Standby WorkSpaces are more than the 0 of a default account by one of two documents"},
		6: {"allowed", "over-default-quota at Quota: 6 Standby WorkSpaces are more than the 5 of a default account", "over-default-quota at Quota: 6 Standby WorkSpaces are more than the 0 of a default account"},
	} {
		a, err := bundles.Newest().CheckQuota(bundles.QuotaStandby, n)
		compare(t, fmt.Sprint(n, " that stand by"), a, err, want...)
	}
}
