package encryption

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/wksgo/wks/rule"
)

// A GrantCount is how many grants a key has, and whose they are.
type GrantCount struct {
	Key        string // its ARN; "" if there is no grant
	Total      int
	WorkSpaces int // of those, the grants of WorkSpaces
	EBS        int // of those, the grants of Amazon EBS, for WorkSpaces or not
	// Grantees are the principals that have grants, by number from the most on, and by
	// name.
	Grantees []Grantee
	// Incomplete is whether the list says that it goes on elsewhere.
	Incomplete bool
}

// A Grantee is a principal, and how many grants it has on a key.
type Grantee struct {
	Principal string // an ARN, or the service principal of an AWS service
	Grants    int
}

// Service reports whether the grantee is an AWS service, whose principal may stand for
// several grantees.
func (g Grantee) Service() bool { return !strings.HasPrefix(g.Principal, "arn:") }

// CountGrants reads what aws kms list-grants prints about one key, and counts it.
//
// Whose a grant is, its grantee principal tells. WorkSpaces' is taken to be its service
// principal, workspaces.amazonaws.com, also with a Region beside the service and with .cn;
// KMS lists a service under GranteePrincipal or GranteeServicePrincipal. The principal is
// that of the guide's role workspaces_DefaultRole: no document shows one in a grant. EBS's is
// the role aws:ec2-infrastructure, with which an EC2 instance attaches a volume. A grant of any
// other principal is told by the encryption context that it is limited to: one that names
// a volume is EBS's, one that names the user and directory only is WorkSpaces'. What is
// left is counted in Total only.
//
// It takes time and memory in proportion to the list. The error is for malformed JSON, and a
// *rule.InputError for grants of two keys and for a grant that is listed twice.
func CountGrants(r io.Reader) (GrantCount, error) {
	var list struct {
		Grants                *[]listedGrant
		Truncated             bool
		NextMarker, NextToken string
	}
	dec := json.NewDecoder(r)
	err := dec.Decode(&list)
	if err == nil && list.Grants == nil {
		err = errors.New("has no Grants")
	}
	if err == nil {
		if _, end := dec.Token(); end != io.EOF {
			err = fmt.Errorf("goes on at byte %d, after its end", dec.InputOffset())
		}
	}
	if err != nil {
		return GrantCount{}, fmt.Errorf("encryption: list-grants: %w", err)
	}
	c := GrantCount{Total: len(*list.Grants), Incomplete: list.Truncated || list.NextMarker != "" || list.NextToken != ""}
	grants, ids := map[string]int{}, make(map[string]bool, c.Total)
	for i, g := range *list.Grants {
		at := rule.Path("Grants").Index(i)
		if i == 0 {
			c.Key = g.KeyID
		}
		if g.KeyID != c.Key {
			return GrantCount{}, &rule.InputError{Path: at.Join("KeyId"), Value: g.KeyID, Reason: "is not the key of the grants before, " + c.Key}
		}
		if g.GrantID != "" && ids[g.GrantID] {
			return GrantCount{}, &rule.InputError{Path: at.Join("GrantId"), Value: g.GrantID, Reason: "is listed twice"}
		}
		ids[g.GrantID] = true
		grants[g.grantee()]++
		switch g.owner() {
		case ownedByWorkSpaces:
			c.WorkSpaces++
		case ownedByEBS:
			c.EBS++
		}
	}
	for principal, n := range grants {
		c.Grantees = append(c.Grantees, Grantee{principal, n})
	}
	slices.SortFunc(c.Grantees, func(a, b Grantee) int {
		return cmp.Or(b.Grants-a.Grants, strings.Compare(a.Principal, b.Principal))
	})
	return c, nil
}

