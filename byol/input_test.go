package byol_test

import (
	"errors"
	"testing"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/rule"
)

// Input that no rule can be applied to is an error that names the field and the value.
func TestInputErrors(t *testing.T) {
	rules := byol.Newest()
	for name, tt := range map[string]struct {
		path  rule.Path
		value string
		f     func() error
	}{
		"no machine":       {"Machine", "nil", func() error { _, err := rules.CheckMachine(nil); return err }},
		"no checklist":     {"Machine", "nil", func() error { _, err := rules.MachineChecklist(nil); return err }},
		"no run":           {"Machine", "nil", func() error { _, err := rules.RunChecker(nil, byol.CheckerOptions{}); return err }},
		"no facts":         {"Facts", "nil", func() error { _, err := rules.Checklist(nil); return err }},
		"no steps":         {"Steps", "", func() error { _, err := rules.Policy(byol.PolicyScope{}); return err }},
		"version":          {"Version", "10.0", func() error { _, err := rules.CheckMachine(&byol.Machine{Version: new("10.0")}); return err }},
		"version in words": {"Version", "ten", func() error { _, err := byol.ParseWindows("", "ten"); return err }},
		"caption of another": {"Product", "Windows 11", func() error {
			_, err := rules.CheckMachine(&byol.Machine{Caption: new("Microsoft Windows 11 Pro"), Version: new("10.0.19045")})
			return err
		}},
		"disk":       {"DiskBytes", "-1", func() error { _, err := rules.CheckMachine(&byol.Machine{DiskBytes: new(int64(-1))}); return err }},
		"free space": {"FreeBytes", "-1", func() error { _, err := rules.CheckMachine(&byol.Machine{FreeBytes: new(int64(-1))}); return err }},
		"PowerShell": {"PowerShellMajor", "-1", func() error { _, err := rules.CheckMachine(&byol.Machine{PowerShellMajor: new(-1)}); return err }},
		"rearm": {"RearmCount", "-2", func() error {
			_, err := rules.RunChecker(&byol.Machine{RearmCount: new(-2)}, byol.CheckerOptions{})
			return err
		}},
		"release": {"Release", "21H2", func() error {
			_, err := rules.CheckWindows(byol.Windows{Release: "21H2", Build: 19045}, "")
			return err
		}},
		"build": {"Windows.Build", "-5", func() error {
			_, err := rules.CheckImport(byol.Import{}, byol.Known{Windows: byol.Windows{Build: -5}})
			return err
		}},
		"custom": {"Windows.Build", "-5", func() error {
			_, err := rules.CheckCustomImport(byol.CustomImport{}, byol.Known{Windows: byol.Windows{Build: -5}})
			return err
		}},
		"commitment": {"Commitment.WorkSpaces", "-1", func() error {
			_, err := rules.Checklist(&byol.Facts{Commitment: byol.Commitment{Workspaces: new(-1)}})
			return err
		}},
		"linked": {"Linked[0].GPUAutoStop", "-1", func() error {
			_, err := rules.Checklist(&byol.Facts{Linked: []byol.Commitment{{GPUAutoStop: new(-1)}}})
			return err
		}},
		"system": {"Windows.Product", "Windows 7", func() error {
			_, err := rules.Checklist(&byol.Facts{Windows: &byol.Windows{Product: "Windows 7", Build: 19045}})
			return err
		}},
		"directory": {"Directory.WorkSpaces", "-1", func() error {
			_, err := rules.Checklist(&byol.Facts{Directory: &byol.Directory{Workspaces: new(-1)}})
			return err
		}},
		"launch": {"WorkSpaces", "-1", func() error {
			_, err := rules.CheckDirectory(byol.Directory{Workspaces: new(-1)}, byol.Placement{})
			return err
		}},
		"drive": {"ProfileOn", "d", func() error { _, err := rules.PlanUpgrade(byol.Upgrade{ProfileOn: "d"}); return err }},
		"minutes": {"AutoStopMinutes", "-60", func() error {
			_, err := rules.PlanUpgrade(byol.Upgrade{ProfileOn: "D", AutoStopMinutes: new(-60)})
			return err
		}},
		"step": {"Steps", "dance", func() error { _, err := rules.Policy(byol.PolicyScope{}, "dance"); return err }},
		"scope": {"Region", `eu-west-1"`, func() error {
			_, err := rules.Policy(byol.PolicyScope{Region: `eu-west-1"`}, byol.StepImport)
			return err
		}},
	} {
		var input *rule.InputError
		if err := tt.f(); !errors.As(err, &input) || input.Path != tt.path || input.Value != tt.value {
			t.Errorf("%s: error %v, want one about %s %q", name, err, tt.path, tt.value)
		}
	}
	old := at(t, rule.MustParseEdition("2019-10-25"))
	if _, err := old.Policy(byol.PolicyScope{}, byol.StepBundle); err == nil {
		t.Error("a policy for a step of which the edition gives no actions")
	}
}
