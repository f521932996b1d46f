package throttle

import (
	"fmt"

	"github.com/wksgo/wks/rule/param"
)

// Parameters returns what the documents say of the quota, by date, as a new slice.
func Parameters() (list []param.Row) {
	for _, r := range quotaRows {
		list = append(list,
			param.Row{Name: "calls, in the long run", Value: fmt.Sprintf("%g a second", float64(r.Rate)), Span: r.Span, Cite: r.Cite},
			param.Row{Name: "calls at once", Value: fmt.Sprint(r.Burst), Span: r.Span, Cite: r.Cite})
	}
	return list
}
