package wkstest_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/wkstest"
)

var noon = time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC)

// The server's clock is that of Config.Now to the nanosecond, however long it runs, and with a speed so much faster or slower
// since the server was made.
func TestClockOfServer(t *testing.T) {
	for _, tt := range []struct {
		speed        float64
		passed, want time.Duration
	}{
		{0, 0, 0}, {0, 300*24*time.Hour + 1, 300*24*time.Hour + 1}, {1, 300*24*time.Hour + 1, 300*24*time.Hour + 1}, {1, time.Second, time.Second},
		{60, 0, 0}, {60, 90 * time.Second, 90 * time.Minute}, {0.5, time.Hour, 30 * time.Minute}, {1e6, time.Second, 1e6 * time.Second},
	} {
		clock := wkstest.NewVirtual(noon)
		s := start(t, wkstest.Config{Now: clock.Now, Speed: tt.speed})
		if err := clock.Sleep(t.Context(), tt.passed); err != nil {
			t.Fatal(err)
		}
		if got := s.Now().Sub(noon); got != tt.want {
			t.Errorf("speed %v, after %s: %s, want %s", tt.speed, tt.passed, got, tt.want)
		}
	}
}

// activityOf lets something that takes time begin, and returns the member of the state that tells when it ends.
var activityOf = []struct {
	name    string
	longest time.Duration
	spread  bool // from a half of it on
	begin   func(t *testing.T, s *wkstest.Server, d *wkstest.Direct, id *string) time.Time
}{
	{"Appear", 2 * time.Second, false, func(t *testing.T, s *wkstest.Server, d *wkstest.Direct, _ *string) time.Time {
		must(d.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{request("bob")}}))(t)
		return s.State().Regions["eu-west-1"].Workspaces[1].Visible
	}},
	{"Launch", 20 * time.Minute, true, func(t *testing.T, s *wkstest.Server, d *wkstest.Direct, _ *string) time.Time {
		must(d.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{request("bob")}}))(t)
		return s.State().Regions["eu-west-1"].Workspaces[1].Ready
	}},
	{"EncryptedLaunch", 40 * time.Minute, true, func(t *testing.T, s *wkstest.Server, d *wkstest.Direct, _ *string) time.Time {
		must(d.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{request("bob", func(q *types.WorkspaceRequest) {
			q.VolumeEncryptionKey, q.UserVolumeEncryptionEnabled = aws.String("alias/aws/workspaces"), aws.Bool(true)
		})}}))(t)
		return s.State().Regions["eu-west-1"].Workspaces[1].Ready
	}},
	{"Migrating", time.Hour, true, func(t *testing.T, s *wkstest.Server, d *wkstest.Direct, id *string) time.Time {
		migrateTo2019(t, d, id)
		return s.State().Regions["eu-west-1"].Workspaces[0].Migration.Until
	}},
	{"AppearMigrated", 20 * time.Second, false, func(t *testing.T, s *wkstest.Server, d *wkstest.Direct, id *string) time.Time {
		migrateTo2019(t, d, id)
		return s.State().Regions["eu-west-1"].Workspaces[1].Visible
	}},
	{"Importing", 90 * time.Minute, true, func(t *testing.T, s *wkstest.Server, d *wkstest.Direct, _ *string) time.Time {
		importByol(t, d)
		return s.State().Regions["eu-west-1"].Images[0].Ready
	}},
	{"Importing with Office", 3 * time.Hour, true, func(t *testing.T, s *wkstest.Server, d *wkstest.Direct, _ *string) time.Time {
		importByol(t, d, types.ApplicationMicrosoftOffice2019)
		return s.State().Regions["eu-west-1"].Images[0].Ready
	}},
	{"Imaging", 45 * time.Minute, true, func(t *testing.T, s *wkstest.Server, d *wkstest.Direct, id *string) time.Time {
		must(d.CreateWorkspaceImage(t.Context(), &workspaces.CreateWorkspaceImageInput{WorkspaceId: id, Name: aws.String("golden"), Description: aws.String("golden")}))(t)
		return s.State().Regions["eu-west-1"].Images[0].Ready
	}},
	{"Stopping", time.Minute, false, func(t *testing.T, s *wkstest.Server, d *wkstest.Direct, id *string) time.Time {
		must(d.StopWorkspaces(t.Context(), &workspaces.StopWorkspacesInput{StopWorkspaceRequests: []types.StopRequest{{WorkspaceId: id}}}))(t)
		return s.State().Regions["eu-west-1"].Workspaces[0].Ready
	}},
	{"Rebooting", 5 * time.Minute, false, func(t *testing.T, s *wkstest.Server, d *wkstest.Direct, id *string) time.Time {
		must(d.RebootWorkspaces(t.Context(), &workspaces.RebootWorkspacesInput{RebootWorkspaceRequests: []types.RebootRequest{{WorkspaceId: id}}}))(t)
		return s.State().Regions["eu-west-1"].Workspaces[0].Ready
	}},
	{"Rebuilding", 20 * time.Minute, false, func(t *testing.T, s *wkstest.Server, d *wkstest.Direct, id *string) time.Time {
		must(d.RebuildWorkspaces(t.Context(), &workspaces.RebuildWorkspacesInput{RebuildWorkspaceRequests: []types.RebuildRequest{{WorkspaceId: id}}}))(t)
		return s.State().Regions["eu-west-1"].Workspaces[0].Ready
	}},
	{"Restoring", 20 * time.Minute, false, func(t *testing.T, s *wkstest.Server, d *wkstest.Direct, id *string) time.Time {
		must(d.RestoreWorkspace(t.Context(), &workspaces.RestoreWorkspaceInput{WorkspaceId: id}))(t)
		return s.State().Regions["eu-west-1"].Workspaces[0].Ready
	}},
	{"Registering", time.Minute, false, func(t *testing.T, s *wkstest.Server, d *wkstest.Direct, _ *string) time.Time {
		must(d.RegisterWorkspaceDirectory(t.Context(), &workspaces.RegisterWorkspaceDirectoryInput{DirectoryId: aws.String("d-9067000009"), SubnetIds: []string{"subnet-0a1b2c3d", "subnet-1a1b2c3d"}}))(t)
		return s.State().Regions["eu-west-1"].Directories[1].Ready
	}},
	{"AccountChange", 4 * time.Hour, false, func(t *testing.T, s *wkstest.Server, d *wkstest.Direct, _ *string) time.Time {
		must(d.ModifyAccount(t.Context(), &workspaces.ModifyAccountInput{DedicatedTenancySupport: types.DedicatedTenancySupportEnumEnabled}))(t)
		return s.State().Regions["eu-west-1"].Account.Pending
	}},
	{"AliasChange", 10 * time.Second, false, func(t *testing.T, s *wkstest.Server, d *wkstest.Direct, _ *string) time.Time {
		must(d.CreateConnectionAlias(t.Context(), &workspaces.CreateConnectionAliasInput{ConnectionString: aws.String("desktops.example.com")}))(t)
		return s.State().Regions["eu-west-1"].Aliases[0].Ready
	}},
}

