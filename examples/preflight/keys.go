package main

import (
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/rule"
)

// keySection checks the KMS keys of the Region's WorkSpaces: how many use each, whether it
// is fit for them, and how many grants it has.
func (e *regionExport) keySection(rules encryption.Rules) (section, error) {
	s := newSection("KMS keys")
	s.Verdict = rule.Allowed
	var fleet []encryption.WorkSpace
	uses := map[string]encryption.Use{} // one for each key, which stands for all
	where := map[string]place{}
	for i, w := range e.workspaces.Workspaces {
		sdk := types.Workspace{
			RootVolumeEncryptionEnabled: &w.RootVolumeEncryptionEnabled,
			UserVolumeEncryptionEnabled: &w.UserVolumeEncryptionEnabled,
			VolumeEncryptionKey:         &w.VolumeEncryptionKey,
		}
		fleet = append(fleet, encryption.Launched(e.region, sdk))
		if _, seen := uses[w.VolumeEncryptionKey]; !seen && w.VolumeEncryptionKey != "" {
			uses[w.VolumeEncryptionKey] = encryption.UseOf(e.region, sdk)
			where[w.VolumeEncryptionKey] = e.place(workspacesName, rule.Path("Workspaces").Index(i))
		}
	}
	plan, err := rules.Shard(fleet, nil, encryption.ShardOptions{})
	if err != nil {
		return s, e.place(workspacesName, "").inputError(err)
	}
	for _, v := range plan.Violations {
		at := e.place(workspacesName, v.Path)
		var i int
		if _, err := fmt.Sscanf(string(v.Path), "Keys[%d]", &i); err == nil {
			at = where[plan.Keys[i].ARN].below("VolumeEncryptionKey")
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
		verdict, vs, err := rules.CheckKey(key, uses[k.ARN])
		if err != nil {
			return s, where[k.ARN].inputError(err)
		}
		s.Verdict = s.Verdict.And(verdict)
		s.add(vs, where[k.ARN])
		if count, counted := e.grants[id]; counted {
			line += fmt.Sprintf("; %d grants, %d of WorkSpaces and %d of EBS", count.Total, count.WorkSpaces, count.EBS)
			verdict, vs, err := rules.CheckGrants(count, key.Manager == "AWS")
			if err != nil {
				return s, err
			}
			s.Verdict = s.Verdict.And(verdict)
			s.add(vs, e.place(grantsPrefix+id+".json", ""))
		}
		s.Lines = append(s.Lines, line)
	}
	if len(plan.Keys) == 0 {
		s.Lines = append(s.Lines, "no WorkSpace is encrypted")
	}
	return s, nil
}
