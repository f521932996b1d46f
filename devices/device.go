package devices

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"slices"
	"time"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules for the certificates on a trusted device.
const (
	DigitalSignatureMissing     rule.Code = "devices.digital-signature-missing"
	ClientAuthenticationMissing rule.Code = "devices.client-authentication-missing"
	ChainNotToRoot              rule.Code = "devices.chain-not-to-root"
	ChainTooLong                rule.Code = "devices.chain-too-long"
	ChainNotInstalled           rule.Code = "devices.chain-not-installed"
	CertificateNotValid         rule.Code = "devices.certificate-not-valid"
)

const longestChain = 4

var deviceRules = []tables.Rule{
	{
		Code:      DigitalSignatureMissing,
		Title:     "A device certificate lacks the key usage Digital Signature.",
		Remedy:    "Issue the certificate with the key usage Digital Signature.",
		Revisions: []rule.Revision{tables.Must(trustPage, requirements, "2019-09-24", "")},
	},
	{
		Code:      ClientAuthenticationMissing,
		Title:     "A device certificate lacks the enhanced key usage Client Authentication.",
		Remedy:    "Issue the certificate with the enhanced key usage Client Authentication.",
		Revisions: []rule.Revision{tables.Must(trustPage, requirements, "2022-09-02", "")},
	},
	{
		Code:      ChainNotToRoot,
		Title:     "A device certificate does not chain up to a root certificate of the directory.",
		Remedy:    "Install the certificates in between on the device, or import the root certificate under which it was issued.",
		Revisions: []rule.Revision{tables.Must(trustPage, "Step 1: Create the Certificates", "2018-02-03", "")},
	},
	{
		Code:      ChainTooLong,
		Title:     "A chain of certificates is longer than four.",
		Remedy:    "Issue device certificates with fewer authorities in between.",
		Revisions: []rule.Revision{tables.Must(trustPage, requirements, "2018-02-03", "")},
		Figures:   []tables.Figure{{Name: "chain of certificates, longest", Value: "4"}},
	},
	{
		Code:      ChainNotInstalled,
		Title:     "A certificate of the chain is not installed on the device.",
		Remedy:    "Install all certificates from the device certificate to the root certificate on the device.",
		Revisions: []rule.Revision{tables.Must(trustPage, requirements, "2022-09-02", "")},
	},
	{
		Code:      CertificateNotValid,
		Title:     "A certificate of the chain is not valid on the day.",
		Remedy:    "Renew the certificate.",
		Revisions: []rule.Revision{tables.Must(trustPage, "Restrict WorkSpaces Access to Trusted Devices", "2018-02-03", "")},
	},
}

// A Device is a device that is to be trusted.
type Device struct {
	Platform Platform
	// Android tells whether Chrome OS is compatible with Android; nil is not known. Other platforms do not ask.
	Android *bool
	// DirectoryType is that of the WorkSpaces directory, as the API spells it; "" is not known. The
	// documents before 2025-10-21 do not ask for it.
	DirectoryType string
	// Certificates are those that are installed on the device, in PEM or DER: its own first, then those
	// of the authorities in any order.
	Certificates []byte
	// Roots are the root certificates of the directory, each a file as it was imported.
	Roots [][]byte
	// On is when the device connects. If it is zero, it is open whether the certificates are valid then.
	On time.Time
}

// A DeviceCheck is the answer to whether a device is trusted.
type DeviceCheck struct {
	rule.Answer
	// Chain are the subjects of the certificates from the device's own to a root, the shortest way; nil if
	// there is none.
	Chain []string
	// RevocationIgnored is set if the device's certificate names lists of revoked certificates or
	// responders of OCSP: the page says in every version that WorkSpaces asks neither.
	RevocationIgnored bool
}

