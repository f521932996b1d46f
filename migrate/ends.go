package migrate

import (
	"cmp"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

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
	var err error
	if r.day, err = tables.AsOf(r.edition, day); err != nil {
		return Rules{}, err
	}
	return r, nil
}

// Day returns the day that questions are about: that of AsOf, or the date of the edition.
func (r Rules) Day() rule.Edition { return cmp.Or(r.day, r.edition) }

// A targetEnd is the end of an operating system or a protocol, and where a target has it.
type targetEnd struct {
	*facts.Deadline
	at rule.Path
}

// targetEnds are those that an edition tells of, by the numbers of the bits of systems and protocols.
type targetEnds struct {
	ofSystem   [32]targetEnd
	ofProtocol [32]targetEnd
}

func newTargetEnds(e rule.Edition) (ends targetEnds) {
	for _, row := range facts.Ends.On(e) {
		d := Desktop{OS: types.OperatingSystemName(row.Name), Protocol: types.Protocol(row.Name)}
		t := d.traits()
		end := targetEnd{Deadline: row.Deadline()}
		switch row.Kind {
		case facts.EndOfSystem:
			end.at = rule.Path("Target").Join(partPath[facts.SystemPart])
			ends.ofSystem[number(t[theOS])] = end
		case facts.EndOfProtocol:
			end.at = rule.Path("Target").Join(partPath[facts.ProtocolPart])
			ends.ofProtocol[number(t[theProtocol])] = end
		}
	}
	return ends
}

// endings adds what ends, or has ended, of the target of a decision that is not denied otherwise.
func (d *Decision) endings(s *snapshot, day rule.Edition, target *traits) {
	if os := target[theOS]; os.others() == 0 {
		d.ending(s, day, s.ends.ofSystem[number(os)])
	}
	if protocol := target[theProtocol]; protocol.others() == 0 {
		d.ending(s, day, s.ends.ofProtocol[number(protocol)])
	}
}

// ending adds an end; without a Deadline there is none.
func (d *Decision) ending(s *snapshot, day rule.Edition, e targetEnd) {
	switch e.On(day) {
	case facts.Ahead:
		s.rules.BreakBy(&d.Answer, e.Cite, TargetEnds, e.at, "%s ends on %s", e.What, e.Last)
	case facts.Doubtful:
		s.rules.BreakBy(&d.Answer, e.Cite, TargetEnds, e.at, "%s ends on %s", e.What, e.Last)
		d.NotDocumented(e.at, facts.OnItsDay)
		if d.Verdict == rule.Allowed {
			d.over, d.Verdict = true, rule.Undocumented
			d.By = Statement{Text: facts.OnItsDay, Verdict: rule.Undocumented, Cite: e.Cite}
		}
	case facts.Over:
		s.rules.BreakBy(&d.Answer, e.Cite, TargetEnded, e.at, "%s ended on %s", e.What, e.Last)
		if d.Verdict != rule.Denied {
			d.over, d.Verdict = true, rule.Denied
			d.By = Statement{Text: d.Violations[len(d.Violations)-1].Detail, Verdict: rule.Denied, Cite: e.Cite}
		}
	}
}
