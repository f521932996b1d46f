package preflight

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wksgo/wks/internal/ruletest"
)

const soundNetwork = `{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}]}`

// desktopFiles is the export of a Region with a sound network, and more files.
func desktopFiles(more ...string) map[string]string {
	m := map[string]string{vpcsName: soundNetwork, routesName: routesJSON(routeJSON("10.0.0.0/16"))}
	for i := 0; i+1 < len(more); i += 2 {
		m[more[i]] = more[i+1]
	}
	return m
}

func desktopJSON(id, key, properties string) string {
	if key != "" {
		key = fmt.Sprintf(`"VolumeEncryptionKey": %q, "UserVolumeEncryptionEnabled": true, `, key)
	}
	return fmt.Sprintf(`{"WorkspaceId": %q, %s"State": "AVAILABLE", "WorkspaceProperties": {%s}}`, id, key, properties)
}

func fleetJSON(desktops ...string) string {
	return `{"Workspaces": [` + strings.Join(desktops, ", ") + `]}`
}

const (
	keyARN = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	keyID  = "1234abcd-12ab-34cd-56ef-1234567890ab"
	sound  = `"ComputeTypeName": "STANDARD", "RootVolumeSizeGib": 80, "UserVolumeSizeGib": 50, "RunningMode": "ALWAYS_ON", "OperatingSystemName": "WINDOWS_SERVER_2022", "Protocols": ["WSP"]`
)

func describedKey(state string) string {
	return fmt.Sprintf(`{"KeyMetadata": {"KeyId": %q, "Arn": %q, "KeyState": %q, "KeyManager": "CUSTOMER", "KeySpec": "SYMMETRIC_DEFAULT"}}`, keyID, keyARN, state)
}

