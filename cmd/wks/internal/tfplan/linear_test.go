package tfplan

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/internal/lineartest"
)

// times joins what of returns for each number below n.
func times(n int, of func(i int) string) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = of(i)
	}
	return list
}

// linearCases are plans of n of something, with its relations.
var linearCases = map[string]func(n int) string{
	"one user in n WorkSpaces": func(n int) string {
		return planOf(times(n, func(i int) string { return createWorkspace(fmt.Sprint("w", i), desk("x", sound)) })...)
	},
	"n WorkSpaces of one user are destroyed, and n created": func(n int) string {
		return planOf(append(times(n, func(i int) string { return createWorkspace(fmt.Sprint("v", i), desk("x", sound)) }),
			times(n, func(i int) string {
				return change("aws_workspaces_workspace", fmt.Sprint("w", i), `"delete"`, "{"+desk("x", sound)+"}", "null", "{}")
			})...)...)
	},
	"each.key beside the WorkSpace": func(n int) string {
		return planWith(`{"root_module": {"resources": [`+configured("aws_workspaces_workspace", "w", "directory_id", refs("aws_workspaces_directory.d", "each.key"))+`]}}`, "[]",
			append(times(n, func(i int) string {
				return instance("", "aws_workspaces_workspace", "w", fmt.Sprintf(`"k%d"`, i), "{"+desk(fmt.Sprint("u", i), sound, "directory_id", "null")+"}", `{"directory_id": true}`)
			}), times(n, func(i int) string {
				return instance("", "aws_workspaces_directory", "d", fmt.Sprintf(`"k%d"`, i), `{"tags_all": {}}`, `{"id": true}`)
			})...)...)
	},
	"each.key beside a chain": func(n int) string {
		return planWith(`{"root_module": {"resources": [`+configured("aws_workspaces_workspace", "w", "directory_id", refs("aws_workspaces_directory.d.directory_id", "aws_workspaces_directory.d", "each.key"))+", "+
			configured("aws_workspaces_directory", "d", "directory_id", refs("aws_directory_service_directory.ad", "each.key"))+`]}}`, "[]",
			append(append(times(n, func(i int) string {
				return instance("", "aws_workspaces_workspace", "w", fmt.Sprintf(`"k%d"`, i), "{"+desk(fmt.Sprint("u", i), sound, "directory_id", "null")+"}", `{"directory_id": true}`)
			}), times(n, func(i int) string {
				return instance("", "aws_workspaces_directory", "d", fmt.Sprintf(`"k%d"`, i), `{"tags_all": {}}`, `{"id": true, "directory_id": true}`)
			})...), times(n, func(i int) string {
				return instance("", "aws_directory_service_directory", "ad", fmt.Sprintf(`"k%d"`, i), `{}`, `{"id": true}`)
			})...)...)
	},
	"each.key beside a module": func(n int) string {
		return planWith(`{"root_module": {"module_calls": {"m": {"expressions": {"dir": `+refs("aws_workspaces_directory.d", "each.key")+`}, "module": {"resources": [`+
			configured("aws_workspaces_workspace", "w", "directory_id", refs("var.dir"))+`]}}}}}`, "[]",
			append(times(n, func(i int) string {
				return instance(fmt.Sprintf("module.m[%d]", i), "aws_workspaces_workspace", "w", "", "{"+desk(fmt.Sprint("u", i), sound, "directory_id", "null")+"}", `{"directory_id": true}`)
			}), times(n, func(i int) string {
				return instance("", "aws_workspaces_directory", "d", fmt.Sprintf(`"k%d"`, i), `{"tags_all": {}}`, `{"id": true}`)
			})...)...)
	},
	"outputs of n modules, each by its own name": func(n int) string {
		list := times(n, func(i int) string { return fmt.Sprintf("module.net[%d].vpc_id", i) })
		return planWith(`{"root_module": {"resources": [`+configured("aws_subnet", "s", "vpc_id", refs(list...))+`], "module_calls": {"net": {"module": {"outputs": {"vpc_id": {"expression": `+refs("aws_vpc.v.id")+`}}}}}}}`, "[]",
			append(times(n, func(i int) string {
				return instance(fmt.Sprintf("module.net[%d]", i), "aws_vpc", "v", "", `{"region": "ap-south-1", "cidr_block": "10.0.0.0/16"}`, `{"id": true}`)
			}), instance("", "aws_subnet", "s", "", "{}", `{"id": true, "vpc_id": true}`))...)
	},
	"n VPCs without a Region, with subnets and directories": func(n int) string {
		return planOf(append(append(times(n, func(i int) string {
			return instance("", "aws_vpc", "v", fmt.Sprint(i), fmt.Sprintf(`{"id": "vpc-%d", "cidr_block": "10.0.0.0/16"}`, i), "{}")
		}), times(2*n, func(i int) string {
			return instance("", "aws_subnet", "s", fmt.Sprint(i), fmt.Sprintf(`{"id": "subnet-%d", "vpc_id": "vpc-%d", "availability_zone": "ap-south-1%c", "cidr_block": "10.0.0.0/24"}`, i, i/2, 'a'+i%2), "{}")
		})...), times(n, func(i int) string {
			return instance("", "aws_workspaces_directory", "d", fmt.Sprint(i), fmt.Sprintf(`{"region": "ap-south-1", "tags_all": {}, "subnet_ids": ["subnet-%d", "subnet-%d"]}`, 2*i, 2*i+1), `{"id": true}`)
		})...)...)
	},
	"n zones by name": func(n int) string {
		return planOf(append(times(2*n, func(i int) string {
			return instance("", "aws_subnet", "s", fmt.Sprint(i), fmt.Sprintf(`{"id": "subnet-%d", "availability_zone": "ap-south-1z%d", "cidr_block": "10.0.0.0/24"}`, i, i), "{}")
		}), times(n, func(i int) string {
			return instance("", "aws_workspaces_directory", "d", fmt.Sprint(i), fmt.Sprintf(`{"region": "ap-south-1", "tags_all": {}, "subnet_ids": ["subnet-%d", "subnet-%d"]}`, 2*i, 2*i+1), `{"id": true}`)
		})...)...)
	},
	"n routes in the way": func(n int) string {
		return planOf(append(times(n, func(i int) string {
			return route(fmt.Sprint("r", i), "rtb-main", fmt.Sprintf("198.19.%d.%d/32", i/256%256, i%256))
		}), vpcIn("us-west-2", "10.0.0.0/16"))...)
	},
	"n blocks in the configuration": func(n int) string {
		return planWith(`{"root_module": {"resources": [`+strings.Join(times(n, func(i int) string {
			return configured("aws_workspaces_workspace", fmt.Sprint("w", i), "directory_id", refs("aws_workspaces_directory.d.id"))
		}), ", ")+`]}}`, "[]", append(times(n, func(i int) string {
			return change("aws_workspaces_workspace", fmt.Sprint("w", i), `"create"`, "null", "{"+desk(fmt.Sprint("u", i), sound, "directory_id", "null")+"}", `{"directory_id": true}`)
		}), registers(`"subnet_ids": null`))...)
	},
	"n IP groups over their quota, each of its directory": func(n int) string {
		rules := strings.Join(times(31, func(i int) string { return fmt.Sprintf(`{"source": "192.0.2.%d/32"}`, i) }), ", ")
		return planOf(append(times(n, func(i int) string {
			return instance("", "aws_workspaces_ip_group", "g", fmt.Sprint(i), fmt.Sprintf(`{"id": "wsipg-%d", "tags_all": {}, "rules": [%s]}`, i, rules), "{}")
		}), times(n, func(i int) string {
			return instance("", "aws_workspaces_directory", "d", fmt.Sprint(i), fmt.Sprintf(`{"tags_all": {}, "ip_group_ids": ["wsipg-%d"]}`, i), `{"id": true}`)
		})...)...)
	},
	"n rules of a group, which no document settles": func(n int) string {
		return planOf(instance("", "aws_workspaces_ip_group", "g", "", `{"tags_all": {}, "rules": [`+strings.Join(times(n, func(i int) string {
			return fmt.Sprintf(`{"source": "192.0.%d.%d/16"}`, i/256%256, i%256)
		}), ", ")+`]}`, "{}"))
	},
	"each.key of n keys": func(n int) string {
		return planWith(`{"root_module": {"resources": [`+configured("aws_workspaces_workspace", "w", "volume_encryption_key", refs("aws_kms_key.k", "each.key"))+`]}}`, "[]", encrypted(n, n)...)
	},
	"one of the n values of a for_each": func(n int) string {
		list := times(n, func(i int) string { return fmt.Sprintf(`aws_kms_key.k["k%d"].arn`, i) })
		return planWith(`{"root_module": {"resources": [`+forEach("aws_workspaces_workspace", "w", "volume_encryption_key", refs("each.value.key", "each.value"), refs(list...))+`]}}`, "[]", encrypted(n, n)...)
	},
	"an index of a constant of n": func(n int) string {
		values := strings.Join(times(n, func(i int) string { return fmt.Sprintf(`"k%d": {"key": "k%d"}`, i, n-1-i) }), ", ")
		return planWith(`{"root_module": {"resources": [`+forEach("aws_workspaces_workspace", "w", "volume_encryption_key", refs("aws_kms_key.k", "each.value.key", "each.value"), `{"constant_value": {`+values+`}}`)+`]}}`, "[]", encrypted(n, n)...)
	},
	"each.value of a set of 32 n, of which the plan has n": func(n int) string {
		values := strings.Join(times(32*n, func(i int) string { return fmt.Sprintf(`"k%d"`, 32*n-1-i) }), ", ")
		return planWith(`{"root_module": {"resources": [`+forEach("aws_workspaces_workspace", "w", "volume_encryption_key", refs("aws_kms_key.k", "each.value"), `{"constant_value": [`+values+`]}`)+`]}}`, "[]", encrypted(n, n)...)
	},
	"n desktops with a key of n statements": func(n int) string {
		statements := strings.Join(times(n, func(i int) string {
			return fmt.Sprintf(`{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:user/u%d"}, "Action": "kms:*", "Resource": "*", "Condition": {}}`, i)
		}), ", ")
		return planWith(`{"root_module": {"resources": [`+configured("aws_workspaces_workspace", "w", "volume_encryption_key", refs("aws_kms_key.k"))+`]}}`, "[]",
			append(encrypted(n, 0), instance("", "aws_kms_key", "k", "", fmt.Sprintf(`{"policy": %q}`, `{"Statement": [`+statements+`]}`), `{"id": true, "arn": true}`))...)
	},
	"n desktops with a key of n principals": func(n int) string {
		statements := strings.Join(times(n, func(i int) string {
			return fmt.Sprintf(`{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:user/u%d"}, "Action": "kms:*", "Resource": "*"}`, i)
		}), ", ")
		return planWith(`{"root_module": {"resources": [`+configured("aws_workspaces_workspace", "w", "volume_encryption_key", refs("aws_kms_key.k"))+`]}}`, "[]",
			append(encrypted(n, 0), instance("", "aws_kms_key", "k", "", fmt.Sprintf(`{"policy": %q}`, `{"Statement": [`+statements+`]}`), `{"id": true, "arn": true}`))...)
	},
	"n inputs of a module": func(n int) string {
		return planWith(`{"root_module": {"module_calls": {"m": {"expressions": {`+strings.Join(times(n, func(i int) string { return fmt.Sprintf(`"in%d": {}`, i) }), ", ")+`}}}}}`, "[]", createWorkspace("w", desk("x", sound)))
	},
	"n Regions": func(n int) string {
		return planOf(times(n, func(i int) string {
			return createWorkspace(fmt.Sprint("w", i), desk("x", "", "region", fmt.Sprintf(`"xx-east-%d"`, i), "user_name", `""`))
		})...)
	},
	"n directories with a group of n rules": func(n int) string {
		return planOf(append(append(times(n, func(i int) string {
			return instance("", "aws_workspaces_directory", "d", fmt.Sprint(i), fmt.Sprintf(`{"region": "eu-west-1", "tags_all": {}, "dns_ip_addresses": ["10.0.%d.%d"], "workspace_creation_properties": [{"custom_security_group_id": "sg-1"}]}`, i/256, i%256), `{"id": true}`)
		}), times(n, func(i int) string {
			return instance("", "aws_vpc_security_group_egress_rule", "r", fmt.Sprint(i), fmt.Sprintf(`{"security_group_id": "sg-1", "ip_protocol": "tcp", "from_port": 53, "to_port": 53, "cidr_ipv4": "10.0.%d.%d/32"}`, i/256, i%256), `{"id": true}`)
		})...), instance("", "aws_security_group", "g", "", `{"id": "sg-1", "egress": []}`, "{}"))...)
	},
	"n directories, each with a group that loses a rule": func(n int) string {
		return planOf(append(append(times(n, func(i int) string {
			return instance("", "aws_workspaces_directory", "d", fmt.Sprint(i), fmt.Sprintf(`{"region": "eu-west-1", "tags_all": {}, "dns_ip_addresses": ["10.0.0.1"], "workspace_creation_properties": [{"custom_security_group_id": "sg-%d"}]}`, i), `{"id": true}`)
		}), times(n, func(i int) string {
			return instance("", "aws_security_group", "g", fmt.Sprint(i), fmt.Sprintf(`{"id": "sg-%d", "egress": [{"protocol": "-1", "cidr_blocks": ["0.0.0.0/0"]}]}`, i), "{}")
		})...), times(n, func(i int) string {
			return change("aws_security_group_rule", fmt.Sprint("r", i), `"delete"`, fmt.Sprintf(`{"security_group_id": "sg-%d", "type": "egress", "protocol": "-1", "cidr_blocks": ["0.0.0.0/0"]}`, i), "null", "{}")
		})...)...)
	},
	"n tags that are reserved": func(n int) string {
		return planOf(createWorkspace("w", desk("x", sound, "tags_all", "{"+strings.Join(times(n, func(i int) string { return fmt.Sprintf(`"aws:%d": "v"`, i) }), ", ")+"}")))
	},
	"n attributes that replace": func(n int) string {
		return planOf(change("aws_workspaces_workspace", "w", `"delete", "create"`, "{"+desk("x", sound)+"}", "{"+desk("x", sound)+"}", "{}",
			`"replace_paths": [`+strings.Join(times(n, func(i int) string { return fmt.Sprintf(`["workspace_properties", %d, "x"]`, i) }), ", ")+`]`))
	},
}

