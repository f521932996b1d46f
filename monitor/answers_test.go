package monitor_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/wksgo/wks/internal/jsonstream"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/rule"
)

// told returns all that an answer says, line by line.
func told(a rule.Answer) string {
	var lines []string
	for _, v := range a.Violations {
		lines = append(lines, fmt.Sprintf("%s %s: %s", strings.TrimPrefix(string(v.Code), "monitor."), v.Path, v.Detail))
	}
	for _, o := range a.Open {
		lines = append(lines, fmt.Sprintf("%s %s: %s", o.By, o.Path, o.Reason))
	}
	return strings.Join(lines, "\n")
}

// faults returns the faults of a login, line by line.
func faults(l monitor.Login) string {
	var lines []string
	for _, f := range l.Faults {
		lines = append(lines, fmt.Sprintf("%s %q %s", f.Path, f.Value, f.Reason))
	}
	return strings.Join(lines, "\n")
}

// What CheckAlarm says of a metric, in its words.
func TestAlarmsInWords(t *testing.T) {
	directory := monitor.Dimension{Name: "DirectoryId", Value: "d-906732b9ab"}
	desktop := monitor.Dimension{Name: "WorkspaceId", Value: "ws-9v8m1kqzr"}
	sound := monitor.Alarm{Namespace: "AWS/WorkSpaces", MetricName: "UserConnected", Dimensions: []monitor.Dimension{directory}, Statistic: "Maximum", Period: 300}
	for name, tt := range map[string]struct {
		date   string
		change func(*monitor.Alarm)
		want   string
	}{
		"a namespace of none":           {"2026-09-10", func(a *monitor.Alarm) { a.Namespace = "AWS/WORKSPACES" }, `namespace-unknown Namespace: "AWS/WORKSPACES" is not AWS/WorkSpaces`},
		"a metric of Pools in Personal": {"2026-09-10", func(a *monitor.Alarm) { a.MetricName, a.Dimensions = "ActiveUserSessionCapacity", nil }, "documents Namespace: the guide prints AWS/Workspaces for this metric, and AWS/WorkSpaces for others; CloudWatch tells large letters from small ones\ndocuments Dimensions: the guide gives no dimension for ActiveUserSessionCapacity"},
		"a metric of Personal in Pools": {"2026-09-10", func(a *monitor.Alarm) { a.Namespace = "AWS/Workspaces" }, "documents Namespace: the guide prints AWS/WorkSpaces for this metric, and AWS/Workspaces for others; CloudWatch tells large letters from small ones"},
		"a metric of Pools": {"2026-09-10", func(a *monitor.Alarm) { a.Namespace, a.MetricName = "AWS/Workspaces", "ActiveUserSessionCapacity" },
			"documents Dimensions: the guide gives no dimension for ActiveUserSessionCapacity"},
		"a metric in other letters":             {"2026-09-10", func(a *monitor.Alarm) { a.MetricName = "userconnected" }, `metric-unknown MetricName: AWS/WorkSpaces has no metric "userconnected"; there is UserConnected`},
		"no such metric":                        {"2026-09-10", func(a *monitor.Alarm) { a.MetricName = "Users" }, `metric-unknown MetricName: AWS/WorkSpaces has no metric "Users"`},
		"no such unit":                          {"2026-09-10", func(a *monitor.Alarm) { a.Unit = "Persons" }, `unit-unknown Unit: "Persons" is no unit of CloudWatch`},
		"another unit":                          {"2026-09-10", func(a *monitor.Alarm) { a.Unit = "Percent" }, "unit-other Unit: UserConnected is in Count, not in Percent"},
		"its unit":                              {"2026-09-10", func(a *monitor.Alarm) { a.Unit = "Count" }, ""},
		"another unit while metrics are unread": {"2023-01-01", func(a *monitor.Alarm) { a.Unit = "Percent" }, "documents MetricName: no version of the table of metrics is known from 2022-09-03 until before 2025-10-21"},
		"DCV without a protocol":                {"2026-09-10", func(a *monitor.Alarm) { a.MetricName, a.Statistic = "FramesPerSecond", "Average" }, "input MetricName: only WorkSpaces with WSP report it: the protocol of these is not given"},
		"DCV on PCoIP": {"2026-09-10", func(a *monitor.Alarm) {
			a.MetricName, a.Statistic, a.Desktops.Protocol = "FramesPerSecond", "Average", monitor.PCoIP
		}, "protocol-not-measured MetricName: only WorkSpaces with WSP report FramesPerSecond"},
		"DCV on DCV": {"2026-09-10", func(a *monitor.Alarm) {
			a.MetricName, a.Statistic, a.Desktops.Protocol = "FramesPerSecond", "Average", monitor.DCV
		}, ""},
		"a protocol for a metric": {"2026-09-10", func(a *monitor.Alarm) { a.Desktops.Protocol = monitor.PCoIP }, ""},
		"Web Access":              {"2025-10-21", func(a *monitor.Alarm) { a.MetricName, a.Desktops.WebAccess = "SessionDisconnect", true }, "web-access-not-measured MetricName: SessionDisconnect leaves out the users of Web Access"},
		"Web Access of another":   {"2025-10-21", func(a *monitor.Alarm) { a.Desktops.WebAccess = true }, ""},
		"no Web Access":           {"2025-10-21", func(a *monitor.Alarm) { a.MetricName = "SessionDisconnect" }, ""},
		"always on":               {"2025-10-21", func(a *monitor.Alarm) { a.MetricName, a.Desktops.RunningMode = "Maintenance", monitor.AlwaysOn }, "running-mode-not-measured MetricName: Maintenance applies to WorkSpaces in the running mode AutoStop"},
		"another that is on":      {"2025-10-21", func(a *monitor.Alarm) { a.Desktops.RunningMode = monitor.AlwaysOn }, ""},
		"not always on":           {"2025-10-21", func(a *monitor.Alarm) { a.MetricName, a.Desktops.RunningMode = "Maintenance", monitor.AutoStop }, ""},
		"no such dimension before others": {"2026-09-10", func(a *monitor.Alarm) {
			a.Dimensions = []monitor.Dimension{{Name: "x", Value: "y"}, {Name: "WorkspaceId", Value: "WS-1"}, directory, {Name: "ComputerName"}}
		}, `dimension-unknown Dimensions[0].Name: UserConnected has no dimension "x"` + "\n" +
			`dimension-malformed Dimensions[1].Value: "WS-1" is not of the form ws- and small letters or digits` + "\n" +
			`dimension-malformed Dimensions[3].Value: "" is not of the form a computer name` + "\n" +
			"documents Dimensions: no document says that UserConnected is published with these dimensions together; to CloudWatch each combination is a metric of its own"},
		"an unknown dimension and one": {"2026-09-10", func(a *monitor.Alarm) { a.Dimensions = []monitor.Dimension{directory, {Name: "x", Value: "y"}} }, `dimension-unknown Dimensions[1].Name: UserConnected has no dimension "x"`},
		"two spellings and another dimension": {"2018-02-03", func(a *monitor.Alarm) {
			a.Dimensions = []monitor.Dimension{{Name: "DirectoryID", Value: "d-1"}, {Name: "WorkspaceID", Value: "ws-1"}, desktop}
		}, "contradiction Dimensions[0].Name: the guide spells a dimension of UserConnected DirectoryID, and DirectoryId in its table of dimensions; CloudWatch tells large letters from small ones\n" +
			"contradiction Dimensions[1].Name: the guide spells a dimension of UserConnected WorkspaceID, and WorkspaceId in its table of dimensions; CloudWatch tells large letters from small ones"},
		"the second spelling of another metric": {"2018-02-03", func(a *monitor.Alarm) { a.MetricName, a.Dimensions[0].Name = "Available", "DirectoryID" }, `dimension-unknown Dimensions[0].Name: Available has no dimension "DirectoryID"`},
		"the second spelling when it had gone":  {"2020-10-28", func(a *monitor.Alarm) { a.Dimensions[0].Name = "DirectoryID" }, `dimension-unknown Dimensions[0].Name: UserConnected has no dimension "DirectoryID"`},
		"a directory of another provider":       {"2026-09-10", func(a *monitor.Alarm) { a.Dimensions[0].Value = "wsd-1" }, "documents Dimensions[0].Value: the guide prints the form of a directory ID as d-, and not that of a directory of another identity provider, wsd-"},
		"a dimension without a form":            {"2026-09-10", func(a *monitor.Alarm) { a.Dimensions = []monitor.Dimension{{Name: "ComputeType", Value: "POWER"}} }, ""},
		"no dimension":                          {"2026-09-10", func(a *monitor.Alarm) { a.Dimensions = nil }, "documents Dimensions: no document says that UserConnected is published without a dimension"},
		"a statistic that is not listed":        {"2026-09-10", func(a *monitor.Alarm) { a.MetricName, a.Statistic = "CPUUsage", "Sum" }, `statistic-not-listed Statistic: CPUUsage has Average, Maximum, Minimum, and not "Sum"`},
		"a statistic that is extended":          {"2026-09-10", func(a *monitor.Alarm) { a.Statistic = "p90" }, "documents Statistic: the guide lists no percentile or other extended statistic for a metric"},
		"no statistic":                          {"2026-09-10", func(a *monitor.Alarm) { a.Statistic = "" }, `statistic-not-one Statistic: Statistic is "" and ExtendedStatistic ""`},
		"two statistics":                        {"2026-09-10", func(a *monitor.Alarm) { a.ExtendedStatistic = "p90" }, `statistic-not-one Statistic: Statistic is "Maximum" and ExtendedStatistic "p90"`},
		"two statistics of no metric": {"2026-09-10", func(a *monitor.Alarm) { a.MetricName, a.ExtendedStatistic = "x", "p90" },
			`metric-unknown MetricName: AWS/WorkSpaces has no metric "x"` + "\n" + `statistic-not-one Statistic: Statistic is "Maximum" and ExtendedStatistic "p90"`},
		"an extended statistic":              {"2026-09-10", func(a *monitor.Alarm) { a.Statistic, a.ExtendedStatistic = "", "p90" }, "documents ExtendedStatistic: the guide lists no percentile or other extended statistic for a metric"},
		"an extended statistic of no metric": {"2026-09-10", func(a *monitor.Alarm) { a.MetricName, a.Statistic, a.ExtendedStatistic = "x", "", "p90" }, `metric-unknown MetricName: AWS/WorkSpaces has no metric "x"`},
		"no such way to treat what is missing": {"2026-09-10", func(a *monitor.Alarm) { a.TreatMissingData = "Breaching" },
			`missing-data-unknown TreatMissingData: "Breaching" is none of breaching, notBreaching, ignore, missing`},
		"nothing treats what is missing of no metric": {"2026-09-10", func(a *monitor.Alarm) { a.MetricName, a.TreatMissingData = "x", "breaching" }, `metric-unknown MetricName: AWS/WorkSpaces has no metric "x"`},
		"missing data of sessions": {"2026-09-10", func(a *monitor.Alarm) { a.MetricName, a.TreatMissingData = "ConnectionFailure", "breaching" },
			"missing-data-breaches TreatMissingData: ConnectionFailure has data only after a user has signed in and a client starts a session"},
		"missing data of sessions is not treated so": {"2026-09-10", func(a *monitor.Alarm) { a.MetricName, a.TreatMissingData = "ConnectionFailure", "ignore" }, ""},
		"missing data of devices": {"2026-09-10", func(a *monitor.Alarm) {
			a.MetricName, a.TreatMissingData = "TrustedDeviceValidationFailure", "breaching"
		},
			"missing-data-breaches TreatMissingData: TrustedDeviceValidationFailure has data only when a user comes from a device that is checked"},
		"missing data of desktops in 2018": {"2018-02-03", func(a *monitor.Alarm) { a.MetricName, a.TreatMissingData = "Unhealthy", "breaching" },
			"documents TreatMissingData: no document says what a stopped WorkSpace reports: if it is nothing, the alarm takes each stop for a breach"},
		"missing data of desktops that are on": {"2018-02-03", func(a *monitor.Alarm) {
			a.MetricName, a.TreatMissingData, a.Desktops.RunningMode = "Unhealthy", "breaching", monitor.AlwaysOn
		}, ""},
		"missing data of a certificate": {"2021-04-15", func(a *monitor.Alarm) {
			a.MetricName, a.TreatMissingData, a.Dimensions = "TrustedDeviceCertificateDaysBeforeExpiration", "breaching", []monitor.Dimension{{Name: "CertificateId", Value: "wsc-1"}}
		}, ""},
	} {
		alarm := sound
		alarm.Dimensions = slices.Clone(sound.Dimensions)
		tt.change(&alarm)
		a, err := at(t, tt.date).CheckAlarm(alarm)
		if err != nil || told(a) != tt.want || a.Verdict != a.Concluded().Verdict {
			t.Errorf("%s: %s, %v\ngot:\n%s\nwant:\n%s", name, a.Verdict, err, told(a), tt.want)
		}
	}
}

