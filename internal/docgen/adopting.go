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
//	{{example "file" "name"}}      is the body of the function of a test that Go runs as an example
//	{{declaration "file" "name"}}  is a function, type or variable with its comment
//
// of a file of the module or of its examples, so that what it shows compiles and, as an example, passes.
func adopting(root fs.FS) ([]byte, error) {
	files := map[string]*snippets{}
	in := func(cut func(*snippets, string) (string, error)) func(file, name string) (string, error) {
		return func(file, name string) (string, error) {
			if files[file] == nil {
				s, err := parse(root, file)
				if err != nil {
					return "", err
				}
				files[file] = s
			}
			text, err := cut(files[file], name)
			if err != nil {
				err = fmt.Errorf("%s: %w", file, err)
			}
			return text, err
		}
	}
	t, err := template.New("adopting.tmpl").Funcs(template.FuncMap{"example": in((*snippets).example), "declaration": in((*snippets).declaration)}).Parse(adoptingTemplate)
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

func parse(root fs.FS, name string) (*snippets, error) {
	src, err := fs.ReadFile(root, name)
	if err != nil {
		return nil, err
	}
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, name, src, parser.ParseComments)
	return &snippets{src, set, f}, err
}

func (s *snippets) between(from, to token.Pos) string {
	return string(s.src[s.set.Position(from).Offset:s.set.Position(to).Offset])
}

func fence(code string) string { return "```go\n" + strings.TrimSpace(code) + "\n```" }

func (s *snippets) example(name string) (string, error) {
	for _, d := range s.file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == name {
			return fence(strings.ReplaceAll(s.between(f.Body.Lbrace+1, f.Body.Rbrace), "\n\t", "\n")), nil
		}
	}
	return "", fmt.Errorf("there is no %s", name)
}

func (s *snippets) declaration(name string) (string, error) {
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
