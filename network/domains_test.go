package network_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// nameRegions are the Regions that the documents list names for, and one that they do not.
var nameRegions = strings.Fields(`us-east-1 us-west-2 ap-south-1 ap-northeast-2 ap-southeast-1 ap-southeast-2 ap-northeast-1 ca-central-1 eu-central-1
	eu-west-1 eu-west-2 eu-west-3 sa-east-1 af-south-1 il-central-1 us-gov-west-1 us-gov-east-1 us-east-2`)

// expand writes out {a,b} of a line of the grid.
func expand(s string) []string {
	head, rest, ok := strings.Cut(s, "{")
	if !ok {
		return []string{s}
	}
	list, tail, _ := strings.Cut(rest, "}")
	var all []string
	for alternative := range strings.SplitSeq(list, ",") {
		all = append(all, expand(head+alternative+tail)...)
	}
	return all
}

// nameLines reads the grid: date, use and names, with lines that go on joined.
func nameLines(t *testing.T) (rows [][]string) {
	t.Helper()
	text, err := os.ReadFile("testdata/names.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		f := strings.Fields(line)
		switch {
		case len(f) == 0 || f[0] == "#":
			continue
		case f[0] == "+":
			last := len(rows) - 1
			rows[last] = append(rows[last], f[1:]...)
			continue
		}
		rows = append(rows, f)
	}
	return rows
}

// clientOf makes the client of a line of the grid in a Region.
func clientOf(t *testing.T, use, region string) (network.NameUse, network.Client) {
	name, kinds, _ := strings.Cut(use, "/")
	c := network.Client{Region: region, Protocol: network.ProtocolDCV, Version: 3}
	for kind := range strings.SplitSeq(kinds, "+") {
		switch kind {
		case "":
		case "1", "3":
			c.Version = int(kind[0] - '0')
		case "ipv6":
			c.IPv6 = true
		case "pcoip":
			c.Protocol = network.ProtocolPCoIP
		case "browser", "zero-client":
			c.Kind = network.ClientKind(kind)
		case "card":
			c.SmartCard = true
		case "saml":
			c.SAML = true
		case "fips":
			c.FIPS = true
		case "endpoint":
			c.StreamingEndpoint = true
		default:
			t.Fatalf("%s: what is %q?", use, kind)
		}
	}
	return network.NameUse(name), c
}

// wantNames are the names that a line of the grid gives for a Region, and whether it says that not all is known.
func wantNames(words []string, region string) (names map[string]bool, lost, unavailable bool) {
	names = map[string]bool{}
	gov := strings.HasPrefix(region, "us-gov-")
	for _, w := range words {
		for _, n := range expand(w) {
			at, rest, ok := strings.Cut(n, "=")
			switch group, host, _ := strings.Cut(n, ":"); {
			case n == "-":
			case n == "*":
				lost = true
			case ok && rest == "!":
			case ok && rest == "~":
				unavailable = unavailable || at == region
			case ok:
				if at == region {
					names[rest] = true
				}
			case group == "com" && !gov, group == "gov" && gov:
				names[host] = true
			case group == "com" || group == "gov":
			case strings.Contains(n, "<region>"):
				names[strings.ReplaceAll(n, "<region>", region)] = true
			default:
				mine := true
				for _, r := range nameRegions {
					if r != region && slices.Contains(strings.FieldsFunc(n, func(c rune) bool { return c == '.' }), r) || strings.Contains(n, "s3-"+r) && r != region {
						mine = false
					}
				}
				if mine {
					names[n] = true
				}
			}
		}
	}
	return names, lost, unavailable
}

