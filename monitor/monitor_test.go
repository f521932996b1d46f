package monitor_test

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/rule"
)

// No recommended alarm breaks a rule, in any edition, and its name is its own.
func TestRecommendedAlarms(t *testing.T) {
	certificates := []string{"wsc-1a2b3c4d5", "wsc-6"}
	for _, e := range monitor.Editions() {
		r := at(t, e.String())
		for _, p := range []monitor.Protocol{monitor.AnyProtocol, monitor.PCoIP, monitor.DCV} {
			list, err := r.RecommendedAlarms(monitor.Watched{Directory: "d-906732b9ab", Protocol: p, Certificates: certificates})
			if err != nil {
				t.Fatal(err)
			}
			names := map[string]bool{}
			for _, a := range list {
				got, err := r.CheckAlarm(a.Alarm)
				if err != nil || len(got.Violations) > 0 || got.Verdict != rule.Allowed {
					t.Errorf("%s on %s: %v %v", a.Name, e, got, err)
				}
				if names[a.Name] || a.Reason == "" || a.Cite == (rule.Citation{}) || a.DatapointsToAlarm < 1 || a.DatapointsToAlarm > a.Alarm.EvaluationPeriods {
					t.Errorf("%+v on %s", a, e)
				}
				names[a.Name] = true
			}
		}
	}
	for _, tt := range []struct {
		date         string
		protocol     monitor.Protocol
		certificates []string
		want         string
	}{
		{"2018-02-03", "", nil, "unhealthy connection-failures latency"},
		{"2021-03-09", monitor.DCV, nil, "unhealthy latency"},
		{"2021-04-15", monitor.PCoIP, certificates, "unhealthy connection-failures latency untrusted-devices root-certificate-1a2b3c4d5 root-certificate-6"},
		{"2023-01-01", "", certificates, ""},
		{"2026-09-10", "", nil, "unhealthy connection-failures latency root-volume user-volume"},
	} {
		list, err := at(t, tt.date).RecommendedAlarms(monitor.Watched{Directory: "d-906732b9ab", Protocol: tt.protocol, Certificates: tt.certificates})
		var names []string
		for _, a := range list {
			names = append(names, strings.TrimPrefix(a.Name, "d-906732b9ab-"))
		}
		if err != nil || strings.Join(names, " ") != tt.want {
			t.Errorf("%s: %q %v", tt.date, names, err)
		}
	}
	for _, w := range []monitor.Watched{{}, {Directory: "ws-9v8m1kqzr"}, {Directory: "d-906732b9ab", Certificates: []string{"wsc-1", "x"}}, {Directory: "d-906732B9AB"}, {Directory: "d-906732b9ab", Certificates: []string{"wsc-1A"}}, {Directory: "d-906732b9ab", Certificates: []string{"wsc-1", "wsc-2", "wsc-1"}}} {
		var input *rule.InputError
		if _, err := monitor.Newest().RecommendedAlarms(w); !errors.As(err, &input) {
			t.Errorf("%+v: %v", w, err)
		}
	}
}

