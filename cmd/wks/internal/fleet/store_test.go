package fleet

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
)

// answer runs a command to which somebody answers.
func (c *command) answer(t *testing.T, answers string, args ...string) (status int, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	status = cli.Run(c.cobra(), args, strings.NewReader(answers), &out, &errs)
	return status, errs.String()
}

// stopping cancels a run when it has printed a text so many times.
type stopping struct {
	bytes.Buffer
	at    string
	times int
	stop  context.CancelFunc
}

func (s *stopping) Write(p []byte) (int, error) {
	n, err := s.Buffer.Write(p)
	if strings.Count(s.String(), s.at) >= s.times {
		s.stop()
	}
	return n, err
}
