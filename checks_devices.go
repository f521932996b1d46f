package wks

import (
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/devices"
)

// modifyAccess checks the types of devices that a request admits and blocks. What it does not name stays as
// it is, so that it is not known.
func modifyAccess(r *Rules, _ string, in *workspaces.ModifyWorkspaceAccessPropertiesInput) (f findings) {
	p := in.WorkspaceAccessProperties
	if p == nil {
		return f
	}
	given := map[devices.DeviceType]string{}
	for name, value := range map[devices.DeviceType]types.AccessPropertyValue{
		devices.TypeWindows: p.DeviceTypeWindows, devices.TypeOsx: p.DeviceTypeOsx, devices.TypeWeb: p.DeviceTypeWeb, devices.TypeIos: p.DeviceTypeIos,
		devices.TypeAndroid: p.DeviceTypeAndroid, devices.TypeChromeOs: p.DeviceTypeChromeOs, devices.TypeZeroClient: p.DeviceTypeZeroClient,
		devices.TypeLinux: p.DeviceTypeLinux, devices.TypeThinClient: p.DeviceTypeWorkSpacesThinClient,
	} {
		if value != "" {
			given[name] = string(value)
		}
	}
	if len(given) == 0 {
		return f
	}
	a, err := r.Devices.CheckAccess(devices.Access{Types: given})
	f.take("", a, err)
	return f
}
