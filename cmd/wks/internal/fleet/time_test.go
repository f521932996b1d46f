package fleet

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
)

// A plan does not follow the clock, not even into a maintenance window: an export does not tell the time zones of WorkSpaces.
func TestPlanAtAnyTime(t *testing.T) {
	plan := func(now time.Time) string {
		var out, errs bytes.Buffer
		c := command{now: func() time.Time { return now }}
		if status := cli.Run(c.cobra(), []string{"plan"}, strings.NewReader(""), &out, &errs); status == cli.Unanswered {
			t.Fatal(errs.String())
		}
		return out.String()
	}
	sunday := time.Date(2026, 9, 13, 1, 0, 0, 0, time.UTC)
	if plan(sunday) != plan(sampleTime) {
		t.Error("another plan on Sunday")
	}
}
