package preflight

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/schematest"
	"github.com/wksgo/wks/internal/lineartest"
)

// hostile has names and messages with all that a format takes for its own signs.
func hostile(t *testing.T) string {
	const name = `<b>&"'%0A::error::,file=x]]>` + "é"
	return export(t, desktopFiles(
		directoriesName, fmt.Sprintf(`{"Directories": [{"DirectoryId": "d-1", "DirectoryName": %q, "SubnetIds": []}]}`, name),
		workspacesName, fleetJSON(
			strings.Replace(desktopJSON("ws-1", "", strings.Replace(sound, "50", "51", 1)), `"State"`, fmt.Sprintf(`"UserName": %q, "DirectoryId": "d-1", "State"`, name), 1),
			desktopJSON("ws-2", "arn:aws:kms:eu-west-1:111122223333:key/"+keyID, strings.Replace(sound, "GiB\": 80", "GiB\": -1", 1)))))
}

// The schema of SARIF, which @microsoft/jest-sarif carries, accepts the log.
func TestSARIFBySchema(t *testing.T) {
	lineartest.SkipRace(t)
	dir := schematest.NPM(t, "@microsoft/jest-sarif@1.0.0-beta.0")
	data, err := os.ReadFile(filepath.Join(dir, "node_modules", "@microsoft", "jest-sarif", "lib", "schemas", "sarif-2.1.0-rtm.5.json"))
	if err != nil {
		t.Fatal(err)
	}
	schema := schematest.Compile(t, "sarif.json", data, false)
	for _, args := range [][]string{{}, {hostile(t), "--region", "eu-west-1"}} {
		_, out, errs := plain(t, append(args, "--sarif")...)
		if errs != "" {
			t.Fatal(errs)
		}
		schematest.Valid(t, schema, []byte(out))
		if schematest.Check(schema, []byte(strings.Replace(out, `"level": "error"`, `"level": "must"`, 1))) == nil {
			t.Error("a level that SARIF does not have is valid")
		}
	}
}

// Each result has its rule with help, a place and the resource.
func TestSARIF(t *testing.T) {
	_, out, _ := plain(t, "--sarif")
	var log struct {
		Runs []struct {
			Tool struct {
				Driver struct {
					Rules []struct {
						ID, HelpURI string
						Help        struct{ Text string }
					}
				}
			}
			Results []struct {
				RuleID    string
				RuleIndex int
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine int }
					}
					LogicalLocations []struct{ Name string }
				}
				PartialFingerprints map[string]string
			}
			Invocations []struct {
				ToolExecutionNotifications []struct{ Message struct{ Text string } }
			}
		}
	}
	if err := json.Unmarshal([]byte(out), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	prints := map[string]bool{}
	for _, r := range run.Results {
		rule := run.Tool.Driver.Rules[r.RuleIndex]
		at := r.Locations[0].PhysicalLocation
		if rule.ID != r.RuleID || rule.HelpURI == "" || !strings.Contains(rule.Help.Text, "Remedy: ") || at.Region.StartLine < 1 || !strings.HasPrefix(at.ArtifactLocation.URI, "export/") {
			t.Errorf("%+v of %+v", r, rule)
		}
		print := r.PartialFingerprints["wksSubject/v1"]
		if prints[print] {
			t.Errorf("%s: two results have one fingerprint", r.RuleID)
		}
		prints[print] = true
	}
	if len(run.Results) == 0 || len(run.Invocations[0].ToolExecutionNotifications) == 0 {
		t.Error("no results, or no notifications")
	}
}

