// Package logins is the subcommand that tells who came in, from access events.
package logins

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"github.com/spf13/cobra"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/monitor"
)

const long = `Logins reads access events of EventBridge (WorkSpaces Access) and tells who came in from where with
which client. It takes what holds events: lines, arrays, exports of a log group, what aws logs prints, what
CloudTrail Lake and subscriptions deliver, each also compressed with gzip. It reads as it goes, so that files
may be of any size; - is the standard input.

    wks logins september.ndjson.gz --workspaces describe-workspaces.json

With the WorkSpaces as aws workspaces describe-workspaces prints them, it adds the users, and tells which
desktops nobody uses, for how many hours AutoStop would have run those that are always on, and who has several.
No event tells when a session ends: --session says how long one lasts, and without it the hours are the
fewest there can have been.

A setting can be tried before it is set. The logins that it would have refused are told:

    wks logins september.ndjson.gz --allow 192.0.2.0/24 --deny osx --minimum windows=5.20

The exit status is 1 if a login would have been refused, else 2 if one is not decided or something cannot
be read, else 0.`

// Command returns wks logins.
func Command() *cobra.Command {
	var f flags
	var asJSON, details bool
	cmd := &cobra.Command{
		Use:   "logins FILE...",
		Short: "Tell who came in, what a setting would have refused, and which desktops nobody uses, from access events",
		Long:  long,
		Args:  cobra.MinimumNArgs(1),
	}
	f.add(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the report as JSON, by docs/schema/logins.json")
	cmd.Flags().BoolVar(&details, "details", false, "print each login on a line of its own, and all of each list")
	cmd.MarkFlagsMutuallyExclusive("json", "details")
	rules := cli.Rules(cmd, monitor.Newest, monitor.At)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		r, err := rules()
		if err != nil {
			return err
		}
		if err := cli.NotEmpty(cmd, "workspaces", "ip-groups"); err != nil {
			return err
		}
		in, err := f.input(r, cmd.InOrStdin())
		if err != nil {
			return err
		}
		c := newCount(r, in)
		out := cmd.OutOrStdout()
		if details {
			c.each = func(l *monitor.Tried) error { return writeLogin(out, in.users, l) }
		}
		if err := c.readAll(args, cmd.InOrStdin()); err != nil {
			return err
		}
		report, err := c.report()
		if err != nil {
			return err
		}
		if asJSON {
			err = cli.WriteJSON(out, report)
		} else {
			err = writeText(out, report, details)
		}
		if err != nil {
			return err
		}
		return cli.Exit(report.Exit)
	}
	return cmd
}

// readAll counts the logins of all sources. One that cannot be opened is told, unless that is all of them: then
// it is the error.
func (c *count) readAll(names []string, stdin io.Reader) error {
	var errs []error
	for _, name := range names {
		file, err := open(name, stdin)
		if err != nil {
			errs = append(errs, err)
			c.fail(err.Error())
			continue
		}
		err = c.read(name, file)
		file.Close()
		if err != nil {
			return err
		}
	}
	if len(errs) == len(names) {
		return errors.Join(errs...)
	}
	return nil
}

// open opens a file, or the standard input for "-".
func open(name string, stdin io.Reader) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(stdin), nil
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := file.Stat(); err == nil && info.IsDir() {
		file.Close()
		return nil, fmt.Errorf("%s: is a folder", name)
	}
	return file, nil
}

// read counts the logins of one source.
func (c *count) read(name string, source io.Reader) error {
	events := c.rules.ReadLogins(source, monitor.Lenient)
	err := c.all(name, events.All())
	c.others += events.Others()
	return err
}

func (c *count) all(name string, logins iter.Seq2[monitor.Login, error]) error {
	for l, err := range c.rules.WouldRefuse(logins, c.in.trial) {
		switch {
		case err != nil && l.ID == "":
			c.fail(name + ": " + err.Error())
		case err != nil:
			return err
		case c.repeats.Again(&l.Login):
			c.repeated++
		case !c.in.of(l.Directory):
			c.elsewhere++
		default:
			if err := c.add(&l); err != nil {
				return err
			}
		}
	}
	return nil
}

// mostShown is how many elements of a list are printed without --details.
const mostShown = 20

// mostFailures is how many errors are kept.
const mostFailures = 100

func (c *count) fail(why string) {
	c.failed++
	if len(c.failures) < mostFailures {
		c.failures = append(c.failures, why)
	}
}
