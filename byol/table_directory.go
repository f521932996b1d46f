package byol

import (
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

const (
	DirectoryKindUnsupported  rule.Code = "byol.directory-kind-unsupported"
	DirectoryNotDedicated     rule.Code = "byol.directory-not-dedicated"
	DirectoryHasWorkSpaces    rule.Code = "byol.directory-has-workspaces"
	PublicBundleInDedicated   rule.Code = "byol.public-bundle-in-dedicated-directory"
	EntraDirectoryWithoutBYOL rule.Code = "byol.entra-directory-without-byol"
)

const dedicateStep = "Register a directory for dedicated WorkSpaces"

// directoryRows are the rules about directories for BYOL WorkSpaces. The documents name
// AWS Managed Microsoft AD and AD Connector, later Entra ID, and never Simple AD. Only the
// FAQ of 2017 speaks of public bundles in a dedicated directory; no document takes that back.
var directoryRows = []row{
	should(DirectoryKindUnsupported, byolPage, dedicateStep, "2019-10-25", lastReading, "AWS Managed Microsoft AD or AD Connector, of which alone the guide speaks").oneOf(microsoftAD, adConnector, string(types.WorkspaceDirectoryTypeAdConnector)),
	should(DirectoryKindUnsupported, entraPage, "Requirements", lastReading, "", "AWS Managed Microsoft AD, AD Connector or Entra ID, of which alone the guide speaks").oneOf(microsoftAD, adConnector, string(types.WorkspaceDirectoryTypeAdConnector), string(types.WorkspaceDirectoryTypeAwsIamIdentityCenter)),
	must(DirectoryNotDedicated, byolPage, dedicateStep, "2019-10-25", lastReading, "a directory registered with dedicated tenancy"),
	must(DirectoryNotDedicated, registerAPI, "Tenancy", lastReading, "", "a directory registered with the tenancy DEDICATED"),
	must(DirectoryHasWorkSpaces, byolPage, dedicateStep, "2019-10-25", "", "no WorkSpaces in a directory that is to be registered anew"),
	must(PublicBundleInDedicated, faq, "Can I launch from a public bundle in the same directory?", year2017, "", "bundles of your own images alone in a dedicated directory"),
	must(EntraDirectoryWithoutBYOL, entraPage, "Requirements", lastReading, "", "personal BYOL WorkSpaces alone in a directory for Entra ID"),
}

// Types of the API of AWS Directory Service.
const (
	microsoftAD = "MicrosoftAD"
	simpleAD    = "SimpleAD"
	adConnector = "ADConnector"
)
