package fleet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/internal/fleet"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/durable"
	"github.com/wksgo/wks/migrate/runner"
)

// A simulation is a service in memory that remembers, in a file, what it was asked to do: a program that goes on
// where another one was killed finds it as AWS would be. Its time runs faster than that of the wall, and
// goes on while nobody looks.
type simulation struct {
	*fleet.Service
	clock *fastClock

	mu   sync.Mutex
	file *os.File
}

// A simulatedCall is a line of the file: a request for a migration, or the first line, which says when the
// simulation began on the wall.
type simulatedCall struct {
	At        time.Time `json:"at"`
	Began     time.Time `json:"began,omitzero"`
	Speed     float64   `json:"speed,omitempty"`
	Seed      uint64    `json:"seed,omitempty"`
	Workspace string    `json:"workspace,omitempty"`
	Bundle    string    `json:"bundle,omitempty"`
}

// maxSimulation is the most that is read of the file of a simulation: 100,000 requests have some 15 MiB. Tests set it.
var maxSimulation int64 = 256 << 20

// openSimulation opens the simulation that a file remembers, or begins one.
func openSimulation(name string, c *command, p *migrate.Plan, in *input) (*simulation, error) {
	f, err := cli.OpenPrivate(name, os.O_APPEND)
	if err != nil {
		return nil, err
	}
	data, err := cli.ReadAll(f, maxSimulation, "a simulation")
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", name, err), f.Close())
	}
	var calls []simulatedCall
	for line := range bytes.Lines(data) {
		var call simulatedCall
		if err := json.Unmarshal(line, &call); err != nil {
			return nil, errors.Join(fmt.Errorf("%s: line %d: %w", name, len(calls)+1, err), f.Close())
		}
		calls = append(calls, call)
	}
	s := &simulation{file: f}
	if len(calls) == 0 {
		first := simulatedCall{At: sampleTime, Began: time.Now(), Speed: c.speed, Seed: c.seed}
		if err := s.write(first); err != nil {
			return nil, errors.Join(err, f.Close())
		}
		calls = append(calls, first)
	}
	s.clock = &fastClock{start: calls[0].At, began: calls[0].Began, speed: calls[0].Speed}
	// What happened is done again, at the time at which it happened.
	now := calls[0].At
	past := true
	s.Service = newService(func() time.Time {
		if past {
			return now
		}
		return s.clock.Now()
	}, p, in, calls[0].Seed)
	for _, call := range calls[1:] {
		now = call.At
		_, _ = s.Service.MigrateWorkspace(context.Background(), &workspaces.MigrateWorkspaceInput{SourceWorkspaceId: &call.Workspace, BundleId: &call.Bundle}) // the error was answered then
	}
	past = false
	return s, nil
}

func (s *simulation) close() error { return s.file.Close() }

// write remembers a call.
func (s *simulation) write(call simulatedCall) error {
	line, err := json.Marshal(call)
	if err != nil {
		return err
	}
	_, err = s.file.Write(append(line, '\n'))
	return err
}

// MigrateWorkspace remembers the request, and does it.
func (s *simulation) MigrateWorkspace(ctx context.Context, in *workspaces.MigrateWorkspaceInput, opts ...func(*workspaces.Options)) (*workspaces.MigrateWorkspaceOutput, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if in != nil && in.SourceWorkspaceId != nil && in.BundleId != nil {
		if err := s.write(simulatedCall{At: s.clock.Now(), Workspace: *in.SourceWorkspaceId, Bundle: *in.BundleId}); err != nil {
			return nil, err
		}
	}
	return s.Service.MigrateWorkspace(ctx, in, opts...)
}

// worker is one that runs on the simulation.
func (s *simulation) worker() durable.Worker {
	return durable.Worker{
		Connect: func(context.Context, string, string) (runner.API, error) { return s, nil },
		Options: runner.Options{Clock: s.clock, Pace: s.clock},
		Beat:    time.Second,
	}
}

// A fastClock is time that runs faster than that of the wall. It is also a pace of two calls a second.
type fastClock struct {
	start, began time.Time
	speed        float64
}

func (c *fastClock) Now() time.Time {
	return c.start.Add(time.Duration(float64(time.Since(c.began)) * c.speed))
}

func (c *fastClock) Sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(time.Duration(float64(d) / c.speed))
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

func (c *fastClock) Wait(ctx context.Context) error { return c.Sleep(ctx, time.Second/2) }
