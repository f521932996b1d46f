package devices_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/rule"
)

func TestCheckRootCertificates(t *testing.T) {
	for _, tt := range []struct{ files, date, broken, open string }{
		{"root.pem", "2026-09-10", "", ""},
		{"root.pem other.pem", "2018-02-03", "", ""},
		{"root-crlf.pem", "2026-09-10", "", ""},
		{"root-p384.pem", "2026-09-10", "", ""},
		{"", "2026-09-10", "", ""},
		{"root.pem other.pem root-p384.pem", "2026-09-10", "root-certificates-too-many RootCertificates", ""},
		{"root.pem other.pem root-p384.pem", "2018-02-03", "root-certificates-too-many RootCertificates", ""},
		{"root.der", "2018-02-03", "root-certificate-not-base64 RootCertificates[0]", ""},
		{"other.pem root.der", "2026-09-10", "root-certificate-not-base64 RootCertificates[1]", ""},
		{"root-76.pem", "2022-09-02", "root-certificate-form RootCertificates[0]", ""},
		{"root-76.pem", "2022-09-01", "", ""},
		{"root-no-end.pem", "2026-09-10", "root-certificate-form RootCertificates[0]", ""},
		{"roots.pem", "2026-09-10", "root-certificate-form RootCertificates[0]", ""},
		{"root-text.pem", "2026-09-10", "", "documents:RootCertificates[0]"},
		{"root-no-name.pem", "2022-09-01", "common-name-missing RootCertificates[0]", ""},
		{"root-no-name.pem", "2022-09-02", "", ""},
		{"root-sha1.pem", "2026-09-10", "algorithm-not-recommended RootCertificates[0]", ""},
		{"root-sha512-rsa.pem", "2026-09-10", "algorithm-not-recommended RootCertificates[0]", ""},
	} {
		t.Run(tt.files+" "+tt.date, func(t *testing.T) {
			var list [][]byte
			for _, name := range strings.Fields(tt.files) {
				list = append(list, file(t, name))
			}
			a, err := at(t, tt.date).CheckRootCertificates(list...)
			if err != nil || broken(t, a) != tt.broken || open(a) != tt.open {
				t.Errorf("%q, open %q, %v", broken(t, a), open(a), err)
			}
		})
	}
	for _, name := range []string{"not-a-certificate.pem", "key.pem", "empty", "text", "seventeen.pem"} {
		_, err := devices.Newest().CheckRootCertificates(file(t, "root.pem"), file(t, name))
		refused(t, err, "RootCertificates[1]")
	}
	_, err := devices.Newest().CheckRootCertificates(make([]byte, devices.MaxFile+1))
	refused(t, err, "RootCertificates[0]")
	_, err = devices.Newest().CheckRootCertificates(make([][]byte, devices.MaxRoots+1)...)
	refused(t, err, "RootCertificates")
}

