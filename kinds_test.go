package wks_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every exported package calls all that it exports with anything, and counts the work of all that takes a
// list.
func TestEveryPackageIsHeld(t *testing.T) {
	exports, anything, complete := map[string]bool{}, map[string]bool{}, map[string]bool{}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			_, err := os.Stat(filepath.Join(name, "go.mod"))
			if name != "." && (err == nil || d.Name() == "internal" || d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".")) {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		dir, isTest := filepath.ToSlash(filepath.Dir(name)), strings.HasSuffix(name, "_test.go")
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				exports[dir] = exports[dir] || !isTest && n.Name.IsExported() && file.Name.Name != "main"
			case *ast.SelectorExpr:
				x, _ := n.X.(*ast.Ident)
				anything[dir] = anything[dir] || isTest && x != nil && x.Name == "ruletest" && n.Sel.Name == "Anything"
				complete[dir] = complete[dir] || isTest && x != nil && x.Name == "lineartest" && n.Sel.Name == "Complete"
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for dir, does := range exports {
		if !does {
			continue
		}
		found++
		if !anything[dir] || !complete[dir] {
			t.Errorf("%s: calls with anything %t, counts of work %t", dir, anything[dir], complete[dir])
		}
	}
	if found < 10 {
		t.Errorf("%d packages", found)
	}
}
