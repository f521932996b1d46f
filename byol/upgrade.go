package byol

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// Codes of the rules about upgrading Windows on a BYOL WorkSpace in place.
const (
	UpgradeSystemUnsupported rule.Code = "byol.upgrade-system-unsupported"
	UpgradeToOtherProduct    rule.Code = "byol.upgrade-to-other-product"
	UpgradeAutoStopTooShort  rule.Code = "byol.upgrade-auto-stop-too-short"
	UpgradesDeferred         rule.Code = "byol.upgrades-deferred"
	UpgradeOfCustomProfile   rule.Code = "byol.upgrade-of-custom-profile"
	UpgradeOfSeveralProfiles rule.Code = "byol.upgrade-of-several-profiles"
	ProfileStaysOnC          rule.Code = "byol.profile-stays-on-c"
	NoRebootDisputed         rule.Code = "byol.no-reboot-disputed"
)

// On upgradeSince the page appears, with two registry values to enable the upgrade, and the profile
// ends on C:. From profileSince on it tells where the profile may be, and has a table of the values.
const (
	upgradeSince    = "2018-04-18"
	profileSince    = "2020-04-01"
	upgradeOf2018   = "Upgrade Windows 10 BYOL WorkSpaces"
	upgradeOf2025   = "Upgrade Windows BYOL WorkSpaces in WorkSpaces Personal"
	registrySummary = "Summary of Registry Key Settings"
)

var upgradeRules = []requirement{
	{UpgradeSystemUnsupported, "The system cannot be upgraded in place.", "Migrate the WorkSpace, or upgrade only the systems that are named.", []ask{
		must(upgradePage, upgradeOf2018, upgradeSince, autumn2025, "Windows 10").oneOf(windows10),
		must(upgradePage, upgradeOf2025, autumn2025, "", "Windows 10 or Windows 11").oneOf(windows10, windows11),
	}},
	{UpgradeToOtherProduct, "Windows 10 does not become Windows 11 by an upgrade in place.", "Migrate the WorkSpace to a Windows 11 BYOL bundle.",
		[]ask{must(upgradePage, upgradeOf2025, autumn2025, "", "a newer version of the same product, and not Windows 11 in place of Windows 10")}},
	{UpgradeAutoStopTooShort, "The AutoStop time is too short for an upgrade.", "Set AlwaysOn, or an AutoStop time of at least 180 minutes, for the upgrade.",
		[]ask{must(upgradePage, "Prerequisites", upgradeSince, "", "AlwaysOn, or an AutoStop time of 180 minutes or more").atLeast(180)}},
	{UpgradesDeferred, "A policy defers or pauses upgrades.", "Lift the policy for the upgrade.",
		[]ask{must(upgradePage, "Prerequisites", upgradeSince, "", "upgrades that no policy defers or pauses")}},
	{UpgradeOfCustomProfile, "The default profile was customised.", "Restore the default profile before the upgrade.",
		[]ask{must(upgradePage, "Prerequisites", profileSince, "", `a default profile, C:\Users\Default, that was not customised`)}},
	{UpgradeOfSeveralProfiles, "There are several user profiles on D:.", "Leave one user profile on D:.",
		[]ask{must(upgradePage, "Prerequisites", "2020-10-01", "", "one user profile on D:").atMost(1)}},
	{ProfileStaysOnC, "The profile stays on C: after the upgrade, so that a rebuild or a migration loses it.", "Bring the profile back to D: after the upgrade.",
		[]ask{should(upgradePage, "Important Considerations", profileSince, "", "the profile back on D:, so that the WorkSpace can be rebuilt and migrated without loss")}},
	{NoRebootDisputed, "The page contradicts itself on what NoReboot does.", "Go by the procedure, as later versions of the page do.",
		[]ask{should(upgradePage, registrySummary, profileSince, "2020-10-28", "the procedure's reading of NoReboot, which the table of the same page contradicts")}},
}

