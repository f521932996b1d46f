package devices

import (
	"strings"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules for directories that are to comply with FedRAMP or DoD SRG.
const (
	FIPSOutsideUS      rule.Code = "devices.fips-outside-us"
	FIPSNotSet         rule.Code = "devices.fips-not-set"
	FIPSDirectoryInUse rule.Code = "devices.fips-directory-in-use"
)

var fipsRules = []tables.Rule{
	{
		Code:      FIPSOutsideUS,
		Title:     "WorkSpaces that are to comply with FedRAMP or DoD SRG are in a Region outside the US.",
		Remedy:    "Create the WorkSpaces in a US Region that has the authorization.",
		Revisions: []rule.Revision{tables.Must(fipsPage, requirements, "2019-09-24", "")},
	},
	{
		Code:      FIPSNotSet,
		Title:     "The directory of WorkSpaces that are to comply with FedRAMP or DoD SRG has no endpoint encryption with FIPS.",
		Remedy:    "Set the endpoint encryption of the directory to FIPS 140-2 Validated Mode before WorkSpaces are created.",
		Revisions: []rule.Revision{tables.Must(fipsPage, requirements, "2019-09-24", "")},
	},
	{
		Code:      FIPSDirectoryInUse,
		Title:     "A directory has WorkSpaces without FIPS, so that FIPS cannot be set for it.",
		Remedy:    "Use a new directory, or terminate the WorkSpaces of this one first.",
		Revisions: []rule.Revision{tables.Must(fipsPage, requirements, "2019-09-24", "")},
	},
}

// A FIPSDirectory is a directory whose WorkSpaces are to comply with FedRAMP or DoD SRG.
type FIPSDirectory struct {
	Region string // its code, such as us-gov-west-1
	// EndpointEncryptionMode is that of the directory, as the API spells it: FIPS_VALIDATED or
	// STANDARD_TLS; "" is not known.
	EndpointEncryptionMode string
	// WorkSpaces is how many the directory has that were created without FIPS; -1 is not known.
	WorkSpaces int
}

// CheckFIPS tells whether a directory meets the conditions for FedRAMP authorization or DoD SRG compliance:
// a US Region, endpoint encryption with FIPS, and no WorkSpaces without it. Which US Region has which
// authorization stands on a page that was not read: it is open. Versions of client applications are a
// question for [Rules.CheckClientVersion]; which other settings FIPS excludes is one for package network.
// Before 2019-09-24 the answer is open.
//
// The error is a *rule.InputError for a malformed Region, an unknown mode, and a number below -1.
func (r Rules) CheckFIPS(d FIPSDirectory) (rule.Answer, error) {
	var a rule.Answer
	if err := r.known(); err != nil {
		return a, err
	}
	const mode rule.Path = "EndpointEncryptionMode"
	if err := facts.CheckRegion("Region", d.Region); err != nil {
		return a, err
	}
	switch {
	case d.EndpointEncryptionMode != "" && d.EndpointEncryptionMode != "FIPS_VALIDATED" && d.EndpointEncryptionMode != "STANDARD_TLS":
		return a, &rule.InputError{Path: mode, Value: d.EndpointEncryptionMode, Reason: "is neither FIPS_VALIDATED nor STANDARD_TLS"}
	case d.WorkSpaces < -1:
		return a, &rule.InputError{Path: "WorkSpaces", Reason: "is less than -1"}
	}
	rules := r.s.rules
	if !rules.Has(FIPSNotSet) {
		a.NotDocumented("", "no document of the edition speaks of FIPS")
		return a.Concluded(), nil
	}
	if strings.HasPrefix(d.Region, "us-") {
		a.NotDocumented("Region", "the guide refers to a page that was not read for which authorization "+d.Region+" has")
	} else {
		rules.Break(&a, FIPSOutsideUS, "Region", "%s is not in the US", d.Region)
	}
	switch {
	case d.EndpointEncryptionMode == "":
		a.NotGiven(mode, "the endpoint encryption of the directory is not given")
	case d.EndpointEncryptionMode == "STANDARD_TLS":
		rules.Break(&a, FIPSNotSet, mode, "the endpoint encryption of the directory is STANDARD_TLS")
	}
	switch {
	case d.WorkSpaces < 0:
		a.NotGiven("WorkSpaces", "it is not known how many WorkSpaces of the directory were created without FIPS")
	case d.WorkSpaces > 0:
		rules.Break(&a, FIPSDirectoryInUse, "WorkSpaces", "%d WorkSpaces of the directory were created without FIPS", d.WorkSpaces)
	}
	return a.Concluded(), nil
}
