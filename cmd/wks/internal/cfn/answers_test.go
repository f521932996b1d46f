package cfn

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/rule"
)

// The value of a choice is shown as a text, shortened, unless its parameter has NoEcho.
func TestShown(t *testing.T) {
	q := &question{template: &template{Parameters: map[string]parameter{"Open": {}, "Hidden": {NoEcho: true}}}}
	long := strings.Repeat("x", 5000)
	for _, tt := range []struct {
		name  string
		value any
		want  string
	}{
		{"Open", "60", "60"}, {"Open", true, "true"}, {"Open", long, rule.Shorten(long)}, {"AWS::Region", "us-east-1", "us-east-1"},
		{"Open", []any{"a"}, "another value"}, {"Open", nil, "another value"},
		{"Hidden", "60", "a value that is not shown"}, {"Hidden", []any{"a"}, "a value that is not shown"},
	} {
		if got := q.shown(tt.name, tt.value); got != tt.want {
			t.Errorf("%s %v: %q, want %q", tt.name, tt.value, got, tt.want)
		}
	}
}

// Amazon EC2 adds to a group without outbound rules one that lets all IPv4 out, and in a VPC with IPv6 another
// (AWS CloudFormation Template Reference, AWS::EC2::SecurityGroup).
func TestAllOutByIPv6(t *testing.T) {
	for _, tt := range []struct {
		inline string
		lacks  bool
	}{
		{"GroupDescription: x", false},
		{"SecurityGroupEgress: [{IpProtocol: -1, CidrIp: 0.0.0.0/0}, {IpProtocol: -1, CidrIpv6: '::/0'}]", false},
		{"SecurityGroupEgress: [{IpProtocol: -1, CidrIp: 0.0.0.0/0}]", true},
		{"SecurityGroupEgress: [{IpProtocol: -1, CidrIpv6: '::/0'}]", true},
	} {
		template := strings.NewReplacer("INLINE", tt.inline, "SECOND", "'2001:db8::/64'", "DIRECTORY", "", "NAMED", "!Ref Group", "MORE", "").Replace(registering)
		lacks := false
		for _, e := range check(t, template, "--region", "eu-west-1").Inputs[0].Resources {
			lacks = lacks || e.Resource == "Registration" && slices.ContainsFunc(e.NotGiven, func(s string) bool { return strings.Contains(s, "which Group is not known to open") })
		}
		if lacks != tt.lacks {
			t.Errorf("%s: lacks ports %v, want %v", tt.inline, lacks, tt.lacks)
		}
	}
}

// A WorkSpace that the new template does not have is deleted, whether or not its properties would change; one that has another
// type there is as well.
func TestGoneFromATemplate(t *testing.T) {
	const is = "{Type: AWS::WorkSpaces::Workspace, Properties: {BundleId: wsb-b0s22j3d7, DirectoryId: d-906732325d, UserName: ann}}"
	const topic = "{Type: AWS::SNS::Topic}"
	for _, tt := range []struct {
		name, next string
		destroyed  bool
	}{
		{"the same", "W: " + is, false},
		{"none", "Other: " + topic, true},
		{"another type", "W: " + topic, true},
		{"not made", "W: {Condition: Never, " + strings.TrimPrefix(is, "{"), true},
		{"made", "W: {Condition: Always, " + strings.TrimPrefix(is, "{"), false},
	} {
		file := filepath.Join(t.TempDir(), "old.yaml")
		if err := os.WriteFile(file, []byte("Resources:\n  W: "+is+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		next := "Conditions: {Never: !Equals [a, b], Always: !Equals [a, a]}\nResources:\n  " + tt.next + "\n"
		var got []string
		for _, u := range check(t, next, "--deployed", file).Inputs[0].Updates {
			got = append(got, u.codes()...)
		}
		var want []string
		if tt.destroyed {
			want = []string{"cfn.desktop-destroyed Properties"}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", tt.name, got, want)
		}
	}
}

// A node is an element of a page.
type node struct {
	name, class string
	text        strings.Builder
	in          []*node
}

// elements returns the elements of a page that have a name, each with the text in it.
func elements(t *testing.T, page string) map[string][]*node {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(page))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	byName := map[string][]*node{}
	var open []*node
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return byName
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			n := &node{name: token.Name.Local}
			for _, a := range token.Attr {
				if a.Name.Local == "class" {
					n.class = a.Value
				}
			}
			for _, of := range open {
				of.in = append(of.in, n)
			}
			open = append(open, n)
			byName[n.name] = append(byName[n.name], n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			for _, of := range open {
				of.text.Write(token)
			}
		}
	}
}

