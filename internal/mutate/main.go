//go:build unix

// Command mutate measures what the tests of a package hold: it changes the package in one place at
// a time, runs the tests, and prints the changes that they let through. Each is a hole in the tests, or
// it is equivalent to the code and belongs into a file of such, with the reason.
//
//	go run ./internal/mutate -seed 1 -code 60 -rows 30 ./bundles
//	go run ./internal/mutate -seed 1 -also ./bundles,./migrate ./internal/facts
//
// It changes comparisons, arithmetic, conditions, constants, statements and what functions return, and in the values
// of package variables dates, numbers, names, rows and the level of a rule. Texts for people are left alone. A sample is
// drawn with a seed, and the same seed draws the same sample from the same source.
//
// All mutants of a package are built into one program, by go test -overlay, and a process of it runs one of
// them. One that compiles only by itself, such as a constant, is a program of its own. The source is not touched. Files
// that a flag of the tests rewrites kill no mutant: ruletest.Golden compares nothing.
package main

import (
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(2)
	}
}

func run(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("mutate", flag.ContinueOnError)
	o := measured{}
	flags.Uint64Var(&o.seed, "seed", 1, "draw the sample, and run tests with rapid, with this `number`")
	flags.IntVar(&o.jobs, "jobs", 2, "run so many processes at once")
	flags.StringVar(&o.skip, "skip", "", "leave out tests that match this `pattern`")
	flags.BoolVar(&o.short, "short", false, "run short tests")
	flags.IntVar(&o.checks, "checks", 0, "let rapid check so many inputs; 0 is as many as it does by itself")
	code := flags.Int("code", 60, "draw so many mutants of code")
	rows := flags.Int("rows", 30, "draw so many mutants of rows")
	also := flags.String("also", "", "run the tests of these `packages`, joined by commas, against what the package's own let through")
	file := flags.String("equivalent", "internal/mutate/equivalent.txt", "read equivalent mutants from this `file`; empty is none")
	only := flags.String("file", "", "draw only from the file of this `name`")
	again := flags.String("again", "", "draw those alone that an earlier run printed to this `file`, not by number")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return fmt.Errorf("want one package, got %q", flags.Args())
	}
	p, err := load(flags.Arg(0))
	if err != nil {
		return err
	}
	var known map[equivalent]string
	if *file != "" {
		if known, err = readEquivalents(*file); err != nil {
			return err
		}
	}
	var among map[equivalent]string
	if *again != "" {
		if among, err = readMutants(*again, false); err != nil {
			return err
		}
		*code, *rows = len(among), len(among)
	}
	drawn, err := p.draw(o.seed, *code, *rows, *only, known, among)
	if err != nil {
		return err
	}
	if o.scratch, err = os.MkdirTemp("", "mutate"); err != nil {
		return err
	}
	defer os.RemoveAll(o.scratch)
	left, err := p.survivors(o, p.path, drawn)
	if err != nil {
		return err
	}
	for other := range strings.SplitSeq(*also, ",") {
		if other != "" && len(left) > 0 {
			if left, err = p.survivors(o, other, left); err != nil {
				return err
			}
		}
	}
	p.report(out, o.seed, drawn, left)
	return nil
}

// draw draws mutants that compile, are not known to be equivalent, and are among some unless these are nil, by file
// and position.
func (p *pkg) draw(seed uint64, code, rows int, file string, known, among map[equivalent]string) (drawn []*mutant, err error) {
	all := p.mutants()
	found := map[equivalent]bool{}
	for i, m := range all {
		m.id = i + 1
		found[p.key(m)] = true
	}
	for k := range known {
		if k.pkg == p.path && !found[k] {
			return nil, fmt.Errorf("no mutant of %s is the equivalent one in %s of %s:\n- %s\n+ %s", p.path, k.in, k.file, k.was, k.is)
		}
	}
	order := slices.Clone(all)
	rand.New(rand.NewPCG(seed, 0)).Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	for _, m := range order {
		left := &code
		if m.row {
			left = &rows
		}
		if *left > 0 && (file == "" || m.file == file) && known[p.key(m)] == "" && (among == nil || among[p.key(m)] != "") && p.sound(m) {
			*left--
			drawn = append(drawn, m)
		}
	}
	if len(drawn) == 0 {
		return nil, fmt.Errorf("%s has nothing to change", p.path)
	}
	slices.SortFunc(drawn, func(a, b *mutant) int { return a.id - b.id })
	return drawn, nil
}

// report prints survivors as the file of equivalent mutants has them, and the score.
func (p *pkg) report(out io.Writer, seed uint64, drawn, left []*mutant) {
	for _, m := range left {
		fmt.Fprintf(out, "# line %d\n%s %s %s\n- %s\n+ %s\n\n", m.line, p.path, m.file, m.in, m.was, m.is)
	}
	count := func(list []*mutant, row bool) (n int) {
		for _, m := range list {
			if m.row == row {
				n++
			}
		}
		return n
	}
	var scores []string
	for _, of := range []struct {
		name string
		row  bool
	}{{"code", false}, {"rows", true}} {
		if n := count(drawn, of.row); n > 0 {
			killed := n - count(left, of.row)
			scores = append(scores, fmt.Sprintf("%s %d of %d killed (%.0f %%)", of.name, killed, n, 100*float64(killed)/float64(n)))
		}
	}
	for _, m := range drawn {
		if m.timedOut {
			fmt.Fprintf(out, "# took too long: %s line %d: %s\n", m.file, m.line, m.is)
		}
	}
	fmt.Fprintf(out, "%s, seed %d: %s\n", p.path, seed, strings.Join(scores, ", "))
}
