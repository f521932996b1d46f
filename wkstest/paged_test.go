package wkstest_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/wkstest"
)

// Each list is answered by pages of 25, or of what the model or the request says, in the order in which its elements were made. The last
// page has no token, though it is full. A token of another operation is refused.
func TestEveryListHasPages(t *testing.T) {
	const n = 27
	directory := aws.String(wkstest.SampleDirectory)
	_, d, _ := served(t, func(r *wkstest.Region) {
		account := func(i int) *string { return aws.String(fmt.Sprintf("2%011d", i)) }
		id := func(prefix string, i int) *string { return aws.String(fmt.Sprintf("%s%09d", prefix, i)) }
		for i := range n {
			r.Account.Modifications = append(r.Account.Modifications, types.AccountModification{ErrorCode: account(i)})
			r.AccountLinks = append(r.AccountLinks, types.AccountLink{AccountLinkId: id("link-", i), SourceAccountId: aws.String(me), TargetAccountId: account(i), AccountLinkStatus: types.AccountLinkStatusEnumLinked})
			r.Aliases = append(r.Aliases, wkstest.Alias{ConnectionAlias: types.ConnectionAlias{AliasId: id("wsca-", i), State: types.ConnectionAliasStateCreated}})
			r.Aliases[0].Permissions = append(r.Aliases[0].Permissions, types.ConnectionAliasPermission{SharedAccountId: account(i)})
			r.Bundles = append(r.Bundles, wkstest.Bundle{WorkspaceBundle: types.WorkspaceBundle{BundleId: id("wsb-", i), Owner: aws.String(me)}})
			r.AddIns = append(r.AddIns, types.ConnectClientAddIn{AddInId: id("add-in-", i), ResourceId: directory}, types.ConnectClientAddIn{AddInId: id("other-", i), ResourceId: aws.String("d-9067000009")})
			r.IPGroups = append(r.IPGroups, wkstest.IPGroup{WorkspacesIpGroup: types.WorkspacesIpGroup{GroupId: id("wsipg-", i)}})
			if i > 0 {
				next := r.Directories[0]
				next.DirectoryId = id("d-907", i)
				r.Directories = append(r.Directories, next)
			}
			r.Images = append(r.Images, image(*id("wsi-", i), me, nil))
			r.Images[0].SharedTo = append(r.Images[0].SharedTo, *account(i))
			r.Pools = append(r.Pools, wkstest.Pool{WorkspacesPool: types.WorkspacesPool{PoolId: id("wspool-", i), State: types.WorkspacesPoolStateStopped, CapacityStatus: &types.CapacityStatus{}}})
			r.Pools[0].Sessions = append(r.Pools[0].Sessions, types.WorkspacesPoolSession{SessionId: account(i)})
			r.Workspaces = append(r.Workspaces, wkstest.Workspace{Workspace: types.Workspace{WorkspaceId: id("ws-", i), DirectoryId: directory, UserName: id("user", i), State: types.WorkspaceStateStopped}})
		}
	})
	for _, tt := range []struct {
		in              any
		limit, list, id string
		n, most         int
	}{
		{&workspaces.DescribeAccountModificationsInput{}, "", "AccountModifications", "ErrorCode", n, 25},
		{&workspaces.ListAvailableManagementCidrRangesInput{ManagementCidrRangeConstraint: aws.String("10.16.0.0/13")}, "MaxResults", "ManagementCidrRanges", "", 8, 5},
		{&workspaces.ListAccountLinksInput{}, "MaxResults", "AccountLinks", "AccountLinkId", n, 25},
		{&workspaces.DescribeConnectionAliasesInput{}, "Limit", "ConnectionAliases", "AliasId", n, 25},
		{&workspaces.DescribeConnectionAliasPermissionsInput{AliasId: aws.String("wsca-000000000")}, "MaxResults", "ConnectionAliasPermissions", "SharedAccountId", n, 25},
		{&workspaces.DescribeWorkspaceBundlesInput{}, "", "Bundles", "BundleId", n, 25},
		{&workspaces.DescribeConnectClientAddInsInput{ResourceId: directory}, "MaxResults", "AddIns", "AddInId", n, 25},
		{&workspaces.DescribeWorkspaceDirectoriesInput{}, "Limit", "Directories", "DirectoryId", n, 25},
		{&workspaces.DescribeIpGroupsInput{}, "MaxResults", "Result", "GroupId", n, 25},
		{&workspaces.DescribeWorkspaceImagesInput{}, "MaxResults", "Images", "ImageId", n, 25},
		{&workspaces.DescribeWorkspaceImagePermissionsInput{ImageId: aws.String("wsi-000000000")}, "MaxResults", "ImagePermissions", "SharedAccountId", n, 25},
		{&workspaces.DescribeWorkspacesPoolsInput{}, "Limit", "WorkspacesPools", "PoolId", n, 25},
		{&workspaces.DescribeWorkspacesPoolSessionsInput{PoolId: aws.String("wspool-000000000")}, "Limit", "Sessions", "SessionId", n, 20},
		{&workspaces.DescribeWorkspacesConnectionStatusInput{}, "", "WorkspacesConnectionStatus", "WorkspaceId", n, 25},
		{&workspaces.DescribeWorkspacesInput{}, "Limit", "Workspaces", "WorkspaceId", n, 25},
	} {
		in := reflect.ValueOf(tt.in)
		operation := strings.TrimSuffix(in.Elem().Type().Name(), "Input")
		page := func(token *string) (ids []string, next *string, err error) {
			in.Elem().FieldByName("NextToken").Set(reflect.ValueOf(token))
			out := reflect.ValueOf(d).MethodByName(operation).Call([]reflect.Value{reflect.ValueOf(context.Context(t.Context())), in})
			if err, _ := out[1].Interface().(error); err != nil {
				return nil, nil, err
			}
			list := out[0].Elem().FieldByName(tt.list)
			for i := range list.Len() {
				v := list.Index(i)
				if tt.id != "" {
					v = v.FieldByName(tt.id).Elem()
				}
				ids = append(ids, v.String())
			}
			return ids, out[0].Elem().FieldByName("NextToken").Interface().(*string), nil
		}
		var first []string
		limits := []int{0}
		if tt.limit != "" {
			limits = []int{0, 1, 4, tt.n / 3, tt.n/3 + 1}
		}
		for _, limit := range limits {
			most := tt.most
			if limit > 0 {
				most = min(limit, tt.most)
				in.Elem().FieldByName(tt.limit).Set(reflect.ValueOf(aws.Int32(int32(most))))
			}
			var all []string
			var token *string
			for more := true; more; more = token != nil {
				ids, next, err := page(token)
				if err != nil {
					t.Fatalf("%s by %d: %v", operation, most, err)
				}
				if want := min(most, tt.n-len(all)); len(ids) != want {
					t.Errorf("%s by %d: %d after %d, want %d", operation, most, len(ids), len(all), want)
				}
				all, token = append(all, ids...), next
				if (token == nil) != (len(all) >= tt.n) {
					t.Fatalf("%s by %d: a token is %v after %d of %d", operation, most, token, len(all), tt.n)
				}
			}
			if first == nil {
				first = all
			}
			if !slices.Equal(all, first) || !slices.IsSorted(all) {
				t.Errorf("%s by %d: %q", operation, most, all)
			}
		}
		_, _, err := page(aws.String("RGVzY3JpYmVOb3RoaW5nAAAAAAAAAAE"))
		if !slices.Equal(wkstest.RefusedBy(err), []rule.Code{"wkstest.token-invalid"}) || messageOf(err) != `NextToken: "RGVzY3JpYmVOb3RoaW5nAAAAAAAAAAE" is no token of `+operation+" [wkstest.token-invalid]" {
			t.Errorf("%s: %v", operation, err)
		}
	}
}
