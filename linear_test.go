package wks_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	wks "github.com/wksgo/wks"
	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/internal/wire"
	"github.com/wksgo/wks/rule"
)

// stretch makes every list in a value n elements long, and those within them one: copies of the
// element that there is, or zero values.
func stretch(v reflect.Value, n int, broken bool) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && v.Type().Field(i).Name != "ResultMetadata" {
				stretch(v.Field(i), n, broken)
			}
		}
	case reflect.Pointer:
		if v.IsNil() && v.Type().Elem().Kind() == reflect.Struct {
			v.Set(reflect.New(v.Type().Elem()))
		}
		if !v.IsNil() {
			stretch(v.Elem(), n, broken)
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		list := reflect.MakeSlice(v.Type(), n, n)
		for i := range n {
			if !broken && v.Len() > 0 {
				list.Index(i).Set(v.Index(0))
			}
			if e := list.Index(i); e.Kind() == reflect.String && broken {
				e.SetString(fmt.Sprint("\x1b", i))
			} else {
				stretch(e, 1, broken)
			}
		}
		v.Set(list)
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for i := range n {
			v.SetMapIndex(reflect.ValueOf(fmt.Sprint("key", i)).Convert(v.Type().Key()), reflect.Zero(v.Type().Elem()))
		}
	}
}

func refused(n int) *wks.RefusedError {
	e := &wks.RefusedError{Operation: "CreateTags", Violations: make(rule.Violations, n)}
	for i := range e.Violations {
		e.Violations[i] = rule.Violation{Code: "example.code", Path: "Tags", Detail: "detail"}
	}
	return e
}

// checkLong checks a request, and what Guard says of it.
func checkLong(in any) {
	if _, err := wks.Check(in); err != nil {
		panic(err)
	}
	if err := wks.Admit(wks.OnShould(wks.Block()), wks.OnUndocumented(wks.Block()))(in); err != nil {
		_ = err.Error()
	}
}

func linearCases() map[string]func(n int) {
	cases := map[string]func(n int){
		"Check, users": func(n int) {
			b := batch(n)
			for i := range b.Workspaces {
				b.Workspaces[i].UserName = new(fmt.Sprint("user", i))
			}
			checkLong(b)
		},
		"Check, keys": func(n int) {
			b := batch(n)
			for i := range b.Workspaces {
				b.Workspaces[i].VolumeEncryptionKey = new(fmt.Sprint("key\x1b", i))
			}
			checkLong(b)
		},
		"Check, keys without encryption": func(n int) { // each leaves the answer open
			b := batch(n)
			for i := range b.Workspaces {
				w := &b.Workspaces[i]
				w.VolumeEncryptionKey, w.RootVolumeEncryptionEnabled, w.UserVolumeEncryptionEnabled = new(fmt.Sprint("alias/k", i)), nil, nil
			}
			checkLong(b)
		},
		"Check, rules": func(n int) {
			in := &workspaces.UpdateRulesOfIpGroupInput{GroupId: new("wsipg-0123456789")}
			for i := range n {
				in.UserRules = append(in.UserRules, types.IpRuleItem{IpRule: new(fmt.Sprintf("10.%d.%d.0/24", i>>8&255, i&255))})
			}
			checkLong(in)
		},
		"Guard": func(n int) { // its options
			opts := make([]wks.Option, n)
			for i := range opts {
				opts[i] = wks.Skip("DescribeTags")
			}
			_ = wks.Guard(opts...)
		},
		"Skip": func(n int) {
			names := make([]string, n)
			for i := range names {
				names[i] = "DescribeTags"
			}
			_ = wks.Guard(wks.Skip(names...))
		},
		"SkipCode": func(n int) {
			codes := make([]rule.Code, n)
			for i := range codes {
				codes[i] = wks.Catalogue()[0].Code
			}
			_ = wks.Guard(wks.SkipCode(codes...))
		},
		"RefusedError.Error":  func(n int) { _ = refused(n).Error() },
		"RefusedError.Unwrap": func(n int) { _ = refused(4 * n).Unwrap() },
		"RefusedError.RetryableError, of none": func(n int) {
			if refused(n).RetryableError() {
				panic("a refused request is sent again")
			}
		},
		"Decode": func(n int) {
			_, _ = wks.Decode("CreateWorkspaces", strings.NewReader(`{"Workspaces":[{}`+strings.Repeat(`,{"UserName":"a","Tags":[{"Key":"k"}]}`, n)+`]}`))
		},
		"Decode, broken": func(n int) {
			_, _ = wks.Decode("CreateWorkspaces", strings.NewReader(`{"Workspaces":[{}`+strings.Repeat(`,{"UserName":"a"}`, n)))
		},
		"Decode, a map": func(n int) {
			var b strings.Builder
			for i := range n {
				fmt.Fprintf(&b, `,"k%d":""`, i)
			}
			_, _ = wks.Decode("ImportClientBranding", strings.NewReader(`{"DeviceTypeIos":{"LoginMessage":{"a":"b"`+b.String()+`}}}`))
		},
		"Decode, a long text": func(n int) {
			_, _ = wks.Decode("CreateTags", strings.NewReader(`{"ResourceId":"`+strings.Repeat(`\u001b`, 50*n)+`"}`))
		},
		"Decode, nested": func(n int) {
			_, _ = wks.Decode("CreateTags", strings.NewReader(strings.Repeat(" ", 50*n)+strings.Repeat("[", n)))
		},
	}
	for _, tt := range slices.Concat(malformed, unsound) {
		name := operation(tt.input)
		if slices.Contains(wks.Checked(), name) && hasList(reflect.TypeOf(tt.input).Elem()) {
			cases["Check, "+name] = func(n int) { stretch(reflect.ValueOf(tt.input), n, false); checkLong(tt.input) }
		}
	}
	broken := func(op string, n int) {
		in, err := wks.NewInput(op)
		if err != nil {
			panic(err)
		}
		stretch(reflect.ValueOf(in), n, true)
		checkLong(in)
	}
	var others []string // which the model alone speaks of
	for op := range wire.Operations() {
		if in, err := wks.NewInput(op.Name); err != nil || !hasList(reflect.TypeOf(in).Elem()) {
			continue
		}
		if slices.Contains(wks.Checked(), op.Name) {
			cases["Check, broken "+op.Name] = func(n int) { broken(op.Name, n) }
		} else {
			others = append(others, op.Name)
		}
	}
	cases["Check, broken others"] = func(n int) {
		for _, op := range others {
			broken(op, n)
		}
	}
	return cases
}

// hasList reports whether a list stands in a struct, at any depth.
func hasList(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer:
		return hasList(t.Elem())
	case reflect.Map:
		return true
	case reflect.Slice:
		return t.Elem().Kind() != reflect.Uint8
	case reflect.Struct:
		for i := range t.NumField() {
			if f := t.Field(i); f.IsExported() && f.Name != "ResultMetadata" && hasList(f.Type) {
				return true
			}
		}
	}
	return false
}

func TestLinear(t *testing.T) {
	lineartest.Run(t, []string{".", "bundles", "bundles/encryption", "byol", "devices", "network", "internal/facts", "internal/jsonstream", "internal/wire", "internal/wire/request"}, linearCases())
}

func TestLinearCases(t *testing.T) { lineartest.Complete(t, linearCases()) }
