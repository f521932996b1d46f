package migrate

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/rule/param"
)

// Rows returns the rules of the package with their levels, spans and citations, by topic and
// date, as a copy. Programs that list rules use it; a check is asked of Rules.
func Rows() []rule.Row { return slices.Clone(ruleRows) }

// Parameters returns what the rules of the package use and its plans and outcomes count with:
// scenarios, limits, fates, sizes, figures and windows, by table in the order of its rows, as
// a new slice.
func Parameters() (list []param.Row) {
	add := func(span rule.Span, cite rule.Citation, name, value string, codes ...rule.Code) {
		list = append(list, param.Row{Rules: codes, Name: name, Value: value, Span: span, Cite: cite})
	}
	for _, r := range scenarioRows {
		add(r.span, r.cite, "scenario: "+r.text, r.verdict.String(), ScenarioRefused)
	}
	for _, r := range limitRows {
		var codes []rule.Code
		if r.code != "" {
			codes = []rule.Code{r.code}
		}
		add(r.span, r.cite, "limit: "+r.text, r.verdict.String(), codes...)
	}
	labelled := map[set]string{s2016: "Windows Server 2016", s2019: "Windows Server 2019", s2022: "Windows Server 2022"}
	for _, r := range labelRows {
		add(r.span, r.cite, "called Windows 10 by the scenarios", labelled[r.os], ScenarioRefused)
	}
	for _, r := range effectRows {
		name, value := "what becomes of "+r.Thing, string(r.Fate)
		if r.System != AnySystem {
			name += " with " + string(r.System)
		}
		if r.Note != "" {
			value += ": " + r.Note
		}
		add(r.span, r.Cite, name, value)
	}
	for _, r := range groupRows {
		name := "group of root and user volume without a GPU"
		if r.compute == gpu {
			name = "group of root and user volume with a GPU"
		}
		add(r.span, r.cite, name, sizes(r.rootMin, r.rootMax)+" and "+sizes(r.userMin, r.userMax)+" GiB", VolumesOutsideGroups)
	}
	for _, r := range noteRows {
		add(r.span, r.cite, string(r.note), "stated")
	}
	for _, r := range figureRows {
		value := tables.Time(time.Duration(r.n) * time.Second)
		if slices.Contains([]figure{batch, callRate, callBurst}, r.figure) {
			value = strconv.Itoa(r.n)
		}
		var codes []rule.Code
		if r.figure == snapshotInterval {
			codes = []rule.Code{SnapshotStale}
		}
		add(r.span, r.cite, string(r.figure), value, codes...)
	}
	for _, r := range stepRows {
		add(r.span, r.cite, "step "+string(r.step), "asked for")
	}
	for _, r := range windowRows {
		value := "Sunday 00:00"
		if r.thirdWeek {
			value = "14 days from the third Monday of the month, 00:00"
		}
		value += fmt.Sprintf(" to %02d:00 in the time zone of %s", r.untilHour, r.timeZoneOf)
		if r.olderThan > 0 {
			value += ", WorkSpaces older than " + tables.Time(r.olderThan)
		}
		add(r.span, r.cite, "maintenance of "+string(r.mode), value, InMaintenanceWindow)
	}
	return list
}

// sizes writes a range of them.
func sizes(from, to int32) string {
	if from == to {
		return fmt.Sprint(from)
	}
	return fmt.Sprintf("%d to %d", from, to)
}
