package cfn

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
)

const key = `
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties: {KeySpec: SPEC, Enabled: ENABLED}
  Alias: {Type: AWS::KMS::Alias, Properties: {AliasName: alias/desktops, TargetKeyId: !Ref Key}}
  W:
    Type: AWS::WorkSpaces::Workspace
    Properties: {BundleId: wsb-b0s22j3d7, DirectoryId: d-906732325d, UserName: ann, RootVolumeEncryptionEnabled: true, VolumeEncryptionKey: NAME}
`

// A key of the template is followed.
func TestKey(t *testing.T) {
	const at = " Properties.VolumeEncryptionKey"
	for _, test := range []struct {
		spec, enabled, name string
		want                []string
	}{
		{"SYMMETRIC_DEFAULT", "true", "!GetAtt Key.Arn", nil},
		{"SYMMETRIC_DEFAULT", "true", "!Sub '${Key.Arn}'", nil},
		{"!ImportValue spec", "!ImportValue enabled", "!GetAtt Key.Arn", nil},
		{"RSA_2048", "true", "!GetAtt Key.Arn", []string{"encryption.key-asymmetric" + at}},
		{"SYMMETRIC_DEFAULT", "false", "!GetAtt Key.Arn", []string{"encryption.key-not-enabled" + at}},
		{"SYMMETRIC_DEFAULT", "true", "!Ref Key", []string{"encryption.key-not-arn" + at}},
		{"SYMMETRIC_DEFAULT", "true", "!Ref Alias", []string{"encryption.key-not-arn" + at}},
	} {
		rep := check(t, strings.NewReplacer("SPEC", test.spec, "ENABLED", test.enabled, "NAME", test.name).Replace(key))
		got := rep.Inputs[0].Resources[0]
		if !slices.Equal(got.codes(), test.want) {
			t.Errorf("%+v: %+v", test, got)
		}
		for _, f := range got.Findings {
			if strings.Contains(f.Detail, placeholder) || f.Detail == "" || f.Code == "encryption.key-not-arn" && !strings.Contains(f.Detail, "Key") && !strings.Contains(f.Detail, "Alias") {
				t.Errorf("%+v: %+v", test, f)
			}
		}
	}
}

// A key of the template without a volume to encrypt is told, as that of an ARN is.
func TestKeyWithoutVolume(t *testing.T) {
	template := strings.NewReplacer("SPEC", "SYMMETRIC_DEFAULT", "ENABLED", "true", "NAME", "!GetAtt Key.Arn", "RootVolumeEncryptionEnabled: true", "RootVolumeEncryptionEnabled: false").Replace(key)
	if got := check(t, template, "--region", "us-east-1").Inputs[0].Resources[0]; !slices.Equal(got.codes(), []string{"encryption.key-without-volume Properties.VolumeEncryptionKey"}) {
		t.Errorf("%+v", got)
	}
}

const vpc = `
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  More: {Type: AWS::EC2::VPCCidrBlock, Properties: {VpcId: !Ref Net, CidrBlock: CIDR}}
  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  Site: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: SITE, TransitGatewayId: tgw-1}}
  Internet: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: igw-1}}
  Elsewhere: {Type: AWS::EC2::Route, Properties: {RouteTableId: rtb-1, DestinationCidrBlock: 198.19.0.0/16, GatewayId: igw-1}}
  Directory: {Type: AWS::DirectoryService::MicrosoftAD, Properties: {Name: corp.example.com, VpcSettings: {VpcId: !Ref Net, SubnetIds: [a, b]}}}
`

