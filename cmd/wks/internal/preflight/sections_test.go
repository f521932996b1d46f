package preflight

import (
	"fmt"
	"hash/maphash"
	"math/bits"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unsafe"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/cmd/wks/internal/terminal"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// reportOnRegion is the report on files of eu-west-1, and on files that lie beside its folder.
func reportOnRegion(t *testing.T, files map[string]string, beside map[string]string, ask func(a *account)) *report {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys["eu-west-1/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	for name, text := range beside {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	a, err := readAccount(wks.Newest(), fsys, "")
	if err != nil {
		t.Fatal(err)
	}
	a.protocols = []network.Protocol{network.ProtocolPCoIP, network.ProtocolDCV}
	ask(a)
	rep, err := check(wks.Newest(), a, finding.Report{})
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

// Which parts there are about the firewall, by what its list has, and what is not asked.
func TestPartsOfFirewall(t *testing.T) {
	const directories = `{"Directories": [{"DirectoryId": "d-1", "Alias": "corp"}, {"DirectoryId": "d-2", "Alias": "corp"}]}`
	const over, names, unasked = "firewall, for clients with %s over IPv4", "firewall, for the names that clients with %s reach", "whether a firewall lets clients through: "
	for name, tt := range map[string]struct {
		directories, list string
		want              []string
		unasked           string
	}{
		"no directories":  {`{"Directories": []}`, "10.0.0.0/8", nil, ""},
		"no list":         {directories, "", nil, unasked + "no firewall.txt"},
		"addresses":       {directories, "10.0.0.0/8", []string{over}, ""},
		"names":           {directories, "example.com", []string{names}, unasked + "firewall.txt has no addresses, which gateways and health checks need beside names"},
		"both":            {directories, "10.0.0.0/8\nexample.com", []string{over, names}, ""},
		"neither of them": {directories, "# all", []string{over}, ""},
	} {
		beside := map[string]string{}
		if tt.list != "" {
			beside[allowListName] = tt.list
		}
		rep := reportOnRegion(t, desktopFiles(directoriesName, tt.directories), beside, func(*account) {})
		var got, want []string
		for _, s := range rep.Regions[0].Sections {
			if s.kind == "firewall" {
				got = append(got, s.Title)
			}
		}
		for _, title := range tt.want {
			want = append(want, fmt.Sprintf(title, "PCoIP"), fmt.Sprintf(title, "DCV"))
		}
		var open []string
		for _, q := range rep.Regions[0].unasked {
			if strings.HasPrefix(q.reason, unasked) {
				open = append(open, q.reason)
			}
		}
		if !slices.Equal(got, want) || strings.Join(open, "; ") != tt.unasked {
			t.Errorf("%s: %q, not asked %q; want %q, %q", name, got, open, want, tt.unasked)
		}
	}
}

// Names that clients of several directories need are told once, and lines that tell of a name that is missing are seen.
func TestNamesOfFirewall(t *testing.T) {
	section := func(list string, directories ...string) section {
		t.Helper()
		rep := reportOnRegion(t, desktopFiles(directoriesName, `{"Directories": [`+strings.Join(directories, ", ")+`]}`), map[string]string{allowListName: list}, func(*account) {})
		for _, s := range rep.Regions[0].Sections {
			if s.Title == "firewall, for the names that clients with DCV reach" {
				return s
			}
		}
		t.Fatal("no such part")
		return section{}
	}
	const one, same, other = `{"DirectoryId": "d-1", "Alias": "corp"}`, `{"DirectoryId": "d-2", "Alias": "corp"}`, `{"DirectoryId": "d-3", "Alias": "branch"}`
	all := section("10.0.0.0/8\n*", one, same)
	if all.tell || len(all.broken) > 0 || len(all.Lines) == 0 {
		t.Errorf("%+v", all)
	}
	for _, l := range all.Lines {
		if !strings.HasSuffix(l, " names, all permitted") && !strings.HasSuffix(l, ": 1 name, all permitted") {
			t.Errorf("%s", l)
		}
	}
	single, twice, both := section("10.0.0.0/8\nexample.com", one), section("10.0.0.0/8\nexample.com", one, same), section("10.0.0.0/8\nexample.com", one, other)
	if !single.tell || len(single.broken) == 0 || len(twice.broken) != len(single.broken) || len(twice.open) != len(single.open) || !slices.Equal(single.Lines, twice.Lines) {
		t.Errorf("%+v\n%+v", single, twice)
	}
	if len(both.broken) <= len(single.broken) {
		t.Errorf("%+v\n%+v", single, both)
	}
	// A name that not every client needs is not missing, and is not permitted.
	open := 0
	for _, l := range single.Lines {
		if strings.HasSuffix(l, ": 1 name, and whether clients reach all that they need is open") {
			open++
		} else if !strings.Contains(l, " missing: ") {
			t.Errorf("%s", l)
		}
	}
	if open != 2 {
		t.Errorf("%d are open in\n%s", open, strings.Join(single.Lines, "\n"))
	}
	spoilt := section("10.0.0.0/8\n*", `{"DirectoryId": "d-1", "Alias": 5, "SamlProperties": 5, "EndpointEncryptionMode": 5}`)
	var at []string
	for _, q := range spoilt.open {
		at = append(at, string(q.Path))
	}
	if !slices.Equal(at[:min(3, len(at))], []string{"Directories[0].Alias", "Directories[0].SamlProperties", "Directories[0].EndpointEncryptionMode"}) {
		t.Errorf("%q", at)
	}
}

// The way from clients is asked about for each protocol, if there are clients and a time.
func TestWayFromClients(t *testing.T) {
	const directory = `{"Directories": [{"DirectoryId": "d-1"}]}`
	rep := reportOnRegion(t, desktopFiles(directoriesName, directory), nil, func(a *account) { a.roundTrip = 380 * time.Millisecond })
	got := whole(rep, "round trip of 380ms from clients with PCoIP")
	if want := "denied\nquality: cut-off\nmust network.round-trip-ends-session at RoundTrip\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if o := found(t, *rep, network.RoundTripEndsSession).Occurrences[0]; o.File != "--rtt" || o.Resource != (finding.Resource{Kind: "way from clients", ID: "PCoIP"}) {
		t.Errorf("%+v", o)
	}
	for name, tt := range map[string]struct {
		directories string
		rtt         time.Duration
		parts       int
		asks        bool
	}{"a time": {directory, time.Millisecond, 2, false}, "no time": {directory, 0, 0, true}, "no clients": {`{"Directories": []}`, time.Millisecond, 0, false}, "neither": {`{"Directories": []}`, 0, 0, false}} {
		rep := reportOnRegion(t, desktopFiles(directoriesName, tt.directories), nil, func(a *account) { a.roundTrip = tt.rtt })
		parts := 0
		for _, s := range rep.Regions[0].Sections {
			if s.kind == "round trip" {
				parts++
			}
		}
		asks := slices.ContainsFunc(rep.Regions[0].unasked, func(q unasked) bool {
			return q.reason == "whether the way from clients is short enough: no --rtt" && q.command == "wks preflight --rtt TIME export"
		})
		if parts != tt.parts || asks != tt.asks {
			t.Errorf("%s: %d parts, asks %t", name, parts, asks)
		}
	}
}

// Parts that there are only if there is something to say, and questions only if they matter.
func TestPartsThatAreLeftOut(t *testing.T) {
	const ws, bundle, dirs = `{"Workspaces": []}`, `{"Bundles": []}`, `{"Directories": []}`
	const default0 = ": 0 of %d, if the account has the default\n"
	workspaces, owned, images, directories := "WorkSpaces"+fmt.Sprintf(default0, 1), "Bundles"+fmt.Sprintf(default0, 50), "Images"+fmt.Sprintf(default0, 40), "Directories"+fmt.Sprintf(default0, 50)
	for _, tt := range []struct {
		files map[string]string
		want  string
	}{
		{desktopFiles(), ""}, {desktopFiles(directoriesName, dirs), ""}, {desktopFiles(workspacesName, ws), "allowed\n" + workspaces}, {desktopFiles(workspacesName, ws, directoriesName, dirs), "allowed\n" + workspaces + directories},
		{desktopFiles(bundlesName, bundle), "allowed\n" + owned}, {desktopFiles(imagesName, `{"Images": []}`), "allowed\n" + images},
	} {
		if got := whole(told(t, tt.files), "quotas"); got != tt.want {
			t.Errorf("got\n%s\nwant\n%s", got, tt.want)
		}
	}
	const asks = "whether the account meets the requirements of BYOL: no byol.json"
	for name, tt := range map[string]struct {
		files map[string]string
		asks  bool
	}{
		"no account": {desktopFiles(), false}, "enabled": {desktopFiles(accountName, `{"DedicatedTenancySupport": "ENABLED"}`), true}, "disabled": {desktopFiles(accountName, `{"DedicatedTenancySupport": "DISABLED"}`), false},
		"told": {desktopFiles(accountName, `{"DedicatedTenancySupport": "ENABLED"}`, byolName, `{}`), false},
	} {
		rep := told(t, tt.files)
		if got := slices.ContainsFunc(rep.Regions[0].unasked, func(q unasked) bool { return q.reason == asks }); got != tt.asks || (whole(rep, "checklist of BYOL") != "") != (name == "told") {
			t.Errorf("%s: %t", name, got)
		}
	}
	for facts, want := range map[string][2]bool{`{}`: {}, `{"Import": {"Ec2ImageId": "ami-1"}}`: {true, false}, `{"Import": {"ImageName": "n"}}`: {true, false}, `{"Import": {"IngestionProcess": "BYOL_REGULAR_WSP"}}`: {true, false}, `{"Import": {"ImageDescription": "d"}}`: {}, `{"Machine": {"DomainJoined": false}}`: {false, true}, `{"Facts": {"Windows": {"Product": "Windows 11", "Edition": "Enterprise", "Build": 26100}}}`: {false, true}} {
		var got [2]bool
		for _, s := range told(t, desktopFiles(byolName, facts)).Regions[0].Sections {
			got[0], got[1] = got[0] || s.kind == "import", got[1] || s.kind == "machine of the BYOL image"
		}
		if got != want {
			t.Errorf("%s: %v, want %v", facts, got, want)
		}
	}
}

// Because of which values it is not known in which VPC a directory lies.
func TestPlaceless(t *testing.T) {
	const directory, subnet = `{"DirectoryId": "d-1", "SubnetIds": ["s-1"], "Tenancy": "SHARED", "WorkspaceType": "PERSONAL", "State": "REGISTERED"}`, `{"SubnetId": "s-1", "VpcId": "vpc-1", "AvailabilityZoneId": "z"}`
	for spoilt, want := range map[string]rule.Path{
		"": "", `"d-1"`: "Directories[0].DirectoryId", `["s-1"]`: "Directories[0].SubnetIds", `"SHARED"`: "Directories[0].Tenancy", `"PERSONAL"`: "Directories[0].WorkspaceType", `"REGISTERED"`: "", `: "s-1"`: "Subnets[0].SubnetId", `"vpc-1"`: "Subnets[0].VpcId", `"z"`: "",
	} {
		replace := func(text string) string {
			if spoilt == "" {
				return text
			}
			with := "5"
			if strings.HasPrefix(spoilt, ": ") {
				with = ": 5"
			}
			return strings.Replace(text, spoilt, with, 1)
		}
		e := readFiles(t, desktopFiles(directoriesName, `{"Directories": [`+replace(directory)+`]}`, subnetsName, `{"Subnets": [`+replace(subnet)+`]}`)).regions[0]
		got := rule.Path("")
		if wrong := e.placeless(); wrong != nil {
			got = wrong.Path
		}
		if got != want {
			t.Errorf("%s: %q, want %q", spoilt, got, want)
		}
	}
}

// What is in order stands behind the names of Regions, in a column of its own.
func TestColumnsOfRegions(t *testing.T) {
	quiet := func(kinds ...string) (list []section) {
		for _, k := range kinds {
			list = append(list, section{kind: k, result: result{verdict: rule.Allowed}})
		}
		return list
	}
	rep := &report{Regions: []regionReport{{Region: "ap-southeast-2", Sections: quiet("desktops", "bundles", "quotas")}, {Region: "eu-west-1"}, {Region: "us-east-1", Sections: quiet("bundles", "tags")}}}
	for columns, want := range map[string]string{
		"100": "\n\nIn order\n  ap-southeast-2  desktops, bundles, quotas\n  us-east-1       bundles, tags\n", "40": "\n\nIn order\n  ap-southeast-2  desktops, bundles,\n                  quotas\n  us-east-1       bundles, tags\n",
	} {
		t.Setenv("COLUMNS", columns)
		var b strings.Builder
		p := printer{terminal.New(&b, false), false}
		p.inOrder(rep)
		if err := p.Flush(); err != nil || strings.TrimLeft(b.String(), "\n") != strings.TrimLeft(want, "\n") {
			t.Errorf("%s columns: %q, want %q", columns, b.String(), want)
		}
	}
}

// An index has a power of two of slots, of which at most three in four are taken, and not twice as many as it needs.
func TestSlotsOfIndex(t *testing.T) {
	var x index
	for i := range 1000 {
		x.add(uint32(i*7), i)
		if n, slots := i+1, len(x.slots); x.n != n || slots < 64 || bits.OnesCount(uint(slots)) != 1 || 4*n > 3*slots || slots > 64 && 4*n <= 3*slots/2 {
			t.Fatalf("%d elements in %d slots", n, slots)
		}
	}
	for i := range 1000 {
		if got := x.find(uint32(i*7), func(j int) bool { return i == j }); got != i {
			t.Errorf("%d is found at %d", i, got)
		}
	}
}

// A text that stands in a file over and over is in memory once, unless it is long.
func TestTextsOnceInMemory(t *testing.T) {
	d := &decoder{seed: maphash.MakeSeed(), notes: new(notes), noted: map[string]bool{}}
	for n, once := range map[int]bool{1: true, 128: true, 1000: false} {
		a, b := d.kept([]byte(strings.Repeat("x", n))), d.kept([]byte(strings.Repeat("x", n)))
		if a != b || (unsafe.StringData(a) == unsafe.StringData(b)) != once {
			t.Errorf("%d bytes: once %t", n, !once)
		}
	}
}

// The command for a key whose id is as long as a name of a file may be, and none for a longer one.
func TestLongestIDOfKey(t *testing.T) {
	for n, want := range map[int]int{200: 1, 201: 0} {
		key := "arn:aws:kms:eu-west-1:111122223333:key/" + strings.Repeat("a", n)
		rep := told(t, desktopFiles(workspacesName, fleetJSON(desktopJSON("ws-1", key, sound))))
		if q := asked(t, *rep, "whether WorkSpaces can use the key"); len(q.Commands) != want {
			t.Errorf("%d: %q", n, q.Commands)
		}
	}
}

// What is found about a WorkSpace is what is about itself, its directory, key and bundle, and about no other.
func TestFindingsOfDesktop(t *testing.T) {
	first, second := desktopOf("ws-1", "d-000000001", "ada", "ERROR"), desktopOf("ws-2", "d-000000001", "Ada", "UNHEALTHY")
	first = strings.Replace(first, `"State"`, `"VolumeEncryptionKey": "`+keyARN+`", "UserVolumeEncryptionEnabled": true, "State"`, 1)
	dir := export(t, registeredFiles([2]int{100, 100}, workspacesName, fleetJSON(first, second, desktopOf("ws-3", "d-000000001", "eve", "AVAILABLE")), keyPrefix+keyID+".json", describedKey("Disabled")))
	for who, want := range map[string][]string{
		"ws-1": {"must encryption.key-not-enabled", "must preflight.workspace-in-error"}, "ws-2": {"must bundles.user-taken", "should preflight.workspace-unhealthy"}, "ws-3": nil,
	} {
		got, err := Inspect(wks.Newest(), dir, "eu-west-1", []string{who})
		if err != nil || len(got.Found) != 1 || len(got.Unknown) > 0 {
			t.Fatalf("%s: %+v, %v", who, got, err)
		}
		var codes []string
		for _, f := range got.Found[0].Findings {
			codes = append(codes, fmt.Sprint(f.Level, " ", f.Code))
			if f.Count != 1 || len(f.Occurrences) != 1 || !slices.Equal(f.Regions, []string{"eu-west-1"}) {
				t.Errorf("%s: %+v", who, f)
			}
		}
		slices.Sort(codes)
		if !slices.Equal(codes, want) {
			t.Errorf("%s: %q, want %q", who, codes, want)
		}
	}
	got, err := Inspect(wks.Newest(), dir, "eu-west-1", []string{"ADA", "ws-9", "ws-2", "EVE"})
	var ids []string
	for _, d := range got.Found {
		ids = append(ids, d.ID)
	}
	if err != nil || !slices.Equal(ids, []string{"ws-1", "ws-2", "ws-3"}) || !slices.Equal(got.Unknown, []string{"ws-9"}) {
		t.Errorf("%q, %q, %v", ids, got.Unknown, err)
	}
}
