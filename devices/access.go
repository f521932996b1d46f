package devices

import (
	"maps"
	"slices"
	"strings"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules for the types of devices that a directory admits.
const (
	AccessValueUnknown    rule.Code = "devices.access-value-unknown"
	EveryDeviceBlocked    rule.Code = "devices.every-device-blocked"
	ZeroClientsWithoutUse rule.Code = "devices.zero-clients-without-use"
)

const accessShape = "WorkspaceAccessProperties"

var accessRules = []tables.Rule{
	{
		// The service gains values before the model has them.
		Code:      AccessValueUnknown,
		Title:     "A type of devices has a value that is neither ALLOW nor DENY.",
		Remedy:    "Give ALLOW or DENY; set trusted devices in the console.",
		Revisions: []rule.Revision{tables.Should(serviceModel, "AccessPropertyValue", "2019-11-15", "")},
	},
	{
		Code:      EveryDeviceBlocked,
		Title:     "A directory blocks every type of devices, so that nobody can connect.",
		Remedy:    "Allow the types of devices that users have.",
		Revisions: []rule.Revision{tables.Should(serviceModel, accessShape, "2019-11-15", "")},
	},
	{
		Code:   ZeroClientsWithoutUse,
		Title:  "A directory admits zero clients, and none of its WorkSpaces streams over PCoIP.",
		Remedy: "Block zero clients: they connect to PCoIP WorkSpaces alone.",
		Revisions: []rule.Revision{
			tables.Should(guide, zeroClientTitle, facts.ReadGuide, "2020-10-03"),
			tables.Should(zeroClientPage, zeroClientTitle, "2020-10-03", ""),
		},
	},
}

// A DeviceType is a type of devices that a directory admits or blocks, spelled as the member of
// WorkspaceAccessProperties.
type DeviceType string

const (
	TypeWindows    DeviceType = "DeviceTypeWindows"
	TypeOsx        DeviceType = "DeviceTypeOsx"
	TypeWeb        DeviceType = "DeviceTypeWeb"
	TypeIos        DeviceType = "DeviceTypeIos"
	TypeAndroid    DeviceType = "DeviceTypeAndroid"
	TypeChromeOs   DeviceType = "DeviceTypeChromeOs"
	TypeZeroClient DeviceType = "DeviceTypeZeroClient"
	TypeLinux      DeviceType = "DeviceTypeLinux"
	TypeThinClient DeviceType = "DeviceTypeWorkSpacesThinClient"
)

// A typeRow says that the service model has a type of devices.
type typeRow struct {
	tables.Dated
	name     DeviceType
	platform Platform
}

func deviceType(since string, name DeviceType, p Platform) typeRow {
	return typeRow{tables.Since(serviceModel, accessShape, since, ""), name, p}
}

// typeTable is in the order of the model.
var typeTable = tables.Table[typeRow]{
	Name: "types of devices",
	Key:  func(r typeRow) string { return string(r.name) },
	Lists: func(r typeRow) []rule.Parameter {
		return []rule.Parameter{{Rules: []rule.Code{EveryDeviceBlocked}, Name: "type of devices", Value: string(r.name)}}
	},
	Rows: []typeRow{
		deviceType("2019-11-15", TypeWindows, Windows),
		deviceType("2019-11-15", TypeOsx, MacOS),
		deviceType("2019-11-15", TypeWeb, Web),
		deviceType("2019-11-15", TypeIos, IOS),
		deviceType("2019-11-15", TypeAndroid, Android),
		deviceType("2019-11-15", TypeChromeOs, ChromeOS),
		deviceType("2019-11-15", TypeZeroClient, ZeroClient),
		deviceType("2021-05-25", TypeLinux, Linux),
		deviceType("2025-03-05", TypeThinClient, ThinClient),
	},
}

// An initialRow is what the guide says of a type of devices by default.
type initialRow struct {
	tables.Dated
	name   DeviceType
	admits bool
}

// initialTable is by type. In the reading of 2025-10-21 the page on trusted devices alone tells the defaults, and Web
// Access, which was blocked until then, is admitted. The page of 2026-09-10 has no defaults, nor had any page one of
// Windows and macOS.
var initialTable = tables.Table[initialRow]{
	Name: "types of devices by default",
	Key:  func(r initialRow) string { return string(r.name) },
	Lists: func(r initialRow) []rule.Parameter {
		value := "blocked"
		if r.admits {
			value = "admitted"
		}
		return []rule.Parameter{{Name: "by default, " + string(r.name), Value: value}}
	},
	Rows: []initialRow{
		{tables.Since(detailsPage, "Control Device Access", "2018-02-03", autumn2025), TypeWeb, false},
		{tables.Since(trustPage, "Step 3: Configure the restriction", autumn2025, lastReading), TypeWeb, true},
		{tables.Since(detailsPage, "Control Device Access", "2018-02-03", autumn2025), TypeIos, true},
		{tables.Since(trustPage, "Step 3: Configure the restriction", autumn2025, lastReading), TypeIos, true},
		{tables.Since(detailsPage, "Control Device Access", "2018-02-03", autumn2025), TypeAndroid, true},
		{tables.Since(trustPage, "Step 3: Configure the restriction", autumn2025, lastReading), TypeAndroid, true},
		{tables.Since(detailsPage, "Control Device Access", "2018-02-03", autumn2025), TypeChromeOs, true},
		{tables.Since(trustPage, "Step 3: Configure the restriction", autumn2025, lastReading), TypeChromeOs, true},
		{tables.Since(detailsPage, "Control Device Access", "2018-02-03", autumn2025), TypeZeroClient, true},
		{tables.Since(trustPage, "Step 3: Configure the restriction", autumn2025, lastReading), TypeZeroClient, true},
		{tables.Since(detailsPage, "Control Device Access", "2019-11-26", autumn2025), TypeLinux, false},
		{tables.Since(trustPage, "Step 3: Configure the restriction", autumn2025, lastReading), TypeLinux, false},
	},
}

// DeviceTypes returns the types of devices that the service model of the edition has, with the value that
// documents of the edition give each by default: ALLOW or DENY, and "" where none does. It is a new map, and
// nil before 2019-11-15, when the model had no types.
func (r Rules) DeviceTypes() map[DeviceType]string {
	if r.s == nil || len(r.s.types) == 0 {
		return nil
	}
	types := map[DeviceType]string{}
	for name := range r.s.types {
		types[name] = r.s.initial[name]
	}
	return types
}

// Access is what a directory admits.
type Access struct {
	// Types are the values of the members of WorkspaceAccessProperties. One that is not given is not known.
	Types map[DeviceType]string
	// DirectoryType is as in Device. It is asked for if a type is restricted to trusted devices.
	DirectoryType string
	// PCoIP tells whether WorkSpaces of the directory stream over PCoIP; nil is not known.
	PCoIP *bool
}

// trust is the value that texts of the model give for trusted devices. The enum of the model never had it.
const trust = "TRUST"

// trustTexts are when the text of a member told to give the value.
var trustTexts = tables.Table[typeRow]{
	Name: "value TRUST",
	Key:  func(r typeRow) string { return string(r.name) },
	Lists: func(r typeRow) []rule.Parameter {
		return []rule.Parameter{{Rules: []rule.Code{AccessValueUnknown}, Name: "value TRUST of " + string(r.name), Value: "documented"}}
	},
	Rows: []typeRow{
		{tables.Since(serviceModel, accessShape, "2019-11-15", "2021-09-30"), TypeWindows, Windows},
		{tables.Since(serviceModel, accessShape, "2019-11-15", "2021-09-30"), TypeOsx, MacOS},
	},
}

// accessValues is where the values are listed, ALLOW and DENY in every version.
var accessValues = tables.Cite(serviceModel, "AccessPropertyValue", "2019-11-15")

// CheckAccess checks the types of devices that a directory admits and blocks: whether the values are known,
// whether trusted devices are asked of a platform and a directory that have them, and whether nobody, or a
// zero client in vain, is admitted. That other platforms are admitted beside trusted devices is a Should.
//
// TRUST is open as a value: texts of the service model named it for Windows and macOS from 2019-11-15 to
// 2021-09-30, its list of values never had it, and the console alone is said to set it today. A type that the
// model of the edition does not have is open.
//
// Paths are WorkspaceAccessProperties and the type, in the order of their names, and DirectoryType. The error
// is for Rules without an edition.
func (r Rules) CheckAccess(in Access) (rule.Answer, error) {
	var a rule.Answer
	if err := r.known(); err != nil {
		return a, err
	}
	const at rule.Path = accessShape
	rules := r.s.rules
	if !rules.Has(AccessValueUnknown) {
		a.NotDocumented(at, "the service model of the edition has no types of devices")
		return a.Concluded(), nil
	}
	var trusted, admitted []string
	for _, name := range slices.Sorted(maps.Keys(in.Types)) {
		row, known := r.s.types[name]
		here := at
		if isMember(string(name)) {
			here = at.Join(rule.Path(name))
		}
		if !known {
			a.NotDocumented(here, "the service model of the edition has no type "+string(name))
			continue
		}
		switch value := in.Types[name]; value {
		case "DENY":
		case "ALLOW":
			admitted = append(admitted, string(name))
		case trust:
			trusted = append(trusted, string(name))
			r.trustable(&a, row.platform, nil, here)
			if text, named := r.s.trustTexts[name]; named {
				a.Contradicted(here, "the text of the member in the service model names the value TRUST, and the list of values does not have it", text, accessValues)
			} else {
				a.NotDocumented(here, "no document says that the API takes or returns TRUST: its list of values does not have it, and trusted devices are set in the console")
			}
		default:
			rules.Break(&a, AccessValueUnknown, here, "%q is neither ALLOW nor DENY", value)
		}
	}
	if len(trusted) > 0 {
		r.trustingDirectory(&a, in.DirectoryType)
		if len(admitted) > 0 && rules.Has(OtherDevicesNotBlocked) {
			rules.Break(&a, OtherDevicesNotBlocked, at, "%s is restricted to trusted devices, and all devices are admitted of %s", strings.Join(trusted, ", "), strings.Join(admitted, ", "))
		}
	}
	if r.blocksAll(in.Types) {
		rules.Break(&a, EveryDeviceBlocked, at, "all %d types of devices are blocked", len(r.s.types))
	}
	if in.Types[TypeZeroClient] == "ALLOW" && rules.Has(ZeroClientsWithoutUse) && in.PCoIP != nil && !*in.PCoIP {
		rules.Break(&a, ZeroClientsWithoutUse, at.Join(rule.Path(TypeZeroClient)), "zero clients are admitted, and no WorkSpace streams over PCoIP")
	}
	return a.Concluded(), nil
}

// blocksAll reports whether every type of the edition is blocked.
func (r Rules) blocksAll(types map[DeviceType]string) bool {
	for name := range r.s.types {
		if types[name] != "DENY" {
			return false
		}
	}
	return true
}

// isMember reports whether a name can be part of a path.
func isMember(s string) bool {
	return s != "" && len(s) <= 64 && strings.IndexFunc(s, func(c rune) bool {
		return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9')
	}) < 0
}
