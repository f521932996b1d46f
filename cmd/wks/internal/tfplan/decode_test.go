package tfplan

import (
	"strings"
	"testing"
)

// An error tells the place by line, column and name, and nothing that stood before is in its name.
func TestPlacesOfErrors(t *testing.T) {
	const head = `{"format_version": "1.2", `
	for name, tt := range map[string]struct{ plan, want string }{
		"a text":                {head + `"resource_changes": "x"}`, `1:47: resource_changes: is a string, which a plan has not there`},
		"true":                  {head + `"resource_changes": true}`, `1:47: resource_changes: is a bool, which a plan has not there`},
		"false":                 {head + `"resource_changes": false}`, `1:47: resource_changes: is a bool, which a plan has not there`},
		"a number":              {head + `"resource_changes": 7}`, `1:47: resource_changes: is a number, which a plan has not there`},
		"a negative number":     {head + `"resource_changes": -7}`, `1:47: resource_changes: is a number, which a plan has not there`},
		"an object":             {head + `"resource_changes": {}}`, `1:47: resource_changes: is a object, which a plan has not there`},
		"a list for a flag":     {head + `"errored": []}`, `1:38: errored: is a array, which a plan has not there`},
		"a text for a flag":     {head + `"errored": "true"}`, `1:38: errored: is a string, which a plan has not there`},
		"after what is unknown": {head + `"x": {"y": [1]}, "relevant_attributes": [], "resource_changes": {}}`, `1:91: resource_changes: is a object, which a plan has not there`},
		"after a name of no letters": {head + `"": 1,
			"resource_changes": {}}`, `2:24: resource_changes: is a object, which a plan has not there`},
		"in the second element":      {head + `"resource_changes": [{"address": "a", "mode": "managed", "type": "t", "name": "a", "change": {"actions": ["no-op"], "before": {}, "after": {}}}, {"address": 7}]}`, `resource_changes[1].address: is a number, which a plan has not there`},
		"a tag twice":                {planOf(createWorkspace("w", desk("x", sound, "tags_all", `{"a": "1", "b": "2", "a": "3"}`))), "resource_changes[0].change.after: has a member twice"},
		"an attribute twice":         {planOf(createWorkspace("w", desk("x", sound)+`, "user_name": "y"`)), "resource_changes[0].change.after: has a member twice"},
		"a variable twice":           {head + `"resource_changes": [], "variables": {"v": {"value": 1}, "v": {"value": 2}}}`, "variables: has a member twice"},
		"no JSON after a member":     {head + `"x": 1 "resource_changes": []}`, "standard input:1:34: is not JSON: "},
		"no JSON in a tag":           {planOf(createWorkspace("w", `"tags_all": {"a": x}`)), "is not JSON: "},
		"no JSON in what is unknown": {head + `"x": [tru], "resource_changes": []}`, "standard input:1:33: is not JSON: "},
	} {
		status, out, errs := tfplan(t, tt.plan)
		if status != exitUnanswered || out != "" || !strings.HasPrefix(errs, "tfplan: standard input:") || !strings.Contains(errs, tt.want) {
			t.Errorf("%s: status %d, %q, %q\nwant %q", name, status, out, errs, tt.want)
		}
		if at, _, ok := strings.Cut(tt.want, ": is a "); ok && !strings.Contains(errs, at+": is a ") {
			t.Errorf("%s: %q", name, errs)
		}
	}
}

// A flag that is null is one that is not set.
func TestNullFlag(t *testing.T) {
	plan := planOf(createWorkspace("w", desk("x", sound)))
	notes := func(value string) int {
		_, rep := reportOn(t, strings.Replace(plan, `"resource_changes"`, `"errored": `+value+`, "resource_changes"`, 1))
		return len(rep.Notes)
	}
	if none, null, no, yes := len(must(reportOn(t, plan)).Notes), notes("null"), notes("false"), notes("true"); null != none || no != none || yes != none+1 {
		t.Errorf("%d notes without, %d with null, %d with false, %d with true", none, null, no, yes)
	}
}

func must(_ int, rep report) report { return rep }
