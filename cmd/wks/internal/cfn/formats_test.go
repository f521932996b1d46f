package cfn

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/cmd/wks/internal/schematest"
	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/internal/ruletest"
)

const faults, desktops = "testdata/faults.template.json", "testdata/desktops.template.json"

// onFiles runs the program with arguments alone.
func onFiles(args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = cli.Run(Command(), args, strings.NewReader(""), &out, &errs)
	return status, out.String(), errs.String()
}

// folder writes files into a new folder.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// hostile is a template whose names and values have what formats take for their own signs.
func hostile(t *testing.T) string {
	const evil = `<b>&"'%0A::error::,file=x]]>` + "é"
	template := map[string]any{"Resources": map[string]any{evil: map[string]any{"Type": workspaceType, "Properties": map[string]any{
		"BundleId": "wsb-b0s22j3d7", "DirectoryId": "d-906732325d", "UserName": evil, "Tags": []any{map[string]any{"Key": "aws:" + evil, "Value": evil}},
		"WorkspaceProperties": map[string]any{"RootVolumeSizeGib": "1e2"},
	}}}}
	text, err := json.Marshal(template)
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(folder(t, map[string]string{"evil.json": string(text)}), "evil.json")
}

// Every report is valid by the published schema, which describes all of its members.
func TestReportBySchema(t *testing.T) {
	schema := schematest.Load(t, "cfn.json", true)
	broken := folder(t, map[string]string{"a.template.json": desktopJSON, "b.template.json": "{"})
	for _, args := range [][]string{{desktops}, {faults}, {broken}, {hostile(t)}, {faults, "--edition", "2018-02-03"}, {"--deployed", desktops, faults, "--region", "eu-west-1", "--fail-on", "destroy"}} {
		_, out, errs := onFiles(append(args, "--json")...)
		if errs != "" {
			t.Fatal(errs)
		}
		schematest.Valid(t, schema, []byte(out))
		if schematest.Check(schema, []byte(strings.Replace(out, `"findings"`, `"found"`, 1))) == nil {
			t.Error("a report without findings is valid")
		}
	}
}

const desktopJSON = `{
  "Resources": {
    "W": {
      "Type": "AWS::WorkSpaces::Workspace",
      "Properties": {
        "BundleId": "wsb-b0s22j3d7", "DirectoryId": "d-906732325d", "UserName": "ann",
        "Tags": [
          {"Key": "a", "Value": "b"},
          {"Key": "aws:x", "Value": "b"}
        ]
      }
    }
  }
}`

// The schema of OASIS, which @microsoft/jest-sarif carries, accepts the log.
func TestSARIFBySchema(t *testing.T) {
	lineartest.SkipRace(t)
	dir := schematest.NPM(t, "@microsoft/jest-sarif@1.0.0-beta.0")
	data, err := os.ReadFile(filepath.Join(dir, "node_modules", "@microsoft", "jest-sarif", "lib", "schemas", "sarif-2.1.0-rtm.5.json"))
	if err != nil {
		t.Fatal(err)
	}
	schema := schematest.Compile(t, "sarif.json", data, false)
	for _, file := range []string{faults, desktops, hostile(t)} {
		status, out, errs := onFiles("--sarif", file)
		if errs != "" || status != cli.Broken {
			t.Fatal(status, errs)
		}
		schematest.Valid(t, schema, []byte(out))
	}
}

