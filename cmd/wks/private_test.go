package main

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

// opens are the functions of package os that make files which others may be able to read.
var opens = []string{"Create", "OpenFile", "WriteFile", "Mkdir", "MkdirAll", "NewFile", "CopyFS"}

// openly are the files that may use them, and why.
var openly = map[string]string{
	"internal/cli/private.go":  "sets the mode",
	"internal/collect/run.go":  "makes folders of mode 0700",
	"internal/fleet/sample.go": "saves the sample, which is made up",
	"internal/exportgen":       "is a generator of made-up exports, no part of the command",
	"internal/tfplan/tfrecord": "records made-up plans, no part of the command",
	"internal/schematest":      "is for tests alone",
	"internal/damagetest":      "is for tests alone",
}

// All that the command writes goes through cli.WriteFile and cli.OpenPrivate, which keep it from others, or is listed here.
func TestFilesArePrivate(t *testing.T) {
	used := map[string]bool{}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		name = filepath.ToSlash(name)
		for prefix := range openly {
			if name == prefix || strings.HasPrefix(name, prefix+"/") {
				used[prefix] = true
				return nil
			}
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, filepath.FromSlash(name), nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && slices.Contains(opens, s.Sel.Name) {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == "os" {
					t.Errorf("%s: os.%s makes a file that others may read; use package cli", set.Position(s.Pos()), s.Sel.Name)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for prefix := range openly {
		if !used[prefix] {
			t.Errorf("%s is not there any more", prefix)
		}
	}
}
