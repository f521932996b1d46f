package network

import (
	"slices"

	"github.com/wksgo/wks/rule"
)

// A statement is what one document says about launching a bundle into a subnet that
// assigns IPv6 addresses on its own.
type statement struct {
	document string
	refused  []string // compute types; nil if the page describes no restriction
	span     rule.Span
	cite     rule.Citation
}

func autoAssign(document, section, since, until string, refused ...string) statement {
	return statement{document, refused, during(since, until), cite(document, section, since)}
}

// autoAssignRows, by document. The troubleshooting page was never brought in line.
var autoAssignRows = []statement{
	autoAssign(troubleshooting, "Launching WorkSpaces", "2018-02-03", "", "PERFORMANCE", "GRAPHICS"),
	autoAssign(vpcPage, "Configure a VPC", "2019-09-24", lastReading, "GRAPHICS"),
	autoAssign(vpcPage, "Configure a VPC", lastReading, ""),
}

// LaunchWithIPv6AutoAssign tells whether a WorkSpace of a compute type, spelled as the API
// spells it (PERFORMANCE), can be launched into a subnet that assigns IPv6 addresses on
// its own. It is Denied or Allowed if all documents of the edition agree, and Undocumented
// if they contradict one another; the citations are of those that refuse it.
func (r Rules) LaunchWithIPv6AutoAssign(computeType string) (rule.Verdict, []rule.Citation) {
	var refusing []rule.Citation
	documents := 0
	for i := range autoAssignRows {
		row := &autoAssignRows[i]
		if !row.span.Contains(r.edition) {
			continue
		}
		documents++
		if slices.Contains(row.refused, computeType) {
			refusing = append(refusing, row.cite)
		}
	}
	switch {
	case documents == 0 || len(refusing) > 0 && len(refusing) < documents:
		return rule.Undocumented, refusing
	case len(refusing) > 0:
		return rule.Denied, refusing
	}
	return rule.Allowed, nil
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
// Accelerator. That IP groups have no effect on an endpoint's clients is a Should.
func (r Rules) CheckDirectoryFeatures(d DirectoryFeatures) (rule.Violations, error) {
	if err := r.known(); err != nil {
		return nil, err
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
	return vs, nil
}
