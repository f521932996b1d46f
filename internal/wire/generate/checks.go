package main

import (
	"bytes"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
)

// unions lists the members of the SDK's unions, which reflection does not find.
var unions = map[reflect.Type][]reflect.Type{
	reflect.TypeFor[types.ImageSourceIdentifier](): {
		reflect.TypeFor[types.ImageSourceIdentifierMemberEc2ImageId](),
		reflect.TypeFor[types.ImageSourceIdentifierMemberEc2ImportTaskId](),
		reflect.TypeFor[types.ImageSourceIdentifierMemberImageBuildVersionArn](),
	},
}

// notInSDK lists the members that the model has and the SDK's version in go.mod does not, by
// operation and path. The SDK cannot send them, so there is nothing to check.
var notInSDK = map[string]bool{"ModifyClientProperties ClientProperties.ClientExperiencePolicy": true}

// inputs returns the SDK's input struct of each operation of its client.
func inputs() map[string]reflect.Type {
	all := map[string]reflect.Type{}
	for m := range reflect.TypeFor[*workspaces.Client]().Methods() {
		if f := m.Func.Type(); f.NumIn() > 2 && f.In(2).Kind() == reflect.Pointer && f.In(2).Elem().Name() == m.Name+"Input" {
			all[m.Name] = f.In(2).Elem()
		}
	}
	return all
}

// A field is what the model says about one field of a struct, or one member of a union: the
// shapes of its value, and of the elements, keys and values in it; "" where it says nothing.
type field struct {
	required                   bool
	shape, element, key, value string
	goType                     reflect.Type
	below                      reflect.Type // the struct or union in it, or in its elements
}

// fields are the constrained fields of the SDK's structs and unions, by type and name.
type fields map[reflect.Type]map[string]*field

// structs spreads the constraints of all operations over the SDK's types. It is an error
// if the SDK lacks a member, or if operations disagree about a type.
func (m model) structs() (fields, error) {
	all, sdk := fields{}, inputs()
	for name := range sdk {
		if _, ok := m.Operations[name]; !ok {
			return nil, fmt.Errorf("operation %s of the SDK is not in the model", name)
		}
	}
	for _, name := range sorted(m.Operations) {
		o, in := m.Operations[name], sdk[name]
		if in == nil {
			return nil, fmt.Errorf("operation %s is not in the SDK", name)
		}
		for _, path := range sorted(o.Members) {
			err := all.add(in, path, o.Members[path])
			if missing := notInSDK[name+" "+path]; missing && err == nil {
				return nil, fmt.Errorf("%s %s is in the SDK now: take it off notInSDK", name, path)
			} else if err != nil && !missing {
				return nil, fmt.Errorf("%s %s: %w", name, path, err)
			}
		}
		for _, path := range o.Required {
			if err := all.add(in, path, ""); err != nil {
				return nil, fmt.Errorf("%s %s: %w", name, path, err)
			}
		}
	}
	for _, name := range sorted(m.Operations) {
		o, members, required := m.Operations[name], map[string]string{}, map[string]bool{}
		all.expand(sdk[name], "", members, required)
		for path, shape := range o.Members {
			if notInSDK[name+" "+path] {
				members[path] = shape
			}
		}
		for _, path := range o.Required {
			delete(required, path)
		}
		if !maps.Equal(members, o.Members) || len(required) > 0 {
			return nil, fmt.Errorf("%s: the constraints on its types in other operations do not fit: %v, %v", name, members, required)
		}
	}
	return all, nil
}

// add notes the shape at a path below t, or that it is required if there is no shape.
func (all fields) add(t reflect.Type, path, shape string) error {
	step, rest, deeper := strings.Cut(path, ".")
	name := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(step, "[]"), "{key}"), "{value}")
	goType, ok := memberType(t, name)
	if !ok {
		return fmt.Errorf("%s has no member %q", t, name)
	}
	if all[t] == nil {
		all[t] = map[string]*field{}
	}
	f := all[t][name]
	if f == nil {
		f = &field{goType: goType}
		all[t][name] = f
	}
	if deeper {
		below := goType
		if below.Kind() == reflect.Slice || below.Kind() == reflect.Pointer {
			below = below.Elem()
		}
		f.below = below
		return all.add(below, rest, shape)
	}
	slot := map[string]*string{"": &f.shape, "[]": &f.element, "{key}": &f.key, "{value}": &f.value}[strings.TrimPrefix(step, name)]
	switch {
	case shape == "":
		f.required = true
	case *slot != "" && *slot != shape:
		return fmt.Errorf("%s and %s", *slot, shape)
	default:
		*slot = shape
	}
	return nil
}

// memberType returns the Go type of a struct's field or a union's member.
func memberType(t reflect.Type, name string) (reflect.Type, bool) {
	for _, u := range unions[t] {
		if u.Name() == t.Name()+"Member"+name {
			f, ok := u.FieldByName("Value")
			return f.Type, ok
		}
	}
	if t.Kind() != reflect.Struct {
		return nil, false
	}
	f, ok := t.FieldByName(name)
	return f.Type, ok
}

