package network_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

func TestRoundTripQuality(t *testing.T) {
	// Every end of a band, and a time on either side of it.
	for _, tt := range []struct {
		date     string
		protocol network.Protocol
		want     string // at 0, 99, 100, 101, 199, 200, 201, 249, 250, 251, 374, 375, 376, 400, 401 ms
	}{
		{"2020-04-28", network.ProtocolPCoIP, "???????????????"},
		{"2020-04-29", network.ProtocolPCoIP, "bb?ddddd???????"},
		{"2020-04-29", network.ProtocolDCV, "bbbbbbbb?dddd??"},
		{"2020-09-22", network.ProtocolPCoIP, "bb?aa?ddddd?ccc"},
		{"2026-09-10", network.ProtocolPCoIP, "bb?aa?ddddd?ccc"},
		{"2020-04-28", network.ProtocolDCV, "???????????????"},
		{"2020-10-03", network.ProtocolDCV, "bbbbbbbb?dddd??"},
		{"2026-09-10", network.ProtocolDCV, "bbbbbbbb?dddd??"},
	} {
		got := ""
		for _, ms := range []int{0, 99, 100, 101, 199, 200, 201, 249, 250, 251, 374, 375, 376, 400, 401} {
			q, c := at(t, tt.date).RoundTripQuality(tt.protocol, time.Duration(ms)*time.Millisecond)
			if (q == network.QualityUndocumented) != (c == rule.Citation{}) {
				t.Errorf("%q is cited as %v", q, c)
			}
			got += string((string(q) + "?")[0])
		}
		if got != tt.want {
			t.Errorf("%s on %s: %s, want %s", tt.protocol, tt.date, got, tt.want)
		}
	}
	if q, _ := network.Newest().RoundTripQuality(network.ProtocolPCoIP, -1); q != network.QualityUndocumented {
		t.Errorf("a negative time is %s", q)
	}
}

// link reads "PROTOCOL RTT MTU DOWNLINK".
func link(s string) (l network.Link, err error) {
	var ms int
	_, err = fmt.Sscan(s, (*string)(&l.Protocol), &ms, &l.VPNMTU, &l.Downlink)
	l.RoundTrip = time.Duration(ms) * time.Millisecond
	return l, err
}

func TestCheckLink(t *testing.T) {
	for in, want := range map[string]string{
		"pcoip 0 0 0":         "",
		"pcoip 150 1200 1000": "",
		"pcoip 300 1199 999":  "round-trip-degrades vpn-mtu-too-small downlink-too-slow",
		"pcoip 376 0 0":       "round-trip-ends-session",
		"dcv 376 0 0":         "round-trip-degrades",
		"dcv 401 0 0":         "",
	} {
		l, err := link(in)
		if err != nil {
			t.Fatal(err)
		}
		vs, err := network.Newest().CheckLink(l)
		var got []string
		for _, v := range vs {
			got = append(got, strings.TrimPrefix(string(v.Code), "network."))
		}
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("%s: %q, %v, want %q", in, got, err, want)
		}
	}
	for in, path := range map[string]rule.Path{"rdp 0 0 0": "Protocol", "dcv -1 0 0": "RoundTrip", "dcv 0 -1 0": "VPNMTU", "dcv 0 0 -1": "Downlink"} {
		l, _ := link(in)
		_, err := network.Newest().CheckLink(l)
		var input *rule.InputError
		if !errors.As(err, &input) || input.Path != path {
			t.Errorf("%s: %v", in, err)
		}
	}
}

func TestLaunchWithIPv6AutoAssign(t *testing.T) {
	for _, tt := range []struct {
		date, compute string
		want          rule.Verdict
		citations     int
	}{
		{"2018-02-03", "PERFORMANCE", rule.Denied, 1},
		{"2018-02-03", "GRAPHICS", rule.Denied, 1},
		{"2018-02-03", "GRAPHICSPRO", rule.Undocumented, 0},
		{"2019-09-24", "PERFORMANCE", rule.Undocumented, 1},
		{"2020-04-29", "GRAPHICS", rule.Denied, 2},
		{"2020-04-29", "GRAPHICSPRO", rule.Allowed, 0},
		{"2026-09-10", "GRAPHICS", rule.Undocumented, 1},
		{"2026-09-10", "STANDARD", rule.Undocumented, 0},
		{"2026-09-10", "graphics", rule.Undocumented, 0},
		{"2026-09-10", "PERFORMANCE", rule.Undocumented, 1},
	} {
		got, c := at(t, tt.date).LaunchWithIPv6AutoAssign(tt.compute)
		if got != tt.want || len(c) != tt.citations {
			t.Errorf("%s on %s: %s, %v", tt.compute, tt.date, got, c)
		}
	}
	if got, _ := (network.Rules{}).LaunchWithIPv6AutoAssign("STANDARD"); got != rule.Undocumented {
		t.Errorf("the zero Rules say %s", got)
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
		verdict, vs, err := network.Newest().CheckDirectoryFeatures(features(letters))
		if (verdict == rule.Denied) != (vs.Err() != nil) || verdict == rule.Undocumented {
			t.Errorf("%q: %s", letters, verdict)
		}
		var got []string
		for _, v := range vs {
			got = append(got, strings.TrimPrefix(string(v.Code), "network."))
		}
		if err != nil || strings.Join(got, " ") != want[letters] {
			t.Errorf("%q: %q, %v, want %q", letters, got, err, want[letters])
		}
	}
	if verdict, vs, err := at(t, "2025-10-20").CheckDirectoryFeatures(features("faeg")); err != nil || len(vs) > 0 || verdict != rule.Undocumented {
		t.Errorf("before it was documented: %s, %v, %v", verdict, vs, err)
	}
}
