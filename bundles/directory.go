package bundles

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules of directories and their users.
const (
	OrganizationName   rule.Code = "bundles.organization-name"
	PasswordLength     rule.Code = "bundles.password-length"
	PasswordCategories rule.Code = "bundles.password-categories"
	PasswordCharacters rule.Code = "bundles.password-characters"
	RADIUSSettings     rule.Code = "bundles.radius-settings"
)

var directoryRules = []tables.Rule{
	{
		Code:      OrganizationName,
		Title:     "The organisation name of a directory is not well-formed.",
		Remedy:    "Give a name of at least four letters, digits and hyphens, with no hyphen at either end.",
		Revisions: []rule.Revision{tables.Must(managedADPage, "Step 1: Create a Microsoft AD Directory", "2018-02-03", "")},
		Figures:   []tables.Figure{{Name: "characters of an organization name, at least", Value: strconv.Itoa(minOrganization)}},
	},
	{
		Code:      PasswordLength,
		Title:     "A password is too short or too long.",
		Remedy:    "Choose a password of 8 to 64 characters.",
		Revisions: []rule.Revision{tables.Must(managedADPage, "Step 3: Connect to the WorkSpace", "2018-02-03", read2025), tables.Must(troubleshooting, resetSection, read2025, "")},
		Figures:   []tables.Figure{{Name: "characters of a password", Value: fmt.Sprintf("%d to %d", minPassword, maxPassword)}},
	},
	{
		Code:      PasswordCategories,
		Title:     "A password has characters of too few categories.",
		Remedy:    "Choose a password with characters of as many categories as are named.",
		Revisions: []rule.Revision{tables.Must(managedADPage, "Step 3: Connect to the WorkSpace", "2018-02-03", read2025), tables.Must(troubleshooting, resetSection, read2025, "")},
	},
	{
		Code:      PasswordCharacters,
		Title:     "A password has white space or another character that cannot be printed.",
		Remedy:    "Choose a password without spaces, tabs, line breaks and null characters.",
		Revisions: []rule.Revision{tables.Must(troubleshooting, resetSection, read2025, "")},
	},
	{
		Code:   RADIUSSettings,
		Title:  "A setting of multi-factor authentication is missing or out of bounds.",
		Remedy: "Give at least one valid server, a port, the shared secret, a timeout of whole seconds from one to the longest and 0 to 10 retries.",
		Revisions: []rule.Revision{
			tables.Must(directoryPage, "Multi-factor Authentication (AD Connector)", "2018-02-03", read2025),
			tables.Must(mfaPage, mfaTitle, read2025, ""),
		},
	},
}

// A Tutorial is a way of the guide to launch WorkSpaces, each with its own words on the
// passwords of users.
type Tutorial string

// The ways.
const (
	QuickSetup    Tutorial = "quick setup"
	MicrosoftAD   Tutorial = "AWS Managed Microsoft AD"
	SimpleAD      Tutorial = "Simple AD"
	TrustedDomain Tutorial = "trusted domain"
)

// A passwordRow is how many of the four categories of characters a password needs.
type passwordRow struct {
	tutorial   Tutorial
	categories int
	tables.Dated
}

// resetSection is what the guide says of passwords at last: of those that users reset in the client, with AWS Managed
// Microsoft AD alone. The pages on launching say nothing of them any more.
const resetSection = "My user is able to reset their password using the WorkSpaces client, ignoring the Fine Grained Password Policy (FFGP) setting that is configured on AWS Managed Microsoft AD."

