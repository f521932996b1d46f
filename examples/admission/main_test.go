package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// post posts a body and returns status and answer.
func post(path, body string) (status int, answer string) {
	response := httptest.NewRecorder()
	handler().ServeHTTP(response, httptest.NewRequest(http.MethodPost, path, strings.NewReader(body)))
	var indented bytes.Buffer
	if json.Indent(&indented, response.Body.Bytes(), "", "  ") != nil {
		return response.Code, response.Body.String()
	}
	return response.Code, indented.String()
}

func Example() {
	for _, workspace := range []string{
		`"RootVolumeSizeGib": 80`, // it belongs into WorkspaceProperties
		`"Tags": [{"Key": "aws:team"}]`,
	} {
		status, answer := post("/eu-west-1/CreateWorkspaces", `{"Workspaces": [{"BundleId": "wsb-0zsvgp8fc", "DirectoryId": "d-926722edaf", "UserName": "mary.major", `+workspace+`}]}`)
		fmt.Print(status, " ", answer)
	}
	// Output:
	// 400 wks: Decode: CreateWorkspaces: Workspaces[0]: "RootVolumeSizeGib" is not a member of this object
	// 403 {
	//   "verdict": "denied",
	//   "violations": [
	//     {
	//       "code": "bundles.tag-reserved",
	//       "path": "Workspaces[0].Tags[0].Key",
	//       "detail": "\"aws:team\" has the reserved prefix aws:",
	//       "level": "must",
	//       "cite": {
	//         "document": "admin-guide-tag",
	//         "section": "Tag Restrictions",
	//         "date": "2018-02-03"
	//       },
	//       "remedy": "Choose a key and a value that do not start with aws:."
	//     }
	//   ]
	// }
}

func TestStatus(t *testing.T) {
	sound := `{"Workspaces": [{"BundleId": "wsb-0zsvgp8fc", "DirectoryId": "d-926722edaf", "UserName": "mary.major"}]}`
	for _, tt := range []struct {
		path, body string
		want       int
	}{
		{"/eu-west-1/CreateWorkspaces", sound, http.StatusOK},
		{"/eu-west-1/CreateWorkspaces", sound + "{}", http.StatusBadRequest},
		{"/eu-west-1/CreateWorkspaces", "", http.StatusBadRequest},
		{"/eu-west-1/CreateWorkspaces", `{"Workspaces": [` + strings.Repeat(" ", largest) + `]}`, http.StatusBadRequest},
		{"/eu-west-1/BuyWorkspaces", sound, http.StatusBadRequest},
		{"/nowhere/CreateWorkspaces", sound, http.StatusBadRequest},
		{"/CreateWorkspaces", sound, http.StatusNotFound},
	} {
		if status, answer := post(tt.path, tt.body); status != tt.want {
			t.Errorf("%s: %d, want %d: %s", tt.path, status, tt.want, answer)
		}
	}
}
