package durable

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	neturl "net/url"
	"os"
	"strings"
	"time"

	"github.com/dbos-inc/dbos-transact-golang/dbos"
	_ "github.com/dbos-inc/dbos-transact-golang/dbos/driver/sqlite" // for sqlite: in Open

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

const (
	application = "wks-migrate" // the engine's name for what uses the store
	queue       = "wks-migrate"
	workflow    = "fleet"
)

// What people cannot do to a fleet.
var (
	ErrNoFleet = errors.New("durable: there is no fleet of that name")
	ErrRunning = errors.New("durable: the fleet runs by another order; pause it first")
	ErrEnded   = errors.New("durable: the fleet has ended; start it again")
)

// A Store is a database with fleets. It is safe for concurrent use, by any number of processes. The zero
// value is not usable; see [Open].
type Store struct {
	url    string
	client dbos.Client
}

// Open opens the store at a URL: sqlite:FILE for a file on this machine, which is created if it is not
// there, and readable and writable by its owner alone where the system knows owners, or postgres://… for a database
// that exists: the names of users are in it. A file with # in its name is written sqlite:file:… with %23. Tables are
// created or brought up to date. The store is usable until ctx ends or Close is called.
func Open(ctx context.Context, url string) (*Store, error) {
	if !strings.HasPrefix(url, "sqlite:") && !strings.HasPrefix(url, "postgres://") && !strings.HasPrefix(url, "postgresql://") {
		scheme, _, _ := strings.Cut(url, ":")
		return nil, &rule.InputError{Path: "Store", Value: rule.Shorten(scheme), Reason: "is neither sqlite:FILE nor postgres://…"} // what follows may hold a password
	}
	if strings.HasPrefix(url, "postgres") {
		if _, err := neturl.Parse(url); err != nil { // its text has the URL, with the password
			return nil, &rule.InputError{Path: "Store", Value: "postgres", Reason: "is not a URL: a character such as %, / or @ in a password is written as % and two digits"}
		}
	}
	if v := os.Getenv("DBOS__APPVERSION"); v != "" && v != Version {
		return nil, &rule.InputError{Path: "DBOS__APPVERSION", Value: rule.Shorten(v), Reason: "is in the environment and would take the place of " + Version}
	}
	if strings.HasPrefix(url, "sqlite:") {
		if u, err := neturl.Parse(url); err == nil && (u.Fragment != "" || strings.Contains(u.Path, "#")) { // the engine gives SQLite half the name
			return nil, &rule.InputError{Path: "Store", Value: "sqlite", Reason: "has # in the name of its file: write sqlite:file:… with %23 in its place"}
		}
		if err := keepPrivate(url); err != nil {
			return nil, fmt.Errorf("durable: %w", err)
		}
	}
	quiet := slog.New(slog.DiscardHandler)
	pool, err := openPool(ctx, url)
	if err != nil {
		return nil, err
	}
	var client dbos.Client
	if err = dbos.Migrate(ctx, url, dbos.WithMigrateLogger(quiet)); err == nil {
		client, err = dbos.NewClient(ctx, dbos.ClientConfig{DatabaseURL: url, SystemDBPool: pool, AppName: application, Logger: quiet})
	}
	if err != nil {
		closePool(pool)
		return nil, fmt.Errorf("durable: %w", err)
	}
	return &Store{url, client}, nil
}

// Close ends the use of the store, not what is in it.
func (s *Store) Close() error { return dbos.Shutdown(s.client, 5*time.Second) }

// Start begins the migration of a fleet, or lets it go on: workers take it up. It does nothing if the fleet runs by the same
// order, so that two people may say it at once. A fleet that was paused, has ended or has stopped goes on with its
// journal: what is in flight is followed, and what was requested is not requested again. With another plan the
// waves that have not begun are those of the new plan. The error is ErrRunning if the fleet runs by another
// order, or a *rule.InputError.
func (s *Store) Start(o Order) error {
	if err := o.check(); err != nil {
		return err
	}
	last, state, err := s.last(o.Name)
	if err != nil && !errors.Is(err, ErrNoFleet) {
		return err
	}
	next := generation{Order: o, Number: 1, Ordered: time.Now().UTC()}
	if last != nil {
		same := last.sameAs(&o)
		switch {
		case same && state.running():
			return nil
		case state.running():
			return ErrRunning
		case same && state.Status == dbos.WorkflowStatusCancelled:
			return s.resume(state.ID)
		case last.Account != o.Account || last.Region != o.Region:
			return &rule.InputError{Path: "Name", Value: o.Name, Reason: fmt.Sprintf("is that of a fleet of account %s in %s", last.Account, last.Region)}
		}
		next.Number = last.Number + 1
	}
	_, err = dbos.Enqueue[result](s.client, queue, workflow, next, dbos.WithEnqueueWorkflowID(idOf(o.Name, next.Number)), dbos.WithEnqueueApplicationVersion(Version),
		dbos.WithEnqueueWorkflowIDReusePolicy(dbos.WorkflowIDReusePolicyReject))
	if errors.Is(err, dbos.ErrWorkflowIDInUse) { // somebody else was faster
		return s.Start(o)
	}
	return err
}

// Pause lets a fleet rest: its worker stops before the next request, and looks no more at what is in flight,
// which goes on at the service. A fleet that rests stays so.
func (s *Store) Pause(name string) error {
	_, state, err := s.last(name)
	if err != nil {
		return err
	}
	if state.ended() {
		return ErrEnded
	}
	return dbos.CancelWorkflow(s.client, state.ID)
}

