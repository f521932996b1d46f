package finding

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wksgo/wks/rule"
)

// A Threshold is what a command fails on.
type Threshold string

// Thresholds. Each fails on what those before it do.
const (
	FailNone   Threshold = "none"   // on nothing but input that cannot be read
	FailMust   Threshold = "must"   // status 1 on a broken rule of level must, 2 on a question that decides
	FailShould Threshold = "should" // status 1 on any broken rule, 2 on a question that decides
	FailOpen   Threshold = "open"   // status 1 on any broken rule, 2 on any open question
)

// thresholds are all of them.
var thresholds = []Threshold{FailMust, FailShould, FailOpen, FailNone}

// Set reads a threshold; with String and Type it is a flag.
func (t *Threshold) Set(s string) error {
	if !slices.Contains(thresholds, Threshold(s)) {
		return fmt.Errorf("want must, should, open or none")
	}
	*t = Threshold(s)
	return nil
}

// String is the threshold as a flag has it.
func (t *Threshold) String() string { return string(*t) }

// Type is what help calls the value of the flag.
func (*Threshold) Type() string { return "LEVEL" }

// A Summary counts all that the report shows.
type Summary struct {
	Verdict      rule.Verdict `json:"verdict"`      // denied if a must is broken, else undocumented if something is open, else allowed
	Things       int          `json:"things"`       // findings
	Must         int          `json:"must"`         // occurrences of findings of level must
	Should       int          `json:"should"`       // and of level should
	Accepted     int          `json:"accepted"`     // occurrences that the baseline accepts
	Gone         int          `json:"gone"`         // entries of the baseline that nothing matches
	Undocumented int          `json:"undocumented"` // open questions that AWS does not answer
	NotGiven     int          `json:"notGiven"`     // open questions that the input does not answer
	Unusable     int          `json:"unusable"`     // those among them of values that cannot be used
	Unasked      int          `json:"unasked"`      // those among them that were not asked, since something is missing
	FailOn       Threshold    `json:"failOn"`
	Exit         int          `json:"exit"`
	Line         string       `json:"line"`
}

// Conclude sorts, counts and settles the exit status. Known are the documents that may be cited.
func (r *Report) Conclude(failOn Threshold, known []rule.Document) {
	r.sort()
	r.Gone = r.accepts.gone()
	s := Summary{Verdict: rule.Allowed, Things: len(r.Findings), Gone: len(r.Gone), FailOn: failOn}
	cited := map[string]bool{}
	for _, f := range r.Findings {
		cited[f.Cite.Document] = true
		if f.Level == rule.Must {
			s.Must += len(f.Occurrences)
		} else {
			s.Should += len(f.Occurrences)
		}
	}
	for _, f := range r.Accepted {
		cited[f.Cite.Document] = true
		s.Accepted += len(f.Occurrences)
	}
	decides := false
	for _, q := range r.Open {
		decides = decides || q.Decides
		cited[q.Cites[0].Document], cited[q.Cites[1].Document] = true, true
		if q.Word == Undocumented {
			s.Undocumented += q.Count
			continue
		}
		s.NotGiven += q.Count
		if q.Unusable {
			s.Unusable += q.Count
		}
		if q.Unasked {
			s.Unasked += q.Count
		}
	}
	switch {
	case s.Must > 0:
		s.Verdict = rule.Denied
	case len(r.Open) > 0:
		s.Verdict = rule.Undocumented
	}
	switch {
	case failOn == FailNone:
	case s.Must > 0, s.Should > 0 && failOn != FailMust:
		s.Exit = 1
	case decides, len(r.Open) > 0 && failOn == FailOpen:
		s.Exit = 2
	}
	s.Line = s.line()
	r.Documents = []Document{}
	for _, d := range known {
		if cited[d.Key] {
			r.Documents = append(r.Documents, Document(d))
		}
	}
	r.Summary = s
	for _, list := range []*[]*Finding{&r.Findings, &r.Accepted} {
		if *list == nil {
			*list = []*Finding{}
		}
	}
	if r.Open == nil {
		r.Open = []*Question{}
	}
}

func (s Summary) line() string {
	parts := []string{fmt.Sprintf("findings: %d must, %d should", s.Must, s.Should)}
	if s.Accepted+s.Gone > 0 {
		parts = append(parts, fmt.Sprintf("baseline: %d accepted, %d gone", s.Accepted, s.Gone))
	}
	open := fmt.Sprintf("open: %d undocumented, %d not given", s.Undocumented, s.NotGiven)
	var among []string
	if s.Unusable > 0 {
		among = append(among, fmt.Sprintf("%d values that cannot be used", s.Unusable))
	}
	if s.Unasked > 0 {
		among = append(among, fmt.Sprintf("%d questions not asked", s.Unasked))
	}
	if len(among) > 0 {
		open += " (with " + strings.Join(among, " and ") + ")"
	}
	return strings.Join(append(parts, open), "; ")
}

// regions are those of all findings.
func (r *Report) regions() map[string]bool {
	regions := map[string]bool{}
	for _, f := range r.Findings {
		for _, region := range f.Regions {
			regions[region] = true
		}
	}
	return regions
}

// Headline says how much there is to do, and where.
func (r *Report) Headline() string {
	regions := r.regions()
	musts := 0
	for _, f := range r.Findings {
		if f.Level == rule.Must {
			musts++
		}
	}
	var where string
	switch len(regions) {
	case 0:
	case 1:
		for name := range regions {
			where = " in " + name
		}
	default:
		where = fmt.Sprintf(" in %d Regions", len(regions))
	}
	n := len(r.Findings)
	switch {
	case n == 0 && len(r.Open) == 0:
		return "Nothing needs action"
	case n == 0:
		return "Nothing that was answered needs action"
	case n == 1 && musts == 1:
		return "1 thing needs action" + where
	case n == 1:
		return "1 thing is advised" + where
	case musts == n:
		return fmt.Sprintf("%d things need action%s", n, where)
	case musts == 0:
		return fmt.Sprintf("%d things are advised%s", n, where)
	}
	return fmt.Sprintf("%d things need action%s: %d must be changed, %d should be", n, where, musts, n-musts)
}
