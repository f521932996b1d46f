package fleet

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/rule"
)

// The title of a store has nothing of its URL that is secret: no password, be it before the host or among the parameters.
func TestStoreTitle(t *testing.T) {
	for url, want := range map[string]string{
		"sqlite:wks-simulation.db":                                "sqlite:wks-simulation.db",
		"sqlite:fleet@home.db":                                    "sqlite:fleet@home.db",
		"postgres://localhost/fleets":                             "postgres://localhost/fleets",
		"postgres://wks:hush@db.example:5432/fleets":              "postgres://db.example:5432/fleets",
		"postgres://wks:more@hush@db.example/fleets":              "postgres://db.example/fleets", // the last @ ends the password
		"postgresql://db.example/fleets?user=wks&password=hush":   "postgresql://db.example/fleets",
		"postgres://wks:hu%40sh@db.example/fleets?sslmode=prefer": "postgres://db.example/fleets",
		"postgres://wks:hu%zzsh@db.example/fleets":                "the store",
	} {
		if got := storeTitle(url); got != want {
			t.Errorf("%s: %s, want %s", url, got, want)
		}
	}
}

// A fleet that nobody names is called like the folder of its export.
func TestFleetName(t *testing.T) {
	for dir, want := range map[string]string{"": "sample", "export": "export", "a/b/": "b", "./b/../c": "c"} {
		if got := fleetName(dir); got != want {
			t.Errorf("%q: %q, want %q", dir, got, want)
		}
	}
}

// What a run needs of its flags: an export unless it is a simulation, and a speed of 1 to 1,000,000. A simulation that takes
// time is kept in a file, and one that takes none is not kept.
func TestRunFlags(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*command)
		ok     bool
		store  string
	}{
		"simulation":             {func(*command) {}, true, defaultStore},
		"of an export":           {func(c *command) { c.dir = "export" }, true, defaultStore},
		"in a store":             {func(c *command) { c.store = "sqlite:a.db" }, true, "sqlite:a.db"},
		"on a server":            {func(c *command) { c.store = "postgres://localhost/a" }, false, ""},
		"in no time":             {func(c *command) { c.instant = true }, true, ""},
		"slowest":                {func(c *command) { c.speed = 1 }, true, defaultStore},
		"too slow":               {func(c *command) { c.speed = 0.999 }, false, ""},
		"fastest":                {func(c *command) { c.speed = 1e6 }, true, defaultStore},
		"too fast":               {func(c *command) { c.speed = 1e6 + 1 }, false, ""},
		"live, without export":   {func(c *command) { c.simulate = false }, false, ""},
		"live, in no time":       {func(c *command) { c.simulate, c.dir, c.instant = false, "export", true }, false, ""},
		"live":                   {func(c *command) { c.simulate, c.dir = false, "export" }, true, ""},
		"live, with a database":  {func(c *command) { c.simulate, c.dir, c.store = false, "export", "postgres://localhost/a" }, true, "postgres://localhost/a"},
		"live, with a local one": {func(c *command) { c.simulate, c.dir, c.store = false, "export", "sqlite:a.db" }, true, "sqlite:a.db"},
	} {
		c := &command{simulate: true, speed: 600}
		tt.change(c)
		if err := c.checkRun(); (err == nil) != tt.ok || err == nil && c.store != tt.store {
			t.Errorf("%s: %v, store %q, want %q", name, err, c.store, tt.store)
		}
	}
}

// A run that names neither a store nor a journal, and is no simulation, does not ask AWS.
func TestRunKeepsItsState(t *testing.T) {
	c := command{connect: func(context.Context, string) (runner.API, error) {
		t.Error("AWS is asked")
		return nil, errors.New("no AWS here")
	}, now: func() time.Time { return sampleTime }}
	export := small(t, `{"targets": [{"from": "wsb-0000old1", "to": "wsb-0000new1"}]}`)
	if status, errs := c.answer(t, "y\n", "run", export, "--account", "111122223333", "--region", "eu-west-1"); status != exitError || errs == "" {
		t.Errorf("status %d, %s", status, errs)
	}
}

// Codes may stand in one flag or in several, with spaces around them.
func TestAcceptedCodes(t *testing.T) {
	c := command{accept: []string{"migrate.snapshot-stale", " migrate.no-snapshot "}}
	codes, err := c.accepted()
	if want := []rule.Code{migrate.SnapshotStale, migrate.NoSnapshot}; err != nil || !slices.Equal(codes, want) {
		t.Errorf("%v, %v", codes, err)
	}
	c.accept = []string{"migrate.snapshot-stale", "Stale"}
	if codes, err := c.accepted(); err == nil {
		t.Errorf("%v", codes)
	}
}