// A query has a statistic, which may be one that CloudWatch computes from others.
func TestQueriesInWords(t *testing.T) {
	sound := monitor.Query{Namespace: "AWS/WorkSpaces", MetricName: "Unhealthy", Dimensions: []monitor.Dimension{{Name: "DirectoryId", Value: "d-906732b9ab"}}, Period: 60, Unit: "Count"}
	for statistic, want := range map[string]string{
		"Sum": "", "SampleCount": "", "": `statistic-not-listed Statistic: Unhealthy has Average, Sum, Maximum, Minimum, SampleCount, and not ""`,
		"p90": "documents Statistic: the guide lists no percentile or other extended statistic for a metric",
	} {
		q := sound
		q.Statistic = statistic
		if a, err := monitor.Newest().CheckQuery(q); err != nil || told(a) != want {
			t.Errorf("%q: %s, %v", statistic, told(a), err)
		}
	}
	sound.Period, sound.Namespace = 90, "x"
	if a, err := monitor.Newest().CheckQuery(sound); err != nil || told(a) != "namespace-unknown Namespace: \"x\" is not AWS/WorkSpaces\nquery-period-invalid Period: 90 seconds is no multiple of 60" {
		t.Errorf("%s, %v", told(a), err)
	}
}

// What CloudWatch takes as period and number of periods, by the text of PutMetricAlarm: 10 and 30 seconds, since 2025-05-21 20, or
// a multiple of 60; a day at most, and since then a week with periods of an hour or more.
func TestPeriodsOfAlarms(t *testing.T) {
	const short = "period-too-short Period: %d seconds is for metrics of high resolution, which those of AWS services are not: the alarm might often lack data"
	const odd = "period-invalid Period: %d seconds is no multiple of 60"
	const long = "evaluation-too-long EvaluationPeriods: %d periods of %d seconds are not between one and %d seconds"
	for _, tt := range []struct {
		date            string
		period, periods int
		want            string
	}{
		{"2026-09-10", -60, 1, fmt.Sprintf(odd, -60)}, {"2026-09-10", 0, 1, fmt.Sprintf(odd, 0)}, {"2026-09-10", 1, 1, fmt.Sprintf(odd, 1)}, {"2026-09-10", 59, 1, fmt.Sprintf(odd, 59)},
		{"2026-09-10", 61, 1, fmt.Sprintf(odd, 61)}, {"2026-09-10", 60, 1, ""}, {"2026-09-10", 120, 0, ""}, {"2026-09-10", 15, 1000000, fmt.Sprintf(odd, 15)},
		{"2026-09-10", 10, 1, fmt.Sprintf(short, 10)}, {"2026-09-10", 20, 1, fmt.Sprintf(short, 20)}, {"2026-09-10", 30, 1, fmt.Sprintf(short, 30)},
		{"2025-05-20", 20, 1, fmt.Sprintf(odd, 20)}, {"2025-05-20", 30, 1, fmt.Sprintf(short, 30)},
		{"2026-09-10", 10, 8641, fmt.Sprintf(short, 10) + "\n" + fmt.Sprintf(long, 8641, 10, 86400)},
		{"2026-09-10", 60, -1, fmt.Sprintf(long, -1, 60, 86400)}, {"2026-09-10", 60, 1440, ""}, {"2026-09-10", 60, 1441, fmt.Sprintf(long, 1441, 60, 86400)},
		{"2026-09-10", 3540, 24, ""}, {"2026-09-10", 3540, 25, fmt.Sprintf(long, 25, 3540, 86400)},
		{"2026-09-10", 3600, 168, ""}, {"2026-09-10", 3600, 169, fmt.Sprintf(long, 169, 3600, 604800)}, {"2026-09-10", 3660, 165, ""},
		{"2025-05-20", 3600, 24, ""}, {"2025-05-20", 3600, 25, fmt.Sprintf(long, 25, 3600, 86400)},
	} {
		a, err := at(t, tt.date).CheckAlarm(monitor.Alarm{Namespace: "x", Statistic: "Sum", Period: tt.period, EvaluationPeriods: tt.periods})
		if want := strings.TrimSuffix("namespace-unknown Namespace: \"x\" is not AWS/WorkSpaces\n"+tt.want, "\n"); err != nil || told(a) != want {
			t.Errorf("%d periods of %d seconds on %s: %v\ngot:\n%s\nwant:\n%s", tt.periods, tt.period, tt.date, err, told(a), want)
		}
	}
}

// What CheckPattern says, in its words.
func TestPatternsInWords(t *testing.T) {
	const access = `{"source": ["aws.workspaces"], "detail-type": ["WorkSpaces Access"], `
	for _, tt := range []struct{ date, pattern, want string }{
		{"2026-09-10", access + `"detail": {"workspaceId": [["a"], 7, "b", {"numeric": 5}, {"numeric": [">", 1]}, {"cidr": 5}, {"exists": 1}, {"wildcard": "a**"}, "c"]}}`,
			"pattern-malformed detail.workspaceId[0]: a list within a list\n" +
				"pattern-value-unknown detail.workspaceId[1]: detail.workspaceId is a text in access events\n" +
				"pattern-malformed detail.workspaceId[3].numeric: numeric wants a list\n" +
				"pattern-value-unknown detail.workspaceId[4].numeric: detail.workspaceId is a text in access events\n" +
				"pattern-malformed detail.workspaceId[5].cidr: cidr wants a text\n" +
				"pattern-malformed detail.workspaceId[6].exists: exists wants true or false\n" +
				`pattern-malformed detail.workspaceId[7].wildcard: "a**" has consecutive wildcards`},
		{"2026-09-10", access + `"x": [1, {"numeric": [1]}, {"cidr": "192.0.2.0/24"}, {"exists": false}, "y"]}`, `pattern-field-unknown x: access events have no field "x" that can be matched so`},
		{"2026-09-10", access + `"detail": {"clientIpAddress": ["192.0.2.1", "x", {"cidr": "192.0.2.0/24"}, {"cidr": "192.0.2.1"}, {"exists": false}, {"exists": true}]}}`,
			`pattern-value-unknown detail.clientIpAddress[1]: "x" is no address; a range wants the operator cidr` + "\n" +
				`pattern-malformed detail.clientIpAddress[3].cidr: "192.0.2.1" is no range of addresses`},
		{"2026-09-10", access + `"region": [{"cidr": "192.0.2.0/24"}]}`, "pattern-value-unknown region[0].cidr: region is no address"},
		{"2026-09-10", access + `"detail": {"clientPlatform": ["windows", "Plan 9", {"prefix": "Win"}, {"prefix": "win"}, {"prefix": {"equals-ignore-case": "win"}}, {"suffix": "ows"}, {"suffix": "ow"}, {"suffix": {"equals-ignore-case": "x"}}, ` +
			`{"equals-ignore-case": "WINDOWS"}, {"equals-ignore-case": "x"}, {"wildcard": "x"}, {"equals-ignore-case": {"a": "b"}}]}}`,
			`pattern-value-unknown detail.clientPlatform[0]: no access event has detail.clientPlatform "windows"; there is Windows` + "\n" +
				`pattern-value-unknown detail.clientPlatform[1]: no access event has detail.clientPlatform "Plan 9"` + "\n" +
				`pattern-value-unknown detail.clientPlatform[3].prefix: no value of detail.clientPlatform is matched by prefix "win"` + "\n" +
				`pattern-value-unknown detail.clientPlatform[6].suffix: no value of detail.clientPlatform is matched by suffix "ow"` + "\n" +
				`pattern-value-unknown detail.clientPlatform[9].equals-ignore-case: no value of detail.clientPlatform is matched by equals-ignore-case "x"` + "\n" +
				"pattern-malformed detail.clientPlatform[11].equals-ignore-case: equals-ignore-case wants a text"},
		{"2026-09-10", access + `"detail": {"directoryId": ["d-906732b9ab", "domain/d-906732b9ab", {"prefix": "d-"}, {"prefix": "do"}, {"prefix": "domain/d-9"}, {"prefix": ""}]}}`,
			`pattern-value-unknown detail.directoryId[0]: "d-906732b9ab": directory IDs stand with domain/ before them in access events` + "\n" +
				`pattern-value-unknown detail.directoryId[2].prefix: "d-": directory IDs stand with domain/ before them in access events`},
		{"2021-03-15", access + `"detail": {"directoryId": ["d-906732b9ab", "domain/d-906732b9ab", {"prefix": "d-"}]}}`,
			`pattern-value-unknown detail.directoryId[1]: "domain/d-906732b9ab": directory IDs stand without domain/ before them in access events`},
		{"2026-09-10", access + `"detail": {"workspaceId": [{"a": 1}, {}, {"$or": []}, {"prefix": "a", "suffix": "b", "x": 1}, {"anything-but": {"a": "b"}}, 1]}}`,
			`pattern-operator-unknown detail.workspaceId[0].a: there is no operator "a"` + "\n" +
				"pattern-malformed detail.workspaceId[1]: want one operator, not 0\n" +
				`pattern-operator-unknown detail.workspaceId[2]._or: there is no operator "$or"` + "\n" +
				`pattern-operator-unknown detail.workspaceId[3].x: there is no operator "x"` + "\n" +
				"pattern-malformed detail.workspaceId[3]: want one operator, not 3\n" +
				"pattern-value-unknown detail.workspaceId[5]: detail.workspaceId is a text in access events"},
		{"2022-09-03", access + `"$or": [{"detail": {"workspaceId": [{"suffix": "b"}]}}]}`, `pattern-operator-unknown or[0].detail.workspaceId[0].suffix: there is no operator "suffix"` + "\ndocuments or: no document of the edition has $or"},
		{"2024-01-01", access + `"detail": {"workspaceId": [{"wildcard": "b*"}]}}`, "documents detail.workspaceId[0].wildcard: no document of the edition has a list of all operators, or has this one"},
		{"2018-02-03", `{"detail": {"x": [1], "directoryId": ["domain/d-1"], "y": {"z": ["a"]}}, "clientIpAddress": [{"cidr": "192.0.2.0/24"}]}`, "documents : no document of the edition describes access events\n" +
			"documents clientIpAddress[0].cidr: no document of the edition has a list of all operators, or has this one"},
		{"2026-09-10", `{"source": ["aws.workspaces"]}`, "pattern-too-wide : the pattern has no detail-type"},
		{"2026-09-10", `{"detail": {}}`, "pattern-too-wide : the pattern has no source\npattern-too-wide : the pattern has no detail-type"},
		{"2026-09-10", access + `"region": "us-east-1", "account": [], "$or": [7, {"region": 5}]}`, "pattern-malformed region: want a list, even for one value\npattern-malformed account: the list is empty\n" +
			"pattern-malformed or[0]: want an object\npattern-malformed or[1].region: want a list, even for one value"},
		{"2026-09-10", `{"source": [{"exists": false}, {"exists": true}], "detail-type": [{"exists": false}], "region": [{"exists": false}]}`,
			"pattern-value-unknown source[0].exists: every access event has source\npattern-value-unknown detail-type[0].exists: every access event has detail-type"},
		{"2026-09-10", `["a"]`, "pattern-malformed : want an object\npattern-too-wide : the pattern has no source\npattern-too-wide : the pattern has no detail-type"},
		{"2026-09-10", `["a"`, "pattern-malformed : want an object\npattern-malformed : ends at byte 4: unexpected EOF"},
		{"2026-09-10", ``, "pattern-malformed : ends at byte 0: unexpected EOF"},
		{"2026-09-10", access + `"region": ["x"]} 5`, "pattern-malformed : byte 86: goes on with '5' after its end"},
	} {
		a, err := at(t, tt.date).CheckPattern([]byte(tt.pattern))
		if got := told(a); err != nil || got != tt.want {
			t.Errorf("%s on %s: %v\ngot:\n%s\nwant:\n%s", tt.pattern, tt.date, err, got, tt.want)
		}
	}
}

