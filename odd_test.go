package wks_test

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	wks "github.com/wksgo/wks"
	"github.com/wksgo/wks/rule"
)

// odd calls f for each place in a value that v points to, once for each odd value that it puts
// there, and restores the value. It follows pointers, lists and structs.
func odd(v reflect.Value, at string, f func(at string)) {
	try := func(x reflect.Value) {
		old := reflect.New(v.Type()).Elem()
		old.Set(v)
		v.Set(x)
		f(fmt.Sprintf("%s = %.20q", at, fmt.Sprint(x)))
		v.Set(old)
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() {
				odd(v.Field(i), at+"."+field.Name, f)
			}
		}
	case reflect.Pointer:
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
			f(at + " = zero")
			odd(v.Elem(), at, f)
			v.SetZero()
			return
		}
		try(reflect.Zero(v.Type()))
		odd(v.Elem(), at, f)
	case reflect.Slice:
		try(reflect.Zero(v.Type()))
		try(reflect.MakeSlice(v.Type(), 0, 0))
		try(reflect.MakeSlice(v.Type(), 60, 60))
		for i := range v.Len() {
			odd(v.Index(i), at+"["+strconv.Itoa(i)+"]", f)
		}
	case reflect.String:
		for _, s := range []string{"", " ", "\xff", "-", "0", "NO_SUCH_VALUE", "arn:aws:kms:::key/", "::/0", strings.Repeat("é", 3000)} {
			try(reflect.ValueOf(s).Convert(v.Type()))
		}
	case reflect.Int32:
		for _, n := range []int32{0, -1, 1, math.MinInt32, math.MaxInt32} {
			try(reflect.ValueOf(n))
		}
	case reflect.Bool:
		try(reflect.ValueOf(!v.Bool()).Convert(v.Type()))
	case reflect.Interface:
		try(reflect.Zero(v.Type()))
	}
}

// TestOddValues holds that no value of a member makes a check fail, whatever the rest of the
// request is, and that each violation stands at a place that the request can have.
func TestOddValues(t *testing.T) {
	inputs := []any{batch(2), standby("alias/x", tag("a", "b")), byolImage("BYOL_REGULAR"), createGroup("203.0.113.0/24")}
	for _, tt := range slices.Concat(malformed, unsound) {
		if !slices.ContainsFunc(inputs, func(in any) bool { return operation(in) == operation(tt.input) }) && operation(tt.input) != "ImportClientBranding" {
			inputs = append(inputs, tt.input)
		}
	}
	n := 0
	for _, in := range inputs {
		v := reflect.ValueOf(in).Elem()
		odd(v, operation(in), func(at string) {
			n++
			a, err := wks.Check(in, wks.Region("us-east-1"))
			if err != nil {
				t.Errorf("%s: %v", at, err)
			}
			for _, violation := range wks.Told(a, wks.Newest().Edition()) {
				if !exists(v.Type(), violation.Path) {
					t.Errorf("%s: %s", at, violation)
				}
			}
		})
	}
	if n < 1000 {
		t.Errorf("%d values", n)
	}
}

// exists reports whether a path leads to a member of a type, spelled as the API does.
func exists(typ reflect.Type, p rule.Path) bool {
	for step := range strings.SplitSeq(string(p), ".") {
		if step == "" {
			return p == ""
		}
		name, _, isElement := strings.Cut(step, "[")
		for typ.Kind() == reflect.Pointer {
			typ = typ.Elem()
		}
		if typ.Kind() == reflect.Interface {
			return strings.HasPrefix(name, "Ec2") || strings.HasPrefix(name, "ImageBuild")
		}
		if typ.Kind() != reflect.Struct {
			return false
		}
		if name == "ipRule" { // the one member here that the API does not begin with a capital
			name = "IpRule"
		}
		field, ok := typ.FieldByName(name)
		if !ok {
			return false
		}
		if typ = field.Type; isElement {
			if typ.Kind() != reflect.Slice {
				return false
			}
			typ = typ.Elem()
		}
	}
	return true
}
