package preflight

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/damagetest"
)

// Whatever is gone, of another type, twice or in one another in files of an export or in a plan, there is a report or an error.
func TestDamaged(t *testing.T) { documents(t).Check(t) }

func TestMembersInAnyOrder(t *testing.T) { documents(t).AnyOrder(t) }

// documents is the command on an export and a plan.
func documents(t *testing.T) damagetest.Case {
	t.Helper()
	files := map[string][]byte{}
	input, err := fs.Sub(sample, "sample")
	if err != nil {
		t.Fatal(err)
	}
	err = fs.WalkDir(input, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files["export/"+name], err = fs.ReadFile(input, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if files["plan.json"], err = os.ReadFile("testdata/plan.json"); err != nil {
		t.Fatal(err)
	}
	return damagetest.Case{
		Command: Command, Files: files, Forms: [][]string{{"--details"}, {"--json"}, {"--sarif"}, {"--junit"}, {"--github"}, {"--fedramp", "--launches", "5", "--rtt", "90ms"}},
		Args: func(dir string) []string {
			return []string{filepath.Join(dir, "export"), "--plan", filepath.Join(dir, "plan.json"), "--now", "2026-09-10T08:00:00Z", "--session", "8h", "--ssh", "192.0.2.0/24"}
		},
	}
}
