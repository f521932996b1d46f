package cfn

import (
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/internal/lineartest"
)

// checks runs the command on a template of n elements, for people and as JSON.
func checks(template func(n int) string, args ...string) func(n int) {
	return func(n int) {
		text := template(n)
		for _, more := range [][]string{{"--details"}, {"--json"}} {
			cli.Run(Command(), append(append(more, args...), "-"), strings.NewReader(text), io.Discard, io.Discard)
		}
	}
}

// joined joins n elements, with commas between them.
func joined(n int, element func(i int) string) string {
	all := make([]string, n)
	for i := range all {
		all[i] = element(i)
	}
	return strings.Join(all, ",\n")
}

// resources is a template of n resources.
func resources(more string, one func(i int) string) func(n int) string {
	return func(n int) string { return "{" + more + `"Resources": {` + joined(n, one) + "}}" }
}

func resource(i int, kind, properties string) string {
	return fmt.Sprintf(`"R%d": {"Type": "AWS::%s", "Properties": {%s}}`, i, kind, properties)
}

func workspace(i int, properties string) string {
	return resource(i, "WorkSpaces::Workspace", fmt.Sprintf(`"BundleId": "wsb-b0s22j3d7", "DirectoryId": "d-906732325d", "UserName": "user%d"%s`, i, properties))
}

func sound(i int) string { return workspace(i, "") }

