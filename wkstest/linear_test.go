package wkstest_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/internal/wire"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/wkstest"
)

const linearRegion, secondRegion = "eu-west-1", "us-east-1"

// of calls f for each number below n, in groups of at most 25, the most that a call takes.
func of(n int, f func(numbers []int)) {
	var group []int
	for i := range n {
		if group = append(group, i); len(group) == 25 || i == n-1 {
			f(group)
			group = nil
		}
	}
}

// account starts a server whose clock is driven by hand, with a quota that n of everything keep.
func account(n int, r *wkstest.Region) (*wkstest.Server, *wkstest.Virtual) {
	clock := wkstest.NewVirtual(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
	s, err := wkstest.New(wkstest.Config{
		State: &wkstest.State{Regions: map[string]*wkstest.Region{linearRegion: r}}, Now: clock.Now,
		Quotas: map[string]int{bundles.QuotaWorkspaces: n, bundles.QuotaImages: n, bundles.QuotaBundles: n, bundles.QuotaAliases: n},
	})
	if err != nil {
		panic(err)
	}
	return s, clock
}

// done panics with the error of a call that has to be accepted: what is refused does no work that could be counted.
func done[T any](out T, err error) T {
	if err != nil {
		panic(err)
	}
	return out
}

func later(clock *wkstest.Virtual, d time.Duration) {
	if err := clock.Sleep(context.Background(), d); err != nil {
		panic(err)
	}
}

// life launches n WorkSpaces, reads them by pages and one by one, stops and starts them, puts tags on them, moves them to
// another bundle and terminates them.
func life(n int) {
	ctx := context.Background()
	s, clock := account(n, wkstest.Sample(linearRegion))
	d := s.Direct(linearRegion)
	ids := make([]string, 0, n)
	of(n, func(numbers []int) {
		in := &workspaces.CreateWorkspacesInput{}
		for _, i := range numbers {
			in.Workspaces = append(in.Workspaces, request(fmt.Sprint("user-", i), func(r *types.WorkspaceRequest) {
				r.WorkspaceProperties = &types.WorkspaceProperties{RunningMode: types.RunningModeAutoStop, RunningModeAutoStopTimeoutInMinutes: aws.Int32(60)}
			}))
		}
		for _, w := range done(d.CreateWorkspaces(ctx, in)).PendingRequests {
			ids = append(ids, *w.WorkspaceId)
		}
	})
	if len(ids) != n {
		panic(fmt.Sprint(len(ids), " of ", n, " were launched"))
	}
	later(clock, 30*24*time.Hour)
	pages(n, d, nil)
	of(n, func(numbers []int) {
		start, stop := &workspaces.StartWorkspacesInput{}, &workspaces.StopWorkspacesInput{}
		status := &workspaces.DescribeWorkspacesConnectionStatusInput{}
		for _, i := range numbers {
			start.StartWorkspaceRequests = append(start.StartWorkspaceRequests, types.StartRequest{WorkspaceId: &ids[i]})
			stop.StopWorkspaceRequests = append(stop.StopWorkspaceRequests, types.StopRequest{WorkspaceId: &ids[i]})
			status.WorkspaceIds = append(status.WorkspaceIds, ids[i])
		}
		done(d.StopWorkspaces(ctx, stop))
		later(clock, time.Hour)
		done(d.StartWorkspaces(ctx, start))
		later(clock, time.Hour)
		done(d.DescribeWorkspacesConnectionStatus(ctx, status))
	})
	for i := range ids {
		done(d.CreateTags(ctx, &workspaces.CreateTagsInput{ResourceId: &ids[i], Tags: []types.Tag{{Key: aws.String("team"), Value: aws.String("desktops")}}}))
		done(d.DescribeTags(ctx, &workspaces.DescribeTagsInput{ResourceId: &ids[i]}))
		done(d.DescribeWorkspaceSnapshots(ctx, &workspaces.DescribeWorkspaceSnapshotsInput{WorkspaceId: &ids[i]}))
		done(d.DescribeWorkspaces(ctx, &workspaces.DescribeWorkspacesInput{DirectoryId: aws.String(wkstest.SampleDirectory), UserName: aws.String(fmt.Sprint("user-", i))}))
	}
	of(n, func(numbers []int) {
		in := &workspaces.TerminateWorkspacesInput{}
		for _, i := range numbers {
			in.TerminateWorkspaceRequests = append(in.TerminateWorkspaceRequests, types.TerminateRequest{WorkspaceId: &ids[i]})
		}
		done(d.TerminateWorkspaces(ctx, in))
	})
	later(clock, time.Hour)
	if out := done(d.DescribeWorkspaces(ctx, &workspaces.DescribeWorkspacesInput{})); len(out.Workspaces) != 0 {
		panic(fmt.Sprint(len(out.Workspaces), " are left"))
	}
}

// pages reads the n WorkSpaces by pages, once more for each of the members by which they can be looked for.
func pages(n int, d *wkstest.Direct, token *string) {
	for _, in := range []workspaces.DescribeWorkspacesInput{{}, {DirectoryId: aws.String(wkstest.SampleDirectory)}, {BundleId: aws.String(wkstest.SampleBundle)}} {
		count := 0
		for in.NextToken = token; ; {
			out := done(d.DescribeWorkspaces(context.Background(), &in))
			if count += len(out.Workspaces); out.NextToken == nil {
				break
			}
			in.NextToken = out.NextToken
		}
		if count != n {
			panic(fmt.Sprint(count, " of ", n, " were described"))
		}
	}
}

// resources makes n of what an account has beside WorkSpaces, lists them by pages and removes them.
func resources(n int) {
	ctx := context.Background()
	r := wkstest.Sample(linearRegion)
	r.Images = []wkstest.Image{image("wsi-000000001", me, nil)}
	s, clock := account(n+1, r)
	d := s.Direct(linearRegion)
	var aliases []string
	for i := range n {
		name := aws.String(fmt.Sprint("golden-", i))
		done(d.CreateWorkspaceBundle(ctx, &workspaces.CreateWorkspaceBundleInput{
			BundleName: name, BundleDescription: name, ImageId: aws.String("wsi-000000001"), ComputeType: &types.ComputeType{Name: types.ComputeStandard}, UserStorage: &types.UserStorage{Capacity: aws.String("50")},
		}))
		done(d.CopyWorkspaceImage(ctx, &workspaces.CopyWorkspaceImageInput{Name: name, SourceImageId: aws.String("wsi-000000001"), SourceRegion: aws.String(linearRegion)}))
		aliases = append(aliases, *done(d.CreateConnectionAlias(ctx, &workspaces.CreateConnectionAliasInput{ConnectionString: aws.String(fmt.Sprintf("desk%d.example.com", i))})).AliasId)
	}
	later(clock, time.Hour)
	count := 0
	for in := (workspaces.DescribeConnectionAliasesInput{}); ; {
		out := done(d.DescribeConnectionAliases(ctx, &in))
		if count += len(out.ConnectionAliases); out.NextToken == nil {
			break
		}
		in.NextToken = out.NextToken
	}
	if count != n {
		panic(fmt.Sprint(count, " of ", n, " aliases were described"))
	}
	for i := range aliases {
		done(d.DeleteConnectionAlias(ctx, &workspaces.DeleteConnectionAliasInput{AliasId: &aliases[i]}))
	}
}

// export is what the AWS CLI prints of n WorkSpaces, in n bundles, and n subnets, with the tags of each.
func export(n int) fstest.MapFS {
	var desktops, offers, subnets []string
	files := fstest.MapFS{}
	for i := range n {
		desktops = append(desktops, fmt.Sprintf(`{"WorkspaceId":"ws-%09d","DirectoryId":"d-9267a1b2c3","UserName":"user-%d","State":"AVAILABLE","BundleId":"wsb-%09d","SubnetId":"subnet-%017d"}`, i, i, i, i))
		offers = append(offers, fmt.Sprintf(`{"BundleId":"wsb-%09d","Owner":"111122223333","ComputeType":{"Name":"STANDARD"}}`, i))
		subnets = append(subnets, fmt.Sprintf(`{"SubnetId":"subnet-%017d","VpcId":"vpc-1","CidrBlock":"10.%d.%d.0/24","AvailableIpAddressCount":250}`, i, i/256, i%256))
		files[fmt.Sprintf("%s/describe-tags-ws-%09d.json", linearRegion, i)] = &fstest.MapFile{Data: []byte(`{"TagList":[{"Key":"team","Value":"desktops"}]}`)}
	}
	for name, list := range map[string][]string{"describe-workspaces": desktops, "describe-workspace-bundles": offers, "describe-subnets": subnets} {
		member := map[string]string{"describe-workspaces": "Workspaces", "describe-workspace-bundles": "Bundles", "describe-subnets": "Subnets"}[name]
		files[linearRegion+"/"+name+".json"] = &fstest.MapFile{Data: []byte(`{"` + member + `":[` + strings.Join(list, ",") + `]}`)}
	}
	files[linearRegion+"/describe-workspace-directories.json"] = &fstest.MapFile{Data: []byte(`{"Directories":[{"DirectoryId":"d-9267a1b2c3","State":"REGISTERED"}]}`)}
	return files
}

// linearCases have n resources, or documents of n parts.
var linearCases = operations(map[string]func(n int){
	"Direct":            life,
	"Direct, resources": resources,
	"ReadExport": func(n int) {
		state := done(wkstest.ReadExport(export(n)))
		state.Age(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
		var saved bytes.Buffer
		if err := state.Save(&saved); err != nil {
			panic(err)
		}
		s, _ := account(n, done(wkstest.Load(&saved)).Regions[linearRegion])
		if err := s.Save(io.Discard); err != nil {
			panic(err)
		}
	},
	// The same user n times: each is refused by itself.
	"Direct, one user": func(n int) {
		s, _ := account(n, wkstest.Sample(linearRegion))
		refused := 0
		of(n, func(numbers []int) {
			in := &workspaces.CreateWorkspacesInput{}
			for range numbers {
				in.Workspaces = append(in.Workspaces, request("ada"))
			}
			refused += len(done(s.Direct(linearRegion).CreateWorkspaces(context.Background(), in)).FailedRequests)
		})
		if refused != n-1 {
			panic(fmt.Sprint(refused, " of ", n, " were refused"))
		}
	},
	"ServeHTTP, elements":        body(func(n int) string { return `{"Workspaces":[` + strings.Repeat(`{},`, n) + `{}]}` }),
	"ServeHTTP, members":         body(func(n int) string { return `{"Workspaces":[{` + strings.Repeat(`"Odd":1,`, n) + `"Odd":1}]}` }),
	"ServeHTTP, members in turn": body(func(n int) string { return `{"Workspaces":[{` + turns(n) + `"Odd":1}]}` }),
	"ServeHTTP, one in another":  body(func(n int) string { return strings.Repeat(`{"Workspaces":[`, n) + strings.Repeat(`]}`, n) }),
	"ServeHTTP, a long value":    body(func(n int) string { return `{"Workspaces":[{"UserName":"` + strings.Repeat("x", 100*n) + `"}]}` }),
	"ServeHTTP, tags": body(func(n int) string {
		return `{"Workspaces":[{"Tags":[` + strings.Repeat(`{"Key":"team","Value":"desktops"},`, n) + `{"Key":"team"}]}]}`
	}),
	"RoundTrip": func(n int) {
		s, _ := account(n, wkstest.Sample(linearRegion))
		r := httptest.NewRequest(http.MethodPost, "https://workspaces."+linearRegion+".amazonaws.com/", strings.NewReader(`{"WorkspaceIds":[`+strings.Repeat(`"ws-01234567",`, n)+`"ws-01234567"]}`))
		r.Header.Set("X-Amz-Target", "WorkspacesService.DescribeWorkspaces")
		if response := done(s.RoundTrip(r)); response.StatusCode != http.StatusBadRequest {
			panic(response.Status)
		}
	},
	"New": func(n int) {
		done(wkstest.New(wkstest.Config{State: &wkstest.State{Regions: map[string]*wkstest.Region{linearRegion: full(n)}}}))
	},
	"New, Regions": func(n int) {
		state := &wkstest.State{Regions: map[string]*wkstest.Region{}}
		for i := range n {
			state.Regions[fmt.Sprint("region-", i)] = wkstest.Sample(linearRegion)
		}
		done(wkstest.New(wkstest.Config{State: state}))
	},
	"New, faults": func(n int) {
		c := wkstest.Config{Quotas: map[string]int{}}
		for i := range n {
			c.Faults = append(c.Faults, wkstest.Fault{Kind: wkstest.Lost, Operations: []string{"DescribeTags"}, Workspaces: []string{fmt.Sprint("ws-", i)}})
			c.Quotas[fmt.Sprint("quota-", i)] = i
		}
		c.Faults = append(c.Faults, wkstest.Fault{Kind: wkstest.Lost, Operations: slices.Repeat([]string{"DescribeTags"}, n), Workspaces: slices.Repeat([]string{"ws-01234567"}, n)})
		done(done(wkstest.New(c)).Direct(linearRegion).DescribeWorkspaces(context.Background(), nil))
	},
	"Load": func(n int) {
		done(wkstest.Load(strings.NewReader(`{"Regions":{"` + linearRegion + `":{"Subnets":[` + strings.Repeat(`{"SubnetID":"subnet-1"},`, n) + `{}],"Odd":[` + strings.Repeat("1,", n) + `1]}}}`)))
	},
	"State.Save": func(n int) {
		if err := (&wkstest.State{Regions: map[string]*wkstest.Region{linearRegion: full(n)}}).Save(io.Discard); err != nil {
			panic(err)
		}
	},
	"State.Age": func(n int) {
		(&wkstest.State{Regions: map[string]*wkstest.Region{linearRegion: {Workspaces: make([]wkstest.Workspace, n)}}}).Age(noon)
	},
	"State.Age, Regions": func(n int) {
		state := &wkstest.State{Regions: map[string]*wkstest.Region{}}
		for i := range n {
			state.Regions[fmt.Sprint(i)] = &wkstest.Region{Workspaces: make([]wkstest.Workspace, 1)}
		}
		state.Age(noon)
	},
	"Call.String": func(n int) {
		_ = wkstest.Call{Rules: slices.Repeat([]rule.Code{"wkstest.quota"}, n), Workspaces: make([]string, n)}.String()
	},
	"Client": func(n int) {
		s, _ := account(n, wkstest.Sample(linearRegion))
		done(s.Client(linearRegion, make([]func(*workspaces.Options), n)...).DescribeAccount(context.Background(), nil, changes(n)...))
	},
	"DirectClient": func(n int) {
		s, _ := account(n, wkstest.Sample(linearRegion))
		done(s.DirectClient(linearRegion, changes(n)...).DescribeAccount(context.Background(), nil, changes(n)...))
	},
	"Run": func(n int) {
		s, _ := account(n, wkstest.Sample(linearRegion))
		d := s.DirectClient(linearRegion)
		if r := s.Run(context.Background(), wkstest.Job{Clients: slices.Repeat([]*workspaces.Client{d}, n), Goroutines: 1, Calls: n}); r.Lost != 0 {
			panic(r)
		}
	},
	"Run, one client": func(n int) {
		s, _ := account(n, wkstest.Sample(linearRegion))
		if r := s.Run(context.Background(), wkstest.Job{Clients: []*workspaces.Client{s.DirectClient(linearRegion)}, Goroutines: n, Calls: n}); r.Lost != 0 {
			panic(r)
		}
	},
})

// changes are options that change nothing.
func changes(n int) []func(*workspaces.Options) {
	return slices.Repeat([]func(*workspaces.Options){func(*workspaces.Options) {}}, n)
}

func turns(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `"Odd%d":{"a":[1,null]},`, i)
	}
	return b.String()
}

