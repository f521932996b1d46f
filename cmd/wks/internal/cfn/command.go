// Package cfn is the subcommand that checks CloudFormation templates and change sets.
package cfn

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/cmd/wks/internal/terminal"
	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

const long = `Cfn tells what Amazon WorkSpaces would refuse of CloudFormation templates in JSON or YAML, and which
WorkSpaces an update deletes.

    wks cfn desktops.yaml
    wks cfn cdk.out
    wks cfn --deployed running.json desktops.yaml
    aws cloudformation describe-change-set --change-set-name ARN | wks cfn -

It takes a template, what aws cloudformation get-template prints, a folder of templates such as that of
cdk synth, and a change set. It looks at AWS::WorkSpaces::Workspace, WorkspacesPool and ConnectionAlias,
at the KMS keys of the template that they name, and at the VPCs of a template that makes a directory.

A parameter has the value of --parameter, or its default. Where it has neither, each value that the template
allows or compares it with is tried, and a finding says with which it comes. References within the template,
Fn::If, Sub, Join, Select, Split and FindInMap are followed. What the template does not tell is named.

The exit status is 1 if a rule is broken that must not be, else 2 if the documents leave a question
open or an input cannot be read, else 0. What the template does not tell changes no status. --fail-on
destroy gives 1 as well if a WorkSpace is deleted.`

// A report is what there is to say of templates and change sets.
type report struct {
	Schema int       `json:"schema"`
	Inputs []section `json:"inputs"`
	Exit   int       `json:"exit"`
}

// A section is what there is to say of one of them.
type section struct {
	Input     string   `json:"input"`
	Region    string   `json:"region,omitempty"`
	Resources []answer `json:"resources"` // by logical id
	Updates   []answer `json:"updates"`   // what becomes of WorkSpaces that are there
	Others    int      `json:"others"`    // resources and changes of other types
}

// options are the flags.
type options struct {
	region, deployed, failOn string
	parameters               map[string]string
	asJSON                   bool
}

// Command returns wks cfn.
func Command() *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use:   "cfn {TEMPLATE | FOLDER | CHANGE-SET | -}",
		Short: "Tell what WorkSpaces would refuse of a CloudFormation template, or of one of the CDK",
		Long:  long,
		Args:  cobra.ExactArgs(1),
	}
	flags := cmd.Flags()
	flags.StringVar(&o.region, "region", "", "the `REGION` of the stack")
	flags.StringToStringVar(&o.parameters, "parameter", nil, "the value of a parameter, `NAME=VALUE`")
	flags.StringVar(&o.deployed, "deployed", "", "the template `FILE` that the stack has now, to tell what the update deletes")
	flags.StringVar(&o.failOn, "fail-on", "", "destroy: exit with status 1 if a WorkSpace is deleted")
	flags.BoolVar(&o.asJSON, "json", false, "print the report as JSON")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		rep, err := o.run(args[0], cmd.InOrStdin())
		if err != nil {
			return err
		}
		if o.asJSON {
			err = cli.WriteJSON(cmd.OutOrStdout(), rep)
		} else {
			err = writeText(cmd.OutOrStdout(), rep)
		}
		if err != nil {
			return err
		}
		return cli.Exit(rep.Exit)
	}
	return cmd
}

// run reports on what an argument names.
func (o *options) run(name string, stdin io.Reader) (*report, error) {
	if o.failOn != "" && o.failOn != "destroy" {
		return nil, fmt.Errorf("--fail-on: %q is not destroy", o.failOn)
	}
	if o.region != "" && !facts.IsRegion(o.region) {
		return nil, fmt.Errorf("--region: %q is not the code of a Region, such as us-east-1", rule.Shorten(o.region))
	}
	documents, err := read(name, stdin)
	if err != nil {
		return nil, err
	}
	var deployed *template
	if o.deployed != "" {
		old, err := read(o.deployed, nil)
		if err != nil {
			return nil, fmt.Errorf("--deployed: %w", err)
		}
		if len(old) != 1 || old[0].template == nil || len(documents) != 1 || documents[0].template == nil {
			return nil, fmt.Errorf("--deployed: takes one template, beside one template")
		}
		deployed = old[0].template
	}
	if err := o.named(documents); err != nil {
		return nil, err
	}
	rep := &report{Schema: 2}
	for _, d := range documents {
		s := section{Input: d.name, Region: o.region, Resources: []answer{}, Updates: []answer{}}
		if s.Region == "" {
			s.Region = d.region
		}
		if d.changes != nil {
			changes, others := d.changes.check()
			s.Updates, s.Others = append(s.Updates, changes...), others
		} else if err := o.template(&s, d.template, deployed); err != nil {
			return nil, fmt.Errorf("%s: %w", d.name, err)
		}
		rep.Inputs = append(rep.Inputs, s)
	}
	rep.Exit = o.status(rep)
	return rep, nil
}

