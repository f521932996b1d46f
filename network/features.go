package network

import (
	"slices"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A statement is what one document says about launching WorkSpaces of certain compute
// types into a subnet that assigns IPv6 addresses on its own.
type statement struct {
	document           string
	refused, permitted []string
	span               rule.Span
	cite               rule.Citation
}

func autoAssign(document, section, since, until string, refused, permitted []string) statement {
	return statement{document, refused, permitted, tables.During(since, until), tables.Cite(document, section, since)}
}

// autoAssignRows, by document. The VPC page restricted Graphics alone, named GraphicsPro as
// free, and has dropped the restriction; the troubleshooting page was never brought in line.
var autoAssignRows = []statement{
	autoAssign(troubleshooting, "Launching WorkSpaces fails with an internal error", "2018-02-03", "", []string{"PERFORMANCE", "GRAPHICS"}, nil),
	autoAssign(vpcPage, "Configure a VPC", "2019-09-24", lastReading, []string{"GRAPHICS"}, []string{"PERFORMANCE", "GRAPHICSPRO"}),
	autoAssign(vpcPage, "Configure a VPC", lastReading, "", nil, []string{"PERFORMANCE", "GRAPHICS", "GRAPHICSPRO"}),
}

// LaunchWithIPv6AutoAssign tells whether a WorkSpace of a compute type, spelled as the API
// spells it (PERFORMANCE), can be launched into a subnet that assigns IPv6 addresses on its
// own. It is Undocumented if no document of the edition speaks of the type, and if two of
// them contradict one another; the citations are of those that refuse it.
func (r Rules) LaunchWithIPv6AutoAssign(computeType string) (rule.Verdict, []rule.Citation) {
	var refusing []rule.Citation
	permitted := false
	for i := range autoAssignRows {
		row := &autoAssignRows[i]
		if !row.span.Contains(r.edition) {
			continue
		}
		if slices.Contains(row.refused, computeType) {
			refusing = append(refusing, row.cite)
		}
		permitted = permitted || slices.Contains(row.permitted, computeType)
	}
	switch {
	case len(refusing) > 0 && !permitted:
		return rule.Denied, refusing
	case len(refusing) == 0 && permitted:
		return rule.Allowed, nil
	}
	return rule.Undocumented, refusing
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
// Accelerator. That IP groups have no effect on an endpoint's clients is a Should. The
// verdict is Denied for a Must, and Undocumented before 2025-10-21, of which no document on
// this was read. The error is for Rules without an edition.
func (r Rules) CheckDirectoryFeatures(d DirectoryFeatures) (rule.Verdict, rule.Violations, error) {
	if err := r.known(); err != nil {
		return rule.Undocumented, nil, err
	}
	var vs rule.Violations
	if d.GlobalAccelerator && d.FIPS && d.IPGroups {
		vs = vs.Append(ruleRows, r.edition, AcceleratorWithFIPSAndIPGroups, "StreamingProperties.GlobalAccelerator", "Global Accelerator cannot be enabled for a directory with FIPS and IP access control groups")
	}
	if d.StreamingEndpoint && d.FIPS {
		vs = vs.Append(ruleRows, r.edition, EndpointWithFIPS, "WorkspaceAccessProperties.AccessEndpointConfig", "a streaming VPC endpoint does not work with FIPS")
	}
	if d.StreamingEndpoint && d.GlobalAccelerator {
		vs = vs.Append(ruleRows, r.edition, EndpointWithAccelerator, "WorkspaceAccessProperties.AccessEndpointConfig", "a streaming VPC endpoint does not work with Global Accelerator")
	}
	if d.StreamingEndpoint && d.IPGroups {
		vs = vs.Append(ruleRows, r.edition, EndpointIgnoresIPGroups, "WorkspaceAccessProperties.AccessEndpointConfig", "IP access control groups do not apply to clients of a streaming VPC endpoint")
	}
	switch {
	case vs.Err() != nil:
		return rule.Denied, vs, nil
	case !r.inForce(EndpointWithFIPS):
		return rule.Undocumented, vs, nil
	}
	return rule.Allowed, vs, nil
}
