// Package bounded reads no more of a source than its caller allows, part by part.
package bounded

import (
	"errors"
	"io"
)

// ErrBound is what a Reader returns once there is nothing left.
var ErrBound = errors.New("the bound is reached")

// A Reader reads Left bytes of R, which counts down, and then fails with ErrBound. Whoever reads part by part sets Left
// before each.
type Reader struct {
	R    io.Reader
	Left int64
}

func (b *Reader) Read(p []byte) (int, error) {
	if b.Left <= 0 {
		return 0, ErrBound
	}
	n, err := b.R.Read(p[:min(int64(len(p)), b.Left)])
	b.Left -= int64(n)
	return n, err
}
