package tables

import (
	"slices"
	"testing"

	"github.com/wksgo/wks/rule"
)

func TestRemedy(t *testing.T) {
	for code, want := range map[rule.Code]string{"test.small": "Make it larger.", "test.old": "Renew it.", "test.none": ""} {
		if got := testBook.Remedy(code); got != want {
			t.Errorf("%s: %q", code, got)
		}
	}
}

// The first edition stands there once, whether or not a row begins with it, and what ends with it is not listed.
func TestFirst(t *testing.T) {
	d := rule.MustParseEdition
	for first, want := range map[string][]rule.Edition{
		"2020-06-01": {d("2020-06-01"), d("2021-01-01"), d("2022-01-01")},
		"2020-07-01": {d("2020-07-01"), d("2021-01-01"), d("2022-01-01")},
		"2021-01-01": {d("2021-01-01"), d("2022-01-01")},
	} {
		book := testBook
		book.First = d(first)
		if got := book.Editions(); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", first, got, want)
		}
		for _, p := range book.Parameters() {
			if p.Name == "a" && p.Value == "i" && first == "2021-01-01" {
				t.Errorf("%s: lists what ended with it: %+v", first, p)
			}
		}
	}
}
