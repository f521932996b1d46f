package network_test

import (
	"fmt"
	"math"
	"net/netip"
	"strings"
	"testing"

	"github.com/wksgo/wks/internal/gen"
	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/network"
)

var (
	ten      = netip.MustParsePrefix("10.0.0.0/8")
	six      = netip.MustParsePrefix("2600::/12")
	anywhere = netip.MustParsePrefix("0.0.0.0/0")
)

// addressOf returns address i of every second one from 10.0.0.0 on, which never join.
func addressOf(i int) netip.Prefix {
	return netip.PrefixFrom(netip.AddrFrom4([4]byte{10, byte(i >> 15), byte(i >> 7), byte(i << 1)}), 32)
}

func list[E any](n int, f func(i int) E) []E {
	all := make([]E, n)
	for i := range all {
		all[i] = f(i)
	}
	return all
}

func rangesOf(prefixes []netip.Prefix) []network.Range {
	return list(len(prefixes), func(i int) network.Range { return network.RangeOf(prefixes[i]) })
}

func invalidLast(prefixes []netip.Prefix) []netip.Prefix { return append(prefixes, netip.Prefix{}) }

func repeated[E any](n int, e E) []E { return list(n, func(int) E { return e }) }

// nested returns prefixes that lie in one another, and the parts of the last.
func nested(n int) []netip.Prefix {
	return list(n, func(i int) netip.Prefix { return netip.PrefixFrom(addressOf(i).Addr(), 8+i%25) })
}

// inGroups returns n addresses as rules of groups with ten each.
func inGroups(n int) []network.IPGroup {
	return list((n+9)/10, func(i int) network.IPGroup {
		return network.IPGroup{ID: fmt.Sprint("wsipg-", i), Rules: list(10, func(j int) network.IPRule { return network.IPRule{Source: addressOf(10*i + j)} })}
	})
}

// checkGroup checks egress rules towards n addresses, one of which each rule is for.
func checkGroup(peers int, rules []network.SecurityGroupRule) {
	use := network.SecurityGroupUse{
		Role: network.OfWorkSpaces, Internet: true,
		VPC:         network.Peer{Addresses: []netip.Prefix{ten}},
		Controllers: network.Peer{Addresses: list(peers, addressOf), Groups: list(peers, func(i int) string { return fmt.Sprint("sg-", i) })},
	}
	_, _ = network.Newest().CheckSecurityGroup(network.SecurityGroup{ID: "sg-1", Egress: rules, Ingress: rules}, use)
}

func sg(from, to int, cidrs ...netip.Prefix) network.SecurityGroupRule {
	return network.SecurityGroupRule{Protocol: "tcp", From: from, To: to, CIDRs: cidrs}
}

// registered asks about a VPC with n routes of each kind that a registration tells of.
func registered(ask func(r network.Registration)) func(n int) {
	return func(n int) {
		v := network.VPC{ID: "vpc-1", Region: "us-west-2", CIDRs: []netip.Prefix{ten}}
		v.Routes = routes(3*n, func(i int) netip.Prefix {
			switch i % 3 {
			case 0:
				return netip.PrefixFrom(netip.AddrFrom4([4]byte{172, 31, byte(i >> 8), byte(i)}), 32)
			case 1:
				return six
			}
			return netip.Prefix{}
		})
		if reg, err := network.Newest().CheckRegistration(v); err == nil {
			ask(reg)
		}
	}
}

func checkVPC(v network.VPC) {
	v.ID, v.Region = "vpc-1", "us-west-2"
	if reg, err := network.Newest().CheckRegistration(v); err == nil {
		reg.Conflicts()
		reg.Ignored()
		reg.Unresolved()
	}
	_, _ = v.ConflictsWith(netip.MustParsePrefix("172.31.0.0/16"))
}

func routes(n int, to func(i int) netip.Prefix) []network.Route {
	return list(n, func(i int) network.Route {
		return network.Route{Destination: to(i), Table: fmt.Sprint("rtb-", i/2), PrefixList: "pl-1"}
	})
}

