//go:build unix

package main

import (
	"fmt"
	"os"
	"strings"
)

// An equivalent is a mutant that no test can tell from the code, by what does not move when lines do.
type equivalent struct{ pkg, file, in, was, is string }

func (p *pkg) key(m *mutant) equivalent {
	return equivalent{p.path, m.file, m.in, m.was, m.is}
}

// readEquivalents reads a file of equivalent mutants, with the reason of each: what the command prints
// of a survivor, then a line with "because: " and the reason, and an empty line. Lines with # are comments.
func readEquivalents(file string) (map[equivalent]string, error) {
	return readMutants(file, true)
}

// readMutants reads what the command prints of survivors, with reasons or without.
func readMutants(file string, reasons bool) (map[equivalent]string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	all := map[equivalent]string{}
	for i, block := range strings.Split(strings.TrimSpace(string(text)), "\n\n") {
		var lines []string
		for line := range strings.Lines(block) {
			if !strings.HasPrefix(line, "#") {
				lines = append(lines, strings.TrimSpace(line))
			}
		}
		if len(lines) == 0 || !reasons && len(lines) == 1 { // comments, or the score
			continue
		}
		if !reasons {
			lines = append(lines, "because: it survived")
		}
		var parts [3]string
		ok := len(lines) == 4
		for i, prefix := range []string{"- ", "+ ", "because: "} {
			if ok {
				parts[i], ok = strings.CutPrefix(lines[i+1]+" ", prefix)
				parts[i] = strings.TrimSpace(parts[i])
			}
		}
		place, reason := strings.Fields(lines[0]), parts[2]
		if !ok || reason == "" || len(place) != 3 {
			return nil, fmt.Errorf("%s: block %d is not a place, a line, a change and a reason:\n%s", file, i+1, block)
		}
		key := equivalent{place[0], place[1], place[2], parts[0], parts[1]}
		if all[key] != "" {
			return nil, fmt.Errorf("%s: block %d stands there twice:\n%s", file, i+1, block)
		}
		all[key] = reason
	}
	return all, nil
}
