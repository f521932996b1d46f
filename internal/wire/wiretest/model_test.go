package wiretest_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/wksgo/wks/internal/wire/wiretest"
)

// What each body breaks is worked out by hand from constraints.json.
func TestBroken(t *testing.T) {
	m, err := wiretest.Load("../constraints.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		operation, body string
		want            []string
	}{
		{"DescribeWorkspaces", `{}`, nil},
		{"DescribeWorkspaces", `{"Limit": 26, "WorkspaceIds": [], "NextToken": ""}`, []string{"length NextToken", "range Limit", "size WorkspaceIds"}},
		{"CreateWorkspaces", `{}`, []string{"missing Workspaces"}},
		{"CreateWorkspaces", `{"Workspaces": [{"DirectoryId": "d-90670000", "BundleId": "wsb-12345678", "UserName": "é"}, {"Tags": [{"Key": ""}, {}], "WorkspaceProperties": {"Protocols": ["WSP", "X"]}}]}`, []string{
			"length Workspaces[1].Tags[0].Key", "missing Workspaces[1].BundleId", "missing Workspaces[1].DirectoryId", "missing Workspaces[1].Tags[1].Key",
			"missing Workspaces[1].UserName", "value Workspaces[1].WorkspaceProperties.Protocols[1]",
		}},
		{"ImportClientBranding", `{"ResourceId": "d-9067000", "DeviceTypeIos": {"Logo": "", "Logo2x": "AAAA", "LoginMessage": {"en_US": "a\nb", "en": "a\nb"}}}`, []string{
			"form DeviceTypeIos.LoginMessage", "form DeviceTypeIos.LoginMessage", "form DeviceTypeIos.LoginMessage.en_US", "form ResourceId",
			"length DeviceTypeIos.LoginMessage", "length DeviceTypeIos.Logo", "length ResourceId",
		}},
	} {
		var body any
		if err := json.Unmarshal([]byte(tt.body), &body); err != nil {
			t.Fatal(err)
		}
		if got := m.Broken(tt.operation, body); !slices.Equal(got, tt.want) {
			t.Errorf("%s %s: got %q, want %q", tt.operation, tt.body, got, tt.want)
		}
	}
}

func TestExample(t *testing.T) {
	for _, tt := range []struct {
		pattern string
		n       int
		want    string
		ok      bool
	}{
		{`^ws-[0-9a-z]{2,3}$`, 5, "ws-aa", true},
		{`^ws-[0-9a-z]{2,3}$`, 6, "ws-aaa", true},
		{`^ws-[0-9a-z]{2,3}$`, 4, "ws-aa", false},
		{`^ws-[0-9a-z]{2,3}$`, 7, "ws-aaa", false},
		{`([^a]x)+|b`, 4, "0x0x", true},
	} {
		if got, ok := wiretest.Example(tt.pattern, tt.n); got != tt.want || ok != tt.ok {
			t.Errorf("Example(%s, %d) = %q, %t", tt.pattern, tt.n, got, ok)
		}
	}
}
