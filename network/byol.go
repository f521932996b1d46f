package network

import (
	"fmt"
	"iter"
	"net/netip"

	"github.com/wksgo/wks/rule"
)

const managementCIDR rule.Path = "DedicatedTenancyManagementCidrRange"

// ManagementCIDRParents returns the ranges from which a BYOL management range is
// taken, in address order, as a new slice.
func (r Rules) ManagementCIDRParents() []netip.Prefix {
	var parents []netip.Prefix
	for i := range parentRows {
		if parentRows[i].span.Contains(r.edition) {
			parents = append(parents, parentRows[i].prefix)
		}
	}
	return parents
}

// CheckManagementCIDR checks a range before ModifyAccount makes it the management
// range of a BYOL account: it must be exactly a.b.0.0/16 (ManagementCIDRNotSlash16,
// after which nothing else is checked), lie in one of the five parents
// (ManagementCIDROutsideParents), and overlap nothing in use (ManagementCIDRInUse,
// once, with the first prefix that it overlaps and the number of the others). A range
// that passes still has ManagementCIDRFinal, a Should, from 2019-09-24 on: the choice
// cannot be changed. The violations are in that order.
//
// inUse may hold prefixes of any length and order. IPv6 prefixes and the default
// route, as 0.0.0.0/0 or as both of its halves, are not a use. The error is a
// *rule.InputError for an invalid prefix.
func (r Rules) CheckManagementCIDR(prefix netip.Prefix, inUse []netip.Prefix) (rule.Violations, error) {
	if err := r.known(); err != nil {
		return nil, err
	}
	var vs rule.Violations
	a, bits, k := decode(prefix)
	if k == invalid {
		return nil, invalidPrefix(managementCIDR, prefix)
	}
	first, count, err := firstOverlap(a, bits, inUse)
	if err != nil {
		return nil, err
	}
	if prefix.Addr().Is6() || bits != 16 || a<<16 != 0 {
		return vs.Append(ruleRows, r.edition, ManagementCIDRNotSlash16, managementCIDR, notSlash16(prefix)), nil
	}
	inside := false
	for i := range parentRows {
		p, pBits, _ := decode(parentRows[i].prefix)
		inside = inside || parentRows[i].span.Contains(r.edition) && overlaps(a, bits, p, pBits)
	}
	if !inside {
		detail := fmt.Sprintf("%s is in none of %v", prefix, r.ManagementCIDRParents())
		vs = vs.Append(ruleRows, r.edition, ManagementCIDROutsideParents, managementCIDR, detail)
	}
	if count > 0 {
		detail := fmt.Sprintf("%s overlaps %s, element %d of what is in use", prefix, inUse[first], first)
		if count > 1 {
			detail += fmt.Sprintf(", and %d more", count-1)
		}
		vs = vs.Append(ruleRows, r.edition, ManagementCIDRInUse, managementCIDR, detail)
	}
	if len(vs) == 0 && r.inForce(ManagementCIDRFinal) {
		detail := prefix.String() + " cannot be changed once it is set"
		vs = vs.Append(ruleRows, r.edition, ManagementCIDRFinal, managementCIDR, detail)
	}
	return vs, nil
}

func notSlash16(p netip.Prefix) string {
	if _, bits, k := decode(p); k != ipv4 || bits < 16 {
		return fmt.Sprintf("%s is not an IPv4 block written a.b.0.0/16", p)
	}
	block := netip.PrefixFrom(canonical(p).Addr(), 16).Masked()
	return fmt.Sprintf("%s is not written a.b.0.0/16; the block around it is %s", p, block)
}

// firstOverlap returns the index of the first prefix that overlaps a/bits, and how
// many do.
func firstOverlap(a uint32, bits int, inUse []netip.Prefix) (first, count int, err error) {
	first = -1
	half := [2]int{-1, -1} // the first 0.0.0.0/1 and 128.0.0.0/1
	halves := 0            // how many of them overlap
	for i, p := range inUse {
		b, bBits, k := decode(p)
		switch {
		case k == invalid:
			return 0, 0, invalidPrefix(rule.Path("InUse").Index(i), p)
		case k != ipv4:
		case bBits == 1:
			if half[b>>31] < 0 {
				half[b>>31] = i
			}
			if b>>31 == a>>31 {
				halves++
			}
		case overlaps(a, bits, b, bBits):
			if count++; first < 0 {
				first = i
			}
		}
	}
	if mine := half[a>>31]; mine >= 0 && half[1-a>>31] < 0 {
		if count += halves; first < 0 || mine < first {
			first = mine
		}
	}
	return first, count, nil
}

// FreeManagementCIDRs yields every /16 block that lies in within and in one of the
// five parents and overlaps nothing in use, in address order. It reads inUse once,
// when the first block is asked for. Ranged over directly it allocates nothing.
//
// What is a use is as for CheckManagementCIDR. An error ends the sequence and comes
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
	for i := range parentRows {
		p, pBits, _ := decode(parentRows[i].prefix)
		if !parentRows[i].span.Contains(r.edition) || !overlaps(a, bits, p, pBits) {
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
