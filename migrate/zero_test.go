package migrate_test

import (
	"errors"
	"testing"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

// The zero Rules hold no edition, and answer nothing.
func TestZeroRules(t *testing.T) {
	var zero migrate.Rules
	for name, f := range map[string]func() error{
		"Check":      func() error { _, err := zero.Check(migrate.Desktop{}, migrate.Desktop{}); return err },
		"CheckReady": func() error { _, err := zero.CheckReady(&migrate.Situation{At: noon}); return err },
		"Outcome":    func() error { _, err := zero.Outcome(move()); return err },
		"NewPlan":    func() error { _, err := zero.NewPlan(nil, nil, migrate.Limits{}); return err },
		"Classify":   func() error { _, err := zero.Classify(attempt, nil); return err },
	} {
		var input *rule.InputError
		if err := f(); !errors.As(err, &input) || input.Path != "Edition" {
			t.Errorf("%s: error %v, want one about the edition", name, err)
		}
	}
	if len(zero.Effects(migrate.Windows))+len(zero.MovedFolders()) > 0 {
		t.Error("the zero Rules list something")
	}
	if _, ok := zero.StepCitation(migrate.LogIn); ok {
		t.Error("the zero Rules ask for a step")
	}
	var d migrate.Decision
	if d.Verdict != rule.Undocumented || len(d.Reasons())+len(d.Violations()) > 0 {
		t.Errorf("the zero Decision is %+v", d)
	}
}

// What is returned is the caller's to change.
func TestResultsAreCopies(t *testing.T) {
	rules := migrate.Newest()
	rules.MovedFolders()[0] = ""
	rules.Effects(migrate.Windows)[0].Thing = ""
	migrate.Documents()[0].Key = ""
	if rules.MovedFolders()[0] == "" || rules.Effects(migrate.Windows)[0].Thing == "" || migrate.Documents()[0].Key == "" {
		t.Error("a result was not a copy")
	}
}
