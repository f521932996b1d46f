package preflight

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/wksgo/wks/rule"
)

// readPlan reads the plan of --plan, which starts at the time of --now. What cannot be used of it is noted, and the
// rest is planned.
func (a *account) readPlan(file, start string) (err error) {
	if a.now = time.Now(); start != "" {
		if a.now, err = time.Parse(time.RFC3339, start); err != nil {
			return fmt.Errorf("--now %q: want a time such as 2026-09-10T08:00:00Z", start)
		}
	}
	if file == "" {
		return nil
	}
	if _, err := os.Stat(file); err != nil {
		return fmt.Errorf("--plan: %w", err)
	}
	a.planName = file
	a.decodePlan(os.DirFS(filepath.Dir(file)), filepath.Base(file))
	return nil
}

// decodePlan reads the plan from a file.
func (a *account) decodePlan(fsys fs.FS, name string) {
	first := len(a.notes)
	a.plan = new(planFile)
	wrong, err := decodeUsable(fsys, name, a.plan, &a.notes)
	if err != nil {
		a.plan = nil
		a.refuse(err)
	}
	for _, w := range wrong {
		of, then := a.plan.leaveOut(w)
		w.of = of
		a.notes.wrong(w, then)
	}
	for i := range a.notes[first:] {
		a.notes[first+i].File = inFile(a.planName).File
	}
}

// leaveOut leaves out of the plan what a value that cannot be used stands in: half of what is wanted of a WorkSpace is
// not what is wanted. It returns what that is about, nil if that is not known, and what becomes of it.
func (p *planFile) leaveOut(wrong *fileError) (of subject, then string) {
	about := func(id string) subject {
		if id == "" {
			return nil
		}
		return named{Kind: "WorkSpace", ID: id}
	}
	if i, _, ok := cutIndex(wrong.Path, "Workspaces"); ok {
		w := &p.Workspaces[i]
		w.wrong = cmp.Or(w.wrong, wrong)
		return about(w.WorkspaceId), "the change is left out"
	}
	if i, _, ok := cutIndex(wrong.Path, "Migrations"); ok {
		m := &p.Migrations[i]
		m.wrong = cmp.Or(m.wrong, wrong)
		return about(m.WorkspaceId), "the migration is left out"
	}
	i, below, ok := cutIndex(wrong.Path, "Launches")
	if !ok {
		return nil, "it is taken as not given"
	}
	l := &p.Launches[i]
	l.wrong = cmp.Or(l.wrong, wrong)
	if j, _, ok := cutIndex(below, "Workspaces"); ok {
		l.Workspaces[j].wrong = wrong
		return named{Kind: "launch", ID: string(rule.Path("Workspaces").Index(j))}, "the launch is left out"
	}
	l.none = true
	return nil, "these launches are left out"
}
