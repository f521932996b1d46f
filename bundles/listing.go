package bundles

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/rule/param"
)

// Rows returns the rules of the package with their levels, spans and citations, by topic and
// date, as a copy. Programs that list rules use it; a check is asked of Rules.
func Rows() []rule.Row { return slices.Clone(ruleRows) }

// Parameters returns what the rules of the package use: sizes, waits, states, offers,
// lengths and quotas, by table in the order of its rows, as a new slice.
func Parameters() []param.Row {
	return slices.Concat(volumeParameters(), switchParameters(), stateParameters(), textParameters(), imageParameters(), quotaParameters())
}

// A lister gathers parameters.
type lister []param.Row

func (l *lister) add(span rule.Span, cite rule.Citation, name, value string, codes ...rule.Code) {
	*l = append(*l, param.Row{Rules: codes, Name: name, Value: value, Span: span, Cite: cite})
}

func volumeParameters() (list lister) {
	for _, r := range ceilingRows {
		list.add(r.span, r.cite, "volume, at most", fmt.Sprint(r.gib, " GiB"), VolumeOverCeiling)
	}
	for _, r := range groupRows {
		list.add(r.span, r.cite, "group of root and user volume", between(r.RootFrom, r.RootTo)+" and "+between(r.UserFrom, r.UserTo)+" GiB", VolumePairNotInGroup)
	}
	for _, r := range minimumRows {
		value := fmt.Sprintf("%d and %d GiB", r.root, r.user)
		if r.more {
			value += ", or more"
		}
		codes := []rule.Code{VolumeBelowMinimum}
		if isGeneralPurpose(r.name) {
			codes = append(codes, SwitchNeedsVolumes)
		}
		list.add(r.span, r.cite, "root and user volume at launch, at least: "+string(r.name), value, codes...)
	}
	largest := fmt.Sprintf("%d and %d GiB", selfServiceCap.Root, selfServiceCap.User)
	return slices.Concat(list, tables.Constant(ruleRows, SelfServiceCap, "root and user volume by self-service, at most", largest))
}

// between writes a range of whole numbers.
func between[N ~int | ~int32](from, to N) string {
	if from == to {
		return fmt.Sprint(from)
	}
	return fmt.Sprintf("%d to %d", from, to)
}

// waited are the rules that hold a request against a wait.
var waited = map[Wait]rule.Code{
	BeforeFirstResize: ResizeSoonAfterLaunch, BetweenResizes: VolumeCoolDown,
	BeforeFirstLarger: LargerTooSoon, BetweenLarger: LargerTooSoon, BetweenSmaller: SmallerTooSoon,
	BeforeSelfService: SelfServiceTooSoon, BeforeOwnRebuild: SelfServiceTooSoon,
}

func switchParameters() (list lister) {
	for _, r := range computeRows {
		value := "hardware not given"
		if r.VCPU > 0 {
			value = fmt.Sprintf("%d vCPU, %d GiB", r.VCPU, r.MemoryGiB)
		}
		if r.GPU > 0 {
			value += fmt.Sprintf(", %g GPU with %d GiB", r.GPU, r.VideoGiB)
		}
		list.add(r.span, r.Cite, "compute type "+string(r.Name), string(r.Family)+"; "+value)
	}
	for _, r := range retirementRows {
		list.add(r.span, r.cite, "last day of "+string(r.name), r.last.String(), ComputeTypeRetired)
	}
	for _, r := range freeRows {
		list.add(r.span, r.cite, "compute types that become one another", words(r.types))
	}
	for _, r := range familyRows {
		value, code := "cannot be switched", ComputeTypeFixed
		if r.within {
			value, code = "switched within the family", FamilyCrossed
		}
		list.add(r.span, r.cite, "compute types of "+string(r.family), value, code)
	}
	for _, r := range waitRows {
		var codes []rule.Code
		if c, ok := waited[r.wait]; ok {
			codes = []rule.Code{c}
		}
		list.add(r.span, r.cite, "wait: "+string(r.wait), tables.Time(r.long), codes...)
	}
	for _, r := range offerRows {
		name := r.system
		if r.byol {
			name += " with BYOL"
		}
		list.add(r.span, r.cite, "protocols offered with "+name, words(r.protocols), ProtocolNotOffered)
		value := fmt.Sprintf("%s to %s", r.smallest, r.largest)
		if len(r.families) > 0 {
			value += ", " + words(r.families)
		}
		list.add(r.span, r.cite, "compute types offered with "+name, value, ComputeTypeNotOffered)
		if r.ended != "" {
			list.add(r.span, r.cite, "last day of "+name, r.ended, OperatingSystemEnded)
		}
	}
	return slices.Concat(list, tables.Constant(ruleRows, SwitchNeedsOperatingSystem, "systems with which POWERPRO becomes GENERALPURPOSE", words(fromPowerPro)))
}

func words[S ~string](list []S) string {
	texts := make([]string, len(list))
	for i, s := range list {
		texts[i] = string(s)
	}
	return strings.Join(texts, ", ")
}

