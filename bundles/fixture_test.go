package bundles_test

import (
	"net/netip"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/internal/fixture"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

func TestFixtures(t *testing.T) {
	ruletest.Try(t, "testdata/fixtures.txt", bundles.Book, bundles.At, questions)
}

// Fixtures are dated by hand, by the documents. A row that is dated otherwise leaves a fixture that
// begins or ends on a day on which nothing changes.
func TestFixturesAreDatedAsRows(t *testing.T) {
	text, err := os.ReadFile("testdata/fixtures.txt")
	if err != nil {
		t.Fatal(err)
	}
	fixtures, err := fixture.Parse(string(text))
	if err != nil {
		t.Fatal(err)
	}
	editions := bundles.Editions()
	for _, f := range fixtures {
		for _, e := range []rule.Edition{f.Span.Since, f.Span.Until} {
			if e != (rule.Edition{}) && !slices.Contains(editions, e) {
				t.Errorf("line %d: nothing changes on %s", f.Line, e)
			}
		}
	}
}

func TestBook(t *testing.T) { ruletest.Book(t, bundles.Book, os.DirFS(".")) }

func TestZero(t *testing.T) { ruletest.Zero(t, bundles.Rules{}) }

// What breaks a rule is not allowed by an edition that has no document on it yet, but for what a
// document permitted until then.
func TestSilenceIsNoPermission(t *testing.T) {
	text, err := os.ReadFile("testdata/fixtures.txt")
	if err != nil {
		t.Fatal(err)
	}
	fixtures, err := fixture.Parse(string(text))
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for _, r := range bundles.Catalogue() {
		for _, e := range bundles.Editions() {
			if _, inForce := r.At(e); inForce {
				continue
			}
			for _, f := range fixtures {
				if f.Code != r.Code || !f.Fail || f.Tightens {
					continue
				}
				asked++
				if a, err := questions[f.Question](at(t, e.String()), f.Input); err != nil || a.Verdict == rule.Allowed {
					t.Errorf("line %d on %s: %+v, %v", f.Line, e, a, err)
				}
			}
		}
	}
	if asked == 0 {
		t.Error("every edition has every rule")
	}
}

// An ask is a question about a WorkSpace: what DescribeWorkspaces gives, what is known beside
// that, and what is asked at a time.
type ask struct {
	Workspace types.Workspace
	Snapshots *struct{ RebuildSnapshots, RestoreSnapshots []types.Snapshot }
	History   bundles.History
	Now       time.Time

	Operation           bundles.Operation
	WorkspaceProperties *types.WorkspaceProperties

	FreeBytes, ProfileBytes *int64
	RootUsedPercents        *int

	Region, WindowsRelease string
}

func (q ask) workspace() bundles.Workspace {
	w := bundles.NewWorkspace(q.Workspace)
	w.History, w.Region = q.History, q.Region
	if q.Snapshots != nil {
		w.Snapshots = &bundles.Snapshots{Rebuild: q.Snapshots.RebuildSnapshots, Restore: q.Snapshots.RestoreSnapshots}
	}
	return w
}

// A launch is a request and what is known of its bundle and user.
type launch struct {
	Workspaces []types.WorkspaceRequest
	Bundle     types.WorkspaceBundle
	System     types.OperatingSystemType
	UserTaken  bool
	Region     string
}

func (l launch) context(*types.WorkspaceRequest) bundles.LaunchContext {
	c := bundles.NewLaunchContext(l.Bundle, l.System)
	c.UserTaken, c.Region = l.UserTaken, l.Region
	return c
}

var questions = ruletest.Questions[bundles.Rules]{
	"CheckVolumes": ruletest.Ask(func(r bundles.Rules, p types.WorkspaceProperties) (rule.Answer, error) {
		return r.CheckVolumes(p.ComputeTypeName, deref(p.RootVolumeSizeGib), deref(p.UserVolumeSizeGib))
	}),
	"CheckOffer": ruletest.Ask(func(r bundles.Rules, in struct {
		types.WorkspaceProperties
		Day rule.Edition
	}) (rule.Answer, error) {
		r, err := asOf(r, in.Day)
		if err != nil {
			return rule.Answer{}, err
		}
		return r.CheckOffer(in.OperatingSystemName, in.ComputeTypeName, in.Protocols[0])
	}),
	"CheckRegion": ruletest.Ask(func(r bundles.Rules, in struct {
		Region          string
		ComputeTypeName types.Compute
	}) (rule.Answer, error) {
		return r.CheckRegion(in.Region, in.ComputeTypeName)
	}),
	"CheckNestedVirtualization": ruletest.Ask(func(r bundles.Rules, q ask) (rule.Answer, error) {
		return r.CheckNestedVirtualization(q.workspace(), q.WindowsRelease)
	}),
	"CheckStandby": ruletest.Ask(func(r bundles.Rules, in struct {
		PrimaryRegion, Region string
		Primary               types.Workspace
		DataReplication       types.DataReplication
		SimpleAD              bool
	}) (rule.Answer, error) {
		s := bundles.Standby{Region: in.Region, Primary: bundles.NewWorkspace(in.Primary), SimpleAD: in.SimpleAD}
		s.Primary.Region, s.Replicate = in.PrimaryRegion, in.DataReplication == types.DataReplicationPrimaryAsSource
		return r.CheckStandby(s)
	}),
	"CheckClientExperience": ruletest.Ask(func(r bundles.Rules, in struct {
		ClientExperiencePolicy bundles.ClientExperience
		PCoIP, Pools, Registry bool
	}) (rule.Answer, error) {
		return r.CheckClientExperience(in.ClientExperiencePolicy, bundles.ClientUse{PCoIP: in.PCoIP, Pools: in.Pools, Registry: in.Registry})
	}),
	"CheckPools": ruletest.Ask(func(r bundles.Rules, in struct {
		NewCustomer bool
		Day         rule.Edition
	}) (rule.Answer, error) {
		r, err := asOf(r, in.Day)
		if err != nil {
			return rule.Answer{}, err
		}
		return r.CheckPools(in.NewCustomer)
	}),
	"CheckSimpleAD": ruletest.Ask(func(r bundles.Rules, in struct{ NewCustomer *bool }) (rule.Answer, error) {
		return r.CheckSimpleAD(in.NewCustomer)
	}),
	"CheckRunningMode": ruletest.Ask(func(r bundles.Rules, p types.WorkspaceProperties) (rule.Answer, error) {
		return r.CheckRunningMode(p.RunningMode, p.RunningModeAutoStopTimeoutInMinutes)
	}),
	"CheckDesktop": ruletest.Ask(func(r bundles.Rules, in struct {
		WorkspaceProperties types.WorkspaceProperties
		Bundle              types.WorkspaceBundle
		NewToPCoIP          bool
		Day                 rule.Edition
	}) (rule.Answer, error) {
		r, err := asOf(r, in.Day)
		if err != nil {
			return rule.Answer{}, err
		}
		l := bundles.NewLaunchContext(in.Bundle, "")
		l.NewToPCoIP = in.NewToPCoIP
		return r.CheckDesktop(in.WorkspaceProperties, l)
	}),
	"CheckModify": ruletest.Ask(func(r bundles.Rules, q ask) (rule.Answer, error) {
		return r.CheckModify(q.workspace(), *q.WorkspaceProperties, q.Now)
	}),
	"CheckOperation": ruletest.Ask(func(r bundles.Rules, q ask) (rule.Answer, error) {
		return r.CheckOperation(q.Operation, q.workspace())
	}),
	"CheckSelfService": ruletest.Ask(func(r bundles.Rules, q ask) (rule.Answer, error) {
		return r.CheckSelfService(q.Operation, q.workspace(), q.WorkspaceProperties, q.Now)
	}),
	"CheckImageOrigin": ruletest.Ask(func(r bundles.Rules, q ask) (rule.Answer, error) {
		return r.CheckImageOrigin(bundles.ImageOrigin{
			Workspace: q.workspace(), Encrypted: q.Workspace.RootVolumeEncryptionEnabled,
			FreeBytes: q.FreeBytes, ProfileBytes: q.ProfileBytes, RootUsedPercents: q.RootUsedPercents,
		})
	}),
	"CheckRequests": ruletest.Ask(func(r bundles.Rules, l launch) (rule.Answer, error) {
		return r.CheckRequests(l.Workspaces, l.context)
	}),
	"CheckBundle": ruletest.Ask(func(r bundles.Rules, in struct {
		BundleName, BundleDescription, ImageId string
		ComputeType                            types.ComputeType
		RootStorage                            *types.RootStorage
		UserStorage                            *types.UserStorage
		Image                                  bundles.Volumes
		Region                                 string
	}) (rule.Answer, error) {
		return r.CheckBundle(bundles.Bundle{
			BundleName: in.BundleName, BundleDescription: in.BundleDescription, ImageID: in.ImageId, ComputeType: in.ComputeType.Name,
			RootStorage: in.RootStorage, UserStorage: in.UserStorage, Image: in.Image, Region: in.Region,
		})
	}),
	"CheckTags": ruletest.Ask(func(r bundles.Rules, in struct{ Tags []types.Tag }) (rule.Answer, error) {
		return r.CheckTags(in.Tags)
	}),
	"CheckName": ruletest.Ask(func(r bundles.Rules, in map[bundles.Name]string) (a rule.Answer, err error) {
		for kind, text := range in {
			a, err = r.CheckName(kind, text)
		}
		return a, err
	}),
	"CheckID": ruletest.Ask(func(r bundles.Rules, in map[bundles.ID]string) (a rule.Answer, err error) {
		for kind, text := range in {
			a, err = r.CheckID(kind, text)
		}
		return a, err
	}),
	"CheckUserName": ruletest.Ask(func(r bundles.Rules, in struct {
		System   types.OperatingSystemType
		UserName string
	}) (rule.Answer, error) {
		return r.CheckUserName(in.System, in.UserName)
	}),
	"CheckOrganizationName": ruletest.Ask(func(r bundles.Rules, in struct{ OrganizationName string }) (rule.Answer, error) {
		return r.CheckOrganizationName(in.OrganizationName)
	}),
	"CheckPassword": ruletest.Ask(func(r bundles.Rules, in struct {
		Tutorial bundles.Tutorial
		Password string
	}) (rule.Answer, error) {
		return r.CheckPassword(in.Tutorial, in.Password)
	}),
	"CheckRADIUS": ruletest.Ask(func(r bundles.Rules, in struct {
		RadiusServers []netip.Addr
		RadiusPort    uint16
		SharedSecret  string
		RadiusTimeout float64 // seconds
		RadiusRetries int
	}) (rule.Answer, error) {
		return r.CheckRADIUS(bundles.RADIUS{
			Servers: in.RadiusServers, Port: in.RadiusPort, SharedSecret: in.SharedSecret,
			Timeout: time.Duration(in.RadiusTimeout * float64(time.Second)), Retries: in.RadiusRetries,
		})
	}),
	"CheckQuota": ruletest.Ask(func(r bundles.Rules, in struct {
		Quota string
		Count int
	}) (rule.Answer, error) {
		return r.CheckQuota(in.Quota, in.Count)
	}),
}

// asOf returns the rules for a day, and those of the edition for none.
func asOf(r bundles.Rules, day rule.Edition) (bundles.Rules, error) {
	if day == (rule.Edition{}) {
		return r, nil
	}
	return r.AsOf(day)
}

func deref(n *int32) int32 {
	if n == nil {
		return 0
	}
	return *n
}
