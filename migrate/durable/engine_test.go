//go:build unix

package durable

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/dbos-inc/dbos-transact-golang/dbos"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/rule"
)

// An engine stands in for that of a store. It answers each call, which is a text with all its options, as a test has it: with a list,
// an error, nil or a function that returns one of these. A call that the test does not know fails it.
type engine struct {
	dbos.Client
	t       *testing.T
	answers map[string]any

	mu       sync.Mutex
	asked    []string
	enqueued any
}

func (e *engine) ask(call string) any {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.asked = append(e.asked, call)
	answer, ok := e.answers[call]
	if !ok {
		e.t.Errorf("the engine is asked to %q", call)
		return errors.New("not known")
	}
	if f, ok := answer.(func() any); ok {
		return f()
	}
	return answer
}

// options returns as a text what options set. By default the engine loads what is stored.
func options[O any](list []O) string {
	in := reflect.New(reflect.TypeFor[O]().In(0).Elem())
	for _, name := range []string{"LoadInput", "LoadOutput"} {
		if f := in.Elem().FieldByName(name); f.IsValid() && f.Kind() == reflect.Bool {
			f.SetBool(true)
		}
	}
	for _, o := range list {
		reflect.ValueOf(o).Call([]reflect.Value{in})
	}
	var text strings.Builder
	for i := range in.Elem().NumField() {
		f := in.Elem().Field(i)
		if f.IsZero() {
			continue
		}
		if f.Kind() == reflect.Pointer {
			f = f.Elem()
		}
		fmt.Fprintf(&text, " %s=%v", in.Elem().Type().Field(i).Name, f)
	}
	return text.String()
}

// split is an answer as a list, or as an error.
func split[T any](answer any) ([]T, error) {
	err, _ := answer.(error)
	list, _ := answer.([]T)
	return list, err
}

func (e *engine) ListWorkflows(_ dbos.Client, o ...dbos.ListWorkflowsOption) ([]dbos.WorkflowStatus, error) {
	return split[dbos.WorkflowStatus](e.ask("list" + options(o)))
}

func (e *engine) GetWorkflowSteps(_ dbos.Client, id string, o ...dbos.GetWorkflowStepsOption) ([]dbos.StepInfo, error) {
	return split[dbos.StepInfo](e.ask("steps " + id + options(o)))
}

func (e *engine) CancelWorkflow(_ dbos.Client, id string, o ...dbos.CancelWorkflowOption) error {
	_, err := split[int](e.ask("cancel " + id + options(o)))
	return err
}

func (e *engine) SetWorkflowAttributes(_ dbos.Client, id string, a map[string]any, o ...dbos.SetWorkflowAttributesOption) error {
	_, err := split[int](e.ask(fmt.Sprint("set ", id, " ", a, options(o))))
	return err
}

func (e *engine) ResumeWorkflow(_ dbos.Client, id string, o ...dbos.ResumeWorkflowOption) (dbos.WorkflowHandle[any], error) {
	_, err := split[int](e.ask("resume " + id + options(o)))
	return nil, err
}

func (e *engine) Enqueue(_ dbos.Client, queue, workflow string, input any, o ...dbos.EnqueueOption) (dbos.WorkflowHandle[any], error) {
	_, err := split[int](e.ask("enqueue " + queue + " " + workflow + options(o)))
	e.enqueued = input
	return nil, err
}

// What the store asks the engine. Orders and reports are large, and are loaded for one generation alone.
const (
	askFleet  = "list WorkflowIDPrefix=[fleet/finance/]"
	askSecond = "list WorkflowIDs=[fleet/finance/2] LoadInput=true LoadOutput=true"
	pauseIt   = "cancel fleet/finance/2"
	stopIt    = "set fleet/finance/2 map[stop:true] Merge=true"
	goOn      = "set fleet/finance/2 map[stop:false] Merge=true"
	resumeIt  = "resume fleet/finance/2 QueueName=wks-migrate"
)

// askThird starts a third generation, if nobody else does.
var askThird = fmt.Sprintf("enqueue wks-migrate fleet workflowID=fleet/finance/3 workflowIDReuse=%d applicationVersion=wks-migrate-1", dbos.WorkflowIDReusePolicyReject)

// errStore is what a store answers that does not work.
var errStore = errors.New("no answer")

