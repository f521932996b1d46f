package network_test

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/wksgo/wks/internal/gen"
	"github.com/wksgo/wks/network"
)

func readIPRanges(t testing.TB, text string) (*network.IPRanges, []network.AWSRange, error) {
	t.Helper()
	x := network.NewIPRanges(strings.NewReader(text))
	var all []network.AWSRange
	for a, err := range x.All() {
		if err != nil {
			return x, all, err
		}
		all = append(all, a)
	}
	return x, all, nil
}

func TestIPRanges(t *testing.T) {
	for file, want := range map[string]string{
		"testdata/ip-ranges-new.json": "2026-08-22T15:17:05Z 2026-08-22T15:17:05Z\n" +
			"3.217.228.0/22 us-east-1 WORKSPACES_GATEWAYS us-east-1\n44.214.144.0/22 us-east-1 WORKSPACES_GATEWAYS us-east-1\n3.217.228.0/22 us-east-1 EC2 us-east-1\n" +
			"93.77.128.0/19 GLOBAL GLOBALACCELERATOR GLOBAL\n2600:1f32:8000::/39 us-east-1 WORKSPACES_GATEWAYS us-east-1\n",
		"testdata/ip-ranges-old.json": "2020-03-30T12:00:00Z 2020-03-30T12:00:00Z\n52.23.61.0/24 us-east-1 WORKSPACES_GATEWAYS \n2a05:d07c:2000::/40 eu-west-1 AMAZON \n",
	} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		x, all, err := readIPRanges(t, string(text))
		if err != nil {
			t.Fatal(err)
		}
		if x.SyncToken.Location() != time.UTC || x.Created.Location() != time.UTC {
			t.Errorf("%s: times in %s and %s", file, x.SyncToken.Location(), x.Created.Location())
		}
		got := x.SyncToken.Format(time.RFC3339) + " " + x.Created.Format(time.RFC3339) + "\n"
		for _, a := range all {
			got += fmt.Sprintln(a.Prefix, a.Region, a.Service, a.NetworkBorderGroup)
		}
		if got != want {
			t.Errorf("%s:\n%s\nwant\n%s", file, got, want)
		}
		// Cut anywhere before its end, it is an error.
		for n := range strings.LastIndexByte(string(text), '}') {
			if _, _, err := readIPRanges(t, string(text[:n])); err == nil {
				t.Fatalf("%s cut at %d is read", file, n)
			}
		}
	}
}

