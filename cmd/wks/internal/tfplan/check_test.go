package tfplan

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/rule"
)

// change is an element of resource_changes.
func change(typ, name, actions, before, after, unknown string, more ...string) string {
	mode, address := "managed", typ+"."+name
	if actions == `"read"` {
		mode, address = "data", "data."+address
	}
	return fmt.Sprintf(`{"address": %q, "mode": %q, "type": %q, "name": %q, "change": {"actions": [%s], "before": %s, "after": %s, "after_unknown": %s%s}}`,
		address, mode, typ, name, actions, before, after, unknown, strings.Join(append([]string{""}, more...), ", "))
}

// createWorkspace is the creation of a WorkSpace with these attributes, and nothing else.
func createWorkspace(name, attributes string) string {
	return change("aws_workspaces_workspace", name, `"create"`, "null", "{"+attributes+"}", `{"id": true}`)
}

func planOf(changes ...string) string { return planWith("{}", "[]", changes...) }

func planWith(config, state string, changes ...string) string {
	return fmt.Sprintf(`{"format_version": "1.2", "planned_values": {}, "resource_changes": [%s], "prior_state": {"values": {"root_module": {"resources": %s}}}, "configuration": %s}`,
		strings.Join(changes, ",\n"), state, config)
}

// desk are the attributes of a sound WorkSpace of a user; later ones replace them.
func desk(user, properties string, more ...string) string {
	all := map[string]string{"bundle_id": `"wsb-b0s22j3d7"`, "directory_id": `"d-906732325d"`, "user_name": fmt.Sprintf("%q", user), "workspace_properties": "[{" + properties + "}]"}
	order := []string{"bundle_id", "directory_id", "user_name", "workspace_properties"}
	for i := 0; i+1 < len(more); i += 2 {
		if all[more[i]] == "" {
			order = append(order, more[i])
		}
		all[more[i]] = more[i+1]
	}
	var list []string
	for _, name := range order {
		list = append(list, fmt.Sprintf("%q: %s", name, all[name]))
	}
	return strings.Join(list, ", ")
}

func size(compute string, root, user int) string {
	return fmt.Sprintf(`"compute_type_name": %q, "root_volume_size_gib": %d, "user_volume_size_gib": %d, "running_mode": "ALWAYS_ON"`, compute, root, user)
}

// updateWorkspace changes the properties of a WorkSpace, or what else is given.
func updateWorkspace(before, after string) string {
	return change("aws_workspaces_workspace", "w", `"update"`, "{"+before+"}", "{"+after+"}", "{}")
}

const sound = `"compute_type_name": "POWER", "root_volume_size_gib": 175, "user_volume_size_gib": 100, "running_mode": "ALWAYS_ON"`

const keyARN = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"

