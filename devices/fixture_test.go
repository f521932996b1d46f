package devices_test

import (
	"os"
	"testing"

	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

func TestBook(t *testing.T) { ruletest.Book(t, devices.Book, os.DirFS(".")) }

func TestZeroRules(t *testing.T) { ruletest.Zero(t, devices.Rules{}) }

// Certificates in fixtures are names of files that the tests make.
func TestFixtures(t *testing.T) {
	named := func(names []string) (list [][]byte) {
		for _, n := range names {
			list = append(list, file(t, n))
		}
		return list
	}
	ruletest.Try(t, "testdata/fixtures.txt", devices.Book, devices.At, ruletest.Questions[devices.Rules]{
		"CheckRootCertificates": ruletest.Ask(func(r devices.Rules, in struct{ RootCertificates []string }) (rule.Answer, error) {
			return r.CheckRootCertificates(named(in.RootCertificates)...)
		}),
		"CheckDeviceCertificate": ruletest.Ask(func(r devices.Rules, in struct {
			Platform         devices.Platform
			DirectoryType    string
			Certificates     string
			RootCertificates []string
		}) (rule.Answer, error) {
			c, err := r.CheckDeviceCertificate(devices.Device{Platform: in.Platform, DirectoryType: in.DirectoryType, Certificates: file(t, in.Certificates), Roots: named(in.RootCertificates), On: noon})
			return c.Answer, err
		}),
		"CheckAccess":        ruletest.Ask(devices.Rules.CheckAccess),
		"CheckClientVersion": ruletest.Ask(devices.Rules.CheckClientVersion),
		"CheckZeroClient":    ruletest.Ask(devices.Rules.CheckZeroClient),
		"CheckFIPS":          ruletest.Ask(devices.Rules.CheckFIPS),
	})
}
