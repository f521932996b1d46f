package preflight

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/finding"
)

// reported runs the program on an export and returns the report as a document.
func reported(t *testing.T, files map[string]string, args ...string) report {
	t.Helper()
	_, out, errs := preflight(t, append([]string{"--json", "--region", "eu-west-1", export(t, files)}, args...)...)
	var rep report
	if err := json.Unmarshal([]byte(out), &rep); err != nil {
		t.Fatalf("%v; %s", err, errs)
	}
	return rep
}

// hasUnusable reports whether a value at a place was told to be of no use.
func hasUnusable(rep report, at string) bool {
	for _, q := range rep.Open {
		for _, o := range q.Occurrences {
			if q.Unusable && q.Word == finding.NotGiven && o.Place() == at {
				return true
			}
		}
	}
	return false
}

// One bad value is told with its place, and takes nothing else away.
func TestOneBadValue(t *testing.T) {
	const (
		subnets     = `{"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "AvailabilityZoneId": "euw1-az1", "CidrBlock": "10.0.0.0/24", "AvailableIpAddressCount": 100}, {"SubnetId": "subnet-2", "VpcId": "vpc-1", "AvailabilityZoneId": "euw1-az2", "CidrBlock": "10.0.1.0/24", "AvailableIpAddressCount": 23}]}`
		directories = `{"Directories": [{"DirectoryId": "d-1", "SubnetIds": ["subnet-1", "subnet-2"], "DnsIpAddresses": ["10.0.0.10"], "WorkspaceSecurityGroupId": "sg-1", "WorkspaceCreationProperties": {"CustomSecurityGroupId": "sg-2"}, "ipGroupIds": ["wsipg-1"]}]}`
		groups      = `{"SecurityGroups": [{"GroupId": "sg-1", "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}, {"GroupId": "sg-2", "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80}]}]}`
		ipGroups    = `{"Result": [{"groupId": "wsipg-1", "userRules": [{"ipRule": "198.51.100.0/24"}]}]}`
		tenancy     = `{"DedicatedTenancySupport": "ENABLED", "DedicatedTenancyManagementCidrRange": "10.40.0.0/16", "DedicatedTenancyAccountType": "SOURCE_ACCOUNT"}`
	)
	other := strings.Replace(desktopJSON("ws-2", "", sound), "80", "81", 1) // is broken, and stays so
	base := desktopFiles(subnetsName, subnets, directoriesName, directories, groupsName, groups, ipGroupsName, ipGroups, accountName, tenancy, workspacesName, fleetJSON(desktopJSON("ws-1", keyARN, sound), other))
	codes := func(rep report) map[string]int {
		n := map[string]int{}
		for _, f := range rep.Findings {
			n[string(f.Code)] += len(f.Occurrences)
		}
		return n
	}
	sane := reported(t, base)
	if sane.Summary.Unusable != 0 || codes(sane)["bundles.volume-pair-not-in-group"] != 1 {
		t.Fatalf("%+v", sane.Summary)
	}
	for _, tt := range []struct{ file, text, at string }{
		{workspacesName, fleetJSON(desktopJSON("ws-1", "", strings.Replace(sound, "80", "-1", 1)), other), "describe-workspaces.json: Workspaces[0].WorkspaceProperties.RootVolumeSizeGib"},
		{workspacesName, fleetJSON(desktopJSON("ws-1", "arn:aws:kms:eu-west-1:1:key/x", sound), other), "describe-workspaces.json: Workspaces[0].VolumeEncryptionKey"},
		{workspacesName, fleetJSON(desktopJSON("ws-1", "", sound), other, desktopJSON("ws-1", "", strings.Replace(sound, "50", "10", 1))), "describe-workspaces.json: Workspaces[2]"},
		{subnetsName, strings.Replace(subnets, "euw1-az2", "eu-west-1a", 1), "describe-subnets.json: Subnets[1].AvailabilityZoneId"},
		{subnetsName, strings.Replace(subnets, "10.0.1.0/24", "10.1.1.0/24", 1), "describe-subnets.json: Subnets[1].CidrBlock"},
		{subnetsName, strings.Replace(subnets, "100}", "252}", 1), "describe-subnets.json: Subnets[0].AvailableIpAddressCount"},
		{subnetsName, strings.Replace(subnets, "100}", "-1}", 1), "describe-subnets.json: Subnets[0].AvailableIpAddressCount"},
		{subnetsName, strings.Replace(subnets, `]}`, `, {"SubnetId": "subnet-1", "VpcId": "vpc-2"}]}`, 1), "describe-subnets.json: Subnets[2]"},
		{directoriesName, strings.Replace(directories, "10.0.0.10", "10.0.0.300", 1), "describe-workspace-directories.json: Directories[0].DnsIpAddresses[0]"},
		{groupsName, strings.Replace(groups, `"-1"`, `"foo"`, 1), "describe-security-groups.json: SecurityGroups[0].IpPermissionsEgress[0].IpProtocol"},
		{groupsName, strings.Replace(groups, `"tcp"`, `"foo"`, 1), "describe-security-groups.json: SecurityGroups[1].IpPermissions[0].IpProtocol"},
		{ipGroupsName, strings.Replace(ipGroups, "198.51.100.0/24", "10.0.0.1-10.0.0.9", 1), "describe-ip-groups.json: Result[0].userRules[0].ipRule"},
		{accountName, strings.Replace(tenancy, "10.40.0.0/16", "10.40/16", 1), "describe-account.json: DedicatedTenancyManagementCidrRange"},
		{routesName, routesJSON(routeJSON("10.0.0.0/16") + `, {"GatewayId": "local"}`), "describe-route-tables.json: RouteTables[0].Routes[1]"},
		{vpcsName, `{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}, {"VpcId": "vpc-2"}]}`, "describe-vpcs.json: Vpcs[1].CidrBlockAssociationSet"},
		{vpcsName, `{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}, {"VpcId": "vpc-1", "CidrBlock": "10.1.0.0/16"}]}`, "describe-vpcs.json: Vpcs[1]"},
		{byolName, `{"Facts": {"Commitment": {"WorkSpaces": -1}}}`, "byol.json: Facts.Commitment.WorkSpaces"},
		{byolName, `{"Facts": {"Windows": {"Product": "Windows 7", "Build": 26100}}}`, "byol.json: Facts.Windows.Product"},
		{byolName, `{"Facts": {"Region": "us-east-1"}}`, "byol.json: Facts.Region"},
		{byolName, `{"Facts": {"DedicatedTenancySupport": "DISABLED"}}`, "byol.json: Facts.DedicatedTenancySupport"},
		{byolName, `{"Facts": {"DedicatedTenancyAccountType": "TARGET_ACCOUNT"}}`, "byol.json: Facts.DedicatedTenancyAccountType"},
		{byolName, `{"Machine": {"Version": "10"}}`, "byol.json: Machine.Version"},
	} {
		files := maps.Clone(base)
		files[tt.file] = tt.text
		rep := reported(t, files)
		if !hasUnusable(rep, tt.at) || rep.Summary.Unusable == 0 {
			t.Errorf("%s: %s is not told\n%+v", tt.text, tt.at, rep.Notes)
		}
		if codes(rep)["bundles.volume-pair-not-in-group"] != 1 || len(rep.Regions[0].Sections) < len(sane.Regions[0].Sections) {
			t.Errorf("%s: the rest of the report is gone", tt.text)
		}
	}
}