// A validator of npm finds the page sound.
func TestPageByValidator(t *testing.T) {
	lineartest.SkipRace(t)
	dir := schematest.NPM(t, "html-validate@9.7.1")
	page := filepath.Join(dir, "page.html")
	evil, err := os.ReadFile(hostile(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{faults}, {desktops}, {"--deployed", desktops, faults}, nil} {
		write := func() (int, string, string) { return onFiles(append(args, "--html", page)...) }
		if args == nil {
			write = func() (int, string, string) { return run(string(evil), "--html", page) }
		}
		if _, _, errs := write(); errs != "" {
			t.Fatal(errs)
		}
		schematest.HTML(t, dir, page)
	}
}

// Each format has the findings, at the line where the value stands.
func TestFormats(t *testing.T) {
	const yaml = "Resources:\n  W:\n    Type: AWS::WorkSpaces::Workspace\n    Properties:\n      BundleId: wsb-b0s22j3d7\n      DirectoryId: d-906732325d\n      UserName: ann\n      Tags:\n        - {Key: a, Value: b}\n        - Key: aws:x\n          Value: b\n"
	for name, file := range map[string]struct{ text, place string }{
		"a.template.json": {desktopJSON, "line=9,col=12"},
		"a.yaml":          {yaml, "line=10,col=11"},
	} {
		dir := folder(t, map[string]string{name: file.text})
		path := filepath.Join(dir, name)
		for format, want := range map[string]string{
			"--github": "::error file=" + path + "," + file.place + ",title=bundles.tag-reserved::",
			"--junit":  "bundles.tag-reserved: resource W",
			"--sarif":  `"fullyQualifiedName": "Properties.Tags[1].Key"`,
		} {
			if status, out, errs := onFiles(format, path); status != cli.Broken || errs != "" || !strings.Contains(out, want) {
				t.Errorf("%s %s: status %d, %s, want %s in\n%s", format, name, status, errs, want, out)
			}
		}
	}
}

// A baseline takes what it accepts out of verdicts and status, and tells apart equal names in two templates.
func TestBaseline(t *testing.T) {
	file := filepath.Join(t.TempDir(), "baseline.json")
	dir := folder(t, map[string]string{"a.template.json": desktopJSON, "b.template.json": strings.ReplaceAll(desktopJSON, "aws:x", "c")})
	if status, _, errs := onFiles(dir, "--write-baseline", file); status != cli.Broken || errs != "" {
		t.Fatal(status, errs)
	}
	if status, out, errs := onFiles(dir, "--json", "--baseline", file); status != cli.Clean || decoded(t, []byte(out)).Inputs[0].Resources[0].Verdict != "allowed" {
		t.Errorf("status %d, %s\n%s", status, errs, out)
	}
	if err := os.WriteFile(filepath.Join(dir, "b.template.json"), []byte(desktopJSON), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, _, errs := onFiles(dir, "--baseline", file); status != cli.Broken || errs != "" {
		t.Errorf("status %d, %s", status, errs)
	}
}

// The thresholds are those of all reports.
func TestFailOn(t *testing.T) {
	const open = "Resources: {W: {Type: AWS::WorkSpaces::Workspace, Properties: {BundleId: !ImportValue b, DirectoryId: d-906732325d, UserName: ann}}}"
	for level, want := range map[string]int{"none": cli.Clean, "must": cli.Clean, "should": cli.Clean, "open": cli.Unanswered} {
		if status, out, errs := run(open, "--fail-on", level); status != want {
			t.Errorf("%s: status %d, %s\n%s", level, status, errs, out)
		}
	}
	if status, _, errs := onFiles(faults, "--fail-on", "none"); status != cli.Clean {
		t.Errorf("status %d, %s", status, errs)
	}
	if status, _, errs := onFiles(faults, "--fail-on", "all"); status != cli.Unanswered || errs == "" {
		t.Errorf("status %d, %s", status, errs)
	}
}

// A template may be compressed, from the standard input and in a folder.
func TestGzip(t *testing.T) {
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	if _, err := w.Write([]byte(desktopJSON)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if status, _, errs := run(z.String()); status != cli.Broken || errs != "" {
		t.Errorf("status %d, %s", status, errs)
	}
	for _, name := range []string{"a.template.json.gz", "a.json.gz"} {
		if status, _, errs := onFiles(folder(t, map[string]string{name: z.String()})); status != cli.Broken || errs != "" {
			t.Errorf("%s: status %d, %s", name, status, errs)
		}
	}
	if status, _, errs := run(z.String()[:20]); status != cli.Unanswered || !strings.Contains(errs, "is not gzip that can be read") {
		t.Errorf("status %d, %s", status, errs)
	}
}

// A file of a folder that cannot be read is told, and leaves the others.
func TestBrokenFile(t *testing.T) {
	sound := strings.ReplaceAll(desktopJSON, "aws:x", "c")
	for _, files := range []map[string]string{
		{"a.template.json": sound, "b.template.json": "{"},
		{"a.yaml": "Resources: {T: {Type: AWS::SNS::Topic}}", "b.yaml": "Resources: ["},
		{"a.template.json": sound, "manifest.json": "{"},
	} {
		status, out, errs := onFiles(folder(t, files))
		if status != cli.Unanswered || errs != "" || !strings.Contains(out, "it cannot be read: ") || !strings.Contains(out, "others") {
			t.Errorf("%v: status %d, %s\n%s", files, status, errs, out)
		}
	}
	if status, out, errs := onFiles(folder(t, map[string]string{"a.template.json": "{"})); status != cli.Unanswered || out != "" || errs == "" {
		t.Errorf("status %d, %s", status, errs)
	}
}

// A WorkSpace that is replaced is a must unless that is intended, and each that is deleted with --fail-on destroy.
func TestDestroyOK(t *testing.T) {
	file := filepath.Join(folder(t, map[string]string{"old.yaml": desktop("", "")}), "old.yaml")
	replaced := strings.ReplaceAll(desktop("", ""), "ann", "bob")
	for args, want := range map[string]int{"": cli.Broken, "--destroy-ok": cli.Clean, "--fail-on=destroy": cli.Broken, "--destroy-ok --fail-on=destroy": cli.Broken} {
		if status, out, errs := run(replaced, append(strings.Fields(args), "--deployed", file)...); status != want {
			t.Errorf("%s: status %d, %s\n%s", args, status, errs, out)
		}
	}
}

// What is printed for a person.
func TestText(t *testing.T) {
	for _, file := range []string{faults, desktops} {
		for suffix, args := range map[string][]string{"": nil, ".details": {"--details"}} {
			_, out, errs := onFiles(append(args, "--edition", "2026-09-10", file)...)
			if errs != "" {
				t.Fatal(errs)
			}
			ruletest.Golden(t, strings.TrimSuffix(file, ".template.json")+suffix+".txt", []byte(out))
		}
	}
}
