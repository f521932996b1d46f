#!/usr/bin/env bash
# aws-sdk-go-v2 v1.47.7 with service/workspaces v1.68.3: AWS_NEW_RETRIES_2026=true makes a client lose
# more calls to throttling, not fewer. 60 calls from 8 workers, with 100 ms latency, to an endpoint that admits 2
# a second with a burst of 5, in virtual time, 20 times: about a third of the calls are lost without it, and
# about half with it. Seen on 2026-11-28; the output has the figures.
# Needs Go. Fails if that changes.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
cat >finding_test.go <<'END'
package finding

import (
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"golang.org/x/time/rate"
)

type endpoint struct{ bucket *rate.Limiter }

func (e endpoint) Do(r *http.Request) (*http.Response, error) {
	time.Sleep(100 * time.Millisecond)
	status, body := 200, `{}`
	if !e.bucket.Allow() {
		status, body = 400, `{"__type":"ThrottlingException"}`
	}
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

func lost(t *testing.T) int {
	var n atomic.Int64
	for range 20 {
		synctest.Test(t, func(t *testing.T) {
			client := workspaces.New(workspaces.Options{Region: "eu-west-1", HTTPClient: endpoint{rate.NewLimiter(2, 5)}, Credentials: aws.AnonymousCredentials{}})
			var next atomic.Int64
			var group sync.WaitGroup
			for range 8 {
				group.Go(func() {
					for next.Add(1) <= 60 {
						if _, err := client.DescribeWorkspaces(t.Context(), &workspaces.DescribeWorkspacesInput{}); err != nil {
							n.Add(1)
						}
					}
				})
			}
			group.Wait()
		})
	}
	return int(n.Load())
}

func TestFinding(t *testing.T) {
	before := lost(t)
	t.Setenv("AWS_NEW_RETRIES_2026", "true")
	after := lost(t)
	t.Logf("of 1200 calls %d are lost, and with AWS_NEW_RETRIES_2026=true %d", before, after)
	if before == 0 || after < before*5/4 {
		t.Error("changed")
	}
}
END
export GOWORK=off GOFLAGS=-mod=mod
go mod init finding >/dev/null 2>&1
go get github.com/aws/aws-sdk-go-v2@v1.47.7 github.com/aws/aws-sdk-go-v2/service/workspaces@v1.68.3 golang.org/x/time@v0.16.0 >/dev/null 2>&1
go test -count=1 -v -run Finding . | grep -E 'of 1200|changed|^(ok|FAIL|---)'
