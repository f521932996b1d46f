package rules

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/cfn"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/cmd/wks/internal/preflight"
	"github.com/wksgo/wks/cmd/wks/internal/tfplan"
	"github.com/wksgo/wks/rule"
)

// addresses are those of the documents that rules cite.
func addresses() map[string]string {
	all := map[string]string{}
	for _, list := range [][]rule.Document{wks.Documents(), tfplan.Documents(), cfn.Documents()} {
		for _, d := range list {
			all[d.Key] = d.URL
		}
	}
	return all
}

// theCommands are the rules of the command.
func theCommands() []rule.Rule {
	return slices.Concat(preflight.Rules(), tfplan.Rules(), cfn.Rules())
}

// flat is a text without line breaks and repeated spaces.
func flat(text string) string { return strings.Join(strings.Fields(text), " ") }

// The JSON of a rule has each of its revisions, with its days, its source and the address of the document, and nothing
// in place of what there is not. Its level is that of the newest edition.
func TestRevisions(t *testing.T) {
	_, out, _ := run("--json")
	var list []map[string]any
	if err := json.Unmarshal([]byte(out), &list); err != nil {
		t.Fatal(err)
	}
	urls, ended, levelless := addresses(), 0, 0
	for i, r := range append(wks.Catalogue(), theCommands()...) {
		now, inForce := r.At(wks.Newest().Edition())
		if level, _ := list[i]["level"].(string); inForce && level != string(now.Level) || !inForce && list[i]["level"] != nil {
			t.Errorf("%s: level %v, want %s", r.Code, list[i]["level"], now.Level)
		}
		if !inForce {
			levelless++
		}
		revisions, _ := list[i]["revisions"].([]any)
		for j, v := range r.Revisions {
			got, _ := revisions[j].(map[string]any)
			want := map[string]any{"level": string(v.Level)}
			if v.Span.Since != (rule.Edition{}) {
				want["since"] = v.Span.Since.String()
			}
			if v.Span.Until != (rule.Edition{}) {
				want["until"] = v.Span.Until.String()
				ended++
			}
			if url := urls[v.Cite.Document]; url != "" { // documents such as the BYOL Checker have none
				want["url"] = url
			}
			cite, _ := got["cite"].(map[string]any)
			if (cite == nil) != (v.Cite == (rule.Citation{})) || cite != nil && (cite["document"] != v.Cite.Document || cite["section"] != v.Cite.Section) {
				t.Errorf("%s: cite %v, want %+v", r.Code, cite, v.Cite)
			}
			delete(got, "cite")
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%s: %v, want %v", r.Code, got, want)
			}
		}
	}
	if ended == 0 || levelless == 0 {
		t.Errorf("%d revisions that ended, %d rules that are not in force", ended, levelless)
	}
	_, out, _ = run("--json", string(preflight.Rules()[0].Code))
	var one map[string]any
	if err := json.Unmarshal([]byte(out), &one); err != nil || one["code"] != string(preflight.Rules()[0].Code) {
		t.Errorf("%v, %s", err, out)
	}
}

// Each rule has a line that begins with its code, its level in a column of its own, and its title. One that is not in
// force has a hyphen for the level.
func TestLines(t *testing.T) {
	all := append(wks.Catalogue(), theCommands()...)
	width := 0
	for _, r := range all {
		width = max(width, len(r.Code))
	}
	for _, edition := range []rule.Edition{wks.Newest().Edition(), all[0].Revisions[0].Span.Since} {
		_, out, errs := run("--edition", edition.String())
		if errs != "" {
			t.Fatal(errs)
		}
		texts := map[string]string{} // by code; what goes on is below the title
		code := ""
		for l := range strings.Lines(out) {
			l = strings.TrimRight(l, "\n")
			if l[0] != ' ' {
				code, _, _ = strings.Cut(l, " ")
				texts[code] = l
				continue
			}
			if strings.TrimSpace(l[:width+10]) != "" || l[width+10] == ' ' {
				t.Errorf("%s goes on at another column: %q", code, l)
			}
			texts[code] += " " + strings.TrimSpace(l)
		}
		if len(texts) != len(all) {
			t.Errorf("%d rules, want %d", len(texts), len(all))
		}
		for _, r := range all {
			level := "-"
			if v, ok := r.At(edition); ok {
				level = string(v.Level)
			}
			if want := fmt.Sprintf("%-*s  %-6s  ", width, r.Code, level); !strings.HasPrefix(texts[string(r.Code)], want) || flat(texts[string(r.Code)]) != flat(want+r.Title) {
				t.Errorf("%q, want %q", texts[string(r.Code)], want+r.Title)
			}
		}
	}
}

