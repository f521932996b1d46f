package machine

import (
	"path/filepath"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/damagetest"
)

// Whatever is gone, of another type, twice or in one another in a description, there is a report or an error.
func TestDamaged(t *testing.T) { documents(t).Check(t) }

func TestMembersInAnyOrder(t *testing.T) { documents(t).AnyOrder(t) }

// documents is the command on a description.
func documents(t *testing.T) damagetest.Case {
	t.Helper()
	return damagetest.Case{
		Command: Command, Files: map[string][]byte{"machine.json": sample}, Forms: [][]string{nil, {"--json"}, {"--automated", "--office"}, {"--edition", "2020-04-29"}},
		Args: func(dir string) []string { return []string{filepath.Join(dir, "machine.json")} },
	}
}
