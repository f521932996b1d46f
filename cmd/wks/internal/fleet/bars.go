package fleet

import (
	"fmt"
	"io"
	"strings"

	"github.com/wksgo/wks/cmd/wks/internal/terminal"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
)

// Bars show how far the waves of a run are. On a terminal the bar of a wave moves; elsewhere
// it is written when the wave is over.
type bars struct {
	w        io.Writer
	terminal bool
	waveOf   map[string]int
	size     []int
	done     []int
	failed   []int
	skipped  []int
}

func newBars(w io.Writer, terminal bool, p *migrate.Plan) *bars {
	n := len(p.Waves)
	b := &bars{w: w, terminal: terminal, waveOf: map[string]int{}, size: make([]int, n), done: make([]int, n), failed: make([]int, n), skipped: make([]int, n)}
	for i, wave := range p.Waves {
		b.size[i] = len(wave)
		for _, m := range wave {
			b.waveOf[m.WorkspaceID] = i
		}
	}
	return b
}

// resume takes what earlier runs have done.
func (b *bars) resume(rep *runner.Report) *bars {
	for _, r := range rep.Results {
		if i, ok := b.waveOf[r.WorkspaceID]; ok {
			switch r.Outcome {
			case runner.Succeeded:
				b.done[i]++
			case runner.Failed:
				b.failed[i]++
			}
		}
	}
	return b
}

// widestBar is how long a line with a bar is at most, up to 9999 waves.
const widestBar = 100

// event takes an event of a run.
func (b *bars) event(e runner.Event) {
	i, ok := b.waveOf[e.WorkspaceID]
	switch {
	case !ok: // of an earlier plan
		return
	case e.Kind == runner.Skipped:
		b.skipped[i]++
	case e.Kind == runner.Refused, e.Kind == runner.Ended && e.Status != migrate.StatusSucceeded:
		b.failed[i]++
	case e.Kind == runner.Ended:
		b.done[i]++
	default:
		return
	}
	whole := b.done[i]+b.failed[i]+b.skipped[i] >= b.size[i]
	if !whole && !b.terminal {
		return
	}
	lead, trail := "", "\n"
	if b.terminal {
		lead = "\r"
		if !whole {
			trail = ""
		}
	}
	if terminal.Width(b.w) >= widestBar {
		lead += e.Time.UTC().Format("2006-01-02 15:04 ")
	}
	fmt.Fprintf(b.w, "%swave %3d/%d %s %2d of %2d migrated, %d failed, %d skipped%s",
		lead, i+1, len(b.size), b.bar(i), b.done[i], b.size[i], b.failed[i], b.skipped[i], trail)
}

// bar draws a wave: # is migrated, x failed, - skipped, . still open.
func (b *bars) bar(i int) string {
	open := max(0, b.size[i]-b.done[i]-b.failed[i]-b.skipped[i])
	return "[" + strings.Repeat("#", b.done[i]) + strings.Repeat("x", b.failed[i]) + strings.Repeat("-", b.skipped[i]) + strings.Repeat(".", open) +
		strings.Repeat(" ", max(0, 25-b.size[i])) + "]"
}
