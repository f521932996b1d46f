package devices_test

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

// told returns all that an answer says, line by line.
func told(t *testing.T, a rule.Answer) string {
	t.Helper()
	broken(t, a)
	var lines []string
	for _, v := range a.Violations {
		lines = append(lines, fmt.Sprintf("%s %s: %s", strings.TrimPrefix(string(v.Code), "devices."), v.Path, v.Detail))
	}
	for _, o := range a.Open {
		lines = append(lines, fmt.Sprintf("%s %s: %s", o.By, o.Path, o.Reason))
	}
	return strings.Join(lines, "\n")
}

// Where the model has no types there are none, and zero Rules have none either.
func TestNoDeviceTypes(t *testing.T) {
	for name, r := range map[string]devices.Rules{"before the model had types": at(t, "2019-11-14"), "zero": {}} {
		if types := r.DeviceTypes(); types != nil {
			t.Errorf("%s: %v", name, types)
		}
	}
	if n := len(at(t, "2019-11-15").DeviceTypes()); n != 7 {
		t.Errorf("%d types in the first model that has any", n)
	}
}

// All types of the edition must be blocked for nobody to connect: seven of 2019, eight of 2021 and nine of 2025.
func TestEveryTypeOfAnEdition(t *testing.T) {
	types := []devices.DeviceType{
		devices.TypeWindows, devices.TypeOsx, devices.TypeWeb, devices.TypeIos, devices.TypeAndroid, devices.TypeChromeOs, devices.TypeZeroClient, devices.TypeLinux, devices.TypeThinClient,
	}
	for date, n := range map[string]int{"2019-11-15": 7, "2021-05-24": 7, "2021-05-25": 8, "2025-03-04": 8, "2025-03-05": 9, "2026-09-10": 9} {
		in := devices.Access{Types: map[devices.DeviceType]string{}}
		for _, name := range types[:n] {
			in.Types[name] = "DENY"
		}
		a, err := at(t, date).CheckAccess(in)
		if want := fmt.Sprintf("every-device-blocked WorkspaceAccessProperties: all %d types of devices are blocked", n); err != nil || told(t, a) != want {
			t.Errorf("%s: %s, %v", date, told(t, a), err)
		}
		for _, name := range types[:n] {
			for _, value := range []string{"ALLOW", "TRUST", ""} {
				if in.Types[name] = value; value == "" {
					delete(in.Types, name)
				}
				if a, err := at(t, date).CheckAccess(in); err != nil || strings.Contains(broken(t, a), "every-device-blocked") {
					t.Errorf("%s, %s is %q: %s, %v", date, name, value, told(t, a), err)
				}
			}
			in.Types[name] = "DENY"
		}
	}
}

// What CheckAccess says, in its words: a type that is unknown does not hide those behind it.
func TestAccessInWords(t *testing.T) {
	yes, no := true, false
	const at0 = "WorkspaceAccessProperties"
	for _, tt := range []struct {
		name, date, types, directory string
		pcoip                        *bool
		want                         string
	}{
		{"an unknown type before others", "2026-09-10", "Beos=ALLOW Ios=deny Web=ALLOW Windows=", "", nil,
			"access-value-unknown " + at0 + ".DeviceTypeIos: \"deny\" is neither ALLOW nor DENY\n" +
				"access-value-unknown " + at0 + ".DeviceTypeWindows: \"\" is neither ALLOW nor DENY\n" +
				"documents " + at0 + ".DeviceTypeBeos: the service model of the edition has no type DeviceTypeBeos"},
		{"two that are trusted, and two that are not", "2026-09-10", "Android=ALLOW Osx=TRUST Web=ALLOW Windows=TRUST", "AD_CONNECTOR", nil,
			"other-devices-not-blocked " + at0 + ": DeviceTypeOsx, DeviceTypeWindows is restricted to trusted devices, and all devices are admitted of DeviceTypeAndroid, DeviceTypeWeb\n" +
				"documents " + at0 + ".DeviceTypeOsx: no document says that the API takes or returns TRUST: its list of values does not have it, and trusted devices are set in the console\n" +
				"documents " + at0 + ".DeviceTypeWindows: no document says that the API takes or returns TRUST: its list of values does not have it, and trusted devices are set in the console"},
		{"trusted beside others before anybody advised against it", "2025-10-20", "Web=ALLOW Windows=TRUST", "", nil,
			"documents " + at0 + ".DeviceTypeWindows: no document says that the API takes or returns TRUST: its list of values does not have it, and trusted devices are set in the console"},
		{"trusted in a directory that is not known", "2025-10-21", "Windows=TRUST", "", nil,
			"documents " + at0 + ".DeviceTypeWindows: no document says that the API takes or returns TRUST: its list of values does not have it, and trusted devices are set in the console\n" +
				"input DirectoryType: the type of the directory is not given"},
		{"zero clients with PCoIP", "2026-09-10", "ZeroClient=ALLOW", "", &yes, ""},
		{"zero clients, and PCoIP is not known", "2026-09-10", "ZeroClient=ALLOW", "", nil, ""},
		{"no zero clients and no PCoIP", "2026-09-10", "ZeroClient=DENY", "", &no, ""},
		{"zero clients are not given", "2026-09-10", "Web=ALLOW", "", &no, ""},
		{"zero clients in vain", "2020-04-29", "ZeroClient=ALLOW", "", &no, "zero-clients-without-use " + at0 + ".DeviceTypeZeroClient: zero clients are admitted, and no WorkSpace streams over PCoIP"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in := devices.Access{Types: map[devices.DeviceType]string{}, DirectoryType: tt.directory, PCoIP: tt.pcoip}
			for _, w := range strings.Fields(tt.types) {
				name, value, _ := strings.Cut(w, "=")
				in.Types[devices.DeviceType("DeviceType"+name)] = value
			}
			a, err := at(t, tt.date).CheckAccess(in)
			if err != nil || told(t, a) != tt.want {
				t.Errorf("%v\ngot:\n%s\nwant:\n%s", err, told(t, a), tt.want)
			}
		})
	}
	a, err := devices.Newest().CheckAccess(devices.Access{Types: map[devices.DeviceType]string{"[a": "ALLOW", "": "DENY"}})
	if err != nil || open(a) != "documents:"+at0+" documents:"+at0 {
		t.Errorf("%s, %v", told(t, a), err)
	}
}

