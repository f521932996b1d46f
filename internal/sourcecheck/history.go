package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// A history is the published branch of a repository: the commits that are first parents of one
// another, from the oldest on, and of the commits of one day the last, so that what was taken back on
// its day is none. A commit of a pull request is none of them.
type history struct {
	dir      string
	versions []version
	texts    map[string]string // of files, by commit and path; "" for a file that is not there
	lasts    map[string]string // what last returned, by path
}

// A version is a commit and its day in UTC.
type version struct{ commit, date string }

// openHistory reads the commits of a clone that touch the paths, all commits if none is given.
func openHistory(dir string, paths ...string) (*history, error) {
	h := &history{dir: dir, texts: map[string]string{}, lasts: map[string]string{}}
	args := append([]string{"log", "--first-parent", "--reverse", "--date=format-local:%Y-%m-%d", "--format=%H %cd", "--"}, paths...)
	out, err := h.git(args...)
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(out) {
		commit, date, _ := strings.Cut(strings.TrimSpace(line), " ")
		if n := len(h.versions); n > 0 && h.versions[n-1].date == date {
			h.versions = h.versions[:n-1]
		}
		h.versions = append(h.versions, version{commit, date})
	}
	if len(h.versions) == 0 {
		return nil, fmt.Errorf("%s has no version of %s", dir, strings.Join(paths, ", "))
	}
	return h, nil
}

func (h *history) git(args ...string) (string, error) {
	cmd := exec.Command("git", append([]string{"-C", h.dir}, args...)...)
	cmd.Env = append(os.Environ(), "TZ=UTC", "LC_ALL=C")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("git %s in %s: %w: %s", args[0], h.dir, err, strings.TrimSpace(stderr.String()))
	}
	return string(out), nil
}

// text returns a file as version i has it, and "" for a file that it has not.
func (h *history) text(i int, path string) (string, error) {
	return h.file(h.versions[i].commit, path)
}

// named returns the name and the text that a page has in a version: by the last of its names under which the version has a file. Both
// are "" if there is none.
func (h *history) named(i int, files []string) (name, text string, err error) {
	for _, name := range slices.Backward(files) {
		if text, err := h.text(i, name); err != nil || text != "" {
			return name, text, err
		}
	}
	return "", "", nil
}

// file returns a file as a commit has it, and "" for one that it has not, and for a commit that is not there.
func (h *history) file(commit, path string) (string, error) {
	name := commit + ":" + path
	if text, ok := h.texts[name]; ok {
		return text, nil
	}
	text := ""
	_, err := h.git("cat-file", "-e", name)
	var exit *exec.ExitError
	switch {
	case err == nil:
		text, err = h.git("show", name)
	case errors.As(err, &exit):
		err = nil // the version has no such file
	}
	if err != nil {
		return "", err
	}
	h.texts[name] = text
	return text, nil
}

// last returns the day of the last version that changed a file and did not delete it: a later reading
// is of another source. It is "" for a file that no version has.
func (h *history) last(path string) (string, error) {
	if day, ok := h.lasts[path]; ok {
		return day, nil
	}
	out, err := h.git("log", "--first-parent", "-m", "--no-renames", "--diff-filter=AM", "--date=format-local:%Y-%m-%d", "--format=%cd", "--", path)
	if err != nil {
		return "", err
	}
	day, _, _ := strings.Cut(strings.TrimSpace(out), "\n")
	h.lasts[path] = day
	return day, nil
}

// newest returns the day of the newest version.
func (h *history) newest() string { return h.versions[len(h.versions)-1].date }

// on returns the version of a day, and false if there is none.
func (h *history) on(date string) (int, bool) {
	return slices.BinarySearchFunc(h.versions, date, func(v version, date string) int { return strings.Compare(v.date, date) })
}
