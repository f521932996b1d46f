package migrate

import (
	"cmp"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules of targets that come to an end. An end that lies at most two years ahead of the day of the
// rules is a Should, and one that is over a Must; see [Rules.AsOf]. They are the same as those of package
// bundles for a new WorkSpace. That a compute type has ended is [TargetNotOffered].
const (
	TargetEnds  rule.Code = "migrate.target-ends"
	TargetEnded rule.Code = "migrate.target-ended"
)

var endRules = []tables.Rule{
	{
		Code:      TargetEnds,
		Title:     "The last day of the operating system or the protocol of the target is known.",
		Remedy:    "Choose a bundle with a later operating system, or with DCV.",
		Revisions: []rule.Revision{tables.Should(facts.BundlesPage, facts.BundlesTitle, autumn2025, "")},
	},
	{
		Code:      TargetEnded,
		Title:     "The life of the operating system or the protocol of the target is over.",
		Remedy:    "Choose a bundle with a later operating system, or with DCV.",
		Revisions: []rule.Revision{tables.Must(facts.BundlesPage, facts.BundlesTitle, autumn2025, "")},
	},
}

// AsOf returns the rules of the same edition for migrations on day: what the documents of the edition
// say of ends is held against that day by Check and NewPlan. So [Newest] answers for a plan of next year.
// Without AsOf the day is the date of the edition. A later day never makes an answer better. A day before
// the edition is a *rule.InputError.
func (r Rules) AsOf(day rule.Edition) (Rules, error) {
	if err := r.known(); err != nil {
		return Rules{}, err
	}
	if day.Compare(r.edition) < 0 {
		return Rules{}, &rule.InputError{Path: "Day", Value: day.String(), Reason: "is before the edition, " + r.edition.String()}
	}
	r.day = day
	return r, nil
}

// Day returns the day that questions are about: that of AsOf, or the date of the edition.
func (r Rules) Day() rule.Edition { return cmp.Or(r.day, r.edition) }

// A targetEnd is the end of an operating system or a protocol.
type targetEnd struct {
	what       string
	last, near rule.Edition // the last day, and the first on which the end is told
	uncertain  bool         // no document says whether it can be used on the last day
	at         rule.Path
	cite       rule.Citation
}

// targetEnds are those that an edition tells of.
func targetEnds(e rule.Edition) map[string]*targetEnd {
	list := map[string]*targetEnd{}
	for _, row := range facts.Ends.On(e) {
		if row.Kind == facts.EndOfPools {
			continue
		}
		at := partPath[facts.SystemPart]
		if row.Kind == facts.EndOfProtocol {
			at = partPath[facts.ProtocolPart]
		}
		list[row.Name] = &targetEnd{row.What, rule.MustParseEdition(row.Last), row.Near(), !row.OnLast, rule.Path("Target").Join(at), row.Cite}
	}
	return list
}

// end adds what ends, or has ended, of the target of a decision that is not denied otherwise.
func (d *Decision) end(r Rules, target *Desktop) {
	day := r.Day()
	for _, name := range [...]string{string(target.OS), string(target.Protocol)} {
		e := r.s.ends[name]
		switch {
		case e == nil || day.Compare(e.near) < 0:
		case day.Compare(e.last) <= 0:
			r.s.rules.BreakBy(&d.Answer, e.cite, TargetEnds, e.at, "%s ends on %s", e.what, e.last)
			if e.uncertain && day == e.last && d.Verdict != rule.Denied {
				d.NotDocumented(e.at, "no document says whether it can be used on the day of its end")
				if d.Verdict == rule.Allowed {
					d.over, d.Verdict = true, rule.Undocumented
					d.By = Statement{Text: d.Open[len(d.Open)-1].Reason, Verdict: rule.Undocumented, Cite: e.cite}
				}
			}
		default:
			r.s.rules.BreakBy(&d.Answer, e.cite, TargetEnded, e.at, "%s ended on %s", e.what, e.last)
			if d.Verdict != rule.Denied {
				d.over, d.Verdict = true, rule.Denied
				d.By = Statement{Text: d.Violations[len(d.Violations)-1].Detail, Verdict: rule.Denied, Cite: e.cite}
			}
		}
	}
}
