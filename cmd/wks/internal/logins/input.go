package logins

import (
	"errors"
	"fmt"
	"io"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/spf13/cobra"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// maxFile is the most that is read of a list of WorkSpaces or groups.
const maxFile = 1 << 30

// flags are what the command is told.
type flags struct {
	workspaces, groups string
	group, allow       []string
	directories        []string
	deny, trust        []string
	minimum            map[string]string
	saml               bool
	session, timeout   time.Duration
}

func (f *flags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.workspaces, "workspaces", "", "the WorkSpaces, in `FILE` as aws workspaces describe-workspaces prints them")
	flags.StringSliceVar(&f.directories, "directory", nil, "only logins to WorkSpaces of the directory with this `ID`; may be repeated")
	flags.StringVar(&f.groups, "ip-groups", "", "try the IP access control groups in `FILE`, as aws workspaces describe-ip-groups prints them")
	flags.StringSliceVar(&f.group, "ip-group", nil, "of those, only the group with this `ID`; may be repeated")
	flags.StringSliceVar(&f.allow, "allow", nil, "try an IP access control group with this `RANGE`; may be repeated")
	flags.StringSliceVar(&f.deny, "deny", nil, "try to block a device `TYPE`: "+strings.Join(deviceNames(), ", ")+"; may be repeated")
	flags.StringSliceVar(&f.trust, "trust", nil, "try to admit only trusted devices of a `TYPE`; may be repeated")
	flags.StringToStringVar(&f.minimum, "minimum", nil, "try an oldest version of clients, `TYPE=VERSION`; may be repeated")
	flags.BoolVar(&f.saml, "saml", false, "try the oldest versions of clients for SAML 2.0")
	flags.DurationVar(&f.session, "session", 0, "how long a user stays after a login, `TIME` such as 8h; 0 counts the login alone")
	flags.DurationVar(&f.timeout, "auto-stop", time.Hour, "after which `TIME` AutoStop would stop a WorkSpace, in full hours")
	cmd.MarkFlagsMutuallyExclusive("saml", "minimum")
}

// devices are the device types by the name of a flag.
var devices = map[string]monitor.DeviceType{
	"windows": monitor.Windows, "osx": monitor.OSX, "linux": monitor.Linux, "web": monitor.Web, "ios": monitor.IOS, "android": monitor.Android,
	"chromeos": monitor.ChromeOS, "zero-client": monitor.ZeroClient, "thin-client": monitor.ThinClient,
}

