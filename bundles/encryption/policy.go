package encryption

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// KeyPolicy returns the key policy of the guide's sample as JSON: IAM policies of the
// account decide about the key too, administrators manage it, and users, who launch
// encrypted WorkSpaces, use it and let AWS services make grants on it.
//
// Account is the ARN of the account's root, arn:aws:iam::123456789012:root. Administrators
// and users are ARNs of IAM users and roles, or of a root, in the same partition. They are
// written sorted and once each, so that the same principals give the same bytes; one alone
// is a string, as in the sample, and several are a list.
//
// The error is a *rule.InputError for a malformed or foreign ARN, for nobody to manage or
// use the key, for a policy that is longer than KMS takes, and for an edition before
// 2018-02-03, of which no sample was read.
func (r Rules) KeyPolicy(account string, administrators, users []string) ([]byte, error) {
	if err := r.knownPolicies(); err != nil {
		return nil, err
	}
	root, ok := parseIAM(account)
	if !ok || root.Resource != "root" {
		return nil, &rule.InputError{Path: "Account", Value: account, Reason: "is not the ARN of an account's root, arn:PARTITION:iam::ACCOUNT:root"}
	}
	manage, err := principals("Administrators", administrators, root.Partition)
	if err != nil {
		return nil, err
	}
	use, err := principals("Users", users, root.Partition)
	if err != nil {
		return nil, err
	}
	services := r.statement(servicesPart, use, "*")
	services.Condition = map[string]map[string]string{"Bool": {"kms:GrantIsForAWSResource": "true"}}
	text, err := render(
		r.statement(accountPart, []string{account}, "*"),
		r.statement(managePart, manage, "*"),
		r.statement(usePart, use, "*"),
		services,
	)
	if l := r.s.limit(KeyPolicyBytes); err == nil && l != nil && len(text) > l.Value {
		err = &rule.InputError{Path: "Users", Value: fmt.Sprint(len(users), " users"), Reason: fmt.Sprintf("make a policy of %d bytes, and KMS takes %d", len(text), l.Value)}
	}
	if err != nil {
		return nil, err
	}
	return text, nil
}

// IAMPolicy returns the sample of the policy for users who launch WorkSpaces that are encrypted
// with the keys, as JSON: they may make grants on them. KMS's guide has it, and since 2021-01-23
// the guide of WorkSpaces too. With console, they may also list keys and aliases, as the console
// does for them and the API does not. It goes with [Rules.KeyPolicy], which lets them use the keys, and with access to WorkSpaces.
// The keys are written sorted and once each.
//
// The guide of WorkSpaces has another sample since 2018-02-03, for every key. [Parameters] has its
// actions.
//
// The error is a *rule.InputError for Rules without an edition, for no key, and for one that is
// not the ARN of a KMS key.
func (r Rules) IAMPolicy(keys []string, console bool) ([]byte, error) {
	if err := r.known(); err != nil {
		return nil, err
	}
	if len(keys) == 0 {
		return nil, &rule.InputError{Path: "Keys", Reason: "is empty"}
	}
	for i, k := range keys {
		if _, err := parseKey(k, rule.Path("Keys").Index(i)); err != nil {
			return nil, err
		}
	}
	statements := []*statement{r.statement(keyPart, nil, unique(keys)...)}
	if console {
		statements = append(statements, r.statement(consolePart, nil, "*"))
	}
	return render(statements...)
}

// knownPolicies returns an error for the zero Rules, and for an edition without the sample of a key policy.
func (r Rules) knownPolicies() error {
	if err := r.known(); err != nil {
		return err
	}
	return r.edition.Within(policies.Rows[0].Span.Since, tables.Newest())
}

// A statement is one of a policy document, with its members in the order of the samples.
type statement struct {
	Effect    string
	Principal *principal `json:",omitempty"`
	Action    any        // a string or several, as oneOrMore has them
	Resource  any
	Condition map[string]map[string]string `json:",omitempty"`
}

type principal struct{ AWS any }

// oneOrMore returns what is written as a string if it is one.
func oneOrMore(list []string) any {
	if len(list) == 1 {
		return list[0]
	}
	return list
}

// statement returns a part of a policy with the actions of the edition, or nil if it has
// none.
func (r Rules) statement(p part, principals []string, resources ...string) *statement {
	row, ok := r.s.policies[p]
	if !ok {
		return nil
	}
	s := &statement{Effect: "Allow", Action: oneOrMore(row.actions), Resource: oneOrMore(resources)}
	if principals != nil {
		s.Principal = &principal{oneOrMore(principals)}
	}
	return s
}

// render writes a policy document with an indent of two spaces and a newline at the end.
func render(statements ...*statement) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(struct {
		Version   string
		Statement []*statement
	}{"2012-10-17", statements})
	return b.Bytes(), err
}

// parseIAM reads the ARN of an account's root, or of an IAM user or role with its path. A name has letters, digits
// and +=,.@_-, so that .. is one (AWS IAM User Guide, IAM and AWS STS quotas, IAM name requirements). A path may have any
// of the characters from ! to ~, so that two slashes may follow each other (IAM API Reference, CreateRole, Path:
// (\u002F)|(\u002F[\u0021-\u007E]+\u002F)); the text beside the pattern takes DEL as well, which is left out. A wildcard or
// a policy variable is no principal, though a path may be spelled so: in a policy it would stand for others.
func parseIAM(s string) (facts.ARN, bool) {
	a, ok := facts.ParseARN(s)
	kind, rest, named := strings.Cut(a.Resource, "/")
	slash := strings.LastIndexByte(rest, '/') + 1
	path, name := rest[:slash], rest[slash:]
	known := a.Resource == "root" || named && name != "" && isMadeOf(name, "+=,.@_-") && isPath(path) && (kind == "user" || kind == "role")
	return a, ok && known && a.Service == "iam" && a.Region == "" && facts.IsPartition(a.Partition) && facts.IsAccount(a.Account)
}

// isPath reports whether a policy can name a path as it is.
func isPath(s string) bool {
	for i := range len(s) {
		if s[i] < '!' || s[i] > '~' {
			return false
		}
	}
	return !strings.ContainsAny(s, "*?") && !strings.Contains(s, "${")
}

func principals(at rule.Path, list []string, partition string) ([]string, error) {
	if len(list) == 0 {
		return nil, &rule.InputError{Path: at, Reason: "is empty"}
	}
	for i, s := range list {
		a, ok := parseIAM(s)
		if !ok {
			return nil, &rule.InputError{Path: at.Index(i), Value: s, Reason: "is not the ARN of an IAM user or role"}
		}
		if a.Partition != partition {
			return nil, &rule.InputError{Path: at.Index(i), Value: s, Reason: "is not in the partition of the account, " + partition}
		}
	}
	return unique(list), nil
}

func unique(list []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(list)))
}
