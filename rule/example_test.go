package rule_test

import (
	"errors"
	"fmt"

	"github.com/wksgo/wks/rule"
)

// A package keeps its rules as rows. When a document changes, the row in force is
// closed and a new one added, so the answer depends on the edition asked for.
func Example() {
	const tooSmall rule.Code = "example.volume-too-small"
	change := rule.MustParseEdition("2020-04-29")
	rows := []rule.Row{
		{
			Code: tooSmall, Level: rule.Should,
			Span: rule.Span{Since: rule.MustParseEdition("2019-10-25"), Until: change},
			Cite: rule.Citation{Document: "guide", Section: "Volumes", Date: rule.MustParseEdition("2019-10-25")},
		},
		{
			Code: tooSmall, Level: rule.Must,
			Span: rule.Span{Since: change},
			Cite: rule.Citation{Document: "guide", Section: "Volumes", Date: change},
		},
	}
	for _, date := range []string{"2020-01-01", "2020-05-01"} {
		var vs rule.Violations
		vs = vs.Append(rows, rule.MustParseEdition(date), tooSmall, "WorkspaceProperties.RootVolumeSizeGib", "70 is below 80 GiB")
		err := vs.Err()
		fmt.Println(date, vs[0].Level, errors.Is(err, tooSmall), err)
	}
	// Output:
	// 2020-01-01 should false <nil>
	// 2020-05-01 must true WorkspaceProperties.RootVolumeSizeGib: 70 is below 80 GiB (example.volume-too-small)
}

// A caller who must decide takes a position where the documents do not.
func ExampleVerdict_Or() {
	var answer rule.Verdict // no document says
	fmt.Println(answer, answer.Or(rule.Denied), rule.Allowed.Or(rule.Denied))
	// Output: undocumented denied allowed
}
