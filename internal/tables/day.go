package tables

import "github.com/wksgo/wks/rule"

// AsOf returns the day that questions of an edition are to be about. A day before the edition is a
// *rule.InputError.
func AsOf(edition, day rule.Edition) (rule.Edition, error) {
	if day.Compare(edition) < 0 {
		return rule.Edition{}, &rule.InputError{Path: "Day", Value: day.String(), Reason: "is before the edition, " + edition.String()}
	}
	return day, nil
}
