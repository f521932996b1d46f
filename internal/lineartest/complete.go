package lineartest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"slices"
	"strings"
	"testing"
)

// Complete holds that each exported function of the package in dir has a case if a parameter of it
// is a list, a map, a reader or the bytes of a document, or is of a type that holds such, which
// holders names. The name of a case is that of the function, and may go on after a comma.
func Complete(t *testing.T, dir fs.FS, cases map[string]func(n int), holders ...string) {
	t.Helper()
	covered := map[string]bool{}
	for name := range cases {
		function, _, _ := strings.Cut(name, ",")
		covered[function] = true
	}
	names, err := fs.Glob(dir, "*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := fs.ReadFile(dir, name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || !f.Name.IsExported() || f.Name.Name == "UnmarshalText" || f.Recv != nil && !exportedReceiver(f) {
				continue
			}
			if slices.ContainsFunc(f.Type.Params.List, func(p *ast.Field) bool { return isLong(p.Type, holders) }) {
				found++
				if !covered[f.Name.Name] {
					t.Errorf("%s has no case", f.Name.Name)
				}
			}
		}
	}
	if found == 0 {
		t.Error("no function takes a list")
	}
}

func exportedReceiver(f *ast.FuncDecl) bool {
	typ := f.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	name, ok := typ.(*ast.Ident)
	return ok && name.IsExported()
}

func isLong(typ ast.Expr, holders []string) bool {
	switch x := typ.(type) {
	case *ast.ArrayType, *ast.MapType, *ast.Ellipsis:
		return true
	case *ast.StarExpr:
		return isLong(x.X, holders)
	case *ast.Ident:
		return slices.Contains(holders, x.Name)
	case *ast.SelectorExpr:
		return x.Sel.Name == "Reader" || slices.Contains(holders, x.Sel.Name)
	}
	return false
}
