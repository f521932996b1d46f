package wkstest

import (
	"slices"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/byol"
)

func decimal(n int32) string { return strconv.Itoa(int(n)) }

// tick ends PENDING: an image is AVAILABLE, or in ERROR if it Fails.
func (i *Image) tick(now time.Time) {
	if i.Ready.IsZero() || now.Before(i.Ready) {
		return
	}
	i.Ready = time.Time{}
	i.State = types.WorkspaceImageStateAvailable
	if i.Fails != "" {
		i.State = types.WorkspaceImageStateError
		i.ErrorDetails = []types.ErrorDetails{{ErrorCode: i.Fails, ErrorMessage: aws.String(string(i.Fails))}}
	}
}

func describeImages(k *call, in *workspaces.DescribeWorkspaceImagesInput) (*workspaces.DescribeWorkspaceImagesOutput, error) {
	ids := wanted(in.ImageIds)
	list, next, err := page(k, k.region.images, in.NextToken, in.MaxResults, func(id string, i *Image) bool {
		own := aws.ToString(i.OwnerAccountId) == k.s.account
		return ids(id) && (in.ImageType == "" || own == (in.ImageType == types.ImageTypeOwned))
	})
	if err != nil {
		return nil, err
	}
	out := &workspaces.DescribeWorkspaceImagesOutput{Images: []types.WorkspaceImage{}, NextToken: next}
	for _, i := range list {
		i.tick(k.now)
		out.Images = append(out.Images, i.WorkspaceImage)
	}
	return out, nil
}

// newImage makes an image of the account that is PENDING for a time.
func (k *call) newImage(name, description *string, tags []types.Tag, takes Activity) (*Image, *refusal) {
	for _, i := range k.region.images.named(*name) {
		if aws.ToString(i.OwnerAccountId) == k.s.account {
			return nil, refuse(byol.ImageNameTaken, "Name", "%s has the name %q", *i.ImageId, *name)
		}
	}
	if f := k.s.quota(bundles.QuotaImages, k.region.images.len()+1); f != nil {
		return nil, f
	}
	id := k.region.issue("wsi-")
	i := &Image{Tags: tags, Ready: k.now.Add(k.takes(takes, id)), WorkspaceImage: types.WorkspaceImage{
		ImageId: aws.String(id), Name: name, Description: description, Created: aws.Time(k.now), OwnerAccountId: aws.String(k.s.account),
		RequiredTenancy: types.WorkspaceImageRequiredTenancyDefault, State: types.WorkspaceImageStatePending,
	}}
	k.region.images.add(i)
	return i, nil
}

func createImage(k *call, in *workspaces.CreateWorkspaceImageInput) (*workspaces.CreateWorkspaceImageOutput, error) {
	w := k.region.find(in.WorkspaceId, k.now)
	if w == nil {
		return nil, missing("WorkspaceId", in.WorkspaceId)
	}
	if f := k.refused(k.s.rules.image(w.asked(k.now), w.encrypted())); f != nil {
		return nil, f
	}
	i, f := k.newImage(in.Name, in.Description, in.Tags, Imaging)
	if f != nil {
		return nil, f
	}
	p := w.like.WorkspaceProperties
	if p != nil {
		i.System, i.Volumes = p.OperatingSystemName, bundles.Volumes{Root: aws.ToInt32(p.RootVolumeSizeGib), User: aws.ToInt32(p.UserVolumeSizeGib)}
		if len(p.Protocols) == 1 {
			i.Protocol = p.Protocols[0]
		}
	}
	if i.System == "" {
		i.System = w.like.system
	}
	if t := systemType(i.System); t != "" {
		i.OperatingSystem = &types.OperatingSystem{Type: t}
	}
	if b := k.region.bundle(w.like.BundleId); b != nil {
		if from := k.region.imageOf(b); from != nil {
			i.RequiredTenancy = from.RequiredTenancy
		}
	}
	return &workspaces.CreateWorkspaceImageOutput{
		Created: i.Created, Description: i.Description, ImageId: i.ImageId, Name: i.Name, OperatingSystem: i.OperatingSystem,
		OwnerAccountId: i.OwnerAccountId, RequiredTenancy: i.RequiredTenancy, State: i.State,
	}, nil
}

// copied gives an image what it takes over from another.
func (i *Image) copied(from *Image) {
	i.System, i.Protocol, i.Volumes, i.OperatingSystem, i.RequiredTenancy = from.System, from.Protocol, from.Volumes, from.OperatingSystem, from.RequiredTenancy
}

