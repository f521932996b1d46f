// Package sources tells where each document that the packages cite can be read again. docs/sources.md
// is made of it, and internal/sourcecheck looks there.
package sources

import (
	"slices"
	"strings"
)

// The repositories that hold documents with their history, as owner and name on GitHub.
const (
	Guide       = "awsdocs/amazon-workspaces-administration-guide"
	KMS         = "awsdocs/aws-kms-developer-guide"
	VPC         = "awsdocs/amazon-vpc-user-guide"
	Events      = "awsdocs/amazon-cloudwatch-events-user-guide"
	EventBridge = "awsdocs/amazon-eventbridge-user-guide"
	EKS         = "aws/aws-eks-best-practices"
	Model       = "boto/botocore"
)

// The repositories of stored copies of pages, which Readings lists by their days.
const (
	DocsHistory = "crowecawcaw/aws-docs-history"
	Docs        = "c2hans/aws-docs"
)

// ModelFile is the service model in the repository Model, and CloudWatchFile that of CloudWatch.
const (
	ModelFile      = "botocore/data/workspaces/2015-04-08/service-2.json"
	CloudWatchFile = "botocore/data/cloudwatch/2010-08-01/service-2.json"
)

// A Place is where a document stands in a repository.
type Place struct {
	Repository string
	Files      []string // the page under its names, in the order of time
}

// Last returns the day of the last version that the repository had with content when it was read.
func (p Place) Last() string {
	return map[string]string{
		Guide: "2022-09-02", KMS: "2023-06-15", VPC: "2023-04-06", Events: "2019-03-22", EventBridge: "2023-02-02", EKS: "2025-06-20", Model: "2026-08-04",
	}[p.Repository]
}

// InRepository reports whether a repository has the version of a document that a day cites.
func InRepository(key, day string) bool {
	p, ok := Find(key)
	return ok && day <= p.Last()
}

// A Reading is a version of the guide's pages that only a stored copy has.
type Reading struct {
	Day     string // which the readings have in the citations
	Stored  string // repository of the copies, as owner and name on GitHub
	Commits []string
	Newest  string // what tells the day
}

// Readings are the versions of the guide after the last one in the repository, in the order of time.
var Readings = []Reading{
	{"2025-10-21", DocsHistory, []string{"18ec14cf99068638496b563964ebce0940526aa9"}, "the newest row of its document history"},
	{"2025-10-21", DocsHistory, []string{"dd06864cee8c0f310311e23a6aee80d6357297de", "e78a4613f8d2bab3c80b19565fc6249b769ea836"},
		"nothing: the first copies of the Service Authorization Reference (`docs/service-authorization/latest/reference/list_amazonworkspaces.md`) and of the EventBridge User Guide, counted with those of the guide. The former names the import of August 2025, and not what came in April 2026"},
	{"2025-10-21", DocsHistory, []string{"445b258b8ca7c1a7ccbc9e7de5fc3124e2269849"},
		"nothing: the first copy of the General Reference (`docs/general/latest/gr/wsp.md`), counted with that of the guide. It lacks the endpoints in Ohio and Malaysia"},
	{"2025-10-28", DocsHistory, []string{"e6c9ccafc2a8a5cfae1c55da385cf376b3d3146e"},
		"it names USB redirection for DCV, which the document history of later copies dates, and its page on the VPC is older than that of the next. Its page on ports is the first with the IPv6 of health checks"},
	{"2026-02-05", DocsHistory, []string{"74f0fc62c61a5ae38a5aa753c586da1fcf962f95"}, "it names G6, and not Windows Server 2025"},
	{"2026-02-05", DocsHistory, []string{"ac13cd12278f1164ec1cc23edd1bcf24cd376549", "226e2e1a3ba5aa0e93bbc40448e11d1405918678"},
		"nothing: their page on BYOL is that of the one above and a line more each, and the next that is stored is of 2026-05-15"},
	{"2026-03-11", DocsHistory, []string{"1688fc0946dc9b2c24fd88f1648a960e7fb1be31"}, "it names Windows Server 2025, which the service model names first on that day, and not the migration of Linux"},
	{"2026-05-15", DocsHistory, []string{"20ec803f996442f33c1d4f38e3079bb90ff111bc", "1198e29a344b5ec07113c4cac63c34334184b634"}, "they name the migration of Linux; the second has rows of the table of migrations more"},
	{"2026-06-30", DocsHistory, []string{"4a8f952a8eb5cff0ffe69833949618952b28bd91"}, "the day of the announcement, in the document history"},
	{"2026-06-30", Docs, []string{"9a3d9b4027a3cf817aa962967024a384f63fa075"}, "the newest row of its document history; its table of systems counts from 2026-05-15, as the first copy of that day has it, too"},
	{"2026-08-25", Docs, []string{"ea9854b18c58ec5af7eaf20ffaeda4901bcb4927"}, "the newest row of its document history"},
	{"2026-08-25", DocsHistory, []string{"5646e763fd7ff8a3184506d4cd57ca5e2467826c", "c852956d31c22b7cb74aa9813da534531e4ea513", "ebd185f5030d23f80d752c8d2179dd0c52969d52"}, "they name nested virtualization or the client experience policy, as the other reading of this day does"},
	{"2026-09-10", Docs, []string{"2b828ab147ef350db2fb775663eb79fce16b8de3", "25c01efa477c8f57e92ce119c0f48bd4075255da", "5605cb0e21b90649e1488d84f07f5eaae884904e"}, "the newest row of its document history"},
	{"2026-09-10", DocsHistory, []string{"cd7b38233f367c30a1fb0db54e67313e05c497ac"}, "it names G7, as the other reading of this day does"},
}

