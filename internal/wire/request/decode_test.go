package request_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/jsonstream"
	"github.com/wksgo/wks/internal/wire/request"
	"github.com/wksgo/wks/rule"
)

// What the SDK sends, Decode reads: sent once more, it is the same.
func TestDecodeReadsWhatTheSDKSends(t *testing.T) {
	m, all := load(t), inputs()
	names := make([]string, 0, len(all))
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	rapid.Check(t, func(t *rapid.T) {
		operation := rapid.SampledFrom(names).Draw(t, "operation")
		input := all[operation]()
		generator{t, m, m.Operations[operation].Members}.fill(input.Elem(), "")
		want := sent(t, operation, input)
		body := bytes.Clone(sending.body)
		got := request.New(operation)
		if reflect.TypeOf(got) != input.Type() {
			t.Fatalf("New(%q) is a %T", operation, got)
		}
		if err := request.Decode(bytes.NewReader(body), got); err != nil {
			t.Fatalf("%s: %v in %s", operation, err, body)
		}
		if again := sent(t, operation, reflect.ValueOf(got)); !reflect.DeepEqual(again, want) {
			t.Fatalf("%s: sent %v, decoded and sent %v", operation, want, again)
		}
	})
	if request.New("CreateWorkspace") != nil {
		t.Error("an operation that is none has an input")
	}
}

func TestDecodeIsStrict(t *testing.T) {
	for _, tt := range []struct {
		operation, text string
		path            rule.Path
		value           string
	}{
		{"CreateWorkspaces", `{"Workspaces": [{"BundleId": "wsb-12345678", "RootVolumeSizeGib": 80}]}`, "Workspaces[0]", "RootVolumeSizeGib"},
		{"CreateWorkspaces", `{"workspaces": []}`, "", "workspaces"},
		{"CreateWorkspaces", `{"Workspaces": [{}, {"BundleId": 7}]}`, "Workspaces[1].BundleId", "7…"},
		{"CreateWorkspaces", `{"Workspaces": [{"BundleId": "a", "BundleId": "b"}]}`, "Workspaces[0].BundleId", "BundleId"},
		{"CreateWorkspaces", `{"Workspaces": {}}`, "Workspaces", "{…"},
		{"CreateWorkspaces", `{"Workspaces": [null]}`, "Workspaces[0]", "null"},
		{"CreateWorkspaces", `{"Workspaces": [{"UserVolumeEncryptionEnabled": "true"}]}`, "Workspaces[0].UserVolumeEncryptionEnabled", `"…`},
		{"CreateWorkspaces", `{"Workspaces": [{"WorkspaceProperties": {"RootVolumeSizeGib": 80.5}}]}`, "Workspaces[0].WorkspaceProperties.RootVolumeSizeGib", "80.5"},
		{"CreateWorkspaces", `{"Workspaces": [{"WorkspaceProperties": {"RootVolumeSizeGib": 2147483648}}]}`, "Workspaces[0].WorkspaceProperties.RootVolumeSizeGib", "2147483648"},
		{"CreateWorkspaces", `{"ResultMetadata": {}}`, "", "ResultMetadata"},
		{"CreateWorkspaces", `[]`, "", "[…"},
		{"AuthorizeIpRules", `{"UserRules": [{"IpRule": "10.0.0.0/8"}]}`, "UserRules[0]", "IpRule"},
		{"AuthorizeIpRules", `{"UserRules": [{"ipRule": "a", "ipRule": "b"}]}`, "UserRules[0].ipRule", "ipRule"},
		{"ImportCustomWorkspaceImage", `{"ImageSource": {"Ami": "ami-12345678"}}`, "ImageSource", "Ami"},
		{"ImportCustomWorkspaceImage", `{"ImageSource": {"Ec2ImageId": "a", "Ec2ImportTaskId": "b"}}`, "ImageSource", "Ec2ImportTaskId"},
		{"ImportClientBranding", `{"DeviceTypeWindows": {"Logo": "!"}}`, "DeviceTypeWindows.Logo", "!"},
		{"ImportClientBranding", `{"DeviceTypeWindows": {"LoginMessage": {"en_US": "a", "en_US": "b"}}}`, "DeviceTypeWindows.LoginMessage", "en_US"},
	} {
		var input *rule.InputError
		err := request.Decode(strings.NewReader(tt.text), request.New(tt.operation))
		if !errors.As(err, &input) || input.Path != tt.path || input.Value != tt.value {
			t.Errorf("%s: %v, want %q at %s", tt.text, err, tt.value, tt.path)
		}
	}
	for _, text := range []string{``, `{`, `{} {}`, `{"Workspaces": [{"BundleId": "a" "b"}]}`} {
		var syntax *jsonstream.SyntaxError
		if err := request.Decode(strings.NewReader(text), request.New("CreateWorkspaces")); err == nil || text != `` && text != `{` && !errors.As(err, &syntax) {
			t.Errorf("%q: %v", text, err)
		}
	}
	in := new(workspaces.ImportCustomWorkspaceImageInput)
	if err := request.Decode(strings.NewReader(`{"ImageSource": {"ImageBuildVersionArn": "arn"}, "ImageName": null}`), in); err != nil || in.ImageName != nil ||
		*in.ImageSource.(*types.ImageSourceIdentifierMemberImageBuildVersionArn) != (types.ImageSourceIdentifierMemberImageBuildVersionArn{Value: "arn"}) {
		t.Errorf("%+v, %v", in, err)
	}
}

// Decode reads no input that encoding/json refuses.
func FuzzDecode(f *testing.F) {
	f.Add("CreateWorkspaces", []byte(`{"Workspaces": [{"BundleId": "wsb-12345678", "WorkspaceProperties": {"RootVolumeSizeGib": 80, "Protocols": ["WSP"]}}]}`))
	f.Add("ImportCustomWorkspaceImage", []byte(`{"ImageSource": {"Ec2ImageId": "a"}, "Tags": [{"Key": "k"}]}`))
	f.Fuzz(func(t *testing.T, operation string, text []byte) {
		in := request.New(operation)
		if in == nil {
			return
		}
		if err := request.Decode(bytes.NewReader(text), in); err == nil && !json.Valid(text) {
			t.Errorf("%s: %q is read as %+v", operation, text, in)
		}
	})
}
