// Command clients shows what becomes of 60 calls from 8 workers, and of listings, by the client that
// makes them, at the documented quota of Amazon WorkSpaces. docs/clients.md has the tables.
//
//	go run ./examples/clients                  the SDK for Go, in virtual time
//	go run ./examples/clients -job 10,000 -- COMMAND
//	                                           a command of any language, in real time
//	bash examples/clients/others.sh            all others, as far as they are there
//
// A command finds the endpoint, credentials that mean nothing and the job in its environment:
// AWS_ENDPOINT_URL, and WKS_JOB, which is "calls" or "listing". What it reports counts for
// nothing: the endpoint counts what it served.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("clients", flag.ContinueOnError)
	flags.SetOutput(stderr)
	tries := flags.Int("tries", 200, "how often each job is done in virtual time")
	seed := flags.Uint64("seed", 1, "of the first try's latency")
	name := flags.String("job", "60 calls", "of a command: "+strings.Join(names(), "; "))
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return 2
	}
	at := slices.IndexFunc(jobs, func(j job) bool { return j.name == *name })
	switch {
	case at < 0:
		fmt.Fprintf(stderr, "clients: there is no job %q\n", *name)
		return 2
	case *tries < 1:
		fmt.Fprintf(stderr, "clients: -tries %d is under 1\n", *tries)
		return 2
	}
	var err error
	if command := flags.Args(); len(command) > 0 {
		err = measure(command, jobs[at], *seed, stdout, stderr)
	} else {
		err = table(stdout, jobs, *tries, *seed)
	}
	if err != nil {
		fmt.Fprintln(stderr, "clients:", err)
		return 1
	}
	return 0
}

func names() (list []string) {
	for _, j := range jobs {
		list = append(list, j.name)
	}
	return list
}

// table prints the rows of the SDK for Go.
func table(w io.Writer, jobs []job, tries int, seed uint64) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(t, "SDK for Go\tjob\tfinished\tserved, mean\tthrottled, mean\tseconds, mean\t\n")
	for _, c := range clients {
		for _, j := range jobs {
			if c.real {
				continue
			}
			finished, served, throttled, took := 0, 0, 0, time.Duration(0)
			for i := range tries {
				r, err := c.virtually(j, seed+uint64(i))
				if err != nil {
					return err
				}
				if r.finished {
					finished++
				}
				served, throttled, took = served+r.served, throttled+r.throttled, took+r.took
			}
			n := float64(tries)
			fmt.Fprintf(t, "%s\t%s\t%d of %d\t%.1f of %d\t%.1f\t%.1f\t\n", c.name, j.name, finished, tries, float64(served)/n, j.calls(), float64(throttled)/n, took.Seconds()/n)
		}
	}
	return t.Flush()
}

// measure runs a command against the service on the loopback interface, and prints a line.
func measure(command []string, j job, seed uint64, stdout, stderr io.Writer) error {
	s, err := j.newService(seed)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: s, ReadHeaderTimeout: time.Minute}
	go func() { _ = server.Serve(listener) }() // until it is closed
	defer server.Close()
	endpoint := "http://" + listener.Addr().String()
	status := "status 0"
	if command[0] == "go" && len(command) == 2 {
		err = ofGo(command[1], endpoint, j)
	} else {
		err = execute(command, endpoint, j, stderr)
	}
	if err != nil {
		status = err.Error()
		if len(status) > 100 {
			status = status[:100] + "…"
		}
	}
	r := s.result(j)
	finished := "no"
	if r.finished {
		finished = "yes"
	}
	_, err = fmt.Fprintf(stdout, "%s\tfinished %s\tserved %d of %d\tthrottled %d\t%.1f s\t%s\n", j.name, finished, r.served, r.wanted, r.throttled, r.took.Seconds(), status)
	return err
}

// ofGo does a job with one of the clients of this program, in real time.
func ofGo(name, endpoint string, j job) error {
	at := slices.IndexFunc(clients, func(c client) bool { return c.name == name })
	if at < 0 {
		return fmt.Errorf("there is no client %q of Go", name)
	}
	c := clients[at]
	if c.env != "" {
		if err := os.Setenv(c.env, "true"); err != nil {
			return err
		}
	}
	return c.do(context.Background(), workspaces.New(workspaces.Options{Region: "eu-west-1", BaseEndpoint: &endpoint, Credentials: aws.AnonymousCredentials{}}, c.options()...), j)
}

func execute(command []string, endpoint string, j job, stderr io.Writer) error {
	what := "calls"
	if j.listing > 0 {
		what = "listing"
	}
	c := exec.Command(command[0], command[1:]...)
	c.Env = append(os.Environ(), "AWS_ENDPOINT_URL="+endpoint, "WKS_JOB="+what, "AWS_REGION=eu-west-1", "AWS_DEFAULT_REGION=eu-west-1",
		"AWS_ACCESS_KEY_ID=none", "AWS_SECRET_ACCESS_KEY=none", "AWS_EC2_METADATA_DISABLED=true", "AWS_PAGER=")
	c.Stderr = stderr
	return c.Run()
}
