package network

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/wksgo/wks/rule"
)

// A DomainList is rules of a firewall or a proxy, in their order.
type DomainList []DomainRule

// longestList is how many bytes of a list are read.
const longestList = 16 << 20

// ParseDomainList reads a list with a rule on each line, as [ParseDomainRule] reads them: plain text, or a
// file of an ACL of Squid. Empty lines, what follows a #, and a byte order mark at the front do not count. The error is a
// *rule.InputError with the path Lines and the number of the line from 0 on, or for a list of more than
// 16 MiB.
func ParseDomainList(text string) (list DomainList, err error) {
	if len(text) > longestList {
		return nil, &rule.InputError{Path: "Lines", Value: strconv.Itoa(len(text)), Reason: "is more bytes than are read of a list"}
	}
	n := -1
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		n++
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		d, err := ParseDomainRule(line)
		if err != nil {
			return nil, rule.Below(rule.Path("Lines").Index(n), err)
		}
		list = append(list, d)
	}
	return list, nil
}

// Plain returns the rules, one on each line.
func (l DomainList) Plain() string {
	var b strings.Builder
	for _, d := range l {
		b.WriteString(d.String() + "\n")
	}
	return b.String()
}

// Squid returns a file for an ACL of Squid: acl NAME dstdomain "FILE". Squid knows no wildcard for names
// below another alone: *.example.com becomes .example.com, which permits example.com as well. A name
// that another rule permits is left out, for Squid refuses such a list. The error is a
// *rule.InputError for a zero rule and for *, which dstdomain does not have.
func (l DomainList) Squid() (string, error) {
	list, err := l.dotted()
	if err != nil {
		return "", err
	}
	return list.Plain(), nil
}

// dotted returns the list with a dot in front for every wildcard, and without what other rules of
// it permit.
func (l DomainList) dotted() (list DomainList, err error) {
	set := make(permitted, len(l))
	for i, d := range l {
		switch {
		case d.IsZero():
			return nil, &rule.InputError{Path: rule.Path("Domains").Index(i), Value: d.String(), Reason: "is no rule"}
		case d == everyName:
			return nil, &rule.InputError{Path: rule.Path("Domains").Index(i), Value: d.String(), Reason: "permits every name, for which the format has no form"}
		}
		d.self = true
		set.add(d)
	}
	seen := map[string]bool{}
	for _, d := range l {
		if d = set[d.name]; seen[d.name] || set.above(d.name) {
			continue
		}
		seen[d.name] = true
		list = append(list, d)
	}
	return list, nil
}

// above reports whether a rule of another name permits the name.
func (p permitted) above(name string) bool {
	for name != "" {
		if _, name, _ = strings.Cut(name, "."); p[name].below {
			return true
		}
	}
	return false
}

// NetworkFirewall returns the request of CreateRuleGroup of AWS Network Firewall, as JSON that aws
// network-firewall create-rule-group --cli-input-json reads: a stateful rule group that permits the names
// for TLS and HTTP, and denies others. *.example.com becomes .example.com, as for Squid. The capacity of a
// rule group is fixed when it is made: 0 is twice as much as the names of the list need, each of which
// makes a rule for TLS and one for HTTP. DryRun of that operation tells what is needed.
//
// The firewall sees names of TLS and HTTP alone: gateways, health checks and TURN need addresses beside.
// It looks at traffic from its own VPC unless the variable HOME_NET tells more ranges.
//
// The error is a *rule.InputError for a name that is not of 1 to 128 letters, digits and hyphens, for a
// negative capacity, an empty list, a zero rule, and *.
func (l DomainList) NetworkFirewall(name string, capacity int) ([]byte, error) {
	if !isGroupName(name) {
		return nil, &rule.InputError{Path: "RuleGroupName", Value: name, Reason: "is not of 1 to 128 letters, digits and hyphens"}
	}
	if capacity < 0 {
		return nil, &rule.InputError{Path: "Capacity", Value: strconv.Itoa(capacity), Reason: "is negative"}
	}
	list, err := l.dotted()
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, &rule.InputError{Path: "Domains", Reason: "has no name"}
	}
	if capacity == 0 {
		capacity = 4 * len(list)
	}
	var in ruleGroupInput
	in.RuleGroupName, in.Type, in.Capacity = name, "STATEFUL", capacity
	in.Description = fmt.Sprintf("Names that clients of Amazon WorkSpaces must reach: %d", len(list))
	source := &in.RuleGroup.RulesSource.RulesSourceList
	source.TargetTypes, source.GeneratedRulesType = []string{"TLS_SNI", "HTTP_HOST"}, "ALLOWLIST"
	for _, d := range list {
		source.Targets = append(source.Targets, d.String())
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", "  ")
	err = enc.Encode(in)
	return b.Bytes(), err
}

// A ruleGroupInput is the part of a CreateRuleGroupRequest that NetworkFirewall writes.
type ruleGroupInput struct {
	RuleGroupName, Type string
	Capacity            int
	Description         string
	RuleGroup           struct {
		RulesSource struct {
			RulesSourceList struct {
				Targets, TargetTypes []string
				GeneratedRulesType   string
			}
		}
	}
}

func isGroupName(s string) bool {
	return s != "" && len(s) <= 128 && strings.IndexFunc(s, func(c rune) bool {
		return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-')
	}) < 0
}
