package network_test

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

func TestParseDomainRule(t *testing.T) {
	for text, want := range map[string]string{
		"www.Example.com": "www.example.com", ".example.com": ".example.com", "*.example.com.": "*.example.com", "*": "*", "_x.example.com": "_x.example.com", "localhost": "localhost",
		strings.Repeat("a", 63) + ".example": strings.Repeat("a", 63) + ".example",
	} {
		d, err := network.ParseDomainRule(text)
		if err != nil || d.String() != want || d.IsZero() {
			t.Errorf("%q: %q, %v", text, d, err)
		}
		var back network.DomainRule
		if err := back.UnmarshalText([]byte(d.String())); err != nil || back != d {
			t.Errorf("%q reads back as %q, %v", text, back, err)
		}
	}
	for _, text := range []string{
		"", ".", "*.", "..example.com", "*.*.example.com", "a*.example.com", "example..com", "-a.example.com", "a-.example.com", "https://example.com/", "example.com:443", "example.com/x",
		"exämple.com", "a b", "192.0.2.1", "1.2", "[::1]", "2001:db8::1", "a\x1b.com", strings.Repeat("a", 64) + ".com", strings.Repeat("a.", 130) + "com", ".*", "* ",
	} {
		var input *rule.InputError
		if d, err := network.ParseDomainRule(text); !errors.As(err, &input) || input.Path != "Domain" || !d.IsZero() {
			t.Errorf("%q: %q, %v", text, d, err)
		}
	}
}

// An oracle for what a rule permits: name by name.
func permits(form, name string) bool {
	switch {
	case form == "*":
		return true
	case strings.HasPrefix(form, "*."):
		return strings.HasSuffix("."+name, form[1:]) && "."+name != form[1:]
	case strings.HasPrefix(form, "."):
		return strings.HasSuffix("."+name, form)
	}
	return form == name
}

func TestCovers(t *testing.T) {
	forms := rapid.Custom(func(t *rapid.T) string {
		name := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "aa", "com"}), 1, 4).Draw(t, "labels"), ".")
		return rapid.SampledFrom([]string{"", ".", "*."}).Draw(t, "prefix") + name
	})
	names := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "aa", "com"}), 1, 6).Draw(t, "labels"), ".")
	})
	rapid.Check(t, func(t *rapid.T) {
		one, other, name := forms.Draw(t, "one"), forms.Draw(t, "other"), names.Draw(t, "name")
		a, b, n := network.MustParseDomainRule(one), network.MustParseDomainRule(other), network.MustParseDomainRule(name)
		if a.Covers(n) != permits(one, name) {
			t.Fatalf("%s covers %s: %t", one, name, a.Covers(n))
		}
		if a.Covers(b) && permits(other, name) && !permits(one, name) {
			t.Fatalf("%s covers %s, but not %s", one, other, name)
		}
		if !a.Covers(a) || !network.MustParseDomainRule("*").Covers(a) || a.Covers(network.MustParseDomainRule("*")) {
			t.Fatalf("%s: not itself, or every name", one)
		}
	})
	if !network.MustParseDomainRule(".a.com").Covers(network.MustParseDomainRule("*.a.com")) || network.MustParseDomainRule("*.a.com").Covers(network.MustParseDomainRule(".a.com")) {
		t.Error("a name and those below it are not the names below it")
	}
}

func TestParseDomainList(t *testing.T) {
	list, err := network.ParseDomainList("# of clients\n\n.example.com  # all\r\n*.example.org\nwww.example.net")
	if err != nil || list.Plain() != ".example.com\n*.example.org\nwww.example.net\n" {
		t.Errorf("%q, %v", list.Plain(), err)
	}
	_, err = network.ParseDomainList("a.com\n\nb.com/x")
	refused(t, err, "Lines[2].Domain")
	_, err = network.ParseDomainList(strings.Repeat("#", 16<<20+1))
	refused(t, err, "Lines")
}

