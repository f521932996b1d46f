// Wks answers questions about Amazon WorkSpaces before they cost anything: what the service would
// refuse in an account, a Terraform plan or a CloudFormation template, in which steps a fleet can move, whether a
// machine can become an image, and what a message means.
//
//	go run ./cmd/wks preflight
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/wksgo/wks/cmd/wks/internal/cfn"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/cmd/wks/internal/collect"
	"github.com/wksgo/wks/cmd/wks/internal/domains"
	"github.com/wksgo/wks/cmd/wks/internal/explain"
	"github.com/wksgo/wks/cmd/wks/internal/fleet"
	"github.com/wksgo/wks/cmd/wks/internal/logins"
	"github.com/wksgo/wks/cmd/wks/internal/machine"
	"github.com/wksgo/wks/cmd/wks/internal/monitor"
	"github.com/wksgo/wks/cmd/wks/internal/pace"
	"github.com/wksgo/wks/cmd/wks/internal/preflight"
	"github.com/wksgo/wks/cmd/wks/internal/quota"
	"github.com/wksgo/wks/cmd/wks/internal/rules"
	"github.com/wksgo/wks/cmd/wks/internal/serve"
	"github.com/wksgo/wks/cmd/wks/internal/tfplan"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	cmd := root()
	cmd.SetContext(ctx)
	return cli.Run(cmd, args, stdin, stdout, stderr)
}

func root() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "wks",
		Short: "Amazon WorkSpaces: what would be refused, what is open, and what to do first",
		Long: `wks answers questions about Amazon WorkSpaces from files: an export of an account, a Terraform plan,
a CloudFormation template, a description of a machine, a month of access events. wks explain tells what a
message or an error means. Each answer cites a document.

The exit status is 1 if something must be changed, else 2 if a question that decides is open
or the input cannot be read, else 0.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(preflight.Command(), collect.Command(), tfplan.Command(), cfn.Command(), domains.Command(), explain.Command(), fleet.Command(), machine.Command(), logins.Command(), monitor.Command(), pace.Command(), quota.Command(), rules.Command(), serve.Command(), versionCommand())
	return cmd
}
