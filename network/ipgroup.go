package network

import (
	"fmt"
	"net/netip"

	"github.com/wksgo/wks/rule"
)

// An IPGroup is an IP access control group: a list of the public addresses from which
// clients may stream.
type IPGroup struct {
	ID    string // wsipg-…
	Rules []IPRule
}

// An IPRule admits the addresses of a prefix.
type IPRule struct {
	Source      netip.Prefix
	Description string
}

// ParseIPRule reads the source of a rule as the API takes it, an IPv4 range in CIDR
// notation. Of a bare address, which the console takes, of a range with host bits and of IPv6 no
// document says what the API does: the verdict is Undocumented. Another text is a
// *rule.InputError.
func ParseIPRule(source string) (netip.Prefix, rule.Verdict, error) {
	p, err := netip.ParsePrefix(source)
	if err == nil && p.Addr().Is4() && p == p.Masked() {
		return p, rule.Allowed, nil
	}
	if err != nil {
		addr, err := netip.ParseAddr(source)
		if err != nil || addr.Zone() != "" {
			return netip.Prefix{}, rule.Undocumented, &rule.InputError{Path: "ipRule", Value: source, Reason: "is no range of addresses in CIDR notation"}
		}
		p = netip.PrefixFrom(addr, addr.BitLen())
	}
	return p, rule.Undocumented, nil
}

// IPGroupQuotas returns the limits that the documents of the edition give, the
// Administration Guide's page on the groups first. The documents do not always agree.
// It is empty before 2018-05-02, when the groups were first documented.
func (r Rules) IPGroupQuotas() []IPGroupQuota {
	var quotas []IPGroupQuota
	for _, row := range quotaRows {
		if row.span.Contains(r.edition) {
			quotas = append(quotas, row.IPGroupQuota)
		}
	}
	return quotas
}

// An AccessReason says what decides an Access.
type AccessReason string

const (
	NoGroup       AccessReason = "no-group"        // the default group admits everybody
	EmptyGroups   AccessReason = "empty-groups"    // groups without rules admit nobody
	RuleMatches   AccessReason = "rule-matches"    // a rule holds the address
	NoRuleMatches AccessReason = "no-rule-matches" // there are rules, and none holds it
	EmptyBeside   AccessReason = "empty-beside"    // a rule holds it, and another group has no rules
	IPv6Client    AccessReason = "ipv6-client"     // no document speaks of IPv6
	NoSuchGroups  AccessReason = "no-such-groups"  // the edition knows no IP access control groups
)

// An Access is the answer to whether a client may stream to a directory's WorkSpaces.
type Access struct {
	Verdict rule.Verdict
	Reason  AccessReason
	Group   string // of the first rule that holds the address, if one does
	Rule    int    // its index in the group, or -1
}

// IPAccess tells whether a client with a public address may stream to the WorkSpaces of
// a directory that is associated with the groups. Without a group everybody may; a group
// without rules blocks everybody. The rules of several groups are taken together, which
// is how the guide is read and not what it says. It does not say what a group without
// rules does beside one with rules, nor anything about IPv6: both are Undocumented.
//
// The groups play no part for a directory with a streaming VPC endpoint, and no part in
// calls such as RebuildWorkspaces. The error is a *rule.InputError for an invalid address
// or rule. Nothing is allocated.
func (r Rules) IPAccess(groups []IPGroup, client netip.Addr) (Access, error) {
	if err := r.known(); err != nil {
		return Access{}, err
	}
	if client = client.Unmap(); !client.IsValid() {
		return Access{}, &rule.InputError{Path: "Client", Value: client.String(), Reason: "is not an address"}
	}
	a := Access{Rule: -1}
	empty := 0
	for i := range groups {
		if len(groups[i].Rules) == 0 {
			empty++
		}
		for j := range groups[i].Rules {
			p := groups[i].Rules[j].Source
			s, f, ok := spanOf(p)
			if !ok {
				return Access{}, invalidPrefix(rule.Path("Groups").Index(i).Join("userRules").Index(j).Join("ipRule"), p)
			}
			if a.Rule < 0 && int(f) == client.BitLen() {
				if n := f.number(client); !n.less(s.first) && !s.last.less(n) {
					a.Group, a.Rule = groups[i].ID, j
				}
			}
		}
	}
	switch {
	case !r.inForce(IPGroupLockOut):
		a.Reason = NoSuchGroups
	case len(groups) == 0:
		a.Verdict, a.Reason = rule.Allowed, NoGroup
	case empty == len(groups):
		a.Verdict, a.Reason = rule.Denied, EmptyGroups
	case client.Is6():
		a.Reason = IPv6Client
	case a.Rule < 0:
		a.Verdict, a.Reason = rule.Denied, NoRuleMatches
	case empty > 0:
		a.Reason = EmptyBeside
	default:
		a.Verdict, a.Reason = rule.Allowed, RuleMatches
	}
	return a, nil
}

// A DirectoryIPGroups is a directory and the ids of the groups that it is associated
// with.
type DirectoryIPGroups struct {
	Directory string
	Groups    []string
}

