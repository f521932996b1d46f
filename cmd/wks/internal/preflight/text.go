package preflight

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/cmd/wks/internal/terminal"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// printer writes the report for a person.
type printer struct {
	terminal.Printer
	details bool // all of them
}

// writeText writes what to do, what is open, what is in order, and then where the rest stands in the files. With
// details it tells all, with the sources.
func writeText(w io.Writer, rep *report, color, details bool) error {
	p := printer{terminal.New(w, color), details}
	p.Line(0, "%s", p.Paint(terminal.Bold, "Amazon WorkSpaces preflight"))
	p.Line(0, "input:   %s", rep.Input)
	p.Line(0, "edition: what was documented on %s", rep.Edition)
	rep.WriteScreen(p.Printer)
	p.inOrder(rep)
	for _, r := range rep.Regions {
		p.region(r)
	}
	if len(rep.Plan) > 0 {
		p.Heading("Plan")
		for _, s := range rep.Plan {
			p.section(s)
		}
	}
	if len(rep.Proposals) > 0 && (details || rep.choosing()) {
		p.Heading("One BYOL management range that is free in all Regions above, as far as is known")
		p.proposals(rep.Proposals)
	}
	if len(rep.Notes) > 0 {
		p.Heading("About the input")
		for _, n := range notes(rep.Notes).groups() {
			word := ""
			if n.Unusable {
				word = p.Paint(terminal.Yellow, "cannot be used") + ": "
			}
			p.Line(1, "%s%s: %s", word, n.Where(), n.Said())
		}
	}
	if details {
		rep.WriteDocuments(p.Printer)
	}
	p.Line(0, "")
	p.Line(0, "%s", p.Paint(terminal.Bold, rep.CountLine()))
	if !details && len(rep.Findings)+len(rep.Open) > 0 {
		p.Wrap(0, "", 0, "--details prints all places and sources, --html FILE writes a page, and wks rules CODE explains a rule.")
	}
	return p.Flush()
}

// CountLine counts all that the report shows.
func (rep *report) CountLine() string {
	v := rep.Registrations
	return fmt.Sprintf("registrations: %d allowed, %d denied, %d undocumented, %d not given; %s", v.Allowed, v.Denied, v.Undocumented, v.NotGiven, rep.Summary.Line)
}

// choosing reports whether a Region's account brings its own licences, and has no range yet.
func (rep *report) choosing() bool {
	return slices.ContainsFunc(rep.Regions, func(r regionReport) bool {
		return r.BYOL != nil && r.BYOL.Enabled && r.BYOL.Chosen == nil && !r.BYOL.Linked
	})
}

// Quiet reports whether a section is in order, and has nothing that should be seen.
func (s section) Quiet() bool { return s.result.Quiet() && !s.tell }

// inOrder writes one line for each Region, with all that is in order there.
func (p printer) inOrder(rep *report) {
	width := 0
	for _, r := range rep.Regions {
		width = max(width, len(r.Region))
	}
	first := true
	for _, r := range rep.Regions {
		list := r.inOrder()
		if len(list) == 0 {
			continue
		}
		if first {
			p.Heading("In order")
			first = false
		}
		p.Wrap(1, fmt.Sprintf("%-*s  ", width, r.Region), width+2, strings.Join(list, ", "))
	}
}

// inOrder lists what is in order in a Region; of each kind of section it says how many there are.
func (r regionReport) inOrder() (list []string) {
	for _, reg := range r.Registrations {
		if reg.Quiet() {
			list = append(list, reg.brief())
		}
	}
	if r.BYOL != nil && r.BYOL.Quiet() {
		list = append(list, byolTitle)
	}
	count := map[string]int{}
	var kinds []string
	for _, s := range r.Sections {
		if !s.Quiet() {
			continue
		}
		if count[s.kind]++; count[s.kind] == 1 {
			kinds = append(kinds, s.kind)
		}
	}
	for _, k := range kinds {
		if count[k] > 1 {
			k = fmt.Sprintf("%s (%d)", k, count[k])
		}
		list = append(list, k)
	}
	return list
}

