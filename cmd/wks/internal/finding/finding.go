// Package finding is the model of every report of wks: what is wrong and what to do about it, what is
// open and how to answer it, and what was accepted. Each subcommand fills a [Report], and gets from
// here its first screen, its exit status, and its forms for other programs: SARIF, JUnit and the
// annotations of GitHub.
package finding

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/wksgo/wks/rule"
)

// A Resource is what a finding is about. Two are the same if their kind and identifier are.
type Resource struct {
	Kind      string `json:"kind"`                // "WorkSpace", "directory", "KMS key", …; the plural is made from it
	ID        string `json:"id"`                  // identifier, ARN, or address in a plan; "" if the kind has one
	Name      string `json:"name,omitempty"`      // that people gave it
	User      string `json:"user,omitempty"`      // of a WorkSpace
	Computer  string `json:"computer,omitempty"`  // of a WorkSpace
	Directory string `json:"directory,omitempty"` // of a WorkSpace
	Part      string `json:"part,omitempty"`      // of the resource, such as one rule of a group
}

// String is the identifier, with what people know the resource by.
func (r Resource) String() string {
	var known []string
	for _, s := range []string{r.Name, r.User, r.Computer} {
		if s != "" && s != r.ID {
			known = append(known, rule.Shorten(s))
		}
	}
	s := rule.Shorten(cmp.Or(r.ID, r.Kind))
	if len(known) > 0 {
		s += " (" + strings.Join(known, ", ") + ")"
	}
	if r.Part != "" {
		s += ", " + rule.Shorten(r.Part)
	}
	return s
}

// Subject is the identifier, or the kind where there is none, with the part. A baseline names it.
func (r Resource) Subject() string {
	s := cmp.Or(r.ID, r.Kind)
	if r.Part != "" {
		s += ", " + r.Part
	}
	return s
}

// An Occurrence is one place where a finding or a question stands.
type Occurrence struct {
	Resource Resource `json:"resource"`
	Region   string   `json:"region,omitempty"`
	Section  string   `json:"section,omitempty"` // of the report
	File     string   `json:"file,omitempty"`
	Line     int      `json:"line,omitempty"`
	Column   int      `json:"column,omitempty"` // in bytes, from 1
	Path     string   `json:"path,omitempty"`
	Detail   string   `json:"detail,omitempty"` // what is wrong here
	Reason   string   `json:"reason,omitempty"` // why it is accepted
	Until    string   `json:"until,omitempty"`  // the last day on which it is accepted, YYYY-MM-DD
}

// Place is file and path on one line.
func (o Occurrence) Place() string {
	s := o.File
	if o.Line > 0 {
		s += fmt.Sprintf(":%d:%d", o.Line, o.Column)
	}
	if o.Path != "" {
		if s != "" {
			s += ": "
		}
		s += rule.Shorten(o.Path)
	}
	return s
}

// identity tells resources apart.
func (o Occurrence) identity() [3]string { return [3]string{o.Region, o.Resource.ID, o.Resource.Part} }

// A Finding is a broken rule. Occurrences that differ in nothing but their place, and in the words
// that tell of them, are one finding.
type Finding struct {
	Code        rule.Code     `json:"code"`
	Level       rule.Level    `json:"level"`
	Regions     []string      `json:"regions,omitempty"`
	Title       string        `json:"title"` // of the rule
	Remedy      string        `json:"remedy"`
	Help        string        `json:"help,omitempty"` // address of the text that explains the rule
	Cite        rule.Citation `json:"cite"`
	Count       int           `json:"count"` // of resources
	Occurrences []Occurrence  `json:"occurrences"`
	Urgent      bool          `json:"-"` // it comes before others of its level
}

// What is what is wrong: the detail that all occurrences share, and else the title of the rule. A detail that begins with
// the identifier does not repeat it: what is said stands behind the name of the resource.
func (f *Finding) What() string {
	first := f.Occurrences[0]
	for _, o := range f.Occurrences {
		if o.Detail != first.Detail {
			return strings.TrimSuffix(f.Title, ".")
		}
	}
	detail := strings.TrimSuffix(first.Detail, ".")
	if rest, ok := strings.CutPrefix(detail, strconv.Quote(first.Resource.ID)); ok && first.Resource.ID != "" {
		detail = strings.TrimLeft(rest, ": ")
	}
	return detail
}

