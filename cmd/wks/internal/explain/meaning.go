package explain

import (
	"path"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/cmd/wks/internal/preflight"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

// A Meaning is what a code or a name in the text means by itself.
type Meaning struct {
	Kind   string         `json:"kind"` // "error of an image", "folder" or "rule"
	Name   string         `json:"name"`
	Title  string         `json:"title"`
	Remedy string         `json:"remedy,omitempty"`
	Codes  []rule.Code    `json:"codes,omitempty"` // of rules that find it beforehand
	Help   string         `json:"help,omitempty"`
	Cite   *rule.Citation `json:"cite,omitempty"`
	Exact  bool           `json:"-"` // the text names it, whatever else it says
}

// mostMeanings is how many there are at most.
const mostMeanings = 5

// meanings returns what names in a text mean: errors of images, folders of the migration, and codes of wks.
func meanings(text string) []Meaning {
	list := []Meaning{}
	seen := map[string]bool{}
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\r\n\"'`,;()[]{}=", r) }) {
		w = strings.TrimRight(w, ".:!?")
		name := path.Base(strings.ReplaceAll(w, `\`, "/"))
		if seen[name] || len(list) == mostMeanings {
			continue
		}
		seen[name] = true
		if m, ok := meaning(name); ok {
			list = append(list, m)
		}
	}
	return list
}

func meaning(name string) (Meaning, bool) {
	if m, ok := imageError(name); ok {
		return m, true
	}
	if f, err := migrate.ParseNotMigratedFolder(name); err == nil {
		return Meaning{
			Kind: "folder", Name: rule.Printable(rule.Shorten(name)), Exact: true,
			Title:  "The profile of " + rule.Printable(rule.Shorten(f.User)) + " from before the migration of " + f.Time.Format(time.DateTime) + ". No document tells the time zone.",
			Remedy: "Copy what the user misses to the new profile, which is in the folder beside it.",
		}, true
	}
	for _, r := range append(wks.Catalogue(), preflight.Rules()...) {
		if string(r.Code) == name {
			last := r.Revisions[len(r.Revisions)-1]
			return Meaning{Kind: "rule", Name: name, Title: r.Title, Remedy: r.Remedy, Help: r.Code.Help(), Cite: &last.Cite, Exact: true}, true
		}
	}
	return Meaning{}, false
}

// imageError is the meaning of an error of images, in either case of letters.
func imageError(name string) (Meaning, bool) {
	for _, code := range types.WorkspaceImageErrorDetailCode("").Values() {
		if !strings.EqualFold(string(code), name) {
			continue
		}
		e := byol.ExplainImageErrors([]types.ErrorDetails{{ErrorCode: code}})[0]
		m := Meaning{Kind: "error of an image", Name: string(code), Title: "An image cannot be imported or created.", Remedy: finding.Sentence(e.Remedy), Codes: e.Codes, Cite: &e.Cite, Exact: true}
		for _, r := range byol.Catalogue() {
			if len(e.Codes) > 0 && r.Code == e.Codes[0] {
				m.Title, m.Help = r.Title, r.Code.Help()
			}
		}
		return m, true
	}
	return Meaning{}, false
}
