package throttle_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/smithy-go"
	"github.com/cenkalti/backoff/v4"

	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/wkstest"
)

// script answers each attempt with the next of its words: the code of an error, a status,
// "lost", or "ok", which also follows the last one.
type script struct {
	words    []string
	attempts int
}

func (s *script) Do(r *http.Request) (*http.Response, error) {
	word := "ok"
	if s.attempts < len(s.words) {
		word = s.words[s.attempts]
	}
	s.attempts++
	status, body, header := 400, fmt.Sprintf(`{"__type":%q}`, word), http.Header{}
	switch word {
	case "lost":
		return nil, io.ErrUnexpectedEOF
	case "ok":
		status = 200
	case "503-for-a-day":
		status, body = 503, `{}`
		header.Set("Retry-After", "86400")
	case "429", "500", "503":
		fmt.Sscan(word, &status)
		body = `{}`
	}
	return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

func (s *script) client(options ...func(*workspaces.Options)) *workspaces.Client {
	return workspaces.New(workspaces.Options{Region: "eu-west-1", HTTPClient: s, Credentials: aws.AnonymousCredentials{}}, options...)
}

func words(s string) (list []string) {
	for _, w := range strings.Fields(s) {
		word, n, many := strings.Cut(w, "*")
		times := 1
		if many {
			fmt.Sscan(n, &times)
		}
		for range times {
			list = append(list, word)
		}
	}
	return list
}

// What a call comes to, by its answers, with at most 3 failures.
func TestRetryer(t *testing.T) {
	for _, mode := range []string{"false", "true"} {
		t.Setenv("AWS_NEW_RETRIES_2026", mode)
		for _, tt := range []struct {
			answers  string
			attempts int
			ok       bool
		}{
			{"ok", 1, true},
			{"ThrottlingException*40 ok", 41, true}, // the SDK gives up after 3
			{"429*5 ok", 6, true},
			{"500*2 ok", 3, true},
			{"500*3 ok", 3, false},
			{"lost*2 ok", 3, true},
			{"lost*3 ok", 3, false},
			{"ThrottlingException*9 500 ThrottlingException*9 503 ok", 21, true}, // two failures, far on
			{"ThrottlingException*9 500 ThrottlingException*9 503 lost ok", 21, false},
			{"AccessDeniedException ok", 1, false},
			{"ResourceLimitExceededException ok", 1, false},
			{"LimitExceededException*2 ok", 3, true}, // retried as the SDK does, but no throttle
			{"LimitExceededException*3 ok", 3, false},
		} {
			synctest.Test(t, func(t *testing.T) {
				s := &script{words: words(tt.answers)}
				retryer := must(throttle.NewRetryer(throttle.DefaultPolicy()))
				client := s.client(func(o *workspaces.Options) { o.RetryMaxAttempts = 2 }, retryer.Client, retryer.Client)
				if err := describe(t.Context(), client); (err == nil) != tt.ok || s.attempts != tt.attempts {
					t.Errorf("new retries %s, %s: %v after %d attempts, want %d", mode, tt.answers, err, s.attempts, tt.attempts)
				} else if err != nil && strings.Contains(tt.answers, "3 ok") {
					var spent *retry.MaxAttemptsError
					if !errors.As(err, &spent) {
						t.Errorf("%s: %v", tt.answers, err)
					}
				}
			})
		}
	}
}

// Set without Client it counts throttles towards the end of a call that fails, and says so.
func TestRetryerAlone(t *testing.T) {
	for _, tt := range []struct {
		answers  string
		attempts int
		ok       bool
	}{
		{"ThrottlingException*40 ok", 41, true}, {"500*2 ok", 3, true}, {"500*3 ok", 3, false}, {"ThrottlingException*9 500 ok", 10, false},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := &script{words: words(tt.answers)}
			client := s.client(func(o *workspaces.Options) { o.Retryer = must(throttle.NewRetryer(throttle.DefaultPolicy())) })
			if err := describe(t.Context(), client); (err == nil) != tt.ok || s.attempts != tt.attempts {
				t.Errorf("%s: %v after %d attempts, want %d", tt.answers, err, s.attempts, tt.attempts)
			}
		})
	}
}

// The zero value retries nothing, and a context without the count no failure.
func TestRetryerZero(t *testing.T) {
	for _, word := range []string{"ThrottlingException", "500"} {
		s := &script{words: words(word)}
		client := s.client(func(o *workspaces.Options) { o.Retryer = new(throttle.Retryer) })
		if err := describe(t.Context(), client); err == nil || s.attempts != 1 {
			t.Errorf("%s: %v after %d attempts", word, err, s.attempts)
		}
	}
	s := &script{words: words("500")}
	client := s.client(must(throttle.NewRetryer(throttle.DefaultPolicy())).Client)
	if err := describe(t.Context(), client, func(o *workspaces.Options) { o.APIOptions = nil }); err == nil || s.attempts != 1 {
		t.Errorf("%v after %d attempts", err, s.attempts)
	}
}

