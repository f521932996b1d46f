package logins

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
)

// login is an access event. Its faulty fields are the caller's.
func login(n int, workspace, platform, version string) string {
	return fmt.Sprintf(`{"version":"0","id":"%08d-9751-dc55-c41a-1bd50b4fc9b7","detail-type":"WorkSpaces Access","source":"aws.workspaces","account":"123456789012","time":"2026-09-01T08:%02d:%02dZ","region":"us-east-1","resources":[],"detail":{"clientIpAddress":"192.0.2.7","actionType":"successfulLogin","workspacesClientProductName":"WorkSpaces Desktop client","loginTime":"2026-09-01T08:%02d:%02d.100Z","clientPlatform":%q,"directoryId":"domain/d-906732b9ab","clientVersion":%q,"workspaceId":%q}}`+"\n",
		n, n/60%60, n%60, n/60%60, n%60, platform, version, workspace)
}

// contains holds that lines stand in a text, in this order and one behind the other.
func contains(t *testing.T, out string, lines ...string) {
	t.Helper()
	if !strings.Contains(out, strings.Join(lines, "\n")+"\n") {
		t.Errorf("%s\nhas not\n%s", out, strings.Join(lines, "\n"))
	}
}

// The words of a report, for people.
func TestWords(t *testing.T) {
	_, out, _ := run(login(1, "ws-00000001", "Windows", "5.1.0.0"), "-")
	contains(t, out, "1 login, 2026-09-01 08:00 to 2026-09-01 08:00 UTC, from 1 address", "", "Clients", "  1: WorkSpaces Desktop client on Windows 5.1.0.0")

	status, out, errs := run("", sample, "--workspaces", "testdata/describe-workspaces.json", "--allow", "192.0.2.0/24", "--deny", "osx", "--session", "8h")
	if status != cli.Broken || errs != "" {
		t.Fatalf("status %d, %s", status, errs)
	}
	contains(t, out, "4 logins, 2026-09-01 08:01 to 2026-09-03 09:12 UTC, from 3 addresses", "", "2 logins of 4 would have been refused, and 0 are not decided")
	contains(t, out, "Nobody used 1 of 2 WorkSpaces", "  ws-c3d4e5f6g (alice) in d-906732b9ab")
	contains(t, out, "  ws-c3d4e5f6g (alice): 0 hours, used on 0 days", "  ws-9v8m1kqzr (alice): 20 hours, used on 2 days")
	contains(t, out, "  alice in d-906732b9ab: ws-9v8m1kqzr, ws-c3d4e5f6g, 1 used")
	contains(t, out, "  ws-b2c3d4e5f: 2 logins")
	if !strings.Contains(out, "  ws-9v8m1kqzr (alice): 1, the last 2026-09-02 08:00: ") || !strings.Contains(out, "  ws-b2c3d4e5f: 1, the last 2026-09-03 09:12: ") {
		t.Error(out)
	}
}

// The flags name each device type by the last word of its name.
func TestNamesOfDevices(t *testing.T) {
	for name, want := range map[string]string{
		"windows": "DeviceTypeWindows", "osx": "DeviceTypeOsx", "linux": "DeviceTypeLinux", "web": "DeviceTypeWeb", "ios": "DeviceTypeIos", "android": "DeviceTypeAndroid",
		"chromeos": "DeviceTypeChromeOs", "zero-client": "DeviceTypeZeroClient", "thin-client": "DeviceTypeWorkSpacesThinClient",
	} {
		if d, err := device("deny", name); err != nil || string(d) != want {
			t.Errorf("%s: %s, %v", name, d, err)
		}
	}
}

// The most frequent comes first, and then the name; without --details the first 20 are printed.
func TestOrder(t *testing.T) {
	var text strings.Builder
	n := 0
	for i := range 25 {
		for range 1 + i%3 {
			n++
			text.WriteString(login(n, fmt.Sprintf("ws-000000%02d", i), "Windows", fmt.Sprintf("5.%d", i)))
		}
	}
	for i, path := range []string{"clientPlatform", "clientVersion", "workspaceId"} {
		for range 2 - i%2 {
			n++
			text.WriteString(strings.Replace(login(n, "ws-00000000", "Windows", "5.0"), path, "x"+path, 1))
		}
	}
	args := []string{"-", "--deny", "windows"}
	r := report(t, text.String(), args...)
	for i, f := range r.Trial.Reasons[1:] {
		before := r.Trial.Reasons[i]
		if before.Logins < f.Logins || before.Logins == f.Logins && (before.Workspace > f.Workspace || before.Workspace == f.Workspace && before.Violation.Code >= f.Violation.Code) {
			t.Errorf("%+v before %+v", before, f)
		}
	}
	var faults []string
	for _, f := range r.Faulty {
		faults = append(faults, fmt.Sprintf("%d %s", f.Logins, f.Path))
	}
	if got := strings.Join(faults, ", "); got != "2 detail.clientPlatform, 2 detail.workspaceId, 1 detail.clientVersion" {
		t.Errorf("%s", got)
	}
	if r.First == nil || r.Last == nil || r.Logins != n {
		t.Errorf("%+v", r)
	}
	_, out, _ := run(text.String(), args...)
	more := fmt.Sprintf("  and %d more; --details prints them\n", len(r.Trial.Reasons)-20)
	if strings.Count(out, " more; --details prints them") != 2 || strings.Count(out, more) < 1 || strings.Count(out, ", the last ") != 20 {
		t.Errorf("want %q\n%s", more, out)
	}
	_, out, _ = run(text.String(), append(args, "--details")...)
	if strings.Contains(out, " more; --details") || strings.Count(out, ", the last ") != len(r.Trial.Reasons) {
		t.Error(out)
	}
}

// A login without a time counts, and is neither the first nor the last.
func TestLoginWithoutTime(t *testing.T) {
	text := strings.NewReplacer(`"time":"2026-09-01T08:00:01Z"`, `"time":"x"`, `2026-09-01T08:00:01.100Z`, "x").Replace(login(1, "ws-00000001", "Windows", "5.1"))
	if r := report(t, text, "-"); r.Logins != 1 || r.First != nil || r.Last != nil {
		b, _ := json.Marshal(r)
		t.Errorf("%s", b)
	}
	if r := report(t, text+login(2, "ws-00000001", "Windows", "5.1"), "-"); r.Logins != 2 || r.First == nil || r.First.Second() != 2 || !r.Last.Equal(*r.First) {
		t.Errorf("%+v", r)
	}
}

// One thing that could not be read is enough for status 2, and two flags that set the same do not go together.
func TestStatusAndFlags(t *testing.T) {
	text := login(1, "ws-00000001", "Windows", "5.1.0.0")
	if r := report(t, text+"{\n", "-"); r.Exit != cli.Unanswered || r.Failed != 1 {
		t.Errorf("%+v", r)
	}
	if status, _, errs := run(text, "-", "--saml", "--minimum", "windows=5"); status != cli.Unanswered || !strings.Contains(errs, "saml") {
		t.Errorf("status %d, %s", status, errs)
	}
	_, out, _ := run(text, "-", "--trust", "windows")
	contains(t, out, "1 login, 2026-09-01 08:00 to 2026-09-01 08:00 UTC, from 1 address", "", "0 logins of 1 would have been refused, and 1 is not decided")
	_, out, _ = run(text+login(2, "ws-00000001", "Windows", "5.1.0.0"), "-", "--trust", "windows")
	contains(t, out, "0 logins of 2 would have been refused, and 2 are not decided")
	if strings.Contains(out, "Could not be read") || strings.Contains(out, "Events that are not") {
		t.Error(out)
	}
}