// An Upgrade is a planned in-place upgrade of Windows on a BYOL WorkSpace, and what is known
// of the WorkSpace. A nil pointer or an empty string is not known.
type Upgrade struct {
	From, To  string // products: "Windows 10" or "Windows 11"
	ProfileOn string // "C" or "D": where user profiles should be afterwards
	// PreventReboot keeps the script from rebooting the WorkSpace after it has changed the
	// registry, for tools that reboot it themselves.
	PreventReboot bool

	RunningMode       types.RunningMode
	AutoStopMinutes   *int // of an AutoStop WorkSpace
	UpgradesDeferred  *bool
	DefaultCustomized *bool // C:\Users\Default was changed
	Profiles          *int  // user profiles on D:
}

// An UpgradePlan is what to set and do for an upgrade, and what follows from it.
type UpgradePlan struct {
	rule.Answer
	Settings     []RegistrySetting `json:"settings"`     // in the order of the procedure
	Steps        []string          `json:"steps"`        // from the first reboot to the last
	Consequences []string          `json:"consequences"` // of the place of the profile, and of the upgrade
}

// PlanUpgrade plans an in-place upgrade by the procedure of the edition. The settings are
// complete for the wanted profile, so Reg and PowerShell set exactly those values. There are no
// settings if the upgrade is not possible as it is wanted, and none for a value whose meaning the page does not state. The verdict is Undocumented while a prerequisite is
// not known, and before 2018-04-18, the first version of the page. Before 2020-04-01 it is so for a
// profile on D:, and before 2019-09-24 with PreventReboot: the page does not say how one gets them.
//
// From 2020-04-01 until 2020-10-28 the table and the procedure of the page describe NoReboot differently. The
// plan follows the procedure, as later tables do, and says so with NoRebootDisputed. The
// error is a *rule.InputError for Rules without an edition, a ProfileOn that is neither C
// nor D, and a negative number.
func (r Rules) PlanUpgrade(u Upgrade) (UpgradePlan, error) {
	if err := r.known(); err != nil {
		return UpgradePlan{}, err
	}
	if u.ProfileOn != "C" && u.ProfileOn != "D" {
		return UpgradePlan{}, &rule.InputError{Path: "ProfileOn", Value: u.ProfileOn, Reason: "is neither C nor D"}
	}
	for _, n := range [...]namedNumber{{"AutoStopMinutes", u.AutoStopMinutes}, {"Profiles", u.Profiles}} {
		if n.n != nil && *n.n < 0 {
			return UpgradePlan{}, negative(n.name, int64(*n.n))
		}
	}
	var p UpgradePlan
	s := r.s
	if !s.rules.Has(UpgradeNotEnabled) {
		p.NotDocumented("", noUpgrade)
		p.Answer = p.Concluded()
		return p, nil
	}
	s.checkUpgrade(&p.Answer, &u)
	if p.Answer = p.Concluded(); p.Verdict == rule.Denied || u.ProfileOn == "D" && !s.restores() || u.PreventReboot && !s.prevents() {
		return p, nil
	}
	wanted := map[string]uint32{"Enabled": 1, noReboot: number01(u.PreventReboot), restoreOnD: number01(u.ProfileOn == "D"), "UserShellFoldersRedirection": number01(u.ProfileOn == "C")}
	for i := range s.registry {
		if v := &s.registry[i]; v.standard != written && v.effects[wanted[v.name]] != notStated {
			p.Settings = append(p.Settings, v.setting(wanted[v.name]))
		}
	}
	p.Steps, p.Consequences = s.upgradeSteps(), s.upgradeConsequences(u.ProfileOn)
	return p, nil
}

// restores and prevents report whether a registry value brings the profile back to D:, and whether one
// prevents the reboot.
func (s *snapshot) restores() bool { return s.registryValue(inPlaceScript, restoreOnD) != nil }

func (s *snapshot) prevents() bool { return s.registryValue(inPlaceScript, noReboot) != nil }

