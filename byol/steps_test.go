package byol_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/rule"
)

func TestStepsGrid(t *testing.T) {
	grid, _ := lines(t, "testdata/steps.txt")
	for _, date := range []string{"2019-01-08", "2020-07-08", "2022-09-02", "2025-10-21", "2026-06-30", "2026-09-10"} {
		var want, got []string
		for _, line := range grid {
			if strings.HasPrefix(line, date) {
				want = append(want, line)
			}
		}
		steps, err := at(t, rule.MustParseEdition(date)).Steps()
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range steps {
			if (s.ActionsCite == rule.Citation{}) != (len(s.Actions) == 0) || s.Cite.Document == "service-authorization" {
				t.Errorf("%s: %s cites %+v, and %+v for %d actions", date, s.Name, s.Cite, s.ActionsCite, len(s.Actions))
			}
			line := date + " " + s.Name
			for _, a := range s.Actions {
				line += " " + a.Name
				for _, r := range a.Resources {
					line += ":" + strings.ReplaceAll(r, " ", "-")
				}
				if a.Optional != "" {
					line += "?"
				}
			}
			got = append(got, line)
		}
		if !slices.Equal(got, want) {
			t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	steps, _ := byol.Newest().Steps()
	steps[1].Actions[2].Resources[0] = "changed"
	if again, _ := byol.Newest().Steps(); again[1].Actions[2].Resources[0] == "changed" {
		t.Error("Steps is not a copy")
	}
}

// A policy grants exactly the actions of its steps: those without a resource on "*", and
// the others on ARNs of every type that they name.
func TestPolicy(t *testing.T) {
	rules := byol.Newest()
	steps, err := rules.Steps()
	if err != nil {
		t.Fatal(err)
	}
	for _, optional := range []bool{false, true} {
		for _, s := range steps {
			text, err := rules.Policy(byol.PolicyScope{Region: "eu-west-1", Account: "123456789012", Optional: optional}, s.Name)
			if err != nil {
				t.Fatal(err)
			}
			var doc struct {
				Version   string
				Statement []struct {
					Effect           string
					Action, Resource []string
				}
			}
			if err := json.Unmarshal(text, &doc); err != nil || doc.Version != "2012-10-17" {
				t.Fatalf("%s: %v in %s", s.Name, err, text)
			}
			granted := map[string]int{}
			for _, st := range doc.Statement {
				for _, name := range st.Action {
					i := slices.IndexFunc(s.Actions, func(a byol.Action) bool { return a.Name == name })
					if i < 0 || st.Effect != "Allow" {
						t.Fatalf("%s grants %s", s.Name, name)
					}
					granted[name]++
					if n := len(s.Actions[i].Resources); n == 0 && !slices.Equal(st.Resource, []string{"*"}) || n > 0 && (len(st.Resource) != n || slices.Contains(st.Resource, "*")) {
						t.Errorf("%s on %v", name, st.Resource)
					}
				}
			}
			for _, a := range s.Actions {
				if want := a.Optional == "" || optional; (granted[a.Name] == 1) != want || granted[a.Name] > 1 {
					t.Errorf("%s, optional %t: %s is granted %d times", s.Name, optional, a.Name, granted[a.Name])
				}
			}
		}
	}
	foreign, err := rules.Policy(byol.PolicyScope{Partition: "aws-us-gov", Account: "123456789012", ImageID: "wsi-1", ForeignImages: true}, byol.StepCopy, byol.StepShare)
	if err != nil || !strings.Contains(string(foreign), `"arn:aws-us-gov:workspaces:*:*:workspaceimage/wsi-1"`) || !strings.Contains(string(foreign), `"arn:aws-us-gov:workspaces:*:123456789012:workspaceimage/wsi-1"`) {
		t.Errorf("%s, %v", foreign, err)
	}
}

// An action that two steps take is named once.
func TestPolicyNamesActionsOnce(t *testing.T) {
	policy, err := byol.Newest().Policy(byol.PolicyScope{}, byol.StepImport, byol.StepCopy, byol.StepImport)
	if n := strings.Count(string(policy), `"workspaces:DescribeWorkspaceImages"`); err != nil || n != 1 {
		t.Errorf("%d times, %v:\n%s", n, err, policy)
	}
}
