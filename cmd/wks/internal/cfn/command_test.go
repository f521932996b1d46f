package cfn

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
)

func run(input string, args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = cli.Run(Command(), append(args, "-"), strings.NewReader(input), &out, &errs)
	return status, out.String(), errs.String()
}

// A found is a finding as JSON has it.
type found struct{ Code, Path, Detail string }

// An entry is an answer as JSON has it.
type entry struct {
	Resource, Verdict             string
	Findings                      []found
	Lines, Undocumented, NotGiven []string
}

// open returns all that an answer says beside findings.
func (e entry) open() []string { return slices.Concat(e.Lines, e.Undocumented, e.NotGiven) }

type decodedReport struct {
	Inputs []struct {
		Input, Region      string
		Resources, Updates []entry
		Others             int
	}
}

func decoded(t *testing.T, data []byte) (rep decodedReport) {
	t.Helper()
	if err := json.Unmarshal(data, &rep); err != nil {
		t.Fatalf("%v: %s", err, data)
	}
	return rep
}

// check returns the report on a template.
func check(t *testing.T, template string, args ...string) decodedReport {
	t.Helper()
	status, out, errs := run(template, append(args, "--json")...)
	if errs != "" {
		t.Fatalf("status %d: %s", status, errs)
	}
	return decoded(t, []byte(out))
}

// codes returns the findings of an answer with the values of parameters.
func (e entry) codes() (list []string) {
	for _, f := range e.Findings {
		with := ""
		if before, _, ok := strings.Cut(f.Detail, ": "); ok && strings.HasPrefix(before, "with ") {
			with = " " + before
		}
		list = append(list, f.Code+" "+f.Path+with)
	}
	return list
}

func TestTemplate(t *testing.T) {
	var out, errs bytes.Buffer
	if status := cli.Run(Command(), []string{"--json", "testdata/desktops.template.json"}, nil, &out, &errs); status != cli.Broken {
		t.Fatalf("status %d, %s", status, errs.String())
	}
	rep := decoded(t, out.Bytes()).Inputs[0]
	want := map[string]struct {
		verdict  string
		findings []string
		open     []string
	}{
		"Sound":   {"allowed", nil, []string{"Properties.DirectoryId: is the parameter Directory, which has no default"}},
		"Minutes": {"denied", []string{"bundles.auto-stop-minutes Properties.WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes"}, nil},
		"Pair": {"denied", []string{"bundles.volume-pair-not-in-group Properties.WorkspaceProperties.RootVolumeSizeGib", "bundles.tag-reserved Properties.Tags[0].Key"},
			[]string{"whether it is made depends on the condition Wanted"}},
		"Pool":  {"denied", nil, nil},
		"Alias": {"allowed", nil, nil},
		"Wrong": {"denied", []string{"cfn.property-invalid Properties"}, nil},
	}
	for _, r := range rep.Resources {
		w, ok := want[r.Resource]
		if !ok || r.Verdict != w.verdict {
			t.Errorf("%s: %s, want %s", r.Resource, r.Verdict, w.verdict)
		}
		delete(want, r.Resource)
		var got []string
		for _, f := range r.Findings {
			got = append(got, f.Code+" "+f.Path)
		}
		for _, f := range w.findings {
			if !slices.Contains(got, f) {
				t.Errorf("%s: %q, want %s", r.Resource, got, f)
			}
		}
		for _, s := range w.open {
			if !slices.ContainsFunc(r.open(), func(x string) bool { return strings.HasPrefix(x, s) }) {
				t.Errorf("%s: open %q, want %s", r.Resource, r.open(), s)
			}
		}
	}
	if len(want) > 0 || rep.Others != 1 {
		t.Errorf("nothing is said of %v; %d others", want, rep.Others)
	}
	if strings.Contains(out.String(), "hush") || strings.Contains(out.String(), "80/200") {
		t.Errorf("a value with NoEcho, or its neighbour, is shown: %s", out.String())
	}
}

// A parameter has the value of the command line.
func TestParameter(t *testing.T) {
	const template = `{"Parameters": {"M": {"Type": "Number", "Default": 20}}, "Resources": {"W": {"Type": "AWS::WorkSpaces::Workspace", "Properties": {
		"BundleId": "wsb-b0s22j3d7", "DirectoryId": "d-906732325d", "UserName": "ann", "WorkspaceProperties": {"RunningMode": "AUTO_STOP", "RunningModeAutoStopTimeoutInMinutes": {"Ref": "M"}}}}}}`
	if status, out, _ := run(template); status != cli.Broken || !strings.Contains(out, "20 is not a positive multiple of 60") {
		t.Errorf("status %d\n%s", status, out)
	}
	if status, out, errs := run(template, "--parameter", "M=120"); status != cli.Clean {
		t.Errorf("status %d\n%s%s", status, out, errs)
	}
}

func TestBadInput(t *testing.T) {
	for text, want := range map[string]string{
		"":                                  "is empty",
		"Resources: [":                      "did not find expected node",
		"- Resources":                       "has no Resources",
		"Resources: x":                      "its Resources are not an object",
		"A: 1\nA: 2\n":                      "line 2: A is there twice",
		"A: &a 1\nResources: *a\n":          "line 2: CloudFormation takes no aliases",
		"A: [&a 1]\nResources: [[1, *a]]\n": "line 2: CloudFormation takes no aliases",
		"<<: {Resources: {}}":               "CloudFormation takes no such key",
		"{}\n---\n{}":                       "goes on after its end",
		"A: 1\n---\nA: 1\n":                 "has a second document",
		"{":                                 "unexpected EOF",
		"{}":                                "has no Resources",
		`{"TemplateBody": [1]}`:             "has no Resources",
		`{"TemplateBody": "- a"}`:           "has no Resources",
		`{"TemplateBody": "{"}`:             "TemplateBody: ",
		`{"Resources": {}} x`:               "goes on after its end",
		`{"Resources": {"W": {}, "W": {}}}`: "duplicate object member name",
	} {
		if status, out, errs := run(text); status != cli.Unanswered || out != "" || !strings.Contains(errs, want) {
			t.Errorf("%q: status %d, %q, %q", text, status, out, errs)
		}
	}
	if status, _, errs := run(`{"Resources": {}}`, "--parameter", "X=1"); status != cli.Unanswered || !strings.Contains(errs, `no template has "X"`) {
		t.Errorf("status %d, %q", status, errs)
	}
}

// Each resource has one fault. cfn-lint 1.51.0 finds the reserved tag.
func TestFaults(t *testing.T) {
	var out bytes.Buffer
	if status := cli.Run(Command(), []string{"--json", "testdata/faults.template.json"}, nil, &out, &out); status != cli.Broken {
		t.Fatalf("status %d\n%s", status, out.String())
	}
	rep := decoded(t, out.Bytes()).Inputs[0]
	want := map[string]string{
		"ReservedTag": "bundles.tag-reserved", "NoComputeType": "wks.enum-value-unknown", "SmallRoot": "bundles.volume-below-minimum",
		"NoPair": "bundles.volume-pair-not-in-group", "NoMode": "wks.enum-value-unknown", "NinetyMinutes": "bundles.auto-stop-minutes",
	}
	for _, r := range rep.Resources {
		if !slices.ContainsFunc(r.Findings, func(f found) bool { return f.Code == want[r.Resource] }) {
			t.Errorf("%s: %v, want %s", r.Resource, r.Findings, want[r.Resource])
		}
	}
	if len(rep.Resources) != len(want) {
		t.Errorf("%d resources", len(rep.Resources))
	}
}
