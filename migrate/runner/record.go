package runner

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"strconv"
	"time"

	"github.com/wksgo/wks/migrate"
)

// journalVersion is that of the records. A journal of another version is refused.
const journalVersion = 2

// longestRecord is the most bytes that a line of a journal has.
const longestRecord = 1 << 20

// A Kind is what a Record tells.
type Kind string

const (
	Opened    Kind = "opened"    // the first record: what the journal belongs to
	Replanned Kind = "replanned" // the journal goes on with another plan
	Requested Kind = "requested" // a request is about to be made
	NotSent   Kind = "not-sent"  // the request was not made, as far as an hour has shown, and may be made again
	Accepted  Kind = "accepted"  // the answer has a target ID
	Refused   Kind = "refused"   // the service has refused the request
	Throttled Kind = "throttled" // the request was not accepted, and may be made again
	Unknown   Kind = "unknown"   // there is no answer, or none that can be believed
	Found     Kind = "found"     // a look has found the target, or that the answer named another's
	Ended     Kind = "ended"     // there is no more to see
)

// A Record is a line of a Journal. The line has one field more, "sum": the CRC-32C
// (Castagnoli) of what stands before it, in hexadecimal.
type Record struct {
	Number      int       `json:"n"` // of the line, from 1
	Version     int       `json:"v"`
	Time        time.Time `json:"time"` // for people: nothing is computed from it
	Kind        Kind      `json:"kind"`
	WorkspaceID string    `json:"workspaceId,omitempty"`

	Scope *Scope `json:"scope,omitempty"` // of Opened and Replanned

	// Of a request: all that a run without the plan needs to follow it. With
	// Options.OmitUserNames the user's name is not in it.
	Migration *migrate.Migration `json:"migration,omitempty"`
	Others    []string           `json:"others,omitempty"` // WorkSpaces that the user had before

	TargetID string         `json:"targetId,omitempty"` // of Accepted and Found
	Status   migrate.Status `json:"status,omitempty"`   // of Ended
	Detail   string         `json:"detail,omitempty"`
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

const (
	opening   = `{"n":`
	beforeSum = `,"sum":"`
	afterSum  = `"}`
	sumLength = len(beforeSum) + 8 + len(afterSum)
)

// encode returns the line of a record, with its end.
func encode(r Record) ([]byte, error) {
	b, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	b = b[:len(b)-1]
	b = fmt.Appendf(b, "%s%08x%s\n", beforeSum, crc32.Checksum(b, castagnoli), afterSum)
	if len(b) > longestRecord {
		return nil, fmt.Errorf("runner: the record of %s has %d bytes, and %d at most can be read again", r.WorkspaceID, len(b), longestRecord)
	}
	return b, nil
}

// decode reads a line without its end.
func decode(line []byte) (Record, *JournalError) {
	var r Record
	if !intact(line) {
		var other struct {
			Version int `json:"v"`
		}
		if !bytes.Contains(line, []byte(beforeSum)) && json.Unmarshal(line, &other) == nil && other.Version != journalVersion {
			return r, &JournalError{Trouble: OtherVersion, Detail: fmt.Sprintf("version %d, want %d", other.Version, journalVersion)}
		}
		return r, &JournalError{Trouble: Altered, Detail: "the record is not what its checksum was made of"}
	}
	body := append(bytes.Clone(line[:len(line)-sumLength]), '}')
	var version struct {
		Version int `json:"v"`
	}
	if err := json.Unmarshal(body, &version); err != nil {
		return r, &JournalError{Trouble: Altered, Err: err}
	}
	if version.Version != journalVersion {
		return r, &JournalError{Trouble: OtherVersion, Detail: fmt.Sprintf("version %d, want %d", version.Version, journalVersion)}
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		return r, &JournalError{Trouble: Altered, Err: err}
	}
	return r, nil
}

// intact tells whether a line ends with the checksum of what stands before.
func intact(line []byte) bool {
	at := len(line) - sumLength
	if at < 0 {
		return false
	}
	sum := crc32.Checksum(line[:at], castagnoli)
	return string(line[at:]) == fmt.Sprintf("%s%08x%s", beforeSum, sum, afterSum)
}

// isTorn tells whether a line without its end is what a write that was cut short leaves of
// the n-th record. A whole record with something behind it is not: there the end was altered.
func isTorn(line []byte, n int) bool {
	head := opening + strconv.Itoa(n) + ","
	if m := min(len(line), len(head)); string(line[:m]) != head[:m] {
		return false
	}
	var rest json.RawMessage
	err := json.NewDecoder(bytes.NewReader(line)).Decode(&rest)
	return err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF)
}
