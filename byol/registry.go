package byol

import (
	"slices"
	"strconv"
	"strings"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// Codes of the rules about the registry values of an upgrade in place.
const (
	UpgradeNotEnabled        rule.Code = "byol.upgrade-not-enabled"
	PVDriversNotEnabled      rule.Code = "byol.pv-drivers-not-enabled"
	ProfileSettingsUndefined rule.Code = "byol.profile-settings-undefined"
	RegistryValueMalformed   rule.Code = "byol.registry-value-malformed"
	RegistryValueUnknown     rule.Code = "byol.registry-value-unknown"
)

var registryRules = []requirement{
	{UpgradeNotEnabled, "The registry does not enable the in-place upgrade.", "Set Enabled of enable-inplace-upgrade.ps1 to 1.",
		[]ask{must(upgradePage, upgradeOf2018, upgradeSince, "", "Enabled of enable-inplace-upgrade.ps1 set to 1")}},
	{PVDriversNotEnabled, "The registry does not enable the update of the PV drivers.", "Set Enabled of update-pvdrivers.ps1 to 1.",
		[]ask{
			should(upgradePage, upgradeScript, upgradeSince, "2018-06-29", "Enabled of update-pvdrivers.ps1 set to 1, as the script has it; the procedure of the page names upgrade-pvdrivers.ps1").contradictedBy(tables.Cite(upgradePage, upgradeOf2018, upgradeSince)),
			must(upgradePage, upgradeOf2018, "2018-06-29", "", "Enabled of update-pvdrivers.ps1 set to 1"),
		}},
	{ProfileSettingsUndefined, "Two registry values about the profile are a pair that the guide does not define.",
		"Set PostUpgradeRestoreProfileOnD to 0 with UserShellFoldersRedirection 1 for drive C, or to 1 with 0 for drive D.",
		[]ask{should(upgradePage, "Steps to Perform an In-place Upgrade", profileSince, "", "PostUpgradeRestoreProfileOnD 0 with UserShellFoldersRedirection 1 (drive C) or 1 with 0 (drive D)")}},
	{RegistryValueMalformed, "A registry value is not a DWORD of 0 or 1.", "Set the value to a DWORD of 0 or 1.",
		[]ask{must(upgradePage, registrySummary, profileSince, "", "a DWORD of 0 or 1")}},
	{RegistryValueUnknown, "The guide does not name the registry value.", "Correct the name, or remove the value.",
		[]ask{should(upgradePage, registrySummary, profileSince, "", "a value that the guide names")}},
}

// The keys below which the scripts of the in-place upgrade find their values.
const (
	configKey       = `HKEY_LOCAL_MACHINE\SOFTWARE\Amazon\WorkSpacesConfig\`
	inPlaceScript   = "enable-inplace-upgrade.ps1"
	pvDriversScript = "update-pvdrivers.ps1"

	noReboot   = "NoReboot"
	restoreOnD = "PostUpgradeRestoreProfileOnD"

	upgradeScript = "Update Your WorkSpace Registry Using a PowerShell Script"
)

// A registryRow is a DWORD value: its default, and what 0 and 1 do. Values that the scripts
// write have no default, and of those the page says what 1 means alone.
type registryRow struct {
	tables.Dated
	script, name string
	standard     int
	effects      [2]string
}

const (
	written   = -1 // the default of a value that the scripts write
	unstated  = -2 // the default of a value for which no document gives one
	notStated = "what it means is not stated"
)

func registryValue(section, script, name string, standard int, since, until, zero, one string) registryRow {
	return registryRow{tables.Since(upgradePage, section, since, until), script, name, standard, [2]string{zero, one}}
}

// registry is in the order in which the procedure sets the values, then those that are read.
var registry = tables.Table[registryRow]{
	Name: "registry values",
	Key:  func(v registryRow) string { return v.script + " " + v.name },
	Lists: func(v registryRow) []rule.Parameter {
		text := "0: " + v.effects[0] + "; 1: " + v.effects[1]
		if v.standard >= 0 {
			text += "; default " + strconv.Itoa(v.standard)
		}
		return []rule.Parameter{{Name: "registry " + v.script + " " + v.name, Value: text}}
	},
	Rows: []registryRow{
		registryValue(upgradeOf2018, inPlaceScript, "Enabled", 0, upgradeSince, profileSince, "the in-place upgrade is not enabled", "the in-place upgrade is enabled"),
		registryValue(registrySummary, inPlaceScript, "Enabled", 0, profileSince, "", "the in-place upgrade is disabled", "the in-place upgrade is enabled"),
		registryValue(upgradeScript, pvDriversScript, "Enabled", 0, upgradeSince, "2018-06-29", "the in-place upgrade is not enabled, says the script", "the in-place upgrade is enabled, says the script; the procedure names upgrade-pvdrivers.ps1"),
		registryValue(upgradeOf2018, pvDriversScript, "Enabled", 0, "2018-06-29", profileSince, "the in-place upgrade is not enabled", "the in-place upgrade is enabled"),
		registryValue(registrySummary, pvDriversScript, "Enabled", 0, profileSince, "", "the AWS PV drivers are not updated", "the AWS PV drivers are updated"),
		registryValue(upgradeOf2018, inPlaceScript, noReboot, unstated, "2019-09-24", profileSince, notStated, "the computer is prevented from rebooting"),
		registryValue(registrySummary, inPlaceScript, noReboot, 0, profileSince, "2020-10-28", "the script may not reboot the WorkSpace, says the table", "you control when a reboot occurs, says the table; the procedure says that it prevents the reboot"),
		registryValue(registrySummary, inPlaceScript, noReboot, 0, "2020-10-28", "", "you control when a reboot occurs", "the script may not reboot the WorkSpace"),
		registryValue(registrySummary, inPlaceScript, restoreOnD, 0, profileSince, "", "the profile path is left as it is after the upgrade", "the profile path is restored after the upgrade, to D:"),
		registryValue(upgradeOf2018, inPlaceScript, "UserShellFoldersRedirection", unstated, "2019-09-24", profileSince, "the user shell folders are not redirected to drive D:, as they are by default", notStated),
		registryValue(registrySummary, inPlaceScript, "UserShellFoldersRedirection", 1, profileSince, "", "the user shell folders are not redirected", `the user shell folders are redirected to D:\Users`),
		registryValue(upgradeOf2018, inPlaceScript, "profileImagePathDeleted", written, upgradeSince, "", notStated, "the WorkSpace is unblocked for the upgrade"),
		registryValue(upgradeOf2018, inPlaceScript, "scriptExecutionComplete", written, upgradeSince, "", notStated, "the update scripts were executed successfully"),
	},
}

// A RegistrySetting is a DWORD value of the in-place upgrade, and what it does.
type RegistrySetting struct {
	Key    string        `json:"key"` // HKEY_LOCAL_MACHINE\SOFTWARE\Amazon\WorkSpacesConfig\…
	Name   string        `json:"name"`
	Value  uint32        `json:"value"`
	Effect string        `json:"effect"`
	Cite   rule.Citation `json:"cite"`
}

func (v *registryRow) setting(value uint32) RegistrySetting {
	return RegistrySetting{configKey + v.script, v.name, value, v.effects[value], v.Cite}
}

// A RegistryCheck tells what the values of an exported registry mean.
type RegistryCheck struct {
	rule.Answer
	Enabled   bool   `json:"enabled"`             // of the in-place upgrade
	PVDrivers bool   `json:"pvDrivers"`           // the update of the AWS PV drivers is enabled
	NoReboot  uint32 `json:"noReboot"`            // 0 or 1; Settings tell what that does in the edition, from 2019-09-24 on
	ProfileOn string `json:"profileOn,omitempty"` // "C" or "D" afterwards; "" for a combination that no document has
	Unblocked bool   `json:"unblocked"`           // profileImagePathDeleted is 1
	Complete  bool   `json:"complete"`            // scriptExecutionComplete is 1
	// Settings are the values that count, with the documented defaults of missing ones, in the order of
	// the procedure.
	Settings []RegistrySetting `json:"settings"`
}

// CheckRegistry tells which in-place upgrade the values of a registry ask for, and what is
// wrong with them. Entries are applied in their order, as an import does: a later one
// replaces an earlier one, and removals remove. The case of
// keys and names does not matter. Only the keys of the two scripts count. A missing value has
// its default, and counts as 0 if no document gives one. A value that is not a DWORD of 0 or 1 is a
// violation and counts as missing; before 2020-04-01 it is open: the type is only in the sample script then, and
// only that of Enabled.
//
// Violations are in the order of the procedure. Values that the guide does not name come
// after them, in the order of the entries. The verdict is Undocumented for a combination that
// no document has, for values that only later documents have, and before 2018-04-18. Before
// 2020-04-01 the profile is on C: afterwards, whatever is set. The error is for Rules without an
// edition.
func (r Rules) CheckRegistry(entries []RegistryEntry) (RegistryCheck, error) {
	if err := r.known(); err != nil {
		return RegistryCheck{}, err
	}
	var c RegistryCheck
	a, s := &c.Answer, r.s
	if !s.rules.Has(UpgradeNotEnabled) {
		a.NotDocumented("", noUpgrade)
		return c, nil
	}
	values, unknown := upgradeValues(entries)
	get := func(script, name string) uint32 {
		v := s.registryValue(script, name)
		at := registryPath(script, name)
		e, set := values[strings.ToLower(script+`\`+name)]
		if v == nil {
			if set {
				a.NotDocumented(at, "no document of the edition has this value")
			}
			return 0
		}
		n := uint32(max(v.standard, 0))
		switch {
		case !set:
		case e.Type == "REG_DWORD" && e.Value <= 1:
			n = e.Value
		case s.asks[RegistryValueMalformed] == nil:
			a.NotDocumented(at, "no document of the edition says what this means: "+e.data())
		default:
			s.breach(a, RegistryValueMalformed, at, "it is %s", e.data())
		}
		if v.standard >= 0 || v.standard == unstated && set {
			c.Settings = append(c.Settings, v.setting(n))
		}
		return n
	}
	if c.Enabled = get(inPlaceScript, "Enabled") == 1; !c.Enabled {
		s.breach(a, UpgradeNotEnabled, registryPath(inPlaceScript, "Enabled"), "it is 0")
	}
	if c.PVDrivers = get(pvDriversScript, "Enabled") == 1; !c.PVDrivers {
		s.breach(a, PVDriversNotEnabled, registryPath(pvDriversScript, "Enabled"), "it is 0")
	}
	if c.NoReboot = get(inPlaceScript, noReboot); c.NoReboot == 1 {
		s.breach(a, NoRebootDisputed, registryPath(inPlaceScript, noReboot), "it is 1")
	}
	restore, redirect := get(inPlaceScript, restoreOnD), get(inPlaceScript, "UserShellFoldersRedirection")
	at := registryPath(inPlaceScript, restoreOnD)
	switch {
	case !s.rules.Has(ProfileSettingsUndefined):
		c.ProfileOn = "C"
	case restore == redirect:
		s.breach(a, ProfileSettingsUndefined, at, "both are %d", restore)
		a.NotDocumented(at, "no document says what becomes of the profile if this and UserShellFoldersRedirection are the same")
	case restore == 1:
		c.ProfileOn = "D"
	default:
		c.ProfileOn = "C"
		s.breach(a, ProfileStaysOnC, at, "it is 0")
	}
	c.Unblocked = get(inPlaceScript, "profileImagePathDeleted") == 1
	c.Complete = get(inPlaceScript, "scriptExecutionComplete") == 1
	for _, e := range unknown {
		script := strings.ToLower(e.Key)[len(configKey):]
		s.breach(a, RegistryValueUnknown, registryPath(script, ""), "%q", e.Name)
	}
	c.Answer = a.Concluded()
	return c, nil
}

// registryPath returns the path of a value.
func registryPath(script, name string) rule.Path { return rule.Path(script).Join(rule.Path(name)) }

// registryValue returns the row of a value, and nil if no document of the edition has it.
func (s *snapshot) registryValue(script, name string) *registryRow {
	i := slices.IndexFunc(s.registry, func(v registryRow) bool { return v.script == script && v.name == name })
	if i < 0 {
		return nil
	}
	return &s.registry[i]
}

// knownValues are the values of every edition, by script and name in lower case.
var knownValues = func() map[string]bool {
	known := map[string]bool{}
	for _, v := range registry.Rows {
		known[strings.ToLower(v.script+`\`+v.name)] = true
	}
	return known
}()

// upgradeValues applies entries, and returns the values of the scripts by script and name
// in lower case, and those that no edition knows, in the order of the entries.
func upgradeValues(entries []RegistryEntry) (values map[string]RegistryEntry, unknown []RegistryEntry) {
	set := [...]struct {
		key    string
		values map[string]int // by name: the index of the entry that set it last
	}{{key: strings.ToLower(configKey + inPlaceScript)}, {key: strings.ToLower(configKey + pvDriversScript)}}
	for i, e := range entries {
		key := strings.ToLower(e.Key)
		for k := range set {
			s := &set[k]
			switch {
			case e.Type == removedKey:
				if below, ok := strings.CutPrefix(s.key, key); ok && (below == "" || below[0] == '\\') {
					s.values = nil
				}
			case s.key != key:
			case e.Removed:
				delete(s.values, strings.ToLower(e.Name))
			default:
				if s.values == nil {
					s.values = map[string]int{}
				}
				s.values[strings.ToLower(e.Name)] = i
			}
		}
	}
	values = map[string]RegistryEntry{}
	var others []int
	for _, s := range set {
		script := s.key[len(configKey):]
		for name, i := range s.values {
			if value := script + `\` + name; knownValues[value] {
				values[value] = entries[i]
			} else {
				others = append(others, i)
			}
		}
	}
	slices.Sort(others)
	for _, i := range others {
		unknown = append(unknown, entries[i])
	}
	return values, unknown
}

// data shows what an entry holds.
func (e *RegistryEntry) data() string {
	if e.Type == "REG_DWORD" {
		return "a DWORD of " + strconv.FormatUint(uint64(e.Value), 10)
	}
	return e.Type + " " + strconv.Quote(rule.Shorten(e.Text))
}
