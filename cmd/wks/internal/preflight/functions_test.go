package preflight

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/netip"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"
	"time"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/cmd/wks/internal/collect"
	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// An error is told where its value stands: in the file that it names, below the place that was asked about, or at that place.
func TestWhereErrorsStand(t *testing.T) {
	at := place{File: "f", Path: "L[0]"}.about("subnet", "s-1").below
	for _, tt := range []struct {
		err           error
		place, reason string
	}{
		{newFileError(place{File: "g", Line: 2, Column: 3, Path: "A"}, "is odd\x1b"), "g:2:3: A", `is odd\x1b`},
		{fmt.Errorf("while reading: %w", newFileError(place{File: "g"}, "is odd")), "g", "is odd"},
		{&rule.InputError{Path: "B", Value: "x", Reason: "is odd"}, "f: L[0].B", `"x" is odd`},
		{errors.New("went wrong\x1b"), "f: L[0]", `went wrong\x1b`},
	} {
		if q := unusable(tt.err, at); q.String() != tt.place || q.reason != tt.reason || !q.unusable || q.by != rule.ByInput {
			t.Errorf("%v: %+v, want %q at %s", tt.err, q, tt.reason, tt.place)
		}
	}
}

// A result takes what an answer has, with places and sources; an error takes the place of the answer.
func TestTakeAnswer(t *testing.T) {
	at := place{File: "f"}.below
	cites := [2]rule.Citation{{Document: "one"}, {Document: "another"}}
	answer := rule.Answer{Verdict: rule.Denied, Violations: rule.Violations{{Path: "A", Code: "a.b", Level: rule.Must}}, Open: []rule.Open{{Path: "B", Reason: "why", By: rule.ByContradiction, Cites: cites}}}
	r := allowed()
	r.take(answer, nil, at)
	if r.verdict != rule.Denied || len(r.broken) != 1 || r.broken[0].Code != "a.b" || r.broken[0].at.String() != "f: A" || len(r.open) != 1 {
		t.Fatalf("%+v", r)
	}
	if q := r.open[0]; q.String() != "f: B" || q.reason != "why" || q.by != rule.ByContradiction || q.cites != cites || q.unusable {
		t.Errorf("%+v", q)
	}
	r.take(rule.Answer{Verdict: rule.Allowed}, nil, at)
	if r.verdict != rule.Denied {
		t.Errorf("a second answer takes the first away: %s", r.verdict)
	}
	r = allowed()
	r.take(answer, errors.New("went wrong"), at)
	if r.verdict != rule.Undocumented || len(r.broken) != 0 || len(r.open) != 1 || !r.open[0].unusable || r.open[0].reason != "went wrong" {
		t.Errorf("%+v", r)
	}
	r = allowed()
	r.notGiven(place{File: "g"}, "no %s", "answer")
	if r.verdict != rule.Undocumented || len(r.open) != 1 || r.open[0].File != "g" || r.open[0].reason != "no answer" || r.open[0].by != rule.ByInput || r.open[0].unusable {
		t.Errorf("%+v", r)
	}
	r = allowed()
	r.doubt(nil)
	r.doubt(newFileError(place{File: "h"}, "is odd"))
	if len(r.open) != 1 || r.open[0].File != "h" || r.open[0].reason != "it depends on a value that cannot be used" || r.open[0].by != rule.ByInput || r.verdict != rule.Undocumented {
		t.Errorf("%+v", r)
	}
}

// What the state of a WorkSpace calls for. What somebody has to act on tells its error, and what no document speaks of is asked.
func TestStateOfWorkspace(t *testing.T) {
	for state, want := range map[string]string{
		"ERROR": "true must preflight.workspace-in-error: the state is ERROR: X no luck", "UNHEALTHY": "true should preflight.workspace-unhealthy: the state is UNHEALTHY: X no luck",
		"IMPAIRED": "false undocumented: no document says what to do about a WorkSpace in the state IMPAIRED", "AVAILABLE": "false", "": "false",
	} {
		w := &workspace{build: new(build), site: new(site), roster: newRoster(place{File: "f", Path: "Workspaces"}, new(notes)), index: 3}
		w.State, w.ErrorCode, w.ErrorMessage = state, "X", "no luck"
		s := newSection("x")
		got := fmt.Sprint(w.inState(&s))
		for _, b := range s.broken {
			got += fmt.Sprintf(" %s %s: %s", b.Level, b.Code, b.Detail)
			if b.at.String() != "f: Workspaces[3].State" {
				t.Errorf("%s: at %s", state, b.at)
			}
		}
		for _, q := range s.open {
			got += " " + word(q.by) + ": " + q.reason
			if q.String() != "f: Workspaces[3].State" {
				t.Errorf("%s: at %s", state, q.place)
			}
		}
		if got != want || (s.verdict == rule.Denied) != (state == "ERROR") {
			t.Errorf("%q: %s, %s; want %s", state, got, s.verdict, want)
		}
	}
	r := allowed()
	r.inState(workspaceUnhealthy, place{}, "UNHEALTHY", "", "")
	if r.broken[0].Detail != "the state is UNHEALTHY" {
		t.Errorf("%q", r.broken[0].Detail)
	}
}

// eventsOf are the access events of an export of eu-west-1.
func eventsOf(t *testing.T, files map[string]string) *accessEvents {
	t.Helper()
	a := readFiles(t, files)
	a.readEvents(wks.Newest(), oneRegion(files), 0)
	return a.regions[0].events
}

// Logins are counted in whatever order they come: the first and the last, and of what would be refused the last.
func TestLoginsInAnyOrder(t *testing.T) {
	const beOS = `no document tells the device type of product "WorkSpaces Desktop client" and platform "BeOS"`
	n := 0
	event := func(day int, directory, workspace, address, platform string) string {
		n++
		return accessJSON(n, "eu-west-1", day, directory, workspace, address, platform)
	}
	ev := eventsOf(t, usedFiles(event(12, theDirectory, alice, "198.51.100.7", "Windows")+event(5, theDirectory, alice, "198.51.100.8", "Windows")+event(20, theDirectory, bob, "192.0.2.9", "OSX")+
		event(1, theDirectory, carol, "192.0.2.3", "Windows")+event(12, theDirectory, alice, "198.51.100.9", "Windows")+event(13, "d-000000009", carol, "198.51.100.7", "Windows")+
		event(14, theDirectory, alice, "192.0.2.7", "BeOS")+event(15, theDirectory, alice, "192.0.2.7", "BeOS")+event(16, theDirectory, bob, "198.51.100.7", "BeOS")))
	day := func(n int) time.Time { return time.Date(2026, 9, n, 8, 0, 0, 0, time.UTC) }
	if ev.logins != 9 || !ev.first.Equal(day(1)) || !ev.last.Equal(day(20)) || ev.wrong != nil || len(ev.trials) != 1 || ev.trials[theDirectory] == nil {
		t.Errorf("%d logins from %s to %s, %v, %v", ev.logins, ev.first, ev.last, ev.wrong, ev.trials)
	}
	got := map[refusalKey]string{}
	for key, x := range ev.refused {
		_, address, _ := strings.Cut(x.violation.Detail, "holds ")
		got[key] = fmt.Sprintf("%d until %d %s", x.logins, x.last.Day(), address)
	}
	if want := map[refusalKey]string{{alice, network.ClientNotAdmitted}: "3 until 12 198.51.100.9", {bob, network.ClientNotAdmitted}: "1 until 16 198.51.100.7", {bob, monitor.DeviceTypeBlocked}: "1 until 20 "}; !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if want := map[undecided]int{{beOS, rule.ByInput}: 2}; !reflect.DeepEqual(ev.undecided, want) {
		t.Errorf("%v, want %v", ev.undecided, want)
	}
}

// A WorkSpace without a login is unused if the events go back seven days.
func TestSevenDays(t *testing.T) {
	for last, want := range map[int][]string{
		7: nil, 8: {bob + ": no login from 2026-09-01 to 2026-09-08", carol + ": no login from 2026-09-01 to 2026-09-08"},
	} {
		events := accessJSON(1, "eu-west-1", 1, theDirectory, alice, "192.0.2.7", "Windows") + accessJSON(2, "eu-west-1", last, theDirectory, alice, "192.0.2.7", "Windows")
		if got := details(reported(t, usedFiles(events)), workspaceUnused); !slices.Equal(got, want) {
			t.Errorf("until day %d: %q, want %q", last, got, want)
		}
	}
	// Events of which none can be read tell nothing of time, and one login tells of one moment.
	one := accessJSON(1, "eu-west-1", 1, theDirectory, alice, "192.0.2.7", "Windows")
	for events, want := range map[string]bool{"{\n": false, one: true} {
		rep := reported(t, usedFiles(events))
		asks := slices.ContainsFunc(rep.Open, func(q *finding.Question) bool {
			return q.Reason == "whether WorkSpaces without a login are used: the events go back less than 7 days"
		})
		if got := details(rep, workspaceUnused); asks != want || len(got) > 0 {
			t.Errorf("%.20q: asks %t, %q", events, asks, got)
		}
	}
}

