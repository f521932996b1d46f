package explain

import (
	"fmt"
	"io"
	"strings"

	"github.com/wksgo/wks/cmd/wks/internal/terminal"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/troubleshoot"
)

// The most that is printed without --details.
const (
	mostOpen     = 4
	mostRuledOut = 4
	mostFindings = 3
	mostOthers   = 3
)

// writeList lists the symptoms of the edition.
func writeList(w io.Writer, r troubleshoot.Rules) error {
	p := terminal.New(w, false)
	for _, s := range r.Symptoms() {
		p.Wrap(0, fmt.Sprintf("%-30s ", s.Key), 31, s.Title)
	}
	return p.Flush()
}

// writeText writes the report for people: what it means, then what to do.
func writeText(out io.Writer, r *Report, color, details bool) error {
	p := printer{terminal.New(out, color), details}
	for _, m := range r.Meanings {
		p.meaning(m)
	}
	switch {
	case r.Symptom != nil:
		p.symptom(r)
	case len(r.Meanings) == 0 && len(r.Workspaces) == 0:
		p.Wrap(0, "", 0, "The text matches no symptom. wks explain --list lists all symptoms; --symptom KEY chooses one.")
	}
	if r.Diagnosis != nil {
		p.diagnosis(r.Symptom, r.Diagnosis, nil, false)
	}
	for i := range r.Workspaces {
		p.workspace(r, &r.Workspaces[i])
	}
	p.others(r)
	for _, n := range r.Notes {
		p.Wrap(0, "note: ", 6, n)
	}
	return p.Flush()
}

type printer struct {
	terminal.Printer
	details bool
}

func (p printer) meaning(m Meaning) {
	p.Line(0, "%s, %s", p.Paint(terminal.Bold, m.Name), m.Kind)
	p.Wrap(1, "", 0, m.Title)
	if m.Remedy != "" {
		p.Wrap(1, "do: ", 4, m.Remedy)
	}
	if len(m.Codes) > 0 {
		var codes []string
		for _, c := range m.Codes {
			codes = append(codes, string(c))
		}
		p.Line(1, "checked by: %s", strings.Join(codes, ", "))
	}
	if p.details && m.Cite != nil {
		p.Line(1, "source: %s", cited(*m.Cite))
	}
}

func (p printer) symptom(r *Report) {
	s := r.Symptom
	p.Line(0, "%s", p.Paint(terminal.Bold, string(s.Key)))
	p.Wrap(1, "", 0, s.Title)
	if len(r.Matches) > 0 && r.Matches[0].Symptom == s.Key {
		sure := ""
		if !r.Matches[0].Sure {
			sure = "; this is a guess"
		}
		p.Wrap(1, "", 0, "words that match: "+strings.Join(r.Matches[0].Why, ", ")+sure)
	}
	if s.Advice != "" {
		p.Wrap(1, "do: ", 4, s.Advice)
	}
	if s.API {
		p.checks(s.Checks)
	}
	if p.details {
		p.Line(1, "source: %s", cited(s.Cite))
	}
}

func (p printer) checks(list []troubleshoot.Check) {
	var words []string
	for _, c := range list {
		for _, w := range []string{string(c.Code), c.Operation, c.Command} {
			if w != "" {
				words = append(words, w)
			}
		}
	}
	if len(words) > 0 {
		p.Wrap(1, "checked by: ", 12, strings.Join(words, ", "))
	}
}

func (p printer) workspace(r *Report, w *Workspace) {
	p.Line(0, "")
	var known []string
	for _, s := range append([]string{w.State, w.System}, append(w.Protocols, w.RunningMode)...) {
		if s != "" {
			known = append(known, rule.Shorten(s))
		}
	}
	head := w.ID
	if w.User != "" {
		head += " (" + rule.Shorten(w.User) + ")"
	}
	p.Wrap(0, "", 0, rule.Printable(fmt.Sprintf("%s in %s, %s: %s", head, w.Region, rule.Shorten(w.Directory), strings.Join(known, ", "))))
	if w.Error != "" {
		p.Wrap(1, "error: ", 7, rule.Printable(rule.Shorten(w.Error)))
	}
	if w.Diagnosis != nil {
		p.diagnosis(r.Symptom, w.Diagnosis, w.fetch, true)
	} else if r.Symptom == nil {
		p.Wrap(1, "", 0, "No symptom is given, and the guide's chapter on troubleshooting does not name its state.")
	}
	if len(w.Findings) == 0 {
		return
	}
	p.Line(0, "")
	p.Line(0, "%s", p.Paint(terminal.Bold, "What preflight finds about it"))
	for i := range w.Findings {
		if i == mostFindings && !p.details {
			p.Line(1, "and %d more: --details", len(w.Findings)-i)
			break
		}
		f := &w.Findings[i]
		p.Wrap(1, fmt.Sprintf("%-6s  ", f.Level), 8, f.Line()+" ("+string(f.Code)+")")
	}
}

