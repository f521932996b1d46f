package tfplan

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"github.com/hashicorp/go-version"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

// A link tells whether it names a block without an index, whether it takes all instances of one, and what chooses among them.
func TestKindsOfLinks(t *testing.T) {
	p := planInModule(t)
	p.variables = map[string]any{"known": "x"}
	for _, tt := range []struct {
		module, reference string
		complete          bool
		exact, all, bare  bool
	}{
		{"", "aws_vpc.v", true, true, true, true},
		{"", "aws_vpc.v.id", true, true, true, true},
		{"", "aws_vpc.gone", false, false, true, true},
		{"module.m", "aws_vpc.w", true, false, true, true},
		{"module.m", "aws_vpc.w[1]", true, true, true, false},
		{"module.m", "aws_subnet.s.vpc_id", true, true, true, true},
		{"module.m", "var.vpc", true, true, true, true},
		{"module.m", "var.late", false, false, false, false},
		{"", "var.known", true, false, false, false},
		{"", "var.other", false, false, false, false},
		{"", "local.x", false, false, false, false},
		{"", "each.key", false, false, false, false},
		{"", "module.m.vpcs", true, false, true, true},
		{"", "module.m.vpcs[0]", true, true, true, false},
		{"", "module.m.vpcs[2]", true, false, false, true},
		{"", "module.m.one", true, true, true, false},
		{"", "module.m.mixed", true, false, true, false},
	} {
		l := p.followed(tt.module, tt.reference)
		if l.complete != tt.complete || l.exact != tt.exact || l.all != tt.all || l.bare != tt.bare || l.mixed || l.chooser != "" || l.assumed != "" {
			t.Errorf("%s in %q: complete %t, exact %t, all %t, bare %t, mixed %t, chosen by %q, assumed %q", tt.reference, tt.module, l.complete, l.exact, l.all, l.bare, l.mixed, l.chooser, l.assumed)
		}
	}
}

// What chooses an instance is kept with a reference to a block alone, if there is one such choice.
func TestChoosers(t *testing.T) {
	const each = `{"constant_value": {"a": "x"}}`
	keys := []string{instance("", "aws_kms_key", "k", `"x"`, "{}", `{"id": true}`), instance("", "aws_kms_key", "k", `"y"`, "{}", `{"id": true}`), instance("", "aws_kms_key", "c", "", "{}", `{"id": true}`)}
	for _, tt := range []struct {
		references []string
		each       string
		chooser    string
		exact, all bool
		mixed      bool
	}{
		{[]string{"aws_kms_key.k", "each.key"}, each, "each.key", false, false, false},
		{[]string{"aws_kms_key.k", "count.index"}, each, "count.index", false, false, false},
		{[]string{"aws_kms_key.k", "each.key", "count.index"}, each, "", false, false, false},
		{[]string{`aws_kms_key.k["x"]`, "each.key"}, each, "", false, false, false},
		{[]string{"aws_kms_key.c", "each.key"}, each, "each.key", false, false, false},
		{[]string{"aws_kms_key.k"}, each, "", false, true, false},
		{[]string{"aws_kms_key.c"}, each, "", true, true, false},
		{[]string{"aws_kms_key.k", "each.value.key"}, each, "each.value.key", false, false, false},
		{[]string{"aws_kms_key.k", "each.value["}, each, "each.value[", false, false, false},
		{[]string{"each.value.arn"}, refs("aws_kms_key.k"), "each.key", false, false, false},
		{[]string{"each.value.arn"}, refs("aws_kms_key.c.arn", "aws_kms_key.c"), "", true, false, true},
		{[]string{"each.value.arn"}, refs("aws_kms_key.c.arn", "aws_kms_key.k.arn"), "", false, false, true},
	} {
		text := slices.Clone(tt.references)
		p := parsed(t, planWith(configOf(forEach("aws_workspaces_workspace", "w", "volume_encryption_key", refs(text...), tt.each)), "[]", keys...))
		e := p.config.blocks[[3]string{"managed", "aws_workspaces_workspace", "w"}].arguments["volume_encryption_key"]
		l := p.follow("", e)
		if l.chooser != tt.chooser || l.exact != tt.exact || l.all != tt.all || l.mixed != tt.mixed {
			t.Errorf("%q for %s: chosen by %q, exact %t, all %t, mixed %t", tt.references, tt.each, l.chooser, l.exact, l.all, l.mixed)
		}
	}
}

