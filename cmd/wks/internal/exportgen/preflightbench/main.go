// Preflightbench measures how long wks preflight takes for accounts of some sizes, and how much memory, beside an
// older build of it and beside decoding the same describe-workspaces.json with encoding/json into the
// types of the SDK. It builds both from the repository that it runs in, lets all take turns, and prints a
// table of medians:
//
//	go run ./cmd/wks/internal/exportgen/preflightbench
//
// Memory is the peak of the resident set that the kernel tells of each process, and behind it that of the
// same program when it reads nothing: a resident set counts the parts of the program's own file that were
// touched, which other processes share.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks/cmd/wks/internal/exportgen"
)

// What this program does in processes of its own, so that its memory is not theirs.
const (
	decodeMode = "decode"
	writeMode  = "write"
)

// oldMost is the most WorkSpaces of which the older build reads the file.
const oldMost = 50_000

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "preflightbench:", err)
		os.Exit(1)
	}
}

func run() error {
	sizes := flag.String("sizes", "10000,100000", "measure accounts of `N` WorkSpaces each")
	runs := flag.Int("runs", 5, "take the medians of `N` runs")
	old := flag.String("old", "05cbb5a", "compare with examples/preflight of `COMMIT`; empty compares with none")
	tags := flag.Bool("tags", false, "export tags, too")
	flag.Parse()
	switch flag.Arg(0) {
	case decodeMode:
		return decode(flag.Arg(1))
	case writeMode:
		n, err := strconv.Atoi(flag.Arg(2))
		if err != nil {
			return err
		}
		return exportgen.Account{WorkSpaces: n, Broken: true, Tags: flag.Arg(3) == "true"}.Write(flag.Arg(1))
	}
	dir, err := os.MkdirTemp("", "preflightbench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := bench{dir: dir, runs: *runs, wks: filepath.Join(dir, "wks")}
	if b.self, err = os.Executable(); err != nil {
		return err
	}
	if err := command("", "go", "build", "-o", b.wks, "./cmd/wks"); err != nil {
		return err
	}
	if *old != "" {
		if b.old, err = buildOld(*old, dir); err != nil {
			return err
		}
	}
	fmt.Printf("%s, %s/%s, %d CPUs, %s: medians of %d runs\n\n", time.Now().UTC().Format(time.DateOnly), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version(), b.runs)
	fmt.Println("| WorkSpaces | program | time | CPU time | peak memory | at rest |\n|---:|---|---:|---:|---:|---:|")
	for text := range strings.SplitSeq(*sizes, ",") {
		n, err := strconv.Atoi(text)
		if err != nil {
			return err
		}
		if err := b.size(n, *tags); err != nil {
			return err
		}
	}
	return nil
}

// A bench measures processes.
type bench struct {
	dir, self, wks, old string
	runs                int
}

// A process is measured by its name. With other arguments it reads nothing.
type process struct {
	name    string
	args    []string
	nothing string
}

// size measures an account of n WorkSpaces.
func (b bench) size(n int, tags bool) error {
	export := filepath.Join(b.dir, "export")
	defer os.RemoveAll(export)
	if err := command("", b.self, writeMode, export, strconv.Itoa(n), strconv.FormatBool(tags)); err != nil {
		return err
	}
	file := filepath.Join(export, exportgen.Region, "describe-workspaces.json")
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	list := []process{
		{"wks preflight", []string{b.wks, "preflight", export}, "version"},
		{"wks preflight --html", []string{b.wks, "preflight", "--html", filepath.Join(b.dir, "page.html"), export}, "version"},
		{"wks preflight --json", []string{b.wks, "preflight", "--json", export}, "version"},
		{"encoding/json into the SDK's types", []string{b.self, decodeMode, file}, "-h"},
	}
	if b.old != "" && n <= oldMost {
		list = append(list, process{"the older build", []string{b.old, "-dir", export}, "-h"})
	}
	return b.measure(fmt.Sprintf("%d, %d MB", n, info.Size()/1e6), list)
}

// measure lets processes take turns, and prints a line for each.
func (b bench) measure(what string, list []process) error {
	figures := make([][4][]float64, len(list)) // time, time of the processors, memory, and memory at rest
	for range b.runs {
		for i, p := range list {
			for rest, args := range [][]string{p.args, {p.args[0], p.nothing}} {
				cmd := exec.Command(args[0], args[1:]...)
				start := time.Now()
				if err := cmd.Run(); err != nil && (rest == 0 && cmd.ProcessState.ExitCode() != 1) { // 1 tells of findings
					return fmt.Errorf("%s: %w", p.name, err)
				}
				memory := peak(cmd.ProcessState.SysUsage())
				f := &figures[i]
				if rest == 1 {
					f[3] = append(f[3], memory)
					continue
				}
				f[0], f[1] = append(f[0], time.Since(start).Seconds()), append(f[1], (cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime()).Seconds())
				f[2] = append(f[2], memory)
			}
		}
	}
	for i, p := range list {
		f := figures[i]
		fmt.Printf("| %s | %s | %.2f s | %.2f s | %.0f MB | %.0f MB |\n", what, p.name, median(f[0]), median(f[1]), median(f[2]), median(f[3]))
	}
	return nil
}

func median(list []float64) float64 {
	slices.Sort(list)
	return (list[(len(list)-1)/2] + list[len(list)/2]) / 2
}

// decode is what the reading of the file is compared with.
func decode(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	var out workspaces.DescribeWorkspacesOutput
	return json.NewDecoder(f).Decode(&out)
}

// buildOld builds examples/preflight of a commit.
func buildOld(commit, dir string) (string, error) {
	source, archive, binary := filepath.Join(dir, "old"), filepath.Join(dir, "old.tar"), filepath.Join(dir, "old-preflight")
	if err := os.Mkdir(source, 0o777); err != nil {
		return "", err
	}
	for _, args := range [][]string{
		{"git", "archive", "-o", archive, commit},
		{"tar", "-xf", archive, "-C", source},
	} {
		if err := command("", args...); err != nil {
			return "", err
		}
	}
	return binary, command(source, "go", "build", "-o", binary, "./examples/preflight")
}

func command(dir string, args ...string) error {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir, cmd.Stderr = dir, os.Stderr
	return cmd.Run()
}
