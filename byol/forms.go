package byol

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// The forms below are the patterns of the API, without regular expressions: they are on
// the path of every request. A test holds them against the patterns.

// isEC2Image is ^ami\-([a-f0-9]{8}|[a-f0-9]{17})$.
func isEC2Image(s string) bool {
	id, ok := strings.CutPrefix(s, "ami-")
	return ok && (len(id) == 8 || len(id) == 17) && only(id, func(r rune) bool { return '0' <= r && r <= '9' || 'a' <= r && r <= 'f' })
}

// isImportTask is ^import-ami\-([a-zA-Z0-9]{8}|[a-zA-Z0-9]{17})$.
func isImportTask(s string) bool {
	id, ok := strings.CutPrefix(s, "import-ami-")
	return ok && (len(id) == 8 || len(id) == 17) && only(id, alphanumeric)
}

// isImage is wsi-[0-9a-z]{9,63}$, which the API prints without a leading anchor; an id
// that starts otherwise is none that the service gives.
func isImage(s string) bool {
	id, ok := strings.CutPrefix(s, "wsi-")
	return ok && len(id) >= 9 && len(id) <= 63 && only(id, lowerAlphanumeric)
}

// isAccount is ^\d{12}$.
func isAccount(s string) bool { return len(s) == 12 && digits(s) }

// isRegion is ^[-0-9a-z]{1,31}$.
func isRegion(s string) bool {
	return len(s) >= 1 && len(s) <= 31 && only(s, func(r rune) bool { return r == '-' || lowerAlphanumeric(r) })
}

// isBuildVersion is the pattern of an image of EC2 Image Builder: a version of three
// numbers or x, or a version of three numbers and a build.
func isBuildVersion(s string) bool {
	name, ok := builderARN(s, "image/", true)
	if !ok {
		return false
	}
	name, version, ok := strings.Cut(name, "/")
	if !ok || name == "" || !only(name, resourceName) {
		return false
	}
	version, build, hasBuild := strings.Cut(version, "/")
	major, rest, _ := strings.Cut(version, ".")
	minor, patch, ok := strings.Cut(rest, ".")
	if !ok || hasBuild && !digits(build) {
		return false
	}
	for _, n := range [...]string{major, minor, patch} {
		if !digits(n) && (hasBuild || n != "x") {
			return false
		}
	}
	return true
}

// isInfrastructure is the pattern of an infrastructure configuration.
func isInfrastructure(s string) bool {
	name, ok := builderARN(s, "infrastructure-configuration/", false)
	return ok && name != "" && only(name, resourceName)
}

// builderARN returns what follows the kind of resource in an ARN of EC2 Image Builder. The
// account may be aws, and for images aws with a partition's suffix.
func builderARN(s, kind string, suffix bool) (name string, ok bool) {
	rest, ok := strings.CutPrefix(s, "arn:aws")
	_, rest, found := strings.Cut(rest, ":") // what follows aws in the partition
	rest, service := strings.CutPrefix(rest, "imagebuilder:")
	region, rest, located := strings.Cut(rest, ":")
	account, rest, owned := strings.Cut(rest, ":")
	if !ok || !found || !service || !located || region == "" || !owned {
		return "", false
	}
	partition, suffixed := strings.CutPrefix(account, "aws-")
	if !isAccount(account) && account != "aws" &&
		!(suffix && suffixed && partition != "" && only(partition, func(r rune) bool { return r == '-' || 'a' <= r && r <= 'z' })) {
		return "", false
	}
	return strings.CutPrefix(rest, kind)
}

func imageNameRune(r rune) bool { return alphanumeric(r) || strings.ContainsRune(`_./()\-`, r) }

func imageDescriptionRune(r rune) bool { return alphanumeric(r) || strings.ContainsRune("_./() -", r) }

func resourceName(r rune) bool { return r == '-' || r == '_' || lowerAlphanumeric(r) }

func lowerAlphanumeric(r rune) bool { return '0' <= r && r <= '9' || 'a' <= r && r <= 'z' }

func alphanumeric(r rune) bool { return lowerAlphanumeric(r) || 'A' <= r && r <= 'Z' }

// only reports whether every character of s is one of a class; invalid UTF-8 is none.
func only(s string, class func(rune) bool) bool {
	for _, r := range s {
		if !class(r) {
			return false
		}
	}
	return true
}

// characters is the length of s as the API counts it.
func characters(s string) int64 { return int64(utf8.RuneCountInString(s)) }

func quoted(s *string) string {
	if s == nil {
		return "it is missing"
	}
	return strconv.Quote(*s)
}
