package tfplan

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/cmd/wks/internal/terminal"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

// tfplan runs the program on a plan and returns its exit status and what it printed.
func tfplan(t *testing.T, plan string, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	status = cli.Run(Command(), append(args, "-"), strings.NewReader(plan), &out, &errs)
	return status, out.String(), errs.String()
}

// reportOn returns the report on a plan that can be read.
func reportOn(t *testing.T, plan string, args ...string) (status int, rep report) {
	t.Helper()
	status, out, errs := tfplan(t, plan, append(args, "--json")...)
	if errs != "" {
		t.Fatalf("status %d, %s", status, errs)
	}
	if err := json.Unmarshal([]byte(out), &rep); err != nil {
		t.Fatal(err)
	}
	return status, rep
}

// findings lists what a report found, in its order.
func (rep report) findings() []string {
	var list []string
	for _, r := range rep.Resources {
		for _, f := range r.Findings {
			list = append(list, fmt.Sprintf("%s %s %s: %s", f.Level, f.Code, f.Address, f.Path))
		}
	}
	return list
}

func TestGolden(t *testing.T) {
	for golden, args := range map[string][]string{
		"sample.txt":            {"--edition", "2026-09-10"},
		"sample.json":           {"--edition", "2026-09-10", "--json"},
		"sample-2020-04-29.txt": {"--edition", "2020-04-29"},
		"replace.txt":           {"--edition", "2026-09-10", "testdata/replace.plan.json"},
		"replace-ok.txt":        {"--edition", "2026-09-10", "--destroy-ok", "testdata/replace.plan.json"},
		"network.txt":           {"--edition", "2026-09-10", "testdata/network.plan.json"},
	} {
		var out, errs bytes.Buffer
		status := cli.Run(Command(), args, nil, &out, &errs)
		if status != exitBroken || errs.Len() > 0 {
			t.Errorf("%s: status %d, %s", golden, status, errs.String())
		}
		ruletest.Golden(t, filepath.Join("testdata", golden), out.Bytes())
	}
}

// The file, standard input and the sample are the same plan.
func TestInputs(t *testing.T) {
	_, bySample := reportOn(t, string(sample))
	file := filepath.Join(t.TempDir(), "plan.json")
	if err := os.WriteFile(file, append([]byte("\xef\xbb\xbf"), sample...), 0o666); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if status := cli.Run(Command(), []string{"--json", file}, nil, &out, &errs); status != exitBroken {
		t.Fatalf("status %d, %s", status, errs.String())
	}
	var byFile report
	if err := json.Unmarshal(out.Bytes(), &byFile); err != nil {
		t.Fatal(err)
	}
	if string(byFile.Input) != file || bySample.Input != "standard input" || !slices.Equal(byFile.findings(), bySample.findings()) {
		t.Errorf("%s: %q\n%s: %q", byFile.Input, byFile.findings(), bySample.Input, bySample.findings())
	}
}

func TestArguments(t *testing.T) {
	for _, tt := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{"--nonsense"}, exitUnanswered, "--nonsense"},
		{[]string{"a", "b"}, exitUnanswered, "at most 1 arg"},
		{[]string{"--fail-on", "everything"}, exitUnanswered, "everything"},
		{[]string{"--edition", "2020-4-29"}, exitUnanswered, "2020-4-29"},
		{[]string{"--edition", "1999-01-01"}, exitUnanswered, "1999-01-01"},
		{[]string{"--region", "Ireland"}, exitUnanswered, "Ireland"},
		{[]string{"testdata/none.json"}, exitUnanswered, "testdata/none.json"},
		{[]string{"testdata/none"}, exitUnanswered, "testdata/none"},
	} {
		var out, errs bytes.Buffer
		if status := cli.Run(Command(), tt.args, strings.NewReader(""), &out, &errs); status != tt.status || !strings.Contains(errs.String(), tt.want) || out.Len() > 0 {
			t.Errorf("%q: status %d, %q, %q", tt.args, status, out.String(), errs.String())
		}
	}
}

