// Package jsonstream reads large JSON documents once, from the front to the end, in memory that
// does not depend on their size. A caller says what it wants of each object and array; the rest
// is checked for its form and passed over.
package jsonstream

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

const (
	size = 64 << 10 // of the buffer
	// longest is the most bytes that one string or number may have.
	longest = 16 << 20
	// deepest is how many objects and arrays may stand within one another, as in encoding/json.
	deepest = 10_000
)

// A SyntaxError tells what is wrong with a document, and at which byte of it.
type SyntaxError struct {
	Offset int64 // bytes before the fault
	Reason string
}

// Error returns place and reason.
func (e *SyntaxError) Error() string { return fmt.Sprintf("byte %d: %s", e.Offset, e.Reason) }

// A Reader reads one JSON value after another. After an error all methods return that error.
type Reader struct {
	r        io.Reader
	buf      []byte
	pos, end int   // buf[pos:end] is not read yet
	token    int   // where in buf the last name, text or number begins
	before   int64 // bytes of the document before buf
	lines    lines
	ended    bool // the last of them is a line end
	depth    int
	err      error
	text     []byte // of a string with escapes
	name     []byte // of the member that is read
}

// NewReader returns a Reader of a document, which is UTF-8; other bytes in strings are read
// as U+FFFD, as encoding/json reads them.
func NewReader(r io.Reader) *Reader { return &Reader{r: r, buf: make([]byte, size)} }

// Object reads an object and calls member with each name. member must read one value; the name
// is valid until then. null is an object without members.
func (r *Reader) Object(member func(name []byte) error) error {
	return r.list('{', '}', "an object", func() error {
		name, err := r.string()
		if err != nil {
			return err
		}
		r.name = append(r.name[:0], name...)
		if c, err := r.peekFrom(&r.token); err != nil {
			return err
		} else if c != ':' {
			return r.fail("want : after the name %.40q, not %q", r.name, c)
		}
		r.pos++
		return member(r.name)
	})
}

// Array reads an array and calls element for each of its elements, counted from 0. element
// must read one value. null is an empty array.
func (r *Reader) Array(element func(i int) error) error {
	i := -1
	return r.list('[', ']', "an array", func() error {
		i++
		return element(i)
	})
}

// list reads what stands between two brackets, with commas between the items.
func (r *Reader) list(open, closing byte, what string, item func() error) error {
	null, err := r.Null()
	if null || err != nil {
		return err
	}
	c, err := r.peek()
	switch {
	case err != nil:
		return err
	case c != open:
		return r.fail("want %s, not %q", what, c)
	}
	if r.depth++; r.depth > deepest {
		return r.fail("more than %d objects and arrays within one another", deepest)
	}
	r.pos++
	for n := 0; ; n++ {
		c, err := r.peek()
		switch {
		case err != nil:
			return err
		case c == closing && n == 0:
		case n == 0:
			if err := r.keep(item()); err != nil {
				return err
			}
			continue
		case c == ',':
			r.pos++
			if err := r.keep(item()); err != nil {
				return err
			}
			continue
		case c != closing:
			return r.fail("want , or %q, not %q", closing, c)
		}
		r.pos++
		r.depth--
		return nil
	}
}

// Null reads null, and reports whether it stood there. Any other value stays unread.
func (r *Reader) Null() (bool, error) {
	c, err := r.peek()
	if err != nil || c != 'n' {
		return false, err
	}
	return true, r.word("null")
}

// Text reads a string. The text is valid until the next call. It is nil for null.
func (r *Reader) Text() ([]byte, error) {
	if null, err := r.Null(); null || err != nil {
		return nil, err
	}
	return r.string()
}

// Bool reads true or false; null is false.
func (r *Reader) Bool() (bool, error) {
	c, err := r.peek()
	switch {
	case err != nil:
		return false, err
	case c == 't':
		return true, r.word("true")
	case c == 'f':
		return false, r.word("false")
	case c == 'n':
		return false, r.word("null")
	}
	return false, r.fail("want true or false, not %q", c)
}

// Number reads a number. The text is valid until the next call.
func (r *Reader) Number() ([]byte, error) {
	c, err := r.peek()
	switch {
	case err != nil:
		return nil, err
	case c != '-' && (c < '0' || c > '9'):
		return nil, r.fail("want a number, not %q", c)
	}
	return r.number()
}

// Peek returns the first byte of the next value, which stays unread.
func (r *Reader) Peek() (byte, error) { return r.peek() }