// brief is a registration that is allowed.
func (r registration) brief() string {
	s := say("registration in %s", r.VPC)
	if n := len(r.Directories); n > 0 {
		s = say("%d %s in %s", n, plural(n, "directory", "directories"), r.VPC)
	}
	free := 0
	for _, c := range r.Candidates {
		if c.Free {
			free++
		}
	}
	return fmt.Sprintf("%s (%d of %d management ranges free)", s, free, len(r.Candidates))
}

func (p printer) region(r regionReport) {
	titled := false
	title := func(quiet bool) bool {
		if quiet && !p.details {
			return false
		}
		if !titled {
			titled = true
			p.Heading(r.Region)
		}
		return true
	}
	for _, reg := range r.Registrations {
		if title(reg.Quiet()) {
			p.registration(reg)
		}
	}
	if r.BYOL != nil && title(r.BYOL.Quiet()) {
		p.byol(*r.BYOL)
	}
	for _, s := range r.Sections {
		if title(s.Quiet()) {
			p.section(s)
		}
	}
}

func (p printer) section(s section) {
	p.Line(1, "%s", p.Paint(terminal.Bold, rule.Shorten(s.Title)))
	p.Line(2, "%s", p.word(s.result))
	for _, l := range s.Lines {
		p.Line(3, "%s", l)
	}
	p.questions(s.questions())
	p.breaches(s.Breaches())
}

// questions are the groups of questions that the lines of the section do not tell.
func (s section) questions() []*group {
	groups := s.Groups()
	if s.told {
		groups = slices.DeleteFunc(groups, func(g *group) bool { return g.Word != "cannot be used" })
	}
	return groups
}

// word is the answer in capitals and in its colour.
func (p printer) word(r result) string {
	if r.Answer == finding.NotGiven {
		return p.Paint(terminal.Yellow, strings.ToUpper(r.Answer))
	}
	return p.Verdict(r.verdict)
}

func (p printer) questions(list []*group) {
	for _, g := range list {
		p.Line(3, "%s: %s", p.Paint(terminal.Yellow, g.Word), g.Reason)
		p.Line(5, "%s", g.Where())
	}
}

func (p printer) registration(r registration) {
	for _, d := range r.Directories {
		p.Line(1, "%s", p.Paint(terminal.Bold, d.String()))
	}
	if len(r.Directories) == 0 {
		p.Line(1, "%s", p.Paint(terminal.Bold, strings.TrimSpace("VPC "+parens(rule.Shorten(r.Name)))))
	}
	if r.VPC != "" {
		p.Line(2, "%-12s  %s", rule.Shorten(r.VPC), prefixes(r.CIDRs))
	}
	for _, d := range r.Directories {
		if d.Error != "" {
			p.Line(2, "%s: %s", p.Paint(terminal.Red, "error"), rule.Shorten(d.Error))
		}
	}
	p.Line(2, "%s", p.word(r.result)+r.Ranges())
	p.questions(r.Groups())
	for _, c := range r.Candidates {
		word := candidateWord(c)
		if c.Free {
			word += r.known()
		}
		p.Line(3, "%-15s  %s", c.Prefix, word)
		for _, u := range c.Uses {
			p.use(u)
		}
	}
	if r.Instead != "" {
		p.Line(3, "instead: %s", r.Instead)
	}
	if r.Ignored > 0 {
		p.Line(3, "not counted: default routes and IPv6 prefixes (%d)", r.Ignored)
	}
	p.breaches(r.Breaches())
}

// String is the directory with its name and state.
func (d registrant) String() string {
	s := say("directory %s", d.Directory)
	if d.Name != "" {
		s += " " + parens(rule.Shorten(d.Name))
	}
	if d.State != "" {
		s += " " + rule.Shorten(d.State)
	}
	return s
}

func parens(s string) string {
	if s == "" {
		return ""
	}
	return "(" + s + ")"
}

// known says that a range is free only as far as is known.
func (r registration) known() string {
	if r.Partial {
		return ", as far as is known"
	}
	return ""
}

// Ranges tells how many management ranges are free, behind the answer.
func (r registration) Ranges() string {
	free := 0
	for _, c := range r.Candidates {
		if c.Free {
			free++
		}
	}
	n := len(r.Candidates)
	switch {
	case n == 0:
		return ""
	case free == 0 && r.registered() && r.verdict != rule.Undocumented:
		return fmt.Sprintf(": 0 of %d management ranges free; it is registered, but would not be today", n)
	case r.verdict == rule.Denied:
		return fmt.Sprintf(": 0 of %d management ranges free, and registration needs one", n)
	}
	return fmt.Sprintf(": %d of %d management ranges free%s", free, n, r.known())
}

