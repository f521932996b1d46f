package fleet

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/spf13/pflag"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/durable"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/rule"
)

// What commands do if no flag is given: ask a person, pace by throttling, and run nothing at once or without a bound.
func TestDefaults(t *testing.T) {
	root := Command()
	for command, want := range map[string]string{
		"plan":   "edition= help=false json=false undocumented=ask",
		"run":    "accept=[] account= budget=0 edition= fleet= help=false instant=false journal= json=false new-plan=false omit-user-names=false redis= redis-away=adaptive region= seed=1 simulate=false speed=600 store= undocumented=ask yes=false",
		"status": "fleet= help=false json=false store=" + defaultStore + " watch=0s", "report": "fleet= help=false json=false store=" + defaultStore,
		"pause": "fleet= help=false store=" + defaultStore, "resume": "fleet= help=false store=" + defaultStore, "stop": "fleet= help=false store=" + defaultStore,
		"work": "help=false redis= redis-away=adaptive store=", "sample": "help=false",
	} {
		cmd, _, err := root.Find([]string{command})
		if err != nil {
			t.Fatal(err)
		}
		cmd.InitDefaultHelpFlag()
		var got []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { got = append(got, f.Name+"="+f.DefValue) })
		if g := strings.Join(got, " "); cmd.Name() != command || g != want {
			t.Errorf("%s: got  %s\nwant %s", cmd.Name(), g, want)
		}
	}
	var out, errs bytes.Buffer
	if status := cli.Run(Command(), nil, nil, &out, &errs); status != exitDone || errs.Len() > 0 || !strings.HasPrefix(out.String(), "Migrate plans the migration of a fleet") {
		t.Errorf("status %d, %s%s", status, errs.String(), out.String())
	}
}

// Of flags that say where a run is kept, and how, there can be one.
func TestFlagsExcludeOthers(t *testing.T) {
	values := map[string]string{"simulate": "--simulate", "redis": "--redis=redis://localhost", "journal": "--journal=j", "store": "--store=sqlite:s.db", "instant": "--instant"}
	for _, pair := range [][2]string{{"simulate", "redis"}, {"simulate", "journal"}, {"store", "journal"}, {"store", "instant"}, {"journal", "instant"}} {
		status, out, errs := ask(t, "run", "export", values[pair[0]], values[pair[1]])
		if group := "[" + pair[0] + " " + pair[1] + "]"; status != exitError || out != "" || !strings.Contains(errs, group) {
			t.Errorf("%s: status %d, %s%s", group, status, errs, out)
		}
	}
	if status, out, errs := ask(t, "run", "export", "--budget", "3"); status != exitError || out != "" || !strings.Contains(errs, "[simulate journal store]") {
		t.Errorf("none: status %d, %s%s", status, errs, out)
	}
	if status, out, errs := ask(t, "work"); status != exitError || out != "" || !strings.Contains(errs, `"store"`) {
		t.Errorf("work: status %d, %s%s", status, errs, out)
	}
}

