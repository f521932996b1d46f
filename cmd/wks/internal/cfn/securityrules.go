package cfn

import (
	"cmp"
	"net/netip"
	"strconv"
	"strings"

	"github.com/wksgo/wks/network"
)

// unknownPeer stands for sources, or targets, that are not known.
const unknownPeer = "not known"

// anything is a rule of which nothing is known.
var anything = network.SecurityGroupRule{Protocol: "-1", PrefixLists: []string{unknownPeer}}

// allOut are the rules that Amazon EC2 adds to a group without outbound rules (AWS CloudFormation Template Reference,
// AWS::EC2::SecurityGroup).
var allOut = network.SecurityGroupRule{Protocol: "-1", From: -1, To: -1, CIDRs: []netip.Prefix{netip.MustParsePrefix("0.0.0.0/0"), netip.MustParsePrefix("::/0")}}

// group reads a group with all its rules.
func (g *groups) group(id string) *securityGroup {
	if known := g.read[id]; known != nil {
		return known
	}
	group := &securityGroup{SecurityGroup: network.SecurityGroup{ID: id}, checks: map[string]network.SecurityGroupCheck{}}
	g.read[id] = group
	o, r := g.Resources[id], g.reader(nil)
	ingress, _ := r.inline(o, "SecurityGroupIngress")
	egress, given := r.inline(o, "SecurityGroupEgress")
	own := false
	for _, id := range g.rules[id] {
		part := g.Resources[id]
		side := &ingress
		if part.Type == "AWS::EC2::SecurityGroupEgress" {
			side, own = &egress, true
		}
		m, _ := part.Properties.(map[string]any)
		if _, known := r.made(part); !known {
			m = nil // it may be made
		}
		*side = append(*side, r.opening(m))
	}
	switch {
	case given:
	case own: // no document that was read says whether the group keeps what is added to one without rules
		egress = append(egress, anything)
	default:
		egress = append(egress, allOut)
	}
	group.Ingress, group.Egress, group.vpc = ingress, egress, g.vpcOf(r, id)
	group.secret = r.secret
	return group
}

// inline reads the rules that stand in a group; given is false if the property is left out or has none.
func (r *reader) inline(o object, name string) (list []network.SecurityGroupRule, given bool) {
	v, gap := r.reduce(raw(o, name))
	items, isList := v.([]any)
	switch {
	case gap != nil:
		return []network.SecurityGroupRule{anything}, true
	case v == nil, v == (nothing{}):
		return nil, false
	case !isList:
		items = []any{v}
	}
	for _, x := range items {
		x, gap := r.reduce(x)
		if x == (nothing{}) && gap == nil {
			continue
		}
		m, _ := x.(map[string]any)
		if gap != nil {
			m = nil
		}
		list = append(list, r.opening(m))
	}
	return list, len(list) > 0
}

// opening reads a rule; nil is one of which nothing is known.
func (r *reader) opening(m map[string]any) network.SecurityGroupRule {
	if m == nil {
		return anything
	}
	unknown := false
	text := func(name string) string {
		v, gap := r.reduce(m[name])
		if v == (nothing{}) {
			v = nil
		}
		s, ok := scalar(v)
		unknown = unknown || gap != nil || !ok && v != nil
		return s
	}
	port := func(name string) int {
		s := text(name)
		if s == "" {
			return -1
		}
		n, err := strconv.Atoi(s)
		unknown = unknown || err != nil
		return n
	}
	is := network.SecurityGroupRule{Protocol: cmp.Or(strings.ToLower(text("IpProtocol")), "-1"), From: port("FromPort"), To: port("ToPort")}
	if unknown {
		return anything
	}
	if is.Protocol == "-1" {
		is.From, is.To = -1, -1
	}
	for _, name := range []string{"CidrIp", "CidrIpv6"} {
		if s := text(name); s != "" {
			p, err := netip.ParsePrefix(s)
			if unknown = unknown || err != nil; err == nil {
				is.CIDRs = append(is.CIDRs, p.Masked())
			}
		}
	}
	for _, name := range []string{"SourceSecurityGroupId", "DestinationSecurityGroupId"} {
		switch v, gap := r.reduce(m[name]); {
		case gap != nil && gap.to != nil:
			is.Groups = append(is.Groups, gap.to.id)
		default:
			if s, _ := scalar(v); gap == nil && s != "" {
				is.Groups = append(is.Groups, s)
			}
			unknown = unknown || gap != nil
		}
	}
	for _, name := range []string{"SourcePrefixListId", "DestinationPrefixListId", "SourceSecurityGroupName"} {
		if v, gap := r.reduce(m[name]); gap != nil || v != nil && v != (nothing{}) {
			unknown = true // its entries, or its members, are not in the template
		}
	}
	if unknown {
		is.PrefixLists = []string{unknownPeer}
	}
	return is
}
