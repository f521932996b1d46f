package bundles

import (
	"fmt"
	"hash/maphash"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules of tags.
const (
	TagsTooMany rule.Code = "bundles.tags-too-many"
	TagLength   rule.Code = "bundles.tag-length"
	TagAlphabet rule.Code = "bundles.tag-alphabet"
	TagReserved rule.Code = "bundles.tag-reserved"
)

var tagRules = []tables.Rule{
	{
		Code:   TagsTooMany,
		Title:  "A resource has more tags than it may.",
		Remedy: "Leave out tags until there are at most 50.",
		Revisions: []rule.Revision{
			tables.Must(model, "CreateTagsRequest", "2017-12-29", "2018-02-03"),
			tables.Must(tagPage, "Tag Restrictions", "2018-02-03", ""),
		},
	},
	{
		Code:      TagLength,
		Title:     "A key is empty, or a key or value is too long.",
		Remedy:    "Shorten the key to 1 to 127 characters, or the value to at most 255.",
		Revisions: []rule.Revision{tables.Must(model, "TagKey", "2016-05-17", "")},
		Figures:   []tables.Figure{{Name: "characters of a tag", Value: fmt.Sprintf("key 1 to %d, value up to %d", maxTagKey, maxTagValue)}},
	},
	{
		Code:      TagAlphabet,
		Title:     "A key or value has a character that it may not have, or a space at an end.",
		Remedy:    "Use letters, digits, spaces and + - = . _ : / @ alone, with no space at either end.",
		Revisions: []rule.Revision{tables.Must(tagPage, "Tag Restrictions", "2019-04-03", "")},
		Figures:   []tables.Figure{{Name: "alphabet of a tag", Value: fmt.Sprintf("letters, digits, spaces and %q", tagSpecials)}},
	},
	{
		Code:      TagReserved,
		Title:     "A key or value has a prefix that is reserved for AWS.",
		Remedy:    "Choose a key and a value that do not start with aws:.",
		Revisions: []rule.Revision{tables.Must(tagPage, "Tag Restrictions", "2018-02-03", "")},
		Figures:   []tables.Figure{{Name: "reserved prefixes of a tag", Value: reservedTag}},
	},
}

// reservedValues is when the guide reserves the prefix for AWS in values, too. Until then it spoke of tags.
var reservedValues = tables.Table[tables.Dated]{
	Name: "reserved prefixes of the value of a tag",
	Lists: func(tables.Dated) []rule.Parameter {
		return []rule.Parameter{{Rules: []rule.Code{TagReserved}, Name: "reserved prefixes of the value of a tag", Value: reservedTag}}
	},
	Rows: []tables.Dated{tables.Since(tagPage, "Tag Restrictions", "2019-04-03", "")},
}

// tagLimits is when the service model limits the tags of any resource. The guide spoke of WorkSpaces alone until 2019-04-03.
var tagLimits = tables.Table[tables.Dated]{
	Name: "number of tags",
	Lists: func(tables.Dated) []rule.Parameter {
		return []rule.Parameter{{Rules: []rule.Code{TagsTooMany}, Name: "tags of a resource, at most", Value: strconv.Itoa(maxTags)}}
	},
	Rows: []tables.Dated{tables.Since(model, "CreateTagsRequest", "2017-12-29", "")},
}

// What the guide gives for tags, the same in every edition.
const (
	maxTags     = 50
	maxTagKey   = 127 // characters
	maxTagValue = 255 // characters
	tagSpecials = "+-=._:/@"
	// reservedTag is the prefix that neither a key nor, since 2019-04-03, a value may have. aws:workspaces:, which
	// the guide names beside it, starts with it.
	reservedTag = "aws:"
)

// CheckTags tells whether a resource can have the tags: at most 50; keys of 1 to 127 and
// values of up to 255 Unicode characters, of letters, digits, spaces and + - = . _ : / @,
// without a space at either end and without the reserved prefix aws:. Violations stand at
// Tags, then at Tags[i].Key and Tags[i].Value in the order of the tags. Tags that have the
// same key leave the answer open: keys are case-sensitive, and no document says what a
// repeated one does. So do any tags before 2016-05-17, when the service's model knew none, and the reserved prefix in a value
// before 2019-04-03, when the guide reserved it for tags without a word on values.
func (r Rules) CheckTags(tags []types.Tag) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	var a rule.Answer
	r.s.tags(&a, tags)
	return a.Concluded(), nil
}

