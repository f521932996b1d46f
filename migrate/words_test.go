package migrate

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

var systemWord = regexp.MustCompile(`\b(7|1[0-9]|20[0-9][0-9])\b`)

// endOf reads one end of a row of the table of scenarios from its words. The page says "public" where it names none of the two.
func endOf(text string) end {
	e := end{license: public, protocol: notBYOP}
	switch {
	case strings.Contains(text, "public or custom"):
		e.license = included
	case strings.Contains(text, "custom"):
		e.license = custom
	case strings.Contains(text, "BYOL"):
		e.license = byol
	}
	if strings.Contains(text, "with BYOP") {
		e.protocol = byop
	}
	for _, word := range systemWord.FindAllString(text, -1) {
		e.os |= map[string]set{"7": w7, "10": label | generations, "11": w11, "2016": s2016, "2019": s2019, "2022": s2022, "2025": s2025}[word]
	}
	if e.os&label != 0 && e.license == byol {
		e.os = w10
	}
	return e
}

// A row of the table of scenarios is about what its words say. Server 2025 has no PCoIP, so that without BYOP it streams by DCV.
func TestScenariosAreAboutWhatTheySay(t *testing.T) {
	seen := 0
	for _, s := range scenarios.Rows {
		if s.Cite.Document != page || s.Cite.Section != launchScenarios && s.Cite.Section != scenarioSection {
			continue
		}
		seen++
		source, target, ok := strings.Cut(s.text, " to ")
		want := pair{endOf(source), endOf(target)}
		if want.target.os == s2025 && want.target.protocol == notBYOP {
			want.target.protocol = wsp
		}
		if !ok || len(s.pairs) != 1 || s.pairs[0] != want {
			t.Errorf("%q: %+v, want %+v", s.text, s.pairs, want)
		}
	}
	if seen != 27 { // rows of the page, with those that it lost
		t.Errorf("%d rows", seen)
	}
}

// What the introduction of the page, the note on sizes and the page on Linux say, in their words beside.
func TestIntroductionsAndLinux(t *testing.T) {
	included, servers := public|custom, s2016|s2019|s2022|s2025
	withoutGPU, withGPU := value|plain|generalPurpose, graphics|graphicsPro|g4dn|g6|g7|otherGPU
	targets := u2204 | u2404 | rhel8 | rhel9 | rocky8 | rocky9
	for text, want := range map[string][]pair{
		"any Windows Server bundle to Server 2025, which streams by DCV": {{end{os: servers, license: included, protocol: pcoip | wsp}, end{os: s2025, license: included, protocol: wsp}}},
		"any Windows Server bundle with BYOP to Server 2025 with BYOP":   {{end{os: servers, license: included, protocol: byop}, end{os: s2025, license: included, protocol: byop}}},
		"a public bundle to one of another type with the same system":    {{end{os: servers | label, license: public, protocol: pcoip | wsp}, end{os: servers | label, license: public, protocol: pcoip | wsp}}},
		"a Linux desktop to the same":                                    {{end{os: targets, license: public}, end{os: targets, license: public}}},
		"a Linux desktop to another": {
			{end{os: targets | al2, license: public, compute: withoutGPU}, end{os: targets, license: public, compute: withoutGPU}},
			{end{os: targets | al2, license: public, compute: withoutGPU}, end{os: u2204, license: public, compute: withGPU}},
			{end{os: u2204, license: public, compute: withGPU}, end{os: targets, license: public, compute: withoutGPU}},
			{end{os: u2204, license: public, compute: withGPU}, end{os: u2204, license: public, compute: withGPU}},
		},
	} {
		i := slices.IndexFunc(scenarios.Rows, func(s statement) bool { return s.text == text })
		if i < 0 || !slices.Equal(scenarios.Rows[i].pairs, want) {
			t.Errorf("%q: row %d is not about %+v", text, i, want)
		}
	}
}

// The path of a violation is the field that the limit is about, as the API spells it.
func TestPathsOfLimits(t *testing.T) {
	fields := map[rule.Code]rule.Path{
		TargetWindows7: "OperatingSystemName", BYOLToIncluded: "License", IncludedToBYOL: "License", PlusMismatch: "Plus", LinuxUnsupported: "OperatingSystemName",
		LinuxTargetUnsupported: "OperatingSystemName", SameBundle: "BundleId", OtherRegion: "Region", GraphicsToDCV: "Protocol", GraphicsUnsupported: "ComputeTypeName",
		BYOPToOther: "Protocol", ADToEntra: "Directory", Windows7ToWindows11: "OperatingSystemName", ValueToWindows11: "ComputeTypeName", TargetNotOffered: "ComputeTypeName",
	}
	for _, s := range limits.Rows {
		if s.path != fields[s.code] {
			t.Errorf("%q is at %q, want %q", s.text, s.path, fields[s.code])
		}
	}
}

