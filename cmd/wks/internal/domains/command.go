// Package domains is the subcommand that lists the names that clients must reach, and checks the rules of
// a firewall for them.
package domains

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

const long = `Domains lists the names that a client of Amazon WorkSpaces must reach from its network, for a
Region, a protocol and what the client uses, as the guide gives them in an edition:

    wks domains --region eu-west-1 --directory d-93671a2b3c --format squid > workspaces-names

The formats are

    plain             a rule on each line, by use: a name, or *.name for all names below it
    squid             a file for acl NAME dstdomain "FILE"
    network-firewall  the request for aws network-firewall create-rule-group --cli-input-json

With --check it reads rules from a file of at most 16 MiB, in the first two formats, and says which names
are missing for which use. Then the exit status is 1 if names are missing, else 2 if something is open, else 0. A list is
printed with status 2 if documents do not give all names.

A filter that looks at names sees those of HTTP and HTTPS. Gateways, health checks and TURN need
addresses beside: wks preflight has them.`

// mostBytes is how much of a file of rules is read.
const mostBytes = 16 << 20

// A request is what the flags ask for.
type request struct {
	client   network.Client
	protocol string
	kind     string
	format   string
	check    string
	name     string
	capacity int
}

// Command returns wks domains.
func Command() *cobra.Command {
	var q request
	cmd := &cobra.Command{
		Use:   "domains",
		Short: "List the names that clients must reach, for Squid, AWS Network Firewall or by hand",
		Long:  long,
		Args:  cobra.NoArgs,
	}
	f := cmd.Flags()
	f.StringVar(&q.client.Region, "region", "", "`REGION` of the WorkSpaces, such as eu-west-1")
	f.StringVar(&q.protocol, "protocol", "dcv", "streaming protocol: dcv or pcoip")
	f.StringVar(&q.kind, "client", "application", "what connects: application, browser or zero-client")
	f.IntVar(&q.client.Version, "client-version", 0, "first `NUMBER` of the version of the client application; 0 is any")
	f.StringVar(&q.client.Directory, "directory", "", "`ID` of the directory, or its name before .awsapps.com; without it all names there are listed")
	f.BoolVar(&q.client.IPv6, "ipv6", false, "clients connect over IPv6 as well")
	f.BoolVar(&q.client.FIPS, "fips", false, "the directory has endpoint encryption with FIPS")
	f.BoolVar(&q.client.SmartCard, "smart-card", false, "users sign in with smart cards")
	f.BoolVar(&q.client.SAML, "saml", false, "users sign in with SAML")
	f.BoolVar(&q.client.StreamingEndpoint, "streaming-endpoint", false, "clients stream through a VPC endpoint")
	f.StringVar(&q.format, "format", "plain", "plain, squid or network-firewall")
	f.StringVar(&q.name, "name", "workspaces-names", "`NAME` of the rule group")
	f.IntVar(&q.capacity, "capacity", 0, "capacity of the rule group, which is fixed when it is made; 0 leaves room for as many names again")
	f.StringVar(&q.check, "check", "", "`FILE` with the rules of a firewall to check, - for the standard input")
	for _, of := range []string{"format", "name", "capacity"} {
		cmd.MarkFlagsMutuallyExclusive("check", of)
	}
	rules := cli.Rules(cmd, network.Newest, network.At)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		r, err := rules()
		if err != nil {
			return err
		}
		return q.run(cmd, r)
	}
	return cmd
}

