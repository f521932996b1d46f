package finding

import "github.com/wksgo/wks/rule"

// Own makes a rule of the command: one on which no package of the library has a rule. It holds at all
// times, and cites a document unless each finding cites one of its own.
func Own(code rule.Code, level rule.Level, title, remedy string, cite rule.Citation) rule.Rule {
	return rule.Rule{Code: code, Title: title, Remedy: remedy, Revisions: []rule.Revision{{Level: level, Cite: cite}}}
}

// Broken is the violation of a rule that Own made.
func Broken(r rule.Rule, detail string) rule.Violation {
	v := r.Revisions[0]
	return rule.Violation{Code: r.Code, Detail: detail, Level: v.Level, Cite: v.Cite, Remedy: r.Remedy}
}

// ByCode indexes rules by their codes.
func ByCode(list []rule.Rule) map[rule.Code]rule.Rule {
	m := map[rule.Code]rule.Rule{}
	for _, r := range list {
		m[r.Code] = r
	}
	return m
}