func anOrder() Order {
	return Order{Name: "finance", Account: "111122223333", Region: "eu-west-1", FailureBudget: 2, Plan: &migrate.Plan{
		Edition: migrate.Newest().Edition(), Waves: [][]migrate.Migration{{{WorkspaceID: "ws-1", BundleID: "wsb-1"}, {WorkspaceID: "ws-2", BundleID: "wsb-1"}}, {{WorkspaceID: "ws-3", BundleID: "wsb-1"}}},
	}}
}

// generations are workflows of the fleet, the second of which is the newest and has a status.
func generations(status dbos.WorkflowStatusType) map[string]any {
	return map[string]any{
		askFleet:  []dbos.WorkflowStatus{{ID: "fleet/finance/2"}, {ID: "fleet/finance/1"}, {ID: "fleet/finance/x"}, {ID: "fleet/finance/3/4"}},
		askSecond: []dbos.WorkflowStatus{{ID: "fleet/finance/2", Status: status, Input: generation{Order: anOrder(), Number: 2}}},
	}
}

func with(answers map[string]any, more ...any) map[string]any {
	for i := 0; i < len(more); i += 2 {
		answers[more[i].(string)] = more[i+1]
	}
	return answers
}

// Start does what the fleet's newest generation asks for, and nothing else.
func TestStartAsks(t *testing.T) {
	other := func(o *Order) { o.FailureBudget = 3 }
	for name, tt := range map[string]struct {
		answers map[string]any
		change  func(*Order)
		want    []string // calls after those that look
		err     string
	}{
		"none":                     {answers: map[string]any{askFleet: nil, strings.Replace(askThird, "/3", "/1", 1): nil}, want: []string{strings.Replace(askThird, "/3", "/1", 1)}},
		"runs":                     {answers: generations(dbos.WorkflowStatusPending)},
		"waits":                    {answers: generations(dbos.WorkflowStatusEnqueued)},
		"waits for a time":         {answers: generations(dbos.WorkflowStatusDelayed)},
		"runs, other estimates":    {answers: generations(dbos.WorkflowStatusPending), change: func(o *Order) { o.Plan.Bound = 7; o.Plan.Unassigned = []string{"ws-9"} }},
		"runs by another order":    {answers: generations(dbos.WorkflowStatusPending), change: other, err: "durable: the fleet runs by another order; pause it first"},
		"runs by another plan":     {answers: generations(dbos.WorkflowStatusPending), change: func(o *Order) { o.Plan.Waves = o.Plan.Waves[:1] }, err: "durable: the fleet runs by another order; pause it first"},
		"runs by another edition":  {answers: generations(dbos.WorkflowStatusEnqueued), change: func(o *Order) { o.Plan.Edition = migrate.Editions()[0] }, err: "durable: the fleet runs by another order; pause it first"},
		"paused":                   {answers: with(generations(dbos.WorkflowStatusCancelled), goOn, nil, resumeIt, nil), want: []string{goOn, resumeIt}},
		"paused, is not resumed":   {answers: with(generations(dbos.WorkflowStatusCancelled), goOn, nil, resumeIt, errStore), want: []string{goOn, resumeIt}, err: "no answer"},
		"paused, is not marked":    {answers: with(generations(dbos.WorkflowStatusCancelled), goOn, errStore), want: []string{goOn}, err: "no answer"},
		"paused, another order":    {answers: with(generations(dbos.WorkflowStatusCancelled), askThird, nil), change: other, want: []string{askThird}},
		"ended":                    {answers: with(generations(dbos.WorkflowStatusSuccess), askThird, nil), want: []string{askThird}},
		"ended, another order":     {answers: with(generations(dbos.WorkflowStatusSuccess), askThird, nil), change: other, want: []string{askThird}},
		"failed":                   {answers: with(generations(dbos.WorkflowStatusError), askThird, nil), want: []string{askThird}},
		"ended, not taken":         {answers: with(generations(dbos.WorkflowStatusSuccess), askThird, errStore), want: []string{askThird}, err: "no answer"},
		"ended in another account": {answers: generations(dbos.WorkflowStatusSuccess), change: func(o *Order) { o.Account = "999988887777" }, err: `Name: "finance" is that of a fleet of account 111122223333 in eu-west-1`},
		"ended in another Region":  {answers: generations(dbos.WorkflowStatusSuccess), change: func(o *Order) { o.Region = "eu-west-2" }, err: `Name: "finance" is that of a fleet of account 111122223333 in eu-west-1`},
		"the list fails":           {answers: map[string]any{askFleet: errStore}, err: "no answer"},
		"the order fails":          {answers: with(generations(dbos.WorkflowStatusPending), askSecond, errStore), err: "no answer"},
		"the order is gone":        {answers: with(generations(dbos.WorkflowStatusPending), askSecond, nil), err: "durable: fleet/finance/2 is gone"},
		"the order cannot be read": {answers: with(generations(dbos.WorkflowStatusPending), askSecond, []dbos.WorkflowStatus{{Input: `{"name":1}`}}), err: "durable: the order of fleet/finance/2: json: cannot unmarshal number into Go struct field"},
		"the order is no JSON":     {answers: with(generations(dbos.WorkflowStatusPending), askSecond, []dbos.WorkflowStatus{{Input: func() {}}}), err: "durable: the order of fleet/finance/2: json: unsupported type: func()"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := anOrder()
				if tt.change != nil {
					tt.change(&o)
				}
				e := &engine{t: t, answers: tt.answers}
				err := (&Store{client: e}).Start(o)
				if got := fmt.Sprint(err); tt.err == "" && err != nil || !strings.HasPrefix(got, tt.err) {
					t.Errorf("%v, want %s", err, tt.err)
				}
				if got := e.after(); !slices.Equal(got, tt.want) {
					t.Errorf("asked for %q, want %q", got, tt.want)
				}
				if e.enqueued != nil {
					number := 3
					if name == "none" {
						number = 1
					}
					if want := (generation{Order: o, Number: number, Ordered: time.Now().UTC()}); !reflect.DeepEqual(e.enqueued, want) {
						t.Errorf("%+v, want %+v", e.enqueued, want)
					}
				}
			})
		})
	}
}

