package bundles

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// CheckName tells whether a text is fit for a kind of name or description: its length in
// characters and its alphabet. Violations stand at the kind, as the API spells it. A hyphen
// in the description of an image is within the service's model, and the guide says that it
// makes an error: a violation at the level Should. The answer is open in editions that do
// not give the form. An unknown kind is a *rule.InputError.
func (r Rules) CheckName(kind Name, text string) (Answer, error) {
	if err := r.known(); err != nil {
		return Answer{}, err
	}
	var a Answer
	if !r.name(&a, rule.Path(kind), kind, text) {
		return Answer{}, &rule.InputError{Path: "Name", Value: string(kind), Reason: "is not a kind of name"}
	}
	return a.concluded(), nil
}

// name reports whether there is such a kind.
func (r Rules) name(a *Answer, at rule.Path, kind Name, text string) bool {
	for i := range nameRows {
		row := &nameRows[i]
		if row.kind != kind {
			continue
		}
		if !row.span.Contains(r.edition) {
			a.undocumented(at, "no document of the edition tells its form")
			return true
		}
		r.nameText(a, at, row, text)
		return true
	}
	return false
}

func (r Rules) nameText(a *Answer, at rule.Path, row *nameRow, text string) {
	n := utf8.RuneCountInString(text)
	if n < row.least || n > row.most {
		r.citing(a, NameLength, at, fmt.Sprintf("%q has %d characters, not %d to %d", text, n, row.least, row.most), row.cite)
	}
	first := true
	c, bad := outside(text, func(c rune) bool {
		others := row.others
		if first && row.firstOther != "" {
			others = row.firstOther
		}
		first = false
		return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.ContainsRune(others, c)
	})
	if bad {
		r.citing(a, NameAlphabet, at, fmt.Sprintf("%q does not belong where it stands in %q", c, text), row.cite)
	}
	if row.kind == ImageDescription && strings.Contains(text, "-") && r.inForce(ImageDescriptionHyphen) {
		r.broken(a, ImageDescriptionHyphen, at, fmt.Sprintf("a hyphen in %q makes an error, says the guide", text))
	}
}

// CheckID tells whether a text has the form of an identifier, at the path that the kind is.
// Where the model's pattern does not say that nothing stands before the prefix, a text
// with something before it leaves the answer open. So does an edition that does not give
// the form. An unknown kind is a *rule.InputError.
func (r Rules) CheckID(kind ID, text string) (Answer, error) {
	if err := r.known(); err != nil {
		return Answer{}, err
	}
	var a Answer
	if !r.id(&a, rule.Path(kind), kind, text) {
		return Answer{}, &rule.InputError{Path: "ID", Value: string(kind), Reason: "is not a kind of identifier"}
	}
	return a.concluded(), nil
}

// id reports whether there is such a kind.
func (r Rules) id(a *Answer, at rule.Path, kind ID, text string) bool {
	known, loose := false, false
	var last *idRow
	for i := range idRows {
		row := &idRows[i]
		if row.kind != kind {
			continue
		}
		known = true
		if !row.span.Contains(r.edition) {
			continue
		}
		last = row
		if row.matches(text) {
			return true
		}
		if j := strings.LastIndex(text, row.prefix); j > 0 && !row.anchored && row.matches(text[j:]) {
			loose = true
		}
	}
	switch {
	case !known:
	case last == nil:
		a.undocumented(at, "no document of the edition tells its form")
	case loose:
		a.undocumented(at, fmt.Sprintf("%q has something before the identifier, and the model does not say that it may not", text))
	default:
		r.citing(a, IDMalformed, at, fmt.Sprintf("%q is not a %s", text, kind), last.cite)
	}
	return known
}

func (row *idRow) matches(text string) bool {
	rest, is := strings.CutPrefix(text, row.prefix)
	if !is || len(rest) < row.least || len(rest) > row.most {
		return false
	}
	for i := range len(rest) {
		c, last := rest[i], byte('z')
		if row.hex {
			last = 'f'
		}
		if (c < '0' || c > '9') && (c < 'a' || c > last) {
			return false
		}
	}
	return true
}

const (
	maxUserName  = 63 // characters
	decoupled    = "[UNDEFINED]"
	userNamePath = rule.Path("UserName")
)

// CheckUserName tells whether a user can have a WorkSpace with an operating system of a type
// (WINDOWS or LINUX). Names have 1 to 63 characters; with Linux at most 20, of letters,
// digits, spaces and _ . - #, and no hyphen at the start. If the type is not known and Linux
// would refuse the name, the answer is open.
func (r Rules) CheckUserName(system types.OperatingSystemType, name string) (Answer, error) {
	if err := r.known(); err != nil {
		return Answer{}, err
	}
	var a Answer
	r.userName(&a, system, name)
	return a.concluded(), nil
}

func (r Rules) userName(a *Answer, system types.OperatingSystemType, name string) {
	if n := utf8.RuneCountInString(name); n < 1 || n > maxUserName {
		r.broken(a, UserNameLength, userNamePath, fmt.Sprintf("%q has %d characters, not 1 to %d", name, n, maxUserName))
		return
	}
	if system == types.OperatingSystemTypeWindows || name == decoupled {
		return
	}
	row := r.linux()
	if row == nil {
		if system == types.OperatingSystemTypeLinux {
			a.undocumented(userNamePath, "no document of the edition tells the names of Linux users")
		}
		return
	}
	why := row.fault(name)
	switch {
	case why == "":
	case system == types.OperatingSystemTypeLinux:
		r.citing(a, LinuxUserName, userNamePath, why, row.cite)
	default:
		a.lacks(userNamePath, "the operating system is not known, and with Linux "+why)
	}
}

func (r Rules) linux() *linuxRow {
	for i := range linuxRows {
		if linuxRows[i].span.Contains(r.edition) {
			return &linuxRows[i]
		}
	}
	return nil
}

func isPlain(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

func (row *linuxRow) fault(name string) string {
	if n := utf8.RuneCountInString(name); n > row.most {
		return fmt.Sprintf("%q has %d characters, more than %d", name, n, row.most)
	}
	if strings.HasPrefix(name, "-") {
		return fmt.Sprintf("%q starts with a hyphen", name)
	}
	plain := 0 // letters and digits that most names are made of
	for plain < len(name) && isPlain(name[plain]) {
		plain++
	}
	c, bad := outside(name[plain:], func(c rune) bool {
		return unicode.IsLetter(c) || unicode.IsNumber(c) || c == ' ' || strings.ContainsRune(row.others, c)
	})
	if bad {
		return fmt.Sprintf("%q in %q is no letter, digit or space, nor one of %s", c, name, row.others)
	}
	return ""
}