// IsReading reports whether a day is that of a reading.
func IsReading(day string) bool {
	return slices.ContainsFunc(Readings, func(r Reading) bool { return r.Day == day })
}

// CopyOf returns where the repositories of stored copies have the page at an address, "" if it is none of
// the documentation.
func CopyOf(url string) string {
	page, ok := strings.CutPrefix(url, "https://docs.aws.amazon.com/")
	page, ends := strings.CutSuffix(page, ".html")
	if !ok || !ends {
		return ""
	}
	return "docs/" + page + ".md"
}

// Find returns the place of a document by its key, and false for one that no repository has.
func Find(key string) (Place, bool) {
	if key == "service-model" || IsAPI(key) {
		return Place{Model, []string{ModelFile}}, true
	}
	if key == "cloudwatch-model" {
		return Place{Model, []string{CloudWatchFile}}, true
	}
	for _, r := range []struct {
		repository string
		pages      map[string]string
	}{{Guide, guidePages}, {KMS, kmsPages}, {VPC, vpcPages}, {Events, eventsPages}, {EventBridge, eventBridgePages}} {
		if names, ok := r.pages[key]; ok {
			p := Place{Repository: r.repository}
			for _, n := range strings.Fields(names) {
				p.Files = append(p.Files, "doc_source/"+n+".md")
			}
			return p, true
		}
	}
	if key == "eks-best-practices" {
		return Place{EKS, []string{"content/networking/custom-networking/index.md"}}, true
	}
	return Place{}, false
}

// History is the key of the document history of the guide: each row of its table has a day of its own,
// which a statement cites, under the title of the row.
const History = "admin-guide-document-history"

// IsAPI reports whether a key is that of a page of the API Reference, which is made of the service model.
func IsAPI(key string) bool { return strings.HasPrefix(key, "api-") }