// The file in testdata is drawn from the documents, and not from this package's rows.
func TestNamesGrid(t *testing.T) {
	lineartest.SkipRace(t)
	rows := nameLines(t)
	asked, found := 0, map[network.NameUse]bool{}
	for _, e := range append(network.Editions(), network.Newest().Edition()) {
		date := e.String()
		if date > "2022-09-02" && date < "2025-10-21" {
			continue
		}
		for i, f := range rows {
			later := func(g []string) bool { return g[1] == f[1] && g[0] <= date }
			if f[0] > date || slices.ContainsFunc(rows[i+1:], later) {
				continue
			}
			for _, region := range nameRegions {
				asked++
				use, c := clientOf(t, f[1], region)
				d, err := at(t, date).CheckDomains(c, nil)
				if err != nil {
					t.Fatal(err)
				}
				want, lost, unavailable := wantNames(f[2:], region)
				got, open := map[string]bool{}, strings.Contains(open(d.Answer), "Domains."+string(use))
				for _, n := range d.Needs {
					for _, name := range n.Names {
						if n.Use == use && (!c.IPv6 || name.IPv6) {
							got[name.Host], found[use] = true, true
						}
					}
				}
				if !maps.Equal(got, want) {
					t.Errorf("%s %s %s: got %q, want %q", date, f[1], region, slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
				}
				if (lost || unavailable) && !open {
					t.Errorf("%s %s %s: not open", date, f[1], region)
				}
			}
		}
	}
	if asked < 20000 || len(found) != 21 {
		t.Errorf("asked %d times, found %d uses", asked, len(found))
	}
}

func domainList(t interface{ Fatal(...any) }, words ...string) (list network.DomainList) {
	for _, w := range words {
		d, err := network.ParseDomainRule(w)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, d)
	}
	return list
}

func hosts(names []network.Name) string {
	var words []string
	for _, n := range names {
		words = append(words, n.Host)
	}
	return strings.Join(words, " ")
}