// after returns the calls after those that look for the newest generation.
func (e *engine) after() []string {
	return slices.DeleteFunc(slices.Clone(e.asked), func(call string) bool { return call == askFleet || call == askSecond })
}

// Who starts a fleet at the same time as somebody else looks again, and finds that it runs.
func TestStartTogether(t *testing.T) {
	first := strings.Replace(askThird, "/3", "/1", 1)
	e := &engine{t: t}
	e.answers = map[string]any{askFleet: nil, first: func() any {
		e.answers = generations(dbos.WorkflowStatusEnqueued)
		return fmt.Errorf("rejected: %w", dbos.ErrWorkflowIDInUse)
	}}
	if err := (&Store{client: e}).Start(anOrder()); err != nil || !slices.Equal(e.asked, []string{askFleet, first, askFleet, askSecond}) {
		t.Errorf("%v, %q", err, e.asked)
	}
}

// Pause, Resume and Stop do what they say to a fleet of each status.
func TestOrdersOfPeople(t *testing.T) {
	const ended = "durable: the fleet has ended; start it again"
	pending, waits, late, paused := dbos.WorkflowStatusPending, dbos.WorkflowStatusEnqueued, dbos.WorkflowStatusDelayed, dbos.WorkflowStatusCancelled
	for _, tt := range []struct {
		do     string
		status dbos.WorkflowStatusType
		want   []string
		err    string
	}{
		{"pause", pending, []string{pauseIt}, ""}, {"pause", waits, []string{pauseIt}, ""}, {"pause", paused, []string{pauseIt}, ""},
		{"pause", dbos.WorkflowStatusSuccess, nil, ended}, {"pause", dbos.WorkflowStatusError, nil, ended},
		{"resume", pending, nil, ""}, {"resume", waits, nil, ""}, {"resume", late, nil, ""}, {"resume", paused, []string{goOn, resumeIt}, ""},
		{"resume", dbos.WorkflowStatusMaxRecoveryAttemptsExceeded, []string{goOn, resumeIt}, ""},
		{"resume", dbos.WorkflowStatusSuccess, nil, ended}, {"resume", dbos.WorkflowStatusError, nil, ended},
		{"stop", pending, []string{stopIt}, ""}, {"stop", waits, []string{stopIt}, ""}, {"stop", paused, []string{stopIt}, ""},
		{"stop", dbos.WorkflowStatusSuccess, nil, ended}, {"stop", dbos.WorkflowStatusError, nil, ended},
	} {
		for _, trouble := range []error{nil, errStore} {
			e := &engine{t: t, answers: with(generations(tt.status), pauseIt, trouble, stopIt, trouble, goOn, nil, resumeIt, trouble)}
			s := &Store{client: e}
			err := map[string]func(string) error{"pause": s.Pause, "resume": s.Resume, "stop": s.Stop}[tt.do]("finance")
			want := tt.err
			if want == "" && trouble != nil && tt.want != nil {
				want = "no answer"
			}
			if want == "" && err != nil || want != "" && (err == nil || err.Error() != want) || !slices.Equal(e.after(), tt.want) {
				t.Errorf("%s of a fleet that is %s: %v, %q; want %q, %q", tt.do, tt.status, err, e.after(), want, tt.want)
			}
		}
	}
	none := &Store{client: &engine{t: t, answers: map[string]any{askFleet: nil}}}
	for _, f := range []func(string) error{none.Pause, none.Resume, none.Stop} {
		if err := f("finance"); !errors.Is(err, ErrNoFleet) || err.Error() != "durable: there is no fleet of that name: finance" {
			t.Errorf("%v", err)
		}
		if err := f("fin/ance"); err == nil || err.Error() != `Name: "fin/ance" is not 1 to 64 letters, digits, dots, hyphens and underscores` {
			t.Errorf("%v", err)
		}
	}
}