// Ten WorkSpaces that are always on are named, those first that AutoStop would have run the least.
func TestTenAlwaysOn(t *testing.T) {
	for n, want := range map[int]string{
		1:  "always on: 1 WorkSpace; AutoStop after an hour would have run it for 0 of 25 hours, at least: no event tells how long a user stays, and --session TIME does\nthe fewest: ws-0 0 hours on 1 day",
		2:  "always on: 2 WorkSpaces; AutoStop after an hour would have run them for 1 of 50 hours, at least: no event tells how long a user stays, and --session TIME does\nthe fewest: ws-0 0 hours on 1 day, ws-1 1 hour on 1 day",
		10: "ws-8 8 hours on 1 day, ws-9 9 hours on 1 day",
		12: "ws-9 9 hours on 1 day, and 2 more, which wks logins lists",
	} {
		got := monitor.Report{Desktops: make([]monitor.DesktopUse, n)}
		for i := range n {
			got.Desktops[i].ID, got.Desktops[i].Hours, got.Desktops[i].Days = fmt.Sprint("ws-", i), i, 1
			got.AlwaysOn = append(got.AlwaysOn, i)
		}
		c := &regionCheck{regionExport: &regionExport{events: new(accessEvents)}}
		if lines := strings.Join(c.alwaysOn(got, 24*time.Hour), "\n"); !strings.HasSuffix(lines, want) || n < 3 && lines != want {
			t.Errorf("%d: %s", n, lines)
		}
	}
}

// What would be refused is told of the WorkSpace with the most logins first, then by identifier and by code; what is not
// decided by its reason. It breaks no must.
func TestOrderOfRefusals(t *testing.T) {
	refused := func(n int, detail string) *refusal {
		return &refusal{logins: n, last: time.Date(2026, 9, n, 8, 0, 0, 0, time.UTC), violation: rule.Violation{Level: rule.Must, Code: rule.Code("a." + detail), Detail: detail}}
	}
	ev := &accessEvents{
		at: place{File: "e"},
		refused: map[refusalKey]*refusal{
			{"ws-1", "b"}: refused(2, "two"), {"ws-1", "a"}: refused(2, "deux"), {"ws-2", "a"}: refused(5, "five"), {"ws-0", "c"}: refused(2, "zwei"), {"ws-3", "a"}: refused(1, "one"),
		},
		trials:    map[string]*trial{"d-2": {lacks: []string{"it is gone"}}, "d-1": {lacks: []string{"it is new", "it is odd"}}, "d-3": {}},
		undecided: map[undecided]int{{"no version", rule.ByInput}: 1, {"no document", rule.ByDocuments}: 3, {"no document", rule.ByInput}: 2},
	}
	c := &regionCheck{regionExport: &regionExport{events: ev}}
	s := newSection("x")
	c.refusals(&s)
	var got []string
	for _, b := range s.broken {
		got = append(got, fmt.Sprintf("%s %s at %s: %s", b.Level, b.at.resource().ID, b.at, b.Detail))
	}
	for _, q := range s.open {
		got = append(got, word(q.by)+" at "+q.String()+": "+q.reason)
	}
	want := []string{
		"should ws-2 at e: 5 logins would be refused today, the last of 2026-09-05: five", "should ws-0 at e: 2 logins would be refused today, the last of 2026-09-02: zwei",
		"should ws-1 at e: 2 logins would be refused today, the last of 2026-09-02: deux", "should ws-1 at e: 2 logins would be refused today, the last of 2026-09-02: two", "should ws-3 at e: 1 login would be refused today, the last of 2026-09-01: one",
		"not given at e: which logins the settings of d-1 would refuse: it is new", "not given at e: which logins the settings of d-1 would refuse: it is odd", "not given at e: which logins the settings of d-2 would refuse: it is gone",
	}
	if i := len(want); len(got) != i+3 || !slices.Equal(got[:i], want) || !strings.HasSuffix(got[i+2], ": whether 1 login would be refused: no version") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	rest := slices.Sorted(slices.Values(got[min(len(got), len(want)):]))
	if !slices.Equal(rest, []string{"not given at e: whether 1 login would be refused: no version", "not given at e: whether 2 logins would be refused: no document", "undocumented at e: whether 3 logins would be refused: no document"}) {
		t.Errorf("%q", rest)
	}
}

// The front of a file of events tells whether it is one.
func TestFrontOfEvents(t *testing.T) {
	spaces := strings.Repeat(" ", 5000)
	for front, want := range map[string]string{ // what is read, or with a ! in front why it is not
		"{}\n": "{}\n", "\xef\xbb\xbf{}": "{}", spaces + "{}": spaces + "{}", "a,b\n": "a,b\n", `{"message": "An error occurred (X)"}`: `{"message": "An error occurred (X)"}`,
		"": "!is empty: the command that wrote it has failed", " \n": "!is empty: the command that wrote it has failed", "\xff\xfe{": "!is in UTF-16, as the redirection of Windows PowerShell writes; write it in UTF-8",
		"\nAn error occurred (X) when calling\n": `!holds an error of the AWS CLI: "An error occurred (X) when calling"; correct its cause`,
	} {
		r, err := text(strings.NewReader(front), eventsName)
		got := ""
		if err != nil {
			got = "!" + err.Error()
		} else if all, err := io.ReadAll(r); err != nil {
			t.Error(err)
		} else {
			got = string(all)
		}
		if got != want {
			t.Errorf("%.50q: %.80q, want %.80q", front, got, want)
		}
	}
	broken := &fs.PathError{Op: "read", Path: "x", Err: errors.New("went wrong")}
	if _, err := text(iotest.ErrReader(broken), eventsName); err == nil || err.Error() != "went wrong" {
		t.Error(err)
	}
}

// The script asks for each file of an export by its command, in each Region, and first who asks.
func TestScriptAsksForFiles(t *testing.T) {
	var b strings.Builder
	if err := writeCollect(&b, "eu-west-1,us-east-1"); err != nil {
		t.Fatal(err)
	}
	script := b.String()
	for _, c := range commands {
		want := 1
		if c.file == bundlesName { // it is put together of two answers
			want = 0
		}
		if n := strings.Count(script, "\tget "+c.file+" "+c.command+"\n"); n != want {
			t.Errorf("%s is asked for %d times", c.file, n)
		}
	}
	for _, want := range []string{
		"\nif ! aws sts get-caller-identity --region eu-west-1 --output text ", "\nfor region in eu-west-1 us-east-1; do\n", "\n\tbundles describe-workspace-bundles.json\n", "\n" + collect.Permissions("# "),
		"\n\tfor list in $(values DestinationPrefixListId '1,' describe-route-tables.json; values PrefixListId '1,' describe-security-groups.json); do\n\t\tget \"get-managed-prefix-list-entries-$list.json\" ec2 ",
		"\n\t\tfor id in $(values WorkspaceId 12 describe-workspaces.json); do\n\t\t\tget \"describe-tags-$id.json\" workspaces ",
		"\n\tfor key in $(values VolumeEncryptionKey 12 describe-workspaces.json); do\n\t\tget \"describe-key-${key##*/}.json\" kms describe-key --key-id \"$key\"\n\t\tget \"list-grants-${key##*/}.json\" kms list-grants --key-id \"$key\"\n",
	} {
		if n := strings.Count(script, want); n != 1 {
			t.Errorf("%d times %q in\n%s", n, want, script)
		}
	}
	if strings.Contains(script, "%!") {
		t.Error(script)
	}
	if err := writeCollect(fullDisk{}, "eu-west-1"); !errors.Is(err, errFull) {
		t.Error(err)
	}
	if err := writeCollect(io.Discard, "Ireland"); err == nil {
		t.Error("any Region will do")
	}
}

var errFull = errors.New("the disk is full")

// A fullDisk takes nothing.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