// A listedGrant is a grant as ListGrants returns it, without what is not needed.
type listedGrant struct {
	KeyID            string `json:"KeyId"`
	GrantID          string `json:"GrantId"`
	Principal        string `json:"GranteePrincipal"`
	ServicePrincipal string `json:"GranteeServicePrincipal"` // instead of Principal, if it was created with it
	Constraints      struct {
		Subset encryptionContext `json:"EncryptionContextSubset"`
		Equals encryptionContext `json:"EncryptionContextEquals"`
	}
}

// An encryptionContext is what EBS sends with a request for a WorkSpace's volume. AWS KMS
// Developer Guide, WorkSpaces encryption context, 2017-11-15.
type encryptionContext struct {
	Volume string `json:"aws:ebs:id"`
	User   string `json:"aws:workspaces:sid-directoryid"`
}

func (g *listedGrant) grantee() string { return cmp.Or(g.ServicePrincipal, g.Principal) }

type owner uint8

const (
	ownedByOther owner = iota
	ownedByWorkSpaces
	ownedByEBS
)

func (g *listedGrant) owner() owner {
	context := g.Constraints
	switch {
	case isWorkSpaces(g.grantee()):
		return ownedByWorkSpaces
	case isEBS(g.grantee()), context.Subset.Volume != "", context.Equals.Volume != "":
		return ownedByEBS
	case context.Subset.User != "", context.Equals.User != "":
		return ownedByWorkSpaces
	}
	return ownedByOther
}

// isWorkSpaces reports whether a principal is workspaces.amazonaws.com, with or without a
// Region beside the service, and with .cn in China. Administration Guide, Creating the
// workspaces_DefaultRole Role, 2020-04-29.
func isWorkSpaces(principal string) bool {
	host, _ := strings.CutSuffix(principal, ".cn")
	host, ok := strings.CutSuffix(host, ".amazonaws.com")
	first, second, _ := strings.Cut(host, ".")
	switch {
	case !ok:
		return false
	case first == "workspaces":
		return second == "" || isRegion(second)
	}
	return second == "workspaces" && isRegion(first)
}

// isEBS reports whether a principal is arn:PARTITION:sts::ACCOUNT:assumed-role/
// aws:ec2-infrastructure/INSTANCE. AWS KMS Developer Guide, Examining grants, 2023-06-15.
func isEBS(principal string) bool {
	a, ok := parseARN(principal)
	return ok && a.service == "sts" && strings.HasPrefix(a.resource, "assumed-role/aws:ec2-infrastructure/")
}

// CheckGrants holds the grants of a key against the limits of KMS: those on the key, which an
// AWS managed key does not have, and until 2021-04-07 those of one grantee.
//
// The verdict is Undocumented if the list is incomplete, and if the
// principal of a service other than WorkSpaces has more grants than a grantee may: it may
// stand for several. The violations are that of the key, then those of its grantees in
// their order, at the path Grants.
func (r Rules) CheckGrants(c GrantCount, awsManaged bool) (rule.Verdict, rule.Violations, error) {
	if err := r.known(); err != nil {
		return rule.Undocumented, nil, err
	}
	var vs rule.Violations
	verdict := rule.Allowed
	if _, documented := r.Grants(true, true); c.Incomplete || !documented {
		verdict = rule.Undocumented
	}
	if l := r.limit(GrantsPerKey); l != nil && !awsManaged && c.Total > l.Value {
		vs = r.appendCited(vs, GrantsOverLimit, "Grants", fmt.Sprintf("%s has %d grants, more than %d", c.Key, c.Total, l.Value), l.Cite)
	}
	if l := r.limit(GrantsPerGrantee); l != nil {
		for _, g := range c.Grantees {
			switch {
			case g.Grants <= l.Value:
			case g.Service() && !isWorkSpaces(g.Principal):
				verdict = rule.Undocumented
			default:
				vs = r.appendCited(vs, GranteeOverLimit, "Grants", fmt.Sprintf("%s has %d grants on %s, more than %d", g.Principal, g.Grants, c.Key, l.Value), l.Cite)
			}
		}
	}
	if vs.Err() != nil {
		verdict = rule.Denied
	}
	return verdict, vs, nil
}
