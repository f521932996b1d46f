package main

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// TestModelAndSDKDiffer changes the model so that it no longer fits the SDK's types, or itself.
func TestModelAndSDKDiffer(t *testing.T) {
	for want, change := range map[string]func(m model){
		"operation DescribeTags of the SDK is not in the model": func(m model) { delete(m.Operations, "DescribeTags") },
		"operation DescribeTag is not in the SDK":               func(m model) { m.Operations["DescribeTag"] = m.Operations["DescribeTags"] },
		"types.Tag has no member \"Name\"":                      func(m model) { m.Operations["CreateTags"].Members["Tags[].Name"] = "TagKey" },
		"StartWorkspacesInput has no member \"WorkspaceIds\"":   func(m model) { m.Operations["StartWorkspaces"].Members["WorkspaceIds[]"] = "WorkspaceId" },
		"CreateTags Tags[].Key: TagKey and TagValue":            func(m model) { m.Operations["CreateTags"].Members["Tags[].Key"] = "TagValue" },
		"CreateTags: the constraints on its types":              func(m model) { delete(m.Operations["CreateTags"].Members, "Tags[].Value") },
		"CreateIpGroup: the constraints on its types": func(m model) {
			o := m.Operations["CreateIpGroup"]
			o.Required = []string{"GroupName"}
			m.Operations["CreateIpGroup"] = o
		},
		"no check for *bool": func(m model) {
			m.Operations["CreateWorkspaces"].Members["Workspaces[].RootVolumeEncryptionEnabled"] = "TagKey"
		},
		"no check for the elements of *string": func(m model) { m.Operations["DescribeTags"].Members["ResourceId[]"] = "TagKey" },
	} {
		m, err := load("..")
		if err != nil {
			t.Fatal(err)
		}
		change(m)
		if _, err := m.checks(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

// TestMembersOfANewerModel holds that what the SDK lacks is listed, and nothing else.
func TestMembersOfANewerModel(t *testing.T) {
	m, err := load("..")
	if err != nil {
		t.Fatal(err)
	}
	defer func(list map[string]bool) { notInSDK = list }(maps.Clone(notInSDK))
	notInSDK["DescribeTags ResourceId"] = true
	if _, err := m.checks(); err == nil || !strings.Contains(err.Error(), "DescribeTags ResourceId is in the SDK now") {
		t.Errorf("a member that the SDK has: %v", err)
	}
	notInSDK = nil
	if _, err := m.checks(); err == nil || !strings.Contains(err.Error(), "ClientExperiencePolicy") {
		t.Errorf("a member that is not listed: %v", err)
	}
}

func TestInputs(t *testing.T) {
	all := inputs()
	for _, name := range []string{"CreateWorkspaces", "DescribeAccount"} {
		if all[name] == nil || all[name].Name() != name+"Input" {
			t.Errorf("%s: %v", name, all[name])
		}
	}
	if len(all) != 91 || slices.Contains(sorted(all), "Options") {
		t.Errorf("%d operations", len(all))
	}
}
