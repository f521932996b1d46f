package damage_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"testing"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/damage"
	"github.com/wksgo/wks/internal/lineartest"
)

const sample = `{"list": [{"id": "a", "size": 80, "on": true}, {"id": "b", "size": null}], "name": "sample"}`

// decoded reads all values, and reports whether the text is well-formed.
func decoded(text []byte) (values []any, sound bool) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	for {
		var v any
		switch err := d.Decode(&v); {
		case errors.Is(err, io.EOF):
			return values, true
		case err != nil:
			return values, false
		}
		values = append(values, v)
	}
}

// Each kind of change is made, and the document itself stays as it is.
func TestDamaged(t *testing.T) {
	lineartest.SkipRace(t)
	d, err := damage.Parse([]byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	seen, texts, runs := map[string]int{}, map[string]bool{}, 0
	rapid.Check(t, func(t *rapid.T) {
		for range 50 {
			text := d.Damaged(t)
			texts[string(text)] = true
			runs++
			if !bytes.Contains(text, []byte(`"list"`)) {
				seen["a member is gone"]++
			}
			if bytes.Count(text, []byte(`"name"`)) > 1 {
				seen["a name stands twice"]++
			}
			if bytes.Contains(text, []byte(`[[[[[[[[[[`)) || bytes.Contains(text, []byte(`{"a":{"a":{"a":{"a":{"a":`)) {
				seen["deep"]++
			}
			if bytes.Contains(text, []byte(`\u001b`)) {
				seen["an escape sequence"]++
			}
			if bytes.Contains(text, []byte("9223372036854775808")) {
				seen["a number that overflows"]++
			}
			if bytes.Contains(text, []byte(`"list":{"list"`)) || bytes.Contains(text, []byte(`"size":[{"id"`)) {
				seen["in one another"]++
			}
			values, sound := decoded(text)
			if !sound {
				seen["not well-formed, or deeper than is read"]++
			}
			if sound && len(values) == 0 {
				seen["empty"]++
			}
		}
	})
	for _, want := range []string{"a member is gone", "a name stands twice", "deep", "an escape sequence", "a number that overflows", "in one another", "not well-formed, or deeper than is read", "empty"} {
		if seen[want] == 0 {
			t.Errorf("of %d texts, none: %s", runs, want)
		}
	}
	if len(texts) < runs/2 || seen["not well-formed, or deeper than is read"] > runs/5 {
		t.Errorf("%d texts of %d runs: %v", len(texts), runs, seen)
	}
}

func TestParse(t *testing.T) {
	for _, text := range []string{`{`, `{"a"`, `[1,`, `{"a":}`, `]`, `{} x`} {
		if _, err := damage.Parse([]byte(text)); err == nil {
			t.Errorf("%s is read", text)
		}
	}
}
