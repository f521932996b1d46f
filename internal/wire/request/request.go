// Package request holds the input structs of the SDK for Go against the constraints of
// package wire.
package request

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/wksgo/wks/internal/wire"
	"github.com/wksgo/wks/rule"
)

// A Kind tells which sort of constraint is broken.
type Kind uint8

const (
	Missing Kind = iota // a required member is absent
	Length              // too few or too many characters, or bytes of a blob
	Size                // too few or too many elements of a list
	Range               // an integer out of bounds
	Form                // a string that its pattern does not match
	Value               // a string that the model's enum lacks
)

// A Fault is one broken constraint.
type Fault struct {
	Kind   Kind
	Path   rule.Path
	Detail string // names the value and the constraint
}

// Check holds a request, a pointer to the SDK's input struct of any operation, against the
// constraints of the operation. It returns the faults in the order of the members' names, those of
// lists by element, those of one value in the order of the kinds. A nil pointer is an empty
// request, as it is for the SDK. What the SDK does not send is absent: nil pointers, lists and
// maps, and empty enums. It is false for anything else than such a pointer: an operation that a newer
// SDK has is not known.
//
// It does not allocate for a request without faults.
func Check(input any) (faults []Fault, known bool) {
	var r report
	known = r.operation(input)
	return r.faults, known
}

func orZero[T any](v *T) *T {
	if v == nil {
		v = new(T)
	}
	return v
}

// A place is a member of the struct at up, or an element of it if index is not negative. The
// nil place is the request.
type place struct {
	up    *place
	name  string
	index int
}

func (p *place) path() rule.Path {
	if p == nil {
		return ""
	}
	q := p.up.path().Join(rule.Path(p.name))
	if p.index >= 0 {
		q = q.Index(p.index)
	}
	return q
}

type report struct{ faults []Fault }

func (r *report) fault(k Kind, at *place, format string, args ...any) {
	r.faults = append(r.faults, Fault{k, at.path(), fmt.Sprintf(format, args...)})
}

func (r *report) require(at *place, name string, present bool) {
	if !present {
		r.fault(Missing, &place{at, name, -1}, "is required")
	}
}

func (r *report) text(at *place, name string, s *string, sh *wire.Shape) {
	if s != nil {
		r.element(at, name, -1, *s, sh)
	}
}

func (r *report) enum(at *place, name string, s string, sh *wire.Shape) {
	if s != "" {
		r.element(at, name, -1, s, sh)
	}
}

func (r *report) element(at *place, name string, i int, s string, sh *wire.Shape) {
	if sh.Accepts(s) {
		return
	}
	p := &place{at, name, i}
	if n := utf8.RuneCountInString(s); n < sh.Min || n > sh.Max {
		r.fault(Length, p, "%s has %d characters, want %s", quote(s), n, sh.Bounds())
	}
	if sh.Pattern != nil && !sh.Pattern.Match(s) {
		r.fault(Form, p, "%s does not match %s", quote(s), sh.Pattern.Text)
	}
	if sh.Enum != nil && !slices.Contains(sh.Enum, s) {
		r.fault(Value, p, "%s is none of the values that the model knows, %s", quote(s), strings.Join(sh.Enum, ", "))
	}
}

func (r *report) number(at *place, name string, n *int32, sh *wire.Shape) {
	if n != nil && (int(*n) < sh.Min || int(*n) > sh.Max) {
		r.fault(Range, &place{at, name, -1}, "%d, want %s", *n, sh.Bounds())
	}
}

func (r *report) size(at *place, name string, n int, sh *wire.Shape) {
	if n >= sh.Min && n <= sh.Max {
		return
	}
	if p := (&place{at, name, -1}); sh.Type == wire.Blob {
		r.fault(Length, p, "%d bytes, want %s", n, sh.Bounds())
	} else {
		r.fault(Size, p, "%d elements, want %s", n, sh.Bounds())
	}
}

// entries checks a map. A fault of a value has the key as the last step of its path, unless
// the key does not suit a path; that of a key has the map's path.
func (r *report) entries(at *place, name string, m map[string]string, keys, values *wire.Shape) {
	before := len(r.faults)
	for k, s := range m {
		r.element(at, name, -1, k, keys)
		if keys.Accepts(k) {
			r.element(&place{at, name, -1}, k, -1, s, values)
		} else {
			r.element(at, name, -1, s, values)
		}
	}
	slices.SortFunc(r.faults[before:], func(a, b Fault) int {
		return cmp.Or(strings.Compare(string(a.Path), string(b.Path)), cmp.Compare(a.Kind, b.Kind), strings.Compare(a.Detail, b.Detail))
	})
}

// quote returns s in quotes, cut to a length that fits a line.
func quote(s string) string {
	const most = 80
	if n := 0; len(s) > most {
		for i := range s {
			if n++; n > most {
				return fmt.Sprintf("%q…", s[:i])
			}
		}
	}
	return fmt.Sprintf("%q", s)
}