// A pattern that is cut off is told as such, wherever that is, and nothing is told beside it.
func TestPatternsThatAreCutOff(t *testing.T) {
	const pattern = `{"source": ["aws.workspaces"], "region": [{"exists": true}, {"anything-but": ["x"]}, {"prefix": "us-"}, {"suffix": {"equals-ignore-case": "1"}}], ` +
		`"$or": [{"detail": {"workspaceId": [{"wildcard": "*"}], "clientIpAddress": [{"cidr": "192.0.2.0/24"}, "192.0.2.1"]}}], "detail-type": ["WorkSpaces Access"]}`
	if a, err := monitor.Newest().CheckPattern([]byte(pattern)); err != nil || told(a) != "" {
		t.Fatalf("%s, %v", told(a), err)
	}
	for n := range len(pattern) {
		a, err := monitor.Newest().CheckPattern([]byte(pattern[:n]))
		if want := fmt.Sprintf("pattern-malformed : ends at byte %d: unexpected EOF", n); err != nil || told(a) != want {
			t.Errorf("%q: %s, %v", pattern[:n], told(a), err)
		}
	}
	for _, odd := range []string{`{"x":`, `{"region": {"y":`, `{"region": [5`, `{"region": [{"numeric":`, `{"region": [{"exists":`, `{"detail": {"clientPlatform": ["x`, `{"source": [{"exists": f`, `{"account": [`, `{"account": [{`} {
		a, err := monitor.Newest().CheckPattern([]byte(odd))
		if lines := strings.Split(told(a), "\n"); err != nil || !strings.HasPrefix(lines[len(lines)-1], "pattern-malformed : ends at byte ") || slices.Contains([]string{`{"x":`, `{"region": [{"numeric":`, `{"region": [{"exists":`, `{"account": [`, `{"account": [{`, `{"detail": {"clientPlatform": ["x`}, odd) && len(lines) != 1 {
			t.Errorf("%s: %s, %v", odd, told(a), err)
		}
	}
}

// A hundred objects may stand within one another, and any number beside one another.
func TestDepthOfPatterns(t *testing.T) {
	const access = `"source": ["aws.workspaces"], "detail-type": ["WorkSpaces Access"]`
	nested := func(n int) string { // objects within one another, with the outermost
		return `{` + access + `, ` + strings.Repeat(`"$or": [{`, n-1) + `"region": ["x"]` + strings.Repeat(`}]`, n-1) + `}`
	}
	for n, want := range map[int]string{2: "", 100: "", 101: "pattern-malformed " + strings.TrimPrefix(strings.Repeat(".or[0]", 100), ".") + ": more than 100 objects within one another"} {
		if a, err := monitor.Newest().CheckPattern([]byte(nested(n))); err != nil || told(a) != want {
			t.Errorf("%d: %s, %v", n, told(a), err)
		}
	}
	beside := `{` + access + `, "$or": [` + strings.TrimSuffix(strings.Repeat(`{"region": ["x"]},`, 300), ",") + `]}`
	if a, err := monitor.Newest().CheckPattern([]byte(beside)); err != nil || told(a) != "" {
		t.Errorf("beside one another: %s, %v", told(a), err)
	}
}

// The path of a field that a path cannot hold has _ for what is odd, and 64 bytes at most.
func TestPathsOfFields(t *testing.T) {
	for field, want := range map[string]string{
		"": "_", "-a-b": "_a-b", "a-": "a-", "_x": "_x", "AZaz09": "AZaz09", "a.b": "a_b", "@[": "__", "`{": "__", "/:": "__", "é": "__",
		strings.Repeat("a", 64): strings.Repeat("a", 64), strings.Repeat("a", 65): strings.Repeat("a", 64), strings.Repeat("-", 70): "_" + strings.Repeat("-", 63),
	} {
		a, err := monitor.Newest().CheckPattern([]byte(`{"` + field + `": ["x"]}`))
		if err != nil || len(a.Violations) == 0 || string(a.Violations[0].Path) != want {
			t.Errorf("%q: %s, %v", field, told(a), err)
		}
	}
}

// The pattern of a filter, as EventBridge takes it.
func TestPatternText(t *testing.T) {
	f := monitor.EventFilter{
		Directories: []string{"domain/d-906732b9ab", "wsd-0123456789"}, Workspaces: []string{"ws-kcqms853t"}, Products: []string{"WorkSpaces Desktop client"}, Platforms: []string{"OSX", "Windows"},
		From: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("2001:db8::/32")},
	}
	const head = "{\n  \"source\": [\n    \"aws.workspaces\"\n  ],\n  \"detail-type\": [\n    \"WorkSpaces Access\"\n  ]"
	body := func(prefix string) string {
		return head + ",\n  \"detail\": {\n    \"clientIpAddress\": [\n      {\n        \"cidr\": \"192.0.2.0/24\"\n      },\n      {\n        \"cidr\": \"2001:db8::/32\"\n      }\n    ],\n" +
			"    \"clientPlatform\": [\n      \"OSX\",\n      \"Windows\"\n    ],\n    \"directoryId\": [\n      \"" + prefix + "d-906732b9ab\",\n      \"" + prefix + "wsd-0123456789\"\n    ],\n" +
			"    \"workspaceId\": [\n      \"ws-kcqms853t\"\n    ],\n    \"workspacesClientProductName\": [\n      \"WorkSpaces Desktop client\"\n    ]\n  }\n}"
	}
	for _, tt := range []struct {
		date, want string
		f          monitor.EventFilter
	}{{"2026-09-10", body("domain/"), f}, {"2021-03-15", body(""), f}, {"2026-09-10", head + "\n}", monitor.EventFilter{}}} {
		if got, err := at(t, tt.date).Pattern(tt.f); err != nil || string(got) != tt.want {
			t.Errorf("%s: %v\n%s\nwant:\n%s", tt.date, err, got, tt.want)
		}
	}
	for want, f := range map[string]monitor.EventFilter{
		"From[1]: is not a range whose address is its first":                                      {From: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("192.0.2.1/24")}},
		"Directories[1]: is no directory ID as the API has it, d- and 8 to 63 hexadecimal digits": {Directories: []string{"d-906732b9ab", "d-x"}},
		"Workspaces[0]: is no WorkSpace ID as the API has it, ws- and 8 to 63 letters or digits":  {Workspaces: []string{"Windows"}},
		"Products[1]: is no value that access events of the edition have":                         {Products: []string{"WorkSpaces Desktop client", "ws-kcqms853t"}},
		"Platforms[0]: is no value that access events of the edition have":                        {Platforms: []string{"ws-kcqms853t"}},
	} {
		if got, err := monitor.Newest().Pattern(f); ruletest.Refusal(err) != want || got != nil {
			t.Errorf("%+v: %s, %v", f, got, err)
		}
	}
}

