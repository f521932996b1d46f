package network

import (
	"encoding/binary"
	"net/netip"

	"github.com/wksgo/wks/rule"
)

// A BlockMap collects which parts of IPv4 are in use, to the grain of a /16 block.
// The zero value has nothing in use. Marking is additive, so the pages of an export
// can be marked as they arrive and need not be kept. A BlockMap takes 16 KiB whatever
// is marked; it is not safe for concurrent use while it is being marked.
type BlockMap struct {
	// bits has one bit for each prefix of length 0 to 16, at 1<<length | upper bits: a
	// heap, in which the parent of node n is n/2.
	bits [1 << 17 / 64]uint64
	v6   int
	all  int
}

// Mark records prefixes of any length that are in use. Host bits do not matter, and
// an IPv4-mapped prefix stands for the IPv4 one. IPv6 prefixes and the default route
// 0.0.0.0/0 are counted and are no use; 0.0.0.0/1 and 128.0.0.0/1 are one, even if both are
// marked, for no document speaks of them.
//
// At an invalid prefix it returns a *rule.InputError with the prefix's index; the
// prefixes before it are marked.
func (m *BlockMap) Mark(prefixes ...netip.Prefix) error {
	for i := 0; ; i++ {
		if i += m.markRun(prefixes[i:]); i == len(prefixes) {
			return nil
		}
		if err := m.markOther(i, prefixes[i]); err != nil {
			return err
		}
	}
}

// markRun marks prefixes up to the first one that is not plain IPv4 of /16 or longer,
// and returns how many. It calls nothing, which keeps the loop in registers.
func (m *BlockMap) markRun(prefixes []netip.Prefix) int {
	for i, p := range prefixes {
		a := p.Addr()
		if !a.Is4() || p.Bits() < 16 {
			return i
		}
		b := a.As4()
		node := 1<<16 | binary.BigEndian.Uint32(b[:])>>16
		m.bits[node>>6] |= 1 << (node & 63)
	}
	return len(prefixes)
}

func (m *BlockMap) markOther(i int, p netip.Prefix) error {
	switch a, bits, k := decode(p); k {
	case invalid:
		return invalidPrefix(rule.Path("InUse").Index(i), p)
	case ipv4:
		node := (1<<16 | a>>16) >> (16 - min(bits, 16))
		m.bits[node>>6] |= 1 << (node & 63)
	case anyIPv4:
		m.all++
	case ipv6:
		m.v6++
	}
	return nil
}

// Ignored returns how many of the marked prefixes were IPv6, and how many were the
// default route 0.0.0.0/0.
func (m *BlockMap) Ignored() (ipv6, defaults int) { return m.v6, m.all }

// used reports whether anything that is in use overlaps block b.
func (m *BlockMap) used(b uint32) bool {
	for node := 1<<16 | b; node > 1; node >>= 1 {
		if m.has(node) {
			return true
		}
	}
	return false
}

func (m *BlockMap) has(node uint32) bool { return m.bits[node>>6]>>(node&63)&1 == 1 }

// neighbours returns how many /16 blocks in the same /12 as p, a free one, are used.
func (m *BlockMap) neighbours(p netip.Prefix) int {
	a, _, _ := decode(p)
	n := 0
	for b := a >> 20 << 4; b < a>>20<<4+16; b++ {
		if m.used(b) {
			n++
		}
	}
	return n
}
