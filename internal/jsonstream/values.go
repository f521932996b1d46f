package jsonstream

import (
	"bytes"
	"errors"
	"io"
)

// Reset makes r read another document, with the memory it has.
func (r *Reader) Reset(source io.Reader) {
	*r = Reader{r: source, buf: r.buf, text: r.text[:0]}
}

// More reports whether another value follows, or something else that is not space.
func (r *Reader) More() (bool, error) {
	_, err := r.peek()
	if err != nil && r.depth == 0 && errors.Is(err, io.ErrUnexpectedEOF) {
		return false, nil
	}
	return err == nil, err
}

// Recover forgets a SyntaxError in the value that begins at an offset, and all objects and arrays
// that it left open, and goes on at the beginning of a line: with the line at whose beginning the
// fault stands, if the value begins before it, or else with the next one. It reports whether there is
// one. An error of the source is not forgotten.
func (r *Reader) Recover(begin int64) (bool, error) {
	var syntax *SyntaxError
	if !errors.As(r.err, &syntax) {
		return false, r.err
	}
	r.err, r.depth = nil, 0
	if r.Offset() > begin && (r.pos > 0 && r.buf[r.pos-1] == '\n' || r.pos == 0 && r.ended) {
		return r.More()
	}
	for {
		if i := bytes.IndexByte(r.buf[r.pos:r.end], '\n'); i >= 0 {
			r.pos += i + 1
			return r.More()
		}
		r.pos = r.end
		if err := r.more(r.end); err != nil {
			if errors.Is(err, io.ErrUnexpectedEOF) {
				return false, nil
			}
			return false, err
		}
	}
}

// Fail makes r fail at the value that follows.
func (r *Reader) Fail(reason string) error {
	if _, err := r.peek(); err != nil {
		return err
	}
	return r.fail("%s", reason)
}

// Word passes over the bytes until a space, a line end, or a byte that begins a text, object or array, and
// returns the first 64 of them. They are valid until the next call.
func (r *Reader) Word() ([]byte, error) {
	if _, err := r.peek(); err != nil {
		return nil, err
	}
	r.text = r.text[:0]
	for {
		i := bytes.IndexAny(r.buf[r.pos:r.end], " \t\r\n\"{[")
		n := i
		if i < 0 {
			n = r.end - r.pos
		}
		if room := 64 - len(r.text); room > 0 {
			r.text = append(r.text, r.buf[r.pos:r.pos+min(n, room)]...)
		}
		r.pos += n
		if i >= 0 {
			return r.text, nil
		}
		if err := r.more(r.end); err != nil {
			if errors.Is(err, io.ErrUnexpectedEOF) {
				return r.text, nil
			}
			return nil, err
		}
	}
}

// Byte passes over the next byte that is not space, and returns it.
func (r *Reader) Byte() (byte, error) {
	c, err := r.peek()
	if err == nil {
		r.pos++
	}
	return c, err
}
