package wks_test

import (
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"

	wks "github.com/wksgo/wks"
	"github.com/wksgo/wks/rule"
)

// holdsList reports whether a value of a type holds any number of others.
func holdsList(t reflect.Type, seen map[reflect.Type]bool) bool {
	if seen[t] || t == reflect.TypeFor[rule.Edition]() || t.PkgPath() == "time" || t.PkgPath() == "net/netip" {
		return false
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Slice, reflect.Map:
		return true
	case reflect.Pointer:
		return holdsList(t.Elem(), seen)
	case reflect.Struct:
		for i := range t.NumField() {
			if t.Field(i).IsExported() && holdsList(t.Field(i).Type, seen) {
				return true
			}
		}
	}
	return false
}

// answers reports whether a result is an answer, or has one.
func answers(t reflect.Type) bool {
	if t.Kind() != reflect.Struct {
		return false
	}
	f, ok := t.FieldByName("Answer")
	return t == reflect.TypeFor[rule.Answer]() || ok && f.Anonymous
}

// Each question that answers about a list is held to be no better with one more element, or it is said why one more may
// better its answer.
func TestEveryListIsHeld(t *testing.T) {
	found := map[string]bool{}
	all := reflect.TypeFor[wks.Rules]()
	for i := range all.NumField() {
		rules := all.Field(i).Type
		for m := range rules.Methods() {
			if m.Type.NumOut() == 0 || !answers(m.Type.Out(0)) {
				continue
			}
			for in := 1; in < m.Type.NumIn(); in++ {
				if holdsList(m.Type.In(in), map[reflect.Type]bool{}) {
					found[path.Base(rules.PkgPath())+"."+m.Name] = true
				}
			}
		}
	}
	if len(found) < 30 {
		t.Errorf("%d questions", len(found))
	}
	for _, q := range slices.Sorted(mapKeys(found)) {
		held, why := heldMore[q], mayBetter[q]
		if len(held) == 0 && why == "" {
			t.Errorf("%s takes a list, and is neither held to be no better with more, nor is it said why it may be", q)
		}
		for _, name := range held {
			if moreOf[name] == nil {
				t.Errorf("%s: there is no property %q", q, name)
			}
		}
	}
	for q := range heldMore {
		if !found[q] {
			t.Errorf("%s takes no list", q)
		}
	}
	for q, why := range mayBetter {
		if !found[q] || strings.TrimSpace(why) == "" {
			t.Errorf("%s takes no list, or has no reason", q)
		}
	}
}

// heldMore are the properties by which each question is held.
var heldMore = map[string][]string{
	"bundles.CheckBundle":             {"tag"},
	"bundles.CheckDesktop":            {"protocol"},
	"bundles.CheckImageOrigin":        {"modification"},
	"bundles.CheckModify":             {"modification", "protocol"},
	"bundles.CheckOperation":          {"modification"},
	"bundles.CheckRADIUS":             {"server"},
	"bundles.CheckRequest":            {"tag", "protocol"},
	"bundles.CheckRequests":           {"request"},
	"bundles.CheckResize":             {"modification"},
	"bundles.CheckSelfService":        {"modification"},
	"bundles.CheckSwitch":             {"modification"},
	"bundles.CheckTags":               {"tag"},
	"byol.CheckCopy":                  {"tag", "image"},
	"byol.CheckCustomImport":          {"tag", "image"},
	"byol.CheckImport":                {"tag", "image"},
	"byol.CheckMachine":               {"thing on a machine"},
	"byol.CheckRegistry":              {"entry of the registry"},
	"devices.CheckAccess":             {"type of devices"},
	"encryption.CheckGrants":          {"grant", "principal of a key"},
	"migrate.CheckReady":              {"state of a migration"},
	"monitor.CheckLogin":              {"restriction"},
	"network.CheckIPGroupAssociation": {"group"},
	"network.CheckIPGroupUpdate":      {"group"},
	"network.CheckIPGroups":           {"rule of a group", "group"},
	"network.CheckManagementCIDR":     {"network in use"},
	"network.CheckRegistration":       {"route", "block of the VPC"},
}

// mayBetter says why one more element may better an answer: it touches what is asked.
var mayBetter = map[string]string{
	"bundles.CheckNestedVirtualization": "its WorkSpace has changes and snapshots, which it does not read",
	"bundles.CheckStandby":              "its WorkSpace has changes and snapshots, which it does not read",
	"bundles.PlanModify":                "it plans steps around changes, each of which CheckModify judges, which is held",
	"bundles.PlanResize":                "it plans steps around changes, each of which CheckResize judges, which is held",
	"byol.Checklist":                    "linked accounts add to a commitment, as the guide says",
	"byol.MachineChecklist":             "it is CheckMachine, line by line",
	"byol.RunChecker":                   "it is CheckMachine as a version of the checker asks it",
	"devices.CheckDeviceCertificate":    "one more root may be that of the device",
	"devices.CheckRootCertificates":     "the first root ends that there is none; that a third is refused is held in the package",
	"encryption.Shard":                  "one more key has room for more WorkSpaces",
	"monitor.CheckAlarm":                "one dimension is needed; that several are open is held in the package",
	"monitor.CheckPattern":              "its list is the text of a pattern",
	"monitor.CheckQuery":                "one dimension is needed; that several are open is held in the package",
	"network.CheckAddresses":            "one more subnet has more addresses",
	"network.CheckDomains":              "one more rule of an allow-list permits more names",
	"network.CheckFirewall":             "one more prefix of an allow-list permits more addresses",
	"network.CheckSSH":                  "one more security group opens more ports",
	"network.CheckSecurityGroup":        "one more rule of a security group opens more ports",
	"network.CheckSubnets":              "a directory has two subnets, so that the second betters the answer; that a third does not is held in the package",
	"network.IPAccess":                  "one more group admits more clients",
	"troubleshoot.Diagnose":             "one more answer decides about a cause",
}
