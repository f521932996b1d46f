package wkstest

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/aws/smithy-go"

	"github.com/wksgo/wks/rule"

	smithytime "github.com/aws/smithy-go/time"
)

const (
	target      = "WorkspacesService." // before the operation in X-Amz-Target
	contentType = "application/x-amz-json-1.1"
	mostBody    = 16 << 20 // bytes; ImportClientBranding takes 6 MB by its documentation
)

var (
	errBroken = errors.New("wkstest: the connection broke before the answer came")
	errZero   = errors.New("wkstest: the Server is the zero value: use New")
)

// ServeHTTP answers a request of AWS JSON 1.1. Where the connection is to break, it panics with
// http.ErrAbortHandler, by which package net/http closes it.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.regions == nil {
		http.Error(w, errZero.Error(), http.StatusInternalServerError)
		return
	}
	var body []byte
	var err error
	if r.Body == nil || r.URL == nil {
		r = r.Clone(r.Context())
		r.Body, r.ContentLength, r.URL = http.NoBody, 0, &url.URL{}
	}
	if r.ContentLength >= 0 && r.ContentLength <= mostBody {
		body, err = readAll(r.Body, r.ContentLength)
	} else {
		body, err = io.ReadAll(http.MaxBytesReader(w, r.Body, mostBody))
	}
	if err != nil {
		if large := (*http.MaxBytesError)(nil); !errors.As(err, &large) {
			panic(http.ErrAbortHandler) // the client has gone
		}
		body = nil
	}
	out, err := s.answer(r.Context(), r, body, err != nil)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	giveBack(body)
	for k, v := range out.header() {
		w.Header()[k] = v
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(out.body)))
	w.WriteHeader(out.status)
	if out.half {
		w.Write(out.body[:len(out.body)/2])
		if f, ok := w.(http.Flusher); ok {
			f.Flush()
		}
		panic(http.ErrAbortHandler)
	}
	w.Write(out.body) // an error is the client's
	giveBack(out.body)
}

// RoundTrip answers a request in the process. It returns an error if the context ends, the
// request cannot be read, or the connection is to break.
func (s *Server) RoundTrip(r *http.Request) (*http.Response, error) {
	if s.regions == nil {
		return nil, errZero
	}
	if r == nil || r.URL == nil {
		return nil, errors.New("wkstest: there is no request, or it has no URL")
	}
	var body []byte
	tooLarge := false
	if r.Body != nil {
		var err error
		if r.ContentLength > 0 && r.ContentLength <= mostBody {
			body, err = readAll(r.Body, r.ContentLength)
		} else {
			body, err = io.ReadAll(io.LimitReader(r.Body, mostBody+1))
		}
		if err = errors.Join(err, r.Body.Close()); err != nil {
			return nil, err
		}
		tooLarge = len(body) > mostBody
	}
	out, err := s.answer(r.Context(), r, body, tooLarge)
	giveBack(body)
	if err != nil {
		return nil, err
	}
	return out.response(r), nil
}

// A request is what a client asks for: over the wire by target and body, and directly by the SDK's input.
type request struct {
	method, target string
	body           []byte
	tooLarge       bool
	in             any // a pointer to the SDK's input struct, nil over the wire
}

// bytes are the body, or what it would be.
func (q *request) bytes() []byte {
	if q.body == nil && q.in != nil {
		q.body = appendJSON(nil, reflect.ValueOf(q.in))
	}
	return q.body
}

// answer gives the reply to a request over the wire.
func (s *Server) answer(ctx context.Context, r *http.Request, body []byte, tooLarge bool) (*reply, error) {
	q := &request{method: r.Method, target: r.Header.Get("X-Amz-Target"), body: body, tooLarge: tooLarge}
	c := &Call{Region: regionOf(r), Host: hostOf(r), Operation: strings.TrimPrefix(q.target, target), Outcome: Served}
	c.Signed, _ = time.Parse("20060102T150405Z", r.Header.Get("X-Amz-Date"))
	c.MaxAttempts = attemptsOf(r.Header)
	return s.reply(ctx, c, q)
}

