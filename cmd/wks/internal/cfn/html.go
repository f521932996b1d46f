package cfn

import (
	_ "embed"
	html "html/template"
	"io"

	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/cmd/wks/internal/page"
)

//go:embed page.html
var pageSource string

var pageTemplate = page.Template(pageSource, html.FuncMap{
	"countOf":  (*report).count,
	"farAs":    func(a answer) bool { return a.asFarAsTold() },
	"isQuiet":  func(a answer) bool { return a.quiet() },
	"destroys": func(c any) bool { return c == any(desktopDestroyed) },
	"sentence": finding.Sentence,
})

// writeHTML writes the report as a page.
func writeHTML(w io.Writer, rep *report) error { return pageTemplate.Execute(w, rep) }