func drain(free func(func(netip.Prefix, error) bool)) {
	for range free {
	}
}

func checkSubnets(n int, id, zone func(i int) string) {
	_, _ = network.Newest().CheckSubnets("us-east-1", network.KindPersonal, list(n, func(i int) network.Subnet {
		return network.Subnet{ID: id(i), ZoneID: zone(i), CIDR: netip.PrefixFrom(addressOf(i).Addr(), 24+i%8)}
	}))
}

func inOneZone(int) string { return "use1-az2" }

func ids(i int) string { return fmt.Sprint("subnet-", i) }

func awsRanges(n int) []network.AWSRange {
	services := []string{"AMAZON", network.GatewaysService, "GLOBALACCELERATOR", "EC2"}
	return list(n, func(i int) network.AWSRange {
		return network.AWSRange{Prefix: addressOf(i), Region: "us-east-1", Service: services[i%4]}
	})
}

func checkFirewall(allowed []netip.Prefix, published []network.AWSRange) {
	_, _ = network.Newest().CheckFirewall(network.Client{Region: "us-east-1", Protocol: network.ProtocolDCV, IPv6: true, Accelerator: true}, allowed, published)
}

func domainOf(i int) network.DomainRule {
	return network.MustParseDomainRule(fmt.Sprintf("%sn%d.example.com", []string{"", ".", "*."}[i%3], i))
}

func checkDomains(list []network.DomainRule) {
	if d, err := network.Newest().CheckDomains(network.Client{Region: "us-east-1", Protocol: network.ProtocolDCV, IPv6: true}, list); err == nil {
		d.List()
	}
}

