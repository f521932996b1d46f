package cfn

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/rule"
)

// A value stands where its name or its element begins, by lines and columns from 1.
func TestMarks(t *testing.T) {
	const inJSON = "{\n  \"A\": {\"B\": [1, {\"C\" :\t5},\r\n [ \"x\",[]], true]},\n\n \"D\\u0041\": null, \"E\": {}}\n"
	const inYAML = "A:\n  B: [1, {C: 5},\n   [x, []], yes]\n\nDA: ~\nE: {}\n"
	for text, want := range map[string]map[rule.Path]mark{
		inJSON: {"": {}, "A": {2, 3}, "A.B": {2, 9}, "A.B[0]": {2, 15}, "A.B[1]": {2, 18}, "A.B[1].C": {2, 19}, "A.B[2]": {3, 2}, "A.B[2][0]": {3, 4}, "A.B[2][1]": {3, 8}, "A.B[3]": {3, 13}, "DA": {5, 2}, "E": {5, 19},
			"A.B[4]": {2, 9}, "A.B[-1]": {2, 9}, "A.B[x]": {2, 9}, "A.B[]": {2, 9}, "A.B[1].D": {2, 18}, "A.B[1].C.D": {2, 19}, "A.B.C": {2, 9}, "A[0]": {2, 3}, "F": {}, "A.B[1": {2, 9}},
		inYAML: {"": {}, "A": {1, 1}, "A.B": {2, 3}, "A.B[0]": {2, 7}, "A.B[1]": {2, 10}, "A.B[1].C": {2, 11}, "A.B[2]": {3, 4}, "A.B[2][0]": {3, 5}, "A.B[2][1]": {3, 8}, "A.B[3]": {3, 13}, "DA": {5, 1}, "E": {6, 1}, "A.B[4]": {2, 3}},
	} {
		v, m, err := parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if want := (map[string]any{"A": map[string]any{"B": []any{json.Number("1"), map[string]any{"C": json.Number("5")}, []any{"x", []any{}}, true}}, "DA": nil, "E": map[string]any{}}); !reflect.DeepEqual(v, want) {
			t.Errorf("%#v, want %#v", v, want)
		}
		for path, at := range want {
			if got := m.at(path); got != at {
				t.Errorf("%s: %v, want %v in\n%s", path, got, at, text)
			}
		}
		if got := m.within("A", "B").at("[1].C"); got != want["A.B[1].C"] {
			t.Errorf("%v", got)
		}
		if m.within("X", "B") != nil || m.within("A", "X") != nil || m.within("A", "X", "B").at("C") != (mark{}) || m.within() != m {
			t.Error("there are marks of what is not there")
		}
	}
}

// What is wrong with a text is told in one line; behind a sign for the order of bytes nothing is.
func TestParseErrors(t *testing.T) {
	for text, want := range map[string]string{
		"": "is empty", " \n": "is empty", "\xef\xbb\xbf": "is empty", "a: b\n---\nc: d\n": "goes on after its end: it has a second document", "{} {}": "goes on after its end",
		"a: {b: c, b: d}\n": "line 1: b is there twice", "a:\n- b: c\n  b: d\n": "line 3: b is there twice", "? [a]\n: b\n": "line 1: CloudFormation takes no such key", "a: 1\n<<: {b: c}\n": "line 2: CloudFormation takes no such key",
		"a: &x 1\nb: *x\n": "line 2: CloudFormation takes no aliases", "- [&x 1]\n- [{a: *x}]\n": "line 2: CloudFormation takes no aliases",
		"- !Sub [{a: 1, a: 2}]\n": "line 1: a is there twice",
	} {
		v, m, err := parse([]byte(text))
		if err == nil || err.Error() != want || v != nil && !strings.HasPrefix(want, "line") {
			t.Errorf("%q: %v, %v, %v, want %s", text, v, m, err, want)
		}
	}
	for _, text := range []string{"{", `{"a"`, `{"a":`, `{"a": 1`, `{"a": 1,`, `{"a": 1, 2}`, `{"a": [`, `{"a": [1`, `{"a": [1, `, `{"a": [1, }`, `{"a": [x]}`, `{a: 1}`, `{"a": 1, "a": 2}`, `{"a": {"b": [{]}}`, `{"\ud800": 1}`, `{"a": nul}`, "{\"a\": \"\xff\"}", `{"a": 1]`, `{"a": 01}`} {
		if v, m, err := parse([]byte(text)); err == nil || v != nil || m != nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %v, %v, %v", text, v, m, err)
		}
	}
	if v, _, err := parse([]byte("\xef\xbb\xbf{\"a\": 1}")); err != nil || !reflect.DeepEqual(v, map[string]any{"a": json.Number("1")}) {
		t.Errorf("%v, %v", v, err)
	}
}

