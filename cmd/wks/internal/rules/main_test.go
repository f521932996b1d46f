package rules

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
)

func run(args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = cli.Run(Command(), args, strings.NewReader(""), &out, &errs)
	return status, out.String(), errs.String()
}

// Each rule of the catalogue is listed, and explained by its code.
func TestEveryRule(t *testing.T) {
	_, all, _ := run()
	_, out, _ := run("--json")
	var list []described
	if err := json.Unmarshal([]byte(out), &list); err != nil || len(list) != len(wks.Catalogue()) {
		t.Fatalf("%v, %d rules of %d", err, len(list), len(wks.Catalogue()))
	}
	for i, r := range wks.Catalogue() {
		if d := list[i]; d.Code != r.Code || d.Title != r.Title || d.Remedy != r.Remedy || d.Help != r.Code.Help() || len(d.Revisions) != len(r.Revisions) {
			t.Errorf("%s: %+v", r.Code, d)
		}
		if !strings.Contains(all, string(r.Code)+" ") {
			t.Errorf("%s is not listed", r.Code)
		}
		status, one, errs := run(string(r.Code))
		if status != cli.Clean || errs != "" || !strings.Contains(one, "since "+r.Revisions[0].Span.Since.String()) || !strings.Contains(one, r.Code.Help()) {
			t.Errorf("%s: status %d, %s%s", r.Code, status, one, errs)
		}
	}
}

// The level is that of the day.
func TestEdition(t *testing.T) {
	for _, r := range wks.Catalogue() {
		for _, v := range r.Revisions {
			_, out, errs := run("--json", "--edition", v.Span.Since.String(), string(r.Code))
			var d described
			if err := json.Unmarshal([]byte(out), &d); err != nil || d.Level != v.Level {
				t.Errorf("%s on %s: %q, %v %s", r.Code, v.Span.Since, d.Level, err, errs)
			}
		}
	}
}

func TestUnknownCode(t *testing.T) {
	for code, want := range map[string]string{
		"bundle.user-taken": "is it bundles.user-taken?", "nonsense": "the code of no rule", "\x1b[2J": `\x1b[2J`,
	} {
		if status, out, errs := run(code); status != cli.Unanswered || out != "" || !strings.Contains(errs, want) {
			t.Errorf("%q: status %d, %q, want %q", code, status, errs, want)
		}
	}
}