// All that is printed of a plan.
func TestWholePlan(t *testing.T) {
	t.Setenv("COLUMNS", "200")
	edition := rule.MustParseEdition("2026-09-10")
	cite := rule.Citation{Document: "Doc", Section: "Sec", Date: edition}
	mended := rule.Violations{{Remedy: "mend it"}}
	plan := &migrate.Plan{Edition: edition, Waves: [][]migrate.Migration{
		{{WorkspaceID: "ws-1", SubnetID: "subnet-a", Key: "key-1", Grants: 2, Before: []migrate.Task{migrate.LeaveValue}}, {WorkspaceID: "ws-2", SubnetID: "subnet-b", Then: "wsb-2", After: []migrate.Task{migrate.LogIn, migrate.LeaveValue}}},
		{{WorkspaceID: "ws-3", SubnetID: "subnet-a", Then: "wsb-2", After: []migrate.Task{migrate.LogIn}}},
	}, Refused: []migrate.Refusal{{WorkspaceID: "ws-4", Reason: "it is odd", Cite: cite}, {WorkspaceID: "ws-5", Reason: "it is old", Cite: cite, Violations: mended}, {WorkspaceID: "ws-6", Reason: "it is old", Cite: cite, Violations: mended}},
		Undecided: []migrate.Refusal{{WorkspaceID: "ws-7", Reason: "nobody says", Cite: cite}}, Unassigned: []string{"ws-8", "ws-9"},
		Estimate: migrate.Estimate{Migrations: 3, Calls: 12, CallTime: 3600 * time.Millisecond, Longest: 2*time.Hour + 400*time.Millisecond}}
	in := &input{fleet: make([]migrate.Workspace, 9), matches: []match{{`{"license":"byol"} to wsb-1`, 4}, {`{"license":"public"} to wsb-2`, 0}}, unknown: map[string]int{"what b is": 1, "what a is": 2}, missing: map[rule.Path]int{"Protocols": 3, "License": 1}}
	const want = `9 WorkSpaces, documents as of 2026-09-10: 3 to migrate in 2 waves, 3 refused, 1 undecided, 2 without a target
12 calls, which take 4s at the documented pace; at most 2h0m0s in all

wave  size  first  last  subnets                keys (grants)  steps before
1     2     ws-1   ws-2  subnet-a:1 subnet-b:1  key-1:2        leave-value:1
2     1     ws-3   ws-3  subnet-a:1

refused
   2  it is old
      Doc, Sec, 2026-09-10
      remedy: mend it
   1  it is odd
      Doc, Sec, 2026-09-10

undecided
   1  nobody says
      Doc, Sec, 2026-09-10

rule {"license":"byol"} to wsb-1: 4 WorkSpaces
rule {"license":"public"} to wsb-2: 0 WorkSpaces

2 WorkSpaces are not planned: what a is
1 WorkSpaces are not planned: what b is

later: wsb-2 after log-in:1 wsb-2 after log-in and leave-value:1

not told by the export: License:1 Protocols:3
`
	var b bytes.Buffer
	if err := writePlan(&b, plan, in); err != nil || b.String() != want {
		t.Errorf("%v: got\n%s\nwant\n%s", err, b.String(), want)
	}
	b.Reset()
	if err := writePlan(&b, &migrate.Plan{Edition: edition}, &input{}); err != nil || b.String() != "0 WorkSpaces, documents as of 2026-09-10: 0 to migrate in 0 waves, 0 refused, 0 undecided, 0 without a target\n0 calls, which take 0s at the documented pace; at most 0s in all\n" {
		t.Errorf("%v: %s", err, b.String())
	}
	b.Reset()
	if err := writePlan(&b, &migrate.Plan{Edition: edition}, &input{missing: map[rule.Path]int{"License": 1}}); err != nil || !strings.HasSuffix(b.String(), " in all\n\nnot told by the export: License:1\n") {
		t.Errorf("%v: %s", err, b.String())
	}
	// Where a line has no room, the text goes on behind its number.
	t.Setenv("COLUMNS", "60")
	b.Reset()
	plan.Waves = [][]migrate.Migration{{{WorkspaceID: "ws-2", SubnetID: "subnet-b", Then: "wsb-2", After: []migrate.Task{migrate.LogIn, migrate.LeaveValue}}, {WorkspaceID: "ws-3", SubnetID: "subnet-b", Then: "wsb-3", After: []migrate.Task{migrate.LogIn}}}}
	plan.Undecided = nil
	plan.Refused = []migrate.Refusal{{Reason: "it cannot be as it was once wanted to be by somebody who knew", Cite: rule.Citation{Document: "A document about what is moved", Section: "What there is to say of it", Date: edition}, Violations: rule.Violations{{Remedy: "wait until somebody has read the document about it, and then do it"}}}}
	const narrow = `9 WorkSpaces, documents as of 2026-09-10: 3 to migrate in 1
waves, 1 refused, 0 undecided, 2 without a target
12 calls, which take 4s at the documented pace; at most
2h0m0s in all

wave  size  first  last  subnets  keys  steps before
1     2     ws-2   ws-3  1        0

refused
   1  it cannot be as it was once wanted to be by somebody
      who knew
      A document about what is moved, What there is to say
      of it, 2026-09-10
      remedy: wait until somebody has read the document
      about it, and then do it

rule {"license":"byol","operatingSystem":"WINDOWS_10"} to
wsb-1: 4 WorkSpaces

2 WorkSpaces are not planned: the operating system (os) of
wsb-1 is not known

later: wsb-2 after log-in and leave-value:1 wsb-3 after
log-in:1

not told by the export: ComputeType.Name:12
WorkspaceProperties.Protocols:3
`
	if err := writePlan(&b, plan, &input{fleet: make([]migrate.Workspace, 9), matches: []match{{`{"license":"byol","operatingSystem":"WINDOWS_10"} to wsb-1`, 4}}, unknown: map[string]int{"the operating system (os) of wsb-1 is not known": 2},
		missing: map[rule.Path]int{"ComputeType.Name": 12, "WorkspaceProperties.Protocols": 3}}); err != nil || b.String() != narrow {
		t.Errorf("%v: got\n%s\nwant\n%s", err, b.String(), narrow)
	}
}

