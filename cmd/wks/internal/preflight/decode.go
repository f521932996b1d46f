package preflight

import (
	"encoding"
	"errors"
	"hash/maphash"
	"io"
	"io/fs"
	"net/netip"
	"reflect"
	"strconv"
	"strings"
	"unicode"

	"github.com/wksgo/wks/internal/jsonstream"
	"github.com/wksgo/wks/rule"
)

// decodeFile reads a JSON file into dst, a pointer to a struct that spells out the
// members of the AWS CLI's output. A member that dst does not have is noted. One that is null, as
// some SDKs write what the service did not tell, is not there. It is an
// error if a member with the tag need:"true" is missing, null or empty, if a member that is
// read has the wrong type or does not parse, and if one stands there twice. In the elements of a
// [stream], only the stream says what becomes of that.
//
// The file is read once, from the front to the end, in memory that does not depend on its size.
func decodeFile(fsys fs.FS, name string, dst any, notes *notes) error {
	wrong, err := decodeUsable(fsys, name, dst, notes)
	if err == nil && len(wrong) > 0 {
		return wrong[0]
	}
	return err
}

// decodeUsable is decodeFile for a file of which what can be used is used: it returns what is wrong beside it. A
// value that is wrong is zero in dst. An element of a list keeps its index: one of the file's own list has
// what can be used, and an object in a list below is empty if anything in it is wrong. What is no object is left out.
func decodeUsable(fsys fs.FS, name string, dst any, notes *notes) (wrong []*fileError, err error) {
	f, err := openExported(fsys, name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	d := &decoder{file: name, r: jsonstream.NewReader(f), notes: notes, noted: map[string]bool{}, seed: maphash.MakeSeed()}
	v := reflect.ValueOf(dst).Elem()
	err = d.value(v, formOf(v.Type()))
	if err == nil {
		err = d.end()
	}
	if err != nil {
		return nil, d.explain(err)
	}
	return d.wrong, nil
}

// A stream takes the elements of a list one by one.
type stream interface {
	// element is where the next one is decoded to.
	element() reflect.Value
	// take takes it, with its index and what is wrong with it. Where something is wrong, the value is zero.
	take(i int, wrong []*fileError)
}

// A decoder reads JSON along a Go type.
type decoder struct {
	file  string
	r     *jsonstream.Reader
	notes *notes
	noted map[string]bool // what is noted once for a file

	steps  []step       // to the value that is read
	wrong  []*fileError // all, but for the elements of a stream that were taken
	stream bool         // an element of a stream is read

	seed  maphash.Seed
	texts [1 << 10]string // that were read lately, by their hashes
}

// A step is a name, or the index in a list.
type step struct {
	name  string
	index int // if the name is ""
}

// path is that of the value that is read.
func (d *decoder) path() (p rule.Path) {
	for _, s := range d.steps {
		if s.name == "" {
			p = p.Index(s.index)
		} else {
			p = p.Join(rule.Path(s.name))
		}
	}
	return p
}

// fail notes that a value cannot be used, which begins at a line and a column. Reading goes on.
func (d *decoder) fail(line, column int, format string, args ...any) {
	d.wrong = append(d.wrong, newFileError(d.place(line, column), say(format, args...)))
}

func (d *decoder) place(line, column int) place {
	at := inFile(d.file)
	at.Line, at.Column, at.Path = line, column, d.path()
	return at
}

// skip fails for the next value and passes it over.
func (d *decoder) skip(format string, args ...any) error {
	line, column := d.r.Position()
	d.fail(line, column, format, args...)
	return d.r.Skip()
}

// noteOnce adds a note on what was read last, unless the file has one of the same kind.
func (d *decoder) noteOnce(kind, format string, args ...any) {
	if !d.noted[kind] {
		d.noted[kind] = true
		d.notes.add(d.place(d.r.Start()), format, args...)
	}
}

// end makes sure that nothing stands behind the value.
func (d *decoder) end() error {
	c, err := d.r.Peek()
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	if err != nil {
		return err
	}
	line, column := d.r.Position()
	return newFileError(d.place(line, column), say("is not JSON: invalid character %q after top-level value", c))
}

// explain turns an error of the reader into one of the file.
func (d *decoder) explain(err error) error {
	at := inFile(d.file)
	var syntax *jsonstream.SyntaxError
	var file *fileError
	switch {
	case errors.As(err, &file):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		at.Line, at.Column = d.r.Last()
		return newFileError(at, "ends in the middle of a value: the file is cut off")
	case errors.As(err, &syntax):
		at.Line, at.Column = d.r.Position()
		if want, found, ok := strings.Cut(syntax.Reason, ", not "); ok {
			return newFileError(at, "is not JSON: invalid character "+found+": "+want)
		}
		return newFileError(at, "is not JSON: "+syntax.Reason)
	}
	return newFileError(at, reason(err).Error())
}

// value reads a value into v.
func (d *decoder) value(v reflect.Value, f *form) error {
	c, err := d.r.Peek()
	switch {
	case err != nil:
		return err
	case f.kind == unreadKind:
		return d.r.Skip()
	case c == 'n':
		return d.skip("is null")
	case f.pointer:
		v.Set(reflect.New(f.typ))
		v = v.Elem()
	}
	switch f.kind {
	case objectKind:
		if c != '{' {
			return d.skip("is not an object")
		}
		return d.object(v, f)
	case listKind, streamKind:
		if c != '[' {
			return d.skip("is not a list")
		}
		if f.kind == streamKind {
			return d.elements(v.Interface().(stream))
		}
		return d.list(v, f)
	}
	if found := kindOf(c); found != "" && found != f.kind.String() {
		want := f.kind.String()
		if f.kind == numberKind {
			want = "whole number"
		}
		return d.mismatch(found, want)
	}
	switch f.kind {
	case booleanKind:
		b, err := d.r.Bool()
		v.SetBool(b)
		return err
	case numberKind:
		return d.number(v)
	}
	return d.text(v, f)
}

// kindOf names a value by its first byte, "" if it is none.
func kindOf(c byte) string {
	switch {
	case c == '"':
		return "string"
	case c == 't' || c == 'f':
		return "boolean"
	case c == '{':
		return "object"
	case c == '[':
		return "list"
	case c == '-' || c >= '0' && c <= '9':
		return "number"
	}
	return ""
}

// mismatch fails for the next value, which is of another kind than it should be. A text or a number is told.
func (d *decoder) mismatch(found, want string) error {
	var value []byte
	var err error
	switch found {
	case "string":
		value, err = d.r.Text()
		value = strconv.AppendQuote(nil, rule.Shorten(string(value)))
	case "number":
		value, err = d.r.Number()
		value = []byte(rule.Shorten(string(value)))
	default:
		return d.skip("%s, want a %s", withArticle(found), want)
	}
	if err != nil {
		return err
	}
	line, column := d.r.Start()
	d.fail(line, column, "is a %s, want a %s", found, want)
	d.wrong[len(d.wrong)-1].value = string(value)
	return nil
}

func withArticle(kind string) string {
	if kind == "object" {
		return "is an object"
	}
	return "is a " + kind
}

func (d *decoder) number(v reflect.Value) error {
	b, err := d.r.Number()
	if err != nil {
		return err
	}
	n, err := strconv.ParseInt(string(b), 10, v.Type().Bits())
	if err != nil {
		line, column := d.r.Start()
		d.fail(line, column, "is a number %.40s, want a whole number", b)
		return nil
	}
	v.SetInt(n)
	return nil
}

func (d *decoder) text(v reflect.Value, f *form) error {
	b, err := d.r.Text()
	if err != nil {
		return err
	}
	if f.kind == textKind {
		v.SetString(d.kept(b))
		return nil
	}
	x := v.Addr().Interface()
	if err := x.(encoding.TextUnmarshaler).UnmarshalText(b); err != nil {
		line, column := d.r.Start()
		if f.typ == prefixType {
			d.fail(line, column, "is not a CIDR block, such as 10.0.0.0/16")
			d.wrong[len(d.wrong)-1].value = strconv.Quote(rule.Shorten(string(b)))
		} else {
			d.fail(line, column, "%s", err.Error())
		}
		v.SetZero()
		return nil
	}
	if x, is := x.(*netip.Prefix); is && *x != x.Masked() {
		d.noteOnce("host bits", "%s has host bits set and is read as %s, as are all others in the file", x, x.Masked())
	}
	return nil
}

// kept returns a text. Texts that stand in a file over and over are one in memory.
func (d *decoder) kept(b []byte) string {
	slot := &d.texts[maphash.Bytes(d.seed, b)%uint64(len(d.texts))]
	if *slot == string(b) {
		return *slot
	}
	text := string(b)
	if clean := strings.Map(printable, text); clean != text {
		d.noteOnce("control characters", "%q has characters that cannot be printed, which are replaced here and in the rest of the file", text)
		return clean
	}
	if len(text) <= 128 {
		*slot = text
	}
	return text
}

// printable keeps what is read from moving the cursor of the terminal it is shown on.
func printable(r rune) rune {
	if !unicode.IsPrint(r) {
		return unicode.ReplacementChar
	}
	return r
}

func (d *decoder) list(v reflect.Value, f *form) error {
	v.Set(f.empty) // an empty list is not a missing one
	d.steps = append(d.steps, step{})
	err := d.r.Array(func(i int) error {
		d.steps[len(d.steps)-1].index = i
		n, wrong := v.Len(), len(d.wrong)
		v.Grow(1)
		v.SetLen(n + 1)
		v.Index(n).SetZero()
		err := d.value(v.Index(n), f.elem)
		switch {
		case len(d.wrong) == wrong:
		case f.elem.kind != objectKind || d.stream: // it is taken as not given
			v.SetLen(n)
		case len(d.steps) > 2: // it keeps its place, empty
			v.Index(n).SetZero()
		}
		return err
	})
	d.steps = d.steps[:len(d.steps)-1]
	return err
}

// elements gives the elements of a list to a stream.
func (d *decoder) elements(to stream) error {
	f := formOf(to.element().Type())
	d.steps = append(d.steps, step{})
	before := len(d.wrong)
	err := d.r.Array(func(i int) error {
		d.steps[len(d.steps)-1].index = i
		d.stream = true
		err := d.value(to.element(), f)
		d.stream = false
		if err == nil {
			to.take(i, d.wrong[before:])
		}
		d.wrong = d.wrong[:before]
		return err
	})
	d.steps = d.steps[:len(d.steps)-1]
	return err
}

func (d *decoder) object(v reflect.Value, f *form) error {
	var line, column int
	if f.needs {
		line, column = d.r.Position()
	}
	var seen [(mostMembers + 63) / 64]uint64
	var unknown map[string]bool
	last := &f.first
	err := d.r.Object(func(name []byte) error {
		m := f.member(name, last)
		if m == nil {
			return d.unknown(f, string(name), &unknown)
		}
		last = &m.next
		if seen[m.number/64]&(1<<(m.number%64)) != 0 {
			d.twice(m.name)
			return d.r.Skip()
		}
		seen[m.number/64] |= 1 << (m.number % 64)
		if m.form.kind == unreadKind {
			return d.r.Skip()
		}
		d.steps = append(d.steps, step{name: m.name})
		err := d.member(v.FieldByIndex(m.index), m)
		d.steps = d.steps[:len(d.steps)-1]
		return err
	})
	if err != nil || !f.needs {
		return err
	}
	for _, m := range f.needed {
		if seen[m.number/64]&(1<<(m.number%64)) == 0 {
			d.fail(line, column, "has no member %q", m.name)
		}
	}
	return nil
}

// member reads the value of a member that is known.
func (d *decoder) member(v reflect.Value, m *member) error {
	if !m.need {
		if null, err := d.r.Null(); null || err != nil {
			return err
		}
		return d.value(v, m.form)
	}
	if _, err := d.r.Peek(); err != nil {
		return err
	}
	line, column := d.r.Position()
	before := len(d.wrong)
	err := d.value(v, m.form)
	if err == nil && len(d.wrong) == before && m.form.kind != listKind && m.form.kind != streamKind && v.IsZero() {
		d.fail(line, column, "is empty")
	}
	return err
}

// unknown passes over a member that the type does not have.
func (d *decoder) unknown(f *form, name string, seen *map[string]bool) error {
	if (*seen)[name] {
		d.twice(name)
		return d.r.Skip()
	}
	if *seen == nil {
		*seen = map[string]bool{}
	}
	(*seen)[name] = true
	d.noteOnce("member "+f.typ.String()+"."+name, "the member %q is not known and is not read, here and in the rest of the file", name)
	return d.r.Skip()
}

// twice fails for the name that was read last.
func (d *decoder) twice(name string) {
	line, column := d.r.Start()
	d.fail(line, column, "has the member %q twice", name)
}
