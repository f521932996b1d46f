package jsonstream

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// Words of eight spaces may end at any byte of the space, and what follows them is a value.
func TestSpaces(t *testing.T) {
	for n := range 40 {
		space := strings.Repeat(" ", n)
		for _, rest := range []string{"", "1", "\n2", "12345678"} {
			want := n
			if rest != "" && rest[0] == '\n' {
				want++
			}
			if got := spaces([]byte(space + rest)); got != want {
				t.Errorf("%d spaces and %q: %d", n, rest, got)
			}
		}
	}
}

func TestPlainText(t *testing.T) {
	for n := range 40 {
		for _, stop := range []string{"", "\"", "\\", "\x1f", "é", "\x00"} {
			if got := plainText([]byte(strings.Repeat("a", n) + stop + "tail of the text")); stop != "" && got != n {
				t.Errorf("%d letters and %q: %d", n, stop, got)
			}
		}
	}
}

// A fault names the byte at which it stands. RFC 8259, 7 and 6.
func TestOffsets(t *testing.T) {
	for text, want := range map[string]int64{
		`["ab\u12x4"]`: 4, `["a\+123"]`: 3, `["a\u+123"]`: 3, `["a\u-123"]`: 3, `["a\q"]`: 3, `["\ud800\u12"]`: 8, `[01]`: 1, `[1e+]`: 1, `[-]`: 1, `["` + "\x01" + `"]`: 2, `[tru]`: 1,
	} {
		r := NewReader(iotest.OneByteReader(strings.NewReader(text)))
		err := r.Skip()
		var syntax *SyntaxError
		if !errors.As(err, &syntax) || syntax.Offset != want {
			t.Errorf("%s: %v, want one at byte %d", text, err, want)
		}
	}
}

// What ends too early ends at its last byte.
func TestLastByte(t *testing.T) {
	for text, want := range map[string][2]int{
		"[1,": {1, 3}, `["abc`: {1, 5}, "[\n[\n\"ab": {3, 3}, "[\n12": {2, 2}, "": {1, 1}, "{\n\"a\":": {2, 4},
	} {
		for name, source := range map[string]io.Reader{"at once": strings.NewReader(text), "by bytes": iotest.OneByteReader(strings.NewReader(text))} {
			r := NewReader(source)
			if err := r.Skip(); !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("%q: %v", text, err)
			}
			if line, column := r.Last(); line != want[0] || column != want[1] {
				t.Errorf("%q, %s: last byte at %d:%d, want %v", text, name, line, column, want)
			}
		}
	}
}

// Each escape is its character, and half of a pair stands for U+FFFD, whatever follows it. RFC 8259, 7.
func TestEscapes(t *testing.T) {
	for text, want := range map[string]string{
		`"\b\f\n\r\t\/\\\""`: "\b\f\n\r\t/\\\"", `"\u0041\u00e9\u20AC"`: "Aé€", `"\ud83d\ude00"`: "😀",
		`"\ud800xxdc00"`: "\ufffdxxdc00", `"\ud800\u0041"`: "\ufffdA", `"\udc00\ud800"`: "\ufffd\ufffd", `"\ud800"`: "\ufffd", `"\ud800\\udc00"`: "\ufffd\\udc00",
	} {
		got, err := NewReader(iotest.OneByteReader(strings.NewReader(text))).Text()
		if err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", text, got, err)
		}
	}
}

// What is no boolean is false beside its error.
func TestBool(t *testing.T) {
	for text, want := range map[string]bool{"true": true, "false": false, "null": false, "1": false, `"true"`: false, "": false, "tru": false} {
		got, err := NewReader(strings.NewReader(text)).Bool()
		sound := text == "true" || text == "false" || text == "null"
		if (err == nil) != sound || sound && got != want || err != nil && text != "tru" && got {
			t.Errorf("%s: %t, %v", text, got, err)
		}
	}
}
