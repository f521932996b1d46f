package rule_test

import (
	"errors"
	"fmt"

	"github.com/wksgo/wks/rule"
)

// A validator of your own answers as those of the packages do: with what is wrong, what is not
// known, and whose it is to tell.
func ExampleAnswer() {
	const tooSmall rule.Code = "example.volume-too-small"
	check := func(root int, compute string) rule.Answer {
		var a rule.Answer
		if root < 80 {
			a.Violations = append(a.Violations, rule.Violation{Code: tooSmall, Path: "RootVolumeSizeGib", Detail: fmt.Sprintf("%d is below 80 GiB", root), Level: rule.Must})
		}
		if compute == "" {
			a.NotGiven("ComputeTypeName", "the compute type is not known")
		}
		return a.Concluded()
	}
	for _, a := range []rule.Answer{check(80, "POWER"), check(80, ""), check(70, "")} {
		fmt.Println(a.Verdict, errors.Is(a.Err(), tooSmall), a.Violations, a.Open)
	}
	// Output:
	// allowed false [] []
	// undocumented false [] [ComputeTypeName: the compute type is not known]
	// denied true [RootVolumeSizeGib: 70 is below 80 GiB (example.volume-too-small)] [ComputeTypeName: the compute type is not known]
}

// A batch puts the answers about its elements below their paths.
func ExampleAnswer_Merge() {
	var batch, one rule.Answer
	one.NotGiven("UserName", "the user is not known")
	batch.Merge(rule.Path("Workspaces").Index(3), one)
	fmt.Println(batch.Concluded().Verdict, batch.Open)
	// Output: undocumented [Workspaces[3].UserName: the user is not known]
}

// When a document changes, a rule gains a revision, so that the answer depends on the edition.
func ExampleRule_At() {
	change := rule.MustParseEdition("2020-04-29")
	tooSmall := rule.Rule{Code: "example.volume-too-small", Revisions: []rule.Revision{
		{Level: rule.Should, Span: rule.Span{Since: rule.MustParseEdition("2019-10-25"), Until: change}},
		{Level: rule.Must, Span: rule.Span{Since: change}},
	}}
	for _, date := range []string{"2019-01-01", "2020-01-01", "2020-05-01"} {
		revision, ok := tooSmall.At(rule.MustParseEdition(date))
		fmt.Printf("%s in force: %t %q\n", date, ok, revision.Level)
	}
	// Output:
	// 2019-01-01 in force: false ""
	// 2020-01-01 in force: true "should"
	// 2020-05-01 in force: true "must"
}

// A caller who must decide takes a position where the documents do not.
func ExampleVerdict_Or() {
	var answer rule.Verdict // no document says
	fmt.Println(answer, answer.Or(rule.Denied), rule.Allowed.Or(rule.Denied))
	// Output: undocumented denied allowed
}
