package monitor_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/rule"
)

// A value of the wrong kind is a fault of the event, and what follows it is read.
func TestWrongKinds(t *testing.T) {
	sound := string(event(1))
	for path, change := range map[string][2]string{
		"id":                     {`"id":"` + id(1) + `"`, `"id":[{"a":5}]`},
		"detail.clientIpAddress": {`"192.0.2.1"`, `{"a":[1]}`},
		"detail.workspaceId":     {`"ws-000000001"`, `"ws-00000000A"`},
	} {
		text := strings.Replace(sound, change[0], change[1], 1)
		if text == sound {
			t.Fatalf("%s: no such text", change[0])
		}
		l, err := monitor.Newest().ParseLogin([]byte(text), monitor.Lenient)
		var paths []string
		for _, f := range l.Faults {
			paths = append(paths, string(f.Path))
		}
		if err != nil || !slices.Contains(paths, path) || l.Directory == "" || l.Platform == "" {
			t.Errorf("%s: %v %q %+v", path, err, paths, l)
		}
	}
}

// The letters and digits of an ID, and the bytes beside them. WorkSpaces API Reference, WorkspaceId.
func TestBytesOfAnID(t *testing.T) {
	sound := string(event(1))
	for c := range byte(128) {
		if c < ' ' || c == '"' || c == '\\' {
			continue
		}
		text := strings.Replace(sound, "ws-000000001", "ws-00000000"+string(rune(c)), 1)
		l, err := monitor.Newest().ParseLogin([]byte(text), monitor.Lenient)
		if want := c >= '0' && c <= '9' || c >= 'a' && c <= 'z'; err != nil || (len(l.Faults) == 0) != want {
			t.Errorf("%q: %v %v", c, l.Faults, err)
		}
	}
}

// What stands beside an element of $or that is no object is still read.
func TestPatternGoesOn(t *testing.T) {
	const access = `"source": ["aws.workspaces"], "detail-type": ["WorkSpaces Access"]`
	a, err := monitor.Newest().CheckPattern([]byte(`{` + access + `, "$or": [5, {"detail": {"workspaceId": [7]}}, ["x"]]}`))
	var got []string
	for _, v := range a.Violations {
		got = append(got, string(v.Code)+" "+string(v.Path))
	}
	want := []string{"monitor.pattern-malformed or[0]", "monitor.pattern-value-unknown or[1].detail.workspaceId[0]", "monitor.pattern-malformed or[2]"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v", got, err)
	}
}

// A text that is no JSON is no event, whatever it quotes.
func TestTextsThatAreNoJSON(t *testing.T) {
	for _, text := range []string{`say "WorkSpaces Access"`, `x {"detail-type": "WorkSpaces Access"`, `"WorkSpaces Access"`, `{WorkSpaces Access}`, `[WorkSpaces Access]`} {
		lines := `{"message": ` + quoted([]byte(text)) + `}` + "\n" + string(event(1)) + "\n"
		list, errs := logins(monitor.Newest().ReadLogins(strings.NewReader(lines), monitor.Lenient))
		if len(list) != 1 || len(errs) > 0 {
			t.Errorf("%s: %d logins, %q", text, len(list), errs)
		}
	}
}

// The clients of the page on SAML 2.0: of 2022-09-02, with Linux of 2025-10-21.
func TestSAMLClients(t *testing.T) {
	for date, want := range map[string]map[monitor.DeviceType]string{
		"2022-09-01": {},
		"2022-09-02": {monitor.Windows: "5.1.0.3029", monitor.OSX: "5"},
		"2026-09-10": {monitor.Windows: "5.1.0.3029", monitor.OSX: "5", monitor.Linux: "24.1"},
	} {
		got := at(t, date).SAMLClients()
		if len(got) != len(want) {
			t.Errorf("%s: %v", date, got)
		}
		for device, version := range want {
			if got[device] != version {
				t.Errorf("%s: %s from %q on, want %q", date, device, got[device], version)
			}
		}
	}
}

// How long each recommended alarm waits: its period in seconds, and how many of how many breach.
func TestRecommendedTimes(t *testing.T) {
	list, err := monitor.Newest().RecommendedAlarms(monitor.Watched{Directory: "d-906732b9ab"})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][3]int{"unhealthy": {300, 3, 3}, "connection-failures": {300, 2, 3}, "latency": {300, 4, 6}, "root-volume": {3600, 1, 1}, "user-volume": {3600, 1, 1}}
	for _, a := range list {
		name := strings.TrimPrefix(a.Name, "d-906732b9ab-")
		if got := [3]int{a.Alarm.Period, a.DatapointsToAlarm, a.Alarm.EvaluationPeriods}; got != want[name] {
			t.Errorf("%s: %v, want %v", name, got, want[name])
		}
		delete(want, name)
	}
	if len(want) > 0 {
		t.Errorf("no alarm: %v", want)
	}
}

