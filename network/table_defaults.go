package network

import (
	"net/netip"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A defaultRow is a range that something else in AWS takes unless told otherwise, or that
// AWS's own example has or AWS advises. It forbids nothing: it makes a block a worse proposal.
type defaultRow struct {
	tables.Dated
	prefix  netip.Prefix
	feature string
	advised bool // nothing takes it by itself: AWS recommends it
}

// defaultTable is by date. The row of a third party is an observation, not a document of AWS.
var defaultTable = tables.Table[defaultRow]{
	Name: "default ranges",
	Key:  func(r defaultRow) string { return r.feature + " " + r.prefix.String() },
	Lists: func(r defaultRow) []rule.Parameter {
		how := "used elsewhere: "
		if r.advised {
			how = "advised: "
		}
		return []rule.Parameter{{Name: how + r.feature, Value: r.prefix.String()}}
	},
	Rows: []defaultRow{
		{tables.Since(vpcPage, "Step 2: Create a VPC", "2019-06-27", "2022-09-02"), netip.MustParsePrefix("10.0.0.0/16"), "the Administration Guide's example VPC", false},
		{tables.Since(eksPractice, "Example Configuration", "2022-09-02", ""), netip.MustParsePrefix("100.64.0.0/10"), "EKS pod networks", true},
		{tables.Since(eksPractice, "Example Configuration", "2022-09-02", ""), netip.MustParsePrefix(net198), "EKS pod networks", true},
		{tables.Since(fsxIssue, "Issue", "2025-10-09", ""), netip.MustParsePrefix(net198), "FSx for ONTAP endpoints", false},
	},
}
