package rule

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
)

// A Document is a source that a package cites; each package lists its own.
type Document struct{ Key, Title, URL string }

// A Citation says where a fact was read: a Document's key, heading, and version's date.
type Citation struct {
	Document string  `json:"document"`
	Section  string  `json:"section"`
	Date     Edition `json:"date"`
}

// A Violation is one broken rule at one place. It is comparable, and an error.
type Violation struct {
	Code   Code     `json:"code"`
	Path   Path     `json:"path"`
	Detail string   `json:"detail"`
	Level  Level    `json:"level"`
	Cite   Citation `json:"cite"`
	Remedy string   `json:"remedy,omitempty"` // what to do about it, one sentence
}

// Error returns path, detail and code on one line, without the path if it is that of the whole input.
func (v Violation) Error() string {
	if v.Path == "" {
		return fmt.Sprintf("%s (%s)", v.Detail, v.Code)
	}
	return fmt.Sprintf("%s: %s (%s)", shown(string(v.Path)), v.Detail, v.Code)
}

// Is makes errors.Is match the violation's Code.
func (v Violation) Is(target error) bool { return target == error(v.Code) }

type plain Violation // the fields without the methods

// MarshalText writes a JSON object on one line.
func (v Violation) MarshalText() ([]byte, error) { return json.Marshal(plain(v)) }

// MarshalJSON is MarshalText.
func (v Violation) MarshalJSON() ([]byte, error) { return v.MarshalText() }

// UnmarshalJSON is UnmarshalText.
func (v *Violation) UnmarshalJSON(data []byte) error { return v.UnmarshalText(data) }

// UnmarshalText reads what MarshalText writes; unknown fields and words are errors.
func (v *Violation) UnmarshalText(text []byte) error {
	var p plain
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	err := d.Decode(&p)
	if err != nil || p.Code == "" || p.Level == "" || d.InputOffset() < int64(len(text)) {
		return fmt.Errorf("rule: violation %q: %w", Shorten(string(text)), cmp.Or(err, errors.New("want one object with a code and a level")))
	}
	*v = Violation(p)
	return nil
}

// Violations are the results of a validator, in the order that it documents.
type Violations []Violation

// At returns the violations at p or below it, in the same order.
func (vs Violations) At(p Path) (at Violations) {
	for _, v := range vs {
		if p.Covers(v.Path) {
			at = append(at, v)
		}
	}
	return at
}

// Denied reports whether a violation is a Must.
func (vs Violations) Denied() bool {
	for i := range vs {
		if vs[i].Level == Must {
			return true
		}
	}
	return false
}

// Err returns nil if no violation is a Must, and else an error that wraps them all.
func (vs Violations) Err() error {
	if !vs.Denied() {
		return nil
	}
	errs := make([]error, len(vs))
	for i, v := range vs {
		errs[i] = v
	}
	return errors.Join(errs...)
}

// An InputError reports a value that no rule can be applied to, and why.
type InputError struct {
	Path          Path
	Value, Reason string
}

// Error returns path, quoted value and reason on one line. It cuts what is long, and makes the rest
// safe to print.
func (e *InputError) Error() string {
	return fmt.Sprintf("%s: %q %s", shown(string(e.Path)), Shorten(e.Value), told(e.Reason))
}

// Below returns the error with its path read below p if it is an *InputError, and else as
// it is.
func Below(p Path, err error) error {
	var input *InputError
	if !errors.As(err, &input) {
		return err
	}
	return &InputError{p.Join(input.Path), input.Value, input.Reason}
}
