// Package ruletest holds what every package of rules needs in its tests: the invariants of its book,
// fixtures for each rule in each edition, and golden files.
package ruletest

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// Book checks all that a book declares:
//   - Documents have unique keys, a title, and an https URL or none, and each is cited.
//   - Rules have well-formed, unique codes with the book's prefix, a title and a remedy that are
//     sentences, and revisions by date. They are exactly the exported constants of type rule.Code
//     that the package in dir declares.
//   - Rows and revisions have a well-ordered span before the newest edition, and cite a section of
//     a known document in a version before the end of the span. No two of a key are in force on
//     one date.
//   - Names of tables are words.
//   - Parameters have names and values, and codes of the book.
//
// A nil dir is for a book without rules.
func Book(t testing.TB, b *tables.Book, dir fs.FS) {
	t.Helper()
	var declared map[rule.Code]string
	if dir != nil {
		var err error
		if declared, err = constants(dir); err != nil {
			t.Fatal(err)
		}
	}
	report(t, bookFaults(b, declared))
}

func bookFaults(b *tables.Book, constants map[rule.Code]string) (faults []string) {
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	faults = append(faults, documentFaults(b.Documents)...)
	cited := map[string]bool{}
	ruled := map[rule.Code]bool{}
	var entries []entry
	for _, r := range b.Rules {
		if err := new(rule.Code).UnmarshalText([]byte(r.Code)); err != nil {
			fault("%v", err)
		}
		if !strings.HasPrefix(string(r.Code), b.Package+".") {
			fault("%s: does not start with %q", r.Code, b.Package+".")
		}
		if ruled[r.Code] {
			fault("%s: declared twice", r.Code)
		}
		ruled[r.Code] = true
		if constants[r.Code] == "" {
			fault("%s: no exported constant", r.Code)
		}
		if !isSentence(r.Title) || !isSentence(r.Remedy) {
			fault("%s: title %q and remedy %q want to be sentences", r.Code, r.Title, r.Remedy)
		}
		if len(r.Revisions) == 0 {
			fault("%s: no revision", r.Code)
		}
		for i, v := range r.Revisions {
			if err := new(rule.Level).UnmarshalText([]byte(v.Level)); err != nil {
				fault("%s: %v", r.Code, err)
			}
			if i > 0 && v.Span.Since.Compare(r.Revisions[i-1].Span.Since) <= 0 {
				fault("%s: revision since %s does not follow", r.Code, v.Span.Since)
			}
			entries = append(entries, entry{string(r.Code), v.Span, v.Cite})
		}
		for _, f := range r.Figures {
			if f.Name == "" || f.Value == "" {
				fault("%s: figure %+v", r.Code, f)
			}
		}
	}
	for code, name := range constants {
		if !ruled[code] {
			fault("constant %s (%s): no rule", name, code)
		}
	}
	for _, e := range b.Entries() {
		if e.Table == "" {
			fault("a table with the row %q has no name", e.Key)
		} else if !isWords(e.Table) {
			fault("the name of the table %q is not made of words", e.Table)
		}
		entries = append(entries, entry{strings.TrimSpace(e.Table + " " + e.Key), e.Dated.Span, e.Dated.Cite})
		for _, p := range e.Parameters {
			if p.Name == "" || p.Value == "" {
				fault("%s %s: parameter %+v", e.Table, e.Key, p)
			}
			for _, c := range p.Rules {
				if !ruled[c] {
					fault("%s %s: parameter of %s, which is no rule", e.Table, e.Key, c)
				}
			}
		}
	}
	for _, e := range entries {
		cited[e.cite.Document] = true
		if e.span.Since.Compare(tables.Newest()) > 0 {
			fault("%s since %s: begins after the newest edition, %s; run go generate", e.key, e.span.Since, tables.Newest())
		}
	}
	for _, d := range b.Documents {
		if !cited[d.Key] {
			fault("document %q: nothing cites it", d.Key)
		}
	}
	slices.Sort(faults)
	return append(faults, entryFaults(b.Documents, entries)...)
}

func isSentence(s string) bool {
	return len(s) > 1 && strings.ToUpper(s[:1]) == s[:1] && strings.HasSuffix(s, ".") && !strings.Contains(s, "\n")
}

// isWords reports whether a text has letters, digits, and single spaces, hyphens, dots and underscores between them alone.
func isWords(s string) bool { return wordsForm.MatchString(s) }

var wordsForm = regexp.MustCompile(`^[A-Za-z0-9]+([ ._-][A-Za-z0-9]+)*$`)

// constants returns the names of the exported constants of type rule.Code in dir, by value.
func constants(dir fs.FS) (map[rule.Code]string, error) {
	files, err := fs.Glob(dir, "*.go")
	if err != nil {
		return nil, err
	}
	names := map[rule.Code]string{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		src, err := fs.ReadFile(dir, file)
		if err != nil {
			return nil, err
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, src, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, decl := range f.Decls {
			gen, ok := decl.(*ast.GenDecl)
			if !ok || gen.Tok != token.CONST {
				continue
			}
			for _, spec := range gen.Specs {
				if err := constantsOf(spec.(*ast.ValueSpec), names); err != nil {
					return nil, fmt.Errorf("%s: %w", file, err)
				}
			}
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("no constant of type rule.Code in %v", files)
	}
	return names, nil
}

func constantsOf(spec *ast.ValueSpec, names map[rule.Code]string) error {
	sel, ok := spec.Type.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "Code" {
		return nil
	}
	for i, name := range spec.Names {
		lit, ok := spec.Values[i].(*ast.BasicLit)
		if !ok || !name.IsExported() {
			continue
		}
		value, err := strconv.Unquote(lit.Value)
		if err != nil {
			return err
		}
		if other := names[rule.Code(value)]; other != "" {
			return fmt.Errorf("%s and %s are both %q", other, name.Name, value)
		}
		names[rule.Code(value)] = name.Name
	}
	return nil
}

// Zero checks the methods of zero Rules, which hold no edition: those that return an error
// return a *rule.InputError about the edition, and the others return zero values. Arguments are
// zero values as well.
func Zero(t testing.TB, rules any) {
	t.Helper()
	v := reflect.ValueOf(rules)
	if !v.IsZero() || v.NumMethod() == 0 {
		t.Fatalf("%T: want zero Rules with methods", rules)
	}
	for i := range v.NumMethod() {
		m, name := v.Method(i), v.Type().Method(i).Name
		args := make([]reflect.Value, m.Type().NumIn())
		for j := range args {
			args[j] = reflect.Zero(m.Type().In(j))
		}
		call := m.Call
		if m.Type().IsVariadic() {
			call = m.CallSlice
		}
		for _, out := range call(args) {
			err, isError := out.Interface().(error)
			switch input := (*rule.InputError)(nil); {
			case isError && (!errors.As(err, &input) || input.Path != "Edition"):
				t.Errorf("%s: error %v, want a *rule.InputError about the edition", name, err)
			case !isError && out.Type() == reflect.TypeFor[error]():
				t.Errorf("%s: no error", name)
			case !isError && out.Kind() != reflect.Func && !out.IsZero():
				t.Errorf("%s: returns %v", name, out)
			}
		}
	}
}
