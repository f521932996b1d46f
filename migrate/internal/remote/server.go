// Package remote serves a server of package wkstest, and its clock, over HTTP: what tests need that run a
// program in processes of its own and kill these in the middle of what they do.
package remote

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/wksgo/wks/wkstest"
)

// Victim is the path, behind the address of a Server, by which a process calls whose calls are counted.
const Victim = "/victim"

// A Server serves AWS JSON 1.1, and the clock at /clock.
type Server struct {
	server *wkstest.Server
	clock  *wkstest.Virtual

	mu    sync.Mutex
	calls int // of the victim
	at    int // the call at which something is done; 0 is none
	after bool
	what  func()
}

// New returns a Server.
func New(server *wkstest.Server, clock *wkstest.Virtual) *Server {
	return &Server{server: server, clock: clock}
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
	switch now := counted && s.calls == s.at; {
	case !now:
		s.serve(w, r, path)
	case s.after:
		func() {
			defer func() { _ = recover() }() // an answer that is lost anyway
			s.serve(httptest.NewRecorder(), r, path)
		}()
		fallthrough
	default:
		s.what()
		panic(http.ErrAbortHandler)
	}
}

// serve does what has arrived, though nobody may wait for it.
func (s *Server) serve(w http.ResponseWriter, r *http.Request, path string) {
	if path != "/clock" {
		s.server.ServeHTTP(w, r.WithContext(context.WithoutCancel(r.Context())))
		return
	}
	d, err := strconv.ParseInt(cmp.Or(r.URL.Query().Get("sleep"), "0"), 10, 64)
	if err == nil {
		err = s.clock.Sleep(context.Background(), time.Duration(d))
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	_ = json.NewEncoder(w).Encode(s.clock.Now())
}
