// Package cfn is the subcommand that checks CloudFormation templates.
package cfn

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/cmd/wks/internal/terminal"
	"github.com/wksgo/wks/rule"
)

const long = `Cfn tells what Amazon WorkSpaces would refuse of a CloudFormation template in JSON, such as
cdk synth writes into cdk.out.

    wks cfn cdk.out/Desktops.template.json

It looks at AWS::WorkSpaces::Workspace, WorkspacesPool and ConnectionAlias. A reference to a parameter
stands for its default, or for the value that --parameter gives. Other functions, conditions and what
other resources return are not known, and the report names each. It does not read YAML: print a
deployed template with aws cloudformation get-template, or convert it.

The exit status is 1 if a rule is broken that must not be, else 2 if the documents leave a question
open or the template cannot be read, else 0. What the template does not tell changes no status.`

// maxTemplate is the most that is read of a template; CloudFormation takes 1 MB.
const maxTemplate = 16 << 20

// A report is what there is to say of a template.
type report struct {
	Schema    int      `json:"schema"`
	Input     string   `json:"input"`
	Resources []answer `json:"resources"` // by logical id
	Others    int      `json:"others"`    // resources of other types
	Exit      int      `json:"exit"`
}

// Command returns wks cfn.
func Command() *cobra.Command {
	var region string
	var parameters map[string]string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "cfn TEMPLATE.json",
		Short: "Tell what WorkSpaces would refuse of a CloudFormation template, or of one of the CDK",
		Long:  long,
		Args:  cobra.ExactArgs(1),
	}
	flags := cmd.Flags()
	flags.StringVar(&region, "region", "", "the `REGION` of the stack")
	flags.StringToStringVar(&parameters, "parameter", nil, "the value of a parameter, `NAME=VALUE`")
	flags.BoolVar(&asJSON, "json", false, "print the report as JSON")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		data, name, err := cli.ReadFile(args[0], cmd.InOrStdin(), maxTemplate, "a template")
		if err != nil {
			return err
		}
		rep, err := check(name, data, parameters, region)
		if err != nil {
			return err
		}
		if asJSON {
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

// check reports on a template.
func check(name string, data []byte, parameters map[string]string, region string) (*report, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if text := bytes.TrimSpace(data); len(text) == 0 || text[0] != '{' {
		return nil, fmt.Errorf("%s: is no template in JSON; YAML is not read", name)
	}
	var t template
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if err := dec.Decode(&t); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: goes on after its end", name)
	}
	if t.Resources == nil {
		return nil, fmt.Errorf("%s: has no Resources: it is no CloudFormation template", name)
	}
	for _, p := range sorted(parameters) {
		if _, ok := t.Parameters[p]; !ok {
			return nil, fmt.Errorf("--parameter: the template has no %q", p)
		}
	}
	rep := &report{Schema: 1, Input: name, Resources: []answer{}}
	for _, id := range sorted(t.Resources) {
		if operations[t.Resources[id].Type] == "" {
			rep.Others++
			continue
		}
		a, err := t.check(id, parameters, region)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		rep.Resources = append(rep.Resources, a)
		switch {
		case a.Verdict == rule.Denied:
			rep.Exit = cli.Broken
		case a.Verdict == rule.Undocumented && rep.Exit == cli.Clean:
			rep.Exit = cli.Unanswered
		}
	}
	return rep, nil
}

func writeText(w io.Writer, rep *report) error {
	p := terminal.New(w, terminal.WantColor(w))
	p.Line(0, "%s", p.Paint(terminal.Bold, "CloudFormation template for Amazon WorkSpaces"))
	p.Line(0, "input: %s", rule.Printable(rep.Input))
	for _, a := range rep.Resources {
		p.Heading(rule.Printable(a.Resource + " (" + a.Type + ")"))
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
	p.Line(0, "")
	p.Line(0, "%s", strings.TrimSpace(fmt.Sprintf("%d resources of WorkSpaces, %d others", len(rep.Resources), rep.Others)))
	return p.Flush()
}
