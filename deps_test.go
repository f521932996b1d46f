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

const (
	sdkCore   = "github.com/aws/aws-sdk-go-v2/aws"
	smithy    = "github.com/aws/smithy-go"
	sdkClient = "github.com/aws/aws-sdk-go-v2/service/workspaces"
	sdkTypes  = sdkClient + "/types"
)

// imports is the one table of who may import what, beside the standard library.
// Elements are packages of this module by directory, or modules by path. A package
// that is not listed fails the test, and so does an entry that nothing needs.
var imports = map[string]struct{ code, tests []string }{
	".": {
		[]string{
			sdkCore, sdkClient, smithy + "/middleware",
			"bundles", "bundles/encryption", "byol", "devices", "internal/facts", "internal/tables", "internal/wire", "internal/wire/request", "migrate", "monitor", "network", "rule", "troubleshoot",
		},
		[]string{
			sdkCore, sdkClient, smithy + "/middleware", smithy + "/transport/http", "github.com/wksgo/wks",
			"bundles", "bundles/encryption", "byol", "devices", "internal/leaktest", "internal/lineartest", "internal/ruletest", "internal/wire", "migrate", "monitor", "network", "rule", "throttle", "troubleshoot", sdkTypes, "pgregory.net/rapid",
		},
	},
	"rule":    {nil, []string{"rule", "internal/gen", "internal/lineartest", "internal/ruletest", "pgregory.net/rapid"}},
	"network": {[]string{"internal/facts", "internal/tables", "rule"}, []string{"internal/facts", "network", "rule", "internal/gen", "internal/leaktest", "internal/lineartest", "internal/ruletest", "pgregory.net/rapid"}},
	"bundles": {[]string{"internal/facts", "internal/tables", "rule", sdkTypes}, []string{"bundles", "internal/facts", "internal/fixture", "internal/gen", "internal/lineartest", "internal/ruletest", "internal/tables", "rule", sdkTypes, "pgregory.net/rapid"}},
	"bundles/encryption": {
		[]string{"rule", "internal/facts", "internal/jsonstream", "internal/tables", sdkTypes},
		[]string{"bundles/encryption", "rule", "internal/lineartest", "internal/ruletest", sdkTypes, "pgregory.net/rapid"},
	},
	"byol": {[]string{"internal/facts", "internal/tables", "rule", sdkTypes}, []string{"byol", "rule", "internal/facts", "internal/gen", "internal/lineartest", "internal/ruletest", "internal/tables", sdkTypes, "pgregory.net/rapid"}},
	"monitor": {
		[]string{"internal/bounded", "internal/facts", "internal/jsonstream", "internal/tables", "rule"},
		[]string{"internal/jsonstream", "internal/lineartest", "internal/ruletest", "monitor", "network", "rule", "pgregory.net/rapid"},
	},
	"devices":             {[]string{"internal/facts", "internal/tables", "rule"}, []string{"devices", "rule", "internal/lineartest", "internal/ruletest", "pgregory.net/rapid"}},
	"troubleshoot":        {[]string{"internal/facts", "internal/tables", "rule"}, []string{"internal/lineartest", "internal/ruletest", "rule", "troubleshoot", sdkTypes, "pgregory.net/rapid"}},
	"internal/bounded":    {nil, []string{"internal/bounded"}},
	"internal/damage":     {[]string{"pgregory.net/rapid"}, []string{"internal/damage", "internal/lineartest", "pgregory.net/rapid"}},
	"internal/gen":        {[]string{"pgregory.net/rapid"}, []string{"internal/gen", "pgregory.net/rapid"}},
	"internal/tables":     {[]string{"rule"}, []string{"internal/tables", "rule"}},
	"internal/jsonstream": {nil, []string{"internal/lineartest", "pgregory.net/rapid"}},
	"internal/fixture":    {[]string{"rule"}, []string{"rule"}},
	"internal/facts":      {[]string{"internal/tables", "rule"}, []string{"internal/ruletest", "internal/tables", "rule", sdkTypes, "pgregory.net/rapid"}},
	"docs":                {nil, []string{sdkCore, sdkClient, "github.com/wksgo/wks", "bundles", "byol", "migrate", "network", "rule", "wkstest"}},
	"internal/docgen": {
		[]string{"github.com/wksgo/wks", "bundles", "bundles/encryption", "byol", "devices", "internal/fixture", "internal/sources", "internal/tables", "migrate", "monitor", "network", "rule", "throttle", "troubleshoot", sdkTypes},
		[]string{"bundles", "internal/fixture", "internal/leaktest", "internal/lineartest", "rule"},
	},
	"internal/sources": {nil, []string{"internal/sources"}},
	"internal/sourcecheck": {
		[]string{"bundles", "bundles/encryption", "byol", "devices", "internal/sources", "migrate", "monitor", "network", "rule", "throttle", "troubleshoot"},
		[]string{"internal/leaktest", "internal/lineartest", "internal/sources", "rule"},
	},
	"internal/ruletest": {
		[]string{"internal/fixture", "internal/tables", "rule", "pgregory.net/rapid"},
		[]string{"internal/fixture", "internal/leaktest", "internal/tables", "rule", "pgregory.net/rapid"},
	},
	"internal/lineartest":    {nil, []string{"internal/leaktest"}},
	"internal/leaktest":      {nil, nil},
	"internal/mutate":        {nil, []string{"internal/leaktest", "internal/lineartest"}},
	"internal/rulelists":     {nil, nil},
	"internal/wire":          {nil, []string{"internal/wire", "internal/wire/wiretest", "pgregory.net/rapid"}},
	"internal/wire/generate": {[]string{sdkClient}, nil},
	"internal/wire/request": {
		[]string{sdkClient, "internal/jsonstream", "internal/wire", "rule"},
		[]string{sdkCore, sdkClient, smithy, "internal/jsonstream", "internal/leaktest", "internal/lineartest", "internal/wire", "internal/wire/request", "internal/wire/wiretest", "pgregory.net/rapid", "rule"},
	},
	"internal/wire/wiretest": {nil, []string{"internal/wire/wiretest"}},
	"throttle": {
		[]string{"internal/facts", "internal/tables", "internal/wire", "rule", sdkCore, sdkClient, smithy, "github.com/cenkalti/backoff/v4", "golang.org/x/time/rate"},
		[]string{"internal/leaktest", "internal/lineartest", "internal/ruletest", "rule", "throttle", "wkstest", sdkCore, sdkClient, smithy, "github.com/cenkalti/backoff/v4", "golang.org/x/time/rate", "pgregory.net/rapid"},
	},
	"migrate": {[]string{"rule", "internal/facts", "internal/tables", sdkTypes}, []string{"internal/facts", "migrate", "rule", "internal/lineartest", "internal/ruletest", sdkCore, sdkTypes, "pgregory.net/rapid"}},
	"migrate/runner": {
		[]string{"internal/facts", "migrate", "rule", "throttle", sdkCore, sdkClient, smithy + "/time", "github.com/cenkalti/backoff/v4"},
		[]string{"internal/fleet", "internal/leaktest", "internal/lineartest", "internal/ruletest", "migrate", "migrate/internal/remote", "migrate/runner", "rule", "throttle", "wkstest", sdkCore, sdkClient, smithy, "pgregory.net/rapid"},
	},
	"wkstest": {
		[]string{
			"bundles", "bundles/encryption", "byol", "devices", "github.com/wksgo/wks", "internal/wire", "migrate", "network", "rule", "throttle",
			sdkCore, sdkClient, smithy,
		},
		[]string{"bundles", "devices", "github.com/wksgo/wks", "internal/leaktest", "internal/lineartest", "internal/ruletest", "internal/wire", "migrate", "network", "rule", "throttle", "wkstest", sdkCore, sdkClient, smithy, "pgregory.net/rapid"},
	},
	"migrate/internal/remote": {[]string{"wkstest", sdkCore, sdkClient}, nil},
	"internal/fleet": {
		[]string{"migrate", "throttle", "wkstest", sdkCore, sdkClient, "golang.org/x/time/rate"},
		[]string{"internal/fleet", "internal/lineartest", "wkstest", sdkCore, sdkClient, smithy},
	},
}

// requirements are the modules that go.mod may require directly.
var requirements = []string{
	"github.com/aws/aws-sdk-go-v2",
	"github.com/aws/aws-sdk-go-v2/service/workspaces",
	"github.com/aws/smithy-go", // the SDK's middleware API is made of its types
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
