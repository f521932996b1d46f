package byol_test

import (
	"regexp"
	"testing"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/byol"
)

// The patterns of the API, as its reference prints them. That of an image's id is anchored
// here at its start, too.
var patterns = map[string]*regexp.Regexp{
	"ami":            regexp.MustCompile(`^ami\-([a-f0-9]{8}|[a-f0-9]{17})$`),
	"import task":    regexp.MustCompile(`^import-ami\-([a-zA-Z0-9]{8}|[a-zA-Z0-9]{17})$`),
	"image":          regexp.MustCompile(`^wsi-[0-9a-z]{9,63}$`),
	"account":        regexp.MustCompile(`^\d{12}$`),
	"region":         regexp.MustCompile(`^[-0-9a-z]{1,31}$`),
	"build version":  regexp.MustCompile(`^arn:aws[^:]*:imagebuilder:[^:]+:(?:[0-9]{12}|aws(?:-[a-z-]+)?):image/[a-z0-9-_]+/(?:(?:([0-9]+|x)\.([0-9]+|x)\.([0-9]+|x))|(?:[0-9]+\.[0-9]+\.[0-9]+/[0-9]+))$`),
	"infrastructure": regexp.MustCompile(`^arn:aws[^:]*:imagebuilder:[^:]+:(?:[0-9]{12}|aws):infrastructure-configuration/[a-z0-9-_]+$`),
	"name":           regexp.MustCompile(`^[a-zA-Z0-9_./()\\-]+$`),
	"description":    regexp.MustCompile(`^[a-zA-Z0-9_./() -]+$`),
}

// near draws strings that match a pattern or miss it by a little.
func near(t *rapid.T, pattern string) string {
	s := rapid.StringMatching(pattern).Draw(t, "match")
	switch rapid.IntRange(0, 4).Draw(t, "change") {
	case 1:
		s += rapid.SampledFrom([]string{"a", "A", "0", " ", "\n", "ü", "/", ":", "-"}).Draw(t, "suffix")
	case 2:
		if s != "" {
			s = s[1:]
		}
	case 3:
		if i := rapid.IntRange(0, len(s)).Draw(t, "at"); i < len(s) {
			s = s[:i] + rapid.SampledFrom([]string{"", "x", "X", ":", "/", ".", "é", "_", "aws"}).Draw(t, "by") + s[i+1:]
		}
	case 4:
		s = rapid.String().Draw(t, "any")
	}
	return s
}

func TestFormsAgreeWithPatterns(t *testing.T) {
	for name, form := range byol.Forms {
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			if s := near(t, patterns[name].String()); form(s) != patterns[name].MatchString(s) {
				t.Fatalf("%q: %t, and by the pattern %t", s, form(s), patterns[name].MatchString(s))
			}
		}))
	}
}
