package devices_test

import (
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