// CheckDeviceCertificate tells whether a directory trusts a device: whether its system can be
// trusted, and whether its certificate has a name and the usages that the page asks for and chains up to
// a root certificate of the directory, with all of the chain installed. What CheckRootCertificates says of
// the roots is part of the answer.
//
// A chain of five or six certificates is open: the page does not say whether its ends count. Signatures
// that crypto/x509 does not verify, such as those with SHA-1 and those of short RSA keys, are open, and so
// is what else it asks of a chain and the documents do not.
//
// Paths are Platform, DirectoryType, RootCertificates and Certificates with the index in the file. The error
// is a *rule.InputError for an unknown platform, no certificates, no roots, and files that cannot
// be read, as CheckRootCertificates has it.
func (r Rules) CheckDeviceCertificate(d Device) (DeviceCheck, error) {
	if err := r.known(); err != nil {
		return DeviceCheck{}, err
	}
	if !slices.Contains(platforms, d.Platform) {
		return DeviceCheck{}, &rule.InputError{Path: "Platform", Value: string(d.Platform), Reason: "is no platform"}
	}
	if len(d.Roots) == 0 {
		return DeviceCheck{}, &rule.InputError{Path: rootsPath, Reason: "has no certificate"}
	}
	a, roots, err := r.checkRoots(d.Roots)
	if err != nil {
		return DeviceCheck{}, err
	}
	f, err := readCertificates(certificatesPath, d.Certificates)
	if err != nil {
		return DeviceCheck{}, err
	}
	check := DeviceCheck{Answer: a}
	r.trustable(&check.Answer, d.Platform, d.Android, "Platform")
	r.trustingDirectory(&check.Answer, d.DirectoryType)
	own := f.certs[0]
	check.RevocationIgnored = len(own.CRLDistributionPoints)+len(own.OCSPServer) > 0
	r.ownCertificate(&check.Answer, own)
	for i, c := range f.certs {
		if !slices.ContainsFunc(roots, c.Equal) { // else it is told with the roots
			r.algorithm(&check.Answer, certificatesPath.Index(i), c)
		}
	}
	chain, sure := findChain(f.certs, roots, d.On)
	for _, c := range chain {
		check.Chain = append(check.Chain, rule.Printable(rule.Shorten(title(c))))
	}
	switch {
	case chain == nil:
		r.s.rules.Break(&check.Answer, ChainNotToRoot, certificatesPath, "%s does not chain up to a root certificate of the directory", title(own))
	case !sure:
		check.NotDocumented(certificatesPath, "the chain has a signature that crypto/x509 does not verify, such as one with SHA-1; no document says whether clients do")
		r.chain(&check.Answer, d, f.certs, chain)
	default:
		r.chain(&check.Answer, d, f.certs, chain)
		r.verify(&check.Answer, d, f.certs, roots, chain)
	}
	check.Answer = check.Concluded()
	return check, nil
}

const certificatesPath rule.Path = "Certificates"

// ownCertificate checks what the page asks of the device's own certificate.
func (r Rules) ownCertificate(a *rule.Answer, c *x509.Certificate) {
	at, rules := certificatesPath.Index(0), r.s.rules
	if c.Subject.CommonName == "" {
		rules.Break(a, CommonNameMissing, at, "the device certificate has no Common Name")
	}
	if rules.Has(DigitalSignatureMissing) && c.KeyUsage&x509.KeyUsageDigitalSignature == 0 {
		rules.Break(a, DigitalSignatureMissing, at, "%s has no key usage Digital Signature", title(c))
	}
	if rules.Has(ClientAuthenticationMissing) && !slices.Contains(c.ExtKeyUsage, x509.ExtKeyUsageClientAuth) {
		rules.Break(a, ClientAuthenticationMissing, at, "%s has no enhanced key usage Client Authentication", title(c))
	}
}