// What EC2 and WorkSpaces give for what they do not know is no bad value.
func TestWorkspaceInError(t *testing.T) {
	failed := `{"WorkspaceId": "ws-1", "State": "ERROR", "ErrorCode": "X", "WorkspaceProperties": {"ComputeTypeName": "STANDARD", "RootVolumeSizeGib": 0, "UserVolumeSizeGib": 0}}`
	rep := reported(t, desktopFiles(workspacesName, fleetJSON(failed, strings.Replace(desktopJSON("ws-2", "", sound), "80", "81", 1))))
	if rep.Summary.Unusable != 0 || rep.Summary.Must != 2 { // the state of one, the sizes of the other
		t.Errorf("%+v", rep.Summary)
	}
}

// A key that is given by an alias is one line of the report, and the others are still counted.
func TestAliasAsKey(t *testing.T) {
	rep := reported(t, desktopFiles(workspacesName, fleetJSON(desktopJSON("ws-1", "alias/aws/workspaces", sound), desktopJSON("ws-2", "alias/aws/workspaces", sound), desktopJSON("ws-3", keyARN, sound))))
	var keys section
	for _, s := range rep.Regions[0].Sections {
		if s.Title == "KMS keys" {
			keys = s
		}
	}
	lines := strings.Join(keys.Lines, "\n")
	if rep.Summary.Unusable != 0 || !strings.Contains(lines, "alias/aws/workspaces: 2 WorkSpaces") || !strings.Contains(lines, keyARN+": 1 WorkSpaces") {
		t.Errorf("%+v", keys)
	}
}

