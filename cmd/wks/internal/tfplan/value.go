package tfplan

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"sort"
)

// A field is a member of an object, and members are an object: its fields, sorted by name.
type (
	field struct {
		name  string
		value any
	}
	members []field
)

func (m members) get(name string) any {
	if i := sort.Search(len(m), func(i int) bool { return m[i].name >= name }); i < len(m) && m[i].name == name {
		return m[i].value
	}
	return nil
}

// An attr is an attribute of an object: its value, which parts of it are not known until
// apply, and which are sensitive. The last two have the shape of the value, or are true for
// all of it.
type attr struct {
	value, unknown, sensitive any
	path                      words // as Terraform writes it: workspace_properties[0].root_volume_size_gib
}

// get returns the member of an object. Of what is no object it is null.
func (a attr) get(name string) attr {
	path := plain(name)
	if a.path != "" {
		path = a.path + "." + path
	}
	return a.as(name, path)
}

// as is get, with a path that is given.
func (a attr) as(name string, path words) attr {
	return attr{member(a.value, name), part(a.unknown, name), part(a.sensitive, name), path}
}

// key returns the element of a map. The keys of a map that is sensitive as a whole are not in the
// path.
func (a attr) key(name string) attr {
	path := a.path
	if a.sensitive != true {
		path += plain(fmt.Sprintf("[%q]", name))
	}
	return a.as(name, path)
}

// at returns the element of a list.
func (a attr) at(i int) attr {
	b := attr{unknown: partAt(a.unknown, i), sensitive: partAt(a.sensitive, i), path: a.path + words(index(i))}
	if values, _ := a.value.([]any); i < len(values) {
		b.value = values[i]
	}
	return b
}

// walk follows a path of names and numbers. It ends at what is sensitive as a whole, for the next
// step may be a key that is sensitive with it.
func (a attr) walk(steps []any) attr {
	for _, s := range steps {
		if a.sensitive == true && a.path != "" {
			break
		}
		switch s := s.(type) {
		case string:
			a = a.get(s)
		case int32:
			a = a.at(int(max(0, s)))
		case json.Number:
			a = a.at(math.MaxInt32)
		}
	}
	return a
}

// list returns the elements of a list or set.
func (a attr) list() []attr {
	values, _ := a.value.([]any)
	elements := make([]attr, len(values))
	for i := range values {
		elements[i] = a.at(i)
	}
	return elements
}

// keys returns the keys of a map, sorted.
func (a attr) keys() []string {
	m, _ := a.value.(members)
	if len(m) == 0 {
		return nil
	}
	keys := make([]string, len(m))
	for i := range m {
		keys[i] = m[i].name
	}
	return keys
}

// block returns the first of nested blocks, of which there is at most one.
func (a attr) block(name string) attr {
	return a.get(name).at(0)
}

func member(v any, name string) any {
	m, _ := v.(members)
	return m.get(name)
}

func part(v any, name string) any {
	if v == true {
		return true
	}
	return member(v, name)
}

func partAt(v any, i int) any {
	if list, ok := v.([]any); ok && i < len(list) {
		return list[i]
	}
	if v == true {
		return true
	}
	return nil
}

// anyTrue reports whether something of a shape is set.
func anyTrue(v any) bool {
	switch v := v.(type) {
	case bool:
		return v
	case []any:
		return slices.ContainsFunc(v, anyTrue)
	case members:
		for _, f := range v {
			if anyTrue(f.value) {
				return true
			}
		}
	}
	return false
}

// pending reports whether a part of the attribute is not known until apply.
func (a attr) pending() bool { return anyTrue(a.unknown) }

// text returns a string, "" for null and for what is not known.
func (a attr) text() string {
	s, _ := a.value.(string)
	return s
}

func (a attr) bool() bool { return a.value == true }

// int returns a number, or nil for null and for what is not known.
func (a attr) int() *int32 {
	if i, ok := a.value.(int32); ok {
		return &i
	}
	return nil
}

// A shape is the type of an attribute in the provider's schema.
type shape struct {
	kind   string // "string", "number", "boolean", "list", "map" or "object"; "" is any
	of     *shape // the elements of a list or map
	fields map[string]*shape
}

// is reports whether a value of a kind has the shape.
func (s *shape) is(kind string) bool { return s.kind == kind || s.kind == "" }

var (
	text    = &shape{kind: "string"}
	number  = &shape{kind: "number"}
	boolean = &shape{kind: "boolean"}
	texts   = &shape{kind: "list", of: text}
	tagMap  = &shape{kind: "map", of: text}
)

func fieldsOf(fields map[string]*shape) *shape { return &shape{kind: "object", fields: fields} }

func blocks(fields map[string]*shape) *shape {
	return &shape{kind: "list", of: fieldsOf(fields)}
}

// check returns the path of the first value that has not the shape, and what is wrong with it.
// Null has every shape; so has a member that the shape does not have.
func (s *shape) check(a attr) (at, problem words) {
	if a.value == nil {
		return "", ""
	}
	wrong := func() (words, words) { return a.path, "is not a " + plain(s.kind) }
	switch s.kind {
	case "string":
		if _, ok := a.value.(string); !ok {
			return wrong()
		}
	case "boolean":
		if _, ok := a.value.(bool); !ok {
			return wrong()
		}
	case "number":
		if _, ok := a.value.(json.Number); ok {
			return a.path, say("is %s, not a whole number of 32 bits", a)
		} else if _, ok := a.value.(int32); !ok {
			return wrong()
		}
	case "list":
		if _, ok := a.value.([]any); !ok {
			return wrong()
		}
		for _, x := range a.list() {
			if at, problem = s.of.check(x); problem != "" {
				return at, problem
			}
		}
	case "map", "object":
		m, ok := a.value.(members)
		if !ok {
			return wrong()
		}
		for _, f := range m {
			x, of := a.key(f.name), s.of
			if of == nil {
				if of, ok = s.fields[f.name]; !ok {
					continue
				}
				x = a.get(f.name)
			}
			if at, problem = of.check(x); problem != "" {
				return at, problem
			}
		}
	}
	return "", ""
}
