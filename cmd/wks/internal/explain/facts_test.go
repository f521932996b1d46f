package explain

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/wksgo/wks/troubleshoot"
)

// export writes files of one Region.
func export(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "us-west-2"), 0o777); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, "us-west-2", name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const oneWorkspace = `{"Workspaces": [{"WorkspaceId": "ws-0a1b2c3d4", "DirectoryId": "d-9267a1b2c3", "UserName": "mia", "State": "AVAILABLE", "SubnetId": "subnet-0b22000000000001a",
	"WorkspaceProperties": {"RunningMode": "AUTO_STOP", "ComputeTypeName": "PERFORMANCE", "Protocols": ["WSP"], "OperatingSystemName": "WINDOWS_SERVER_2025"}}]}`

// A default route to a NAT gateway provides internet access, the table of the subnet goes before the main one of its VPC,
// and an internet gateway leaves it open.
func TestInternetAccess(t *testing.T) {
	const subnets = `{"Subnets": [{"SubnetId": "subnet-0b22000000000001a", "VpcId": "vpc-0a11000000000001a", "AssignIpv6AddressOnCreation": true}]}`
	table := func(association, route string) string {
		return fmt.Sprintf(`{"RouteTableId": "rtb-%d", "VpcId": "vpc-0a11000000000001a", "Routes": [{"DestinationCidrBlock": "172.31.0.0/16", "GatewayId": "local", "State": "active"}%s], "Associations": [{%s}]}`, len(association), route, association)
	}
	const (
		own, main = `"Main": false, "SubnetId": "subnet-0b22000000000001a"`, `"Main": true`
		nat       = `, {"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1", "State": "active"}`
		igw       = `, {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1", "State": "active"}`
		hole      = `, {"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1", "State": "blackhole"}`
	)
	for name, tt := range map[string]struct {
		tables string
		want   troubleshoot.Status
	}{
		"main with NAT":           {table(main, nat), troubleshoot.RuledOut},
		"none":                    {table(main, ""), troubleshoot.Shown},
		"internet gateway":        {table(main, igw), troubleshoot.Open},
		"black hole":              {table(main, hole), troubleshoot.Shown},
		"own with, main without":  {table(main, "") + "," + table(own, nat), troubleshoot.RuledOut},
		"own without, main with":  {table(own, "") + "," + table(main, nat), troubleshoot.Shown},
		"main first, own without": {table(main, nat) + "," + table(own, ""), troubleshoot.Shown},
	} {
		dir := export(t, map[string]string{"describe-workspaces.json": oneWorkspace, "describe-subnets.json": subnets, "describe-route-tables.json": `{"RouteTables": [` + tt.tables + `]}`})
		r := report(t, "--dir", dir, "mia", "no workspace of the directory has internet access")
		if r.Symptom == nil || r.Symptom.Key != "no-internet" || r.Workspaces[0].Diagnosis.Causes[0].Status != tt.want {
			t.Errorf("%s: %+v", name, r.Workspaces)
		}
		if d := report(t, "--dir", dir, "mia", "--symptom", "launch-internal-error").Workspaces[0].Diagnosis; len(d.Of(troubleshoot.Shown)) != 1 {
			t.Errorf("%s: %+v", name, d)
		}
	}
}

// A directory that the export lists tells its devices and groups; one that it does not list was deleted.
func TestDirectoryOfExport(t *testing.T) {
	directory := func(id, rest string) string {
		return `{"Directories": [{"DirectoryId": "` + id + `", "DirectoryType": "AD_CONNECTOR", "State": "REGISTERED", "ipGroupIds": []` + rest + `}]}`
	}
	files := func(text string) string {
		return export(t, map[string]string{"describe-workspaces.json": oneWorkspace, "describe-workspace-directories.json": text})
	}
	dir := files(directory("d-9267a1b2c3", `, "WorkspaceAccessProperties": {"DeviceTypeOsx": "DENY", "DeviceTypeWindows": "ALLOW"}`))
	for client, want := range map[string]troubleshoot.Status{"macos": troubleshoot.Shown, "windows": troubleshoot.RuledOut, "ios": troubleshoot.Open} {
		d := report(t, "--dir", dir, "mia", "device is not authorized", "--client", client).Workspaces[0].Diagnosis
		if d.Causes[0].Status != troubleshoot.RuledOut || d.Causes[2].Status != want {
			t.Errorf("%s: %+v", client, d.Causes)
		}
	}
	for symptom, want := range map[string]troubleshoot.Status{"registration-service": troubleshoot.RuledOut, "invitation-emails": troubleshoot.Shown} {
		if d := report(t, "--dir", dir, "mia", "--symptom", symptom).Workspaces[0].Diagnosis; d.Causes[0].Status != want {
			t.Errorf("%s: %+v", symptom, d.Causes)
		}
	}
	if d := report(t, "--dir", files(directory("d-9267000000", "")), "mia", "--symptom", "registration-service").Workspaces[0].Diagnosis; d.Causes[0].Status != troubleshoot.Shown {
		t.Errorf("%+v", d.Causes)
	}
}