// The forms of IDs. WorkSpaces API Reference: ws-[0-9a-z]{8,63}, d-[0-9a-f]{8,63} and wsd-[0-9a-z]{8,63}.
func TestFormsOfIDs(t *testing.T) {
	for id, ok := range map[string]bool{
		"d-0123456": false, "d-01234567": true, "d-" + strings.Repeat("a", 63): true, "d-" + strings.Repeat("a", 64): false, "d-09afa09f": true, "d-0000000g": false, "d-0000000/": false, "d-0000000:": false, "d-0000000`": false,
		"wsd-0000000z": true, "wsd-0000000{": false, "wsd-000000z": false, "ws-00000000": false, "D-01234567": false, "01234567": false, "d-": false, "": false,
	} {
		if _, err := monitor.Newest().Pattern(monitor.EventFilter{Directories: []string{id}}); (err == nil) != ok {
			t.Errorf("directory %q: %v", id, err)
		}
	}
	for id, ok := range map[string]bool{"ws-0000000": false, "ws-0000000z": true, "ws-" + strings.Repeat("9", 63): true, "ws-" + strings.Repeat("9", 64): false, "wsd-00000000": false, "ws-0000000A": false} {
		if _, err := monitor.Newest().Pattern(monitor.EventFilter{Workspaces: []string{id}}); (err == nil) != ok {
			t.Errorf("WorkSpace %q: %v", id, err)
		}
	}
}

// The faults of an event with one thing changed, in full.
func TestFaultsInWords(t *testing.T) {
	sound := string(event(1))
	for _, tt := range []struct{ date, old, new, want string }{
		{"2026-09-10", `"123456789012"`, `"12345678901"`, `account "12345678901" is no account, which has 12 digits`},
		{"2026-09-10", `"123456789012"`, `"1234567890123"`, `account "1234567890123" is no account, which has 12 digits`},
		{"2026-09-10", `"123456789012"`, `"12345678901/"`, `account "12345678901/" is no account, which has 12 digits`},
		{"2026-09-10", `"123456789012"`, `"x23456789012"`, `account "x23456789012" is no account, which has 12 digits`},
		{"2026-09-10", `"account":"123456789012",`, ``, `account "" is not there`},
		{"2026-09-10", `"account":"123456789012",`, `"account":"123456789012","account":5,`, `account "" is no text`},
		{"2026-09-10", `"account":"123456789012",`, `"account":5,"account":"123456789012",`, `account "" is no text`},
		{"2026-09-10", `"id":"` + id(1) + `"`, `"id":""`, `id "" is empty`},
		{"2026-09-10", `"id":"` + id(1) + `",`, ``, `id "" is not there`},
		{"2026-09-10", `"id":"` + id(1) + `"`, `"id":"` + id(1) + `","id":null`, `id "" is no text`},
		{"2026-09-10", `"time":"2026-09-01T00:01:06Z"`, `"time":"yesterday"`, `time "yesterday" is no time as RFC 3339 writes it`},
		{"2026-09-10", `"time":"2026-09-01T00:01:06Z",`, ``, `time "" is not there`},
		{"2026-09-10", `"time":"2026-09-01T00:01:06Z"`, `"time":[{"id":"x"}]`, `time "" is no text`},
		{"2026-09-10", `"time":"2026-09-01T00:01:06Z"`, `"time":"2026-09-01T00:01:06Z","time":7`, `time "" is no text`},
		{"2026-09-10", `"us-east-1"`, `"Virginia"`, `region "Virginia" is not the code of a Region`},
		{"2026-09-10", `"192.0.2.1"`, `"192.0.2.256"`, `detail.clientIpAddress "192.0.2.256" is not an address`},
		{"2026-09-10", `"192.0.2.1"`, `"192.0.2.1","clientIpAddress":"x"`, `detail.clientIpAddress "x" is not an address`},
		{"2026-09-10", `"192.0.2.1"`, `"x","clientIpAddress":"192.0.2.1"`, ``},
		{"2026-09-10", `"192.0.2.1"`, `"192.0.2.1","clientIpAddress":{}`, `detail.clientIpAddress "" is no text`},
		{"2026-09-10", `"clientIpAddress":"192.0.2.1",`, ``, `detail.clientIpAddress "" is not there`},
		{"2026-09-10", `"successfulLogin"`, `"failedLogin"`, `detail.actionType "failedLogin" is not successfulLogin`},
		{"2026-09-10", `"actionType":"successfulLogin",`, ``, `detail.actionType "" is not there`},
		{"2026-09-10", `"successfulLogin"`, `7`, `detail.actionType "" is no text`},
		{"2026-09-10", `"WorkSpaces Desktop client"`, `"x"`, productPath + ` "x" is no product that the documents of the edition name`},
		{"2026-09-10", `"Windows"`, `"x"`, `detail.clientPlatform "x" is no platform that the documents of the edition name`},
		{"2026-09-10", `"2026-09-01T00:01:01.595Z"`, `"x"`, `detail.loginTime "x" is no time as RFC 3339 writes it`},
		{"2026-09-10", `"2026-09-01T00:01:01.595Z"`, `""`, `detail.loginTime "" is no time as RFC 3339 writes it`},
		{"2026-09-10", `"2026-09-01T00:01:01.595Z"`, `false`, `detail.loginTime "" is no text`},
		{"2026-09-10", `"loginTime":"2026-09-01T00:01:01.595Z",`, ``, `detail.loginTime "" is not there`},
		{"2026-09-10", `domain/d-906732b9ab`, `d-906732b9ab`, `detail.directoryId "d-906732b9ab" does not begin with domain/`},
		{"2026-09-10", `domain/d-906732b9ab`, `domain/`, `detail.directoryId "" is no directory ID as the API has it, d- and 8 to 63 hexadecimal digits`},
		{"2026-09-10", `"directoryId":"domain/d-906732b9ab",`, ``, `detail.directoryId "" is not there`},
		{"2026-09-10", `"domain/d-906732b9ab"`, `{"a":"b"}`, `detail.directoryId "" is no text`},
		{"2026-09-10", `domain/d-906732b9ab`, `x`, `detail.directoryId "x" is no directory ID as the API has it, d- and 8 to 63 hexadecimal digits` + "\n" + `detail.directoryId "x" does not begin with domain/`},
		{"2026-09-10", `"5.27.0.5533"`, `"5..1"`, `detail.clientVersion "5..1" is no version, which is numbers with dots between them`},
		{"2026-09-10", `"5.27.0.5533"`, `""`, `detail.clientVersion "" is no version, which is numbers with dots between them`},
		{"2026-09-10", `"5.27.0.5533"`, `5.27`, `detail.clientVersion "" is no text`},
		{"2026-09-10", `"ws-000000001"`, `"ws-1"`, `detail.workspaceId "ws-1" is no WorkSpace ID as the API has it, ws- and 8 to 63 letters or digits`},
		{"2026-09-10", `"ws-000000001"`, `"` + strings.Repeat("x", 300) + `"`, `detail.workspaceId "` + rule.Shorten(strings.Repeat("x", 300)) + `" is no WorkSpace ID as the API has it, ws- and 8 to 63 letters or digits`},
		{"2018-09-19", `x`, `x`, ` "" no document of the edition describes access events`},
		{"2021-03-15", `"clientVersion":"5.27.0.5533",`, ``, `detail.directoryId "d-906732b9ab" begins with domain/, which no document of the edition has`},
		{"2021-03-16", `x`, `x`, `detail.clientVersion "5.27.0.5533" is no field that the documents of the edition have`},
	} {
		text := strings.Replace(sound, tt.old, tt.new, 1)
		if text == sound && tt.new != "x" {
			t.Fatalf("no %s", tt.old)
		}
		l, err := at(t, tt.date).ParseLogin([]byte(text), monitor.Lenient)
		if err != nil || faults(l) != tt.want {
			t.Errorf("%s on %s: %v\ngot:\n%s\nwant:\n%s", tt.new, tt.date, err, faults(l), tt.want)
		}
	}
}

// A field that is no text may hold events, which are read, and the event without it comes out as well.
func TestEventsWithinFields(t *testing.T) {
	for _, old := range []string{`"` + id(1) + `"`, `"123456789012"`, `"2026-09-01T00:01:06Z"`, `"192.0.2.1"`, `"Windows"`, `"2026-09-01T00:01:01.595Z"`, `"0"`} {
		text := strings.Replace(string(event(1)), old, `{"a":[`+string(event(2))+`]}`, 1)
		list, errs := logins(monitor.Newest().ReadLogins(strings.NewReader(text), monitor.Lenient))
		if len(list) != 2 || list[0].ID != id(2) || list[1].Workspace != "ws-000000001" || len(errs) > 0 {
			t.Errorf("%s: %q, %q", old, ids(list), errs)
		}
	}
	text := strings.Replace(string(event(1)), `"detail":{`, `"detail":[`+string(event(2))+`],"detail":{`, 1)
	if list, errs := logins(monitor.Newest().ReadLogins(strings.NewReader(text), monitor.Lenient)); !slices.Equal(ids(list), []string{id(2), id(1)}) || len(errs) > 0 {
		t.Errorf("detail: %q, %q", ids(list), errs)
	}
}

// What is read of an event with neither time is zero, and a login without its own time has that of the event.
func TestTimesOfAnEvent(t *testing.T) {
	sent := time.Date(2026, 9, 1, 0, 1, 6, 0, time.UTC)
	for _, tt := range []struct {
		old, new   string
		sent, time time.Time
	}{
		{`x`, `x`, sent, time.Date(2026, 9, 1, 0, 1, 1, 595e6, time.UTC)},
		{`"2026-09-01T00:01:01.595Z"`, `"x"`, sent, sent},
		{`"2026-09-01T00:01:01.595Z"`, `5`, sent, sent},
		{`"2026-09-01T00:01:01.595Z"`, `"2026-09-01T00:01:01.595Z","loginTime":5`, sent, sent},
		{`"loginTime":"2026-09-01T00:01:01.595Z",`, ``, sent, sent},
		{`"2026-09-01T00:01:06Z"`, `"2026-09-01T00:01:06Z","time":"x"`, time.Time{}, time.Date(2026, 9, 1, 0, 1, 1, 595e6, time.UTC)},
	} {
		l, err := monitor.Newest().ParseLogin([]byte(strings.Replace(string(event(1)), tt.old, tt.new, 1)), monitor.Lenient)
		if err != nil || !l.Sent.Equal(tt.sent) || !l.Time.Equal(tt.time) {
			t.Errorf("%s: sent %s, at %s, %v", tt.new, l.Sent, l.Time, err)
		}
	}
}

