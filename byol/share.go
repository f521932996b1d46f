package byol

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// Codes of the rules about giving BYOL images to other accounts and Regions.
const (
	ImageIDMalformed          rule.Code = "byol.image-id-malformed"
	AccountIDMalformed        rule.Code = "byol.account-id-malformed"
	RegionMalformed           rule.Code = "byol.region-malformed"
	SharedImageShared         rule.Code = "byol.shared-image-shared"
	RecipientNotEnabled       rule.Code = "byol.recipient-not-enabled"
	RecipientOutsideOrg       rule.Code = "byol.recipient-outside-organization"
	ShareInGovCloud           rule.Code = "byol.share-in-govcloud"
	CopyDestinationNotEnabled rule.Code = "byol.copy-destination-not-enabled"
	CopySourceNotEnabled      rule.Code = "byol.copy-source-not-enabled"
	CopyOutOfNingxia          rule.Code = "byol.copy-out-of-ningxia"
	CopyAcrossGovCloud        rule.Code = "byol.copy-across-govcloud"
	CopyOutOfOptInRegion      rule.Code = "byol.copy-out-of-opt-in-region"
)

const (
	shareSection = "Sharing Bring Your Own License Images"
	shareSince   = "2020-10-01" // the first version of the page
	// govCloudSince is the first version of the model that speaks of all of GovCloud, and not of US-West alone.
	govCloudSince = "2021-09-30"
	copyPage2020  = "Copy a Custom WorkSpaces Image"
	copyPage2025  = "Copy a custom image in WorkSpaces Personal"
)

var (
	shareMembers = tables.Cite(serviceModel, "UpdateWorkspaceImagePermissionRequest", permissionSince)
	copyMembers  = tables.Cite(serviceModel, "CopyWorkspaceImageRequest", copySince)
)

// Where a document says that AWS Support does it, the call itself is refused.
var shareRules = []requirement{
	{ImageIDMalformed, "The ID of an image is not well-formed.", "Give an ID of wsi- and 9 to 63 digits and lower-case letters.",
		[]ask{must(serviceModel, "WorkspaceImageId", importSince, "", "wsi- and 9 to 63 digits and lower-case letters")}},
	{AccountIDMalformed, "The ID of an account is not well-formed.", "Give an ID of 12 digits.", []ask{must(serviceModel, "AwsAccount", permissionSince, "", "12 digits")}},
	{RegionMalformed, "The code of a Region is not well-formed.", "Give a code of 1 to 31 digits, lower-case letters and hyphens.",
		[]ask{must(serviceModel, "Region", copySince, "", "1 to 31 digits, lower-case letters and hyphens")}},
	{SharedImageShared, "An image that another account shares is to be shared on.", "Let the account that owns the image share it.",
		[]ask{must(sharePage, "Images Shared with You", shareSince, "", "an image that the account owns")}},
	{RecipientNotEnabled, "The recipient of an image is not enabled for BYOL.", "Enable the recipient for BYOL first.",
		[]ask{must(sharePage, shareSection, shareSince, "", "a recipient that is enabled for BYOL")}},
	{RecipientOutsideOrg, "The recipient of an image is in another organization or under another payer.", "Bring the recipient into the organization, under the same payer.",
		[]ask{must(sharePage, shareSection, shareSince, "", "a recipient in your organization, under the same payer")}},
	{ShareInGovCloud, "In GovCloud an account cannot share images itself.", "Ask AWS Support to share the image.",
		[]ask{
			must(serviceModel, "UpdateWorkspaceImagePermission", permissionSince, govCloudSince, "a Region other than AWS GovCloud (US-West), where AWS Support shares").oneOf("us-gov-west-1"),
			must(serviceModel, "UpdateWorkspaceImagePermission", govCloudSince, "", "a Region other than those of GovCloud, where AWS Support shares").oneOf("us-gov-west-1", "us-gov-east-1"),
		}},
}

var copyRules = []requirement{
	{CopyDestinationNotEnabled, "The destination Region of a copy is not enabled for BYOL.", "Enable the account for BYOL in the destination Region.",
		[]ask{must(copyPage, copyPage2020, "2020-07-08", "", "a destination Region that is enabled for BYOL")}},
	{CopySourceNotEnabled, "The source account or Region of a copy is not enabled for BYOL.", "Enable all accounts and Regions of the copy for BYOL.",
		[]ask{must(copyPage, copyPage2025, autumn2025, "", "BYOL enabled for all accounts and Regions involved")}},
	{CopyOutOfNingxia, "An image in China (Ningxia) is to be copied to another Region.", "Copy within China (Ningxia), or import the image in the other Region.",
		[]ask{must(copyPage, copyPage2020, "2020-10-28", "", "the same Region, for images in China (Ningxia)").oneOf("cn-northwest-1")}},
	{CopyAcrossGovCloud, "An image is to be copied into or out of a Region of GovCloud.", "Ask AWS Support to copy the image.",
		[]ask{
			must(copyPage, copyPage2020, "2020-10-28", govCloudSince, "the same Region for images in AWS GovCloud (US-West), where AWS Support copies to and from others").oneOf("us-gov-west-1"),
			must(serviceModel, "CopyWorkspaceImage", govCloudSince, "", "the same Region for images in GovCloud, where AWS Support copies to and from others").oneOf("us-gov-west-1", "us-gov-east-1"),
		}},
	{CopyOutOfOptInRegion, "An image is to be copied out of an opt-in Region.", "Ask AWS Support to copy the image.",
		[]ask{must(copyPage, copyPage2025, autumn2025, "", "the same Region for images in an opt-in Region, from which AWS Support copies")}},
}

