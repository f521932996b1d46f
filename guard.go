package wks

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/smithy-go/middleware"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/wire"
	"github.com/wksgo/wks/rule"
)

// Guard returns an option for the SDK's client, or for one call of it, that checks each
// request before it is sent:
//
//	client := workspaces.NewFromConfig(cfg, wks.Guard())
//
// A request that breaks a rule is not sent, and the call returns a [*RefusedError]. It costs
// no call of the quota, and is neither signed nor retried: Guard stands before the SDK's own
// validation, which knows required members only. A limiter of package throttle gives it no
// token, in whichever order the options stand. An operation that this release does not
// know, because the SDK is newer, passes.
//
// Every request is held against the constraints of the service model: required members,
// lengths of strings (in Unicode code points) and blobs (in bytes), sizes of lists, ranges of
// numbers and patterns, which are Must, and enums, which are Should, because the service
// gains values before the SDK. A pattern need only match a part of the value, as the Smithy
// specification has it, unless it has anchors; where engines of regular expressions differ,
// Guard accepts what one of them does. The model is of 2026-08-04 or later, the only
// one known, whatever the edition.
//
// Then the packages of rules are asked about it, bundles with encryption, byol and network:
// volumes, compute types, running modes, users, keys and tags of a launch, changes of properties,
// bundles, names of images and imports, and subnets, management ranges and rules of IP access
// control groups. They see the request and the client's Region, and nothing of the account: what
// depends on the WorkSpace, an image or the key behind an alias is not judged. What no
// document permits or forbids has the code [Undocumented]; that the request alone does not tell
// enough is not reported. Duplicates of the model's constraints are dropped.
//
// A Guard in the options of a call takes the place of the client's. A mistake in the options
// is the error of each call; a nil option is none. What another middleware of the Initialize step
// changes in the request after Guard is not seen.
func Guard(opts ...Option) func(*workspaces.Options) {
	g, err := newGuard(opts)
	return func(o *workspaces.Options) {
		o.APIOptions = append(o.APIOptions, func(s *middleware.Stack) error {
			if err != nil {
				return fmt.Errorf("wks: Guard: %w", err)
			}
			return g.install(s)
		})
	}
}

// An Option changes what Guard does. Of options that contradict one another the last counts.
type Option func(*guard) error

// Edition selects the rules of a date for the checks that the packages of rules do; without
// it each package's newest are taken. A date that one of them does not know is a mistake: those
// from 2018-02-03 to 2026-09-10 are known to all.
func Edition(e rule.Edition) Option {
	return func(g *guard) error {
		r, err := At(e)
		g.rules = r
		return err
	}
}

// AsOf tells the day that requests are for: that of a plan, or today. An end that documents announce is
// held against it. Without it the day is the date of the edition. A day before the edition is
// a mistake.
func AsOf(day rule.Edition) Option {
	return func(g *guard) error {
		g.day = day
		return nil
	}
}

// Region tells, as its code, where a request goes. Guard takes it from the client; Check
// has no other way to know. It decides whether a key or an account can be used there. A text that
// has not the form of a Region's code is a mistake.
func Region(code string) Option {
	return func(g *guard) error {
		g.region = code
		return facts.CheckRegion("Region", code)
	}
}

// OnMust says what to do about broken rules of level Must. By default it is Block; Report
// lets a program watch before it enforces.
func OnMust(a Action) Option { return func(g *guard) error { g.must = a; return nil } }

// OnShould says what to do about broken rules of level Should. By default it is Ignore.
func OnShould(a Action) Option { return func(g *guard) error { g.should = a; return nil } }

// OnUndocumented says what to do about what no document permits or forbids. By default it is Ignore.
func OnUndocumented(a Action) Option { return func(g *guard) error { g.undocumented = a; return nil } }

// Skip names operations whose requests are not checked, as the API spells them: DescribeTags.
// A name that is no operation is a mistake.
func Skip(operations ...string) Option {
	return func(g *guard) error {
		for _, name := range operations {
			if _, ok := wire.Lookup(name); !ok {
				return &rule.InputError{Path: "Skip", Value: name, Reason: "is not an operation of the WorkSpaces API"}
			}
			if g.skip == nil {
				g.skip = map[string]bool{}
			}
			g.skip[name] = true
		}
		return nil
	}
}

// SkipCode names rules that are not reported, here and in Check. A code that no package has is a
// mistake.
func SkipCode(skipped ...rule.Code) Option {
	return func(g *guard) error {
		for _, c := range skipped {
			if !slices.ContainsFunc(Catalogue(), func(r rule.Rule) bool { return r.Code == c }) {
				return &rule.InputError{Path: "SkipCode", Value: string(c), Reason: "is no code of wks"}
			}
			if g.skipCode == nil {
				g.skipCode = map[rule.Code]bool{}
			}
			g.skipCode[c] = true
		}
		return nil
	}
}

