package encryption

import (
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

type limitRow struct {
	Limit
	span rule.Span
}

func limit(scope LimitScope, value int, awsManaged bool, document, section, since, until string) limitRow {
	return limitRow{Limit{scope, value, awsManaged, tables.Cite(document, section, since)}, tables.During(since, until)}
}

// limitRows, by scope and date. The FAQ's 30 contradicts the 500 of KMS from 2017-11-15
// on, and the guide is silent until 2020-03-31. On 2021-04-03 the guide dropped its limit,
// and on 2021-04-07 KMS dropped the one that caused it.
var limitRows = []limitRow{
	limit(WorkSpacesPerKey, 30, true, faq, "Do I need to provide a new KMS key for each WorkSpace?", faqYear, "2020-03-31"),
	limit(WorkSpacesPerKey, 500, true, encryptPage, "Prerequisites", "2020-03-31", "2021-04-03"),
	limit(GrantsPerGrantee, 500, true, kmsQuotas, "Grants for a given principal per CMK", "2017-11-15", "2021-04-07"),
	limit(GrantsPerKey, 2_500, false, kmsQuotas, "Grants per CMK", "2017-11-15", "2019-03-28"),
	limit(GrantsPerKey, 10_000, false, kmsQuotas, "Grants per CMK", "2019-03-28", "2020-10-29"),
	limit(GrantsPerKey, 50_000, false, kmsQuotas, "Grants per CMK", "2020-10-29", "2021-04-07"),
	limit(GrantsPerKey, 50_000, false, kmsQuotas, "Grants per KMS key", "2021-04-07", ""),
	limit(KeyPolicyBytes, 32_768, true, kmsQuotas, "Key policy document size", "2020-10-29", ""),
}

// A grantRow is the grants that WorkSpaces and EBS hold on the key of one WorkSpace.
type grantRow struct {
	perWorkSpace, perVolume int
	span                    rule.Span
	cite                    rule.Citation
}

// grantRows: a grant for WorkSpaces that is made for the user and directory, and one for
// EBS that is made for a volume of theirs. That two volumes have two is arithmetic.
var grantRows = []grantRow{
	{1, 1, tables.During("2017-11-15", "2021-01-23"), tables.Cite(kmsServices, "Overview of WorkSpaces encryption using AWS KMS", "2017-11-15")},
	{1, 1, tables.During("2021-01-23", ""), tables.Cite(encryptPage, "Overview of WorkSpaces encryption using AWS KMS", "2021-01-23")},
}
