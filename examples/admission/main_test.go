package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
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

// sound is a request that is admitted.
const sound = `{"Workspaces": [{"BundleId": "wsb-0zsvgp8fc", "DirectoryId": "d-926722edaf", "UserName": "mary.major"}]}`

func TestStatus(t *testing.T) {
	padded := func(n int) string { return sound + strings.Repeat(" ", n-len(sound)) }
	for _, tt := range []struct {
		path, body string
		want       int
		answer     string // all of it, but of what is admitted
	}{
		{"/eu-west-1/CreateWorkspaces", sound, http.StatusOK, ""},
		{"/eu-west-1/CreateWorkspaces", padded(1 << 20), http.StatusOK, ""},
		{"/eu-west-1/CreateWorkspaces", padded(1<<20 + 1), http.StatusBadRequest, "wks: Decode: CreateWorkspaces: http: request body too large\n"},
		{"/eu-west-1/CreateWorkspaces", sound + "{}", http.StatusBadRequest, "wks: Decode: CreateWorkspaces: byte 104: goes on with '{' after its end\n"},
		{"/eu-west-1/CreateWorkspaces", "", http.StatusBadRequest, "wks: Decode: CreateWorkspaces: ends at byte 0: unexpected EOF\n"},
		{"/eu-west-1/BuyWorkspaces", sound, http.StatusBadRequest, "operation: \"BuyWorkspaces\" is not an operation of the WorkSpaces API\n"},
		{"/nowhere/CreateWorkspaces", sound, http.StatusBadRequest, "wks: Check: Region: \"nowhere\" is not the code of a Region, such as us-east-1\n"},
		{"/CreateWorkspaces", sound, http.StatusNotFound, "404 page not found\n"},
	} {
		response := httptest.NewRecorder()
		handler().ServeHTTP(response, httptest.NewRequest(http.MethodPost, tt.path, strings.NewReader(tt.body)))
		answer, form := response.Body.String(), "text/plain; charset=utf-8"
		if tt.want == http.StatusOK {
			form = "application/json"
		}
		if response.Code != tt.want || tt.answer != "" && answer != tt.answer || response.Header().Get("Content-Type") != form {
			t.Errorf("%s: %d, want %d, %s: %s", tt.path, response.Code, tt.want, response.Header().Get("Content-Type"), answer)
		}
	}
}

// gone is a client that went away before the answer.
type gone struct{ httptest.ResponseRecorder }

func (*gone) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

// An answer that cannot be written is in the log, and no other is.
func TestLog(t *testing.T) {
	var said bytes.Buffer
	log.SetOutput(&said)
	log.SetFlags(0)
	defer log.SetOutput(os.Stderr)
	defer log.SetFlags(log.LstdFlags)
	post("/eu-west-1/CreateWorkspaces", sound)
	handler().ServeHTTP(&gone{}, httptest.NewRequest(http.MethodPost, "/eu-west-1/CreateWorkspaces", strings.NewReader(sound)))
	if said.String() != "broken pipe\n" {
		t.Errorf("the log: %q", said.String())
	}
}

// The program ends with an error where its port is taken.
func TestProgram(t *testing.T) {
	if l, err := net.Listen("tcp", "127.0.0.1:8080"); err == nil { // else somebody else has it
		defer l.Close()
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), asProgram+"=1")
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != 1 || !strings.Contains(string(out), "listen tcp 127.0.0.1:8080") {
		t.Errorf("%v: %s", err, out)
	}
}
