package durable_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/wksgo/wks/internal/fleet"
	"github.com/wksgo/wks/migrate/durable"
	"github.com/wksgo/wks/migrate/runner"
)

// A fleet of two WorkSpaces is run by a worker that ends in the middle, and by another one, against a service in
// memory. With a *workspaces.Client in the place of the service they run against AWS.
func Example() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	store, err := durable.Open(ctx, "sqlite:"+filepath.Join(dir, "fleet.db"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer store.Close()

	w := newWorld(1, fleet.None, fleet.LoseAccepted)
	if err := store.Start(durable.Order{Name: "finance", Account: "111122223333", Region: "eu-west-1", Plan: w.plan}); err != nil {
		fmt.Println(err)
		return
	}
	for range 2 {
		working, end := context.WithCancel(ctx)
		worker := durable.Worker{
			Connect: func(context.Context, string, string) (runner.API, error) { return w.service, nil },
			Options: runner.Options{Clock: w.clock, Pace: w.clock, Progress: func(e runner.Event) {
				if e.Kind == runner.Accepted {
					end()
				}
			}},
		}
		go func() {
			if _, err := store.Wait(working, "finance", 50*time.Millisecond); err == nil {
				end()
			}
		}()
		if err := durable.Work(working, store, worker); err != nil {
			fmt.Println(err)
		}
	}
	st, err := store.Status("finance")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(st.Phase, st.Report.Count(runner.Succeeded), "of", len(st.Report.Results), "in", st.Waves, "waves")
	// Output:
	// ended 2 of 2 in 2 waves
}
