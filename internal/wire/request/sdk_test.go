package request_test

import (
	"bytes"
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

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) Do(r *http.Request) (*http.Response, error) { return f(r) }

// call calls the operation of the SDK's client with an input, a pointer to its struct, and
// returns the body of the request that the SDK sends. With validate it first checks what is
// required, as it does for its users.
func call(t testing.TB, operation string, input reflect.Value, validate bool) ([]byte, error) {
	t.Helper()
	var body []byte
	client := workspaces.New(workspaces.Options{
		Region: "us-east-1", Credentials: aws.AnonymousCredentials{}, RetryMaxAttempts: 1,
		HTTPClient: roundTripper(func(r *http.Request) (*http.Response, error) {
			var err error
			if body, err = io.ReadAll(r.Body); err != nil {
				return nil, err
			}
			return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader([]byte("{}")))}, nil
		}),
	}, func(o *workspaces.Options) {
		if !validate {
			o.APIOptions = append(o.APIOptions, func(s *middleware.Stack) error {
				s.Initialize.Remove("OperationInputValidation")
				return nil
			})
		}
	})
	out := reflect.ValueOf(client).MethodByName(operation).Call([]reflect.Value{reflect.ValueOf(context.Background()), input})
	err, _ := out[1].Interface().(error)
	return body, err
}

// sent returns the decoded body that the SDK sends for an input.
func sent(t testing.TB, operation string, input reflect.Value) any {
	t.Helper()
	text, err := call(t, operation, input, false)
	if err != nil {
		t.Fatalf("%s: %v", operation, err)
	}
	var body any
	if err := json.Unmarshal(text, &body); err != nil {
		t.Fatalf("%s: %v in %s", operation, err, text)
	}
	return body
}

// missed returns the paths that the SDK's own validation misses, in order.
func missed(t testing.TB, operation string, input reflect.Value) (paths []string) {
	t.Helper()
	_, err := call(t, operation, input, true)
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