// body sends a request to launch WorkSpaces that is not sound.
func body(text func(n int) string) func(n int) {
	return func(n int) {
		s, _ := account(n, wkstest.Sample(linearRegion))
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(text(n)))
		r.Header.Set("X-Amz-Target", "WorkspacesService.CreateWorkspaces")
		r.Header.Set("Content-Type", "application/x-amz-json-1.1")
		r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260910/"+linearRegion+"/workspaces/aws4_request, SignedHeaders=host, Signature=0")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != http.StatusBadRequest || w.Body.Len() > 4000 {
			panic(fmt.Sprintf("status %d, %d bytes", w.Code, w.Body.Len()))
		}
	}
}

// TestLinear holds that the work of the server grows as the account and the requests do.
func TestLinear(t *testing.T) { countWork(t, linearCases, false) }

// perOperation lets TestLinearOperations run, which takes a minute or two.
var perOperation = flag.Bool("operations", false, "count the work of each operation by itself")

// The work of each operation is counted by itself, outside continuous integration.
func TestLinearOperations(t *testing.T) {
	if _, counting := os.LookupEnv("LINEAR_CASE"); !*perOperation && !counting {
		t.Skip("takes a minute or two: -operations")
	}
	countWork(t, linearCases, true)
}

// countWork counts the work of the cases that are those of one operation, or of the others.
func countWork(t *testing.T, cases map[string]func(n int), ofOperations bool) {
	t.Helper()
	some := map[string]func(n int){}
	for name, f := range cases {
		operation, isMethod := strings.CutPrefix(name, "Direct.")
		if _, err := wks.NewInput(operation); (isMethod && err == nil) == ofOperations {
			some[name] = f
		}
	}
	lineartest.Run(t, []string{"wkstest", "internal/wire", "internal/wire/request", "bundles"}, some)
}

