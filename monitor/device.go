package monitor

import (
	"strings"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A DeviceType is a type of clients, by the name of its member of WorkspaceAccessProperties.
type DeviceType string

const (
	Windows    DeviceType = "DeviceTypeWindows"
	OSX        DeviceType = "DeviceTypeOsx"
	Linux      DeviceType = "DeviceTypeLinux"
	Web        DeviceType = "DeviceTypeWeb"
	IOS        DeviceType = "DeviceTypeIos"
	Android    DeviceType = "DeviceTypeAndroid"
	ChromeOS   DeviceType = "DeviceTypeChromeOs"
	ZeroClient DeviceType = "DeviceTypeZeroClient"
	ThinClient DeviceType = "DeviceTypeWorkSpacesThinClient"
)

// consoleNames are the types that the guide names, in its words.
var consoleNames = map[DeviceType]string{
	Web: "Web Access", IOS: "iOS devices", Android: "Android devices", ChromeOS: "Chromebooks", ZeroClient: "PCoIP zero client devices", Linux: "Linux clients",
}

// A deviceRow says that the API has a member for a device type.
type deviceRow struct {
	tables.Dated
	device DeviceType
}

// deviceTable has the types that the console can block, as the guide named them until 2025, and those that the
// model of the API names, under its names. Parameters of the guide are in its words.
var deviceTable = tables.Table[deviceRow]{
	Name: "device types",
	Key:  func(r deviceRow) string { return string(r.device) },
	Lists: func(r deviceRow) []rule.Parameter {
		name, value := "device type", string(r.device)
		if r.Cite.Document == directoryPage {
			name, value = "device type of the console", consoleNames[r.device]
		}
		return []rule.Parameter{{Rules: []rule.Code{DeviceTypeBlocked}, Name: name, Value: value}}
	},
	Rows: []deviceRow{
		{tables.Since(directoryPage, deviceSection, firstVersion, autumn2025), Web},
		{tables.Since(directoryPage, deviceSection, firstVersion, autumn2025), IOS},
		{tables.Since(directoryPage, deviceSection, firstVersion, autumn2025), Android},
		{tables.Since(directoryPage, deviceSection, firstVersion, autumn2025), ChromeOS},
		{tables.Since(directoryPage, deviceSection, firstVersion, autumn2025), ZeroClient},
		{tables.Since(model, "WorkspaceAccessProperties", "2019-11-15", ""), Windows},
		{tables.Since(model, "WorkspaceAccessProperties", "2019-11-15", ""), OSX},
		{tables.Since(directoryPage, deviceSection, "2019-11-26", autumn2025), Linux},
		{tables.Since(model, "WorkspaceAccessProperties", "2025-03-05", ""), ThinClient},
		named("2019-11-15", Web),
		named("2019-11-15", IOS),
		named("2019-11-15", Android),
		named("2019-11-15", ChromeOS),
		named("2019-11-15", ZeroClient),
		named("2021-05-25", Linux),
	},
}

// named is a type that the page on device access names no more, since it is a page of its own. The model does.
func named(since string, d DeviceType) deviceRow {
	return deviceRow{tables.Dated{Span: tables.During(autumn2025, ""), Cite: tables.Cite(model, "WorkspaceAccessProperties", since)}, d}
}

// A samlRow is the oldest version of a client that can connect to a directory with SAML 2.0.
type samlRow struct {
	tables.Dated
	device  DeviceType
	version string
	newer   string // on Ubuntu 22.04, for Linux; version is that on Ubuntu 20.04 then
}

// samlTable is by client. For Linux the page has two versions, by the release of Ubuntu, which no
// event tells: the lower one refuses for certain, and from it on it is open up to the other one.
var samlTable = tables.Table[samlRow]{
	Name: "clients for SAML 2.0",
	Key:  func(r samlRow) string { return string(r.device) },
	Lists: func(r samlRow) []rule.Parameter {
		value := r.version
		if r.newer != "" {
			value += " on Ubuntu 20.04, " + r.newer + " on Ubuntu 22.04"
		}
		return []rule.Parameter{{Rules: []rule.Code{ClientTooOld}, Name: "client for SAML 2.0, oldest: " + string(r.device), Value: value}}
	},
	Rows: []samlRow{
		{tables.Since(samlPage, "Requirements (preview)", "2022-09-02", ""), Windows, "5.1.0.3029", ""},
		{tables.Since(samlPage, "Requirements (preview)", "2022-09-02", ""), OSX, "5", ""},
		{tables.Since(samlPage, "Requirements", autumn2025, ""), Linux, "24.1", "2024.1"},
	},
}

// SAMLClients returns the oldest versions of clients that can connect to a directory with SAML 2.0
// unless fallback is enabled there, as a new map for [Trial].Minimum; nil for zero Rules. On Ubuntu 22.04 the Linux client
// must be of 2024.1 or later, which is more than the map says: a login with one before is open.
func (r Rules) SAMLClients() map[DeviceType]string {
	if r.s == nil {
		return nil
	}
	m := map[DeviceType]string{}
	for _, row := range r.s.saml {
		m[row.device] = row.version
	}
	return m
}

// isVersion reports whether a text is numbers with dots between them.
func isVersion(s string) bool {
	for part := range strings.SplitSeq(s, ".") {
		if part == "" || !every(part, isDigit) {
			return false
		}
	}
	return true
}

// compareVersions is negative, zero or positive as v is before, the same as or after w, both of which
// isVersion accepts. What one has more counts from zero.
func compareVersions(v, w string) int {
	for v != "" || w != "" {
		var a, b string
		a, v, _ = strings.Cut(v, ".")
		b, w, _ = strings.Cut(w, ".")
		a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		if a != b {
			return strings.Compare(a, b)
		}
	}
	return 0
}