// What CheckClientVersion says, in its words, and where it was read.
func TestVersionsInWords(t *testing.T) {
	for _, tt := range []struct {
		name, date string
		c          devices.ClientApplication
		want, cite string
	}{
		{"FIPS, too old for both protocols", "2026-09-10", devices.ClientApplication{Use: devices.UseFIPS, Platform: devices.MacOS, Version: "2.4.2"},
			"client-too-old Version: 2.4.2 of macos is older than 2.4.3, for fips", "admin-guide-fips"},
		{"FIPS, between the two", "2026-09-10", devices.ClientApplication{Use: devices.UseFIPS, Platform: devices.MacOS, Version: "2.4.3"}, "input Protocol: the protocol is not given, and versions differ by it", ""},
		{"FIPS, of nothing", "2026-09-10", devices.ClientApplication{Use: devices.UseFIPS, Platform: devices.MacOS}, "input Protocol: the protocol is not given, and versions differ by it", ""},
		{"FIPS, of a protocol alone", "2026-09-10", devices.ClientApplication{Use: devices.UseFIPS, Platform: devices.MacOS, Protocol: "pcoip"}, "input Version: the version of the client application is not given", ""},
		{"FIPS, of a platform without protocols", "2026-09-10", devices.ClientApplication{Use: devices.UseFIPS, Platform: devices.Windows}, "input Version: the version of the client application is not given", ""},
		{"FIPS, of a release that does not count", "2026-09-10", devices.ClientApplication{Use: devices.UseFIPS, Platform: devices.Linux, Version: "3", Release: "20.04"}, "", ""},
		{"FIPS, another platform", "2026-09-10", devices.ClientApplication{Use: devices.UseFIPS, Platform: devices.ThinClient, Version: "9"},
			"client-unsupported Platform: thin-client is not among the client applications for fips", "admin-guide-fips"},
		{"FIPS, Linux before it was named", "2020-05-06", devices.ClientApplication{Use: devices.UseFIPS, Platform: devices.Linux, Version: "9"},
			"client-unsupported Platform: linux is not among the client applications for fips", "admin-guide-fips"},
		{"FIPS, a browser", "2026-09-10", devices.ClientApplication{Use: devices.UseFIPS, Platform: devices.Web}, "", ""},
		{"DCV, another platform", "2025-10-21", devices.ClientApplication{Use: devices.UseDCV, Platform: devices.Android, Version: "9"},
			"client-unsupported Platform: android is not among the client applications for dcv", "admin-guide-protocols"},
		{"DCV, of a release that is not given", "2026-09-10", devices.ClientApplication{Use: devices.UseDCV, Platform: devices.Linux}, "input Release: the release of Ubuntu is not given, and versions differ by it", ""},
		{"DCV, too old for any release", "2026-09-10", devices.ClientApplication{Use: devices.UseDCV, Platform: devices.Linux, Version: "2023"},
			"client-too-old Version: 2023 of linux is older than 2024, for dcv\ninput Release: the release of Ubuntu is not given, and versions differ by it", "admin-guide-protocols"},
		{"DCV, of another release", "2026-09-10", devices.ClientApplication{Use: devices.UseDCV, Platform: devices.Linux, Version: "2025.1", Release: "20.04"},
			"documents Platform: no document of the edition gives versions of linux with release 20.04 for dcv", ""},
		{"DCV, too old in its last number", "2026-09-10", devices.ClientApplication{Use: devices.UseDCV, Platform: devices.Windows, Version: "5.1.0.328"},
			"client-too-old Version: 5.1.0.328 of windows is older than 5.1.0.329, for dcv", "admin-guide-protocols"},
		{"DCV, later in its first number", "2026-09-10", devices.ClientApplication{Use: devices.UseDCV, Platform: devices.Windows, Version: "6.0"}, "", ""},
		{"DCV, later in its second number", "2026-09-10", devices.ClientApplication{Use: devices.UseDCV, Platform: devices.Windows, Version: "5.2.0.1"}, "", ""},
		{"DCV, the same with less numbers", "2026-09-10", devices.ClientApplication{Use: devices.UseDCV, Platform: devices.MacOS, Version: "5.5"}, "", ""},
		{"DCV, the same with more numbers", "2026-09-10", devices.ClientApplication{Use: devices.UseDCV, Platform: devices.MacOS, Version: "5.5.0.0"}, "", ""},
		{"DCV, before anybody gave versions", "2025-10-20", devices.ClientApplication{Use: devices.UseDCV, Platform: devices.Windows, Version: "9"}, "documents Use: no document of the edition gives versions for dcv", ""},
		{"a move on the day of its notice", "2026-06-30", devices.ClientApplication{Use: devices.UseMove, Platform: devices.MacOS, Version: "5.22.0"},
			"client-too-old-for-migration Version: 5.22.0 of macos is older than 5.22.1, for dcv-migration", "admin-guide-pcoip-end-of-support"},
		{"a move on the day before", "2026-06-29", devices.ClientApplication{Use: devices.UseMove, Platform: devices.MacOS, Version: "5.22.0"}, "documents Use: no document of the edition gives versions for dcv-migration", ""},
		{"a move of a browser", "2026-09-10", devices.ClientApplication{Use: devices.UseMove, Platform: devices.Web, Version: "1"},
			"input Version: the document asks for the latest Chrome, Firefox or Edge, and whether it is that is not known", ""},
		{"a move of a platform that is not listed", "2026-09-10", devices.ClientApplication{Use: devices.UseMove, Platform: devices.IOS, Version: "1"},
			"documents Platform: no document of the edition gives versions of ios for dcv-migration", ""},
		{"a proxy", "2026-09-10", devices.ClientApplication{Use: devices.UseProxy, Platform: devices.MacOS, Version: "5.3.9"}, "client-too-old Version: 5.3.9 of macos is older than 5.4, for dcv-proxy", "admin-guide-ports"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := at(t, tt.date).CheckClientVersion(tt.c)
			if err != nil || told(t, a) != tt.want {
				t.Errorf("%v\ngot:\n%s\nwant:\n%s", err, told(t, a), tt.want)
			}
			if len(a.Violations) > 0 && string(a.Violations[0].Cite.Document) != tt.cite {
				t.Errorf("cited %v", a.Violations[0].Cite)
			}
		})
	}
}