// The VPC of a template with a directory is asked about, with its CIDRs and routes. In us-east-1 the management
// interface takes a /16 out of 172.31.0.0/16, 192.168.0.0/16 and 198.19.0.0/16.
func TestVPC(t *testing.T) {
	for _, test := range []struct {
		cidr, site, verdict string
		findings, open      int
	}{
		{"10.1.0.0/16", "10.2.0.0/16", "allowed", 0, 0},
		{"172.31.0.0/16", "192.168.0.0/16", "allowed", 2, 0},
		{"!ImportValue cidr", "10.2.0.0/16", "allowed", 0, 1},
		{"10.1.0.0", "10.2.0.0/16", "denied", 1, 0},
	} {
		template := strings.NewReplacer("CIDR}", test.cidr+"}", "SITE", test.site).Replace(vpc)
		got := check(t, template, "--region", "us-east-1").Inputs[0]
		if len(got.Resources) != 1 || got.Resources[0].Verdict != test.verdict || len(got.Resources[0].Findings) != test.findings || len(got.Resources[0].open()) != test.open || got.Others != 6 {
			t.Errorf("%+v: %+v", test, got)
		}
		if test.findings == 2 { // each says what it is of
			for i, of := range []string{"More: ", "Site: "} {
				if f := got.Resources[0].Findings[i]; f.Path != "Properties" || !strings.HasPrefix(f.Detail, of) {
					t.Errorf("%+v, want %s", f, of)
				}
			}
		}
	}
	all := strings.NewReplacer("CIDR}", "172.31.0.0/16}", "SITE", "192.168.0.0/16", "10.0.0.0/16", "198.19.0.0/16").Replace(vpc)
	if got := check(t, all, "--region", "us-east-1").Inputs[0].Resources[0]; got.Verdict != "denied" {
		t.Errorf("%+v", got)
	}
	// What cannot be a block of a VPC is a finding, and takes nothing from the rest of the answer.
	for block, of := range map[string]string{"0.0.0.0/0": "More: ", "2001:db8::/32": ""} {
		own := "10.0.0.0/16"
		if of == "" { // all blocks of the VPC are such
			own = "'" + block + "'"
		}
		odd := strings.NewReplacer("10.0.0.0/16", own, "CIDR}", "'"+block+"'}", "SITE", "10.2.0.0/16").Replace(vpc)
		got := check(t, odd+strings.TrimPrefix(desktop("", "      Tags: [{Key: 'aws:x', Value: y}]\n"), "\nResources:\n"), "--region", "us-east-1").Inputs[0].Resources
		if len(got) != 2 || len(got[0].Findings) != 1 || !slices.Equal(got[1].codes(), []string{"cfn.property-invalid Properties"}) || !strings.HasPrefix(got[1].Findings[0].Detail, of) || !strings.Contains(got[1].Findings[0].Detail, block) {
			t.Errorf("%s: %+v", block, got)
		}
	}
	if got := check(t, all).Inputs[0].Resources[0]; got.Verdict != "undocumented" || len(got.open()) != 1 {
		t.Errorf("%+v", got)
	}
}

