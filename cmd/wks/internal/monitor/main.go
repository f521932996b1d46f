// Package monitor is the subcommand for what is measured: metrics, alarms and event patterns.
package monitor

import (
	"errors"
	"fmt"
	"io"
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/rule"
)

// Command returns wks monitor.
func Command() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "monitor",
		Short: "Write alarms for a directory and event patterns, and list what CloudWatch measures",
		Long: `Monitor lists the metrics of Amazon WorkSpaces, writes alarms for a directory as a CloudFormation template
or as Terraform, and writes and checks event patterns for rules of EventBridge.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(alarmsCommand(), metricsCommand(), patternCommand())
	return cmd
}

// formats write alarms.
var formats = map[string]func(io.Writer, []monitor.RecommendedAlarm, string) error{
	"cloudformation": writeCloudFormation, "terraform": writeTerraform, "text": writeText,
}

// topicARN is what an SNS topic has.
var topicARN = regexp.MustCompile(`^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]{1,256}$`)

func alarmsCommand() *cobra.Command {
	var w monitor.Watched
	var protocol, format, topic string
	cmd := &cobra.Command{
		Use:   "alarms --directory ID",
		Short: "Write alarms for a directory as CloudFormation, as Terraform or as text",
		Long: `Alarms writes recommended alarms for the WorkSpaces of a directory. Each has its reason. No document gives
thresholds: they are values to start from.

    wks monitor alarms --directory d-906732b9ab --format terraform > alarms.tf`,
		Args: cobra.NoArgs,
	}
	flags := cmd.Flags()
	flags.StringVar(&w.Directory, "directory", "", "the `ID` of the directory")
	flags.StringVar(&protocol, "protocol", "", "the protocol of all its WorkSpaces, `PCOIP or WSP`, which is DCV")
	flags.StringSliceVar(&w.Certificates, "certificate", nil, "the `ID` of a root certificate for trusted devices, wsc-; may be repeated")
	flags.StringVar(&topic, "topic", "", "the `ARN` of the SNS topic that an alarm tells")
	flags.StringVar(&format, "format", "text", "`FORMAT`: cloudformation, terraform or text")
	cli.Once(cmd, "directory")
	if err := cmd.MarkFlagRequired("directory"); err != nil {
		panic(err) // there is such a flag
	}
	rules := cli.Rules(cmd, monitor.Newest, monitor.At)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		r, err := rules()
		if err != nil {
			return err
		}
		write := formats[format]
		if write == nil {
			return fmt.Errorf("--format: %q is none of cloudformation, terraform and text", rule.Shorten(format))
		}
		if w.Protocol = monitor.Protocol(strings.ToUpper(protocol)); !slices.Contains([]monitor.Protocol{monitor.AnyProtocol, monitor.PCoIP, monitor.DCV}, w.Protocol) {
			return fmt.Errorf("--protocol: %q is neither PCOIP nor WSP", rule.Shorten(protocol))
		}
		if topic != "" && !topicARN.MatchString(topic) {
			return fmt.Errorf("--topic: %q is no ARN of an SNS topic", rule.Shorten(topic))
		}
		alarms, err := r.RecommendedAlarms(w)
		if err != nil {
			return err
		}
		if len(alarms) == 0 {
			return fmt.Errorf("no version of the table of metrics is known for %s", r.Edition())
		}
		return write(cmd.OutOrStdout(), alarms, topic)
	}
	return cmd
}

// A metric is one row of the table as JSON has it.
type metric struct {
	Namespace  string        `json:"namespace"`
	Name       string        `json:"name"`
	Unit       string        `json:"unit"`
	Statistics []string      `json:"statistics"`
	Dimensions []string      `json:"dimensions"`
	Trigger    string        `json:"trigger,omitempty"`
	Protocol   string        `json:"protocol,omitempty"`
	Cite       rule.Citation `json:"cite"`
}

func metricsCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{Use: "metrics", Short: "List the metrics of Amazon WorkSpaces in CloudWatch", Args: cobra.NoArgs}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	rules := cli.Rules(cmd, monitor.Newest, monitor.At)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		r, err := rules()
		if err != nil {
			return err
		}
		list := []metric{}
		for _, m := range r.Metrics() {
			if !asJSON {
				if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%s %s: %s\n", m.Namespace, m.Name, m); err != nil {
					return err
				}
			}
			list = append(list, metric{m.Namespace, m.Name, m.Unit, m.Statistics, append([]string{}, m.Dimensions...), string(m.Trigger), string(m.Protocol), m.Cite})
		}
		if len(list) == 0 {
			return fmt.Errorf("no version of the table of metrics is known for %s", r.Edition())
		}
		if asJSON {
			return cli.WriteJSON(cmd.OutOrStdout(), list)
		}
		return nil
	}
	return cmd
}

// maxPattern is the most that is read of a pattern; EventBridge takes a few KiB.
const maxPattern = 1 << 20

func patternCommand() *cobra.Command {
	var f monitor.EventFilter
	var from []string
	cmd := &cobra.Command{
		Use:   "pattern [FILE]",
		Short: "Write an event pattern for access events, or check one",
		Long: `Pattern writes an event pattern for a rule of EventBridge that matches access events, by the flags. With a
