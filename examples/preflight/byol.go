package main

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/wksgo/wks/network"
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
func (e *regionExport) byol(rules network.Rules, vpcs []*netVPC, site network.Site) (*byolAnswer, error) {
	b := &byolAnswer{
		Enabled:   e.account.DedicatedTenancySupport == "ENABLED",
		Linked:    e.account.DedicatedTenancyAccountType == "TARGET_ACCOUNT",
		Proposals: []proposal{}, Uses: []use{}, Findings: []finding{}, Partial: e.unknownNetworks(vpcs),
	}
	if text := e.account.DedicatedTenancyManagementCidrRange; text != "" {
		at := e.place(accountName, "DedicatedTenancyManagementCidrRange")
		chosen, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, &fileError{at, err.Error()}
		}
		b.Chosen = &chosen
		return b, e.checkChosen(b, rules, vpcs, at)
	}
	if e.vpcs == nil {
		return b, nil
	}
	for _, err := range rules.FreeManagementCIDRs(allIPv4, nil) {
		if err != nil {
			return nil, err
		}
		b.Of++
	}
	free, err := rules.ProposeManagementCIDRs(allIPv4, site)
	if err != nil {
		return nil, err
	}
	if b.Free = len(free); !b.Linked {
		b.Proposals = best(1, free)
	}
	return b, nil
}

// checkChosen fills in what is wrong with the chosen range. A wider prefix, such as a
// summary route, is listed and is no finding: no document says that it conflicts.
func (e *regionExport) checkChosen(b *byolAnswer, rules network.Rules, vpcs []*netVPC, at place) error {
	var narrow []netip.Prefix
	if !b.Chosen.Addr().Is4() || b.Chosen.Bits() < 8 {
		vpcs = nil // CheckManagementCIDR says what is wrong with it
	}
	for _, v := range vpcs {
		conflicts, err := v.ConflictsWith(*b.Chosen)
		if err != nil {
			return v.inputError(err)
		}
		for _, c := range conflicts {
			b.Uses = append(b.Uses, v.use(c))
			if !c.Undocumented() {
				narrow = append(narrow, c.Prefix)
			}
		}
	}
	vs, err := rules.CheckManagementCIDR(*b.Chosen, narrow)
	if err != nil {
		return err
	}
	for _, v := range vs {
		if v.Code != network.ManagementCIDRFinal { // it is chosen already
			b.Findings = append(b.Findings, newFinding(v, at))
		}
	}
	return nil
}

// unknownNetworks tells which networks were not exported.
func (e *regionExport) unknownNetworks(vpcs []*netVPC) []string {
	list := []string{}
	switch {
	case e.vpcs == nil:
		list = append(list, "there is no "+vpcsName)
	case e.routes == nil:
		list = append(list, "there is no "+routesName)
	}
	for _, v := range vpcs {
		if e.routes != nil && !v.main {
			list = append(list, fmt.Sprintf("the main route table of %s was not exported", v.ID))
		}
		for _, m := range v.unresolved {
			if why := fmt.Sprintf("the prefix list %s was not exported", e.listName(m.id)); !slices.Contains(list, why) {
				list = append(list, why)
			}
		}
	}
	return list
}

// best returns the first n proposals.
func best(n int, all []network.Proposal) []proposal {
	list := []proposal{}
	for _, p := range all[:min(n, len(all))] {
		list = append(list, proposal{p.Prefix, p.String()})
	}
	return list
}
