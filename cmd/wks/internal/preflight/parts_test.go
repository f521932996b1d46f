package preflight

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"testing"

	g "maragu.dev/gomponents"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/cmd/wks/internal/terminal"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// someParts is a Region with a part of each kind: a VPC in which nothing can be registered, one of a directory that failed,
// a management range that is not chosen, and a section.
func someParts() regionReport {
	prefix := netip.MustParsePrefix
	in := func(path rule.Path) place { return place{File: "f", Path: path} }
	at := func(path rule.Path) usePlace { return usePlace{place: in(path)} }
	violation := rule.Violation{Code: "a.must", Level: rule.Must, Remedy: "mend it", Cite: rule.Citation{Document: "Doc", Section: "Sec", Date: rule.MustParseEdition("2026-09-10")}}
	var five []broken
	for i := range 5 {
		v := violation
		v.Detail = fmt.Sprint("detail ", i%4)
		five = append(five, broken{Violation: v, at: in(rule.Path("L").Index(i)).about("WorkSpace", fmt.Sprint("ws-", i))})
	}
	should := broken{Violation: rule.Violation{Code: "a.should", Level: rule.Should, Detail: "one", Remedy: "avoid it", Cite: rule.Citation{Document: "Doc", Section: "Two"}}, at: in("S"), accepted: true}
	route, list, hole := at("R[0]"), at("R[1]"), at("R[2]")
	route.Table, route.Target, route.State = "rtb-1", "tgw-1", "active"
	list.Table, list.PrefixList, list.Target = "rtb-1", "pl-1", "tgw-2"
	hole.State = "blackhole"
	asks := question{place: in("Q"), reason: "whether it is so", by: rule.ByInput}
	r := regionReport{Region: "eu-west-1", Registrations: []registration{
		{VPC: "vpc-1", Name: "office", CIDRs: []netip.Prefix{prefix("10.0.0.0/16"), prefix("10.1.0.0/16")}, Instead: "another VPC", Ignored: 2,
			result: result{Answer: "denied", verdict: rule.Denied, broken: five, open: []question{asks}},
			Candidates: []candidate{
				{Prefix: prefix("172.31.0.0/16"), Uses: []use{{Prefix: prefix("172.31.0.0/16"), Overlap: network.Equal, Places: []usePlace{route, list}}, {Prefix: prefix("172.31.4.0/24"), Overlap: network.Inside, Places: []usePlace{hole}}}},
				{Prefix: prefix("198.19.0.0/16"), Uses: []use{{Prefix: prefix("198.0.0.0/8"), Overlap: network.Covers, Undocumented: true, Places: []usePlace{at("R[3]")}}}},
			}},
		{VPC: "vpc-2", Partial: true, Directories: []registrant{{"d-1", "corp", "ERROR", "no luck"}}, result: result{Answer: finding.NotGiven, verdict: rule.Undocumented, open: []question{asks, asks}}, Candidates: []candidate{{Prefix: prefix("172.31.0.0/16"), Free: true}}},
	}, BYOL: &byolRange{result: result{Answer: "undocumented", verdict: rule.Undocumented, open: []question{{place: in("B"), reason: "what it is", by: rule.ByDocuments}}}, Free: 2, Of: 5, Proposals: []proposal{{Why: "10.9.0.0/16 is far from all"}}, Uses: []use{{Prefix: prefix("10.9.0.0/16"), Overlap: network.Equal, Places: []usePlace{at("R[4]")}}}},
		Sections: []section{
			{Title: "desktops", result: result{Answer: "allowed", verdict: rule.Allowed, Should: 1, broken: []broken{should}}, Lines: []string{"two of them"}},
			{Title: "told", told: true, result: result{Answer: finding.NotGiven, verdict: rule.Undocumented, open: []question{asks, {place: in("U"), reason: "is odd", by: rule.ByInput, unusable: true}}}},
		}}
	return r
}

