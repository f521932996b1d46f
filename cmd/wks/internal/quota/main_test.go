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
	cmd.Env = append(os.Environ(), "WKS_QUOTA_TEST=1")
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != cli.Unanswered || strings.Count(string(out), "\n") != 1 || !strings.HasPrefix(string(out), "quota: ") {
		t.Errorf("%v: %s", err, out)
	}
}

func TestBadArguments(t *testing.T) {
	for _, args := range [][]string{{}, {"--key", "k", "--redis", "http://localhost"}, {"--key", "k", "--redis", "redis://127.0.0.1:1"}, {"--key", "k", "more"}, {"--key", "k", "--redis", ""}, {"--key", ""}} {
		if status, out, errs := quota(t, args...); status != cli.Unanswered || out != "" || errs == "" {
			t.Errorf("%q: status %d, %q, %q", args, status, out, errs)
		}
	}
}
