package devices_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/internal/lineartest"
)

// linearCases run functions on inputs of n elements. What is read of certificates is bounded: more is
// refused at once.
var linearCases = map[string]func(n int){
	"CheckRootCertificates":       func(n int) { _, _ = devices.Newest().CheckRootCertificates(make([][]byte, n)...) },
	"CheckRootCertificates, long": func(n int) { _, _ = devices.Newest().CheckRootCertificates(bytes.Repeat(files()["root.pem"], n)) },
	"CheckDeviceCertificate": func(n int) {
		_, _ = devices.Newest().CheckDeviceCertificate(devices.Device{Platform: devices.Windows, Certificates: bytes.Repeat(files()["device.pem"], n), Roots: [][]byte{files()["root.pem"]}})
	},
	"CheckAccess": func(n int) {
		types := map[devices.DeviceType]string{}
		for i := range n {
			types[devices.DeviceType(fmt.Sprint("DeviceType", i))] = "ALLOW"
		}
		_, _ = devices.Newest().CheckAccess(devices.Access{Types: types})
	},
}

// TestLinear holds that the work of a function grows as its input does.
func TestLinear(t *testing.T) { lineartest.Run(t, []string{"devices"}, linearCases) }

// Each exported function with a parameter that is a list, or holds one, has a case.
func TestLinearCases(t *testing.T) {
	lineartest.Complete(t, linearCases)
}
