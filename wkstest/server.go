package wkstest

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
)

// A Server is Amazon WorkSpaces in memory: one account, in every Region. It is an http.Handler
// for clients over a network and an http.RoundTripper for those in the process, and checks no
// signature: whoever reaches it may do everything. It is safe for concurrent use. It starts no
// goroutine; what takes time has happened when somebody looks. The zero value answers nothing; use
// [New].
type Server struct {
	config Config
	rules  *rulebook
	spans  map[Activity]span
	start  time.Time

	state   sync.Mutex // guards the two that follow, and what regions hold
	account string
	regions map[string]*region

	mu      sync.Mutex // guards the rest; it may be taken while state is held, and not the other way round
	buckets map[string]*throttle.Bucket
	seen    map[uint64]uint64
	lucky   bool     // something is left to luck
	fell    []fallen // by fault
	log     []*Call
	counts  map[Outcome]int
	calls   uint64
}

// New returns a server. A mistake in the configuration is a *rule.InputError, which names the
// field and the value.
func New(c Config) (*Server, error) {
	if err := c.complete(); err != nil {
		return nil, err
	}
	rules, err := newRulebook(c.Edition)
	if err != nil {
		return nil, err
	}
	s := &Server{
		config:  c,
		rules:   rules,
		spans:   c.spans(rules),
		start:   c.Now(),
		account: "123456789012",
		regions: map[string]*region{},
		buckets: map[string]*throttle.Bucket{},
		seen:    map[uint64]uint64{},
		lucky:   len(c.Faults) > 0 || c.MaxLatency > c.MinLatency,
		fell:    fallenOf(c.Faults),
		counts:  map[Outcome]int{},
	}
	if c.State == nil {
		return s, nil
	}
	if a := c.State.AccountID; a != "" {
		if !twelveDigits.MatchString(a) {
			return nil, &rule.InputError{Path: "State.AccountID", Value: a, Reason: "is not twelve digits"}
		}
		s.account = a
	}
	for name, r := range c.State.Regions {
		if r == nil {
			r = &Region{}
		}
		if s.regions[name], err = s.load(name, r); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// region returns what the account has in a Region. A Region that nobody has
// named yet is that of Sample, or empty if the server was given a State. s.state is held.
func (s *Server) region(name string) *region {
	if r := s.regions[name]; r != nil {
		return r
	}
	from := &Region{}
	if s.config.State == nil {
		from = Sample(name)
	}
	r, err := s.load(name, from)
	if err != nil {
		panic(err) // a test loads them
	}
	s.regions[name] = r
	return r
}

// Client returns a client of the Region that calls the server in the process, with made-up
// credentials and the given options.
func (s *Server) Client(region string, options ...func(*workspaces.Options)) *workspaces.Client {
	given := slices.DeleteFunc(slices.Clone(options), func(f func(*workspaces.Options)) bool { return f == nil })
	return workspaces.New(workspaces.Options{
		Region:     region,
		HTTPClient: &http.Client{Transport: s},
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "AKIDEXAMPLE", SecretAccessKey: "SECRET"}, nil
		}),
	}, given...)
}

// State returns what the server holds, as a value that New takes. What it is made of is shared
// with the server where it does not change.
func (s *Server) State() *State {
	s.state.Lock()
	defer s.state.Unlock()
	out := &State{AccountID: s.account, Regions: map[string]*Region{}}
	for name, r := range s.regions {
		out.Regions[name] = r.save(s.Now())
	}
	return out
}

// Save writes the state of the server as JSON, which Load reads.
func (s *Server) Save(w io.Writer) error { return s.State().Save(w) }

// An Outcome is what became of a call.
type Outcome string

const (
	Served     Outcome = "served"
	Refusal    Outcome = "refused"    // by a rule, wholly; see Call.Rules
	Throttling Outcome = "throttled"  // by Config.Quota or a fault
	Failing    Outcome = "failed"     // status 500: a fault, or an error of Override
	Loss       Outcome = "lost"       // the answer did not come, or not all of it
	Deafness   Outcome = "unheard"    // the connection broke before the server heard the request
	Unfit      Outcome = "unreadable" // no operation, or a body that is not the operation's input
)

// A Call is a request that reached the server.
type Call struct {
	At        time.Time // on the server's clock
	Signed    time.Time // as the request says, to the second; zero if it does not
	Region    string
	Host      string
	Operation string // as the request spells it
	RequestID string
	// Workspaces are those that the request names, and MaxAttempts how often the SDK would try it, 0 if it
	// does not say. Workspaces is empty without Config.Record and Config.OnCall.
	Workspaces  []string
	MaxAttempts int
	Outcome     Outcome
	Rules       []rule.Code // that refused it, or some of the resources that it names
	Code        string      // of the error; empty if there is none
	Message     string
}

// String returns the call on one line, which a terminal can be given whatever the request has: names are cut after 200
// characters.
func (c Call) String() string {
	text := fmt.Sprintf("%s %s %s %s", c.At.UTC().Format(time.RFC3339), shown(c.Region), shown(c.Operation), shown(string(c.Outcome)))
	if len(c.Rules) > 0 {
		text += " by " + shown(textOf(c.Rules))
	}
	if c.Code != "" {
		text += ": " + shown(c.Code) + ": " + rule.Printable(c.Message)
	}
	return text
}

// Log returns the calls in the order in which they reached the server, as a copy. It is empty
// without Config.Record.
func (s *Server) Log() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]Call, len(s.log))
	for i, c := range s.log {
		out[i] = *c
	}
	return out
}

// Count returns how many calls had an outcome.
func (s *Server) Count(o Outcome) int { s.mu.Lock(); defer s.mu.Unlock(); return s.counts[o] }

// admit notes a call, and lets quota and faults decide. It returns what befalls the call, "" for
// nothing.
func (s *Server) admit(c *Call, random *rand.Rand, ids func() []string) FaultKind {
	if s.config.Quota != (throttle.Quota{}) {
		bucket := s.buckets[c.Region]
		if bucket == nil {
			bucket, _ = throttle.NewBucket(s.config.Quota, s.config.Refill, s.start) // New has tried it
			s.buckets[c.Region] = bucket
		}
		if !bucket.Allow(s.config.Now()) {
			c.Rules = []rule.Code{quotaOfCalls}
			return Throttled
		}
	}
	f := s.fault(random, c.Operation, ids)
	if f != "" && kindOperations[f] == "" {
		c.Rules = []rule.Code{injected}
	}
	return f
}
