package runner_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"github.com/aws/smithy-go"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/rule"
)

// An oracle answers a run with anything.
type oracle struct {
	t     *rapid.T
	value func(t *rapid.T, typ reflect.Type) any
	says  string // with its errors
}

func (o oracle) fails() error {
	return rapid.SampledFrom([]error{
		nil, nil, nil, errors.New("lost" + o.says), &smithy.GenericAPIError{Code: "ThrottlingException", Message: o.says},
		&smithy.GenericAPIError{Code: "AccessDeniedException", Message: o.says}, &types.ResourceNotFoundException{},
	}).Draw(o.t, "error")
}

func (o oracle) MigrateWorkspace(_ context.Context, in *workspaces.MigrateWorkspaceInput, _ ...func(*workspaces.Options)) (*workspaces.MigrateWorkspaceOutput, error) {
	if err := o.fails(); err != nil || rapid.IntRange(0, 9).Draw(o.t, "no answer") == 0 {
		return nil, err
	}
	return o.value(o.t, reflect.TypeFor[*workspaces.MigrateWorkspaceOutput]()).(*workspaces.MigrateWorkspaceOutput), nil
}

func (o oracle) DescribeWorkspaces(_ context.Context, in *workspaces.DescribeWorkspacesInput, _ ...func(*workspaces.Options)) (*workspaces.DescribeWorkspacesOutput, error) {
	if err := o.fails(); err != nil || rapid.IntRange(0, 9).Draw(o.t, "no answer") == 0 {
		return nil, err
	}
	out := o.value(o.t, reflect.TypeFor[*workspaces.DescribeWorkspacesOutput]()).(*workspaces.DescribeWorkspacesOutput)
	for i, id := range in.WorkspaceIds {
		if i < len(out.Workspaces) && rapid.Bool().Draw(o.t, "the one that is asked for") {
			out.Workspaces[i].WorkspaceId = &id
		}
	}
	if in.NextToken != nil {
		out.NextToken = nil
	}
	return out, nil
}

func (o oracle) DescribeWorkspaceSnapshots(context.Context, *workspaces.DescribeWorkspaceSnapshotsInput, ...func(*workspaces.Options)) (*workspaces.DescribeWorkspaceSnapshotsOutput, error) {
	if err := o.fails(); err != nil || rapid.IntRange(0, 9).Draw(o.t, "no answer") == 0 {
		return nil, err
	}
	return o.value(o.t, reflect.TypeFor[*workspaces.DescribeWorkspaceSnapshotsOutput]()).(*workspaces.DescribeWorkspaceSnapshotsOutput), nil
}

// A hurry is a clock on which nothing takes time, until it ends.
type hurry struct {
	now time.Time
	n   int
}

func (c *hurry) Now() time.Time { return c.now }

func (c *hurry) Sleep(_ context.Context, d time.Duration) error {
	if c.n++; c.n > 30 {
		return errors.New("the clock has ended")
	}
	c.now = c.now.Add(d)
	return nil
}

