package preflight

import "github.com/wksgo/wks/network"

// sections asks about subnets, settings, security groups, IP access control groups and the firewall.
func (c *regionCheck) sections() {
	directories := c.directories.elements()
	c.directoryStates()
	if c.subnets != nil {
		for _, d := range directories {
			c.subnetSection(d)
		}
	}
	for _, d := range directories {
		c.featureSection(d)
		c.deviceSection(d)
		if c.account.fedRAMP {
			c.fedRAMPSection(d)
		}
	}
	if c.groups == nil {
		c.notAsked(c.fetch(groupsName), "whether security groups open the ports that WorkSpaces need: no %s", groupsName)
	} else {
		read := map[string]*network.SecurityGroup{}
		for _, d := range directories {
			if why := c.groupSection(d, read); why != "" {
				c.notAskedOf(d.at, "whether security groups open the ports that WorkSpaces need: "+why)
			}
		}
	}
	if c.ipGroups == nil {
		c.notAsked(c.fetch(ipGroupsName), "whether IP access control groups lock anybody out: no %s", ipGroupsName)
	} else {
		c.ipGroupSection()
	}
	switch {
	case len(directories) == 0:
	case c.account.roundTrip == 0:
		c.notAsked("wks preflight --rtt TIME "+quoted(c.account.folder()), "whether the way from clients is short enough: no --rtt")
	default:
		for _, p := range c.account.protocols {
			c.linkSection(p)
		}
	}
	c.firewallSections()
}

// newSection is the section of a kind of which there is one.
func newSection(title string) section { return newSectionOf(title, title) }

// newSectionOf is one section of a kind.
func newSectionOf(kind, title string) section {
	return section{kind: kind, Title: title, result: allowed(), Lines: []string{}}
}