// What a directory tells of the clients of its WorkSpaces.
func TestClientOfDirectory(t *testing.T) {
	for text, want := range map[string]network.Client{
		`{"DirectoryId": "d-1"}`:                                                                                                            {Directory: "d-1"},
		`{"DirectoryId": "d-1", "Alias": "corp"}`:                                                                                           {Directory: "corp"},
		`{"DirectoryId": "d-1", "EndpointEncryptionMode": "FIPS_VALIDATED"}`:                                                                {Directory: "d-1", FIPS: true},
		`{"DirectoryId": "d-1", "EndpointEncryptionMode": "STANDARD_TLS"}`:                                                                  {Directory: "d-1"},
		`{"DirectoryId": "d-1", "SamlProperties": {"Status": "ENABLED"}}`:                                                                   {Directory: "d-1", SAML: true},
		`{"DirectoryId": "d-1", "SamlProperties": {"Status": "DISABLED"}}`:                                                                  {Directory: "d-1"},
		`{"DirectoryId": "d-1", "StreamingProperties": {"GlobalAccelerator": {"Mode": "ENABLED_AUTO"}}}`:                                    {Directory: "d-1", Accelerator: true},
		`{"DirectoryId": "d-1", "StreamingProperties": {"GlobalAccelerator": {"Mode": "DISABLED"}}}`:                                        {Directory: "d-1"},
		`{"DirectoryId": "d-1", "SamlProperties": {"Status": "ENABLED_WITH_DIRECTORY_LOGIN_FALLBACK"}}`:                                     {Directory: "d-1", SAML: true},
		`{"DirectoryId": "d-1", "WorkspaceAccessProperties": {"AccessEndpointConfig": {"AccessEndpoints": [{"VpcEndpointId": "vpce-1"}]}}}`: {Directory: "d-1", StreamingEndpoint: true},
	} {
		var d directory
		if err := json.Unmarshal([]byte(text), &d); err != nil {
			t.Fatal(err)
		}
		want.Region, want.Protocol = "eu-west-1", network.ProtocolDCV
		if got := d.client("eu-west-1", network.ProtocolDCV); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", text, got, want)
		}
	}
	c := &regionCheck{regionExport: &regionExport{region: "eu-west-1"}}
	if at := c.firewall(network.ProtocolPCoIP); at.String() != "firewall.txt" || at.resource() != (finding.Resource{Kind: "firewall", ID: "firewall.txt", Part: "for PCoIP clients of eu-west-1"}) {
		t.Errorf("%+v", at)
	}
}