func deviceNames() (names []string) {
	for n := range devices {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

func device(flag, name string) (monitor.DeviceType, error) {
	if d, ok := devices[strings.ToLower(name)]; ok {
		return d, nil
	}
	for _, d := range devices {
		if string(d) == name {
			return d, nil
		}
	}
	return "", fmt.Errorf("--%s: %q is none of %s", flag, rule.Shorten(name), strings.Join(deviceNames(), ", "))
}

// An input is what the logins are held against.
type input struct {
	trial       monitor.Trial
	tried       bool
	desktops    []monitor.Desktop
	listed      bool
	users       map[string]string // by WorkSpace
	assumption  monitor.Assumption
	directories []string // whose logins count; all if there is none
}

func (f *flags) input(r monitor.Rules, stdin io.Reader) (*input, error) {
	in := &input{assumption: monitor.Assumption{Session: f.session, Timeout: f.timeout}, users: map[string]string{}, directories: f.directories}
	if _, err := r.Report(&monitor.Usage{Assumption: in.assumption}, nil); err != nil {
		return nil, flagged(err)
	}
	in.trial.Devices = map[monitor.DeviceType]monitor.DeviceAccess{}
	for flag, access := range map[string]monitor.DeviceAccess{"deny": monitor.DenyDevices, "trust": monitor.TrustDevices} {
		for _, name := range map[string][]string{"deny": f.deny, "trust": f.trust}[flag] {
			d, err := device(flag, name)
			if err != nil {
				return nil, err
			}
			if other := in.trial.Devices[d]; other != "" && other != access {
				return nil, fmt.Errorf("--deny and --trust both name %s", d)
			}
			in.trial.Devices[d] = access
		}
	}
	in.trial.Minimum = map[monitor.DeviceType]string{}
	if f.saml {
		in.trial.Minimum = r.SAMLClients()
	}
	for name, version := range f.minimum {
		d, err := device("minimum", name)
		if err != nil {
			return nil, err
		}
		if other, twice := in.trial.Minimum[d]; twice && other != version {
			return nil, fmt.Errorf("--minimum has two versions for %s", d)
		}
		in.trial.Minimum[d] = version
	}
	for _, err := range r.WouldRefuse(func(func(monitor.Login, error) bool) {}, in.trial) {
		return nil, flagged(err)
	}
	groups, err := f.ipGroups(stdin)
	if err != nil {
		return nil, err
	}
	if groups != nil {
		rules, err := network.At(r.Edition())
		if err != nil {
			return nil, err
		}
		in.trial.Admits = admits(rules, groups)
	}
	in.tried = len(in.trial.Devices) > 0 || len(in.trial.Minimum) > 0 || groups != nil
	if f.workspaces != "" {
		in.listed = true
		if in.desktops, err = readWorkspaces(f.workspaces, stdin); err != nil {
			return nil, err
		}
		in.desktops = slices.DeleteFunc(in.desktops, func(d monitor.Desktop) bool { return !in.of(d.Directory) })
		for _, d := range in.desktops {
			in.users[d.ID] = d.User
		}
	}
	return in, nil
}

// flagged names the flag instead of the member that an error is about.
func flagged(err error) error {
	var input *rule.InputError
	if errors.As(err, &input) {
		if flag := map[rule.Path]string{"Assumption.Session": "--session", "Assumption.Timeout": "--auto-stop", "Trial.Minimum": "--minimum"}[input.Path]; flag != "" {
			return fmt.Errorf("%s: %q %s", flag, rule.Shorten(input.Value), input.Reason)
		}
	}
	return err
}

// of reports whether the logins to a directory count.
func (in *input) of(directory string) bool {
	return len(in.directories) == 0 || slices.Contains(in.directories, directory)
}

// ipGroups returns the groups that are tried, and nil if none are.
func (f *flags) ipGroups(stdin io.Reader) (groups []network.IPGroup, err error) {
	if f.groups != "" {
		if groups, err = readGroups(f.groups, stdin, f.group); err != nil {
			return nil, err
		}
	} else if f.group != nil {
		return nil, fmt.Errorf("--ip-group is one of those in --ip-groups")
	}
	if f.allow == nil {
		return groups, nil
	}
	g := network.IPGroup{ID: "--allow"}
	for _, text := range f.allow {
		parsed, err := network.ParseIPRule(text)
		if err != nil {
			return nil, fmt.Errorf("--allow: %w", err)
		}
		g.Rules = append(g.Rules, network.IPRule{Source: parsed.Source})
	}
	return append(groups, g), nil
}

// admits asks package network about each address once, as long as there are not too many.
func admits(rules network.Rules, groups []network.IPGroup) func(netip.Addr) (rule.Answer, error) {
	const most = 1 << 16
	answers := map[netip.Addr]rule.Answer{}
	return func(client netip.Addr) (rule.Answer, error) {
		if a, ok := answers[client]; ok {
			return a, nil
		}
		access, err := rules.IPAccess(groups, client)
		if err == nil && len(answers) < most {
			answers[client] = access.Answer
		}
		return access.Answer, err
	}
}

func readGroups(name string, stdin io.Reader, only []string) (groups []network.IPGroup, err error) {
	var in struct {
		Result []struct {
			GroupID   string `json:"groupId"`
			UserRules []struct {
				IPRule string `json:"ipRule"`
			} `json:"userRules"`
		}
	}
	if err := readJSON(name, stdin, "IP access control groups", &in); err != nil {
		return nil, err
	}
	wanted, found := map[string]bool{}, map[string]bool{}
	for _, id := range only {
		wanted[id] = true
	}
	for i, g := range in.Result {
		if g.GroupID == "" {
			return nil, fmt.Errorf("%s: %s: has no groupId", name, rule.Path("Result").Index(i))
		}
		if only != nil && !wanted[g.GroupID] {
			continue
		}
		group := network.IPGroup{ID: g.GroupID}
		for j, r := range g.UserRules {
			parsed, err := network.ParseIPRule(r.IPRule)
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", name, rule.Path("Result").Index(i).Join("userRules").Index(j), err)
			}
			group.Rules = append(group.Rules, network.IPRule{Source: parsed.Source})
		}
		groups = append(groups, group)
		found[g.GroupID] = true
	}
	for _, id := range only {
		if !found[id] {
			return nil, fmt.Errorf("%s has no group %s", name, id)
		}
	}
	if groups == nil {
		return nil, fmt.Errorf("%s has no groups", name)
	}
	return groups, nil
}

func readWorkspaces(name string, stdin io.Reader) (list []monitor.Desktop, err error) {
	var in struct {
		Workspaces []struct {
			WorkspaceID         string `json:"WorkspaceId"`
			DirectoryID         string `json:"DirectoryId"`
			UserName            string
			WorkspaceProperties struct {
				RunningMode monitor.RunningMode
				Protocols   []monitor.Protocol
			}
		}
	}
	if err := readJSON(name, stdin, "WorkSpaces", &in); err != nil {
		return nil, err
	}
	for i, w := range in.Workspaces {
		if w.WorkspaceID == "" {
			return nil, fmt.Errorf("%s: %s: has no WorkspaceId", name, rule.Path("Workspaces").Index(i))
		}
		d := monitor.Desktop{ID: w.WorkspaceID, Directory: w.DirectoryID, User: w.UserName, RunningMode: w.WorkspaceProperties.RunningMode}
		if len(w.WorkspaceProperties.Protocols) == 1 {
			d.Protocol = w.WorkspaceProperties.Protocols[0]
		}
		list = append(list, d)
	}
	if list == nil {
		return nil, fmt.Errorf("%s has no WorkSpaces", name)
	}
	return list, nil
}

// readJSON reads a list as the AWS CLI prints it. Names of members are told apart by case.
func readJSON(name string, stdin io.Reader, what string, to any) error {
	data, title, err := cli.ReadFile(name, stdin, maxFile, "a list of "+what)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, to); err != nil {
		return fmt.Errorf("%s: %s", title, rule.Shorten(err.Error()))
	}
	return nil
}
