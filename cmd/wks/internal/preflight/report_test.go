package preflight

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/rule"
)

// found returns the finding of a code, and fails the test unless there is one.
func found(t *testing.T, rep report, code rule.Code) *finding.Finding {
	t.Helper()
	var one *finding.Finding
	for _, f := range rep.Findings {
		if f.Code == code {
			if one != nil {
				t.Errorf("%s stands in the report twice", code)
			}
			one = f
		}
	}
	if one == nil {
		t.Fatalf("no %s in %+v", code, rep.Summary)
	}
	return one
}

// asked returns the question whose reason contains a text.
func asked(t *testing.T, rep report, text string) *finding.Question {
	t.Helper()
	for _, q := range rep.Open {
		if strings.Contains(q.Reason, text) {
			return q
		}
	}
	t.Fatalf("no question on %q", text)
	return nil
}

// desktopOf is desktopJSON with what else a WorkSpace has.
func desktopOf(id, directory, user, state string) string {
	return fmt.Sprintf(`{"WorkspaceId": %q, "DirectoryId": %q, "UserName": %q, "ComputerName": "PC-%s", "SubnetId": "subnet-1", "BundleId": "wsb-000000001", "State": %q, "WorkspaceProperties": {%s}}`, id, directory, user, id, state, sound)
}

// soundNetworkOf are files of a Region with a registered directory in two subnets, of which each has
// some addresses free, and what else is given.
func registeredFiles(free [2]int, more ...string) map[string]string {
	files := desktopFiles(append([]string{
		subnetsName, fmt.Sprintf(`{"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "AvailabilityZoneId": "euw1-az1", "CidrBlock": "10.0.0.0/24", "AvailableIpAddressCount": %d},
			{"SubnetId": "subnet-2", "VpcId": "vpc-1", "AvailabilityZoneId": "euw1-az2", "CidrBlock": "10.0.1.0/24", "AvailableIpAddressCount": %d}]}`, free[0], free[1]),
		directoriesName, `{"Directories": [` + registeredDirectory("d-000000001", `[]`) + `]}`,
		groupsName, `{"SecurityGroups": [{"GroupId": "sg-1", "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}]}`,
		ipGroupsName, `{"Result": []}`, accountName, `{"DedicatedTenancySupport": "DISABLED"}`,
		bundlesName, `{"Bundles": [{"BundleId": "wsb-000000001", "Name": "n", "Owner": "AMAZON"}]}`,
	}, more...)...)
	return files
}

func registeredDirectory(id, groups string) string {
	return fmt.Sprintf(`{"DirectoryId": %q, "DirectoryName": "corp.example.com", "State": "REGISTERED", "SubnetIds": ["subnet-1", "subnet-2"], "DnsIpAddresses": ["10.0.0.10"], "WorkspaceSecurityGroupId": "sg-1", "ipGroupIds": %s}`, id, groups)
}

// A report on an account in order is one screen, without a line on what nobody asked for.
func TestHealthyAccountIsOneScreen(t *testing.T) {
	dir := export(t, registeredFiles([2]int{100, 100}, workspacesName, fleetJSON(
		desktopOf("ws-1", "d-000000001", "ada", "AVAILABLE"), desktopOf("ws-2", "d-000000001", "grace", "STOPPED"))))
	status, out, errs := plain(t, dir, "--region", "eu-west-1")
	if lines := strings.Count(out, "\n"); status != exitClean || errs != "" || lines > 24 {
		t.Errorf("status %d, %d lines, %s\n%s", status, lines, errs, out)
	}
	for _, noise := range []string{"over-default-quota", "for internet access", " 0s", "settings of directory", "byol.json", "management-range-conflict"} {
		if strings.Contains(out, noise) {
			t.Errorf("%q in\n%s", noise, out)
		}
	}
	_, all, _ := preflight(t, dir, "--region", "eu-west-1")
	for _, fact := range []string{"WorkSpaces: 2 of 1, if the account has the default", "settings of directory d-000000001\n    ALLOWED", "running modes: 2 ALWAYS_ON", "everybody may stream"} {
		if !strings.Contains(all, fact) {
			t.Errorf("no %q with --details in\n%s", fact, all)
		}
	}
}

