package preflight

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// sshSection asks whether devices of the addresses of --ssh can connect over SSH to the WorkSpaces of a directory
// that do not have Windows: whether its security groups, which are read as one, open the port.
func (c *regionCheck) sshSection(d *directory, groups network.SecurityGroup, at locator) {
	systems := map[string]int{}
	for system, n := range c.censusOf(d.DirectoryId).systems {
		if system != "" && system != "UNKNOWN" && !strings.HasPrefix(system, "WINDOWS") {
			systems[system] = n
		}
	}
	if len(c.account.ssh) == 0 || len(systems) == 0 {
		return
	}
	s := newSectionOf("SSH", "SSH to Linux WorkSpaces of directory "+d.DirectoryId)
	for i, system := range slices.Sorted(maps.Keys(systems)) {
		s.Lines = append(s.Lines, say("%d %s with %s", systems[system], plural(systems[system], "WorkSpace", "WorkSpaces"), system))
		a, err := c.rules.Network.CheckSSH(network.SSH{Groups: []network.SecurityGroup{groups}, From: c.account.ssh, System: system, State: "AVAILABLE"})
		// What each connection depends on beside these is told once, and the groups are those of every system.
		outside := func(p rule.Path) bool {
			return p == "Login" || p == "Admitted" || p == "Password" || p == "WorkSpace" || i > 0 && p == "SecurityGroups"
		}
		a.Violations = slices.DeleteFunc(a.Violations, func(v rule.Violation) bool { return outside(v.Path) })
		a.Open = slices.DeleteFunc(a.Open, func(o rule.Open) bool { return outside(o.Path) })
		s.take(a.Concluded(), err, func(p rule.Path) place {
			if p == "SecurityGroups" {
				return at("IpPermissions")
			}
			return d.at
		})
	}
	s.Lines = append(s.Lines, `no export tells the login, which is NETBIOS-NAME\USER, whether a WorkSpace admits the user and takes passwords, and whether the addresses reach it`)
	c.add(s)
}

// parseAddresses reads the addresses of --ssh.
func parseAddresses(list []string) (addresses []netip.Prefix, err error) {
	for _, text := range list {
		r, err := network.ParseRange(text)
		if err != nil {
			return nil, fmt.Errorf("--ssh: %w", err)
		}
		addresses = append(addresses, r.Prefixes()...)
	}
	return addresses, nil
}
