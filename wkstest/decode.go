package wkstest

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
)

// decodeJSON reads one JSON object into the struct at out. Names are compared exactly, as the
// service does, and package encoding/json cannot; members that the struct does not have are passed over, and null is
// absent. Times are seconds since 1970, or text in the form of RFC 3339, which the AWS CLI prints.
func decodeJSON(data []byte, out any) error { return decode(reader{b: data}, out) }

// decodeShared is decodeJSON for a value that nobody changes: what is the same in it may be there once.
func decodeShared(data []byte, out any) error { return decode(reader{b: data, shares: true}, out) }

func decode(r reader, out any) error {
	r.next()
	err := r.value(reflect.ValueOf(out).Elem())
	if err == nil && !r.ended() {
		err = notJSON()
	}
	if err == nil {
		return nil
	}
	var v json.RawMessage // any number fits
	if why := json.Unmarshal(r.b, &v); why != nil {
		return errors.New("the body is not JSON: " + why.Error())
	}
	return err
}

// value reads a value into to.
func (r *reader) value(to reflect.Value) *shapeError {
	c := r.here()
	if c == 'n' {
		to.SetZero()
		return r.skip()
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
		s, err := r.text()
		if err == nil {
			to.SetString(*s)
		}
		return err
	case reflect.Bool:
		if c != 't' && c != 'f' {
			return &shapeError{want: "boolean"}
		}
		to.SetBool(c == 't')
		return r.skip()
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
		if q, ok := to.Addr().Interface().(*types.WorkspaceRequest); ok {
			return r.launch(q)
		}
		return r.members(func(name []byte) *shapeError { return r.member(to, name) })
	}
	panic("wkstest: no decoding of " + to.Type().String()) // a test decodes every type
}

// member reads the value of a member of the struct to.
func (r *reader) member(to reflect.Value, name []byte) *shapeError {
	s := shapeOf(to.Type())
	i, ok := s.byName[string(name)]
	if !ok {
		return r.skip()
	}
	return r.value(to.FieldByIndex(s.members[i].index))
}

func (r *reader) number(to reflect.Value, c byte) *shapeError {
	if c != '-' && (c < '0' || c > '9') {
		return &shapeError{want: "number"}
	}
	w, bad := r.word()
	if bad != nil {
		return bad
	}
	f, err := strconv.ParseFloat(string(w), 64)
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
			t, err := r.raw()
			if err != nil {
				return err
			}
			if blob, err := base64.StdEncoding.AppendDecode([]byte{}, t); err == nil {
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
	start := r.i
	err := r.each(func(i int) *shapeError {
		if r.here() == 'n' && elem.Kind() != reflect.Pointer {
			return &shapeError{want: "value, but null"}
		}
		if i == to.Cap() {
			left := (len(r.b)-r.i)/((r.i-start)/i) + 1 // if they are as long as those before
			to.Grow(min(left, max(4*i, 24)))
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
	return r.members(func(name []byte) *shapeError {
		value := reflect.New(to.Type().Elem()).Elem()
		if err := r.value(value); err != nil {
			return err
		}
		to.SetMapIndex(reflect.ValueOf(string(name)).Convert(to.Type().Key()), value)
		return nil
	})
}

func (r *reader) time(to reflect.Value, c byte) *shapeError {
	var t time.Time
	if c == '"' {
		s, bad := r.raw()
		if bad != nil {
			return bad
		}
		var err error
		if t, err = time.Parse(time.RFC3339Nano, string(s)); err != nil {
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
	err := r.members(func(name []byte) *shapeError {
		t, known := unions[to.Type()][string(name)]
		if !known || r.here() == 'n' {
			return r.skip()
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
