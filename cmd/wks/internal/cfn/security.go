package cfn

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/wksgo/wks/cmd/wks/internal/openings"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

const (
	groupType     = "AWS::EC2::SecurityGroup"
	directoryType = "AWS::WorkSpaces::Directory"
	// groupMember is the property in which a directory of WorkSpaces names the group that its WorkSpaces get, as it is
	// called in the API, which custom resources call too.
	groupMember = "CustomSecurityGroupId"
)

// registers reports whether resources of a type may register a directory with WorkSpaces.
func registers(typ string) bool {
	return typ == directoryType || typ == "AWS::CloudFormation::CustomResource" || strings.HasPrefix(typ, "Custom::")
}

// A securityGroup is a group of the template with its rules.
type securityGroup struct {
	network.SecurityGroup
	bad    []string       // rules that cannot be, and why
	vpc    []netip.Prefix // the CIDRs of its VPC, nil if the template does not tell them all
	secret bool           // something of it came from a parameter with NoEcho
	checks map[string]network.SecurityGroupCheck
}

// A controllerNets is where the domain controllers of a directory may be.
type controllerNets struct {
	cidrs  []netip.Prefix
	number int // the same for equal CIDRs
	secret bool
}

// mostChecks is how many different directories a group is asked for.
const mostChecks = 16

// groups are the security groups of a template, each read once.
type groups struct {
	*question
	r           *reader             // of the directory that is asked about
	rules       map[string][]string // rules that are resources, by the logical id of their group
	lost        []string            // those whose group is not known
	read        map[string]*securityGroup
	directories []string // of AWS Directory Service, by logical id
	nets        map[string]controllerNets
	alike       map[string]int      // numbers of their CIDRs
	parts       map[string][]string // of VPCs
}

// securityGroups asks whether the security groups that directories give their WorkSpaces open the ports which those need.
// WorkSpaces have them beside the group that the service makes for the directory, and the rules count together.
func (q *question) securityGroups() ([]answer, error) {
	var g *groups
	var answers []answer
	for _, id := range slices.Sorted(maps.Keys(q.Resources)) {
		o := q.Resources[id]
		if !registers(o.Type) {
			continue
		}
		r := q.reader(nil)
		if made, known := r.made(o); known && !made {
			continue
		}
		holder, at := holderOf(r, o.Properties, groupMember, "Properties", deepest)
		if holder == nil {
			continue
		}
		if g == nil {
			g = q.groups()
		}
		g.r = r
		a := newAnswer(id, o.Type)
		if err := g.ask(&a, o, holder, at); err != nil {
			return nil, fmt.Errorf("resource %s: %s", rule.Shorten(id), r.told(err.Error()))
		}
		if len(a.NotGiven)+len(a.Undocumented)+len(a.Findings) > 0 {
			for i, text := range a.NotGiven {
				a.NotGiven[i] = r.told(text)
			}
			a.conclude()
			answers = append(answers, a)
		}
	}
	return answers, nil
}

// holderOf returns the object that has a member, somewhere in a tree, and where it stands; nil if none has.
func holderOf(r *reader, v any, member, at string, steps int) (map[string]any, string) {
	v, gap := r.reduce(v)
	if gap != nil || steps == 0 {
		return nil, ""
	}
	switch v := v.(type) {
	case map[string]any:
		if _, ok := v[member]; ok {
			return v, at
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if holder, at := holderOf(r, v[name], member, below(at, name), steps-1); holder != nil {
				return holder, at
			}
		}
	case []any:
		for i, x := range v {
			if holder, at := holderOf(r, x, member, fmt.Sprintf("%s[%d]", at, i), steps-1); holder != nil {
				return holder, at
			}
		}
	}
	return nil, ""
}

// groups finds the rules that are resources of their own.
func (q *question) groups() *groups {
	g := &groups{question: q, rules: map[string][]string{}, read: map[string]*securityGroup{}, nets: map[string]controllerNets{}, alike: map[string]int{}, parts: q.parts()}
	r := q.reader(nil)
	for _, id := range slices.Sorted(maps.Keys(q.Resources)) {
		o := q.Resources[id]
		if slices.Contains(directoryTypes, o.Type) {
			g.directories = append(g.directories, id)
		}
		if o.Type != "AWS::EC2::SecurityGroupIngress" && o.Type != "AWS::EC2::SecurityGroupEgress" {
			continue
		}
		if made, known := r.made(o); known && !made {
			continue
		}
		switch _, gap := r.reduce(raw(o, "GroupId")); {
		case gap == nil: // a group that is not of the template
		case gap.to == nil || q.Resources[gap.to.id].Type != groupType:
			g.lost = append(g.lost, id)
		default:
			g.rules[gap.to.id] = append(g.rules[gap.to.id], id)
		}
	}
	return g
}