// A version has at most 40 bytes, and its numbers are decimal.
func TestFormOfVersions(t *testing.T) {
	for version, ok := range map[string]bool{
		strings.Repeat("0", 35) + "5.1.2": true, strings.Repeat("0", 36) + "5.1.2": false, "5.1.2.3": true, "5.1.2.3.4": false, "9.a": false, "9": true,
	} {
		_, err := devices.Newest().CheckClientVersion(devices.ClientApplication{Use: devices.UseProxy, Platform: devices.Windows, Version: version})
		if (err == nil) != ok {
			t.Errorf("%q: %v", version, err)
		}
	}
}

// A sample of what Parameters lists, with one row of each kind that a table has.
func TestParametersInWords(t *testing.T) {
	values, codes := map[string][]string{}, map[string][]rule.Code{}
	for _, p := range devices.Parameters() {
		values[p.Name], codes[p.Name] = append(values[p.Name], p.Value), p.Rules
	}
	for name, want := range map[string][]string{
		"by default, DeviceTypeWeb": {"blocked", "admitted"}, "by default, DeviceTypeLinux": {"blocked", "blocked"}, "by default, DeviceTypeIos": {"admitted", "admitted"},
		"client for fips: windows": {"2.4.3 or later"}, "client for fips: macos, dcv": {"5.21.0 or later"}, "client for fips: web": {"any version"}, "client for dcv: linux, 22.04": {"2024 or later"},
		"client for dcv-migration: web": {"the latest Chrome, Firefox or Edge"}, "client for dcv-proxy: macos": {"5.4 or later"},
		"trusted devices: windows": {"supported; certificates are looked for in the user and root certificate stores"}, "trusted devices: linux": {"not supported"},
		"trusted devices: android":  {"not supported", "supported; certificates are looked for in the keychain", "supported"},
		"trusted devices: chromeos": {"not supported", "supported on systems that are compatible with Android; certificates are looked for in the keychain, for user certificates", "supported on systems that are compatible with Android"},
		"type of devices":           {"DeviceTypeWindows", "DeviceTypeOsx", "DeviceTypeWeb", "DeviceTypeIos", "DeviceTypeAndroid", "DeviceTypeChromeOs", "DeviceTypeZeroClient", "DeviceTypeLinux", "DeviceTypeWorkSpacesThinClient"},
		"firmware of zero clients with PCoIP Connection Manager, least": {"4.6.0"}, "PCoIP Connection Manager for all zero clients": {"required, by the page on networks of clients"},
		"value TRUST of DeviceTypeOsx": {"documented"}, "last day of zero clients": {"2027-10-31"},
		"chain of certificates, longest": {"4"}, "root certificates of a directory, most": {"2"}, "line of a root certificate": {"64 characters"},
		"recommended algorithms of signatures": {"SHA256 with RSA, SHA256 with ECDSA, SHA384 with ECDSA, SHA512 with ECDSA"},
	} {
		if !slices.Equal(values[name], want) {
			t.Errorf("%s: %q, want %q", name, values[name], want)
		}
	}
	for name, want := range map[string][]rule.Code{
		"client for dcv: web": {devices.ClientTooOld, devices.ClientUnsupported}, "client for dcv-migration: windows": {devices.ClientTooOldToGo},
		"trusted devices: linux": {devices.TrustUnsupported}, "by default, DeviceTypeWeb": nil, "firmware of zero clients with PCoIP Connection Manager, least": {devices.ZeroClientFirmware},
	} {
		if !slices.Equal(codes[name], want) {
			t.Errorf("%s is of %q, want %q", name, codes[name], want)
		}
	}
}

