package cfn

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
)

// What a document is: a template, the output of get-template or of describe-change-set, or nothing.
func TestDecoded(t *testing.T) {
	for text, want := range map[string]string{
		"[]": errNone.Error(), "- a": errNone.Error(), "a": errNone.Error(), "{}": errNone.Error(), "Resources: ~": errNone.Error(), "TemplateBody: 5": errNone.Error(), "TemplateBody: '5'": errNone.Error(), "TemplateBody: ~": errNone.Error(), `{"TemplateBody": {}}`: errNone.Error(),
		"Resources: 5": "its Resources are not an object", "Resources: []": "its Resources are not an object", "TemplateBody: '{'": "TemplateBody: jsontext: unexpected EOF after offset 1",
		`{"ChangeSetId": "a"}`: errNone.Error(), `{"Changes": []}`: errNone.Error(), `{"ChangeSetId": "a", "Changes": [5]}`: "Changes: a value of the kind number does not belong there", `{"ChangeSetId": "a", "Changes": 5}`: "Changes: a value of the kind number does not belong there",
		`{"ChangeSetId": "a", "StackName": [], "Changes": []}`: "StackName: a value of the kind array does not belong there",
	} {
		if d, err := decode([]byte(text)); err == nil || !strings.HasSuffix(err.Error(), want) || strings.HasPrefix(want, "Temp") != strings.HasPrefix(err.Error(), "Temp") {
			t.Errorf("%s: %+v, %v, want %s", text, d, err, want)
		}
	}
	d, err := decode([]byte(`{"ChangeSetId": "a", "StackName": "s", "NextToken": "n", "Changes": [{"ResourceChange": {"Action": "Add"}}], "Resources": {}}`))
	if err != nil || d.template != nil || d.changes == nil || d.changes.StackName != "s" || d.changes.NextToken != "n" || len(d.changes.Changes) != 1 || d.changes.Changes[0].ResourceChange.Action != "Add" {
		t.Errorf("%+v, %v", d, err)
	}
	d, err = decode([]byte(`
AWSTemplateFormatVersion: 2010-09-09
Transform: Mine
Parameters: {P: {Type: String, type: x, Default: 5, AllowedValues: [5], NoEcho: yes, Description: d}, 'Fn::ForEach::P': []}
Mappings: {M: {a: {b: c}}, 'Fn::Transform': x}
Conditions: {C: !Equals [a, b], 'Fn::ForEach::C': [I, [a], {}]}
TemplateBody: x
Resources:
  R: {Type: T, type: U, Condition: C, DeletionPolicy: Retain, UpdateReplacePolicy: Delete, DependsOn: S, Properties: {A: 1.50}, Metadata: {}}
  'Fn::ForEach::R': []
  'Fn::Transform': {Name: x}
  A: 5
  B: {Type: 5}
  C: {Condition: []}
  D: ~
  E: {Type: ~, Condition: ~}
  Z: 5
`))
	if err != nil {
		t.Fatal(err)
	}
	got := d.template
	number := tree(t, "1.50")
	if want := map[string]object{
		"R": {Type: "T", Condition: "C", DeletionPolicy: "Retain", UpdateReplacePolicy: "Delete", DependsOn: "S", Properties: map[string]any{"A": number}}, "Fn::ForEach::R": {Type: loopType}, "Fn::Transform": {}, "A": {}, "B": {}, "C": {}, "D": {}, "E": {}, "Z": {},
	}; !reflect.DeepEqual(got.Resources, want) {
		t.Errorf("%#v, want %#v", got.Resources, want)
	}
	if want := map[string]string{"A": "it is no object", "B": "its Type is no text", "C": "its Condition is no text", "D": "it is no object", "Z": "it is no object"}; !reflect.DeepEqual(got.wrong, want) {
		t.Errorf("%v, want %v", got.wrong, want)
	}
	if want := map[string]parameter{"P": {Type: "String", Default: tree(t, "5"), AllowedValues: []any{tree(t, "5")}, NoEcho: true}}; !reflect.DeepEqual(got.Parameters, want) {
		t.Errorf("%#v, want %#v", got.Parameters, want)
	}
	if want := map[string]any{"M": tree(t, "{a: {b: c}}")}; !reflect.DeepEqual(got.Mappings, want) {
		t.Errorf("%#v, want %#v", got.Mappings, want)
	}
	if want := map[string]any{"C": tree(t, "!Equals [a, b]"), "Fn::ForEach::C": tree(t, "[I, [a], {}]")}; !reflect.DeepEqual(got.Conditions, want) {
		t.Errorf("%#v, want %#v", got.Conditions, want)
	}
	if got.Version != "2010-09-09" || got.Transform != "Mine" || !got.partial || len(got.invalid) != 0 || got.marks == nil {
		t.Errorf("%+v", got)
	}
	if d, err = decode([]byte("TemplateBody: {Resources: {}}")); err != nil || d.template.marks != nil || d.template.partial {
		t.Errorf("%+v, %v", d.template, err)
	}
	if d, err = decode([]byte("TemplateBody: {Resources: {A: {Type: a}}}\nResources: {B: {Type: b}}")); err != nil || d.template.Resources["B"].Type != "b" {
		t.Errorf("%+v, %v", d.template, err)
	}
}

