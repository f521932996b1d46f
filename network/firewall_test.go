package network_test

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/internal/gen"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// The file in testdata is drawn from the tables of the pages, and not from this package's rows. A
// line holds until the next one of its Region and purpose, in every edition. Between the version
// of 2022-09-02 and the reading of 2025-10-21 nothing is known.
func TestEndpointsGrid(t *testing.T) {
	rows := grid(t, "testdata/endpoints.txt")
	if len(rows) != 229 {
		t.Errorf("%d lines", len(rows))
	}
	asked := 0
	for _, edition := range append(network.Editions(), rule.MustParseEdition("2022-09-02"), rule.MustParseEdition("2025-10-20"), network.Newest().Edition()) {
		date := edition.String()
		for i, f := range rows {
			if f[0] > date || i+1 < len(rows) && slices.Equal(rows[i+1][1:3], f[1:3]) && rows[i+1][0] <= date {
				continue // an earlier or later line holds
			}
			asked++
			want := f[3:]
			if date > "2022-09-02" && date < "2025-10-21" {
				want = []string{"*"}
			}
			if got := endpointsOf(t, date, f[1], f[2]); !slices.Equal(got, slices.Sorted(slices.Values(want))) {
				t.Errorf("%s %s %s: got %q, want %q", date, f[1], f[2], got, want)
			}
		}
	}
	if editions := len(network.Editions()); asked < (editions+2)*19*4 {
		t.Errorf("asked %d times in %d editions", asked, editions)
	}
}

