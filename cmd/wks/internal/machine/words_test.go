package machine

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/rule"
)

// The text says of each test and of each requirement what the answer has, and no more.
func TestText(t *testing.T) {
	_, out, errs := ask("", "--edition", "2026-09-10", "--json")
	var rep report
	if err := json.Unmarshal([]byte(out), &rep); err != nil {
		t.Fatalf("%v: %s", err, errs)
	}
	_, text, _ := ask("", "--edition", "2026-09-10")
	lines := map[string]string{} // by test or code
	places := map[rule.Code]int{}
	all := strings.Split(text, "\n")
	for i, l := range all {
		f := strings.Fields(l)
		switch {
		case len(f) > 1 && strings.HasPrefix(f[0], "PASS"), len(f) > 1 && (f[0] == "WARNING" || f[0] == "FAILED" || f[0] == "EXEMPT" || f[0] == "UNKNOWN"):
			lines[f[1]] = l
		case len(f) > 2 && (f[0] == "must" || f[0] == "should"):
			code := f[slices.IndexFunc(f, func(s string) bool { return strings.HasPrefix(s, "byol.") })]
			places[rule.Code(code)] = i
		}
	}
	fixable := 0
	for _, test := range rep.Checker.Tests {
		l := lines[test.Name]
		bad := test.Result == byol.Failed || test.Result == byol.Warning
		if l == "" || strings.Contains(l, "can fix it") != test.Fixable || strings.Contains(strings.Replace(l, test.Name, "", 1), string(test.ErrorCode)) != bad {
			t.Errorf("%+v: %q", test, l)
		}
		if test.Fixable {
			fixable++
		}
	}
	met := map[byol.State]int{}
	for _, l := range rep.Lines {
		met[l.State]++
	}
	for _, want := range []string{
		"\nBYOLChecker " + rep.Checker.Version + "\n",
		fmt.Sprintf("\n%d requirements: %d met, %d broken, ", len(rep.Lines), met[byol.Met], met[byol.Broken]),
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if fixable == 0 {
		t.Error("the checker can fix nothing of the sample")
	}
	for _, l := range rep.Lines {
		at, told := places[l.Code]
		if open := l.State != byol.Met && l.State != byol.NotApplicable; open != told {
			t.Errorf("%s, %s: told %t", l.Code, l.State, told)
		} else if !open {
			continue
		}
		rest := strings.Join(all[at:min(at+5, len(all))], "\n")
		cite := l.Cite.Document + `, "` + l.Cite.Section + `", ` + l.Cite.Date.String()
		if remedied := strings.Contains(strings.Join(all[at:at+3], "\n"), "remedy: "); remedied != (l.State == byol.Broken) || !strings.Contains(rest, cite) {
			t.Errorf("%s:\n%s\nwant %s", l.Code, rest, cite)
		}
	}
	if len(places) == 0 {
		t.Error("nothing is open in the sample")
	}
}

// A change names both documents.
func TestChangesCite(t *testing.T) {
	_, out, _ := ask("", "--changes", "2019-10-25,2020-04-29")
	changes, err := byol.Describe(rule.MustParseEdition("2019-10-25"), rule.MustParseEdition("2020-04-29"))
	if err != nil || len(changes) == 0 {
		t.Fatal(changes, err)
	}
	for _, c := range changes {
		for _, s := range []byol.Statement{c.Before, c.After} {
			if s.Subject == "" {
				continue
			}
			if want := s.Cite.Document + `, "` + s.Cite.Section + `", ` + s.Cite.Date.String(); !strings.Contains(out, "      "+want+"\n") {
				t.Errorf("%s: no %s", c.Subject, want)
			}
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

// What cannot be written is an error.
func TestFullDisk(t *testing.T) {
	if err := writeChanges(full{}, []string{"2019-10-25", "2020-04-29"}); err == nil {
		t.Error("changes were written")
	}
	if err := writeText(full{}, report{}); err == nil {
		t.Error("a report was written")
	}
}

// What Windows writes of the registry decides, and not another number: the Registry value NoAutoMount is 1 when AutoMount is off.
func TestScriptComparesWithOne(t *testing.T) {
	_, out, _ := ask("", "--collect")
	for _, want := range []string{".NoAutoMount -ne 1", "AutoMount"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q", want)
		}
	}
}
