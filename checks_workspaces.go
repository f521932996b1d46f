package wks

import (
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/rule"
)

func createWorkspaces(r *Rules, region string, in *workspaces.CreateWorkspacesInput) (f findings) {
	a, err := r.Bundles.CheckRequests(in.Workspaces, nil)
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

// modifyProperties knows nothing of the WorkSpace: the state, sizes and history that decide
// are not in the request.
func modifyProperties(r *Rules, _ string, in *workspaces.ModifyWorkspacePropertiesInput) (f findings) {
	const properties rule.Path = "WorkspaceProperties"
	if in.WorkspaceProperties == nil {
		return f
	}
	a, err := r.Bundles.CheckModify(bundles.Workspace{}, *in.WorkspaceProperties, time.Time{})
	if input := inputError(err); input == nil || input.Path != properties {
		f.take("", a, err)
	} else if in.DataReplication == "" {
		f.NotDocumented(properties, "no document says what a request for no property does")
	}
	return f
}

// createStandby checks tags and keys. Which volumes are encrypted is the primary WorkSpace's
// to say; that one is, is taken from the key.
func createStandby(r *Rules, region string, in *workspaces.CreateStandbyWorkspacesInput) (f findings) {
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
