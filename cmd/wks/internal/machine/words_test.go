package machine

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/rule"
)

// The text says of each test and of each requirement what the answer has, and no more.
func TestText(t *testing.T) {
	_, out, errs := ask("", "--edition", "2026-09-10", "--json")
	var rep report
	if err := json.Unmarshal([]byte(out), &rep); err != nil {
		t.Fatalf("%v: %s", err, errs)
	}
	_, text, _ := ask("", "--edition", "2026-09-10")
	lines := map[string]string{} // by test or code
	places := map[rule.Code]int{}
	all := strings.Split(text, "\n")
	for i, l := range all {
		f := strings.Fields(l)
		switch {
		case len(f) > 1 && strings.HasPrefix(f[0], "PASS"), len(f) > 1 && (f[0] == "WARNING" || f[0] == "FAILED" || f[0] == "EXEMPT" || f[0] == "UNKNOWN"):
			lines[f[1]] = l
		case len(f) > 2 && (f[0] == "must" || f[0] == "should"):
			code := f[slices.IndexFunc(f, func(s string) bool { return strings.HasPrefix(s, "byol.") })]
			places[rule.Code(code)] = i
		}
	}
	fixable := 0
	for _, test := range rep.Checker.Tests {
		l := lines[test.Name]
		bad := test.Result == byol.Failed || test.Result == byol.Warning
		if l == "" || strings.Contains(l, "can fix it") != test.Fixable || strings.Contains(strings.Replace(l, test.Name, "", 1), string(test.ErrorCode)) != bad {
			t.Errorf("%+v: %q", test, l)
		}
		if test.Fixable {
			fixable++
		}
	}
	met := map[byol.State]int{}
	for _, l := range rep.Lines {
		met[l.State]++
	}
	for _, want := range []string{
		"\nBYOLChecker " + rep.Checker.Version + "\n",
		fmt.Sprintf("\n%d requirements: %d met, %d broken, ", len(rep.Lines), met[byol.Met], met[byol.Broken]),
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if fixable == 0 {
		t.Error("the checker can fix nothing of the sample")
	}
	for _, l := range rep.Lines {
		at, told := places[l.Code]
		if open := l.State != byol.Met && l.State != byol.NotApplicable; open != told {
			t.Errorf("%s, %s: told %t", l.Code, l.State, told)
		} else if !open {
			continue
		}
		rest := strings.Join(all[at:min(at+5, len(all))], "\n")
		cite := l.Cite.Document + `, "` + l.Cite.Section + `", ` + l.Cite.Date.String()
		if remedied := strings.Contains(strings.Join(all[at:at+3], "\n"), "remedy: "); remedied != (l.State == byol.Broken) || !strings.Contains(rest, cite) || strings.Contains(rest, "help: "+l.Code.Help()) != remedied || !strings.HasPrefix(strings.TrimSpace(all[at+1]), string(l.Path)+": ") {
			t.Errorf("%s:\n%s\nwant %s", l.Code, rest, cite)
		}
	}
	if all[0] != rep.Machine+", by what was documented on "+rep.Edition.String() {
		t.Errorf("%q", all[0])
	}
	if len(places) == 0 {
		t.Error("nothing is open in the sample")
	}
}

// No flag of the checker is on by itself.
func TestOptionsOfTheChecker(t *testing.T) {
	for args, o := range map[string]byol.CheckerOptions{"": {}, "--automated": {Automated: true}, "--automated --office": {Automated: true, Office: true}} {
		_, out, errs := ask("", append(strings.Fields(args), "--json")...)
		var got report
		if err := json.Unmarshal([]byte(out), &got); err != nil {
			t.Fatal(err, errs)
		}
		want, err := check(byol.Newest(), sample, "the sample machine", o)
		if err != nil || fmt.Sprintf("%+v", *got.Checker) != fmt.Sprintf("%+v", *want.Checker) {
			t.Errorf("%q: %+v\nwant %+v, %v", args, got.Checker, want.Checker, err)
		}
	}
}

// A change names both documents.
func TestChangesCite(t *testing.T) {
	_, out, _ := ask("", "--changes", "2019-10-25,2020-04-29")
	changes, err := byol.Describe(rule.MustParseEdition("2019-10-25"), rule.MustParseEdition("2020-04-29"))
	if err != nil || len(changes) == 0 {
		t.Fatal(changes, err)
	}
	if head := fmt.Sprintf("2019-10-25 to 2020-04-29: %d changes\n", len(changes)); !strings.HasPrefix(out, head) {
		t.Errorf("no %s", head)
	}
	for _, c := range changes {
		if !strings.Contains(out, "\n  "+c.Subject+"\n    ") {
			t.Errorf("no %s", c.Subject)
		}
		for _, s := range []byol.Statement{c.Before, c.After} {
			if s.Subject == "" {
				continue
			}
			if words := strings.Join(strings.Fields(s.Text), " "); !strings.Contains(out, words+"\n") {
				t.Errorf("%s: no %s", c.Subject, words)
			}
			if want := s.Cite.Document + `, "` + s.Cite.Section + `", ` + s.Cite.Date.String(); !strings.Contains(out, "      "+want+"\n") {
				t.Errorf("%s: no %s", c.Subject, want)
			}
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

// What cannot be written is an error.
func TestFullDisk(t *testing.T) {
	if err := writeChanges(full{}, []string{"2019-10-25", "2020-04-29"}); err == nil {
		t.Error("changes were written")
	}
	for _, args := range [][]string{nil, {"--json"}, {"--collect"}, {"--changes", "2019-10-25,2020-04-29"}} {
		var errs strings.Builder
		if status := cli.Run(Command(), args, nil, full{}, &errs); status != cli.Unanswered || !strings.HasSuffix(errs.String(), "no space left\n") {
			t.Errorf("%q: status %d, %s", args, status, errs.String())
		}
	}
	if err := writeText(full{}, report{}); err == nil {
		t.Error("a report was written")
	}
}

// What Windows writes of the registry decides, and not another number: the Registry value NoAutoMount is 1 when AutoMount is off.
func TestScriptComparesWithOne(t *testing.T) {
	_, out, _ := ask("", "--collect")
	for _, want := range []string{".NoAutoMount -ne 1", "AutoMount"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q", want)
		}
	}
}

// classes are the classes of CIM that the script reads, as the Win32 and the licence provider of Windows and its Security Center name
// them, with the members that it uses.
var classes = map[string][]string{
	"Win32_OperatingSystem": {"Caption", "Version", "ProductType"}, "Win32_ComputerSystem": {"SystemType", "PartOfDomain"}, "Win32_Service": {"Name", "StartMode"},
	"Win32_UserAccount": {"LocalAccount", "Name", "Disabled"}, "Win32_NetworkAdapterConfiguration": {"IPEnabled", "DHCPEnabled"}, "Win32_LogicalDisk": {"DeviceID", "DriveType", "FreeSpace"},
	"Win32_DiskPartition": {"Type", "Bootable"}, "Win32_DiskDrive": {"Index", "Size"}, "SoftwareLicensingService": {"RemainingWindowsReArmCount"}, "AntiVirusProduct": {"displayName"},
}

// others are members of what the other commands give, and of PowerShell's own objects.
var others = []string{
	"PEFirmwareType", "PSVersion", "Major", "PSChildName", "DisplayName", "Count", "ContainsKey", "VolumeStatus", "ReservedStorageState", "AutoAdminLogon", "EnableFirewall",
	"NoAutoMount", "RealTimeIsUniversal", "Default",
}

// folders are the keys of the registry, and the one file, that the script looks at.
var folders = []string{
	`HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\*`, `HKLM:\SOFTWARE\Wow6432Node\Microsoft\Windows\CurrentVersion\Uninstall\*`, `HKLM:\SOFTWARE\Wow6432Node\Microsoft\Windows\CurrentVersion\Uninstall\PCoIP*`,
	`C:\Program Files (x86)\Teradici\PCoIP Agent\uninst.exe`, `HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired`,
	`HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending`, `HKLM:\SYSTEM\CurrentControlSet\Control`,
	`HKLM:\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\PublicProfile`, `HKLM:\SYSTEM\CurrentControlSet\Services\mountmgr`,
	`HKLM:\SYSTEM\CurrentControlSet\Control\TimeZoneInformation`, `HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon`, `HKLM:\SYSTEM\Setup`,
	`HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList`,
}

// What the script asks Windows for is there by these names, and a number in it is one that decides: 0 or 1, or 2 for UEFI,
// which is what FIRMWARE_TYPE calls it. All of its errors are silent, and services are noted before they are looked up.
func TestScriptAsksWhatThereIs(t *testing.T) {
	text := script()
	var known []string
	for class, members := range classes {
		known = append(append(known, members...), others...)
		if !strings.Contains(text, " "+class) {
			t.Errorf("%s is not asked", class)
		}
	}
	asked := regexp.MustCompile(`Get-CimInstance (?:-Namespace '([^']*)' )?(\w+)`).FindAllStringSubmatch(text, -1)
	for _, m := range asked {
		if namespace := map[bool]string{true: "root/SecurityCenter2"}[m[2] == "AntiVirusProduct"]; classes[m[2]] == nil || m[1] != namespace {
			t.Errorf("%s in %q is no class", m[2], m[1])
		}
	}
	unquoted := regexp.MustCompile(`'[^']*'|#.*`).ReplaceAllString(text, "''")
	for _, m := range regexp.MustCompile(`[\w)]\.([A-Za-z]\w*)`).FindAllStringSubmatch(unquoted, -1) {
		if !slices.Contains(known, m[1]) {
			t.Errorf("%s is no member", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`'((?:HKLM|C):\\[^']*)'`).FindAllStringSubmatch(text, -1) {
		if !slices.Contains(folders, m[1]) {
			t.Errorf("%s is no key", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`(\S+) -(?:eq|ne|gt) (\d+)`).FindAllStringSubmatch(unquoted, -1) {
		want := "1"
		switch {
		case strings.HasSuffix(m[1], ".Count"):
			want = "0"
		case m[1] == "$firmware":
			want = "2"
		}
		if m[2] != want {
			t.Errorf("%s", m[0])
		}
	}
	for _, want := range []string{"\r\n$ErrorActionPreference = 'SilentlyContinue'\r\n", "$start[$_.Name] = $_.StartMode", "$byol[0]", "Index=0", " -Depth 3", "'0FF1CE'"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
	if strings.ContainsAny(unquoted, "~`&") || !strings.HasPrefix(text, "# ") {
		t.Errorf("%s", unquoted)
	}
	if one := oneLiner(); !strings.HasPrefix(one, "& { $ErrorActionPreference") || !strings.HasSuffix(one, " -Depth 3 } > machine.json") {
		t.Error(one)
	}
}
