package wkstest_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"github.com/aws/smithy-go/middleware"

	"github.com/wksgo/wks/wkstest"
)

// A WorkSpace has the properties that its request asks for, and else those of its bundle. Without a running mode it is ALWAYS_ON, and without minutes
// AUTO_STOP is after an hour.
func TestPropertiesOfLaunches(t *testing.T) {
	bundle := wkstest.PublicBundle(types.ComputePower, types.OperatingSystemNameWindowsServer2022, types.ProtocolPcoip)
	of := func(change func(*types.WorkspaceProperties)) types.WorkspaceProperties {
		p := types.WorkspaceProperties{
			ComputeTypeName: types.ComputePower, OperatingSystemName: types.OperatingSystemNameWindowsServer2022, Protocols: []types.Protocol{types.ProtocolPcoip}, RootVolumeSizeGib: aws.Int32(175), UserVolumeSizeGib: aws.Int32(100),
			RunningMode: types.RunningModeAlwaysOn,
		}
		change(&p)
		return p
	}
	accelerator := &types.GlobalAcceleratorForWorkSpace{Mode: types.AGAModeForWorkSpaceEnumEnabledAuto, PreferredProtocol: types.AGAPreferredProtocolForWorkSpaceTcp}
	for name, tt := range map[string]struct{ asked, want types.WorkspaceProperties }{
		"nothing":   {types.WorkspaceProperties{}, of(func(*types.WorkspaceProperties) {})},
		"always on": {types.WorkspaceProperties{RunningMode: types.RunningModeAlwaysOn}, of(func(*types.WorkspaceProperties) {})},
		"auto stop": {types.WorkspaceProperties{RunningMode: types.RunningModeAutoStop}, of(func(p *types.WorkspaceProperties) {
			p.RunningMode, p.RunningModeAutoStopTimeoutInMinutes = types.RunningModeAutoStop, aws.Int32(60)
		})},
		"minutes": {types.WorkspaceProperties{RunningMode: types.RunningModeAutoStop, RunningModeAutoStopTimeoutInMinutes: aws.Int32(120)}, of(func(p *types.WorkspaceProperties) {
			p.RunningMode, p.RunningModeAutoStopTimeoutInMinutes = types.RunningModeAutoStop, aws.Int32(120)
		})},
		"volumes": {types.WorkspaceProperties{RootVolumeSizeGib: aws.Int32(200), UserVolumeSizeGib: aws.Int32(150)}, of(func(p *types.WorkspaceProperties) {
			p.RootVolumeSizeGib, p.UserVolumeSizeGib = aws.Int32(200), aws.Int32(150)
		})},
		"protocol": {types.WorkspaceProperties{Protocols: []types.Protocol{types.ProtocolWsp}}, of(func(p *types.WorkspaceProperties) { p.Protocols = []types.Protocol{types.ProtocolWsp} })},
		"two": {types.WorkspaceProperties{Protocols: []types.Protocol{types.ProtocolWsp, types.ProtocolPcoip}}, of(func(p *types.WorkspaceProperties) {
			p.Protocols = []types.Protocol{types.ProtocolWsp, types.ProtocolPcoip}
		})},
		"accelerator": {types.WorkspaceProperties{GlobalAccelerator: accelerator}, of(func(p *types.WorkspaceProperties) { p.GlobalAccelerator = accelerator })},
	} {
		_, d, _ := served(t, nil)
		out := must(d.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{
			request("ada", func(q *types.WorkspaceRequest) { q.BundleId, q.WorkspaceProperties = &bundle, &tt.asked }), request("bob", func(q *types.WorkspaceRequest) { q.BundleId = &bundle }),
		}}))(t)
		for _, f := range out.FailedRequests {
			t.Errorf("%s: %s", name, *f.ErrorMessage)
		}
		if len(out.PendingRequests) == 2 {
			answers(t, name, *out.PendingRequests[0].WorkspaceProperties, tt.want)
			answers(t, name+", of the other", *out.PendingRequests[1].WorkspaceProperties, of(func(*types.WorkspaceProperties) {}))
		}
	}
}

