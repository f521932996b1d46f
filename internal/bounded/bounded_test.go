package bounded_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/wksgo/wks/internal/bounded"
)

func TestReader(t *testing.T) {
	r := &bounded.Reader{R: strings.NewReader("abcdef"), Left: 4}
	if got, err := io.ReadAll(r); string(got) != "abcd" || !errors.Is(err, bounded.ErrBound) {
		t.Errorf("%q, %v", got, err)
	}
	r.Left = 3
	if got, err := io.ReadAll(r); string(got) != "ef" || err != nil || r.Left != 1 {
		t.Errorf("%q, %v, %d left", got, err, r.Left)
	}
}

func ExampleReader() {
	r := &bounded.Reader{R: strings.NewReader("a part that is too long"), Left: 6}
	part, err := io.ReadAll(r)
	fmt.Printf("%s: %v\n", part, err)
	// Output: a part: the bound is reached
}
