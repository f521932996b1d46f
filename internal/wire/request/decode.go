package request

import (
	"encoding/base64"
	"fmt"
	"io"
	"reflect"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/jsonstream"
	"github.com/wksgo/wks/rule"
)

// Decode reads a request as the API's JSON writes it into a pointer to the SDK's input struct. It
// is strict: names are those of the API, in its case, and each stands once in its object; a null
// is an absent member. The error is a *rule.InputError that names the place of what the operation
// does not have or of a value of another type, or tells what is wrong with the JSON.
func Decode(r io.Reader, input any) error {
	d := decoder{jsonstream.NewReader(r)}
	err := d.value(nil, reflect.ValueOf(input).Elem())
	if err == nil {
		err = d.r.End()
	}
	return err
}

type decoder struct{ r *jsonstream.Reader }

// unions are the members of the SDK's unions, by name.
var unions = map[reflect.Type]map[string]reflect.Type{
	reflect.TypeFor[types.ImageSourceIdentifier](): {
		"Ec2ImageId":           reflect.TypeFor[types.ImageSourceIdentifierMemberEc2ImageId](),
		"Ec2ImportTaskId":      reflect.TypeFor[types.ImageSourceIdentifierMemberEc2ImportTaskId](),
		"ImageBuildVersionArn": reflect.TypeFor[types.ImageSourceIdentifierMemberImageBuildVersionArn](),
	},
}

// wireNames are the members that the API does not spell as the SDK's fields.
var wireNames = map[reflect.Type]map[string]string{
	reflect.TypeFor[types.IpRuleItem](): {"ipRule": "IpRule", "ruleDesc": "RuleDesc"},
}

// value reads a value of the type of v into v.
func (d *decoder) value(at *place, v reflect.Value) error {
	if null, err := d.r.Null(); null || err != nil {
		return err
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		return d.value(at, v.Elem())
	case reflect.Struct:
		return d.structure(at, v)
	case reflect.Interface:
		return d.union(at, v)
	case reflect.Map:
		return d.entries(at, v)
	case reflect.Slice:
		if v.Type().Elem().Kind() != reflect.Uint8 {
			return d.list(at, v)
		}
	}
	return d.scalar(at, v)
}

// want returns an error for a value that does not start as one of its type does.
func (d *decoder) want(at *place, first, what string) error {
	c, err := d.r.Peek()
	if err != nil {
		return err
	}
	for i := range len(first) {
		if c == first[i] {
			return nil
		}
	}
	return &rule.InputError{Path: at.path(), Value: string(rune(c)) + "…", Reason: "is not " + what}
}

func (d *decoder) structure(at *place, v reflect.Value) error {
	if err := d.want(at, "{", "an object"); err != nil {
		return err
	}
	var seen uint64 // fields, of which no input has more than 64
	return d.r.Object(func(name []byte) error {
		field, ok := fieldOf(v.Type(), string(name))
		if !ok {
			return unknown(at, string(name))
		}
		below := &place{at, string(name), -1}
		if seen>>field.Index[0]&1 == 1 {
			return &rule.InputError{Path: below.path(), Value: string(name), Reason: "stands twice in its object"}
		}
		seen |= 1 << field.Index[0]
		return d.value(below, v.FieldByIndex(field.Index))
	})
}

func fieldOf(t reflect.Type, name string) (reflect.StructField, bool) {
	if names, ok := wireNames[t]; ok {
		name = names[name]
	}
	f, ok := t.FieldByName(name)
	return f, ok && f.IsExported() && !f.Anonymous
}

func unknown(at *place, name string) error {
	return &rule.InputError{Path: at.path(), Value: name, Reason: "is not a member of this object"}
}

func (d *decoder) union(at *place, v reflect.Value) error {
	members, ok := unions[v.Type()]
	if !ok {
		return fmt.Errorf("request: no union %s", v.Type())
	}
	if err := d.want(at, "{", "an object"); err != nil {
		return err
	}
	return d.r.Object(func(name []byte) error {
		t, ok := members[string(name)]
		switch {
		case !ok:
			return unknown(at, string(name))
		case !v.IsNil():
			return &rule.InputError{Path: at.path(), Value: string(name), Reason: "is a second member, and this object has one"}
		}
		member := reflect.New(t)
		v.Set(member)
		return d.value(&place{at, string(name), -1}, member.Elem().FieldByName("Value"))
	})
}

func (d *decoder) list(at *place, v reflect.Value) error {
	if err := d.want(at, "[", "a list"); err != nil {
		return err
	}
	v.Set(reflect.MakeSlice(v.Type(), 0, 0))
	return d.r.Array(func(i int) error {
		element := reflect.New(v.Type().Elem()).Elem()
		below := &place{at, "", i}
		if null, err := d.r.Null(); null || err != nil {
			if err == nil {
				err = &rule.InputError{Path: below.path(), Value: "null", Reason: "is not an element of a list"}
			}
			return err
		}
		err := d.value(below, element)
		v.Set(reflect.Append(v, element))
		return err
	})
}

func (d *decoder) entries(at *place, v reflect.Value) error {
	if err := d.want(at, "{", "an object"); err != nil {
		return err
	}
	v.Set(reflect.MakeMap(v.Type()))
	return d.r.Object(func(name []byte) error {
		key := reflect.ValueOf(string(name)).Convert(v.Type().Key())
		if v.MapIndex(key).IsValid() {
			return &rule.InputError{Path: at.path(), Value: string(name), Reason: "stands twice in its object"}
		}
		element := reflect.New(v.Type().Elem()).Elem()
		err := d.value(at, element)
		v.SetMapIndex(key, element)
		return err
	})
}

func (d *decoder) scalar(at *place, v reflect.Value) error {
	switch v.Kind() {
	case reflect.String, reflect.Slice:
		if err := d.want(at, `"`, "a string"); err != nil {
			return err
		}
		text, err := d.r.Text()
		if err != nil {
			return err
		}
		if v.Kind() == reflect.String {
			v.SetString(string(text))
			return nil
		}
		blob, err := base64.StdEncoding.AppendDecode([]byte{}, text)
		if err != nil {
			return &rule.InputError{Path: at.path(), Value: string(text), Reason: "is not base64"}
		}
		v.SetBytes(blob)
		return nil
	case reflect.Bool:
		if err := d.want(at, "tf", "true or false"); err != nil {
			return err
		}
		b, err := d.r.Bool()
		v.SetBool(b)
		return err
	case reflect.Int32, reflect.Int64:
		if err := d.want(at, "-0123456789", "a number"); err != nil {
			return err
		}
		text, err := d.r.Number()
		if err != nil {
			return err
		}
		n, err := strconv.ParseInt(string(text), 10, v.Type().Bits())
		if err != nil {
			return &rule.InputError{Path: at.path(), Value: string(text), Reason: fmt.Sprintf("is not a whole number of %d bits", v.Type().Bits())}
		}
		v.SetInt(n)
		return nil
	}
	return fmt.Errorf("request: no value of the type %s", v.Type())
}
