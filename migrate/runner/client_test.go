package runner_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks/internal/fleet"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/wkstest"
)

// An endpoint is WorkSpaces over HTTP, with one WorkSpace. It answers MigrateWorkspace as it
// is told to, and the rest as if nothing ever happened.
type endpoint struct {
	migrations int
	answer     func(w http.ResponseWriter)
}

func (e *endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	switch _, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), "."); operation {
	case "MigrateWorkspace":
		e.migrations++
		e.answer(w)
	case "DescribeWorkspaces":
		fmt.Fprint(w, `{"Workspaces": [{"WorkspaceId": "ws-00000000", "BundleId": "wsb-00000old", "DirectoryId": "d-0000000001", "UserName": "user0", "State": "AVAILABLE"}]}`)
	case "DescribeWorkspaceSnapshots":
		fmt.Fprintf(w, `{"RebuildSnapshots": [{"SnapshotTime": %d}]}`, time.Date(2026, 9, 10, 11, 0, 0, 0, time.UTC).Unix())
	}
}

// staticCredentials are always the same.
type staticCredentials aws.Credentials

func (c staticCredentials) Retrieve(context.Context) (aws.Credentials, error) {
	return aws.Credentials(c), nil
}

// The SDK's own client, which repeats requests unless it is told not to: each kind of answer
// is taken for what it is, and an answer that may have been lost is not followed by another
// request.
func TestClient(t *testing.T) {
	fail := func(status int, code string) func(http.ResponseWriter) {
		return func(w http.ResponseWriter) {
			w.WriteHeader(status)
			fmt.Fprintf(w, `{"__type": %q, "message": "m"}`, code)
		}
	}
	for name, tt := range map[string]struct {
		answer     func(w http.ResponseWriter)
		migrations int
		outcome    runner.Outcome
		status     migrate.Status
	}{
		"accepted": {func(w http.ResponseWriter) {
			fmt.Fprint(w, `{"SourceWorkspaceId": "ws-00000000", "TargetWorkspaceId": "ws-11111111"}`)
		}, 1, runner.Failed, migrate.StatusSilent},
		"an answer about nothing":       {func(w http.ResponseWriter) { fmt.Fprint(w, `{}`) }, 1, runner.Failed, migrate.StatusSilent},
		"refused":                       {fail(400, "OperationNotSupportedException"), 1, runner.Failed, ""},
		"refused for an unknown reason": {fail(400, "InvalidResourceStateException"), 1, runner.Failed, ""},
		"throttled":                     {fail(400, "ThrottlingException"), 8, runner.NotReady, ""},
		"throttled by status":           {fail(429, "Other"), 8, runner.NotReady, ""},
		"timeout by status":             {fail(408, "Other"), 1, runner.Failed, migrate.StatusSilent},
		"internal error":                {fail(500, "InternalFailure"), 1, runner.Failed, migrate.StatusSilent},
		"unavailable":                   {fail(503, "ServiceUnavailable"), 1, runner.Failed, migrate.StatusSilent},
		"timeout":                       {fail(400, "RequestTimeout"), 1, runner.Failed, migrate.StatusSilent},
		"the connection breaks": {func(w http.ResponseWriter) {
			panic(http.ErrAbortHandler)
		}, 1, runner.Failed, migrate.StatusSilent},
		"the answer is cut short": {func(w http.ResponseWriter) {
			w.Header().Set("Content-Length", "100")
			fmt.Fprint(w, `{"SourceWorkspaceId": "ws`)
		}, 1, runner.Failed, migrate.StatusSilent},
		"the answer is no JSON": {func(w http.ResponseWriter) { fmt.Fprint(w, `<html>`) }, 1, runner.Failed, migrate.StatusSilent},
	} {
		e := &endpoint{answer: tt.answer}
		server := httptest.NewServer(e)
		client := workspaces.New(workspaces.Options{
			BaseEndpoint: &server.URL, Region: "eu-west-1",
			Credentials: staticCredentials{AccessKeyID: "AKID", SecretAccessKey: "secret"},
		})
		clock := wkstest.NewVirtual(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
		w := newWorld(clock.Now, 1, fleet.None)
		j, err := runner.NewJournal(&file{})
		if err != nil {
			t.Fatal(err)
		}
		rep, err := runner.Run(t.Context(), client, w.plan, j, runner.Options{Account: "111122223333", Clock: clock, Pace: clock, PollEvery: 20 * time.Minute})
		server.Close()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if res := rep.Results[0]; e.migrations != tt.migrations || res.Outcome != tt.outcome || res.Status != tt.status {
			t.Errorf("%s: %d requests, %+v, want %d, %s %s", name, e.migrations, res, tt.migrations, tt.outcome, tt.status)
		}
	}
}
