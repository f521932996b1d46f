package byol_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/rule"
)

// Nothing is no negative number.
func TestZeroIsANumber(t *testing.T) {
	e := rule.MustParseEdition("2026-09-10")
	for name, change := range map[string]func(m *byol.Machine){
		"DiskBytes": func(m *byol.Machine) { m.DiskBytes = new(int64) }, "FreeBytes": func(m *byol.Machine) { m.FreeBytes = new(int64) },
		"PowerShellMajor": func(m *byol.Machine) { m.PowerShellMajor = new(int) }, "RearmCount": func(m *byol.Machine) { m.RearmCount = new(int) },
	} {
		m := goodMachine(e)
		change(m)
		if _, err := at(t, e).CheckMachine(m); err != nil {
			t.Errorf("%s of 0: %v", name, err)
		}
	}
}

// The versions of Windows that each script passes, as its list has them, and none beside them.
// BYOLChecker.ps1 2.1.1 and 2.13.25.
func TestVersionsOfTheScripts(t *testing.T) {
	for date, list := range map[string]string{
		"2020-04-29": "6.1.7601 10.0.10586 10.0.14393 10.0.15063 10.0.16299 10.0.17134 10.0.17763 10.0.18362",
		"2026-09-10": "10.0.10586 10.0.14393 10.0.15063 10.0.16299 10.0.17134 10.0.17763 10.0.18362 10.0.18363 10.0.19041 10.0.19042 10.0.19043 10.0.19044 10.0.19045 10.0.22000 10.0.22621 10.0.22631",
	} {
		passes := strings.Fields(list)
		for _, version := range append(passes, "10.0.10240", "6.1.7600", "6.1.7601", "10.0.18361", "10.0.26100", "10.0.19046") {
			m := goodMachine(rule.MustParseEdition("2020-04-29"))
			m.Version = &version
			switch build := version[strings.LastIndex(version, ".")+1:]; {
			case strings.HasPrefix(version, "6.1"):
				m.Caption = new("Microsoft Windows 7 Professional")
			case build >= "22000":
				m.Caption = new("Microsoft Windows 11 Enterprise")
			}
			out, err := at(t, rule.MustParseEdition(date)).RunChecker(m, byol.CheckerOptions{})
			if err != nil {
				t.Fatal(err)
			}
			i := slices.IndexFunc(out.Tests, func(c byol.Test) bool { return c.Name == "OSRequirements" })
			if i < 0 {
				t.Fatal("no test of the version")
			}
			if want := slices.Contains(passes, version); (out.Tests[i].Result == byol.Passed) != want {
				t.Errorf("%s on %s: %s", version, date, out.Tests[i].Result)
			}
		}
	}
}

// What the registry says when the script has run. In-place upgrade, Troubleshooting.
func TestWhatTheScriptLeaves(t *testing.T) {
	const key = "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Amazon\\WorkSpacesConfig\\enable-inplace-upgrade.ps1]\r\n"
	for _, tt := range []struct {
		name                string
		value               string
		complete, unblocked bool
	}{
		{"scriptExecutionComplete", "1", true, false}, {"scriptExecutionComplete", "0", false, false},
		{"profileImagePathDeleted", "1", false, true}, {"profileImagePathDeleted", "0", false, false},
	} {
		entries, err := byol.ParseRegistry([]byte("Windows Registry Editor Version 5.00\r\n\r\n" + key + "\"" + tt.name + "\"=dword:0000000" + tt.value + "\r\n"))
		if err != nil {
			t.Fatal(err)
		}
		c, err := byol.Newest().CheckRegistry(entries)
		if err != nil || c.Complete != tt.complete || c.Unblocked != tt.unblocked {
			t.Errorf("%s of %s: complete %t, unblocked %t, %v", tt.name, tt.value, c.Complete, c.Unblocked, err)
		}
	}
}

// Tags of a copy are looked at as those of an import.
func TestTagsOfACopy(t *testing.T) {
	c := goodCopy()
	c.Tags = []types.Tag{{Key: new(strings.Repeat("k", 200)), Value: new("v")}}
	a, err := byol.Newest().CheckCopy(c)
	if err != nil || !slices.ContainsFunc(a.Violations, func(v rule.Violation) bool { return strings.HasPrefix(string(v.Path), "Tags[0]") }) {
		t.Errorf("%+v, %v", a, err)
	}
}
