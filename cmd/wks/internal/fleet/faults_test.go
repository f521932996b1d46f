package fleet

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/migrate"
)

// A bundle whose image is another than that it names cannot be described: the error is that of the file, and of the target in it.
func TestTargetOfAnotherImage(t *testing.T) {
	const id = "wsb-0000new1"
	f := &facts{bundles: map[string]*types.WorkspaceBundle{id: {BundleId: aws.String(id), ImageId: aws.String("wsi-1")}}, images: map[string]*types.WorkspaceImage{"wsi-1": {ImageId: aws.String("wsi-2")}}}
	if _, unknown, err := f.target(goal{migrate.Desktop{BundleID: id}}); unknown != nil || err == nil {
		t.Errorf("%q, %v", unknown, err)
	}
	sound := goal{migrate.Desktop{BundleID: "wsb-0000new2"}}
	for at, more := range map[string]targetRule{"to": {From: "wsb-0000old1", To: goal{migrate.Desktop{BundleID: id}}}, "via": {From: "wsb-0000old1", To: sound, Via: &goal{migrate.Desktop{BundleID: id}}}} {
		in := &input{targets: map[string]migrate.Target{}, unknown: map[string]int{}}
		err := in.aim(&targetFile{Targets: []targetRule{{From: "ws-00000001", To: sound}, more}}, f)
		if err == nil || !strings.HasPrefix(err.Error(), "targets.json: targets[1]."+at+": ") || !strings.Contains(err.Error(), "wsi-2") {
			t.Errorf("%s: %v", at, err)
		}
	}
}

// What is wrong with targets is told with the place of the first that is wrong, and the whole of it.
func TestWhatIsWrongWithTargets(t *testing.T) {
	const b = `"to": "wsb-0000new1"`
	for text, want := range map[string]string{
		`{` + b + `}`: "targets[0]: want either from, the ID of a bundle or of a WorkSpace, or where",
		`{"from": "wsb-0000old1", "where": {"license": "byol"}, ` + b + `}`: "targets[0]: want either from, the ID of a bundle or of a WorkSpace, or where",
		`{"where": {}, ` + b + `}`: "targets[0].where: has no condition, and would be met by every WorkSpace",
		`{"from": "wsb-0000old1", ` + b + `}, {"from": "wsb-0000old1", ` + b + `}`:               `targets[1].from: "wsb-0000old1" stands in the file twice`,
		`{"where": {"license": "byol"}, ` + b + `}, {"from": "wsb-0000old1"}`:                    "targets[1].to: want the ID of a bundle, such as wsb-8vbljg4r6",
		`{"from": "wsb-0000old1", "via": {"os": "WINDOWS_11"}, ` + b + `}`:                       "targets[0].via: want the ID of a bundle, such as wsb-8vbljg4r6",
		`{"where": {"license": "byol"}, ` + b + `}, {"where": {"license": "custom"}, ` + b + `}`: "",
	} {
		var f targetFile
		if err := json.Unmarshal([]byte(`{"targets": [`+text+`]}`), &f); err != nil {
			t.Fatal(err)
		}
		got := ""
		if err := f.check(); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
		if status, out, errs := ask(t, "plan", small(t, `{"targets": [`+text+`]}`)); want != "" && (status != exitError || out != "" || !strings.HasSuffix(errs, targetsName+": "+want+"\n")) {
			t.Errorf("%s: status %d, %s%s", text, status, errs, out)
		}
	}
}

// The client of a Region is that of the SDK, with the configuration of the process; a profile that there is not is an error.
func TestConnectToAWS(t *testing.T) {
	none := filepath.Join(t.TempDir(), "none")
	t.Setenv("AWS_CONFIG_FILE", none)
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", none)
	t.Setenv("AWS_PROFILE", "")
	t.Setenv("AWS_REGION", "us-east-1")
	c := &command{}
	for region, want := range map[string]string{"eu-west-1": "eu-west-1", "": "us-east-1"} {
		api, err := c.connectTo(t.Context(), region)
		client, ok := api.(*workspaces.Client)
		if err != nil || !ok || client.Options().Region != want {
			t.Errorf("%q: %T, %v", region, api, err)
		}
	}
	t.Setenv("AWS_PROFILE", "nobody")
	if api, err := c.connectTo(t.Context(), "eu-west-1"); api != nil || err == nil || !strings.Contains(err.Error(), "nobody") {
		t.Errorf("%v, %v", api, err)
	}
}

