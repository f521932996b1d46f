package jsonstream

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/lineartest"
)

// value reads any value with the methods of a Reader, as encoding/json would into an any, with
// numbers left out.
func value(r *Reader) (any, error) {
	c, err := r.peek()
	if err != nil {
		return nil, err
	}
	switch c {
	case '{':
		m := map[string]any{}
		return m, r.Object(func(name []byte) error {
			key := string(name)
			v, err := value(r)
			m[key] = v
			return err
		})
	case '[':
		list := []any{}
		err := r.Array(func(i int) error {
			v, err := value(r)
			list = append(list, v)
			if i != len(list)-1 {
				return errors.New("elements are not counted from 0")
			}
			return err
		})
		return list, err
	case '"':
		text, err := r.Text()
		return string(text), err
	case 't', 'f':
		return r.Bool()
	}
	return nil, r.Skip()
}

// plain takes the numbers out of what encoding/json has read.
func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k := range v {
			v[k] = plain(v[k])
		}
	case []any:
		for i := range v {
			v[i] = plain(v[i])
		}
	case float64, json.Number:
		return nil
	}
	return v
}

func same(t interface {
	Fatalf(format string, args ...any)
}, data []byte, source io.Reader) {
	r := NewReader(source)
	got, err := value(r)
	if err == nil {
		err = r.End()
	}
	var want any
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	wantErr := d.Decode(&want)
	if wantErr == nil && !json.Valid(data) {
		wantErr = errors.New("goes on")
	}
	if (err == nil) != (wantErr == nil) {
		t.Fatalf("%q: %v, encoding/json: %v", data, err, wantErr)
	}
	if err == nil && !reflect.DeepEqual(got, plain(want)) {
		t.Fatalf("%q: %#v, encoding/json: %#v", data, got, want)
	}
	skip := NewReader(bytes.NewReader(data))
	skipErr := skip.Skip()
	if skipErr == nil {
		skipErr = skip.End()
	}
	if (skipErr == nil) != (err == nil) {
		t.Fatalf("%q: skipped with %v, read with %v", data, skipErr, err)
	}
}