// Each type of devices has the member of its name, and one without a value is not named.
func TestTypesOfDevices(t *testing.T) {
	for _, typ := range []devices.DeviceType{"DeviceTypeAndroid", "DeviceTypeChromeOs", "DeviceTypeIos", "DeviceTypeLinux", "DeviceTypeOsx", "DeviceTypeWeb", "DeviceTypeWindows", "DeviceTypeWorkSpacesThinClient", "DeviceTypeZeroClient"} {
		var p accessProperties
		if err := json.Unmarshal([]byte(`{"`+string(typ)+`": "DENY"}`), &p); err != nil {
			t.Fatal(err)
		}
		if got := p.deviceTypes(); !reflect.DeepEqual(got, map[devices.DeviceType]string{typ: "DENY"}) {
			t.Errorf("%s: %v", typ, got)
		}
	}
	c := &regionCheck{censuses: map[string]*census{"pcoip": {workspaces: 1, pcoip: true}, "dcv": {workspaces: 2}, "untold": {workspaces: 2, pcoip: true, untold: true}, "empty": {}}}
	for id, want := range map[string]string{"pcoip": "true", "dcv": "false", "untold": "?", "empty": "?", "none": "?"} {
		got := "?"
		if p := c.streamsPCoIP(&directory{DirectoryId: id}); p != nil {
			got = fmt.Sprint(*p)
		}
		if got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
}

// Each error of a tree is noted, and is the error of an export of which nothing can be used.
func TestRefuse(t *testing.T) {
	a := &account{regions: []*regionExport{{files: map[string]bool{"a": false}}, {files: map[string]bool{}}}}
	a.refuse(nil)
	if len(a.refused)+len(a.notes) > 0 || a.nothing() != nil {
		t.Errorf("%v, %+v", a.refused, a.notes)
	}
	one, another := newFileError(place{File: "f", Path: "A"}, "is odd"), newFileError(place{File: "g"}, "is gone")
	a.refuse(errors.Join(one, errors.Join(another)))
	a.refuse(errors.New("went wrong"))
	want := notes{{place: one.place, Text: "is odd; the file is not used", Unusable: true}, {place: another.place, Text: "is gone; the file is not used", Unusable: true}, {Text: "went wrong", Unusable: true}}
	if !reflect.DeepEqual(a.notes, want) {
		t.Errorf("%+v, want %+v", a.notes, want)
	}
	if err := a.nothing(); err == nil || err.Error() != "f: A: is odd\ng: is gone\nwent wrong" {
		t.Errorf("%v", err)
	}
	a.regions[1].files["b"] = true
	if err := a.nothing(); err != nil {
		t.Errorf("%v, though a file is used", err)
	}
}

// Why a key cannot be read is told where the value stands.
func TestErrorOfKey(t *testing.T) {
	files := fstest.MapFS{"sound": {Data: []byte(describedKey("Enabled"))}, "typed": {Data: []byte(`{"KeyMetadata": {"Arn": 5}}`)}, "cut": {Data: []byte(`{"KeyMetadata"`)}}
	for _, tt := range []struct {
		file string
		err  error
		want string
	}{
		{"sound", &rule.InputError{Path: "KeyMetadata.Arn", Value: "x", Reason: "is odd"}, `sound: KeyMetadata.Arn: "x" is odd`},
		{"sound", errors.New("went wrong"), "sound: went wrong"},
		{"typed", errors.New("went wrong"), "typed:1:25: KeyMetadata.Arn: is a number, want a string; the value is 5"},
		{"cut", errors.New("went wrong"), "cut:1:14: ends in the middle of a value: the file is cut off"},
	} {
		if got := keyError(files, tt.file, tt.err); got == nil || got.Error() != tt.want {
			t.Errorf("%s: %v, want %s", tt.file, got, tt.want)
		}
	}
}

// What the export tells of an account that brings its own licences is taken from it, with where it stands. Of what
// byol.json tells, too, the export counts where it is an answer of AWS.
func TestFactsOfExport(t *testing.T) {
	const region, chosen, account = "eu-west-1", "DedicatedTenancyManagementCidrRange", "eu-west-1/describe-account.json"
	yes, no := new(true), new(false)
	prefix := new(netip.MustParsePrefix("10.40.0.0/16"))
	inUse := result{broken: []broken{{Violation: rule.Violation{Code: network.ManagementCIDRInUse}}}}
	other := result{broken: []broken{{Violation: rule.Violation{Code: network.ManagementCIDROutsideParents}}}}
	answered := func(f byol.Facts) byol.Facts {
		f.Region, f.DedicatedTenancySupport, f.DedicatedTenancyAccountType = region, "ENABLED", "SOURCE_ACCOUNT"
		return f
	}
	asked := map[rule.Path]string{"DedicatedTenancySupport": account + ": DedicatedTenancySupport", "DedicatedTenancyAccountType": account + ": DedicatedTenancyAccountType"}
	with := func(more ...string) map[rule.Path]string {
		m := map[rule.Path]string{}
		for p, at := range asked {
			m[p] = at
		}
		for i := 0; i < len(more); i += 2 {
			m[rule.Path(more[i])] = more[i+1]
		}
		return m
	}
	directories := readFiles(t, desktopFiles(directoriesName, `{"Directories": [{"DirectoryId": "d-1", "Tenancy": "SHARED", "DirectoryType": "AD_CONNECTOR"}, {"DirectoryId": "d-2", "Tenancy": "DEDICATED", "DirectoryType": "SIMPLE_AD"}]}`)).regions[0].directories
	shared := readFiles(t, desktopFiles(directoriesName, `{"Directories": [{"DirectoryId": "d-1", "Tenancy": "SHARED", "DirectoryType": "AD_CONNECTOR"}, {"DirectoryId": "d-2"}]}`)).regions[0].directories
	amis := readFiles(t, desktopFiles(amisName, `{"Images": [{"ImageId": "ami-1", "BlockDeviceMappings": [{"Ebs": {"Encrypted": true}}]}, {"ImageId": "ami-2"}]}`)).regions[0].amis
	for name, tt := range map[string]struct {
		told   byolFile
		byol   *byolRange
		export regionExport
		want   byol.Facts
		files  map[rule.Path]string
		open   string
	}{
		"no account":       {byolFile{}, nil, regionExport{}, byol.Facts{Region: region}, map[rule.Path]string{}, ""},
		"chosen":           {byolFile{}, &byolRange{Chosen: prefix}, regionExport{}, answered(byol.Facts{ManagementCIDRChosen: yes, ManagementCIDRConflicts: no}), with("ManagementCIDRChosen", account+": "+chosen, "ManagementCIDRConflicts", account+": "+chosen), ""},
		"in use":           {byolFile{}, &byolRange{Chosen: prefix, result: inUse}, regionExport{}, answered(byol.Facts{ManagementCIDRChosen: yes, ManagementCIDRConflicts: yes}), with("ManagementCIDRChosen", account+": "+chosen, "ManagementCIDRConflicts", account+": "+chosen), ""},
		"in use, partly":   {byolFile{}, &byolRange{Chosen: prefix, Partial: true, result: inUse}, regionExport{}, answered(byol.Facts{ManagementCIDRChosen: yes, ManagementCIDRConflicts: yes}), with("ManagementCIDRChosen", account+": "+chosen, "ManagementCIDRConflicts", account+": "+chosen), ""},
		"partly":           {byolFile{}, &byolRange{Chosen: prefix, Partial: true, result: other}, regionExport{}, answered(byol.Facts{ManagementCIDRChosen: yes}), with("ManagementCIDRChosen", account+": "+chosen), ""},
		"none":             {byolFile{}, &byolRange{}, regionExport{}, answered(byol.Facts{ManagementCIDRChosen: no}), with("ManagementCIDRChosen", account+": "+chosen), ""},
		"told":             {byolFile{Facts: byol.Facts{ManagementCIDRChosen: no, ManagementCIDRConflicts: yes}}, &byolRange{Chosen: prefix}, regionExport{}, answered(byol.Facts{ManagementCIDRChosen: no, ManagementCIDRConflicts: yes}), asked, ""},
		"told as it is":    {byolFile{Facts: byol.Facts{Region: region, DedicatedTenancySupport: "ENABLED", ManagementCIDRChosen: no}}, &byolRange{}, regionExport{}, answered(byol.Facts{ManagementCIDRChosen: no}), asked, ""},
		"told otherwise":   {byolFile{Facts: byol.Facts{DedicatedTenancySupport: "DISABLED", ManagementCIDRChosen: no}}, &byolRange{}, regionExport{}, answered(byol.Facts{ManagementCIDRChosen: no}), asked, `eu-west-1/byol.json: Facts.DedicatedTenancySupport: is "DISABLED", and describe-account.json says "ENABLED"`},
		"another type":     {byolFile{Facts: byol.Facts{DedicatedTenancyAccountType: "TARGET_ACCOUNT", ManagementCIDRChosen: no}}, &byolRange{}, regionExport{}, answered(byol.Facts{ManagementCIDRChosen: no}), asked, `eu-west-1/byol.json: Facts.DedicatedTenancyAccountType: is "TARGET_ACCOUNT", and describe-account.json says "SOURCE_ACCOUNT"`},
		"another Region":   {byolFile{Facts: byol.Facts{Region: "us-east-1"}}, nil, regionExport{}, byol.Facts{Region: region}, map[rule.Path]string{}, "eu-west-1/byol.json: Facts.Region: is us-east-1, and the file is one of eu-west-1"},
		"directories":      {byolFile{}, nil, regionExport{directories: directories}, byol.Facts{Region: region, Directory: &byol.Directory{Kind: "SIMPLE_AD", Tenancy: "DEDICATED"}}, map[rule.Path]string{"Directory": "eu-west-1/describe-workspace-directories.json: Directories[1]"}, ""},
		"none dedicated":   {byolFile{}, nil, regionExport{directories: shared}, byol.Facts{Region: region, Directory: &byol.Directory{Kind: "AD_CONNECTOR", Tenancy: "SHARED"}}, map[rule.Path]string{"Directory": "eu-west-1/describe-workspace-directories.json: Directories[0]"}, ""},
		"a told directory": {byolFile{Facts: byol.Facts{Directory: &byol.Directory{Kind: "X"}}}, nil, regionExport{directories: shared}, byol.Facts{Region: region, Directory: &byol.Directory{Kind: "X"}}, map[rule.Path]string{}, ""},
		"an AMI":           {byolFile{Import: plannedImport{Ec2ImageId: "ami-1"}}, nil, regionExport{amis: amis}, byol.Facts{Region: region, Format: "AMI", SourceAMIEncrypted: yes}, map[rule.Path]string{"SourceAMIEncrypted": "eu-west-1/describe-images.json: Images[0]"}, ""},
		"an unknown AMI":   {byolFile{Import: plannedImport{Ec2ImageId: "ami-9"}}, nil, regionExport{amis: amis}, byol.Facts{Region: region, Format: "AMI"}, map[rule.Path]string{}, ""},
		"volumes not told": {byolFile{Import: plannedImport{Ec2ImageId: "ami-2"}}, nil, regionExport{amis: amis}, byol.Facts{Region: region, Format: "AMI"}, map[rule.Path]string{}, ""},
		"a told format":    {byolFile{Import: plannedImport{Ec2ImageId: "ami-1"}, Facts: byol.Facts{Format: "OVA", SourceAMIEncrypted: no}}, nil, regionExport{amis: amis}, byol.Facts{Region: region, Format: "OVA", SourceAMIEncrypted: no}, map[rule.Path]string{}, ""},
	} {
		e := tt.export
		e.region, e.dir, e.facts, e.tenancy = region, region, &tt.told, &accountFile{DedicatedTenancySupport: "ENABLED", DedicatedTenancyAccountType: "SOURCE_ACCOUNT"}
		c := &regionCheck{regionExport: &e, report: &regionReport{BYOL: tt.byol}}
		s := newSection("x")
		facts, files := c.accountFacts(&s)
		at, open := map[rule.Path]string{}, ""
		for p, f := range files {
			at[p] = f.String()
		}
		for _, q := range s.open {
			open += q.String() + ": " + q.reason
		}
		if !reflect.DeepEqual(facts, tt.want) || !reflect.DeepEqual(at, tt.files) || open != tt.open {
			t.Errorf("%s: %+v, %v, %s; want %+v, %v, %s", name, facts, at, open, tt.want, tt.files, tt.open)
		}
	}
}

// The lines about images and tasks.
func TestImagesAndTasks(t *testing.T) {
	rep := told(t, desktopFiles(
		imagesName, `{"Images": [{"ImageId": "wsi-1", "State": "AVAILABLE", "RequiredTenancy": "DEDICATED"}, {"ImageId": "wsi-2", "State": "AVAILABLE", "RequiredTenancy": "DEFAULT"}]}`,
		tasksName, `{"ImportImageTasks": [{"ImportTaskId": "import-ami-1", "Status": "completed", "ImageId": "ami-1", "StatusMessage": "all is well"}, {"ImportTaskId": "import-ami-2", "Status": "active", "Encrypted": true}]}`))
	const tasks = "undocumented\nimport-ami-1 completed: ami-1: all is well\nimport-ami-2 active: the AMI will be encrypted\nundocumented: no document of BYOL says what the messages of these tasks mean at describe-import-image-tasks.json ImportImageTasks[0]\n"
	for title, want := range map[string]string{"WorkSpaces images": "allowed\n2 images, 1 of them for BYOL\n", "tasks of VM Import/Export": tasks} {
		if got := whole(rep, title); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", title, got, want)
		}
	}
	rep = told(t, desktopFiles(tasksName, `{"ImportImageTasks": []}`))
	if got := whole(rep, "tasks of VM Import/Export"); got != "" {
		t.Errorf("no task: %s", got)
	}
}

