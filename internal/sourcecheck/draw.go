package main

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"strings"
)

// shown says where something stands, and the line itself, cut at its length for a reader.
func shown(where string, headings []string, line string) string {
	const most = 600
	line = strings.Join(strings.Fields(line), " ")
	if len(line) > most {
		line = strings.ToValidUTF8(line[:most], "") + " ..."
	}
	return where + "\n    under: " + strings.Join(headings, " / ") + "\n    says:  " + line
}

// draw prints n statements of all packages, drawn at random by a seed, for a reader to judge: what is
// said, the citation, and the line of the version that says it. A statement that comes or goes changes
// one place of a draw at most.
func (c *checker) draw(w io.Writer, n int, seed uint64) {
	place := func(s *statement) [sha256.Size]byte {
		return sha256.Sum256(fmt.Appendf(nil, "%d|%s|%s|%s|%s", seed, s.pkg, s.row(), s.span.Since, s.cite.Document))
	}
	drawn := make([]*statement, len(c.statements))
	for i := range c.statements {
		drawn[i] = &c.statements[i]
	}
	slices.SortFunc(drawn, func(a, b *statement) int {
		x, y := place(a), place(b)
		return bytes.Compare(x[:], y[:])
	})
	for i, s := range drawn[:min(n, len(drawn))] {
		fmt.Fprintf(w, "%d. %s | %s\n    from %s until %s\n    cites: %s, %q, %s\n    in:    %s\n", i+1, s.pkg, s.row(), s.span.Since, cmp.Or(s.span.Until.String(), "-"),
			s.cite.Document, s.cite.Section, s.cite.Date, cmp.Or(s.shown, "no clone; docs/sources.md tells where it was read"))
	}
}
