package wkstest_test

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"math/big"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/wkstest"
)

// The time of an activity that has only a longest one is a half of it and so many seconds as the hash of the resource, the activity and the seed
// says, up to the other half. What Config.Times says is exact.
func TestTimeByHash(t *testing.T) {
	for _, seed := range []uint64{0, 7, 1 << 63} {
		s := start(t, wkstest.Config{Seed: seed, Times: map[wkstest.Activity]time.Duration{wkstest.Migrating: 7 * time.Minute}})
		first, last := time.Hour, time.Duration(0)
		for i := range 9000 {
			id := fmt.Sprintf("ws-%09d", i)
			h := fnv.New64a()
			io.WriteString(h, id+string(wkstest.Launch)+strconv.FormatUint(seed, 10))
			want := 10*time.Minute + time.Duration(h.Sum64()%601)*time.Second
			got := s.Takes(wkstest.Launch, id)
			if got != want {
				t.Fatalf("seed %d, %s: %s, want %s", seed, id, got, want)
			}
			first, last = min(first, got), max(last, got)
		}
		if first != 10*time.Minute || last != 20*time.Minute || s.Takes(wkstest.Migrating, "ws-000000001") != 7*time.Minute || s.Takes(wkstest.Starting, "ws-000000001") != 2*time.Minute {
			t.Errorf("seed %d: from %s to %s", seed, first, last)
		}
	}
}

// No identifier repeats, for the step shares no factor with the number of identifiers, and each is the product of step and number.
func TestIdentifiersByNumber(t *testing.T) {
	space, step := new(big.Int).Exp(big.NewInt(36), big.NewInt(9), nil), new(big.Int).SetUint64(wkstest.IDStep)
	if wkstest.IDSpace != space.Uint64() || new(big.Int).GCD(nil, nil, space, step).Int64() != 1 {
		t.Errorf("%d of %d", uint64(wkstest.IDStep), uint64(wkstest.IDSpace))
	}
	for _, issued := range []uint64{0, 1, 35, 1 << 20, 1 << 40, 1 << 53, 1<<63 + 12345} {
		for _, seed := range []uint64{0, 1, 1 << 60} {
			s := start(t, wkstest.Config{Seed: seed, State: &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": {Issued: issued}}}})
			got := *must(s.Direct("eu-west-1").CreateIpGroup(t.Context(), &workspaces.CreateIpGroupInput{GroupName: aws.String("office")}))(t).GroupId
			n := new(big.Int).SetUint64(issued + 1)
			n.Mul(n, step).Add(n, new(big.Int).SetUint64(seed)).Mod(n, space)
			text := n.Text(36)
			if want := "wsipg-" + strings.Repeat("0", 9-len(text)) + text; got != want {
				t.Errorf("after %d, seed %d: %s, want %s", issued, seed, got, want)
			}
			if n := s.State().Regions["eu-west-1"].Issued; n != issued+1 {
				t.Errorf("%d are issued after %d", n, issued)
			}
		}
	}
}

// Request IDs have the form of those of AWS. Each digit of one is left to chance.
func TestRequestIDs(t *testing.T) {
	s := start(t, wkstest.Config{Record: true})
	d := s.Direct("eu-west-1")
	for range 300 {
		must(d.DescribeAccount(t.Context(), nil))(t)
	}
	var digits [36]map[byte]bool
	all := map[string]bool{}
	form := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)
	for _, c := range s.Log() {
		all[c.RequestID] = true
		if !form.MatchString(c.RequestID) {
			t.Fatalf("%q", c.RequestID)
		}
		for i := range digits {
			if digits[i] == nil {
				digits[i] = map[byte]bool{}
			}
			digits[i][c.RequestID[i]] = true
		}
	}
	for i, d := range digits {
		if want := map[bool]int{true: 1, false: 16}[i == 8 || i == 13 || i == 18 || i == 23]; len(d) != want {
			t.Errorf("place %d has %d digits", i, len(d))
		}
	}
	if len(all) != 300 {
		t.Errorf("%d IDs of 300 calls", len(all))
	}
}

// Each address of a large subnet is given once, those of WorkSpaces that there are not, and that of one that is gone again.
func TestAddressesOfLargeSubnets(t *testing.T) {
	const n = 123 // of 128, from 10.1.2.132 on
	address := func(i int) string { return fmt.Sprintf("10.1.2.%d", 132+i) }
	s, d, clock := served(t, func(r *wkstest.Region) {
		r.Subnets, r.Directories[0].SubnetIds = []wkstest.Subnet{{SubnetID: "subnet-0a1b2c3d", CIDR: "10.1.2.128/25"}}, []string{"subnet-0a1b2c3d"}
		for _, i := range []int{2, 61, 62, 63, 64, 65, 66, 122} {
			r.Workspaces = append(r.Workspaces, running(fmt.Sprintf("ws-%09d", i), fmt.Sprint("there", i), types.WorkspaceStateAvailable, func(w *wkstest.Workspace) {
				w.IpAddress, w.SubnetId = aws.String(address(i)), aws.String("subnet-0a1b2c3d")
			}))
		}
	})
	users := 0
	create := func(n int) (failed int) {
		t.Helper()
		for n > 0 {
			var batch []types.WorkspaceRequest
			for range min(n, 25) {
				batch = append(batch, request(fmt.Sprint("user", users)))
				users++
			}
			n -= len(batch)
			failed += len(must(d.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: batch}))(t).FailedRequests)
		}
		return failed
	}
	owners := func() map[string]string {
		t.Helper()
		of := map[string]string{}
		for _, w := range s.State().Regions["eu-west-1"].Workspaces {
			if other := of[*w.IpAddress]; other != "" {
				t.Errorf("%s and %s have %s", other, *w.WorkspaceId, *w.IpAddress)
			}
			of[*w.IpAddress] = *w.WorkspaceId
		}
		return of
	}
	answers(t, "launches that fail", create(n-8+2), 2)
	of := owners()
	for i := range n {
		if of[address(i)] == "" {
			t.Errorf("nobody has %s", address(i))
		}
	}
	pass(t, clock, time.Hour)
	for _, gone := range [][]int{{100}, {63, 64}, {0, 122}, {66, 67, 68}, {127 - 64}} {
		for _, i := range gone {
			if failed := operationsOf["Terminate"](d, t, aws.String(of[address(i)])); len(failed) != 0 {
				t.Errorf("%+v", failed)
			}
		}
		pass(t, clock, time.Hour)
		before := owners()
		answers(t, "launches that fail", create(len(gone)+1), 1)
		pass(t, clock, time.Hour)
		of = owners()
		for _, i := range gone {
			if before[address(i)] != "" || of[address(i)] == "" {
				t.Errorf("%s is %q, and was %q", address(i), of[address(i)], before[address(i)])
			}
		}
	}
}

