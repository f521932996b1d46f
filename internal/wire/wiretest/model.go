// Package wiretest is a second, independent reading of the constraints of package wire, for
// its tests: it interprets constraints.json on the JSON that is sent.
package wiretest

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Model is what constraints.json holds.
type Model struct {
	Shapes     map[string]Shape
	Operations map[string]struct {
		Required []string
		Members  map[string]string
	}
}

// A Shape is one of the model's, as the file has it.
type Shape struct {
	Type     string
	Min, Max *int
	Pattern  *string
	Enum     []string
}

// Load reads constraints.json.
func Load(file string) (m Model, err error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return m, err
	}
	return m, json.Unmarshal(text, &m)
}

// Broken returns what the decoded body of a request breaks: kinds and paths, in order, one for each
// value. The kinds are missing, length, size, range, form and value.
func (m Model) Broken(operation string, body any) (broken []string) {
	o := m.Operations[operation]
	for _, path := range o.Required {
		parent, name := "", path
		if i := strings.LastIndex(path, "."); i >= 0 {
			parent, name = path[:i], path[i+1:]
		}
		for _, p := range m.find(o.Members, "", parent, body) {
			if _, ok := p.value.(map[string]any)[name]; !ok {
				broken = append(broken, "missing "+strings.TrimPrefix(p.path+"."+name, "."))
			}
		}
	}
	for path, shape := range o.Members {
		for _, p := range m.find(o.Members, "", path, body) {
			for _, kind := range m.Shapes[shape].kinds(p.value) {
				broken = append(broken, kind+" "+p.path)
			}
		}
	}
	slices.Sort(broken)
	return broken
}

// kinds returns the kinds of constraints that a value breaks.
func (s Shape) kinds(value any) (kinds []string) {
	n, kind := 0, "length"
	text := ""
	switch v := value.(type) {
	case string:
		if text, n = v, utf8.RuneCountInString(v); s.Type == "blob" {
			data, err := base64.StdEncoding.DecodeString(v)
			if err != nil {
				panic(err)
			}
			n = len(data)
		}
	case []any:
		n, kind = len(v), "size"
	case float64:
		n, kind = int(v), "range"
	default:
		panic(fmt.Sprintf("wiretest: a %s is %T", s.Type, value))
	}
	if s.Min != nil && n < *s.Min || s.Max != nil && n > *s.Max {
		kinds = append(kinds, kind)
	}
	if s.Pattern != nil && !Match(*s.Pattern, text) {
		kinds = append(kinds, "form")
	}
	if s.Enum != nil && !slices.Contains(s.Enum, text) {
		kinds = append(kinds, "value")
	}
	return kinds
}

type found struct {
	path  string
	value any
}

// find returns the values at a path of the model below value, with their own paths. The path of
// a map's key is the map's, and so is that of a value with a bad key.
func (m Model) find(members map[string]string, walked, path string, value any) (all []found) {
	if path == "" {
		return []found{{"", value}}
	}
	step, rest, _ := strings.Cut(path, ".")
	name := strings.TrimRight(strings.TrimSuffix(strings.TrimSuffix(step, "{key}"), "{value}"), "[]")
	v, ok := value.(map[string]any)[name]
	if !ok {
		return nil
	}
	values := []found{{name, v}}
	switch suffix := strings.TrimPrefix(step, name); suffix {
	case "[]":
		values = nil
		for i, e := range v.([]any) {
			values = append(values, found{fmt.Sprintf("%s[%d]", name, i), e})
		}
	case "{key}", "{value}":
		values = nil
		keys := m.Shapes[members[walked+name+"{key}"]]
		for k, e := range v.(map[string]any) {
			if suffix == "{key}" {
				values = append(values, found{name, k})
			} else if len(keys.kinds(k)) > 0 {
				values = append(values, found{name, e})
			} else {
				values = append(values, found{name + "." + k, e})
			}
		}
	}
	for _, f := range values {
		for _, g := range m.find(members, walked+step+".", rest, f.value) {
			all = append(all, found{strings.TrimSuffix(f.path+"."+g.path, "."), g.value})
		}
	}
	return all
}
