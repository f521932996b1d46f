package wkstest_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/wkstest"
)

const linearRegion = "eu-west-1"

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
var linearCases = map[string]func(n int){
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
func TestLinear(t *testing.T) {
	lineartest.Run(t, []string{"wkstest", "internal/wire", "internal/wire/request", "bundles"}, linearCases)
}
