package devices_test

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/rule"
)

// grid reads the words of a file, line by line, without comments.
func grid(t *testing.T, name string) (rows [][]string) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) > 0 && f[0] != "#" {
			rows = append(rows, f)
		}
	}
	return rows
}

// The files in testdata are drawn from the documents, and not from this package's rows. A line holds from its
// date on, until that of the next line that begins alike.
func TestGrids(t *testing.T) {
	rows := grid(t, "testdata/grid.txt")
	asked := 0
	for _, e := range append(devices.Editions(), devices.Newest().Edition()) {
		r, err := devices.At(e)
		if err != nil {
			continue // ahead of the newest edition
		}
		for i, f := range rows {
			key := len(f) - 1
			if f[0] > e.String() || slices.ContainsFunc(rows[i+1:], func(g []string) bool { return g[0] <= e.String() && slices.Equal(g[1:len(g)-1], f[1:key]) }) {
				continue
			}
			asked++
			var got string
			switch f[1] {
			case "trust":
				platform, kind, given := strings.Cut(f[2], "/")
				d := devices.Device{Platform: devices.Platform(platform), DirectoryType: "SIMPLE_AD", Certificates: file(t, "device.pem"), Roots: [][]byte{file(t, "root.pem")}, On: noon}
				if given {
					android := kind == "android"
					d.Android = &android
				}
				c, err := r.CheckDeviceCertificate(d)
				if err != nil {
					t.Fatal(err)
				}
				got = map[rule.Verdict]string{rule.Allowed: "yes", rule.Denied: "no", rule.Undocumented: "?"}[c.Verdict]
			case "type":
				value, ok := r.DeviceTypes()[devices.DeviceType(f[2])]
				got = map[string]string{"ALLOW": "ALLOW", "DENY": "DENY", "": "+"}[value]
				if !ok {
					got = "-"
				}
			case "version":
				c := devices.ClientApplication{Use: devices.ClientUse(f[2])}
				platform, what, _ := strings.Cut(f[3], "/")
				c.Platform = devices.Platform(platform)
				if c.Use == devices.UseFIPS {
					c.Protocol = what
				} else {
					c.Release = what
				}
				got = least(t, r, c)
			default:
				t.Fatalf("what is %q?", f[1])
			}
			if got != f[key] {
				t.Errorf("%s %s: got %s, want %s", e, strings.Join(f[1:key], " "), got, f[key])
			}
		}
	}
	if asked < 600 {
		t.Errorf("asked %d times", asked)
	}
}