// numbered sets the serial number of a certificate.
func numbered(n int64) func(c *x509.Certificate) {
	return func(c *x509.Certificate) { c.SerialNumber, c.Subject.CommonName = big.NewInt(n), "" }
}

// What is said of certificates, in its words. One without a Common Name is told by its serial number, in hexadecimal digits.
func TestCertificatesInWords(t *testing.T) {
	root := issue("Root", nil, nil)
	nameless := issue("", nil, numbered(0x1f2e))
	d := devices.Device{Platform: devices.Windows, DirectoryType: "AD_CONNECTOR", Roots: [][]byte{inPEM(nameless)}, On: noon}
	d.Certificates = inPEM(issue("", nameless, asDevice(numbered(0x2f1e))), nameless)
	c, err := at(t, "2026-09-10").CheckDeviceCertificate(d)
	if want := "common-name-missing Certificates[0]: the device certificate has no Common Name"; err != nil || told(t, c.Answer) != want || !slices.Equal(c.Chain, []string{"certificate 2f1e", "certificate 1f2e"}) {
		t.Errorf("%s, chain %q, %v", told(t, c.Answer), c.Chain, err)
	}
	for _, tt := range []struct {
		date  string
		files [][]byte
		want  string
	}{
		{"2022-09-01", [][]byte{inPEM(nameless)}, "common-name-missing RootCertificates[0]: the certificate with serial number 1f2e has no Common Name"},
		{"2018-02-03", [][]byte{inPEM(root), inPEM(root), inPEM(root)}, "root-certificates-too-many RootCertificates: 3 root certificates, and a directory takes 2"},
		{"2026-09-10", [][]byte{inPEM(root, nameless, root)}, "root-certificate-form RootCertificates[0]: the file has 3 certificates, and one is imported at a time"},
		{"2026-09-10", [][]byte{wrapped(root, 63)}, "root-certificate-form RootCertificates[0]: the certificate of Root is not in lines of 64 characters, each with an end, between its first and last line"},
		{"2026-09-10", [][]byte{nameless.cert.Raw}, "root-certificate-not-base64 RootCertificates[0]: the certificate of certificate 1f2e is in DER, which is not Base64"},
	} {
		a, err := at(t, tt.date).CheckRootCertificates(tt.files...)
		if err != nil || told(t, a) != tt.want {
			t.Errorf("%v\ngot:\n%s\nwant:\n%s", err, told(t, a), tt.want)
		}
	}
}

