package byol

import (
	"fmt"
	"slices"
	"sync"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A row is one revision of a rule: what a document asks for, and the figures and names
// in it. GB is 2^30 bytes, as the checker counts; no document says.
type row struct {
	rule.Row
	want string // continues "want "

	min, max int64    // what the fact may be at least and at most; 0 is no bound
	below    bool     // max itself is too much
	orLeast  int64    // what another fact may be at least in place of min
	names    []string // what the fact may be
	edge     bool     // the documents differ on whether min itself suffices
	disputed bool     // another document of the time says the opposite: a breach decides nothing
}

func must(code rule.Code, document, section, since, until, want string) row {
	return row{Row: rule.Row{Code: code, Level: rule.Must, Span: tables.During(since, until), Cite: tables.Cite(document, section, since)}, want: want}
}

func should(code rule.Code, document, section, since, until, want string) row {
	w := must(code, document, section, since, until, want)
	w.Level = rule.Should
	return w
}

func (w row) atLeast(n int64) row       { w.min = n; return w }
func (w row) atMost(n int64) row        { w.max = n; return w }
func (w row) under(n int64) row         { w.max, w.below = n, true; return w }
func (w row) orAtLeast(n int64) row     { w.orLeast = n; return w }
func (w row) oneOf(names ...string) row { w.names = names; return w }
func (w row) edgeOpen() row             { w.edge = true; return w }
func (w row) contradicted() row         { w.disputed = true; return w }

// holds reports whether n is within the bounds of the row.
func (w *row) holds(n int64) bool {
	return n >= w.min && (w.max == 0 || n < w.max || n == w.max && !w.below)
}

// rows are the rules of every table.
var rows = slices.Concat(eligibilityRows, machineRows, windowsRules, importRows, sharingRows, directoryRows, upgradeRows)

var rowsOf = sync.OnceValue(func() map[rule.Code][]*row {
	index := map[rule.Code][]*row{}
	for i := range rows {
		index[rows[i].Code] = append(index[rows[i].Code], &rows[i])
	}
	return index
})

// row returns the row of a code that is in force, or nil.
func (r Rules) row(c rule.Code) *row {
	for _, w := range rowsOf()[c] {
		if w.Span.Contains(r.edition) {
			return w
		}
	}
	return nil
}

// broken appends a violation of c, if c is in force.
func (r Rules) broken(vs rule.Violations, c rule.Code, at rule.Path, format string, args ...any) rule.Violations {
	if w := r.row(c); w != nil {
		vs = append(vs, w.violation(at, fmt.Sprintf(format, args...)))
	}
	return vs
}

func (w *row) violation(at rule.Path, got string) rule.Violation {
	return rule.Violation{Code: w.Code, Path: at, Detail: got + "; want " + w.want, Level: w.Level, Cite: w.Cite}
}
