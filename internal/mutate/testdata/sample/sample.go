// Package sample has code and rows whose tests hold some of it.
package sample

import (
	"errors"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

const limit = 3

type row struct {
	name, since string
	size        int
	held        bool
	Title       string
}

var rows = []row{
	{"a", "2024-02-29", 1, true, "A row."},
	{name: "b", size: 2, Title: "Another."},
}

var revisions = []rule.Revision{tables.Must("guide", "Heading 1", "2020-02-28", "")}

// Size returns the size of a row.
func Size(name string) (n int, err error) {
	for _, r := range rows {
		if r.name == name {
			return r.size, nil
		}
	}
	return 0, errors.New("no row")
}

// Few reports whether there are few.
func Few(n int) bool { return n < limit }

// Twice returns a number twice. Its first statement assigns to the result.
func Twice(of int) (n int) {
	n, other := of, of
	return n + other
}

// Both adds to a list what both are.
func Both(list *[]string, a, b bool) {
	if a && b {
		*list = append(*list, "both")
	}
	unseen(list)
}

func unseen(list *[]string) {
	if len(*list) == 1000 {
		*list = nil
	}
}
