package fleet

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/wksgo/wks/cmd/wks/internal/terminal"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/rule"
)

// A table is lines of cells that are written under one another.
type table [][]string

func (t *table) line(cells ...any) {
	var line []string
	for _, c := range cells {
		line = append(line, rule.Printable(fmt.Sprint(c)))
	}
	*t = append(*t, line)
}

// lines returns lines of the same length, but for spaces at their ends.
func (t table) lines() (lines []string) {
	var widths []int
	for _, cells := range t {
		for i, c := range cells {
			n := utf8.RuneCountInString(c)
			if i == len(widths) {
				widths = append(widths, n)
			}
			widths[i] = max(widths[i], n)
		}
	}
	for _, cells := range t {
		var b strings.Builder
		for i, c := range cells {
			fmt.Fprintf(&b, "%-*s  ", widths[i], c)
		}
		lines = append(lines, strings.TrimRight(b.String(), " "))
	}
	return lines
}

// width is the length of the longest line.
func (t table) width() (n int) {
	for _, line := range t.lines() {
		n = max(n, utf8.RuneCountInString(line))
	}
	return n
}

// writePlan writes a line for each wave, and then what is not migrated, by reason.
func writePlan(w io.Writer, plan *migrate.Plan, in *input) error {
	p := terminal.Plain(w)
	e := plan.Estimate
	text := func(format string, args ...any) { p.Wrap(0, "", 0, rule.Printable(fmt.Sprintf(format, args...))) }
	text("%d WorkSpaces, documents as of %s: %d to migrate in %d waves, %d refused, %d undecided, %d without a target",
		len(in.fleet), plan.Edition, e.Migrations, len(plan.Waves), len(plan.Refused), len(plan.Undecided), len(plan.Unassigned))
	text("%d calls, which take %s at the documented pace; at most %s in all", e.Calls, round(e.CallTime), round(e.Longest))
	if len(plan.Waves) > 0 {
		p.Blank()
		for _, line := range waveTable(plan, terminal.Width(w)).lines() {
			p.Line(0, "%s", line)
		}
	}
	writeReasons(p, "refused", plan.Refused)
	writeReasons(p, "undecided", plan.Undecided)
	for i, m := range in.matches {
		if i == 0 {
			p.Blank()
		}
		text("rule %s: %d WorkSpaces", m.Rule, m.WorkSpaces)
	}
	for i, why := range slices.Sorted(maps.Keys(in.unknown)) {
		if i == 0 {
			p.Blank()
		}
		text("%d WorkSpaces are not planned: %s", in.unknown[why], why)
	}
	if later := following(plan); later != "" {
		p.Blank()
		text("later: %s", later)
	}
	if len(in.missing) > 0 {
		p.Blank()
		text("not told by the export: %s", counts(in.missing))
	}
	return p.Flush()
}

// waveTable returns a line for each wave, with as many of its subnets and keys as there is room for, or only
// their numbers, and at last without a column.
func waveTable(p *migrate.Plan, width int) (t table) {
	for most := mostInCell; most >= -1; most-- {
		keys := "keys (grants)"
		if most <= 0 {
			keys = "keys"
		}
		t = nil
		line := func(wave, size, first, last, subnets, keys, steps any) {
			if most < 0 {
				t.line(wave, size, first, subnets, keys, steps)
			} else {
				t.line(wave, size, first, last, subnets, keys, steps)
			}
		}
		line("wave", "size", "first", "last", "subnets", keys, "steps before")
		for i, wave := range p.Waves {
			subnets, grants, steps := map[string]int{}, map[string]int{}, map[migrate.Task]int{}
			for _, m := range wave {
				subnets[m.SubnetID]++
				if m.Grants > 0 {
					grants[m.Key] += m.Grants
				}
				for _, s := range m.Before {
					steps[s]++
				}
			}
			line(i+1, len(wave), wave[0].WorkspaceID, wave[len(wave)-1].WorkspaceID, few(subnets, most), few(grants, most), counts(steps))
		}
		if t.width() <= width {
			break
		}
	}
	return t
}