// The short forms of functions stand for the long ones.
func TestShortForms(t *testing.T) {
	of := func(name string, v any) any { return map[string]any{name: v} }
	for text, want := range map[string]any{
		"!Ref A": of("Ref", "A"), "!Condition A": of("Condition", "A"), "!Sub a": of("Fn::Sub", "a"), "!GetAtt A.B.C": of("Fn::GetAtt", []any{"A", "B.C"}), "!GetAtt A": of("Fn::GetAtt", []any{"A", ""}), "!GetAtt [A, B]": of("Fn::GetAtt", []any{"A", "B"}),
		"!Join ['', [!Ref A]]": of("Fn::Join", []any{"", []any{of("Ref", "A")}}), "!Transform {Name: a}": of("Fn::Transform", of("Name", "a")), "!!str 5": "5", "!!int 5": json.Number("5"), "!!set {a}": of("a", nil), "!Sub A.B": of("Fn::Sub", "A.B"),
	} {
		if got := tree(t, text); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %#v, want %#v", text, got, want)
		}
	}
}

// A number is one of JSON, and no white space stands around it.
func TestIsNumber(t *testing.T) {
	for text, want := range map[string]bool{"0": true, "-1.5e+3": true, "1E2": true, "": false, "-": false, " 1": false, "1 ": false, "01": false, "1.": false, "+1": false, "1x": false, "true": false, "[1]": false, "1,2": false} {
		if isNumber(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}

// What stands for what there is to do about a resource in a report, whole.
func TestOccurrences(t *testing.T) {
	type occurrence struct {
		Resource                            struct{ Kind, ID, Part string }
		Region, Section, File, Path, Detail string
		Line, Column                        int
	}
	type report struct {
		Schema         int
		Input, Edition string
		Findings       []struct {
			Code, Level, Title, Remedy, Help string
			Count                            int
			Occurrences                      []occurrence
		}
		Open []struct {
			Word, Reason      string
			Unusable, Decides bool
			Occurrences       []occurrence
		}
		Summary struct {
			Exit int
		}
	}
	read := func(out string) (rep report) {
		if err := json.Unmarshal([]byte(out), &rep); err != nil {
			t.Fatal(err)
		}
		return rep
	}
	at := func(kind, id, part, region, section, file, path string, line, column int, detail string) occurrence {
		o := occurrence{Region: region, Section: section, File: file, Path: path, Detail: detail, Line: line, Column: column}
		o.Resource.Kind, o.Resource.ID, o.Resource.Part = kind, id, part
		return o
	}
	// One file.
	open := strings.Replace(strings.Replace(desktopJSON, `"ann"`, `{"Fn::ImportValue": "u"}`, 1), `"wsb-b0s22j3d7"`, `{"Fn::Sub": "a${AWS::StackName}"}`, 1)
	dir := folder(t, map[string]string{"a.json": open, "old.json": desktopJSON})
	file := dir + "/a.json"
	_, out, _ := onFiles(file, "--json", "--edition", "2026-09-10", "--region", "eu-west-1", "--deployed", dir+"/old.json")
	rep := read(out)
	if rep.Schema != 3 || rep.Input != file || rep.Edition != "2026-09-10" || len(rep.Findings) != 1 || rep.Summary.Exit != cli.Broken {
		t.Fatalf("%s", out)
	}
	f := rep.Findings[0]
	if f.Code != "bundles.tag-reserved" || f.Level != "must" || f.Title == "" || f.Title == f.Code || f.Remedy != "Choose a key and a value that do not start with aws:." || f.Help != "https://github.com/wksgo/wks/blob/main/docs/rules/bundles.md#bundlestag-reserved" || f.Count != 1 {
		t.Errorf("%+v", f)
	}
	detail := f.Occurrences[0].Detail
	if !strings.Contains(detail, "aws:x") {
		t.Error(detail)
	}
	if want := []occurrence{at("resource", "W", "", "eu-west-1", "W", file, "Properties.Tags[1].Key", 9, 12, detail)}; !slices.Equal(f.Occurrences, want) {
		t.Errorf("%+v, want %+v", f.Occurrences, want)
	}
	type question struct {
		reason  string
		decides bool
		section string
	}
	var asked []question
	for _, q := range rep.Open {
		asked = append(asked, question{q.Reason, q.Decides, q.Occurrences[0].Section})
		if want := at("resource", "W", "", "eu-west-1", q.Occurrences[0].Section, file, "", 3, 5, ""); len(q.Occurrences) != 1 || q.Occurrences[0] != want || q.Unusable || q.Word != "not given" {
			t.Errorf("%+v, want %+v", q, want)
		}
	}
	slices.SortFunc(asked, func(a, b question) int { return strings.Compare(a.reason, b.reason) })
	if want := []question{
		{"Properties.BundleId: has AWS::StackName in it, which the template does not tell", false, "W"}, {"Properties.BundleId: the templates do not tell whether it changes", true, "the update of W"},
		{"Properties.UserName: is Fn::ImportValue, which the template alone does not tell", false, "W"}, {"Properties.UserName: the templates do not tell whether it changes", true, "the update of W"},
	}; !slices.Equal(asked, want) {
		t.Errorf("%+v, want %+v", asked, want)
	}
	// A folder names its parts; of a text in the output of get-template there are no lines.
	dir = folder(t, map[string]string{"a.template.json": desktopJSON, "b.template.json": `{"TemplateBody": ` + desktopJSON + "}", "c.template.json": "{", "d.template.json": strings.Replace(desktopJSON, `"wsb-b0s22j3d7"`, `{"Ref": "AWS::Partition"}`, 1)})
	_, out, _ = onFiles(dir, "--json", "--region", "us-iso-east-1")
	rep = read(out)
	if len(rep.Findings) != 1 || len(rep.Open) != 2 || rep.Input != dir {
		t.Fatalf("%s", out)
	}
	if want := []occurrence{
		at("resource", "W", "a.template.json", "us-iso-east-1", "W in a.template.json", dir+"/a.template.json", "Properties.Tags[1].Key", 9, 12, detail),
		at("resource", "W", "b.template.json", "us-iso-east-1", "W in b.template.json", dir+"/b.template.json", "Properties.Tags[1].Key", 0, 0, detail),
		at("resource", "W", "d.template.json", "us-iso-east-1", "W in d.template.json", dir+"/d.template.json", "Properties.Tags[1].Key", 9, 12, detail),
	}; !slices.Equal(rep.Findings[0].Occurrences, want) {
		t.Errorf("%+v, want %+v", rep.Findings[0].Occurrences, want)
	}
	for _, q := range rep.Open {
		want := at("resource", "W", "d.template.json", "us-iso-east-1", "W in d.template.json", dir+"/d.template.json", "", 3, 5, "")
		if q.Unusable {
			want = at("file", dir+"/c.template.json", "", "", "", dir+"/c.template.json", "", 0, 0, "")
			if !strings.HasPrefix(q.Reason, "it cannot be read: ") || strings.Contains(q.Reason, dir) || q.Word != "not given" {
				t.Errorf("%+v", q)
			}
		} else if q.Word != "undocumented" || q.Reason != "Properties.BundleId: is AWS::Partition, which no document names for us-iso-east-1" {
			t.Errorf("%+v", q)
		}
		if len(q.Occurrences) != 1 || q.Occurrences[0] != want || !q.Decides {
			t.Errorf("%+v, want %+v", q, want)
		}
	}
	// A parameter and a wrong part stand where their names do.
	_, out, _ = run("Parameters:\n  P: {Type: String, AllowedValues: [a],\n    Default: b}\nMappings:\n  M: 5\nResources: {}\n", "--json")
	rep = read(out)
	var places []string
	for _, f := range rep.Findings {
		for _, o := range f.Occurrences {
			places = append(places, strings.Join([]string{f.Code, o.Resource.ID, o.Path, o.Detail, o.Section, o.File}, "|"))
			if o.Line != map[string]int{"P": 3, "Mappings.M": 5}[o.Resource.ID] || o.Column != map[string]int{"P": 5, "Mappings.M": 3}[o.Resource.ID] {
				t.Errorf("%+v", o)
			}
		}
	}
	slices.Sort(places)
	if want := []string{`cfn.parameter-refused|P|Default|"b" is none of AllowedValues: a|P|standard input`, "cfn.template-invalid|Mappings.M||is no object|Mappings.M|standard input"}; !slices.Equal(places, want) || rep.Input != "standard input" {
		t.Errorf("%q, want %q, %s", places, want, rep.Input)
	}
}