func TestFormats(t *testing.T) {
	list := domainList(t, "b.example.com", "*.a.example.com", ".example.org", "x.example.org", "a.example.com", "b.example.com", "*.y.a.example.com")
	squid, err := list.Squid()
	if want := "b.example.com\n.a.example.com\n.example.org\n"; err != nil || squid != want {
		t.Errorf("%q, %v, want %q", squid, err, want)
	}
	group, err := list.NetworkFirewall("workspaces-names", 0)
	if err != nil || !slices.Equal(targets(t, group), []string{"b.example.com", ".a.example.com", ".example.org"}) {
		t.Errorf("%s, %v", group, err)
	}
	var in struct {
		RuleGroupName, Type string
		Capacity            int
	}
	if err := json.Unmarshal(group, &in); err != nil || in.RuleGroupName != "workspaces-names" || in.Type != "STATEFUL" || in.Capacity != 12 {
		t.Errorf("%+v, %v", in, err)
	}
	for path, f := range map[rule.Path]func() error{
		"Domains[0]":    func() error { _, err := domainList(t, "*").Squid(); return err },
		"Domains[1]":    func() error { _, err := append(list[:1:1], network.DomainRule{}).Squid(); return err },
		"Domains":       func() error { _, err := network.DomainList{}.NetworkFirewall("a", 0); return err },
		"RuleGroupName": func() error { _, err := list.NetworkFirewall("a b", 0); return err },
		"Capacity":      func() error { _, err := list.NetworkFirewall("a", -1); return err },
	} {
		refused(t, f(), path)
	}
}

// targets reads the names of a rule group.
func targets(t interface{ Fatal(...any) }, group []byte) []string {
	var in struct {
		RuleGroup struct {
			RulesSource struct{ RulesSourceList struct{ Targets []string } }
		}
	}
	if err := json.Unmarshal(group, &in); err != nil {
		t.Fatal(err)
	}
	return in.RuleGroup.RulesSource.RulesSourceList.Targets
}

// needed is the list of a client with everything on.
func needed(t *testing.T) network.DomainList {
	t.Helper()
	d, err := network.Newest().CheckDomains(network.Client{Region: "us-east-1", Protocol: network.ProtocolDCV, IPv6: true, FIPS: true, SmartCard: true, SAML: true, StreamingEndpoint: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return d.List()
}

// validate holds a request against the model of AWS Network Firewall that botocore ships.
const validate = `import json, sys, botocore.session, botocore.validate
model = botocore.session.get_session().get_service_model("network-firewall")
report = botocore.validate.ParamValidator().validate(json.load(sys.stdin), model.operation_model("CreateRuleGroup").input_shape)
sys.exit(report.generate_report() or 0)
`

func TestNetworkFirewallTakesTheRuleGroup(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil || exec.Command(python, "-c", "import botocore").Run() != nil {
		t.Skip("skipped: python3 with botocore is not on this machine")
	}
	group, err := needed(t).NetworkFirewall("workspaces-names", 0)
	if err != nil {
		t.Fatal(err)
	}
	check := func(in []byte) ([]byte, error) {
		cmd := exec.Command(python, "-c", validate)
		cmd.Stdin = strings.NewReader(string(in))
		return cmd.CombinedOutput()
	}
	if out, err := check(group); err != nil {
		t.Errorf("%v: %s", err, out)
	}
	if _, err := check([]byte(strings.Replace(string(group), `"Targets": [`, `"Targets": [1,`, 1))); err == nil {
		t.Error("a target that is no text is valid, too")
	}
}

func TestSquidTakesTheList(t *testing.T) {
	squid, err := exec.LookPath("squid")
	if err != nil {
		t.Skip("skipped: squid is not on this machine; apt-get install squid")
	}
	text, err := needed(t).Squid()
	if err != nil {
		t.Fatal(err)
	}
	parse := func(list string) string {
		dir := t.TempDir()
		names, conf := filepath.Join(dir, "names"), filepath.Join(dir, "squid.conf")
		if err := errors.Join(os.WriteFile(names, []byte(list), 0o644), os.WriteFile(conf, []byte("http_port 3128\nacl workspaces dstdomain \""+names+"\"\nhttp_access allow workspaces\n"), 0o644)); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(squid, "-k", "parse", "-f", conf).CombinedOutput()
		if err != nil {
			return string(out) + err.Error()
		}
		return string(out)
	}
	complains := func(out string) bool {
		return strings.Contains(out, "ERROR") || strings.Contains(out, "WARNING") || strings.Contains(out, "FATAL") || strings.Contains(out, "subdomain")
	}
	if out := parse(text); complains(out) {
		t.Errorf("squid: %s", out)
	}
	if out := parse(text + "x.prod.us-east-1.highlander.aws.a2z.com\n"); !complains(out) {
		t.Errorf("squid takes a name that another permits: %s", out)
	}
}