// writeReasons writes how many WorkSpaces there are for each reason.
func writeReasons(p terminal.Printer, title string, list []migrate.Refusal) {
	type reason struct {
		text, remedy string
		cite         rule.Citation
	}
	n := map[reason]int{}
	var order []reason
	for _, r := range list {
		key := reason{text: r.Reason, cite: r.Cite}
		if len(r.Violations) > 0 {
			key.remedy = r.Violations[0].Remedy
		}
		if n[key]++; n[key] == 1 {
			order = append(order, key)
		}
	}
	if len(order) == 0 {
		return
	}
	slices.SortStableFunc(order, func(a, b reason) int { return n[b] - n[a] })
	p.Blank()
	p.Line(0, "%s", title)
	for _, r := range order {
		head := fmt.Sprintf("%4d  ", n[r])
		p.Wrap(0, head, len(head), rule.Printable(r.text))
		p.Wrap(3, "", 0, fmt.Sprintf("%s, %s, %s", r.cite.Document, r.cite.Section, r.cite.Date))
		if r.remedy != "" {
			p.Wrap(3, "", 0, "remedy: "+r.remedy)
		}
	}
}

// following tells of the migrations that are to be planned when these are done.
func following(p *migrate.Plan) string {
	n := map[string]int{}
	for _, wave := range p.Waves {
		for _, m := range wave {
			if m.Then != "" {
				steps := make([]string, len(m.After))
				for i, s := range m.After {
					steps[i] = string(s)
				}
				n[m.Then+" after "+strings.Join(steps, " and ")]++
			}
		}
	}
	return counts(n)
}

// counts writes the keys of a map in order, each with its number.
func counts[K cmp.Ordered](m map[K]int) string {
	var keys []K
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	words := make([]string, len(keys))
	for i, k := range keys {
		words[i] = fmt.Sprintf("%v:%d", k, m[k])
	}
	return strings.Join(words, " ")
}

// mostInCell is how many subnets or keys a cell of the table has.
const mostInCell = 4

// few writes the keys of a map that have the greatest numbers, without what makes ARNs long, or how many
// keys there are if none is to be written.
func few(m map[string]int, most int) string {
	if most <= 0 {
		return fmt.Sprint(len(m))
	}
	keys := slices.SortedFunc(maps.Keys(m), func(a, b string) int { return cmp.Or(m[b]-m[a], cmp.Compare(a, b)) })
	more := max(0, len(keys)-most)
	shown := map[string]int{}
	for _, k := range keys[:len(keys)-more] {
		shown[short(k)] += m[k]
	}
	text := counts(shown)
	if more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// shortID is how many digits are shown of a key's ID.
const shortID = 8

// short is what follows the account in an ARN, with the first digits of a key's ID alone. That of a multi-Region
// key begins with mrk-.
func short(arn string) string {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" {
		return arn
	}
	id, ok := strings.CutPrefix(parts[5], "key/")
	if !ok {
		return parts[5]
	}
	kind := "key/"
	if rest, ok := strings.CutPrefix(id, "mrk-"); ok {
		kind, id = "key/mrk-", rest
	}
	if digits := []rune(id); len(digits) > shortID {
		id = string(digits[:shortID]) + "…"
	}
	return kind + id
}

func round(d time.Duration) time.Duration { return d.Round(time.Second) }

// writeReport writes how a run has ended, and each WorkSpace that it has not migrated.
func writeReport(w io.Writer, rep *runner.Report) error {
	n := map[string]int{}
	for _, r := range rep.Results {
		n[string(r.Outcome)]++
		if r.Outcome == runner.Failed {
			n[string(r.Outcome)]--
			n["failed, "+cmp.Or(string(r.Status), "refused")]++
		}
	}
	p := terminal.Plain(w)
	p.Blank()
	p.Line(0, "%d WorkSpaces", len(rep.Results))
	var sums, heads table
	for _, name := range slices.Sorted(maps.Keys(n)) {
		if n[name] > 0 {
			sums.line(name, n[name])
		}
	}
	for _, line := range sums.lines() {
		p.Line(1, "%s", line)
	}
	p.Blank()
	var details []string
	for _, r := range rep.Results {
		if r.Outcome != runner.Succeeded {
			heads.line(r.WorkspaceID, r.Outcome, cmp.Or(string(r.Status), "-"))
			details = append(details, rule.Printable(r.Detail))
		}
	}
	takes := heads.width() + 2
	for i, head := range heads.lines() {
		p.Wrap(0, fmt.Sprintf("%-*s", takes, head), takes, details[i])
	}
	return p.Flush()
}