// The SDK's own retryer loses most of such a job, for its 500 retry tokens are soon spent.
func TestRetryerWithoutPaceLosesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, tt := range []struct {
			options []func(*workspaces.Options)
			loses   bool
		}{{nil, true}, {[]func(*workspaces.Options){must(throttle.NewRetryer(throttle.DefaultPolicy())).Client}, false}} {
			server := serve(wkstest.Config{Refill: throttle.Continuous})
			client := server.Client("eu-west-1", tt.options...)
			r := server.Run(t.Context(), wkstest.Job{Clients: []*workspaces.Client{client}, Goroutines: 64, Calls: 200})
			if (r.Lost > 0) != tt.loses {
				t.Errorf("%+v", r)
			}
		}
	})
}

func TestRetryDelay(t *testing.T) {
	p := throttle.Policy{Attempts: 9, Base: time.Second, Max: 20 * time.Second}
	for luck, want := range map[float64][]time.Duration{
		0:   {0, 0, 0, 0, 0, 0, 0, 0},
		0.5: {500 * time.Millisecond, 500 * time.Millisecond, time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 10 * time.Second, 10 * time.Second},
	} {
		p.Rand = func() float64 { return luck }
		r := must(throttle.NewRetryer(p))
		for i, attempt := range []int{0, 1, 2, 3, 4, 5, 6, math.MaxInt} {
			if d, err := r.RetryDelay(attempt, &smithy.GenericAPIError{Code: "ThrottlingException"}); err != nil || d != want[i] {
				t.Errorf("attempt %d: %s, %v, want %s", attempt, d, err, want[i])
			}
		}
	}
}

func TestPolicyErrors(t *testing.T) {
	for path, p := range map[rule.Path]throttle.Policy{
		"Attempts": {Attempts: 0, Base: 1, Max: 1}, "Base": {Attempts: 1, Base: 0, Max: 1}, "Max": {Attempts: 1, Base: 2, Max: 1},
	} {
		_, err := throttle.NewRetryer(p)
		wantInput(t, "NewRetryer", err, path)
		wantInput(t, "Do", p.Do(t.Context(), new(counting), nil), path)
	}
}

func TestThrottled(t *testing.T) {
	for code, want := range map[string]bool{
		"ThrottlingException": true, "Throttling": true, "RequestLimitExceeded": true, "TooManyRequestsException": true,
		"LimitExceededException": false, "ResourceLimitExceededException": false, "AccessDeniedException": false, "": false,
	} {
		if got := throttle.Throttled(fmt.Errorf("wrapped: %w", &smithy.GenericAPIError{Code: code})); got != want {
			t.Errorf("%s: %t", code, got)
		}
	}
	if throttle.Throttled(nil) || throttle.Throttled(errors.New("ThrottlingException")) {
		t.Error("no error of the API is a throttle")
	}
}

// heard is a Waiter that remembers the outcomes.
type heard struct {
	counting
	outcomes []throttle.Outcome
}

func (h *heard) Observe(o throttle.Outcome) { h.outcomes = append(h.outcomes, o) }

// Do by what op returns in turn: each word is an error, and after the last one it succeeds.
func TestDo(t *testing.T) {
	throttled := &smithy.GenericAPIError{Code: "ThrottlingException"}
	denied := &smithy.GenericAPIError{Code: "AccessDeniedException"}
	passing := errors.New("exit status 255")
	invalid := &smithy.OperationError{Err: errors.New("missing required field")}
	permanent := fmt.Errorf("wrapped: %w", backoff.Permanent(denied))
	for name, tt := range map[string]struct {
		errs []error
		runs int
		want error
	}{
		"at once":                  {nil, 1, nil},
		"throttled for long":       {repeat(throttled, 200), 201, nil}, // backoff's default ends after 15 minutes
		"passes":                   {[]error{passing, passing}, 3, nil},
		"does not pass":            {[]error{passing, passing, passing}, 3, passing},
		"throttles do not count":   {append(repeat(throttled, 5), passing, throttled, passing), 9, nil},
		"denied":                   {[]error{denied}, 1, denied},
		"invalid":                  {[]error{invalid}, 1, invalid},
		"permanent":                {[]error{permanent}, 1, denied},
		"a permanent throttle":     {[]error{backoff.Permanent(throttled)}, 1, throttled},
		"permanent after throttle": {[]error{throttled, permanent}, 2, denied},
	} {
		synctest.Test(t, func(t *testing.T) {
			w, start, runs := new(heard), time.Now(), 0
			p := throttle.DefaultPolicy()
			p.Rand = func() float64 { return 0.5 }
			err := p.Do(t.Context(), w, func(context.Context) error {
				if runs++; runs <= len(tt.errs) {
					return tt.errs[runs-1]
				}
				return nil
			})
			if err != tt.want || runs != tt.runs || int(w.tokens.Load()) != runs {
				t.Errorf("%s: %v after %d runs and %d tokens, want %v after %d", name, err, runs, w.tokens.Load(), tt.want, tt.runs)
			}
			if name == "throttled for long" && time.Since(start) < 15*time.Minute {
				t.Errorf("%s: only %s", name, time.Since(start))
			}
			for i, o := range w.outcomes {
				if throttled := i < len(tt.errs) && throttle.Throttled(tt.errs[i]); o.Throttled != throttled || throttled && o.Served {
					t.Errorf("%s: heard %+v of run %d", name, o, i+1)
				}
			}
		})
	}
}

