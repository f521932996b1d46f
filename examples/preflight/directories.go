package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// subnetSection checks the zones and sizes of a directory's subnets, and their room.
func (e *regionExport) subnetSection(rules network.Rules, d directory, at place, a *account) (s section, why string, err error) {
	var subnets []network.Subnet
	free := 0
	for _, id := range d.SubnetIds {
		i := slices.IndexFunc(e.subnets.Subnets, func(s subnet) bool { return s.SubnetId == id })
		if i < 0 {
			return s, fmt.Sprintf("%s is not in %s", id, subnetsName), nil
		}
		x := e.subnets.Subnets[i]
		if x.AvailabilityZoneId == "" || !x.CidrBlock.IsValid() {
			return s, fmt.Sprintf("%s has no AZ ID or no IPv4 block", id), nil
		}
		subnets = append(subnets, network.Subnet{ID: id, ZoneID: x.AvailabilityZoneId, CIDR: x.CidrBlock, Available: x.AvailableIpAddressCount})
		free += x.AvailableIpAddressCount
	}
	kind := network.KindPersonal
	if d.WorkspaceType == "POOLS" {
		kind = network.KindPools
	}
	s = newSection("subnets of directory " + d.DirectoryId)
	verdict, vs, err := rules.CheckSubnets(e.region, kind, subnets)
	if err != nil {
		return s, "", &fileError{at, err.Error()}
	}
	s.Verdict = verdict
	if verdict == rule.Undocumented {
		s.Lines = append(s.Lines, fmt.Sprintf("no document of %s gives the Availability Zones of %s for these WorkSpaces", rules.Edition(), e.region))
	}
	s.Lines = append(s.Lines, fmt.Sprintf("%d addresses are free; each launch takes one, and each migration one more while it runs", free))
	s.add(vs, at)
	if a.launches != 0 || a.migrations != 0 {
		room, vs, err := rules.CheckAddresses(subnets, a.launches, a.migrations)
		if err != nil {
			return s, "", err
		}
		s.Lines = append(s.Lines, fmt.Sprintf("room for %d launches and %d migrations at a time: %s", a.launches, a.migrations, room))
		s.Verdict = s.Verdict.And(room)
		s.add(vs, at)
	}
	return s, "", nil
}

// accelerated reports whether the directory uses AWS Global Accelerator.
func (d directory) accelerated() bool {
	return strings.HasPrefix(d.StreamingProperties.GlobalAccelerator.Mode, "ENABLED")
}

// featureSection checks settings of a directory that exclude one another, and what cannot
// be launched into its subnets.
func (e *regionExport) featureSection(rules network.Rules, d directory, at place) (section, error) {
	s := newSection("settings of directory " + d.DirectoryId)
	verdict, vs, err := rules.CheckDirectoryFeatures(network.DirectoryFeatures{
		FIPS:              d.EndpointEncryptionMode == "FIPS_VALIDATED",
		GlobalAccelerator: d.accelerated(),
		StreamingEndpoint: len(d.WorkspaceAccessProperties.AccessEndpointConfig.AccessEndpoints) > 0,
		IPGroups:          len(d.IPGroupIds) > 0,
	})
	if err != nil {
		return s, err
	}
	s.Verdict = verdict
	s.add(vs, at)
	if e.subnets == nil {
		return s, nil
	}
	for _, x := range e.subnets.Subnets {
		if !x.AssignIpv6AddressOnCreation || !slices.Contains(d.SubnetIds, x.SubnetId) {
			continue
		}
		for _, t := range []string{"PERFORMANCE", "GRAPHICS"} { // the types that some document refuses
			if verdict, refusing := rules.LaunchWithIPv6AutoAssign(t); len(refusing) > 0 {
				s.Lines = append(s.Lines, fmt.Sprintf("%s assigns IPv6 addresses: whether a %s WorkSpace can be launched into it is %s", x.SubnetId, t, verdict))
			}
		}
	}
	return s, nil
}
