package network

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules for SSH to a Linux WorkSpace. They stand here, and not with devices: the guide's conditions
// are a security group and addresses.
const (
	SSHPortClosed         rule.Code = "network.ssh-port-closed"
	SSHLoginForm          rule.Code = "network.ssh-login-form"
	SSHUserNotAdmitted    rule.Code = "network.ssh-user-not-admitted"
	SSHNotAvailable       rule.Code = "network.ssh-not-available"
	SSHPasswordNotEnabled rule.Code = "network.ssh-password-not-enabled"
)

const (
	sshGroups = "Enable SSH Connections to all Amazon Linux WorkSpaces in a Directory"
	sshBefore = "Prerequisites for SSH Connections to Amazon Linux WorkSpaces"
)

var sshRules = []tables.Rule{
	{
		Code:      SSHPortClosed,
		Title:     "The security groups of a Linux WorkSpace do not open port 22 for a device that is to connect.",
		Remedy:    "Add a rule for inbound TCP on port 22 from the addresses of the devices to a security group of the WorkSpace.",
		Revisions: []rule.Revision{tables.Must(sshPage, sshGroups, "2019-01-08", "")},
		Figures:   []tables.Figure{{Name: "port of SSH", Value: "tcp 22"}},
	},
	{
		Code:   SSHLoginForm,
		Title:  "The user of an SSH connection is not given as NETBIOS-NAME\\USER.",
		Remedy: "Give the NetBIOS name of the Active Directory domain, a backslash, and the user name of the WorkSpace.",
		Revisions: []rule.Revision{ // the NetBIOS name was said to be the WorkSpace's at first
			tables.Must(sshPage, sshBefore, "2019-01-08", ""),
		},
	},
	{
		Code:      SSHUserNotAdmitted,
		Title:     "The user of an SSH connection is not among those who can connect to a WorkSpace with Amazon Linux.",
		Remedy:    "Connect as the user to whom the WorkSpace is assigned, or admit a group of Active Directory in /etc/security/access.conf.",
		Revisions: []rule.Revision{tables.Must(linuxPage, "Grant SSH Access to Amazon Linux WorkSpaces Administrators", "2018-06-29", "")},
		Figures:   []tables.Figure{{Name: "users of SSH by default", Value: "the user to whom a WorkSpace with Amazon Linux is assigned, and accounts of Domain Admins"}},
	},
	{
		Code:      SSHNotAvailable,
		Title:     "A WorkSpace is not in the state AVAILABLE, which the guide has readers confirm before they connect over SSH.",
		Remedy:    "Start the WorkSpace, or wait until it is available.",
		Revisions: []rule.Revision{tables.Should(sshPage, sshBefore, "2019-01-08", "")},
	},
	{
		Code:      SSHPasswordNotEnabled,
		Title:     "A Linux WorkSpace does not take passwords over SSH, which new ones do not unless it is enabled.",
		Remedy:    "Enable password authentication in cloud-init on the WorkSpace, so that images keep it.",
		Revisions: []rule.Revision{tables.Must(sshPage, "Password-based authentication in WorkSpaces", autumn2025, "")},
	},
}

// An SSH is a connection to a WorkSpace over SSH.
type SSH struct {
	Groups []SecurityGroup // of the WorkSpace: one permits what another does not
	From   []netip.Prefix  // the addresses of the devices, as the WorkSpace sees them
	// WorkSpace is the address to which they connect, private or public; it is not valid if it
	// is not known.
	WorkSpace netip.Addr
	Login     string // as it is typed before the address, such as anycompany\janedoe
	System    string // of the WorkSpace, as the API spells it, such as AMAZON_LINUX_2; "" is not known
	State     string // of the WorkSpace, as the API spells it; "" is not known
	// Admitted tells whether the user of the login is the one to whom the WorkSpace is assigned, or in Domain Admins, or
	// admitted since by the WorkSpace's /etc/security/access.conf; nil is not known.
	Admitted *bool
	// Password tells whether the SSH server of the WorkSpace takes passwords; nil is not known. It was not
	// asked before 2025-10-21.
	Password *bool
}

