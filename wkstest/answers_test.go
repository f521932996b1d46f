package wkstest_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/wkstest"
)

// served is a server of one Region in virtual time.
func served(t *testing.T, change func(r *wkstest.Region)) (*wkstest.Server, *wkstest.Direct, *wkstest.Virtual) {
	t.Helper()
	clock := wkstest.NewVirtual(noon)
	region := wkstest.Sample("eu-west-1")
	if change != nil {
		change(region)
	}
	s := start(t, wkstest.Config{Now: clock.Now, State: &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": region}}})
	return s, s.Direct("eu-west-1"), clock
}

func image(id, owner string, change func(*wkstest.Image)) wkstest.Image {
	i := wkstest.Image{WorkspaceImage: types.WorkspaceImage{ImageId: &id, Name: &id, OwnerAccountId: &owner, State: types.WorkspaceImageStateAvailable}}
	if change != nil {
		change(&i)
	}
	return i
}

const me, other = "123456789012", "210987654321"

// A bundle tells what it was made with, and after an update of its image that, and when. The root volume is that of the image, and of 80 GiB
// where that is smaller or not known.
func TestBundlesTell(t *testing.T) {
	s, d, clock := served(t, func(r *wkstest.Region) {
		r.Images = []wkstest.Image{
			image("wsi-000000001", me, func(i *wkstest.Image) {
				i.System, i.Protocol, i.Volumes = types.OperatingSystemNameWindowsServer2022, types.ProtocolWsp, bundles.Volumes{Root: 175, User: 100}
			}),
			image("wsi-000000002", me, func(i *wkstest.Image) {
				i.System, i.Protocol = types.OperatingSystemNameWindowsServer2019, types.ProtocolPcoip
			}),
			image("wsi-000000003", me, func(i *wkstest.Image) { i.State, i.Ready = types.WorkspaceImageStatePending, noon.Add(time.Hour) }),
			image("wsi-000000004", me, func(i *wkstest.Image) {
				i.State, i.Ready, i.Fails = types.WorkspaceImageStatePending, noon.Add(time.Hour), types.WorkspaceImageErrorDetailCodeUnsupportedSecurityProtocol
			}),
		}
		r.Bundles = []wkstest.Bundle{
			{WorkspaceBundle: types.WorkspaceBundle{BundleId: aws.String("wsb-000000001"), Name: aws.String("theirs"), Owner: aws.String(other)}},
			{WorkspaceBundle: types.WorkspaceBundle{BundleId: aws.String("wsb-000000002"), Name: aws.String("later"), Owner: aws.String(me), State: types.WorkspaceBundleStatePending}, Ready: noon.Add(time.Hour)},
		}
	})
	tags := []types.Tag{{Key: aws.String("team"), Value: aws.String("desktops")}}
	for img, root := range map[string]string{"wsi-000000001": "175", "wsi-000000002": "80"} {
		made := must(d.CreateWorkspaceBundle(t.Context(), &workspaces.CreateWorkspaceBundleInput{
			BundleName: &img, BundleDescription: aws.String("of " + img), ImageId: &img, ComputeType: &types.ComputeType{Name: types.ComputeStandard}, UserStorage: &types.UserStorage{Capacity: aws.String("100")}, Tags: tags,
		}))(t).WorkspaceBundle
		want := types.WorkspaceBundle{
			BundleId: made.BundleId, BundleType: types.BundleTypeRegular, ComputeType: &types.ComputeType{Name: types.ComputeStandard}, CreationTime: &noon, LastUpdatedTime: &noon, Description: aws.String("of " + img),
			ImageId: &img, Name: &img, Owner: aws.String(me), RootStorage: &types.RootStorage{Capacity: &root}, UserStorage: &types.UserStorage{Capacity: aws.String("100")}, State: types.WorkspaceBundleStateAvailable,
		}
		answers(t, img, *made, want)
		answers(t, img, must(d.DescribeWorkspaceBundles(t.Context(), &workspaces.DescribeWorkspaceBundlesInput{BundleIds: []string{*made.BundleId}}))(t).Bundles, []types.WorkspaceBundle{want})
		answers(t, img, must(d.DescribeTags(t.Context(), &workspaces.DescribeTagsInput{ResourceId: made.BundleId}))(t).TagList, tags)
	}
	list := func(in *workspaces.DescribeWorkspaceBundlesInput) (names []string) {
		for _, b := range must(d.DescribeWorkspaceBundles(t.Context(), in))(t).Bundles {
			names = append(names, *b.Name+" "+string(b.State))
		}
		return names
	}
	answers(t, "of another account", list(&workspaces.DescribeWorkspaceBundlesInput{Owner: aws.String(other)}), []string{"theirs "})
	answers(t, "by identifier", list(&workspaces.DescribeWorkspaceBundlesInput{BundleIds: []string{"wsb-000000002", "wsb-000000009"}}), []string{"later PENDING"})
	_, err := d.DescribeWorkspaceBundles(t.Context(), &workspaces.DescribeWorkspaceBundlesInput{Owner: aws.String(me), BundleIds: []string{"wsb-000000002"}})
	wants(t, "both filters", err, "InvalidParameterValuesException", "wkstest.filters-exclude")

	update := func(bundle, image string) error {
		_, err := d.UpdateWorkspaceBundle(t.Context(), &workspaces.UpdateWorkspaceBundleInput{BundleId: &bundle, ImageId: &image})
		return err
	}
	launched := func() (code string) {
		out := must(d.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{request("ada", func(q *types.WorkspaceRequest) { q.BundleId = aws.String("wsb-000000002") })}}))(t)
		for _, f := range out.FailedRequests {
			code = *f.ErrorCode
		}
		return code
	}
	wants(t, "a bundle of another account", update("wsb-000000001", "wsi-000000001"), "AccessDeniedException", "wkstest.not-permitted")
	wants(t, "an image that is PENDING", update("wsb-000000002", "wsi-000000003"), "ResourceUnavailableException", "wkstest.not-available")
	wants(t, "an unknown image", update("wsb-000000002", "wsi-000000009"), "ResourceNotFoundException", "wkstest.unknown-resource")
	if code := launched(); code != "ResourceUnavailable.WorkSpace" {
		t.Errorf("a bundle that is PENDING: %s", code)
	}
	pass(t, clock, time.Hour)
	wants(t, "an image in ERROR", update("wsb-000000002", "wsi-000000004"), "ResourceUnavailableException", "wkstest.not-available")
	wants(t, "an image that is AVAILABLE", update("wsb-000000002", "wsi-000000002"), "")
	now := clock.Now()
	answers(t, "updated", must(d.DescribeWorkspaceBundles(t.Context(), &workspaces.DescribeWorkspaceBundlesInput{BundleIds: []string{"wsb-000000002"}}))(t).Bundles, []types.WorkspaceBundle{{
		BundleId: aws.String("wsb-000000002"), Name: aws.String("later"), Owner: aws.String(me), State: types.WorkspaceBundleStateAvailable, ImageId: aws.String("wsi-000000002"), LastUpdatedTime: &now,
	}})
	for _, b := range s.State().Regions["eu-west-1"].Bundles {
		if *b.Name == "later" && (b.System != types.OperatingSystemNameWindowsServer2019 || b.Protocol != types.ProtocolPcoip) {
			t.Errorf("%+v", b)
		}
	}
	images := must(d.DescribeWorkspaceImages(t.Context(), &workspaces.DescribeWorkspaceImagesInput{ImageIds: []string{"wsi-000000003", "wsi-000000004"}}))(t).Images
	if len(images) != 2 || images[0].State != types.WorkspaceImageStateAvailable || images[0].ErrorDetails != nil || images[1].State != types.WorkspaceImageStateError || len(images[1].ErrorDetails) != 1 ||
		images[1].ErrorDetails[0].ErrorCode != types.WorkspaceImageErrorDetailCodeUnsupportedSecurityProtocol {
		t.Errorf("%+v", images)
	}
}

