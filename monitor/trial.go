package monitor

import (
	"fmt"
	"iter"
	"maps"
	"net/netip"
	"slices"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules for a login that a setting would have refused. What Trial.Admits refuses breaks the rule of its
// answer, network.client-not-admitted with the rules of package network.
const (
	DeviceTypeBlocked rule.Code = "monitor.device-type-blocked"
	ClientTooOld      rule.Code = "monitor.client-too-old"
)

// The section on device access had become a page of its own in 2025.
const (
	deviceSection = "Control Device Access"
	deviceTitle   = "Control device access for WorkSpaces Personal"
)

var trialRules = []tables.Rule{
	{
		Code:   DeviceTypeBlocked,
		Title:  "A directory blocks the device type of a client.",
		Remedy: "Allow the device type, or give the user another client before it is blocked.",
		Revisions: []rule.Revision{
			tables.Must(directoryPage, deviceSection, firstVersion, autumn2025),
			tables.Must(devicePage, deviceTitle, autumn2025, ""),
		},
	},
	{
		Code:      ClientTooOld,
		Title:     "A client is older than the directory takes.",
		Remedy:    "Update the client.",
		Revisions: []rule.Revision{tables.Must(samlPage, "Requirements (preview)", "2022-09-02", "")},
	},
}

// A DeviceAccess is what a directory does about a device type.
type DeviceAccess string

const (
	AllowDevices DeviceAccess = "ALLOW"
	DenyDevices  DeviceAccess = "DENY"
	// TrustDevices admits devices with a certificate of the directory's roots. The API has no value
	// for it: it follows from the directory's certificates.
	TrustDevices DeviceAccess = "TRUST"
)

// A Trial is a setting of a directory that is tried on logins of the past, before it is set. The
// zero value refuses none.
type Trial struct {
	// Devices are device types that would be blocked or trusted. One that is not there is allowed.
	Devices map[DeviceType]DeviceAccess
	// Minimum is the oldest version of clients by device type, such as that of SAMLClients.
	Minimum map[DeviceType]string
	// Admits tells whether a client of an address may come, and is nil if everybody may. With the
	// rules of package network:
	//
	//	func(client netip.Addr) (rule.Answer, error) {
	//		access, err := rules.IPAccess(groups, client)
	//		return access.Answer, err
	//	}
	Admits func(client netip.Addr) (rule.Answer, error)
}

// A Tried is a login with whether a trial would have refused it.
type Tried struct {
	Login
	rule.Answer // Denied if it would have been refused
}

// WouldRefuse tries a setting on logins, one after the other: each comes out with its answer, and
// each error of logins other than a *FaultError, which Login.Faults repeats, with a zero Tried. A setting
// that is malformed is one error, before any login is read. The memory does not grow with the number of logins.
func (r Rules) WouldRefuse(logins iter.Seq2[Login, error], t Trial) iter.Seq2[Tried, error] {
	return func(yield func(Tried, error) bool) {
		if logins == nil {
			return
		}
		if err := t.check(); err != nil {
			yield(Tried{}, err)
			return
		}
		for l, err := range logins {
			if err != nil && l.ID == "" && l.Faults == nil {
				if !yield(Tried{}, err) {
					return
				}
				continue
			}
			a, err := r.CheckLogin(&l, t)
			if !yield(Tried{l, a}, err) {
				return
			}
		}
	}
}

// check refuses a setting that is malformed, whichever device comes.
func (t Trial) check() error {
	for _, d := range slices.Sorted(maps.Keys(t.Devices)) {
		if a := t.Devices[d]; a != "" && a != AllowDevices && a != DenyDevices && a != TrustDevices {
			return badAccess(a)
		}
	}
	for _, d := range slices.Sorted(maps.Keys(t.Minimum)) {
		if least := t.Minimum[d]; !isVersion(least) {
			return badVersion(least)
		}
	}
	return nil
}

func badAccess(a DeviceAccess) error {
	return &rule.InputError{Path: "Trial.Devices", Value: string(a), Reason: "is not ALLOW, DENY or TRUST"}
}

func badVersion(least string) error {
	return &rule.InputError{Path: "Trial.Minimum", Value: least, Reason: "is no version, which is numbers with dots between them"}
}

// CheckLogin tells whether a setting would have refused a login: the answer is Denied if so. Open are
// what the event does not tell: its client, its version, its address, and whether a device had a
// certificate. Paths are those of the event. The error is for Rules without an edition, a malformed
// setting, whose path begins with Trial, and that of Trial.Admits. Nothing is allocated if the answer
// is Allowed.
func (r Rules) CheckLogin(l *Login, t Trial) (rule.Answer, error) {
	var a rule.Answer
	if err := r.known(); err != nil {
		return a, err
	}
	if l == nil {
		l = new(Login)
	}
	device := l.Device()
	if err := r.s.tryDevice(&a, l, device, t.Devices); err != nil {
		return rule.Answer{}, err
	}
	if err := r.s.tryVersion(&a, l, device, t.Minimum); err != nil {
		return rule.Answer{}, err
	}
	if t.Admits != nil {
		if !l.ClientIP.IsValid() {
			a.NotGiven("detail.clientIpAddress", "the event has no address of the client")
		} else {
			admits, err := t.Admits(l.ClientIP)
			if err != nil {
				return rule.Answer{}, fmt.Errorf("Trial.Admits: %w", err)
			}
			a.Merge("", admits)
		}
	}
	return a.Concluded(), nil
}

// tryDevice tries the setting of device types.
func (s *snapshot) tryDevice(a *rule.Answer, l *Login, device DeviceType, devices map[DeviceType]DeviceAccess) error {
	if len(devices) == 0 {
		return nil
	}
	if device == "" {
		a.NotGiven(productField, tables.Text("no document tells the device type of product %q and platform %q", l.Product, l.Platform))
		return nil
	}
	access := devices[device]
	if _, ok := s.devices[device]; !ok && access == DenyDevices {
		a.NotDocumented(productField, "no document of the edition has a setting "+string(device))
		return nil
	}
	switch access {
	case "", AllowDevices:
	case DenyDevices:
		s.rules.Break(a, DeviceTypeBlocked, productField, "%s would be blocked: %q on %q", device, l.Product, l.Platform)
	case TrustDevices:
		a.NotGiven(productField, "the event does not tell whether the device had a certificate")
	default:
		return badAccess(access)
	}
	return nil
}

// tryVersion tries the oldest version of clients.
func (s *snapshot) tryVersion(a *rule.Answer, l *Login, device DeviceType, minimum map[DeviceType]string) error {
	if len(minimum) == 0 {
		return nil
	}
	if device == "" {
		a.NotGiven(productField, tables.Text("no document tells the device type of product %q and platform %q", l.Product, l.Platform))
		return nil
	}
	least, ok := minimum[device]
	switch {
	case !ok:
	case !isVersion(least):
		return badVersion(least)
	case !isVersion(l.Version):
		a.NotGiven("detail.clientVersion", tables.Text("the event has no version of the client that can be compared with %s: %q", least, l.Version))
	case compareVersions(l.Version, least) < 0:
		s.rules.Break(a, ClientTooOld, "detail.clientVersion", "%s is before %s of %s", l.Version, least, device)
	case device == Linux && least == s.ubuntu.version && compareVersions(l.Version, s.ubuntu.newer) < 0:
		a.NotGiven("detail.clientVersion", tables.Text("the event does not tell the release of Ubuntu: 22.04 needs client %s, and has %s", s.ubuntu.newer, l.Version))
	}
	return nil
}
