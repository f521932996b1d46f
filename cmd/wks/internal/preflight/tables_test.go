package preflight

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/cmd/wks/internal/collect"
	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// Each file that is collected is written by the command of the AWS CLI that its operation has, and so are the two about
// what watches WorkSpaces, which are not collected.
func TestCommandsOfFiles(t *testing.T) {
	capital := regexp.MustCompile(`([a-z])([A-Z])`)
	actions := strings.FieldsFunc(collect.Permissions(""), func(r rune) bool { return strings.ContainsRune(" ,\n", r) })
	actions = append(actions, "cloudwatch:DescribeAlarms", "events:ListRules")
	options := map[string]string{"describe-images": " --owners self", "get-resources": " --resource-type-filters workspaces:workspace --page-size 100"}
	each := map[string]string{ // what the file is about, and the option that names it
		"describe-tags": "ws-0a1b2c3d4 --resource-id", "get-managed-prefix-list-entries": "pl-0a --prefix-list-id", "describe-key": "1234 --key-id", "list-grants": "1234 --key-id",
	}
	singles := 0
	for _, action := range actions {
		service, operation, _ := strings.Cut(action, ":")
		command := strings.ToLower(capital.ReplaceAllString(operation, "$1-$2"))
		if service == "tag" {
			service = "resourcegroupstaggingapi"
		}
		id, option, one := strings.Cut(each[command], " ")
		file, want := command+".json", service+" "+command+options[command]
		if one {
			file, want = command+"-"+id+".json", service+" "+command+" "+option+" "+id
			if prefix, of, ok := resourceOf(file); !ok || of != id || prefix != command+"-" {
				t.Errorf("%s: %q, %q, %t", file, prefix, of, ok)
			}
		}
		if got := commandFor(file); got != want {
			t.Errorf("%s: %q, want %q", file, got, want)
		}
		if slices.ContainsFunc(commands, func(c struct{ file, command string }) bool { return c.file == file && c.command == want }) {
			singles++
		}
	}
	if singles != len(commands) || len(eachCommands) != len(each) {
		t.Errorf("%d of %d commands, %d of %d for each resource", singles, len(commands), len(each), len(eachCommands))
	}
	for _, name := range []string{"describe-tags-.json", "describe-tags-wsx.json", "describe-tags-ws-1.txt", "get-managed-prefix-list-entries-x.json", "describe-key-.json", "x.json", ""} {
		if _, _, ok := resourceOf(name); ok {
			t.Errorf("%s is of a resource", name)
		}
	}
}

// Names of the API, words for people, and what is told first.
func TestNames(t *testing.T) {
	if len(runningModes) != 2 || runningModes["ALWAYS_ON"] != monitor.AlwaysOn || runningModes["AUTO_STOP"] != monitor.AutoStop {
		t.Errorf("%v", runningModes)
	}
	if len(protocolNames) != 2 || protocolNames[network.ProtocolPCoIP] != "PCoIP" || protocolNames[network.ProtocolDCV] != "DCV" {
		t.Errorf("%v", protocolNames)
	}
	// People cannot work today if an address, a key, a WorkSpace or a directory keeps them out, and not because of other codes.
	for _, c := range []rule.Code{"network.ip-group-lock-out", "encryption.key-not-enabled", "preflight.workspace-in-error", "preflight.directory-in-error", "preflight.workspace-unhealthy"} {
		if !urgent[c] {
			t.Errorf("%s is not urgent", c)
		}
	}
	for _, c := range []rule.Code{"preflight.workspace-unused", network.ManagementRangesExhausted, encryption.KeyNotARN, ""} {
		if urgent[c] {
			t.Errorf("%s is urgent", c)
		}
	}
	if len(urgent) != 5 {
		t.Errorf("%v", urgent)
	}
	for s, want := range map[blockState][2]string{"free": {"", "free"}, "in use": {"u", "in-use"}, "management range, free": {"M", "management-range-free"}, "management range, in use": {"X", "management-range-in-use"}, "chosen for BYOL": {"B", "chosen-for-BYOL"}} {
		if s.Letter() != want[0] || s.Class() != want[1] {
			t.Errorf("%s: %q, %q", s, s.Letter(), s.Class())
		}
	}
	p := parentBlocks{Cells: []cell{{State: blockUsed}, {State: blockFree}, {State: blockFree}, {State: blockChosen}, {State: candidateInUse}, {State: candidateFree}, {State: candidateFree}}}
	if got := p.Brief(); got != "in use: 1; management range, in use: 1; management range, free: 2; chosen for BYOL: 1; free: 2, of 7 blocks" {
		t.Errorf("%q", got)
	}
	if got := (parentBlocks{Cells: p.Cells[:1]}).Brief(); got != "in use: 1, of 1 blocks" {
		t.Errorf("%q", got)
	}
	if got := p.Words(); !strings.HasPrefix(got, "in use: ") || !strings.HasSuffix(got, "; free: 2 of 7") || strings.Count(got, " (2)") != 1 {
		t.Errorf("%q", got)
	}
}