// attemptsOf returns how often the SDK would try a request, 0 if it does not say.
func attemptsOf(h http.Header) int {
	_, most, _ := strings.Cut(h.Get("Amz-Sdk-Request"), "max=")
	n, err := strconv.Atoi(most)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// reply gives the answer to a request. It has a body where the client asked with one, and else where something is
// wrong, or the answer is not the server's own.
func (s *Server) reply(ctx context.Context, c *Call, q *request) (*reply, error) {
	out := &reply{call: c, status: http.StatusOK}
	befalls, err := s.serve(ctx, c, q, func(output any, f *failure) {
		if f != nil {
			out.status = f.status
			out.body = []byte(`{"__type":` + quoted(f.Code) + `,"message":` + quoted(f.Message) + `}`)
			return
		}
		out.output = output
	})
	if err != nil {
		return nil, err
	}
	out.half = befalls == Broken
	if befalls == Throttled {
		out.retry = s.config.RetryAfter
	}
	if out.output != nil && (q.in == nil || out.half || s.config.Override != nil) {
		b := *buffers.Get().(*[]byte)
		if l, ok := out.output.(*launched); ok {
			out.body = l.appendTo(b)
		} else {
			out.body = appendJSON(b, reflect.ValueOf(out.output))
		}
		out.output = nil
	}
	return out, nil
}

// serve waits as Config says, does what a request asks for, and hands the answer to take. It returns what befell the
// request, and an error if the connection breaks before the answer or the context ends.
func (s *Server) serve(ctx context.Context, c *Call, q *request, take func(output any, f *failure)) (FaultKind, error) {
	random := s.luck(c, q)
	way := s.config.MinLatency
	if spread := s.config.MaxLatency - s.config.MinLatency; spread > 0 {
		way += time.Duration(random.Float64() * float64(spread))
	}
	if err := sleep(ctx, way); err != nil {
		return "", err
	}
	befalls, err := s.act(ctx, c, q, random, take)
	if s.config.OnCall != nil {
		s.config.OnCall(*c)
	}
	if err != nil {
		return befalls, err
	}
	return befalls, sleep(ctx, s.config.Return)
}

// sleep waits, and returns the error of a context that ends first.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	return smithytime.SleepWithContext(ctx, d)
}

// luck notes that a request came and returns its source of luck, nil if there is nothing for it
// to decide.
func (s *Server) luck(c *Call, q *request) *rand.Rand {
	if !s.lucky {
		return nil
	}
	body := q.bytes()
	s.mu.Lock()
	defer s.mu.Unlock()
	return luck(s.config.Seed, s.seen, c.Host, q.target, string(body))
}

// act does what a request asks for. Its error is that the connection breaks.
func (s *Server) act(ctx context.Context, c *Call, q *request, random *rand.Rand, take func(output any, f *failure)) (FaultKind, error) {
	if s.config.Record || s.config.OnCall != nil {
		c.Workspaces = named(q.bytes())
	}
	s.mu.Lock()
	c.At = s.Now()
	s.calls++
	c.RequestID = requestID(s.config.Seed, s.calls)
	if s.config.Record {
		s.log = append(s.log, c)
	}
	befalls := s.admit(c, random, func() []string { return named(q.bytes()) })
	s.mu.Unlock()

	var output any
	var err error
	switch befalls {
	case Unheard:
		s.settle(c, Deafness, nil)
		return befalls, errBroken
	case Throttled:
		err = failing(http.StatusBadRequest, "ThrottlingException", "Rate exceeded", c.Rules...)
	case Unavailable:
		err = failing(http.StatusInternalServerError, "InternalServerException", "made up", c.Rules...)
	case Refused:
		err = failing(http.StatusBadRequest, "OperationNotSupportedException", "made up", c.Rules...)
	default:
		op, ok := operations[c.Operation]
		switch {
		case q.tooLarge:
			err = failing(http.StatusRequestEntityTooLarge, "RequestEntityTooLargeException", fmt.Sprintf("the body has more than %d bytes", mostBody), unreadable)
		case q.method != http.MethodPost || !strings.HasPrefix(q.target, target) || !ok:
			err = failing(http.StatusBadRequest, "UnknownOperationException", fmt.Sprintf("%s with X-Amz-Target %q is no operation of the WorkSpaces API of 2015-04-08", shown(q.method), rule.Shorten(c.Operation)), unknownTarget)
		default:
			output, err = s.run(ctx, c, op, q, befalls)
		}
	}
	if l, ok := output.(*launched); ok && q.in != nil {
		output = l.output()
	}
	if err == nil {
		take(output, nil)
		s.settle(c, Served, nil)
	} else {
		f := fail(c.Operation, err)
		take(nil, f)
		s.settle(c, outcomeOf(f), f)
	}
	switch befalls {
	case Lost:
		s.settle(c, Loss, nil)
		return befalls, errBroken
	case Broken:
		s.settle(c, Loss, nil)
	}
	return befalls, nil
}

// settle notes the outcome of a call, which the last word on it decides.
func (s *Server) settle(c *Call, o Outcome, f *failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.Outcome != "" && o == Loss {
		s.counts[c.Outcome]--
	}
	c.Outcome = o
	s.counts[o]++
	if f != nil {
		c.Code, c.Message, c.Rules = f.Code, f.Message, f.rules
	}
}

