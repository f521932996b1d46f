package byol_test

import (
	"encoding/binary"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

// utf16le is how the Registry Editor writes a file.
func utf16le(s string) []byte {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

func plan(t testing.TB, rules byol.Rules, u byol.Upgrade) byol.UpgradePlan {
	t.Helper()
	p, err := rules.PlanUpgrade(u)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPlanGolden(t *testing.T) {
	var b strings.Builder
	for _, tt := range []struct{ date, drive string }{{"2019-09-24", "C"}, {"2020-04-29", "C"}, {"2026-09-10", "D"}} {
		u := goodUpgrade()
		u.ProfileOn, u.PreventReboot = tt.drive, true
		p := plan(t, at(t, rule.MustParseEdition(tt.date)), u)
		fmt.Fprintf(&b, "== %s, profile on %s: %s\n", tt.date, tt.drive, p.Verdict)
		for _, s := range p.Settings {
			fmt.Fprintf(&b, "%s = %d: %s\n", strings.TrimPrefix(s.Key, `HKEY_LOCAL_MACHINE\SOFTWARE\Amazon\WorkSpacesConfig\`)+` `+s.Name, s.Value, s.Effect)
		}
		for _, v := range p.Violations {
			fmt.Fprintf(&b, "%s %s\n", v.Level, v)
		}
		for _, s := range append(p.Steps, p.Consequences...) {
			fmt.Fprintf(&b, "- %s\n", s)
		}
		reg := p.Reg()
		units := make([]uint16, len(reg)/2-1)
		for i := range units {
			units[i] = binary.LittleEndian.Uint16(reg[2+2*i:])
		}
		b.WriteString(strings.ReplaceAll(string(utf16.Decode(units)), "\r\n", "\n"))
		b.WriteString(strings.ReplaceAll(string(p.PowerShell()), "\r\n", "\n"))
	}
	ruletest.Golden(t, "testdata/plans.txt", []byte(b.String()))
}

// The page of 2022-09-02 is the first to wait before the upgrade.
func TestPlanWaits(t *testing.T) {
	for date, want := range map[string]bool{"2020-10-28": false, "2021-09-03": false, "2022-09-02": true, "2025-10-21": true} {
		p := plan(t, at(t, rule.MustParseEdition(date)), goodUpgrade())
		if got := slices.ContainsFunc(p.Steps, func(s string) bool { return strings.Contains(s, "10 minutes") }); got != want {
			t.Errorf("%s: waits %t, want %t", date, got, want)
		}
	}
}

var powershellLine = regexp.MustCompile(`^New-ItemProperty -LiteralPath 'HKLM:\\([^']+)' -Name '([^']+)' -PropertyType DWord -Value ([01]) -Force \| Out-Null$`)

// Both renderings set exactly the values of the plan, and what they set is read back as
// the combination that was wanted.
func TestRenderingsSetThePlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules := edition(t)
		u := goodUpgrade()
		u.ProfileOn = rapid.SampledFrom([]string{"C", "D"}).Draw(t, "drive")
		u.PreventReboot = rapid.Bool().Draw(t, "prevent")
		p, err := rules.PlanUpgrade(u)
		if err != nil {
			t.Fatal(err)
		}
		reg, ps := p.Reg(), p.PowerShell()
		if len(p.Settings) == 0 {
			since := func(date string) bool { return rules.Edition().Compare(rule.MustParseEdition(date)) >= 0 }
			if reg != nil || ps != nil || since("2020-04-01") || u.ProfileOn == "C" && since("2019-09-24") || u.ProfileOn == "C" && !u.PreventReboot && since("2018-04-18") {
				t.Fatalf("no settings, and %q", reg)
			}
			return
		}
		var want []string
		for _, s := range p.Settings {
			want = append(want, fmt.Sprint(s.Key, " ", s.Name, " ", s.Value))
		}
		slices.Sort(want)
		entries, err := byol.ParseRegistry(reg)
		if err != nil {
			t.Fatal(err)
		}
		var fromReg, fromPS []string
		for _, e := range entries {
			fromReg = append(fromReg, fmt.Sprint(e.Key, " ", e.Name, " ", e.Value))
		}
		for _, line := range strings.Split(strings.TrimSuffix(string(ps), "\r\n"), "\r\n") {
			if m := powershellLine.FindStringSubmatch(line); m != nil {
				fromPS = append(fromPS, `HKEY_LOCAL_MACHINE\`+m[1]+" "+m[2]+" "+m[3])
			} else if strings.Contains(line, "ItemProperty") || strings.ContainsAny(line, "\r\n") {
				t.Fatalf("line %q", line)
			}
		}
		slices.Sort(fromReg)
		slices.Sort(fromPS)
		if !slices.Equal(fromReg, want) || !slices.Equal(fromPS, want) {
			t.Fatalf("the plan has %q, .reg sets %q, PowerShell %q", want, fromReg, fromPS)
		}
		for _, c := range string(ps) {
			if c > '~' || c < ' ' && c != '\r' && c != '\n' {
				t.Fatalf("PowerShell has %q", c)
			}
		}
		check, err := rules.CheckRegistry(entries)
		if err != nil || check.ProfileOn != u.ProfileOn || !check.Enabled || !check.PVDrivers || (check.NoReboot == 1) != u.PreventReboot || check.Violations.Err() != nil || check.Verdict != rule.Allowed {
			t.Fatalf("read back as %+v, %v", check, err)
		}
		if !slices.Equal(check.Settings, p.Settings) {
			t.Fatalf("settings %v, want %v", check.Settings, p.Settings)
		}
	})
}

const exported = "Windows Registry Editor Version 5.00\r\n\r\n" +
	"[HKEY_LOCAL_MACHINE\\SOFTWARE\\Amazon\\WorkSpacesConfig\\enable-inplace-upgrade.ps1]\r\n" +
	"\"Enabled\"=dword:00000001\r\n\"NoReboot\"=dword:00000000\r\n\"PostUpgradeRestoreProfileOnD\"=dword:00000001\r\n\"UserShellFoldersRedirection\"=dword:00000000\r\n" +
	"\"profileImagePathDeleted\"=dword:00000001\r\n\r\n" +
	"[HKEY_LOCAL_MACHINE\\SOFTWARE\\Amazon\\WorkSpacesConfig\\update-pvdrivers.ps1]\r\n\"Enabled\"=dword:00000001\r\n" +
	"; other things an export may hold\r\n@=\"a \\\"default\\\" C:\\\\dir\"\r\n\"bytes\"=hex:00,ff,\\\r\n  1a\r\n\"list\"=hex(7):61,00,00,00\r\n\"gone\"=-\r\n\r\n"

func TestParseRegistry(t *testing.T) {
	want := []string{
		"4 enable-inplace-upgrade.ps1 Enabled REG_DWORD 1", "5 enable-inplace-upgrade.ps1 NoReboot REG_DWORD 0", "6 enable-inplace-upgrade.ps1 PostUpgradeRestoreProfileOnD REG_DWORD 1",
		"7 enable-inplace-upgrade.ps1 UserShellFoldersRedirection REG_DWORD 0", "8 enable-inplace-upgrade.ps1 profileImagePathDeleted REG_DWORD 1",
		"11 update-pvdrivers.ps1 Enabled REG_DWORD 1", `13 update-pvdrivers.ps1  REG_SZ 0 a "default" C:\dir`, "15 update-pvdrivers.ps1 bytes hex 0 00,ff,1a", "16 update-pvdrivers.ps1 list hex(7) 0 61,00,00,00", "17 update-pvdrivers.ps1 gone  0 removed",
	}
	for name, data := range map[string][]byte{
		"UTF-16LE": utf16le(exported), "UTF-8": []byte(exported), "UTF-8 with a mark": []byte("\xef\xbb\xbf" + exported),
		"bare newlines": []byte(strings.ReplaceAll(exported, "\r\n", "\n")), "REGEDIT4": []byte(strings.Replace(exported, "Windows Registry Editor Version 5.00", "REGEDIT4", 1)),
	} {
		entries, err := byol.ParseRegistry(data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []string
		for _, e := range entries {
			s := fmt.Sprint(e.Line, " ", strings.TrimPrefix(e.Key, `HKEY_LOCAL_MACHINE\SOFTWARE\Amazon\WorkSpacesConfig\`), " ", e.Name, " ", e.Type, " ", e.Value)
			if e.Text != "" {
				s += " " + e.Text
			}
			if e.Removed {
				s += " removed"
			}
			got = append(got, s)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		check, err := byol.Newest().CheckRegistry(entries)
		if err != nil || check.ProfileOn != "D" || !check.Unblocked || check.Complete || check.Verdict != rule.Allowed {
			t.Errorf("%s: %+v, %v", name, check, err)
		}
	}
}

func TestParseRegistryErrors(t *testing.T) {
	const head = "Windows Registry Editor Version 5.00\n[HKEY_LOCAL_MACHINE\\x]\n"
	for data, want := range map[string]string{
		"":                                   "line 1: is",
		"hello":                              "line 1: is",
		"\xfe\xff\x00W":                      "big-endian",
		"\xff\xfeW":                          "odd number",
		"\xff\xfe\x00\xd8":                   "not valid UTF-16",
		"\xff":                               "neither UTF-8",
		head + "\"a\"=dword:1g":              "line 3: \"dword:1g\" is not a dword",
		head + "\"a\"=dword:":                "not a dword",
		head + "\"a\"=dword:123456789":       "not a dword",
		head + "\"a\"=dword:+1":              "not a dword",
		head + "\"a\"=qword:1":               "of no type",
		head + "\"a=dword:1":                 "no closing quote",
		head + "a=dword:1":                   "does not start with a quote",
		head + "\"a\" dword:1":               "has no =",
		head + "\"a\"=\"b\"c":                "follows a string",
		head + "\"a\"=hex:1":                 "not a byte",
		head + "\"a\"=hex(2:00":              "of no type",
		head + "[HKEY_LOCAL_MACHINE\\y":      "line 3: ",
		head + ";\"a\"=hex:01,\\\n  02\n":    "line 4: \"02\" does not start with a quote",
		head + "[SOFTWARE\\y]":               "does not start with HKEY_",
		"REGEDIT4\n\"a\"=dword:1":            "before the first key",
		"REGEDIT4\n[-HKEY_USERS\\x]\n@=\"\"": "of a key that is removed",
	} {
		if _, err := byol.ParseRegistry([]byte(data)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", data, err, want)
		}
	}
}

// Later entries replace and remove earlier ones, as an import does.
func TestRegistryOrder(t *testing.T) {
	const key = "REGEDIT4\n[HKEY_LOCAL_MACHINE\\Software\\AMAZON\\WorkSpacesConfig\\Enable-InPlace-Upgrade.ps1]\n"
	for text, want := range map[string]string{
		"\"ENABLED\"=dword:1\n":                                          "true ", // and the profile: 0 and 1 are the defaults, drive C
		"\"Enabled\"=dword:1\n\"enabled\"=dword:0\n":                     "false",
		"\"Enabled\"=dword:1\n\"Enabled\"=-\n":                           "false",
		"\"Enabled\"=dword:1\n[-HKEY_LOCAL_MACHINE\\SOFTWARE\\Amazon]\n": "false",
		"\"Enabled\"=dword:1\n[-HKEY_LOCAL_MACHINE\\SOFTWARE\\Amazo]\n":  "true ",
		"\"Enabled\"=dword:1\n@=-\n":                                     "true ",
		"\"Enabled\"=\"1\"\n":                                            "false",
		";\"a\"=hex:01,\\\n\"Enabled\"=dword:1\n":                        "true ", // a comment is not continued
		"\"Enabled\"=dword:2\n":                                          "false",
		"[HKEY_CURRENT_USER\\Software\\Amazon\\WorkSpacesConfig\\enable-inplace-upgrade.ps1]\n\"Enabled\"=dword:1\n": "false",
	} {
		entries, err := byol.ParseRegistry([]byte(key + text))
		if err != nil {
			t.Fatal(err)
		}
		check, err := byol.Newest().CheckRegistry(entries)
		if got := fmt.Sprintf("%-5t", check.Enabled); err != nil || got != want || check.ProfileOn != "C" {
			t.Errorf("%q: %q on %q, %v, want %q", text, got, check.ProfileOn, err, want)
		}
	}
}

// Values of a key that is removed are not reported as unknown; a line that ends in a
// backslash goes on, whatever blanks follow.
func TestRegistryUnknownValues(t *testing.T) {
	const key = "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Amazon\\WorkSpacesConfig\\enable-inplace-upgrade.ps1]\n\"Extra\"=hex:01,\\ \t\n  02\n"
	for text, want := range map[string]int{key: 1, key + "[-HKEY_LOCAL_MACHINE\\SOFTWARE\\Amazon]\n": 0, key + "\"extra\"=-\n": 0, key + "\"Other\"=-\n": 1} {
		entries, err := byol.ParseRegistry([]byte("REGEDIT4\n" + text))
		if err != nil {
			t.Fatal(err)
		}
		check, err := byol.Newest().CheckRegistry(entries)
		n := 0
		for _, v := range check.Violations {
			if v.Code == byol.RegistryValueUnknown {
				n++
			}
		}
		if err != nil || n != want || entries[0].Text != "01,02" {
			t.Errorf("%q: %d values unknown, %v, %v, want %d", text, n, entries, err, want)
		}
	}
}

// Unknown values are in the order of the entries that set them last.
func TestRegistryUnknownOrder(t *testing.T) {
	var entries []byol.RegistryEntry
	for _, name := range []string{"b", "e", "d", "a", "c", "B"} {
		entries = append(entries, byol.RegistryEntry{Key: `HKEY_LOCAL_MACHINE\SOFTWARE\Amazon\WorkSpacesConfig\update-pvdrivers.ps1`, Name: name, Type: "REG_DWORD"})
	}
	for range 20 { // of a map's orders
		check, err := byol.Newest().CheckRegistry(entries)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, v := range check.Violations {
			if v.Code == byol.RegistryValueUnknown {
				got += v.Detail[1:2]
			}
		}
		if got != "edacB" {
			t.Fatalf("%s, want edacB", got)
		}
	}
}

// What the parser accepts it reads the same from both encodings, and nothing makes it or
// the check panic.
func FuzzParseRegistry(f *testing.F) {
	f.Add([]byte(exported))
	f.Add(utf16le(exported))
	f.Add([]byte("REGEDIT4\n[-HKEY_USERS\\x]\n"))
	f.Add([]byte("REGEDIT4\n[HKEY_USERS\\x]\n@=hex:00,\\\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		entries, err := byol.ParseRegistry(data)
		if err != nil {
			return
		}
		if _, err := byol.Newest().CheckRegistry(entries); err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if e.Key == "" || e.Line < 2 || e.Type == "REG_DWORD" && e.Text != "" {
				t.Fatalf("%+v", e)
			}
		}
		if len(data) > 1 && data[0] != 0xff {
			again, err := byol.ParseRegistry(utf16le(strings.TrimPrefix(string(data), "\xef\xbb\xbf")))
			if err != nil || !slices.Equal(again, entries) {
				t.Fatalf("in UTF-16LE %v, %v, want %v", again, err, entries)
			}
		}
	})
}

// Before 2020-04-01 the page says what NoReboot does when it is 1, and neither what it does when it is 0 nor what a
// missing one counts as.
func TestRegistryValueWithoutDefault(t *testing.T) {
	const key = "REGEDIT4\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Amazon\\WorkSpacesConfig\\enable-inplace-upgrade.ps1]\n"
	for _, tt := range []struct{ date, text, want string }{
		{"2019-09-24", "", ""},
		{"2019-09-24", "\"NoReboot\"=dword:0\n", "0: what it means is not stated"},
		{"2019-09-24", "\"NoReboot\"=dword:1\n", "1: the computer is prevented from rebooting"},
		{"2020-10-28", "", "0: you control when a reboot occurs"},
	} {
		entries, err := byol.ParseRegistry([]byte(key + tt.text))
		if err != nil {
			t.Fatal(err)
		}
		check, err := at(t, rule.MustParseEdition(tt.date)).CheckRegistry(entries)
		got := ""
		for _, s := range check.Settings {
			if s.Name == "NoReboot" {
				got = fmt.Sprintf("%d: %s", s.Value, s.Effect)
			}
		}
		if err != nil || got != tt.want {
			t.Errorf("%s, %q: %q, %v, want %q", tt.date, tt.text, got, err, tt.want)
		}
	}
}
