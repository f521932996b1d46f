package preflight

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/cmd/wks/internal/terminal"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/network"
)

// preflight runs the program and returns its exit status and what it printed: all details, in lines
// that are not broken.
func preflight(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	t.Setenv("COLUMNS", "100000")
	if !slices.ContainsFunc(args, func(s string) bool { return slices.Contains(formats, s) }) {
		args = append(slices.Clone(args), "--details")
	}
	return plain(t, args...)
}

// formats are the flags of which there can be one.
var formats = []string{"--json", "--sarif", "--junit", "--github", "--details"}

// plain runs the program as it is.
func plain(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	status = cli.Run(Command(), args, strings.NewReader(""), &out, &errs)
	return status, out.String(), errs.String()
}

// export writes files, by path, to a new folder.
func export(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func vpcJSON(cidr string) string {
	return `{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "` + cidr + `", "CidrBlockAssociationSet": [{"AssociationId": "a", "CidrBlock": "` + cidr + `", "CidrBlockState": {"State": "associated"}}]}]}`
}

func routesJSON(routes string) string {
	return `{"RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Routes": [` + routes + `]}]}`
}

func routeJSON(cidr string) string {
	return `{"DestinationCidrBlock": "` + cidr + `", "GatewayId": "local", "State": "active"}`
}

func TestSampleGolden(t *testing.T) {
	for name, args := range map[string][]string{
		"sample.txt":            {"--edition", "2026-09-10"},
		"sample.json":           {"--edition", "2026-09-10", "--json"},
		"sample-2020-04-29.txt": {"--edition", "2020-04-29"},
	} {
		status, out, errs := plain(t, args...)
		if status != exitBroken || errs != "" {
			t.Errorf("%s: status %d, %s", name, status, errs)
		}
		ruletest.Golden(t, filepath.Join("testdata", name), []byte(out))
	}
}

// The sample has a registration of each kind.
func TestSampleCoversTheVerdicts(t *testing.T) {
	_, out, _ := preflight(t, "--json")
	var rep report
	if err := json.Unmarshal([]byte(out), &rep); err != nil {
		t.Fatal(err)
	}
	kinds := map[string]bool{}
	for _, r := range rep.Regions {
		for _, reg := range r.Registrations {
			free := 0
			for _, c := range reg.Candidates {
				if c.Free {
					free++
				}
			}
			switch {
			case free == 1 && len(reg.Candidates) > 1:
				kinds["single"] = true
			case free > 0 && free == len(reg.Candidates):
				kinds["clean"] = true
			default:
				kinds[reg.Answer] = true
			}
		}
	}
	for _, want := range []string{"single", "clean", "denied", "undocumented"} {
		if !kinds[want] {
			t.Errorf("no registration is %s", want)
		}
	}
}

func TestVerdicts(t *testing.T) {
	for _, tt := range []struct {
		name   string
		files  map[string]string
		args   []string
		status int
		want   []string // in the text
	}{
		{"only range taken", map[string]string{vpcsName: vpcJSON("192.168.0.0/16")}, []string{"--region", "ap-south-1"}, exitBroken,
			[]string{"DENIED: 0 of 1", "must    network.management-ranges-exhausted", "1 denied"}},
		{"two left", map[string]string{vpcsName: vpcJSON("192.168.0.0/16"), routesName: routesJSON(routeJSON("192.168.0.0/16"))}, []string{"--region", "us-west-2"}, exitClean,
			[]string{"ALLOWED: 2 of 3", "172.31.0.0/16    free", "198.19.0.0/16    free"}},
		{"two left, routes not asked", map[string]string{vpcsName: vpcJSON("192.168.0.0/16")}, []string{"--region", "us-west-2"}, exitUnanswered,
			[]string{"NOT GIVEN: 2 of 3", "only the VPC's CIDRs were looked at", "whether a route takes a management range: no describe-route-tables.json"}},
		{"no row", map[string]string{vpcsName: vpcJSON("192.168.0.0/16")}, []string{"--region", "us-east-2"}, exitUnanswered,
			[]string{"UNDOCUMENTED", "no document of the edition gives the management ranges of us-east-2"}},
		{"two candidates in April 2020", map[string]string{vpcsName: vpcJSON("10.0.0.0/16")}, []string{"--region", "us-east-1", "--edition", "2020-04-29"}, exitUnanswered,
			[]string{"NOT GIVEN: 2 of 2"}},
		{"three in July", map[string]string{vpcsName: vpcJSON("10.0.0.0/16")}, []string{"--region", "us-east-1", "--edition", "2020-07-08"}, exitUnanswered,
			[]string{"NOT GIVEN: 3 of 3"}},
		{"a folder for each Region", map[string]string{"ap-south-1/" + vpcsName: vpcJSON("192.168.0.0/16"), "us-west-2/" + vpcsName: vpcJSON("192.168.0.0/16")}, nil, exitBroken,
			[]string{"ap-south-1\n", "us-west-2\n", "0 allowed, 1 denied, 0 undocumented, 1 not given"}},
		{"one of the folders", map[string]string{"ap-south-1/" + vpcsName: vpcJSON("192.168.0.0/16"), "us-east-2/" + vpcsName: vpcJSON("192.168.0.0/16")}, []string{"--region", "us-east-2"}, exitUnanswered,
			[]string{"0 allowed, 0 denied, 1 undocumented"}},
		{"prefix list not exported", map[string]string{vpcsName: vpcJSON("10.0.0.0/16"), routesName: routesJSON(`{"DestinationPrefixListId": "pl-1", "TransitGatewayId": "tgw-1"}`)}, []string{"--region", "us-west-2"}, exitUnanswered,
			[]string{"NOT GIVEN: 3 of 3 management ranges free, as far as is known", "198.19.0.0/16    free, as far as is known", "the prefix list pl-1 was not exported; there is no get-managed-prefix-list-entries-pl-1.json\n          describe-route-tables.json: RouteTables[0].Routes[0].DestinationPrefixListId\n"}},
		{"prefix list exported", map[string]string{
			vpcsName: vpcJSON("10.0.0.0/16"), routesName: routesJSON(`{"DestinationPrefixListId": "pl-1", "TransitGatewayId": "tgw-1"}`),
			"get-managed-prefix-list-entries-pl-1.json": `{"Entries": [{"Cidr": "192.168.0.0/16"}]}`,
		}, []string{"--region", "ap-south-1"}, exitBroken,
			[]string{"DENIED: 0 of 1", "RouteTables[0].Routes[0].DestinationPrefixListId  rtb-1 pl-1 tgw-1"}},
		{"prefix list with a part", map[string]string{
			vpcsName: vpcJSON("10.0.0.0/16"), routesName: routesJSON(`{"DestinationPrefixListId": "pl-1", "TransitGatewayId": "tgw-1"}`),
			"get-managed-prefix-list-entries-pl-1.json": `{"Entries": [{"Cidr": "192.168.4.0/24"}]}`,
		}, []string{"--region", "ap-south-1"}, exitUnanswered,
			[]string{"UNDOCUMENTED: 0 of 1", "no document says whether 192.168.4.0/24 counts, which is a part of 192.168.0.0/16"}},
		{"IPv6 prefix list", map[string]string{
			vpcsName: vpcJSON("10.0.0.0/16"), routesName: routesJSON(`{"DestinationPrefixListId": "pl-1", "TransitGatewayId": "tgw-1"}`),
			listsName: `{"PrefixLists": [{"PrefixListId": "pl-1", "AddressFamily": "IPv6"}]}`,
		}, []string{"--region", "us-west-2"}, exitClean, []string{"ALLOWED: 3 of 3"}},
		{"covering route", map[string]string{vpcsName: vpcJSON("10.0.0.0/16"), routesName: routesJSON(routeJSON("192.0.0.0/8"))}, []string{"--region", "ap-south-1"}, exitUnanswered,
			[]string{"UNDOCUMENTED: 0 of 1", "192.168.0.0/16   perhaps in use", "covered by the wider 192.0.0.0/8", "no document says whether 192.0.0.0/8 counts, which covers the whole of 192.168.0.0/16"}},
		{"BYOL range in use", map[string]string{vpcsName: vpcJSON("10.0.0.0/16"), routesName: routesJSON(routeJSON("10.0.0.0/16")),
			accountName: `{"DedicatedTenancySupport": "ENABLED", "DedicatedTenancyManagementCidrRange": "10.0.0.0/16"}`}, []string{"--region", "us-west-2"}, exitBroken,
			[]string{"10.0.0.0/16 is chosen, for good", "must    network.management-cidr-in-use", "describe-account.json: DedicatedTenancyManagementCidrRange"}},
		{"BYOL range inside a summary route", map[string]string{vpcsName: vpcJSON("10.9.0.0/16"), routesName: routesJSON(routeJSON("10.0.0.0/8")),
			accountName: `{"DedicatedTenancySupport": "ENABLED", "DedicatedTenancyManagementCidrRange": "10.40.0.0/16"}`}, []string{"--region", "us-west-2"}, exitClean,
			[]string{"10.40.0.0/16 is chosen, for good", "covered by the wider 10.0.0.0/8", "RouteTables[0].Routes[0].DestinationCidrBlock  rtb-1 local"}},
		{"BYOL range of no parent, without networks", map[string]string{accountName: `{"DedicatedTenancySupport": "ENABLED", "DedicatedTenancyManagementCidrRange": "8.8.0.0/16"}`}, []string{"--region", "us-west-2"}, exitBroken,
			[]string{"must    network.management-cidr-outside-parents", "not all networks are known: there is no describe-vpcs.json"}},
		{"linked account", map[string]string{vpcsName: vpcJSON("10.9.0.0/16"), routesName: routesJSON(routeJSON("10.9.0.0/16")),
			accountName: `{"DedicatedTenancySupport": "ENABLED", "DedicatedTenancyAccountType": "TARGET_ACCOUNT"}`}, []string{"--region", "us-west-2"}, exitClean,
			[]string{"the account is linked"}},
		{"unresolved list and account", map[string]string{vpcsName: vpcJSON("10.9.0.0/16"), routesName: routesJSON(`{"DestinationPrefixListId": "pl-1"}, {"DestinationPrefixListId": "pl-1"}, {"DestinationIpv6CidrBlock": "::/0"}`),
			listsName:   `{"PrefixLists": [{"PrefixListId": "pl-1", "PrefixListName": "office", "AddressFamily": "IPv4"}, {"PrefixListId": "pl-2", "AddressFamily": "IPv6"}]}`,
			accountName: `{"DedicatedTenancySupport": "DISABLED"}`}, []string{"--region", "us-west-2"}, exitUnanswered,
			[]string{"the prefix list pl-1 (office) was not exported; there is no", "not all networks are known: the prefix list pl-1 (office) was not exported", "none is chosen: 338 of 339", "not counted: default routes and IPv6 prefixes (1)"}},
		{"no main route table", map[string]string{vpcsName: vpcJSON("10.0.0.0/16"), routesName: `{"RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"Main": false}], "Routes": []}, {"RouteTableId": "rtb-2", "VpcId": "vpc-1", "Associations": [], "Routes": []}]}`}, []string{"--region", "us-west-2"}, exitUnanswered,
			[]string{"NOT GIVEN: 3 of 3 management ranges free, as far as is known", "the main route table of vpc-1 is not in"}},
		{"main route table", map[string]string{vpcsName: vpcJSON("10.0.0.0/16"), routesName: `{"RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"Main": true}], "Routes": []}]}`}, []string{"--region", "us-west-2"}, exitClean,
			[]string{"ALLOWED: 3 of 3 management ranges free\n"}},
		{"registered and failed directories", map[string]string{
			vpcsName: vpcJSON("192.168.0.0/16"), routesName: routesJSON(routeJSON("192.168.0.0/16")),
			subnetsName:     `{"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1"}]}`,
			directoriesName: `{"Directories": [{"DirectoryId": "d-1", "SubnetIds": ["subnet-1"], "State": "REGISTERED", "ipGroupIds": ["wsipg-1"]}, {"DirectoryId": "d-2", "SubnetIds": ["subnet-1"], "State": "ERROR", "ErrorMessage": "no \u001b[2J luck"}]}`,
		}, []string{"--region", "ap-south-1"}, exitBroken, []string{"directory d-1 REGISTERED\n", "directory d-2 ERROR\n", "error: no \ufffd[2J luck", "and registration needs one", "characters that cannot be printed"}},
		{"a registered directory", map[string]string{
			vpcsName: vpcJSON("192.168.0.0/16"), routesName: routesJSON(routeJSON("192.168.0.0/16")),
			subnetsName:     `{"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "AvailabilityZoneId": "aps1-az1", "CidrBlock": "192.168.0.0/24"}, {"SubnetId": "subnet-2", "VpcId": "vpc-1", "AvailabilityZoneId": "aps1-az3", "CidrBlock": "192.168.1.0/24"}]}`,
			directoriesName: `{"Directories": [{"DirectoryId": "d-1", "SubnetIds": ["subnet-1", "subnet-2"], "State": "REGISTERED"}]}`,
		}, []string{"--region", "ap-south-1"}, exitClean, []string{"ALLOWED: 0 of 1 management ranges free; it is registered, but would not be today", "should  network.management-ranges-exhausted"}},
		{"secondary CIDR outside the list", map[string]string{vpcsName: `{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "192.168.0.0/16", "CidrBlockAssociationSet": [{"CidrBlock": "10.0.0.0/16", "CidrBlockState": {"State": "disassociating"}}, {"CidrBlock": "10.1.0.0/16", "CidrBlockState": {"State": "failed"}}]}]}`,
			routesName: routesJSON(routeJSON("10.0.0.0/16"))}, []string{"--region", "ap-south-1"}, exitBroken,
			[]string{"10.0.0.0/16 192.168.0.0/16", "Vpcs[0].CidrBlock\n", "10.1.0.0/16 is failed and was left out"}},
		{"fewest in the way", map[string]string{vpcsName: vpcJSON("198.19.0.0/16"), routesName: routesJSON(routeJSON("172.31.0.0/16") + "," + routeJSON("172.31.128.0/17") + "," + routeJSON("192.168.0.0/16") + "," + routeJSON("192.168.128.0/17"))}, []string{"--region", "us-west-2"}, exitBroken,
			[]string{"in this one 198.19.0.0/16 has the fewest prefixes in its way, 1"}},
		{"no VPC", map[string]string{vpcsName: `{"Vpcs": []}`}, []string{"--region", "us-west-2"}, exitUnanswered, []string{"whether a directory can be registered: no VPC in describe-vpcs.json"}},
		{"no VPC file", map[string]string{accountName: `{"DedicatedTenancySupport": "DISABLED"}`}, []string{"--region", "us-west-2"}, exitUnanswered,
			[]string{"whether a directory can be registered: no describe-vpcs.json", "which BYOL management ranges are free: no describe-vpcs.json", "none is chosen"}},
		{"BYOL and Pools directories", map[string]string{
			vpcsName: vpcJSON("192.168.0.0/16"), routesName: routesJSON(routeJSON("192.168.0.0/16")),
			subnetsName:     `{"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "SubnetArn": "arn:aws:ec2:ap-south-1:111122223333:subnet/subnet-1"}]}`,
			directoriesName: `{"Directories": [{"DirectoryId": "d-1", "SubnetIds": ["subnet-1"], "Tenancy": "DEDICATED"}, {"DirectoryId": "d-2", "SubnetIds": ["subnet-1"], "WorkspaceType": "POOLS"}]}`,
		}, nil, exitBroken, []string{"network of directory d-1\n    UNDOCUMENTED\n      undocumented: whether the network suits a directory for BYOL WorkSpaces: no document", "a directory for WorkSpaces Pools: no document", "0 allowed, 0 denied, 0 undocumented"}},
		{"directories whose VPC is not known", map[string]string{
			vpcsName:        vpcJSON("10.0.0.0/16"),
			directoriesName: `{"Directories": [{"DirectoryId": "d-1", "SubnetIds": ["subnet-1"]}, {"DirectoryId": "d-2"}]}`,
		}, []string{"--region", "us-west-2"}, exitUnanswered, []string{"describe-subnets.json is missing", "the directory has no subnets", "0 allowed, 0 denied, 0 undocumented, 3 not given"}},
		{"directories outside the export", map[string]string{
			vpcsName:        vpcJSON("10.0.0.0/16"),
			subnetsName:     `{"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1"}, {"SubnetId": "subnet-2", "VpcId": "vpc-2"}]}`,
			directoriesName: `{"Directories": [{"DirectoryId": "d-1", "SubnetIds": ["subnet-2"]}, {"DirectoryId": "d-2", "SubnetIds": ["subnet-1", "subnet-2"]}, {"DirectoryId": "d-3", "SubnetIds": ["subnet-3"]}]}`,
		}, []string{"--region", "us-west-2"}, exitBroken, []string{"its VPC vpc-2 is not in", "lie in vpc-1 and in vpc-2", "its subnet subnet-3 is not in"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, out, errs := preflight(t, append([]string{export(t, tt.files)}, tt.args...)...)
			if status != tt.status || errs != "" {
				t.Errorf("status %d, want %d; %s", status, tt.status, errs)
			}
			for _, want := range tt.want {
				if !strings.Contains(out, want) {
					t.Errorf("no %q in\n%s", want, out)
				}
			}
			_, data, _ := preflight(t, append([]string{"--json", export(t, tt.files)}, tt.args...)...)
			if !json.Valid([]byte(data)) {
				t.Errorf("not JSON: %s", data)
			}
		})
	}
}

// The answers about subnets, security groups, IP access control groups and the firewall.
func TestSections(t *testing.T) {
	const (
		network1 = `{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}]}`
		subnets  = `{"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "AvailabilityZoneId": "euw1-az1", "CidrBlock": "10.0.0.0/24", "AvailableIpAddressCount": 100},
			{"SubnetId": "subnet-2", "VpcId": "vpc-1", "AvailabilityZoneId": "ZONE", "CidrBlock": "10.0.1.0/24", "AvailableIpAddressCount": 23}]}`
		directory = `{"Directories": [{"DirectoryId": "d-1", "SubnetIds": ["subnet-1", "subnet-2"], "DnsIpAddresses": ["10.0.0.10"], "WorkspaceSecurityGroupId": "sg-1",
			"WorkspaceCreationProperties": {"CustomSecurityGroupId": "sg-2"}, "ipGroupIds": GROUPS}]}`
		groups = `{"SecurityGroups": [{"GroupId": "sg-1", "IpPermissions": [], "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}], "Ipv6Ranges": [{"CidrIpv6": "::/0"}]}]},
			{"GroupId": "sg-2", "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "10.0.0.0/16"}], "UserIdGroupPairs": [{"GroupId": "sg-1"}]}, {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "PrefixListIds": [{"PrefixListId": "pl-1"}]}]}]}`
		ipGroups = `{"Result": [{"groupId": "wsipg-1", "groupName": "n", "groupDesc": "", "userRules": [{"ipRule": "198.51.100.0/24", "ruleDesc": ""}, {"ipRule": "203.0.113.7"}]}, {"groupId": "wsipg-2", "userRules": []}]}`
	)
	files := func(zone, ipGroupIDs string, more ...string) map[string]string {
		m := map[string]string{vpcsName: network1, routesName: routesJSON(routeJSON("10.0.0.0/16")), subnetsName: strings.Replace(subnets, "ZONE", zone, 1),
			directoriesName: strings.Replace(directory, "GROUPS", ipGroupIDs, 1), groupsName: groups, ipGroupsName: ipGroups}
		for i := 0; i+1 < len(more); i += 2 {
			m[more[i]] = more[i+1]
		}
		return m
	}
	const entries = "get-managed-prefix-list-entries-pl-1.json"
	for _, tt := range []struct {
		name   string
		files  map[string]string
		args   []string
		status int
		want   []string
	}{
		{"sound", files("euw1-az2", `["wsipg-1"]`, entries, `{"Entries": [{"Cidr": "10.0.0.0/8"}]}`), nil, exitClean, []string{
			"subnets of directory d-1\n    ALLOWED\n      123 addresses are free", "security group sg-1 with sg-2 of directory d-1\n    ALLOWED\n", "IP access control groups\n    ALLOWED\n", "whether a firewall lets clients through: no firewall.txt"}},
		{"one zone", files("euw1-az1", `["wsipg-1"]`), nil, exitBroken, []string{"network.subnets-in-one-zone", "describe-workspace-directories.json: Directories[0].SubnetIds[1]"}},
		{"no zones then", files("euw1-az2", `["wsipg-1"]`), []string{"--edition", "2020-04-29"}, exitClean, []string{"undocumented: no document of the edition gives the Availability Zones of eu-west-1"}},
		{"prefix list", files("euw1-az2", `["wsipg-1"]`), nil, exitClean, []string{"security group sg-1 with sg-2 of directory d-1\n    ALLOWED\n"}},
		{"no way to the controllers", files("euw1-az2", `["wsipg-1"]`, groupsName, `{"SecurityGroups": [{"GroupId": "sg-1", "IpPermissionsEgress": [{"IpProtocol": "tcp", "FromPort": 0, "ToPort": 65535, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}, {"IpProtocol": "udp", "FromPort": 0, "ToPort": 400, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}, {"GroupId": "sg-2", "IpPermissionsEgress": [{"IpProtocol": "udp", "FromPort": 636, "ToPort": 636, "PrefixListIds": [{"PrefixListId": "pl-1"}]}]}]}`), nil, exitBroken, []string{
			"describe-security-groups.json: SecurityGroups[0].IpPermissionsEgress", `"sg-1 with sg-2" does not open udp 445 (SMB) to 10.0.0.10/32`, "may be open to a prefix list"}},
		{"unknown IP group", files("euw1-az2", `["wsipg-9"]`), nil, exitClean, []string{"IP access control groups\n    NOT GIVEN\n      not given: d-1 uses wsipg-9, which is not in describe-ip-groups.json"}},
		{"groups before there were any", files("euw1-az2", `["wsipg-1"]`), []string{"--edition", "2018-02-03"}, exitClean, []string{"IP access control groups\n    UNDOCUMENTED\n"}},
		{"room", files("euw1-az2", `["wsipg-1"]`), []string{"--launches", "20", "--migrations", "3"}, exitClean, []string{"subnets of directory d-1\n    ALLOWED\n", "room for 20 launches and 3 migrations at a time: allowed", "whether the way from clients is short enough: no --rtt"}},
		{"room perhaps", files("euw1-az2", `["wsipg-1"]`), []string{"--launches", "24"}, exitClean, []string{"subnets of directory d-1\n    UNDOCUMENTED\n", "room for 24 launches and 0 migrations at a time: undocumented"}},
		{"no room", files("euw1-az2", `["wsipg-1"]`), []string{"--launches", "123", "--migrations", "1"}, exitBroken, []string{"network.subnets-lack-addresses", "123 addresses are free, and 124 are needed"}},
		{"round trip", files("euw1-az2", `["wsipg-1"]`), []string{"--rtt", "380ms"}, exitBroken, []string{"round trip of 380ms from clients with PCoIP\n    DENIED\n      quality: cut-off", "network.round-trip-ends-session", "round trip of 380ms from clients with DCV\n    ALLOWED\n      quality: degraded"}},
		{"round trip at an end", files("euw1-az2", `["wsipg-1"]`), []string{"--rtt", "400ms", "--protocol", "dcv"}, exitClean, []string{"round trip of 400ms from clients with DCV\n    UNDOCUMENTED\n      quality: no document says"}},
		{"no IP group", files("euw1-az2", `[]`), nil, exitClean, []string{"d-1 has no group: everybody may stream"}},
		{"empty IP group", files("euw1-az2", `["wsipg-2"]`), nil, exitBroken, []string{"IP access control groups\n    DENIED", "network.ip-group-lock-out", "nobody can stream"}},
		{"empty IP group beside an endpoint", files("euw1-az2", `["wsipg-2"], "WorkspaceAccessProperties": {"AccessEndpointConfig": {"AccessEndpoints": [{"AccessEndpointType": "STREAMING_WSP", "VpcEndpointId": "vpce-1"}]}}`), nil, exitClean, []string{
			"IP access control groups\n    ALLOWED", "network.endpoint-ignores-ip-groups"}},
		{"settings", files("euw1-az2", `["wsipg-1"], "EndpointEncryptionMode": "FIPS_VALIDATED", "StreamingProperties": {"GlobalAccelerator": {"Mode": "ENABLED_AUTO"}},
			"WorkspaceAccessProperties": {"AccessEndpointConfig": {"AccessEndpoints": [{"AccessEndpointType": "STREAMING_WSP", "VpcEndpointId": "vpce-1"}]}}`,
			subnetsName, strings.Replace(strings.Replace(subnets, "ZONE", "euw1-az2", 1), `"AvailableIpAddressCount": 100`, `"AvailableIpAddressCount": 100, "AssignIpv6AddressOnCreation": true`, 1)), nil, exitBroken, []string{
			"settings of directory d-1\n    DENIED\n      subnet-1 assigns IPv6 addresses: whether a PERFORMANCE WorkSpace can be launched into it is undocumented\n      subnet-1 assigns IPv6 addresses: whether a GRAPHICS WorkSpace can be launched into it is undocumented\n",
			"network.accelerator-with-fips-and-ip-groups", "Directories[0].StreamingProperties.GlobalAccelerator", "network.endpoint-with-fips", "network.endpoint-with-accelerator", "network.endpoint-ignores-ip-groups"}},
		{"no settings to speak of", files("euw1-az2", `[], "StreamingProperties": {"GlobalAccelerator": {"Mode": "DISABLED"}}, "EndpointEncryptionMode": "FIPS_VALIDATED"`), []string{"--edition", "2020-04-29"}, exitClean, []string{"settings of directory d-1\n    UNDOCUMENTED\n  "}},
		{"firewall", files("euw1-az2", `["wsipg-1"]`, allowListName, "# office\n3.249.28.0/23\n52.19.124.0 - 52.19.125.255 # Ireland\n\n18.200.177.86\n52.48.86.38\n54.76.137.224/32\n",
			ipRangesName, `{"prefixes": [{"ip_prefix": "3.249.28.0/23", "region": "eu-west-1", "service": "WORKSPACES_GATEWAYS"}, {"ip_prefix": "9.0.0.0/24", "region": "eu-west-1", "service": "WORKSPACES_GATEWAYS"}, {"ip_prefix": "8.0.0.0/24", "region": "GLOBAL", "service": "AMAZON"}, {"ip_prefix": "7.0.0.0/24", "region": "GLOBAL", "service": "EC2"}]}`), nil, exitBroken, []string{
			"firewall, for clients with PCoIP over IPv4\n    DENIED\n      gateways: 2 ranges, all covered\n      health-check: 3 ranges, all covered\n      https: 1 range, 1 prefix missing",
			"in the guide and not in ip-ranges.json: [3.248.176.0/22 52.19.124.0/23 2a05:d028:40::/48 2a05:d032:8000::/40]", "in ip-ranges.json and not in the guide: [9.0.0.0/24]", "network.firewall-disputed", "firewall.txt: HTTPS"}},
		{"firewall without a region's gateways", map[string]string{"us-east-2/" + vpcsName: network1, "us-east-2/" + directoriesName: `{"Directories": [{"DirectoryId": "d-1"}]}`, allowListName: "0.0.0.0/0\n"}, nil, exitUnanswered, []string{"undocumented: no document of the edition gives", "gateways: 1 range, all covered"}},
		{"firewall with a line that cannot be read", files("euw1-az2", `["wsipg-1"]`, allowListName, "3.248.176.0/22\n18.200.177\n52.48.86.38\n54.76.137.224\n*.amazonaws..com\n"), []string{"--protocol", "dcv"}, exitUnanswered, []string{
			"firewall.txt:2:1: Range: \"18.200.177\"", "the line is left out", "firewall, for clients with DCV over IPv4\n    NOT GIVEN\n      gateways: 1 range, all covered",
			"dcv clients of eu-west-1 cannot reach 18.200.177.86/32", "unless it is on a line of the list that cannot be read"}},
		{"firewall for DCV alone", files("euw1-az2", `["wsipg-1"]`, allowListName, "3.248.176.0/22\n18.200.177.86\n52.48.86.38\n54.76.137.224\n"), []string{"--protocol", "dcv"}, exitClean, []string{"firewall, for clients with DCV over IPv4\n    NOT GIVEN\n      gateways: 1 range, all covered"}},
		{"firewall for names", files("euw1-az2", `["wsipg-1"]`, allowListName, "0.0.0.0/0\n::/0\n*.amazonaws.com # AWS\n.awsapps.com\n"), []string{"--protocol", "dcv"}, exitBroken, []string{
			"firewall, for clients with DCV over IPv4\n", "firewall, for the names that clients with DCV reach\n    DENIED\n", "captcha: ", "login-pages: ", "network.firewall-lacks-names", "firewall.txt: Domains.", "client-updates: 1 name, 1 missing: d2td7dqidlhjx7.cloudfront.net"}},
		{"firewall for all names", files("euw1-az2", `["wsipg-1"]`, allowListName, "3.248.176.0/22\n18.200.177.86\n52.48.86.38\n54.76.137.224\n*\n"), []string{"--protocol", "dcv"}, exitClean, []string{"firewall, for the names that clients with DCV reach\n    ALLOWED\n", "names, all permitted", "1 name, all permitted"}},
		{"firewall for names alone", files("euw1-az2", `["wsipg-1"]`, allowListName, "*\n"), []string{"--protocol", "dcv"}, exitClean, []string{"firewall, for the names that clients with DCV reach\n    ALLOWED\n", "firewall.txt has no addresses"}},
		{"missing parts", map[string]string{vpcsName: network1, routesName: routesJSON(routeJSON("10.0.0.0/16")), subnetsName: `{"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1"}]}`,
			directoriesName: `{"Directories": [{"DirectoryId": "d-1", "SubnetIds": ["subnet-1"], "WorkspaceSecurityGroupId": "sg-9", "DnsIpAddresses": ["10.0.0.10"]}, {"DirectoryId": "d-2", "SubnetIds": ["subnet-1"]}, {"DirectoryId": "d-3", "SubnetIds": ["subnet-1"], "DnsIpAddresses": ["10.0.0.10"]}]}`, groupsName: groups}, nil, exitBroken, []string{
			"not given: the Availability Zone is not given\n          describe-subnets.json: Subnets[0].AvailabilityZoneId\n", "not given: the CIDR is not given", "sg-9 is not in describe-security-groups.json (eu-west-1): d-1",
			"the directory has no DNS addresses, which stand for its domain controllers (eu-west-1): d-2", "the directory names no security group (eu-west-1): d-3", "whether IP access control groups lock anybody out: no describe-ip-groups.json"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			args := append([]string{export(t, tt.files)}, tt.args...)
			if _, nested := tt.files["us-east-2/"+vpcsName]; !nested {
				args = append(args, "--region", "eu-west-1")
			}
			status, out, errs := preflight(t, args...)
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
	for _, tt := range []struct{ file, text, want string }{
		{allowListName, "10.0.0.0/8\n10.0/16\n10.0.0.9-10.0.0.1\n", "firewall.txt:2:1: Range: \"10.0/16\""},
		{allowListName, "10.0.0.0/8\n10.0/16\n10.0.0.9-10.0.0.1\n", "firewall.txt:3:1: Range: \"10.0.0.9-10.0.0.1\""},
		{allowListName, "*.example.com\nexample.com:443\nhttps://a.example.com/\n", "firewall.txt:2:1: "},
		{allowListName, "*.example.com\na..example.com\n", `firewall.txt:2:1: Domain: "a..example.com"`},
		{ipRangesName, `{"prefixes": [`, "ip-ranges.json: network: ip-ranges:"},
		{ipGroupsName, `{"Result": [{"groupId": "wsipg-1", "userRules": [{"ruleDesc": ""}]}]}`, `describe-ip-groups.json:1:50: Result[0].userRules[0]: has no member "ipRule"`},
		{groupsName, strings.Replace(groups, `"FromPort": 80`, `"FromPort": "80"`, 1), "is a string, want a whole number"},
	} {
		status, out, errs := preflight(t, "--region", "eu-west-1", export(t, files("euw1-az2", `["wsipg-1"]`, tt.file, tt.text)))
		if status == exitClean || !strings.Contains(out, tt.want) || !strings.Contains(out, "cannot be used: ") {
			t.Errorf("%s: status %d, %s, want %q in\n%s", tt.file, status, errs, tt.want, out)
		}
	}
}

// An export of which no file can be used ends the run with a message that names file and place.
func TestBadInput(t *testing.T) {
	good := vpcJSON("10.0.0.0/16")
	for _, tt := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"broken JSON", map[string]string{vpcsName: "{\n  \"Vpcs\": [\n    {\"VpcId\": \"vpc-1\",}\n  ]\n}"}, "describe-vpcs.json:3:23: is not JSON: invalid character '}'"},
		{"truncated", map[string]string{vpcsName: "{\n  \"Vpcs\": [\n    {\"VpcId\": \"vp"}, "describe-vpcs.json:3:17: ends in the middle of a value: the file is cut off"},
		{"empty", map[string]string{vpcsName: "\n"}, "describe-vpcs.json: is empty"},
		{"trailing", map[string]string{vpcsName: good + good}, "describe-vpcs.json:1:183: is not JSON: invalid character '{' after top-level value"},
		{"UTF-16", map[string]string{vpcsName: "\xff\xfe{\x00}\x00"}, "describe-vpcs.json: is in UTF-16"},
		{"not the output", map[string]string{vpcsName: `{"Subnets": []}`}, `describe-vpcs.json:1:1: has no member "Vpcs"`},
		{"a list", map[string]string{vpcsName: `[]`}, "describe-vpcs.json: is a bare list, as --query makes it"},
		{"YAML", map[string]string{"us-west-2/" + vpcsName: "Vpcs:\n- VpcId: vpc-1\n"}, "us-west-2/describe-vpcs.json: is YAML; export it with --output json: aws ec2 describe-vpcs --region us-west-2 --output json > us-west-2/describe-vpcs.json"},
		{"a table", map[string]string{vpcsName: "-----------\n|  DescribeVpcs |\n"}, "describe-vpcs.json: is a table; export it with --output json"},
		{"text", map[string]string{vpcsName: "VPCS\t10.0.0.0/16\tdopt-1\n"}, "describe-vpcs.json: is text; export it with --output json"},
		{"an error of the CLI", map[string]string{vpcsName: "\nAn error occurred (UnauthorizedOperation) when calling the DescribeVpcs operation: You are not authorized\n"}, `describe-vpcs.json: holds an error of the AWS CLI: "An error occurred (UnauthorizedOperation)`},
		{"an error in place of a key", map[string]string{"us-west-2/describe-key-1.json": "Unable to locate credentials. You can configure them"}, `us-west-2/describe-key-1.json: holds an error of the AWS CLI: "Unable to locate credentials`},
		{"wrong list", map[string]string{vpcsName: `{"Vpcs": {}}`}, "describe-vpcs.json:1:10: Vpcs: is not a list"},
		{"member twice", map[string]string{vpcsName: `{"Vpcs": [], "Vpcs": []}`}, `describe-vpcs.json:1:14: has the member "Vpcs" twice`},
		{"one page", map[string]string{vpcsName: `{"Vpcs": [], "NextToken": "abc"}`}, "describe-vpcs.json: NextToken: is set"},
		{"null list", map[string]string{vpcsName: `{"Vpcs": null}`}, "describe-vpcs.json:1:10: Vpcs: is null"},
		{"null document", map[string]string{accountName: "null"}, "describe-account.json:1:1: is null"},
		{"empty account", map[string]string{accountName: "{}"}, `describe-account.json:1:1: has no member "DedicatedTenancySupport"`},
		{"other case", map[string]string{vpcsName: `{"vpcs": []}`}, `describe-vpcs.json:1:1: has no member "Vpcs"`},
		{"page of subnets", map[string]string{subnetsName: `{"Subnets": [], "NextToken": "x"}`}, "describe-subnets.json: NextToken: is set"},
		{"page of WorkSpaces", map[string]string{workspacesName: `{"Workspaces": [], "NextToken": "x"}`}, "describe-workspaces.json: NextToken: is set"},
		{"page of route tables", map[string]string{routesName: `{"RouteTables": [], "NextToken": "x"}`}, "describe-route-tables.json: NextToken: is set"},
		{"page of lists", map[string]string{listsName: `{"PrefixLists": [], "NextToken": "x"}`}, "describe-managed-prefix-lists.json: NextToken: is set"},
		{"page of entries", map[string]string{"get-managed-prefix-list-entries-pl-1.json": `{"Entries": [], "NextToken": "x"}`}, "get-managed-prefix-list-entries-pl-1.json: NextToken: is set"},
		{"page of directories", map[string]string{directoriesName: `{"Directories": [], "NextToken": "x"}`}, "describe-workspace-directories.json: NextToken: is set"},
		{"folder of another Region", map[string]string{"us-west-2/" + subnetsName: `{"Subnets": [{"SubnetId": "s", "VpcId": "v", "SubnetArn": "arn:aws:ec2:ap-south-1:1:subnet/s"}]}`}, "us-west-2/describe-subnets.json: Subnets[0].SubnetArn: is in ap-south-1 and not in us-west-2"},
		{"folder in place of a file", map[string]string{vpcsName + "/x": ""}, "describe-vpcs.json: is not a regular file"},
		{"two files", map[string]string{vpcsName: "{", routesName: "]"}, "describe-route-tables.json:1:1: is not JSON"},
		{"a Region twice", map[string]string{vpcsName: good, "us-west-2/" + vpcsName: good}, "us-west-2 is exported twice"},
		{"nothing", map[string]string{"readme.txt": "hello"}, "no export of us-west-2 found"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, out, errs := preflight(t, "--region", "us-west-2", export(t, tt.files))
			if status != exitUnanswered || out != "" || !strings.Contains(errs, "preflight: "+tt.want) {
				t.Errorf("status %d, printed %q, want %q in\n%s", status, out, tt.want, errs)
			}
			if n := strings.Count(errs, "preflight: "); tt.name == "two files" && n != 2 {
				t.Errorf("%d messages: %s", n, errs)
			}
		})
	}
}

// A value that cannot be used is told with its place, and the report stays.
func TestWrongValues(t *testing.T) {
	good := vpcJSON("10.0.0.0/16")
	for _, tt := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"wrong type", map[string]string{vpcsName: `{"Vpcs": [{"VpcId": 5}]}`}, "describe-vpcs.json:1:21: Vpcs[0].VpcId: is a number, want a string"},
		{"bad CIDR", map[string]string{vpcsName: vpcJSON("10.0.0.0/33")}, `describe-vpcs.json:1:43: Vpcs[0].CidrBlock: is not a CIDR block`},
		{"empty CIDR", map[string]string{vpcsName: vpcJSON("")}, "describe-vpcs.json:1:111: Vpcs[0].CidrBlockAssociationSet[0].CidrBlock: is empty"},
		{"null element", map[string]string{vpcsName: `{"Vpcs": [null]}`}, "describe-vpcs.json:1:11: Vpcs[0]: is null"},
		{"empty id", map[string]string{vpcsName: `{"Vpcs": [{"VpcId": ""}]}`}, "describe-vpcs.json:1:21: Vpcs[0].VpcId: is empty"},
		{"null routes", map[string]string{vpcsName: good, routesName: `{"RouteTables": [{"RouteTableId": "r", "VpcId": "vpc-1", "Routes": null}]}`}, "describe-route-tables.json:1:68: RouteTables[0].Routes: is null"},
		{"null entry", map[string]string{vpcsName: good, "get-managed-prefix-list-entries-pl-1.json": `{"Entries": [{"Cidr": null}]}`}, "get-managed-prefix-list-entries-pl-1.json:1:23: Entries[0].Cidr: is null"},
		{"empty entry", map[string]string{vpcsName: good, "get-managed-prefix-list-entries-pl-1.json": `{"Entries": [{"Cidr": ""}]}`}, "get-managed-prefix-list-entries-pl-1.json:1:23: Entries[0].Cidr: is empty"},
		{"a file of another Region", map[string]string{vpcsName: good, subnetsName: `{"Subnets": [{"SubnetId": "s", "VpcId": "vpc-1", "SubnetArn": "arn:aws:ec2:us-east-1:1:subnet/s"}]}`}, "describe-subnets.json: Subnets[0].SubnetArn: is in us-east-1 and not in us-west-2: use a folder for each Region; the file is not used"},
		{"a subnet of another Region", map[string]string{vpcsName: good, subnetsName: `{"Subnets": [{"SubnetId": "s", "VpcId": "vpc-1", "SubnetArn": "arn:aws:ec2:eu-wst-1:1:subnet/s"}, {"SubnetId": "t", "VpcId": "vpc-1", "SubnetArn": "arn:aws:ec2:us-west-2:1:subnet/t"}]}`,
			directoriesName: `{"Directories": [{"DirectoryId": "d-1", "SubnetIds": ["s", "t"]}]}`}, "describe-subnets.json: Subnets[0].SubnetArn: is in eu-wst-1 and not in us-west-2: use a folder for each Region; what depends on the subnet is not answered"},
		{"wrong boolean", map[string]string{vpcsName: good, routesName: `{"RouteTables": [{"RouteTableId": "r", "VpcId": "vpc-1", "Associations": [{"Main": 1}], "Routes": []}]}`}, "describe-route-tables.json:1:84: RouteTables[0].Associations[0].Main: is a number, want a boolean"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, out, errs := preflight(t, "--region", "us-west-2", export(t, tt.files))
			if at, want, _ := strings.Cut(tt.want, ": "); status != exitUnanswered || errs != "" || !strings.Contains(out, "cannot be used: "+at) || !strings.Contains(out, want[strings.Index(want, ": ")+2:]) || !strings.Contains(out, "0 allowed") {
				t.Errorf("status %d, %s; want %q in\n%s", status, errs, tt.want, out)
			}
		})
	}
}

