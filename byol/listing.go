package byol

import (
	"slices"
	"strings"

	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/rule/param"
)

// Rows returns the rules of the package with their levels, spans and citations, by topic and
// date, as a copy. Programs that list rules use it; a check is asked of Rules.
func Rows() []rule.Row {
	list := make([]rule.Row, len(rows))
	for i := range rows {
		list[i] = rows[i].Row
	}
	return list
}

// used are the rules that go by statements which are no rules, by how their subjects start.
var used = []struct {
	subject string
	codes   []rule.Code
}{
	{"windows ", []rule.Code{OSNotSupported, WindowsEditionUnsupported}},
	{"compute types", []rule.Code{ComputeTypesDisputed}},
	{"ingestion ", []rule.Code{ProcessForOtherCompute, ProcessNotAllowListed, ProtocolOSIncompatibility}},
}

// Parameters returns everything that the documents say, by table in the order of its rows,
// as a new slice: what each rule asks for, and the systems, processes, steps and values that
// [Rules.Statements] has for one edition.
func Parameters() (list []param.Row) {
	for _, s := range statements() {
		p := param.Row{Name: s.Subject, Value: s.Text, Span: s.span, Cite: s.Cite}
		if s.Level != "" {
			p.Rules = []rule.Code{rule.Code(s.Subject)}
			p.Name = "want, for " + strings.TrimPrefix(s.Subject, "byol.")
		}
		for _, u := range used {
			if strings.HasPrefix(s.Subject, u.subject) {
				p.Rules = slices.Clone(u.codes)
			}
		}
		list = append(list, p)
	}
	return list
}