const partsOfSome = `
eu-west-1
  VPC (office)
    vpc-1         10.0.0.0/16 10.1.0.0/16
    DENIED: 0 of 2 management ranges free, and registration needs one
      not given: whether it is so
          f: Q
      172.31.0.0/16    in use
        as a whole by 172.31.0.0/16
          f: R[0]  rtb-1 tgw-1
          f: R[1]  rtb-1 pl-1 tgw-2
        in part by 172.31.4.0/24
          f: R[2]  (blackhole)
      198.19.0.0/16    perhaps in use
        covered by the wider 198.0.0.0/8
          f: R[3]
      instead: another VPC
      not counted: default routes and IPv6 prefixes (2)
      must    a.must{MUST}
  directory d-1 (corp) ERROR
    vpc-2
    error: no luck
    NOT GIVEN: 1 of 1 management ranges free, as far as is known
      not given: whether it is so
          f: Q, and 1 more
      172.31.0.0/16    free, as far as is known
  BYOL management range
    none is chosen: 2 of 5 blocks are free in this Region's networks
        as a whole by 10.9.0.0/16
          f: R[4]
      undocumented: what it is
          f: B
    10.9.0.0/16 is far from all
  desktops
    ALLOWED
      two of them
      should  a.should (accepted){SHOULD}
  told
    NOT GIVEN
      cannot be used: is odd
          f: U
`

