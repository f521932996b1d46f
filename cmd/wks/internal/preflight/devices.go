package preflight

import (
	"slices"
	"strings"

	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/rule"
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
	x := c.censusOf(d.DirectoryId)
	if x.workspaces == 0 || x.untold {
		return nil
	}
	return &x.pcoip
}

// fedRAMPSection asks whether a directory meets the conditions for FedRAMP and DoD SRG. FIPS can only be set for a
// directory without WorkSpaces, so that those of one without FIPS have none.
func (c *regionCheck) fedRAMPSection(d *directory) {
	s := newSectionOf("FedRAMP", "FedRAMP and DoD SRG, for directory "+d.DirectoryId)
	s.doubt(d.lacks("EndpointEncryptionMode"))
	in := devices.FIPSDirectory{Region: c.region, EndpointEncryptionMode: d.EndpointEncryptionMode, WorkSpaces: -1}
	switch {
	case in.EndpointEncryptionMode == "FIPS_VALIDATED":
		in.WorkSpaces = 0
	case in.EndpointEncryptionMode != "" && c.workspaces != nil:
		in.WorkSpaces = c.censusOf(d.DirectoryId).workspaces
	}
	a, err := c.rules.Devices.CheckFIPS(in)
	s.take(a, err, func(p rule.Path) place {
		if p == "EndpointEncryptionMode" {
			return d.at.below(p)
		}
		return d.at
	})
	c.add(s)
}
