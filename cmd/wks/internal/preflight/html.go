package preflight

import (
	_ "embed"
	"html/template"
	"io"
	"strings"

	"github.com/wksgo/wks/cmd/wks/internal/finding"
)

//go:embed page.html
var pageSource string

// cellSide is how far the cells of a picture are apart.
const cellSide = 20

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
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
	"cited":         finding.Cited,
	"inOrder":       regionsInOrder,
	"many":          func(f *finding.Finding) bool { return len(f.Occurrences) > 1 },
	"names":         func(f *finding.Finding) string { return finding.Names(f.Occurrences, shown) },
	"firstOf":       func(list []finding.Occurrence) []finding.Occurrence { return list[:min(onPage, len(list))] },
	"restOf":        func(list []finding.Occurrence) int { return max(0, len(list)-onPage) },
	"whys":          whys,
	"candidateWord": candidateWord,
	"byolLine":      func(b *byolRange) string { return byolLine(*b) },
	"class":         func(word string) string { return strings.ReplaceAll(word, " ", "-") },
	"openOf":        func(s section) []*group { return s.questions() },
}).Parse(pageSource))

// writeHTML writes the report as one page, which needs no other file and runs no script.
func writeHTML(w io.Writer, rep *report) error { return pageTemplate.Execute(w, rep) }

// onPage is how many occurrences of one finding the page lists.
const onPage = 1000

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