// full is a Region with n of everything, of which the first has the identifier of memberValues.
func full(n int) *wkstest.Region {
	r := wkstest.Sample(linearRegion)
	r.Account = wkstest.Account{DedicatedTenancySupport: types.DedicatedTenancySupportResultEnumEnabled, ManagementCIDR: "10.0.0.0/16"}
	subnets := r.Directories[0].SubnetIds
	for i := range n {
		id := func(member, prefix string) *string {
			if i == 0 {
				return aws.String(memberValues[member])
			}
			return aws.String(fmt.Sprintf("%s%09d", prefix, i))
		}
		name := aws.String(fmt.Sprint("name-", i))
		r.Images = append(r.Images, wkstest.Image{WorkspaceImage: types.WorkspaceImage{
			ImageId: id("ImageId", "wsi-"), Name: name, OwnerAccountId: aws.String(me), State: types.WorkspaceImageStateAvailable, Updates: &types.UpdateResult{UpdateAvailable: aws.Bool(true)},
		}})
		r.Bundles = append(r.Bundles, wkstest.Bundle{System: types.OperatingSystemNameWindowsServer2022, WorkspaceBundle: types.WorkspaceBundle{
			BundleId: id("BundleId", "wsb-"), Name: name, Owner: aws.String(me), ImageId: id("ImageId", "wsi-"), ComputeType: &types.ComputeType{Name: types.ComputeStandard}, State: types.WorkspaceBundleStateAvailable,
		}})
		r.Workspaces = append(r.Workspaces, running(*id("WorkspaceId", "ws-"), *name, types.WorkspaceStateAvailable))
		r.IPGroups = append(r.IPGroups, wkstest.IPGroup{WorkspacesIpGroup: types.WorkspacesIpGroup{GroupId: id("GroupId", "wsipg-"), GroupName: name}})
		r.Aliases = append(r.Aliases, wkstest.Alias{ConnectionAlias: types.ConnectionAlias{AliasId: id("AliasId", "wsca-"), ConnectionString: aws.String(*name + ".example.com"), OwnerAccountId: aws.String(me), State: types.ConnectionAliasStateCreated}})
		r.Pools = append(r.Pools, wkstest.Pool{WorkspacesPool: types.WorkspacesPool{PoolId: id("PoolId", "wspool-"), PoolName: name, State: types.WorkspacesPoolStateStopped, CapacityStatus: &types.CapacityStatus{}}})
		r.AccountLinks = append(r.AccountLinks, types.AccountLink{AccountLinkId: id("LinkId", "link-0000"), SourceAccountId: aws.String(other), TargetAccountId: aws.String(me), AccountLinkStatus: types.AccountLinkStatusEnumPendingAcceptanceByTargetAccount})
		r.AddIns = append(r.AddIns, types.ConnectClientAddIn{AddInId: id("AddInId", "11111111-2222-3333-5555-000"), ResourceId: aws.String(wkstest.SampleDirectory), Name: name})
		if i > 0 {
			d := r.Directories[0]
			d.DirectoryId = id("", "d-0")
			r.Directories = append(r.Directories, d)
		}
	}
	r.Directories[0].SubnetIds = subnets
	return r
}

