package preflight

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// accessJSON is an access event with the number n, of a Region, on a day of September 2026.
func accessJSON(n int, region string, day int, directory, workspace, address, platform string) string {
	at := fmt.Sprintf("2026-09-%02dT08:00:00Z", day)
	return fmt.Sprintf(`{"version":"0","id":"%08d-9751-dc55-c41a-1bd50b4fc9b7","detail-type":"WorkSpaces Access","source":"aws.workspaces","account":"123456789012","time":%q,"region":%q,"resources":[],"detail":{"clientIpAddress":%q,"actionType":"successfulLogin","workspacesClientProductName":"WorkSpaces Desktop client","loginTime":%q,"clientPlatform":%q,"directoryId":"domain/%s","clientVersion":"5.27.0.5533","workspaceId":%q}}`,
		n, at, region, address, at, platform, directory, workspace) + "\n"
}

const (
	theDirectory = "d-000000001"
	alice, bob   = "ws-00000000a", "ws-00000000b"
	carol        = "ws-00000000c"
)

// usedFiles is an export with three WorkSpaces, of which two were used, from the office and from elsewhere.
func usedFiles(events string, more ...string) map[string]string {
	files := registeredFiles([2]int{100, 100},
		workspacesName, fleetJSON(desktopOf(alice, theDirectory, "alice", "AVAILABLE"), desktopOf(bob, theDirectory, "bob", "STOPPED"), desktopOf(carol, theDirectory, "carol", "AVAILABLE")),
		directoriesName, `{"Directories": [`+strings.Replace(registeredDirectory(theDirectory, `["wsipg-1"]`), "{", `{"WorkspaceAccessProperties": {"DeviceTypeWindows": "ALLOW", "DeviceTypeOsx": "DENY"}, `, 1)+`]}`,
		ipGroupsName, `{"Result": [{"groupId": "wsipg-1", "userRules": [{"ipRule": "192.0.2.0/24"}]}]}`)
	files[eventsName] = events
	for i := 0; i+1 < len(more); i += 2 {
		files[more[i]] = more[i+1]
	}
	return files
}

var someEvents = accessJSON(1, "eu-west-1", 1, theDirectory, alice, "192.0.2.7", "Windows") + accessJSON(2, "eu-west-1", 12, theDirectory, alice, "198.51.100.7", "Windows") +
	accessJSON(3, "eu-west-1", 20, theDirectory, bob, "192.0.2.9", "OSX") + accessJSON(3, "eu-west-1", 20, theDirectory, bob, "192.0.2.9", "OSX")

// details returns the findings of a code, each as its resource and detail.
func details(rep report, code rule.Code) (list []string) {
	for _, f := range rep.Findings {
		for _, o := range f.Occurrences {
			if f.Code == code {
				list = append(list, o.Resource.ID+": "+o.Detail)
			}
		}
	}
	return list
}

// Access events tell which WorkSpaces nobody used, how long AutoStop would have run those that are always on, and which
// logins the settings of today would refuse.
func TestUse(t *testing.T) {
	rep := reported(t, usedFiles(someEvents), "--session", "8h")
	for code, want := range map[rule.Code][]string{
		workspaceUnused:           {carol + ": no login from 2026-09-01 to 2026-09-20"},
		network.ClientNotAdmitted: {alice + ": 1 login would be refused today, the last of 2026-09-12: no rule of the groups holds 198.51.100.7"},
		monitor.DeviceTypeBlocked: {bob + `: 1 login would be refused today, the last of 2026-09-20: DeviceTypeOsx would be blocked: "WorkSpaces Desktop client" on "OSX"`},
	} {
		if got := details(rep, code); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
		for _, f := range rep.Findings {
			if f.Code == code && f.Level != rule.Should {
				t.Errorf("%s is a %s", code, f.Level)
			}
		}
	}
	_, out, errs := preflight(t, "--region", "eu-west-1", "--session", "8h", export(t, usedFiles(someEvents)))
	for _, want := range []string{
		"access events, 2026-09-01 to 2026-09-20\n", "      3 logins\n", "always on: 3 WorkSpaces; AutoStop after an hour would have run them for 27 of 1371 hours, if a user stays for 8h0m0s after each login",
		"the fewest: " + carol + " 0 hours on 0 days, " + bob + " 9 hours on 1 day, " + alice + " 18 hours on 2 days", "1 access event came more than once; each counts once",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s%s", want, out, errs)
		}
	}
}

