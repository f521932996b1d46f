package devices

import (
	"slices"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// book is all that the package declares. What it lists, its editions and the tests of its
// tables follow from it.
var book = tables.Book{
	Package:   "devices",
	Documents: documents,
	Rules:     allRules,
	Facts:     []tables.Facts{rootNameTable, trustTable, typeTable, trustTexts, initialTable, versionTable, managerTable, everyManagerTable},
}

// Documents returns the sources that the citations name, as a copy.
func Documents() []rule.Document { return slices.Clone(documents) }

// Catalogue returns the rules of the package with titles, remedies, levels, spans and
// citations, by topic, as a new slice. Rules has the checks.
func Catalogue() []rule.Rule { return book.Catalogue() }

// Parameters returns what the rules of the package use: platforms, types of devices, versions and
// bounds. They are by table, in the order of its rows, as a new slice.
func Parameters() []rule.Parameter { return book.Parameters() }

const (
	trustPage      = "admin-guide-trusted-devices"
	detailsPage    = "admin-guide-directory-details"
	fipsPage       = "admin-guide-fips"
	protocolsPage  = "admin-guide-protocols"
	portsPage      = "admin-guide-ports"
	zeroClientPage = "admin-guide-zero-clients"
	clientPage     = "admin-guide-client-network"
	guide          = facts.Guide
	endPage        = "admin-guide-pcoip-end-of-support"
	serviceModel   = "service-model"
)

var documents = []rule.Document{
	{Key: trustPage, Title: "Amazon WorkSpaces Administration Guide: trusted devices", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/trusted-devices.html"},
	{Key: detailsPage, Title: "Amazon WorkSpaces Administration Guide: update directory details", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/update-directory-details.html"},
	{Key: fipsPage, Title: "Amazon WorkSpaces Administration Guide: FedRAMP authorization and DoD SRG compliance", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/fips-encryption.html"},
	{Key: protocolsPage, Title: "Amazon WorkSpaces Administration Guide: protocols", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/amazon-workspaces-networking.html"},
	{Key: portsPage, Title: "Amazon WorkSpaces Administration Guide: IP address and port requirements", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/workspaces-port-requirements.html"},
	{Key: zeroClientPage, Title: "Amazon WorkSpaces Administration Guide: PCoIP zero clients", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/set-up-pcoip-zero-client.html"},
	{Key: clientPage, Title: "Amazon WorkSpaces Administration Guide: network requirements of clients", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/workspaces-network-requirements.html"},
	{Key: guide, Title: "Amazon WorkSpaces Administration Guide, April 2020", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/"},
	{Key: endPage, Title: "Amazon WorkSpaces Administration Guide: PCoIP-based WorkSpaces Personal end of support", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/workspaces-pcoip-end-of-support.html"},
	{Key: serviceModel, Title: "Amazon WorkSpaces service model, API version 2015-04-08, as botocore ships it (data/workspaces/2015-04-08/service-2.json)", URL: "https://github.com/boto/botocore"},
}

const (
	// autumn2025 stands for a reading of about November 2025, and lastReading for the newest one. Each is
	// the newest date that the guide's own history had then.
	autumn2025  = "2025-10-21"
	lastReading = "2026-09-10"
	// endNotice is the day on which the guide's history announces the end of PCoIP.
	endNotice = "2026-06-30"
)
