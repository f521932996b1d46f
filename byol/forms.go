package byol

import (
	"strings"
	"unicode/utf8"

	"github.com/wksgo/wks/internal/facts"
)

// The forms below are the patterns of the API, without regular expressions, because every
// request is held against them. A test compares them with the patterns.

// isEC2Image is ^ami\-([a-f0-9]{8}|[a-f0-9]{17})$.
func isEC2Image(s string) bool {
	id, ok := strings.CutPrefix(s, "ami-")
	return ok && (len(id) == 8 || len(id) == 17) && lowerHex.hold(id)
}

// isImportTask is ^import-ami\-([a-zA-Z0-9]{8}|[a-zA-Z0-9]{17})$.
func isImportTask(s string) bool {
	id, ok := strings.CutPrefix(s, "import-ami-")
	return ok && (len(id) == 8 || len(id) == 17) && alphanumeric.hold(id)
}

// isImage is wsi-[0-9a-z]{9,63}$. The API prints it without a leading anchor, but the service
// gives no ID that starts in another way.
func isImage(s string) bool {
	id, ok := strings.CutPrefix(s, "wsi-")
	return ok && len(id) >= 9 && len(id) <= 63 && lowerAlphanumeric.hold(id)
}

// isRegion is ^[-0-9a-z]{1,31}$.
func isRegion(s string) bool {
	return len(s) >= 1 && len(s) <= 31 && regionBytes.hold(s)
}

// isBuildVersion is the pattern of an image of EC2 Image Builder: a version of three
// numbers or x, or a version of three numbers and a build.
func isBuildVersion(s string) bool {
	name, ok := builderARN(s, "image/", true)
	if !ok {
		return false
	}
	name, version, ok := strings.Cut(name, "/")
	if !ok || name == "" || !resourceName.hold(name) {
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
	return ok && name != "" && resourceName.hold(name)
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
	if !facts.IsAccount(account) && account != "aws" &&
		!(suffix && suffixed && partition != "" && partitionBytes.hold(partition)) {
		return "", false
	}
	return strings.CutPrefix(rest, kind)
}

// A byteSet is the bytes that a form may hold. They are all ASCII, so the bytes of other
// characters are never in a set.
type byteSet [256]bool

const (
	numerals = "0123456789"
	small    = "abcdefghijklmnopqrstuvwxyz"
	capital  = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)

var (
	numeric               = bytesOf(numerals)
	lowerHex              = bytesOf(numerals + "abcdef")
	lowerAlphanumeric     = bytesOf(numerals + small)
	alphanumeric          = bytesOf(numerals + small + capital)
	regionBytes           = bytesOf(numerals + small + "-")
	partitionBytes        = bytesOf(small + "-")
	resourceName          = bytesOf(numerals + small + "-_")
	imageNameBytes        = bytesOf(numerals + small + capital + `_./()\-`)
	imageDescriptionBytes = bytesOf(numerals + small + capital + "_./() -")
	arnPartBytes          = bytesOf(numerals + small + capital + "-*?")
)

func bytesOf(list string) *byteSet {
	var set byteSet
	for i := range len(list) {
		set[list[i]] = true
	}
	return &set
}

// hold reports whether every byte of s is in the set.
func (set *byteSet) hold(s string) bool {
	for i := range len(s) {
		if !set[s[i]] {
			return false
		}
	}
	return true
}

func digits(s string) bool { return s != "" && numeric.hold(s) }

// characters is the length of s as the API counts it.
func characters(s string) int64 { return int64(utf8.RuneCountInString(s)) }
