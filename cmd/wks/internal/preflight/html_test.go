package preflight

import (
	"encoding/xml"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/cmd/wks/internal/page"
	"github.com/wksgo/wks/cmd/wks/internal/schematest"
)

// pageOf writes the page of an export to a file and returns it.
func pageOf(t *testing.T, args ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "report.html")
	_, out, errs := preflight(t, append(args, "--html", file)...)
	if errs != "" || out == "" {
		t.Fatalf("%s", errs)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// outline returns the elements of the page in order.
func outline(t *testing.T, text string) (elements []xml.StartElement) {
	t.Helper()
	for _, token := range schematest.Tokens(t, text) {
		if e, ok := token.(xml.StartElement); ok {
			elements = append(elements, e)
		}
	}
	return elements
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// What a person without a mouse, a picture or the network needs of the page.
func TestPageIsAccessible(t *testing.T) {
	text := pageOf(t, "--plan", filepath.Join("testdata", "plan.json"), "--now", "2026-09-10T08:00:00Z")
	ids, level, pictures := map[string]bool{}, 0, 0
	elements := outline(t, text)
	for _, e := range elements {
		if id := attr(e, "id"); id != "" {
			if ids[id] {
				t.Errorf("the id %s is given twice", id)
			}
			ids[id] = true
		}
		switch name := e.Name.Local; name {
		case "script", "link", "img", "iframe", "object":
			t.Errorf("the page has a %s", name)
		case "h1", "h2", "h3":
			n := int(name[1] - '0')
			if n > level+1 {
				t.Errorf("%s follows h%d", name, level)
			}
			level = n
		case "html":
			if attr(e, "lang") == "" {
				t.Error("the page names no language")
			}
		case "svg":
			if attr(e, "aria-hidden") != "true" {
				pictures++
				if attr(e, "role") != "img" || attr(e, "aria-labelledby") == "" {
					t.Errorf("a picture has no name: %v", e.Attr)
				}
			}
		case "th":
			if attr(e, "scope") == "" {
				t.Error("a heading of a table has no scope")
			}
		}
	}
	for _, e := range elements {
		for id := range strings.FieldsSeq(attr(e, "aria-labelledby")) {
			if !ids[id] {
				t.Errorf("nothing has the id %s", id)
			}
		}
		if id, local := strings.CutPrefix(attr(e, "href"), "#"); local && !ids[id] {
			t.Errorf("the link to %s leads nowhere", id)
		}
	}
	if pictures != 20 { // five ranges in each of four Regions
		t.Errorf("%d pictures", pictures)
	}
	for _, want := range []string{"ap-south-1", "network.management-ranges-exhausted", "10.40.0.0/16: chosen for BYOL", "management range, in use: 192.168.0.0/16", "2 of 500 WorkSpaces", "1. 2026-09-10 12:00 UTC: user volume to 100 GiB", "1 WorkSpaces, from hour 0 to hour 1 at the latest"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// luminance and contrast are those of the Web Content Accessibility Guidelines 2.1.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(hex[1:], 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	part := func(shift uint, weight float64) float64 {
		c := float64(n>>shift&255) / 255
		if c <= 0.04045 {
			return weight * c / 12.92
		}
		return weight * math.Pow((c+0.055)/1.055, 2.4)
	}
	return part(16, 0.2126) + part(8, 0.7152) + part(0, 0.0722)
}

// Text has a contrast of at least 4.5 to 1, in the light and in the dark.
func TestPageContrast(t *testing.T) {
	schemes := regexp.MustCompile(`:root \{([^}]*)\}`).FindAllStringSubmatch(page.Sheet, -1)
	if len(schemes) != 2 {
		t.Fatalf("%d colour schemes", len(schemes))
	}
	for i, scheme := range schemes {
		color := map[string]string{}
		for _, m := range regexp.MustCompile(`--([a-z]+): (#[0-9a-f]{6});`).FindAllStringSubmatch(scheme[1], -1) {
			color[m[1]] = m[2]
		}
		for _, pair := range [][2]string{
			{"ink", "paper"}, {"ink", "panel"}, {"quiet", "paper"}, {"quiet", "panel"}, {"bad", "paper"}, {"good", "paper"}, {"open", "paper"}, {"chosen", "paper"},
			{"paper", "used"}, {"paper", "range"}, {"paper", "clash"},
		} {
			a, b := luminance(t, color[pair[0]]), luminance(t, color[pair[1]])
			if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); ratio < 4.5 {
				t.Errorf("scheme %d: %s on %s has a contrast of %.2f", i, pair[0], pair[1], ratio)
			}
		}
	}
}

// Names from an account cannot become part of the page's code.
func TestPageEscapes(t *testing.T) {
	hostile := `<script>alert(1)</script>"'><b>`
	files := desktopFiles(directoriesName, `{"Directories": [{"DirectoryId": "d-1", "DirectoryName": `+strconv.Quote(hostile)+`}]}`,
		workspacesName, `{"Workspaces": [{"WorkspaceId": "ws-1", "ErrorMessage": `+strconv.Quote(hostile)+`}]}`)
	text := pageOf(t, "--region", "eu-west-1", export(t, files))
	if strings.Contains(text, "<script>") || strings.Contains(text, "<b>") || !strings.Contains(text, "&lt;script&gt;alert(1)") {
		t.Error("a name is not escaped")
	}
	outline(t, text)
}

func TestPageCannotBeWritten(t *testing.T) {
	if status, out, errs := preflight(t, "--html", filepath.Join(t.TempDir(), "no", "such", "folder.html")); status != exitUnanswered || out != "" || errs == "" {
		t.Errorf("status %d, %s", status, errs)
	}
}

// The picture classes every block once, by what the report says of it.
func TestPictureBlocks(t *testing.T) {
	a, err := readAccount(wks.Newest(), os.DirFS("sample/eu-west-1"), "eu-west-1")
	if err != nil {
		t.Fatal(err)
	}
	a.pictures = true
	rep, err := check(wks.Newest(), a, finding.Report{})
	if err != nil {
		t.Fatal(err)
	}
	count, cells := map[blockState]int{}, map[string]blockState{}
	for _, p := range rep.Regions[0].picture.Parents {
		for _, c := range p.Cells {
			count[c.State]++
			cells[c.Prefix.String()] = c.State
		}
	}
	if len(cells) != 339 || count[candidateFree] != 3 || count[blockChosen] != 1 || count[candidateInUse] != 0 {
		t.Errorf("%d cells: %v", len(cells), count)
	}
	for prefix, want := range map[string]blockState{"10.20.0.0/16": blockUsed, "10.21.0.0/16": blockUsed, "10.22.0.0/16": blockFree, "10.40.0.0/16": blockChosen, "198.19.0.0/16": candidateFree, "198.18.0.0/16": blockFree} {
		if cells[prefix] != want {
			t.Errorf("%s is %q, want %q", prefix, cells[prefix], want)
		}
	}
}
