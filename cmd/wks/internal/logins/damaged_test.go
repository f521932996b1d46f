package logins

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/damagetest"
)

// Whatever is gone, of another type, twice or in one another in events and in exports, there is a report or an error.
func TestDamaged(t *testing.T) { documents(t).Check(t) }

func TestMembersInAnyOrder(t *testing.T) { documents(t).AnyOrder(t) }

// documents is the command on events and exports.
func documents(t *testing.T) damagetest.Case {
	t.Helper()
	files := map[string][]byte{}
	for _, name := range []string{"september.ndjson", "describe-workspaces.json", "describe-ip-groups.json"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = data
	}
	return damagetest.Case{
		Command: Command, Files: files, Forms: [][]string{nil, {"--details"}, {"--json"}, {"--deny", "osx", "--minimum", "windows=5.20"}},
		Args: func(dir string) []string {
			return []string{filepath.Join(dir, "september.ndjson"), "--workspaces", filepath.Join(dir, "describe-workspaces.json"), "--ip-groups", filepath.Join(dir, "describe-ip-groups.json"), "--session", "8h"}
		},
	}
}
