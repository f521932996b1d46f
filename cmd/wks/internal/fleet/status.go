package fleet

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/wksgo/wks/cmd/wks/internal/terminal"
	"github.com/wksgo/wks/migrate/durable"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/rule"
)

// writeStatus writes how a fleet stands: how far it is, how long the rest takes, and what is in flight for
// longer than the documented hour.
func writeStatus(w io.Writer, st *durable.Status) error {
	done, failed, total := st.Report.Count(runner.Succeeded), st.Report.Count(runner.Failed), len(st.Report.Results)
	p := terminal.Plain(w)
	sums := fmt.Sprintf("%d of %d migrated, %d failed, %d in flight; wave %d of %d", done, total, failed, st.Report.Count(runner.Following), st.Begun, st.Waves)
	width := max(10, min(40, terminal.Width(w)-len(sums)-3))
	filled := 0
	if total > 0 {
		filled = width * (done + failed) / total
	}
	p.Line(0, "%s, account %s in %s: %s", st.Name, st.Account, st.Region, st.Phase)
	p.Line(0, "[%s%s] %s", strings.Repeat("#", filled), strings.Repeat(".", width-filled), sums)
	if st.Error != "" {
		p.Wrap(0, "stopped by: ", 12, rule.Printable(st.Error))
	}
	if st.Left > 0 {
		p.Line(0, "the rest takes about %s at the pace so far", minutes(st.Left))
	}
	for _, f := range st.Stuck {
		if age := st.AsOf.Sub(f.Since); age > time.Hour {
			head := fmt.Sprintf("stuck: %s for %s: ", rule.Printable(f.WorkspaceID), minutes(age))
			p.Wrap(1, head, len(head), rule.Printable(why(f)))
		}
	}
	return p.Flush()
}

// why tells what is known of a migration that has not ended.
func why(f durable.Flight) string {
	switch f.Last {
	case runner.Requested:
		return "it was asked for, and no answer is known"
	case runner.Unknown:
		return "the answer cannot be believed, and its target is looked for: " + f.Detail
	case runner.Found:
		if f.TargetID == "" {
			return "the answer named the target of another one, and its own is looked for"
		}
		return "its target " + f.TargetID + " was found, and neither end is to be seen yet"
	}
	return "it was accepted, and its target " + f.TargetID + " has not come to an end in the documented hour"
}

// minutes writes a time in hours and minutes, at least one.
func minutes(d time.Duration) string {
	return strings.TrimSuffix(max(time.Minute, d.Round(time.Minute)).String(), "0s")
}
