// Package ruletest holds what every package of rules needs in its tests: the
// invariants of tables, fixtures for each rule in each edition, and golden files.
package ruletest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/wksgo/wks/rule"
)

// An Entry is what a table's rows of any type have in common. At most one entry of
// a key may be in force on any date.
type Entry struct {
	Key  string
	Span rule.Span
	Cite rule.Citation
}

// Entries checks that each entry has a key, a well-ordered span, and a citation of a
// known document whose date lies in the span, and that no two entries of one key are
// in force on the same date.
func Entries(t testing.TB, docs []rule.Document, entries []Entry) {
	t.Helper()
	report(t, entryFaults(docs, entries))
}

// Rules checks rows as Entries does, and that the codes are well-formed, start with
// the package's name, have a level, and are exactly the exported constants of type
// rule.Code that the package in dir declares.
func Rules(t testing.TB, docs []rule.Document, dir fs.FS, rows []rule.Row) {
	t.Helper()
	name, declared, err := codeConstants(dir)
	if err != nil {
		t.Fatal(err)
	}
	report(t, ruleFaults(docs, name, declared, rows))
}

// Documents checks that keys are unique and that each document has a title, and an https URL or none.
func Documents(t testing.TB, docs []rule.Document) {
	t.Helper()
	report(t, documentFaults(docs))
}

func report(t testing.TB, faults []string) {
	t.Helper()
	for _, f := range faults {
		t.Error(f)
	}
}

func documentFaults(docs []rule.Document) (faults []string) {
	seen := map[string]bool{}
	for _, d := range docs {
		if d.Key == "" || d.Title == "" || d.URL != "" && !strings.HasPrefix(d.URL, "https://") {
			faults = append(faults, fmt.Sprintf("document %q: needs a key, a title, and an https URL or none", d.Key))
		}
		if seen[d.Key] {
			faults = append(faults, fmt.Sprintf("document %q: declared twice", d.Key))
		}
		seen[d.Key] = true
	}
	return faults
}

func entryFaults(docs []rule.Document, entries []Entry) (faults []string) {
	fault := func(e Entry, format string, args ...any) {
		faults = append(faults, fmt.Sprintf("%s since %s: ", e.Key, e.Span.Since)+fmt.Sprintf(format, args...))
	}
	var none rule.Edition
	for i, e := range entries {
		if e.Key == "" {
			fault(e, "no key")
		}
		if e.Span.Since == none {
			fault(e, "no start")
		} else if e.Span.Until != none && e.Span.Until.Compare(e.Span.Since) <= 0 {
			fault(e, "ends on %s", e.Span.Until)
		}
		if !slices.ContainsFunc(docs, func(d rule.Document) bool { return d.Key == e.Cite.Document }) {
			fault(e, "cites the unknown document %q", e.Cite.Document)
		}
		// A version before the span may announce what begins with it.
		if e.Cite.Section == "" || e.Cite.Date == none || e.Cite.Date.Compare(e.Span.Since) > 0 && !e.Span.Contains(e.Cite.Date) {
			fault(e, "cites section %q of %s, want a section of a version before the end of the span", e.Cite.Section, e.Cite.Date)
		}
		for _, f := range entries[:i] {
			if f.Key == e.Key && (f.Span.Contains(e.Span.Since) || e.Span.Contains(f.Span.Since)) {
				fault(e, "in force beside the row since %s", f.Span.Since)
			}
		}
	}
	return faults
}

func ruleFaults(docs []rule.Document, pkg string, declared map[rule.Code]string, rows []rule.Row) []string {
	entries := make([]Entry, len(rows))
	var faults []string
	used := map[rule.Code]bool{}
	for i, r := range rows {
		entries[i] = Entry{string(r.Code), r.Span, r.Cite}
		used[r.Code] = true
		if err := new(rule.Code).UnmarshalText([]byte(r.Code)); err != nil {
			faults = append(faults, err.Error())
		}
		if err := new(rule.Level).UnmarshalText([]byte(r.Level)); err != nil {
			faults = append(faults, fmt.Sprintf("%s: %v", r.Code, err))
		}
		if !strings.HasPrefix(string(r.Code), pkg+".") {
			faults = append(faults, fmt.Sprintf("%s: does not start with %q", r.Code, pkg+"."))
		}
		if declared[r.Code] == "" {
			faults = append(faults, fmt.Sprintf("%s: no exported constant", r.Code))
		}
	}
	for c, name := range declared {
		if !used[c] {
			faults = append(faults, fmt.Sprintf("constant %s (%s): no row", name, c))
		}
	}
	slices.Sort(faults)
	return append(faults, entryFaults(docs, entries)...)
}

// Codes returns the exported constants of type rule.Code in dir, in the order of their values.
func Codes(t testing.TB, dir fs.FS) []rule.Code {
	t.Helper()
	_, names, err := codeConstants(dir)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Sorted(maps.Keys(names))
}

// codeConstants returns the name of the package in dir and, by value, the names of
// its exported constants of type rule.Code.
func codeConstants(dir fs.FS) (pkg string, names map[rule.Code]string, err error) {
	files, err := fs.Glob(dir, "*.go")
	if err != nil {
		return "", nil, err
	}
	names = map[rule.Code]string{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		src, err := fs.ReadFile(dir, file)
		if err != nil {
			return "", nil, err
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, src, 0)
		if err != nil {
			return "", nil, err
		}
		pkg = f.Name.Name
		for _, decl := range f.Decls {
			gen, ok := decl.(*ast.GenDecl)
			if !ok || gen.Tok != token.CONST {
				continue
			}
			for _, spec := range gen.Specs {
				spec := spec.(*ast.ValueSpec)
				if !isRuleCode(spec.Type) {
					continue
				}
				for i, name := range spec.Names {
					lit, ok := spec.Values[i].(*ast.BasicLit)
					if !ok || !name.IsExported() {
						continue
					}
					value, err := strconv.Unquote(lit.Value)
					if err != nil {
						return "", nil, err
					}
					if other := names[rule.Code(value)]; other != "" {
						return "", nil, fmt.Errorf("ruletest: %s and %s are both %q", other, name.Name, value)
					}
					names[rule.Code(value)] = name.Name
				}
			}
		}
	}
	if len(names) == 0 {
		return "", nil, fmt.Errorf("ruletest: no constant of type rule.Code in %v", files)
	}
	return pkg, names, nil
}

func isRuleCode(e ast.Expr) bool {
	sel, ok := e.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	x, ok := sel.X.(*ast.Ident)
	return ok && x.Name == "rule" && sel.Sel.Name == "Code"
}
