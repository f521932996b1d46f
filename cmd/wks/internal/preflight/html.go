package preflight

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"os"
	"strings"

	"github.com/wksgo/wks/rule"
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
	"place":    func(n note) string { return n.place.String() },
	"pictured": func(region int, r regionReport) any {
		return struct {
			Region int
			*picture
		}{region, r.picture}
	},
	"chartOf":       func(s section) chart { return s.chart },
	"candidateWord": candidateWord,
	"byolLine":      func(b *byolRange) string { return byolLine(*b) },
	"class":         func(word string) string { return strings.ReplaceAll(word, " ", "-") },
	"openOf":        func(s section) []*group { return s.open() },
	"regionLine":    regionLine,
}).Parse(pageSource))

// writeHTML writes the report as one page, which needs no other file and runs no script.
func writeHTML(w io.Writer, rep *report) error { return pageTemplate.Execute(w, rep) }

// writeHTMLFile is writeHTML to a file, of which nothing is left if it fails.
func writeHTMLFile(name string, rep *report) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	err = writeHTML(f, rep)
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		os.Remove(name)
	}
	return err
}

// regionLine sums up a Region for the table of contents.
func regionLine(r regionReport) string {
	verdicts := map[string]int{}
	must := 0
	r.results(func(x *result) {
		if r.BYOL == nil || x != &r.BYOL.result { // which has no verdict on the page
			verdicts[x.Word()]++
		}
		for _, f := range x.Findings {
			if f.Level == rule.Must {
				must++
			}
		}
	})
	return fmt.Sprintf("%d allowed, %d denied, %d undocumented, %d not given; %d findings that must be mended; %d questions not asked",
		verdicts["allowed"], verdicts["denied"], verdicts["undocumented"], verdicts[notGiven], must, len(r.NotAsked))
}
