package byol

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

func TestContainsFold(t *testing.T) {
	for _, tt := range []struct {
		s, word string
		want    bool
	}{{"x64", "x64", true}, {"X64-based PC", "x64", true}, {"an X64", "x64", true}, {"an x64!", "x64", true}, {"x6", "x64", false}, {"", "x64", false}, {"x86", "x64", false}, {"a", "", true}, {"xx64x", "X64", true}} {
		if got := containsFold(tt.s, tt.word); got != tt.want {
			t.Errorf("%q in %q: %t", tt.word, tt.s, got)
		}
	}
}

// The texts of .reg files: UTF-16LE with its mark, or UTF-8 with or without one. What is too short for a mark is none.
func TestDecodeReg(t *testing.T) {
	for data, want := range map[string]string{
		"": "", "a": "a", "\xef\xbb\xbfa": "a", "\xff\xfe": "", "\xff\xfea\x00": "a", "\xff\xfe\x3d\xd8\x00\xde": "😀", "é": "é",
	} {
		if got, err := decodeReg([]byte(data)); err != nil || got != want {
			t.Errorf("%q: %q, %v", data, got, err)
		}
	}
	for _, data := range []string{"\xff", "\xfe", "\xfe\xff", "\xfe\xff\x00a", "\xff\xfea", "\xff\xfe\x3d\xd8", "\xff\xfe\x00\xde\x3d\xd8", "a\xff", "\x00\xff\xfe"} {
		if got, err := decodeReg([]byte(data)); err == nil {
			t.Errorf("%q is read as %q", data, got)
		}
	}
}

// The builds of Microsoft's release information, each with its product and release, and none beside them.
func TestBuilds(t *testing.T) {
	want := map[int]string{}
	for product, builds := range map[string]string{
		"Windows 7":  "7601 SP1",
		"Windows 10": "10586 1511 14393 1607 15063 1703 16299 1709 17134 1803 17763 1809 18362 1903 18363 1909 19041 2004 19042 20H2 19043 21H1 19044 21H2 19045 22H2",
		"Windows 11": "22000 21H2 22621 22H2 22631 23H2 26100 24H2 26200 25H2",
	} {
		for pair := range slices.Chunk(strings.Fields(builds), 2) {
			n := 0
			for _, digit := range pair[0] {
				n = 10*n + int(digit-'0')
			}
			want[n] = product + " " + pair[1]
		}
	}
	for build := range 30000 {
		w := Windows{Build: build}
		product, release := w.known()
		if got := strings.TrimSpace(product + " " + release); got != want[build] {
			t.Errorf("build %d is %q, want %q", build, got, want[build])
		}
	}
	for _, w := range []Windows{{Product: "Windows Server 2022", Release: "x", Build: 19045}, {Product: "Windows Server 2019", Build: 17763}, {Product: "Windows 12", Release: "x"}, {Product: "Windows 12", Release: "x", Build: 1}, {Product: "Windows 12", Release: "x", Build: 19045}} {
		if product, release := w.known(); product != w.Product || release != w.Release {
			t.Errorf("%+v is %s %s", w, product, release)
		}
	}
}

// The English names of editions are told from those of another language, which may be one of the list.
func TestEditionNames(t *testing.T) {
	row := &windowsRow{editions: []string{"Enterprise"}}
	for _, name := range strings.Fields("Home Pro Professional Education Business IoT S SE Starter Team Ultimate") {
		for _, edition := range []string{name, strings.ToUpper(name), name + " Single Language"} {
			if got := editionOf(edition, row); got.state != Broken || got.open != nil {
				t.Errorf("%s: %+v", edition, got)
			}
		}
	}
	for _, name := range []string{"Unternehmen", "Famille", "Hom", "Homes"} {
		if got := editionOf(name, row); got.state != Undocumented || got.open == nil || got.open.By != rule.ByInput {
			t.Errorf("%s: %+v", name, got)
		}
	}
	for edition, want := range map[string]State{"Enterprise": Met, "Enterprise N": Met, "": NotProvided} {
		if got := editionOf(edition, row); got.state != want {
			t.Errorf("%q: %+v", edition, got)
		}
	}
	silent := &windowsRow{editions: []string{"Enterprise"}, silent: true}
	if got := editionOf("Enterprise", silent); got.state != NotApplicable {
		t.Errorf("a document that names no editions: %+v", got)
	}
	if got := editionOf("Home", silent); got.state != Undocumented {
		t.Errorf("an edition that an older document had not: %+v", got)
	}
	if got := edition(&Windows{Edition: "Home"}, nil, NotProvided); got.state != NotProvided {
		t.Errorf("%+v", got)
	}
	if got := edition(&Windows{Edition: "Home"}, nil, Met); got.state != NotApplicable {
		t.Errorf("%+v", got)
	}
}

