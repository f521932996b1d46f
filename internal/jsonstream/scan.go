package jsonstream

import (
	"encoding/binary"
	"math/bits"
)

// Eight bytes are looked at in one word: each has the value c in eachByte*c, and high is the highest
// bit of each.
const (
	eachByte = 0x0101010101010101
	high     = 0x8080808080808080
)

// less marks the bytes of x that are less than n, up to the first: what is above it may be marked as well.
func less(x, n uint64) uint64 { return (x - eachByte*n) &^ x & high }

// plainText returns how many bytes at the front of b stand for themselves in a string: ASCII without control
// characters, quotation marks and backslashes.
func plainText(b []byte) int {
	i := 0
	for ; len(b)-i >= 8; i += 8 {
		x := binary.LittleEndian.Uint64(b[i:])
		if special := x&high | less(x, ' ') | less(x^eachByte*'"', 1) | less(x^eachByte*'\\', 1); special != 0 {
			return i + bits.TrailingZeros64(special)/8
		}
	}
	for i < len(b) && b[i] >= ' ' && b[i] < 0x80 && b[i] != '"' && b[i] != '\\' {
		i++
	}
	return i
}

// spaces returns how many bytes at the front of b are space between values.
func spaces(b []byte) int {
	i := 0
	for {
		for len(b)-i >= 8 && binary.LittleEndian.Uint64(b[i:]) == eachByte*' ' {
			i += 8
		}
		if i == len(b) || b[i] != ' ' && b[i] != '\n' && b[i] != '\r' && b[i] != '\t' {
			return i
		}
		i++
	}
}