// How many calls migrations take, and how long.
func TestEstimate(t *testing.T) {
	for want, e := range map[string]migrate.Estimate{
		"1 call; at most 1h0m0s in all":                                                    {Calls: 1, CallTime: 400 * time.Millisecond, Longest: time.Hour},
		"1 call, which takes at least 1s at the documented quota; at most 0s in all":       {Calls: 1, CallTime: time.Second},
		"12 calls, which take at least 3s at the documented quota; at most 1h30m1s in all": {Calls: 12, CallTime: 3400 * time.Millisecond, Longest: 90*time.Minute + 600*time.Millisecond},
	} {
		if got := new(fleet).estimate(e); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A WorkSpace that is to be migrated is what the export tells of it, but for what the plan says otherwise.
func TestMemberOfFleet(t *testing.T) {
	const target = `"Target": {"BundleID": "wsb-222222222", "OS": "WINDOWS_SERVER_2022", "License": "public", "Protocol": "WSP", "Compute": "STANDARD"}`
	now := time.Date(2026, 9, 10, 8, 0, 0, 0, time.UTC)
	desktop := func(protocols string) string {
		return `{"WorkspaceId": "ws-00000001", "DirectoryId": "d-000000001", "UserName": "ada", "BundleId": "wsb-000000000", "SubnetId": "subnet-1", "State": "AVAILABLE", "VolumeEncryptionKey": "` + keyARN + `", "RootVolumeEncryptionEnabled": true, "UserVolumeEncryptionEnabled": true,
			"WorkspaceProperties": {"OperatingSystemName": "WINDOWS_SERVER_2019", "ComputeTypeName": "POWER", "Protocols": [` + protocols + `]}}`
	}
	for name, tt := range map[string]struct {
		protocols, source string
		want              migrate.Desktop
	}{
		"of the export": {`"WSP"`, `{"License": "custom"}`, migrate.Desktop{OS: "WINDOWS_SERVER_2019", License: "custom", Protocol: "WSP", Compute: "POWER", Region: "eu-west-1", BundleID: "wsb-000000000"}},
		"two protocols": {`"WSP", "PCOIP"`, `{"License": "custom"}`, migrate.Desktop{OS: "WINDOWS_SERVER_2019", License: "custom", Compute: "POWER", Region: "eu-west-1", BundleID: "wsb-000000000"}},
		"of the plan":   {`"WSP"`, `{"License": "custom", "OS": "WINDOWS_SERVER_2016", "Protocol": "PCOIP", "Compute": "STANDARD", "BundleID": "wsb-333333333", "Region": "eu-west-1"}`, migrate.Desktop{OS: "WINDOWS_SERVER_2016", License: "custom", Protocol: "PCOIP", Compute: "STANDARD", Region: "eu-west-1", BundleID: "wsb-333333333"}},
	} {
		a := readFiles(t, registeredFiles([2]int{100, 100}, workspacesName, fleetJSON(desktop(tt.protocols))))
		a.planName = "plan.json"
		a.decodePlan(fstest.MapFS{"plan.json": {Data: []byte(`{"Migrations": [{"WorkspaceId": "ws-00000001", "Source": ` + tt.source + `, ` + target + `}]}`)}}, "plan.json")
		d, _ := a.desktop("ws-00000001")
		f := &fleet{export: d.export, unusable: allowed(), targets: map[string]migrate.Target{}, places: map[string]place{}}
		f.add(wks.Newest().Migrate, a.plan.Migrations[0], d.workspace, place{File: "plan.json", Path: "Migrations[0]"}, now)
		if len(f.members) != 1 || len(f.unusable.open) > 0 {
			t.Errorf("%s: %+v", name, f)
			continue
		}
		m := f.members[0]
		if ready := m.Ready; ready == nil || ready.Verdict == rule.Denied {
			t.Errorf("%s: %+v", name, ready)
		}
		m.Ready = nil
		if want := (migrate.Workspace{ID: "ws-00000001", Source: tt.want, DirectoryID: "d-000000001", UserName: "ada", SubnetID: "subnet-1", Key: keyARN, Grants: migrate.Grants(true, true)}); !reflect.DeepEqual(m, want) {
			t.Errorf("%s: %+v, want %+v", name, m, want)
		}
		if to := f.targets[m.ID].Desktop; to.Region != "eu-west-1" || to.BundleID != "wsb-222222222" {
			t.Errorf("%s: %+v", name, to)
		}
		if at := f.places[m.ID]; at.String() != "plan.json: Migrations[0]" || at.resource().ID != "ws-00000001" || at.resource().User != "ada" {
			t.Errorf("%s: %+v", name, at)
		}
	}
}

// A second wave begins where the first ends.
func TestWavesOfPlan(t *testing.T) {
	var desktops, wanted []string
	for i := range 3 {
		desktops = append(desktops, fmt.Sprintf(`{"WorkspaceId": "ws-0000000%d", "DirectoryId": "d-000000001", "UserName": "u%d", "BundleId": "wsb-000000000", "SubnetId": "subnet-1", "State": "AVAILABLE", "WorkspaceProperties": {"OperatingSystemName": "WINDOWS_SERVER_2016", "ComputeTypeName": "STANDARD", "Protocols": ["WSP"]}}`, i, i))
		wanted = append(wanted, fmt.Sprintf(`{"WorkspaceId": "ws-0000000%d", "Source": {"License": "custom"}, "Target": {"BundleID": "wsb-111111111", "OS": "WINDOWS_SERVER_2019", "License": "public", "Protocol": "WSP", "Compute": "STANDARD"}}`, i))
	}
	_, rep := plannedParts(t, registeredFiles([2]int{2, 100}, workspacesName, fleetJSON(desktops...)), `{"Migrations": [`+strings.Join(wanted, ", ")+`]}`)
	want := []bar{{"wave 1", 2, 25, "2 WorkSpaces, from hour 0 to hour 1 at the latest"}, {"wave 2", 1, 25, "1 WorkSpaces, from hour 1 to hour 2 at the latest"}}
	if len(rep.Plan) != 1 || !slices.Equal(rep.Plan[0].chart.Bars, want) {
		t.Fatalf("%+v", rep.Plan)
	}
	if lines := strings.Join(rep.Plan[0].Lines, "\n"); !strings.HasPrefix(lines, "wave 1: ws-00000000, ws-00000001\nwave 2: ws-00000002\n") || !strings.Contains(lines, " in all\neach gets a new ID") {
		t.Errorf("%s", lines)
	}
}

// The changes of a WorkSpace begin when the last ones permit it.
func TestPlanOfChanges(t *testing.T) {
	power := strings.NewReplacer("STANDARD", "POWER", "80", "175", "50", "100").Replace(sound)
	files := registeredFiles([2]int{100, 100}, workspacesName, fleetJSON(desktopJSON("ws-1", "", sound), desktopJSON("ws-2", "", power)))
	for wish, want := range map[string]string{
		`"UserVolumeSizeGib": 100, "Launched": "2026-01-01T00:00:00Z", "UserVolumeChanged": "2026-09-10T06:00:00Z"`:               "1. 2026-09-10 12:00 UTC: user volume to 100 GiB, which may take up to 2h\n",
		`"ComputeTypeName": "POWER", "Launched": "2026-01-01T00:00:00Z", "LargerComputeTypeAsked": "2026-09-10T07:00:00Z"`:        "1. 2026-09-10 13:00 UTC: compute type to POWER, which may take up to 1h\n",
		`"ComputeTypeName": "PERFORMANCE", "Launched": "2026-01-01T00:00:00Z", "SmallerComputeTypeAsked": "2026-09-01T08:00:00Z"`: "1. 2026-10-01 08:00 UTC: compute type to PERFORMANCE, which may take up to 1h\n",
		`"RunningMode": "AUTO_STOP", "RunningModeAutoStopTimeoutInMinutes": 120`:                                                  "1. 2026-09-10 08:00 UTC: running mode to AUTO_STOP, stopping after 120 minutes\n",
		`"RunningMode": "ALWAYS_ON"`: "it is so already\n",
	} {
		id := "ws-1"
		if strings.Contains(wish, "PERFORMANCE") {
			id = "ws-2"
		}
		got, rep := plannedParts(t, files, `{"Workspaces": [{"WorkspaceId": "`+id+`", `+wish+`}]}`)
		if want = "plan for " + id + " in eu-west-1: allowed\n" + want; len(got) != 1 || got[0] != want || rep.Plan[0].region != "eu-west-1" {
			t.Errorf("%s: got\n%s\nwant\n%s", wish, strings.Join(got, "\n"), want)
		}
	}
}

// JSON is read into types that can hold it, and an object has a bound of members.
func TestTypesThatAreRead(t *testing.T) {
	object := func(members int) reflect.Type {
		var fields []reflect.StructField
		for i := range members {
			fields = append(fields, reflect.StructField{Name: fmt.Sprint("F", i), Type: reflect.TypeFor[string]()})
		}
		return reflect.StructOf(fields)
	}
	for want, typ := range map[string]reflect.Type{"": object(128), "has more than 128 members": object(129), "preflight: no JSON is read into a chan int": reflect.TypeFor[chan int](), "preflight: no JSON is read into a float64": reflect.TypeFor[[]float64]()} {
		func() {
			defer func() {
				if got := recover(); (got == nil) != (want == "") || !strings.HasSuffix(fmt.Sprint(got), want) && got != nil {
					t.Errorf("%v, want %q", got, want)
				}
			}()
			newForm(typ)
		}()
	}
	type inner struct {
		A int `json:"a,omitempty"`
		B *string
	}
	type outer struct {
		inner
		Renamed bool `name:"renamed" need:"true"`
		C       []int
		hidden  string
		Skipped unread
	}
	var got outer
	got.hidden = "kept"
	var n notes
	wrong, err := decodeUsable(fstest.MapFS{"f": {Data: []byte(`{"a": 1, "B": "b", "renamed": true, "C": [1, 2], "hidden": "x", "Renamed": false, "Skipped": {"any": "thing"}}`)}}, "f", &got, &n)
	if err != nil || len(wrong) > 0 || got.A != 1 || got.B == nil || *got.B != "b" || !got.Renamed || !slices.Equal(got.C, []int{1, 2}) || got.hidden != "kept" || got.Skipped != nil {
		t.Errorf("%+v, %v, %v", got, wrong, err)
	}
	var unknown []string
	for _, x := range n {
		unknown = append(unknown, x.Text)
	}
	const rest = " is not known and is not read, here and in the rest of the file"
	if !slices.Equal(unknown, []string{`the member "hidden"` + rest, `the member "Renamed"` + rest}) {
		t.Errorf("%q", unknown)
	}
}

// What can be used of a list is used: an element of the file's own list has the rest, an object in a list below is empty,
// and what is no object is left out.
func TestWhatCanBeUsedOfLists(t *testing.T) {
	type below struct {
		A string
		N int
	}
	type own struct {
		ID    string `name:"Id"`
		Below []below
		Texts []string
	}
	var got struct {
		List []own
		Text string
	}
	var n notes
	wrong, err := decodeUsable(fstest.MapFS{"f": {Data: []byte(`{"List": [{"Id": "a", "Below": [{"A": "x", "N": 1}, {"A": "y", "N": "bad"}, {"A": "z"}], "Texts": ["p", 5, "q"]}, {"Id": 5, "Texts": ["r"]}, 7, {"Id": "b"}], "Text": "t"}`)}}, "f", &got, &n)
	if err != nil || got.Text != "t" || len(n) > 0 {
		t.Errorf("%+v, %v", got, err)
	}
	if want := []own{{"a", []below{{"x", 1}, {}, {"z", 0}}, []string{"p", "q"}}, {"", nil, []string{"r"}}, {}, {"b", nil, nil}}; !reflect.DeepEqual(got.List, want) {
		t.Errorf("%+v, want %+v", got.List, want)
	}
	var told []string
	for _, w := range wrong {
		told = append(told, string(w.Path)+" "+withValue(w.msg, w.value))
	}
	if want := []string{`List[0].Below[1].N is a string, want a whole number; the value is "bad"`, "List[0].Texts[1] is a number, want a string; the value is 5", "List[1].Id is a number, want a string; the value is 5", "List[2] is not an object"}; !slices.Equal(told, want) {
		t.Errorf("%q, want %q", told, want)
	}
}

// The parts of the page, in order, each only if there is something to say.
func TestPartsOfPage(t *testing.T) {
	quiet := result{Answer: "allowed", verdict: rule.Allowed}
	calm := regionReport{Region: "us-east-1", Sections: []section{{kind: "desktops", Title: "desktops", result: quiet}}}
	rep := &report{
		Regions: []regionReport{calm, someParts()}, Plan: []section{{Title: "plan for ws-1", result: quiet, Lines: []string{"1. now"}}}, Proposals: []proposal{{Why: "the first"}, {Why: "the second"}},
		Notes: []note{{place: place{File: "f", Path: "A"}, Text: "is odd", Value: `"x"`, Unusable: true}, {place: place{File: "f", Path: "B"}, Text: "is odd", Unusable: true}, {place: place{File: "f", Path: "C"}, Text: "is odd"}},
	}
	page := func(rep *report) string {
		var b strings.Builder
		if err := rep.details().Render(&b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	headings := func(text string) (list []string) {
		for _, m := range regexp.MustCompile(`<h2 id="([^"]*)">([^<]*)</h2>`).FindAllStringSubmatch(text, -1) {
			list = append(list, m[1]+" "+m[2])
		}
		return list
	}
	text := page(rep)
	if got, want := headings(text), []string{"in-order In order", "plan Plan", "region-0 us-east-1", "region-1 eu-west-1", "proposals One BYOL management range that is free in all Regions above, as far as is known", "notes About the input"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	plain := strings.Trim(regexp.MustCompile(`(<[^>]*>)+`).ReplaceAllString(text, "|"), "|")
	for _, want := range []string{
		"In order|us-east-1|desktops|Plan|plan for ws-1|allowed|1. now|us-east-1|What is in order in us-east-1|desktops|allowed|eu-west-1|VPC (office)|", "|What is in order in eu-west-1|One BYOL management range that is free in all Regions above, as far as is known|the first|the second|About the input|",
	} {
		if !strings.Contains(plain, want) {
			t.Errorf("no %q in\n%s", want, plain)
		}
	}
	if want := "|About the input|cannot be used|: |f: A, and 1 more|: is odd; the value is &#34;x&#34;|f: C|: is odd"; !strings.HasSuffix(plain, want) {
		t.Errorf("no %q at the end of\n%s", want, plain)
	}
	if got := headings(page(&report{Regions: []regionReport{{Region: "us-east-1"}}})); !slices.Equal(got, []string{"region-0 us-east-1"}) {
		t.Errorf("%q", got)
	}
}

// Clients of a WorkSpace pass the firewall by its protocol.
func TestStreamsThrough(t *testing.T) {
	for _, tt := range []struct {
		protocols []string
		kind      string
		pcoip     bool
		dcv       bool
	}{{[]string{"PCOIP"}, "firewall", true, false}, {[]string{"WSP"}, "firewall", false, true}, {[]string{"PCOIP", "WSP"}, "firewall", true, true}, {nil, "firewall", false, false}, {[]string{"BYOP"}, "firewall", false, false}, {[]string{"WSP"}, "subnet", false, false}} {
		d := &Desktop{Protocols: tt.protocols}
		of := func(p string) bool {
			return d.streamsThrough(finding.Resource{Kind: tt.kind, ID: "firewall.txt", Part: "for " + p + " clients of eu-west-1"})
		}
		if of("PCoIP") != tt.pcoip || of("DCV") != tt.dcv {
			t.Errorf("%+v: %t, %t", tt, of("PCoIP"), of("DCV"))
		}
	}
}

// What the sections about ports found: closed if a rule is broken, open if nothing is broken or asked, and else not known.
func TestPortsOfDesktop(t *testing.T) {
	closed, other := []broken{{Violation: rule.Violation{Code: network.FirewallLacksGateways}}, {Violation: rule.Violation{Code: network.SecurityGroupLacksPort}}}, []broken{{Violation: rule.Violation{Code: "a.b"}}}
	for name, tt := range map[string]struct {
		r    result
		want string
	}{"open": {result{}, "true"}, "closed": {result{broken: closed}, "false"}, "closed and asked": {result{broken: closed, open: make([]question, 1)}, "false"}, "asked": {result{open: make([]question, 1)}, "?"}, "another rule": {result{broken: other}, "?"}} {
		r := &regionReport{Sections: []section{
			{kind: "firewall", Title: "firewall, for clients with DCV over IPv4", result: tt.r}, {kind: "firewall", Title: "firewall, for clients with DCVX over IPv4"}, {kind: "subnets", Title: "with PCoIP over"},
			{kind: "security groups", Title: "security group sg-1 of directory d-1", result: tt.r}, {kind: "security groups", Title: "security group sg-1 of directory d-2", result: result{broken: closed}},
		}}
		d := Desktop{Directory: "d-1", ClientPorts: map[network.Protocol]bool{}}
		r.tellPorts(&d)
		outbound, ports := "?", "?"
		if d.OutboundOpen != nil {
			outbound = fmt.Sprint(*d.OutboundOpen)
		}
		if open, known := d.ClientPorts[network.ProtocolDCV]; known {
			ports = fmt.Sprint(open)
		}
		if _, known := d.ClientPorts[network.ProtocolPCoIP]; known || outbound != tt.want || ports != tt.want {
			t.Errorf("%s: %s, %v; want %s", name, outbound, d.ClientPorts, tt.want)
		}
	}
}

// A management range that one VPC uses is in use, whichever VPC is first; the chosen one is that.
func TestBlocksOfCandidates(t *testing.T) {
	prefix := netip.MustParsePrefix("198.19.0.0/16")
	in := func(free bool) registration {
		return registration{Candidates: []candidate{{Prefix: prefix, Free: free}}}
	}
	for name, tt := range map[string]struct {
		r    regionReport
		used []netip.Prefix
		want blockState
	}{
		"free": {regionReport{Registrations: []registration{in(true), in(true)}}, nil, candidateFree}, "used": {regionReport{Registrations: []registration{in(true), in(false)}}, nil, candidateInUse},
		"used first": {regionReport{Registrations: []registration{in(false), in(true)}}, nil, candidateInUse}, "chosen": {regionReport{Registrations: []registration{in(true)}, BYOL: &byolRange{Chosen: &prefix}}, nil, blockChosen},
		"not chosen": {regionReport{BYOL: &byolRange{}}, nil, blockFree}, "of a network": {regionReport{}, []netip.Prefix{netip.MustParsePrefix("198.19.7.0/24")}, blockUsed},
	} {
		c := &regionCheck{rules: wks.Newest(), report: &tt.r}
		list, err := c.blocks(tt.used)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, p := range list {
			for _, x := range p.Cells {
				if x.Prefix == prefix {
					n++
					if x.State != tt.want {
						t.Errorf("%s: %s, want %s", name, x.State, tt.want)
					}
				}
			}
		}
		if n != 1 {
			t.Errorf("%s: %d blocks", name, n)
		}
	}
}

// Answers of registrations are counted by their words.
func TestCountOfRegistrations(t *testing.T) {
	var v verdicts
	for _, answer := range []string{"allowed", "denied", "denied", "not given", "not given", "not given", "undocumented", "undocumented", "undocumented", "undocumented"} {
		v.count(answer)
	}
	if v != (verdicts{1, 2, 4, 3}) {
		t.Errorf("%+v", v)
	}
}

// A list of a firewall of which a line cannot be read lacks nothing for sure.
func TestUnsureFirewall(t *testing.T) {
	a := rule.Answer{Verdict: rule.Denied, Violations: rule.Violations{{Path: "A", Code: "a.b", Level: rule.Must, Detail: "it lacks x"}}, Open: []rule.Open{{Path: "B", Reason: "why", By: rule.ByDocuments}}}
	if got := new(allowList).unsure(a); !reflect.DeepEqual(got, a) {
		t.Errorf("%+v", got)
	}
	want := rule.Answer{Verdict: rule.Undocumented, Open: []rule.Open{{Path: "A", Reason: "it lacks x, unless it is on a line of the list that cannot be read", By: rule.ByInput}, {Path: "B", Reason: "why", By: rule.ByDocuments}}}
	if got := (&allowList{wrong: new(fileError)}).unsure(a); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// Of each line of the list a comment and spaces are left out; addresses of both families, ranges and names are told apart.
func TestReadFirewall(t *testing.T) {
	var n notes
	list, err := readAllowList(fstest.MapFS{"f": {Data: []byte("\xef\xbb\xbf# all\n\n10.0.0.0/8 # office\n 2001:db8::/32\n10.1.0.0-10.1.0.1\n*.example.com\nexample.org\n10.0/16\n10.2/16\n192.0.2.7")}}, "f", &n)
	if err != nil {
		t.Fatal(err)
	}
	if got := prefixes(list.prefixes); got != "10.0.0.0/8 2001:db8::/32 10.1.0.0/31 192.0.2.7/32" || len(list.names) != 2 || list.wrong == nil || list.wrong.place.String() != "f:8:1" {
		t.Errorf("%s, %v, %v", got, list.names, list.wrong)
	}
	var at []string
	for _, x := range n {
		if x.Unusable && strings.HasSuffix(x.Text, "; the line is left out") {
			at = append(at, x.place.String())
		}
	}
	if !slices.Equal(at, []string{"f:8:1", "f:9:1"}) || len(n) != 2 {
		t.Errorf("%q, %+v", at, n)
	}
	if _, err := readAllowList(fstest.MapFS{}, "f", &n); err == nil || err.Error() != "f: file does not exist" {
		t.Error(err)
	}
	var services []string
	ranges, err := readPublished(fstest.MapFS{"r": {Data: []byte(`{"prefixes": [{"ip_prefix": "192.0.2.0/24", "region": "GLOBAL", "service": "AMAZON"}, {"ip_prefix": "192.0.2.0/24", "region": "GLOBAL", "service": "EC2"}, {"ip_prefix": "192.0.2.0/24", "region": "GLOBAL", "service": "S3"},
		{"ip_prefix": "192.0.2.0/24", "region": "GLOBAL", "service": "GLOBALACCELERATOR"}, {"ip_prefix": "192.0.2.0/24", "region": "eu-west-1", "service": "WORKSPACES_GATEWAYS"}]}`)}}, "r")
	for _, r := range ranges {
		services = append(services, r.Service)
	}
	if err != nil || !slices.Equal(services, []string{"AMAZON", "S3", "GLOBALACCELERATOR", "WORKSPACES_GATEWAYS"}) {
		t.Errorf("%q, %v", services, err)
	}
	if ranges, err = readPublished(fstest.MapFS{"r": {Data: []byte(`{"prefixes": []}`)}}, "r"); err != nil || ranges == nil || len(ranges) > 0 {
		t.Errorf("%v, %v", ranges, err)
	}
	if _, err := readPublished(fstest.MapFS{}, "r"); err == nil || err.Error() != "r: file does not exist" {
		t.Error(err)
	}
	var file *fileError
	if _, err := readPublished(fstest.MapFS{"r": {Data: []byte(`{"prefixes": [`)}}, "r"); !errors.As(err, &file) || file.File != "r" {
		t.Error(err)
	}
}

// Protocols of clients are words with commas between them.
func TestParseProtocols(t *testing.T) {
	for text, want := range map[string][]network.Protocol{"pcoip": {"pcoip"}, "dcv": {"dcv"}, "dcv, pcoip": {"dcv", "pcoip"}, "rdp": nil, "": nil, "dcv,": nil} {
		got, err := parseProtocols(text)
		if !slices.Equal(got, want) || want == nil && (err == nil || err.Error() != fmt.Sprintf("--protocol %q: want pcoip, dcv or both with a comma", text)) || want != nil && err != nil {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
	for dir, want := range map[string]string{"": "the embedded sample account", "sample": "sample"} {
		input, name, err := openInput(dir)
		if err != nil || name != want {
			t.Errorf("%q: %q, %v", dir, name, err)
		} else if _, err := fs.Stat(input, "us-west-2"); err != nil {
			t.Errorf("%q: %v", dir, err)
		}
	}
	for _, dir := range []string{"main.go", "no/such/folder"} {
		if _, _, err := openInput(dir); err == nil {
			t.Errorf("%s is a folder", dir)
		}
	}
}

// Systems other than Windows are asked about one by one; what is of the security groups is told once.
func TestSSHOfSystems(t *testing.T) {
	var fleet []string
	for i, system := range []string{"UBUNTU_22_04", "AMAZON_LINUX_2", "WINDOWS_11", "UBUNTU_22_04", "UNKNOWN"} {
		fleet = append(fleet, strings.Replace(desktopOf(fmt.Sprint("ws-", i), "d-000000001", fmt.Sprint("u", i), "AVAILABLE"), "WINDOWS_SERVER_2022", system, 1))
	}
	a := readFiles(t, registeredFiles([2]int{100, 100}, workspacesName, fleetJSON(fleet...)))
	a.ssh = []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}
	rep, err := check(wks.Newest(), a, finding.Report{})
	if err != nil {
		t.Fatal(err)
	}
	const want = "denied\n1 WorkSpace with AMAZON_LINUX_2\n2 WorkSpaces with UBUNTU_22_04\n" + `no export tells the login, which is NETBIOS-NAME\USER, whether a WorkSpace admits the user and takes passwords, and whether the addresses reach it` + "\nmust network.ssh-port-closed at SecurityGroups[0].IpPermissions\n"
	if got := whole(rep, "SSH to Linux WorkSpaces of directory d-000000001"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	got, err := parseAddresses([]string{"192.0.2.0/24", "198.51.100.1-198.51.100.2"})
	if err != nil || prefixes(got) != "192.0.2.0/24 198.51.100.1/32 198.51.100.2/32" {
		t.Errorf("%s, %v", prefixes(got), err)
	}
}

// A directory whose registration failed is told, with its error.
func TestDirectoryInError(t *testing.T) {
	rep := told(t, desktopFiles(directoriesName, `{"Directories": [{"DirectoryId": "d-1", "State": "REGISTERED"}, {"DirectoryId": "d-2", "State": "ERROR", "ErrorMessage": "a replica"}]}`))
	if got, want := whole(rep, "directories"), "denied\nd-2: ERROR\nmust preflight.directory-in-error at Directories[1].State\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if f := found(t, *rep, directoryInError); f.Occurrences[0].Detail != "the state is ERROR: a replica" || f.Occurrences[0].Resource.ID != "d-2" {
		t.Errorf("%+v", f)
	}
}

// The lines of WorkSpaces, bundles and quotas.
func TestLinesOfDesktops(t *testing.T) {
	power := strings.NewReplacer("STANDARD", "POWER", "80", "175", "50", "100", "ALWAYS_ON", "AUTO_STOP").Replace(sound)
	rep := told(t, desktopFiles(
		workspacesName, fleetJSON(strings.Replace(desktopJSON("ws-1", "", sound), `"State"`, `"ModificationStates": [{"Resource": "ROOT_VOLUME", "State": "UPDATE_INITIATED"}], "State"`, 1), desktopJSON("ws-2", "", sound), desktopJSON("ws-3", "", power+`, "NestedVirtualizationEnabled": true`)),
		bundlesName, `{"Bundles": [{"BundleId": "wsb-1", "Owner": "AMAZON"}, {"BundleId": "wsb-2", "Name": "mine", "Owner": "111122223333", "RootStorage": {"Capacity": "175"}, "UserStorage": {"Capacity": "100"}, "ComputeType": {"Name": "POWER"}}]}`,
		imagesName, `{"Images": [{"ImageId": "wsi-1", "State": "AVAILABLE"}]}`, directoriesName, `{"Directories": []}`))
	for title, want := range map[string]string{
		"WorkSpaces": "allowed\ncompute types: 2 STANDARD, 1 POWER\nrunning modes: 2 ALWAYS_ON, 1 AUTO_STOP\nstates: 3 AVAILABLE\nmodifications: 1 ROOT_VOLUME UPDATE_INITIATED\nnested virtualization: 1 enabled\n",
		"bundles":    "allowed\nwsb-2 (mine): POWER, volumes 175/100\n",
		"quotas":     "allowed\nWorkSpaces: 3 of 1, if the account has the default\nBundles: 1 of 50, if the account has the default\nImages: 1 of 40, if the account has the default\nDirectories: 0 of 50, if the account has the default\n",
		"KMS keys":   "allowed\nno WorkSpace is encrypted\n",
	} {
		if got := whole(rep, title); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", title, got, want)
		}
	}
	if got := whole(told(t, desktopFiles(workspacesName, fleetJSON(), bundlesName, `{"Bundles": [{"BundleId": "wsb-1", "Owner": "AMAZON"}]}`)), "bundles"); got != "" {
		t.Errorf("%s, without bundles of its own", got)
	}
}

// Groups of addresses that no directory is known to use, and a Region that has neither.
func TestGroupsWithoutDirectories(t *testing.T) {
	for _, tt := range []struct {
		files map[string]string
		want  string
	}{
		{desktopFiles(ipGroupsName, `{"Result": [{"groupId": "wsipg-1", "userRules": [{"ipRule": "192.0.2.0/24"}]}]}`), "allowed\nwhich directories use them is not known: there is no describe-workspace-directories.json\n"},
		{desktopFiles(ipGroupsName, `{"Result": []}`, directoriesName, `{"Directories": []}`), ""},
		{desktopFiles(ipGroupsName, `{"Result": [{"groupId": "wsipg-1", "userRules": [{"ipRule": "192.0.2.0/24"}]}]}`, directoriesName, `{"Directories": []}`), "allowed\n"},
		{desktopFiles(ipGroupsName, `{"Result": []}`, directoriesName, `{"Directories": [{"DirectoryId": "d-1"}, {"DirectoryId": "d-2", "ipGroupIds": ["wsipg-9"]}]}`), "not given\nd-1 has no group: everybody may stream\nnot given: d-2 uses wsipg-9, which is not in describe-ip-groups.json, or cannot be used at describe-workspace-directories.json Directories[1].ipGroupIds[0]\n"},
	} {
		if got := whole(told(t, tt.files), "IP access control groups"); got != tt.want {
			t.Errorf("got\n%s\nwant\n%s", got, tt.want)
		}
	}
}

// Tags of what is no WorkSpace are passed over, and what is no ARN, or of no use, is noted.
func TestTagsOfOthers(t *testing.T) {
	resource := func(arn string) string { return `{"ResourceARN": ` + arn + `, "Tags": [{"Key": "a", "Value": "#"}]}` }
	const prefix = "arn:aws:workspaces:eu-west-1:111122223333:"
	a := readFiles(t, desktopFiles(tagsName, `{"ResourceTagMappingList": [`+strings.Join([]string{resource(`"` + prefix + `workspace/"`), resource(`"` + prefix + `directory/d-1"`), resource("5"), resource(`"x"`), resource(`"` + prefix + `workspace/ws-1"`), resource(`"` + prefix + `workspace/ws-2"`)}, ", ")+`]}`,
		tagsPrefix+"ws-2.json", `{"TagList": []}`))
	var got []string
	for _, n := range a.notes {
		got = append(got, fmt.Sprint(n.Path, " ", n.Unusable, " ", n.Text))
	}
	want := []string{
		`ResourceTagMappingList[0].ResourceARN true "` + prefix + `workspace/" is not the ARN of a WorkSpace; its tags are left out`, "ResourceTagMappingList[2].ResourceARN true is a number, want a string; the tags of the resource are left out",
		`ResourceTagMappingList[3].ResourceARN true "x" is not the ARN of a WorkSpace; its tags are left out`,
	}
	if e := a.regions[0]; !slices.Equal(got, want) || e.tags.count != 2 || len(e.tags.answers) != 1 || e.tags.answers[0].id != "ws-1" || e.doubts[tagsName] == nil {
		t.Errorf("%q, want %q; %+v", got, want, e.tags)
	}
	rep := told(t, desktopFiles(tagsName, `{"ResourceTagMappingList": [`+resource(`"`+prefix+`workspace/ws-1"`)+`]}`))
	if got, want := whole(rep, "tags"), "denied\nmust bundles.tag-alphabet at ResourceTagMappingList[0].Tags[0].Value\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// The conditions of FedRAMP, at the directory or at its setting. How many WorkSpaces a directory has matters without FIPS.
func TestConditionsOfFedRAMP(t *testing.T) {
	const open = "not given: the endpoint encryption of the directory is not given at describe-workspace-directories.json Directories[0].EndpointEncryptionMode\n"
	const number = "not given: it is not known how many WorkSpaces of the directory were created without FIPS at describe-workspace-directories.json Directories[0]\n"
	const outside = "must devices.fips-outside-us at Directories[0]\n"
	for name, tt := range map[string]struct{ mode, fleet, want string }{
		"FIPS":      {`"FIPS_VALIDATED"`, "ws-1", "denied\n" + outside},
		"not FIPS":  {`"STANDARD_TLS"`, "ws-1", "denied\n" + outside + "must devices.fips-not-set at Directories[0].EndpointEncryptionMode\nmust devices.fips-directory-in-use at Directories[0]\n"},
		"no fleet":  {`"STANDARD_TLS"`, "", "denied\n" + outside + "must devices.fips-not-set at Directories[0].EndpointEncryptionMode\n" + number},
		"not told":  {`""`, "ws-1", "denied\n" + outside + open + number},
		"of no use": {`5`, "ws-1", "denied\n" + outside + "not given: it depends on a value that cannot be used at describe-workspace-directories.json Directories[0].EndpointEncryptionMode\n" + open + number},
	} {
		files := desktopFiles(directoriesName, `{"Directories": [{"DirectoryId": "d-1", "EndpointEncryptionMode": `+tt.mode+`}]}`)
		if tt.fleet != "" {
			files[workspacesName] = fleetJSON(desktopOf(tt.fleet, "d-1", "ada", "AVAILABLE"), desktopOf("ws-9", "d-9", "bob", "AVAILABLE"))
		}
		a := readFiles(t, files)
		a.fedRAMP = true
		rep, err := check(wks.Newest(), a, finding.Report{})
		if err != nil {
			t.Fatal(err)
		}
		if got := whole(rep, "FedRAMP and DoD SRG, for directory d-1"); got != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, tt.want)
		}
	}
}

// The Region of files is that which the most subnets tell, the first of equal ones.
func TestRegionOfMostSubnets(t *testing.T) {
	for list, want := range map[string]string{"": "", "x": "", "eu-west-1": "eu-west-1", "eu-west-1 us-east-1": "eu-west-1", "us-east-1 eu-west-1": "us-east-1", "us-east-1 eu-west-1 eu-west-1": "eu-west-1", "x x us-east-1": "us-east-1"} {
		e := &regionExport{subnets: &listing[subnet]{}}
		for _, region := range strings.Fields(list) {
			e.subnets.all = append(e.subnets.all, &subnet{SubnetArn: "arn:aws:ec2:" + region + ":111122223333:subnet/s"})
		}
		e.subnets.all = append(e.subnets.all, &subnet{})
		if got := e.ownRegion(); got != want {
			t.Errorf("%q: %q, want %q", list, got, want)
		}
	}
}
