package finding

import (
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
)

// Options are the flags that every report has.
type Options struct {
	FailOn                     Threshold
	Details                    bool // tells all in the text
	JSON, SARIF, JUnit, GitHub bool
	HTML                       string // file of the page, "" for none
	baseline, writeBaseline    string
}

// AddFlags adds the flags to a command, which checks them before it runs.
func (o *Options) AddFlags(cmd *cobra.Command) {
	o.FailOn = FailMust
	flags := cmd.Flags()
	flags.BoolVar(&o.JSON, "json", false, "print the report as JSON, by a schema in docs/schema")
	flags.BoolVar(&o.SARIF, "sarif", false, "print it as SARIF 2.1.0, for code scanning")
	flags.BoolVar(&o.JUnit, "junit", false, "print it as JUnit XML, for what shows results of tests")
	flags.BoolVar(&o.GitHub, "github", false, "print it as annotations of a GitHub workflow")
	flags.StringVar(&o.HTML, "html", "", "write the report as a page to `FILE` too")
	flags.BoolVar(&o.Details, "details", false, "print everything: all places, sources, and what is in order")
	flags.Var(&o.FailOn, "fail-on", "fail on findings of `LEVEL`: must; should, advice too; open, open questions too; none")
	flags.StringVar(&o.baseline, "baseline", "", "accept the findings that `FILE` (JSON) lists by code and subject")
	flags.StringVar(&o.writeBaseline, "write-baseline", "", "write a baseline that accepts all findings for 90 days to `FILE`")
	cmd.MarkFlagsMutuallyExclusive("json", "sarif", "junit", "github", "details")
	cmd.PreRunE = func(cmd *cobra.Command, _ []string) error { return o.check(cmd) }
}

// check refuses names of files that are none.
func (o *Options) check(cmd *cobra.Command) error {
	if err := cli.NotEmpty(cmd, "html", "baseline", "write-baseline"); err != nil {
		return err
	}
	for flag, name := range map[string]string{"html": o.HTML, "write-baseline": o.writeBaseline} {
		if name == "-" {
			return fmt.Errorf("--%s: - is no file; the standard output has the report", flag)
		}
	}
	return nil
}

// Report returns an empty report that accepts, at a time, what the baseline of the flags does.
func (o *Options) Report(now time.Time) (r Report, err error) {
	if o.baseline == "" {
		return r, nil
	}
	b, err := ReadBaseline(o.baseline)
	if err != nil {
		return r, fmt.Errorf("--baseline: %w", err)
	}
	if len(b.wrong) > 0 && o.writeBaseline != "" {
		w := b.wrong[0]
		return r, fmt.Errorf("--write-baseline: the baseline of --baseline has what cannot be used, and its reasons would be lost: %s: %s", Occurrence{File: b.file, Path: string(w.at)}.Place(), w.why)
	}
	r.Use(b, now)
	return r, nil
}

// WriteBaseline writes a new baseline, from a time on, if the flags ask for one.
func (o *Options) WriteBaseline(r *Report, now time.Time) error {
	if o.writeBaseline == "" {
		return nil
	}
	return cli.WriteFile(o.writeBaseline, func(w io.Writer) error { return cli.WriteJSON(w, r.Baseline(now)) })
}

// Write writes the report in the form that the flags ask for: document is what JSON holds, text
// writes it for a person, name is that of the subcommand, and base is the folder of the files.
func (o *Options) Write(w io.Writer, r *Report, name, base string, document any, text func(io.Writer) error) error {
	switch {
	case o.JSON:
		return cli.WriteJSON(w, document)
	case o.SARIF:
		return r.WriteSARIF(w, base)
	case o.JUnit:
		return r.WriteJUnit(w, name)
	case o.GitHub:
		return r.WriteGitHub(w, base)
	}
	return text(w)
}

// WritePage writes the page, if the flags ask for one.
func (o *Options) WritePage(page func(io.Writer) error) error {
	if o.HTML == "" {
		return nil
	}
	return cli.WriteFile(o.HTML, page)
}

// Single tells whether the flags ask for what holds one report.
func (o *Options) Single() bool { return o.SARIF || o.JUnit || o.writeBaseline != "" || o.HTML != "" }
