package preflight

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/rule"
)

// The rules of this program stand on these documents.
func TestSourcesOfOwnRules(t *testing.T) {
	want := map[rule.Code]string{
		"preflight.workspace-in-error": "must admin-guide-rebuild 2020-02-06", "preflight.workspace-unhealthy": "should admin-guide-troubleshooting 2018-02-03",
		"preflight.directory-in-error": "must admin-guide-troubleshooting 2021-01-23", "preflight.workspace-unused": "should admin-guide-events 2021-01-23",
	}
	for _, r := range Rules() {
		v := r.Revisions[0]
		if got := fmt.Sprint(v.Level, " ", v.Cite.Document, " ", v.Cite.Date); got != want[r.Code] || len(r.Revisions) != 1 || r.Title == "" || r.Remedy == "" {
			t.Errorf("%s: %s, want %s", r.Code, got, want[r.Code])
		}
		delete(want, r.Code)
	}
	if len(want) > 0 {
		t.Errorf("no %v", want)
	}
}

// A report names the folder that it is on, and its commands write there.
func TestFolderOfReport(t *testing.T) {
	dir := export(t, desktopFiles())
	_, out, errs := preflight(t, dir, "--region", "eu-west-1")
	if !strings.HasPrefix(out, "Amazon WorkSpaces preflight\ninput:   "+dir+"\nedition: ") || !strings.Contains(out, "aws workspaces describe-workspaces --region eu-west-1 --output json > "+quoted(dir+"/describe-workspaces.json")+"\n") {
		t.Errorf("%s%s", out, errs)
	}
	if _, out, errs := preflight(t); !strings.HasPrefix(out, "Amazon WorkSpaces preflight\ninput:   the embedded sample account\nedition: ") {
		t.Errorf("%s%s", out, errs)
	}
	if status, out, errs := plain(t, dir, "--region", "eu-west-1", "--write-baseline", filepath.Join(dir, "no", "such", "folder")); status != exitUnanswered || out != "" || errs == "" {
		t.Errorf("status %d, %s%s", status, out, errs)
	}
	var told bytes.Buffer
	if status := cli.Run(Command(), []string{dir, "--region", "eu-west-1"}, strings.NewReader(""), fullDisk{}, &told); status != exitUnanswered || !strings.Contains(told.String(), errFull.Error()) {
		t.Errorf("status %d, %s", status, told.String())
	}
	if _, err := Inspect(wks.Newest(), t.TempDir(), "", nil); err == nil || !strings.HasPrefix(err.Error(), "no export found") {
		t.Error(err)
	}
}

// A management range that is chosen is held against what is known of networks, whatever is not.
func TestChosenRange(t *testing.T) {
	const depends = "not given: it depends on a value that cannot be used at describe-vpcs.json Vpcs[0].CidrBlock\n"
	account := func(cidr string) string {
		return `{"DedicatedTenancySupport": "ENABLED", "DedicatedTenancyManagementCidrRange": "` + cidr + `"}`
	}
	list := routesJSON(`{"DestinationPrefixListId": "pl-1", "TransitGatewayId": "tgw-1"}, {"DestinationPrefixListId": "pl-2", "TransitGatewayId": "tgw-1"}`)
	const entry = "not given: not all networks are known: an entry of the prefix list pl-1 cannot be used at describe-route-tables.json RouteTables[0].Routes[0].DestinationPrefixListId\n" +
		"not given: not all networks are known: the prefix list pl-2 was not exported at describe-route-tables.json RouteTables[0].Routes[1].DestinationPrefixListId\n"
	for name, tt := range map[string]struct {
		files map[string]string
		want  string
	}{
		"free":         {desktopFiles(accountName, account("10.40.0.0/16")), "allowed\n"},
		"a VPC's":      {desktopFiles(accountName, account("10.0.0.0/16")), "denied\nmust network.management-cidr-in-use at DedicatedTenancyManagementCidrRange\n"},
		"a spoilt VPC": {desktopFiles(accountName, account("10.40.0.0/16"), vpcsName, `{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": 5}]}`), "not given\nnot given: not all networks are known: a CIDR of vpc-1 cannot be used at describe-vpcs.json Vpcs[0].CidrBlock\n" + depends},
		"lists":        {desktopFiles(accountName, account("10.40.0.0/16"), routesName, list, entriesPrefix+"pl-1.json", `{"Entries": [{"Cidr": "10.9.0.0/24"}, {"Cidr": 5}]}`), "not given\n" + entry},
		"no prefix":    {desktopFiles(accountName, account("10.40")), "not given\n" + `not given: "10.40" is not a prefix at describe-account.json DedicatedTenancyManagementCidrRange` + "\n"},
		"no routes":    {map[string]string{vpcsName: soundNetwork, accountName: account("10.40.0.0/16")}, "not given\nnot given: not all networks are known: there is no describe-route-tables.json at describe-route-tables.json \n"},
		"nothing":      {map[string]string{accountName: account("10.40.0.0/16")}, "not given\nnot given: not all networks are known: there is no describe-vpcs.json at describe-vpcs.json \n"},
		"no main":      {map[string]string{vpcsName: soundNetwork, routesName: `{"RouteTables": []}`, accountName: account("10.40.0.0/16")}, "not given\nnot given: not all networks are known: the main route table of vpc-1 was not exported at describe-vpcs.json Vpcs[0]\n"},
	} {
		rep := told(t, tt.files)
		if got := whole(rep, byolTitle); got != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, tt.want)
		}
		if b := rep.Regions[0].BYOL; b.Partial != strings.Contains(tt.want, "not all networks") || (b.Chosen == nil) != (name == "no prefix") || len(b.Proposals)+b.Of+b.Free > 0 {
			t.Errorf("%s: %+v", name, b)
		}
	}
	// Where none is chosen, one is proposed, but for an account that uses the range of another.
	for linked, want := range map[string]int{"": 1, `, "DedicatedTenancyAccountType": "TARGET_ACCOUNT"`: 0} {
		b := told(t, desktopFiles(accountName, `{"DedicatedTenancySupport": "ENABLED"`+linked+`}`)).Regions[0].BYOL
		if len(b.Proposals) != want || b.Of != 339 || b.Free != 338 || !b.Enabled || b.Linked != (linked != "") || b.Partial {
			t.Errorf("%s: %+v", linked, b)
		}
	}
}

