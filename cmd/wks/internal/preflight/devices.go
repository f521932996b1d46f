package preflight

import (
	"slices"
	"strings"

	"github.com/wksgo/wks/devices"
)

// deviceTypes are the types of devices that a directory names, with their values.
func (p *accessProperties) deviceTypes() map[devices.DeviceType]string {
	named := map[devices.DeviceType]string{}
	for name, value := range map[devices.DeviceType]string{
		devices.TypeWindows: p.DeviceTypeWindows, devices.TypeOsx: p.DeviceTypeOsx, devices.TypeWeb: p.DeviceTypeWeb, devices.TypeIos: p.DeviceTypeIos, devices.TypeAndroid: p.DeviceTypeAndroid,
		devices.TypeChromeOs: p.DeviceTypeChromeOs, devices.TypeZeroClient: p.DeviceTypeZeroClient, devices.TypeLinux: p.DeviceTypeLinux, devices.TypeThinClient: p.DeviceTypeWorkSpacesThinClient,
	} {
		if value != "" {
			named[name] = value
		}
	}
	return named
}

// deviceSection checks which types of devices a directory admits.
func (c *regionCheck) deviceSection(d *directory) {
	named := d.WorkspaceAccessProperties.deviceTypes()
	if len(named) == 0 {
		return
	}
	s := newSectionOf("devices of directories", "devices of directory "+d.DirectoryId)
	s.doubt(d.spoilt())
	a, err := c.rules.Devices.CheckAccess(devices.Access{Types: named, DirectoryType: d.DirectoryType, PCoIP: c.streamsPCoIP(d)})
	s.take(a, err, d.at.below)
	byValue := map[string][]string{}
	for name, value := range named {
		byValue[value] = append(byValue[value], strings.TrimPrefix(string(name), "DeviceType"))
	}
	for _, v := range []struct{ value, what string }{{"ALLOW", "admitted"}, {"TRUST", "admitted if they are trusted"}, {"DENY", "blocked"}} {
		if names := byValue[v.value]; len(names) > 0 {
			slices.Sort(names)
			s.Lines = append(s.Lines, v.what+": "+strings.Join(names, ", "))
		}
	}
	c.add(s)
}

// streamsPCoIP tells whether WorkSpaces of a directory stream over PCoIP, nil if it is not known.
func (c *regionCheck) streamsPCoIP(d *directory) *bool {
	streams, known := false, false
	for _, w := range c.workspaces.elements() {
		if w.DirectoryId != d.DirectoryId {
			continue
		}
		if len(w.WorkspaceProperties.Protocols) == 0 {
			return nil
		}
		known, streams = true, streams || slices.Contains(w.WorkspaceProperties.Protocols, "PCOIP")
	}
	if !known {
		return nil
	}
	return &streams
}
