package bundles

import (
	"fmt"
	"net/netip"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

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
	span       rule.Span
	cite       rule.Citation
}

// passwordRows. Simple AD alone asks for all four; the pages agree on the rest.
var passwordRows = []passwordRow{
	{QuickSetup, 3, tables.During(readGuide, ""), tables.Cite(guide, "Get Started with Amazon WorkSpaces Quick Setup", readGuide)},
	{MicrosoftAD, 3, tables.During(readGuide, ""), tables.Cite(guide, "Launch a WorkSpace Using AWS Managed Microsoft AD", readGuide)},
	{SimpleAD, 4, tables.During(readGuide, ""), tables.Cite(guide, "Launch a WorkSpace Using Simple AD", readGuide)},
	{TrustedDomain, 3, tables.During(readGuide, ""), tables.Cite(guide, "Launch a WorkSpace Using a Trusted Domain", readGuide)},
}

const (
	minPassword      = 8  // characters
	maxPassword      = 64 // characters
	passwordSpecials = "~!@#$%^&*_-+=`|\\(){}[]:;\"'<>,.?/"
)

// CheckPassword tells whether a user's password is fit for the directory of a tutorial: 8 to
// 64 characters from three, with Simple AD four, of the categories a-z, A-Z, 0-9 and
// special characters. It leaves the answer open for a password with other characters, of
// which the guide does not say whether they are permitted. No violation tells anything of
// the password but numbers. An unknown tutorial is a *rule.InputError.
func (r Rules) CheckPassword(t Tutorial, password string) (Answer, error) {
	if err := r.known(); err != nil {
		return Answer{}, err
	}
	const at rule.Path = "Password"
	var row *passwordRow
	for i := range passwordRows {
		if passwordRows[i].tutorial == t {
			row = &passwordRows[i]
		}
	}
	if row == nil {
		return Answer{}, &rule.InputError{Path: "Tutorial", Value: string(t), Reason: "is not a tutorial of the guide"}
	}
	var a Answer
	if !row.span.Contains(r.edition) {
		a.undocumented(at, "no document of the edition speaks of passwords")
		return a.concluded(), nil
	}
	if n := utf8.RuneCountInString(password); n < minPassword || n > maxPassword {
		r.citing(&a, PasswordLength, at, fmt.Sprintf("%d characters are not %d to %d", n, minPassword, maxPassword), row.cite)
	}
	var lower, upper, digit, special, other int
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
		default:
			other++
		}
	}
	if n := lower + upper + digit + special; n < row.categories {
		r.citing(&a, PasswordCategories, at, fmt.Sprintf("characters of %d categories, and %s asks for %d", n, t, row.categories), row.cite)
	}
	if other > 0 {
		a.undocumented(at, fmt.Sprintf("the guide does not say whether %d of its characters are permitted", other))
	}
	return a.concluded(), nil
}

const (
	minOrganization = 4 // characters
	organization    = rule.Path("OrganizationName")
)

// CheckOrganizationName tells whether a directory can have the name: at least four
// characters, of letters, digits and hyphens. The guide says that it begins or ends with
// something else than a hyphen, so that a name with one hyphen at an end leaves the answer
// open, and one with both is denied. That the name is unique is not checked.
func (r Rules) CheckOrganizationName(name string) (Answer, error) {
	if err := r.known(); err != nil {
		return Answer{}, err
	}
	var a Answer
	if !r.inForce(OrganizationName) {
		a.undocumented(organization, "no document of the edition tells its form")
		return a.concluded(), nil
	}
	if n := utf8.RuneCountInString(name); n < minOrganization {
		r.broken(&a, OrganizationName, organization, fmt.Sprintf("%q has %d characters, fewer than %d", name, n, minOrganization))
	}
	c, bad := outside(name, func(c rune) bool {
		return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-'
	})
	if bad {
		r.broken(&a, OrganizationName, organization, fmt.Sprintf("%q in %q is no letter, digit or hyphen", c, name))
	}
	switch first, last := strings.HasPrefix(name, "-"), strings.HasSuffix(name, "-"); {
	case first && last:
		r.broken(&a, OrganizationName, organization, fmt.Sprintf("%q begins and ends with a hyphen", name))
	case first || last:
		a.undocumented(organization, fmt.Sprintf("%q has a hyphen at one end, and the guide says that it begins or ends with another character", name))
	}
	return a.concluded(), nil
}

// RADIUSPort is the port that a RADIUS server has by default.
const RADIUSPort = 1812

// RADIUS are the settings of multi-factor authentication in AD Connector.
type RADIUS struct {
	Servers      []netip.Addr // of the servers, or of their load balancer
	Port         uint16
	SharedSecret string
	Timeout      time.Duration // for an answer of the server, 1 to 20 seconds
	Retries      int           // 0 to 10
}

// CheckRADIUS tells whether AD Connector would take the settings. Violations stand at
// RadiusServers, RadiusPort, SharedSecret, RadiusTimeout and RadiusRetries, in this order;
// none shows the secret. A timeout that is no whole number of seconds is a violation.
func (r Rules) CheckRADIUS(s RADIUS) (Answer, error) {
	if err := r.known(); err != nil {
		return Answer{}, err
	}
	var a Answer
	if !r.inForce(RADIUSSettings) {
		a.undocumented("", "no document of the edition tells the settings")
		return a.concluded(), nil
	}
	if len(s.Servers) == 0 {
		r.broken(&a, RADIUSSettings, "RadiusServers", "no server is given")
	}
	for i, addr := range s.Servers {
		if !addr.IsValid() {
			r.broken(&a, RADIUSSettings, rule.Path("RadiusServers").Index(i), "the address is not valid")
		}
	}
	if s.Port == 0 {
		r.broken(&a, RADIUSSettings, "RadiusPort", "0 is not a port")
	}
	if s.SharedSecret == "" {
		r.broken(&a, RADIUSSettings, "SharedSecret", "no shared secret is given")
	}
	if s.Timeout < time.Second || s.Timeout > 20*time.Second || s.Timeout%time.Second != 0 {
		r.broken(&a, RADIUSSettings, "RadiusTimeout", fmt.Sprintf("%s is not 1 to 20 whole seconds", s.Timeout))
	}
	if s.Retries < 0 || s.Retries > 10 {
		r.broken(&a, RADIUSSettings, "RadiusRetries", fmt.Sprintf("%d is not 0 to 10", s.Retries))
	}
	return a.concluded(), nil
}