func TestDesktops(t *testing.T) {
	many := make([]string, 501)
	for i := range many {
		many[i] = desktopJSON(fmt.Sprintf("ws-%08d", i), keyARN, sound)
	}
	for _, tt := range []struct {
		name   string
		files  map[string]string
		args   []string
		status int
		want   []string
	}{
		{"nothing exported", desktopFiles(), nil, exitClean, []string{
			"whether WorkSpaces are as they could be launched today: no describe-workspaces.json", "whether bundles can be launched: no describe-workspace-bundles.json"}},
		{"sound", desktopFiles(workspacesName, fleetJSON(desktopJSON("ws-1", "", sound))), nil, exitClean, []string{
			"WorkSpaces\n    ALLOWED\n      compute types: 1 STANDARD\n      running modes: 1 ALWAYS_ON\n      states: 1 AVAILABLE\n", "KMS keys\n    ALLOWED\n      no WorkSpace is encrypted"}},
		{"a pair in no group", desktopFiles(workspacesName, fleetJSON(desktopJSON("ws-1", "", sound), desktopJSON("ws-2", "", strings.Replace(sound, "50", "51", 1)))), nil, exitBroken, []string{
			"WorkSpaces\n    DENIED\n", "bundles.volume-pair-not-in-group", "describe-workspaces.json: Workspaces[1].WorkspaceProperties.RootVolumeSizeGib"}},
		{"retired hardware and system", desktopFiles(workspacesName, fleetJSON(desktopJSON("ws-1", "", `"ComputeTypeName": "GENERALPURPOSE_4XLARGE", "OperatingSystemName": "WINDOWS_SERVER_2016", "Protocols": ["PCOIP"], "RootVolumeSizeGib": 175, "UserVolumeSizeGib": 100`))), nil, exitBroken, []string{
			"bundles.compute-type-not-offered", "Workspaces[0].WorkspaceProperties.ComputeTypeName"}},
		{"an unknown type", desktopFiles(workspacesName, fleetJSON(desktopJSON("ws-1", "", strings.Replace(sound, "STANDARD", "GRAPHICS_G99", 1)))), nil, exitClean, []string{
			"WorkSpaces\n    UNDOCUMENTED\n", `undocumented: no document of the edition names the compute type "GRAPHICS_G99"`}},
		{"a type that the Region lacks", desktopFiles(workspacesName, fleetJSON(desktopJSON("ws-1", "", `"ComputeTypeName": "GRAPHICS_G7_2XLARGE", "RootVolumeSizeGib": 100, "UserVolumeSizeGib": 100, "RunningMode": "ALWAYS_ON", "OperatingSystemName": "WINDOWS_SERVER_2022", "Protocols": ["WSP"]`))), nil, exitBroken, []string{
			"WorkSpaces\n    DENIED\n", "bundles.compute-type-not-in-region", "Workspaces[0].WorkspaceProperties.ComputeTypeName"}},
		{"nested virtualization", desktopFiles(workspacesName, fleetJSON(desktopJSON("ws-1", "", sound+`, "NestedVirtualizationEnabled": true`), desktopJSON("ws-2", "", sound+`, "NestedVirtualizationEnabled": false`))), nil, exitClean, []string{
			"WorkSpaces\n    ALLOWED\n", "nested virtualization: 1 enabled"}},
		{"nested virtualization with an old system", desktopFiles(workspacesName, fleetJSON(desktopJSON("ws-1", "", strings.Replace(sound, "2022", "2016", 1)+`, "NestedVirtualizationEnabled": true`))), nil, exitBroken, []string{
			"WorkSpaces\n    DENIED\n", "bundles.nested-virtualization-unsupported", "Workspaces[0].WorkspaceProperties.NestedVirtualizationEnabled"}},
		{"a failed WorkSpace", desktopFiles(workspacesName, fleetJSON(`{"WorkspaceId": "ws-1", "State": "ERROR", "ErrorCode": "X", "ErrorMessage": "went wrong"}`)), nil, exitBroken, []string{"WorkSpace ws-1: the state is ERROR: X went wrong"}},
		{"as of 2020", desktopFiles(workspacesName, fleetJSON(desktopJSON("ws-1", "", sound))), []string{"--edition", "2020-04-29"}, exitClean, []string{"WorkSpaces\n    UNDOCUMENTED\n", "no document of the edition tells what is offered with"}},
		{"over the key's limit of 2020", desktopFiles(workspacesName, fleetJSON(many...)), []string{"--edition", "2020-04-29"}, exitBroken, []string{
			"KMS keys\n    DENIED\n", "encryption.workspaces-over-limit", "describe-workspaces.json: Workspaces[0].VolumeEncryptionKey", "501 WorkSpaces"}},
		{"over the default today", desktopFiles(workspacesName, fleetJSON(many...)), nil, exitClean, []string{"encryption.key-over-shard-limit", "WorkSpaces: 501 of 1"}},
		{"a key that is not described", desktopFiles(workspacesName, fleetJSON(desktopJSON("ws-1", keyARN, sound))), nil, exitClean, []string{
			"KMS keys\n    NOT GIVEN\n", "1 WorkSpaces; what it is, is not known: there is no describe-key-" + keyID + ".json"}},
		{"a disabled key", desktopFiles(workspacesName, fleetJSON(desktopJSON("ws-1", keyARN, sound)), keyPrefix+keyID+".json", describedKey("Disabled")), nil, exitBroken, []string{"encryption.key-not-enabled\n          describe-key-" + keyID + ".json: KeyMetadata.KeyState\n"}},
		{"grants", desktopFiles(workspacesName, fleetJSON(desktopJSON("ws-1", keyARN, sound)), keyPrefix+keyID+".json", describedKey("Enabled"),
			grantsPrefix+keyID+".json", `{"Grants": [{"KeyId": "`+keyARN+`", "GrantId": "g1", "GranteePrincipal": "workspaces.amazonaws.com"}]}`), nil, exitClean, []string{
			"KMS keys\n    ALLOWED\n      " + keyARN + ": 1 WorkSpaces; 1 grants, 1 of WorkSpaces and 0 of EBS"}},
		{"bundles", desktopFiles(bundlesName, `{"Bundles": [{"BundleId": "wsb-1", "Name": "n", "Owner": "AMAZON", "RootStorage": {"Capacity": "1"}},
			{"BundleId": "wsb-2", "Name": "mine", "Owner": "111122223333", "RootStorage": {"Capacity": "175"}, "UserStorage": {"Capacity": "50"}, "ComputeType": {"Name": "POWER"}},
			{"BundleId": "wsb-3", "Name": "odd", "Owner": "111122223333", "RootStorage": {"Capacity": "x"}, "UserStorage": {"Capacity": "50"}, "ComputeType": {"Name": "POWER"}},
			{"BundleId": "wsb-4", "Name": "small", "Owner": "111122223333", "RootStorage": {"Capacity": "100"}, "UserStorage": {"Capacity": "50"}, "ComputeType": {"Name": "GRAPHICS_G4DN"}}]}`), nil, exitBroken, []string{
			"bundles\n    DENIED\n      wsb-2 (mine): POWER, volumes 175/50\n      wsb-3: the volumes \"x\" and \"50\" are no sizes in GiB\n", "describe-workspace-bundles.json: Bundles[1].RootStorage.Capacity", "describe-workspace-bundles.json: Bundles[3].UserStorage.Capacity", "Bundles: 3 of 50"}},
		{"images", desktopFiles(imagesName, `{"Images": [{"ImageId": "wsi-1", "State": "AVAILABLE"}, {"ImageId": "wsi-2", "State": "AVAILABLE"}]}`), nil, exitClean, []string{"WorkSpaces images\n    ALLOWED\n      2 images, 0 of them for BYOL", "Images: 2 of 40"}},
		{"tags", desktopFiles(tagsPrefix+"ws-1.json", `{"TagList": [{"Key": "aws:cloudformation:stack-name", "Value": "x"}, {"Key": "a", "Value": "b#"}]}`), nil, exitBroken, []string{
			"tags\n    DENIED\n", "describe-tags-ws-1.json: TagList[1].Value", "bundles.tag-alphabet"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, out, errs := preflight(t, append([]string{"--region", "eu-west-1", export(t, tt.files)}, tt.args...)...)
			if status != tt.status || errs != "" {
				t.Errorf("status %d, want %d; %s", status, tt.status, errs)
			}
			for _, want := range tt.want {
				if !strings.Contains(out, want) {
					t.Errorf("no %q in\n%s", want, out)
				}
			}
		})
	}
	for file, text := range map[string][2]string{
		bundlesName:                    {`{"Bundles": [{"Name": "n"}]}`, `has no member "BundleId"`},
		imagesName:                     {`{"Images": 1}`, "describe-workspace-images.json:1:12: Images: is not a list"},
		tagsPrefix + "ws-1.json":       {`{"TagList": [{"Key": 1}]}`, "is a number, want a string"},
		keyPrefix + keyID + ".json":    {`{"KeyMetadata": {}}`, "describe-key-" + keyID + ".json: "},
		grantsPrefix + keyID + ".json": {`{"Grants": [`, "list-grants-" + keyID + ".json: "},
	} {
		status, out, errs := preflight(t, "--region", "eu-west-1", export(t, desktopFiles(file, text[0])))
		if status == exitClean || !strings.Contains(out, text[1]) || !strings.Contains(out, "cannot be used: ") {
			t.Errorf("%s: status %d, %s, want %q in\n%s", file, status, errs, text[1], out)
		}
	}
}