func TestCheckDomains(t *testing.T) {
	const broad = ".amazonaws.com .cloudfront.net .amazonworkspaces.com .amazon.com .signin.aws *.prod.eu-west-1.highlander.aws.a2z.com "
	client := network.Client{Region: "eu-west-1", Protocol: network.ProtocolDCV, Directory: "d-93671A2B3C"}
	for _, tt := range []struct {
		name, date, list string
		change           func(c *network.Client)
		verdict          rule.Verdict
		missing, open    string
	}{
		{"all of it", "2026-09-10", broad + "d-93671a2b3c.awsapps.com", nil, rule.Allowed, "", ""},
		{"every name", "2026-09-10", "*", nil, rule.Allowed, "", ""},
		{"another directory", "2026-09-10", broad + "d-0000000000.awsapps.com", nil, rule.Denied, "login-pages d-93671a2b3c.awsapps.com", ""},
		{"a directory that is not known, and a wildcard", "2026-09-10", broad + "*.awsapps.com", func(c *network.Client) { c.Directory = "" }, rule.Allowed, "", ""},
		{"and one name", "2026-09-10", broad + "d-0000000000.awsapps.com", func(c *network.Client) { c.Directory = "" }, rule.Undocumented, "", "input:Domains.login-pages"},
		{"and a wildcard for one name", "2026-09-10", broad + "*.login.awsapps.com", func(c *network.Client) { c.Directory = "" }, rule.Undocumented, "", "input:Domains.login-pages"},
		{"and none", "2026-09-10", broad + "awsapps.com", func(c *network.Client) { c.Directory = "" }, rule.Denied, "login-pages *.awsapps.com", ""},
		{"the base alone", "2026-09-10", broad + "awsapps.com *.d-93671a2b3c.awsapps.com", nil, rule.Denied, "login-pages d-93671a2b3c.awsapps.com", ""},
		{"IPv6", "2026-09-10", broad + ".awsapps.com", func(c *network.Client) { c.IPv6, c.Version = true, 5 }, rule.Denied,
			"client-metrics skylight-client-ds.eu-west-1.api.aws dynamic-messaging ws-client-service.eu-west-1.api.aws health-check drp-workspaces.eu-west-1.api.aws ws-broker ws-broker-service.eu-west-1.api.aws api workspaces.eu-west-1.api.aws", ""},
		{"an old client needs its metrics no more", "2026-09-10", broad + ".awsapps.com", func(c *network.Client) { c.Version = 2 }, rule.Allowed, "", ""},
		{"it did", "2022-09-02", ".amazonaws.com .cloudfront.net .amazonworkspaces.com fls-na.amazon.com .awsapps.com", func(c *network.Client) { c.Version = 2 }, rule.Denied,
			"device-metrics device-metrics-us-2.amazon.com", "documents:Domains.directory-settings documents:Domains.ws-broker documents:Domains.api"},
		{"of a version that is not known", "2020-04-29", ".amazonaws.com .cloudfront.net .amazonworkspaces.com fls-na.amazon.com .awsapps.com", nil, rule.Undocumented, "", "input:Domains.device-metrics"},
		{"PCoIP", "2026-09-10", broad + ".awsapps.com", func(c *network.Client) { c.Protocol = network.ProtocolPCoIP }, rule.Allowed, "", ""},
		{"a gateway is not its base", "2026-09-10", broad[:len(broad)-len("*.prod.eu-west-1.highlander.aws.a2z.com ")] + " prod.eu-west-1.highlander.aws.a2z.com .awsapps.com", nil, rule.Denied, "dcv-gateways *.prod.eu-west-1.highlander.aws.a2z.com", ""},
		{"FIPS where there are none", "2026-09-10", broad + ".awsapps.com", func(c *network.Client) { c.FIPS = true }, rule.Undocumented, "", "documents:Domains.dcv-gateways"},
		{"SAML where there are none", "2026-09-10", broad + ".awsapps.com", func(c *network.Client) { c.SAML = true }, rule.Undocumented, "", "documents:Domains.saml"},
		{"Web Access in Mumbai", "2026-09-10", "*", func(c *network.Client) {
			c.Region, c.Kind, c.Protocol = "ap-south-1", network.Browser, network.ProtocolPCoIP
		}, rule.Undocumented, "", "documents:Domains.turn"},
		{"Web Access in Frankfurt", "2026-09-10", "*", func(c *network.Client) {
			c.Region, c.Kind, c.Protocol = "eu-central-1", network.Browser, network.ProtocolPCoIP
		}, rule.Undocumented, "", "contradiction:Domains.turn"},
		{"and to WSP in 2020", "2020-12-02", "*", func(c *network.Client) { c.Kind = network.Browser }, rule.Undocumented, "",
			"documents:Domains.directory-settings documents:Domains.ws-broker documents:Domains.api documents:Domains.turn documents:Domains.turn"},
		{"Ohio", "2026-09-10", "*", func(c *network.Client) { c.Region = "us-east-2" }, rule.Undocumented, "", "documents:Domains.client-metrics documents:Domains.dynamic-messaging documents:Domains.directory-settings documents:Domains.directory-settings documents:Domains.health-check documents:Domains.login-pages documents:Domains.ws-broker documents:Domains.api documents:Domains.dcv-gateways"},
		{"China", "2026-09-10", "*", func(c *network.Client) { c.Region = "cn-northwest-1" }, rule.Undocumented, "", "documents:Domains"},
		{"what was not read", "2024-01-01", "*", nil, rule.Undocumented, "", "documents:Domains"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := client
			if tt.change != nil {
				tt.change(&c)
			}
			d, err := at(t, tt.date).CheckDomains(c, domainList(t, strings.Fields(tt.list)...))
			if err != nil {
				t.Fatal(err)
			}
			var missing []string
			for _, n := range d.Needs {
				if (n.Verdict == rule.Denied) != (len(n.Missing) > 0) {
					t.Errorf("%s is %s, and lacks %q", n.Use, n.Verdict, hosts(n.Missing))
				}
				if len(n.Missing) > 0 {
					missing = append(missing, string(n.Use), hosts(n.Missing))
				}
			}
			if broken(t, d.Answer) != strings.TrimSpace(strings.Repeat("firewall-lacks-names ", len(missing)/2)) {
				t.Errorf("breaks %q", broken(t, d.Answer))
			}
			if got := strings.Join(missing, " "); d.Verdict != tt.verdict || got != tt.missing || open(d.Answer) != tt.open {
				t.Errorf("%s, missing %q, open %q", d.Verdict, got, open(d.Answer))
			}
		})
	}
}

