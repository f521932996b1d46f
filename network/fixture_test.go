package network_test

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

func TestFixtures(t *testing.T) {
	check := func(e rule.Edition, _ rule.Code, input string) (rule.Violations, error) {
		rules, err := network.At(e)
		if err != nil {
			return nil, err
		}
		words := strings.Fields(input)
		if first, err := netip.ParsePrefix(words[0]); err == nil {
			return rules.CheckManagementCIDR(first, prefixes(words[1:]...))
		}
		reg, err := rules.CheckRegistration(vpc(t, input))
		return reg.Violations(), err
	}
	ruletest.Fixtures(t, "testdata/fixtures.txt", network.RuleRows(), network.Editions(), check)
}