// A directory without addresses that are known gives each WorkSpace one of 10.0.0.0/8, from 10.0.0.4 on, by its number.
func TestAddressesThatAreNotKnown(t *testing.T) {
	for issued, want := range map[uint64][]string{0: {"10.0.0.4", "10.0.0.5"}, 250: {"10.0.0.254", "10.0.0.255"}, 1<<24 - 5: {"10.255.255.255", "10.0.0.0"}} {
		s, d, _ := served(t, func(r *wkstest.Region) { r.Issued = issued })
		must(d.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{request("ada"), request("bob")}}))(t)
		var got []string
		for _, w := range s.State().Regions["eu-west-1"].Workspaces {
			got = append(got, *w.IpAddress)
		}
		if !slices.Equal(got, want) {
			t.Errorf("after %d: %q, want %q", issued, got, want)
		}
	}
}

// A clock of a test goes forwards alone, waits for half a second, and stands still once the context has ended.
func TestVirtualClock(t *testing.T) {
	clock := wkstest.NewVirtual(noon)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for _, tt := range []struct {
		do   func() error
		err  error
		want time.Duration
	}{
		{func() error { return clock.Sleep(t.Context(), time.Minute) }, nil, time.Minute}, {func() error { return clock.Sleep(t.Context(), -time.Hour) }, nil, time.Minute},
		{func() error { return clock.Sleep(t.Context(), 0) }, nil, time.Minute}, {func() error { return clock.Sleep(ended, time.Hour) }, context.Canceled, time.Minute},
		{func() error { return clock.Wait(t.Context()) }, nil, time.Minute + time.Second/2}, {func() error { return clock.Wait(ended) }, context.Canceled, time.Minute + time.Second/2},
	} {
		if err := tt.do(); !errors.Is(err, tt.err) || clock.Now().Sub(noon) != tt.want {
			t.Errorf("%v, %s after noon, want %v, %s", err, clock.Now().Sub(noon), tt.err, tt.want)
		}
	}
}

// A call is shown on one line, with its rules and its error if it has them.
func TestCallsAreShown(t *testing.T) {
	c := wkstest.Call{At: noon.In(time.FixedZone("", 7200)), Region: "eu-west-1", Operation: "DescribeTags", Outcome: wkstest.Served}
	answers(t, "served", c.String(), "2026-09-10T12:00:00Z eu-west-1 DescribeTags served")
	c.Outcome, c.Rules = wkstest.Loss, []rule.Code{"wkstest.injected-fault"}
	answers(t, "lost", c.String(), "2026-09-10T12:00:00Z eu-west-1 DescribeTags lost by wkstest.injected-fault")
	c.Outcome, c.Rules, c.Code, c.Message = wkstest.Refusal, []rule.Code{"a.b", "c.d"}, "ValidationException", "no\nway"
	answers(t, "refused", c.String(), `2026-09-10T12:00:00Z eu-west-1 DescribeTags refused by a.b,c.d: ValidationException: no\nway`)
}

