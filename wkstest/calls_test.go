package wkstest_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
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
	url       string
	transport http.RoundTripper
	sdk       caller // in the place of requests
	directory string
	bundle    string
	users     atomic.Int64         // how many have a WorkSpace
	elsewhere func() time.Duration // the processor time of another process that answers
}

// A caller is a client of the SDK, or what has its methods.
type caller interface {
	CreateWorkspaces(context.Context, *workspaces.CreateWorkspacesInput, ...func(*workspaces.Options)) (*workspaces.CreateWorkspacesOutput, error)
	DescribeWorkspaces(context.Context, *workspaces.DescribeWorkspacesInput, ...func(*workspaces.Options)) (*workspaces.DescribeWorkspacesOutput, error)
}

// call sends one request without the SDK, so that a benchmark shows the server and not its
// client, and returns the body, for which it takes the memory of to.
func (p *place) call(b *testing.B, operation string, body, to []byte) []byte {
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, p.url, bytes.NewReader(body))
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
	text := slices.Grow(to[:0], int(max(0, response.ContentLength)))[:max(0, response.ContentLength)]
	if _, err = io.ReadFull(response.Body, text); response.ContentLength < 0 {
		text, err = io.ReadAll(response.Body)
	}
	if err != nil || response.StatusCode != http.StatusOK {
		b.Fatalf("%s: %v %.300s, %v", operation, response.Status, text, err)
	}
	return text
}

// batch is the body of a CreateWorkspaces for 25 users whom nobody else has, in the memory of s.
func (p *place) batch(s []byte) []byte {
	s = append(s[:0], `{"Workspaces":[`...)
	first := p.users.Add(25)
	for i := range int64(25) {
		if i > 0 {
			s = append(s, ',')
		}
		s = append(s, `{"DirectoryId":"`...)
		s = append(append(s, p.directory...), `","BundleId":"`...)
		s = append(append(s, p.bundle...), `","UserName":"user-`...)
		s = append(strconv.AppendInt(s, first+i, 10), `","Tags":[{"Key":"team","Value":"desktops"}]}`...)
	}
	return append(s, "]}"...)
}

// A caller's memory for a request and its answer.
type memory struct{ body, answer []byte }

var memories = sync.Pool{New: func() any { return new(memory) }}

// values is batch in the SDK's types.
func (p *place) values() *workspaces.CreateWorkspacesInput {
	batch := make([]types.WorkspaceRequest, 25)
	tags := []types.Tag{{Key: aws.String("team"), Value: aws.String("desktops")}}
	first := p.users.Add(25)
	for i := range batch {
		batch[i] = types.WorkspaceRequest{DirectoryId: &p.directory, BundleId: &p.bundle, UserName: aws.String("user-" + strconv.FormatInt(first+int64(i), 10)), Tags: tags}
	}
	return &workspaces.CreateWorkspacesInput{Workspaces: batch}
}

// create makes 25 WorkSpaces.
func (p *place) create(b *testing.B) {
	if p.sdk == nil {
		m := memories.Get().(*memory)
		m.body = p.batch(m.body)
		m.answer = p.call(b, "CreateWorkspaces", m.body, m.answer)
		memories.Put(m)
		return
	}
	out, err := p.sdk.CreateWorkspaces(context.Background(), p.values())
	if err != nil || len(out.PendingRequests) != 25 {
		b.Fatal(out, err)
	}
}

// describe asks for a page of 25.
func (p *place) describe(b *testing.B) {
	if p.sdk == nil {
		m := memories.Get().(*memory)
		m.body = append(m.body[:0], `{"Limit":25}`...)
		m.answer = p.call(b, "DescribeWorkspaces", m.body, m.answer)
		memories.Put(m)
		return
	}
	out, err := p.sdk.DescribeWorkspaces(context.Background(), &workspaces.DescribeWorkspacesInput{Limit: aws.Int32(25)})
	if err != nil || len(out.Workspaces) != 25 {
		b.Fatal(out, err)
	}
}

// spoken is a place with the SDK's client in the place of requests.
func (p *place) spoken() *place {
	p.sdk = workspaces.New(workspaces.Options{
		Region: "eu-west-1", BaseEndpoint: &p.url, HTTPClient: &http.Client{Transport: p.transport}, Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "AKIDEXAMPLE", SecretAccessKey: "SECRET"}, nil
		}),
	})
	return p
}

