package wkstest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/wkstest"
)

// A place is where requests go.
type place struct {
	name      string
	url       string
	transport http.RoundTripper
	values    *wkstest.Direct // in the place of requests
	directory string
	bundle    string
	users     atomic.Int64 // how many have a WorkSpace
}

// call sends one request without the SDK, so that a benchmark shows the server and not its
// client, and returns the body.
func (p *place) call(b *testing.B, operation, body string) []byte {
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, p.url, strings.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	r.Header.Set("X-Amz-Target", "WorkspacesService."+operation)
	r.Header.Set("Content-Type", "application/x-amz-json-1.1")
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260910/eu-west-1/workspaces/aws4_request, SignedHeaders=host, Signature=0")
	response, err := p.transport.RoundTrip(r)
	if err != nil {
		b.Fatal(err)
	}
	defer response.Body.Close()
	text := make([]byte, max(0, response.ContentLength))
	if _, err = io.ReadFull(response.Body, text); response.ContentLength < 0 {
		text, err = io.ReadAll(response.Body)
	}
	if err != nil || response.StatusCode != http.StatusOK {
		b.Fatalf("%s: %v %.300s, %v", operation, response.Status, text, err)
	}
	return text
}

// batch is the body of a CreateWorkspaces for 25 users whom nobody else has.
func (p *place) batch() string {
	s := make([]byte, 0, 4096)
	first := p.users.Add(25)
	for i := range int64(25) {
		s = append(s, `,{"DirectoryId":"`...)
		s = append(append(s, p.directory...), `","BundleId":"`...)
		s = append(append(s, p.bundle...), `","UserName":"user-`...)
		s = append(strconv.AppendInt(s, first+i, 10), `","Tags":[{"Key":"team","Value":"desktops"}]}`...)
	}
	return `{"Workspaces":[` + string(s[1:]) + "]}"
}

// moto starts moto_server with a directory, or skips.
func moto(b *testing.B) *place {
	b.Helper()
	path, err := exec.LookPath("moto_server")
	if err != nil {
		b.Fatal("moto_server is not there: pip install 'moto[server]'")
	}
	cmd := exec.Command(path, "-H", "127.0.0.1", "-p", "4797")
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	p := &place{name: "moto_server", url: "http://127.0.0.1:4797/", transport: &http.Transport{MaxIdleConnsPerHost: 8}}
	for range 600 {
		if r, err := http.Get(p.url); err == nil {
			r.Body.Close()
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	script := exec.Command("python3", "-c", `
import boto3
o=dict(endpoint_url='http://127.0.0.1:4797',region_name='eu-west-1',aws_access_key_id='AKIDEXAMPLE',aws_secret_access_key='SECRET')
ec2=boto3.client('ec2',**o); vpc=ec2.create_vpc(CidrBlock='10.0.0.0/16')['Vpc']['VpcId']
nets=[ec2.create_subnet(VpcId=vpc,CidrBlock='10.0.%d.0/24'%i,AvailabilityZone='eu-west-1'+'ab'[i])['Subnet']['SubnetId'] for i in (0,1)]
d=boto3.client('ds',**o).create_directory(Name='corp.example.com',Password='Not-a-secret-1',Size='Small',VpcSettings=dict(VpcId=vpc,SubnetIds=nets))['DirectoryId']
boto3.client('workspaces',**o).register_workspace_directory(DirectoryId=d)
print(d)`)
	var stderr strings.Builder
	script.Stderr = &stderr
	out, err := script.Output()
	if err != nil {
		b.Fatal("moto_server has no directory: ", err, stderr.String())
	}
	p.directory, p.bundle = strings.TrimSpace(string(out)), "wsb-12345678"
	return p
}

// served is a server over loopback, and direct one in the process.
func served(b *testing.B) *place {
	hs := httptest.NewServer(start(b, wkstest.Config{}))
	b.Cleanup(hs.Close)
	return &place{name: "wkstest over loopback", url: hs.URL, transport: &http.Transport{MaxIdleConnsPerHost: 8}, directory: wkstest.SampleDirectory, bundle: wkstest.SampleBundle}
}

func direct(b *testing.B) *place {
	return &place{name: "wkstest in process", url: "https://workspaces.eu-west-1.amazonaws.com/", transport: start(b, wkstest.Config{}), directory: wkstest.SampleDirectory, bundle: wkstest.SampleBundle}
}

// values is a server that is called with the SDK's values, and not by a client of HTTP.
func values(b *testing.B) *place {
	return &place{name: "wkstest with values", values: start(b, wkstest.Config{}).Direct("eu-west-1"), directory: wkstest.SampleDirectory, bundle: wkstest.SampleBundle}
}

// nobody gives each request the answer that a server gave once, so its figure is that of the client.
func nobody(b *testing.B) *place {
	p := direct(b)
	answers := map[string][]byte{"CreateWorkspaces": p.call(b, "CreateWorkspaces", p.batch()), "DescribeWorkspaces": p.call(b, "DescribeWorkspaces", `{"Limit":25}`)}
	p.name, p.transport = "nobody", canned(answers)
	return p
}

type canned map[string][]byte // by operation

func (c canned) RoundTrip(r *http.Request) (*http.Response, error) {
	if _, err := io.Copy(io.Discard, r.Body); err != nil {
		return nil, err
	}
	body := c[strings.TrimPrefix(r.Header.Get("X-Amz-Target"), "WorkspacesService.")]
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)), Request: r}, nil
}