// chain checks the length of a chain, whether all of it is installed, and when it is valid.
func (r Rules) chain(a *rule.Answer, d Device, installed, chain []*x509.Certificate) {
	rules := r.s.rules
	switch n := len(chain); {
	case n-2 > longestChain:
		rules.Break(a, ChainTooLong, certificatesPath, "the chain has %d certificates", n)
	case n > longestChain:
		a.NotDocumented(certificatesPath, "the chain has more than 4 certificates with both ends, and no document says whether its ends count")
	}
	for _, c := range chain {
		i := slices.IndexFunc(installed, c.Equal)
		at := certificatesPath.Index(i)
		if i < 0 {
			at = certificatesPath
			if rules.Has(ChainNotInstalled) {
				rules.Break(a, ChainNotInstalled, at, "%s is not installed on the device", title(c))
			}
		}
		if !d.On.IsZero() && !validOn(c, d.On) {
			rules.Break(a, CertificateNotValid, at, "%s is valid from %s to %s", title(c), c.NotBefore.UTC().Format(time.DateOnly), c.NotAfter.UTC().Format(time.DateOnly))
		}
	}
	if d.On.IsZero() {
		a.NotGiven("On", "it is not known when the device connects, and so whether the certificates are valid then")
	}
}

// verify notes what crypto/x509 finds in a chain beyond what the documents ask for.
func (r Rules) verify(a *rule.Answer, d Device, installed, roots, chain []*x509.Certificate) {
	on := d.On
	for _, c := range chain {
		if d.On.IsZero() && c.NotBefore.After(on) {
			on = c.NotBefore
		}
	}
	for _, c := range chain {
		if !validOn(c, on) {
			if d.On.IsZero() {
				a.NotGiven("On", "at no time are all certificates of the chain valid")
			}
			return
		}
	}
	opts := x509.VerifyOptions{Roots: x509.NewCertPool(), Intermediates: x509.NewCertPool(), CurrentTime: on, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}}
	for _, c := range roots {
		opts.Roots.AddCert(c)
	}
	for _, c := range installed {
		opts.Intermediates.AddCert(c)
	}
	if _, err := chain[0].Verify(opts); err != nil {
		a.NotDocumented(certificatesPath, "crypto/x509 refuses the chain, and no document says whether clients do: "+err.Error())
	}
}

// findChain returns the shortest chain from the first certificate to a root, by names and signatures, and
// whether all signatures are verified. A chain with one that cannot be verified is second best, and one with
// an authority that is not valid on the day comes last: a renewed root has the name and the key of the old one. It is
// nil if there is none. Each pair of certificates is looked at four times at most.
func findChain(certs, roots []*x509.Certificate, on time.Time) (chain []*x509.Certificate, sure bool) {
	all := slices.Concat(certs, roots)
	search := func(doubtful, valid bool) []*x509.Certificate {
		issued := map[*x509.Certificate]*x509.Certificate{certs[0]: nil} // by issuer, the certificate that led to it
		for queue := []*x509.Certificate{certs[0]}; len(queue) > 0; queue = queue[1:] {
			c := queue[0]
			if slices.ContainsFunc(roots, c.Equal) {
				for ; c != nil; c = issued[c] {
					chain = append(chain, c)
				}
				slices.Reverse(chain)
				return chain
			}
			for _, by := range all {
				if _, seen := issued[by]; seen || !bytes.Equal(c.RawIssuer, by.RawSubject) || valid && !validOn(by, on) {
					continue
				}
				if err := c.CheckSignatureFrom(by); err == nil || doubtful && isDoubtful(err, by) {
					issued[by] = c
					queue = append(queue, by)
				}
			}
		}
		return nil
	}
	for _, valid := range []bool{true, false} {
		if valid && on.IsZero() {
			continue
		}
		for _, doubtful := range []bool{false, true} {
			if chain = search(doubtful, valid); chain != nil {
				return chain, !doubtful
			}
		}
	}
	return nil, false
}

// validOn reports whether a certificate is valid at a time.
func validOn(c *x509.Certificate, on time.Time) bool {
	return !on.Before(c.NotBefore) && !on.After(c.NotAfter)
}

// isDoubtful reports whether crypto/x509 did not look at a signature by an authority: it refuses some
// algorithms, and RSA keys that are too short.
func isDoubtful(err error, by *x509.Certificate) bool {
	var insecure x509.InsecureAlgorithmError
	key, isRSA := by.PublicKey.(*rsa.PublicKey)
	return errors.As(err, &insecure) || errors.Is(err, x509.ErrUnsupportedAlgorithm) || isRSA && key.N.BitLen() < 1024
}