// CheckSSH tells whether devices can connect to a WorkSpace over SSH: whether its security groups open
// TCP port 22 for all their addresses, whether the login has the documented form, and whether the
// WorkSpace runs Linux, is available, admits the user and takes passwords. Until 2025-10-21 the guide spoke of Amazon Linux
// alone: other Linux is open before, and Windows is always. Whom a WorkSpace admits is documented for Amazon Linux: a user who
// is not admitted is open for other Linux. A connection from public addresses to a private one is open: it
// depends on how the VPC is attached. What is not given is open.
//
// Paths are SecurityGroups, Login, OperatingSystemName, State, Admitted, Password and WorkSpace. The error is a
// *rule.InputError for a rule or an address that is not valid, and for no address to connect from.
func (r Rules) CheckSSH(c SSH) (rule.Answer, error) {
	var a rule.Answer
	if err := r.known(); err != nil {
		return a, err
	}
	var ingress []opening
	for i, g := range c.Groups {
		at := rule.Path("SecurityGroups").Index(i)
		list, err := readRules(g.Ingress, at.Join("IpPermissions"))
		if err != nil {
			return rule.Answer{}, err
		}
		ingress = append(ingress, list...)
	}
	if len(c.From) == 0 {
		return rule.Answer{}, &rule.InputError{Path: "From", Reason: "has no addresses"}
	}
	for i, p := range c.From {
		if !p.IsValid() {
			return rule.Answer{}, invalidPrefix(rule.Path("From").Index(i), p)
		}
	}
	rules := r.s.rules
	if !rules.Has(SSHPortClosed) {
		a.NotDocumented("", "no document of the edition describes SSH to WorkSpaces")
		r.sshUser(&a, c)
		return a.Concluded(), nil
	}
	port := Port{Transport: "tcp", From: 22, To: 22, Direction: Inbound, Purpose: "SSH"}
	for _, m := range closed(port, ingress, Peer{Addresses: c.From}) {
		if m.Perhaps {
			a.NotGiven("SecurityGroups", "port 22 may be open for a prefix list or security group whose members are not known")
			continue
		}
		rules.Break(&a, SSHPortClosed, "SecurityGroups", "no security group opens tcp 22 from %s", prefixList(m.Peers))
	}
	r.sshLogin(&a, c.Login)
	r.sshWorkSpace(&a, c)
	return a.Concluded(), nil
}

// linux is how the API begins the names of Linux systems.
var linux = []string{"AMAZON_LINUX", "UBUNTU_", "RHEL_", "ROCKY_"}

