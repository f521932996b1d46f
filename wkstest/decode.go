package wkstest

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
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

// decodeJSON reads one JSON object into the struct at out. Names are compared exactly, as the
// service does; members that the struct does not have are passed over, and null is absent. Times
// are seconds since 1970, or text in the form of RFC 3339, which the AWS CLI prints.
func decodeJSON(data []byte, out any) error {
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		return fmt.Errorf("the body is not JSON: %w", err)
	}
	return set(reflect.ValueOf(out).Elem(), v, "")
}

// set puts a value of package encoding/json into to, which is zero.
func set(to reflect.Value, v any, path string) error {
	if v == nil {
		return nil
	}
	switch to.Kind() {
	case reflect.Pointer:
		to.Set(reflect.New(to.Type().Elem()))
		return set(to.Elem(), v, path)
	case reflect.Interface:
		return setUnion(to, v, path)
	case reflect.String:
		s, ok := v.(string)
		if !ok {
			return &shapeError{path, "string"}
		}
		to.SetString(s)
	case reflect.Bool:
		b, ok := v.(bool)
		if !ok {
			return &shapeError{path, "boolean"}
		}
		to.SetBool(b)
	case reflect.Int, reflect.Int32, reflect.Int64, reflect.Uint64, reflect.Uint32, reflect.Float64:
		return setNumber(to, v, path)
	case reflect.Slice:
		return setSlice(to, v, path)
	case reflect.Map:
		m, ok := v.(map[string]any)
		if !ok {
			return &shapeError{path, "object"}
		}
		to.Set(reflect.MakeMapWithSize(to.Type(), len(m)))
		for k, e := range m {
			value := reflect.New(to.Type().Elem()).Elem()
			if err := set(value, e, path+"."+k); err != nil {
				return err
			}
			to.SetMapIndex(reflect.ValueOf(k).Convert(to.Type().Key()), value)
		}
	case reflect.Struct:
		if to.Type() == timeType {
			return setTime(to, v, path)
		}
		m, ok := v.(map[string]any)
		if !ok {
			return &shapeError{path, "object"}
		}
		s := shapeOf(to.Type())
		for name, e := range m {
			i, ok := s.byName[name]
			if !ok {
				continue
			}
			at := name
			if path != "" {
				at = path + "." + name
			}
			if err := set(to.FieldByIndex(s.members[i].index), e, at); err != nil {
				return err
			}
		}
	default:
		panic(fmt.Sprintf("wkstest: no decoding of %s", to.Type())) // a test decodes every type
	}
	return nil
}

func setNumber(to reflect.Value, v any, path string) error {
	f, ok := v.(float64)
	if !ok {
		return &shapeError{path, "number"}
	}
	const exact = 1 << 53 // up to which a float64 has every whole number
	switch {
	case to.Kind() == reflect.Float64:
		to.SetFloat(f)
	case f != math.Trunc(f) || math.Abs(f) > exact:
		return &shapeError{path, "whole number"}
	case to.CanUint() && f >= 0 && !to.OverflowUint(uint64(f)):
		to.SetUint(uint64(f))
	case to.CanInt() && !to.OverflowInt(int64(f)):
		to.SetInt(int64(f))
	default:
		return &shapeError{path, "whole number of the size that is wanted"}
	}
	return nil
}

func setSlice(to reflect.Value, v any, path string) error {
	if to.Type().Elem().Kind() == reflect.Uint8 {
		s, ok := v.(string)
		if !ok {
			return &shapeError{path, "base64 text"}
		}
		blob, err := base64.StdEncoding.DecodeString(s)
		if err != nil {
			return &shapeError{path, "base64 text"}
		}
		to.SetBytes(blob)
		return nil
	}
	list, ok := v.([]any)
	if !ok {
		return &shapeError{path, "list"}
	}
	to.Set(reflect.MakeSlice(to.Type(), len(list), len(list)))
	for i, e := range list {
		at := path + "[" + strconv.Itoa(i) + "]"
		if e == nil && to.Type().Elem().Kind() != reflect.Pointer {
			return &shapeError{at, "value, but null"}
		}
		if err := set(to.Index(i), e, at); err != nil {
			return err
		}
	}
	return nil
}

func setTime(to reflect.Value, v any, path string) error {
	var t time.Time
	switch v := v.(type) {
	case float64:
		if math.Abs(v) > 1e11 {
			return &shapeError{path, "time in seconds since 1970"}
		}
		t = time.UnixMilli(int64(math.Round(v * 1000))).UTC()
	case string:
		var err error
		if t, err = time.Parse(time.RFC3339Nano, v); err != nil {
			return &shapeError{path, "time"}
		}
		t = t.UTC()
	default:
		return &shapeError{path, "time"}
	}
	to.Set(reflect.ValueOf(t))
	return nil
}

// setUnion takes the one member of a union that is there. Another number of members, or an
// unknown one, leaves the union absent, as the SDK has it.
func setUnion(to reflect.Value, v any, path string) error {
	m, ok := v.(map[string]any)
	if !ok {
		return &shapeError{path, "object"}
	}
	for name, e := range m {
		t, known := unions[to.Type()][name]
		if !known || e == nil {
			continue
		}
		if !to.IsNil() {
			return &shapeError{path, "object with one member"}
		}
		value := reflect.New(t)
		if err := set(value.Elem().FieldByName("Value"), e, path+"."+name); err != nil {
			return err
		}
		to.Set(value)
	}
	return nil
}

func sortedKeys(m reflect.Value) []reflect.Value {
	keys := m.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	return keys
}

func sorted(list []string) []string { slices.Sort(list); return list }