func stateParameters() (list lister) {
	for _, r := range stateRows {
		value := map[saying]string{onlyIn: "only in ", allBut: "in all but ", alsoIn: "in ", neverIn: "not in "}[r.says] + words(r.states)
		if r.mode != "" {
			value += " with " + string(r.mode)
		}
		list.add(r.span, r.cite, "states for "+string(r.op), value, StateRefuses)
	}
	for _, r := range modeRows {
		list.add(r.span, r.cite, "running modes for "+string(r.op), words(r.modes), ModeRefuses)
	}
	for _, r := range busyRows {
		value := "any"
		if len(r.resources) > 0 {
			value = words(r.resources)
		}
		if r.state != "" {
			value += " in " + string(r.state)
		}
		list.add(r.span, r.cite, "modifications that refuse "+string(r.op), value, ModificationInProgress)
	}
	for _, r := range maintenanceRows {
		value := fmt.Sprintf("from the third Monday of the month, 00:00 to %02d:00", r.until)
		switch {
		case r.sunday:
			value = fmt.Sprintf("Sunday 00:00 to %02d:00", r.until)
		case r.days > 0:
			value += fmt.Sprintf(", %d days at most", r.days)
		}
		if r.ownZone {
			value += " in the time zone of the WorkSpace"
		}
		list.add(r.span, r.cite, "maintenance of "+string(r.mode), value)
	}
	return slices.Concat(list,
		tables.Constant(ruleRows, StandbyRefuses, "refused by a standby WorkSpace", words(standbyRefused)),
		tables.Constant(ruleRows, SelfServiceRefuses, "operations that users can be given", words(selfService)),
	)
}

func textParameters() (list lister) {
	for _, r := range nameRows {
		list.add(r.span, r.cite, "characters of "+string(r.kind), fmt.Sprintf("%d to %d", r.least, r.most), NameLength)
		list.add(r.span, r.cite, "alphabet of "+string(r.kind), fmt.Sprintf("ASCII letters, digits and %q", r.others), NameAlphabet)
	}
	for _, r := range idRows {
		of := "digits and lower-case letters"
		if r.hex {
			of = "hexadecimal digits"
		}
		list.add(r.span, r.cite, "form of "+string(r.kind), fmt.Sprintf("%s and %s %s", r.prefix, between(r.least, r.most), of), IDMalformed)
	}
	for _, r := range linuxRows {
		list.add(r.span, r.cite, "user name with Linux", fmt.Sprintf("at most %d letters, digits, spaces and %q, no hyphen first", r.most, r.others), LinuxUserName)
	}
	for _, r := range passwordRows {
		list.add(r.span, r.cite, "categories of characters of a password: "+string(r.tutorial), strconv.Itoa(r.categories), PasswordCategories)
	}
	return slices.Concat(list,
		tables.Constant(ruleRows, PasswordLength, "characters of a password", fmt.Sprintf("%d to %d", minPassword, maxPassword)),
		tables.Constant(ruleRows, OrganizationName, "characters of an organization name, at least", strconv.Itoa(minOrganization)),
		tables.Constant(ruleRows, UserNameLength, "characters of a user name", fmt.Sprintf("1 to %d", maxUserName)),
		tables.Constant(ruleRows, BatchSize, "WorkSpaces in one CreateWorkspaces", fmt.Sprintf("1 to %d", maxRequests)),
		tables.Constant(ruleRows, TagsTooMany, "tags of a resource, at most", strconv.Itoa(maxTags)),
		tables.Constant(ruleRows, TagLength, "characters of a tag", fmt.Sprintf("key 1 to %d, value up to %d", maxTagKey, maxTagValue)),
		tables.Constant(ruleRows, TagAlphabet, "alphabet of a tag", fmt.Sprintf("letters, digits, spaces and %q", tagSpecials)),
		tables.Constant(ruleRows, TagReserved, "reserved prefixes of a tag", strings.Join(reservedTags, ", ")),
	)
}

func imageParameters() (list lister) {
	tests := map[int][]rule.Code{5: {ImageProfileSize}, 6: {ImageFreeSpace}}
	for _, r := range imageTestRows {
		value := r.Title
		if r.Windows7 {
			value += " (Windows 7 alone)"
		}
		list.add(r.span, r.Cite, "Image Checker, test "+strconv.Itoa(r.Number), value, tests[r.Number]...)
	}
	for _, r := range imageRequirementRows {
		list.add(r.span, r.Cite, "image of "+string(r.System)+" requires", r.What)
	}
	return list
}

func quotaParameters() (list lister) {
	for _, r := range quotaRows {
		value, codes := strconv.Itoa(r.Default), []rule.Code(nil)
		switch r.Adjustable {
		case rule.Allowed:
			value, codes = value+", can be raised", []rule.Code{OverDefaultQuota}
		case rule.Denied:
			value, codes = value+", cannot be raised", []rule.Code{OverQuota}
		}
		list.add(r.span, r.Cite, "quota: "+r.Name, value, codes...)
	}
	return list
}
