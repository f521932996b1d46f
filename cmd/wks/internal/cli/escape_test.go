package cli

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

// Whatever text a value has, its JSON shows no character that is not printable, and is the same value.
func TestWriteJSONIsPrintable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOf(rapid.SampledFrom([]string{"a", "é", "\u202e", "\u0085", "\x7f", "\x1b", "\n", "漢", "🙂", "\U000e0001", "\ufeff", "\u00a0", "<", `"`, `\`})).Draw(t, "text")
		want := map[string]string{"value": strings.Join(text, "")}
		var out bytes.Buffer
		if err := WriteJSON(&out, want); err != nil {
			t.Fatal(err)
		}
		if i := strings.IndexFunc(out.String(), func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }); i >= 0 {
			t.Fatalf("%q", out.String())
		}
		var got map[string]string
		if err := json.Unmarshal(out.Bytes(), &got); err != nil || got["value"] != want["value"] {
			t.Fatalf("%q, %v, want %q", got, err, want)
		}
	})
}

// A character that is cut in two by a buffer's end is whole again.
func TestEscaperInParts(t *testing.T) {
	const text = "\"aé\u202e漢🙂\U000e0001b\x7f\""
	for size := 1; size <= len(text); size++ {
		var out bytes.Buffer
		e := &escaper{w: &out}
		for i := 0; i < len(text); i += size {
			part := text[i:min(i+size, len(text))]
			if n, err := e.Write([]byte(part)); n != len(part) || err != nil {
				t.Fatal(n, err)
			}
		}
		if want := `"aé\u202e漢🙂\udb40\udc01b\u007f"`; out.String() != want {
			t.Errorf("in parts of %d: %s, want %s", size, out.String(), want)
		}
	}
}
