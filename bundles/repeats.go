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

// hashes returns space for the hashes of n elements; it is few if that is enough.
func hashes(n int, few []uint64) []uint64 {
	if n <= len(few) {
		return few[:n]
	}
	return make([]uint64, n)
}

// nonzero makes a hash that is not 0, which stands for nothing to compare.
func nonzero(h uint64) uint64 { return h | 1 }

// repeats marks those elements that are the same as an earlier one; nil if there is none. They
// have the same hash, and an element that is not to be compared has the hash 0. The time is
// linear, and nothing is allocated for up to 64 elements.
func repeats(hashes []uint64, same func(i, j int) bool) (marks []bool) {
	var few [128]uint32
	table := few[:] // of indexes, counted from 1; more than half of it stays empty
	if 2*len(hashes) > len(table) {
		table = make([]uint32, 1<<bits.Len(uint(2*len(hashes))))
	}
	mask := uint64(len(table) - 1)
	for i, h := range hashes {
		if h == 0 {
			continue
		}
		slot := h >> 8 & mask
		for n := table[slot]; n != 0 && (hashes[n-1] != h || !same(int(n)-1, i)); n = table[slot] {
			slot = (slot + 1) & mask
		}
		if table[slot] == 0 {
			table[slot] = uint32(i) + 1
			continue
		}
		if marks == nil {
			marks = make([]bool, len(hashes))
		}
		marks[i] = true
	}
	return marks
}

// repeatedUsers marks the requests whose user stands before with the same directory; nil if
// there is none. Requests for no user are not compared.
//
// Names are the same if all their letters are, in lower case if they are folded. The documents
// say that case does not tell users apart, and no more; so ſ is not s, though a folding of Unicode takes them for
// one, and the request for it is not refused.
func (s *snapshot) repeatedUsers(batch []types.WorkspaceRequest, folded bool) []bool {
	if len(batch) < 2 {
		return nil
	}
	var few [64]uint64
	list := hashes(len(batch), few[:])
	directory, h := "", uint64(0) // of the last request, and its hash
	for i := range batch {
		q := &batch[i]
		if q.UserName == nil || s.isDecoupled(*q.UserName) || q.DirectoryId == nil {
			continue
		}
		if *q.DirectoryId != directory || h == 0 {
			directory = *q.DirectoryId
			h = maphash.String(seed, directory)
		}
		if folded {
			list[i] = nonzero(hashName(h, *q.UserName))
		} else {
			list[i] = nonzero(h ^ maphash.String(seed, *q.UserName))
		}
	}
	return repeats(list, func(i, j int) bool {
		a, b := &batch[i], &batch[j]
		return *a.DirectoryId == *b.DirectoryId && (*a.UserName == *b.UserName || folded && sameName(*a.UserName, *b.UserName))
	})
}

// hashName goes on from h with the letters of a name in lower case.
func hashName(h uint64, name string) uint64 {
	for i := 0; i < len(name); {
		c, n := rune(name[i]), 1
		if c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			c, n = lower(name[i:])
		}
		h = (h ^ uint64(c)) * 0x9e3779b97f4a7c15 // odd: no bit is lost
		i += n
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
	if c = rune(s[0]); c < utf8.RuneSelf {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		return c, 1
	}
	if c, size = utf8.DecodeRuneInString(s); c == utf8.RuneError && size == 1 {
		return -rune(s[0]), 1
	}
	return unicode.ToLower(c), size
}
