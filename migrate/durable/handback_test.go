package durable_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/wksgo/wks/internal/fleet"
	"github.com/wksgo/wks/migrate/durable"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/wkstest"
)

// What the execution of a worker ends with that was told to end is never the end of the fleet. Each round ends a worker
// right after a request, while its run has only to wait.
func TestHandBackIsNoEnd(t *testing.T) {
	for round := range 10 {
		t.Run(fmt.Sprint(round), func(t *testing.T) {
			t.Parallel()
			store, err := durable.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "fleet.db"))
			if err != nil {
				t.Fatal(err)
			}
			defer store.Close()
			w := newWorld(1, fleet.None, fleet.LoseAccepted)
			if err := store.Start(durable.Order{Name: "finance", Account: "111122223333", Region: "eu-west-1", Plan: w.plan}); err != nil {
				t.Fatal(err)
			}
			working, end := context.WithTimeout(t.Context(), time.Minute)
			defer end()
			worker := durable.Worker{
				Connect: func(context.Context, string, string) (runner.API, error) { return w.service, nil },
				Options: runner.Options{Clock: stopped{w.clock, working}, Pace: w.clock, Progress: func(e runner.Event) {
					if e.Kind == runner.Accepted {
						end()
					}
				}},
			}
			if err := durable.Work(working, store, worker); err != nil {
				t.Fatal(err)
			}
			if st, err := store.Status("finance"); err != nil || st.Phase == durable.Failed || st.Begun != 1 {
				t.Fatalf("%+v, %v", st, err)
			}
		})
	}
}

// A stopped clock goes on until a worker is told to end: whoever waits after that waits for the end.
type stopped struct {
	*wkstest.Virtual
	working context.Context
}

func (c stopped) Sleep(ctx context.Context, d time.Duration) error {
	if c.working.Err() == nil {
		return c.Virtual.Sleep(ctx, d)
	}
	<-ctx.Done()
	return context.Cause(ctx)
}
