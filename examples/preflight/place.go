package main

import (
	"fmt"

	"github.com/wksgo/wks/rule"
)

// A place is where in a file something stands.
type place struct {
	File   string    `json:"file"`
	Line   int       `json:"line,omitempty"`
	Column int       `json:"column,omitempty"` // in bytes, from 1
	Path   rule.Path `json:"path,omitempty"`
}

func (p place) String() string {
	s := p.File
	if p.Line > 0 {
		s += fmt.Sprintf(":%d:%d", p.Line, p.Column)
	}
	if p.Path != "" {
		s += ": " + string(p.Path)
	}
	return s
}

// below returns the place of something within what stands at p.
func (p place) below(path rule.Path) place { return place{File: p.File, Path: p.Path.Join(path)} }

// A fileError is a reason why a file cannot be used, and where in it.
type fileError struct {
	place
	msg string
}

func (e *fileError) Error() string { return e.place.String() + ": " + e.msg }

// A note is something about the input that the reader should know and that changes
// no answer.
type note struct {
	place
	Text string `json:"text"`
}
