package explain

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/cmd/wks/internal/preflight"
	"github.com/wksgo/wks/cmd/wks/internal/schematest"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/troubleshoot"
)

const sample = "../preflight/sample"

func run(args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = cli.Run(Command(), args, strings.NewReader(""), &out, &errs)
	return status, out.String(), errs.String()
}

func report(t *testing.T, args ...string) *Report {
	t.Helper()
	_, out, errs := run(append(args, "--json")...)
	r := new(Report)
	if err := json.Unmarshal([]byte(out), r); err != nil || errs != "" {
		t.Fatalf("%q: %v, %s", args, err, errs)
	}
	return r
}

func TestMessages(t *testing.T) {
	for text, want := range map[string]struct {
		symptom troubleshoot.Key
		shown   string
	}{
		"Device can't connect to the registration service": {"registration-service", "(troubleshoot.directory-deleted)"},
		"devise is not authorised":                         {"device-not-authorized", "IP access control groups"},
		"ResourceLimitExceededException":                   {"ResourceLimitExceededException", "do: Ask for a higher quota"},
	} {
		status, out, errs := run(text)
		if first, _, _ := strings.Cut(out, "\n"); status != cli.Clean || errs != "" || first != string(want.symptom) || !strings.Contains(out, want.shown) {
			t.Errorf("%q: status %d, %s%s", text, status, out, errs)
		}
		if r := report(t, text); r.Symptom == nil || r.Symptom.Key != want.symptom || r.Diagnosis == nil {
			t.Errorf("%q: %+v", text, r)
		}
	}
	if status, out, errs := run("how do I bake a cake"); status != cli.Unanswered || errs != "" || !strings.HasPrefix(out, "The text matches no symptom") {
		t.Errorf("status %d, %s%s", status, out, errs)
	}
}

// Codes and names are explained whatever stands around them.
func TestMeanings(t *testing.T) {
	for text, want := range map[string]Meaning{
		"AdditionalDrivesAttached":                       {Kind: "error of an image", Name: "AdditionalDrivesAttached"},
		"the import says additionaldrivesattached, why?": {Kind: "error of an image", Name: "AdditionalDrivesAttached"},
		`what is D:\Users\jane010224T101112.NotMigrated`: {Kind: "folder", Name: "jane010224T101112.NotMigrated"},
		"jane010224T101112%.NotMigrated":                 {Kind: "folder", Name: "jane010224T101112%.NotMigrated"},
		"wks: IpGroupIds: x (network.ip-group-lock-out)": {Kind: "rule", Name: "network.ip-group-lock-out"},
		"preflight.workspace-in-error":                   {Kind: "rule", Name: "preflight.workspace-in-error"},
		"troubleshoot.device-type-not-admitted":          {Kind: "rule", Name: "troubleshoot.device-type-not-admitted"},
	} {
		r := report(t, text)
		if len(r.Meanings) != 1 || r.Meanings[0].Kind != want.Kind || r.Meanings[0].Name != want.Name || r.Meanings[0].Title == "" || r.Exit != cli.Clean {
			t.Errorf("%q: %+v", text, r.Meanings)
		}
	}
	if r := report(t, "jane991224T101112.NotMigrated gray loading screen"); len(r.Meanings) != 0 || r.Symptom == nil || r.Symptom.Key != "loading-screen" {
		t.Errorf("%+v", r)
	}
}

