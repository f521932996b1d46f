package main

import (
	"fmt"
	"slices"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// sections asks about subnets, security groups, IP access control groups and the firewall.
// Questions for which something is missing are added to r.NotAsked.
func (e *regionExport) sections(r *regionReport, rules network.Rules, vpcs []*netVPC, a *account) ([]section, error) {
	list := []section{}
	notAsked := func(format string, args ...any) { r.NotAsked = append(r.NotAsked, fmt.Sprintf(format, args...)) }
	if e.directories != nil && e.subnets != nil {
		for i, d := range e.directories.Directories {
			s, why, err := e.subnetSection(rules, d, e.place(directoriesName, rule.Path("Directories").Index(i)), a)
			if err != nil {
				return nil, err
			}
			if why != "" {
				notAsked("whether the subnets of %s suit: %s", d.DirectoryId, why)
				continue
			}
			list = append(list, s)
		}
	}
	if e.directories != nil {
		for i, d := range e.directories.Directories {
			s, err := e.featureSection(rules, d, e.place(directoriesName, rule.Path("Directories").Index(i)))
			if err != nil {
				return nil, err
			}
			list = append(list, s)
		}
	}
	if e.groups == nil {
		notAsked("whether security groups open the ports that WorkSpaces need: no %s", groupsName)
	} else if e.directories != nil {
		for i, d := range e.directories.Directories {
			s, why, err := e.groupSection(rules, d, vpcs, e.place(directoriesName, rule.Path("Directories").Index(i)))
			if err != nil {
				return nil, err
			}
			if why != "" {
				notAsked("whether the security groups of %s open the ports: %s", d.DirectoryId, why)
				continue
			}
			list = append(list, s)
		}
	}
	if e.ipGroups == nil {
		notAsked("whether IP access control groups lock anybody out: no %s", ipGroupsName)
	} else {
		s, err := e.ipGroupSection(rules)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	switch {
	case e.directories == nil || len(e.directories.Directories) == 0:
	case a.roundTrip == 0:
		notAsked("whether the way from clients is short enough: no -rtt")
	default:
		for _, p := range a.protocols {
			s, err := linkSection(rules, p, a)
			if err != nil {
				return nil, err
			}
			list = append(list, s)
		}
	}
	if a.allowed == nil {
		notAsked("whether a firewall lets clients through: no %s", allowListName)
		return list, nil
	}
	if e.directories == nil || len(e.directories.Directories) == 0 {
		notAsked("whether a firewall lets clients through: the Region has no directory")
		return list, nil
	}
	for _, p := range a.protocols {
		client := network.Client{Region: e.region, Protocol: p, Accelerator: slices.ContainsFunc(e.directories.Directories, directory.accelerated)}
		fw, err := rules.CheckFirewall(client, a.allowed, a.published)
		if err != nil {
			return nil, err
		}
		list = append(list, firewallSection(fw, p))
	}
	return list, nil
}

func newSection(title string) section {
	return section{Title: title, Lines: []string{}, Findings: []finding{}}
}

// add adds findings whose paths are below at.
func (s *section) add(vs rule.Violations, at place) { s.addFrom(vs, at, nil) }

// addFrom is add for facts of which some stand elsewhere: files has the places of these.
func (s *section) addFrom(vs rule.Violations, at place, files map[rule.Path]place) {
	for _, v := range vs {
		where := at.below(v.Path)
		for prefix, elsewhere := range files {
			if prefix.Covers(v.Path) {
				where = elsewhere
			}
		}
		s.Findings = append(s.Findings, newFinding(v, where))
	}
}
