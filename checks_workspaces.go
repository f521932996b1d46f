package wks

import (
	"errors"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/rule"
)

func createWorkspaces(r *rulebook, region string, in *workspaces.CreateWorkspacesInput) (f findings) {
	a, err := r.bundles.CheckRequests(in.Workspaces, nil)
	f.answer(r, "", a, err)
	var sound encryption.Use // the last one, of those that are; no encryption is
	for i := range in.Workspaces {
		use := encryption.RequestedUse(region, in.Workspaces[i])
		if use == sound {
			continue
		}
		_, vs, err := r.encryption.CheckKey(encryption.Key{}, use)
		if len(vs) > 0 || err != nil {
			f.add(rule.Path("Workspaces").Index(i), vs, err)
			continue
		}
		sound = use
	}
	return f
}

// modifyProperties knows nothing of the WorkSpace: the state, sizes and history that decide
// are not in the request.
func modifyProperties(r *rulebook, _ string, in *workspaces.ModifyWorkspacePropertiesInput) (f findings) {
	const properties rule.Path = "WorkspaceProperties"
	if in.WorkspaceProperties == nil {
		return f
	}
	a, err := r.bundles.CheckModify(bundles.Workspace{}, *in.WorkspaceProperties, time.Time{})
	var input *rule.InputError
	switch {
	case !errors.As(err, &input) || input.Path != properties:
		f.answer(r, "", a, err)
	case in.DataReplication == "":
		f.undocumented("bundles", r.bundles.Edition(), properties, "no document says what a request for no property does")
	}
	return f
}

// createStandby checks tags and keys. Which volumes are encrypted is the primary WorkSpace's
// to say; that one is, is taken from the key.
func createStandby(r *rulebook, region string, in *workspaces.CreateStandbyWorkspacesInput) (f findings) {
	for i := range in.StandbyWorkspaces {
		s := &in.StandbyWorkspaces[i]
		at := rule.Path("StandbyWorkspaces").Index(i)
		key := aws.ToString(s.VolumeEncryptionKey)
		_, vs, err := r.encryption.CheckKey(encryption.Key{}, encryption.Use{Region: region, VolumeEncryptionKey: key, Root: key != "", Standby: true})
		for j := range vs {
			vs[j].Path = "VolumeEncryptionKey" // which alone tells of the key
		}
		f.add(at, vs, err)
		f.tags(r, at, s.Tags)
	}
	return f
}
