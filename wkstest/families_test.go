package wkstest_test

import (
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/wire"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/wkstest"
)

// wants checks the error code of an operation, "" for none, and the first rule, if any is given.
func wants(t testing.TB, what string, err error, code string, rules ...rule.Code) {
	t.Helper()
	got := wkstest.RefusedBy(err)
	if codeOf(err) != code || (err == nil) != (code == "") || len(rules) > 0 && !slices.Equal(got[:min(len(got), len(rules))], rules) {
		t.Errorf("%s: %v by %v, want %q by %v", what, err, got, code, rules)
	}
}

// must stops the test for an error.
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestDirectories(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		subnet := func(id, zone, cidr, vpc string) wkstest.Subnet {
			return wkstest.Subnet{SubnetID: id, ZoneID: zone, CIDR: cidr, VPCID: vpc}
		}
		c := start(t, wkstest.Config{State: &wkstest.State{Regions: map[string]*wkstest.Region{"us-east-1": {
			DirectoryServices: []string{"d-9067000001", "d-9067000002"},
			Subnets: []wkstest.Subnet{
				subnet("subnet-0000000a", "use1-az2", "10.0.0.0/24", "vpc-1"), subnet("subnet-0000000b", "use1-az4", "10.0.1.0/24", "vpc-1"), subnet("subnet-0000000c", "use1-az2", "10.0.2.0/24", "vpc-1"),
				subnet("subnet-0000000d", "use1-az1", "10.0.3.0/24", "vpc-1"), subnet("subnet-0000000e", "use1-az4", "10.0.4.0/24", "vpc-2"),
			},
		}}}}).Client("us-east-1", once)
		ctx := t.Context()
		register := func(id string, change func(*workspaces.RegisterWorkspaceDirectoryInput)) error {
			in := &workspaces.RegisterWorkspaceDirectoryInput{DirectoryId: &id, SubnetIds: []string{"subnet-0000000a", "subnet-0000000b"}}
			if change != nil {
				change(in)
			}
			_, err := c.RegisterWorkspaceDirectory(ctx, in)
			return err
		}
		subnets := func(ids ...string) func(*workspaces.RegisterWorkspaceDirectoryInput) {
			return func(in *workspaces.RegisterWorkspaceDirectoryInput) { in.SubnetIds = ids }
		}
		wants(t, "unknown", register("d-9067000009", nil), "ResourceNotFoundException", "wkstest.unknown-resource")
		wants(t, "unknown subnet", register("d-9067000001", subnets("subnet-0000000a", "subnet-00000009")), "ResourceNotFoundException", "wkstest.unknown-resource")
		wants(t, "one zone", register("d-9067000001", subnets("subnet-0000000a", "subnet-0000000c")), "OperationNotSupportedException", "network.subnets-in-one-zone")
		wants(t, "unsupported zone", register("d-9067000001", subnets("subnet-0000000d", "subnet-0000000b")), "OperationNotSupportedException", "network.subnet-zone-unsupported")
		wants(t, "two VPCs", register("d-9067000001", subnets("subnet-0000000a", "subnet-0000000e")), "InvalidResourceStateException")
		wants(t, "no BYOL", register("d-9067000001", func(in *workspaces.RegisterWorkspaceDirectoryInput) { in.Tenancy = types.TenancyDedicated }), "InvalidParameterValuesException", "wkstest.account-not-byol")
		wants(t, "three subnets", register("d-9067000001", subnets("subnet-0000000a", "subnet-0000000b", "subnet-0000000c")), "ValidationException", "wks.list-size-out-of-bounds")
		wants(t, "sound", register("d-9067000001", nil), "")
		wants(t, "again", register("d-9067000001", nil), "InvalidResourceStateException")

		describe := func() []types.WorkspaceDirectory {
			t.Helper()
			return must(c.DescribeWorkspaceDirectories(ctx, &workspaces.DescribeWorkspaceDirectoriesInput{DirectoryIds: []string{"d-9067000001"}}))(t).Directories
		}
		if d := describe(); len(d) != 1 || d[0].State != types.WorkspaceDirectoryStateRegistering {
			t.Fatalf("%+v", d)
		}
		time.Sleep(time.Minute)
		id := aws.String("d-9067000001")
		_, err := c.ModifySelfservicePermissions(ctx, &workspaces.ModifySelfservicePermissionsInput{ResourceId: id, SelfservicePermissions: &types.SelfservicePermissions{RebuildWorkspace: types.ReconnectEnumEnabled}})
		wants(t, "self-service", err, "")
		_, err = c.ModifyWorkspaceAccessProperties(ctx, &workspaces.ModifyWorkspaceAccessPropertiesInput{ResourceId: id, WorkspaceAccessProperties: &types.WorkspaceAccessProperties{DeviceTypeWeb: types.AccessPropertyValueAllow}})
		wants(t, "access", err, "")
		_, err = c.ModifyWorkspaceCreationProperties(ctx, &workspaces.ModifyWorkspaceCreationPropertiesInput{ResourceId: id, WorkspaceCreationProperties: &types.WorkspaceCreationProperties{DefaultOu: aws.String("OU=Desktops,DC=corp,DC=example,DC=com")}})
		wants(t, "creation", err, "")
		_, err = c.ModifySamlProperties(ctx, &workspaces.ModifySamlPropertiesInput{ResourceId: id, SamlProperties: &types.SamlProperties{Status: types.SamlStatusEnumEnabled, UserAccessUrl: aws.String("https://sso.example.com/")},
			PropertiesToDelete: []types.DeletableSamlProperty{types.DeletableSamlPropertySamlPropertiesRelayStateParameterName}})
		wants(t, "SAML", err, "")
		_, err = c.ModifyCertificateBasedAuthProperties(ctx, &workspaces.ModifyCertificateBasedAuthPropertiesInput{ResourceId: id, CertificateBasedAuthProperties: &types.CertificateBasedAuthProperties{
			Status: types.CertificateBasedAuthStatusEnumEnabled, CertificateAuthorityArn: aws.String("arn:aws:acm-pca:us-east-1:123456789012:certificate-authority/1")}})
		wants(t, "certificates", err, "")
		_, err = c.ModifyStreamingProperties(ctx, &workspaces.ModifyStreamingPropertiesInput{ResourceId: id, StreamingProperties: &types.StreamingProperties{StreamingExperiencePreferredProtocol: types.StreamingExperiencePreferredProtocolEnumTcp}})
		wants(t, "streaming", err, "")
		_, err = c.ModifyEndpointEncryptionMode(ctx, &workspaces.ModifyEndpointEncryptionModeInput{DirectoryId: id, EndpointEncryptionMode: types.EndpointEncryptionModeFipsValidated})
		wants(t, "encryption mode", err, "")
		_, err = c.ModifyClientProperties(ctx, &workspaces.ModifyClientPropertiesInput{ResourceId: id, ClientProperties: &types.ClientProperties{ReconnectEnabled: types.ReconnectEnumEnabled}})
		wants(t, "client", err, "")
		d := describe()[0]
		if d.State != types.WorkspaceDirectoryStateRegistered || d.SelfservicePermissions.RebuildWorkspace != types.ReconnectEnumEnabled || d.SelfservicePermissions.RestartWorkspace != types.ReconnectEnumEnabled ||
			d.WorkspaceAccessProperties.DeviceTypeWeb != types.AccessPropertyValueAllow || d.WorkspaceAccessProperties.DeviceTypeWindows != types.AccessPropertyValueAllow || *d.WorkspaceCreationProperties.DefaultOu == "" ||
			!*d.WorkspaceCreationProperties.UserEnabledAsLocalAdministrator || d.SamlProperties.RelayStateParameterName != nil || *d.SamlProperties.UserAccessUrl == "" ||
			d.CertificateBasedAuthProperties.CertificateAuthorityArn == nil || d.EndpointEncryptionMode != types.EndpointEncryptionModeFipsValidated || d.StreamingProperties == nil {
			t.Errorf("%+v", d)
		}
		props := must(c.DescribeClientProperties(ctx, &workspaces.DescribeClientPropertiesInput{ResourceIds: []string{*id}}))(t)
		if p := props.ClientPropertiesList[0].ClientProperties; p.ReconnectEnabled != types.ReconnectEnumEnabled {
			t.Errorf("%+v", p)
		}
		ids, codes := launch(t, c, types.WorkspaceRequest{DirectoryId: id, BundleId: aws.String(wkstest.SampleBundle), UserName: aws.String("ada")})
		if len(ids) != 1 {
			t.Fatal(codes)
		}
		deregister := func() error {
			_, err := c.DeregisterWorkspaceDirectory(ctx, &workspaces.DeregisterWorkspaceDirectoryInput{DirectoryId: id})
			return err
		}
		wants(t, "deregister with a WorkSpace", deregister(), "OperationNotSupportedException", "wkstest.directory-not-empty")
		must(c.TerminateWorkspaces(ctx, &workspaces.TerminateWorkspacesInput{TerminateWorkspaceRequests: []types.TerminateRequest{{WorkspaceId: &ids[0]}}}))(t)
		time.Sleep(10 * time.Minute)
		wants(t, "deregister", deregister(), "")
		if d := describe(); d[0].State != types.WorkspaceDirectoryStateDeregistering {
			t.Errorf("%+v", d)
		}
		time.Sleep(time.Minute)
		if d := describe(); len(d) != 0 {
			t.Errorf("%+v", d)
		}
	})
}

