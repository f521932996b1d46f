package ruletest

import (
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/internal/fixture"
	"github.com/wksgo/wks/rule"
)

func TestTryFaults(t *testing.T) {
	b, _ := goodBook()
	at := func(e rule.Edition) (rules, error) { return rules{e}, nil }
	questions := Questions[rules]{
		"Check": Ask(func(r rules, in struct{ N int }) (rule.Answer, error) { return r.Check(in.N) }),
		"Forget": Ask(func(r rules, in struct{ N int }) (rule.Answer, error) {
			a, err := r.Check(in.N)
			a.Verdict = rule.Undocumented
			return a, err
		}),
	}
	const good = `2020-01-01 net.a pass Check {"N": 1}
2020-01-01 net.a fail Check {"N": -1}
2021-01-01 net.b pass Check {"N": 9}
2021-01-01 net.b fail Check {"N": 10}
`
	for _, tt := range []struct{ name, old, new, want string }{
		{"good", "", "", ""},
		{"missing in one edition", "2020-01-01 net.a fail", "2021-01-01 net.a fail", "net.a on 2020-01-01: no fixture (fail: true)"},
		{"not in force", "2021-01-01 net.b pass", "2020-01-01 net.b pass", "net.b is not in force on 2020-01-01"},
		{"outside every edition", "2021-01-01 net.b pass", "2021-02-01 net.b pass", "no edition lies in the span"},
		{"breaks nothing", `{"N": 10}`, `{"N": 5}`, "breaks []"},
		{"breaks more", `{"N": 10}`, `{"N": 20}`, "breaks [net.a net.b]"},
		{"does not pass", `{"N": 9}`, `{"N": 10}`, "breaks [net.b]"},
		{"unknown name", `{"N": 9}`, `{"M": 9}`, "unknown field"},
		{"two values", `pass Check {"N": 1}`, `pass Check {"N": 1}` + "\n  {}", "line 1"},
		{"no question", "net.b pass Check", "net.b pass Guess", `no question "Guess"`},
		{"verdict", "net.b pass Check", "net.b pass Forget", "does not follow"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fixtures, err := fixture.Parse(strings.Replace(good, tt.old, tt.new, 1))
			if err != nil {
				if tt.want == "" || !strings.Contains(err.Error(), tt.want) {
					t.Error(err)
				}
				return
			}
			faults := tryFaults(fixtures, b, at, questions)
			faults = slices.DeleteFunc(faults, func(f string) bool { return strings.Contains(f, `no fixture asks "Forget"`) })
			if tt.want == "" && len(faults) > 0 || tt.want != "" && !slices.ContainsFunc(faults, func(f string) bool { return strings.Contains(f, tt.want) }) {
				t.Errorf("faults %q, want one with %q", faults, tt.want)
			}
		})
	}
	if faults := tryFaults(nil, b, at, questions); !slices.Contains(faults, `no fixture asks "Forget"`) {
		t.Errorf("a question that no fixture asks is not told: %q", faults)
	}
}
