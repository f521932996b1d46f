//go:build unix

package durable_test

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/dbos-inc/dbos-transact-golang/dbos"

	"github.com/wksgo/wks/internal/fleet"
	"github.com/wksgo/wks/migrate/durable"
	"github.com/wksgo/wks/migrate/runner"
)

// size is how many WorkSpaces TestSize moves.
var size = flag.Int("size", 400, "move so many WorkSpaces")

// manyFaults gives one WorkSpace in nine a fault.
func manyFaults(n int) []fleet.Fault {
	all := fleet.Faults()
	list := make([]fleet.Fault, n)
	for i := range list {
		if i%9 == 8 {
			list[i] = all[i/9%len(all)]
		}
	}
	return list
}

// rows counts the engine's rows of a fleet's first generation.
func rows(t testing.TB, url, id string) int {
	t.Helper()
	client, err := dbos.NewClient(t.Context(), dbos.ClientConfig{DatabaseURL: url, AppName: "wks-migrate"})
	if err != nil {
		t.Fatal(err)
	}
	defer dbos.Shutdown(client, time.Second)
	steps, err := dbos.GetWorkflowSteps(client, id, dbos.WithStepsLoadOutput(false))
	if err != nil {
		t.Fatal(err)
	}
	return 1 + len(steps)
}

// A large fleet with every fault, in waves of 25: none is asked for twice, none is lost, and a WorkSpace costs
// the store at most 12 rows.
func TestSize(t *testing.T) {
	url := "sqlite:" + filepath.Join(t.TempDir(), "fleet.db")
	w, s := newWorld(25, manyFaults(*size)...), open(t, url)
	work(t, s, w.worker())
	began := time.Now()
	if err := s.Start(w.order("fleet")); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Minute)
	defer cancel()
	st, err := s.Wait(ctx, "fleet", 200*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	took := time.Since(began)
	if len(st.Report.Results) != *size || st.Report.Count(runner.NotAsked)+st.Report.Count(runner.Following) > 0 || st.Phase != durable.Ended {
		t.Errorf("%s %s: %d results, %d not asked, %d in flight", st.Phase, st.Error, len(st.Report.Results), st.Report.Count(runner.NotAsked), st.Report.Count(runner.Following))
	}
	w.once(t)
	n := rows(t, url, "fleet/fleet/1")
	if n > 12**size {
		t.Errorf("%d rows", n)
	}
	t.Logf("%d WorkSpaces: %d rows, %.1f for each; %s", *size, n, float64(n)/float64(*size), took.Round(time.Millisecond))
}

// What a run costs with a journal in a file, and in either store: the figures are for one WorkSpace, and all
// waiting of the service is left out.
func BenchmarkRun(b *testing.B) {
	const n = 500
	b.Run("file", func(b *testing.B) {
		for b.Loop() {
			w := newWorld(25, healthy(n)...)
			j, err := runner.OpenJournal(filepath.Join(b.TempDir(), "journal"))
			if err != nil {
				b.Fatal(err)
			}
			o := w.worker().Options
			o.Account, o.Region = account, region
			if _, err := runner.Run(b.Context(), w.service, w.plan, j, o); err != nil {
				b.Fatal(err)
			}
			j.Close()
		}
		b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/n, "µs/WorkSpace")
	})
	for _, kind := range []string{"SQLite", "PostgreSQL"} {
		b.Run(kind, func(b *testing.B) {
			url := "sqlite:" + filepath.Join(b.TempDir(), "fleet.db")
			if kind == "PostgreSQL" {
				url = startPostgres(b).url
			}
			s := open(b, url)
			fleets := 0
			for b.Loop() {
				fleets++
				name := fmt.Sprint("fleet-", fleets)
				w := newWorld(25, healthy(n)...)
				end := work(b, s, w.worker())
				if err := s.Start(w.order(name)); err != nil {
					b.Fatal(err)
				}
				ctx, cancel := context.WithTimeout(b.Context(), 5*time.Minute)
				st, err := s.Wait(ctx, name, 10*time.Millisecond)
				cancel()
				if err != nil || st.Report.Count(runner.Succeeded) != n {
					b.Fatal(st, err)
				}
				end()
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/n, "µs/WorkSpace")
		})
	}
}
