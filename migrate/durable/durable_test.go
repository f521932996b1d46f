package durable_test

import (
	"testing"

	"github.com/wksgo/wks/migrate/durable"
	"github.com/wksgo/wks/migrate/migratetest"
	"github.com/wksgo/wks/migrate/runner"
)

func TestFirst(t *testing.T) {
	w := newWorld(5, migratetest.Faults()...)
	s := open(t, "")
	work(t, s, w.worker())
	if err := s.Start(w.order("first")); err != nil {
		t.Fatal(err)
	}
	st := wait(t, s, "first")
	t.Logf("%+v", st)
	for _, r := range st.Report.Results {
		t.Logf("%s %s %+v", w.faults[r.WorkspaceID], r.Outcome, r)
	}
	if st.Phase != durable.Ended || st.Report.Count(runner.Succeeded) < 5 {
		t.Errorf("%+v", st)
	}
}