// A resource says a thing once. What a document leaves open is told with its place, that of another object with its address, and statements that
// disagree with both.
func TestOpenQuestions(t *testing.T) {
	o, other := &object{address: "a.b", action: create}, &object{address: "c.d"}
	day := rule.MustParseEdition("2026-09-10")
	cites := [2]rule.Citation{{Document: "One", Section: "First", Date: day}, {Document: "Two", Section: "Second"}}
	r := newResource(o, location{code: "eu-west-1"})
	for range 2 {
		r.open(place{object: o}, rule.Open{By: rule.ByDocuments, Reason: "nobody says"})
		r.open(place{object: o, attr: attr{path: "x[0]"}}, rule.Open{By: rule.ByDocuments, Reason: "nobody says"})
		r.open(place{object: other, attr: attr{path: "y"}}, rule.Open{By: rule.ByContradiction, Reason: "two say", Cites: cites})
		r.open(place{object: other}, rule.Open{By: rule.ByInput, Reason: "it is not given"})
		r.open(place{object: o, attr: attr{path: "z", sensitive: true}}, rule.Open{By: rule.ByInput, Reason: "it is 7"})
		r.notGiven("%s of %s", words("this"), count(3))
	}
	if want := []words{"nobody says", "x[0]: nobody says", `c.d: y: two say (One, "First", 2026-09-10, and Two, "Second")`}; !slices.Equal(r.Undocumented, want) {
		t.Errorf("%q", r.Undocumented)
	}
	if want := []words{"c.d: it is not given", "z: the value is sensitive and is not shown", "this of 3"}; !slices.Equal(r.NotGiven, want) || r.undecided {
		t.Errorf("%q, %t", r.NotGiven, r.undecided)
	}
	if r.undecide("%s", words("the Region")); !r.undecided || r.NotGiven[3] != "the Region" {
		t.Errorf("%q, %t", r.NotGiven, r.undecided)
	}
	if r.Region != "eu-west-1" || r.region.code != "eu-west-1" || r.Address != "a.b" || r.Action != create || r.Verdict != rule.Allowed {
		t.Errorf("%+v", r)
	}
	r.locate(location{code: "eu-west-2", secret: true})
	if r.Region != "a Region that is not shown" {
		t.Errorf("%q", r.Region)
	}
}

// A resource is denied by a must, which comes first; else it is undocumented while a question is open that decides.
func TestConclusions(t *testing.T) {
	must, should := finding{Level: rule.Must, Code: "a.must"}, finding{Level: rule.Should, Code: "a.should"}
	for _, tt := range []struct {
		is   resource
		want rule.Verdict
	}{
		{resource{}, rule.Allowed},
		{resource{NotGiven: []words{"x"}}, rule.Allowed},
		{resource{Findings: []finding{should}}, rule.Allowed},
		{resource{Undocumented: []words{"x"}}, rule.Undocumented},
		{resource{undecided: true}, rule.Undocumented},
		{resource{Findings: []finding{should}, undecided: true}, rule.Undocumented},
		{resource{Findings: []finding{should, must}, Undocumented: []words{"x"}}, rule.Denied},
		{resource{Findings: []finding{must}}, rule.Denied},
	} {
		r := tt.is
		r.Verdict = rule.Allowed
		if r.conclude(); r.Verdict != tt.want || len(r.Findings) == 2 && r.Findings[0].Code != must.Code {
			t.Errorf("%+v: %s, want %s", tt.is, r.Verdict, tt.want)
		}
		r = tt.is
		r.Verdict = rule.Denied // by the VPC of a directory
		if r.conclude(); r.Verdict != rule.Denied {
			t.Errorf("%+v: %s where it is denied", tt.is, r.Verdict)
		}
	}
}

