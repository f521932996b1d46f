package wks_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// starters are packages that start goroutines for whoever uses them.
var starters = []string{"net", "net/http", "net/http/httptest", "os/exec", "os/signal", module + "/throttle/redisquota"}

// Tests of a package that starts goroutines, or uses what does, fail when one is left behind, in nested modules, too.
func TestLeaksAreLookedFor(t *testing.T) {
	starts, tests, looks := map[string]string{}, map[string]bool{}, map[string]bool{}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
				return filepath.SkipDir
			}
			return err
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		dir := filepath.Dir(name)
		tests[dir] = tests[dir] || strings.HasSuffix(name, "_test.go")
		for _, i := range file.Imports {
			if slices.Contains(starters, strings.Trim(i.Path.Value, `"`)) {
				starts[dir] = name
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				starts[dir] = name
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "leaktest" && n.Sel.Name == "Main" {
					looks[dir] = true
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for dir, name := range starts {
		if dir != filepath.Join("internal", "leaktest") && tests[dir] {
			if found++; !looks[dir] {
				t.Errorf("%s starts goroutines, and no TestMain of its package calls leaktest.Main", name)
			}
		}
	}
	if found == 0 {
		t.Error("no package starts goroutines")
	}
}
