// Package param is the vocabulary in which the packages of rules list the numbers and
// names that their rules use. Those are rows as rules are: when a document changes, the row
// in force ends and another starts.
package param

import "github.com/wksgo/wks/rule"

// A Row is what a document says of one parameter. Rows of one name may be in force at once:
// then the parameter has all their values, as with the ranges of a Region, or the documents
// contradict one another, and their citations differ.
type Row struct {
	Rules []rule.Code // that use it; none for a fact that only functions use
	Name  string      // unique in its package: "root volume of GRAPHICS, least"
	Value string      // with its unit
	Span  rule.Span
	Cite  rule.Citation
}

// InForce returns the values that the rows of a name have in an edition, in their order.
// There are none if no document of the edition tells.
func InForce(rows []Row, e rule.Edition, name string) (values []string) {
	for _, r := range rows {
		if r.Name == name && r.Span.Contains(e) {
			values = append(values, r.Value)
		}
	}
	return values
}
