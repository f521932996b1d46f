package wkstest

import (
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// What users see of their client: its properties, its branding and its add-ins of Amazon Connect.

func describeClientProperties(k *call, in *workspaces.DescribeClientPropertiesInput) (*workspaces.DescribeClientPropertiesOutput, error) {
	out := &workspaces.DescribeClientPropertiesOutput{ClientPropertiesList: []types.ClientPropertiesResult{}}
	for i := range in.ResourceIds {
		d, f := k.registered(rule.Path("ResourceIds").Index(i), &in.ResourceIds[i])
		if f != nil {
			return nil, f
		}
		p := d.ClientProperties
		if p == nil {
			p = &types.ClientProperties{ReconnectEnabled: types.ReconnectEnumDisabled, LogUploadEnabled: types.LogUploadEnumDisabled}
		}
		out.ClientPropertiesList = append(out.ClientPropertiesList, types.ClientPropertiesResult{ResourceId: d.DirectoryId, ClientProperties: p})
	}
	return out, nil
}

func modifyClientProperties(k *call, in *workspaces.ModifyClientPropertiesInput) (*workspaces.ModifyClientPropertiesOutput, error) {
	d, f := k.registered("ResourceId", in.ResourceId)
	if f != nil {
		return nil, f
	}
	d.ClientProperties = overlay(d.ClientProperties, in.ClientProperties)
	return &workspaces.ModifyClientPropertiesOutput{}, nil
}

// logo returns where a logo can be seen. The server keeps no picture, and the address is of no host
// that there is.
func logo(k *call, directory string, device types.ClientDeviceType, name string, picture []byte) string {
	if picture == nil {
		return ""
	}
	return fmt.Sprintf("https://branding.example/%s/%s/%s/%s-%d-bytes.png", k.region.name, directory, device, name, len(picture))
}

func importBranding(k *call, in *workspaces.ImportClientBrandingInput) (*workspaces.ImportClientBrandingOutput, error) {
	d, f := k.registered("ResourceId", in.ResourceId)
	if f != nil {
		return nil, f
	}
	all := map[string]Branding{}
	for device, b := range d.Branding {
		all[device] = b
	}
	for device, a := range map[types.ClientDeviceType]*types.DefaultImportClientBrandingAttributes{
		types.ClientDeviceTypeDeviceTypeAndroid: in.DeviceTypeAndroid, types.ClientDeviceTypeDeviceTypeLinux: in.DeviceTypeLinux, types.ClientDeviceTypeDeviceTypeOsx: in.DeviceTypeOsx,
		types.ClientDeviceTypeDeviceTypeWeb: in.DeviceTypeWeb, types.ClientDeviceTypeDeviceTypeWindows: in.DeviceTypeWindows,
	} {
		if a == nil {
			continue
		}
		if a.SupportEmail != nil && a.SupportLink != nil { // SDK, DefaultImportClientBrandingAttributes
			return nil, refuse(filtersExclude, "", "%s has both SupportEmail and SupportLink", device)
		}
		all[string(device)] = Branding{
			ForgotPasswordLink: aws.ToString(a.ForgotPasswordLink), SupportEmail: aws.ToString(a.SupportEmail), SupportLink: aws.ToString(a.SupportLink),
			LoginMessage: a.LoginMessage, LogoURL: logo(k, *in.ResourceId, device, "logo", a.Logo),
		}
	}
	if a := in.DeviceTypeIos; a != nil {
		const device = types.ClientDeviceTypeDeviceTypeIos
		if a.SupportEmail != nil && a.SupportLink != nil {
			return nil, refuse(filtersExclude, "", "%s has both SupportEmail and SupportLink", device)
		}
		all[string(device)] = Branding{
			ForgotPasswordLink: aws.ToString(a.ForgotPasswordLink), SupportEmail: aws.ToString(a.SupportEmail), SupportLink: aws.ToString(a.SupportLink), LoginMessage: a.LoginMessage,
			LogoURL: logo(k, *in.ResourceId, device, "logo", a.Logo), Logo2xURL: logo(k, *in.ResourceId, device, "logo2x", a.Logo2x), Logo3xURL: logo(k, *in.ResourceId, device, "logo3x", a.Logo3x),
		}
	}
	d.Branding = all
	o := branding(d)
	return (*workspaces.ImportClientBrandingOutput)(o), nil
}

func describeBranding(k *call, in *workspaces.DescribeClientBrandingInput) (*workspaces.DescribeClientBrandingOutput, error) {
	d, f := k.registered("ResourceId", in.ResourceId)
	if f != nil {
		return nil, f
	}
	return (*workspaces.DescribeClientBrandingOutput)(branding(d)), nil
}

// branding is what both operations answer, whose outputs have the same members.
func branding(d *Directory) *workspaces.DescribeClientBrandingOutput {
	of := func(device types.ClientDeviceType) *types.DefaultClientBrandingAttributes {
		b, ok := d.Branding[string(device)]
		if !ok {
			return nil
		}
		return &types.DefaultClientBrandingAttributes{
			ForgotPasswordLink: some(b.ForgotPasswordLink), SupportEmail: some(b.SupportEmail), SupportLink: some(b.SupportLink), LoginMessage: b.LoginMessage, LogoUrl: some(b.LogoURL),
		}
	}
	o := &workspaces.DescribeClientBrandingOutput{
		DeviceTypeAndroid: of(types.ClientDeviceTypeDeviceTypeAndroid), DeviceTypeLinux: of(types.ClientDeviceTypeDeviceTypeLinux), DeviceTypeOsx: of(types.ClientDeviceTypeDeviceTypeOsx),
		DeviceTypeWeb: of(types.ClientDeviceTypeDeviceTypeWeb), DeviceTypeWindows: of(types.ClientDeviceTypeDeviceTypeWindows),
	}
	if b, ok := d.Branding[string(types.ClientDeviceTypeDeviceTypeIos)]; ok {
		o.DeviceTypeIos = &types.IosClientBrandingAttributes{
			ForgotPasswordLink: some(b.ForgotPasswordLink), SupportEmail: some(b.SupportEmail), SupportLink: some(b.SupportLink), LoginMessage: b.LoginMessage,
			LogoUrl: some(b.LogoURL), Logo2xUrl: some(b.Logo2xURL), Logo3xUrl: some(b.Logo3xURL),
		}
	}
	return o
}

// some is nil for an empty text.
func some(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func deleteBranding(k *call, in *workspaces.DeleteClientBrandingInput) (*workspaces.DeleteClientBrandingOutput, error) {
	d, f := k.registered("ResourceId", in.ResourceId)
	if f != nil {
		return nil, f
	}
	all := map[string]Branding{}
	for device, b := range d.Branding {
		if !slices.Contains(in.Platforms, types.ClientDeviceType(device)) {
			all[device] = b
		}
	}
	d.Branding = all
	return &workspaces.DeleteClientBrandingOutput{}, nil
}

func createAddIn(k *call, in *workspaces.CreateConnectClientAddInInput) (*workspaces.CreateConnectClientAddInOutput, error) {
	if _, f := k.registered("ResourceId", in.ResourceId); f != nil {
		return nil, f
	}
	if f := k.addInName("", in.ResourceId, in.Name); f != nil {
		return nil, f
	}
	k.region.Issued++
	a := &types.ConnectClientAddIn{AddInId: aws.String(requestID(k.region.seed, k.region.Issued)), Name: in.Name, ResourceId: in.ResourceId, URL: in.URL}
	k.region.addIns.add(a)
	return &workspaces.CreateConnectClientAddInOutput{AddInId: a.AddInId}, nil
}

// addInName refuses a name that another add-in of the directory has.
func (k *call) addInName(but string, directory, name *string) (f *refusal) {
	k.region.addIns.each(func(id string, a *types.ConnectClientAddIn) bool {
		if id != but && name != nil && aws.ToString(a.ResourceId) == *directory && aws.ToString(a.Name) == *name {
			f = refuse(alreadyExists, "Name", "%s has the name %q", id, *name)
		}
		return f == nil
	})
	return f
}

func (k *call) addIn(id, directory *string) (*types.ConnectClientAddIn, *refusal) {
	a := k.region.addIns.get(aws.ToString(id))
	if a == nil || aws.ToString(a.ResourceId) != *directory {
		return nil, missing("AddInId", id)
	}
	return a, nil
}

func describeAddIns(k *call, in *workspaces.DescribeConnectClientAddInsInput) (*workspaces.DescribeConnectClientAddInsOutput, error) {
	if _, f := k.registered("ResourceId", in.ResourceId); f != nil {
		return nil, f
	}
	list, next, err := page(k, k.region.addIns, in.NextToken, in.MaxResults, func(_ string, a *types.ConnectClientAddIn) bool { return aws.ToString(a.ResourceId) == *in.ResourceId })
	if err != nil {
		return nil, err
	}
	out := &workspaces.DescribeConnectClientAddInsOutput{AddIns: []types.ConnectClientAddIn{}, NextToken: next}
	for _, a := range list {
		out.AddIns = append(out.AddIns, *a)
	}
	return out, nil
}

func updateAddIn(k *call, in *workspaces.UpdateConnectClientAddInInput) (*workspaces.UpdateConnectClientAddInOutput, error) {
	a, f := k.addIn(in.AddInId, in.ResourceId)
	if f == nil {
		f = k.addInName(*in.AddInId, in.ResourceId, in.Name)
	}
	if f != nil {
		return nil, f
	}
	*a = *overlay(a, &types.ConnectClientAddIn{Name: in.Name, URL: in.URL})
	return &workspaces.UpdateConnectClientAddInOutput{}, nil
}

func deleteAddIn(k *call, in *workspaces.DeleteConnectClientAddInInput) (*workspaces.DeleteConnectClientAddInOutput, error) {
	if _, f := k.addIn(in.AddInId, in.ResourceId); f != nil {
		return nil, f
	}
	k.region.addIns.drop(*in.AddInId)
	return &workspaces.DeleteConnectClientAddInOutput{}, nil
}
