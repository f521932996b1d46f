package runner

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/migrate"
)

// complete takes the user and the directory of a migration from the service, which knows
// them better than the plan.
func (r *run) complete(m *migrate.Migration, w *types.Workspace) {
	if name := value(w.UserName); name != "" {
		m.UserName = name
	}
	if d := value(w.DirectoryId); d != "" {
		m.DirectoryID = d
	}
	r.names[m.WorkspaceID] = m.UserName
}

// detail makes a text about a WorkSpace fit for the journal and the report: short, and without what a terminal
// obeys.
func (r *run) detail(id, text string) string {
	if r.o.OmitUserNames {
		text = hide(text, r.names[id])
	}
	return told(text)
}

// hide puts "(user)" in the place of a name, in upper or lower case, wherever it stands by
// itself.
func hide(text, name string) string {
	if name == "" || name == nobody {
		return text
	}
	inWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	var b strings.Builder
	before := utf8.RuneError
	for i := 0; i < len(text); {
		end, ok := prefixFold(text[i:], name)
		after, _ := utf8.DecodeRuneInString(text[i+end:])
		if ok && !inWord(before) && !inWord(after) {
			b.WriteString("(user)")
			before = ')'
			i += end
			continue
		}
		var size int
		before, size = utf8.DecodeRuneInString(text[i:])
		b.WriteString(text[i : i+size])
		i += size
	}
	return b.String()
}

// prefixFold tells whether a text begins with another one, in upper or lower case, and how
// many bytes that takes.
func prefixFold(text, name string) (end int, ok bool) {
	for range name {
		if end >= len(text) {
			return 0, false
		}
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
	}
	if utf8.RuneCountInString(text[:end]) != utf8.RuneCountInString(name) || !strings.EqualFold(text[:end], name) {
		return 0, false
	}
	return end, true
}