// What a rule says of one request of a batch fails that one alone, below its place; what the model says fails the call.
func TestFailuresOfABatch(t *testing.T) {
	tags := func(key string) []types.Tag { return []types.Tag{{Key: &key, Value: aws.String("")}} }
	s, d, _ := served(t, nil)
	out := must(d.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{
		request("ada"), request("bob", func(q *types.WorkspaceRequest) { q.Tags = tags("aws:team") }), request("eve"), request("ADA"),
	}}))(t)
	if len(out.PendingRequests) != 2 || len(out.FailedRequests) != 2 || *out.PendingRequests[0].UserName != "ada" || *out.PendingRequests[1].UserName != "eve" {
		t.Fatalf("%+v", out)
	}
	for i, want := range []string{"bob InvalidParameterValues.WorkSpace Tags[0].Key: ", "ADA ResourceExists.WorkSpace UserName: "} {
		f := out.FailedRequests[i]
		if got := *f.WorkspaceRequest.UserName + " " + *f.ErrorCode + " " + *f.ErrorMessage; !strings.HasPrefix(got, want) {
			t.Errorf("%s, want %s", got, want)
		}
	}
	_, err := d.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{request("kim"), request("dan", func(q *types.WorkspaceRequest) { q.BundleId = aws.String("x") })}})
	refusedAt(t, "the model", err, "ValidationException", "Workspaces[1].BundleId", "wks.pattern-not-matched")
	if n := len(s.State().Regions["eu-west-1"].Workspaces); n != 2 {
		t.Errorf("%d WorkSpaces", n)
	}

	clock := wkstest.NewVirtual(noon)
	from := wkstest.Sample("us-east-1")
	from.Workspaces = []wkstest.Workspace{running("ws-000000001", "ada", types.WorkspaceStateAvailable), running("ws-000000002", "bob", types.WorkspaceStateStopped)}
	to := wkstest.Sample("us-west-2")
	to.Directories[0].DirectoryType = types.WorkspaceDirectoryTypeAdConnector
	standby := start(t, wkstest.Config{Now: clock.Now, State: &wkstest.State{Regions: map[string]*wkstest.Region{"us-east-1": from, "us-west-2": to}}}).Direct("us-west-2")
	create := func(list ...types.StandbyWorkspace) (*workspaces.CreateStandbyWorkspacesOutput, error) {
		return standby.CreateStandbyWorkspaces(t.Context(), &workspaces.CreateStandbyWorkspacesInput{PrimaryRegion: aws.String("us-east-1"), StandbyWorkspaces: list})
	}
	of := func(id string, tags []types.Tag) types.StandbyWorkspace {
		return types.StandbyWorkspace{DirectoryId: aws.String(wkstest.SampleDirectory), PrimaryWorkspaceId: &id, Tags: tags}
	}
	both := must(create(of("ws-000000001", tags("aws:team")), of("ws-000000002", nil)))(t)
	if len(both.PendingStandbyRequests) != 1 || len(both.FailedStandbyRequests) != 1 || *both.PendingStandbyRequests[0].UserName != "bob" {
		t.Fatalf("%+v", both)
	}
	if f := both.FailedStandbyRequests[0]; *f.ErrorCode != "InvalidParameterValues.WorkSpace" || !strings.HasPrefix(*f.ErrorMessage, "Tags[0].Key: ") {
		t.Errorf("%s %s", *f.ErrorCode, *f.ErrorMessage)
	}
	_, err = create(of("ws-000000001", nil), of("x", nil))
	refusedAt(t, "the model", err, "ValidationException", "StandbyWorkspaces[1].PrimaryWorkspaceId", "wks.pattern-not-matched")
}

