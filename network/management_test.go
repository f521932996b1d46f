package network_test

import (
	"errors"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// The grid in testdata is drawn from the history of the guide's table, version by
// version, and not from this package's rows.
func TestManagementRangesGrid(t *testing.T) {
	letters := map[byte]struct {
		use    network.Use
		prefix string
	}{
		'a': {network.Candidate, "172.31.0.0/16"},
		'b': {network.Candidate, "192.168.0.0/16"},
		'c': {network.Candidate, "198.19.0.0/16"},
		'd': {network.DCV, "10.0.0.0/8"},
		'e': {network.DCV, "192.169.0.0/16"},
	}
	rows := grid(t, "testdata/management_ranges.txt")
	dates := rows[0][1:]
	cells := 0
	for _, fields := range rows[1:] {
		region := fields[0]
		for i, cell := range fields[1:] {
			cells++
			m, err := at(t, dates[i]).ManagementRanges(region)
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			for _, l := range []byte(strings.Trim(cell, "?")) {
				want = append(want, string(letters[l].use)+" "+letters[l].prefix)
			}
			var got []string
			for _, r := range m.Ranges {
				if r.Use == network.Candidate || r.Use == network.DCV {
					got = append(got, string(r.Use)+" "+r.Prefix.String())
				}
				if r.Suspect != (r.Prefix.String() == "192.169.0.0/16") {
					t.Errorf("%s on %s: %s is suspect: %t", region, dates[i], r.Prefix, r.Suspect)
				}
			}
			if !slices.Equal(got, want) || m.Published != (cell != "?") {
				t.Errorf("%s on %s: got %q, published %t, want %q", region, dates[i], got, m.Published, want)
			}
		}
	}
	if cells != 20*13 {
		t.Errorf("%d cells", cells)
	}
}

// The ranges for BYOL and Pools hold in every Region, also in one without a row.
func TestManagementRangesOfEveryRegion(t *testing.T) {
	for _, tt := range []struct {
		date                        string
		byol, byolDCV, pools, poolB []netip.Prefix
	}{
		{"2020-12-22", nil, nil, nil, nil},
		{"2020-12-23", prefixes("54.239.224.0/20"), nil, nil, nil},
		{"2021-01-23", prefixes("54.239.224.0/20"), nil, nil, nil},
		{"2021-02-20", prefixes("54.239.224.0/20"), prefixes("10.0.0.0/8"), nil, nil},
		{"2025-10-20", prefixes("54.239.224.0/20"), prefixes("10.0.0.0/8"), nil, nil},
		{"2025-10-21", prefixes("54.239.224.0/20"), prefixes("10.0.0.0/8"), prefixes("198.19.0.0/16"), prefixes("10.0.0.0/8")},
		{"2026-09-10", prefixes("54.239.224.0/20"), prefixes("10.0.0.0/8"), prefixes("198.19.0.0/16"), prefixes("10.0.0.0/8")},
	} {
		for _, region := range []string{"us-east-1", "us-east-2"} {
			m, err := at(t, tt.date).ManagementRanges(region)
			if err != nil {
				t.Fatal(err)
			}
			for use, want := range map[network.Use][]netip.Prefix{network.BYOL: tt.byol, network.BYOLDCV: tt.byolDCV, network.Pools: tt.pools, network.PoolsBYOLDCV: tt.poolB} {
				if got := m.Of(use); !slices.Equal(got, want) {
					t.Errorf("%s on %s: %s %v, want %v", region, tt.date, use, got, want)
				}
			}
		}
	}
}

// A fact of which only the newest reading is known says so.
func TestManagementRangesFirstSeen(t *testing.T) {
	m, err := network.Newest().ManagementRanges("us-gov-west-1")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{"candidate 198.19.0.0/16": false, "dcv 10.0.0.0/8": false, "dcv 192.169.0.0/16": true, "byol 54.239.224.0/20": false,
		"byol-dcv 10.0.0.0/8": false, "pools 198.19.0.0/16": true, "pools-byol-dcv 10.0.0.0/8": true, "pools-reserved 169.254.0.0/16": true}
	for _, r := range m.Ranges {
		key := string(r.Use) + " " + r.Prefix.String()
		if first, ok := want[key]; !ok || first != r.FirstSeen {
			t.Errorf("%s: first seen %t", key, r.FirstSeen)
		}
		delete(want, key)
	}
	if len(want) > 0 {
		t.Errorf("missing: %v", want)
	}
	m.Ranges[0].Prefix = netip.Prefix{}
	if again, _ := network.Newest().ManagementRanges("us-gov-west-1"); again.Ranges[0].Prefix != netip.MustParsePrefix("198.19.0.0/16") {
		t.Error("the result is not a copy")
	}
}

func TestBadRegion(t *testing.T) {
	for _, region := range []string{"", "us-east-1a", "US-EAST-1", "N. Virginia", "us-east", "*", "use1-az2", "us-east-1\n"} {
		_, err := network.Newest().ManagementRanges(region)
		var input *rule.InputError
		if !errors.As(err, &input) || input.Path != "Region" || input.Value != region {
			t.Errorf("%q: %v", region, err)
		}
	}
	for _, region := range []string{"us-east-1", "us-gov-west-1", "cn-northwest-1", "ap-southeast-5", "eusc-de-east-1"} {
		if _, err := network.Newest().ManagementRanges(region); err != nil {
			t.Errorf("%q: %v", region, err)
		}
	}
}
