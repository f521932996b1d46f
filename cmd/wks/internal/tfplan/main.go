// Package tfplan is the subcommand that checks a Terraform plan.
package tfplan

import (
	_ "embed"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
	findings "github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/cmd/wks/internal/terminal"
)

//go:embed sample/plan.json
var sample []byte

const (
	exitClean      = cli.Clean
	exitBroken     = cli.Broken
	exitUnanswered = cli.Unanswered
)

const long = `Tfplan tells, before terraform apply, what Amazon WorkSpaces would refuse of a plan, which
desktops it would destroy, and in which steps and at what times a WorkSpace can become what the
plan asks for. Without --run it calls nobody: it reads what Terraform and OpenTofu print of a saved plan.

    terraform plan -out=tf.plan
    terraform show -json tf.plan > plan.json
    wks tfplan plan.json                  # or: terraform show -json tf.plan | wks tfplan -

Without an argument it reports on a sample plan. It finds plans between the lines that wrappers and
CI write around them, several of them, one a line, in files compressed by gzip, and in all files of
a folder whose names end in .json, .json.gz, .jsonl, .ndjson or .tfplan. A state, as terraform show -json prints it, is checked as it is. With --run it calls
terraform show -json itself on a saved plan.

It looks at the resources aws_workspaces_workspace, aws_workspaces_directory and
aws_workspaces_ip_group, and at the VPCs, subnets, routes, security groups and KMS keys, with their
policies, that they use. It follows what the configuration refers to, through modules and for_each. What is not
known until apply is not asked about, and the report says so. What Terraform marks as sensitive is
not shown.

What the provider hashicorp/aws sends was measured with version ` + measured + `. The version of a plan is that of the file
.terraform.lock.hcl beside it, or in the folder that is named, or else what the configuration wants. What an
older version does otherwise is told where a source tells it, and else left open. --model prints all of it.

By default the exit status is 1 if a rule is broken that must not be, or if the plan replaces a desktop (see
--destroy-ok), else 2 if the documents leave a question open, if the plan does not tell the Region
on which one depends, or if the plan could not be read, else 0. What else the plan does not tell,
such as what is not known until apply, changes no status.`

// Command returns wks tfplan.
func Command() *cobra.Command {
	var o options
	var out findings.Options
	var run, model bool
	cmd := &cobra.Command{
		Use:   "tfplan [PLAN.json | FOLDER | -]",
		Short: "Tell what WorkSpaces would refuse of a Terraform plan, and which desktops it would destroy",
		Long:  long,
		Args:  cobra.MaximumNArgs(1),
	}
	rules := cli.Rules(cmd, wks.Newest, wks.At)
	flags := cmd.Flags()
	out.AddFlags(cmd)
	flags.StringVar(&o.region, "region", "", "take `REGION` for resources of which the plan does not tell the Region")
	flags.BoolVar(&run, "run", false, "print a saved plan with terraform show -json, or with tofu, first")
	flags.BoolVar(&model, "model", false, "print what is known of the provider: what it sends, and since which version")
	o.destroy.AddFlags(cmd, &out)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if model {
			if len(args) > 0 || out.Single() || out.GitHub {
				return errors.New("--model: is printed as text or with --json, and takes no plan")
			}
			return printModel(cmd.OutOrStdout(), out.JSON)
		}
		var err error
		if o.rules, err = rules(); err != nil {
			return err
		}
		if o.region != "" {
			if _, err := o.rules.Network.ManagementRanges(o.region); err != nil {
				return fmt.Errorf("--region: %w", err)
			}
		}
		var plans []*plan
		if len(args) > 0 {
			plans, err = readPlans(cmd.Context(), args[0], cmd.InOrStdin(), run)
		} else {
			plans, err = parsePlans("the embedded sample plan", sample)
		}
		if err != nil {
			return err
		}
		if len(plans) > 1 && out.Single() {
			return fmt.Errorf("%d plans are in %s, and --html, --sarif, --junit and --write-baseline are for one", len(plans), args[0])
		}
		now, status := time.Now(), exitClean
		for _, p := range plans {
			rep := check(p, o)
			base, err := out.Report(now)
			if err != nil {
				return err
			}
			rep.act(base, out.FailOn)
			if err := out.WriteBaseline(&rep.actions, now); err != nil {
				return err
			}
			if err := out.WritePage(func(w io.Writer) error { return writeHTML(w, rep) }); err != nil {
				return err
			}
			err = out.Write(cmd.OutOrStdout(), &rep.actions, "tfplan", "", rep, func(w io.Writer) error {
				return writeText(w, rep, terminal.WantColor(w))
			})
			if err != nil {
				return err
			}
			if s := rep.Summary.Exit; status == exitClean || s == exitBroken {
				status = s
			}
		}
		return cli.Exit(status)
	}
	return cmd
}
