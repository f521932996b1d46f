package bundles

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// What the guide gives for tags, alike in every edition.
const (
	maxTags     = 50
	maxTagKey   = 127 // characters
	maxTagValue = 255 // characters
	tagSpecials = "+-=._:/@"
)

// reservedTags are the prefixes that neither a key nor a value may have.
var reservedTags = []string{"aws:"} // and aws:workspaces:, which starts with it

// CheckTags tells whether a resource can have the tags: at most 50; keys of 1 to 127 and
// values of up to 255 Unicode characters, of letters, digits, spaces and + - = . _ : / @,
// without a space at either end and without the reserved prefix aws:. Violations stand at
// Tags, then at Tags[i].Key and Tags[i].Value in the order of the tags. Tags that have the
// same key leave the answer open: keys are case-sensitive, and no document says what a
// repeated one does.
func (r Rules) CheckTags(tags []types.Tag) (Answer, error) {
	if err := r.known(); err != nil {
		return Answer{}, err
	}
	var a Answer
	r.tags(&a, tags)
	return a.concluded(), nil
}

func (r Rules) tags(a *Answer, tags []types.Tag) {
	if len(tags) > maxTags {
		r.broken(a, TagsTooMany, "Tags", fmt.Sprintf("%d tags are more than %d", len(tags), maxTags))
	}
	for i := range tags {
		switch key := tags[i].Key; {
		case key == nil || *key == "":
			r.broken(a, TagLength, tagPath(i, "Key"), "the key is empty")
		default:
			r.tagText(a, i, "Key", *key, maxTagKey)
			if repeats(tags[:i], *key) {
				a.undocumented(tagPath(i, "Key"), fmt.Sprintf("no document says what the repeated key %q does", *key))
			}
		}
		if tags[i].Value != nil {
			r.tagText(a, i, "Value", *tags[i].Value, maxTagValue)
		}
	}
}

// repeats reports whether a key stands among tags. A sound request has at most 50; of more,
// the last 50 are looked at.
func repeats(tags []types.Tag, key string) bool {
	for _, t := range tags[max(0, len(tags)-maxTags):] {
		if t.Key != nil && *t.Key == key {
			return true
		}
	}
	return false
}

func tagPath(i int, member rule.Path) rule.Path { return rule.Path("Tags").Index(i).Join(member) }

func (r Rules) tagText(a *Answer, i int, member rule.Path, text string, longest int) {
	if len(text) > longest {
		if n := utf8.RuneCountInString(text); n > longest {
			r.broken(a, TagLength, tagPath(i, member), fmt.Sprintf("%d characters are more than %d", n, longest))
		}
	}
	plain := 0 // bytes of the ASCII characters that most tags are made of
	for plain < len(text) && tagBytes[text[plain]] {
		plain++
	}
	if c, bad := outside(text[plain:], tagRune); bad {
		r.broken(a, TagAlphabet, tagPath(i, member), fmt.Sprintf("%q in %q is no letter, digit or space, nor one of %s", c, text, tagSpecials))
	} else if strings.TrimSpace(text) != text {
		r.broken(a, TagAlphabet, tagPath(i, member), fmt.Sprintf("%q starts or ends with a space", text))
	}
	for _, prefix := range reservedTags {
		if strings.HasPrefix(text, prefix) {
			r.broken(a, TagReserved, tagPath(i, member), fmt.Sprintf("%q has the reserved prefix %s", text, prefix))
		}
	}
}

func tagRune(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsNumber(c) || unicode.Is(unicode.Zs, c) || c < utf8.RuneSelf && strings.IndexByte(tagSpecials, byte(c)) >= 0
}

// tagBytes are the ASCII characters among those.
var tagBytes = func() (set [256]bool) {
	for c := range rune(utf8.RuneSelf) {
		set[c] = tagRune(c)
	}
	return set
}()

// outside returns the first character of text that is not in an alphabet; what is no
// UTF-8 is in none.
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
