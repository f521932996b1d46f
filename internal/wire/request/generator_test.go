package request_test

import (
	"reflect"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/wire/wiretest"
)

// A generator fills an input struct with values at and around what the model permits.
type generator struct {
	*rapid.T
	model   wiretest.Model
	members map[string]string
}

func (g generator) odds(n int) bool { return rapid.IntRange(0, n).Draw(g.T, "odds") == 0 }

// fill sets v, which stands at path, to a random value.
func (g generator) fill(v reflect.Value, path string) {
	shape := g.model.Shapes[g.members[path]]
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				g.fill(v.Field(i), strings.TrimPrefix(path+"."+f.Name, "."))
			}
		}
	case reflect.Pointer:
		if !g.odds(5) {
			v.Set(reflect.New(v.Type().Elem()))
			g.fill(v.Elem(), path)
		}
	case reflect.Interface:
		switch rapid.IntRange(0, 3).Draw(g.T, "union") {
		case 1:
			v.Set(reflect.ValueOf(&types.ImageSourceIdentifierMemberEc2ImageId{Value: g.text(g.shape(path + ".Ec2ImageId"))}))
		case 2:
			v.Set(reflect.ValueOf(&types.ImageSourceIdentifierMemberEc2ImportTaskId{Value: g.text(g.shape(path + ".Ec2ImportTaskId"))}))
		case 3:
			v.Set(reflect.ValueOf(&types.ImageSourceIdentifierMemberImageBuildVersionArn{Value: g.text(g.shape(path + ".ImageBuildVersionArn"))}))
		}
	case reflect.Slice:
		if g.odds(5) {
			return
		}
		n := rapid.IntRange(0, 2).Draw(g.T, "elements")
		if v.Type().Elem().Kind() != reflect.Uint8 && shape.Max != nil && g.odds(5) {
			n = *shape.Max + rapid.IntRange(0, 1).Draw(g.T, "over")
		}
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		if v.Type().Elem().Kind() != reflect.Uint8 {
			for i := range n {
				g.fill(v.Index(i), path+"[]")
			}
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range rapid.IntRange(0, 2).Draw(g.T, "entries") {
			v.SetMapIndex(reflect.ValueOf(g.text(g.shape(path+"{key}"))), reflect.ValueOf(g.text(g.shape(path+"{value}"))))
		}
	case reflect.String:
		v.SetString(g.text(shape))
	case reflect.Int32:
		near := []int{0, 1, -1, 1 << 30}
		for _, bound := range []*int{shape.Min, shape.Max} {
			if bound != nil {
				near = append(near, *bound-1, *bound, *bound+1)
			}
		}
		v.SetInt(int64(rapid.SampledFrom(near).Draw(g.T, "number")))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(g.T, "bool"))
	default:
		g.Fatalf("%s: no values of %s", path, v.Type())
	}
}

func (g generator) shape(path string) wiretest.Shape { return g.model.Shapes[g.members[path]] }

// noise is what engines of regular expressions read differently, and what is near to a class.
var noise = []string{"\n", "\r\n", "\r", "\u0085", "\u2028", "\v", "\u00a0", "\ufeff", "\xff", "é", "😀", " ", "-", "_", "[", ":", "/", "\\", "A", "z", "0", "9", "٣", "http://", "$", ""}

// text returns a string that suits a shape, or does not by little.
func (g generator) text(s wiretest.Shape) string {
	if s.Enum != nil {
		return rapid.SampledFrom(append([]string{"", "OTHER", strings.ToLower(s.Enum[0]), s.Enum[0] + "\n"}, s.Enum...)).Draw(g.T, "enum")
	}
	pattern, n := "^[a-z]*$", 0
	if s.Pattern != nil {
		pattern = *s.Pattern
	}
	if n = rapid.IntRange(0, 40).Draw(g.T, "length"); s.Max != nil && (*s.Max < 300 && g.odds(3) || g.odds(30)) {
		n = *s.Max + rapid.IntRange(-1, 1).Draw(g.T, "over")
	}
	text, _ := wiretest.Example(pattern, n)
	for range rapid.SampledFrom([]int{0, 0, 1, 2}).Draw(g.T, "mutations") {
		i := rapid.IntRange(0, len(text)).Draw(g.T, "at")
		j := min(len(text), i+rapid.IntRange(0, 2).Draw(g.T, "cut"))
		text = text[:i] + rapid.SampledFrom(noise).Draw(g.T, "noise") + text[j:]
	}
	return text
}