func (q *request) run(cmd *cobra.Command, r network.Rules) error {
	if q.client.Region == "" {
		return errors.New("--region is missing")
	}
	switch q.client.Kind = network.ClientKind(q.kind); q.kind {
	case "application":
		q.client.Kind = network.Application
	case "":
		return errors.New("--client is empty")
	}
	if q.format != "network-firewall" && (cmd.Flags().Changed("name") || cmd.Flags().Changed("capacity")) {
		return errors.New("--name and --capacity are for --format network-firewall")
	}
	q.client.Protocol = network.Protocol(q.protocol)
	if q.check != "" {
		return q.checkFile(cmd, r)
	}
	d, err := r.CheckDomains(q.client, nil)
	if err != nil {
		return flagged(err)
	}
	text, err := q.list(d, r.Edition())
	if err != nil {
		return flagged(err)
	}
	if _, err := io.WriteString(cmd.OutOrStdout(), text); err != nil {
		return err
	}
	return tellOpen(cmd.ErrOrStderr(), d.OpenBy(rule.ByDocuments))
}

// flags are those that give the members of what package network is asked.
var flags = map[rule.Path]string{
	"Region": "--region", "Protocol": "--protocol", "Kind": "--client", "Version": "--client-version", "Directory": "--directory",
	"RuleGroupName": "--name", "Capacity": "--capacity",
}

// flagged names the flag instead of the member that an error is about.
func flagged(err error) error {
	var input *rule.InputError
	if errors.As(err, &input) && flags[input.Path] != "" {
		return fmt.Errorf("%s: %q %s", flags[input.Path], rule.Shorten(input.Value), input.Reason)
	}
	return err
}

// list writes out the names in the format that is asked for.
func (q *request) list(d network.Domains, e rule.Edition) (string, error) {
	head := fmt.Sprintf("# Names that clients of Amazon WorkSpaces in %s must reach (%s, %s); edition %s\n", q.client.Region, q.protocol, q.kind, e)
	switch q.format {
	case "plain":
		return head + byUse(d), nil
	case "squid":
		list, err := d.List().Squid()
		return head + list, err
	case "network-firewall":
		group, err := d.List().NetworkFirewall(q.name, q.capacity)
		return string(group), err
	}
	return "", fmt.Errorf("--format: %q is none of plain, squid and network-firewall", rule.Shorten(q.format))
}

// byUse writes a name on each line, below its use.
func byUse(d network.Domains) string {
	var b strings.Builder
	for _, n := range d.Needs {
		if len(n.Names) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n# %s\n", n.Use)
		seen := map[string]bool{}
		for _, name := range n.Names {
			if seen[name.Host] {
				continue
			}
			seen[name.Host] = true
			b.WriteString(name.Host)
			switch {
			case name.Variable:
				b.WriteString("  # the name of the directory alone is needed")
			case name.Scheme != "https":
				b.WriteString("  # not HTTPS")
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

// tellOpen writes what is open, and returns the status for it.
func tellOpen(w io.Writer, open []rule.Open) error {
	for _, o := range open {
		fmt.Fprintf(w, "open: %s\n", rule.Printable(o.String()))
	}
	if len(open) > 0 {
		return cli.Exit(cli.Unanswered)
	}
	return nil
}

// checkFile reads rules and tells which names they lack.
func (q *request) checkFile(cmd *cobra.Command, r network.Rules) error {
	data, title, err := cli.ReadFile(q.check, cmd.InOrStdin(), mostBytes, "a list of names")
	if err != nil {
		return err
	}
	list, err := network.ParseDomainList(string(data))
	if err != nil {
		return fmt.Errorf("%s: %w", title, err)
	}
	d, err := r.CheckDomains(q.client, list)
	if err != nil {
		return flagged(err)
	}
	out := cmd.OutOrStdout()
	for _, n := range d.Needs {
		for _, name := range n.Missing {
			if _, err := fmt.Fprintf(out, "missing: %s  %s\n", n.Use, name.Host); err != nil {
				return err
			}
		}
	}
	status := tellOpen(cmd.ErrOrStderr(), d.Open)
	switch {
	case d.Verdict == rule.Denied:
		return cli.Exit(cli.Broken)
	case status == nil:
		_, err = fmt.Fprintf(out, "%d rules permit all names of %d uses\n", len(list), len(d.Needs))
		return err
	}
	return status
}
