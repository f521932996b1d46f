// Package collect is the subcommand that asks AWS for what wks preflight reads.
package collect

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
)

const long = `Collect asks AWS for everything that wks preflight reads, and changes nothing in the account. It
writes to the folder of --out what the AWS CLI would print: a folder for each Region, with a file for
each command.

    wks collect --region eu-west-1,us-east-1 --out export
    wks preflight export

It asks who it is first. It keeps to the quota of WorkSpaces, two calls a second, tries a call of another
service eight times at most, and asks no more of one to which no connection is made within five seconds.
On a terminal it tells how far it is. If it ends early, run it again: it keeps the files that are there
and whole. With --again it asks for all of them. It goes on past what is denied, and says which file is
missing and why. It needs these permissions:

%s

The exit status is 1 if a file is missing, 2 if it could do nothing, else 0.`

// Permissions are the actions that a collection needs, in lines that begin with a prefix.
func Permissions(prefix string) string {
	questions := slices.Concat(network, desktops, []question{entriesOf(""), tags, tagsOf(""), keyOf(""), grantsOf("")})
	actions := make([]string, 0, len(questions))
	for _, q := range questions {
		actions = append(actions, q.action)
	}
	var lines []string
	for chunk := range slices.Chunk(actions, 3) {
		lines = append(lines, strings.Join(chunk, ", "))
	}
	return prefix + strings.Join(lines, ",\n"+prefix)
}

// Command returns wks collect.
func Command() *cobra.Command { return command(throttle.Strict()) }

func command(quota throttle.Quota) *cobra.Command {
	o := Options{quota: quota}
	var regions string
	cmd := &cobra.Command{
		Use:   "collect --region REGIONS",
		Short: "Ask AWS for what preflight reads, without a change",
		Long:  fmt.Sprintf(long, Permissions("    ")),
		Args:  cobra.NoArgs,
	}
	o.AddFlags(cmd)
	flags := cmd.Flags()
	flags.StringVar(&regions, "region", "", "ask about these `REGIONS`, with commas between them")
	flags.StringVar(&o.Out, "out", "export", "write to this `FOLDER`")
	flags.BoolVar(&o.Again, "again", false, "ask also for the files that are there")
	cmd.RunE = func(cmd *cobra.Command, _ []string) (err error) {
		if o.Regions, err = ParseRegions(regions); err != nil {
			return err
		}
		stderr := cmd.ErrOrStderr()
		o.Progress = OnTerminal(stderr)
		result, err := Run(cmd.Context(), o)
		if err != nil {
			return err
		}
		result.Tell(stderr, cmd.CommandPath())
		fmt.Fprintf(cmd.OutOrStdout(), "%s: %s\n", rule.Printable(o.Out), result)
		return cli.Exit(result.Exit())
	}
	return cmd
}

// AddFlags adds the flags that say whom to ask.
func (o *Options) AddFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.Profile, "profile", "", "use the `PROFILE` of the shared configuration")
	cmd.Flags().StringVar(&o.EndpointURL, "endpoint-url", "", "ask this `URL` instead of AWS")
}

// ParseRegions reads the codes of Regions with commas between them. What stands there twice counts once.
func ParseRegions(list string) (regions []string, err error) {
	for r := range strings.SplitSeq(list, ",") {
		if r = strings.TrimSpace(r); !facts.IsRegion(r) {
			return nil, fmt.Errorf("--region %q: want the codes of Regions, such as us-east-1,eu-west-1", list)
		}
		if !slices.Contains(regions, r) {
			regions = append(regions, r)
		}
	}
	return regions, nil
}

// Exit is the exit status of a run.
func (r Result) Exit() int {
	switch {
	case r.Written+r.Kept == 0:
		return cli.Unanswered
	case len(r.Missing) > 0:
		return cli.Broken
	}
	return cli.Clean
}

// Tell says who asked, and each file that is missing, in lines behind the name of a command.
func (r Result) Tell(w io.Writer, command string) {
	if r.Account != "" {
		fmt.Fprintf(w, "%s: account %s, as %s\n", command, rule.Printable(r.Account), rule.Printable(r.Caller))
	}
	for _, m := range r.Missing {
		fmt.Fprintf(w, "%s: %s\n", command, m)
	}
}
