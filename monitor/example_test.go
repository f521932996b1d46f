package monitor_test

import (
	"errors"
	"fmt"
	"net/netip"
	"os"
	"strings"
	"time"

	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// An alarm that would never go off: the metric is in milliseconds, and the name of the dimension is
// spelled as old versions of the guide did.
func ExampleRules_CheckAlarm() {
	answer, err := monitor.Newest().CheckAlarm(monitor.Alarm{
		Namespace: monitor.Namespace, MetricName: "InSessionLatency", Dimensions: []monitor.Dimension{{Name: "DirectoryID", Value: "d-906732b9ab"}},
		Statistic: "Average", Period: 300, EvaluationPeriods: 3, Unit: "Seconds",
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(answer.Verdict)
	for _, v := range answer.Violations {
		fmt.Println(v)
	}
	// Output:
	// denied
	// Dimensions[0].Name: InSessionLatency has no dimension "DirectoryID" (monitor.dimension-unknown)
	// Unit: InSessionLatency is in Milliseconds, not in Seconds (monitor.unit-other)
}

func ExampleRules_RecommendedAlarms() {
	alarms, err := monitor.Newest().RecommendedAlarms(monitor.Watched{Directory: "d-906732b9ab", Protocol: monitor.DCV})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, a := range alarms {
		fmt.Println(a.Alarm.MetricName, a.Alarm.Statistic, a.Comparison, a.Threshold)
	}
	// Output:
	// Unhealthy Maximum GreaterThanOrEqualToThreshold 1
	// ConnectionFailure Sum GreaterThanOrEqualToThreshold 5
	// InSessionLatency Average GreaterThanOrEqualToThreshold 250
	// RootVolumeDiskUsage Maximum GreaterThanOrEqualToThreshold 90
	// UserVolumeDiskUsage Maximum GreaterThanOrEqualToThreshold 90
}

// Which of last month's logins would an IP access control group have refused, and a block of macOS?
func ExampleRules_WouldRefuse() {
	file, err := os.Open("testdata/september.ndjson")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer file.Close()
	office := []network.IPGroup{{ID: "wsipg-0123456789", Rules: []network.IPRule{{Source: netip.MustParsePrefix("192.0.2.0/24")}}}}
	trial := monitor.Trial{
		Devices: map[monitor.DeviceType]monitor.DeviceAccess{monitor.OSX: monitor.DenyDevices},
		Admits: func(client netip.Addr) (rule.Answer, error) {
			access, err := network.Newest().IPAccess(office, client)
			return access.Answer, err
		},
	}
	rules := monitor.Newest()
	for login, err := range rules.WouldRefuse(rules.ReadLogins(file, monitor.Lenient).All(), trial) {
		switch {
		case err != nil:
			fmt.Println(err)
		case login.Verdict == rule.Denied:
			fmt.Println(login.Time.Format(time.DateTime), login.Workspace, login.ClientIP, login.Violations)
		}
	}
	// Output:
	// 2026-09-02 08:00:01 ws-9v8m1kqzr 198.51.100.7 [Client: no rule of the groups holds 198.51.100.7 (network.client-not-admitted)]
	// 2026-09-03 09:12:44 ws-b2c3d4e5f 192.0.2.9 [detail.workspacesClientProductName: DeviceTypeOsx would be blocked: "WorkSpaces Desktop client" on "OSX" (monitor.device-type-blocked)]
}

// Which desktops did nobody use, and for how many hours would AutoStop have run the others?
func ExampleUsage() {
	file, err := os.Open("testdata/september.ndjson")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer file.Close()
	rules := monitor.Newest()
	usage := monitor.Usage{Assumption: monitor.Assumption{Session: 8 * time.Hour, Timeout: time.Hour}}
	for login, err := range rules.ReadLogins(file, monitor.Lenient).All() {
		if err != nil {
			fmt.Println(err)
			continue
		}
		usage.Add(&login)
	}
	report, err := rules.Report(&usage, []monitor.Desktop{
		{ID: "ws-9v8m1kqzr", Directory: "d-906732b9ab", User: "alice", RunningMode: monitor.AlwaysOn, Protocol: monitor.DCV},
		{ID: "ws-b2c3d4e5f", Directory: "d-906732b9ab", User: "bob", RunningMode: monitor.AutoStop, Protocol: monitor.DCV},
		{ID: "ws-c3d4e5f6g", Directory: "d-906732b9ab", User: "alice", RunningMode: monitor.AlwaysOn, Protocol: monitor.DCV},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, i := range report.Unused {
		fmt.Println("unused:", report.Desktops[i].ID)
	}
	for _, i := range report.AlwaysOn {
		fmt.Println("always on:", report.Desktops[i].ID, report.Desktops[i].Hours, "hours")
	}
	for _, user := range report.Several {
		fmt.Println("several:", user.User, user.Workspaces, "used:", user.Used)
	}
	fmt.Println(report.Open[0])
	// Output:
	// unused: ws-c3d4e5f6g
	// always on: ws-c3d4e5f6g 0 hours
	// always on: ws-9v8m1kqzr 20 hours
	// several: alice [ws-9v8m1kqzr ws-c3d4e5f6g] used: 1
	// 1 WorkSpace without a login may be in use: events are sent on a best-effort basis
}

// The guide's own sample has an ID that the API would refuse. A strict reader names it.
func ExampleRules_ParseLogin() {
	sample, err := os.ReadFile("testdata/sample-2018.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	rules, err := monitor.At(rule.MustParseEdition("2018-09-20"))
	if err != nil {
		fmt.Println(err)
		return
	}
	login, err := rules.ParseLogin(sample, monitor.Strict)
	var input *rule.InputError
	if errors.As(err, &input) {
		fmt.Printf("%s: %q\n", input.Path, input.Value)
	}
	fmt.Println(login.Time.Format(time.RFC3339), login.Workspace, "from", login.ClientIP, "with", login.Device())
	// Output:
	// detail.workspaceId: "ws-xyskdga"
	// 2018-07-01T17:52:51Z ws-xyskdga from 192.0.2.3 with DeviceTypeWindows
}

// A rule for logins from outside of an office. Case counts in a pattern, and CheckPattern sees it.
func ExampleRules_CheckPattern() {
	answer, err := monitor.Newest().CheckPattern([]byte(`{
		"source": ["aws.workspaces"],
		"detail-type": ["WorkSpaces Access"],
		"detail": {"workspacesClientProductName": ["WorkSpaces Desktop Client"], "directoryId": ["d-906732b9ab"]}
	}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, v := range answer.Violations {
		fmt.Println(v)
	}
	pattern, err := monitor.Newest().Pattern(monitor.EventFilter{Directories: []string{"d-906732b9ab"}, Platforms: []string{"OSX"}})
	fmt.Println(strings.Join(strings.Fields(string(pattern)), " "), err)
	// Output:
	// detail.workspacesClientProductName[0]: no access event has detail.workspacesClientProductName "WorkSpaces Desktop Client"; there is WorkSpaces Desktop client (monitor.pattern-value-unknown)
	// detail.directoryId[0]: "d-906732b9ab": directory IDs stand with domain/ before them in access events (monitor.pattern-value-unknown)
	// { "source": [ "aws.workspaces" ], "detail-type": [ "WorkSpaces Access" ], "detail": { "clientPlatform": [ "OSX" ], "directoryId": [ "domain/d-906732b9ab" ] } } <nil>
}