// One rule is told whole: title, remedy, where its help is, and a line for each time with level, days, source and
// address.
func TestWhole(t *testing.T) {
	urls := addresses()
	for _, r := range append(wks.Catalogue(), theCommands()...) {
		_, out, _ := run(string(r.Code))
		if !strings.HasPrefix(out, string(r.Code)+"\n") {
			t.Errorf("%s", out)
		}
		var want strings.Builder
		fmt.Fprintf(&want, "%s %s remedy %s help %s", r.Code, r.Title, r.Remedy, r.Code.Help())
		for _, v := range r.Revisions {
			days := "always"
			if v.Span.Since != (rule.Edition{}) {
				days = "since " + v.Span.Since.String()
			}
			if v.Span.Until != (rule.Edition{}) {
				days += " until " + v.Span.Until.String()
			}
			if v.Cite == (rule.Citation{}) {
				fmt.Fprintf(&want, " %s %s: each finding names its source", v.Level, days)
				continue
			}
			source := strings.Index(flat(out), urls[v.Cite.Document])
			if source < 0 || !strings.Contains(flat(out), fmt.Sprintf(" %s %s: ", v.Level, days)) || !strings.Contains(flat(out), v.Cite.Section) {
				t.Errorf("%s: no %s or no %q or no %q in\n%s", r.Code, days, v.Cite.Section, urls[v.Cite.Document], out)
			}
		}
		if r.Revisions[0].Cite == (rule.Citation{}) && flat(out) != flat(want.String()) || !strings.HasPrefix(flat(out), flat(fmt.Sprintf("%s %s remedy %s help %s %s ", r.Code, r.Title, r.Remedy, r.Code.Help(), r.Revisions[0].Level))) {
			t.Errorf("got\n%s\nwant\n%s", out, want.String())
		}
		if n, all := strings.Count(out, "since ")+strings.Count(out, "always"), len(r.Revisions); n < all {
			t.Errorf("%s: %d revisions, want %d", r.Code, n, all)
		}
		for i, l := range strings.Split(strings.TrimSuffix(out, "\n"), "\n") {
			if indented := strings.HasPrefix(l, "  "); indented != (i > 0) {
				t.Errorf("%s: %q", r.Code, l)
			}
		}
	}
}

// The lines of a rule and of a list, sixty letters wide.
func TestLayout(t *testing.T) {
	t.Setenv("COLUMNS", "60")
	day, later := rule.MustParseEdition("2020-01-02"), rule.MustParseEdition("2021-03-04")
	list := []described{
		{
			Code: "a.b", Title: "What is wrong with this takes more than one line of text.", Remedy: "What to do about it takes more than one line of text.", Level: rule.Must, Help: "https://help",
			Revisions: []revision{
				{Level: rule.Should, Since: day, Until: &later, Cite: rule.Citation{Document: "guide", Section: "A section", Date: day}, URL: "https://guide"},
				{Level: rule.Must, Since: later},
			},
		},
		{Code: "a.longer", Title: "Short.", Revisions: []revision{{Level: rule.Must}}},
	}
	text := func(list []described, whole bool) string {
		var out strings.Builder
		if err := write(&out, list, whole); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	if got, want := text(list, false), `a.b       must    What is wrong with this takes more than
                  one line of text.
a.longer  -       Short.
`; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	cited := flat(": " + finding.Cited(list[0].Revisions[0].Cite))
	got := text(list, true)
	if want := "should since 2020-01-02 until 2021-03-04" + cited; !strings.Contains(flat(got), want) {
		t.Errorf("no %q in %s", want, got)
	}
	if before, after := `a.b
  What is wrong with this takes more than one line of text.
  remedy  What to do about it takes more than one line of
          text.
  help    https://help
  should  since 2020-01-02 until 2021-03-04: `, `          https://guide
  must    since 2021-03-04: each finding names its source
a.longer
  Short.
  remedy
  help
  must    always: each finding names its source
`; !strings.HasPrefix(got, before) || !strings.HasSuffix(got, after) || strings.Count(got, "\n          ") < 3 {
		t.Errorf("got\n%s\nwant\n%s...\n%s", got, before, after)
	}
}

// A shell completes codes, with their titles, and no second argument.
func TestCompletion(t *testing.T) {
	cmd := Command()
	for start, prefix := range map[string]string{"": "", "network.": "network.", "preflight.w": "preflight.w", "nothing": "nothing"} {
		got, directive := cmd.ValidArgsFunction(cmd, nil, start)
		var want []string
		for _, r := range append(wks.Catalogue(), theCommands()...) {
			if strings.HasPrefix(string(r.Code), prefix) {
				want = append(want, string(r.Code)+"\t"+r.Title)
			}
		}
		if !slices.Equal(got, want) || directive != cobra.ShellCompDirectiveNoFileComp {
			t.Errorf("%q: %q, want %q", start, got, want)
		}
	}
	if got, _ := cmd.ValidArgsFunction(cmd, []string{"network.x"}, ""); len(got) > 0 {
		t.Errorf("%q", got)
	}
}

// A code that no rule has is told with up to five codes that are like it: their last part is in its own, or the other
// way round.
func TestAlike(t *testing.T) {
	list := func(codes ...rule.Code) (all []described) {
		for _, c := range codes {
			all = append(all, described{Code: c})
		}
		return all
	}
	for _, tt := range []struct {
		list []described
		code string
		want string
	}{
		{list("a.same", "b.other"), "c.same", "; is it a.same?"},
		{list("a.same-longer", "b.other"), "a.same", "; is it a.same-longer?"},
		{list("a.same", "b.other"), "a.same-longer", "; is it a.same?"},
		{list("a.same", "b.same"), "c.same", "; is it a.same or b.same?"},
		{list("a.x", "b.x", "c.x", "d.x", "e.x"), "f.x", "; is it a.x or b.x or c.x or d.x or e.x?"},
		{list("a.x", "b.x", "c.x", "d.x", "e.x", "f.x"), "g.x", ""},
		{list("a.same"), "a.", ""},
		{list("a.same"), "same", ""},
		{list("a.same"), "a.different", ""},
	} {
		if got := alike(tt.list, tt.code); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.code, got, tt.want)
		}
	}
	if status, out, errs := run("network.subnets-in-one-zon"); status != cli.Unanswered || out != "" || !strings.Contains(errs, "is it network.subnets-in-one-zone?") {
		t.Errorf("status %d, %s%s", status, out, errs)
	}
}