// Validity of chains on a day that is known, and on one that is not: then there may be none on which all of it is valid. A chain
// that is not valid is not held against what else crypto/x509 asks.
func TestValidityOfChains(t *testing.T) {
	day := func(year int) time.Time { return time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC) }
	years := func(first, last int) func(c *x509.Certificate) {
		return func(c *x509.Certificate) { c.NotBefore, c.NotAfter = day(first), day(last) }
	}
	const notKnown = "input On: it is not known when the device connects, and so whether the certificates are valid then"
	const limits = "documents Certificates: crypto/x509 refuses the chain, and no document says whether clients do: "
	root := issue("Root", nil, years(2020, 2040))
	early := issue("Early", root, years(2021, 2023))
	for name, tt := range map[string]struct {
		by     *authority
		change func(c *x509.Certificate)
		on     time.Time
		names  []string
		want   string
	}{
		"the device is the newest":           {root, years(2025, 2026), time.Time{}, nil, notKnown},
		"the device is the oldest":           {root, years(2019, 2026), time.Time{}, nil, notKnown},
		"never all at once":                  {early, years(2024, 2026), time.Time{}, nil, notKnown + "\ninput On: at no time are all certificates of the chain valid"},
		"a device that came before its root": {root, years(2018, 2019), time.Time{}, nil, notKnown + "\ninput On: at no time are all certificates of the chain valid"},
		"on the day, not all at once":        {early, years(2024, 2026), day(2025), nil, "certificate-not-valid Certificates[1]: Early is valid from 2021-01-01 to 2023-01-01"},
		"on the first moment":                {root, years(2025, 2026), day(2025), nil, ""},
		"on the last moment":                 {root, years(2025, 2026), day(2026), nil, ""},
		"a second after":                     {root, years(2025, 2026), day(2026).Add(time.Second), nil, "certificate-not-valid Certificates[0]: laptop is valid from 2025-01-01 to 2026-01-01"},
		"a second before":                    {root, years(2025, 2026), day(2025).Add(-time.Second), nil, "certificate-not-valid Certificates[0]: laptop is valid from 2025-01-01 to 2026-01-01"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, critical := range []bool{false, true} {
				device := issue("laptop", tt.by, asDevice(tt.change, func(c *x509.Certificate) {
					if critical { // which crypto/x509 does not know, and refuses
						c.ExtraExtensions = []pkix.Extension{{Id: []int{1, 2, 3}, Critical: true, Value: []byte{5, 0}}}
					}
				}))
				d := devices.Device{Platform: devices.Windows, DirectoryType: "AD_CONNECTOR", Roots: [][]byte{inPEM(root)}, Certificates: inPEM(device, early, root), On: tt.on}
				c, err := devices.Newest().CheckDeviceCertificate(d)
				got := told(t, c.Answer)
				if critical && !strings.Contains(tt.want, "not-valid") && !strings.Contains(tt.want, "at no time") {
					ok := false
					if got, ok = cutLine(got, limits); !ok {
						t.Errorf("critical: nothing of crypto/x509 in:\n%s", got)
					}
				}
				if err != nil || got != tt.want {
					t.Errorf("critical %t: %v\ngot:\n%s\nwant:\n%s", critical, err, got, tt.want)
				}
			}
		})
	}
}

// cutLine returns a text without its last line, if that begins so.
func cutLine(text, prefix string) (string, bool) {
	i := strings.LastIndexByte(text, '\n')
	return text[:max(i, 0)], strings.HasPrefix(text[i+1:], prefix)
}

// A device may name a responder of OCSP, or lists of revoked certificates, or both.
func TestKindsOfRevocation(t *testing.T) {
	root := issue("Root", nil, nil)
	lists := func(c *x509.Certificate) { c.CRLDistributionPoints = []string{"http://example.com/crl"} }
	ocsp := func(c *x509.Certificate) { c.OCSPServer = []string{"http://example.com/ocsp"} }
	for name, changes := range map[string][]func(c *x509.Certificate){"none": nil, "lists": {lists}, "OCSP": {ocsp}, "both": {lists, ocsp}} {
		d := devices.Device{Platform: devices.Windows, DirectoryType: "AD_CONNECTOR", Roots: [][]byte{inPEM(root)}, Certificates: inPEM(issue("laptop", root, asDevice(changes...)), root), On: noon}
		if c, err := devices.Newest().CheckDeviceCertificate(d); err != nil || c.RevocationIgnored != (name != "none") || c.Verdict != rule.Allowed {
			t.Errorf("%s: %t, %s, %v", name, c.RevocationIgnored, told(t, c.Answer), err)
		}
	}
}

// The type of the directory is asked for from 2025-10-21 on.
func TestDirectoriesBefore(t *testing.T) {
	for date, want := range map[string]map[string]string{
		"2025-10-20": {"": "", "CUSTOMER_MANAGED": "", "X": ""},
		"2025-10-21": {"": "input DirectoryType: the type of the directory is not given", "CUSTOMER_MANAGED": "trust-directory-unsupported DirectoryType: AWS Directory Service does not manage a directory of type CUSTOMER_MANAGED",
			"X": "documents DirectoryType: no document says what a directory of type X is managed by", "SIMPLE_AD": "", "AD_CONNECTOR": ""},
	} {
		for kind, want := range want {
			c, err := at(t, date).CheckDeviceCertificate(devices.Device{Platform: devices.MacOS, DirectoryType: kind, Certificates: file(t, "device.pem"), Roots: [][]byte{file(t, "root.pem")}, On: noon})
			if err != nil || told(t, c.Answer) != want {
				t.Errorf("%s, %q: %s, %v", date, kind, told(t, c.Answer), err)
			}
		}
	}
}

