package logins

import (
	"bytes"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/network"
)

// With --details each login stands on a line of its own in front of the report, behind an empty line.
func TestLinesOfLogins(t *testing.T) {
	noAddress := strings.Replace(login(3, "ws-00000003", "Linux", ""), `"clientIpAddress":"192.0.2.7",`, "", 1)
	for n, text := range []string{"", login(1, "ws-00000001", "Windows", "5.1"), login(1, "ws-00000001", "Windows", "5.1") + noAddress} {
		_, out, errs := run(text, "-", "--details", "--deny", "windows")
		lines := strings.Split(out, "\n")
		head := n
		if n > 0 {
			head++
		}
		if !strings.HasPrefix(lines[head], fmt.Sprintf("%d login", n)) || n > 0 && lines[n] != "" {
			t.Errorf("%d logins:\n%s%s", n, out, errs)
		}
		if n > 0 && !strings.HasPrefix(lines[0], "2026-09-01 08:00:01 ws-00000001 from 192.0.2.7 with WorkSpaces Desktop client on Windows 5.1 - would be refused: detail.") || n > 0 && !strings.HasSuffix(lines[0], " (monitor.device-type-blocked)") {
			t.Errorf("%q", lines[0])
		}
		if n > 1 && lines[1] != "2026-09-01 08:00:03 ws-00000003 from an unknown address with WorkSpaces Desktop client on Linux" {
			t.Errorf("%q", lines[1])
		}
		if _, short, _ := run(text, "-"); !strings.HasPrefix(short, fmt.Sprintf("%d login", n)) {
			t.Errorf("%q", short)
		}
	}
}

// The clients stand with the most used first, then by product, platform and version, and 20 of them without --details.
func TestClients(t *testing.T) {
	var text strings.Builder
	n := 0
	for i := range 25 {
		for range 1 + i/20 { // the last five twice
			n++
			text.WriteString(login(n, "ws-00000001", []string{"Windows", "Linux"}[i%2], fmt.Sprintf("5.%02d", i)))
		}
	}
	r := report(t, text.String(), "-")
	compare := func(c Client) string { return fmt.Sprintf("%03d %s %s", 100-c.Logins, c.Platform, c.Version) }
	if len(r.Clients) != 25 || !slices.IsSortedFunc(r.Clients, func(a, b Client) int { return strings.Compare(compare(a), compare(b)) }) {
		t.Errorf("%+v", r.Clients)
	}
	_, out, _ := run(text.String(), "-")
	if strings.Count(out, ": WorkSpaces Desktop client on ") != 20 || !strings.HasSuffix(out, "\n  and 5 more; --details prints them\n") {
		t.Error(out)
	}
}

// What else came is counted in the head, and is told in lists.
func TestHead(t *testing.T) {
	other := strings.Replace(login(9, "ws-00000001", "Windows", "5.1"), "WorkSpaces Access", "Another Event", 1)
	one := login(1, "ws-00000001", "Windows", "5.1")
	faulty := strings.Replace(login(2, "ws-00000001", "Windows", "5.1"), `"clientIpAddress":"192.0.2.7"`, `"clientIpAddress":"here"`, 1)
	_, out, _ := run(one+one+other+faulty+"{\n", "-", "--trust", "windows")
	lines := strings.Split(out, "\n")
	if !strings.HasSuffix(lines[0], "; 1 other event was passed over; 1 event came more than once") {
		t.Errorf("%q", lines[0])
	}
	for heading, want := range map[string]string{
		"Not decided": "  2: ", "Events that are not as the documents have them": `  1: detail.clientIpAddress "here" `, "Could not be read: 1": "  -: ",
	} {
		if i := slices.Index(lines, heading); i < 1 || lines[i-1] != "" || !strings.HasPrefix(lines[i+1], want) {
			t.Errorf("no %q with %q in\n%s", heading, want, out)
		}
	}
	if r := report(t, one+other+other, "-"); r.Others != 2 || r.Logins != 1 {
		t.Errorf("%+v", r)
	}
	if _, out, _ := run(one, "-", "--directory", "d-1"); !strings.Contains(out, "0 logins; 1 login to other directories\n") {
		t.Error(out)
	}
	noID := strings.Replace(one, `"id":"00000001-9751-dc55-c41a-1bd50b4fc9b7",`, "", 1)
	if r := report(t, noID, "-"); r.Logins != 1 || r.Failed != 0 || len(r.Faulty) != 1 {
		t.Errorf("%+v", r)
	}
	if r := report(t, strings.Repeat("{\n", 101), "-"); r.Failed != 101 || len(r.Failures) != 100 {
		t.Errorf("%d failed, %d told", r.Failed, len(r.Failures))
	}
}