// The page has a part for each answer: a heading with a finding or an open question, a line without, and how many others there are.
func TestPageOfAnswers(t *testing.T) {
	const template = `
Parameters: {D: {Type: String}}
Resources:
  Fine: {Type: AWS::WorkSpaces::Workspace, Properties: {BundleId: wsb-b0s22j3d7, DirectoryId: d-906732325d, UserName: ann}}
  Open: {Type: AWS::WorkSpaces::Workspace, Properties: {BundleId: wsb-b0s22j3d7, DirectoryId: !Ref D, UserName: bob}}
  Bad: {Type: AWS::WorkSpaces::Workspace, Properties: {BundleId: wsb-b0s22j3d7, DirectoryId: d-906732325d, UserName: cid, Tags: [{Key: 'aws:x', Value: y}]}}
  T: {Type: AWS::SNS::Topic}
  U: {Type: AWS::SNS::Topic}
`
	dir := t.TempDir()
	file, old := filepath.Join(dir, "report.html"), filepath.Join(dir, "old.yaml")
	if err := os.WriteFile(old, []byte(strings.Replace(template, "UserName: ann", "UserName: eve", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, errs := run(template, "--region", "us-east-1", "--deployed", old, "--html", file); errs != "" {
		t.Fatal(errs)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	page := elements(t, string(text))
	texts := func(name string, wanted func(*node) bool) (list []string) {
		for _, n := range page[name] {
			if wanted(n) {
				list = append(list, strings.TrimSpace(n.text.String()))
			}
		}
		return list
	}
	all := func(*node) bool { return true }
	heads := texts("h3", all)
	for _, want := range []string{"Bad (AWS::WorkSpaces::Workspace)", "Open (AWS::WorkSpaces::Workspace)", "The update of Fine (AWS::WorkSpaces::Workspace)"} {
		if !slices.Contains(heads, want) {
			t.Errorf("no heading %q in %q", want, heads)
		}
	}
	verdicts := texts("p", func(n *node) bool {
		return slices.ContainsFunc(n.in, func(in *node) bool { return in.name == "span" && strings.HasPrefix(in.class, "verdict ") })
	})
	want := []string{"denied", "Fine (AWS::WorkSpaces::Workspace): allowed", "allowed, as far as the template tells", "denied"}
	if !slices.Equal(verdicts, want) {
		t.Errorf("%q, want %q", verdicts, want)
	}
	if h2 := texts("h2", all); !slices.ContainsFunc(h2, func(s string) bool { return strings.HasSuffix(s, " in us-east-1") }) {
		t.Errorf("no Region in %q", h2)
	}
	if quiet := texts("p", func(n *node) bool { return n.class == "quiet" }); !slices.Contains(quiet, "Resources and changes of other types: 2.") {
		t.Errorf("%q", quiet)
	}
	items := texts("li", func(n *node) bool {
		return slices.ContainsFunc(n.in, func(in *node) bool { return in.name == "code" && in.text.String() == "Properties.Tags[0].Key" })
	})
	if !slices.ContainsFunc(items, func(s string) bool { return strings.HasPrefix(s, "must bundles.tag-reserved: ") }) {
		t.Errorf("%q", items)
	}
}
