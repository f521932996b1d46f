package wks

import (
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

func createWorkspaces(r *Rules, region string, in *workspaces.CreateWorkspacesInput) (f findings) {
	var launch func(*types.WorkspaceRequest) bundles.LaunchContext
	if where := known(region); where != "" {
		launch = func(*types.WorkspaceRequest) bundles.LaunchContext { return bundles.LaunchContext{Region: where} }
	}
	a, err := r.Bundles.CheckRequests(in.Workspaces, launch)
	f.take("", a, err)
	var sound encryption.Use // the last one that is sound; no encryption is
	for i := range in.Workspaces {
		use := encryption.RequestedUse(region, in.Workspaces[i])
		if use == sound {
			continue
		}
		f.needsRegion(region)
		a, err := r.Encryption.CheckUse(use)
		if !use.Root && !use.User || use.VolumeEncryptionKey == "" { // package bundles leaves that open, too
			a.Open = slices.DeleteFunc(a.Open, func(o rule.Open) bool { return o.By == rule.ByDocuments })
		}
		f.take(rule.Path("Workspaces").Index(i), a, err)
		if a.Verdict == rule.Allowed {
			sound = use
		}
	}
	return f
}

// needsRegion notes, once, that it is not known where a request goes: a key can be used in its
// own Region only.
func (f *findings) needsRegion(region string) {
	if region == "" && !f.saidRegion {
		f.saidRegion = true
		f.NotGiven("", "the Region is not known, and so whether a key of the request is in it")
	}
}

// known returns a Region for questions that can do without one: "" for a code that has not the form of one.
func known(region string) string {
	if !facts.IsRegion(region) {
		return ""
	}
	return region
}

// modifyProperties knows nothing of the WorkSpace but its Region: the state, sizes and history that decide
// are not in the request.
func modifyProperties(r *Rules, region string, in *workspaces.ModifyWorkspacePropertiesInput) (f findings) {
	const properties rule.Path = "WorkspaceProperties"
	if in.WorkspaceProperties == nil {
		return f
	}
	a, err := r.Bundles.CheckModify(bundles.Workspace{Region: known(region)}, *in.WorkspaceProperties, time.Time{})
	if input := inputError(err); input == nil || input.Path != properties {
		f.take("", a, err)
	} else if in.DataReplication == "" {
		f.NotDocumented(properties, "no document says what a request for no property does")
	}
	return f
}

// createStandby checks Regions, tags and keys. Which volumes are encrypted is the primary WorkSpace's
// to say; that one is, is taken from the key.
func createStandby(r *Rules, region string, in *workspaces.CreateStandbyWorkspacesInput) (f findings) {
	f.standbyRegions(r, region, aws.ToString(in.PrimaryRegion))
	for i := range in.StandbyWorkspaces {
		s := &in.StandbyWorkspaces[i]
		at := rule.Path("StandbyWorkspaces").Index(i)
		key := aws.ToString(s.VolumeEncryptionKey)
		if key != "" {
			f.needsRegion(region)
		}
		a, err := r.Encryption.CheckUse(encryption.Use{Region: region, VolumeEncryptionKey: key, Root: key != "", Standby: true})
		f.takeAt(at.Join("VolumeEncryptionKey"), a, err) // which alone tells of the key
		f.tags(r, at, s.Tags)
	}
	return f
}

// standbyRegions checks the Region of the request and that of the primary WorkSpaces. What these are made of is
// not in the request.
func (f *findings) standbyRegions(r *Rules, region, primary string) {
	region, primary = known(region), known(primary) // that the primary one is missing the model's constraints tell
	a, err := r.Bundles.CheckStandby(bundles.Standby{Region: region, Primary: bundles.Workspace{Region: primary}})
	for i := range a.Violations {
		if v := &a.Violations[i]; v.Path == "Region" { // which no member of the request has
			v.Path = ""
		}
	}
	a.Open = slices.DeleteFunc(a.Open, func(o rule.Open) bool { return o.By == rule.ByInput })
	for i := range a.Open {
		a.Open[i].Path = ""
	}
	f.take("", a, err)
	f.NotGiven("StandbyWorkspaces", "the operating systems and compute types of the primary WorkSpaces are not known")
	if region == "" {
		f.NotGiven("", "the Region is not known, and so whether it has multi-Region resilience")
	}
}
