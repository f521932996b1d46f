package main

import (
	"fmt"
	"strings"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/rule"
)

// keyPlan is how many WorkSpaces use each key, and the first WorkSpace that uses each.
func (e *regionExport) keyPlan(rules encryption.Rules) (encryption.Plan, map[string]keyUse, error) {
	var fleet []encryption.WorkSpace
	uses := map[string]keyUse{}
	for i, w := range e.workspaces.Workspaces {
		sdk := w.sdk()
		fleet = append(fleet, encryption.Launched(e.region, sdk))
		if _, seen := uses[w.VolumeEncryptionKey]; !seen && w.VolumeEncryptionKey != "" {
			uses[w.VolumeEncryptionKey] = keyUse{encryption.UseOf(e.region, sdk), e.place(workspacesName, rule.Path("Workspaces").Index(i))}
		}
	}
	plan, err := rules.Shard(fleet, nil, encryption.ShardOptions{})
	if err != nil {
		return plan, nil, e.place(workspacesName, "").inputError(err)
	}
	return plan, uses, nil
}

// A keyUse is the first use of a key, which stands for all, and where it stands.
type keyUse struct {
	encryption.Use
	place
}

// keySection checks the KMS keys of the Region's WorkSpaces: how many use each, whether it
// is fit for them, and how many grants it has.
func (e *regionExport) keySection(rules encryption.Rules) (section, error) {
	s := newSection("KMS keys")
	s.Verdict = rule.Allowed
	s.chart.Title = "WorkSpaces on each KMS key"
	plan, uses, err := e.keyPlan(rules)
	if err != nil {
		return s, err
	}
	for _, v := range plan.Violations {
		at := e.place(workspacesName, v.Path)
		var i int
		if _, err := fmt.Sscanf(string(v.Path), "Keys[%d]", &i); err == nil {
			at = uses[plan.Keys[i].ARN].below("VolumeEncryptionKey")
		}
		s.Findings = append(s.Findings, newFinding(v, at))
		if v.Level == rule.Must {
			s.Verdict = rule.Denied
		}
	}
	for _, k := range plan.Keys {
		_, id, _ := strings.Cut(k.ARN, "key/")
		line := fmt.Sprintf("%s: %d WorkSpaces", k.ARN, k.After)
		key, described := e.keys[id]
		if !described {
			key = encryption.Key{ARN: k.ARN}
			line += "; what it is, is not known: there is no " + keyPrefix + id + ".json"
		}
		verdict, vs, err := rules.CheckKey(key, uses[k.ARN].Use)
		if err != nil {
			return s, uses[k.ARN].inputError(err)
		}
		s.Verdict = s.Verdict.And(verdict)
		s.add(vs, uses[k.ARN].place)
		if count, counted := e.grants[id]; counted {
			line += fmt.Sprintf("; %d grants, %d of WorkSpaces and %d of EBS", count.Total, count.WorkSpaces, count.EBS)
			verdict, vs, err := rules.CheckGrants(count, key.Manager == "AWS")
			if err != nil {
				return s, err
			}
			s.Verdict = s.Verdict.And(verdict)
			s.add(vs, e.place(grantsPrefix+id+".json", ""))
		}
		s.chart.Bars = append(s.chart.Bars, bar{k.ARN, k.After, k.Limit, fmt.Sprintf("%d of %d WorkSpaces", k.After, k.Limit)})
		s.Lines = append(s.Lines, line)
	}
	if len(plan.Keys) == 0 {
		s.Lines = append(s.Lines, "no WorkSpace is encrypted")
	}
	return s, nil
}
