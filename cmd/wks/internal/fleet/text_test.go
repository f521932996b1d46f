package fleet

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/rule"
)

// numbers are those of a text, in order.
func numbers(text string) (list []int) {
	for _, s := range regexp.MustCompile(`[0-9]+`).FindAllString(text, -1) {
		n, _ := strconv.Atoi(s)
		list = append(list, n)
	}
	return list
}

// columns cuts lines where the cells of the first one begin.
func columns(lines []string) (rows [][]string) {
	starts := regexp.MustCompile(`\S+( \S+)*`).FindAllStringIndex(lines[0], -1)
	for _, line := range lines {
		var cells []string
		for i, at := range starts {
			end := len(line)
			if i+1 < len(starts) {
				end = min(end, starts[i+1][0])
			}
			cells = append(cells, strings.TrimSpace(line[min(at[0], len(line)):end]))
		}
		rows = append(rows, cells)
	}
	return rows
}

// Each text of a plan of the sample says what the plan holds: its sums, a line for each wave, and the reasons, the most
// frequent first.
func TestPlanText(t *testing.T) {
	t.Setenv("COLUMNS", "160")
	for edition, policy := range map[string]string{"2026-09-10": "ask", "2026-09-09": "allow", "2020-04-29": "deny"} {
		rules, err := migrate.At(must(rule.ParseEdition(edition)))
		if err != nil {
			t.Fatal(err)
		}
		in, err := readExport(rules, sampleFiles().read, sampleTime)
		if err != nil {
			t.Fatal(err)
		}
		in.limits.Undocumented = map[string]rule.Verdict{"ask": rule.Undocumented, "allow": rule.Allowed, "deny": rule.Denied}[policy]
		plan, err := rules.NewPlan(in.fleet, in.targets, in.limits)
		if err != nil {
			t.Fatal(err)
		}
		status, out, errs := ask(t, "plan", "--edition", edition, "--undocumented", policy)
		if status != exitRemains || errs != "" {
			t.Fatalf("%s: status %d, %s", edition, status, errs)
		}
		blocks := strings.Split(strings.TrimSuffix(out, "\n"), "\n\n")
		e := plan.Estimate
		sums := []int{len(in.fleet)}
		sums = append(sums, numbers(edition)...)
		sums = append(sums, e.Migrations, len(plan.Waves), len(plan.Refused), len(plan.Undecided), len(plan.Unassigned))
		head := strings.Split(blocks[0], "\n")
		if got := numbers(head[0]); !slices.Equal(got, sums) {
			t.Errorf("%s: %v, want %v", edition, got, sums)
		}
		for _, d := range []time.Duration{e.CallTime, e.Longest} {
			if !strings.Contains(head[1], " "+d.Round(time.Second).String()+" ") {
				t.Errorf("%s: %v is not in %q", edition, d, head[1])
			}
		}
		if got := numbers(head[1]); got[0] != e.Calls {
			t.Errorf("%s: %d calls, want %d", edition, got[0], e.Calls)
		}
		rest := blocks[1:]
		var waves [][]string
		if len(plan.Waves) > 0 {
			waves, rest = columns(strings.Split(rest[0], "\n"))[1:], rest[1:]
		}
		if len(waves) != len(plan.Waves) {
			t.Fatalf("%s: %d lines of %d waves", edition, len(waves), len(plan.Waves))
		}
		for i, wave := range plan.Waves {
			subnets, grants, steps := map[string]int{}, map[string]int{}, map[string]int{}
			for _, m := range wave {
				subnets[m.SubnetID]++
				if m.Key != "" {
					grants[m.Key] += m.Grants
				}
				for _, s := range m.Before {
					steps[string(s)]++
				}
			}
			want := []string{fmt.Sprint(i + 1), fmt.Sprint(len(wave)), wave[0].WorkspaceID, wave[len(wave)-1].WorkspaceID, told(subnets), told(grants), told(steps)}
			if !slices.Equal(waves[i], want) {
				t.Errorf("%s: %q, want %q", edition, waves[i], want)
			}
		}
		for _, list := range [][]migrate.Refusal{plan.Refused, plan.Undecided} {
			if len(list) > 0 {
				if got, want := reasons(rest[0]), given(list); !slices.Equal(got, want) {
					t.Errorf("%s: got\n%s\nwant\n%s", edition, strings.Join(got, "\n"), strings.Join(want, "\n"))
				}
				rest = rest[1:]
			}
		}
		later := map[string]int{}
		for _, m := range slices.Concat(plan.Waves...) {
			if m.Then != "" {
				later[m.Then]++
			}
		}
		for id, n := range later {
			if len(rest) == 0 || !strings.Contains(rest[0], id) || !strings.HasSuffix(rest[0], fmt.Sprintf(":%d", n)) {
				t.Errorf("%s: no line tells of %d that go on to %s: %q", edition, n, id, rest)
			}
			rest = rest[len(later):]
		}
		if len(rest) > 0 {
			t.Errorf("%s: more than there is to say: %q", edition, rest)
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// told is how a cell tells of numbers: by name, in order.
func told(m map[string]int) string {
	var list []string
	for name, n := range m {
		list = append(list, fmt.Sprintf("%s:%d", name, n))
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

// reasons are the paragraphs of a block below its title: each begins with a number.
func reasons(block string) (list []string) {
	_, block, _ = strings.Cut(block, "\n")
	for line := range strings.Lines(block) {
		words := strings.Join(strings.Fields(line), " ")
		if regexp.MustCompile(`^ {0,3}[0-9]+  `).MatchString(line) {
			list = append(list, words)
		} else {
			list[len(list)-1] += " " + words
		}
	}
	return list
}

// given are the same, as the refusals give them: how many there are for a reason, the most first, and else in the order
// of the plan.
func given(list []migrate.Refusal) (texts []string) {
	n := map[string]int{}
	for _, r := range list {
		text := fmt.Sprintf("%s %s, %s, %s", r.Reason, r.Cite.Document, r.Cite.Section, r.Cite.Date)
		if len(r.Violations) > 0 {
			text += " remedy: " + r.Violations[0].Remedy
		}
		if n[text]++; n[text] == 1 {
			texts = append(texts, text)
		}
	}
	slices.SortStableFunc(texts, func(a, b string) int { return cmp.Compare(n[b], n[a]) })
	for i, text := range texts {
		texts[i] = fmt.Sprintf("%d %s", n[text], text)
	}
	return texts
}

// A narrower terminal shows fewer subnets and keys of a wave, then their numbers, and then one column less. Each form is as
// wide as there is room for.
func TestWaveTableNarrows(t *testing.T) {
	plan := &migrate.Plan{Waves: [][]migrate.Migration{nil, nil, nil}}
	for i := range 6 { // subnet-6 has six of them, and so on
		for range i + 1 {
			plan.Waves[0] = append(plan.Waves[0], migrate.Migration{WorkspaceID: fmt.Sprintf("ws-%09d", len(plan.Waves[0])), SubnetID: fmt.Sprintf("subnet-%d", i+1), Key: fmt.Sprintf("key-%d", i+1), Grants: 2})
		}
	}
	plan.Waves[1] = []migrate.Migration{{WorkspaceID: "ws-999999999", SubnetID: "subnet-1"}}
	plan.Waves[2] = []migrate.Migration{{WorkspaceID: "ws-999999998", SubnetID: "subnet-1", Key: "key-1", Grants: 1}}
	want := []string{
		"subnet-3:3 subnet-4:4 subnet-5:5 subnet-6:6 and 2 more | key-3:6 key-4:8 key-5:10 key-6:12 and 2 more",
		"subnet-4:4 subnet-5:5 subnet-6:6 and 3 more | key-4:8 key-5:10 key-6:12 and 3 more",
		"subnet-5:5 subnet-6:6 and 4 more | key-5:10 key-6:12 and 4 more",
		"subnet-6:6 and 5 more | key-6:12 and 5 more",
		"6 | 6",
		"6 | 6 without last",
	}
	var got []string
	var before table
	for width := 200; width > 0; width-- {
		tab := waveTable(plan, width)
		if tab.width() > width && len(tab[0]) > 6 {
			t.Fatalf("%d characters, of %d", tab.width(), width)
		}
		if before != nil && tab.width() < before.width() && before.width() != width+1 {
			t.Errorf("at %d a form of %d characters gives way", width, before.width())
		}
		before = tab
		cells := tab[1][len(tab[1])-3:]
		form := cells[0] + " | " + cells[1]
		if !slices.Contains(tab[0], "last") {
			form += " without last"
		}
		if len(got) == 0 || got[len(got)-1] != form {
			got = append(got, form)
		}
		if one := tab[3][len(tab[3])-2]; one != "key-1:1" && one != "1" {
			t.Errorf("%d: a key with one grant is %q", width, one)
		}
		// A wave without keys has none, in each form.
		if other := tab[2][len(tab[2])-2]; other != "" && other != "0" {
			t.Errorf("%d: keys %q", width, other)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// The report counts each outcome, failures by what they ended as, and lists what has not succeeded.
func TestReportText(t *testing.T) {
	t.Setenv("COLUMNS", "120")
	result := func(id int, o runner.Outcome, s migrate.Status, detail string) runner.Result {
		return runner.Result{WorkspaceID: fmt.Sprintf("ws-%09d", id), Outcome: o, Status: s, Detail: detail}
	}
	rep := &runner.Report{Results: []runner.Result{
		result(1, runner.Succeeded, migrate.StatusSucceeded, ""), result(2, runner.Failed, "", "code one"), result(3, runner.Failed, migrate.StatusLost, ""),
		result(4, runner.NotReady, "", "code\x1b[2J two"), result(5, runner.Failed, "", "code three"), result(6, runner.Succeeded, migrate.StatusSucceeded, ""),
		result(7, runner.Following, "", ""), result(8, runner.NotAsked, "", ""), result(9, runner.Succeeded, migrate.StatusSucceeded, ""),
	}}
	var b bytes.Buffer
	if err := writeReport(&b, rep); err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(strings.Trim(b.String(), "\n"), "\n\n")
	head, sums, _ := strings.Cut(blocks[0], "\n")
	if n := numbers(head); !slices.Equal(n, []int{9}) {
		t.Errorf("%q", head)
	}
	var got []string
	for line := range strings.Lines(sums) {
		got = append(got, strings.Join(strings.Fields(line), " "))
	}
	if want := []string{"failed, lost 1", "failed, refused 2", "following 1", "not-asked 1", "not-ready 1", "succeeded 3"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	got = nil
	for line := range strings.Lines(blocks[1]) {
		got = append(got, strings.Join(strings.Fields(line), " "))
	}
	want := []string{"ws-000000002 failed - code one", "ws-000000003 failed lost", "ws-000000004 not-ready - " + rule.Printable("code\x1b[2J two"), "ws-000000005 failed - code three", "ws-000000007 following -", "ws-000000008 not-asked -"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	// Details begin in one column, two spaces behind what is before them.
	at := strings.Index(blocks[1], "code one")
	for line := range strings.Lines(blocks[1]) {
		if i := strings.Index(line, "code"); i >= 0 && (i != at || line[i-2:i] != "  ") {
			t.Errorf("%q does not begin at %d", line, at)
		}
	}
	b.Reset()
	if err := writeReport(&b, &runner.Report{}); err != nil || !slices.Equal(numbers(b.String()), []int{0}) {
		t.Errorf("of nothing: %v, %q", err, b.String())
	}
}

// A writer without room ends the command with its error, whatever it prints.
type noRoom struct{}

func (noRoom) Write([]byte) (int, error) { return 0, fmt.Errorf("no room") }

func TestNoRoom(t *testing.T) {
	plan := &migrate.Plan{Waves: [][]migrate.Migration{{{WorkspaceID: "ws-000000001"}}}}
	if writePlan(noRoom{}, plan, &input{}) == nil || writeReport(noRoom{}, &runner.Report{}) == nil {
		t.Error("nobody hears of it")
	}
}
