package collect

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	kmstypes "github.com/aws/aws-sdk-go-v2/service/kms/types"
	tagtypes "github.com/aws/aws-sdk-go-v2/service/resourcegroupstaggingapi/types"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
)

// A value has the members that the service told, with the names of the model.
func TestShaped(t *testing.T) {
	at := time.Date(2026, 1, 2, 4, 4, 5, 500e6, time.FixedZone("", 3600))
	for _, tt := range []struct {
		value any
		want  string
	}{
		{types.WorkspacesIpGroup{GroupId: new("wsipg-1"), UserRules: []types.IpRuleItem{{IpRule: new("10.0.0.0/8")}}}, `{"groupId":"wsipg-1","userRules":[{"ipRule":"10.0.0.0/8"}]}`},
		{types.WorkspaceDirectory{IpGroupIds: []string{}, State: types.WorkspaceDirectoryStateRegistered}, `{"State":"REGISTERED","ipGroupIds":[]}`},
		{types.Workspace{UserName: new(""), RootVolumeEncryptionEnabled: new(false)}, `{"RootVolumeEncryptionEnabled":false,"UserName":""}`},
		{types.Workspace{State: "x", ErrorCode: new("")}, `{"ErrorCode":"","State":"x"}`},
		{kms.DescribeKeyOutput{KeyMetadata: &kmstypes.KeyMetadata{CreationDate: &at, Enabled: false}}, `{"KeyMetadata":{"CreationDate":"2026-01-02T03:04:05.5+00:00","Enabled":false}}`},
		{kmstypes.GrantListEntry{Constraints: &kmstypes.GrantConstraints{EncryptionContextSubset: map[string]string{"a": "b"}}}, `{"Constraints":{"EncryptionContextSubset":{"a":"b"}}}`},
	} {
		value, _ := shaped(reflect.ValueOf(tt.value))
		got, err := json.Marshal(value)
		if err != nil || string(got) != tt.want {
			t.Errorf("%s, %v, want %s", got, err, tt.want)
		}
	}
}

// Nothing that is collected has a member of a type that has no shape.
func TestEveryShape(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var visit func(reflect.Type, string)
	visit = func(x reflect.Type, path string) {
		if seen[x] || x == reflect.TypeFor[time.Time]() {
			return
		}
		seen[x] = true
		switch x.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map:
			visit(x.Elem(), path+"."+x.Elem().Name())
		case reflect.Struct:
			for f := range x.Fields() {
				if f.IsExported() && !f.Anonymous && f.Name != "ResultMetadata" {
					visit(f.Type, path+"."+f.Name)
				}
			}
		case reflect.String, reflect.Bool, reflect.Int32, reflect.Int64, reflect.Float64, reflect.Uint8:
		default:
			t.Errorf("%s is a %s", path, x)
		}
	}
	for _, v := range []any{
		ec2types.Vpc{}, ec2types.Subnet{}, ec2types.RouteTable{}, ec2types.ManagedPrefixList{}, ec2types.PrefixListEntry{}, ec2types.SecurityGroup{},
		ec2types.Image{}, ec2types.ImportImageTask{}, kms.DescribeKeyOutput{}, kmstypes.GrantListEntry{}, tagtypes.ResourceTagMapping{},
		workspaces.DescribeAccountOutput{}, types.WorkspaceDirectory{}, types.WorkspacesIpGroup{}, types.Workspace{}, types.WorkspaceBundle{}, types.WorkspaceImage{}, types.Tag{},
	} {
		visit(reflect.TypeOf(v), reflect.TypeOf(v).Name())
	}
}