// endpointsOf returns what CheckFirewall knows of a line of the grid, in the words of the grid.
func endpointsOf(t *testing.T, date, region, what string) []string {
	t.Helper()
	c := network.Client{Region: region, Protocol: network.ProtocolPCoIP, IPv6: true, Accelerator: true}
	purpose := map[string]network.Purpose{"pcoip": network.Gateways, "dcv": network.Gateways, "health": network.HealthCheck, "accelerator": network.Accelerator}[what]
	if what == "dcv" {
		c.Protocol = network.ProtocolDCV
	}
	fw, err := at(t, date).CheckFirewall(c, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	host := ""
	for _, n := range fw.Needs {
		if n.Purpose != purpose {
			continue
		}
		if !n.IPv6 {
			host = n.Host
		}
		for _, r := range n.Ranges {
			got = append(got, strings.TrimSuffix(r.String(), "/32"))
		}
		if (n.Verdict == rule.Undocumented) != (len(n.Ranges) == 0) || (n.Cite == rule.Citation{}) != (len(n.Ranges) == 0) || n.Cite.Date.Compare(rule.MustParseEdition(date)) > 0 {
			t.Errorf("%s %s %s: %+v", date, region, what, n)
		}
	}
	if purpose == network.HealthCheck {
		for _, p := range fw.Suspect {
			got = append(got, strings.TrimSuffix(p.String(), "/32"))
		}
		if (len(fw.Suspect) > 0) != (region == "eu-west-3" && date >= "2025-10-21") {
			t.Errorf("%s %s: suspect %v", date, region, fw.Suspect)
		}
	}
	at := map[network.Purpose]rule.Path{network.Gateways: "Gateways", network.HealthCheck: "HealthCheck", network.Accelerator: "Accelerator"}[purpose]
	known := slices.ContainsFunc(fw.Violations, func(v rule.Violation) bool { return v.Path == at })
	open := slices.ContainsFunc(fw.Open, func(q rule.Open) bool { return q.Path == at && q.By == rule.ByDocuments })
	switch {
	case len(got) > 0:
	case known || !open:
		t.Errorf("%s %s %s: %v, want an open question", date, region, what, fw.Answer)
	case fw.Unread:
		got = []string{"*"}
	case fw.Unsupported && what == "dcv":
		got = []string{"!"}
	case host != "":
		got = []string{"@" + host}
	default:
		got = []string{"?"}
	}
	slices.Sort(got)
	return got
}

// published reads SERVICE/REGION/PREFIX words.
func published(words ...string) []network.AWSRange {
	list := []network.AWSRange{}
	for _, w := range words {
		f := strings.SplitN(w, "/", 3)
		list = append(list, network.AWSRange{Service: f[0], Region: f[1], Prefix: netip.MustParsePrefix(f[2])})
	}
	return list
}

func TestCheckFirewall(t *testing.T) {
	whole := published("AMAZON/GLOBAL/15.0.0.0/24", "AMAZON/us-east-1/16.0.0.0/24", "AMAZON/us-west-2/18.0.0.0/24", "S3/us-west-2/17.0.0.0/24", "AMAZON/eu-west-3/19.0.0.0/24",
		"AMAZON/us-east-1/2a05::/32", "GLOBALACCELERATOR/GLOBAL/2a09:be00::/32", "GLOBALACCELERATOR/GLOBAL/93.77.128.0/19")
	ireland := prefixes("3.249.28.0/23", "52.19.124.0/24", "52.19.125.0/24", "18.200.177.86/32", "52.48.86.38/32", "54.76.137.224/32")
	for _, tt := range []struct {
		name, date string
		client     network.Client
		allowed    []netip.Prefix
		published  []network.AWSRange
		verdict    rule.Verdict
		missing    string // by purpose
		broken     string
	}{
		{"two /24s cover a /23", "2026-09-10", network.Client{Region: "eu-west-1", Protocol: network.ProtocolPCoIP}, ireland, nil, rule.Undocumented, "", ""},
		{"a hole", "2026-09-10", network.Client{Region: "eu-west-1", Protocol: network.ProtocolPCoIP}, ireland[1:], nil, rule.Denied, "gateways [3.249.28.0/23]", "firewall-lacks-gateways"},
		{"no hole in 2020", "2020-04-29", network.Client{Region: "eu-west-1", Protocol: network.ProtocolPCoIP}, ireland[1:], nil, rule.Undocumented, "", ""},
		{"one health check", "2026-09-10", network.Client{Region: "eu-west-1", Protocol: network.ProtocolPCoIP}, ireland[:5], nil, rule.Denied, "health-check [54.76.137.224/32]", "firewall-lacks-health-checks"},
		{"IPv6 too", "2026-09-10", network.Client{Region: "eu-west-1", Protocol: network.ProtocolPCoIP, IPv6: true}, ireland, nil, rule.Denied,
			"gateways [2a05:d032:8000::/40] health-check [2a05:d018:10ca:f400::/56]", "firewall-lacks-gateways firewall-lacks-health-checks"},
		{"everything", "2026-09-10", network.Client{Region: "us-east-1", Protocol: network.ProtocolDCV, IPv6: true, Accelerator: true}, prefixes("0.0.0.0/0", "::/0"), whole, rule.Allowed, "", ""},
		{"all of IPv4", "2026-09-10", network.Client{Region: "us-east-1", Protocol: network.ProtocolPCoIP, Accelerator: true}, prefixes("0.0.0.0/0"), whole, rule.Allowed, "", ""},
		{"accelerator over IPv6", "2026-09-10", network.Client{Region: "us-east-1", Protocol: network.ProtocolDCV, IPv6: true, Accelerator: true}, prefixes("0.0.0.0/0", "2600::/12"), whole, rule.Denied, "global-accelerator [2a09:be00::/32] https [2a05::/32]", "firewall-lacks-accelerator firewall-lacks-https"},
		{"no IPv6 gateways of PCoIP in Paris", "2026-09-10", network.Client{Region: "eu-west-3", Protocol: network.ProtocolPCoIP, IPv6: true}, prefixes("0.0.0.0/0", "::/0"), whole, rule.Undocumented, "", ""},
		{"no IPv6 in 2020", "2020-04-29", network.Client{Region: "us-east-1", Protocol: network.ProtocolPCoIP, IPv6: true}, prefixes("0.0.0.0/0", "::/0"), whole, rule.Undocumented, "", ""},
		{"China has a page of its own", "2026-09-10", network.Client{Region: "cn-northwest-1", Protocol: network.ProtocolPCoIP}, nil, published("AMAZON/us-east-1/9.0.0.0/24", "AMAZON/cn-northwest-1/8.0.0.0/24"), rule.Denied, "https [8.0.0.0/24]", "firewall-lacks-https"},
		{"accelerator", "2026-09-10", network.Client{Region: "us-east-1", Protocol: network.ProtocolDCV, Accelerator: true}, prefixes("0.0.0.0/2", "128.0.0.0/1", "93.77.138.0/24"), nil, rule.Denied,
			"global-accelerator [93.77.139.0/24] ", "firewall-lacks-accelerator"},
		{"nothing", "2026-09-10", network.Client{Region: "ap-south-1", Protocol: network.ProtocolPCoIP}, nil, nil, rule.Denied,
			"gateways [13.126.243.0/24] health-check [13.127.57.82/32 13.234.250.73/32]", "firewall-lacks-gateways firewall-lacks-health-checks"},
		{"no PCoIP in Ohio", "2026-09-10", network.Client{Region: "us-east-2", Protocol: network.ProtocolPCoIP}, prefixes("0.0.0.0/0"), nil, rule.Undocumented, "", ""},
		{"all of 2022-09-02", "2022-09-02", network.Client{Region: "eu-west-1", Protocol: network.ProtocolPCoIP}, ireland, nil, rule.Undocumented, "", ""},
		{"a hole in 2022", "2022-09-02", network.Client{Region: "eu-west-1", Protocol: network.ProtocolPCoIP}, ireland[1:], nil, rule.Denied, "gateways [3.249.28.0/23]", "firewall-lacks-gateways"},
		{"nothing is claimed in the gap", "2022-09-03", network.Client{Region: "eu-west-1", Protocol: network.ProtocolPCoIP, Accelerator: true}, nil, published("WORKSPACES_GATEWAYS/eu-west-1/1.2.3.0/24"), rule.Undocumented, "", ""},
		{"to its end", "2025-10-20", network.Client{Region: "eu-west-1", Protocol: network.ProtocolDCV, IPv6: true}, nil, nil, rule.Undocumented, "", ""},
		{"port 443 is known in the gap", "2024-01-01", network.Client{Region: "eu-west-1", Protocol: network.ProtocolPCoIP}, nil, published("AMAZON/GLOBAL/15.0.0.0/24"), rule.Denied, "https [15.0.0.0/24]", "firewall-lacks-https"},
		{"the first reading after it", "2025-10-21", network.Client{Region: "eu-west-1", Protocol: network.ProtocolPCoIP, IPv6: true}, ireland, nil, rule.Denied, "gateways [2a05:d032:8000::/40]", "firewall-lacks-gateways"},
		{"the next, with the IPv6 of health checks", "2025-10-28", network.Client{Region: "eu-west-1", Protocol: network.ProtocolPCoIP, IPv6: true}, ireland, nil, rule.Denied,
			"gateways [2a05:d032:8000::/40] health-check [2a05:d018:10ca:f400::/56]", "firewall-lacks-gateways firewall-lacks-health-checks"},
		{"names of health checks", "2020-03-30", network.Client{Region: "eu-west-1", Protocol: network.ProtocolPCoIP}, prefixes("52.19.124.0/23"), nil, rule.Undocumented, "", ""},
		{"gateways that the copy lacks", "2022-09-02", network.Client{Region: "us-east-1", Protocol: network.ProtocolDCV}, prefixes("3.209.215.252/32", "3.212.50.30/32", "3.225.55.35/32", "3.226.24.234/32", "34.200.29.95/32", "52.200.219.150/32"),
			published("WORKSPACES_GATEWAYS/us-east-1/3.227.4.0/22"), rule.Undocumented, "", ""},
		{"a range that Oregon lost for eight days", "2020-05-06", network.Client{Region: "us-west-2", Protocol: network.ProtocolPCoIP}, prefixes("34.217.248.177/32", "44.234.54.0/23", "52.34.160.80/32", "54.68.150.54/32", "54.185.4.125/32", "54.188.171.18/32", "54.244.158.140/32"), nil, rule.Undocumented, "", ""},
		{"and got back", "2020-05-07", network.Client{Region: "us-west-2", Protocol: network.ProtocolPCoIP}, prefixes("34.217.248.177/32", "44.234.54.0/23", "52.34.160.80/32", "54.68.150.54/32", "54.185.4.125/32", "54.188.171.18/32", "54.244.158.140/32"), nil, rule.Denied, "gateways [54.244.46.0/23]", "firewall-lacks-gateways"},
		{"DCV in Seoul in 2020", "2020-04-29", network.Client{Region: "ap-northeast-2", Protocol: network.ProtocolDCV}, prefixes("0.0.0.0/0"), nil, rule.Undocumented, "", ""},
		{"Paris has Tel Aviv's addresses", "2026-09-10", network.Client{Region: "eu-west-3", Protocol: network.ProtocolDCV}, prefixes("51.44.72.0/22"), nil, rule.Undocumented, "", "firewall-disputed"},
		{"gateways of the file", "2026-09-10", network.Client{Region: "us-east-1", Protocol: network.ProtocolPCoIP}, prefixes("3.0.0.0/8", "52.0.0.0/8", "34.200.29.95/32"),
			published("WORKSPACES_GATEWAYS/us-east-1/44.214.144.0/20", "WORKSPACES_GATEWAYS/eu-west-1/1.2.3.0/24", "AMAZON/us-east-1/3.0.0.0/9", "AMAZON/eu-west-1/9.0.0.0/8", "EC2/us-east-1/9.9.0.0/16"), rule.Undocumented, "", "firewall-disputed"},
		{"port 443", "2026-09-10", network.Client{Region: "ap-south-1", Protocol: network.ProtocolPCoIP}, prefixes("13.0.0.0/8"),
			published("AMAZON/GLOBAL/15.0.0.0/24", "AMAZON/ap-south-1/13.232.0.0/14", "AMAZON/us-east-1/16.0.0.0/24", "S3/us-west-2/17.0.0.0/24", "S3/us-east-1/18.0.0.0/24", "AMAZON/us-west-2/2600::/32"), rule.Denied,
			"https [15.0.0.0/24 16.0.0.0/24 17.0.0.0/24]", "firewall-lacks-https"},
		{"a file without what is needed", "2026-09-10", network.Client{Region: "ap-south-1", Protocol: network.ProtocolPCoIP}, prefixes("0.0.0.0/0"), published(), rule.Undocumented, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fw, err := at(t, tt.date).CheckFirewall(tt.client, tt.allowed, tt.published)
			if err != nil {
				t.Fatal(err)
			}
			missing := ""
			for _, n := range fw.Needs {
				if len(n.Missing) > 0 {
					missing += fmt.Sprint(n.Purpose, " ", n.Missing, " ")
				}
			}
			if tt.date > "2022-09-02" && tt.date < "2025-10-21" && (!fw.Unread || len(fw.DocumentOnly)+len(fw.FileOnly) > 0) {
				t.Errorf("in the gap: unread %t, %v, %v", fw.Unread, fw.DocumentOnly, fw.FileOnly)
			}
			if got := broken(t, fw.Answer); fw.Verdict != tt.verdict || strings.TrimSpace(missing) != strings.TrimSpace(tt.missing) || got != tt.broken {
				t.Errorf("%s, missing %s, broken %q", fw.Verdict, missing, got)
			}
		})
	}
	// A long list is cut in the text.
	sao, err := network.Newest().CheckFirewall(network.Client{Region: "us-east-1", Protocol: network.ProtocolPCoIP, IPv6: true}, nil, nil)
	if vs := sao.Violations; err != nil || vs[0].Detail != "pcoip clients of us-east-1 cannot reach 3.217.228.0/22, 3.235.112.0/21, 52.23.61.0/24, 52.23.62.0/24" || vs[1].Path != "Gateways" || vs[2].Path != "HealthCheck" {
		t.Errorf("%v, %v", vs, err)
	}
	long, err := network.Newest().CheckFirewall(network.Client{Region: "us-east-1", Protocol: network.ProtocolPCoIP}, nil, append(whole, published("AMAZON/us-east-1/1.0.0.0/24", "AMAZON/us-east-1/1.0.2.0/24", "AMAZON/us-east-1/1.0.4.0/24", "AMAZON/us-east-1/1.0.6.0/24", "AMAZON/us-east-1/1.0.8.0/24")...))
	if vs := long.Violations; err != nil || vs[2].Detail != "pcoip clients of us-east-1 cannot reach 1.0.0.0/24, 1.0.2.0/24, 1.0.4.0/24, 1.0.6.0/24, 1.0.8.0/24, 15.0.0.0/24, 16.0.0.0/24, 17.0.0.0/24, and 1 more" || vs[2].Path != "HTTPS" {
		t.Errorf("%v, %v", vs, err)
	}
	// A Region's own part is needed once, and Global Accelerator is of the newest edition.
	for date, want := range map[string]string{"2020-04-29": "[] [15.0.0.0/24 16.0.0.0/24 18.0.0.0/24 17.0.0.0/24]", "2026-09-10": "[2a09:be00::/32] [15.0.0.0/24 16.0.0.0/24 18.0.0.0/24 17.0.0.0/24]"} {
		fw, err := at(t, date).CheckFirewall(network.Client{Region: "us-east-1", Protocol: network.ProtocolPCoIP, IPv6: true, Accelerator: true}, nil, whole)
		if err != nil {
			t.Fatal(err)
		}
		var aga6, https []network.Range
		for _, n := range fw.Needs {
			if n.Purpose == network.Accelerator && n.IPv6 {
				aga6 = n.Ranges
			} else if n.Purpose == network.HTTPS && !n.IPv6 {
				https = n.Ranges
			}
		}
		if got := fmt.Sprint(aga6, " ", https); got != want {
			t.Errorf("%s: %s, want %s", date, got, want)
		}
	}
	// Before the page refers to the entries of the file, it is open what they mean.
	old, err := at(t, "2020-04-08").CheckFirewall(network.Client{Region: "us-east-1", Protocol: network.ProtocolPCoIP}, prefixes("0.0.0.0/1"), published("WORKSPACES_GATEWAYS/us-east-1/192.0.2.0/24"))
	if err != nil || len(old.FileOnly) != 1 || open(old.Answer) != "input:HTTPS documents:Gateways" {
		t.Errorf("%+v, %v", old, err)
	}
	// Where guide and file differ, both differences are told.
	paris, err := network.Newest().CheckFirewall(network.Client{Region: "eu-west-3", Protocol: network.ProtocolPCoIP}, nil,
		published("WORKSPACES_GATEWAYS/eu-west-3/51.44.72.0/22", "WORKSPACES_GATEWAYS/eu-west-3/2a05:d022:1c::/48", "WORKSPACES_GATEWAYS/eu-west-3/2a05:d032:2000::/40"))
	if err != nil || fmt.Sprint(paris.DocumentOnly, paris.FileOnly) != "[51.44.204.0/22] [2a05:d032:2000::/40]" {
		t.Errorf("%v, %v, %v", paris.DocumentOnly, paris.FileOnly, err)
	}
	// The addresses of Global Accelerator are held against that service's.
	for file, want := range map[string]string{"GLOBALACCELERATOR/GLOBAL/93.77.128.0/19": "[]", "GLOBALACCELERATOR/GLOBAL/93.77.145.0/24": "[93.77.144.0/24]"} {
		fw, err := network.Newest().CheckFirewall(network.Client{Region: "eu-west-3", Protocol: network.ProtocolDCV}, nil, published(file))
		if err != nil || fmt.Sprint(fw.DocumentOnly) != want || len(fw.FileOnly) > 0 {
			t.Errorf("%s: %v, %v, %v", file, fw.DocumentOnly, fw.FileOnly, err)
		}
	}
	// A finding cites the newest version that added to what it is about.
	for region, want := range map[string]string{"us-east-1": "2020-04-29 PCoIP Gateway", "us-west-2": "2021-06-05 PCoIP Gateway Servers", "us-gov-west-1": "2019-03-25 PCoIP Gateway and Health Check Servers"} {
		fw, err := at(t, "2022-09-02").CheckFirewall(network.Client{Region: region, Protocol: network.ProtocolPCoIP}, nil, nil)
		if vs := fw.Violations; err != nil || vs[0].Cite.Date.String()+" "+vs[0].Cite.Section != want {
			t.Errorf("%s: %v, %v, want %s", region, vs, err, want)
		}
	}
	mumbai, err := network.Newest().CheckFirewall(network.Client{Region: "ap-south-1", Protocol: network.ProtocolPCoIP}, nil, nil)
	if vs := mumbai.Violations; err != nil || vs[0].Cite.Date.String() != "2025-10-21" || vs[0].Cite.Section != "PCoIP gateway servers" {
		t.Errorf("%v, %v", vs, err)
	}
	for _, tt := range []struct {
		c       network.Client
		allowed []netip.Prefix
		path    rule.Path
	}{
		{network.Client{Region: "Paris", Protocol: network.ProtocolDCV}, nil, "Region"},
		{network.Client{Region: "eu-west-3", Protocol: "rdp"}, nil, "Protocol"},
		{network.Client{Region: "eu-west-3", Protocol: network.ProtocolDCV}, []netip.Prefix{{}}, "Allowed[0]"},
	} {
		_, err := network.Newest().CheckFirewall(tt.c, tt.allowed, nil)
		refused(t, err, tt.path)
	}
}