func TestIPGroups(t *testing.T) {
	c := start(t, wkstest.Config{}).Client("eu-west-1", once)
	ctx := t.Context()
	item := func(source string) types.IpRuleItem { return types.IpRuleItem{IpRule: &source} }
	create := func(name string, sources ...string) (*workspaces.CreateIpGroupOutput, error) {
		var rules []types.IpRuleItem
		for _, s := range sources {
			rules = append(rules, item(s))
		}
		return c.CreateIpGroup(ctx, &workspaces.CreateIpGroupInput{GroupName: &name, UserRules: rules, Tags: []types.Tag{{Key: aws.String("team"), Value: aws.String("desktops")}}})
	}
	group := must(create("office", "203.0.113.0/24"))(t).GroupId
	_, err := create("office")
	wants(t, "the name again", err, "ResourceAlreadyExistsException", "wkstest.already-exists")
	_, err = create("odd", "everywhere")
	wants(t, "no range", err, "ValidationException", "wks.value-unreadable")
	var many []types.IpRuleItem
	for i := range 31 {
		many = append(many, item("198.51.100."+strconv.Itoa(i)+"/32"))
	}
	rules := func() (sources []string) {
		out := must(c.DescribeIpGroups(ctx, &workspaces.DescribeIpGroupsInput{GroupIds: []string{*group}}))(t)
		for _, r := range out.Result[0].UserRules {
			sources = append(sources, *r.IpRule)
		}
		return sources
	}
	must(c.AuthorizeIpRules(ctx, &workspaces.AuthorizeIpRulesInput{GroupId: group, UserRules: []types.IpRuleItem{item("192.0.2.0/24"), item("203.0.113.0/24")}}))(t)
	if got := rules(); !slices.Equal(got, []string{"203.0.113.0/24", "192.0.2.0/24"}) {
		t.Errorf("%v", got)
	}
	must(c.RevokeIpRules(ctx, &workspaces.RevokeIpRulesInput{GroupId: group, UserRules: []string{"203.0.113.0/24"}}))(t)
	if got := rules(); !slices.Equal(got, []string{"192.0.2.0/24"}) {
		t.Errorf("%v", got)
	}
	_, err = c.UpdateRulesOfIpGroup(ctx, &workspaces.UpdateRulesOfIpGroupInput{GroupId: group, UserRules: many})
	wants(t, "31 rules", err, "ResourceLimitExceededException", "network.ip-group-rules-over-quota")
	must(c.UpdateRulesOfIpGroup(ctx, &workspaces.UpdateRulesOfIpGroupInput{GroupId: group, UserRules: many[:5]}))(t)
	if got := rules(); len(got) != 5 {
		t.Errorf("%v", got)
	}
	directory := aws.String(wkstest.SampleDirectory)
	_, err = c.AssociateIpGroups(ctx, &workspaces.AssociateIpGroupsInput{DirectoryId: directory, GroupIds: []string{"wsipg-00000000"}})
	wants(t, "unknown group", err, "ResourceNotFoundException", "wkstest.unknown-resource")
	must(c.AssociateIpGroups(ctx, &workspaces.AssociateIpGroupsInput{DirectoryId: directory, GroupIds: []string{*group}}))(t)
	out := must(c.DescribeWorkspaceDirectories(ctx, &workspaces.DescribeWorkspaceDirectoriesInput{}))(t)
	if !slices.Equal(out.Directories[0].IpGroupIds, []string{*group}) {
		t.Errorf("%v", out.Directories[0].IpGroupIds)
	}
	_, err = c.DeleteIpGroup(ctx, &workspaces.DeleteIpGroupInput{GroupId: group})
	wants(t, "in use", err, "ResourceAssociatedException", "wkstest.in-use")
	must(c.DisassociateIpGroups(ctx, &workspaces.DisassociateIpGroupsInput{DirectoryId: directory, GroupIds: []string{*group}}))(t)
	must(c.DeleteIpGroup(ctx, &workspaces.DeleteIpGroupInput{GroupId: group}))(t)
	_, err = c.DescribeTags(ctx, &workspaces.DescribeTagsInput{ResourceId: group})
	wants(t, "tags of what is gone", err, "ResourceNotFoundException")
}

