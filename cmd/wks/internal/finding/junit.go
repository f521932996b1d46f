package finding

import (
	"encoding/xml"
	"io"
	"slices"
	"strings"

	"github.com/wksgo/wks/rule"
)

// The types of this file are the part of JUnit's format that the report has.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Class   string        `xml:"classname,attr"`
		Name    string        `xml:"name,attr"`
		Skipped *junitSkipped `xml:"skipped"`
		Failure *junitFailure `xml:"failure"`
		Output  string        `xml:"system-out,omitempty"`
	}
	junitSkipped struct {
		Message string `xml:"message,attr"`
	}
	junitFailure struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",chardata"`
	}
)

// WriteJUnit writes the report as results of tests: a suite for each Region, and in it a case for
// each finding and for each check. The findings that the report fails on are failures; the others,
// and what a baseline accepts, are cases that passed with a text. A question that was not asked
// is a case that was skipped.
func (r *Report) WriteJUnit(w io.Writer, name string) error {
	all := junitSuites{Name: "wks " + name}
	index := map[string]int{}
	add := func(region string, c junitCase) {
		if region == "" {
			region = name
		}
		i, seen := index[region]
		if !seen {
			i = len(all.Suites)
			index[region] = i
			all.Suites = append(all.Suites, junitSuite{Name: region})
		}
		s := &all.Suites[i]
		c.Class = "wks." + name + "." + region
		if s.Tests++; c.Failure != nil {
			s.Failures++
		} else if c.Skipped != nil {
			s.Skipped++
		}
		s.Cases = append(s.Cases, c)
	}
	broken := map[[2]string]bool{}
	for _, f := range slices.Concat(r.Findings, r.Accepted) {
		for _, o := range f.Occurrences {
			broken[[2]string{o.Region, o.Section}] = true
		}
	}
	for _, f := range byRegion(r.Findings) {
		c := junitCase{Name: string(f.Code) + ": " + f.Subjects()}
		text := f.lines()
		if f.Level == rule.Must && r.Summary.FailOn != FailNone || r.Summary.FailOn == FailShould || r.Summary.FailOn == FailOpen {
			c.Failure = &junitFailure{Message: f.What(), Type: string(f.Level), Text: text}
		} else {
			c.Output = string(f.Level) + ": " + text
		}
		add(f.region(), c)
	}
	for _, f := range byRegion(r.Accepted) {
		add(f.region(), junitCase{Name: string(f.Code) + ": " + f.Subjects() + " (accepted)", Output: f.lines()})
	}
	for _, q := range r.Open {
		for _, region := range append(q.Regions, "")[:max(1, len(q.Regions))] {
			reason := q.Kind() + ": " + q.Reason
			if q.Fetch() != "" {
				reason += ": " + q.Fetch()
			}
			add(region, junitCase{Name: q.Reason, Skipped: &junitSkipped{reason}})
		}
	}
	for _, c := range r.checks {
		if c.verdict == rule.Allowed && !broken[[2]string{c.region, c.name}] {
			add(c.region, junitCase{Name: c.name})
		}
	}
	for _, s := range all.Suites {
		all.Tests, all.Failures = all.Tests+s.Tests, all.Failures+s.Failures
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// byRegion splits findings into those of one Region each.
func byRegion(list []*Finding) (split []*Finding) {
	for _, f := range list {
		index := map[string]*Finding{}
		for _, o := range f.Occurrences {
			g := index[o.Region]
			if g == nil {
				part := *f
				part.Regions, part.Occurrences = []string{o.Region}, nil
				g = &part
				index[o.Region] = g
				split = append(split, g)
			}
			g.Occurrences = append(g.Occurrences, o)
		}
		for _, g := range index {
			g.Count = distinct(g.Occurrences)
		}
	}
	return split
}

// region is the Region of a finding that byRegion has split off.
func (f *Finding) region() string { return f.Regions[0] }

// lines tells all of a finding.
func (f *Finding) lines() string {
	var b strings.Builder
	b.WriteString(f.What() + "\n")
	for _, o := range f.Occurrences {
		b.WriteString(about(o) + o.Detail + " (" + o.Place() + ")")
		if o.Reason != "" {
			b.WriteString(", accepted until " + o.Until + ": " + o.Reason)
		}
		b.WriteString("\n")
	}
	b.WriteString("Remedy: " + f.Remedy + "\nSource: " + Cited(f.Cite) + "\n")
	if f.Help != "" {
		b.WriteString("Help: " + f.Help + "\n")
	}
	return b.String()
}

// distinct counts resources.
func distinct(list []Occurrence) int {
	var seen Distinct[[3]string]
	for _, o := range list {
		seen.Add(o.identity())
	}
	return seen.Len()
}