// Nobody can stream: verdict, level and exit status say so.
func TestLockedOut(t *testing.T) {
	files := registeredFiles([2]int{100, 100}, ipGroupsName, `{"Result": [{"groupId": "wsipg-1", "userRules": []}, {"groupId": "wsipg-2", "userRules": [{"ipRule": "198.51.100.0/24"}]}]}`)
	for groups, want := range map[string]struct {
		level  rule.Level
		answer string
		exit   int
	}{`["wsipg-1"]`: {rule.Must, "denied", exitBroken}, `["wsipg-1", "wsipg-2"]`: {rule.Should, "undocumented", exitClean}} {
		files[directoriesName] = `{"Directories": [` + registeredDirectory("d-000000001", groups) + `]}`
		rep := reported(t, files)
		f := found(t, rep, "network.ip-group-lock-out")
		if f.Level != want.level || rep.Summary.Exit != want.exit || (rep.Summary.Verdict == rule.Denied) != (want.exit == exitBroken) || f.Occurrences[0].Resource.ID != "d-000000001" {
			t.Errorf("%s: %s, %+v", groups, f.Level, rep.Summary)
		}
		for _, s := range rep.Regions[0].Sections {
			if s.Title == "IP access control groups" && s.Answer != want.answer {
				t.Errorf("%s: %s", groups, s.Answer)
			}
		}
	}
}

// Verdicts, levels and exit status agree in every report of the tests.
func TestVerdictsAgree(t *testing.T) {
	for name, files := range large {
		all := files(3)
		plan := []string{}
		if text, planned := all["plan.json"]; planned {
			delete(all, "plan.json")
			plan = []string{"--plan", filepath.Join(export(t, map[string]string{"plan.json": text}), "plan.json")}
		}
		rep := reported(t, all, plan...)
		must, should, open := 0, 0, 0
		for _, r := range rep.Regions {
			r.results(func(title string, x *result) {
				must, should, open = must+x.Must, should+x.Should, open+x.Undocumented+x.NotGiven
				if (x.Answer == "denied") != (x.Must > 0) {
					t.Errorf("%s: %s is %s, with %d findings of level must", name, title, x.Answer, x.Must)
				}
			})
		}
		for _, s := range rep.Plan {
			must, should, open = must+s.Must, should+s.Should, open+s.Undocumented+s.NotGiven
		}
		for _, n := range rep.Notes {
			if n.Unusable {
				open++
			}
		}
		s := rep.Summary
		if s.Must != must || s.Should != should || s.Undocumented+s.NotGiven-s.Unasked != open || (s.Exit == exitBroken) != (must > 0) {
			t.Errorf("%s: %d, %d, %d and %+v", name, must, should, open, s)
		}
	}
}

