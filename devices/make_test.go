package devices_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"math/big"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/rule"
)

var (
	from  = time.Date(2018, 1, 1, 0, 0, 0, 0, time.UTC)
	until = time.Date(2040, 1, 1, 0, 0, 0, 0, time.UTC)
	noon  = time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC)
)

// An authority is a certificate with its key.
type authority struct {
	cert *x509.Certificate
	key  crypto.Signer
}

var serial int64

// issue makes a certificate. by is nil for one that signs itself; change changes the template.
func issue(name string, by *authority, change func(c *x509.Certificate), keys ...crypto.Signer) *authority {
	var key crypto.Signer
	if len(keys) > 0 {
		key = keys[0]
	} else {
		var err error
		if key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
			panic(err)
		}
	}
	serial++
	template := &x509.Certificate{SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: name, Organization: []string{"Example"}}, NotBefore: from, NotAfter: until, BasicConstraintsValid: true, IsCA: true, KeyUsage: x509.KeyUsageCertSign}
	if change != nil {
		change(template)
	}
	parent, signer := template, key
	if by != nil {
		parent, signer = by.cert, by.key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), signer)
	if err != nil {
		panic(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		panic(err)
	}
	return &authority{cert, key}
}

// asDevice makes a template one of a device.
func asDevice(changes ...func(c *x509.Certificate)) func(c *x509.Certificate) {
	return func(c *x509.Certificate) {
		c.IsCA, c.KeyUsage, c.ExtKeyUsage = false, x509.KeyUsageDigitalSignature, []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
		for _, change := range changes {
			change(c)
		}
	}
}

// inPEM writes certificates as PEM.
func inPEM(list ...*authority) []byte {
	var b bytes.Buffer
	for _, a := range list {
		if err := pem.Encode(&b, &pem.Block{Type: "CERTIFICATE", Bytes: a.cert.Raw}); err != nil {
			panic(err)
		}
	}
	return b.Bytes()
}

// wrapped writes a certificate in lines of a length.
func wrapped(a *authority, length int) []byte {
	text := base64.StdEncoding.EncodeToString(a.cert.Raw)
	var b strings.Builder
	b.WriteString("-----BEGIN CERTIFICATE-----\n")
	for len(text) > length {
		b.WriteString(text[:length] + "\n")
		text = text[length:]
	}
	b.WriteString(text + "\n-----END CERTIFICATE-----\n")
	return []byte(b.String())
}

