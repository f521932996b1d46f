package wks_test

import (
	"bytes"
	"encoding/json"
	"testing"

	wks "github.com/wksgo/wks"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

// Undocumented is what Guard makes of an open question, so that its fixtures ask for the same.
func TestFixtures(t *testing.T) {
	at := func(e rule.Edition) (rule.Edition, error) { return e, nil }
	ask := ruletest.Ask(func(e rule.Edition, in struct {
		Operation string
		Request   json.RawMessage
	}) (rule.Answer, error) {
		input, err := wks.Decode(in.Operation, bytes.NewReader(in.Request))
		if err != nil {
			return rule.Answer{}, err
		}
		a, err := wks.Check(input)
		a.Violations = wks.Told(a, e)
		return a.Concluded(), err
	})
	ruletest.Try(t, "testdata/fixtures.txt", wks.Book, at, ruletest.Questions[rule.Edition]{"Check": ask})
}