// An image tells what it was made of, and a copy or an update has the same.
func TestImagesTell(t *testing.T) {
	s, d, clock := served(t, func(r *wkstest.Region) {
		r.Images = []wkstest.Image{
			image("wsi-000000001", me, func(i *wkstest.Image) {
				i.System, i.Protocol, i.Volumes, i.RequiredTenancy = types.OperatingSystemNameWindows11, types.ProtocolWsp, bundles.Volumes{Root: 80, User: 50}, types.WorkspaceImageRequiredTenancyDedicated
				i.OperatingSystem, i.Updates = &types.OperatingSystem{Type: types.OperatingSystemTypeWindows}, &types.UpdateResult{UpdateAvailable: aws.Bool(true)}
			}),
			image("wsi-000000002", other, nil),
		}
	})
	launched := must(d.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{request("ada")}}))(t)
	pass(t, clock, 48*time.Hour)
	now := clock.Now()
	tags := []types.Tag{{Key: aws.String("team"), Value: aws.String("desktops")}}
	out := must(d.CreateWorkspaceImage(t.Context(), &workspaces.CreateWorkspaceImageInput{WorkspaceId: launched.PendingRequests[0].WorkspaceId, Name: aws.String("golden"), Description: aws.String("of ada"), Tags: tags}))(t)
	answers(t, "the answer", *out, workspaces.CreateWorkspaceImageOutput{
		Created: &now, Description: aws.String("of ada"), ImageId: out.ImageId, Name: aws.String("golden"), OperatingSystem: &types.OperatingSystem{Type: types.OperatingSystemTypeWindows}, OwnerAccountId: aws.String(me),
		RequiredTenancy: types.WorkspaceImageRequiredTenancyDefault, State: types.WorkspaceImageStatePending,
	})
	answers(t, "the image", must(d.DescribeWorkspaceImages(t.Context(), &workspaces.DescribeWorkspaceImagesInput{ImageIds: []string{*out.ImageId}}))(t).Images, []types.WorkspaceImage{{
		Created: &now, Description: aws.String("of ada"), ImageId: out.ImageId, Name: aws.String("golden"), OperatingSystem: &types.OperatingSystem{Type: types.OperatingSystemTypeWindows}, OwnerAccountId: aws.String(me),
		RequiredTenancy: types.WorkspaceImageRequiredTenancyDefault, State: types.WorkspaceImageStatePending,
	}})
	answers(t, "the tags", must(d.DescribeTags(t.Context(), &workspaces.DescribeTagsInput{ResourceId: out.ImageId}))(t).TagList, tags)
	copied := must(d.CopyWorkspaceImage(t.Context(), &workspaces.CopyWorkspaceImageInput{Name: aws.String("copy"), Description: aws.String("a copy"), SourceImageId: aws.String("wsi-000000001"), SourceRegion: aws.String("eu-west-1"), Tags: tags}))(t).ImageId
	updated := must(d.CreateUpdatedWorkspaceImage(t.Context(), &workspaces.CreateUpdatedWorkspaceImageInput{Name: aws.String("update"), Description: aws.String("an update"), SourceImageId: aws.String("wsi-000000001"), Tags: tags}))(t).ImageId
	of := map[string]wkstest.Image{}
	for _, i := range s.State().Regions["eu-west-1"].Images {
		of[*i.ImageId] = i
	}
	if i := of[*out.ImageId]; i.System != types.OperatingSystemNameWindowsServer2022 || i.Protocol != types.ProtocolWsp || i.Volumes != (bundles.Volumes{Root: 80, User: 50}) {
		t.Errorf("of ada's WorkSpace: %+v", i)
	}
	for id, text := range map[string][2]string{*copied: {"copy", "a copy"}, *updated: {"update", "an update"}} {
		i := of[id]
		answers(t, text[0], i, wkstest.Image{
			Tags: tags, System: types.OperatingSystemNameWindows11, Protocol: types.ProtocolWsp, Volumes: bundles.Volumes{Root: 80, User: 50}, Ready: i.Ready,
			WorkspaceImage: types.WorkspaceImage{
				ImageId: &id, Name: &text[0], Description: &text[1], Created: &now, OwnerAccountId: aws.String(me), State: types.WorkspaceImageStatePending,
				RequiredTenancy: types.WorkspaceImageRequiredTenancyDedicated, OperatingSystem: &types.OperatingSystem{Type: types.OperatingSystemTypeWindows},
			},
		})
	}
	names := func(kind types.ImageType) (list []string) {
		for _, i := range must(d.DescribeWorkspaceImages(t.Context(), &workspaces.DescribeWorkspaceImagesInput{ImageType: kind}))(t).Images {
			list = append(list, *i.Name)
		}
		return list
	}
	answers(t, "owned", names(types.ImageTypeOwned), []string{"wsi-000000001", "golden", "copy", "update"})
	answers(t, "shared", names(types.ImageTypeShared), []string{"wsi-000000002"})
	answers(t, "all", names(""), []string{"wsi-000000001", "wsi-000000002", "golden", "copy", "update"})

	update := func(id string) error {
		_, err := d.CreateUpdatedWorkspaceImage(t.Context(), &workspaces.CreateUpdatedWorkspaceImageInput{Name: aws.String("more"), Description: aws.String("more"), SourceImageId: &id})
		return err
	}
	wants(t, "without an update", update("wsi-000000002"), "InvalidResourceStateException", "wkstest.wrong-state")
	wants(t, "of one that is PENDING", update(*copied), "InvalidResourceStateException", "wkstest.not-available")
	share := func(id, account string, allow bool) error {
		_, err := d.UpdateWorkspaceImagePermission(t.Context(), &workspaces.UpdateWorkspaceImagePermissionInput{ImageId: &id, SharedAccountId: &account, AllowCopyImage: &allow})
		return err
	}
	shared := func() (list []string) {
		out := must(d.DescribeWorkspaceImagePermissions(t.Context(), &workspaces.DescribeWorkspaceImagePermissionsInput{ImageId: aws.String("wsi-000000001")}))(t)
		for _, p := range out.ImagePermissions {
			list = append(list, *p.SharedAccountId)
		}
		return list
	}
	wants(t, "to one", share("wsi-000000001", other, true), "")
	wants(t, "to another", share("wsi-000000001", "333333333333", true), "")
	wants(t, "again", share("wsi-000000001", other, true), "")
	answers(t, "shared with", shared(), []string{other, "333333333333"})
	wants(t, "back from nobody", share("wsi-000000001", "444444444444", false), "OperationNotSupportedException", "wkstest.wrong-state")
	wants(t, "back", share("wsi-000000001", other, false), "")
	answers(t, "shared with", shared(), []string{"333333333333"})
	_, err := d.DeleteWorkspaceImage(t.Context(), &workspaces.DeleteWorkspaceImageInput{ImageId: aws.String("wsi-000000002")})
	wants(t, "another account's", err, "AccessDeniedException", "wkstest.not-permitted")
}

