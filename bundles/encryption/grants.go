package encryption

import (
	"bytes"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"strings"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/jsonstream"
	"github.com/wksgo/wks/rule"
)

// A GrantCount is how many grants a key has, and whose they are.
type GrantCount struct {
	Key        string // its ARN; "" if there is no grant
	Total      int
	WorkSpaces int // of those, the grants of WorkSpaces
	EBS        int // of those, the grants of Amazon EBS, for WorkSpaces or not
	// Principals is how many principals have grants. Grantees are the 100 of them that have the
	// most, by number from the most on, and by name.
	Principals int
	Grantees   []Grantee
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
// The list is read once, from the front to the end. It takes time in proportion to the list, and
// some 60 bytes of memory for each grant. The error is for
// malformed JSON, and a *rule.InputError for grants of two keys and for a grant that is listed
// twice.
func CountGrants(r io.Reader) (GrantCount, error) {
	l := grantList{r: jsonstream.NewReader(r), seed: maphash.MakeSeed(), owners: map[string]owner{}}
	err := l.read()
	var input *rule.InputError
	switch {
	case errors.As(err, &input):
		return GrantCount{}, err
	case err != nil:
		return GrantCount{}, fmt.Errorf("encryption: list-grants: %w", err)
	}
	l.count.Principals, l.count.Grantees = l.principals.of.n, l.principals.most()
	return l.count, nil
}

// A grantList is a list of grants that is being read.
type grantList struct {
	r          *jsonstream.Reader
	count      GrantCount
	principals tally
	owners     map[string]owner
	// ids are the grants that are counted, as hashes of 64 bits: of a million grants two have
	// the same hash once in 40 million lists.
	ids  hashTable[struct{}]
	seed maphash.Seed
	g    listedGrant // the last one
}

func (l *grantList) read() error {
	listed := false
	err := l.r.Object(func(name []byte) error {
		switch string(name) {
		case "Grants":
			null, err := l.r.Null()
			if null || err != nil {
				return err
			}
			if listed {
				return errors.New("has Grants twice")
			}
			listed = true
			return l.r.Array(l.grant)
		case "Truncated":
			truncated, err := l.r.Bool()
			l.count.Incomplete = l.count.Incomplete || truncated
			return err
		case "NextMarker", "NextToken":
			text, err := l.r.Text()
			l.count.Incomplete = l.count.Incomplete || len(text) > 0
			return err
		}
		return l.r.Skip()
	})
	if err == nil {
		err = l.r.End()
	}
	if err == nil && !listed {
		err = errors.New("has no Grants")
	}
	return err
}

// A listedGrant is a grant as ListGrants returns it, without what is not needed.
type listedGrant struct {
	key, id                     []byte
	principal, servicePrincipal []byte // the second is instead of the first, if the grant was created with it
	// volume and user tell whether the encryption context, which EBS sends with a request for a
	// WorkSpace's volume, names them. AWS KMS Developer Guide, WorkSpaces encryption context,
	// 2017-11-15.
	volume, user bool
}

// grant reads and counts grant i.
func (l *grantList) grant(i int) error {
	g := &l.g
	*g = listedGrant{g.key[:0], g.id[:0], g.principal[:0], g.servicePrincipal[:0], false, false}
	err := l.r.Object(func(name []byte) error {
		switch string(name) {
		case "KeyId":
			return l.text(&g.key)
		case "GrantId":
			return l.text(&g.id)
		case "GranteePrincipal":
			return l.text(&g.principal)
		case "GranteeServicePrincipal":
			return l.text(&g.servicePrincipal)
		case "Constraints":
			return l.r.Object(func(name []byte) error {
				switch string(name) {
				case "EncryptionContextSubset", "EncryptionContextEquals":
					return l.r.Object(l.context)
				}
				return l.r.Skip()
			})
		}
		return l.r.Skip()
	})
	if err != nil {
		return err
	}
	if i == 0 {
		l.count.Key = string(g.key)
	}
	if string(g.key) != l.count.Key {
		return &rule.InputError{Path: grantPath(i).Join("KeyId"), Value: string(g.key), Reason: "is not the key of the grants before, " + l.count.Key}
	}
	if len(g.id) > 0 {
		if _, twice := l.ids.at(maphash.Bytes(l.seed, g.id)); twice {
			return &rule.InputError{Path: grantPath(i).Join("GrantId"), Value: string(g.id), Reason: "is listed twice"}
		}
	}
	l.count.Total++
	grantee := g.principal
	if len(g.servicePrincipal) > 0 {
		grantee = g.servicePrincipal
	}
	l.principals.add(maphash.Bytes(l.seed, grantee), grantee)
	switch owner := l.ownerOf(grantee); {
	case owner == ownedByWorkSpaces, owner == ownedByOther && g.user && !g.volume:
		l.count.WorkSpaces++
	case owner == ownedByEBS, g.volume:
		l.count.EBS++
	}
	return nil
}

func grantPath(i int) rule.Path { return rule.Path("Grants").Index(i) }

// text reads a string into dst.
func (l *grantList) text(dst *[]byte) error {
	text, err := l.r.Text()
	*dst = append((*dst)[:0], text...)
	return err
}

// context reads a member of an encryption context.
func (l *grantList) context(name []byte) error {
	var named *bool
	switch string(name) {
	case "aws:ebs:id":
		named = &l.g.volume
	case "aws:workspaces:sid-directoryid":
		named = &l.g.user
	default:
		return l.r.Skip()
	}
	text, err := l.r.Text()
	*named = *named || len(text) > 0
	return err
}

type owner uint8

const (
	ownedByOther owner = iota
	ownedByWorkSpaces
	ownedByEBS
)

// ownerOf tells whose the grants of a principal are by its name. What stands after the last
// slash, such as the ID of an instance, does not matter.
func (l *grantList) ownerOf(principal []byte) owner {
	kind := principal[:bytes.LastIndexByte(principal, '/')+1]
	if len(kind) == 0 {
		kind = principal
	}
	by, ok := l.owners[string(kind)]
	if !ok {
		switch name := string(kind); {
		case isWorkSpaces(name):
			by = ownedByWorkSpaces
		case isEBS(name):
			by = ownedByEBS
		}
		l.owners[string(kind)] = by
	}
	return by
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
		return second == "" || facts.IsRegion(second)
	}
	return second == "workspaces" && facts.IsRegion(first)
}