func TestTags(t *testing.T) {
	c := start(t, wkstest.Config{}).Client("eu-west-1", once)
	ctx := t.Context()
	id := aws.String(wkstest.SampleDirectory)
	tag := func(k, v string) types.Tag { return types.Tag{Key: &k, Value: &v} }
	create := func(tags ...types.Tag) error {
		_, err := c.CreateTags(ctx, &workspaces.CreateTagsInput{ResourceId: id, Tags: tags})
		return err
	}
	wants(t, "two", create(tag("team", "a"), tag("floor", "1")), "")
	wants(t, "another value", create(tag("team", "b")), "")
	wants(t, "reserved", create(tag("aws:x", "")), "InvalidParameterValuesException", "bundles.tag-reserved")
	var many []types.Tag
	for i := range 49 {
		many = append(many, tag("key"+string(rune('A'+i)), ""))
	}
	many = slices.DeleteFunc(many, func(t types.Tag) bool { return (*t.Key)[3] > 'Z' && (*t.Key)[3] < 'a' })
	for i := range 10 {
		many = append(many, tag("more"+string(rune('0'+i)), ""))
	}
	if len(many) < 49 || len(many) > 50 {
		many = many[:49]
	}
	wants(t, "51 in all", create(many...), "ResourceLimitExceededException", "bundles.tags-too-many")
	must(c.DeleteTags(ctx, &workspaces.DeleteTagsInput{ResourceId: id, TagKeys: []string{"floor", "nothing"}}))(t)
	out := must(c.DescribeTags(ctx, &workspaces.DescribeTagsInput{ResourceId: id}))(t)
	if len(out.TagList) != 1 || *out.TagList[0].Value != "b" {
		t.Errorf("%+v", out.TagList)
	}
}