// An image of a WorkSpace has the system and volumes of that, and the tenancy of the image of its bundle.
func TestImagesOfWorkspaces(t *testing.T) {
	s, d, _ := served(t, func(r *wkstest.Region) {
		r.Images = []wkstest.Image{image("wsi-000000001", me, func(i *wkstest.Image) { i.RequiredTenancy = types.WorkspaceImageRequiredTenancyDedicated }), image("wsi-000000002", me, func(i *wkstest.Image) {
			i.State, i.Ready = types.WorkspaceImageStatePending, noon.Add(time.Hour)
		})}
		r.Bundles = []wkstest.Bundle{{WorkspaceBundle: types.WorkspaceBundle{BundleId: aws.String("wsb-000000001"), ImageId: aws.String("wsi-000000001"), Owner: aws.String(me)}}}
		r.Workspaces = []wkstest.Workspace{running("ws-000000001", "ada", types.WorkspaceStateAvailable, func(w *wkstest.Workspace) { w.BundleId = aws.String("wsb-000000001") }), running("ws-000000002", "bob", types.WorkspaceStateAvailable, func(w *wkstest.Workspace) {
			w.WorkspaceProperties.OperatingSystemName, w.WorkspaceProperties.Protocols, w.System = "", nil, types.OperatingSystemNameUbuntu2204
		})}
	})
	for i, want := range []wkstest.Image{
		{System: types.OperatingSystemNameWindowsServer2022, Protocol: types.ProtocolWsp, WorkspaceImage: types.WorkspaceImage{RequiredTenancy: types.WorkspaceImageRequiredTenancyDedicated, OperatingSystem: &types.OperatingSystem{Type: types.OperatingSystemTypeWindows}}},
		{System: types.OperatingSystemNameUbuntu2204, WorkspaceImage: types.WorkspaceImage{RequiredTenancy: types.WorkspaceImageRequiredTenancyDefault, OperatingSystem: &types.OperatingSystem{Type: types.OperatingSystemTypeLinux}}},
	} {
		out, err := d.CreateWorkspaceImage(t.Context(), &workspaces.CreateWorkspaceImageInput{WorkspaceId: aws.String(fmt.Sprint("ws-00000000", i+1)), Name: aws.String(fmt.Sprint("golden", i)), Description: aws.String("golden")})
		if err != nil {
			t.Errorf("%d: %v", i, err)
			continue
		}
		images := s.State().Regions["eu-west-1"].Images
		got := images[len(images)-1]
		if got.System != want.System || got.Protocol != want.Protocol || got.RequiredTenancy != want.RequiredTenancy || got.Volumes.Root != 175 || got.Volumes.User != 100 || out.RequiredTenancy != want.RequiredTenancy || out.OperatingSystem.Type != want.OperatingSystem.Type {
			t.Errorf("%d: %+v", i, got)
		}
	}
	copyOf := func(id string) error {
		_, err := d.CopyWorkspaceImage(t.Context(), &workspaces.CopyWorkspaceImageInput{Name: aws.String("copy"), SourceImageId: &id, SourceRegion: aws.String("eu-west-1")})
		return err
	}
	refusedAt(t, "a copy of one that is PENDING", copyOf("wsi-000000002"), "ResourceUnavailableException", "SourceImageId", "wkstest.not-available")
	refusedAt(t, "a copy of none", copyOf("wsi-000000009"), "ResourceNotFoundException", "SourceImageId", "wkstest.unknown-resource")
	_, err := d.CreateWorkspaceImage(t.Context(), &workspaces.CreateWorkspaceImageInput{WorkspaceId: aws.String("ws-000000009"), Name: aws.String("golden"), Description: aws.String("golden")})
	refusedAt(t, "of no WorkSpace", err, "ResourceNotFoundException", "WorkspaceId", "wkstest.unknown-resource")
	_, imported := d.ImportWorkspaceImage(t.Context(), &workspaces.ImportWorkspaceImageInput{Ec2ImageId: aws.String("ami-0a1b2c3d4e5f60718"), ImageName: aws.String("byol"), ImageDescription: aws.String("byol"), IngestionProcess: types.WorkspaceImageIngestionProcessByolRegularWsp})
	_, custom := d.ImportCustomWorkspaceImage(t.Context(), &workspaces.ImportCustomWorkspaceImageInput{
		ImageName: aws.String("custom"), ImageDescription: aws.String("custom"), ComputeType: types.ImageComputeTypeBase, Protocol: types.CustomImageProtocolDcv, OsVersion: types.OSVersionWindows11, Platform: types.PlatformWindows,
		InfrastructureConfigurationArn: aws.String("arn:aws:imagebuilder:eu-west-1:123456789012:infrastructure-configuration/wks"), ImageSource: &types.ImageSourceIdentifierMemberEc2ImageId{Value: "ami-0a1b2c3d4e5f60718"},
	})
	for what, err := range map[string]error{"import": imported, "custom import": custom} {
		refusedAt(t, what+" without BYOL", err, "InvalidParameterValuesException", "", "wkstest.account-not-byol")
	}
}

