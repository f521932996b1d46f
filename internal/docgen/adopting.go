package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"strings"
	"text/template"
)

//go:embed adopting.tmpl
var adoptingTemplate string

// adopting writes the document of that name from its template, in which
//
//	{{example "name"}}      is the body of the function Example_name
//	{{declaration "name"}}  is a function, type or variable with its comment
//
// of docs/adopting_test.go, so that what it shows compiles and, as an example, passes.
func adopting(root fs.FS) ([]byte, error) {
	const name = "docs/adopting_test.go"
	src, err := fs.ReadFile(root, name)
	if err != nil {
		return nil, err
	}
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, name, src, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	s := snippets{src, set, f}
	t, err := template.New("adopting.tmpl").Funcs(template.FuncMap{"example": s.example, "declaration": s.declaration}).Parse(adoptingTemplate)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString(notice)
	if err := t.Execute(&b, nil); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// snippets cuts pieces of a file's text.
type snippets struct {
	src  []byte
	set  *token.FileSet
	file *ast.File
}

func (s snippets) between(from, to token.Pos) string {
	return string(s.src[s.set.Position(from).Offset:s.set.Position(to).Offset])
}

func fence(code string) string { return "```go\n" + strings.TrimSpace(code) + "\n```" }

func (s snippets) example(name string) (string, error) {
	for _, d := range s.file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == "Example_"+name {
			return fence(strings.ReplaceAll(s.between(f.Body.Lbrace+1, f.Body.Rbrace), "\n\t", "\n")), nil
		}
	}
	return "", fmt.Errorf("there is no Example_%s", name)
}

func (s snippets) declaration(name string) (string, error) {
	for _, d := range s.file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Name.Name == name {
				return fence(s.between(d.Doc.Pos(), d.End())), nil
			}
		case *ast.GenDecl:
			t, isType := d.Specs[0].(*ast.TypeSpec)
			v, isValue := d.Specs[0].(*ast.ValueSpec)
			if isType && t.Name.Name == name || isValue && v.Names[0].Name == name {
				return fence(s.between(d.Doc.Pos(), d.End())), nil
			}
		}
	}
	return "", fmt.Errorf("there is no declaration of %s", name)
}