func TestBundlesAndImages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, wkstest.Config{})
		c := s.Client("eu-west-1", once)
		ctx := t.Context()
		ids, _ := launch(t, c, request("ada"), request("grace", func(q *types.WorkspaceRequest) {
			q.VolumeEncryptionKey, q.RootVolumeEncryptionEnabled = aws.String("arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d-0000-4000-8000-aaaaaaaaaaaa"), aws.Bool(true)
		}))
		image := func(workspace, name string) (*workspaces.CreateWorkspaceImageOutput, error) {
			return c.CreateWorkspaceImage(ctx, &workspaces.CreateWorkspaceImageInput{WorkspaceId: &workspace, Name: &name, Description: aws.String("golden")})
		}
		_, err := image(ids[0], "golden")
		wants(t, "of a WorkSpace that is PENDING", err, "InvalidResourceStateException", "bundles.state-refuses")
		time.Sleep(2 * time.Hour)
		_, err = image(ids[1], "golden")
		wants(t, "of an encrypted one", err, "OperationNotSupportedException", "bundles.image-of-encrypted")
		id := must(image(ids[0], "golden"))(t).ImageId
		_, err = image(ids[0], "golden")
		wants(t, "the name again", err, "ResourceAlreadyExistsException", "byol.image-name-taken")
		bundle := func(name, compute string, root, user string) (*workspaces.CreateWorkspaceBundleOutput, error) {
			in := &workspaces.CreateWorkspaceBundleInput{BundleName: &name, BundleDescription: aws.String("golden"), ImageId: id, ComputeType: &types.ComputeType{Name: types.Compute(compute)}, UserStorage: &types.UserStorage{Capacity: &user}}
			if root != "" {
				in.RootStorage = &types.RootStorage{Capacity: &root}
			}
			return c.CreateWorkspaceBundle(ctx, in)
		}
		_, err = bundle("golden", "STANDARD", "80", "50")
		wants(t, "of an image that is PENDING", err, "ResourceUnavailableException")
		time.Sleep(time.Hour)
		_, err = bundle("golden", "STANDARD", "80", "200")
		wants(t, "volumes", err, "InvalidParameterValuesException", "bundles.volume-pair-not-in-group")
		_, err = bundle("golden", "STANDARD", "80", "10")
		wants(t, "a volume below the image's", err, "InvalidParameterValuesException", "bundles.volume-below-image")
		made := must(bundle("golden", "STANDARD", "", "50"))(t).WorkspaceBundle
		_, err = bundle("golden", "STANDARD", "80", "50")
		wants(t, "the name again", err, "ResourceAlreadyExistsException")
		own := must(c.DescribeWorkspaceBundles(ctx, &workspaces.DescribeWorkspaceBundlesInput{}))(t).Bundles
		if len(own) != 1 || *own[0].BundleId != *made.BundleId || *own[0].Owner != "123456789012" {
			t.Errorf("%+v", own)
		}
		_, err = c.DeleteWorkspaceBundle(ctx, &workspaces.DeleteWorkspaceBundleInput{BundleId: aws.String(wkstest.SampleBundle)})
		wants(t, "AWS's", err, "AccessDeniedException", "wkstest.not-permitted")
		_, err = c.DeleteWorkspaceImage(ctx, &workspaces.DeleteWorkspaceImageInput{ImageId: id})
		wants(t, "an image in use", err, "ResourceAssociatedException", "wkstest.in-use")
		more, _ := launch(t, c, request("barbara", func(q *types.WorkspaceRequest) { q.BundleId = made.BundleId }))
		if len(more) != 1 {
			t.Error("the new bundle launches nothing")
		}
		_, err = c.DeleteWorkspaceBundle(ctx, &workspaces.DeleteWorkspaceBundleInput{BundleId: made.BundleId})
		wants(t, "a bundle in use", err, "ResourceAssociatedException", "wkstest.in-use")

		other := s.Client("us-east-1", once)
		for _, region := range []string{"us-east-1", "us-west-2"} { // not where it is
			_, err = other.CopyWorkspaceImage(ctx, &workspaces.CopyWorkspaceImageInput{Name: aws.String("copy"), SourceImageId: id, SourceRegion: &region})
			wants(t, "copy of an unknown image", err, "ResourceNotFoundException", "wkstest.unknown-resource")
		}
		copied := must(other.CopyWorkspaceImage(ctx, &workspaces.CopyWorkspaceImageInput{Name: aws.String("copy"), SourceImageId: id, SourceRegion: aws.String("eu-west-1")}))(t).ImageId
		_, err = other.UpdateWorkspaceImagePermission(ctx, &workspaces.UpdateWorkspaceImagePermissionInput{ImageId: copied, AllowCopyImage: aws.Bool(true), SharedAccountId: aws.String("210987654321")})
		wants(t, "shared while PENDING", err, "ResourceUnavailableException")
		time.Sleep(time.Hour)
		must(other.UpdateWorkspaceImagePermission(ctx, &workspaces.UpdateWorkspaceImagePermissionInput{ImageId: copied, AllowCopyImage: aws.Bool(true), SharedAccountId: aws.String("210987654321")}))(t)
		perms := must(other.DescribeWorkspaceImagePermissions(ctx, &workspaces.DescribeWorkspaceImagePermissionsInput{ImageId: copied}))(t)
		if len(perms.ImagePermissions) != 1 {
			t.Errorf("%+v", perms)
		}
		_, err = other.DeleteWorkspaceImage(ctx, &workspaces.DeleteWorkspaceImageInput{ImageId: copied})
		wants(t, "a shared image", err, "ResourceAssociatedException")
		must(other.UpdateWorkspaceImagePermission(ctx, &workspaces.UpdateWorkspaceImagePermissionInput{ImageId: copied, AllowCopyImage: aws.Bool(false), SharedAccountId: aws.String("210987654321")}))(t)
		must(other.DeleteWorkspaceImage(ctx, &workspaces.DeleteWorkspaceImageInput{ImageId: copied}))(t)
		if l := must(other.DescribeWorkspaceImages(ctx, &workspaces.DescribeWorkspaceImagesInput{}))(t).Images; len(l) != 0 {
			t.Errorf("%+v", l)
		}
	})
}

func TestPublicBundles(t *testing.T) {
	s := start(t, wkstest.Config{})
	c := s.Client("us-east-1", once)
	n := 0
	elsewhere := workspaces.NewDescribeWorkspaceBundlesPaginator(s.Client("eu-west-1", once), &workspaces.DescribeWorkspaceBundlesInput{Owner: aws.String("AMAZON")})
	for elsewhere.HasMorePages() {
		for _, b := range must(elsewhere.NextPage(t.Context()))(t).Bundles {
			if strings.HasPrefix(string(b.ComputeType.Name), "GRAPHICS_G7") {
				t.Errorf("%s in Ireland", *b.BundleId)
			}
		}
	}
	p := workspaces.NewDescribeWorkspaceBundlesPaginator(c, &workspaces.DescribeWorkspaceBundlesInput{Owner: aws.String("AMAZON")})
	for p.HasMorePages() {
		out := must(p.NextPage(t.Context()))(t)
		if len(out.Bundles) > 25 {
			t.Errorf("%d bundles on a page", len(out.Bundles))
		}
		n += len(out.Bundles)
	}
	if list := wkstest.PublicBundles(); n != len(list) || n < 50 {
		t.Errorf("%d bundles of %d", n, len(list))
	}
	if id := wkstest.PublicBundle(types.ComputeStandard, types.OperatingSystemNameWindowsServer2022, types.ProtocolWsp); id != wkstest.SampleBundle {
		t.Errorf("%s", id)
	}
	// Every one of them can be launched as it is.
	for i, b := range wkstest.PublicBundles() {
		if ids, codes := launch(t, c, request("user-"+string(rune('a'+i/26))+string(rune('a'+i%26)), func(q *types.WorkspaceRequest) { q.BundleId = b.BundleId })); len(ids) != 1 {
			t.Errorf("%s: %v", *b.BundleId, codes)
		}
	}
}