// Offset returns how many bytes of the document are read.
func (r *Reader) Offset() int64 { return r.before + int64(r.pos) }

// Skip reads any value and checks its form.
func (r *Reader) Skip() error {
	c, err := r.peek()
	if err != nil {
		return err
	}
	switch c {
	case '{':
		return r.Object(func([]byte) error { return r.Skip() })
	case '[':
		return r.Array(func(int) error { return r.Skip() })
	case '"':
		_, err := r.string()
		return err
	case 't':
		return r.word("true")
	case 'f':
		return r.word("false")
	case 'n':
		return r.word("null")
	}
	_, err = r.number()
	return err
}

// End returns an error unless nothing but space is left.
func (r *Reader) End() error {
	c, err := r.peek()
	switch {
	case r.err != nil && errors.Is(r.err, io.ErrUnexpectedEOF):
		return nil
	case err != nil:
		return err
	}
	return r.fail("goes on with %q after its end", c)
}

// fail keeps the first error.
func (r *Reader) fail(format string, args ...any) error {
	return r.keep(&SyntaxError{r.before + int64(r.pos), fmt.Sprintf(format, args...)})
}

func (r *Reader) keep(err error) error {
	if r.err == nil {
		r.err = err
	}
	return r.err
}

// more reads on, and keeps the bytes from start on, which then stand at the front of buf.
func (r *Reader) more(start int) error {
	if r.err != nil {
		return r.err
	}
	r.lines.drop(r, start)
	if start > 0 {
		r.ended = r.buf[start-1] == '\n'
	}
	kept := copy(r.buf, r.buf[start:r.end])
	r.before += int64(start)
	r.pos -= start
	r.end = kept
	if kept == len(r.buf) {
		if kept >= longest {
			return r.fail("a string or number of more than %d bytes", longest)
		}
		r.buf = append(r.buf, make([]byte, len(r.buf))...)
	}
	for range 100 {
		n, err := r.r.Read(r.buf[r.end:])
		r.end += n
		switch {
		case n > 0:
			return nil
		case err == io.EOF:
			return r.keep(fmt.Errorf("ends at byte %d: %w", r.before+int64(r.end), io.ErrUnexpectedEOF))
		case err != nil:
			return r.keep(err)
		}
	}
	return r.keep(io.ErrNoProgress)
}

// peek returns the next byte that is not space, which stays unread.
func (r *Reader) peek() (byte, error) {
	if r.pos < r.end {
		if c := r.buf[r.pos]; c > ' ' {
			return c, r.err
		}
	}
	return r.peekFrom(&r.pos)
}

// peekFrom is peek. If it reads on, it keeps the bytes from start on, and moves start.
func (r *Reader) peekFrom(start *int) (byte, error) {
	for {
		r.pos += spaces(r.buf[r.pos:r.end])
		if r.pos < r.end {
			return r.buf[r.pos], r.err
		}
		keep := *start
		if err := r.more(keep); err != nil {
			return 0, err
		}
		if start != &r.pos {
			*start -= keep
		}
	}
}

// word reads true, false or null.
func (r *Reader) word(w string) error {
	for r.end-r.pos < len(w) {
		if err := r.more(r.pos); err != nil {
			return err
		}
	}
	if string(r.buf[r.pos:r.pos+len(w)]) != w {
		return r.fail("want %s, not %q", w, r.buf[r.pos:r.pos+len(w)])
	}
	r.pos += len(w)
	return nil
}

// string reads a string. Without escapes and foreign bytes it is a part of buf.
func (r *Reader) string() ([]byte, error) {
	if c, err := r.peek(); err != nil {
		return nil, err
	} else if c != '"' {
		return nil, r.fail("want a string, not %q", c)
	}
	r.token = r.pos
	r.pos++
	i := r.pos
	escapes := false
	for {
		for i < r.end {
			i += plainText(r.buf[i:r.end])
			if i == r.end {
				break
			}
			switch c := r.buf[i]; {
			case c == '"':
				text := r.buf[r.token+1 : i]
				if !escapes || bytes.IndexByte(text, '\\') < 0 && utf8.Valid(text) {
					r.pos = i + 1
					return text, nil
				}
				return r.unescape(r.token+1, i)
			case c == '\\':
				escapes = true
				i += 2 // what is escaped is looked at later
			case c < ' ':
				r.pos = i
				return nil, r.fail("a control character, %q, in a string", c)
			default:
				escapes = true
				i++
			}
		}
		start := r.token
		if err := r.more(start); err != nil {
			return nil, err
		}
		i -= start
		r.token = 0
	}
}