// The bounds of what is read, as the package documents them: 64 KiB, 16 certificates, 16 files and 16,384 bits.
func TestBoundsOfReading(t *testing.T) {
	root := issue("Root", nil, nil)
	one := inPEM(root)
	padded := func(n int) []byte { return append(bytes.Repeat([]byte("x"), n-len(one)-1), "\n"+string(one)...) }
	ofBits := func(n uint) []byte {
		key := &rsa.PublicKey{N: new(big.Int).Add(new(big.Int).Lsh(big.NewInt(1), n-1), big.NewInt(1)), E: 65537}
		return inPEM(issue("Long Key", root, nil, publicKey{key, root.key}))
	}
	broken := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: []byte{0x30, 0}})
	key := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: []byte{0}})
	for name, tt := range map[string]struct {
		data []byte
		want string // of the refusal; "" is read
	}{
		"64 KiB":                               {padded(65536), ""},
		"a byte more":                          {padded(65537), "RootCertificates[0]: are more than the 65536 that are read of one file"},
		"16 certificates":                      {bytes.Repeat(one, 16), ""},
		"17 certificates":                      {bytes.Repeat(one, 17), "RootCertificates[0]: have more than the 16 certificates that are read of one file"},
		"17 certificates before a broken one":  {append(bytes.Repeat(one, 17), broken...), "RootCertificates[0]: have more than the 16 certificates that are read of one file"},
		"17 certificates in DER":               {bytes.Repeat(root.cert.Raw, 17), "RootCertificates[0]: have more than the 16 certificates that are read of one file"},
		"a key of 16,384 bits":                 {ofBits(16384), ""},
		"a key of 16,385 bits":                 {ofBits(16385), "RootCertificates[0]: have a certificate with a key of more than the 16384 bits that are read"},
		"a key of 16,385 bits in the second":   {append(slices.Clone(one), ofBits(16385)...), "RootCertificates[0]: have a certificate with a key of more than the 16384 bits that are read"},
		"a block that is none before one":      {append(slices.Clone(key), one...), ""},
		"blocks that are none":                 {append(slices.Clone(key), key...), "RootCertificates[0]: have no block of PEM that is a certificate"},
		"a broken one":                         {broken, "RootCertificates[0]: have a certificate, number 1, that cannot be read: x509: malformed tbs certificate"},
		"a broken one behind another and keys": {slices.Concat(key, one, key, broken, one), "RootCertificates[0]: have a certificate, number 2, that cannot be read: x509: malformed tbs certificate"},
		"nothing":                              {nil, "RootCertificates[0]: are no certificate, in PEM or DER"},
		"no certificate":                       {[]byte("no certificate"), "RootCertificates[0]: are no certificate, in PEM or DER"},
		"text behind DER":                      {append(slices.Clone(root.cert.Raw), '\n'), "RootCertificates[0]: are no certificate, in PEM or DER"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := devices.Newest().CheckRootCertificates(tt.data)
			if tt.want == "" && err != nil || tt.want != "" && ruletest.Refusal(err) != tt.want {
				t.Errorf("%v, want %q", err, tt.want)
			}
		})
	}
	files := slices.Repeat([][]byte{one}, 17)
	if a, err := devices.Newest().CheckRootCertificates(files[:16]...); err != nil || told(t, a) != "root-certificates-too-many RootCertificates: 16 root certificates, and a directory takes 2" {
		t.Errorf("16 files: %v, %v", a, err)
	}
	if _, err := devices.Newest().CheckRootCertificates(files...); ruletest.Refusal(err) != "RootCertificates: are more files than the 16 that are read" {
		t.Errorf("17 files: %v", err)
	}
}

// A publicKey is a key of which only the public half counts.
type publicKey struct {
	public crypto.PublicKey
	crypto.Signer
}

func (k publicKey) Public() crypto.PublicKey { return k.public }

