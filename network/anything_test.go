package network_test

import (
	"io"
	"math"
	"net/netip"
	"os"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/network"
)

func TestAnything(t *testing.T) {
	vpc := network.VPC{ID: "vpc-1", Region: "us-west-2", CIDRs: []netip.Prefix{ten}, Routes: routes(3, addressOf)}
	rule := sg(0, 65535, anywhere)
	texts := []string{
		"us-east-1", "use1-az2", "wsipg-0123456789", "d-0123456789", "203.0.113.0/24", "10.0.0.1-10.0.0.9", "10.0.0.0/\x1b", "::/0", "subnet-1", "sg-1", "tcp", "-1",
		`{"prefixes":[{"ip_prefix":"10.0.0.0/8","region":"\u001b","service":"EC2"}]}`, `{"prefixes":[{"ip_prefix":"\u001b","region":"a","service":"EC2"}]}`, "{\"\x1b", `{"prefixes":{}}`,
	}
	domains := []string{"*", ".amazonaws.com", "*.awsapps.com", "fls-na.amazon.com", "\x1b.com", ""}
	ruletest.Anything{
		Dir: os.DirFS("."),
		Exports: map[string]any{
			"At": network.At, "Newest": network.Newest, "Editions": network.Editions, "Catalogue": network.Catalogue, "Documents": network.Documents, "Parameters": network.Parameters,
			"SubnetAddresses": network.SubnetAddresses, "Uncovered": network.Uncovered, "AggregatePrefixes": network.AggregatePrefixes, "NewIPRanges": network.NewIPRanges,
			"PackIPGroups": network.PackIPGroups, "ParseIPRule": network.ParseIPRule, "ParseRange": network.ParseRange, "RangeOf": network.RangeOf,
			"ParseDomainRule": network.ParseDomainRule, "ParseDomainList": network.ParseDomainList, "SSHCommand": network.SSHCommand,
			"DomainRule": network.DomainRule{}, "DomainList": network.DomainList{}, "Domains": network.Domains{}, "Name": network.Name{},
			"Rules": network.Rules{}, "BlockMap": network.BlockMap{}, "Conflict": network.Conflict{}, "ManagementRanges": network.ManagementRanges{}, "PackError": network.PackError{},
			"Proposal": network.Proposal{}, "Range": network.Range{}, "Registration": network.Registration{}, "VPC": network.VPC{}, "IPRanges": network.IPRanges{},
		},
		Sound: []any{
			vpc, network.SecurityGroup{ID: "sg-1", Egress: list(2, func(int) network.SecurityGroupRule { return rule }), Ingress: []network.SecurityGroupRule{rule}},
			network.SecurityGroupUse{Role: network.OfWorkSpaces, Internet: true, VPC: network.Peer{Addresses: []netip.Prefix{ten}}, Controllers: network.Peer{Addresses: []netip.Prefix{ten}, Groups: []string{"sg-\x1b"}}},
			inGroups(12), network.IPRule{Source: ten}, awsRanges(4), network.Client{Region: "us-east-1", Protocol: network.ProtocolDCV, IPv6: true, Directory: "d-93671a2b3c"},
			network.DomainList{network.MustParseDomainRule(".amazonaws.com")}, network.Name{Use: network.NamesLogs, Host: "fls-na.amazon.com"},
			network.SSH{Groups: []network.SecurityGroup{{ID: "sg-1", Ingress: []network.SecurityGroupRule{sg(22, 22, ten)}}}, From: []netip.Prefix{ten}, Login: "corp\\jane", System: "AMAZON_LINUX_2", State: "AVAILABLE"},
			network.Subnet{ID: "subnet-1", ZoneID: "use1-az2", CIDR: netip.MustParsePrefix("10.1.0.0/24")}, network.Subnet{ID: "subnet-\x1b", ZoneID: "use1-az2", CIDR: netip.MustParsePrefix("10.1.0.0/24")},
			[]network.DirectoryIPGroups{{Directory: "d-\x1b", Groups: []string{"wsipg-0"}}}, ten, netip.MustParsePrefix("198.19.0.0/16"), netip.MustParsePrefix("172.31.0.0/16"),
			network.IPGroupQuota{Rules: 10, PerDirectory: 25}, network.IPGroupQuota{Rules: math.MaxInt, PerDirectory: math.MaxInt},
		},
		Draw: map[reflect.Type]func(t *rapid.T) any{
			reflect.TypeFor[network.Rules](): func(t *rapid.T) any {
				e := rapid.SampledFrom(append(network.Editions(), network.Rules{}.Edition())).Draw(t, "edition")
				r, _ := network.At(e) // zero for the edition that is none
				return r
			},
			reflect.TypeFor[network.DomainRule](): func(t *rapid.T) any {
				d, _ := network.ParseDomainRule(rapid.SampledFrom(domains).Draw(t, "domain")) // zero for what is none
				return d
			},
			reflect.TypeFor[io.Reader](): func(t *rapid.T) any {
				return strings.NewReader(rapid.SampledFrom(texts).Draw(t, "document"))
			},
			reflect.TypeFor[network.IPRanges](): func(t *rapid.T) any {
				return *network.NewIPRanges(strings.NewReader(rapid.SampledFrom(texts).Draw(t, "document")))
			},
		},
		Texts: append(texts, domains...),
	}.Check(t)
}
