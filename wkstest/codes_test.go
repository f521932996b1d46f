package wkstest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/wkstest"
)

// Where the service's model lists several errors for what a rule refuses, the one that says most is the answer, and a member of a batch has
// the code of its kind.
func TestCodesOfRules(t *testing.T) {
	const simple = wkstest.SampleDirectory
	launched := func(change func(*wkstest.Workspace)) func(*wkstest.Region) {
		return func(r *wkstest.Region) {
			r.Workspaces = []wkstest.Workspace{running("ws-000000001", "ada", types.WorkspaceStateAvailable, change)}
		}
	}
	modify := func(p types.WorkspaceProperties) func(*wkstest.Direct) (string, error) {
		return func(d *wkstest.Direct) (string, error) {
			_, err := d.ModifyWorkspaceProperties(t.Context(), &workspaces.ModifyWorkspacePropertiesInput{WorkspaceId: aws.String("ws-000000001"), WorkspaceProperties: &p})
			return "", err
		}
	}
	operation := func(name string) func(*wkstest.Direct) (string, error) {
		return func(d *wkstest.Direct) (string, error) {
			for _, f := range operationsOf[name](d, t, aws.String("ws-000000001")) {
				return *f.ErrorCode + " " + *f.ErrorMessage, nil
			}
			return "", nil
		}
	}
	register := func(subnets ...string) func(*wkstest.Direct) (string, error) {
		return func(d *wkstest.Direct) (string, error) {
			_, err := d.RegisterWorkspaceDirectory(t.Context(), &workspaces.RegisterWorkspaceDirectoryInput{DirectoryId: aws.String("d-9067000009"), SubnetIds: subnets})
			return "", err
		}
	}
	for by, tt := range map[rule.Code]struct {
		region func(*wkstest.Region)
		do     func(*wkstest.Direct) (string, error)
		code   string
	}{
		bundles.LargerTooSoon: {launched(func(w *wkstest.Workspace) { w.History.Larger = noon.Add(-time.Hour) }), modify(types.WorkspaceProperties{ComputeTypeName: types.ComputePower}), "InvalidResourceStateException"},
		bundles.SmallerTooSoon: {launched(func(w *wkstest.Workspace) {
			w.History.Smaller, w.WorkspaceProperties.ComputeTypeName = noon.Add(-time.Hour), types.ComputePower
		}), modify(types.WorkspaceProperties{ComputeTypeName: types.ComputeStandard}), "InvalidResourceStateException"},
		bundles.VolumeCoolDown: {launched(func(w *wkstest.Workspace) { w.History.UserVolume = noon.Add(-time.Hour) }), modify(types.WorkspaceProperties{UserVolumeSizeGib: aws.Int32(200)}), "InvalidResourceStateException"},
		bundles.ModificationInProgress: {launched(func(w *wkstest.Workspace) {
			w.ModificationStates = []types.ModificationState{{Resource: types.ModificationResourceEnumRootVolume, State: types.ModificationStateEnumUpdateInProgress}}
		}), modify(types.WorkspaceProperties{UserVolumeSizeGib: aws.Int32(200)}), "OperationInProgressException"},
		bundles.ModeRefuses: {launched(func(w *wkstest.Workspace) {
			w.WorkspaceProperties.RunningMode, w.WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes = types.RunningModeAlwaysOn, nil
		}), operation("Stop"), "InvalidResourceState.WorkSpace"},
		bundles.SnapshotMissing: {launched(func(w *wkstest.Workspace) { w.NoSnapshots = true }), operation("Rebuild"), "InvalidResourceState.WorkSpace"},
		bundles.OverQuota: {func(r *wkstest.Region) {
			for i := range 20 {
				id := fmt.Sprintf("wsca-%09d", i)
				r.Aliases = append(r.Aliases, wkstest.Alias{ConnectionAlias: types.ConnectionAlias{AliasId: &id, ConnectionString: &id, State: types.ConnectionAliasStateCreated}})
			}
		}, func(d *wkstest.Direct) (string, error) {
			_, err := d.CreateConnectionAlias(t.Context(), &workspaces.CreateConnectionAliasInput{ConnectionString: aws.String("desktops.example.com")})
			return "", err
		}, "ResourceLimitExceededException"},
		"network.subnets-in-one-zone": {func(r *wkstest.Region) {
			r.Subnets = []wkstest.Subnet{{SubnetID: "subnet-0a1b2c3d", ZoneID: "euw1-az1"}, {SubnetID: "subnet-1a1b2c3d", ZoneID: "euw1-az1"}}
		}, register("subnet-0a1b2c3d", "subnet-1a1b2c3d"), "OperationNotSupportedException"},
		"network.subnets-not-two": {func(r *wkstest.Region) {
			r.Subnets = []wkstest.Subnet{{SubnetID: "subnet-0a1b2c3d", ZoneID: "euw1-az1"}}
		}, register("subnet-0a1b2c3d"), "OperationNotSupportedException"},
		"network.management-cidr-in-use": {func(r *wkstest.Region) {
			r.Subnets = []wkstest.Subnet{{SubnetID: "subnet-0a1b2c3d", CIDR: "10.0.7.0/24"}}
		}, func(d *wkstest.Direct) (string, error) {
			_, err := d.ModifyAccount(t.Context(), &workspaces.ModifyAccountInput{DedicatedTenancyManagementCidrRange: aws.String("10.0.0.0/16")})
			return "", err
		}, "ResourceUnavailableException"},
		"migrate.no-free-address": {func(r *wkstest.Region) {
			launched(func(w *wkstest.Workspace) { w.SubnetId = aws.String("subnet-0a1b2c3d") })(r)
			r.Subnets = []wkstest.Subnet{{SubnetID: "subnet-0a1b2c3d", Available: aws.Int(0)}}
		}, operation("Migrate"), "ResourceUnavailableException"},
		"migrate.modification-in-progress": {launched(func(w *wkstest.Workspace) {
			w.Migration = &wkstest.Migration{SourceID: "ws-000000001", TargetID: "ws-000000002", Until: noon.Add(time.Hour)}
		}), operation("Migrate"), "OperationInProgressException"},
		"wkstest.not-registered": {func(r *wkstest.Region) { r.Directories[0].State = types.WorkspaceDirectoryStateDeregistering }, func(d *wkstest.Direct) (string, error) {
			_, err := d.CreateConnectClientAddIn(t.Context(), &workspaces.CreateConnectClientAddInInput{ResourceId: aws.String(simple), Name: aws.String("calls"), URL: aws.String("https://calls.example.com/")})
			return "", err
		}, "InvalidParameterValuesException"},
	} {
		_, d, _ := served(t, tt.region)
		text, err := tt.do(d)
		if err != nil {
			text = codeOf(err) + " " + messageOf(err)
		}
		if !strings.HasPrefix(text, tt.code+" ") || !strings.HasSuffix(text, "["+string(by)+"]") {
			t.Errorf("%s: %q, want %s", by, text, tt.code)
		}
	}
	_, d, _ := served(t, func(r *wkstest.Region) { // a quota that can be raised does not hold
		for i := range 41 {
			r.Images = append(r.Images, image(fmt.Sprintf("wsi-%09d", i), me, nil))
		}
	})
	_, err := d.CopyWorkspaceImage(t.Context(), &workspaces.CopyWorkspaceImageInput{Name: aws.String("copy"), SourceImageId: aws.String("wsi-000000001"), SourceRegion: aws.String("eu-west-1")})
	wants(t, "the 42nd image", err, "")
}

