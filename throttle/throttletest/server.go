package throttletest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/smithy-go"

	"github.com/wksgo/wks/internal/inmemory"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
)

// A Config says how a [Server] behaves. The zero value is prompt, and faultless, and keeps
// to the documented quota as its table describes it.
type Config struct {
	Quota  throttle.Quota  // of each host, that is, Region; zero is the documented quota
	Refill throttle.Refill // zero is by the second

	MinLatency, MaxLatency time.Duration // of a request on its way, evenly spread
	Return                 time.Duration // latency of the answer

	Fault      float64       // share of the admitted calls that fail with status 500
	Lost       float64       // share of the admitted calls that succeed, whose answer is lost
	RetryAfter time.Duration // what throttled calls are told to wait, in whole seconds; 0 is nothing

	Seed uint64 // of latency, faults and losses, which depend on it and the request alone

	// Respond returns what an admitted call is answered, as a value for package
	// encoding/json in the protocol's shape, in which times are seconds since 1970. Its
	// error, if it is a smithy.APIError, is answered with status 400, and with 500 if it is
	// another. A nil Respond answers {}. It is called from many goroutines.
	Respond func(operation string, input []byte) (any, error)
}

// A Server is an endpoint in memory. It is safe for concurrent use. Its clock is time.Now, so
// make it inside the bubble in which it is used. The zero value answers nothing; use [New].
type Server struct {
	config  Config
	start   time.Time
	mu      sync.Mutex
	buckets map[string]*throttle.Bucket
	seen    map[uint64]uint64
	log     []Attempt
}

// Answer is what became of an attempt.
type Answer string

const (
	Served    Answer = "served"
	Throttled Answer = "throttled"
	Failed    Answer = "failed" // a fault, or an error of Respond
	Lost      Answer = "lost"   // served, but the answer never came
)

// An Attempt is a request that reached the server.
type Attempt struct {
	At        time.Time
	Signed    time.Time // as the request says, to the second; zero if it does not
	Host      string
	Operation string
	Answer    Answer
}

// New returns a server whose buckets are full and whose seconds begin now. A quota or form of
// refill that is invalid, latencies that are negative or out of order, and shares outside
// 0 to 1, alone or together, are a *rule.InputError.
func New(c Config) (*Server, error) {
	if c.Quota == (throttle.Quota{}) {
		c.Quota = throttle.AsDocumented()
	}
	start := time.Now()
	if _, err := throttle.NewBucket(c.Quota, c.Refill, start); err != nil {
		return nil, err
	}
	for _, d := range []struct {
		path rule.Path
		time time.Duration
	}{{"MinLatency", c.MinLatency}, {"MaxLatency", c.MaxLatency}, {"Return", c.Return}, {"RetryAfter", c.RetryAfter}} {
		if d.time < 0 || d.path == "MaxLatency" && d.time < c.MinLatency {
			return nil, &rule.InputError{Path: d.path, Value: d.time.String(), Reason: "is negative, or less than MinLatency"}
		}
	}
	for _, s := range []struct {
		path  rule.Path
		share float64
	}{{"Fault", c.Fault}, {"Lost", c.Lost}, {"Fault + Lost", c.Fault + c.Lost}} {
		if !(s.share >= 0 && s.share <= 1) { // NaN is neither
			return nil, &rule.InputError{Path: s.path, Value: strconv.FormatFloat(s.share, 'g', -1, 64), Reason: "is not a share between 0 and 1"}
		}
	}
	return &Server{config: c, start: start, buckets: map[string]*throttle.Bucket{}, seen: map[uint64]uint64{}}, nil
}

// Client returns a client of the Region that calls the server, with made-up credentials and
// the given options.
func (s *Server) Client(region string, options ...func(*workspaces.Options)) *workspaces.Client {
	return inmemory.Client(s, region, options...)
}

// Log returns the attempts in the order in which they reached the server, as a copy.
func (s *Server) Log() []Attempt {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.log)
}

// Count returns how many attempts had an answer.
func (s *Server) Count(a Answer) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.log {
		if l.Answer == a {
			n++
		}
	}
	return n
}

var errLost = errors.New("throttletest: the connection broke before the answer came")

