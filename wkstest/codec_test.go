package wkstest_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"github.com/aws/smithy-go/middleware"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/wire"
	"github.com/wksgo/wks/wkstest"
)

// start makes a server.
func start(t testing.TB, c wkstest.Config) *wkstest.Server {
	t.Helper()
	s, err := wkstest.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// once is an option for a client that makes one attempt.
func once(o *workspaces.Options) {
	o.Retryer = aws.NopRetryer{}
	if o.HTTPClient != nil {
		o.HTTPClient = objects{o.HTTPClient}
	}
}

// objects are an HTTP client that holds each answer: an operation that succeeds gives an object, as the service's model
// says of all of them, and never null, which the SDK reads as one without members.
type objects struct{ workspaces.HTTPClient }

func (c objects) Do(r *http.Request) (*http.Response, error) {
	response, err := c.HTTPClient.Do(r)
	if err != nil || response.StatusCode != http.StatusOK {
		return response, err
	}
	body, err := io.ReadAll(response.Body)
	if err := errors.Join(err, response.Body.Close()); err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(body, []byte("{")) {
		return nil, fmt.Errorf("%s answers %s", r.Header.Get("X-Amz-Target"), body)
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	return response, nil
}

// fillIn gives every member of v a value, or, if some is set, only some of them.
func fillIn(t *rapid.T, v reflect.Value, some bool) {
	switch v.Type() {
	case reflect.TypeFor[time.Time]():
		// From 2008 to 2036: outside, the SDK cuts a millisecond off some times.
		v.Set(reflect.ValueOf(time.UnixMilli(rapid.Int64Range(12e11, 21e11).Draw(t, "time")).UTC()))
		return
	case reflect.TypeFor[types.ImageSourceIdentifier]():
		text := rapid.StringN(1, 9, -1).Draw(t, "union")
		v.Set(reflect.ValueOf(rapid.SampledFrom([]types.ImageSourceIdentifier{
			&types.ImageSourceIdentifierMemberEc2ImageId{Value: text}, &types.ImageSourceIdentifierMemberEc2ImportTaskId{Value: text}, &types.ImageSourceIdentifierMemberImageBuildVersionArn{Value: text},
		}).Draw(t, "member")))
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillIn(t, v.Elem(), some)
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if !f.IsExported() || f.Type == reflect.TypeFor[middleware.Metadata]() || some && rapid.Bool().Draw(t, "absent") {
				continue
			}
			fillIn(t, v.Field(i), some)
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			v.SetBytes(rapid.SliceOfN(rapid.Byte(), 1, 9).Draw(t, "blob"))
			return
		}
		n := rapid.IntRange(0, 2).Draw(t, "elements")
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			fillIn(t, v.Index(i), some)
		}
	case reflect.Map:
		v.Set(reflect.ValueOf(rapid.MapOfN(rapid.String(), rapid.String(), 0, 2).Draw(t, "map")))
	case reflect.String:
		v.SetString(rapid.StringN(1, 9, -1).Draw(t, "text"))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, "bool"))
	case reflect.Int, reflect.Int32:
		v.SetInt(int64(rapid.Int32().Draw(t, "number")))
	default:
		panic(v.Type().String())
	}
}

// Whatever the SDK's client sends of any operation, the server reads as it was; and whatever the
// server answers, the client reads as it was. The SDK's serializers are the oracle.
func TestWireAgreesWithSDK(t *testing.T) {
	method := func(c *workspaces.Client, name string) reflect.Value { return reflect.ValueOf(c).MethodByName(name) }
	n := 0
	for o := range wire.Operations() {
		n++
		m := method(&workspaces.Client{}, o.Name).Type()
		rapid.Check(t, func(t *rapid.T) {
			in, out := reflect.New(m.In(1).Elem()), reflect.New(m.Out(0).Elem())
			fillIn(t, in.Elem(), false)
			fillIn(t, out.Elem(), rapid.Bool().Draw(t, "some"))
			var heard any
			s, err := wkstest.New(wkstest.Config{Override: func(_ context.Context, _ string, input any) (any, bool, error) {
				heard = input
				return out.Interface(), true, nil
			}})
			if err != nil {
				t.Fatal(err)
			}
			results := method(s.Client("eu-west-1", once), o.Name).Call([]reflect.Value{reflect.ValueOf(t.Context()), in})
			if err, _ := results[1].Interface().(error); err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(heard, in.Interface()) {
				t.Fatalf("%s: the server read\n%+v, want\n%+v", o.Name, heard, in.Interface())
			}
			got := results[0]
			got.Elem().FieldByName("ResultMetadata").SetZero()
			if !reflect.DeepEqual(got.Interface(), out.Interface()) {
				t.Fatalf("%s: the client read\n%+v, want\n%+v", o.Name, got.Interface(), out.Interface())
			}
		})
	}
	if n != 91 {
		t.Errorf("%d operations, want 91", n)
	}
}

// The table of errors is that of the SDK's deserializers, which are made of the service's model.
func TestModelErrors(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/aws/aws-sdk-go-v2/service/workspaces").Output()
	if err != nil {
		t.Skip("the go command tells no module's folder:", err)
	}
	source, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "deserializers.go"))
	if err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile(`EqualFold\("(\w+)"`)
	found := 0
	for _, part := range strings.Split(string(source), "\nfunc ")[1:] {
		name, ok := strings.CutPrefix(part, "awsAwsjson11_deserializeOpError")
		if !ok {
			continue
		}
		name, _, _ = strings.Cut(name, "(")
		var want []string
		for _, m := range code.FindAllStringSubmatch(part, -1) {
			want = append(want, m[1])
		}
		if got := wkstest.ModelErrors[name]; !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
		found++
	}
	if found != len(wkstest.ModelErrors) {
		t.Errorf("%d operations in the SDK, %d in the table", found, len(wkstest.ModelErrors))
	}
}