// The whole of what is said of flags that are wrong.
func TestWhatIsWrongWithFlags(t *testing.T) {
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"run", "--store", "sqlite:a.db"}, "a run that is no simulation needs the folder of an export"},
		{[]string{"run", "export", "--instant", "--region", "x"}, "at least one of the flags in the group [simulate journal store] is required"},
		{[]string{"run", "--simulate", "--speed", "0.5"}, "--speed 0.5: is not between 1 and 1,000,000"},
		{[]string{"run", "--simulate", "--store", "postgres://localhost/a"}, "--simulate needs a store in a file: sqlite:FILE"},
		{[]string{"plan", "--undocumented", "maybe"}, `--undocumented "maybe": want ask, allow or deny`},
		{[]string{"run", "export", "--store", "sqlite:a.db", "--redis-away", "maybe"}, `--redis-away "maybe": want adaptive, split=N, strict or stop`},
		{[]string{"run", "export", "--store", "sqlite:a.db", "--redis-away", "split=x"}, `--redis-away "split=x": want a number of workers`},
		{[]string{"run", "export", "--store", "sqlite:a.db", "--redis-away", "split=0"}, `--redis-away "split=0": want a number of workers`},
	} {
		t.Chdir(t.TempDir())
		if status, out, errs := ask(t, tt.args...); status != exitError || out != "" || !strings.Contains(errs, tt.want+"\n") {
			t.Errorf("%q: status %d, %s%s", tt.args, status, errs, out)
		}
		if list, err := filepath.Glob("*"); err != nil || len(list) > 0 {
			t.Errorf("%q: %q are there", tt.args, list)
		}
	}
}

// The table of waves has as many subnets and keys in a cell as there is room for, then their numbers alone, and at last no column for the
// last WorkSpace of a wave.
func TestRoomForWaves(t *testing.T) {
	var wave []migrate.Migration
	for i, subnet := range []string{"subnet-a", "subnet-b", "subnet-c", "subnet-d", "subnet-e", "subnet-a"} {
		wave = append(wave, migrate.Migration{WorkspaceID: []string{"ws-1", "ws-2", "ws-3", "ws-4", "ws-5", "ws-6"}[i], SubnetID: subnet})
	}
	wave[0].Key, wave[0].Grants, wave[5].Key, wave[5].Grants, wave[4].Key = "key-1", 2, "key-1", 4, "key-2"
	wave[1].Before = []migrate.Task{migrate.LeaveValue}
	plan := &migrate.Plan{Waves: [][]migrate.Migration{wave, {{WorkspaceID: "ws-7", SubnetID: "subnet-f", Key: "key-3", Grants: 2}}}}
	texts := []string{
		`wave  size  first  last  subnets                                                 keys (grants)  steps before
1     6     ws-1   ws-6  subnet-a:2 subnet-b:1 subnet-c:1 subnet-d:1 and 1 more  key-1:6        leave-value:1
2     1     ws-7   ws-7  subnet-f:1                                              key-3:2`,
		`wave  size  first  last  subnets                                      keys (grants)  steps before
1     6     ws-1   ws-6  subnet-a:2 subnet-b:1 subnet-c:1 and 2 more  key-1:6        leave-value:1
2     1     ws-7   ws-7  subnet-f:1                                   key-3:2`,
		`wave  size  first  last  subnets                           keys (grants)  steps before
1     6     ws-1   ws-6  subnet-a:2 subnet-b:1 and 3 more  key-1:6        leave-value:1
2     1     ws-7   ws-7  subnet-f:1                        key-3:2`,
		`wave  size  first  last  subnets                keys (grants)  steps before
1     6     ws-1   ws-6  subnet-a:2 and 4 more  key-1:6        leave-value:1
2     1     ws-7   ws-7  subnet-f:1             key-3:2`,
		`wave  size  first  last  subnets  keys  steps before
1     6     ws-1   ws-6  5        1     leave-value:1
2     1     ws-7   ws-7  1        1`,
		`wave  size  first  subnets  keys  steps before
1     6     ws-1   5        1     leave-value:1
2     1     ws-7   1        1`,
	}
	for i, text := range texts {
		width := 0
		for line := range strings.SplitSeq(text, "\n") {
			width = max(width, len(line))
		}
		if got := strings.Join(waveTable(plan, width).lines(), "\n"); got != text {
			t.Errorf("%d columns:\n%s\nwant\n%s", width, got, text)
		}
		if got := strings.Join(waveTable(plan, width-1).lines(), "\n"); got != texts[min(i+1, len(texts)-1)] {
			t.Errorf("%d columns:\n%s\nwant\n%s", width-1, got, texts[min(i+1, len(texts)-1)])
		}
	}
}