func (p printer) use(u use) {
	how := map[network.Overlap]string{network.Equal: "as a whole by", network.Inside: "in part by", network.Covers: "covered by the wider"}[u.Overlap]
	p.Line(4, "%s %s", how, u.Prefix)
	for _, at := range u.Places {
		var route []string
		for _, s := range []string{at.Table, at.PrefixList, at.Target} {
			if s != "" {
				route = append(route, rule.Shorten(s))
			}
		}
		if at.State != "" && at.State != "active" {
			route = append(route, "("+rule.Shorten(at.State)+")")
		}
		p.Line(5, "%s  %s", at.place, strings.Join(route, " "))
	}
}

// shown is how many places, details and resources of one finding the details show.
const shown = 3

func (p printer) breaches(list []*breach) {
	for _, b := range list {
		color := terminal.Yellow
		if b.Level == rule.Must {
			color = terminal.Red
		}
		head := fmt.Sprintf("%s  %s%s", p.Paint(color, fmt.Sprintf("%-6s", b.Level)), b.Code, map[bool]string{true: " (accepted)"}[b.Accepted])
		if !p.details { // the rest of it stands at the top
			p.Line(3, "%s  %s", head, b.where())
			continue
		}
		p.Line(3, "%s", head)
		for _, at := range b.places {
			p.Line(5, "%s", at)
		}
		p.more(b.Places)
		for _, detail := range b.details.first {
			p.Line(5, "%s", detail)
		}
		p.more(b.details.Len())
		if names := b.names(); names != "" {
			p.Line(5, "%s", names)
		}
		p.Line(5, "remedy: %s", finding.Sentence(b.Remedy))
		p.Line(5, "%s", finding.Cited(b.Cite))
	}
}

// where names the first place, and how many more there are.
func (b *breach) where() string {
	if n := b.Places - 1; n > 0 {
		return fmt.Sprintf("%s, and %d more", b.places[0], n)
	}
	return b.places[0].String()
}

func (p printer) more(n int) {
	if n > shown {
		p.Line(5, "and %d more: --json has all", n-shown)
	}
}

// names are the first resources that a finding is about, with their kind.
func (b *breach) names() string {
	first := b.subjects.first
	if len(first) == 0 || first[0].Kind == "file" {
		return ""
	}
	var names []string
	for _, r := range first {
		names = append(names, r.String())
	}
	if n := b.subjects.Len() - len(names); n > 0 {
		names = append(names, fmt.Sprintf("and %d more", n))
	}
	return first[0].Kind + " " + strings.Join(names, ", ")
}

// candidateWord says whether a management range is free.
func candidateWord(c candidate) string {
	switch {
	case c.Free:
		return "free"
	case slices.ContainsFunc(c.Uses, func(u use) bool { return !u.Undocumented }):
		return "in use"
	}
	return "perhaps in use"
}

// byolLine says whether a management range is chosen, or could be.
func byolLine(b byolRange) string {
	switch {
	case b.Chosen != nil:
		return fmt.Sprintf("%s is chosen, for good", b.Chosen)
	case b.Linked:
		return "the account is linked, and uses the range of its source account; it must not choose one"
	case b.Enabled:
		return "BYOL is enabled, and the export gives no range"
	case b.Of > 0:
		return fmt.Sprintf("none is chosen: %d of %d blocks are free in this Region's networks", b.Free, b.Of)
	}
	return "none is chosen"
}

func (p printer) byol(b byolRange) {
	p.Line(1, "%s", p.Paint(terminal.Bold, byolTitle))
	p.Line(2, "%s", byolLine(b))
	for _, u := range b.Uses {
		p.use(u)
	}
	p.questions(b.Groups())
	p.proposals(b.Proposals)
	p.breaches(b.Breaches())
}

func (p printer) proposals(list []proposal) {
	for _, x := range list {
		p.Line(2, "%s", x.Why)
	}
}
