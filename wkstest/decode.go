package wkstest

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A shapeError tells where a JSON document does not have the shape that is wanted.
type shapeError struct {
	path string
	want string
}

func (e *shapeError) Error() string {
	if e.path == "" {
		return "the document is no " + e.want
	}
	return e.path + " is no " + e.want
}

// below returns e, or nil, with a step in front of its path.
func (e *shapeError) below(step string) *shapeError {
	switch {
	case e == nil:
	case e.path == "" || e.path[0] == '[':
		e.path = step + e.path
	default:
		e.path = step + "." + e.path
	}
	return e
}

// decodeJSON reads one JSON object into the struct at out. Names are compared exactly, as the
// service does; members that the struct does not have are passed over, and null is absent. Times
// are seconds since 1970, or text in the form of RFC 3339, which the AWS CLI prints.
func decodeJSON(data []byte, out any) error {
	if !json.Valid(data) {
		var v any
		if err := json.Unmarshal(data, &v); err != nil {
			return errors.New("the body is not JSON: " + err.Error())
		}
		return errors.New("the body is not JSON")
	}
	r := reader{b: data}
	if err := r.value(reflect.ValueOf(out).Elem()); err != nil {
		return err
	}
	return nil
}

// A reader reads JSON that is known to be valid into Go values. It knows less of JSON and is therefore faster
// than package encoding/json, which cannot compare names exactly.
type reader struct {
	b []byte
	i int
}

// next passes over white space and returns the byte that follows.
func (r *reader) next() byte {
	for {
		switch c := r.b[r.i]; c {
		case ' ', '\t', '\n', '\r':
			r.i++
		default:
			return c
		}
	}
}

// token returns the text of a string, number or word, and passes over it.
func (r *reader) token() []byte {
	start := r.i
	if r.b[r.i] == '"' {
		for r.i++; r.b[r.i] != '"'; r.i++ {
			if r.b[r.i] == '\\' {
				r.i++
			}
		}
		r.i++
		return r.b[start:r.i]
	}
	for r.i < len(r.b) && !strings.ContainsRune(" \t\n\r,]}", rune(r.b[r.i])) {
		r.i++
	}
	return r.b[start:r.i]
}

// skip passes over a value.
func (r *reader) skip() {
	for depth := 0; ; {
		switch r.next() {
		case '{', '[':
			depth++
			r.i++
		case '}', ']':
			depth--
			r.i++
		case ',', ':':
			r.i++
			continue
		default:
			r.token()
		}
		if depth == 0 {
			return
		}
	}
}

// text reads a string.
func (r *reader) text() string {
	t := r.token()
	if inner := t[1 : len(t)-1]; bytes.IndexByte(inner, '\\') < 0 && !slices.ContainsFunc(inner, func(c byte) bool { return c >= 0x80 }) {
		return string(inner)
	}
	var s string
	if err := json.Unmarshal(t, &s); err != nil {
		panic(err) // it is valid
	}
	return s
}

// each calls f at the start of each element of a list, with its index, until it returns an error.
func (r *reader) each(f func(i int) *shapeError) *shapeError {
	r.i++ // [
	for i := 0; r.next() != ']'; i++ {
		if r.b[r.i] == ',' {
			r.i++
			r.next()
		}
		if err := f(i); err != nil {
			return err.below("[" + strconv.Itoa(i) + "]")
		}
	}
	r.i++
	return nil
}

// members calls f at the start of the value of each member of an object, with its name.
func (r *reader) members(f func(name string) *shapeError) *shapeError {
	r.i++ // {
	for r.next() != '}' {
		if r.b[r.i] == ',' {
			r.i++
			r.next()
		}
		name := r.text()
		r.next()
		r.i++ // :
		r.next()
		if err := f(name); err != nil {
			return err.below(name)
		}
	}
	r.i++
	return nil
}

// value reads a value into to.
func (r *reader) value(to reflect.Value) *shapeError {
	c := r.next()
	if c == 'n' {
		r.token()
		to.SetZero()
		return nil
	}
	switch to.Kind() {
	case reflect.Pointer:
		v := reflect.New(to.Type().Elem())
		to.Set(v)
		return r.value(v.Elem())
	case reflect.Interface:
		return r.union(to, c)
	case reflect.String:
		if c != '"' {
			return &shapeError{want: "string"}
		}
		to.SetString(r.text())
	case reflect.Bool:
		if c != 't' && c != 'f' {
			return &shapeError{want: "boolean"}
		}
		to.SetBool(string(r.token()) == "true")
	case reflect.Int, reflect.Int32, reflect.Int64, reflect.Uint64, reflect.Uint32, reflect.Float64:
		return r.number(to, c)
	case reflect.Slice:
		return r.slice(to, c)
	case reflect.Map:
		return r.object(to, c)
	case reflect.Struct:
		if to.Type() == timeType {
			return r.time(to, c)
		}
		if c != '{' {
			return &shapeError{want: "object"}
		}
		s := shapeOf(to.Type())
		return r.members(func(name string) *shapeError {
			i, ok := s.byName[name]
			if !ok {
				r.skip()
				return nil
			}
			return r.value(to.FieldByIndex(s.members[i].index))
		})
	default:
		panic("wkstest: no decoding of " + to.Type().String()) // a test decodes every type
	}
	return nil
}

