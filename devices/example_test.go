package devices_test

import (
	"fmt"
	"time"

	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/rule"
)

// An administrator has exported the root certificate from Windows in DER.
func ExampleRules_CheckRootCertificates() {
	a, err := devices.Newest().CheckRootCertificates(files()["root.der"])
	fmt.Println(a.Verdict, err)
	for _, v := range a.Violations {
		fmt.Println(v)
	}
	// Output:
	// denied <nil>
	// RootCertificates[0]: the certificate of Root is in DER, which is not Base64 (devices.root-certificate-not-base64)
}

// The certificates of a laptop are held against the root certificate that a directory has. Its own is one of a
// server, and the authority in between was not installed.
func ExampleRules_CheckDeviceCertificate() {
	check := func(certificates []byte) {
		c, err := devices.Newest().CheckDeviceCertificate(devices.Device{
			Platform: devices.Windows, DirectoryType: "AD_CONNECTOR", Certificates: certificates, Roots: [][]byte{files()["root.pem"]},
			On: time.Date(2026, 9, 10, 0, 0, 0, 0, time.UTC),
		})
		fmt.Println(c.Verdict, c.Chain, err)
		for _, v := range c.Violations {
			fmt.Println(v)
		}
	}
	check(files()["device.pem"])
	check(files()["device-server.pem"])
	check(files()["device-alone.pem"])
	// Output:
	// allowed [laptop-1 Middle Root] <nil>
	// denied [laptop-3 Middle Root] <nil>
	// Certificates[0]: laptop-3 has no enhanced key usage Client Authentication (devices.client-authentication-missing)
	// denied [] <nil>
	// Certificates: laptop-1 does not chain up to a root certificate of the directory (devices.chain-not-to-root)
}

func ExampleRules_CheckAccess() {
	a, err := devices.Newest().CheckAccess(devices.Access{Types: map[devices.DeviceType]string{
		devices.TypeWindows: "ALLOW", devices.TypeZeroClient: "ALLOW", devices.TypeWeb: "DENY",
	}, PCoIP: new(bool)})
	fmt.Println(a.Verdict, err)
	for _, v := range a.Violations {
		fmt.Println(v.Level, v)
	}
	// Output:
	// allowed <nil>
	// should WorkspaceAccessProperties.DeviceTypeZeroClient: zero clients are admitted, and no WorkSpace streams over PCoIP (devices.zero-clients-without-use)
}

// macOS clients need another version for FIPS over DCV than over PCoIP.
func ExampleRules_CheckClientVersion() {
	for _, protocol := range []string{"pcoip", "dcv"} {
		a, err := devices.Newest().CheckClientVersion(devices.ClientApplication{Use: devices.UseFIPS, Platform: devices.MacOS, Version: "5.20.1", Protocol: protocol})
		fmt.Println(protocol, a.Verdict, err)
	}
	// Output:
	// pcoip allowed <nil>
	// dcv denied <nil>
}

func ExampleRules_CheckZeroClient() {
	a, err := devices.Newest().CheckZeroClient(devices.ZeroClientDevice{Firmware: "20.10", Protocol: "pcoip", On: rule.MustParseEdition("2027-11-01")})
	fmt.Println(a.Verdict, err)
	for _, v := range a.Violations {
		fmt.Println(v)
	}
	// Output:
	// denied <nil>
	// On: on 2027-11-01 PCoIP has ended (devices.zero-client-ended)
}

func ExampleRules_CheckFIPS() {
	a, err := devices.Newest().CheckFIPS(devices.FIPSDirectory{Region: "us-gov-west-1", EndpointEncryptionMode: "STANDARD_TLS", WorkSpaces: 12})
	fmt.Println(a.Verdict, err)
	for _, v := range a.Violations {
		fmt.Println(v)
	}
	// Output:
	// denied <nil>
	// EndpointEncryptionMode: the endpoint encryption of the directory is STANDARD_TLS (devices.fips-not-set)
	// WorkSpaces: 12 WorkSpaces of the directory were created without FIPS (devices.fips-directory-in-use)
}