// least finds the least version that is taken, of those in the documents and those just before.
func least(t *testing.T, r devices.Rules, c devices.ClientApplication) string {
	ask := func(version string) rule.Answer {
		c.Version = version
		a, err := r.CheckClientVersion(c)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	switch a := ask("0"); {
	case a.Verdict == rule.Allowed && len(a.Violations) == 0:
		return "any"
	case a.Verdict == rule.Undocumented:
		return "?"
	case slices.ContainsFunc(a.Violations, func(v rule.Violation) bool { return v.Code == devices.ClientUnsupported }):
		return "no"
	}
	for _, pair := range [][2]string{{"2.4.0.99", "2.4.1"}, {"2.4.2.99", "2.4.3"}, {"2.99", "3.0.0"}, {"5.20.99", "5.21.0"}, {"5.1.0.328", "5.1.0.329"}, {"5.4.99", "5.5.0"}, {"2023.99", "2024"}, {"5.22.0.99", "5.22.1"}, {"2024.99", "2025.0"}, {"2025.0.99", "2025.1"}, {"5.0.99", "5.1"}, {"5.3.99", "5.4"}} {
		if len(ask(pair[0]).Violations) > 0 && len(ask(pair[1]).Violations) == 0 {
			return pair[1]
		}
	}
	return "none"
}

func TestCheckAccess(t *testing.T) {
	no := false
	for _, tt := range []struct {
		name, date, types string
		change            func(in *devices.Access)
		broken, open      string
	}{
		{"two types", "2026-09-10", "Windows=ALLOW Ios=DENY", nil, "", ""},
		{"nothing is given", "2026-09-10", "", nil, "", ""},
		{"before there were types", "2019-11-14", "Windows=ALLOW", nil, "", "documents:WorkspaceAccessProperties"},
		{"a type of later", "2021-05-24", "Linux=ALLOW", nil, "", "documents:WorkspaceAccessProperties.DeviceTypeLinux"},
		{"a type that is none", "2026-09-10", "Beos=ALLOW", nil, "", "documents:WorkspaceAccessProperties.DeviceTypeBeos"},
		{"values", "2026-09-10", "Windows=allow Osx=YES", nil, "access-value-unknown WorkspaceAccessProperties.DeviceTypeOsx access-value-unknown WorkspaceAccessProperties.DeviceTypeWindows", ""},
		{"trust in 2020", "2020-04-29", "Windows=TRUST Web=ALLOW", nil, "", "contradiction:WorkspaceAccessProperties.DeviceTypeWindows"},
		{"trust while the text had it", "2021-09-29", "Osx=TRUST", nil, "", "contradiction:WorkspaceAccessProperties.DeviceTypeOsx"},
		{"trust once the text had it no longer", "2021-09-30", "Osx=TRUST", nil, "", "documents:WorkspaceAccessProperties.DeviceTypeOsx"},
		{"trust of browsers in 2020", "2020-04-29", "Web=TRUST", nil, "trust-unsupported WorkspaceAccessProperties.DeviceTypeWeb", "documents:WorkspaceAccessProperties.DeviceTypeWeb"},
		{"trust of browsers before anybody said so", "2020-03-30", "Web=TRUST", nil, "", "documents:WorkspaceAccessProperties.DeviceTypeWeb documents:WorkspaceAccessProperties.DeviceTypeWeb"},
		{"trust of Chromebooks", "2022-09-02", "ChromeOs=TRUST", nil, "", "input:WorkspaceAccessProperties.DeviceTypeChromeOs documents:WorkspaceAccessProperties.DeviceTypeChromeOs"},
		{"trust beside others", "2026-09-10", "Windows=TRUST Web=ALLOW", func(in *devices.Access) { in.DirectoryType = "SIMPLE_AD" }, "other-devices-not-blocked WorkspaceAccessProperties", "documents:WorkspaceAccessProperties.DeviceTypeWindows"},
		{"trust in another directory", "2026-09-10", "Windows=TRUST", func(in *devices.Access) { in.DirectoryType = "CUSTOMER_MANAGED" }, "trust-directory-unsupported DirectoryType", "documents:WorkspaceAccessProperties.DeviceTypeWindows"},
		{"zero clients in vain", "2026-09-10", "ZeroClient=ALLOW", func(in *devices.Access) { in.PCoIP = &no }, "zero-clients-without-use WorkspaceAccessProperties.DeviceTypeZeroClient", ""},
		{"before anybody said so", "2020-04-28", "ZeroClient=ALLOW", func(in *devices.Access) { in.PCoIP = &no }, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in := devices.Access{Types: map[devices.DeviceType]string{}}
			for _, w := range strings.Fields(tt.types) {
				name, value, _ := strings.Cut(w, "=")
				in.Types[devices.DeviceType("DeviceType"+name)] = value
			}
			if tt.change != nil {
				tt.change(&in)
			}
			a, err := at(t, tt.date).CheckAccess(in)
			if err != nil || broken(t, a) != tt.broken || open(a) != tt.open {
				t.Errorf("%q, open %q, %v", broken(t, a), open(a), err)
			}
		})
	}
}

// Whoever blocks all types of the edition is told so, and nobody else.
func TestEveryDeviceBlocked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := devices.Newest()
		in := devices.Access{Types: map[devices.DeviceType]string{}}
		all := slices.Sorted(maps.Keys(r.DeviceTypes()))
		blocked := 0
		for _, name := range all {
			value := rapid.SampledFrom([]string{"DENY", "DENY", "DENY", "DENY", "DENY", "DENY", "ALLOW", ""}).Draw(t, string(name))
			if value != "" {
				in.Types[name] = value
			}
			if value == "DENY" {
				blocked++
			}
		}
		a, err := r.CheckAccess(in)
		if err != nil || a.Verdict != rule.Allowed || (len(a.Violations) == 1 && a.Violations[0].Code == devices.EveryDeviceBlocked) != (blocked == len(all)) {
			t.Fatalf("%d of %d: %v, %v", blocked, len(all), a, err)
		}
	})
}

