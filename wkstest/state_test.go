package wkstest_test

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/wkstest"
)

// A server that was saved and loaded in the middle of everything goes on as if nothing had happened.
func TestSaveAndLoad(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, wkstest.Config{})
		c := s.Client("eu-west-1", once)
		ctx := t.Context()
		ids, codes := launch(t, c, request("ada"), request("grace", func(q *types.WorkspaceRequest) {
			q.Tags = []types.Tag{{Key: aws.String("team"), Value: aws.String("Büro 1")}}
		}), request("barbara"))
		if len(ids) != 3 {
			t.Fatal(codes)
		}
		time.Sleep(13 * time.Hour)
		more, _ := launch(t, c, request("edith"))
		must(c.ModifyWorkspaceProperties(ctx, &workspaces.ModifyWorkspacePropertiesInput{WorkspaceId: &ids[0], WorkspaceProperties: &types.WorkspaceProperties{UserVolumeSizeGib: aws.Int32(100)}}))(t)
		to := wkstest.PublicBundle(types.ComputePerformance, types.OperatingSystemNameWindowsServer2022, types.ProtocolWsp)
		target := must(c.MigrateWorkspace(ctx, &workspaces.MigrateWorkspaceInput{SourceWorkspaceId: &ids[1], BundleId: &to}))(t).TargetWorkspaceId
		must(c.TerminateWorkspaces(ctx, &workspaces.TerminateWorkspacesInput{TerminateWorkspaceRequests: []types.TerminateRequest{{WorkspaceId: &ids[2]}}}))(t)
		group := must(c.CreateIpGroup(ctx, &workspaces.CreateIpGroupInput{GroupName: aws.String("office"), GroupDesc: aws.String("<the> \"office\"\n\u2028")}))(t).GroupId
		alias := must(c.CreateConnectionAlias(ctx, &workspaces.CreateConnectionAliasInput{ConnectionString: aws.String("desktops.example.com")}))(t).AliasId

		var saved bytes.Buffer
		if err := s.Save(&saved); err != nil {
			t.Fatal(err)
		}
		state, err := wkstest.Load(bytes.NewReader(saved.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		again := start(t, wkstest.Config{State: state})
		var second bytes.Buffer
		if err := again.Save(&second); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(saved.Bytes(), second.Bytes()) {
			t.Errorf("saved again, the state is\n%s, was\n%s", second.Bytes(), saved.Bytes())
		}
		for _, wait := range []time.Duration{0, time.Minute, 30 * time.Minute, 3 * time.Hour} {
			time.Sleep(wait)
			var views []string
			for _, c := range []*workspaces.Client{c, again.Client("eu-west-1", once)} {
				out := must(c.DescribeWorkspaces(ctx, &workspaces.DescribeWorkspacesInput{}))(t)
				aliases := must(c.DescribeConnectionAliases(ctx, &workspaces.DescribeConnectionAliasesInput{}))(t)
				groups := must(c.DescribeIpGroups(ctx, &workspaces.DescribeIpGroupsInput{}))(t)
				text := fmt.Sprint(aliases.ConnectionAliases[0].State, *aliases.ConnectionAliases[0].AliasId == *alias, *groups.Result[0].GroupId == *group)
				for _, w := range out.Workspaces {
					text += fmt.Sprint(" ", *w.WorkspaceId, w.State, *w.BundleId, *w.WorkspaceProperties.UserVolumeSizeGib, len(w.ModificationStates), aws.ToString(w.IpAddress))
				}
				tags := must(c.DescribeTags(ctx, &workspaces.DescribeTagsInput{ResourceId: group}))(t)
				views = append(views, text+fmt.Sprint(len(tags.TagList)))
			}
			if views[0] != views[1] {
				t.Errorf("after %s:\n%s\n%s", wait, views[0], views[1])
			}
		}
		if out := must(look(ctx, again.Client("eu-west-1", once), *target))(t); len(out.Workspaces) != 1 || out.Workspaces[0].State != types.WorkspaceStateAvailable || *out.Workspaces[0].UserName != "grace" {
			t.Errorf("%+v", out.Workspaces)
		}
		// What is launched next has the same ID on both.
		a, _ := launch(t, c, request("jean"))
		b, _ := launch(t, again.Client("eu-west-1", once), request("jean"))
		if !slices.Equal(a, b) || slices.Contains(ids, a[0]) || a[0] == more[0] {
			t.Errorf("%v, %v", a, b)
		}
	})
}

func TestLoadErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":               "not JSON",
		`{"Regions":[]}`: "Regions is no object",
		`{"Regions":{"eu-west-1":{"Workspaces":[{"State":1}]}}}`: "Regions.eu-west-1.Workspaces[0].State is no string",
	} {
		if _, err := wkstest.Load(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// A folder of CLI exports becomes an account: what it tells is there, and the grants of its keys count.
func TestReadExport(t *testing.T) {
	const key = "arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"firewall.txt":                                  "10.0.0.0/8",
		"us-west-2/describe-subnets.json":               `{"Subnets":[{"SubnetId":"subnet-0b22000000000001a","VpcId":"vpc-1","AvailabilityZoneId":"usw2-az1","CidrBlock":"172.31.16.0/24","AvailableIpAddressCount":7}]}`,
		"us-west-2/describe-workspace-directories.json": `{"Directories":[{"DirectoryId":"d-9267a1b2c3","State":"REGISTERED","SubnetIds":["subnet-0b22000000000001a"],"ipGroupIds":["wsipg-12345678"]}]}`,
		"us-west-2/describe-workspaces.json": "\ufeff" + `{"Workspaces":[{"WorkspaceId":"ws-0a1b2c3d4","DirectoryId":"d-9267a1b2c3","UserName":"grace","State":"AVAILABLE","BundleId":"wsb-gm4d5tx2v","SubnetId":"subnet-0b22000000000001a","IpAddress":"172.31.16.40",
			"VolumeEncryptionKey":"` + key + `","UserVolumeEncryptionEnabled":true,"RootVolumeEncryptionEnabled":true,"WorkspaceProperties":{"RunningMode":"ALWAYS_ON","RootVolumeSizeGib":80,"UserVolumeSizeGib":50,"ComputeTypeName":"STANDARD"}}]}`,
		"us-west-2/describe-workspace-bundles.json":                        `{"Bundles":[{"BundleId":"wsb-gm4d5tx2v","Owner":"111122223333","ComputeType":{"Name":"STANDARD"},"CreationTime":"2026-06-01T09:00:00.123000+00:00"}]}`,
		"us-west-2/describe-ip-groups.json":                                `{"Result":[{"groupId":"wsipg-12345678","groupName":"office","userRules":[{"ipRule":"203.0.113.0/24","ruleDesc":"x"}]}]}`,
		"us-west-2/describe-account.json":                                  `{"DedicatedTenancySupport":"ENABLED","DedicatedTenancyManagementCidrRange":"10.0.0.0/16"}`,
		"us-west-2/describe-tags-ws-0a1b2c3d4.json":                        `{"TagList":[{"Key":"team","Value":"desktops"}]}`,
		"us-west-2/describe-key-1234abcd-12ab-34cd-56ef-1234567890ab.json": `{"KeyMetadata":{"Arn":"` + key + `","KeyState":"Enabled","KeyManager":"CUSTOMER","KeySpec":"SYMMETRIC_DEFAULT"}}`,
		"us-west-2/list-grants-1234abcd-12ab-34cd-56ef-1234567890ab.json":  `{"Grants":[{"GrantId":"1"},{"GrantId":"2"},{"GrantId":"3"},{"GrantId":"4"}]}`,
		"us-west-2/get-managed-prefix-list-entries-pl-6da54004.json":       `{}`,
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	state, err := wkstest.ReadExport(files)
	if err != nil {
		t.Fatal(err)
	}
	if k := state.Regions["us-west-2"].Keys; len(k) != 1 || k[0].Grants != 1 {
		t.Errorf("%+v", k)
	}
	launched := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	state.Age(launched)
	if state.AccountID != "111122223333" {
		t.Errorf("the account is %q", state.AccountID)
	}
	c := start(t, wkstest.Config{State: state}).Client("us-west-2", once)
	ctx := t.Context()
	out := must(c.DescribeWorkspaces(ctx, &workspaces.DescribeWorkspacesInput{}))(t)
	if len(out.Workspaces) != 1 || *out.Workspaces[0].IpAddress != "172.31.16.40" {
		t.Errorf("%+v", out.Workspaces)
	}
	if b := must(c.DescribeWorkspaceBundles(ctx, &workspaces.DescribeWorkspaceBundlesInput{}))(t).Bundles; len(b) != 1 || !b[0].CreationTime.Equal(time.Date(2026, 6, 1, 9, 0, 0, 123e6, time.UTC)) {
		t.Errorf("%+v", b)
	}
	if g := must(c.DescribeIpGroups(ctx, &workspaces.DescribeIpGroupsInput{}))(t).Result; len(g) != 1 || *g[0].UserRules[0].IpRule != "203.0.113.0/24" {
		t.Errorf("%+v", g)
	}
	if a := must(c.DescribeAccount(ctx, &workspaces.DescribeAccountInput{}))(t); *a.DedicatedTenancyManagementCidrRange != "10.0.0.0/16" {
		t.Errorf("%+v", a)
	}
	if tags := must(c.DescribeTags(ctx, &workspaces.DescribeTagsInput{ResourceId: out.Workspaces[0].WorkspaceId}))(t).TagList; len(tags) != 1 {
		t.Errorf("%+v", tags)
	}
	_, codes := launch(t, c, types.WorkspaceRequest{DirectoryId: aws.String("d-9267a1b2c3"), BundleId: aws.String("wsb-gm4d5tx2v"), UserName: aws.String("Grace")})
	if !slices.Equal(codes, []string{"ResourceExists.WorkSpace"}) {
		t.Errorf("%v", codes)
	}
	// The age permits the volume to grow.
	if _, err := c.ModifyWorkspaceProperties(ctx, &workspaces.ModifyWorkspacePropertiesInput{WorkspaceId: aws.String("ws-0a1b2c3d4"), WorkspaceProperties: &types.WorkspaceProperties{UserVolumeSizeGib: aws.Int32(100)}}); err != nil {
		t.Error(err)
	}

	for name, bad := range map[string]fstest.MapFS{
		"no Region":  {"firewall.txt": files["firewall.txt"]},
		"no JSON":    {"us-west-2/describe-workspaces.json": {Data: []byte("{")}},
		"wrong type": {"us-west-2/describe-workspaces.json": {Data: []byte(`{"Workspaces":{}}`)}},
	} {
		if _, err := wkstest.ReadExport(bad); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// 64 clients at once race for nothing. Each does a little of everything.
func TestManyClients(t *testing.T) {
	s := start(t, wkstest.Config{Speed: 1e5, Record: true})
	var group sync.WaitGroup
	for i := range 64 {
		group.Go(func() {
			c := s.Client([]string{"eu-west-1", "us-east-1"}[i%2])
			ctx := t.Context()
			user := fmt.Sprint("user-", i)
			ids, codes := launch(t, c, request(user))
			if len(ids) != 1 {
				t.Error(codes)
				return
			}
			for range 5 {
				_, err := look(ctx, c, ids[0])
				_, other := c.DescribeWorkspaces(ctx, &workspaces.DescribeWorkspacesInput{DirectoryId: aws.String(wkstest.SampleDirectory)})
				_, tags := c.CreateTags(ctx, &workspaces.CreateTagsInput{ResourceId: &ids[0], Tags: []types.Tag{{Key: aws.String("user"), Value: &user}}})
				if err != nil || other != nil || tags != nil {
					t.Error(err, other, tags)
				}
			}
			s.Count(wkstest.Served)
			s.State()
		})
	}
	group.Wait()
	if n := len(s.Log()); n != 64*16 || s.Count(wkstest.Served) != n {
		t.Errorf("%d calls, %d served", n, s.Count(wkstest.Served))
	}
}

// Speed lets the server's clock run faster than the test's.
func TestSpeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, wkstest.Config{Speed: 600})
		c := s.Client("eu-west-1", once)
		ids, _ := launch(t, c, request("ada"))
		began := s.Now()
		time.Sleep(2 * time.Second)
		if passed := s.Now().Sub(began); passed != 20*time.Minute {
			t.Errorf("%s passed", passed)
		}
		if got := state(t, c, ids[0]); got != "AVAILABLE" {
			t.Errorf("%s after 20 minutes", got)
		}
	})
}

// Every member of the state is saved.
func TestStateIsSavedWhole(t *testing.T) {
	var visit func(typ reflect.Type, path string)
	seen := map[reflect.Type]bool{}
	visit = func(typ reflect.Type, path string) {
		switch typ.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map:
			visit(typ.Elem(), path)
		case reflect.Struct:
			if seen[typ] || typ == reflect.TypeFor[time.Time]() {
				return
			}
			seen[typ] = true
			for i := range typ.NumField() {
				f := typ.Field(i)
				if !f.IsExported() && strings.Contains(typ.PkgPath(), "wkstest") {
					t.Errorf("%s.%s is not exported, and so not saved", path, f.Name)
				}
				visit(f.Type, path+"."+f.Name)
			}
		}
	}
	visit(reflect.TypeFor[wkstest.State](), "State")
}
