package explain

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/preflight"
	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/troubleshoot"
)

// facts are what the flags tell.
func (q *request) facts() (troubleshoot.Facts, error) {
	f := troubleshoot.Facts{Client: troubleshoot.Client(q.client), System: troubleshoot.System(q.system), Protocol: troubleshoot.Protocol(q.protocol), Answers: map[troubleshoot.Question]bool{}}
	for _, a := range q.answers {
		name, answer, ok := strings.Cut(a, "=")
		if !ok || answer != "yes" && answer != "no" {
			return f, fmt.Errorf("--answer: %q is not QUESTION=yes or QUESTION=no", rule.Shorten(a))
		}
		question := troubleshoot.Question(name)
		if before, twice := f.Answers[question]; twice && before != (answer == "yes") {
			return f, fmt.Errorf("--answer: %q is answered with yes and with no", rule.Shorten(name))
		}
		f.Answers[question] = answer == "yes"
	}
	return f, nil
}

// given reports whether the command line tells any fact.
func (q *request) given() bool {
	return q.dir != "" || q.client != "" || q.system != "" || q.protocol != "" || len(q.answers) > 0
}

// newWorkspace returns what the facts and the export tell about a symptom of one WorkSpace. The command line
// overrules the export.
func newWorkspace(rules wks.Rules, symptom troubleshoot.Key, told troubleshoot.Facts, client netip.Addr, kind string, d *preflight.Desktop) (Workspace, error) {
	w := Workspace{ID: d.ID, User: d.User, Region: d.Region, Directory: d.Directory, State: d.State, Error: d.Error, System: d.System, Protocols: d.Protocols, RunningMode: d.RunningMode, Findings: d.Findings, fetch: d.Fetch}
	f, err := factsOf(rules, d, client, troubleshoot.Client(kind))
	if err != nil {
		return w, err
	}
	if told.Client != "" {
		f.Client = told.Client
	}
	if told.System != "" {
		f.System = told.System
	}
	if told.Protocol != "" {
		f.Protocol = told.Protocol
	}
	maps.Copy(f.Answers, told.Answers)
	w.Facts = f
	if symptom != "" {
		diagnosis, err := rules.Troubleshoot.Diagnose(symptom, f)
		if err != nil {
			return w, err
		}
		w.Diagnosis = &diagnosis
	}
	return w, nil
}

// factsOf are what the export tells of a WorkSpace.
func factsOf(rules wks.Rules, d *preflight.Desktop, client netip.Addr, kind troubleshoot.Client) (troubleshoot.Facts, error) {
	f := troubleshoot.Facts{
		System: systemOf(d.System), Protocol: protocolOf(d.Protocols), DirectoryType: d.DirectoryType, RunningMode: d.RunningMode, ComputeType: d.ComputeType,
		Answers: map[troubleshoot.Question]bool{troubleshoot.UserHasWorkspace: true},
	}
	answer := func(q troubleshoot.Question, known *bool) {
		if known != nil {
			f.Answers[q] = *known
		}
	}
	if d.GroupsTold {
		f.Answers[troubleshoot.IPGroupsAssigned] = d.GroupsAssigned
	}
	if d.GroupsAssigned && d.GroupsKnown && client.IsValid() {
		access, err := rules.Network.IPAccess(d.Groups, client)
		if err != nil {
			return f, err
		}
		if access.Verdict != rule.Undocumented {
			f.Answers[troubleshoot.ClientAddressAdmitted] = access.Verdict == rule.Allowed
		}
	}
	f.DeviceAccess = d.Devices[deviceTypes[kind]]
	answer(troubleshoot.SubnetIPv6, d.SubnetIPv6)
	answer(troubleshoot.InternetProvided, d.Internet)
	answer(troubleshoot.OutboundOpen, d.OutboundOpen)
	answer(troubleshoot.DirectoryRuns, d.DirectoryRuns)
	if open, known := d.ClientPorts[network.Protocol(f.Protocol)]; known {
		f.Answers[troubleshoot.ClientPortOpen] = open
	}
	switch d.State {
	case "REBOOTING", "STARTING":
		f.Answers[troubleshoot.StartedJustNow] = true
	}
	if d.User != "" {
		f.Answers[troubleshoot.NamedUbuntu] = strings.EqualFold(d.User, "ubuntu")
	}
	if d.Nested {
		f.Answers[troubleshoot.NestedEnabled] = true
	}
	switch {
	case d.System == "WINDOWS_SERVER_2025":
		f.Answers[troubleshoot.RebootsForHibernation] = true
	case d.System != "WINDOWS_11" && f.System != "":
		f.Answers[troubleshoot.RebootsForHibernation] = false
	}
	if f.System != "" && d.System != "WINDOWS_7" {
		f.Answers[troubleshoot.CustomWindows7] = false
	}
	return f, nil
}

// deviceTypes are the types of devices that directories admit, by clients.
var deviceTypes = map[troubleshoot.Client]devices.DeviceType{
	troubleshoot.Windows: devices.TypeWindows, troubleshoot.MacOS: devices.TypeOsx, troubleshoot.Linux: devices.TypeLinux, troubleshoot.IOS: devices.TypeIos, troubleshoot.Android: devices.TypeAndroid,
	troubleshoot.ChromeOS: devices.TypeChromeOs, troubleshoot.Web: devices.TypeWeb, troubleshoot.ZeroClient: devices.TypeZeroClient,
}

// systemOf is the family of a system as the API names it, "" for one that is not known.
func systemOf(name string) troubleshoot.System {
	switch {
	case strings.HasPrefix(name, "WINDOWS_"):
		return troubleshoot.WindowsSystem
	case strings.HasPrefix(name, "AMAZON_LINUX"):
		return troubleshoot.AmazonLinux
	case strings.HasPrefix(name, "UBUNTU_"):
		return troubleshoot.Ubuntu
	case strings.HasPrefix(name, "RHEL_"), strings.HasPrefix(name, "ROCKY_"):
		return troubleshoot.OtherLinux
	}
	return ""
}

// protocolOf is the one protocol of a WorkSpace, "" if it is not known.
func protocolOf(list []string) troubleshoot.Protocol {
	if len(list) != 1 {
		return ""
	}
	return map[string]troubleshoot.Protocol{"PCOIP": troubleshoot.PCoIP, "WSP": troubleshoot.DCV}[list[0]]
}

// ask is a command that would answer the question: the one that fetches what the export lacks, or the one of the
// question itself. The checks of an export have run already, so their command is no answer.
func ask(u troubleshoot.Unknown, fetch map[string]string) string {
	lacks := map[troubleshoot.Question]string{
		troubleshoot.IPGroupsAssigned: "directory", troubleshoot.ClientAddressAdmitted: "groups", troubleshoot.OutboundOpen: "ports", troubleshoot.SubnetIPv6: "subnet",
		troubleshoot.InternetProvided: "routes", troubleshoot.ClientPortOpen: "firewall", troubleshoot.DirectoryRuns: "directory",
	}[u.Question]
	if command := fetch[lacks]; command != "" {
		return command
	}
	i := slices.IndexFunc(u.Checks, func(c troubleshoot.Check) bool {
		return c.Command != "" && (fetch == nil || !strings.HasPrefix(c.Command, "wks explain") && !strings.HasPrefix(c.Command, "wks preflight EXPORT") || strings.Contains(c.Command, "--client"))
	})
	if i < 0 {
		return ""
	}
	return u.Checks[i].Command
}
