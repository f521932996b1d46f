package troubleshoot

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// numbers are those of the chapter: versions of the agent and of clients, ports, sizes, systems, and days.
var numbers = strings.Fields(`64-bit EC2 1 1.1 1.2 10 11 2 2.0 2.14.1.1 2.14.7 2.14.9 2.4.13 20 20.10.4 20.10.6 2016 2020-07-20 2020-10-01 2025 24 24H2 25H2 32-bit 389 4172 4195 443 5 53 60 7 88 IPv6 amzn2extra-firefox eth0`)

// systemsInWords are numbers in the words of people alone, for what the chapter spells otherwise.
var systemsInWords = strings.Fields(`2020 al2 ipv6 wsl2`)

// portsInMessages are the ports that messages name, and in how many.
var portsInMessages = map[string]int{"(TCP port 53)": 1, "(TCP port 88)": 1, "(TCP port 389)": 1}

var numberForm = regexp.MustCompile(`[A-Za-z_]*[0-9][0-9A-Za-z.\-]*[0-9A-Za-z]|[A-Za-z_]*[0-9]`)

// No text has a number that the chapter has not, and none of those is missing.
func TestNumbersAreThoseOfTheChapter(t *testing.T) {
	var found []string
	inMessages := map[string]int{}
	look := func(text string) {
		for _, n := range numberForm.FindAllString(text, -1) {
			if found = append(found, n); !slices.Contains(numbers, n) {
				t.Errorf("%s in %q", n, text)
			}
		}
	}
	for _, q := range questionTable {
		look(q.Text)
		look(q.Test)
	}
	for _, c := range causes {
		look(c.title)
		look(c.remedy)
		for _, f := range c.figures {
			look(f.Name)
			look(f.Value)
		}
	}
	for _, rows := range [][]symptomRow{symptomTable.Rows, errorTable.Rows} {
		for _, r := range rows {
			look(r.title)
			look(r.advice)
			for _, m := range r.messages {
				look(m)
			}
			all := strings.Join(r.messages, " ")
			for port := range portsInMessages {
				inMessages[port] += strings.Count(all, port)
			}
			for _, n := range numberForm.FindAllString(r.words, -1) {
				if !slices.Contains(numbers, n) && !slices.Contains(systemsInWords, n) {
					t.Errorf("%s in the words of %s", n, r.key)
				}
			}
		}
	}
	if !maps.Equal(inMessages, portsInMessages) {
		t.Errorf("messages name %v, want %v", inMessages, portsInMessages)
	}
	for _, n := range numbers {
		if !slices.Contains(found, n) {
			t.Errorf("%s is in no text", n)
		}
	}
	// Texts that differ in a number alone stand beside one another.
	for text, n := range map[string]int{"1 Mbps": 2, "enable_usb set to 1": 1, "Npcap 1.1": 1, "Amazon Linux 2": 3, "Windows 7": 2, "SAML 2.0": 5, "port 4195": 3, "port 4172": 2, "port 389": 2, "port 88": 2, "port 53": 2, "TLS 1.2": 2, "eth0": 4} {
		got := 0
		for _, all := range [][]string{titles(), questionsAsked()} {
			for _, s := range all {
				got += strings.Count(s, text)
			}
		}
		if got != n {
			t.Errorf("%s stands in %d texts, want %d", text, got, n)
		}
	}
	for code, text := range map[rule.Code]string{BandwidthTooSmall: "1 Mbps or more", USBRedirectionOff: "enable_usb to 1 ", AdapterSoftware: "Npcap to 1.2 "} {
		if i := slices.IndexFunc(causes, func(c cause) bool { return c.code == code }); !strings.Contains(causes[i].remedy, text) {
			t.Errorf("the remedy of %s lacks %q", code, text)
		}
	}
}

// The numbers of a figure are those of the title and the remedy of its cause.
func TestFiguresAreInTheirTexts(t *testing.T) {
	n := 0
	for _, c := range causes {
		said := append(numberForm.FindAllString(c.title, -1), numberForm.FindAllString(c.remedy, -1)...)
		for _, f := range c.figures {
			for _, number := range numberForm.FindAllString(f.Value, -1) {
				if n++; !slices.Contains(said, number) {
					t.Errorf("%s: %s is in no text", c.code, number)
				}
			}
		}
	}
	if n < 6 {
		t.Errorf("%d numbers", n)
	}
}

