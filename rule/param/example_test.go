package param_test

import (
	"fmt"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/rule/param"
)

// How long had one to wait between two larger compute types?
func ExampleInForce() {
	rows := bundles.Parameters()
	for _, date := range []string{"2017-12-31", "2018-02-03", "2020-04-29", "2020-07-08", "2021-09-03"} {
		fmt.Println(date, param.InForce(rows, rule.MustParseEdition(date), "wait: larger compute type to the next larger one"))
	}
	// Output:
	// 2017-12-31 []
	// 2018-02-03 [24 h]
	// 2020-04-29 [6 h]
	// 2020-07-08 [1 h]
	// 2021-09-03 [6 h]
}
