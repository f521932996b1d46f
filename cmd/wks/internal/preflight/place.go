package preflight

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/rule"
)

// A place is where in a file something stands.
type place struct {
	File   string    `json:"file"`
	Line   int       `json:"line,omitempty"`
	Column int       `json:"column,omitempty"` // in bytes, from 1
	Path   rule.Path `json:"path,omitempty"`

	of subject // nil if it is of no resource
}

// A subject is what stands at a place: an element of the export, or something that is named.
type subject interface{ resource() finding.Resource }

// A named subject knows no more than its name.
type named finding.Resource

func (n named) resource() finding.Resource { return finding.Resource(n) }

// about returns the place as one of a resource.
func (p place) about(kind, id string) place {
	p.of = named{Kind: kind, ID: id}
	return p
}

// resource is what the place is about, and the file itself if nothing is known.
func (p place) resource() finding.Resource {
	if p.of == nil {
		return finding.Resource{Kind: "file", ID: p.File}
	}
	return p.of.resource()
}

// inFile is a file as a place. Its name is made printable.
func inFile(name string) place { return place{File: rule.Printable(rule.Shorten(name))} }

func (p place) String() string {
	s := p.File
	if p.Line > 0 {
		s += fmt.Sprintf(":%d:%d", p.Line, p.Column)
	}
	if p.Path != "" {
		s += ": " + rule.Shorten(string(p.Path))
	}
	return s
}

// below returns the place of something within what stands at p.
func (p place) below(path rule.Path) place {
	return place{File: p.File, Path: p.Path.Join(path), of: p.of}
}

// except is below for facts of which some stand elsewhere: files has the places of these. What
// these are about is what p is, unless they say.
func (p place) except(files map[rule.Path]place) locator {
	return func(path rule.Path) place {
		for prefix, elsewhere := range files {
			if prefix.Covers(path) {
				if elsewhere.of == nil {
					elsewhere.of = p.of
				}
				return elsewhere
			}
		}
		return p.below(path)
	}
}

// A fileError is a reason why a file or a value cannot be used, and where it stands.
type fileError struct {
	place
	msg   string
	value string // if it is known, as it is shown
}

func newFileError(at place, msg string) *fileError { return &fileError{place: at, msg: msg} }

func (e *fileError) Error() string { return e.place.String() + ": " + withValue(e.msg, e.value) }

// withValue adds a value, if there is one, to what is said of it.
func withValue(text, value string) string {
	if value == "" {
		return text
	}
	return text + "; the value is " + value
}

// A note is something about the input that the reader should know.
type note struct {
	place
	Text  string `json:"text"`
	Value string `json:"value,omitempty"` // that cannot be used, cut
	// Unusable is set for a value that was left out because it cannot be used. Other notes
	// change no answer.
	Unusable bool `json:"unusable,omitempty"`
}

// notes collects notes about the input.
type notes []note

// alike are notes that say the same of several places.
type alike struct {
	note   // the first
	Others int
}

// Where names the first place, and how many more there are.
func (a alike) Where() string { return andMore(a.place, a.Others) }

// andMore names a place, and how many more there are.
func andMore(at place, others int) string {
	if others > 0 {
		return fmt.Sprintf("%s, and %d more", at, others)
	}
	return at.String()
}

// groups gathers the notes that say the same, in the order of their first.
func (n notes) groups() (list []*alike) {
	type words struct {
		text     string
		unusable bool
	}
	index := map[words]*alike{}
	for _, x := range n {
		key := words{x.Text, x.Unusable}
		if first := index[key]; first != nil {
			first.Others++
			continue
		}
		index[key] = &alike{note: x}
		list = append(list, index[key])
	}
	return list
}

func (n *notes) add(at place, format string, args ...any) {
	*n = append(*n, note{place: at, Text: say(format, args...)})
}

// Said is the text, with the value.
func (n note) Said() string { return withValue(n.Text, n.Value) }

// wrong notes a value that cannot be used, and what becomes of it.
func (n *notes) wrong(w *fileError, then string) {
	n.unusable(w.place, "%s; %s", said(w.msg), said(then))
	(*n)[len(*n)-1].Value = rule.Printable(w.value)
}

// unusable notes a value that is left out.
func (n *notes) unusable(at place, format string, args ...any) {
	n.add(at, format, args...)
	(*n)[len(*n)-1].Unusable = true
}

// cutIndex cuts list[i] from the front of a path.
func cutIndex(p, list rule.Path) (i int, below rule.Path, ok bool) {
	rest, ok := strings.CutPrefix(string(p), string(list)+"[")
	if !ok {
		return 0, "", false
	}
	index, rest, ok := strings.Cut(rest, "]")
	i, err := strconv.Atoi(index)
	return i, rule.Path(strings.TrimPrefix(rest, ".")), ok && err == nil && i >= 0
}