// What is not known, and whose fault that is.
func TestFirewallOpen(t *testing.T) {
	ownPart := published("AMAZON/cn-northwest-1/8.0.0.0/24", "GLOBALACCELERATOR/GLOBAL/2a09:be00::/32")
	for _, tt := range []struct {
		date      string
		client    network.Client
		published []network.AWSRange
		open      string
	}{
		{"2026-09-10", network.Client{Region: "eu-west-1", Protocol: network.ProtocolPCoIP}, nil, "input:HTTPS"},
		{"2026-09-10", network.Client{Region: "eu-west-1", Protocol: network.ProtocolPCoIP, IPv6: true, Accelerator: true}, nil, "input:Accelerator input:HTTPS input:HTTPS"},
		{"2026-09-10", network.Client{Region: "eu-west-1", Protocol: network.ProtocolPCoIP}, published("AMAZON/GLOBAL/15.0.0.0/24"), "input:HTTPS"},
		{"2026-09-10", network.Client{Region: "us-east-2", Protocol: network.ProtocolPCoIP}, nil, "documents:Gateways documents:HealthCheck input:HTTPS"},
		{"2020-04-29", network.Client{Region: "ap-northeast-2", Protocol: network.ProtocolDCV, Accelerator: true, IPv6: true}, nil,
			"documents:Gateways documents:Gateways documents:HealthCheck documents:Accelerator documents:Accelerator input:HTTPS input:HTTPS"},
		{"2018-02-03", network.Client{Region: "us-east-1", Protocol: network.ProtocolDCV}, ownPart, "documents:Gateways documents:HealthCheck input:HTTPS"},
		{"2024-01-01", network.Client{Region: "us-east-1", Protocol: network.ProtocolDCV, IPv6: true}, nil,
			"documents:Gateways documents:Gateways documents:HealthCheck documents:HealthCheck input:HTTPS input:HTTPS"},
		{"2026-09-10", network.Client{Region: "cn-northwest-1", Protocol: network.ProtocolDCV}, ownPart, "documents:Gateways documents:HealthCheck"},
		{"2026-09-10", network.Client{Region: "cn-northwest-1", Protocol: network.ProtocolDCV, Accelerator: true, IPv6: true}, ownPart,
			"documents:Gateways documents:Gateways documents:HealthCheck documents:HealthCheck documents:Accelerator input:HTTPS"},
	} {
		fw, err := at(t, tt.date).CheckFirewall(tt.client, nil, tt.published)
		if broken(t, fw.Answer); err != nil || open(fw.Answer) != tt.open {
			t.Errorf("%+v on %s: %q, %v, want %q", tt.client, tt.date, open(fw.Answer), err, tt.open)
		}
	}
}

