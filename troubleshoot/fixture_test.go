package troubleshoot_test

import (
	"os"
	"testing"

	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/troubleshoot"
)

func TestBook(t *testing.T) { ruletest.Book(t, troubleshoot.Book, os.DirFS(".")) }

func TestZeroRules(t *testing.T) { ruletest.Zero(t, troubleshoot.Rules{}) }

func TestFixtures(t *testing.T) {
	ruletest.Try(t, "testdata/fixtures.txt", troubleshoot.Book, troubleshoot.At, ruletest.Questions[troubleshoot.Rules]{
		"Diagnose": ruletest.Ask(func(r troubleshoot.Rules, in struct {
			Symptom troubleshoot.Key
			Facts   troubleshoot.Facts
		}) (rule.Answer, error) {
			d, err := r.Diagnose(in.Symptom, in.Facts)
			return d.Answer, err
		}),
	})
}
