package encryption_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/internal/lineartest"
)

func repeat[T any](n int, f func(i int) T) []T {
	list := make([]T, n)
	for i := range list {
		list[i] = f(i)
	}
	return list
}

func keyARN(i int) string {
	return fmt.Sprintf("arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-%012d", i)
}

func shard(workspaces []encryption.Workspace, keys []encryption.ShardKey, o encryption.ShardOptions) {
	p, err := encryption.Newest().Shard(workspaces, keys, o)
	if err == nil {
		p.NewKeys()
	}
}

func waiting(n int) []encryption.Workspace {
	return repeat(n, func(int) encryption.Workspace { return encryption.Workspace{Region: "us-east-1"} })
}

func countGrants(n int, of func(i int) string, end string) {
	grants := repeat(n, of)
	_, _ = encryption.CountGrants(strings.NewReader(`{"Grants":[` + strings.Join(grants, ",") + end))
}

var linearCases = map[string]func(n int){
	"CountGrants": func(n int) {
		countGrants(n, func(i int) string { return grant(i, "GranteePrincipal", "workspaces.amazonaws.com", "") }, "]}")
	},
	"CountGrants, principals": func(n int) {
		countGrants(n, func(i int) string {
			return grant(i, "GranteePrincipal", fmt.Sprint("arn:aws:iam::111122223333:role/", i), "")
		}, "]}")
	},
	"CountGrants, cut": func(n int) {
		countGrants(n, func(i int) string { return grant(i, "GranteePrincipal", fmt.Sprint("p/", i, "/"), "") }, "")
	},
	"CountGrants, long": func(n int) {
		countGrants(1, func(int) string { return `{"X":"` + strings.Repeat(`\u001b`, 20*n) + `"}` }, "]}")
	},
	"ParseKey": func(n int) {
		_, _ = encryption.ParseKey([]byte(`{"KeyMetadata":{"Arn":"` + keyARN(1) + `","X":"` + strings.Repeat("x", 50*n) + `"}}`))
	},
	"ParseKey, broken": func(n int) { _, _ = encryption.ParseKey([]byte(strings.Repeat(`{"KeyMetadata":`, n))) },
	"CheckGrants": func(n int) {
		_, _ = encryption.Newest().CheckGrants(encryption.GrantCount{Key: keyARN(1), Total: n, Grantees: repeat(n, func(i int) encryption.Grantee {
			return encryption.Grantee{Principal: fmt.Sprint("p", i, ".amazonaws.com"), Grants: 1 << 30}
		})}, false)
		first, err := encryption.At(encryption.Editions()[0])
		if err == nil {
			_, _ = first.CheckGrants(encryption.GrantCount{Grantees: repeat(n, func(i int) encryption.Grantee {
				return encryption.Grantee{Principal: fmt.Sprint("p", i), Grants: 1 << 30}
			})}, false)
		}
	},
	"IAMPolicy": func(n int) { _, _ = encryption.Newest().IAMPolicy(repeat(n, keyARN), true) },
	"IAMPolicy, the same": func(n int) {
		_, _ = encryption.Newest().IAMPolicy(repeat(n, func(int) string { return keyARN(1) }), false)
	},
	"KeyPolicy": func(n int) {
		users := repeat(n, func(i int) string { return fmt.Sprint("arn:aws:iam::111122223333:role/", i) })
		_, _ = encryption.Newest().KeyPolicy("arn:aws:iam::111122223333:root", users, users)
	},
	"Shard":                  func(n int) { shard(waiting(n), nil, encryption.ShardOptions{}) },
	"Shard, one on each key": func(n int) { shard(waiting(n), nil, encryption.ShardOptions{Limit: 1}) },
	"Shard, balanced":        func(n int) { shard(waiting(n), nil, encryption.ShardOptions{Limit: 3, Fill: encryption.Balance}) },
	"Shard, to keys": func(n int) {
		shard(waiting(n), repeat(n, func(i int) encryption.ShardKey { return encryption.ShardKey{ARN: keyARN(i)} }), encryption.ShardOptions{Fill: encryption.Balance})
	},
	"Shard, names that are taken": func(n int) {
		shard(waiting(n), repeat(n, func(i int) encryption.ShardKey {
			return encryption.ShardKey{Name: fmt.Sprint("workspaces-us-east-1-", i+1), Region: "us-east-1", Closed: true}
		}), encryption.ShardOptions{Limit: 1})
	},
	"Shard, found": func(n int) {
		shard(repeat(n, func(i int) encryption.Workspace { return encryption.Workspace{Region: "us-east-1", Key: keyARN(i)} }), nil, encryption.ShardOptions{Limit: 1})
	},
	"Shard, broken": func(n int) {
		shard(repeat(n, func(i int) encryption.Workspace {
			return encryption.Workspace{Region: "eu-west-1", Key: keyARN(i % 10)}
		}),
			repeat(n, func(i int) encryption.ShardKey {
				return encryption.ShardKey{ARN: keyARN(i), Spec: "RSA_2048", State: "Disabled"}
			}), encryption.ShardOptions{Limit: 1})
	},
	"UseOf, of few": func(n int) { // it is enough that there is one
		encryption.UseOf("us-east-1", types.Workspace{RelatedWorkspaces: make([]types.RelatedWorkspaceProperties, n)})
	},
	"Launched, of few": func(n int) {
		encryption.Launched("us-east-1", types.Workspace{RelatedWorkspaces: make([]types.RelatedWorkspaceProperties, n)})
	},
	"Requested, of none": func(n int) {
		encryption.Requested("us-east-1", types.WorkspaceRequest{Tags: make([]types.Tag, n)})
	},
	"RequestedUse, of none": func(n int) {
		encryption.RequestedUse("us-east-1", types.WorkspaceRequest{Tags: make([]types.Tag, n)})
	},
	"ShardPlan.NewKeys": func(n int) {
		encryption.ShardPlan{Keys: make([]encryption.KeyLoad, n)}.NewKeys()
	},
	"ShardPlan.Key": func(n int) { // each WorkSpace is asked for its key
		if p, err := encryption.Newest().Shard(waiting(n), nil, encryption.ShardOptions{Limit: 1}); err == nil {
			for i := range n {
				p.Key(i)
			}
		}
	},
}

func TestLinear(t *testing.T) {
	lineartest.Run(t, []string{"bundles/encryption", "internal/facts", "internal/jsonstream"}, linearCases)
}

func TestLinearCases(t *testing.T) {
	lineartest.Complete(t, linearCases)
}