// The error of an event with faults names the first, and how many more there are.
func TestFaultErrorsInWords(t *testing.T) {
	list := []monitor.Fault{{Path: "id", Value: "x", Reason: "is odd"}, {Path: "time", Reason: "is not there"}, {Path: "region", Reason: "is not there"}}
	first := (&rule.InputError{Path: "id", Value: "x", Reason: "is odd"}).Error()
	for n, want := range []string{"an event has no faults", "event e: " + first, "event e: " + first + ", and 1 more fault", "event e: " + first + ", and 2 more faults"} {
		e := &monitor.FaultError{ID: "e", Faults: list[:n]}
		if e.Error() != want {
			t.Errorf("%d faults: %s", n, e)
		}
		for i, err := range e.Unwrap() {
			if ruletest.Refusal(err) != fmt.Sprintf("%s: %s", list[i].Path, list[i].Reason) {
				t.Errorf("fault %d of %d: %v", i, n, err)
			}
		}
		if len(e.Unwrap()) != n {
			t.Errorf("%d faults of %d", len(e.Unwrap()), n)
		}
	}
}

// The type of a client, by product, and for the desktop client by platform.
func TestDevicesOfLogins(t *testing.T) {
	for product, want := range map[string]map[string]monitor.DeviceType{
		"WorkSpaces Desktop client":       {"Windows": monitor.Windows, "OSX": monitor.OSX, "Linux": monitor.Linux, "Web": "", "x": "", "": ""},
		"WorkSpacesWebClient":             {"Windows": monitor.Web, "": monitor.Web},
		"WorkSpaces Web client":           {"Web": monitor.Web},
		"Amazon WorkSpaces Mobile client": {"iOS": monitor.IOS},
		"WorkSpaces Mobile client":        {"Android": monitor.Android},
		"WorkSpaces Chrome Client":        {"Chrome": monitor.ChromeOS},
		"AmazonWorkSpacesThinClient":      {"Linux": monitor.ThinClient},
		"Dell Wyse PCoIP Client":          {"Tera2": monitor.ZeroClient},
		"x":                               {"Windows": "", "": ""},
		"":                                {"Windows": "", "": ""},
	} {
		for platform, want := range want {
			if got := (&monitor.Login{Product: product, Platform: platform}).Device(); got != want {
				t.Errorf("%q on %q is %q, want %q", product, platform, got, want)
			}
		}
	}
}

// A source that fails is told once, with its own error, wherever it does so; the logins before it come out.
func TestSourcesThatFail(t *testing.T) {
	text := string(event(1)) + "\n" + string(event(2))
	broken := errors.New("broken")
	for n := range len(text) {
		var got []string
		for l, err := range monitor.Newest().ReadLogins(io.MultiReader(strings.NewReader(text[:n]), iotest.ErrReader(broken)), monitor.Strict).All() {
			if got = append(got, l.ID); err != nil && err != broken || (err == nil) != (l.ID != "") {
				t.Fatalf("%d bytes: %v, %+v", n, err, l)
			}
		}
		want := []string{id(1), ""}
		if n < len(event(1)) {
			want = want[1:]
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d bytes: %q", n, got)
		}
	}
}

// An event that is cut off, wherever that is, is told once and is none. The next line is read, unless the cut is right behind
// the name detail.
func TestEventsThatAreCutOff(t *testing.T) {
	line := string(event(9))
	behind := strings.Index(line, `"detail":`) + len(`"detail":`)
	for n := 1; n < len(line); n++ {
		if n == behind {
			continue
		}
		for _, next := range []string{"", "\n" + string(event(1)) + "\n" + string(event(2))} {
			var syntax *jsonstream.SyntaxError
			var got []string
			failed := 0
			for l, err := range monitor.Newest().ReadLogins(strings.NewReader(line[:n]+next), monitor.Strict).All() {
				switch {
				case err == nil:
					got = append(got, l.ID)
				case errors.As(err, &syntax), next == "" && errors.Is(err, io.ErrUnexpectedEOF):
					failed++
				default:
					t.Errorf("%q: %v", line[:n], err)
				}
			}
			if failed != 1 || next == "" && got != nil || next != "" && !slices.Equal(got, []string{id(1), id(2)}) {
				t.Errorf("%q: %q, %d errors", line[:n]+next, got, failed)
			}
		}
	}
}

// What is left of an array behind a fault is passed over, whatever it ends with.
func TestRestOfAnArray(t *testing.T) {
	for name, text := range map[string]string{
		"in an object": "{\"events\":[\n{\"id\":x},\n" + string(event(1)) + ",\n" + string(event(2)) + "\n]}\n" + string(event(3)),
		"in an array":  "[\n{\"id\":x},\n" + string(event(1)) + "\n,\n" + string(event(2)) + "\n]\n" + string(event(3)),
	} {
		list, errs := logins(monitor.Newest().ReadLogins(strings.NewReader(text), monitor.Strict))
		if !slices.Equal(ids(list), []string{id(1), id(2), id(3)}) || len(errs) != 1 {
			t.Errorf("%s: %q, %q", name, ids(list), errs)
		}
	}
	for _, text := range []string{",", "]", "}", ":"} { // none of which begins a value
		if list, errs := logins(monitor.Newest().ReadLogins(strings.NewReader(text+"\n"+string(event(1))), monitor.Strict)); len(list) != 1 || len(errs) != 1 {
			t.Errorf("%q: %q, %q", text, ids(list), errs)
		}
	}
}

// The head of a table is looked for in the first 512 bytes, and in the first line.
func TestHeadsOfTables(t *testing.T) {
	row := "1,\"" + strings.ReplaceAll(string(event(1)), `"`, `""`) + "\"\n"
	for name, tt := range map[string]struct {
		head string
		want bool
	}{
		"short": {"timestamp,message", true}, "the last 7 of 512 bytes": {strings.Repeat("x", 504) + ",message", true}, "a byte later": {strings.Repeat("x", 505) + ",message", false},
		"in the second line": {"timestamp,text\nmessage,", false},
	} {
		list, errs := logins(monitor.Newest().ReadLogins(strings.NewReader(tt.head+"\n"+row), monitor.Strict))
		if got := len(list) == 1 && len(errs) == 0; got != tt.want {
			t.Errorf("%s: %d logins, %q", name, len(list), errs)
		}
	}
	if list, errs := logins(monitor.Newest().ReadLogins(strings.NewReader(`{"message":`+quoted(event(1))+"}\n"), monitor.Strict)); len(list) != 1 || len(errs) > 0 {
		t.Errorf("an object: %d logins, %q", len(list), errs)
	}
	if list, errs := logins(monitor.Newest().ReadLogins(strings.NewReader(`["message",`+string(event(1))+"]\n"), monitor.Strict)); len(list) != 1 || len(errs) > 0 {
		t.Errorf("an array: %d logins, %q", len(list), errs)
	}
}

// A row of a table that is malformed is told, and those behind it are read. So is a text that should hold an event.
func TestTablesGoOn(t *testing.T) {
	row := func(n int) string { return "1,\"" + strings.ReplaceAll(string(event(n)), `"`, `""`) + "\"\n" }
	cut := "1,\"" + strings.ReplaceAll(string(event(8))[:200], `"`, `""`) + "\"\n"
	text := "timestamp,message\n" + row(1) + "1,a\"b\n" + row(2) + cut + ",\"\"\n" + row(3)
	list, errs := logins(monitor.Newest().ReadLogins(strings.NewReader(text), monitor.Strict))
	if !slices.Equal(ids(list), []string{id(1), id(2), id(3)}) || len(errs) != 2 || !strings.Contains(errs[0], `bare "`) || !strings.Contains(errs[1], "a text that should hold an event: ") {
		t.Errorf("%q, %q", ids(list), errs)
	}
}

// A reader stops when its caller does, after whatever it has handed out, and hands out nothing more.
func TestStopAnywhere(t *testing.T) {
	cell := func(n int) string { return `"` + strings.ReplaceAll(string(event(n)), `"`, `""`) + `"` }
	cut := quoted(event(8)[:200])
	for name, text := range map[string]string{
		"lines":        string(event(1)) + "\nx\n" + string(event(2)) + "\n" + string(event(3)),
		"a table":      "timestamp,message\n" + cell(1) + "," + cell(2) + "\n1,a\"b\n" + cell(3) + "," + cell(4) + "\n",
		"texts":        `{"a":[{"message":` + quoted(event(1)) + `},{"message":` + cut + `},{"message":` + quoted(event(2)) + `}]}`,
		"a text":       quoted([]byte("[" + string(event(1)) + "," + string(event(2)) + "]")),
		"in one other": `{"a":` + string(event(1)) + `,"b":` + string(event(2)) + `,"c":` + string(event(3)) + `}`,
		"in an event":  strings.Replace(string(event(1)), `"actionType"`, `"x":`+string(event(2))+`,"actionType"`, 1) + string(event(3)),
	} {
		all := 0
		for range monitor.Newest().ReadLogins(strings.NewReader(text), monitor.Strict).All() {
			all++
		}
		for stop := 1; stop <= all; stop++ {
			n := 0
			for range monitor.Newest().ReadLogins(strings.NewReader(text), monitor.Strict).All() {
				if n++; n == stop {
					break
				}
			}
			if n != stop {
				t.Errorf("%s: %d of %d", name, n, stop)
			}
		}
		if all < 2 {
			t.Errorf("%s: %d in all", name, all)
		}
	}
}

// A source that only begins as one that is compressed is an error, and so is none at all.
func TestCompressedSources(t *testing.T) {
	for _, text := range []string{"\x1f\x8b", "\x1f\x8bx" + string(event(1))} {
		if list, errs := logins(monitor.Newest().ReadLogins(strings.NewReader(text), monitor.Strict)); len(list) > 0 || len(errs) != 1 || !strings.HasPrefix(errs[0], "gzip: ") {
			t.Errorf("%q: %q, %q", text, ids(list), errs)
		}
	}
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, _ = z.Write(event(1))
	_ = z.Close()
	list, errs := logins(monitor.Newest().ReadLogins(bytes.NewReader(zipped.Bytes()[:zipped.Len()-1]), monitor.Strict))
	if len(list) != 1 || !slices.Equal(errs, []string{"gzip: unexpected EOF"}) {
		t.Errorf("%q, %q", ids(list), errs)
	}
	if list, errs := logins(monitor.Newest().ReadLogins(nil, monitor.Strict)); list != nil || errs != nil {
		t.Errorf("of no source: %q, %q", ids(list), errs)
	}
	if e := (monitor.Rules{}).ReadLogins(strings.NewReader("{}"), monitor.Strict); e != nil {
		t.Error("zero Rules have a reader")
	}
	if list, errs := logins(nil); list != nil || len(errs) != 1 {
		t.Errorf("of no reader: %q, %q", ids(list), errs)
	}
}

