package wire_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/internal/wire"
)

func TestTable(t *testing.T) {
	names, members := []string(nil), 0
	for o := range wire.Operations() {
		names = append(names, o.Name)
		members += len(o.Members)
		if !slices.IsSortedFunc(o.Members, func(a, b wire.Member) int { return strings.Compare(a.Path, b.Path) }) || !slices.IsSorted(o.Required) {
			t.Errorf("%s: members or required paths are not in order", o.Name)
		}
		got, ok := wire.Lookup(o.Name)
		if !ok || got.Name != o.Name {
			t.Errorf("Lookup(%q) = %q, %t", o.Name, got.Name, ok)
		}
	}
	if len(names) != 91 || members != 367 || !slices.IsSorted(names) {
		t.Errorf("%d operations, %d members, sorted: %t", len(names), members, slices.IsSorted(names))
	}
	for _, name := range []string{"", "A", "CreateWorkspace", "Zebra"} {
		if o, ok := wire.Lookup(name); ok {
			t.Errorf("Lookup(%q) = %q", name, o.Name)
		}
	}
}

// The numbers are the maxima of the model, drawn by hand.
func TestListMax(t *testing.T) {
	want := map[string]struct {
		member string
		n      int
	}{
		"CreateWorkspaces":                   {"Workspaces", 25},
		"StartWorkspaces":                    {"StartWorkspaceRequests", 25},
		"StopWorkspaces":                     {"StopWorkspaceRequests", 25},
		"RebootWorkspaces":                   {"RebootWorkspaceRequests", 25},
		"RebuildWorkspaces":                  {"RebuildWorkspaceRequests", 1},
		"TerminateWorkspaces":                {"TerminateWorkspaceRequests", 25},
		"DescribeWorkspaces":                 {"WorkspaceIds", 25},
		"DescribeWorkspacesConnectionStatus": {"WorkspaceIds", 25},
		"DescribeWorkspaceBundles":           {"BundleIds", 25},
		"DescribeWorkspaceImages":            {"ImageIds", 25},
		"DescribeWorkspaceDirectories":       {"DirectoryIds", 25},
		"DescribeConnectionAliases":          {"AliasIds", 25},
		"DescribeClientProperties":           {"ResourceIds", 25},
		"DescribeApplications":               {"ApplicationIds", 25},
		"DescribeWorkspacesPools":            {"PoolIds", 25},
		"RegisterWorkspaceDirectory":         {"SubnetIds", 2},
		"ImportWorkspaceImage":               {"Applications", 5},
		"DeleteClientBranding":               {"Platforms", 6},
	}
	for o := range wire.Operations() {
		member, n, ok := wire.ListMax(o.Name)
		w, has := want[o.Name]
		if ok != has || member != w.member || n != w.n {
			t.Errorf("ListMax(%q) = %q, %d, %t, want %v", o.Name, member, n, ok, w)
		}
	}
	if member, n, ok := wire.ListMax("CreateWorkspace"); ok {
		t.Errorf("an unknown operation has %q, %d", member, n)
	}
}
