package quota

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/cmd/wks/internal/redistest"
	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/throttle/redisquota"
)

func quota(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	cmd := Command()
	cmd.SetContext(t.Context())
	status = cli.Run(cmd, args, nil, &out, &errs)
	return status, out.String(), errs.String()
}

func TestQuota(t *testing.T) {
	addr, _ := redistest.Start(t)
	args := []string{"--redis", "redis://" + addr, "--key", "wks:111122223333:eu-west-1"}
	if status, out, errs := quota(t, args...); status != cli.Clean || out != "no calls yet\n" {
		t.Errorf("status %d, %q, %s", status, out, errs)
	}
	client := redis.NewClient(&redis.Options{Addr: addr})
	defer client.Close()
	limiter, err := redisquota.New(client, "wks:111122223333:eu-west-1", throttle.AsDocumented())
	if err != nil {
		t.Fatal(err)
	}
	defer limiter.Close()
	for range 3 {
		if err := limiter.Wait(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	if status, out, errs := quota(t, args...); status != cli.Clean || !strings.Contains(out, "tokens") {
		t.Errorf("status %d, %q, %s", status, out, errs)
	}
	if status, out, errs := quota(t, append(args, "--verbose")...); status != cli.Clean || !strings.Contains(out, "calls a second") {
		t.Errorf("status %d, %q, %s", status, out, errs)
	}
	var s redisquota.Snapshot
	if status, out, errs := quota(t, append(args, "--json")...); status != cli.Clean || json.Unmarshal([]byte(out), &s) != nil || s.Quota.Burst == 0 {
		t.Errorf("status %d, %q, %s", status, out, errs)
	}
}

// A URL that cannot be read is not repeated: it may hold a password.
func TestPasswordsAreNotShown(t *testing.T) {
	for _, url := range []string{"redis://u:hush@host:port", "redis://u:hush/@host", "redis://u:hush%zz@host"} {
		if status, out, errs := quota(t, "--key", "k", "--redis", url); status != cli.Unanswered || !strings.Contains(errs, "--redis: ") || strings.Contains(out+errs, "hush") {
			t.Errorf("%q: status %d, %q, %q", url, status, out, errs)
		}
	}
}

// Where Redis cannot be reached, the standard error has one line: that of the command. The client's own lines
// would go to that of the process.
func TestOneLineOfError(t *testing.T) {
	if os.Getenv("WKS_QUOTA_TEST") != "" {
		os.Exit(cli.Run(Command(), []string{"--key", "k", "--redis", "redis://127.0.0.1:1"}, nil, os.Stdout, os.Stderr))
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "-test.run=^TestOneLineOfError$")
	cmd.Env = append(os.Environ(), "WKS_QUOTA_TEST=1", "GORACE=atexit_sleep_ms=0")
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != cli.Unanswered || strings.Count(string(out), "\n") != 1 || !strings.HasPrefix(string(out), "quota: ") {
		t.Errorf("%v: %s", err, out)
	}
}

func TestBadArguments(t *testing.T) {
	for _, args := range [][]string{{}, {"--key", "k", "--redis", "http://localhost"}, {"--key", "k", "--redis", "redis://127.0.0.1:1"}, {"--key", "k", "more"}, {"--key", "k", "--redis", ""}, {"--key", ""}, {"--key", "k", "--watch", "-1ns"}} {
		if status, out, errs := quota(t, args...); status != cli.Unanswered || out != "" || errs == "" {
			t.Errorf("%q: status %d, %q, %q", args, status, out, errs)
		}
	}
}

// What is wrong is told before a server is asked: where there is one, it answers nothing either, and the flag is named.
func TestBadFlagsBesideAServer(t *testing.T) {
	addr, _ := redistest.Start(t)
	url := "redis://" + addr
	for _, tt := range []struct {
		flag string
		args []string
	}{
		{"--watch", []string{"--redis", url, "--key", "k", "--watch", "-1ns"}}, {"--watch", []string{"--redis", url, "--key", "k", "--watch", "-1s"}}, {"--key", []string{"--redis", url, "--key", ""}},
		{"--redis", []string{"--redis", "", "--key", "k"}}, {"--redis", []string{"--redis", "http://" + addr, "--key", "k"}},
	} {
		status, out, errs := quota(t, tt.args...)
		if status != cli.Unanswered || out != "" || !strings.Contains(errs, tt.flag+": ") || tt.flag == "--redis" && tt.args[1] == "" && strings.Contains(errs, "URL") {
			t.Errorf("%q: status %d, %q, %q", tt.args, status, out, errs)
		}
	}
}

// An until is a writer that does something after so many writes, and fails from then on if it is to.
type until struct {
	left int
	do   func()
	err  error
	when []time.Time
}

func (u *until) Write(p []byte) (int, error) {
	u.when = append(u.when, time.Now())
	if u.left--; u.left <= 0 {
		u.do()
		return len(p), u.err
	}
	return len(p), nil
}

// It prints once, or again after each time until it is told to end or the output is closed. An output that cannot be
// written is an error.
func TestWatch(t *testing.T) {
	addr, _ := redistest.Start(t)
	args := []string{"--redis", "redis://" + addr, "--key", "k"}
	watch := func(left int, fails error, more ...string) (int, *until, string) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var errs bytes.Buffer
		out := &until{left: left, do: cancel, err: fails}
		if fails != nil {
			out.do = func() {}
		}
		cmd := Command()
		cmd.SetContext(ctx)
		return cli.Run(cmd, append(args[:len(args):len(args)], more...), nil, out, &errs), out, errs.String()
	}
	for _, form := range []string{"--verbose", "--json=false"} {
		status, out, errs := watch(3, nil, form, "--watch", "30ms")
		if status != cli.Clean || errs != "" || len(out.when) != 3 {
			t.Errorf("%s: status %d, %d writes, %s", form, status, len(out.when), errs)
		}
		for i := range out.when[1:] {
			if pause := out.when[i+1].Sub(out.when[i]); pause < 30*time.Millisecond {
				t.Errorf("%s: again after %v", form, pause)
			}
		}
	}
	for _, more := range [][]string{nil, {"--watch", "0s"}} {
		if status, out, errs := watch(100, nil, more...); status != cli.Clean || errs != "" || len(out.when) != 1 {
			t.Errorf("%q: status %d, %d writes, %s", more, status, len(out.when), errs)
		}
	}
	for _, form := range []string{"--verbose", "--json", "--json=false"} {
		if status, out, errs := watch(1, errors.New("no room"), form, "--watch", "1ms"); status != cli.Unanswered || !strings.Contains(errs, "no room") || len(out.when) != 1 {
			t.Errorf("%s: status %d, %d writes, %s", form, status, len(out.when), errs)
		}
	}
	if status, _, errs := watch(1, nil, "--verbose", "--json"); status != cli.Unanswered || errs == "" {
		t.Errorf("status %d, %s", status, errs)
	}
}

// Each form tells the tokens. A process is told with a line of its own by --verbose alone.
func TestForms(t *testing.T) {
	addr, _ := redistest.Start(t)
	args := []string{"--redis", "redis://" + addr, "--key", "k"}
	client := redis.NewClient(&redis.Options{Addr: addr})
	defer client.Close()
	limiter, err := redisquota.New(client, "k", throttle.Quota{Rate: 0.001, Burst: 5})
	if err != nil {
		t.Fatal(err)
	}
	defer limiter.Close()
	for range 2 {
		if err := limiter.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	s, err := redisquota.Read(t.Context(), client, "k")
	if err != nil {
		t.Fatal(err)
	}
	if status, out, _ := quota(t, args...); status != cli.Clean || out != "3 of 5 tokens  queue 0\n" || out != s.Line()+"\n" {
		t.Errorf("status %d, %q, want %q", status, out, s.Line())
	}
	status, out, _ := quota(t, append(args, "--verbose")...)
	if first, rest, _ := strings.Cut(out, "\n"); status != cli.Clean || !strings.HasSuffix(first, "0.001 calls a second, burst 5  tokens 3  waiting 0") || strings.Count(rest, "\n") != len(s.Processes) {
		t.Errorf("status %d, %q", status, out)
	}
	var got redisquota.Snapshot
	if status, out, _ := quota(t, append(args, "--json")...); status != cli.Clean || json.Unmarshal([]byte(out), &got) != nil || got.Tokens != 3 || got.Quota.Burst != 5 {
		t.Errorf("status %d, %q", status, out)
	}
}