// guidePages are the pages of the Administration Guide by key, under their names in the order of time.
var guidePages = map[string]string{
	"admin-guide-byol":                  "byol-windows-images",
	"admin-guide-client-network":        "workspaces-network-requirements",
	"admin-guide-copy-image":            "copy-custom-image",
	"admin-guide-custom-image":          "create-custom-bundle",
	"admin-guide-delete":                "delete-workspaces",
	"admin-guide-directory-details":     "update-directory-details",
	History:                             "workspaces-document-history",
	"admin-guide-encrypt":               "encrypt-workspaces",
	"admin-guide-events":                "cloudwatch-events",
	"admin-guide-fips":                  "fips-encryption",
	"admin-guide-ip-groups":             "amazon-workspaces-ip-access-control-groups",
	"admin-guide-launch-managed-ad":     "launch-workspace-microsoft-ad",
	"admin-guide-launch-simple-ad":      "launch-workspace-simple-ad",
	"admin-guide-launch-trusted-domain": "launch-workspace-trusted-domain",
	"admin-guide-limits":                "workspaces-limits",
	"admin-guide-maintenance":           "workspace-maintenance",
	"admin-guide-manage-linux":          "manage_linux_workspace",
	"admin-guide-metrics":               "amazon-workspaces-monitoring cloudwatch-metrics",
	"admin-guide-migrate":               "migrate-workspaces",
	"admin-guide-modify":                "modify-workspaces",
	"admin-guide-ports":                 "workspaces-port-requirements",
	"admin-guide-protocols":             "amazon-workspaces-protocols",
	"admin-guide-quick-setup":           "getting-started",
	"admin-guide-rebuild":               "reset-workspace rebuild-workspace",
	"admin-guide-register":              "register-deregister-directory",
	"admin-guide-restore":               "restore-workspace",
	"admin-guide-running-mode":          "running-mode",
	"admin-guide-saml":                  "setting-up-saml",
	"admin-guide-security-groups":       "amazon-workspaces-security-groups",
	"admin-guide-self-service":          "enable-user-self-service-workspace-management",
	"admin-guide-several":               "create-multiple-workspaces-for-user",
	"admin-guide-share-image":           "share-custom-image",
	"admin-guide-ssh":                   "connect-to-linux-workspaces-with-ssh",
	"admin-guide-tag":                   "tag-workspaces tag-workspaces-resources",
	"admin-guide-trusted-devices":       "trusted-devices",
	"admin-guide-troubleshooting":       "amazon-workspaces-troubleshooting",
	"admin-guide-upgrade":               "upgrade-windows-10-byol-workspaces",
	"admin-guide-vpc":                   "amazon-workspaces-vpc",
	"admin-guide-web-access":            "web-access",
	"admin-guide-zero-clients":          "set-up-pcoip-zero-client",
	"admin-guide-zones":                 "azs-workspaces",
}

var kmsPages = map[string]string{
	"kms-guide-workspaces":      "services-workspaces",
	"kms-guide-resource-quotas": "limits resource-limits",
	"kms-guide-key-choice":      "symm-asymm-choose",
}

var (
	vpcPages         = map[string]string{"vpc-guide-subnets": "VPC_Subnets configure-subnets subnet-sizing"}
	eventsPages      = map[string]string{"cloudwatch-events-guide-patterns": "CloudWatchEventsandEventPatterns"}
	eventBridgePages = map[string]string{
		"eventbridge-guide-event-patterns": "eventbridge-and-event-patterns eb-event-patterns",
		"eventbridge-guide-patterns":       "content-filtering-with-event-patterns eb-event-patterns-content-based-filtering",
	}
)

// A kind of documents is read in one way.
type kind struct {
	prefixes []string // of the keys; "-" at the end stands for any rest
	how      string   // it is read, and read again
	unread   string   // what could not be read; "" if nothing
}

