package monitor

import (
	"net/netip"
	"strings"
	"time"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/jsonstream"
	"github.com/wksgo/wks/rule"
)

// An event is an object that may be an access event, while it is read.
type event struct {
	Login
	source, kind, action string
	sent, time, ip       string // as the event has them
	hasDetail            bool
	prefixed             bool // its directory ID has domain/ before it
	seen                 uint32
	odd                  []Fault // fields that are no texts, or unknown
}

// The fields of an event, as bits of event.seen.
const (
	seenID = 1 << iota
	seenAccount
	seenTime
	seenRegion
	seenIP
	seenAction
	seenProduct
	seenLoginTime
	seenPlatform
	seenDirectory
	seenVersion
	seenWorkspace
)

// object reads an object, and hands it out if it is an access event.
func (e *Events) object(in *jsonstream.Reader, texts int) error {
	var ev event
	err := in.Object(func(name []byte) error {
		var to *string
		var bit uint32
		switch string(name) {
		case "id":
			return e.unique(in, texts, &ev)
		case "detail-type":
			to = &ev.kind
		case "source":
			to = &ev.source
		case "account":
			to, bit = &ev.Account, seenAccount
		case "time":
			return e.moment(in, texts, &ev, &ev.sent, &ev.Sent, "time", seenTime)
		case "region":
			to, bit = &ev.Region, seenRegion
		case "detail":
			if c, _ := in.Peek(); c == '{' {
				ev.hasDetail = true
				return in.Object(func(name []byte) error { return e.detail(in, texts, &ev, name) })
			}
			return e.value(in, texts)
		default:
			return e.value(in, texts)
		}
		return e.field(in, texts, &ev, to, name, bit)
	})
	if err != nil {
		return err
	}
	if ev.kind != DetailType || ev.source != Source {
		if ev.kind != "" && ev.source != "" && ev.hasDetail {
			e.others++
		}
		return nil
	}
	return e.hand(&ev)
}

// detail reads a member of the object detail.
func (e *Events) detail(in *jsonstream.Reader, texts int, ev *event, name []byte) error {
	var to *string
	var bit uint32
	switch string(name) {
	case "clientIpAddress":
		return e.address(in, texts, ev)
	case "actionType":
		to, bit = &ev.action, seenAction
	case "workspacesClientProductName":
		to, bit = &ev.Product, seenProduct
	case "loginTime":
		return e.moment(in, texts, ev, &ev.time, &ev.Time, "detail.loginTime", seenLoginTime)
	case "clientPlatform":
		to, bit = &ev.Platform, seenPlatform
	case "directoryId":
		to, bit = &ev.Directory, seenDirectory
	case "clientVersion":
		to, bit = &ev.Version, seenVersion
	case "workspaceId":
		to, bit = &ev.Workspace, seenWorkspace
	default:
		if e.how == Strict {
			ev.fault("detail", string(name), "is no field that the documents have")
		}
		return e.value(in, texts)
	}
	return e.field(in, texts, ev, to, name, bit)
}

// field reads a text. Another value is a fault, and may hold events.
func (e *Events) field(in *jsonstream.Reader, texts int, ev *event, to *string, name []byte, bit uint32) error {
	ev.seen |= bit
	text, ok := textOf(in)
	if !ok {
		*to = ""
		path := rule.Path(name)
		if bit >= seenIP {
			path = "detail." + path
		}
		return e.noText(in, texts, ev, path)
	}
	*to = e.known.of(text)
	return nil
}

// textOf reads a text, and nothing of another value. A reader that has failed has none: it gives its error to whoever
// reads on.
func textOf(in *jsonstream.Reader) (text []byte, ok bool) {
	if c, _ := in.Peek(); c != '"' {
		return nil, false
	}
	text, err := in.Text()
	return text, err == nil
}

func (e *Events) noText(in *jsonstream.Reader, texts int, ev *event, path rule.Path) error {
	ev.fault(path, "", "is no text")
	return e.value(in, texts)
}

// unique reads the ID of an event, which no other event has.
func (e *Events) unique(in *jsonstream.Reader, texts int, ev *event) error {
	ev.seen |= seenID
	text, ok := textOf(in)
	if ev.ID = string(text); !ok {
		return e.noText(in, texts, ev, "id")
	}
	return nil
}

// moment reads a time.
func (e *Events) moment(in *jsonstream.Reader, texts int, ev *event, as *string, to *time.Time, path rule.Path, bit uint32) error {
	ev.seen |= bit
	*as, *to = "", time.Time{}
	text, ok := textOf(in)
	if !ok {
		return e.noText(in, texts, ev, path)
	}
	if err := to.UnmarshalText(text); err != nil || to.IsZero() {
		*as, *to = string(text), time.Time{}
	}
	return nil
}

// address reads the address of a client.
func (e *Events) address(in *jsonstream.Reader, texts int, ev *event) error {
	ev.seen |= seenIP
	ev.ip, ev.ClientIP = "", netip.Addr{}
	text, ok := textOf(in)
	if !ok {
		return e.noText(in, texts, ev, "detail.clientIpAddress")
	}
	var err error
	if ev.ClientIP, err = e.addresses.of(text); err != nil {
		ev.ip = string(text)
	}
	return nil
}