// Which event is of another kind: one that has a kind, a source and a detail.
func TestOtherEvents(t *testing.T) {
	for text, want := range map[string]int{
		`{"detail-type":"x","source":"y","detail":{}}`: 1, `{"detail-type":"x","source":"y","detail":[]}`: 0, `{"detail-type":"x","source":"y"}`: 0, `{"source":"y","detail":{}}`: 0, `{"detail-type":"x","detail":{}}`: 0,
		`{"detail-type":"WorkSpaces Access","source":"y","detail":{}}`: 1, `{"detail-type":"x","source":"aws.workspaces","detail":{}}`: 1,
		`[{"detail-type":"x","source":"y","detail":{}},{"detail-type":"x","source":"y","detail":{}}]`: 2,
	} {
		e := monitor.Newest().ReadLogins(strings.NewReader(text), monitor.Lenient)
		if list, errs := logins(e); list != nil || errs != nil || e.Others() != want {
			t.Errorf("%s: %q, %q, %d", text, ids(list), errs, e.Others())
		}
	}
}

// Strict takes a field of detail that the documents do not have for a fault, and no other field.
func TestUnknownFields(t *testing.T) {
	text := strings.Replace(strings.Replace(string(event(1)), `"actionType"`, `"new\u001b":{"a":[1]},"actionType"`, 1), `"account"`, `"new":5,"account"`, 1)
	for how, want := range map[monitor.Reading]string{monitor.Lenient: "", monitor.Strict: `detail "new\\x1b" is no field that the documents have`} {
		l, err := monitor.Newest().ParseLogin([]byte(text), how)
		if (err != nil) != (want != "") || faults(l) != want {
			t.Errorf("%s, %v", faults(l), err)
		}
	}
}

// A trial stops when its caller does, be it at a login or at an error, and passes both on.
func TestTrialsStop(t *testing.T) {
	broken := errors.New("broken")
	all := func(yield func(monitor.Login, error) bool) {
		for _, err := range []error{broken, nil, broken, nil} {
			l := monitor.Login{}
			if err == nil {
				l.ID = "a"
			}
			if !yield(l, err) {
				return
			}
		}
	}
	for stop := 1; stop <= 4; stop++ {
		n := 0
		for one, err := range monitor.Newest().WouldRefuse(all, monitor.Trial{}) {
			if n++; (err == broken) != (n%2 == 1) || (one.ID == "a") != (n%2 == 0) {
				t.Errorf("%d: %+v, %v", n, one, err)
			}
			if n == stop {
				break
			}
		}
		if n != stop {
			t.Errorf("%d of %d", n, stop)
		}
	}
	// an event with faults is tried, even if it has no ID
	faulty := func(yield func(monitor.Login, error) bool) {
		l := monitor.Login{Faults: []monitor.Fault{{Path: "id"}}}
		yield(l, &monitor.FaultError{Faults: l.Faults})
	}
	for one, err := range monitor.Newest().WouldRefuse(faulty, monitor.Trial{}) {
		if err != nil || one.Verdict != rule.Allowed || one.Faults == nil {
			t.Errorf("%+v, %v", one, err)
		}
	}
	for one, err := range (monitor.Rules{}).WouldRefuse(all, monitor.Trial{}) {
		if err == nil || one.ID == "a" && one.Verdict != rule.Undocumented {
			t.Errorf("zero Rules: %+v, %v", one, err)
		}
	}
}

// What CheckLogin says, in its words.
func TestLoginsInWords(t *testing.T) {
	desktop := func(platform, version string) monitor.Login {
		return monitor.Login{Product: "WorkSpaces Desktop client", Platform: platform, Version: version}
	}
	devices := func(d monitor.DeviceType, a monitor.DeviceAccess) monitor.Trial {
		return monitor.Trial{Devices: map[monitor.DeviceType]monitor.DeviceAccess{d: a}}
	}
	minimum := func(d monitor.DeviceType, least string) monitor.Trial {
		return monitor.Trial{Minimum: map[monitor.DeviceType]string{d: least}}
	}
	const unknown = "no document tells the device type of product \"x\" and platform \"y\""
	for _, tt := range []struct {
		name, date string
		login      monitor.Login
		trial      monitor.Trial
		want       string
	}{
		{"blocked", "2026-09-10", desktop("OSX", ""), devices(monitor.OSX, monitor.DenyDevices), `device-type-blocked ` + productPath + `: DeviceTypeOsx would be blocked: "WorkSpaces Desktop client" on "OSX"`},
		{"allowed", "2026-09-10", desktop("OSX", ""), devices(monitor.OSX, monitor.AllowDevices), ""},
		{"said nothing of", "2026-09-10", desktop("OSX", ""), devices(monitor.OSX, ""), ""},
		{"trusted", "2026-09-10", desktop("OSX", ""), devices(monitor.OSX, monitor.TrustDevices), "input " + productPath + ": the event does not tell whether the device had a certificate"},
		{"another", "2026-09-10", desktop("OSX", ""), devices(monitor.Windows, monitor.DenyDevices), ""},
		{"without a setting in 2018", "2018-02-03", desktop("OSX", ""), devices(monitor.OSX, monitor.DenyDevices), "documents " + productPath + ": no document of the edition has a setting DeviceTypeOsx"},
		{"trusted without a setting in 2018", "2018-02-03", desktop("OSX", ""), devices(monitor.OSX, monitor.TrustDevices), "input " + productPath + ": the event does not tell whether the device had a certificate"},
		{"allowed without a setting in 2018", "2018-02-03", desktop("OSX", ""), devices(monitor.OSX, monitor.AllowDevices), ""},
		{"of no type", "2026-09-10", monitor.Login{Product: "x", Platform: "y"}, devices(monitor.OSX, monitor.DenyDevices), "input " + productPath + ": " + unknown},
		{"of no type and a version", "2026-09-10", monitor.Login{Product: "x", Platform: "y"}, minimum(monitor.OSX, "5"), "input " + productPath + ": " + unknown},
		{"of no type without a trial", "2026-09-10", monitor.Login{Product: "x", Platform: "y"}, monitor.Trial{}, ""},
		{"too old in its first number", "2026-09-10", desktop("OSX", "4.9"), minimum(monitor.OSX, "5"), "client-too-old detail.clientVersion: 4.9 is before 5 of DeviceTypeOsx"},
		{"too old in its second number", "2026-09-10", desktop("OSX", "5.1"), minimum(monitor.OSX, "5.2"), "client-too-old detail.clientVersion: 5.1 is before 5.2 of DeviceTypeOsx"},
		{"too old by length", "2026-09-10", desktop("OSX", "5.9"), minimum(monitor.OSX, "5.10"), "client-too-old detail.clientVersion: 5.9 is before 5.10 of DeviceTypeOsx"},
		{"too old by a number that it lacks", "2026-09-10", desktop("OSX", "5"), minimum(monitor.OSX, "5.0.1"), "client-too-old detail.clientVersion: 5 is before 5.0.1 of DeviceTypeOsx"},
		{"the same", "2026-09-10", desktop("OSX", "5.2"), minimum(monitor.OSX, "5.2"), ""},
		{"the same with zeros", "2026-09-10", desktop("OSX", "5.2.0"), minimum(monitor.OSX, "05.2"), ""},
		{"later by length", "2026-09-10", desktop("OSX", "5.10"), minimum(monitor.OSX, "5.9"), ""},
		{"later in its first number", "2026-09-10", desktop("OSX", "6"), minimum(monitor.OSX, "5.9"), ""},
		{"later in its last number", "2026-09-10", desktop("OSX", "5.9.1"), minimum(monitor.OSX, "5.9"), ""},
		{"of no version", "2026-09-10", desktop("OSX", "5."), minimum(monitor.OSX, "5.9"), `input detail.clientVersion: the event has no version of the client that can be compared with 5.9: "5."`},
		{"another type of no version", "2026-09-10", desktop("Windows", ""), minimum(monitor.OSX, "5.9"), ""},
		{"Linux between the releases", "2026-09-10", desktop("Linux", "2024.0"), minimum(monitor.Linux, "24.1"), "input detail.clientVersion: the event does not tell the release of Ubuntu: 22.04 needs client 2024.1, and has 2024.0"},
		{"Linux new enough for both", "2026-09-10", desktop("Linux", "2024.1"), minimum(monitor.Linux, "24.1"), ""},
		{"Linux of another minimum", "2026-09-10", desktop("Linux", "25"), minimum(monitor.Linux, "24"), ""},
		{"OSX of the minimum of Linux", "2026-09-10", desktop("OSX", "25"), minimum(monitor.OSX, "24.1"), ""},
		{"Linux before there were releases", "2022-09-02", desktop("Linux", "25"), minimum(monitor.Linux, "24.1"), ""},
		{"too old before anybody said so", "2022-09-01", desktop("OSX", "4"), minimum(monitor.OSX, "5"), "documents detail.clientVersion: no document of the edition speaks of this: 4 is before 5 of DeviceTypeOsx"},
	} {
		a, err := at(t, tt.date).CheckLogin(&tt.login, tt.trial)
		if err != nil || told(a) != tt.want || a.Verdict != a.Concluded().Verdict {
			t.Errorf("%s: %s, %v\ngot:\n%s\nwant:\n%s", tt.name, a.Verdict, err, told(a), tt.want)
		}
	}
	broken := errors.New("broken")
	_, err := monitor.Newest().CheckLogin(&monitor.Login{ClientIP: netip.MustParseAddr("192.0.2.1")}, monitor.Trial{Admits: func(netip.Addr) (rule.Answer, error) { return rule.Answer{}, broken }})
	if !errors.Is(err, broken) || err.Error() != "Trial.Admits: broken" {
		t.Error(err)
	}
	if a, err := monitor.Newest().CheckLogin(nil, devices(monitor.OSX, monitor.DenyDevices)); err != nil || told(a) != "input "+productPath+": no document tells the device type of product \"\" and platform \"\"" {
		t.Errorf("no login: %s, %v", told(a), err)
	}
	for want, trial := range map[string]monitor.Trial{
		"Trial.Devices: is not ALLOW, DENY or TRUST":                            devices(monitor.OSX, "PERHAPS"),
		"Trial.Minimum: is no version, which is numbers with dots between them": minimum(monitor.OSX, "5.x"),
	} {
		login := desktop("OSX", "5")
		if a, err := monitor.Newest().CheckLogin(&login, trial); ruletest.Refusal(err) != want || told(a) != "" {
			t.Errorf("%+v: %s, %v", trial, told(a), err)
		}
	}
}

