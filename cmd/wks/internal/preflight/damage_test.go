package preflight

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/netip"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// A scalar is a value of a file, and where it stands.
type scalar struct {
	begin, end int
	path       string
}

// scalars finds the values of a JSON text that are no objects and no lists.
func scalars(t *testing.T, data []byte) (list []scalar) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(data))
	var walk func(at string)
	walk = func(at string) {
		before := int(d.InputOffset())
		tok, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		switch tok {
		case json.Delim('{'):
			for d.More() {
				name, err := d.Token()
				if err != nil {
					t.Fatal(err)
				}
				walk(strings.TrimPrefix(at+"."+name.(string), "."))
			}
			_, _ = d.Token()
		case json.Delim('['):
			for i := 0; d.More(); i++ {
				walk(fmt.Sprintf("%s[%d]", at, i))
			}
			_, _ = d.Token()
		default:
			begin := before + len(data[before:]) - len(bytes.TrimLeft(data[before:], " \t\r\n:,"))
			list = append(list, scalar{begin, int(d.InputOffset()), at})
		}
	}
	walk("")
	return list
}

// networkPart is a path within a VPC or a route table that tells what is not free.
var networkPart = regexp.MustCompile(`^(Vpcs\[\d+\]|RouteTables\[\d+\])\.(CidrBlock|Routes)`)

// vpcOfElement is the VPC of an element.
func vpcOfElement(t *testing.T, data []byte, element string) string {
	t.Helper()
	var f struct{ Vpcs, RouteTables []struct{ VpcId string } }
	if err := json.Unmarshal(data, &f); err != nil {
		t.Fatal(err)
	}
	for list, all := range map[rule.Path][]struct{ VpcId string }{"Vpcs": f.Vpcs, "RouteTables": f.RouteTables} {
		if i, _, ok := cutIndex(rule.Path(element), list); ok {
			return all[i].VpcId
		}
	}
	return ""
}

// reportOnFiles is the report on an export, in the process.
func reportOnFiles(fsys fs.FS) (*report, error) {
	a, err := readAccount(wks.Newest(), fsys, "")
	if err != nil {
		return nil, err
	}
	a.protocols, a.now = []network.Protocol{network.ProtocolPCoIP, network.ProtocolDCV}, time.Date(2026, 9, 10, 8, 0, 0, 0, time.UTC)
	rep, err := check(wks.Newest(), a, finding.Report{})
	if err == nil {
		rep.Conclude(finding.FailMust, wks.Documents())
	}
	return rep, err
}

// answers are those of a report, by Region and title.
func answers(rep *report) map[string]string {
	list := map[string]string{}
	for i := range rep.Regions {
		rep.Regions[i].results(func(title string, x *result) { list[rep.Regions[i].Region+" "+title] = x.Answer })
	}
	return list
}

