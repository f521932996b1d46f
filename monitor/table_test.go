package monitor

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/rule"
)

// lines returns the fields of the lines of a file that are no comments.
func lines(t *testing.T, name string) (all [][]string) {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	for l := range strings.Lines(string(text)) {
		if l[0] != '#' {
			all = append(all, strings.Fields(l))
		}
	}
	return all
}

func mustAt(t *testing.T, date string) Rules {
	t.Helper()
	r, err := At(rule.MustParseEdition(date))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (m Metric) inGrid() string {
	statistics := map[string]string{"Average Sum Maximum Minimum SampleCount": "5", "Average Maximum Minimum SampleCount": "4", "Average Maximum Minimum": "3", "Average Minimum Maximum Sum": "S"}
	dimensions := map[string]string{
		"DirectoryId WorkspaceId": "2", "DirectoryId WorkspaceId RunningMode Protocol ComputeType BundleId UserName ComputerName": "8", "DirectoryId": "D", "CertificateId": "C", "": "-",
	}
	text := statistics[strings.Join(m.Statistics, " ")] + "," + dimensions[strings.Join(m.Dimensions, " ")]
	notes := map[Trigger]string{OnConnection: "c", OnValidation: "v"}[m.Trigger] + map[Protocol]string{PCoIP: "p", DCV: "w"}[m.Protocol]
	if m.NotWebAccess {
		notes += "x"
	}
	if m.AutoStopOnly {
		notes += "a"
	}
	if notes != "" {
		text += "," + notes
	}
	return text
}

// The metrics of each edition are those of the pages.
func TestMetricGrid(t *testing.T) {
	grid := lines(t, "metrics.txt")
	for column, date := range grid[0][2:] {
		have := map[string]Metric{}
		for _, m := range mustAt(t, date).Metrics() {
			have[m.Name] = m
		}
		for _, row := range grid[1:] {
			want, m := row[column+2], have[row[0]]
			delete(have, row[0])
			switch {
			case want == "?" && m.Name != "":
				t.Errorf("%s on %s: %s, and the page has none", row[0], date, m.inGrid())
			case want != "?" && (m.Name == "" || m.inGrid() != want || m.Unit != row[1] || (m.Namespace == PoolsNamespace) != (m.Dimensions == nil)):
				t.Errorf("%s on %s: %+v, want %s", row[0], date, m, want)
			}
		}
		for name := range have {
			t.Errorf("%s on %s: the page does not have it", name, date)
		}
	}
}

// The fields and values of access events of each edition are those of the pages: CheckPattern knows
// no other.
func TestValueGrid(t *testing.T) {
	grid := lines(t, "values.txt")
	rows := 0
	for column, date := range grid[0] {
		r := mustAt(t, date)
		for _, row := range grid[1:] {
			field := strings.TrimPrefix(row[len(grid[0])], "detail.")
			text := `{"source": ["aws.workspaces"], "detail-type": ["WorkSpaces Access"], "detail": {"` + field + `": [`
			if rest := row[len(grid[0])+1:]; len(rest) > 0 {
				text += `"` + strings.Join(rest[1:], " ") + `"`
			} else if field == "clientIpAddress" {
				text += `"192.0.2.1"`
			} else {
				text += `"x"`
			}
			a, err := r.CheckPattern([]byte(text + "]}}"))
			if want := row[column] == "x"; err != nil || (a.Verdict == rule.Allowed) != want {
				t.Errorf("%s on %s: %v, %v", text, date, a, err)
			}
			rows++
		}
	}
	if rows < 200 {
		t.Error(rows)
	}
}

// A unit of a metric is one of CloudWatch, and a statistic too.
func TestRowsAreSound(t *testing.T) {
	var units []string
	for _, r := range unitTable.Rows {
		units = append(units, r.unit)
	}
	for _, r := range metricTable.Rows {
		if !slices.Contains(units, r.Unit) {
			t.Errorf("%s: %q is no unit", r.Name, r.Unit)
		}
		for _, s := range r.Statistics {
			if !slices.Contains(allStatistics, s) {
				t.Errorf("%s: %q is no statistic", r.Name, s)
			}
		}
	}
	for _, e := range Editions() {
		r := mustAt(t, e.String())
		if r.Edition() != e || r.Prerequisite().Port != 443 {
			t.Error(e)
		}
		for _, m := range r.Metrics() {
			for _, d := range m.Dimensions {
				if r.s.dimensions[d].name == "" {
					t.Errorf("%s on %s: no form of dimension %s", m.Name, e, d)
				}
			}
		}
	}
	for _, r := range valueTable.Rows {
		found := false
		for _, f := range fieldTable.Rows {
			found = found || f.path == r.field
		}
		if !found {
			t.Errorf("%q is a value of no field", r.field)
		}
	}
}

// A citation names a heading of the version that it cites. The file in testdata is drawn from the
// pages; the models have members in the place of headings.
func TestHeadings(t *testing.T) {
	text, err := os.ReadFile("testdata/headings.txt")
	if err != nil {
		t.Fatal(err)
	}
	headings, used := map[rule.Citation]bool{}, map[rule.Citation]bool{}
	for line := range strings.Lines(string(text)) {
		if line[0] == '#' {
			continue
		}
		head, list, _ := strings.Cut(strings.TrimSpace(line), " | ")
		f := strings.Fields(head)
		for h := range strings.SplitSeq(list, " | ") {
			headings[rule.Citation{Document: f[0], Section: h, Date: rule.MustParseEdition(f[1])}] = true
		}
	}
	var cites []rule.Citation
	for _, e := range book.Entries() {
		cites = append(cites, e.Dated.Cite)
	}
	for _, r := range book.Rules {
		for _, v := range r.Revisions {
			cites = append(cites, v.Cite)
		}
	}
	for _, c := range cites {
		if c.Document == cloudWatchAPI || c.Document == model {
			continue
		}
		used[rule.Citation{Document: c.Document, Date: c.Date}] = true
		if !headings[c] {
			t.Errorf("%+v: no such heading", c)
		}
	}
	for h := range headings {
		if h.Section = ""; !used[h] {
			t.Errorf("%s of %s: nothing cites it", h.Document, h.Date)
		}
	}
}

func TestEditions(t *testing.T) {
	all := Editions()
	all[0] = rule.Edition{}
	if all = Editions(); all[0] == (rule.Edition{}) {
		t.Error("Editions is not a copy")
	}
	for date, ok := range map[string]bool{"2018-02-02": false, "2018-02-03": true, "2020-04-29": true, "2023-01-01": true, "9999-12-31": false} {
		e := rule.MustParseEdition(date)
		r, err := At(e)
		if (err == nil) != ok || ok && r.Edition() != e {
			t.Errorf("At(%s): %v, %v", date, r, err)
		}
	}
	if last, err := At(Newest().Edition()); err != nil || last != Newest() {
		t.Errorf("At(newest) = %v, %v", last, err)
	}
}
