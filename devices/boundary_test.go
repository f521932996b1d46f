package devices_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/rule"
)

// A number of a version is at most 2³¹−1, on every system.
func TestGreatestVersion(t *testing.T) {
	c := devices.ClientApplication{Use: devices.UseFIPS, Platform: devices.Windows, Version: "2147483647.0"}
	if a, err := devices.Newest().CheckClientVersion(c); err != nil || a.Verdict != rule.Allowed {
		t.Errorf("%+v, %v", a, err)
	}
	c.Version = "2147483648"
	_, err := devices.Newest().CheckClientVersion(c)
	refused(t, err, "Version")
}

// A type with digits is named in the path, and one that cannot be part of a path is not.
func TestTypesInPaths(t *testing.T) {
	for name, want := range map[string]string{
		"DeviceType9": "documents:WorkspaceAccessProperties.DeviceType9", "Device0Type": "documents:WorkspaceAccessProperties.Device0Type",
		"Device.Type": "documents:WorkspaceAccessProperties", "Device/": "documents:WorkspaceAccessProperties", "Device:": "documents:WorkspaceAccessProperties",
		"zZaA": "documents:WorkspaceAccessProperties.zZaA", "a[": "documents:WorkspaceAccessProperties", "a`": "documents:WorkspaceAccessProperties", "a{": "documents:WorkspaceAccessProperties", "a@": "documents:WorkspaceAccessProperties",
		strings.Repeat("a", 64): "documents:WorkspaceAccessProperties." + strings.Repeat("a", 64), strings.Repeat("a", 65): "documents:WorkspaceAccessProperties",
	} {
		a, err := devices.Newest().CheckAccess(devices.Access{Types: map[devices.DeviceType]string{devices.DeviceType(name): "ALLOW"}})
		if err != nil || open(a) != want {
			t.Errorf("%q: open %q, %v", name, open(a), err)
		}
	}
}

// A certificate without a common name is told by its serial number.
func TestNamelessCertificate(t *testing.T) {
	a, err := at(t, "2022-09-01").CheckRootCertificates(file(t, "root-no-name.pem"))
	if err != nil || len(a.Violations) != 1 {
		t.Fatalf("%+v, %v", a, err)
	}
	check, err := at(t, "2026-09-10").CheckDeviceCertificate(devices.Device{
		Platform: devices.Windows, DirectoryType: "SIMPLE_AD", Certificates: file(t, "device-no-name.pem"), Roots: [][]byte{file(t, "root.pem")}, On: noon,
	})
	if err != nil || len(check.Chain) == 0 {
		t.Fatalf("%+v, %v", check, err)
	}
	for _, name := range check.Chain {
		if name == "" {
			t.Errorf("a certificate without a name in %q", check.Chain)
		}
	}
}

// A chain of four certificates is fit. Whether its two ends count is open up to six, and seven are too many.
func TestLengthsOfChains(t *testing.T) {
	root := issue("Root 0", nil, nil)
	installed := []*authority{root}
	for n := 2; n <= 8; n++ {
		device := issue("laptop", installed[0], asDevice())
		c, err := devices.Newest().CheckDeviceCertificate(devices.Device{
			Platform: devices.Windows, DirectoryType: "AD_CONNECTOR", Certificates: inPEM(append([]*authority{device}, installed...)...), Roots: [][]byte{inPEM(root)}, On: noon,
		})
		violations, left := "", ""
		switch {
		case n > 6:
			violations = "chain-too-long Certificates"
		case n > 4:
			left = "documents:Certificates"
		}
		if err != nil || broken(t, c.Answer) != violations || open(c.Answer) != left || len(c.Chain) != n {
			t.Errorf("%d certificates: %q, open %q, %v", n, broken(t, c.Answer), open(c.Answer), err)
		}
		installed = append([]*authority{issue(fmt.Sprint("Middle ", n), installed[0], nil)}, installed...)
	}
}

// What stands before or behind a root certificate leaves it open, be it one byte.
func TestTextBesideARoot(t *testing.T) {
	pem := string(inPEM(issue("Root", nil, nil)))
	for text, want := range map[string]string{pem: "", "\n" + pem: "documents:RootCertificates[0]", "xy\n" + pem: "documents:RootCertificates[0]", pem + "x": "documents:RootCertificates[0]"} {
		a, err := devices.Newest().CheckRootCertificates([]byte(text))
		if err != nil || broken(t, a) != "" || open(a) != want {
			t.Errorf("%q: %q, open %q, %v", text[:3], broken(t, a), open(a), err)
		}
	}
}

// Chrome OS alone is supported with a reserve, and only what moves to a new system has the rule of its own.
func TestParametersOfPlatforms(t *testing.T) {
	chrome, moves := 0, 0
	for _, p := range devices.Parameters() {
		if strings.HasPrefix(p.Name, "trusted devices: ") && strings.HasPrefix(p.Value, "supported on ") {
			if chrome++; p.Name != "trusted devices: "+string(devices.ChromeOS) {
				t.Errorf("%s: %s", p.Name, p.Value)
			}
		}
		if strings.HasPrefix(p.Name, "client for ") {
			move := strings.HasPrefix(p.Name, "client for "+string(devices.UseMove)+":")
			if move {
				moves++
			}
			if slices.Contains(p.Rules, devices.ClientTooOldToGo) != move {
				t.Errorf("%s: %v", p.Name, p.Rules)
			}
		}
	}
	if chrome == 0 || moves == 0 {
		t.Errorf("%d of Chrome OS, %d moves", chrome, moves)
	}
}
