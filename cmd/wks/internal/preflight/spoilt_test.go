package preflight

import (
	"strings"
	"testing"
	"testing/fstest"
)

// told is the report on files of eu-west-1.
func told(t *testing.T, files map[string]string) *report {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys["eu-west-1/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	rep, err := reportOnFiles(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

// whole is what a report says in the part of a title: the answer, the lines, what is broken and what is open, with places.
// It is "" if the report has no such part.
func whole(rep *report, title string) string {
	var b strings.Builder
	answer := func(x *result, lines []string) {
		b.WriteString(x.Answer + "\n")
		for _, l := range lines {
			b.WriteString(l + "\n")
		}
		for _, v := range x.broken {
			b.WriteString(string(v.Level) + " " + string(v.Code) + " at " + string(v.at.Path) + "\n")
		}
		for _, q := range x.open {
			b.WriteString(word(q.by) + ": " + q.reason + " at " + strings.TrimPrefix(q.File, "eu-west-1/") + " " + string(q.Path) + "\n")
		}
	}
	for i := range rep.Regions[0].Registrations {
		if r := &rep.Regions[0].Registrations[i]; r.title() == title {
			answer(&r.result, nil)
		}
	}
	if r := rep.Regions[0].BYOL; r != nil && title == byolTitle {
		answer(&r.result, nil)
	}
	for i := range rep.Regions[0].Sections {
		if s := &rep.Regions[0].Sections[i]; s.Title == title {
			answer(&s.result, s.Lines)
		}
	}
	return b.String()
}

// What a value that cannot be used leaves open: of the parts that depend on it each says so, at the value or at what it
// stands in, and no part answers as if the value were not there.
func TestSpoiltValues(t *testing.T) {
	const (
		theSubnets = "subnets of directory d-000000001"
		theGroup   = "security group sg-1 of directory d-000000001"
		settings   = "settings of directory d-000000001"
		inVPC      = "registration of d-000000001 in vpc-1"
		ofIt       = "registration of directory d-000000001"
		depends    = "not given: it depends on a value that cannot be used at "
		ports      = "whether security groups open the ports that WorkSpaces need: "
		room       = "200 addresses are free; each launch takes one, and each migration one more while it runs\nsubnet-1 in euw1-az1: 100 of 251 addresses free\nsubnet-2 in euw1-az2: 100 of 251 addresses free\n"
	)
	base := registeredFiles([2]int{100, 100}, ipGroupsName, `{"Result": [{"groupId": "wsipg-1", "userRules": [{"ipRule": "198.51.100.0/24"}]}]}`)
	for name, tt := range map[string]struct {
		file, old, new string
		want           map[string]string // by title
		unasked        string            // that the base does not have
	}{
		"nothing": {vpcsName, "", "", map[string]string{
			theSubnets: "allowed\n" + room, theGroup: "allowed\n", settings: "allowed\n", inVPC: "allowed\n", byolTitle: "allowed\n",
			"IP access control groups": "allowed\nd-000000001 has no group: everybody may stream\n",
		}, ""},
		"subnets of a directory": {directoriesName, `["subnet-1", "subnet-2"]`, "5", map[string]string{
			theSubnets: "", theGroup: "", inVPC: "", ofIt: "not given\nnot given: its subnets cannot be used at describe-workspace-directories.json Directories[0]\n",
			"registration in vpc-1": "not given\n" + depends + "describe-workspace-directories.json Directories[0].SubnetIds\n",
			settings:                "not given\n" + depends + "describe-workspace-directories.json Directories[0].SubnetIds\n",
		}, "whether its subnets suit: they cannot be used\n" + ports + "its subnets cannot be used"},
		"a subnet of a directory that is not there": {directoriesName, `"subnet-2"]`, `"subnet-9"]`, map[string]string{
			theSubnets: "", theGroup: "", ofIt: "not given\nnot given: its subnet subnet-9 is not in describe-subnets.json at describe-workspace-directories.json Directories[0]\n",
		}, "whether the subnets of d-000000001 suit: subnet-9 is not in describe-subnets.json\n" + ports + "its subnet subnet-9 is not in describe-subnets.json"},
		"the kind of a directory": {directoriesName, `"State"`, `"WorkspaceType": 5, "State"`, map[string]string{
			inVPC: "", ofIt: "not given\n" + depends + "describe-workspace-directories.json Directories[0].WorkspaceType\n",
			theSubnets: "not given\n" + room + depends + "describe-workspace-directories.json Directories[0].WorkspaceType\n", theGroup: "",
		}, ports + "a value of the directory cannot be used"},
		"the tenancy of a directory": {directoriesName, `"State"`, `"Tenancy": 5, "State"`, map[string]string{
			inVPC: "", ofIt: "not given\n" + depends + "describe-workspace-directories.json Directories[0].Tenancy\n",
		}, ports + "a value of the directory cannot be used"},
		"a directory for Pools": {directoriesName, `"State"`, `"WorkspaceType": "POOLS", "State"`, map[string]string{
			theGroup: "", inVPC: "", "network of directory d-000000001": "undocumented\nundocumented: whether the network suits a directory for WorkSpaces Pools: no document describes the test at describe-workspace-directories.json Directories[0]\n",
		}, ports + "the directory is for WorkSpaces Pools, whose ports are documented without directions"},
		"groups of addresses of a directory": {directoriesName, `"ipGroupIds": []`, `"ipGroupIds": 5`, map[string]string{
			"IP access control groups": "not given\nd-000000001: its groups cannot be used\n" + depends + "describe-workspace-directories.json Directories[0].ipGroupIds\n", theGroup: "",
		}, ports + "a value of the directory cannot be used"},
		"no address of a controller": {directoriesName, `["10.0.0.10"]`, "[]", map[string]string{theGroup: ""}, ports + "the directory has no DNS addresses, which stand for its domain controllers"},
		"an address that is none": {directoriesName, `"10.0.0.10"`, `"10.0.0.10", "fe80::1%eth0"`, map[string]string{
			theGroup: "not given\n" + `not given: "fe80::1%eth0" is not an address at describe-workspace-directories.json Directories[0].DnsIpAddresses[1]` + "\n",
		}, ""},
		"no security group":       {directoriesName, `"sg-1"`, `""`, map[string]string{theGroup: ""}, ports + "the directory names no security group"},
		"an unknown group":        {directoriesName, `"sg-1"`, `"sg-9"`, map[string]string{theGroup: ""}, ports + "sg-9 is not in describe-security-groups.json"},
		"a rule of a group":       {groupsName, `"-1"`, `-1`, map[string]string{theGroup: ""}, ports + "a value of sg-1 cannot be used"},
		"the VPC is not there":    {vpcsName, `"vpc-1"`, `"vpc-9"`, map[string]string{theGroup: "", ofIt: "not given\nnot given: its VPC vpc-1 is not in describe-vpcs.json at describe-workspace-directories.json Directories[0]\n"}, ports + "its VPC vpc-1 is not in describe-vpcs.json"},
		"the VPC of a subnet":     {subnetsName, `"subnet-2", "VpcId": "vpc-1"`, `"subnet-2", "VpcId": 5`, map[string]string{theGroup: "", ofIt: "not given\nnot given: the VPC of its subnet subnet-2 cannot be used at describe-workspace-directories.json Directories[0]\n"}, ports + "the VPC of its subnet subnet-2 cannot be used"},
		"subnets of two VPCs":     {subnetsName, `"subnet-2", "VpcId": "vpc-1"`, `"subnet-2", "VpcId": "vpc-2"`, map[string]string{theGroup: "", ofIt: "not given\nnot given: its subnets lie in vpc-1 and in vpc-2 at describe-workspace-directories.json Directories[0]\n"}, ports + "its subnets lie in vpc-1 and in vpc-2"},
		"a network of the VPC":    {vpcsName, `"10.0.0.0/16"`, `"10.0.0.0/16", "CidrBlockAssociationSet": [{"CidrBlock": 5}]`, map[string]string{theGroup: "", inVPC: "not given\n" + depends + "describe-vpcs.json Vpcs[0].CidrBlockAssociationSet[0].CidrBlock\n", byolTitle: "not given\nnot given: not all networks are known: a CIDR of vpc-1 cannot be used at describe-vpcs.json Vpcs[0].CidrBlockAssociationSet[0].CidrBlock\n" + depends + "describe-vpcs.json Vpcs[0].CidrBlockAssociationSet[0].CidrBlock\n"}, ports + "a CIDR of its VPC vpc-1 cannot be used"},
		"all networks of the VPC": {vpcsName, `"10.0.0.0/16"`, `5`, map[string]string{theGroup: "", inVPC: "not given\n" + depends + "describe-vpcs.json Vpcs[0].CidrBlock\n"}, ports + "a CIDR of its VPC vpc-1 cannot be used"},
		"a route": {routesName, `"10.0.0.0/16"`, `5`, map[string]string{
			inVPC:     "not given\nnot given: not all routes were looked at: a value of a route table cannot be used at describe-route-tables.json RouteTables[0].Routes[0].DestinationCidrBlock\n",
			byolTitle: "not given\nnot given: not all networks are known: a value of a route table cannot be used at describe-route-tables.json RouteTables[0].Routes[0].DestinationCidrBlock\n",
		}, ""},
		"the VPC of a route table": {routesName, `"VpcId": "vpc-1"`, `"VpcId": 5`, map[string]string{
			inVPC: "not given\nnot given: not all routes were looked at: a value of a route table cannot be used at describe-route-tables.json RouteTables[0].VpcId\n",
		}, ""},
		"how many addresses are free": {subnetsName, `AvailableIpAddressCount": 100},`, `AvailableIpAddressCount": "100"},`, map[string]string{
			theSubnets: "not given\nsubnet-1: how many addresses are free is not known\nat least 100 addresses are free; each launch takes one, and each migration one more while it runs\nsubnet-2 in euw1-az2: 100 of 251 addresses free\n" + depends + "describe-subnets.json Subnets[0].AvailableIpAddressCount\n",
		}, ""},
		"whether a subnet assigns IPv6": {subnetsName, `"VpcId": "vpc-1", "AvailabilityZoneId": "euw1-az2"`, `"VpcId": "vpc-1", "AssignIpv6AddressOnCreation": 1, "AvailabilityZoneId": "euw1-az2"`, map[string]string{
			settings: "not given\n" + depends + "describe-subnets.json Subnets[1].AssignIpv6AddressOnCreation\n", theSubnets: "not given\n" + room + depends + "describe-subnets.json Subnets[1].AssignIpv6AddressOnCreation\n",
		}, ""},
		"a bundle": {bundlesName, `"Owner": "AMAZON"}`, `"Owner": "AMAZON"}, {"BundleId": "wsb-000000002", "Owner": "111122223333", "RootStorage": {"Capacity": 80}}`, map[string]string{
			"bundles": "not given\nwsb-000000002: a value cannot be used\n" + depends + "describe-workspace-bundles.json Bundles[1].RootStorage.Capacity\n",
		}, ""},
		"a rule of addresses": {ipGroupsName, `"ipRule": "198.51.100.0/24"`, `"ipRule": 5`, map[string]string{
			"IP access control groups": "not given\nd-000000001 has no group: everybody may stream\n" + depends + "describe-ip-groups.json Result[0].userRules[0].ipRule\n",
		}, ""},
	} {
		files := map[string]string{}
		for file, text := range base {
			files[file] = text
		}
		if !strings.Contains(files[tt.file], tt.old) {
			t.Fatalf("%s: no %s in %s", name, tt.old, files[tt.file])
		}
		files[tt.file] = strings.Replace(files[tt.file], tt.old, tt.new, 1)
		rep := told(t, files)
		for title, want := range tt.want {
			if got := whole(rep, title); got != want {
				t.Errorf("%s: %s: got\n%s\nwant\n%s", name, title, got, want)
			}
		}
		var unasked []string
		for _, q := range rep.Regions[0].unasked {
			if strings.HasPrefix(q.reason, ports) || strings.HasPrefix(q.reason, "whether its subnets suit") || strings.HasPrefix(q.reason, "whether the subnets of") {
				unasked = append(unasked, q.reason)
			}
		}
		if got := strings.Join(unasked, "\n"); got != tt.unasked {
			t.Errorf("%s: not asked: got\n%s\nwant\n%s", name, got, tt.unasked)
		}
	}

}