// Details are the different details of the occurrences, in their order.
func (f *Finding) Details() []string {
	var list []string
	var seen Distinct[string]
	for _, o := range f.Occurrences {
		if seen.Add(o.Detail) {
			list = append(list, o.Detail)
		}
	}
	return list
}

// Subjects tells how many resources a finding is about, and their kind: "7 WorkSpaces". Of one it
// gives the name.
func (f *Finding) Subjects() string {
	r := f.Occurrences[0].Resource
	switch {
	case f.Count > 1:
		return fmt.Sprintf("%d %s", f.Count, plural(r.Kind))
	case r.ID == "":
		return r.Kind
	case r.Kind == "":
		return r.Short()
	}
	return r.Kind + " " + r.Short()
}

// Short is the identifier, with the name or the user.
func (r Resource) Short() string {
	r.Computer = ""
	return r.String()
}

// Sentence starts a text with a capital letter and ends it with a full stop.
func Sentence(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if s = strings.TrimSuffix(s, "."); s == "" {
		return ""
	}
	return string(unicode.ToUpper(r)) + s[n:] + "."
}

// Names gives the first n resources, each once, and says how many more there are.
func Names(list []Occurrence, n int) string { return names(list, n, Resource.String) }

func names(list []Occurrence, n int, name func(Resource) string) string {
	var names []string
	var seen Distinct[[3]string]
	for _, o := range list {
		if seen.Add(o.identity()) && len(names) < n {
			names = append(names, name(o.Resource))
		}
	}
	if more := seen.Len() - len(names); more > 0 {
		names = append(names, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(names, ", ")
}

// plural is the plural of a kind.
func plural(kind string) string {
	switch {
	case strings.HasSuffix(kind, "y") && !strings.HasSuffix(kind, "ey"):
		return strings.TrimSuffix(kind, "y") + "ies"
	case strings.HasSuffix(kind, "ch"):
		return kind + "es"
	}
	return kind + "s"
}

// The two words for what is open.
const (
	Undocumented = "undocumented" // AWS does not say, or its documents disagree
	NotGiven     = "not given"    // the input does not tell
)

// A Question is what could not be answered. Those with one reason are one question.
type Question struct {
	Word        string           `json:"word"` // Undocumented or NotGiven
	By          rule.Cause       `json:"by"`
	Regions     []string         `json:"regions,omitempty"`
	Reason      string           `json:"reason"`
	Commands    []string         `json:"commands,omitempty"` // that fetch what is missing
	Unusable    bool             `json:"unusable,omitempty"` // a value was given to which no rule can be applied
	Unasked     bool             `json:"unasked,omitempty"`  // it is not asked at all, since something is missing
	Decides     bool             `json:"decides"`            // the exit status tells that it is open
	Cites       [2]rule.Citation `json:"cites,omitzero"`     // the statements that disagree
	Count       int              `json:"count"`
	Occurrences []Occurrence     `json:"occurrences"`
}

// Kind tells more of why a question is open.
func (q *Question) Kind() string {
	switch {
	case q.Unusable:
		return "cannot be used"
	case q.By == rule.ByContradiction:
		return "the documents disagree"
	}
	return q.Word
}

// Fetch is the first of the commands that fetch what is missing, with a note on the others.
func (q *Question) Fetch() string {
	switch n := len(q.Commands); n {
	case 0:
		return ""
	case 1:
		return q.Commands[0]
	default:
		return fmt.Sprintf("%s  # and %d more like it", q.Commands[0], n-1)
	}
}

// wordOf is the word for a cause.
func wordOf(c rule.Cause) string {
	if c == rule.ByInput {
		return NotGiven
	}
	return Undocumented
}

// A Document is a source that the report cites.
type Document struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	URL   string `json:"url,omitempty"`
}

// A Report collects what a subcommand found. The zero value is an empty report.
type Report struct {
	Summary   Summary     `json:"summary"`
	Findings  []*Finding  `json:"findings"`  // the worst first
	Open      []*Question `json:"open"`      // what decides first
	Accepted  []*Finding  `json:"accepted"`  // by the baseline
	Gone      []Entry     `json:"gone"`      // entries of the baseline that match nothing any more, or whose day is over
	Documents []Document  `json:"documents"` // that findings and questions cite

	checks    []check
	findings  map[findingKey]*Finding
	questions map[questionKey]*Question
	seen      map[*Finding]*Distinct[[3]string] // resources
	commands  map[*Question]map[string]bool
	in        map[regionKey]bool // where findings and questions are
	accepts   *matcher
}

type findingKey struct {
	code               rule.Code
	level              rule.Level
	remedy, kind, help string
	cite               rule.Citation
	accepted           bool
}

type questionKey struct {
	by                         rule.Cause
	reason                     string
	unusable, unasked, decides bool
	cites                      [2]rule.Citation
}

// A check is a question that was asked, with its answer.
type check struct {
	region, name string
	verdict      rule.Verdict
}

// Checked notes that a question was asked, and its answer.
func (r *Report) Checked(region, name string, v rule.Verdict) {
	r.checks = append(r.checks, check{region, name, v})
}

// Add adds a finding with one occurrence, whose Count and Occurrences do not count. It reports
// whether the baseline accepts it.
func (r *Report) Add(f Finding, o Occurrence) (accepted bool) {
	if r.findings == nil {
		r.findings, r.seen = map[findingKey]*Finding{}, map[*Finding]*Distinct[[3]string]{}
	}
	list := &r.Findings
	if e := r.accepts.match(f.Code, o); e != nil {
		accepted, list = true, &r.Accepted
		o.Reason, o.Until = e.Reason, e.Until
	}
	key := findingKey{f.Code, f.Level, f.Remedy, o.Resource.Kind, f.Help, f.Cite, accepted}
	g := r.findings[key]
	if g == nil {
		f.Count, f.Regions, f.Occurrences = 0, nil, nil
		g = &f
		r.findings[key] = g
		r.seen[g] = new(Distinct[[3]string])
		*list = append(*list, g)
	}
	g.Occurrences = append(g.Occurrences, o)
	if r.entered(regionKey{finding: g, region: o.Region}) {
		g.Regions = append(g.Regions, o.Region)
	}
	if r.seen[g].Add(o.identity()) {
		g.Count++
	}
	return accepted
}

type regionKey struct {
	finding  *Finding
	question *Question
	region   string
}

// entered reports whether a finding or a question is in a Region for the first time.
func (r *Report) entered(key regionKey) bool {
	if key.region == "" || r.in[key] {
		return false
	}
	if r.in == nil {
		r.in = map[regionKey]bool{}
	}
	r.in[key] = true
	return true
}

// Ask adds a question with one occurrence. Command fetches what is missing, and may be empty.
func (r *Report) Ask(q Question, command string, o Occurrence) {
	if r.questions == nil {
		r.questions, r.commands = map[questionKey]*Question{}, map[*Question]map[string]bool{}
	}
	q.Word = wordOf(q.By)
	key := questionKey{q.By, q.Reason, q.Unusable, q.Unasked, q.Decides, q.Cites}
	k := r.questions[key]
	if k == nil {
		q.Count, q.Occurrences, q.Regions, q.Commands = 0, nil, nil, nil
		k = &q
		r.questions[key] = k
		r.commands[k] = map[string]bool{}
		r.Open = append(r.Open, k)
	}
	k.Count++
	k.Occurrences = append(k.Occurrences, o)
	if r.entered(regionKey{question: k, region: o.Region}) {
		k.Regions = append(k.Regions, o.Region)
	}
	if command != "" && !r.commands[k][command] {
		r.commands[k][command] = true
		k.Commands = append(k.Commands, command)
	}
}

// sort puts the worst first: findings by level, urgency and number; and questions that decide before others, then what
// somebody can answer. What is equal keeps its order.
func (r *Report) sort() {
	worst := func(a, b *Finding) int {
		return cmp.Or(last(a.Level != rule.Must, b.Level != rule.Must), last(!a.Urgent, !b.Urgent), b.Count-a.Count)
	}
	slices.SortStableFunc(r.Findings, worst)
	slices.SortStableFunc(r.Accepted, worst)
	slices.SortStableFunc(r.Open, func(a, b *Question) int {
		return cmp.Or(last(!a.Decides, !b.Decides), last(a.Unasked, b.Unasked), last(a.Word == Undocumented, b.Word == Undocumented))
	})
}

// last compares two things of which one that is so comes after one that is not.
func last(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
