package network_test

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

func TestCheckSSH(t *testing.T) {
	yes, no := true, false
	good := network.SSH{
		Groups: []network.SecurityGroup{{ID: "sg-1", Ingress: []network.SecurityGroupRule{sg(22, 22, netip.MustParsePrefix("203.0.113.0/25"))}}, {ID: "sg-2", Ingress: []network.SecurityGroupRule{sg(1, 100, netip.MustParsePrefix("203.0.113.128/25"))}}},
		From:   prefixes("203.0.113.0/24"), WorkSpace: netip.MustParseAddr("198.51.100.7"), Login: `anycompany\janedoe`, System: "AMAZON_LINUX_2", State: "AVAILABLE", Admitted: &yes, Password: &yes,
	}
	for _, tt := range []struct {
		name, date   string
		change       func(c *network.SSH)
		broken, open string
	}{
		{"as it should be", "2026-09-10", nil, "", ""},
		{"before it was described", "2019-01-07", nil, "", "documents:"},
		{"one group alone", "2026-09-10", func(c *network.SSH) { c.Groups = c.Groups[:1] }, "ssh-port-closed SecurityGroups", ""},
		{"no group", "2026-09-10", func(c *network.SSH) { c.Groups = nil }, "ssh-port-closed SecurityGroups", ""},
		{"a group that is not known", "2026-09-10", func(c *network.SSH) {
			c.Groups = []network.SecurityGroup{{Ingress: []network.SecurityGroupRule{{Protocol: "tcp", From: 22, To: 22, Groups: []string{"sg-9"}}}}}
		}, "", "input:SecurityGroups"},
		{"UDP", "2026-09-10", func(c *network.SSH) {
			c.Groups = []network.SecurityGroup{{Ingress: []network.SecurityGroupRule{{Protocol: "udp", From: 22, To: 22, CIDRs: prefixes("0.0.0.0/0")}}}}
		}, "ssh-port-closed SecurityGroups", ""},
		{"a private address from public ones", "2026-09-10", func(c *network.SSH) { c.WorkSpace = netip.MustParseAddr("10.0.0.7") }, "", "input:WorkSpace"},
		{"a private address from private ones", "2026-09-10", func(c *network.SSH) {
			c.WorkSpace, c.From, c.Groups = netip.MustParseAddr("10.0.0.7"), prefixes("192.168.1.0/24"), []network.SecurityGroup{{Ingress: []network.SecurityGroupRule{{Protocol: "-1", CIDRs: prefixes("192.168.0.0/16")}}}}
		}, "", ""},
		{"no NetBIOS name", "2026-09-10", func(c *network.SSH) { c.Login = "janedoe" }, "ssh-login-form Login", ""},
		{"a name in DNS", "2026-09-10", func(c *network.SSH) { c.Login = `corp.example.com\janedoe` }, "ssh-login-form Login", ""},
		{"two backslashes", "2026-09-10", func(c *network.SSH) { c.Login = `corp\\janedoe` }, "ssh-login-form Login", ""},
		{"Windows", "2026-09-10", func(c *network.SSH) { c.System = "WINDOWS_11" }, "", "documents:OperatingSystemName"},
		{"Ubuntu", "2026-09-10", func(c *network.SSH) { c.System = "UBUNTU_22_04" }, "", ""},
		{"a system that the API does not know either", "2026-09-10", func(c *network.SSH) { c.System = "UNKNOWN" }, "", "input:OperatingSystemName"},
		{"a system of which no document speaks", "2026-09-10", func(c *network.SSH) { c.System = "PLAN_9" }, "", "documents:OperatingSystemName"},
		{"Rocky Linux", "2026-09-10", func(c *network.SSH) { c.System = "ROCKY_8" }, "", ""},
		{"Ubuntu before it was described", "2022-09-02", func(c *network.SSH) { c.System = "UBUNTU_22_04" }, "", "documents:OperatingSystemName"},
		{"stopped", "2026-09-10", func(c *network.SSH) { c.State = "STOPPED" }, "ssh-not-available State", ""},
		{"another user", "2026-09-10", func(c *network.SSH) { c.Admitted = &no }, "ssh-user-not-admitted Admitted", ""},
		{"another user of Ubuntu", "2026-09-10", func(c *network.SSH) { c.System, c.Admitted = "UBUNTU_22_04", &no }, "", "documents:Admitted"},
		{"a user of whom nothing is known", "2026-09-10", func(c *network.SSH) { c.Admitted = nil }, "", "input:Admitted"},
		{"a user of Ubuntu of whom nothing is known", "2026-09-10", func(c *network.SSH) { c.System, c.Admitted = "UBUNTU_22_04", nil }, "", ""},
		{"another user before SSH was described", "2018-06-29", func(c *network.SSH) { c.Admitted = &no }, "ssh-user-not-admitted Admitted", "documents:"},
		{"another user before anybody said so", "2018-06-28", func(c *network.SSH) { c.Admitted = &no }, "", "documents:"},
		{"no passwords", "2026-09-10", func(c *network.SSH) { c.Password = &no }, "ssh-password-not-enabled Password", ""},
		{"which nobody asked before", "2022-09-02", func(c *network.SSH) { c.Password = &no }, "", ""},
		{"nothing more is known", "2026-09-10", func(c *network.SSH) { *c = network.SSH{Groups: c.Groups, From: c.From} }, "", "input:Login input:OperatingSystemName input:State input:Admitted input:Password input:WorkSpace"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := good
			if tt.change != nil {
				tt.change(&c)
			}
			a, err := at(t, tt.date).CheckSSH(c)
			if err != nil || located(t, a) != tt.broken || open(a) != tt.open {
				t.Errorf("%q, open %q, %v", located(t, a), open(a), err)
			}
			advice := strings.HasPrefix(tt.broken, "ssh-not-available")
			if a.Verdict != map[bool]rule.Verdict{true: rule.Denied, false: map[bool]rule.Verdict{true: rule.Undocumented, false: rule.Allowed}[tt.open != ""]}[tt.broken != "" && !advice] {
				t.Errorf("%s", a.Verdict)
			}
		})
	}
	for path, change := range map[rule.Path]func(c *network.SSH){
		"From":    func(c *network.SSH) { c.From = nil },
		"From[1]": func(c *network.SSH) { c.From = append(c.From[:1:1], netip.Prefix{}) },
		"SecurityGroups[1].IpPermissions[0].FromPort": func(c *network.SSH) {
			c.Groups = []network.SecurityGroup{{}, {Ingress: []network.SecurityGroupRule{{Protocol: "tcp", From: 5, To: 4}}}}
		},
	} {
		c := good
		change(&c)
		_, err := network.Newest().CheckSSH(c)
		refused(t, err, path)
	}
}

func TestSSHCommand(t *testing.T) {
	got, err := network.SSHCommand(`anycompany\janedoe`, netip.MustParseAddr("203.0.113.25"))
	if want := `ssh "anycompany\janedoe"@203.0.113.25`; got != want || err != nil {
		t.Errorf("%s, %v, want %s", got, err, want)
	}
	for _, login := range []string{"", "janedoe", `\janedoe`, `a\`, `a\b\c`, `a\$(id)`, "a\\`id`", `a\b"; id; "`, `-o\x`, `a\-x`, `a\b c`} {
		_, err := network.SSHCommand(login, netip.MustParseAddr("203.0.113.25"))
		refused(t, err, "Login")
	}
	for _, a := range []netip.Addr{{}, netip.MustParseAddr("fe80::1").WithZone("eth0")} {
		_, err := network.SSHCommand(`a\b`, a)
		refused(t, err, "WorkSpace")
	}
}
