package network_test

import (
	"strings"
	"testing"
	"time"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// Every end of a band, and a time on either side of it.
func TestRoundTripQualityGrid(t *testing.T) {
	rows := grid(t, "testdata/bands.txt")
	for _, row := range rows[1:] {
		for i, want := range row[2:] {
			ms, err := time.ParseDuration(rows[0][i+2] + "ms")
			if err != nil {
				t.Fatal(err)
			}
			q, c := at(t, row[0]).RoundTripQuality(network.Protocol(row[1]), ms)
			if got := (string(q) + "?")[:1]; got != want || (q == network.QualityUndocumented) != (c == rule.Citation{}) {
				t.Errorf("%s on %s: %s is %s, cited as %v, want %s", row[1], row[0], ms, got, c, want)
			}
		}
	}
	if len(rows) != 9 {
		t.Errorf("%d rows", len(rows))
	}
	if q, _ := network.Newest().RoundTripQuality(network.ProtocolPCoIP, -1); q != network.QualityUndocumented {
		t.Errorf("a negative time is %s", q)
	}
}

func TestCheckClientLink(t *testing.T) {
	for _, tt := range []struct {
		rtt, mtu, downlink int
		protocol           network.Protocol
		verdict            rule.Verdict
		broken, open       string
	}{
		{0, 0, 0, network.ProtocolPCoIP, rule.Undocumented, "", "input:RoundTrip input:Downlink"},
		{150, 1200, 1000, network.ProtocolPCoIP, rule.Allowed, "", ""},
		{99, 0, 1000, network.ProtocolPCoIP, rule.Allowed, "", ""},
		{300, 1199, 999, network.ProtocolPCoIP, rule.Denied, "round-trip-degrades vpn-mtu-too-small downlink-too-slow", ""},
		{376, 0, 0, network.ProtocolPCoIP, rule.Denied, "round-trip-ends-session", "input:Downlink"},
		{375, 0, 5000, network.ProtocolPCoIP, rule.Undocumented, "", "documents:RoundTrip"},
		{376, 0, 5000, network.ProtocolDCV, rule.Allowed, "round-trip-degrades", ""},
		{401, 0, 5000, network.ProtocolDCV, rule.Undocumented, "", "documents:RoundTrip"},
	} {
		a, err := network.Newest().CheckClientLink(network.ClientLink{Protocol: tt.protocol, RoundTrip: time.Duration(tt.rtt) * time.Millisecond, VPNMTU: tt.mtu, Downlink: tt.downlink})
		if got := broken(t, a); err != nil || a.Verdict != tt.verdict || got != tt.broken || open(a) != tt.open {
			t.Errorf("%+v: %s, %q, %q, %v", tt, a.Verdict, got, open(a), err)
		}
	}
	for date, want := range map[string]string{
		"2018-02-03": "vpn-mtu-too-small documents:RoundTrip documents:Downlink", "2019-11-25": "vpn-mtu-too-small documents:RoundTrip documents:Downlink",
		"2019-11-26": "vpn-mtu-too-small downlink-too-slow documents:RoundTrip", "2020-04-29": "vpn-mtu-too-small downlink-too-slow ",
	} {
		if a, err := at(t, date).CheckClientLink(network.ClientLink{Protocol: network.ProtocolDCV, RoundTrip: 1, VPNMTU: 1, Downlink: 1}); err != nil || broken(t, a)+" "+open(a) != want {
			t.Errorf("%s: %+v, %v", date, a, err)
		}
	}
	for path, l := range map[rule.Path]network.ClientLink{
		"Protocol":  {Protocol: "rdp"},
		"RoundTrip": {Protocol: network.ProtocolDCV, RoundTrip: -1},
		"VPNMTU":    {Protocol: network.ProtocolDCV, VPNMTU: -1},
		"Downlink":  {Protocol: network.ProtocolDCV, Downlink: -1},
	} {
		_, err := network.Newest().CheckClientLink(l)
		refused(t, err, path)
	}
}

func TestLaunchWithIPv6AutoAssignGrid(t *testing.T) {
	rows := grid(t, "testdata/auto_assign.txt")
	for _, row := range rows[1:] {
		for i, cell := range row[1:] {
			a, err := at(t, row[0]).LaunchWithIPv6AutoAssign(rows[0][i+1])
			broken(t, a)
			want := map[byte]rule.Verdict{'n': rule.Denied, 'y': rule.Allowed, '?': rule.Undocumented}[cell[2]]
			refusing, contradicted := strings.Count(cell[:2], "n"), 0
			if refusing > 0 && strings.Contains(cell[:2], "y") {
				refusing, contradicted = 0, refusing
			}
			if err != nil || a.Verdict != want || len(a.Violations) != refusing || len(a.OpenBy(rule.ByContradiction)) != contradicted {
				t.Errorf("%s on %s: %+v, %v, want %s", rows[0][i+1], row[0], a, err, cell)
			}
		}
	}
	if len(rows) != 11 {
		t.Errorf("%d rows", len(rows))
	}
	for unknown, by := range map[string]rule.Cause{"graphics": rule.ByDocuments, "": rule.ByInput, "GRAPHICS_G7": rule.ByDocuments} {
		if a, err := network.Newest().LaunchWithIPv6AutoAssign(unknown); err != nil || a.Verdict != rule.Undocumented || len(a.OpenBy(by)) != 1 {
			t.Errorf("%q: %+v, %v", unknown, a, err)
		}
	}
	// Who contradicts whom.
	a, err := network.Newest().LaunchWithIPv6AutoAssign("PERFORMANCE")
	if err != nil || a.Open[0].Cites[0].Document != "admin-guide-troubleshooting" || a.Open[0].Cites[1].Document != "admin-guide-vpc" {
		t.Errorf("%+v, %v", a, err)
	}
}

// features reads letters: f FIPS, a Global Accelerator, e streaming endpoint, g IP groups.
func features(s string) network.DirectoryFeatures {
	has := func(l string) bool { return strings.Contains(s, l) }
	return network.DirectoryFeatures{FIPS: has("f"), GlobalAccelerator: has("a"), StreamingEndpoint: has("e"), IPGroups: has("g")}
}

// All sixteen combinations.
func TestCheckDirectoryFeatures(t *testing.T) {
	want := map[string]string{
		"fag": "accelerator-with-fips-and-ip-groups", "fe": "endpoint-with-fips", "ae": "endpoint-with-accelerator", "eg": "endpoint-ignores-ip-groups",
		"fae": "endpoint-with-fips endpoint-with-accelerator", "feg": "endpoint-with-fips endpoint-ignores-ip-groups", "aeg": "endpoint-with-accelerator endpoint-ignores-ip-groups",
		"faeg": "accelerator-with-fips-and-ip-groups endpoint-with-fips endpoint-with-accelerator endpoint-ignores-ip-groups",
	}
	for i := range 16 {
		letters := ""
		for j, l := range "faeg" {
			if i>>j&1 == 1 {
				letters += string(l)
			}
		}
		a, err := network.Newest().CheckDirectoryFeatures(features(letters))
		if got := broken(t, a); err != nil || got != want[letters] || len(a.Open) > 0 {
			t.Errorf("%q: %+v, %v, want %q", letters, a, err, want[letters])
		}
	}
	if a, err := at(t, "2025-10-20").CheckDirectoryFeatures(features("faeg")); err != nil || broken(t, a) != "" || open(a) != "documents:" {
		t.Errorf("before it was documented: %+v, %v", a, err)
	}
}
