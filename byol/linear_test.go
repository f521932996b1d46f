package byol_test

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/rule"
)

// allocated is how many bytes f allocates.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func repeat[T any](n int, of func(int) T) []T {
	list := make([]T, n)
	for i := range list {
		list[i] = of(i)
	}
	return list
}

// Eight times the input takes about eight times the memory, for what is valid and what is
// broken; lists that grow by append take up to half as much again, and squares would take 64
// times as much.
func TestLinear(t *testing.T) {
	rules, e := byol.Newest(), byol.Newest().Edition()
	const head = "REGEDIT4\n[HKEY_LOCAL_MACHINE\\x]\n"
	key := `HKEY_LOCAL_MACHINE\SOFTWARE\Amazon\WorkSpacesConfig\enable-inplace-upgrade.ps1`
	machine := func(change func(m *byol.Machine)) error {
		m := goodMachine(e)
		change(m)
		_, err := rules.CheckMachine(m)
		return err
	}
	parse := func(text string, fails bool) error {
		if _, err := byol.ParseRegistry([]byte(text)); (err != nil) != fails {
			return fmt.Errorf("%v", err)
		}
		return nil
	}
	registry := func(name func(int) string, removed bool) func(n int) error {
		return func(n int) error {
			_, err := rules.CheckRegistry(repeat(n, func(i int) byol.RegistryEntry {
				entry := byol.RegistryEntry{Key: key, Name: name(i), Type: "REG_DWORD"}
				if removed && i%2 == 1 {
					entry = byol.RegistryEntry{Key: `HKEY_LOCAL_MACHINE\SOFTWARE`, Type: "key", Removed: true}
				}
				return entry
			}))
			return err
		}
	}
	for name, f := range map[string]func(n int) error{
		"continuation lines": func(n int) error {
			return parse(head+"\"a\"=hex:00,\\\n"+strings.Repeat("  00,\\\n", n)+"  00\n", false)
		},
		"bad continuation": func(n int) error { return parse(head+"\"a\"=hex:00,\\\n"+strings.Repeat("  00,\\\n", n)+"  x\n", true) },
		"backslashes":      func(n int) error { return parse(head+"\"a\"=hex:"+strings.Repeat("\\\n", n), false) },
		"values":           func(n int) error { return parse(head+strings.Repeat("\"a\"=dword:1\n", n), false) },
		"long string":      func(n int) error { return parse(head+"\"a\"=\""+strings.Repeat("b", n)+"\"", false) },
		"long rubbish":     func(n int) error { return parse(head+strings.Repeat("b", n), true) },
		"unknown values":   registry(func(i int) string { return fmt.Sprint("v", i) }, false),
		"one value":        registry(func(int) string { return "v" }, false),
		"values that go":   registry(func(i int) string { return fmt.Sprint("v", i) }, true),
		"antivirus": func(n int) error {
			return machine(func(m *byol.Machine) { m.AntiVirus = repeat(n, func(int) string { return "ClamWin" }) })
		},
		"Defender": func(n int) error {
			return machine(func(m *byol.Machine) { m.AntiVirus = repeat(n, func(int) string { return "Windows Defender" }) })
		},
		"drives":     func(n int) error { return machine(func(m *byol.Machine) { m.Drives = make([]byol.Drive, n) }) },
		"partitions": func(n int) error { return machine(func(m *byol.Machine) { m.Partitions = make([]byol.Partition, n) }) },
		"linked accounts": func(n int) error {
			_, err := rules.Checklist(&byol.Facts{Linked: make([]byol.Commitment, n)})
			return err
		},
		"errors of an image": func(n int) error {
			byol.ImageErrors([]types.WorkspaceImage{{ErrorDetails: make([]types.ErrorDetails, n)}})
			return nil
		},
		"images": func(n int) error {
			byol.ImageErrors(repeat(n, func(int) types.WorkspaceImage { return types.WorkspaceImage{State: types.WorkspaceImageStateError} }))
			return nil
		},
		"steps of a policy": func(n int) error {
			_, err := rules.Policy(byol.PolicyScope{}, repeat(n, func(int) string { return byol.StepCopy })...)
			return err
		},
		"tags": func(n int) error {
			in := goodImport(e)
			in.Tags = make([]types.Tag, n)
			_, err := rules.CheckImport(in.Import, in.Known)
			return err
		},
		"applications": func(n int) error {
			in := goodImport(e)
			in.Applications = repeat(n, func(i int) types.Application { return types.Application(fmt.Sprint(i)) })
			in.Known.ImageNames = repeat(n, func(i int) string { return fmt.Sprint(i) })
			_, err := rules.CheckImport(in.Import, in.Known)
			return err
		},
		"tags of a copy": func(n int) error {
			in := goodCopy()
			in.Tags = repeat(n, func(int) types.Tag { return types.Tag{Key: new(strings.Repeat("k", 128))} })
			_, err := rules.CheckCopy(in)
			return err
		},
	} {
		run := func(n int) func() {
			return func() {
				if err := f(n); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
		run(2000)()
		small, large := allocated(run(2000)), allocated(run(16000))
		if large > 12*small+1<<16 {
			t.Errorf("%s: %d bytes for 2,000, and %d for 16,000", name, small, large)
		}
	}
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
