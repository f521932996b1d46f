package request_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/internal/wire/wiretest"
)

// A builder fills an input struct with what is required and what stands at, above or below one path.
type builder struct {
	model    wiretest.Model
	examples map[string]string // the shortest, by shape
	members  map[string]string
	required []string
	want     string // the path of the model
	value    any    // a string, or a number: that of elements or bytes, or itself
	set      bool   // the value was put in
}

func (b *builder) wanted(path string) bool {
	return b.want == path || strings.HasPrefix(b.want, path+".") || strings.HasPrefix(b.want, path+"[]") || strings.HasPrefix(b.want, path+"{")
}

func (b *builder) text(path string) string {
	if path == b.want {
		b.set = true
		return b.value.(string)
	}
	if s := b.model.Shapes[b.members[path]]; s.Enum != nil {
		return s.Enum[0]
	}
	return b.examples[b.members[path]]
}

func (b *builder) size(path string) int {
	if path == b.want {
		b.set = true
		return b.value.(int)
	}
	return 1
}

func (b *builder) fill(t *testing.T, v reflect.Value, path string) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			p := strings.TrimPrefix(path+"."+f.Name, ".")
			if f.IsExported() && (slices.Contains(b.required, p) || b.wanted(p)) {
				b.fill(t, v.Field(i), p)
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		b.fill(t, v.Elem(), path)
	case reflect.Interface:
		switch {
		case b.wanted(path + ".Ec2ImportTaskId"):
			v.Set(reflect.ValueOf(&types.ImageSourceIdentifierMemberEc2ImportTaskId{Value: b.text(path + ".Ec2ImportTaskId")}))
		case b.wanted(path + ".ImageBuildVersionArn"):
			v.Set(reflect.ValueOf(&types.ImageSourceIdentifierMemberImageBuildVersionArn{Value: b.text(path + ".ImageBuildVersionArn")}))
		default:
			v.Set(reflect.ValueOf(&types.ImageSourceIdentifierMemberEc2ImageId{Value: b.text(path + ".Ec2ImageId")}))
		}
	case reflect.Slice:
		n := b.size(path)
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		if v.Type().Elem().Kind() != reflect.Uint8 {
			for i := range n {
				b.fill(t, v.Index(i), path+"[]")
			}
		}
	case reflect.Map:
		v.Set(reflect.ValueOf(map[string]string{b.text(path + "{key}"): b.text(path + "{value}")}))
	case reflect.String:
		v.SetString(b.text(path))
	case reflect.Int32:
		n := 0
		if s := b.model.Shapes[b.members[path]]; s.Min != nil {
			n = *s.Min
		}
		if path == b.want {
			n, b.set = b.value.(int), true
		}
		v.SetInt(int64(n))
	case reflect.Bool:
	default:
		t.Fatalf("%s: no value of %s", path, v.Type())
	}
}

// extremes returns the shortest and the longest string that suit a shape with a pattern or bounds,
// the longest up to 1500 characters if there is no bound.
func extremes(s wiretest.Shape) (shortest, longest string) {
	pattern := "^a*$"
	if s.Pattern != nil {
		pattern = *s.Pattern
	}
	least, most := 0, 1500
	if s.Min != nil {
		least = *s.Min
	}
	if s.Max != nil {
		most = *s.Max
	}
	ok := false
	for n := least; !ok && n <= most; n++ {
		shortest, ok = wiretest.Example(pattern, n)
	}
	ok = false
	for n := most; !ok && n >= least; n-- {
		longest, ok = wiretest.Example(pattern, n)
	}
	return shortest, longest
}

