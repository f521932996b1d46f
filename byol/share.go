package byol

import (
	"fmt"
	"slices"
	"unicode"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// A Share is what UpdateWorkspaceImagePermission is asked for about a BYOL image, and what
// its rules ask about. A nil pointer is not known.
type Share struct {
	ImageId         string
	SharedAccountId string // the recipient
	AllowCopyImage  *bool  // true shares, false unshares

	Region           string
	SharedWithMe     *bool // the image is not the account's own, but shared with it
	RecipientEnabled *bool // for BYOL, in the Region
	SameOrganization *bool
	SamePayer        *bool
}

// CheckShare checks a call that shares a BYOL image or stops sharing one. Sharing stays
// in one Region, and the recipient must copy the image before it can be used; copies stay
// when the sharing ends. To stop sharing, only the form of the call counts. The verdict is
// Undocumented before 2020-10-01. The error is for Rules without an edition.
func (r Rules) CheckShare(s Share) (Answer, error) {
	if err := r.known(); err != nil {
		return Answer{}, err
	}
	var a Answer
	r.checkForm(&a, ImageIDMalformed, "ImageId", s.ImageId, isImage)
	r.checkForm(&a, AccountIDMalformed, "SharedAccountId", s.SharedAccountId, isAccount)
	switch {
	case s.AllowCopyImage == nil:
		a.Violations = r.broken(a.Violations, MemberMissing, "AllowCopyImage", "it is missing")
	case *s.AllowCopyImage:
		r.want(&a, SharedImageShared, "SharedWithMe", s.SharedWithMe, false)
		r.want(&a, RecipientNotEnabled, "RecipientEnabled", s.RecipientEnabled, true)
		r.want(&a, RecipientOutsideOrg, "SameOrganization", s.SameOrganization, true)
		r.want(&a, RecipientOutsideOrg, "SamePayer", s.SamePayer, true)
		r.notIn(&a, ShareInGovCloud, "Region", s.Region)
	}
	a.lackedBy(shareMembers)
	a.settle(r.row(RecipientNotEnabled) == nil)
	return a, nil
}

// want appends a violation for a fact that is not as it must be, or notes it as unknown.
func (r Rules) want(a *Answer, c rule.Code, at rule.Path, p *bool, good bool) {
	switch {
	case r.row(c) == nil:
	case p == nil:
		a.unknown(at)
	case *p != good:
		a.Violations = r.broken(a.Violations, c, at, "%s is %t", at, *p)
	}
}

// notIn appends a violation for one of the Regions of a row.
func (r Rules) notIn(a *Answer, c rule.Code, at rule.Path, region string) {
	switch w := r.row(c); {
	case w == nil:
	case region == "":
		a.unknown(at)
	case slices.Contains(w.names, region):
		a.Violations = append(a.Violations, w.violation(at, region))
	}
}

// A Copy is what CopyWorkspaceImage is asked for about a BYOL image, and what its rules
// ask about. A nil pointer is not known.
type Copy struct {
	Name          string
	Description   string // may be empty
	SourceImageId string
	SourceRegion  string
	Tags          []types.Tag

	Region             string   // to which the image is copied: that of the call
	SourceEnabled      *bool    // the image's account and Region are enabled for BYOL
	DestinationEnabled *bool    // the account that copies is, in the Region
	SourceOptIn        *bool    // SourceRegion is an opt-in Region
	ImageNames         []string // of the account's images in the Region; nil asks nothing about them
}

// CheckCopy checks a call that copies a BYOL image, within a Region or to another one. The
// image quota that counts is that of the destination. The verdict is Undocumented before
// 2022-09-02, when the page did not speak of BYOL images. The error is for Rules without
// an edition.
func (r Rules) CheckCopy(c Copy) (Answer, error) {
	if err := r.known(); err != nil {
		return Answer{}, err
	}
	var a Answer
	r.checkName(&a, "Name", c.Name, c.ImageNames)
	r.checkDescription(&a, "Description", c.Description)
	r.checkForm(&a, ImageIDMalformed, "SourceImageId", c.SourceImageId, isImage)
	r.checkForm(&a, RegionMalformed, "SourceRegion", c.SourceRegion, isRegion)
	r.checkTags(&a, c.Tags)
	r.want(&a, CopyDestinationNotEnabled, "DestinationEnabled", c.DestinationEnabled, true)
	r.want(&a, CopySourceNotEnabled, "SourceEnabled", c.SourceEnabled, true)
	switch {
	case r.row(CopyOutOfNingxia) == nil || c.SourceRegion == "" || c.SourceRegion == c.Region:
	case c.Region == "":
		a.unknown("Region")
	default:
		r.notIn(&a, CopyOutOfNingxia, "SourceRegion", c.SourceRegion)
		r.notIn(&a, CopyAcrossGovCloud, "SourceRegion", c.SourceRegion)
		r.notIn(&a, CopyAcrossGovCloud, "Region", c.Region)
		r.want(&a, CopyOutOfOptInRegion, "SourceOptIn", c.SourceOptIn, false)
	}
	a.lackedBy(copyMembers)
	a.settle(r.row(CopyDestinationNotEnabled) == nil)
	return a, nil
}

// A Link is a link of two accounts that is to be made, so that the target account uses
// the management range, the hardware and the images of the source account. A nil pointer
// is not known.
type Link struct {
	SourceAccountId string // invites; is enabled for BYOL
	TargetAccountId string
	ClientToken     string // may be empty

	Region           string
	SameRegion       *bool // both use BYOL in the Region
	SameOrganization *bool
	SamePayer        *bool
	TargetChoseCIDR  *bool // the target has a management range of its own
	// Status is that of a link that there is between the two, as GetAccountLink returns
	// it, and "" if there is none.
	Status types.AccountLinkStatusEnum
}

// CheckLink checks an invitation to link accounts, before CreateAccountLinkInvitation. The
// verdict is Undocumented before 2024-04-18, when there were no links, and with a Status
// other than LINKED and PENDING_ACCEPTANCE_BY_TARGET_ACCOUNT, which refuse: no document
// says whether one can invite again. The error is for Rules without an edition.
func (r Rules) CheckLink(l Link) (Answer, error) {
	if err := r.known(); err != nil {
		return Answer{}, err
	}
	var a Answer
	if r.row(LinkExists) == nil {
		return a, nil
	}
	r.checkForm(&a, AccountIDMalformed, "SourceAccountId", l.SourceAccountId, isAccount)
	r.checkForm(&a, AccountIDMalformed, "TargetAccountId", l.TargetAccountId, isAccount)
	if l.TargetAccountId != "" && l.TargetAccountId == l.SourceAccountId {
		a.Violations = r.broken(a.Violations, LinkToSelf, "TargetAccountId", "%s", l.TargetAccountId)
	}
	if w := r.row(LinkTokenMalformed); !w.holds(int64(len(l.ClientToken))) || !only(l.ClientToken, func(r rune) bool { return r <= unicode.MaxASCII }) {
		a.Violations = append(a.Violations, w.violation("ClientToken", fmt.Sprintf("%q", l.ClientToken)))
	}
	r.want(&a, LinkOutsideOrganization, "SameOrganization", l.SameOrganization, true)
	r.want(&a, LinkOutsidePayer, "SamePayer", l.SamePayer, true)
	r.want(&a, LinkAcrossRegions, "SameRegion", l.SameRegion, true)
	r.want(&a, LinkedAccountChoseCIDR, "TargetChoseCIDR", l.TargetChoseCIDR, false)
	r.notIn(&a, LinkInGovCloud, "Region", l.Region)
	open := false
	switch l.Status {
	case "":
	case types.AccountLinkStatusEnumLinked, types.AccountLinkStatusEnumPendingAcceptanceByTargetAccount:
		a.Violations = r.broken(a.Violations, LinkExists, "Status", "the link is %s", l.Status)
	default:
		open = true
	}
	a.lackedBy(linkMembers)
	a.settle(open)
	return a, nil
}

// LinkActions returns the operations by which the source and the target account may go
// on from a state of their link, in the order of their names. There are none from LINKED,
// which cannot be undone. documented is false for a state of which the documents give no
// next step.
func (r Rules) LinkActions(status types.AccountLinkStatusEnum) (source, target []string, documented bool) {
	for _, l := range linkRows {
		if l.status == status && l.span.Contains(r.edition) {
			return slices.Clone(l.source), slices.Clone(l.target), true
		}
	}
	return nil, nil, false
}