// A file of events that is gone is a doubt of all Regions, and a login that no rule can be asked about is not decided.
func TestEventsOutOfReach(t *testing.T) {
	a := readFiles(t, desktopFiles(directoriesName, `{"Directories": [{"DirectoryId": "d-1"}]}`))
	a.events = append(a.events, eventsFile{name: "access-events.json"})
	a.readEvents(wks.Newest(), fstest.MapFS{}, 0)
	e := a.regions[0]
	if e.events == nil || e.events.wrong == nil || e.events.wrong.Error() != "access-events.json: file does not exist" || len(a.notes) != 1 || a.notes[0].Text != "file does not exist; the file is not used" {
		t.Errorf("%+v, %+v", e.events, a.notes)
	}
	r := eventReader{account: a, regions: map[string]*regionExport{"eu-west-1": e}}
	r.login(&monitor.Login{Region: "eu-west-1", Directory: "d-1"}, eventsFile{})
	if len(e.events.undecided) != 1 || e.events.logins != 1 || len(e.events.refused) > 0 {
		t.Errorf("%+v", e.events)
	}
	for why := range e.events.undecided {
		if why.by != rule.ByInput || why.why == "" {
			t.Errorf("%+v", why)
		}
	}
}

// A file that breaks off behind its front is told as it is read.
func TestFilesThatBreakOff(t *testing.T) {
	spaces := strings.Repeat(" ", 5000)
	for _, front := range []string{`{"Vpcs": [`, `{"Vpcs": []}`, `{"Vpcs": [{"VpcId": `, `{"Vpcs": [{"VpcId": "v", "State": `, `{`} {
		files := breakingFS{fstest.MapFS{"f": {Data: []byte(front + spaces)}}}
		if _, err := decodeUsable(files, "f", new(vpcsFile), new(notes)); err == nil || err.Error() != "f: went wrong" {
			t.Errorf("%s: %v", front, err)
		}
	}
	wrong, err := decodeUsable(fstest.MapFS{"f": {Data: []byte(`{"Vpcs": [], "X": 1, "Y": 1, "X": 2}`)}}, "f", new(vpcsFile), new(notes))
	if err != nil || len(wrong) != 1 || wrong[0].Error() != `f:1:30: has the member "X" twice` {
		t.Errorf("%v, %v", wrong, err)
	}
}

// What is no JSON is told alike, whatever should stand there.
func TestMalformedValues(t *testing.T) {
	for _, text := range []string{`"a\q"`, `"abc`, `"\u12"`, `-x`, `1.`, `01`, `tru`, `tx`, `nul`, `nx`, `{"a"}`, `{`, `[1 2]`, "\"\x01\""} {
		for _, end := range []string{`}`, `, "N": 1, "S": "s", "B": true}`} {
			told := map[string]bool{}
			for _, member := range []string{"N", "S", "B", "L", "O", "X"} {
				var got struct {
					N int
					S string
					B bool
					L []int
					O struct{ A string }
					X unread
				}
				_, err := decodeUsable(fstest.MapFS{"f": {Data: []byte(`{"` + member + `": ` + text + end)}}, "f", &got, new(notes))
				told[fmt.Sprint(err)] = true
			}
			if len(told) != 1 || told["<nil>"] {
				t.Errorf("%s%s: %q", text, end, slices.Sorted(maps.Keys(told)))
			}
		}
	}
}

