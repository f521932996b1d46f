package byol

import (
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

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
	LinkOutsideOrganization   rule.Code = "byol.link-outside-organization"
	LinkOutsidePayer          rule.Code = "byol.link-outside-payer"
	LinkAcrossRegions         rule.Code = "byol.link-across-regions"
	LinkInGovCloud            rule.Code = "byol.link-in-govcloud"
	LinkToSelf                rule.Code = "byol.link-to-self"
	LinkExists                rule.Code = "byol.link-exists"
	LinkTokenMalformed        rule.Code = "byol.link-token-malformed"
)

const (
	shareSection = "Share Bring Your Own License images"
	shareSince   = "2020-10-01" // sharing appears on the page
	copySince    = "2022-09-02" // the page speaks of BYOL images
	linkSince    = "2024-04-18"
)

// sharingRows are the rules about giving BYOL images to other accounts and Regions. Where
// a document names AWS Support as the way, the call itself is refused.
var sharingRows = []row{
	must(ImageIDMalformed, permissionAPI, "ImageId", shareSince, "", "wsi- and 9 to 63 digits and lower-case letters"),
	must(AccountIDMalformed, permissionAPI, "SharedAccountId", shareSince, "", "12 digits"),
	must(RegionMalformed, copyAPI, "SourceRegion", copySince, "", "1 to 31 digits, lower-case letters and hyphens"),
	must(SharedImageShared, sharePage, "Images shared with you", copySince, "", "an image that the account owns"),
	must(RecipientNotEnabled, sharePage, shareSection, shareSince, "", "a recipient that is enabled for BYOL"),
	must(RecipientOutsideOrg, sharePage, shareSection, shareSince, "", "a recipient in your organization, under the same payer"),
	must(ShareInGovCloud, sharePage, shareSection, lastReading, "", "a Region other than those of GovCloud, where AWS Support shares").oneOf("us-gov-west-1", "us-gov-east-1"),

	must(CopyDestinationNotEnabled, copyPage, "Copy a custom image", copySince, "", "a destination Region that is enabled for BYOL"),
	must(CopySourceNotEnabled, copyPage, "Copy a custom image", lastReading, "", "BYOL enabled for all accounts and Regions involved"),
	must(CopyOutOfNingxia, copyPage, "Copy a custom image", lastReading, "", "the same Region, for images in China (Ningxia)").oneOf("cn-northwest-1"),
	must(CopyAcrossGovCloud, copyPage, "Copy a custom image", lastReading, "", "the same Region for images in GovCloud, where AWS Support copies to and from others").oneOf("us-gov-west-1", "us-gov-east-1"),
	must(CopyOutOfOptInRegion, copyPage, "Copy a custom image", lastReading, "", "the same Region for images in an opt-in Region, from which AWS Support copies"),

	must(LinkOutsideOrganization, linkPage, "Link BYOL accounts", linkSince, "", "accounts of one organization"),
	must(LinkOutsidePayer, linkPage, "Link BYOL accounts", linkSince, "", "accounts under one payer"),
	must(LinkAcrossRegions, linkPage, "Link BYOL accounts", linkSince, "", "accounts that use BYOL in the same Region"),
	must(LinkInGovCloud, linkPage, "Link BYOL accounts", linkSince, "", "a Region other than those of GovCloud").oneOf("us-gov-west-1", "us-gov-east-1"),
	must(LinkToSelf, sdkChangelog, "v1.39.0", linkSince, "", "a target account other than the source"),
	must(LinkExists, sdkChangelog, "v1.39.0", linkSince, "", "an account that is neither linked nor invited; a link cannot be undone"),
	must(LinkTokenMalformed, sdkChangelog, "v1.39.0", linkSince, "", "a token of at most 64 ASCII characters").atMost(64),
}

// A linkRow says which calls a state of a link lets either account make.
type linkRow struct {
	status         types.AccountLinkStatusEnum
	source, target []string
	span           rule.Span
}

// linkRows have the states of which the documents give a next step.
var linkRows = []linkRow{
	{types.AccountLinkStatusEnumPendingAcceptanceByTargetAccount, []string{"DeleteAccountLinkInvitation"}, []string{"AcceptAccountLinkInvitation", "RejectAccountLinkInvitation"}, tables.During(linkSince, "")},
	{types.AccountLinkStatusEnumLinked, nil, nil, tables.During(linkSince, "")},
}
