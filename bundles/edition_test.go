package bundles_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// What breaks a rule is not allowed by an edition that does not have the rule yet: nothing
// tells. But for the hyphen in the description of an image, which the service's model permits.
func TestEditionsWithoutTheRule(t *testing.T) {
	text, err := os.ReadFile("testdata/fixtures.txt")
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for line := range strings.Lines(string(text)) {
		words := strings.Fields(line)
		if len(words) < 4 || words[2] != "fail" || words[1] == string(bundles.ImageDescriptionHyphen) {
			continue
		}
		for _, e := range bundles.Editions() {
			if slices.ContainsFunc(bundles.RuleRows(), func(r rule.Row) bool { return string(r.Code) == words[1] && r.Span.Contains(e) }) {
				continue
			}
			rules, err := bundles.At(e)
			if err != nil {
				t.Fatal(err)
			}
			asked++
			a, err := checks[words[3]](rules, words[4:])
			if err != nil || a.Verdict == rule.Allowed {
				t.Errorf("%s: %s %v, %v", e, line, a, err)
			}
		}
	}
	if asked == 0 {
		t.Error("every edition has every rule")
	}
}
