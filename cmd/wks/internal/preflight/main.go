// Package preflight is the subcommand that reports on the export of an account.
package preflight

import (
	"embed"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/cmd/wks/internal/collect"
	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/cmd/wks/internal/terminal"
	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

//go:embed sample
var sample embed.FS

const (
	exitClean      = cli.Clean
	exitBroken     = cli.Broken
	exitUnanswered = cli.Unanswered
)

const long = `Preflight tells what Amazon WorkSpaces would refuse in an AWS account: whether its network leaves
room for a directory that is to be registered and for the management range of an account that
brings its own licences (BYOL), and what is wrong with its WorkSpaces, bundles, images, tags and
KMS keys. With --plan it tells in which steps WorkSpaces become what is wanted, and when. It
calls nobody unless --live is set: it reads the folder EXPORT that wks collect or the AWS CLI has
written, with the *.json files or a folder of them for each Region. Without EXPORT it reports on a
sample account.

    wks preflight --live --region us-east-1,eu-west-1
    wks preflight --collect --region us-east-1,eu-west-1 > collect.sh   # review, then run it
    wks preflight export

What it takes to bring licences is asked if there is a byol.json among the files of a Region,
written by hand: its members Facts, Machine and Import tell what no export does.

The report says what to do first, the worst first; then what could not be answered, with the command
that fetches what is missing; then what is in order, one line a Region; then the details of the rest.

The exit status is 1 if a rule is broken at the level must, else 2 if a registration is
undocumented or not given, if a value cannot be used or if the input cannot be read, else 0.
--fail-on should and --fail-on open fail on more, and --fail-on none on nothing that was read.`

// options are what the flags say.
type options struct {
	finding.Options
	input                string
	collect              bool
	region, protocol     string
	roundTrip, session   time.Duration
	launches, migrations int
	ssh                  []string
	fedRAMP              bool
	plan, now            string
	live                 bool
	temporary            bool            // the export goes when the report is written
	ask                  collect.Options // whom --live asks
}

// Command returns wks preflight.
func Command() *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use:   "preflight [EXPORT]",
		Short: "Tell what WorkSpaces would refuse in an account, from its export",
		Long:  long,
		Args:  cobra.MaximumNArgs(1),
	}
	rules := cli.Rules(cmd, wks.Newest, wks.At)
	flags := cmd.Flags()
	o.AddFlags(cmd)
	flags.StringVar(&o.region, "region", "", "report on `REGION` only; the Region of files that lie in EXPORT itself")
	flags.StringVar(&o.protocol, "protocol", "pcoip,dcv", "check the firewall for clients with `PROTOCOLS`")
	flags.DurationVar(&o.roundTrip, "rtt", 0, "check a `TIME` such as 120ms from clients to each Region and back")
	flags.DurationVar(&o.session, "session", 0, "users stay for a `TIME` such as 8h after a login of the access events; 0 counts the login alone")
	flags.IntVar(&o.launches, "launches", 0, "check that `N` launches find addresses in the subnets of each directory")
	flags.IntVar(&o.migrations, "migrations", 0, "check that `N` migrations at a time do")
	flags.StringSliceVar(&o.ssh, "ssh", nil, "check that devices of this `RANGE` can connect to Linux WorkSpaces over SSH; may be repeated")
	flags.BoolVar(&o.fedRAMP, "fedramp", false, "check the conditions for FedRAMP and DoD SRG of each directory")
	flags.StringVar(&o.plan, "plan", "", "plan what `FILE` (JSON) asks for: changes of WorkSpaces, and launches")
	flags.StringVar(&o.now, "now", "", "let the plan start at `TIME` (RFC 3339) instead of the present")
	flags.BoolVar(&o.collect, "collect", false, "print the commands that write an export, for --region (with commas between several)")
	o.addLive(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			o.input = args[0]
		}
		if _, err := monitor.Newest().Report(&monitor.Usage{Assumption: monitor.Assumption{Session: o.session}}, nil); err != nil {
			return fmt.Errorf("--session %s: is not between 0 and 720h", o.session)
		}
		for name, negative := range map[string]bool{"rtt": o.roundTrip < 0, "launches": o.launches < 0, "migrations": o.migrations < 0} {
			if negative {
				return fmt.Errorf("--%s %s: is negative", name, flags.Lookup(name).Value)
			}
		}
		if o.collect {
			return writeCollect(cmd.OutOrStdout(), o.region)
		}
		r, err := rules()
		if err != nil {
			return err
		}
		if o.live {
			return o.reportLive(cmd, r)
		}
		return o.report(r, cmd.OutOrStdout())
	}
	return cmd
}

// report writes the report, and ends with its exit status.
func (o options) report(rules wks.Rules, stdout io.Writer) error {
	input, name, err := openInput(o.input)
	if err != nil {
		return err
	}
	account, err := readAccount(rules, input, o.region)
	if err != nil {
		return err
	}
	account.readEvents(rules, input, o.session)
	if account.protocols, err = parseProtocols(o.protocol); err != nil {
		return err
	}
	if account.ssh, err = parseAddresses(o.ssh); err != nil {
		return err
	}
	account.fedRAMP = o.fedRAMP
	if err := account.readPlan(o.plan, o.now); err != nil {
		return err
	}
	account.pictures = o.HTML != ""
	if account.input = o.input; o.temporary {
		account.input, name = "", "the account, which was asked now"
	}
	account.roundTrip, account.launches, account.migrations = o.roundTrip, o.launches, o.migrations
	base, err := o.Report(account.now)
	if err != nil {
		return err
	}
	rep, err := check(rules, account, base)
	if err != nil {
		return err
	}
	rep.Input = rule.Printable(name)
	rep.Conclude(o.FailOn, wks.Documents())
	if err := o.WriteBaseline(&rep.Report, account.now); err != nil {
		return err
	}
	if err := o.WritePage(func(w io.Writer) error { return writeHTML(w, rep) }); err != nil {
		return err
	}
	err = o.Write(stdout, &rep.Report, "preflight", account.folder(), rep, func(w io.Writer) error {
		return writeText(w, rep, terminal.WantColor(w), o.Details)
	})
	if err != nil {
		return err
	}
	return cli.Exit(rep.Summary.Exit)
}

func parseProtocols(list string) (protocols []network.Protocol, err error) {
	for word := range strings.SplitSeq(list, ",") {
		switch p := network.Protocol(strings.TrimSpace(word)); p {
		case network.ProtocolPCoIP, network.ProtocolDCV:
			protocols = append(protocols, p)
		default:
			return nil, fmt.Errorf("--protocol %q: want pcoip, dcv or both with a comma", list)
		}
	}
	return protocols, nil
}

// openInput returns the folder, or the sample if dir is empty, and what to call it.
func openInput(dir string) (input fs.FS, name string, err error) {
	if dir == "" {
		input, err = fs.Sub(sample, "sample")
		return input, "the embedded sample account", err
	}
	info, err := os.Stat(dir)
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%s: is not a folder", dir)
	}
	return os.DirFS(dir), dir, err
}
