package cfn

import (
	"errors"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// directoryTypes are resources whose VPC is that of WorkSpaces, if the template makes WorkSpaces.
var directoryTypes = []string{"AWS::DirectoryService::MicrosoftAD", "AWS::DirectoryService::SimpleAD"}

// networks asks of each VPC of a template whether a directory can be registered in it.
func (q *question) networks() (answers []answer) {
	directory := false
	for _, o := range q.Resources {
		directory = directory || slices.Contains(directoryTypes, o.Type)
	}
	if !directory {
		return nil
	}
	parts := q.parts()
	for _, id := range slices.Sorted(maps.Keys(q.Resources)) {
		if q.Resources[id].Type != "AWS::EC2::VPC" {
			continue
		}
		r := q.reader(nil)
		a := q.vpc(r, id, parts)
		for i := range a.Findings {
			a.Findings[i].Detail = r.told(a.Findings[i].Detail)
		}
		answers = append(answers, a)
	}
	return answers
}

// parts returns the resources that tell of a VPC, by its logical id, and for "" those that may tell of any.
func (q *question) parts() map[string][]string {
	r, parts := q.reader(nil), map[string][]string{}
	for _, id := range slices.Sorted(maps.Keys(q.Resources)) {
		at := ""
		switch q.Resources[id].Type {
		case "AWS::EC2::VPCCidrBlock":
			at = "VpcId"
		case "AWS::EC2::Route":
			at = "RouteTableId"
		case "AWS::EC2::VPNGatewayRoutePropagation", "AWS::EC2::TransitGatewayVpcAttachment":
			parts[""] = append(parts[""], id)
		}
		if at == "" {
			continue
		}
		switch vpc, known := q.in(r, q.Resources[id], at); {
		case !known:
			parts[""] = append(parts[""], id)
		case vpc != "":
			parts[vpc] = append(parts[vpc], id)
		}
	}
	return parts
}

// vpc asks about a VPC with the CIDRs and routes that the template gives it.
func (q *question) vpc(r *reader, id string, parts map[string][]string) answer {
	a := newAnswer(id, "AWS::EC2::VPC")
	if r.region == "" {
		a.NotGiven, a.undecided = append(a.NotGiven, "whether a directory can be registered depends on the Region (--region)"), true
		a.conclude()
		return a
	}
	v := network.VPC{ID: id, Region: r.region, AllRoutes: true}
	places := map[rule.Path]string{}
	gap := func(at, why string) {
		a.NotGiven = append(a.NotGiven, rule.Shorten(at)+": "+why)
		v.AllRoutes = false
	}
	// add notes a CIDR or a destination of a resource.
	add := func(of, name string, cidr func(netip.Prefix)) {
		at := of + ".Properties." + name
		text, known := r.value(q.Resources[of], name)
		switch p, err := netip.ParsePrefix(text); {
		case !known:
			gap(at, "the template does not tell it")
		case text == "": // the resource gives another kind of it
		case err != nil:
			a.Findings = append(a.Findings, broken(propertyInvalid, rule.Path("Properties."+name), fmt.Sprintf("%s: %q is no CIDR", rule.Shorten(of), rule.Shorten(rule.Printable(text)))))
		default:
			cidr(p)
		}
	}
	block := func(of, name string) {
		add(of, name, func(p netip.Prefix) {
			places[rule.Path("CidrBlockAssociationSet").Index(len(v.CIDRs))] = rule.Shorten(of) + ": "
			v.CIDRs = append(v.CIDRs, p)
		})
	}
	block(id, "CidrBlock")
	more := max(0, len(parts[""])-mostNamed) // that may be of any VPC
	of := slices.Concat(parts[id], parts[""][:len(parts[""])-more])
	slices.Sort(of)
	for _, of := range of {
		switch o := q.Resources[of]; o.Type {
		case "AWS::EC2::VPCCidrBlock":
			if in, known := q.in(r, o, "VpcId"); in == id {
				block(of, "CidrBlock")
			} else if !known {
				gap(of+".Properties.VpcId", "the template does not tell it")
			}
		case "AWS::EC2::Route":
			if in, known := q.in(r, o, "RouteTableId"); in == id {
				add(of, "DestinationCidrBlock", func(p netip.Prefix) {
					places[rule.Path("Routes").Index(len(v.Routes))] = rule.Shorten(of) + ": "
					v.Routes = append(v.Routes, network.Route{Destination: p, Table: of})
				})
				if list := raw(o, "DestinationPrefixListId"); list != nil {
					v.Routes = append(v.Routes, network.Route{PrefixList: of, Table: of})
					gap(of+".Properties.DestinationPrefixListId", "the entries of the prefix list are not in the template")
				}
			} else if !known {
				gap(of+".Properties.RouteTableId", "the template does not tell it")
			}
		case "AWS::EC2::VPNGatewayRoutePropagation", "AWS::EC2::TransitGatewayVpcAttachment":
			gap(of, "the template does not have the routes that come through it")
		}
	}
	if more > 0 {
		a.NotGiven = append(a.NotGiven, fmt.Sprintf("the template does not tell whether %d more blocks and routes are of it", more))
	}
	if len(v.CIDRs) == 0 || len(a.Findings) > 0 {
		a.conclude()
		return a
	}
	// found adds a finding, and says of which resource it is.
	found := func(b rule.Violation) {
		element, _, _ := strings.Cut(string(b.Path), "]")
		b.Detail = places[rule.Path(element+"]")] + b.Detail
		b.Path = "Properties"
		a.Findings = append(a.Findings, b)
	}
	reg, err := q.rules.Network.CheckRegistration(v)
	if input := (*rule.InputError)(nil); errors.As(err, &input) { // there is no other
		found(broken(propertyInvalid, input.Path, fmt.Sprintf("%q %s", rule.Shorten(input.Value), input.Reason)))
		a.conclude()
		return a
	}
	for _, b := range reg.Violations {
		found(b)
	}
	reg.Open = slices.DeleteFunc(reg.Open, func(o rule.Open) bool { return o.By == rule.ByInput }) // the gaps tell it
	for _, o := range reg.Open {
		a.Undocumented = append(a.Undocumented, r.told(o.Reason))
	}
	a.conclude()
	return a
}

// in returns the VPC of the template to which an attribute leads, by way of a route table if need be; known is
// false if it may be any.
func (q *question) in(r *reader, o object, name string) (vpc string, known bool) {
	_, gap := r.reduce(raw(o, name))
	if gap == nil {
		return "", true // one that is not in the template
	}
	if gap.to == nil {
		return "", false
	}
	target := q.Resources[gap.to.id]
	if target.Type == "AWS::EC2::RouteTable" && name == "RouteTableId" {
		return q.in(r, target, "VpcId")
	}
	return gap.to.id, target.Type == "AWS::EC2::VPC"
}
