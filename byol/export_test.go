package byol

import (
	"slices"

	"github.com/wksgo/wks/rule"
)

// Book is what the tests of the tables look at.
var Book = &book

// EligibilityCodes and MachineCodes give them the codes of the checks.
func EligibilityCodes() []rule.Code { return codesOf(accountChecks) }

func MachineCodes() []rule.Code { return codesOf(machineChecks) }

func codesOf[F any](checks []check[F]) (codes []rule.Code) {
	for _, c := range checks {
		codes = append(codes, c.code)
	}
	return slices.Compact(codes)
}

// Forms gives them the hand-written forms of the API's patterns.
var Forms = map[string]func(string) bool{
	"ami": isEC2Image, "import task": isImportTask, "image": isImage, "region": isRegion,
	"build version": isBuildVersion, "infrastructure": isInfrastructure,
	"name":        func(s string) bool { return s != "" && imageNameBytes.hold(s) },
	"description": func(s string) bool { return s != "" && imageDescriptionBytes.hold(s) },
}

// A FakeLine is the outcome of a check that Judge makes up.
type FakeLine struct {
	Level    rule.Level
	State    State
	Disputed bool
}

// Judge is the answer to fake lines.
func Judge(fakes ...FakeLine) Checklist {
	codes := map[rule.Level]rule.Code{rule.Must: DomainJoined, rule.Should: FirewallEnabled}
	var checks []inForce[struct{}]
	for _, f := range fakes {
		a := &ask{Revision: rule.Revision{Level: f.Level}, want: "x"}
		if f.Disputed {
			a.against.Document = "other"
		}
		out := outcome{state: f.State}
		if f.State == Undocumented {
			out = undocumented(nil, "x")
		}
		checks = append(checks, inForce[struct{}]{func(*struct{}, system, *ask) outcome { return out }, a, codes[f.Level], "x", "x"})
	}
	var list Checklist
	list.Answer = judge(snapshots.Newest(), checks, new(struct{}), system{}, &list.Lines)
	return list
}
