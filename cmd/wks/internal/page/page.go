// Package page writes reports as pages of HTML that need no other file and run no script.
package page

import (
	_ "embed"
	"html/template"
	"maps"
	"strings"

	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/rule"
)

// Source is the frame of every page: its style, what to do, what is open, what is accepted, and the
// documents.
//
//go:embed page.html
var Source string

// listed is how many occurrences of one finding the page lists.
const listed = 1000

// named is how many resources the line above them names.
const named = 3

var functions = template.FuncMap{
	"cited":   finding.Cited,
	"help":    rule.Code.Help,
	"class":   func(word string) string { return strings.ReplaceAll(word, " ", "-") },
	"many":    func(f *finding.Finding) bool { return len(f.Occurrences) > 1 },
	"names":   func(f *finding.Finding) string { return finding.Names(f.Occurrences, named) },
	"firstOf": func(list []finding.Occurrence) []finding.Occurrence { return list[:min(listed, len(list))] },
	"restOf":  func(list []finding.Occurrence) int { return max(0, len(list)-listed) },
}

// Template returns the template of a page whose data has a finding.Report, an Input and an Edition. The source
// defines its "title", its "details", and the "count" at its end; it may define a "style" and a
// "version" of the input. More are the functions that it uses, beside those of the frame.
func Template(source string, more template.FuncMap) *template.Template {
	all := maps.Clone(functions)
	maps.Copy(all, more)
	t := template.Must(template.New("page").Funcs(all).Parse(Source))
	return template.Must(t.Parse(source))
}
