package bundles

import (
	"hash/maphash"
	"math/bits"
	"unicode"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
)

// seed makes hashes that no input can foresee.
var seed = maphash.MakeSeed()

// repeats marks those of n elements that are the same as an earlier one; nil if there is none.
// hash returns false for an element that is not to be compared, and the same hash for elements
// that are the same. The time is linear, and nothing is allocated for up to 64 elements.
func repeats(n int, hash func(i int) (uint64, bool), same func(i, j int) bool) (marks []bool) {
	var few [128]int32
	table := few[:] // of indexes, counted from 1; more than half of it stays empty
	if 2*n > len(table) {
		table = make([]int32, 1<<bits.Len(uint(2*n)))
	}
	mask := uint64(len(table) - 1)
	for i := range n {
		h, ok := hash(i)
		if !ok {
			continue
		}
		slot := h & mask
		for table[slot] != 0 && !same(int(table[slot])-1, i) {
			slot = (slot + 1) & mask
		}
		if table[slot] == 0 {
			table[slot] = int32(i) + 1
			continue
		}
		if marks == nil {
			marks = make([]bool, n)
		}
		marks[i] = true
	}
	return marks
}

// repeatedUsers marks the requests whose user stands before with the same directory; nil if
// there is none. Requests for no user are not compared.
//
// Names are the same if all their letters are, in lower case. The documents say that case does
// not tell users apart, and no more; so ſ is not s, though a folding of Unicode takes them for
// one, and the request for it is not refused.
func repeatedUsers(batch []types.WorkspaceRequest) []bool {
	if len(batch) < 2 {
		return nil
	}
	return repeats(len(batch), func(i int) (uint64, bool) {
		q := &batch[i]
		if q.UserName == nil || *q.UserName == decoupled || q.DirectoryId == nil {
			return 0, false
		}
		return hashName(maphash.String(seed, *q.DirectoryId), *q.UserName), true
	}, func(i, j int) bool {
		return *batch[i].DirectoryId == *batch[j].DirectoryId && sameName(*batch[i].UserName, *batch[j].UserName)
	})
}

// hashName goes on from h with the letters of a name in lower case.
func hashName(h uint64, name string) uint64 {
	for name != "" {
		c, n := lower(name)
		h = bits.RotateLeft64(h, 5) ^ uint64(c)
		h *= 0x9e3779b97f4a7c15 // odd: no bit is lost
		name = name[n:]
	}
	return h ^ h>>32
}

func sameName(a, b string) bool {
	for a != "" && b != "" {
		c, n := lower(a)
		d, m := lower(b)
		if c != d {
			return false
		}
		a, b = a[n:], b[m:]
	}
	return a == b
}

// lower returns the first letter of a text in lower case, and its size in bytes. A byte that is
// no UTF-8 is like no letter.
func lower(s string) (c rune, size int) {
	switch c, size = utf8.DecodeRuneInString(s); {
	case c == utf8.RuneError && size == 1:
		return -rune(s[0]), 1
	case c < utf8.RuneSelf:
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		return c, 1
	}
	return unicode.ToLower(c), size
}
