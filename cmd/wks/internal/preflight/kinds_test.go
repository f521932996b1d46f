package preflight

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// What the sample answers, by Region and section: in us-west-2 a healthy directory with a few
// broken WorkSpaces, in eu-west-1 one that brings its own licences, in ap-south-1 a VPC in which every range is taken, and in
// us-east-2 one of which little was exported. The numbers are findings that must be mended, that should be, open
// questions of the documents, and questions that the files do not answer.
func TestSampleAnswers(t *testing.T) {
	input, err := fs.Sub(sample, "sample")
	if err != nil {
		t.Fatal(err)
	}
	rep, err := reportOnFiles(input)
	if err != nil {
		t.Fatal(err)
	}
	const want = `ap-south-1: registration in vpc-0a11aa22bb33cc440: denied 1 0 0 0
ap-south-1: BYOL management range: allowed 0 0 0 0
eu-west-1: registration of d-936712ab34 in vpc-0c33cc44dd55ee660: allowed 0 0 0 0
eu-west-1: BYOL management range: allowed 0 0 0 0
eu-west-1: subnets of directory d-936712ab34: allowed 0 0 0 0
eu-west-1: settings of directory d-936712ab34: allowed 0 0 0 0
eu-west-1: devices of directory d-936712ab34: allowed 0 0 0 0
eu-west-1: security group sg-0c33000000000000a of directory d-936712ab34: allowed 0 0 0 0
eu-west-1: IP access control groups: allowed 0 0 0 0
eu-west-1: firewall, for clients with PCoIP over IPv4: denied 2 0 0 1
eu-west-1: firewall, for clients with DCV over IPv4: denied 2 0 0 1
eu-west-1: checklist of BYOL: denied 1 0 0 1
eu-west-1: import of ami-0c33000000000000a: denied 1 0 0 0
eu-west-1: machine of the BYOL image: denied 1 0 0 17
eu-west-1: WorkSpaces images: denied 1 0 0 0
eu-west-1: tasks of VM Import/Export: undocumented 0 0 1 0
eu-west-1: quotas: allowed 0 0 0 0
us-east-2: registration in vpc-0d44dd55ee66ff770: undocumented 0 0 1 0
us-west-2: registration of d-9267a1b2c3 in vpc-0b22bb33cc44dd550: allowed 0 0 0 0
us-west-2: BYOL management range: allowed 0 0 0 0
us-west-2: subnets of directory d-9267a1b2c3: allowed 0 0 0 0
us-west-2: settings of directory d-9267a1b2c3: allowed 0 0 0 0
us-west-2: devices of directory d-9267a1b2c3: allowed 0 0 0 0
us-west-2: security group sg-0b22000000000000a of directory d-9267a1b2c3: allowed 0 0 0 0
us-west-2: IP access control groups: undocumented 0 1 1 0
us-west-2: firewall, for clients with PCoIP over IPv4: not given 0 0 0 1
us-west-2: firewall, for clients with DCV over IPv4: denied 1 0 0 1
us-west-2: WorkSpaces images: denied 1 0 0 0
us-west-2: WorkSpaces: denied 1 1 1 0
us-west-2: what WorkSpaces name: not given 0 0 0 2
us-west-2: bundles: undocumented 0 0 1 0
us-west-2: KMS keys: allowed 0 0 0 0
us-west-2: tags: allowed 0 0 0 0
us-west-2: quotas: allowed 0 0 0 0
`
	got := ""
	for i := range rep.Regions {
		r := &rep.Regions[i]
		r.results(func(title string, x *result) {
			got += fmt.Sprintf("%s: %s: %s %d %d %d %d\n", r.Region, title, x.Answer, x.Must, x.Should, x.Undocumented, x.NotGiven)
		})
	}
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// What a file that is of no use leaves open: the answers of the kinds of sections that are read from it as a whole, and
// no others. What a file says of one element is asked where that element is.
func TestDoubtsOfFiles(t *testing.T) {
	wanted := map[string][]string{
		ipGroupsName:    {"IP access control groups"},
		directoriesName: {"IP access control groups", "checklist of BYOL", "quotas", "directories", "firewall", "plan"},
		byolName:        {"checklist of BYOL", "import", "machine of the BYOL image"},
		amisName:        {"checklist of BYOL", "import", "machine of the BYOL image"},
		imagesName:      {"import", "WorkSpaces images", "quotas"},
		bundlesName:     {"bundles", "quotas", "plan"},
		tasksName:       {"tasks of VM Import/Export"},
		tagsName:        {"tags"},
		tagsPrefix:      {"tags"},
		workspacesName:  {"WorkSpaces", "what WorkSpaces name", "KMS keys", "devices of directories", "SSH", "FedRAMP", "access events", "plan"},
		keyPrefix:       {"KMS keys"},
		grantsPrefix:    {"KMS keys"},
		entriesPrefix:   {"SSH"},
		alarmsName:      {"alarms"},
		eventRulesName:  {"event patterns"},
		subnetsName:     {"plan"},
		vpcsName:        {byolTitle},
		accountName:     nil, // each value of it is asked about
	}
	kinds := map[string]bool{}
	for _, list := range wanted {
		for _, k := range list {
			kinds[k] = true
		}
	}
	for _, unasked := range []string{"subnets", "settings of directories", "security groups", "networks of other directories"} {
		kinds[unasked] = true
	}
	for file, want := range wanted {
		e := &regionExport{doubts: map[string]*fileError{}}
		bad := newFileError(inFile(file), "is odd")
		e.doubt(file, bad)
		e.doubt(file, newFileError(inFile(file), "is odd, too"))
		for kind := range kinds {
			r := allowed()
			e.doubtOf(&r, kind)
			r.conclude()
			if asked := len(r.open) > 0; asked != slices.Contains(want, kind) || len(r.open) > 1 {
				t.Errorf("%s: %s asks about it: %t", file, kind, asked)
			} else if asked && (r.Answer != finding.NotGiven || r.open[0].File != file || r.open[0].reason != "it depends on a value that cannot be used" || r.open[0].unusable) {
				t.Errorf("%s: %s: %+v", file, kind, r)
			}
		}
	}
}

// A plan asks about the files of its own Region, and a migration about those of all.
func TestDoubtsOfPlan(t *testing.T) {
	region := func(id string) map[string]string {
		return map[string]string{workspacesName: fleetJSON(desktopJSON("ws-"+id, "", sound)), vpcsName: soundNetwork}
	}
	files := fstest.MapFS{}
	for name, list := range map[string]map[string]string{"eu-west-1": region("00000001"), "us-east-1": region("00000002")} {
		for file, text := range list {
			files[name+"/"+file] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	a, err := readAccount(wks.Newest(), files, "")
	if err != nil {
		t.Fatal(err)
	}
	a.now, a.planName = time.Date(2026, 9, 10, 8, 0, 0, 0, time.UTC), "plan.json"
	a.decodePlan(fstest.MapFS{"plan.json": {Data: []byte(`{"Workspaces": [{"WorkspaceId": "ws-00000001", "UserVolumeSizeGib": 100}, {"WorkspaceId": "ws-00000002", "UserVolumeSizeGib": 100}]}`)}}, "plan.json")
	a.regions[0].doubt(workspacesName, newFileError(inFile("eu-west-1/"+workspacesName), "is odd"))
	rep, err := check(wks.Newest(), a, finding.Report{})
	if err != nil || len(rep.Plan) != 2 {
		t.Fatalf("%v, %+v", err, rep)
	}
	for i, region := range []string{"eu-west-1", "us-east-1"} {
		asks := slices.ContainsFunc(rep.Plan[i].open, func(q question) bool { return strings.HasPrefix(q.File, "eu-west-1/") })
		if rep.Plan[i].region != region || asks != (region == "eu-west-1") {
			t.Errorf("%s: %+v", region, rep.Plan[i])
		}
	}
}

// What a result concludes: what must be mended denies it, then what is open leaves it open, and what a baseline accepts
// does neither.
func TestConclude(t *testing.T) {
	must, should := broken{Violation: rule.Violation{Level: rule.Must}}, broken{Violation: rule.Violation{Level: rule.Should}}
	accepted := must
	accepted.accepted = true
	given, documents := question{by: rule.ByInput}, question{by: rule.ByDocuments}
	for name, tt := range map[string]struct {
		broken []broken
		open   []question
		want   string
		counts [4]int
		quiet  bool
	}{
		"nothing":                  {nil, nil, "allowed", [4]int{}, true},
		"a must":                   {[]broken{must, should}, []question{given}, "denied", [4]int{1, 1, 0, 1}, false},
		"a should":                 {[]broken{should}, nil, "allowed", [4]int{0, 1, 0, 0}, false},
		"accepted":                 {[]broken{accepted}, nil, "allowed", [4]int{}, true},
		"accepted beside a must":   {[]broken{accepted, must}, nil, "denied", [4]int{1, 0, 0, 0}, false},
		"accepted beside a gap":    {[]broken{accepted}, []question{given}, finding.NotGiven, [4]int{0, 0, 0, 1}, false},
		"not given":                {nil, []question{given, given}, finding.NotGiven, [4]int{0, 0, 0, 2}, false},
		"undocumented":             {nil, []question{documents}, "undocumented", [4]int{0, 0, 1, 0}, false},
		"undocumented and unknown": {nil, []question{given, documents}, "undocumented", [4]int{0, 0, 1, 1}, false},
	} {
		r := allowed()
		r.broken, r.open = tt.broken, tt.open
		r.verdict = rule.Allowed
		if len(tt.broken) > 0 && tt.broken[0].Level == rule.Must {
			r.verdict = rule.Denied // as a check answers before the baseline is known
		}
		for range 2 { // once and again is the same
			r.conclude()
		}
		if got := [4]int{r.Must, r.Should, r.Undocumented, r.NotGiven}; r.Answer != tt.want || got != tt.counts || r.Quiet() != tt.quiet {
			t.Errorf("%s: %s %v, want %s %v", name, r.Answer, got, tt.want, tt.counts)
		}
	}
}

// Questions that stand together and are about one resource are one, at the place of the first.
func TestOneQuestionForAResource(t *testing.T) {
	ask := func(id, reason string, by rule.Cause, unusable bool) question {
		q := question{reason: reason, by: by, unusable: unusable}
		if id != "" {
			q.of = named{Kind: "WorkSpace", ID: id}
		}
		return q
	}
	r := result{open: []question{
		ask("a", "1", rule.ByInput, false), ask("a", "2", rule.ByInput, false), ask("a", "3", rule.ByDocuments, false), ask("a", "4", rule.ByInput, false), ask("b", "5", rule.ByInput, false),
		ask("b", "6", rule.ByInput, true), ask("b", "7", rule.ByInput, false), ask("", "8", rule.ByInput, false), ask("", "9", rule.ByInput, false),
	}}
	r.perResource()
	var got []string
	for _, q := range r.open {
		got = append(got, q.reason)
	}
	if want := []string{"1; 2", "3", "4", "5", "6", "7", "8", "9"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	r.fold("head", "command")
	for _, q := range r.open {
		if folded := q.headline == "head" && q.command == "command"; folded != (q.by == rule.ByInput && !q.unusable) {
			t.Errorf("%+v", q)
		}
	}
	groups := result{open: []question{ask("a", "x", rule.ByInput, false), ask("b", "x", rule.ByInput, false), ask("c", "x", rule.ByDocuments, false), ask("d", "x", rule.ByInput, true)}}.Groups()
	if len(groups) != 3 || groups[0].Word != finding.NotGiven || groups[0].Others != 1 || groups[1].Word != finding.Undocumented || groups[1].Others != 0 || groups[2].Others != 0 {
		t.Errorf("%+v", groups)
	}
}

// Broken rules that differ in detail and place alone are one, what must be mended first; the first three places and
// details are kept.
func TestBreaches(t *testing.T) {
	var r result
	for i := range 5 {
		r.broken = append(r.broken, broken{Violation: rule.Violation{Code: "a.b", Level: rule.Should, Detail: fmt.Sprint("detail ", i%4)}, at: place{File: "f", Path: rule.Path("L").Index(i)}.about("WorkSpace", fmt.Sprint("ws-", i))})
	}
	r.broken = append(r.broken, broken{Violation: rule.Violation{Code: "c.d", Level: rule.Must}}, broken{Violation: rule.Violation{Code: "a.b", Level: rule.Should, Remedy: "other"}}, broken{Violation: rule.Violation{Code: "c.d", Level: rule.Must}, accepted: true})
	list := r.Breaches()
	if len(list) != 4 || list[0].Code != "c.d" || list[0].Accepted || list[1].Code != "c.d" || !list[1].Accepted || list[2].Code != "a.b" || list[3].Remedy != "other" {
		t.Fatalf("%+v", list)
	}
	b := list[2]
	if b.Places != 5 || len(b.places) != 3 || b.More() != 3 || len(b.details.first) != 3 || b.where() != "f: L[0], and 4 more" || b.names() != "WorkSpace ws-0, ws-1, ws-2, and 2 more" {
		t.Errorf("%+v, %s, %s", b, b.where(), b.names())
	}
	if one := list[3]; one.where() != one.places[0].String() || one.names() != "" {
		t.Errorf("%s, %s", one.where(), one.names())
	}
}

// The words of changes, times, calls and counts.
func TestWordsOfPlan(t *testing.T) {
	for want, p := range map[string]types.WorkspaceProperties{
		"root volume to 175 GiB": {RootVolumeSizeGib: new(int32(175))}, "user volume to 100 GiB": {UserVolumeSizeGib: new(int32(100))}, "compute type to POWER": {ComputeTypeName: types.ComputePower},
		"running mode to ALWAYS_ON": {RunningMode: types.RunningModeAlwaysOn}, "running mode to AUTO_STOP, stopping after 60 minutes": {RunningMode: types.RunningModeAutoStop, RunningModeAutoStopTimeoutInMinutes: new(int32(60))},
	} {
		if got := change(p); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for d, want := range map[time.Duration]string{time.Hour: "1h", 6 * time.Hour: "6h", 90 * time.Minute: "1h30m", 20 * time.Minute: "20m", 90 * time.Second: "1m30s", 10 * time.Hour: "10h", 10 * time.Second: "10s", 0: "0s"} {
		if got := hours(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
	// By 25s, at two calls a second after five.
	for n, want := range map[int]string{0: "0 calls of CreateWorkspaces", 1: "1 call of CreateWorkspaces", 25: "1 call of CreateWorkspaces", 26: "2 calls of CreateWorkspaces", 125: "5 calls of CreateWorkspaces", 126: "6 calls of CreateWorkspaces, which take at least 500ms at the documented quota"} {
		if got, err := callsLine("CreateWorkspaces", n); got != want || err != nil {
			t.Errorf("%d: %q, want %q, %v", n, got, want, err)
		}
	}
	if got := tally(map[string]int{"b": 2, "a": 2, "c": 5, "": 1}); got != "5 c, 2 a, 2 b, 1 not told" {
		t.Errorf("%q", got)
	}
	if plural(1, "a", "b") != "a" || plural(0, "a", "b") != "b" || plural(2, "a", "b") != "b" {
		t.Error("plural")
	}
}

// A directory or a bundle that launches name and the export lacks is asked about once.
func TestLaunchesOfUnknownOnce(t *testing.T) {
	dir := export(t, map[string]string{"plan.json": `{"Launches": [{"Region": "eu-west-1", "Workspaces": [
		{"BundleId": "wsb-0123456789", "DirectoryId": "d-0123456789", "UserName": "a"}, {"BundleId": "wsb-0123456789", "DirectoryId": "d-0123456789", "UserName": "b"}, {"BundleId": "wsb-0123456788", "DirectoryId": "d-0123456788", "UserName": "c"}]}]}`})
	rep := reported(t, desktopFiles(directoriesName, `{"Directories": []}`, bundlesName, `{"Bundles": []}`), "--plan", filepath.Join(dir, "plan.json"))
	asked := map[string]int{}
	for _, q := range rep.Open {
		for _, o := range q.Occurrences {
			if strings.Contains(q.Reason, "of a launch") {
				asked[o.Resource.ID]++
			}
		}
	}
	if want := map[string]int{"wsb-0123456789": 1, "d-0123456789": 1, "wsb-0123456788": 1, "d-0123456788": 1}; !maps.Equal(asked, want) {
		t.Errorf("%v, want %v", asked, want)
	}
}

// What is kept of tags is what the rules have to say of them.
func TestTagsKept(t *testing.T) {
	tags := tagAnswers{rules: wks.Newest().Bundles}
	at := place{File: "f", Path: "TagList"}
	tags.check("ws-1", at, []tag{{Key: "owner", Value: "it"}, {Key: "aws:cloudformation:stack-name", Value: "x"}})
	tags.check("ws-2", at, nil)
	tags.check("ws-3", at, []tag{{Key: "aws:x", Value: "y"}, {Key: strings.Repeat("k", 200), Value: "x"}})
	if tags.count != 3 || len(tags.answers) != 1 || tags.answers[0].id != "ws-3" || !slices.Equal(tags.answers[0].index, []int{1}) {
		t.Errorf("%+v", tags)
	}
}

// Who uses WorkSpaces is asked where there are directories or WorkSpaces, and nowhere else.
func TestUseIsAsked(t *testing.T) {
	const one = `{"Directories": [{"DirectoryId": "d-1", "SubnetIds": ["s-1"]}]}`
	for name, tt := range map[string]struct {
		files map[string]string
		want  bool
	}{
		"nothing":            {desktopFiles(directoriesName, `{"Directories": []}`, workspacesName, fleetJSON()), false},
		"a directory":        {desktopFiles(directoriesName, one), true},
		"a WorkSpace":        {desktopFiles(workspacesName, fleetJSON(desktopJSON("ws-1", "", sound))), true},
		"one of each":        {desktopFiles(directoriesName, one, workspacesName, fleetJSON(desktopJSON("ws-1", "", sound))), true},
		"two and one":        {desktopFiles(directoriesName, one, workspacesName, fleetJSON(desktopJSON("ws-1", "", sound), desktopJSON("ws-2", "", sound))), true},
		"neither was listed": {desktopFiles(), false},
	} {
		_, out, _ := preflight(t, "--region", "eu-west-1", export(t, tt.files))
		if got := strings.Contains(out, "which WorkSpaces nobody uses"); got != tt.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// The rules of a security group: ports that are given, addresses of both families, groups, and the entries of prefix lists
// in place of those that were exported. A list of which an entry is of no use stays a list as well.
func TestSecurityGroupOfExport(t *testing.T) {
	prefix := netip.MustParsePrefix
	var g securityGroup
	text := `{"GroupId": "sg-1", "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 90, "IpRanges": [{"CidrIp": "10.0.0.0/8"}], "Ipv6Ranges": [{"CidrIpv6": "2001:db8::/32"}], "UserIdGroupPairs": [{"GroupId": "sg-2"}]}],
		"IpPermissionsEgress": [{"IpProtocol": "-1", "PrefixListIds": [{"PrefixListId": "pl-known"}, {"PrefixListId": "pl-unknown"}, {"PrefixListId": "pl-partly"}]}]}`
	if err := json.Unmarshal([]byte(text), &g); err != nil {
		t.Fatal(err)
	}
	var known, partly entriesFile
	if err := json.Unmarshal([]byte(`{"Entries": [{"Cidr": "172.16.0.0/24"}, {"Cidr": "172.17.0.0/24"}]}`), &known); err != nil {
		t.Fatal(err)
	}
	partly.Entries, partly.wrong = known.Entries[:1], newFileError(place{}, "odd")
	e := &regionExport{entries: map[string]*entriesFile{"pl-known": &known, "pl-partly": &partly}}
	got := e.securityGroup(&g)
	want := network.SecurityGroup{
		ID:      "sg-1",
		Ingress: []network.SecurityGroupRule{{Protocol: "tcp", From: 80, To: 90, CIDRs: []netip.Prefix{prefix("10.0.0.0/8"), prefix("2001:db8::/32")}, Groups: []string{"sg-2"}}},
		Egress:  []network.SecurityGroupRule{{Protocol: "-1", From: -1, To: -1, CIDRs: []netip.Prefix{prefix("172.16.0.0/24"), prefix("172.17.0.0/24"), prefix("172.16.0.0/24")}, PrefixLists: []string{"pl-unknown", "pl-partly"}}},
	}
	if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
		t.Errorf("%+v, want\n%+v", got, want)
	}
	for i, want := range []string{"tcp 80-90 with 10.0.0.0/8, 2001:db8::/32 and 1 more"} {
		if got := g.IpPermissions[i].String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := g.IpPermissionsEgress[0].String(); got != "all traffic with pl-known, pl-unknown and 1 more" {
		t.Errorf("%q", got)
	}
	one := permission{IpProtocol: "udp", FromPort: new(53), ToPort: new(53)}
	if got := one.String(); got != "udp 53" {
		t.Errorf("%q", got)
	}
	at := g.ruleAt("IpPermissionsEgress", 0, "IpProtocol")
	if r := at.resource(); at.Path != "IpPermissionsEgress[0].IpProtocol" || !strings.HasPrefix(r.Part, "outbound rule all traffic") {
		t.Errorf("%+v, %+v", at, r)
	}
	if r := g.ruleAt("IpPermissions", 0, "").resource(); !strings.HasPrefix(r.Part, "inbound rule tcp 80-90") {
		t.Errorf("%+v", r)
	}
}

// That subnets assign IPv6 addresses is told where a document refuses a type of WorkSpace in them or two disagree, and on
// no other day.
func TestIPv6OfSubnets(t *testing.T) {
	files := desktopFiles(directoriesName, `{"Directories": [{"DirectoryId": "d-1", "SubnetIds": ["subnet-1"]}]}`, subnetsName, `{"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "AssignIpv6AddressOnCreation": true}]}`)
	told := 0
	for _, edition := range network.Editions() {
		rules, err := wks.At(edition)
		if err != nil {
			t.Fatal(err)
		}
		_, out, _ := preflight(t, "--region", "eu-west-1", "--edition", edition.String(), export(t, files))
		for _, typ := range []string{"PERFORMANCE", "GRAPHICS"} {
			a, err := rules.Network.LaunchWithIPv6AutoAssign(typ)
			if err != nil {
				t.Fatal(err)
			}
			line := fmt.Sprintf("subnet-1 assigns IPv6 addresses: whether a %s WorkSpace can be launched into it is %s\n", typ, a.Verdict)
			want := len(a.Violations) > 0 || len(a.OpenBy(rule.ByContradiction)) > 0
			if strings.Contains(out, line) != want || !want && strings.Contains(out, "whether a "+typ+" WorkSpace") {
				t.Errorf("%s, %s: want %t in\n%s", edition, typ, want, out)
			}
			if want {
				told++
			}
		}
	}
	if told == 0 {
		t.Errorf("told %d times", told)
	}
}

// A /8 of /16 blocks is drawn as a square, and each block stands where its number says.
func TestBlocksAreASquare(t *testing.T) {
	input, err := fs.Sub(sample, "sample")
	if err != nil {
		t.Fatal(err)
	}
	a, err := readAccount(wks.Newest(), input, "us-west-2")
	if err != nil {
		t.Fatal(err)
	}
	a.protocols, a.pictures, a.now = []network.Protocol{network.ProtocolDCV}, true, time.Date(2026, 9, 10, 8, 0, 0, 0, time.UTC)
	rep, err := check(wks.Newest(), a, finding.Report{})
	if err != nil {
		t.Fatal(err)
	}
	eights := 0
	for _, p := range rep.Regions[0].picture.Parents {
		if len(p.Cells) != 1<<(16-p.Prefix.Bits()) {
			t.Errorf("%s: %d cells", p.Prefix, len(p.Cells))
		}
		for i, c := range p.Cells {
			if c.Column != i%16 || c.Row != i/16 || c.Prefix.Bits() != 16 || !p.Prefix.Contains(c.Prefix.Addr()) || i > 0 && !p.Cells[i-1].Prefix.Addr().Less(c.Prefix.Addr()) {
				t.Errorf("%s: cell %d: %+v", p.Prefix, i, c)
			}
		}
		if rows := (len(p.Cells) + 15) / 16; p.Rows() != rows {
			t.Errorf("%s: %d rows, want %d", p.Prefix, p.Rows(), rows)
		}
		if p.Prefix.Bits() == 8 {
			eights++
		}
	}
	if eights == 0 {
		t.Errorf("no /8: %+v", rep.Regions[0].picture.Parents)
	}
	for _, tt := range []struct {
		part, of, percent int
	}{{0, 10, 0}, {5, 10, 50}, {10, 10, 100}, {11, 10, 100}, {1, 0, 0}, {1, -1, 0}, {1, 3, 33}, {1, 1, 100}} {
		if b := (bar{Part: tt.part, Of: tt.of}); b.Percent() != tt.percent || b.Length() != 3*tt.percent {
			t.Errorf("%+v: %d %%, %d", tt, b.Percent(), b.Length())
		}
	}
}

// How many addresses are free in a subnet: what it cannot have is told, and counts as the most or as none.
func TestRoom(t *testing.T) {
	for _, tt := range []struct {
		cidr  string
		n     int
		want  int
		asked bool
	}{{"10.0.0.0/24", 0, 0, false}, {"10.0.0.0/24", 251, 251, false}, {"10.0.0.0/24", 252, 251, true}, {"10.0.0.0/24", -1, 0, true}, {"10.0.0.0/28", 11, 11, false}, {"10.0.0.0/28", 12, 11, true}, {"", 5000, 5000, false}, {"", -5, 0, true}} {
		s := &subnet{AvailableIpAddressCount: tt.n}
		if tt.cidr != "" {
			s.CidrBlock = netip.MustParsePrefix(tt.cidr)
		}
		r := allowed()
		if got := s.room(&r); got != tt.want || len(r.open) > 0 != tt.asked {
			t.Errorf("%+v: %d, %+v", tt, got, r.open)
		}
	}
	for want, n := range map[string]network.Subnet{
		"s: 5 addresses free": {ID: "s", Available: 5}, "s in z: 5 addresses free": {ID: "s", ZoneID: "z", Available: 5}, "s in z: 5 of 251 addresses free": {ID: "s", ZoneID: "z", CIDR: netip.MustParsePrefix("10.0.0.0/24"), Available: 5},
	} {
		if got := roomOf(n); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// The words of a registration, of a management range and of places.
func TestWordsOfRegistration(t *testing.T) {
	prefix := netip.MustParsePrefix("198.19.0.0/16")
	free, used := candidate{Prefix: prefix, Free: true}, candidate{Prefix: prefix, Uses: []use{{}}}
	perhaps := candidate{Prefix: prefix, Uses: []use{{Undocumented: true}}}
	in, out := registrant{Directory: "d-1", State: "REGISTERED"}, registrant{Directory: "d-2", Name: "corp", State: "ERROR"}
	for _, tt := range []struct {
		r             registration
		title, ranges string
		brief         string
	}{
		{registration{VPC: "vpc-1"}, "registration in vpc-1", "", "registration in vpc-1 (0 of 0 management ranges free)"},
		{registration{VPC: "vpc-1", Directories: []registrant{in}, Candidates: []candidate{free, used}, result: result{verdict: rule.Allowed}}, "registration of d-1 in vpc-1", ": 1 of 2 management ranges free", "1 directory in vpc-1 (1 of 2 management ranges free)"},
		{registration{VPC: "vpc-1", Directories: []registrant{in, out}, Candidates: []candidate{free, free}, Partial: true, result: result{verdict: rule.Allowed}}, "registration of d-1, d-2 in vpc-1", ": 2 of 2 management ranges free, as far as is known", "2 directories in vpc-1 (2 of 2 management ranges free)"},
		{registration{VPC: "vpc-1", Directories: []registrant{out}, Candidates: []candidate{used}, result: result{verdict: rule.Denied}}, "registration of d-2 in vpc-1", ": 0 of 1 management ranges free, and registration needs one", "1 directory in vpc-1 (0 of 1 management ranges free)"},
		{registration{VPC: "vpc-1", Directories: []registrant{in}, Candidates: []candidate{used}, result: result{verdict: rule.Allowed}}, "registration of d-1 in vpc-1", ": 0 of 1 management ranges free; it is registered, but would not be today", "1 directory in vpc-1 (0 of 1 management ranges free)"},
		{registration{VPC: "vpc-1", Directories: []registrant{in}, Candidates: []candidate{perhaps}, result: result{verdict: rule.Undocumented}}, "registration of d-1 in vpc-1", ": 0 of 1 management ranges free", "1 directory in vpc-1 (0 of 1 management ranges free)"},
		{registration{Directories: []registrant{out}}, "registration of directory d-2", "", "1 directory in  (0 of 0 management ranges free)"},
	} {
		if tt.r.title() != tt.title || tt.r.Ranges() != tt.ranges || tt.r.brief() != tt.brief {
			t.Errorf("%q, %q, %q; want %q, %q, %q", tt.r.title(), tt.r.Ranges(), tt.r.brief(), tt.title, tt.ranges, tt.brief)
		}
	}
	for want, c := range map[string]candidate{"free": free, "in use": {Uses: []use{{Undocumented: true}, {}}}, "perhaps in use": perhaps} {
		if got := candidateWord(c); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if in.String() != "directory d-1 REGISTERED" || out.String() != "directory d-2 (corp) ERROR" || (registrant{Directory: "d"}).String() != "directory d" {
		t.Errorf("%s, %s", in, out)
	}
	for want, b := range map[string]byolRange{
		"198.19.0.0/16 is chosen, for good": {Chosen: &prefix, Linked: true, Enabled: true}, "the account is linked, and uses the range of its source account; it must not choose one": {Linked: true, Enabled: true},
		"BYOL is enabled, and the export gives no range": {Enabled: true, Of: 5}, "none is chosen: 2 of 5 blocks are free in this Region's networks": {Free: 2, Of: 5}, "none is chosen": {},
	} {
		if got := byolLine(b); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for want, p := range map[string]place{"f": {File: "f"}, "f:3:4": {File: "f", Line: 3, Column: 4}, "f: A[1]": {File: "f", Path: "A[1]"}, "f:3:4: A": {File: "f", Line: 3, Column: 4, Path: "A"}} {
		if got := p.String(); got != want || andMore(p, 0) != want || andMore(p, 2) != want+", and 2 more" {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for _, tt := range []struct {
		p, list rule.Path
		i       int
		below   rule.Path
		ok      bool
	}{{"A[0]", "A", 0, "", true}, {"A[12].B.C[1]", "A", 12, "B.C[1]", true}, {"AB[0]", "A", 0, "", false}, {"A", "A", 0, "", false}, {"A[x]", "A", 0, "", false}, {"A[-1]", "A", -1, "", false}, {"A[1", "A", 1, "", false}, {"5]", "A", 0, "", false}} {
		if i, below, ok := cutIndex(tt.p, tt.list); ok != tt.ok || ok && (i != tt.i || below != tt.below) {
			t.Errorf("%s: %d, %s, %t", tt.p, i, below, ok)
		}
	}
}

// The report for people has every section of the document with its answer and its lines, when all is asked for.
func TestTextHasEverySection(t *testing.T) {
	input, err := fs.Sub(sample, "sample")
	if err != nil {
		t.Fatal(err)
	}
	rep, err := reportOnFiles(input)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("COLUMNS", "100000")
	var b strings.Builder
	if err := writeText(&b, rep, false, true); err != nil {
		t.Fatal(err)
	}
	out := b.String()
	for _, r := range rep.Regions {
		_, of, found := strings.Cut(out, "\n\n"+r.Region+"\n")
		if !found {
			t.Errorf("no heading of %s", r.Region)
			continue
		}
		for _, s := range r.Sections {
			text := "\n  " + s.Title + "\n    " + strings.ToUpper(s.Answer) + "\n"
			for _, l := range s.Lines {
				text += strings.TrimRight("      "+l, " ") + "\n"
			}
			if !strings.Contains("\n"+of, text) {
				t.Errorf("%s: no\n%s", r.Region, text)
			}
			for _, x := range s.broken {
				if !strings.Contains(of, string(x.Level)) || !strings.Contains(of, "  "+string(x.Code)+"\n") || !strings.Contains(of, "          "+finding.Cited(x.Cite)+"\n") || !strings.Contains(of, "          remedy: "+finding.Sentence(x.Remedy)+"\n") {
					t.Errorf("%s: %s is not told whole", r.Region, x.Code)
				}
			}
		}
		for _, reg := range r.Registrations {
			for _, d := range reg.Directories {
				if !strings.Contains(of, "\n  "+d.String()+"\n") && !strings.HasPrefix(of, "  "+d.String()+"\n") {
					t.Errorf("%s: no %s", r.Region, d)
				}
			}
			for _, c := range reg.Candidates {
				if !strings.Contains(of, fmt.Sprintf("\n      %-15s  %s", c.Prefix, candidateWord(c))) {
					t.Errorf("%s: no %s", r.Region, c.Prefix)
				}
			}
			if reg.Ignored > 0 && !strings.Contains(of, fmt.Sprintf("\n      not counted: default routes and IPv6 prefixes (%d)\n", reg.Ignored)) || reg.Instead != "" && !strings.Contains(of, "\n      instead: "+reg.Instead+"\n") {
				t.Errorf("%s: %+v", r.Region, reg)
			}
		}
	}
	if !strings.HasPrefix(out, "Amazon WorkSpaces preflight\ninput:\nedition: ") || !strings.Contains(out, "\n\n"+rep.CountLine()+"\n") || strings.Contains(out, "--details prints") {
		t.Error(out)
	}
	b.Reset()
	if err := writeText(&b, rep, false, false); err != nil {
		t.Fatal(err)
	}
	if brief := b.String(); !strings.HasSuffix(brief, "\n"+rep.CountLine()+"\n--details prints all places and sources, --html FILE writes a page, and wks rules CODE explains a rule.\n") || !strings.Contains(brief, "\n\nIn order\n  ") {
		t.Error(brief)
	}
}

// What is known of a WorkSpace in an export, in the words of package troubleshoot's questions.
func TestInspect(t *testing.T) {
	if _, err := Inspect(wks.Newest(), filepath.Join(t.TempDir(), "none"), "", nil); err == nil {
		t.Error("a folder that is not there")
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Inspect(wks.Newest(), file, "", nil); err == nil || !strings.Contains(err.Error(), "is not a folder") {
		t.Error(err)
	}
	got, err := Inspect(wks.Newest(), "sample", "", []string{"ws-0a1b2c3d4", "GRACE", "grace", "nobody", "ws-999999999"})
	if err != nil || len(got.Found) != 1 || !slices.Equal(got.Unknown, []string{"nobody", "ws-999999999"}) || got.Listed {
		t.Fatalf("%+v, %v", got, err)
	}
	d := got.Found[0]
	if d.Region != "us-west-2" || d.User != "grace" || d.Directory != "d-9267a1b2c3" || d.DirectoryRuns == nil || !*d.DirectoryRuns || !d.GroupsTold || !d.GroupsAssigned || !d.GroupsKnown || len(d.Groups) == 0 || d.OutboundOpen == nil || !*d.OutboundOpen {
		t.Errorf("%+v", d)
	}
	if open, known := d.ClientPorts[network.ProtocolDCV]; !known || open {
		t.Errorf("%+v", d.ClientPorts)
	}
	for i := 1; i < len(d.Findings); i++ {
		if d.Findings[i-1].Level > d.Findings[i].Level {
			t.Errorf("%s before %s", d.Findings[i-1].Level, d.Findings[i].Level)
		}
	}
	for _, f := range d.Findings {
		if f.Count != len(f.Occurrences) || f.Count == 0 || !slices.Equal(f.Regions, []string{"us-west-2"}) {
			t.Errorf("%+v", f)
		}
	}
}