func titles() (all []string) {
	for _, c := range causes {
		all = append(all, c.title)
	}
	for _, r := range symptomTable.Rows {
		all = append(all, r.title)
	}
	return all
}

func questionsAsked() (all []string) {
	for _, q := range questionTable {
		all = append(all, q.Text)
	}
	return all
}

// The values that AWS spells are those of the API, and TRUST, which is in the guide and not in the SDK.
func TestFieldsHaveTheValuesOfTheAPI(t *testing.T) {
	for f, want := range map[*field][]string{
		directoryField: texts(types.WorkspaceDirectoryType("").Values()), modeField: texts(types.RunningMode("").Values()), computeField: texts(types.Compute("").Values()),
		accessField: append(texts(types.AccessPropertyValue("").Values()), "TRUST"), clientField: texts(clients), systemField: texts(systems), protocolField: texts(protocols),
	} {
		got := slices.Sorted(slices.Values(f.values))
		if !slices.Equal(got, slices.Sorted(slices.Values(want))) {
			t.Errorf("%s: %q, want %q", f.name, got, want)
		}
		aws := f == directoryField || f == modeField || f == computeField || f == accessField
		if f.open != aws || !slices.Contains(fields, f) {
			t.Errorf("%s is open: %t", f.name, f.open)
		}
	}
	if len(fields) != 7 {
		t.Errorf("%d fields", len(fields))
	}
}

// What a judgement is because of tells the answer.
func TestBecauseTellsTheAnswer(t *testing.T) {
	for answer, want := range map[bool]string{true: " yes", false: " no"} {
		c := condition{question: IPGroupsAssigned}
		if got := c.said(&Facts{Answers: map[Question]bool{IPGroupsAssigned: answer}}); got != questionTexts[IPGroupsAssigned].Text+want {
			t.Errorf("%t: %q", answer, got)
		}
	}
	if got := (&condition{field: protocolField, values: []string{"pcoip"}}).said(&Facts{Protocol: DCV}); got != "Protocol is dcv" {
		t.Error(got)
	}
}

// A day before the chapter is an error, with no rules beside it.
func TestAtBeforeTheChapter(t *testing.T) {
	if r, err := At(rule.MustParseEdition("2010-01-01")); err == nil || r != (Rules{}) {
		t.Errorf("%+v, %v", r, err)
	}
}