// A plan is asked about line by line: what cannot be used of one leaves the others.
func TestOneBadValueOfPlan(t *testing.T) {
	launch := func(more string) string {
		return `{"BundleId": "wsb-0123456789", "DirectoryId": "d-0123456789", "UserName": "U", ` + more + `}`
	}
	for _, tt := range []struct{ text, at string }{
		{`{"Workspaces": [{"WorkspaceId": "ws-1", "UserVolumeSizeGib": -5}, {"WorkspaceId": "ws-2", "UserVolumeSizeGib": 100}]}`, "Workspaces[0].UserVolumeSizeGib"},
		{`{"Launches": [{"Region": "Europe", "Workspaces": []}, {"Region": "eu-west-1", "Workspaces": []}]}`, "Launches[0].Region"},
		{`{"Launches": [{"Region": "eu-west-1", "Workspaces": [` + launch(`"WorkspaceProperties": {"RootVolumeSizeGib": 0}`) + `, ` + strings.Replace(launch(`"Tags": []`), "d-", "D-", 1) + `]}]}`, "Launches[0].Workspaces[0].WorkspaceProperties.RootVolumeSizeGib"},
		{`{"Launches": [{"Region": "eu-west-1", "Workspaces": [` + launch(`"VolumeEncryptionKey": "arn:aws:kms:x", "UserVolumeEncryptionEnabled": true`) + `]}]}`, "Launches[0].Workspaces[0].VolumeEncryptionKey"},
		{`{"Migrations": [{"WorkspaceId": "ws-00000001", "Target": {"BundleID": "wsb-7a8b9c0d1"}}, {"WorkspaceId": "ws-00000001"}]}`, "Migrations[1]"},
		{`{"Migrations": [{"WorkspaceId": "ws-00000001", "Target": {"BundleID": "bundle"}}, {"WorkspaceId": "ws-00000002", "Target": {"BundleID": "wsb-7a8b9c0d1"}}]}`, "Migrations[0]"},
	} {
		dir := export(t, map[string]string{"plan.json": tt.text})
		rep := reported(t, desktopFiles(workspacesName, fleetJSON(desktopJSON("ws-00000001", "", sound), desktopJSON("ws-00000002", "", sound), desktopJSON("ws-1", "", sound), desktopJSON("ws-2", "", sound))),
			"--plan", filepath.Join(dir, "plan.json"), "--now", "2026-09-10T08:00:00Z")
		if !hasUnusable(rep, filepath.Join(dir, "plan.json")+": "+tt.at) {
			t.Errorf("%s: %s is not told\n%+v", tt.text, tt.at, rep.Plan)
		}
		if rep.Registrations.Allowed != 1 {
			t.Errorf("%s: the rest of the report is gone", tt.text)
		}
	}
	// An alias is a key that no document speaks of, and the request beside it is broken as before.
	dir := export(t, map[string]string{"plan.json": `{"Launches": [{"Region": "eu-west-1", "Workspaces": [` + launch(`"VolumeEncryptionKey": "alias/mine", "UserVolumeEncryptionEnabled": true`) + `, ` + strings.Replace(launch(`"Tags": []`), "d-0123456789", "directory", 1) + `]}]}`})
	rep := reported(t, desktopFiles(), "--plan", filepath.Join(dir, "plan.json"))
	if rep.Summary.Unusable != 0 || rep.Summary.Must == 0 {
		t.Errorf("%+v", rep.Plan)
	}
}