// An Action is what Guard does about a violation. The zero value is Ignore.
type Action struct {
	block  bool
	report func(ctx context.Context, operation string, v rule.Violation)
}

// Block refuses the request.
func Block() Action { return Action{block: true} }

// Ignore does nothing.
func Ignore() Action { return Action{} }

// Report calls f with the context of the call, the operation and the violation, and lets the
// request pass. Calls of one client run f concurrently. A nil f makes it Ignore.
func Report(f func(ctx context.Context, operation string, v rule.Violation)) Action {
	return Action{report: f}
}

// A RefusedError tells that Guard did not send a request. errors.As finds it in the error of
// the SDK's call, and errors.Is finds the codes of its violations there.
type RefusedError struct {
	Operation  string          // as the API spells it
	Violations rule.Violations // those that Guard was told to block, at least one, in the order of the checks
}

// Error returns the operation and the violations on one line.
func (e *RefusedError) Error() string {
	texts := make([]string, len(e.Violations))
	for i, v := range e.Violations {
		texts[i] = v.Error()
	}
	return fmt.Sprintf("wks: %s not sent: %s", e.Operation, strings.Join(texts, "; "))
}

// Unwrap returns the violations.
func (e *RefusedError) Unwrap() []error {
	errs := make([]error, len(e.Violations))
	for i, v := range e.Violations {
		errs[i] = v
	}
	return errs
}

// RetryableError tells retryers of the SDK that the same request will be refused again. It
// returns false.
func (e *RefusedError) RetryableError() bool { return false }

type guard struct {
	checks                     map[string]check
	rules                      Rules
	day                        rule.Edition // zero for that of the edition
	region                     string       // "" for the client's
	must, should, undocumented Action
	skip                       map[string]bool
	skipCode                   map[rule.Code]bool
}

// newGuard returns the first mistake in the options.
func newGuard(opts []Option) (*guard, error) {
	g := &guard{checks: checks, rules: Newest(), must: Block()}
	var err error
	for _, o := range opts {
		if o != nil {
			err = cmp.Or(err, o(g))
		}
	}
	if err == nil && g.day != (rule.Edition{}) {
		g.rules, err = g.rules.AsOf(g.day)
	}
	return g, err
}

const middlewareID = "wks.Guard"

// install puts g before the SDK's validation, or in the place of another Guard.
func (g *guard) install(s *middleware.Stack) error {
	m := middleware.InitializeMiddlewareFunc(middlewareID, func(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (out middleware.InitializeOutput, md middleware.Metadata, err error) {
		if err := g.admit(ctx, s.ID(), cmp.Or(g.region, regionOf(ctx)), in.Parameters); err != nil {
			return out, md, err
		}
		return next.HandleInitialize(ctx, in)
	})
	if _, ok := s.Initialize.Get(middlewareID); ok {
		_, err := s.Initialize.Swap(middlewareID, m)
		return err
	}
	const validation = "OperationInputValidation" // the SDK's, which some operations do not have
	if _, ok := s.Initialize.Get(validation); ok {
		return s.Initialize.Insert(m, validation, middleware.Before)
	}
	return s.Initialize.Add(m, middleware.After)
}

// regionOf returns the Region of a call. The SDK takes names that ask for FIPS endpoints, such
// as fips-us-west-2, for the Region in them.
func regionOf(ctx context.Context) string {
	return strings.TrimSuffix(strings.TrimPrefix(awsmiddleware.GetRegion(ctx), "fips-"), "-fips")
}

// admit returns a *RefusedError for a request that is not to be sent, and reports what is to
// be reported about it.
func (g *guard) admit(ctx context.Context, operation, region string, input any) error {
	if g.skip[operation] {
		return nil
	}
	found := g.check(operation, region, input)
	var refused rule.Violations
	act := func(a Action, v rule.Violation) {
		if a.block {
			refused = append(refused, v)
		}
		if a.report != nil {
			a.report(ctx, operation, v)
		}
	}
	for _, v := range found.Violations {
		if v.Level == rule.Must {
			act(g.must, v)
		} else {
			act(g.should, v)
		}
	}
	if !g.skipCode[Undocumented] && (g.undocumented.block || g.undocumented.report != nil) {
		for _, v := range undocumented(g.rules.Edition(), found.Open) {
			act(g.undocumented, v)
		}
	}
	if len(refused) > 0 {
		return &RefusedError{operation, refused}
	}
	if found.err != nil {
		return fmt.Errorf("wks: Guard: %s: %w", operation, found.err)
	}
	return nil
}

// undocumented returns the violations of questions that no document answers, or that documents
// answer in two ways, as of an edition.
func undocumented(e rule.Edition, open []rule.Open) rule.Violations {
	var a rule.Answer
	cite := active.Cite(Undocumented)
	cite.Date = e
	for _, o := range open {
		if o.By != rule.ByInput {
			active.BreakBy(&a, cite, Undocumented, o.Path, "%s", o.Reason)
		}
	}
	return a.Violations
}
