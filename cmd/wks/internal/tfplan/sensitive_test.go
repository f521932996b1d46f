package tfplan

import (
	"bytes"
	"encoding/json"
	"fmt"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/internal/lineartest"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// samples are the plans that the program carries with it and is tested with, and one of what they
// do not have: a change of keys, a key that does not suit, a tag of the resource's own that is
// reserved, and volumes that grow in steps.
func samples(t *testing.T) map[string][]byte {
	other := strings.Replace(keyARN, "1234abcd", "5678abcd", 1)
	with := func(key string) string {
		return "{" + desk("x", sound, "region", `"eu-west-1"`, "root_volume_encryption_enabled", "true", "volume_encryption_key", `"`+key+`"`, "tags", `{"aws:own": "x"}`, "tags_all", `{"aws:own": "x"}`) + "}"
	}
	all := map[string][]byte{"sample": sample, "more": []byte(planOf(
		change("aws_workspaces_workspace", "w", `"delete", "create"`, with(keyARN), with(other), "{}", `"replace_paths": [["volume_encryption_key"]]`),
		change("aws_kms_key", "k", `"read"`, "null", `{"arn": "`+other+`", "id": "5678abcd", "key_state": "Disabled", "key_manager": "CUSTOMER", "key_spec": "RSA_2048"}`, "{}"),
		change("aws_workspaces_workspace", "v", `"update"`, "{"+desk("y", size("POWER", 80, 10))+"}", "{"+desk("y", size("POWER", 175, 100))+"}", "{}"),
	))}
	for _, name := range []string{"testdata/replace.plan.json", "testdata/network.plan.json"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = data
	}
	for _, name := range slices.Collect(maps.Keys(all)) {
		all[name+", as a state"] = stateOf(t, all[name])
	}
	return all
}

// stateOf returns the state with all that a plan has, as terraform show --json prints it: what is there after the
// plan, or else before it, and what the plan has of the state before.
func stateOf(t *testing.T, data []byte) []byte {
	var plan map[string]any
	if err := json.Unmarshal(data, &plan); err != nil {
		t.Fatal(err)
	}
	root := map[string]any{"resources": []any{}}
	if prior, ok := plan["prior_state"].(map[string]any); ok {
		root["child_modules"] = []any{prior["values"].(map[string]any)["root_module"]}
	}
	for _, c := range plan["resource_changes"].([]any) {
		r := c.(map[string]any)
		change := r["change"].(map[string]any)
		delete(r, "change")
		side := "after"
		if change[side] == nil {
			side = "before"
		}
		r["values"], r["sensitive_values"] = change[side], map[string]any{}
		if marks := change[side+"_sensitive"]; marks != nil {
			r["sensitive_values"] = marks
		}
		root["resources"] = append(root["resources"].([]any), r)
	}
	state, err := json.Marshal(map[string]any{"format_version": "1.0", "terraform_version": plan["terraform_version"], "values": map[string]any{"root_module": root}})
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// A valued is an object of a plan with values, and where its marks of what is sensitive are.
type valued struct {
	holder map[string]any
	values string // the member that has the values
	marks  string // the member that has the marks
}

// everyValued lists the objects of a decoded plan that have values, in an order that is always
// the same.
func everyValued(plan map[string]any) (list []valued) {
	changes, _ := plan["resource_changes"].([]any)
	for _, c := range changes {
		holder := c.(map[string]any)["change"].(map[string]any)
		list = append(list, valued{holder, "before", "before_sensitive"}, valued{holder, "after", "after_sensitive"})
	}
	var state func(any)
	state = func(module any) {
		m, _ := module.(map[string]any)
		resources, _ := m["resources"].([]any)
		for _, r := range resources {
			list = append(list, valued{r.(map[string]any), "values", "sensitive_values"})
		}
		children, _ := m["child_modules"].([]any)
		for _, child := range children {
			state(child)
		}
	}
	if prior, ok := plan["prior_state"].(map[string]any); ok {
		state(prior["values"].(map[string]any)["root_module"])
	}
	for _, member := range []string{"values", "planned_values"} {
		if values, ok := plan[member].(map[string]any); ok {
			state(values["root_module"])
		}
	}
	return list
}

// paths lists the paths of all values, those in which others are included.
func paths(v any, at []any, list [][]any) [][]any {
	if v == nil {
		return list
	}
	list = append(list, at)
	switch v := v.(type) {
	case map[string]any:
		names := []string{}
		for name := range v {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			list = paths(v[name], append(slices.Clone(at), name), list)
		}
	case []any:
		for i := range v {
			list = paths(v[i], append(slices.Clone(at), i), list)
		}
	}
	return list
}

// put replaces the value at a path.
func put(v any, at []any, f func(any) any) any {
	if len(at) == 0 {
		return f(v)
	}
	switch step := at[0].(type) {
	case string:
		m, _ := v.(map[string]any)
		if m == nil {
			m = map[string]any{}
		}
		m[step] = put(m[step], at[1:], f)
		return m
	case int:
		l, _ := v.([]any)
		for len(l) <= step {
			l = append(l, map[string]any{})
		}
		l[step] = put(l[step], at[1:], f)
		return l
	}
	return v
}

// A disguise puts another value in the place of one, which a search finds.
type disguise struct {
	name string
	of   func(s string) string
	num  any
}

var disguises = []disguise{
	{"malformed", func(s string) string { return "hush" + s }, 7771.0},
	{"a malformed number", func(s string) string { return s + "hush" }, 777.5},
	{"escapes", func(s string) string { return "hush\x1b[31m\u202e" + s }, 7771.0},
	{"well-formed", wellFormed, 777.0},
}

// wellFormed returns another value of the same form.
func wellFormed(s string) string {
	switch {
	case strings.HasPrefix(s, "arn:"):
		return strings.ReplaceAll(strings.ReplaceAll(s, "123456789012", "777788889999"), "78abcd", "77beef")
	case strings.HasPrefix(s, "alias/"):
		return "alias/hush"
	case strings.Contains(s, "/") && strings.Contains(s, "."):
		return "192.168.77.0/24"
	case regexp.MustCompile(`^[a-z]{2}-[a-z]+-[0-9][a-z]?$`).MatchString(s):
		return "us-west-2" + s[len(strings.TrimRight(s, "abc")):]
	case regexp.MustCompile(`^(wsb|ws|d|wsipg|subnet|vpc|rtb|pl)-`).MatchString(s):
		kind, _, _ := strings.Cut(s, "-")
		return kind + "-777777777"
	case s == "RSA_2048":
		return "RSA_hush"
	case s == "STANDARD", s == "POWER", s == "PERFORMANCE", s == "VALUE":
		return "GRAPHICSPRO"
	case s == "AUTO_STOP", s == "ALWAYS_ON":
		return "MANUAL"
	case regexp.MustCompile(`^[a-z0-9]+-az[0-9]$`).MatchString(s):
		return "usw2-az9"
	}
	return strings.Repeat("hush", 16)
}

// secrets lists the values below v, in the form in which a report might have them. Those that
// stand in the plan elsewhere are no secrets.
func secrets(v any, elsewhere string) (list []string) {
	switch v := v.(type) {
	case string:
		list = append(list, v, strings.ToLower(v))
		if strings.Contains(v, "hush") {
			list = append(list, "hush")
		}
	case float64:
		list = append(list, fmt.Sprint(v))
	case map[string]any:
		for name, x := range v {
			list = append(append(list, secrets(x, elsewhere)...), secrets(name, elsewhere)...)
		}
	case []any:
		for _, x := range v {
			list = append(list, secrets(x, elsewhere)...)
		}
	}
	return slices.DeleteFunc(list, func(s string) bool { return len(s) < 3 || strings.Contains(elsewhere, s) })
}

// TestEverySensitive marks each value of each sample, of the states in it and of it as a state as sensitive, alone and with what is in it,
// puts another value in its place, and looks for that in text, JSON and errors.
func TestEverySensitive(t *testing.T) {
	lineartest.SkipRace(t)
	runs, shown := 0, 0
	for name, data := range samples(t) {
		decode := func() map[string]any {
			var plan map[string]any
			if err := json.Unmarshal(data, &plan); err != nil {
				t.Fatal(err)
			}
			return plan
		}
		for i, original := range everyValued(decode()) {
			for _, at := range paths(original.holder[original.values], nil, nil) {
				for _, d := range disguises {
					plan := decode()
					v := everyValued(plan)[i]
					var secret any
					v.holder[v.values] = put(v.holder[v.values], at, func(x any) any {
						secret = hide(x, d, len(at) > 0 && strings.HasPrefix(fmt.Sprint(at[len(at)-1]), "tags"))
						return secret
					})
					words := secrets(secret, string(data))
					if containsAny(reportsOf(t, plan, "--json"), words) {
						shown++
					}
					v.holder[v.marks] = put(v.holder[v.marks], at, func(any) any { return true })
					out := reportsOf(t, plan, "--json") + reportsOf(t, plan, "--details")
					other := otherForm(t, plan, runs)
					runs++
					for _, word := range words {
						for _, out := range []string{out, other} {
							if strings.Contains(out, word) {
								t.Errorf("%s, object %d, %s %v, %s: %q is shown\n%s", name, i, v.values, at, d.name, word, around(out, word))
							}
						}
					}
					if i := strings.IndexFunc(out, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }); i >= 0 {
						t.Errorf("%s, object %d, %v: not printable: %q", name, i, at, around(out, out[i:i+1]))
					}
				}
			}
		}
	}
	if t.Logf("%d plans, %d of which show the value if nothing is marked", runs, shown); runs < 1000 || shown < runs/20 {
		t.Error("the test looks at too little")
	}
}

// fingerprints are of subjects, and nobody reads a value out of them.
var fingerprints = regexp.MustCompile(`"wksSubject/v1": "[0-9a-f]+"`)

// otherForm returns one of the other forms of a report, in turn.
func otherForm(t *testing.T, plan map[string]any, turn int) string {
	file := t.TempDir() + "/report"
	flags := [][]string{{"--sarif"}, {"--junit"}, {"--github"}, {"--html", file}, {"--write-baseline", file}}[turn%5]
	out := reportsOf(t, plan, flags...)
	if len(flags) > 1 {
		text, err := os.ReadFile(file)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		out += string(text)
	}
	return fingerprints.ReplaceAllString(out, "")
}

// hide puts other values in the place of what is in v, and other keys in that of those of tags.
func hide(v any, d disguise, tags bool) any {
	switch v := v.(type) {
	case string:
		return d.of(v)
	case float64:
		return d.num
	case map[string]any:
		m := map[string]any{}
		for name, x := range v {
			inner := hide(x, d, strings.HasPrefix(name, "tags"))
			if tags {
				name = d.of(name)
			}
			m[name] = inner
		}
		return m
	case []any:
		l := make([]any, len(v))
		for i := range v {
			l[i] = hide(v[i], d, false)
		}
		return l
	}
	return v
}

// reportsOf returns all that the program prints of a plan, errors included.
func reportsOf(t *testing.T, plan map[string]any, flags ...string) string {
	data, err := json.Marshal(plan)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	cli.Run(Command(), append(flags, "-"), bytes.NewReader(data), &out, &out)
	return out.String()
}

func containsAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// around returns the line of a text that has a word.
func around(s, word string) string {
	i := strings.Index(s, word)
	return s[strings.LastIndexByte(s[:i], '\n')+1:i] + s[i:i+strings.IndexByte(s[i:]+"\n", '\n')]
}

// Sensitive values stand in other parts of a plan too.
func TestSensitiveElsewhere(t *testing.T) {
	provider := `{"provider_config": {"k": {"expressions": {"region": {"references": ["var.region"]}}}}, "root_module": {"variables": {"region": {"sensitive": %t}}, "resources": [{"mode": "managed", "type": "aws_vpc", "name": "v", "provider_config_key": "k"}]}}`
	withRegion := func(sensitive bool) string {
		plan := planWith(fmt.Sprintf(provider, sensitive), "[]", vpcIn("", "192.168.0.0/16"))
		return strings.Replace(plan, `"planned_values"`, `"variables": {"region": {"value": "ap-south-1"}}, "planned_values"`, 1)
	}
	for _, sensitive := range []bool{false, true} {
		status, out, _ := tfplan(t, withRegion(sensitive))
		if status != exitBroken || strings.Contains(out, "ap-south-1") == sensitive {
			t.Errorf("sensitive %t: status %d\n%s", sensitive, status, out)
		}
	}
	_, out, _ := tfplan(t, planOf(change("aws_workspaces_directory", "d", `"delete", "create"`, `{"tags": {"hush": "a"}}`, `{"tags": {"hush": "b"}, "subnet_ids": null}`, "{}", `"after_sensitive": {"tags": true}, "replace_paths": [["tags", "hush"]]`)))
	if strings.Contains(out, "hush") || !strings.Contains(out, "        tags\n") {
		t.Errorf("a key of sensitive tags that replaces:\n%s", out)
	}
	for name, plan := range map[string]string{
		"a key that stands in sensitive tags twice": planOf(change("aws_workspaces_workspace", "w", `"create"`, "null", `{"tags": {"hush": "a", "hush": "b"}}`, "{}", `"after_sensitive": {"tags": true}`)),
		"a number that is not whole":                planOf(change("aws_workspaces_workspace", "w", `"create"`, "null", `{"workspace_properties": [{"root_volume_size_gib": 80.125}]}`, "{}", `"after_sensitive": {"workspace_properties": [{"root_volume_size_gib": true}]}`)),
		"a key of sensitive tags, of no text":       planOf(change("aws_workspaces_workspace", "w", `"create"`, "null", `{"tags": {"hush": 1}}`, "{}", `"after_sensitive": {"tags": true}`)),
	} {
		if status, out, errs := tfplan(t, plan); status != exitUnanswered || out != "" || errs == "" || strings.Contains(errs, "hush") || strings.Contains(errs, "80.125") {
			t.Errorf("%s: status %d, %q, %q", name, status, out, errs)
		}
	}
}

// What stands beside a plan is counted and not shown.
func TestBesidePlan(t *testing.T) {
	if status, out, errs := tfplan(t, "hush "+planOf()+`"hush"`); status != exitClean || errs != "" || strings.Contains(out, "hush") || !strings.Contains(out, "passed over: 2") {
		t.Errorf("status %d\n%s%s", status, out, errs)
	}
}

// Nothing of a plan moves the cursor of a terminal, wherever in the plan it stands.
func TestControlCharacters(t *testing.T) {
	lineartest.SkipRace(t)
	const escape = "\x1b[2J\u202e"
	for name, data := range samples(t) {
		var plan map[string]any
		if err := json.Unmarshal(data, &plan); err != nil {
			t.Fatal(err)
		}
		for _, at := range paths(plan, nil, nil) {
			var copied map[string]any
			if err := json.Unmarshal(data, &copied); err != nil {
				t.Fatal(err)
			}
			put(copied, at, func(x any) any {
				if s, ok := x.(string); ok {
					return s + escape
				}
				return x
			})
			out := reportsOf(t, copied)
			if i := strings.IndexFunc(out, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }); i >= 0 {
				t.Errorf("%s, %v: %q", name, at, around(out, out[i:i+1]))
			}
		}
	}
	file := t.TempDir() + "/" + escape
	if err := os.WriteFile(file, sample, 0o666); err != nil {
		t.Skip("the system has no such names")
	}
	for _, args := range [][]string{{file}, {file + "x"}} {
		var out bytes.Buffer
		if cli.Run(Command(), args, nil, &out, &out); strings.Contains(out.String(), escape) || out.Len() == 0 {
			t.Errorf("%q", out.String())
		}
	}
}
