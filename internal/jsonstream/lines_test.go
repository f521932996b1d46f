package jsonstream

import (
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

// objects reads values on lines, and goes on after a fault. It returns the numbers that stand first in
// the values, and how many faults there were.
func objects(t interface{ Fatal(...any) }, r *Reader) (numbers []string, faults int) {
	for {
		more, err := r.More()
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			return numbers, faults
		}
		begin := r.Offset()
		err = r.Object(func([]byte) error {
			n, err := r.Number()
			if err == nil {
				numbers = append(numbers, string(n))
			}
			return err
		})
		if err == nil {
			continue
		}
		faults++
		if more, err := r.Recover(begin); err != nil {
			if errors.Is(err, io.ErrUnexpectedEOF) {
				return numbers, faults
			}
			t.Fatal(err)
		} else if !more {
			return numbers, faults
		}
	}
}

func TestRecover(t *testing.T) {
	for _, tt := range []struct {
		text   string
		want   []string
		faults int
	}{
		{"", nil, 0},
		{`{"a":1}{"a":2}`, []string{"1", "2"}, 0},
		{"{\"a\":1}\nx\n{\"a\":2}\n", []string{"1", "2"}, 1},
		{"{\"a\":1\n{\"a\":2}\n", []string{"1", "2"}, 1},      // the fault stands at the beginning of a line
		{"{\"a\":1, \"b\n{\"a\":2}\n", []string{"1", "2"}, 1}, // or at the end of one
		{"{\"a\":1} x\n{\"a\":2}\n", []string{"1", "2"}, 1},
		{"{\"a\":1}\nx", []string{"1"}, 1},
		{"x\ny\n\nz\n", nil, 3},
		{"x\n{\"a\":1", nil, 2}, // the number may go on
	} {
		for _, source := range []io.Reader{strings.NewReader(tt.text), iotest.OneByteReader(strings.NewReader(tt.text))} {
			got, faults := objects(t, NewReader(source))
			if !slices.Equal(got, tt.want) || faults != tt.faults {
				t.Errorf("%q: %q, %d faults", tt.text, got, faults)
			}
		}
	}
	broken := errors.New("broken")
	r := NewReader(io.MultiReader(strings.NewReader("x"), iotest.ErrReader(broken)))
	_ = r.Skip()
	if _, err := r.Recover(0); err != broken {
		t.Error(err)
	}
	if _, err := r.More(); err != broken {
		t.Error(err)
	}
	if _, err := r.Recover(0); err != broken {
		t.Error("an error of the source is forgotten")
	}
}

// However lines are cut off, those that are whole are read, and reading comes to an end.
func TestRecoverEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		var want []string
		for range rapid.IntRange(0, 6).Draw(t, "lines") {
			line := `{"abc": 17}`
			if n := rapid.IntRange(1, len(line)).Draw(t, "length"); n < len(line) {
				line = line[:n]
				if _, number, _ := strings.Cut(line, ": "); number != "" {
					want = append(want, number) // it ends with the line
				}
			} else {
				want = append(want, "17")
			}
			b.WriteString(line + "\n")
		}
		got, _ := objects(t, NewReader(iotest.HalfReader(strings.NewReader(b.String()))))
		if !slices.Equal(got, want) {
			t.Fatalf("%q: %q, want %q", b.String(), got, want)
		}
	})
}

func TestResetWordAndByte(t *testing.T) {
	r := NewReader(strings.NewReader("{x"))
	if r.Skip() == nil {
		t.Fatal("no fault")
	}
	long := strings.Repeat("x", 3*size)
	for _, source := range []io.Reader{strings.NewReader("2026-09-01T00:00:00Z  {} ,7 " + long), iotest.OneByteReader(strings.NewReader("2026-09-01T00:00:00Z  {} ,7 " + long))} {
		r.Reset(source)
		word, err := r.Word()
		if string(word) != "2026-09-01T00:00:00Z" || err != nil {
			t.Errorf("%q %v", word, err)
		}
		if err := r.Skip(); err != nil {
			t.Error(err)
		}
		if c, err := r.Byte(); c != ',' || err != nil {
			t.Errorf("%q %v", c, err)
		}
		if n, err := r.Number(); string(n) != "7" || err != nil {
			t.Errorf("%q %v", n, err)
		}
		if err := r.Fail("here"); err == nil || err.Error() != "byte "+strconv.FormatInt(r.Offset(), 10)+": here" {
			t.Error(err)
		}
		r.err = nil
		if word, err := r.Word(); string(word) != long[:64] || err != nil {
			t.Errorf("%q %v", word, err)
		}
		if more, err := r.More(); more || err != nil {
			t.Error(more, err)
		}
		if _, err := r.Word(); err == nil {
			t.Error("a word behind the end")
		}
		if _, err := r.Byte(); err == nil {
			t.Error("a byte behind the end")
		}
	}
}
