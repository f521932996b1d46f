package preflight

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// What is told of a result in the report: findings with their titles, questions with the commands that answer them.
func TestTellOfResult(t *testing.T) {
	violation := func(code rule.Code) rule.Violation {
		return rule.Violation{Code: code, Level: rule.Must, Detail: "it is so", Remedy: "mend it", Cite: rule.Citation{Document: "Doc"}}
	}
	at := place{File: "f", Line: 2, Column: 3, Path: "A"}.about("subnet", "s-1")
	at.Line, at.Column = 2, 3
	r := result{
		verdict: rule.Denied, broken: []broken{{Violation: violation("a.b"), at: at}, {Violation: violation("preflight.workspace-in-error"), at: at}},
		open: []question{
			{place: at, reason: "not told", by: rule.ByInput}, {place: at, reason: "with a command", by: rule.ByInput, command: "do it"}, {place: at, reason: "no document", by: rule.ByDocuments, cites: [2]rule.Citation{{Document: "Doc"}}},
			{place: at, reason: "is odd", by: rule.ByInput, unusable: true}, {place: at, reason: "one of many", by: rule.ByInput, headline: "many", command: "do all"},
		},
	}
	for _, decides := range []bool{false, true} {
		tl := teller{new(report), map[rule.Code]string{"a.b": "A rule."}}
		tl.tell("eu-west-1", "the part", &r, decides, func(p place) string { return "fetch " + p.File })
		occurrence := finding.Occurrence{Resource: finding.Resource{Kind: "subnet", ID: "s-1"}, File: "f", Line: 2, Column: 3, Path: "A", Region: "eu-west-1", Section: "the part"}
		detailed := occurrence
		detailed.Detail = "it is so"
		for i, want := range []finding.Finding{{Code: "a.b", Title: "A rule."}, {Code: "preflight.workspace-in-error", Title: "preflight.workspace-in-error", Urgent: true}} {
			f := tl.Findings[i]
			if f.Code != want.Code || f.Title != want.Title || f.Urgent != want.Urgent || f.Level != rule.Must || f.Remedy != "Mend it." || f.Help != f.Code.Help() || f.Cite.Document != "Doc" || !slices.Equal(f.Occurrences, []finding.Occurrence{detailed}) {
				t.Errorf("%+v, want %+v", f, want)
			}
		}
		many := occurrence
		many.Detail = "one of many"
		var got []string
		for _, q := range tl.Open {
			got = append(got, fmt.Sprint(q.By, " ", q.Reason, " ", q.Commands, " ", q.Unusable, " ", q.Decides, " ", q.Unasked, " ", q.Cites[0].Document))
			if want := map[bool]finding.Occurrence{false: occurrence, true: many}[q.Reason == "many"]; !slices.Equal(q.Occurrences, []finding.Occurrence{want}) {
				t.Errorf("%s: %+v, want %+v", q.Reason, q.Occurrences, want)
			}
		}
		d := fmt.Sprint(" ", decides)
		want := []string{
			fmt.Sprint(rule.ByInput, " not told [fetch f] false", d, " false "), fmt.Sprint(rule.ByInput, " with a command [do it] false", d, " false "), fmt.Sprint(rule.ByDocuments, " no document [] false", d, " false Doc"),
			fmt.Sprint(rule.ByInput, " is odd [] true true false "), fmt.Sprint(rule.ByInput, " many [do all] false", d, " false "),
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if r.Answer != "denied" || r.Must != 2 || r.NotGiven != 4 || r.Undocumented != 1 {
		t.Errorf("%+v", r)
	}
}

// Which files and folders of an export are read, and which are noted.
func TestNamesInExport(t *testing.T) {
	fsys := fstest.MapFS{}
	for _, name := range []string{"x.json", "x.txt", "folder/describe-vpcs.json", "eu-west-1/x.json", "eu-west-1/x.txt", "eu-west-1/access-events.json", "us-east-1/access-events-2.csv", "access-events.log", "eu-west-1/describe-vpcs.json", "us-east-1/describe-vpcs.json", "describe-vpcs.json"} {
		fsys[name] = &fstest.MapFile{Data: []byte(soundNetwork)}
	}
	for only, want := range map[string][3]string{
		"us-west-2": {"us-west-2 .", "access-events.log", "x.json"},
		"eu-west-1": {"", "", ""},
	} {
		a, err := readAccount(wks.Newest(), fsys, only)
		if want[0] == "" {
			if err == nil || err.Error() != "eu-west-1 is exported twice: in its own folder, and in the files beside it" {
				t.Errorf("%s: %v", only, err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if got := namesRead(a); got[0] != want[0] || got[1] != want[1] || got[2] != "folder: is not named like a Region; the folder is not read, x.json: is not a name that preflight knows; the file is not read" {
			t.Errorf("%s: %q, want %q", only, got, want)
		}
	}
	delete(fsys, "describe-vpcs.json")
	a, err := readAccount(wks.Newest(), fsys, "")
	if err != nil {
		t.Fatal(err)
	}
	const unread = ": is not a name that preflight knows; the file is not read"
	if got := namesRead(a); got != [3]string{"eu-west-1 eu-west-1, us-east-1 us-east-1", "access-events.log, eu-west-1/access-events.json, us-east-1/access-events-2.csv", "eu-west-1/x.json" + unread + ", folder: is not named like a Region; the folder is not read, x.json" + unread} {
		t.Errorf("%q", got)
	}
	for i, want := range []string{"", "eu-west-1", "us-east-1"} {
		got := ""
		if e := a.events[i].region; e != nil {
			got = e.region
		}
		if got != want {
			t.Errorf("%s is of %q", a.events[i].name, got)
		}
	}
	for name, want := range map[string]bool{vpcsName: true, byolName: true, alarmsName: true, eventRulesName: true, "describe-key-x.json": true, "describe-tags-ws-1.json": true, "describe-tags-x.json": false, allowListName: false, ipRangesName: false, eventsName: false, "": false} {
		if got := isExportName(name); got != want {
			t.Errorf("%s: %t", name, got)
		}
	}
	for only, want := range map[string]string{"Ireland": `--region "Ireland": want the code of a Region, such as us-east-1`, "ap-south-1": "no export of ap-south-1 found: want a folder of that name, or files such as describe-vpcs.json"} {
		if _, err := readAccount(wks.Newest(), fsys, only); err == nil || err.Error() != want {
			t.Errorf("%s: %v", only, err)
		}
	}
	if _, err := readAccount(wks.Newest(), fstest.MapFS{}, ""); err == nil || err.Error() != "no export found: want files such as describe-vpcs.json, or a folder of them for each Region; --collect prints the commands" {
		t.Error(err)
	}
}

// namesRead are the Regions that were read, with their folders, the files of events, and the notes.
func namesRead(a *account) (got [3]string) {
	var regions, events, noted []string
	for _, e := range a.regions {
		regions = append(regions, e.region+" "+e.dir)
	}
	for _, f := range a.events {
		events = append(events, f.name)
	}
	for _, n := range a.notes {
		noted = append(noted, n.place.String()+": "+n.Text)
	}
	slices.Sort(noted)
	return [3]string{strings.Join(regions, ", "), strings.Join(events, ", "), strings.Join(noted, ", ")}
}

// What launches know of a Region: its bundles, the users that have a WorkSpace, and the keys that can take more.
func TestKnownToLaunches(t *testing.T) {
	user := func(id, key string) string {
		return strings.Replace(desktopJSON(id, key, sound), `"State"`, `"DirectoryId": "d-1", "UserName": "Ada", "State"`, 1)
	}
	a := readFiles(t, desktopFiles(workspacesName, fleetJSON(desktopJSON("ws-0", "", sound), user("ws-1", keyARN), desktopJSON("ws-2", "alias/mine", sound), desktopJSON("ws-3", keyARN, sound)),
		bundlesName, `{"Bundles": [{"BundleId": "wsb-1", "RootStorage": {"Capacity": "175"}, "UserStorage": {"Capacity": "100"}, "ComputeType": {"Name": "POWER"}}]}`))
	l := a.newLauncher(wks.Newest(), "eu-west-1")
	if !slices.Equal(l.keys, []encryption.ShardKey{{ARN: keyARN, Others: 2}}) || l.export != a.regions[0] || len(l.known) != 1 || len(l.taken) != 1 || !strings.HasPrefix(l.fetch(subnetsName), "aws ec2 describe-subnets --region eu-west-1 ") {
		t.Errorf("%+v", l)
	}
	power := bundles.LaunchContext{Region: "eu-west-1", ComputeType: "POWER", Volumes: bundles.Volumes{Root: 175, User: 100}}
	taken := power
	taken.UserTaken = true
	for _, tt := range []struct {
		q    types.WorkspaceRequest
		want bundles.LaunchContext
	}{
		{types.WorkspaceRequest{BundleId: new("wsb-1"), DirectoryId: new("d-1"), UserName: new("ADA")}, taken}, {types.WorkspaceRequest{BundleId: new("wsb-1"), DirectoryId: new("d-2"), UserName: new("ada")}, power},
		{types.WorkspaceRequest{BundleId: new("wsb-1"), DirectoryId: new("d-1")}, power}, {types.WorkspaceRequest{BundleId: new("wsb-1"), UserName: new("ada")}, power}, {types.WorkspaceRequest{BundleId: new("wsb-2")}, bundles.LaunchContext{Region: "eu-west-1"}}, {types.WorkspaceRequest{}, bundles.LaunchContext{Region: "eu-west-1"}},
	} {
		if got := l.context(&tt.q); got != tt.want {
			t.Errorf("%+v: %+v, want %+v", tt.q, got, tt.want)
		}
	}
	if l := a.newLauncher(wks.Newest(), "us-east-1"); l.export != nil || len(l.keys)+len(l.known)+len(l.taken) > 0 || l.region != "us-east-1" {
		t.Errorf("%+v", l)
	}
}

// Launches that are to be encrypted go to the keys that WorkSpaces use, or to a new one.
func TestKeysOfLaunches(t *testing.T) {
	launch := func(user, more string) string {
		return fmt.Sprintf(`{"BundleId": "wsb-000000001", "DirectoryId": "d-000000001", "UserName": %q%s}`, user, more)
	}
	const wanted, own, alias = `, "UserVolumeEncryptionEnabled": true`, `, "UserVolumeEncryptionEnabled": true, "VolumeEncryptionKey": "` + keyARN + `"`, `, "UserVolumeEncryptionEnabled": true, "VolumeEncryptionKey": "alias/mine"`
	keyed := registeredFiles([2]int{100, 100}, workspacesName, fleetJSON(desktopJSON("ws-1", keyARN, sound), desktopJSON("ws-2", keyARN, sound)))
	plain := registeredFiles([2]int{100, 100}, workspacesName, fleetJSON(desktopJSON("ws-1", "", sound)))
	for name, tt := range map[string]struct {
		files    map[string]string
		launches []string
		want     []string
	}{
		"of WorkSpaces": {keyed, []string{launch("u1", wanted), launch("u2", wanted)}, []string{"1 call of CreateWorkspaces", "KMS: " + keyARN + " takes 2 more, 4 of 500"}},
		"of the plan":   {keyed, []string{launch("u1", own), launch("u2", wanted)}, []string{"1 call of CreateWorkspaces", "KMS: " + keyARN + " takes 1 more, 4 of 500"}},
		"named":         {keyed, []string{launch("u1", own), launch("u2", "")}, []string{"1 call of CreateWorkspaces"}},
		"new":           {plain, []string{launch("u1", wanted), launch("u2", "")}, []string{"1 call of CreateWorkspaces", "KMS: create a key workspaces-eu-west-1-1, for 1 WorkSpaces"}},
		"an alias":      {plain, []string{launch("u1", alias)}, []string{"1 call of CreateWorkspaces"}},
		"none":          {keyed, []string{launch("u1", "")}, []string{"1 call of CreateWorkspaces"}},
	} {
		_, rep := plannedParts(t, tt.files, `{"Launches": [{"Region": "eu-west-1", "Workspaces": [`+strings.Join(tt.launches, ", ")+`]}]}`)
		if len(rep.Plan) != 1 || !slices.Equal(rep.Plan[0].Lines, tt.want) || rep.Plan[0].region != "eu-west-1" {
			t.Errorf("%s: %+v, want %q", name, rep.Plan, tt.want)
		}
	}
}

// A request and a WorkSpace as the SDK has them: what is empty is not there, and a volume of 0 GiB is not known.
func TestAsTheSDKHasThem(t *testing.T) {
	text := func(v any) string {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	no, yes := false, true
	if got, want := text(launchRequest{}.sdk()), text(types.WorkspaceRequest{RootVolumeEncryptionEnabled: &no, UserVolumeEncryptionEnabled: &no, WorkspaceProperties: new(types.WorkspaceProperties)}); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	l := launchRequest{BundleId: "b", DirectoryId: "d", UserName: "u", WorkspaceName: "w", VolumeEncryptionKey: "k", RootVolumeEncryptionEnabled: true, Tags: []tag{{"a", "x"}, {"b", ""}}}
	l.WorkspaceProperties.ComputeTypeName = "POWER"
	if got, want := text(l.sdk()), text(types.WorkspaceRequest{
		BundleId: new("b"), DirectoryId: new("d"), UserName: new("u"), WorkspaceName: new("w"), VolumeEncryptionKey: new("k"), RootVolumeEncryptionEnabled: &yes, UserVolumeEncryptionEnabled: &no,
		WorkspaceProperties: &types.WorkspaceProperties{ComputeTypeName: "POWER"}, Tags: []types.Tag{{Key: new("a"), Value: new("x")}, {Key: new("b"), Value: new("")}},
	}); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for root, want := range map[int32]*int32{0: nil, 80: new(int32(80))} {
		a := readFiles(t, desktopFiles(workspacesName, fleetJSON(fmt.Sprintf(`{"WorkspaceId": "i", "DirectoryId": "d", "UserName": "u", "BundleId": "b", "SubnetId": "s", "State": "AVAILABLE", "RootVolumeEncryptionEnabled": true, "VolumeEncryptionKey": "k", "ModificationStates": [{"Resource": "ROOT_VOLUME", "State": "UPDATE_INITIATED"}], "RelatedWorkspaces": [{"Type": "PRIMARY"}],
			"WorkspaceProperties": {"RunningMode": "AUTO_STOP", "RunningModeAutoStopTimeoutInMinutes": 60, "RootVolumeSizeGib": %d, "ComputeTypeName": "POWER", "OperatingSystemName": "WINDOWS_11", "Protocols": ["WSP", "PCOIP"]}}`, root))))
		d := types.Workspace{
			WorkspaceId: new("i"), DirectoryId: new("d"), UserName: new("u"), BundleId: new("b"), SubnetId: new("s"), State: "AVAILABLE", RootVolumeEncryptionEnabled: &yes, UserVolumeEncryptionEnabled: &no, VolumeEncryptionKey: new("k"),
			WorkspaceProperties: &types.WorkspaceProperties{RunningMode: "AUTO_STOP", RunningModeAutoStopTimeoutInMinutes: new(int32(60)), RootVolumeSizeGib: want, ComputeTypeName: "POWER", OperatingSystemName: "WINDOWS_11", Protocols: []types.Protocol{"WSP", "PCOIP"}},
			ModificationStates:  []types.ModificationState{{Resource: "ROOT_VOLUME", State: "UPDATE_INITIATED"}}, RelatedWorkspaces: []types.RelatedWorkspaceProperties{{Type: "PRIMARY"}},
		}
		if got := text(a.regions[0].workspaces.find("i").sdk()); got != text(d) {
			t.Errorf("%s, want %s", got, text(d))
		}
	}
}

// A WorkSpace of which one thing is told was not narrowed.
func TestNarrow(t *testing.T) {
	for text, want := range map[string]bool{
		`{"WorkspaceId": "ws-1"}`: true, `{"WorkspaceId": "ws-1", "UserName": "ada", "BundleId": "b", "WorkspaceProperties": {}}`: true, `{"WorkspaceId": "ws-1", "State": "AVAILABLE"}`: false, `{"WorkspaceId": "ws-1", "WorkspaceProperties": {"ComputeTypeName": "POWER"}}`: false,
		`{"WorkspaceId": "ws-1", "WorkspaceProperties": {"RunningMode": "AUTO_STOP"}}`: false, `{"WorkspaceId": "ws-1", "WorkspaceProperties": {"OperatingSystemName": "WINDOWS_11"}}`: false, `{"WorkspaceId": "ws-1", "WorkspaceProperties": {"RootVolumeSizeGib": 80}}`: false, `{"WorkspaceId": "ws-1", "WorkspaceProperties": {"Protocols": ["WSP"]}}`: false,
	} {
		if got := readFiles(t, desktopFiles(workspacesName, fleetJSON(text))).regions[0].workspaces.all[0].narrow(); got != want {
			t.Errorf("%s: %t", text, got)
		}
	}
}

// Directories of which some are of another kind: the VPC of one is asked about once, and that of others is not.
func TestRegistrationsBesideOthers(t *testing.T) {
	const dedicated, personal = `"Tenancy": "DEDICATED", `, ``
	for _, tt := range []struct {
		kinds []string
		want  []string
	}{
		{[]string{dedicated, personal, personal}, []string{"registration of d-1, d-2 in vpc-1"}}, {[]string{personal, dedicated, personal}, []string{"registration of d-0, d-2 in vpc-1"}}, {[]string{personal, personal, dedicated}, []string{"registration of d-0, d-1 in vpc-1"}},
		{[]string{dedicated, dedicated}, nil}, {nil, []string{"registration in vpc-1"}},
	} {
		var list []string
		for i, kind := range tt.kinds {
			list = append(list, fmt.Sprintf(`{%s"DirectoryId": "d-%d", "SubnetIds": ["subnet-1"]}`, kind, i))
		}
		rep := told(t, registeredFiles([2]int{100, 100}, directoriesName, `{"Directories": [`+strings.Join(list, ", ")+`]}`))
		var got []string
		for _, r := range rep.Regions[0].Registrations {
			got = append(got, r.title())
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q: %q, want %q", tt.kinds, got, tt.want)
		}
	}
}

// What is told of a VPC: its ranges, what is in their way and where, and what is not counted.
func TestRegistrationOfVPC(t *testing.T) {
	rep := told(t, desktopFiles(routesName, `{"RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Routes": [{"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1"}, {"DestinationCidrBlock": "198.19.0.0/16", "TransitGatewayId": "tgw-1", "State": "active"}, {"DestinationIpv6CidrBlock": "::/0", "GatewayId": "igw-1"}]}]}`))
	r := rep.Regions[0].Registrations[0]
	if r.VPC != "vpc-1" || prefixes(r.CIDRs) != "10.0.0.0/16" || r.Ignored != 2 || r.Partial || r.Instead != "" || r.Answer != "allowed" || len(r.Directories) > 0 {
		t.Errorf("%+v", r)
	}
	uses := 0
	for _, c := range r.Candidates {
		if c.Free == (c.Prefix.String() == "198.19.0.0/16") {
			t.Errorf("%+v", c)
		}
		for _, u := range c.Uses {
			uses++
			want := usePlace{Table: "rtb-1", Target: "tgw-1", State: "active"}
			if len(u.Places) != 1 || u.Prefix != c.Prefix || u.Overlap != network.Equal || u.Undocumented || u.Places[0].place.String() != "eu-west-1/describe-route-tables.json: RouteTables[0].Routes[1].DestinationCidrBlock" {
				t.Fatalf("%+v", u)
			}
			if got := u.Places[0]; got.Table != want.Table || got.Target != want.Target || got.State != want.State || got.PrefixList != "" {
				t.Errorf("%+v", got)
			}
		}
	}
	if uses != 1 || len(r.Candidates) < 2 {
		t.Errorf("%+v", r.Candidates)
	}
}

// What WorkSpaces name and is not there, with how many name it. What ends needs nothing.
func TestLinesOfNames(t *testing.T) {
	lost := strings.NewReplacer("subnet-1", "subnet-9", "wsb-000000001", "wsb-999999999")
	rep := told(t, registeredFiles([2]int{100, 100}, workspacesName, fleetJSON(desktopOf("ws-1", "d-000000001", "ada", "AVAILABLE"), lost.Replace(desktopOf("ws-2", "d-999999999", "bob", "AVAILABLE")), lost.Replace(desktopOf("ws-3", "d-999999999", "eve", "STOPPED")),
		lost.Replace(desktopOf("ws-4", "d-999999998", "joe", "TERMINATED")), lost.Replace(desktopOf("ws-5", "d-999999998", "joe", "TERMINATING")), strings.Replace(desktopOf("ws-6", "d-999999997", "sue", "AVAILABLE"), `"SubnetId": "subnet-1", "BundleId": "wsb-000000001", `, "", 1))))
	const want = "not given\ndirectory d-999999999: 2 WorkSpaces\nsubnet subnet-9: 2 WorkSpaces\nbundle wsb-999999999: 2 WorkSpaces\ndirectory d-999999997: 1 WorkSpace\n" +
		"not given: a directory that WorkSpaces name is not in describe-workspace-directories.json at describe-workspaces.json Workspaces[1].DirectoryId\nnot given: a subnet that WorkSpaces name is not in describe-subnets.json at describe-workspaces.json Workspaces[1].SubnetId\n" +
		"not given: a bundle that WorkSpaces name is not in describe-workspace-bundles.json at describe-workspaces.json Workspaces[1].BundleId\nnot given: a directory that WorkSpaces name is not in describe-workspace-directories.json at describe-workspaces.json Workspaces[5].DirectoryId\n"
	if got := whole(rep, "what WorkSpaces name"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	// What was not exported names nothing that is missing.
	if got := whole(told(t, desktopFiles(workspacesName, fleetJSON(desktopOf("ws-1", "d-9", "ada", "AVAILABLE")))), "what WorkSpaces name"); got != "allowed\n" {
		t.Errorf("%s", got)
	}
	if got := bundleCommand("eu-west-1", "wsb-1 x"); got != "aws workspaces describe-workspace-bundles --region eu-west-1 --bundle-ids 'wsb-1 x'" {
		t.Errorf("%s", got)
	}
}

// What is wrong with a WorkSpace of a file, and what becomes of it.
func TestNotesOfRoster(t *testing.T) {
	ada := desktopOf("ws-1", "d-1", "ada", "AVAILABLE")
	a := readFiles(t, desktopFiles(workspacesName, fleetJSON(ada, `{"WorkspaceId": 5, "UserName": 6}`, `{"WorkspaceId": "ws-2", "UserName": 7}`, ada, strings.Replace(ada, `"UserName": "ada"`, `"UserName": "bob"`, 1), strings.Replace(ada, "PC-", "XP-", 1), strings.Replace(ada, `"d-1"`, `"d-2"`, 1), strings.Replace(ada, "AVAILABLE", "STOPPED", 1))))
	var got []string
	for _, n := range a.notes {
		got = append(got, fmt.Sprint(n.Path, " ", n.Unusable, " ", n.Text))
		if strings.Contains(n.Text, "twice") && n.resource().ID != "ws-1" {
			t.Errorf("%+v", n.resource())
		}
	}
	const differs = " true is ws-1, which stands in the file twice, and differs; the first counts"
	want := []string{
		"Workspaces[1].WorkspaceId true is a number, want a string; the WorkSpace is left out", "Workspaces[1].UserName true is a number, want a string; the WorkSpace is left out", "Workspaces[2].UserName true is a number, want a string; it is taken as not given",
		"Workspaces[3] false is ws-1, which stands in the file twice; it counts once", "Workspaces[4]" + differs, "Workspaces[5]" + differs, "Workspaces[6]" + differs, "Workspaces[7]" + differs,
	}
	e := a.regions[0]
	if !slices.Equal(got, want) || len(e.workspaces.all) != 2 || e.workspaces.wrong == nil || e.workspaces.wrong.Path != "Workspaces[1].WorkspaceId" || e.doubts[workspacesName] != e.workspaces.wrong {
		t.Errorf("%q, want %q", got, want)
	}
}

// A brokenFS has one file, which cannot be read to its end.
type brokenFS struct{ fstest.MapFS }

type brokenFile struct {
	fs.File
	closed *bool
}

func (b brokenFS) Open(name string) (fs.File, error) {
	f, err := b.MapFS.Open(name)
	return brokenFile{f, new(false)}, err
}

func (b brokenFile) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: "f", Err: errors.New("went wrong")}
}

// Why a file cannot be read is told without its name a second time.
func TestReasonsOfFiles(t *testing.T) {
	files := fstest.MapFS{"f": {Data: []byte("{}")}, "dir/x": {Data: []byte("{}")}}
	for name, want := range map[string]string{"none": "none: file does not exist", "dir": "dir: is not a regular file"} {
		if _, err := openExported(files, name); err == nil || err.Error() != want {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := readFile(files, name); err == nil || name+": "+err.Error() != want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := openExported(brokenFS{files}, "f"); err == nil || err.Error() != "f: went wrong" {
		t.Error(err)
	}
	if data, err := readFile(files, "f"); err != nil || string(data) != "{}" {
		t.Errorf("%s, %v", data, err)
	}
}

// What is asked about an alarm: what it has, and what the export tells of the WorkSpace that it watches.
func TestAlarmAsAsked(t *testing.T) {
	c := &regionCheck{regionExport: readFiles(t, desktopFiles(workspacesName, fleetJSON(desktopJSON("ws-1", "", sound), desktopJSON("ws-2", "", strings.NewReplacer(`["WSP"]`, `["WSP", "PCOIP"]`, "ALWAYS_ON", "AUTO_STOP").Replace(sound))))).regions[0]}
	x := metricAlarm{Namespace: "AWS/WorkSpaces", MetricName: "Unhealthy", Statistic: "Sum", ExtendedStatistic: "p90", Period: 300, EvaluationPeriods: 3, Unit: "Count", TreatMissingData: "ignore"}
	for _, tt := range []struct {
		dimensions []dimension
		want       monitor.Desktops
	}{
		{nil, monitor.Desktops{}}, {[]dimension{{"WorkspaceId", "ws-1"}}, monitor.Desktops{Protocol: "WSP", RunningMode: monitor.AlwaysOn}}, {[]dimension{{"WorkspaceId", "ws-2"}}, monitor.Desktops{RunningMode: monitor.AutoStop}},
		{[]dimension{{"WorkspaceId", "ws-9"}}, monitor.Desktops{}}, {[]dimension{{"DirectoryId", "ws-1"}}, monitor.Desktops{}},
	} {
		x.Dimensions = tt.dimensions
		want := monitor.Alarm{Namespace: "AWS/WorkSpaces", MetricName: "Unhealthy", Statistic: "Sum", ExtendedStatistic: "p90", Period: 300, EvaluationPeriods: 3, Unit: "Count", TreatMissingData: "ignore", Desktops: tt.want}
		for _, d := range tt.dimensions {
			want.Dimensions = append(want.Dimensions, monitor.Dimension(d))
		}
		if got := x.asked(c); !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
}

// The lines about what watches WorkSpaces, in the singular and in the plural.
func TestLinesOfAlarms(t *testing.T) {
	alarm := func(name string) string {
		return alarmJSON(name, `"MetricName": "Unhealthy", "Dimensions": [{"Name": "DirectoryId", "Value": "d-0000000001"}]`)
	}
	for n, want := range map[int]string{0: "0 alarms are on metrics", 1: "1 alarm is on metrics", 2: "2 alarms are on metrics"} {
		var list []string
		for i := range n {
			list = append(list, alarm(fmt.Sprint("a", i)))
		}
		list = append(list, strings.Replace(alarm("other"), "AWS/WorkSpaces", "AWS/EC2", 1))
		rep := told(t, desktopFiles(alarmsName, `{"MetricAlarms": [`+strings.Join(list, ", ")+`]}`, eventRulesName, `{"Rules": []}`))
		if got := whole(rep, "alarms"); got != "allowed\n"+want+" of WorkSpaces; wks monitor alarms writes some for a directory\n" {
			t.Errorf("%d: %s", n, got)
		}
		if got := whole(rep, "event patterns"); got != "allowed\n0 rules are for access events\n" {
			t.Errorf("%s", got)
		}
	}
	const pattern = `"EventPattern": "{\"source\":[\"aws.workspaces\"],\"detail-type\":[\"WorkSpaces Access\"]}"`
	rep := told(t, desktopFiles(eventRulesName, `{"Rules": [{"Name": "one", "State": "ENABLED", `+pattern+`}, {"Name": "spoilt", "EventPattern": 5}]}`))
	if got := whole(rep, "event patterns"); !strings.HasPrefix(got, "not given\n1 rule is for access events\nnot given: it depends on a value that cannot be used ") && got != "allowed\n1 rule is for access events\n" || whole(rep, "alarms") != "" {
		t.Errorf("%s, %s", got, whole(rep, "alarms"))
	}
}

// The lines and the chart of keys.
func TestLinesOfKeys(t *testing.T) {
	const grants = `{"Grants": [{"KeyId": "` + keyARN + `", "GrantId": "g1", "GranteePrincipal": "workspaces.amazonaws.com"}, {"KeyId": "` + keyARN + `", "GrantId": "g2", "GranteePrincipal": "arn:aws:iam::111122223333:role/r"}]}`
	root := strings.Replace(desktopJSON("ws-2", keyARN, sound), "UserVolume", "RootVolume", 1)
	rep := told(t, desktopFiles(workspacesName, fleetJSON(desktopJSON("ws-1", keyARN, sound), root, desktopJSON("ws-3", "", sound)), keyPrefix+keyID+".json", describedKey("Enabled"), grantsPrefix+keyID+".json", grants))
	if got, want := whole(rep, "KMS keys"), "allowed\n"+keyARN+": 2 WorkSpaces; 2 grants, 1 of WorkSpaces and 0 of EBS\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, s := range rep.Regions[0].Sections {
		if s.kind == "KMS keys" && !reflect.DeepEqual(s.chart, chart{"WorkSpaces on each KMS key", []bar{{keyARN, 2, 500, "2 of 500 WorkSpaces"}}}) {
			t.Errorf("%+v", s.chart)
		}
	}
	if got := whole(told(t, desktopFiles(workspacesName, fleetJSON())), "KMS keys"); got != "" {
		t.Errorf("without WorkSpaces: %s", got)
	}
}
