// Package lineartest counts how the work of functions grows with their input.
package lineartest

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// least is how many elements the smallest input has; the others have 2, 4 and 8 times as many.
const least = 256

const module = "github.com/wksgo/wks"

// work is what a case did for one input.
type work struct{ Statements, Bytes int }

// Run runs each case for a number of elements that it doubles three times. It counts the statements
// that run, in the packages named, by their directories in the module, and in what they call to
// search and to sort, and the bytes that are allocated. With twice the elements both may grow by a
// factor for n log n, and not by four.
//
// A case whose name ends in ", of none" or ", of few" must not do more for more elements: the function
// holds a list that it does not read, or reads the first few of it.
//
// The package of the test is compiled with counters for this, and each case runs in processes of
// its own, which start the same test.
func Run(t *testing.T, packages []string, cases map[string]func(n int)) {
	t.Helper()
	if name, ok := os.LookupEnv("LINEAR_CASE"); ok {
		runCase(t, cases[name])
		return
	}
	if testing.Short() || Race {
		t.Skip("compiles the package with counters, and without what looks for races")
	}
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("there is no go command to compile the package with counters")
	}
	m := meter{filepath.Join(t.TempDir(), "counting.test"), "-test.run=^" + t.Name() + "$"}
	cover := "slices,strings," + module + "/rule," + module + "/internal/tables"
	for _, p := range packages {
		cover += "," + strings.TrimSuffix(module+"/"+p, "/.")
	}
	if out, err := exec.Command(goTool, "test", "-c", "-covermode=count", "-coverpkg="+cover, "-o", m.binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	idle := m.run(t, "", 0)
	for name := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var list []work
			for n := least; n <= 8*least; n *= 2 {
				w := m.run(t, name, n)
				list = append(list, work{w.Statements - idle.Statements, w.Bytes - idle.Bytes})
			}
			verdict := judge
			if isConstant(name) {
				verdict = judgeConstant
			}
			if fault := verdict(list); fault != "" {
				t.Error(fault)
			}
		})
	}
}

// judge returns what is wrong with how work grew, or "".
func judge(list []work) string {
	if list[0].Statements < least/8 {
		return fmt.Sprintf("%d statements ran for %d elements: not all were looked at", list[0].Statements, least)
	}
	for i, w := range list[1:] {
		if w.Statements > 3*list[i].Statements || w.Bytes > 3*list[i].Bytes+1<<16 {
			return fmt.Sprintf("statements and bytes %v", list)
		}
	}
	// A small square hides beside much that is linear, and less so in what each doubling adds: that
	// doubles itself, or grows four times.
	if before, last := list[2].Statements-list[1].Statements, list[3].Statements-list[2].Statements; 10*last > 26*before+1000*least {
		return fmt.Sprintf("statements and bytes %v: doublings added %d and %d statements", list, before, last)
	}
	return ""
}

func isConstant(name string) bool {
	return strings.HasSuffix(name, ", of none") || strings.HasSuffix(name, ", of few")
}

// judgeConstant returns what is wrong with how work grew that should not grow, or "".
func judgeConstant(list []work) string {
	// What the runtime does besides varies by some hundred statements. A list that is read costs at least one for each
	// of 7 times least more elements.
	if last := list[len(list)-1]; last.Statements > list[0].Statements+2*least {
		return fmt.Sprintf("statements and bytes %v: they grow with a list that is said not to be read", list)
	}
	return ""
}

type meter struct{ binary, test string }

// run runs a case in a process of its own; with n of 0 it runs nothing.
func (m meter) run(t *testing.T, name string, n int) (w work) {
	t.Helper()
	profile := filepath.Join(t.TempDir(), "profile")
	cmd := exec.Command(m.binary, m.test, "-test.coverprofile="+profile)
	cmd.Env = append(os.Environ(), "LINEAR_CASE="+name, fmt.Sprint("LINEAR_N=", n))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if _, err := fmt.Sscanf(string(out), "%d bytes", &w.Bytes); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	counts, err := os.ReadFile(profile)
	if err != nil {
		t.Fatal(err)
	}
	if w.Statements, err = statements(counts); err != nil {
		t.Fatal(err)
	}
	return w
}

// statements adds up a profile: lines of a place, its number of statements and how often they ran.
func statements(profile []byte) (total int, err error) {
	for lines := bufio.NewScanner(bytes.NewReader(profile)); lines.Scan(); {
		f := strings.Fields(lines.Text())
		if len(f) != 3 {
			continue // the mode
		}
		var size, times int
		if _, err := fmt.Sscan(f[1]+" "+f[2], &size, &times); err != nil {
			return 0, err
		}
		total += size * times
	}
	return total, nil
}

// runCase is what the processes do.
func runCase(t *testing.T, f func(n int)) {
	t.Helper()
	var n int
	if _, err := fmt.Sscan(os.Getenv("LINEAR_N"), &n); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if n > 0 {
		f(n)
	}
	runtime.ReadMemStats(&after)
	fmt.Println(after.TotalAlloc-before.TotalAlloc, "bytes")
}