// A folder of the CDK is read by its templates, each for the Region of its stack.
func TestFolder(t *testing.T) {
	dir := t.TempDir()
	nested := filepath.Join(dir, "assembly-Stage")
	if err := os.Mkdir(nested, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		filepath.Join(dir, "manifest.json"):      `{"artifacts": {"A": {"type": "aws:cloudformation:stack", "environment": "aws://111122223333/eu-west-1", "properties": {"templateFile": "A.template.json"}}, "Tree": {"type": "cdk:tree", "properties": {"file": "tree.json"}}}}`,
		filepath.Join(dir, "A.template.json"):    `{"Resources": {"W": {"Type": "AWS::WorkSpaces::Workspace", "Properties": {"BundleId": "wsb-b0s22j3d7", "DirectoryId": "d-906732325d", "UserName": "ann"}}}}`,
		filepath.Join(dir, "tree.json"):          `{"version": "tree-0.1"}`,
		filepath.Join(nested, "manifest.json"):   `{"artifacts": {"B": {"type": "aws:cloudformation:stack", "environment": "aws://unknown-account/unknown-region", "properties": {"templateFile": "B.template.json"}}}}`,
		filepath.Join(nested, "B.template.json"): `{"Resources": {"X": {"Type": "AWS::SNS::Topic"}}}`,
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var out, errs bytes.Buffer
	if status := cli.Run(Command(), []string{"--json", dir}, nil, &out, &errs); status != cli.Clean {
		t.Fatalf("status %d: %s%s", status, out.String(), errs.String())
	}
	rep := decoded(t, out.Bytes())
	if len(rep.Inputs) != 2 || rep.Inputs[0].Region != "eu-west-1" || len(rep.Inputs[0].Resources) != 1 || rep.Inputs[1].Region != "" || rep.Inputs[1].Others != 1 {
		t.Errorf("%+v", rep)
	}
	if status := cli.Run(Command(), []string{t.TempDir()}, nil, &out, &errs); status != cli.Unanswered || !strings.Contains(errs.String(), "has no template") {
		t.Errorf("status %d: %s", status, errs.String())
	}
}

// What get-template prints has the template in it, as an object or as a text.
func TestGetTemplate(t *testing.T) {
	for _, body := range []string{`{"Resources": {"X": {"Type": "AWS::SNS::Topic"}}}`, `"Resources:\n  X: {Type: AWS::SNS::Topic}\n"`} {
		if rep := check(t, `{"TemplateBody": `+body+`, "StagesAvailable": ["Original"]}`); rep.Inputs[0].Others != 1 {
			t.Errorf("%s: %+v", body, rep)
		}
	}
}

// A change set tells which WorkSpaces are deleted, and what CloudFormation will not do.
func TestChangeSet(t *testing.T) {
	const set = `{"ChangeSetId": "arn:x", "StackName": "desktops", "Changes": [
		{"Type": "Resource", "ResourceChange": {"Action": "Remove", "PolicyAction": "Delete", "LogicalResourceId": "Gone", "PhysicalResourceId": "ws-1", "ResourceType": "AWS::WorkSpaces::Workspace", "Details": []}},
		{"Type": "Resource", "ResourceChange": {"Action": "Remove", "PolicyAction": "Retain", "LogicalResourceId": "Kept", "PhysicalResourceId": "ws-2", "ResourceType": "AWS::WorkSpaces::Workspace", "Details": []}},
		{"Type": "Resource", "ResourceChange": {"Action": "Modify", "Replacement": "True", "LogicalResourceId": "New", "PhysicalResourceId": "ws-3", "ResourceType": "AWS::WorkSpaces::Workspace",
			"Details": [{"Target": {"Attribute": "Properties", "Name": "UserName", "RequiresRecreation": "Always"}}, {"Target": {"Attribute": "Properties", "Name": "BundleId"}}]}},
		{"Type": "Resource", "ResourceChange": {"Action": "Modify", "Replacement": "False", "LogicalResourceId": "Bundle", "PhysicalResourceId": "ws-4", "ResourceType": "AWS::WorkSpaces::Workspace",
			"Details": [{"Target": {"Attribute": "Properties", "Name": "BundleId"}}, {"Target": {"Attribute": "Tags"}}]}},
		{"Type": "Resource", "ResourceChange": {"Action": "Modify", "Replacement": "Conditional", "LogicalResourceId": "Perhaps", "PhysicalResourceId": "ws-5", "ResourceType": "AWS::WorkSpaces::Workspace",
			"Details": [{"Target": {"Attribute": "Properties", "Name": "DirectoryId", "RequiresRecreation": "Always"}}]}},
		{"Type": "Resource", "ResourceChange": {"Action": "Add", "LogicalResourceId": "Topic", "ResourceType": "AWS::SNS::Topic", "Details": []}}]}`
	rep := check(t, set)
	got := map[string]string{}
	for _, u := range rep.Inputs[0].Updates {
		got[u.Resource] = strings.Join(u.codes(), ", ") + " " + u.Verdict
	}
	want := map[string]string{
		"Gone": "cfn.desktop-destroyed Properties allowed", "Kept": " allowed", "New": "cfn.desktop-destroyed Properties denied",
		"Bundle": "cfn.update-not-supported Properties.BundleId denied", "Perhaps": " undocumented",
	}
	for id, w := range want {
		if got[id] != w {
			t.Errorf("%s: %q, want %q", id, got[id], w)
		}
	}
	if len(got) != len(want) || rep.Inputs[0].Others != 1 {
		t.Errorf("%+v", rep)
	}
	destroying := set[:strings.Index(set, `,
		{"Type": "Resource", "ResourceChange": {"Action": "Remove", "PolicyAction": "Retain"`)] + "]}"
	if status, out, errs := run(destroying); status != cli.Clean {
		t.Errorf("status %d\n%s%s", status, out, errs)
	}
	if status, out, errs := run(destroying, "--fail-on", "destroy"); status != cli.Broken {
		t.Errorf("status %d\n%s%s", status, out, errs)
	}
}

// Two templates tell what the update from one to the other deletes.
func TestDeployed(t *testing.T) {
	const old = `
Parameters: {User: {Type: String, Default: ann}}
Resources:
  Same: {Type: AWS::WorkSpaces::Workspace, Properties: {BundleId: wsb-b0s22j3d7, DirectoryId: !ImportValue d, UserName: !Ref User}}
  User: {Type: AWS::WorkSpaces::Workspace, Properties: {BundleId: wsb-b0s22j3d7, DirectoryId: d-906732325d, UserName: bob}}
  Bundle: {Type: AWS::WorkSpaces::Workspace, Properties: {BundleId: wsb-b0s22j3d7, DirectoryId: d-906732325d, UserName: cid}}
  Gone: {Type: AWS::WorkSpaces::Workspace, Properties: {BundleId: wsb-b0s22j3d7, DirectoryId: d-906732325d, UserName: dan}}
  Kept: {Type: AWS::WorkSpaces::Workspace, DeletionPolicy: Retain, Properties: {BundleId: wsb-b0s22j3d7, DirectoryId: d-906732325d, UserName: eve}}
  Perhaps: {Type: AWS::WorkSpaces::Workspace, Properties: {BundleId: wsb-b0s22j3d7, DirectoryId: d-906732325d, UserName: fay}}
`
	const next = `
Resources:
  Same: {Type: AWS::WorkSpaces::Workspace, Properties: {BundleId: wsb-b0s22j3d7, DirectoryId: !ImportValue d, UserName: ann, WorkspaceProperties: {RunningMode: ALWAYS_ON}}}
  User: {Type: AWS::WorkSpaces::Workspace, Properties: {BundleId: wsb-b0s22j3d8, DirectoryId: d-906732325d, UserName: bib}}
  Bundle: {Type: AWS::WorkSpaces::Workspace, Properties: {BundleId: wsb-b0s22j3d8, DirectoryId: d-906732325d, UserName: cid}}
  Perhaps: {Type: AWS::WorkSpaces::Workspace, Properties: {BundleId: wsb-b0s22j3d7, DirectoryId: !ImportValue d, UserName: fay}}
`
	file := filepath.Join(t.TempDir(), "old.yaml")
	if err := os.WriteFile(file, []byte(old), 0o600); err != nil {
		t.Fatal(err)
	}
	rep := check(t, next, "--deployed", file)
	got := map[string]string{}
	for _, u := range rep.Inputs[0].Updates {
		got[u.Resource] = strings.Join(u.codes(), ", ") + " " + u.Verdict
	}
	for id, want := range map[string]string{
		"User": "cfn.desktop-destroyed Properties.UserName denied", "Bundle": "cfn.update-not-supported Properties.BundleId denied",
		"Gone": "cfn.desktop-destroyed Properties allowed", "Perhaps": " undocumented", "Same": "", "Kept": "",
	} {
		if got[id] != want {
			t.Errorf("%s: %q, want %q", id, got[id], want)
		}
	}
	if status, _, errs := run(next, "--deployed", t.TempDir()); status != cli.Unanswered || !strings.HasPrefix(errs, "cfn: --deployed: ") {
		t.Errorf("status %d, %s", status, errs)
	}
}