func copyImage(k *call, in *workspaces.CopyWorkspaceImageInput) (*workspaces.CopyWorkspaceImageOutput, error) {
	from := k.s.region(*in.SourceRegion).images.get(*in.SourceImageId)
	if from == nil {
		return nil, missing("SourceImageId", in.SourceImageId)
	}
	if from.tick(k.now); from.State != types.WorkspaceImageStateAvailable {
		return nil, refuse(notReady, "SourceImageId", "%s is %s", *in.SourceImageId, from.State)
	}
	i, f := k.newImage(in.Name, in.Description, in.Tags, Imaging)
	if f != nil {
		return nil, f
	}
	i.copied(from)
	return &workspaces.CopyWorkspaceImageOutput{ImageId: i.ImageId}, nil
}

func createUpdatedImage(k *call, in *workspaces.CreateUpdatedWorkspaceImageInput) (*workspaces.CreateUpdatedWorkspaceImageOutput, error) {
	from, f := k.readyImage("SourceImageId", in.SourceImageId)
	if f != nil {
		return nil, f
	}
	if from.Updates == nil || !aws.ToBool(from.Updates.UpdateAvailable) {
		return nil, refuse(wrongState, "SourceImageId", "%s has no update", *in.SourceImageId)
	}
	i, f := k.newImage(in.Name, in.Description, in.Tags, Imaging)
	if f != nil {
		return nil, f
	}
	i.copied(from)
	return &workspaces.CreateUpdatedWorkspaceImageOutput{ImageId: i.ImageId}, nil
}

func deleteImage(k *call, in *workspaces.DeleteWorkspaceImageInput) (*workspaces.DeleteWorkspaceImageOutput, error) {
	i := k.region.images.get(*in.ImageId)
	if i == nil {
		return nil, missing("ImageId", in.ImageId)
	}
	if aws.ToString(i.OwnerAccountId) != k.s.account {
		return nil, refuse(notPermitted, "ImageId", "%s is of %s", *in.ImageId, aws.ToString(i.OwnerAccountId))
	}
	var f *refusal
	k.region.bundles.each(func(id string, b *Bundle) bool {
		if aws.ToString(b.ImageId) == *in.ImageId {
			f = refuse(inUse, "ImageId", "%s uses %s", id, *in.ImageId)
		}
		return f == nil
	})
	if f == nil && len(i.SharedTo) > 0 {
		f = refuse(inUse, "ImageId", "%s is shared with %s", *in.ImageId, i.SharedTo[0])
	}
	if f != nil {
		return nil, f
	}
	k.region.images.drop(*in.ImageId)
	return &workspaces.DeleteWorkspaceImageOutput{}, nil
}

func describeImagePermissions(k *call, in *workspaces.DescribeWorkspaceImagePermissionsInput) (*workspaces.DescribeWorkspaceImagePermissionsOutput, error) {
	i := k.region.images.get(*in.ImageId)
	if i == nil {
		return nil, missing("ImageId", in.ImageId)
	}
	part, next, err := pageOf(k, i.SharedTo, in.NextToken, in.MaxResults, pageSize)
	if err != nil {
		return nil, err
	}
	out := &workspaces.DescribeWorkspaceImagePermissionsOutput{ImageId: in.ImageId, ImagePermissions: []types.ImagePermission{}, NextToken: next}
	for _, a := range part {
		out.ImagePermissions = append(out.ImagePermissions, types.ImagePermission{SharedAccountId: aws.String(a)})
	}
	return out, nil
}

// updateImagePermission shares an image, or takes that back.
func updateImagePermission(k *call, in *workspaces.UpdateWorkspaceImagePermissionInput) (*workspaces.UpdateWorkspaceImagePermissionOutput, error) {
	i, f := k.readyImage("ImageId", in.ImageId)
	if f != nil {
		return nil, f
	}
	if aws.ToString(i.OwnerAccountId) != k.s.account {
		return nil, refuse(byol.SharedImageShared, "ImageId", "%s is of %s", *in.ImageId, aws.ToString(i.OwnerAccountId))
	}
	at := slices.Index(i.SharedTo, *in.SharedAccountId)
	switch {
	case *in.AllowCopyImage && at < 0:
		i.SharedTo = append(slices.Clone(i.SharedTo), *in.SharedAccountId)
	case !*in.AllowCopyImage && at < 0:
		return nil, refuse(wrongState, "SharedAccountId", "%s is not shared with %s", *in.ImageId, *in.SharedAccountId)
	case !*in.AllowCopyImage:
		i.SharedTo = slices.Delete(slices.Clone(i.SharedTo), at, at+1)
	}
	return &workspaces.UpdateWorkspaceImagePermissionOutput{}, nil
}