// ask makes one of the two calls that are measured.
func (p *place) ask(b *testing.B, work string) {
	var err error
	switch {
	case p.values == nil && work == "CreateWorkspaces":
		p.call(b, work, p.batch())
	case p.values == nil:
		p.call(b, work, `{"Limit":25}`)
	case work == "CreateWorkspaces":
		batch := make([]types.WorkspaceRequest, 25)
		first := p.users.Add(25)
		for i := range batch {
			batch[i] = types.WorkspaceRequest{DirectoryId: &p.directory, BundleId: &p.bundle, UserName: aws.String("user-" + strconv.FormatInt(first+int64(i), 10)),
				Tags: []types.Tag{{Key: aws.String("team"), Value: aws.String("desktops")}}}
		}
		_, err = p.values.CreateWorkspaces(context.Background(), &workspaces.CreateWorkspacesInput{Workspaces: batch})
	default:
		_, err = p.values.DescribeWorkspaces(context.Background(), &workspaces.DescribeWorkspacesInput{Limit: aws.Int32(25)})
	}
	if err != nil {
		b.Fatal(err)
	}
}

// Eight callers create WorkSpaces by 25, and describe the first 25: the figures are calls a second. moto
// and wkstest in one run, in turn:
//
//	WKS_MOTO=1 go test ./wkstest -run '^$' -bench Calls -cpu 2 -count 5
func BenchmarkCalls(b *testing.B) {
	places := []func(*testing.B) *place{served, direct, values, nobody}
	if os.Getenv("WKS_MOTO") != "" {
		places = append(places, moto)
	}
	for _, open := range places {
		p := open(b)
		for _, work := range []string{"CreateWorkspaces", "DescribeWorkspaces"} {
			b.Run(p.name+"/"+work, func(b *testing.B) {
				b.SetParallelism(max(1, 8/runtime.GOMAXPROCS(0)))
				b.RunParallel(func(pb *testing.PB) {
					for pb.Next() {
						p.ask(b, work)
					}
				})
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "calls/s")
			})
		}
	}
}

// fleet is a server with n WorkSpaces that are AVAILABLE.
func fleet(b *testing.B, n int) (*wkstest.Server, *wkstest.Virtual) {
	clock := wkstest.NewVirtual(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
	s := start(b, wkstest.Config{Now: clock.Now})
	p := &place{url: "https://workspaces.eu-west-1.amazonaws.com/", transport: s, directory: wkstest.SampleDirectory, bundle: wkstest.SampleBundle}
	for range n / 25 {
		p.call(b, "CreateWorkspaces", p.batch())
	}
	if err := clock.Sleep(b.Context(), time.Hour); err != nil {
		b.Fatal(err)
	}
	return s, clock
}

const fleetSize = 100_000

// A hundred thousand WorkSpaces described page by page in the process, beside encoding/json for the same
// values: the figures are WorkSpaces a second.
func BenchmarkDescribeAll(b *testing.B) {
	s, _ := fleet(b, fleetSize)
	p := &place{url: "https://workspaces.eu-west-1.amazonaws.com/", transport: s}
	b.Run("wkstest", func(b *testing.B) {
		for b.Loop() {
			token, seen := "", 0
			for {
				body := `{}`
				if token != "" {
					body = `{"NextToken":"` + token + `"}`
				}
				page := p.call(b, "DescribeWorkspaces", body)
				seen += bytes.Count(page, []byte(`"WorkspaceId":`))
				at := bytes.LastIndex(page, []byte(`"NextToken":"`))
				if at < 0 {
					break
				}
				token, _, _ = strings.Cut(string(page[at+len(`"NextToken":"`):]), `"`)
			}
			if seen != fleetSize {
				b.Fatalf("%d WorkSpaces", seen)
			}
		}
		b.ReportMetric(fleetSize*float64(b.N)/b.Elapsed().Seconds(), "WorkSpaces/s")
	})
	b.Run("encoding/json", func(b *testing.B) {
		var pages [][]types.Workspace
		var token *string
		client := s.Client("eu-west-1")
		for {
			out, err := client.DescribeWorkspaces(b.Context(), &workspaces.DescribeWorkspacesInput{NextToken: token})
			if err != nil {
				b.Fatal(err)
			}
			pages = append(pages, out.Workspaces)
			if token = out.NextToken; token == nil {
				break
			}
		}
		b.ResetTimer()
		for b.Loop() {
			for _, page := range pages {
				if _, err := json.Marshal(page); err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(fleetSize*float64(b.N)/b.Elapsed().Seconds(), "WorkSpaces/s")
	})
}

// A hundred thousand WorkSpaces take less than 120 MB.
func BenchmarkMemory(b *testing.B) {
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		s, _ := fleet(b, fleetSize)
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
		runtime.KeepAlive(s)
	}
}

// The SDK's client calls in the process, with everything that it does by itself.
func BenchmarkClient(b *testing.B) {
	c := start(b, wkstest.Config{}).Client("eu-west-1")
	n := 0
	for b.Loop() {
		var batch []types.WorkspaceRequest
		for range 25 {
			n++
			batch = append(batch, request(fmt.Sprint("user-", n)))
		}
		if _, err := c.CreateWorkspaces(b.Context(), &workspaces.CreateWorkspacesInput{Workspaces: batch}); err != nil {
			b.Fatal(err)
		}
		if _, err := c.DescribeWorkspaces(b.Context(), &workspaces.DescribeWorkspacesInput{Limit: aws.Int32(25)}); err != nil {
			b.Fatal(err)
		}
	}
}
