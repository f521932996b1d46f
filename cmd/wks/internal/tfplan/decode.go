package tfplan

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/wksgo/wks/internal/jsonstream"
	"github.com/wksgo/wks/rule"
)

// An inputError is a reason why a plan cannot be used, and where in it.
type inputError struct {
	file         string
	path         words
	line, column int // 0 if the path tells
	msg          words
}

func (e *inputError) Error() string {
	s := rule.Printable(e.file)
	if e.line > 0 {
		s += fmt.Sprintf(":%d:%d", e.line, e.column)
	}
	if e.path != "" {
		s += ": " + string(cut(e.path))
	}
	return s + ": " + string(e.msg)
}

// A decoder reads the JSON of a plan from the front to the end, once. What the program does not
// read is passed over: minor versions of the format add members.
type decoder struct {
	r     *jsonstream.Reader
	file  string
	data  []byte
	at    []string // names and indexes that lead to the value that is read
	texts map[string]string
	boxes map[string]any // the same texts, in an interface
}

func newDecoder(file string, data []byte) *decoder {
	return &decoder{r: jsonstream.NewReader(bytes.NewReader(data)), file: file, data: data, texts: map[string]string{}, boxes: map[string]any{}}
}

// mostTexts is how many texts are kept so that equal ones are there once.
const mostTexts = 1 << 14

// kept returns a text that is there once.
func (d *decoder) kept(b []byte) string {
	if s, ok := d.texts[string(b)]; ok {
		return s
	}
	s := string(b)
	if len(s) <= 64 && len(d.texts) < mostTexts {
		d.texts[s] = s
	}
	return s
}

// boxed is kept, in an interface.
func (d *decoder) boxed(b []byte) any {
	if v, ok := d.boxes[string(b)]; ok {
		return v
	}
	s := d.kept(b)
	v := any(s)
	if len(s) <= 64 && len(d.boxes) < mostTexts {
		d.boxes[s] = v
	}
	return v
}

// fail is an error at the value that is read. Names that are far in may be the keys of a map that
// is sensitive, and are not told: line and column are.
func (d *decoder) fail(offset int64, msg words) error {
	const most = 4
	var b strings.Builder
	names := 0
	for _, step := range d.at {
		if step[0] != '[' {
			if names++; names > most {
				break
			}
			if b.Len() > 0 {
				b.WriteByte('.')
			}
		}
		b.WriteString(step)
	}
	line, column := position(d.data, offset)
	return &inputError{d.file, brief(b.String()), line, column, msg}
}

// position turns an offset into line and column, both from 1.
func position(data []byte, offset int64) (line, column int) {
	before := data[:max(0, min(int(offset), len(data)))]
	return bytes.Count(before, []byte("\n")) + 1, len(before) - bytes.LastIndexByte(before, '\n')
}

// explain turns an error of the reader into one of the plan: what it reads is malformed, or ends too early.
func (d *decoder) explain(err error) error {
	var syntax *jsonstream.SyntaxError
	var input *inputError
	switch {
	case err == nil, errors.As(err, &input):
		return err
	case errors.As(err, &syntax):
		line, column := position(d.data, syntax.Offset)
		return &inputError{d.file, "", line, column, "is not JSON: " + brief(syntax.Reason)}
	}
	line, column := position(d.data, int64(len(d.data)))
	return &inputError{d.file, "", line, column, "ends in the middle of a value: it is cut off"}
}

// kindOf names a kind of JSON value by its first byte.
func kindOf(c byte) words {
	switch c {
	case '{':
		return "object"
	case '[':
		return "array"
	case '"':
		return "string"
	case 't', 'f':
		return "bool"
	}
	return "number"
}

// want reports whether the next value is of a kind, by its first byte. null is read, and is none.
func (d *decoder) want(first byte) (bool, error) {
	c, _ := d.r.Peek() // what reads the value tells the error
	switch {
	case c == 'n':
		_, err := d.r.Null()
		return false, err
	case !bytes.ContainsRune([]byte(`{["tfn-0123456789`), rune(c)):
		return true, nil // the reader tells
	case c != first && !(first == 't' && c == 'f'):
		return false, d.fail(d.r.Offset(), "is a "+kindOf(c)+", which a plan has not there")
	}
	return true, nil
}

// object reads an object. read reads the value of a member, and reports whether it is one that is
// known; a known one stands once.
func (d *decoder) object(read func(name string) (known bool, err error)) error {
	if ok, err := d.want('{'); !ok {
		return err
	}
	var seen [16]string
	names := seen[:0]
	var more map[string]bool // what does not fit into seen
	return d.r.Object(func(raw []byte) error {
		name := d.kept(raw)
		if name == "" {
			return d.r.Skip()
		}
		d.at = append(d.at, name)
		if slices.Contains(names, name) || more[name] {
			return d.fail(d.r.Offset(), "stands in its object twice")
		}
		known, err := read(name)
		switch {
		case err != nil:
			return err
		case known && len(names) < len(seen):
			names = append(names, name)
		case known:
			if more == nil {
				more = map[string]bool{}
			}
			more[name] = true
		default:
			if err := d.r.Skip(); err != nil {
				return err
			}
		}
		d.at = d.at[:len(d.at)-1]
		return nil
	})
}