// The answer of a request has the status, the header and the body of the service's, over the network and in the process.
func TestWholeAnswers(t *testing.T) {
	for _, tt := range []struct {
		c          wkstest.Config
		operation  string
		status     int
		body       string
		rule, wait string
	}{
		{wkstest.Config{}, "DescribeIpGroups", 200, `{"Result":[]}`, "", ""},
		{wkstest.Config{}, "DescribeTags", 400, `{"__type":"ValidationException","message":"ResourceId: `, "wks.required-member-missing", ""},
		{wkstest.Config{RetryAfter: time.Second, Faults: []wkstest.Fault{{Kind: wkstest.Throttled}}}, "DescribeIpGroups", 400, `{"__type":"ThrottlingException","message":"Rate exceeded"}`, "wkstest.injected-fault", "1"},
		{wkstest.Config{RetryAfter: 1, Faults: []wkstest.Fault{{Kind: wkstest.Throttled}}}, "DescribeIpGroups", 400, `{"__type":"ThrottlingException","message":"Rate exceeded"}`, "wkstest.injected-fault", "1"},
		{wkstest.Config{RetryAfter: time.Second + 1, Faults: []wkstest.Fault{{Kind: wkstest.Throttled}}}, "DescribeIpGroups", 400, `{"__type":"ThrottlingException","message":"Rate exceeded"}`, "wkstest.injected-fault", "2"},
		{wkstest.Config{Faults: []wkstest.Fault{{Kind: wkstest.Throttled}}}, "DescribeIpGroups", 400, `{"__type":"ThrottlingException","message":"Rate exceeded"}`, "wkstest.injected-fault", ""},
		{wkstest.Config{RetryAfter: time.Second, Faults: []wkstest.Fault{{Kind: wkstest.Unavailable}}}, "DescribeIpGroups", 500, `{"__type":"InternalServerException","message":"made up"}`, "wkstest.injected-fault", ""},
		{wkstest.Config{RetryAfter: time.Second, Faults: []wkstest.Fault{{Kind: wkstest.Refused}}}, "DescribeIpGroups", 400, `{"__type":"OperationNotSupportedException","message":"made up"}`, "wkstest.injected-fault", ""},
	} {
		check := func(way string, status int, h http.Header, body []byte) {
			t.Helper()
			if date, err := http.ParseTime(h.Get("Date")); err != nil || time.Since(date).Abs() > time.Hour {
				t.Errorf("%s: the date is %q", way, h.Get("Date"))
			}
			if status != tt.status || !strings.HasPrefix(string(body), tt.body) || h.Get("X-Wks-Rule") != tt.rule || h.Get("Retry-After") != tt.wait || h.Get("Content-Type") != "application/x-amz-json-1.1" || len(h.Get("X-Amzn-Requestid")) != 36 {
				t.Errorf("%s: %d %v %s", way, status, h, body)
			}
		}
		s := start(t, tt.c)
		ask := func() *http.Request {
			r := httptest.NewRequest(http.MethodPost, "https://workspaces.example/", strings.NewReader("{}"))
			r.Header.Set("X-Amz-Target", "WorkspacesService."+tt.operation)
			return r
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, ask())
		check("over the network", w.Code, w.Header(), w.Body.Bytes())
		if got := w.Header().Get("Content-Length"); got != strconv.Itoa(w.Body.Len()) {
			t.Errorf("%s: Content-Length %s of %d bytes", tt.operation, got, w.Body.Len())
		}
		response, err := s.RoundTrip(ask())
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		check("in the process", response.StatusCode, response.Header, body)
		if response.Status != fmt.Sprint(tt.status, " ", http.StatusText(tt.status)) || response.ContentLength != int64(len(body)) || response.Proto != "HTTP/1.1" || !response.ProtoAtLeast(1, 1) || response.ProtoAtLeast(1, 2) {
			t.Errorf("%+v", response)
		}
	}
}

// The body of an answer is a sound reader until it is closed. Then it has nothing more, for its memory is another's.
func TestBodiesOfAnswers(t *testing.T) {
	s := start(t, wkstest.Config{})
	ask := func() io.ReadCloser {
		r := httptest.NewRequest(http.MethodPost, "https://workspaces.example/", nil)
		r.Header.Set("X-Amz-Target", "WorkspacesService.DescribeIpGroups")
		response, err := s.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		return response.Body
	}
	if err := iotest.TestReader(ask(), []byte(`{"Result":[]}`)); err != nil {
		t.Error(err)
	}
	body := ask()
	if n, err := body.Read(make([]byte, 3)); n != 3 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	for range 2 {
		if err := body.Close(); err != nil {
			t.Error(err)
		}
		if n, err := body.Read(make([]byte, 3)); n != 0 || err != io.EOF {
			t.Errorf("after it was closed: %d, %v", n, err)
		}
	}
}