// Prefixes that touch nothing change nothing, however many they are.
func TestFirewallLongList(t *testing.T) {
	for _, c := range []network.Client{
		{Region: "us-east-1", Protocol: network.ProtocolDCV, IPv6: true, Accelerator: true},
		{Region: "eu-west-3", Protocol: network.ProtocolPCoIP},
	} {
		entries := published("WORKSPACES_GATEWAYS/us-east-1/192.0.2.0/24", "AMAZON/us-east-1/16.0.0.0/24", "GLOBALACCELERATOR/GLOBAL/2600:9000:a4c0::/44")
		whole, err := network.Newest().CheckFirewall(c, nil, entries)
		if err != nil {
			t.Fatal(err)
		}
		var needed []netip.Prefix
		for _, n := range whole.Needs {
			needed = append(needed, n.Missing...)
		}
		needed = append(append(needed, whole.DocumentOnly...), whole.FileOnly...)
		for i := range needed { // all but one
			short := slices.Concat(needed[:i], needed[i+1:])
			long := append(gen.InUse(200, parents, 1), short...)
			want, err := network.Newest().CheckFirewall(c, short, entries)
			if err != nil || len(short) > 32 {
				t.Fatal(len(short), err)
			}
			got, err := network.Newest().CheckFirewall(c, long, entries)
			if err != nil || got.Verdict != want.Verdict || !slices.Equal(got.Violations, want.Violations) || !slices.EqualFunc(got.Needs, want.Needs, func(a, b network.Need) bool { return slices.Equal(a.Missing, b.Missing) }) {
				t.Errorf("without %s: %v, %v, want %v", needed[i], got.Violations, err, want.Violations)
			}
		}
		_, err = network.Newest().CheckFirewall(c, append(gen.InUse(200, parents, 1), netip.Prefix{}), nil)
		refused(t, err, "Allowed[200]")
	}
}
