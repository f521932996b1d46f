package encryption

import (
	"strings"

	"github.com/wksgo/wks/rule"
)

// An arn is the parts of arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE.
type arn struct{ partition, service, region, account, resource string }

// parseARN reads any ARN. Region and account may be empty, the other parts may not. It
// allocates nothing.
func parseARN(s string) (a arn, ok bool) {
	if s, ok = strings.CutPrefix(s, "arn:"); !ok {
		return arn{}, false
	}
	for _, part := range [...]*string{&a.partition, &a.service, &a.region, &a.account} {
		if *part, s, ok = strings.Cut(s, ":"); !ok {
			return arn{}, false
		}
	}
	a.resource = s
	return a, a.partition != "" && a.service != "" && a.resource != ""
}

// parseKMS reads the ARN of a KMS key or alias, whose resource starts with key/ or alias/.
func parseKMS(s, resource string) (arn, bool) {
	a, ok := parseARN(s)
	id, found := strings.CutPrefix(a.resource, resource)
	return a, ok && found && id != "" && a.service == "kms" && isRegion(a.region) && isAccount(a.account)
}

// parseKey reads the ARN of a KMS key, and gives the field at which it stands in an error.
func parseKey(s string, at rule.Path) (arn, error) {
	a, ok := parseKMS(s, "key/")
	if !ok {
		return arn{}, &rule.InputError{Path: at, Value: s, Reason: "is not the ARN of a KMS key, arn:PARTITION:kms:REGION:ACCOUNT:key/ID"}
	}
	return a, nil
}

func isAccount(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return len(s) == 12
}

// isRegion holds s against the API's form of a Region: 1 to 31 lower-case letters, digits
// and hyphens.
func isRegion(s string) bool {
	for i := range len(s) {
		if c := s[i]; c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return len(s) > 0 && len(s) <= 31
}

func isMadeOf(s, characters string) bool {
	for i := range len(s) {
		if strings.IndexByte(characters, s[i]) < 0 {
			return false
		}
	}
	return true
}

func checkRegion(s string, at rule.Path) error {
	if !isRegion(s) {
		return &rule.InputError{Path: at, Value: s, Reason: "is not a Region"}
	}
	return nil
}

// partitionOf returns the partition of a Region, and "" if the documents name none for
// Regions of its form, as of us-iso-east-1.
func partitionOf(region string) string {
	switch {
	case strings.HasPrefix(region, "cn-"):
		return "aws-cn"
	case strings.HasPrefix(region, "us-gov-"):
		return "aws-us-gov"
	case strings.Count(region, "-") == 2:
		return "aws"
	}
	return ""
}