// ask asks about the group that a directory gives its WorkSpaces: holder has its id, and stands at a path.
func (g *groups) ask(a *answer, o object, holder map[string]any, at string) error {
	at += "." + groupMember
	v, gap := g.r.reduce(holder[groupMember])
	switch {
	case v == (nothing{}) || v == "":
		return nil
	case gap == nil:
		a.NotGiven = append(a.NotGiven, at+": whether the security group opens the ports that WorkSpaces need: its rules are not in the template")
		return nil
	case gap.to == nil || g.Resources[gap.to.id].Type != groupType:
		a.NotGiven = append(a.NotGiven, at+": whether the security group opens the ports that WorkSpaces need: it "+gap.why)
		return nil
	}
	id := gap.to.id
	open := func(what string) { a.NotGiven = append(a.NotGiven, "whether "+rule.Shorten(id)+" opens "+what) }
	if g.r.textOf(o, "WorkspaceType", "") == "POOLS" {
		open("the ports that WorkSpaces need: it is for WorkSpaces Pools, for which no document gives the directions")
		return nil
	}
	nets := g.controllers(a, o)
	controllers := nets.cidrs
	if len(controllers) == 0 {
		open("the ports of the domain: the addresses of the domain controllers are not in the template")
		return nil
	}
	use := network.SecurityGroupUse{Role: network.OfWorkSpaces, Controllers: network.Peer{Addresses: controllers}, VPC: network.Peer{Addresses: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}}
	group := g.group(id)
	g.r.secret = g.r.secret || group.secret
	if len(group.vpc) > 0 {
		use.VPC.Addresses = group.vpc
	}
	switch internet := g.r.textOf(object{Properties: holder}, "EnableInternetAccess", "false"); {
	case strings.EqualFold(internet, "false"):
	case !strings.EqualFold(internet, "true"):
		open("ports 80 and 443: the template does not tell whether the WorkSpaces have internet access")
	case len(group.vpc) == 0:
		open("ports 80 and 443: the CIDRs of its VPC are not in the template")
	default:
		use.Internet = true
	}
	return g.check(a, id, nets.number, use)
}

// check asks whether a group opens what a use needs.
func (g *groups) check(a *answer, id string, nets int, use network.SecurityGroupUse) error {
	group := g.group(id)
	key := fmt.Sprint(use.Internet, nets) // the VPC is that of the group
	check, ok := group.checks[key]
	if !ok && len(group.checks) == mostChecks {
		a.NotGiven = append(a.NotGiven, fmt.Sprintf("whether %s opens the ports of the domain: it was asked for %d other directories", rule.Shorten(id), mostChecks))
		return nil
	}
	if !ok {
		var err error
		if check, err = g.question.rules.Network.CheckSecurityGroup(group.SecurityGroup, use); err != nil {
			return err
		}
		group.checks[key] = check
	}
	if n := len(group.bad); n > 0 {
		a.NotGiven = append(a.NotGiven, openings.Few(group.bad[:min(n, openings.Mentioned)], n))
	}
	if n := len(check.Missing); n > 0 {
		a.NotGiven = append(a.NotGiven, fmt.Sprintf("whether the security group that WorkSpaces makes opens ports which %s is not known to open: %s", rule.Shorten(id), openings.Few(openings.First(check.Missing), n)))
		if n := len(g.lost); n > 0 {
			a.NotGiven = append(a.NotGiven, fmt.Sprintf("whether %s has rules of which the template does not tell the group: %s", rule.Shorten(id), openings.Few(g.lost[:min(n, openings.Mentioned)], n)))
		}
	}
	for _, o := range check.Open {
		a.Undocumented = append(a.Undocumented, g.r.told(o.Reason))
	}
	return nil
}

// controllers returns where the domain controllers of a directory may be: in the subnets of the directory that the resource
// names, or else of the only one of the template. AWS::WorkSpaces::Directory names none, and is for others.
func (g *groups) controllers(a *answer, o object) (nets controllerNets) {
	if o.Type == directoryType {
		return nets
	}
	id := ""
	if holder, _ := holderOf(g.r, o.Properties, "DirectoryId", "", deepest); holder != nil {
		_, gap := g.r.reduce(holder["DirectoryId"])
		if gap == nil || gap.to == nil {
			return nets
		}
		id = gap.to.id
	} else {
		if len(g.directories) != 1 {
			return nets
		}
		id = g.directories[0]
		a.Lines = append(a.Lines, "assumed: its directory is "+rule.Shorten(id)+", the only one of the template")
	}
	nets, ok := g.nets[id]
	if !ok {
		r := g.reader(nil)
		cidrs := g.subnetsOf(r, id)
		text := fmt.Sprint(cidrs)
		if _, seen := g.alike[text]; !seen {
			g.alike[text] = len(g.alike)
		}
		nets = controllerNets{cidrs, g.alike[text], r.secret}
		g.nets[id] = nets
	}
	g.r.secret = g.r.secret || nets.secret
	return nets
}

// subnetsOf returns the CIDRs of the subnets of a directory, nil if the template does not tell them all.
func (g *groups) subnetsOf(r *reader, id string) (list []netip.Prefix) {
	directory := g.Resources[id]
	if !slices.Contains(directoryTypes, directory.Type) {
		return nil
	}
	settings, _ := r.reduce(raw(directory, "VpcSettings"))
	m, _ := settings.(map[string]any)
	subnets, gap := r.reduce(m["SubnetIds"])
	items, _ := subnets.([]any)
	if gap != nil {
		return nil
	}
	for _, x := range items {
		_, gap := r.reduce(x)
		if gap == nil || gap.to == nil || g.Resources[gap.to.id].Type != "AWS::EC2::Subnet" {
			return nil
		}
		p, err := netip.ParsePrefix(r.textOf(g.Resources[gap.to.id], "CidrBlock", ""))
		if err != nil {
			return nil
		}
		list = append(list, p)
	}
	return list
}

// vpcOf returns the CIDRs of the VPC of a group, nil if the template does not tell them all.
func (g *groups) vpcOf(r *reader, id string) (list []netip.Prefix) {
	vpc, known := g.in(r, g.Resources[id], "VpcId")
	if vpc == "" || !known {
		return nil
	}
	blocks := []string{vpc}
	for _, part := range slices.Concat(g.parts[vpc], g.parts[""]) {
		if g.Resources[part].Type == "AWS::EC2::VPCCidrBlock" {
			blocks = append(blocks, part)
		}
	}
	for _, block := range blocks {
		p, err := netip.ParsePrefix(r.textOf(g.Resources[block], "CidrBlock", ""))
		if err != nil {
			return nil
		}
		list = append(list, p)
	}
	return list
}
