package byol_test

import (
	"encoding/json"
	"testing"

	"github.com/wksgo/wks/byol"
)

// BenchmarkCheckMachine is the time of one machine of a fleet, by how much is wrong.
func BenchmarkCheckMachine(b *testing.B) {
	rules := byol.Newest()
	bad := goodMachine(rules.Edition())
	bad.DomainJoined, bad.PendingReboot, bad.RearmCount = new(true), new(true), new(0)
	for name, m := range map[string]*byol.Machine{"clean": goodMachine(rules.Edition()), "three": bad, "unknown": {}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := rules.CheckMachine(m); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkDecodeMachine is what reading a machine costs, before anything is checked.
func BenchmarkDecodeMachine(b *testing.B) {
	text, err := json.Marshal(goodMachine(byol.Newest().Edition()))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := json.Unmarshal(text, new(byol.Machine)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCheckImport(b *testing.B) {
	rules := byol.Newest()
	in := goodImport(rules.Edition())
	b.ReportAllocs()
	for b.Loop() {
		if _, err := rules.CheckImport(in.Import, in.Known); err != nil {
			b.Fatal(err)
		}
	}
}