// Resume lets a fleet that was paused go on. It does nothing to one that runs.
func (s *Store) Resume(name string) error {
	_, state, err := s.last(name)
	switch {
	case err != nil:
		return err
	case state.ended():
		return ErrEnded
	case state.running():
		return nil
	}
	return s.resume(state.ID)
}

func (s *Store) resume(id string) error {
	if err := dbos.SetWorkflowAttributes(s.client, id, map[string]any{stopAttribute: false}, dbos.WithMergeAttributes()); err != nil {
		return err
	}
	_, err := dbos.ResumeWorkflow[result](s.client, id, dbos.WithResumeQueue(queue))
	return err
}

// stopAttribute is set when no further wave is to begin.
const stopAttribute = "stop"

// Stop lets a fleet end in order: the wave that has begun is finished, and no other begins. Start lets it go on.
func (s *Store) Stop(name string) error {
	_, state, err := s.last(name)
	if err != nil {
		return err
	}
	if state.ended() {
		return ErrEnded
	}
	return dbos.SetWorkflowAttributes(s.client, state.ID, map[string]any{stopAttribute: true}, dbos.WithMergeAttributes())
}

// Fleets returns the names of all fleets, in the order in which they were first started.
func (s *Store) Fleets() (names []string, err error) {
	all, err := dbos.ListWorkflows(s.client, dbos.WithFilterWorkflowIDPrefix(idPrefix), dbos.WithFilterLoadInput(false), dbos.WithFilterLoadOutput(false))
	if err != nil {
		return nil, err
	}
	for i := range all {
		if name, number, ok := parseID(all[i].ID); ok && number == 1 {
			names = append(names, name)
		}
	}
	return names, nil
}

// A state is how the engine has a workflow.
type state struct{ dbos.WorkflowStatus }

// running tells whether a worker has the workflow, or is to have it.
func (s state) running() bool {
	return s.Status == dbos.WorkflowStatusPending || s.Status == dbos.WorkflowStatusEnqueued || s.Status == dbos.WorkflowStatusDelayed
}

// ended tells whether the workflow cannot be resumed.
func (s state) ended() bool {
	return s.Status == dbos.WorkflowStatusSuccess || s.Status == dbos.WorkflowStatusError
}

// last returns the newest generation of a fleet, and how it stands.
func (s *Store) last(name string) (*generation, state, error) {
	if err := checkName(name); err != nil {
		return nil, state{}, err
	}
	all, err := dbos.ListWorkflows(s.client, dbos.WithFilterWorkflowIDPrefix(idPrefix+name+"/"), dbos.WithFilterLoadInput(false), dbos.WithFilterLoadOutput(false))
	if err != nil {
		return nil, state{}, err
	}
	newest, id := 0, ""
	for i := range all {
		if n, number, ok := parseID(all[i].ID); ok && n == name && number > newest {
			newest, id = number, all[i].ID
		}
	}
	if newest == 0 {
		return nil, state{}, fmt.Errorf("%w: %s", ErrNoFleet, name)
	}
	one, err := dbos.ListWorkflows(s.client, dbos.WithFilterWorkflowIDs(id), dbos.WithFilterLoadInput(true), dbos.WithFilterLoadOutput(true)) // a client loads neither by default
	if err != nil {
		return nil, state{}, err
	}
	if len(one) != 1 {
		return nil, state{}, fmt.Errorf("durable: %s is gone", id)
	}
	g, err := convert[generation](one[0].Input)
	if err != nil {
		return nil, state{}, fmt.Errorf("durable: the order of %s: %w", id, err)
	}
	return &g, state{one[0]}, nil
}

// convert reads a value that the engine gives back as JSON, or as what JSON gives.
func convert[T any](stored any) (v T, err error) {
	text, isText := stored.(string)
	if !isText {
		raw, err := json.Marshal(stored)
		if err != nil {
			return v, err
		}
		text = string(raw)
	}
	err = json.Unmarshal([]byte(text), &v)
	return v, err
}

// sameAs tells whether another order asks for the same.
func (g *generation) sameAs(o *Order) bool { return bytes.Equal(essence(g.Order), essence(*o)) }

// essence is what an order asks for, without estimates.
func essence(o Order) []byte {
	o.Plan = &migrate.Plan{Edition: o.Plan.Edition, Waves: o.Plan.Waves}
	text, _ := json.Marshal(o) // of texts and numbers, which can be written
	return text
}

// lines returns the lines of the journals of a fleet's first generations. An error of the store is a *storeError.
func (s *Store) lines(name string, generations int) ([]byte, error) {
	var all bytes.Buffer
	for n := range generations {
		id := idOf(name, n+1)
		for offset := 0; ; {
			steps, err := dbos.GetWorkflowSteps(s.client, id, dbos.WithStepsOffset(offset), dbos.WithStepsLimit(stepsAtATime), dbos.WithStepsLoadOutput(true))
			if err != nil {
				return nil, &storeError{err}
			}
			for i := range steps {
				text, err := convertText(steps[i].Output)
				if err != nil {
					return nil, fmt.Errorf("durable: step %d of %s: %w", steps[i].StepID, id, err)
				}
				if steps[i].StepName == step && text != takenUp {
					all.WriteString(text)
				}
			}
			if offset += len(steps); len(steps) < stepsAtATime {
				break
			}
		}
	}
	return all.Bytes(), nil
}

const stepsAtATime = 1000

// convertText reads a text that the engine gives back, in quotes or without.
func convertText(stored any) (string, error) {
	text, ok := stored.(string)
	if !ok {
		return "", fmt.Errorf("it is a %T", stored)
	}
	if strings.HasPrefix(text, `"`) {
		return convert[string](text)
	}
	return text, nil
}
