// Package remote serves the service and the clock of package migratetest over HTTP: what tests need that run a
// program in processes of its own and kill these in the middle of what they do.
package remote

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks/migrate/migratetest"
)

// Victim is the path, behind the address of a Server, by which a process calls whose calls are counted.
const Victim = "/victim"

// A Server serves AWS JSON 1.1, and the clock at /clock.
type Server struct {
	service *migratetest.Service
	clock   *migratetest.Clock

	mu    sync.Mutex
	calls int // of the victim
	at    int // the call at which something is done; 0 is none
	after bool
	what  func()
}

// New returns a Server.
func New(service *migratetest.Service, clock *migratetest.Clock) *Server {
	return &Server{service: service, clock: clock}
}

// Do does something before the n-th call of the victim from now on is served, or after it, when its answer is
// lost. 0 is no call.
func (s *Server) Do(n int, after bool, what func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls, s.at, s.after, s.what = 0, n, after, what
}

// Calls returns how often the victim has called since Do.
func (s *Server) Calls() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	path, counted := strings.CutPrefix(r.URL.Path, Victim)
	if counted {
		s.calls++
	}
	now := counted && s.calls == s.at
	if now && !s.after {
		s.what()
		panic(http.ErrAbortHandler)
	}
	status, answer := s.serve(path, r)
	if now {
		s.what()
	}
	if now || answer == nil {
		panic(http.ErrAbortHandler)
	}
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer)
}

// serve returns nil for an answer that is lost. What has arrived is done, though nobody may wait for it.
func (s *Server) serve(path string, r *http.Request) (status int, answer any) {
	ctx := context.Background()
	if path == "/clock" {
		d, _ := strconv.ParseInt(r.URL.Query().Get("sleep"), 10, 64)
		_ = s.clock.Sleep(ctx, time.Duration(d))
		return http.StatusOK, s.clock.Now()
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return 0, nil
	}
	read := func(in any) { err = json.Unmarshal(body, in) }
	switch _, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), "."); operation {
	case "MigrateWorkspace":
		var in workspaces.MigrateWorkspaceInput
		var out *workspaces.MigrateWorkspaceOutput
		if read(&in); err == nil {
			out, err = s.service.MigrateWorkspace(ctx, &in, func(o *workspaces.Options) { o.Retryer = aws.NopRetryer{} })
		}
		if err == nil {
			answer = map[string]any{"SourceWorkspaceId": out.SourceWorkspaceId, "TargetWorkspaceId": out.TargetWorkspaceId}
		}
	case "DescribeWorkspaces":
		var in workspaces.DescribeWorkspacesInput
		var out *workspaces.DescribeWorkspacesOutput
		if read(&in); err == nil {
			out, err = s.service.DescribeWorkspaces(ctx, &in)
		}
		if err == nil {
			answer = map[string]any{"Workspaces": out.Workspaces}
		}
	case "DescribeWorkspaceSnapshots":
		var in workspaces.DescribeWorkspaceSnapshotsInput
		var out *workspaces.DescribeWorkspaceSnapshotsOutput
		if read(&in); err == nil {
			out, err = s.service.DescribeWorkspaceSnapshots(ctx, &in)
		}
		if err == nil {
			list := []map[string]int64{}
			for _, snapshot := range out.RebuildSnapshots {
				list = append(list, map[string]int64{"SnapshotTime": snapshot.SnapshotTime.Unix()})
			}
			answer = map[string]any{"RebuildSnapshots": list}
		}
	}
	var coded interface{ ErrorCode() string }
	if errors.As(err, &coded) {
		return http.StatusBadRequest, map[string]string{"__type": coded.ErrorCode(), "message": "m"}
	}
	return http.StatusOK, answer
}
