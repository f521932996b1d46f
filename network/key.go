package network

import (
	"cmp"
	"slices"
)

// A key is a prefix with the index of an input. Keys sort by address, then by length,
// shorter ones first, then by index.
type key[K any] interface {
	span() span
	parts() (first u128, length, index int)
	with(first u128, length, index int) K
}

// A key4 is a key of IPv4 as one number: 32 bits of the address, 6 of the length and
// keyIndex of the index.
type key4 uint64

const keyIndex = 26

func makeKey4(first u128, length, index int) key4 {
	return key4(first.hi) | key4(length)<<keyIndex | key4(index)
}

func (k key4) parts() (first u128, length, index int) {
	return u128{hi: uint64(k >> 32 << 32)}, int(k >> keyIndex & 63), int(k & (1<<keyIndex - 1))
}

func (k key4) span() span {
	first, length, _ := k.parts()
	return first.block(128 - length)
}

func (key4) with(first u128, length, index int) key4 { return makeKey4(first, length, index) }

// A key6 is a key of IPv6.
type key6 struct {
	first         u128
	length, index int
}

func (k key6) parts() (first u128, length, index int) { return k.first, k.length, k.index }

func (k key6) span() span { return k.first.block(128 - k.length) }

func (key6) with(first u128, length, index int) key6 { return key6{first, length, index} }

func (k key6) cmp(l key6) int {
	if c := k.first.cmp(l.first); c != 0 {
		return c
	}
	return cmp.Or(k.length-l.length, k.index-l.index)
}

// sort4 sorts keys in place, in a time that grows linearly: it distributes them by octets
// of the address, from the first on, until few share one.
func sort4(keys []key4) { distribute(keys, 56) }

func distribute(keys []key4, shift int) {
	const short = 256
	if len(keys) < short || shift < 32 {
		slices.Sort(keys)
		return
	}
	var next, end [256]int // where the next key of an octet goes, and behind its last one
	for _, k := range keys {
		end[byte(k>>shift)]++
	}
	at := 0
	for o := range end {
		next[o] = at
		at += end[o]
		end[o] = at
	}
	for o := range next {
		for next[o] < end[o] {
			k := keys[next[o]]
			for p := byte(k >> shift); int(p) != o; p = byte(k >> shift) {
				k, keys[next[p]] = keys[next[p]], k
				next[p]++
			}
			keys[next[o]] = k
			next[o]++
		}
	}
	at = 0
	for _, to := range end {
		distribute(keys[at:to], shift-8)
		at = to
	}
}