// The summary counts verdicts, findings, desktops that are destroyed and what is not given, and the documents are those that are cited.
func TestSums(t *testing.T) {
	document := wks.Documents()[0].Key
	rep := &report{Unchanged: 9, Resources: []*resource{
		{Verdict: rule.Allowed, NotGiven: []words{"a", "b"}},
		{Verdict: rule.Allowed, Findings: []finding{{Level: rule.Should}}},
		{Verdict: rule.Allowed},
		{Verdict: rule.Denied, Findings: []finding{{Level: rule.Must, Cite: rule.Citation{Document: document}}, {Level: rule.Must, Code: desktopDestroyed}, {Level: rule.Should, Code: desktopDestroyed}, {Level: rule.Must}}, NotGiven: []words{"c"}},
		{Verdict: rule.Denied, Findings: []finding{{Level: rule.Must}}},
		{Verdict: rule.Undocumented},
	}}
	rep.sumUp()
	const line = "3 allowed, 2 denied, 1 undocumented; desktops destroyed: 2; findings: 4 must, 2 should; not given: 3; unchanged: 9"
	if want := (summary{Allowed: 3, Denied: 2, Undocumented: 1, Destroyed: 2, Must: 4, Should: 2, NotGiven: 3, Line: line}); rep.Summary != want {
		t.Errorf("%+v", rep.Summary)
	}
	if len(rep.Documents) != 1 || rep.Documents[0].Key != document {
		t.Errorf("%+v", rep.Documents)
	}
}

// What is not given of several instances of a block is said once, of the first, with how many there are.
func TestSaidOfInstances(t *testing.T) {
	lacks := func(module, index string) string {
		return instance(module, "aws_workspaces_workspace", "w", index, "{"+strings.Replace(desk("x", sound), `"user_name": "x"`, `"user_name": "`+index[1:2]+`"`, 1)+"}", `{"id": true, "bundle_id": true}`)
	}
	_, rep := reportOn(t, planOf(lacks("", `"a"`), lacks("", `"b"`), lacks("", `"c"`), lacks("module.m", `"d"`),
		change("aws_workspaces_workspace", "v", `"create"`, "null", "{"+desk("y", sound)+"}", `{"id": true, "bundle_id": true}`)))
	const text = "bundle_id: not known until apply"
	want := map[words][]words{
		`aws_workspaces_workspace.w["a"]`: {text + " (this holds for 3 instances)"}, `aws_workspaces_workspace.w["b"]`: {}, `aws_workspaces_workspace.w["c"]`: {},
		`module.m.aws_workspaces_workspace.w["d"]`: {text}, "aws_workspaces_workspace.v": {text},
	}
	for _, r := range rep.Resources {
		if !slices.Equal(r.NotGiven, want[r.Address]) {
			t.Errorf("%s: %q, want %q", r.Address, r.NotGiven, want[r.Address])
		}
	}
	if len(rep.Resources) != len(want) || rep.Summary.NotGiven != 3 {
		t.Errorf("%d resources, %d are not given", len(rep.Resources), rep.Summary.NotGiven)
	}
	_, out, _ := tfplan(t, planOf(lacks("", `"a"`), lacks("", `"b"`)))
	if strings.Count(out, "ALLOWED, as far as the plan tells") != 2 || strings.Count(out, "\n    not given: ") != 1 {
		t.Errorf("%s", out)
	}
}

