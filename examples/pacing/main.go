// Command pacing shows what becomes of calls to Amazon WorkSpaces at its documented quota, 2
// calls a second with a burst of 5, with the pace and the retries of several clients. It runs
// the SDK's client against an endpoint in memory, in virtual time, so that hours take seconds, and
// prints the same table for the same seed.
//
//	go run ./examples/pacing
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/wksgo/wks/throttle"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

const explanation = `
Latency "varies" is 20 to 300 ms for a request and 20 ms for its answer. The optimum is the
least time that the quota permits; a shorter makespan means that calls were lost. Throttled
are attempts, lost are calls that failed in the end. The SDK's retry delays have a seed. Where
x/time/rate is throttled without latency, it rounded down and was a nanosecond early. The SDK's
adaptive mode is left out: in virtual time it can wait for ever, in steps of no time.
`

func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("pacing", flag.ContinueOnError)
	flags.SetOutput(stderr)
	seed := flags.Uint64("seed", 1, "of latency and retry delays")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return 2
	}
	if flags.NArg() > 0 {
		fmt.Fprintf(stderr, "pacing: unexpected argument %q\n", flags.Arg(0))
		return 2
	}
	if err := report(stdout, *seed); err != nil {
		fmt.Fprintln(stderr, "pacing:", err)
		return 1
	}
	return 0
}

func report(w io.Writer, seed uint64) error {
	list := scenarios()
	results, err := simulate(list, seed)
	if err != nil {
		return err
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	before := ""
	for i, s := range list {
		if title := s.title(); title != before {
			optimum, err := throttle.Documented().Makespan(s.calls)
			if err != nil {
				return err
			}
			fmt.Fprintf(t, "\n%s; optimum %.2f s\n", title, optimum.Seconds())
			fmt.Fprint(t, "client\tgoroutines\tmakespan\tthrottled\tlost\t\n")
			before = title
		}
		r := results[i]
		fmt.Fprintf(t, "%s\t%d\t%.2f s\t%d\t%d\t\n", s.client.name, s.goroutines, r.Makespan.Seconds(), r.Throttled, r.Lost)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err = io.WriteString(w, explanation)
	return err
}
