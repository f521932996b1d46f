package wkstest_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"github.com/aws/smithy-go"

	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/wkstest"
)

// look describes one WorkSpace.
func look(ctx context.Context, c *workspaces.Client, id string) (*workspaces.DescribeWorkspacesOutput, error) {
	return c.DescribeWorkspaces(ctx, &workspaces.DescribeWorkspacesInput{WorkspaceIds: []string{id}})
}

// codeOf returns the error code of an error, "" for none.
func codeOf(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode()
	}
	return ""
}

// The documented quota is kept by the second, in each Region.
func TestQuota(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, wkstest.Config{Quota: throttle.AsDocumented()})
		clients := []*workspaces.Client{s.Client("eu-west-1", once), s.Client("us-east-1", once)}
		var got []bool
		for range 7 {
			for _, c := range clients {
				_, err := look(t.Context(), c, "ws-12345678")
				got = append(got, err == nil)
				if err != nil && (!throttle.Throttled(err) || codeOf(err) != "ThrottlingException") {
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
			if _, err := look(t.Context(), clients[0], "ws-12345678"); (err == nil) != (i < 2) {
				t.Errorf("call %d of second 2: %v", i, err)
			}
		}
		if s.Count(wkstest.Throttling) != 5 || s.Count(wkstest.Served) != 12 {
			t.Errorf("%d throttled, %d served", s.Count(wkstest.Throttling), s.Count(wkstest.Served))
		}
	})
}

// What the SDK sends is in the log, and what Override says comes back through the SDK.
func TestOverride(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, wkstest.Config{Record: true, Return: time.Second, MinLatency: time.Second, MaxLatency: time.Second, Override: func(_ context.Context, operation string, input any) (any, bool, error) {
			in, ok := input.(*workspaces.DescribeWorkspacesInput)
			if !ok {
				return nil, false, nil
			}
			switch id := in.WorkspaceIds[0]; id {
			case "ws-denied":
				return nil, true, &smithy.GenericAPIError{Code: "AccessDeniedException", Message: operation}
			case "ws-broken":
				return nil, true, errors.New("broken")
			case "ws-odd":
				return func() {}, true, nil
			default:
				return &workspaces.DescribeWorkspacesOutput{Workspaces: []types.Workspace{{WorkspaceId: &id}}}, true, nil
			}
		}})
		c, began := s.Client("eu-west-1", once), time.Now()
		out, err := look(t.Context(), c, "ws-12345678")
		if err != nil || len(out.Workspaces) != 1 || *out.Workspaces[0].WorkspaceId != "ws-12345678" || time.Since(began) != 2*time.Second {
			t.Errorf("%+v, %v after %s", out, err, time.Since(began))
		}
		log := s.Log()
		if len(log) != 1 || !log[0].At.Equal(began.Add(time.Second)) || !log[0].Signed.Equal(began.UTC()) || log[0].Host != "workspaces.eu-west-1.amazonaws.com" ||
			log[0].Region != "eu-west-1" || log[0].Operation != "DescribeWorkspaces" || log[0].Outcome != wkstest.Served || log[0].MaxAttempts != 1 || !slices.Equal(log[0].Workspaces, []string{"ws-12345678"}) {
			t.Errorf("%+v", log)
		}
		for id, code := range map[string]string{"ws-denied": "AccessDeniedException", "ws-broken": "InternalServerException", "ws-odd": "InternalServerException"} {
			if _, err := look(t.Context(), c, id); codeOf(err) != code {
				t.Errorf("%s: %v", id, err)
			}
		}
		if _, err := c.DescribeAccount(t.Context(), &workspaces.DescribeAccountInput{}); err != nil {
			t.Error(err)
		}
	})
}