// Without events the report says which command fetches them; and with too few, or none of the Region, that they do
// not tell.
func TestUseNotKnown(t *testing.T) {
	short := accessJSON(1, "eu-west-1", 1, theDirectory, alice, "192.0.2.7", "Windows") + accessJSON(2, "eu-west-1", 2, theDirectory, alice, "192.0.2.7", "Windows")
	missing := usedFiles("")
	delete(missing, eventsName)
	for name, tt := range map[string]struct {
		files map[string]string
		want  string
	}{
		"no file":         {missing, "no access-events.json"},
		"another Region":  {usedFiles(accessJSON(1, "us-east-1", 1, theDirectory, alice, "192.0.2.7", "Windows")), "has no access event of eu-west-1"},
		"two days":        {usedFiles(short), "the events go back less than 7 days"},
		"an empty file":   {usedFiles(""), "is empty: the command that wrote it has failed"},
		"an error of AWS": {usedFiles("\nAn error occurred (ResourceNotFoundException) when calling the FilterLogEvents operation\n"), "holds an error of the AWS CLI"},
		"UTF-16":          {usedFiles("\xff\xfe{\x00"), "is in UTF-16"},
		"no group":        {usedFiles(someEvents, ipGroupsName, `{"Result": []}`), theDirectory + " uses wsipg-1, which is not in describe-ip-groups.json"},
		"trusted devices": {usedFiles(someEvents, directoriesName, `{"Directories": [`+strings.Replace(registeredDirectory(theDirectory, `[]`), "{", `{"WorkspaceAccessProperties": {"DeviceTypeWindows": "TRUST"}, `, 1)+`]}`), "whether 2 logins would be refused: the event does not tell whether the device had a certificate"},
		"cut off":         {usedFiles(someEvents[:len(someEvents)-20]), "1 of its events, or lines, cannot be read, and are left out"},
	} {
		rep := reported(t, tt.files)
		if len(rep.Regions) != 1 || len(rep.Regions[0].Registrations) != 1 || rep.Registrations.Allowed != 1 {
			t.Errorf("%s: the rest of the report is gone: %+v", name, rep.Registrations)
			continue
		}
		if q := asked(t, rep, tt.want); name == "no file" && !strings.HasPrefix(strings.Join(q.Commands, ""), "aws logs filter-log-events --log-group-name LOG-GROUP ") {
			t.Errorf("%s: %q", name, q.Commands)
		}
		if unused := details(rep, workspaceUnused); (len(unused) > 0) != (name == "no group" || name == "trusted devices" || name == "cut off") {
			t.Errorf("%s: %q", name, unused)
		}
	}
}

// A file of broken events says so, and its section is no allowed.
func TestBrokenEvents(t *testing.T) {
	rep := reported(t, usedFiles(someEvents+"{\"id\n"))
	i := slices.IndexFunc(rep.Regions[0].Sections, func(s section) bool { return strings.HasPrefix(s.Title, "access events") })
	if i < 0 || rep.Regions[0].Sections[i].NotGiven == 0 || rep.Summary.Exit != exitUnanswered {
		t.Errorf("%+v", rep.Summary)
	}
	noted := slices.ContainsFunc(rep.Notes, func(n note) bool { return n.File == eventsName && n.Unusable })
	if !noted || len(details(rep, workspaceUnused)) != 1 {
		t.Errorf("%+v", rep.Notes)
	}
}

