package awstest

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/wkstest"
)

// Region is the one in which the account of New has something.
const Region = "us-west-2"

// New returns an account with three WorkSpaces in Region: the first is encrypted with Key, the others
// have tags. It has a directory, an IP access control group and AWS's bundles.
func New(t *testing.T) *Account {
	t.Helper()
	r := wkstest.Sample(Region)
	key := "arn:aws:kms:" + Region + ":111122223333:key/" + Key
	r.Keys = []wkstest.Key{{ARN: key, State: "Enabled", Spec: "SYMMETRIC_DEFAULT", Manager: "CUSTOMER"}}
	users := map[string]string{"ws-0a1b2c3d4": "ada", "ws-0b1b2c3d4": "grace", "ws-0c1b2c3d4": "mary"}
	for _, id := range []string{"ws-0a1b2c3d4", "ws-0b1b2c3d4", "ws-0c1b2c3d4"} {
		w := wkstest.Workspace{Workspace: types.Workspace{
			WorkspaceId: &id, DirectoryId: r.Directories[0].DirectoryId, UserName: aws.String(users[id]), State: types.WorkspaceStateStopped,
			BundleId: aws.String("wsb-0a1b2c3d4"), ComputerName: aws.String("WSAMZN-" + strings.ToUpper(id[3:])),
			WorkspaceProperties: &types.WorkspaceProperties{
				ComputeTypeName: types.ComputeStandard, RunningMode: types.RunningModeAutoStop, RunningModeAutoStopTimeoutInMinutes: aws.Int32(60),
				RootVolumeSizeGib: aws.Int32(80), UserVolumeSizeGib: aws.Int32(50), Protocols: []types.Protocol{types.ProtocolWsp},
			},
		}}
		if len(r.Workspaces) == 0 {
			w.VolumeEncryptionKey, w.UserVolumeEncryptionEnabled = &key, aws.Bool(true)
		} else {
			w.Tags = []types.Tag{{Key: aws.String("owner"), Value: aws.String("<it> & more")}}
		}
		r.Workspaces = append(r.Workspaces, w)
	}
	r.IPGroups = []wkstest.IPGroup{{WorkspacesIpGroup: types.WorkspacesIpGroup{
		GroupId: aws.String("wsipg-0a1b2c3d4"), GroupName: aws.String("office"),
		UserRules: []types.IpRuleItem{{IpRule: aws.String("203.0.113.0/24"), RuleDesc: aws.String("x")}},
	}}}
	server, err := wkstest.New(wkstest.Config{State: &wkstest.State{AccountID: "111122223333", Regions: map[string]*wkstest.Region{Region: r}}})
	if err != nil {
		t.Fatal(err)
	}
	return &Account{WorkSpaces: server, Refuse: map[string]string{}}
}
