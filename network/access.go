package network

import (
	"net/netip"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rule for a client of a directory with IP access control groups.
const ClientNotAdmitted rule.Code = "network.client-not-admitted"

var accessRules = []tables.Rule{{
	Code:   ClientNotAdmitted,
	Title:  "The IP access control groups of a directory do not admit a client.",
	Remedy: "Add a rule that holds the public address of the client to one of the groups of the directory.",
	Revisions: []rule.Revision{
		tables.Must(serviceModel, "CreateIpGroup", "2018-04-30", "2018-05-02"),
		tables.Must(ipGroupsPage, "IP Access Control Groups for Your WorkSpaces", "2018-05-02", ""),
	},
}}

// An AccessReason says what decides an Access.
type AccessReason string

const (
	NoGroup       AccessReason = "no-group"        // the default group admits everybody
	EmptyGroups   AccessReason = "empty-groups"    // groups without rules admit nobody, if a document of the edition says so
	RuleMatches   AccessReason = "rule-matches"    // a rule holds the address
	NoRuleMatches AccessReason = "no-rule-matches" // there are rules, and none holds it
	EmptyBeside   AccessReason = "empty-beside"    // a rule holds it, and another group has no rules
	IPv6Client    AccessReason = "ipv6-client"     // no document speaks of IPv6
	NoSuchGroups  AccessReason = "no-such-groups"  // the edition knows no IP access control groups
)

// An Access is the answer to whether a client may stream to a directory's WorkSpaces.
type Access struct {
	rule.Answer // with a ClientNotAdmitted if it is Denied
	Reason      AccessReason
	Group       string // of the first rule that holds the address, if one does
	Rule        int    // its index in the group, or -1
}

// IPAccess tells whether a client with a public address may stream to the WorkSpaces of
// a directory that is associated with the groups. Without a group everybody may; a group
// without rules blocks everybody, as the guide says since 2018-05-02. The rules of several groups are taken together: the guide
// is read so, but does not say it. No document says what a group without rules does beside
// one with rules, nor anything about IPv6: both are open.
//
// The groups play no part for a directory with a streaming VPC endpoint, and no part in
// calls such as RebuildWorkspaces. The error is a *rule.InputError for an invalid address
// or rule. Nothing is allocated if the answer is Allowed.
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
	rules := r.s.rules
	switch {
	case !rules.Has(ClientNotAdmitted):
		a.Reason = NoSuchGroups
		a.NotDocumented("Groups", noIPGroups)
	case len(groups) == 0:
		a.Reason = NoGroup
	case empty == len(groups) && !rules.Has(IPGroupLockOut):
		a.Reason = EmptyGroups
		a.NotDocumented("Groups", "no document of the edition says what groups without rules do")
	case empty == len(groups):
		a.Reason = EmptyGroups
		rules.Break(&a.Answer, ClientNotAdmitted, "Groups", "the groups have no rules, which blocks everybody")
	case client.Is6():
		a.Reason = IPv6Client
		a.NotDocumented("Client", "no document says whether groups admit IPv6 clients")
	case a.Rule < 0:
		a.Reason = NoRuleMatches
		rules.Break(&a.Answer, ClientNotAdmitted, "Client", "no rule of the groups holds %s", client)
	case empty > 0:
		a.Reason = EmptyBeside
		a.NotDocumented("Groups", emptyBeside)
	default:
		a.Reason = RuleMatches
	}
	a.Answer = a.Concluded()
	return a, nil
}