// The guide does not let Amazon Linux 2 and GPUs have a standby WorkSpace, nor data of Simple AD be replicated: the operation is not supported.
func TestCodesOfStandby(t *testing.T) {
	for by, change := range map[rule.Code]func(*wkstest.Workspace){
		"": nil,
		bundles.StandbyOperatingSystem: func(w *wkstest.Workspace) {
			w.WorkspaceProperties.OperatingSystemName = types.OperatingSystemNameAmazonLinux2
		},
		bundles.StandbyComputeType: func(w *wkstest.Workspace) { w.WorkspaceProperties.ComputeTypeName = types.ComputeGraphicsG4dn },
		bundles.StandbySimpleAD:    nil,
	} {
		primary := wkstest.Sample("us-east-1")
		var changes []func(*wkstest.Workspace)
		if change != nil {
			changes = append(changes, change)
		}
		primary.Workspaces = []wkstest.Workspace{running("ws-000000001", "ada", types.WorkspaceStateAvailable, changes...)}
		clock := wkstest.NewVirtual(noon)
		s := start(t, wkstest.Config{Now: clock.Now, State: &wkstest.State{Regions: map[string]*wkstest.Region{"us-east-1": primary, "us-west-2": wkstest.Sample("us-west-2")}}})
		standby := types.StandbyWorkspace{DirectoryId: aws.String(wkstest.SampleDirectory), PrimaryWorkspaceId: aws.String("ws-000000001")}
		if by == bundles.StandbySimpleAD {
			standby.DataReplication = types.DataReplicationPrimaryAsSource
		}
		out, err := s.Direct("us-west-2").CreateStandbyWorkspaces(t.Context(), &workspaces.CreateStandbyWorkspacesInput{PrimaryRegion: aws.String("us-east-1"), StandbyWorkspaces: []types.StandbyWorkspace{standby}})
		if err != nil {
			t.Fatalf("%s: %v", by, err)
		}
		var got []string
		for _, f := range out.FailedStandbyRequests {
			got = append(got, *f.ErrorCode+" "+*f.ErrorMessage)
		}
		if by == "" {
			if len(got) > 0 || len(out.PendingStandbyRequests) != 1 {
				t.Errorf("%q", got)
			}
		} else if len(got) != 1 || !strings.HasPrefix(got[0], "OperationNotSupported.WorkSpace ") || !strings.HasSuffix(got[0], "["+string(by)+"]") {
			t.Errorf("%s: %q", by, got)
		}
	}
}