func TestCheckDeviceCertificate(t *testing.T) {
	yes, no := true, false
	for _, tt := range []struct {
		name, date, file string
		change           func(d *devices.Device)
		broken, open     string
		chain            string
	}{
		{"as it should be", "2026-09-10", "device.pem", nil, "", "", "laptop-1 Middle Root"},
		{"in DER", "2026-09-10", "device.der", nil, "", "", "laptop-1 Middle Root"},
		{"in another order", "2026-09-10", "device-shuffled.pem", nil, "", "", "laptop-1 Middle Root"},
		{"under the root", "2026-09-10", "device-direct.pem", nil, "", "", "laptop-5 Root"},
		{"in 2018", "2018-02-03", "device.pem", nil, "", "", "laptop-1 Middle Root"},
		{"the middle is missing", "2026-09-10", "device-alone.pem", nil, "chain-not-to-root Certificates", "", ""},
		{"the root is not installed", "2026-09-10", "device-no-root.pem", nil, "chain-not-installed Certificates", "", "laptop-1 Middle Root"},
		{"which nobody asked before", "2022-09-01", "device-no-root.pem", nil, "", "", "laptop-1 Middle Root"},
		{"another root", "2026-09-10", "device-other.pem", nil, "chain-not-to-root Certificates", "", ""},
		{"one of two roots", "2026-09-10", "device-other.pem", func(d *devices.Device) { d.Roots = append(d.Roots, file(t, "other.pem")) }, "", "", "laptop-4 Other Root"},
		{"issued by a device", "2026-09-10", "device-by-device.pem", nil, "chain-not-to-root Certificates", "", ""},
		{"no name", "2018-02-03", "device-no-name.pem", nil, "common-name-missing Certificates[0]", "", "- Middle Root"},
		{"no signature", "2019-09-24", "device-no-signature.pem", nil, "digital-signature-missing Certificates[0]", "", "laptop-3 Middle Root"},
		{"no signature before", "2019-09-23", "device-no-signature.pem", nil, "", "", "laptop-3 Middle Root"},
		{"no usage", "2026-09-10", "device-no-usage.pem", nil, "digital-signature-missing Certificates[0]", "", "laptop-3 Middle Root"},
		{"of a server", "2022-09-02", "device-server.pem", nil, "client-authentication-missing Certificates[0]", "", "laptop-3 Middle Root"},
		{"of a server before", "2022-09-01", "device-server.pem", nil, "", "", "laptop-3 Middle Root"},
		{"of any use", "2026-09-10", "device-any.pem", nil, "client-authentication-missing Certificates[0]", "", "laptop-3 Middle Root"},
		{"expired", "2026-09-10", "device-expired.pem", nil, "certificate-not-valid Certificates[0]", "", "laptop-3 Middle Root"},
		{"not yet valid", "2026-09-10", "device.pem", func(d *devices.Device) { d.On = time.Date(2017, 1, 1, 0, 0, 0, 0, time.UTC) },
			"certificate-not-valid Certificates[0] certificate-not-valid Certificates[1] certificate-not-valid Certificates[2]", "", "laptop-1 Middle Root"},
		{"the day is not known", "2026-09-10", "device.pem", func(d *devices.Device) { d.On = time.Time{} }, "", "input:On", "laptop-1 Middle Root"},
		{"four", "2026-09-10", "device-4.pem", nil, "", "", "laptop-6 B A Root"},
		{"five", "2026-09-10", "device-5.pem", nil, "", "documents:Certificates", "laptop-6 C B A Root"},
		{"seven", "2026-09-10", "device-7.pem", nil, "chain-too-long Certificates", "", "laptop-6 E D C B A Root"},
		{"SHA-1", "2026-09-10", "device-sha1.pem", func(d *devices.Device) { d.Roots = [][]byte{file(t, "root-sha1.pem")} },
			"algorithm-not-recommended RootCertificates[0] algorithm-not-recommended Certificates[0]", "documents:Certificates", "laptop-2 SHA-1 Root"},
		{"SHA-1 of the root alone", "2026-09-10", "device-sha256-rsa.pem", func(d *devices.Device) { d.Roots = [][]byte{file(t, "root-sha1.pem")} }, "algorithm-not-recommended RootCertificates[0]", "", "laptop-2 SHA-1 Root"},
		{"constraints of names", "2026-09-10", "device-limited.pem", nil, "", "documents:Certificates", "laptop-7 Limited Root"},
		{"Linux", "2026-09-10", "device.pem", func(d *devices.Device) { d.Platform = devices.Linux }, "trust-unsupported Platform", "", "laptop-1 Middle Root"},
		{"Linux before anybody said so", "2020-03-30", "device.pem", func(d *devices.Device) { d.Platform = devices.Linux }, "", "documents:Platform", "laptop-1 Middle Root"},
		{"Chrome OS with Android", "2021-09-03", "device.pem", func(d *devices.Device) { d.Platform, d.Android = devices.ChromeOS, &yes }, "", "", "laptop-1 Middle Root"},
		{"Chrome OS without Android", "2026-09-10", "device.pem", func(d *devices.Device) { d.Platform, d.Android = devices.ChromeOS, &no }, "", "documents:Platform", "laptop-1 Middle Root"},
		{"any Chrome OS", "2026-09-10", "device.pem", func(d *devices.Device) { d.Platform = devices.ChromeOS }, "", "input:Platform", "laptop-1 Middle Root"},
		{"Chrome OS before", "2021-09-02", "device.pem", func(d *devices.Device) { d.Platform, d.Android = devices.ChromeOS, &yes }, "trust-unsupported Platform", "", "laptop-1 Middle Root"},
		{"Android", "2021-09-03", "device.pem", func(d *devices.Device) { d.Platform = devices.Android }, "", "", "laptop-1 Middle Root"},
		{"Android before", "2021-09-02", "device.pem", func(d *devices.Device) { d.Platform = devices.Android }, "trust-unsupported Platform", "", "laptop-1 Middle Root"},
		{"a browser", "2022-09-02", "device.pem", func(d *devices.Device) { d.Platform = devices.Web }, "trust-unsupported Platform", "", "laptop-1 Middle Root"},
		{"a browser today", "2026-09-10", "device.pem", func(d *devices.Device) { d.Platform = devices.Web }, "", "documents:Platform", "laptop-1 Middle Root"},
		{"Entra ID", "2026-09-10", "device.pem", func(d *devices.Device) { d.DirectoryType = "AWS_IAM_IDENTITY_CENTER" }, "trust-directory-unsupported DirectoryType", "", "laptop-1 Middle Root"},
		{"a directory that is not known", "2026-09-10", "device.pem", func(d *devices.Device) { d.DirectoryType = "" }, "", "input:DirectoryType", "laptop-1 Middle Root"},
		{"a new type of directory", "2026-09-10", "device.pem", func(d *devices.Device) { d.DirectoryType = "X" }, "", "documents:DirectoryType", "laptop-1 Middle Root"},
		{"a root in DER", "2026-09-10", "device.pem", func(d *devices.Device) { d.Roots = [][]byte{file(t, "root.der")} }, "root-certificate-not-base64 RootCertificates[0]", "", "laptop-1 Middle Root"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := devices.Device{Platform: devices.Windows, DirectoryType: "AD_CONNECTOR", Certificates: file(t, tt.file), Roots: [][]byte{file(t, "root.pem")}, On: noon}
			if tt.change != nil {
				tt.change(&d)
			}
			c, err := at(t, tt.date).CheckDeviceCertificate(d)
			if err != nil {
				t.Fatal(err)
			}
			chain := strings.Join(c.Chain, " ")
			if strings.HasPrefix(tt.chain, "- ") {
				_, chain, _ = strings.Cut(chain, " Middle")
				chain = "- Middle" + chain
			}
			if broken(t, c.Answer) != tt.broken || open(c.Answer) != tt.open || chain != tt.chain {
				t.Errorf("%q, open %q, chain %q", broken(t, c.Answer), open(c.Answer), c.Chain)
			}
		})
	}
}