// A Share is a call of UpdateWorkspaceImagePermission for a BYOL image, and the facts that
// its rules ask for. A nil pointer is not known.
type Share struct {
	ImageID         string `json:"ImageId"`
	SharedAccountID string `json:"SharedAccountId"` // the recipient
	AllowCopyImage  *bool  // true shares, false unshares

	Region           string
	SharedWithMe     *bool // another account shares the image with this one
	RecipientEnabled *bool // for BYOL, in the Region
	SameOrganization *bool
	SamePayer        *bool
}

// CheckShare checks a call that shares a BYOL image or stops sharing one. Sharing stays
// in one Region, and the recipient must copy the image before it can be used; copies stay
// when the sharing ends. To stop sharing, only the form of the call counts. The verdict is
// Undocumented before 2020-10-01; in GovCloud (US-West) the model refuses it from 2020-07-23 on. The error is for Rules without an edition.
func (r Rules) CheckShare(s Share) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	var a rule.Answer
	c := call{r.s, &shareMembers}
	if c.asks[AccountIDMalformed] == nil {
		a.NotDocumented("", "no document of the edition has UpdateWorkspaceImagePermission")
		return a.Concluded(), nil
	}
	if c.asks[RecipientNotEnabled] == nil {
		a.NotDocumented("", "no document of the edition speaks of sharing BYOL images")
	}
	c.required(&a, ImageIDMalformed, "ImageId", s.ImageID, isImage)
	c.required(&a, AccountIDMalformed, "SharedAccountId", s.SharedAccountID, facts.IsAccount)
	switch {
	case s.AllowCopyImage == nil:
		c.missing(&a, "AllowCopyImage", "")
	case *s.AllowCopyImage:
		c.want(&a, SharedImageShared, "SharedWithMe", s.SharedWithMe, false)
		c.want(&a, RecipientNotEnabled, "RecipientEnabled", s.RecipientEnabled, true)
		c.want(&a, RecipientOutsideOrg, "SameOrganization", s.SameOrganization, true)
		c.want(&a, RecipientOutsideOrg, "SamePayer", s.SamePayer, true)
		c.notIn(&a, ShareInGovCloud, "Region", s.Region)
	}
	return a.Concluded(), nil
}

// want adds a violation for a fact that is not as it must be, or notes that it is not given.
func (s *snapshot) want(a *rule.Answer, c rule.Code, at rule.Path, p *bool, good bool) {
	switch {
	case p == nil:
		s.lack(a, c, at)
	case *p != good:
		s.breach(a, c, at, "%s is %t", at, *p)
	}
}

// notIn adds a violation for one of the Regions that a rule names.
func (s *snapshot) notIn(a *rule.Answer, c rule.Code, at rule.Path, region string) {
	switch w := s.asks[c]; {
	case w == nil:
	case region == "":
		s.lack(a, c, at)
	case slices.Contains(w.names, region):
		s.breach(a, c, at, "%s", region)
	}
}

// A Copy is a call of CopyWorkspaceImage for a BYOL image, and the facts that its rules ask
// for. A nil pointer is not known.
type Copy struct {
	Name          string
	Description   string // may be empty
	SourceImageID string `json:"SourceImageId"`
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
// 2020-07-08, when the page did not speak of BYOL images. The error is for Rules without
// an edition.
func (r Rules) CheckCopy(in Copy) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	var a rule.Answer
	c := call{r.s, &copyMembers}
	if c.asks[RegionMalformed] == nil {
		a.NotDocumented("", "no document of the edition has CopyWorkspaceImage")
		c.formed(&a, ImageIDMalformed, "SourceImageId", in.SourceImageID, isImage)
		return a.Concluded(), nil
	}
	if c.asks[CopyDestinationNotEnabled] == nil {
		a.NotDocumented("", "no document of the edition speaks of copying BYOL images")
	}
	c.checkName(&a, "Name", in.Name, in.ImageNames)
	c.checkDescription(&a, "Description", in.Description)
	c.required(&a, ImageIDMalformed, "SourceImageId", in.SourceImageID, isImage)
	c.required(&a, RegionMalformed, "SourceRegion", in.SourceRegion, isRegion)
	c.checkTags(&a, in.Tags)
	c.want(&a, CopyDestinationNotEnabled, "DestinationEnabled", in.DestinationEnabled, true)
	c.want(&a, CopySourceNotEnabled, "SourceEnabled", in.SourceEnabled, true)
	switch {
	case in.SourceRegion == "" || in.SourceRegion == in.Region:
	case in.Region == "":
		c.lack(&a, CopyOutOfNingxia, "Region")
	default:
		c.notIn(&a, CopyOutOfNingxia, "SourceRegion", in.SourceRegion)
		c.notIn(&a, CopyAcrossGovCloud, "SourceRegion", in.SourceRegion)
		c.notIn(&a, CopyAcrossGovCloud, "Region", in.Region)
		c.want(&a, CopyOutOfOptInRegion, "SourceOptIn", in.SourceOptIn, false)
	}
	return a.Concluded(), nil
}
