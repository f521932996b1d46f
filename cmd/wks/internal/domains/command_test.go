package domains

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
)

func run(stdin string, args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = cli.Run(Command(), args, strings.NewReader(stdin), &out, &errs)
	return status, out.String(), errs.String()
}

func TestPlain(t *testing.T) {
	status, out, errs := run("", "--region", "eu-west-1", "--directory", "d-93671a2b3c")
	if status != cli.Clean || errs != "" {
		t.Errorf("status %d, %s", status, errs)
	}
	for _, want := range []string{"edition 2026-09-10", "\n# ws-broker\nws-broker-service.eu-west-1.amazonaws.com\n", "\nd-93671a2b3c.awsapps.com\n", "\n*.prod.eu-west-1.highlander.aws.a2z.com  # not HTTPS\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in %s", want, out)
		}
	}
	if status, out, _ := run("", "--region", "eu-west-1"); status != cli.Clean || !strings.Contains(out, "*.awsapps.com  # ") {
		t.Errorf("status %d, %s", status, out)
	}
}

// What is printed passes when it is read again, in each format, and a line less does not.
func TestListsPassTheirCheck(t *testing.T) {
	client := []string{"--region", "us-east-1", "--ipv6", "--fips", "--client-version", "5"}
	for _, format := range []string{"plain", "squid"} {
		_, list, _ := run("", append(client, "--format", format)...)
		if status, out, errs := run(list, append(client, "--check", "-")...); status != cli.Clean || !strings.Contains(out, "permit all names") || errs != "" {
			t.Errorf("%s: status %d, %s%s", format, status, out, errs)
		}
		file := filepath.Join(t.TempDir(), "names")
		if err := os.WriteFile(file, []byte(strings.Replace(list, "fls-na.amazon.com\n", "", 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		if status, out, _ := run("", append(client, "--check", file)...); status != cli.Broken || out != "missing: log-service  fls-na.amazon.com\n" {
			t.Errorf("%s: status %d, %s", format, status, out)
		}
	}
}

func TestNetworkFirewall(t *testing.T) {
	status, out, _ := run("", "--region", "us-gov-west-1", "--format", "network-firewall", "--name", "desktops", "--capacity", "500")
	var group struct {
		RuleGroupName string
		Capacity      int
		RuleGroup     struct {
			RulesSource struct{ RulesSourceList struct{ Targets []string } }
		}
	}
	if err := json.Unmarshal([]byte(out), &group); err != nil || status != cli.Clean || group.RuleGroupName != "desktops" || group.Capacity != 500 {
		t.Errorf("status %d, %+v, %v", status, group, err)
	}
	for _, name := range group.RuleGroup.RulesSource.RulesSourceList.Targets {
		if strings.Contains(name, "*") {
			t.Errorf("%s has a wildcard that the service does not take", name)
		}
	}
}

func TestOpen(t *testing.T) {
	if status, out, errs := run("", "--region", "us-east-2"); status != cli.Unanswered || !strings.Contains(errs, "open: Domains.ws-broker: ") || !strings.Contains(out, "fls-na.amazon.com") {
		t.Errorf("status %d, %s%s", status, out, errs)
	}
	if status, _, errs := run("*\n", "--region", "eu-west-1", "--edition", "2024-01-01", "--check", "-"); status != cli.Unanswered || !strings.Contains(errs, "2022-09-02") {
		t.Errorf("status %d, %s", status, errs)
	}
}

func TestErrors(t *testing.T) {
	for want, args := range map[string][]string{
		"--region is missing":  {},
		"--region: \"here\"":   {"--region", "here"},
		"--protocol: \"wsp\"":  {"--region", "eu-west-1", "--protocol", "wsp"},
		"--client: \"phone\"":  {"--region", "eu-west-1", "--client", "phone"},
		"--directory: \"a.b\"": {"--region", "eu-west-1", "--directory", "a.b"},
		"--format: \"csv\"":    {"--region", "eu-west-1", "--format", "csv"},
		"--name: \"a b\"":      {"--region", "eu-west-1", "--format", "network-firewall", "--name", "a b"},
		"--capacity: \"-1\"":   {"--region", "eu-west-1", "--format", "network-firewall", "--capacity", "-1"},
		"Lines[1].Domain":      {"--region", "eu-west-1", "--check", "-"},
		"no such file":         {"--region", "eu-west-1", "--check", "none/at/all"},
	} {
		if status, _, errs := run("a.com\nhttps://\x1b\n", args...); status != cli.Unanswered || !strings.Contains(errs, want) || strings.Contains(errs, "\x1b") {
			t.Errorf("%v: status %d, %s", args, status, errs)
		}
	}
}

// A flag that would count for nothing is refused.
func TestFlagsThatDoNotGoTogether(t *testing.T) {
	for _, args := range [][]string{
		{"--check", "-", "--format", "squid"}, {"--check", "-", "--name", "x"}, {"--check", "-", "--capacity", "3"},
		{"--name", "x"}, {"--format", "squid", "--capacity", "3"}, {"--client", ""},
	} {
		if status, out, errs := run("*\n", append(args, "--region", "eu-west-1")...); status != cli.Unanswered || out != "" || errs == "" {
			t.Errorf("%q: status %d, %q, %q", args, status, out, errs)
		}
	}
	if status, _, errs := run("\ufeff*\r\n", "--check", "-", "--region", "eu-west-1", "--directory", "d-93671a2b3c"); status != cli.Clean {
		t.Errorf("a byte order mark: status %d, %s", status, errs)
	}
}