// Half of an answer is half of its bytes, and then the connection breaks.
func TestHalfAnAnswer(t *testing.T) {
	const half = `{"Resu` // of {"Result":[]}, of 13 bytes
	s := start(t, wkstest.Config{Faults: []wkstest.Fault{{Kind: wkstest.Broken}}})
	ask := func() *http.Request {
		r := httptest.NewRequest(http.MethodPost, "https://workspaces.example/", nil)
		r.Header.Set("X-Amz-Target", "WorkspacesService.DescribeIpGroups")
		return r
	}
	response, err := s.RoundTrip(ask())
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(response.Body); string(body) != half || err != io.ErrUnexpectedEOF || response.ContentLength != 13 {
		t.Errorf("%q of %d, %v", body, response.ContentLength, err)
	}
	w := httptest.NewRecorder()
	func() {
		defer func() {
			if r := recover(); r != http.ErrAbortHandler {
				t.Errorf("%v", r)
			}
		}()
		s.ServeHTTP(w, ask())
		t.Error("the connection does not break")
	}()
	if w.Body.String() != half || !w.Flushed || w.Header().Get("Content-Length") != "13" {
		t.Errorf("%q, flushed %t, of %s", w.Body, w.Flushed, w.Header().Get("Content-Length"))
	}
}