// importImage begins the import of a BYOL image. An account that is not enabled for BYOL cannot.
func importImage(k *call, in *workspaces.ImportWorkspaceImageInput) (*workspaces.ImportWorkspaceImageOutput, error) {
	if f := k.byolEnabled(); f != nil {
		return nil, f
	}
	i, f := k.newImage(in.ImageName, in.ImageDescription, in.Tags, Importing)
	if f != nil {
		return nil, f
	}
	if len(in.Applications) > 0 {
		i.Ready = k.now.Add(2 * k.takes(Importing, *i.ImageId))
	}
	i.RequiredTenancy, i.OperatingSystem = types.WorkspaceImageRequiredTenancyDedicated, &types.OperatingSystem{Type: types.OperatingSystemTypeWindows}
	return &workspaces.ImportWorkspaceImageOutput{ImageId: i.ImageId}, nil
}

func (k *call) byolEnabled() *refusal {
	k.region.Account.tick(k.now)
	if k.region.Account.DedicatedTenancySupport != types.DedicatedTenancySupportResultEnumEnabled {
		return refuse(accountNotBYOL, "", "the account is not enabled for BYOL")
	}
	return nil
}

func importCustomImage(k *call, in *workspaces.ImportCustomWorkspaceImageInput) (*workspaces.ImportCustomWorkspaceImageOutput, error) {
	if f := k.byolEnabled(); f != nil {
		return nil, f
	}
	i, f := k.newImage(in.ImageName, in.ImageDescription, in.Tags, Importing)
	if f != nil {
		return nil, f
	}
	i.RequiredTenancy, i.OperatingSystem = types.WorkspaceImageRequiredTenancyDedicated, &types.OperatingSystem{Type: types.OperatingSystemTypeWindows}
	i.System = types.OperatingSystemNameWindows10
	if in.OsVersion == types.OSVersionWindows11 {
		i.System = types.OperatingSystemNameWindows11
	}
	i.Protocol = map[types.CustomImageProtocol]types.Protocol{
		types.CustomImageProtocolPcoip: types.ProtocolPcoip, types.CustomImageProtocolDcv: types.ProtocolWsp, types.CustomImageProtocolByop: bundles.BYOP,
	}[in.Protocol]
	i.Import = &CustomImport{Source: in.ImageSource, Infrastructure: aws.ToString(in.InfrastructureConfigurationArn), Until: i.Ready}
	return &workspaces.ImportCustomWorkspaceImageOutput{ImageId: i.ImageId, State: types.CustomWorkspaceImageImportStatePending}, nil
}

// importStates are those of an import that goes well, each for an equal part of its time.
var importStates = []types.CustomWorkspaceImageImportState{
	types.CustomWorkspaceImageImportStatePending, types.CustomWorkspaceImageImportStateProcessingSourceImage, types.CustomWorkspaceImageImportStateImageTestingStart,
	types.CustomWorkspaceImageImportStateCreatingTestInstance, types.CustomWorkspaceImageImportStateImageCompatibilityChecking,
	types.CustomWorkspaceImageImportStateUpdatingOperatingSystem, types.CustomWorkspaceImageImportStateInstallingComponents,
	types.CustomWorkspaceImageImportStateImageTestingGeneralization, types.CustomWorkspaceImageImportStateGeneralizing,
	types.CustomWorkspaceImageImportStateValidating, types.CustomWorkspaceImageImportStatePublishing,
}

func describeImport(k *call, in *workspaces.DescribeCustomWorkspaceImageImportInput) (*workspaces.DescribeCustomWorkspaceImageImportOutput, error) {
	i := k.region.images.get(*in.ImageId)
	if i == nil || i.Import == nil {
		return nil, missing("ImageId", in.ImageId)
	}
	i.tick(k.now)
	out := &workspaces.DescribeCustomWorkspaceImageImportOutput{
		ImageId: i.ImageId, Created: i.Created, ImageSource: i.Import.Source, LastUpdatedTime: aws.Time(min2(k.now, i.Import.Until)),
		State: types.CustomWorkspaceImageImportStateCompleted, ProgressPercentage: aws.Int32(100), ErrorDetails: []types.CustomWorkspaceImageImportErrorDetails{},
	}
	if a := i.Import.Infrastructure; a != "" {
		out.InfrastructureConfigurationArn = aws.String(a)
	}
	switch i.State {
	case types.WorkspaceImageStateError:
		out.State = types.CustomWorkspaceImageImportStateError
		for _, e := range i.ErrorDetails {
			out.ErrorDetails = append(out.ErrorDetails, types.CustomWorkspaceImageImportErrorDetails{ErrorCode: aws.String(string(e.ErrorCode)), ErrorMessage: e.ErrorMessage})
		}
	case types.WorkspaceImageStatePending:
		part := float64(k.now.Sub(*i.Created)) / float64(i.Ready.Sub(*i.Created))
		out.State = importStates[min(int(part*float64(len(importStates))), len(importStates)-1)]
		out.ProgressPercentage = aws.Int32(int32(part * 100))
	}
	return out, nil
}

func min2(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
