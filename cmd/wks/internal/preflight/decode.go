package preflight

import (
	"bytes"
	"cmp"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/netip"
	"reflect"
	"strings"
	"unicode"

	"github.com/wksgo/wks/rule"
)

// maxFile is the most that is read of one file. An account's largest export, that of
// its route tables, is a few MiB.
const maxFile = 64 << 20

// decodeFile reads a JSON file into dst, a pointer to a struct that spells out the
// members of the AWS CLI's output. A member that dst does not have is noted. One that is null, as
// some SDKs write what the service did not tell, is not there. It is an
// error if a member with the tag need:"true" is missing, null or empty, if a member that is
// read has the wrong type or does not parse, and if one stands there twice.
func decodeFile(fsys fs.FS, name string, dst any, notes *notes) error {
	at := inFile(name)
	data, err := readFile(fsys, name)
	if err != nil {
		return &fileError{at, err.Error()}
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return &fileError{at, "is in UTF-16, as the redirection of Windows PowerShell writes; write it in UTF-8"}
	}
	if msg := otherwise(name, data); msg != "" {
		return &fileError{at, msg}
	}
	d := &decoder{file: name, data: data, notes: notes, noted: map[string]bool{}}
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

// readFile reads a regular file of at most maxFile bytes.
func readFile(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	switch {
	case err != nil:
		return nil, reason(err)
	case !info.Mode().IsRegular():
		return nil, errors.New("is not a regular file")
	case info.Size() > maxFile:
		return nil, fmt.Errorf("is %d MiB long, more than the %d MiB that are read of a file", info.Size()>>20, maxFile>>20)
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, reason(err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = fmt.Errorf("is longer than the %d MiB that are read of a file", maxFile>>20)
	}
	return data, err
}

// reason leaves out the name that an error of the file system repeats.
func reason(err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	return err
}

// A decoder walks JSON that is known to be well formed along a Go type.
type decoder struct {
	file  string
	data  []byte
	dec   *json.Decoder
	notes *notes

	noted map[string]bool // what is noted once for a file

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
	at := inFile(d.file)
	at.Line, at.Column, at.Path = d.lines+1, offset-d.lineStart+1, path
	return at
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

// noteOnce adds a note unless the file has one of the same kind.
func (d *decoder) noteOnce(kind string, offset int, path rule.Path, format string, args ...any) {
	if !d.noted[kind] {
		d.noted[kind] = true
		d.notes.add(d.place(offset, path), format, args...)
	}
}

var unreadType = reflect.TypeFor[unread]()

func (d *decoder) value(v reflect.Value, path rule.Path) error {
	start := d.next()
	_, isText := v.Addr().Interface().(encoding.TextUnmarshaler)
	switch {
	case v.Type() == unreadType:
	case bytes.HasPrefix(d.data[start:], []byte("null")):
		return d.fail(start, path, "is null")
	case v.Kind() == reflect.Struct && !isText:
		return d.object(v, path, start)
	case v.Kind() == reflect.Slice:
		return d.list(v, path, start)
	case v.Kind() == reflect.Pointer && v.Type().Elem().Kind() == reflect.Struct:
		v.Set(reflect.New(v.Type().Elem()))
		return d.object(v.Elem(), path, start)
	}
	if err := d.dec.Decode(v.Addr().Interface()); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) {
			kind := v.Type()
			if kind.Kind() == reflect.Pointer {
				kind = kind.Elem()
			}
			want := map[reflect.Kind]string{reflect.Bool: "boolean", reflect.Int: "whole number", reflect.Int32: "whole number", reflect.Int64: "whole number"}
			return d.fail(start, path, "is a %s, want a %s", strings.Replace(wrong.Value, "bool", "boolean", 1), cmp.Or(want[kind.Kind()], "string"))
		}
		return d.fail(start, path, "%v", err)
	}
	if x, is := v.Addr().Interface().(*netip.Prefix); is && *x != x.Masked() {
		d.noteOnce("host bits", start, path, "%s has host bits set and is read as %s, as are all others in the file", x, x.Masked())
	}
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if v.Kind() == reflect.String {
		if text, clean := v.String(), strings.Map(printable, v.String()); clean != text {
			d.noteOnce("control characters", start, path, "%q has characters that cannot be printed, which are replaced here and in the rest of the file", rule.Shorten(text))
			v.SetString(clean)
		}
	}
	return nil
}

// printable keeps what is read from moving the cursor of the terminal it is shown on.
func printable(r rune) rune {
	if !unicode.IsPrint(r) {
		return unicode.ReplacementChar
	}
	return r
}

// open reads the token that starts an object or a list.
func (d *decoder) open(delim json.Delim, what string, path rule.Path, start int) error {
	tok, err := d.dec.Token()
	if err != nil {
		return d.fail(start, path, "%v", err)
	}
	if tok != delim {
		return d.fail(start, path, "is not %s", what)
	}
	return nil
}

func (d *decoder) list(v reflect.Value, path rule.Path, start int) error {
	if err := d.open('[', "a list", path, start); err != nil {
		return err
	}
	v.Set(reflect.MakeSlice(v.Type(), 0, 0)) // an empty list is not a missing one
	for i := 0; d.dec.More(); i++ {
		v.Set(reflect.Append(v, reflect.Zero(v.Type().Elem())))
		if err := d.value(v.Index(i), path.Index(i)); err != nil {
			return err
		}
	}
	_, err := d.dec.Token()
	return err
}

func (d *decoder) object(v reflect.Value, path rule.Path, start int) error {
	if err := d.open('{', "an object", path, start); err != nil {
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
		field, needed := member(v, name)
		if !field.IsValid() {
			d.noteOnce("member "+v.Type().String()+"."+name, at, path, "the member %q is not known and is not read, here and in the rest of the file", name)
			field = reflect.New(unreadType).Elem()
		}
		at = d.next()
		if !needed && bytes.HasPrefix(d.data[at:], []byte("null")) {
			field = reflect.New(unreadType).Elem()
		}
		if err := d.value(field, path.Join(rule.Path(name))); err != nil {
			return err
		}
		if needed && field.Kind() != reflect.Slice && field.IsZero() {
			return d.fail(at, path.Join(rule.Path(name)), "is empty")
		}
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if name := cmp.Or(f.Tag.Get("name"), f.Name); f.Tag.Get("need") == "true" && !seen[name] {
			return d.fail(start, path, "has no member %q", name)
		}
	}
	_, err := d.dec.Token()
	return err
}

// member returns the field for a member, which has its name, its tag name:"…", or the name that
// encoding/json gives it.
func member(v reflect.Value, name string) (field reflect.Value, needed bool) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.IsExported() && (cmp.Or(f.Tag.Get("name"), f.Name) == name || tag == name) {
			return v.Field(i), f.Tag.Get("need") == "true"
		}
		if f.Anonymous && f.Type.Kind() == reflect.Struct {
			if field, needed := member(v.Field(i), name); field.IsValid() {
				return field, needed
			}
		}
	}
	return reflect.Value{}, false
}