// The sample lacks a gateway range of DCV in its firewall, and has IP access control groups.
func TestExport(t *testing.T) {
	r := report(t, "--dir", sample, "ws-0a1b2c3d4", "gray loading screen")
	if len(r.Workspaces) != 1 || r.Workspaces[0].User != "grace" || r.Exit != cli.Broken {
		t.Fatalf("%+v", r)
	}
	want := map[rule.Code]troubleshoot.Status{
		troubleshoot.ClientFirewallDCV: troubleshoot.Shown, troubleshoot.ClientFirewallPCoIP: troubleshoot.RuledOut, troubleshoot.WorkspaceFirewallPCoIP: troubleshoot.RuledOut, troubleshoot.WorkspaceFirewallDCV: troubleshoot.Open,
	}
	for _, c := range r.Workspaces[0].Diagnosis.Causes {
		if c.Status != want[c.Code] {
			t.Errorf("%s: %s, want %s", c.Code, c.Status, want[c.Code])
		}
	}
	for ip, admitted := range map[string]troubleshoot.Status{"203.0.113.9": troubleshoot.Shown, "": troubleshoot.Open} {
		args := []string{"--dir", sample, "grace", "This device is not authorized"}
		if ip != "" {
			args = append(args, "--client-ip", ip)
		}
		d := report(t, args...).Workspaces[0].Diagnosis
		if d.Symptom != "device-not-authorized" || d.Causes[0].Status != admitted {
			t.Errorf("%s: %+v", ip, d.Causes[0])
		}
	}
	// What the command line says overrules the export.
	if f := report(t, "--dir", sample, "grace", "gray loading screen", "--protocol", "pcoip", "--answer", "client-port-open=yes").Workspaces[0].Facts; f.Protocol != troubleshoot.PCoIP || !f.Answers[troubleshoot.ClientPortOpen] {
		t.Errorf("%+v", f)
	}
	// Names of users in either case, identifiers within a text, and text without a WorkSpace.
	for _, args := range [][]string{{"GRACE", "docker"}, {"ws-0a1b2c3d4: docker does not run"}} {
		if r := report(t, append([]string{"--dir", sample}, args...)...); len(r.Workspaces) != 1 || r.Symptom == nil || r.Symptom.Key != "docker" {
			t.Errorf("%q: %+v", args, r)
		}
	}
	if r := report(t, "--dir", sample, "docker"); len(r.Workspaces) != 0 || len(r.Notes) == 0 || r.Symptom == nil || r.Exit != cli.Unanswered {
		t.Errorf("%+v", r)
	}
	if r := report(t, "--dir", sample, "ws-999999999"); len(r.Notes) != 2 || r.Exit != cli.Unanswered {
		t.Errorf("%+v", r)
	}
}

// An export whose files are few leaves open what they would tell, with the commands that fetch them.
func TestExportOfOneFile(t *testing.T) {
	dir := export(t, map[string]string{"describe-workspaces.json": `{"Workspaces": [
		{"WorkspaceId": "ws-0a1b2c3d4", "DirectoryId": "d-9267a1b2c3", "UserName": "mia", "State": "UNHEALTHY", "BundleId": "wsb-bh8rsxt14", "SubnetId": "subnet-0b22000000000001a",
		 "WorkspaceProperties": {"RunningMode": "AUTO_STOP", "ComputeTypeName": "STANDARD", "Protocols": ["PCOIP"], "OperatingSystemName": "WINDOWS_SERVER_2022"}},
		{"WorkspaceId": "ws-0a1b2c3d5", "DirectoryId": "d-9267a1b2c3", "UserName": "ubuntu", "State": "AVAILABLE", "WorkspaceProperties": {"OperatingSystemName": "UBUNTU_22_04"}},
		{"WorkspaceId": "ws-0a1b2c3d6", "UserName": "", "State": "AVAILABLE"}]}`})
	if r := report(t, "--dir", dir, "mia"); r.Symptom == nil || r.Symptom.Key != "state-unhealthy" || len(r.Workspaces[0].Diagnosis.Of(troubleshoot.Open)) != 3 {
		t.Errorf("%+v", r)
	}
	for text, want := range map[string]string{
		"An error occurred while launching your WorkSpace. Please try again.": "aws ec2 describe-security-groups --region us-west-2",
		"gray loading screen":           "firewall.txt, one prefix or name a line",
		"this device is not authorized": "aws workspaces describe-workspace-directories --region us-west-2",
	} {
		if _, out, _ := run("--dir", dir, "mia", text, "--details"); !strings.Contains(out, want) {
			t.Errorf("%q: no %q in %s", text, want, out)
		}
	}
	if r := report(t, "--dir", dir, "", "docker does not run"); len(r.Workspaces) != 0 {
		t.Errorf("%+v", r.Workspaces)
	}
	r := report(t, "--dir", dir, "ubuntu", "gnome crashes after login")
	if len(r.Workspaces) != 1 || len(r.Workspaces[0].Diagnosis.Of(troubleshoot.Shown)) != 1 || r.Exit != cli.Broken {
		t.Errorf("%+v", r)
	}
}

