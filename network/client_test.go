package network_test

import (
	"errors"
	"fmt"
	"os"
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

// grid reads the words of a file, line by line, without comments.
func grid(t *testing.T, file string) (rows [][]string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); f[0] != "#" {
			rows = append(rows, f)
		}
	}
	return rows
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

func TestLaunchWithIPv6AutoAssignGrid(t *testing.T) {
	rows := grid(t, "testdata/auto_assign.txt")
	for _, row := range rows[1:] {
		for i, cell := range row[1:] {
			got, refusing := at(t, row[0]).LaunchWithIPv6AutoAssign(rows[0][i+1])
			want := map[byte]rule.Verdict{'n': rule.Denied, 'y': rule.Allowed, '?': rule.Undocumented}[cell[2]]
			if got != want || len(refusing) != strings.Count(cell[:2], "n") {
				t.Errorf("%s on %s: %s, refused by %v, want %s", rows[0][i+1], row[0], got, refusing, cell)
			}
		}
	}
	if len(rows) != 5 {
		t.Errorf("%d rows", len(rows))
	}
	for _, unknown := range []string{"graphics", "", "GRAPHICS_G7"} {
		if got, _ := network.Newest().LaunchWithIPv6AutoAssign(unknown); got != rule.Undocumented {
			t.Errorf("%q is %s", unknown, got)
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