func TestConnectionAliases(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := start(t, wkstest.Config{}).Client("eu-west-1", once)
		ctx := t.Context()
		id := must(c.CreateConnectionAlias(ctx, &workspaces.CreateConnectionAliasInput{ConnectionString: aws.String("desktops.example.com")}))(t).AliasId
		_, err := c.CreateConnectionAlias(ctx, &workspaces.CreateConnectionAliasInput{ConnectionString: aws.String("Desktops.example.com")})
		wants(t, "again", err, "ResourceAlreadyExistsException")
		another := func(name string) error {
			_, err := c.CreateConnectionAlias(ctx, &workspaces.CreateConnectionAliasInput{ConnectionString: &name})
			return err
		}
		wants(t, "another string", another("laptops.example.com"), "")
		directory := aws.String(wkstest.SampleDirectory)
		associate := func() error {
			_, err := c.AssociateConnectionAlias(ctx, &workspaces.AssociateConnectionAliasInput{AliasId: id, ResourceId: directory})
			return err
		}
		wants(t, "while CREATING", associate(), "InvalidResourceStateException")
		time.Sleep(time.Minute)
		wants(t, "associate", associate(), "")
		wants(t, "twice", associate(), "ResourceAssociatedException")
		list := must(c.DescribeConnectionAliases(ctx, &workspaces.DescribeConnectionAliasesInput{ResourceId: directory}))(t).ConnectionAliases
		if len(list) != 1 || list[0].State != types.ConnectionAliasStateCreated || *list[0].Associations[0].ResourceId != *directory {
			t.Errorf("%+v", list)
		}
		remove := func() error {
			_, err := c.DeleteConnectionAlias(ctx, &workspaces.DeleteConnectionAliasInput{AliasId: id})
			return err
		}
		wants(t, "delete while associated", remove(), "ResourceAssociatedException")
		must(c.DisassociateConnectionAlias(ctx, &workspaces.DisassociateConnectionAliasInput{AliasId: id}))(t)
		share := func(allow bool) error {
			_, err := c.UpdateConnectionAliasPermission(ctx, &workspaces.UpdateConnectionAliasPermissionInput{AliasId: id, ConnectionAliasPermission: &types.ConnectionAliasPermission{AllowAssociation: &allow, SharedAccountId: aws.String("210987654321")}})
			return err
		}
		wants(t, "share", share(true), "")
		if p := must(c.DescribeConnectionAliasPermissions(ctx, &workspaces.DescribeConnectionAliasPermissionsInput{AliasId: id}))(t); len(p.ConnectionAliasPermissions) != 1 {
			t.Errorf("%+v", p)
		}
		wants(t, "delete while shared", remove(), "ResourceAssociatedException")
		wants(t, "unshare", share(false), "")
		wants(t, "delete", remove(), "")
		time.Sleep(time.Minute)
		wants(t, "the string of one that is gone", another("desktops.example.com"), "")
		gone := &workspaces.DescribeConnectionAliasesInput{AliasIds: []string{*id}}
		if list := must(c.DescribeConnectionAliases(ctx, gone))(t).ConnectionAliases; len(list) > 0 {
			t.Errorf("gone: %+v", list)
		}
		_, err = start(t, wkstest.Config{Undocumented: wkstest.RefuseUndocumented}).Client("eu-west-1", once).DescribeConnectionAliases(ctx, gone)
		wants(t, "gone, which no document tells", err, "OperationNotSupportedException", "wkstest.undocumented")
	})
}

func TestPools(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		region := wkstest.Sample("eu-west-1")
		pools := region.Directories[0]
		pools.DirectoryId, pools.WorkspaceType = aws.String("d-9067000002"), types.WorkspaceTypePools
		region.Directories = append(region.Directories, pools)
		c := start(t, wkstest.Config{State: &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": region}}}).Client("eu-west-1", once)
		ctx := t.Context()
		create := func(directory string) (*workspaces.CreateWorkspacesPoolOutput, error) {
			return c.CreateWorkspacesPool(ctx, &workspaces.CreateWorkspacesPoolInput{
				PoolName: aws.String("callers"), Description: aws.String("callers"), BundleId: aws.String(wkstest.SampleBundle), DirectoryId: &directory, Capacity: &types.Capacity{DesiredUserSessions: aws.Int32(5)},
			})
		}
		_, err := create(wkstest.SampleDirectory)
		wants(t, "a personal directory", err, "OperationNotSupportedException", "wkstest.wrong-state")
		id := must(create("d-9067000002"))(t).WorkspacesPool.PoolId
		_, err = create("d-9067000002")
		wants(t, "the name again", err, "ResourceAlreadyExistsException")
		begin := func() error {
			_, err := c.StartWorkspacesPool(ctx, &workspaces.StartWorkspacesPoolInput{PoolId: id})
			return err
		}
		wants(t, "start while CREATING", begin(), "InvalidResourceStateException")
		time.Sleep(time.Hour)
		wants(t, "start", begin(), "")
		time.Sleep(time.Hour)
		describe := func() types.WorkspacesPool {
			out := must(c.DescribeWorkspacesPools(ctx, &workspaces.DescribeWorkspacesPoolsInput{Filters: []types.DescribeWorkspacesPoolsFilter{
				{Name: types.DescribeWorkspacesPoolsFilterNamePoolname, Operator: types.DescribeWorkspacesPoolsFilterOperatorContains, Values: []string{"call"}},
			}}))(t)
			if len(out.WorkspacesPools) != 1 {
				return types.WorkspacesPool{}
			}
			return out.WorkspacesPools[0]
		}
		if p := describe(); p.State != types.WorkspacesPoolStateRunning || *p.CapacityStatus.AvailableUserSessions != 5 {
			t.Errorf("%+v", p)
		}
		_, err = c.UpdateWorkspacesPool(ctx, &workspaces.UpdateWorkspacesPoolInput{PoolId: id, RunningMode: types.PoolsRunningModeAlwaysOn})
		wants(t, "the mode while RUNNING", err, "InvalidResourceStateException")
		must(c.UpdateWorkspacesPool(ctx, &workspaces.UpdateWorkspacesPoolInput{PoolId: id, Capacity: &types.Capacity{DesiredUserSessions: aws.Int32(7)}}))(t)
		time.Sleep(time.Hour)
		if p := describe(); *p.CapacityStatus.ActualUserSessions != 7 || *p.Description != "callers" {
			t.Errorf("%+v", p)
		}
		must(c.StopWorkspacesPool(ctx, &workspaces.StopWorkspacesPoolInput{PoolId: id}))(t)
		time.Sleep(time.Hour)
		_, err = c.TerminateWorkspacesPoolSession(ctx, &workspaces.TerminateWorkspacesPoolSessionInput{SessionId: aws.String("01234567-89ab-cdef-0123-456789abcdef")})
		wants(t, "no session", err, "ResourceNotFoundException")
		must(c.TerminateWorkspacesPool(ctx, &workspaces.TerminateWorkspacesPoolInput{PoolId: id}))(t)
		time.Sleep(time.Hour)
		if p := describe(); p.PoolId != nil {
			t.Errorf("%+v", p)
		}
	})
}

