package facts

import "github.com/wksgo/wks/internal/tables"

// A GrantCount is the grants that WorkSpaces and EBS hold on the KMS key of one WorkSpace.
type GrantCount struct {
	PerWorkspace int // one for WorkSpaces, made for the user and directory
	PerVolume    int // one for EBS, for each encrypted volume; that two volumes have two is arithmetic
	tables.Dated
}

// GrantCounts are the grants of a WorkSpace, by date.
var GrantCounts = tables.Table[GrantCount]{
	Name: "grants of a WorkSpace",
	Rows: []GrantCount{
		{1, 1, tables.Since(KMSServices, "Overview of Amazon WorkSpaces Encryption Using AWS KMS", "2017-11-15", "2021-01-23")},
		{1, 1, tables.Since(EncryptPage, "Overview of Amazon WorkSpaces Encryption Using AWS KMS", "2021-01-23", "")},
	},
}

// Of returns the grants that a WorkSpace takes of its key: none if no volume is encrypted.
func (g GrantCount) Of(rootEncrypted, userEncrypted bool) int {
	volumes := 0
	for _, encrypted := range [...]bool{rootEncrypted, userEncrypted} {
		if encrypted {
			volumes++
		}
	}
	if volumes == 0 {
		return 0
	}
	return g.PerWorkspace + volumes*g.PerVolume
}
