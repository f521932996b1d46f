package runner

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

// An entry is what the records of a WorkSpace amount to.
type entry struct {
	migration migrate.Migration
	others    []string
	last      Kind // of the request, its answer or its end
	targetID  string
	status    migrate.Status
	detail    string
}

// A File is what a Journal is kept in; an *os.File is one.
type File interface {
	io.ReadWriteSeeker
	Truncate(size int64) error
	Sync() error
}

// A Journal is an append-only list of records, one JSON object on each line, each of which
// is on disk before what it announces is done. It belongs to the account, the Region, the
// directories and the plan of its first run. It is not safe for concurrent use.
type Journal struct {
	name    string
	file    File
	close   func() error
	busy    atomic.Bool
	scope   *Scope // nil before the first record
	records int
	entries map[string]*entry
	order   []string // of the first requests
	mended  *JournalError
	err     error // of a write; nothing is written after it
}

// OpenJournal opens the journal in a file, or creates it, readable and writable by its owner
// alone where the system knows owners. While it is open no other process can open it: the
// file is locked, with flock on Unix and LockFileEx on Windows, and the lock goes with the
// process. On other systems (AIX, Solaris, Plan 9, js, wasip1), and on file systems without
// locks, the lock is a file beside it, with ".lock" at the end of its name, which a process
// that is killed leaves behind: it is to be removed by hand when no run is left.
//
// The error is a *JournalError.
func OpenJournal(name string) (*Journal, error) { return here.open(name) }

// A system is what OpenJournal needs of one beside its files.
type system struct {
	lock    func(*os.File) error
	syncDir func(name string) error
}

var here = system{lock, syncDir}

func (s system) open(name string) (*Journal, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, &JournalError{Name: name, Trouble: troubleOf(err), Err: err}
	}
	unlock, err := s.lockFile(f, name)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	j, err := s.openLocked(f, name)
	if err != nil {
		return nil, errors.Join(err, unlock(), f.Close())
	}
	j.close = func() error { return errors.Join(unlock(), f.Close()) }
	return j, nil
}

func (s system) openLocked(f *os.File, name string) (*Journal, error) {
	if now, err := os.Stat(name); err != nil {
		return nil, &JournalError{Name: name, Trouble: Unwritable, Err: err}
	} else if was, err := f.Stat(); err != nil || !os.SameFile(was, now) {
		return nil, &JournalError{Name: name, Trouble: Locked, Detail: "another file has taken its name", Err: err}
	}
	if err := keepPrivate(f); err != nil {
		return nil, &JournalError{Name: name, Trouble: Unwritable, Detail: "others can read it", Err: err}
	}
	if err := s.syncDir(filepath.Dir(name)); err != nil {
		return nil, &JournalError{Name: name, Trouble: troubleOf(err), Err: err}
	}
	j, err := NewJournal(f)
	if err != nil {
		return nil, named(err, name)
	}
	j.name = name
	if j.mended != nil {
		j.mended.Name = name
	}
	return j, nil
}

// NewJournal reads the journal in a file, which the caller keeps from other runs. The record
// at the end that a write which was cut short leaves, or zeros as a power cut can leave them,
// are removed, since what it announced was not done; a whole one without the end of its line
// is kept. Mended tells of both. A file of another kind is refused at its first line.
//
// The error is a *JournalError, or a *rule.InputError without a file. It tells the line that
// cannot be read, or that cannot follow those before it, and then the file is as it was.
func NewJournal(f File) (*Journal, error) {
	if isNil(f) {
		return nil, &rule.InputError{Path: "File", Reason: "is needed"}
	}
	j := &Journal{file: f, entries: map[string]*entry{}}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, &JournalError{Trouble: Unreadable, Err: err}
	}
	end, tail, err := j.read(f)
	if err != nil {
		return nil, err
	}
	if len(tail) > 0 {
		if end, err = j.mend(end, tail); err != nil {
			return nil, err
		}
	}
	if _, err := f.Seek(end, io.SeekStart); err != nil {
		return nil, &JournalError{Trouble: Unreadable, Err: err}
	}
	return j, nil
}

// read takes the records of all lines that have an end, and returns where the last of them
// ends and what comes after it.
func (j *Journal) read(f io.Reader) (end int64, tail []byte, err error) {
	b := bufio.NewReader(f)
	var line []byte
	for {
		some, err := b.ReadSlice('\n')
		line = append(line, some...)
		switch {
		case len(line) > longestRecord:
			return 0, nil, &JournalError{Line: j.records + 1, Trouble: Altered, Detail: "the line is longer than any record"}
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF:
			return end, line, nil
		case err != nil:
			return 0, nil, &JournalError{Line: j.records + 1, Trouble: Unreadable, Err: err}
		}
		if err := j.take(line[:len(line)-1]); err != nil {
			return 0, nil, err
		}
		end += int64(len(line))
		line = line[:0]
	}
}

// take takes the record of the next line.
func (j *Journal) take(line []byte) error {
	r, trouble := decode(line)
	if trouble == nil {
		trouble = j.allows(&r)
	}
	if trouble != nil {
		trouble.Line = j.records + 1
		return trouble
	}
	j.apply(&r)
	return nil
}