// KMS limits the grants of a customer's key, and not those of its own.
func TestGrantsOfKeys(t *testing.T) {
	grants := make([]string, 2501)
	for i := range grants {
		grants[i] = fmt.Sprintf(`{"KeyId": %q, "GrantId": "g%d", "GranteePrincipal": "arn:aws:iam::111122223333:role/r%d"}`, keyARN, i, i)
	}
	for manager, want := range map[string]bool{"CUSTOMER": true, "AWS": false} {
		dir := export(t, desktopFiles(workspacesName, fleetJSON(desktopJSON("ws-1", keyARN, sound)),
			keyPrefix+keyID+".json", strings.Replace(describedKey("Enabled"), "CUSTOMER", manager, 1),
			grantsPrefix+keyID+".json", `{"Grants": [`+strings.Join(grants, ",")+`]}`))
		_, out, errs := preflight(t, "--region", "eu-west-1", dir, "--edition", "2018-06-29")
		if got := strings.Contains(out, "encryption.grants-over-limit"); got != want || errs != "" || !strings.Contains(out, "2501 grants") {
			t.Errorf("%s: %t, want %t, %s\n%s", manager, got, want, errs, out)
		}
	}
}

func TestPlan(t *testing.T) {
	status, out, errs := preflight(t, "--edition", "2026-09-10", "--plan", filepath.Join("testdata", "plan.json"), "--now", "2026-09-10T08:00:00Z")
	if status != exitBroken || errs != "" {
		t.Errorf("status %d, %s", status, errs)
	}
	_, plan, found := strings.Cut(out, "\nPlan\n")
	plan, _, _ = strings.Cut(plan, "\nOne BYOL")
	if !found {
		t.Fatalf("no plan in\n%s", out)
	}
	ruletest.Golden(t, filepath.Join("testdata", "plan.txt"), []byte(plan))

	// 850 launches, the guide's own example, fill two keys in 34 calls.
	requests := make([]string, 850)
	for i := range requests {
		requests[i] = fmt.Sprintf(`{"BundleId": "wsb-0123456789", "DirectoryId": "d-0123456789", "UserName": "u%d", "UserVolumeEncryptionEnabled": true}`, i)
	}
	requests[30] = strings.Replace(requests[30], "d-0123456789", "directory", 1)
	requests[60] = strings.Replace(requests[60], "u60", "U3", 1) // of another call
	dir := export(t, map[string]string{"plan.json": `{"Launches": [{"Region": "eu-west-1", "Workspaces": [` + strings.Join(requests, ",") + `]}]}`})
	status, out, errs = preflight(t, "--edition", "2026-09-10", "--plan", filepath.Join(dir, "plan.json"))
	if status != exitBroken || errs != "" {
		t.Errorf("status %d, %s", status, errs)
	}
	for _, want := range []string{"34 calls of CreateWorkspaces", "KMS: create a key workspaces-eu-west-1-1, for 500 WorkSpaces", "KMS: create a key workspaces-eu-west-1-2, for 350 WorkSpaces", "Launches[0].Workspaces[30].DirectoryId", "Launches[0].Workspaces[60].UserName", "bundles.user-repeated"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q", want)
		}
	}

	// A standby, and users that have a WorkSpace.
	fleet := fleetJSON(strings.Replace(desktopJSON("ws-1", "", sound), `"State"`, `"DirectoryId": "d-0123456789", "UserName": "Grace", "RelatedWorkspaces": [{"Type": "PRIMARY"}], "State"`, 1))
	dir = export(t, desktopFiles(workspacesName, fleet))
	wanted := filepath.Join(export(t, map[string]string{"plan.json": `{"Workspaces": [{"WorkspaceId": "ws-1", "UserVolumeSizeGib": 100, "Launched": "2026-01-01T00:00:00Z"}],
		"Launches": [{"Region": "eu-west-1", "Workspaces": [
			{"BundleId": "wsb-0123456789", "DirectoryId": "d-0123456789", "UserName": "grace"},
			{"BundleId": "wsb-0123456789", "DirectoryId": "d-9876543210", "UserName": "grace"},
			{"BundleId": "wsb-0123456789", "DirectoryId": "d-0123456789", "UserName": "ada"}]}]}`}), "plan.json")
	status, out, errs = preflight(t, "--region", "eu-west-1", dir, "--plan", wanted, "--now", "2026-09-10T08:00:00Z")
	if status != exitBroken || errs != "" || strings.Count(out, "bundles.user-taken") != 2 || !strings.Contains(out, "Launches[0].Workspaces[0].UserName") || strings.Count(out, "bundles.standby-refuses") != 2 { // at the top, and in the details
		t.Errorf("status %d, %s\n%s", status, errs, out)
	}

	wanted = filepath.Join(export(t, map[string]string{"plan.json": `{"Launches": [
		{"Region": "eu-west-1", "Workspaces": [{"BundleId": "wsb-0123456789", "DirectoryId": "d-0123456789", "UserName": "ada"}]},
		{"Region": "eu-west-1", "Workspaces": [{"BundleId": "wsb-0123456789", "DirectoryId": "d-0123456789", "UserName": "ada", "WorkspaceProperties": {"UserVolumeSizeGib": 100}}]}]}`}), "plan.json")
	status, out, errs = preflight(t, "--region", "eu-west-1", dir, "--plan", wanted)
	for _, want := range []string{
		"plan for 1 launch in eu-west-1\n    ALLOWED\n      1 call of CreateWorkspaces\n",
		"plan for 1 launch in eu-west-1\n    NOT GIVEN\n      1 call of CreateWorkspaces\n      not given: the size is not known, and so the pair is not\n",
	} {
		if status != exitClean || errs != "" || !strings.Contains(out, want) {
			t.Errorf("status %d, %s: no %q in\n%s", status, errs, want, out)
		}
	}

	// The state is told where there is something to do.
	dir = export(t, desktopFiles(workspacesName, fleetJSON(
		strings.Replace(desktopJSON("ws-1", "", sound), "AVAILABLE", "REBOOTING", 1), strings.Replace(desktopJSON("ws-2", "", sound), "AVAILABLE", "STOPPED", 1))))
	wanted = filepath.Join(export(t, map[string]string{"plan.json": `{"Workspaces": [
		{"WorkspaceId": "ws-1", "UserVolumeSizeGib": 50}, {"WorkspaceId": "ws-1", "UserVolumeSizeGib": 100, "Launched": "2026-01-01T00:00:00Z"},
		{"WorkspaceId": "ws-2", "UserVolumeSizeGib": 100, "Launched": "2026-01-01T00:00:00Z"}]}`}), "plan.json")
	_, out, errs = preflight(t, "--region", "eu-west-1", dir, "--plan", wanted, "--now", "2026-09-10T08:00:00Z")
	const step = "      1. 2026-09-10 08:00 UTC: user volume to 100 GiB, which may take up to 2h\n"
	if want := "  plan for ws-1 in eu-west-1\n    ALLOWED\n      it is so already\n" +
		"  plan for ws-1 in eu-west-1\n    ALLOWED\n" + step + "      it is REBOOTING now, and must be AVAILABLE or STOPPED at each step\n" +
		"  plan for ws-2 in eu-west-1\n    ALLOWED\n" + step; errs != "" || !strings.Contains(out, want) || strings.Contains(out, "it is STOPPED") {
		t.Errorf("%s: no\n%s\nin\n%s", errs, want, out)
	}

	for text, want := range map[string]string{
		`{"Workspaces": [{"UserVolumeSizeGib": 5}]}`:                                  `has no member "WorkspaceId"; the change is left out`,
		`{"Workspaces": [{"WorkspaceId": "ws-1", "Launched": "yesterday"}]}`:          "Workspaces[0].Launched: ",
		`{"Workspaces": [{"WorkspaceId": "ws-1", "UserVolumeSizeGib": 99999999999}]}`: "want a whole number; the change is left out",
		`{"Launches": [{"Workspaces": []}]}`:                                          `has no member "Region"; these launches are left out`,
		`{"Workspaces": 7}`:                                                           "Workspaces: is not a list; it is taken as not given",
		`{"Workspaces": [`:                                                            "the file is cut off; the file is not used",
	} {
		file := filepath.Join(export(t, map[string]string{"plan.json": text}), "plan.json")
		status, out, errs := preflight(t, "--region", "eu-west-1", dir, "--plan", file)
		if status != exitUnanswered || errs != "" || !strings.Contains(out, "cannot be used: "+file+":1:") || !strings.Contains(out, want) {
			t.Errorf("%s: status %d, %s, want %q in\n%s", text, status, errs, want, out)
		}
	}
	for _, args := range [][]string{{"--plan", "no-such-file.json"}, {"--now", "tomorrow"}} {
		if status, out, errs := preflight(t, args...); status != exitUnanswered || out != "" || errs == "" {
			t.Errorf("%v: status %d, %s", args, status, errs)
		}
	}
}