// RoundTrip answers a request in the JSON protocol of WorkSpaces. It returns an error if the
// context ends, the request cannot be read, or the answer is lost.
func (s *Server) RoundTrip(r *http.Request) (*http.Response, error) {
	if s.seen == nil {
		return nil, errors.New("throttletest: the Server is the zero value: use New")
	}
	var input []byte
	if r.Body != nil {
		var err error
		input, err = io.ReadAll(r.Body)
		if err = errors.Join(err, r.Body.Close()); err != nil {
			return nil, err
		}
	}
	random := s.random(r, input)
	way := s.config.MinLatency + time.Duration(random.Float64()*float64(s.config.MaxLatency-s.config.MinLatency))
	if err := inmemory.Sleep(r.Context(), way); err != nil {
		return nil, err
	}
	_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	answer, status, output := s.answer(r, operation, input, random.Float64())
	if err := inmemory.Sleep(r.Context(), s.config.Return); err != nil {
		return nil, err
	}
	if answer == Lost {
		return nil, errLost
	}
	body, err := json.Marshal(output)
	if err != nil {
		return nil, fmt.Errorf("throttletest: the answer to %s: %w", operation, err)
	}
	response := &http.Response{
		Status: fmt.Sprint(status, " ", http.StatusText(status)), StatusCode: status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header:        http.Header{"Content-Type": {"application/x-amz-json-1.1"}, "Date": {time.Now().UTC().Format(http.TimeFormat)}},
		Body:          io.NopCloser(bytes.NewReader(body)),
		ContentLength: int64(len(body)),
	}
	if answer == Throttled && s.config.RetryAfter > 0 {
		response.Header.Set("Retry-After", strconv.Itoa(int((s.config.RetryAfter+time.Second-1)/time.Second)))
	}
	return response, nil
}

// random returns the source of a request's luck: the same for the same request of one seed,
// in whichever order goroutines run, and another one each time that it is sent again.
func (s *Server) random(r *http.Request, input []byte) *rand.Rand {
	h := fnv.New64a()
	for _, part := range []string{r.URL.Host, r.Header.Get("X-Amz-Target"), string(input)} {
		h.Write([]byte(part)) // does not fail
	}
	request := h.Sum64()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen[request]++
	return rand.New(rand.NewPCG(s.config.Seed, request+s.seen[request]))
}

// answer lets the bucket decide, and the luck, a number in [0, 1), of what it admits.
func (s *Server) answer(r *http.Request, operation string, input []byte, luck float64) (a Answer, status int, output any) {
	a = s.admit(r, operation, luck)
	switch a {
	case Throttled:
		return a, http.StatusBadRequest, fault{"ThrottlingException", "Rate exceeded"}
	case Failed:
		return a, http.StatusInternalServerError, fault{"InternalServerException", "made up"}
	}
	if s.config.Respond == nil {
		return a, http.StatusOK, struct{}{}
	}
	output, err := s.config.Respond(operation, input)
	var api smithy.APIError
	switch {
	case errors.As(err, &api):
		return a, http.StatusBadRequest, fault{api.ErrorCode(), api.ErrorMessage()}
	case err != nil:
		return a, http.StatusInternalServerError, fault{"InternalServerException", err.Error()}
	}
	return a, http.StatusOK, output
}

// admit decides and keeps the log.
func (s *Server) admit(r *http.Request, operation string, luck float64) Answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	bucket := s.buckets[r.URL.Host]
	if bucket == nil {
		bucket, _ = throttle.NewBucket(s.config.Quota, s.config.Refill, s.start) // New has tried it
		s.buckets[r.URL.Host] = bucket
	}
	attempt := Attempt{At: time.Now(), Host: r.URL.Host, Operation: operation, Answer: Served}
	attempt.Signed, _ = time.Parse("20060102T150405Z", r.Header.Get("X-Amz-Date"))
	switch {
	case !bucket.Allow(attempt.At):
		attempt.Answer = Throttled
	case luck < s.config.Fault:
		attempt.Answer = Failed
	case luck < s.config.Fault+s.config.Lost:
		attempt.Answer = Lost
	}
	s.log = append(s.log, attempt)
	return attempt.Answer
}

// A fault is the body of an error in the protocol.
type fault struct {
	Type    string `json:"__type"`
	Message string `json:"message"`
}