// The newest generation is the one of the highest number, whatever the order in which the engine lists them, and a fleet
// whose name only begins in the same way is another one.
func TestNewestGeneration(t *testing.T) {
	const tenth = "list WorkflowIDs=[fleet/finance/10] LoadInput=true LoadOutput=true"
	e := &engine{t: t, answers: map[string]any{
		askFleet: []dbos.WorkflowStatus{{ID: "fleet/finance/9"}, {ID: "fleet/finance/10"}, {ID: "fleet/finance/2"}, {ID: "fleet/other/11"}},
		tenth:    []dbos.WorkflowStatus{{ID: "fleet/finance/10", Status: dbos.WorkflowStatusSuccess, Input: `{"name":"finance","generation":10}`}},
	}}
	g, now, err := (&Store{client: e}).last("finance")
	if err != nil || !reflect.DeepEqual(g, &generation{Order: Order{Name: "finance"}, Number: 10}) || now.ID != "fleet/finance/10" || now.Status != dbos.WorkflowStatusSuccess {
		t.Errorf("%+v, %+v, %v", g, now, err)
	}
}

// Fleets are listed once, in the order of the engine, which is that of their first generations.
func TestFleets(t *testing.T) {
	const all = "list WorkflowIDPrefix=[fleet/]"
	for _, tt := range []struct {
		answer any
		want   []string
		err    error
	}{
		{answer: []dbos.WorkflowStatus{{ID: "fleet/b/1"}, {ID: "fleet/a/1"}, {ID: "fleet/b/2"}, {ID: "fleet/c/2"}, {ID: "fleet/d"}, {ID: "fleet/a.b-c_D/1"}}, want: []string{"b", "a", "a.b-c_D"}},
		{}, {answer: errStore, err: errStore},
	} {
		names, err := (&Store{client: &engine{t: t, answers: map[string]any{all: tt.answer}}}).Fleets()
		if !slices.Equal(names, tt.want) || err != tt.err {
			t.Errorf("%q, %v; want %q, %v", names, err, tt.want, tt.err)
		}
	}
}

// pageOf is the call for steps of a generation after some.
func pageOf(generation, offset int) string {
	return fmt.Sprintf("steps fleet/finance/%d LoadOutput=true Limit=1000 Offset=%d", generation, offset)
}

