// Package pace is the subcommand that compares clients at the quota of WorkSpaces.
package pace

import (
	"bytes"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/wkstest"
)

const explanation = `
Latency "varies" is 20 to 300 ms for a request and 20 ms for its answer. The optimum is the
least time that the quota permits; a shorter makespan means that calls were lost. Throttled
are attempts, lost are calls that failed in the end. Where x/time/rate is throttled without
latency, it rounded down and was a nanosecond early. The SDK's adaptive mode is left out: in
virtual time it can wait for ever, in steps of no time.

Each line is one simulation. All of them draw latency and retry delays from the seed %[1]d, each from
its beginning: "wks pace --seed %[1]d" prints the same table.
`

// Command returns wks pace.
func Command() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "pace",
		Short: "Show what becomes of 200 and of 1000 calls at the quota, by client",
		Long: `Pace shows what becomes of calls to Amazon WorkSpaces at its documented quota, 2 calls a second
with a burst of 5, with the pace and the retries of several clients. It runs the SDK's client
against an endpoint in memory, in virtual time, so that hours take seconds, and prints the same
table for the same seed.`,
		Args: cobra.NoArgs,
	}
	seed := cmd.Flags().Uint64("seed", 1, "draw latency and retry delays from the seed `N`")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return report(cmd.OutOrStdout(), *seed) }
	return cmd
}

func report(w io.Writer, seed uint64) error {
	list := scenarios()
	results, err := simulate(list, seed)
	if err != nil {
		return err
	}
	return write(w, list, results, seed)
}

// write writes the results of scenarios with a seed, with a title before those that have it, in one piece.
func write(w io.Writer, list []scenario, results []wkstest.Result, seed uint64) error {
	var b bytes.Buffer // writes to it cannot fail
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
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
	_ = t.Flush()
	fmt.Fprintf(&b, explanation, seed)
	_, err := w.Write(b.Bytes())
	return err
}