func TestCheckClientVersion(t *testing.T) {
	for _, tt := range []struct {
		name, date, client string
		broken, open       string
	}{
		{"new enough", "2026-09-10", "fips windows 5.22.1 dcv -", "", ""},
		{"of a version that is not given", "2026-09-10", "fips windows - dcv -", "", "input:Version"},
		{"macOS of a protocol that is not given", "2026-09-10", "fips macos 5.20.0 - -", "", "input:Protocol"},
		{"macOS new enough for both", "2026-09-10", "fips macos 5.21 - -", "", ""},
		{"macOS too old for both", "2026-09-10", "fips macos 2.4.2 - -", "client-too-old Version", ""},
		{"macOS for DCV", "2026-09-10", "fips macos 5.20.9 dcv -", "client-too-old Version", ""},
		{"Ubuntu of a release that is not given", "2026-09-10", "dcv linux 2025.1 - -", "", "input:Release"},
		{"Ubuntu too old for any", "2026-09-10", "dcv linux 2023.9 - -", "client-too-old Version", "input:Release"},
		{"Ubuntu of another release", "2026-09-10", "dcv linux 2025.1 - 20.04", "", "documents:Platform"},
		{"iOS", "2026-09-10", "dcv ios 5.0 - -", "client-unsupported Platform", ""},
		{"a proxy for Linux", "2026-09-10", "dcv-proxy linux 2025.1 - -", "", "documents:Platform"},
		{"before there were versions", "2019-09-23", "fips windows 1.0 - -", "", "documents:Use"},
		{"advice", "2026-09-10", "dcv-migration windows 5.22 - -", "client-too-old-for-migration Version", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := strings.Fields(strings.ReplaceAll(tt.client, "-  ", "- "))
			for i := range f {
				if f[i] == "-" {
					f[i] = ""
				}
			}
			a, err := at(t, tt.date).CheckClientVersion(devices.ClientApplication{Use: devices.ClientUse(f[0]), Platform: devices.Platform(f[1]), Version: f[2], Protocol: f[3], Release: f[4]})
			if err != nil || broken(t, a) != tt.broken || open(a) != tt.open {
				t.Errorf("%q, open %q, %v", broken(t, a), open(a), err)
			}
		})
	}
	good := devices.ClientApplication{Use: devices.UseFIPS, Platform: devices.Windows}
	for path, change := range map[rule.Path]func(c *devices.ClientApplication){
		"Use":      func(c *devices.ClientApplication) { c.Use = "x" },
		"Platform": func(c *devices.ClientApplication) { c.Platform = "x" },
		"Protocol": func(c *devices.ClientApplication) { c.Protocol = "rdp" },
	} {
		c := good
		change(&c)
		_, err := devices.Newest().CheckClientVersion(c)
		refused(t, err, path)
	}
	for _, version := range []string{"5.x", "1.2.3.4.5", "-1", "1.", ".1", "99999999999", "1\x1b", strings.Repeat("1.", 100)} {
		good.Version = version
		_, err := devices.Newest().CheckClientVersion(good)
		refused(t, err, "Version")
	}
}

// A later version is never worse.
func TestLaterVersionsAreNoWorse(t *testing.T) {
	versions := rapid.SliceOfN(rapid.SampledFrom([]string{"0", "1", "2", "3", "4", "5", "21", "22", "329", "2024", "2025"}), 1, 4)
	rapid.Check(t, func(t *rapid.T) {
		c := devices.ClientApplication{
			Use:      rapid.SampledFrom([]devices.ClientUse{devices.UseFIPS, devices.UseDCV, devices.UseMove, devices.UseProxy}).Draw(t, "use"),
			Platform: rapid.SampledFrom([]devices.Platform{devices.Windows, devices.MacOS, devices.Linux, devices.IOS, devices.Web}).Draw(t, "platform"),
			Protocol: rapid.SampledFrom([]string{"", "pcoip", "dcv"}).Draw(t, "protocol"), Release: rapid.SampledFrom([]string{"", "20.04", "22.04", "24.04"}).Draw(t, "release"),
		}
		parts := versions.Draw(t, "version")
		c.Version = strings.Join(parts, ".")
		before, err := devices.Newest().CheckClientVersion(c)
		if err != nil {
			t.Fatal(err)
		}
		c.Version = strings.Join(append([]string{"9999"}, parts[1:]...), ".")
		after, err := devices.Newest().CheckClientVersion(c)
		if err != nil || len(after.Violations) > len(before.Violations) || before.Verdict == rule.Allowed && after.Verdict != rule.Allowed {
			t.Fatalf("%v, and later %v, %v", before, after, err)
		}
	})
}

