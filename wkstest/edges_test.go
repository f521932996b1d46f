package wkstest_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
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

// A text or a blob that ends too early is no JSON, wherever it stands.
func TestBodiesThatEndEarly(t *testing.T) {
	const want = "the body is not JSON: unexpected end of JSON input"
	shape(t, `{"UserName":"a`, new(workspaces.DescribeWorkspacesInput), want)
	shape(t, `{"DeviceTypeWeb":{"Logo":"AA`, new(workspaces.ImportClientBrandingInput), want)
	for _, text := range []string{`"2026-09-10T12:00`, `"2026-09-10T12:00:00Z`} {
		_, err := wkstest.Load(strings.NewReader(`{"Regions":{"eu-west-1":{"Account":{"Pending":` + text))
		if err == nil || err.Error() != "wkstest: Load: "+want {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// What the protocol cannot carry is a mistake of the program: it panics where a value is read, and is told where Override returns one.
func TestKindsThatAreNotCarried(t *testing.T) {
	func() {
		defer func() {
			if r := recover(); r != "wkstest: no decoding of chan int" {
				t.Errorf("%v", r)
			}
		}()
		_ = wkstest.DecodeJSON([]byte(`{"C":1}`), new(struct{ C chan int }))
	}()
	var out any
	s := start(t, wkstest.Config{Override: func(context.Context, string, any) (any, bool, error) { return out, true, nil }})
	for want, value := range map[string]any{
		"Config.Override returned a float64: wkstest: no encoding of float64":                        1.5,
		"Config.Override returned a map[string]interface {}: wkstest: no encoding of interface {}":   map[string]any{"NextToken": "a"},
		"Config.Override returned a struct { C chan int }: wkstest: no encoding of chan int":         struct{ C chan int }{make(chan int)},
		"Config.Override returned a struct { A interface {} }: wkstest: no encoding of interface {}": struct{ A any }{1},
	} {
		out = value
		_, err := s.Direct("eu-west-1").DescribeTags(t.Context(), &workspaces.DescribeTagsInput{ResourceId: aws.String("ws-01234567")})
		wants(t, want, err, "InternalServerException", "wkstest.override")
		answers(t, want, messageOf(err), want)
	}
}

// A union has the one member that is there, and none where the SDK does not know it. Plain bytes stand as they are.
func TestWhatIsSaved(t *testing.T) {
	for _, tt := range []struct {
		source types.ImageSourceIdentifier
		want   string
	}{
		{&types.ImageSourceIdentifierMemberEc2ImageId{Value: "ami-1"}, `"Source":{"Ec2ImageId":"ami-1"},`}, {&types.UnknownUnionMember{Tag: "Other"}, `"Source":{},`},
		{(*types.ImageSourceIdentifierMemberEc2ImageId)(nil), `"Source":null,`}, {nil, ""},
	} {
		var b bytes.Buffer
		state := &wkstest.State{AccountID: me, Regions: map[string]*wkstest.Region{"eu-west-1": {Images: []wkstest.Image{{Import: &wkstest.CustomImport{Source: tt.source, Infrastructure: "a<b> & ~c"}}}}}}
		if err := state.Save(&b); err != nil {
			t.Fatal(err)
		}
		if want := `"Import":{` + tt.want + `"Infrastructure":"a<b> & ~c"`; !strings.Contains(b.String(), want) || !strings.HasSuffix(b.String(), "}\n") {
			t.Errorf("%s, want %s", b.String(), want)
		}
	}
	if err := (&wkstest.State{}).Save(failingWriter{}); !errors.Is(err, io.ErrClosedPipe) {
		t.Error(err)
	}
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

// A request that is none of HTTP any more is refused by a DirectClient.
func TestDirectClientWithoutHTTP(t *testing.T) {
	c := start(t, wkstest.Config{}).DirectClient("eu-west-1", once, func(o *workspaces.Options) {
		o.APIOptions = append(o.APIOptions, func(stack *middleware.Stack) error {
			return stack.Deserialize.Insert(middleware.DeserializeMiddlewareFunc("other", func(ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler) (middleware.DeserializeOutput, middleware.Metadata, error) {
				in.Request = "a text"
				return next.HandleDeserialize(ctx, in)
			}), "wkstest.Direct", middleware.Before)
		})
	})
	_, err := c.DescribeAccount(t.Context(), &workspaces.DescribeAccountInput{})
	if err == nil || err.Error() != "operation error WorkSpaces: DescribeAccount, wkstest: the SDK's request is none of HTTP" {
		t.Error(err)
	}
}

// A folderless is a folder of which one part cannot be listed.
type folderless struct {
	fstest.MapFS
	name string
}

func (f folderless) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == f.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return f.MapFS.ReadDir(name)
}

// An export that cannot be read is told, by the name of what cannot.
func TestExportsThatCannotBeRead(t *testing.T) {
	missing := os.DirFS(t.TempDir() + "/missing")
	one := fstest.MapFS{"eu-west-1/describe-account.json": {Data: []byte("{}")}}
	for want, folder := range map[string]fs.FS{
		"wkstest: ReadExport: open .: no such file or directory":                    missing,
		"wkstest: ReadExport: open .: permission denied":                            folderless{one, "."},
		"wkstest: ReadExport: open eu-west-1: permission denied":                    folderless{one, "eu-west-1"},
		"wkstest: ReadExport: eu-west-1/describe-workspaces.json: invalid argument": fstest.MapFS{"eu-west-1/describe-workspaces.json/a": {}},
		"wkstest: ReadExport: no folder has the name of a Region":                   fstest.MapFS{"eu-west-1": {}},
	} {
		_, err := wkstest.ReadExport(folder)
		if err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// The grants of a key that the exported WorkSpaces hold are taken off those that are listed, down to none.
func TestGrantsOfExportedKeys(t *testing.T) {
	const account = "arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-0000-4000-8000-00000000000"
	files := fstest.MapFS{"eu-west-1/describe-workspaces.json": {Data: []byte(`{"Workspaces":[
		{"WorkspaceId":"ws-000000001","VolumeEncryptionKey":"` + account + `1","UserVolumeEncryptionEnabled":true},
		{"WorkspaceId":"ws-000000002","VolumeEncryptionKey":"` + account + `1","UserVolumeEncryptionEnabled":true},
		{"WorkspaceId":"ws-000000003","VolumeEncryptionKey":"` + account + `2","UserVolumeEncryptionEnabled":true},
		{"WorkspaceId":"ws-000000004"}]}`)}}
	for id, grants := range map[string]int{"1": 7, "2": 1, "3": 4} {
		files["eu-west-1/describe-key-"+id+".json"] = &fstest.MapFile{Data: []byte(`{"KeyMetadata":{"Arn":"` + account + id + `"}}`)}
		files["eu-west-1/list-grants-"+id+".json"] = &fstest.MapFile{Data: []byte(`{"Grants":[{}` + strings.Repeat(`,{}`, grants-1) + `]}`)}
	}
	var got []int
	for _, k := range must(wkstest.ReadExport(files))(t).Regions["eu-west-1"].Keys {
		got = append(got, k.Grants)
	}
	answers(t, "grants", got, []int{3, 0, 4})
}

// A WorkSpace that is gone for two reasons at once gives its address back once.
func TestGoneOnce(t *testing.T) {
	s, d, clock := served(t, func(r *wkstest.Region) {
		r.Subnets, r.Directories[0].SubnetIds = []wkstest.Subnet{{SubnetID: "subnet-0a1b2c3d", Available: aws.Int(0)}}, []string{"subnet-0a1b2c3d"}
		m := &wkstest.Migration{SourceID: "ws-000000001", TargetID: "ws-000000002", BundleID: wkstest.SampleBundle, Started: noon, Until: noon.Add(time.Hour)}
		r.Workspaces = []wkstest.Workspace{
			running("ws-000000001", "ada", types.WorkspaceStateTerminating, func(w *wkstest.Workspace) {
				w.SubnetId, w.Migration, w.Ready = aws.String("subnet-0a1b2c3d"), m, noon.Add(time.Hour)
			}),
			running("ws-000000002", "ada", types.WorkspaceStatePending, func(w *wkstest.Workspace) { w.Migration = m }),
		}
	})
	pass(t, clock, 2*time.Hour)
	list := s.State().Regions["eu-west-1"].Workspaces
	if len(list) != 1 || *list[0].WorkspaceId != "ws-000000002" || list[0].State != types.WorkspaceStateAvailable {
		t.Fatalf("%+v", list)
	}
	var failed []string
	for _, f := range must(d.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{request("bob"), request("eve")}}))(t).FailedRequests {
		failed = append(failed, *f.WorkspaceRequest.UserName+": "+*f.ErrorCode)
	}
	answers(t, "failed", failed, []string{"eve: ResourceUnavailable.WorkSpace"})
}

// A standby WorkSpace is refused where no document permits one, or where there is no room for it, each with the rule.
func TestStandbysThatAreRefused(t *testing.T) {
	for want, tt := range map[string]struct {
		to          func(*wkstest.Region)
		primary     func(*wkstest.Workspace)
		replication types.DataReplication
	}{
		"OperationNotSupported.WorkSpace DataReplication: data replication does not work with Simple AD [bundles.standby-simple-ad]": {replication: types.DataReplicationPrimaryAsSource},
		"ResourceUnavailable.WorkSpace DirectoryId: no subnet of " + wkstest.SampleDirectory + " has a free address [wkstest.no-free-address]": {to: func(r *wkstest.Region) {
			r.Subnets, r.Directories[0].SubnetIds = []wkstest.Subnet{{SubnetID: "subnet-0a1b2c3d", Available: aws.Int(0)}}, []string{"subnet-0a1b2c3d"}
		}},
		`ResourceNotFound.User UserName: ` + wkstest.SampleDirectory + ` has no user "ADA" [wkstest.user-unknown]`: {to: func(r *wkstest.Region) { r.Directories[0].Users = []string{"bob"} }, primary: func(w *wkstest.Workspace) { w.UserName = aws.String("ADA") }},
		"": {to: func(r *wkstest.Region) { r.Directories[0].Users = []string{"bob", "Ada"} }, primary: func(w *wkstest.Workspace) { w.UserName = aws.String("aDA") }},
	} {
		from, to := wkstest.Sample("us-east-1"), wkstest.Sample("us-west-2")
		from.Workspaces = []wkstest.Workspace{running("ws-000000001", "ada", types.WorkspaceStateAvailable)}
		if tt.primary != nil {
			tt.primary(&from.Workspaces[0])
		}
		if tt.to != nil {
			tt.to(to)
		}
		s := start(t, wkstest.Config{Now: wkstest.NewVirtual(noon).Now, State: &wkstest.State{Regions: map[string]*wkstest.Region{"us-east-1": from, "us-west-2": to}}})
		out := must(s.Direct("us-west-2").CreateStandbyWorkspaces(t.Context(), &workspaces.CreateStandbyWorkspacesInput{PrimaryRegion: aws.String("us-east-1"), StandbyWorkspaces: []types.StandbyWorkspace{
			{DirectoryId: aws.String(wkstest.SampleDirectory), PrimaryWorkspaceId: aws.String("ws-000000001"), DataReplication: tt.replication},
		}}))(t)
		got := ""
		for _, f := range out.FailedStandbyRequests {
			got = *f.ErrorCode + " " + *f.ErrorMessage
		}
		if made := s.State().Regions["us-west-2"].Workspaces; got != want || len(made) != len(out.PendingStandbyRequests) || (len(made) == 1) != (want == "") {
			t.Errorf("%q, %d made, want %q", got, len(made), want)
		}
	}
}

// A value that the model's enumeration lacks is refused, unless the edition knows it.
func TestValuesOfEnumerations(t *testing.T) {
	s, _, _ := served(t, func(r *wkstest.Region) {
		r.Workspaces = []wkstest.Workspace{running("ws-000000001", "ada", types.WorkspaceStateAvailable)}
	})
	r := httptest.NewRequest(http.MethodPost, "https://workspaces.eu-west-1.amazonaws.com/", strings.NewReader(`{"WorkspaceId":"ws-000000001","WorkspaceState":"ASLEEP"}`))
	r.Header.Set("X-Amz-Target", "WorkspacesService.ModifyWorkspaceState")
	response := must(s.RoundTrip(r))(t)
	body := string(must(io.ReadAll(response.Body))(t))
	if response.StatusCode != 400 || response.Header.Get("X-Wks-Rule") != "wks.enum-value-unknown" || !strings.HasPrefix(body, `{"__type":"ValidationException","message":"WorkspaceState: `) {
		t.Errorf("%d %s %s", response.StatusCode, response.Header.Get("X-Wks-Rule"), body)
	}
	if state := s.State().Regions["eu-west-1"].Workspaces[0].State; state != types.WorkspaceStateAvailable {
		t.Errorf("%s", state)
	}
}

// Each public bundle has both volumes.
func TestVolumesOfPublicBundles(t *testing.T) {
	list := wkstest.PublicBundles()
	if len(list) == 0 {
		t.Error("there are none")
	}
	for _, b := range list {
		if n := []string{*b.RootStorage.Capacity, *b.UserStorage.Capacity}; slices.Contains(n, "0") || slices.Contains(n, "") {
			t.Errorf("%s: %q", *b.BundleId, n)
		}
	}
}

// An account with more groups than the quota, which was raised, changes the rules of a group, and associates one.
func TestGroupsBeyondTheQuota(t *testing.T) {
	_, d, _ := served(t, func(r *wkstest.Region) {
		for i := range 150 {
			r.IPGroups = append(r.IPGroups, groupOf("wsipg-"+strings.Repeat("0", 6)+string(rune('0'+i/100))+string(rune('0'+i/10%10))+string(rune('0'+i%10)), "group"+string(rune(i)), "192.0.2.0/24"))
		}
	})
	id, rules := aws.String("wsipg-000000001"), groupOf("", "", "198.51.100.0/24").UserRules
	_, err := d.UpdateRulesOfIpGroup(t.Context(), &workspaces.UpdateRulesOfIpGroupInput{GroupId: id, UserRules: rules})
	wants(t, "update", err, "")
	_, err = d.AuthorizeIpRules(t.Context(), &workspaces.AuthorizeIpRulesInput{GroupId: id, UserRules: groupOf("", "", "203.0.113.0/24").UserRules})
	wants(t, "authorize", err, "")
	_, err = d.AssociateIpGroups(t.Context(), &workspaces.AssociateIpGroupsInput{DirectoryId: aws.String(wkstest.SampleDirectory), GroupIds: []string{*id}})
	wants(t, "associate", err, "")
	_, err = d.AuthorizeIpRules(t.Context(), &workspaces.AuthorizeIpRulesInput{GroupId: id, UserRules: groupOf("", "", sources(30)...).UserRules})
	refusedAt(t, "too many rules", err, "ResourceLimitExceededException", "UserRules", "network.ip-group-rules-over-quota")
	_, err = d.CreateIpGroup(t.Context(), &workspaces.CreateIpGroupInput{GroupName: aws.String("more")})
	refusedAt(t, "one more", err, "ResourceLimitExceededException", "Result", "network.ip-groups-over-quota")
}
