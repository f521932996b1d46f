package request

import (
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/jsonstream"
	"github.com/wksgo/wks/internal/wire"
	"github.com/wksgo/wks/rule"
)

// A text is quoted in full up to 80 bytes or characters, and else up to 80 characters.
func TestQuote(t *testing.T) {
	for _, tt := range []struct {
		text string
		want string
	}{
		{"", `""`}, {"a\n", `"a\n"`}, {strings.Repeat("a", 80), `"` + strings.Repeat("a", 80) + `"`}, {strings.Repeat("a", 81), `"` + strings.Repeat("a", 80) + `"…`},
		{strings.Repeat("é", 80), `"` + strings.Repeat("é", 80) + `"`}, {strings.Repeat("é", 81), `"` + strings.Repeat("é", 80) + `"…`}, {strings.Repeat("é", 500), `"` + strings.Repeat("é", 80) + `"…`},
	} {
		if got := quote(tt.text); got != tt.want {
			t.Errorf("%q is quoted as %s", tt.text, got)
		}
	}
}

// A fault tells the value and the constraint.
func TestDetails(t *testing.T) {
	name := "Member"
	for want, broken := range map[string]func(r *report){
		"":                                 func(r *report) { r.text(nil, name, nil, &wire.Shape{Min: 1, Max: 9}) },
		"Member: 5, want 6 to 9":           func(r *report) { r.number(nil, name, new(int32(5)), &wire.Shape{Min: 6, Max: 9}) },
		"Member: 10, want 6 to 9":          func(r *report) { r.number(nil, name, new(int32(10)), &wire.Shape{Min: 6, Max: 9}) },
		"Member: 5 elements, want 6 to 9":  func(r *report) { r.size(nil, name, 5, &wire.Shape{Min: 6, Max: 9, Type: wire.List}) },
		"Member: 10 elements, want 6 to 9": func(r *report) { r.size(nil, name, 10, &wire.Shape{Min: 6, Max: 9, Type: wire.List}) },
		"Member: 10 bytes, want 6 to 9":    func(r *report) { r.size(nil, name, 10, &wire.Shape{Min: 6, Max: 9, Type: wire.Blob}) },
		`Member[2]: "éé" has 2 characters, want 3 to 9`:                func(r *report) { r.element(nil, name, 2, "éé", &wire.Shape{Min: 3, Max: 9}) },
		`Up.Member: is required`:                                       func(r *report) { r.require(&place{nil, "Up", -1}, name, false) },
		`Up[0].Member: is required`:                                    func(r *report) { r.require(&place{nil, "Up", 0}, name, false) },
		`Member: "b" is none of the values that the model knows, A, B`: func(r *report) { r.enum(nil, name, "b", &wire.Shape{Max: 9, Enum: []string{"A", "B"}}) },
	} {
		var r report
		broken(&r)
		got := ""
		for _, f := range r.faults {
			got += string(f.Path) + ": " + f.Detail
		}
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	var r report
	r.number(nil, name, nil, &wire.Shape{Min: 6, Max: 9})
	r.number(nil, name, new(int32(6)), &wire.Shape{Min: 6, Max: 9})
	r.number(nil, name, new(int32(9)), &wire.Shape{Min: 6, Max: 9})
	r.size(nil, name, 6, &wire.Shape{Min: 6, Max: 9})
	r.size(nil, name, 9, &wire.Shape{Min: 6, Max: 9})
	r.enum(nil, name, "", &wire.Shape{Max: 9, Enum: []string{"A"}})
	r.require(nil, name, true)
	if r.faults != nil {
		t.Errorf("%+v", r.faults)
	}
}

// Decode tells where a value of another type stands, and what is wanted; and what ends the text too early is no value.
func TestDecodeTellsWhatItWants(t *testing.T) {
	for text, want := range map[string]string{
		`7`:                             "| 7… | is not an object",
		`{"Limit": "7"}`:                `Limit | "… | is not a number`,
		`{"Limit": true}`:               "Limit | t… | is not a number",
		`{"Limit": -}`:                  "",
		`{"Limit": 2147483648}`:         "Limit | 2147483648 | is not a whole number of 32 bits",
		`{"Limit": 1e2}`:                "Limit | 1e2 | is not a whole number of 32 bits",
		`{"WorkspaceIds": "ws-1"}`:      `WorkspaceIds | "… | is not a list`,
		`{"WorkspaceIds": [7]}`:         "WorkspaceIds[0] | 7… | is not a string",
		`{"WorkspaceIds": ["a", null]}`: "WorkspaceIds[1] | null | is not an element of a list",
		`{"WorkspaceIds": ["a", nil]}`:  "",
		`{"DirectoryId": []}`:           "DirectoryId | [… | is not a string",
		`{"directoryId": ""}`:           "| directoryId | is not a member of this object",
		`{"noSmithyDocumentSerde": {}}`: "| noSmithyDocumentSerde | is not a member of this object",
		`{"DirectoryId": "a", "UserName": "b", "DirectoryId": null}`: "DirectoryId | DirectoryId | stands twice in its object",
	} {
		err := Decode(strings.NewReader(text), new(workspaces.DescribeWorkspacesInput))
		var input *rule.InputError
		if !errors.As(err, &input) {
			if want != "" || err == nil {
				t.Errorf("%s: %v, want %q", text, err, want)
			}
			continue
		}
		if got := strings.TrimSpace(string(input.Path) + " | " + input.Value + " | " + input.Reason); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
	for _, text := range []string{"", "{", `{"Limit"`, `{"Limit":`, `{"Limit": 1`, `{"WorkspaceIds": [`, `{"WorkspaceIds": ["a"`, `{"WorkspaceIds": ["a",`, `{"DirectoryId": "`} {
		if err := Decode(strings.NewReader(text), new(workspaces.DescribeWorkspacesInput)); !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// All types of values that inputs have are read, and a null is none of them.
func TestDecodeValues(t *testing.T) {
	type inner struct{ Text string }
	type all struct {
		Small   int32
		Large   *int64
		On, Off bool
		Blob    []byte
		Texts   []string
		Map     map[string]string
		Inners  []inner
		Inner   *inner
	}
	got := all{On: false, Off: true, Small: 9}
	text := ` { "Small": -2147483648, "Large": 9223372036854775807, "On": true, "Off": false, "Blob": "AQI=", "Texts": ["a", ""], "Map": {"k": "v", "l": ""}, "Inners": [{}, {"Text": "x"}], "Inner": {"Text": "é\n"}} `
	want := all{-1 << 31, new(int64(1<<63 - 1)), true, false, []byte{1, 2}, []string{"a", ""}, map[string]string{"k": "v", "l": ""}, []inner{{}, {"x"}}, &inner{"é\n"}}
	if err := Decode(strings.NewReader(text), &got); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	got = all{}
	if err := Decode(strings.NewReader(`{"Small": null, "Large": null, "On": null, "Blob": null, "Texts": null, "Map": null, "Inner": null}`), &got); err != nil || !reflect.DeepEqual(got, all{}) {
		t.Errorf("%+v, %v", got, err)
	}
	if err := Decode(strings.NewReader(`{"Texts": [], "Map": {}, "Blob": ""}`), &got); err != nil || got.Texts == nil || got.Map == nil || got.Blob == nil {
		t.Errorf("%+v, %v", got, err)
	}
	for text, want := range map[string]string{`{"Map": 7}`: "Map: 7…", `{"Inner": []}`: "Inner: […", `{"Blob": 7}`: "Blob: 7…", `{"On": 1}`: "On: 1…", `{"On": "true"}`: `On: "…`, `{"Inners": {}}`: "Inners: {…"} {
		var input *rule.InputError
		if err := Decode(strings.NewReader(text), new(all)); !errors.As(err, &input) || string(input.Path)+": "+input.Value != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
	for _, text := range []string{`{"Inner": {"Text": "\x"}}`, `{"On": truth}`, `{"On": fals}`, `{"Small": 1-2}`, `{"Small": 01}`, `{"Blob": "\u12"}`, `{"Map": {"k" 7}}`, `{"Texts": ["a" "b"]}`} {
		var syntax *jsonstream.SyntaxError
		if err := Decode(strings.NewReader(text), new(all)); !errors.As(err, &syntax) {
			t.Errorf("%s: %v", text, err)
		}
	}
	for text, at := range map[string]rule.Path{`{"Map": {"k": 7}}`: "Map", `{"Inners": [{"Text": "a"}, {"Text": 1}]}`: "Inners[1].Text", `{"Blob": "A"}`: "Blob", `{"Large": 9223372036854775808}`: "Large", `{"Inner": {"Text": "a", "More": 1}}`: "Inner"} {
		var input *rule.InputError
		if err := Decode(strings.NewReader(text), new(all)); !errors.As(err, &input) || input.Path != at {
			t.Errorf("%s: %v, want one at %s", text, err, at)
		}
	}
}

// A type that no input has is an error.
func TestDecodeKnowsItsTypes(t *testing.T) {
	for text, v := range map[string]any{`{"V": 1.5}`: new(struct{ V float64 }), `{"V": {}}`: new(struct{ V any }), `{"V": 1}`: new(struct{ V uint8 })} {
		if err := Decode(strings.NewReader(text), v); err == nil || !strings.HasPrefix(err.Error(), "request: no ") {
			t.Errorf("%s is read as %+v", text, v)
		}
	}
}

// Each member of the union is read by its name, and the members that the API spells otherwise than the SDK by theirs.
func TestDecodeNames(t *testing.T) {
	for text, want := range map[string]types.ImageSourceIdentifier{
		`{"ImageSource": {"Ec2ImageId": "a"}}`:           &types.ImageSourceIdentifierMemberEc2ImageId{Value: "a"},
		`{"ImageSource": {"Ec2ImportTaskId": "b"}}`:      &types.ImageSourceIdentifierMemberEc2ImportTaskId{Value: "b"},
		`{"ImageSource": {"ImageBuildVersionArn": "c"}}`: &types.ImageSourceIdentifierMemberImageBuildVersionArn{Value: "c"},
		`{"ImageSource": null}`:                          nil,
	} {
		var in workspaces.ImportCustomWorkspaceImageInput
		if err := Decode(strings.NewReader(text), &in); err != nil || !reflect.DeepEqual(in.ImageSource, want) {
			t.Errorf("%s: %+v, %v", text, in.ImageSource, err)
		}
	}
	for text, want := range map[string]string{`{"ImageSource": 7}`: "ImageSource: 7…", `{"ImageSource": {"Ec2ImageId": 7}}`: "ImageSource.Ec2ImageId: 7…", `{"ImageSource": {"ec2ImageId": "a"}}`: "ImageSource: ec2ImageId"} {
		var input *rule.InputError
		if err := Decode(strings.NewReader(text), new(workspaces.ImportCustomWorkspaceImageInput)); !errors.As(err, &input) || string(input.Path)+": "+input.Value != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
	var in workspaces.AuthorizeIpRulesInput
	if err := Decode(strings.NewReader(`{"GroupId": "g", "UserRules": [{"ipRule": "10.0.0.0/8", "ruleDesc": "d"}]}`), &in); err != nil || *in.UserRules[0].IpRule != "10.0.0.0/8" || *in.UserRules[0].RuleDesc != "d" {
		t.Errorf("%+v, %v", in, err)
	}
}
