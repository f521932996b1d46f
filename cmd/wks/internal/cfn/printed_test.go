package cfn

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
)

const printed = `
Parameters: {D: {Type: String}}
Conditions: {Never: !Equals [a, b]}
Resources:
  Bad: {Type: AWS::WorkSpaces::Workspace, Properties: {BundleId: wsb-b0s22j3d7, DirectoryId: d-906732325d, UserName: cid, WorkspaceProperties: {RunningMode: AUTO_STOP, RunningModeAutoStopTimeoutInMinutes: 20, UserVolumeSizeGib: 1e2}}}
  Fine: {Type: AWS::WorkSpaces::Workspace, Properties: {BundleId: wsb-b0s22j3d7, DirectoryId: d-906732325d, UserName: ann}}
  "G\tx": {Type: AWS::WorkSpaces::Workspace, Properties: {BundleId: wsb-b0s22j3d7, DirectoryId: d-906732325d, UserName: eve}}
  Not: {Type: AWS::WorkSpaces::Workspace, Condition: Never, Properties: {BundleId: wsb-b0s22j3d7, DirectoryId: d-906732325d, UserName: dan}}
  Open: {Type: AWS::WorkSpaces::Workspace, Properties: {BundleId: wsb-b0s22j3d7, DirectoryId: !Ref D, UserName: bob}}
  T: {Type: AWS::SNS::Topic}
`

// What is printed of a template for a person, whole: what there is to do, what is open, and each resource.
func TestPrinted(t *testing.T) {
	const (
		head = `CloudFormation for Amazon WorkSpaces
input:   standard input
edition: what was documented on 2026-09-10

2 things need action in eu-west-1
  must    resource Fine: it changes, so the WorkSpace is deleted and another one is made
          Keep the logical id, the user name and the directory, or set DeletionPolicy and
          UpdateReplacePolicy to Retain and save what is on the volumes. (cfn.desktop-destroyed)
  must    resource Bad: 20 is not a positive multiple of 60
          Set the AutoStop time to a positive multiple of 60 minutes. (bundles.auto-stop-minutes)

Not answered: 1 not given, 1 undocumented
  undocumented  Properties.WorkspaceProperties.UserVolumeSizeGib: no document says whether
                CloudFormation takes 1e2 for a whole number (eu-west-1): Bad
  not given     Properties.DirectoryId: is the parameter D, which has no default (--parameter)
                (eu-west-1): Open

standard input in eu-west-1
`
		bad = `  Bad (AWS::WorkSpaces::Workspace): DENIED
    must   bundles.auto-stop-minutes
        Properties.WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes
        20 is not a positive multiple of 60
`
		badMore = `        remedy: Set the AutoStop time to a positive multiple of 60 minutes.
        help: https://github.com/wksgo/wks/blob/main/docs/rules/bundles.md#bundlesauto-stop-minutes
        service-model, "CreateWorkspaces", 2016-08-18
`
		open = `    undocumented: Properties.WorkspaceProperties.UserVolumeSizeGib: no document says whether CloudFormation takes 1e2 for a whole number
`
		fine = `  Fine (AWS::WorkSpaces::Workspace): ALLOWED
  G?x (AWS::WorkSpaces::Workspace): ALLOWED
`
		others = `  Not (AWS::WorkSpaces::Workspace): ALLOWED
    it is not made where the condition Never does not hold
  Open (AWS::WorkSpaces::Workspace): ALLOWED, as far as the template tells
    not given: Properties.DirectoryId: is the parameter D, which has no default (--parameter)
  the update of Fine (AWS::WorkSpaces::Workspace): DENIED
    must   cfn.desktop-destroyed
        Properties.UserName
        it changes, so the WorkSpace is deleted and another one is made
`
		othersMore = `        remedy: Keep the logical id, the user name and the directory, or set DeletionPolicy and UpdateReplacePolicy to Retain and save what is on the volumes.
        help: https://github.com/wksgo/wks/blob/main/docs/rules/cfn.md#cfndesktop-destroyed
        cloudformation-template-reference, "AWS::WorkSpaces::Workspace", 2026-11-28
`
		inOrder = "  in order: Fine, G?x\n"
		end     = `
5 resources of WorkSpaces, 1 updates of them, 1 others; findings: 2 must, 0 should; open: 1 undocumented, 1 not given
`
	)
	old := folder(t, map[string]string{"old.yaml": strings.Replace(printed, "UserName: ann", "UserName: ana", 1)}) + "/old.yaml"
	args := []string{"--edition", "2026-09-10", "--region", "eu-west-1", "--deployed", old}
	_, out, errs := run(printed, args...)
	if want := head + bad + open + others + inOrder + end; strings.ReplaceAll(out, "\\t", "?") != want || errs != "" {
		t.Errorf("%s\n%s\nwant\n%s", errs, out, want)
	}
	_, out, errs = run(printed, append(args, "--details")...)
	before, documents, _ := strings.Cut(strings.ReplaceAll(out, "\\t", "?"), "\nDocuments\n")
	if want := head + bad + badMore + open + fine + others + othersMore; before != want || errs != "" || !strings.HasSuffix(documents, end) {
		t.Errorf("%s\n%s\nwant\n%s", errs, before, want)
	}
	for _, key := range []string{"service-model ", "cloudformation-template-reference "} {
		if !strings.Contains(documents, "  "+key) {
			t.Errorf("no %s in %s", key, documents)
		}
	}
	// Nothing but what is in order.
	_, out, _ = run(desktop("", ""), "--edition", "2026-09-10")
	if want := "CloudFormation for Amazon WorkSpaces\ninput:   standard input\nedition: what was documented on 2026-09-10\n\nNothing needs action\n\nstandard input\n  in order: W\n\n1 resources of WorkSpaces, 0 updates of them, 0 others; findings: 0 must, 0 should; open: 0 undocumented, 0 not given\n"; out != want {
		t.Errorf("%s\nwant\n%s", out, want)
	}
}

