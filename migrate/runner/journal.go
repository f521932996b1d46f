package runner

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/wksgo/wks/migrate"
)

// journalVersion is that of the records. A journal of another version is refused.
const journalVersion = 1

// A Kind is what a Record tells.
type Kind string

const (
	Requested Kind = "requested" // a request is about to be made
	Accepted  Kind = "accepted"  // the answer has a target ID
	Refused   Kind = "refused"   // the service has refused the request
	Throttled Kind = "throttled" // the request was not accepted, and may be made again
	Unknown   Kind = "unknown"   // there is no answer, or none that can be believed
	Found     Kind = "found"     // a look has found the target, or that the answer named another's
	Ended     Kind = "ended"     // there is no more to see
)

// A Record is a line of a Journal.
type Record struct {
	Version     int       `json:"v"`
	Time        time.Time `json:"time"` // for people: nothing is computed from it
	Kind        Kind      `json:"kind"`
	WorkspaceID string    `json:"workspaceId"`

	// Of a request: all that a run without the plan needs to follow it.
	Migration *migrate.Migration `json:"migration,omitempty"`
	Others    []string           `json:"others,omitempty"` // WorkSpaces that the user had before

	TargetID string         `json:"targetId,omitempty"` // of Accepted and Found
	Status   migrate.Status `json:"status,omitempty"`   // of Ended
	Detail   string         `json:"detail,omitempty"`
}

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
// is on disk before what it announces is done. It is not safe for concurrent use.
type Journal struct {
	file    File
	close   func() error
	entries map[string]*entry
	order   []string // of the first requests
	err     error    // of a write; nothing is written after it
}

// OpenJournal opens the journal in a file, or creates it. While it is open no other
// process can open it, on systems that have flock.
func OpenJournal(name string) (*Journal, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	j, err := openJournal(f, name)
	if err != nil {
		f.Close()
		return nil, err
	}
	return j, nil
}

func openJournal(f *os.File, name string) (*Journal, error) {
	if err := lock(f); err != nil {
		return nil, fmt.Errorf("%s: another run has it: %w", name, err)
	}
	if err := syncDir(filepath.Dir(name)); err != nil {
		return nil, err
	}
	j, err := NewJournal(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	j.close = f.Close
	return j, nil
}

// NewJournal reads the journal in a file. A last line without its end is what a write that
// was cut short leaves; what it announced was not done, and it is removed. The error tells
// the line that cannot be read, or that cannot follow those before it, and then the file is
// as it was.
func NewJournal(f File) (*Journal, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	text, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	j := &Journal{file: f, entries: map[string]*entry{}}
	whole := bytes.LastIndexByte(text, '\n') + 1
	for n, line := range bytes.SplitAfter(text[:whole], []byte("\n")) {
		if len(line) == 0 {
			break
		}
		r, err := parseRecord(line)
		if err == nil {
			err = j.apply(r)
		}
		if err != nil {
			return nil, fmt.Errorf("runner: journal, line %d: %w", n+1, err)
		}
	}
	if whole < len(text) {
		if err := f.Truncate(int64(whole)); err != nil {
			return nil, err
		}
		if err := f.Sync(); err != nil {
			return nil, err
		}
	}
	_, err = f.Seek(int64(whole), io.SeekStart)
	return j, err
}

// Close closes a journal that OpenJournal opened.
func (j *Journal) Close() error {
	if j.close == nil {
		return nil
	}
	return j.close()
}

func parseRecord(line []byte) (Record, error) {
	var r Record
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		return r, err
	}
	if rest := bytes.TrimSpace(line[d.InputOffset():]); len(rest) > 0 {
		return r, fmt.Errorf("%q after the record", rest)
	}
	if r.Version != journalVersion {
		return r, fmt.Errorf("version %d, want %d", r.Version, journalVersion)
	}
	return r, nil
}

// apply takes a record into the entries, if it can follow what they hold.
func (j *Journal) apply(r Record) error {
	e := j.entries[r.WorkspaceID]
	var last Kind
	if e != nil {
		last = e.last
	}
	may := false
	switch r.Kind {
	case Requested:
		may = (last == "" || last == Throttled) && r.Migration != nil && r.Migration.WorkspaceID == r.WorkspaceID && r.Migration.BundleID != "" && r.WorkspaceID != ""
	case Accepted:
		may = last == Requested && r.TargetID != ""
	case Refused, Throttled, Unknown:
		may = last == Requested
	case Found:
		may = (last == Requested || last == Unknown || last == Accepted) && r.TargetID != ""
	case Ended:
		may = (last == Requested || last == Unknown || last == Accepted) && r.Status != ""
	}
	if !may {
		return fmt.Errorf("a record %q for %q cannot follow %q", r.Kind, r.WorkspaceID, last)
	}
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
	return nil
}

// append writes a record and waits until it is on disk. After an error nothing is known of
// the file's end, and every later append fails too.
func (j *Journal) append(r Record) error {
	if j.err != nil {
		return j.err
	}
	r.Version = journalVersion
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if err := j.apply(r); err != nil {
		return fmt.Errorf("runner: %w", err)
	}
	_, err = j.file.Write(append(line, '\n'))
	if err == nil {
		err = j.file.Sync()
	}
	if err != nil {
		j.err = errors.Join(errors.New("runner: the journal cannot be written"), err)
	}
	return j.err
}

// attempt returns what an entry follows.
func (e *entry) attempt() migrate.Attempt {
	return migrate.Attempt{Migration: e.migration, TargetID: e.targetID}
}

// inFlight tells whether a request may have been accepted and has not ended.
func (e *entry) inFlight() bool {
	return e.last == Requested || e.last == Unknown || e.last == Accepted
}
