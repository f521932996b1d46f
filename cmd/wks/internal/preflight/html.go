package preflight

import (
	_ "embed"
	"html/template"
	"io"

	"github.com/wksgo/wks/cmd/wks/internal/page"
)

//go:embed page.html
var pageSource string

// cellSide is how far the cells of a picture are apart.
const cellSide = 20

var pageTemplate = page.Template(pageSource, template.FuncMap{
	"at":       func(n int) int { return 1 + n*cellSide },
	"middle":   func(n int) int { return 1 + n*cellSide + cellSide/2 },
	"baseline": func(n int) int { return 1 + n*cellSide + 14 },
	"height":   func(rows int) int { return rows*cellSide + 2 },
	"notesOf":  func(rep *report) []*alike { return notes(rep.Notes).groups() },
	"pictured": func(region int, r regionReport) any {
		return struct {
			Region int
			*picture
		}{region, r.picture}
	},
	"chartOf":       func(s section) chart { return s.chart },
	"inOrder":       regionsInOrder,
	"whys":          whys,
	"candidateWord": candidateWord,
	"byolLine":      func(b *byolRange) string { return byolLine(*b) },
	"openOf":        func(s section) []*group { return s.questions() },
})

// writeHTML writes the report as a page.
func writeHTML(w io.Writer, rep *report) error { return pageTemplate.Execute(w, rep) }

// An orderly Region has something in order.
type orderly struct {
	Region string
	List   []string
}

// regionsInOrder tells what is in order in each Region.
func regionsInOrder(rep *report) (list []orderly) {
	for _, r := range rep.Regions {
		if in := r.inOrder(); len(in) > 0 {
			list = append(list, orderly{r.Region, in})
		}
	}
	return list
}

// whys are the reasons of proposals.
func whys(list []proposal) (lines []string) {
	for _, p := range list {
		lines = append(lines, p.Why)
	}
	return lines
}