// moto starts moto_server with a directory.
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
	p := &place{url: "http://127.0.0.1:4797/", transport: &http.Transport{MaxIdleConnsPerHost: 8}}
	p.elsewhere = func() time.Duration { return processorTime(b, cmd.Process.Pid) }
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

// prompt is a server that describes a WorkSpace at once, as moto does.
func prompt(b *testing.B) *wkstest.Server {
	return start(b, wkstest.Config{Times: map[wkstest.Activity]time.Duration{wkstest.Appear: 0}})
}

// loopback is a server over loopback, and inProcess one in the process.
func loopback(b *testing.B) *place {
	hs := httptest.NewServer(prompt(b))
	b.Cleanup(hs.Close)
	return &place{url: hs.URL, transport: &http.Transport{MaxIdleConnsPerHost: 8}, directory: wkstest.SampleDirectory, bundle: wkstest.SampleBundle}
}

func inProcess(b *testing.B) *place {
	return &place{url: "https://workspaces.eu-west-1.amazonaws.com/", transport: prompt(b), directory: wkstest.SampleDirectory, bundle: wkstest.SampleBundle}
}

// direct is a server that is called with the SDK's values, and not by a client of HTTP.
func direct(b *testing.B) *place {
	return &place{sdk: prompt(b).Direct("eu-west-1"), directory: wkstest.SampleDirectory, bundle: wkstest.SampleBundle}
}

// directClient is direct with the SDK's client.
func directClient(b *testing.B) *place {
	return &place{sdk: prompt(b).DirectClient("eu-west-1"), directory: wkstest.SampleDirectory, bundle: wkstest.SampleBundle}
}

// nobody gives each request the answer that a server gave once, so its figure is that of the client.
func nobody(b *testing.B) *place {
	p := inProcess(b)
	p.transport = canned{"CreateWorkspaces": p.call(b, "CreateWorkspaces", p.batch(nil), nil), "DescribeWorkspaces": p.call(b, "DescribeWorkspaces", []byte(`{"Limit":25}`), nil)}
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

// Eight callers describe an account of 25 WorkSpaces, and then create WorkSpaces by 25. The figures are calls a second,
// and the processor time of a call, with the caller's and the collector's. moto answers a page with all that there is,
// so both have 25. "requests" are sent without the SDK, "sdk" by its client, and "values" by a Direct; nobody answers
// with bytes that were kept, so its figure is the client's own. Requests are written, and their answers read, in memory
// that a caller uses again, for all servers alike. To compare, let several runs follow one another, for
// -count repeats each figure by itself:
//
//	for i in 1 2 3 4 5; do WKS_MOTO=1 go test ./wkstest -run '^$' -bench Calls -cpu 2; done
func BenchmarkCalls(b *testing.B) {
	type where struct {
		name string
		open func(*testing.B) *place
	}
	sdk := func(open func(*testing.B) *place) func(*testing.B) *place {
		return func(b *testing.B) *place { return open(b).spoken() }
	}
	places := []where{
		{"requests/loopback", loopback}, {"requests/process", inProcess}, {"requests/nobody", nobody},
		{"sdk/loopback", sdk(loopback)}, {"sdk/process", sdk(inProcess)}, {"sdk/nobody", sdk(nobody)},
		{"sdk/direct", directClient}, {"values/direct", direct},
	}
	if os.Getenv("WKS_MOTO") != "" {
		places = append(places, where{"requests/moto", moto}, where{"sdk/moto", sdk(moto)})
	}
	for _, w := range places {
		b.Run(w.name, func(b *testing.B) {
			p := w.open(b)
			p.create(b)
			b.Run("DescribeWorkspaces", func(b *testing.B) { p.measure(b, p.describe) })
			b.Run("CreateWorkspaces", func(b *testing.B) { p.measure(b, p.create) })
		})
	}
}

// measure lets eight callers work.
func (p *place) measure(b *testing.B, work func(*testing.B)) {
	if p.elsewhere == nil {
		p.elsewhere = func() time.Duration { return 0 }
	}
	spent := func() time.Duration { return processorTime(b, 0) + p.elsewhere() }
	runtime.GC()
	b.SetParallelism(max(1, 8/runtime.GOMAXPROCS(0)))
	before := spent()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			work(b)
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "calls/s")
	b.ReportMetric(float64((spent()-before).Microseconds())/float64(b.N), "cpu-µs/call")
}