// Of several plans the status is that a rule is broken in one, or else that a question of one is open.
func TestStatusOfPlans(t *testing.T) {
	clean, open, broken := planOf(createWorkspace("w", desk("x", sound))), planOf(createWorkspace("w", desk("x", size("POWER", 80, 100)))), planOf(createWorkspace("w", desk("x", size("POWER", 80, 200))))
	for _, tt := range []struct {
		plans  []string
		status int
	}{
		{[]string{clean}, exitClean}, {[]string{open}, exitUnanswered}, {[]string{broken}, exitBroken},
		{[]string{clean, clean}, exitClean}, {[]string{clean, open}, exitUnanswered}, {[]string{open, clean}, exitUnanswered},
		{[]string{open, broken}, exitBroken}, {[]string{broken, open}, exitBroken}, {[]string{broken, clean}, exitBroken}, {[]string{clean, broken, open}, exitBroken},
	} {
		dir := t.TempDir()
		for i, p := range tt.plans {
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(i, ".json")), []byte(p), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		var out, errs strings.Builder
		if status := cli.Run(Command(), []string{dir}, nil, &out, &errs); status != tt.status || errs.Len() > 0 || strings.Count(out.String(), "Terraform plan for Amazon WorkSpaces") != len(tt.plans) {
			t.Errorf("%d plans: status %d, want %d, %s", len(tt.plans), status, tt.status, errs.String())
		}
		for _, form := range []string{"--sarif", "--junit", "--html=page", "--write-baseline=base"} {
			out.Reset()
			errs.Reset()
			if name, _, ok := strings.Cut(form, "="); ok {
				form = name + "=" + filepath.Join(t.TempDir(), "out")
			}
			status := cli.Run(Command(), []string{dir, form}, nil, &out, &errs)
			want := fmt.Sprintf("tfplan: %d plans are in %s, and --html, --sarif, --junit and --write-baseline are for one\n", len(tt.plans), dir)
			if one := len(tt.plans) == 1; one != (errs.Len() == 0) || !one && (status != exitUnanswered || errs.String() != want || out.Len() > 0) {
				t.Errorf("%s of %d plans: status %d, %s", form, len(tt.plans), status, errs.String())
			}
		}
	}
	var out, errs strings.Builder
	if status := cli.Run(Command(), []string{"--region", "Ireland"}, nil, &out, &errs); status != exitUnanswered || !strings.HasPrefix(errs.String(), "tfplan: --region: ") || out.Len() > 0 {
		t.Errorf("status %d, %s", status, errs.String())
	}
}

// A plan is found behind text with braces that are no objects, as long as they do not cost more than the text is long.
func TestPlanBehindBraces(t *testing.T) {
	plan := strings.ReplaceAll(planOf(), "\n", " ")
	for _, tt := range []struct {
		before    string
		documents int
		others    int
	}{
		{"", 1, 0},
		{"x\n\ny\n", 1, 2},
		{"{}{ }{\n", 1, 1},
		{`{"a": 1}` + "\n", 1, 1},
		{`{"a": 1]` + "\n", 1, 1},
		{strings.Repeat(`{"a":1]`, 900), 1, 1},
		{strings.Repeat(`{"a":1]`, 1200), 0, 1},
	} {
		documents, others := findDocuments([]byte(tt.before + plan))
		if len(documents) != tt.documents || tt.documents == 1 && (others != tt.others || string(documents[0]) != plan) {
			t.Errorf("%.20q: %d documents, %d others", tt.before, len(documents), others)
		}
	}
	documents, others := findDocuments([]byte("a\n" + plan + "b\n \nc\n" + plan + plan + "\nd"))
	if len(documents) != 3 || others != 4 {
		t.Errorf("%d documents, %d others", len(documents), others)
	}
	if documents, _ := findDocuments([]byte("x {\n\t \"format_version\": \"1.0\"}")); len(documents) != 1 {
		t.Errorf("with space behind the brace: %d documents", len(documents))
	}
}

// A key is what its resource or data source tells of it, if that is the key of the ARN.
func TestKeysOfObjects(t *testing.T) {
	of := func(mode string, fields ...field) *object {
		slices.SortFunc(fields, func(a, b field) int { return strings.Compare(a.name, b.name) })
		return &object{typ: "aws_kms_key", mode: mode, after: attr{value: members(fields)}}
	}
	arn, other := field{"arn", keyARN}, strings.Replace(keyARN, "1234abcd", "5678abcd", 1)
	told := []field{arn, {"key_manager", "AWS"}, {"key_spec", "RSA_2048"}, {"key_state", "Enabled"}, {"customer_master_key_spec", "SYMMETRIC_DEFAULT"}}
	for name, tt := range map[string]struct {
		o    *object
		arn  string
		want encryption.Key
	}{
		"nothing":                      {nil, keyARN, encryption.Key{}},
		"an alias":                     {&object{typ: "aws_kms_alias", after: attr{value: members{arn}}}, keyARN, encryption.Key{}},
		"a data source":                {of("data", told...), keyARN, encryption.Key{ARN: keyARN, Manager: "AWS", Spec: "RSA_2048", State: "Enabled"}},
		"a data source of another key": {of("data", told...), other, encryption.Key{}},
		"a data source of any key":     {of("data", told...), "", encryption.Key{Manager: "AWS", Spec: "RSA_2048", State: "Enabled"}},
		"a resource":                   {of("managed", told...), keyARN, encryption.Key{ARN: keyARN, Manager: "CUSTOMER", Spec: "SYMMETRIC_DEFAULT", State: "Enabled"}},
		"one that is enabled":          {of("managed", arn, field{"is_enabled", true}), keyARN, encryption.Key{ARN: keyARN, Manager: "CUSTOMER", State: "Enabled"}},
		"one that is disabled":         {of("managed", arn, field{"is_enabled", false}), keyARN, encryption.Key{ARN: keyARN, Manager: "CUSTOMER", State: "Disabled"}},
		"one of which that is unknown": {of("managed", arn), keyARN, encryption.Key{ARN: keyARN, Manager: "CUSTOMER"}},
	} {
		if got := keyOf(tt.o, tt.arn); got != tt.want {
			t.Errorf("%s: %+v, want %+v", name, got, tt.want)
		}
	}
}

