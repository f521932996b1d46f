package migrate

import (
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// FromWorkspace describes a WorkSpace from what the SDK returns: the WorkSpace, the bundle it
// was made from, and, if they are known and not nil, the image of that bundle and the
// directory. It also names, as the API spells it, what could not be derived and stays zero;
// the caller may fill it in. Plus, Language, Region and nested virtualization are in no
// field, and always named but for the last, which is off unless set.
//
// A bundle of the owner AMAZON is Public; another is BYOL if its image needs dedicated
// tenancy, else Custom; without the image, the tenancy of the directory tells.
//
// The error is a *rule.InputError if bundle, image or directory are not those of the
// WorkSpace.
func FromWorkspace(w types.Workspace, b types.WorkspaceBundle, image *types.WorkspaceImage, dir *types.WorkspaceDirectory) (Desktop, []rule.Path, error) {
	if err := same("BundleId", w.BundleId, b.BundleId); err != nil {
		return Desktop{}, nil, err
	}
	if dir != nil {
		if err := same("DirectoryId", w.DirectoryId, dir.DirectoryId); err != nil {
			return Desktop{}, nil, err
		}
	}
	d, missing, err := FromBundle(b, image, dir)
	if err != nil {
		return Desktop{}, nil, err
	}
	p := w.WorkspaceProperties
	if p == nil {
		p = new(types.WorkspaceProperties)
	}
	found := map[rule.Path]bool{}
	if p.ComputeTypeName != "" {
		d.Compute = p.ComputeTypeName
		found["ComputeType.Name"] = true
	}
	if p.OperatingSystemName != "" && p.OperatingSystemName != types.OperatingSystemNameUnknown {
		d.OS = p.OperatingSystemName
		found["WorkspaceProperties.OperatingSystemName"] = true
	}
	if len(p.Protocols) == 1 {
		d.Protocol = p.Protocols[0]
		found["WorkspaceProperties.Protocols"] = true
	}
	var still []rule.Path
	for _, at := range missing {
		if !found[at] {
			still = append(still, at)
		}
	}
	return d, still, nil
}

// FromBundle describes what a bundle makes of a WorkSpace, as FromWorkspace does. No field
// of a bundle or an image tells the operating system, beyond Windows or Linux, or the
// protocol; they are always named.
func FromBundle(b types.WorkspaceBundle, image *types.WorkspaceImage, dir *types.WorkspaceDirectory) (Desktop, []rule.Path, error) {
	if image != nil {
		if err := same("ImageId", b.ImageId, image.ImageId); err != nil {
			return Desktop{}, nil, err
		}
	}
	d := Desktop{BundleID: deref(b.BundleId)}
	if b.ComputeType != nil {
		d.Compute = b.ComputeType.Name
	}
	switch {
	case deref(b.Owner) == "AMAZON":
		d.License = Public
	case image != nil && image.RequiredTenancy == types.WorkspaceImageRequiredTenancyDedicated,
		image == nil && dir != nil && dir.Tenancy == types.TenancyDedicated:
		d.License = BYOL
	case b.Owner != nil && image != nil && image.RequiredTenancy == types.WorkspaceImageRequiredTenancyDefault,
		b.Owner != nil && image == nil && dir != nil && dir.Tenancy == types.TenancyShared:
		d.License = Custom
	}
	if dir != nil {
		switch {
		case dir.MicrosoftEntraConfig != nil && dir.MicrosoftEntraConfig.TenantId != nil:
			d.Directory = EntraID
		case dir.DirectoryType == types.WorkspaceDirectoryTypeSimpleAd, dir.DirectoryType == types.WorkspaceDirectoryTypeAdConnector:
			d.Directory = ActiveDirectory
		}
	}
	var missing []rule.Path
	for _, f := range []struct {
		at     rule.Path
		absent bool
	}{
		{"WorkspaceProperties.OperatingSystemName", true},
		{"RequiredTenancy", d.License == ""},
		{"WorkspaceProperties.Protocols", true},
		{"ComputeType.Name", d.Compute == ""},
		{"Plus", true},
		{"Language", true},
		{"Region", true},
		{"DirectoryType", d.Directory == ""},
	} {
		if f.absent {
			missing = append(missing, f.at)
		}
	}
	return d, missing, nil
}

// same returns an error for two IDs that are both known and differ.
func same(at rule.Path, id, other *string) error {
	if id != nil && other != nil && *id != *other {
		return &rule.InputError{Path: at, Value: *other, Reason: "is not " + *id}
	}
	return nil
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
