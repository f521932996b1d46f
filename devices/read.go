package devices

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"strconv"

	"github.com/wksgo/wks/rule"
)

// Bounds of what is read.
const (
	MaxFile         = 64 << 10 // bytes of one file
	MaxCertificates = 16       // of one file
	MaxRoots        = 16       // files of root certificates
	MaxRSABits      = 16 << 10 // of the modulus of a key
)

// A certificateFile is what a file of certificates has.
type certificateFile struct {
	isPEM bool
	certs []*x509.Certificate
}

// readCertificates reads certificates in PEM, in which other blocks and text around them do not count, or
// in DER, one after another. There is at least one.
func readCertificates(at rule.Path, data []byte) (f certificateFile, err error) {
	refuse := func(reason string) (certificateFile, error) {
		return certificateFile{}, &rule.InputError{Path: at, Value: strconv.Itoa(len(data)) + " bytes", Reason: reason}
	}
	if len(data) > MaxFile {
		return refuse(fmt.Sprintf("are more than the %d that are read of one file", MaxFile))
	}
	f.isPEM = bytes.Contains(data, []byte("-----BEGIN "))
	if !f.isPEM {
		if f.certs, err = x509.ParseCertificates(data); err != nil || len(f.certs) == 0 {
			return refuse("are no certificate, in PEM or DER")
		}
	}
	for rest := data; f.isPEM; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		if block.Type != "CERTIFICATE" {
			continue
		}
		c, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return refuse(fmt.Sprintf("have a certificate, number %d, that cannot be read: %v", len(f.certs)+1, err))
		}
		f.certs = append(f.certs, c)
		if len(f.certs) > MaxCertificates {
			break
		}
	}
	for _, c := range f.certs {
		if key, ok := c.PublicKey.(*rsa.PublicKey); ok && key.N.BitLen() > MaxRSABits {
			return refuse(fmt.Sprintf("have a certificate with a key of more than the %d bits that are read", MaxRSABits))
		}
	}
	switch {
	case len(f.certs) == 0:
		return refuse("have no block of PEM that is a certificate")
	case len(f.certs) > MaxCertificates:
		return refuse(fmt.Sprintf("have more than the %d certificates that are read of one file", MaxCertificates))
	}
	return f, nil
}

// title names a certificate for people.
func title(c *x509.Certificate) string {
	if c.Subject.CommonName != "" {
		return c.Subject.CommonName
	}
	return "certificate " + c.SerialNumber.Text(16)
}