// diagnosis writes the causes that are shown, ruled out and open. Known is set if there is an export.
func (p printer) diagnosis(s *troubleshoot.Symptom, d *troubleshoot.Diagnosis, fetch map[string]string, known bool) {
	if len(d.Causes) == 0 {
		if s.Advice == "" {
			p.Line(1, "No document names a cause.")
		}
		return
	}
	shown, out, open := d.Of(troubleshoot.Shown), d.Of(troubleshoot.RuledOut), d.Of(troubleshoot.Open)
	for i, j := range shown {
		if i == 0 {
			p.Line(0, "%s", p.Paint(terminal.Red, "Found"))
		}
		p.Wrap(1, "", 0, j.Title+" ("+string(j.Code)+")")
		p.Wrap(2, "do: ", 4, j.Remedy)
		for _, b := range j.Because {
			p.Wrap(2, "because: ", 9, b)
		}
		if p.details {
			p.Line(2, "source: %s", cited(j.Cite))
		}
	}
	if len(out) > 0 {
		p.Line(0, "%s", p.Paint(terminal.Green, "Ruled out"))
		for i, j := range out {
			if i == mostRuledOut && !p.details {
				p.Line(1, "and %d more: --details", len(out)-i)
				break
			}
			p.Wrap(1, "", 0, j.Title)
			p.Wrap(2, "because: ", 9, strings.Join(j.Because, "; "))
		}
	}
	p.open(open, fetch, len(shown) > 0, known)
	if len(shown)+len(open) == 0 {
		p.Wrap(1, "", 0, "Every cause that the guide names is ruled out. Turn on advanced logging in the client, and ask AWS Support.")
	}
}

func (p printer) open(open []troubleshoot.Judgement, fetch map[string]string, found, known bool) {
	asked := map[string]bool{}
	for i, j := range open {
		if i == 0 {
			head := "Possible causes, in the order in which to check them"
			if known || found {
				head = "Still open, in the order in which to check them"
			}
			p.Line(0, "%s", p.Paint(terminal.Yellow, head))
			for _, j := range open {
				for _, u := range j.Asks {
					if u.Question == "" && !asked[u.Text] {
						asked[u.Text] = true
						p.Wrap(1, "ask: ", 5, u.Text+flags[u.Path])
					}
				}
			}
		}
		if i == mostOpen && !p.details {
			p.Line(1, "and %d more: --details", len(open)-i)
			break
		}
		p.Wrap(1, fmt.Sprintf("%d. ", i+1), 3, j.Title+" ("+string(j.Code)+")")
		for _, u := range j.Asks {
			if u.Question == "" {
				continue
			}
			p.Wrap(2, "ask: ", 5, u.Text+" "+u.Test)
			if command := ask(u, fetch); command != "" {
				p.Line(2, "%s", command)
			}
			if p.details {
				p.Line(2, "--answer %s=yes|no", u.Question)
			}
			break
		}
		if p.details || len(open) == 1 {
			p.Wrap(2, "do: ", 4, j.Remedy)
		}
		if p.details {
			p.Line(2, "source: %s", cited(j.Cite))
		}
	}
}

// flags tell how to give the facts that are not known.
var flags = map[rule.Path]string{
	"Client": " Give --client TYPE.", "System": " Give --system SYSTEM.", "Protocol": " Give --protocol pcoip or dcv.", "DeviceAccess": " Give --client TYPE, and --dir EXPORT with a WORKSPACE.", "DirectoryType": " Give --dir EXPORT and a WORKSPACE.",
	"RunningMode": " Give --dir EXPORT and a WORKSPACE.", "ComputeType": " Give --dir EXPORT and a WORKSPACE.",
}

// others writes the other symptoms that the text may mean.
func (p printer) others(r *Report) {
	if r.Symptom == nil && len(r.Meanings) > 0 {
		return
	}
	var list []string
	for _, m := range r.Matches {
		if m.Symptom != r.symptom && len(list) < mostOthers {
			list = append(list, string(m.Symptom))
		}
	}
	if len(list) > 0 {
		p.Line(0, "")
		p.Wrap(0, "", 0, "Other symptoms that the text may mean: "+strings.Join(list, ", ")+". Choose one with --symptom KEY.")
	}
}

func cited(c rule.Citation) string {
	return fmt.Sprintf("%s, %q, %s", c.Document, c.Section, c.Date)
}