// Whatever value of whichever file is of the wrong type: the report stays, it tells the value or what the value stands
// in, and no answer gets better.
func TestEveryDamagedValue(t *testing.T) {
	lineartest.SkipRace(t)
	input, err := fs.Sub(sample, "sample")
	if err != nil {
		t.Fatal(err)
	}
	sound := fstest.MapFS{}
	err = fs.WalkDir(input, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(input, name)
		sound[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	base, err := reportOnFiles(sound)
	if err != nil {
		t.Fatal(err)
	}
	before := answers(base)
	runs, checked := 0, 0
	for _, name := range slices.Sorted(maps.Keys(sound)) {
		if path.Ext(name) != ".json" {
			continue
		}
		data := sound[name].Data
		for n, s := range scalars(t, data) {
			_, noPrefix := netip.ParsePrefix(strings.Trim(string(data[s.begin:s.end]), `"`))
			var others []string
			switch old := data[s.begin:s.end]; {
			case old[0] == '"' && bytes.ContainsRune(old, '/'):
				others = []string{`"10.0.0.0/99"`, "7"}
			case old[0] == '"':
				others = []string{"7", `{"a": 1}`}
			default:
				others = []string{`"1"`, "99999999999999999999999"}
			}
			damaged := maps.Clone(sound)
			wrong := others[n%2]
			damaged[name] = &fstest.MapFile{Data: slices.Concat(data[:s.begin], []byte(wrong), data[s.end:])}
			rep, err := reportOnFiles(damaged)
			runs++
			what := name + ": " + s.path + " = " + wrong
			if err != nil {
				t.Errorf("%s: no report: %v", what, err)
				continue
			}
			told := slices.ContainsFunc(rep.Notes, func(n note) bool {
				return n.Unusable && n.File == name && (n.Path.Covers(rule.Path(s.path)) || s.path == string(n.Path))
			}) || hasUnusableBelow(rep, name, s.path)
			if changed := fmt.Sprint(rep.Summary) != fmt.Sprint(base.Summary); changed && !told && (wrong != `"10.0.0.0/99"` || noPrefix == nil) {
				t.Errorf("%s: is not told, and the report is another", what)
			}
			if told && rep.Summary.Exit == exitClean {
				t.Errorf("%s: the exit status is 0", what)
			}
			for title, answer := range answers(rep) {
				if old := before[title]; answer == rule.Allowed.String() && old != answer && (old != "" || told) {
					t.Errorf("%s: %s is allowed, and was %q", what, title, old)
				}
			}
			if m := networkPart.FindStringSubmatch(s.path); m != nil && told { // what is free is not known
				for _, r := range rep.Regions {
					for _, reg := range r.Registrations {
						if r.Region == path.Dir(name) && reg.VPC == vpcOfElement(t, data, m[1]) && reg.Answer == rule.Allowed.String() {
							t.Errorf("%s: the registration in %s is allowed", what, reg.VPC)
						}
					}
				}
				checked++
			}
			if n%16 == 0 {
				if err := writeText(io.Discard, rep, false, true); err != nil {
					t.Errorf("%s: %v", what, err)
				}
			}
		}
	}
	if checked < 10 {
		t.Errorf("%d values of networks only", checked)
	}
	if runs < 500 {
		t.Errorf("%d values only", runs)
	}
	t.Log(runs, "values")
}

// hasUnusableBelow reports whether a value, or what it stands in, is told to be of no use by a question.
func hasUnusableBelow(rep *report, file, path string) bool {
	for _, q := range rep.Open {
		for _, o := range q.Occurrences {
			if q.Unusable && o.File == file && rule.Path(o.Path).Covers(rule.Path(path)) {
				return true
			}
		}
	}
	return false
}

// Whatever value of a plan is of the wrong type: the report stays, and tells the value, and what the others ask for
// is planned.
func TestEveryDamagedValueOfPlan(t *testing.T) {
	lineartest.SkipRace(t)
	data, err := os.ReadFile(filepath.Join("testdata", "plan.json"))
	if err != nil {
		t.Fatal(err)
	}
	input, err := fs.Sub(sample, "sample")
	if err != nil {
		t.Fatal(err)
	}
	planned := func(plan []byte) *report {
		a, err := readAccount(wks.Newest(), input, "")
		if err != nil {
			t.Fatal(err)
		}
		a.planName, a.now = "plan.json", time.Date(2026, 9, 10, 8, 0, 0, 0, time.UTC)
		a.decodePlan(fstest.MapFS{"plan.json": {Data: plan}}, "plan.json")
		rep, err := check(wks.Newest(), a, finding.Report{})
		if err != nil {
			t.Fatal(err)
		}
		rep.Conclude(finding.FailMust, wks.Documents())
		return rep
	}
	allowed := func(rep *report) map[string]int {
		n := map[string]int{}
		for _, p := range rep.Plan {
			if p.Answer == rule.Allowed.String() {
				n[p.Title]++
			}
		}
		return n
	}
	before := planned(data)
	base, sound := answers(before), allowed(before)
	values := scalars(t, data)
	for n, s := range values {
		old := string(data[s.begin:s.end])
		others := []string{`{"a": 1}`, "7", "[]", "null"}
		if old[0] != '"' {
			others = []string{`"x"`, "99999999999999999999999", "null", "1.5"}
		}
		for _, wrong := range []string{others[n%4], others[(n+1)%4]} {
			what := s.path + " = " + wrong
			rep := planned(slices.Concat(data[:s.begin], []byte(wrong), data[s.end:]))
			told := hasUnusableBelow(rep, "plan.json", s.path)
			if needed := strings.HasSuffix(s.path, ".WorkspaceId") || strings.HasSuffix(s.path, ".Region"); !told && (wrong != "null" || needed) {
				t.Errorf("%s: is not told", what)
			}
			if told && (rep.Summary.Exit == exitClean || len(rep.Plan) < len(before.Plan)-1) {
				t.Errorf("%s: exit status %d, %d sections of %d", what, rep.Summary.Exit, len(rep.Plan), len(before.Plan))
			}
			if !maps.Equal(answers(rep), base) {
				t.Errorf("%s: the answers about the account are others", what)
			}
			for title, n := range allowed(rep) {
				if told && n > sound[title] {
					t.Errorf("%s: %s is allowed", what, title)
				}
			}
		}
	}
	if len(values) < 25 {
		t.Errorf("%d values only", len(values))
	}
}
