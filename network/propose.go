package network

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/wksgo/wks/rule"
)

// A Site is a network, of an account or a Region, that is to use the same BYOL
// management range as others. Linked accounts share the range of their source account.
type Site struct {
	Name  string
	InUse []netip.Prefix // everything in use in networks that can reach the site's WorkSpaces
}

// A Proposal is a /16 block that is free at every site, with what speaks against it.
type Proposal struct {
	Prefix netip.Prefix
	// CandidateIn are the Regions, in alphabetical order, in which the block is a
	// candidate for WorkSpaces from public bundles, and so may be in use already.
	CandidateIn []string
	// DefaultOf names what takes the block, or a part of it, by default or by AWS's own
	// example.
	DefaultOf []string
	// Neighbours is how many of the 15 other /16 blocks of the same /12 are in use at
	// some site: networks grow into the blocks beside them.
	Neighbours int
}

// String returns the block and the reasons for its rank on one line.
func (p Proposal) String() string {
	candidate, byDefault := "a candidate in no Region", "no feature's default"
	if len(p.CandidateIn) > 0 {
		candidate = "a candidate in " + strings.Join(p.CandidateIn, ", ")
	}
	if len(p.DefaultOf) > 0 {
		byDefault = "a default of " + strings.Join(p.DefaultOf, ", ")
	}
	return fmt.Sprintf("%s: %d of 15 neighbours in use, %s, %s", p.Prefix, p.Neighbours, candidate, byDefault)
}

// ProposeManagementCIDRs returns the blocks that FreeManagementCIDRs would yield for
// every one of the sites, the best first: those that are no Region's candidate before
// those that are, then those that are no feature's default, then those with the fewest
// neighbours in use, then by address. It is empty if no block is free at all sites.
//
// WorkSpaces with DCV use 10.0.0.0/8 besides. That is held against no block: the range is one
// of the five parents, and the documents say no more.
//
// The errors are those of FreeManagementCIDRs; for an invalid prefix the path has the
// index of the site.
func (r Rules) ProposeManagementCIDRs(within netip.Prefix, sites ...Site) ([]Proposal, error) {
	var used BlockMap
	for i, s := range sites {
		if err := used.Mark(s.InUse...); err != nil {
			return nil, rule.Below(rule.Path("Sites").Index(i), err)
		}
	}
	var proposals []Proposal
	for p, err := range r.FreeManagementCIDRsIn(within, &used) {
		if err != nil {
			return nil, err
		}
		proposals = append(proposals, Proposal{
			Prefix:      p,
			CandidateIn: r.s.candidateIn(p),
			DefaultOf:   r.s.defaultOf(p),
			Neighbours:  used.neighbours(p),
		})
	}
	slices.SortStableFunc(proposals, func(a, b Proposal) int {
		return cmp.Or(
			cmp.Compare(min(len(a.CandidateIn), 1), min(len(b.CandidateIn), 1)),
			cmp.Compare(min(len(a.DefaultOf), 1), min(len(b.DefaultOf), 1)),
			cmp.Compare(a.Neighbours, b.Neighbours))
	})
	return proposals, nil
}

// candidateIn returns the Regions of which p overlaps a candidate, in alphabetical order.
func (s *snapshot) candidateIn(p netip.Prefix) []string {
	var regions []string
	for region, c := range s.candidates {
		if slices.ContainsFunc(c.prefixes, p.Overlaps) {
			regions = append(regions, region)
		}
	}
	slices.Sort(regions)
	return regions
}

func (s *snapshot) defaultOf(p netip.Prefix) []string {
	var features []string
	for _, row := range s.defaults {
		if row.prefix.Overlaps(p) {
			features = append(features, row.feature)
		}
	}
	return features
}
