package preflight

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/collect"
)

// addLive adds the flags of --live.
func (o *options) addLive(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&o.live, "live", false, "ask AWS first, as wks collect does, for --region (with commas between several)")
	o.ask.AddFlags(cmd)
	cmd.MarkFlagsMutuallyExclusive("live", "collect")
	cmd.MarkFlagsMutuallyExclusive("profile", "collect")
	cmd.MarkFlagsMutuallyExclusive("endpoint-url", "collect")
}

// reportLive collects an export, and reports on it. It keeps the export if a folder is given, and else
// in a temporary one. What is missing is told, and in the report not asked.
func (o options) reportLive(cmd *cobra.Command, rules wks.Rules) (err error) {
	if o.ask.Regions, err = collect.ParseRegions(o.region); err != nil {
		return err
	}
	if o.input == "" {
		if o.input, err = os.MkdirTemp("", "wks-export-"); err != nil {
			return err
		}
		o.temporary = true
		defer os.RemoveAll(o.input)
	}
	o.ask.Out, o.region = o.input, ""
	o.ask.Progress = collect.OnTerminal(cmd.ErrOrStderr())
	result, err := collect.Run(cmd.Context(), o.ask)
	if err != nil {
		return err
	}
	result.Tell(cmd.ErrOrStderr(), cmd.CommandPath())
	fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s\n", cmd.CommandPath(), result)
	return o.report(rules, cmd.OutOrStdout())
}
