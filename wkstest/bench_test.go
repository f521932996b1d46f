package wkstest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/wkstest"
)

// fleet is a server with n WorkSpaces that are AVAILABLE.
func fleet(b *testing.B, n int) (*wkstest.Server, *wkstest.Virtual) {
	clock := wkstest.NewVirtual(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
	s := start(b, wkstest.Config{Now: clock.Now})
	p := &place{url: "https://workspaces.eu-west-1.amazonaws.com/", transport: s, directory: wkstest.SampleDirectory, bundle: wkstest.SampleBundle}
	for range n / 25 {
		p.call(b, "CreateWorkspaces", p.batch(nil), nil)
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
				page := p.call(b, "DescribeWorkspaces", []byte(body), nil)
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
