package throttletest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/smithy-go"

	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/throttle/throttletest"
)

func start(t *testing.T, c throttletest.Config) *throttletest.Server {
	t.Helper()
	s, err := throttletest.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// once is an option for a client that makes one attempt.
func once(o *workspaces.Options) { o.Retryer = aws.NopRetryer{} }

func call(ctx context.Context, c *workspaces.Client, id string) (*workspaces.DescribeWorkspacesOutput, error) {
	return c.DescribeWorkspaces(ctx, &workspaces.DescribeWorkspacesInput{WorkspaceIds: []string{id}})
}

// The zero Config is the documented quota by the second, in each Region.
func TestZeroConfig(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, throttletest.Config{})
		clients := []*workspaces.Client{s.Client("eu-west-1", once), s.Client("us-east-1", once)}
		var got []bool
		for range 7 {
			for _, c := range clients {
				_, err := call(t.Context(), c, "ws-1")
				got = append(got, err == nil)
				var api smithy.APIError
				if err != nil && (!throttle.Throttled(err) || !errors.As(err, &api) || api.ErrorCode() != "ThrottlingException" || api.ErrorMessage() != "Rate exceeded") {
					t.Error(err)
				}
			}
			time.Sleep(100 * time.Millisecond)
		}
		want := []bool{true, true, true, true, true, true, true, true, true, true, false, false, false, false}
		if !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
		time.Sleep(300 * time.Millisecond) // a whole second
		for i := range 3 {
			if _, err := call(t.Context(), clients[0], "ws-1"); (err == nil) != (i < 2) {
				t.Errorf("call %d of second 2: %v", i, err)
			}
		}
		if s.Count(throttletest.Throttled) != 5 || s.Count(throttletest.Served) != 12 {
			t.Errorf("%d throttled, %d served", s.Count(throttletest.Throttled), s.Count(throttletest.Served))
		}
	})
}

// What the SDK sends is in the log, and what Respond says comes back through the SDK.
func TestRespond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, throttletest.Config{Return: time.Second, MinLatency: time.Second, MaxLatency: time.Second, Respond: func(operation string, input []byte) (any, error) {
			var in struct{ WorkspaceIds []string }
			if err := json.Unmarshal(input, &in); err != nil {
				return nil, err
			}
			switch id := in.WorkspaceIds[0]; id {
			case "ws-denied":
				return nil, &smithy.GenericAPIError{Code: "AccessDeniedException", Message: operation}
			case "ws-broken":
				return nil, errors.New("broken")
			case "ws-odd":
				return func() {}, nil
			default:
				return map[string]any{"Workspaces": []map[string]any{{"WorkspaceId": id, "StandbyWorkspacesProperties": nil}}}, nil
			}
		}})
		c, began := s.Client("eu-west-1", once), time.Now()
		out, err := call(t.Context(), c, "ws-12345678")
		if err != nil || len(out.Workspaces) != 1 || *out.Workspaces[0].WorkspaceId != "ws-12345678" || time.Since(began) != 2*time.Second {
			t.Errorf("%+v, %v after %s", out, err, time.Since(began))
		}
		want := throttletest.Attempt{At: began.Add(time.Second), Signed: began.UTC(), Host: "workspaces.eu-west-1.amazonaws.com", Operation: "DescribeWorkspaces", Answer: throttletest.Served}
		if log := s.Log(); len(log) != 1 || !log[0].At.Equal(want.At) || !log[0].Signed.Equal(want.Signed) || log[0].Host != want.Host || log[0].Operation != want.Operation || log[0].Answer != want.Answer {
			t.Errorf("%+v, want %+v", log, want)
		}
		for id, code := range map[string]string{"ws-denied": "AccessDeniedException", "ws-broken": "InternalServerException"} {
			var api smithy.APIError
			if _, err := call(t.Context(), c, id); !errors.As(err, &api) || api.ErrorCode() != code {
				t.Errorf("%s: %v", id, err)
			}
		}
		if _, err := call(t.Context(), c, "ws-odd"); err == nil || !strings.Contains(err.Error(), "DescribeWorkspaces") {
			t.Errorf("%v", err)
		}
	})
}

// A context that ends on the way to the server or back ends the call. Only what arrived counts.
func TestContextEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, throttletest.Config{MinLatency: time.Second, MaxLatency: time.Second, Return: time.Second})
		for i, timeout := range []time.Duration{500 * time.Millisecond, 1500 * time.Millisecond} {
			ctx, cancel := context.WithTimeout(t.Context(), timeout)
			defer cancel()
			began := time.Now()
			if _, err := call(ctx, s.Client("eu-west-1"), "ws-1"); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != timeout || len(s.Log()) != i {
				t.Errorf("%v after %s, %d attempts", err, time.Since(began), len(s.Log()))
			}
		}
	})
}

