// Package cfn is the subcommand that checks CloudFormation templates and change sets.
package cfn

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/cmd/wks/internal/finding"
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

It takes a template, the output of aws cloudformation get-template, a folder of templates such as cdk synth writes,
or a change set, compressed by gzip or not. It looks at AWS::WorkSpaces::Workspace, WorkspacesPool
and ConnectionAlias, at the KMS keys of the template that they name, and at the VPCs of a template that makes a
directory. It looks at the security groups that AWS::WorkSpaces::Directory, or a custom resource, names as
CustomSecurityGroupId.

A parameter has the value of --parameter, or its default. Where it has neither, each value that the template
allows or compares it with is tried, and a finding names the values that cause it. References within the template,
Fn::If, Sub, Join, Select, Split and FindInMap are followed. The report names what the template does not tell.

By default the exit status is 1 if a rule of level must is broken, or if an update replaces a WorkSpace (see
--destroy-ok). Else it is 2 if the documents leave a question open, if a template lacks a value that decides, or
if an input cannot be read. Else it is 0. Other values that the template lacks change no status.`

// options are what the flags ask for.
type options struct {
	rules            wks.Rules
	region, deployed string
	parameters       map[string]string
	destroy          finding.Destroy
}

// Command returns wks cfn.
func Command() *cobra.Command {
	var o options
	var out finding.Options
	cmd := &cobra.Command{
		Use:   "cfn {TEMPLATE | FOLDER | CHANGE-SET | -}",
		Short: "Tell what WorkSpaces would refuse of a CloudFormation template, or of one of the CDK",
		Long:  long,
		Args:  cobra.ExactArgs(1),
	}
	rules := cli.Rules(cmd, wks.Newest, wks.At)
	flags := cmd.Flags()
	out.AddFlags(cmd)
	o.destroy.AddFlags(cmd, &out)
	flags.StringVar(&o.region, "region", "", "the `REGION` of the stack")
	flags.StringToStringVar(&o.parameters, "parameter", nil, "the value of a parameter, `NAME=VALUE`")
	flags.StringVar(&o.deployed, "deployed", "", "the template `FILE` that the stack has now, to tell what the update deletes")
	cmd.RunE = func(cmd *cobra.Command, args []string) (err error) {
		if o.rules, err = rules(); err != nil {
			return err
		}
		now := time.Now()
		base, err := out.Report(now)
		if err != nil {
			return err
		}
		rep, err := o.run(args[0], cmd.InOrStdin(), base)
		if err != nil {
			return err
		}
		rep.Conclude(out.FailOn, append(wks.Documents(), Documents()...))
		if err := out.WriteBaseline(&rep.Report, now); err != nil {
			return err
		}
		if err := out.WritePage(func(w io.Writer) error { return writeHTML(w, rep) }); err != nil {
			return err
		}
		err = out.Write(cmd.OutOrStdout(), &rep.Report, "cfn", "", rep, func(w io.Writer) error {
			return writeText(w, rep, terminal.WantColor(w), out.Details)
		})
		if err != nil {
			return err
		}
		return cli.Exit(rep.Summary.Exit)
	}
	return cmd
}

// run reports on what an argument names, beside what base has.
func (o *options) run(name string, stdin io.Reader, base finding.Report) (*report, error) {
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
	rep := newReport(name, o.rules.Edition(), base)
	if name == "-" {
		rep.Input = documents[0].name
	}
	for _, d := range documents {
		if d.wrong != nil {
			rep.unread(d)
			continue
		}
		s := section{Input: rule.Printable(d.name), Region: o.region, Resources: []answer{}, Updates: []answer{}}
		if s.Region == "" {
			s.Region = d.region
		}
		if d.changes != nil {
			changes, others := d.changes.check(o.destroy)
			s.Updates, s.Others = append(s.Updates, changes...), others
		} else if err := o.template(&s, d.template, deployed); err != nil {
			return nil, fmt.Errorf("%s: %w", d.name, err)
		}
		rep.Inputs = append(rep.Inputs, s)
		rep.act(&rep.Inputs[len(rep.Inputs)-1], d, len(documents) > 1)
	}
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

// question asks about the resources of a template.
func (o *options) question(t *template, region string) *question {
	return &question{template: t, rules: o.rules, given: o.parameters, region: region, constants: compared(t)}
}

// template asks about a template.
func (o *options) template(s *section, t, deployed *template) error {
	q := o.question(t, s.Region)
	s.Resources = append(s.Resources, q.parameters()...)
	for _, id := range slices.Sorted(maps.Keys(t.Resources)) {
		if t.Resources[id].Type == loopType {
			a := newAnswer(id, loopType)
			a.NotGiven = append(a.NotGiven, "what the loop makes is not read")
			s.Resources = append(s.Resources, a)
			continue
		}
		if why := t.wrong[id]; why != "" {
			a := newAnswer(id, "no resource")
			if t.partial {
				a.NotGiven = append(a.NotGiven, why+", which a transform may change")
			} else {
				a.Findings = append(a.Findings, broken(propertyInvalid, "", why))
			}
			a.conclude()
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
	networks := q.networks()
	s.Resources = append(s.Resources, networks...)
	s.Others -= len(networks)
	directories, err := q.securityGroups()
	if err != nil {
		return err
	}
	s.Resources = append(s.Resources, directories...)
	s.Others -= len(directories)
	if deployed != nil {
		s.Updates = append(s.Updates, compare(o.question(deployed, s.Region), q, o.destroy)...)
	}
	return nil
}