// Values of a wrong kind are told one by one, and are as if they were not there.
func TestSifted(t *testing.T) {
	d, err := decode([]byte(`
AWSTemplateFormatVersion: 5
Parameters: {A: 5, B: {Type: 5, AllowedValues: a, Default: x}, C: {AllowedValues: ~, Type: ~}}
Mappings: []
Conditions: {A: [], B: !Equals [a, a]}
Resources: {}
`))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, x := range d.template.invalid {
		got = append(got, strings.Join(x.at, " ")+": "+x.why)
	}
	if want := []string{"AWSTemplateFormatVersion: is no text", "Parameters A: is no object", "Parameters B Type: is no text", "Parameters B AllowedValues: is no list", "Mappings: is no object", "Conditions A: is no object"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if want := map[string]parameter{"A": {}, "B": {Default: "x"}, "C": {}}; !reflect.DeepEqual(d.template.Parameters, want) {
		t.Errorf("%+v, want %+v", d.template.Parameters, want)
	}
	if holds, known := (&question{template: d.template}).reader(nil).condition("B"); !holds || !known || d.template.Mappings != nil || d.template.Version != "" || len(d.template.Conditions) != 2 {
		t.Errorf("%+v", d.template)
	}
	says(t, "of a transform", check(t, "Transform: Mine\nMappings: 5\nConditions: {C: 5}\nResources: {}").Inputs[0].Resources,
		"Mappings: allowed\n\tnot given: is no object, which a transform may change", "Conditions.C: allowed\n\tnot given: is no object, which a transform may change")
	says(t, "of none", check(t, "Mappings: 5\nConditions: {C: 5}\nResources: {}").Inputs[0].Resources,
		"Mappings: denied\n\tcfn.template-invalid : is no object", "Conditions.C: denied\n\tcfn.template-invalid : is no object")
}

// A transform or a loop may add names; that of language extensions adds none by itself. A macro may change resources, those of AWS
// but for AWS::Include do not.
func TestTransforms(t *testing.T) {
	for text, want := range map[string]struct {
		adds   bool
		macros []string
	}{
		"": {}, "Transform: AWS::LanguageExtensions": {}, "Transform: [AWS::LanguageExtensions]": {}, "Transform: ~": {}, "Transform: []": {},
		"Transform: AWS::Serverless-2016-10-31": {true, nil}, "Transform: [AWS::LanguageExtensions, Mine]": {true, []string{"Mine"}}, "Transform: Mine": {true, []string{"Mine"}},
		"Transform: {Name: AWS::Include}": {true, []string{"AWS::Include"}}, "Transform: AWS::Include": {true, []string{"AWS::Include"}}, "Transform: [Mine, {Name: Yours}, {Name: 5}, 5]": {true, []string{"Mine", "Yours"}},
		"Fn::Transform: x": {true, nil}, "Parameters: {'Fn::ForEach::A': []}": {true, nil}, "Mappings: {'Fn::Transform': {}}": {true, nil}, "Conditions: {'Fn::ForEach::A': []}": {true, nil},
		"Outputs: {'Fn::ForEach::A': []}": {}, "Mappings: {M: {'Fn::Transform': {}}}": {},
	} {
		d, err := decode([]byte(text + "\nResources: {}"))
		if err != nil {
			t.Fatal(text, err)
		}
		if got := d.template.macros; d.template.partial != want.adds || !slices.Equal(got, want.macros) {
			t.Errorf("%s: %v, %q, want %+v", text, d.template.partial, got, want)
		}
	}
	if d, err := decode([]byte("Resources: {'Fn::ForEach::A': []}")); err != nil || !d.template.partial {
		t.Errorf("%+v, %v", d.template, err)
	}
	says(t, "a loop", check(t, "Resources: {'Fn::ForEach::A': [], 'Fn::Transform': {}, A: 5, B: {Type: 'AWS::SNS::Topic'}, Z: 5}").Inputs[0].Resources, "A: allowed\n\tnot given: it is no object, which a transform may change", "Fn::ForEach::A: allowed\n\tnot given: what the loop makes is not read", "Z: allowed\n\tnot given: it is no object, which a transform may change")
	says(t, "none", check(t, "Resources: {A: 5, B: {Type: [a]}}").Inputs[0].Resources, "A: denied\n\tcfn.property-invalid : it is no object", "B: denied\n\tcfn.property-invalid : its Type is no text")
}

// NoEcho hides values unless it is false, however that is written.
func TestHiddenParameters(t *testing.T) {
	for text, want := range map[string]bool{"~": false, "false": false, "'false'": false, "'FALSE'": false, "no": false, "true": true, "'true'": true, "'no'": true, "5": true, "[]": true, "''": true} {
		if got := (parameter{NoEcho: tree(t, text)}).hidden(); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

// What is allowed of a parameter, and how what is not is told.
func TestRefused(t *testing.T) {
	for _, tt := range []struct{ parameter, value, want string }{
		{"{Type: String, AllowedValues: [a, 5, yes]}", "a", ""}, {"{Type: String, AllowedValues: [a, 5, yes]}", "5", ""}, {"{Type: String, AllowedValues: [a, 5, yes]}", "true", ""}, {"{Type: String, AllowedValues: [a, 5, yes]}", "5.0", `"5.0"`},
		{"{Type: Number, AllowedValues: [5]}", "5.0", ""}, {"{Type: Number, AllowedValues: [5]}", "0.5e1", ""}, {"{Type: Number, AllowedValues: [5]}", "5.1", `"5.1"`}, {"{Type: Number, AllowedValues: [5]}", "x", `"x"`}, {"{Type: Number, AllowedValues: [x, '5x']}", "5", `"5"`}, {"{Type: Number, AllowedValues: [x]}", "x", ""},
		{"{Type: Number, AllowedValues: [0]}", "1e9999999", `"1e9999999"`}, {"{Type: Number, AllowedValues: ['1e9999999']}", "0", `"0"`}, {"{Type: Number, AllowedValues: ['1e9999999']}", "1e9999999", ""},
		{"{Type: Number, AllowedValues: [1]}", "1." + strings.Repeat("0", 61), ""}, {"{Type: Number, AllowedValues: [1]}", "1." + strings.Repeat("0", 62), `"1.` + strings.Repeat("0", 62) + `"`},
		{"{Type: CommaDelimitedList, AllowedValues: [a, b]}", "a, b", ""}, {"{Type: CommaDelimitedList, AllowedValues: [a, b]}", "a,c,d", `"c"`}, {"{Type: CommaDelimitedList, AllowedValues: ['a,c']}", "a,c", ""}, {"{Type: List<Number>, AllowedValues: [1, 2]}", "1.0,3", `"3"`}, {"{Type: List, AllowedValues: [a, b]}", "a,b", `"a,b"`},
		{"{Type: String, AllowedValues: [a, {Ref: X}]}", "b", ""}, {"{Type: String, AllowedValues: [[a]]}", "a", `"a"`}, {"{Type: String, AllowedValues: [~]}", "", `""`},
	} {
		q := asking(t, "Parameters: {P: "+tt.parameter+"}\nResources: {}", "", nil)
		if got := q.Parameters["P"].refused(tt.value); got != tt.want {
			t.Errorf("%+v: %q", tt, got)
		}
	}
	for values, want := range map[string]string{"[a, b]": "a, b", "[a, [b], 5]": "a, 5", "[1, 2, 3, 4, 5, 6, 7, 8]": "1, 2, 3, 4, 5, 6, 7, 8", "[1, 2, 3, 4, 5, 6, 7, 8, 9]": "1, 2, 3, 4, 5, 6, 7, 8, …"} {
		q := asking(t, "Parameters: {P: {AllowedValues: "+values+"}}\nResources: {}", "", nil)
		if got := q.Parameters["P"].told("before ", "x"); got != "before x is none of AllowedValues: "+want {
			t.Errorf("%s: %q", values, got)
		}
	}
	const some = "Parameters: {A: {Type: String}, B: {Type: String, AllowedValues: [a], Default: b}, C: {Type: String, AllowedValues: [a]}, D: {Type: String, AllowedValues: [a], Default: a}, E: {Type: String, AllowedValues: [a], Default: [a]}, F: {Type: String, AllowedValues: [a], Default: c}}\nResources: {}"
	says(t, "each", check(t, some, "--parameter", "F=d,C=e,A=f").Inputs[0].Resources,
		`B: denied`+"\n\t"+`cfn.parameter-refused Default: "b" is none of AllowedValues: a`, `C: denied`+"\n\t"+`cfn.parameter-refused AllowedValues: --parameter: "e" is none of AllowedValues: a`,
		`F: denied`+"\n\t"+`cfn.parameter-refused AllowedValues: --parameter: "d" is none of AllowedValues: a`+"\n\t"+`cfn.parameter-refused Default: "c" is none of AllowedValues: a`)
}

// zipped is a text in gzip.
func zipped(t *testing.T, text string) string {
	t.Helper()
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return z.String()
}

// A folder is read as far as it can be: its templates by their names, or else what has Resources, with the Regions of the manifests.
func TestReadFolder(t *testing.T) {
	const template, other, manifest = `{"Resources": {}}`, `{"a": 1}`, `{"artifacts": {"A": {"type": "aws:cloudformation:stack", "environment": "aws://1/REGION", "properties": {"templateFile": "FILE"}}}}`
	of := func(region, file string) string {
		return strings.NewReplacer("REGION", region, "FILE", file).Replace(manifest)
	}
	for name, tt := range map[string]struct {
		files map[string]string
		want  []string // each with its Region, and those that cannot be read with !
		err   string
	}{
		"templates":           {map[string]string{"b.template.json": template, "a.template.json": template, "c.json": template, "d.yaml": "x"}, []string{"a.template.json", "b.template.json"}, ""},
		"compressed":          {map[string]string{"a.template.json.gz": zipped(t, template), "b.template.json": template}, []string{"a.template.json.gz", "b.template.json"}, ""},
		"others":              {map[string]string{"a.json": template, "b.yaml": template, "c.yml": template, "d.txt": template, "e.json": other, "f.yml.gz": zipped(t, template), "g.jsonx": template}, []string{"a.json", "b.yaml", "c.yml", "f.yml.gz"}, ""},
		"one that is broken":  {map[string]string{"a.template.json": template, "b.template.json": "{"}, []string{"a.template.json", "!b.template.json"}, ""},
		"others that are":     {map[string]string{"a.json": "{", "b.yaml": template, "c.json": other}, []string{"b.yaml", "!a.json"}, ""},
		"no template":         {map[string]string{"a.template.json": other, "b.template.json": template}, []string{"b.template.json", "!a.template.json"}, ""},
		"a manifest":          {map[string]string{"manifest.json": of("eu-west-1", "b.template.json"), "a.template.json": template, "b.template.json": template}, []string{"a.template.json", "b.template.json eu-west-1"}, ""},
		"no Region":           {map[string]string{"manifest.json": of("unknown-region", "a.template.json"), "a.template.json": template}, []string{"a.template.json"}, ""},
		"no stack":            {map[string]string{"manifest.json": strings.Replace(of("eu-west-1", "a.template.json"), "formation:stack", "formation:x", 1), "a.template.json": template}, []string{"a.template.json"}, ""},
		"a broken manifest":   {map[string]string{"manifest.json": "{", "a.template.json": template}, []string{"a.template.json", "!manifest.json"}, ""},
		"a manifest of lists": {map[string]string{"manifest.json": `{"artifacts": []}`, "a.template.json": template}, []string{"a.template.json", "!manifest.json"}, ""},
		"nothing":             {map[string]string{"a.json": other, "b.txt": template}, nil, "DIR: has no template: no *.template.json, *.json, *.yaml or *.yml has Resources"},
		"broken ones alone":   {map[string]string{"a.template.json": "{", "b.template.json": "["}, nil, "DIR/a.template.json: jsontext: unexpected EOF after offset 1\nDIR/b.template.json: "},
		"a manifest alone":    {map[string]string{"manifest.json": template}, nil, "DIR: has no template: no *.template.json, *.json, *.yaml or *.yml has Resources"},
	} {
		dir := folder(t, tt.files)
		documents, err := read(dir, nil)
		var got []string
		for _, d := range documents {
			name := strings.TrimPrefix(d.name, dir+"/")
			if d.region != "" {
				name += " " + d.region
			}
			if d.wrong != nil {
				name = "!" + name
			}
			if (d.wrong == nil) != (d.template != nil) {
				t.Errorf("%s: %+v", name, d)
			}
			got = append(got, name)
		}
		if !slices.Equal(got, tt.want) || (err == nil) != (tt.err == "") || err != nil && !strings.HasPrefix(err.Error(), strings.ReplaceAll(tt.err, "DIR", dir)) {
			t.Errorf("%s: %q, %v, want %q", name, got, err, tt.want)
		}
	}
	none := filepath.Join(t.TempDir(), "none")
	if documents, err := readFolder(none); documents != nil || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v, %v", documents, err)
	}
	if err := readManifest(none, nil); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	// Below it there are folders, and what is neither file nor folder is left out.
	dir := folder(t, map[string]string{"a.template.json": template})
	below := filepath.Join(dir, "b")
	if err := errors.Join(os.Mkdir(below, 0o700), os.Mkdir(filepath.Join(dir, "c.template.json"), 0o700), os.WriteFile(filepath.Join(below, "d.template.json"), []byte(template), 0o600),
		os.WriteFile(filepath.Join(below, "manifest.json"), []byte(of("eu-west-1", "d.template.json")), 0o600), os.Symlink("a.template.json", filepath.Join(dir, "e.template.json"))); err != nil {
		t.Fatal(err)
	}
	documents, err := read(dir, nil)
	if err != nil || len(documents) != 2 || documents[0].name != dir+"/a.template.json" || documents[1].name != below+"/d.template.json" || documents[1].region != "eu-west-1" {
		t.Errorf("%+v, %v", documents, err)
	}
	if status, out, errs := onFiles(dir, "--json", "--region", "us-east-1"); status != cli.Clean || decoded(t, []byte(out)).Inputs[1].Region != "us-east-1" {
		t.Errorf("%d %s%s", status, out, errs)
	}
}

// A file of gzip is one that begins like one.
func TestUnzipped(t *testing.T) {
	long := zipped(t, "Resources: {}")
	for in, want := range map[string]string{"": "", "\x1f": "\x1f", "\x8b\x1f": "\x8b\x1f", "Resources": "Resources", long: "Resources: {}"} {
		if got, err := unzipped([]byte(in)); string(got) != want || err != nil {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
	for in, want := range map[string]string{"\x1f\x8b": "is not gzip that can be read: ", long[:len(long)-1]: "is not gzip that can be read: ", long[:len(long)-6] + "xxxxxx": "is not gzip that can be read: gzip: invalid checksum"} {
		if _, err := unzipped([]byte(in)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v", in, err)
		}
	}
	if _, err := read("-", strings.NewReader("\x1f\x8b")); err == nil || !strings.HasPrefix(err.Error(), "standard input: is not gzip") {
		t.Error(err)
	}
	if _, err := read("-", strings.NewReader("{")); err == nil || err.Error() != "standard input: jsontext: unexpected EOF after offset 1" {
		t.Error(err)
	}
}
