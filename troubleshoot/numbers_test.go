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
	}
	for _, c := range causes {
		look(c.title)
		look(c.remedy)
	}
	for _, rows := range [][]symptomRow{symptomTable.Rows, errorTable.Rows} {
		for _, r := range rows {
			look(r.title)
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
	for text, n := range map[string]int{"Amazon Linux 2": 3, "Windows 7": 2, "SAML 2.0": 5, "port 4195": 3, "port 4172": 2, "port 389": 2, "port 88": 2, "port 53": 2, "TLS 1.2": 2, "eth0": 4} {
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

// The operations that find something out, or change it: those of WorkSpaces, and of EC2 for subnets, routes and security groups.
func TestChecksNameOperations(t *testing.T) {
	known := strings.Fields(`CreateWorkspaces DescribeClientProperties DescribeIpGroups DescribeRouteTables DescribeSecurityGroups DescribeSubnets DescribeWorkspaceDirectories
		DescribeWorkspaces DescribeWorkspacesConnectionStatus DisassociateIpGroups ListAccountLinks ModifySamlProperties ModifyWorkspaceAccessProperties ModifyWorkspaceProperties
		RebootWorkspaces RebuildWorkspaces RegisterWorkspaceDirectory`)
	code := regexp.MustCompile(`^[a-z]+\.[a-z0-9]+(-[a-z0-9]+)*$`)
	n := 0
	look := func(where string, list []Check) {
		for _, c := range list {
			if n++; c == (Check{}) || c.Operation != "" && !slices.Contains(known, c.Operation) || c.Code != "" && !code.MatchString(string(c.Code)) || c.Command != "" && !strings.HasPrefix(c.Command, "wks ") {
				t.Errorf("%s: %+v", where, c)
			}
		}
	}
	for _, rows := range [][]symptomRow{symptomTable.Rows, errorTable.Rows} {
		for _, r := range rows {
			look(string(r.key), r.checks)
		}
	}
	for _, c := range causes {
		look(string(c.code), c.checks)
	}
	for _, q := range questionTable {
		look(string(q.Question), q.Checks)
	}
	if n < 100 {
		t.Errorf("%d checks", n)
	}
}