func (r *reader) number(to reflect.Value, c byte) *shapeError {
	if c != '-' && (c < '0' || c > '9') {
		return &shapeError{want: "number"}
	}
	f, err := strconv.ParseFloat(string(r.token()), 64)
	const exact = 1 << 53 // up to which a float64 has every whole number
	switch {
	case err != nil:
		return &shapeError{want: "number of the size that is wanted"}
	case to.Kind() == reflect.Float64:
		to.SetFloat(f)
	case f != math.Trunc(f) || math.Abs(f) > exact:
		return &shapeError{want: "whole number"}
	case to.CanUint() && f >= 0 && !to.OverflowUint(uint64(f)):
		to.SetUint(uint64(f))
	case to.CanInt() && !to.OverflowInt(int64(f)):
		to.SetInt(int64(f))
	default:
		return &shapeError{want: "whole number of the size that is wanted"}
	}
	return nil
}

func (r *reader) slice(to reflect.Value, c byte) *shapeError {
	elem := to.Type().Elem()
	if elem.Kind() == reflect.Uint8 {
		if c == '"' {
			if blob, err := base64.StdEncoding.DecodeString(r.text()); err == nil {
				to.SetBytes(blob)
				return nil
			}
		}
		return &shapeError{want: "base64 text"}
	}
	if c != '[' {
		return &shapeError{want: "list"}
	}
	to.Set(reflect.MakeSlice(to.Type(), 0, 1))
	err := r.each(func(i int) *shapeError {
		if r.b[r.i] == 'n' && elem.Kind() != reflect.Pointer {
			return &shapeError{want: "value, but null"}
		}
		if i == to.Cap() {
			to.Grow(1)
		}
		to.SetLen(i + 1)
		to.Index(i).SetZero()
		return r.value(to.Index(i))
	})
	if err == nil && to.Len() == 0 {
		to.Set(reflect.MakeSlice(to.Type(), 0, 0))
	}
	return err
}

func (r *reader) object(to reflect.Value, c byte) *shapeError {
	if c != '{' {
		return &shapeError{want: "object"}
	}
	to.Set(reflect.MakeMap(to.Type()))
	return r.members(func(name string) *shapeError {
		value := reflect.New(to.Type().Elem()).Elem()
		if err := r.value(value); err != nil {
			return err
		}
		to.SetMapIndex(reflect.ValueOf(name).Convert(to.Type().Key()), value)
		return nil
	})
}

func (r *reader) time(to reflect.Value, c byte) *shapeError {
	var t time.Time
	if c == '"' {
		var err error
		if t, err = time.Parse(time.RFC3339Nano, r.text()); err != nil {
			return &shapeError{want: "time"}
		}
	} else {
		var f float64
		if err := r.number(reflect.ValueOf(&f).Elem(), c); err != nil || math.Abs(f) > 1e11 {
			return &shapeError{want: "time in seconds since 1970"}
		}
		t = time.UnixMilli(int64(math.Round(f * 1000)))
	}
	to.Set(reflect.ValueOf(t.UTC()))
	return nil
}

// union reads the one member of a union that is there. An unknown one leaves the union absent, as the SDK
// has it.
func (r *reader) union(to reflect.Value, c byte) *shapeError {
	if c != '{' {
		return &shapeError{want: "object"}
	}
	to.SetZero()
	several := false
	err := r.members(func(name string) *shapeError {
		t, known := unions[to.Type()][name]
		if !known || r.b[r.i] == 'n' {
			r.skip()
			return nil
		}
		several = !to.IsNil()
		value := reflect.New(t)
		if err := r.value(value.Elem().FieldByName("Value")); err != nil {
			return err
		}
		to.Set(value)
		return nil
	})
	if err == nil && several {
		return &shapeError{want: "object with one member"}
	}
	return err
}

func sortedKeys(m reflect.Value) []reflect.Value {
	keys := m.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	return keys
}

func sorted(list []string) []string { slices.Sort(list); return list }