// A parser of npm finds the cases and failures in the JUnit file.
func TestJUnitByParser(t *testing.T) {
	dir := schematest.NPM(t, "junit2json@3.1.14")
	for _, args := range [][]string{{}, {hostile(t), "--region", "eu-west-1"}} {
		_, out, errs := plain(t, append(args, "--junit")...)
		if errs != "" {
			t.Fatal(errs)
		}
		script := filepath.Join(dir, "read.mjs")
		if err := os.WriteFile(script, []byte(`import {parse} from 'junit2json'; import fs from 'fs';
const o = await parse(fs.readFileSync(0, 'utf8'));
let n = 0, failed = 0, skipped = 0;
for (const s of o.testsuite) for (const c of s.testcase) { n++; if (c.failure) failed++; if (c.skipped) skipped++; if (!c.name || !c.classname) throw c }
console.log(n === o.tests, failed === o.failures, failed > 0, skipped > 0);
`), 0o666); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("node", script)
		cmd.Stdin = strings.NewReader(out)
		if got, err := cmd.CombinedOutput(); string(got) != "true true true true\n" {
			t.Errorf("%v: %s\n%s", err, got, out)
		}
	}
}

// The counts of a JUnit file are those of its cases, and what is no failure at a threshold is none.
func TestJUnit(t *testing.T) {
	failures := func(failOn string) int {
		_, out, _ := plain(t, "--junit", "--fail-on", failOn)
		var all struct {
			Tests    int `xml:"tests,attr"`
			Failures int `xml:"failures,attr"`
			Suites   []struct {
				Cases []struct {
					Failure *struct{} `xml:"failure"`
				} `xml:"testcase"`
			} `xml:"testsuite"`
		}
		if err := xml.Unmarshal([]byte(out), &all); err != nil {
			t.Fatal(err)
		}
		n, failed := 0, 0
		for _, s := range all.Suites {
			for _, c := range s.Cases {
				if n++; c.Failure != nil {
					failed++
				}
			}
		}
		if n != all.Tests || failed != all.Failures || n == 0 {
			t.Errorf("%d cases of %d, %d failed of %d", n, all.Tests, failed, all.Failures)
		}
		return failed
	}
	none, must, should := failures("none"), failures("must"), failures("should")
	if none != 0 || must == 0 || should <= must {
		t.Errorf("%d, %d and %d failures", none, must, should)
	}
}

// Annotations are one line each, whatever the account has in its names.
func TestGitHub(t *testing.T) {
	for _, args := range [][]string{{}, {hostile(t), "--region", "eu-west-1"}} {
		_, out, _ := plain(t, append(args, "--github")...)
		kinds := map[string]int{}
		for line := range strings.Lines(out) {
			kind, _, ok := strings.Cut(strings.TrimPrefix(line, "::"), " ")
			if !ok || !strings.HasPrefix(line, "::") {
				t.Errorf("no command: %q", line)
			}
			kinds[kind]++
			properties, _, _ := strings.Cut(strings.TrimPrefix(line, "::"+kind+" "), "::")
			for p := range strings.SplitSeq(properties, ",") {
				if name, _, _ := strings.Cut(p, "="); name != "file" && name != "title" && name != "line" && name != "col" {
					t.Errorf("%q is no property, in %q", p, line)
				}
			}
		}
		if kinds["error"] == 0 || kinds["notice"] == 0 || len(kinds) > 3 {
			t.Errorf("%v", kinds)
		}
	}
}

// A validator of npm finds the page sound.
func TestPageByValidator(t *testing.T) {
	lineartest.SkipRace(t)
	dir := schematest.NPM(t, "html-validate@9.7.1")
	page := filepath.Join(dir, "page.html")
	for _, args := range [][]string{{"--plan", filepath.Join("testdata", "plan.json"), "--now", "2026-09-10T08:00:00Z"}, {hostile(t), "--region", "eu-west-1"}} {
		plain(t, append(args, "--html", page)...)
		schematest.HTML(t, dir, page)
	}
}

// One format is printed, and the page besides.
func TestOneFormat(t *testing.T) {
	if status, out, errs := plain(t, "--json", "--sarif"); status != exitUnanswered || out != "" || errs == "" {
		t.Errorf("status %d, %s", status, errs)
	}
}