func TestCheckZeroClient(t *testing.T) {
	yes, no := true, false
	for _, tt := range []struct {
		name, date   string
		z            devices.ZeroClientDevice
		broken, open string
	}{
		{"as it should be", "2026-09-10", devices.ZeroClientDevice{Firmware: "6.0", Protocol: "pcoip", NTP: &yes}, "", ""},
		{"no NTP", "2026-09-10", devices.ZeroClientDevice{Firmware: "6.0", Protocol: "pcoip", NTP: &no}, "zero-client-time NTP", ""},
		{"no NTP before anybody said so", "2020-01-09", devices.ZeroClientDevice{Firmware: "6.0", ConnectionManager: true, NTP: &no}, "", ""},
		{"nothing is known", "2026-09-10", devices.ZeroClientDevice{}, "", "input:Firmware input:Protocol input:NTP"},
		{"nothing is known in 2018", "2018-02-03", devices.ZeroClientDevice{}, "", "input:Firmware"},
		{"very old firmware in 2018", "2018-02-03", devices.ZeroClientDevice{Firmware: "4.5.9"}, "", "documents:Firmware"},
		{"old firmware in 2018", "2018-02-03", devices.ZeroClientDevice{Firmware: "4.6.0"}, "zero-client-firmware Firmware", ""},
		{"old firmware with the manager", "2018-02-03", devices.ZeroClientDevice{Firmware: "4.6.0", ConnectionManager: true}, "", ""},
		{"old firmware on the last day of the manager", "2021-04-12", devices.ZeroClientDevice{Firmware: "5.9", ConnectionManager: true, Protocol: "pcoip", NTP: &yes}, "", ""},
		{"old firmware with the manager after it", "2021-04-13", devices.ZeroClientDevice{Firmware: "5.9", ConnectionManager: true, Protocol: "pcoip", NTP: &yes}, "zero-client-firmware Firmware", ""},
		{"new firmware in 2018", "2018-02-03", devices.ZeroClientDevice{Firmware: "6.0.0"}, "", "contradiction:ConnectionManager"},
		{"new firmware with the manager in 2018", "2018-02-03", devices.ZeroClientDevice{Firmware: "6.0.0", ConnectionManager: true}, "", ""},
		{"new firmware while two pages disagree", "2021-03-25", devices.ZeroClientDevice{Firmware: "6.0.0", Protocol: "pcoip", NTP: &yes}, "", "contradiction:ConnectionManager"},
		{"new firmware once they do not", "2021-03-26", devices.ZeroClientDevice{Firmware: "6.0.0", Protocol: "pcoip", NTP: &yes}, "", ""},
		{"DCV before anybody said so", "2020-04-28", devices.ZeroClientDevice{Firmware: "6.0.0", ConnectionManager: true, Protocol: "dcv", NTP: &yes}, "", ""},
		{"the last day", "2026-09-10", devices.ZeroClientDevice{Firmware: "6.0.0", Protocol: "pcoip", NTP: &yes, On: rule.MustParseEdition("2027-10-31")}, "zero-client-ends On", ""},
		{"the day after", "2026-09-10", devices.ZeroClientDevice{Firmware: "6.0.0", Protocol: "pcoip", NTP: &yes, On: rule.MustParseEdition("2027-11-01")}, "zero-client-ended On", ""},
		{"an end that nobody knew", "2026-06-29", devices.ZeroClientDevice{Firmware: "6.0.0", Protocol: "pcoip", NTP: &yes, On: rule.MustParseEdition("2027-11-01")}, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := at(t, tt.date).CheckZeroClient(tt.z)
			if err != nil || broken(t, a) != tt.broken || open(a) != tt.open {
				t.Errorf("%q, open %q, %v", broken(t, a), open(a), err)
			}
		})
	}
	for path, z := range map[rule.Path]devices.ZeroClientDevice{"Firmware": {Firmware: "six"}, "Protocol": {Protocol: "wsp"}, "On": {On: rule.MustParseEdition("2026-09-09")}} {
		_, err := devices.Newest().CheckZeroClient(z)
		refused(t, err, path)
	}
}

func TestCheckFIPS(t *testing.T) {
	for _, tt := range []struct {
		name, date   string
		d            devices.FIPSDirectory
		broken, open string
	}{
		{"GovCloud", "2026-09-10", devices.FIPSDirectory{Region: "us-gov-west-1", EndpointEncryptionMode: "FIPS_VALIDATED"}, "", "documents:Region"},
		{"Ireland", "2026-09-10", devices.FIPSDirectory{Region: "eu-west-1", EndpointEncryptionMode: "FIPS_VALIDATED"}, "fips-outside-us Region", ""},
		{"in use", "2026-09-10", devices.FIPSDirectory{Region: "us-east-1", EndpointEncryptionMode: "STANDARD_TLS", WorkSpaces: 1}, "fips-not-set EndpointEncryptionMode fips-directory-in-use WorkSpaces", "documents:Region"},
		{"not known", "2026-09-10", devices.FIPSDirectory{Region: "us-east-1", WorkSpaces: -1}, "", "documents:Region input:EndpointEncryptionMode input:WorkSpaces"},
		{"before", "2019-09-23", devices.FIPSDirectory{Region: "eu-west-1"}, "", "documents:"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := at(t, tt.date).CheckFIPS(tt.d)
			if err != nil || broken(t, a) != tt.broken || open(a) != tt.open {
				t.Errorf("%q, open %q, %v", broken(t, a), open(a), err)
			}
		})
	}
	for path, d := range map[rule.Path]devices.FIPSDirectory{"Region": {Region: "here"}, "EndpointEncryptionMode": {Region: "us-east-1", EndpointEncryptionMode: "x"}, "WorkSpaces": {Region: "us-east-1", WorkSpaces: -2}} {
		_, err := devices.Newest().CheckFIPS(d)
		refused(t, err, path)
	}
}
