//go:build unix

package main

import (
	"bytes"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// A mutant is one change of the text of one declaration.
type mutant struct {
	file       string
	start, end int // of what is replaced, as offsets
	with       string
	row        bool // of a row of facts, not of code
	in         string
	line       int
	was, is    string // the line before and after, without space around it
	decl       ast.Node
	inline     bool // it needs a build of its own
	id         int
	timedOut   bool // what killed it is the time that its tests may take
}

// cut shortens what is long, and writes what has several lines as one.
func cut(text []byte) string {
	r := []rune(strings.Join(strings.Fields(string(text)), " "))
	if len(r) > 150 {
		return string(r[:149]) + "…"
	}
	return string(r)
}

// mutants returns all mutants of a package, by file and position.
func (p *pkg) mutants() (all []*mutant) {
	for _, name := range p.names {
		src := p.files[name]
		if ast.IsGenerated(src.file) {
			continue
		}
		w := writer{pkg: p, src: src}
		for _, d := range src.file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Body != nil {
					w.in, w.decl = functionName(d), d
					w.code(d.Body, d.Type)
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					if v, ok := s.(*ast.ValueSpec); ok {
						w.values(d.Tok, v)
					}
				}
			}
		}
		all = append(all, w.list...)
	}
	return all
}

func functionName(d *ast.FuncDecl) string {
	if d.Recv == nil {
		return d.Name.Name
	}
	typ := d.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	if of, ok := typ.(*ast.IndexExpr); ok {
		typ = of.X
	}
	return types.ExprString(typ) + "." + d.Name.Name
}

// A writer lists the mutants of a file.
type writer struct {
	*pkg
	src  *source
	in   string
	decl ast.Node
	row  bool
	list []*mutant
}

// replace adds the mutant that has a text in place of a node.
func (w *writer) replace(n ast.Node, with string) {
	start, end := w.span(n)
	w.replaceText(start, end, with)
}

func (w *writer) replaceText(start, end int, with string) {
	text := w.src.text
	from := bytes.LastIndexByte(text[:start], '\n') + 1
	line, _, _ := bytes.Cut(text[from:], []byte("\n"))
	rest, _, _ := bytes.Cut(text[end:], []byte("\n"))
	w.list = append(w.list, &mutant{
		file: w.src.name, start: start, end: end, with: with, row: w.row, in: w.in, decl: w.decl,
		line: bytes.Count(text[:start], []byte("\n")) + 1,
		was:  cut(line), is: cut(slices.Concat(text[from:start], []byte(with), rest)),
	})
}

func (w *writer) text(n ast.Node) string {
	start, end := w.span(n)
	return string(w.src.text[start:end])
}

// opposites are the operators that take the place of another, beyond its boundary and to its opposite.
var opposites = map[token.Token][]token.Token{
	token.EQL: {token.NEQ}, token.NEQ: {token.EQL},
	token.LSS: {token.LEQ, token.GEQ}, token.LEQ: {token.LSS, token.GTR},
	token.GTR: {token.GEQ, token.LEQ}, token.GEQ: {token.GTR, token.LSS},
	token.LAND: {token.LOR}, token.LOR: {token.LAND},
	token.ADD: {token.SUB}, token.SUB: {token.ADD}, token.MUL: {token.QUO}, token.QUO: {token.MUL}, token.REM: {token.MUL},
	token.SHL: {token.SHR}, token.SHR: {token.SHL}, token.AND: {token.OR}, token.OR: {token.AND}, token.XOR: {token.AND}, token.AND_NOT: {token.AND},
	token.ADD_ASSIGN: {token.SUB_ASSIGN}, token.SUB_ASSIGN: {token.ADD_ASSIGN}, token.MUL_ASSIGN: {token.QUO_ASSIGN}, token.QUO_ASSIGN: {token.MUL_ASSIGN},
	token.INC: {token.DEC}, token.DEC: {token.INC}, token.BREAK: {token.CONTINUE}, token.CONTINUE: {token.BREAK},
}

func (w *writer) operator(pos token.Pos, op token.Token) {
	start := w.fset.Position(pos).Offset
	for _, other := range opposites[op] {
		w.replaceText(start, start+len(op.String()), other.String())
	}
}

// code adds the mutants of the body of a function of a type.
func (w *writer) code(body *ast.BlockStmt, typ *ast.FuncType) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			w.code(n.Body, n.Type)
			return false
		case *ast.BinaryExpr:
			w.operator(n.OpPos, n.Op)
		case *ast.UnaryExpr:
			if n.Op == token.NOT {
				w.replace(n, w.text(n.X))
			}
		case *ast.IfStmt:
			w.replace(n.Cond, "!("+w.text(n.Cond)+")")
		case *ast.ForStmt:
			if n.Cond != nil {
				w.replace(n.Cond, "!("+w.text(n.Cond)+")")
			}
		case *ast.BasicLit:
			w.literal(n)
		case *ast.Ident:
			w.boolean(n)
		case *ast.ExprStmt, *ast.GoStmt, *ast.DeferStmt, *ast.SendStmt:
			w.replace(n, "")
		case *ast.IncDecStmt:
			w.operator(n.TokPos, n.Tok)
			w.replace(n, "")
		case *ast.AssignStmt:
			w.operator(n.TokPos, n.Tok)
			if n.Tok != token.DEFINE {
				w.replace(n, "")
			}
		case *ast.BranchStmt:
			w.operator(n.TokPos, n.Tok)
		case *ast.ReturnStmt:
			for _, r := range n.Results {
				w.result(r)
			}
		case *ast.BlockStmt:
			// A last return that is not that of the function can be left out.
			if last := len(n.List) - 1; n != body && last >= 0 {
				if r, ok := n.List[last].(*ast.ReturnStmt); ok {
					w.replace(r, "")
				}
			}
		}
		return true
	})
}

// result adds the mutants of what a function returns: another value of its type.
func (w *writer) result(r ast.Expr) {
	typ := w.info.Types[r].Type
	if typ == nil {
		return
	}
	text := w.text(r)
	switch t := typ.Underlying().(type) {
	case *types.Basic:
		switch {
		case t.Info()&types.IsBoolean != 0 && text != "true" && text != "false":
			w.replace(r, "!("+text+")")
		case t.Info()&types.IsString != 0 && text != `""`:
			w.replace(r, `""`)
		case t.Info()&types.IsNumeric != 0:
			if _, literal := r.(*ast.BasicLit); !literal {
				w.replace(r, "("+text+") + 1")
			}
		}
	case *types.Slice, *types.Map, *types.Pointer, *types.Signature, *types.Interface, *types.Chan:
		if text != "nil" {
			w.replace(r, "nil")
		}
	}
}

func (w *writer) boolean(n *ast.Ident) {
	if v := w.info.Types[n]; v.Value != nil && (n.Name == "true" || n.Name == "false") {
		w.replace(n, map[string]string{"true": "false", "false": "true"}[n.Name])
	}
}
