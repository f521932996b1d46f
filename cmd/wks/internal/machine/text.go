package machine

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/rule"
)

// writeText prints the tests of the checker, each on a line as in its window, then what
// the documents ask for and do not get.
func writeText(out io.Writer, rep report) error {
	w := bufio.NewWriter(out)
	fmt.Fprintf(w, "%s, by what was documented on %s\n", rep.Machine, rep.Edition)
	if c := rep.Checker; c != nil {
		fmt.Fprintf(w, "\nBYOLChecker %s\n", c.Version)
		for _, t := range c.Tests {
			fix := ""
			if t.Fixable {
				fix = "the checker can fix it"
			}
			line(w, fmt.Sprintf("  %-7s  %-30s  %-30s  %s", t.Result, t.Name, problem(t), strings.TrimSpace(rule.Printable(t.Got)+"  "+fix)))
		}
		fmt.Fprintf(w, "%s\n", map[rule.Verdict]string{
			rule.Allowed: "Validation successful", rule.Denied: "Resolve what failed, and the warnings that count", rule.Undocumented: "Not decided: facts are missing",
		}[c.Verdict])
	}
	fmt.Fprintf(w, "\nThe documents: %s\n", strings.ToUpper(rep.Verdict.String()))
	remedies := map[rule.Code]string{}
	for _, v := range rep.Violations {
		remedies[v.Code] = v.Remedy
	}
	counts := map[byol.State]int{}
	for _, l := range rep.Lines {
		if counts[l.State]++; l.State == byol.Met || l.State == byol.NotApplicable {
			continue
		}
		line(w, fmt.Sprintf("  %-6s  %-12s  %s  %s", l.Level, l.State, l.Code, byol.ImageErrorOf(l.Code)))
		line(w, fmt.Sprintf("          %s: %s; want %s", l.Path, cmp.Or(rule.Printable(l.Got), "not known"), l.Want))
		if l.State == byol.Broken {
			line(w, "          remedy: "+remedies[l.Code])
			line(w, "          help: "+l.Code.Help())
		}
		line(w, fmt.Sprintf("          %s, %q, %s", l.Cite.Document, l.Cite.Section, l.Cite.Date))
	}
	fmt.Fprintf(w, "%d requirements: %d met, %d broken, %d not provided, %d not applicable, %d undocumented\n",
		len(rep.Lines), counts[byol.Met], counts[byol.Broken], counts[byol.NotProvided], counts[byol.NotApplicable], counts[byol.Undocumented])
	return w.Flush()
}

// problem is the name of the error after an import, for a test that is not passed.
func problem(t byol.Test) string {
	if t.Result == byol.Failed || t.Result == byol.Warning {
		return string(t.ErrorCode)
	}
	return ""
}

func line(w io.Writer, s string) { fmt.Fprintln(w, strings.TrimRight(s, " ")) }

// writeChanges prints what changed from each date to the next.
func writeChanges(out io.Writer, dates []string) error {
	if len(dates) < 2 {
		return fmt.Errorf("--changes %s: want at least two dates with a comma between them", dates[0])
	}
	editions := make([]rule.Edition, len(dates))
	for i, d := range dates {
		var err error
		if editions[i], err = rule.ParseEdition(strings.TrimSpace(d)); err != nil {
			return err
		}
	}
	w := bufio.NewWriter(out)
	for i, to := range editions[1:] {
		changes, err := byol.Describe(editions[i], to)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s to %s: %d changes\n", editions[i], to, len(changes))
		for _, c := range changes {
			fmt.Fprintf(w, "  %s\n", c.Subject)
			for _, side := range []struct {
				sign string
				s    byol.Statement
			}{{"-", c.Before}, {"+", c.After}} {
				if side.s.Subject != "" {
					line(w, "    "+strings.Join(strings.Fields(side.sign+" "+string(side.s.Level)+" "+side.s.Text), " "))
					line(w, fmt.Sprintf("      %s, %q, %s", side.s.Cite.Document, side.s.Cite.Section, side.s.Cite.Date))
				}
			}
		}
	}
	return w.Flush()
}