func TestRevocationIsIgnored(t *testing.T) {
	for name, want := range map[string]bool{"device.pem": false, "device-revocable.pem": true} {
		c, err := devices.Newest().CheckDeviceCertificate(devices.Device{Platform: devices.MacOS, DirectoryType: "SIMPLE_AD", Certificates: file(t, name), Roots: [][]byte{file(t, "root.pem")}, On: noon})
		if err != nil || c.RevocationIgnored != want || c.Verdict != rule.Allowed {
			t.Errorf("%s: %t, %v, %v", name, c.RevocationIgnored, c.Answer, err)
		}
	}
}

func TestCheckDeviceCertificateRefusesInput(t *testing.T) {
	good := devices.Device{Platform: devices.Windows, Certificates: file(t, "device.pem"), Roots: [][]byte{file(t, "root.pem")}}
	for path, change := range map[rule.Path]func(d *devices.Device){
		"Platform":            func(d *devices.Device) { d.Platform = "beos" },
		"RootCertificates":    func(d *devices.Device) { d.Roots = nil },
		"RootCertificates[0]": func(d *devices.Device) { d.Roots = [][]byte{file(t, "text")} },
		"Certificates":        func(d *devices.Device) { d.Certificates = file(t, "key.pem") },
	} {
		d := good
		change(&d)
		_, err := devices.Newest().CheckDeviceCertificate(d)
		refused(t, err, path)
	}
}

// Chains of any certificates in any order: the answer depends on which there are, and is that of a search
// without signatures over who issued whom.
func TestChainsDoNotDependOnOrder(t *testing.T) {
	root := issue("R", nil, nil)
	cas := []*authority{root}
	parent := map[*authority]*authority{}
	for i := range 8 {
		by := cas[i/2]
		ca := issue(fmt.Sprint("C", i), by, nil)
		parent[ca] = by
		cas = append(cas, ca)
	}
	var leaves []*authority
	for _, by := range cas {
		leaf := issue("leaf", by, asDevice())
		parent[leaf] = by
		leaves = append(leaves, leaf)
	}
	rapid.Check(t, func(t *rapid.T) {
		leaf := rapid.SampledFrom(leaves).Draw(t, "leaf")
		others := rapid.Permutation(cas).Draw(t, "others")[:rapid.IntRange(0, len(cas)).Draw(t, "number")]
		has := func(a *authority) bool { return slices.Contains(others, a) }
		length, whole := 1, true
		for a := leaf; a != root; a = parent[a] {
			length++
			whole = whole && (parent[a] == root || has(parent[a]))
		}
		c, err := devices.Newest().CheckDeviceCertificate(devices.Device{
			Platform: devices.Windows, DirectoryType: "SIMPLE_AD", On: noon, Roots: [][]byte{inPEM(root)}, Certificates: inPEM(append([]*authority{leaf}, others...)...),
		})
		if err != nil {
			t.Fatal(err)
		}
		if whole != (len(c.Chain) == length) || !whole && c.Chain != nil {
			t.Fatalf("chain %q, want %d certificates: %t", c.Chain, length, whole)
		}
		if installed := has(root); whole && installed == slices.ContainsFunc(c.Violations, func(v rule.Violation) bool { return v.Code == devices.ChainNotInstalled }) {
			t.Fatalf("the root is installed: %t; %v", installed, c.Answer)
		}
		if !whole && c.Verdict != rule.Denied || whole && has(root) && length <= 4 && c.Verdict != rule.Allowed {
			t.Fatalf("%v", c.Answer)
		}
	})
}