// A body is read whole, whether its length is told or not, up to 16 MiB, and without one a request is empty.
func TestBodiesOfRequests(t *testing.T) {
	const text, most = `{"GroupName":"office"}`, 16 << 20
	for name, tt := range map[string]struct {
		size   int // with white space
		told   bool
		status int
	}{
		"told": {len(text), true, 200}, "not told": {len(text), false, 200}, "as much as there may be": {most, true, 200}, "as much as there may be, not told": {most, false, 200},
		"one byte more": {most + 1, true, 413}, "one byte more, not told": {most + 1, false, 413},
	} {
		ask := func(unknown int64) *http.Request {
			r := httptest.NewRequest(http.MethodPost, "https://workspaces.example/", nil)
			r.Header.Set("X-Amz-Target", "WorkspacesService.CreateIpGroup")
			r.Body, r.ContentLength = io.NopCloser(strings.NewReader(text+strings.Repeat(" ", tt.size-len(text)))), unknown
			if tt.told {
				r.ContentLength = int64(tt.size)
			}
			return r
		}
		w := httptest.NewRecorder()
		start(t, wkstest.Config{}).ServeHTTP(w, ask(-1))
		if w.Code != tt.status || tt.status == 413 && w.Body.String() != `{"__type":"RequestEntityTooLargeException","message":"the body has more than 16777216 bytes"}` {
			t.Errorf("%s, over the network: %d %s", name, w.Code, w.Body)
		}
		for _, unknown := range []int64{-1, 0} { // of which package net/http makes both
			response, err := start(t, wkstest.Config{}).RoundTrip(ask(unknown))
			if err != nil || response.StatusCode != tt.status {
				t.Errorf("%s, in the process: %+v, %v", name, response, err)
			}
		}
	}
	for name, change := range map[string]func(*http.Request){"no body": func(r *http.Request) { r.Body = nil }, "no URL": func(r *http.Request) { r.URL = nil }} {
		r := httptest.NewRequest(http.MethodPost, "https://workspaces.example/", nil)
		r.Header.Set("X-Amz-Target", "WorkspacesService.DescribeIpGroups")
		change(r)
		w := httptest.NewRecorder()
		start(t, wkstest.Config{}).ServeHTTP(w, r)
		if w.Code != 200 || w.Body.String() != `{"Result":[]}` {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
	broken := httptest.NewRequest(http.MethodPost, "https://workspaces.example/", &brokenBody{})
	defer func() {
		if r := recover(); r != http.ErrAbortHandler {
			t.Errorf("a client that has gone: %v", r)
		}
	}()
	start(t, wkstest.Config{}).ServeHTTP(httptest.NewRecorder(), broken)
	t.Error("half a request is answered")
}

// The Region is that of the signature, else that of the host's name, and else us-east-1. How often the SDK tries is in a header.
func TestRegionsOfRequests(t *testing.T) {
	const signed = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260910/eu-west-1/workspaces/aws4_request, SignedHeaders=host, Signature=0"
	for _, tt := range []struct {
		host, url, authorization, attempt string
		region, by                        string
		most                              int
	}{
		{"workspaces.us-west-2.amazonaws.com", "/", signed, "attempt=1; max=3", "eu-west-1", "workspaces.us-west-2.amazonaws.com", 3},
		{"workspaces.us-west-2.amazonaws.com", "/", "", "attempt=2; max=1", "us-west-2", "workspaces.us-west-2.amazonaws.com", 1},
		{"workspaces-fips.us-gov-west-1.amazonaws.com", "/", "Bearer", "max=-1", "us-gov-west-1", "workspaces-fips.us-gov-west-1.amazonaws.com", 0},
		{"", "https://workspaces.ap-south-1.amazonaws.com/", "", "attempt=1", "ap-south-1", "workspaces.ap-south-1.amazonaws.com", 0},
		{"localhost:4566", "https://workspaces.ap-south-1.amazonaws.com/", "", "max=many", "us-east-1", "localhost:4566", 0},
		{"", "/", "", "", "us-east-1", "", 0},
	} {
		s := start(t, wkstest.Config{Record: true})
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, tt.url, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = tt.host
		r.Header.Set("X-Amz-Target", "WorkspacesService.DescribeIpGroups")
		r.Header.Set("Authorization", tt.authorization)
		r.Header.Set("Amz-Sdk-Request", tt.attempt)
		r.Header.Set("X-Amz-Date", "20260910T120000Z")
		if _, err := s.RoundTrip(r); err != nil {
			t.Fatal(err)
		}
		if c := s.Log()[0]; c.Region != tt.region || c.Host != tt.by || c.MaxAttempts != tt.most || !c.Signed.Equal(noon) {
			t.Errorf("%+v: %+v", tt, c)
		}
	}
}

// A Direct refuses as the wire does: with a status, with the rules, of which the caller has a copy, and with an error of the zero value.
func TestErrorsOfDirect(t *testing.T) {
	const zero = "wkstest: the Direct or its Server is the zero value: use New and Server.Direct"
	for name, d := range map[string]*wkstest.Direct{"none": nil, "zero": {}, "of the zero Server": new(wkstest.Server).Direct("eu-west-1"), "of no Server": (*wkstest.Server)(nil).Direct("eu-west-1")} {
		if out, err := d.DescribeAccount(t.Context(), nil); err == nil || err.Error() != zero {
			t.Errorf("%s: %v, %v", name, out, err)
		}
	}
	s := start(t, wkstest.Config{
		Faults: []wkstest.Fault{{Kind: wkstest.Unavailable, Operations: []string{"DescribeTags"}}, {Kind: wkstest.Broken, Operations: []string{"DescribeIpGroups"}}},
		Override: func(_ context.Context, operation string, _ any) (any, bool, error) {
			return &workspaces.DescribeTagsOutput{}, operation == "DescribeAccount", nil
		},
	})
	d := s.Direct("eu-west-1")
	_, refused := d.StopWorkspacesPool(t.Context(), &workspaces.StopWorkspacesPoolInput{PoolId: aws.String("wspool-000000009")})
	_, failed := d.DescribeTags(t.Context(), &workspaces.DescribeTagsInput{ResourceId: aws.String("ws-000000009")})
	for want, err := range map[int]error{400: refused, 500: failed} {
		var status interface{ HTTPStatusCode() int }
		if !errors.As(err, &status) || status.HTTPStatusCode() != want {
			t.Errorf("%v, want %d", err, want)
		}
	}
	wkstest.RefusedBy(refused)[0] = "changed"
	answers(t, "rules", wkstest.RefusedBy(refused), []rule.Code{"wkstest.unknown-resource"})
	answers(t, "rules of none", wkstest.RefusedBy(nil), []rule.Code(nil))
	answers(t, "rules of another error", wkstest.RefusedBy(io.EOF), []rule.Code(nil))
	if _, err := d.DescribeAccount(t.Context(), nil); err == nil || err.Error() != "operation error WorkSpaces: DescribeAccount, Config.Override returned a *workspaces.DescribeTagsOutput" {
		t.Error(err)
	}
	if out, err := d.DescribeIpGroups(t.Context(), nil); out != nil || err == nil || err.Error() != "operation error WorkSpaces: DescribeIpGroups, wkstest: the connection broke before the answer came" {
		t.Errorf("%v, %v", out, err)
	}
}

// A DirectClient makes no request of HTTP and signs none: what stands behind the signature sees neither header nor body, and no credentials are asked
// for. The options of a client are applied, and those that are nil passed over.
func TestDirectClientSignsNothing(t *testing.T) {
	t.Setenv("AWS_LAMBDA_FUNCTION_NAME", "desktops")
	t.Setenv("_X_AMZN_TRACE_ID", "Root=1-00000000-000000000000000000000000")
	seen := 0
	look := middleware.FinalizeMiddlewareFunc("look", func(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (middleware.FinalizeOutput, middleware.Metadata, error) {
		seen++
		r := in.Request.(*smithyhttp.Request)
		for _, name := range []string{"Authorization", "X-Amz-Date", "X-Amz-Content-Sha256", "X-Amzn-Trace-Id", "Amz-Sdk-Invocation-Id", "X-Amz-Target", "Content-Length"} {
			if v := r.Header.Get(name); v != "" {
				t.Errorf("%s: %s", name, v)
			}
		}
		if r.GetStream() != nil || r.ContentLength > 0 || r.URL.Host != "" {
			t.Errorf("%+v", r)
		}
		return next.HandleFinalize(ctx, in)
	})
	s := start(t, wkstest.Config{})
	c := s.DirectClient("eu-west-1", nil, func(o *workspaces.Options) {
		o.Credentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			t.Error("credentials are asked for")
			return aws.Credentials{}, nil
		})
		o.APIOptions = append(o.APIOptions, func(stack *middleware.Stack) error { return stack.Finalize.Add(look, middleware.After) })
	})
	if _, err := c.DescribeIpGroups(t.Context(), nil); err != nil {
		t.Error(err)
	}
	if _, err := c.CreateIpGroup(t.Context(), &workspaces.CreateIpGroupInput{GroupName: aws.String("office")}); err != nil || seen != 2 {
		t.Errorf("%v, %d requests", err, seen)
	}
}

// The goroutines of a job start 10 µs apart, the clients in turn, and each makes its calls one after the other.
func TestTimesOfAJob(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, wkstest.Config{Record: true})
		clients := []*workspaces.Client{s.Client("eu-west-1", once), nil, s.Client("us-east-1", once)}
		began := time.Now()
		r := s.Run(t.Context(), wkstest.Job{Clients: clients, Goroutines: 3, Calls: 9})
		answers(t, "at once", r, wkstest.Result{Makespan: 80 * time.Microsecond, Lost: 3})
		first := map[string]time.Duration{}
		for _, c := range s.Log() {
			if _, ok := first[c.Region]; !ok {
				first[c.Region] = c.At.Sub(began)
			}
		}
		answers(t, "the first calls", first, map[string]time.Duration{"eu-west-1": 0, "us-east-1": 20 * time.Microsecond})
	})
	synctest.Test(t, func(t *testing.T) {
		s := start(t, wkstest.Config{MinLatency: time.Second, MaxLatency: time.Second, Record: true})
		r := s.Run(t.Context(), wkstest.Job{Clients: []*workspaces.Client{s.Client("eu-west-1", once)}, Goroutines: 2, Calls: 5})
		answers(t, "three calls, and two", r, wkstest.Result{Makespan: 3 * time.Second})
		var ids []string
		for _, c := range s.Log() {
			ids = append(ids, c.Workspaces...)
		}
		answers(t, "the WorkSpaces", ids, []string{"ws-00000000", "ws-00000001", "ws-00000002", "ws-00000003", "ws-00000004"})
		ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
		defer cancel()
		answers(t, "a context that ends", s.Run(ctx, wkstest.Job{Clients: []*workspaces.Client{s.Client("eu-west-1", once)}, Goroutines: 1, Calls: 5}), wkstest.Result{Makespan: 1500 * time.Millisecond, Lost: 4})
	})
	synctest.Test(t, func(t *testing.T) { // no more goroutines than calls
		s := start(t, wkstest.Config{Quota: throttle.Quota{Rate: 1, Burst: 1}})
		r := s.Run(t.Context(), wkstest.Job{Clients: []*workspaces.Client{s.Client("eu-west-1", once)}, Goroutines: math.MaxInt, Calls: 2})
		answers(t, "throttled", r, wkstest.Result{Makespan: 10 * time.Microsecond, Throttled: 1, Lost: 1})
	})
}

