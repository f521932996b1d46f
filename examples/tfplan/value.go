package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
)

// An attr is an attribute of an object: its value, which parts of it are not known until
// apply, and which are sensitive. The last two have the shape of the value, or are true for
// all of it.
type attr struct {
	value, unknown, sensitive any
	path                      string // as Terraform writes it: workspace_properties[0].root_volume_size_gib
}

// get returns the member of an object. Of what is no object it is null.
func (a attr) get(name string) attr {
	path := name
	if a.path != "" {
		path = a.path + "." + name
	}
	return attr{member(a.value, name), part(a.unknown, name), part(a.sensitive, name), path}
}

// key returns the element of a map.
func (a attr) key(name string) attr {
	b := a.get(name)
	b.path = fmt.Sprintf("%s[%q]", a.path, clean(name))
	return b
}

// list returns the elements of a list or set.
func (a attr) list() []attr {
	values, _ := a.value.([]any)
	elements := make([]attr, len(values))
	for i := range values {
		elements[i] = attr{values[i], partAt(a.unknown, i), partAt(a.sensitive, i), fmt.Sprintf("%s[%d]", a.path, i)}
	}
	return elements
}

// keys returns the keys of a map, sorted.
func (a attr) keys() []string {
	m, _ := a.value.(map[string]any)
	return slices.Sorted(maps.Keys(m))
}

// block returns the first of nested blocks, of which there is at most one.
func (a attr) block(name string) attr {
	b := a.get(name)
	if blocks := b.list(); len(blocks) > 0 {
		return blocks[0]
	}
	return attr{nil, partAt(b.unknown, 0), partAt(b.sensitive, 0), b.path + "[0]"}
}

func member(v any, name string) any {
	m, _ := v.(map[string]any)
	return m[name]
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
	return v == true
}

// anyTrue reports whether something of a shape is set.
func anyTrue(v any) bool {
	switch v := v.(type) {
	case bool:
		return v
	case []any:
		return slices.ContainsFunc(v, anyTrue)
	case map[string]any:
		for _, x := range v {
			if anyTrue(x) {
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
	n, ok := a.value.(json.Number)
	if !ok {
		return nil
	}
	i, ok := whole(n)
	if !ok {
		return nil
	}
	return &i
}

// texts returns the strings of a list that are known.
func (a attr) texts() []string {
	var list []string
	for _, x := range a.list() {
		if s := x.text(); s != "" {
			list = append(list, s)
		}
	}
	return list
}

// whole reads a number such as 80, 80.0 or 8e1.
func whole(n json.Number) (int32, bool) {
	if i, err := strconv.ParseInt(n.String(), 10, 32); err == nil {
		return int32(i), true
	}
	f, err := n.Float64()
	return int32(f), err == nil && f == math.Trunc(f) && math.Abs(f) <= math.MaxInt32
}

// decodeValue reads the value of an attribute; numbers keep their digits.
func decodeValue(raw json.RawMessage) (v any) {
	if raw == nil {
		return nil
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	_ = dec.Decode(&v) // raw was decoded once
	return v
}

// A shape is the type of an attribute in the provider's schema.
type shape struct {
	kind   string // "string", "number", "boolean", "list", "map" or "object"
	of     *shape // the elements of a list or map
	fields map[string]shape
}

var (
	text    = shape{kind: "string"}
	number  = shape{kind: "number"}
	boolean = shape{kind: "boolean"}
	texts   = shape{kind: "list", of: &text}
	tagMap  = shape{kind: "map", of: &text}
)

func fieldsOf(fields map[string]shape) shape { return shape{kind: "object", fields: fields} }

func blocks(fields map[string]shape) shape {
	o := fieldsOf(fields)
	return shape{kind: "list", of: &o}
}

// check returns the path of the first value that has not the shape, and what it is instead.
// Null has every shape; so has a member that the shape does not have.
func (s shape) check(v any, path string) (at, problem string) {
	if v == nil {
		return "", ""
	}
	wrong := func() (string, string) { return path, fmt.Sprintf("is not a %s", s.kind) }
	switch s.kind {
	case "string":
		if _, ok := v.(string); !ok {
			return wrong()
		}
	case "boolean":
		if _, ok := v.(bool); !ok {
			return wrong()
		}
	case "number":
		if n, ok := v.(json.Number); !ok {
			return wrong()
		} else if _, ok := whole(n); !ok {
			return path, fmt.Sprintf("is %s, not a whole number of 32 bits", n)
		}
	case "list":
		list, ok := v.([]any)
		if !ok {
			return wrong()
		}
		for i, x := range list {
			if at, problem = s.of.check(x, fmt.Sprintf("%s[%d]", path, i)); problem != "" {
				return at, problem
			}
		}
	case "map", "object":
		m, ok := v.(map[string]any)
		if !ok {
			return wrong()
		}
		for _, name := range slices.Sorted(maps.Keys(m)) {
			of, ok := s.fields[name]
			if s.of != nil {
				of, ok = *s.of, true
			}
			if !ok {
				continue
			}
			if at, problem = of.check(m[name], path+"."+clean(name)); problem != "" {
				return at, problem
			}
		}
	}
	return "", ""
}