func (r Rules) sshLogin(a *rule.Answer, login string) {
	domain, user, ok := strings.Cut(login, `\`)
	switch {
	case login == "":
		a.NotGiven("Login", "the login is not given")
	case !ok:
		r.s.rules.Break(a, SSHLoginForm, "Login", `%q has no NetBIOS name and backslash in front of the user`, login)
	case domain == "" || user == "" || strings.Contains(user, `\`):
		r.s.rules.Break(a, SSHLoginForm, "Login", `%q is not one name, a backslash and one name`, login)
	case strings.Contains(domain, "."):
		r.s.rules.Break(a, SSHLoginForm, "Login", "%q is the name of a domain in DNS, and not its NetBIOS name", domain)
	}
}

func (r Rules) sshWorkSpace(a *rule.Answer, c SSH) {
	const system rule.Path = "OperatingSystemName"
	switch {
	case c.System == "", c.System == "UNKNOWN":
		a.NotGiven(system, "the operating system of the WorkSpace is not given")
	case strings.HasPrefix(c.System, "WINDOWS"):
		a.NotDocumented(system, "the documents describe SSH to Linux, and say nothing of "+c.System)
	case !strings.HasPrefix(c.System, "AMAZON_LINUX") && !r.s.rules.Has(SSHPasswordNotEnabled):
		a.NotDocumented(system, "the documents of the edition describe SSH to Amazon Linux alone, and not to "+c.System)
	case !slices.ContainsFunc(linux, func(prefix string) bool { return strings.HasPrefix(c.System, prefix) }):
		a.NotDocumented(system, "no document says whether "+c.System+" is Linux")
	}
	switch {
	case c.State == "":
		a.NotGiven("State", "the state of the WorkSpace is not given")
	case c.State != "AVAILABLE":
		r.s.rules.Break(a, SSHNotAvailable, "State", "the WorkSpace is %s", c.State)
	}
	r.sshUser(a, c)
	if r.s.rules.Has(SSHPasswordNotEnabled) {
		switch {
		case c.Password == nil:
			a.NotGiven("Password", "it is not known whether the WorkSpace takes passwords over SSH")
		case !*c.Password:
			r.s.rules.Break(a, SSHPasswordNotEnabled, "Password", "the SSH server of the WorkSpace takes no passwords")
		}
	}
	public := func(p netip.Prefix) bool { return !p.Addr().Unmap().IsPrivate() }
	if w := c.WorkSpace.Unmap(); w.IsValid() && w.IsPrivate() && slices.ContainsFunc(c.From, public) {
		a.NotGiven("WorkSpace", w.String()+" is private: it is not known whether public addresses reach it through a network that the VPC is attached to")
	} else if !w.IsValid() {
		a.NotGiven("WorkSpace", "the address of the WorkSpace is not given")
	}
}

// sshUser checks whether a WorkSpace admits the user of the login.
func (r Rules) sshUser(a *rule.Answer, c SSH) {
	const at rule.Path = "Admitted"
	amazon := strings.HasPrefix(c.System, "AMAZON_LINUX") || c.System == "" || c.System == "UNKNOWN"
	switch {
	case !r.s.rules.Has(SSHUserNotAdmitted), c.Admitted != nil && *c.Admitted:
	case c.Admitted == nil && amazon:
		a.NotGiven(at, "it is not known whether the WorkSpace admits the user: by default Amazon Linux admits the one to whom it is assigned, and Domain Admins")
	case c.Admitted == nil:
	case strings.HasPrefix(c.System, "AMAZON_LINUX"):
		r.s.rules.Break(a, SSHUserNotAdmitted, at, "the user is neither assigned to the WorkSpace nor in Domain Admins, nor admitted since")
	case amazon: // it is open which system it is
	default:
		a.NotDocumented(at, "no document of the edition says whom a WorkSpace admits that does not have Amazon Linux")
	}
}

// SSHCommand returns the command that connects to a WorkSpace, as the guide has it for a shell:
// ssh "anycompany\janedoe"@203.0.113.25. The error is a *rule.InputError for a login that is not a
// NetBIOS name, a backslash and a user, each of letters, digits and "._-" of ASCII, so that the command does
// the same in every shell, and for an invalid address.
func SSHCommand(login string, workspace netip.Addr) (string, error) {
	domain, user, _ := strings.Cut(login, `\`)
	if !isPlainName(domain) || !isPlainName(user) {
		return "", &rule.InputError{Path: "Login", Value: login, Reason: `is not of the form NETBIOS-NAME\USER, of letters, digits, ".", "_" and "-"`}
	}
	if !workspace.IsValid() || workspace.Zone() != "" {
		return "", &rule.InputError{Path: "WorkSpace", Value: workspace.String(), Reason: "is no address without a zone"}
	}
	return fmt.Sprintf(`ssh "%s\%s"@%s`, domain, user, workspace.Unmap()), nil
}

func isPlainName(s string) bool {
	return s != "" && len(s) <= 64 && s[0] != '-' && strings.IndexFunc(s, func(c rune) bool {
		return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.ContainsRune("._-", c))
	}) < 0
}