// Files that lie in no folder of a Region are of the one that most ARNs tell.
func TestRegionByARNs(t *testing.T) {
	const subnets = `{"Subnets": [{"SubnetId": "s", "VpcId": "vpc-1", "SubnetArn": "arn:aws:ec2:REGION:1:subnet/s"}, {"SubnetId": "t", "VpcId": "vpc-1", "SubnetArn": "arn:aws:ec2:eu-west-1:1:subnet/t"}, {"SubnetId": "u", "VpcId": "vpc-1", "SubnetArn": "arn:aws:ec2:eu-west-1:1:subnet/u"}]}`
	for _, region := range []string{"eu-west-1", "us-east-1", "nowhere"} {
		_, out, errs := preflight(t, export(t, map[string]string{vpcsName: vpcJSON("10.0.0.0/16"), subnetsName: strings.Replace(subnets, "REGION", region, 1)}))
		told := strings.Contains(out, "Subnets[0].SubnetArn: is in "+region+" and not in eu-west-1")
		if errs != "" || !strings.Contains(out, "\neu-west-1\n") || told != (region != "eu-west-1") {
			t.Errorf("%s: %s\n%s", region, errs, out)
		}
	}
}

func TestLinks(t *testing.T) {
	dir := export(t, map[string]string{"real/" + vpcsName: vpcJSON("192.168.0.0/16"), "us-west-2/" + vpcsName: vpcJSON("10.0.0.0/16"), "describe-vpcs-2.json": "{}"})
	if err := os.Symlink(filepath.Join(dir, "real"), filepath.Join(dir, "ap-south-1")); err != nil {
		t.Skip(err)
	}
	status, out, errs := preflight(t, dir)
	if status != exitBroken || !strings.Contains(out, "0 allowed, 1 denied, 0 undocumented, 1 not given") || !strings.Contains(out, "describe-vpcs-2.json: is not a name") || strings.Index(out, "\nap-south-1") > strings.Index(out, "\nus-west-2") {
		t.Errorf("status %d, %s\n%s", status, errs, out)
	}
	if err := os.Symlink("/dev/zero", filepath.Join(dir, "real", subnetsName)); err != nil {
		t.Fatal(err)
	}
	if status, out, errs := preflight(t, dir); status != exitBroken || !strings.Contains(out, "ap-south-1/describe-subnets.json: is not a regular file") {
		t.Errorf("status %d, %s\n%s", status, errs, out)
	}
}