// The alarms of devices, which are in the editions whose guide has their metrics: a day is the period of the root
// certificate, whose last 30 days are told, and ten devices in an hour are too many.
func TestRecommendedForDevices(t *testing.T) {
	type alarm struct {
		period, of, periods  int
		threshold            float64
		statistic, condition string
	}
	list, err := at(t, "2021-04-15").RecommendedAlarms(monitor.Watched{Directory: "d-906732b9ab", Certificates: []string{"wsc-6"}})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]alarm{
		"untrusted-devices":  {3600, 1, 1, 10, "Sum", "GreaterThanOrEqualToThreshold"},
		"root-certificate-6": {86400, 1, 1, 30, "Minimum", "LessThanOrEqualToThreshold"},
	}
	for _, a := range list {
		name := strings.TrimPrefix(a.Name, "d-906732b9ab-")
		w, ok := want[name]
		if got := (alarm{a.Alarm.Period, a.DatapointsToAlarm, a.Alarm.EvaluationPeriods, a.Threshold, a.Alarm.Statistic, a.Comparison}); ok && got != w {
			t.Errorf("%s: %+v, want %+v", name, got, w)
		}
		delete(want, name)
	}
	if len(want) > 0 {
		t.Errorf("no alarm: %v", want)
	}
}

// A period is a multiple of 60 seconds, and no less than one minute.
func TestPeriodsOfQueries(t *testing.T) {
	for period, bad := range map[int]bool{-60: true, -1: true, 0: true, 1: true, 59: true, 60: false, 61: true, 120: false} {
		a, err := monitor.Newest().CheckQuery(monitor.Query{Period: period})
		got := slices.ContainsFunc(a.Violations, func(v rule.Violation) bool { return v.Code == monitor.QueryPeriodInvalid && v.Path == "Period" })
		if err != nil || got != bad {
			t.Errorf("%d: %+v, %v", period, a.Violations, err)
		}
	}
}

// A table may have rows of other lengths than its first, as one that somebody has edited.
func TestTableOfUnevenRows(t *testing.T) {
	cell := func(n int) string { return `"` + strings.ReplaceAll(string(event(n)), `"`, `""`) + `"` }
	table := "timestamp,message\n1," + cell(1) + "\n" + cell(2) + "\n3," + cell(3) + ",more\n"
	list, errs := logins(monitor.Newest().ReadLogins(strings.NewReader(table), monitor.Strict))
	if !slices.Equal(ids(list), []string{id(1), id(2), id(3)}) || len(errs) > 0 {
		t.Errorf("%q, %q", ids(list), errs)
	}
}

// JSON in a text in a text in a text is looked at, and no deeper.
func TestTextsInTexts(t *testing.T) {
	text := string(event(1))
	for depth, want := range []int{1, 1, 1, 1, 0, 0, 0} {
		list, errs := logins(monitor.Newest().ReadLogins(strings.NewReader(text+"\n"), monitor.Strict))
		if len(list) != want || len(errs) > 0 {
			t.Errorf("%d texts: %d logins, %q", depth, len(list), errs)
		}
		text = `{"message":` + quoted([]byte(text)) + `}`
	}
	text = string(event(1))
	for depth, want := range []int{1, 1, 1, 0, 0} { // beside that of a line or a cell
		for name, source := range map[string]string{"a line": quoted([]byte(text)) + "\n", "a cell": "message\n\"" + strings.ReplaceAll(text, `"`, `""`) + "\"\n"} {
			if list, errs := logins(monitor.Newest().ReadLogins(strings.NewReader(source), monitor.Strict)); len(list) != want || len(errs) > 0 {
				t.Errorf("%s, %d texts: %d logins, %q", name, depth, len(list), errs)
			}
		}
		text = `{"message":` + quoted([]byte(text)) + `}`
	}
}

// No events have passed no others over.
func TestOthersOfNothing(t *testing.T) {
	if n := (*monitor.Events)(nil).Others(); n != 0 {
		t.Error(n)
	}
}
