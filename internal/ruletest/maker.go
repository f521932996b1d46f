package ruletest

import (
	"context"
	"io"
	"math"
	"net/netip"
	"reflect"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/rule"
)

// hostile are texts that nobody should pass on.
var hostile = []string{
	"", " ", "\x1b[31mred", "a\nb\r\x00", "\xff\xfe", "\u202eabc", "%s%!d(*)", "*", "${aws:username}", `"`, "..", "[", "0",
	strings.Repeat("long ", 5000), "arn:aws:kms:us-east-1:111122223333:key/\x1b" + strings.Repeat("x", 25_000),
}

// A maker makes values of any type.
type maker struct {
	draw  map[reflect.Type]func(t *rapid.T) any
	sound map[reflect.Type][]reflect.Value
	texts []string
}

func newMaker(x Anything, texts []string) *maker {
	m := &maker{map[reflect.Type]func(t *rapid.T) any{}, map[reflect.Type][]reflect.Value{}, append(slices.Clone(x.Texts), texts...)}
	day := rapid.SampledFrom([]time.Time{{}, time.Unix(0, 0), time.Date(2026, 9, 15, 1, 2, 3, 4, time.UTC), time.Date(-9999, 1, 1, 0, 0, 0, 0, time.UTC), time.Unix(1<<40, 0), time.Unix(math.MinInt64, 0), time.Unix(math.MaxInt64, 0)})
	m.draw[reflect.TypeFor[time.Time]()] = func(t *rapid.T) any { return day.Draw(t, "time") }
	zones := rapid.SampledFrom([]*time.Location{nil, time.UTC, time.FixedZone("\x1b", 14*3600)})
	m.draw[reflect.TypeFor[*time.Location]()] = func(t *rapid.T) any { return zones.Draw(t, "zone") }
	dates := rapid.SampledFrom([]rule.Edition{{}, rule.MustParseEdition("0001-01-01"), rule.MustParseEdition("2018-02-03"), rule.MustParseEdition("2020-04-29"), rule.MustParseEdition("9999-12-31")})
	m.draw[reflect.TypeFor[rule.Edition]()] = func(t *rapid.T) any { return dates.Draw(t, "edition") }
	m.draw[reflect.TypeFor[netip.Addr]()] = func(t *rapid.T) any { return drawAddr(t) }
	m.draw[reflect.TypeFor[netip.Prefix]()] = func(t *rapid.T) any {
		return netip.PrefixFrom(drawAddr(t), rapid.SampledFrom([]int{-1, 0, 8, 10, 16, 20, 24, 31, 32, 33, 64, 128, 129}).Draw(t, "bits"))
	}
	m.draw[reflect.TypeFor[io.Reader]()] = func(t *rapid.T) any {
		return strings.NewReader(m.text(t, nil))
	}
	m.draw[reflect.TypeFor[context.Context]()] = func(*rapid.T) any { return context.Background() }
	// Answers that the caller hands in are those of checks.
	m.draw[reflect.TypeFor[rule.Violation]()] = func(t *rapid.T) any {
		return rule.Violation{Code: "example.code", Path: "Path", Detail: "detail", Level: rapid.SampledFrom([]rule.Level{rule.Must, rule.Should}).Draw(t, "level")}
	}
	m.draw[reflect.TypeFor[rule.Open]()] = func(*rapid.T) any { return rule.Open{Path: "Path", Reason: "reason", By: rule.ByInput} }
	for typ, f := range x.Draw {
		m.draw[typ] = f
	}
	for _, s := range x.Sound {
		v := reflect.ValueOf(s)
		for v.Kind() == reflect.Pointer && !v.IsNil() {
			m.sound[v.Type()] = append(m.sound[v.Type()], v)
			v = v.Elem()
		}
		m.sound[v.Type()] = append(m.sound[v.Type()], v)
	}
	return m
}

var addresses = []string{"0.0.0.0", "10.0.0.0", "10.0.0.1", "172.31.0.0", "192.168.0.0", "198.19.255.255", "255.255.255.255", "::", "2600::1", "::ffff:10.0.0.1", "fe80::1%\x1beth0"}

func drawAddr(t *rapid.T) netip.Addr {
	if n := rapid.IntRange(-1, len(addresses)-1).Draw(t, "address"); n >= 0 {
		return netip.MustParseAddr(addresses[n])
	}
	return netip.Addr{}
}

// value makes a value of a type: a sound one with parts of it changed, or anything.
func (m *maker) value(t *rapid.T, typ reflect.Type, name string) reflect.Value {
	if list := m.sound[typ]; len(list) > 0 && rapid.IntRange(0, 3).Draw(t, name+" is sound") > 0 {
		return m.vary(t, rapid.SampledFrom(list).Draw(t, name), name)
	}
	if f := m.draw[typ]; f != nil {
		v := reflect.New(typ).Elem()
		if made := f(t); made != nil {
			v.Set(reflect.ValueOf(made))
		}
		return v
	}
	return m.anything(t, typ, name)
}

