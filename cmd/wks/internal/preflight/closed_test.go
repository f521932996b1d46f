package preflight

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// A counted file system counts files that are open.
type counted struct {
	fs.FS
	open map[string]int
	all  int
}

func (c *counted) Open(name string) (fs.File, error) {
	f, err := c.FS.Open(name)
	if err != nil {
		return nil, err
	}
	c.open[name]++
	c.all++
	return &countedFile{f, func() { c.open[name]-- }}, nil
}

type countedFile struct {
	fs.File
	closed func()
}

func (f *countedFile) Close() error { f.closed(); return f.File.Close() }

func (f *countedFile) ReadDir(n int) ([]fs.DirEntry, error) {
	return f.File.(fs.ReadDirFile).ReadDir(n)
}

// No file is left open, whether it can be used or not.
func TestFilesAreClosed(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("sample")); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"access-events.json": "{}\n", "access-events-2.csv": "a,b\n", "access-events-3.json.gz": "no gzip", "ip-ranges.json": `{"prefixes": []}`, "eu-west-1/access-events.ndjson": "{\n", "eu-west-1/describe-alarms.json": `{"MetricAlarms": []}`,
		"eu-west-1/list-rules.json": `{"Rules": []}`, "us-east-2/describe-account.json": "[", "us-east-2/describe-ip-groups.json": "\xff\xfe", "us-east-2/describe-key-1.json": "{}", "us-east-2/list-grants-1.json": "x", "us-east-2/describe-tags-ws-1.json": `{"TagList": []}`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c := &counted{FS: os.DirFS(dir), open: map[string]int{}}
	if _, err := reportOnFiles(c); err != nil {
		t.Fatal(err)
	}
	for name, n := range c.open {
		if n != 0 {
			t.Errorf("%s: %d times open", name, n)
		}
	}
	if c.all < 40 {
		t.Errorf("%d files", c.all)
	}
}

// A value of another kind than it should be is told by both kinds; null is a value that is not there.
func TestKindsOfValues(t *testing.T) {
	values := map[string]string{"string": `"x"`, "number": "-1", "boolean": "true", "list": "[]", "object": "{}"}
	members := map[string]string{"string": "OperatingSystemName", "number": "RootVolumeSizeGib", "boolean": "NestedVirtualizationEnabled", "list": "Protocols"}
	words := map[string]string{"string": "a string", "number": "a whole number", "boolean": "a boolean", "list": "a list", "object": "an object"}
	for want, member := range members {
		for kind, value := range values {
			a := readFiles(t, map[string]string{workspacesName: fleetJSON(desktopJSON("ws-1", "", fmt.Sprintf("%q: %s", member, value)), desktopJSON("ws-2", "", sound))})
			told := slices.ContainsFunc(a.notes, func(n note) bool {
				text := "is " + strings.Replace(words[kind], "whole ", "", 1) + ", want " + words[want]
				if want == "list" {
					text = "is not a list"
				}
				return n.Unusable && strings.HasSuffix(string(n.Path), "."+member) && strings.Contains(n.Text, text)
			})
			if told != (kind != want) {
				t.Errorf("%s for %s: %+v", value, member, a.notes)
			}
		}
		if a := readFiles(t, map[string]string{workspacesName: fleetJSON(desktopJSON("ws-1", "", fmt.Sprintf("%q: null", member)))}); slices.ContainsFunc(a.notes, func(n note) bool { return n.Unusable }) {
			t.Errorf("null for %s: %+v", member, a.notes)
		}
	}
	for c, want := range map[byte]string{'"': "string", 't': "boolean", 'f': "boolean", '{': "object", '[': "list", '-': "number", '0': "number", '9': "number", 'n': "", 'x': "", '/': "", ':': "", '+': ""} {
		if got := kindOf(c); got != want {
			t.Errorf("%q: %q", c, got)
		}
	}
}

// Subnets of a directory for WorkSpaces Pools are judged as such, and others as those of WorkSpaces Personal.
func TestSubnetsOfPools(t *testing.T) {
	rules := wks.Newest().Network
	verdict := func(region string, kind network.DirectoryKind, zones []string) string {
		var list []network.Subnet
		for i, z := range zones {
			list = append(list, network.Subnet{ID: fmt.Sprint("subnet-", i), ZoneID: z})
		}
		a, err := rules.CheckSubnets(region, kind, list)
		if err != nil {
			t.Fatal(err)
		}
		codes := ""
		for _, v := range a.Violations {
			codes += " " + string(v.Code)
		}
		return a.Verdict.String() + codes
	}
	differ := 0
	for region, prefix := range map[string]string{"us-east-1": "use1", "us-west-2": "usw2", "eu-west-1": "euw1", "ap-northeast-1": "apne1", "ap-south-1": "aps1", "ca-central-1": "cac1"} {
		for n := 1; n <= 6; n++ {
			zones := []string{fmt.Sprintf("%s-az%d", prefix, n), fmt.Sprintf("%s-az%d", prefix, n%6+1)}
			personal, pools := verdict(region, network.KindPersonal, zones), verdict(region, network.KindPools, zones)
			if personal == pools {
				continue
			}
			differ++
			for typ, want := range map[string]string{"PERSONAL": personal, "POOLS": pools} {
				var subnets []string
				for i, z := range zones {
					subnets = append(subnets, fmt.Sprintf(`{"SubnetId": "subnet-%d", "VpcId": "vpc-1", "AvailabilityZoneId": %q, "AvailableIpAddressCount": 5}`, i, z))
				}
				dir := export(t, map[string]string{
					region + "/" + vpcsName: soundNetwork, region + "/" + subnetsName: `{"Subnets": [` + strings.Join(subnets, ",") + "]}",
					region + "/" + directoriesName: `{"Directories": [{"DirectoryId": "d-1", "WorkspaceType": "` + typ + `", "SubnetIds": ["subnet-0", "subnet-1"]}]}`,
				})
				rep, err := reportOnFiles(os.DirFS(dir))
				if err != nil {
					t.Fatal(err)
				}
				for _, s := range rep.Regions[0].Sections {
					if s.kind != "subnets" {
						continue
					}
					got := s.verdict.String()
					for _, b := range s.broken {
						got += " " + string(b.Code)
					}
					if got != want {
						t.Errorf("%s of %s in %v: %s, want %s", typ, region, zones, got, want)
					}
				}
			}
		}
	}
	if differ == 0 {
		t.Skip("the two differ in no Region of this edition")
	}
}