// Equal findings are one, which names the first WorkSpaces with their users, and has all in JSON.
func TestEqualFindingsAreOne(t *testing.T) {
	var fleet []string
	for i := range 22 {
		fleet = append(fleet, strings.Replace(strings.Replace(desktopOf(fmt.Sprintf("ws-%02d", i), "d-000000001", fmt.Sprintf("user%d", i), "AVAILABLE"), "WINDOWS_SERVER_2022", "AMAZON_LINUX_2", 1), "WSP", "PCOIP", 1)) // which the guide lists with PCoIP, whose end is another finding
	}
	files := registeredFiles([2]int{100, 100}, workspacesName, fleetJSON(fleet...))
	f := found(t, reported(t, files), "bundles.operating-system-ended")
	if f.Count != 22 || len(f.Occurrences) != 22 {
		t.Errorf("%d resources, %d occurrences", f.Count, len(f.Occurrences))
	}
	for i, o := range f.Occurrences {
		if want := (finding.Resource{Kind: "WorkSpace", ID: fmt.Sprintf("ws-%02d", i), User: fmt.Sprintf("user%d", i), Computer: fmt.Sprintf("PC-ws-%02d", i), Directory: "d-000000001"}); o.Resource != want || o.Place() != fmt.Sprintf("describe-workspaces.json: Workspaces[%d].WorkspaceProperties.OperatingSystemName", i) {
			t.Errorf("%+v at %s", o.Resource, o.Place())
		}
	}
	_, out, _ := preflight(t, export(t, files), "--region", "eu-west-1")
	for _, want := range []string{"22 WorkSpaces: Amazon Linux 2 ended on 2026-06-30: ws-00 (user0), ws-01 (user1), ws-02 (user2), and 19 more\n", "WorkSpace ws-00 (user0, PC-ws-00), ws-01"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	page := pageOf(t, "--region", "eu-west-1", export(t, files))
	if n := strings.Count(page, "<strong>22 WorkSpaces</strong>"); n != 2 || !strings.Contains(page, "ws-21 (user21, PC-ws-21)") {
		t.Errorf("the page has %d findings of 22 WorkSpaces, want that the system ended and that the protocol ends", n)
	}
}

// A VPC with two directories is one answer, and its conflicts are no findings.
func TestVPCOnce(t *testing.T) {
	rep := reported(t, registeredFiles([2]int{100, 100},
		routesName, routesJSON(routeJSON("10.0.0.0/16")+","+routeJSON("192.168.0.0/17")),
		directoriesName, `{"Directories": [`+registeredDirectory("d-000000001", `[]`)+`, `+registeredDirectory("d-000000002", `[]`)+`]}`))
	list := rep.Regions[0].Registrations
	if len(list) != 1 || len(list[0].Directories) != 2 || list[0].Answer != "allowed" || rep.Summary.Must+rep.Summary.Should != 0 {
		t.Errorf("%+v, %+v", list, rep.Summary)
	}
	uses := 0
	for _, c := range list[0].Candidates {
		uses += len(c.Uses)
	}
	if uses != 1 {
		t.Errorf("the route is in the way of %d ranges", uses)
	}
}

// One user has one WorkSpace in a directory.
func TestUserTwice(t *testing.T) {
	rep := reported(t, registeredFiles([2]int{100, 100}, workspacesName, fleetJSON(
		desktopOf("ws-1", "d-000000001", "ada", "AVAILABLE"), desktopOf("ws-2", "d-000000001", "Ada", "STOPPED"), desktopOf("ws-3", "d-000000001", "ada", "AVAILABLE"),
		desktopOf("ws-4", "d-000000002", "ada", "AVAILABLE"), desktopOf("ws-5", "d-000000001", "bob", "AVAILABLE"), desktopOf("ws-6", "d-000000001", "bob", "TERMINATING"))))
	f := found(t, rep, "bundles.user-taken")
	if o := f.Occurrences[0]; f.Count != 1 || o.Resource.ID != "ws-2" || o.Path != "Workspaces[1].UserName" || !strings.Contains(o.Detail, "3 WorkSpaces in d-000000001: ws-1, ws-2, ws-3") {
		t.Errorf("%+v", f.Occurrences)
	}
}

// What WorkSpaces name and the export does not have is asked for.
func TestDanglingNames(t *testing.T) {
	other := strings.NewReplacer("subnet-1", "subnet-9", "wsb-000000001", "wsb-999999999").Replace(desktopOf("ws-2", "d-999999999", "grace", "AVAILABLE"))
	files := registeredFiles([2]int{100, 100}, workspacesName, fleetJSON(desktopOf("ws-1", "d-000000001", "ada", "AVAILABLE"), other, strings.Replace(other, "ws-2", "ws-3", 1)))
	rep := reported(t, files)
	for text, id := range map[string]string{"a directory that WorkSpaces name": "d-999999999", "a subnet that WorkSpaces name": "subnet-9", "a bundle that WorkSpaces name": "wsb-999999999"} {
		q := asked(t, rep, text)
		if q.Word != finding.NotGiven || len(q.Occurrences) != 1 || q.Occurrences[0].Resource.ID != id || len(q.Commands) != 1 {
			t.Errorf("%s: %+v", text, q)
		}
	}
	// Without AWS's own bundles the export cannot have that of most WorkSpaces.
	files[bundlesName] = `{"Bundles": []}`
	if q := asked(t, reported(t, files), "a bundle that"); len(q.Occurrences) != 2 || !strings.Contains(q.Commands[0], "--bundle-ids wsb-000000001") {
		t.Errorf("%+v", q)
	}
}

// A launch into a directory, and from a bundle, that the export does not have.
func TestLaunchOfUnknown(t *testing.T) {
	plan := filepath.Join(export(t, map[string]string{"plan.json": `{"Launches": [{"Region": "eu-west-1", "Workspaces": [{"BundleId": "wsb-000000001", "DirectoryId": "d-000000001", "UserName": "ada"}, {"BundleId": "wsb-notthere1", "DirectoryId": "d-906732325d", "UserName": "mary"}]}]}`}), "plan.json")
	rep := reported(t, registeredFiles([2]int{100, 100}), "--plan", plan)
	directory, bundle := asked(t, rep, "whether the directory of a launch is registered"), asked(t, rep, "what the bundle of a launch is")
	if o := directory.Occurrences[0]; o.Resource.ID != "d-906732325d" || o.Path != "Launches[0].Workspaces[1].DirectoryId" || directory.Count != 1 || len(directory.Commands) != 1 {
		t.Errorf("%+v", directory)
	}
	if o := bundle.Occurrences[0]; o.Resource.ID != "wsb-notthere1" || bundle.Count != 1 {
		t.Errorf("%+v", bundle)
	}
}

// The room is told by subnet: a sum hides one that is full.
func TestRoomBySubnet(t *testing.T) {
	_, out, _ := plain(t, export(t, registeredFiles([2]int{0, 200})), "--region", "eu-west-1")
	for _, want := range []string{"subnet-1 in euw1-az1: 0 of 251 addresses free", "subnet-2 in euw1-az2: 200 of 251 addresses free"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if _, out, _ := plain(t, export(t, registeredFiles([2]int{5, 200})), "--region", "eu-west-1"); strings.Contains(out, "addresses free") {
		t.Errorf("room that is there takes lines:\n%s", out)
	}
}

// A compute type that has ended is told of WorkSpaces and of bundles.
func TestRetiredComputeType(t *testing.T) {
	var fleet []string
	for i := range 18 {
		fleet = append(fleet, strings.NewReplacer("STANDARD", "GRAPHICSPRO", "80", "100", "50", "100").Replace(desktopOf(fmt.Sprintf("ws-%02d", i), "d-000000001", fmt.Sprintf("user%d", i), "AVAILABLE")))
	}
	rep := reported(t, registeredFiles([2]int{100, 100}, workspacesName, fleetJSON(fleet...),
		bundlesName, `{"Bundles": [{"BundleId": "wsb-000000001", "Name": "old", "Owner": "111122223333", "ComputeType": {"Name": "GRAPHICSPRO"}, "RootStorage": {"Capacity": "100"}, "UserStorage": {"Capacity": "100"}}]}`))
	kinds := map[string]int{}
	for _, f := range rep.Findings {
		if f.Code == "bundles.compute-type-retired" {
			kinds[f.Occurrences[0].Resource.Kind] += f.Count
		}
	}
	if kinds["WorkSpace"] != 18 || kinds["bundle"] != 1 {
		t.Errorf("%v", kinds)
	}
}

// A key that cannot be used is told at the member that says so, and one that is not described is asked
// for with the command of its Region.
func TestUnusableKey(t *testing.T) {
	files := registeredFiles([2]int{100, 100}, workspacesName, fleetJSON(desktopJSON("ws-1", keyARN, sound)), keyPrefix+keyID+".json", describedKey("PendingDeletion"))
	f := found(t, reported(t, files), "encryption.key-not-enabled")
	if o := f.Occurrences[0]; o.File != "describe-key-"+keyID+".json" || o.Path != "KeyMetadata.KeyState" || o.Resource.Kind != "KMS key" || o.Resource.ID != keyARN {
		t.Errorf("%+v", o)
	}
	elsewhere := strings.Replace(keyARN, "eu-west-1", "us-west-2", 1)
	rep := reported(t, registeredFiles([2]int{100, 100}, workspacesName, fleetJSON(desktopJSON("ws-1", elsewhere, sound))))
	if q := asked(t, rep, "whether WorkSpaces can use the key"); len(q.Commands) != 1 || !strings.HasPrefix(q.Commands[0], "aws kms describe-key --key-id "+elsewhere+" --region us-west-2 ") || q.Occurrences[0].Resource.ID != elsewhere {
		t.Errorf("%+v", q)
	}
	long := strings.Replace(elsewhere, keyID, strings.Repeat("a", longestID+1), 1) // which is no name of a file
	rep = reported(t, registeredFiles([2]int{100, 100}, workspacesName, fleetJSON(desktopJSON("ws-1", long, sound))))
	if q := asked(t, rep, "whether WorkSpaces can use the key"); len(q.Commands) != 0 {
		t.Errorf("%q", q.Commands)
	}
}

// An export that was narrowed is no all-clear.
func TestNarrowedExport(t *testing.T) {
	rep := reported(t, registeredFiles([2]int{100, 100}, workspacesName, `{"Workspaces": [{"WorkspaceId": "ws-1", "DirectoryId": "d-000000001", "UserName": "a", "BundleId": "wsb-000000001"}]}`))
	for _, text := range []string{"what WorkSpaces are made of", "which WorkSpaces are encrypted"} {
		if q := asked(t, rep, text); len(q.Commands) != 1 || !strings.HasPrefix(q.Commands[0], "aws workspaces describe-workspaces ") {
			t.Errorf("%+v", q)
		}
	}
	for _, s := range rep.Regions[0].Sections {
		if s.Title == "WorkSpaces" && s.Answer != finding.NotGiven || strings.Contains(strings.Join(s.Lines, ""), "no WorkSpace is encrypted") {
			t.Errorf("%+v", s)
		}
	}
}

// What an old AWS CLI leaves out is one question for all WorkSpaces, and one place for each.
func TestOldCLI(t *testing.T) {
	old := strings.NewReplacer(`, "OperatingSystemName": "WINDOWS_SERVER_2022"`, "", `, "Protocols": ["WSP"]`, "")
	rep := reported(t, registeredFiles([2]int{100, 100}, workspacesName, fleetJSON(
		old.Replace(desktopOf("ws-1", "d-000000001", "ada", "AVAILABLE")), old.Replace(desktopOf("ws-2", "d-000000001", "grace", "AVAILABLE")))))
	q := asked(t, rep, "a newer AWS CLI")
	if o := q.Occurrences; q.Count != 2 || len(q.Commands) != 1 || o[1].Resource.ID != "ws-2" || o[1].Detail != "the operating system is not known; the protocol is not known" {
		t.Errorf("%+v", q)
	}
}

// A WorkSpace whose launch failed has a finding with its error, and none about its size.
func TestFailedLaunch(t *testing.T) {
	failed := `{"WorkspaceId": "ws-1", "UserName": "ada", "State": "ERROR", "ErrorCode": "DOMAIN", "ErrorMessage": "no domain", "WorkspaceProperties": {"ComputeTypeName": "STANDARD", "RootVolumeSizeGib": 0, "UserVolumeSizeGib": 0}}`
	dir := export(t, registeredFiles([2]int{100, 100}, workspacesName, fleetJSON(failed, strings.Replace(failed, "ws-1", "ws-2", 1))))
	status, out, errs := plain(t, dir, "--region", "eu-west-1")
	if status != exitBroken || errs != "" || !strings.Contains(out, "2 WorkSpaces: the state is ERROR: DOMAIN no domain") || strings.Contains(out, "size") {
		t.Errorf("status %d, %s\n%s", status, errs, out)
	}
}

// Site routes that take two of the old ranges leave that of today.
func TestSiteRoutes(t *testing.T) {
	rep := reported(t, map[string]string{
		vpcsName:   `{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "192.168.0.0/16"}]}`,
		routesName: routesJSON(routeJSON("192.168.0.0/16") + "," + routeJSON("172.16.0.0/12")),
	}, "--region", "ap-northeast-1")
	if r := rep.Regions[0].Registrations[0]; r.Answer != "allowed" {
		t.Errorf("%+v", r)
	}
}

// Runs of blocks of one state are one range of words, told once.
func TestRunsOfBlocks(t *testing.T) {
	files := registeredFiles([2]int{100, 100}, routesName, routesJSON(routeJSON("10.0.0.0/16")+`, {"DestinationCidrBlock": "10.0.0.0/8", "TransitGatewayId": "tgw-1"}`))
	page := pageOf(t, "--region", "eu-west-1", export(t, files))
	if n := strings.Count(page, "in use: 10.0.0.0/16 to 10.255.0.0/16 (256)"); n != 1 {
		t.Errorf("the run is told %d times", n)
	}
	if strings.Contains(page, "10.7.0.0/16, 10.8.0.0/16") {
		t.Error("every block is told")
	}
}

var indexStep = regexp.MustCompile(`^([^\[]*)((?:\[\d+\])*)$`)

// leads reports whether a path leads to a value of a document, or to a member that an object lacks.
func leads(doc any, path rule.Path) bool {
	if path == "" {
		return true
	}
	for step := range strings.SplitSeq(string(path), ".") {
		m := indexStep.FindStringSubmatch(step)
		if m == nil {
			return false
		}
		if m[1] != "" {
			object, is := doc.(map[string]any)
			if !is {
				return doc == nil // below a member that is not there
			}
			doc = object[m[1]]
		}
		for index := range strings.SplitSeq(strings.Trim(m[2], "[]"), "][") {
			if index == "" {
				continue
			}
			i, err := strconv.Atoi(index)
			list, is := doc.([]any)
			if err != nil || !is || i >= len(list) {
				return false
			}
			doc = list[i]
		}
	}
	return true
}

// Each finding stands where it says, in a file that is there.
func TestPathsLead(t *testing.T) {
	plan := filepath.Join(t.TempDir(), "plan.json")
	const launches = `{"Launches": [{"Region": "eu-west-1", "Workspaces": [` + `{"BundleId": "wsb-0123456789", "DirectoryId": "d-0123456789", "UserName": "a", "VolumeEncryptionKey": "alias/mine", "UserVolumeEncryptionEnabled": true},` +
		`{"BundleId": "x", "DirectoryId": "d-0123456789", "UserName": "A", "WorkspaceProperties": {"RootVolumeSizeGib": 0}}, {"BundleId": "wsb-0123456789", "DirectoryId": "d-0123456789", "UserName": "a", "UserVolumeEncryptionEnabled": true, "VolumeEncryptionKey": "` + keyARN + `"}]}]}`
	if err := os.WriteFile(plan, []byte(launches), 0o666); err != nil {
		t.Fatal(err)
	}
	check := func(rep report, root fs.FS) {
		t.Helper()
		look := func(o finding.Occurrence, unread bool) {
			var data []byte
			var err error
			if o.File == plan || o.File == filepath.Join("testdata", "plan.json") {
				data, err = os.ReadFile(o.File)
			} else {
				data, err = fs.ReadFile(root, o.File)
			}
			switch {
			case o.File == "" || !strings.HasSuffix(o.File, ".json") || unread && err != nil:
				return
			case err != nil:
				t.Errorf("%s: %v", o.Place(), err)
				return
			}
			var doc any
			if err := json.Unmarshal(data, &doc); err != nil {
				t.Fatal(err)
			}
			if !leads(doc, rule.Path(o.Path)) {
				t.Errorf("%s leads nowhere", o.Place())
			}
		}
		for _, f := range rep.Findings {
			for _, o := range f.Occurrences {
				look(o, false)
			}
		}
		for _, q := range rep.Open {
			for _, o := range q.Occurrences {
				look(o, len(q.Commands) > 0)
			}
		}
	}
	_, out, _ := plain(t, "--json", "--plan", filepath.Join("testdata", "plan.json"), "--now", "2026-09-10T08:00:00Z")
	var rep report
	if err := json.Unmarshal([]byte(out), &rep); err != nil {
		t.Fatal(err)
	}
	root, err := fs.Sub(sample, "sample")
	if err != nil {
		t.Fatal(err)
	}
	check(rep, root)
	for name, files := range large {
		all := files(3)
		delete(all, "plan.json")
		dir := export(t, all)
		_, out, errs := plain(t, "--json", "--region", "eu-west-1", dir, "--plan", plan)
		var rep report
		if err := json.Unmarshal([]byte(out), &rep); err != nil {
			t.Fatal(name, err, errs)
		}
		check(rep, os.DirFS(dir))
	}
}

// A baseline takes findings away, and says what it takes.
func TestBaselineOfReport(t *testing.T) {
	file := filepath.Join(t.TempDir(), "baseline.json")
	now := []string{"--now", "2026-09-10T08:00:00Z"}
	if status, _, errs := plain(t, append(now, "--write-baseline", file)...); status != exitBroken || errs != "" {
		t.Fatalf("status %d, %s", status, errs)
	}
	rep := func(at string) report {
		_, out, errs := plain(t, "--json", "--baseline", file, "--now", at)
		var rep report
		if err := json.Unmarshal([]byte(out), &rep); err != nil {
			t.Fatal(err, errs)
		}
		return rep
	}
	before, accepted, over := reportOf(t), rep("2026-09-11T00:00:00Z"), rep("2027-09-10T00:00:00Z")
	if s := accepted.Summary; s.Must+s.Should != 0 || s.Accepted != before.Summary.Must+before.Summary.Should || s.Gone != 0 || s.Verdict == rule.Denied {
		t.Errorf("%+v", s)
	}
	if s := over.Summary; s.Must != before.Summary.Must || s.Accepted != 0 || s.Gone == 0 || s.Exit != exitBroken {
		t.Errorf("%+v", s)
	}
	for _, r := range accepted.Regions {
		r.results(func(title string, x *result) {
			if x.Answer == "denied" {
				t.Errorf("%s is denied", title)
			}
		})
	}
	_, out, _ := plain(t, "--baseline", file, "--now", "2026-09-11T00:00:00Z")
	if !strings.Contains(out, "Accepted by the baseline\n") || !strings.Contains(out, "found when the baseline was written") {
		t.Error(out)
	}
	damaged := filepath.Join(t.TempDir(), "damaged.json")
	if err := os.WriteFile(damaged, []byte(`{"accepted": [{"code": "a.b", "subject": "s", "reason": "r", "until": 2026}]}`), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, out, errs := plain(t, "--baseline", damaged); errs != "" || !strings.Contains(out, "is of the wrong type: 2026; the entry accepts nothing") {
		t.Errorf("%s\n%s", errs, out)
	}
	if status, out, errs := plain(t, "--baseline", damaged, "--write-baseline", damaged); status != exitUnanswered || out != "" || !strings.Contains(errs, "accepted[0].until") {
		t.Errorf("status %d, %s", status, errs)
	}
	if status, out, errs := plain(t, "--baseline", "no-such-file.json"); status != exitUnanswered || out != "" || !strings.Contains(errs, "--baseline") {
		t.Errorf("status %d, %s", status, errs)
	}
}

// reportOf is the report on the sample.
func reportOf(t *testing.T) (rep report) {
	t.Helper()
	_, out, errs := plain(t, "--json")
	if err := json.Unmarshal([]byte(out), &rep); err != nil {
		t.Fatal(err, errs)
	}
	return rep
}
