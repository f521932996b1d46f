//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// switchFile is the file that a build adds to the package: it tells which mutant runs.
const switchFile = "zz_mutant.go"

// variable is the environment's name of the mutant that runs.
const variable = "WKS_MUTANT"

const switchText = `package %s

import "os"

var runningMutant = os.Getenv("` + variable + `")

func isMutant(id string) bool { return runningMutant == id }
`

// texts returns the files of the package with all mutants in them, each for the process that is asked to
// run it. A mutant that needs a build of its own comes alone, and runs always.
func (p *pkg) texts(mutants []*mutant) map[string][]byte {
	texts := map[string][]byte{}
	if len(mutants) == 1 && mutants[0].inline {
		m := mutants[0]
		text := p.files[m.file].text
		texts[m.file] = slices.Concat(text[:m.start], []byte(m.with), text[m.end:])
		return texts
	}
	byDecl := map[ast.Node][]*mutant{}
	byFile := map[string][]ast.Node{}
	for _, m := range mutants {
		if byDecl[m.decl] == nil {
			byFile[m.file] = append(byFile[m.file], m.decl)
		}
		byDecl[m.decl] = append(byDecl[m.decl], m)
	}
	for name, decls := range byFile {
		src := p.files[name]
		slices.SortFunc(decls, func(a, b ast.Node) int { return int(a.Pos() - b.Pos()) })
		var out bytes.Buffer
		done := 0
		for _, d := range decls {
			var node ast.Node = d
			if f, ok := d.(*ast.FuncDecl); ok {
				node = f.Body
			}
			start, end := p.span(node)
			out.Write(src.text[done:start])
			p.choose(&out, src, d, byDecl[d], start, end)
			done = end
		}
		out.Write(src.text[done:])
		texts[name] = out.Bytes()
	}
	texts[switchFile] = fmt.Appendf(nil, switchText, p.files[p.names[0]].file.Name.Name)
	return texts
}

// choose writes a declaration that is one of its mutants if the process is asked to run that.
func (p *pkg) choose(out *bytes.Buffer, src *source, decl ast.Node, mutants []*mutant, start, end int) {
	function, isFunction := decl.(*ast.FuncDecl)
	if isFunction {
		out.WriteString("{")
	} else {
		fmt.Fprintf(out, "func() %s {", p.typeOf(src, decl.(ast.Expr)))
	}
	for _, m := range mutants {
		fmt.Fprintf(out, "if isMutant(%q) {", fmt.Sprint(m.id))
		before, after := src.text[start:m.start], src.text[m.end:end]
		if !isFunction {
			fmt.Fprintf(out, " return %s%s%s }\n", before, m.with, after)
			continue
		}
		fmt.Fprintf(out, "%s%s%s\n", before, m.with, after)
		if function.Type.Results == nil {
			out.WriteString("return\n")
		}
		out.WriteString("}\n")
	}
	if isFunction {
		out.Write(src.text[start+1 : end])
	} else {
		fmt.Fprintf(out, "return %s }()", src.text[start:end])
	}
}

// typeOf writes a type as a file does.
func (p *pkg) typeOf(src *source, e ast.Expr) string {
	return types.TypeString(types.Default(p.info.Types[e].Type), func(of *types.Package) string {
		if of.Path() == p.path {
			return ""
		}
		for _, i := range src.file.Imports {
			if strings.Trim(i.Path.Value, `"`) == of.Path() && i.Name != nil {
				return i.Name.Name
			}
		}
		return of.Name()
	})
}

// sound reports whether a mutant compiles, and sets whether it needs a build of its own.
func (p *pkg) sound(m *mutant) bool {
	m.inline = false
	if !ownScope(m.decl) && p.check(p.texts([]*mutant{m}), nil) == nil {
		return true
	}
	m.inline = true
	return p.check(p.texts([]*mutant{m}), nil) == nil
}

// ownScope reports whether the body of a function means something else inside another block: it has labels, or
// assigns to a parameter with :=.
func ownScope(decl ast.Node) (own bool) {
	f, ok := decl.(*ast.FuncDecl)
	if !ok {
		return false
	}
	names := map[string]bool{}
	for _, list := range []*ast.FieldList{f.Recv, f.Type.Params, f.Type.Results} {
		if list == nil {
			continue
		}
		for _, field := range list.List {
			for _, n := range field.Names {
				names[n.Name] = true
			}
		}
	}
	for _, s := range f.Body.List {
		if a, ok := s.(*ast.AssignStmt); ok && a.Tok == token.DEFINE {
			for _, e := range a.Lhs {
				if n, ok := e.(*ast.Ident); ok && n.Name != "_" && names[n.Name] {
					return true
				}
			}
		}
	}
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if _, ok := n.(*ast.LabeledStmt); ok {
			own = true
		}
		return !own
	})
	return own
}

// golden is what stands in place of the package's comparison with files that a flag rewrites: such a file kills no mutant.
const golden = `package ruletest

import "testing"

// Golden compares nothing.
func Golden(testing.TB, string, []byte) {}
`

// build builds the tests of a package with mutants of p in them. It returns the program.
func (p *pkg) build(dir, name, tests, goldenFile string, mutants []*mutant) (string, error) {
	instead := map[string]string{}
	write := func(target, text string) error {
		file := filepath.Join(dir, fmt.Sprintf("%s-%d.go", name, len(instead)))
		instead[target] = file
		return os.WriteFile(file, []byte(text), 0o666)
	}
	for file, text := range p.texts(mutants) {
		if err := write(filepath.Join(p.dir, file), string(text)); err != nil {
			return "", err
		}
	}
	if err := write(goldenFile, golden); err != nil {
		return "", err
	}
	text, err := json.Marshal(map[string]any{"Replace": instead})
	if err != nil {
		return "", err
	}
	overlay := filepath.Join(dir, name+".json")
	if err := os.WriteFile(overlay, text, 0o666); err != nil {
		return "", err
	}
	program := filepath.Join(dir, name+".test")
	_, err = goCommand("test", "-c", "-vet=off", "-overlay", overlay, "-o", program, tests)
	return program, err
}