// The pages explain each rule of the command once: what it says, its level and its source with an address.
func TestPages(t *testing.T) {
	texts, urls := pages(), addresses()
	count := 0
	for name, text := range texts {
		if !strings.HasPrefix(string(text), "# Rules of wks "+name+"\n") {
			t.Errorf("%s begins with %.40q", name, text)
		}
		count += strings.Count(string(text), "\n## ")
	}
	if rules := theCommands(); count != len(rules) || len(texts) != 3 {
		t.Errorf("%d pages, %d headings, %d rules", len(texts), count, len(rules))
	}
	for _, r := range theCommands() {
		command, _, _ := strings.Cut(string(r.Code), ".")
		_, rest, found := strings.Cut(string(texts[command]), "\n## "+string(r.Code)+"\n")
		section, _, _ := strings.Cut(rest, "\n## ")
		v := r.Revisions[0]
		source := "Each finding names its source."
		if v.Cite != (rule.Citation{}) {
			source = "](" + urls[v.Cite.Document] + ")"
		}
		for _, want := range []string{"\n" + r.Title + "\n", "**Remedy:** " + r.Remedy + "\n", "**Level:** " + string(v.Level) + ". ", source, v.Cite.Section} {
			if !found || !strings.Contains(section, want) {
				t.Errorf("%s: no %q in %s", r.Code, want, section)
			}
		}
		if v.Cite != (rule.Citation{}) && strings.Contains(section, "Each finding") {
			t.Errorf("%s: %s", r.Code, section)
		}
	}
}

// Arguments that are none end with status 2.
func TestArguments(t *testing.T) {
	for _, args := range [][]string{{"a.b", "c.d"}, {"--edition", "x"}, {"--edition", "1999-01-01", "a.b"}} {
		if status, out, errs := run(args...); status != cli.Unanswered || out != "" || errs == "" {
			t.Errorf("%q: status %d, %s%s", args, status, out, errs)
		}
	}
}

// What cannot be written is an error.
func TestFullDisk(t *testing.T) {
	for _, args := range [][]string{nil, {"--json"}, {"network.subnets-in-one-zone"}, {"network.subnets-in-one-zone", "--json"}} {
		var errs strings.Builder
		if status := cli.Run(Command(), args, nil, noRoom{}, &errs); status != cli.Unanswered || !strings.Contains(errs.String(), "no room") {
			t.Errorf("%q: status %d, %s", args, status, errs.String())
		}
	}
}

type noRoom struct{}

func (noRoom) Write([]byte) (int, error) { return 0, fmt.Errorf("no room") }