// passwords. All pages asked for three categories at first, and for all four at last.
var passwords = tables.Table[passwordRow]{
	Name: "password",
	Key:  func(r passwordRow) string { return string(r.tutorial) },
	Lists: func(r passwordRow) []rule.Parameter {
		return parameter("categories of characters of a password: "+string(r.tutorial), strconv.Itoa(r.categories), PasswordCategories)
	},
	Rows: []passwordRow{
		{QuickSetup, 3, tables.Since(quickSetupPage, "Step 2: Connect to the WorkSpace", "2018-02-03", "2020-10-01")},
		{QuickSetup, 4, tables.Since(quickSetupPage, "Step 2: Connect to the WorkSpace", "2020-10-01", read2025)},
		{MicrosoftAD, 3, tables.Since(managedADPage, "Step 3: Connect to the WorkSpace", "2018-02-03", "2020-10-01")},
		{MicrosoftAD, 4, tables.Since(managedADPage, "Step 3: Connect to the WorkSpace", "2020-10-01", read2025)},
		{MicrosoftAD, 4, tables.Since(troubleshooting, resetSection, read2025, "")},
		{SimpleAD, 3, tables.Since(simpleADPage, "Step 3: Connect to the WorkSpace", "2018-02-03", "2019-01-08")},
		{SimpleAD, 4, tables.Since(simpleADPage, "Step 3: Connect to the WorkSpace", "2019-01-08", read2025)},
		{TrustedDomain, 3, tables.Since(trustedPage, "Step 3: Connect to the WorkSpace", "2018-02-03", "2020-10-01")},
		{TrustedDomain, 4, tables.Since(trustedPage, "Step 3: Connect to the WorkSpace", "2020-10-01", read2025)},
	},
}

const (
	minPassword      = 8  // characters
	maxPassword      = 64 // characters
	passwordSpecials = "~!@#$%^&*_-+=`|\\(){}[]:;\"'<>,.?/"
)

// CheckPassword tells whether a user's password is fit for the directory of a tutorial: 8 to
// 64 characters from all of the categories a-z, A-Z, 0-9 and special characters, or, before
// 2020-10-01, from three of them (with Simple AD before 2019-01-08). Since 2025-10-21 the guide speaks of
// AWS Managed Microsoft AD alone, and the answer for another tutorial is open; white space and what cannot be printed
// are refused since then. A password with other characters leaves the answer open: the guide does not say whether they
// are permitted. A violation tells only numbers about the password. An unknown tutorial is a *rule.InputError.
func (r Rules) CheckPassword(t Tutorial, password string) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	const at rule.Path = "Password"
	if !slices.ContainsFunc(passwords.Rows, func(row passwordRow) bool { return row.tutorial == t }) {
		return rule.Answer{}, &rule.InputError{Path: "Tutorial", Value: string(t), Reason: "is not a tutorial of the guide"}
	}
	var a rule.Answer
	row, ok := r.s.passwords[t]
	if !ok {
		a.NotDocumented(at, "no document of the edition speaks of passwords")
		return a.Concluded(), nil
	}
	if n := utf8.RuneCountInString(password); n < minPassword || n > maxPassword {
		r.s.rules.BreakBy(&a, row.Cite, PasswordLength, at, "%d characters are not %d to %d", n, minPassword, maxPassword)
	}
	var lower, upper, digit, special, unprintable, other int
	refuses := r.s.rules.Has(PasswordCharacters)
	for _, c := range password {
		switch {
		case 'a' <= c && c <= 'z':
			lower = 1
		case 'A' <= c && c <= 'Z':
			upper = 1
		case '0' <= c && c <= '9':
			digit = 1
		case strings.ContainsRune(passwordSpecials, c):
			special = 1
		case refuses && (c == ' ' || !unicode.IsPrint(c)): // of all white space U+0020 alone counts as printable there
			unprintable++
		default:
			other++
		}
	}
	if n := lower + upper + digit + special; n < row.categories {
		r.s.rules.BreakBy(&a, row.Cite, PasswordCategories, at, "characters of %d categories, and %s asks for %d", n, t, row.categories)
	}
	if unprintable > 0 {
		r.s.rules.Break(&a, PasswordCharacters, at, "%d of its characters are white space or cannot be printed", unprintable)
	}
	if other > 0 {
		a.NotDocumented(at, fmt.Sprintf("the guide does not say whether %d of its characters are permitted", other))
	}
	return a.Concluded(), nil
}

const (
	minOrganization = 4 // characters
	organization    = rule.Path("OrganizationName")
)