// AmazonBundles stand beside the public ones, or in the place of one; NoPublicBundles takes the others away.
func TestAmazonBundles(t *testing.T) {
	amazon := func(id, name string) wkstest.Bundle {
		return wkstest.Bundle{WorkspaceBundle: types.WorkspaceBundle{BundleId: &id, Name: &name, Owner: aws.String("AMAZON")}}
	}
	all := func(change func(r *wkstest.Region)) (names map[string]string, last string) {
		_, d, _ := served(t, change)
		names = map[string]string{}
		p := workspaces.NewDescribeWorkspaceBundlesPaginator(d, &workspaces.DescribeWorkspaceBundlesInput{Owner: aws.String("AMAZON")})
		for p.HasMorePages() {
			for _, b := range must(p.NextPage(t.Context()))(t).Bundles {
				last = *b.BundleId
				names[last] = *b.Name
			}
		}
		return names, last
	}
	public, _ := all(nil)
	own := []wkstest.Bundle{amazon(wkstest.SampleBundle, "in its place"), amazon("wsb-000000001", "beside")}
	got, last := all(func(r *wkstest.Region) { r.AmazonBundles = own })
	public[wkstest.SampleBundle], public["wsb-000000001"] = "in its place", "beside"
	answers(t, "beside them", got, public)
	answers(t, "the last", last, "wsb-000000001")
	got, _ = all(func(r *wkstest.Region) { r.AmazonBundles, r.NoPublicBundles = own, true })
	answers(t, "without them", got, map[string]string{wkstest.SampleBundle: "in its place", "wsb-000000001": "beside"})
	got, _ = all(func(r *wkstest.Region) { r.NoPublicBundles = true })
	answers(t, "none", got, map[string]string{})
	if again, _ := all(nil); again["wsb-000000001"] != "" || again[wkstest.SampleBundle] == "in its place" {
		t.Error("the bundles of one server are in another")
	}
}

