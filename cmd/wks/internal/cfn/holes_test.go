package cfn

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
)

// How CloudFormation updates each property of a WorkSpace. AWS CloudFormation Template Reference,
// AWS::WorkSpaces::Workspace, "Update requires".
func TestEachPropertyOfAnUpdate(t *testing.T) {
	const head = "Resources: {W: {Type: AWS::WorkSpaces::Workspace, Properties: {BundleId: wsb-b0s22j3d7, DirectoryId: d-906732325d, UserName: ann, RootVolumeEncryptionEnabled: true, UserVolumeEncryptionEnabled: true, VolumeEncryptionKey: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab', Tags: [{Key: a, Value: b}]}}}"
	file := filepath.Join(t.TempDir(), "old.yaml")
	if err := os.WriteFile(file, []byte(head), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct{ old, next, code string }{
		"BundleId":                    {"wsb-b0s22j3d7", "wsb-b0s22j3d8", "cfn.update-not-supported"},
		"RootVolumeEncryptionEnabled": {"RootVolumeEncryptionEnabled: true", "RootVolumeEncryptionEnabled: false", "cfn.update-not-supported"},
		"UserVolumeEncryptionEnabled": {"UserVolumeEncryptionEnabled: true", "UserVolumeEncryptionEnabled: false", "cfn.update-not-supported"},
		"VolumeEncryptionKey":         {"1234abcd", "5678abcd", "cfn.update-not-supported"},
		"DirectoryId":                 {"d-906732325d", "d-906732325e", "cfn.desktop-destroyed"},
		"UserName":                    {"ann", "bob", "cfn.desktop-destroyed"},
		"Tags":                        {"Value: b", "Value: c", ""},
	} {
		next := strings.Replace(head, tt.old, tt.next, 1)
		if next == head {
			t.Fatalf("%s: no such text", name)
		}
		var want []string
		if tt.code != "" {
			want = []string{tt.code + " Properties." + name}
		}
		var got []string
		for _, u := range check(t, next, "--deployed", file).Inputs[0].Updates {
			got = append(got, u.codes()...)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s by a template: %q, want %q", name, got, want)
		}
		changes := `{"ChangeSetId": "arn:x", "StackName": "s", "Changes": [{"ResourceChange": {"Action": "Modify", "LogicalResourceId": "W", "PhysicalResourceId": "ws-1", "ResourceType": "AWS::WorkSpaces::Workspace", "Replacement": "False", "Details": [{"Target": {"Attribute": "Properties", "Name": "` + name + `"}}]}}]}`
		if got = nil; tt.code == "cfn.update-not-supported" {
			for _, u := range check(t, changes).Inputs[0].Updates {
				got = append(got, u.codes()...)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s by a change set: %q, want %q", name, got, want)
			}
		}
	}
}

// Numbers and booleans may stand as texts in each property that has one, and other texts may not.
func TestTextsForNumbers(t *testing.T) {
	workspace := func(properties string) string { return desktop("", "      "+properties+"\n") }
	pool := func(properties string) string {
		return "Resources: {P: {Type: AWS::WorkSpaces::WorkspacesPool, Properties: {PoolName: pool, Description: d, BundleId: wsb-b0s22j3d7, DirectoryId: wsd-906732325d, " + properties + "}}}"
	}
	for name, tt := range map[string]struct {
		template func(string) string
		text     string
	}{
		"RootVolumeSizeGib":                   {workspace, "WorkspaceProperties: {RootVolumeSizeGib: '80', UserVolumeSizeGib: 50}"},
		"UserVolumeSizeGib":                   {workspace, "WorkspaceProperties: {RootVolumeSizeGib: 80, UserVolumeSizeGib: '50'}"},
		"RunningModeAutoStopTimeoutInMinutes": {workspace, "WorkspaceProperties: {RunningMode: AUTO_STOP, RunningModeAutoStopTimeoutInMinutes: '60'}"},
		"RootVolumeEncryptionEnabled":         {workspace, "RootVolumeEncryptionEnabled: 'FALSE'"},
		"UserVolumeEncryptionEnabled":         {workspace, "UserVolumeEncryptionEnabled: 'false'"},
		"DesiredUserSessions":                 {pool, "Capacity: {DesiredUserSessions: '1'}"},
		"DisconnectTimeoutInSeconds":          {pool, "Capacity: {DesiredUserSessions: 1}, TimeoutSettings: {DisconnectTimeoutInSeconds: '900'}"},
		"IdleDisconnectTimeoutInSeconds":      {pool, "Capacity: {DesiredUserSessions: 1}, TimeoutSettings: {IdleDisconnectTimeoutInSeconds: '900'}"},
		"MaxUserDurationInSeconds":            {pool, "Capacity: {DesiredUserSessions: 1}, TimeoutSettings: {MaxUserDurationInSeconds: '57600'}"},
	} {
		invalid := func(e entry) bool {
			return slices.ContainsFunc(e.Findings, func(f found) bool { return f.Code == "cfn.property-invalid" })
		}
		if got := check(t, tt.template(tt.text)).Inputs[0].Resources[0]; invalid(got) {
			t.Errorf("%s: %+v", name, got)
		}
		at := strings.Index(tt.text, name+": '") + len(name) + 3
		end := at + strings.IndexByte(tt.text[at:], '\'')
		for _, other := range []string{"many", "1x", "tru"} {
			if got := check(t, tt.template(tt.text[:at]+other+tt.text[end:])).Inputs[0].Resources[0]; !invalid(got) {
				t.Errorf("%s of %s: %+v", name, other, got)
			}
		}
	}
}

// Each kind of directory has a VPC that is asked about.
func TestKindsOfDirectories(t *testing.T) {
	for _, kind := range []string{"MicrosoftAD", "SimpleAD"} {
		template := strings.NewReplacer("CIDR}", "10.1.0.0/16}", "SITE", "10.2.0.0/16", "MicrosoftAD", kind).Replace(vpc)
		if got := check(t, template, "--region", "us-east-1").Inputs[0]; len(got.Resources) != 1 || got.Resources[0].Verdict != "allowed" || len(got.Resources[0].open()) != 0 {
			t.Errorf("%s: %+v", kind, got)
		}
		template = strings.Replace(template, "DestinationCidrBlock: 10.2.0.0/16", "DestinationPrefixListId: pl-1", 1)
		if got := check(t, template, "--region", "us-east-1").Inputs[0]; len(got.Resources) != 1 || len(got.Resources[0].open()) != 1 || !strings.HasPrefix(got.Resources[0].open()[0], "Site.Properties.DestinationPrefixListId: ") {
			t.Errorf("%s with a prefix list: %+v", kind, got)
		}
	}
	template := strings.NewReplacer("CIDR}", "10.1.0.0/16}", "SITE", "10.2.0.0/16", "AWS::DirectoryService::MicrosoftAD", "AWS::S3::Bucket").Replace(vpc)
	if got := check(t, template, "--region", "us-east-1").Inputs[0]; len(got.Resources) != 0 {
		t.Errorf("without a directory: %+v", got)
	}
}

// A function with arguments that it does not take is told, wherever it stands.
func TestMalformedFunctions(t *testing.T) {
	for value, want := range map[string]string{
		"{'Fn::Split': [',']}": "Fn::Split", "{'Fn::Split': ['', 'a,b']}": "Fn::Split", "{'Fn::Split': 'a'}": "Fn::Split", "{'Fn::Split': [',', 'a', 'b']}": "Fn::Split",
		"{'Fn::Join': [',']}": "Fn::Join", "{'Fn::Join': 'a'}": "Fn::Join", "{'Fn::Join': [1, [a]]}": "Fn::Join", "{'Fn::Join': [',', [[a]]]}": "Fn::Join",
		"{'Fn::Join': [',', !ImportValue x]}": "Fn::ImportValue", "{'Fn::Join': [',', [a, !ImportValue x]]}": "Fn::ImportValue", "{'Fn::Join': [',', a]}": "has another value in place of a list",
		"{'Fn::Select': ['x', [a]]}": "Fn::Select", "{'Fn::Select': [-1, [a]]}": "Fn::Select", "{'Fn::Select': [1, [a]]}": "Fn::Select", "{'Fn::Select': [0]}": "Fn::Select", "{'Fn::Select': [0, a]}": "Fn::Select",
		"{Ref: [a]}": "Ref", "{'Fn::GetAtt': [X, !ImportValue x]}": "Fn::ImportValue", "{'Fn::GetAtt': [a]}": "Fn::GetAtt", "{'Fn::GetAtt': {a: b}}": "Fn::GetAtt", "{'Fn::GetAtt': [1, b]}": "Fn::GetAtt", "{'Fn::GetAtt': 'X.Name'}": "is the Name of X", "{'Fn::GetAtt': [X, Name]}": "is the Name of X",
	} {
		got := check(t, strings.Replace(desktop("", "  X: {Type: 'AWS::SNS::Topic'}\n"), "UserName: ann", "UserName: "+value, 1)).Inputs[0].Resources[0]
		if len(got.open()) != 1 || !strings.HasPrefix(got.open()[0], "Properties.UserName: ") || !strings.Contains(got.open()[0], want) {
			t.Errorf("%s: %+v, want %q", value, got, want)
		}
	}
}

// What cannot be read is told: nothing there, a folder without a template, a bad edition of a flag.
func TestNothingToRead(t *testing.T) {
	empty := t.TempDir()
	one := t.TempDir()
	if err := os.WriteFile(filepath.Join(one, "a.json"), []byte(`{`), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{empty: "has no template", one: "a.json: ", filepath.Join(empty, "x.yaml"): "no such file"} {
		status, out, errs := runFile(name)
		if status != cli.Unanswered || out != "" || !strings.Contains(errs, want) {
			t.Errorf("%s: status %d, %s%s", name, status, out, errs)
		}
	}
}

// The documents that the rules of the command cite are declared, with the day on which they were read or written.
func TestCitations(t *testing.T) {
	documents := map[string]bool{}
	for _, d := range append(Documents(), wks.Documents()...) {
		documents[d.Key] = d.Title != "" && (strings.HasPrefix(d.URL, "https://docs.aws.amazon.com/") || strings.HasPrefix(d.URL, "https://repost.aws/"))
	}
	written := map[string]string{
		workspaceType: "cloudformation-template-reference 2026-11-28", "Validate logical and physical IDs": "cloudformation-template-validation 2019-10-16", "Properties": "cloudformation-parameters 2026-11-28",
		"Template anatomy": "cloudformation-template-anatomy 2026-11-28", "IAM Permissions and Roles for Encryption": "admin-guide-encrypt 2018-02-03",
	}
	for _, r := range Rules() {
		for _, v := range r.Revisions {
			if !documents[v.Cite.Document] || v.Cite.Document+" "+v.Cite.Date.String() != written[v.Cite.Section] {
				t.Errorf("%s cites %+v", r.Code, v.Cite)
			}
		}
	}
}

// runFile runs the command on a file or a folder.
func runFile(name string) (status int, stdout, stderr string) {
	var out, errs strings.Builder
	status = cli.Run(Command(), []string{name}, strings.NewReader(""), &out, &errs)
	return status, out.String(), errs.String()
}

// The first element of a list is number 0.
func TestFirstOfAList(t *testing.T) {
	for value, broken := range map[string]bool{"!Select [0, [20, 60]]": true, "!Select [1, [20, 60]]": false, "!Select ['0', [60, 20]]": false} {
		got := check(t, desktop("", "      WorkspaceProperties: {RunningMode: AUTO_STOP, RunningModeAutoStopTimeoutInMinutes: "+value+"}\n")).Inputs[0].Resources[0]
		if len(got.open()) != 0 || (len(got.Findings) > 0) != broken {
			t.Errorf("%s: %+v", value, got)
		}
	}
}

// A finding stands below its resource: level and code, and further in the path.
func TestTextOfAFinding(t *testing.T) {
	_, out, _ := run(desktop("", "      WorkspaceProperties: {RunningMode: AUTO_STOP, RunningModeAutoStopTimeoutInMinutes: 20}\n"))
	if want := "\n    must   bundles.auto-stop-minutes\n        Properties.WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes\n"; !strings.Contains(out, want) {
		t.Errorf("%s\nhas not %q", out, want)
	}
	// With details its remedy, the address of its explanation and its source stand behind it.
	_, out, _ = run(desktop("", "      WorkspaceProperties: {RunningMode: AUTO_STOP, RunningModeAutoStopTimeoutInMinutes: 20}\n"), "--details")
	_, rest, _ := strings.Cut(out, "\n    must   bundles.auto-stop-minutes\n")
	lines := strings.Split(rest, "\n")
	for i, want := range []string{"Properties.", "20 is ", "remedy: ", "help: https://", ""} {
		if len(lines) < 5 || !strings.HasPrefix(lines[i], "        "+want) && i < 4 || i == 4 && !strings.Contains(lines[i], ", \"") {
			t.Errorf("line %d of\n%s", i, rest)
			break
		}
	}
}

// What is in order stands in one line, and what the template does not tell is said of what is allowed.
func TestInOrder(t *testing.T) {
	sound := desktop("", "")
	open := desktop("", "      VolumeEncryptionKey: !ImportValue k\n")
	for _, tt := range []struct {
		template, want string
		args           []string
	}{
		{sound, "\n  in order: W\n", nil},
		{open, "\n  W (AWS::WorkSpaces::Workspace): ALLOWED, as far as the template tells\n", nil},
		{sound, "\n  W (AWS::WorkSpaces::Workspace): ALLOWED\n", []string{"--details"}},
	} {
		if _, out, _ := run(tt.template, tt.args...); !strings.Contains(out, tt.want) || strings.Contains(out, "in order") != (tt.want == "\n  in order: W\n") {
			t.Errorf("%s\nhas not %q", out, tt.want)
		}
	}
}

// A desktop that is destroyed stands before other findings of its level, however many these are, and the report tells whether it
// is replaced, taken out of the template, or no longer made.
func TestDestroyedFirst(t *testing.T) {
	file := filepath.Join(t.TempDir(), "old.yaml")
	old := desktop("", "") + "  V: {Type: AWS::WorkSpaces::Workspace, Properties: {BundleId: wsb-b0s22j3d7, DirectoryId: d-906732325d, UserName: bob}}\n"
	if err := os.WriteFile(file, []byte(old), 0o600); err != nil {
		t.Fatal(err)
	}
	details := map[string]bool{}
	for _, next := range []string{
		strings.Replace(old, "bob", "cid", 1), strings.Replace(old, "  V: {", "  U: {", 1),
		strings.Replace(old, "  V: {", "  V: {Condition: Never, ", 1) + "Conditions: {Never: !Equals [a, b]}\n",
	} {
		next = strings.Replace(next, "Resources:\n", "Resources:\n"+bad("X")+bad("Y")+bad("Z"), 1)
		_, out, errs := run(next, "--deployed", file, "--fail-on", "destroy", "--json")
		var rep struct {
			Findings []struct {
				Code        string
				Occurrences []struct{ Detail string }
			}
		}
		if err := json.Unmarshal([]byte(out), &rep); err != nil {
			t.Fatal(err, errs)
		}
		if len(rep.Findings) < 2 || rep.Findings[0].Code != "cfn.desktop-destroyed" || len(rep.Findings[1].Occurrences) != 3 {
			t.Errorf("%+v", rep.Findings)
			continue
		}
		details[rep.Findings[0].Occurrences[0].Detail] = true
	}
	if len(details) != 3 {
		t.Errorf("%v", details)
	}
}

// bad is a WorkSpace with a reserved tag.
func bad(id string) string {
	return "  " + id + ": {Type: AWS::WorkSpaces::Workspace, Properties: {BundleId: wsb-b0s22j3d7, DirectoryId: d-906732325d, UserName: " + id + ", Tags: [{Key: 'aws:x', Value: y}]}}\n"
}

// A baseline that accepts one of two findings of a resource leaves its verdict, and one that accepts both does not.
func TestBaselineOfOne(t *testing.T) {
	const entry = `{"code": %q, "subject": "W", "reason": "known", "until": "2999-12-31"}`
	template := desktop("", "      WorkspaceProperties: {RunningMode: AUTO_STOP, RunningModeAutoStopTimeoutInMinutes: 20}\n      Tags: [{Key: 'aws:x', Value: y}]\n")
	for want, codes := range map[string][]string{"denied": {"bundles.tag-reserved"}, "allowed": {"bundles.tag-reserved", "bundles.auto-stop-minutes"}} {
		var entries []string
		for _, code := range codes {
			entries = append(entries, fmt.Sprintf(entry, code))
		}
		file := filepath.Join(t.TempDir(), "baseline.json")
		if err := os.WriteFile(file, []byte(`{"accepted": [`+strings.Join(entries, ", ")+`]}`), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := check(t, template, "--baseline", file).Inputs[0].Resources[0]; got.Verdict != want || len(got.Findings) != 2 {
			t.Errorf("%q: %+v", codes, got)
		}
	}
}

// A manifest that cannot be read is told, and leaves the templates beside it.
func TestLargeManifest(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"manifest.json": strings.Repeat(" ", 16<<20+1), "A.template.json": `{"Resources": {}}`} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if status, out, errs := runFile(dir); status != cli.Unanswered || !strings.Contains(out, "16 MiB") || !strings.Contains(out, "A.template.json") {
		t.Errorf("status %d, %s%s", status, out, errs)
	}
}

// The template that the stack has is one template, and so is that with which it is updated.
func TestOneDeployed(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"a.template.json": `{"Resources": {}}`, "b.template.json": `{"Resources": {}}`, "set.txt": `{"ChangeSetId": "a", "Changes": []}`} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	one, set := filepath.Join(dir, "a.template.json"), filepath.Join(dir, "set.txt")
	for _, tt := range []struct {
		input, deployed string
		status          int
	}{{one, one, cli.Clean}, {one, dir, cli.Unanswered}, {dir, one, cli.Unanswered}, {one, set, cli.Unanswered}, {set, one, cli.Unanswered}, {one, one + "x", cli.Unanswered}} {
		var out, errs strings.Builder
		if status := cli.Run(Command(), []string{tt.input, "--deployed", tt.deployed}, nil, &out, &errs); status != tt.status || (status == cli.Clean) != (errs.Len() == 0) {
			t.Errorf("%+v: status %d, %s", tt, status, errs.String())
		}
	}
}