// All that is printed of a run, and of how a fleet stands.
func TestWholeReport(t *testing.T) {
	t.Setenv("COLUMNS", "60")
	var b bytes.Buffer
	rep := &runner.Report{Results: []runner.Result{
		{WorkspaceID: "ws-1", Outcome: runner.Succeeded, Status: migrate.StatusSucceeded}, {WorkspaceID: "ws-2", Outcome: runner.Failed, Detail: "the service said that it does not want to do it"}, {WorkspaceID: "ws-3", Outcome: runner.Failed, Status: migrate.StatusLost, Detail: "gone"},
	}}
	const report = `
3 WorkSpaces
  failed, lost     1
  failed, refused  1
  succeeded        1

ws-2  failed  -     the service said that it does not want
                    to do it
ws-3  failed  lost  gone
`
	if err := writeReport(&b, rep); err != nil || b.String() != report {
		t.Errorf("%v: got\n%s\nwant\n%s", err, b.String(), report)
	}
	b.Reset()
	if err := writeReport(&b, &runner.Report{}); err != nil || b.String() != "\n0 WorkSpaces\n\n" {
		t.Errorf("%v: %q", err, b.String())
	}
	b.Reset()
	st := &durable.Status{Name: "few", Account: "111122223333", Region: "eu-west-1", Phase: durable.Failed, AsOf: sampleTime, Waves: 3, Begun: 1, Left: 90 * time.Second, Error: "the journal is of another plan than the one that was given",
		Report: rep, Stuck: []durable.Flight{{WorkspaceID: "ws-2", Since: sampleTime.Add(-2 * time.Hour), Last: runner.Requested}}}
	status := `few, account 111122223333 in eu-west-1: ` + string(durable.Failed) + `
[##########] 1 of 3 migrated, 2 failed, 0 in flight; wave 1 of 3
stopped by: the journal is of another plan than the one that
            was given
the rest takes about 2m at the pace so far
  stuck: ws-2 for 2h0m: it was asked for, and no answer is
                        known
`
	if err := writeStatus(&b, st); err != nil || b.String() != status {
		t.Errorf("%v: got\n%s\nwant\n%s", err, b.String(), status)
	}
	for want, f := range map[string]durable.Flight{
		"it was asked for, and no answer is known":                                           {Last: runner.Requested},
		"the answer cannot be believed, and its target is looked for: EOF":                   {Last: runner.Unknown, Detail: "EOF"},
		"the answer named the target of another one, and its own is looked for":              {Last: runner.Found},
		"its target ws-9 was found, and neither end is to be seen yet":                       {Last: runner.Found, TargetID: "ws-9"},
		"it was accepted, and its target ws-9 has not come to an end in the documented hour": {Last: runner.Accepted, TargetID: "ws-9"},
	} {
		if got := why(f); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A bar of more WorkSpaces than it has room for, or of which more have ended than there are, is drawn as far as they go.
func TestBarsWithoutRoom(t *testing.T) {
	var b bytes.Buffer
	wide := make([]migrate.Migration, 27)
	bars := newBars(&b, true, &migrate.Plan{Waves: [][]migrate.Migration{wide, {{WorkspaceID: "ws-1"}}}})
	bars.done[1], bars.failed[1], bars.skipped[1] = 1, 1, 1
	for i, want := range []string{"[" + strings.Repeat(".", 27) + "]", "[#x-" + strings.Repeat(" ", 24) + "]"} {
		if got := bars.bar(i); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	t.Setenv("COLUMNS", "80")
	bars.event(runner.Event{Kind: runner.Ended, WorkspaceID: "ws-1", Status: migrate.StatusSucceeded})
	if got, want := b.String(), "\rwave   2/2 [##x-"+strings.Repeat(" ", 24)+"]  2 of  1 migrated, 1 failed, 1 skipped\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// Three files of an export are needed, and three can be missing. What the API adds to its own is passed over; targets, which
// people write, have nothing that is not known.
func TestFilesOfAnExport(t *testing.T) {
	all := sampleFiles()
	all[workspacesName] = first(t, all[workspacesName], 12)
	plan := func(f files) (*input, error) { return readExport(migrate.Newest(), f.read, sampleTime) }
	for name := range all {
		needed := name == workspacesName || name == bundlesName || name == targetsName
		some := files{}
		for other, data := range all {
			if other != name {
				some[other] = data
			}
		}
		if in, err := plan(some); needed != errors.Is(err, fs.ErrNotExist) || needed != strings.HasPrefix(fmt.Sprint(err), name+": ") || needed != (in == nil) {
			t.Errorf("without %s: %v", name, err)
		}
		some[name] = []byte(strings.Replace(string(all[name]), "{", `{"more": 1, `, 1))
		if in, err := plan(some); (err != nil) != (name == targetsName) || err != nil && err.Error() != targetsName+`: json: unknown field "more"` || (in == nil) != (err != nil) {
			t.Errorf("more in %s: %v", name, err)
		}
		some[name] = []byte(`[]`)
		if in, err := plan(some); in != nil || err == nil || !strings.HasPrefix(err.Error(), name+": json: cannot unmarshal array") {
			t.Errorf("a list in %s: %v", name, err)
		}
	}
	if in, err := plan(all); err != nil || in.limits.FreeAddresses["subnet-a"] != 9 || in.limits.FreeAddresses["subnet-c"] != 4 || in.limits.FreeGrants["key-2"] != 14 || in.limits.WaveSize != 0 {
		t.Errorf("%+v, %v", in.limits, err)
	}
	delete(all, subnetsName)
	if in, err := plan(all); err != nil || in.limits.FreeAddresses != nil {
		t.Errorf("without subnets: %v, %v", in.limits.FreeAddresses, err)
	}
}

// A sample that cannot be written is an error of its folder or of its file.
func TestSampleCannotBeSaved(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, targetsName), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, where := range []string{file, dir} {
		var path *fs.PathError
		if err := saveSample(where); !errors.As(err, &path) || !strings.HasPrefix(path.Path, where) {
			t.Errorf("%s: %v", where, err)
		}
		if status, out, errs := ask(t, "sample", where); status != exitError || out != "" || !strings.Contains(errs, where) {
			t.Errorf("%s: status %d, %s%s", where, status, errs, out)
		}
	}
}

// A clock that is told to end while it sleeps wakes at once, with the reason.
func TestClockWakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		c := &fastClock{start: sampleTime, began: began, speed: 2}
		if err := c.Sleep(ctx, time.Hour); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != time.Second {
			t.Errorf("%v after %v", err, time.Since(began))
		}
	})
}

