package wire

import (
	"regexp/syntax"
	"strings"
)

// A run is a literal, or else a number of ASCII characters of a set. Most patterns are a row of
// them, which is quicker to follow than an expression.
type run struct {
	literal  string
	set      [256]bool // by byte
	min, max int       // max is -1 for no bound
}

// plainRuns returns alternatives, each of which matches only strings that re matches whole,
// and nil where re is not made of runs.
func plainRuns(re *syntax.Regexp) [][]run {
	if re.Op == syntax.OpAlternate {
		var all [][]run
		for _, sub := range re.Sub {
			all = append(all, plainRuns(sub)...)
		}
		return all
	}
	var runs []run
	parts := flat(re)
	for i, part := range parts {
		least, most := 1, 1
		switch {
		case part.Op == syntax.OpBeginText && i == 0, part.Op == syntax.OpEndText && i == len(parts)-1:
			continue
		case part.Op == syntax.OpLiteral && part.Flags&syntax.FoldCase == 0:
			runs = append(runs, run{literal: string(part.Rune)})
			continue
		case part.Op == syntax.OpRepeat:
			least, most = part.Min, part.Max
		case part.Op == syntax.OpPlus:
			most = -1
		case part.Op == syntax.OpStar:
			least, most = 0, -1
		}
		if part.Op == syntax.OpRepeat || part.Op == syntax.OpPlus || part.Op == syntax.OpStar {
			part = part.Sub[0]
		}
		switch part.Op {
		case syntax.OpCharClass:
			runs = append(runs, run{set: asciiSet(part.Rune), min: least, max: most})
		case syntax.OpAnyCharNotNL:
			runs = append(runs, run{set: asciiSet([]rune{0, '\n' - 1, '\n' + 1, 127}), min: least, max: most})
		default:
			return nil
		}
	}
	return [][]run{runs}
}

// flat returns what re is made of one after the other, without its groups.
func flat(re *syntax.Regexp) (parts []*syntax.Regexp) {
	if re.Op != syntax.OpCapture && re.Op != syntax.OpConcat {
		return []*syntax.Regexp{re}
	}
	for _, sub := range re.Sub {
		parts = append(parts, flat(sub)...)
	}
	return parts
}

// asciiSet returns the ASCII characters of ranges, given as pairs of first and last.
func asciiSet(pairs []rune) (set [256]bool) {
	for i := 0; i < len(pairs); i += 2 {
		for r := pairs[i]; r <= pairs[i+1] && r < 128; r++ {
			set[r] = true
		}
	}
	return set
}

// matchRuns reports whether s is made of the runs, each as long as it can be.
func matchRuns(runs []run, s string) bool {
	for i := range runs {
		r := &runs[i]
		if r.literal != "" {
			rest, ok := strings.CutPrefix(s, r.literal)
			if !ok {
				return false
			}
			s = rest
			continue
		}
		most := len(s)
		if r.max >= 0 {
			most = min(most, r.max)
		}
		n := 0
		for n < most && r.set[s[n]] {
			n++
		}
		if n < r.min {
			return false
		}
		s = s[n:]
	}
	return s == ""
}
