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
		switch words[0] {
		case "subnets":
			_, vs, err := rules.CheckSubnets(words[1], network.KindPersonal, subnets(t, words[2:]...))
			return vs, err
		case "addresses":
			n, err := strconv.Atoi(words[1])
			if err != nil {
				return nil, err
			}
			_, vs, err := rules.CheckAddresses(subnets(t, words[2:]...), n, 0)
			return vs, err
		case "link":
			l, err := link(strings.Join(words[1:], " "))
			if err != nil {
				return nil, err
			}
			return rules.CheckLink(l)
		case "security-group":
			g, use := securityGroup(t, words[1:]...)
			check, err := rules.CheckSecurityGroup(g, use)
			return check.Violations(), err
		case "features":
			_, vs, err := rules.CheckDirectoryFeatures(features(words[1]))
			return vs, err
		case "firewall":
			c := network.Client{Region: words[1], Protocol: network.Protocol(words[2])}
			var allowed []netip.Prefix
			var file []network.AWSRange
			for _, w := range words[3:] {
				switch {
				case w == "accelerator":
					c.Accelerator = true
				case strings.Count(w, "/") > 1:
					file = append(file, published(w)...)
				default:
					allowed = append(allowed, netip.MustParsePrefix(w))
				}
			}
			fw, err := rules.CheckFirewall(c, allowed, file)
			return fw.Violations(), err
		case "ip-groups":
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
	ruletest.Fixtures(t, "testdata/fixtures.txt", network.Rows(), network.Editions(), check)
}
