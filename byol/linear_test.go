package byol_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/rule"
)

func repeat[T any](n int, of func(int) T) []T {
	list := make([]T, n)
	for i := range list {
		list[i] = of(i)
	}
	return list
}

func numbered(n int) []string { return repeat(n, func(i int) string { return fmt.Sprint(i) }) }

// machines asks about a machine of the newest edition that change gives n of something.
func machines(ask func(m *byol.Machine), change func(m *byol.Machine, n int)) func(n int) {
	return func(n int) {
		m := goodMachine(byol.Newest().Edition())
		change(m, n)
		ask(m)
	}
}

func checkMachine(m *byol.Machine) { _, _ = byol.Newest().CheckMachine(m) }

func clamWin(m *byol.Machine, n int) {
	m.AntiVirus = repeat(n, func(int) string { return "ClamWin" })
}

func drives(m *byol.Machine, n int)     { m.Drives = make([]byol.Drive, n) }
func partitions(m *byol.Machine, n int) { m.Partitions = make([]byol.Partition, n) }

const regHead = "REGEDIT4\n[HKEY_LOCAL_MACHINE\\x]\n"

// parse reads a .reg file that text makes for n, and panics unless it fails or not as it should.
func parse(fails bool, text func(n int) string) func(n int) {
	return func(n int) {
		if _, err := byol.ParseRegistry([]byte(regHead + text(n))); (err != nil) != fails {
			panic(err)
		}
	}
}

// registry checks n values by name, and with removed every second one removes the keys.
func registry(name func(int) string, removed bool) func(n int) {
	const key = `HKEY_LOCAL_MACHINE\SOFTWARE\Amazon\WorkSpacesConfig\enable-inplace-upgrade.ps1`
	return func(n int) {
		_, _ = byol.Newest().CheckRegistry(repeat(n, func(i int) byol.RegistryEntry {
			if removed && i%2 == 1 {
				return byol.RegistryEntry{Key: `HKEY_LOCAL_MACHINE\SOFTWARE`, Type: "key", Removed: true}
			}
			return byol.RegistryEntry{Key: key, Name: name(i), Type: "REG_DWORD"}
		}))
	}
}

// rendered renders a plan of n settings, each of a key of its own or all of one.
func rendered(render func(byol.UpgradePlan) []byte, keys bool) func(n int) {
	return func(n int) {
		render(byol.UpgradePlan{Settings: repeat(n, func(i int) byol.RegistrySetting {
			s := byol.RegistrySetting{Key: `HKEY_LOCAL_MACHINE\x`, Name: fmt.Sprint(i)}
			if keys {
				s.Key += s.Name
			}
			return s
		})})
	}
}

func longTags(n int) []types.Tag {
	return repeat(n, func(int) types.Tag { return types.Tag{Key: new(strings.Repeat("k", 128))} })
}

func name(i int) string { return fmt.Sprint("v", i) }

