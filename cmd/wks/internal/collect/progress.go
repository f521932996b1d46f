package collect

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/wksgo/wks/cmd/wks/internal/terminal"
	"github.com/wksgo/wks/throttle"
)

// A progress shows on one line of a terminal how far a run has come, and what is left.
type progress struct {
	w io.Writer // nil shows nothing

	mu      sync.Mutex
	left    map[string]int // calls of WorkSpaces that are known to be left, by Region
	files   int            // that are known of
	done    int
	current string
	items   int
	shown   time.Time
}

// Widths in characters: that of the line fits every terminal.
const (
	barWidth  = 10
	lineWidth = 79
)

// expect tells of files that a Region is to have, and of the calls of WorkSpaces among them.
func (p *progress) expect(region string, files, calls int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.files += files
	p.left[region] += calls
	p.show(false)
}

// item tells that an element of a file was read.
func (p *progress) item(region, file string, n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.current, p.items = region+"/"+file, n
	p.show(false)
}

// end tells that a file is there, or will not be.
func (p *progress) end(region, file string, calls int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	p.left[region] -= calls
	p.current, p.items = region+"/"+file, 0
	p.show(true)
}

// show writes the line, ten times a second at most unless it must.
func (p *progress) show(must bool) {
	if p.w == nil || !must && time.Since(p.shown) < 100*time.Millisecond {
		return
	}
	p.shown = time.Now()
	fmt.Fprintf(p.w, "\r%s\x1b[K", p.line())
}

func (p *progress) line() string {
	full := 0
	if p.files > 0 {
		full = barWidth * p.done / p.files
	}
	s := fmt.Sprintf("[%s%s] %d of %d files", strings.Repeat("#", full), strings.Repeat(".", barWidth-full), p.done, p.files)
	if left := p.least(); left > 0 {
		s += fmt.Sprintf(", at least %s left", left)
	}
	s += "  "
	if p.items > 0 {
		s += fmt.Sprintf("%d in ", p.items)
	}
	s += p.current
	if len(s) > lineWidth {
		s = s[:lineWidth]
	}
	return s
}

// least is what the calls that are left take at least: Regions have a quota each.
func (p *progress) least() (longest time.Duration) {
	for _, n := range p.left {
		if d, err := throttle.Documented().Makespan(max(0, n)); err == nil {
			longest = max(longest, d.Round(time.Second))
		}
	}
	return longest
}

// close leaves the line empty.
func (p *progress) close() {
	if p.w != nil {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

// OnTerminal returns w if it is a terminal, or nil.
func OnTerminal(w io.Writer) io.Writer {
	if terminal.Is(w) {
		return w
	}
	return nil
}
