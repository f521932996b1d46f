package finding

import (
	"bufio"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"strings"

	"github.com/wksgo/wks/rule"
)

// WriteGitHub writes the report as workflow commands of GitHub Actions: an error for each finding of
// level must, a warning for each other one, and a notice for each open question. Base is where the
// files of the report lie.
func (r *Report) WriteGitHub(w io.Writer, base string) error {
	out := bufio.NewWriter(w)
	command := func(kind, title, message string, o Occurrence) {
		var properties []string
		if o.File != "" {
			properties = append(properties, "file="+property.Replace(path.Join(filepath.ToSlash(base), filepath.ToSlash(o.File))))
			if o.Line > 0 {
				properties = append(properties, fmt.Sprintf("line=%d,col=%d", o.Line, o.Column))
			}
		}
		properties = append(properties, "title="+property.Replace(title))
		fmt.Fprintf(out, "::%s %s::%s\n", kind, strings.Join(properties, ","), escaped.Replace(message))
	}
	for _, f := range r.Findings {
		kind := "warning"
		if f.Level == rule.Must {
			kind = "error"
		}
		text := f.Line() + "\nRemedy: " + f.Remedy
		if f.Help != "" {
			text += "\n" + f.Help
		}
		command(kind, string(f.Code), text, f.Occurrences[0])
	}
	for _, q := range r.Open {
		text := q.Reason
		if q.Fetch() != "" {
			text += "\n" + q.Fetch()
		}
		command("notice", q.Kind(), text, q.Occurrences[0])
	}
	return out.Flush()
}

// What a workflow command takes for its own signs is escaped, in texts and in properties.
var (
	escaped  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