// The page has each answer once: what is in order on a line, and a heading, findings and open questions of the rest.
func TestPageWhole(t *testing.T) {
	dir := folder(t, map[string]string{"old.yaml": strings.Replace(printed, "UserName: ann", "UserName: ana", 1)})
	file := dir + "/report.html"
	page := func(template string, args ...string) map[string][]*node {
		if _, _, errs := run(template, append(args, "--html", file)...); errs != "" {
			t.Fatal(errs)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return elements(t, string(text))
	}
	texts := func(nodes []*node, wanted func(*node) bool) (list []string) {
		for _, n := range nodes {
			if wanted(n) {
				list = append(list, strings.TrimSpace(n.text.String()))
			}
		}
		return list
	}
	has := func(name, class string) func(*node) bool {
		return func(n *node) bool {
			return slices.ContainsFunc(n.in, func(in *node) bool { return in.name == name && (class == "" || in.class == class) })
		}
	}
	all := page(printed, "--edition", "2026-09-10", "--region", "eu-west-1", "--deployed", dir+"/old.yaml")
	const of = " (AWS::WorkSpaces::Workspace)"
	if got, want := texts(all["h3"], func(n *node) bool { return strings.HasSuffix(n.text.String(), of) }), []string{"Bad" + of, "Not" + of, "Open" + of, "The update of Fine" + of}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	got := texts(all["p"], func(n *node) bool {
		return slices.ContainsFunc(n.in, func(in *node) bool { return in.name == "span" && strings.HasPrefix(in.class, "verdict ") })
	})
	if want := []string{"denied", "Fine" + of + ": allowed", "G?x" + of + ": allowed", "allowed", "allowed, as far as the template tells", "denied"}; len(got) != len(want) || got[0] != want[0] || got[1] != want[1] || !slices.Equal(got[3:], want[3:]) {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := texts(all["li"], has("span", "quiet")), []string{
		"must bundles.auto-stop-minutes: 20 is not a positive multiple of 60Set the AutoStop time to a positive multiple of 60 minutes." + minutesAt + ` service-model, "CreateWorkspaces", 2016-08-18`,
		"must cfn.desktop-destroyed: it changes, so the WorkSpace is deleted and another one is madeKeep the logical id, the user name and the directory, or set DeletionPolicy and UpdateReplacePolicy to Retain and save what is on the volumes.Properties.UserName" + ` cloudformation-template-reference, "AWS::WorkSpaces::Workspace", 2026-11-28`,
	}; len(got) != len(want) || got[0] != want[0] || !strings.HasSuffix(got[1], want[1]) || got[1] == want[1] { // the second has a sign that it destroys
		t.Errorf("%q, want %q", got, want)
	}
	whole := func(nodes map[string][]*node) string { return nodes["html"][0].text.String() }
	for _, want := range []string{"it is not made where the condition Never does not hold", "Resources and changes of other types: 1.", "CloudFormation for Amazon WorkSpaces", "2026-09-10",
		"5 resources of WorkSpaces, 1 updates of them, 1 others; findings: 2 must, 0 should; open: 1 undocumented, 1 not given", "standard input in eu-west-1"} {
		if !strings.Contains(whole(all), want) {
			t.Errorf("%q is not there", want)
		}
	}
	for text, n := range map[string]int{"takes 1e2 for a whole number": 2, "is the parameter D, which has no default (--parameter)": 2} {
		if got := strings.Count(whole(all), text); got != n {
			t.Errorf("%q is there %d times", text, got)
		}
	}
	none := page(desktop("", ""), "--edition", "2026-09-10")
	if text := whole(none); strings.Contains(text, "other types") || strings.Contains(text, "standard input in") || len(none["h3"]) != 0 || len(none["li"]) != 0 || !strings.Contains(text, "W (AWS::WorkSpaces::Workspace): allowed") {
		t.Error(text)
	}
}

// A flag that cannot be followed is an error, as is an output that takes nothing.
func TestErrorsOfFlags(t *testing.T) {
	file := folder(t, map[string]string{"a.yaml": desktop("Parameters: {P: {Type: String}}", ""), "set.json": `{"ChangeSetId": "a", "Changes": []}`}) + "/a.yaml"
	none := file + "/none"
	for want, args := range map[string][]string{
		"cfn: --edition: ": {"--edition", "2010-01-01", file},
		"none/base":        {"--baseline", none + "/base", file},
		"none/written":     {"--write-baseline", none + "/written", file},
		"none/page":        {"--html", none + "/page", file},
		"no such file":     {file + "x"},
		`cfn: --region: "x" is not the code of a Region, such as us-east-1`: {"--region", "x", file},
		`cfn: --parameter: no template has "Q"`:                             {"--parameter", "P=1,Q=2", file},
		`cfn: --parameter: no template has "P"`:                             {"--parameter", "P=1", strings.Replace(file, "a.yaml", "set.json", 1)},
		"--deployed: takes one template, beside one template":               {"--deployed", strings.Replace(file, "a.yaml", "set.json", 1), file},
	} {
		if status, out, errs := onFiles(args...); status != cli.Unanswered || out != "" || !strings.Contains(errs, want) {
			t.Errorf("%q: status %d, %s%s", args, status, out, errs)
		}
	}
	if status, _, errs := onFiles("--parameter", "P=1", strings.TrimSuffix(file, "/a.yaml")); status != cli.Clean || errs != "" {
		t.Errorf("status %d, %s", status, errs)
	}
	var errs bytes.Buffer
	if status := cli.Run(Command(), []string{file}, nil, full{}, &errs); status != cli.Unanswered || !strings.Contains(errs.String(), "it is full") {
		t.Errorf("status %d, %s", status, errs.String())
	}
}

// full takes nothing.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("it is full") }

// Names that a template does not have are told once for each resource, at the first place; a path has sixteen steps at most.
func TestAnswersOfMissing(t *testing.T) {
	const no = "cfn.reference-unknown "
	condition := func(at, name string) string { return no + at + ": the template has no condition " + name }
	ref := func(at, name string) string { return no + at + ": the template has no parameter or resource " + name }
	resource := func(at, name string) string { return no + at + ": the template has no resource " + name }
	for text, want := range map[string][]string{
		"Properties: {A: !Ref X, B: [a, !Ref X, {C: !Ref Y}]}":                           {ref("Properties.A", "X"), ref("Properties.B[2].C", "Y")},
		"Properties: {A: [[!Ref X], {B: {C: !Ref Y}}, !Ref Z]}":                          {ref("Properties.A[0][0]", "X"), ref("Properties.A[1].B.C", "Y"), ref("Properties.A[2]", "Z")},
		"Properties: {A: !Ref [X], B: !Ref Y}":                                           {ref("Properties.B", "Y")},
		"Properties: {A: !Join ['', [{B: !Ref X}]], C: !Ref Y}":                          {ref("Properties.A", "X"), ref("Properties.C", "Y")},
		"DependsOn: X, Properties: {A: !GetAtt X.B}":                                     {resource("DependsOn", "X")},
		"DependsOn: [X, W, Y, 5]":                                                        {resource("DependsOn", "X"), resource("DependsOn", "Y")},
		"DependsOn: {X: Y}":                                                              nil,
		"Condition: X, Properties: {A: !If [X, !Ref Y, !Ref Z]}":                         {condition("Condition", "X"), ref("Properties.A", "Y"), ref("Properties.A", "Z")},
		"Condition: C, Properties: {A: !If [C, a, b]}":                                   {ref("Condition", "P"), condition("Condition", "D")},
		"Properties: {A: {Condition: X}, B: {Condition: Y, C: d}}":                       {condition("Properties.A", "X")},
		"DeletionPolicy: !Ref X, UpdateReplacePolicy: !If [Y, a, b], Properties: {A: b}": {ref("DeletionPolicy", "X"), condition("UpdateReplacePolicy", "Y")},
		"Properties: {A: !GetAtt X.Y, B: {'Fn::GetAtt': Y.Z}, C: {'Fn::GetAtt': [Z, !Ref U]}, D: {'Fn::GetAtt': [5, a]}, E: {'Fn::GetAtt': {a: b}}}": {resource("Properties.A", "X"), resource("Properties.B", "Y"), resource("Properties.C", "Z"), ref("Properties.C", "U")},
		"Properties: {A: !Sub 'a${X}b${ Y }${!Z}${Z.A.B}${W}${W.A}${AWS::Region}c${U'}":                                                              {ref("Properties.A", "X"), ref("Properties.A", "Y"), resource("Properties.A", "Z")},
		"Properties: {A: !Sub ['${X}${Y}${Z.A}', {X: !Ref V, Z.A: b}], B: !Sub [a], C: !Sub ['${U}', 5], D: !Sub 'a}b${T}'}":                         {ref("Properties.A", "Y"), ref("Properties.A", "V"), ref("Properties.C", "U"), ref("Properties.D", "T")},
		"Properties: {A: !FindInMap [X, a, !Ref Y], B: !FindInMap [M, a, b], C: !FindInMap [!Ref Z, a, b]}":                                          {no + "Properties.A: the template has no map X", ref("Properties.A", "Y"), ref("Properties.C", "Z")},
		"Properties: {A: !Ref 'AWS::X', B: !Ref 'AWS::Region', C: !Select [0, [!Ref X]], D: !ImportValue [!Ref Y], E: {'Fn::Other': {F: !Ref Z}}}":   {ref("Properties.A", "AWS::X"), ref("Properties.C", "X"), ref("Properties.D", "Y")},
		"Properties: {A: !Ref Q, B: !If [E, a, b]}": nil,
	} {
		q := asking(t, "Parameters: {Q: {Type: String}}\nMappings: {M: {a: {b: c}}}\nConditions: {C: !And [!Equals [!Ref P, a], {Condition: D}], E: !Not [{Condition: E}]}\nResources:\n  W: {Type: T, "+text+"}", "", nil)
		var got []string
		for _, v := range q.missing("W") {
			got = append(got, fmt.Sprintf("%s %s: %s", v.Code, v.Path, v.Detail))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n%s\nwant\n%s", text, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	for n := 14; n < 20; n++ {
		for open, at := range map[string]string{"{a: ": ".a", "[": "[0]"} {
			end := map[string]string{"{a: ": "}", "[": "]"}[open]
			q := asking(t, "Resources: {W: {Type: T, Properties: "+strings.Repeat(open, n)+"!Ref X"+strings.Repeat(end, n)+"}}", "", nil)
			got := q.missing("W")
			if want := "Properties" + strings.Repeat(at, min(n, 16)); len(got) != 1 || string(got[0].Path) != want {
				t.Errorf("%d: %v, want %s", n, got, want)
			}
		}
	}
	// What stands beside something deep has its own path.
	q := asking(t, "Resources: {W: {Type: T, Properties: {a: "+strings.Repeat("[", 18)+"!Ref X"+strings.Repeat("]", 18)+", b: "+strings.Repeat("{c: ", 18)+"x"+strings.Repeat("}", 18)+", d: {e: !Ref Y}}}}", "", nil)
	if got := q.missing("W"); len(got) != 2 || got[1].Path != "Properties.d.e" {
		t.Errorf("%v", got)
	}
}