// A pace on Redis is one for each account and Region, and is closed with the client. One whose flags are wrong is an error.
func TestPacesOnRedis(t *testing.T) {
	p := paces{url: "redis://localhost:1", away: "stop"}
	a, err := p.pace("111122223333", "eu-west-1")
	if err != nil || p.client == nil {
		t.Fatal(err)
	}
	client := p.client
	again, err := p.pace("111122223333", "eu-west-1")
	other, errOther := p.pace("111122223333", "us-east-1")
	if err != nil || errOther != nil || again != a || other == a || p.client != client || len(p.of) != 2 {
		t.Errorf("%v, %v; %d paces", err, errOther, len(p.of))
	}
	if err := p.close(); err != nil {
		t.Error(err)
	}
	if err := client.Ping(t.Context()).Err(); err == nil || !strings.Contains(err.Error(), "closed") {
		t.Errorf("the client is open: %v", err)
	}
	if err := (&paces{}).close(); err != nil {
		t.Error(err)
	}
	for _, p := range []*paces{{url: "http://localhost", away: "stop"}, {url: "redis://localhost:1", away: "wait"}} {
		w, err := p.pace("111122223333", "eu-west-1")
		if w != nil || err == nil || !strings.HasPrefix(err.Error(), "--redis") || len(p.of) > 0 {
			t.Errorf("%+v: %v, %v", p.url, w, err)
		}
		c := &command{connect: func(context.Context, string) (runner.API, error) { return nil, nil }, paces: paces{url: p.url, away: p.away}}
		if api, err := c.connectPaced(t.Context(), "111122223333", "eu-west-1"); api != nil || err == nil {
			t.Errorf("%s: %v, %v", p.url, api, err)
		}
		_ = p.close()
		_ = c.paces.close()
	}
	if w, err := (&paces{away: "stop"}).fallback(); w != nil || err != nil {
		t.Errorf("%v, %v", w, err)
	}
	c := &command{connect: func(context.Context, string) (runner.API, error) { return nil, errors.New("no AWS here") }}
	if api, err := c.connectPaced(t.Context(), "111122223333", "eu-west-1"); api != nil || err == nil {
		t.Errorf("%v, %v", api, err)
	}
}