func migrateTo2019(t *testing.T, d *wkstest.Direct, id *string) *workspaces.MigrateWorkspaceOutput {
	t.Helper()
	to := wkstest.PublicBundle(types.ComputeStandard, types.OperatingSystemNameWindowsServer2019, types.ProtocolWsp)
	return must(d.MigrateWorkspace(t.Context(), &workspaces.MigrateWorkspaceInput{SourceWorkspaceId: id, BundleId: &to}))(t)
}

func importByol(t *testing.T, d *wkstest.Direct, with ...types.Application) {
	t.Helper()
	must(d.ImportWorkspaceImage(t.Context(), &workspaces.ImportWorkspaceImageInput{
		Ec2ImageId: aws.String("ami-0a1b2c3d4e5f60718"), ImageName: aws.String("byol"), ImageDescription: aws.String("byol"), IngestionProcess: types.WorkspaceImageIngestionProcessByolRegular, Applications: with,
	}))(t)
}

// ready is a server with one WorkSpace that has been running for two days.
func ready(t *testing.T, c wkstest.Config) (*wkstest.Server, *wkstest.Virtual, *string) {
	t.Helper()
	clock := wkstest.NewVirtual(noon)
	c.Now = clock.Now
	s := start(t, c)
	out := must(s.Direct("eu-west-1").CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{request("ada", func(q *types.WorkspaceRequest) {
		q.WorkspaceProperties = &types.WorkspaceProperties{RunningMode: types.RunningModeAutoStop, RunningModeAutoStopTimeoutInMinutes: aws.Int32(60 * 2880)}
	})}}))(t)
	if len(out.PendingRequests) != 1 {
		t.Fatal(*out.FailedRequests[0].ErrorMessage)
	}
	if err := clock.Sleep(t.Context(), 48*time.Hour); err != nil {
		t.Fatal(err)
	}
	return s, clock, out.PendingRequests[0].WorkspaceId
}

// What takes time takes what the documentation of its Activity says: that, or by the seed from a half of it up to all.
func TestTimesOfActivities(t *testing.T) {
	for _, a := range activityOf {
		longest := a.longest
		if a.name == "Imaging" {
			if given, _ := bundles.Newest().Wait(bundles.ImageCreation); given > 0 {
				longest = given
			}
		}
		first, last := time.Duration(1<<62), time.Duration(0)
		for seed := range uint64(24) {
			s, clock, id := ready(t, wkstest.Config{Seed: seed})
			if a.longest == 90*time.Minute || a.longest == 3*time.Hour {
				must(s.Direct("eu-west-1").ModifyAccount(t.Context(), &workspaces.ModifyAccountInput{DedicatedTenancySupport: types.DedicatedTenancySupportEnumEnabled}))(t)
				if err := clock.Sleep(t.Context(), 4*time.Hour); err != nil {
					t.Fatal(err)
				}
			}
			took := a.begin(t, s, s.Direct("eu-west-1"), id).Sub(clock.Now())
			first, last = min(first, took), max(last, took)
		}
		if from := longest / 2; a.spread && (first < from || last > longest || first > from+longest/8 || last < longest-longest/8) || !a.spread && (first != longest || last != longest) {
			t.Errorf("%s: from %s to %s, want %s", a.name, first, last, longest)
		}
	}
}
