package preflight

import (
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/network"
)

// linuxFiles is an export with a Linux WorkSpace and one with Windows, whose security group has inbound rules.
func linuxFiles(inbound, directory string) map[string]string {
	linux := strings.Replace(desktopOf("ws-00000000a", theDirectory, "alice", "AVAILABLE"), "WINDOWS_SERVER_2022", "AMAZON_LINUX_2", 1)
	return registeredFiles([2]int{100, 100},
		workspacesName, fleetJSON(linux, desktopOf("ws-00000000b", theDirectory, "bob", "AVAILABLE")),
		directoriesName, `{"Directories": [`+strings.Replace(registeredDirectory(theDirectory, `[]`), "{", "{"+directory, 1)+`]}`,
		groupsName, `{"SecurityGroups": [{"GroupId": "sg-1", "IpPermissions": [`+inbound+`], "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}]}`)
}

// Devices reach Linux WorkSpaces over SSH through security groups that open the port to all of them.
func TestSSHToLinux(t *testing.T) {
	const open = `{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "10.1.0.0/16"}]}`
	section := func(rep report) *section {
		for i := range rep.Regions[0].Sections {
			if s := &rep.Regions[0].Sections[i]; strings.HasPrefix(s.Title, "SSH ") {
				return s
			}
		}
		return nil
	}
	for _, tt := range []struct {
		inbound, from string
		closed        bool
	}{{open, "10.1.0.0/24", false}, {open, "10.1.0.7", false}, {open, "10.0.0.0/8", true}, {"", "10.1.0.0/24", true}} {
		rep := reported(t, linuxFiles(tt.inbound, ""), "--ssh", tt.from)
		if got := details(rep, network.SSHPortClosed); (len(got) > 0) != tt.closed {
			t.Errorf("%q from %s: %q", tt.inbound, tt.from, got)
		}
		if s := section(rep); s == nil || s.Lines[0] != "1 WorkSpace with AMAZON_LINUX_2" || (s.Answer == "allowed") == tt.closed {
			t.Errorf("%q from %s: %+v", tt.inbound, tt.from, s)
		}
	}
	if s := section(reported(t, linuxFiles(open, ""))); s != nil {
		t.Errorf("without --ssh: %+v", s)
	}
	windows := linuxFiles(open, "")
	windows[workspacesName] = strings.ReplaceAll(windows[workspacesName], "AMAZON_LINUX_2", "WINDOWS_10")
	if s := section(reported(t, windows, "--ssh", "10.1.0.0/24")); s != nil {
		t.Errorf("without Linux: %+v", s)
	}
	if status, out, errs := plain(t, "--ssh", "office"); status != exitUnanswered || out != "" || !strings.Contains(errs, "--ssh: ") {
		t.Errorf("status %d, %s%s", status, out, errs)
	}
}

// FedRAMP wants a US Region, FIPS, and no WorkSpaces without it.
func TestFedRAMP(t *testing.T) {
	for directory, want := range map[string][]string{
		`"EndpointEncryptionMode": "STANDARD_TLS", `:   {string(devices.FIPSOutsideUS), string(devices.FIPSNotSet), string(devices.FIPSDirectoryInUse)},
		`"EndpointEncryptionMode": "FIPS_VALIDATED", `: {string(devices.FIPSOutsideUS)},
		"": {string(devices.FIPSOutsideUS)},
	} {
		rep := reported(t, linuxFiles("", directory), "--fedramp")
		var got []string
		for _, f := range rep.Findings {
			if strings.HasPrefix(string(f.Code), "devices.fips") {
				got = append(got, string(f.Code))
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", directory, got, want)
		}
	}
	if rep := reported(t, linuxFiles("", "")); len(details(rep, devices.FIPSOutsideUS)) > 0 {
		t.Error("it is asked without --fedramp")
	}
}