// array reads an array.
func (d *decoder) array(read func(i int) error) error {
	if ok, err := d.want('['); !ok {
		return err
	}
	return d.r.Array(func(i int) error {
		d.at = append(d.at, index(i))
		if err := read(i); err != nil {
			return err
		}
		d.at = d.at[:len(d.at)-1]
		return nil
	})
}

// keyed reads an object whose names are of the plan's own choice, in which each stands once.
func (d *decoder) keyed(read func(name string) error) error {
	if ok, err := d.want('{'); !ok {
		return err
	}
	seen := map[string]bool{}
	return d.r.Object(func(raw []byte) error {
		name := d.kept(raw)
		if seen[name] {
			return d.fail(d.r.Offset(), "has a member twice")
		}
		seen[name] = true
		return read(name)
	})
}

func (d *decoder) text() (string, error) {
	if ok, err := d.want('"'); !ok {
		return "", err
	}
	b, err := d.r.Text()
	return d.kept(b), err
}

func (d *decoder) bool() (bool, error) {
	if ok, err := d.want('t'); !ok {
		return false, err
	}
	return d.r.Bool()
}

func (d *decoder) textList() (list []string, err error) {
	err = d.array(func(int) error {
		s, err := d.text()
		list = append(list, s)
		return err
	})
	return list, err
}

// indexes are the small indexes of lists, as paths have them.
var indexes = func() (s [64]string) {
	for i := range s {
		s[i] = "[" + strconv.Itoa(i) + "]"
	}
	return s
}()

func index(i int) string {
	if i < len(indexes) {
		return indexes[i]
	}
	return "[" + strconv.Itoa(i) + "]"
}

// everything is the shape of a value of which everything is read.
var everything = shape{}

// value reads a value as far as a shape has it. Values are nil, string, bool, int32, json.Number if
// a number is not one of those, []any and members. ok is false if the value has not the shape, which
// shape.check then explains.
func (d *decoder) value(s *shape) (v any, ok bool, err error) {
	c, _ := d.r.Peek() // what reads the value tells the error
	switch c {
	case 'n':
		_, err := d.r.Null()
		return nil, true, err
	case '"':
		b, err := d.r.Text()
		return d.boxed(b), s.is("string"), err
	case 't', 'f':
		b, err := d.r.Bool()
		return b, s.is("boolean"), err
	case '[':
		return d.values(s)
	case '{':
		return d.members(s)
	}
	b, err := d.r.Number()
	if n, ok := whole(string(b)); ok {
		return n, s.is("number"), err
	}
	return json.Number(b), s.kind == "", err
}

func (d *decoder) values(s *shape) (v any, ok bool, err error) {
	of := &everything
	if ok = s.is("list"); ok && s.of != nil {
		of = s.of
	}
	list := []any{}
	err = d.r.Array(func(int) error {
		x, sound, err := d.value(of)
		ok = ok && sound
		list = append(list, x)
		return err
	})
	return list, ok, err
}

func (d *decoder) members(s *shape) (v any, ok bool, err error) {
	ok = s.is("object") || s.is("map")
	m := make(members, 0, len(s.fields))
	err = d.r.Object(func(raw []byte) error {
		of := &everything
		switch {
		case ok && s.kind == "object":
			if of = s.fields[string(raw)]; of == nil {
				return d.r.Skip()
			}
		case ok && s.of != nil:
			of = s.of
		}
		name := d.kept(raw)
		x, sound, err := d.value(of)
		ok = ok && sound
		m = append(m, field{name, x})
		return err
	})
	if err != nil {
		return nil, false, err
	}
	slices.SortFunc(m, func(a, b field) int { return strings.Compare(a.name, b.name) })
	for i := range m {
		if i > 0 && m[i].name == m[i-1].name {
			return nil, false, d.fail(d.r.Offset(), "has a member twice")
		}
	}
	return m, ok, nil
}

// marks reads which parts of a value are marked. What has no mark is nil.
func (d *decoder) marks(s *shape) (any, error) {
	c, _ := d.r.Peek() // what reads the value tells the error
	switch c {
	case 't', 'f':
		b, err := d.r.Bool()
		if !b {
			return nil, err
		}
		return true, err
	case '[':
		var list []any
		marked := false
		err := d.r.Array(func(int) error {
			of := s.of
			if of == nil {
				of = &everything
			}
			x, err := d.marks(of)
			marked = marked || x != nil
			list = append(list, x)
			return err
		})
		if !marked {
			return nil, err
		}
		return list, err
	case '{':
		var m members
		err := d.r.Object(func(raw []byte) error {
			of := &everything
			switch {
			case s.kind == "object":
				if of = s.fields[string(raw)]; of == nil {
					return d.r.Skip()
				}
			case s.of != nil:
				of = s.of
			}
			name := d.kept(raw)
			x, err := d.marks(of)
			if x != nil {
				m = append(m, field{name, x})
			}
			return err
		})
		if m == nil {
			return nil, err
		}
		slices.SortFunc(m, func(a, b field) int { return strings.Compare(a.name, b.name) })
		return m, err
	}
	return nil, d.r.Skip()
}

// whole reads a number such as 80, 80.0 or 8e1.
func whole(s string) (int32, bool) {
	f, err := strconv.ParseFloat(s, 64)
	return int32(f), err == nil && f == math.Trunc(f) && f >= math.MinInt32 && f <= math.MaxInt32
}