func TestAccountAndImports(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := start(t, wkstest.Config{}).Client("eu-west-1", once)
		ctx := t.Context()
		imported := func() error {
			_, err := c.ImportWorkspaceImage(ctx, &workspaces.ImportWorkspaceImageInput{Ec2ImageId: aws.String("ami-0a1b2c3d4e5f60718"), ImageName: aws.String("byol"), ImageDescription: aws.String("byol"), IngestionProcess: types.WorkspaceImageIngestionProcessByolRegularWsp})
			return err
		}
		if err := imported(); !slices.Contains(wkstest.RefusedBy(err), "wkstest.account-not-byol") {
			t.Errorf("%v", err)
		}
		free := must(c.ListAvailableManagementCidrRanges(ctx, &workspaces.ListAvailableManagementCidrRangesInput{ManagementCidrRangeConstraint: aws.String("10.0.0.0/8")}))(t)
		if len(free.ManagementCidrRanges) != 5 || free.NextToken == nil {
			t.Errorf("%+v", free)
		}
		modify := func(cidr string) error {
			_, err := c.ModifyAccount(ctx, &workspaces.ModifyAccountInput{DedicatedTenancySupport: types.DedicatedTenancySupportEnumEnabled, DedicatedTenancyManagementCidrRange: &cidr})
			return err
		}
		wants(t, "outside", modify("8.8.0.0/16"), "InvalidParameterValuesException", "network.management-cidr-outside-parents")
		wants(t, "sound", modify(free.ManagementCidrRanges[0]), "")
		wants(t, "while PENDING", modify(free.ManagementCidrRanges[0]), "InvalidResourceStateException")
		if a := must(c.DescribeAccount(ctx, &workspaces.DescribeAccountInput{}))(t); a.DedicatedTenancySupport != types.DedicatedTenancySupportResultEnumDisabled {
			t.Errorf("%+v", a)
		}
		time.Sleep(5 * time.Hour)
		if a := must(c.DescribeAccount(ctx, &workspaces.DescribeAccountInput{}))(t); a.DedicatedTenancySupport != types.DedicatedTenancySupportResultEnumEnabled || *a.DedicatedTenancyManagementCidrRange != free.ManagementCidrRanges[0] {
			t.Errorf("%+v", a)
		}
		if m := must(c.DescribeAccountModifications(ctx, &workspaces.DescribeAccountModificationsInput{}))(t).AccountModifications; len(m) != 1 || m[0].ModificationState != types.DedicatedTenancyModificationStateEnumCompleted {
			t.Errorf("%+v", m)
		}
		wants(t, "another range", modify(free.ManagementCidrRanges[1]), "InvalidResourceStateException", "wkstest.not-reversible")
		wants(t, "import", imported(), "")
		custom, err := c.ImportCustomWorkspaceImage(ctx, &workspaces.ImportCustomWorkspaceImageInput{
			ImageName: aws.String("custom"), ImageDescription: aws.String("custom"), ComputeType: types.ImageComputeTypeBase, Protocol: types.CustomImageProtocolDcv, OsVersion: types.OSVersionWindows11, Platform: types.PlatformWindows,
			InfrastructureConfigurationArn: aws.String("arn:aws:imagebuilder:eu-west-1:123456789012:infrastructure-configuration/wks"), ImageSource: &types.ImageSourceIdentifierMemberEc2ImageId{Value: "ami-0a1b2c3d4e5f60718"},
		})
		if err != nil {
			t.Fatal(err)
		}
		var states []string
		for range 4 {
			d := must(c.DescribeCustomWorkspaceImageImport(ctx, &workspaces.DescribeCustomWorkspaceImageImportInput{ImageId: custom.ImageId}))(t)
			states = append(states, string(d.State))
			time.Sleep(40 * time.Minute)
		}
		if states[0] != "PENDING" || states[3] != "COMPLETED" || states[1] == "PENDING" {
			t.Errorf("%v", states)
		}
		for _, i := range must(c.DescribeWorkspaceImages(ctx, &workspaces.DescribeWorkspaceImagesInput{ImageType: types.ImageTypeOwned}))(t).Images {
			if i.State != types.WorkspaceImageStateAvailable || i.RequiredTenancy != types.WorkspaceImageRequiredTenancyDedicated {
				t.Errorf("%+v", i)
			}
		}
	})
}

