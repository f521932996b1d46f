package main

import (
	_ "embed"
	"fmt"
	"iter"
	"regexp"
	"strings"

	"github.com/wksgo/wks/rule"
)

// The tables of tokens have a line for each statement that begins with a version of a repository.
// Their columns, between tabs, are explained in the first lines of each.
var (
	//go:embed testdata/pages.tsv
	pageTokens string
	//go:embed testdata/model.tsv
	modelTokens string
	//go:embed testdata/copies.tsv
	copyTokens string
)

// A token is what shows that a version says something: a form that a line has there, and that no
// line had in the version before.
type token struct {
	where string // table and line, for the output
	tokenKey
	form   *regexp.Regexp
	silent bool           // no line has the form: the page does not speak of it
	within *regexp.Regexp // of the headings above the line; nil for any
	also   []string       // other pages that must not have said it before
	path   string         // of the member of the model, between dots; "" for a page
	used   bool
}

type tokenKey struct {
	pkg, document string
	since         rule.Edition
	row           string
}

type tokens map[tokenKey]*token

// parseTokens reads a table. isModel tells which columns it has.
func parseTokens(name, text string, isModel bool) (tokens, error) {
	table := tokens{}
	for where, columns := range rowsOf(name, text) {
		t, err := parseToken(columns, isModel)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", where, err)
		}
		t.where = where
		if other := table[t.tokenKey]; other != nil {
			return nil, fmt.Errorf("%s: %s has the same row", t.where, other.where)
		}
		table[t.tokenKey] = t
	}
	return table, nil
}

// rowsOf returns the rows of a table between tabs, without notes, each with its place and its columns.
func rowsOf(name, text string) iter.Seq2[string, []string] {
	return func(yield func(string, []string) bool) {
		n := 0
		for l := range strings.Lines(text) {
			n++
			l = strings.TrimRight(l, "\r\n")
			if l != "" && l[0] != '#' && !yield(fmt.Sprintf("%s:%d", name, n), strings.Split(l, "\t")) {
				return
			}
		}
	}
}

func parseToken(f []string, isModel bool) (t *token, err error) {
	if len(f) < 5 || len(f) > 7 || isModel && len(f) != 6 {
		return nil, fmt.Errorf("%d columns", len(f))
	}
	t = &token{tokenKey: tokenKey{pkg: f[0], document: f[1], row: f[3]}}
	if t.since, err = rule.ParseEdition(f[2]); err != nil {
		return nil, err
	}
	if isModel {
		t.path = f[4]
		t.form, err = regexp.Compile(f[5])
		return t, err
	}
	form, silent := strings.CutPrefix(f[4], "!")
	t.silent = silent
	if t.form, err = regexp.Compile("(?i)" + form); err != nil {
		return nil, err
	}
	if len(f) > 5 && f[5] != "" {
		if t.within, err = regexp.Compile("(?i)" + f[5]); err != nil {
			return nil, err
		}
	}
	if len(f) > 6 {
		for _, name := range strings.Fields(f[6]) {
			t.also = append(t.also, "doc_source/"+name+".md")
		}
	}
	return t, nil
}

// of returns the token of a statement: that of its row, else that of its name, which stands for all
// values, else that of a rule that it belongs to. It is nil if there is none.
func (table tokens) of(s *statement) *token {
	rows := []string{s.row(), s.name}
	for _, r := range s.rules {
		rows = append(rows, string(r))
	}
	for _, row := range rows {
		if t := table[tokenKey{s.pkg, s.cite.Document, s.span.Since, row}]; t != nil {
			t.used = true
			return t
		}
	}
	return nil
}