func (s *snapshot) tags(a *rule.Answer, tags []types.Tag) {
	if len(tags) > 0 && !s.tagged {
		a.NotDocumented("Tags", "no document of the edition speaks of tags")
		return
	}
	if len(tags) > maxTags {
		s.rules.Break(a, TagsTooMany, "Tags", "%d tags are more than %d", len(tags), maxTags)
	}
	var repeated []bool
	if len(tags) > 1 {
		repeated = repeatedKeys(tags)
	}
	for i := range tags {
		switch key := tags[i].Key; {
		case key == nil || *key == "":
			s.rules.Break(a, TagLength, tagPath(i, "Key"), "the key is empty")
		default:
			if !isPlain(*key, maxTagKey) {
				s.tagText(a, tagPath(i, "Key"), *key, maxTagKey)
				s.reserved(a, tagPath(i, "Key"), *key, s.rules.Cite(TagReserved))
			}
			if repeated != nil && repeated[i] {
				a.NotDocumented(tagPath(i, "Key"), "no document says what the repeated key "+quoted(*key)+" does")
			}
		}
		if value := tags[i].Value; value != nil && !isPlain(*value, maxTagValue) {
			s.tagText(a, tagPath(i, "Value"), *value, maxTagValue)
			s.reserved(a, tagPath(i, "Value"), *value, s.reservedValues)
		}
	}
}

// repeatedKeys marks the tags whose key stands before; nil if there is none.
func repeatedKeys(tags []types.Tag) []bool {
	var few [64]uint64
	list := hashes(len(tags), few[:])
	for i := range tags {
		if tags[i].Key != nil {
			list[i] = nonzero(maphash.String(seed, *tags[i].Key))
		}
	}
	return repeats(list, func(i, j int) bool { return *tags[i].Key == *tags[j].Key })
}

func tagPath(i int, member rule.Path) rule.Path { return rule.Path("Tags").Index(i).Join(member) }

// isPlain reports whether a text is sound, and of the ASCII characters that most tags are made of.
func isPlain(text string, longest int) bool {
	in := byte(1)
	for i := range len(text) {
		in &= tagBytes[text[i]]
	}
	return in != 0 && len(text) <= longest && !strings.HasPrefix(text, reservedTag) && (text == "" || text[0] != ' ' && text[len(text)-1] != ' ')
}

func (s *snapshot) tagText(a *rule.Answer, at rule.Path, text string, longest int) {
	if n := utf8.RuneCountInString(text); n > longest {
		s.rules.Break(a, TagLength, at, "%d characters are more than %d", n, longest)
	}
	if c, bad := outside(text, tagRune); bad {
		s.rules.Break(a, TagAlphabet, at, "%q in %q is no letter, digit or space, nor one of %s", c, text, tagSpecials)
	} else if spaceAtEnd(text) {
		s.rules.Break(a, TagAlphabet, at, "%q starts or ends with a space", text)
	}
}

// reserved tells of a reserved prefix. by is what reserves it there, zero for nothing.
func (s *snapshot) reserved(a *rule.Answer, at rule.Path, text string, by rule.Citation) {
	switch {
	case !strings.HasPrefix(text, reservedTag):
	case by == rule.Citation{}:
		a.NotDocumented(at, "no document of the edition says whether "+quoted(text)+" may have the prefix "+reservedTag+" here")
	default:
		s.rules.BreakBy(a, by, TagReserved, at, "%q has the reserved prefix %s", text, reservedTag)
	}
}

// spaceAtEnd reports whether a text starts or ends with a space of any kind.
func spaceAtEnd(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	return unicode.IsSpace(first) || unicode.IsSpace(last)
}

func tagRune(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsNumber(c) || unicode.Is(unicode.Zs, c) || c < utf8.RuneSelf && strings.IndexByte(tagSpecials, byte(c)) >= 0
}

// tagBytes is 1 for the ASCII characters among those.
var tagBytes = func() (set [256]byte) {
	for c := range rune(utf8.RuneSelf) {
		if tagRune(c) {
			set[c] = 1
		}
	}
	return set
}()

// outside returns the first character of text that is not in an alphabet. What is no UTF-8 is
// in none.
func outside(text string, in func(rune) bool) (rune, bool) {
	for i, c := range text {
		if c == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(text[i:]); n == 1 {
				return c, true
			}
		}
		if !in(c) {
			return c, true
		}
	}
	return 0, false
}