// CheckOrganizationName tells whether a directory can have the name: at least four
// characters, of letters, digits and hyphens. The guide says that it begins or ends with
// another character than a hyphen. So a name with a hyphen at one end leaves the answer open, and
// one with hyphens at both ends is denied. Whether the name is unique is not checked.
func (r Rules) CheckOrganizationName(name string) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	var a rule.Answer
	if !r.s.rules.Has(OrganizationName) {
		a.NotDocumented(organization, noForm)
		return a.Concluded(), nil
	}
	if n := utf8.RuneCountInString(name); n < minOrganization {
		r.s.rules.Break(&a, OrganizationName, organization, "%q has %d characters, fewer than %d", name, n, minOrganization)
	}
	c, bad := outside(name, func(c rune) bool { return isAlnum(c) || c == '-' })
	if bad {
		r.s.rules.Break(&a, OrganizationName, organization, "%q in %q is no letter, digit or hyphen", c, name)
	}
	switch first, last := strings.HasPrefix(name, "-"), strings.HasSuffix(name, "-"); {
	case first && last:
		r.s.rules.Break(&a, OrganizationName, organization, "%q begins and ends with a hyphen", name)
	case first || last:
		a.NotDocumented(organization, fmt.Sprintf("%s has a hyphen at one end, and the guide says that it begins or ends with another character", quoted(name)))
	}
	return a.Concluded(), nil
}

// mfaTitle is the title of the page that the section on multi-factor authentication had become in 2025.
const mfaTitle = "Multi-factor authentication (AD Connector) for WorkSpaces Personal"

// RADIUSPort is the port that a RADIUS server has by default.
const RADIUSPort = 1812

// A radiusRow is the longest time to wait for a RADIUS server, in seconds.
type radiusRow struct {
	seconds int
	tables.Dated
}

var radiusTimeouts = tables.Table[radiusRow]{
	Name: "timeout of RADIUS",
	Key:  func(radiusRow) string { return "" },
	Lists: func(r radiusRow) []rule.Parameter {
		return parameter("timeout of RADIUS", fmt.Sprintf("1 to %d s", r.seconds), RADIUSSettings)
	},
	Rows: []radiusRow{
		{20, tables.Since(directoryPage, "Multi-factor Authentication (AD Connector)", "2018-02-03", "2021-04-15")},
		{50, tables.Since(directoryPage, "Multi-factor Authentication (AD Connector)", "2021-04-15", read2025)},
		{50, tables.Since(mfaPage, mfaTitle, read2025, "")},
	},
}

// RADIUS are the settings of multi-factor authentication in AD Connector.
type RADIUS struct {
	Servers      []netip.Addr // of the servers, or of their load balancer
	Port         uint16
	SharedSecret string
	Timeout      time.Duration // for an answer of the server, 1 to 50 seconds; before 2021-04-15, to 20
	Retries      int           // 0 to 10
}

// CheckRADIUS tells whether AD Connector would take the settings. Violations stand at
// RadiusServers, RadiusPort, SharedSecret, RadiusTimeout and RadiusRetries, in this order;
// none shows the secret. A timeout that is no whole number of seconds is a violation.
func (r Rules) CheckRADIUS(s RADIUS) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	var a rule.Answer
	if !r.s.rules.Has(RADIUSSettings) {
		a.NotDocumented("", "no document of the edition tells the settings")
		return a.Concluded(), nil
	}
	if len(s.Servers) == 0 {
		r.s.rules.Break(&a, RADIUSSettings, "RadiusServers", "no server is given")
	}
	for i, addr := range s.Servers {
		if !addr.IsValid() {
			r.s.rules.Break(&a, RADIUSSettings, rule.Path("RadiusServers").Index(i), "the address is not valid")
		}
	}
	if s.Port == 0 {
		r.s.rules.Break(&a, RADIUSSettings, "RadiusPort", "0 is not a port")
	}
	if s.SharedSecret == "" {
		r.s.rules.Break(&a, RADIUSSettings, "SharedSecret", "no shared secret is given")
	}
	if most := r.s.radius; s.Timeout < time.Second || s.Timeout > time.Duration(most.seconds)*time.Second || s.Timeout%time.Second != 0 {
		r.s.rules.BreakBy(&a, most.Cite, RADIUSSettings, "RadiusTimeout", "%s is not 1 to %d whole seconds", s.Timeout, most.seconds)
	}
	if s.Retries < 0 || s.Retries > 10 {
		r.s.rules.Break(&a, RADIUSSettings, "RadiusRetries", "%d is not 0 to 10", s.Retries)
	}
	return a.Concluded(), nil
}