// files are the certificates that tests use, as files by name.
var files = sync.OnceValue(func() map[string][]byte {
	root, other := issue("Root", nil, nil), issue("Other Root", nil, nil)
	nameless := issue("", nil, nil)
	middle := issue("Middle", root, nil)
	device := issue("laptop-1", middle, asDevice())
	chain := []*authority{root}
	for i := range 5 {
		chain = append(chain, issue(string(rune('A'+i)), chain[i], nil))
	}
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	sha1Root := issue("SHA-1 Root", nil, func(c *x509.Certificate) { c.SignatureAlgorithm = x509.SHA1WithRSA }, rsaKey)
	byRSA := func(a x509.SignatureAlgorithm) *authority {
		return issue("laptop-2", sha1Root, asDevice(func(c *x509.Certificate) { c.SignatureAlgorithm = a }))
	}
	limited := issue("Limited", root, func(c *x509.Certificate) {
		c.PermittedDNSDomainsCritical, c.PermittedDNSDomains = true, []string{"example.com"}
	})
	leaf := func(change func(c *x509.Certificate)) []byte {
		return inPEM(issue("laptop-3", middle, asDevice(change)), middle, root)
	}
	return map[string][]byte{
		"root.pem": inPEM(root), "root.der": root.cert.Raw, "other.pem": inPEM(other), "root-76.pem": wrapped(root, 76), "root-no-name.pem": inPEM(nameless),
		"root-crlf.pem": bytes.ReplaceAll(inPEM(root), []byte("\n"), []byte("\r\n")), "root-no-end.pem": bytes.TrimRight(inPEM(root), "\n"),
		"root-text.pem": append([]byte("subject=CN = Root\n"), inPEM(root)...), "roots.pem": inPEM(root, other), "root-sha1.pem": inPEM(sha1Root),
		"root-p384.pem":       inPEM(issue("P-384", nil, func(c *x509.Certificate) { c.SignatureAlgorithm = x509.ECDSAWithSHA384 })),
		"root-sha512-rsa.pem": inPEM(issue("SHA512 with RSA", nil, func(c *x509.Certificate) { c.SignatureAlgorithm = x509.SHA512WithRSA }, rsaKey)),

		"device.pem": inPEM(device, middle, root), "device.der": bytes.Join([][]byte{device.cert.Raw, middle.cert.Raw, root.cert.Raw}, nil),
		"device-shuffled.pem": inPEM(device, root, other, middle), "device-alone.pem": inPEM(device), "device-no-root.pem": inPEM(device, middle),
		"device-other.pem": inPEM(issue("laptop-4", other, asDevice()), other), "device-direct.pem": inPEM(issue("laptop-5", root, asDevice()), root),
		"device-no-name.pem":      leaf(func(c *x509.Certificate) { c.Subject.CommonName = "" }),
		"device-no-signature.pem": leaf(func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageKeyEncipherment }),
		"device-no-usage.pem":     leaf(func(c *x509.Certificate) { c.KeyUsage = 0 }),
		"device-server.pem":       leaf(func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth} }),
		"device-any.pem":          leaf(func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageAny} }),
		"device-expired.pem":      leaf(func(c *x509.Certificate) { c.NotAfter = noon.AddDate(-1, 0, 0) }),
		"device-revocable.pem":    leaf(func(c *x509.Certificate) { c.CRLDistributionPoints = []string{"http://example.com/crl"} }),
		"device-4.pem":            inPEM(issue("laptop-6", chain[2], asDevice()), chain[2], chain[1], chain[0]),
		"device-5.pem":            inPEM(issue("laptop-6", chain[3], asDevice()), chain[3], chain[2], chain[1], chain[0]),
		"device-7.pem":            inPEM(issue("laptop-6", chain[5], asDevice()), chain[5], chain[4], chain[3], chain[2], chain[1], chain[0]),
		"device-sha1.pem":         inPEM(byRSA(x509.SHA1WithRSA), sha1Root),
		"device-sha256-rsa.pem":   inPEM(byRSA(x509.SHA256WithRSA), sha1Root),
		"device-limited.pem":      inPEM(issue("laptop-7", limited, asDevice(func(c *x509.Certificate) { c.DNSNames = []string{"laptop.example.org"} })), limited, root),
		"device-by-device.pem":    inPEM(issue("laptop-8", device, asDevice()), device, middle, root),
		"device-evil.pem":         inPEM(issue("laptop\x1b[2J"+strings.Repeat("x", 300), middle, asDevice()), middle, root),
		"root-evil.pem":           inPEM(issue("\u202eroot\n", nil, nil)),
		"not-a-certificate.pem":   []byte("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
		"key.pem":                 []byte("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"),
		"empty":                   {},
		"text":                    []byte("\x1b[2J no certificate"),
		"seventeen.pem":           bytes.Repeat(inPEM(root), 17),
	}
})

// file returns a file by its name.
func file(t interface{ Fatalf(string, ...any) }, name string) []byte {
	data, ok := files()[name]
	if !ok {
		t.Fatalf("no file %q", name)
	}
	return data
}

func at(t testing.TB, date string) devices.Rules {
	t.Helper()
	r, err := devices.At(rule.MustParseEdition(date))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// broken returns the codes and paths of an answer's violations, and checks that the answer is sound.
func broken(t testing.TB, a rule.Answer) string {
	t.Helper()
	var words []string
	for _, v := range a.Violations {
		words = append(words, strings.TrimPrefix(string(v.Code), "devices."), string(v.Path))
		if v.Remedy == "" || v.Detail == "" || v.Level == "" || v.Cite == (rule.Citation{}) {
			t.Errorf("%+v is not sound", v)
		}
	}
	if a.Verdict != a.Concluded().Verdict {
		t.Errorf("%s does not follow from %v and %v", a.Verdict, a.Violations, a.Open)
	}
	return strings.TrimSpace(strings.Join(words, " "))
}

// open returns the causes and paths of what an answer leaves open.
func open(a rule.Answer) string {
	var words []string
	for _, o := range a.Open {
		words = append(words, string(o.By)+":"+string(o.Path))
	}
	return strings.Join(words, " ")
}

// refused checks that an error is a *rule.InputError about a path.
func refused(t testing.TB, err error, path rule.Path) {
	t.Helper()
	var input *rule.InputError
	if !errors.As(err, &input) || input.Path != path {
		t.Errorf("error %v, want one at %s", err, path)
	}
}
