package network

import (
	"net/netip"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A defaultRow is a range that something else in AWS takes unless told otherwise, or by
// AWS's own example. It forbids nothing: it makes a block a worse proposal.
type defaultRow struct {
	prefix  netip.Prefix
	feature string
	span    rule.Span
	cite    rule.Citation
}

func byDefault(prefix, feature, since string, c rule.Citation) defaultRow {
	return defaultRow{netip.MustParsePrefix(prefix), feature, tables.During(since, ""), c}
}

// defaultRows, by date. The two third-party rows are observations, not documents of AWS.
var defaultRows = []defaultRow{
	byDefault("10.0.0.0/16", "the Administration Guide's example VPC", "2020-04-29", tables.Cite(guide, "Configure a VPC for Amazon WorkSpaces", "2020-04-29")),
	byDefault(net198, "FSx for ONTAP endpoints", "2025-10-09", tables.Cite(fsxIssue, "Issue", "2025-10-09")),
	byDefault("100.64.0.0/10", "EKS pod networks", lastReading, tables.Cite(eksPractice, "Secondary CIDR blocks", lastReading)),
	byDefault(net198, "EKS pod networks", lastReading, tables.Cite(eksPractice, "Secondary CIDR blocks", lastReading)),
}