// What stays open of an alarm or a query.
func TestOpenQuestions(t *testing.T) {
	directory := monitor.Dimension{Name: "DirectoryId", Value: "d-906732b9ab"}
	sound := monitor.Alarm{Namespace: "AWS/WorkSpaces", MetricName: "UserConnected", Dimensions: []monitor.Dimension{directory}, Statistic: "Maximum", Period: 300}
	for name, tt := range map[string]struct {
		change func(*monitor.Alarm)
		date   string
		open   string
		by     rule.Cause
	}{
		"nothing":      {func(*monitor.Alarm) {}, "2026-09-10", "", ""},
		"unread":       {func(*monitor.Alarm) {}, "2023-01-01", "MetricName", rule.ByDocuments},
		"a percentile": {func(a *monitor.Alarm) { a.Statistic, a.ExtendedStatistic = "", "p90" }, "2026-09-10", "ExtendedStatistic", rule.ByDocuments},
		"no dimension": {func(a *monitor.Alarm) { a.Dimensions = nil }, "2026-09-10", "Dimensions", rule.ByDocuments},
		"two dimensions": {func(a *monitor.Alarm) {
			a.Dimensions = append(a.Dimensions, monitor.Dimension{Name: "Protocol", Value: "WSP"})
		}, "2026-09-10", "Dimensions", rule.ByDocuments},
		"wsd-": {func(a *monitor.Alarm) {
			a.Dimensions = []monitor.Dimension{{Name: "DirectoryId", Value: "wsd-0123456789"}}
		}, "2026-09-10", "Dimensions[0].Value", rule.ByDocuments},
		"a pool":                   {func(a *monitor.Alarm) { a.Namespace, a.MetricName = "AWS/Workspaces", "ActualUserSessionCapacity" }, "2026-09-10", "Dimensions", rule.ByDocuments},
		"spelled as a row of 2018": {func(a *monitor.Alarm) { a.Dimensions[0].Name = "DirectoryID" }, "2020-10-27", "Dimensions[0].Name", rule.ByContradiction},
		"an odd namespace":         {func(a *monitor.Alarm) { a.Namespace = "AWS/Workspaces" }, "2026-09-10", "Namespace", rule.ByDocuments},
		"a protocol":               {func(a *monitor.Alarm) { a.MetricName, a.Statistic = "Bandwidth", "Average" }, "2026-09-10", "MetricName", rule.ByInput},
		"stopped":                  {func(a *monitor.Alarm) { a.TreatMissingData = "breaching" }, "2026-09-10", "TreatMissingData", rule.ByDocuments},
		"always on":                {func(a *monitor.Alarm) { a.TreatMissingData, a.Desktops.RunningMode = "breaching", monitor.AlwaysOn }, "2026-09-10", "", ""},
	} {
		alarm := sound
		alarm.Dimensions = slices.Clone(sound.Dimensions)
		tt.change(&alarm)
		a, err := at(t, tt.date).CheckAlarm(alarm)
		if err != nil || len(a.Violations) > 0 || (tt.open == "") != (len(a.Open) == 0) || tt.open != "" && (len(a.Open) != 1 || string(a.Open[0].Path) != tt.open || a.Open[0].By != tt.by) {
			t.Errorf("%s: %+v %v", name, a, err)
		}
	}
}

