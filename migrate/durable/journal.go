package durable

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/dbos-inc/dbos-transact-golang/dbos"

	"github.com/wksgo/wks/migrate/runner"
)

// step is the name of the engine's steps: each is a line of a journal, or takenUp.
const step = "record"

// takenUp is the step by which an execution shows that it has read all lines before it.
const takenUp = "taken up"

// A file is the journal of runner, whose lines are steps of a workflow. Reading gives the lines that are
// there; writing adds a step.
type file struct {
	ctx   dbos.Context
	lines bytes.Buffer
	bytes.Reader
}

// open reads the lines of an earlier generation, and those of this one that the engine has. The last step
// that it reads is one that it adds; then the workflow is known to be this execution's.
func open(ctx dbos.Context, earlier []byte) (*file, error) {
	f := &file{ctx: ctx}
	f.lines.Write(earlier)
	for {
		text, added, err := f.step(takenUp)
		if err != nil {
			return nil, err
		}
		if added {
			break
		}
		if text != takenUp {
			f.lines.WriteString(text)
		}
	}
	f.Reset(f.lines.Bytes())
	return f, nil
}

// A storeError is an error of the store, and not of what is in it.
type storeError struct{ error }

func (e *storeError) Unwrap() error { return e.error }

// step returns what the engine has as the next step, or adds it with a text. The error is a *storeError.
func (f *file) step(text string) (has string, added bool, err error) {
	has, err = dbos.RunAsStep(f.ctx, func(context.Context) (string, error) {
		added = true
		return text, nil
	}, dbos.WithStepName(step))
	if err != nil {
		return "", false, &storeError{err}
	}
	return has, added, nil
}

// Write adds a line. When it returns, the engine has stored it.
func (f *file) Write(line []byte) (int, error) {
	has, added, err := f.step(string(line))
	if err != nil {
		return 0, err
	}
	if !added {
		return 0, fmt.Errorf("durable: the workflow has a step that was not read: %.80q", has)
	}
	return len(line), nil
}

// Sync does nothing: Write is durable.
func (f *file) Sync() error { return nil }

// Truncate is for records that a write has cut short, and the engine has none.
func (f *file) Truncate(int64) error {
	return errors.New("durable: a record of the store is cut short")
}

// A stored journal can be read, and nothing else.
type stored struct{ bytes.Reader }

var errReadOnly = errors.New("durable: the journal is only read")

func (s *stored) Write([]byte) (int, error) { return 0, errReadOnly }
func (s *stored) Truncate(int64) error      { return errReadOnly }
func (s *stored) Sync() error               { return nil }

// read returns a journal of lines, and their records.
func read(lines []byte) (*runner.Journal, []runner.Record, error) {
	s := &stored{}
	s.Reset(lines)
	j, err := runner.NewJournal(s)
	if err != nil {
		return nil, nil, err
	}
	var records []runner.Record
	d := json.NewDecoder(bytes.NewReader(lines))
	for {
		var r runner.Record
		if err := d.Decode(&r); err == io.EOF {
			return j, records, nil
		} else if err != nil {
			return nil, nil, err // NewJournal has read it
		}
		records = append(records, r)
	}
}
