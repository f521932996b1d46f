package fleet

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/rule"
)

// A table is lines of cells that are written under one another.
type table struct {
	w   *tabwriter.Writer
	err error
}

func newTable(w io.Writer) *table {
	return &table{w: tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)}
}

func (t *table) line(cells ...any) {
	for i, c := range cells {
		sep := "\t"
		if i == len(cells)-1 {
			sep = "\n"
		}
		if _, err := fmt.Fprint(t.w, rule.Printable(fmt.Sprint(c)), sep); err != nil && t.err == nil {
			t.err = err
		}
	}
}

func (t *table) flush() error { return cmp.Or(t.err, t.w.Flush()) }

// writePlan writes a line for each wave, and then what is not migrated, by reason.
func writePlan(w io.Writer, p *migrate.Plan, in *input) error {
	e := p.Estimate
	fmt.Fprintf(w, "%d WorkSpaces, documents as of %s: %d to migrate in %d waves, %d refused, %d undecided, %d without a target\n",
		len(in.fleet), p.Edition, e.Migrations, len(p.Waves), len(p.Refused), len(p.Undecided), len(p.Unassigned))
	fmt.Fprintf(w, "%d calls, which take %s at the documented pace; at most %s in all\n\n", e.Calls, round(e.CallTime), round(e.Longest))
	t := newTable(w)
	t.line("wave", "WorkSpaces", "first", "last", "subnets", "keys (grants)", "steps before")
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
		t.line(i+1, len(wave), wave[0].WorkspaceID, wave[len(wave)-1].WorkspaceID, few(subnets), few(grants), counts(steps))
	}
	if err := t.flush(); err != nil {
		return err
	}
	for _, part := range []struct {
		title string
		list  []migrate.Refusal
	}{{"refused", p.Refused}, {"undecided", p.Undecided}} {
		if err := writeReasons(w, part.title, part.list); err != nil {
			return err
		}
	}
	for _, m := range in.matches {
		fmt.Fprintf(w, "\nrule %s: %d WorkSpaces\n", rule.Printable(m.Rule), m.WorkSpaces)
	}
	for _, why := range slices.Sorted(maps.Keys(in.unknown)) {
		fmt.Fprintf(w, "\n%d WorkSpaces are not planned: %s\n", in.unknown[why], rule.Printable(why))
	}
	if later := following(p); later != "" {
		fmt.Fprintf(w, "\nlater: %s\n", rule.Printable(later))
	}
	if len(in.missing) > 0 {
		fmt.Fprintf(w, "\nnot told by the export: %s\n", counts(in.missing))
	}
	return nil
}

// writeReasons writes how many WorkSpaces there are for each reason.
func writeReasons(w io.Writer, title string, list []migrate.Refusal) error {
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
		return nil
	}
	slices.SortStableFunc(order, func(a, b reason) int { return n[b] - n[a] })
	fmt.Fprintf(w, "\n%s\n", title)
	t := newTable(w)
	for _, r := range order {
		cells := []any{"  " + fmt.Sprint(n[r]), r.text, fmt.Sprintf("%s, %s, %s", r.cite.Document, r.cite.Section, r.cite.Date)}
		if r.remedy != "" {
			cells = append(cells, "remedy: "+r.remedy)
		}
		t.line(cells...)
	}
	return t.flush()
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

// few writes the keys of a map that have the greatest numbers, without what makes ARNs long.
func few(m map[string]int) string {
	keys := slices.SortedFunc(maps.Keys(m), func(a, b string) int { return cmp.Or(m[b]-m[a], cmp.Compare(a, b)) })
	more := max(0, len(keys)-mostInCell)
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

// short is what follows the account in an ARN, with the first part of a key's ID alone.
func short(arn string) string {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" {
		return arn
	}
	head, _, cut := strings.Cut(parts[5], "-")
	if cut && strings.HasPrefix(head, "key/") {
		return head + "…"
	}
	return parts[5]
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
	fmt.Fprintf(w, "\n%d WorkSpaces\n", len(rep.Results))
	t := newTable(w)
	var names []string
	for name, count := range n {
		if count > 0 {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		t.line("  "+name, n[name])
	}
	if err := t.flush(); err != nil {
		return err
	}
	fmt.Fprintln(w)
	t = newTable(w)
	for _, r := range rep.Results {
		if r.Outcome != runner.Succeeded {
			t.line(r.WorkspaceID, r.Outcome, cmp.Or(string(r.Status), "-"), r.Detail)
		}
	}
	return t.flush()
}

// Bars show how far the waves of a run are. On a terminal the bar of a wave moves; elsewhere
// it is written when the wave is over.
type bars struct {
	w        io.Writer
	terminal bool
	waveOf   map[string]int
	size     []int
	done     []int
	failed   []int
	skipped  []int
	shown    int // waves whose bar is complete
	earlier  int // migrations of an earlier run, which the plan does not have
}

func newBars(w io.Writer, terminal bool, p *migrate.Plan) *bars {
	n := len(p.Waves)
	b := &bars{w: w, terminal: terminal, waveOf: map[string]int{}, size: make([]int, n), done: make([]int, n), failed: make([]int, n), skipped: make([]int, n)}
	for i, wave := range p.Waves {
		b.size[i] = len(wave)
		for _, m := range wave {
			b.waveOf[m.WorkspaceID] = i
		}
	}
	return b
}

// event takes an event of a run.
func (b *bars) event(e runner.Event) {
	i, ok := b.waveOf[e.WorkspaceID]
	switch {
	case !ok:
		if e.Kind == runner.Ended {
			b.earlier++
		}
		return
	case e.Kind == runner.Skipped:
		b.skipped[i]++
	case e.Kind == runner.Refused, e.Kind == runner.Ended && e.Status != migrate.StatusSucceeded:
		b.failed[i]++
	case e.Kind == runner.Ended:
		b.done[i]++
	default:
		return
	}
	whole := b.done[i]+b.failed[i]+b.skipped[i] >= b.size[i]
	if !whole && !b.terminal {
		return
	}
	lead, trail := "", "\n"
	if b.terminal {
		lead = "\r"
		if !whole {
			trail = ""
		}
	}
	if whole {
		b.shown++
	}
	fmt.Fprintf(b.w, "%s%s wave %3d/%d %s %2d of %2d migrated, %d failed, %d skipped%s",
		lead, e.Time.UTC().Format("2006-01-02 15:04"), i+1, len(b.size), b.bar(i), b.done[i], b.size[i], b.failed[i], b.skipped[i], trail)
}

// bar draws a wave: # is migrated, x failed, - skipped, . still open.
func (b *bars) bar(i int) string {
	open := max(0, b.size[i]-b.done[i]-b.failed[i]-b.skipped[i])
	return "[" + strings.Repeat("#", b.done[i]) + strings.Repeat("x", b.failed[i]) + strings.Repeat("-", b.skipped[i]) + strings.Repeat(".", open) +
		strings.Repeat(" ", max(0, 25-b.size[i])) + "]"
}
