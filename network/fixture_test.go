package network_test

import (
	"net/netip"
	"strconv"
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
		if words[0] == "ip-groups" {
			var n [4]int
			for i, w := range words[1:] {
				if n[i], err = strconv.Atoi(w); err != nil {
					return nil, err
				}
			}
			return rules.CheckIPGroups(ipGroups(t, n[0], n[1], n[2], n[3]))
		}
		if first, err := netip.ParsePrefix(words[0]); err == nil {
			return rules.CheckManagementCIDR(first, prefixes(words[1:]...))
		}
		reg, err := rules.CheckRegistration(vpc(t, input))
		return reg.Violations(), err
	}
	ruletest.Fixtures(t, "testdata/fixtures.txt", network.RuleRows(), network.Editions(), check)
}