func TestAccountLinks(t *testing.T) {
	const me, other = "123456789012", "210987654321"
	c := start(t, wkstest.Config{State: &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": {AccountLinks: []types.AccountLink{{
		AccountLinkId: aws.String("link-00000001"), SourceAccountId: aws.String(other), TargetAccountId: aws.String(me), AccountLinkStatus: types.AccountLinkStatusEnumPendingAcceptanceByTargetAccount,
	}}}}}}).Client("eu-west-1", once)
	ctx := t.Context()
	invite := func(account string) (*workspaces.CreateAccountLinkInvitationOutput, error) {
		return c.CreateAccountLinkInvitation(ctx, &workspaces.CreateAccountLinkInvitationInput{TargetAccountId: &account})
	}
	_, err := invite(me)
	wants(t, "itself", err, "ValidationException", "byol.link-to-self")
	id := must(invite(other))(t).AccountLink.AccountLinkId
	_, err = invite(other)
	wants(t, "again", err, "ConflictException", "byol.link-exists")
	_, err = c.AcceptAccountLinkInvitation(ctx, &workspaces.AcceptAccountLinkInvitationInput{LinkId: id})
	wants(t, "its own invitation", err, "AccessDeniedException", "wkstest.not-permitted")
	must(c.DeleteAccountLinkInvitation(ctx, &workspaces.DeleteAccountLinkInvitationInput{LinkId: id}))(t)
	theirs := aws.String("link-00000001")
	if l := must(c.AcceptAccountLinkInvitation(ctx, &workspaces.AcceptAccountLinkInvitationInput{LinkId: theirs}))(t).AccountLink; l.AccountLinkStatus != types.AccountLinkStatusEnumLinked {
		t.Errorf("%+v", l)
	}
	_, err = c.RejectAccountLinkInvitation(ctx, &workspaces.RejectAccountLinkInvitationInput{LinkId: theirs})
	if err == nil {
		t.Error("a link is rejected after it was accepted")
	}
	if l := must(c.GetAccountLink(ctx, &workspaces.GetAccountLinkInput{LinkedAccountId: aws.String(other)}))(t).AccountLink; *l.AccountLinkId != *theirs {
		t.Errorf("%+v", l)
	}
	if l := must(c.ListAccountLinks(ctx, &workspaces.ListAccountLinksInput{LinkStatusFilter: []types.AccountLinkStatusEnum{types.AccountLinkStatusEnumLinked}}))(t).AccountLinks; len(l) != 1 {
		t.Errorf("%+v", l)
	}
	if a := must(c.DescribeAccount(ctx, &workspaces.DescribeAccountInput{}))(t); a.DedicatedTenancyAccountType != types.DedicatedTenancyAccountTypeTargetAccount {
		t.Errorf("%+v", a)
	}
}

func TestStandby(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, wkstest.Config{Quotas: map[string]int{"Standby WorkSpaces": 1}})
		primary, standby := s.Client("us-east-1", once), s.Client("us-west-2", once)
		ctx := t.Context()
		ids, _ := launch(t, primary, request("ada"), request("grace"))
		create := func(ids ...string) (made, codes []string) {
			in := &workspaces.CreateStandbyWorkspacesInput{PrimaryRegion: aws.String("us-east-1")}
			for _, id := range ids {
				in.StandbyWorkspaces = append(in.StandbyWorkspaces, types.StandbyWorkspace{DirectoryId: aws.String(wkstest.SampleDirectory), PrimaryWorkspaceId: &id})
			}
			out := must(standby.CreateStandbyWorkspaces(ctx, in))(t)
			for _, p := range out.PendingStandbyRequests {
				made = append(made, *p.WorkspaceId)
			}
			for _, f := range out.FailedStandbyRequests {
				codes = append(codes, *f.ErrorCode)
			}
			return made, codes
		}
		if _, codes := create(ids[0]); !slices.Equal(codes, []string{"InvalidResourceState.WorkSpace"}) {
			t.Errorf("of a PENDING one: %v", codes)
		}
		time.Sleep(time.Hour)
		made, codes := create(ids[0], ids[0], ids[1], "ws-00000000")
		if len(made) != 1 || !slices.Equal(codes, []string{"ResourceExists.WorkSpace", "ResourceLimitExceeded.WorkSpace", "ResourceNotFound.WorkSpace"}) {
			t.Errorf("%v, %v", made, codes)
		}
		time.Sleep(2 * time.Hour)
		w := must(look(ctx, primary, ids[0]))(t).Workspaces[0]
		if len(w.StandbyWorkspacesProperties) != 1 || *w.StandbyWorkspacesProperties[0].StandbyWorkspaceId != made[0] {
			t.Errorf("%+v", w)
		}
		_, err := s.Client("ap-south-1", once).CreateStandbyWorkspaces(ctx, &workspaces.CreateStandbyWorkspacesInput{
			PrimaryRegion: aws.String("us-east-1"), StandbyWorkspaces: []types.StandbyWorkspace{{DirectoryId: aws.String(wkstest.SampleDirectory), PrimaryWorkspaceId: &ids[1]}},
		})
		wants(t, "in a Region without resilience", err, "OperationNotSupportedException", "bundles.standby-not-in-region")
		_, err = standby.ModifyWorkspaceProperties(ctx, &workspaces.ModifyWorkspacePropertiesInput{WorkspaceId: &made[0], WorkspaceProperties: &types.WorkspaceProperties{RunningMode: types.RunningModeAutoStop}})
		wants(t, "the running mode of a standby", err, "InvalidParameterValuesException", "bundles.standby-refuses")
		_, err = standby.ModifyWorkspaceProperties(ctx, &workspaces.ModifyWorkspacePropertiesInput{WorkspaceId: &made[0], DataReplication: types.DataReplicationPrimaryAsSource})
		wants(t, "replication", err, "")
		_, err = primary.ModifyWorkspaceProperties(ctx, &workspaces.ModifyWorkspacePropertiesInput{WorkspaceId: &ids[1], DataReplication: types.DataReplicationPrimaryAsSource})
		wants(t, "replication without a standby", err, "InvalidResourceStateException")
	})
}