// What stands in a file twice counts once.
func TestRepeatedElements(t *testing.T) {
	rep := reported(t, desktopFiles(
		workspacesName, fleetJSON(desktopJSON("ws-1", keyARN, sound), desktopJSON("ws-1", keyARN, sound), desktopJSON("ws-2", keyARN, sound)),
		subnetsName, `{"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.0.0/24", "AvailableIpAddressCount": 100}, {"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.0.0/24", "AvailableIpAddressCount": 100}]}`,
		directoriesName, `{"Directories": [{"DirectoryId": "d-1", "SubnetIds": ["subnet-1", "subnet-1"]}, {"DirectoryId": "d-1", "SubnetIds": ["subnet-1", "subnet-1"]}]}`))
	var lines []string
	for _, s := range rep.Regions[0].Sections {
		lines = append(lines, s.Lines...)
	}
	text := strings.Join(lines, "\n")
	for _, want := range []string{"states: 2 AVAILABLE", keyARN + ": 2 WorkSpaces", "WorkSpaces: 2 of 1", "100 addresses are free", "Directories: 1 of"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if len(rep.Notes) != 3 || len(rep.Regions[0].Registrations) != 1 || rep.Summary.Unusable != 0 {
		t.Errorf("%+v", rep.Notes)
	}
}

// More addresses than a subnet has are not added up.
func TestFreeAddresses(t *testing.T) {
	rep := reported(t, desktopFiles(
		subnetsName, `{"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "AvailabilityZoneId": "euw1-az1", "CidrBlock": "10.0.0.0/28", "AvailableIpAddressCount": 1000000}, {"SubnetId": "subnet-2", "VpcId": "vpc-1", "AvailabilityZoneId": "euw1-az2", "CidrBlock": "10.0.1.0/28", "AvailableIpAddressCount": 11}]}`,
		directoriesName, `{"Directories": [{"DirectoryId": "d-1", "SubnetIds": ["subnet-1", "subnet-2"]}]}`), "--launches", "23")
	if rep.Summary.Unusable != 1 || rep.Summary.Must != 1 || !strings.HasPrefix(rep.Regions[0].Sections[0].Lines[0], "22 addresses are free") {
		t.Errorf("%+v", rep.Regions[0].Sections[0])
	}
}

// A key in another Region is one finding, whatever the number of WorkSpaces that use it.
func TestOneKeyOneFinding(t *testing.T) {
	elsewhere := strings.Replace(keyARN, "eu-west-1", "us-west-2", 1)
	for n := 1; n < 4; n++ {
		var fleet []string
		for i := range n {
			fleet = append(fleet, desktopJSON(fmt.Sprintf("ws-%d", i), elsewhere, sound))
		}
		fleet[0] = strings.Replace(fleet[0], `"UserVolumeEncryptionEnabled"`, `"RootVolumeEncryptionEnabled"`, 1) // another use of the key
		if rep := reported(t, desktopFiles(workspacesName, fleetJSON(fleet...))); rep.Summary.Must != 1 {
			t.Errorf("%d WorkSpaces: %+v", n, rep.Summary)
		}
	}
}

// Each finding has its remedy and the address of its help, in every form of the report.
func TestRemedies(t *testing.T) {
	_, text, _ := preflight(t)
	page := pageOf(t)
	_, out, _ := preflight(t, "--json")
	var rep report
	if err := json.Unmarshal([]byte(out), &rep); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range rep.Findings {
		n += len(f.Occurrences)
		if f.Remedy == "" || f.Title == "" || f.Help != f.Code.Help() {
			t.Errorf("%s: %q, %q", f.Code, f.Remedy, f.Help)
		}
		if !strings.Contains(text, "remedy: "+f.Remedy) || !strings.Contains(page, f.Help) {
			t.Errorf("%s: the remedy is not in the text, or not in the page", f.Code)
		}
	}
	if n != rep.Summary.Must+rep.Summary.Should || n == 0 {
		t.Errorf("%d findings, and %+v", n, rep.Summary)
	}
}

// Names of files and folders, and the export's own words, do not reach the terminal as they are.
func TestNamesArePrintable(t *testing.T) {
	const evil = "\x1b[2J\u202e\u0085"
	fsys := fstest.MapFS{
		"eu-west-1/" + vpcsName:                        {Data: []byte(vpcJSON("10.0.0.0/16"))},
		"eu-west-1/describe-tags-ws-" + evil + ".json": {Data: []byte(`{"TagList": [{"Key": "k", "Value": "v#"}]}`)},
		"eu-west-1/" + evil + ".json":                  {Data: []byte("{}")},
		evil + "/x":                                    {Data: []byte("{}")},
		evil + ".json":                                 {Data: []byte("{}")},
	}
	a, err := readAccount(wks.Newest(), fsys, "")
	if err != nil {
		t.Fatal(err)
	}
	a.pictures = true
	rep, err := check(wks.Newest(), a, finding.Report{})
	if err != nil {
		t.Fatal(err)
	}
	rep.Conclude(finding.FailMust, wks.Documents())
	unprintable := func(s string) bool {
		return strings.ContainsFunc(s, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) })
	}
	var text, page bytes.Buffer
	if err := writeText(&text, rep, false, true); err != nil || unprintable(text.String()) {
		t.Errorf("%v: %q", err, text.String())
	}
	if err := writeHTML(&page, rep); err != nil || unprintable(page.String()) {
		t.Errorf("%v: the page has characters that cannot be printed", err)
	}
	if out, err := json.Marshal(rep); err != nil || unprintable(string(out)) || rep.Summary.Must != 1 {
		t.Errorf("%v: %q", err, out)
	}
	fsys["eu-west-1/describe-tags-ws-"+evil+".json"].Data = []byte("{")
	a, err = readAccount(wks.Newest(), fsys, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range a.notes {
		if unprintable(n.String() + n.Text) {
			t.Errorf("%q", n)
		}
	}
	dir := filepath.Join(t.TempDir(), evil)
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Skip(err)
	}
	if err := os.WriteFile(filepath.Join(dir, vpcsName), []byte(soundNetwork), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{dir, "--region", "eu-west-1"}, {dir + "x"}, {dir, "--region", evil}, {"--plan", filepath.Join(dir, "p.json")}, {evil}} {
		if _, out, errs := preflight(t, args...); unprintable(out + errs) {
			t.Errorf("%q: %q", args, out+errs)
		}
	}
}

// Not given and not documented are two words, for registrations and for everything that is open.
func TestTwoWords(t *testing.T) {
	given, documented := reported(t, map[string]string{vpcsName: soundNetwork}), reported(t, desktopFiles(workspacesName, fleetJSON(desktopJSON("ws-1", "", strings.Replace(sound, "STANDARD", "GRAPHICS_G99", 1)))))
	if s := given.Summary; given.Registrations.NotGiven != 1 || given.Registrations.Undocumented != 0 || s.NotGiven-s.Unasked != 1 || s.Undocumented != 0 || s.Exit != exitUnanswered {
		t.Errorf("%+v", s)
	}
	if s := documented.Summary; documented.Registrations.NotGiven != 0 || s.NotGiven != s.Unasked || s.Undocumented != 1 || s.Exit != exitClean {
		t.Errorf("%+v", s)
	}
}