// An export tells of every kind of resource, with its tags. The account is the one that owns the most of it.
func TestExportTellsAll(t *testing.T) {
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"describe-workspace-bundles":  `{"Bundles":[{"BundleId":"wsb-000000001","Owner":"AMAZON"},{"BundleId":"wsb-000000002","Owner":"222222222222"},{"BundleId":"wsb-000000003","Owner":"222222222222"}]}`,
		"describe-workspace-images":   `{"Images":[{"ImageId":"wsi-000000001","OwnerAccountId":"111111111111"},{"ImageId":"wsi-000000002","OwnerAccountId":"111111111111"}]}`,
		"describe-connection-aliases": `{"ConnectionAliases":[{"AliasId":"wsca-000000001"}]}`,
		"describe-workspaces-pools":   `{"WorkspacesPools":[{"PoolId":"wspool-000000001"}]}`,
		"describe-ip-groups":          `{"Result":[{"groupId":"wsipg-000000001"}]}`,
		"describe-subnets":            `{"Subnets":[{"SubnetId":"subnet-1","OwnerId":"111111111111"},{"SubnetId":"subnet-2","OwnerId":"owner"},{"SubnetId":"subnet-3","OwnerId":"owner"},{"SubnetId":"subnet-4","OwnerId":"owner"},{"SubnetId":"subnet-5","OwnerId":"owner"}]}`,
		"describe-tags-wsi-000000001": `{"TagList":[{"Key":"of","Value":"file"}]}`,
		"get-resources": `{"ResourceTagMappingList":[{"ResourceARN":"arn:aws:workspaces:eu-west-1:111111111111:workspaceimage/wsi-000000001","Tags":[{"Key":"of","Value":"all"}]},
			{"ResourceARN":"arn:aws:workspaces:eu-west-1:111111111111:workspacebundle/wsb-000000002","Tags":[{"Key":"of","Value":"all"}]},{"ResourceARN":"arn:aws:workspaces:eu-west-1:111111111111:connectionalias/wsca-000000001","Tags":[{"Key":"of","Value":"alias"}]},
			{"ResourceARN":"arn:aws:workspaces:eu-west-1:111111111111:workspacespool/wspool-000000001","Tags":[{"Key":"of","Value":"pool"}]},{"ResourceARN":"arn:aws:workspaces:eu-west-1:111111111111:workspaceipgroup/wsipg-000000001","Tags":[{"Key":"of","Value":"group"}]}]}`,
	} {
		files["eu-west-1/"+name+".json"] = &fstest.MapFile{Data: []byte(text)}
	}
	s, err := wkstest.ReadExport(files)
	if err != nil {
		t.Fatal(err)
	}
	answers(t, "the account", s.AccountID, "111111111111")
	r := s.Regions["eu-west-1"]
	tag := func(v string) []types.Tag { return []types.Tag{{Key: aws.String("of"), Value: &v}} }
	answers(t, "of AMAZON", r.AmazonBundles, []wkstest.Bundle{{WorkspaceBundle: types.WorkspaceBundle{BundleId: aws.String("wsb-000000001"), Owner: aws.String("AMAZON")}}})
	owner := aws.String("222222222222")
	answers(t, "bundles", r.Bundles, []wkstest.Bundle{{WorkspaceBundle: types.WorkspaceBundle{BundleId: aws.String("wsb-000000002"), Owner: owner}, Tags: tag("all")}, {WorkspaceBundle: types.WorkspaceBundle{BundleId: aws.String("wsb-000000003"), Owner: owner}}})
	owner = aws.String("111111111111")
	answers(t, "images", r.Images, []wkstest.Image{{WorkspaceImage: types.WorkspaceImage{ImageId: aws.String("wsi-000000001"), OwnerAccountId: owner}, Tags: tag("file")}, {WorkspaceImage: types.WorkspaceImage{ImageId: aws.String("wsi-000000002"), OwnerAccountId: owner}}})
	answers(t, "aliases", r.Aliases, []wkstest.Alias{{ConnectionAlias: types.ConnectionAlias{AliasId: aws.String("wsca-000000001")}, Tags: tag("alias")}})
	answers(t, "pools", r.Pools, []wkstest.Pool{{WorkspacesPool: types.WorkspacesPool{PoolId: aws.String("wspool-000000001")}, Tags: tag("pool")}})
	answers(t, "groups", r.IPGroups, []wkstest.IPGroup{{WorkspacesIpGroup: types.WorkspacesIpGroup{GroupId: aws.String("wsipg-000000001")}, Tags: tag("group")}})
	for name := range files {
		if strings.HasSuffix(name, "get-resources.json") {
			continue
		}
		bad := fstest.MapFS{name: {Data: []byte(`[]`)}}
		if _, err := wkstest.ReadExport(bad); err == nil || err.Error() != "wkstest: ReadExport: "+name+": the document is no object" {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, key := range map[string]string{"describe-key-1.json": "[]", "list-grants-1.json": "{}", "get-resources.json": ""} {
		bad := fstest.MapFS{"eu-west-1/" + name: {Data: []byte("[]")}}
		if name == "list-grants-1.json" {
			bad["eu-west-1/describe-key-1.json"] = &fstest.MapFile{Data: []byte(key)}
		}
		if _, err := wkstest.ReadExport(bad); err == nil || err.Error() != "wkstest: ReadExport: eu-west-1/"+name+": the document is no object" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := wkstest.ReadExport(nil); err == nil || err.Error() != "wkstest: ReadExport: there is no folder to read" {
		t.Error(err)
	}
}

// A DirectClient calls operations alone: it fails for another request, and for an operation of which options take the SDK's parts away.
func TestDirectClientRefuses(t *testing.T) {
	s := start(t, wkstest.Config{})
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://workspaces.example/", nil)
	if err != nil {
		t.Fatal(err)
	}
	if response, err := s.DirectClient("eu-west-1").Options().HTTPClient.Do(r); err == nil || err.Error() != "wkstest: a DirectClient was asked for something else than an operation" {
		t.Errorf("%v, %v", response, err)
	}
	for name, change := range map[string]func(*middleware.Stack) error{
		"no serializer": func(stack *middleware.Stack) error {
			_, err := stack.Serialize.Remove("OperationSerializer")
			return err
		},
		"no deserializer": func(stack *middleware.Stack) error {
			_, err := stack.Deserialize.Remove("OperationDeserializer")
			return err
		},
	} {
		c := s.DirectClient("eu-west-1", func(o *workspaces.Options) {
			o.APIOptions = append([]func(*middleware.Stack) error{change}, o.APIOptions...)
		}, once)
		if out, err := c.DescribeAccount(t.Context(), nil); err == nil {
			t.Errorf("%s: %+v", name, out)
		}
	}
}