// The parts of a report for people, with all details and without. What is in order is among the details.
func TestTextOfParts(t *testing.T) {
	t.Setenv("COLUMNS", "200")
	text := func(r regionReport, color, details bool) string {
		t.Helper()
		var b strings.Builder
		p := printer{terminal.New(&b, color), details}
		p.region(r)
		if err := p.Flush(); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	brief := strings.NewReplacer("{MUST}", "  f: L[0], and 4 more", "{SHOULD}", "  f: S").Replace(partsOfSome)
	whole := strings.NewReplacer("{MUST}", `
          f: L[0]
          f: L[1]
          f: L[2]
          and 2 more: --json has all
          detail 0
          detail 1
          detail 2
          and 1 more: --json has all
          WorkSpace ws-0, ws-1, ws-2, and 2 more
          remedy: Mend it.
          Doc, "Sec", 2026-09-10`, "{SHOULD}", `
          f: S
          one
          remedy: Avoid it.
          Doc, "Two"`).Replace(partsOfSome)
	for details, want := range map[bool]string{false: brief, true: whole} {
		if got := text(someParts(), false, details); got != want {
			t.Errorf("details %t: got\n%s\nwant\n%s", details, got, want)
		}
	}
	const red, yellow, green, bold, end = "\x1b[31m", "\x1b[33m", "\x1b[32m", "\x1b[1m", "\x1b[0m"
	colored := text(someParts(), true, false)
	for _, want := range []string{bold + "eu-west-1" + end, bold + "VPC (office)" + end, red + "DENIED" + end + ": 0", yellow + "not given" + end + ": whether", red + "must  " + end + "  a.must", red + "error" + end + ": no luck", yellow + "NOT GIVEN" + end + ": 1",
		bold + "BYOL management range" + end, green + "ALLOWED" + end + "\n", yellow + "should" + end + "  a.should", bold + "directory d-1 (corp) ERROR" + end, bold + "desktops" + end, yellow + "cannot be used" + end} {
		if !strings.Contains(colored, want) {
			t.Errorf("no %q in\n%q", want, colored)
		}
	}
	quiet := regionReport{Region: "eu-west-1", Registrations: []registration{{VPC: "vpc-1", result: result{Answer: "allowed", verdict: rule.Allowed}}}, BYOL: &byolRange{result: result{Answer: "allowed", verdict: rule.Allowed}}, Sections: []section{{Title: "desktops", result: result{Answer: "allowed", verdict: rule.Allowed}}}}
	if got := text(quiet, false, false); got != "" {
		t.Errorf("what is in order is told: %s", got)
	}
	if got, want := text(quiet, false, true), "\neu-west-1\n  VPC\n    vpc-1\n    ALLOWED\n  BYOL management range\n    none is chosen\n  desktops\n    ALLOWED\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	quiet.Sections[0].tell = true // it is in order, and has something to see
	if got, want := text(quiet, false, false), "\neu-west-1\n  desktops\n    ALLOWED\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// One range for all Regions is proposed where one of them has still to choose, and else among the details. The plan and
// what is said of the input have headings, if there is something below.
func TestHeadingsOfText(t *testing.T) {
	t.Setenv("COLUMNS", "200")
	const proposed = "\n\nOne BYOL management range that is free in all Regions above, as far as is known\n    the first\n    the second\n"
	other := regionReport{Region: "us-east-1"}
	for name, tt := range map[string]struct {
		byol *byolRange
		want bool
	}{
		"no account":   {nil, false},
		"no BYOL":      {&byolRange{}, false},
		"to choose":    {&byolRange{Enabled: true}, true},
		"chosen":       {&byolRange{Enabled: true, Chosen: new(netip.MustParsePrefix("10.0.0.0/16"))}, false},
		"of a source":  {&byolRange{Enabled: true, Linked: true}, false},
		"no longer so": {&byolRange{Chosen: new(netip.MustParsePrefix("10.0.0.0/16"))}, false},
	} {
		for _, details := range []bool{false, true} {
			rep := &report{Input: "export", Regions: []regionReport{other, {Region: "eu-west-1", BYOL: tt.byol}}, Proposals: []proposal{{Why: "the first"}, {Why: "the second"}}}
			var b strings.Builder
			if err := writeText(&b, rep, false, details); err != nil {
				t.Fatal(err)
			}
			if out := b.String(); strings.Contains(out, proposed) != (tt.want || details) || strings.Contains(out, "the first") != (tt.want || details) || strings.Contains(out, "\nPlan\n") || strings.Contains(out, "About the input") || !strings.HasPrefix(out, "Amazon WorkSpaces preflight\ninput:   export\n") {
				t.Errorf("%s, details %t: %s", name, details, out)
			}
			b.Reset()
			rep.Proposals = nil
			if err := writeText(&b, rep, false, details); err != nil || strings.Contains(b.String(), "free in all Regions") {
				t.Errorf("%s, details %t: %s, %v", name, details, b.String(), err)
			}
		}
	}
	rep := &report{Plan: []section{{Title: "plan for ws-1", result: result{Answer: "allowed", verdict: rule.Allowed}, Lines: []string{"1. now"}}}, Notes: []note{{place: place{File: "f", Path: "A"}, Text: "is odd", Value: `"x"`, Unusable: true}, {place: place{File: "f", Path: "B"}, Text: "is odd", Unusable: true}, {place: place{File: "f", Path: "C"}, Text: "is odd"}}}
	var b strings.Builder
	if err := writeText(&b, rep, false, false); err != nil {
		t.Fatal(err)
	}
	if want := "\n\nPlan\n  plan for ws-1\n    ALLOWED\n      1. now\n\nAbout the input\n  cannot be used: f: A, and 1 more: is odd; the value is \"x\"\n  f: C: is odd\n\nregistrations: 0 allowed"; !strings.Contains(b.String(), want) || strings.Contains(b.String(), "--details") {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

// What the page says in the parts of a Region, without its marks.
func TestPageOfParts(t *testing.T) {
	marks := regexp.MustCompile(`(<[^>]*>)+`)
	text := func(n g.Node) string {
		var b strings.Builder
		if err := n.Render(&b); err != nil {
			t.Fatal(err)
		}
		return strings.Trim(marks.ReplaceAllString(b.String(), "|"), "|")
	}
	r := someParts()
	for want, n := range map[string]g.Node{
		"VPC (office)|denied|: 0 of 2 management ranges free, and registration needs one (vpc-1, 10.0.0.0/16, 10.1.0.0/16)|management range|is|because of|172.31.0.0/16|in use|172.31.0.0/16, 172.31.4.0/24|198.19.0.0/16|perhaps in use|198.0.0.0/8|not given|: whether it is so|f: Q|Instead: another VPC|must| |a.must|: detail 0, and 3 more": r.Registrations[0].node(),
		"directory d-1 (corp) ERROR|not given|: 1 of 1 management ranges free, as far as is known (vpc-2)|error|: no luck|management range|is|because of|172.31.0.0/16|free|not given|: whether it is so|f: Q, and 1 more":                                                                                                                        r.Registrations[1].node(),
		"BYOL management range|none is chosen: 2 of 5 blocks are free in this Region&#39;s networks|undocumented|: what it is|f: B|10.9.0.0/16 is far from all":                                                                                                                                                                                   r.BYOL.node(),
		"desktops|allowed|two of them|should| |a.should| (accepted): one": r.Sections[0].node(),
		"told|not given|cannot be used|: is odd|f: U":                     r.Sections[1].node(),
		"VPC|allowed": registration{result: result{Answer: "allowed"}}.node(),
	} {
		if got := text(n); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// Cells lie beside one another, 16 in a row, 20 units wide and high, with a border of one around all; a letter stands in the
// middle of its cell. Bars have 300 units for the whole.
func TestDrawings(t *testing.T) {
	render := func(n g.Node) string {
		t.Helper()
		var b strings.Builder
		if n == nil {
			return ""
		}
		if err := n.Render(&b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	prefix := netip.MustParsePrefix
	parent := parentBlocks{Prefix: prefix("172.16.0.0/12"), Cells: []cell{
		{prefix("172.16.0.0/16"), blockFree, 0, 0}, {prefix("172.31.0.0/16"), candidateInUse, 15, 0}, {prefix("172.32.0.0/16"), blockChosen, 2, 1},
	}}
	for len(parent.Cells) < 17 { // more than a row
		parent.Cells = append(parent.Cells, parent.Cells[0])
	}
	first := `<g><title>172.16.0.0/16: free</title><rect x="1" y="1" width="20" height="20" class="free"></rect></g>`
	figure := `<figure><svg viewBox="0 0 322 42" role="img" aria-labelledby="t-7-0 d-7-0"><title id="t-7-0">172.16.0.0/12</title><desc id="d-7-0">management range, in use: 1; chosen for BYOL: 1; free: 15, of 17 blocks</desc>` +
		first + `<g><title>172.31.0.0/16: management range, in use</title><rect x="301" y="1" width="20" height="20" class="management-range-in-use"></rect><text x="311" y="15">X</text></g>` +
		`<g><title>172.32.0.0/16: chosen for BYOL</title><rect x="41" y="21" width="20" height="20" class="chosen-for-BYOL"></rect><text x="51" y="35">B</text></g>` + strings.Repeat(first, 14) +
		`</svg><figcaption>172.16.0.0/12. management range, in use: 172.31.0.0/16; chosen for BYOL: 172.32.0.0/16; free: 15 of 17</figcaption></figure>`
	bars := chart{Title: "Free", Bars: []bar{{"subnet-1", 1, 4, "1 of 4"}, {"subnet-2", 4, 4, "4 of 4"}}}
	drawn := func(name, length, text string) string {
		return `<tr><th scope="row"><code>` + name + `</code></th></tr><tr><td><svg viewBox="0 0 300 16" aria-hidden="true"><rect x="0" y="1" width="300" height="14" class="whole"></rect><rect x="0" y="1" width="` + length + `" height="14" class="part"></rect></svg>` + text + `</td></tr>`
	}
	table := `<figure><table><caption>Free</caption><tbody>` + drawn("subnet-1", "75", "1 of 4") + drawn("subnet-2", "300", "4 of 4") + `</tbody></table></figure>`
	open := `<details><summary>Pictures of the addresses of eu-west-1</summary>`
	legend := `<p class="key">A cell is a /16 block. <span>u</span>in use, <span>M</span>management range, free, <span>X</span>management range, in use, <span>B</span>chosen for BYOL, <span>&#160;</span>free.</p>`
	for name, tt := range map[string]struct {
		p    *picture
		want string
	}{
		"no picture": {nil, ""}, "nothing in it": {&picture{Subnets: chart{Title: "Free"}}, ""},
		"blocks": {&picture{Parents: []parentBlocks{parent}}, open + legend + `<div class="pictures">` + figure + `</div></details>`},
		"bars":   {&picture{Subnets: bars}, open + `<div class="pictures">` + table + `</div></details>`},
		"both":   {&picture{Parents: []parentBlocks{parent}, Subnets: bars}, open + legend + `<div class="pictures">` + figure + table + `</div></details>`},
	} {
		if got := render(regionReport{Region: "eu-west-1", picture: tt.p}.pictures(7)); got != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, tt.want)
		}
	}
	for s, want := range map[blockState]string{blockFree: " free", blockUsed: "u in-use", candidateFree: "M management-range-free", candidateInUse: "X management-range-in-use", blockChosen: "B chosen-for-BYOL"} {
		if got := s.Letter() + " " + s.Class(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A part of the page is among what is in order, or among the rest.
func TestPageInOrder(t *testing.T) {
	quiet := result{Answer: "allowed", verdict: rule.Allowed}
	calm := regionReport{Registrations: []registration{{VPC: "vpc-1", result: quiet}}, BYOL: &byolRange{result: quiet}, Sections: []section{{Title: "desktops", result: quiet}}}
	for name, tt := range map[string]struct {
		r           regionReport
		quiet, rest int
	}{"some": {someParts(), 0, 5}, "in order": {calm, 3, 0}, "nothing": {regionReport{}, 0, 0}} {
		if q, r := len(tt.r.nodes(true)), len(tt.r.nodes(false)); q != tt.quiet || r != tt.rest {
			t.Errorf("%s: %d in order and %d others", name, q, r)
		}
	}
}

// The last line is whole where there is just room for it.
func TestLastLineOfText(t *testing.T) {
	const last = "--details prints all places and sources, --html FILE writes a page, and wks rules CODE explains a rule."
	for width, whole := range map[int]bool{len(last): true, len(last) - 1: false} {
		t.Setenv("COLUMNS", fmt.Sprint(width))
		var b strings.Builder
		rep := &report{Report: finding.Report{Findings: []*finding.Finding{{Code: "a.b", Level: rule.Must, Occurrences: []finding.Occurrence{{}}}}}}
		if err := writeText(&b, rep, false, false); err != nil || strings.HasSuffix(b.String(), "\n"+last+"\n") != whole {
			t.Errorf("%d columns: %s, %v", width, b.String(), err)
		}
	}
}

// The bars of the picture are the subnets of directories, with the addresses that are free of all.
func TestBarsOfSubnets(t *testing.T) {
	files := registeredFiles([2]int{100, 7}, directoriesName, strings.Replace(`{"Directories": [`+registeredDirectory("d-000000001", `[]`)+`]}`, `"subnet-2"]`, `"subnet-2", "subnet-9"]`, 1))
	a := readFiles(t, files)
	a.pictures = true
	rep, err := check(wks.Newest(), a, finding.Report{})
	if err != nil {
		t.Fatal(err)
	}
	want := []bar{{"subnet-1 of d-000000001, 10.0.0.0/24", 100, 256, "100 of 256 addresses free"}, {"subnet-2 of d-000000001, 10.0.1.0/24", 7, 256, "7 of 256 addresses free"}}
	if got := rep.Regions[0].picture.Subnets; got.Title != "Addresses free in the subnets of directories" || !slices.Equal(got.Bars, want) {
		t.Errorf("%+v", got)
	}
}