// A context that ends on the way to the server or back ends the call. Only what arrived counts.
func TestContextEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, wkstest.Config{Record: true, MinLatency: time.Second, MaxLatency: time.Second, Return: time.Second})
		for i, timeout := range []time.Duration{500 * time.Millisecond, 1500 * time.Millisecond} {
			ctx, cancel := context.WithTimeout(t.Context(), timeout)
			defer cancel()
			began := time.Now()
			if _, err := look(ctx, s.Client("eu-west-1"), "ws-12345678"); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != timeout || len(s.Log()) != i {
				t.Errorf("%v after %s, %d calls", err, time.Since(began), len(s.Log()))
			}
		}
	})
}

// Luck depends on the seed and the request, not on the order of calls; it is as frequent as
// the shares say; and a lost answer was a served call.
func TestLuck(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		config := wkstest.Config{Faults: []wkstest.Fault{{Kind: wkstest.Unavailable, Share: 0.2}, {Kind: wkstest.Lost, Share: 0.125}}, MaxLatency: time.Second, Seed: 3}
		ids := make([]string, 300)
		for i := range ids {
			ids[i] = fmt.Sprintf("ws-%08d", i)
		}
		luck := func(c wkstest.Config, ids []string) map[string]time.Duration {
			s := start(t, c)
			took := map[string]time.Duration{}
			for _, id := range ids {
				began := time.Now()
				_, err := look(t.Context(), s.Client("eu-west-1", once), id)
				took[id] = time.Since(began)
				if err != nil {
					took[id] *= -1
				}
			}
			if f, l := s.Count(wkstest.Failing), s.Count(wkstest.Loss); c.Seed == 3 && (f < 40 || f > 80 || l < 15 || l > 50 || s.Count(wkstest.Served) != 300-f-l) {
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
				t.Fatalf("%s: %s, then %s", id, first[id], second[id])
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

// A lost answer, a request that was not heard, a fault and half an answer are worth a retry to the SDK, so that a
// client is tried in full.
func TestFaultsAreRetried(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for kind, outcome := range map[wkstest.FaultKind]wkstest.Outcome{
			wkstest.Unavailable: wkstest.Failing, wkstest.Lost: wkstest.Loss, wkstest.Unheard: wkstest.Deafness, wkstest.Throttled: wkstest.Throttling,
		} {
			s := start(t, wkstest.Config{Record: true, Faults: []wkstest.Fault{{Kind: kind}}})
			if _, err := look(t.Context(), s.Client("eu-west-1"), "ws-12345678"); err == nil || s.Count(outcome) != 3 || len(s.Log()) != 3 {
				t.Errorf("%s: %v after %v", kind, err, s.Log())
			}
		}
		s := start(t, wkstest.Config{Faults: []wkstest.Fault{{Kind: wkstest.Broken}}})
		if _, err := s.Client("eu-west-1", once).DescribeAccount(t.Context(), &workspaces.DescribeAccountInput{}); err == nil || s.Count(wkstest.Loss) != 1 {
			t.Errorf("half an answer: %v", err)
		}
	})
}

// A fault befalls the operations, WorkSpaces and calls that it names, and no others.
func TestFaultsByCall(t *testing.T) {
	s := start(t, wkstest.Config{Faults: []wkstest.Fault{
		{Kind: wkstest.Refused, Operations: []string{"DescribeAccount"}, First: 2},
		{Kind: wkstest.Unavailable, Operations: []string{"DescribeWorkspaces"}, Workspaces: []string{"ws-00000001"}, Every: 3},
	}})
	c := s.Client("eu-west-1", once)
	got := ""
	for range 3 {
		_, err := c.DescribeAccount(t.Context(), &workspaces.DescribeAccountInput{})
		got += codeOf(err) + ","
	}
	for i := range 8 {
		_, err := look(t.Context(), c, fmt.Sprintf("ws-0000000%d", i%2))
		got += codeOf(err) + ","
	}
	if want := "OperationNotSupportedException,OperationNotSupportedException,,,,,,,InternalServerException,,,"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// A request that is sent again has other luck, and so may pass in the end.
func TestLuckOfTheSameRequest(t *testing.T) {
	s := start(t, wkstest.Config{Faults: []wkstest.Fault{{Kind: wkstest.Unavailable, Share: 0.5}}})
	c := s.Client("eu-west-1", once)
	for range 40 {
		_, _ = look(t.Context(), c, "ws-12345678")
	}
	if failed := s.Count(wkstest.Failing); failed < 10 || failed > 30 {
		t.Errorf("%d of 40 failed", failed)
	}
}

func TestRetryAfterHeader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, wkstest.Config{Record: true, Quota: throttle.Quota{Rate: 1, Burst: 1}, RetryAfter: 1500 * time.Millisecond})
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
		s := start(t, wkstest.Config{Record: true, Quota: throttle.AsDocumented(), Refill: throttle.Continuous})
		clients := []*workspaces.Client{s.Client("eu-west-1", once), s.Client("us-east-1", once), s.Client("ap-south-1", once)}
		job := wkstest.Job{Clients: clients, Goroutines: 4, Calls: 20} // 7, 7 and 6
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
	fault := func(f wkstest.Fault) []wkstest.Fault { return []wkstest.Fault{f} }
	for path, c := range map[rule.Path]wkstest.Config{
		"Rate":                    {Quota: throttle.Quota{Burst: 1}},
		"Refill":                  {Quota: throttle.AsDocumented(), Refill: 7},
		"MinLatency":              {MinLatency: -1},
		"MaxLatency":              {MinLatency: 2, MaxLatency: 1},
		"Return":                  {Return: -1},
		"RetryAfter":              {RetryAfter: -1},
		"Speed":                   {Speed: -1},
		"Undocumented":            {Undocumented: 9},
		"Fail":                    {Undocumented: wkstest.FailUndocumented},
		"Quotas":                  {Quotas: map[string]int{"WorkSpaces": -1}},
		"Times":                   {Times: map[wkstest.Activity]time.Duration{"sleeping": 1}},
		"Times.launch":            {Times: map[wkstest.Activity]time.Duration{wkstest.Launch: -1}},
		"Faults[0].Kind":          {Faults: fault(wkstest.Fault{Kind: "odd"})},
		"Faults[0].Share":         {Faults: fault(wkstest.Fault{Kind: wkstest.Lost, Share: math.NaN()})},
		"Faults[0].First":         {Faults: fault(wkstest.Fault{Kind: wkstest.Lost, First: -1})},
		"Faults[0].Every":         {Faults: fault(wkstest.Fault{Kind: wkstest.Lost, Every: -1})},
		"Faults[0].Operations[0]": {Faults: fault(wkstest.Fault{Kind: wkstest.Lost, Operations: []string{"Describe"}})},
		"State.AccountID":         {State: &wkstest.State{AccountID: "1"}},
		"State.Regions.eu-west-1.Subnets[0].CIDR": {State: &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": {Subnets: []wkstest.Subnet{{SubnetID: "s", CIDR: "x"}}}}}},
		"State.Regions.eu-west-1.Images[0]":       {State: &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": {Images: []wkstest.Image{{}}}}}},
	} {
		_, err := wkstest.New(c)
		var input *rule.InputError
		if !errors.As(err, &input) || input.Path != path {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, err := wkstest.New(wkstest.Config{Edition: rule.MustParseEdition("2001-01-01")}); err == nil {
		t.Error("an edition of 2001 is taken")
	}
	if _, err := wkstest.New(wkstest.Config{Faults: fault(wkstest.Fault{Kind: wkstest.Hang, Operations: []string{"DescribeTags"}})}); err == nil {
		t.Error("DescribeTags can hang as a migration does")
	}
}

func TestZeroValues(t *testing.T) {
	if _, err := look(t.Context(), new(wkstest.Server).Client("eu-west-1", once), "ws-12345678"); err == nil {
		t.Error("the zero Server answers")
	}
	s := start(t, wkstest.Config{})
	for _, job := range []wkstest.Job{{Calls: 9}, {Calls: 9, Goroutines: 1}, {Calls: 9, Clients: []*workspaces.Client{s.Client("eu-west-1")}}} {
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
// The range of a subnet is one of IPv4, and at most a /8.
func TestRangesOfSubnets(t *testing.T) {
	for cidr, sound := range map[string]bool{"": true, "10.0.0.0/8": true, "10.0.0.0/7": false, "10.0.0.0/32": true, "10.0.0.0": false, "fd00::/64": false, "::ffff:10.0.0.0/104": false} {
		_, err := wkstest.New(wkstest.Config{State: &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": {Subnets: []wkstest.Subnet{{SubnetID: "s", CIDR: cidr}}}}}})
		if (err == nil) != sound {
			t.Errorf("%q: %v", cidr, err)
		}
	}
}

func TestBrokenBody(t *testing.T) {
	s := start(t, wkstest.Config{})
	body := new(brokenBody)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://workspaces.example", body)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.RoundTrip(r); !errors.Is(err, errBody) || !body.closed {
		t.Errorf("error %v, closed %t", err, body.closed)
	}
}

// post sends a request as a client that nobody wrote.
func post(t *testing.T, url, target, body string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Amz-Target", target)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err.Error()
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return response, err.Error()
	}
	return response, string(text)
}

// Bad input gets an error of the service over the network, with a request ID, and never 200.
func TestBadInput(t *testing.T) {
	s := start(t, wkstest.Config{})
	hs := httptest.NewServer(s)
	defer hs.Close()
	const service = "WorkspacesService."
	for _, c := range []struct {
		name, target, body string
		status             int
		code               string
	}{
		{"no target", "", "{}", 400, "UnknownOperationException"},
		{"another service", "DynamoDB_20120810.ListTables", "{}", 400, "UnknownOperationException"},
		{"no operation", service + "DescribeDesktops", "{}", 400, "UnknownOperationException"},
		{"small letter", service + "describeWorkspaces", "{}", 400, "UnknownOperationException"},
		{"no JSON", service + "DescribeWorkspaces", "<xml/>", 400, "SerializationException"},
		{"cut off", service + "DescribeWorkspaces", `{"Limit":`, 400, "SerializationException"},
		{"two values", service + "DescribeWorkspaces", `{}{}`, 400, "SerializationException"},
		{"a list", service + "DescribeWorkspaces", `[]`, 400, "SerializationException"},
		{"text for number", service + "DescribeWorkspaces", `{"Limit":"5"}`, 400, "SerializationException"},
		{"fraction", service + "DescribeWorkspaces", `{"Limit":5.5}`, 400, "SerializationException"},
		{"large number", service + "DescribeWorkspaces", `{"Limit":5000000000}`, 400, "SerializationException"},
		{"number for text", service + "DescribeWorkspaces", `{"BundleId":5}`, 400, "SerializationException"},
		{"text for list", service + "DescribeWorkspaces", `{"WorkspaceIds":"ws-12345678"}`, 400, "SerializationException"},
		{"null in a list", service + "DescribeWorkspaces", `{"WorkspaceIds":[null]}`, 400, "SerializationException"},
		{"deep", service + "DescribeWorkspaces", strings.Repeat(`{"a":`, 20000), 400, "SerializationException"},
		{"missing member", service + "DescribeTags", `{}`, 400, "ValidationException"},
		{"name in small letters", service + "DescribeTags", `{"resourceId":"ws-12345678"}`, 400, "ValidationException"},
		{"pattern", service + "DescribeWorkspaces", `{"WorkspaceIds":["ws-1"]}`, 400, "ValidationException"},
		{"enum", service + "ModifyWorkspaceState", `{"WorkspaceId":"ws-12345678","WorkspaceState":"OFF"}`, 400, "ValidationException"},
		{"list over the model's maximum", service + "DescribeWorkspaces", `{"WorkspaceIds":["ws-12345678"` + strings.Repeat(`,"ws-12345678"`, 25) + `]}`, 400, "ValidationException"},
		{"page token", service + "DescribeWorkspaces", `{"NextToken":"AAAA"}`, 400, "InvalidParameterValuesException"},
		{"10 MB", service + "DescribeWorkspaces", `{"BundleId":"` + strings.Repeat("x", 10<<20) + `"}`, 400, "ValidationException"},
		{"17 MB", service + "DescribeWorkspaces", `{"BundleId":"` + strings.Repeat("x", 17<<20) + `"}`, 413, "RequestEntityTooLargeException"},
		{"not implemented", service + "DescribeApplications", "{}", 400, "OperationNotImplementedByWkstest"},
		{"unknown member", service + "DescribeWorkspaces", `{"Colour":"blue"}`, 200, ""},
		{"unknown object of texts", service + "DescribeWorkspaces", `{"Colours":{"a":"blue","b":["red","x"],"c":{"d":"e"}},"Limit":1}`, 200, ""},
		{"null member", service + "DescribeWorkspaces", `{"BundleId":null}`, 200, ""},
		{"empty body", service + "DescribeWorkspaces", "", 200, ""},
	} {
		response, body := post(t, hs.URL, c.target, c.body)
		if response == nil || response.StatusCode != c.status || response.Header.Get("X-Amzn-RequestId") == "" || c.code != "" && !strings.Contains(body, `"__type":"`+c.code+`"`) {
			t.Errorf("%s: %v %.200s, want %d %s", c.name, response, body, c.status, c.code)
		}
		if (c.status == 200) != (response.Header.Get("X-Wks-Rule") == "") {
			t.Errorf("%s: rule %q", c.name, response.Header.Get("X-Wks-Rule"))
		}
	}
	r, err := http.Get(hs.URL)
	if err != nil {
		t.Fatal(err)
	}
	if r.Body.Close(); r.StatusCode != http.StatusBadRequest {
		t.Errorf("GET: %v", r)
	}
}

// A connection that is to break breaks over the network, too.
func TestBrokenConnection(t *testing.T) {
	for kind, served := range map[wkstest.FaultKind]bool{wkstest.Lost: true, wkstest.Broken: true, wkstest.Unheard: false} {
		s := start(t, wkstest.Config{Faults: []wkstest.Fault{{Kind: kind, Operations: []string{"CreateIpGroup"}, First: 1}}})
		hs := httptest.NewServer(s)
		response, text := post(t, hs.URL, "WorkspacesService.CreateIpGroup", `{"GroupName":"office"}`)
		if response != nil && (kind != wkstest.Broken || strings.Contains(text, "}")) {
			t.Errorf("%s: %v %s", kind, response, text)
		}
		groups, err := s.Client("us-east-1").DescribeIpGroups(t.Context(), &workspaces.DescribeIpGroupsInput{})
		if err != nil || (len(groups.Result) == 1) != served {
			t.Errorf("%s: %+v, %v", kind, groups, err)
		}
		hs.Close()
	}
}

// What is seen of a migration after 1, 12, 20 and 25 minutes, and two hours later: the state of the
// old and of the new WorkSpace, with * for the target's bundle.
func TestMigrationFaults(t *testing.T) {
	const old, from, to, directory = "ws-00000001", "wsb-000000001", "wsb-000000002", "d-9067000001"
	for f, want := range map[wkstest.FaultKind]string{
		"":                  "ok AVAILABLE/PENDING* AVAILABLE/PENDING* AVAILABLE/PENDING* -/AVAILABLE* -/AVAILABLE*",
		wkstest.Refused:     "OperationNotSupportedException AVAILABLE/- AVAILABLE/- AVAILABLE/- AVAILABLE/- AVAILABLE/-",
		wkstest.Throttled:   "ThrottlingException AVAILABLE/- AVAILABLE/- AVAILABLE/- AVAILABLE/- AVAILABLE/-",
		wkstest.Lost:        "lost AVAILABLE/PENDING* AVAILABLE/PENDING* AVAILABLE/PENDING* -/AVAILABLE* -/AVAILABLE*",
		wkstest.Unheard:     "lost AVAILABLE/- AVAILABLE/- AVAILABLE/- AVAILABLE/- AVAILABLE/-",
		wkstest.Silent:      "ok AVAILABLE/- AVAILABLE/- AVAILABLE/- AVAILABLE/- AVAILABLE/-",
		wkstest.RollBack:    "ok AVAILABLE/PENDING* AVAILABLE/PENDING* AVAILABLE/PENDING* AVAILABLE/- AVAILABLE/-",
		wkstest.Vanish:      "ok AVAILABLE/PENDING* AVAILABLE/PENDING* AVAILABLE/PENDING* -/- -/-",
		wkstest.Hang:        "ok AVAILABLE/PENDING* AVAILABLE/PENDING* AVAILABLE/PENDING* AVAILABLE/PENDING* AVAILABLE/PENDING*",
		wkstest.Slow:        "ok AVAILABLE/PENDING* AVAILABLE/PENDING* AVAILABLE/PENDING* AVAILABLE/PENDING* -/AVAILABLE*",
		wkstest.Late:        "ok AVAILABLE/- AVAILABLE/PENDING* AVAILABLE/PENDING* -/AVAILABLE* -/AVAILABLE*",
		wkstest.DuplicateID: "ok AVAILABLE/PENDING* AVAILABLE/PENDING* AVAILABLE/PENDING* -/AVAILABLE* -/AVAILABLE*",
		wkstest.SameID:      "ok PENDING/- PENDING/- PENDING/- AVAILABLE*/- AVAILABLE*/-",
		wkstest.Blink:       "ok AVAILABLE/PENDING* AVAILABLE/PENDING* -/- -/AVAILABLE* -/AVAILABLE*",
	} {
		clock := wkstest.NewVirtual(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
		custom := func(id string) wkstest.Bundle {
			return wkstest.Bundle{WorkspaceBundle: types.WorkspaceBundle{BundleId: aws.String(id), Owner: aws.String("123456789012")}}
		}
		region := &wkstest.Region{
			Bundles:     []wkstest.Bundle{custom(from), custom(to)},
			Directories: []wkstest.Directory{{WorkspaceDirectory: types.WorkspaceDirectory{DirectoryId: aws.String(directory), State: types.WorkspaceDirectoryStateRegistered}}},
			Workspaces: []wkstest.Workspace{{Workspace: types.Workspace{
				WorkspaceId: aws.String(old), BundleId: aws.String(from), DirectoryId: aws.String(directory), UserName: aws.String("ada"), SubnetId: aws.String("subnet-1"), State: types.WorkspaceStateAvailable,
			}}},
		}
		config := wkstest.Config{
			State: &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": region}}, Now: clock.Now, Times: map[wkstest.Activity]time.Duration{wkstest.Migrating: 25 * time.Minute},
		}
		if f != "" {
			config.Faults = []wkstest.Fault{{Kind: f, Operations: []string{"MigrateWorkspace"}, Workspaces: []string{old}}}
		}
		c := start(t, config).Client("eu-west-1", once)
		_, err := c.MigrateWorkspace(t.Context(), &workspaces.MigrateWorkspaceInput{SourceWorkspaceId: aws.String(old), BundleId: aws.String(to)})
		got := []string{"ok"}
		switch code := codeOf(err); {
		case code != "":
			got[0] = code
		case err != nil:
			got[0] = "lost"
		}
		for _, wait := range []time.Duration{time.Minute, 11 * time.Minute, 8 * time.Minute, 5 * time.Minute, 2 * time.Hour} {
			if err := clock.Sleep(t.Context(), wait); err != nil {
				t.Fatal(err)
			}
			out, err := c.DescribeWorkspaces(t.Context(), &workspaces.DescribeWorkspacesInput{DirectoryId: aws.String(directory), UserName: aws.String("ADA")})
			if err != nil {
				t.Fatal(err)
			}
			ends := []string{"-", "-"}
			for _, w := range out.Workspaces {
				i := 1
				if *w.WorkspaceId == old {
					i = 0
				}
				if ends[i] = string(w.State); *w.BundleId == to {
					ends[i] += "*"
				}
			}
			got = append(got, strings.Join(ends, "/"))
		}
		if text := strings.Join(got, " "); text != want {
			t.Errorf("%s: got\n%s, want\n%s", f, text, want)
		}
	}
}
