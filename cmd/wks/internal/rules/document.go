package rules

import (
	"fmt"
	"strings"

	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/rule"
)

// pages are the files of docs/rules that explain the rules of the command, by the first part of their codes.
// [rule.Code.Help] leads to them.
func pages() map[string][]byte {
	urls := documents()
	texts := map[string][]byte{}
	for _, r := range own() {
		command, _, _ := strings.Cut(string(r.Code), ".")
		b := texts[command]
		if b == nil {
			b = fmt.Appendf(nil, `# Rules of wks %s

<!-- Written by UPDATE_GOLDEN=1 go test ./cmd/wks/internal/rules from the rules. DO NOT EDIT. -->

These rules are those of the command itself: about states in which somebody has to act, and about what
Terraform and CloudFormation make of a configuration. [rules.md](../rules.md) has the rules of the library.
`+"`wks rules CODE`"+` prints either. A finding may have a better remedy than its rule.
`, command)
		}
		v := r.Revisions[0]
		b = fmt.Appendf(b, "\n## %s\n\n%s\n\n**Remedy:** %s\n\n**Level:** %s. ", r.Code, r.Title, r.Remedy, v.Level)
		if v.Cite == (rule.Citation{}) {
			b = append(b, "Each finding names its source.\n"...)
		} else {
			b = fmt.Appendf(b, "**Source:** [%s](%s)\n", finding.Cited(v.Cite), urls[v.Cite.Document])
		}
		texts[command] = b
	}
	return texts
}
