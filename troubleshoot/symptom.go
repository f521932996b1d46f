package troubleshoot

import (
	"slices"
	"strings"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A Key is the name of a symptom, such as device-not-authorized or, for an error of the API,
// ResourceLimitExceededException. Keys do not change.
type Key string

// A Symptom is what a user or an administrator sees.
type Symptom struct {
	Key      Key      `json:"key"`
	Title    string   `json:"title"`              // what somebody sees, one sentence
	Messages []string `json:"messages,omitempty"` // what the product prints, where it prints something
	// For tells what the symptom is about: clients, systems and protocols. None stands for all.
	Clients   []Client   `json:"clients,omitempty"`
	Systems   []System   `json:"systems,omitempty"`
	Protocols []Protocol `json:"protocols,omitempty"`
	// API is set for an error that operations return, about which the model says no more than its title.
	API    bool          `json:"api,omitempty"`
	Advice string        `json:"advice,omitempty"` // what to do, whichever cause it is
	Checks []Check       `json:"checks,omitempty"` // parts of this module that help with the symptom
	Causes []Cause       `json:"causes,omitempty"` // in the order in which the guide asks for them
	Cite   rule.Citation `json:"cite"`
}

// A Cause is one that the guide names for a symptom.
type Cause struct {
	Code      rule.Code     `json:"code"`
	Title     string        `json:"title"`               // what is wrong
	Remedy    string        `json:"remedy"`              // what to do about it
	Given     []string      `json:"given,omitempty"`     // other conditions, such as "Protocol is pcoip"
	Questions []Question    `json:"questions,omitempty"` // that decide, in the order in which to ask
	Checks    []Check       `json:"checks,omitempty"`    // parts of this module that find the cause
	Cite      rule.Citation `json:"cite"`
}

// A symptomRow is a symptom as a document gives it for some time.
type symptomRow struct {
	tables.Dated
	key       Key
	title     string
	messages  []string
	words     string // that people use for it
	clients   []Client
	systems   []System
	protocols []Protocol
	api       bool
	advice    string
	checks    []Check
}

// A cause is a rule that belongs to a symptom. Its revisions have the conditions.
type cause struct {
	code    rule.Code
	of      Key
	title   string
	remedy  string
	checks  []Check
	figures []tables.Figure
	said    []said
}

// A said is a revision of a cause.
type said struct {
	rule.Revision
	needs []condition
}

// must is a revision for a cause that the guide states without reserve, and might for one that it calls usual or
// possible. An empty until means no end.
func must(section, since, until string, needs ...condition) said {
	return said{tables.Must(page, section, since, until), needs}
}

func might(section, since, until string, needs ...condition) said {
	return said{tables.Should(page, section, since, until), needs}
}

// inGuide are might by the guide of April 2020, and by the page since it speaks of DCV (WSP).
func inGuide(section string, needs ...condition) []said {
	return []said{{tables.Should(guide, section, facts.ReadGuide, inPage), needs}, might(section, inPage, "", needs...)}
}

// from is s with a later beginning, which the version that it cites announces.
func (s said) from(day string) said {
	s.Span.Since = rule.MustParseEdition(day)
	return s
}

// audience are the conditions that all causes of a symptom have.
func (s *symptomRow) audience() (list []condition) {
	if len(s.clients) > 0 {
		list = append(list, with(s.clients...))
	}
	if len(s.systems) > 0 {
		list = append(list, on(s.systems...))
	}
	if len(s.protocols) > 0 {
		list = append(list, condition{field: protocolField, values: texts(s.protocols)})
	}
	return list
}

// rulesOf returns the causes as rules.
func rulesOf(list []cause) (rules []tables.Rule) {
	for _, c := range list {
		r := tables.Rule{Code: c.code, Title: c.title, Remedy: c.remedy, Figures: c.figures}
		for _, s := range c.said {
			r.Revisions = append(r.Revisions, s.Revision)
		}
		rules = append(rules, r)
	}
	return rules
}

// An active symptom is in force in an edition. It has its causes.
type active struct {
	row    *symptomRow
	causes []inForce
}

type inForce struct {
	*cause
	needs []condition // those of the symptom first
	cite  rule.Citation
}

// exported is the symptom as the package gives it out, as a copy.
func (k *active) exported() Symptom {
	r := k.row
	s := Symptom{
		Key: r.key, Title: r.title, Messages: slices.Clone(r.messages), Clients: slices.Clone(r.clients), Systems: slices.Clone(r.systems), Protocols: slices.Clone(r.protocols),
		API: r.api, Advice: r.advice, Checks: slices.Clone(r.checks), Cite: r.Cite,
	}
	for _, c := range k.causes {
		out := Cause{Code: c.code, Title: c.title, Remedy: c.remedy, Checks: slices.Clone(c.checks), Cite: c.cite}
		for _, n := range c.needs {
			if n.field != nil {
				out.Given = append(out.Given, string(n.field.name)+" is "+strings.Join(n.values, " or "))
			} else {
				out.Questions = append(out.Questions, n.question)
			}
		}
		s.Causes = append(s.Causes, out)
	}
	return s
}

// Symptoms returns the symptoms of the edition with their causes: those of the guide in the order of its chapter, then
// the errors of the API by name, as a new slice.
func (r Rules) Symptoms() []Symptom {
	if r.s == nil {
		return nil
	}
	list := make([]Symptom, 0, len(r.s.symptoms))
	for i := range r.s.symptoms {
		list = append(list, r.s.symptoms[i].exported())
	}
	return list
}

// Symptom returns a symptom by its key. The error is a *rule.InputError if the edition has none of that key.
func (r Rules) Symptom(key Key) (Symptom, error) {
	k, err := r.find(key)
	if err != nil {
		return Symptom{}, err
	}
	return k.exported(), nil
}

func (r Rules) find(key Key) (*active, error) {
	if err := r.known(); err != nil {
		return nil, err
	}
	k, ok := r.s.byKey[key]
	if !ok {
		return nil, &rule.InputError{Path: "Symptom", Value: string(key), Reason: "is no symptom of the edition of " + r.edition.String() + "; Symptoms lists them"}
	}
	return k, nil
}
