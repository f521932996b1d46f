package rule

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// A Code names a rule for good: package, dot, words in kebab case. It is an error, so
// that errors.Is(err, code) finds a [Violation] of that code.
type Code string

// Error returns the code itself.
func (c Code) Error() string { return string(c) }

// Help returns the address of the text that explains the rule, with its source in each
// edition, its remedy and an input that breaks it.
func (c Code) Help() string {
	page, _, _ := strings.Cut(string(c), ".")
	return "https://github.com/wksgo/wks/blob/main/docs/rules/" + page + ".md#" + strings.ReplaceAll(string(c), ".", "")
}

// UnmarshalText accepts any well-formed code, known or not.
func (c *Code) UnmarshalText(text []byte) error { return parse(c, codeForm, "code", text) }

// A Path tells where in the input a value stands, spelled as the AWS API spells it:
// Workspaces[3].VolumeEncryptionKey. The empty path is the input itself.
type Path string

// Join returns q read below p. It is associative, and the empty path is its identity.
func (p Path) Join(q Path) Path {
	if p == "" || q == "" || q[0] == '[' {
		return p + q
	}
	return p + "." + q
}

// Index returns the path of element i, counted from 0, of the list at p.
func (p Path) Index(i int) Path { return p + "[" + Path(strconv.Itoa(i)) + "]" }

// Covers reports whether q is p or lies below it: Tags[1] covers Tags[1].Key and
// not Tags[10]. The empty path covers every path.
func (p Path) Covers(q Path) bool {
	rest, ok := strings.CutPrefix(string(q), string(p))
	return ok && (p == "" || rest == "" || rest[0] == '.' || rest[0] == '[')
}

// UnmarshalText accepts any well-formed path, and empty text.
func (p *Path) UnmarshalText(text []byte) error { return parse(p, pathForm, "path", text) }

// A Level tells how binding a rule is. The zero value is invalid.
type Level string

const (
	Must   Level = "must"   // the service or the documents forbid it
	Should Level = "should" // the documents advise against it
)

// UnmarshalText accepts "must" and "should".
func (l *Level) UnmarshalText(text []byte) error { return parse(l, levelForm, "level", text) }

var (
	codeForm  = regexp.MustCompile(`^[a-z][a-z0-9]*(\.[a-z0-9]+(-[a-z0-9]+)*)+$`)
	pathForm  = regexp.MustCompile(`^((\w[\w-]*|\[\d+\])(\.\w[\w-]*|\[\d+\])*)?$`)
	levelForm = regexp.MustCompile(`^(` + string(Must+"|"+Should) + `)$`)
	causeForm = regexp.MustCompile(`^(` + string(ByInput+"|"+ByDocuments+"|"+ByContradiction) + `)$`)
)

func parse[T ~string](dst *T, form *regexp.Regexp, what string, text []byte) error {
	if !form.Match(text) {
		return fmt.Errorf("rule: malformed %s %q", what, Shorten(string(text)))
	}
	*dst = T(text)
	return nil
}