// CheckIPGroups checks the groups of an account in a Region, and which directories use
// them: the number of groups, of rules in a group and of groups of a directory against
// the quotas, and whether a directory lets nobody in.
//
// A number is over the quota (a Must) if it is over the largest that a document gives,
// and IPGroupQuotaDisputed (a Should) if it is over the smallest only. The violations
// are in the order of the groups and then of the directories; paths are those of
// DescribeIpGroups and DescribeWorkspaceDirectories. The error is a *rule.InputError for
// an invalid rule, and for a group that is not in the list.
func (r Rules) CheckIPGroups(groups []IPGroup, directories []DirectoryIPGroups) (rule.Violations, error) {
	if err := r.known(); err != nil {
		return nil, err
	}
	var vs rule.Violations
	byID := make(map[string]int, len(groups))
	vs = r.overQuota(vs, IPGroupsOverQuota, "Result", "", "groups", len(groups), func(q IPGroupQuota) int { return q.Groups })
	for i, g := range groups {
		byID[g.ID] = i
		at := rule.Path("Result").Index(i).Join("userRules")
		for j, rl := range g.Rules {
			if !rl.Source.IsValid() {
				return nil, invalidPrefix(at.Index(j).Join("ipRule"), rl.Source)
			}
		}
		vs = r.overQuota(vs, IPGroupRulesOverQuota, at, g.ID, " has rules", len(g.Rules), func(q IPGroupQuota) int { return q.Rules })
	}
	for i, d := range directories {
		at := rule.Path("Directories").Index(i).Join("ipGroupIds")
		vs = r.overQuota(vs, IPGroupsOfDirectoryOverQuota, at, d.Directory, " has groups", len(d.Groups), func(q IPGroupQuota) int { return q.PerDirectory })
		empty := 0
		for j, id := range d.Groups {
			k, ok := byID[id]
			if !ok {
				return nil, &rule.InputError{Path: at.Index(j), Value: id, Reason: "is not among the groups"}
			}
			if len(groups[k].Rules) == 0 {
				empty++
			}
		}
		switch {
		case empty == 0:
		case empty == len(d.Groups):
			vs = vs.Append(ruleRows, r.edition, IPGroupLockOut, at, fmt.Sprintf("%s is associated with groups that have no rules: nobody can stream", d.Directory))
		default:
			vs = vs.Append(ruleRows, r.edition, IPGroupLockOut, at, fmt.Sprintf("%s is associated with %d groups that have no rules, of %d: no document says whether that blocks everybody", d.Directory, empty, len(d.Groups)))
		}
	}
	return vs, nil
}

// CheckIPGroupUpdate checks a list of rules before UpdateRulesOfIpGroup puts it in the
// place of all rules of a group: that it is not empty, for then nobody can stream to the
// directories of the group, and its length. Rules with which CreateIpGroup makes a group, or
// which AuthorizeIpRules adds to one, are checked alike if there are any. The error is a
// *rule.InputError for an invalid rule.
func (r Rules) CheckIPGroupUpdate(group string, rules []IPRule) (rule.Violations, error) {
	if err := r.known(); err != nil {
		return nil, err
	}
	var vs rule.Violations
	for i, rl := range rules {
		if !rl.Source.IsValid() {
			return nil, invalidPrefix(rule.Path("UserRules").Index(i).Join("ipRule"), rl.Source)
		}
	}
	if len(rules) == 0 {
		vs = vs.Append(ruleRows, r.edition, IPGroupLockOut, "UserRules", group+" would have no rules: nobody could stream to the directories that are associated with it")
	}
	return r.overQuota(vs, IPGroupRulesOverQuota, "UserRules", group, " would have rules", len(rules), func(q IPGroupQuota) int { return q.Rules }), nil
}

// CheckIPGroupAssociation checks the number of groups, by their ids, before
// AssociateIpGroups adds them to those of a directory, which are not counted.
func (r Rules) CheckIPGroupAssociation(directory string, groups []string) (rule.Violations, error) {
	if err := r.known(); err != nil {
		return nil, err
	}
	return r.overQuota(nil, IPGroupsOfDirectoryOverQuota, "GroupIds", directory, " would have groups", len(groups), func(q IPGroupQuota) int { return q.PerDirectory }), nil
}

// overQuota holds n against the quotas of the edition, and cites the one that decides: the
// largest, or for IPGroupQuotaDisputed the smallest.
func (r Rules) overQuota(vs rule.Violations, c rule.Code, at rule.Path, whose, what string, n int, limit func(IPGroupQuota) int) rule.Violations {
	var least, most *quotaRow
	for i := range quotaRows {
		if q := &quotaRows[i]; q.span.Contains(r.edition) {
			if least == nil || limit(q.IPGroupQuota) < limit(least.IPGroupQuota) {
				least = q
			}
			if most == nil || limit(q.IPGroupQuota) > limit(most.IPGroupQuota) {
				most = q
			}
		}
	}
	if most == nil || n <= limit(least.IPGroupQuota) {
		return vs
	}
	deciding, detail := most, fmt.Sprintf("%s%s: %d, more than %d", whose, what, n, limit(most.IPGroupQuota))
	if n <= limit(most.IPGroupQuota) {
		c, deciding = IPGroupQuotaDisputed, least
		detail = fmt.Sprintf("%s%s: %d, more than the %d of one document and within the %d of another", whose, what, n, limit(least.IPGroupQuota), limit(most.IPGroupQuota))
	}
	return r.appendCited(vs, c, at, detail, deciding.Cite)
}
