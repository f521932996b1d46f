package network

import (
	"strings"

	"github.com/wksgo/wks/rule"
)

// A DomainRule is what a firewall or a proxy permits by name. Rules are comparable, and compare
// as what they permit. The zero DomainRule permits nothing; checks refuse it as input.
type DomainRule struct {
	name        string // in lower case, without a dot at either end; "" for every name
	self, below bool   // permits the name, and the names below it
}

// ParseDomainRule reads a rule of one of these forms:
//
//	www.example.com  that name alone
//	.example.com     that name and all below it, as dstdomain of Squid and AWS Network Firewall have it
//	*.example.com    all names below it, at any depth, and not itself
//	*                every name
//
// Letters of either case are the same, and a dot at the end does not count. A name has 1 to 253
// characters, in labels of 1 to 63 letters, digits, hyphens and underscores of ASCII. What looks like an
// IPv4 address is no name. A port, a path or a scheme is an error, as everything else is: a
// *rule.InputError with the path Domain.
func ParseDomainRule(s string) (DomainRule, error) {
	refuse := func(reason string) (DomainRule, error) {
		return DomainRule{}, &rule.InputError{Path: "Domain", Value: s, Reason: reason}
	}
	d := DomainRule{self: true}
	rest := s
	switch {
	case s == "*":
		return everyName, nil
	case strings.HasPrefix(s, "*."):
		d, rest = DomainRule{below: true}, s[2:]
	case strings.HasPrefix(s, "."):
		d, rest = DomainRule{self: true, below: true}, s[1:]
	}
	if strings.Contains(rest, "://") {
		return refuse("is an address of a page; give the name of its host alone")
	}
	name, reason := parseName(rest)
	if reason != "" {
		return refuse(reason)
	}
	d.name = name
	return d, nil
}

var everyName = DomainRule{self: true, below: true}

// MustParseDomainRule is ParseDomainRule for tables and tests; it panics on an error.
func MustParseDomainRule(s string) DomainRule {
	d, err := ParseDomainRule(s)
	if err != nil {
		panic(err)
	}
	return d
}

// parseName returns a name in lower case, or why it is none.
func parseName(s string) (name, reason string) {
	s = strings.TrimSuffix(s, ".")
	if len(s) == 0 || len(s) > 253 {
		return "", "is no name of 1 to 253 characters"
	}
	numeric := false
	for label := range strings.SplitSeq(s, ".") {
		if len(label) == 0 || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return "", "has a label that is not of 1 to 63 characters, or has a hyphen at an end"
		}
		numeric = true
		for _, c := range []byte(label) {
			if c < '0' || c > '9' {
				numeric = false
			}
			if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_') {
				return "", "has a character that is no letter, digit, hyphen or underscore of ASCII"
			}
		}
	}
	if numeric {
		return "", "ends with a number, as addresses do and names do not"
	}
	return strings.ToLower(s), ""
}

// IsZero reports whether the rule permits nothing.
func (d DomainRule) IsZero() bool { return !d.self && !d.below }

// Covers reports whether the rule permits all that other permits.
func (d DomainRule) Covers(other DomainRule) bool {
	if d.name == other.name {
		return (d.self || !other.self || other.name == "") && (d.below || !other.below)
	}
	return d.below && isBelow(other.name, d.name)
}

// isBelow reports whether a name has base as its end, and is not base.
func isBelow(name, base string) bool {
	if base == "" {
		return name != ""
	}
	rest, ok := strings.CutSuffix(name, base)
	return ok && strings.HasSuffix(rest, ".")
}

// String returns the form that ParseDomainRule reads, and "" for the zero DomainRule.
func (d DomainRule) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.name == "":
		return "*"
	case !d.below:
		return d.name
	case !d.self:
		return "*." + d.name
	}
	return "." + d.name
}

// MarshalText writes what String returns.
func (d DomainRule) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what ParseDomainRule does.
func (d *DomainRule) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDomainRule(string(text))
	return err
}

// permitted are the rules of a list by name, so that a question takes no more time for a long list.
type permitted map[string]DomainRule

func newPermitted(list []DomainRule) (permitted, error) {
	set := make(permitted, len(list))
	for i, d := range list {
		if d.IsZero() {
			return nil, &rule.InputError{Path: rule.Path("Domains").Index(i), Value: d.String(), Reason: "is no rule"}
		}
		set.add(d)
	}
	return set, nil
}

func (p permitted) add(d DomainRule) {
	have := p[d.name]
	p[d.name] = DomainRule{d.name, have.self || d.self, have.below || d.below}
}

// covers reports whether rules, taken one by one, permit all that d permits.
func (p permitted) covers(d DomainRule) bool {
	if p[d.name].Covers(d) && !p[d.name].IsZero() {
		return true
	}
	for name := d.name; name != ""; {
		_, name, _ = strings.Cut(name, ".")
		if p[name].below {
			return true
		}
	}
	return false
}

// oneBelow reports whether a rule permits a name below base.
func (p permitted) oneBelow(base string) bool {
	for name, d := range p {
		if d.self && isBelow(name, base) || d.below && (isBelow(name, base) || name == base) {
			return true
		}
	}
	return p.covers(DomainRule{name: base, below: true})
}
