package byol_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/rule"
)

// facts are the places of a struct that may be known or not: pointers, slices and strings,
// also those in structs within it.
func facts(v reflect.Value, path string, visit func(path string, field reflect.Value)) {
	for i := range v.NumField() {
		f, name := v.Field(i), path+v.Type().Field(i).Name
		switch {
		case f.Kind() == reflect.Struct:
			facts(f, name+".", visit)
		case f.Kind() == reflect.Pointer && f.Type().Elem().Kind() == reflect.Struct:
			visit(name, f)
			if !f.IsNil() {
				facts(f.Elem(), name+".", visit)
			}
		case f.Kind() == reflect.Pointer, f.Kind() == reflect.Slice, f.Kind() == reflect.String:
			visit(name, f)
		}
	}
}

// clone copies through JSON, which the types are made for.
func clone[T any](t rapid.TB, v *T) *T {
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	c := new(T)
	if err := json.Unmarshal(text, c); err != nil {
		t.Fatal(err)
	}
	return c
}

// spoil draws facts of which any may be missing or changed.
func spoil[T any](t *rapid.T, v *T) {
	facts(reflect.ValueOf(v).Elem(), "", func(path string, f reflect.Value) {
		switch rapid.IntRange(0, 5).Draw(t, path) {
		case 0:
			f.SetZero()
		case 1:
			if f.Kind() != reflect.Pointer || f.IsNil() {
				break
			}
			switch e := f.Elem(); e.Kind() {
			case reflect.Bool:
				e.SetBool(!e.Bool())
			case reflect.Int, reflect.Int64:
				e.SetInt(rapid.SampledFrom([]int64{0, 1, 3, 4, 19, 20, 49, 50, 100, 200, 21 << 30, 90 << 30}).Draw(t, path+" value") % (1 << 40))
			}
		}
	})
}

// without returns v with one of its facts taken away, and which.
func without[T any](t *rapid.T, v *T) (*T, string) {
	less := clone(t, v)
	var paths []string
	facts(reflect.ValueOf(less).Elem(), "", func(path string, f reflect.Value) {
		if !f.IsZero() {
			paths = append(paths, path)
		}
	})
	if len(paths) == 0 {
		return less, ""
	}
	drop := rapid.SampledFrom(paths).Draw(t, "drop")
	facts(reflect.ValueOf(less).Elem(), "", func(path string, f reflect.Value) {
		if path == drop {
			f.SetZero()
		}
	})
	return less, drop
}