// named refuses a parameter that no template has.
func (o *options) named(documents []document) error {
	for _, p := range slices.Sorted(maps.Keys(o.parameters)) {
		known := false
		for _, d := range documents {
			if d.template != nil {
				_, has := d.template.Parameters[p]
				known = known || has
			}
		}
		if !known {
			return fmt.Errorf("--parameter: no template has %q", p)
		}
	}
	return nil
}

// template asks about a template.
func (o *options) template(s *section, t, deployed *template) error {
	q := &question{template: t, given: o.parameters, region: s.Region, constants: compared(t)}
	for _, id := range slices.Sorted(maps.Keys(t.Resources)) {
		if t.Resources[id].Type == loopType {
			a := newAnswer(id, loopType)
			a.Open = append(a.Open, "what the loop makes is not read")
			s.Resources = append(s.Resources, a)
			continue
		}
		if operations[t.Resources[id].Type] == "" {
			s.Others++
			continue
		}
		a, err := q.check(id)
		if err != nil {
			return err
		}
		s.Resources = append(s.Resources, a)
	}
	networks, err := q.networks()
	if err != nil {
		return err
	}
	s.Resources = append(s.Resources, networks...)
	s.Others -= len(networks)
	if deployed != nil {
		old := &question{template: deployed, given: o.parameters, region: s.Region, constants: compared(deployed)}
		s.Updates = append(s.Updates, compare(old, q)...)
	}
	return nil
}

func (o *options) status(rep *report) int {
	status := cli.Clean
	for _, s := range rep.Inputs {
		for _, list := range [][]answer{s.Resources, s.Updates} {
			for _, a := range list {
				for _, v := range a.Findings {
					if v.Code == desktopDestroyed && o.failOn == "destroy" {
						return cli.Broken
					}
				}
				switch {
				case a.Verdict == rule.Denied:
					return cli.Broken
				case a.Verdict == rule.Undocumented:
					status = cli.Unanswered
				}
			}
		}
	}
	return status
}

func writeText(w io.Writer, rep *report) error {
	p := terminal.New(w, terminal.WantColor(w))
	for i, s := range rep.Inputs {
		if i > 0 {
			p.Line(0, "")
		}
		p.Line(0, "%s", p.Paint(terminal.Bold, "CloudFormation for Amazon WorkSpaces"))
		p.Line(0, "input: %s", rule.Printable(s.Input))
		if s.Region != "" {
			p.Line(0, "Region: %s", rule.Printable(s.Region))
		}
		for _, a := range s.Resources {
			writeAnswer(p, a, "")
		}
		for _, a := range s.Updates {
			writeAnswer(p, a, "the update of ")
		}
		p.Line(0, "")
		p.Line(0, "%d resources of WorkSpaces, %d updates of them, %d others", len(s.Resources), len(s.Updates), s.Others)
	}
	return p.Flush()
}

func writeAnswer(p terminal.Printer, a answer, of string) {
	p.Heading(rule.Printable(of + rule.Shorten(a.Resource) + " (" + a.Type + ")"))
	p.Line(1, "%s", p.Verdict(a.Verdict))
	for _, v := range a.Findings {
		p.Line(2, "%-6s %s", v.Level, v.Code)
		p.Line(4, "%s", rule.Printable(string(v.Path)))
		p.Line(4, "%s", rule.Printable(v.Detail))
		if v.Remedy != "" {
			p.Line(4, "remedy: %s", v.Remedy)
		}
	}
	for _, open := range a.Open {
		p.Line(2, "open: %s", rule.Printable(open))
	}
}
