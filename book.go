package wks

import (
	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/internal/wire/request"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

//go:generate go run ./internal/rulelists
//go:generate go run ./internal/docgen

// Codes of the rules that the service model states for single members of a request, of values that
// no rule can be applied to, and of what is not documented. Other codes are those of the packages.
// [Catalogue] explains all of them.
const (
	RequiredMemberMissing rule.Code = "wks.required-member-missing"
	LengthOutOfBounds     rule.Code = "wks.length-out-of-bounds"
	ListSizeOutOfBounds   rule.Code = "wks.list-size-out-of-bounds"
	NumberOutOfRange      rule.Code = "wks.number-out-of-range"
	PatternNotMatched     rule.Code = "wks.pattern-not-matched"
	EnumValueUnknown      rule.Code = "wks.enum-value-unknown"
	ValueUnreadable       rule.Code = "wks.value-unreadable"
	Undocumented          rule.Code = "wks.undocumented"
)

const (
	serviceModel = "service-model"
	packages     = "packages"
)

// modelRead is the date for which the model's constraints are known: the model has the
// member ClientExperiencePolicy, which AWS announced on that day, and nothing newer is known of it.
const modelRead = "2026-08-04"

// book is what the package declares. The rules cite the model as a whole; a violation cites the
// operation.
var book = tables.Book{
	Package: "wks",
	Documents: []rule.Document{
		{Key: serviceModel, Title: "Amazon WorkSpaces service model, API version 2015-04-08, as botocore ships it (data/workspaces/2015-04-08/service-2.json)", URL: "https://github.com/boto/botocore"},
		{Key: packages, Title: "Packages of rules of wks, each of which lists the documents that it has read", URL: "https://pkg.go.dev/github.com/wksgo/wks"},
	},
	Rules: []tables.Rule{
		{
			Code:      RequiredMemberMissing,
			Title:     "A request lacks a member that the service model requires.",
			Remedy:    "Add the member that is named.",
			Revisions: []rule.Revision{tables.Must(serviceModel, "required", modelRead, "")},
		},
		{
			Code:      LengthOutOfBounds,
			Title:     "A string or blob is shorter or longer than the service model lets it be.",
			Remedy:    "Give a value of the length that is named.",
			Revisions: []rule.Revision{tables.Must(serviceModel, "min and max of strings and blobs", modelRead, "")},
		},
		{
			Code:      ListSizeOutOfBounds,
			Title:     "A list has fewer or more elements than the service model lets it have.",
			Remedy:    "Split the call, or give as many elements as are named.",
			Revisions: []rule.Revision{tables.Must(serviceModel, "min and max of lists", modelRead, "")},
		},
		{
			Code:      NumberOutOfRange,
			Title:     "A number is outside the bounds of the service model.",
			Remedy:    "Give a number within the bounds that are named.",
			Revisions: []rule.Revision{tables.Must(serviceModel, "min and max of integers", modelRead, "")},
		},
		{
			Code:      PatternNotMatched,
			Title:     "A string does not match its pattern in the service model.",
			Remedy:    "Give a value of the form that is named.",
			Revisions: []rule.Revision{tables.Must(serviceModel, "pattern", modelRead, "")},
		},
		{
			// The service gains values before the model and the SDK have them.
			Code:      EnumValueUnknown,
			Title:     "The enum of the service model does not have a value.",
			Remedy:    "Correct the spelling, or pass the value on if the service has gained it since.",
			Revisions: []rule.Revision{tables.Should(serviceModel, "enum", modelRead, "")},
		},
		{
			Code:      ValueUnreadable,
			Title:     "A value is none of the kind that its member is for, such as a size of no GiB or a text that is no range of addresses, so that no rule can be applied to it.",
			Remedy:    "Give a value of the kind that the member is for.",
			Revisions: []rule.Revision{tables.Must(serviceModel, "documentation of members", modelRead, "")},
		},
		{
			// Guard makes a violation of an open question.
			Code:      Undocumented,
			Title:     "No document permits or forbids what is asked, or documents contradict one another.",
			Remedy:    "Ask AWS, or try it first where it can do no harm.",
			Revisions: []rule.Revision{tables.Should(packages, "Documents", modelRead, "")},
		},
	},
}

// active are the rules of this package, of which there is one edition: the model counts whatever
// the edition of the packages.
var active = tables.Compile(&book, func(a *tables.Active) *tables.Active { return a }).Newest()

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
	devices.AccessValueUnknown:       true,
	network.ManagementCIDRNotSlash16: true,
	network.SubnetsNotTwo:            true,
}