// The times that a Usage counts by: years from 1970 to 9999.
func TestCountableYears(t *testing.T) {
	for at, want := range map[time.Time]int{
		time.Date(1969, 12, 31, 23, 59, 59, 0, time.UTC): 0, time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC): 1, time.Date(9999, 12, 31, 23, 0, 0, 0, time.UTC): 1, time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC): 0, {}: 0,
		time.Date(1970, 1, 1, 0, 0, 0, 0, time.FixedZone("", 3600)): 0, time.Date(1969, 12, 31, 23, 0, 0, 0, time.FixedZone("", -3600)): 1,
	} {
		var u monitor.Usage
		u.Add(&monitor.Login{Workspace: "ws-1", Time: at})
		r, err := monitor.Newest().Report(&u, []monitor.Desktop{{ID: "ws-1"}})
		if err != nil || r.Logins != 1 || r.Desktops[0].Logins != want || r.Desktops[0].Days != want {
			t.Errorf("%s: %+v, %v", at, r, err)
		}
	}
}

// The hours of the clock that a login takes, to the second.
func TestHoursToTheSecond(t *testing.T) {
	day := time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		at         time.Duration
		assumption monitor.Assumption
		hours      int
	}{
		{10 * time.Hour, monitor.Assumption{}, 1}, {10*time.Hour + time.Second, monitor.Assumption{}, 2}, {11*time.Hour - time.Second, monitor.Assumption{}, 2},
		{0, monitor.Assumption{}, 1}, {23*time.Hour + time.Second, monitor.Assumption{}, 2},
		{10 * time.Hour, monitor.Assumption{Timeout: 2 * time.Hour}, 2}, {10 * time.Hour, monitor.Assumption{Session: time.Second}, 2}, {10 * time.Hour, monitor.Assumption{Session: time.Hour, Timeout: 3 * time.Hour}, 4},
		{10*time.Hour + time.Second, monitor.Assumption{Timeout: 24 * time.Hour}, 25}, {0, monitor.Assumption{Timeout: 24 * time.Hour}, 24},
		{time.Hour, monitor.Assumption{Session: 720 * time.Hour, Timeout: 720 * time.Hour}, 1440},
	} {
		u := monitor.Usage{Assumption: tt.assumption}
		for range 2 { // the second of the same time changes nothing
			u.Add(&monitor.Login{Workspace: "ws-1", Time: day.Add(tt.at)})
			r, err := monitor.Newest().Report(&u, []monitor.Desktop{{ID: "ws-1"}})
			if err != nil || r.Desktops[0].Hours != tt.hours || r.Desktops[0].Days != 1 {
				t.Errorf("%s, %+v: %+v, %v, want %d", tt.at, tt.assumption, r.Desktops[0], err, tt.hours)
			}
		}
	}
	const want = "is not in full hours between 0 and 720h"
	for reason, a := range map[string]monitor.Assumption{
		"Assumption.Timeout: " + want: {Timeout: 720*time.Hour + 1}, "Assumption.Session: is not between 0 and 720h": {Session: 720*time.Hour + 1},
	} {
		if r, err := monitor.Newest().Report(&monitor.Usage{Assumption: a}, nil); ruletest.Refusal(err) != reason || r.Desktops != nil {
			t.Errorf("%+v: %v", a, err)
		}
	}
	for _, a := range []monitor.Assumption{{Timeout: -1}, {Timeout: -time.Hour}, {Timeout: time.Hour + 1}, {Timeout: 721 * time.Hour}} {
		if _, err := monitor.Newest().Report(&monitor.Usage{Assumption: a}, nil); ruletest.Refusal(err) != "Assumption.Timeout: "+want {
			t.Errorf("%+v: %v", a, err)
		}
	}
}

// Clients are told apart up to 64 of a WorkSpace, by product and platform, and are sorted by their number and their names.
func TestClientsOfADesktop(t *testing.T) {
	var u monitor.Usage
	at := time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)
	for i := range 70 {
		for range 1 + i%2 {
			u.Add(&monitor.Login{Workspace: "ws-1", Time: at, Product: fmt.Sprintf("p%02d", i/2), Platform: fmt.Sprint(i % 2)})
		}
	}
	u.Add(&monitor.Login{Workspace: "ws-1", Time: at, Product: "p00", Platform: "0"})
	u.Add(&monitor.Login{Workspace: "ws-1", Time: at, Product: "p00", Platform: "0"})
	r, err := monitor.Newest().Report(&u, []monitor.Desktop{{ID: "ws-1"}})
	if err != nil {
		t.Fatal(err)
	}
	want := []monitor.ClientCount{{Product: "p00", Platform: "0", Logins: 3}}
	for i := range 32 {
		want = append(want, monitor.ClientCount{Product: fmt.Sprintf("p%02d", i), Platform: "1", Logins: 2})
	}
	for i := 1; i < 32; i++ {
		want = append(want, monitor.ClientCount{Product: fmt.Sprintf("p%02d", i), Platform: "0", Logins: 1})
	}
	if !slices.Equal(r.Desktops[0].Clients, want) || r.Desktops[0].Logins != 107 {
		t.Errorf("%d clients, %+v", len(r.Desktops[0].Clients), r.Desktops[0])
	}
	r.Desktops[0].Clients[0].Logins = 0
	if again, _ := monitor.Newest().Report(&u, []monitor.Desktop{{ID: "ws-1"}}); again.Desktops[0].Clients[0].Logins != 3 {
		t.Error("the clients of a report are those of the usage")
	}
}

// A report in full: of WorkSpaces that are unlisted, unused, always on and of one user.
func TestReportInFull(t *testing.T) {
	at := time.Date(2026, 9, 1, 10, 0, 0, 0, time.UTC)
	var u monitor.Usage
	for _, l := range []monitor.Login{
		{Workspace: "ws-8", Directory: "d-8", Time: at}, {Workspace: "ws-9", Directory: "d-9", Time: at}, {Workspace: "ws-7", Directory: "d-7", Time: at},
		{Workspace: "ws-1", Time: at.Add(time.Hour)}, {Workspace: "ws-1", Time: at}, {Workspace: "ws-1", Time: at.Add(2 * time.Hour)}, {Workspace: "ws-2", Time: at}, {Workspace: "ws-4", Time: at},
	} {
		u.Add(&l)
	}
	list := []monitor.Desktop{
		{ID: "ws-1", Directory: "d-1", User: "Ada", RunningMode: monitor.AlwaysOn}, {ID: "ws-2", Directory: "d-1", User: "ADA", RunningMode: monitor.AlwaysOn}, {ID: "ws-3", Directory: "d-1", User: "ada"},
		{ID: "ws-4", Directory: "d-2", User: "ada", RunningMode: monitor.AlwaysOn}, {ID: "ws-5", RunningMode: monitor.Manual}, {ID: "ws-6"}, {ID: "ws-1", Directory: "d-1", User: "eve"},
	}
	r, err := monitor.Newest().Report(&u, list)
	if err != nil {
		t.Fatal(err)
	}
	var unlisted, desktops []string
	for _, d := range r.Unlisted {
		unlisted = append(unlisted, fmt.Sprint(d.ID, " ", d.Directory, " ", d.Logins, " ", d.Hours))
	}
	for _, d := range r.Desktops {
		desktops = append(desktops, fmt.Sprint(d.ID, " ", d.User, " ", d.Logins, " ", d.Hours, " ", d.Days))
	}
	if want := []string{"ws-7 d-7 1 1", "ws-8 d-8 1 1", "ws-9 d-9 1 1"}; !slices.Equal(unlisted, want) {
		t.Errorf("unlisted %q", unlisted)
	}
	if want := []string{"ws-1 Ada 3 3 1", "ws-2 ADA 1 1 1", "ws-3 ada 0 0 0", "ws-4 ada 1 1 1", "ws-5  0 0 0", "ws-6  0 0 0"}; !slices.Equal(desktops, want) {
		t.Errorf("%q", desktops)
	}
	if d := r.Desktops[0]; !d.First.Equal(at) || !d.Last.Equal(at.Add(2*time.Hour)) {
		t.Errorf("first %s, last %s", d.First, d.Last)
	}
	if !slices.Equal(r.AlwaysOn, []int{1, 3, 0}) || !slices.Equal(r.Unused, []int{2, 4, 5}) || r.Logins != 8 {
		t.Errorf("always on %v, unused %v, %d logins", r.AlwaysOn, r.Unused, r.Logins)
	}
	if len(r.Several) != 1 || fmt.Sprint(r.Several[0]) != "{d-1 Ada [ws-1 ws-2 ws-3] 2}" {
		t.Errorf("several %v", r.Several)
	}
}

// Why WorkSpaces without a login may be in use, by the documents of a day, and whose protocol it is.
func TestWhyLoginsMayBeMissing(t *testing.T) {
	const (
		effort = "events are sent on a best-effort basis"
		none   = "WorkSpaces with WSP send no events"
		later  = "WorkSpaces with DCV (WSP) send events from client version 4.0.1 on"
	)
	list := func(protocols ...monitor.Protocol) (list []monitor.Desktop) {
		for i, p := range protocols {
			list = append(list, monitor.Desktop{ID: fmt.Sprint("ws-", i), Protocol: p})
		}
		return list
	}
	for _, tt := range []struct {
		date string
		list []monitor.Desktop
		want []string
	}{
		{"2018-02-03", list(monitor.PCoIP), []string{"no document of the edition describes access events"}},
		{"2018-09-20", list(monitor.PCoIP), nil}, {"2021-01-22", list(monitor.DCV), nil},
		{"2021-01-23", list(monitor.PCoIP), []string{"1 WorkSpace without a login may be in use: " + effort}},
		{"2021-03-29", list(monitor.PCoIP, monitor.DCV), []string{"2 WorkSpaces without a login may be in use: " + effort, "1 WorkSpace without a login may be in use: " + none}},
		{"2021-09-03", list(monitor.PCoIP, monitor.DCV, monitor.AnyProtocol), []string{"3 WorkSpaces without a login may be in use: " + effort, "2 WorkSpaces without a login may be in use: " + later}},
		{"2026-09-10", list(monitor.PCoIP), []string{"1 WorkSpace without a login may be in use: " + effort}},
		{"2018-02-03", nil, nil}, {"2026-09-10", nil, nil},
	} {
		r, err := at(t, tt.date).Report(nil, tt.list)
		var got []string
		for _, o := range r.Open {
			got = append(got, o.Reason)
		}
		if err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, %v", tt.date, got, err)
		}
	}
	var u monitor.Usage
	u.Add(&monitor.Login{Workspace: "ws-0", Time: time.Unix(0, 0)})
	if r, err := at(t, "2018-02-03").Report(&u, list(monitor.DCV)); err != nil || r.Open != nil || r.Unused != nil {
		t.Errorf("all are used: %+v, %v", r, err)
	}
}

