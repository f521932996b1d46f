package wkstest_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"github.com/aws/smithy-go"
	"pgregory.net/rapid"

	wks "github.com/wksgo/wks"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/internal/wire"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/wkstest"
)

// A noise is a request over the wire, sound or not.
func noise(t *rapid.T) *http.Request {
	texts := rapid.SampledFrom([]string{"", "\x1b", "WorkspacesService.DescribeWorkspaces", "WorkspacesService.\x1b", "attempt=1; max=-1", "AWS4-HMAC-SHA256 Credential=a/20260915/eu-west-1/", strings.Repeat("x", 100_000)})
	bodies := rapid.SampledFrom([]io.ReadCloser{nil, http.NoBody, io.NopCloser(strings.NewReader(`{"Limit":1}`)), io.NopCloser(strings.NewReader("\x1b"))})
	r := rapid.SampledFrom([]*http.Request{
		{}, {URL: &url.URL{}}, {Header: http.Header{}, URL: &url.URL{Host: "\x1b"}}, httptest.NewRequest(http.MethodPost, "https://workspaces.eu-west-1.amazonaws.com/", nil),
	}).Draw(t, "request")
	own := r.Clone(context.Background())
	own.Method = rapid.SampledFrom([]string{"", "POST", "\x1b"}).Draw(t, "method")
	own.Host = texts.Draw(t, "host")
	own.Body = bodies.Draw(t, "body")
	own.ContentLength = rapid.SampledFrom([]int64{-1, 1, 17 << 20, math.MaxInt64, math.MinInt64}).Draw(t, "length")
	if own.Body == nil || own.Body == http.NoBody {
		own.ContentLength = 0
	}
	if own.Header != nil {
		for _, name := range []string{"X-Amz-Target", "X-Amz-Date", "Authorization", "Amz-Sdk-Request"} {
			own.Header.Set(name, texts.Draw(t, name))
		}
	}
	return own
}

// A broken reader fails.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("broken") }

// memberValues are values by the name of the member that takes them, with which most operations do what they are asked for.
var memberValues = map[string]string{
	"DirectoryId": wkstest.SampleDirectory, "ResourceId": wkstest.SampleDirectory, "WorkspaceId": "ws-01234567", "SourceWorkspaceId": "ws-01234567", "PrimaryWorkspaceId": "ws-01234567",
	"BundleId": "wsb-12345678", "ImageId": "wsi-123456789", "SourceImageId": "wsi-123456789", "GroupId": "wsipg-12345678", "AliasId": "wsca-12345678", "PoolId": "wspool-123456789",
	"LinkId": "link-1234567890123", "AddInId": "11111111-2222-3333-4444-555555555555", "URL": "https://example.com/", "UserName": "ada", "Username": "ada", "Key": "team", "Value": "blue",
	"IpRule": "203.0.113.0/24", "SourceRegion": "eu-west-1", "PrimaryRegion": "eu-west-1", "ConnectionString": "desk.example.com", "SubnetIds": "subnet-0a", "GroupIds": "wsipg-12345678",
	"WorkspaceIds": "ws-01234567", "DirectoryIds": wkstest.SampleDirectory, "BundleIds": "wsb-12345678", "ImageIds": "wsi-123456789", "AliasIds": "wsca-12345678", "PoolIds": "wspool-123456789",
	"ResourceIds": wkstest.SampleDirectory, "SharedAccountId": "210987654321", "TargetAccountId": "210987654321", "Ec2ImageId": "ami-0123456789abcdef0", "NextToken": "", "Owner": "", "Capacity": "80",
}

// usual is a value as most requests have it: of an enumeration the value of a number, and no optional token.
func usual(v reflect.Value, name string, n int) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Name != "ResultMetadata" && f.Name != "NextToken" && f.Name != "Owner" {
				usual(v.Field(i), f.Name, n)
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		usual(v.Elem(), name, n)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			v.SetBytes([]byte("\x89PNG\r\n\x1a\n"))
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		usual(v.Index(0), name, n)
	case reflect.String:
		if values := v.MethodByName("Values"); values.IsValid() {
			all := values.Call(nil)[0]
			v.Set(all.Index(n % all.Len()))
		} else if text, ok := memberValues[name]; ok {
			v.SetString(text)
		} else {
			v.SetString("name")
		}
	case reflect.Bool:
		v.SetBool(n%2 == 0)
	case reflect.Int32, reflect.Int64:
		v.SetInt(int64(1 + n))
	}
}

