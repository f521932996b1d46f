package byol_test

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/rule"
)

// hostile are texts that nobody should pass on.
var hostile = []string{"", "\x1b[31mred", "a\nb\r\x00", "\xff\xfe", "\u202eabc", strings.Repeat("long ", 5000), "Windows 10", "Enterprise\x1b", "C", "eu-west-1", "GRAPHICS\x07", "HKEY_LOCAL_MACHINE\\x", `HKEY_LOCAL_MACHINE\SOFTWARE\Amazon\WorkSpacesConfig\enable-inplace-upgrade.ps1`}

// draw fills a value of any type with anything, nil and extremes included.
func draw(t *rapid.T, v reflect.Value, name string) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				draw(t, v.Field(i), v.Type().Field(i).Name)
			}
		}
	case reflect.Pointer:
		if rapid.Bool().Draw(t, name+" is there") {
			v.Set(reflect.New(v.Type().Elem()))
			draw(t, v.Elem(), name)
		}
	case reflect.Slice:
		if n := rapid.IntRange(-1, 3).Draw(t, name+" length"); n >= 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				draw(t, v.Index(i), name)
			}
		}
	case reflect.String:
		texts := hostile
		if values := v.MethodByName("Values"); values.IsValid() {
			known := values.Call(nil)[0]
			for i := range known.Len() {
				texts = append(texts, known.Index(i).String())
			}
		}
		v.SetString(rapid.SampledFrom(texts).Draw(t, name))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, name))
	case reflect.Int, reflect.Int64:
		v.SetInt(rapid.SampledFrom([]int64{0, 1, 50, 19045, -1, math.MaxInt32, math.MinInt32}).Draw(t, name))
	case reflect.Uint8, reflect.Uint32:
		v.SetUint(rapid.Uint64Range(0, 255).Draw(t, name))
	}
}

// shownTexts are the texts that programs print of a result: all but copies of what was given.
func shownTexts(v reflect.Value, visit func(string)) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			shownTexts(v.Field(i), visit)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			shownTexts(v.Index(i), visit)
		}
	case reflect.String:
		visit(v.String())
	}
}

// Every method answers anything in every edition: it does not panic, gives either an error or
// an answer that follows from its reasons, and lets no control character or long text through.
func TestAnything(t *testing.T) {
	for i := range reflect.TypeFor[byol.Rules]().NumMethod() {
		method := reflect.TypeFor[byol.Rules]().Method(i)
		t.Run(method.Name, rapid.MakeCheck(func(t *rapid.T) {
			args := []reflect.Value{reflect.ValueOf(edition(t))}
			for k := 1; k < method.Type.NumIn(); k++ {
				arg := reflect.New(method.Type.In(k)).Elem()
				draw(t, arg, fmt.Sprint("argument ", k))
				args = append(args, arg)
			}
			call := method.Func.Call
			if method.Type.IsVariadic() {
				call = method.Func.CallSlice
			}
			outs := call(args)
			if err, ok := outs[len(outs)-1].Interface().(error); ok {
				if input := (*rule.InputError)(nil); !errors.As(err, &input) {
					t.Fatalf("error %v", err)
				}
				clean(t, err.Error())
				return
			}
			for _, out := range outs {
				if a := out; a.Kind() == reflect.Struct && a.FieldByName("Verdict").IsValid() {
					answer, ok := a.Interface().(rule.Answer)
					if !ok {
						answer = a.FieldByName("Answer").Interface().(rule.Answer)
					}
					if answer.Verdict != answer.Concluded().Verdict || answer.Verdict == rule.Undocumented && len(answer.Open) == 0 {
						t.Fatalf("%+v", answer)
					}
				}
				if method.Name != "Policy" {
					shownTexts(out, func(s string) { clean(t, s) })
				}
			}
		}))
	}
}

func clean(t rapid.TB, s string) {
	if i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsPrint(r) || r == unicode.ReplacementChar }); i >= 0 || len(s) > 1500 {
		t.Fatalf("%d bytes, with a control character at %d: %.300q", len(s), i, s)
	}
}

// What the service says of images reaches nobody's terminal as it is.
func TestImageErrorsAreClean(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var images []types.WorkspaceImage
		draw(t, reflect.ValueOf(&images).Elem(), "images")
		a := byol.ImageErrors(images)
		if a.Verdict != a.Concluded().Verdict {
			t.Fatalf("%+v", a)
		}
		shownTexts(reflect.ValueOf(a), func(s string) { clean(t, s) })
	})
}

// What cannot be read of a file is named in a line.
func TestParseErrorsAreClean(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOf(rapid.SampledFrom(append(hostile, "[HKEY_X]", "\"a\"=hex:", "\"a\"=dword:1", "@="))).Draw(t, "lines")
		if _, err := byol.ParseRegistry([]byte("REGEDIT4\n" + strings.Join(lines, "\n"))); err != nil {
			clean(t, err.Error())
		}
	})
}
