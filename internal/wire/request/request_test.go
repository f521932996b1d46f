package request_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/internal/wire/request"
	"github.com/wksgo/wks/internal/wire/wiretest"
	"github.com/wksgo/wks/rule"
)

var kinds = map[request.Kind]string{
	request.Missing: "missing", request.Length: "length", request.Size: "size",
	request.Range: "range", request.Form: "form", request.Value: "value",
}

// A tb is what *testing.T and *rapid.T have in common.
type tb interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

func load(t testing.TB) wiretest.Model {
	t.Helper()
	m, err := wiretest.Load("../constraints.json")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// check returns what Check finds in the form of wiretest.
func check(t tb, input any) (broken []string) {
	t.Helper()
	faults, known := request.Check(input)
	if !known {
		t.Fatalf("%T is not known", input)
	}
	for _, f := range faults {
		if err := new(rule.Path).UnmarshalText([]byte(f.Path)); err != nil || f.Path == "" || !utf8.ValidString(f.Detail) || f.Detail == "" {
			t.Errorf("fault %+v: %v", f, err)
		}
		broken = append(broken, kinds[f.Kind]+" "+string(f.Path))
	}
	slices.Sort(broken)
	return broken
}

// agree holds Check against both oracles: the interpreter of the model, on what the SDK
// sends, and the SDK's own validation of what is required.
func agree(t tb, m wiretest.Model, operation string, input reflect.Value) {
	t.Helper()
	got := check(t, input.Interface())
	if want := m.Broken(operation, sent(t, operation, input)); !slices.Equal(got, want) {
		t.Fatalf("%s: got %q, want %q", operation, got, want)
	}
	var missing []string
	for _, b := range got {
		if path, ok := strings.CutPrefix(b, "missing "); ok {
			missing = append(missing, path)
		}
	}
	if want := missed(t, operation, input); !slices.Equal(missing, want) {
		t.Fatalf("%s: missing %q, the SDK misses %q", operation, missing, want)
	}
}

func TestAgreesOnRandomInputs(t *testing.T) {
	lineartest.SkipRace(t)
	m, sdk := load(t), inputs()
	if len(sdk) != 91 || len(m.Operations) != 91 {
		t.Fatalf("%d operations in the SDK, %d in the model", len(sdk), len(m.Operations))
	}
	for operation, empty := range sdk {
		t.Run(operation, func(t *testing.T) {
			agree(t, m, operation, empty())
			rapid.Check(t, func(rt *rapid.T) {
				input := empty()
				g := generator{rt, m, m.Operations[operation].Members}
				g.fill(input.Elem(), "")
				agree(rt, m, operation, input)
			})
		})
	}
}

func FuzzAgrees(f *testing.F) {
	m, sdk := load(f), inputs()
	operations := make([]string, 0, len(sdk))
	for o := range sdk {
		operations = append(operations, o)
	}
	slices.Sort(operations)
	f.Fuzz(rapid.MakeFuzz(func(rt *rapid.T) {
		operation := rapid.SampledFrom(operations).Draw(rt, "operation")
		input := sdk[operation]()
		g := generator{rt, m, m.Operations[operation].Members}
		g.fill(input.Elem(), "")
		agree(rt, m, operation, input)
	}))
}

func TestAbsentIsNotChecked(t *testing.T) {
	// A nil pointer is an empty request, as it is for the client.
	if got, want := check(t, (*workspaces.StartWorkspacesInput)(nil)), []string{"missing StartWorkspaceRequests"}; !slices.Equal(got, want) {
		t.Errorf("nil input: %q, want %q", got, want)
	}
	if got := check(t, (*workspaces.DescribeWorkspacesInput)(nil)); got != nil {
		t.Errorf("nil input without required members: %q", got)
	}
	// The SDK sends no empty enum, and panics on a nil member of a union.
	in := &workspaces.ImportCustomWorkspaceImageInput{
		ImageName: aws.String("n"), ImageDescription: aws.String("d"), ComputeType: types.ImageComputeTypeBase, Protocol: types.CustomImageProtocolPcoip,
		InfrastructureConfigurationArn: aws.String("arn:aws:imagebuilder:us-east-1:123456789012:infrastructure-configuration/x"),
		Platform:                       types.PlatformWindows, OsVersion: types.OSVersionWindows10,
		ImageSource: (*types.ImageSourceIdentifierMemberEc2ImageId)(nil),
	}
	if got := check(t, in); got != nil {
		t.Errorf("nil member of a union: %q", got)
	}
}

func TestUnknownInput(t *testing.T) {
	for _, input := range []any{nil, "", workspaces.DescribeTagsInput{}, &workspaces.DescribeTagsOutput{}, &types.Tag{}} {
		if faults, known := request.Check(input); faults != nil || known {
			t.Errorf("%T: %v, %t", input, faults, known)
		}
	}
}

func TestOrder(t *testing.T) {
	in := &workspaces.CreateWorkspacesInput{Workspaces: make([]types.WorkspaceRequest, 26)}
	for i := range in.Workspaces {
		in.Workspaces[i] = valid25(1)[0]
	}
	in.Workspaces[2].DirectoryId = aws.String("")
	in.Workspaces[2].BundleId = nil
	in.Workspaces[11].Tags = []types.Tag{{Key: aws.String("")}, {}}
	faults, known := request.Check(in)
	if !known {
		t.Fatalf("%T is not known", in)
	}
	var got []string
	for _, f := range faults {
		got = append(got, kinds[f.Kind]+" "+string(f.Path)+": "+f.Detail)
	}
	want := []string{
		`size Workspaces: 26 elements, want 1 to 25`,
		`missing Workspaces[2].BundleId: is required`,
		`length Workspaces[2].DirectoryId: "" has 0 characters, want 10 to 65`,
		`form Workspaces[2].DirectoryId: "" does not match ^(d-[0-9a-f]{8,63}$)|(wsd-[0-9a-z]{8,63}$)`,
		`length Workspaces[11].Tags[0].Key: "" has 0 characters, want 1 to 127`,
		`missing Workspaces[11].Tags[1].Key: is required`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestMapsAreOrdered(t *testing.T) {
	in := &workspaces.ImportClientBrandingInput{
		ResourceId: aws.String("d-90670000"),
		DeviceTypeWeb: &types.DefaultImportClientBrandingAttributes{LoginMessage: map[string]string{
			"en_US": "two\nlines", "fr_FR": "deux\nlignes", "de": "fine", "e\n": "x\ny", "en_GB": "fine",
		}},
	}
	want := []string{
		`length DeviceTypeWeb.LoginMessage: "de" has 2 characters, want exactly 5`,
		`length DeviceTypeWeb.LoginMessage: "e\n" has 2 characters, want exactly 5`,
		`form DeviceTypeWeb.LoginMessage: "de" does not match ^[a-z]{2}_[A-Z]{2}$`,
		`form DeviceTypeWeb.LoginMessage: "e\n" does not match ^[a-z]{2}_[A-Z]{2}$`,
		`form DeviceTypeWeb.LoginMessage: "x\ny" does not match ^.*$`,
		`form DeviceTypeWeb.LoginMessage.en_US: "two\nlines" does not match ^.*$`,
		`form DeviceTypeWeb.LoginMessage.fr_FR: "deux\nlignes" does not match ^.*$`,
	}
	for range 20 {
		faults, known := request.Check(in)
		if !known {
			t.Fatalf("%T is not known", in)
		}
		var got []string
		for _, f := range faults {
			got = append(got, kinds[f.Kind]+" "+string(f.Path)+": "+f.Detail)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// valid25 returns n valid requests for a WorkSpace, as full as the API has them.
func valid25(n int) []types.WorkspaceRequest {
	all := make([]types.WorkspaceRequest, n)
	for i := range all {
		all[i] = types.WorkspaceRequest{
			BundleId:                    aws.String("wsb-0zsvgp8fc"),
			DirectoryId:                 aws.String("d-926722edaf"),
			UserName:                    aws.String(fmt.Sprintf("user%d", i)),
			RootVolumeEncryptionEnabled: aws.Bool(true),
			UserVolumeEncryptionEnabled: aws.Bool(true),
			VolumeEncryptionKey:         aws.String("arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
			Tags:                        []types.Tag{{Key: aws.String("team"), Value: aws.String("finance")}, {Key: aws.String("cost centre"), Value: aws.String("4711")}},
			WorkspaceProperties: &types.WorkspaceProperties{
				ComputeTypeName: types.ComputePower, RunningMode: types.RunningModeAutoStop, RunningModeAutoStopTimeoutInMinutes: aws.Int32(60),
				RootVolumeSizeGib: aws.Int32(175), UserVolumeSizeGib: aws.Int32(100), Protocols: []types.Protocol{types.ProtocolWsp},
			},
		}
	}
	return all
}

func TestValidRequestAllocatesNothing(t *testing.T) {
	in := &workspaces.CreateWorkspacesInput{Workspaces: valid25(25)}
	if got := check(t, in); got != nil {
		t.Fatal(got)
	}
	if n := testing.AllocsPerRun(100, func() { request.Check(in) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