var samples = []string{
	`{"a": [1, -2.5e+10, true, false, null, "x\u00e9\ud83d\ude00\n\/\ud800"], "b": {}, "c": []}`, ` 0 `, `"` + "\xff\xc3(é" + `"`, `-0.0E-1`, `[[[]]]`,
	``, `{`, `{"a"}`, `{"a" 1}`, `[1,]`, `[,1]`, `{"a":1,}`, `01`, `1.`, `.1`, `1e`, `+1`, `tru`, `nulll`, `"\x"`, `"\u12"`, `"\u+123"`, "\"\n\"", `[1 2]`, `{} {}`, `"`, `"\`, `]`, `{1:2}`, "\ufeff{}", `{"a":1 "b":2}`,
}

func TestAgainstEncodingJSON(t *testing.T) {
	lineartest.SkipRace(t)
	for _, s := range samples {
		same(t, []byte(s), strings.NewReader(s))
		same(t, []byte(s), iotest.OneByteReader(strings.NewReader(s)))
	}
	rapid.Check(t, func(t *rapid.T) {
		tree := rapid.Custom(func(t *rapid.T) any { return draw(t, 4) }).Draw(t, "tree")
		data, err := json.Marshal(tree)
		if err != nil {
			t.Fatal(err)
		}
		if rapid.Bool().Draw(t, "indent") {
			var b bytes.Buffer
			if err := json.Indent(&b, data, "", "\t"); err != nil {
				t.Fatal(err)
			}
			data = b.Bytes()
		}
		if rapid.Bool().Draw(t, "spoil") {
			i := rapid.IntRange(0, len(data)-1).Draw(t, "at")
			data[i] = rapid.SampledFrom([]byte("{}[]\",:\\ue0-. tn\n\x00\xff")).Draw(t, "byte")
		}
		same(t, data, iotest.HalfReader(bytes.NewReader(data)))
	})
}

func draw(t *rapid.T, depth int) any {
	kinds := 5
	if depth > 0 {
		kinds = 7
	}
	switch rapid.IntRange(0, kinds-1).Draw(t, "kind") {
	case 0:
		return nil
	case 1:
		return rapid.Bool().Draw(t, "bool")
	case 2:
		return rapid.Float64().Draw(t, "number")
	case 3:
		return rapid.String().Draw(t, "text")
	case 4:
		return strings.Repeat("é", rapid.IntRange(0, 3).Draw(t, "long")*size/3)
	case 5:
		list := []any{}
		for range rapid.IntRange(0, 4).Draw(t, "elements") {
			list = append(list, draw(t, depth-1))
		}
		return list
	}
	m := map[string]any{}
	for range rapid.IntRange(0, 4).Draw(t, "members") {
		m[rapid.String().Draw(t, "name")] = draw(t, depth-1)
	}
	return m
}

func FuzzReader(f *testing.F) {
	for _, s := range samples {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { same(t, data, bytes.NewReader(data)) })
}

func TestErrors(t *testing.T) {
	broken := errors.New("broken")
	for _, tt := range []struct {
		source io.Reader
		read   func(r *Reader) error
		want   string
	}{
		{strings.NewReader(`{"a": }`), (*Reader).Skip, "byte 6: want a value, not '}'"},
		{strings.NewReader(`  [1`), (*Reader).Skip, "ends at byte 4: unexpected EOF"},
		{io.MultiReader(strings.NewReader(`["`), iotest.ErrReader(broken)), (*Reader).Skip, "broken"},
		{strings.NewReader(`{} x`), func(r *Reader) error { _ = r.Skip(); return r.End() }, "byte 3: goes on with 'x' after its end"},
		{strings.NewReader(`1`), func(r *Reader) error { _, err := r.Text(); return err }, "byte 0: want a string, not '1'"},
		{strings.NewReader(`1`), func(r *Reader) error { _, err := r.Bool(); return err }, "byte 0: want true or false, not '1'"},
		{strings.NewReader(`1`), func(r *Reader) error { return r.Array(nil) }, "byte 0: want an array, not '1'"},
		{strings.NewReader(strings.Repeat("[", deepest+1)), (*Reader).Skip, "byte 10000: more than 10000 objects and arrays within one another"},
		{strings.NewReader(`"` + strings.Repeat("x", longest)), (*Reader).Skip, "byte 1: a string or number of more than 16777216 bytes"},
	} {
		r := NewReader(tt.source)
		if err := tt.read(r); err == nil || err.Error() != tt.want {
			t.Errorf("%v, want %s", err, tt.want)
		} else if again := r.Skip(); again != err && !errors.Is(again, errors.Unwrap(err)) {
			t.Errorf("after %v: %v", err, again)
		}
	}
	stop := errors.New("stop")
	r := NewReader(strings.NewReader(`[1, 2]`))
	if err := r.Array(func(int) error { return stop }); err != stop || r.End() != stop {
		t.Error(err)
	}
	for _, text := range []string{"null", " null "} {
		r := NewReader(strings.NewReader(text))
		if got, err := r.Text(); got != nil || err != nil {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
}

// Memory does not depend on the size of a document.
func TestMemory(t *testing.T) {
	document := func(n int) io.Reader {
		return io.MultiReader(strings.NewReader("["), &repeated{text: `{"a": ["b", {"c": 1.5}], "d": "\u00e9"},`, n: n}, strings.NewReader("0]"))
	}
	used := func(n int) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if err := NewReader(document(n)).Skip(); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	few, many := used(1_000), used(100_000)
	if many > few+10_000 {
		t.Errorf("%d bytes for 1,000 elements, %d for 100,000", few, many)
	}
}

// repeated gives a text n times.
type repeated struct {
	text    string
	n, done int
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.n == 0 {
		return 0, io.EOF
	}
	n := copy(p, r.text[r.done:])
	if r.done += n; r.done == len(r.text) {
		r.done = 0
		r.n--
	}
	return n, nil
}

// Offset is where the next value begins, or what follows the last one.
func TestOffset(t *testing.T) {
	const text = `{"a": [1, 2] , "b": "\u00e4"} x`
	r := NewReader(iotest.OneByteReader(strings.NewReader(text)))
	at := map[string]int64{}
	if err := r.Object(func(name []byte) error {
		if _, err := r.Peek(); err != nil {
			return err
		}
		at[string(name)] = r.Offset()
		return r.Skip()
	}); err != nil {
		t.Fatal(err)
	}
	if want := int64(strings.Index(text, "[")); at["a"] != want {
		t.Errorf("a at %d, want %d", at["a"], want)
	}
	if want := int64(strings.LastIndex(text, `"\`)); at["b"] != want {
		t.Errorf("b at %d, want %d", at["b"], want)
	}
	if want := int64(len(text) - 2); r.Offset() != want {
		t.Errorf("ends at %d, want %d", r.Offset(), want)
	}
}

// Lines and columns are those that are counted by hand, wherever the buffer ends.
func TestPosition(t *testing.T) {
	document := "{\n  \"a\": [1,\n 22, \"\u00e4\"],\n\"b\" : {}, \"c\":\n\n\"x\"\n}"
	for name, source := range map[string]io.Reader{"whole": strings.NewReader(document), "byte by byte": iotest.OneByteReader(strings.NewReader(document))} {
		r := NewReader(source)
		r.buf = r.buf[:8] // which grows
		var got []string
		say := func(what string, line, column int) { got = append(got, fmt.Sprintf("%s %d:%d", what, line, column)) }
		at := func(what string, position func() (int, int)) { line, column := position(); say(what, line, column) }
		err := r.Object(func(name []byte) error {
			key := string(name)
			at(key, r.Start)
			c, err := r.Peek()
			at("value", r.Position)
			if c != '[' {
				if err == nil && c == '"' {
					_, err = r.Text()
					at("text", r.Start)
					return err
				}
				return r.Skip()
			}
			return r.Array(func(i int) error {
				c, err := r.Peek()
				at(fmt.Sprint(i), r.Position)
				if err == nil && c == '"' {
					return r.Skip()
				}
				_, err = r.Number()
				at("number", r.Start)
				return err
			})
		})
		want := "a 2:3, value 2:8, 0 2:9, number 2:9, 1 3:2, number 3:2, 2 3:6, b 4:1, value 4:7, c 4:11, value 6:1, text 6:1"
		if s := strings.Join(got, ", "); err != nil || s != want {
			t.Errorf("%s: %v\n%s, want\n%s", name, err, s, want)
		}
	}
}

// What is looked at in words is what is looked at in bytes.
func TestScan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOfN(rapid.SampledFrom([]byte{' ', '!', '"', '#', '[', '\\', ']', 'a', '\n', '\t', '\r', 0, 0x1f, 0x7f, 0x80, 0xff}), 0, 40).Draw(t, "bytes")
		if rapid.Bool().Draw(t, "long") {
			b = append(bytes.Repeat([]byte{rapid.SampledFrom([]byte(" a")).Draw(t, "front")}, 19), b...)
		}
		text, space := 0, 0
		for text < len(b) && b[text] >= ' ' && b[text] < 0x80 && b[text] != '"' && b[text] != '\\' {
			text++
		}
		for space < len(b) && strings.IndexByte(" \t\r\n", b[space]) >= 0 {
			space++
		}
		if plainText(b) != text || spaces(b) != space {
			t.Fatalf("%q: %d and %d, want %d and %d", b, plainText(b), spaces(b), text, space)
		}
	})
}