// Events are read from files of several names and forms, of the root too, and each counts for its own Region.
func TestEventFiles(t *testing.T) {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, _ = z.Write([]byte(someEvents))
	_ = z.Close()
	message, err := json.Marshal(strings.TrimSpace(accessJSON(1, "eu-west-1", 1, theDirectory, alice, "192.0.2.7", "Windows")))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"access-events.ndjson": someEvents, "access-events-2026-09.json.gz": zipped.String(), "access-events.gz": zipped.String(), "access-events.json": "\xef\xbb\xbf" + someEvents,
		"access-events.csv": "@timestamp,@message\n1,\"" + strings.ReplaceAll(strings.TrimSpace(accessJSON(1, "eu-west-1", 1, theDirectory, alice, "192.0.2.7", "Windows")), `"`, `""`) + "\"\n",
		"access-events.log": `{"events": [{"timestamp": 1, "message": ` + string(message) + `}], "searchedLogStreams": []}`,
	} {
		files := usedFiles("")
		delete(files, eventsName)
		nested := map[string]string{name: text + "", "us-east-1/" + vpcsName: soundNetwork}
		for f, text := range files {
			nested["eu-west-1/"+f] = text
		}
		inFolder := map[string]string{"eu-west-1/" + name: text}
		for f, text := range nested {
			if f != name {
				inFolder[f] = text
			}
		}
		for _, files := range []map[string]string{nested, inFolder} {
			_, out, errs := preflight(t, export(t, files))
			if !strings.Contains(out, "access events, 2026-09-01 to ") || strings.Contains(out, "the file is not read") {
				t.Errorf("%s: %s%s", name, out, errs)
			}
		}
	}
	if isEventsName("access-events.txt.bak") || isEventsName("access-events") || isEventsName("describe-access-events.json") {
		t.Error("any name will do")
	}
}

// What could not be used, or is not there to be used, is not told as unused.
func TestUnusedAreThoseThatCouldBeUsed(t *testing.T) {
	var fleet []string
	for i, state := range []string{"AVAILABLE", "PENDING", "ERROR", "TERMINATING", "TERMINATED", "SUSPENDED"} {
		fleet = append(fleet, desktopOf(fmt.Sprintf("ws-00000000%d", i), theDirectory, fmt.Sprint("user-", i), state))
	}
	fleet = append(fleet, strings.Replace(desktopOf("ws-00000000s", theDirectory, "standby", "STOPPED"), "{", `{"RelatedWorkspaces": [{"Type": "PRIMARY"}], `, 1))
	rep := reported(t, usedFiles(someEvents, workspacesName, fleetJSON(fleet...)))
	var ids []string
	for _, f := range details(rep, workspaceUnused) {
		id, _, _ := strings.Cut(f, ":")
		ids = append(ids, id)
	}
	if !slices.Equal(ids, []string{"ws-000000000", "ws-000000005"}) {
		t.Errorf("%q", ids)
	}
	if !slices.ContainsFunc(rep.Regions[0].Sections, func(s section) bool {
		return strings.Contains(strings.Join(s.Lines, "\n"), "2 WorkSpaces with logins, such as "+alice)
	}) {
		t.Error("WorkSpaces that the export does not have are not told")
	}
}

// Events take no more memory for more logins.
func TestMemoryOfEvents(t *testing.T) {
	grown := func(n int) int64 {
		files := fstest.MapFS{eventsName: {Data: []byte("{}")}}
		for name, text := range usedFiles("") {
			if name != eventsName {
				files[name] = &fstest.MapFile{Data: []byte(text)}
			}
		}
		event := strings.Replace(accessJSON(1, "eu-west-1", 1, theDirectory, alice, "198.51.100.7", "OSX"), `"id":"00000001-9751-dc55-c41a-1bd50b4fc9b7"`, `"id":""`, 1)
		a, err := readAccount(wks.Newest(), files, "eu-west-1")
		if err != nil {
			t.Fatal(err)
		}
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		a.readEvents(wks.Newest(), made{MapFS: files, name: eventsName, each: event, n: n}, 0)
		runtime.GC()
		runtime.ReadMemStats(&after)
		if a.regions[0].events.logins != n {
			t.Fatalf("%d logins, want %d", a.regions[0].events.logins, n)
		}
		runtime.KeepAlive(a)
		return int64(after.HeapAlloc) - int64(before.HeapAlloc)
	}
	if few, many := grown(100), grown(20_000); many > few+200_000 {
		t.Errorf("%d bytes after 100 events, %d after 20,000", few, many)
	}
}
