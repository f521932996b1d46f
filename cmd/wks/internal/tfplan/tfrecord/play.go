package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/wksgo/wks/wkstest"
)

// provider is the version that is recorded.
const provider = "5.100.0"

const versions = `terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "` + provider + `"
    }
  }
}
`

// plainProvider is the provider's configuration of a scenario that has none.
const plainProvider = `provider "aws" {
  region = "eu-west-1"
}
`

// A stage is where one scenario is played.
type stage struct {
	program string // terraform or tofu
	folder  string
	env     []string
	service *service
	ids     map[string]string // by address, as the state has them
}

// play runs the steps of a scenario one after the other.
func play(ctx context.Context, steps []plannedStep, program, mirror string) (r recording, err error) {
	ctx, end := context.WithCancel(ctx)
	defer end()
	st := &stage{program: program, ids: map[string]string{}}
	if st.folder, err = os.MkdirTemp("", "tfrecord-"); err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(st.folder)) }()
	if st.service, err = serve(ctx); err != nil {
		return r, err
	}
	others, err := serveOthers(ctx)
	if err != nil {
		return r, err
	}
	rc := ""
	if mirror != "" {
		rc = fmt.Sprintf("provider_installation {\n  filesystem_mirror { path = %q }\n}\n", mirror)
	}
	rcFile := filepath.Join(st.folder, "terraformrc")
	if err := os.WriteFile(rcFile, []byte(rc), 0o666); err != nil {
		return r, err
	}
	st.env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+rcFile, "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1",
		"AWS_ACCESS_KEY_ID=AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY=SECRET", "AWS_EC2_METADATA_DISABLED=true",
		"AWS_ENDPOINT_URL="+others, "AWS_ENDPOINT_URL_WORKSPACES="+st.service.url)
	r.Provider = provider
	for _, s := range steps {
		done, err := st.step(ctx, s)
		if err != nil {
			return r, fmt.Errorf("step %s: %w", s.name, err)
		}
		var version struct {
			Version string `json:"terraform_version"`
		}
		if err := json.Unmarshal(done.Plan, &version); err != nil {
			return r, err
		}
		r.Terraform = version.Version
		r.Steps = append(r.Steps, done)
	}
	return r, nil
}

// step plans and applies the configuration of a step.
func (st *stage) step(ctx context.Context, s plannedStep) (done step, err error) {
	if err := st.write(s.files); err != nil {
		return done, err
	}
	if _, err := st.terraform(ctx, "init", "-no-color"); err != nil {
		return done, err
	}
	st.service.forward(s.clock)
	if s.taint != "" {
		if _, err := st.terraform(ctx, "taint", s.taint); err != nil {
			return done, err
		}
	}
	if _, err := st.terraform(ctx, append([]string{"plan", "-no-color", "-input=false", "-out=tf.plan"}, s.args...)...); err != nil {
		return done, err
	}
	text, err := st.terraform(ctx, "show", "-json", "tf.plan")
	if err != nil {
		return done, err
	}
	done.Name = s.name
	if done.Plan, err = compact(text); err != nil || !s.apply {
		return done, err
	}
	st.service.take() // what planning sent
	_, failed := st.terraform(ctx, "apply", "-no-color", "tf.plan")
	done.Failed = failed != nil
	done.Requests = st.service.take()
	if done.Failed && len(done.Requests) == 0 {
		return done, failed
	}
	return done, st.readIDs(ctx)
}

// write puts the files of a step into the folder, with the ids that they refer to.
func (st *stage) write(files map[string]string) error {
	all := map[string]string{"versions.tf": versions, "provider.tf": plainProvider}
	for name, text := range files {
		all[name] = text
	}
	for name, text := range all {
		for address, id := range st.ids {
			text = strings.ReplaceAll(text, "@"+address+"@", id)
		}
		file := filepath.Join(st.folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			return err
		}
	}
	return nil
}

func (st *stage) terraform(ctx context.Context, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, st.program, args...)
	cmd.Dir, cmd.Env = st.folder, st.env
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%s %s: %w\n%s%s", st.program, args[0], err, out.String(), errs.String())
	}
	return out.Bytes(), nil
}

// readIDs notes the id of each resource of the state.
func (st *stage) readIDs(ctx context.Context) error {
	text, err := st.terraform(ctx, "show", "-json")
	if err != nil {
		return err
	}
	var state struct {
		Values struct {
			RootModule struct {
				Resources []struct {
					Address string
					Values  struct{ ID string }
				}
			} `json:"root_module"`
		}
	}
	if err := json.Unmarshal(text, &state); err != nil {
		return err
	}
	for _, r := range state.Values.RootModule.Resources {
		st.ids[r.Address] = r.Values.ID
	}
	return nil
}

