package bundles

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules of names.
const (
	NameLength             rule.Code = "bundles.name-length"
	NameAlphabet           rule.Code = "bundles.name-alphabet"
	ImageDescriptionHyphen rule.Code = "bundles.image-description-hyphen"
)

var nameRules = []tables.Rule{
	{
		Code:      NameLength,
		Title:     "A name or description is too short or too long.",
		Remedy:    "Give a name or description of the length that is named.",
		Revisions: []rule.Revision{tables.Must(model, "WorkspaceImageName", "2018-11-16", "")},
	},
	{
		Code:      NameAlphabet,
		Title:     "A name or description has a character that it may not have.",
		Remedy:    "Replace the character that is named.",
		Revisions: []rule.Revision{tables.Must(model, "WorkspaceImageName", "2018-11-16", "")},
	},
	{
		Code:      ImageDescriptionHyphen,
		Title:     "The description of an image has a hyphen.",
		Remedy:    "Write the description without a hyphen.",
		Revisions: []rule.Revision{tables.Should(imagePage, "Step 3: Create a custom image and custom bundle", read2025, "")},
	},
}

func (s *snapshot) compileNames(e rule.Edition) {
	s.names = byKey(names.On(e), func(r nameRow) Name { return r.kind })
	s.ids = map[ID][]idRow{}
	for _, r := range ids.On(e) {
		s.ids[r.kind] = append(s.ids[r.kind], r)
	}
	s.bundleIDs, s.directories = s.ids[BundleID], s.ids[DirectoryID]
	s.linux, _ = linuxUsers.One(e)
	s.decoupled, _ = decoupling.One(e)
	s.caseless = len(caseless.On(e)) > 0
	api, _ := bundleAPI.One(e)
	s.bundleAPI = api.Cite
}

const noForm = "no document of the edition tells its form"

// CheckName tells whether a text is fit for a kind of name or description: its length in
// characters and its alphabet. Violations stand at the kind, as the API spells it. A hyphen in
// the description of an image is within the service's model, and the guide says that it makes
// an error: a violation at the level Should. The answer is open in editions that do not give
// the form. An unknown kind is a *rule.InputError.
func (r Rules) CheckName(kind Name, text string) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	if !slices.ContainsFunc(names.Rows, func(row nameRow) bool { return row.kind == kind }) {
		return rule.Answer{}, &rule.InputError{Path: "Name", Value: string(kind), Reason: "is not a kind of name"}
	}
	var a rule.Answer
	r.s.name(&a, rule.Path(kind), kind, text)
	return a.Concluded(), nil
}

func (s *snapshot) name(a *rule.Answer, at rule.Path, kind Name, text string) {
	row, ok := s.names[kind]
	if !ok {
		a.NotDocumented(at, noForm)
		return
	}
	n := utf8.RuneCountInString(text)
	if n < row.least || n > row.most {
		s.rules.BreakBy(a, row.Cite, NameLength, at, "%q has %d characters, not %d to %d", text, n, row.least, row.most)
	}
	first := true
	c, bad := outside(text, func(c rune) bool {
		others := row.others
		if first && row.firstOther != "" {
			others = row.firstOther
		}
		first = false
		return isAlnum(c) || strings.ContainsRune(others, c)
	})
	if bad {
		s.rules.BreakBy(a, row.Cite, NameAlphabet, at, "%q does not belong where it stands in %q", c, text)
	}
	if kind == ImageDescription && strings.Contains(text, "-") && s.rules.Has(ImageDescriptionHyphen) {
		s.rules.Break(a, ImageDescriptionHyphen, at, "a hyphen in %q makes an error, says the guide", text)
	}
}

// isAlnum reports whether a character is a letter or digit of ASCII.
func isAlnum(c rune) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// CheckID tells whether a text has the form of an identifier, at the path that the kind is.
// Where the model's pattern permits something before the prefix, a text with something before
// it leaves the answer open. So does an edition that does not give the form. An unknown kind
// is a *rule.InputError.
func (r Rules) CheckID(kind ID, text string) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	if !slices.ContainsFunc(ids.Rows, func(row idRow) bool { return row.kind == kind }) {
		return rule.Answer{}, &rule.InputError{Path: "ID", Value: string(kind), Reason: "is not a kind of identifier"}
	}
	var a rule.Answer
	r.s.id(&a, rule.Path(kind), r.s.ids[kind], kind, text)
	return a.Concluded(), nil
}