// Every system of the guide's table, and no other, is refused as a target with a protocol or compute type that its row lacks, at that field.
func TestTargetsAreThoseOfTheTable(t *testing.T) {
	for _, e := range Editions() {
		rules, err := At(e)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range facts.NewCatalogue(e).Offers() {
			for protocol, compute := range map[string]string{"PCOIP": "", "WSP": "", "BYOP": "", "": "VALUE"} {
				target := Desktop{OS: types.OperatingSystemName(o.Name), License: Public, Protocol: "WSP", Compute: "STANDARD"}
				if o.BYOL {
					target.License = BYOL
				}
				lacks, at := !slices.Contains(o.Protocols, protocol), rule.Path("Target.Protocol")
				if protocol == "" {
					target.Compute, lacks, at = "VALUE", !o.Has(compute), "Target.ComputeTypeName"
				} else {
					target.Protocol = types.Protocol(protocol)
				}
				d, err := rules.Check(Desktop{}, target)
				if err != nil {
					t.Fatal(err)
				}
				about := func(v rule.Violation) bool { return v.Code == TargetNotOffered && v.Path == at }
				disputed := slices.ContainsFunc(d.Open, func(o rule.Open) bool { return o.By == rule.ByContradiction && o.Path == at })
				told := d.denies(ValueToWindows11) || d.denies(GraphicsUnsupported)
				if refused := slices.ContainsFunc(d.Violations, about); refused != lacks && !(lacks && (disputed || told)) {
					t.Errorf("%s: %s %s with %s: refused %t, lacks it %t: %v, %v", e, o.Name, compute, protocol, refused, lacks, d.Violations, d.Open)
				}
			}
		}
	}
}

// What two documents say against one another of a target is open, at its field and with both.
func TestDisputedTarget(t *testing.T) {
	rules, err := At(rule.MustParseEdition("2026-02-05"))
	if err != nil {
		t.Fatal(err)
	}
	source := Desktop{OS: types.OperatingSystemNameWindowsServer2022, License: Public, Protocol: types.ProtocolPcoip, Compute: types.ComputeGraphicsG4dn}
	target := source
	target.License, target.Protocol, target.Compute = Custom, types.ProtocolWsp, types.ComputeGraphicsG6Xlarge
	d, err := rules.Check(source, target)
	if err != nil || d.Verdict != rule.Undocumented || len(d.Open) != 1 || d.Open[0].Path != "Target.Protocol" || d.Open[0].By != rule.ByContradiction || d.Open[0].Cites[0].Document != facts.BundlesPage {
		t.Fatalf("%+v, %v", d.Answer, err)
	}
	if other := d.Open[0].Cites[1]; other == (rule.Citation{}) || other == d.Open[0].Cites[0] {
		t.Errorf("both are %v", other)
	}
}

// What takes some of several values takes one of them, and what takes all takes each.
func TestTakingOfValues(t *testing.T) {
	a := &axis{unasked: 0b1000}
	for i := range a.by {
		a.by[i] = 0b1000 | bitset(1<<(i+4))
	}
	a.by[3] |= 0b0001
	a.by[5] |= 0b0001
	a.by[31] |= 0b0010
	for values, want := range map[set][2]bitset{
		1 << 3:                  {0b1001 | 1<<7, 0b1001 | 1<<7},
		1 << 31:                 {0b1010 | 1<<35, 0b1010 | 1<<35},
		1<<3 | 1<<5:             {0b1001 | 1<<7 | 1<<9, 0b1001},
		1<<3 | 1<<4 | 1<<5:      {0b1001 | 1<<7 | 1<<8 | 1<<9, 0b1000},
		1<<0 | 1<<31:            {0b1010 | 1<<4 | 1<<35, 0b1000},
		anything:                {^bitset(0), 0b1000},
		1<<3 | 1<<5 | 1<<31:     {0b1011 | 1<<7 | 1<<9 | 1<<35, 0b1000},
		1<<0 | 1<<1 | 1<<2 | 16: {0b1000 | 1<<4 | 1<<5 | 1<<6 | 1<<8, 0b1000},
	} {
		if some, all := a.taking(values); some != want[0] || all != want[1] {
			t.Errorf("%b: %b and %b, want %b and %b", values, some, all, want[0], want[1])
		}
	}
	b := bitset(0b101000)
	if first, second := b.first(), b.first(); first != 3 || second != 5 || b != 0 {
		t.Errorf("%d, %d, and %b is left", first, second, b)
	}
}

// Identifiers have 8 to 63 digits and lower-case letters behind their prefix.
func TestFormsOfIdentifiers(t *testing.T) {
	for tail, want := range map[string]bool{
		"": false, "1234567": false, "12345678": true, strings.Repeat("z", 63): true, strings.Repeat("z", 64): false,
		"0000000a": true, "zzzzzzz9": true, "1234567/": false, "1234567:": false, "1234567`": false, "1234567{": false, "1234567A": false,
	} {
		if isIDTail(tail) != want || isBundleID("wsb-"+tail) != want || isWorkspaceID("ws-"+tail) != want || isBundleID(tail) || isWorkspaceID("wsb-"+tail) {
			t.Errorf("%q: %t", tail, !want)
		}
	}
}

