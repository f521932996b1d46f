package facts

import (
	"cmp"
	"strings"
)

// IsRegion reports whether a text has the form of a Region's code: two to four lower-case
// letters, one or more parts of lower-case letters, and a number, with hyphens between
// them, as in us-east-1 and us-gov-west-1. It does not tell whether there is such a Region.
func IsRegion(s string) bool {
	parts := 0
	for {
		part, rest, more := strings.Cut(s, "-")
		switch {
		case !more:
			return parts >= 2 && part != "" && isMadeOf(part, '0', '9')
		case !isMadeOf(part, 'a', 'z'), part == "", parts == 0 && (len(part) < 2 || len(part) > 4):
			return false
		}
		parts++
		s = rest
	}
}

// Partition returns the partition of a Region by its code: aws-cn for cn-…, aws-us-gov for
// us-gov-…, and aws for others with two hyphens. It returns "" for Regions of other forms, such
// as us-iso-east-1, whose partition the documents do not name.
func Partition(region string) string {
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

// KeyToCome returns the beginning of the ARN that a key of a Region will have, up to its account, of which nothing is known: "arn:aws:kms:eu-west-1:000000000000:".
// Where the documents do not name the partition it is aws.
func KeyToCome(region string) string {
	return "arn:" + cmp.Or(Partition(region), "aws") + ":kms:" + region + ":000000000000:"
}

// IsAccount reports whether a text has the form of an account ID: twelve digits.
func IsAccount(s string) bool { return len(s) == 12 && isMadeOf(s, '0', '9') }

// isMadeOf reports whether all bytes of s are between two, both included.
func isMadeOf(s string, from, to byte) bool {
	for i := range len(s) {
		if s[i] < from || s[i] > to {
			return false
		}
	}
	return true
}

// An ARN is the parts of arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE.
type ARN struct{ Partition, Service, Region, Account, Resource string }

// ParseARN splits an ARN. Region and account may be empty; the other parts may not. It does
// not look at the forms of the parts, and allocates nothing.
func ParseARN(s string) (a ARN, ok bool) {
	if s, ok = strings.CutPrefix(s, "arn:"); !ok {
		return ARN{}, false
	}
	for _, part := range [...]*string{&a.Partition, &a.Service, &a.Region, &a.Account} {
		if *part, s, ok = strings.Cut(s, ":"); !ok {
			return ARN{}, false
		}
	}
	a.Resource = s
	if a.Partition == "" || a.Service == "" || a.Resource == "" {
		return ARN{}, false
	}
	return a, true
}

// String joins the parts.
func (a ARN) String() string {
	return strings.Join([]string{"arn", a.Partition, a.Service, a.Region, a.Account, a.Resource}, ":")
}

// IsPartition reports whether a text has the form of a partition: aws, or aws- and parts of
// lower-case letters, as in aws-us-gov.
func IsPartition(s string) bool {
	rest, is := strings.CutPrefix(s, "aws")
	if !is {
		return false
	}
	for rest != "" {
		if rest, is = strings.CutPrefix(rest, "-"); !is {
			return false
		}
		part, after, more := strings.Cut(rest, "-")
		if part == "" || !isMadeOf(part, 'a', 'z') {
			return false
		}
		if rest = ""; more {
			rest = "-" + after
		}
	}
	return true
}