// isEBS reports whether a principal is arn:PARTITION:sts::ACCOUNT:assumed-role/
// aws:ec2-infrastructure/INSTANCE. AWS KMS Developer Guide, Examining grants, 2023-06-15.
func isEBS(principal string) bool {
	a, ok := facts.ParseARN(principal)
	return ok && a.Service == "sts" && strings.HasPrefix(a.Resource, "assumed-role/aws:ec2-infrastructure/")
}

// CheckGrants holds the grants of a key against the limits of KMS: those on the key, which an
// AWS managed key has until 2018-05-23 only, and until 2021-04-07 those of one grantee.
//
// The answer is open if the list is incomplete, and if the principal of a service other than
// WorkSpaces has more grants than a grantee may: it may stand for several. The violations are
// that of the key, then those of its grantees in their order, at the path Grants.
func (r Rules) CheckGrants(c GrantCount, awsManaged bool) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	var a rule.Answer
	if c.Incomplete {
		a.NotGiven("Grants", "the list of grants goes on elsewhere")
	}
	if l := r.s.limit(GrantsPerKey); l != nil && (l.AWSManaged || !awsManaged) && c.Total > l.Value {
		r.s.rules.BreakBy(&a, l.Cite, GrantsOverLimit, "Grants", "%s has %d grants, more than %d", c.Key, c.Total, l.Value)
	}
	if l := r.s.limit(GrantsPerGrantee); l != nil {
		for _, g := range c.Grantees {
			switch {
			case g.Grants <= l.Value:
			case g.Service() && !isWorkSpaces(g.Principal):
				a.NotGiven("Grants", fmt.Sprintf("%s may stand for several grantees", rule.Printable(rule.Shorten(g.Principal))))
			default:
				r.s.rules.BreakBy(&a, l.Cite, GranteeOverLimit, "Grants", "%s has %d grants on %s, more than %d", g.Principal, g.Grants, c.Key, l.Value)
			}
		}
	}
	return a.Concluded(), nil
}
