package network_test

import (
	"errors"
	"net/netip"
	"testing"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// The zero Rules hold no edition, and answer nothing.
func TestZeroRules(t *testing.T) {
	var zero network.Rules
	g, use := securityGroup(t, "out=-1,0-0,0.0.0.0/0")
	one := netip.MustParsePrefix("10.5.0.0/16")
	for name, f := range map[string]func() error{
		"ManagementRanges":        func() error { _, err := zero.ManagementRanges("us-east-1"); return err },
		"CheckRegistration":       func() error { _, err := zero.CheckRegistration(vpc(t, "us-east-1 10.0.0.0/16")); return err },
		"CheckManagementCIDR":     func() error { _, err := zero.CheckManagementCIDR(one, nil); return err },
		"FreeManagementCIDRs":     func() error { _, err := first(zero.FreeManagementCIDRs(one, nil)); return err },
		"ProposeManagementCIDRs":  func() error { _, err := zero.ProposeManagementCIDRs(one); return err },
		"IPAccess":                func() error { _, err := zero.IPAccess(nil, one.Addr()); return err },
		"CheckIPGroups":           func() error { _, err := zero.CheckIPGroups(nil, nil); return err },
		"CheckIPGroupUpdate":      func() error { _, err := zero.CheckIPGroupUpdate("wsipg-1", nil); return err },
		"CheckIPGroupAssociation": func() error { _, err := zero.CheckIPGroupAssociation("d-1", nil); return err },
		"CheckFirewall": func() error {
			_, err := zero.CheckFirewall(network.Client{Region: "us-east-1", Protocol: network.ProtocolDCV}, nil, nil)
			return err
		},
		"Zones":                  func() error { _, err := zero.Zones("us-east-1", network.KindPersonal); return err },
		"CheckSubnets":           func() error { _, _, err := zero.CheckSubnets("us-east-1", network.KindPersonal, nil); return err },
		"CheckAddresses":         func() error { _, _, err := zero.CheckAddresses(nil, 0, 0); return err },
		"CheckLink":              func() error { _, err := zero.CheckLink(network.Link{Protocol: network.ProtocolDCV}); return err },
		"CheckDirectoryFeatures": func() error { _, _, err := zero.CheckDirectoryFeatures(network.DirectoryFeatures{}); return err },
		"OfficeKMS":              func() error { _, err := zero.OfficeKMS(one.Addr()); return err },
		"CheckSecurityGroup":     func() error { _, err := zero.CheckSecurityGroup(g, use); return err },
	} {
		var input *rule.InputError
		if err := f(); !errors.As(err, &input) || input.Path != "Edition" {
			t.Errorf("%s: error %v, want one about the edition", name, err)
		}
	}
	if len(zero.Ports(network.Primary, network.KindPersonal, network.AnyProtocol)) > 0 || len(zero.IPGroupQuotas()) > 0 || len(zero.ManagementCIDRParents()) > 0 {
		t.Error("the zero Rules list something")
	}
}