func TestIPRangesErrors(t *testing.T) {
	for text, want := range map[string]string{
		``:                 "unexpected EOF",
		`[]`:               "got [, want {",
		`{}`:               "neither prefixes nor ipv6_prefixes",
		`{"prefixes": {}}`: "prefixes: got {, want [",
		`{"prefixes": [{"ip_prefix": "10.0.0.0/8", "region": "x"}]}`:                                                  "prefixes[0]: lacks",
		`{"prefixes": [{"ipv6_prefix": "::/8", "region": "x", "service": "y"}]}`:                                      "prefixes[0]: lacks",
		`{"prefixes": [{"ip_prefix": "10.0.0.0/8", "region": "x", "service": "y"}, {"ip_prefix": "10.0.0.0/40"}]}`:    "prefixes[1]: netip.ParsePrefix",
		`{"prefixes": [], "ipv6_prefixes": [{"ipv6_prefix": 5}]}`:                                                     "ipv6_prefixes[0]: json",
		`{"syncToken": 1587404591, "prefixes": []}`:                                                                   "syncToken: json",
		`{"syncToken": "soon", "prefixes": []}`:                                                                       "syncToken: strconv",
		`{"createDate": "2020-04-20", "prefixes": []}`:                                                                "createDate: parsing",
		`{"prefixes": [{"ip_prefix": "::/8", "region": "x", "service": "y"}]}`:                                        "prefixes[0]: lacks",
		`{"prefixes": [], "ipv6_prefixes": [{"ipv6_prefix": "10.0.0.0/8", "region": "x", "service": "y"}]}`:           "ipv6_prefixes[0]: lacks",
		`{"prefixes": [{"ip_prefix": "10.0.0.0/8", "region": "x", "service": "y"}, {"region": "x", "service": "y"}]}`: "prefixes[1]: lacks",
		`{"prefixes": []}}`:    "goes on at byte",
		`{"prefixes": []} {}`:  "goes on at byte",
		`{"prefixes": [null]}`: "prefixes[0]: lacks",
	} {
		if _, _, err := readIPRanges(t, text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
	if _, all, err := readIPRanges(t, `{"new": {"a": [1]}, "prefixes": [{"ip_prefix": "10.0.0.0/8", "region": "x", "service": "y", "new": {}}]}`); err != nil || len(all) != 1 {
		t.Errorf("with members that are not known: %v, %v", all, err)
	}
	for a, err := range network.NewIPRanges(strings.NewReader(string(ipRangesFile(10)))).All() {
		if !a.Prefix.IsValid() || err != nil {
			t.Error(a, err)
		}
		break
	}
}

// ipRangesFile makes a file of n IPv4 entries and n IPv6 ones, in AWS's layout.
func ipRangesFile(n int) []byte {
	var b strings.Builder
	b.WriteString("{\n  \"syncToken\": \"1787411825\",\n  \"createDate\": \"2026-08-22-15-17-05\",\n")
	write := func(list, member string, prefixes []netip.Prefix, end string) {
		fmt.Fprintf(&b, "  %q: [", list)
		for i, p := range prefixes {
			if i > 0 {
				b.WriteString(",")
			}
			region := []string{"us-east-1", "eu-west-1", "ap-south-1", "GLOBAL"}[i%4]
			fmt.Fprintf(&b, "\n    {\n      %q: \"%s\",\n      \"region\": %q,\n      \"service\": %q,\n      \"network_border_group\": %q\n    }", member, p, region, []string{"AMAZON", "EC2", "S3"}[i%3], region)
		}
		b.WriteString("\n  ]" + end)
	}
	var v4 []netip.Prefix
	for _, p := range gen.InUse(2*n, []netip.Prefix{netip.MustParsePrefix("3.0.0.0/8")}, 1) {
		if p.Addr().Is4() && len(v4) < n {
			v4 = append(v4, p)
		}
	}
	write("prefixes", "ip_prefix", v4, ",\n")
	write("ipv6_prefixes", "ipv6_prefix", gen.InUse6(n, netip.MustParsePrefix("2600::/12"), 1), "\n}\n")
	return []byte(b.String())
}

// BenchmarkIPRanges reads a file of the size that AWS's has today.
func BenchmarkIPRanges(b *testing.B) {
	text := string(ipRangesFile(8500))
	b.Run("wks", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			n := 0
			for _, err := range network.NewIPRanges(strings.NewReader(text)).All() {
				if err != nil {
					b.Fatal(err)
				}
				n++
			}
			runtime.KeepAlive(n)
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			var file struct {
				Prefixes []struct {
					Prefix             netip.Prefix `json:"ip_prefix"`
					Region             string       `json:"region"`
					Service            string       `json:"service"`
					NetworkBorderGroup string       `json:"network_border_group"`
				} `json:"prefixes"`
				IPv6 []struct {
					Prefix             netip.Prefix `json:"ipv6_prefix"`
					Region             string       `json:"region"`
					Service            string       `json:"service"`
					NetworkBorderGroup string       `json:"network_border_group"`
				} `json:"ipv6_prefixes"`
			}
			if err := json.NewDecoder(strings.NewReader(text)).Decode(&file); err != nil {
				b.Fatal(err)
			}
			runtime.KeepAlive(file)
		}
	})
}

func FuzzIPRanges(f *testing.F) {
	f.Add(string(ipRangesFile(2)))
	f.Add(`{"prefixes": [{"ip_prefix": "10.0.0.0/8", "region": "x", "service": "y"}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		_, all, err := readIPRanges(t, text)
		if err == nil && !json.Valid([]byte(strings.TrimSpace(text))) && json.NewDecoder(strings.NewReader(text)).Decode(new(any)) != nil {
			t.Fatalf("%q is read", text)
		}
		for _, a := range all {
			if !a.Prefix.IsValid() || a.Region == "" || a.Service == "" {
				t.Fatalf("%+v", a)
			}
		}
	})
}
