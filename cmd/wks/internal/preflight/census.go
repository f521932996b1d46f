package preflight

import "slices"

// A census is what the WorkSpaces of a directory are.
type census struct {
	workspaces int
	systems    map[string]int // by operating system; "" is not known
	pcoip      bool           // one streams over it
	untold     bool           // of one the protocols are not known
}

// none is the census of a directory without WorkSpaces.
var none = &census{}

// censusOf returns what the WorkSpaces of a directory are. All are looked at once.
func (c *regionCheck) censusOf(directory string) *census {
	if c.censuses == nil {
		c.censuses = map[string]*census{}
		for _, w := range c.workspaces.elements() {
			x := c.censuses[w.DirectoryId]
			if x == nil {
				x = &census{systems: map[string]int{}}
				c.censuses[w.DirectoryId] = x
			}
			p := &w.WorkspaceProperties
			x.workspaces++
			x.systems[p.OperatingSystemName]++
			x.pcoip = x.pcoip || slices.Contains(p.Protocols, "PCOIP")
			x.untold = x.untold || len(p.Protocols) == 0
		}
	}
	if x := c.censuses[directory]; x != nil {
		return x
	}
	return none
}
