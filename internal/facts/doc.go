// Package facts holds what several packages of rules need: the forms of Regions, accounts
// and ARNs, the families of compute types, and the tables of which more than one package
// makes rules. Each stands here once, with its source.
package facts

import "github.com/wksgo/wks/rule"

// Keys of the documents that the tables of this package cite. A package that puts such a
// table into its book lists the document.
const (
	FAQ             = "faq-2017"
	Guide           = "admin-guide-2020"
	ModifyPage      = "admin-guide-modify"
	SelfServicePage = "admin-guide-self-service"
	RunningModePage = "admin-guide-running-mode"
	MaintenancePage = "admin-guide-maintenance"
	EncryptPage     = "admin-guide-encrypt"
	KMSServices     = "kms-guide-workspaces"
	Troubleshooting = "admin-guide-troubleshooting"
	BundlesPage     = "admin-guide-bundles"
	MigratePage     = "admin-guide-migrate"
	LinuxPage       = "admin-guide-migrate-linux"
	OptionsPage     = "admin-guide-bundle-options"
	BYOLPage        = "admin-guide-byol"
	ImagePage       = "admin-guide-custom-image"
	NestedPage      = "admin-guide-nested-virtualization"
	ResiliencePage  = "admin-guide-multi-region-resilience"
	HistoryPage     = "admin-guide-document-history"
	PCoIPEndPage    = "admin-guide-pcoip-end-of-support"
	PoolsEndPage    = "admin-guide-pools-end-of-support"
	ImportAPI       = "api-import-workspace-image"
)

// Days on which several packages read documents.
const (
	ReadFAQ     = "2017-12-31" // the FAQ of 2017: its day is not known, so it counts from the last of the year
	ReadGuide   = "2020-04-29" // the Administration Guide of April 2020
	Read2025    = "2025-10-21" // a reading of the guide's pages in autumn 2025
	ReadG6      = "2026-02-05" // the first with Graphics.g6
	ReadMove25  = "2026-03-11" // the first with the migration to Server 2025, which the service model names first on this day
	ReadLinux9  = "2026-05-15" // the first with Server 2025 among the bundles, the migration of Linux, Rocky Linux 9 and Red Hat Enterprise Linux 9
	ReadEnds    = "2026-06-30" // the first with the ends of PCoIP and of Pools in its document history
	ReadAugust  = "2026-08-25" // the first with nested virtualization and the client experience policy
	LastReading = "2026-09-10" // the newest reading, in about September 2026
)

// CheckRegion returns a *rule.InputError for a text that is not the code of a Region.
func CheckRegion(at rule.Path, code string) error {
	if !IsRegion(code) {
		return &rule.InputError{Path: at, Value: code, Reason: "is not the code of a Region, such as us-east-1"}
	}
	return nil
}