func (ev *event) fault(path rule.Path, value, reason string) {
	ev.odd = append(ev.odd, Fault{path, rule.Printable(rule.Shorten(value)), reason})
}

// hand finishes an access event and hands it out.
func (e *Events) hand(ev *event) error {
	ev.Directory, ev.prefixed = strings.CutPrefix(ev.Directory, domainPrefix)
	e.s.judge(ev)
	l := ev.Login
	l.Faults = ev.odd
	if l.Time.IsZero() {
		l.Time = l.Sent
	}
	var err error
	if e.how == Strict && l.Faults != nil {
		err = &FaultError{ID: rule.Printable(rule.Shorten(l.ID)), Faults: l.Faults}
	}
	if !e.yield(l, err) {
		return errStop
	}
	return nil
}

const domainPrefix = "domain/"

// Why an ID is none that an event can have.
const (
	noDirectory = "is no directory ID as the API has it, d- and 8 to 63 hexadecimal digits"
	noWorkspace = "is no WorkSpace ID as the API has it, ws- and 8 to 63 letters or digits"
)

// judge notes what is not as the documents of the edition have it.
func (s *snapshot) judge(ev *event) {
	if len(s.fields) == 0 {
		ev.fault("", "", "no document of the edition describes access events")
		return
	}
	text := func(bit uint32, path rule.Path, value string, ok bool, reason string) {
		switch {
		case ev.seen&bit == 0:
			if _, documented := s.fields[string(path)]; documented {
				ev.fault(path, "", "is not there")
			}
		case !ok && !ev.isOdd(path):
			ev.fault(path, value, reason)
		}
	}
	text(seenID, "id", ev.ID, ev.ID != "", "is empty")
	text(seenAccount, "account", ev.Account, isAccount(ev.Account), "is no account, which has 12 digits")
	text(seenTime, "time", ev.sent, !ev.Sent.IsZero(), "is no time as RFC 3339 writes it")
	text(seenRegion, "region", ev.Region, facts.IsRegion(ev.Region), "is not the code of a Region")
	text(seenIP, "detail.clientIpAddress", ev.ip, ev.ClientIP.IsValid(), "is not an address")
	text(seenAction, "detail.actionType", ev.action, s.has("detail.actionType", ev.action), "is not successfulLogin")
	text(seenProduct, productField, ev.Product, s.has(productField, ev.Product), "is no product that the documents of the edition name")
	text(seenLoginTime, "detail.loginTime", ev.time, !ev.Time.IsZero(), "is no time as RFC 3339 writes it")
	text(seenPlatform, platformField, ev.Platform, s.has(platformField, ev.Platform), "is no platform that the documents of the edition name")
	text(seenDirectory, "detail.directoryId", ev.Directory, isDirectory(ev.Directory), noDirectory)
	if ev.Directory != "" && ev.prefixed == s.bare {
		reason := "does not begin with domain/"
		if s.bare {
			reason = "begins with domain/, which no document of the edition has"
		}
		ev.fault("detail.directoryId", ev.Directory, reason)
	}
	text(seenVersion, "detail.clientVersion", ev.Version, isVersion(ev.Version), "is no version, which is numbers with dots between them")
	if _, documented := s.fields["detail.clientVersion"]; !documented && ev.seen&seenVersion != 0 {
		ev.fault("detail.clientVersion", ev.Version, "is no field that the documents of the edition have")
	}
	text(seenWorkspace, "detail.workspaceId", ev.Workspace, isWorkspace(ev.Workspace), noWorkspace)
}

func (ev *event) isOdd(path rule.Path) bool {
	for _, f := range ev.odd {
		if f.Path == path {
			return true
		}
	}
	return false
}

// has reports whether the documents of the edition name a value of a field.
func (s *snapshot) has(field, value string) bool {
	_, ok := s.values[valueKey{field, value}]
	return ok
}

func isAccount(s string) bool { return len(s) == 12 && every(s, isDigit) }

// The forms of IDs are those of the API's model: ws-[0-9a-z]{8,63}, d-[0-9a-f]{8,63} and
// wsd-[0-9a-z]{8,63}.
func isWorkspace(s string) bool { return isID(s, "ws-", isLower) }

func isDirectory(s string) bool { return isID(s, "d-", isHex) || isID(s, "wsd-", isLower) }

func isID(s, prefix string, is func(byte) bool) bool {
	rest, ok := strings.CutPrefix(s, prefix)
	return ok && len(rest) >= 8 && len(rest) <= 63 && every(rest, is)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isHex(c byte) bool   { return isDigit(c) || c >= 'a' && c <= 'f' }
func isLower(c byte) bool { return isDigit(c) || c >= 'a' && c <= 'z' }

func every(s string, is func(byte) bool) bool {
	for i := range len(s) {
		if !is(s[i]) {
			return false
		}
	}
	return true
}
