package preflight

import (
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/rule"
)

func alarmJSON(name, more string) string {
	return `{"AlarmName": "` + name + `", "Namespace": "AWS/WorkSpaces", "Statistic": "Sum", "Period": 300, "EvaluationPeriods": 3, "Threshold": 5.5, "TreatMissingData": "notBreaching", ` + more + `}`
}

// Alarms on metrics of WorkSpaces that would never go off are found, and those of other services are passed over.
func TestAlarms(t *testing.T) {
	const directory = `"Dimensions": [{"Name": "DirectoryId", "Value": "d-0000000001"}]`
	alarms := `{"MetricAlarms": [` + strings.Join([]string{
		alarmJSON("sound", `"MetricName": "Unhealthy", `+directory), alarmJSON("misspelt", `"MetricName": "UnHealthy", `+directory),
		alarmJSON("dimension", `"MetricName": "Unhealthy", "Dimensions": [{"Name": "DirectoryID", "Value": "d-0000000001"}]`), alarmJSON("unit", `"MetricName": "Unhealthy", "Unit": "Seconds", `+directory),
		alarmJSON("protocol", `"MetricName": "FramesPerSecond", "Dimensions": [{"Name": "WorkspaceId", "Value": "ws-00000000a"}]`),
		strings.Replace(alarmJSON("other", `"MetricName": "CPUUtilization"`), "AWS/WorkSpaces", "AWS/EC2", 1), `{"AlarmName": "math", "Metrics": [{"Id": "m1"}], "Period": "x"}`,
	}, ", ") + `], "CompositeAlarms": []}`
	rep := reported(t, usedFiles(someEvents, alarmsName, alarms, workspacesName, fleetJSON(strings.Replace(desktopOf(alice, theDirectory, "alice", "AVAILABLE"), "WSP", "PCOIP", 1))))
	got := map[string]rule.Code{}
	for _, f := range rep.Findings {
		for _, o := range f.Occurrences {
			if o.File == alarmsName {
				got[o.Resource.ID+" "+o.Path] = f.Code
			}
		}
	}
	want := map[string]rule.Code{
		"misspelt MetricAlarms[1].MetricName": monitor.MetricUnknown, "dimension MetricAlarms[2].Dimensions[0].Name": monitor.DimensionUnknown, "unit MetricAlarms[3].Unit": monitor.UnitOther,
		"protocol MetricAlarms[4].MetricName": monitor.ProtocolNotMeasured, "protocol MetricAlarms[4].Statistic": monitor.StatisticNotListed,
	}
	for at, code := range want {
		if got[at] != code {
			t.Errorf("%s: %q, want %q", at, got[at], code)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%v", got)
	}
	if !slices.ContainsFunc(rep.Notes, func(n note) bool { return n.File == alarmsName && strings.Contains(string(n.Path), "[6].Period") }) {
		t.Errorf("%+v", rep.Notes)
	}
}

// A value of an alarm that cannot be used breaks no rule, and leaves what the others break.
func TestAlarmWithSpoiltValues(t *testing.T) {
	for _, bad := range []string{`"Period": "x"`, `"EvaluationPeriods": "x"`, `"ExtendedStatistic": 5, "Statistic": null`, `"Statistic": 5`, `"Unit": 5`, `"Dimensions": "x"`} {
		name, _, _ := strings.Cut(bad, ":")
		alarm := `{"AlarmName": "a", "Namespace": "AWS/WorkSpaces", "MetricName": "Unhealthy", "TreatMissingData": "sometimes"`
		for _, good := range []string{`"Statistic": "Sum"`, `"Period": 300`, `"EvaluationPeriods": 3`, `"Dimensions": [{"Name": "DirectoryId", "Value": "d-0000000001"}]`} {
			if !strings.HasPrefix(good, name+":") && !strings.Contains(bad, `"Statistic": null`) || strings.Contains(bad, "null") && !strings.HasPrefix(good, `"Statistic"`) {
				alarm += ", " + good
			}
		}
		rep := reported(t, usedFiles(someEvents, alarmsName, `{"MetricAlarms": [`+alarm+", "+bad+`}]}`))
		var got []rule.Code
		for _, f := range rep.Findings {
			for _, o := range f.Occurrences {
				if o.File == alarmsName {
					got = append(got, f.Code)
				}
			}
		}
		if !slices.Equal(got, []rule.Code{monitor.MissingDataUnknown}) {
			t.Errorf("%s: %q", bad, got)
		}
	}
}

// A rule whose pattern matches no access event is found by its pattern.
func TestEventPatterns(t *testing.T) {
	pattern := func(detail string) string {
		return `"EventPattern": "{\"source\":[\"aws.workspaces\"],\"detail-type\":[\"WorkSpaces Access\"],\"detail\":{` + strings.ReplaceAll(detail, `"`, `\"`) + `}}"`
	}
	rep := reported(t, usedFiles(someEvents, eventRulesName, `{"Rules": [{"Name": "sound", "State": "DISABLED", `+pattern(`"directoryId":["domain/d-0000000001"]`)+`}, {"Name": "bare", `+pattern(`"directoryId":["d-0000000001"]`)+`},
		{"Name": "clock", "ScheduleExpression": "rate(1 day)"}, {"Name": "calls", "EventPattern": "{\"source\":[\"aws.workspaces\"],\"detail-type\":[\"AWS API Call via CloudTrail\"]}"}]}`))
	var at []string
	for _, f := range rep.Findings {
		for _, o := range f.Occurrences {
			if o.File == eventRulesName {
				at = append(at, string(f.Code)+" "+o.Resource.ID+" "+o.Path)
			}
		}
	}
	if !slices.Equal(at, []string{string(monitor.PatternValueUnknown) + " bare Rules[1].EventPattern.detail.directoryId[0]"}) {
		t.Errorf("%q", at)
	}
	i := slices.IndexFunc(rep.Regions[0].Sections, func(s section) bool { return s.Title == "event patterns" })
	if i < 0 || !slices.Equal(rep.Regions[0].Sections[i].Lines, []string{"sound is disabled", "2 rules are for access events"}) {
		t.Errorf("%+v", rep.Regions[0].Sections)
	}
}
