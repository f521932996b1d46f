package fleet

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"github.com/wksgo/wks/cmd/wks/internal/damagetest"
	"github.com/wksgo/wks/migrate/runner"
)

// first keeps the first elements of each list of a file, so that the rest is read often.
func first(t *testing.T, data []byte, n int) []byte {
	var file map[string]any
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	for name, v := range file {
		if list, is := v.([]any); is {
			file[name] = list[:min(n, len(list))]
		}
	}
	data, err := json.Marshal(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Whatever is gone, of another type, twice or in one another in an export and in targets, there is a plan or an error.
func TestDamaged(t *testing.T) { documents(t).Check(t) }

func TestMembersInAnyOrder(t *testing.T) { documents(t).AnyOrder(t) }

// documents is the command on an export and targets.
func documents(t *testing.T) damagetest.Case {
	t.Helper()
	files := map[string][]byte{}
	for name, data := range sampleFiles() {
		files[name] = first(t, data, 12)
	}
	return damagetest.Case{
		Command: func() *cobra.Command {
			c := command{
				connect: func(context.Context, string) (runner.API, error) { return nil, errors.New("no AWS here") },
				now:     func() time.Time { return sampleTime },
			}
			return c.cobra()
		},
		Files: files,
		Forms: [][]string{nil, {"--json"}, {"--undocumented", "allow"}, {"--edition", "2020-04-29"}},
		Args:  func(dir string) []string { return []string{"plan", dir} },
	}
}