func TestFindings(t *testing.T) {
	const w = "aws_workspaces_workspace.w: "
	create := func(properties string, more ...string) string {
		return createWorkspace("w", desk("x", properties, more...))
	}
	tags := func(n int) string {
		var list []string
		for i := range n {
			list = append(list, fmt.Sprintf(`"k%d": "v"`, i))
		}
		return "{" + strings.Join(list, ", ") + "}"
	}
	auto := func(minutes string) string {
		return strings.Replace(sound, "ALWAYS_ON", "AUTO_STOP", 1) + `, "running_mode_auto_stop_timeout_in_minutes": ` + minutes
	}
	encrypted := []string{"root_volume_encryption_enabled", "true", "timeouts", `{"create": "60m"}`}
	for _, tt := range []struct {
		name   string
		plan   string
		want   []string
		status int
	}{
		{"sound", planOf(create(sound)), nil, exitClean},
		{"80/200", planOf(create(size("POWER", 80, 200))), []string{"must bundles.volume-pair-not-in-group " + w + "workspace_properties[0].root_volume_size_gib"}, exitBroken},
		{"175/50", planOf(create(size("POWER", 175, 50))), []string{"must bundles.volume-pair-not-in-group " + w + "workspace_properties[0].root_volume_size_gib"}, exitBroken},
		{"80/100", planOf(create(size("POWER", 80, 100))), nil, exitUnanswered},
		{"80/50", planOf(create(size("POWER", 80, 50))), nil, exitClean},
		{"root too large", planOf(create(size("POWER", 2001, 100))), []string{"must bundles.volume-over-ceiling " + w + "workspace_properties[0].root_volume_size_gib"}, exitBroken},
		{"a pair of which half is not known", planOf(change("aws_workspaces_workspace", "w", `"create"`, "null", "{"+desk("x", `"compute_type_name": "POWER", "user_volume_size_gib": 200`)+"}", `{"workspace_properties": [{"root_volume_size_gib": true}]}`)), nil, exitClean},
		{"properties not known", planOf(change("aws_workspaces_workspace", "w", `"create"`, "null", `{"bundle_id": "wsb-b0s22j3d7", "directory_id": "d-906732325d", "user_name": "x"}`, `{"workspace_properties": true}`)), nil, exitClean},

		{"a pair of which half is not known, of a bundle that has it", planWith("{}", `[{"address": "data.aws_workspaces_bundle.b", "mode": "data", "type": "aws_workspaces_bundle", "name": "b", "values": {"id": "wsb-b0s22j3d7", "owner": "AMAZON", "compute_type": [{"name": "POWER"}], "root_storage": [{"capacity": "80"}], "user_storage": [{"capacity": "10"}]}}]`,
			change("aws_workspaces_workspace", "w", `"create"`, "null", "{"+desk("x", `"compute_type_name": "POWER", "root_volume_size_gib": 175`)+"}", `{"workspace_properties": [{"user_volume_size_gib": true}]}`)), nil, exitClean},

		{"a type that the Region lacks", planOf(change("aws_workspaces_workspace", "w", `"create"`, "null", "{"+desk("x", size("GRAPHICS_G7_2XLARGE", 100, 100))+`, "region": "eu-west-1"}`, "{}")),
			[]string{"must bundles.compute-type-not-in-region " + w + "workspace_properties[0].compute_type_name"}, exitBroken},
		{"a type that the Region has", planOf(change("aws_workspaces_workspace", "w", `"create"`, "null", "{"+desk("x", size("GRAPHICS_G7_2XLARGE", 100, 100))+`, "region": "us-west-2"}`, "{}")), nil, exitClean},

		{"60 minutes", planOf(create(auto("60"))), nil, exitClean},
		{"90 minutes", planOf(create(auto("90"))), []string{"must bundles.auto-stop-minutes " + w + "workspace_properties[0].running_mode_auto_stop_timeout_in_minutes"}, exitBroken},
		{"0 minutes", planOf(create(auto("0"))), []string{"must bundles.auto-stop-minutes " + w + "workspace_properties[0].running_mode_auto_stop_timeout_in_minutes"}, exitBroken},
		{"minutes with AlwaysOn, which the provider drops", planOf(create(sound + `, "running_mode_auto_stop_timeout_in_minutes": 60`)), []string{"should tfplan.attribute-dropped " + w + "workspace_properties[0].running_mode_auto_stop_timeout_in_minutes"}, exitClean},
		{"0 minutes with AlwaysOn", planOf(create(sound + `, "running_mode_auto_stop_timeout_in_minutes": 0`)), nil, exitClean},

		{"malformed bundle", planOf(create(sound, "bundle_id", `"value"`)), []string{"must bundles.id-malformed " + w + "bundle_id"}, exitBroken},
		{"no directory", planOf(create(sound, "directory_id", `null`)), []string{"must bundles.member-missing " + w + "directory_id"}, exitBroken},
		{"long user", planOf(createWorkspace("w", desk(strings.Repeat("x", 64), sound))), []string{"must bundles.user-name-length " + w + "user_name"}, exitBroken},

		{"key", planOf(create(sound, append(encrypted, "volume_encryption_key", `"`+keyARN+`"`)...)), nil, exitClean},
		{"key alias", planOf(create(sound, append(encrypted, "volume_encryption_key", `"alias/desktops"`)...)), []string{"should encryption.key-not-arn " + w + "volume_encryption_key"}, exitUnanswered},
		{"ARN of an alias", planOf(create(sound, append(encrypted, "volume_encryption_key", `"arn:aws:kms:eu-west-1:123456789012:alias/desktops"`)...)), []string{"should encryption.key-not-arn " + w + "volume_encryption_key"}, exitUnanswered},
		{"bare aws/workspaces", planOf(create(sound, append(encrypted, "volume_encryption_key", `"aws/workspaces"`)...)), []string{"must encryption.key-not-found " + w + "volume_encryption_key"}, exitBroken},
		{"no key at all", planOf(create(sound, append(encrypted, "volume_encryption_key", `"key"`)...)), []string{"must tfplan.value-invalid " + w + "volume_encryption_key"}, exitBroken},
		{"key of another Region", planOf(create(sound, append(encrypted, "volume_encryption_key", `"`+keyARN+`"`, "region", `"us-east-1"`)...)), []string{"must encryption.key-in-other-region " + w + "volume_encryption_key"}, exitBroken},
		{"key without volume", planOf(create(sound, "volume_encryption_key", `"`+keyARN+`"`)), []string{"should encryption.key-without-volume " + w + "volume_encryption_key"}, exitUnanswered},
		{"volume without key", planOf(create(sound, encrypted...)), []string{"should encryption.volume-without-key " + w + "volume_encryption_key"}, exitUnanswered},
		{"key and volumes that are not known", planOf(change("aws_workspaces_workspace", "w", `"create"`, "null", "{"+desk("x", sound, "volume_encryption_key", `"`+keyARN+`"`)+"}", `{"root_volume_encryption_enabled": true}`)), nil, exitClean},
		{"disabled key", planOf(create(sound, append(encrypted, "volume_encryption_key", `"`+keyARN+`"`)...),
			change("aws_kms_key", "k", `"no-op"`, "{}", `{"arn": "`+keyARN+`", "id": "1234abcd-12ab-34cd-56ef-1234567890ab", "is_enabled": false, "customer_master_key_spec": "SYMMETRIC_DEFAULT"}`, "{}")),
			[]string{"must encryption.key-not-enabled " + w + "volume_encryption_key"}, exitBroken},
		{"asymmetric key", planOf(create(sound, append(encrypted, "volume_encryption_key", `"`+keyARN+`"`)...),
			change("aws_kms_key", "k", `"read"`, "null", `{"arn": "`+keyARN+`", "id": "1234abcd-12ab-34cd-56ef-1234567890ab", "key_state": "Enabled", "key_manager": "CUSTOMER", "key_spec": "RSA_2048"}`, "{}")),
			[]string{"must encryption.key-asymmetric " + w + "volume_encryption_key"}, exitBroken},
		{"short time-out", planOf(create(sound, "root_volume_encryption_enabled", "true", "volume_encryption_key", `"`+keyARN+`"`)), []string{"should tfplan.timeout-short " + w + "timeouts.create"}, exitClean},

		{"50 tags", planOf(create(sound, "tags_all", tags(50))), nil, exitClean},
		{"51 tags, of which the provider adds all", planOf(create(sound, "tags", "null", "tags_all", tags(51))), []string{"must bundles.tags-too-many " + w + "tags_all"}, exitBroken},
		{"reserved tag, which the provider drops", planOf(create(sound, "tags", `{"aws:x": "y"}`, "tags_all", `{"aws:x": "y"}`)), []string{`should tfplan.attribute-dropped ` + w + `tags["aws:x"]`}, exitClean},
		{"reserved tag of the provider", planOf(create(sound, "tags", `{"a": "b"}`, "tags_all", `{"a": "b", "aws:x": "y"}`)), []string{`should tfplan.attribute-dropped ` + w + `tags_all["aws:x"]`}, exitClean},
		{"long value", planOf(create(sound, "tags_all", `{"a": "`+strings.Repeat("ä", 256)+`"}`)), []string{`must bundles.tag-length ` + w + `tags_all["a"]`}, exitBroken},
		{"a value of 255 characters", planOf(create(sound, "tags_all", `{"a": "`+strings.Repeat("ä", 255)+`"}`)), nil, exitClean},
		{"alphabet", planOf(create(sound, "tags", `{"a": "b;c"}`)), []string{`must bundles.tag-alphabet ` + w + `tags["a"]`}, exitBroken},
		{"a value that is not known", planOf(change("aws_workspaces_workspace", "w", `"create"`, "null", "{"+desk("x", sound, "tags_all", `{"a": null}`)+"}", `{"tags_all": {"a": true}}`)), nil, exitClean},

		{"a user twice", planOf(createWorkspace("w", desk("x", sound)), createWorkspace("v", desk("X", sound))),
			[]string{"must bundles.user-repeated aws_workspaces_workspace.v: user_name", "must bundles.user-repeated " + w + "user_name"}, exitBroken},
		{"a user of another that stays", planOf(createWorkspace("w", desk("x", sound)), change("aws_workspaces_workspace", "v", `"no-op"`, "{}", "{"+desk("x", sound)+"}", "{}")),
			[]string{"must bundles.user-repeated " + w + "user_name"}, exitBroken},
		{"a user in two directories", planOf(createWorkspace("w", desk("x", sound)), createWorkspace("v", desk("x", sound, "directory_id", `"d-906732325e"`))), nil, exitClean},
		{"a user of another that only the state has", planWith("{}", `[{"address": "aws_workspaces_workspace.v", "mode": "managed", "type": "aws_workspaces_workspace", "name": "v", "values": {`+desk("x", sound)+`}}]`, createWorkspace("w", desk("x", sound))),
			[]string{"must bundles.user-repeated " + w + "user_name"}, exitBroken},

		{"a user of what an earlier apply left over", planOf(createWorkspace("w", desk("x", sound)), strings.Replace(change("aws_workspaces_workspace", "v", `"no-op"`, "{}", "{"+desk("x", sound)+"}", "{}"), `"change"`, `"deposed": "deadbeef", "change"`, 1)), nil, exitClean},
		{"a user that state and plan name", planWith("{}", `[{"address": "aws_workspaces_workspace.w", "mode": "managed", "type": "aws_workspaces_workspace", "name": "w", "values": {`+desk("x", sound)+`}}]`, createWorkspace("w", desk("x", sound))), nil, exitClean},
		{"nothing changes", planOf(change("aws_workspaces_workspace", "w", `"no-op"`, "{}", "{"+desk("x", size("POWER", 80, 200))+"}", "{}")), nil, exitClean},
		{"drift is no change", strings.Replace(planOf(), `"resource_changes": []`, `"resource_changes": [], "resource_drift": [`+create(size("POWER", 80, 200))+`]`, 1), nil, exitClean},
		{"another type", planOf(change("aws_instance", "i", `"create"`, "null", `{"user_name": 7}`, "{}")), nil, exitClean},
	} {
		status, rep := reportOn(t, tt.plan)
		if got := rep.findings(); status != tt.status || !slices.Equal(got, tt.want) {
			t.Errorf("%s: status %d, want %d\n%s\nwant\n%s", tt.name, status, tt.status, strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
		}
	}
}

// Of a change of the running mode no document says how long it takes, so that no time-out is too short for it.
func TestTimeoutOfNothing(t *testing.T) {
	auto := strings.Replace(sound, "ALWAYS_ON", "AUTO_STOP", 1) + `, "running_mode_auto_stop_timeout_in_minutes": 60`
	if _, rep := reportOn(t, planOf(updateWorkspace(desk("x", sound), desk("x", auto, "timeouts", `{"update": "-1s"}`)))); len(rep.findings()) > 0 {
		t.Errorf("%q", rep.findings())
	}
}

func TestUpdates(t *testing.T) {
	const w = "aws_workspaces_workspace.w: "
	const timeouts = `{"update": "2h"}`
	auto := func(minutes int) string {
		return fmt.Sprintf(`"compute_type_name": "POWER", "root_volume_size_gib": 175, "user_volume_size_gib": 100, "running_mode": "AUTO_STOP", "running_mode_auto_stop_timeout_in_minutes": %d`, minutes)
	}
	for _, tt := range []struct {
		name          string
		before, after string
		want          []string
		steps         []string // of the lines
		status        int
	}{
		{"tags alone", sound, sound, nil, nil, exitClean},
		{"user volume", size("POWER", 175, 100), size("POWER", 175, 200), nil, nil, exitClean},
		{"root volume over the pair", size("POWER", 80, 10), size("POWER", 175, 10), []string{"must bundles.volume-pair-not-in-group " + w + "workspace_properties[0].root_volume_size_gib"}, nil, exitBroken},
		{"shrinks", size("POWER", 175, 200), size("POWER", 175, 100), []string{"must bundles.volume-shrinks " + w + "workspace_properties[0].user_volume_size_gib"}, nil, exitBroken},
		// The provider sends root_volume_size_gib before user_volume_size_gib.
		{"both volumes in the wrong order", size("POWER", 80, 10), size("POWER", 175, 100),
			[]string{"must bundles.volume-pair-not-in-group " + w + "workspace_properties[0].root_volume_size_gib"},
			[]string{"1. user_volume_size_gib = 100: at once", "2. root_volume_size_gib = 175: not before 30m"}, exitBroken},
		{"a step that the plan does not have", size("POWER", 80, 10), size("POWER", 400, 300),
			[]string{"must bundles.volume-pair-not-in-group " + w + "workspace_properties[0].root_volume_size_gib"},
			[]string{"1. user_volume_size_gib = 100: at once", "2. root_volume_size_gib = 400: not before 30m", "3. user_volume_size_gib = 300: not before 6h"}, exitBroken},
		{"both volumes in an order that will do", size("POWER", 175, 100), size("POWER", 200, 200),
			[]string{"should tfplan.changes-in-one-apply " + w + "workspace_properties[0].root_volume_size_gib"},
			[]string{"1. user_volume_size_gib = 200: at once", "2. root_volume_size_gib = 200: not before 30m"}, exitClean},
		{"both volumes, of which the second suits the first alone", size("POWER", 80, 100), size("POWER", 175, 200),
			[]string{"should tfplan.changes-in-one-apply " + w + "workspace_properties[0].root_volume_size_gib"},
			[]string{"1. root_volume_size_gib = 175: at once", "2. user_volume_size_gib = 200: not before 30m"}, exitClean},
		{"volume and compute type", size("STANDARD", 175, 100), size("POWER", 175, 200),
			[]string{"should tfplan.changes-in-one-apply " + w + "workspace_properties[0].compute_type_name"},
			[]string{"1. user_volume_size_gib = 200: at once", `2. compute_type_name = "POWER": not before 2h`}, exitClean},
		{"running mode", sound, auto(60), nil, nil, exitClean},
		{"running mode and 90 minutes", sound, auto(90), []string{"must bundles.auto-stop-minutes " + w + "workspace_properties[0].running_mode_auto_stop_timeout_in_minutes"}, nil, exitBroken},
		{"minutes", auto(60), auto(90), []string{"must bundles.auto-stop-minutes " + w + "workspace_properties[0].running_mode_auto_stop_timeout_in_minutes"}, nil, exitBroken},
		{"running mode without minutes", sound, auto(0), nil, nil, exitClean},
		{"to a GPU type", size("POWER", 175, 100), size("GRAPHICS_G4DN", 175, 100), nil, nil, exitUnanswered},
	} {
		after := desk("x", tt.after, "timeouts", timeouts)
		status, rep := reportOn(t, planOf(updateWorkspace(desk("x", tt.before), after)))
		var steps []string
		for _, l := range rep.Resources[0].Lines {
			if l[0] >= '0' && l[0] <= '9' {
				steps = append(steps, string(l))
			}
		}
		ok := len(steps) == len(tt.steps)
		for i := range steps {
			ok = ok && strings.HasPrefix(steps[i], tt.steps[i])
		}
		if got := rep.findings(); status != tt.status || !slices.Equal(got, tt.want) || !ok {
			t.Errorf("%s: status %d, want %d\n%s\nwant\n%s\nsteps %q, want %q, open %q", tt.name, status, tt.status, strings.Join(got, "\n"), strings.Join(tt.want, "\n"), steps, tt.steps, rep.Resources[0].Undocumented)
		}
	}
	_, rep := reportOn(t, planOf(updateWorkspace(desk("x", size("POWER", 175, 100)), desk("x", size("POWER", 175, 200)))))
	if got := rep.findings(); !slices.Equal(got, []string{"should tfplan.timeout-short " + w + "timeouts.update"}) {
		t.Errorf("without timeouts: %q", got)
	}
}

func TestDestroyed(t *testing.T) {
	const w = "aws_workspaces_workspace.w: "
	is := `"id": "ws-1a2b3c4d5", ` + desk("x", sound, "root_volume_encryption_enabled", "true", "volume_encryption_key", `"`+keyARN+`"`, "region", `"eu-west-1"`)
	becomes := func(more ...string) string {
		return desk("x", sound, append([]string{"root_volume_encryption_enabled", "true", "volume_encryption_key", `"` + keyARN + `"`, "region", `"eu-west-1"`, "timeouts", `{"create": "1h"}`}, more...)...)
	}
	replaced := func(after, paths string, more ...string) string {
		return change("aws_workspaces_workspace", "w", `"delete", "create"`, "{"+is+"}", "{"+after+"}", `{"id": true}`, append(more, `"replace_paths": [`+paths+`]`)...)
	}
	const destroyed = "must tfplan.desktop-destroyed " + w
	for _, tt := range []struct {
		name    string
		plan    string
		want    []string
		instead string
		status  int
	}{
		{"bundle", planOf(replaced(becomes("bundle_id", `"wsb-gm4d5tx2v"`), `["bundle_id"]`)), []string{destroyed + "bundle_id"}, "MigrateWorkspace", exitBroken},
		{"directory", planOf(replaced(becomes("directory_id", `"d-906732325e"`), `["directory_id"]`)), []string{destroyed + "directory_id"}, "belongs to its user", exitBroken},
		{"user", planOf(replaced(becomes("user_name", `"y"`), `["user_name"]`)), []string{destroyed + "user_name"}, "belongs to its user", exitBroken},
		{"encryption", planOf(replaced(becomes("user_volume_encryption_enabled", "true"), `["user_volume_encryption_enabled"]`)), []string{destroyed + "user_volume_encryption_enabled"}, "fixed at the launch", exitBroken},
		{"alias for the key", planOf(replaced(becomes("volume_encryption_key", `"alias/desktops"`), `["volume_encryption_key"]`)),
			[]string{destroyed + "volume_encryption_key", "should encryption.key-not-arn " + w + "volume_encryption_key"}, "give the ARN " + keyARN, exitBroken},
		{"another key", planOf(replaced(becomes("volume_encryption_key", `"`+strings.Replace(keyARN, "1234abcd", "5678abcd", 1)+`"`), `["volume_encryption_key"]`)), []string{destroyed + "volume_encryption_key"}, "fixed at the launch", exitBroken},
		{"bundle and user", planOf(replaced(becomes("bundle_id", `"wsb-gm4d5tx2v"`, "user_name", `"y"`), `["bundle_id"], ["user_name"]`)), []string{destroyed + "bundle_id, user_name"}, "Save the user's data", exitBroken},
		{"a part of the bundle", planOf(replaced(becomes("bundle_id", `"wsb-gm4d5tx2v"`), `["bundle_id", 0]`)), []string{destroyed + "bundle_id[0]"}, "Save the user's data", exitBroken},
		{"bundle and tenancy", planOf(replaced(becomes("bundle_id", `"wsb-gm4d5tx2v"`), `["bundle_id"], ["tenancy"]`)), []string{destroyed + "bundle_id, tenancy"}, "Save the user's data", exitBroken},
		{"no path", planOf(replaced(becomes("bundle_id", `"wsb-gm4d5tx2v"`), `[]`)), []string{destroyed}, "Save the user's data", exitBroken},
		{"tainted", planOf(strings.Replace(replaced(becomes(), ``), `"change"`, `"action_reason": "replace_because_tainted", "change"`, 1)), []string{destroyed}, "terraform untaint", exitBroken},
		{"create before destroy", planOf(strings.Replace(replaced(becomes("bundle_id", `"wsb-gm4d5tx2v"`), `["bundle_id"]`), `"delete", "create"`, `"create", "delete"`, 1)),
			[]string{destroyed + "bundle_id", "must bundles.user-repeated " + w + "user_name"}, "MigrateWorkspace", exitBroken},
		{"forgotten", planOf(change("aws_workspaces_workspace", "w", `"forget"`, "{"+is+"}", "null", "{}")), nil, "", exitClean},
		{"destroyed", planOf(change("aws_workspaces_workspace", "w", `"delete"`, "{"+is+"}", "null", "{}")), []string{"should tfplan.desktop-destroyed " + w}, "Save the user's data", exitClean},
		{"deposed", planOf(strings.Replace(change("aws_workspaces_workspace", "w", `"delete"`, "{"+is+"}", "null", "{}"), `"change"`, `"deposed": "deadbeef", "change"`, 1)), []string{"should tfplan.desktop-destroyed " + w}, "Save the user's data", exitClean},
		{"moved without a word", planOf(change("aws_workspaces_workspace", "w", `"delete"`, "{"+is+"}", "null", "{}"), createWorkspace("v", desk("X", sound))),
			[]string{destroyed}, "moved { from = aws_workspaces_workspace.w, to = aws_workspaces_workspace.v }", exitBroken},
		{"directory replaced", planOf(change("aws_workspaces_directory", "d", `"delete", "create"`, `{"id": "d-906732325d"}`, `{"directory_id": "d-906732325d"}`, "{}", `"replace_paths": [["tenancy"]]`)),
			[]string{"should tfplan.directory-replaced aws_workspaces_directory.d: tenancy"}, "", exitClean},
	} {
		status, rep := reportOn(t, tt.plan)
		if got := rep.findings(); status != tt.status || !slices.Equal(got, tt.want) {
			t.Errorf("%s: status %d, want %d\n%s\nwant\n%s", tt.name, status, tt.status, strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			continue
		}
		for _, r := range rep.Resources {
			for _, f := range r.Findings {
				if f.Code == desktopDestroyed && (f.Remedy == "") != (tt.instead == "") || !strings.Contains(string(f.Remedy), tt.instead) && f.Code == desktopDestroyed {
					t.Errorf("%s: remedy: %q", tt.name, f.Remedy)
				}
			}
		}
	}
	status, rep := reportOn(t, planOf(change("aws_workspaces_workspace", "w", `"delete"`, "{"+is+"}", "null", "{}")), "--fail-on", "destroy")
	if got := rep.findings(); status != exitBroken || !slices.Equal(got, []string{destroyed}) {
		t.Errorf("--fail-on destroy: status %d, %q", status, got)
	}
	status, rep = reportOn(t, planOf(replaced(becomes("bundle_id", `"wsb-gm4d5tx2v"`), `["bundle_id"]`)), "--destroy-ok")
	if got := rep.findings(); status != exitClean || !slices.Equal(got, []string{"should tfplan.desktop-destroyed " + w + "bundle_id"}) || rep.Summary.Destroyed != 1 {
		t.Errorf("--destroy-ok: status %d, %q", status, got)
	}
}

// What is sensitive stands neither in the text nor in the JSON.
func TestSensitive(t *testing.T) {
	const secret = "hush"
	after := desk(secret+strings.Repeat("x", 60), strings.Replace(sound, "175", "81", 1), "bundle_id", `"wsb-`+secret+`"`, "volume_encryption_key", `"`+secret+`"`, "tags_all", `{"aws:a": "`+secret+`"}`)
	before := `"id": "ws-1a2b3c4d5", ` + desk("x", sound, "bundle_id", `"`+secret+`"`)
	marks := `"after_sensitive": {"user_name": true, "bundle_id": true, "volume_encryption_key": true, "tags_all": true, "workspace_properties": true}, "before_sensitive": {"bundle_id": true}, "replace_paths": [["bundle_id"], ["user_name"]]`
	plan := planOf(change("aws_workspaces_workspace", "w", `"delete", "create"`, "{"+before+"}", "{"+after+"}", "{}", marks),
		change("aws_vpc", "v", `"create"`, "null", `{"cidr_block": "172.31.0.0/16"}`, `{"id": true}`, `"after_sensitive": true`),
		change("aws_workspaces_ip_group", "g", `"create"`, "null", `{"rules": [{"source": "hush"}, {"source": "2001:db8::/32"}]}`, "{}", `"after_sensitive": {"rules": true}`))
	for _, args := range [][]string{{"--region", "eu-west-1"}, {"--region", "eu-west-1", "--json"}} {
		_, out, errs := tfplan(t, plan, args...)
		for _, word := range []string{secret, "81/", "172.31.0.0/16 (", "2001:db8"} {
			if errs != "" || strings.Contains(out, word) {
				t.Errorf("%q: %q is shown in\n%s%s", args, word, out, errs)
			}
		}
	}
	_, rep := reportOn(t, plan, "--region", "eu-west-1")
	if len(rep.findings()) < 6 {
		t.Errorf("%q", rep.findings())
	}
}

// What speaks of a migration depends on what data sources tell of the bundles.
func TestMigration(t *testing.T) {
	bundle := func(id, name, owner string) string {
		return fmt.Sprintf(`{"address": "data.aws_workspaces_bundle.%s", "mode": "data", "type": "aws_workspaces_bundle", "name": %q, "values": {"id": %q, "name": %q, "owner": %q, "compute_type": [{"name": "STANDARD"}]}}`, id, id, id, name, owner)
	}
	const from, to = "wsb-aaaaaaaaa", "wsb-bbbbbbbbb"
	plan := func(bundles ...string) string {
		return planWith("{}", "["+strings.Join(bundles, ", ")+"]", change("aws_workspaces_workspace", "w", `"delete", "create"`,
			"{"+desk("x", sound, "bundle_id", `"`+from+`"`)+"}", "{"+desk("x", sound, "bundle_id", `"`+to+`"`)+"}", "{}", `"replace_paths": [["bundle_id"]]`))
	}
	server2016, server2019 := "Standard with Windows 10 (Server 2016 based)", "Standard with Windows 10 (Server 2019 based)"
	for _, tt := range []struct {
		name, plan string
		args       []string
		want       string
	}{
		{"nothing known", plan(), nil, "if systems and protocols suit"},
		{"2016 to 2019", plan(bundle(from, server2016, "AMAZON"), bundle(to, server2019, "AMAZON")), nil, "if systems and protocols suit"},
		{"to Windows 7", plan(bundle(to, "Standard with Windows 7", "AMAZON")), nil, "nothing does: a migration is refused too, for Windows 7 is no target"},
		{"to what only the name of a custom bundle tells", plan(bundle(to, "Standard with Windows 7", "123456789012")), nil, "if systems and protocols suit"},
		{"before migration", plan(), []string{"--edition", "2019-10-25"}, "no document of 2019-10-25 speaks of migration"},
		{"bundle not known", planOf(change("aws_workspaces_workspace", "w", `"delete", "create"`, "{"+desk("x", sound)+"}", "{"+desk("x", sound, "bundle_id", "null")+"}", `{"bundle_id": true}`, `"replace_paths": [["bundle_id"]]`)), nil, "not known until apply, suits"},
	} {
		_, rep := reportOn(t, tt.plan, tt.args...)
		if got := rep.Resources[0].Findings[0].Remedy; !strings.Contains(string(got), tt.want) {
			t.Errorf("%s: %q", tt.name, got)
		}
	}
}

// The operating system of AWS's own bundles stands in their names, by the words that the API has for it.
func TestSystemsOfBundles(t *testing.T) {
	for _, os := range types.OperatingSystemName("").Values() {
		words := strings.Split(string(os), "_")
		for i, w := range words {
			words[i] = w[:1] + strings.ToLower(w[1:])
		}
		label := strings.Join(words, " ")
		if strings.HasPrefix(label, "Windows Server") {
			label = "Windows 10 (" + strings.TrimPrefix(label, "Windows ") + " based)"
		}
		want := os
		if words[0] != "Windows" && words[0] != "Amazon" {
			want = "" // which a public name has with a version, and no migration
		}
		if got := systemOf("Standard with " + label); got != want {
			t.Errorf("%s: %q, want %q", label, got, want)
		}
	}
}

// A change of encryption is told with what a document says of it, where the Region is known.
func TestChangeOfEncryption(t *testing.T) {
	for region, want := range map[string]bool{`"eu-west-1"`: true, "null": false} {
		with := func(on string) string {
			return "{" + desk("x", sound, "region", region, "user_volume_encryption_enabled", on) + "}"
		}
		_, rep := reportOn(t, planOf(change("aws_workspaces_workspace", "w", `"delete", "create"`, with("false"), with("true"), `{"id": true}`, `"replace_paths": [["user_volume_encryption_enabled"]]`)))
		got := slices.ContainsFunc(rep.Resources[0].Lines, func(l words) bool { return strings.HasPrefix(string(l), "user_volume_encryption_enabled: ") })
		if got != want {
			t.Errorf("Region %s: %q", region, rep.Resources[0].Lines)
		}
	}
}

// Of users that are sensitive it is shown where they stand, and not who they are.
func TestSensitiveUser(t *testing.T) {
	with := func(name string) string {
		return change("aws_workspaces_workspace", name, `"create"`, "null", "{"+desk("hush", sound)+"}", "{}", `"after_sensitive": {"user_name": true}`)
	}
	_, rep := reportOn(t, planOf(with("v"), with("w")))
	for i, other := range []string{"aws_workspaces_workspace.w", "aws_workspaces_workspace.v"} {
		if f := rep.Resources[i].Findings; len(f) != 1 || !strings.Contains(string(f[0].Detail), other) || strings.Contains(string(f[0].Detail), "hush") {
			t.Errorf("%+v", f)
		}
	}
}

// What is not known is listed once for each attribute.
func TestNotGiven(t *testing.T) {
	_, rep := reportOn(t, planOf(change("aws_workspaces_workspace", "w", `"create"`, "null", `{"bundle_id": "wsb-b0s22j3d7", "user_name": "x", "tags_all": {}}`, `{"directory_id": true, "workspace_properties": true}`)))
	want := []words{
		"directory_id: not known until apply",
		"whether the user has another WorkSpace in the directory: user or directory are not known until apply",
	}
	if r := rep.Resources[0]; !slices.Equal(r.NotGiven, want) || len(r.Undocumented) > 0 {
		t.Errorf("%q\nwant\n%q\nopen %q", r.NotGiven, want, r.Undocumented)
	}
}

// Of many WorkSpaces of a user each finding names the first few of the others.
func TestUserOften(t *testing.T) {
	_, rep := reportOn(t, planOf(times(30, func(i int) string { return createWorkspace(fmt.Sprintf("w%02d", i), desk("x", sound)) })...))
	if rep.Summary.Must != 30 {
		t.Errorf("%d findings", rep.Summary.Must)
	}
	for i, want := range map[int]string{
		0: "is the user of aws_workspaces_workspace.w01, aws_workspaces_workspace.w02, aws_workspaces_workspace.w03 and 26 more in the same directory",
		7: "is the user of aws_workspaces_workspace.w00, aws_workspaces_workspace.w01, aws_workspaces_workspace.w02 and 26 more in the same directory",
	} {
		if got := string(rep.Resources[i].Findings[0].Detail); got != want {
			t.Errorf("%d: %s", i, got)
		}
	}
	_, rep = reportOn(t, planOf(times(3, func(i int) string { return createWorkspace(fmt.Sprintf("w%02d", i), desk("x", sound)) })...))
	if got := string(rep.Resources[1].Findings[0].Detail); got != "is the user of aws_workspaces_workspace.w00, aws_workspaces_workspace.w02 in the same directory" {
		t.Error(got)
	}
}

// A finding of a package has the remedy of its rule, one of the program perhaps a better one; both have help.
func TestRemedies(t *testing.T) {
	_, rep := reportOn(t, string(sample))
	catalogue := map[rule.Code]string{}
	for _, r := range wks.Catalogue() {
		catalogue[r.Code] = r.Remedy
	}
	n := 0
	for _, r := range rep.Resources {
		for _, f := range r.Findings {
			if _, own := planRules[f.Code]; own {
				if f.Remedy == "" || f.Help != f.Code.Help() {
					t.Errorf("%+v", f)
				}
				continue
			}
			if n++; f.Remedy == "" || string(f.Remedy) != catalogue[f.Code] || f.Help != f.Code.Help() {
				t.Errorf("%+v", f)
			}
		}
	}
	if n < 8 {
		t.Errorf("%d findings", n)
	}
}
