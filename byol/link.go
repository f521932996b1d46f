package byol

import (
	"slices"
	"strings"
	"unicode"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// Codes of the rules about linking accounts.
const (
	LinkOutsideOrganization rule.Code = "byol.link-outside-organization"
	LinkOutsidePayer        rule.Code = "byol.link-outside-payer"
	LinkAcrossRegions       rule.Code = "byol.link-across-regions"
	LinkInGovCloud          rule.Code = "byol.link-in-govcloud"
	LinkToSelf              rule.Code = "byol.link-to-self"
	LinkExists              rule.Code = "byol.link-exists"
	LinkTokenMalformed      rule.Code = "byol.link-token-malformed"
)

const (
	linkSince     = "2024-04-18"
	linkAccounts  = "Link BYOL accounts in WorkSpaces"
	linkOperation = "CreateAccountLinkInvitationRequest"
)

var linkMembers = tables.Cite(serviceModel, linkOperation, linkSince)

var linkRules = []requirement{
	{LinkOutsideOrganization, "The accounts of a link are not of one organization.", "Bring both accounts into one organization.",
		[]ask{must(linkPage, linkAccounts, autumn2025, "", "accounts of one organization")}},
	{LinkOutsidePayer, "The accounts of a link are not under one payer.", "Bring both accounts under one payer.",
		[]ask{must(linkPage, linkAccounts, autumn2025, "", "accounts under one payer")}},
	{LinkAcrossRegions, "The accounts of a link use BYOL in different Regions.", "Link accounts that use BYOL in the same Region.",
		[]ask{must(linkPage, linkAccounts, autumn2025, "", "accounts that use BYOL in the same Region")}},
	{LinkInGovCloud, "Accounts cannot be linked in GovCloud.", "Use each account of GovCloud without a link.",
		[]ask{must(linkPage, linkAccounts, autumn2025, "", "a Region other than those of GovCloud").oneOf("us-gov-west-1", "us-gov-east-1")}},
	{LinkToSelf, "An account is to be linked to itself.", "Name another account as the target.",
		[]ask{must(serviceModel, "ValidationException", linkSince, "", "a target account other than the source")}},
	{LinkExists, "The account is linked or invited already.", "Use the link or the invitation that exists.",
		[]ask{must(serviceModel, "ConflictException", linkSince, "", "an account that is neither linked nor invited")}},
	{LinkTokenMalformed, "The token of a link is too long or not ASCII.", "Give a token of at most 64 ASCII characters.",
		[]ask{must(serviceModel, linkOperation, linkSince, "", "a token of at most 64 ASCII characters").atMost(64)}},
}

// An AccountLink is a planned link of two accounts: the target account will use the management
// range, the hardware and the images of the source account. A nil pointer is not known.
type AccountLink struct {
	SourceAccountID string `json:"SourceAccountId"` // invites; is enabled for BYOL
	TargetAccountID string `json:"TargetAccountId"`
	ClientToken     string // may be empty

	Region           string
	SameRegion       *bool // both use BYOL in the Region
	SameOrganization *bool
	SamePayer        *bool
	TargetChoseCIDR  *bool // the target has a management range of its own
	// Status is the status of an existing link between the two, as GetAccountLink returns it.
	// "" is no link.
	Status types.AccountLinkStatusEnum
}

// CheckLink checks an invitation to link accounts, before CreateAccountLinkInvitation. A link
// that is LINKED or PENDING_ACCEPTANCE_BY_TARGET_ACCOUNT refuses another one. With another
// Status the verdict is Undocumented: no document says whether one can invite again. It is
// Undocumented before 2024-04-18, when there were no links, and before 2025-10-21, the first reading
// of the page that says which accounts can be linked. The error is for Rules without an edition.
func (r Rules) CheckLink(l AccountLink) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	var a rule.Answer
	c := call{r.s, &linkMembers}
	token := c.asks[LinkTokenMalformed]
	if token == nil {
		a.NotDocumented("", "no document of the edition speaks of links between accounts")
		return a.Concluded(), nil
	}
	if c.asks[LinkOutsideOrganization] == nil {
		a.NotDocumented("", "no document of the edition says which accounts can be linked")
	}
	c.required(&a, AccountIDMalformed, "SourceAccountId", l.SourceAccountID, facts.IsAccount)
	c.required(&a, AccountIDMalformed, "TargetAccountId", l.TargetAccountID, facts.IsAccount)
	if l.TargetAccountID != "" && l.TargetAccountID == l.SourceAccountID {
		c.breach(&a, LinkToSelf, "TargetAccountId", "%s", l.TargetAccountID)
	}
	if !token.holds(int64(len(l.ClientToken))) || strings.ContainsFunc(l.ClientToken, func(r rune) bool { return r > unicode.MaxASCII }) {
		c.breach(&a, LinkTokenMalformed, "ClientToken", "%q", l.ClientToken)
	}
	c.want(&a, LinkOutsideOrganization, "SameOrganization", l.SameOrganization, true)
	c.want(&a, LinkOutsidePayer, "SamePayer", l.SamePayer, true)
	c.want(&a, LinkAcrossRegions, "SameRegion", l.SameRegion, true)
	c.want(&a, LinkedAccountChoseCIDR, "TargetChoseCIDR", l.TargetChoseCIDR, false)
	c.notIn(&a, LinkInGovCloud, "Region", l.Region)
	switch l.Status {
	case "":
	case types.AccountLinkStatusEnumLinked, types.AccountLinkStatusEnumPendingAcceptanceByTargetAccount:
		c.breach(&a, LinkExists, "Status", "the link is %s", l.Status)
	default:
		a.NotDocumented("Status", "no document says whether one can invite again from this state of a link")
	}
	return a.Concluded(), nil
}

// A linkRow says which calls the two accounts can make in a state of their link.
type linkRow struct {
	tables.Dated
	status         types.AccountLinkStatusEnum
	source, target []string
}

// links are the states for which the documents give a next step.
var links = tables.Table[linkRow]{
	Name: "states of links",
	Key:  func(l linkRow) string { return string(l.status) },
	Rows: []linkRow{
		{tables.Since(serviceModel, "AccountLinkStatusEnum", linkSince, ""), types.AccountLinkStatusEnumPendingAcceptanceByTargetAccount, []string{"DeleteAccountLinkInvitation"}, []string{"AcceptAccountLinkInvitation", "RejectAccountLinkInvitation"}},
		{tables.Since(serviceModel, "AcceptAccountLinkInvitation", linkSince, ""), types.AccountLinkStatusEnumLinked, nil, nil},
	},
}

// LinkActions returns the operations that the source and the target account can call next in
// a state of their link, in the order of their names. There are none in LINKED, which cannot
// be undone. documented is false for a state without a documented next step, and for Rules
// without an edition.
func (r Rules) LinkActions(status types.AccountLinkStatusEnum) (source, target []string, documented bool) {
	if r.s == nil || r.s.links[status] == nil {
		return nil, nil, false
	}
	l := r.s.links[status]
	return slices.Clone(l.source), slices.Clone(l.target), true
}
