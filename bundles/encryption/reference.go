package encryption

import (
	"strings"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

// A form is one of the ways to write a VolumeEncryptionKey. Only the first two compare.
type form uint8

const (
	absent    form = iota // no key
	keyARN                // arn:aws:kms:us-west-2:111122223333:key/ID
	aliasARN              // arn:aws:kms:us-west-2:111122223333:alias/NAME
	aliasName             // alias/NAME
	bareAlias             // aws/workspaces
	keyID                 // 1234abcd-12ab-34cd-56ef-1234567890ab, mrk-…
)

// A reference is a VolumeEncryptionKey that has been read.
type reference struct {
	form  form
	arn   facts.ARN // of the two forms that are an ARN
	alias string    // alias/NAME, if the form tells
}

// comparable reports whether the reference is the same for the same key only.
func (ref reference) comparable() bool { return ref.form <= keyARN }

// reference reads the key of a use. Its Region must have the form of one, or be empty.
func (u Use) reference() (reference, error) {
	if u.Region != "" {
		if err := facts.CheckRegion("Region", u.Region); err != nil {
			return reference{}, err
		}
	}
	s := u.VolumeEncryptionKey
	if s == "" {
		return reference{}, nil
	}
	if a, ok := parseKMS(s, "key/", isKeyName); ok {
		return reference{form: keyARN, arn: a}, nil
	}
	if a, ok := parseKMS(s, "alias/", isAliasName); ok {
		return reference{aliasARN, a, a.Resource}, nil
	}
	if name, ok := strings.CutPrefix(s, "alias/"); ok && isAliasName(name) {
		return reference{form: aliasName, alias: s}, nil
	}
	if name, ok := strings.CutPrefix(s, "aws/"); ok && isAliasName(name) {
		return reference{form: bareAlias}, nil
	}
	if isKeyID(s) {
		return reference{form: keyID}, nil
	}
	return reference{}, &rule.InputError{Path: "VolumeEncryptionKey", Value: s, Reason: "is neither the ARN, nor an alias, nor the id of a KMS key"}
}

// parseKMS reads the ARN of a KMS key or alias, whose resource has a prefix and a name.
func parseKMS(s, prefix string, isName func(string) bool) (facts.ARN, bool) {
	a, ok := facts.ParseARN(s)
	name, found := strings.CutPrefix(a.Resource, prefix)
	return a, ok && found && isName(name) && a.Service == "kms" && facts.IsPartition(a.Partition) && facts.IsRegion(a.Region) && facts.IsAccount(a.Account)
}

// parseKey reads the ARN of a KMS key, and gives the field at which it stands in an error.
func parseKey(s string, at rule.Path) (facts.ARN, error) {
	a, ok := parseKMS(s, "key/", isKeyName)
	if !ok {
		return facts.ARN{}, &rule.InputError{Path: at, Value: s, Reason: "is not the ARN of a KMS key, arn:PARTITION:kms:REGION:ACCOUNT:key/ID"}
	}
	return a, nil
}

// isKeyName takes any letters, digits and hyphens for the id of a key in an ARN. A wildcard
// is none.
func isKeyName(s string) bool { return s != "" && isMadeOf(s, "-") }

// isAliasName holds the name of an alias against the characters that KMS takes.
// AWS KMS API Reference, CreateAlias, AliasName.
func isAliasName(s string) bool { return s != "" && isMadeOf(s, ":/_-") }

// isKeyID reports whether s is a UUID, or mrk- and 32 hexadecimal digits.
func isKeyID(s string) bool {
	if rest, ok := strings.CutPrefix(s, "mrk-"); ok {
		return len(rest) == 32 && isHex(rest)
	}
	return len(s) == 36 && s[8] == '-' && s[13] == '-' && s[18] == '-' && s[23] == '-' &&
		isHex(s[:8]) && isHex(s[9:13]) && isHex(s[14:18]) && isHex(s[19:23]) && isHex(s[24:])
}

func isHex(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; (c < '0' || c > '9') && (c < 'a' || c > 'f') || s[i] < '0' {
			return false
		}
	}
	return true
}

// isMadeOf reports whether s has only ASCII letters, digits and some other characters.
func isMadeOf(s, others string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; (c < 'a' || c > 'z') && (s[i] < '0' || s[i] > '9') && strings.IndexByte(others, s[i]) < 0 {
			return false
		}
	}
	return true
}
