package monitor

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/monitor"
)

func run(stdin string, args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = cli.Run(Command(), args, strings.NewReader(stdin), &out, &errs)
	return status, out.String(), errs.String()
}

var alarms = []string{"alarms", "--directory", "d-906732b9ab", "--protocol", "wsp", "--certificate", "wsc-1a2b3c4d5", "--topic", "arn:aws:sns:us-east-1:123456789012:alerts", "--format"}

func TestAlarms(t *testing.T) {
	for golden, format := range map[string]string{"alarms.json": "cloudformation", "alarms.tf": "terraform", "alarms.txt": "text"} {
		status, out, errs := run("", append(alarms[:len(alarms):len(alarms)], format)...)
		if status != cli.Clean || errs != "" {
			t.Errorf("%s: status %d, %s", format, status, errs)
		}
		ruletest.Golden(t, filepath.Join("testdata", golden), []byte(out))
	}
}

// The template and the configuration are what other programs take.
func TestAlarmsForOthers(t *testing.T) {
	lineartest.SkipRace(t)
	t.Run("cfn-lint", func(t *testing.T) {
		lint, err := exec.LookPath("cfn-lint")
		if err != nil {
			t.Skip("there is no cfn-lint")
		}
		if out, err := exec.Command(lint, "testdata/alarms.json").CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
	})
	t.Run("terraform", func(t *testing.T) {
		terraform, err := exec.LookPath("terraform")
		if err != nil {
			t.Skip("there is no terraform")
		}
		initialize := []string{"init"}
		if plugins := os.Getenv("TERRAFORM_PLUGINS"); plugins != "" { // a folder with the AWS provider
			initialize = append(initialize, "-plugin-dir="+plugins)
		}
		dir := t.TempDir()
		text, err := os.ReadFile("testdata/alarms.tf")
		if err != nil {
			t.Fatal(err)
		}
		const provider = "terraform {\n  required_providers {\n    aws = { source = \"hashicorp/aws\" }\n  }\n}\n"
		for name, data := range map[string]string{"alarms.tf": string(text), "provider.tf": provider} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		for _, args := range [][]string{{"fmt", "-check", "alarms.tf"}, initialize, {"validate"}} {
			cmd := exec.Command(terraform, args...)
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+os.DevNull, "CHECKPOINT_DISABLE=1")
			out, err := cmd.CombinedOutput()
			if err != nil && args[0] == "init" {
				t.Skipf("there is no AWS provider: %v\n%s", err, out)
			}
			if err != nil {
				t.Fatalf("terraform %v: %v\n%s", args, err, out)
			}
		}
	})
}

func TestMetrics(t *testing.T) {
	_, out, _ := run("", "metrics", "--json")
	var list []metric
	if err := json.Unmarshal([]byte(out), &list); err != nil || len(list) != len(monitor.Newest().Metrics()) || list[0].Name != "Available" {
		t.Errorf("%v %s", err, out)
	}
	if _, out, _ := run("", "metrics"); strings.Count(out, "\n") != len(list) {
		t.Error(out)
	}
}

func TestPattern(t *testing.T) {
	status, pattern, errs := run("", "pattern", "--directory", "d-906732b9ab", "--platform", "OSX", "--from", "192.0.2.0/24", "--product", "WorkSpaces Desktop client", "--workspace", "ws-9v8m1kqzr")
	if status != cli.Clean || errs != "" || !json.Valid([]byte(pattern)) {
		t.Fatalf("%d %s%s", status, pattern, errs)
	}
	for text, want := range map[string]int{
		pattern: cli.Clean, strings.Replace(pattern, "OSX", "macOS", 1): cli.Broken, "": cli.Broken, `{"source": ["aws.workspaces"], "detail-type": ["WorkSpaces Access"], "account": ["\u001b"]}`: cli.Clean,
		strings.Replace(pattern, "domain/", "", 1): cli.Broken,
	} {
		if status, out, errs := run(text, "pattern", "-"); status != want || errs != "" || strings.Contains(out, "\x1b") {
			t.Errorf("%s: status %d, %s%s", text, status, out, errs)
		}
	}
	suffix := `{"source": ["aws.workspaces"], "detail-type": ["WorkSpaces Access"], "detail": {"workspaceId": [{"suffix": "x"}]}}` // no list of all operators was read then
	if status, out, _ := run(suffix, "pattern", "-", "--edition", "2021-01-01"); status != cli.Unanswered || !strings.Contains(out, "open") {
		t.Errorf("status %d, %s", status, out)
	}
}

func TestArguments(t *testing.T) {
	for want, args := range map[string][]string{
		"directory":                  {"alarms"},
		"is not of the form":         {"alarms", "--directory", "ws-1"},
		"--directory":                {"alarms", "--directory", "d-906732b9ab", "--directory", "d-906732b9ac"},
		"CertificateIds[1]":          {"alarms", "--directory", "d-906732b9ab", "--certificate", "wsc-1a2b3c4d5", "--certificate", "wsc-1a2b3c4d5"},
		"small letters":              {"alarms", "--directory", "d-906732B9AB"},
		"--format":                   {"alarms", "--directory", "d-906732b9ab", "--format", "yaml"},
		"--protocol":                 {"alarms", "--directory", "d-906732b9ab", "--protocol", "RDP"},
		"--topic":                    {"alarms", "--directory", "d-906732b9ab", "--topic", "alerts"},
		"no ARN of an SNS topic":     {"alarms", "--directory", "d-906732b9ab", "--topic", "arn:aws:sns:us-east-1:123456789012:\x1b"},
		"no version of the table":    {"alarms", "--directory", "d-906732b9ab", "--edition", "2023-01-01"},
		"no version of the table of": {"metrics", "--edition", "2023-01-01"},
		"--from":                     {"pattern", "--from", "office"},
		"Platforms[0]":               {"pattern", "--platform", "macOS"},
		"and not both":               {"pattern", "x.json", "--platform", "Web"},
		"no such file":               {"pattern", "x.json"},
	} {
		if status, _, errs := run("", args...); status != cli.Unanswered || !strings.Contains(errs, want) {
			t.Errorf("%q: status %d, %s, want %q", args, status, errs, want)
		}
	}
}

func TestHCL(t *testing.T) {
	if got := hcl(`a "b" ${c} %{d}`); got != `"a \"b\" $${c} %%{d}"` {
		t.Error(got)
	}
	if got := logicalID("d-906732b9ab-user-volume"); got != "D906732b9abUserVolume" {
		t.Error(got)
	}
}