// From which latency on a session is degraded, by protocol, as package network has it; no other alarm depends on it.
func TestThresholdsOfAlarms(t *testing.T) {
	for protocol, latency := range map[monitor.Protocol]float64{monitor.AnyProtocol: 200, monitor.PCoIP: 200, monitor.DCV: 250} {
		list, err := monitor.Newest().RecommendedAlarms(monitor.Watched{Directory: "d-906732b9ab", Protocol: protocol})
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]float64{"unhealthy": 1, "connection-failures": 5, "latency": latency, "root-volume": 90, "user-volume": 90}
		for _, a := range list {
			name := strings.TrimPrefix(a.Name, "d-906732b9ab-")
			if a.Threshold != want[name] || a.Comparison != "GreaterThanOrEqualToThreshold" || a.Alarm.TreatMissingData != "notBreaching" || a.Alarm.Desktops.Protocol != protocol || a.Reason == "" {
				t.Errorf("%s of %q: %+v", name, protocol, a)
			}
			delete(want, name)
		}
		if len(want) > 0 {
			t.Errorf("%q: no alarm %v", protocol, want)
		}
	}
	const directory = "DirectoryId: is not of the form d- and small letters or digits"
	for _, tt := range []struct {
		date, want string
		w          monitor.Watched
	}{
		{"2026-09-10", directory, monitor.Watched{Directory: "D-1"}}, {"2018-02-03", directory, monitor.Watched{Directory: ""}}, {"2026-09-10", directory, monitor.Watched{Directory: "wsd-1"}},
		{"2026-09-10", "CertificateIds[1]: is not of the form wsc- and small letters or digits", monitor.Watched{Directory: "d-1", Certificates: []string{"wsc-1", "wsc-A"}}},
		{"2026-09-10", "CertificateIds[2]: is given twice", monitor.Watched{Directory: "d-1", Certificates: []string{"wsc-1", "wsc-2", "wsc-1"}}},
		{"2018-02-03", "CertificateIds[1]: is given twice", monitor.Watched{Directory: "d-1", Certificates: []string{"x", "x"}}},
	} {
		if list, err := at(t, tt.date).RecommendedAlarms(tt.w); ruletest.Refusal(err) != tt.want || list != nil {
			t.Errorf("%s, %+v: %v", tt.date, tt.w, err)
		}
	}
	if list, err := monitor.Newest().RecommendedAlarms(monitor.Watched{Directory: "wsd-01234567"}); err != nil || len(list) == 0 {
		t.Errorf("a directory of another provider: %d alarms, %v", len(list), err)
	}
	list, err := at(t, "2021-04-15").RecommendedAlarms(monitor.Watched{Directory: "d-1", Certificates: []string{"wsc-1", "wsc-2"}})
	var dimensions []string
	for _, a := range list {
		dimensions = append(dimensions, fmt.Sprint(a.Name, a.Alarm.Dimensions))
	}
	want := []string{"d-1-unhealthy[{DirectoryId d-1}]", "d-1-latency[{DirectoryId d-1}]", "d-1-untrusted-devices[{DirectoryId d-1}]", "d-1-root-certificate-1[{CertificateId wsc-1}]", "d-1-root-certificate-2[{CertificateId wsc-2}]"}
	if err != nil || !slices.Equal(dimensions, want) {
		t.Errorf("%q, %v", dimensions, err)
	}
}

// What Metrics, Prerequisite and the rest return is a copy, and zero Rules have nothing.
func TestCopiesOfMetrics(t *testing.T) {
	list := monitor.Newest().Metrics()
	list[0].Statistics[0], list[0].Dimensions[0], list[1].Name = "x", "x", "x"
	if again := monitor.Newest().Metrics(); again[0].Statistics[0] == "x" || again[0].Dimensions[0] == "x" || again[1].Name == "x" || len(again) != len(list) {
		t.Error("Metrics returns no copy")
	}
	var zero monitor.Rules
	if zero.Metrics() != nil || zero.SAMLClients() != nil || zero.Prerequisite() != (monitor.Prerequisite{}) || len(at(t, "2023-01-01").Metrics()) != 0 {
		t.Error("zero Rules have metrics")
	}
	p := monitor.Newest().Prerequisite()
	if p.Transport != "tcp" || p.Port != 443 || p.Service != "AMAZON" || p.Region != "us-east-1" || p.Cite.Document != "admin-guide-metrics" {
		t.Errorf("%+v", p)
	}
	for _, m := range list {
		if m.Cite == (rule.Citation{}) {
			t.Errorf("%s has no citation", m.Name)
		}
	}
}

// A sample of what Parameters lists, with one row of each kind that a table has.
func TestParametersInWords(t *testing.T) {
	values, codes := map[string][]string{}, map[string][]rule.Code{}
	for _, p := range monitor.Parameters() {
		if p.Name == "unit of CloudWatch" && (p.Cite.Document != "cloudwatch-model" || p.Cite.Date.String() != "2015-04-28") {
			t.Errorf("%s is of %v", p.Value, p.Cite)
		}
		values[p.Name], codes[p.Name] = append(values[p.Name], p.Value), p.Rules
	}
	const three, eight = "Average, Maximum, Minimum", "DirectoryId, WorkspaceId, RunningMode, Protocol, ComputeType, BundleId, UserName, ComputerName"
	for name, want := range map[string][]string{
		"metric CPUUsage of AWS/WorkSpaces":                  {"Percent; " + three + "; by " + eight},
		"metric FramesPerSecond of AWS/WorkSpaces":           {"Count/Second; " + three + "; by " + eight + "; WSP only"},
		"metric ActiveUserSessionCapacity of AWS/Workspaces": {"Count; " + three},
		"metric Maintenance of AWS/WorkSpaces":               {"Count; Average, Sum, Maximum, Minimum, SampleCount; by DirectoryId, WorkspaceId; AutoStop only", "Count; Average, Sum, Maximum, Minimum, SampleCount; by " + eight + "; AutoStop only", "Count; Average, Sum, Maximum, Minimum, SampleCount; by " + eight},
		"metric TrustedDeviceValidationAttempt of AWS/WorkSpaces": {"Count; Average, Sum, Maximum, Minimum, SampleCount; by DirectoryId; on device-check", "Count; Average, Sum, Maximum, Minimum, SampleCount; by DirectoryId; on device-check; not on Web Access",
			"Count; Average, Sum, Maximum, Minimum, SampleCount; by DirectoryId; on device-check"},
		"device type of the console":                   {"Web Access", "iOS devices", "Android devices", "Chromebooks", "PCoIP zero client devices", "Linux clients"},
		"device type":                                  {"DeviceTypeWindows", "DeviceTypeOsx", "DeviceTypeWorkSpacesThinClient", "DeviceTypeWeb", "DeviceTypeIos", "DeviceTypeAndroid", "DeviceTypeChromeOs", "DeviceTypeZeroClient", "DeviceTypeLinux"},
		"client for SAML 2.0, oldest: DeviceTypeLinux": {"24.1 on Ubuntu 20.04, 2024.1 on Ubuntu 22.04"}, "client for SAML 2.0, oldest: DeviceTypeOsx": {"5"},
		"field of an access event: detail.directoryId": {"documented", "documented, with domain/ before the ID"}, "field of an access event: id": {"documented"},
		"value of detail.clientPlatform": {"Android", "Chrome", "iOS", "Linux (DeviceTypeLinux with WorkSpaces Desktop client)", "OSX (DeviceTypeOsx with WorkSpaces Desktop client)", "Windows (DeviceTypeWindows with WorkSpaces Desktop client)",
			"Teradici PCoIP Zero Client; printed as one with others", "Tera2; printed as one with others", "Teradici PCoIP Zero Client and Tera2", "Web"},
		"value of detail.actionType": {"successfulLogin"}, "open for metrics": {"port 443 to AMAZON of us-east-1"}, "metrics": {"not known: no version was read"},
		"period of an alarm":              {"10, 30 s, or a multiple of 60 s", "10, 20, 30 s, or a multiple of 60 s"},
		"evaluation of an alarm, longest": {"86400 s, with periods of an hour or more 86400 s", "86400 s, with periods of an hour or more 604800 s"},
		"dimension ComputeType":           {"a compute type; its values are not listed"}, "ways to treat missing data": {"breaching, notBreaching, ignore, missing"},
		"delivery of access events": {"events are sent on a best-effort basis", "WorkSpaces with WSP send no events", "WorkSpaces with DCV (WSP) send events from client version 4.0.1 on"},
		"second spelling of the dimensions of SessionLaunchTime, InSessionLatency, SessionDisconnect, UserConnected, Stopped, Maintenance": {"DirectoryID, WorkspaceID"},
		"operator of an event pattern": {"prefix", "anything-but", "numeric", "exists", "cidr", "suffix", "equals-ignore-case", "$or", "wildcard"},
	} {
		if !slices.Equal(values[name], want) {
			t.Errorf("%s: %q, want %q", name, values[name], want)
		}
	}
	if products := values["value of detail.workspacesClientProductName"]; !slices.Contains(products, "WorkSpaces Desktop client") || !slices.Contains(products, "WorkSpacesWebClient (DeviceTypeWeb)") || !slices.Contains(products, "Dell Wyse PCoIP Client (DeviceTypeZeroClient); printed as one with others") {
		t.Errorf("%q", products)
	}
	if units := values["unit of CloudWatch"]; len(units) != 27 || units[0] != "Seconds" || units[26] != "None" {
		t.Errorf("%d units: %q", len(units), units)
	}
	for name, want := range map[string][]rule.Code{
		"field of an access event: id": {monitor.PatternFieldUnknown}, "field of an access event: detail.directoryId": {monitor.PatternFieldUnknown, monitor.PatternValueUnknown},
		"period of an alarm": {monitor.PeriodInvalid, monitor.PeriodTooShort}, "metrics": {monitor.MetricUnknown}, "device type": {monitor.DeviceTypeBlocked}, "delivery of access events": nil,
	} {
		if !slices.Equal(codes[name], want) {
			t.Errorf("%s is of %q, want %q", name, codes[name], want)
		}
	}
}

// What the documents list or advise, and CloudWatch does not refuse, is a Should; all else is a Must.
func TestLevels(t *testing.T) {
	advice := []rule.Code{
		monitor.StatisticNotListed, monitor.WebAccessNotMeasured, monitor.ModeNotMeasured, monitor.PeriodTooShort, monitor.MissingDataBreaches, monitor.PatternTooWide,
	}
	for _, r := range monitor.Catalogue() {
		for i, v := range r.Revisions {
			if (v.Level == rule.Should) != slices.Contains(advice, r.Code) {
				t.Errorf("%s, revision %d: %s", r.Code, i, v.Level)
			}
		}
	}
}
