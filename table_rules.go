package wks

import (
	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/internal/wire/request"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// Codes of the rules that the service model of the API states for single members of a
// request, and of what no rule can be applied to. Other codes are those of the packages.
const (
	RequiredMemberMissing rule.Code = "wks.required-member-missing"
	LengthOutOfBounds     rule.Code = "wks.length-out-of-bounds"
	ListSizeOutOfBounds   rule.Code = "wks.list-size-out-of-bounds"
	NumberOutOfRange      rule.Code = "wks.number-out-of-range"
	PatternNotMatched     rule.Code = "wks.pattern-not-matched"
	EnumValueUnknown      rule.Code = "wks.enum-value-unknown"
	// ValueUnreadable: a value is none of the kind that its member is for, such as a size of
	// no GiB or a text that is no range of addresses, so that no rule can be applied to it.
	ValueUnreadable rule.Code = "wks.value-unreadable"
	// Undocumented: no document permits or forbids what is asked, or documents contradict
	// one another.
	Undocumented rule.Code = "wks.undocumented"
)

// modelRead is the date for which the model's constraints are known: the model has the
// member ClientExperiencePolicy, which AWS announced on that day, and nothing newer is known of it.
const modelRead = "2026-08-04"

var modelEdition = rule.MustParseEdition(modelRead)

// ruleRows cite the model as a whole; a violation cites the operation.
var ruleRows = []rule.Row{
	{Code: RequiredMemberMissing, Level: rule.Must, Span: tables.During(modelRead, ""), Cite: tables.Cite(serviceModel, "required", modelRead)},
	{Code: LengthOutOfBounds, Level: rule.Must, Span: tables.During(modelRead, ""), Cite: tables.Cite(serviceModel, "min and max of strings and blobs", modelRead)},
	{Code: ListSizeOutOfBounds, Level: rule.Must, Span: tables.During(modelRead, ""), Cite: tables.Cite(serviceModel, "min and max of lists", modelRead)},
	{Code: NumberOutOfRange, Level: rule.Must, Span: tables.During(modelRead, ""), Cite: tables.Cite(serviceModel, "min and max of integers", modelRead)},
	{Code: PatternNotMatched, Level: rule.Must, Span: tables.During(modelRead, ""), Cite: tables.Cite(serviceModel, "pattern", modelRead)},
	// The service gains values before the model and the SDK have them.
	{Code: EnumValueUnknown, Level: rule.Should, Span: tables.During(modelRead, ""), Cite: tables.Cite(serviceModel, "enum", modelRead)},
	{Code: ValueUnreadable, Level: rule.Must, Span: tables.During(modelRead, ""), Cite: tables.Cite(serviceModel, "documentation of members", modelRead)},
	// A violation cites the package that has read, and the edition.
	{Code: Undocumented, Level: rule.Should, Span: tables.During(modelRead, ""), Cite: tables.Cite(packages, "Documents", modelRead)},
}

// codes gives the rule for each kind of fault that the model's constraints have.
var codes = map[request.Kind]rule.Code{
	request.Missing: RequiredMemberMissing,
	request.Length:  LengthOutOfBounds,
	request.Size:    ListSizeOutOfBounds,
	request.Range:   NumberOutOfRange,
	request.Form:    PatternNotMatched,
	request.Value:   EnumValueUnknown,
}

// stated are the rules of the packages that the model states as well for a single member. Where
// the model's constraint is broken, they are not told again.
var stated = map[rule.Code]bool{
	ValueUnreadable:                  true,
	bundles.MemberMissing:            true,
	bundles.IDMalformed:              true,
	bundles.UserNameLength:           true,
	bundles.BatchSize:                true,
	bundles.TagLength:                true,
	bundles.NameLength:               true,
	bundles.NameAlphabet:             true,
	byol.MemberMissing:               true,
	byol.EC2ImageIDMalformed:         true,
	byol.EC2ImportTaskIDMalformed:    true,
	byol.ImageBuildVersionMalformed:  true,
	byol.InfrastructureMalformed:     true,
	byol.ImageNameMalformed:          true,
	byol.ImageDescriptionMalformed:   true,
	byol.ApplicationsNotOne:          true,
	byol.AccountIDMalformed:          true,
	byol.LinkTokenMalformed:          true,
	network.ManagementCIDRNotSlash16: true,
	network.SubnetsNotTwo:            true,
}
