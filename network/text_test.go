package network_test

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"unicode"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// No text of a caller leaves as it is: a terminal would obey it.
func TestTextOfTheCallerIsMadeSafe(t *testing.T) {
	r := network.Newest()
	one, two := prefixes("192.168.0.0/16"), prefixes("192.168.0.0/24")
	for _, evil := range []string{"\x1b[2J", "a\nb", "\u202eright to left", "\xff", "%s%d%!", strings.Repeat("\x07long", 1000)} {
		answers := map[string]func() (rule.Answer, error){
			"CheckRegistration": func() (rule.Answer, error) {
				reg, err := r.CheckRegistration(network.VPC{ID: evil, Region: "ap-south-1", CIDRs: one, Routes: []network.Route{
					{Destination: two[0], Table: evil, Target: evil, PrefixList: evil, State: evil}, {PrefixList: evil}}})
				return reg.Answer, err
			},
			"CheckRegistration, conflicts": func() (rule.Answer, error) {
				reg, err := r.CheckRegistration(network.VPC{ID: evil, Region: "us-west-2", CIDRs: prefixes("10.0.0.0/16"), Routes: []network.Route{{Destination: two[0], Table: evil}}})
				return reg.Answer, err
			},
			"CheckRegistration, Region": func() (rule.Answer, error) {
				reg, err := r.CheckRegistration(network.VPC{Region: evil, CIDRs: one})
				return reg.Answer, err
			},
			"CheckIPGroups": func() (rule.Answer, error) {
				groups, _ := ipGroups(t, 1, 31, 0, 0)
				groups[0].ID, groups[0].Rules[0].Description = evil, evil
				return r.CheckIPGroups(append(groups, network.IPGroup{ID: "wsipg-1"}), []network.DirectoryIPGroups{{Directory: evil, Groups: []string{evil, "wsipg-1", evil + "?"}}})
			},
			"CheckIPGroupUpdate":      func() (rule.Answer, error) { return r.CheckIPGroupUpdate(evil, nil) },
			"CheckIPGroupAssociation": func() (rule.Answer, error) { return r.CheckIPGroupAssociation(evil, make([]string, 40)) },
			"IPAccess": func() (rule.Answer, error) {
				a, err := r.IPAccess([]network.IPGroup{{ID: evil, Rules: []network.IPRule{{Source: one[0]}}}}, netip.MustParseAddr("fe80::1").WithZone(evil))
				return a.Answer, err
			},
			"ParseIPRule": func() (rule.Answer, error) {
				p, err := network.ParseIPRule(evil)
				return p.Answer, err
			},
			"CheckFirewall": func() (rule.Answer, error) {
				fw, err := r.CheckFirewall(network.Client{Region: "eu-west-3", Protocol: "dcv"}, nil, []network.AWSRange{{Region: evil, Service: evil, Prefix: one[0], NetworkBorderGroup: evil}})
				return fw.Answer, err
			},
			"CheckFirewall, Protocol": func() (rule.Answer, error) {
				fw, err := r.CheckFirewall(network.Client{Region: "eu-west-3", Protocol: network.Protocol(evil)}, nil, nil)
				return fw.Answer, err
			},
			"CheckSubnets": func() (rule.Answer, error) {
				s := network.Subnet{ID: evil, ZoneID: "use1-az1", CIDR: netip.MustParsePrefix("10.0.0.0/29")}
				return r.CheckSubnets("us-east-1", network.KindPersonal, []network.Subnet{s, s, {ID: evil + "?", ZoneID: "use1-az1"}})
			},
			"CheckSubnets, Kind": func() (rule.Answer, error) { return r.CheckSubnets("us-east-1", network.DirectoryKind(evil), nil) },
			"CheckSubnets, zone": func() (rule.Answer, error) {
				return r.CheckSubnets("us-east-1", network.KindPersonal, []network.Subnet{{ZoneID: evil}})
			},
			"CheckClientLink": func() (rule.Answer, error) {
				return r.CheckClientLink(network.ClientLink{Protocol: network.Protocol(evil)})
			},
			"LaunchWithIPv6AutoAssign": func() (rule.Answer, error) { return r.LaunchWithIPv6AutoAssign(evil) },
			"CheckSecurityGroup": func() (rule.Answer, error) {
				_, use := securityGroup(t)
				use.Directory = network.DirectoryType(evil)
				c, err := r.CheckSecurityGroup(network.SecurityGroup{ID: evil, Egress: []network.SecurityGroupRule{{Protocol: "udp", From: 53, To: 53, Groups: []string{evil}, PrefixLists: []string{evil}}}}, use)
				return c.Answer, err
			},
			"CheckSecurityGroup, protocol": func() (rule.Answer, error) {
				_, use := securityGroup(t)
				c, err := r.CheckSecurityGroup(network.SecurityGroup{Egress: []network.SecurityGroupRule{{Protocol: evil}}}, use)
				return c.Answer, err
			},
			"CheckDomains, Directory": func() (rule.Answer, error) {
				d, err := r.CheckDomains(network.Client{Region: "eu-west-3", Protocol: "dcv", Directory: evil}, nil)
				return d.Answer, err
			},
			"CheckDomains, Kind": func() (rule.Answer, error) {
				d, err := r.CheckDomains(network.Client{Region: "eu-west-3", Protocol: "dcv", Kind: network.ClientKind(evil)}, nil)
				return d.Answer, err
			},
			"ParseDomainRule": func() (rule.Answer, error) {
				_, err := network.ParseDomainRule(evil)
				return rule.Answer{}, err
			},
			"ParseDomainList": func() (rule.Answer, error) {
				_, err := network.ParseDomainList("a.com\n/" + evil)
				return rule.Answer{}, err
			},
			"CheckSSH": func() (rule.Answer, error) {
				return r.CheckSSH(network.SSH{From: one, Login: evil, System: evil, State: evil, Groups: []network.SecurityGroup{{ID: evil}}})
			},
			"CheckSSH, NetBIOS": func() (rule.Answer, error) {
				return r.CheckSSH(network.SSH{From: one, Login: evil + `.\` + evil, System: "WINDOWS" + evil})
			},
			"CheckSSH, protocol": func() (rule.Answer, error) {
				return r.CheckSSH(network.SSH{From: one, Groups: []network.SecurityGroup{{Ingress: []network.SecurityGroupRule{{Protocol: evil}}}}})
			},
			"SSHCommand": func() (rule.Answer, error) {
				_, err := network.SSHCommand(evil, netip.MustParseAddr("10.0.0.1"))
				return rule.Answer{}, err
			},
			"ParseRange": func() (rule.Answer, error) {
				_, err := network.ParseRange(evil)
				return rule.Answer{}, err
			},
			"IPRanges": func() (rule.Answer, error) {
				_, _, err := readIPRanges(t, fmt.Sprintf(`{"prefixes": %q`, "\x1b[2J"))
				return rule.Answer{}, err
			},
		}
		for name, ask := range answers {
			a, err := ask()
			texts := []string{fmt.Sprint(err)}
			for _, v := range a.Violations {
				texts = append(texts, v.Detail)
			}
			for _, o := range a.Open {
				texts = append(texts, o.Reason)
			}
			if len(a.Violations)+len(a.Open) == 0 && err == nil {
				t.Errorf("%s of %.20q: nothing is found", name, evil)
			}
			for _, text := range texts {
				if i := strings.IndexFunc(text, func(r rune) bool { return r == unicode.ReplacementChar || r != ' ' && !unicode.IsPrint(r) }); i >= 0 || len(text) > 3000 {
					t.Errorf("%s of %.20q: %.300q", name, evil, text)
				}
			}
		}
	}
}
