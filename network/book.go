package network

import (
	"slices"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// book is all that the package declares. What it lists, its editions and the tests of its
// tables follow from it.
var book = tables.Book{
	Package:   "network",
	Documents: documents,
	First:     rule.MustParseEdition("2018-02-03"),
	Rules:     allRules,
	Facts: []tables.Facts{rangeTable, parentTable, defaultTable, quotaTable, unreadTable, endpointTable, hostTable, publishedTable, portTable, zoneTable, bandTable,
		autoAssignTable, officeKMSTable, nameTable, noNameTable, lostNameTable},
}

// Documents returns the sources that the citations name, as a copy.
func Documents() []rule.Document { return slices.Clone(documents) }

// Catalogue returns the rules of the package with titles, remedies, levels, spans and
// citations, by topic, as a new slice. Programs that list rules use it. Rules has the checks.
func Catalogue() []rule.Rule { return book.Catalogue() }

// Parameters returns what the rules of the package use: ranges, quotas, addresses, ports,
// zones and bounds. They are by table, in the order of its rows, as a new slice.
func Parameters() []rule.Parameter { return book.Parameters() }

const (
	portsPage        = "admin-guide-ports"
	byolPage         = "admin-guide-byol"
	poolsPage        = "admin-guide-pools-ports"
	guide            = "admin-guide-2020"
	whitepaper       = "best-practices-vpc"
	modifyAPI        = "api-modify-account"
	ipGroupsPage     = "admin-guide-ip-groups"
	limitsPage       = "admin-guide-limits"
	generalReference = "general-reference"
	zonesPage        = "admin-guide-zones"
	poolsRegions     = "admin-guide-pools-regions"
	registerPage     = "admin-guide-register"
	subnetSizing     = "vpc-guide-subnets"
	clientPage       = "admin-guide-client-network"
	troubleshooting  = "admin-guide-troubleshooting"
	vpcPage          = "admin-guide-vpc"
	acceleratorPage  = "admin-guide-global-accelerator"
	endpointPage     = "admin-guide-streaming-endpoints"
	zeroClientPage   = "admin-guide-zero-clients"
	webAccessPage    = "admin-guide-web-access"
	serviceModel     = "service-model"
	sshPage          = "admin-guide-ssh"
	linuxPage        = "admin-guide-manage-linux"
	fsxIssue         = "terraform-provider-aws-44594"
	eksPractice      = "eks-best-practices"
)

var documents = []rule.Document{
	{Key: portsPage, Title: "Amazon WorkSpaces Administration Guide: IP address and port requirements", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/workspaces-port-requirements.html"},
	{Key: byolPage, Title: "Amazon WorkSpaces Administration Guide: Bring Your Own Windows desktop licenses", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/byol-windows-images.html"},
	{Key: poolsPage, Title: "Amazon WorkSpaces Administration Guide: port requirements of WorkSpaces Pools", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/pools-port-requirements.html"},
	{Key: guide, Title: "Amazon WorkSpaces Administration Guide, April 2020", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/"},
	{Key: whitepaper, Title: "Best Practices for Deploying Amazon WorkSpaces: VPC design", URL: "https://docs.aws.amazon.com/whitepapers/latest/best-practices-deploying-amazon-workspaces/vpc-design.html"},
	{Key: modifyAPI, Title: "Amazon WorkSpaces API Reference: ModifyAccount", URL: "https://docs.aws.amazon.com/workspaces/latest/api/API_ModifyAccount.html"},
	{Key: ipGroupsPage, Title: "Amazon WorkSpaces Administration Guide: IP access control groups", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/amazon-workspaces-ip-access-control-groups.html"},
	{Key: limitsPage, Title: "Amazon WorkSpaces Administration Guide: quotas", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/workspaces-limits.html"},
	{Key: generalReference, Title: "AWS General Reference: Amazon WorkSpaces endpoints and quotas", URL: "https://docs.aws.amazon.com/general/latest/gr/wsp.html"},
	{Key: zonesPage, Title: "Amazon WorkSpaces Administration Guide: Availability Zones", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/azs-workspaces.html"},
	{Key: poolsRegions, Title: "Amazon WorkSpaces Administration Guide: Regions and Availability Zones of WorkSpaces Pools", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/wsp-pools-regions.html"},
	{Key: registerPage, Title: "Amazon WorkSpaces Administration Guide: register a directory", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/register-deregister-directory.html"},
	{Key: subnetSizing, Title: "Amazon VPC User Guide: subnet sizing", URL: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html"},
	{Key: clientPage, Title: "Amazon WorkSpaces Administration Guide: network requirements of clients", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/workspaces-network-requirements.html"},
	{Key: troubleshooting, Title: "Amazon WorkSpaces Administration Guide: troubleshooting", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/amazon-workspaces-troubleshooting.html"},
	{Key: vpcPage, Title: "Amazon WorkSpaces Administration Guide: configure a VPC", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/amazon-workspaces-vpc.html"},
	{Key: acceleratorPage, Title: "Amazon WorkSpaces Administration Guide: AWS Global Accelerator", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/amazon-workspaces-aga.html"},
	{Key: endpointPage, Title: "Amazon WorkSpaces Administration Guide: streaming VPC endpoints", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/creating-streaming-vpc-endpoints.html"},
	{Key: zeroClientPage, Title: "Amazon WorkSpaces Administration Guide: PCoIP zero clients", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/set-up-pcoip-zero-client.html"},
	{Key: linuxPage, Title: "Amazon WorkSpaces Administration Guide: manage Amazon Linux WorkSpaces", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/manage_linux_workspace.html"},
	{Key: webAccessPage, Title: "Amazon WorkSpaces Administration Guide: Web Access", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/web-access.html"},
	{Key: serviceModel, Title: "Amazon WorkSpaces service model, API version 2015-04-08, as botocore ships it (data/workspaces/2015-04-08/service-2.json)", URL: "https://github.com/boto/botocore"},
	{Key: sshPage, Title: "Amazon WorkSpaces Administration Guide: SSH connections to Linux WorkSpaces", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/connect-to-linux-workspaces-with-ssh.html"},
	{Key: fsxIssue, Title: "Terraform AWS provider, issue 44594 (third party)", URL: "https://github.com/hashicorp/terraform-provider-aws/issues/44594"},
	{Key: eksPractice, Title: "Amazon EKS Best Practices Guide: custom networking", URL: "https://docs.aws.amazon.com/eks/latest/best-practices/custom-networking.html"},
}

const (
	// april2020 is the date of the guide that was read as a whole.
	april2020 = "2020-04-29"
	// afterLastVersion is the day after 2022-09-02, the date of the last version of the guide's
	// pages in its repository. From here until autumn2025 none was read.
	afterLastVersion = "2022-09-03"
	// autumn2025 stands for a reading of about November 2025. It is the newest date that the
	// guide's own history had then.
	autumn2025 = "2025-10-21"
	// october2025 stands for a reading that names USB redirection, which the guide's history dates.
	october2025 = "2025-10-28"
	// february2026 stands for a reading that names Graphics.g6, and march2026 for one that names
	// Windows Server 2025.
	february2026 = facts.ReadG6
	march2026    = facts.ReadMove25
	// spring2026 stands for a reading of a few pages that is not older than this date.
	spring2026 = "2026-05-15"
	// readEnds stands for a reading whose document history ends with this day.
	readEnds = "2026-06-30"
	// august2026 stands for another, likewise.
	august2026 = "2026-08-25"
)