func FuzzCertificates(f *testing.F) {
	for _, data := range files() {
		f.Add(data)
	}
	root := files()["root.pem"]
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := devices.Newest().CheckDeviceCertificate(devices.Device{Platform: devices.Windows, Certificates: data, Roots: [][]byte{root}})
		if err == nil && c.Verdict != c.Concluded().Verdict {
			t.Fatal(c)
		}
		_, _ = devices.Newest().CheckRootCertificates(data)
	})
}

// A renewed root has the name and the key of the old one. What has expired does not stand in the way of a chain to
// the other, in whatever order.
func TestRenewedAuthorities(t *testing.T) {
	expired := func(c *x509.Certificate) { c.NotAfter = noon.Add(-time.Hour) }
	old := issue("Root", nil, expired)
	renewed := issue("Root", nil, nil, old.key)
	middle := issue("Middle", renewed, expired)
	again := issue("Middle", renewed, nil, middle.key)
	device := issue("laptop", again, asDevice())
	for _, tt := range []struct {
		installed, roots []*authority
		want             string
	}{
		{[]*authority{device, middle, again, old, renewed}, []*authority{old, renewed}, ""},
		{[]*authority{device, again, middle, renewed, old}, []*authority{renewed, old}, ""},
		{[]*authority{device, middle, renewed}, []*authority{renewed}, "certificate-not-valid Certificates[1]"},
		{[]*authority{device, again, old}, []*authority{old}, "certificate-not-valid Certificates[2]"},
	} {
		d := devices.Device{Platform: devices.Windows, DirectoryType: "AD_CONNECTOR", Certificates: inPEM(tt.installed...), On: noon}
		for _, r := range tt.roots {
			d.Roots = append(d.Roots, inPEM(r))
		}
		c, err := devices.Newest().CheckDeviceCertificate(d)
		if err != nil || broken(t, c.Answer) != tt.want || open(c.Answer) != "" {
			t.Errorf("%q, open %q, chain %q, %v", broken(t, c.Answer), open(c.Answer), c.Chain, err)
		}
	}
}

// A signature of another key than the authority's makes no chain, whatever kind of key it is: it is looked at, and wrong.
func TestSignaturesOfAnotherKey(t *testing.T) {
	for name, makeKey := range map[string]func() (crypto.Signer, error){
		"RSA of 1,024 bits": func() (crypto.Signer, error) { return rsa.GenerateKey(rand.Reader, 1024) },
		"RSA of 2,048 bits": func() (crypto.Signer, error) { return rsa.GenerateKey(rand.Reader, 2048) },
		"P-256":             func() (crypto.Signer, error) { return ecdsa.GenerateKey(elliptic.P256(), rand.Reader) },
	} {
		var roots []*authority
		for range 2 {
			key, err := makeKey()
			if err != nil {
				t.Fatal(err)
			}
			roots = append(roots, issue("Root", nil, nil, key))
		}
		device := issue("laptop", roots[0], asDevice())
		for i, want := range []string{"", "chain-not-to-root Certificates"} {
			c, err := devices.Newest().CheckDeviceCertificate(devices.Device{
				Platform: devices.Windows, DirectoryType: "AD_CONNECTOR", Certificates: inPEM(device, roots[i]), Roots: [][]byte{inPEM(roots[i])}, On: noon,
			})
			if err != nil || broken(t, c.Answer) != want || open(c.Answer) != "" {
				t.Errorf("%s, root %d: %q, open %q, %v", name, i, broken(t, c.Answer), open(c.Answer), err)
			}
		}
	}
}

// A day before the first edition is an error, with no rules beside it.
func TestAtBeforeTheFirst(t *testing.T) {
	r, err := devices.At(rule.MustParseEdition("2010-01-01"))
	if err == nil || r != (devices.Rules{}) {
		t.Errorf("%+v, %v", r, err)
	}
}
