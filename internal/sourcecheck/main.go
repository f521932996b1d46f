// Command sourcecheck holds every citation of the packages of rules against the history of the
// documents that can be had as a repository:
//
//	go run ./internal/sourcecheck -guide CLONE -kms CLONE -vpc CLONE -events CLONE -eventbridge CLONE -eks CLONE -model CLONE
//
// from the root of the module. A clone is a git repository or its git directory; a document without
// one is not looked at. docs/sources.md tells which repositories they are, what is checked, and what
// the other documents are. It prints a line for each failure, sorted, then a line for each document
// that it did not look at, and the counts. The exit status is 1 if there is a failure.
package main

import (
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	"github.com/wksgo/wks/internal/sources"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("sourcecheck", flag.ContinueOnError)
	flags.SetOutput(stderr)
	guide := flags.String("guide", "", "clone of "+sources.Guide)
	kms := flags.String("kms", "", "clone of "+sources.KMS)
	vpc := flags.String("vpc", "", "clone of "+sources.VPC)
	events := flags.String("events", "", "clone of "+sources.Events)
	bridge := flags.String("eventbridge", "", "clone of "+sources.EventBridge)
	eks := flags.String("eks", "", "clone of "+sources.EKS)
	model := flags.String("model", "", "clone of "+sources.Model)
	history := flags.String("docshistory", "", "clone of "+sources.DocsHistory+", a repository of stored copies")
	docs := flags.String("docs", "", "clone of "+sources.Docs+", another")
	texts := flags.String("texts", "", "folder of texts of documents that no repository has, KEY.md or KEY.txt")
	n := flags.Int("draw", 0, "print so many statements, drawn at random, in place of the report")
	seed := flags.Uint64("seed", 1, "seed of -draw")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	clones := map[string]string{
		sources.Guide: *guide, sources.KMS: *kms, sources.VPC: *vpc, sources.Events: *events, sources.EventBridge: *bridge, sources.EKS: *eks, sources.Model: *model,
		sources.DocsHistory: *history, sources.Docs: *docs,
	}
	maps.DeleteFunc(clones, func(_, dir string) bool { return dir == "" })
	if len(clones) == 0 || flags.NArg() > 0 {
		fmt.Fprintln(stderr, "sourcecheck: no clone is given; nothing is checked")
		flags.Usage()
		return 2
	}
	c := checker{statements: statements(), addresses: addresses(), folder: *texts}
	err := c.read(clones)
	if err == nil {
		err = c.check()
	}
	if err != nil {
		fmt.Fprintln(stderr, "sourcecheck:", err)
		return 2
	}
	if *n > 0 {
		c.draw(stdout, *n, *seed)
		return 0
	}
	return c.report(stdout)
}

// report prints what was found, and returns the exit status.
func (c *checker) report(w io.Writer) int {
	slices.Sort(c.failures)
	for _, f := range c.failures {
		fmt.Fprintln(w, f)
	}
	elsewhere := 0
	for _, key := range slices.Sorted(maps.Keys(c.elsewhere)) {
		fmt.Fprintf(w, "not in a clone | %s | %d\n", key, c.elsewhere[key])
		elsewhere += c.elsewhere[key]
	}
	fmt.Fprintf(w, "%d statements: %d checked with a token, %d without, %d not in a clone; %d failures\n",
		len(c.statements), c.withToken, c.withoutToken, elsewhere, len(c.failures))
	if len(c.failures) > 0 {
		return 1
	}
	return 0
}