// A WorkSpace whose volume grows does not stop by itself; when that has ended it has stopped.
func TestAutoStopWaitsForAChange(t *testing.T) {
	s, _, clock := served(t, func(r *wkstest.Region) {
		r.Workspaces = []wkstest.Workspace{running("ws-000000001", "ada", types.WorkspaceStateAvailable, func(w *wkstest.Workspace) {
			w.WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes = aws.Int32(60)
			w.Change = &wkstest.Change{Before: types.WorkspaceStateAvailable, Until: noon.Add(3 * time.Hour)}
		}), running("ws-000000002", "bob", types.WorkspaceStateAvailable, func(w *wkstest.Workspace) {
			w.WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes = nil
		}), running("ws-000000003", "eve", types.WorkspaceStateAvailable, func(w *wkstest.Workspace) {
			w.WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes, w.Idle = aws.Int32(60), time.Time{} // nobody knows since when
		}), running("ws-000000004", "kim", types.WorkspaceStateAvailable, func(w *wkstest.Workspace) { w.WorkspaceProperties = nil })}
	})
	const available, stopping, stopped = types.WorkspaceStateAvailable, types.WorkspaceStateStopping, types.WorkspaceStateStopped
	for _, tt := range []struct {
		after time.Duration
		want  []types.WorkspaceState
	}{
		{time.Hour - 1, []types.WorkspaceState{available, available, available, available}}, {time.Hour, []types.WorkspaceState{available, stopping, available, available}},
		{time.Hour + time.Minute, []types.WorkspaceState{available, stopped, available, available}}, {3*time.Hour - 1, []types.WorkspaceState{available, stopped, available, available}},
		{3 * time.Hour, []types.WorkspaceState{stopped, stopped, available, available}},
	} {
		pass(t, clock, tt.after-clock.Now().Sub(noon))
		var got []types.WorkspaceState
		for _, w := range s.State().Regions["eu-west-1"].Workspaces {
			got = append(got, w.State)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("after %s: %v, want %v", tt.after, got, tt.want)
		}
	}
}