// Another name may be that of the same key if the state has an ARN, and the plan gives none.
func TestNamesOfTheSameKey(t *testing.T) {
	for _, tt := range []struct {
		is, becomes string
		secret      bool
		want        bool
	}{
		{keyARN, "alias/desktops", false, true}, {keyARN, "1234abcd-12ab-34cd-56ef-1234567890ab", false, true}, {keyARN, "arn:aws:kms:eu-west-1:123456789012:alias/desktops", false, true},
		{keyARN, keyARN, false, false}, {keyARN, "", false, false}, {"alias/desktops", "alias/other", false, false}, {"", "alias/desktops", false, false}, {keyARN, "alias/desktops", true, false},
	} {
		of := func(s string) attr { return attr{value: members{{"volume_encryption_key", s}}} }
		o := &object{before: of(tt.is), after: of(tt.becomes)}
		if tt.secret {
			o.before.sensitive = true
		}
		if got := (&checker{}).sameKey(o); got != tt.want {
			t.Errorf("%q for %q, secret %t: %t", tt.becomes, tt.is, tt.secret, got)
		}
	}
}

// A destination matters if it is of IPv4, and not all of it, or if it is not known what it is.
func TestDestinationsThatMatter(t *testing.T) {
	for text, want := range map[string]bool{"10.0.0.0/8": true, "0.0.0.0/1": true, "0.0.0.0/0": false, "::/0": false, "2001:db8::/32": false, "x": true, "": true} {
		if takesRange(attr{value: text}) != want {
			t.Errorf("%q: %t", text, !want)
		}
	}
	if !takesRange(attr{unknown: true}) {
		t.Error("what is not known does not matter")
	}
	for _, tt := range []struct {
		kind, tenancy string
		want          words
	}{{"POOLS", "", "WorkSpaces Pools"}, {"POOLS", "DEDICATED", "WorkSpaces Pools"}, {"PERSONAL", "DEDICATED", "BYOL WorkSpaces"}, {"PERSONAL", "SHARED", ""}, {"", "", ""}} {
		if got := otherKind(&object{after: attr{value: members{{"tenancy", tt.tenancy}, {"workspace_type", tt.kind}}}}); got != tt.want {
			t.Errorf("%+v: %q", tt, got)
		}
	}
}

