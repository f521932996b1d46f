package tfplan

import (
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks"
)

func TestCreations(t *testing.T) {
	const pool = `"bundle_id": "wsb-b0s22j3d7", "directory_id": "d-906732325d", "description": "x", "running_mode": "AUTO_STOP"`
	for _, tt := range []struct {
		name, plan string
		want       []string
	}{
		{"an alias", planOf(change("aws_workspaces_connection_alias", "a", `"create"`, "null", `{"connection_string": "desktops.example.com"}`, `{"id": true}`)), nil},
		{"a bad alias", planOf(change("aws_workspaces_connection_alias", "a", `"create"`, "null", `{"connection_string": "desk tops"}`, `{"id": true}`)), []string{"wks.pattern-not-matched aws_workspaces_connection_alias.a: connection_string"}},
		{"of awscc", planOf(change("awscc_workspaces_connection_alias", "a", `"create"`, "null", `{"connection_string": "a_b"}`, `{"id": true}`)), []string{"wks.pattern-not-matched awscc_workspaces_connection_alias.a: connection_string"}},
		{"an alias that is not known", planOf(change("aws_workspaces_connection_alias", "a", `"create"`, "null", `{}`, `{"connection_string": true}`)), nil},
		{"an alias that goes", planOf(change("aws_workspaces_connection_alias", "a", `"delete"`, `{"connection_string": "x"}`, "null", `{}`)), nil},
		{"a pool", planOf(change("aws_workspaces_pool", "p", `"create"`, "null", `{`+pool+`, "pool_name": "desks", "capacity": [{"desired_user_sessions": 10}]}`, `{"id": true}`)), []string{"should bundles.pools-end aws_workspaces_pool.p: "}},
		{"a pool by another name", planOf(change("aws_workspaces_pool", "p", `"create"`, "null", `{`+pool+`, "name": "desks", "capacity": [{"desired_user_sessions": 10}]}`, `{"id": true}`)), []string{"should bundles.pools-end aws_workspaces_pool.p: "}},
		{"a pool with a bad name", planOf(change("aws_workspaces_pool", "p", `"create"`, "null", `{`+pool+`, "pool_name": "-", "capacity": [{"desired_user_sessions": 10}]}`, `{"id": true}`)), []string{"wks.pattern-not-matched aws_workspaces_pool.p: pool_name", "should bundles.pools-end aws_workspaces_pool.p: "}},
		{"less than none", planOf(change("awscc_workspaces_workspaces_pool", "p", `"create"`, "null", `{`+pool+`, "pool_name": "desks", "capacity": {"desired_user_sessions": -1}}`, `{"id": true}`)), []string{"wks.number-out-of-range awscc_workspaces_workspaces_pool.p: capacity.desired_user_sessions", "should bundles.pools-end awscc_workspaces_workspaces_pool.p: "}},
		{"a directory that is not known", planOf(change("aws_workspaces_pool", "p", `"create"`, "null", `{"bundle_id": "wsb-b0s22j3d7", "description": "x", "pool_name": "desks", "capacity": [{"desired_user_sessions": 10}]}`, `{"directory_id": true}`)), []string{"should bundles.pools-end aws_workspaces_pool.p: "}},
	} {
		_, rep := reportOn(t, tt.plan)
		var got []string
		for _, f := range rep.findings() {
			got = append(got, strings.TrimPrefix(f, "must "))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	for typ, c := range creations {
		if _, err := wks.NewInput(c.operation); err != nil || shapes[typ] == nil {
			t.Errorf("%s: %v", typ, err)
		}
	}
}
