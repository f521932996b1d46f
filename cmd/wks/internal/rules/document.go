package rules

import (
	"fmt"
	"strings"

	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/rule"
)

// document is docs/command-rules.md, to which finding.Help leads.
func document() []byte {
	var b strings.Builder
	b.WriteString(`# Rules of the command

<!-- Written by UPDATE_GOLDEN=1 go test ./cmd/wks/internal/rules from the rules. DO NOT EDIT. -->

These rules are those of the command ` + "`wks`" + ` itself: about states in which somebody has to act, and about what
Terraform and CloudFormation make of a configuration. [rules.md](rules.md) has the rules of the library.
` + "`wks rules CODE`" + ` prints either. A finding may have a better remedy than its rule.
`)
	urls := documents()
	of := ""
	for _, r := range own() {
		if command, _, _ := strings.Cut(string(r.Code), "."); command != of {
			of = command
			fmt.Fprintf(&b, "\n## wks %s\n", of)
		}
		v := r.Revisions[0]
		fmt.Fprintf(&b, "\n### %s\n\n%s\n\n**Remedy:** %s\n\n**Level:** %s. ", r.Code, r.Title, r.Remedy, v.Level)
		if v.Cite == (rule.Citation{}) {
			b.WriteString("Each finding names its source.\n")
			continue
		}
		fmt.Fprintf(&b, "**Source:** [%s](%s)\n", finding.Cited(v.Cite), urls[v.Cite.Document])
	}
	return []byte(b.String())
}
