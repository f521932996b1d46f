package preflight

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// What is said of files of keys, prefix lists and facts that cannot be used, or not in whole, and what is kept of them.
func TestFilesOfFacts(t *testing.T) {
	const (
		key     = "describe-key-" + keyID + ".json"
		entries = "get-managed-prefix-list-entries-pl-1.json"
		unused  = "; the file is not used"
	)
	for _, tt := range []struct {
		file, text string
		notes      string // that tell what cannot be used, by path
		read       bool
	}{
		{key, describedKey("Enabled"), "", true},
		{key, `{"KeyMetadata": {"Arn": 5}}`, "KeyMetadata.Arn: is a number, want a string" + unused, false},
		{key, `{"KeyMetadata": {`, ": ends in the middle of a value: the file is cut off" + unused, false},
		{key, strings.Replace(describedKey("Enabled"), "SYMMETRIC_DEFAULT", "ODD", 1), "", true},
		{entries, `{"Entries": [{"Cidr": "10.0.0.0/8"}]}`, "", true},
		{entries, `{"Entries": [{"Cidr": "10.0.0.0/8"}, {"Cidr": 5}]}`, "Entries[1].Cidr: is a number, want a string; the entry is left out", true},
		{entries, `{"Entries": 5}`, "Entries: is not a list" + unused, false},
		{entries, `{}`, `: has no member "Entries"` + unused, false},
		{entries, `{"Entries": [], "NextToken": "x"}`, "NextToken: " + "is set: the file is one page of several; export without --max-items and --no-paginate" + unused, false},
		{byolName, `{}`, "", true},
		{byolName, `[]`, ": is not an object" + unused, false},
		{byolName, `{"Facts": {"Region": 5}}`, "Facts.Region: is a number, want a string; it is taken as not given", true},
		{byolName, `{"Import": {"ImageName": 5}}`, "Import.ImageName: is a number, want a string; it is taken as not given", true},
	} {
		a := readFiles(t, desktopFiles(tt.file, tt.text))
		var told []string
		for _, n := range a.notes {
			if n.Unusable {
				told = append(told, string(n.Path)+": "+n.Text)
			}
		}
		e := a.regions[0]
		if got := strings.Join(told, "\n"); got != tt.notes || e.files[tt.file] != tt.read {
			t.Errorf("%s: %q, read %t; want %q, %t", tt.text, got, e.files[tt.file], tt.notes, tt.read)
		}
		kept := map[string]bool{key: len(e.keys) == 1, entries: e.entries["pl-1"] != nil, byolName: e.facts != nil}
		if kept[tt.file] != tt.read || tt.file == byolName && tt.read && (e.facts.importWrong != nil) != strings.Contains(tt.notes, "Import.") {
			t.Errorf("%s: kept %v", tt.text, kept)
		}
		if doubted := e.doubts[entriesPrefix] != nil; doubted != strings.Contains(tt.notes, "Entries[1]") {
			t.Errorf("%s: doubted %t", tt.text, doubted)
		}
		if strings.Contains(tt.notes, "Entries[1]") && (len(e.entries["pl-1"].Entries) != 1 || e.entries["pl-1"].wrong == nil) {
			t.Errorf("%+v", e.entries["pl-1"])
		}
	}
}

// Whether an AMI is encrypted: yes if one of its volumes is, no if none of all is, and else it is not known.
func TestEncryptedAMI(t *testing.T) {
	yes, no := new(true), new(false)
	for _, tt := range []struct {
		volumes []*bool
		want    *bool
	}{{nil, nil}, {[]*bool{no}, no}, {[]*bool{yes}, yes}, {[]*bool{no, no}, no}, {[]*bool{no, yes}, yes}, {[]*bool{nil}, nil}, {[]*bool{no, nil}, nil}, {[]*bool{nil, no}, nil}, {[]*bool{nil, yes}, yes}} {
		var a ami
		for _, v := range tt.volumes {
			var d blockDevice
			d.Ebs.Encrypted = v
			a.BlockDeviceMappings = append(a.BlockDeviceMappings, d)
		}
		if got := a.encrypted(); (got == nil) != (tt.want == nil) || got != nil && *got != *tt.want {
			t.Errorf("%v: %v", tt.volumes, got)
		}
	}
}

