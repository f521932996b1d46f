package devices_test

import (
	"os"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

func TestAnything(t *testing.T) {
	var names []string
	for name := range files() {
		names = append(names, name)
	}
	yes := true
	ruletest.Anything{
		Dir: os.DirFS("."),
		Exports: map[string]any{
			"At": devices.At, "Newest": devices.Newest, "Editions": devices.Editions, "Catalogue": devices.Catalogue, "Documents": devices.Documents, "Parameters": devices.Parameters,
			"Rules": devices.Rules{},
		},
		Sound: []any{
			devices.Device{Platform: devices.Windows, DirectoryType: "SIMPLE_AD", Certificates: files()["device.pem"], Roots: [][]byte{files()["root.pem"]}, On: noon},
			devices.Device{Platform: devices.MacOS, Certificates: files()["device-evil.pem"], Roots: [][]byte{files()["root-evil.pem"], files()["root.pem"]}},
			devices.Access{Types: map[devices.DeviceType]string{devices.TypeWindows: "TRUST", devices.TypeWeb: "\x1b", "\x1b": "DENY", devices.TypeZeroClient: "ALLOW"}, DirectoryType: "\x1b", PCoIP: &yes},
			devices.ClientApplication{Use: devices.UseFIPS, Platform: devices.MacOS, Version: "5.1", Protocol: "dcv", Release: "\x1b"},
			devices.ZeroClientDevice{Firmware: "5.0", Protocol: "dcv", NTP: &yes, MFA: &yes, On: rule.MustParseEdition("2027-12-31")},
			devices.FIPSDirectory{Region: "us-east-1", EndpointEncryptionMode: "STANDARD_TLS", WorkSpaces: 3},
		},
		Draw: map[reflect.Type]func(t *rapid.T) any{
			reflect.TypeFor[devices.Rules](): func(t *rapid.T) any {
				e := rapid.SampledFrom(append(devices.Editions(), devices.Rules{}.Edition())).Draw(t, "edition")
				r, _ := devices.At(e) // zero for the edition that is none
				return r
			},
			reflect.TypeFor[[]byte](): func(t *rapid.T) any {
				data := files()[rapid.SampledFrom(names).Draw(t, "file")]
				return data[:rapid.IntRange(0, len(data)).Draw(t, "length")]
			},
			reflect.TypeFor[time.Time](): func(t *rapid.T) any {
				return time.Unix(rapid.Int64Range(0, 1<<33).Draw(t, "time"), 0)
			},
		},
		Texts: []string{"2.4.3", "6.0.0", "us-gov-west-1", "TRUST", "ALLOW", "\x1b[2J"},
	}.Check(t)
}

// What certificates say of themselves does not leave as it is.
func TestTextOfCertificatesIsMadeSafe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := []string{"device-evil.pem", "device.pem", "device-other.pem"}
		c, err := devices.Newest().CheckDeviceCertificate(devices.Device{
			Platform: devices.Windows, Certificates: files()[rapid.SampledFrom(names).Draw(t, "device")], Roots: [][]byte{files()["root-evil.pem"], files()[rapid.SampledFrom([]string{"root.pem", "other.pem"}).Draw(t, "root")]},
		})
		if err != nil {
			t.Fatal(err)
		}
		ruletest.Look(t, c)
	})
}
