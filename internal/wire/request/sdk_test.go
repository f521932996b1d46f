package request_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
)

// inputs returns an empty input struct of each operation of the SDK's client, by operation.
func inputs() map[string]func() reflect.Value {
	all := map[string]func() reflect.Value{}
	for m := range reflect.TypeFor[*workspaces.Client]().Methods() {
		if f := m.Func.Type(); f.NumIn() > 2 && strings.HasSuffix(f.In(2).String(), "."+m.Name+"Input") {
			all[m.Name] = func() reflect.Value { return reflect.New(f.In(2).Elem()) }
		}
	}
	return all
}

// An sdk is a client of the SDK that sends nothing, and keeps the body of its last request.
type sdk struct {
	client *workspaces.Client
	body   []byte
}

// The one sends whatever it can serialise; the other first checks what is required, as the SDK
// does for its users.
var sending, validating = newSDK(false), newSDK(true)

// Do stands for the service, which answers with an empty object.
func (s *sdk) Do(r *http.Request) (_ *http.Response, err error) {
	s.body, err = io.ReadAll(r.Body)
	return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("{}"))}, err
}

func newSDK(validate bool) *sdk {
	s := &sdk{}
	s.client = workspaces.New(workspaces.Options{
		Region: "us-east-1", Credentials: aws.AnonymousCredentials{}, Retryer: aws.NopRetryer{}, HTTPClient: s,
	}, func(o *workspaces.Options) {
		if !validate {
			o.APIOptions = append(o.APIOptions, func(s *middleware.Stack) error {
				s.Initialize.Remove("OperationInputValidation")
				return nil
			})
		}
	})
	return s
}

// call calls an operation with an input, a pointer to its struct.
func (s *sdk) call(operation string, input reflect.Value) error {
	out := reflect.ValueOf(s.client).MethodByName(operation).Call([]reflect.Value{reflect.ValueOf(context.Background()), input})
	err, _ := out[1].Interface().(error)
	return err
}

// sent returns the decoded body that the SDK sends for an input.
func sent(t tb, operation string, input reflect.Value) any {
	t.Helper()
	if err := sending.call(operation, input); err != nil {
		t.Fatalf("%s: %v", operation, err)
	}
	var body any
	if err := json.Unmarshal(sending.body, &body); err != nil {
		t.Fatalf("%s: %v in %s", operation, err, sending.body)
	}
	return body
}

// missed returns the paths that the SDK's own validation misses, in order.
func missed(t tb, operation string, input reflect.Value) (paths []string) {
	t.Helper()
	err := validating.call(operation, input)
	var invalid smithy.InvalidParamsError
	if err != nil && !errors.As(err, &invalid) {
		t.Fatalf("%s: %v", operation, err)
	}
	for _, e := range invalid.Errs() {
		var p *smithy.ParamRequiredError
		if !errors.As(e, &p) {
			t.Fatalf("%s: %v", operation, e)
		}
		paths = append(paths, strings.TrimPrefix(strings.TrimPrefix(p.Field(), operation+"Input"), "."))
	}
	slices.Sort(paths)
	return paths
}

// TestEnumsAreTheSDKs holds the values that the model knows against those that the SDK knows.
func TestEnumsAreTheSDKs(t *testing.T) {
	m, checked := load(t), 0
	var walk func(operation string, v reflect.Type, path string)
	walk = func(operation string, v reflect.Type, path string) {
		switch v.Kind() {
		case reflect.Struct:
			for i := range v.NumField() {
				if f := v.Field(i); f.IsExported() {
					walk(operation, f.Type, strings.TrimPrefix(path+"."+f.Name, "."))
				}
			}
		case reflect.Pointer:
			walk(operation, v.Elem(), path)
		case reflect.Slice:
			walk(operation, v.Elem(), path+"[]")
		case reflect.String:
			values, ok := v.MethodByName("Values")
			if !ok {
				return
			}
			checked++
			var sdk []string
			list := values.Func.Call([]reflect.Value{reflect.Zero(v)})[0]
			for i := range list.Len() {
				sdk = append(sdk, list.Index(i).String())
			}
			if want := m.Shapes[m.Operations[operation].Members[path]].Enum; !slices.Equal(sdk, want) {
				t.Errorf("%s %s: the SDK knows %q, the model %q", operation, path, sdk, want)
			}
		}
	}
	for operation, empty := range inputs() {
		walk(operation, empty().Type().Elem(), "")
	}
	if checked != 73 {
		t.Errorf("%d enums, want 73", checked)
	}
}
