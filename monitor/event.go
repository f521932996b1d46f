package monitor

import (
	"net/netip"
	"time"

	"github.com/wksgo/wks/rule"
)

// The fields by which an access event is told from other events.
const (
	Source     = "aws.workspaces"
	DetailType = "WorkSpaces Access"
)

// A Login is one access event: a user has logged in to a WorkSpace. The event names no user; the
// WorkSpace has one, which DescribeWorkspaces tells. A field that the event does not have is
// zero.
type Login struct {
	ID      string    // of the event
	Account string    // 12 digits
	Region  string    // us-east-1
	Sent    time.Time // when the event was sent
	Time    time.Time // when the user logged in; Sent if that cannot be read
	// ClientIP is the public address of the client; that of the authentication client for PCoIP zero
	// clients.
	ClientIP  netip.Addr
	Product   string // of the client, as the event has it
	Platform  string // of the client, as the event has it
	Version   string // of the client, such as 5.7.0.3472
	Directory string // its ID, without domain/
	Workspace string // its ID
	// Faults are what is not as the documents of the edition have it, in the order of Path, and
	// nil if nothing is.
	Faults []Fault
}

// A Fault is a field of an event that is not as the documents have it. It is comparable.
type Fault struct {
	Path   rule.Path `json:"path"`   // detail.workspaceId
	Value  string    `json:"value"`  // as the event has it, cut and made safe to print
	Reason string    `json:"reason"` // what is wrong
}

// A Reading tells what a reader does about faults.
type Reading bool

const (
	// Lenient returns events with their Faults. Fields that the documents do not have are
	// passed over.
	Lenient Reading = false
	// Strict returns a *FaultError beside an event that has faults, and takes a field of detail
	// that the documents do not have for one.
	Strict Reading = true
)

// A FaultError tells that an event is not as the documents have it. It unwraps to one
// *rule.InputError for each fault.
type FaultError struct {
	ID     string // of the event
	Faults []Fault
}

// Error names the first fault, and how many more there are.
func (e *FaultError) Error() string {
	if len(e.Faults) == 0 {
		return "an event has no faults"
	}
	text := "event " + rule.Printable(rule.Shorten(e.ID)) + ": " + e.Faults[0].input().Error()
	if n := len(e.Faults) - 1; n > 0 {
		text += ", and " + plural(n, "more fault", "more faults")
	}
	return text
}

// Unwrap returns the faults.
func (e *FaultError) Unwrap() (list []error) {
	for _, f := range e.Faults {
		list = append(list, f.input())
	}
	return list
}

func (f Fault) input() *rule.InputError {
	return &rule.InputError{Path: f.Path, Value: f.Value, Reason: f.Reason}
}

// Device returns the device type that the API knows a client by, from the name of its product and
// its platform, and "" if the documents of no edition tell it.
func (l *Login) Device() DeviceType {
	device, ok := productDevices[l.Product]
	if ok && device == "" { // the desktop client, which runs on three systems
		return platformDevices[l.Platform]
	}
	return device
}
