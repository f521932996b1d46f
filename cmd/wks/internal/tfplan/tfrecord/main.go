// Tfrecord writes down what the Terraform provider for AWS makes of a configuration: the plan that
// Terraform prints, and each request that an apply of it sends to Amazon WorkSpaces.
//
//	go run ./wks/internal/tfplan/tfrecord --mirror /opt/plugins --out wks/internal/tfplan/testdata/recordings
//	go run ./wks/internal/tfplan/tfrecord --program tofu --mirror /opt/plugins --out wks/internal/tfplan/testdata/opentofu
//
// It needs terraform, or the program that is named, moto_server for what is not WorkSpaces, and the provider, from the mirror or a
// registry. WorkSpaces is package wkstest, in which everything is done at once. Each file of scenarios/
// gives a recording of the same name. A mirror has the provider below registry.terraform.io/hashicorp/aws, and
// below registry.opentofu.org/hashicorp/aws for OpenTofu, which is built from its Go module if there is none.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
)

func main() {
	program := flag.String("program", "terraform", "run this program: terraform, tofu, or the path of one")
	mirror := flag.String("mirror", "", "take the provider from this filesystem mirror")
	out := flag.String("out", ".", "write recordings into this folder")
	atOnce := flag.Int("at-once", 2, "how many scenarios run at once")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := record(ctx, flag.Args(), *program, *mirror, *out, *atOnce); err != nil {
		fmt.Fprintln(os.Stderr, "tfrecord:", err)
		os.Exit(1)
	}
}

// record runs scenarios, all if there is none in the list, and writes their recordings.
func record(ctx context.Context, files []string, program, mirror, out string, atOnce int) error {
	if len(files) == 0 {
		var err error
		if files, err = filepath.Glob("wks/internal/tfplan/tfrecord/scenarios/*.txt"); err != nil || len(files) == 0 {
			return errors.Join(err, errors.New("no scenarios: run it in the folder cmd, or name them"))
		}
	}
	var wg sync.WaitGroup
	failed := make([]error, len(files))
	turn := make(chan struct{}, atOnce)
	for i, file := range files {
		wg.Go(func() {
			turn <- struct{}{}
			defer func() { <-turn }()
			if err := recordFile(ctx, file, program, mirror, out); err != nil {
				failed[i] = fmt.Errorf("%s: %w", file, err)
			}
		})
	}
	wg.Wait()
	return errors.Join(failed...)
}

func recordFile(ctx context.Context, file, program, mirror, out string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	steps, err := parseScenario(string(text))
	if err != nil {
		return err
	}
	r, err := play(ctx, steps, program, mirror)
	if err != nil {
		return err
	}
	name := strings.TrimSuffix(filepath.Base(file), ".txt")
	data, err := r.encode()
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, name+".json"), data, 0o666)
}

// A recording is what became of the steps of a scenario.
type recording struct {
	Terraform string `json:"terraform"` // versions
	Provider  string `json:"provider"`
	Steps     []step `json:"steps"`
}

// A step is one plan, and what its apply sent.
type step struct {
	Name     string          `json:"name"`
	Plan     json.RawMessage `json:"plan"`
	Requests []sent          `json:"requests"` // those that change something, in their order
	Failed   bool            `json:"failed,omitempty"`
}

// A sent request is one of Amazon WorkSpaces that changes something.
type sent struct {
	Operation string          `json:"operation"`
	Region    string          `json:"region"`
	Input     json.RawMessage `json:"input"`
	Refused   string          `json:"refused,omitempty"` // the code of the error
}

// encode writes a recording with a line for each plan and request.
func (r recording) encode() ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "{\"terraform\": %q, \"provider\": %q, \"steps\": [", r.Terraform, r.Provider)
	for i, s := range r.Steps {
		fmt.Fprintf(&b, "%s\n{\"name\": %q, \"failed\": %t, \"plan\":\n%s,\n\"requests\": [", comma(i), s.Name, s.Failed, s.Plan)
		for j, q := range s.Requests {
			line, err := json.Marshal(q)
			if err != nil {
				return nil, err
			}
			fmt.Fprintf(&b, "%s\n%s", comma(j), line)
		}
		b.WriteString("]}")
	}
	b.WriteString("\n]}\n")
	if !json.Valid(b.Bytes()) {
		return nil, errors.New("the recording is not JSON")
	}
	return b.Bytes(), nil
}

func comma(i int) string {
	if i == 0 {
		return ""
	}
	return ","
}
