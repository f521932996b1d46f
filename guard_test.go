package wks_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/smithy-go/middleware"

	wks "github.com/wksgo/wks"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

type transport func(*http.Request) (*http.Response, error)

func (f transport) Do(r *http.Request) (*http.Response, error) { return f(r) }

// closed is a transport that fails the test when a request reaches it.
func closed(t testing.TB) transport {
	return func(r *http.Request) (*http.Response, error) {
		t.Errorf("%s was sent", r.Header.Get("X-Amz-Target"))
		return nil, errors.New("closed")
	}
}

// counting is a transport that answers with an empty object, and counts.
func counting(n *int) transport {
	return func(r *http.Request) (*http.Response, error) {
		*n++
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("{}"))}, nil
	}
}

func client(tr transport, opts ...func(*workspaces.Options)) *workspaces.Client {
	return workspaces.New(workspaces.Options{
		Region:     "us-east-1",
		HTTPClient: tr,
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "AKIDEXAMPLE", SecretAccessKey: "secret"}, nil
		}),
	}, opts...)
}

// call calls the client's operation that takes the input, a pointer to its struct.
func call(c *workspaces.Client, input any, opts ...func(*workspaces.Options)) error {
	args := []reflect.Value{reflect.ValueOf(context.Background()), reflect.ValueOf(input)}
	for _, o := range opts {
		args = append(args, reflect.ValueOf(o))
	}
	err, _ := reflect.ValueOf(c).MethodByName(operation(input)).Call(args)[1].Interface().(error)
	return err
}

func operation(input any) string {
	return strings.TrimSuffix(reflect.TypeOf(input).Elem().Name(), "Input")
}

func TestRules(t *testing.T) {
	ruletest.Book(t, wks.Book, os.DirFS("."))
	wks.Documents()[0].Key = "changed"
	if wks.Documents()[0].Key == "changed" {
		t.Error("Documents is not a copy")
	}
}