// The key of a standby WorkSpace is held against the same rules as that of a launch.
func TestKeyOfStandby(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const account = "arn:aws:kms:us-west-2:123456789012:key/0a1b2c3d-0000-4000-8000-00000000000"
		from, to := wkstest.Sample("us-east-1"), wkstest.Sample("us-west-2")
		from.Keys = nil
		to.Keys = []wkstest.Key{{ARN: account + "1"}, {ARN: account + "2", State: "Disabled"}, {ARN: account + "3", Manager: "AWS"}}
		s := start(t, wkstest.Config{State: &wkstest.State{Regions: map[string]*wkstest.Region{"us-east-1": from, "us-west-2": to}}})
		primary, standby := s.Client("us-east-1", once), s.Client("us-west-2", once)
		encrypted := request("ada")
		encrypted.VolumeEncryptionKey, encrypted.UserVolumeEncryptionEnabled = aws.String(strings.Replace(account, "us-west-2", "us-east-1", 1)+"0"), aws.Bool(true)
		ids, _ := launch(t, primary, encrypted)
		time.Sleep(2 * time.Hour)
		for _, tt := range [][2]string{{account + "9", "encryption.key-not-found"}, {account + "2", "encryption.key-not-enabled"}, {account + "3", "encryption.key-not-customer-managed"}, {account + "1", ""}} {
			key, want := tt[0], tt[1]
			out := must(standby.CreateStandbyWorkspaces(t.Context(), &workspaces.CreateStandbyWorkspacesInput{
				PrimaryRegion:     aws.String("us-east-1"),
				StandbyWorkspaces: []types.StandbyWorkspace{{DirectoryId: aws.String(wkstest.SampleDirectory), PrimaryWorkspaceId: &ids[0], VolumeEncryptionKey: &key}},
			}))(t)
			got := ""
			for _, f := range out.FailedStandbyRequests {
				got = aws.ToString(f.ErrorMessage)
			}
			if want == "" && got != "" || !strings.Contains(got, want) {
				t.Errorf("%s: %q, want %q", key, got, want)
			}
		}
	})
}

func TestBrandingAndAddIns(t *testing.T) {
	c := start(t, wkstest.Config{}).Client("eu-west-1", once)
	ctx := t.Context()
	id := aws.String(wkstest.SampleDirectory)
	both := &types.DefaultImportClientBrandingAttributes{SupportEmail: aws.String("help@example.com"), SupportLink: aws.String("https://help.example.com/")}
	_, err := c.ImportClientBranding(ctx, &workspaces.ImportClientBrandingInput{ResourceId: id, DeviceTypeWeb: both})
	wants(t, "both supports", err, "InvalidParameterValuesException")
	must(c.ImportClientBranding(ctx, &workspaces.ImportClientBrandingInput{ResourceId: id,
		DeviceTypeWeb: &types.DefaultImportClientBrandingAttributes{SupportEmail: both.SupportEmail, Logo: []byte("png"), LoginMessage: map[string]string{"en_US": "Welcome"}},
		DeviceTypeIos: &types.IosImportClientBrandingAttributes{SupportLink: both.SupportLink, Logo2x: []byte("png")},
	}))(t)
	must(c.DeleteClientBranding(ctx, &workspaces.DeleteClientBrandingInput{ResourceId: id, Platforms: []types.ClientDeviceType{types.ClientDeviceTypeDeviceTypeIos}}))(t)
	b := must(c.DescribeClientBranding(ctx, &workspaces.DescribeClientBrandingInput{ResourceId: id}))(t)
	if b.DeviceTypeIos != nil || *b.DeviceTypeWeb.SupportEmail != *both.SupportEmail || b.DeviceTypeWeb.LoginMessage["en_US"] != "Welcome" || b.DeviceTypeWeb.LogoUrl == nil {
		t.Errorf("%+v", b)
	}
	create := func() (*workspaces.CreateConnectClientAddInOutput, error) {
		return c.CreateConnectClientAddIn(ctx, &workspaces.CreateConnectClientAddInInput{ResourceId: id, Name: aws.String("calls"), URL: aws.String("https://calls.example.com/")})
	}
	addIn := must(create())(t).AddInId
	_, err = create()
	wants(t, "the name again", err, "ResourceAlreadyExistsException")
	must(c.UpdateConnectClientAddIn(ctx, &workspaces.UpdateConnectClientAddInInput{AddInId: addIn, ResourceId: id, Name: aws.String("phone")}))(t)
	if l := must(c.DescribeConnectClientAddIns(ctx, &workspaces.DescribeConnectClientAddInsInput{ResourceId: id}))(t).AddIns; len(l) != 1 || *l[0].Name != "phone" || *l[0].URL != "https://calls.example.com/" {
		t.Errorf("%+v", l)
	}
	must(c.DeleteConnectClientAddIn(ctx, &workspaces.DeleteConnectClientAddInInput{AddInId: addIn, ResourceId: id}))(t)
	_, err = c.DeleteConnectClientAddIn(ctx, &workspaces.DeleteConnectClientAddInInput{AddInId: addIn, ResourceId: id})
	wants(t, "twice", err, "ResourceNotFoundException")
}

// Every operation of the API answers: with what it does, or with the error that says that it is not there. None
// answers an empty request with 500.
func TestEveryOperation(t *testing.T) {
	s := start(t, wkstest.Config{})
	hs := httptest.NewServer(s)
	defer hs.Close()
	var lacking []string
	for o := range wire.Operations() {
		response, body := post(t, hs.URL, "WorkspacesService."+o.Name, "{}")
		if response == nil || response.StatusCode >= 500 {
			t.Errorf("%s: %v %s", o.Name, response, body)
			continue
		}
		if response.Header.Get("X-Wks-Rule") == "wkstest.not-implemented" {
			lacking = append(lacking, o.Name)
		}
	}
	want := []string{
		"AssociateWorkspaceApplication", "DeployWorkspaceApplications", "DescribeApplicationAssociations", "DescribeApplications",
		"DescribeBundleAssociations", "DescribeImageAssociations", "DescribeWorkspaceAssociations", "DisassociateWorkspaceApplication",
	}
	if !slices.Equal(lacking, want) {
		t.Errorf("not there: %q, want %q", lacking, want)
	}
}