// A WorkSpace has a last login if it has one. The hours are those of AutoStop after an hour, and of sessions of no time, if
// nothing else is said.
func TestLastLogin(t *testing.T) {
	r := report(t, "", sample, "--workspaces", "testdata/describe-workspaces.json")
	if u := r.Use; u.Session != "0s" || u.AutoStop != "1h0m0s" || len(u.Unused) != 1 || u.Unused[0].Last != nil {
		t.Errorf("%+v", u)
	}
	r = report(t, login(7, "ws-00000001", "Windows", "5.1"), "-", "--workspaces", "testdata/describe-workspaces.json", "--auto-stop", "2h", "--session", "90m")
	if u := r.Use; u.Session != "1h30m0s" || u.AutoStop != "2h0m0s" || len(u.Unlisted) != 1 || u.Unlisted[0].Last == nil || u.Unlisted[0].Last.Second() != 7 {
		t.Errorf("%+v", u)
	}
}

// A list of WorkSpaces gives the protocol of those that have one, and a list of groups those that are asked for.
func TestLists(t *testing.T) {
	file := filepath.Join(t.TempDir(), "list.json")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(`{"Workspaces": [{"WorkspaceId": "a", "DirectoryId": "d", "UserName": "u", "WorkspaceProperties": {"RunningMode": "AUTO_STOP", "Protocols": ["PCOIP"]}}, {"WorkspaceId": "b", "WorkspaceProperties": {"Protocols": ["WSP", "PCOIP"]}}, {"WorkspaceId": "c"}]}`)
	want := []monitor.Desktop{{ID: "a", Directory: "d", User: "u", RunningMode: "AUTO_STOP", Protocol: "PCOIP"}, {ID: "b"}, {ID: "c"}}
	if got, err := readWorkspaces(file, nil); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	write(`{"Result": [{"groupId": "a", "userRules": [{"ipRule": "192.0.2.0/24"}]}, {"groupId": "b", "userRules": [{"ipRule": "198.51.100.7"}]}, {"groupId": "c"}]}`)
	for want, only := range map[string][]string{"a b c": nil, "b c": {"c", "b"}, "b": {"b"}} {
		groups, err := readGroups(file, nil, only)
		var ids []string
		for _, g := range groups {
			ids = append(ids, g.ID)
		}
		if err != nil || strings.Join(ids, " ") != want {
			t.Errorf("%q: %q, %v", only, ids, err)
		}
	}
	for text, want := range map[string]string{`{"Result": [{"groupId": "a", "userRules": [{"ipRule": "here"}]}]}`: "Result[0].userRules[0]", `{"Result": [{"groupId": "a"}, {}]}`: "Result[1]: ", `{"Workspaces": [{}]}`: "Workspaces[0]: "} {
		flag := "--ip-groups"
		if write(text); strings.Contains(text, "Workspaces") {
			flag = "--workspaces"
		}
		if status, out, errs := run("", sample, flag, file); status != cli.Unanswered || out != "" || !strings.Contains(errs, want) {
			t.Errorf("%s: status %d, %s%s", text, status, out, errs)
		}
	}
	// One oldest version is a trial as well.
	if r := report(t, "", sample, "--minimum", "osx=9"); r.Trial == nil || r.Trial.Refused == 0 {
		t.Errorf("%+v", r.Trial)
	}
	if _, _, errs := run("", sample, "--deny", "tablet"); !strings.HasSuffix(errs, "is none of android, chromeos, ios, linux, osx, thin-client, web, windows, zero-client\n") {
		t.Error(errs)
	}
}

// What cannot be written in full is an error, wherever it ends.
func TestFullDisk(t *testing.T) {
	for _, form := range []string{"--json", "--details", "--json=false"} {
		args := []string{sample, "--workspaces", "testdata/describe-workspaces.json", "--deny", "osx", form}
		_, whole, _ := run("", args...)
		for room := 0; room < len(whole); room += 1 + len(whole)/40 {
			var errs bytes.Buffer
			if status := cli.Run(Command(), args, nil, &disk{room}, &errs); status != cli.Unanswered || !strings.Contains(errs.String(), "no space left") {
				t.Errorf("%s: %d of %d bytes: status %d, %s", form, room, len(whole), status, &errs)
			}
		}
	}
}

// A disk has room for some bytes.
type disk struct{ room int }

func (d *disk) Write(p []byte) (int, error) {
	if len(p) > d.room {
		return d.room, errors.New("no space left")
	}
	d.room -= len(p)
	return len(p), nil
}

// An address is asked about as package network does it, also the second time, and an error stays one.
func TestAdmits(t *testing.T) {
	rules := network.Newest()
	groups := []network.IPGroup{{ID: "g", Rules: []network.IPRule{{Source: netip.MustParsePrefix("192.0.2.0/24")}}}}
	ask := admits(rules, groups)
	for _, text := range []string{"192.0.2.7", "198.51.100.7", "2001:db8::1"} {
		want, err := rules.IPAccess(groups, netip.MustParseAddr(text))
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if got, err := ask(netip.MustParseAddr(text)); err != nil || !reflect.DeepEqual(got, want.Answer) {
				t.Errorf("%s: %+v, %v", text, got, err)
			}
		}
	}
	for range 2 {
		if _, err := ask(netip.Addr{}); err == nil {
			t.Error("no address is asked about")
		}
	}
}
