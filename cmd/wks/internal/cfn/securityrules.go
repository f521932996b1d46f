package cfn

import (
	"cmp"
	"errors"
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// allOut are the rules that Amazon EC2 adds to a group without outbound rules (AWS CloudFormation Template Reference,
// AWS::EC2::SecurityGroup).
var allOut = network.SecurityGroupRule{Protocol: "-1", CIDRs: []netip.Prefix{netip.MustParsePrefix("0.0.0.0/0"), netip.MustParsePrefix("::/0")}}

// group reads a group with those of its rules that the template tells.
func (g *groups) group(id string) *securityGroup {
	if known := g.read[id]; known != nil {
		return known
	}
	group := &securityGroup{SecurityGroup: network.SecurityGroup{ID: id}, checks: map[string]network.SecurityGroupCheck{}}
	g.read[id] = group
	o, r := g.Resources[id], g.reader(nil)
	add := func(to *[]network.SecurityGroupRule, of string, x any) {
		is, told := r.opening(x)
		if !told {
			return
		}
		var bad *rule.InputError
		if _, err := g.question.rules.Network.CheckSecurityGroup(network.SecurityGroup{Egress: []network.SecurityGroupRule{is}}, anyUse); errors.As(err, &bad) {
			group.bad = append(group.bad, fmt.Sprintf("what a rule of %s opens: %q %s", rule.Shorten(of), rule.Shorten(bad.Value), bad.Reason))
			return
		}
		*to = append(*to, is)
	}
	for _, x := range r.inline(o, "SecurityGroupIngress") {
		add(&group.Ingress, id, x)
	}
	egress := r.inline(o, "SecurityGroupEgress")
	for _, x := range egress {
		add(&group.Egress, id, x)
	}
	// No document that was read says whether a group with rules of their own alone keeps what is added to one without rules.
	own := false
	for _, of := range g.rules[id] {
		part, side := g.Resources[of], &group.Ingress
		if part.Type == "AWS::EC2::SecurityGroupEgress" {
			side, own = &group.Egress, true
		}
		if _, known := r.made(part); known { // and else it may not be made
			add(side, of, part.Properties)
		}
	}
	if len(egress) == 0 && !own {
		group.Egress = append(group.Egress, allOut)
	}
	group.vpc = g.vpcOf(r, id)
	group.secret = r.secret
	return group
}

// anyUse is one for which a rule is read by itself.
var anyUse = network.SecurityGroupUse{Role: network.OfWorkSpaces, Controllers: network.Peer{Addresses: allOut.CIDRs}, VPC: network.Peer{Addresses: allOut.CIDRs}}

// inline returns the rules that stand in a group, those which the template does not tell included.
func (r *reader) inline(o object, name string) (rules []any) {
	v, gap := r.reduce(raw(o, name))
	items, isList := v.([]any)
	switch {
	case gap != nil:
		return []any{nil}
	case v == nil:
		return nil
	case !isList:
		items = []any{v}
	}
	for _, x := range items {
		if x, gap := r.reduce(x); gap != nil {
			rules = append(rules, nil)
		} else if x != (nothing{}) {
			rules = append(rules, x)
		}
	}
	return rules
}

// opening reads what a rule opens to addresses; told is false if the template does not tell its protocol or its ports. What it
// opens to groups and prefix lists is to addresses that the template does not have.
func (r *reader) opening(v any) (is network.SecurityGroupRule, told bool) {
	m, told := v.(map[string]any)
	text := func(name string) (s string, known bool) {
		v, gap := r.reduce(m[name])
		if gap == nil && (v == nil || v == (nothing{})) {
			return "", true
		}
		s, ok := scalar(v)
		return s, gap == nil && ok
	}
	port := func(name string) int {
		s, known := text(name)
		if s == "" && known {
			return -1
		}
		n, err := strconv.Atoi(s)
		told = told && err == nil
		return n
	}
	protocol, known := text("IpProtocol")
	told = told && known
	is = network.SecurityGroupRule{Protocol: cmp.Or(strings.ToLower(protocol), "-1"), From: port("FromPort"), To: port("ToPort")}
	for _, name := range []string{"CidrIp", "CidrIpv6"} {
		s, _ := text(name)
		if p, err := netip.ParsePrefix(s); err == nil {
			is.CIDRs = append(is.CIDRs, p.Masked())
		}
	}
	return is, told
}