func editionOf(name string, row *windowsRow) outcome {
	return edition(&Windows{Edition: name}, row, Met)
}

// What CheckRegistry answers is concluded from what it found.
func TestRegistryIsConcluded(t *testing.T) {
	for _, e := range append(Editions(), tables.Newest()) {
		r, err := At(e)
		if err != nil {
			t.Fatal(err)
		}
		for _, entries := range [][]RegistryEntry{nil, {{Key: `HKEY_LOCAL_MACHINE\SOFTWARE\Amazon\WorkSpacesConfig\enable-inplace-upgrade.ps1`, Name: "Enabled", Type: "REG_DWORD", Value: 1}}, {{Key: `HKEY_LOCAL_MACHINE\SOFTWARE\Amazon\WorkSpacesConfig\enable-inplace-upgrade.ps1`, Name: "Other", Type: "REG_DWORD", Value: 1}}} {
			c, err := r.CheckRegistry(entries)
			if err != nil || c.Verdict != c.Concluded().Verdict {
				t.Errorf("%s, %+v: %+v, %v", e, entries, c, err)
			}
		}
	}
}

var windowsWord = regexp.MustCompile(`Windows (\d+)\b`)

// windowsOf are the numbers of the Windows that a text names.
func windowsOf(text string) string {
	var all []string
	for _, m := range windowsWord.FindAllStringSubmatch(text, -1) {
		all = append(all, m[1])
	}
	return strings.Join(all, " ")
}

// Rules name the Windows that the documents name, and no other.
func TestRulesNameTheirWindows(t *testing.T) {
	want := map[rule.Code]string{
		UEFINotSupported: "10 | 10", BootModeDisputed: "10 | 10", UpgradeToOtherProduct: "10 11 | 11", OfficeOnWindows11: "11 | ", OfficeOnWindows11GPU: "11 | ",
		"byol.default-profile-elsewhere": "10 | ", "byol.value-on-windows-11": "11 | 11", "byol.protocol-os-incompatibility": "11 | ",
	}
	for _, r := range Catalogue() {
		got := windowsOf(r.Title) + " | " + windowsOf(r.Remedy)
		if got == " | " {
			got = ""
		}
		if got != want[r.Code] {
			t.Errorf("%s: %q, want %q", r.Code, got, want[r.Code])
		}
	}
}

var versionWord = regexp.MustCompile(`\b\d+\.\d+\b`)

// A remedy has the version that its heading has.
func TestRemediesHaveTheVersionsOfTheirHeadings(t *testing.T) {
	seen := 0
	for _, e := range imageErrors.Rows {
		for _, v := range versionWord.FindAllString(e.Cite.Section, -1) {
			if seen++; !slices.Contains(versionWord.FindAllString(e.remedy, -1), v) {
				t.Errorf("%s: %q under %q", e.code, e.remedy, e.Cite.Section)
			}
		}
	}
	if seen == 0 {
		t.Error("no heading has a version")
	}
}

var numeral = regexp.MustCompile(`\d+`)

// The numbers of a rule's title and remedy are those of what its documents want, and those of a remedy of an error stand under its heading, or
// in what a rule about the same wants. Names that have a number, and what the pages say beside that, stand here.
func TestNumbersOfRemedies(t *testing.T) {
	beside := map[string]string{
		string(LTSCFromISO): "2", string(RealTimeUniversalDisabled): "1", // EC2, and the value of RealTimeIsUniversal
		"RealTimeUniversalDisabled": "1", "EnvironmentVariablesPathMissingEntries": "32", "InsufficientDiskSpace": "12 7 2 10", // GB, with Windows 7 and 10
	}
	wanted := map[rule.Code][]string{}
	seen := 0
	hold := func(name, text string, has ...string) {
		for _, n := range numeral.FindAllString(text, -1) {
			if seen++; !slices.Contains(has, n) && !slices.Contains(strings.Fields(beside[name]), n) {
				t.Errorf("%s: %s of %q is in no document", name, n, text)
			}
		}
	}
	for _, r := range requirements {
		for _, a := range r.asks {
			wanted[r.code] = append(wanted[r.code], numeral.FindAllString(a.want, -1)...)
		}
		hold(string(r.code), r.title+" "+r.remedy, wanted[r.code]...)
	}
	for _, e := range imageErrors.Rows {
		has := numeral.FindAllString(e.Cite.Section, -1)
		for _, c := range e.rules {
			has = append(has, wanted[c]...)
		}
		hold(string(e.code), e.remedy, has...)
	}
	if seen < 50 {
		t.Errorf("%d numbers", seen)
	}
}