// Signatures that crypto/x509 does not look at leave a chain open: those of an algorithm that it does not know, and those
// of an RSA key of fewer than 1,024 bits.
func TestSignaturesThatAreNotLookedAt(t *testing.T) {
	root := issue("Root", nil, nil)
	device := issue("laptop", root, asDevice())
	// ecdsa-with-SHA256 is 1.2.840.10045.4.3.2, and what ends in 9 is nothing
	sha256 := []byte{0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02}
	odd := bytes.ReplaceAll(device.cert.Raw, sha256, append(sha256[:9:9], 9))
	short := &rsa.PublicKey{N: new(big.Int).Add(new(big.Int).Lsh(big.NewInt(1), 1022), big.NewInt(1)), E: 65537}
	long := &rsa.PublicKey{N: new(big.Int).Add(new(big.Int).Lsh(big.NewInt(1), 1023), big.NewInt(1)), E: 65537}
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	ofKey := func(key *rsa.PublicKey) (root, device []byte) {
		r := issue("RSA", issue("RSA", nil, nil, other), nil, publicKey{key, other})
		parent := *r.cert
		parent.PublicKey = nil // which the key that signs in its place does not match
		return r.cert.Raw, issue("laptop", &authority{&parent, other}, asDevice()).cert.Raw
	}
	shortRoot, byShort := ofKey(short)
	longRoot, byLong := ofKey(long)
	const doubt = "the chain has a signature that crypto/x509 does not verify, such as one with SHA-1; no document says whether clients do"
	for name, tt := range map[string]struct {
		root, device []byte
		want         string
	}{
		"no algorithm":    {root.cert.Raw, odd, "algorithm-not-recommended Certificates[0]: laptop is signed with 0\ndocuments Certificates: " + doubt},
		"RSA, 1,023 bits": {shortRoot, byShort, "documents Certificates: " + doubt},
		"RSA, 1,024 bits": {longRoot, byLong, "chain-not-to-root Certificates: laptop does not chain up to a root certificate of the directory"},
	} {
		c, err := devices.Newest().CheckDeviceCertificate(devices.Device{
			Platform: devices.Windows, DirectoryType: "AD_CONNECTOR", Certificates: append(slices.Clone(tt.device), tt.root...), On: noon,
			Roots: [][]byte{pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: tt.root})},
		})
		if err != nil || told(t, c.Answer) != tt.want {
			t.Errorf("%s: %v\ngot:\n%s\nwant:\n%s", name, err, told(t, c.Answer), tt.want)
		}
	}
}

// An own certificate may be the root itself, and one of several ways to a root is the shortest.
func TestShortestChains(t *testing.T) {
	root := issue("Root", nil, nil)
	middle := issue("Middle", root, nil)
	direct := issue("Middle", nil, nil, middle.key) // has the name and the key of the one under Root
	device := issue("laptop", middle, asDevice())
	alone := issue("laptop", nil, asDevice(func(c *x509.Certificate) { c.IsCA, c.KeyUsage = true, c.KeyUsage|x509.KeyUsageCertSign }))
	for name, tt := range map[string]struct {
		installed, roots []*authority
		want             []string
	}{
		"by the longer way":  {[]*authority{device, middle, root}, []*authority{root}, []string{"laptop", "Middle", "Root"}},
		"by the shorter way": {[]*authority{device, middle, root, direct}, []*authority{root, direct}, []string{"laptop", "Middle"}},
		"the root itself":    {[]*authority{alone}, []*authority{alone}, []string{"laptop"}},
		"signed by itself":   {[]*authority{alone, root}, []*authority{root}, nil},
	} {
		d := devices.Device{Platform: devices.Windows, DirectoryType: "AD_CONNECTOR", Certificates: inPEM(tt.installed...), On: noon}
		for _, r := range tt.roots {
			d.Roots = append(d.Roots, inPEM(r))
		}
		c, err := devices.Newest().CheckDeviceCertificate(d)
		if err != nil || !slices.Equal(c.Chain, tt.want) || (c.Verdict == rule.Allowed) != (tt.want != nil) {
			t.Errorf("%s: chain %q, %s, %v", name, c.Chain, told(t, c.Answer), err)
		}
	}
}