var kinds = []kind{
	{[]string{"api-migrate-workspace", "api-workspace-properties"}, "the page of the API Reference in stored copies in `" + Docs + "`, of 2026-08-25 and 2026-09-10: the model in `" + Model + "` did not have the text yet", "versions between these and the model"},
	{[]string{"service-model", "api-"},
		"the service model in the repository `" + Model + "`, `" + ModelFile + "`, version by version; the API reference is made of its texts",
		"the versions before 2015-04-28, when it stood at `botocore/data/aws/workspaces/2015-04-08.normal.json` since 2015-04-09: what they say counts from 2015-04-28"},
	{[]string{"sdk-go-"},
		"the source of the Go module `github.com/aws/aws-sdk-go-v2/service/workspaces`, its CHANGELOG.md and the comments of version v1.68.3, by `go mod download`",
		"the comments of other versions; the model, of which they are made, was read instead"},
	{[]string{"aws-sdk-go-v2-arn"}, "the comment of the field in the Go module `github.com/aws/aws-sdk-go-v2`, version v0.1.0 of 2017-12-21, its first, by `go mod download`", ""},
	{[]string{"cloudwatch-model"},
		"the model of CloudWatch in the repository `" + Model + "`, `" + CloudWatchFile + "`, version by version; the API reference is made of its texts",
		"the versions before 2015-04-28, when it stood below `botocore/data/aws/cloudwatch`: what they say counts from 2015-04-28; today's page"},
	{[]string{"packages"}, "the packages of this module: the rule says what they leave open", ""},
	{[]string{"kms-guide-"},
		"the repository `" + KMS + "`, versions of 2017-11-15 to 2023-06-15", "today's pages"},
	{[]string{"vpc-guide-"}, "the repository `" + VPC + "`, versions of 2018-02-01 to 2023-04-06", "the versions after that, but for today's page"},
	{[]string{"cloudwatch-events-guide-"}, "the repository `" + Events + "`, versions of 2018-03-02 to 2019-03-22", "versions before that"},
	{[]string{"eventbridge-guide-"}, "the repository `" + EventBridge + "`, versions of 2019-09-11 to 2023-02-02, and then the first stored copy in `" + DocsHistory + "`", "the versions between the two"},
	{[]string{"eks-best-practices"}, "the repository `" + EKS + "`, versions of 2022-09-02 to 2025-06-20", ""},
	{[]string{"service-authorization"}, "the first stored copy in `" + DocsHistory + "`, counted from 2025-10-21, and that of 2026-06-30 in `" + Docs + "`, `docs/service-authorization/latest/reference/list_workspaces.md`", "older versions, and the day of the first copy: no document tells it"},
	{[]string{"general-reference"}, "the first stored copy in `" + DocsHistory + "`, counted from 2025-10-21, and those of 2026-06-30 and 2026-08-25 in `" + Docs + "`, `docs/general/latest/gr/wsp.md`: their quotas are the same", "older versions, and the day of the first copy: no document tells it"},
	{[]string{"best-practices-"}, "the page of the whitepaper in a stored copy in `" + Docs + "`, of 2026-08-25", "older versions: its first was published in 2016, and only as a PDF"},
	{[]string{"admin-guide-2020"},
		"the edition of the whole guide of April 2020 for the WSP beta, as text. Its pages differ from the repository's of that month, and no repository holds it: where both say a thing, the repository is cited",
		"any other version of that edition"},
	{[]string{"faq-2017", "workspaces-faq-2017"},
		"the questions and answers of the FAQ as they stood in 2017, as text. Its day is not known, so that it counts from the last day of the year", "the version of another year"},
	{[]string{"byol-checker-"},
		"the PowerShell script of that version, in copies that others publish. That of 2.13.25 counts from 2024-05-01: it ends with a signature block, whose timestamp is 2024-05-01 18:35:16 UTC. The other two have no day in them. The guide prints the name of the log that 2.0.6 writes since 2019-01-08, that of 2.1.1 since 2020-03-31, and no version: that 2.0.6 counts from 2019-10-25 and 2.1.1 from 2020-04-29, when the name had stood for some months or weeks, is a reading",
		"an official archive of the versions, and a document that dates 2.0.6 or 2.1.1"},
	{[]string{"admin-guide-sysprep-errors", "admin-guide-pools-regions", "admin-guide-pools-metrics", "admin-guide-entra-id"},
		"the page in the first stored copy in `" + DocsHistory + "`, of 2025-10-21", "older versions, of which none could be had; later copies were not compared"},
	{[]string{"admin-guide-byol-china", "repost-", "terraform-provider-"},
		"the page of the newest reading, in a stored copy, once, or the thread", "it was not read a second time, and no older version of it could be had: the day of a statement is that of the reading"},
	{[]string{"admin-guide-image-errors"},
		"the page in stored copies: the first in `" + DocsHistory + "`, of 2025-10-21, without the titles of its tabs, and those in `" + Docs + "` of 2026-08-25 and 2026-09-10, of which the last has the titles as headings and the codes of errors as anchors",
		"the titles before that. The codes stand in the service model"},
	{[]string{"admin-guide-"},
		"up to 2022-09-02 the repository `" + Guide + "`, version by version; after that stored copies of the page in `" + DocsHistory + "` and `" + Docs + "`, each of which has the earliest day that what it names allows: 2025-10-21 to 2026-09-10",
		"the versions between 2022-09-02 and 2025-10-21, and those between the readings: what changed there counts from the reading that shows it first. What the guide publishes of its time, as metrics, addresses and names of hosts, ends on 2022-09-03, the day after the last version, and begins anew with the reading that has it. Management ranges that the last version and the next reading have alike stand between. What the page on ports lists counts as the list has it: a port without a protocol is asked for with any, whatever another section says of its use"},
}

// How tells how a document was read and can be read again, and what of it could not be read.
func How(key string) (how, unread string) {
	for _, k := range kinds {
		for _, p := range k.prefixes {
			if key == p || strings.HasSuffix(p, "-") && strings.HasPrefix(key, p) {
				return k.how, k.unread
			}
		}
	}
	return "", ""
}
