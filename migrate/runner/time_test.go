package runner_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path/filepath"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks/internal/fleet"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/wkstest"
)

// timed notes when a run tells of kinds of events, since its start, by the clock.
func (w *world) timed(clock *wkstest.Virtual) map[runner.Kind][]time.Duration {
	start, at := clock.Now(), map[runner.Kind][]time.Duration{}
	w.options.Pace = waiter(func(context.Context) error { return nil }) // calls take no time
	w.options.Progress = func(e runner.Event) { at[e.Kind] = append(at[e.Kind], clock.Now().Sub(start)) }
	return at
}

// What an earlier run has left is looked at at once. After requests a run waits, and then looks every so often.
func TestTimesOfLooks(t *testing.T) {
	clock := wkstest.NewVirtual(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
	w := newWorld(clock.Now, 1, "", "")
	w.options.Clock, w.options.PollEvery = clock, 10*time.Minute
	at := w.timed(clock)
	if rep, err := w.run(t.Context(), &file{}); err != nil || w.check(rep, 0) != nil {
		t.Fatal(err, w.check(rep, 0))
	}
	requested, looked := at[runner.Requested], at[runner.Looked] // a migration takes 25 minutes
	if len(requested) != 2 || len(looked) != 7 || requested[0] != 0 || looked[0] != 0 || requested[1] != looked[3] {
		t.Fatalf("requested %v, looked %v", requested, looked)
	}
	for i, l := range looked[1:] {
		if l-looked[i] != w.options.PollEvery {
			t.Errorf("requested %v, looked %v", requested, looked)
		}
	}
	w, clock = newClockedWorld("")
	f := &file{crashAt: 4, how: before}
	if _, err := w.run(t.Context(), f); !errors.Is(err, errCrash) {
		t.Fatal(err)
	}
	at = w.timed(clock)
	if rep, err := w.run(t.Context(), f.again()); err != nil || w.check(rep, 1) != nil {
		t.Fatal(err, w.check(rep, 1))
	}
	if looked := at[runner.Looked]; len(looked) == 0 || looked[0] != 0 {
		t.Errorf("looked %v", looked)
	}
}

// A migration that is overdue is followed for as long as Patience, and not a look longer.
func TestPatienceEnds(t *testing.T) {
	w, clock := newClockedWorld(fleet.Hang)
	w.options.PollEvery, w.options.Patience = 10*time.Minute, 20*time.Minute
	at := w.timed(clock)
	rep, err := w.run(t.Context(), &file{})
	if err != nil || w.check(rep, 0) != nil {
		t.Fatal(err, w.check(rep, 0))
	}
	if ended := at[runner.Ended]; len(ended) != 1 || ended[0]-at[runner.Requested][0] != 80*time.Minute {
		t.Errorf("requested %v, ended %v", at[runner.Requested], ended)
	}
}

// A write that fails is told whatever it was about: here, that a request was not made.
func TestCrashAtNotSent(t *testing.T) {
	w, _ := newClockedWorld("")
	f := &file{crashAt: 2, how: after}
	if _, err := w.run(t.Context(), f); !errors.Is(err, errCrash) {
		t.Fatal(err)
	}
	f = f.again()
	f.crashAt = 1
	if _, err := w.run(t.Context(), f); !errors.Is(err, errCrash) || w.service.Requests("ws-00000000") > 0 {
		t.Errorf("%v, %d requests", err, w.service.Requests("ws-00000000"))
	}
}

// An answer that is none is written down as such, so that a later run looks for the target and does not ask again.
func TestNoAnswerIsUnknown(t *testing.T) {
	w, _ := newClockedWorld("")
	f := &file{}
	j, err := runner.NewJournal(f)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := runner.Run(t.Context(), &mute{w.service, "MigrateWorkspace"}, w.plan, j, w.options); err != nil || !bytes.Contains(f.data, []byte(`"kind":"unknown"`)) {
		t.Errorf("%v\n%s", err, f.data)
	}
}

// A directory whose first page is empty is read on before a journal counts as another account's.
func TestRecogniseReadsAllPages(t *testing.T) {
	w, _ := newClockedWorld("", "")
	f := &file{crashAt: 4, how: before}
	if _, err := w.run(t.Context(), f); !errors.Is(err, errCrash) {
		t.Fatal(err)
	}
	j, err := runner.NewJournal(f.again())
	if err != nil {
		t.Fatal(err)
	}
	rep, err := runner.Run(t.Context(), emptyFirst{w.service}, w.plan, j, w.options)
	w.holds(t, rep, err, 1)
}

// emptyFirst gives a first page without WorkSpaces to whoever asks for a directory.
type emptyFirst struct{ runner.API }

func (a emptyFirst) DescribeWorkspaces(ctx context.Context, in *workspaces.DescribeWorkspacesInput, opts ...func(*workspaces.Options)) (*workspaces.DescribeWorkspacesOutput, error) {
	if in.DirectoryId == nil || in.UserName != nil {
		return a.API.DescribeWorkspaces(ctx, in, opts...)
	}
	if in.NextToken == nil {
		return &workspaces.DescribeWorkspacesOutput{NextToken: aws.String("more")}, nil
	}
	second := *in
	second.NextToken = nil
	return a.API.DescribeWorkspaces(ctx, &second, opts...)
}

// noCredentials cannot be had.
type noCredentials struct{}

var errNoCredentials = errors.New("no credentials")

func (noCredentials) Retrieve(context.Context) (aws.Credentials, error) {
	return aws.Credentials{}, errNoCredentials
}

func TestCredentialsOfTheClient(t *testing.T) {
	f := &file{}
	j, err := runner.NewJournal(f)
	if err != nil {
		t.Fatal(err)
	}
	client := workspaces.New(workspaces.Options{Region: "eu-west-1", Credentials: noCredentials{}})
	rep, err := runner.Run(t.Context(), client, &migrate.Plan{Edition: migrate.Newest().Edition()}, j, runner.Options{Account: "111122223333"})
	if rep != nil || !errors.Is(err, errNoCredentials) || f.writes > 0 {
		t.Errorf("%+v, %v", rep, err)
	}
}

// A time that JSON has not is an error, and nothing is written or asked.
func TestClockBeyondJSON(t *testing.T) {
	w, _ := newClockedWorld("")
	w.options.Clock = beyond{wkstest.NewVirtual(time.Date(12026, 9, 10, 12, 0, 0, 0, time.UTC))}
	f := &file{}
	if _, err := w.run(t.Context(), f); err == nil || f.writes > 0 || w.service.Requests("ws-00000000") > 0 {
		t.Errorf("%v, %d writes", err, f.writes)
	}
}

type beyond struct{ *wkstest.Virtual }

// A faulty is a file whose operations fail from some call on.
type faulty struct {
	*file
	seeks, truncates, syncs, reads int // how many succeed; -1 is all
}

var errFaulty = errors.New("faulty")

func step(n *int) error {
	if *n == 0 {
		return errFaulty
	}
	*n--
	return nil
}

func (f *faulty) Seek(off int64, whence int) (int64, error) {
	if err := step(&f.seeks); err != nil {
		return 0, err
	}
	return f.file.Seek(off, whence)
}

func (f *faulty) Truncate(size int64) error {
	if err := step(&f.truncates); err != nil {
		return err
	}
	return f.file.Truncate(size)
}

func (f *faulty) Sync() error {
	if err := step(&f.syncs); err != nil {
		return err
	}
	return f.file.Sync()
}

func (f *faulty) Read(p []byte) (int, error) {
	if err := step(&f.reads); err != nil {
		return 0, err
	}
	return f.file.Read(p)
}

var _ io.ReadWriteSeeker = (*faulty)(nil)

// Whatever the file does not do is told, with what it means.
func TestFaultyFiles(t *testing.T) {
	whole := text(request, accepted)
	for name, tt := range map[string]struct {
		data                           string
		seeks, truncates, syncs, reads int
		want                           runner.Trouble
		line                           int
	}{
		"all is well":          {whole, -1, -1, -1, -1, "", 0},
		"no seek":              {whole, 0, -1, -1, -1, runner.Unreadable, 0},
		"no second seek":       {whole, 1, -1, -1, -1, runner.Unreadable, 0},
		"no read":              {whole, -1, -1, -1, 0, runner.Unreadable, 1},
		"torn":                 {whole[:len(whole)-9], -1, -1, -1, -1, "", 0},
		"torn, no truncate":    {whole[:len(whole)-9], -1, 0, -1, -1, runner.Unwritable, 3},
		"torn, no second seek": {whole[:len(whole)-9], 1, -1, -1, -1, runner.Unwritable, 3},
		"torn, no sync":        {whole[:len(whole)-9], -1, -1, 0, -1, runner.Unwritable, 3},
		"torn, no third seek":  {whole[:len(whole)-9], 2, -1, -1, -1, runner.Unreadable, 0},
		"unended, no sync":     {whole[:len(whole)-1], -1, -1, 0, -1, runner.Unwritable, 3},
	} {
		f := &faulty{&file{data: []byte(tt.data)}, tt.seeks, tt.truncates, tt.syncs, tt.reads}
		_, err := runner.NewJournal(f)
		if kind, line := trouble(err); kind != tt.want || line != tt.line || (err == nil) != (tt.want == "") || tt.want != "" && !errors.Is(err, errFaulty) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What is wrong with the journal of a run names its file.
func TestRunNamesTheJournal(t *testing.T) {
	name := filepath.Join(t.TempDir(), "journal")
	for _, account := range []string{"111122223333", "444455556666"} {
		w, _ := newClockedWorld("")
		w.options.Account = account
		j, err := runner.OpenJournal(name)
		if err != nil {
			t.Fatal(err)
		}
		_, err = runner.Run(t.Context(), w.service, w.plan, j, w.options)
		var e *runner.JournalError
		if account == "444455556666" && (!errors.As(err, &e) || e.Name != name || e.Trouble != runner.Elsewhere) {
			t.Errorf("%v", err)
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