// In the document of a state resources have the members that the API has, some of which begin with a small letter, and times are seconds.
func TestSavedAsTheAPI(t *testing.T) {
	group, directory := groupOf("wsipg-000000001", "office", "192.0.2.0/24"), wkstest.Sample("eu-west-1").Directories[0]
	group.GroupDesc, group.UserRules[0].RuleDesc = aws.String("floor"), aws.String("desk")
	directory.IpGroupIds, directory.Ready = []string{"wsipg-000000001"}, time.Unix(0, 0).UTC()
	state := &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": {IPGroups: []wkstest.IPGroup{group}, Directories: []wkstest.Directory{directory}}}}
	var b bytes.Buffer
	if err := state.Save(&b); err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Regions map[string]struct{ IPGroups, Directories []map[string]json.RawMessage }
	}
	if err := json.Unmarshal(b.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	text := func(m map[string]json.RawMessage) map[string]string {
		all := map[string]string{}
		for k, v := range m {
			all[k] = string(v)
		}
		return all
	}
	answers(t, "the group", text(doc.Regions["eu-west-1"].IPGroups[0]), map[string]string{
		"groupId": `"wsipg-000000001"`, "groupName": `"office"`, "groupDesc": `"floor"`, "userRules": `[{"ipRule":"192.0.2.0/24","ruleDesc":"desk"}]`,
	})
	d := text(doc.Regions["eu-west-1"].Directories[0])
	answers(t, "the directory", []string{d["ipGroupIds"], d["Ready"], d["DirectoryId"]}, []string{`["wsipg-000000001"]`, "0", `"` + wkstest.SampleDirectory + `"`})
	again, err := wkstest.Load(&b)
	if err != nil {
		t.Fatal(err)
	}
	answers(t, "loaded", again, state)
}

