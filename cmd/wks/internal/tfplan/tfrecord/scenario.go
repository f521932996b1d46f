package main

import (
	"fmt"
	"strings"
	"time"
)

// A plannedStep is a step of a scenario: the files of the configuration, and how to plan it.
type plannedStep struct {
	name  string
	files map[string]string
	args  []string      // of terraform plan
	clock time.Duration // by which the service's clock is put forward before the step
	taint string        // an address that is tainted before
	apply bool
}

// parseScenario reads the steps of a scenario. A line "== NAME OPTION…" begins a step, and a line
// "-- FILE" a file of it; what stands before the first file of a step is its main.tf. A step has the
// files of the one before that it does not name. In a file, @ADDRESS@ stands for the id that the
// state of the step before has at that address.
//
// Options: plan=ARG for an argument of terraform plan, clock=DURATION, taint=ADDRESS, and only, for
// a plan that is not applied.
func parseScenario(text string) ([]plannedStep, error) {
	var steps []plannedStep
	file := ""
	n := 0
	for line := range strings.Lines(text) {
		n++
		if head, ok := strings.CutPrefix(line, "== "); ok {
			s, err := parseHead(head)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", n, err)
			}
			if len(steps) > 0 {
				for name, text := range steps[len(steps)-1].files {
					s.files[name] = text
				}
			}
			steps, file = append(steps, s), ""
			continue
		}
		if len(steps) == 0 {
			if strings.TrimSpace(line) != "" && line[0] != '#' {
				return nil, fmt.Errorf("line %d: stands before the first step", n)
			}
			continue
		}
		files := steps[len(steps)-1].files
		if name, ok := strings.CutPrefix(line, "-- "); ok {
			file = strings.TrimSpace(name)
			files[file] = ""
			continue
		}
		if file == "" {
			if strings.TrimSpace(line) == "" {
				continue
			}
			file = "main.tf"
			files[file] = ""
		}
		files[file] += line
	}
	if len(steps) == 0 {
		return nil, fmt.Errorf("has no step")
	}
	return steps, nil
}

func parseHead(head string) (plannedStep, error) {
	words := strings.Fields(head)
	if len(words) == 0 {
		return plannedStep{}, fmt.Errorf("a step has a name")
	}
	s := plannedStep{name: words[0], files: map[string]string{}, apply: true}
	for _, w := range words[1:] {
		key, value, _ := strings.Cut(w, "=")
		var err error
		switch key {
		case "plan":
			s.args = append(s.args, value)
		case "taint":
			s.taint = value
		case "clock":
			s.clock, err = time.ParseDuration(value)
		case "only":
			s.apply = false
		default:
			err = fmt.Errorf("%q is no option", w)
		}
		if err != nil {
			return s, err
		}
	}
	return s, nil
}