// Each of these is a plan that cannot be read, with what must be said of it.
func TestBadInput(t *testing.T) {
	whole := planOf(createWorkspace("w", `"user_name": "x"`))
	for name, tt := range map[string]struct{ plan, want string }{
		"empty":              {"", "is empty"},
		"blank":              {" \n", "is empty"},
		"not JSON":           {"Terraform will perform", "standard input:1:1: is not JSON"},
		"cut off":            {whole[:len(whole)/2], "is cut off"},
		"cut off at the end": {strings.TrimRight(whole, "}"), "is cut off"},
		"the log":            {"{\"@level\":\"info\"}\n{\"@level\":\"info\"}", "terraform show --json of a saved plan"},
		"the saved plan":     {"PK\x03\x04 and so on", "is the saved plan itself"},
		"UTF-16":             {"\xff\xfe{\x00", "is in UTF-16"},
		"a list":             {"[]", "is a array"},
		"no version":         {`{"resource_changes": []}`, "has no format_version"},
		"version 2":          {`{"format_version": "2.0", "resource_changes": []}`, `the format version "2.0"`},
		"version 0":          {`{"format_version": "0.2", "resource_changes": []}`, `the format version "0.2"`},
		"version 1":          {`{"format_version": "1", "resource_changes": []}`, `the format version "1"`},
		"version 1.x":        {`{"format_version": "1.x", "resource_changes": []}`, `the format version "1.x"`},
		"version a number":   {`{"format_version": 1.2}`, "standard input:1:20: format_version: is a number"},
		"a template":         {`{"AWSTemplateFormatVersion": "2010-09-09", "Resources": {}}`, "is a CloudFormation template"},
		"nothing":            {`{"format_version": "1.0"}`, "neither changes nor values"},
		"changes no list":    {`{"format_version": "1.2", "resource_changes": {}}`, "resource_changes: is a object"},
		"a member twice":     {`{"format_version": "1.2", "resource_changes": [{"address": "a", "address": "b"}]}`, "standard input:1:75: resource_changes[0].address: stands in its object twice"},
		"an address twice":   {planOf(createWorkspace("w", ""), createWorkspace("w", "")), "resource_changes[1]: is aws_workspaces_workspace.w, which stands in the plan twice"},
		"no address":         {`{"format_version": "1.2", "resource_changes": [{}]}`, "resource_changes[0]: has no address"},
		"deferred, no address": {`{"format_version": "1.2", "resource_changes": [], "deferred_changes": [{}]}`,
			"deferred_changes[0].resource_change: has no address"},
		"no actions":         {planOf(change("aws_workspaces_workspace", "w", "", "null", "{}", "{}")), "resource_changes[0].change.actions"},
		"unknown actions":    {planOf(change("aws_workspaces_workspace", "w", `"frobnicate"`, "null", "{}", "{}")), "frobnicate"},
		"a user no text":     {planOf(createWorkspace("w", `"user_name": 7`)), "resource_changes[0].change.after.user_name: is not a string"},
		"a size no number":   {planOf(createWorkspace("w", `"workspace_properties": [{"root_volume_size_gib": "80"}]`)), "workspace_properties[0].root_volume_size_gib: is not a number"},
		"a size not whole":   {planOf(createWorkspace("w", `"workspace_properties": [{"root_volume_size_gib": 80.5}]`)), "is 80.5, not a whole number"},
		"a size too large":   {planOf(createWorkspace("w", `"workspace_properties": [{"root_volume_size_gib": 1e400}]`)), "is 1e400, not a whole number"},
		"properties no list": {planOf(createWorkspace("w", `"workspace_properties": {}`)), "workspace_properties: is not a list"},
		"a flag no boolean":  {planOf(createWorkspace("w", `"root_volume_encryption_enabled": "yes"`)), "is not a boolean"},
		"tags no map":        {planOf(createWorkspace("w", `"tags_all": []`)), "tags_all: is not a map"},
		"a state's values":   {planWith("{}", `[{"address": "data.aws_vpc.v", "mode": "data", "type": "aws_vpc", "name": "v", "values": {"cidr_block": []}}]`), "prior_state.values.root_module.resources[0].values.cidr_block"},
		"marks no JSON":      {planOf(change("aws_workspaces_directory", "d", `"create"`, "null", "{}", `{"subnet_ids": [x]}`)), "standard input:"},
		"nested too deep":    {strings.Repeat("[", 20000), "standard input:"},
	} {
		status, out, errs := tfplan(t, tt.plan)
		if status != exitUnanswered || out != "" || !strings.Contains(errs, tt.want) {
			t.Errorf("%s: status %d, %q, %q", name, status, out, errs)
		}
	}
}

