//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// A bench runs the tests of one package against mutants of another, or of the same.
type bench struct {
	program, dir string
	args         []string
	timeout      time.Duration
}

// measured are the options of a run.
type measured struct {
	seed    uint64
	jobs    int
	skip    string
	checks  int
	short   bool
	scratch string
}

// prepare builds the tests of a package with mutants of p, and sees that they pass without one.
func (p *pkg) prepare(o measured, tests string, mutants []*mutant) (*bench, error) {
	of := p
	if tests != p.path {
		var err error
		if of, err = load(tests); err != nil {
			return nil, err
		}
	}
	goldenFile, err := goCommand("list", "-f", "{{.Dir}}/golden.go", "github.com/wksgo/wks/internal/ruletest")
	if err != nil {
		return nil, err
	}
	name := filepath.Base(of.path)
	if len(mutants) == 1 {
		name = fmt.Sprintf("%s-%d", name, mutants[0].id)
	}
	b := &bench{dir: of.dir, args: []string{"-test.failfast"}}
	if o.short {
		b.args = append(b.args, "-test.short")
	}
	if o.skip != "" {
		b.args = append(b.args, "-test.skip="+o.skip)
	}
	if of.rapid {
		b.args = append(b.args, "-rapid.nofailfile", "-rapid.shrinktime=1ms", fmt.Sprintf("-rapid.seed=%d", o.seed))
		if o.checks > 0 {
			b.args = append(b.args, fmt.Sprintf("-rapid.checks=%d", o.checks))
		}
	}
	b.program, err = p.build(o.scratch, name, of.path, strings.TrimSpace(string(goldenFile)), mutants)
	return b, err
}

// first sees that the tests pass without a mutant, and takes the time that they may need with one.
func (b *bench) first() error {
	b.timeout = 10 * time.Minute
	began := time.Now()
	out, err := b.run("")
	if err != nil {
		return fmt.Errorf("the tests fail without a mutant: %w\n%s", err, out)
	}
	b.timeout = time.Minute + 6*time.Since(began)
	return nil
}

// run runs the tests with the mutant of an id. What its processes may use of memory and time is bounded.
func (b *bench) run(id string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), b.timeout+10*time.Second)
	defer cancel()
	limits := fmt.Sprintf(`ulimit -v 6291456; ulimit -t %d; exec "$0" "$@"`, int(4*b.timeout.Seconds()))
	args := append([]string{"-c", limits, b.program, "-test.timeout=" + b.timeout.String()}, b.args...)
	cmd := exec.CommandContext(ctx, "sh", args...)
	cmd.Dir = b.dir
	cmd.Env = append(os.Environ(), variable+"="+id)
	cmd.WaitDelay = 5 * time.Second
	return cmd.CombinedOutput()
}

// survivors returns the mutants that the tests of a package let through, in their order.
func (p *pkg) survivors(o measured, tests string, mutants []*mutant) ([]*mutant, error) {
	var joined []*mutant
	for _, m := range mutants {
		if !m.inline {
			joined = append(joined, m)
		}
	}
	shared, err := p.prepare(o, tests, joined)
	if err != nil {
		return nil, err
	}
	if err := shared.first(); err != nil {
		return nil, err
	}
	lives := make([]bool, len(mutants))
	faults := make([]error, len(mutants))
	var wg sync.WaitGroup
	slots := make(chan struct{}, o.jobs)
	for i, m := range mutants {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			b := shared
			if m.inline {
				if b, faults[i] = p.prepare(o, tests, []*mutant{m}); faults[i] != nil {
					return
				}
				b.timeout = shared.timeout
				defer os.Remove(b.program)
			}
			out, err := b.run(fmt.Sprint(m.id))
			lives[i] = err == nil
			m.timedOut = bytes.Contains(out, []byte("panic: test timed out after"))
		})
	}
	wg.Wait()
	var left []*mutant
	for i, m := range mutants {
		if faults[i] != nil {
			return nil, faults[i]
		}
		if lives[i] {
			left = append(left, m)
		}
	}
	return left, nil
}
