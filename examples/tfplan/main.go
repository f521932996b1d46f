// Tfplan tells, before terraform apply, what Amazon WorkSpaces would refuse of a plan,
// which desktops it would destroy, and in which steps and at what times a WorkSpace can
// become what the plan asks for. It calls nobody: it reads what Terraform and OpenTofu
// print of a saved plan.
//
//	terraform plan -out=tf.plan
//	terraform show -json tf.plan > plan.json
//	tfplan plan.json                         # or: terraform show -json tf.plan | tfplan -
//
// Without an argument it reports on a sample plan that it carries with it.
//
// It looks at the resources aws_workspaces_workspace, aws_workspaces_directory and
// aws_workspaces_ip_group, and at the VPCs, subnets, routes and KMS keys that they use. What
// is not known until apply is not asked about, and the report says so. What Terraform marks as
// sensitive is not shown.
//
// The exit status is 1 if a rule is broken that must not be, or if the plan replaces a
// desktop (see -destroy-ok), else 2 if the documents leave a question open, if the plan does not
// tell the Region on which one depends, or if the plan could not be read, else 0. What else the
// plan does not tell, such as what is not known until apply, changes no status.
package main

import (
	_ "embed"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/internal/terminal"
	"github.com/wksgo/wks/rule"
)

//go:embed sample/plan.json
var sample []byte

const (
	exitClean      = 0
	exitBroken     = 1
	exitUnanswered = 2
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("tfplan", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: tfplan [flags] [PLAN.json | -]")
		flags.PrintDefaults()
	}
	edition := flags.String("edition", "", "answer as of `DATE` (YYYY-MM-DD) instead of the newest edition")
	asJSON := flags.Bool("json", false, "print the report as JSON")
	region := flags.String("region", "", "take `REGION` for resources of which the plan does not tell the Region")
	destroyOK := flags.Bool("destroy-ok", false, "report desktops that are replaced as advice: it is intended")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return exitClean
		}
		return exitUnanswered
	}
	fail := func(err error) int {
		fmt.Fprintln(stderr, "tfplan:", rule.Printable(err.Error()))
		return exitUnanswered
	}
	if flags.NArg() > 1 {
		return fail(fmt.Errorf("unexpected argument %q", flags.Arg(1)))
	}
	rules := wks.Newest()
	if *edition != "" {
		e, err := rule.ParseEdition(*edition)
		if err == nil {
			rules, err = wks.At(e)
		}
		if err != nil {
			return fail(err)
		}
	}
	if *region != "" {
		if _, err := rules.Network.ManagementRanges(*region); err != nil {
			return fail(fmt.Errorf("-region: %w", err))
		}
	}
	data, name, err := readInput(flags.Arg(0), stdin)
	if err != nil {
		return fail(err)
	}
	p, err := parsePlan(name, data)
	if err != nil {
		return fail(err)
	}
	rep, err := check(p, options{rules: rules, region: *region, destroyOK: *destroyOK})
	if err != nil {
		return fail(err)
	}
	if *asJSON {
		enc := json.NewEncoder(stdout)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		err = enc.Encode(rep)
	} else {
		err = writeText(stdout, rep, terminal.WantColor(stdout))
	}
	if err != nil {
		return fail(err)
	}
	return rep.Summary.Exit
}

// maxPlan is the most that is read of a plan. Plans of thousands of resources have some tens
// of MiB.
const maxPlan = 256 << 20

// readInput returns the plan, or the sample if arg is empty, and what to call it.
func readInput(arg string, stdin io.Reader) (data []byte, name string, err error) {
	switch arg {
	case "":
		return sample, "the embedded sample plan", nil
	case "-":
		data, err = readAll(stdin, maxPlan)
		if err != nil {
			err = fmt.Errorf("standard input: %w", err)
		}
		return data, "standard input", err
	}
	f, err := os.Open(arg)
	if err != nil {
		return nil, arg, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = errors.New("is a folder")
	}
	if err == nil {
		data, err = readAll(f, maxPlan)
	}
	if err != nil {
		err = fmt.Errorf("%s: %w", arg, err)
	}
	return data, arg, err
}

func readAll(r io.Reader, most int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(data)) > most {
		return nil, fmt.Errorf("is longer than the %d MiB that are read of a plan", most>>20)
	}
	return data, err
}
