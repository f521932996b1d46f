// Package schematest holds JSON against the schemas that wks publishes, in tests.
package schematest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// folder is docs/schema of the checkout.
func folder() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "..", "..", "..", "..", "docs", "schema")
}

// Load reads a published schema. Strict refuses members that it does not describe, wherever it stands.
func Load(t testing.TB, name string, strict bool) *jsonschema.Schema {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder(), name))
	if err != nil {
		t.Fatal(err)
	}
	return Compile(t, name, data, strict)
}

// Compile is Load for the text of a schema.
func Compile(t testing.TB, name string, data []byte, strict bool) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if strict {
		closeObjects(doc)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	c.UseLoader(published{strict})
	if m, is := doc.(map[string]any); is && strings.HasPrefix(fmt.Sprint(m["$id"]), home) {
		name = fmt.Sprint(m["$id"])
	}
	if err := c.AddResource(name, doc); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	s, err := c.Compile(name)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return s
}

// home is where the schemas are published.
const home = "https://github.com/wksgo/wks/blob/main/docs/schema/"

// published loads what a published schema refers to.
type published struct{ strict bool }

func (p published) Load(url string) (any, error) {
	f, err := os.Open(filepath.Join(folder(), filepath.Base(strings.TrimPrefix(url, home))))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	doc, err := jsonschema.UnmarshalJSON(f)
	if err == nil && p.strict {
		closeObjects(doc)
	}
	return doc, err
}

// closeObjects lets every object of a schema have no members but those that it describes.
func closeObjects(v any) {
	switch v := v.(type) {
	case map[string]any:
		if _, described := v["properties"].(map[string]any); described && v["additionalProperties"] == nil {
			v["additionalProperties"] = false
		}
		for _, x := range v {
			closeObjects(x)
		}
	case []any:
		for _, x := range v {
			closeObjects(x)
		}
	}
}

// Valid fails the test unless data is JSON that a schema accepts.
func Valid(t testing.TB, s *jsonschema.Schema, data []byte) {
	t.Helper()
	if err := Check(s, data); err != nil {
		t.Errorf("%v", err)
	}
}

// Check returns what a schema says of JSON.
func Check(s *jsonschema.Schema, data []byte) error {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return err
	}
	return s.Validate(doc)
}

// Describes fails the test unless the schema of a file describes each member that a Go type has, as
// JSON is read into it.
func Describes(t testing.TB, name string, typ reflect.Type) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder(), name))
	if err != nil {
		t.Fatal(err)
	}
	var root map[string]any
	if err := json.Unmarshal(data, &root); err != nil {
		t.Fatal(err)
	}
	describes(t, root, root, name, typ)
}

func describes(t testing.TB, root, node map[string]any, at string, typ reflect.Type) {
	t.Helper()
	if ref, is := node["$ref"].(string); is {
		node = root
		for step := range strings.SplitSeq(strings.TrimPrefix(ref, "#/"), "/") {
			node, _ = node[step].(map[string]any)
		}
	}
	child := func(key string) map[string]any { m, _ := node[key].(map[string]any); return m }
	switch typ.Kind() {
	case reflect.Pointer:
		describes(t, root, node, at, typ.Elem())
	case reflect.Slice:
		if items := child("items"); items != nil {
			describes(t, root, items, at+"[]", typ.Elem())
		}
	case reflect.Map:
		if values := child("additionalProperties"); values != nil {
			describes(t, root, values, at+"{}", typ.Elem())
		}
	case reflect.Struct:
		members := child("properties")
		for f := range typ.Fields() {
			name := f.Name
			if tag, _, _ := strings.Cut(f.Tag.Get("json"), ","); tag != "" {
				name = tag
			}
			if !f.IsExported() || typ.PkgPath() == "time" {
				continue
			}
			if f.Anonymous && f.Tag.Get("json") == "" {
				describes(t, root, node, at, f.Type)
				continue
			}
			member, described := members[name].(map[string]any)
			if !described {
				t.Errorf("%s: the schema does not describe %s", at, name)
				continue
			}
			describes(t, root, member, at+"."+name, f.Type)
		}
	}
}
