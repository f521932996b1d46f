package encryption

import (
	"strings"

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
	arn   arn    // of the two forms that are an ARN
	alias string // alias/NAME, if the form tells
}

// comparable reports whether the reference is the same for the same key only.
func (ref reference) comparable() bool { return ref.form <= keyARN }

func (u Use) reference() (reference, error) {
	if u.Region != "" {
		if err := checkRegion(u.Region, "Region"); err != nil {
			return reference{}, err
		}
	}
	s := u.VolumeEncryptionKey
	if s == "" {
		return reference{}, nil
	}
	if a, ok := parseKMS(s, "key/"); ok {
		return reference{form: keyARN, arn: a}, nil
	}
	if a, ok := parseKMS(s, "alias/"); ok {
		return reference{aliasARN, a, a.resource}, nil
	}
	if name, ok := strings.CutPrefix(s, "alias/"); ok && name != "" {
		return reference{form: aliasName, alias: s}, nil
	}
	if name, ok := strings.CutPrefix(s, "aws/"); ok && name != "" {
		return reference{form: bareAlias}, nil
	}
	if isKeyID(s) {
		return reference{form: keyID}, nil
	}
	return reference{}, &rule.InputError{Path: "VolumeEncryptionKey", Value: s, Reason: "is neither the ARN, nor an alias, nor the id of a KMS key"}
}

// isKeyID reports whether s is a UUID, or mrk- and 32 hexadecimal digits.
func isKeyID(s string) bool {
	const hex = "0123456789abcdefABCDEF"
	if rest, ok := strings.CutPrefix(s, "mrk-"); ok {
		return len(rest) == 32 && isMadeOf(rest, hex)
	}
	return len(s) == 36 && s[8] == '-' && s[13] == '-' && s[18] == '-' && s[23] == '-' &&
		isMadeOf(s[:8], hex) && isMadeOf(s[9:13], hex) && isMadeOf(s[14:18], hex) && isMadeOf(s[19:23], hex) && isMadeOf(s[24:], hex)
}
