package main

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"
)

// Whoever keeps the pace finishes every job, at the quota's time and without a throttle; the SDK's
// default loses a part of 60 calls, and its new retries lose more.
func TestClientsOfGo(t *testing.T) {
	lost := map[string]int{}
	for _, c := range clients {
		if c.real {
			continue
		}
		for _, j := range jobs[:3] {
			for seed := range uint64(3) {
				if j.listing > 1000 && seed > 0 {
					break // once will do for what takes long
				}
				r, err := c.virtually(j, seed)
				if err != nil {
					t.Fatal(err)
				}
				if strings.HasPrefix(c.name, "Pace") && (!r.finished || r.throttled > 0 || r.served != r.wanted) {
					t.Errorf("%s, %s, seed %d: %+v", c.name, j.name, seed, r)
				}
				if j.listing == 0 {
					lost[c.name] += r.wanted - r.served
				}
			}
		}
	}
	if lost["Pace"] != 0 || lost["default"] < 30 || lost[newRetries] <= lost["default"] {
		t.Errorf("lost of 180 calls: %v", lost)
	}
}

// Pages finishes the longest listing.
func TestPagesFinishes(t *testing.T) {
	c, j := clients[len(clients)-1], jobs[3]
	if r, err := c.virtually(j, 1); err != nil || !c.pages || !r.finished || r.served != 2000 {
		t.Errorf("%+v, %v", r, err)
	}
}

// A pace heeds Retry-After, and so is refused once; the SDK's default does not, and gives up.
func TestRetryAfter(t *testing.T) {
	j := jobs[len(jobs)-1]
	for _, c := range clients {
		if c.real {
			continue
		}
		r, err := c.virtually(j, 1)
		if paced := strings.HasPrefix(c.name, "Pace"); err != nil || paced != r.finished || paced != (r.throttled == 1 && r.took >= j.after) {
			t.Errorf("%s: %+v, %v", c.name, r, err)
		}
	}
}

// A command is measured by what the endpoint served, whatever it says of itself.
func TestCommand(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip(err)
	}
	for _, tt := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{"--", "sh", "-c", "exit 0"}, 0, "60 calls\tfinished no\tserved 0 of 60\tthrottled 0\t0.0 s\tstatus 0\n"},
		{[]string{"-job", "1,000", "--", "sh", "-c", `test "$WKS_JOB" = listing && exit 7`}, 0, "exit status 7"},
		{[]string{"--", "go", "Pace"}, 0, "60 calls\tfinished yes\tserved 60 of 60\tthrottled 0\t"},
		{[]string{"--", "go", "nobody"}, 0, "there is no client"},
		{[]string{"-job", "7", "--", "true"}, 2, "there is no job"},
		{[]string{"-tries", "0"}, 2, "under 1"},
		{[]string{"-h"}, 0, "-tries"},
	} {
		var out, errs bytes.Buffer
		if status := run(tt.args, &out, &errs); status != tt.status || !strings.Contains(out.String()+errs.String(), tt.want) {
			t.Errorf("%q: status %d, %s%s", tt.args, status, out.String(), errs.String())
		}
	}
}

func TestTable(t *testing.T) {
	var out bytes.Buffer
	if err := table(&out, jobs[:2], 1, 1); err != nil || strings.Count(out.String(), "\n") != 9 {
		t.Errorf("%v: %s", err, out.String())
	}
}
