package wkstest_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/wksgo/wks/internal/wire"
	"github.com/wksgo/wks/wkstest"
)

// Whatever is sent, the answer is JSON with a request ID: 200, or an error of the service with a
// code and a rule. Nothing panics, and nothing that was refused changes the state.
func FuzzServer(f *testing.F) {
	var names []string
	for o := range wire.Operations() {
		names = append(names, o.Name)
	}
	slices.Sort(names)
	f.Add("DescribeWorkspaces", []byte(`{"Limit":5,"NextToken":"AAAA"}`))
	f.Add("CreateWorkspaces", []byte(`{"Workspaces":[{"DirectoryId":"d-9067000001","BundleId":"wsb-standardwindowsserver2022wsp","UserName":"ada","WorkspaceProperties":{"RunningMode":"AUTO_STOP"}}]}`))
	f.Add("ModifyWorkspaceProperties", []byte(`{"WorkspaceId":"ws-12345678","WorkspaceProperties":{"RootVolumeSizeGib":-1}}`))
	f.Add("ModifySamlProperties", []byte(`{"ResourceId":"d-9067000001"}`))
	f.Add("ModifyAccount", []byte(`{"DedicatedTenancyManagementCidrRange":"10.0.0.0/16"}`))
	f.Add("UpdateWorkspaceBundle", []byte(`{}`))
	f.Add("DeleteWorkspaceBundle", []byte(`{}`))
	f.Add("RegisterWorkspaceDirectory", []byte(`{}`))
	f.Add("ListAvailableManagementCidrRanges", []byte(`{"ManagementCidrRangeConstraint":"10.0.0.0/8"}`))
	f.Add("CreateWorkspaceBundle", []byte(`{"ComputeType":{},"UserStorage":{},"ImageId":"wsi-123456789","BundleName":"a","BundleDescription":"a"}`))
	f.Add("ImportCustomWorkspaceImage", []byte(`{"ImageSource":{"Ec2ImageId":null}}`))
	f.Add("Nothing", []byte(`[`))
	for _, name := range names {
		f.Add(name, []byte(`{}`))
		f.Add(name, []byte(`{"ResourceId":"d-9067000001","DirectoryId":"d-9067000001","WorkspaceId":"ws-12345678","GroupId":"wsipg-12345678","AliasId":"wsca-12345678","ImageId":"wsi-123456789","BundleId":"wsb-12345678","LinkId":"link-1234567890123","PoolId":"wspool-123456789"}`))
	}
	f.Fuzz(func(t *testing.T, operation string, body []byte) {
		clock := wkstest.NewVirtual(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
		s, err := wkstest.New(wkstest.Config{Now: clock.Now})
		if err != nil {
			t.Fatal(err)
		}
		saved := func() string {
			var b bytes.Buffer
			if err := s.Save(&b); err != nil {
				t.Fatal(err)
			}
			return b.String()
		}
		r := httptest.NewRequest(http.MethodPost, "https://workspaces.eu-west-1.amazonaws.com/", bytes.NewReader(body))
		r.Header["X-Amz-Target"] = []string{"WorkspacesService." + operation}
		if _, err := s.Client("eu-west-1").DescribeAccount(t.Context(), nil); err != nil { // the Region is there
			t.Fatal(err)
		}
		before := saved()
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		var answer map[string]any
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || w.Header().Get("X-Amzn-Requestid") == "" {
			t.Fatalf("%s %q: %v %s", operation, body, err, w.Body)
		}
		if w.Code == http.StatusOK {
			return
		}
		code, _ := answer["__type"].(string)
		if w.Code < 400 || w.Code > 499 || code == "" || w.Header().Get("X-Wks-Rule") == "" {
			t.Errorf("%s %q: %d %s", operation, body, w.Code, w.Body)
		}
		if after := saved(); after != before {
			t.Errorf("%s %q was refused, and changed\n%s to\n%s", operation, body, before, after)
		}
	})
}
