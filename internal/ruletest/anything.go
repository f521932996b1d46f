package ruletest

import (
	"io/fs"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/rule"
)

// Anything tells how to call all that a package exports with anything.
type Anything struct {
	Dir fs.FS // the source of the package, whose exports must all be called
	// Exports are the exported functions by name, and a value of each exported type that has
	// exported methods. Functions that start with Must panic on purpose and are left out.
	Exports map[string]any
	// Sound are values of any types that the package takes. A value of such a type is often a
	// copy with parts of it changed.
	Sound []any
	// Draw makes the values that reflection cannot: of types with hidden fields, of interfaces
	// and of functions.
	Draw map[reflect.Type]func(t *rapid.T) any
	// Texts are some more that the package takes.
	Texts []string
	// Shown tells of which exports every text that they return is shown to people, beside those of
	// answers and errors; nil is of none.
	Shown func(export string) bool
}

// Check holds that every exported function and method takes anything: zero values, nil pointers and
// elements, extremes, known and unknown names, and values that are nearly sound. It returns, and does
// not panic. The verdict of each answer is that which follows from the rest of it. No control
// character, and no text in full that is long, leaves in an answer or an error. Methods of what a
// function returns are called, too. The receiver of a method is no nil pointer.
func (x Anything) Check(t *testing.T) {
	t.Helper()
	src, err := exports(x.Dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(src.functions) == 0 {
		t.Fatal("the package exports no function")
	}
	for _, name := range src.functions {
		if v := reflect.ValueOf(x.Exports[name]); v.Kind() != reflect.Func {
			t.Errorf("%s is not called", name)
		}
	}
	for name := range src.methods {
		if v := reflect.ValueOf(x.Exports[name]); !v.IsValid() || v.Type().Name() != name {
			t.Errorf("the methods of %s are not called", name)
		}
	}
	maker := newMaker(x, src.texts)
	for name, export := range x.Exports {
		v := reflect.ValueOf(export)
		shown := x.Shown != nil && x.Shown(name)
		if v.Kind() == reflect.Func {
			t.Run(name, rapid.MakeCheck(func(t *rapid.T) { maker.call(t, name, v, shown, 1) }))
			continue
		}
		called := 0
		typ := reflect.PointerTo(v.Type())
		for i := range typ.NumMethod() {
			method := typ.Method(i)
			called++
			shown := x.Shown != nil && x.Shown(name+"."+method.Name)
			t.Run(name+"."+method.Name, rapid.MakeCheck(func(t *rapid.T) {
				receiver := reflect.New(v.Type())
				receiver.Elem().Set(maker.value(t, v.Type(), name))
				maker.call(t, method.Name, receiver.Method(i), shown, 1)
			}))
		}
		if called == 0 {
			t.Errorf("%s has no method", name)
		}
	}
}

// Values returns a function that makes values of any type as Check does. A pointer is not nil.
func (x Anything) Values() func(t *rapid.T, typ reflect.Type) any {
	m := newMaker(x, nil)
	return func(t *rapid.T, typ reflect.Type) any {
		if typ.Kind() != reflect.Pointer {
			return m.value(t, typ, "value").Interface()
		}
		v := reflect.New(typ.Elem())
		v.Elem().Set(m.value(t, typ.Elem(), "value"))
		return v.Interface()
	}
}

// Look holds of an answer, or an error, what Check holds of all results.
func Look(t *rapid.T, result any) {
	if v := reflect.ValueOf(&result).Elem(); !v.IsNil() {
		if err, ok := result.(error); ok {
			cleanError(t, "error", err)
		}
		look(t, "result", v.Elem(), false)
	}
}

// call calls a function with anything, looks at its results, and calls their methods to a depth.
func (m *maker) call(t *rapid.T, name string, f reflect.Value, shown bool, depth int) {
	typ := f.Type()
	args := make([]reflect.Value, typ.NumIn())
	for i := range args {
		args[i] = m.value(t, typ.In(i), "argument")
	}
	call := f.Call
	if typ.IsVariadic() {
		call = f.CallSlice
	}
	for _, out := range call(args) {
		look(t, name, out, shown)
		if typ := out.Type(); depth > 0 && strings.HasPrefix(typ.PkgPath(), modulePath) && typ.Kind() == reflect.Struct {
			for i := range typ.NumMethod() {
				m.call(t, name+", "+typ.Method(i).Name, out.Method(i), shown, depth-1)
			}
		}
	}
}

const (
	modulePath = "github.com/wksgo/wks"
	// longest is how many bytes a text may have that shows some values of 200 characters.
	longest = 2500
)

var (
	answerType = reflect.TypeFor[rule.Answer]()
	openType   = reflect.TypeFor[rule.Open]()
	errorType  = reflect.TypeFor[error]()
)

// look looks at all that a result shows.
func look(t *rapid.T, name string, v reflect.Value, shown bool) {
	if !v.IsValid() {
		return
	}
	if v.CanInterface() && v.Type().Implements(errorType) && v.Kind() != reflect.String {
		if (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) && v.IsNil() {
			return
		}
		if err := v.Interface().(error); v.Kind() == reflect.Struct || v.Kind() == reflect.Interface {
			cleanError(t, name, err)
		}
	}
	switch v.Type() {
	case answerType:
		if a := v.Interface().(rule.Answer); a.Verdict != a.Concluded().Verdict && (a.Verdict != rule.Undocumented || len(a.Violations)+len(a.Open) > 0) {
			t.Fatalf("%s: the verdict does not follow: %+v", name, a)
		}
	case openType:
		o := v.Interface().(rule.Open)
		if o.Reason == "" {
			t.Fatalf("%s: an open question without a reason: %+v", name, o)
		}
		clean(t, name, o.String())
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				look(t, name, v.Field(i), shown)
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			look(t, name, v.Index(i), shown)
		}
	case reflect.Pointer:
		look(t, name, v.Elem(), shown)
	case reflect.Func:
		walk(v)
	case reflect.String:
		if shown {
			clean(t, name, v.String())
		}
	}
}

// walk runs through the first values of an iterator.
func walk(v reflect.Value) {
	n := 0
	next := func() bool { n++; return n < 50 }
	switch {
	case v.IsNil():
	case v.Type().CanSeq2():
		for range v.Seq2() {
			if !next() {
				return
			}
		}
	case v.Type().CanSeq():
		for range v.Seq() {
			if !next() {
				return
			}
		}
	}
}

// cleanError is clean for the lines of an error: joined errors have some.
func cleanError(t *rapid.T, name string, err error) {
	for line := range strings.SplitSeq(err.Error(), "\n") {
		clean(t, name, line)
	}
}

func clean(t *rapid.T, name, s string) {
	bad := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsPrint(r) })
	if bad >= 0 || !utf8.ValidString(s) {
		t.Fatalf("%s: a control character at %d of %.300q", name, bad, s)
	}
	for line := range strings.SplitSeq(s, "; ") { // each violation of an error
		if len(line) > longest {
			t.Fatalf("%s: %d bytes: %.300q", name, len(line), line)
		}
	}
}
