package collect

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/internal/bounded"
	"github.com/wksgo/wks/internal/jsonstream"
)

// indent is that of the AWS CLI.
const indent = "    "

// A writer writes one file: under another name, until it is whole.
type writer struct {
	name   string
	member string // of the list, or "" if the file is one value
	file   *os.File
	out    *bufio.Writer
	count  int
}

func newWriter(name, member string) (*writer, error) {
	f, err := cli.OpenPrivate(name+".part", os.O_TRUNC)
	if err != nil {
		return nil, err
	}
	w := &writer{name: name, member: member, file: f, out: bufio.NewWriter(f)}
	if member != "" {
		fmt.Fprintf(w.out, "{\n%s%q: [", indent, member)
	}
	return w, nil
}

// add writes an element of the list, or the one value.
func (w *writer) add(v any) error {
	value, _ := shaped(reflect.ValueOf(v))
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	prefix := ""
	if w.member != "" {
		prefix = indent + indent
		if w.count > 0 {
			w.out.WriteByte(',')
		}
		w.out.WriteString("\n" + prefix)
	}
	enc.SetIndent(prefix, indent)
	if err := enc.Encode(value); err != nil {
		return err
	}
	w.count++
	_, err := w.out.Write(bytes.TrimRight(b.Bytes(), "\n"))
	return err
}

// finish gives the file its name.
func (w *writer) finish() error {
	if w.member != "" {
		if w.count > 0 {
			w.out.WriteString("\n" + indent)
		}
		w.out.WriteString("]\n}")
	}
	w.out.WriteByte('\n')
	if err := errors.Join(w.out.Flush(), w.file.Close()); err != nil {
		return errors.Join(err, os.Remove(w.file.Name()))
	}
	return os.Rename(w.file.Name(), w.name)
}

// discard removes what was written.
func (w *writer) discard() {
	w.file.Close()
	os.Remove(w.file.Name())
}

// whole reports whether a file is there, and is an object of JSON from its beginning to its end.
func whole(name string) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	r := jsonstream.NewReader(f)
	if c, err := r.Peek(); err != nil || c != '{' {
		return false
	}
	return r.Skip() == nil && r.End() == nil
}

// mostElement is how many bytes are read of an element of a list, and of a member beside it. Tests set it.
var mostElement int64 = 16 << 20

// each calls do with every element of the list that a file has. An element, or another member, of more than 16 MiB is an
// error: a WorkSpace has about 1 KiB.
func each[T any](folder, name, member string, do func(T)) error {
	f, err := os.Open(filepath.Join(folder, name))
	if err != nil {
		return err
	}
	defer f.Close()
	limited := &bounded.Reader{R: f, Left: mostElement}
	dec := json.NewDecoder(limited)
	decode := func(v any) error {
		begin := dec.InputOffset()
		limited.Left = mostElement
		err := dec.Decode(v)
		limited.Left = mostElement
		if errors.Is(err, bounded.ErrBound) || dec.InputOffset()-begin > mostElement {
			err = fmt.Errorf("a value of more than %d bytes, which is the most that is read of one", mostElement)
		}
		return err
	}
	if _, err := dec.Token(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if key != member {
			var other json.RawMessage
			if err := decode(&other); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			continue
		}
		if start, err := dec.Token(); err != nil || start != json.Delim('[') {
			return fmt.Errorf("%s: %s is not a list", name, member)
		}
		for dec.More() {
			var x T
			if err := decode(&x); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			do(x)
		}
		if _, err := dec.Token(); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}
