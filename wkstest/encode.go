package wkstest

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"github.com/aws/smithy-go/middleware"
)

// lowercase are the members that the service's model spells with a small first letter; all
// others are spelled as the SDK's fields are. A test holds it against the SDK.
var lowercase = map[string]map[string]string{
	"IpRuleItem":         {"IpRule": "ipRule", "RuleDesc": "ruleDesc"},
	"WorkspacesIpGroup":  {"GroupDesc": "groupDesc", "GroupId": "groupId", "GroupName": "groupName", "UserRules": "userRules"},
	"WorkspaceDirectory": {"IpGroupIds": "ipGroupIds"},
}

// unions are the SDK's interfaces that stand for one of several members, and the members.
var unions = map[reflect.Type]map[string]reflect.Type{
	reflect.TypeFor[types.ImageSourceIdentifier](): {
		"Ec2ImageId":           reflect.TypeFor[types.ImageSourceIdentifierMemberEc2ImageId](),
		"Ec2ImportTaskId":      reflect.TypeFor[types.ImageSourceIdentifierMemberEc2ImportTaskId](),
		"ImageBuildVersionArn": reflect.TypeFor[types.ImageSourceIdentifierMemberImageBuildVersionArn](),
	},
}

var (
	timeType     = reflect.TypeFor[time.Time]()
	metadataType = reflect.TypeFor[middleware.Metadata]()
)

// A shape is what is known of the members of a struct.
type shape struct {
	members []member
	byName  map[string]int // the place in members
}

type member struct {
	name  string
	key   string // the name in quotes, with a colon
	index []int
}

var shapes sync.Map // reflect.Type to *shape

func shapeOf(t reflect.Type) *shape {
	if s, ok := shapes.Load(t); ok {
		return s.(*shape)
	}
	s := &shape{byName: map[string]int{}}
	for _, f := range reflect.VisibleFields(t) {
		if f.Anonymous || !f.IsExported() || f.Type == metadataType {
			continue
		}
		name := f.Name
		owner := t
		if n := len(f.Index); n > 1 {
			owner = t.FieldByIndex(f.Index[:n-1]).Type
		}
		if small, ok := lowercase[owner.Name()][name]; ok {
			name = small
		}
		s.byName[name] = len(s.members)
		s.members = append(s.members, member{name, strconv.Quote(name) + ":", f.Index})
	}
	actual, _ := shapes.LoadOrStore(t, s)
	return actual.(*shape)
}

// appendJSON appends v as AWS JSON 1.1 has it: members that are absent (nil pointers, slices and
// maps, empty enums and texts) are left out, times are seconds since 1970 with milliseconds,
// and blobs are base64. An empty slice that is not nil is an empty list.
func appendJSON(b []byte, v reflect.Value) []byte {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return append(b, "null"...)
		}
		return appendJSON(b, v.Elem())
	case reflect.Interface:
		return appendUnion(b, v)
	case reflect.String:
		return appendString(b, v.String())
	case reflect.Bool:
		return strconv.AppendBool(b, v.Bool())
	case reflect.Int, reflect.Int32, reflect.Int64:
		return strconv.AppendInt(b, v.Int(), 10)
	case reflect.Uint64, reflect.Uint32, reflect.Uint8:
		return strconv.AppendUint(b, v.Uint(), 10)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			b = append(b, '"')
			b = base64.StdEncoding.AppendEncode(b, v.Bytes())
			return append(b, '"')
		}
		b = append(b, '[')
		for i := range v.Len() {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendJSON(b, v.Index(i))
		}
		return append(b, ']')
	case reflect.Map:
		b = append(b, '{')
		for i, k := range sortedKeys(v) {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendString(b, k.String()), ':')
			b = appendJSON(b, v.MapIndex(k))
		}
		return append(b, '}')
	case reflect.Struct:
		if v.Type() == timeType {
			return appendTime(b, v.Interface().(time.Time))
		}
		if v.CanAddr() {
			switch p := v.Addr().Interface().(type) {
			case *types.Workspace:
				return appendWorkspace(b, p)
			case *types.WorkspaceProperties:
				return appendProperties(b, p)
			}
		}
		return appendStruct(b, v)
	}
	panic(fmt.Sprintf("wkstest: no encoding of %s", v.Type())) // a test encodes every type
}

func appendStruct(b []byte, v reflect.Value) []byte {
	b = append(b, '{')
	first := true
	for _, m := range shapeOf(v.Type()).members {
		f := v.Field(m.index[0])
		if len(m.index) > 1 {
			f = v.FieldByIndex(m.index)
		}
		if absent(f) {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(b, m.key...)
		b = appendJSON(b, f)
	}
	return append(b, '}')
}

// absent reports whether a member is not there.
func absent(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Interface:
		return v.IsNil()
	case reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return v.IsZero() && v.Type() == timeType
	}
	return false
}

// appendTime appends the seconds since 1970, to the millisecond.
func appendTime(b []byte, t time.Time) []byte {
	ms := t.UnixMilli()
	if ms < 0 {
		return strconv.AppendFloat(b, float64(ms)/1000, 'f', 3, 64)
	}
	b = strconv.AppendInt(b, ms/1000, 10)
	if rest := ms % 1000; rest > 0 {
		b = append(b, '.', byte('0'+rest/100), byte('0'+rest/10%10), byte('0'+rest%10))
	}
	return b
}

// appendUnion appends the one member of a union that is there. One that the SDK does not know has none.
func appendUnion(b []byte, v reflect.Value) []byte {
	members, ok := unions[v.Type()]
	if !ok {
		panic(fmt.Sprintf("wkstest: no encoding of %s", v.Type()))
	}
	value := reflect.Indirect(v.Elem())
	if !value.IsValid() {
		return append(b, "null"...)
	}
	for name, t := range members {
		if t == value.Type() {
			b = append(append(b, '{'), strconv.Quote(name)...)
			return append(appendJSON(append(b, ':'), value.FieldByName("Value")), '}')
		}
	}
	return append(b, "{}"...)
}

// plainBytes are the bytes that stand for themselves in a JSON string.
var plainBytes = func() (set [256]bool) {
	for c := ' '; c < 0x7f; c++ {
		set[c] = c != '"' && c != '\\'
	}
	return set
}()

// appendString appends s in quotes.
func appendString(b []byte, s string) []byte {
	for i := range len(s) {
		if !plainBytes[s[i]] {
			quoted, _ := json.Marshal(s) // no string has an error
			return append(b, quoted...)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}
