package devices

import (
	"crypto/x509"
	"fmt"
	"regexp"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules for the root certificates of a directory.
const (
	RootCertificatesTooMany  rule.Code = "devices.root-certificates-too-many"
	RootCertificateNotBase64 rule.Code = "devices.root-certificate-not-base64"
	RootCertificateForm      rule.Code = "devices.root-certificate-form"
	CommonNameMissing        rule.Code = "devices.common-name-missing"
	AlgorithmNotRecommended  rule.Code = "devices.algorithm-not-recommended"
)

const (
	mostRoots    = 2 // of a directory
	requirements = "Requirements"
)

var rootRules = []tables.Rule{
	{
		Code:      RootCertificatesTooMany,
		Title:     "A directory is to have more than two root certificates.",
		Remedy:    "Import two root certificates at most, under which all devices have theirs.",
		Revisions: []rule.Revision{tables.Must(trustPage, "Restrict WorkSpaces Access to Trusted Devices", "2018-02-03", "")},
		Figures:   []tables.Figure{{Name: "root certificates of a directory, most", Value: "2"}},
	},
	{
		Code:      RootCertificateNotBase64,
		Title:     "A root certificate is not in Base64.",
		Remedy:    "Convert the certificate to PEM, as openssl x509 -inform der does.",
		Revisions: []rule.Revision{tables.Must(trustPage, requirements, "2018-02-03", "")},
	},
	{
		// The page prints a space in the pattern behind each full line. It says in words what the pattern means,
		// and what PEM is, which has none.
		Code:      RootCertificateForm,
		Title:     "A root certificate is not one block of PEM in lines of 64 characters with an end of line behind it.",
		Remedy:    "Write the certificate anew, as openssl x509 does: one block, in lines of 64 characters.",
		Revisions: []rule.Revision{tables.Must(trustPage, requirements, "2022-09-02", "")},
		Figures:   []tables.Figure{{Name: "line of a root certificate", Value: "64 characters"}},
	},
	{
		Code:      CommonNameMissing,
		Title:     "A certificate has no Common Name.",
		Remedy:    "Issue the certificate with a Common Name.",
		Revisions: []rule.Revision{tables.Must(trustPage, requirements, "2018-02-03", "")},
	},
	{
		// The page printed SHA381 until 2020-10-30, and CEDSA at first: both are misprints.
		Code:      AlgorithmNotRecommended,
		Title:     "A certificate is signed with an algorithm that is none of the recommended ones.",
		Remedy:    "Issue the certificate with SHA256 and RSA, or with SHA256, SHA384 or SHA512 and ECDSA.",
		Revisions: []rule.Revision{tables.Should(trustPage, requirements, "2018-02-03", "")},
		Figures:   []tables.Figure{{Name: "recommended algorithms of signatures", Value: "SHA256 with RSA, SHA256 with ECDSA, SHA384 with ECDSA, SHA512 with ECDSA"}},
	},
}

// rootNameTable is the time in which root certificates had to have a Common Name. Later versions ask for it
// of device certificates alone.
var rootNameTable = tables.Table[tables.Dated]{
	Name: "Common Name of root certificates",
	Rows: []tables.Dated{tables.Since(trustPage, requirements, "2018-02-03", "2022-09-02")},
}

// recommended are the algorithms of signatures that the page recommends.
var recommended = map[x509.SignatureAlgorithm]bool{x509.SHA256WithRSA: true, x509.ECDSAWithSHA256: true, x509.ECDSAWithSHA384: true, x509.ECDSAWithSHA512: true}

// rootPattern is what the page asks of a root certificate, without the space that it prints.
var rootPattern = regexp.MustCompile(`-{5}BEGIN CERTIFICATE-{5}\r?\n([A-Za-z0-9/+]{64}\r?\n)*[A-Za-z0-9/+]{1,64}={0,2}\r?\n-{5}END CERTIFICATE-{5}(\r?\n)`)

// CheckRootCertificates tells whether files can be imported as the root certificates of a directory: how
// many they are, whether each is in Base64 of the form that the page asks for, and what it says of their
// names and algorithms. Text before or behind a certificate is open: the page does not speak of it. A
// file with several certificates is not of the form. The documents give no size of keys.
//
// Paths are RootCertificates and the index. The error is a *rule.InputError for a file that is none of
// certificates in PEM or DER, is larger than [MaxFile], or has more than
// [MaxCertificates] or a key of more than [MaxRSABits], and for more than [MaxRoots] files.
func (r Rules) CheckRootCertificates(files ...[]byte) (rule.Answer, error) {
	a, _, err := r.checkRoots(files)
	return a, err
}

const rootsPath rule.Path = "RootCertificates"

// checkRoots also returns the certificates.
func (r Rules) checkRoots(files [][]byte) (a rule.Answer, roots []*x509.Certificate, err error) {
	if err := r.known(); err != nil {
		return a, nil, err
	}
	if len(files) > MaxRoots {
		return a, nil, &rule.InputError{Path: rootsPath, Value: fmt.Sprint(len(files)), Reason: fmt.Sprintf("are more files than the %d that are read", MaxRoots)}
	}
	rules := r.s.rules
	if len(files) > mostRoots {
		rules.Break(&a, RootCertificatesTooMany, rootsPath, "%d root certificates, and a directory takes %d", len(files), mostRoots)
	}
	for i, data := range files {
		at := rootsPath.Index(i)
		f, err := readCertificates(at, data)
		if err != nil {
			return rule.Answer{}, nil, err
		}
		if !f.isPEM {
			rules.Break(&a, RootCertificateNotBase64, at, "the certificate of %s is in DER, which is not Base64", title(f.certs[0]))
		} else if rules.Has(RootCertificateForm) {
			r.rootForm(&a, at, data, f)
		}
		for _, c := range f.certs {
			if r.s.rootName && c.Subject.CommonName == "" {
				rules.Break(&a, CommonNameMissing, at, "the certificate with serial number %s has no Common Name", c.SerialNumber.Text(16))
			}
			r.algorithm(&a, at, c)
		}
		roots = append(roots, f.certs...)
	}
	return a.Concluded(), roots, nil
}

func (r Rules) rootForm(a *rule.Answer, at rule.Path, data []byte, f certificateFile) {
	found := rootPattern.FindIndex(data)
	switch {
	case len(f.certs) > 1:
		r.s.rules.Break(a, RootCertificateForm, at, "the file has %d certificates, and one is imported at a time", len(f.certs))
	case found == nil:
		r.s.rules.Break(a, RootCertificateForm, at, "the certificate of %s is not in lines of 64 characters, each with an end, between its first and last line", title(f.certs[0]))
	case found[0] > 0 || found[1] < len(data):
		a.NotDocumented(at, "the page does not say whether text before or behind the certificate is taken")
	}
}

func (r Rules) algorithm(a *rule.Answer, at rule.Path, c *x509.Certificate) {
	if !recommended[c.SignatureAlgorithm] {
		r.s.rules.Break(a, AlgorithmNotRecommended, at, "%s is signed with %s", title(c), c.SignatureAlgorithm)
	}
}
