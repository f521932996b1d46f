package byol

import (
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// An Upgrade is an in-place upgrade of Windows on a BYOL WorkSpace that somebody wants,
// and what is known of the WorkSpace. A nil pointer or empty string is not known.
type Upgrade struct {
	From, To  string // products: "Windows 10" or "Windows 11"
	ProfileOn string // "C" or "D": where user profiles are to be afterwards
	// PreventReboot keeps the script from rebooting the WorkSpace after it has changed the
	// registry, for tools that reboot it themselves.
	PreventReboot bool

	RunningMode       types.RunningMode
	AutoStopMinutes   *int // of an AutoStop WorkSpace
	UpgradesDeferred  *bool
	DefaultCustomized *bool // C:\Users\Default was changed
	Profiles          *int  // user profiles on D:
}

// A RegistrySetting is a DWORD value of the in-place upgrade, and what it does.
type RegistrySetting struct {
	Key    string        `json:"key"` // HKEY_LOCAL_MACHINE\SOFTWARE\Amazon\WorkSpacesConfig\…
	Name   string        `json:"name"`
	Value  uint32        `json:"value"`
	Effect string        `json:"effect"`
	Cite   rule.Citation `json:"cite"`
}

// An UpgradePlan is what to set and do for an upgrade, and what follows from it.
type UpgradePlan struct {
	Answer
	Settings     []RegistrySetting `json:"settings"`     // in the order of the procedure
	Steps        []string          `json:"steps"`        // from the first reboot to the last
	Consequences []string          `json:"consequences"` // of where the profile is to be, and of the upgrade
}

// PlanUpgrade plans an in-place upgrade by the procedure of the edition. The settings are
// complete for the wanted profile, so that Reg and PowerShell set exactly those values;
// there are none if the upgrade is not possible. The verdict is Undocumented before
// 2020-04-29, the first version of the page that was read, and while a prerequisite is not
// known.
//
// Until 2020-10-28 the page's table and its procedure describe NoReboot differently; the
// plan goes by the procedure, as later tables do, and says so with NoRebootDisputed. The
// error is a *rule.InputError for Rules without an edition, a ProfileOn that is neither C
// nor D, and a negative number.
func (r Rules) PlanUpgrade(u Upgrade) (UpgradePlan, error) {
	if err := r.known(); err != nil {
		return UpgradePlan{}, err
	}
	if u.ProfileOn != "C" && u.ProfileOn != "D" {
		return UpgradePlan{}, &rule.InputError{Path: "ProfileOn", Value: u.ProfileOn, Reason: "is neither C nor D"}
	}
	for path, n := range map[rule.Path]*int{"AutoStopMinutes": u.AutoStopMinutes, "Profiles": u.Profiles} {
		if n != nil && *n < 0 {
			return UpgradePlan{}, negative(path, int64(*n))
		}
	}
	var p UpgradePlan
	if r.row(UpgradeNotEnabled) == nil {
		return p, nil
	}
	r.checkUpgrade(&p.Answer, &u)
	if p.settle(false); p.Verdict == rule.Denied {
		return p, nil
	}
	wanted := map[string]uint32{"Enabled": 1, "NoReboot": number01(u.PreventReboot), "PostUpgradeRestoreProfileOnD": number01(u.ProfileOn == "D"), "UserShellFoldersRedirection": number01(u.ProfileOn == "C")}
	for i := range registryRows {
		if v := &registryRows[i]; v.span.Contains(r.edition) && v.standard != written {
			p.Settings = append(p.Settings, v.setting(wanted[v.name]))
		}
	}
	p.Steps = []string{
		"note the version of Windows, and reboot the WorkSpace: the keys are added then if they are missing",
		"set the registry values",
		"reboot the WorkSpace again, and log in: a new profile is made on C:",
		"optionally confirm that profileImagePathDeleted is 1",
		"upgrade Windows, which takes 40 to 120 minutes",
		"confirm the version of Windows, and optionally that scriptExecutionComplete is 1",
		"set the running mode back",
	}
	if r.row(UpgradeToOtherProduct) != nil { // the newest page
		p.Steps = slices.Insert(p.Steps, 3, "allow 10 minutes for the WorkSpace to be unblocked; it may show as UNHEALTHY during the upgrade")
	}
	p.Consequences = append(p.Consequences, "an upgraded system must not be imaged: Sysprep may fail on it")
	if u.ProfileOn == "C" {
		p.Consequences = append(p.Consequences,
			"a rebuild or migration loses the profile on C: unless it is backed up and restored by hand",
			"later upgrades need none of these steps")
	} else {
		p.Consequences = append(p.Consequences, "a rebuild or migration keeps the profile, which is on D:")
	}
	p.Consequences = append(p.Consequences, "if the bundle's image has an earlier release, the upgrade must be done again after a rebuild or migration")
	return p, nil
}

func number01(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

func (v *registryRow) setting(value uint32) RegistrySetting {
	return RegistrySetting{configKey + v.script, v.name, value, v.effects[value], v.cite}
}

// checkUpgrade checks the prerequisites, in the order of the page.
func (r Rules) checkUpgrade(a *Answer, u *Upgrade) {
	supported := r.row(UpgradeSystemUnsupported)
	for _, s := range [...]struct {
		at      rule.Path
		product string
	}{{"From", u.From}, {"To", u.To}} {
		switch {
		case s.product == "":
			a.unknown(s.at)
		case !slices.Contains(supported.names, s.product):
			a.Violations = append(a.Violations, supported.violation(s.at, fmt.Sprintf("%q", s.product)))
		}
	}
	if u.From != "" && u.To != "" && u.From != u.To {
		a.Violations = r.broken(a.Violations, UpgradeToOtherProduct, "To", "%s from %s", u.To, u.From)
	}
	r.want(a, UpgradesDeferred, "UpgradesDeferred", u.UpgradesDeferred, false)
	w := r.row(UpgradeAutoStopTooShort)
	switch {
	case u.RunningMode == types.RunningModeAlwaysOn:
	case u.RunningMode != types.RunningModeAutoStop:
		a.unknown("RunningMode")
	case u.AutoStopMinutes == nil:
		a.unknown("AutoStopMinutes")
	case !w.holds(int64(*u.AutoStopMinutes)):
		a.Violations = append(a.Violations, w.violation("AutoStopMinutes", fmt.Sprint(*u.AutoStopMinutes, " minutes")))
	}
	r.want(a, UpgradeOfCustomProfile, "DefaultCustomized", u.DefaultCustomized, false)
	if w := r.row(UpgradeOfSeveralProfiles); w != nil {
		switch {
		case u.Profiles == nil:
			a.unknown("Profiles")
		case !w.holds(int64(*u.Profiles)):
			a.Violations = append(a.Violations, w.violation("Profiles", fmt.Sprint(*u.Profiles, " profiles")))
		}
	}
	if u.ProfileOn == "C" {
		a.Violations = r.broken(a.Violations, ProfileStaysOnC, "ProfileOn", "C")
	}
	if u.PreventReboot {
		a.Violations = r.broken(a.Violations, NoRebootDisputed, "PreventReboot", "NoReboot is set to 1")
	}
}