// WorkSpaces of a batch that differ in the directory, the bundle, the address of IPv6 or in tags that are empty alone are apart.
func TestLikeWorkspacesOfABatch(t *testing.T) {
	s, d, _ := served(t, func(r *wkstest.Region) {
		r.Directories[0].SubnetIds = r.Directories[0].SubnetIds[:1]
		second := r.Directories[0]
		second.DirectoryId = aws.String("d-9067000002")
		r.Directories = append(r.Directories, second)
		for _, id := range []string{"wsb-000000001", "wsb-000000002"} {
			r.Bundles = append(r.Bundles, wkstest.Bundle{WorkspaceBundle: types.WorkspaceBundle{
				BundleId: &id, Owner: aws.String(me), ComputeType: &types.ComputeType{Name: types.ComputeStandard}, RootStorage: &types.RootStorage{Capacity: aws.String("80")}, UserStorage: &types.UserStorage{Capacity: aws.String("50")},
			}})
		}
	})
	of := func(user, directory, bundle string, tags []types.Tag) types.WorkspaceRequest {
		return types.WorkspaceRequest{UserName: &user, DirectoryId: &directory, BundleId: &bundle, Tags: tags}
	}
	batch := []types.WorkspaceRequest{
		of("ada", wkstest.SampleDirectory, "wsb-000000001", nil), of("bob", wkstest.SampleDirectory, "wsb-000000002", nil), of("eve", "d-9067000002", "wsb-000000001", nil), of("kim", wkstest.SampleDirectory, "wsb-000000001", []types.Tag{}),
		of("dan", wkstest.SampleDirectory, "wsb-000000001", nil),
	}
	out := must(d.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: batch}))(t)
	if len(out.PendingRequests) != len(batch) {
		t.Fatalf("%+v", out.FailedRequests)
	}
	for i, w := range s.State().Regions["eu-west-1"].Workspaces {
		answers(t, *batch[i].UserName, of(*w.UserName, *w.DirectoryId, *w.BundleId, w.Tags), batch[i])
	}
}

// An export without owners has an account where one file tells it, however much there is that does not tell. A key has no fewer than no grants of
// others. Age gives a time of launch to those that have none.
func TestOwnersAndGrantsOfAnExport(t *testing.T) {
	s, err := wkstest.ReadExport(fstest.MapFS{
		"eu-west-1/describe-subnets.json":    {Data: []byte(`{"Subnets":[{"SubnetId":"subnet-1"},{"SubnetId":"subnet-2"},{"SubnetId":"subnet-3","OwnerId":"111111111111"}]}`)},
		"eu-west-1/describe-key-1.json":      {Data: []byte(`{"KeyMetadata":{"Arn":"arn:1","KeyState":"Disabled","KeyManager":"AWS","KeySpec":"RSA_2048"}}`)},
		"eu-west-1/list-grants-1.json":       {Data: []byte(`{"Grants":[{"GrantId":"1"}]}`)},
		"eu-west-1/describe-workspaces.json": {Data: []byte(`{"Workspaces":[{"WorkspaceId":"ws-000000001","VolumeEncryptionKey":"arn:1","RootVolumeEncryptionEnabled":true,"UserVolumeEncryptionEnabled":true},{"WorkspaceId":"ws-000000002"}]}`)},
		"eu-west-1/describe-tags-.json":      {Data: []byte(`[]`)}, // of no resource
		"eu-west-1/describe-key-2.txt":       {Data: []byte(`[]`)},
		"europe/describe-workspaces.json":    {Data: []byte(`[]`)}, // of no Region
	})
	if err != nil {
		t.Fatal(err)
	}
	answers(t, "the account", s.AccountID, "111111111111")
	r := s.Regions["eu-west-1"]
	answers(t, "keys", r.Keys, []wkstest.Key{{ARN: "arn:1", State: "Disabled", Manager: "AWS", Spec: "RSA_2048"}})
	answers(t, "Regions", len(s.Regions), 1)
	r.Workspaces[0].History.Launched = noon
	s.Regions["us-east-1"] = nil
	s.Age(noon.Add(time.Hour))
	answers(t, "launched", []time.Time{r.Workspaces[0].History.Launched, r.Workspaces[1].History.Launched}, []time.Time{noon, noon.Add(time.Hour)})
	if _, err := wkstest.ReadExport(fstest.MapFS{}); err == nil || err.Error() != "wkstest: ReadExport: no folder has the name of a Region" {
		t.Error(err)
	}
	none, err := wkstest.ReadExport(fstest.MapFS{"eu-west-1/firewall.txt": {}})
	if err != nil || none.Regions["eu-west-1"].Subnets != nil || none.Regions["eu-west-1"].Keys != nil || none.AccountID != "" {
		t.Errorf("%+v, %v", none, err)
	}
	empty, err := wkstest.ReadExport(fstest.MapFS{"eu-west-1/describe-subnets.json": {Data: []byte(`{}`)}})
	if err != nil || empty.Regions["eu-west-1"].Subnets == nil || len(empty.Regions["eu-west-1"].Subnets) != 0 {
		t.Errorf("%+v, %v", empty, err)
	}
}