func repeat(err error, n int) (errs []error) {
	for range n {
		errs = append(errs, err)
	}
	return errs
}

// What stops Do from outside is returned with what went wrong before.
func TestDoWithoutWaiter(t *testing.T) {
	var input *rule.InputError
	if err := throttle.Do(t.Context(), nil, func(context.Context) error { return nil }); !errors.As(err, &input) || input.Path != "Waiter" {
		t.Errorf("error %v", err)
	}
}

func TestDoInterrupted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		throttled := &smithy.GenericAPIError{Code: "ThrottlingException"}
		op := func(context.Context) error { return throttled }
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		l := must(throttle.NewLimiter(throttle.AsDocumented()))
		if err := throttle.Do(ctx, l, op); !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, throttled) {
			t.Errorf("%v", err)
		}
		ctx, cancel = context.WithCancel(t.Context())
		time.AfterFunc(time.Minute, cancel)
		if err := throttle.Do(ctx, l, op); !errors.Is(err, context.Canceled) || !errors.Is(err, throttled) {
			t.Errorf("%v", err)
		}
		refusal := errors.New("not today")
		if err := throttle.Do(t.Context(), &counting{err: refusal}, op); err != refusal {
			t.Errorf("%v", err)
		}
	})
}

// A clock of one's own lets the delays pass, and its error ends the work.
func TestDoSleeps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		var slept []time.Duration
		p := throttle.DefaultPolicy()
		p.Rand = func() float64 { return 0.5 }
		p.Sleep = func(_ context.Context, d time.Duration) error {
			if slept = append(slept, d); len(slept) == 4 {
				return io.ErrClosedPipe
			}
			return nil
		}
		tries := 0
		err := p.Do(t.Context(), must(throttle.NewLimiter(plenty)), func(context.Context) error {
			tries++
			return &smithy.GenericAPIError{Code: "ThrottlingException"}
		})
		want := []time.Duration{250 * time.Millisecond, 500 * time.Millisecond, time.Second, 2 * time.Second}
		if !errors.Is(err, io.ErrClosedPipe) || !throttle.Throttled(err) || tries != 4 || !slices.Equal(slept, want) || time.Since(start) > 0 {
			t.Errorf("%v after %d tries and %s; slept %v", err, tries, time.Since(start), slept)
		}
	})
}

// A list of one's own decides what may pass, for Do and for the Retryer; throttles are none of its business.
func TestPasses(t *testing.T) {
	denied := &smithy.GenericAPIError{Code: "AccessDeniedException"}
	p := throttle.DefaultPolicy()
	p.Passes = func(err error) bool { return errors.Is(err, denied) }
	p.Sleep = func(context.Context, time.Duration) error { return nil }
	for err, want := range map[error]int{denied: 3, io.ErrClosedPipe: 1, &smithy.GenericAPIError{Code: "InternalServerException"}: 1} {
		tries := 0
		if got := p.Do(t.Context(), must(throttle.NewLimiter(plenty)), func(context.Context) error { tries++; return err }); got != err || tries != want {
			t.Errorf("%v: %v after %d tries, want %d", err, got, tries, want)
		}
		if got := must(throttle.NewRetryer(p)).IsErrorRetryable(err); got != (want > 1) {
			t.Errorf("%v: retryable %t", err, got)
		}
	}
	if !must(throttle.NewRetryer(p)).IsErrorRetryable(&smithy.GenericAPIError{Code: "ThrottlingException"}) {
		t.Error("a throttle is not retryable")
	}
}

// Attempts take no retry tokens: each is there at once, and is given back without an error, whatever the attempt was.
func TestRetryerHasNoTokens(t *testing.T) {
	r := must(throttle.NewRetryer(throttle.DefaultPolicy()))
	attempt, err := r.GetAttemptToken(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, release := range map[string]func(error) error{"initial": r.GetInitialToken(), "attempt": attempt} {
		if release == nil || release(nil) != nil || release(errors.New("failed")) != nil {
			t.Errorf("the token of the %s costs something", name)
		}
	}
}

// An option that comes twice counts as one.
func TestRetryerTwice(t *testing.T) {
	for _, times := range []int{1, 2, 3} {
		synctest.Test(t, func(t *testing.T) {
			server := serve(wkstest.Config{Faults: []wkstest.Fault{{Kind: wkstest.Unavailable}}})
			client := server.Client("eu-west-1", slices.Repeat([]func(*workspaces.Options){must(throttle.NewRetryer(throttle.DefaultPolicy())).Client}, times)...)
			err := describe(t.Context(), client)
			if n := server.Count(wkstest.Failing); err == nil || n != throttle.DefaultPolicy().Attempts {
				t.Errorf("%d times: %d attempts, %v", times, n, err)
			}
		})
	}
}
