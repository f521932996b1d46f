package network

import (
	"fmt"
	"iter"
	"net/netip"
	"slices"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules for the management range of an account that brings its own licences.
const (
	ManagementCIDRNotSlash16     rule.Code = "network.management-cidr-not-slash-16"
	ManagementCIDROutsideParents rule.Code = "network.management-cidr-outside-parents"
	ManagementCIDRInUse          rule.Code = "network.management-cidr-in-use"
	ManagementCIDRFinal          rule.Code = "network.management-cidr-final"
)

var managementCIDRRules = []tables.Rule{
	{
		Code:   ManagementCIDRNotSlash16,
		Title:  "A BYOL management range is not written a.b.0.0/16.",
		Remedy: "Write the range as a.b.0.0/16.",
		Revisions: []rule.Revision{ // the guide asks for a /16; the pattern of the API's member has the exact form
			tables.Must(byolPage, "Requirements", "2018-02-03", "2018-11-16"),
			tables.Must(modifyAPI, "DedicatedTenancyManagementCidrRange", "2018-11-16", ""),
		},
	},
	{
		Code:      ManagementCIDROutsideParents,
		Title:     "A BYOL management range is in none of the five ranges from which it must be taken.",
		Remedy:    "Take a /16 from 10.0.0.0/8, 100.64.0.0/10, 172.16.0.0/12, 192.168.0.0/16 or 198.18.0.0/15.",
		Revisions: []rule.Revision{tables.Must(byolPage, "Requirements", "2018-02-03", "")},
	},
	{
		Code:   ManagementCIDRInUse,
		Title:  "A BYOL management range overlaps what is in use.",
		Remedy: "Choose a /16 of those that list-available-management-cidr-ranges tells, one that no VPC, route or network of yours overlaps.",
		// 2018: a /16 must be usable; that nothing may use it is only a reading of this.
		// 2019-01-08: the range must be outside the internal range, and from 2019-09-24 on not conflict with
		// those of the internal network. 2025-10-21: it must be available on your network. 2026-02-05: it must
		// not conflict in your network.
		Revisions: []rule.Revision{
			tables.Should(byolPage, "Requirements", "2018-02-03", "2019-01-08"),
			tables.Must(byolPage, enableBYOL, "2019-01-08", "2019-09-24"),
			tables.Must(byolPage, enableBYOL, "2019-09-24", facts.Read2025),
			tables.Must(byolPage, processOf2025, facts.Read2025, facts.ReadG6),
			tables.Must(byolPage, processOf2025, facts.ReadG6, ""),
		},
	},
	{
		Code:   ManagementCIDRFinal,
		Title:  "A BYOL management range cannot be changed once it is set.",
		Remedy: "Make sure that the range can stay before it is set, and ask AWS in case of doubt.",
		// The version of 2020-03-31 adds: ask AWS if you are not sure.
		Revisions: []rule.Revision{tables.Should(byolPage, enableBYOL, "2019-09-24", "")},
	},
}

const (
	processOf2025            = "Using Bring Your Own Windows desktop licenses in WorkSpaces"
	enableBYOL               = "Step 1: Enable BYOL for Your Account by Using the Amazon WorkSpaces Console"
	managementCIDR rule.Path = "DedicatedTenancyManagementCidrRange"
)

// ManagementCIDRParents returns the ranges from which a BYOL management range is
// taken, in address order, as a new slice.
func (r Rules) ManagementCIDRParents() []netip.Prefix {
	if r.s == nil {
		return nil
	}
	return slices.Clone(r.s.parents)
}

// CheckManagementCIDR checks a range before ModifyAccount makes it the management
// range of a BYOL account: it must be exactly a.b.0.0/16 (ManagementCIDRNotSlash16,
// after which nothing else is checked), lie in one of the five parents
// (ManagementCIDROutsideParents), and overlap nothing in use (ManagementCIDRInUse,
// once, with the first prefix that it overlaps and the number of the others). A range
// that passes still has ManagementCIDRFinal, a Should, from 2019-09-24 on: the choice
// cannot be changed. The violations are in that order.
//
// inUse may hold prefixes of any length and order; an empty list says that nothing is in
// use. IPv6 prefixes and the default route 0.0.0.0/0 are not a use. Whether one of its halves,
// 0.0.0.0/1 and 128.0.0.0/1, is a use, alone or with the other, is open. The error is a *rule.InputError for an invalid prefix.
func (r Rules) CheckManagementCIDR(prefix netip.Prefix, inUse []netip.Prefix) (rule.Answer, error) {
	var answer rule.Answer
	if err := r.known(); err != nil {
		return answer, err
	}
	a, bits, k := decode(prefix)
	if k == invalid {
		return answer, invalidPrefix(managementCIDR, prefix)
	}
	first, count, half, err := firstOverlap(a, bits, inUse)
	if err != nil {
		return answer, err
	}
	rules := r.s.rules
	if prefix.Addr().Is6() || bits != 16 || a<<16 != 0 {
		rules.Break(&answer, ManagementCIDRNotSlash16, managementCIDR, "%s", notSlash16(prefix))
		return answer.Concluded(), nil
	}
	inside := false
	for _, parent := range r.s.parents {
		p, pBits, _ := decode(parent)
		inside = inside || overlaps(a, bits, p, pBits)
	}
	if !inside {
		rules.Break(&answer, ManagementCIDROutsideParents, managementCIDR, "%s is in none of %v", prefix, r.s.parents)
	}
	if count > 0 {
		more := ""
		if count > 1 {
			more = fmt.Sprintf(", and %d more", count-1)
		}
		rules.Break(&answer, ManagementCIDRInUse, managementCIDR, "%s overlaps %s, element %d of what is in use%s", prefix, inUse[first], first, more)
	}
	if half >= 0 {
		answer.NotDocumented(inUsePath.Index(half), fmt.Sprintf("no document says whether %s, a half of the default route, is a use", inUse[half]))
	}
	if len(answer.Violations) == 0 && rules.Has(ManagementCIDRFinal) { // older documents say nothing of a change
		rules.Break(&answer, ManagementCIDRFinal, managementCIDR, "%s cannot be changed once it is set", prefix)
	}
	return answer.Concluded(), nil
}

func notSlash16(p netip.Prefix) string {
	if _, bits, k := decode(p); k != ipv4 || bits < 16 {
		return fmt.Sprintf("%s is not an IPv4 block written a.b.0.0/16", p)
	}
	block := netip.PrefixFrom(canonical(p).Addr(), 16).Masked()
	return fmt.Sprintf("%s is not written a.b.0.0/16; the block around it is %s", p, block)
}

const inUsePath rule.Path = "InUse"

// firstOverlap returns the index of the first prefix that overlaps a/bits, and how many do. The
// halves of the default route are not among them: it returns the first that overlaps.
func firstOverlap(a uint32, bits int, inUse []netip.Prefix) (first, count, half int, err error) {
	first, half = -1, -1
	for i, p := range inUse {
		b, bBits, k := decode(p)
		switch {
		case k == invalid:
			return 0, 0, 0, invalidPrefix(inUsePath.Index(i), p)
		case k != ipv4 || !overlaps(a, bits, b, bBits):
		case bBits == 1:
			if half < 0 {
				half = i
			}
		default:
			if count++; first < 0 {
				first = i
			}
		}
	}
	return first, count, half, nil
}

// FreeManagementCIDRs yields every /16 block that lies in within and in one of the
// five parents and overlaps nothing in use, in address order. It reads inUse once,
// when the first block is asked for. Ranged over directly it allocates nothing.
//
// What is a use is as for CheckManagementCIDR, but that a half of the default route is one here: a
// block that it overlaps is not free for sure. An error ends the sequence and comes
// with the zero Prefix: a *rule.InputError if within is not an IPv4 prefix that can
// hold a /16, or if an element of inUse is invalid.
//
// The blocks are free in your network. Whether AWS offers one is for
// ListAvailableManagementCidrRanges to say.
func (r Rules) FreeManagementCIDRs(within netip.Prefix, inUse []netip.Prefix) iter.Seq2[netip.Prefix, error] {
	return func(yield func(netip.Prefix, error) bool) {
		var used BlockMap
		if err := used.Mark(inUse...); err != nil {
			yield(netip.Prefix{}, err)
			return
		}
		r.freeBlocks(within, &used, yield)
	}
}

// FreeManagementCIDRsIn is FreeManagementCIDRs for prefixes that were marked before. A
// nil map has nothing in use.
func (r Rules) FreeManagementCIDRsIn(within netip.Prefix, used *BlockMap) iter.Seq2[netip.Prefix, error] {
	return func(yield func(netip.Prefix, error) bool) { r.freeBlocks(within, used, yield) }
}

func (r Rules) freeBlocks(within netip.Prefix, used *BlockMap, yield func(netip.Prefix, error) bool) {
	if err := r.known(); err != nil {
		yield(netip.Prefix{}, err)
		return
	}
	a, bits, k := decode(within)
	if k == invalid || k == ipv6 || bits > 16 {
		yield(netip.Prefix{}, &rule.InputError{Path: "ManagementCidrRangeConstraint", Value: within.String(), Reason: "is not an IPv4 prefix of length 0 to 16"})
		return
	}
	for _, parent := range r.s.parents {
		p, pBits, _ := decode(parent)
		if !overlaps(a, bits, p, pBits) {
			continue
		}
		if bits > pBits {
			p, pBits = a, bits
		}
		first := p >> (32 - pBits) << (32 - pBits) >> 16
		for b := first; b < first+1<<(16-pBits); b++ {
			if (used == nil || !used.used(b)) && !yield(block(b), nil) {
				return
			}
		}
	}
}

// block returns the /16 whose upper 16 bits are b.
func block(b uint32) netip.Prefix {
	return netip.PrefixFrom(netip.AddrFrom4([4]byte{byte(b >> 8), byte(b)}), 16)
}