func TestErrors(t *testing.T) {
	for want, args := range map[string][]string{
		"nothing to explain":                            {},
		"--client: \"phone\"":                           {"gray loading screen", "--client", "phone"},
		"--system: \"dos\"":                             {"gray loading screen", "--system", "dos"},
		"--protocol: \"wsp\"":                           {"gray loading screen", "--protocol", "wsp"},
		"--answer: \"x\" is not the name":               {"gray loading screen", "--answer", "x=yes"},
		"--answer: \"x\" is not":                        {"gray loading screen", "--answer", "x"},
		"is answered with yes and with no":              {"gray loading screen", "--answer", "cpu-high=yes", "--answer", "cpu-high=no"},
		"--symptom: \"x\"":                              {"--symptom", "x"},
		"--client-ip: \"x\"":                            {"x", "--dir", sample, "--client-ip", "x"},
		"--client-ip needs --dir":                       {"x", "--client-ip", "192.0.2.1"},
		"--region needs --dir":                          {"x", "--region", "us-east-1"},
		"--dir: ":                                       {"x", "--dir", "none/at/all"},
		"--list takes nothing else":                     {"x", "--list"},
		"nothing else but --edition":                    {"--list", "--client", "web"},
		"--client: \"tv\"":                              {"qwrtz", "--client", "tv"},
		"--answer: \"y\" is not the name of a question": {"--dir", sample, "grace", "--answer", "y=yes"},
		"the text: ":                                    {strings.Repeat("x", 5000)},
		"--edition: ":                                   {"x", "--edition", "1999-01-01"},
	} {
		status, out, errs := run(args...)
		if status != cli.Unanswered || out != "" || !strings.Contains(errs, want) || len(errs) > 600 {
			t.Errorf("%q: status %d, %s%s, want %q", args, status, out, errs, want)
		}
	}
	if status, out, errs := run("gray\x1b[2J loading screen"); status != cli.Clean || strings.Contains(out+errs, "\x1b[2J") {
		t.Errorf("%q", out)
	}
}

func TestList(t *testing.T) {
	status, out, _ := run("--list")
	if status != cli.Clean || strings.Count(out, "\n") < 70 || !strings.Contains(out, "\nloading-screen ") {
		t.Errorf("status %d, %s", status, out)
	}
	if _, old, _ := run("--list", "--edition", "2018-02-03"); !strings.Contains(old, "apps-not-saved") || strings.Contains(old, "loading-screen") {
		t.Error(old)
	}
}

// The first screen of each symptom is a screen, with an export and without.
func TestScreen(t *testing.T) {
	for _, s := range troubleshoot.Newest().Symptoms() {
		for _, args := range [][]string{{"--symptom", string(s.Key)}, {"--symptom", string(s.Key), "--dir", sample, "grace"}} {
			_, out, errs := run(args...)
			if n := strings.Count(out, "\n"); n == 0 || n > 45 || errs != "" {
				t.Errorf("%q: %d lines, %s", args, n, errs)
			}
			for l := range strings.Lines(out) {
				if len([]rune(l)) > 130 {
					t.Errorf("%q: a line of %d letters: %s", args, len(l), l)
				}
			}
		}
	}
}

func TestReportBySchema(t *testing.T) {
	schema := schematest.Load(t, "explain.json", true)
	for _, args := range [][]string{
		{"gray loading screen"}, {"nothing of the kind, a cake"}, {"AdditionalDrivesAttached network.ip-group-lock-out jane010224T101112.NotMigrated"}, {"AccessDeniedException"},
		{"--dir", sample, "grace", "device not authorized", "--client-ip", "203.0.113.9", "--client", "windows"}, {"--dir", sample, "ws-0b2c3d4e5"}, {"--dir", sample, "ws-999999999", "x"},
		{"--symptom", "cannot-connect-windows", "--edition", "2020-02-06", "--answer", "pcoip-agent-runs=no", "--protocol", "pcoip", "--system", "windows"},
	} {
		_, out, errs := run(append(args, "--json")...)
		if errs != "" {
			t.Errorf("%q: %s", args, errs)
		}
		schematest.Valid(t, schema, []byte(out))
	}
	if schematest.Check(schema, []byte(`{"schema": 1}`)) == nil {
		t.Error("a report without matches is valid")
	}
}

// Codes and commands that the tables of package troubleshoot name are there.
func TestChecksExist(t *testing.T) {
	codes := map[rule.Code]bool{}
	for _, r := range slices.Concat(wks.Catalogue(), preflight.Rules()) {
		codes[r.Code] = true
	}
	commands := []string{"preflight", "explain", "logins", "domains", "monitor", "pace", "quota", "tfplan"}
	look := func(where string, list []troubleshoot.Check) {
		for _, c := range list {
			if c.Code != "" && !codes[c.Code] {
				t.Errorf("%s: there is no rule %s", where, c.Code)
			}
			name, _, _ := strings.Cut(strings.TrimPrefix(c.Command, "wks "), " ")
			if c.Command != "" && !slices.Contains(commands, name) {
				t.Errorf("%s: there is no command %q", where, c.Command)
			}
			if c == (troubleshoot.Check{}) {
				t.Errorf("%s: an empty check", where)
			}
		}
	}
	for _, s := range troubleshoot.Newest().Symptoms() {
		look(string(s.Key), s.Checks)
		for _, c := range s.Causes {
			look(string(c.Code), c.Checks)
		}
	}
	for _, q := range troubleshoot.Questions() {
		look(string(q.Question), q.Checks)
	}
}
