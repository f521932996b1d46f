package tfplan

import (
	"encoding/json"
	"regexp"
	"testing"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/internal/lineartest"
)

// random are identifiers that a service makes up, and what each becomes that is compared.
var random = []struct {
	pattern *regexp.Regexp
	to      string
}{
	{regexp.MustCompile(`\b(ws|wsipg|vpc|subnet|rtb|d|sg|pl|wsca)-[0-9a-z]{8,17}\b`), "$1-0"},
	{regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`), "uuid"},
	{regexp.MustCompile(`"(terraform|input)": ?"[^"]*"`), `"$1": ""`},
}

func withoutRandom(text []byte) string {
	for _, r := range random {
		text = r.pattern.ReplaceAll(text, []byte(r.to))
	}
	return string(text)
}

// What OpenTofu makes of a scenario gets the report that the plan of Terraform gets, and sends the same
// requests. No scenario is known for which the two differ.
func TestOpenTofu(t *testing.T) {
	lineartest.SkipRace(t)
	all := recordings(t)
	compared := 0
	for name, rec := range recordingsIn(t, "opentofu") {
		other := all[name]
		if len(other.Steps) != len(rec.Steps) {
			t.Errorf("%s: %d steps, want %d", name, len(rec.Steps), len(other.Steps))
			continue
		}
		for i, s := range rec.Steps {
			var reports, requests [2]string
			for j, s := range []recording{rec, other} {
				p, err := parsePlan(name, s.Steps[i].Plan)
				if err != nil {
					t.Fatal(name, err)
				}
				rep := check(p, options{rules: wks.Newest()})
				text, err := json.MarshalIndent(rep, "", "  ")
				if err != nil {
					t.Fatal(err)
				}
				reports[j] = withoutRandom(text)
				sent := map[string]int{} // what has no order among resources
				for _, q := range s.Steps[i].Requests {
					sent[q.Operation+" "+withoutRandom(q.Input)+" "+q.Refused]++
				}
				text, err = json.MarshalIndent(sent, "", "  ")
				if err != nil {
					t.Fatal(err)
				}
				requests[j] = string(text)
			}
			if reports[0] != reports[1] {
				t.Errorf("%s, step %s: the report on OpenTofu's plan is\n%s\nwant\n%s", name, s.Name, reports[0], reports[1])
			}
			if requests[0] != requests[1] {
				t.Errorf("%s, step %s: OpenTofu sends\n%s\nwant\n%s", name, s.Name, requests[0], requests[1])
			}
			compared++
		}
	}
	t.Logf("%d plans", compared)
	if compared < 9 {
		t.Errorf("%d plans were compared", compared)
	}
}