// expand collects the paths below t, each with its shape, and those required.
func (all fields) expand(t reflect.Type, prefix string, members map[string]string, required map[string]bool) {
	for name, f := range all[t] {
		path := prefix + name
		if f.required {
			required[path] = true
		}
		for suffix, shape := range map[string]string{"": f.shape, "[]": f.element, "{key}": f.key, "{value}": f.value} {
			if shape != "" {
				members[path+suffix] = shape
			}
		}
		if f.below != nil {
			if f.goType.Kind() == reflect.Slice {
				path += "[]"
			}
			all.expand(f.below, path+".", members, required)
		}
	}
}

// checks returns the source of the checks of package request.
func (m model) checks() ([]byte, error) {
	all, err := m.structs()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString(header + `package request

import (
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/wire"
)

// operation checks a request, and returns false if it is of no operation.
func (r *report) operation(input any) bool {
	switch v := input.(type) {
`)
	sdk := inputs()
	for _, name := range sorted(m.Operations) {
		fmt.Fprintf(&b, "case *%s:\n", sdk[name])
		if all[sdk[name]] != nil {
			fmt.Fprintf(&b, "r.%s(nil, orZero(v))\n", function(sdk[name]))
		}
	}
	b.WriteString("default:\nreturn false\n}\nreturn true\n}\n")
	b.WriteString("\n// New returns a pointer to an empty input of an operation, and nil for a name that is none.\nfunc New(operation string) any {\nswitch operation {\n")
	for _, name := range sorted(m.Operations) {
		fmt.Fprintf(&b, "case %q:\nreturn new(%s)\n", name, sdk[name])
	}
	b.WriteString("}\nreturn nil\n}\n")
	ordered := slices.SortedFunc(maps.Keys(all), func(s, t reflect.Type) int { return strings.Compare(s.String(), t.String()) })
	for _, t := range ordered {
		if t.Kind() == reflect.Interface {
			fmt.Fprintf(&b, "\nfunc (r *report) %s(at *place, u %s) {\nswitch v := u.(type) {\n", function(t), t)
			for _, name := range sorted(all[t]) {
				f := all[t][name]
				fmt.Fprintf(&b, "case *%sMember%s:\nif v != nil {\n", t, name)
				if err := f.write(&b, name, "v.Value"); err != nil {
					return nil, fmt.Errorf("%s.%s: %w", t, name, err)
				}
				b.WriteString("}\n")
			}
			b.WriteString("}\n}\n")
			continue
		}
		fmt.Fprintf(&b, "\nfunc (r *report) %s(at *place, v *%s) {\n", function(t), t)
		for _, name := range sorted(all[t]) {
			if err := all[t][name].write(&b, name, "v."+name); err != nil {
				return nil, fmt.Errorf("%s.%s: %w", t, name, err)
			}
		}
		b.WriteString("}\n")
	}
	return b.Bytes(), nil
}

// function returns the name of the method that checks a type.
func function(t reflect.Type) string { return strings.ToLower(t.Name()[:1]) + t.Name()[1:] }

// write writes the checks of a field that Go names expr.
func (f *field) write(b *bytes.Buffer, name, expr string) error {
	t := f.goType
	enum := t.Kind() == reflect.String && t != reflect.TypeFor[string]()
	if f.required {
		zero := "nil"
		if enum {
			zero = `""`
		}
		fmt.Fprintf(b, "r.require(at, %q, %s != %s)\n", name, expr, zero)
	}
	call := func(function, value string) {
		fmt.Fprintf(b, "r.%s(at, %q, %s, &wire.Shape%s)\n", function, name, value, f.shape)
	}
	switch {
	case f.shape == "":
	case t == reflect.TypeFor[*string]():
		call("text", expr)
	case t == reflect.TypeFor[string]():
		call("text", "&"+expr)
	case enum:
		call("enum", "string("+expr+")")
	case t == reflect.TypeFor[*int32]():
		call("number", expr)
	case t.Kind() == reflect.Slice:
		fmt.Fprintf(b, "if %s != nil {\n", expr)
		call("size", "len("+expr+")")
		b.WriteString("}\n")
	default:
		return fmt.Errorf("no check for %s", t)
	}
	switch {
	case f.element != "" && t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.String:
		e := "e"
		if t.Elem() != reflect.TypeFor[string]() {
			e = "string(e)"
		}
		fmt.Fprintf(b, "for i, e := range %s {\nr.element(at, %q, i, %s, &wire.Shape%s)\n}\n", expr, name, e, f.element)
	case (f.key != "" || f.value != "") && t == reflect.TypeFor[map[string]string]():
		fmt.Fprintf(b, "r.entries(at, %q, %s, &wire.Shape%s, &wire.Shape%s)\n", name, expr, f.key, f.value)
	case f.element != "" || f.key != "" || f.value != "":
		return fmt.Errorf("no check for the elements of %s", t)
	}
	switch {
	case f.below == nil:
	case t.Kind() == reflect.Slice && f.below.Kind() == reflect.Struct:
		fmt.Fprintf(b, "for i := range %s {\nr.%s(&place{at, %q, i}, &%[1]s[i])\n}\n", expr, function(f.below), name)
	case t.Kind() == reflect.Pointer && f.below.Kind() == reflect.Struct:
		fmt.Fprintf(b, "if %s != nil {\nr.%s(&place{at, %q, -1}, %[1]s)\n}\n", expr, function(f.below), name)
	case t.Kind() == reflect.Interface:
		fmt.Fprintf(b, "r.%s(&place{at, %q, -1}, %s)\n", function(f.below), name, expr)
	default:
		return fmt.Errorf("no way into %s", t)
	}
	return nil
}