// What is about all IP groups stands at the last that is created, by its address; of what the plan does not change nothing is told.
func TestPlacesOfIPGroups(t *testing.T) {
	of := func(address words, a action) *object { return &object{address: address, action: a} }
	groups := []*object{of("a", create), of("c", create), of("b", create), of("d", update), of("e", unchanged)}
	directories := []*object{of("f", unchanged), of("g", update)}
	for path, want := range map[rule.Path]words{
		"Result[0].UserRules": "a: rules", "Result[3]": "d: rules", "Result[4].UserRules": "", "Directories[0].IpGroupIds": "f: ip_group_ids", "Directories[1]": "g: ip_group_ids", "": "c", "Result": "c",
	} {
		p := ipGroupPlace(path, groups, directories)
		got := words("")
		if p.object != nil {
			got = p.word()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	if p := ipGroupPlace("", groups[3:], nil); p.object != nil {
		t.Errorf("without one that is created: %v", p.object.address)
	}
}

// An element of a list is at its index, and what is below it too.
func TestElementOf(t *testing.T) {
	for path, want := range map[rule.Path]int{"Tags[0]": 0, "Tags[12].Key": 12, "Tags": -1, "Tags[x]": -1, "Tags[1": -1, "Other[0]": -1, "": -1} {
		if i, ok := elementOf("Tags", path); ok != (want >= 0) || ok && i != want {
			t.Errorf("%s: %d, %t", path, i, ok)
		}
	}
	request := map[string]any{}
	set(request, []string{"A"}, 1)
	set(request, []string{"B", "C"}, 2)
	set(request, []string{"B", "D", "E"}, 3)
	if got, want := fmt.Sprint(request), "map[A:1 B:map[C:2 D:map[E:3]]]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// A lock file counts for a plan, and tells nothing of a state. What cannot be used of it is said.
func TestLocksOfPlans(t *testing.T) {
	five := version.Must(version.NewVersion("5.100.0"))
	for _, tt := range []struct {
		name    string
		state   bool
		l       *lock
		version *version.Version
		notes   []words
	}{
		{"none", false, nil, nil, nil},
		{"a version", false, &lock{file: "f", version: five}, five, nil},
		{"a version, of a state", true, &lock{file: "f", version: five}, nil, nil},
		{"no version", false, &lock{file: "f"}, nil, nil},
		{"one that cannot be used", false, &lock{file: "f", wrong: errors.New("it is odd")}, nil, []words{"f cannot be used: it is odd"}},
		{"one that cannot be used, of a state", true, &lock{file: "f", wrong: errors.New("it is odd")}, nil, nil},
	} {
		p := &plan{state: tt.state}
		if p.lockedBy(tt.l); p.release.version != tt.version || !slices.Equal(p.release.notes, tt.notes) || (p.release.named == "") != (tt.version == nil) {
			t.Errorf("%s: %+v", tt.name, p.release)
		}
	}
}

// What a plan tells of an end of a migration is the compute type of its block, or that of the bundle; system and licence are told of AWS's own bundles alone.
func TestEndsOfMigrations(t *testing.T) {
	bundle := func(owner string) string {
		return dataOf("aws_workspaces_bundle", "b", `"id": "wsb-1", "owner": "`+owner+`", "name": "Power with Windows 10 (Server 2019 based)", "compute_type": [{"name": "POWER"}]`)
	}
	for _, tt := range []struct {
		state, id string
		want      migrate.Desktop
		of        int
	}{
		{bundle("AMAZON"), "wsb-1", migrate.Desktop{BundleID: "wsb-1", Compute: "POWER", License: migrate.Public, OS: types.OperatingSystemNameWindowsServer2019}, 3},
		{bundle("123456789012"), "wsb-1", migrate.Desktop{BundleID: "wsb-1", Compute: "POWER"}, 3},
		{bundle("AMAZON"), "wsb-2", migrate.Desktop{BundleID: "wsb-2", Compute: "VALUE"}, 2},
		{strings.Replace(bundle("AMAZON"), `, "compute_type": [{"name": "POWER"}]`, "", 1), "wsb-1", migrate.Desktop{BundleID: "wsb-1", Compute: "VALUE", License: migrate.Public, OS: types.OperatingSystemNameWindowsServer2019}, 3},
		{dataOf("aws_vpc", "v", `"id": "wsb-1"`), "wsb-1", migrate.Desktop{BundleID: "wsb-1", Compute: "VALUE"}, 2},
	} {
		c := &checker{plan: parsed(t, planWith("{}", "["+tt.state+"]"))}
		got, of := c.desktop(attr{value: members{{"bundle_id", tt.id}, {"workspace_properties", []any{members{{"compute_type_name", "VALUE"}}}}}})
		if got != tt.want || len(of) != tt.of || of[0].text() != tt.id {
			t.Errorf("%s: %+v, want %+v; %d attributes", tt.state, got, tt.want, len(of))
		}
	}
}