// The account and the Region are those of the flags, or else those of the client's credentials and configuration.
// Without an account a run does not begin.
func TestLocate(t *testing.T) {
	credentials := func(account string, err error) aws.CredentialsProvider {
		return aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return aws.Credentials{AccountID: account}, err })
	}
	sdk := func(p aws.CredentialsProvider) runner.API {
		return workspaces.New(workspaces.Options{Region: "eu-west-1", Credentials: p})
	}
	for name, tt := range map[string]struct {
		api             runner.API
		account, region string // of the flags
		want            string
	}{
		"credentials":              {sdk(credentials("111122223333", nil)), "", "", "111122223333 eu-west-1"},
		"flags":                    {sdk(credentials("111122223333", nil)), "444455556666", "us-east-1", "444455556666 us-east-1"},
		"account alone":            {sdk(nil), "444455556666", "", "444455556666 eu-west-1"},
		"Region alone":             {sdk(credentials("111122223333", nil)), "", "us-east-1", "111122223333 us-east-1"},
		"untold":                   {sdk(credentials("", nil)), "", "us-east-1", ""},
		"no credentials":           {sdk(nil), "", "us-east-1", ""},
		"broken credentials":       {sdk(credentials("111122223333", errors.New("expired"))), "", "", ""},
		"broken, but not asked":    {sdk(credentials("", errors.New("expired"))), "444455556666", "", "444455556666 eu-west-1"},
		"no client of the SDK":     {nil, "444455556666", "us-east-1", "444455556666 us-east-1"},
		"no client and no account": {nil, "", "us-east-1", ""},
	} {
		asked := ""
		c := command{account: tt.account, region: tt.region, connect: func(_ context.Context, region string) (runner.API, error) { asked = region; return tt.api, nil }}
		account, region, err := c.locate(t.Context())
		if got := strings.TrimSpace(account + " " + region); (err == nil) != (tt.want != "") || got != tt.want || asked != tt.region {
			t.Errorf("%s: %q, %v, and asked for Region %q", name, got, err, asked)
		}
	}
	broken := command{account: "111122223333", connect: func(context.Context, string) (runner.API, error) { return nil, errors.New("no AWS here") }}
	if account, _, err := broken.locate(t.Context()); err == nil || account != "" {
		t.Errorf("%q, %v", account, err)
	}
}

// Nothing but y, in either case, is a yes, with or without a newline. The end of the answers is none.
func TestAgreed(t *testing.T) {
	for answer, want := range map[string]bool{"y\n": true, "Y\n": true, " y \n": true, "y": true, "n\n": false, "\n": false, "": false, "yy\n": false, "n\ny\n": false} {
		var asked bytes.Buffer
		c := command{stdin: strings.NewReader(answer), stderr: &asked}
		plan := &migrate.Plan{Waves: make([][]migrate.Migration, 3)}
		plan.Estimate.Migrations = 70
		if got := c.agreed(plan); got != want || !slices.Equal(numbers(asked.String()), []int{70, 3}) {
			t.Errorf("%q: %t, asked %q", answer, got, asked.String())
		}
	}
}

// Each line is one answer, however long it is: the end of one is not the answer to the next question.
func TestLongAnswers(t *testing.T) {
	for _, n := range []int{4094, 4095, 4096, 4097, 3 * 4096, 100_000} {
		answers := bufio.NewReader(strings.NewReader(strings.Repeat(" ", n) + "y\n" + strings.Repeat("y", n) + "\ny\n"))
		if first, second, third := saidYes(answers), saidYes(answers), saidYes(answers); first != (n+2 <= 4096) || second || !third {
			t.Errorf("%d: %t, %t, %t", n, first, second, third)
		}
	}
}

// A worker writes a line for each event but looks, without what a terminal would obey.
func TestLinesOfAWorker(t *testing.T) {
	at := time.Date(2026, 9, 9, 20, 1, 2, 0, time.FixedZone("", 7200))
	var b bytes.Buffer
	write := lines(&b)
	for _, e := range []runner.Event{
		{Kind: runner.Requested, WorkspaceID: "ws-000000001"}, {Kind: runner.Looked}, {Kind: runner.Ended, WorkspaceID: "ws-000000001", TargetID: "ws-000000009", Status: migrate.StatusLost, Detail: "a\x1b[2Jb"},
	} {
		e.Time = at
		write(e)
	}
	want := "2026-09-09 18:01:02 requested ws-000000001\n2026-09-09 18:01:02 ended ws-000000001 ws-000000009 lost " + rule.Printable("a\x1b[2Jb") + "\n"
	if got := b.String(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