// What CheckZeroClient says, in its words, at the edges of its days and versions.
func TestZeroClientsInWords(t *testing.T) {
	yes, no := true, false
	day := rule.MustParseEdition
	for _, tt := range []struct {
		name, date string
		z          devices.ZeroClientDevice
		want       string
	}{
		{"on the day of the edition", "2026-09-10", devices.ZeroClientDevice{Firmware: "6.0.0", Protocol: "pcoip", NTP: &yes, MFA: &yes, On: day("2026-09-10")}, "zero-client-ends On: zero clients connect until 2027-10-31"},
		{"on the last day", "2026-06-30", devices.ZeroClientDevice{Firmware: "6.0.0", Protocol: "pcoip", NTP: &yes, On: day("2027-10-31")}, "zero-client-ends On: zero clients connect until 2027-10-31"},
		{"on the day after", "2026-06-30", devices.ZeroClientDevice{Firmware: "6.0.0", Protocol: "pcoip", NTP: &yes, On: day("2027-11-01")}, "zero-client-ended On: on 2027-11-01 PCoIP has ended"},
		{"without a second step", "2021-04-15", devices.ZeroClientDevice{Firmware: "6.0.0", Protocol: "pcoip", NTP: &yes, MFA: &no}, "zero-client-without-mfa MFA: users sign in without multi-factor authentication"},
		{"without a second step before anybody said so", "2021-04-14", devices.ZeroClientDevice{Firmware: "6.0.0", Protocol: "pcoip", NTP: &yes, MFA: &no}, ""},
		{"firmware before the least of all", "2026-09-10", devices.ZeroClientDevice{Firmware: "5.9.9", Protocol: "pcoip", NTP: &yes}, "zero-client-firmware Firmware: firmware 5.9.9 is before 6.0.0"},
		{"firmware before the least with the manager", "2021-04-12", devices.ZeroClientDevice{Firmware: "4.5", ConnectionManager: true, Protocol: "pcoip", NTP: &yes}, "documents Firmware: no document of the edition speaks of firmware before 4.6.0"},
		{"firmware that needs the manager", "2021-04-12", devices.ZeroClientDevice{Firmware: "5", Protocol: "pcoip", NTP: &yes}, "zero-client-firmware Firmware: firmware 5 is before 6.0.0, and needs PCoIP Connection Manager"},
		{"DCV, and no time", "2026-09-10", devices.ZeroClientDevice{Firmware: "6", Protocol: "dcv", NTP: &no}, "zero-client-protocol Protocol: the WorkSpace streams over DCV\nzero-client-time NTP: the zero client does not use NTP"},
		{"nothing", "2026-09-10", devices.ZeroClientDevice{},
			"input Firmware: the firmware of the zero client is not given\ninput Protocol: the protocol of the WorkSpace is not given\ninput NTP: it is not known whether the zero client sets its clock by NTP"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := at(t, tt.date).CheckZeroClient(tt.z)
			if err != nil || told(t, a) != tt.want {
				t.Errorf("%v\ngot:\n%s\nwant:\n%s", err, told(t, a), tt.want)
			}
		})
	}
}

// What CheckFIPS says, in its words.
func TestFIPSInWords(t *testing.T) {
	for _, tt := range []struct {
		name string
		d    devices.FIPSDirectory
		want string
	}{
		{"not fit", devices.FIPSDirectory{Region: "ca-central-1", EndpointEncryptionMode: "STANDARD_TLS", WorkSpaces: 2},
			"fips-outside-us Region: ca-central-1 is not in the US\nfips-not-set EndpointEncryptionMode: the endpoint encryption of the directory is STANDARD_TLS\nfips-directory-in-use WorkSpaces: 2 WorkSpaces of the directory were created without FIPS"},
		{"not known", devices.FIPSDirectory{Region: "us-west-2", WorkSpaces: -1},
			"documents Region: the guide refers to a page that was not read for which authorization us-west-2 has\ninput EndpointEncryptionMode: the endpoint encryption of the directory is not given\ninput WorkSpaces: it is not known how many WorkSpaces of the directory were created without FIPS"},
	} {
		if a, err := at(t, "2019-09-24").CheckFIPS(tt.d); err != nil || told(t, a) != tt.want {
			t.Errorf("%s: %v\ngot:\n%s\nwant:\n%s", tt.name, err, told(t, a), tt.want)
		}
	}
}

// What the documents advise against, and what a later value of the service may make right, is a Should; all else is a Must.
func TestLevels(t *testing.T) {
	advice := []rule.Code{
		devices.AccessValueUnknown, devices.EveryDeviceBlocked, devices.ZeroClientsWithoutUse, devices.ClientTooOldToGo, devices.AlgorithmNotRecommended, devices.OtherDevicesNotBlocked,
		devices.ZeroClientOneStep, devices.ZeroClientEnds,
	}
	for _, r := range devices.Catalogue() {
		for i, v := range r.Revisions {
			if (v.Level == rule.Should) != slices.Contains(advice, r.Code) {
				t.Errorf("%s, revision %d: %s", r.Code, i, v.Level)
			}
		}
	}
}

// The text of the model named TRUST for Windows and macOS from its first version with types on, until 2021-09-30.
func TestDaysOfTrust(t *testing.T) {
	for date, want := range map[string]rule.Cause{"2019-11-15": rule.ByContradiction, "2021-09-29": rule.ByContradiction, "2021-09-30": rule.ByDocuments} {
		for _, name := range []devices.DeviceType{devices.TypeWindows, devices.TypeOsx} {
			a, err := at(t, date).CheckAccess(devices.Access{Types: map[devices.DeviceType]string{name: "TRUST"}})
			if err != nil || len(a.Open) != 1 || a.Open[0].By != want {
				t.Errorf("%s on %s: %s, %v", name, date, told(t, a), err)
			}
		}
	}
}