// id judges an identifier by the forms of its kind; none is open.
func (s *snapshot) id(a *rule.Answer, at rule.Path, forms []idRow, kind ID, text string) {
	if isOneOf(forms, text) {
		return
	}
	loose := false
	for i := range forms {
		row := &forms[i]
		if j := strings.LastIndex(text, row.prefix); j != -1 && !row.anchored && row.matches(text[j:]) {
			loose = true
		}
	}
	switch {
	case len(forms) == 0:
		a.NotDocumented(at, noForm)
	case loose:
		a.NotDocumented(at, quoted(text)+" has something before the identifier, and the model does not say that it may not")
	default:
		s.rules.BreakBy(a, forms[len(forms)-1].Cite, IDMalformed, at, "%q is not a %s", text, kind)
	}
}

func isOneOf(forms []idRow, text string) bool {
	for i := range forms {
		if forms[i].matches(text) {
			return true
		}
	}
	return false
}

func (row *idRow) matches(text string) bool {
	rest, is := strings.CutPrefix(text, row.prefix)
	if !is || len(rest) < row.least || len(rest) > row.most {
		return false
	}
	in := row.alphabet
	for i := range len(rest) {
		in &= idBytes[rest[i]]
	}
	return in != 0
}

// idBytes are the alphabets that each character is in.
var idBytes = func() (set [256]byte) {
	for _, c := range []byte("0123456789abcdefghijklmnopqrstuvwxyz") {
		if set[c] = idLetter; c <= 'f' {
			set[c] |= idHex
		}
	}
	return set
}()

const (
	maxUserName  = 63 // characters
	decoupled    = "[UNDEFINED]"
	userNamePath = rule.Path("UserName")
)

// isDecoupled reports whether a user name stands for no user.
func (s *snapshot) isDecoupled(name string) bool {
	return name == decoupled && s.decoupled.Cite != (rule.Citation{})
}

// CheckUserName tells whether a user can have a WorkSpace with an operating system of a type
// (WINDOWS or LINUX). Names have 1 to 63 characters; with Linux at most 20, of letters,
// digits, spaces and _ . - #, and no hyphen at the start. If the type is not known and Linux
// would refuse the name, the answer is open.
func (r Rules) CheckUserName(system types.OperatingSystemType, name string) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	var a rule.Answer
	r.s.userName(&a, system, name)
	return a.Concluded(), nil
}

func (s *snapshot) userName(a *rule.Answer, system types.OperatingSystemType, name string) {
	if n := len(name); n < 1 || n > maxUserName && utf8.RuneCountInString(name) > maxUserName {
		s.rules.Break(a, UserNameLength, userNamePath, "%q has %d characters, not 1 to %d", name, utf8.RuneCountInString(name), maxUserName)
		return
	}
	if system == types.OperatingSystemTypeWindows || s.isDecoupled(name) {
		return
	}
	if s.linux.most == 0 {
		if system == types.OperatingSystemTypeLinux {
			a.NotDocumented(userNamePath, "no document of the edition tells the names of Linux users")
		}
		return
	}
	why := s.linux.fault(name)
	switch {
	case why == "":
	case system == types.OperatingSystemTypeLinux:
		s.rules.BreakBy(a, s.linux.Cite, LinuxUserName, userNamePath, "%s", why)
	default:
		a.NotGiven(userNamePath, "the operating system is not known, and with Linux "+why)
	}
}

// fault tells what is wrong with the name of a Linux user, "" for nothing.
func (row *linuxRow) fault(name string) string {
	if len(name) > row.most {
		if n := utf8.RuneCountInString(name); n > row.most {
			return fmt.Sprintf("%s has %d characters, more than %d", quoted(name), n, row.most)
		}
	}
	if strings.HasPrefix(name, "-") {
		return quoted(name) + " starts with a hyphen"
	}
	plain := 0 // letters and digits that most names are made of
	for plain < len(name) && isAlnum(rune(name[plain])) {
		plain++
	}
	c, bad := outside(name[plain:], func(c rune) bool {
		return unicode.IsLetter(c) || unicode.IsNumber(c) || c == ' ' || strings.ContainsRune(row.others, c)
	})
	if bad {
		return fmt.Sprintf("%q in %s is no letter, digit or space, nor one of %s", c, quoted(name), row.others)
	}
	return ""
}
