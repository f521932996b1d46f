package tfplan

import (
	"strings"
	"testing"
)

// What a plan makes of the properties of a desktop is told as a whole: in the provider's order of calls (see sendings), in the steps of
// the page on modifying WorkSpaces, and with what the provider takes by default.
func TestTellOfProperties(t *testing.T) {
	const w = "aws_workspaces_workspace.w"
	up := func(before, after string, more ...string) string {
		return planOf(change("aws_workspaces_workspace", "w", `"update"`, "{"+desk("x", before)+"}", "{"+desk("x", after, "timeouts", `{"update": "2h"}`)+"}", "{}", more...))
	}
	mode := func(m string, minutes string) string {
		s := strings.Replace(sound, "ALWAYS_ON", m, 1)
		if minutes != "" {
			s += `, "running_mode_auto_stop_timeout_in_minutes": ` + minutes
		}
		return s
	}
	withConfig := func(properties string, plan ...string) string {
		return planWith(configOf(configured("aws_workspaces_workspace", "w", "workspace_properties", properties)), "[]", plan...)
	}
	bundle := func(c, r, u string) string {
		return "[" + dataOf("aws_workspaces_bundle", "b", `"id": "wsb-b0s22j3d7", "owner": "AMAZON", "compute_type": [{"name": "`+c+`"}], "root_storage": [{"capacity": "`+r+`"}], "user_storage": [{"capacity": "`+u+`"}]`) + "]"
	}
	defaults := func(state, properties, is string) string {
		return planWith(configOf(configured("aws_workspaces_workspace", "w", "workspace_properties", properties)), state, createWorkspace("w", desk("x", is)))
	}
	cr := func(p string, unknown string) string {
		return change("aws_workspaces_workspace", "w", `"create"`, "null", "{"+desk("x", p)+"}", `{"id": true`+unknown+`}`)
	}
	late := `, "workspace_properties": [{"running_mode_auto_stop_timeout_in_minutes": true}]`
	g4 := `"compute_type_name": "GRAPHICS_G4DN", "root_volume_size_gib": 80, "user_volume_size_gib": 100, "running_mode": "ALWAYS_ON"`
	for _, tt := range []struct{ name, plan, want string }{
		{"other minutes", up(mode("AUTO_STOP", "60"), mode("AUTO_STOP", "120")), `update allowed
`},
		{"to ALWAYS_ON, without minutes", up(mode("AUTO_STOP", "60"), mode("ALWAYS_ON", "")), `update allowed
`},
		{"to ALWAYS_ON, with other minutes", up(mode("AUTO_STOP", "60"), mode("ALWAYS_ON", "120")), `update allowed
tfplan.attribute-dropped aws_workspaces_workspace.w workspace_properties[0].running_mode_auto_stop_timeout_in_minutes: the provider sends no minutes with ALWAYS_ON, and every later plan shows them as a change
`},
		{"to ALWAYS_ON, with the same minutes", up(mode("AUTO_STOP", "60"), mode("ALWAYS_ON", "60")), `update allowed
`},
		{"minutes with ALWAYS_ON", up(mode("ALWAYS_ON", ""), mode("ALWAYS_ON", "120")), `update allowed
tfplan.attribute-dropped aws_workspaces_workspace.w workspace_properties[0].running_mode_auto_stop_timeout_in_minutes: the provider sends no minutes with ALWAYS_ON, and every later plan shows them as a change
`},
		{"no minutes with ALWAYS_ON", up(mode("ALWAYS_ON", ""), mode("ALWAYS_ON", "0")), `update allowed
`},
		{"to AUTO_STOP", up(mode("ALWAYS_ON", ""), mode("AUTO_STOP", "120")), `update allowed
`},
		{"to AUTO_STOP, and a volume", up(mode("ALWAYS_ON", ""), strings.Replace(mode("AUTO_STOP", "120"), `"user_volume_size_gib": 100`, `"user_volume_size_gib": 200`, 1)), `update allowed
in 2 applies, each after the one before is done:
1. running_mode = "AUTO_STOP", running_mode_auto_stop_timeout_in_minutes = 120: at once, if the WorkSpace was launched long enough ago
2. user_volume_size_gib = 200: at once, if the WorkSpace was launched long enough ago; takes up to 2h
the time of the launch is not known, and launch to first change of a volume takes 6h0m0s
`},
		{"to AUTO_STOP with 90 minutes, and a volume", up(mode("ALWAYS_ON", ""), strings.Replace(mode("AUTO_STOP", "90"), `"user_volume_size_gib": 100`, `"user_volume_size_gib": 200`, 1)), `update denied
bundles.auto-stop-minutes aws_workspaces_workspace.w workspace_properties[0].running_mode_auto_stop_timeout_in_minutes: the provider's call 1 of 2 is refused, in its order running_mode_auto_stop_timeout_in_minutes, user_volume_size_gib: 90 is not a positive multiple of 60
`},
		{"a volume, and 90 minutes", up(mode("AUTO_STOP", "60"), strings.Replace(mode("AUTO_STOP", "90"), `"root_volume_size_gib": 175`, `"root_volume_size_gib": 200`, 1)), `update denied
bundles.auto-stop-minutes aws_workspaces_workspace.w workspace_properties[0].running_mode_auto_stop_timeout_in_minutes: the provider's call 2 of 2 is refused, in its order root_volume_size_gib, running_mode_auto_stop_timeout_in_minutes: 90 is not a positive multiple of 60
`},
		{"type and both volumes", up(size("STANDARD", 80, 10), size("POWER", 175, 100)), `update denied
bundles.volume-pair-not-in-group aws_workspaces_workspace.w workspace_properties[0].root_volume_size_gib: the provider's call 2 of 3 is refused, in its order compute_type_name, root_volume_size_gib, user_volume_size_gib: 175/10 is in none of the groups 80/10, 80/50, 80/100, 175-2000/100-2000
in 3 applies, each after the one before is done:
1. user_volume_size_gib = 100: at once, if the WorkSpace was launched long enough ago; takes up to 2h
2. root_volume_size_gib = 175: not before 30m after the first; takes up to 2h
3. compute_type_name = "POWER": not before 2h30m after the first; takes up to 1h
the time of the launch is not known, and launch to first change of a volume takes 6h0m0s
workspace_properties[0].compute_type_name: the time of the launch is not known, and launch to larger compute type takes 6h0m0s
`},
		{"type and root volume", up(size("STANDARD", 80, 100), size("POWER", 175, 100)), `update allowed
tfplan.changes-in-one-apply aws_workspaces_workspace.w workspace_properties[0].compute_type_name: the provider makes these changes one right after the other, and the documents want time between them
in 2 applies, each after the one before is done:
1. root_volume_size_gib = 175: at once, if the WorkSpace was launched long enough ago; takes up to 2h
2. compute_type_name = "POWER": not before 2h after the first; takes up to 1h
the time of the launch is not known, and launch to first change of a volume takes 6h0m0s
workspace_properties[0].compute_type_name: the time of the launch is not known, and launch to larger compute type takes 6h0m0s
`},
		{"to a GPU type", up(size("POWER", 175, 100), size("GRAPHICS_G4DN", 175, 100)), `update undocumented
workspace_properties[0].compute_type_name: no document of the edition says whether POWER can become GRAPHICS_G4DN
`},
		{"to a GPU type, and both volumes", up(size("POWER", 175, 100), size("GRAPHICS_G4DN", 200, 200)), `update undocumented
tfplan.changes-in-one-apply aws_workspaces_workspace.w workspace_properties[0].root_volume_size_gib: the provider makes these changes one right after the other, and the documents want time between them
in 3 applies, each after the one before is done:
1. user_volume_size_gib = 200: at once, if the WorkSpace was launched long enough ago; takes up to 2h
2. root_volume_size_gib = 200: not before 30m after the first; takes up to 2h
3. compute_type_name = "GRAPHICS_G4DN": not before 2h30m after the first; takes up to 1h
workspace_properties[0].compute_type_name: no document of the edition says whether POWER can become GRAPHICS_G4DN
the time of the launch is not known, and launch to first change of a volume takes 6h0m0s
`},
		{"both volumes shrink", up(size("POWER", 175, 200), size("POWER", 80, 100)), `update denied
bundles.volume-shrinks aws_workspaces_workspace.w workspace_properties[0].root_volume_size_gib: the provider's call 1 of 2 is refused, in its order root_volume_size_gib, user_volume_size_gib: 80 GiB is less than the present 175 GiB
bundles.volume-shrinks aws_workspaces_workspace.w workspace_properties[0].user_volume_size_gib: 100 GiB is less than the present 200 GiB
`},
		{"a volume in 20 minutes", strings.Replace(up(size("POWER", 175, 100), size("POWER", 175, 200)), `"2h"`, `"20m"`, 1), `update allowed
tfplan.timeout-short aws_workspaces_workspace.w timeouts.update: the provider waits 20m, and the documents say that it may take 2h
the time of the launch is not known, and launch to first change of a volume takes 6h0m0s
`},
		{"a type in 20 minutes", strings.Replace(up(size("POWER", 175, 100), size("STANDARD", 175, 100)), `"2h"`, `"20m"`, 1), `update allowed
tfplan.timeout-short aws_workspaces_workspace.w timeouts.update: the provider waits 20m, and the documents say that it may take 1h
workspace_properties[0].compute_type_name: it is not known whether 6h0m0s have passed: launch to a user's first change, which one page of the guide asks for before a smaller type
`},
		{"nothing in a second", strings.Replace(up(size("POWER", 175, 100), size("POWER", 175, 100)), `"2h"`, `"1s"`, 1), `update allowed
`},
		{"the running mode in a second", strings.Replace(up(mode("AUTO_STOP", "60"), mode("ALWAYS_ON", "")), `"2h"`, `"1s"`, 1), `update allowed
`},
		{"a volume without timeouts", strings.Replace(up(size("POWER", 175, 100), size("POWER", 175, 200)), `{"update": "2h"}`, `null`, 1), `update allowed
tfplan.timeout-short aws_workspaces_workspace.w timeouts.update: the provider waits 10m, and the documents say that it may take 2h
the time of the launch is not known, and launch to first change of a volume takes 6h0m0s
`},
		{"defaults of a bundle that is not told", defaults("[]", `[{"running_mode": {"constant_value": "ALWAYS_ON"}}]`, size("VALUE", 80, 10)), `create allowed
tfplan.provider-default aws_workspaces_workspace.w workspace_properties[0]: the configuration leaves out what the provider then sends, whatever the bundle has: compute_type_name = VALUE, root_volume_size_gib = 80, user_volume_size_gib = 10; the plan does not tell what the bundle has
`},
		{"defaults against the bundle", defaults(bundle("POWER", "175", "100"), `[{"running_mode": {"constant_value": "ALWAYS_ON"}}]`, size("VALUE", 80, 10)), `create undocumented
tfplan.provider-default aws_workspaces_workspace.w workspace_properties[0]: the configuration leaves out what the provider then sends, whatever the bundle has: compute_type_name = VALUE, root_volume_size_gib = 80, user_volume_size_gib = 10; the bundle has POWER, 175, 100
workspace_properties[0].compute_type_name: no document says what becomes of a WorkSpace of "VALUE" from a bundle of "POWER"
workspace_properties[0].root_volume_size_gib: no document says that a volume can be smaller than that of its bundle, 80 GiB and not 175
workspace_properties[0].user_volume_size_gib: no document says that a volume can be smaller than that of its bundle, 10 GiB and not 100
`},
		{"defaults that the bundle has", defaults(bundle("VALUE", "80", "10"), `[{"running_mode": {"constant_value": "ALWAYS_ON"}}]`, size("VALUE", 80, 10)), `create allowed
`},
		{"one default against the bundle", defaults(bundle("VALUE", "80", "50"), `[{"running_mode": {"constant_value": "ALWAYS_ON"}}]`, size("VALUE", 80, 10)), `create undocumented
tfplan.provider-default aws_workspaces_workspace.w workspace_properties[0]: the configuration leaves out what the provider then sends, whatever the bundle has: user_volume_size_gib = 10; the bundle has 50
workspace_properties[0].user_volume_size_gib: no document says that a volume can be smaller than that of its bundle, 10 GiB and not 50
`},
		{"defaults of a bundle whose type is not told", defaults(bundle("", "80", "50"), `[{"running_mode": {"constant_value": "ALWAYS_ON"}}]`, size("VALUE", 80, 10)), `create undocumented
tfplan.provider-default aws_workspaces_workspace.w workspace_properties[0]: the configuration leaves out what the provider then sends, whatever the bundle has: compute_type_name = VALUE, user_volume_size_gib = 10; the bundle has 50
workspace_properties[0].user_volume_size_gib: no document says that a volume can be smaller than that of its bundle, 10 GiB and not 50
`},
		{"what the configuration gives, and a default", defaults(bundle("POWER", "80", "50"), `[{"compute_type_name": {"constant_value": "VALUE"}, "root_volume_size_gib": `+refs("var.r")+`}]`, size("VALUE", 80, 10)), `create undocumented
tfplan.provider-default aws_workspaces_workspace.w workspace_properties[0]: the configuration leaves out what the provider then sends, whatever the bundle has: user_volume_size_gib = 10; the bundle has 50
workspace_properties[0].compute_type_name: no document says what becomes of a WorkSpace of "VALUE" from a bundle of "POWER"
workspace_properties[0].user_volume_size_gib: no document says that a volume can be smaller than that of its bundle, 10 GiB and not 50
`},
		{"the root volume of GRAPHICS_G4DN", defaults(bundle("GRAPHICS_G4DN", "100", "100"), `[{"compute_type_name": {"constant_value": "GRAPHICS_G4DN"}, "user_volume_size_gib": {"constant_value": 100}}]`, g4), `create denied
bundles.volume-below-minimum aws_workspaces_workspace.w workspace_properties[0].root_volume_size_gib: 80 GiB is less than the 100 GiB that GRAPHICS_G4DN needs
tfplan.provider-default aws_workspaces_workspace.w workspace_properties[0]: the configuration leaves out what the provider then sends, whatever the bundle has: root_volume_size_gib = 80; the bundle has 100
workspace_properties[0].root_volume_size_gib: no document says that a volume can be smaller than that of its bundle, 80 GiB and not 100
`},
		{"defaults without a configuration against the bundle", planWith("{}", bundle("POWER", "175", "100"), createWorkspace("w", desk("x", size("VALUE", 80, 10)))), `create undocumented
tfplan.provider-default aws_workspaces_workspace.w workspace_properties[0]: the configuration leaves out what the provider then sends, whatever the bundle has: compute_type_name = VALUE, root_volume_size_gib = 80, user_volume_size_gib = 10; the bundle has POWER, 175, 100
workspace_properties[0].compute_type_name: no document says what becomes of a WorkSpace of "VALUE" from a bundle of "POWER"
workspace_properties[0].root_volume_size_gib: no document says that a volume can be smaller than that of its bundle, 80 GiB and not 175
workspace_properties[0].user_volume_size_gib: no document says that a volume can be smaller than that of its bundle, 10 GiB and not 100
`},
		{"what may be defaults", planOf(createWorkspace("w", desk("x", size("VALUE", 80, 10)))), `create allowed
`},
		{"no minutes with AUTO_STOP", withConfig(`[{"running_mode": {"constant_value": "AUTO_STOP"}}]`, cr(mode("AUTO_STOP", ""), late)), `create denied
bundles.auto-stop-minutes aws_workspaces_workspace.w workspace_properties[0].running_mode_auto_stop_timeout_in_minutes: 0 is not a positive multiple of 60
`},
		{"minutes that are not known", withConfig(`[{"running_mode": {"constant_value": "AUTO_STOP"}, "running_mode_auto_stop_timeout_in_minutes": `+refs("var.m")+`}]`, cr(mode("AUTO_STOP", ""), late)), `create allowed
workspace_properties[0].running_mode_auto_stop_timeout_in_minutes: not known until apply; the provider sends 0, which is refused, if the configuration gives none or null
`},
		{"minutes that are null", withConfig(`[{"running_mode": {"constant_value": "AUTO_STOP"}}]`, cr(mode("AUTO_STOP", ""), "")), `create denied
bundles.auto-stop-minutes aws_workspaces_workspace.w workspace_properties[0].running_mode_auto_stop_timeout_in_minutes: 0 is not a positive multiple of 60
`},
		{"a minute with ALWAYS_ON", planOf(cr(mode("ALWAYS_ON", "1"), "")), `create allowed
tfplan.attribute-dropped aws_workspaces_workspace.w workspace_properties[0].running_mode_auto_stop_timeout_in_minutes: the provider sends no minutes with ALWAYS_ON, and every later plan shows them as a change
`},
		{"less than a minute with ALWAYS_ON", planOf(cr(mode("ALWAYS_ON", "-1"), "")), `create allowed
tfplan.attribute-dropped aws_workspaces_workspace.w workspace_properties[0].running_mode_auto_stop_timeout_in_minutes: the provider sends no minutes with ALWAYS_ON, and every later plan shows them as a change
`},
	} {
		if _, rep := reportOn(t, tt.plan); rep.tells(w) != tt.want {
			t.Errorf("%s:\n%swant\n%s", tt.name, rep.tells(w), tt.want)
		}
	}
}
