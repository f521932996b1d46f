package preflight

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/internal/lineartest"
)

// list joins n elements, each made from its number.
func list(n int, element func(i int) string) string {
	all := make([]string, n)
	for i := range all {
		all[i] = element(i)
	}
	return "[" + strings.Join(all, ",") + "]"
}

// large exports of n elements, valid and broken.
var large = map[string]func(n int) map[string]string{
	"directories with subnets": func(n int) map[string]string {
		return desktopFiles(
			subnetsName, `{"Subnets": `+list(2*n, func(i int) string {
				return fmt.Sprintf(`{"SubnetId": "subnet-%d", "VpcId": "vpc-1", "AvailabilityZoneId": "euw1-az%d", "CidrBlock": "10.0.%d.0/24", "AvailableIpAddressCount": 5}`, i, i%2+1, i%256)
			})+`}`,
			directoriesName, `{"Directories": `+list(n, func(i int) string {
				return fmt.Sprintf(`{"DirectoryId": "d-%d", "SubnetIds": ["subnet-%d", "subnet-%d"]}`, i, 2*i, 2*i+1)
			})+`}`)
	},
	"VPCs": func(n int) map[string]string {
		return map[string]string{
			vpcsName: `{"Vpcs": ` + list(n, func(i int) string { return fmt.Sprintf(`{"VpcId": "vpc-%d", "CidrBlock": "192.168.0.0/16"}`, i) }) + `}`,
			subnetsName: `{"Subnets": ` + list(n, func(i int) string {
				return fmt.Sprintf(`{"SubnetId": "s-%d", "VpcId": "vpc-%d", "CidrBlock": "10.0.0.0/24"}`, i, i)
			}) + `}`,
			directoriesName: `{"Directories": ` + list(n, func(i int) string { return fmt.Sprintf(`{"DirectoryId": "d-%d", "SubnetIds": ["s-%d"]}`, i, i) }) + `}`,
		}
	},
	"subnets in none of the CIDRs of a VPC": func(n int) map[string]string {
		return map[string]string{
			vpcsName: `{"Vpcs": [{"VpcId": "vpc-1", "CidrBlockAssociationSet": ` + list(n, func(i int) string {
				return fmt.Sprintf(`{"CidrBlock": "10.%d.%d.0/24", "CidrBlockState": {"State": "associated"}}`, i/256, i%256)
			}) + `}]}`,
			subnetsName: `{"Subnets": ` + list(n, func(i int) string {
				return fmt.Sprintf(`{"SubnetId": "s-%d", "VpcId": "vpc-1", "CidrBlock": "192.168.0.0/24"}`, i)
			}) + `}`,
			directoriesName: `{"Directories": ` + list(n, func(i int) string { return fmt.Sprintf(`{"DirectoryId": "d-%d", "SubnetIds": ["s-%d"]}`, i, i) }) + `}`,
		}
	},
	"rules of a security group": func(n int) map[string]string {
		return desktopFiles(
			subnetsName, `{"Subnets": [{"SubnetId": "s-1", "VpcId": "vpc-1"}]}`,
			directoriesName, `{"Directories": [{"DirectoryId": "d-1", "SubnetIds": ["s-1"], "DnsIpAddresses": ["10.0.0.10"], "WorkspaceSecurityGroupId": "sg-1"}]}`,
			groupsName, `{"SecurityGroups": [{"GroupId": "sg-1", "IpPermissionsEgress": `+list(n, func(i int) string {
				return fmt.Sprintf(`{"IpProtocol": "tcp", "FromPort": %d, "ToPort": %d, "IpRanges": [{"CidrIp": "10.0.%d.%d/32"}]}`, i%65000, i%65000, i>>8%256, i%256)
			})+`}]}`)
	},
	"prefix lists that were not exported": func(n int) map[string]string {
		return map[string]string{
			vpcsName: soundNetwork, accountName: `{"DedicatedTenancySupport": "ENABLED"}`,
			listsName:  `{"PrefixLists": ` + list(n, func(i int) string { return fmt.Sprintf(`{"PrefixListId": "pl-%d", "PrefixListName": "n"}`, i) }) + `}`,
			routesName: routesJSON(strings.Trim(list(n, func(i int) string { return fmt.Sprintf(`{"DestinationPrefixListId": "pl-%d"}`, i) }), "[]")),
		}
	},
	"broken WorkSpaces on as many keys": func(n int) map[string]string {
		return desktopFiles(workspacesName, `{"Workspaces": `+list(n, func(i int) string {
			return desktopJSON(fmt.Sprintf("ws-%d", i), fmt.Sprintf("arn:aws:kms:us-west-2:111122223333:key/%08d", i), strings.Replace(sound, "80", "81", 1))
		})+`}`)
	},
	"WorkSpaces of no use": func(n int) map[string]string {
		return desktopFiles(workspacesName, `{"Workspaces": `+list(n, func(i int) string {
			return desktopJSON(fmt.Sprintf("ws-%d", i), fmt.Sprintf("arn:%d", i), strings.Replace(sound, "80", "-1", 1))
		})+`}`)
	},
	"WorkSpaces of which every value is wrong": func(n int) map[string]string {
		return desktopFiles(workspacesName, `{"Workspaces": `+list(n, func(i int) string {
			return fmt.Sprintf(`{"WorkspaceId": "ws-%d", "State": %d, "UserName": true, "WorkspaceProperties": {"RootVolumeSizeGib": "%d"}}`, i, i, i)
		})+`}`)
	},
	"a route table of which every route is wrong": func(n int) map[string]string {
		return desktopFiles(routesName, routesJSON(strings.Trim(list(n, func(i int) string { return routeJSON(fmt.Sprintf("10.%d", i)) }), "[]")))
	},
	"subnets and rules of which every one is wrong": func(n int) map[string]string {
		return desktopFiles(
			subnetsName, `{"Subnets": `+list(n, func(i int) string {
				return fmt.Sprintf(`{"SubnetId": "subnet-%d", "VpcId": "vpc-1", "AvailableIpAddressCount": "%d"}`, i, i)
			})+`}`,
			directoriesName, `{"Directories": [{"DirectoryId": "d-1", "SubnetIds": `+list(n, func(i int) string { return fmt.Sprintf(`"subnet-%d"`, i) })+`, "ipGroupIds": ["wsipg-1"]}]}`,
			ipGroupsName, `{"Result": [{"groupId": "wsipg-1", "userRules": `+list(n, func(i int) string { return fmt.Sprintf(`{"ipRule": %d}`, i) })+`}]}`)
	},
	"WorkSpaces of one user": func(n int) map[string]string {
		return desktopFiles(workspacesName, `{"Workspaces": `+list(n, func(i int) string {
			return strings.Replace(desktopJSON(fmt.Sprintf("ws-%d", i), "", sound), `"State"`, `"DirectoryId": "d-1", "UserName": "u", "State"`, 1)
		})+`}`)
	},
	"one WorkSpace over and over": func(n int) map[string]string {
		return desktopFiles(workspacesName, `{"Workspaces": `+list(n, func(i int) string {
			return desktopJSON("ws-1", "", strings.Replace(sound, "80", fmt.Sprint(i), 1))
		})+`}`)
	},
	"broken tags": func(n int) map[string]string {
		return desktopFiles(tagsName, `{"ResourceTagMappingList": `+list(n, func(i int) string {
			return fmt.Sprintf(`{"ResourceARN": "arn:aws:workspaces:eu-west-1:111122223333:workspace/ws-%d", "Tags": [{"Key": "k#", "Value": "v%d"}]}`, i, i)
		})+`}`)
	},
	"launches, each by itself": func(n int) map[string]string {
		return desktopFiles(
			workspacesName, `{"Workspaces": `+list(n, func(i int) string {
				return strings.Replace(desktopJSON(fmt.Sprintf("ws-%d", i), keyARN, sound), `"State"`, fmt.Sprintf(`"UserName": "w%d", "State"`, i), 1)
			})+`}`,
			"plan.json", `{"Launches": `+list(n, func(i int) string {
				return fmt.Sprintf(`{"Region": "eu-west-1", "Workspaces": [{"BundleId": "wsb-0123456789", "DirectoryId": "d-0123456789", "UserName": "u%d", "UserVolumeEncryptionEnabled": true}]}`, i)
			})+`}`)
	},
	"migrations": func(n int) map[string]string {
		return desktopFiles(
			workspacesName, `{"Workspaces": `+list(n, func(i int) string { return desktopJSON(fmt.Sprintf("ws-%09d", i), "", sound) })+`}`,
			"plan.json", `{"Migrations": `+list(n, func(i int) string {
				return fmt.Sprintf(`{"WorkspaceId": "ws-%09d", "Target": {"BundleID": "wsb-%09d"}}`, i, i)
			})+`}`)
	},
}

// Twice the input takes twice the memory, whatever is wrong with it.
func TestLinear(t *testing.T) {
	lineartest.SkipRace(t)
	for name, files := range large {
		allocated := func(n int) uint64 { // bytes
			fsys := fstest.MapFS{}
			for file, text := range files(n) {
				fsys[file] = &fstest.MapFile{Data: []byte(text)}
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			a, err := readAccount(wks.Newest(), fsys, "eu-west-1")
			if err != nil {
				t.Fatal(err)
			}
			if _, planned := fsys["plan.json"]; planned {
				a.planName, a.now = "plan.json", time.Unix(1789000000, 0)
				if a.decodePlan(fsys, "plan.json"); a.plan == nil {
					t.Fatal(a.notes)
				}
			}
			if _, err := check(wks.Newest(), a, finding.Report{}); err != nil {
				t.Fatal(err)
			}
			runtime.ReadMemStats(&after)
			return after.TotalAlloc - before.TotalAlloc
		}
		last := allocated(200)
		for n := 400; n <= 1600; n *= 2 {
			now := allocated(n)
			if now > last*5/2 {
				t.Errorf("%s: %d take %d bytes, and half of them %d", name, n, now, last)
			}
			last = now
		}
	}
}