// compact takes out of a plan what depends on the day, and what tfplan does not read.
func compact(text []byte) (json.RawMessage, error) {
	var plan map[string]json.RawMessage
	if err := json.Unmarshal(text, &plan); err != nil {
		return nil, err
	}
	plan["planned_values"] = json.RawMessage("{}")
	if err := dropRepeated(plan); err != nil {
		return nil, err
	}
	delete(plan, "timestamp")
	delete(plan, "resource_drift")
	return json.Marshal(plan)
}

// dropRepeated takes out of the state before a plan the resources that the plan names with their values.
func dropRepeated(plan map[string]json.RawMessage) error {
	var changes []struct{ Address string }
	var state map[string]any
	for name, v := range map[string]any{"resource_changes": &changes, "prior_state": &state} {
		if plan[name] == nil {
			return nil
		}
		if err := json.Unmarshal(plan[name], v); err != nil {
			return err
		}
	}
	named := map[any]bool{}
	for _, c := range changes {
		named[c.Address] = true
	}
	values, _ := state["values"].(map[string]any)
	var drop func(module any)
	drop = func(module any) {
		m, _ := module.(map[string]any)
		if list, ok := m["resources"].([]any); ok {
			m["resources"] = slices.DeleteFunc(list, func(r any) bool {
				of, _ := r.(map[string]any)
				return named[of["address"]]
			})
		}
		modules, _ := m["child_modules"].([]any)
		for _, inner := range modules {
			drop(inner)
		}
	}
	drop(values["root_module"])
	text, err := json.Marshal(state)
	plan["prior_state"] = text
	return err
}

// A service is Amazon WorkSpaces, and what it was sent.
type service struct {
	url string

	mu     sync.Mutex
	ahead  time.Duration // of the clock of the machine
	asked  []sent
	server *wkstest.Server
}

// atOnce are the times of a service that does everything at once.
var atOnce = map[wkstest.Activity]time.Duration{}

func init() {
	for _, a := range []wkstest.Activity{wkstest.Appear, wkstest.Launch, wkstest.EncryptedLaunch, wkstest.VolumeChange, wkstest.ComputeChange,
		wkstest.Starting, wkstest.Stopping, wkstest.Rebooting, wkstest.Terminating, wkstest.Registering, wkstest.AliasChange, wkstest.PoolChange} {
		atOnce[a] = time.Millisecond
	}
}

// serve starts the service at a free port; it ends with ctx.
func serve(ctx context.Context) (*service, error) {
	s := &service{}
	var err error
	s.server, err = wkstest.New(wkstest.Config{Times: atOnce, Now: func() time.Time {
		s.mu.Lock()
		defer s.mu.Unlock()
		return time.Now().Add(s.ahead)
	}})
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s.url = "http://" + listener.Addr().String()
	hs := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second}
	go hs.Serve(listener)
	context.AfterFunc(ctx, func() { hs.Close() })
	return s, nil
}

func (s *service) forward(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ahead += d
}

// take returns what was sent since it was called before.
func (s *service) take() []sent {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := s.asked
	s.asked = nil
	return list
}

// ServeHTTP hands a call on, and notes it if it may change something.
func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var body bytes.Buffer
	if _, err := body.ReadFrom(http.MaxBytesReader(w, r.Body, 1<<20)); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	input := bytes.Clone(body.Bytes())
	r.Body = bodyOf{&body}
	_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	answer := &answer{ResponseWriter: w, status: http.StatusOK}
	s.server.ServeHTTP(answer, r)
	if strings.HasPrefix(operation, "Describe") {
		return
	}
	q := sent{Operation: operation, Region: regionOf(r), Input: input}
	if answer.status != http.StatusOK {
		q.Refused = answer.Header().Get("X-Amzn-Errortype")
		if q.Refused == "" {
			q.Refused = http.StatusText(answer.status)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, q)
}

type bodyOf struct{ *bytes.Buffer }

func (bodyOf) Close() error { return nil }

// An answer remembers its status.
type answer struct {
	http.ResponseWriter
	status int
}

func (a *answer) WriteHeader(status int) {
	a.status = status
	a.ResponseWriter.WriteHeader(status)
}

// regionOf reads the Region in the scope of a request's signature.
func regionOf(r *http.Request) string {
	_, scope, _ := strings.Cut(r.Header.Get("Authorization"), "Credential=")
	if parts := strings.Split(scope, "/"); len(parts) > 2 {
		return parts[2]
	}
	return ""
}

// serveOthers starts moto for the other services, at a free port; it ends with ctx.
func serveOthers(ctx context.Context) (url string, err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	port := listener.Addr().(*net.TCPAddr).Port
	if err := listener.Close(); err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, "moto_server", "-H", "127.0.0.1", "-p", fmt.Sprint(port))
	if err := cmd.Start(); err != nil {
		return "", err
	}
	go cmd.Wait()
	url = fmt.Sprintf("http://127.0.0.1:%d", port)
	for {
		r, err := http.Get(url + "/moto-api/data.json")
		if err == nil {
			r.Body.Close()
			return url, nil
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}
