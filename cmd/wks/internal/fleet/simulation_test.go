package fleet

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/migrate"
)

// planned is the sample with its plan.
func planned(t *testing.T) (*input, *migrate.Plan) {
	t.Helper()
	in, err := readExport(migrate.Newest(), sampleFiles().read, sampleTime)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := migrate.Newest().NewPlan(in.fleet, in.targets, in.limits)
	if err != nil {
		t.Fatal(err)
	}
	return in, plan
}

// The file of a simulation is read up to its bound.
func TestSimulationIsBounded(t *testing.T) {
	in, plan := planned(t)
	name := filepath.Join(t.TempDir(), "calls")
	first := `{"at":"2026-09-09T18:00:00Z","began":"2026-09-09T18:00:00Z","speed":1}` + "\n"
	text := first + `{"at":"2026-09-09T18:00:01Z","workspace":"` + strings.Repeat("x", 100_000) + `"}` + "\n"
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	before := maxSimulation
	t.Cleanup(func() { maxSimulation = before })
	for most, want := range map[int64]bool{int64(len(text)): true, int64(len(text)) - 1: false} {
		maxSimulation = most
		s, err := openSimulation(name, &command{}, plan, in)
		if (err == nil) != want || err != nil && !strings.HasPrefix(err.Error(), name+": ") {
			t.Errorf("%d of %d bytes: %v", most, len(text), err)
		}
		if err == nil {
			s.close()
		}
	}
}

// A clock of a speed is so many times as fast as the wall, and a pace of two calls a second of its own time.
func TestFastClock(t *testing.T) {
	for _, speed := range []float64{1, 2, 600} {
		synctest.Test(t, func(t *testing.T) {
			began := time.Now()
			c := &fastClock{start: sampleTime, began: began, speed: speed}
			wall := func(d time.Duration) time.Duration { return time.Duration(float64(d) / speed) }
			if got := c.Now(); !got.Equal(sampleTime) {
				t.Errorf("%v at the start", got)
			}
			if err := c.Sleep(t.Context(), time.Hour); err != nil || time.Since(began) != wall(time.Hour) || !c.Now().Equal(sampleTime.Add(time.Hour)) {
				t.Errorf("an hour takes %v, and then it is %v: %v", time.Since(began), c.Now(), err)
			}
			for range 2 {
				if err := c.Wait(t.Context()); err != nil {
					t.Error(err)
				}
			}
			if got := c.Now().Sub(sampleTime); got.Round(time.Microsecond) != time.Hour+time.Second {
				t.Errorf("two calls take until %v", got)
			}
		})
	}
}

// A file of a simulation remembers when and how it began, and each request. Whoever opens it again, with other flags,
// finds the service as it was, at the time that has come meanwhile.
func TestSimulationRemembers(t *testing.T) {
	in, plan := planned(t)
	name := filepath.Join(t.TempDir(), "calls")
	first, second := plan.Waves[0][0], plan.Waves[0][1]
	migrated := func(s *simulation, m migrate.Migration) error {
		_, err := s.MigrateWorkspace(t.Context(), &workspaces.MigrateWorkspaceInput{SourceWorkspaceId: aws.String(m.WorkspaceID), BundleId: aws.String(m.BundleID)})
		return err
	}
	synctest.Test(t, func(t *testing.T) {
		s, err := openSimulation(name, &command{speed: 3600, seed: 99}, plan, in)
		if err != nil {
			t.Fatal(err)
		}
		before := []int{s.Requests(first.WorkspaceID), s.Requests(second.WorkspaceID)}
		answered := migrated(s, first)
		time.Sleep(time.Second)
		at := s.clock.Now()
		if _, err := s.MigrateWorkspace(t.Context(), &workspaces.MigrateWorkspaceInput{}); err == nil {
			t.Error("a request without a WorkSpace is accepted")
		}
		if err := s.close(); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(before, []int{0, 0}) || !at.Equal(sampleTime.Add(time.Hour)) {
			t.Errorf("%v requests at the start, %v", before, at)
		}
		if err := migrated(s, second); err == nil || s.Requests(second.WorkspaceID) != 0 {
			t.Errorf("what cannot be remembered is asked for: %v", err)
		}

		time.Sleep(time.Second)
		again, err := openSimulation(name, &command{speed: 1, seed: 1}, plan, in)
		if err != nil {
			t.Fatal(err)
		}
		defer again.close()
		if got := again.clock.Now(); !got.Equal(sampleTime.Add(2 * time.Hour)) {
			t.Errorf("it goes on at %v", got)
		}
		if n, m := again.Requests(first.WorkspaceID), again.Requests(second.WorkspaceID); n != 1 || m != 0 {
			t.Errorf("%d and %d requests, want 1 and 0", n, m)
		}
		accepted := 0
		if answered == nil {
			accepted = 1
		}
		if got := again.Accepted(first.WorkspaceID); got != accepted {
			t.Errorf("%d accepted, and the first answer was %v", got, answered)
		}
		// The request was made when the simulation began, so its migration is over, and not pending.
		out, err := again.DescribeWorkspaces(t.Context(), &workspaces.DescribeWorkspacesInput{WorkspaceIds: again.Targets()})
		if err != nil || len(again.Targets()) != 1 || len(out.Workspaces) != 1 || out.Workspaces[0].State == "PENDING" {
			t.Errorf("targets %v, %+v, %v", again.Targets(), out, err)
		}
		if w := again.worker(); w.Options.Clock != again.clock || w.Options.Pace != again.clock || w.Beat != time.Second {
			t.Errorf("%+v", w)
		} else if api, err := w.Connect(t.Context(), "", ""); api != again || err != nil {
			t.Errorf("%v, %v", api, err)
		}
	})
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var calls []simulatedCall
	for line := range strings.Lines(string(text)) {
		var c simulatedCall
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatal(err)
		}
		calls = append(calls, c)
	}
	if len(calls) != 2 || calls[0].Speed != 3600 || calls[0].Seed != 99 || calls[1].Workspace != first.WorkspaceID || calls[1].Bundle != first.BundleID {
		t.Errorf("%s", text)
	}
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v: the file names WorkSpaces, and is for its owner alone", info.Mode(), err)
	}
}

