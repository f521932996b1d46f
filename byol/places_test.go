package byol_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/wksgo/wks/byol"
)

// The parameters of the steps count their places in the order in which Steps returns them. The range of the management
// interface shares one with the link of accounts, and until 2022 with enabling the account: one step of the page has both. Copying and sharing have none: no document places them.
func TestPlacesOfSteps(t *testing.T) {
	for _, e := range byol.Editions() {
		r, err := byol.At(e)
		if err != nil {
			continue // ahead of the newest edition
		}
		steps, err := r.Steps()
		if err != nil {
			t.Fatal(err)
		}
		places := map[string]string{}
		for _, p := range byol.Parameters() {
			if name, ok := strings.CutPrefix(p.Name, "step "); ok && p.Span.Contains(e) {
				places[name], _, _ = strings.Cut(p.Value, ",")
			}
		}
		place := 0
		for i, s := range steps {
			if besides := s.Name == byol.StepCopy || s.Name == byol.StepShare; besides || s.Beside {
				if !besides || !s.Beside || places[s.Name] != "no place in the order" {
					t.Errorf("%s on %s: %q, beside %t", s.Name, e, places[s.Name], s.Beside)
				}
				continue
			}
			if i == 0 || !(s.Name == byol.StepLink && steps[i-1].Name == byol.StepRange || s.Name == byol.StepRange && steps[i-1].Name == byol.StepEnable) {
				place++
			}
			if want := fmt.Sprintf("place %d", place); places[s.Name] != want {
				t.Errorf("%s on %s: %q, want %s", s.Name, e, places[s.Name], want)
			}
		}
	}
}