func (s *snapshot) upgradeSteps() []string {
	steps := []string{
		"note the version of Windows, and reboot the WorkSpace: the keys are added then if they are missing",
		"set the registry values",
		"reboot the WorkSpace again, and log in: a new profile is made on C:",
	}
	switch {
	case s.rules.Has(UpgradeToOtherProduct): // the pages since 2025
		steps = append(steps, "allow 10 minutes for the WorkSpace to be unblocked; it may show as UNHEALTHY during the upgrade")
	case s.rules.Edition().Compare(rule.MustParseEdition("2022-09-02")) >= 0:
		steps = append(steps, "allow 10 minutes for the WorkSpace to be unblocked")
	}
	steps = append(steps,
		"optionally confirm that profileImagePathDeleted is 1",
		"upgrade Windows, which takes 40 to 120 minutes",
		"confirm the version of Windows, and optionally that scriptExecutionComplete is 1")
	if s.prevents() { // said from the same day on
		steps = append(steps, "set the running mode back")
	}
	return steps
}

func (s *snapshot) upgradeConsequences(profileOn string) (list []string) {
	if s.rules.Has(InPlaceUpgrade) { // the page says it from the same day on
		list = append(list, "an upgraded system must not be imaged: Sysprep may fail on it")
	}
	switch {
	case !s.rules.Has(ProfileStaysOnC):
		return append(list,
			"a rebuild brings back the NTUSER.DAT on D:",
			"later upgrades need none of these steps",
			"if the bundle's image has an earlier release, the upgrade must be done again after a rebuild")
	case profileOn == "C":
		list = append(list,
			"a rebuild or migration loses the profile on C: unless it is backed up and restored by hand",
			"later upgrades need none of these steps")
	default:
		list = append(list, "a rebuild or migration keeps the profile, which is on D:")
	}
	return append(list, "if the bundle's image has an earlier release, the upgrade must be done again after a rebuild or migration")
}

const noUpgrade = "no document of the edition speaks of upgrades in place"

func number01(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// checkUpgrade checks the prerequisites, in the order of the page.
func (s *snapshot) checkUpgrade(a *rule.Answer, u *Upgrade) {
	supported := s.asks[UpgradeSystemUnsupported]
	for _, system := range [...]struct {
		at      rule.Path
		product string
	}{{"From", u.From}, {"To", u.To}} {
		switch {
		case system.product == "":
			s.lack(a, UpgradeSystemUnsupported, system.at)
		case supported != nil && !slices.Contains(supported.names, system.product):
			s.breach(a, UpgradeSystemUnsupported, system.at, "%q", system.product)
		}
	}
	if u.From != "" && u.To != "" && u.From != u.To {
		s.breach(a, UpgradeToOtherProduct, "To", "%s from %s", u.To, u.From)
	}
	s.want(a, UpgradesDeferred, "UpgradesDeferred", u.UpgradesDeferred, false)
	switch {
	case u.RunningMode == types.RunningModeAlwaysOn:
	case u.RunningMode != types.RunningModeAutoStop:
		s.lack(a, UpgradeAutoStopTooShort, "RunningMode")
	default:
		s.bounded(a, UpgradeAutoStopTooShort, "AutoStopMinutes", u.AutoStopMinutes, "minutes")
	}
	s.want(a, UpgradeOfCustomProfile, "DefaultCustomized", u.DefaultCustomized, false)
	s.bounded(a, UpgradeOfSeveralProfiles, "Profiles", u.Profiles, "profiles")
	switch {
	case u.ProfileOn == "C":
		s.breach(a, ProfileStaysOnC, "ProfileOn", "C")
	case !s.restores():
		a.NotDocumented("ProfileOn", "no document of the edition says how the profile gets back to D:")
	}
	switch {
	case !u.PreventReboot:
	case !s.prevents():
		a.NotDocumented("PreventReboot", "no document of the edition has a value that prevents the reboot")
	default:
		s.breach(a, NoRebootDisputed, "PreventReboot", "NoReboot is set to 1")
	}
}

// bounded checks a number against the bounds of a rule in force.
func (s *snapshot) bounded(a *rule.Answer, c rule.Code, at rule.Path, n *int, unit string) {
	switch {
	case n == nil:
		s.lack(a, c, at)
	case !s.asks[c].holds(int64(*n)):
		s.breach(a, c, at, "%d %s", *n, unit)
	}
}
