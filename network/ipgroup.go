package network

import (
	"net/netip"
	"slices"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules for IP access control groups.
const (
	IPGroupsOverQuota            rule.Code = "network.ip-groups-over-quota"
	IPGroupRulesOverQuota        rule.Code = "network.ip-group-rules-over-quota"
	IPGroupsOfDirectoryOverQuota rule.Code = "network.ip-groups-of-directory-over-quota"
	IPGroupQuotaDisputed         rule.Code = "network.ip-group-quota-disputed"
	IPGroupLockOut               rule.Code = "network.ip-group-lock-out"
)

var ipGroupRules = []tables.Rule{
	{
		Code:      IPGroupsOverQuota,
		Title:     "An account has more IP access control groups than it may.",
		Remedy:    "Delete IP access control groups, or merge the rules of several into one.",
		Revisions: []rule.Revision{tables.Must(ipGroupsPage, "Create an IP Access Control Group", "2018-05-02", "")},
	},
	{
		Code:      IPGroupRulesOverQuota,
		Title:     "An IP access control group has more rules than it may.",
		Remedy:    "Aggregate the rules into fewer prefixes, or spread them over several groups.",
		Revisions: []rule.Revision{tables.Must(ipGroupsPage, "Create an IP Access Control Group", "2018-05-02", "")},
	},
	{
		Code:      IPGroupsOfDirectoryOverQuota,
		Title:     "A directory is associated with more IP access control groups than it may.",
		Remedy:    "Associate fewer groups with the directory, with more rules in each.",
		Revisions: []rule.Revision{tables.Must(ipGroupsPage, "IP Access Control Groups for Your WorkSpaces", "2018-05-02", "")},
	},
	{
		Code:   IPGroupQuotaDisputed,
		Title:  "A number is within the quota of one document and over that of another.",
		Remedy: "Stay within the smaller number, or look at Service Quotas for what the account has.",
		// The General Reference has the smaller numbers since 2025-10-21; the guide has others since readEnds.
		Revisions: []rule.Revision{{Level: rule.Should, Span: tables.During(readEnds, ""), Cite: tables.Cite(generalReference, "Service quotas", autumn2025)}},
	},
	{
		Code:      IPGroupLockOut,
		Title:     "An IP access control group without rules blocks everybody.",
		Remedy:    "Add a rule to the group, or disassociate it from the directory.",
		Revisions: []rule.Revision{tables.Should(ipGroupsPage, "Associate an IP Access Control Group with a Directory", "2018-05-02", "")},
	},
}

// What is open about the groups.
const (
	noIPGroups  = "no document of the edition describes IP access control groups"
	noIPQuotas  = "no document of the edition gives quotas of IP access control groups, nor says what a group without rules does"
	emptyBeside = "no document says whether a group without rules blocks everybody beside one with rules"
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

// A ParsedIPRule is the source of a rule as ParseIPRule reads it.
type ParsedIPRule struct {
	rule.Answer // Allowed, or open
	Source      netip.Prefix
}

// ParseIPRule reads the source of a rule as the API takes it, an IPv4 range in CIDR
// notation. No document says what the API does with a bare address, which the console takes,
// with host bits, or with IPv6: the answer is open. Another text is a *rule.InputError.
func ParseIPRule(source string) (ParsedIPRule, error) {
	const at rule.Path = "ipRule"
	var parsed ParsedIPRule
	p, err := netip.ParsePrefix(source)
	if err != nil {
		addr, err := netip.ParseAddr(source)
		if err != nil || addr.Zone() != "" {
			return parsed, &rule.InputError{Path: at, Value: source, Reason: "is no range of addresses in CIDR notation"}
		}
		parsed.NotDocumented(at, "no document says what the API does with a bare address")
		p = netip.PrefixFrom(addr, addr.BitLen())
	} else if p != p.Masked() {
		parsed.NotDocumented(at, "no document says what the API does with host bits")
	}
	if !p.Addr().Is4() {
		parsed.NotDocumented(at, "no document says what the API does with IPv6")
	}
	return ParsedIPRule{parsed.Concluded(), p}, nil
}

// IPGroupQuotas returns the limits that the documents of the edition give, the
// Administration Guide's page on the groups first. The documents do not always agree.
// It is empty before 2018-05-02: the service model has described the groups since 2018-04-30, without quotas.
func (r Rules) IPGroupQuotas() []IPGroupQuota {
	if r.s == nil {
		return nil
	}
	return slices.Clone(r.s.quotas)
}

// A DirectoryIPGroups is a directory and the ids of the groups that it is associated
// with.
type DirectoryIPGroups struct {
	Directory string
	Groups    []string
	// StreamingEndpoint tells that clients stream through a VPC endpoint, with which the groups do not apply. It
	// is not asked before 2025-10-21, when no document spoke of it.
	StreamingEndpoint bool
}

// CheckIPGroups checks the groups of an account in a Region, and which directories use
// them: the number of groups, of rules in a group and of groups of a directory against
// the quotas, and whether a directory lets nobody in.
//
// A number is over the quota (a Must) if it is over the largest that a document gives. If it
// is only over the smallest, the documents contradict one another: that is open, beside an
// IPGroupQuotaDisputed (a Should). It is also open what a group without rules does beside
// one with rules, and what a group has that is not in the list. Before 2018-05-02, when no
// document gave a quota or spoke of groups without rules, everything is open. The violations are in the order of the
// groups and then of the directories. Paths are those of DescribeIpGroups and
// DescribeWorkspaceDirectories. The error is a *rule.InputError for an invalid rule.
func (r Rules) CheckIPGroups(groups []IPGroup, directories []DirectoryIPGroups) (rule.Answer, error) {
	var a rule.Answer
	if err := r.known(); err != nil {
		return a, err
	}
	byID := make(map[string]int, len(groups))
	r.s.overQuota(&a, IPGroupsOverQuota, "Result", "", "groups", len(groups), func(q IPGroupQuota) int { return q.Groups })
	for i, g := range groups {
		byID[g.ID] = i
		at := rule.Path("Result").Index(i).Join("userRules")
		if err := checkIPRules(at, g.Rules); err != nil {
			return rule.Answer{}, err
		}
		r.s.overQuota(&a, IPGroupRulesOverQuota, at, g.ID, "has rules", len(g.Rules), func(q IPGroupQuota) int { return q.Rules })
	}
	for i, d := range directories {
		at := rule.Path("Directories").Index(i).Join("ipGroupIds")
		r.s.overQuota(&a, IPGroupsOfDirectoryOverQuota, at, d.Directory, "has groups", len(d.Groups), func(q IPGroupQuota) int { return q.PerDirectory })
		if d.StreamingEndpoint && r.s.rules.Has(EndpointIgnoresIPGroups) {
			continue
		}
		empty := 0
		for j, id := range d.Groups {
			if k, ok := byID[id]; !ok {
				a.NotGiven(at.Index(j), "the group is not among those given")
			} else if len(groups[k].Rules) == 0 {
				empty++
			}
		}
		switch {
		case empty == 0:
		case empty == len(d.Groups):
			r.s.rules.Break(&a, IPGroupLockOut, at, "%q is associated with groups that have no rules: nobody can stream", d.Directory)
		default:
			r.s.rules.Break(&a, IPGroupLockOut, at, "%q is associated with %d groups, %d without rules: no document says whether that blocks everybody", d.Directory, len(d.Groups), empty)
			a.NotDocumented(at, emptyBeside)
		}
	}
	return r.s.ipGroups(a), nil
}

// CheckIPGroupUpdate checks a list of rules before UpdateRulesOfIpGroup puts it in the
// place of all rules of a group: that it is not empty, for then nobody can stream to the
// directories of the group, and its length, as CheckIPGroups does. Rules with which
// CreateIpGroup makes a group, or which AuthorizeIpRules adds to one, are checked alike if
// there are any. The error is a *rule.InputError for an invalid rule.
func (r Rules) CheckIPGroupUpdate(group string, rules []IPRule) (rule.Answer, error) {
	var a rule.Answer
	if err := r.known(); err != nil {
		return a, err
	}
	if err := checkIPRules("UserRules", rules); err != nil {
		return a, err
	}
	if len(rules) == 0 {
		r.s.rules.Break(&a, IPGroupLockOut, "UserRules", "%q would have no rules: nobody could stream to the directories that are associated with it", group)
	}
	r.s.overQuota(&a, IPGroupRulesOverQuota, "UserRules", group, "would have rules", len(rules), func(q IPGroupQuota) int { return q.Rules })
	return r.s.ipGroups(a), nil
}

// CheckIPGroupAssociation checks the number of groups, by their ids, before
// AssociateIpGroups adds them to those of a directory. Those that it has are not counted. The
// error is for Rules without an edition.
func (r Rules) CheckIPGroupAssociation(directory string, groups []string) (rule.Answer, error) {
	var a rule.Answer
	if err := r.known(); err != nil {
		return a, err
	}
	r.s.overQuota(&a, IPGroupsOfDirectoryOverQuota, "GroupIds", directory, "would have groups", len(groups), func(q IPGroupQuota) int { return q.PerDirectory })
	return r.s.ipGroups(a), nil
}

// ipGroups concludes an answer about the numbers of groups, which is open before a document gave quotas.
func (s *snapshot) ipGroups(a rule.Answer) rule.Answer {
	if len(s.quotas) == 0 {
		a.NotDocumented("", noIPQuotas)
	}
	return a.Concluded()
}

func checkIPRules(at rule.Path, rules []IPRule) error {
	for i := range rules {
		if p := rules[i].Source; !p.IsValid() {
			return invalidPrefix(at.Index(i).Join("ipRule"), p)
		}
	}
	return nil
}

// overQuota compares n with the quotas of the edition, and cites the one that decides: the
// largest, or for IPGroupQuotaDisputed the smallest. whose is a text of the caller, and what is
// one of ours. IPGroupsOverQuota is about an account, which has no name.
func (s *snapshot) overQuota(a *rule.Answer, c rule.Code, at rule.Path, whose, what string, n int, limit func(IPGroupQuota) int) {
	var least, most *IPGroupQuota
	for i := range s.quotas {
		q := &s.quotas[i]
		if least == nil || limit(*q) < limit(*least) {
			least = q
		}
		if most == nil || limit(*q) > limit(*most) {
			most = q
		}
	}
	if most == nil || n <= limit(*least) {
		return
	}
	var args []any
	if c != IPGroupsOverQuota {
		what, args = "%q "+what, append(args, whose)
	}
	if n > limit(*most) {
		s.rules.BreakBy(a, most.Cite, c, at, what+": %d, more than %d", append(args, n, limit(*most))...)
		return
	}
	s.rules.BreakBy(a, least.Cite, IPGroupQuotaDisputed, at, what+": %d, more than the %d of one document and within the %d of another", append(args, n, limit(*least), limit(*most))...)
	a.Contradicted(at, "documents give different quotas", least.Cite, most.Cite)
}
