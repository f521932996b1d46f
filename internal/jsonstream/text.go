package jsonstream

import (
	"errors"
	"io"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// unescape reads the string that stands in buf from start until before end.
func (r *Reader) unescape(start, end int) ([]byte, error) {
	s, text := r.buf[start:end], r.text[:0]
	for len(s) > 0 {
		c := s[0]
		if c != '\\' {
			char, n := utf8.DecodeRune(s)
			text = utf8.AppendRune(text, char)
			s = s[n:]
			continue
		}
		switch c := s[1]; c {
		case '"', '\\', '/':
			text = append(text, c)
		case 'b':
			text = append(text, '\b')
		case 'f':
			text = append(text, '\f')
		case 'n':
			text = append(text, '\n')
		case 'r':
			text = append(text, '\r')
		case 't':
			text = append(text, '\t')
		case 'u':
			char, n := escaped(s)
			if n == 0 {
				r.pos = end - len(s)
				return nil, r.fail("a malformed escape, %.6q", s)
			}
			text = utf8.AppendRune(text, char)
			s = s[n:]
			continue
		default:
			r.pos = end - len(s)
			return nil, r.fail("a malformed escape, %.2q", s)
		}
		s = s[2:]
	}
	r.text, r.pos = text, end+1
	return text, nil
}

// escaped reads \uXXXX, or two of them that are one character, and returns how many bytes
// they have: 0 if they are malformed. Half of a pair is U+FFFD.
func escaped(s []byte) (char rune, n int) {
	one, ok := hex4(s)
	if !ok {
		return 0, 0
	}
	if utf16.IsSurrogate(one) {
		if other, ok := hex4(s[6:]); ok {
			if both := utf16.DecodeRune(one, other); both != utf8.RuneError {
				return both, 12
			}
		}
		return utf8.RuneError, 6
	}
	return one, 6
}

func hex4(s []byte) (rune, bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(s[2:6]), 16, 32)
	return rune(n), err == nil
}

// number reads a number and checks its form.
func (r *Reader) number() ([]byte, error) {
	r.token = r.pos
	for {
		for r.pos < r.end && isNumeric(r.buf[r.pos]) {
			r.pos++
		}
		if r.pos < r.end {
			break
		}
		err := r.more(r.token)
		r.token = 0
		if errors.Is(err, io.ErrUnexpectedEOF) && r.depth == 0 {
			break // the document may be a number, and end with it
		}
		if err != nil {
			return nil, err
		}
	}
	text := r.buf[r.token:r.pos]
	if !isNumber(text) {
		r.pos = r.token
		if len(text) == 0 && r.pos < r.end {
			return nil, r.fail("want a value, not %q", r.buf[r.pos])
		}
		return nil, r.fail("%.40q is no number", text)
	}
	return text, nil
}

func isNumeric(c byte) bool {
	return c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E'
}

// isNumber reports whether a text is a number of JSON.
func isNumber(s []byte) bool {
	digits := func() bool {
		n := 0
		for n < len(s) && s[n] >= '0' && s[n] <= '9' {
			n++
		}
		s = s[n:]
		return n > 0
	}
	if len(s) > 0 && s[0] == '-' {
		s = s[1:]
	}
	if len(s) > 0 && s[0] == '0' {
		s = s[1:]
	} else if !digits() {
		return false
	}
	if len(s) > 0 && s[0] == '.' {
		if s = s[1:]; !digits() {
			return false
		}
	}
	if len(s) > 0 && (s[0] == 'e' || s[0] == 'E') {
		s = s[1:]
		if len(s) > 0 && (s[0] == '-' || s[0] == '+') {
			s = s[1:]
		}
		if !digits() {
			return false
		}
	}
	return len(s) == 0
}