// encrypted are desktops and keys by the same keys.
func encrypted(desktops, keys int) []string {
	return append(times(desktops, func(i int) string {
		return instance("", "aws_workspaces_workspace", "w", fmt.Sprintf(`"k%d"`, i), "{"+desk(fmt.Sprint("u", i), sound, "region", `"eu-west-1"`, "user_volume_encryption_enabled", "true")+"}", `{"id": true, "volume_encryption_key": true}`)
	}), times(keys, func(i int) string {
		return instance("", "aws_kms_key", "k", fmt.Sprintf(`"k%d"`, i), `{"is_enabled": false}`, `{"id": true, "arn": true}`)
	})...)
}

// TestLinear counts the statements of the program, and of what it asks and calls, that run for a
// plan of n of something. With twice as many, they may grow by a factor for n log n, and not by
// four; and so may the report.
func TestLinear(t *testing.T) {
	lineartest.SkipRace(t)
	if testing.Short() {
		t.Skip("compiles the program with counters")
	}
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("there is no go command to compile the program with counters")
	}
	counting := filepath.Join(t.TempDir(), "counting.test")
	const module = "github.com/wksgo/wks/"
	if out, err := exec.Command(goTool, "test", "-c", "-covermode=count", "-coverpkg=.,"+module+"network,"+module+"bundles,"+module+"rule,slices,strings", "-o", counting, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	const least = 100
	idle, _ := countWork(t, counting, "", 0)
	for name := range linearCases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var work, length []int
			for n := least; n <= 8*least; n *= 2 {
				w, l := countWork(t, counting, name, n)
				work, length = append(work, w-idle), append(length, l)
			}
			if work[0] < least {
				t.Errorf("%d statements for %d: not all were looked at", work[0], least)
			}
			for i := range work[1:] {
				if work[i+1] > 3*work[i] || length[i+1] > 3*length[i] {
					t.Fatalf("%d statements, %d bytes of report", work, length)
				}
			}
		})
	}
}