func outcomeOf(f *failure) Outcome {
	switch {
	case f.Code == "ThrottlingException":
		return Throttling
	case f.status >= 500:
		return Failing
	case len(f.rules) > 0 && (f.rules[0] == unreadable || f.rules[0] == unknownTarget):
		return Unfit
	}
	return Refusal
}

// run decodes the input of an operation, holds it against the rules that the request alone can
// break, and does it.
func (s *Server) run(ctx context.Context, c *Call, op operation, q *request, befalls FaultKind) (any, error) {
	in := q.in
	if in == nil {
		in = op.input()
		if len(bytes.TrimSpace(q.body)) > 0 {
			decode := decodeShared
			if s.config.Override != nil { // may change it
				decode = decodeJSON
			}
			if err := decode(q.body, in); err != nil {
				return nil, failing(http.StatusBadRequest, "SerializationException", err.Error(), unreadable)
			}
		}
	}
	if s.config.Override != nil {
		out, handled, err := s.config.Override(ctx, c.Operation, in)
		if handled {
			return overriding(out, err)
		}
	}
	v := s.rules.request(c.Region, in)
	if op.do == nil {
		return nil, failing(http.StatusBadRequest, "OperationNotImplementedByWkstest", "wkstest does not have "+c.Operation, notImplemented)
	}
	s.state.Lock()
	defer s.state.Unlock()
	k := &call{s: s, Call: c, region: s.region(c.Region), now: c.At, befalls: befalls}
	if !op.partial {
		if r := v.first(); r != nil {
			return nil, r
		}
		if r := k.judge(v.open); r != nil {
			return nil, r
		}
	}
	out, err := op.do(k, in, v)
	if len(k.rules) > 0 {
		s.mu.Lock()
		c.Rules = append(c.Rules, k.rules...)
		s.mu.Unlock()
	}
	return out, err
}

// overriding makes an answer of what Override returned.
func overriding(out any, err error) (any, error) {
	var api smithy.APIError
	switch {
	case errors.As(err, &api):
		return nil, failing(http.StatusBadRequest, api.ErrorCode(), api.ErrorMessage(), overridden)
	case err != nil:
		return nil, failing(http.StatusInternalServerError, "InternalServerException", err.Error(), overridden)
	case out == nil:
		return struct{}{}, nil
	}
	return out, encodes(out)
}

// encodes tells by an error that a value of Config.Override is none that the protocol can carry.
func encodes(out any) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = failing(http.StatusInternalServerError, "InternalServerException", fmt.Sprintf("Config.Override returned a %T: %v", out, r), overridden)
		}
	}()
	appendJSON(nil, reflect.ValueOf(out))
	return nil
}

var (
	scope     = regexp.MustCompile(`Credential=[^/]*/[0-9]{8}/([a-z0-9-]+)/`)
	ofHost    = regexp.MustCompile(`^workspaces(?:-fips)?\.([a-z0-9-]+)\.`)
	workspace = regexp.MustCompile(`"(ws-[0-9a-z]{8,63})"`)
)

// regionOf returns the Region for which a request is signed, else that of the host's name, else
// us-east-1.
func regionOf(r *http.Request) string {
	if m := scope.FindStringSubmatch(r.Header.Get("Authorization")); m != nil {
		return m[1]
	}
	if m := ofHost.FindStringSubmatch(hostOf(r)); m != nil {
		return m[1]
	}
	return "us-east-1"
}

func hostOf(r *http.Request) string {
	if r.Host != "" {
		return r.Host
	}
	return r.URL.Host
}

// named returns the WorkSpaces that a body names.
func named(body []byte) (ids []string) {
	for _, m := range workspace.FindAllSubmatch(body, -1) {
		ids = append(ids, string(m[1]))
	}
	return ids
}

// requestID returns an identifier in the form of those that AWS gives.
func requestID(seed, n uint64) string {
	r := rand.NewPCG(seed, n)
	var raw [16]byte
	binary.LittleEndian.PutUint64(raw[:], r.Uint64())
	binary.LittleEndian.PutUint64(raw[8:], r.Uint64())
	var text [36]byte
	to, start := text[:0], 0
	for i, end := range [...]int{4, 6, 8, 10, 16} {
		if i > 0 {
			to = append(to, '-')
		}
		to = hex.AppendEncode(to, raw[start:end])
		start = end
	}
	return string(to)
}

func quoted(s string) string { return string(appendString(nil, s)) }