// The heading of the scenarios is that which the page had on the day: it changed on 2021-09-03.
func TestHeadingsOfScenarios(t *testing.T) {
	changed := rule.MustParseEdition("2021-09-03")
	for _, s := range scenarios.Rows {
		if s.Cite.Section == launchScenarios && s.Cite.Date.Compare(changed) >= 0 || s.Cite.Section == scenarioSection && s.Cite.Date.Compare(changed) < 0 {
			t.Errorf("%q of %s is under %q", s.text, s.Cite.Date, s.Cite.Section)
		}
	}
}

var (
	gpuWord    = regexp.MustCompile(`\b(Graphics\w*|G[0-9]\w*)\b`)
	numberWord = regexp.MustCompile(`[0-9]+`)
)

// What limits name: families of the guide, and systems by their numbers. The page says that Windows 7 is no target; its introduction, that Windows 7 goes to 11 by
// way of 10, and that Value does not run 11; and the page on Linux, that Amazon Linux 2 is a source only.
func TestLimitsNameFamiliesAndSystems(t *testing.T) {
	systems := map[rule.Code]string{TargetWindows7: "7", Windows7ToWindows11: "7 11 10", ValueToWindows11: "11", LinuxTargetUnsupported: "2"}
	families := []string{string(facts.Graphics), string(facts.GraphicsPro), string(facts.G4dn), string(facts.G6), string(facts.G7)}
	for _, s := range limits.Rows {
		for _, word := range gpuWord.FindAllString(s.text, -1) {
			if !slices.Contains(families, word) {
				t.Errorf("%q: no family is %s", s.text, word)
			}
		}
		if got := strings.Join(numberWord.FindAllString(gpuWord.ReplaceAllString(s.text, ""), -1), " "); got != systems[s.code] {
			t.Errorf("%q: of %q, want %q", s.text, got, systems[s.code])
		}
	}
}

// What the notes on effects name by number. The page on upgrades in place is about Windows 10, and since autumn 2025 about Windows 11 as well; that on migration names Office
// 2016 and 2019, and public Server 2019 for Web Access; and that on Linux is about Amazon Linux 2.
func TestEffectsNameSystems(t *testing.T) {
	want := map[string]string{
		"profile on the root volume 2020-04-01": "10", "profile on the root volume 2025-10-21": "10 11", "Office subscription 2025-10-21": "2016 2019",
		"Web Access 2021-09-03": "2019", "MATE configuration 2026-05-15": "2",
	}
	for _, r := range effects.Rows {
		key := r.Thing + " " + r.Span.Since.String()
		if got := strings.Join(numberWord.FindAllString(r.Thing+" "+r.Note, -1), " "); got != want[key] {
			t.Errorf("%s: %q, want %q", key, got, want[key])
		}
		delete(want, key)
	}
	for key := range want {
		t.Errorf("no effect on %s", key)
	}
}

// Every compute type that an edition names is refused with a system whose row of the table lacks it, or once it has ended, and with no other. Where a document
// says otherwise it is open, or its protocol is refused.
func TestComputeTypesOfTargetsAreThoseOfTheTable(t *testing.T) {
	refusedOf := map[types.Compute]int{}
	computes := append(types.Compute("").Values(), "GRAPHICS_G7_2XLARGE") // which the SDK lacks
	for _, e := range Editions() {
		rules, err := At(e)
		if err != nil {
			t.Fatal(err)
		}
		c := facts.NewCatalogue(e)
		for _, o := range c.Offers() {
			for _, compute := range computes {
				target := Desktop{OS: types.OperatingSystemName(o.Name), License: Public, Protocol: types.Protocol(o.Protocols[0]), Compute: compute}
				if o.BYOL {
					target.License = BYOL
				}
				if !c.Names(string(compute)) {
					continue
				}
				d, err := rules.Check(Desktop{}, target)
				if err != nil {
					t.Fatal(err)
				}
				_, ended := c.Retirement(string(compute))
				lacks := !o.Has(string(compute)) || ended
				const at rule.Path = "Target.ComputeTypeName"
				refused := slices.ContainsFunc(d.Violations, func(v rule.Violation) bool { return v.Code == TargetNotOffered && v.Path == at })
				disputed := slices.ContainsFunc(d.Open, func(o rule.Open) bool { return o.By == rule.ByContradiction && o.Path == at })
				byProtocol := slices.ContainsFunc(d.Violations, func(v rule.Violation) bool { return v.Code == TargetNotOffered && v.Path == "Target.Protocol" })
				if refused != lacks && !(lacks && (disputed || byProtocol || d.denies(ValueToWindows11))) {
					t.Errorf("%s: %s with %s: refused %t, lacks it or has ended %t: %v, %v", e, o.Name, compute, refused, lacks, d.Violations, d.Open)
				}
				if refused {
					refusedOf[compute]++
				}
			}
		}
	}
	for _, compute := range computes {
		if refusedOf[compute] == 0 && compute != types.ComputeStandard && compute != types.ComputePerformance && compute != types.ComputePower && compute != types.ComputePowerpro && compute != types.ComputeGraphicsG4dn && compute != types.ComputeGraphicsproG4dn {
			t.Errorf("%s is refused nowhere", compute)
		}
	}
}
