package preflight

import (
	"net/netip"
	"slices"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

var allIPv4 = netip.MustParsePrefix("0.0.0.0/0")

// inUse lists what the networks of a Region use, as far as it is known.
func inUse(vpcs []*netVPC) []netip.Prefix {
	var list []netip.Prefix
	for _, v := range vpcs {
		list = append(list, v.CIDRs...)
		for _, r := range v.Routes {
			if r.Destination.IsValid() {
				list = append(list, r.Destination)
			}
		}
	}
	return list
}

// byol answers for the management range of the account in the Region: whether the one
// that is chosen is sound, or which one could be.
func (c *regionCheck) byol(site network.Site) *byolRange {
	b := &byolRange{
		result:    allowed(),
		Enabled:   c.tenancy.DedicatedTenancySupport == "ENABLED",
		Linked:    c.tenancy.DedicatedTenancyAccountType == "TARGET_ACCOUNT",
		Proposals: []proposal{}, Uses: []use{},
	}
	c.unknownNetworks(b)
	if text := c.tenancy.DedicatedTenancyManagementCidrRange; text != "" {
		at := c.place(accountName, "DedicatedTenancyManagementCidrRange").about("account", "")
		chosen, err := netip.ParsePrefix(text)
		if err != nil {
			b.ask(unusable(&rule.InputError{Value: text, Reason: "is not a prefix"}, at.below))
			return b
		}
		b.Chosen = &chosen
		c.checkChosen(b, at)
		return b
	}
	if c.vpcs == nil {
		return b
	}
	for range c.rules.Network.FreeManagementCIDRs(allIPv4, nil) {
		b.Of++
	}
	free, err := c.rules.Network.ProposeManagementCIDRs(allIPv4, site)
	if err != nil {
		b.ask(unusable(err, c.place(vpcsName, "").below))
		return b
	}
	if b.Free = len(free); !b.Linked {
		b.Proposals = best(1, free)
	}
	return b
}

// checkChosen fills in what is wrong with the chosen range. A wider prefix, such as a
// summary route, is listed and is no finding: no document says that it conflicts.
func (c *regionCheck) checkChosen(b *byolRange, at place) {
	var narrow []netip.Prefix
	networks := c.networks
	if !b.Chosen.Addr().Is4() || b.Chosen.Bits() < 8 {
		networks = nil // CheckManagementCIDR says what is wrong with it
	}
	for _, v := range networks {
		if v.wrong != nil && len(v.CIDRs) == 0 {
			continue
		}
		conflicts, err := v.ConflictsWith(*b.Chosen)
		if err != nil {
			b.ask(unusable(err, v.at))
			continue
		}
		for _, x := range conflicts {
			u := v.use(x)
			u.Undocumented = x.Overlap == network.Covers // a route to a part leads to a network of yours
			b.Uses = append(b.Uses, u)
			if !u.Undocumented {
				narrow = append(narrow, x.Prefix)
			}
		}
	}
	a, err := c.rules.Network.CheckManagementCIDR(*b.Chosen, narrow)
	// It is chosen already, so that it is final is no news.
	a.Violations = slices.DeleteFunc(a.Violations, func(v rule.Violation) bool { return v.Code == network.ManagementCIDRFinal })
	b.take(a, err, func(rule.Path) place { return at })
}

// unknownNetworks tells which networks were not exported.
func (c *regionCheck) unknownNetworks(b *byolRange) {
	lack := func(at place, format string, args ...any) {
		b.Partial = true
		b.notGiven(at, "not all networks are known: "+format, args...)
	}
	switch {
	case c.vpcs == nil:
		lack(c.place(vpcsName, ""), "there is no %s", vpcsName)
	case c.routes == nil:
		lack(c.place(routesName, ""), "there is no %s", routesName)
	}
	for _, v := range c.networks {
		if v.wrong != nil {
			lack(v.wrong.place, "a CIDR of %s cannot be used", v.ID)
		}
		if v.tables != nil {
			lack(v.tables.place, "a value of a route table cannot be used")
		} else if c.routes != nil && !v.AllRoutes {
			lack(v.place, "the main route table of %s was not exported", v.ID)
		}
		for i, r := range v.Routes {
			if !r.Destination.IsValid() {
				why := say("the prefix list %s was not exported", c.listName(r.PrefixList))
				if c.entries[r.PrefixList] != nil {
					why = say("an entry of the prefix list %s cannot be used", c.listName(r.PrefixList))
				}
				lack(v.places[rule.Path("Routes").Index(i)], "%s", why)
			}
		}
	}
}

// best returns the first n proposals.
func best(n int, all []network.Proposal) []proposal {
	list := []proposal{}
	for _, p := range all[:min(n, len(all))] {
		list = append(list, proposal{p.Prefix, p.String()})
	}
	return list
}