// A value of the planned import that cannot be used leaves open whether it can be made.
func TestSpoiltImport(t *testing.T) {
	rep := told(t, desktopFiles(byolName, `{"Import": {"Ec2ImageId": "ami-01234567", "ImageName": 5}}`))
	var unasked []string
	for _, q := range rep.Regions[0].unasked {
		if q.at.Path != "" {
			unasked = append(unasked, q.reason+" at "+string(q.at.Path))
		}
	}
	if want := []string{"whether the import can be made: a value of it cannot be used at Import.ImageName"}; !slices.Equal(unasked, want) || whole(rep, "import of ami-01234567") != "" {
		t.Errorf("%q, want %q; %s", unasked, want, whole(rep, "import of ami-01234567"))
	}
}

// An error message of a WorkSpace whose state does not tell it is a line, with all WorkSpaces that have it, and is seen.
func TestErrorMessages(t *testing.T) {
	failed := func(id, code string) string {
		return fmt.Sprintf(`{"WorkspaceId": %q, "State": "AVAILABLE", "ErrorCode": %q, "ErrorMessage": "went wrong", "WorkspaceProperties": {%s}}`, id, code, sound)
	}
	rep := told(t, desktopFiles(workspacesName, fleetJSON(failed("ws-1", "B"), failed("ws-2", "A"), failed("ws-3", "B"), desktopJSON("ws-4", "", sound))))
	const want = "allowed\ncompute types: 4 STANDARD\nrunning modes: 4 ALWAYS_ON\nstates: 4 AVAILABLE\nws-2: A went wrong\nws-1, ws-3: B went wrong\n"
	if got := whole(rep, "WorkSpaces"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, s := range rep.Regions[0].Sections {
		if s.Title == "WorkSpaces" && (s.Quiet() || !s.tell) {
			t.Error("it is not seen")
		}
	}
}

// The settings that logins are tried against: devices with a known value, and groups that are known in whole.
func TestTrial(t *testing.T) {
	const group = `{"groupId": "wsipg-1", "userRules": [{"ipRule": "192.0.2.0/24"}]}`
	for name, tt := range map[string]struct {
		directory string // members
		groups    string
		devices   map[monitor.DeviceType]monitor.DeviceAccess
		admits    bool
		lacks     string
	}{
		"nothing":          {``, group, nil, false, ""},
		"devices":          {`, "WorkspaceAccessProperties": {"DeviceTypeWindows": "ALLOW", "DeviceTypeOsx": "DENY", "DeviceTypeWeb": "TRUST"}`, group, map[monitor.DeviceType]monitor.DeviceAccess{"DeviceTypeWindows": monitor.AllowDevices, "DeviceTypeOsx": monitor.DenyDevices, "DeviceTypeWeb": monitor.TrustDevices}, false, ""},
		"an unknown value": {`, "WorkspaceAccessProperties": {"DeviceTypeWindows": "MAYBE", "DeviceTypeOsx": "DENY"}`, group, map[monitor.DeviceType]monitor.DeviceAccess{"DeviceTypeOsx": monitor.DenyDevices}, false, "d-1 has an unknown value for DeviceTypeWindows"},
		"spoilt devices":   {`, "WorkspaceAccessProperties": 5`, group, nil, false, "the types of devices that d-1 admits cannot be used"},
		"a group":          {`, "ipGroupIds": ["wsipg-1"]`, group, nil, true, ""},
		"spoilt groups":    {`, "ipGroupIds": 5`, group, nil, false, "the IP access control groups of d-1 cannot be used"},
		"a missing group":  {`, "ipGroupIds": ["wsipg-2"]`, group, nil, false, "d-1 uses wsipg-2, which is not in describe-ip-groups.json"},
		"a spoilt rule":    {`, "ipGroupIds": ["wsipg-1"]`, strings.Replace(group, `"192.0.2.0/24"`, `5`, 1), nil, false, "d-1 uses wsipg-1, of which a rule cannot be used"},
		"a rule for none":  {`, "ipGroupIds": ["wsipg-1"]`, strings.Replace(group, "192.0.2.0/24", "192.0.2.1-192.0.2.9", 1), nil, false, "d-1 uses wsipg-1, of which a rule cannot be used"},
		"an endpoint":      {`, "ipGroupIds": ["wsipg-2"], "WorkspaceAccessProperties": {"AccessEndpointConfig": {"AccessEndpoints": [{"VpcEndpointId": "vpce-1"}]}}`, group, nil, false, ""},
	} {
		a := readFiles(t, desktopFiles(directoriesName, `{"Directories": [{"DirectoryId": "d-1"`+tt.directory+`}]}`, ipGroupsName, `{"Result": [`+tt.groups+`]}`))
		got := a.regions[0].trial(wks.Newest(), "d-1")
		if !maps.Equal(got.Devices, tt.devices) || (got.Admits != nil) != tt.admits || strings.Join(got.lacks, "; ") != tt.lacks {
			t.Errorf("%s: %v, admits %t, lacks %q", name, got.Devices, got.Admits != nil, got.lacks)
		}
	}
}

// An event without a Region is of that of its folder, or of the only one that there is; and a file without events, or with
// broken ones, is a doubt of its own Region.
func TestRegionOfEvents(t *testing.T) {
	event := func(n int, region string) string {
		return accessJSON(n, region, n, "d-1", "ws-1", "192.0.2.7", "Windows")
	}
	for name, tt := range map[string]struct {
		files map[string]string
		want  string // logins of each Region, with a ! where events are missing
		notes string
	}{
		"named":                {map[string]string{"access-events.json": event(1, "us-east-1") + event(2, "eu-west-1") + event(3, "us-east-1"), "eu-west-1/x": "", "us-east-1/x": ""}, "eu-west-1 1, us-east-1 2", ""},
		"of a folder":          {map[string]string{"us-east-1/access-events.json": event(1, "") + event(2, "eu-west-1"), "eu-west-1/x": ""}, "eu-west-1 1, us-east-1 1", ""},
		"of the only one":      {map[string]string{"access-events.json": event(1, ""), "eu-west-1/x": ""}, "eu-west-1 1", ""},
		"of one of two":        {map[string]string{"access-events.json": event(1, ""), "eu-west-1/x": "", "us-east-1/x": ""}, "eu-west-1 0, us-east-1 0", "1 access event is of Regions that the export does not have"},
		"of others":            {map[string]string{"access-events.json": event(1, "ap-south-1") + event(2, "ap-south-1"), "eu-west-1/x": ""}, "eu-west-1 0", "2 access events are of Regions that the export does not have"},
		"twice":                {map[string]string{"access-events.json": event(1, "eu-west-1") + event(1, "eu-west-1") + event(1, "eu-west-1"), "eu-west-1/x": ""}, "eu-west-1 1", "2 access events came more than once; each counts once"},
		"broken in a folder":   {map[string]string{"us-east-1/access-events.json": event(1, "us-east-1") + "{\n", "access-events.json": event(2, "eu-west-1"), "eu-west-1/x": ""}, "eu-west-1 1, us-east-1 1!", ""},
		"broken in the root":   {map[string]string{"access-events.json": event(2, "eu-west-1") + "{\n", "us-east-1/x": "", "eu-west-1/x": ""}, "eu-west-1 1!, us-east-1 0!", ""},
		"no events, in a file": {map[string]string{"us-east-1/access-events.json": " ", "eu-west-1/x": ""}, "eu-west-1 -, us-east-1 0!", ""},
	} {
		fsys := fstest.MapFS{}
		for file, text := range tt.files {
			if dir, is := strings.CutSuffix(file, "/x"); is {
				fsys[dir+"/"+vpcsName] = &fstest.MapFile{Data: []byte(soundNetwork)}
			} else {
				fsys[file] = &fstest.MapFile{Data: []byte(text)}
				if dir := filepath.Dir(file); dir != "." {
					fsys[dir+"/"+vpcsName] = &fstest.MapFile{Data: []byte(soundNetwork)}
				}
			}
		}
		a, err := readAccount(wks.Newest(), fsys, "")
		if err != nil {
			t.Fatal(err)
		}
		a.readEvents(wks.Newest(), fsys, 0)
		var got []string
		for _, e := range a.regions {
			text := e.region + " -"
			if e.events != nil {
				text = fmt.Sprint(e.region, " ", e.events.logins)
				if e.events.wrong != nil {
					text += "!"
				}
			}
			got = append(got, text)
		}
		var notes []string
		for _, n := range a.notes {
			if !n.Unusable {
				notes = append(notes, n.Text)
			}
		}
		if g := strings.Join(got, ", "); g != tt.want || strings.Join(notes, "; ") != tt.notes {
			t.Errorf("%s: %s, %q; want %s, %q", name, g, notes, tt.want, tt.notes)
		}
	}
}

// Of reasons why logins are not decided a hundred are told apart.
func TestReasonsAreBounded(t *testing.T) {
	ev := &accessEvents{undecided: map[undecided]int{}}
	for i := range 150 {
		ev.undecide(undecided{fmt.Sprint(i), rule.ByDocuments})
	}
	ev.undecide(undecided{"7", rule.ByDocuments})
	if len(ev.undecided) != 101 || ev.undecided[undecided{"other reasons", rule.ByInput}] != 50 || ev.undecided[undecided{"7", rule.ByDocuments}] != 2 || ev.undecided[undecided{"99", rule.ByDocuments}] != 1 {
		t.Errorf("%d reasons, %d others", len(ev.undecided), ev.undecided[undecided{"other reasons", rule.ByInput}])
	}
}

// Whether the route table of a subnet leads to the internet: its own, else the main one of its VPC.
func TestInternet(t *testing.T) {
	const (
		subnets = `{"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1"}, {"SubnetId": "subnet-2", "VpcId": "vpc-1"}]}`
		main    = `{"RouteTableId": "rtb-main", "VpcId": "vpc-1", "Associations": [{"Main": true}], "Routes": [MAIN]}`
		own     = `{"RouteTableId": "rtb-own", "VpcId": "vpc-1", "Associations": [{"SubnetId": "subnet-2"}, {"SubnetId": "subnet-1"}], "Routes": [OWN]}`
		other   = `{"RouteTableId": "rtb-other", "VpcId": "vpc-2", "Associations": [{"Main": true}], "Routes": [{"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-9"}]}`
		nat     = `{"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1"}`
		igw     = `{"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1"}`
		inside  = `{"DestinationCidrBlock": "10.0.0.0/16", "NatGatewayId": "nat-1"}`
		hole    = `{"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1", "State": "blackhole"}`
	)
	for name, tt := range map[string]struct {
		tables []string
		want   string
	}{
		"its own":               {[]string{main, strings.Replace(own, "OWN", nat, 1)}, "true"},
		"its own, before":       {[]string{strings.Replace(own, "OWN", inside, 1), strings.Replace(main, "MAIN", nat, 1)}, "false"},
		"its own, behind":       {[]string{strings.Replace(main, "MAIN", nat, 1), strings.Replace(own, "OWN", inside, 1)}, "false"},
		"the main one":          {[]string{other, strings.Replace(main, "MAIN", inside+", "+nat, 1)}, "true"},
		"another VPC's":         {[]string{other}, ""},
		"an internet gateway":   {[]string{strings.Replace(main, "MAIN", igw, 1)}, ""},
		"a hole":                {[]string{strings.Replace(main, "MAIN", hole, 1)}, "false"},
		"a hole, and a way":     {[]string{strings.Replace(main, "MAIN", hole+", "+nat, 1)}, "true"},
		"of a spoilt table":     {[]string{strings.Replace(main, "MAIN", nat+`, {"DestinationCidrBlock": 5}`, 1)}, ""},
		"beside a lost table":   {[]string{strings.Replace(main, "MAIN", nat, 1), `{"RouteTableId": 5, "VpcId": "vpc-1", "Routes": []}`}, ""},
		"without a route":       {[]string{strings.Replace(main, "MAIN", "", 1)}, "false"},
		"of a subnet not there": {nil, ""},
	} {
		var tables []string
		for _, text := range tt.tables {
			tables = append(tables, strings.NewReplacer("MAIN", "", "OWN", "").Replace(text))
		}
		e := readFiles(t, desktopFiles(subnetsName, subnets, routesName, `{"RouteTables": [`+strings.Join(tables, ", ")+`]}`)).regions[0]
		text := func(b *bool) string {
			if b == nil {
				return ""
			}
			return fmt.Sprint(*b)
		}
		if got := text(e.internet("subnet-1")); got != tt.want || e.internet("subnet-9") != nil {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
		delete(e.files, routesName)
		if e.routes = nil; e.internet("subnet-1") != nil {
			t.Errorf("%s: it is known without route tables", name)
		}
	}
}

// What is known of a WorkSpace depends on what was exported, and what was not has a command.
func TestInspectDesktop(t *testing.T) {
	const workspaces = `{"WorkspaceId": "ws-1", "DirectoryId": "d-000000001", "UserName": "Ada", "SubnetId": "subnet-1", "State": "ERROR", "ErrorCode": "X", "ErrorMessage": "no luck", "WorkspaceProperties": {"Protocols": ["WSP"], "OperatingSystemName": "WINDOWS_11", "RunningMode": "AUTO_STOP", "ComputeTypeName": "POWER", "NestedVirtualizationEnabled": true}}`
	groups := `{"Result": [{"groupId": "wsipg-1", "userRules": [{"ipRule": "192.0.2.0/24"}]}, {"groupId": "wsipg-2", "userRules": [{"ipRule": "203.0.113.7"}]}, {"groupId": "wsipg-3", "userRules": [{"ipRule": "x"}]}]}`
	inspect := func(files map[string]string) Desktop {
		t.Helper()
		got, err := Inspect(wks.Newest(), export(t, files), "eu-west-1", []string{"ADA", "ws-1"})
		if err != nil || len(got.Found) != 1 || got.Unknown != nil || !got.Listed {
			t.Fatalf("%+v, %v", got, err)
		}
		return got.Found[0]
	}
	base := func(ipGroups string, more ...string) map[string]string {
		return registeredFiles([2]int{5, 5}, append([]string{workspacesName, fleetJSON(workspaces), directoriesName, `{"Directories": [` + registeredDirectory("d-000000001", ipGroups) + `]}`, ipGroupsName, groups}, more...)...)
	}
	known := func(b *bool) string {
		if b == nil {
			return "?"
		}
		return fmt.Sprint(*b)
	}
	d := inspect(base(`["wsipg-1", "wsipg-2"]`))
	if d.Region != "eu-west-1" || d.ID != "ws-1" || d.User != "Ada" || d.State != "ERROR" || d.Error != "X no luck" || d.Directory != "d-000000001" || d.System != "WINDOWS_11" || d.RunningMode != "AUTO_STOP" || d.ComputeType != "POWER" || !d.Nested || !slices.Equal(d.Protocols, []string{"WSP"}) {
		t.Errorf("%+v", d)
	}
	if got := fmt.Sprint(d.GroupsTold, d.GroupsAssigned, d.GroupsKnown, d.Groups); got != "true true true [{wsipg-1 [{192.0.2.0/24 }]} {wsipg-2 [{203.0.113.7/32 }]}]" {
		t.Errorf("%s", got)
	}
	if got := known(d.DirectoryRuns) + known(d.SubnetIPv6) + known(d.Internet) + known(d.OutboundOpen); got != "truefalse?true" || len(d.ClientPorts) > 0 {
		t.Errorf("%s, %v", got, d.ClientPorts)
	}
	if got := slices.Sorted(maps.Keys(d.Fetch)); !slices.Equal(got, []string{"firewall"}) {
		t.Errorf("%q", got)
	}
	for ipGroups, want := range map[string]string{`[]`: "true false true []", `["wsipg-9"]`: "true true false []", `["wsipg-1", "wsipg-3"]`: "true true false", `5`: "false false false []"} {
		d := inspect(base(ipGroups))
		if got := fmt.Sprint(d.GroupsTold, d.GroupsAssigned, d.GroupsKnown, d.Groups); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s, want %s", ipGroups, got, want)
		}
	}
	// Nothing but WorkSpaces was exported.
	d = inspect(map[string]string{workspacesName: fleetJSON(workspaces)})
	if got := slices.Sorted(maps.Keys(d.Fetch)); !slices.Equal(got, []string{"directory", "firewall", "groups", "ports", "routes", "subnet"}) || d.Fetch["routes"] == "" {
		t.Errorf("%q", got)
	}
	if got := known(d.DirectoryRuns) + known(d.SubnetIPv6) + known(d.Internet) + known(d.OutboundOpen) + fmt.Sprint(d.GroupsTold); got != "????false" {
		t.Errorf("%s", got)
	}
	// A directory that the list of all does not have is not registered, unless one of the list cannot be used.
	d = inspect(base(`[]`, directoriesName, `{"Directories": []}`))
	if known(d.DirectoryRuns) != "false" {
		t.Errorf("%s", known(d.DirectoryRuns))
	}
	if d = inspect(base(`[]`, directoriesName, `{"Directories": [{"DirectoryId": 5}]}`)); known(d.DirectoryRuns) != "?" {
		t.Errorf("%s", known(d.DirectoryRuns))
	}
	if d = inspect(base(`[]`, directoriesName, strings.Replace(`{"Directories": [`+registeredDirectory("d-000000001", `[]`)+`]}`, `"REGISTERED"`, `"DEREGISTERED"`, 1))); known(d.DirectoryRuns) != "false" {
		t.Errorf("%s", known(d.DirectoryRuns))
	}
	// A firewall of which it is known what it lets through.
	d = inspect(base(`[]`, allowListName, "0.0.0.0/0\n", ipRangesName, `{"prefixes": []}`))
	if d.Fetch["firewall"] != "" {
		t.Errorf("%v", d.Fetch)
	}
	if _, known := d.ClientPorts[network.ProtocolDCV]; !known && len(d.ClientPorts) > 0 {
		t.Errorf("%v", d.ClientPorts)
	}
	got, err := Inspect(wks.Newest(), export(t, base(`[]`, bundlesName, `{"Bundles": [{"BundleId": 5}]}`)), "eu-west-1", nil)
	if want := []string{"describe-workspace-bundles.json:1:27: Bundles[0].BundleId: is a number, want a string; the element is left out"}; err != nil || !slices.Equal(got.Unusable, want) || got.Found != nil {
		t.Errorf("%q, want %q, %v", got.Unusable, want, err)
	}
	if got, err := Inspect(wks.Newest(), export(t, map[string]string{vpcsName: soundNetwork}), "eu-west-1", []string{"ada"}); err != nil || got.Listed || !slices.Equal(got.Unknown, []string{"ada"}) {
		t.Errorf("%+v, %v", got, err)
	}
}

// A number that is too large, or not whole, is told, and is none.
func TestNumbersThatAreNone(t *testing.T) {
	for text, want := range map[string]int32{"2147483647": 2147483647, "2147483648": 0, "-2147483649": 0, "1.5": 0, "-1": -1} {
		var n notes
		got := struct{ N int32 }{}
		wrong, err := decodeUsable(fstest.MapFS{"f": {Data: []byte(`{"N": ` + text + `}`)}}, "f", &got, &n)
		if err != nil || got.N != want || len(wrong) > 0 != (want == 0) {
			t.Errorf("%s: %d, %v, %v", text, got.N, wrong, err)
		}
	}
}

// What lacks a file is asked for with what it decides.
func TestQuestionsThatLackFiles(t *testing.T) {
	const subnets, directory = `{"Subnets": []}`, `{"Directories": [{"DirectoryId": "d-1"}]}`
	for name, tt := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"VPCs":                   {map[string]string{subnetsName: subnets}, []string{"!whether a directory can be registered: no describe-vpcs.json", "which BYOL management range is chosen or free: no describe-account.json"}},
		"a VPC":                  {map[string]string{vpcsName: `{"Vpcs": []}`, routesName: `{"RouteTables": []}`, directoriesName: `{"Directories": []}`}, []string{"!whether a directory can be registered: no VPC in describe-vpcs.json", "which BYOL management range is chosen or free: no describe-account.json"}},
		"the rest":               {map[string]string{vpcsName: soundNetwork}, []string{"whether a route takes a management range: no describe-route-tables.json", "which VPCs have a directory: no describe-workspace-directories.json", "which BYOL management range is chosen or free: no describe-account.json"}},
		"subnets":                {desktopFiles(directoriesName, directory, accountName, `{"DedicatedTenancySupport": "DISABLED"}`), []string{"which VPC each directory is in: no describe-subnets.json"}},
		"no VPC, and an account": {map[string]string{accountName: `{"DedicatedTenancySupport": "DISABLED"}`}, []string{"!whether a directory can be registered: no describe-vpcs.json", "which BYOL management ranges are free: no describe-vpcs.json"}},
		"nothing":                {desktopFiles(directoriesName, directory, subnetsName, subnets, accountName, `{"DedicatedTenancySupport": "DISABLED"}`), nil},
	} {
		a := readFiles(t, tt.files)
		var got []string
		for _, q := range a.missing(a.regions[0]) {
			if q.decides {
				q.reason = "!" + q.reason
			}
			got = append(got, q.reason)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// One range for all Regions is proposed where there are several, and the account of one has still to choose.
func TestProposalsForAll(t *testing.T) {
	const (
		chosen = `{"DedicatedTenancySupport": "ENABLED", "DedicatedTenancyManagementCidrRange": "10.40.0.0/16"}`
		linked = `{"DedicatedTenancySupport": "ENABLED", "DedicatedTenancyAccountType": "TARGET_ACCOUNT"}`
		open   = `{"DedicatedTenancySupport": "ENABLED"}`
	)
	for _, tt := range []struct {
		accounts []string // of Regions
		want     int
	}{{[]string{chosen, chosen}, 0}, {[]string{chosen, open}, 3}, {[]string{open, chosen}, 3}, {[]string{linked, chosen}, 0}, {[]string{open}, 0}, {[]string{"", ""}, 0}} {
		fsys := fstest.MapFS{}
		for i, text := range tt.accounts {
			region := []string{"eu-west-1", "us-east-1"}[i]
			fsys[region+"/"+vpcsName] = &fstest.MapFile{Data: []byte(soundNetwork)}
			if text != "" {
				fsys[region+"/"+accountName] = &fstest.MapFile{Data: []byte(text)}
			}
		}
		rep, err := reportOnFiles(fsys)
		if err != nil || len(rep.Proposals) != tt.want {
			t.Errorf("%q: %+v, %v", tt.accounts, rep.Proposals, err)
		}
	}
}

// The Region of the facts is that of the export, whatever they say.
func TestRegionOfFacts(t *testing.T) {
	for _, told := range []string{"", "eu-west-1", "us-east-1"} {
		a := readFiles(t, desktopFiles(byolName, fmt.Sprintf(`{"Facts": {"Region": %q}}`, told)))
		c := &regionCheck{regionExport: a.regions[0], rules: wks.Newest(), account: a, report: &regionReport{}}
		s := newSection("x")
		if facts, _ := c.accountFacts(&s); facts.Region != "eu-west-1" || len(s.open) > 0 != (told == "us-east-1") {
			t.Errorf("%q: %q, %+v", told, facts.Region, s.open)
		}
	}
}

// One WorkSpace that is always on is told as well as several.
func TestOneAlwaysOn(t *testing.T) {
	files := usedFiles(someEvents, workspacesName, fleetJSON(desktopOf(alice, theDirectory, "alice", "AVAILABLE")))
	if rep := reported(t, files, "--session", "8h"); !slices.ContainsFunc(rep.Regions[0].Sections, func(s section) bool {
		return strings.Contains(strings.Join(s.Lines, "\n"), "always on: 1 WorkSpace; AutoStop after an hour would have run it for 18 of 457 hours, if a user stays for 8h0m0s after each login\nthe fewest: "+alice+" 18 hours on 2 days")
	}) {
		t.Errorf("%+v", rep.Regions[0].Sections)
	}
}
