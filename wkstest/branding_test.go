package wkstest_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/wkstest"
)

// The branding of each type of device is what was imported for it, beside that of the others, until it is deleted. A logo has an address
// that depends on the directory, the device and its size.
func TestBrandingTells(t *testing.T) {
	_, d, _ := served(t, nil)
	id := aws.String(wkstest.SampleDirectory)
	text := func(s string, device string) *string { return aws.String("https://" + s + ".example.com/" + device) }
	message := func(device string) map[string]string { return map[string]string{"en_US": "Welcome to " + device} }
	of := func(device string) *types.DefaultImportClientBrandingAttributes {
		return &types.DefaultImportClientBrandingAttributes{ForgotPasswordLink: text("forgot", device), SupportLink: text("support", device), LoginMessage: message(device), Logo: make([]byte, len(device))}
	}
	logo := func(device, name string, size int) *string {
		return aws.String(fmt.Sprintf("https://branding.example/eu-west-1/%s/DeviceType%s/%s-%d-bytes.png", *id, device, name, size))
	}
	told := func(device string) *types.DefaultClientBrandingAttributes {
		return &types.DefaultClientBrandingAttributes{ForgotPasswordLink: text("forgot", device), SupportLink: text("support", device), LoginMessage: message(device), LogoUrl: logo(device, "logo", len(device))}
	}
	answers(t, "none", *must(d.DescribeClientBranding(t.Context(), &workspaces.DescribeClientBrandingInput{ResourceId: id}))(t), workspaces.DescribeClientBrandingOutput{})
	in := workspaces.ImportClientBrandingInput{ResourceId: id, DeviceTypeAndroid: of("Android"), DeviceTypeLinux: of("Linux"), DeviceTypeOsx: of("Osx"), DeviceTypeWeb: of("Web")}
	want := workspaces.ImportClientBrandingOutput{DeviceTypeAndroid: told("Android"), DeviceTypeLinux: told("Linux"), DeviceTypeOsx: told("Osx"), DeviceTypeWeb: told("Web")}
	answers(t, "four", *must(d.ImportClientBranding(t.Context(), &in))(t), want)
	in = workspaces.ImportClientBrandingInput{
		ResourceId: id, DeviceTypeWindows: &types.DefaultImportClientBrandingAttributes{SupportEmail: aws.String("help@example.com")}, DeviceTypeWeb: &types.DefaultImportClientBrandingAttributes{LoginMessage: message("all")},
		DeviceTypeIos: &types.IosImportClientBrandingAttributes{ForgotPasswordLink: text("forgot", "Ios"), SupportEmail: aws.String("ios@example.com"), LoginMessage: message("Ios"), Logo: make([]byte, 1), Logo2x: make([]byte, 2), Logo3x: make([]byte, 3)},
	}
	want.DeviceTypeWindows, want.DeviceTypeWeb = &types.DefaultClientBrandingAttributes{SupportEmail: aws.String("help@example.com")}, &types.DefaultClientBrandingAttributes{LoginMessage: message("all")}
	want.DeviceTypeIos = &types.IosClientBrandingAttributes{ForgotPasswordLink: text("forgot", "Ios"), SupportEmail: aws.String("ios@example.com"), LoginMessage: message("Ios"), LogoUrl: logo("Ios", "logo", 1), Logo2xUrl: logo("Ios", "logo2x", 2), Logo3xUrl: logo("Ios", "logo3x", 3)}
	answers(t, "two more, and one in the place of another", *must(d.ImportClientBranding(t.Context(), &in))(t), want)
	both := &types.DefaultImportClientBrandingAttributes{SupportEmail: aws.String("help@example.com"), SupportLink: text("support", "all")}
	for what, in := range map[string]*workspaces.ImportClientBrandingInput{
		"Android": {DeviceTypeAndroid: both}, "Linux": {DeviceTypeLinux: both}, "Osx": {DeviceTypeOsx: both}, "Web": {DeviceTypeWeb: both}, "Windows": {DeviceTypeWindows: both},
		"Ios": {DeviceTypeIos: &types.IosImportClientBrandingAttributes{SupportEmail: both.SupportEmail, SupportLink: both.SupportLink}},
	} {
		in.ResourceId = id
		_, err := d.ImportClientBranding(t.Context(), in)
		refusedAt(t, what, err, "InvalidParameterValuesException", "", "wkstest.filters-exclude")
		if want := "DeviceType" + what + " has both SupportEmail and SupportLink [wkstest.filters-exclude]"; err != nil && messageOf(err) != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	described := func() workspaces.ImportClientBrandingOutput {
		t.Helper()
		return workspaces.ImportClientBrandingOutput(*must(d.DescribeClientBranding(t.Context(), &workspaces.DescribeClientBrandingInput{ResourceId: id}))(t))
	}
	answers(t, "described", described(), want)
	must(d.DeleteClientBranding(t.Context(), &workspaces.DeleteClientBrandingInput{ResourceId: id, Platforms: []types.ClientDeviceType{types.ClientDeviceTypeDeviceTypeIos, types.ClientDeviceTypeDeviceTypeLinux}}))(t)
	want.DeviceTypeIos, want.DeviceTypeLinux = nil, nil
	answers(t, "two deleted", described(), want)
	unknown := aws.String("d-9067000009")
	_, imported := d.ImportClientBranding(t.Context(), &workspaces.ImportClientBrandingInput{ResourceId: unknown, DeviceTypeWeb: of("Web")})
	_, described2 := d.DescribeClientBranding(t.Context(), &workspaces.DescribeClientBrandingInput{ResourceId: unknown})
	_, deleted := d.DeleteClientBranding(t.Context(), &workspaces.DeleteClientBrandingInput{ResourceId: unknown, Platforms: []types.ClientDeviceType{types.ClientDeviceTypeDeviceTypeIos}})
	for what, err := range map[string]error{"import": imported, "describe": described2, "delete": deleted} {
		refusedAt(t, what, err, "ResourceNotFoundException", "ResourceId", "wkstest.unknown-resource")
	}
}

// The properties of clients are disabled until they are modified, each alone.
func TestClientPropertiesTell(t *testing.T) {
	_, d, _ := served(t, func(r *wkstest.Region) {
		other := r.Directories[0]
		other.DirectoryId = aws.String("d-9067000002")
		r.Directories = append(r.Directories, other)
	})
	want := []types.ClientPropertiesResult{
		{ResourceId: aws.String("d-9067000002"), ClientProperties: &types.ClientProperties{ReconnectEnabled: types.ReconnectEnumDisabled, LogUploadEnabled: types.LogUploadEnumDisabled}},
		{ResourceId: aws.String(wkstest.SampleDirectory), ClientProperties: &types.ClientProperties{ReconnectEnabled: types.ReconnectEnumDisabled, LogUploadEnabled: types.LogUploadEnumDisabled}},
	}
	describe := func(ids ...string) ([]types.ClientPropertiesResult, error) {
		out, err := d.DescribeClientProperties(t.Context(), &workspaces.DescribeClientPropertiesInput{ResourceIds: ids})
		if err != nil {
			return nil, err
		}
		return out.ClientPropertiesList, nil
	}
	answers(t, "before", must(describe("d-9067000002", wkstest.SampleDirectory))(t), want)
	modify := func(p types.ClientProperties) {
		t.Helper()
		must(d.ModifyClientProperties(t.Context(), &workspaces.ModifyClientPropertiesInput{ResourceId: aws.String(wkstest.SampleDirectory), ClientProperties: &p}))(t)
	}
	modify(types.ClientProperties{ReconnectEnabled: types.ReconnectEnumEnabled})
	modify(types.ClientProperties{LogUploadEnabled: types.LogUploadEnumEnabled})
	want[1].ClientProperties = &types.ClientProperties{ReconnectEnabled: types.ReconnectEnumEnabled, LogUploadEnabled: types.LogUploadEnumEnabled}
	answers(t, "after", must(describe("d-9067000002", wkstest.SampleDirectory))(t), want)
	_, err := describe(wkstest.SampleDirectory, "d-9067000009")
	refusedAt(t, "an unknown one", err, "ResourceNotFoundException", "ResourceIds[1]", "wkstest.unknown-resource")
}

// Of the add-ins of a directory no two have one name, and those of another directory are not its own.
func TestAddInsTell(t *testing.T) {
	_, d, _ := served(t, func(r *wkstest.Region) {
		other := r.Directories[0]
		other.DirectoryId = aws.String("d-9067000002")
		r.Directories = append(r.Directories, other)
	})
	here, there := wkstest.SampleDirectory, "d-9067000002"
	create := func(directory, name string) (*string, error) {
		out, err := d.CreateConnectClientAddIn(t.Context(), &workspaces.CreateConnectClientAddInInput{ResourceId: &directory, Name: &name, URL: aws.String("https://" + name + ".example.com/")})
		if err != nil {
			return nil, err
		}
		return out.AddInId, nil
	}
	update := func(id, directory string, in workspaces.UpdateConnectClientAddInInput) error {
		in.AddInId, in.ResourceId = &id, &directory
		_, err := d.UpdateConnectClientAddIn(t.Context(), &in)
		return err
	}
	remove := func(id, directory string) error {
		_, err := d.DeleteConnectClientAddIn(t.Context(), &workspaces.DeleteConnectClientAddInInput{AddInId: &id, ResourceId: &directory})
		return err
	}
	list := func(directory string) []types.ConnectClientAddIn {
		t.Helper()
		return must(d.DescribeConnectClientAddIns(t.Context(), &workspaces.DescribeConnectClientAddInsInput{ResourceId: &directory}))(t).AddIns
	}
	addIn := func(id *string, directory, name, url string) types.ConnectClientAddIn {
		return types.ConnectClientAddIn{AddInId: id, ResourceId: &directory, Name: &name, URL: aws.String("https://" + url + ".example.com/")}
	}
	calls, chat := must(create(here, "calls"))(t), must(create(here, "chat"))(t)
	theirs := must(create(there, "calls"))(t) // the name is free in another directory
	if ids := []string{*calls, *chat, *theirs}; len(slices.Compact(slices.Sorted(slices.Values(ids)))) != 3 {
		t.Errorf("%q", ids)
	}
	_, err := create(here, "chat")
	refusedAt(t, "the name again", err, "ResourceAlreadyExistsException", "Name", "wkstest.already-exists")
	_, err = create("d-9067000009", "calls")
	refusedAt(t, "in an unknown directory", err, "ResourceNotFoundException", "ResourceId", "wkstest.unknown-resource")
	_, err = d.DescribeConnectClientAddIns(t.Context(), &workspaces.DescribeConnectClientAddInsInput{ResourceId: aws.String("d-9067000009")})
	refusedAt(t, "of an unknown directory", err, "ResourceNotFoundException", "ResourceId", "wkstest.unknown-resource")
	answers(t, "here", list(here), []types.ConnectClientAddIn{addIn(calls, here, "calls", "calls"), addIn(chat, here, "chat", "chat")})
	answers(t, "there", list(there), []types.ConnectClientAddIn{addIn(theirs, there, "calls", "calls")})

	err = update(*chat, here, workspaces.UpdateConnectClientAddInInput{Name: aws.String("calls")})
	if got := codeOf(err); err == nil || got != "InvalidParameterValuesException" || messageOf(err) != `Name: `+*calls+` has the name "calls" [wkstest.already-exists]` {
		t.Errorf("the name of another: %v", err)
	}
	wants(t, "its own name", update(*chat, here, workspaces.UpdateConnectClientAddInInput{Name: aws.String("chat"), URL: aws.String("https://new.example.com/")}), "")
	answers(t, "another address", list(here), []types.ConnectClientAddIn{addIn(calls, here, "calls", "calls"), addIn(chat, here, "chat", "new")})
	wants(t, "an address alone", update(*chat, here, workspaces.UpdateConnectClientAddInInput{URL: aws.String("https://newer.example.com/")}), "")
	wants(t, "a name alone", update(*calls, here, workspaces.UpdateConnectClientAddInInput{Name: aws.String("phone")}), "")
	answers(t, "updated", list(here), []types.ConnectClientAddIn{addIn(calls, here, "phone", "calls"), addIn(chat, here, "chat", "newer")})
	for what, err := range map[string]error{
		"update with another directory": update(*calls, there, workspaces.UpdateConnectClientAddInInput{Name: aws.String("more")}), "delete with another directory": remove(*calls, there),
		"update of an unknown one": update("00000000-0000-0000-0000-000000000000", here, workspaces.UpdateConnectClientAddInInput{Name: aws.String("more")}),
	} {
		refusedAt(t, what, err, "ResourceNotFoundException", "AddInId", "wkstest.unknown-resource")
	}
	wants(t, "delete", remove(*calls, here), "")
	answers(t, "left", list(here), []types.ConnectClientAddIn{addIn(chat, here, "chat", "newer")})
	answers(t, "left there", list(there), []types.ConnectClientAddIn{addIn(theirs, there, "calls", "calls")})
}