// TestRefused holds that the requests of the table are not sent, and that all their
// violations are told, and nothing else.
func TestRefused(t *testing.T) {
	operations, used := map[string]bool{}, map[rule.Code]bool{}
	every := wks.Block()
	invalid := slices.Concat(malformed, unsound)
	for _, tt := range invalid {
		name := operation(tt.input)
		operations[name] = true
		err := call(client(closed(t), wks.Guard(wks.OnShould(every), wks.OnUndocumented(every))), tt.input)
		var refused *wks.RefusedError
		if !errors.As(err, &refused) {
			t.Errorf("%s %v: %v", name, tt.want, err)
			continue
		}
		if refused.Operation != name {
			t.Errorf("operation %q, want %q", refused.Operation, name)
		}
		var got []string
		for _, v := range refused.Violations {
			got = append(got, strings.TrimPrefix(string(v.Code), "wks.")+" "+string(v.Path))
			used[v.Code] = true
			if !errors.Is(err, v.Code) || !strings.Contains(err.Error(), v.Error()) {
				t.Errorf("%s: %v does not show %v", name, err, v)
			}
			if strings.HasPrefix(string(v.Code), "wks.") && v.Code != wks.Undocumented && v.Cite.Section != name {
				t.Errorf("%s: %s cites %+v", name, v.Code, v.Cite)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %q, want %q", name, got, tt.want)
		}
	}
	if len(invalid) < 60 || len(operations) < 20 {
		t.Errorf("%d requests of %d operations", len(invalid), len(operations))
	}
	for _, r := range wks.Book.Rules {
		if !used[r.Code] {
			t.Errorf("no request breaks %s", r.Code)
		}
	}
}

// TestAdmitted holds that the requests of the table are sent, once each.
func TestAdmitted(t *testing.T) {
	valid := slices.Concat(valid, sound)
	for _, input := range valid {
		sent := 0
		every := wks.Block()
		if err := call(client(counting(&sent), wks.Guard(wks.OnShould(every), wks.OnUndocumented(every))), input); err != nil || sent != 1 {
			t.Errorf("%s: sent %d times, %v", operation(input), sent, err)
		}
	}
	if len(valid) < 40 {
		t.Errorf("%d requests", len(valid))
	}
}

var (
	badID   = &workspaces.DescribeTagsInput{ResourceId: aws.String("")}
	badEnum = &workspaces.ModifyWorkspaceStateInput{WorkspaceId: aws.String("ws-12345678"), WorkspaceState: "STOPPED"}
	mixed   = &workspaces.ModifyWorkspaceStateInput{WorkspaceId: aws.String("ws-1"), WorkspaceState: "STOPPED"}
)

func TestActions(t *testing.T) {
	type seen struct {
		operation string
		code      rule.Code
	}
	for name, tt := range map[string]struct {
		input    any
		opts     []wks.Option
		refused  []rule.Code // nil: sent
		reported []seen
	}{
		"Must blocks":                {mixed, nil, []rule.Code{wks.PatternNotMatched}, nil},
		"Should is ignored":          {badEnum, nil, nil, nil},
		"Should blocks":              {mixed, []wks.Option{wks.OnShould(wks.Block())}, []rule.Code{wks.PatternNotMatched, wks.EnumValueUnknown}, nil},
		"Should is reported":         {badEnum, []wks.Option{wks.OnShould(report)}, nil, []seen{{"ModifyWorkspaceState", wks.EnumValueUnknown}}},
		"the last option wins":       {badEnum, []wks.Option{wks.OnShould(wks.Block()), wks.OnShould(wks.Ignore())}, nil, nil},
		"reported and refused":       {mixed, []wks.Option{wks.OnShould(report)}, []rule.Code{wks.PatternNotMatched}, []seen{{"ModifyWorkspaceState", wks.EnumValueUnknown}}},
		"Must is only reported":      {badID, []wks.Option{wks.OnMust(report)}, nil, []seen{{"DescribeTags", wks.LengthOutOfBounds}}},
		"a value that no rule reads": {sized("POWER", -1, 100), []wks.Option{wks.OnMust(report)}, nil, []seen{{"CreateWorkspaces", wks.ValueUnreadable}}},
		"undocumented is ignored":    {tagged(tag("a", "x"), tag("a", "y")), nil, nil, nil},
		"undocumented is reported":   {tagged(tag("a", "x"), tag("a", "y")), []wks.Option{wks.OnUndocumented(report)}, nil, []seen{{"CreateWorkspaces", wks.Undocumented}}},
		"a Should of a package":      {encrypted("alias/desktops", true, true), nil, nil, nil},
		"a nil report":               {badID, []wks.Option{wks.OnMust(wks.Report(nil))}, nil, nil},
		"the zero action":            {badID, []wks.Option{wks.OnMust(wks.Action{})}, nil, nil},
		"skipped":                    {badID, []wks.Option{wks.Skip("StopWorkspaces", "DescribeTags")}, nil, nil},
		"another is skipped":         {badID, []wks.Option{wks.Skip("StopWorkspaces")}, []rule.Code{wks.LengthOutOfBounds}, nil},
	} {
		reports = nil
		sent := 0
		err := call(client(counting(&sent), wks.Guard(tt.opts...)), tt.input)
		var got []rule.Code
		var refused *wks.RefusedError
		if errors.As(err, &refused) {
			for _, v := range refused.Violations {
				got = append(got, v.Code)
			}
		} else if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var told []seen
		for _, r := range reports {
			told = append(told, seen{r.operation, r.violation.Code})
		}
		if !slices.Equal(got, tt.refused) || (sent == 1) != (tt.refused == nil) || !slices.Equal(told, tt.reported) {
			t.Errorf("%s: refused %q, sent %d, reported %v", name, got, sent, told)
		}
	}
}

type reported struct {
	operation string
	violation rule.Violation
}

var (
	reports []reported
	report  = wks.Report(func(ctx context.Context, operation string, v rule.Violation) {
		reports = append(reports, reported{operation, v})
	})
)

// TestChecks holds what becomes of the results of an operation's own check.
func TestChecks(t *testing.T) {
	const must, should, open rule.Code = "example.must", "example.should", wks.Undocumented
	date := rule.MustParseEdition("2020-04-29")
	var asked rule.Edition
	c := wks.WithCheck("DescribeTags", func(e rule.Edition, input any) (rule.Answer, error) {
		asked = e
		if _, ok := input.(*workspaces.DescribeTagsInput); !ok {
			return rule.Answer{}, errors.New("another operation")
		}
		a := rule.Answer{Violations: rule.Violations{{Code: should, Level: rule.Should, Path: "A"}, {Code: must, Level: rule.Must, Path: "B"}}}
		a.NotGiven("C", "told by nobody")
		a.NotDocumented("D", "said nowhere")
		return a, nil
	})
	for name, tt := range map[string]struct {
		input any
		opts  []wks.Option
		want  []rule.Code
	}{
		"by default":      {badID, nil, []rule.Code{wks.LengthOutOfBounds, must}},
		"everything":      {badID, []wks.Option{wks.OnShould(wks.Block()), wks.OnUndocumented(wks.Block())}, []rule.Code{wks.LengthOutOfBounds, should, must, open}},
		"undocumented":    {badID, []wks.Option{wks.OnMust(wks.Ignore()), wks.OnUndocumented(wks.Block())}, []rule.Code{open}},
		"other operation": {badEnum, []wks.Option{wks.OnUndocumented(wks.Block())}, nil},
	} {
		sent := 0
		err := call(client(counting(&sent), wks.Guard(append(tt.opts, c, wks.Edition(date))...)), tt.input)
		var got []rule.Code
		var refused *wks.RefusedError
		if errors.As(err, &refused) {
			for _, v := range refused.Violations {
				got = append(got, v.Code)
			}
		}
		if !slices.Equal(got, tt.want) || (err == nil) != (sent == 1) {
			t.Errorf("%s: %q, sent %d, %v", name, got, sent, err)
		}
	}
	if asked != date {
		t.Errorf("the check was asked about %s", asked)
	}
	failing := wks.WithCheck("DescribeTags", func(rule.Edition, any) (rule.Answer, error) {
		return rule.Answer{}, &rule.InputError{Path: "Edition"}
	})
	var bad *rule.InputError
	good := &workspaces.DescribeTagsInput{ResourceId: aws.String(workspaceID)}
	if err := call(client(closed(t), wks.Guard(failing)), good); !errors.As(err, &bad) || bad.Path != "Edition" {
		t.Errorf("a check that cannot answer: %v", err)
	}
	if err := call(client(closed(t), wks.Guard(failing)), badID); !errors.Is(err, wks.LengthOutOfBounds) || errors.As(err, &bad) {
		t.Errorf("a check that cannot answer about a request that is refused: %v", err)
	}
}

func TestUnknownOperationPasses(t *testing.T) {
	if err := wks.Admit()(&struct{ ResourceId *string }{}); err != nil {
		t.Error(err)
	}
}

func TestMistakesInOptions(t *testing.T) {
	for _, tt := range []struct {
		opt   wks.Option
		path  rule.Path
		value string
	}{
		{wks.Edition(rule.Edition{}), "Edition", ""},
		{wks.Skip("DescribeTags", "DescribeTag"), "Skip", "DescribeTag"},
		{wks.Skip(""), "Skip", ""},
	} {
		err := call(client(closed(t), wks.Guard(nil, tt.opt, wks.Skip("DescribeTagz"), wks.OnMust(wks.Block()))), &workspaces.DescribeAccountInput{})
		var bad *rule.InputError
		if !errors.As(err, &bad) || bad.Path != tt.path || bad.Value != tt.value {
			t.Errorf("%s %q: %v", tt.path, tt.value, err)
		}
	}
}

func TestGuardOfACallReplacesTheClients(t *testing.T) {
	sent := 0
	c := client(counting(&sent), wks.Guard(), wks.Guard())
	if err := call(c, badID); !errors.Is(err, wks.LengthOutOfBounds) {
		t.Errorf("two guards: %v", err)
	}
	if err := call(c, badID, wks.Guard(wks.Skip("DescribeTags"))); err != nil || sent != 1 {
		t.Errorf("a guard of the call: sent %d, %v", sent, err)
	}
	if err := call(c, badID); !errors.Is(err, wks.LengthOutOfBounds) {
		t.Errorf("the next call: %v", err)
	}
}

// TestSeesWhatTheSDKSends holds that a middleware that fills in the request comes first.
func TestSeesWhatTheSDKSends(t *testing.T) {
	fill := func(o *workspaces.Options) {
		o.APIOptions = append(o.APIOptions, func(s *middleware.Stack) error {
			return s.Initialize.Add(middleware.InitializeMiddlewareFunc("fill", func(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (middleware.InitializeOutput, middleware.Metadata, error) {
				in.Parameters = &workspaces.DescribeTagsInput{ResourceId: aws.String("ws-12345678")}
				return next.HandleInitialize(ctx, in)
			}), middleware.Before)
		})
	}
	for _, opts := range [][]func(*workspaces.Options){{fill, wks.Guard()}, {wks.Guard(), fill}} {
		sent := 0
		if err := call(client(counting(&sent), opts...), badID); err != nil || sent != 1 {
			t.Errorf("sent %d, %v", sent, err)
		}
	}
}

// TestRefusedBeforeRetry holds that a refusal is made once, and before the steps that serialise,
// sign and retry, where a limiter takes its tokens.
func TestRefusedBeforeRetry(t *testing.T) {
	attempts, asked := 0, 0
	probe := func(o *workspaces.Options) {
		o.APIOptions = append(o.APIOptions, func(s *middleware.Stack) error {
			if err := s.Serialize.Add(middleware.SerializeMiddlewareFunc("probe", func(ctx context.Context, in middleware.SerializeInput, next middleware.SerializeHandler) (middleware.SerializeOutput, middleware.Metadata, error) {
				attempts++
				return next.HandleSerialize(ctx, in)
			}), middleware.Before); err != nil {
				return err
			}
			return s.Finalize.Insert(middleware.FinalizeMiddlewareFunc("probe", func(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (middleware.FinalizeOutput, middleware.Metadata, error) {
				attempts++
				return next.HandleFinalize(ctx, in)
			}), "Retry", middleware.After)
		})
		o.Retryer = aws.NopRetryer{}
	}
	check := wks.WithCheck("DescribeTags", func(rule.Edition, any) (rule.Answer, error) {
		asked++
		return rule.Answer{}, nil
	})
	err := call(client(closed(t), probe, wks.Guard(check)), badID)
	var refused *wks.RefusedError
	if !errors.As(err, &refused) || attempts != 0 || asked != 1 {
		t.Errorf("%d steps, checked %d times, %v", attempts, asked, err)
	}
	if refused.RetryableError() {
		t.Error("a refusal is retryable")
	}
	sent := 0
	if err := call(client(counting(&sent), probe, wks.Guard(check)), &workspaces.DescribeTagsInput{ResourceId: aws.String("ws-12345678")}); err != nil || attempts != 2 {
		t.Errorf("the probe saw %d steps, want 2; %v", attempts, err)
	}
}

func TestConcurrentCalls(t *testing.T) {
	var told atomic.Int64
	c := client(closed(t), wks.Guard(wks.OnShould(wks.Report(func(context.Context, string, rule.Violation) { told.Add(1) }))))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				if err := call(c, mixed); !errors.Is(err, wks.PatternNotMatched) {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if n := told.Load(); n != 160 {
		t.Errorf("%d reports, want 160", n)
	}
}

func TestErrorText(t *testing.T) {
	err := call(client(closed(t), wks.Guard(wks.OnShould(wks.Block()))), mixed)
	const want = `wks: ModifyWorkspaceState not sent: WorkspaceId: "ws-1" does not match ^ws-[0-9a-z]{8,63}$ (wks.pattern-not-matched); ` +
		`WorkspaceState: "STOPPED" is none of the values that the model knows, AVAILABLE, ADMIN_MAINTENANCE (wks.enum-value-unknown)`
	var refused *wks.RefusedError
	if !errors.As(err, &refused) || refused.Error() != want {
		t.Errorf("got %v", err)
	}
}

func TestAdmitAllocatesNothing(t *testing.T) {
	every := wks.Block()
	admit := wks.Admit(wks.OnShould(every), wks.OnUndocumented(every))
	for _, in := range []any{full, ipRules("203.0.113.0/24"), bundle("STANDARD", "80", "50"), tagged(manyTags(50)...)} {
		if n := testing.AllocsPerRun(100, func() {
			if err := admit(in); err != nil {
				t.Fatal(err)
			}
		}); n != 0 {
			t.Errorf("%s: %v allocations", operation(in), n)
		}
	}
}
