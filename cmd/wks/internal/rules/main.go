// Package rules is the subcommand that explains rules by their codes.
package rules

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/cfn"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/cmd/wks/internal/preflight"
	"github.com/wksgo/wks/cmd/wks/internal/terminal"
	"github.com/wksgo/wks/cmd/wks/internal/tfplan"
	"github.com/wksgo/wks/rule"
)

const long = `Rules explains one rule by its code, as reports name it, or lists all rules: what is wrong, what to
do about it, and for each time the level and the document that says so. It knows the rules of the library
and those of the command itself, whose codes begin with preflight, tfplan and cfn.

    wks rules bundles.volume-pair-not-in-group

A code that no rule has ends with status 2.`

// A described rule is one rule of the catalogue as JSON has it.
type described struct {
	Code      rule.Code  `json:"code"`
	Title     string     `json:"title"`
	Remedy    string     `json:"remedy"`
	Level     rule.Level `json:"level,omitempty"` // in the newest edition, or on the day of --edition; none if it is not in force
	Help      string     `json:"help"`
	Revisions []revision `json:"revisions"` // by date, the oldest first
}

type revision struct {
	Level rule.Level    `json:"level"`
	Since rule.Edition  `json:"since,omitzero"`  // none for a rule of the command
	Until *rule.Edition `json:"until,omitempty"` // the first day on which it is not in force
	Cite  rule.Citation `json:"cite,omitzero"`   // none if each finding cites a document of its own
	URL   string        `json:"url,omitempty"`   // of the document
}

// Command returns wks rules.
func Command() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "rules [CODE]",
		Short: "Explain a rule by its code: what is wrong, the remedy, and who says so",
		Long:  long,
		Args:  cobra.MaximumNArgs(1),
	}
	cmd.ValidArgsFunction = func(_ *cobra.Command, args []string, start string) (codes []string, _ cobra.ShellCompDirective) {
		for _, r := range all() {
			if len(args) == 0 && strings.HasPrefix(string(r.Code), start) {
				codes = append(codes, string(r.Code)+"\t"+r.Title)
			}
		}
		return codes, cobra.ShellCompDirectiveNoFileComp
	}
	edition := cli.Edition(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		day, err := edition()
		if err != nil {
			return err
		}
		if day == (rule.Edition{}) {
			day = wks.Newest().Edition()
		}
		list := catalogue(day)
		if len(args) > 0 {
			i := slices.IndexFunc(list, func(d described) bool { return string(d.Code) == args[0] })
			if i < 0 {
				return fmt.Errorf("%q is the code of no rule; wks rules lists all%s", rule.Shorten(args[0]), alike(list, args[0]))
			}
			list = list[i : i+1]
		}
		out := cmd.OutOrStdout()
		switch {
		case asJSON && len(args) > 0:
			return cli.WriteJSON(out, list[0])
		case asJSON:
			return cli.WriteJSON(out, list)
		}
		return write(out, list, len(args) > 0)
	}
	return cmd
}

// own are the rules of the command.
func own() []rule.Rule { return slices.Concat(preflight.Rules(), tfplan.Rules(), cfn.Rules()) }

// all are the rules of the library, and then those of the command.
func all() []rule.Rule { return append(wks.Catalogue(), own()...) }

// documents are the addresses of all documents that rules cite, by their keys.
func documents() map[string]string {
	urls := map[string]string{}
	for _, d := range slices.Concat(wks.Documents(), tfplan.Documents(), cfn.Documents()) {
		urls[d.Key] = d.URL
	}
	return urls
}

// catalogue describes all rules, with the level that they have on a day.
func catalogue(day rule.Edition) []described {
	urls := documents()
	list := []described{}
	for _, r := range all() {
		d := described{Code: r.Code, Title: r.Title, Remedy: r.Remedy, Help: r.Code.Help(), Revisions: []revision{}}
		if now, ok := r.At(day); ok {
			d.Level = now.Level
		}
		for _, v := range r.Revisions {
			w := revision{Level: v.Level, Since: v.Span.Since, Cite: v.Cite, URL: urls[v.Cite.Document]}
			if v.Span.Until != (rule.Edition{}) {
				w.Until = &v.Span.Until
			}
			d.Revisions = append(d.Revisions, w)
		}
		list = append(list, d)
	}
	return list
}

// alike names the codes that share the last part of one, which may be misspelt before it.
func alike(list []described, code string) string {
	_, last, _ := strings.Cut(code, ".")
	var near []string
	for _, d := range list {
		if _, name, _ := strings.Cut(string(d.Code), "."); last != "" && (name == last || strings.Contains(name, last) || strings.Contains(last, name)) {
			near = append(near, string(d.Code))
		}
	}
	if len(near) == 0 || len(near) > 5 {
		return ""
	}
	return "; is it " + strings.Join(near, " or ") + "?"
}

// write writes all of one rule, or a line for each of several.
func write(w io.Writer, list []described, whole bool) error {
	p := terminal.New(w, terminal.WantColor(w))
	width := 0
	for _, d := range list {
		width = max(width, len(d.Code))
	}
	for _, d := range list {
		level := string(d.Level)
		if level == "" {
			level = "-"
		}
		if !whole {
			p.Wrap(0, fmt.Sprintf("%-*s  %-6s  ", width, d.Code, level), width+10, d.Title)
			continue
		}
		p.Line(0, "%s", p.Paint(terminal.Bold, string(d.Code)))
		p.Wrap(1, "", 0, d.Title)
		p.Wrap(1, "remedy  ", 8, d.Remedy)
		p.Line(1, "help    %s", d.Help)
		for _, v := range d.Revisions {
			until := ""
			if v.Until != nil {
				until = " until " + v.Until.String()
			}
			p.Wrap(1, fmt.Sprintf("%-6s  ", v.Level), 8, v.since()+until+source(v.Cite))
			if v.URL != "" {
				p.Line(1, "        %s", v.URL)
			}
		}
	}
	return p.Flush()
}

// since is the first day of a revision.
func (v revision) since() string {
	if v.Since == (rule.Edition{}) {
		return "always"
	}
	return "since " + v.Since.String()
}

// source is the source of a revision behind its days.
func source(c rule.Citation) string {
	if c == (rule.Citation{}) {
		return ": each finding names its source"
	}
	return ": " + finding.Cited(c)
}
