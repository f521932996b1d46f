package cfn

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// Scalars are those of YAML 1.1; cfn-lint 1.51.0, which reads it with PyYAML 6.0.3, has the same values.
func TestScalars(t *testing.T) {
	for text, want := range map[string]any{
		"yes": true, "No": false, "ON": true, "off": false, "True": true, "y": "y", "N": "N", "yEs": "yEs",
		"'yes'": "yes", `"on"`: "on", "!!str yes": "yes", "|-\n  yes": "yes", ">-\n  100": "100", "~": nil, "null": nil,
		"100": json.Number("100"), "129": json.Number("129"), "0x9F": json.Number("159"), "0x": "0x", "0b2": "0b2", "0_7": json.Number("7"), "0x_": "0x_", "+0b11": json.Number("3"), "-0x10": json.Number("-16"), "'100'": "100", "1_000": json.Number("1000"), "+7": json.Number("7"), "-7": json.Number("-7"),
		"0100": json.Number("64"), "0x64": json.Number("100"), "0b11": json.Number("3"), "1:40": json.Number("100"), "1:45": json.Number("105"), "190:20:30": json.Number("685230"), "199:59": json.Number("11999"), "1_0:0": json.Number("600"), "+1:40": json.Number("100"), "0:40": "0:40", "1:060": "1:060", "1:60": "1:60", "-1:40": json.Number("-100"), "0": json.Number("0"), "08": "08",
		"100.0": json.Number("100.0"), "1.": json.Number("1.0"), ".5": json.Number("0.5"), "007.5": json.Number("7.5"), "+.5": json.Number("0.5"), "-.5": json.Number("-0.5"), "-0.0": json.Number("-0.0"), "1_0.2_5": json.Number("10.25"), "._": json.Number("0.0"), "99.99": json.Number("99.99"), "1.5E-19": json.Number("1.5e-19"), ".": ".", "": nil, "1.5e3": "1.5e3", "-1.5e+3": json.Number("-1.5e+3"), "1.0e2": "1.0e2", "1e2": "1e2", "1.2.3": "1.2.3", "2010-09-09": "2010-09-09",
	} {
		var n yaml.Node
		if err := yaml.Unmarshal([]byte("a: "+text), &n); err != nil {
			t.Fatal(text, err)
		}
		if got := scalarOf(n.Content[0].Content[1]); got != want {
			t.Errorf("%s: %#v, want %#v", text, got, want)
		}
	}
}

// The words for booleans of YAML 1.1 (yaml.org/type/bool) in small letters, with a capital, and in capitals. In other
// letters they are texts.
func TestWordsForBooleans(t *testing.T) {
	for word, want := range map[string]bool{"yes": true, "no": false, "true": true, "false": false, "on": true, "off": false} {
		odd := word[:1] + strings.ToUpper(word[1:])
		for text, want := range map[string]any{word: want, strings.ToUpper(word[:1]) + word[1:]: want, strings.ToUpper(word): want, odd: odd} {
			var n yaml.Node
			if err := yaml.Unmarshal([]byte("a: "+text), &n); err != nil {
				t.Fatal(text, err)
			}
			if got := scalarOf(n.Content[0].Content[1]); got != want {
				t.Errorf("%s: %#v, want %#v", text, got, want)
			}
		}
	}
}

// A number that is whole and not written so is open, in JSON and YAML, as a number and as a text.
func TestWholeNumbers(t *testing.T) {
	for value, want := range map[string]string{
		"100": "allowed", "'100'": "allowed", "0x64": "allowed", "yes": "denied", "100.5": "denied", "many": "denied",
		"100.0": "undocumented", "1e2": "undocumented", "'1e2'": "undocumented", "1.0e+2": "undocumented",
	} {
		got := check(t, desktop("", "      WorkspaceProperties: {ComputeTypeName: POWER, RootVolumeSizeGib: 175, UserVolumeSizeGib: "+value+"}\n")).Inputs[0].Resources[0]
		if got.Verdict != want || (want == "undocumented") != (len(got.Undocumented) == 1) {
			t.Errorf("%s: %+v, want %s", value, got, want)
		}
	}
	for _, value := range []string{"1e2", "100.0"} {
		got := check(t, fmt.Sprintf(`{"Resources": {"W": {"Type": "AWS::WorkSpaces::Workspace", "Properties": {"BundleId": "wsb-b0s22j3d7", "DirectoryId": "d-906732325d", "UserName": "ann", "WorkspaceProperties": {"UserVolumeSizeGib": %s}}}}}`, value)).Inputs[0].Resources[0]
		if got.Verdict != "undocumented" {
			t.Errorf("%s: %+v", value, got)
		}
	}
}

// yes and off are booleans, and what stands in quotes is a text that is none.
func TestBooleans(t *testing.T) {
	for value, want := range map[string]string{"yes": "allowed", "Off": "allowed", "'true'": "allowed", "'yes'": "denied", "y": "denied"} {
		got := check(t, desktop("", "      UserVolumeEncryptionEnabled: "+value+"\n      VolumeEncryptionKey: alias/aws/workspaces\n")).Inputs[0].Resources[0]
		if (got.Verdict == "denied") != (want == "denied") {
			t.Errorf("%s: %+v", value, got)
		}
	}
}
