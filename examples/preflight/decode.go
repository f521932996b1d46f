package main

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"reflect"
	"strings"

	"github.com/wksgo/wks/rule"
)

// maxFile is the most that is read of one file. An account's largest export, that of
// its route tables, is a few MiB.
const maxFile = 64 << 20

// A place is where in a file something stands.
type place struct {
	File string    `json:"file"`
	Line int       `json:"line,omitempty"`
	Path rule.Path `json:"path,omitempty"`
	col  int
}

func (p place) String() string {
	s := p.File
	if p.Line > 0 {
		s += fmt.Sprintf(":%d:%d", p.Line, p.col)
	}
	if p.Path != "" {
		s += ": " + string(p.Path)
	}
	return s
}

// A fileError is a reason why a file cannot be used, and where in it.
type fileError struct {
	place
	msg string
}

func (e *fileError) Error() string { return e.place.String() + ": " + e.msg }

// A note is something about the input that the reader should know and that changes
// no answer.
type note struct {
	place
	Text string `json:"text"`
}

// decodeFile reads a JSON file into dst, a pointer to a struct that spells out the
// members of the AWS CLI's output. A member that dst does not have is noted. A member
// with the tag need:"true" that is missing is an error, as is a wrong type, a repeated
// member and a value that does not parse.
func decodeFile(fsys fs.FS, name string, dst any, notes *[]note) error {
	at := place{File: name}
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return err
	}
	if info.Size() > maxFile {
		return &fileError{at, fmt.Sprintf("is %d MiB long, more than the %d MiB that are read of a file", info.Size()>>20, maxFile>>20)}
	}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return &fileError{at, err.Error()}
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return &fileError{at, "is empty: the command that wrote it has failed"}
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return &fileError{at, "is in UTF-16, as the redirection of Windows PowerShell writes; write it in UTF-8"}
	}
	d := &decoder{file: name, data: data, notes: notes, unknown: map[string]bool{}}
	var whole json.RawMessage
	if err := json.Unmarshal(data, &whole); err != nil {
		var syntax *json.SyntaxError
		if !errors.As(err, &syntax) {
			return &fileError{at, err.Error()}
		}
		msg := "is not JSON: " + syntax.Error()
		if syntax.Offset >= int64(len(bytes.TrimRight(data, " \t\r\n"))) && strings.Contains(msg, "unexpected end") {
			msg = "ends in the middle of a value: the file is cut off"
		}
		return &fileError{d.place(int(syntax.Offset)-1, ""), msg}
	}
	d.dec = json.NewDecoder(bytes.NewReader(data))
	return d.value(reflect.ValueOf(dst).Elem(), "")
}

// A decoder walks JSON that is known to be well formed along a Go type.
type decoder struct {
	file  string
	data  []byte
	dec   *json.Decoder
	notes *[]note

	unknown map[string]bool // members noted so far

	counted, lines, lineStart int // newlines counted up to an offset
}

// place turns an offset into line and column, counting on from the last one.
func (d *decoder) place(offset int, path rule.Path) place {
	offset = max(0, min(offset, len(d.data)-1))
	if offset < d.counted {
		d.counted, d.lines, d.lineStart = 0, 0, 0
	}
	seen := d.data[d.counted:offset]
	d.lines += bytes.Count(seen, []byte("\n"))
	if i := bytes.LastIndexByte(seen, '\n'); i >= 0 {
		d.lineStart = d.counted + i + 1
	}
	d.counted = offset
	return place{File: d.file, Line: d.lines + 1, col: offset - d.lineStart + 1, Path: path}
}

// next is the offset at which the next value starts.
func (d *decoder) next() int {
	i := int(d.dec.InputOffset())
	for i < len(d.data) && strings.IndexByte(" \t\r\n:,", d.data[i]) >= 0 {
		i++
	}
	return i
}

func (d *decoder) fail(offset int, path rule.Path, format string, args ...any) error {
	return &fileError{d.place(offset, path), fmt.Sprintf(format, args...)}
}

var prefixType = reflect.TypeFor[netip.Prefix]()

func (d *decoder) value(v reflect.Value, path rule.Path) error {
	start := d.next()
	_, isText := v.Addr().Interface().(encoding.TextUnmarshaler)
	switch {
	case v.Kind() == reflect.Struct && !isText:
		return d.object(v, path, start)
	case v.Kind() == reflect.Slice && v.Type() != reflect.TypeFor[json.RawMessage]():
		return d.list(v, path, start)
	}
	if err := d.dec.Decode(v.Addr().Interface()); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) {
			return d.fail(start, path, "is a %s, want a %s", wrong.Value, jsonName(v))
		}
		return d.fail(start, path, "%v", err)
	}
	if p, ok := v.Interface().(netip.Prefix); ok && p != p.Masked() {
		*d.notes = append(*d.notes, note{d.place(start, path), fmt.Sprintf("%s has host bits set; it is read as %s", p, p.Masked())})
	}
	return nil
}

func jsonName(v reflect.Value) string {
	switch {
	case v.Type() == prefixType || v.Kind() == reflect.String:
		return "string"
	case v.Kind() == reflect.Bool:
		return "boolean"
	}
	return "number"
}

// open reads the token that starts an object or a list; ok is false for null.
func (d *decoder) open(delim json.Delim, what string, path rule.Path, start int) (ok bool, err error) {
	tok, err := d.dec.Token()
	if err != nil {
		return false, d.fail(start, path, "%v", err)
	}
	if tok != delim && tok != nil {
		return false, d.fail(start, path, "is not %s", what)
	}
	return tok != nil, nil
}

func (d *decoder) list(v reflect.Value, path rule.Path, start int) error {
	ok, err := d.open('[', "a list", path, start)
	if !ok {
		return err
	}
	v.Set(reflect.MakeSlice(v.Type(), 0, 0))
	for i := 0; d.dec.More(); i++ {
		v.Set(reflect.Append(v, reflect.Zero(v.Type().Elem())))
		if err := d.value(v.Index(i), path.Index(i)); err != nil {
			return err
		}
	}
	_, err = d.dec.Token()
	return err
}

func (d *decoder) object(v reflect.Value, path rule.Path, start int) error {
	ok, err := d.open('{', "an object", path, start)
	if !ok {
		return err
	}
	seen := map[string]bool{}
	for d.dec.More() {
		at := d.next()
		tok, err := d.dec.Token()
		if err != nil {
			return d.fail(at, path, "%v", err)
		}
		name := tok.(string)
		if seen[name] {
			return d.fail(at, path, "has the member %q twice", name)
		}
		seen[name] = true
		field := v.FieldByName(strings.ToUpper(name[:min(1, len(name))]) + name[min(1, len(name)):])
		if !field.IsValid() {
			if kind := v.Type().String() + "." + name; !d.unknown[kind] {
				d.unknown[kind] = true
				*d.notes = append(*d.notes, note{d.place(at, path), fmt.Sprintf("the member %q is not known and is not read, here and in the rest of the file", name)})
			}
			field = reflect.New(reflect.TypeFor[json.RawMessage]()).Elem()
		}
		if err := d.value(field, path.Join(rule.Path(name))); err != nil {
			return err
		}
	}
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.Tag.Get("need") == "true" && !seen[f.Name] {
			return d.fail(start, path, "has no member %q", f.Name)
		}
	}
	_, err = d.dec.Token()
	return err
}
