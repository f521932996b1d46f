package wks_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/wksgo/wks"

// imports is the one table of who may import what, beside the standard library.
// Elements are packages of this module by directory, or modules by path. A package
// that is not listed fails the test, and so does an entry that nothing needs.
var imports = map[string]struct{ code, tests []string }{
	".":       {nil, nil},
	"rule":    {nil, []string{"rule", "internal/gen", "pgregory.net/rapid"}},
	"network": {[]string{"rule", "internal/tables"}, []string{"network", "rule", "internal/gen", "internal/ruletest", "pgregory.net/rapid"}},
	"migrate": {[]string{"rule", "internal/tables", "github.com/aws/aws-sdk-go-v2/service/workspaces/types"}, []string{"migrate", "rule", "internal/ruletest", "github.com/aws/aws-sdk-go-v2/aws", "github.com/aws/aws-sdk-go-v2/service/workspaces/types", "pgregory.net/rapid"}},
	"migrate/runner": {
		[]string{"migrate", "rule", "github.com/aws/aws-sdk-go-v2/aws", "github.com/aws/aws-sdk-go-v2/service/workspaces", "golang.org/x/time/rate"},
		[]string{"migrate", "migrate/migratetest", "migrate/runner", "rule", "github.com/aws/aws-sdk-go-v2/aws", "github.com/aws/aws-sdk-go-v2/service/workspaces", "pgregory.net/rapid"},
	},
	"migrate/migratetest": {[]string{"github.com/aws/aws-sdk-go-v2/aws", "github.com/aws/aws-sdk-go-v2/service/workspaces"}, []string{"migrate/migratetest", "github.com/aws/aws-sdk-go-v2/aws", "github.com/aws/aws-sdk-go-v2/service/workspaces"}},
	"internal/gen":        {[]string{"pgregory.net/rapid"}, []string{"internal/gen", "pgregory.net/rapid"}},
	"internal/tables":     {[]string{"rule"}, []string{"internal/tables", "rule"}},
	"internal/ruletest":   {[]string{"rule"}, []string{"rule"}},
	"examples/fleetmigrate": {
		[]string{"migrate", "migrate/migratetest", "migrate/runner", "rule", "github.com/aws/aws-sdk-go-v2/aws", "github.com/aws/aws-sdk-go-v2/config", "github.com/aws/aws-sdk-go-v2/service/workspaces"},
		[]string{"internal/ruletest", "migrate", "migrate/migratetest", "migrate/runner", "rule", "github.com/aws/aws-sdk-go-v2/service/workspaces/types"},
	},
	"examples/preflight": {[]string{"network", "rule"}, []string{"internal/ruletest", "network"}},
}

// requirements are the modules that go.mod may require directly.
var requirements = []string{
	"github.com/aws/aws-sdk-go-v2",
	"github.com/aws/aws-sdk-go-v2/config",
	"github.com/aws/aws-sdk-go-v2/service/workspaces",
	"github.com/cenkalti/backoff/v4",
	"golang.org/x/time",
	"pgregory.net/rapid",
}

func TestImports(t *testing.T) {
	type key struct {
		dir, imported string
		test          bool
	}
	used := map[key]bool{}
	dirs := map[string]bool{}
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			_, err := os.Stat(filepath.Join(file, "go.mod"))
			if file != "." && (err == nil || strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(file, ".go") {
			return nil
		}
		dir := filepath.ToSlash(filepath.Dir(file))
		dirs[dir] = true
		test := strings.HasSuffix(file, "_test.go")
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range f.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if first, _, _ := strings.Cut(imported, "/"); !strings.Contains(first, ".") {
				continue // the standard library
			}
			name := strings.TrimPrefix(imported, module+"/")
			used[key{dir, name, test}] = true
			allowed := imports[dir].code
			if test {
				allowed = imports[dir].tests
			}
			if !slices.ContainsFunc(allowed, func(a string) bool {
				return name == a || a != module && strings.Contains(a, ".") && strings.HasPrefix(imported, a+"/")
			}) {
				t.Errorf("%s imports %s", file, imported)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for dir := range dirs {
		if _, ok := imports[dir]; !ok {
			t.Errorf("package %s is not in the table of imports", path.Join(module, dir))
		}
	}
	for dir, may := range imports {
		for test, list := range map[bool][]string{false: may.code, true: may.tests} {
			for _, name := range list {
				if !used[key{dir, name, test}] {
					t.Errorf("%s may import %s (tests: %t) and does not", dir, name, test)
				}
			}
		}
	}
}

func TestRequirements(t *testing.T) {
	text, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	lines := regexp.MustCompile(`(?m)^(?:require)?\s+([a-z][\w./-]*\.[\w./-]*) v\S+(.*)$`).FindAllStringSubmatch(string(text), -1)
	if len(lines) == 0 {
		t.Fatal("no requirement found in go.mod")
	}
	for _, l := range lines {
		if !strings.Contains(l[2], "// indirect") && !slices.Contains(requirements, l[1]) {
			t.Errorf("go.mod requires %s", l[1])
		}
	}
}
