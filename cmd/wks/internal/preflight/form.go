package preflight

import (
	"cmp"
	"encoding"
	"fmt"
	"net/netip"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
)

// A kind is how a value is read.
type kind int

const (
	unreadKind kind = iota
	objectKind
	listKind
	streamKind
	textKind
	parsedKind // from a string, by its own method
	booleanKind
	numberKind
)

// String is what the value is called where another stands in its place.
func (k kind) String() string {
	switch k {
	case booleanKind:
		return "boolean"
	case numberKind:
		return "number"
	}
	return "string"
}

// mostMembers is the most that an object may have that are known.
const mostMembers = 128

// A form is how a Go type is read from JSON.
type form struct {
	kind    kind
	typ     reflect.Type
	pointer bool          // to typ
	elem    *form         // of a list
	empty   reflect.Value // list
	members map[string]*member
	needed  []*member
	needs   bool // some member is needed
	first   atomic.Pointer[member]
}

// A member of an object is a field of a struct.
type member struct {
	name   string
	index  []int
	number int // among those of the object
	need   bool
	form   *form
	next   atomic.Pointer[member] // that stood behind it the last time
}

var (
	unreadType = reflect.TypeFor[unread]()
	streamType = reflect.TypeFor[stream]()
	parsedType = reflect.TypeFor[encoding.TextUnmarshaler]()
	prefixType = reflect.TypeFor[netip.Prefix]()
)

// forms are those that are known, by their types.
var forms sync.Map

// formOf returns how a type is read, which must be one that JSON of the AWS CLI is read into.
func formOf(t reflect.Type) *form {
	if f, ok := forms.Load(t); ok {
		return f.(*form)
	}
	f, _ := forms.LoadOrStore(t, newForm(t))
	return f.(*form)
}

func newForm(t reflect.Type) *form {
	f := &form{typ: t}
	switch {
	case t == unreadType:
		return f
	case t.Implements(streamType):
		f.kind = streamKind
		return f
	case t.Kind() == reflect.Pointer:
		e := formOf(t.Elem())
		return &form{kind: e.kind, typ: e.typ, pointer: true, elem: e.elem, empty: e.empty, members: e.members, needed: e.needed, needs: e.needs}
	case reflect.PointerTo(t).Implements(parsedType):
		f.kind = parsedKind
		return f
	}
	switch t.Kind() {
	case reflect.String:
		f.kind = textKind
	case reflect.Bool:
		f.kind = booleanKind
	case reflect.Int, reflect.Int32, reflect.Int64:
		f.kind = numberKind
	case reflect.Slice:
		f.kind, f.elem, f.empty = listKind, formOf(t.Elem()), reflect.MakeSlice(t, 0, 0)
	case reflect.Struct:
		f.kind, f.members = objectKind, map[string]*member{}
		f.addMembers(t, nil)
	default:
		panic(fmt.Sprintf("preflight: no JSON is read into a %s", t))
	}
	return f
}

// member returns the member of a name, nil if there is none. Objects of a list mostly have their members in
// one order: the one that stood behind the last one is tried first.
func (f *form) member(name []byte, last *atomic.Pointer[member]) *member {
	if m := last.Load(); m != nil && m.name == string(name) {
		return m
	}
	m := f.members[string(name)]
	if m != nil {
		last.Store(m)
	}
	return m
}

// addMembers adds the fields of a struct, and of those that it embeds. A member has the name of its field, or
// that of the tag name:"…", or the one that encoding/json gives it.
func (f *form) addMembers(t reflect.Type, index []int) {
	for i := range t.NumField() {
		field := t.Field(i)
		at := append(index[:len(index):len(index)], i)
		switch {
		case field.Anonymous && field.Type.Kind() == reflect.Struct:
			f.addMembers(field.Type, at)
			continue
		case !field.IsExported():
			continue
		}
		tag, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		need := field.Tag.Get("need") == "true"
		for _, name := range []string{cmp.Or(field.Tag.Get("name"), field.Name), tag} {
			if name == "" || f.members[name] != nil {
				continue
			}
			m := &member{name: name, index: at, number: len(f.members), need: need, form: formOf(field.Type)}
			f.members[name] = m
			if need {
				f.needed, f.needs = append(f.needed, m), true
			}
		}
	}
	if len(f.members) > mostMembers {
		panic(fmt.Sprintf("preflight: %s has more than %d members", t, mostMembers))
	}
}
