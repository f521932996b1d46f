package tfplan

import (
	"slices"
	"strings"
	"testing"
)

// steps are the lines of a resource that begin with a number, up to when they may be made.
func steps(rep report) (list []string) {
	for _, l := range rep.Resources[0].Lines {
		if what, _, ok := strings.Cut(string(l), ": "); ok && what[0] >= '0' && what[0] <= '9' {
			list = append(list, what)
		}
	}
	return list
}

// The steps make all that the calls do: the minutes of AutoStop go with the running mode.
func TestSteps(t *testing.T) {
	mode := func(compute string, root, user int, mode string) string {
		return strings.Replace(size(compute, root, user), `"ALWAYS_ON"`, mode, 1)
	}
	const auto = `"AUTO_STOP", "running_mode_auto_stop_timeout_in_minutes": `
	for _, tt := range []struct {
		name          string
		before, after string
		want          []string
	}{
		{"to AutoStop and a larger volume", mode("POWER", 80, 10, `"ALWAYS_ON"`), mode("POWER", 175, 100, auto+"120"),
			[]string{`1. running_mode = "AUTO_STOP", running_mode_auto_stop_timeout_in_minutes = 120`, "2. user_volume_size_gib = 100", "3. root_volume_size_gib = 175"}},
		{"to AlwaysOn and a larger volume", mode("POWER", 80, 10, auto+"60"), mode("POWER", 175, 100, `"ALWAYS_ON"`),
			[]string{`1. running_mode = "ALWAYS_ON"`, "2. user_volume_size_gib = 100", "3. root_volume_size_gib = 175"}},
		{"other minutes and a larger volume", mode("POWER", 80, 10, auto+"60"), mode("POWER", 175, 100, auto+"180"),
			[]string{`1. running_mode = "AUTO_STOP", running_mode_auto_stop_timeout_in_minutes = 180`, "2. user_volume_size_gib = 100", "3. root_volume_size_gib = 175"}},
	} {
		_, rep := reportOn(t, planOf(updateWorkspace(desk("x", tt.before), desk("x", tt.after))))
		if got := steps(rep); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q: %q", tt.name, got, tt.want, rep.Resources[0].Lines)
		}
	}
}
