//go:build unix

package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"
	"time"
)

// values adds the mutants of constants and of package variables, whose values are rows of facts
// unless they are functions.
func (w *writer) values(tok token.Token, spec *ast.ValueSpec) {
	for i, value := range spec.Values {
		if i >= len(spec.Names) || spec.Names[i].Name == "_" {
			continue
		}
		w.in, w.decl, w.row = spec.Names[i].Name, value, tok == token.VAR
		w.rows(value)
		w.row = false
	}
}

// prose are the fields whose text is for people alone.
var prose = map[string]bool{"Title": true, "Remedy": true, "URL": true}

func (w *writer) rows(value ast.Expr) {
	ast.Inspect(value, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			row := w.row
			w.row = false
			w.code(n.Body, n.Type)
			w.row = row
			return false
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok && prose[key.Name] {
				return false
			}
		case *ast.BinaryExpr:
			w.operator(n.OpPos, n.Op)
		case *ast.BasicLit:
			w.literal(n)
		case *ast.Ident:
			w.boolean(n)
		case *ast.CallExpr:
			return w.dated(n)
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && x.Name == "tables" {
				if other := map[string]string{"Must": "Should", "Should": "Must"}[n.Sel.Name]; other != "" {
					w.replace(n.Sel, other)
				}
			}
		case *ast.CompositeLit:
			w.elements(n)
		}
		return true
	})
}

// dated adds the mutants of a call of package tables that dates a row, but none of the heading, its second argument:
// internal/sourcecheck holds headings against the documents. It reports whether the call is of another function.
func (w *writer) dated(call *ast.CallExpr) bool {
	fun, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || len(call.Args) < 3 {
		return true
	}
	if x, ok := fun.X.(*ast.Ident); !ok || x.Name != "tables" {
		return true
	}
	w.rows(fun)
	for i, arg := range call.Args {
		if i != 1 {
			w.rows(arg)
		}
	}
	return false
}

// elements adds the mutants that lack an element of a list or a map.
func (w *writer) elements(lit *ast.CompositeLit) {
	switch w.info.Types[lit].Type.Underlying().(type) {
	case *types.Slice, *types.Map:
	default:
		return
	}
	for i, e := range lit.Elts {
		start, end := w.span(e)
		if i+1 < len(lit.Elts) {
			end, _ = w.span(lit.Elts[i+1])
		} else if i > 0 {
			_, start = w.span(lit.Elts[i-1])
		}
		w.replaceText(start, end, "")
	}
}

// literal adds the mutants of a number, and of a text: a day before and after a date, and in
// a row another digit or another name. Other texts are prose, which no test should match.
func (w *writer) literal(n *ast.BasicLit) {
	switch n.Kind {
	case token.INT, token.FLOAT:
		w.replace(n, "("+n.Value+" + 1)")
		w.replace(n, "("+n.Value+" - 1)")
	case token.STRING:
		s, err := strconv.Unquote(n.Value)
		if err != nil {
			return
		}
		if date, err := time.Parse(time.DateOnly, s); err == nil {
			w.replace(n, strconv.Quote(date.AddDate(0, 0, 1).Format(time.DateOnly)))
			w.replace(n, strconv.Quote(date.AddDate(0, 0, -1).Format(time.DateOnly)))
			return
		}
		if !w.row || s == "" {
			return
		}
		if at := strings.LastIndexAny(s, "0123456789"); at >= 0 {
			w.replace(n, strconv.Quote(s[:at]+string('0'+(s[at]-'0'+1)%10)+s[at+1:]))
		} else if !strings.Contains(s, " ") {
			w.replace(n, strconv.Quote(s+"~"))
		}
	}
}