// Where each rule of this module is told of: beside what it finds, and beside what the guide asks about that. A question ends with a mark.
var placesOfRules = map[rule.Code]string{
	// Before a request: what the service would refuse it with.
	"bundles.linux-user-name":             "user-name-not-valid user-name-valid?",
	"bundles.modification-in-progress":    "OperationInProgressException",
	"bundles.over-quota":                  "ResourceLimitExceededException",
	"bundles.state-refuses":               "InvalidResourceStateException",
	"bundles.user-taken":                  "ResourceAlreadyExistsException user-recreated user-renamed",
	"bundles.volume-pair-not-in-group":    "InvalidParameterValuesException",
	"byol.image-name-taken":               "ResourceAlreadyExistsException",
	"byol.images-over-quota":              "ResourceLimitExceededException",
	"byol.link-exists":                    "ConflictException",
	"byol.link-to-self":                   "ValidationException",
	"migrate.modification-in-progress":    "OperationInProgressException",
	"migrate.state-not-listed":            "InvalidResourceStateException",
	"network.ip-groups-over-quota":        "ResourceCreationFailedException ResourceLimitExceededException",
	"network.management-ranges-exhausted": "directory-registration-fails UnsupportedNetworkConfigurationException",
	"network.subnet-zone-unsupported":     "directory-registration-fails UnsupportedNetworkConfigurationException",
	"network.subnets-in-one-zone":         "UnsupportedNetworkConfigurationException",
	"wks.pattern-not-matched":             "InvalidParameterValuesException",
	// In what is there: what a user then sees.
	"bundles.nested-virtualization-reboots":     "no-hibernation nested-virtualization-without-hibernation",
	"bundles.nested-virtualization-unsupported": "nested-option-missing nested-virtualization-unsupported nested-virtualization-not-enabled nested-virtualization-without-dcv nested-virtualization-not-offered nested-virtualization-supported?",
	"bundles.password-categories":               "password-policy-not-asked",
	"devices.chain-not-to-root":                 "device-not-trusted certificate-trusted?",
	"devices.every-device-blocked":              "device-type-not-admitted",
	"devices.zero-client-time":                  "zero-client-without-ntp zero-client-ntp?",
	"network.client-not-admitted":               "client-address-not-admitted client-address-admitted?",
	"network.downlink-too-slow":                 "bandwidth-too-small bandwidth-enough?",
	"network.firewall-lacks-gateways":           "client-firewall-closes-4172 client-firewall-closes-4195 firewalls-close-4195 client-port-open?",
	"network.firewall-lacks-names":              "registration-service-unreachable registration-service-reached?",
	"network.ip-group-lock-out":                 "client-address-not-admitted",
	"network.ipv6-auto-assign":                  "subnet-assigns-ipv6",
	"network.security-group-lacks-port":         "controllers-unreachable-from-subnet outbound-to-controllers-closed outbound-to-controllers-open?",
	"preflight.directory-in-error":              "directory-registration-fails",
	"preflight.workspace-unhealthy":             "status-unhealthy-message state-unhealthy stopped-without-communication",
}

// The operations that find something out, or change it, and the commands, with how often they are named: operations of WorkSpaces, and of EC2
// for subnets, routes and security groups.
var timesNamed = map[string]int{
	"CreateWorkspaces": 1, "DescribeClientProperties": 1, "DescribeIpGroups": 2, "DescribeRouteTables": 2, "DescribeSecurityGroups": 2, "DescribeSubnets": 2, "DescribeWorkspaceDirectories": 11,
	"DescribeWorkspaces": 22, "DescribeWorkspacesConnectionStatus": 1, "DisassociateIpGroups": 1, "ListAccountLinks": 1, "ModifySamlProperties": 1, "ModifyWorkspaceAccessProperties": 4,
	"ModifyWorkspaceProperties": 2, "RebootWorkspaces": 4, "RebuildWorkspaces": 1, "RegisterWorkspaceDirectory": 2,
	"wks domains": 3, "wks explain": 17, "wks logins": 3, "wks monitor": 2, "wks pace": 3, "wks preflight": 20, "wks quota": 2, "wks tfplan": 1,
}

func TestChecks(t *testing.T) {
	places := map[rule.Code][]string{}
	times := map[string]int{}
	look := func(where string, list []Check) {
		for _, c := range list {
			if c == (Check{}) {
				t.Errorf("%s: an empty check", where)
			}
			if c.Code != "" {
				places[c.Code] = append(places[c.Code], where)
			}
			if c.Operation != "" {
				times[c.Operation]++
			}
			if words := strings.Fields(c.Command); len(words) > 0 {
				times[strings.Join(words[:min(2, len(words))], " ")]++
			}
		}
	}
	for _, rows := range [][]symptomRow{symptomTable.Rows, errorTable.Rows} {
		for _, r := range rows {
			look(string(r.key), r.checks)
		}
	}
	for _, c := range causes {
		look(strings.TrimPrefix(string(c.code), "troubleshoot."), c.checks)
	}
	for _, q := range questionTable {
		look(string(q.Question)+"?", q.Checks)
	}
	for code, want := range placesOfRules {
		if got := strings.Join(places[code], " "); got != want {
			t.Errorf("%s is told of at %q, want %q", code, got, want)
		}
	}
	if len(places) != len(placesOfRules) {
		t.Errorf("%d rules are told of, want %d", len(places), len(placesOfRules))
	}
	if !maps.Equal(times, timesNamed) {
		t.Errorf("named are %v, want %v", times, timesNamed)
	}
}