// A public bundle has the volumes of the guide's bundle options, and a name and a description that tell what it is.
func TestPublicBundlesTell(t *testing.T) {
	of := map[string]wkstest.Bundle{}
	for _, b := range wkstest.PublicBundles() {
		if of[*b.BundleId].BundleId != nil {
			t.Errorf("%s stands twice", *b.BundleId)
		}
		of[*b.BundleId] = b
	}
	made := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	answers(t, "the sample", of[wkstest.SampleBundle], wkstest.Bundle{System: types.OperatingSystemNameWindowsServer2022, Protocol: types.ProtocolWsp, WorkspaceBundle: types.WorkspaceBundle{
		BundleId: aws.String(wkstest.SampleBundle), BundleType: types.BundleTypeRegular, ComputeType: &types.ComputeType{Name: types.ComputeStandard}, CreationTime: &made, LastUpdatedTime: &made,
		Description: aws.String("Standard with Windows Server 2022 (DCV)"), Name: aws.String("Standard with Windows Server 2022 (DCV)"), ImageId: aws.String("wsi-standardwindowsserver2022wsp"), Owner: aws.String("AMAZON"),
		RootStorage: &types.RootStorage{Capacity: aws.String("80")}, UserStorage: &types.UserStorage{Capacity: aws.String("50")}, State: types.WorkspaceBundleStateAvailable,
	}})
	volumes := map[types.Compute]string{types.ComputeValue: "80/10", types.ComputeStandard: "80/50", types.ComputePerformance: "80/100", types.ComputePower: "175/100", types.ComputePowerpro: "175/100"}
	seen := map[types.Compute]bool{}
	for id, b := range of {
		compute := b.ComputeType.Name
		seen[compute] = true
		if got := *b.RootStorage.Capacity + "/" + *b.UserStorage.Capacity; volumes[compute] != "" && got != volumes[compute] {
			t.Errorf("%s: %s, want %s", id, got, volumes[compute])
		}
		if strings.HasSuffix(*b.Name, " (DCV)") != (b.Protocol == types.ProtocolWsp) || *b.Name != *b.Description || wkstest.PublicBundle(compute, b.System, b.Protocol) != id {
			t.Errorf("%s: %+v", id, b)
		}
	}
	for compute := range volumes {
		if !seen[compute] {
			t.Errorf("no bundle has %s", compute)
		}
	}
	list := wkstest.PublicBundles()
	list[0].System = "changed"
	if again := wkstest.PublicBundles(); again[0].System == "changed" {
		t.Error("the list is not a copy")
	}
}

// What has only a longest time in the documents takes from half of it up to all.
func TestTimesThatAreSpread(t *testing.T) {
	s := start(t, wkstest.Config{})
	for activity, longest := range map[wkstest.Activity]time.Duration{wkstest.Launch: 20 * time.Minute, wkstest.EncryptedLaunch: 40 * time.Minute, wkstest.Migrating: time.Hour, wkstest.Importing: 90 * time.Minute} {
		first, last := longest, time.Duration(0)
		for i := range 40_000 {
			took := s.Takes(activity, fmt.Sprintf("ws-%09d", i))
			first, last = min(first, took), max(last, took)
		}
		if first != longest/2 || last != longest {
			t.Errorf("%s: from %s to %s, want up to %s", activity, first, last, longest)
		}
	}
}

// What an edition says of a wait is the longest time of its activity, and the documentation of the activity where it says nothing.
func TestTimesOfEditions(t *testing.T) {
	for _, day := range []string{"2020-01-10", "2020-05-29", "2023-01-01", "2026-09-10"} {
		edition := rule.MustParseEdition(day)
		rules, err := bundles.At(edition)
		if err != nil {
			t.Fatal(err)
		}
		s := start(t, wkstest.Config{Edition: edition})
		for activity, tt := range map[wkstest.Activity]struct {
			wait    bundles.Wait
			longest time.Duration
		}{
			wkstest.VolumeChange: {bundles.VolumeChange, time.Hour}, wkstest.ComputeChange: {bundles.ComputeTypeChange, 0}, wkstest.ProtocolChange: {bundles.ProtocolChange, 40 * time.Minute},
			wkstest.Terminating: {bundles.Termination, 5 * time.Minute}, wkstest.Imaging: {bundles.ImageCreation, 0}, wkstest.Rebooting: {"", 5 * time.Minute},
		} {
			want := tt.longest
			if long, _ := rules.Wait(tt.wait); long > 0 {
				want = long
			}
			if want == 0 {
				t.Errorf("%s: nothing gives the time of %s", day, activity)
			}
			last := time.Duration(0)
			for i := range 9000 {
				last = max(last, s.Takes(activity, fmt.Sprintf("ws-%09d", i)))
			}
			if want.Hours() <= 1 && last != want || last > want || last < want-want/20 {
				t.Errorf("%s, %s: %s, want %s", day, activity, last, want)
			}
		}
	}
}
