package sample

import (
	"testing"

	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

func TestSample(t *testing.T) {
	if n, err := Size("a"); n != 1 || err != nil {
		t.Error(n, err)
	}
	if n, err := Size("c"); n != 0 || err == nil {
		t.Error(n, err)
	}
	if !Few(2) || Few(3) {
		t.Error("few")
	}
	if Twice(2) != 4 {
		t.Error("twice")
	}
	var list []string
	if Both(&list, true, false); len(list) > 0 {
		t.Error(list)
	}
	if Both(&list, true, true); len(list) != 1 {
		t.Error(list)
	}
	if r := revisions[0]; r.Level != rule.Must || r.Cite.Document != "guide" || r.Span.Since != rule.MustParseEdition("2020-02-28") {
		t.Error(r)
	}
	if rows[0].since != "2024-02-29" {
		t.Error(rows[0])
	}
}

// TestGolden would kill all that changes the second row.
func TestGolden(t *testing.T) {
	ruletest.Golden(t, "testdata/golden.txt", []byte(rows[1].name))
}