// An asked is what an operation is asked for, and in which Region, where what most requests have is refused.
type asked struct {
	in     any
	change func(r *wkstest.Region)
}

func askedFor() map[string]asked {
	return map[string]asked{
		"CreateIpGroup": {change: func(r *wkstest.Region) { r.IPGroups = r.IPGroups[1:2] }}, // of more than the quota it makes none
		"CreateStandbyWorkspaces": {in: &workspaces.CreateStandbyWorkspacesInput{PrimaryRegion: aws.String(secondRegion), StandbyWorkspaces: []types.StandbyWorkspace{
			{DirectoryId: aws.String(wkstest.SampleDirectory), PrimaryWorkspaceId: aws.String("ws-01234567")},
		}}},
		"CreateWorkspaceBundle": {in: &workspaces.CreateWorkspaceBundleInput{
			BundleName: aws.String("golden"), BundleDescription: aws.String("golden"), ImageId: aws.String("wsi-123456789"), ComputeType: &types.ComputeType{Name: types.ComputeStandard}, UserStorage: &types.UserStorage{Capacity: aws.String("50")}, Tags: tags,
		}},
		"CreateWorkspaces": {in: &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{request("ada", func(r *types.WorkspaceRequest) { r.Tags = tags })}}},
		"CreateWorkspacesPool": {in: &workspaces.CreateWorkspacesPoolInput{
			PoolName: aws.String("pool"), Description: aws.String("pool"), BundleId: aws.String("wsb-12345678"), DirectoryId: aws.String(wkstest.SampleDirectory), Capacity: &types.Capacity{DesiredUserSessions: aws.Int32(1)}, Tags: tags,
		}, change: func(r *wkstest.Region) { r.Directories[0].WorkspaceType = types.WorkspaceTypePools }},
		"DeleteAccountLinkInvitation": {change: func(r *wkstest.Region) {
			r.AccountLinks[0].SourceAccountId, r.AccountLinks[0].TargetAccountId = aws.String(me), aws.String(other)
		}},
		"DeleteWorkspaceImage": {change: func(r *wkstest.Region) { r.Bundles = r.Bundles[1:] }},
		"DeregisterWorkspaceDirectory": {change: func(r *wkstest.Region) {
			for i := range r.Workspaces {
				r.Workspaces[i].DirectoryId = aws.String("d-9067000002")
			}
		}},
		"DescribeCustomWorkspaceImageImport": {change: func(r *wkstest.Region) { r.Images[0].Import = &wkstest.CustomImport{} }},
		"DescribeWorkspaces":                 {in: &workspaces.DescribeWorkspacesInput{WorkspaceIds: []string{"ws-01234567"}}},
		"DisassociateConnectionAlias": {change: func(r *wkstest.Region) {
			r.Aliases[0].Associations = []types.ConnectionAliasAssociation{{AssociatedAccountId: aws.String(me), ResourceId: aws.String(wkstest.SampleDirectory)}}
		}},
		"GetAccountLink": {in: &workspaces.GetAccountLinkInput{LinkId: aws.String("link-1234567890123")}},
		"ImportClientBranding": {in: &workspaces.ImportClientBrandingInput{ResourceId: aws.String(wkstest.SampleDirectory), DeviceTypeWeb: &types.DefaultImportClientBrandingAttributes{
			SupportEmail: aws.String("help@example.com"), Logo: []byte("png"), LoginMessage: map[string]string{"en_US": "Welcome"},
		}}},
		"ImportCustomWorkspaceImage": {in: &workspaces.ImportCustomWorkspaceImageInput{
			ImageName: aws.String("custom"), ImageDescription: aws.String("custom"), ComputeType: types.ImageComputeTypeBase, Protocol: types.CustomImageProtocolDcv, OsVersion: types.OSVersionWindows11, Platform: types.PlatformWindows, Tags: tags,
			InfrastructureConfigurationArn: aws.String("arn:aws:imagebuilder:eu-west-1:123456789012:infrastructure-configuration/wks"), ImageSource: &types.ImageSourceIdentifierMemberEc2ImageId{Value: "ami-0a1b2c3d4e5f60718"},
		}},
		"ListAvailableManagementCidrRanges":    {in: &workspaces.ListAvailableManagementCidrRangesInput{ManagementCidrRangeConstraint: aws.String("10.0.0.0/8")}},
		"ModifyAccount":                        {in: &workspaces.ModifyAccountInput{DedicatedTenancyManagementCidrRange: aws.String("10.0.0.0/16")}, change: func(r *wkstest.Region) { r.Account = wkstest.Account{} }},
		"ModifyCertificateBasedAuthProperties": {in: &workspaces.ModifyCertificateBasedAuthPropertiesInput{ResourceId: aws.String(wkstest.SampleDirectory), CertificateBasedAuthProperties: &types.CertificateBasedAuthProperties{Status: types.CertificateBasedAuthStatusEnumDisabled}}},
		"ModifySamlProperties":                 {in: &workspaces.ModifySamlPropertiesInput{ResourceId: aws.String(wkstest.SampleDirectory), SamlProperties: &types.SamlProperties{UserAccessUrl: aws.String("https://example.com/"), Status: types.SamlStatusEnumEnabled}}},
		"ModifyWorkspaceCreationProperties":    {in: &workspaces.ModifyWorkspaceCreationPropertiesInput{ResourceId: aws.String(wkstest.SampleDirectory), WorkspaceCreationProperties: &types.WorkspaceCreationProperties{CustomSecurityGroupId: aws.String("sg-0a1b2c3d")}}},
		"ModifyWorkspaceProperties":            {in: &workspaces.ModifyWorkspacePropertiesInput{WorkspaceId: aws.String("ws-01234567"), WorkspaceProperties: &types.WorkspaceProperties{Protocols: []types.Protocol{types.ProtocolPcoip}}}},
		"RegisterWorkspaceDirectory":           {in: &workspaces.RegisterWorkspaceDirectoryInput{DirectoryId: aws.String("d-9067000009"), SubnetIds: []string{"subnet-0a1b2c3d", "subnet-1a1b2c3d"}, Tags: tags}},
		"RevokeIpRules":                        {in: &workspaces.RevokeIpRulesInput{GroupId: aws.String("wsipg-12345678"), UserRules: []string{"203.0.113.0/24"}}},
		"StartWorkspacesPool":                  {change: func(r *wkstest.Region) { r.Pools[0].RunningMode = types.PoolsRunningModeAutoStop }},
		"StopWorkspacesPool": {change: func(r *wkstest.Region) {
			r.Pools[0].RunningMode, r.Pools[0].State = types.PoolsRunningModeAutoStop, types.WorkspacesPoolStateRunning
		}},
		"TerminateWorkspacesPoolSession": {in: &workspaces.TerminateWorkspacesPoolSessionInput{SessionId: aws.String("00000000-0000-0000-0000-000000000001")}, change: func(r *wkstest.Region) {
			p := &r.Pools[len(r.Pools)-1]
			p.Sessions = []types.WorkspacesPoolSession{{SessionId: aws.String("00000000-0000-0000-0000-000000000001")}}
		}},
		"UpdateWorkspacesPool": {in: &workspaces.UpdateWorkspacesPoolInput{PoolId: aws.String("wspool-123456789"), Description: aws.String("more")}},
	}
}

