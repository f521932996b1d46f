package troubleshoot

import (
	"cmp"
	"slices"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A Status is what facts tell of a cause. The zero value is invalid.
type Status string

const (
	Shown    Status = "shown"     // the facts have it
	RuledOut Status = "ruled out" // the facts do not permit it
	Open     Status = "open"      // something that decides is not known
)

// A Judgement is what the facts tell of one cause.
type Judgement struct {
	Code   rule.Code `json:"code"`
	Title  string    `json:"title"`
	Remedy string    `json:"remedy"`
	Status Status    `json:"status"`
	// Because is what the facts have: all that is needed if the cause is shown, what contradicts it if it is ruled
	// out, and what speaks for it so far if it is open.
	Because []string `json:"because,omitempty"`
	// Asks are the facts that decide and are not known, in the order in which to ask: members of Facts first. It is empty
	// unless the cause is open.
	Asks   []Unknown     `json:"asks,omitempty"`
	Checks []Check       `json:"checks,omitempty"` // parts of this module that find the cause
	Cite   rule.Citation `json:"cite"`
}

// An Unknown is something that the facts do not tell.
type Unknown struct {
	Path     rule.Path `json:"path"`               // in Facts
	Question Question  `json:"question,omitempty"` // "" for another member of Facts
	Text     string    `json:"text"`               // what is not known
	Test     string    `json:"test,omitempty"`     // how somebody finds out
	Checks   []Check   `json:"checks,omitempty"`   // that find out
}

// A Diagnosis is what facts tell of the causes of a symptom.
type Diagnosis struct {
	// Answer has a violation for each cause that is shown, and an open question for each fact that decides and is
	// not known. It is allowed if no cause is shown at the level must and none is open: then no document names
	// another cause. A symptom without causes is open, because the documents name none.
	rule.Answer
	Symptom Key         `json:"symptom"`
	Causes  []Judgement `json:"causes"` // in the order in which the guide asks for them
	// Next is what to ask next: the first thing that is not known of the first open cause. It is nil if no cause is open.
	Next *Unknown `json:"next,omitempty"`
}

// Of returns the causes of a status, in the same order.
func (d Diagnosis) Of(s Status) []Judgement {
	return slices.DeleteFunc(slices.Clone(d.Causes), func(j Judgement) bool { return j.Status != s })
}

// Diagnose tells which causes of a symptom the facts show, which they rule out, and what to ask next. A cause is shown if
// the facts meet all its conditions, ruled out as soon as they fail one, and else open. More facts never open a cause
// that was shown or ruled out. Paths are those of Facts; causes are in the order of the guide.
//
// The error is a *rule.InputError for a symptom that the edition does not have, for a client, system or protocol
// that there is not, and for an unknown question.
func (r Rules) Diagnose(symptom Key, facts Facts) (Diagnosis, error) {
	d := Diagnosis{Symptom: symptom, Causes: []Judgement{}}
	k, err := r.find(symptom)
	if err == nil {
		err = facts.check()
	}
	if err != nil {
		return Diagnosis{}, err
	}
	asked := map[rule.Path]bool{}
	for i := range k.causes {
		c := &k.causes[i]
		j := c.judge(&facts)
		switch j.Status {
		case Shown:
			r.s.rules.BreakBy(&d.Answer, c.cite, c.code, c.at(), "%s", c.title)
		case Open:
			for _, u := range j.Asks {
				if !asked[u.Path] {
					asked[u.Path] = true
					d.NotGiven(u.Path, u.Text)
				}
			}
			if d.Next == nil {
				next := j.Asks[0]
				d.Next = &next
			}
		}
		d.Causes = append(d.Causes, j)
	}
	if len(k.causes) == 0 {
		d.NotDocumented("Symptom", "no document of the edition names a cause of "+string(symptom))
	}
	d.Answer = d.Concluded()
	return d, nil
}

// at is where the facts tell of the cause: the place of the last thing that it needs.
func (c *inForce) at() rule.Path { return c.needs[len(c.needs)-1].path() }

func (c *inForce) judge(f *Facts) Judgement {
	j := Judgement{Code: c.code, Title: c.title, Remedy: c.remedy, Status: Shown, Checks: slices.Clone(c.checks), Cite: c.cite}
	var speaks, against []string
	for i := range c.needs {
		n := &c.needs[i]
		switch n.on(f) {
		case holds:
			speaks = append(speaks, tables.Text("%s", n.said(f)))
		case fails:
			against = append(against, tables.Text("%s", n.said(f)))
		default:
			u := Unknown{Path: n.path(), Question: n.question, Text: n.asks()}
			if n.field == nil {
				u.Test, u.Checks = questionTexts[n.question].Test, slices.Clone(questionTexts[n.question].Checks)
			}
			j.Asks = append(j.Asks, u)
		}
	}
	// Members of Facts are easier to tell than what questions ask.
	slices.SortStableFunc(j.Asks, func(a, b Unknown) int { return cmp.Compare(min(len(a.Question), 1), min(len(b.Question), 1)) })
	switch {
	case len(against) > 0:
		j.Status, j.Because, j.Asks = RuledOut, against, nil
	case len(j.Asks) > 0:
		j.Status, j.Because = Open, speaks
	default:
		j.Because = speaks
	}
	return j
}