file, or - for the standard input, it checks a pattern instead: a value that no access event has matches nothing, and
EventBridge does not say so.

    wks monitor pattern --directory d-906732b9ab --platform OSX
    wks monitor pattern rule.json

The exit status of a check is 1 if something must be changed, else 2 if a question is open or the file cannot be
read, else 0.`,
		Args: cobra.MaximumNArgs(1),
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&f.Directories, "directory", nil, "the `ID` of a directory; may be repeated")
	flags.StringSliceVar(&f.Workspaces, "workspace", nil, "the `ID` of a WorkSpace; may be repeated")
	flags.StringArrayVar(&f.Products, "product", nil, "the `NAME` of a client's product; may be repeated")
	flags.StringArrayVar(&f.Platforms, "platform", nil, "the `NAME` of a client's platform; may be repeated")
	flags.StringSliceVar(&from, "from", nil, "a `RANGE` of addresses of clients; may be repeated")
	rules := cli.Rules(cmd, monitor.Newest, monitor.At)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		r, err := rules()
		if err != nil {
			return err
		}
		if len(args) > 0 {
			for _, name := range []string{"directory", "workspace", "product", "platform", "from"} {
				if flags.Changed(name) {
					return errors.New("a pattern is written by flags or read from a file, and not both")
				}
			}
			return check(cmd, r, args[0])
		}
		for _, text := range from {
			p, err := netip.ParsePrefix(text)
			if err != nil {
				return fmt.Errorf("--from: %q is no range of addresses", rule.Shorten(text))
			}
			f.From = append(f.From, p)
		}
		pattern, err := r.Pattern(f)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(cmd.OutOrStdout(), string(pattern))
		return err
	}
	return cmd
}

// check prints what CheckPattern finds.
func check(cmd *cobra.Command, r monitor.Rules, name string) error {
	data, _, err := cli.ReadFile(name, cmd.InOrStdin(), maxPattern, "a pattern")
	if err != nil {
		return err
	}
	a, err := r.CheckPattern(data)
	if err != nil {
		return err
	}
	out := cmd.OutOrStdout()
	fmt.Fprintln(out, a.Verdict)
	for _, v := range a.Violations {
		fmt.Fprintf(out, "%s %s\n  %s\n", v.Level, rule.Printable(v.Error()), v.Remedy)
	}
	for _, o := range a.Open {
		fmt.Fprintln(out, "open", rule.Printable(o.String()))
	}
	switch a.Verdict {
	case rule.Denied:
		return cli.Exit(cli.Broken)
	case rule.Undocumented:
		return cli.Exit(cli.Unanswered)
	}
	return nil
}