// linearCases are templates of n resources, parameters, conditions and values, sound and broken.
var linearCases = map[string]func(n int){
	"WorkSpaces": checks(resources("", sound)),
	"WorkSpaces of one user": checks(resources("", func(i int) string {
		return resource(i, "WorkSpaces::Workspace", `"BundleId": "wsb-b0s22j3d7", "DirectoryId": "d-906732325d", "UserName": "ann"`)
	})),
	"WorkSpaces with properties that cannot be": checks(resources("", func(i int) string {
		return workspace(i, `, "WorkspaceProperties": {"RunningMode": "AUTO_STOP", "RunningModeAutoStopTimeoutInMinutes": 61, "RootVolumeSizeGib": -1, "UserVolumeSizeGib": "x"}, "Tags": 5`)
	})),
	"other resources":   checks(resources("", func(i int) string { return resource(i, "S3::Bucket", `"BucketName": "b"`) })),
	"resources of none": checks(resources("", func(i int) string { return fmt.Sprintf(`"R%d": %d`, i, i) })),
	"WorkSpaces on one key": checks(func(n int) string {
		return `{"Resources": {"Key": {"Type": "AWS::KMS::Key", "Properties": {"KeySpec": "RSA_2048"}},` + joined(n, func(i int) string {
			return workspace(i, `, "RootVolumeEncryptionEnabled": true, "VolumeEncryptionKey": {"Fn::GetAtt": ["Key", "Arn"]}`)
		}) + "}}"
	}),
	"WorkSpaces on keys of their own": checks(func(n int) string {
		return `{"Resources": {` + joined(n, func(i int) string {
			return fmt.Sprintf(`"Key%d": {"Type": "AWS::KMS::Key", "Properties": {"Enabled": false}},`, i) + workspace(i, fmt.Sprintf(`, "RootVolumeEncryptionEnabled": true, "VolumeEncryptionKey": {"Fn::GetAtt": ["Key%d", "Arn"]}`, i))
		}) + "}}"
	}),
	"parameters": checks(func(n int) string {
		return `{"Parameters": {` + joined(n, func(i int) string { return fmt.Sprintf(`"P%d": {"Type": "String", "Default": "user%d"}`, i, i) }) + `}, "Resources": {` +
			joined(n, func(i int) string {
				return resource(i, "WorkSpaces::Workspace", fmt.Sprintf(`"BundleId": "wsb-b0s22j3d7", "DirectoryId": "d-906732325d", "UserName": {"Ref": "P%d"}`, i))
			}) + "}}"
	}),
	"values of a parameter": checks(func(n int) string {
		return `{"Parameters": {"P": {"Type": "String", "AllowedValues": [` + joined(n, func(i int) string { return fmt.Sprintf(`"user%d"`, i) }) + `]}}, "Resources": {` +
			resource(0, "WorkSpaces::Workspace", `"BundleId": "wsb-b0s22j3d7", "DirectoryId": "d-906732325d", "UserName": {"Ref": "P"}`) + "}}"
	}),
	"conditions": checks(func(n int) string {
		return `{"Parameters": {"P": {"Type": "String"}}, "Conditions": {` + joined(n, func(i int) string { return fmt.Sprintf(`"C%d": {"Fn::Equals": [{"Ref": "P"}, "v%d"]}`, i, i) }) + `}, "Resources": {` +
			joined(n, func(i int) string {
				return workspace(i, fmt.Sprintf(`, "RootVolumeEncryptionEnabled": {"Fn::If": ["C%d", true, false]}`, i))
			}) + "}}"
	}),
	"conditions on conditions": checks(func(n int) string {
		return `{"Parameters": {"P": {"Type": "String"}}, "Conditions": {"C0": {"Fn::Equals": [{"Ref": "P"}, "v"]},` + joined(n, func(i int) string { return fmt.Sprintf(`"C%d": {"Fn::Not": [{"Condition": "C%d"}]}`, i+1, i) }) + `}, "Resources": {` +
			fmt.Sprintf(`"W": {"Type": "AWS::WorkSpaces::Workspace", "Condition": "C%d", "Properties": {"BundleId": "wsb-b0s22j3d7"}}`, n) + "}}"
	}),
	"a text of many references": checks(func(n int) string {
		return `{"Parameters": {"P": {"Type": "String", "Default": "a"}}, "Resources": {` +
			resource(0, "WorkSpaces::Workspace", `"BundleId": "wsb-b0s22j3d7", "DirectoryId": "d-906732325d", "UserName": {"Fn::Sub": "`+strings.Repeat("${P}", n)+`"}`) + "}}"
	}),
	"a list that is joined": checks(func(n int) string {
		return `{"Resources": {` + resource(0, "WorkSpaces::Workspace", `"BundleId": "wsb-b0s22j3d7", "DirectoryId": "d-906732325d", "UserName": {"Fn::Join": ["", [`+joined(n, func(int) string { return `"a"` })+`]]}`) + "}}"
	}),
	"a mapping": checks(func(n int) string {
		return `{"Mappings": {"M": {` + joined(n, func(i int) string { return fmt.Sprintf(`"k%d": {"User": "user%d"}`, i, i) }) + `}}, "Resources": {` +
			joined(n, func(i int) string {
				return resource(i, "WorkSpaces::Workspace", fmt.Sprintf(`"BundleId": "wsb-b0s22j3d7", "DirectoryId": "d-906732325d", "UserName": {"Fn::FindInMap": ["M", "k%d", "User"]}`, i))
			}) + "}}"
	}),
	"routes of one table": checks(func(n int) string {
		return `{"Resources": {"Net": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}}, "Table": {"Type": "AWS::EC2::RouteTable", "Properties": {"VpcId": {"Ref": "Net"}}},
			"A": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Net"}, "CidrBlock": "10.0.0.0/24"}}, "B": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Net"}, "CidrBlock": "10.0.1.0/24"}},` +
			joined(n, func(i int) string {
				return resource(i, "EC2::Route", fmt.Sprintf(`"RouteTableId": {"Ref": "Table"}, "DestinationCidrBlock": "198.19.%d.%d/32", "TransitGatewayId": "tgw-1"`, i/256, i%256))
			}) + "}}"
	}, "--region", "us-east-1"),
	"VPCs": checks(func(n int) string {
		return `{"Resources": {` + joined(n, func(i int) string {
			return fmt.Sprintf(`"Net%d": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}}, "Table%d": {"Type": "AWS::EC2::RouteTable", "Properties": {"VpcId": {"Ref": "Net%d"}}},`, i, i, i) +
				resource(i, "EC2::Subnet", fmt.Sprintf(`"VpcId": {"Ref": "Net%d"}, "CidrBlock": "10.0.0.0/24"`, i))
		}) + "}}"
	}, "--region", "us-east-1"),
	"routes of one table, for a directory": checks(func(n int) string {
		return `{"Resources": {"AD": {"Type": "AWS::DirectoryService::MicrosoftAD"}, "Net": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}}, "Table": {"Type": "AWS::EC2::RouteTable", "Properties": {"VpcId": {"Ref": "Net"}}},` +
			joined(n, func(i int) string {
				return resource(i, "EC2::Route", fmt.Sprintf(`"RouteTableId": {"Ref": "Table"}, "DestinationCidrBlock": "198.19.%d.%d/32", "TransitGatewayId": "tgw-1"`, i/256, i%256))
			}) + "}}"
	}, "--region", "us-west-2"),
	"VPCs beside routes of any": checks(func(n int) string {
		return `{"Resources": {"AD": {"Type": "AWS::DirectoryService::MicrosoftAD"},` + joined(n, func(i int) string {
			return fmt.Sprintf(`"Net%d": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}},`, i) + resource(i, "EC2::Route", `"RouteTableId": {"Ref": "AWS::StackId"}, "DestinationCidrBlock": "10.9.0.0/16"`)
		}) + "}}"
	}, "--region", "us-east-1"),
	"WorkSpaces on a condition of many": checks(func(n int) string {
		return `{"Parameters": {"P": {"Type": "String"}}, "Conditions": {"C0": {"Fn::Equals": [{"Ref": "P"}, {"Ref": "Q"}]},` + joined(n, func(i int) string {
			return fmt.Sprintf(`"C%d": {"Fn::And": [{"Condition": "C%d"}, {"Fn::Equals": [{"Ref": "Lacks%d"}, "v"]}]}`, i+1, i, i)
		}) + `}, "Resources": {` + joined(n/8, func(i int) string {
			return fmt.Sprintf(`"W%d": {"Type": "AWS::WorkSpaces::Workspace", "Condition": "C%d", "Properties": {"BundleId": "wsb-b0s22j3d7"}}`, i, n)
		}) + "}}"
	}),
	"WorkSpaces and macros": checks(func(n int) string {
		return `{"Transform": [` + joined(n, func(i int) string { return fmt.Sprintf(`"M%d"`, i) }) + `], "Resources": {` + joined(n, sound) + "}}"
	}),
	"WorkSpaces on a key with a policy of many statements": checks(func(n int) string {
		return `{"Resources": {"Key": {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": {"Statement": [` + joined(n, func(i int) string {
			return fmt.Sprintf(`{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:user/u%d"}, "Action": "kms:*", "Resource": "*"}`, i)
		}) + `]}}},` + joined(n, func(i int) string {
			return workspace(i, `, "RootVolumeEncryptionEnabled": true, "VolumeEncryptionKey": {"Fn::GetAtt": ["Key", "Arn"]}`)
		}) + "}}"
	}),
	"WorkSpaces with one list": checks(func(n int) string {
		return `{"Mappings": {"M": {"k": {"T": [` + joined(n, func(int) string { return `{"Key": "a", "Value": "b"}` }) + `]}}}, "Resources": {` +
			joined(n, func(i int) string { return workspace(i, `, "Tags": {"Fn::FindInMap": ["M", "k", "T"]}`) }) + "}}"
	}),
	"an integer": checks(func(n int) string { return "Resources: {}\nX: 1" + strings.Repeat("0", 100*n) }),
	"base 60":    checks(func(n int) string { return "Resources: {}\nX: 1" + strings.Repeat(":00", 100*n) }),
	"parts of a list, and what is allowed": checks(func(n int) string {
		return `{"Parameters": {"P": {"Type": "CommaDelimitedList", "Default": "` + strings.Repeat("a,", n) + `a", "AllowedValues": [` + joined(n, func(i int) string { return fmt.Sprintf(`"b%d"`, i) }) + `, "a"]}}, "Resources": {}}`
	}),
	"properties of a change": checks(func(n int) string {
		return `{"ChangeSetId": "x", "Changes": [{"ResourceChange": {"Action": "Modify", "LogicalResourceId": "W", "ResourceType": "AWS::WorkSpaces::Workspace", "Replacement": "True", "Details": [` +
			joined(n, func(i int) string { return fmt.Sprintf(`{"Target": {"Attribute": "Properties", "Name": "P%d"}}`, i) }) + `]}}]}`
	}),
	"YAML": checks(func(n int) string {
		var b strings.Builder
		b.WriteString("Resources:\n")
		for i := range n {
			fmt.Fprintf(&b, "  R%d:\n    Type: AWS::WorkSpaces::Workspace\n    Properties: {BundleId: wsb-b0s22j3d7, DirectoryId: d-906732325d, UserName: !Sub 'user%d', Tags: !Ref Nothing}\n", i, i)
		}
		return b.String()
	}),
	"lists in lists": checks(func(n int) string {
		return `{"Resources": {` + workspace(0, `, "Tags": `+strings.Repeat("[", n)+strings.Repeat("]", n)) + "}}"
	}),
	"no JSON": checks(func(n int) string { return `{"Resources": {` + strings.Repeat(`"a": {"b": [1, `, n) }),
	"a template and the one before": func(n int) {
		dir, err := os.MkdirTemp("", "cfn")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		before := filepath.Join(dir, "before.json")
		if err := os.WriteFile(before, []byte(resources("", sound)(n)), 0o600); err != nil {
			panic(err)
		}
		checks(resources("", func(i int) string {
			if i%2 == 0 {
				return resource(i, "WorkSpaces::Workspace", fmt.Sprintf(`"BundleId": "wsb-8vbljg4r6", "DirectoryId": "d-906732325d", "UserName": "user%d"`, i))
			}
			return sound(i + n)
		}), "--deployed", before)(n)
	},
}

// TestLinear holds that the work of the command grows as its input does.
func TestLinear(t *testing.T) {
	cases := depthCases()
	maps.Copy(cases, linearCases)
	lineartest.Run(t, []string{"cmd/wks/internal/cfn", "cmd/wks/internal/finding", "cmd/wks/internal/terminal", "cmd/wks/internal/keypolicy", "bundles", "network"}, cases)
}