func TestBadArguments(t *testing.T) {
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"--edition", "April 2020"}, "not a date written YYYY-MM-DD"},
		{[]string{"--edition", "2017-01-01"}, `"2017-01-01" is not between the first edition known, 2018-02-03`},
		{[]string{"--edition", "2099-01-01"}, "and the newest, "},
		{[]string{"--region", "Oregon"}, "want the code of a Region"},
		{[]string{"--region", "eu-north-1"}, "no export of eu-north-1 found"},
		{[]string{"no/such/folder"}, "no/such/folder"},
		{[]string{"main.go"}, "main.go: is not a folder"},
		{[]string{"a", "b"}, "at most 1 arg"},
		{[]string{"--rtt", "-5ms"}, "--rtt -5ms: is negative"},
		{[]string{"--launches", "-1"}, "--launches -1: is negative"},
		{[]string{"--migrations", "-1"}, "--migrations -1: is negative"},
		{[]string{"--session", "-1s"}, "--session -1s: is not between 0 and 720h"},
		{[]string{"--session", "720h1s"}, "--session 720h0m1s: is not between 0 and 720h"},
		{[]string{"--protocol", "rdp"}, "want pcoip, dcv or both"},
		{[]string{"--live"}, "want the codes of Regions"},
		{[]string{"--live", "--collect", "--region", "us-east-1"}, "[collect live] were all set"},
		{[]string{"--profile", "p", "--collect", "--region", "us-east-1"}, "[collect profile] were all set"},
		{[]string{"--endpoint-url", "http://127.0.0.1:1", "--collect", "--region", "us-east-1"}, "[collect endpoint-url] were all set"},
		{[]string{"--bogus"}, "unknown flag"},
		{[]string{"--collect"}, "want the codes of Regions"},
		{[]string{"--collect", "--region", "us-east-1;rm"}, "want the codes of Regions"},
	} {
		status, out, errs := preflight(t, tt.args...)
		if status != exitUnanswered || out != "" || !strings.Contains(errs, tt.want) {
			t.Errorf("%v: status %d, printed %q, %q", tt.args, status, out, errs)
		}
	}
	if status, _, errs := preflight(t, export(t, map[string]string{vpcsName: `{"Vpcs": []}`}), "--region", "us-west-2"); status != exitUnanswered {
		t.Errorf("no VPC at all: status %d, %s", status, errs)
	}
	dir := export(t, map[string]string{vpcsName: vpcJSON("10.0.0.0/16")})
	if _, _, errs := preflight(t, dir); !strings.Contains(errs, "do not tell their Region") {
		t.Errorf("without --region: %s", errs)
	}
	if status, _, _ := preflight(t, "-h"); status != exitClean {
		t.Errorf("-h: status %d", status)
	}
}