// Everything that the package exports answers anything: each operation too, on any account and whatever befalls it. It
// answers or returns an error, and does not panic. What it tells is short and has no control character.
func TestAnything(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	launch := workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{{DirectoryId: aws.String(wkstest.SampleDirectory), BundleId: aws.String(wkstest.SampleBundle), UserName: aws.String("ada")}}}
	region := wkstest.Region{
		Account: wkstest.Account{DedicatedTenancySupport: types.DedicatedTenancySupportResultEnumEnabled, ManagementCIDR: "10.0.0.0/16"},
		Subnets: []wkstest.Subnet{{SubnetID: "subnet-0a", VPCID: "vpc-0a", ZoneID: "euw1-az1", CIDR: "10.0.0.0/28", Available: new(3)}, {SubnetID: "subnet-0b", VPCID: "vpc-0a", ZoneID: "euw1-az2"}},
		Keys:    []wkstest.Key{{ARN: "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555", Grants: 1}},
		Directories: []wkstest.Directory{{WorkspaceDirectory: types.WorkspaceDirectory{DirectoryId: aws.String(wkstest.SampleDirectory), SubnetIds: []string{"subnet-0a", "subnet-0b"},
			State: types.WorkspaceDirectoryStateRegistered, WorkspaceCreationProperties: &types.DefaultWorkspaceCreationProperties{}}}},
		Images:  []wkstest.Image{{WorkspaceImage: types.WorkspaceImage{ImageId: aws.String("wsi-123456789"), State: types.WorkspaceImageStateAvailable}}},
		Bundles: []wkstest.Bundle{{WorkspaceBundle: types.WorkspaceBundle{BundleId: aws.String("wsb-12345678"), ImageId: aws.String("wsi-123456789")}}},
		Workspaces: []wkstest.Workspace{{Workspace: types.Workspace{WorkspaceId: aws.String("ws-01234567"), DirectoryId: aws.String(wkstest.SampleDirectory), BundleId: aws.String(wkstest.SampleBundle),
			UserName: aws.String("bob"), State: types.WorkspaceStateAvailable, SubnetId: aws.String("subnet-0a"), IpAddress: aws.String("10.0.0.5"), WorkspaceProperties: &types.WorkspaceProperties{RunningMode: types.RunningModeAutoStop}}}},
		IPGroups: []wkstest.IPGroup{{WorkspacesIpGroup: types.WorkspacesIpGroup{GroupId: aws.String("wsipg-12345678")}}},
		Aliases:  []wkstest.Alias{{ConnectionAlias: types.ConnectionAlias{AliasId: aws.String("wsca-12345678"), State: types.ConnectionAliasStateCreated}}},
		Pools:    []wkstest.Pool{{WorkspacesPool: types.WorkspacesPool{PoolId: aws.String("wspool-123456789"), State: types.WorkspacesPoolStateStopped, CapacityStatus: &types.CapacityStatus{}}}},
	}
	bare := wkstest.Region{ // what it has, has no more than its identifier
		Subnets: []wkstest.Subnet{{SubnetID: "subnet-0a"}, {}}, Keys: []wkstest.Key{{}},
		Directories: []wkstest.Directory{{WorkspaceDirectory: types.WorkspaceDirectory{DirectoryId: aws.String(wkstest.SampleDirectory)}}},
		Images:      []wkstest.Image{{WorkspaceImage: types.WorkspaceImage{ImageId: aws.String("wsi-123456789")}}},
		Bundles:     []wkstest.Bundle{{WorkspaceBundle: types.WorkspaceBundle{BundleId: aws.String("wsb-12345678")}}},
		Workspaces: []wkstest.Workspace{{Workspace: types.Workspace{WorkspaceId: aws.String("ws-01234567")}}, {Workspace: types.Workspace{WorkspaceId: aws.String("ws-12345678"), WorkspaceProperties: &types.WorkspaceProperties{}}},
			{Workspace: types.Workspace{WorkspaceId: aws.String("ws-23456789"), SubnetId: aws.String("subnet-0a")}, Change: &wkstest.Change{}, Migration: &wkstest.Migration{}}},
		IPGroups:     []wkstest.IPGroup{{WorkspacesIpGroup: types.WorkspacesIpGroup{GroupId: aws.String("wsipg-12345678")}}},
		Aliases:      []wkstest.Alias{{ConnectionAlias: types.ConnectionAlias{AliasId: aws.String("wsca-12345678")}}},
		Pools:        []wkstest.Pool{{WorkspacesPool: types.WorkspacesPool{PoolId: aws.String("wspool-123456789")}}},
		AccountLinks: []types.AccountLink{{AccountLinkId: aws.String("link-1234567890123")}}, AddIns: []types.ConnectClientAddIn{{AddInId: aws.String("11111111-2222-3333-4444-555555555555")}}, Applications: []types.WorkSpaceApplication{{ApplicationId: aws.String("wsa-123456789")}},
	}
	faults := []wkstest.FaultKind{wkstest.Unavailable, wkstest.Throttled, wkstest.Refused, wkstest.Silent, wkstest.RollBack, wkstest.Vanish, wkstest.Hang, wkstest.Slow, wkstest.Late, wkstest.DuplicateID, wkstest.SameID,
		wkstest.Blink, wkstest.LaunchFails, wkstest.ChangeFails}
	cut := []wkstest.FaultKind{wkstest.Unheard, wkstest.Lost, wkstest.Broken}
	answers := rapid.SampledFrom([]any{nil, "\x1b", new(int), (*workspaces.DescribeWorkspacesOutput)(nil), &workspaces.DescribeWorkspacesOutput{}, make(chan int), struct{}{}})
	failures := rapid.SampledFrom([]error{nil, errors.New("failed"), &smithy.GenericAPIError{Code: "Odd", Message: "odd"}, &types.ResourceNotFoundException{}})
	zeroOr := rapid.IntRange(0, 9)
	var value func(t *rapid.T, typ reflect.Type) any
	clock := func() time.Time { return time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC) }
	config := func(t *rapid.T, faults []wkstest.FaultKind) wkstest.Config {
		c := wkstest.Config{Now: clock, Record: rapid.Bool().Draw(t, "record"), Seed: rapid.Uint64().Draw(t, "seed"), Speed: rapid.SampledFrom([]float64{0, 1, 1e6, 1e-300}).Draw(t, "speed")}
		c.Undocumented = rapid.SampledFrom([]wkstest.Undocumented{wkstest.AllowUndocumented, wkstest.RefuseUndocumented}).Draw(t, "undocumented")
		c.Edition = value(t, reflect.TypeFor[rule.Edition]()).(rule.Edition)
		if own := rapid.SampledFrom([]wkstest.Region{region, bare}).Draw(t, "region"); rapid.Bool().Draw(t, "usual state") {
			c.State = &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": &own}}
		} else if rapid.Bool().Draw(t, "state") {
			c.State = value(t, reflect.TypeFor[*wkstest.State]()).(*wkstest.State)
		}
		if zeroOr.Draw(t, "quota") == 0 {
			c.Quota, c.RetryAfter = throttle.AsDocumented(), rapid.SampledFrom([]time.Duration{0, time.Second, math.MaxInt64}).Draw(t, "retry after")
		}
		if rapid.IntRange(0, 9).Draw(t, "override") == 0 {
			c.Override = func(context.Context, string, any) (any, bool, error) {
				return answers.Draw(t, "answer"), rapid.Bool().Draw(t, "handled"), failures.Draw(t, "failure")
			}
		}
		if rapid.IntRange(0, 3).Draw(t, "fault") == 0 {
			c.Faults = []wkstest.Fault{{Kind: rapid.SampledFrom(faults).Draw(t, "kind"), Every: rapid.SampledFrom([]int{0, 1, 2, math.MaxInt}).Draw(t, "every")}}
		}
		if rapid.Bool().Draw(t, "times") {
			c.Times = map[wkstest.Activity]time.Duration{wkstest.Migrating: math.MaxInt64, wkstest.Launch: 0, wkstest.Stopping: math.MaxInt64}
		}
		return c
	}
	server := func(t *rapid.T, faults []wkstest.FaultKind) *wkstest.Server {
		if zeroOr.Draw(t, "zero") == 0 {
			return &wkstest.Server{}
		}
		s, err := wkstest.New(config(t, faults))
		if err != nil {
			own := region
			s, err = wkstest.New(wkstest.Config{Now: clock, State: &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": &own}}})
		}
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	exported := func(t *rapid.T) fs.FS {
		texts := rapid.SampledFrom([]string{"", "{}", "[]", "null", "\x1b", `{"Workspaces":[{"WorkspaceId":null}],"Grants":[{}],"Subnets":[{"AvailableIpAddressCount":-1}],"Bundles":[{}]}`, `{"KeyMetadata":null,"TagList":[null]}`})
		m := fstest.MapFS{}
		for _, name := range []string{"describe-subnets", "describe-workspaces", "describe-workspace-bundles", "describe-tags-\x1b", "describe-key-a", "list-grants-a", "get-resources"} {
			m[rapid.SampledFrom([]string{"eu-west-1", "\x1b", "us-east-1"}).Draw(t, "folder")+"/"+name+".json"] = &fstest.MapFile{Data: []byte(texts.Draw(t, name))}
		}
		return m
	}
	x := ruletest.Anything{
		Dir: os.DirFS("."),
		Exports: map[string]any{
			"Load": wkstest.Load, "New": wkstest.New, "NewVirtual": wkstest.NewVirtual, "PublicBundle": wkstest.PublicBundle, "PublicBundles": wkstest.PublicBundles,
			"ReadExport": wkstest.ReadExport, "RefusedBy": wkstest.RefusedBy, "Sample": wkstest.Sample,
			"Call": wkstest.Call{}, "Direct": wkstest.Direct{}, "State": wkstest.State{}, "Virtual": wkstest.Virtual{},
		},
		Sound: []any{launch, region},
		Draw: map[reflect.Type]func(t *rapid.T) any{
			reflect.TypeFor[context.Context](): func(t *rapid.T) any {
				return rapid.SampledFrom([]context.Context{context.Background(), context.Background(), ended}).Draw(t, "context")
			},
			reflect.TypeFor[any]():   func(t *rapid.T) any { return answers.Draw(t, "value") },
			reflect.TypeFor[error](): func(t *rapid.T) any { return failures.Draw(t, "error") },
			reflect.TypeFor[fs.FS](): func(t *rapid.T) any {
				if zeroOr.Draw(t, "none") == 0 {
					return nil
				}
				return exported(t)
			},
			reflect.TypeFor[io.Reader](): func(t *rapid.T) any {
				return rapid.SampledFrom([]any{nil, broken{}, strings.NewReader(""), strings.NewReader(`{"Regions":{"eu-west-1":null}}`), strings.NewReader(`{"Regions":{"\u001b":{"Subnets":[{}],"Workspaces":[{}],"Issued":1e30}}}`),
					strings.NewReader("\x1b"), strings.NewReader(`{"Regions":[]}`)}).Draw(t, "reader")
			},
			reflect.TypeFor[io.Writer]():           func(t *rapid.T) any { return rapid.SampledFrom([]any{io.Discard, nil}).Draw(t, "writer") },
			reflect.TypeFor[http.ResponseWriter](): func(*rapid.T) any { return httptest.NewRecorder() },
			reflect.TypeFor[*http.Request]():       func(t *rapid.T) any { return noise(t) },
			reflect.TypeFor[workspaces.Options]():  func(*rapid.T) any { return workspaces.Options{} },
			reflect.TypeFor[types.ImageSourceIdentifier](): func(t *rapid.T) any {
				return rapid.SampledFrom([]types.ImageSourceIdentifier{nil, &types.ImageSourceIdentifierMemberEc2ImageId{Value: "ami-\x1b"}, (*types.ImageSourceIdentifierMemberEc2ImageId)(nil)}).Draw(t, "source")
			},
			reflect.TypeFor[*workspaces.Client](): func(t *rapid.T) any {
				return rapid.SampledFrom([]*workspaces.Client{nil, server(t, cut).Client("eu-west-1"), workspaces.New(workspaces.Options{})}).Draw(t, "client")
			},
			reflect.TypeFor[wkstest.Config](): func(t *rapid.T) any {
				c := config(t, faults)
				texts := rapid.SampledFrom([]string{"", "\x1b", "DescribeWorkspaces", strings.Repeat("x", 5000)})
				times := rapid.SampledFrom([]time.Duration{0, 1, -1, math.MaxInt64, math.MinInt64})
				c.Faults = []wkstest.Fault{value(t, reflect.TypeFor[wkstest.Fault]()).(wkstest.Fault)}
				c.Speed = value(t, reflect.TypeFor[float64]()).(float64)
				c.Undocumented = wkstest.Undocumented(rapid.IntRange(0, 4).Draw(t, "undocumented"))
				c.Quotas = map[string]int{texts.Draw(t, "quota"): rapid.SampledFrom([]int{0, -1, math.MaxInt}).Draw(t, "number")}
				c.Quota = value(t, reflect.TypeFor[throttle.Quota]()).(throttle.Quota)
				c.Times = map[wkstest.Activity]time.Duration{wkstest.Activity(texts.Draw(t, "activity")): times.Draw(t, "time")}
				c.MinLatency, c.MaxLatency, c.Return, c.RetryAfter = times.Draw(t, "min"), times.Draw(t, "max"), times.Draw(t, "return"), times.Draw(t, "retry after")
				return c
			},
			reflect.TypeFor[wkstest.Server](): func(t *rapid.T) any { return reflect.ValueOf(server(t, faults)).Elem().Interface() },
			reflect.TypeFor[wkstest.Direct](): func(t *rapid.T) any {
				return *server(t, append(cut, faults...)).Direct(rapid.SampledFrom([]string{"eu-west-1", "eu-west-1", "us-east-1", "\x1b"}).Draw(t, "region"))
			},
			reflect.TypeFor[wkstest.Virtual](): func(t *rapid.T) any {
				return reflect.ValueOf(wkstest.NewVirtual(value(t, reflect.TypeFor[time.Time]()).(time.Time))).Elem().Interface()
			},
			reflect.TypeFor[wkstest.Call](): func(t *rapid.T) any {
				text := func(name string) string { return value(t, reflect.TypeFor[string]()).(string) }
				return wkstest.Call{At: value(t, reflect.TypeFor[time.Time]()).(time.Time), Region: text("region"), Operation: text("operation"), Outcome: wkstest.Outcome(text("outcome")),
					Rules: []rule.Code{rule.Code(text("rule"))}, Code: text("code"), Message: rapid.SampledFrom([]string{"", "\x1b[31m", "\n\u202e\xff"}).Draw(t, "message")}
			},
			reflect.TypeFor[wkstest.Job](): func(t *rapid.T) any {
				n := rapid.SampledFrom([]int{0, 1, 3, -1, math.MinInt})
				return wkstest.Job{Clients: []*workspaces.Client{nil, server(t, cut).DirectClient("eu-west-1", func(o *workspaces.Options) { o.Retryer = aws.NopRetryer{} }), nil}[:rapid.IntRange(0, 3).Draw(t, "clients")],
					Goroutines: n.Draw(t, "goroutines"), Calls: n.Draw(t, "calls")}
			},
		},
		Texts: []string{"eu-west-1", "us-east-1", "ws-01234567", wkstest.SampleDirectory, wkstest.SampleBundle, "wsipg-12345678", "wsca-12345678", "wspool-123456789", "wsi-123456789", "wsb-12345678", "subnet-0a", "10.0.0.0/16"},
		Shown: func(export string) bool { return export == "Call.String" },
	}
	x.Exports["Server"] = reflect.Zero(reflect.TypeFor[wkstest.Server]()).Interface()
	for o := range wire.Operations() {
		in, err := wks.NewInput(o.Name)
		if err != nil {
			t.Fatal(err)
		}
		for n := range 3 {
			own := reflect.New(reflect.TypeOf(in).Elem())
			usual(own.Elem(), "", n)
			x.Sound = append(x.Sound, own.Interface())
		}
	}
	value = x.Values()
	x.Check(t)
	t.Run("every operation", rapid.MakeCheck(func(t *rapid.T) {
		api := reflect.ValueOf(server(t, faults).Direct("eu-west-1"))
		for o := range wire.Operations() {
			if rapid.IntRange(0, 9).Draw(t, o.Name) > 0 {
				continue
			}
			call := api.MethodByName(o.Name)
			out := call.Call([]reflect.Value{reflect.ValueOf(context.Background()), reflect.ValueOf(value(t, call.Type().In(1)))})
			ruletest.Look(t, out[1].Interface())
		}
	}))
}