// The options of an API are those of the client of the SDK that it is, and none otherwise.
func TestOptionsOfAnAPI(t *testing.T) {
	if got := (pacedAPI{workspaces.New(workspaces.Options{Region: "eu-west-1"}), nil}).Options().Region; got != "eu-west-1" {
		t.Errorf("%q", got)
	}
	if got := (pacedAPI{}).Options(); got.Region != "" || got.Retryer != nil {
		t.Errorf("%+v", got)
	}
}

// A journal in a folder that is not there is the error of its file, and nobody is asked.
func TestJournalNowhere(t *testing.T) {
	export := small(t, `{"targets": [{"from": "wsb-0000old1", "to": "wsb-0000new1"}]}`)
	c := command{connect: func(context.Context, string) (runner.API, error) {
		return workspaces.New(workspaces.Options{Region: "eu-west-1"}), nil
	}, now: func() time.Time { return sampleTime }}
	name := filepath.Join(t.TempDir(), "none", "journal")
	if status, errs := c.answer(t, "y\n", "run", export, "--account", "111122223333", "--undocumented", "allow", "--journal", name); status != exitError || !strings.Contains(errs, name) || strings.Contains(errs, "[y/N]") {
		t.Errorf("status %d, %s", status, errs)
	}
	asked := 0
	c.connect = func(context.Context, string) (runner.API, error) {
		if asked++; asked > 1 {
			return nil, errors.New("no AWS any more")
		}
		return workspaces.New(workspaces.Options{Region: "eu-west-1"}), nil
	}
	if status, errs := c.answer(t, "y\n", "run", export, "--account", "111122223333", "--undocumented", "allow", "--journal", filepath.Join(t.TempDir(), "journal")); status != exitError || !strings.Contains(errs, "no AWS any more") {
		t.Errorf("status %d, %s", status, errs)
	}
}
