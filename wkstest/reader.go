package wkstest

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
)

// A shapeError tells where a JSON document does not have the shape that is wanted.
type shapeError struct {
	path string
	want string // "" where the document is not JSON
}

func (e *shapeError) Error() string {
	if e.path == "" {
		return "the document is no " + e.want
	}
	return shown(e.path) + " is no " + e.want
}

// below returns e, or nil, with a step in front of its path.
func (e *shapeError) below(step string) *shapeError {
	switch {
	case e == nil:
	case e.path == "" || e.path[0] == '[':
		e.path = step + e.path
	default:
		e.path = step + "." + e.path
	}
	return e
}

// notJSON is the error of a document that is not JSON. Whoever tells the user asks package encoding/json why.
func notJSON() *shapeError { return &shapeError{} }

// A reader reads JSON in one pass. It accepts what package encoding/json does.
type reader struct {
	b    []byte
	i    int
	seen [32]*string // texts that were read, for those that come again

	shares       bool // what is read may be the same in memory where it is the same
	lastTags     []types.Tag
	lastTagsText []byte
}

// here returns the byte at which the reader stands, 0 at the end: a byte that JSON has nowhere.
func (r *reader) here() byte {
	if r.i < len(r.b) {
		return r.b[r.i]
	}
	return 0
}

// next passes over white space and returns the byte that follows.
func (r *reader) next() byte {
	for {
		switch c := r.here(); c {
		case ' ', '\t', '\n', '\r':
			r.i++
		default:
			return c
		}
	}
}

// ended reports whether nothing but white space follows.
func (r *reader) ended() bool { r.next(); return r.i == len(r.b) }

// word reads what is neither a string, a list nor an object.
func (r *reader) word() ([]byte, *shapeError) {
	start := r.i
	for r.i < len(r.b) && strings.IndexByte(" \t\n\r,]}", r.b[r.i]) < 0 {
		r.i++
	}
	w := r.b[start:r.i]
	if !json.Valid(w) {
		return nil, notJSON()
	}
	return w, nil
}

// raw reads a string. Its bytes are those of the document where there is nothing to decode.
func (r *reader) raw() ([]byte, *shapeError) {
	start, plain := r.i, true
	for r.i++; r.i < len(r.b) && plainBytes[r.b[r.i]]; r.i++ {
	}
	for ; r.i < len(r.b); r.i++ {
		switch c := r.b[r.i]; {
		case c == '"':
			r.i++
			if plain {
				return r.b[start+1 : r.i-1], nil
			}
			var s string
			if json.Unmarshal(r.b[start:r.i], &s) != nil {
				return nil, notJSON()
			}
			return []byte(s), nil
		case c == '\\':
			plain = false
			r.i++
		case c >= 0x80:
			plain = false
		case c < ' ':
			return nil, notJSON()
		}
	}
	return nil, notJSON()
}

// text is raw as a string, which is shared with earlier ones where it is the same.
func (r *reader) text() (*string, *shapeError) {
	t, err := r.raw()
	if err != nil {
		return nil, err
	}
	if len(t) == 0 || len(t) > 64 {
		s := string(t)
		return &s, nil
	}
	seen := &r.seen[(len(t)+5*int(t[0])+int(t[len(t)-1]))%len(r.seen)]
	if *seen == nil || **seen != string(t) {
		s := string(t)
		*seen = &s
	}
	return *seen, nil
}

// skip passes over a value.
func (r *reader) skip() *shapeError {
	start := r.i
	switch r.here() {
	case '"':
		_, err := r.raw()
		return err
	case '{', '[':
	default:
		if _, err := r.word(); err != nil {
			return err
		}
		return nil
	}
	for depth := 0; r.i < len(r.b); r.i++ {
		switch r.b[r.i] {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case '"':
			if _, err := r.raw(); err != nil {
				return err
			}
			r.i--
		}
		if depth == 0 {
			r.i++
			if json.Valid(r.b[start:r.i]) {
				return nil
			}
			break
		}
	}
	return notJSON()
}

// each calls f at the start of each element of a list, with its index, until it returns an error.
func (r *reader) each(f func(i int) *shapeError) *shapeError {
	r.i++ // [
	if r.next() == ']' {
		r.i++
		return nil
	}
	for i := 0; ; i++ {
		if err := f(i); err != nil {
			return err.below("[" + strconv.Itoa(i) + "]")
		}
		switch r.next() {
		case ',':
			r.i++
			r.next()
		case ']':
			r.i++
			return nil
		default:
			return notJSON()
		}
	}
}

// members calls f at the start of the value of each member of an object, with its name, until it returns an error.
func (r *reader) members(f func(name []byte) *shapeError) *shapeError {
	r.i++ // {
	if r.next() == '}' {
		r.i++
		return nil
	}
	for {
		if r.here() != '"' {
			return notJSON()
		}
		name, err := r.raw()
		if err != nil {
			return err
		}
		if r.next() != ':' {
			return notJSON()
		}
		r.i++
		r.next()
		if err := f(name); err != nil {
			return err.below(string(name))
		}
		switch r.next() {
		case ',':
			r.i++
			r.next()
		case '}':
			r.i++
			return nil
		default:
			return notJSON()
		}
	}
}