func TestCheckLogin(t *testing.T) {
	deny := map[monitor.DeviceType]monitor.DeviceAccess{monitor.Windows: monitor.DenyDevices, monitor.Android: monitor.TrustDevices, monitor.ThinClient: monitor.DenyDevices}
	minimum := map[monitor.DeviceType]string{monitor.OSX: "5.10", monitor.Linux: "24.1"}
	office := netip.MustParsePrefix("192.0.2.0/24")
	admits := func(client netip.Addr) (rule.Answer, error) {
		var a rule.Answer
		if !office.Contains(client) {
			a.Violations = append(a.Violations, rule.Violation{Code: "example.not-admitted", Path: "Client", Level: rule.Must})
		}
		return a.Concluded(), nil
	}
	for name, tt := range map[string]struct {
		login monitor.Login
		date  string
		want  string // codes, and paths of what is open
	}{
		"a blocked type":                {monitor.Login{Product: "WorkSpaces Desktop client", Platform: "Windows", ClientIP: office.Addr()}, "2026-09-10", "monitor.device-type-blocked"},
		"a trusted type":                {monitor.Login{Product: "WorkSpaces Mobile Client", Platform: "Android", ClientIP: office.Addr()}, "2026-09-10", productPath},
		"another type":                  {monitor.Login{Product: "WorkSpacesWebClient", Platform: "Windows", ClientIP: office.Addr()}, "2026-09-10", ""},
		"a type that is not documented": {monitor.Login{Product: "AmazonWorkSpacesThinClient", Platform: "Linux", ClientIP: office.Addr()}, "2022-09-02", productPath},
		"the same later":                {monitor.Login{Product: "AmazonWorkSpacesThinClient", Platform: "Linux", ClientIP: office.Addr()}, "2026-09-10", "monitor.device-type-blocked"},
		"an unknown product":            {monitor.Login{Product: "x\x1b", ClientIP: office.Addr()}, "2026-09-10", productPath + " " + productPath},
		"an old client":                 {monitor.Login{Product: "WorkSpaces Desktop client", Platform: "OSX", Version: "5.9.9", ClientIP: office.Addr()}, "2026-09-10", "monitor.client-too-old"},
		"a new client":                  {monitor.Login{Product: "WorkSpaces Desktop client", Platform: "OSX", Version: "5.010", ClientIP: office.Addr()}, "2026-09-10", ""},
		"Ubuntu of any release":         {monitor.Login{Product: "WorkSpaces Desktop client", Platform: "Linux", Version: "2024.1", ClientIP: office.Addr()}, "2026-09-10", ""},
		"Ubuntu 20.04 alone":            {monitor.Login{Product: "WorkSpaces Desktop client", Platform: "Linux", Version: "24.1", ClientIP: office.Addr()}, "2026-09-10", "detail.clientVersion"},
		"Ubuntu of no release":          {monitor.Login{Product: "WorkSpaces Desktop client", Platform: "Linux", Version: "24.0", ClientIP: office.Addr()}, "2026-09-10", "monitor.client-too-old"},
		"Ubuntu before it was told":     {monitor.Login{Product: "WorkSpaces Desktop client", Platform: "Linux", Version: "24.1", ClientIP: office.Addr()}, "2022-09-02", ""},
		"no version":                    {monitor.Login{Product: "WorkSpaces Desktop client", Platform: "OSX", ClientIP: office.Addr()}, "2026-09-10", "detail.clientVersion"},
		"an old client, earlier":        {monitor.Login{Product: "WorkSpaces Desktop client", Platform: "OSX", Version: "4", ClientIP: office.Addr()}, "2022-01-01", "detail.clientVersion"},
		"from elsewhere":                {monitor.Login{Product: "WorkSpacesWebClient", ClientIP: netip.MustParseAddr("198.51.100.1")}, "2026-09-10", "example.not-admitted"},
		"from nowhere":                  {monitor.Login{Product: "WorkSpacesWebClient"}, "2026-09-10", "detail.clientIpAddress"},
	} {
		a, err := at(t, tt.date).CheckLogin(&tt.login, monitor.Trial{Devices: deny, Minimum: minimum, Admits: admits})
		var got []string
		for _, v := range a.Violations {
			got = append(got, string(v.Code))
		}
		for _, o := range a.Open {
			got = append(got, string(o.Path))
		}
		if err != nil || strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
	login := monitor.Login{Product: "WorkSpaces Desktop client", Platform: "OSX", Version: "5.27.0.5533", ClientIP: office.Addr()}
	trial := monitor.Trial{Devices: deny, Minimum: minimum, Admits: func(netip.Addr) (rule.Answer, error) { return rule.Answer{Verdict: rule.Allowed}, nil }}
	if n := testing.AllocsPerRun(100, func() { _, _ = monitor.Newest().CheckLogin(&login, trial) }); n > 0 {
		t.Errorf("an allowed login allocates %v times", n)
	}
	broken := errors.New("broken")
	for _, bad := range []monitor.Trial{
		{Devices: map[monitor.DeviceType]monitor.DeviceAccess{monitor.OSX: "PERHAPS"}}, {Minimum: map[monitor.DeviceType]string{monitor.OSX: "new"}},
		{Admits: func(netip.Addr) (rule.Answer, error) { return rule.Answer{}, broken }},
	} {
		if a, err := monitor.Newest().CheckLogin(&login, bad); err == nil || a.Verdict != rule.Undocumented {
			t.Errorf("%+v: %v %v", bad, a, err)
		}
	}
}

// A trial tries each login, and passes errors on.
func TestWouldRefuse(t *testing.T) {
	text := string(event(1)) + "\nnonsense\n" + strings.Replace(string(event(2)), "Windows", "OSX", 1) + "\n" + strings.Replace(string(event(3)), "ws-000000003", "ws-3", 1)
	for _, how := range []monitor.Reading{monitor.Lenient, monitor.Strict} {
		r := monitor.Newest()
		var refused []string
		tried, errs := 0, 0
		for one, err := range r.WouldRefuse(r.ReadLogins(strings.NewReader(text), how).All(), monitor.Trial{Devices: map[monitor.DeviceType]monitor.DeviceAccess{monitor.Windows: monitor.DenyDevices}}) {
			if err != nil {
				errs++
				continue
			}
			if tried++; one.Verdict == rule.Denied {
				refused = append(refused, one.ID)
			}
		}
		if tried != 3 || errs != 1 || !slices.Equal(refused, []string{id(1), id(3)}) {
			t.Errorf("%d tried, %d errors, refused %q", tried, errs, refused)
		}
	}
	for range monitor.Newest().WouldRefuse(nil, monitor.Trial{}) {
		t.Error("a login of nothing")
	}
}

func TestReport(t *testing.T) {
	day := time.Date(2026, 9, 1, 23, 30, 0, 0, time.UTC)
	var u monitor.Usage
	for _, l := range []monitor.Login{
		{Workspace: "ws-2", Time: day, Product: "b", Platform: "x"}, {Workspace: "ws-2", Time: day.Add(40 * time.Minute), Product: "a", Platform: "x"}, {Workspace: "ws-2", Time: day.AddDate(0, 0, 3), Product: "a", Platform: "x"},
		{Workspace: "ws-3", Time: day}, {Workspace: "ws-9", Directory: "d-9", Time: day}, {Time: day}, {Workspace: "ws-2"},
	} {
		u.Add(&l)
	}
	u.Add(nil)
	list := []monitor.Desktop{
		{ID: "ws-1", Directory: "d-1", User: "Alice", RunningMode: monitor.AlwaysOn, Protocol: monitor.PCoIP}, {ID: "ws-2", Directory: "d-1", User: "alice", RunningMode: monitor.AlwaysOn},
		{ID: "ws-3", Directory: "d-2", User: "alice", RunningMode: monitor.AutoStop}, {ID: "ws-3", Directory: "d-2", User: "bob"}, {ID: "ws-4", Directory: "d-2", RunningMode: monitor.AlwaysOn, Protocol: monitor.DCV},
		{ID: "ws-5", Directory: "d-2"},
	}
	r, err := monitor.Newest().Report(&u, list)
	if err != nil {
		t.Fatal(err)
	}
	if r.Logins != 8 || len(r.Desktops) != 5 || !slices.Equal(r.Unused, []int{0, 3, 4}) || !slices.Equal(r.AlwaysOn, []int{0, 3, 1}) {
		t.Errorf("%+v", r)
	}
	// 23:30 to 1:10, and an hour from 23:30 on three days later
	if d := r.Desktops[1]; d.Logins != 3 || d.Days != 3 || d.Hours != 5 || !slices.Equal(d.Clients, []monitor.ClientCount{{Product: "a", Platform: "x", Logins: 2}, {Product: "b", Platform: "x", Logins: 1}}) {
		t.Errorf("%+v", d)
	}
	if len(r.Several) != 1 || r.Several[0].Directory != "d-1" || r.Several[0].User != "Alice" || !slices.Equal(r.Several[0].Workspaces, []string{"ws-1", "ws-2"}) || r.Several[0].Used != 1 {
		t.Errorf("%+v", r.Several)
	}
	if len(r.Unlisted) != 1 || r.Unlisted[0].ID != "ws-9" || r.Unlisted[0].Directory != "d-9" {
		t.Errorf("%+v", r.Unlisted)
	}
	// best effort for three of them, and DCV for the two that may have it
	if len(r.Open) != 2 || !strings.HasPrefix(r.Open[0].Reason, "3 ") || !strings.HasPrefix(r.Open[1].Reason, "2 ") {
		t.Errorf("%+v", r.Open)
	}
	if old, err := at(t, "2018-02-03").Report(&u, list); err != nil || len(old.Open) != 1 || old.Open[0].By != rule.ByDocuments {
		t.Errorf("%+v %v", old.Open, err)
	}
	for _, a := range []monitor.Assumption{{Session: -1}, {Session: 721 * time.Hour}, {Timeout: -time.Hour}, {Timeout: 90 * time.Minute}, {Timeout: 721 * time.Hour}} {
		var input *rule.InputError
		if _, err := monitor.Newest().Report(&monitor.Usage{Assumption: a}, list); !errors.As(err, &input) {
			t.Errorf("%+v: %v", a, err)
		}
	}
	if r, err := monitor.Newest().Report(nil, nil); err != nil || r.Open != nil {
		t.Error(r, err)
	}
}

// A pattern is not written for an ID that no WorkSpace or directory has.
func TestPatternIDs(t *testing.T) {
	for path, f := range map[rule.Path]monitor.EventFilter{
		"Workspaces[1]":  {Workspaces: []string{"ws-kcqms853t", "WS-KCQMS853T"}},
		"Directories[0]": {Directories: []string{"domain/d-906732B9AB"}},
	} {
		var bad *rule.InputError
		if _, err := monitor.Newest().Pattern(f); !errors.As(err, &bad) || bad.Path != path {
			t.Errorf("%+v: %v", f, err)
		}
	}
}

// A malformed setting is an error even if no login meets it.
func TestMalformedTrial(t *testing.T) {
	for path, trial := range map[rule.Path]monitor.Trial{
		"Trial.Minimum": {Minimum: map[monitor.DeviceType]string{monitor.OSX: "new"}},
		"Trial.Devices": {Devices: map[monitor.DeviceType]monitor.DeviceAccess{monitor.OSX: "BLOCK"}},
	} {
		n := 0
		for l, err := range monitor.Newest().WouldRefuse(func(yield func(monitor.Login, error) bool) { yield(monitor.Login{ID: "a"}, nil) }, trial) {
			var bad *rule.InputError
			if n++; !errors.As(err, &bad) || bad.Path != path || l.ID != "" {
				t.Errorf("%+v: %+v %v", trial, l, err)
			}
		}
		if n != 1 {
			t.Errorf("%+v: %d errors", trial, n)
		}
	}
}

// The forms of a pattern, by what is found.
func TestCheckPattern(t *testing.T) {
	const access = `"source": ["aws.workspaces"], "detail-type": ["WorkSpaces Access"]`
	for pattern, want := range map[string]string{
		`{` + access + `, "detail": {"clientPlatform": [{"anything-but": ["Windows", "none"]}], "clientVersion": [{"exists": false}, {"prefix": "5."}]}}`: "",
		`{` + access + `, "detail": {"$or": [{"clientPlatform": ["Web"]}, {"workspacesClientProductName": [{"suffix": "WebClient"}]}]}}`:                  "",
		`{` + access + `, "detail": {"workspacesClientProductName": [{"equals-ignore-case": "workspaces desktop CLIENT"}, {"wildcard": "*Web*"}]}}`:       "",
		`{` + access + `, "detail": {"directoryId": [{"prefix": "domain/"}, {"wildcard": "*"}]}, "region": ["us-east-1"], "account": [{"prefix": "1"}]}`:  "",
		`{` + access + `, "detail": {"directoryId": [{"prefix": "d-9"}]}}`:                                                                                "monitor.pattern-value-unknown detail.directoryId[0].prefix",
		`{` + access + `, "detail": {"workspacesClientProductName": ["workspaces desktop client"]}}`:                                                      "monitor.pattern-value-unknown detail.workspacesClientProductName[0]",
		`{` + access + `, "detail": {"workspacesClientProductName": [{"prefix": "workspaces"}]}}`:                                                         "monitor.pattern-value-unknown detail.workspacesClientProductName[0].prefix",
		`{` + access + `, "detail": {"workspacesClientProductName": [{"suffix": "NoSuchClient"}]}}`:                                                       "monitor.pattern-value-unknown detail.workspacesClientProductName[0].suffix",
		`{` + access + `, "detail": {"workspacesClientProductName": [{"equals-ignore-case": "no such client"}]}}`:                                         "monitor.pattern-value-unknown detail.workspacesClientProductName[0].equals-ignore-case",
		`{` + access + `, "{x}": ["y"], "Ab-_9": ["y"]}`:                                                                                                  "monitor.pattern-field-unknown _x_ monitor.pattern-field-unknown Ab-_9",
		`{` + access + `, "detail": {"actionType": ["failedLogin"]}}`:                                                                                     "monitor.pattern-value-unknown detail.actionType[0]",
		`{` + access + `, "detail": {"clientIpAddress": ["192.0.2.0/24"]}}`:                                                                               "monitor.pattern-value-unknown detail.clientIpAddress[0]",
		`{` + access + `, "detail": {"workspaceId": [{"cidr": "192.0.2.0/24"}]}}`:                                                                         "monitor.pattern-value-unknown detail.workspaceId[0].cidr",
		`{` + access + `, "detail": {"workspaceId": [7, null]}}`:                                                                                          "monitor.pattern-value-unknown detail.workspaceId[0] monitor.pattern-value-unknown detail.workspaceId[1]",
		`{` + access + `, "detail": {"workspaceId": [{"numeric": [">", 1]}]}}`:                                                                            "monitor.pattern-value-unknown detail.workspaceId[0].numeric",
		`{` + access + `, "detail": {"workspaceId": [{"numeric": 1}]}}`:                                                                                   "monitor.pattern-malformed detail.workspaceId[0].numeric",
		`{` + access + `, "detail": {"workspaceId": [{"exists": "true"}]}}`:                                                                               "monitor.pattern-malformed detail.workspaceId[0].exists",
		`{` + access + `, "detail": {"workspaceId": [{"wildcard": "ws-**"}]}}`:                                                                            "monitor.pattern-malformed detail.workspaceId[0].wildcard",
		`{` + access + `, "detail": {"workspaceId": [["a"]]}}`:                                                                                            "monitor.pattern-malformed detail.workspaceId[0]",
		`{` + access + `, "detail": {"workspaceId": []}}`:                                                                                                 "monitor.pattern-malformed detail.workspaceId",
		`{` + access + `, "detail": {"workspaceId": [{}]}}`:                                                                                               "monitor.pattern-malformed detail.workspaceId[0]",
		`{` + access + `, "detail": {"workspaceId": [{"prefix": "a", "suffix": "b"}]}}`:                                                                   "monitor.pattern-malformed detail.workspaceId[0]",
		`{` + access + `, "detail": {"workspaceId": {"a": ["b"]}}}`:                                                                                       "monitor.pattern-field-unknown detail.workspaceId",
		`{` + access + `, "detail": ["x"]}`:                                                                                                               "monitor.pattern-field-unknown detail",
		`{` + access + `, "region": {"name": ["us-east-1"]}}`:                                                                                             "monitor.pattern-field-unknown region",
		`{` + access + `, "$or": {"a": 1}}`:                                                                                                               "monitor.pattern-malformed or",
		`{"source": [{"exists": false}, {"exists": true}], "detail-type": [{"exists": false}]}`:                                                           "monitor.pattern-value-unknown source[0].exists monitor.pattern-value-unknown detail-type[0].exists",
		`{"detail-type": ["WorkSpaces Access"]}`:                                                                                                          "monitor.pattern-too-wide ",
		`{"source": ["aws.workspaces"], "detail-type": ["WorkSpaces access"]}`:                                                                            "monitor.pattern-value-unknown detail-type[0]",
		`{"source": ["aws.workspaces"]`:                                                                                                                   "monitor.pattern-malformed ",
		`{` + access + `} {}`:                                                                                                                             "monitor.pattern-malformed ",
		`[]`:                                                                                                                                              "monitor.pattern-malformed  monitor.pattern-too-wide  monitor.pattern-too-wide ",
		``:                                                                                                                                                "monitor.pattern-malformed ",
	} {
		a, err := monitor.Newest().CheckPattern([]byte(pattern))
		var got []string
		for _, v := range a.Violations {
			got = append(got, string(v.Code)+" "+string(v.Path))
		}
		if err != nil || strings.Join(got, " ") != want || len(a.Open) > 0 {
			t.Errorf("%s:\ngot  %q\nwant %q; %v %v", pattern, strings.Join(got, " "), want, a.Open, err)
		}
	}
	deep := `{` + access + `, ` + strings.Repeat(`"$or": [{`, 200) + strings.Repeat(`}]`, 200) + `}`
	if a, err := monitor.Newest().CheckPattern([]byte(deep)); err != nil || a.Verdict != rule.Denied {
		t.Error(a, err)
	}
}

func TestPatternErrors(t *testing.T) {
	for path, f := range map[rule.Path]monitor.EventFilter{
		"Products[0]": {Products: []string{"WorkSpaces Desktop Client"}}, "Platforms[1]": {Platforms: []string{"Web", "macOS"}},
		"From[0]": {From: []netip.Prefix{netip.MustParsePrefix("192.0.2.1/24")}}, "From[1]": {From: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24"), {}}},
	} {
		var input *rule.InputError
		if _, err := monitor.Newest().Pattern(f); !errors.As(err, &input) || input.Path != path {
			t.Errorf("%+v: %v", f, err)
		}
	}
}

// A user with several WorkSpaces is named once, however many they are and whosoever's stand between.
func TestSeveralOfAUser(t *testing.T) {
	var list []monitor.Desktop
	for i := range 12 {
		list = append(list, monitor.Desktop{ID: fmt.Sprintf("ws-%d", i+1), Directory: "d-1", User: []string{"ada", "bob", "eve"}[i%3]})
	}
	list = append(list, monitor.Desktop{ID: "ws-13", Directory: "d-1", User: "zoe"})
	var u monitor.Usage
	r, err := monitor.Newest().Report(&u, list)
	var got []string
	for _, s := range r.Several {
		got = append(got, fmt.Sprint(s.User, len(s.Workspaces)))
	}
	if err != nil || !slices.Equal(got, []string{"ada4", "bob4", "eve4"}) {
		t.Errorf("%q, %v", got, err)
	}
}