// What a file is that is not JSON, by its front.
func TestOtherwise(t *testing.T) {
	for front, want := range map[string]string{
		`{"a": 1}`: "", `"text"`: "", "nonsense": "", "null": "", "\xff\xfe{": "is in UTF-16", "\xfe\xff{": "is in UTF-16", " \n": "is empty", "": "is empty", "[]": "is a bare list",
		"An error occurred (AccessDenied) when": `holds an error of the AWS CLI: "An error occurred (AccessDenied) when"`, "\nUnable to locate credentials": "holds an error", "Could not connect to the endpoint URL": "holds an error",
		"Connect timeout on endpoint URL": "holds an error", "usage: aws [options]": "holds an error", "aws: error: argument": "holds an error", "The config profile (x) could not be found": "holds an error",
		"Error when retrieving token from sso": "holds an error", "You must specify a region.": "holds an error", "not usage: aws": "",
		"Vpcs:\n- a": "is YAML", "---\nVpcs: []": "is YAML", "- Vpc: x": "is YAML", "-----\n|": "is a table", "----\n|": "", "------+": "is a table", "VPCS\tx": "is text", "vpcs\tx": "",
	} {
		got := otherwise("us-west-2/"+vpcsName, []byte(front), true)
		if !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("%q: %q, want %q", front, got, want)
		}
		if tells := strings.Contains(got, "aws ec2 describe-vpcs --region us-west-2"); tells != (got != "" && !strings.HasPrefix(got, "is in UTF-16")) {
			t.Errorf("%q: %q", front, got)
		}
	}
	// More may follow an empty front, and a list may be whatever somebody writes by hand.
	if got := otherwise(vpcsName, []byte("  "), false); got != "" {
		t.Errorf("%q", got)
	}
	if got := otherwise(byolName, []byte("[]"), true); got != "" {
		t.Errorf("%q", got)
	}
	if got := otherwise(vpcsName, nil, true); !strings.Contains(got, "--region REGION") {
		t.Errorf("%q", got)
	}
}

// Access events lie in files whose names begin so and end as lists and logs do, compressed or not.
func TestNamesOfEvents(t *testing.T) {
	for name, want := range map[string]bool{
		"access-events.json": true, "access-events-2026-09.ndjson": true, "access-events.jsonl": true, "access-events.csv": true, "access-events.txt": true, "access-events.log": true,
		"access-events.json.gz": true, "access-events.gz": true, "access-events.csv.gz": true, "access-events": false, "access-events.zip": false, "access-event.json": false, "x-access-events.json": false, "access-events.md": false,
	} {
		if got := isEventsName(name); got != want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// What the WorkSpaces of each directory are: how many, their systems, whether one streams over PCoIP, and whether that is
// not known of one.
func TestCensus(t *testing.T) {
	of := func(directory, system string, protocols ...string) *workspace {
		w := &workspace{site: &site{DirectoryId: directory}, build: new(build)}
		w.WorkspaceProperties.OperatingSystemName, w.WorkspaceProperties.Protocols = system, protocols
		return w
	}
	c := &regionCheck{regionExport: &regionExport{workspaces: &roster{all: []*workspace{
		of("d-1", "WINDOWS_11", "WSP"), of("d-1", "WINDOWS_11", "WSP", "PCOIP"), of("d-1", "UBUNTU_22_04", "WSP"), of("d-2", "", "WSP"), of("d-2", "", "WSP"), of("d-3", "WINDOWS_11"), of("d-3", "WINDOWS_11", "PCOIP"), of("d-3", "WINDOWS_11", "WSP"),
	}}}}
	for directory, want := range map[string]census{
		"d-1": {3, map[string]int{"WINDOWS_11": 2, "UBUNTU_22_04": 1}, true, false}, "d-2": {2, map[string]int{"": 2}, false, false}, "d-3": {3, map[string]int{"WINDOWS_11": 3}, true, true}, "d-4": {},
	} {
		if got := c.censusOf(directory); got.workspaces != want.workspaces || !maps.Equal(got.systems, want.systems) || got.pcoip != want.pcoip || got.untold != want.untold {
			t.Errorf("%s: %+v, want %+v", directory, *got, want)
		}
	}
}