// A plan cut anywhere is refused, and nothing panics.
func TestTruncated(t *testing.T) {
	for n := 0; n < len(sample)-3; n += 1 + len(sample)/200 {
		if status, _, errs := tfplan(t, string(sample[:n])); status != exitUnanswered || !strings.HasPrefix(errs, "tfplan: standard input:") {
			t.Fatalf("cut at %d: status %d, %s", n, status, errs)
		}
	}
}

// Members that the program does not know are passed over, at every level.
func TestUnknownMembers(t *testing.T) {
	var v any
	if err := json.Unmarshal(sample, &v); err != nil {
		t.Fatal(err)
	}
	var grow func(any)
	grow = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, x := range v {
				grow(x)
			}
			v["a_member_of_a_later_version"] = map[string]any{"x": []any{1, nil}}
		case []any:
			for _, x := range v {
				grow(x)
			}
		}
	}
	top := v.(map[string]any)
	for _, c := range top["resource_changes"].([]any) {
		c.(map[string]any)["a_member_of_a_later_version"] = 1
		grow(c.(map[string]any)["change"].(map[string]any)["after"])
		tags := c.(map[string]any)["change"].(map[string]any)["after"].(map[string]any)["tags_all"]
		for _, m := range []any{tags, c.(map[string]any)["change"].(map[string]any)["after"].(map[string]any)["tags"]} {
			if m, ok := m.(map[string]any); ok {
				delete(m, "a_member_of_a_later_version") // here it would be a tag
			}
		}
	}
	top["a_member_of_a_later_version"] = []any{}
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	_, want := reportOn(t, string(sample))
	if _, got := reportOn(t, string(data)); !slices.Equal(got.findings(), want.findings()) {
		t.Errorf("%q\nwant %q", got.findings(), want.findings())
	}
}

// The order of the changes in the plan is that of Terraform, and no part of the answer.
func TestOrder(t *testing.T) {
	var v map[string]any
	if err := json.Unmarshal(sample, &v); err != nil {
		t.Fatal(err)
	}
	slices.Reverse(v["resource_changes"].([]any))
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	_, want, _ := tfplan(t, string(sample))
	if _, got, _ := tfplan(t, string(data)); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func TestColor(t *testing.T) {
	p, err := parsePlan("sample", sample)
	if err != nil {
		t.Fatal(err)
	}
	rep := check(p, options{rules: wks.Newest()})
	var plain, colored bytes.Buffer
	if err := writeText(&plain, rep, false); err != nil {
		t.Fatal(err)
	}
	if err := writeText(&colored, rep, true); err != nil {
		t.Fatal(err)
	}
	stripped := colored.String()
	for _, code := range []string{terminal.Red, terminal.Green, terminal.Yellow, terminal.Bold, "0"} {
		stripped = strings.ReplaceAll(stripped, "\x1b["+code+"m", "")
	}
	if stripped != plain.String() || !strings.Contains(colored.String(), "\x1b[31mDENIED\x1b[0m") {
		t.Error("colour changes more than colour, or there is none")
	}
}

// Each code of the program is well-formed and reported by a test below.
func TestCodes(t *testing.T) {
	text, err := testText()
	if err != nil {
		t.Fatal(err)
	}
	for c := range planRules {
		var read rule.Code
		if err := read.UnmarshalText([]byte(c)); err != nil || !strings.Contains(string(text), string(c)) {
			t.Errorf("%s: %v", c, err)
		}
	}
	if len(planRules) != 13 {
		t.Errorf("%d rules", len(planRules))
	}
}

func FuzzPlan(f *testing.F) {
	f.Add(sample)
	for _, name := range []string{"testdata/replace.plan.json", "testdata/network.plan.json"} {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(planOf(change("aws_subnet", "a", `"create"`, "null", `{"vpc_id": "s"}`, `{"id": true}`))))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := parsePlan("plan", data)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "plan:") {
				t.Fatal(err)
			}
			return
		}
		rep := check(p, options{rules: wks.Newest(), region: "eu-west-1"})
		var text bytes.Buffer
		if err := writeText(&text, rep, false); err != nil {
			t.Fatal(err)
		}
		if i := strings.IndexFunc(text.String(), func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }); i >= 0 {
			t.Fatalf("not printable at %d: %q", i, text.String())
		}
		if _, err := json.Marshal(rep); err != nil {
			t.Fatal(err)
		}
	})
}

