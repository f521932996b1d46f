package byol

import (
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// Codes of the rules about images, wherever they come from.
const (
	MemberMissing             rule.Code = "byol.member-missing"
	ImageNameMalformed        rule.Code = "byol.image-name-malformed"
	ImageNameTaken            rule.Code = "byol.image-name-taken"
	ImageDescriptionMalformed rule.Code = "byol.image-description-malformed"
	ImagesOverQuota           rule.Code = "byol.images-over-quota"
	TagsTooMany               rule.Code = "byol.tags-too-many"
	TagKeyMalformed           rule.Code = "byol.tag-key-malformed"
	TagValueTooLong           rule.Code = "byol.tag-value-too-long"
)

// On these days the model of the API got ImportWorkspaceImage, its member Tags,
// CopyWorkspaceImage, UpdateWorkspaceImagePermission and ImportCustomWorkspaceImage, with the
// patterns and lengths that it has since.
const (
	importSince     = "2018-11-16"
	tagsSince       = "2019-03-29"
	copySince       = "2019-06-27"
	permissionSince = "2020-07-23"
	customSince     = "2025-08-14"
)

const quotasSection = "WorkSpace and Image Quotas"

// imageRules hold for CopyWorkspaceImage, too.
var imageRules = []requirement{
	{MemberMissing, "A request lacks a member that it must have.", "Add the member that is named.",
		[]ask{must(importAPI, "Request Parameters", importSince, "", "every required member")}},
	{ImageNameMalformed, "The name of an image has a length or character that it may not have.", `Give a name of 1 to 64 letters, digits and _./()\-, without a space.`,
		[]ask{must(importAPI, "ImageName", importSince, "", `1 to 64 letters, digits and _./()\-, without a space`).atLeast(1).atMost(64)}},
	{ImageNameTaken, "Another image has the name.", "Choose a name that no image has.", []ask{must(byolPage, createStep, "2019-01-08", "", "a name that no image has")}},
	{ImageDescriptionMalformed, "The description of an image has a length or character that it may not have.", "Give a description of 1 to 256 letters, digits, spaces and _./()-.",
		[]ask{must(importAPI, "ImageDescription", importSince, "", "1 to 256 letters, digits, spaces and _./()-").atLeast(1).atMost(256)}},
	{ImagesOverQuota, "The Region already holds as many images as the default quota lets it.", "Delete images, or request an increase of the quota.", []ask{
		should(faq, "How many custom images can I create?", year2017, "2018-02-03", "fewer than the 5 images that a Region holds by default").atMost(5),
		should(limitsPage, "Amazon WorkSpaces Limits", "2018-02-03", "2020-03-31", "fewer than the 5 images that a Region holds by default").atMost(5),
		should(limitsPage, quotasSection, "2020-03-31", "2020-09-03", "fewer than the 20 images that a Region holds by default").atMost(20),
		should(limitsPage, quotasSection, "2020-09-03", "", "fewer than the 40 images that a Region holds by default").atMost(40),
	}},
	{TagsTooMany, "A request has more tags than it may.", "Leave out tags until there are at most 50.",
		[]ask{must(importAPI, "Tags", tagsSince, "", "at most 50 tags").atMost(50)}},
	{TagKeyMalformed, "The key of a tag is empty or too long.", "Give a key of 1 to 127 characters.",
		[]ask{must(serviceModel, "TagKey", tagsSince, "", "a key of 1 to 127 characters").readOn("2016-05-17").atLeast(1).atMost(127)}},
	{TagValueTooLong, "The value of a tag is too long.", "Give a value of at most 255 characters.",
		[]ask{must(serviceModel, "TagValue", tagsSince, "", "a value of at most 255 characters").readOn("2016-05-17").atMost(255)}},
}

// imageAsks are what the rules about images ask for; nil for one that is not in force.
type imageAsks struct{ member, name, description, quota, tags, key, value *ask }

// A call is the operation that is checked. A missing member cites by; nil stands for the
// reference of ImportWorkspaceImage.
type call struct {
	*snapshot
	by *rule.Citation
}

// missing adds a violation for a required member that is empty, and reports whether it is.
func (c call) missing(a *rule.Answer, at rule.Path, value string) bool {
	if value != "" {
		return false
	}
	var by rule.Citation
	if c.by != nil {
		by = *c.by
	}
	c.breachBy(a, by, MemberMissing, at, "it is missing")
	return true
}

// required checks that a required member is there and has its form.
func (c call) required(a *rule.Answer, code rule.Code, at rule.Path, value string, form func(string) bool) {
	if !c.missing(a, at, value) && !form(value) {
		c.breach(a, code, at, "%q", value)
	}
}

// formed checks that a value has its form, and the length that the rule asks for.
func (s *snapshot) formed(a *rule.Answer, code rule.Code, at rule.Path, value string, form func(string) bool) {
	if !form(value) || !s.asks[code].holds(int64(len(value))) {
		s.breach(a, code, at, "%q", value)
	}
}

// checkImage checks what every image has, whatever its source is.
func (c call) checkImage(a *rule.Answer, name, description string, tags []types.Tag, taken []string) {
	c.checkName(a, "ImageName", name, taken)
	c.missing(a, "ImageDescription", description)
	c.checkDescription(a, "ImageDescription", description)
	c.checkTags(a, tags)
}

// checkName checks an image's name, and that none of the others has it.
func (c call) checkName(a *rule.Answer, at rule.Path, name string, taken []string) {
	if !c.missing(a, at, name) {
		if w := c.image.name; w != nil && !(w.holds(int64(len(name))) && imageNameBytes.hold(name)) {
			c.breach(a, ImageNameMalformed, at, "%q", name)
		}
		if slices.Contains(taken, name) {
			c.breach(a, ImageNameTaken, at, "%q is the name of another image", name)
		}
	}
	if w := c.image.quota; w != nil && int64(len(taken)) >= w.max {
		c.breach(a, ImagesOverQuota, at, "the Region has %d images", len(taken))
	}
}

// checkDescription checks an image's description, unless it is empty.
func (c call) checkDescription(a *rule.Answer, at rule.Path, description string) {
	if w := c.image.description; w != nil && description != "" && !(w.holds(int64(len(description))) && imageDescriptionBytes.hold(description)) {
		c.breach(a, ImageDescriptionMalformed, at, "%q", description)
	}
}

// checkTags checks the number of tags, and the lengths of keys and values in characters.
func (c call) checkTags(a *rule.Answer, tags []types.Tag) {
	if w := c.image.tags; w != nil && !w.holds(int64(len(tags))) {
		c.breach(a, TagsTooMany, "Tags", "%d tags", len(tags))
	}
	for i := range tags {
		key, value := tags[i].Key, tags[i].Value
		if w := c.image.key; w != nil && (key == nil || !w.holds(characters(*key))) {
			c.breach(a, TagKeyMalformed, rule.Path("Tags").Index(i).Join("Key"), "%s", quoted(key))
		}
		if w := c.image.value; w != nil && value != nil && !w.holds(characters(*value)) {
			c.breach(a, TagValueTooLong, rule.Path("Tags").Index(i).Join("Value"), "%s", quoted(value))
		}
	}
}

// checkEncryption checks that the source AMI is not encrypted.
func (s *snapshot) checkEncryption(a *rule.Answer, at rule.Path, encrypted *bool) {
	if encrypted != nil && *encrypted {
		s.breach(a, SourceAMIEncrypted, at, "the AMI is encrypted")
	}
}

// checkProtocol checks that Windows 11 does not get PCoIP, and reports whether it does not. checkSystem
// asks for a system that is not known.
func (s *snapshot) checkProtocol(a *rule.Answer, at rule.Path, p protocol, product string, w *Windows) bool {
	if product != windows11 || p != pcoip || s.asks[ProtocolOSIncompatibility] == nil {
		return true
	}
	s.breach(a, ProtocolOSIncompatibility, at, "%s for %s", p, w.String())
	return false
}

func quoted(s *string) string {
	if s == nil {
		return "it is missing"
	}
	return fmt.Sprintf("%q", rule.Shorten(*s))
}
