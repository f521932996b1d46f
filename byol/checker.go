package byol

import (
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// A Result is what a test of the BYOL Checker says, in the words of the checker if it has one.
type Result string

const (
	Passed  Result = "PASSED"
	Warning Result = "WARNING" // can mostly be fixed by the checker itself
	Failed  Result = "FAILED"
	Exempt  Result = "EXEMPT"  // the checker does not run the test on this system
	Unknown Result = "UNKNOWN" // a fact that the test looks at was not provided
)

// A Test is the result of one test.
type Test struct {
	Name   string `json:"name"` // without Test-BYOL_
	Result Result `json:"result"`
	// Counted is set if the whole run does not succeed because of the result: a failure, or
	// a warning that is more than advice.
	Counted bool `json:"counted"`
	// Fixable is set for a warning that the button for all warnings removes.
	Fixable bool      `json:"fixable"`
	Got     string    `json:"got,omitempty"` // the fact, if there is one; a long one is cut
	Code    rule.Code `json:"code"`          // of CheckMachine for the same matter
	// ErrorCode is the name of the error after an import. The script has another name for one
	// of them, 64BitOS for Requires64BitOS. Versions before 2.13.25 have no error codes.
	ErrorCode types.WorkspaceImageErrorDetailCode `json:"errorCode"`
}

// A CheckerRun is what a run of the checker prints. The verdict is Allowed if the checker
// would print Validation Successful: nothing failed and no warning counted. Each test that
// failed or warned has a violation, in the order of the tests. It cites the script; its path
// is BYOLChecker and the name of the test; it is a Must if the result counts, and a Should if
// the warning is advice. CheckMachine uses the same codes for the figures of the documents.
// Tests that are Unknown are open.
type CheckerRun struct {
	rule.Answer
	Version string        `json:"version"`
	Tests   []Test        `json:"tests"` // in the order of the script, exempt ones included
	Cite    rule.Citation `json:"cite"`
}

// CheckerOptions tell how the checker is run. The zero value is a run in its window.
type CheckerOptions struct {
	Automated bool // without a window, as the import runs it
	Office    bool // for an image that subscribes to Office; read for automated runs alone
}

// RunChecker tells what the BYOL Checker of the edition prints on a machine: 2.0.6 from
// 2019-10-25, 2.1.1 from 2020-04-29, 2.13.25 from 2024-05-01 on. The last is the day of the script's signature. The
// other two scripts have no day: theirs are a reading of the names of logs that the guide prints, that of 2.0.6 since
// 2019-01-08 and of 2.1.1 since 2020-03-31. It copies what is odd in the script: in its window, a warning for less than 20 GB hides the failure for less than 10 GB;
// it accepts builds that the guide has dropped, and not 24H2 and 25H2; it does not test the
// language. Two things it cannot copy, because Machine does not tell enough. Versions before 2.13.25
// look at the size of drive C:, so that a disk 0 that is too large leaves their DriveLessThan80GB
// open. DHCPEnabledInterface passes in the script if one interface among several has a static
// address; here it fails for any.
//
// The error is a *rule.InputError for an edition without a known checker, and else as that of
// CheckMachine.
func (r Rules) RunChecker(m *Machine, o CheckerOptions) (CheckerRun, error) {
	if _, err := r.machine(m); err != nil {
		return CheckerRun{}, err
	}
	c := r.s.checker
	if c == nil {
		return CheckerRun{}, &rule.InputError{Path: "Edition", Value: r.edition.String(), Reason: "has no BYOL Checker whose tests are known"}
	}
	run := CheckerRun{Version: c.version, Cite: c.Cite}
	for i := range checkerTests {
		t := &checkerTests[i]
		if t.since21325 && !c.errorCodes {
			continue
		}
		got := trial{Result: Exempt}
		if !t.exempts(c, o, m) {
			got = t.run(c, o, m)
		}
		// Two warnings are advice to those who will subscribe to Office.
		advice := c.errorCodes && (t.name == "OfficeInstalled" || t.name == "FreeDiskSpace")
		test := Test{
			Name: t.name, Code: t.code, ErrorCode: t.errorCode, Result: got.Result, Got: show(got.fact),
			Counted: got.Result == Failed || got.Result == Warning && !advice,
			Fixable: got.Result == Warning && t.fixable,
		}
		run.Tests = append(run.Tests, test)
		r.s.report(&run, test, &got)
	}
	run.Answer = run.Concluded()
	return run, nil
}

// report adds what the result of a test means to the answer of the run.
func (s *snapshot) report(run *CheckerRun, t Test, got *trial) {
	switch t.Result {
	case Unknown:
		why := got.why
		if why == "" {
			why = "it is not given"
		}
		run.NotGiven(got.lacks, why+", and the test "+t.Name+" of BYOLChecker "+run.Version+" looks at it")
	case Failed, Warning:
		detail := t.Name + " of BYOLChecker " + run.Version + " says " + string(t.Result)
		if t.Got != "" {
			detail += ": " + t.Got
		}
		level := rule.Should
		if t.Counted {
			level = rule.Must
		}
		run.Violations = append(run.Violations, rule.Violation{
			Code: t.Code, Path: rule.Path("BYOLChecker").Join(rule.Path(t.Name)), Detail: detail, Level: level, Cite: run.Cite, Remedy: remedies[t.Code],
		})
	}
}

// remedies are the remedies of the rules by code. Violations that come from the checker or
// from the errors of images need them: no rule of an edition decides those.
var remedies = func() map[rule.Code]string {
	list := map[rule.Code]string{}
	for i := range requirements {
		list[requirements[i].code] = requirements[i].remedy
	}
	return list
}()