// Waves of migrations.
func TestMigrationPlan(t *testing.T) {
	// Waves within the addresses of subnets; a fleet of which these are not known; an edition without migration.
	desktops, wanted := make([]string, 3), make([]string, 3)
	for i := range desktops {
		desktops[i] = fmt.Sprintf(`{"WorkspaceId": "ws-0000000%d", "DirectoryId": "d-0000000000", "UserName": "u%d", "BundleId": "wsb-000000000", "SubnetId": "subnet-1", "State": "AVAILABLE",
			"WorkspaceProperties": {"OperatingSystemName": "WINDOWS_SERVER_2016", "ComputeTypeName": "STANDARD", "Protocols": ["WSP"]}}`, i, i)
		wanted[i] = fmt.Sprintf(`{"WorkspaceId": "ws-0000000%d", "Source": {"License": "custom"}, "Target": {"BundleID": "wsb-111111111", "OS": "WINDOWS_SERVER_2019", "License": "public", "Protocol": "WSP", "Compute": "STANDARD"}}`, i)
	}
	fleet := desktopFiles(workspacesName, fleetJSON(desktops...), "plan.json", `{"Migrations": [`+strings.Join(wanted, ", ")+`]}`)
	roomy := desktopFiles(subnetsName, `{"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "AvailableIpAddressCount": 2}]}`)
	for name, text := range fleet {
		roomy[name] = text
	}
	for _, tt := range []struct {
		files map[string]string
		args  []string
		want  []string
	}{
		{fleet, nil, []string{"plan for 3 migrations in eu-west-1\n    ALLOWED\n      the free addresses of subnets are not known: no describe-subnets.json\n      wave 1: ws-00000000, ws-00000001, ws-00000002\n"}},
		{roomy, nil, []string{"wave 1: ws-00000000, ws-00000001\n      wave 2: ws-00000002\n", "at most 2h"}},
		{fleet, []string{"--edition", "2019-05-03"}, []string{"plan for migrations\n    UNDOCUMENTED\n      undocumented: no document of the edition speaks of migration"}},
	} {
		dir := export(t, tt.files)
		_, out, errs := preflight(t, append([]string{"--region", "eu-west-1", dir, "--plan", filepath.Join(dir, "plan.json"), "--now", "2026-09-10T08:00:00Z"}, tt.args...)...)
		for _, want := range tt.want {
			if errs != "" || !strings.Contains(out, want) {
				t.Errorf("no %q in\n%s%s", want, out, errs)
			}
		}
	}
}