// That there is room for launches and migrations is asked if there are some.
func TestRoomForLaunches(t *testing.T) {
	files := desktopFiles(subnetsName, `{"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "AvailableIpAddressCount": 5}]}`, directoriesName, `{"Directories": [{"DirectoryId": "d-1", "SubnetIds": ["subnet-1"]}]}`)
	for flags, want := range map[string]string{"": "", "--launches 3": "room for 3 launches and 0 migrations at a time: ", "--migrations 2": "room for 0 launches and 2 migrations at a time: ", "--launches 3 --migrations 2": "room for 3 launches and 2 migrations at a time: "} {
		_, out, errs := preflight(t, append([]string{"--region", "eu-west-1", export(t, files)}, strings.Fields(flags)...)...)
		if errs != "" || strings.Contains(out, "room for ") != (want != "") || !strings.Contains(out, want) {
			t.Errorf("%q: %s\n%s", flags, errs, out)
		}
	}
}

// What a value of a plan leaves out, and what that is about.
func TestLeaveOut(t *testing.T) {
	plan := func() *planFile {
		return &planFile{Workspaces: []wantedWorkspace{{WorkspaceId: "ws-1"}, {}}, Migrations: []wantedMigration{{WorkspaceId: "ws-2"}, {}}, Launches: []wantedLaunches{{Workspaces: make([]launchRequest, 2)}}}
	}
	for path, want := range map[rule.Path][2]string{
		"Workspaces[0].RunningMode": {"WorkSpace ws-1", "the change is left out"}, "Workspaces[1]": {"", "the change is left out"}, "Migrations[0].Target": {"WorkSpace ws-2", "the migration is left out"}, "Migrations[1].X": {"", "the migration is left out"},
		"Launches[0].Workspaces[1].Tags": {"launch Workspaces[1]", "the launch is left out"}, "Launches[0].Region": {"", "these launches are left out"}, "Other": {"", "it is taken as not given"},
	} {
		p := plan()
		bad := newFileError(place{Path: path}, "odd")
		of, then := p.leaveOut(bad)
		about := ""
		if of != nil {
			about = of.resource().Kind + " " + of.resource().ID
		}
		if about != want[0] || then != want[1] {
			t.Errorf("%s: %q, %q", path, about, then)
		}
		left := ""
		for i, w := range p.Workspaces {
			if w.wrong == bad {
				left += fmt.Sprint("Workspaces", i)
			}
		}
		for i, m := range p.Migrations {
			if m.wrong == bad {
				left += fmt.Sprint("Migrations", i)
			}
		}
		if l := p.Launches[0]; l.wrong == bad {
			left += fmt.Sprint("Launches0 ", l.none, l.Workspaces[0].wrong == bad, l.Workspaces[1].wrong == bad)
		}
		wantLeft := map[rule.Path]string{"Workspaces[0].RunningMode": "Workspaces0", "Workspaces[1]": "Workspaces1", "Migrations[0].Target": "Migrations0", "Migrations[1].X": "Migrations1", "Launches[0].Workspaces[1].Tags": "Launches0 false false true", "Launches[0].Region": "Launches0 true false false"}[path]
		if left != wantLeft {
			t.Errorf("%s: %q is left out, want %q", path, left, wantLeft)
		}
	}
}

// Of a finding three places and three details are printed, and how many more there are.
func TestThreeOfEach(t *testing.T) {
	for n := 1; n <= 5; n++ {
		var desktops []string
		for i := range n {
			desktops = append(desktops, strings.Replace(desktopJSON(fmt.Sprint("ws-", i), "", sound), "80", fmt.Sprint(81+i), 1))
		}
		_, out, _ := preflight(t, "--region", "eu-west-1", export(t, desktopFiles(workspacesName, fleetJSON(desktops...))))
		_, section, _ := strings.Cut(out, "\n  WorkSpaces\n")
		section, _, _ = strings.Cut(section, "\n  what WorkSpaces name\n")
		places, more := strings.Count(section, "\n          eu-west-1/")+strings.Count(section, "\n          describe-workspaces.json: "), fmt.Sprintf("\n          and %d more: --json has all\n", n-3)
		if places != min(n, 3) || strings.Contains(section, more) != (n > 3) || strings.Contains(section, "and 0 more") || strings.Contains(section, "more: --json") != (n > 3) {
			t.Errorf("%d WorkSpaces: %d places\n%s", n, places, section)
		}
	}
}
