package tfplan

import (
	"encoding/xml"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/schematest"
)

// castOfScreen is a plan with all that a screen tells apart: a deposed object, a Region, a destruction, a finding at
// another resource, must and should, lines, what is undocumented and what is not given.
func castOfScreen() string {
	const old = `"id": "ws-1a2b3c4d5", "region": "eu-west-1", "bundle_id": "wsb-b0s22j3d7", "directory_id": "d-906732325d", "user_name": "x"`
	grows := func(properties string) string { return desk("y", properties, "id", `"ws-1a2b3c4d6"`) }
	return planOf(
		strings.Replace(destroyed("aws_workspaces_workspace", "old", old), `"change"`, `"deposed": "deadbeef", "change"`, 1),
		change("aws_workspaces_workspace", "grows", `"update"`, "{"+grows(size("POWER", 80, 10))+"}", "{"+grows(size("POWER", 175, 100))+"}", "{}"),
		createWorkspace("open", desk("z", size("POWER", 80, 100))),
		createWorkspace("sound", desk("s", sound)),
		change("aws_workspaces_workspace", "part", `"create"`, "null", "{"+desk("p", `"compute_type_name": "POWER", "user_volume_size_gib": 100`, "region", `"eu-west-1"`)+"}", `{"workspace_properties": [{"root_volume_size_gib": true}]}`),
		vpcIn("us-west-2", "10.0.0.0/16"), subnetIn("a", "usw2-az1", "10.0.1.0/24"), subnetIn("b", "usw2-az2", "10.0.2.0/24"),
		created("aws_route", "r", `"route_table_id": "rtb-main", "destination_cidr_block": "172.31.0.0/16"`),
		registers(twoSubnets+`, "region": "us-west-2"`),
	)
}

func (r *resource) heading() string {
	if r.Deposed != "" {
		return string(r.Address + " (deposed " + r.Deposed + ")")
	}
	return string(r.Address)
}

// told is what stands under the heading, with the verdict as a screen spells it.
func (r *resource) told(verdict string) string {
	action := string(r.Action)
	if r.Region != "" {
		action += " in " + string(r.Region)
	}
	action += ": " + verdict
	if r.Verdict.String() == "allowed" && len(r.NotGiven) > 0 {
		action += ", as far as the plan tells"
	}
	return action
}

func (f finding) at(r *resource) string {
	if f.Address != r.Address {
		return string(f.Address + ": " + f.Path)
	}
	return string(f.Path)
}

// The text has a block for each resource, and in it each part of the report, in its order and once.
func TestBlocks(t *testing.T) {
	plan := castOfScreen()
	_, rep := reportOn(t, plan)
	_, text, _ := tfplan(t, plan)
	elsewhere := false
	var want strings.Builder
	for i := range rep.Resources {
		r := rep.Resources[i]
		fmt.Fprintf(&want, "\n%s\n  %s\n", r.heading(), r.told(strings.ToUpper(r.Verdict.String())))
		for _, f := range r.Findings {
			elsewhere = elsewhere || f.Address != r.Address
			if f.Code == "tfplan.desktop-destroyed" {
				fmt.Fprint(&want, "    DESTROYS THE DESKTOP\n")
			}
			fmt.Fprintf(&want, "    %-6s  %s\n", f.Level, f.Code)
			if at := f.at(r); at != "" {
				fmt.Fprintf(&want, "        %s\n", at)
			}
			fmt.Fprintf(&want, "        %s\n        remedy: %s\n        help: %s\n        %s\n", f.Detail, f.Remedy, f.Help, cited(f.Cite))
		}
		for _, l := range r.Lines {
			fmt.Fprintf(&want, "    %s\n", l)
		}
		for _, l := range r.Undocumented {
			fmt.Fprintf(&want, "    undocumented: %s\n", l)
		}
		for _, l := range r.NotGiven {
			fmt.Fprintf(&want, "    not given: %s\n", l)
		}
	}
	if !elsewhere || len(rep.Resources) < 6 {
		t.Fatalf("the plan does not have all: %d resources", len(rep.Resources))
	}
	if got := text[strings.Index(text, "\n"+rep.Resources[0].heading()+"\n"):]; !strings.HasPrefix(got, want.String()) {
		t.Errorf("%s\nwant\n%s", got, want.String())
	}
	for _, line := range []string{"input:   " + string(rep.Input) + " (format 1.2)\n", "edition: what was documented on " + rep.Edition.String() + "\n"} {
		if !strings.Contains(text, line) {
			t.Errorf("%q is missing in\n%s", line, text)
		}
	}
	if !strings.HasSuffix(text, "\n\n"+rep.Summary.Line+"\n") {
		t.Errorf("the last line is not %q", rep.Summary.Line)
	}
}

// section returns the text of each h3 of a part of a page with what stands under it, white space made one.
func section(t *testing.T, page, id string) (list []string) {
	t.Helper()
	depth, in := 0, 0
	for _, token := range schematest.Tokens(t, page) {
		switch token := token.(type) {
		case xml.StartElement:
			depth++
			for _, a := range token.Attr {
				if a.Name.Local == "aria-labelledby" && a.Value == id {
					in = depth
				}
			}
			if in > 0 && token.Name.Local == "h3" {
				list = append(list, "")
			}
			if n := len(list) - 1; in > 0 && n >= 0 {
				list[n] += " "
				if token.Name.Local == "li" {
					list[n] += "* "
				}
			}
		case xml.EndElement:
			if depth == in {
				in = 0
			}
			depth--
		case xml.CharData:
			if n := len(list) - 1; in > 0 && n >= 0 {
				list[n] += string(token)
			}
		}
	}
	for i := range list {
		list[i] = strings.Join(strings.Fields(list[i]), " ")
	}
	return list
}

// The page has a part for each resource, with the same as the text.
func TestParts(t *testing.T) {
	plan := castOfScreen()
	_, rep := reportOn(t, plan)
	file := filepath.Join(t.TempDir(), "page.html")
	if status, _, errs := tfplan(t, plan, "--html", file); status == exitUnanswered && errs != "" {
		t.Fatal(errs)
	}
	parts := section(t, readPage(t, file), "resources")
	if len(parts) != len(rep.Resources) {
		t.Fatalf("%d parts for %d resources: %q", len(parts), len(rep.Resources), parts)
	}
	for i := range rep.Resources {
		r := rep.Resources[i]
		got := parts[i]
		take := func(words string) {
			rest, ok := strings.CutPrefix(got, strings.Join(strings.Fields(words), " "))
			if !ok {
				t.Errorf("%s: %q is not what follows: %.200q", r.Address, words, got)
			}
			got = strings.TrimSpace(rest)
		}
		take(r.heading())
		take(strings.Replace(r.told(r.Verdict.String()), ", as far", " , as far", 1))
		for _, f := range r.Findings {
			take("*")
			if f.Code == "tfplan.desktop-destroyed" {
				take("destroys the desktop")
			}
			take(string(f.Level))
			take(string(f.Code))
			take(": " + string(f.Detail))
			remedy := string(f.Remedy)
			take(strings.ToUpper(remedy[:1]) + strings.TrimSuffix(remedy[1:], "."))
			take(".")
			take(f.at(r))
			take(string(cited(f.Cite)))
		}
		for _, l := range r.Lines {
			take("*")
			take(string(l))
		}
		for _, l := range r.Undocumented {
			take("* undocumented: " + string(l))
		}
		for _, l := range r.NotGiven {
			take("* not given: " + string(l))
		}
		if got != "" {
			t.Errorf("%s: there is more: %q", r.Address, got)
		}
	}
}
