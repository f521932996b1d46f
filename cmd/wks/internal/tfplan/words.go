package tfplan

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/wksgo/wks/rule"
)

// Words are text that a report may show: they hold nothing that the plan marks as sensitive, and
// nothing that a terminal might obey. All text of a report has this type. Constants are words.
// Everything else becomes words in this file alone, where it is known what is sensitive.
type words string

// A word is what say can put into a text.
type word interface{ word() words }

func (w words) word() words { return w }

// say is fmt.Sprintf for words, with %s for each of them.
func say(format string, list ...word) words {
	args := make([]any, len(list))
	for i, w := range list {
		args[i] = string(w.word())
	}
	return words(fmt.Sprintf(format, args...))
}

// plain makes words of text that is never sensitive: addresses, names and versions, and what does
// not come from the plan.
func plain(s string) words { return words(rule.Printable(s)) }

// brief is plain for text of a plan or a file that may be of any length.
func brief(s string) words { return plain(rule.Shorten(s)) }

// cut is the beginning of an address or a path that may be of any length.
func cut(w words) words { return words(rule.Shorten(string(w))) }

func count(n int) words { return words(strconv.Itoa(n)) }

const (
	hidden       words = "a value that is sensitive and is not shown"
	hiddenDetail words = "the value is sensitive and is not shown"
)

// secret reports whether the attribute, or a part of it, is sensitive.
func (a attr) secret() bool { return anyTrue(a.sensitive) }

// word returns the value as Terraform writes it.
func (a attr) word() words {
	if a.secret() {
		return hidden
	}
	switch v := a.value.(type) {
	case nil:
		return "null"
	case string:
		return plain(strconv.Quote(rule.Shorten(v)))
	default:
		return plain(rule.Shorten(fmt.Sprint(v)))
	}
}

// where is the path as texts have it.
func (a attr) where() words { return cut(a.path) }

// bare returns a string without quotes.
func (a attr) bare() words {
	if a.secret() {
		return hidden
	}
	return plain(rule.Shorten(a.text()))
}

// bareOrNumber returns a string without quotes, or a number.
func (a attr) bareOrNumber() words {
	if _, ok := a.value.(string); ok {
		return a.bare()
	}
	return a.word()
}

// joined writes a list with commas.
func joined(list []string) string { return strings.Join(list, ", ") }

// A place is an attribute of an object. With are the other attributes that an answer about it may
// quote: if one of them is sensitive, the answer is not shown.
type place struct {
	object *object
	attr   attr
	with   []attr
}

func (p place) word() words {
	if p.attr.path == "" {
		return p.object.word()
	}
	return say("%s: %s", p.object, p.attr.where())
}

func (p place) secret() bool { return p.attr.secret() || slices.ContainsFunc(p.with, attr.secret) }

// told is what a package says of the values at a place.
func (p place) told(text string) words {
	if p.secret() {
		return hiddenDetail
	}
	return plain(text)
}

// toldOf is told for a list, of which it names the first.
func (p place) toldOf(list []string) words {
	if p.secret() {
		return hiddenDetail
	}
	var first []words
	for _, s := range list[:min(mentioned, len(list))] {
		first = append(first, brief(s))
	}
	return few(first, len(list))
}

// A location is a Region, and whether it was read from something that is sensitive.
type location struct {
	code   string // "" if it is not known
	secret bool
}

func (l location) word() words {
	if l.secret {
		return "a Region that is not shown"
	}
	return brief(l.code)
}

// attr returns the Region as an attribute that answers may quote.
func (l location) attr() attr { return attr{value: l.code, sensitive: l.secret} }

// mentioned is how many things of a kind a text names.
const mentioned = 3

// few names the first things, and says how many more there are of a total.
func few[T word](first []T, total int) words {
	var s words
	for i, x := range first[:min(mentioned, len(first))] {
		if i > 0 {
			s += ", "
		}
		s += x.word()
	}
	if total > mentioned {
		return say("%s and %s more", s, count(total-mentioned))
	}
	return s
}