// linearCases run functions on inputs of n elements, sound ones and broken ones. A name
// begins with the function's.
var linearCases = map[string]func(n int){
	"AggregatePrefixes":           func(n int) { _, _ = network.AggregatePrefixes(gen.InUse(n, parents, 1)) },
	"AggregatePrefixes, IPv6":     func(n int) { _, _ = network.AggregatePrefixes(gen.InUse6(n, six, 1)) },
	"AggregatePrefixes, apart":    func(n int) { _, _ = network.AggregatePrefixes(list(n, addressOf)) },
	"AggregatePrefixes, nested":   func(n int) { _, _ = network.AggregatePrefixes(nested(n)) },
	"AggregatePrefixes, the same": func(n int) { _, _ = network.AggregatePrefixes(repeated(n, ten)) },
	"AggregatePrefixes, broken":   func(n int) { _, _ = network.AggregatePrefixes(invalidLast(list(n, addressOf))) },
	"Uncovered":                   func(n int) { _, _ = network.Uncovered(rangesOf(nested(n)), gen.InUse(n, parents, 1)) },
	"Uncovered, IPv6":             func(n int) { _, _ = network.Uncovered(rangesOf(gen.InUse6(n, six, 1)), gen.InUse6(n, six, 2)) },
	"Uncovered, covered":          func(n int) { _, _ = network.Uncovered(rangesOf(list(n, addressOf)), list(n, addressOf)) },
	"Uncovered, by one":           func(n int) { _, _ = network.Uncovered(rangesOf(list(n, addressOf)), repeated(n, ten)) },
	"Uncovered, one":              func(n int) { _, _ = network.Uncovered([]network.Range{network.RangeOf(ten)}, nested(n)) },
	"Uncovered, with holes":       func(n int) { _, _ = network.Uncovered([]network.Range{network.RangeOf(ten)}, list(n, addressOf)) },
	"Uncovered, broken":           func(n int) { _, _ = network.Uncovered(rangesOf(list(n, addressOf)), invalidLast(nested(n))) },
	"Mark":                        func(n int) { _ = new(network.BlockMap).Mark(nested(n)...) },
	"CheckManagementCIDR": func(n int) {
		_, _ = network.Newest().CheckManagementCIDR(netip.MustParsePrefix("10.0.0.0/16"), nested(n))
	},
	"FreeManagementCIDRs":          func(n int) { drain(network.Newest().FreeManagementCIDRs(anywhere, gen.InUse(n, parents, 1))) },
	"ProposeManagementCIDRs":       func(n int) { _, _ = network.Newest().ProposeManagementCIDRs(ten, network.Site{InUse: nested(n)}) },
	"ProposeManagementCIDRs, many": func(n int) { _, _ = network.Newest().ProposeManagementCIDRs(ten, make([]network.Site, n/8)...) },
	"CheckRegistration":            func(n int) { checkVPC(network.VPC{CIDRs: []netip.Prefix{ten}, Routes: routes(n, addressOf)}) },
	"CheckRegistration, in use": func(n int) {
		checkVPC(network.VPC{CIDRs: []netip.Prefix{ten}, Routes: routes(n, func(i int) netip.Prefix {
			return netip.PrefixFrom(netip.AddrFrom4([4]byte{172, 31, byte(i >> 8), byte(i)}), 32)
		})})
	},
	"CheckRegistration, exhausted": func(n int) {
		three := []netip.Prefix{netip.MustParsePrefix("172.31.0.0/16"), netip.MustParsePrefix("192.168.0.0/16"), netip.MustParsePrefix("198.19.0.0/16")}
		checkVPC(network.VPC{CIDRs: list(n, func(i int) netip.Prefix { return netip.PrefixFrom(three[i%3].Addr(), 16+i%17) })})
	},
	"CheckRegistration, halves": func(n int) {
		checkVPC(network.VPC{CIDRs: []netip.Prefix{ten}, Routes: routes(n, func(i int) netip.Prefix {
			return netip.PrefixFrom(netip.AddrFrom4([4]byte{byte(i % 2 << 7)}), 1)
		})})
	},
	"CheckRegistration, broken": func(n int) { checkVPC(network.VPC{CIDRs: repeated(n, six)}) },
	"CheckRegistration, unresolved": func(n int) {
		checkVPC(network.VPC{CIDRs: []netip.Prefix{ten}, Routes: routes(n, func(int) netip.Prefix { return netip.Prefix{} })})
	},
	"IPAccess": func(n int) { _, _ = network.Newest().IPAccess(inGroups(n), netip.MustParseAddr("192.0.2.1")) },
	"CheckIPGroups": func(n int) {
		_, _ = network.Newest().CheckIPGroups(inGroups(n), list(n, func(i int) network.DirectoryIPGroups {
			return network.DirectoryIPGroups{Directory: "d-1", Groups: []string{fmt.Sprint("wsipg-", i/10)}}
		}))
	},
	"CheckIPGroups, broken": func(n int) {
		groups := list(n, func(i int) network.IPGroup { return network.IPGroup{ID: fmt.Sprint("wsipg-", i)} })
		all := list(n, func(i int) string { return groups[i].ID })
		_, _ = network.Newest().CheckIPGroups(groups, append(list(n, func(i int) network.DirectoryIPGroups {
			return network.DirectoryIPGroups{Directory: "d-1", Groups: all[i : i+1]}
		}), network.DirectoryIPGroups{Directory: "d-2", Groups: all}))
	},
	"CheckIPGroupUpdate": func(n int) {
		_, _ = network.Newest().CheckIPGroupUpdate("wsipg-1", list(n, func(i int) network.IPRule { return network.IPRule{Source: addressOf(i)} }))
	},
	"CheckIPGroupAssociation": func(n int) { _, _ = network.Newest().CheckIPGroupAssociation("d-1", list(n, ids)) },
	"PackIPGroups": func(n int) {
		_, _ = network.PackIPGroups(list(n, addressOf), network.IPGroupQuota{Rules: 10, PerDirectory: n}, 0)
	},
	"PackIPGroups, joined": func(n int) {
		_, _ = network.PackIPGroups(list(n, addressOf), network.IPGroupQuota{Rules: 10, PerDirectory: 5}, math.MaxUint64)
	},
	"CheckFirewall":            func(n int) { checkFirewall(gen.InUse(n, parents, 1), awsRanges(100)) },
	"CheckFirewall, published": func(n int) { checkFirewall(list(n, addressOf), awsRanges(n)) },
	"CheckFirewall, lacking":   func(n int) { checkFirewall(nil, awsRanges(n)) },
	"CheckFirewall, names": func(n int) {
		_, _ = network.Newest().CheckFirewall(network.Client{Region: "us-east-1", Protocol: network.ProtocolDCV}, nil, nil, list(n, domainOf)...)
	},
	"CheckDomains": func(n int) { checkDomains(list(n, domainOf)) },
	"CheckDomains, directories": func(n int) {
		checkDomains(list(n, func(i int) network.DomainRule {
			return network.MustParseDomainRule(fmt.Sprintf("d-%010d.awsapps.com", i))
		}))
	},
	"CheckDomains, deep": func(n int) {
		checkDomains(list(n, func(i int) network.DomainRule {
			return network.MustParseDomainRule(strings.Repeat("a.", i%100) + "com")
		}))
	},
	"CheckDomains, the same": func(n int) { checkDomains(repeated(n, network.MustParseDomainRule(".amazonaws.com"))) },
	"CheckDomains, broken":   func(n int) { checkDomains(append(list(n, domainOf), network.DomainRule{})) },
	"Squid":                  func(n int) { _, _ = network.DomainList(list(n, domainOf)).Squid() },
	"Squid, nested": func(n int) {
		_, _ = network.DomainList(list(n, func(i int) network.DomainRule {
			return network.MustParseDomainRule("." + strings.Repeat("a.", i%100) + "com")
		})).Squid()
	},
	"NetworkFirewall":           func(n int) { _, _ = network.DomainList(list(n, domainOf)).NetworkFirewall("names", 0) },
	"ParseDomainList":           func(n int) { _, _ = network.ParseDomainList(network.DomainList(list(n, domainOf)).Plain()) },
	"ParseDomainList, comments": func(n int) { _, _ = network.ParseDomainList(strings.Repeat("# \n", n)) },
	"ParseDomainList, broken":   func(n int) { _, _ = network.ParseDomainList(strings.Repeat("a.com\n", n) + "..") },
	"CheckSSH": func(n int) {
		_, _ = network.Newest().CheckSSH(network.SSH{Groups: list(n, func(i int) network.SecurityGroup {
			return network.SecurityGroup{Ingress: []network.SecurityGroupRule{sg(22, 22, addressOf(2*i))}}
		}), From: list(n, addressOf)})
	},
	"CheckSSH, open": func(n int) {
		_, _ = network.Newest().CheckSSH(network.SSH{Groups: []network.SecurityGroup{{Ingress: list(n, func(i int) network.SecurityGroupRule { return sg(0, 65535, anywhere) })}}, From: nested(n)})
	},
	"CheckSecurityGroup": func(n int) {
		checkGroup(2, append(list(n, func(i int) network.SecurityGroupRule { return sg(1024+i, 1024+i, addressOf(i)) }), sg(0, 65535, anywhere)))
	},
	"CheckSecurityGroup, one port each": func(n int) {
		checkGroup(2, list(n, func(i int) network.SecurityGroupRule { return sg(1024+i, 1024+i, anywhere) }))
	},
	"CheckSecurityGroup, every second port": func(n int) {
		checkGroup(2, list(n, func(i int) network.SecurityGroupRule { return sg(1024+2*i, 1024+2*i, ten, addressOf(0)) }))
	},
	"CheckSecurityGroup, one address each": func(n int) {
		checkGroup(n, list(n, func(i int) network.SecurityGroupRule { return sg(0, 65535, addressOf(i)) }))
	},
	"CheckSecurityGroup, one rule": func(n int) { checkGroup(n, []network.SecurityGroupRule{sg(0, 65535, nested(n)...)}) },
	"CheckSecurityGroup, peers": func(n int) {
		checkGroup(n, list(n, func(i int) network.SecurityGroupRule { return sg(1024+i, 1024+n, anywhere) }))
	},
	"CheckSecurityGroup, groups": func(n int) {
		checkGroup(n, list(n, func(i int) network.SecurityGroupRule {
			return network.SecurityGroupRule{Protocol: "-1", Groups: []string{fmt.Sprint("sg-", n+i)}}
		}))
	},
	"CheckSecurityGroup, lists": func(n int) {
		checkGroup(2, list(n, func(i int) network.SecurityGroupRule {
			return network.SecurityGroupRule{Protocol: "tcp", From: 1024 + 2*i, To: 1024 + 2*i, PrefixLists: []string{"pl-1"}}
		}))
	},
	"CheckSecurityGroup, broken": func(n int) { checkGroup(n, list(n, func(i int) network.SecurityGroupRule { return sg(5, 5-i/(n-1)) })) },
	"Conflict.Undocumented, of few": func(n int) {
		network.Conflict{Overlap: network.Inside, Sources: make([]network.Source, n)}.Undocumented()
	},
	"Conflict.String, of few": func(n int) {
		_ = network.Conflict{Sources: make([]network.Source, n)}.String()
	},
	"DomainList.Plain": func(n int) { _ = network.DomainList(list(n, domainOf)).Plain() },
	"Domains.List":     func(n int) { network.Domains{Needs: make([]network.NameNeed, n)}.List() },
	"ManagementRanges.Of": func(n int) {
		network.ManagementRanges{Ranges: make([]network.ManagementRange, n)}.Of(network.Candidate)
	},
	"Proposal.String": func(n int) {
		_ = network.Proposal{CandidateIn: make([]string, n), DefaultOf: make([]string, n)}.String()
	},
	"VPC.ConflictsWith": func(n int) {
		_, _ = network.VPC{ID: "vpc-1", CIDRs: list(n, addressOf), Routes: routes(n, addressOf)}.ConflictsWith(ten)
	},
	"Registration.Conflicts":   registered(func(r network.Registration) { r.Conflicts() }),
	"Registration.Ignored":     registered(func(r network.Registration) { r.Ignored() }),
	"Registration.Unresolved":  registered(func(r network.Registration) { r.Unresolved() }),
	"Registration.Candidates":  registered(func(r network.Registration) { r.Candidates() }),
	"Registration.Free":        registered(func(r network.Registration) { r.Free() }),
	"Registration.VerdictIf":   registered(func(r network.Registration) { r.VerdictIf(true) }),
	"CheckSubnets":             func(n int) { checkSubnets(n, ids, func(i int) string { return fmt.Sprint("use1-az", i) }) },
	"CheckSubnets, one zone":   func(n int) { checkSubnets(n, ids, inOneZone) },
	"CheckSubnets, one subnet": func(n int) { checkSubnets(n, func(int) string { return "subnet-1" }, inOneZone) },
	"CheckAddresses":           func(n int) { _, _ = network.Newest().CheckAddresses(make([]network.Subnet, n), 5, 5) },
	"NewIPRanges": func(n int) {
		var b strings.Builder
		b.WriteString(`{"prefixes":[`)
		for i, a := range awsRanges(n) {
			fmt.Fprintf(&b, `%.*s{"ip_prefix":"%s","region":"%d","service":"%s"}`, min(i, 1), ",", a.Prefix, i, a.Service)
		}
		b.WriteString("]}")
		for range network.NewIPRanges(strings.NewReader(b.String())).All() {
		}
	},
}

// TestLinear holds that the work of a function grows as its input does.
func TestLinear(t *testing.T) {
	lineartest.Run(t, []string{"network"}, linearCases)
}

// Each exported function with a parameter that is a list, holds one, or is a reader has a case.
func TestLinearCases(t *testing.T) {
	lineartest.Complete(t, linearCases)
}