// The import of a custom image goes through its states in order, each for as long, and tells how far it is and what it is made of.
func TestCustomImportTells(t *testing.T) {
	source := &types.ImageSourceIdentifierMemberEc2ImageId{Value: "ami-0a1b2c3d4e5f60718"}
	arn := aws.String("arn:aws:imagebuilder:eu-west-1:123456789012:infrastructure-configuration/wks")
	for protocol, kept := range map[types.CustomImageProtocol]types.Protocol{types.CustomImageProtocolPcoip: types.ProtocolPcoip, types.CustomImageProtocolDcv: types.ProtocolWsp, types.CustomImageProtocolByop: bundles.BYOP} {
		for version, system := range map[types.OSVersion]types.OperatingSystemName{types.OSVersionWindows10: types.OperatingSystemNameWindows10, types.OSVersionWindows11: types.OperatingSystemNameWindows11} {
			s, d, clock := served(t, func(r *wkstest.Region) {
				r.Account.DedicatedTenancySupport = types.DedicatedTenancySupportResultEnumEnabled
			})
			out, err := d.ImportCustomWorkspaceImage(t.Context(), &workspaces.ImportCustomWorkspaceImageInput{
				ImageName: aws.String("custom"), ImageDescription: aws.String("custom"), ComputeType: types.ImageComputeTypeBase, Protocol: protocol, OsVersion: version, Platform: types.PlatformWindows,
				InfrastructureConfigurationArn: arn, ImageSource: source,
			})
			if err != nil && protocol == types.CustomImageProtocolPcoip && version == types.OSVersionWindows11 {
				continue // which PCoIP does not have
			}
			if err != nil {
				t.Errorf("%s, %s: %v", protocol, version, err)
				continue
			}
			answers(t, "the answer", *out, workspaces.ImportCustomWorkspaceImageOutput{ImageId: out.ImageId, State: types.CustomWorkspaceImageImportStatePending})
			i := s.State().Regions["eu-west-1"].Images[0]
			if i.System != system || i.Protocol != kept || i.RequiredTenancy != types.WorkspaceImageRequiredTenancyDedicated || i.OperatingSystem.Type != types.OperatingSystemTypeWindows {
				t.Errorf("%s, %s: %+v", protocol, version, i)
			}
			if protocol != types.CustomImageProtocolDcv {
				continue
			}
			takes := i.Ready.Sub(noon)
			states := []types.CustomWorkspaceImageImportState{
				"PENDING", "PROCESSING_SOURCE_IMAGE", "IMAGE_TESTING_START", "CREATING_TEST_INSTANCE", "IMAGE_COMPATIBILITY_CHECKING", "UPDATING_OPERATING_SYSTEM", "INSTALLING_COMPONENTS", "IMAGE_TESTING_GENERALIZATION",
				"GENERALIZING", "VALIDATING", "PUBLISHING",
			}
			for n, state := range states { // in the middle of each
				pass(t, clock, noon.Add(takes*time.Duration(2*n+1)/22).Sub(clock.Now()))
				now := clock.Now()
				answers(t, string(state), *must(d.DescribeCustomWorkspaceImageImport(t.Context(), &workspaces.DescribeCustomWorkspaceImageImportInput{ImageId: out.ImageId}))(t), workspaces.DescribeCustomWorkspaceImageImportOutput{
					ImageId: out.ImageId, Created: &noon, LastUpdatedTime: &now, ImageSource: source, InfrastructureConfigurationArn: arn, State: state, ProgressPercentage: aws.Int32(int32((2*n + 1) * 100 / 22)),
					ErrorDetails: []types.CustomWorkspaceImageImportErrorDetails{},
				})
			}
			pass(t, clock, takes)
			answers(t, "at the end", *must(d.DescribeCustomWorkspaceImageImport(t.Context(), &workspaces.DescribeCustomWorkspaceImageImportInput{ImageId: out.ImageId}))(t), workspaces.DescribeCustomWorkspaceImageImportOutput{
				ImageId: out.ImageId, Created: &noon, LastUpdatedTime: &i.Ready, ImageSource: source, InfrastructureConfigurationArn: arn, State: types.CustomWorkspaceImageImportStateCompleted, ProgressPercentage: aws.Int32(100),
				ErrorDetails: []types.CustomWorkspaceImageImportErrorDetails{},
			})
		}
	}
	_, d, _ := served(t, func(r *wkstest.Region) {
		r.Images = []wkstest.Image{image("wsi-000000001", me, func(i *wkstest.Image) {
			i.State, i.Ready, i.Fails, i.Created = types.WorkspaceImageStatePending, noon, types.WorkspaceImageErrorDetailCodeUnsupportedSecurityProtocol, &noon
			i.Import = &wkstest.CustomImport{Source: source, Until: noon}
		}), image("wsi-000000002", me, nil)}
	})
	failed := must(d.DescribeCustomWorkspaceImageImport(t.Context(), &workspaces.DescribeCustomWorkspaceImageImportInput{ImageId: aws.String("wsi-000000001")}))(t)
	if failed.State != types.CustomWorkspaceImageImportStateError || failed.InfrastructureConfigurationArn != nil || len(failed.ErrorDetails) != 1 || *failed.ErrorDetails[0].ErrorCode != string(types.WorkspaceImageErrorDetailCodeUnsupportedSecurityProtocol) {
		t.Errorf("%+v", failed)
	}
	_, err := d.DescribeCustomWorkspaceImageImport(t.Context(), &workspaces.DescribeCustomWorkspaceImageImportInput{ImageId: aws.String("wsi-000000002")})
	wants(t, "of an image that was not imported so", err, "ResourceNotFoundException", "wkstest.unknown-resource")
}