// Two pages disagree on Web Access to PCoIP in Frankfurt: names of TURN that the list lacks are open there, citing both.
func TestNamesInDispute(t *testing.T) {
	for region, want := range map[string]rule.Verdict{"eu-central-1": rule.Undocumented, "eu-west-1": rule.Denied, "eu-west-3": rule.Denied, "us-gov-west-1": rule.Undocumented} {
		c := network.Client{Region: region, Protocol: network.ProtocolPCoIP, Kind: network.Browser}
		d, err := network.Newest().CheckDomains(c, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range d.Needs {
			if n.Use == network.NamesTURN && n.Verdict != want {
				t.Errorf("%s is %s, want %s", region, n.Verdict, want)
			}
		}
		disputes := d.OpenBy(rule.ByContradiction)
		if (len(disputes) == 1) != (region == "eu-central-1") {
			t.Fatalf("%s: %v", region, disputes)
		}
		for _, o := range disputes {
			if o.Cites[0].Document != "admin-guide-ports" || o.Cites[1].Document != "admin-guide-web-access" || o.Path != "Domains.turn" {
				t.Errorf("%v", o)
			}
		}
	}
}

func TestCheckDomainsRefusesInput(t *testing.T) {
	r, good := network.Newest(), network.Client{Region: "eu-west-1", Protocol: network.ProtocolDCV}
	for path, change := range map[rule.Path]func(c *network.Client){
		"Region":    func(c *network.Client) { c.Region = "Ireland" },
		"Protocol":  func(c *network.Client) { c.Protocol = "wsp" },
		"Kind":      func(c *network.Client) { c.Kind = "phone" },
		"Version":   func(c *network.Client) { c.Version = -1 },
		"Directory": func(c *network.Client) { c.Directory = "d-1.example" },
	} {
		c := good
		change(&c)
		_, err := r.CheckDomains(c, nil)
		refused(t, err, path)
		_, err = r.CheckFirewall(c, nil, nil)
		refused(t, err, path)
	}
	_, err := r.CheckDomains(good, make([]network.DomainRule, 1))
	refused(t, err, "Domains[0]")
}

// CheckFirewall has of names what CheckDomains says, and nothing without rules for them.
func TestCheckFirewallWithNames(t *testing.T) {
	c := network.Client{Region: "eu-west-1", Protocol: network.ProtocolDCV}
	list := domainList(t, ".amazonaws.com")
	without, err := network.Newest().CheckFirewall(c, prefixes("0.0.0.0/0"), nil)
	if err != nil || len(without.Names) != 0 || len(without.At("Domains").Violations) != 0 {
		t.Errorf("%v, %v", without, err)
	}
	with, err := network.Newest().CheckFirewall(c, prefixes("0.0.0.0/0"), nil, list...)
	if err != nil {
		t.Fatal(err)
	}
	d, err := network.Newest().CheckDomains(c, list)
	if err != nil || len(with.Names) != len(d.Needs) || fmt.Sprint(with.At("Domains")) != fmt.Sprint(d.Answer) || with.Verdict != rule.Denied {
		t.Errorf("%v, %v", with.Answer, err)
	}
}

var clients = rapid.Custom(func(t *rapid.T) network.Client {
	return network.Client{
		Region: rapid.SampledFrom(nameRegions).Draw(t, "region"), Protocol: rapid.SampledFrom([]network.Protocol{network.ProtocolDCV, network.ProtocolPCoIP}).Draw(t, "protocol"),
		Kind: rapid.SampledFrom([]network.ClientKind{network.Application, network.Browser, network.ZeroClient}).Draw(t, "kind"), Version: rapid.IntRange(0, 5).Draw(t, "version"),
		Directory: rapid.SampledFrom([]string{"", "d-93671a2b3c", "corp"}).Draw(t, "directory"), IPv6: rapid.Bool().Draw(t, "IPv6"), FIPS: rapid.Bool().Draw(t, "FIPS"),
		SmartCard: rapid.Bool().Draw(t, "card"), SAML: rapid.Bool().Draw(t, "SAML"), StreamingEndpoint: rapid.Bool().Draw(t, "endpoint"),
	}
})

// names are rules around the names that clients need.
var domainRules = rapid.Custom(func(t *rapid.T) network.DomainRule {
	return network.MustParseDomainRule(rapid.SampledFrom([]string{
		"*", ".amazonaws.com", "*.amazonaws.com", "amazonaws.com", "s3.amazonaws.com", ".s3.amazonaws.com", ".com", ".aws", "*.signin.aws", "eu-west-1.signin.aws", ".cloudfront.net",
		"connectivity.amazonworkspaces.com", ".amazonworkspaces.com", ".awsapps.com", "d-93671a2b3c.awsapps.com", ".a2z.com", "*.prod.us-east-1.highlander.aws.a2z.com", "fls-na.amazon.com",
		"pool.ntp.org", ".api.aws", "mazonaws.com", ".azonaws.com",
	}).Draw(t, "rule"))
})

// A rule more never makes a name missing, nor an answer worse.
func TestMoreRulesLackNoMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := rapid.SampledFrom(network.Editions()).Draw(t, "edition")
		r, err := network.At(e)
		if err != nil {
			return // ahead of the newest edition
		}
		c, list := clients.Draw(t, "client"), rapid.SliceOfN(domainRules, 0, 6).Draw(t, "list")
		few, err := r.CheckDomains(c, list)
		if err != nil {
			t.Fatal(err)
		}
		more, err := r.CheckDomains(c, append(list, domainRules.Draw(t, "one more")))
		if err != nil {
			t.Fatal(err)
		}
		for i, n := range more.Needs {
			was := few.Needs[i].Missing
			for _, m := range n.Missing {
				if !slices.Contains(was, m) {
					t.Fatalf("%s is missing with a rule more", m.Host)
				}
			}
		}
		if few.Verdict == rule.Allowed && more.Verdict != rule.Allowed || more.Verdict == rule.Denied && few.Verdict != rule.Denied {
			t.Fatalf("%s, and with a rule more %s", few.Verdict, more.Verdict)
		}
	})
}

// What a client needs, as a list, lacks nothing in any format.
func TestListsOfNamesPass(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, c := network.Newest(), clients.Draw(t, "client")
		d, err := r.CheckDomains(c, nil)
		if err != nil {
			t.Fatal(err)
		}
		list := d.List()
		squid, err := list.Squid()
		if err != nil {
			t.Fatal(err)
		}
		group, err := list.NetworkFirewall("names", 0)
		if err != nil {
			t.Fatal(err)
		}
		for name, text := range map[string]string{"plain": list.Plain(), "Squid": squid, "Network Firewall": strings.Join(targets(t, group), "\n")} {
			read, err := network.ParseDomainList(text)
			if err != nil {
				t.Fatal(err)
			}
			again, err := r.CheckDomains(c, read)
			if err != nil || len(again.Violations) > 0 {
				t.Fatalf("%s: %v, %v", name, again.Answer, err)
			}
			if c.Directory != "" && c.Version > 0 && len(again.OpenBy(rule.ByInput)) > 0 {
				t.Fatalf("%s: %v", name, again.Open)
			}
		}
	})
}
