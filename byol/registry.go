package byol

import (
	"slices"
	"strconv"
	"strings"

	"github.com/wksgo/wks/rule"
)

// A RegistryCheck tells what the values of an exported registry come to.
type RegistryCheck struct {
	Answer
	Enabled   bool   `json:"enabled"`             // of the in-place upgrade
	PVDrivers bool   `json:"pvDrivers"`           // the update of the AWS PV drivers is enabled
	NoReboot  uint32 `json:"noReboot"`            // 0 or 1; Settings tell what that does in the edition
	ProfileOn string `json:"profileOn,omitempty"` // "C" or "D" afterwards; "" for a combination that no document has
	Unblocked bool   `json:"unblocked"`           // profileImagePathDeleted is 1
	Complete  bool   `json:"complete"`            // scriptExecutionComplete is 1
	// Settings are the values as they count, the default of those that are missing, in the
	// order of the procedure.
	Settings []RegistrySetting `json:"settings"`
}

// CheckRegistry tells which in-place upgrade the values of a registry ask for, and what is
// wrong with them. Entries are applied in their order, as an import does: a later one
// replaces an earlier one, and removals remove. Keys and names are compared without regard
// to case; keys other than those of the two scripts are not looked at. A value that is
// missing has its default, and one that is not a DWORD of 0 or 1 is a violation and counts
// as missing.
//
// Violations are in the order of the procedure, then values that the guide does not name,
// in the order of the entries. The verdict is Undocumented for a combination that no
// document has, and before 2020-04-29. The error is for Rules without an edition.
func (r Rules) CheckRegistry(entries []RegistryEntry) (RegistryCheck, error) {
	if err := r.known(); err != nil {
		return RegistryCheck{}, err
	}
	var c RegistryCheck
	if r.row(UpgradeNotEnabled) == nil {
		return c, nil
	}
	values, unknown := upgradeValues(entries)
	get := func(script, name string) uint32 {
		v := r.registryRow(script, name)
		n := uint32(max(v.standard, 0))
		at := registryPath(script, name)
		if e, ok := values[strings.ToLower(script+`\`+name)]; ok {
			if e.Type == "REG_DWORD" && e.Value <= 1 {
				n = e.Value
			} else {
				c.Violations = r.broken(c.Violations, RegistryValueMalformed, at, "it is %s", e.data())
			}
		}
		if v.standard != written {
			c.Settings = append(c.Settings, v.setting(n))
		}
		return n
	}
	if c.Enabled = get(inPlaceScript, "Enabled") == 1; !c.Enabled {
		c.Violations = r.broken(c.Violations, UpgradeNotEnabled, registryPath(inPlaceScript, "Enabled"), "it is 0")
	}
	if c.PVDrivers = get(pvDriversScript, "Enabled") == 1; !c.PVDrivers {
		c.Violations = r.broken(c.Violations, PVDriversNotEnabled, registryPath(pvDriversScript, "Enabled"), "it is 0")
	}
	if c.NoReboot = get(inPlaceScript, "NoReboot"); c.NoReboot == 1 {
		c.Violations = r.broken(c.Violations, NoRebootDisputed, registryPath(inPlaceScript, "NoReboot"), "it is 1")
	}
	restore, redirect := get(inPlaceScript, "PostUpgradeRestoreProfileOnD"), get(inPlaceScript, "UserShellFoldersRedirection")
	at := registryPath(inPlaceScript, "PostUpgradeRestoreProfileOnD")
	switch {
	case restore == redirect:
		c.Violations = r.broken(c.Violations, ProfileSettingsUndefined, at, "both are %d", restore)
	case restore == 1:
		c.ProfileOn = "D"
	default:
		c.ProfileOn = "C"
		c.Violations = r.broken(c.Violations, ProfileStaysOnC, at, "it is 0")
	}
	c.Unblocked = get(inPlaceScript, "profileImagePathDeleted") == 1
	c.Complete = get(inPlaceScript, "scriptExecutionComplete") == 1
	for _, e := range unknown {
		script := e.Key[len(configKey):]
		c.Violations = r.broken(c.Violations, RegistryValueUnknown, registryPath(strings.ToLower(script), ""), "%q", e.Name)
	}
	c.settle(c.ProfileOn == "")
	return c, nil
}

// registryPath spells a value as a path; a name that has no place in one is left out.
func registryPath(script, name string) rule.Path { return rule.Path(script).Join(rule.Path(name)) }

// registryRow returns the row of a value in the edition, which there is.
func (r Rules) registryRow(script, name string) *registryRow {
	i := slices.IndexFunc(registryRows, func(v registryRow) bool {
		return v.script == script && v.name == name && v.span.Contains(r.edition)
	})
	return &registryRows[i]
}

// upgradeValues applies entries, and returns the values of the scripts by script and name
// in lower case, and those that no edition knows.
func upgradeValues(entries []RegistryEntry) (values map[string]RegistryEntry, unknown []RegistryEntry) {
	values = map[string]RegistryEntry{}
	for _, e := range entries {
		if e.Type == removedKey {
			removed := strings.ToLower(e.Key)
			for key, v := range values {
				if k := strings.ToLower(v.Key); k == removed || strings.HasPrefix(k, removed+`\`) {
					delete(values, key)
				}
			}
			unknown = slices.DeleteFunc(unknown, func(v RegistryEntry) bool {
				k := strings.ToLower(v.Key)
				return k == removed || strings.HasPrefix(k, removed+`\`)
			})
			continue
		}
		script, ok := cutPrefixFold(e.Key, configKey)
		if !ok || !strings.EqualFold(script, inPlaceScript) && !strings.EqualFold(script, pvDriversScript) {
			continue
		}
		key := strings.ToLower(script + `\` + e.Name)
		known := slices.ContainsFunc(registryRows, func(v registryRow) bool { return strings.EqualFold(v.script+`\`+v.name, key) })
		switch {
		case known && e.Removed:
			delete(values, key)
		case known:
			values[key] = e
		default:
			unknown = slices.DeleteFunc(unknown, func(v RegistryEntry) bool {
				return strings.EqualFold(v.Key, e.Key) && strings.EqualFold(v.Name, e.Name)
			})
			if !e.Removed {
				unknown = append(unknown, e)
			}
		}
	}
	return values, unknown
}

func cutPrefixFold(s, prefix string) (after string, ok bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// data shows what an entry holds.
func (e *RegistryEntry) data() string {
	if e.Type == "REG_DWORD" {
		return "a DWORD of " + strconv.FormatUint(uint64(e.Value), 10)
	}
	return e.Type + " " + strconv.Quote(e.Text)
}