// countWork runs a case in a process of its own; with n of 0 it runs nothing.
func countWork(t *testing.T, counting, name string, n int) (statements, length int) {
	profile := filepath.Join(t.TempDir(), "profile")
	cmd := exec.Command(counting, "-test.run=^TestLinearCase$", "-test.coverprofile="+profile)
	cmd.Env = append(os.Environ(), "LINEAR_CASE="+name, fmt.Sprint("LINEAR_N=", n))
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if _, err := fmt.Sscanf(string(out), "%d bytes", &length); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	counts, err := os.ReadFile(profile)
	if err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(bytes.NewReader(counts)); lines.Scan(); {
		var size, times int
		f := strings.Fields(lines.Text())
		if len(f) != 3 {
			continue // the mode
		}
		if _, err := fmt.Sscan(f[1]+" "+f[2], &size, &times); err != nil {
			t.Fatal(err)
		}
		statements += size * times
	}
	return statements, length
}

// TestLinearCase is what TestLinear runs.
func TestLinearCase(t *testing.T) {
	var n int
	if _, err := fmt.Sscan(os.Getenv("LINEAR_N"), &n); err != nil {
		t.Skip("is run by TestLinear")
	}
	var out bytes.Buffer
	if n > 0 {
		if status := cli.Run(Command(), []string{"--json", "-"}, strings.NewReader(linearCases[os.Getenv("LINEAR_CASE")](n)), &out, os.Stderr); out.Len() == 0 {
			t.Fatalf("status %d", status)
		}
	}
	fmt.Println(out.Len(), "bytes")
}
