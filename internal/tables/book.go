package tables

import (
	"slices"
	"strings"

	"github.com/wksgo/wks/rule"
)

// A Book is what a package of rules declares once: the documents that it has read, its rules
// and its tables of facts. What the package lists of itself, its editions, and the tests of its
// tables follow from the book.
type Book struct {
	Package   string // before the dot of each code: "bundles"
	Documents []rule.Document
	Rules     []Rule
	Facts     []Facts // tables, in the order in which Parameters lists them
	// First is the first edition of a package whose tables have rows that begin before it, such
	// as those that it shares with other packages. Zero is the date on which the first row begins.
	First rule.Edition
}

// A Rule is one rule with all that is said of it. It stands beside its check.
type Rule struct {
	Code      rule.Code
	Title     string // what is wrong, one sentence
	Remedy    string // what to do about it, one sentence
	Revisions []rule.Revision
	// Figures are the numbers and lists of the rule that do not change while it is in force.
	Figures []Figure
}

// A Figure is a parameter without dates.
type Figure struct{ Name, Value string }

// Facts is a table of any kind of rows. A Table is one.
type Facts interface{ entries() []Entry }

// An Entry is what the rows of all tables have in common.
type Entry struct {
	Table      string
	Key        string // at most one entry of a key is in force on a date
	Dated      Dated
	Parameters []rule.Parameter // without dates and citations, which are the entry's
}

// Dated is when a row holds and where it was read. Types of rows embed it.
type Dated struct {
	Span rule.Span
	Cite rule.Citation
}

// Row returns the dates. It makes types that embed Dated rows of a Table.
func (d Dated) Row() Dated { return d }

// Since returns the dates of a row that a document says from the version of since on, and
// until before that of until; "" is no end. It panics on a malformed date: it is for the
// composite literals of tables.
func Since(document, section, since, until string) Dated {
	return Dated{During(since, until), Cite(document, section, since)}
}

// Must is one revision of a rule that a document states; its arguments are those of Since.
func Must(document, section, since, until string) rule.Revision {
	return revision(rule.Must, Since(document, section, since, until))
}

// Should is one revision of a rule that a document advises; its arguments are those of Since.
func Should(document, section, since, until string) rule.Revision {
	return revision(rule.Should, Since(document, section, since, until))
}

func revision(l rule.Level, d Dated) rule.Revision {
	return rule.Revision{Level: l, Span: d.Span, Cite: d.Cite}
}

// A Table is rows of one kind.
type Table[R interface{ Row() Dated }] struct {
	Name string // of the table, unique in its book
	// Key tells rows apart: at most one of a key is in force on a date. It may be nil if the
	// table has no two rows in force at once.
	Key func(R) string
	// Lists tells the parameters in a row, with Rules, Name and Value alone. Without it a row is one
	// parameter that says that the fact of its key is documented, so that no citation is hidden.
	Lists func(R) []rule.Parameter
	Rows  []R
}

// On returns the rows that are in force on e, in their order, as a new slice.
func (t Table[R]) On(e rule.Edition) (rows []R) {
	for _, r := range t.Rows {
		if r.Row().Span.Contains(e) {
			rows = append(rows, r)
		}
	}
	return rows
}

// One returns the row that is in force on e, of a table that has no two at once.
func (t Table[R]) One(e rule.Edition) (row R, ok bool) {
	for _, r := range t.Rows {
		if r.Row().Span.Contains(e) {
			return r, true
		}
	}
	return row, false
}

func (t Table[R]) entries() (list []Entry) {
	for _, r := range t.Rows {
		e := Entry{Table: t.Name, Dated: r.Row()}
		if t.Key != nil {
			e.Key = t.Key(r)
		}
		if t.Lists != nil {
			e.Parameters = t.Lists(r)
		} else {
			e.Parameters = []rule.Parameter{{Name: strings.TrimSpace(e.Table + " " + e.Key), Value: "documented"}}
		}
		list = append(list, e)
	}
	return list
}

// Entries returns the rows of all tables, by table and in their order.
func (b *Book) Entries() (list []Entry) {
	for _, f := range b.Facts {
		list = append(list, f.entries()...)
	}
	return list
}

// Catalogue returns all that the book says of its rules, in their order, as a new slice.
func (b *Book) Catalogue() (list []rule.Rule) {
	for _, r := range b.Rules {
		list = append(list, rule.Rule{Code: r.Code, Title: r.Title, Remedy: r.Remedy, Revisions: slices.Clone(r.Revisions)})
	}
	return list
}

// Remedy returns the remedy of a rule, and "" for a code that the book does not have.
func (b *Book) Remedy(c rule.Code) string {
	for i := range b.Rules {
		if b.Rules[i].Code == c {
			return b.Rules[i].Remedy
		}
	}
	return ""
}

// Parameters returns what the rules and functions of the package use: first the tables, then
// the figures of the rules, as a new slice. What a row says as the one before
// it did, because only another of its facts changed, counts from the first of them.
func (b *Book) Parameters() (list []rule.Parameter) {
	for _, e := range b.Entries() {
		if e.Dated.Span.Until != (rule.Edition{}) && e.Dated.Span.Until.Compare(b.First) <= 0 {
			continue
		}
		for _, p := range e.Parameters {
			p.Rules, p.Span, p.Cite = slices.Clone(p.Rules), e.Dated.Span, e.Dated.Cite
			if i := slices.IndexFunc(list, func(before rule.Parameter) bool { return goesOn(before, p) }); i >= 0 {
				list[i].Span.Until = p.Span.Until
				continue
			}
			list = append(list, p)
		}
	}
	for _, r := range b.Rules {
		for _, f := range r.Figures {
			for _, v := range r.Revisions {
				list = append(list, rule.Parameter{Rules: []rule.Code{r.Code}, Name: f.Name, Value: f.Value, Span: v.Span, Cite: v.Cite})
			}
		}
	}
	return list
}

// goesOn reports whether a document goes on to say in a later row what it said in an earlier one.
// "documented" tells nothing of what is documented, so that it does not.
func goesOn(before, p rule.Parameter) bool {
	return p.Value != "documented" && before.Name == p.Name && before.Value == p.Value && before.Cite.Document == p.Cite.Document &&
		before.Span.Until == p.Span.Since && slices.Equal(before.Rules, p.Rules)
}

// Editions returns the dates on which a row begins or ends, from the first edition on, in
// ascending order, as a new slice.
func (b *Book) Editions() []rule.Edition {
	var spans []rule.Span
	for _, r := range b.Rules {
		for _, v := range r.Revisions {
			spans = append(spans, v.Span)
		}
	}
	for _, e := range b.Entries() {
		spans = append(spans, e.Dated.Span)
	}
	all := Dates(spans)
	if b.First == (rule.Edition{}) {
		return all
	}
	before := func(e rule.Edition) bool { return e.Compare(b.First) <= 0 }
	return append([]rule.Edition{b.First}, slices.DeleteFunc(all, before)...)
}
