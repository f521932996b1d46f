package cli

import (
	"cmp"
	"fmt"
	"io"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// An escaper writes JSON in which a character that is not printable stands as \uXXXX: a terminal that shows the text obeys none, and
// the value is the same. In JSON such a character stands in strings alone, and what is below U+0020 has its escape already.
type escaper struct {
	w    io.Writer
	rest []byte // the beginning of a character
	err  error  // of w
}

func (e *escaper) Write(p []byte) (int, error) {
	n, err := e.write(p)
	e.err = cmp.Or(e.err, err)
	return n, err
}

func (e *escaper) write(p []byte) (int, error) {
	data := p
	if len(e.rest) > 0 {
		data = append(e.rest, p...)
	}
	e.rest = nil
	done := 0 // is written
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf && data[i] != 0x7f {
			i++
			continue
		}
		if !utf8.FullRune(data[i:]) {
			e.rest = append([]byte(nil), data[i:]...)
			data = data[:i]
			break
		}
		r, size := utf8.DecodeRune(data[i:])
		if !unicode.IsPrint(r) {
			if _, err := e.w.Write(append(data[done:i:i], escaped(r)...)); err != nil {
				return 0, err
			}
			done = i + size
		}
		i += size
	}
	if _, err := e.w.Write(data[done:]); err != nil {
		return 0, err
	}
	return len(p), nil
}

func escaped(r rune) string {
	if high, low := utf16.EncodeRune(r); high != unicode.ReplacementChar {
		return fmt.Sprintf(`\u%04x\u%04x`, high, low)
	}
	return fmt.Sprintf(`\u%04x`, r)
}