func (m *maker) anything(t *rapid.T, typ reflect.Type, name string) reflect.Value {
	v := reflect.New(typ).Elem()
	switch typ.Kind() {
	case reflect.Struct:
		for i := range typ.NumField() {
			if f := typ.Field(i); f.IsExported() && f.Name != "ResultMetadata" {
				v.Field(i).Set(m.value(t, f.Type, f.Name))
			}
		}
	case reflect.Pointer:
		if rapid.Bool().Draw(t, name+" is there") {
			v.Set(reflect.New(typ.Elem()))
			v.Elem().Set(m.value(t, typ.Elem(), name))
		}
	case reflect.Slice:
		if typ.Elem().Kind() == reflect.Uint8 {
			v.SetBytes([]byte(m.text(t, nil)))
			break
		}
		if n := rapid.IntRange(-1, 3).Draw(t, name+" length"); n >= 0 {
			v.Set(reflect.MakeSlice(typ, n, n))
			for i := range n {
				v.Index(i).Set(m.value(t, typ.Elem(), name))
			}
		}
	case reflect.Map:
		if n := rapid.IntRange(-1, 2).Draw(t, name+" length"); n >= 0 {
			v.Set(reflect.MakeMap(typ))
			for range n {
				v.SetMapIndex(m.value(t, typ.Key(), name), m.value(t, typ.Elem(), name))
			}
		}
	case reflect.Array:
		for i := range v.Len() {
			v.Index(i).Set(m.value(t, typ.Elem(), name))
		}
	case reflect.Func:
		if rapid.Bool().Draw(t, name+" is there") {
			v.Set(reflect.MakeFunc(typ, func([]reflect.Value) (results []reflect.Value) {
				for i := range typ.NumOut() {
					results = append(results, m.value(t, typ.Out(i), name))
				}
				return results
			}))
		}
	case reflect.String:
		v.SetString(m.text(t, typ))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, name))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		most := int64(1)<<(typ.Bits()-1) - 1
		n := rapid.SampledFrom([]int64{0, 1, -1, 2, 10, 50, 80, 175, 19045, most, -most - 1}).Draw(t, name)
		if !v.OverflowInt(n) {
			v.SetInt(n)
		}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(rapid.SampledFrom([]uint64{0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 255, math.MaxUint64}).Draw(t, name) & (math.MaxUint64 >> (64 - typ.Bits())))
	case reflect.Float32, reflect.Float64:
		v.SetFloat(rapid.SampledFrom([]float64{0, 1, -1, 0.001, 1e300, math.NaN(), math.Inf(1), math.Inf(-1), math.SmallestNonzeroFloat64}).Draw(t, name))
	}
	return v
}

// text makes a text of a type: a value that the type lists, one that the package knows, or a
// hostile one.
func (m *maker) text(t *rapid.T, typ reflect.Type) string {
	texts := hostile
	if typ != nil {
		if values := reflect.Zero(typ).MethodByName("Values"); values.IsValid() && rapid.Bool().Draw(t, "known") {
			known := values.Call(nil)[0]
			return known.Index(rapid.IntRange(0, known.Len()-1).Draw(t, "value")).String()
		}
	}
	if len(m.texts) > 0 && rapid.Bool().Draw(t, "text of the package") {
		texts = m.texts
	}
	return rapid.SampledFrom(texts).Draw(t, "text")
}

// vary copies a value, and puts anything in the place of some parts.
func (m *maker) vary(t *rapid.T, from reflect.Value, name string) reflect.Value {
	v := reflect.New(from.Type()).Elem()
	v.Set(from)
	part := func(part reflect.Value, name string) reflect.Value {
		if rapid.IntRange(0, 9).Draw(t, name+" stays") == 0 {
			return m.value(t, part.Type(), name)
		}
		return m.vary(t, part, name)
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Name != "ResultMetadata" {
				v.Field(i).Set(part(from.Field(i), f.Name))
			}
		}
	case reflect.Pointer:
		if !v.IsNil() && v.Type() != reflect.TypeFor[*time.Location]() {
			v.Set(reflect.New(v.Type().Elem()))
			v.Elem().Set(m.vary(t, from.Elem(), name))
		}
	case reflect.Slice:
		switch {
		case v.IsNil():
		case v.Type().Elem().Kind() == reflect.Uint8: // of a file, which may have a million
			v.SetBytes(slices.Clone(v.Bytes()))
			if n := v.Len(); n > 0 {
				v.Bytes()[rapid.IntRange(0, n-1).Draw(t, name+" changes at")] = rapid.Byte().Draw(t, name)
			}
		default:
			v.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
			for i := range v.Len() {
				v.Index(i).Set(part(from.Index(i), name))
			}
		}
	}
	return v
}