// A breakingFS has files of which the end cannot be read.
type breakingFS struct{ fstest.MapFS }

type breakingFile struct{ fs.File }

func (b breakingFS) Open(name string) (fs.File, error) {
	f, err := b.MapFS.Open(name)
	return breakingFile{f}, err
}

func (b breakingFile) Read(p []byte) (int, error) {
	n, err := b.File.Read(p)
	if err != nil {
		err = &fs.PathError{Op: "read", Path: "f", Err: errors.New("went wrong")}
	}
	return n, err
}

// Tags of a WorkSpace that the export has are told with its user, and others with the identifier alone.
func TestUserOfTags(t *testing.T) {
	const tags = `{"TagList": [{"Key": "a", "Value": "#"}]}`
	rep := told(t, desktopFiles(workspacesName, fleetJSON(desktopOf("ws-2", "d-1", "ada", "AVAILABLE")), tagsPrefix+"ws-2.json", tags, tagsPrefix+"ws-1.json", tags))
	var got []string
	for _, o := range found(t, *rep, "bundles.tag-alphabet").Occurrences {
		got = append(got, o.Resource.Kind+" "+o.Resource.ID+" "+o.Resource.User+" "+o.File+" "+o.Path)
	}
	if want := []string{"WorkSpace ws-1  eu-west-1/describe-tags-ws-1.json TagList[0].Value", "WorkSpace ws-2 ada eu-west-1/describe-tags-ws-2.json TagList[0].Value"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// Launches in a Region that was not exported, and such as no rule can be asked about.
func TestLaunchesElsewhere(t *testing.T) {
	launch := func(more string) string {
		return `{"BundleId": "wsb-000000009", "DirectoryId": "d-000000009", "UserName": "ada"` + more + `}`
	}
	got, _ := plannedParts(t, desktopFiles(directoriesName, `{"Directories": []}`, bundlesName, `{"Bundles": []}`), `{"Launches": [{"Region": "us-east-1", "Workspaces": [`+launch("")+`]}]}`)
	if want := "plan for 1 launch in us-east-1: allowed\n1 call of CreateWorkspaces\n"; len(got) != 1 || got[0] != want {
		t.Errorf("%q, want %q", got, want)
	}
	got, rep := plannedParts(t, desktopFiles(), `{"Launches": [{"Region": "eu-west-1", "Workspaces": [`+launch(`, "WorkspaceProperties": {"RootVolumeSizeGib": -5}`)+`]}, {"Region": "Ireland", "Workspaces": []}]}`)
	if len(rep.Plan) != 2 || len(rep.Plan[0].open) != 1 || !rep.Plan[0].open[0].unusable || !strings.HasPrefix(got[0], "plan for 1 launch in eu-west-1: not given\n1 call of CreateWorkspaces\nnot given: ") || !strings.HasSuffix(got[0], " at plan.json Launches[0].Workspaces[0].WorkspaceProperties.RootVolumeSizeGib\n") {
		t.Errorf("%q", got)
	}
	if want := "plan for 0 launches in Ireland: not given\nnot given: \"Ireland\" is not the code of a Region at plan.json Launches[1].Region\n"; got[1] != want {
		t.Errorf("%q, want %q", got[1], want)
	}
}

// Volumes of bundles that are no numbers are told as they stand.
func TestVolumesOfBundles(t *testing.T) {
	bundle := func(id, root, user string) string {
		return fmt.Sprintf(`{"BundleId": %q, "Name": "n", "Owner": "111122223333", "RootStorage": {"Capacity": %q}, "UserStorage": {"Capacity": %q}, "ComputeType": {"Name": "STANDARD"}}`, id, root, user)
	}
	rep := told(t, desktopFiles(bundlesName, `{"Bundles": [`+bundle("wsb-1", "80", "x")+", "+bundle("wsb-2", "", "50")+", "+bundle("wsb-3", "80", "50")+`]}`))
	const want = "wsb-1: the volumes \"80\" and \"x\" are no sizes in GiB\nwsb-2: the volumes \"\" and \"50\" are no sizes in GiB\nwsb-3 (n): STANDARD, volumes 80/50\n"
	if got := whole(rep, "bundles"); !strings.Contains(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
