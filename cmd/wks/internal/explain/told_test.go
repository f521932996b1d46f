package explain

import (
	"errors"
	"maps"
	"net/netip"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/cmd/wks/internal/preflight"
	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/troubleshoot"
)

// told are the facts of a desktop.
func told(t *testing.T, d preflight.Desktop, client string, kind troubleshoot.Client) troubleshoot.Facts {
	t.Helper()
	var addr netip.Addr
	if client != "" {
		addr = netip.MustParseAddr(client)
	}
	f, err := factsOf(wks.Newest(), &d, addr, kind)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// readsExport reports whether a check names what an export is made of, or a command that reads one.
func readsExport(c troubleshoot.Check) bool {
	return strings.HasPrefix(c.Operation, "Describe") || strings.Contains(c.Command, "EXPORT")
}

// What an export does not tell is no fact; what it tells is one, and no other. That a WorkSpace of the user is there
// is always known.
func TestFactsOfExport(t *testing.T) {
	type answers = map[troubleshoot.Question]bool
	office := []network.IPGroup{{ID: "wsipg-1", Rules: []network.IPRule{{Source: netip.MustParsePrefix("198.51.100.0/24")}}}}
	for name, tt := range map[string]struct {
		d      preflight.Desktop
		client string
		want   answers
	}{
		"nothing":                          {preflight.Desktop{}, "", answers{}},
		"a state":                          {preflight.Desktop{State: "AVAILABLE"}, "", answers{}},
		"rebooting":                        {preflight.Desktop{State: "REBOOTING"}, "", answers{troubleshoot.StartedJustNow: true}},
		"starting":                         {preflight.Desktop{State: "STARTING"}, "", answers{troubleshoot.StartedJustNow: true}},
		"a user":                           {preflight.Desktop{User: "ada"}, "", answers{troubleshoot.NamedUbuntu: false}},
		"the user ubuntu":                  {preflight.Desktop{User: "Ubuntu"}, "", answers{troubleshoot.NamedUbuntu: true}},
		"nested virtualization":            {preflight.Desktop{Nested: true}, "", answers{troubleshoot.NestedEnabled: true}},
		"a subnet":                         {preflight.Desktop{SubnetIPv6: new(true)}, "", answers{troubleshoot.SubnetIPv6: true}},
		"a subnet without":                 {preflight.Desktop{SubnetIPv6: new(false)}, "", answers{troubleshoot.SubnetIPv6: false}},
		"internet":                         {preflight.Desktop{Internet: new(true)}, "", answers{troubleshoot.InternetProvided: true}},
		"no way out":                       {preflight.Desktop{OutboundOpen: new(false)}, "", answers{troubleshoot.OutboundOpen: false}},
		"a directory":                      {preflight.Desktop{DirectoryRuns: new(true)}, "", answers{troubleshoot.DirectoryRuns: true}},
		"no groups":                        {preflight.Desktop{GroupsTold: true, GroupsKnown: true}, "192.0.2.1", answers{troubleshoot.IPGroupsAssigned: false}},
		"groups and no address":            {preflight.Desktop{GroupsTold: true, GroupsAssigned: true, GroupsKnown: true, Groups: office}, "", answers{troubleshoot.IPGroupsAssigned: true}},
		"groups that admit":                {preflight.Desktop{GroupsTold: true, GroupsAssigned: true, GroupsKnown: true, Groups: office}, "198.51.100.7", answers{troubleshoot.IPGroupsAssigned: true, troubleshoot.ClientAddressAdmitted: true}},
		"groups that do not admit":         {preflight.Desktop{GroupsTold: true, GroupsAssigned: true, GroupsKnown: true, Groups: office}, "192.0.2.1", answers{troubleshoot.IPGroupsAssigned: true, troubleshoot.ClientAddressAdmitted: false}},
		"groups of which one is not known": {preflight.Desktop{GroupsTold: true, GroupsAssigned: true, Groups: office}, "192.0.2.1", answers{troubleshoot.IPGroupsAssigned: true}},
		"the port of another protocol":     {preflight.Desktop{Protocols: []string{"PCOIP"}, ClientPorts: map[network.Protocol]bool{network.ProtocolDCV: true}}, "", answers{}},
		"the port of PCoIP":                {preflight.Desktop{Protocols: []string{"PCOIP"}, ClientPorts: map[network.Protocol]bool{network.ProtocolPCoIP: false}}, "", answers{troubleshoot.ClientPortOpen: false}},
		"the port of DCV":                  {preflight.Desktop{Protocols: []string{"WSP"}, ClientPorts: map[network.Protocol]bool{network.ProtocolDCV: true}}, "", answers{troubleshoot.ClientPortOpen: true}},
		"the port of either":               {preflight.Desktop{Protocols: []string{"WSP", "PCOIP"}, ClientPorts: map[network.Protocol]bool{network.ProtocolDCV: true}}, "", answers{}},
		"Windows Server 2025":              {preflight.Desktop{System: "WINDOWS_SERVER_2025"}, "", answers{troubleshoot.RebootsForHibernation: true, troubleshoot.CustomWindows7: false}},
		"Windows 11":                       {preflight.Desktop{System: "WINDOWS_11"}, "", answers{troubleshoot.CustomWindows7: false}},
		"Windows 10":                       {preflight.Desktop{System: "WINDOWS_10"}, "", answers{troubleshoot.RebootsForHibernation: false, troubleshoot.CustomWindows7: false}},
		"Windows 7":                        {preflight.Desktop{System: "WINDOWS_7"}, "", answers{troubleshoot.RebootsForHibernation: false}},
		"a system of tomorrow":             {preflight.Desktop{System: "PLAN_9"}, "", answers{}},
	} {
		tt.want[troubleshoot.UserHasWorkspace] = true
		if got := told(t, tt.d, tt.client, ""); !maps.Equal(got.Answers, tt.want) {
			t.Errorf("%s: %v, want %v", name, got.Answers, tt.want)
		}
		for _, q := range troubleshoot.Questions() {
			if _, answered := tt.want[q.Question]; answered && !slices.ContainsFunc(q.Checks, readsExport) {
				t.Errorf("%s: an export answers %s, and none of %+v says so", name, q.Question, q.Checks)
			}
		}
	}
	f := told(t, preflight.Desktop{DirectoryType: "SIMPLE_AD", RunningMode: "AUTO_STOP", ComputeType: "POWER"}, "", "")
	if f.DirectoryType != "SIMPLE_AD" || f.RunningMode != "AUTO_STOP" || f.ComputeType != "POWER" || f.DeviceAccess != "" || f.Client != "" {
		t.Errorf("%+v", f)
	}
	broken := preflight.Desktop{GroupsAssigned: true, GroupsKnown: true, Groups: []network.IPGroup{{ID: "wsipg-1", Rules: []network.IPRule{{}}}}}
	if _, err := factsOf(wks.Newest(), &broken, netip.MustParseAddr("192.0.2.1"), ""); err == nil {
		t.Error("a rule without addresses is no error")
	}
	if _, err := newWorkspace(wks.Newest(), "docker", troubleshoot.Facts{}, netip.MustParseAddr("192.0.2.1"), "", &broken); err == nil {
		t.Error("a rule without addresses is no error")
	}
}

// Each client is admitted by the device type of its system, and no other.
func TestDevicesOfClients(t *testing.T) {
	byClient := map[troubleshoot.Client]devices.DeviceType{
		"windows": "DeviceTypeWindows", "macos": "DeviceTypeOsx", "linux": "DeviceTypeLinux", "ios": "DeviceTypeIos", "android": "DeviceTypeAndroid", "chromeos": "DeviceTypeChromeOs", "web": "DeviceTypeWeb", "zero-client": "DeviceTypeZeroClient",
	}
	for client := range byClient {
		for _, of := range byClient {
			want := ""
			if byClient[client] == of {
				want = "DENY"
			}
			if f := told(t, preflight.Desktop{Devices: map[devices.DeviceType]string{of: "DENY"}}, "", client); f.DeviceAccess != want {
				t.Errorf("%s and %s: %q, want %q", client, of, f.DeviceAccess, want)
			}
		}
	}
}

// The family of each system that the API names, and the protocol of a WorkSpace with one.
func TestSystemsAndProtocols(t *testing.T) {
	for name, want := range map[string]troubleshoot.System{
		"WINDOWS_10": "windows", "WINDOWS_SERVER_2022": "windows", "AMAZON_LINUX_2": "amazon-linux", "UBUNTU_18_04": "ubuntu", "UBUNTU_24_04": "ubuntu", "RHEL_8": "other-linux", "ROCKY_8": "other-linux", "UNKNOWN": "", "": "",
	} {
		if got := told(t, preflight.Desktop{System: name}, "", "").System; got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	for names, want := range map[string]troubleshoot.Protocol{"PCOIP": "pcoip", "WSP": "dcv", "": "", "X": "", "PCOIP WSP": ""} {
		if got := told(t, preflight.Desktop{Protocols: strings.Fields(names)}, "", "").Protocol; got != want {
			t.Errorf("%s: %q, want %q", names, got, want)
		}
	}
}

// The command that answers a question fetches what the export lacks, or is that of the question. Checks that have run
// on the export are no answer, unless an address decides.
func TestCommandsThatAnswer(t *testing.T) {
	for question, lacks := range map[troubleshoot.Question]string{
		troubleshoot.IPGroupsAssigned: "directory", troubleshoot.ClientAddressAdmitted: "groups", troubleshoot.OutboundOpen: "ports", troubleshoot.SubnetIPv6: "subnet",
		troubleshoot.InternetProvided: "routes", troubleshoot.ClientPortOpen: "firewall", troubleshoot.DirectoryRuns: "directory",
	} {
		fetch := map[string]string{}
		for _, name := range []string{"directory", "groups", "ports", "subnet", "routes", "firewall"} {
			fetch[name] = "fetch " + name
		}
		if got := ask(troubleshoot.Unknown{Question: question}, fetch); got != "fetch "+lacks {
			t.Errorf("%s: %q, want the one for %s", question, got, lacks)
		}
		delete(fetch, lacks)
		if got := ask(troubleshoot.Unknown{Question: question}, fetch); got != "" {
			t.Errorf("%s: %q", question, got)
		}
	}
	checks := func(commands ...string) (u troubleshoot.Unknown) {
		for _, c := range commands {
			u.Checks = append(u.Checks, troubleshoot.Check{Command: c})
		}
		return u
	}
	export := map[string]string{}
	for _, tt := range []struct {
		u     troubleshoot.Unknown
		fetch map[string]string
		want  string
	}{
		{checks(), nil, ""},
		{checks(""), nil, ""},
		{checks("", "wks logins"), nil, "wks logins"},
		{checks("wks preflight EXPORT"), nil, "wks preflight EXPORT"},
		{checks("wks explain --dir EXPORT WORKSPACE"), nil, "wks explain --dir EXPORT WORKSPACE"},
		{checks("wks preflight EXPORT", "wks explain --dir EXPORT WORKSPACE", "wks logins"), export, "wks logins"},
		{checks("wks preflight EXPORT"), export, ""},
		{checks("wks explain --dir EXPORT WORKSPACE --client TYPE"), export, "wks explain --dir EXPORT WORKSPACE --client TYPE"},
	} {
		if got := ask(tt.u, tt.fetch); got != tt.want {
			t.Errorf("%+v: %q, want %q", tt.u.Checks, got, tt.want)
		}
	}
}

// What flags tell overrules the export, and nothing else does.
func TestFlagsOverruleExport(t *testing.T) {
	d := preflight.Desktop{ID: "ws-0a1b2c3d4", User: "ada", System: "WINDOWS_10", Protocols: []string{"WSP"}, DirectoryRuns: new(true)}
	for flags, want := range map[string]troubleshoot.Facts{
		"":                     {System: "windows", Protocol: "dcv"},
		"client=web":           {Client: "web", System: "windows", Protocol: "dcv"},
		"system=ubuntu":        {System: "ubuntu", Protocol: "dcv"},
		"protocol=pcoip":       {System: "windows", Protocol: "pcoip"},
		"answer=no":            {System: "windows", Protocol: "dcv"},
		"answer=no client=ios": {Client: "ios", System: "windows", Protocol: "dcv"},
	} {
		f := troubleshoot.Facts{Answers: map[troubleshoot.Question]bool{}}
		runs := true
		for flag := range strings.FieldsSeq(flags) {
			switch name, value, _ := strings.Cut(flag, "="); name {
			case "client":
				f.Client = troubleshoot.Client(value)
			case "system":
				f.System = troubleshoot.System(value)
			case "protocol":
				f.Protocol = troubleshoot.Protocol(value)
			case "answer":
				f.Answers[troubleshoot.DirectoryRuns], runs = false, false
			}
		}
		w, err := newWorkspace(wks.Newest(), "", f, netip.Addr{}, "", &d)
		if err != nil || w.Diagnosis != nil || w.Facts.Client != want.Client || w.Facts.System != want.System || w.Facts.Protocol != want.Protocol || w.Facts.Answers[troubleshoot.DirectoryRuns] != runs {
			t.Errorf("%s: %+v, %v", flags, w.Facts, err)
		}
	}
	w, err := newWorkspace(wks.Newest(), "docker", troubleshoot.Facts{}, netip.Addr{}, "", &d)
	if err != nil || w.Diagnosis == nil || w.ID != d.ID || w.User != d.User || w.System != d.System {
		t.Errorf("%+v, %v", w, err)
	}
	if _, err := newWorkspace(wks.Newest(), "no-symptom", troubleshoot.Facts{}, netip.Addr{}, "", &d); err == nil {
		t.Error("a symptom that there is not")
	}
}

// The exit status: 1 if a cause is shown or something must be changed, else 2 if facts were given and a cause is open
// or nothing is found, else 0.
func TestExitStatus(t *testing.T) {
	diagnosis := func(list ...troubleshoot.Status) *troubleshoot.Diagnosis {
		d := new(troubleshoot.Diagnosis)
		for _, s := range list {
			d.Causes = append(d.Causes, troubleshoot.Judgement{Status: s})
		}
		return d
	}
	found := func(l rule.Level) []finding.Finding { return []finding.Finding{{Level: l}} }
	s := &aSymptom
	for name, tt := range map[string]struct {
		r           Report
		plain, told int // without facts, and with some
	}{
		"nothing":                       {Report{}, cli.Unanswered, cli.Unanswered},
		"a meaning":                     {Report{Meanings: []Meaning{{}}}, cli.Clean, cli.Clean},
		"a symptom":                     {Report{Symptom: s}, cli.Clean, cli.Clean},
		"a WorkSpace":                   {Report{Workspaces: []Workspace{{}}}, cli.Clean, cli.Clean},
		"shown":                         {Report{Symptom: s, Diagnosis: diagnosis(troubleshoot.Open, troubleshoot.Shown)}, cli.Broken, cli.Broken},
		"open":                          {Report{Symptom: s, Diagnosis: diagnosis(troubleshoot.RuledOut, troubleshoot.Open)}, cli.Clean, cli.Unanswered},
		"ruled out":                     {Report{Symptom: s, Diagnosis: diagnosis(troubleshoot.RuledOut)}, cli.Clean, cli.Clean},
		"shown of the second WorkSpace": {Report{Symptom: s, Workspaces: []Workspace{{Diagnosis: diagnosis(troubleshoot.Open)}, {Diagnosis: diagnosis(troubleshoot.Shown)}}}, cli.Broken, cli.Broken},
		"open of the first WorkSpace":   {Report{Symptom: s, Workspaces: []Workspace{{Diagnosis: diagnosis(troubleshoot.Open)}, {Diagnosis: diagnosis()}}}, cli.Clean, cli.Unanswered},
		"must":                          {Report{Workspaces: []Workspace{{Findings: found(rule.Must)}}}, cli.Broken, cli.Broken},
		"must and then should":          {Report{Workspaces: []Workspace{{Findings: append(found(rule.Must), found(rule.Should)...)}}}, cli.Broken, cli.Broken},
		"should":                        {Report{Workspaces: []Workspace{{Findings: found(rule.Should)}}}, cli.Clean, cli.Clean},
	} {
		for _, given := range []bool{false, true} {
			want := tt.plain
			if given {
				want = tt.told
			}
			if r := tt.r; true {
				if r.conclude(given); r.Exit != want || len(r.Notes) > 0 {
					t.Errorf("%s, facts given %t: %d, want %d; %q", name, given, r.Exit, want, r.Notes)
				}
			}
		}
	}
	for _, r := range []Report{{unknownUser: "x"}, {unknownUser: "x", Symptom: s}, {unknownUser: "x", Meanings: []Meaning{{}}}} {
		nothing := r.Symptom == nil && r.Meanings == nil
		if r.conclude(true); slices.Contains(r.Notes, "x is no user of the export, and the word matches no symptom") != nothing || len(r.Notes) > 1 {
			t.Errorf("%+v", r)
		}
	}
}

// Facts are given by any of the flags.
func TestGiven(t *testing.T) {
	for _, q := range []request{{dir: "x"}, {client: "x"}, {system: "x"}, {protocol: "x"}, {answers: []string{"x"}}} {
		if !q.given() {
			t.Errorf("%+v", q)
		}
	}
	if q := (request{region: "x", clientIP: "x", symptom: "x", json: true, details: true, list: true}); q.given() {
		t.Errorf("%+v", q)
	}
	q := request{client: "web", system: "ubuntu", protocol: "dcv", answers: []string{"cpu-high=yes", "dns-reached=no", "cpu-high=yes"}}
	f, err := q.facts()
	if want := (troubleshoot.Facts{Client: "web", System: "ubuntu", Protocol: "dcv", Answers: map[troubleshoot.Question]bool{"cpu-high": true, "dns-reached": false}}); err != nil || !reflect.DeepEqual(f, want) {
		t.Errorf("%+v, %v", f, err)
	}
	for _, answer := range []string{"cpu-high", "cpu-high=", "cpu-high=maybe", "cpu-high=Yes"} {
		if _, err := (&request{answers: []string{answer}}).facts(); err == nil {
			t.Errorf("%s is an answer", answer)
		}
	}
}

// The first five names that mean something are explained, each once, whatever signs stand around them.
func TestMeaningsOfText(t *testing.T) {
	codes := wks.Catalogue()
	var text []string
	for _, r := range codes[:7] {
		text = append(text, string(r.Code), string(r.Code))
	}
	list := meanings(strings.Join(text, ", "))
	if len(list) != 5 {
		t.Fatalf("%d meanings", len(list))
	}
	for i, m := range list {
		r := codes[i]
		if last := r.Revisions[len(r.Revisions)-1]; m.Name != string(r.Code) || m.Kind != "rule" || m.Title != r.Title || m.Remedy != r.Remedy || m.Help != r.Code.Help() || m.Cite == nil || *m.Cite != last.Cite || !m.Exact {
			t.Errorf("%+v", m)
		}
	}
	for _, text := range []string{"(" + string(codes[0].Code) + ")", string(codes[0].Code) + "...", "`" + string(codes[0].Code) + "`!", "code=" + string(codes[0].Code), "a/b/" + string(codes[0].Code), `C:\x\` + string(codes[0].Code)} {
		if list := meanings(text); len(list) != 1 || list[0].Name != string(codes[0].Code) {
			t.Errorf("%q: %+v", text, list)
		}
	}
	if list := meanings("nothing of the kind"); list == nil || len(list) > 0 {
		t.Errorf("%+v", list)
	}
	folder := meanings(`jane010224T101112.NotMigrated`)
	if len(folder) != 1 || !strings.HasPrefix(folder[0].Title, "The profile of jane from before the migration of 2024-01-02 10:11:12.") || folder[0].Remedy == "" || !folder[0].Exact || folder[0].Cite != nil {
		t.Errorf("%+v", folder)
	}
	drives := meanings("AdditionalDrivesAttached")
	if len(drives) != 1 || len(drives[0].Codes) == 0 || drives[0].Cite == nil || !drives[0].Exact || !strings.HasSuffix(drives[0].Remedy, ".") {
		t.Fatalf("%+v", drives)
	}
	for _, r := range codes {
		if r.Code == drives[0].Codes[0] && (drives[0].Title != r.Title || drives[0].Help != r.Code.Help()) {
			t.Errorf("%+v, want that of %+v", drives[0], r)
		}
	}
}

// Each error of images is explained, and its title is that of the first rule that finds it beforehand.
func TestImageErrors(t *testing.T) {
	titles := map[rule.Code]string{}
	for _, r := range wks.Catalogue() {
		titles[r.Code] = r.Title
	}
	without := 0
	for _, code := range types.WorkspaceImageErrorDetailCode("").Values() {
		list := meanings(strings.ToLower(string(code)))
		if len(list) != 1 || list[0].Name != string(code) || list[0].Kind != "error of an image" || list[0].Remedy == "" {
			t.Errorf("%s: %+v", code, list)
			continue
		}
		want, help := "An image cannot be imported or created.", ""
		if codes := list[0].Codes; len(codes) > 0 {
			want, help = titles[codes[0]], codes[0].Help()
		} else {
			without++
		}
		if list[0].Title != want || list[0].Help != help {
			t.Errorf("%s: %+v, want %q", code, list[0], want)
		}
	}
	if without == 0 {
		t.Error("each has a rule")
	}
}

// The ID of a WorkSpace is ws- and 8 to 63 small letters or digits.
func TestIDs(t *testing.T) {
	long := "ws-" + strings.Repeat("a", 63)
	for text, want := range map[string]string{"ws-12345678": "ws-12345678", "ws-1234567": "", long: long, long + "a": "", "(" + long + ")": long, "ws-1234567A": "", "aws-12345678": "", "ws-12345678ABC": ""} {
		if got := workspaceID.FindString(text); got != want {
			t.Errorf("%s: %q", text, got)
		}
	}
}

// A word that is no user is a note only if it is all that was asked for, and the WorkSpaces of each Region are known.
func TestUnknownUser(t *testing.T) {
	all := export(t, map[string]string{"describe-workspaces.json": oneWorkspace})
	some := export(t, map[string]string{"describe-subnets.json": `{"Subnets": []}`})
	const note = "nobody1 is no user of the export, and the word matches no symptom"
	for _, tt := range []struct {
		args []string
		want bool
	}{
		{[]string{"--dir", all, "nobody1"}, true},
		{[]string{"--dir", all, "nobody1", "mia"}, false},
		{[]string{"--dir", all, "nobody1", "--symptom", "docker"}, false},
		{[]string{"--dir", some, "nobody1"}, false},
	} {
		if r := report(t, tt.args...); slices.Contains(r.Notes, note) != tt.want {
			t.Errorf("%q: %q", tt.args, r.Notes)
		}
	}
	r := report(t, "--dir", all, "ws-0a1b2c3d4 ws-999999999 is slow", "mia")
	if len(r.Workspaces) != 1 || r.Text != "is slow" || !slices.Equal(r.Notes, []string{"ws-999999999 is not a WorkSpace of the export"}) {
		t.Errorf("%+v", r)
	}
	if r := report(t, "--dir", all, "MIA", "mia", "docker"); len(r.Workspaces) != 1 || r.Text != "docker" {
		t.Errorf("%+v", r)
	}
	r = report(t, "--dir", export(t, map[string]string{"describe-workspaces.json": oneWorkspace, "describe-subnets.json": "{"}), "mia")
	if len(r.Notes) != 1 || !strings.HasPrefix(r.Notes[0], "cannot be used: us-west-2/describe-subnets.json:") {
		t.Errorf("%q", r.Notes)
	}
}

// An error of package troubleshoot names the flag. Another one stays as it is.
func TestFlagged(t *testing.T) {
	for path, flag := range map[rule.Path]string{"Client": "--client", "System": "--system", "Protocol": "--protocol", "Answers": "--answer", "Symptom": "--symptom"} {
		if got := flagged(&rule.InputError{Path: path, Value: "v", Reason: "is odd"}).Error(); !strings.HasPrefix(got, flag+`: "v" `) || strings.HasSuffix(got, "is odd") != (flag != "--answer" && flag != "--symptom") || strings.Contains(got, "--list") != (flag == "--symptom") || strings.Contains(got, "--details") != (flag == "--answer") {
			t.Errorf("%s: %s", path, got)
		}
	}
	for _, err := range []error{errors.New("x"), &rule.InputError{Path: "Text", Value: "v", Reason: "is odd"}} {
		if got := flagged(err); got != err {
			t.Errorf("%v, want %v", got, err)
		}
	}
}

// What cannot be written is an error, and so is a combination of flags that makes no sense.
func TestOutput(t *testing.T) {
	for _, args := range [][]string{{"--list"}, {"docker"}, {"docker", "--json"}} {
		var errs strings.Builder
		if status := cli.Run(Command(), args, nil, noRoom{}, &errs); status != cli.Unanswered || !strings.Contains(errs.String(), "no room") {
			t.Errorf("%q: status %d, %s", args, status, errs.String())
		}
	}
	for _, args := range [][]string{{"--json", "--details", "docker"}, {"--json", "--list"}, {"--list", "--edition", "2026-09-10", "--details"}, {"--list", "--edition", "x"}, {"--client-ip", "fe80::1%eth0", "--dir", sample, "grace"}} {
		if status, out, errs := run(args...); status != cli.Unanswered || out != "" || errs == "" {
			t.Errorf("%q: status %d, %s%s", args, status, out, errs)
		}
	}
}

type noRoom struct{}

func (noRoom) Write([]byte) (int, error) { return 0, errors.New("no room") }