// Everything that the package exports answers anything, with an API that answers anything: it does not panic, and what it
// tells of the input, of answers and of the service's errors, is short and has no control character.
func TestAnything(t *testing.T) {
	var told []string // by events
	var x ruletest.Anything
	var value func(t *rapid.T, typ reflect.Type) any
	here, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	source := os.DirFS(here)
	dir := t.TempDir()
	t.Chdir(dir) // where journals with odd names come to be
	migration := migrate.Migration{WorkspaceID: "ws-0a", BundleID: "wsb-b", SourceBundleID: "wsb-a", UserName: "jdoe", DirectoryID: "d-a"}
	plan := migrate.Plan{Edition: migrate.Newest().Edition(), Waves: [][]migrate.Migration{{migration, {WorkspaceID: "ws-0b", BundleID: "wsb-b", UserName: "\x1b"}}, {{WorkspaceID: "ws-\x1b", BundleID: "wsb-b"}}}}
	workspace := types.Workspace{WorkspaceId: new("ws-0a"), BundleId: new("wsb-a"), UserName: new("jdoe"), DirectoryId: new("d-a"), State: types.WorkspaceStateAvailable,
		WorkspaceProperties: &types.WorkspaceProperties{ComputeTypeName: types.ComputeStandard}}
	run := runner.Run
	x = ruletest.Anything{
		Dir: source,
		Exports: map[string]any{
			"NewJournal": runner.NewJournal, "OpenJournal": runner.OpenJournal, "Run": run,
			"Journal": runner.Journal{}, "JournalError": runner.JournalError{}, "Report": runner.Report{},
		},
		Sound: []any{
			&plan, workspace,
			workspaces.DescribeWorkspacesOutput{Workspaces: []types.Workspace{workspace, workspace}},
			workspaces.MigrateWorkspaceOutput{SourceWorkspaceId: new("ws-0a"), TargetWorkspaceId: new("ws-1a")},
		},
		Draw: map[reflect.Type]func(t *rapid.T) any{
			reflect.TypeFor[runner.API](): func(t *rapid.T) any {
				return rapid.SampledFrom([]any{nil, oracle{t, value, ""}, oracle{t, value, ""}}).Draw(t, "API")
			},
			reflect.TypeFor[runner.Options](): func(t *rapid.T) any {
				texts := rapid.SampledFrom([]string{"", "111122223333", "eu-west-1", "\x1b", strings.Repeat("x", 5000)})
				times := rapid.SampledFrom([]time.Duration{0, 0, 1, -1, math.MaxInt64, math.MinInt64})
				o := runner.Options{Account: "111122223333", Region: "eu-west-1"}
				if rapid.IntRange(0, 3).Draw(t, "anywhere") == 0 {
					o.Account, o.Region = texts.Draw(t, "account"), texts.Draw(t, "region")
				}
				o.NewPlan, o.OmitUserNames = rapid.Bool().Draw(t, "new plan"), rapid.Bool().Draw(t, "omit user names")
				o.Unrelated, o.Accept = rapid.SliceOfN(texts, 0, 2).Draw(t, "unrelated"), []rule.Code{rule.Code(texts.Draw(t, "code"))}
				o.PollEvery, o.Patience = times.Draw(t, "poll"), times.Draw(t, "patience")
				o.FailureBudget = rapid.SampledFrom([]int{0, 1, 5, -1, math.MaxInt, math.MinInt}).Draw(t, "budget")
				o.Clock = &hurry{now: time.Date(2026, 9, 15, 0, 0, 0, 0, time.UTC)}
				o.Pace = waiter(func(context.Context) error { return nil })
				o.Progress = func(e runner.Event) { told = append(told, e.Detail) }
				return o
			},
			reflect.TypeFor[runner.File](): func(t *rapid.T) any {
				text := rapid.SampledFrom([]string{"", "\x1b\n", "{}\n", `{"n":1,"v":2,`, strings.Repeat("x", 100_000) + "\n", `{"v":1}` + "\n", text(opened), text(opened)[:20]}).Draw(t, "file")
				return rapid.SampledFrom([]runner.File{nil, (*file)(nil), &file{data: []byte(text)}}).Draw(t, "file")
			},
			reflect.TypeFor[runner.Journal](): func(t *rapid.T) any {
				if rapid.IntRange(0, 3).Draw(t, "zero") == 0 {
					return runner.Journal{}
				}
				j, err := runner.NewJournal(&file{})
				if err != nil {
					t.Fatal(err)
				}
				return reflect.ValueOf(j).Elem().Interface()
			},
			reflect.TypeFor[error](): func(t *rapid.T) any {
				return rapid.SampledFrom([]error{nil, fs.ErrPermission}).Draw(t, "error")
			},
			reflect.TypeFor[migrate.Status](): func(t *rapid.T) any { return migrate.StatusSucceeded },
		},
		Texts: []string{filepath.Join(dir, "\x1bjournal"), "/no/such/\x1bfolder", "ws-0a", "wsb-b", "eu-west-1", "111122223333"},
		Shown: func(export string) bool { return false },
	}
	value = x.Values()
	x.Check(t)
	t.Run("details", rapid.MakeCheck(func(t *rapid.T) {
		told = nil
		j, err := runner.NewJournal(&file{})
		if err != nil {
			t.Fatal(err)
		}
		o := value(t, reflect.TypeFor[*runner.Options]()).(*runner.Options)
		o.Account, o.Region, o.FailureBudget, o.PollEvery, o.Patience = "111122223333", "eu-west-1", 5, 0, 0
		rep, err := runner.Run(context.Background(), oracle{t, value, "\x1b[31m" + strings.Repeat("y", 5000)}, &plan, j, *o)
		if api := (smithy.APIError)(nil); !errors.As(err, &api) && !strings.HasPrefix(fmt.Sprint(err), "lost") { // which are passed on as they are
			ruletest.Look(t, err)
		}
		for _, r := range rep.Results {
			told = append(told, r.Detail)
		}
		for _, text := range told {
			ruletest.Look(t, errors.New(text))
		}
	}))
}

// What is wrong with a journal is told in a line that a terminal can be given, whatever the file is called.
func TestJournalErrorIsShown(t *testing.T) {
	odd := "\x1b]0;" + strings.Repeat("x", 5000)
	for _, e := range []*runner.JournalError{
		{Name: odd, Trouble: runner.Unwritable, Err: &fs.PathError{Op: "open", Path: odd, Err: fs.ErrPermission}},
		{Name: "journal", Trouble: runner.Unreadable, Detail: odd, Err: errors.New(odd)},
		{Trouble: runner.Trouble(odd), Err: errors.Join(errors.New("a"), errors.New("b"))},
	} {
		text := e.Error()
		if len(text) > 1000 || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
			t.Errorf("%d bytes: %.300q", len(text), text)
		}
	}
	_, err := runner.OpenJournal(filepath.Join(t.TempDir(), "no\x1bfolder", "journal"))
	if err == nil || strings.Contains(err.Error(), "\x1b") || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%q", err)
	}
}
