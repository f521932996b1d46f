package preflight

import (
	"fmt"
	"strings"
	"testing"
)

func TestDevicesOfDirectories(t *testing.T) {
	files := func(access string, desktops ...string) map[string]string {
		for i := range desktops {
			desktops[i] = strings.Replace(desktopJSON(fmt.Sprint("ws-", i), "", desktops[i]), "{", `{"DirectoryId": "d-1", `, 1)
		}
		return desktopFiles(directoriesName, `{"Directories": [{"DirectoryId": "d-1", "DirectoryType": "AD_CONNECTOR", "WorkspaceAccessProperties": {`+access+`}}]}`, workspacesName, fleetJSON(desktops...))
	}
	const every = `"DeviceTypeWindows": "DENY", "DeviceTypeOsx": "DENY", "DeviceTypeWeb": "DENY", "DeviceTypeIos": "DENY", "DeviceTypeAndroid": "DENY", "DeviceTypeChromeOs": "DENY", "DeviceTypeZeroClient": "DENY", "DeviceTypeLinux": "DENY", "DeviceTypeWorkSpacesThinClient": "DENY"`
	pcoip := strings.Replace(sound, "WSP", "PCOIP", 1)
	for _, tt := range []struct {
		name, access string
		desktops     []string
		want         []string
		not          string
	}{
		{"some", `"DeviceTypeWindows": "ALLOW", "DeviceTypeOsx": "ALLOW", "DeviceTypeWeb": "DENY"`, nil, []string{"devices of directory d-1\n    ALLOWED\n      admitted: Osx, Windows\n      blocked: Web\n"}, "devices."},
		{"all blocked", every, nil, []string{"devices.every-device-blocked", "describe-workspace-directories.json: Directories[0].WorkspaceAccessProperties"}, "admitted: "},
		{"zero clients in vain", `"DeviceTypeZeroClient": "ALLOW"`, []string{sound}, []string{"devices.zero-clients-without-use", "Directories[0].WorkspaceAccessProperties.DeviceTypeZeroClient"}, ""},
		{"zero clients with PCoIP", `"DeviceTypeZeroClient": "ALLOW"`, []string{sound, pcoip}, []string{"admitted: ZeroClient"}, "devices.zero"},
		{"zero clients of which nothing is known", `"DeviceTypeZeroClient": "ALLOW"`, []string{sound, `"ComputeTypeName": "STANDARD"`}, []string{"admitted: ZeroClient"}, "devices.zero"},
		{"trust", `"DeviceTypeWindows": "TRUST", "DeviceTypeIos": "TRUST", "DeviceTypeWeb": "ALLOW"`, nil, []string{"devices.trust-unsupported", "devices.other-devices-not-blocked", "admitted if they are trusted: Ios, Windows"}, ""},
		{"no types", "", nil, []string{"settings of directory d-1"}, "devices of directory"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, out, errs := preflight(t, "--region", "eu-west-1", "--details", export(t, files(tt.access, tt.desktops...)))
			if errs != "" {
				t.Error(errs)
			}
			for _, want := range tt.want {
				if !strings.Contains(out, want) {
					t.Errorf("no %q in\n%s", want, out)
				}
			}
			if tt.not != "" && strings.Contains(out, tt.not) {
				t.Errorf("%q in\n%s", tt.not, out)
			}
		})
	}
}