// values returns what just suits a shape, and by kind what just does not.
func values(s wiretest.Shape) (good []any, bad map[string][]any) {
	bad = map[string][]any{}
	if s.Type != "string" {
		kind := map[string]string{"list": "size", "integer": "range", "blob": "length"}[s.Type]
		if s.Min != nil {
			good = append(good, *s.Min)
			if *s.Min > 0 || s.Type == "integer" {
				bad[kind] = append(bad[kind], *s.Min-1)
			}
		}
		if s.Max != nil {
			good, bad[kind] = append(good, *s.Max), append(bad[kind], *s.Max+1)
		}
		return good, bad
	}
	if s.Enum != nil {
		for _, e := range s.Enum {
			good = append(good, e)
		}
		return good, map[string][]any{"value": {"NO_SUCH_VALUE", s.Enum[0] + " "}}
	}
	if s.Min != nil && *s.Min > 0 {
		bad["length"] = append(bad["length"], strings.Repeat("é", *s.Min-1))
	}
	if s.Max != nil {
		bad["length"] = append(bad["length"], strings.Repeat("é", *s.Max+1), strings.Repeat("a", *s.Max+1))
		if s.Pattern == nil {
			good = append(good, strings.Repeat("é", *s.Max), strings.Repeat("😀", *s.Max))
		}
	}
	shortest, longest := extremes(s)
	good = append(good, shortest, longest)
	if s.Pattern != nil {
		half := len(longest) / 2
		for _, broken := range []string{shortest[min(1, len(shortest)):], longest + longest[len(longest)-1:], longest[:half] + "\n" + longest[half+1:], longest[:half] + "!" + longest[half+1:], "\n"} {
			if !wiretest.Match(*s.Pattern, broken) {
				bad["form"] = append(bad["form"], broken)
			}
		}
	}
	return good, bad
}

// TestEveryConstraintBothWays puts, for each of the constrained members, values into an otherwise
// valid request that just suit, and values that just do not and break nothing else.
func TestEveryConstraintBothWays(t *testing.T) {
	lineartest.SkipRace(t)
	m, sdk := load(t), inputs()
	type samples struct {
		good []any
		bad  map[string][]any
	}
	byShape, examples := map[string]samples{}, map[string]string{}
	for name, s := range m.Shapes {
		good, bad := values(s)
		byShape[name] = samples{good, bad}
		examples[name], _ = extremes(s)
		for kind, has := range map[string]bool{
			"size":   s.Type == "list",
			"range":  s.Type == "integer",
			"length": s.Type == "blob" || s.Type == "string" && (s.Max != nil || s.Min != nil && *s.Min > 0),
			"form":   s.Pattern != nil,
			"value":  s.Enum != nil,
		} {
			if has != (len(bad[kind]) > 0) || len(good) == 0 {
				t.Errorf("%s: %d values that break its %s", name, len(bad[kind]), kind)
			}
		}
	}
	members, unsent := 0, 0
	for operation, o := range m.Operations {
		for path, name := range o.Members {
			members++
			if operation+" "+path == "ModifyClientProperties ClientProperties.ClientExperiencePolicy" {
				unsent++ // the SDK has no such member yet
				continue
			}
			at := strings.ReplaceAll(path, "[]", "[0]")
			at = strings.Replace(strings.Replace(at, "{key}", "", 1), "{value}", ".aa_AA", 1)
			build := func(value any) []string {
				b := &builder{m, examples, o.Members, o.Required, path, value, false}
				input := sdk[operation]()
				b.fill(t, input.Elem(), "")
				if !b.set {
					t.Errorf("%s %s: no place for a value", operation, path)
				}
				return check(t, input.Interface())
			}
			for _, v := range byShape[name].good {
				if got := build(v); got != nil {
					t.Errorf("%s %s: %.80q breaks %q", operation, path, fmt.Sprint(v), got)
				}
			}
			for kind, bad := range byShape[name].bad {
				for _, v := range bad {
					got := build(v)
					if !slices.Contains(got, kind+" "+at) || slices.ContainsFunc(got, func(b string) bool { return !strings.HasSuffix(b, " "+at) }) {
						t.Errorf("%s %s: %.80q breaks %q, want its %s", operation, path, fmt.Sprint(v), got, kind)
					}
				}
			}
		}
	}
	if members != 367 || unsent != 1 {
		t.Errorf("%d constrained members, %d of which the SDK cannot send, want 367 and 1", members, unsent)
	}
}
