package ruletest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"strconv"
	"strings"
)

// source is what the files of a package tell of its exports and of the texts that it knows.
type source struct {
	functions []string            // exported, without those that start with Must
	methods   map[string][]string // exported, by exported type
	texts     []string            // short literals: names of values, and what tables hold
}

// files returns the parsed files of a package, without its tests.
func files(dir fs.FS) (list []*ast.File, err error) {
	names, err := fs.Glob(dir, "*.go")
	if err != nil {
		return nil, err
	}
	set := token.NewFileSet()
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := fs.ReadFile(dir, name)
		if err != nil {
			return nil, err
		}
		file, err := parser.ParseFile(set, name, text, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		list = append(list, file)
	}
	return list, nil
}

func exports(dir fs.FS) (s source, err error) {
	list, err := files(dir)
	s.methods = map[string][]string{}
	seen := map[string]bool{}
	for _, file := range list {
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			switch {
			case !ok || !f.Name.IsExported():
			case f.Recv == nil && !strings.HasPrefix(f.Name.Name, "Must"):
				s.functions = append(s.functions, f.Name.Name)
			case f.Recv != nil:
				typ := f.Recv.List[0].Type
				if star, ok := typ.(*ast.StarExpr); ok {
					typ = star.X
				}
				if name, ok := typ.(*ast.Ident); ok && name.IsExported() {
					s.methods[name.Name] = append(s.methods[name.Name], f.Name.Name)
				}
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if _, ok := n.(*ast.ImportSpec); ok {
				return false
			}
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
				text, err := strconv.Unquote(l.Value)
				if err == nil && len(text) <= 40 && strings.Count(text, " ") <= 1 && !seen[text] {
					seen[text] = true
					s.texts = append(s.texts, text)
				}
			}
			return true
		})
	}
	return s, err
}