// What is odd and does not change an answer is noted, with its place.
func TestNotes(t *testing.T) {
	dir := export(t, map[string]string{
		vpcsName: "\xef\xbb\xbf{\"Vpcs\": [{\"VpcId\": \"vpc-1\", \"Colour\": {\"a\": [1]}, \"CidrBlock\": \"10.0.0.7/16\", \"CidrBlockAssociationSet\": [" +
			`{"CidrBlock": "10.0.0.7/16"}, {"CidrBlock": "192.168.0.0/16", "CidrBlockState": {"State": "disassociated"}}]}, {"VpcId": "vpc-2", "Colour": 1, "CidrBlock": "10.1.0.0/16"}]}`,
		routesName:              `{"RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-9", "Routes": []}]}`,
		"describe-vpc.json":     "{}",
		"notes/describe-x.json": "{}",
	})
	status, out, errs := preflight(t, dir, "--region", "ap-south-1")
	if status != exitUnanswered {
		t.Errorf("status %d, %s", status, errs)
	}
	for _, want := range []string{
		`describe-vpcs.json:1:30: Vpcs[0]: the member "Colour" is not known and is not read, here and in the rest of the file`,
		"describe-vpcs.json:1:65: Vpcs[0].CidrBlock: 10.0.0.7/16 has host bits set and is read as 10.0.0.0/16, as are all others in the file",
		"Vpcs[0].CidrBlockAssociationSet[1].CidrBlock: 192.168.0.0/16 is disassociated and was left out",
		"RouteTables[0]: belongs to vpc-9, which is not in describe-vpcs.json",
		"describe-vpc.json: is not a name that preflight knows",
		"notes: is not named like a Region",
		"not all routes were looked at: the main route table of vpc-1 is not in describe-route-tables.json",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if strings.Count(out, "Colour") != 1 {
		t.Errorf("an unknown member is noted more than once:\n%s", out)
	}
}

// Cut anywhere, a file of the sample is an error and not an answer.
func TestTruncatedAnywhere(t *testing.T) {
	whole := fstest.MapFS{}
	files, err := fs.Glob(sample, "sample/eu-west-1/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		data, err := fs.ReadFile(sample, f)
		if err != nil {
			t.Fatal(err)
		}
		whole[strings.TrimPrefix(f, "sample/")] = &fstest.MapFile{Data: data}
	}
	if _, err := readAccount(wks.Newest(), whole, ""); err != nil {
		t.Fatal(err)
	}
	for name, file := range whole {
		data := file.Data
		end := len(bytes.TrimSpace(data))
		for n := 0; n < end; n += 1 + n%7 {
			cut := fstest.MapFS{name: &fstest.MapFile{Data: data[:n]}}
			if _, err := readAccount(wks.Newest(), cut, ""); err == nil || !strings.Contains(err.Error(), name) {
				t.Fatalf("%s cut at %d: %v", name, n, err)
			}
		}
	}
}

func TestColor(t *testing.T) {
	rep := sampleReport(t)
	var plain, colored bytes.Buffer
	if err := writeText(&plain, rep, false, true); err != nil {
		t.Fatal(err)
	}
	if err := writeText(&colored, rep, true, true); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\x1b[31mDENIED\x1b[0m", "\x1b[32mALLOWED\x1b[0m", "\x1b[33mUNDOCUMENTED\x1b[0m", "\x1b[31mmust  \x1b[0m", "\x1b[33mshould\x1b[0m"} {
		if strings.Contains(plain.String(), "\x1b") || !strings.Contains(colored.String(), want) {
			t.Errorf("no %q", want)
		}
	}
	stripped := colored.String()
	for _, code := range []string{terminal.Red, terminal.Green, terminal.Yellow, terminal.Bold, "0"} {
		stripped = strings.ReplaceAll(stripped, "\x1b["+code+"m", "")
	}
	if stripped != plain.String() {
		t.Error("colour changes more than colour")
	}
}

func sampleReport(t *testing.T) *report {
	t.Helper()
	root, err := fs.Sub(sample, "sample")
	if err != nil {
		t.Fatal(err)
	}
	a, err := readAccount(wks.Newest(), root, "")
	if err != nil {
		t.Fatal(err)
	}
	a.protocols = []network.Protocol{network.ProtocolPCoIP}
	rep, err := check(wks.Newest(), a, finding.Report{})
	if err != nil {
		t.Fatal(err)
	}
	rep.Conclude(finding.FailMust, wks.Documents())
	return rep
}

// The script writes every file that preflight reads.
func TestCollect(t *testing.T) {
	status, out, errs := preflight(t, "--collect", "--region", "us-east-1, eu-west-1,us-east-1")
	if status != exitClean || errs != "" {
		t.Fatalf("status %d, %s", status, errs)
	}
	if !strings.Contains(out, "for region in us-east-1 eu-west-1; do") {
		t.Error("the Regions are not in the script")
	}
	ruletest.Golden(t, filepath.Join("testdata", "collect.sh"), []byte(out))
}

// The README lists the commands that the script runs.
func TestReadmeListsCommands(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	list := slices.Clone(commands)
	for _, c := range eachCommands {
		list = append(list, struct{ file, command string }{c.prefix + c.start + "….json", c.command + " " + c.start + "…"})
	}
	for _, c := range list {
		if line := "aws " + c.command + " > " + c.file + "\n"; !strings.Contains(string(text), line) {
			t.Errorf("README.md lacks %q", line)
		}
	}
}

// Run against a stand-in for the AWS CLI that prints the sample's files, the script
// writes an export on which preflight reports as it does on the sample.
func TestCollectRuns(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip(err)
	}
	_, script, _ := preflight(t, "--collect", "--region", "ap-south-1,eu-west-1,us-east-2,us-west-2")
	samples, err := filepath.Abs("sample")
	if err != nil {
		t.Fatal(err)
	}
	dir := export(t, map[string]string{"collect.sh": script, "bin/aws": `#!/bin/sh
name=$2
[ "$name" != get-caller-identity ] || exit 0
while [ $# -gt 0 ]; do
	case "$1" in
	--region) region=$2 ;;
	--prefix-list-id | --resource-id | --key-id) name=$name-${2##*/} ;;
	--owner) exit 0 ;;
	--query) name=bundles ;;
	esac
	shift
done
case $name in
bundles) exec cat "$BUNDLES/$region" ;;
get-resources) if [ ! -e "$SAMPLES/$region/$name.json" ]; then
	echo "An error occurred (AccessDeniedException) when calling the GetResources operation" >&2
	exit 254
fi ;;
esac
exec cat "$SAMPLES/$region/$name.json"
`})
	if err := os.Chmod(filepath.Join(dir, "bin", "aws"), 0o777); err != nil {
		t.Fatal(err)
	}
	lines := bundleLines(t)
	cmd := exec.Command(sh, "collect.sh")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+filepath.Join(dir, "bin")+string(os.PathListSeparator)+os.Getenv("PATH"), "SAMPLES="+samples, "BUNDLES="+lines)
	allowList, err := fs.ReadFile(sample, "sample/"+allowListName)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "export"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "export", allowListName), allowList, 0o666); err != nil {
		t.Fatal(err)
	}
	text, err := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != 1 || !strings.Contains(string(text), "export/us-east-2/describe-account.json was not written") {
		t.Fatalf("%v: %s", err, text)
	}
	for _, name := range []string{"eu-west-1/" + byolName, "us-west-2/access-events.ndjson"} { // which no command writes
		text, err := fs.ReadFile(sample, "sample/"+name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "export", filepath.FromSlash(name)), text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var reports [2]string
	for i, args := range [][]string{{"--json"}, {"--json", filepath.Join(dir, "export")}} {
		_, out, errs := preflight(t, args...)
		if errs != "" {
			t.Fatal(errs)
		}
		lines := slices.DeleteFunc(strings.Split(out, "\n"), func(line string) bool { return strings.HasPrefix(line, `  "input":`) })
		reports[i] = strings.ReplaceAll(strings.Join(lines, "\n"), filepath.Join(dir, "export"), "export")
	}
	if reports[0] != reports[1] {
		t.Errorf("from the sample\n%s\nfrom the script's export\n%s", reports[0], reports[1])
	}
}

// bundleLines writes the sample's bundles as the script asks for them, by Region: compact, with tabs between.
func bundleLines(t *testing.T) (folder string) {
	t.Helper()
	folder = t.TempDir()
	for _, region := range []string{"ap-south-1", "eu-west-1", "us-east-2", "us-west-2"} {
		var file struct{ Bundles []json.RawMessage }
		data, err := fs.ReadFile(sample, "sample/"+region+"/"+bundlesName)
		if err == nil {
			err = json.Unmarshal(data, &file)
		} else if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, b := range file.Bundles {
			var line bytes.Buffer
			if err := json.Compact(&line, b); err != nil {
				t.Fatal(err)
			}
			lines = append(lines, line.String())
		}
		if err := os.WriteFile(filepath.Join(folder, region), []byte(strings.Join(lines, "\t")+"\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func FuzzDecode(f *testing.F) {
	const routes, directories, account = 2, 4, 5
	data, err := fs.ReadFile(sample, "sample/eu-west-1/"+vpcsName)
	if err != nil {
		f.Fatal(err)
	}
	var names []string
	for _, c := range commands {
		names = append(names, c.file)
	}
	names = append(names, byolName)
	for i, name := range names {
		found := false
		for _, region := range []string{"eu-west-1", "us-west-2"} {
			if other, err := fs.ReadFile(sample, "sample/"+region+"/"+name); err == nil {
				f.Add(data, other, uint8(i))
				found = true
			}
		}
		if !found {
			f.Fatalf("the sample has no %s", name)
		}
	}
	const one = `{"Vpcs":[{"VpcId":"v","CidrBlock":"10.0.0.0/16"}]}`
	f.Add([]byte(`{"Vpcs":[{"VpcId":"v","CidrBlock":"::/0"}]}`), []byte(`{"RouteTables":[{"RouteTableId":"r","VpcId":"v","Routes":[null,{}]}]}`), uint8(routes))
	f.Add([]byte(one), []byte(`{"RouteTables":[{"RouteTableId":"r","VpcId":"v","Routes":[{"DestinationPrefixListId":"pl-1"}]}]}`), uint8(routes))
	f.Add([]byte(one), []byte(`{"Directories":[{"DirectoryId":"d","SubnetIds":["s"]}]}`), uint8(directories))
	f.Add([]byte(one), []byte(`{"DedicatedTenancySupport":"ENABLED","DedicatedTenancyManagementCidrRange":"10.0.0.0/1"}`), uint8(account))
	f.Fuzz(func(t *testing.T, vpcs, other []byte, file uint8) {
		fsys := fstest.MapFS{vpcsName: {Data: vpcs}, names[int(file)%len(names)]: {Data: other}}
		a, err := readAccount(wks.Newest(), fsys, "us-west-2")
		if err != nil {
			return
		}
		rep, err := check(wks.Newest(), a, finding.Report{})
		if err != nil {
			return
		}
		var text bytes.Buffer
		if err := writeText(&text, rep, false, true); err != nil {
			t.Fatal(err)
		}
		if strings.ContainsFunc(text.String(), func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }) {
			t.Fatalf("not printable: %q", text.String())
		}
		if _, err := json.Marshal(rep); err != nil {
			t.Fatal(err)
		}
	})
}
