package wks

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/rule"
)

func createBundle(r *Rules, region string, in *workspaces.CreateWorkspaceBundleInput) (f findings) {
	b := bundles.Bundle{
		BundleName:        aws.ToString(in.BundleName),
		BundleDescription: aws.ToString(in.BundleDescription),
		ImageID:           aws.ToString(in.ImageId),
		RootStorage:       in.RootStorage,
		UserStorage:       in.UserStorage,
		Tags:              in.Tags,
		Region:            known(region),
	}
	if in.ComputeType != nil {
		b.ComputeType = in.ComputeType.Name
	}
	a, err := r.Bundles.CheckBundle(b)
	f.take("", a, err)
	return f
}

func updateBundle(r *Rules, _ string, in *workspaces.UpdateWorkspaceBundleInput) (f findings) {
	f.id(r, "ImageId", bundles.ImageID, in.ImageId)
	return f
}

func createImage(r *Rules, _ string, in *workspaces.CreateWorkspaceImageInput) (f findings) {
	f.image(r, in.Name, in.Description, in.Tags)
	return f
}

func copyImage(r *Rules, _ string, in *workspaces.CopyWorkspaceImageInput) (f findings) {
	f.id(r, "SourceImageId", bundles.ImageID, in.SourceImageId)
	f.image(r, in.Name, in.Description, in.Tags)
	return f
}

func createUpdatedImage(r *Rules, _ string, in *workspaces.CreateUpdatedWorkspaceImageInput) (f findings) {
	f.id(r, "SourceImageId", bundles.ImageID, in.SourceImageId)
	f.image(r, in.Name, in.Description, in.Tags)
	return f
}

// image checks what a new image is called and tagged.
func (f *findings) image(r *Rules, name, description *string, tags []types.Tag) {
	for _, m := range [...]struct {
		kind bundles.Name
		text *string
	}{{bundles.ImageName, name}, {bundles.ImageDescription, description}} {
		if m.text != nil {
			a, err := r.Bundles.CheckName(m.kind, *m.text)
			f.take("", a, err)
		}
	}
	f.tags(r, "", tags)
}

// Of an import, the tags are for package bundles to judge, which knows their alphabet too.

func importImage(r *Rules, _ string, in *workspaces.ImportWorkspaceImageInput) (f findings) {
	a, err := r.BYOL.CheckImport(byol.Import{
		Ec2ImageID:       aws.ToString(in.Ec2ImageId),
		ImageName:        aws.ToString(in.ImageName),
		ImageDescription: aws.ToString(in.ImageDescription),
		IngestionProcess: in.IngestionProcess,
		Applications:     in.Applications,
	}, byol.Known{})
	f.take("", a, err)
	f.tags(r, "", in.Tags)
	return f
}

func importCustomImage(r *Rules, _ string, in *workspaces.ImportCustomWorkspaceImageInput) (f findings) {
	c := byol.CustomImport{
		ImageName:                      aws.ToString(in.ImageName),
		ImageDescription:               aws.ToString(in.ImageDescription),
		ComputeType:                    in.ComputeType,
		Protocol:                       in.Protocol,
		InfrastructureConfigurationARN: aws.ToString(in.InfrastructureConfigurationArn),
		Platform:                       in.Platform,
		OSVersion:                      in.OsVersion,
	}
	switch source := in.ImageSource.(type) {
	case *types.ImageSourceIdentifierMemberEc2ImageId:
		if source != nil {
			c.ImageSource.Ec2ImageID = source.Value
		}
	case *types.ImageSourceIdentifierMemberEc2ImportTaskId:
		if source != nil {
			c.ImageSource.Ec2ImportTaskID = source.Value
		}
	case *types.ImageSourceIdentifierMemberImageBuildVersionArn:
		if source != nil {
			c.ImageSource.ImageBuildVersionARN = source.Value
		}
	}
	a, err := r.BYOL.CheckCustomImport(c, byol.Known{})
	f.take("", a, err)
	f.tags(r, "", in.Tags)
	return f
}

func createAccountLink(r *Rules, region string, in *workspaces.CreateAccountLinkInvitationInput) (f findings) {
	a, err := r.BYOL.CheckLink(byol.AccountLink{TargetAccountID: aws.ToString(in.TargetAccountId), ClientToken: aws.ToString(in.ClientToken), Region: region})
	// The account that invites is the caller's, which is not in the request.
	a.Violations = slices.DeleteFunc(a.Violations, func(v rule.Violation) bool { return v.Path == "SourceAccountId" })
	a.Open = slices.DeleteFunc(a.Open, func(o rule.Open) bool { return o.Path == "SourceAccountId" })
	for i := range a.Violations {
		if v := &a.Violations[i]; v.Path == "Region" {
			v.Path = ""
		}
	}
	f.take("", a, err)
	return f
}