// A WorkSpace of an export is planned with what the export tells of it, and takes the grants of its key that its volumes need.
func TestWorkspaceOfAnExport(t *testing.T) {
	of := files{
		bundlesName:     []byte(`{"Bundles": [{"BundleId": "wsb-0000old1", "Owner": "AMAZON", "ComputeType": {"Name": "POWER"}}]}`),
		directoriesName: []byte(`{"Directories": [{"DirectoryId": "d-0123456789", "DirectoryType": "SIMPLE_AD"}]}`),
		targetsName:     []byte(`{"targets": [{"from": "wsb-0000old1", "to": "wsb-0000new1"}], "waveSize": 7, "bundles": {"wsb-0000old1": {"protocol": "WSP"}}}`),
	}
	for _, volumes := range [][2]bool{{false, false}, {true, false}, {false, true}, {true, true}} {
		w := types.Workspace{WorkspaceId: aws.String("ws-00000001"), BundleId: aws.String("wsb-0000old1"), DirectoryId: aws.String("d-0123456789"), UserName: aws.String("ann"), SubnetId: aws.String("subnet-a"),
			VolumeEncryptionKey: aws.String("key-1"), RootVolumeEncryptionEnabled: aws.Bool(volumes[0]), UserVolumeEncryptionEnabled: aws.Bool(volumes[1]), State: types.WorkspaceStateAvailable,
			WorkspaceProperties: &types.WorkspaceProperties{ComputeTypeName: types.ComputeStandard, OperatingSystemName: types.OperatingSystemNameWindows10}}
		text, err := json.Marshal(map[string]any{"Workspaces": []types.Workspace{w}})
		if err != nil {
			t.Fatal(err)
		}
		of[workspacesName] = text
		in, err := readExport(migrate.Newest(), of.read, sampleTime)
		if err != nil || len(in.fleet) != 1 {
			t.Fatal(err)
		}
		got := in.fleet[0]
		if got.Ready == nil {
			t.Error("it is not told whether it is ready")
		}
		got.Ready = nil
		want := migrate.Workspace{ID: "ws-00000001", DirectoryID: "d-0123456789", UserName: "ann", SubnetID: "subnet-a", Key: "key-1", Grants: migrate.Grants(volumes[0], volumes[1]),
			Source: migrate.Desktop{BundleID: "wsb-0000old1", OS: types.OperatingSystemNameWindows10, License: migrate.Public, Protocol: types.ProtocolWsp, Compute: types.ComputeStandard, Directory: migrate.ActiveDirectory}}
		if got != want || in.limits.WaveSize != 7 || in.limits.FreeAddresses != nil || len(in.missing) > 0 {
			t.Errorf("%+v\nwant %+v; %+v, missing %v", got, want, in.limits, in.missing)
		}
	}
}