// The lines of a journal are the steps of all generations that are records, in their order, however many there are.
func TestLines(t *testing.T) {
	record := func(text any) dbos.StepInfo { return dbos.StepInfo{StepName: "record", Output: text} }
	page := func(n int) (list []dbos.StepInfo, text string) {
		for i := range n {
			list = append(list, record(fmt.Sprintln(i)))
			text += fmt.Sprintln(i)
		}
		return list, text
	}
	full, long := page(1000)
	rest, short := page(999)
	for name, tt := range map[string]struct {
		answers     map[string]any
		generations int
		want, err   string
		store       bool // the error is that of the store
	}{
		"no generation":   {},
		"no step":         {answers: map[string]any{pageOf(1, 0): nil}, generations: 1},
		"other steps":     {answers: map[string]any{pageOf(1, 0): []dbos.StepInfo{record("taken up"), record("a\n"), {StepName: "DBOS.sleep", Output: "b\n"}, record(`"c\n"`), record(`"taken up"`)}}, generations: 1, want: "a\nc\n"},
		"two generations": {answers: map[string]any{pageOf(1, 0): rest, pageOf(2, 0): []dbos.StepInfo{record("z\n")}}, generations: 2, want: short + "z\n"},
		"two pages":       {answers: map[string]any{pageOf(1, 0): full, pageOf(1, 1000): full, pageOf(1, 2000): rest}, generations: 1, want: long + long + short},
		"an empty page":   {answers: map[string]any{pageOf(1, 0): full, pageOf(1, 1000): nil}, generations: 1, want: long},
		"no answer":       {answers: map[string]any{pageOf(1, 0): nil, pageOf(2, 0): errStore}, generations: 2, err: "no answer", store: true},
		"a number":        {answers: map[string]any{pageOf(1, 0): []dbos.StepInfo{{StepID: 7, StepName: "record", Output: 5}}}, generations: 1, err: "durable: step 7 of fleet/finance/1: it is a int"},
		"half a text":     {answers: map[string]any{pageOf(1, 0): []dbos.StepInfo{{StepID: 8, StepName: "record", Output: `"a`}}}, generations: 1, err: "durable: step 8 of fleet/finance/1: unexpected end of JSON input"},
	} {
		lines, err := (&Store{client: &engine{t: t, answers: tt.answers}}).lines("finance", tt.generations)
		failed := (*storeError)(nil)
		if string(lines) != tt.want || tt.err == "" && err != nil || tt.err != "" && (err == nil || err.Error() != tt.err) || errors.As(err, &failed) != tt.store {
			t.Errorf("%s: %.80q, %v; want %.80q, %s", name, lines, err, tt.want, tt.err)
		}
		if tt.store && !errors.Is(err, errStore) {
			t.Errorf("%s: %v does not wrap the store's", name, err)
		}
	}
}

// The phase, and what else a status has, for each status of the engine.
func TestStatusOfEach(t *testing.T) {
	asked := &runner.Report{Results: []runner.Result{}}
	for _, id := range []string{"ws-1", "ws-2", "ws-3"} {
		asked.Results = append(asked.Results, runner.Result{WorkspaceID: id, BundleID: "wsb-1", Outcome: runner.NotAsked})
	}
	done := &runner.Report{Results: []runner.Result{{WorkspaceID: "ws-1", Outcome: runner.Succeeded}}}
	base := Status{Name: "finance", Account: "111122223333", Region: "eu-west-1", Generation: 2, Waves: 2, Report: asked, Stuck: []Flight{}}
	clock := time.Date(2026, 11, 2, 3, 4, 5, 600, time.UTC)
	for name, tt := range map[string]struct {
		now  dbos.WorkflowStatus
		want func(*Status)
	}{
		"enqueued":                 {dbos.WorkflowStatus{Status: dbos.WorkflowStatusEnqueued}, func(st *Status) { st.Phase = Waiting }},
		"delayed":                  {dbos.WorkflowStatus{Status: dbos.WorkflowStatusDelayed}, func(st *Status) { st.Phase = Waiting }},
		"pending":                  {dbos.WorkflowStatus{Status: dbos.WorkflowStatusPending, Attributes: map[string]any{"clock": "2026-11-02T03:04:05.0000006Z"}}, func(st *Status) { st.Phase, st.AsOf = Running, clock }},
		"cancelled":                {dbos.WorkflowStatus{Status: dbos.WorkflowStatusCancelled}, func(st *Status) { st.Phase = Paused }},
		"success":                  {dbos.WorkflowStatus{Status: dbos.WorkflowStatusSuccess, Output: result{done}}, func(st *Status) { st.Phase, st.Report = Ended, done }},
		"success without a report": {dbos.WorkflowStatus{Status: dbos.WorkflowStatusSuccess, Output: `{"report":null}`}, func(st *Status) { st.Phase = Ended }},
		"success, not JSON":        {dbos.WorkflowStatus{Status: dbos.WorkflowStatusSuccess, Output: `{`}, func(st *Status) { st.Phase = Ended }},
		"error":                    {dbos.WorkflowStatus{Status: dbos.WorkflowStatusError, Error: errStore}, func(st *Status) { st.Phase, st.Error = Failed, "no answer" }},
		"error without a text":     {dbos.WorkflowStatus{Status: dbos.WorkflowStatusError}, func(st *Status) { st.Phase = Failed }},
		"too often":                {dbos.WorkflowStatus{Status: dbos.WorkflowStatusMaxRecoveryAttemptsExceeded, Error: errStore}, func(st *Status) { st.Phase, st.Error = Failed, "no answer" }},
	} {
		tt.now.Input = generation{Order: anOrder(), Number: 2}
		e := &engine{t: t, answers: with(generations(""), askSecond, []dbos.WorkflowStatus{tt.now}, pageOf(1, 0), nil, pageOf(2, 0), nil)}
		want := base
		tt.want(&want)
		if st, err := (&Store{client: e}).Status("finance"); err != nil || !reflect.DeepEqual(*st, want) {
			t.Errorf("%s: %+v, %v\nwant %+v", name, st, err, want)
		}
	}
}

