package network

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/wksgo/wks/rule"
)

// A Use says what a management range is for.
type Use string

const (
	// Candidate ranges are those from which WorkSpaces picks the address of eth0 for
	// a WorkSpace from a public bundle. At registration of a directory at least one
	// of them must be free of conflicts.
	Candidate Use = "candidate"
	// DCV ranges are used in addition by WorkSpaces with DCV (formerly WSP). They play
	// no part in the test at registration.
	DCV Use = "dcv"
	// BYOL ranges are used by every BYOL WorkSpace and, as the guide has it since
	// 2021-01-23, in addition to the /16 that the account has chosen; the candidates do
	// not apply to BYOL.
	BYOL Use = "byol"
	// BYOLDCV ranges are used in addition to those of BYOL by WorkSpaces with DCV.
	BYOLDCV Use = "byol-dcv"
	// Pools ranges are used by WorkSpaces Pools from public bundles.
	Pools Use = "pools"
	// PoolsBYOLDCV ranges are used by BYOL pools with DCV beside the chosen /16.
	PoolsBYOLDCV Use = "pools-byol-dcv"
	// PoolsReserved ranges are kept by WorkSpaces Pools for management traffic.
	PoolsReserved Use = "pools-reserved"
)

// A ManagementRange is one range of a Region's management network.
type ManagementRange struct {
	Prefix netip.Prefix
	Use    Use
	Span   rule.Span     // the editions in which the page says so in the same words
	Cite   rule.Citation // the first version of the page that says so in these words
	// FirstSeen is set if the range appeared at an unknown date before Span.Since,
	// which is the first reading that shows it.
	FirstSeen bool
	// Suspect is set if the range is kept as printed and may be a misprint.
	Suspect bool
}

// ManagementRanges are the management ranges of a Region in one edition.
type ManagementRanges struct {
	Region string
	// Published tells whether a version of the guide's table that was read has a row for
	// the Region. If not, its candidates are undocumented. No version between 2022-09-02
	// and 2025-10-21 was read, so that a Region's row may be older than it is here. The rows
	// that both have are the same, and stand between.
	Published bool
	// Ranges are in the order of the uses above, and of the page within a use.
	Ranges []ManagementRange
}

// Of returns the prefixes of one use, in order, as a new slice.
func (m ManagementRanges) Of(u Use) []netip.Prefix {
	var prefixes []netip.Prefix
	for _, r := range m.Ranges {
		if r.Use == u {
			prefixes = append(prefixes, r.Prefix)
		}
	}
	return prefixes
}

// ManagementRanges returns the ranges of a Region, given by its code (us-east-1), as a copy. A
// code that has not the form of a Region's is a *rule.InputError. A Region without a
// published row is no error, and whether there is such a Region is not checked. What the
// guide says of every Region is not said of those in China, which have a guide of
// their own.
func (r Rules) ManagementRanges(region string) (ManagementRanges, error) {
	if err := r.checkRegion(region); err != nil {
		return ManagementRanges{}, err
	}
	m := ManagementRanges{Region: region, Published: r.s.candidates[region] != nil, Ranges: slices.Clone(r.s.ranges[region])}
	if !strings.HasPrefix(region, "cn-") {
		m.Ranges = append(m.Ranges, r.s.everywhere...)
	}
	return m, nil
}

// addRange takes in a row of the table.
func (s *snapshot) addRange(r rangeRow) {
	m := ManagementRange{r.prefix, r.use, r.Span, r.Cite, r.Span.Since.Compare(rule.MustParseEdition(afterLastVersion)) > 0, r.suspect}
	if r.region == all {
		s.everywhere = append(s.everywhere, m)
		return
	}
	s.ranges[r.region] = append(s.ranges[r.region], m)
	if r.use == Candidate {
		c := s.candidates[r.region]
		if c == nil {
			c = &candidates{}
			s.candidates[r.region] = c
		}
		c.add(r.prefix)
	}
}
