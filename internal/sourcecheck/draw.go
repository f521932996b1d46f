package main

import (
	"cmp"
	"fmt"
	"io"
	"math/rand/v2"
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
// said, the citation, and the line of the version that says it.
func (c *checker) draw(w io.Writer, n int, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 0))
	for i, at := range r.Perm(len(c.statements))[:min(n, len(c.statements))] {
		s := &c.statements[at]
		fmt.Fprintf(w, "%d. %s | %s\n    from %s until %s\n    cites: %s, %q, %s\n    in:    %s\n", i+1, s.pkg, s.row(), s.span.Since, cmp.Or(s.span.Until.String(), "-"),
			s.cite.Document, s.cite.Section, s.cite.Date, cmp.Or(s.shown, "no clone; docs/sources.md tells where it was read"))
	}
}