// Luck depends on the seed and the request, not on the order of calls; it is as frequent as
// the shares say; and a lost answer was a served call.
func TestLuck(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		config := throttletest.Config{Quota: throttle.Quota{Rate: 1e6, Burst: 1e6}, Fault: 0.2, Lost: 0.1, MaxLatency: time.Second, Seed: 3}
		ids := make([]string, 300)
		for i := range ids {
			ids[i] = strings.Repeat("i", i+1)
		}
		luck := func(c throttletest.Config, ids []string) map[string]time.Duration {
			s := start(t, c)
			took := map[string]time.Duration{}
			for _, id := range ids {
				began := time.Now()
				_, err := call(t.Context(), s.Client("eu-west-1", once), id)
				took[id] = time.Since(began)
				if err != nil {
					took[id] *= -1
				}
			}
			if f, l := s.Count(throttletest.Failed), s.Count(throttletest.Lost); c.Seed == 3 && (f < 40 || f > 80 || l < 15 || l > 50) {
				t.Errorf("%d faults and %d losses of 300", f, l)
			}
			return took
		}
		first := luck(config, ids)
		backwards := slices.Clone(ids)
		slices.Reverse(backwards)
		second := luck(config, backwards)
		config.Seed++
		third := luck(config, ids)
		same := 0
		for _, id := range ids {
			if first[id] != second[id] {
				t.Fatalf("%d: %s, then %s", len(id), first[id], second[id])
			}
			if first[id] == third[id] {
				same++
			}
		}
		if same > 3 {
			t.Errorf("another seed changes little: %d the same", same)
		}
	})
}

// A lost answer and a fault are worth a retry to the SDK, so that a client is tried in full.
func TestFaultsAreRetried(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, c := range []throttletest.Config{{Fault: 1}, {Lost: 1}} {
			s := start(t, c)
			if _, err := call(t.Context(), s.Client("eu-west-1"), "ws-1"); err == nil || len(s.Log()) != 3 {
				t.Errorf("%v after %d attempts", err, len(s.Log()))
			}
		}
	})
}

func TestRetryAfterHeader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, throttletest.Config{Quota: throttle.Quota{Rate: 1, Burst: 1}, RetryAfter: 1500 * time.Millisecond})
		for i, want := range []string{"", "2"} {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://workspaces.example", bytes.NewReader(nil))
			if err != nil {
				t.Fatal(err)
			}
			response, err := s.RoundTrip(r)
			if err != nil || response.Header.Get("Retry-After") != want {
				t.Errorf("call %d: %v, %v", i, response, err)
			}
		}
		if log := s.Log(); !log[0].Signed.IsZero() || log[0].Operation != "" {
			t.Errorf("%+v", log[0])
		}
	})
}

// Run deals the calls out evenly, and counts the failures of each run by itself.
func TestRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, throttletest.Config{Refill: throttle.Continuous})
		clients := []*workspaces.Client{s.Client("eu-west-1", once), s.Client("us-east-1", once), s.Client("ap-south-1", once)}
		job := throttletest.Job{Clients: clients, Goroutines: 4, Calls: 20} // 7, 7 and 6
		for _, refused := range []int{20 - 3*5, 20} {
			if r := s.Run(t.Context(), job); r.Lost != refused || r.Throttled != refused || r.Makespan > time.Millisecond {
				t.Errorf("%+v, want %d lost", r, refused)
			}
		}
		hosts := map[string]int{}
		for _, a := range s.Log() {
			hosts[a.Host]++
		}
		if hosts["workspaces.eu-west-1.amazonaws.com"] != 14 || hosts["workspaces.ap-south-1.amazonaws.com"] != 12 {
			t.Errorf("%v", hosts)
		}
	})
}

func TestConfigErrors(t *testing.T) {
	for path, c := range map[rule.Path]throttletest.Config{
		"Rate":         {Quota: throttle.Quota{Burst: 1}},
		"Refill":       {Refill: 7},
		"MinLatency":   {MinLatency: -1},
		"MaxLatency":   {MinLatency: 2, MaxLatency: 1},
		"Return":       {Return: -1},
		"RetryAfter":   {RetryAfter: -1},
		"Fault":        {Fault: math.NaN(), Lost: 0},
		"Lost":         {Lost: -0.1, Fault: 0.2},
		"Fault + Lost": {Fault: 0.6, Lost: 0.6},
	} {
		_, err := throttletest.New(c)
		var input *rule.InputError
		if !errors.As(err, &input) || input.Path != path {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestZeroValues(t *testing.T) {
	if _, err := call(t.Context(), new(throttletest.Server).Client("eu-west-1", once), "ws-1"); err == nil {
		t.Error("the zero Server answers")
	}
	s := start(t, throttletest.Config{})
	for _, job := range []throttletest.Job{{Calls: 9}, {Calls: 9, Goroutines: 1}, {Calls: 9, Clients: []*workspaces.Client{s.Client("eu-west-1")}}} {
		if r := s.Run(t.Context(), job); r.Lost != 9 {
			t.Errorf("%+v: nobody makes the calls, but %+v", job, r)
		}
	}
}

// brokenBody fails to be read, and tells whether it was closed.
type brokenBody struct{ closed bool }

var errBody = errors.New("broken")

func (*brokenBody) Read([]byte) (int, error) { return 0, errBody }
func (b *brokenBody) Close() error           { b.closed = true; return nil }

// A RoundTripper closes the body, also after an error.
func TestBrokenBody(t *testing.T) {
	s := start(t, throttletest.Config{})
	body := new(brokenBody)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://workspaces.example", body)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.RoundTrip(r); !errors.Is(err, errBody) || !body.closed {
		t.Errorf("error %v, closed %t", err, body.closed)
	}
}

// A request that is sent again has other luck, and so may pass in the end.
func TestLuckOfTheSameRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, throttletest.Config{Quota: throttle.Quota{Rate: 1, Burst: 40}, Fault: 0.5})
		for range 40 {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://workspaces.example", bytes.NewReader(nil))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.RoundTrip(r); err != nil {
				t.Fatal(err)
			}
		}
		if failed := s.Count(throttletest.Failed); failed < 10 || failed > 30 {
			t.Errorf("%d of 40 failed", failed)
		}
	})
}