// testText is the text of the tests that say what is found.
func testText() (all []byte, err error) {
	for _, name := range []string{"check_test.go", "cases_test.go", "network_test.go", "bystanders_test.go"} {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		all = append(all, text...)
	}
	return all, nil
}

// A folder is read by the names of its files, which the help has, in folders below it as well.
func TestNamesOfPlans(t *testing.T) {
	for _, name := range []string{"a.json", "b.jsonl", "c.ndjson", "d.tfplan", "e.json.gz", "below/f.json"} {
		dir := t.TempDir()
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(planOf()), 0o600); err != nil {
			t.Fatal(err)
		}
		var out, errs bytes.Buffer
		if status := cli.Run(Command(), []string{dir}, nil, &out, &errs); status != exitClean || errs.Len() > 0 {
			t.Errorf("%s: status %d, %s", name, status, &errs)
		}
		_, suffix, _ := strings.Cut(filepath.Base(name), ".")
		if !strings.Contains(Command().Long, " ."+suffix) {
			t.Errorf("the help does not have .%s", suffix)
		}
		if err := os.Rename(file, filepath.Join(dir, "plan.txt")); err != nil {
			t.Fatal(err)
		}
		if status := cli.Run(Command(), []string{dir}, nil, &out, &errs); status != exitUnanswered || !strings.Contains(errs.String(), dir) {
			t.Errorf("plan.txt: status %d, %s", status, &errs)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

// What cannot be written is an error, and the last line of a report stands at the beginning of it.
func TestCannotWrite(t *testing.T) {
	nowhere := filepath.Join(t.TempDir(), "none", "file")
	for _, args := range [][]string{{"--html", nowhere}, {"--write-baseline", nowhere}, {"--baseline", nowhere}} {
		var out, errs bytes.Buffer
		if status := cli.Run(Command(), args, nil, &out, &errs); status != exitUnanswered || !strings.Contains(errs.String(), nowhere) || out.Len() > 0 {
			t.Errorf("%q: status %d, %s", args, status, &errs)
		}
	}
	for _, form := range []string{"--json", "--sarif", "--junit", "--github", "--details"} {
		var errs bytes.Buffer
		if status := cli.Run(Command(), []string{form}, nil, full{}, &errs); status != exitUnanswered || errs.String() != "tfplan: no space left\n" {
			t.Errorf("%s: status %d, %s", form, status, &errs)
		}
	}
	_, text, _ := tfplan(t, planOf())
	_, of, _ := tfplan(t, planOf(createWorkspace("w", desk("x", sound))))
	if !strings.Contains(of, "\naws_workspaces_workspace.w\n  create: ALLOWED") {
		t.Error(of)
	}
	if _, rep := reportOn(t, planOf()); !strings.HasSuffix(text, "\n\n"+rep.Summary.Line+"\n") {
		t.Error(text)
	}
}

// Each step of a change in several applies tells how long it takes at most, where a document does.
func TestTimesOfSteps(t *testing.T) {
	_, text, _ := tfplan(t, planOf(updateWorkspace(desk("x", size("POWER", 80, 10)), desk("x", size("PERFORMANCE", 175, 100)))))
	steps := 0
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if _, err := fmt.Sscanf(line, "%d. ", new(int)); err == nil && strings.Contains(line, " = ") {
			steps++
			if _, takes, _ := strings.Cut(line, "; takes up to "); takes != "1h" && takes != "2h" {
				t.Errorf("%q", line)
			}
		}
	}
	if steps != 3 {
		t.Errorf("%d steps in\n%s", steps, text)
	}
}
