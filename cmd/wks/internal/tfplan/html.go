package tfplan

import (
	_ "embed"
	"html/template"
	"io"
	"strings"

	findings "github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/cmd/wks/internal/page"
	"github.com/wksgo/wks/rule"
)

//go:embed page.html
var pageSource string

var pageTemplate = page.Template(pageSource, template.FuncMap{
	"countOf":  func(rep *report) string { return rep.Summary.Line },
	"madeBy":   (*report).madeBy,
	"farAs":    (*resource).asFarAsTold,
	"destroys": func(f finding) bool { return f.Code == desktopDestroyed },
	"sentence": func(w words) string { return findings.Sentence(string(w)) },
	"source":   func(f finding) words { return cited(f.Cite) },
})

// writeHTML writes the report as a page.
func writeHTML(w io.Writer, rep *report) error { return pageTemplate.Execute(w, rep) }

// madeBy tells what wrote the plan.
func (rep *report) madeBy() string {
	return strings.TrimPrefix(string("Terraform "+rep.Terraform+", format "+rep.Format), "Terraform , ")
}

// asFarAsTold reports whether the answer is allowed and the plan does not tell everything.
func (r *resource) asFarAsTold() bool {
	return r.Verdict == rule.Allowed && (len(r.NotGiven) > 0 || r.partly)
}