func edition(t *rapid.T) byol.Rules {
	r, err := byol.At(rapid.SampledFrom(byol.Editions()).Draw(t, "edition"))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func state(list []byol.Line, code rule.Code) byol.State {
	i := slices.IndexFunc(list, func(l byol.Line) bool { return l.Code == code })
	return list[i].State
}

// Taking a fact away never turns a line into one that is met, nor into one that is broken.
func TestMissingFactsMeetNothing(t *testing.T) {
	check := func(t *rapid.T, drop string, before, after []byol.Line) {
		if len(before) != len(after) {
			t.Fatalf("%d lines, and %d without %s", len(before), len(after), drop)
		}
		for i, l := range after {
			if was := before[i].State; l.State != was && (l.State == byol.Met || l.State == byol.Broken) {
				t.Fatalf("without %s, %s is %s and was %s", drop, l.Code, l.State, was)
			}
			if l.State == byol.NotProvided && l.Got != "" {
				t.Fatalf("%s is not provided, and is %s", l.Code, l.Got)
			}
		}
	}
	t.Run("machine", rapid.MakeCheck(func(t *rapid.T) {
		rules := edition(t)
		m := goodMachine(rules.Edition())
		spoil(t, m)
		less, drop := without(t, m)
		before, err := rules.MachineChecklist(m)
		after, err2 := rules.MachineChecklist(less)
		if err != nil || err2 != nil {
			t.Skip("a version that contradicts the caption")
		}
		check(t, drop, before.Lines, after.Lines)
	}))
	t.Run("account", rapid.MakeCheck(func(t *rapid.T) {
		rules := edition(t)
		f := goodFacts(rules.Edition())
		spoil(t, f)
		less, drop := without(t, f)
		if drop == "DedicatedTenancyAccountType" || drop == "Linked" {
			return // empty is a fact: not linked, no linked accounts
		}
		before, err := rules.Checklist(f)
		after, err2 := rules.Checklist(less)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		check(t, drop, before.Lines, after.Lines)
	}))
}

// A line shows the fact that it is met by, or broken.
func TestLinesShowFacts(t *testing.T) {
	m := goodMachine(byol.Newest().Edition())
	m.DiskBytes = new(int64(80<<30 + 5))
	list, err := byol.Newest().MachineChecklist(m)
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[rule.Code]string{
		byol.DomainJoined: "false", byol.OSNotSupported: `"Microsoft Windows 11 Enterprise"`, byol.AdditionalDrivesAttached: "[C:]", byol.ZeroRearmCount: "3",
		byol.DiskFreeSpace: "30 GB", byol.DiskSizeExceeded: "80.00 GB (85899345925 bytes)", byol.IncompatiblePartitioning: "[GPT: Basic Data (bootable)]",
	} {
		if i := slices.IndexFunc(list.Lines, func(l byol.Line) bool { return l.Code == code }); list.Lines[i].Got != want {
			t.Errorf("%s shows %q, want %q", code, list.Lines[i].Got, want)
		}
	}
}

// Nothing known is nothing met.
func TestNoFacts(t *testing.T) {
	for _, e := range byol.Editions() {
		rules := at(t, e)
		account, err := rules.Checklist(new(byol.Facts))
		if err != nil {
			t.Fatal(err)
		}
		machine, err := rules.MachineChecklist(new(byol.Machine))
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range slices.Concat(account.Lines, machine.Lines) {
			if l.State != byol.NotProvided && l.Code != byol.LinkedAccountChoseCIDR {
				t.Errorf("%s: %s is %s", e, l.Code, l.State)
			}
		}
		if v := machine.Verdict; v != rule.Undocumented {
			t.Errorf("%s: an unknown machine is %s", e, v)
		}
	}
}

// breach is a change that breaks one requirement and no other, by JSON, for machines of
// the edition of 2026-09-10 unless it says otherwise.
var breaches = map[string]struct {
	code rule.Code
	json string
}{
	"powershell": {byol.OutdatedPowershellVersion, `{"PowerShellMajor":2}`}, "domain": {byol.DomainJoined, `{"DomainJoined":true}`},
	"azure": {byol.AzureDomainJoined, `{"AzureDomainJoined":true}`}, "reboot": {byol.PendingReboot, `{"PendingReboot":true}`},
	"rearm": {byol.ZeroRearmCount, `{"RearmCount":0}`}, "upgrade": {byol.InPlaceUpgrade, `{"UpgradedInPlace":true}`},
	"antivirus": {byol.AntiVirusInstalled, `{"AntiVirus":["ClamWin"]}`}, "vmware": {byol.VMWareToolsInstalled, `{"VMwareTools":true}`},
	"dhcp": {byol.DHCPDisabled, `{"DHCP":false}`}, "free": {byol.DiskFreeSpace, `{"FreeBytes":1}`}, "disk": {byol.DiskSizeExceeded, `{"DiskBytes":99999999999}`},
	"drives": {byol.AdditionalDrivesAttached, `{"Drives":[]}`}, "uefi": {byol.UEFIRequired, `{"UEFI":false}`}, "bitlocker": {byol.DiskEncrypted, `{"BitLocker":true}`},
	"firewall": {byol.FirewallEnabled, `{"PublicFirewall":true}`}, "logon": {byol.AutoLogonEnabled, `{"AutoLogon":true}`}, "time": {byol.RealTimeUniversalDisabled, `{"RealTimeIsUniversal":false}`},
	"office": {byol.OfficeInstalled, `{"OfficeInstalled":true}`}, "system": {byol.Requires64BitOS, `{"SystemType":"ARM64-based PC"}`}, "server": {byol.NotWorkstation, `{"ProductType":3}`},
}

// Any breaches together break exactly their own lines, whatever else holds.
func TestBreachesAreIndependent(t *testing.T) {
	names := make([]string, 0, len(breaches))
	for name := range breaches {
		names = append(names, name)
	}
	slices.Sort(names)
	rapid.Check(t, func(t *rapid.T) {
		rules := byol.Newest()
		m := goodMachine(rules.Edition())
		var want []rule.Code
		for _, name := range rapid.SliceOfDistinct(rapid.SampledFrom(names), rapid.ID).Draw(t, "breaches") {
			if err := json.Unmarshal([]byte(breaches[name].json), m); err != nil {
				t.Fatal(err)
			}
			want = append(want, breaches[name].code)
		}
		a, err := rules.CheckMachine(m)
		if err != nil {
			t.Fatal(err)
		}
		var got []rule.Code
		must := false
		for _, v := range a.Violations {
			got = append(got, v.Code)
			must = must || v.Level == rule.Must
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) || (a.Verdict == rule.Denied) != must || !must && a.Verdict != rule.Allowed {
			t.Fatalf("%s %v, want %v", a.Verdict, got, want)
		}
	})
}

// CheckMachine is the answer of MachineChecklist, and the answer follows from the lines.
func TestCheckMachineAgreesWithChecklist(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules := edition(t)
		m := goodMachine(rules.Edition())
		spoil(t, m)
		a, err := rules.CheckMachine(m)
		list, err2 := rules.MachineChecklist(m)
		if (err == nil) != (err2 == nil) {
			t.Fatalf("%v and %v", err, err2)
		}
		if err == nil && !reflect.DeepEqual(a, list.Answer) {
			t.Fatalf("%+v, and %+v", a, list.Answer)
		}
		broken, open := 0, 0
		for _, l := range list.Lines {
			if l.State == byol.Broken {
				broken++
			}
			if l.Level == rule.Must && (l.State == byol.NotProvided || l.State == byol.Undocumented) || l.Disputed && l.State == byol.Broken {
				open++
			}
			if (l.State == byol.Undocumented) != (l.Reason != "") {
				t.Fatalf("%+v", l)
			}
		}
		if broken != len(a.Violations) || open != len(a.Open) {
			t.Fatalf("%d broken, %d open, and %+v", broken, open, a)
		}
	})
}