// A file that no simulation has written is an error that names the file and the line.
func TestSimulationOfAnotherFile(t *testing.T) {
	in, plan := planned(t)
	for text, line := range map[string]string{"{": "line 1", "{}\n{\"at\": 1}\n": "line 2", "{}\n" + strings.Repeat("x", 1<<17): ""} {
		name := filepath.Join(t.TempDir(), "calls")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if s, err := openSimulation(name, &command{speed: 1}, plan, in); s != nil || err == nil || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), line) {
			t.Errorf("%.20q: %v, %v", text, s, err)
		}
	}
	if s, err := openSimulation(filepath.Join(t.TempDir(), "none", "calls"), &command{speed: 1}, plan, in); s != nil || err == nil {
		t.Errorf("%v, %v", s, err)
	}
}

// The sample is what its text says: so many WorkSpaces of each line, each with another ID and user, and with the volumes,
// key and state of its line.
func TestSampleIsItsText(t *testing.T) {
	in, _ := planned(t)
	ids, users, at := map[string]bool{}, map[string]bool{}, 0
	for line := range strings.Lines(sampleText) {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		count, err := strconv.Atoi(f[0])
		if err != nil {
			t.Fatal(err)
		}
		key := f[3]
		if key == "-" {
			key = ""
		}
		for range count {
			w := in.workspaces[at]
			root, user := aws.ToBool(w.RootVolumeEncryptionEnabled), aws.ToBool(w.UserVolumeEncryptionEnabled)
			if *w.BundleId != bundleID(f[1]) || *w.SubnetId != f[2] || string(w.State) != f[5] || root != (f[4] == "2") || user != (f[4] != "0") || aws.ToString(w.VolumeEncryptionKey) != key {
				t.Errorf("%s: %+v", line, w)
			}
			ids[*w.WorkspaceId], users[*w.UserName] = true, true
			at++
		}
	}
	if at != len(in.workspaces) || len(ids) != at || len(users) != at {
		t.Errorf("%d WorkSpaces, %d of the text, %d IDs, %d users", len(in.workspaces), at, len(ids), len(users))
	}
}

// Of WorkSpaces those are counted of which more than one request was accepted.
func TestAskedTwice(t *testing.T) {
	accepted := map[string]int{"ws-0": 0, "ws-1": 1, "ws-2": 2, "ws-3": 3}
	var list []types.Workspace
	for id := range accepted {
		list = append(list, types.Workspace{WorkspaceId: &id})
	}
	if n := askedTwice(list, func(id string) int { return accepted[id] }); n != 2 {
		t.Errorf("%d, want 2", n)
	}
}
