package domains

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/network"
)

// Each flag is one member of the client that package network is asked about, and is off by itself.
func TestFlagsAreMembers(t *testing.T) {
	for flag, change := range map[string]func(c *network.Client){
		"":                     func(*network.Client) {},
		"--ipv6":               func(c *network.Client) { c.IPv6 = true },
		"--fips":               func(c *network.Client) { c.FIPS = true },
		"--smart-card":         func(c *network.Client) { c.SmartCard = true },
		"--saml":               func(c *network.Client) { c.SAML = true },
		"--streaming-endpoint": func(c *network.Client) { c.StreamingEndpoint = true },
		"--client-version=5":   func(c *network.Client) { c.Version = 5 },
		"--client=browser":     func(c *network.Client) { c.Kind = "browser" },
		"--protocol=pcoip":     func(c *network.Client) { c.Protocol = "pcoip" },
		"--directory=corp":     func(c *network.Client) { c.Directory = "corp" },
	} {
		client := network.Client{Region: "us-east-1", Protocol: "dcv", Kind: network.Application}
		change(&client)
		d, err := network.Newest().CheckDomains(client, nil)
		if err != nil {
			t.Fatalf("%s: %v", flag, err)
		}
		var want []string
		for _, n := range d.Needs {
			for _, name := range n.Names {
				if line := string(n.Use) + " " + name.Host; !slices.Contains(want, line) {
					want = append(want, line)
				}
			}
		}
		args := []string{"--region", "us-east-1"}
		if flag != "" {
			args = append(args, flag)
		}
		_, out, errs := run("", args...)
		var got []string
		use := ""
		for line := range strings.Lines(out) {
			line = strings.TrimSpace(line)
			if rest, ok := strings.CutPrefix(line, "# "); ok {
				use = rest
			} else if line != "" {
				host, _, _ := strings.Cut(line, "  # ")
				got = append(got, use+" "+host)
			}
		}
		if !slices.Equal(got, want) || len(got) == 0 {
			t.Errorf("%s: %s\ngot  %q\nwant %q", flag, errs, got, want)
		}
	}
}

// Without --capacity there is room for as many names again. A name takes two rules, for HTTP and for TLS.
func TestCapacity(t *testing.T) {
	status, out, errs := run("", "--region", "us-east-1", "--format", "network-firewall")
	var group struct {
		RuleGroupName string
		Capacity      int
		RuleGroup     struct {
			RulesSource struct{ RulesSourceList struct{ Targets []string } }
		}
	}
	if err := json.Unmarshal([]byte(out), &group); err != nil || status != cli.Clean {
		t.Fatalf("status %d, %v, %s", status, err, errs)
	}
	if n := len(group.RuleGroup.RulesSource.RulesSourceList.Targets); group.Capacity != 4*n || n == 0 || group.RuleGroupName != "workspaces-names" {
		t.Errorf("%d names, capacity %d, name %q", n, group.Capacity, group.RuleGroupName)
	}
}

// An error names the flag that it is about, whether names are listed or checked.
func TestErrorsNameFlags(t *testing.T) {
	for want, args := range map[string][]string{
		"--region":           {"--region", "x y"},
		"--protocol":         {"--region", "us-east-1", "--protocol", "rdp"},
		"--client:":          {"--region", "us-east-1", "--client", "tablet"},
		"--client-version: ": {"--region", "us-east-1", "--client-version", "-1"},
		"--directory":        {"--region", "us-east-1", "--directory", "a b"},
		"--name":             {"--region", "us-east-1", "--format", "network-firewall", "--name", "a b"},
		"--capacity":         {"--region", "us-east-1", "--format", "network-firewall", "--capacity", "-1"},
		"--edition":          {"--region", "us-east-1", "--edition", "1999-01-01"},
		"--edition: ":        {"--region", "us-east-1", "--edition", "April"},
	} {
		if status, out, errs := run("", args...); status != cli.Unanswered || out != "" || !strings.HasPrefix(errs, "domains: "+want) {
			t.Errorf("%q: status %d, %s%s", args, status, out, errs)
		}
		if slices.Contains(args, "--format") {
			continue
		}
		if status, out, errs := run("*\n", append(args, "--check", "-")...); status != cli.Unanswered || out != "" || !strings.HasPrefix(errs, "domains: "+want) {
			t.Errorf("%q, checked: status %d, %s%s", args, status, out, errs)
		}
	}
}

// A name that a document gives twice for a use stands once, and a use without names does not stand there.
func TestEachNameOnce(t *testing.T) {
	name := func(host string) network.Name { return network.Name{Host: host, Scheme: "https"} }
	got := byUse(network.Domains{Needs: []network.NameNeed{
		{Use: "none"}, {Use: "twice", Names: []network.Name{name("a.com"), name("a.com"), name("b.com")}}, {Use: "again", Names: []network.Name{name("a.com")}},
	}})
	if want := "\n# twice\na.com\nb.com\n\n# again\na.com\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// A list of 16 MiB is read, and a longer one is refused with that bound.
func TestLongestList(t *testing.T) {
	list := "*\n" + strings.Repeat("#", 16<<20-2)
	args := []string{"--region", "eu-west-1", "--directory", "d-93671a2b3c", "--check", "-"}
	if status, _, errs := run(list, args...); status != cli.Clean {
		t.Errorf("16 MiB: status %d, %s", status, errs)
	}
	if status, out, errs := run(list+"#", args...); status != cli.Unanswered || out != "" || !strings.Contains(errs, "16 MiB") {
		t.Errorf("16 MiB and a byte: status %d, %s%s", status, out, errs)
	}
}

// What cannot be written is an error, and no list that is whole.
func TestFullDisk(t *testing.T) {
	for stdin, args := range map[string][]string{"": {"--format", "squid"}, "*\n": {"--check", "-"}, "a.com\n": {"--check", "-"}} {
		var errs bytes.Buffer
		status := cli.Run(Command(), append(args, "--region", "eu-west-1", "--directory", "d-93671a2b3c"), strings.NewReader(stdin), full{}, &errs)
		if status != cli.Unanswered || errs.String() != "domains: no space left\n" {
			t.Errorf("%q: status %d, %s", args, status, &errs)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }
