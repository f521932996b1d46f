package byol

import (
	"cmp"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules of images that stream by a protocol that comes to an end. An end that lies at most two years
// ahead of the day of the rules is a Should, and one that is over a Must; see [Rules.AsOf]. They are the
// same as those of package bundles for a new WorkSpace.
const (
	ProtocolEnds  rule.Code = "byol.protocol-ends"
	ProtocolEnded rule.Code = "byol.protocol-ended"
)

const laterProtocol = "a protocol whose last day no document gives"

var endRules = []requirement{
	{ProtocolEnds, "The last day of the protocol of an image is known.", "Import for DCV instead.",
		[]ask{should(endOfPCoIPPage, facts.PCoIPEndTitle, facts.Announced, "", laterProtocol)}},
	{ProtocolEnded, "The life of the protocol of an image is over.", "Import for DCV instead.",
		[]ask{must(endOfPCoIPPage, facts.PCoIPEndTitle, facts.Announced, "", laterProtocol)}},
}

// AsOf returns the rules of the same edition for imports on day: what the documents of the edition say of
// ends is held against that day by CheckImport and CheckCustomImport. So [Newest] answers for a plan of
// next year. Without AsOf the day is the date of the edition. A later day never makes an answer better. A
// day before the edition is a *rule.InputError.
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

// ends are the last days of protocols.
func ends() tables.Facts {
	t := facts.Ends
	t.Rows = nil
	for _, e := range facts.Ends.Rows {
		if e.Kind == facts.EndOfProtocol {
			t.Rows = append(t.Rows, e)
		}
	}
	t.Lists = func(e facts.End) []rule.Parameter {
		return []rule.Parameter{{Rules: []rule.Code{ProtocolEnds, ProtocolEnded}, Name: "last day of " + e.What, Value: e.Last}}
	}
	return t
}

// protocolEnds are those that an edition tells of.
func protocolEnds(e rule.Edition) map[protocol]*facts.Deadline {
	list := map[protocol]*facts.Deadline{}
	for _, row := range facts.Ends.On(e) {
		if row.Kind == facts.EndOfProtocol {
			list[protocol(row.What)] = row.Deadline()
		}
	}
	return list
}

// checkEnd checks on the day of the rules that the protocol of an image does not end.
func (r Rules) checkEnd(a *rule.Answer, at rule.Path, p protocol) {
	e := r.s.ends[p]
	switch e.On(r.Day()) { // of each protocol a document says that it can be used on its last day
	case facts.Ahead:
		r.s.breachBy(a, e.Cite, ProtocolEnds, at, "%s ends on %s", e.What, e.Last)
	case facts.Over:
		r.s.breachBy(a, e.Cite, ProtocolEnded, at, "%s ended on %s", e.What, e.Last)
	}
}