var tags = []types.Tag{{Key: aws.String("team"), Value: aws.String("desktops")}}

// notThere are the operations that the server does not have.
const notThere = "wkstest.not-implemented"

// operation does one operation in an account with n of everything: once as most requests have it, with n options, which has to be
// accepted, and once with lists of n elements, which most operations refuse.
func operation(name string) func(n int) {
	return func(n int) {
		r, in := full(n), done(wks.NewInput(name))
		usual(reflect.ValueOf(in).Elem(), "", 0)
		a := askedFor()[name]
		if a.in != nil {
			in = a.in
		}
		if a.change != nil {
			a.change(r)
		}
		second := wkstest.Sample(secondRegion) // with the primaries of standby WorkSpaces
		for i := range n {
			second.Workspaces = append(second.Workspaces, running(fmt.Sprintf("ws-%09d", i), fmt.Sprint("user-", i), types.WorkspaceStateAvailable))
		}
		*second.Workspaces[0].WorkspaceId = memberValues["WorkspaceId"]
		clock := wkstest.NewVirtual(noon)
		s := done(wkstest.New(wkstest.Config{
			State: &wkstest.State{Regions: map[string]*wkstest.Region{linearRegion: r, secondRegion: second}}, Now: clock.Now,
			Quotas: map[string]int{bundles.QuotaDirectories: 2 * n, bundles.QuotaWorkspaces: 2 * n, bundles.QuotaImages: 2 * n, bundles.QuotaBundles: 2 * n, bundles.QuotaAliases: 2 * n},
		}))
		method := reflect.ValueOf(s.Direct(linearRegion)).MethodByName(name)
		call := func() error {
			out := method.CallSlice([]reflect.Value{reflect.ValueOf(context.Background()), reflect.ValueOf(in), reflect.ValueOf(make([]func(*workspaces.Options), n))})
			err, _ := out[1].Interface().(error)
			return err
		}
		if err := call(); err != nil && !slices.Contains(wkstest.RefusedBy(err), notThere) {
			panic(err)
		}
		lengthen(reflect.ValueOf(in).Elem(), n)
		_ = call()
	}
}

// operations are the cases of a Direct, one for each operation.
func operations(cases map[string]func(n int)) map[string]func(n int) {
	for o := range wire.Operations() {
		cases["Direct."+o.Name] = operation(o.Name)
	}
	return cases
}

// lengthen makes every list so long with its first element.
func lengthen(v reflect.Value, n int) {
	switch v.Kind() {
	case reflect.Pointer:
		lengthen(v.Elem(), n)
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() {
				lengthen(f, n)
			}
		}
	case reflect.Slice:
		if v.Len() == 0 || v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		list := reflect.MakeSlice(v.Type(), n, n)
		for i := range n {
			list.Index(i).Set(v.Index(0))
		}
		v.Set(list)
	}
}

// Each exported function and method that takes a list, holds one, or is given a reader has a case.
func TestLinearCases(t *testing.T) {
	lineartest.Complete(t, linearCases)
}