var linearCases = map[string]func(n int){
	"ParseRegistry, continuation lines": parse(false, func(n int) string { return "\"a\"=hex:00,\\\n" + strings.Repeat("  00,\\\n", n) + "  00\n" }),
	"ParseRegistry, bad continuation":   parse(true, func(n int) string { return "\"a\"=hex:00,\\\n" + strings.Repeat("  00,\\\n", n) + "  x\n" }),
	"ParseRegistry, backslashes":        parse(false, func(n int) string { return "\"a\"=hex:" + strings.Repeat("\\\n", n) }),
	"ParseRegistry, values":             parse(false, func(n int) string { return strings.Repeat("\"a\"=dword:1\n", n) }),
	"ParseRegistry, a long string":      parse(false, func(n int) string { return "\"a\"=\"" + strings.Repeat("b", n) + "\"" }),
	"ParseRegistry, rubbish":            parse(true, func(n int) string { return strings.Repeat("b", n) }),
	"CheckRegistry, unknown values":     registry(name, false),
	"CheckRegistry, one value":          registry(func(int) string { return "v" }, false),
	"CheckRegistry, values that go":     registry(name, true),
	"Reg":                               rendered(byol.UpgradePlan.Reg, false),
	"Reg, keys":                         rendered(byol.UpgradePlan.Reg, true),
	"PowerShell":                        rendered(byol.UpgradePlan.PowerShell, false),
	"PowerShell, keys":                  rendered(byol.UpgradePlan.PowerShell, true),
	"CheckMachine, antivirus":           machines(checkMachine, clamWin),
	"CheckMachine, Defender": machines(checkMachine, func(m *byol.Machine, n int) {
		m.AntiVirus = repeat(n, func(int) string { return "Windows Defender" })
	}),
	"CheckMachine, software":      machines(checkMachine, func(m *byol.Machine, n int) { m.ExtraSoftware = numbered(n) }),
	"CheckMachine, AppX packages": machines(checkMachine, func(m *byol.Machine, n int) { m.AppxPackages = numbered(n) }),
	"CheckMachine, drives":        machines(checkMachine, drives),
	"CheckMachine, partitions":    machines(checkMachine, partitions),
	"MachineChecklist, drives":    machines(func(m *byol.Machine) { _, _ = byol.Newest().MachineChecklist(m) }, drives),
	"RunChecker, partitions":      machines(func(m *byol.Machine) { _, _ = byol.Newest().RunChecker(m, byol.CheckerOptions{}) }, partitions),
	"RunChecker, antivirus":       machines(func(m *byol.Machine) { _, _ = byol.Newest().RunChecker(m, byol.CheckerOptions{}) }, clamWin),
	"Checklist, linked accounts": func(n int) {
		_, _ = byol.Newest().Checklist(&byol.Facts{Linked: make([]byol.Commitment, n)})
	},
	"ExplainImageErrors": func(n int) { byol.ExplainImageErrors(make([]types.ErrorDetails, n)) },
	"ImageError.Violation, of few": func(n int) {
		byol.ImageError{ErrorCode: "X", Codes: make([]rule.Code, n)}.Violation("")
	},
	"ImageErrors, of an image": func(n int) {
		byol.ImageErrors([]types.WorkspaceImage{{ErrorDetails: make([]types.ErrorDetails, n)}})
	},
	"ImageErrors, of many": func(n int) {
		byol.ImageErrors(repeat(n, func(int) types.WorkspaceImage { return types.WorkspaceImage{State: types.WorkspaceImageStateError} }))
	},
	"Policy": func(n int) {
		_, _ = byol.Newest().Policy(byol.PolicyScope{}, repeat(n, func(int) string { return byol.StepCopy })...)
	},
	"CheckImport, tags": func(n int) {
		in := goodImport(byol.Newest().Edition())
		in.Tags = make([]types.Tag, n)
		_, _ = byol.Newest().CheckImport(in.Import, in.Known)
	},
	"CheckImport, applications": func(n int) {
		in := goodImport(byol.Newest().Edition())
		in.Applications = repeat(n, func(i int) types.Application { return types.Application(fmt.Sprint(i)) })
		_, _ = byol.Newest().CheckImport(in.Import, in.Known)
	},
	"CheckImport, names": func(n int) {
		in := goodImport(byol.Newest().Edition())
		in.Known.ImageNames = numbered(n)
		_, _ = byol.Newest().CheckImport(in.Import, in.Known)
	},
	"CheckCustomImport, tags and names": func(n int) {
		in := goodCustom(byol.Newest().Edition())
		in.Tags, in.Known.ImageNames = longTags(n), numbered(n)
		_, _ = byol.Newest().CheckCustomImport(in.CustomImport, in.Known)
	},
	"CheckCopy, tags and names": func(n int) {
		in := goodCopy()
		in.Tags, in.ImageNames = longTags(n), numbered(n)
		_, _ = byol.Newest().CheckCopy(in)
	},
}

// TestLinear holds that the work of a function grows as its input does, of what is valid and what
// is broken.
func TestLinear(t *testing.T) { lineartest.Run(t, []string{"byol"}, linearCases) }

// Each exported function with a parameter that is a list or holds one has a case.
func TestLinearCases(t *testing.T) {
	lineartest.Complete(t, linearCases)
}

// A file that is not worth reading is refused.
func TestRegistryBound(t *testing.T) {
	at := append([]byte("REGEDIT4\n"), bytes.Repeat([]byte(" "), byol.MaxRegistry-len("REGEDIT4\n"))...)
	if entries, err := byol.ParseRegistry(at); err != nil || len(entries) > 0 {
		t.Errorf("as large as permitted: %d entries, %v", len(entries), err)
	}
	if _, err := byol.ParseRegistry(append(at, ' ')); err == nil {
		t.Error("a byte more is read")
	}
}

// A long value is cut where it is shown.
func TestLongValuesAreCut(t *testing.T) {
	m := &byol.Machine{AntiVirus: []string{strings.Repeat("x", 1<<20)}}
	list, err := byol.Newest().MachineChecklist(m)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range list.Violations {
		if len(v.Detail) > 1000 {
			t.Errorf("%s: %d bytes", v.Code, len(v.Detail))
		}
	}
	for _, l := range list.Lines {
		if len(l.Got) > 500 {
			t.Errorf("%s: %d bytes", l.Code, len(l.Got))
		}
	}
	if list.Verdict != rule.Denied {
		t.Error(list.Verdict)
	}
}