// Of the subnets of a directory that with the most free addresses is taken, and in turn where that is not known. One that is full is not.
func TestSubnetsOfLaunches(t *testing.T) {
	free := func(id string, n int) wkstest.Subnet { return wkstest.Subnet{SubnetID: id, Available: &n} }
	for name, tt := range map[string]struct {
		subnets []wkstest.Subnet
		want    []string // of eight launches
	}{
		"the most":         {[]wkstest.Subnet{free("subnet-a", 2), free("subnet-b", 9), free("subnet-c", 4)}, []string{"b", "b", "b", "b", "b"}},
		"the first":        {[]wkstest.Subnet{free("subnet-a", 9), free("subnet-b", 2), free("subnet-c", 4)}, []string{"a", "a", "a", "a", "a"}},
		"the last":         {[]wkstest.Subnet{free("subnet-a", 4), free("subnet-b", 2), free("subnet-c", 9)}, []string{"c", "c", "c", "c", "c"}},
		"one is not full":  {[]wkstest.Subnet{free("subnet-a", 0), free("subnet-b", 0), free("subnet-c", 7)}, []string{"c", "c", "c", "c", "c"}},
		"until it is full": {[]wkstest.Subnet{free("subnet-a", 0), free("subnet-b", 2), free("subnet-c", 0)}, []string{"b", "b", "", "", ""}},
		"in turn":          {nil, []string{"a", "b", "c", "a", "b"}},
	} {
		s, d, _ := served(t, func(r *wkstest.Region) {
			r.Subnets, r.Directories[0].SubnetIds = tt.subnets, []string{"subnet-a", "subnet-b", "subnet-c"}
		})
		var got []string
		for i := range tt.want {
			must(d.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{request(fmt.Sprint("user", i))}}))(t)
			list, place := s.State().Regions["eu-west-1"].Workspaces, ""
			if len(list) > i {
				place = strings.TrimPrefix(*list[i].SubnetId, "subnet-")
			}
			got = append(got, place)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// An operation that the model gives no error for what a rule is about answers with the next best that it lists: what is taken is a conflict or a wrong
// value, what a state or a change stands against is not supported, and a bound and what is not supported are a wrong value.
func TestNextBestErrors(t *testing.T) {
	for by, answers := range map[rule.Code]string{
		"wks.required":                              "CreateWorkspaces:Validation AcceptAccountLinkInvitation:Validation",
		bundles.VolumePairNotInGroup:                "CreateWorkspaces:InvalidParameterValues AcceptAccountLinkInvitation:Validation",
		"wkstest.unknown-resource":                  "DeleteTags:ResourceNotFound CreateWorkspaces:Validation",
		"wkstest.user-unknown":                      "DeleteTags:ResourceNotFound CreateWorkspaces:Validation",
		"wkstest.already-exists":                    "CreateIpGroup:ResourceAlreadyExists CreateAccountLinkInvitation:Conflict CreateWorkspaces:InvalidParameterValues StopWorkspaces:Validation",
		"byol.link-exists":                          "CreateAccountLinkInvitation:Conflict",
		"wkstest.in-use":                            "DeleteIpGroup:ResourceAssociated DeleteTags:Validation",
		"wkstest.wrong-state":                       "DeleteWorkspaceImage:InvalidResourceState CreateStandbyWorkspaces:OperationNotSupported CreateWorkspaceBundle:InvalidParameterValues",
		"wkstest.not-registered":                    "DeleteWorkspaceImage:InvalidResourceState CreateStandbyWorkspaces:OperationNotSupported CreateWorkspaceBundle:InvalidParameterValues",
		"wkstest.not-reversible":                    "DeleteWorkspaceImage:InvalidResourceState",
		bundles.ModificationInProgress:              "ModifyWorkspaceProperties:OperationInProgress AuthorizeIpRules:InvalidResourceState CreateStandbyWorkspaces:OperationNotSupported",
		"wkstest.quota":                             "CreateTags:ResourceLimitExceeded DeleteTags:InvalidParameterValues",
		"wkstest.key-full":                          "CreateTags:ResourceLimitExceeded DeleteTags:InvalidParameterValues",
		bundles.TagsTooMany:                         "CreateTags:ResourceLimitExceeded",
		bundles.ImageOfEncrypted:                    "CopyWorkspaceImage:OperationNotSupported CreateTags:InvalidParameterValues",
		"wkstest.undocumented":                      "CopyWorkspaceImage:OperationNotSupported CreateTags:InvalidParameterValues",
		"wkstest.directory-not-empty":               "DeregisterWorkspaceDirectory:OperationNotSupported",
		"network.subnet-zone-unsupported":           "RegisterWorkspaceDirectory:OperationNotSupported",
		bundles.StandbyRefuses:                      "RestoreWorkspace:OperationNotSupported MigrateWorkspace:OperationNotSupported",
		bundles.StandbyNotInRegion:                  "CreateStandbyWorkspaces:OperationNotSupported",
		bundles.StandbyOperatingSystem:              "CreateStandbyWorkspaces:OperationNotSupported",
		bundles.StandbyComputeType:                  "CreateStandbyWorkspaces:OperationNotSupported",
		bundles.StandbySimpleAD:                     "CreateStandbyWorkspaces:OperationNotSupported",
		bundles.StateRefuses:                        "ModifyWorkspaceProperties:InvalidResourceState RestoreWorkspace:OperationNotSupported",
		bundles.ModeRefuses:                         "ModifyWorkspaceProperties:InvalidResourceState",
		bundles.SnapshotMissing:                     "RestoreWorkspace:OperationNotSupported",
		bundles.UserTaken:                           "CreateWorkspaceImage:ResourceAlreadyExists CreateWorkspaces:InvalidParameterValues",
		bundles.UserRepeated:                        "CreateWorkspaceImage:ResourceAlreadyExists CreateWorkspaces:InvalidParameterValues",
		bundles.OverQuota:                           "CreateIpGroup:ResourceLimitExceeded",
		"network.subnets-not-two":                   "RegisterWorkspaceDirectory:OperationNotSupported",
		"network.subnets-in-one-zone":               "RegisterWorkspaceDirectory:OperationNotSupported",
		"network.ip-groups-over-quota":              "CreateIpGroup:ResourceLimitExceeded",
		"network.ip-group-rules-over-quota":         "AuthorizeIpRules:ResourceLimitExceeded",
		"network.ip-groups-of-directory-over-quota": "AssociateIpGroups:ResourceLimitExceeded",
		"network.management-cidr-in-use":            "ModifyAccount:ResourceUnavailable",
		"migrate.modification-in-progress":          "MigrateWorkspace:OperationInProgress",
		"migrate.no-free-address":                   "MigrateWorkspace:ResourceUnavailable",
		"byol.image-name-taken":                     "CreateWorkspaceImage:ResourceAlreadyExists",
		"encryption.key-not-enabled":                "ModifyWorkspaceProperties:InvalidResourceState",
		"migrate.scenario-refused":                  "MigrateWorkspace:OperationNotSupported",
		"wkstest.not-available":                     "CopyWorkspaceImage:ResourceUnavailable AuthorizeIpRules:InvalidResourceState",
		"wkstest.no-free-address":                   "MigrateWorkspace:ResourceUnavailable",
		"wkstest.not-permitted":                     "CopyWorkspaceImage:AccessDenied CreateTags:Validation",
	} {
		for text := range strings.FieldsSeq(answers) {
			operation, want, _ := strings.Cut(text, ":")
			if wkstest.ModelErrors[operation] == nil {
				t.Errorf("%s is no operation", operation)
			}
			if got := wkstest.CodeFor(operation, by); got != want+"Exception" {
				t.Errorf("%s by %s: %s, want %s", operation, by, got, want)
			}
		}
	}
}

// A call tells the WorkSpaces that its request names: what has the form of the model's WorkspaceId, ^ws-[0-9a-z]{8,63}$, and nothing else. What the
// server then makes of the request does not matter.
func TestCallsNameWorkspaces(t *testing.T) {
	form := regexp.MustCompile(`^ws-[0-9a-z]{8,63}$`)
	s := start(t, wkstest.Config{Record: true})
	d := s.Direct("eu-west-1")
	for i, id := range []string{
		"ws-" + strings.Repeat("9", 7), "ws-" + strings.Repeat("9", 8), "ws-" + strings.Repeat("z", 9), "ws-" + strings.Repeat("0", 63), "ws-" + strings.Repeat("a", 64), "ws-0A1b2c3d4", "wsb-0a1b2c3d4", "ws-0a1b2c3d-",
	} {
		_, _ = d.RebootWorkspaces(t.Context(), &workspaces.RebootWorkspacesInput{RebootWorkspaceRequests: []types.RebootRequest{{WorkspaceId: &id}}})
		var want []string
		if form.MatchString(id) {
			want = []string{id}
		}
		if got := s.Log()[i].Workspaces; !slices.Equal(got, want) {
			t.Errorf("%s: %q", id, got)
		}
	}
}

// A member of a batch has the name of the error that an operation with all errors gives, without Exception, and of the resource. Users of Terraform met ResourceExists for
// what is taken. What the model has no error of its own for is a wrong value.
func TestCodesOfItems(t *testing.T) {
	const every = "CreateUpdatedWorkspaceImage" // nearly all errors
	for by, operation := range map[rule.Code]string{
		"wkstest.unknown-resource": every, "wkstest.wrong-state": every, "wkstest.quota": every, "wkstest.undocumented": every, bundles.VolumePairNotInGroup: every, "wkstest.already-exists": every,
		bundles.ModificationInProgress: "ModifyWorkspaceProperties", "wkstest.not-available": "CopyWorkspaceImage",
		bundles.StateRefuses: every, bundles.StandbyRefuses: every, bundles.OverQuota: every, bundles.TagsTooMany: every, bundles.SnapshotMissing: every,
	} {
		name := strings.TrimSuffix(wkstest.CodeFor(operation, by), "Exception")
		want := strings.Replace(name, "AlreadyExists", "Exists", 1) + ".WorkSpace"
		if got := wkstest.CodeOfItem(by); got != want {
			t.Errorf("%s: %s, want %s", by, got, want)
		}
	}
	for by, want := range map[rule.Code]string{"bundles.user-taken": "ResourceExists.WorkSpace", "wkstest.user-unknown": "ResourceNotFound.User", "wkstest.not-permitted": "InvalidParameterValues.WorkSpace", "wks.required": "InvalidParameterValues.WorkSpace"} {
		if got := wkstest.CodeOfItem(by); got != want {
			t.Errorf("%s: %s, want %s", by, got, want)
		}
	}
}