// A status that cannot be read is an error, and tells which part.
func TestStatusErrors(t *testing.T) {
	at := func(clock string) []dbos.WorkflowStatus {
		return []dbos.WorkflowStatus{{Status: dbos.WorkflowStatusPending, Input: generation{Order: anOrder(), Number: 2}, Attributes: map[string]any{"clock": clock}}}
	}
	for want, answers := range map[string]map[string]any{
		"durable: there is no fleet of that name: finance": {askFleet: nil},
		"no answer": with(generations(dbos.WorkflowStatusPending), pageOf(1, 0), errStore),
		"runner: journal, line 1: altered: the record is not what its chec": with(generations(dbos.WorkflowStatusPending), pageOf(1, 0), nil, pageOf(2, 0), []dbos.StepInfo{{StepName: "record", Output: `{"n":1,"v":2,"sum":"00000000"}` + "\n"}}),
		`durable: the time of the worker: parsing time "noon" as "2006-01`:  with(generations(""), askSecond, at("noon"), pageOf(1, 0), nil, pageOf(2, 0), nil),
	} {
		if st, err := (&Store{client: &engine{t: t, answers: answers}}).Status("finance"); st != nil || err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%+v, %v; want %s", st, err, want)
		}
	}
}

// Wait looks every so often until the fleet has ended, however long the store or the fleet rests.
func TestWaitAsks(t *testing.T) {
	ended := func(status dbos.WorkflowStatusType) map[string]any {
		return with(generations(status), pageOf(1, 0), nil, pageOf(2, 0), nil)
	}
	for name, tt := range map[string]struct {
		then   []map[string]any // at each look after the first, which fails
		phase  Phase
		err    string
		passed time.Duration
	}{
		"ends":                 {then: []map[string]any{ended(dbos.WorkflowStatusPending), ended(dbos.WorkflowStatusCancelled), ended(dbos.WorkflowStatusSuccess)}, phase: Ended, passed: 3 * time.Minute},
		"fails":                {then: []map[string]any{ended(dbos.WorkflowStatusError)}, phase: Failed, passed: time.Minute},
		"steps cannot be read": {then: []map[string]any{with(ended(dbos.WorkflowStatusSuccess), pageOf(2, 0), errStore), ended(dbos.WorkflowStatusSuccess)}, phase: Ended, passed: 2 * time.Minute},
		"no fleet":             {then: []map[string]any{{askFleet: nil}}, err: "durable: there is no fleet of that name: finance", passed: time.Minute},
		"never answers":        {err: "context deadline exceeded\nno answer", passed: 10*time.Minute + 30*time.Second},
		"never ends":           {then: []map[string]any{ended(dbos.WorkflowStatusPending)}, err: "context deadline exceeded", passed: 10*time.Minute + 30*time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				e := &engine{t: t, answers: map[string]any{askFleet: errStore}}
				for i, answers := range tt.then {
					time.AfterFunc(time.Duration(i)*time.Minute+30*time.Second, func() { e.mu.Lock(); e.answers = answers; e.mu.Unlock() })
				}
				st, err := (&Store{client: e}).Wait(deadline(t, 10*time.Minute+30*time.Second), "finance", time.Minute)
				if tt.err != "" && (st != nil || err == nil || err.Error() != tt.err) || tt.err == "" && (err != nil || st.Phase != tt.phase) {
					t.Errorf("%+v, %v", st, err)
				}
				if d := time.Since(began); d != tt.passed {
					t.Errorf("after %s, want %s", d, tt.passed)
				}
			})
		})
	}
	for name, want := range map[string]string{"fin/ance": `Name: "fin/ance" is not 1 to 64 letters, digits, dots, hyphens and underscores`} {
		if st, err := (&Store{}).Wait(t.Context(), name, 1); st != nil || err == nil || err.Error() != want {
			t.Errorf("%+v, %v", st, err)
		}
	}
	for every, want := range map[time.Duration]string{0: `Every: "0s" is not positive`, -time.Second: `Every: "-1s" is not positive`} {
		st, err := (&Store{}).Wait(t.Context(), "finance", every)
		if input := (*rule.InputError)(nil); st != nil || !errors.As(err, &input) || err.Error() != want {
			t.Errorf("%+v, %v", st, err)
		}
	}
}
