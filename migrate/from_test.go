package migrate_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

func ptr[T any](v T) *T { return &v }

func TestFromWorkspace(t *testing.T) {
	bundle := func(owner string) types.WorkspaceBundle {
		return types.WorkspaceBundle{BundleId: ptr("wsb-12345678"), Owner: &owner, ImageId: ptr("wsi-1"), ComputeType: &types.ComputeType{Name: types.ComputeValue}}
	}
	full := types.Workspace{
		BundleId: ptr("wsb-12345678"), DirectoryId: ptr("d-1"),
		WorkspaceProperties: &types.WorkspaceProperties{
			ComputeTypeName: types.ComputePower, OperatingSystemName: types.OperatingSystemNameWindows10, Protocols: []types.Protocol{types.ProtocolPcoip},
		},
	}
	image := func(tenancy types.WorkspaceImageRequiredTenancy) *types.WorkspaceImage {
		return &types.WorkspaceImage{ImageId: ptr("wsi-1"), RequiredTenancy: tenancy}
	}
	always := []rule.Path{"Plus", "Language", "Region"}
	for _, tt := range []struct {
		name    string
		w       types.Workspace
		b       types.WorkspaceBundle
		image   *types.WorkspaceImage
		dir     *types.WorkspaceDirectory
		want    migrate.Desktop
		missing []rule.Path
	}{
		{"BYOL by its image", full, bundle("123456789012"), image("DEDICATED"), &types.WorkspaceDirectory{DirectoryId: ptr("d-1"), DirectoryType: types.WorkspaceDirectoryTypeAdConnector},
			migrate.Desktop{OS: "WINDOWS_10", License: migrate.BYOL, Protocol: "PCOIP", Compute: "POWER", BundleID: "wsb-12345678", Directory: migrate.ActiveDirectory}, always},
		{"custom by its image, though the directory is dedicated", full, bundle("123456789012"), image("DEFAULT"), &types.WorkspaceDirectory{Tenancy: types.TenancyDedicated},
			migrate.Desktop{OS: "WINDOWS_10", License: migrate.Custom, Protocol: "PCOIP", Compute: "POWER", BundleID: "wsb-12345678"}, append(slices.Clone(always), "DirectoryType")},
		{"BYOL by its directory", full, bundle("123456789012"), nil, &types.WorkspaceDirectory{Tenancy: types.TenancyDedicated, MicrosoftEntraConfig: &types.MicrosoftEntraConfig{TenantId: ptr("t")}},
			migrate.Desktop{OS: "WINDOWS_10", License: migrate.BYOL, Protocol: "PCOIP", Compute: "POWER", BundleID: "wsb-12345678", Directory: migrate.EntraID}, always},
		{"custom by its directory", full, bundle("123456789012"), nil, &types.WorkspaceDirectory{Tenancy: types.TenancyShared, DirectoryType: types.WorkspaceDirectoryTypeSimpleAd},
			migrate.Desktop{OS: "WINDOWS_10", License: migrate.Custom, Protocol: "PCOIP", Compute: "POWER", BundleID: "wsb-12345678", Directory: migrate.ActiveDirectory}, always},
		{"an Entra configuration without a tenant", full, bundle("AMAZON"), nil, &types.WorkspaceDirectory{MicrosoftEntraConfig: &types.MicrosoftEntraConfig{}},
			migrate.Desktop{OS: "WINDOWS_10", License: migrate.Public, Protocol: "PCOIP", Compute: "POWER", BundleID: "wsb-12345678"}, append(slices.Clone(always), "DirectoryType")},
		{"the owner alone does not tell custom from BYOL", full, bundle("123456789012"), nil, nil,
			migrate.Desktop{OS: "WINDOWS_10", Protocol: "PCOIP", Compute: "POWER", BundleID: "wsb-12345678"}, []rule.Path{"RequiredTenancy", "Plus", "Language", "Region", "DirectoryType"}},
		{"little known", types.Workspace{WorkspaceProperties: &types.WorkspaceProperties{OperatingSystemName: "UNKNOWN", Protocols: []types.Protocol{"PCOIP", "WSP"}}}, bundle("AMAZON"), nil, nil,
			migrate.Desktop{License: migrate.Public, Compute: "VALUE", BundleID: "wsb-12345678"},
			[]rule.Path{"WorkspaceProperties.OperatingSystemName", "WorkspaceProperties.Protocols", "Plus", "Language", "Region", "DirectoryType"}},
		{"nothing known", types.Workspace{}, types.WorkspaceBundle{}, nil, nil, migrate.Desktop{},
			[]rule.Path{"WorkspaceProperties.OperatingSystemName", "RequiredTenancy", "WorkspaceProperties.Protocols", "ComputeType.Name", "Plus", "Language", "Region", "DirectoryType"}},
	} {
		got, missing, err := migrate.FromWorkspace(tt.w, tt.b, tt.image, tt.dir)
		if err != nil || got != tt.want || !slices.Equal(missing, tt.missing) {
			t.Errorf("%s: %+v, %v, %v", tt.name, got, missing, err)
		}
	}
	for at, f := range map[rule.Path]func() error{
		"BundleId": func() error {
			_, _, err := migrate.FromWorkspace(full, types.WorkspaceBundle{BundleId: ptr("wsb-87654321")}, nil, nil)
			return err
		},
		"ImageId": func() error {
			other := &types.WorkspaceImage{ImageId: ptr("wsi-2")}
			if _, _, err := migrate.FromWorkspace(full, bundle("AMAZON"), other, nil); err == nil {
				return errors.New("none of FromWorkspace")
			}
			_, _, err := migrate.FromBundle(bundle("AMAZON"), other, nil)
			return err
		},
		"DirectoryId": func() error {
			_, _, err := migrate.FromWorkspace(full, bundle("AMAZON"), nil, &types.WorkspaceDirectory{DirectoryId: ptr("d-2")})
			return err
		},
	} {
		var input *rule.InputError
		if err := f(); !errors.As(err, &input) || input.Path != at {
			t.Errorf("error %v, want one at %s", err, at)
		}
	}
}
