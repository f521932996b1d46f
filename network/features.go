package network

import (
	"cmp"
	"slices"
	"strings"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules for the settings of a directory that shape its streaming traffic.
const (
	AcceleratorWithFIPSAndIPGroups rule.Code = "network.accelerator-with-fips-and-ip-groups"
	EndpointWithFIPS               rule.Code = "network.endpoint-with-fips"
	EndpointWithAccelerator        rule.Code = "network.endpoint-with-accelerator"
	EndpointIgnoresIPGroups        rule.Code = "network.endpoint-ignores-ip-groups"
)

// The page on Global Accelerator was read in the reading of about November 2025.
var featureRules = []tables.Rule{
	{
		Code:      AcceleratorWithFIPSAndIPGroups,
		Title:     "Global Accelerator, FIPS and IP access control groups are set for one directory.",
		Remedy:    "Give up Global Accelerator, FIPS or the IP access control groups for the directory.",
		Revisions: []rule.Revision{tables.Must(acceleratorPage, "Limitations", autumn2025, "")},
	},
	{
		Code:      EndpointWithFIPS,
		Title:     "A streaming VPC endpoint and FIPS are set for one directory.",
		Remedy:    "Give up the streaming VPC endpoint or FIPS for the directory.",
		Revisions: []rule.Revision{tables.Must(endpointPage, "Prerequisites and limitations", autumn2025, "")},
	},
	{
		Code:      EndpointWithAccelerator,
		Title:     "A streaming VPC endpoint and Global Accelerator are set for one directory.",
		Remedy:    "Give up the streaming VPC endpoint or Global Accelerator for the directory.",
		Revisions: []rule.Revision{tables.Must(endpointPage, "Prerequisites and limitations", autumn2025, "")},
	},
	{
		Code:      EndpointIgnoresIPGroups,
		Title:     "IP access control groups have no effect on the clients of a streaming VPC endpoint.",
		Remedy:    "Limit in your own network who reaches the endpoint: the groups do not.",
		Revisions: []rule.Revision{tables.Should(ipGroupsPage, "IP access control groups for WorkSpaces Personal", autumn2025, "")},
	},
}

// DirectoryFeatures are the settings of a directory that shape its streaming traffic.
type DirectoryFeatures struct {
	FIPS              bool // EndpointEncryptionMode is FIPS_VALIDATED
	GlobalAccelerator bool
	StreamingEndpoint bool // clients stream through a VPC endpoint
	IPGroups          bool // IP access control groups are associated
}

// CheckDirectoryFeatures checks settings that exclude one another: Global Accelerator
// with FIPS and IP groups together, and a streaming VPC endpoint with FIPS or with Global
// Accelerator. That IP groups have no effect on an endpoint's clients is a Should. Before
// 2025-10-21 the answer is open: no older document on this was read. The error is for Rules
// without an edition.
func (r Rules) CheckDirectoryFeatures(d DirectoryFeatures) (rule.Answer, error) {
	var a rule.Answer
	if err := r.known(); err != nil {
		return a, err
	}
	const accelerator, endpoint rule.Path = "StreamingProperties.GlobalAccelerator", "WorkspaceAccessProperties.AccessEndpointConfig"
	rules := r.s.rules
	if !rules.Has(EndpointWithFIPS) {
		a.NotDocumented("", "no document of the edition tells which of these settings go together")
		return a.Concluded(), nil
	}
	if d.GlobalAccelerator && d.FIPS && d.IPGroups {
		rules.Break(&a, AcceleratorWithFIPSAndIPGroups, accelerator, "Global Accelerator cannot be enabled for a directory with FIPS and IP access control groups")
	}
	if d.StreamingEndpoint && d.FIPS {
		rules.Break(&a, EndpointWithFIPS, endpoint, "a streaming VPC endpoint does not work with FIPS")
	}
	if d.StreamingEndpoint && d.GlobalAccelerator {
		rules.Break(&a, EndpointWithAccelerator, endpoint, "a streaming VPC endpoint does not work with Global Accelerator")
	}
	if d.StreamingEndpoint && d.IPGroups {
		rules.Break(&a, EndpointIgnoresIPGroups, endpoint, "IP access control groups do not apply to clients of a streaming VPC endpoint")
	}
	return a.Concluded(), nil
}

// The rule for subnets that assign IPv6 addresses.
const IPv6AutoAssign rule.Code = "network.ipv6-auto-assign"

// The troubleshooting page states the rule to this day. From february2026 on another document
// contradicts it for every compute type, so that nothing is refused for sure.
var autoAssignRules = []tables.Rule{{
	Code:      IPv6AutoAssign,
	Title:     "A WorkSpace is to be launched into a subnet that assigns IPv6 addresses, with a compute type that cannot.",
	Remedy:    "Turn off the automatic assignment of IPv6 addresses for the subnet, or use another compute type.",
	Revisions: []rule.Revision{tables.Must(troubleshooting, launchFails, "2018-02-03", february2026)},
}}

const launchFails = "Launching WorkSpaces fails with an internal error"

// An autoAssignRow is what one document says about launching WorkSpaces of certain compute
// types into a subnet that assigns IPv6 addresses on its own.
type autoAssignRow struct {
	tables.Dated
	refused, permitted []string
	freed              []string // refused by an older version, and not named by this one
}

// autoAssignTable is by document. From 2019-09-24 on the VPC page restricted Graphics alone, no longer
// Performance, and named types that are free. The reading of February 2026 has dropped the restriction, and names
// no type: it contradicts the troubleshooting page, which was never brought in line, and says nothing of
// others.
var autoAssignTable = tables.Table[autoAssignRow]{
	Name: "IPv6 auto-assign",
	Key:  func(r autoAssignRow) string { return r.Cite.Document },
	Lists: func(r autoAssignRow) []rule.Parameter {
		codes := []rule.Code{IPv6AutoAssign}
		list := []rule.Parameter{{Rules: codes, Name: "IPv6 auto-assign, refused for", Value: cmp.Or(strings.Join(r.refused, ", "), "nothing")}}
		if len(r.permitted) > 0 {
			list = append(list, rule.Parameter{Rules: codes, Name: "IPv6 auto-assign, permitted for", Value: strings.Join(r.permitted, ", ")})
		}
		if len(r.freed) > 0 {
			list = append(list, rule.Parameter{Rules: codes, Name: "IPv6 auto-assign, no longer refused for", Value: strings.Join(r.freed, ", ")})
		}
		return list
	},
	Rows: []autoAssignRow{
		{tables.Since(troubleshooting, launchFails, "2018-02-03", ""), []string{"PERFORMANCE", "GRAPHICS"}, nil, nil},
		{tables.Since(vpcPage, "Configure a VPC for Amazon WorkSpaces", "2018-02-03", "2019-09-24"), []string{"PERFORMANCE", "GRAPHICS"}, nil, nil},
		{tables.Since(vpcPage, "Step 2: Create a VPC", "2019-09-24", "2022-09-02"), []string{"GRAPHICS"}, []string{"GRAPHICSPRO"}, []string{"PERFORMANCE"}},
		{tables.Since(vpcPage, "IPv6 CIDR blocks", "2022-09-02", february2026), []string{"GRAPHICS"}, []string{"GRAPHICSPRO", "GRAPHICS_G4DN", "GRAPHICSPRO_G4DN"}, []string{"PERFORMANCE"}},
		{tables.Since(vpcPage, "IPv6 CIDR blocks", february2026, ""), nil, nil, []string{"PERFORMANCE", "GRAPHICS"}},
	},
}

// LaunchWithIPv6AutoAssign tells whether a WorkSpace of a compute type, spelled as the API
// spells it (PERFORMANCE), can be launched into a subnet that assigns IPv6 addresses on its
// own. It has one violation for each document that refuses the type, if no document permits
// it or has taken its refusal back. It is open if documents contradict one another, and if none of the edition speaks of
// the type. The error is for Rules without an edition.
func (r Rules) LaunchWithIPv6AutoAssign(computeType string) (rule.Answer, error) {
	var a rule.Answer
	if err := r.known(); err != nil {
		return a, err
	}
	const at rule.Path = "WorkspaceProperties.ComputeTypeName"
	var refusing, permitting []rule.Citation
	for _, row := range r.s.autoAssign {
		if slices.Contains(row.refused, computeType) {
			refusing = append(refusing, row.Cite)
		}
		if slices.Contains(row.permitted, computeType) || slices.Contains(row.freed, computeType) {
			permitting = append(permitting, row.Cite)
		}
	}
	if computeType == "" {
		a.NotGiven(at, "the compute type is not given")
	} else if len(refusing)+len(permitting) == 0 {
		a.NotDocumented(at, "no document of the edition speaks of this compute type in a subnet that assigns IPv6 addresses")
	}
	for _, by := range refusing {
		if len(permitting) > 0 {
			a.Contradicted(at, "one document refuses "+computeType+" in a subnet that assigns IPv6 addresses, and another permits it or no longer refuses it", by, permitting[0])
			continue
		}
		r.s.rules.BreakBy(&a, by, IPv6AutoAssign, at, "%s cannot be launched into a subnet that assigns IPv6 addresses", computeType)
	}
	return a.Concluded(), nil
}