// mend sees to what comes after the last end of a line, and returns where the next record
// begins.
func (j *Journal) mend(end int64, tail []byte) (int64, error) {
	body := bytes.TrimRight(tail, "\x00")
	size, line := end, []byte(nil)
	n := j.records + 1
	if intact(body) {
		if err := j.take(body); err != nil {
			return 0, err
		}
		size, line = end+int64(len(body)), []byte("\n")
		j.mended = &JournalError{Line: n, Trouble: Unended, Detail: "the line has its end now"}
	} else if len(body) == 0 || isTorn(body, n) {
		j.mended = &JournalError{Line: n, Trouble: Torn, Detail: fmt.Sprintf("%d bytes are removed", len(tail))}
	} else {
		_, trouble := decode(body)
		trouble.Line = n
		return 0, trouble
	}
	if err := j.cut(size, line); err != nil {
		return 0, &JournalError{Line: n, Trouble: troubleOf(err), Err: err}
	}
	return size + int64(len(line)), nil
}

// cut leaves so many bytes of the file and puts a line behind them.
func (j *Journal) cut(size int64, line []byte) error {
	if err := j.file.Truncate(size); err != nil {
		return err
	}
	if _, err := j.file.Seek(size, io.SeekStart); err != nil {
		return err
	}
	if len(line) > 0 {
		if err := write(j.file, line); err != nil {
			return err
		}
	}
	return j.file.Sync()
}

func write(w io.Writer, line []byte) error {
	n, err := w.Write(line)
	if err == nil && n < len(line) {
		err = io.ErrShortWrite
	}
	return err
}

// Mended returns what was mended when the journal was read, Torn or Unended, or nil.
func (j *Journal) Mended() *JournalError {
	if j == nil || j.mended == nil {
		return nil
	}
	e := *j.mended
	return &e
}

// Close closes a journal that OpenJournal opened, once.
func (j *Journal) Close() error {
	if j == nil || j.close == nil {
		return nil
	}
	f := j.close
	j.close = nil
	return f()
}

// allows tells why a record cannot be the next one, or nil.
func (j *Journal) allows(r *Record) *JournalError {
	switch next := j.records + 1; {
	case r.Number < 1:
		return &JournalError{Trouble: Disordered, Detail: fmt.Sprintf("it is record %d, and the first is 1", r.Number)}
	case r.Number < next:
		return &JournalError{Trouble: Repeated, Detail: fmt.Sprintf("record %d is there twice", r.Number)}
	case r.Number > next:
		return &JournalError{Trouble: Missing, Detail: fmt.Sprintf("record %d is not there", next)}
	}
	e := j.entries[r.WorkspaceID]
	var last Kind
	if e != nil {
		last = e.last
	}
	asked := last == Requested || last == Unknown || last == Accepted
	may := false
	switch r.Kind {
	case Opened:
		may = j.records == 0 && r.Scope.valid()
	case Replanned:
		may = j.records > 0 && r.Scope.valid()
	case Requested:
		may = e.open() && r.Migration != nil && r.Migration.WorkspaceID == r.WorkspaceID && r.Migration.BundleID != "" && r.WorkspaceID != ""
	case Accepted:
		may = last == Requested && r.TargetID != ""
	case Refused, Throttled, Unknown, NotSent:
		may = last == Requested
	case Found:
		may = asked && r.TargetID != ""
	case Ended:
		may = asked && r.Status != ""
	}
	if !may || j.records == 0 && r.Kind != Opened {
		return &JournalError{Trouble: Disordered, Detail: fmt.Sprintf("a record %q for %q cannot follow %q", rule.Shorten(string(r.Kind)), rule.Shorten(r.WorkspaceID), last)}
	}
	return nil
}

// apply takes a record that is allowed.
func (j *Journal) apply(r *Record) {
	j.records++
	if r.Scope != nil && (r.Kind == Opened || r.Kind == Replanned) {
		j.scope = r.Scope
		return
	}
	e := j.entries[r.WorkspaceID]
	if e == nil {
		e = &entry{}
		j.entries[r.WorkspaceID] = e
		j.order = append(j.order, r.WorkspaceID)
	}
	e.last = r.Kind
	switch r.Kind {
	case Requested:
		e.migration, e.others = *r.Migration, r.Others
	case Accepted, Found:
		e.targetID, e.last = r.TargetID, Accepted
	case Ended:
		e.status = r.Status
	}
	e.detail = r.Detail
}

// append writes a record and waits until it is on disk; only then the entries have it. After
// an error nothing is known of the file's end, and every later append fails too.
func (j *Journal) append(r Record) error {
	if j.err != nil {
		return j.err
	}
	r.Number, r.Version = j.records+1, journalVersion
	line, err := encode(r)
	if err != nil {
		return err
	}
	if trouble := j.allows(&r); trouble != nil {
		trouble.Name = j.name
		return trouble
	}
	if err = write(j.file, line); err == nil {
		err = j.file.Sync()
	}
	if err != nil {
		j.err = &JournalError{Name: j.name, Line: r.Number, Trouble: troubleOf(err), Err: err}
		return j.err
	}
	j.apply(&r)
	return nil
}

// attempt returns what an entry follows.
func (e *entry) attempt() migrate.Attempt {
	return migrate.Attempt{Migration: e.migration, TargetID: e.targetID}
}

// inFlight tells whether a request may have been accepted and has not ended.
func (e *entry) inFlight() bool {
	return e.last == Requested || e.last == Unknown || e.last == Accepted
}

// open tells whether a request may be made: there was none, or none that was accepted.
func (e *entry) open() bool { return e == nil || e.last == Throttled || e.last == NotSent }
