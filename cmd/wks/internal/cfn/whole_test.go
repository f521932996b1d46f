package cfn

import (
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/finding"
)

// whole returns all that an answer says: its verdict, and each finding, line and open question.
func (e entry) whole() []string {
	list := []string{e.Verdict}
	for _, f := range e.Findings {
		list = append(list, f.Code+" "+f.Path+": "+f.Detail)
	}
	for _, said := range []struct {
		as   string
		list []string
	}{{"", e.Lines}, {"undocumented: ", e.Undocumented}, {"not given: ", e.NotGiven}} {
		for _, text := range said.list {
			list = append(list, said.as+text)
		}
	}
	return list
}

// says fails if answers, each behind its resource, are not those that are wanted.
func says(t *testing.T, name string, answers []entry, want ...string) {
	t.Helper()
	var got []string
	for _, e := range answers {
		got = append(got, e.Resource+": "+strings.Join(e.whole(), "\n\t"))
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

const (
	minutesAt = "Properties.WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes"
	twenty    = "bundles.auto-stop-minutes " + minutesAt + ": "
)

// stopping is a template with a WorkSpace that stops by itself.
func stopping(head, minutes string) string {
	return desktop(head, "      WorkspaceProperties: {RunningMode: AUTO_STOP, RunningModeAutoStopTimeoutInMinutes: "+minutes+"}\n")
}

// All that is said of a WorkSpace.
func TestAnswers(t *testing.T) {
	with := func(template, line string) string {
		return strings.Replace(template, "    Properties:", "    "+line+"\n    Properties:", 1)
	}
	whole := func(lines ...string) string { return "W: " + strings.Join(lines, "\n\t") }
	const two = "Parameters: {A: {Type: String, AllowedValues: [x, y]}, B: {Type: String, AllowedValues: [x, y]}}\nConditions: {IsA: !Equals [!Ref A, x], IsB: !Equals [!Ref B, x], Both: !And [{Condition: IsA}, {Condition: IsB}]}"
	const is20 = "20 is not a positive multiple of 60"
	for name, tt := range map[string]struct{ template, want string }{
		"sound":   {desktop("", ""), "W: allowed"},
		"minutes": {stopping("", "20"), whole("denied", twenty+is20)},
		"macros": {desktop("Transform: [Shape, {Name: 'AWS::Include'}, AWS::LanguageExtensions, {Name: 5}]", ""),
			whole("allowed", "not given: the macro Shape may change it", "not given: the macro AWS::Include may change it")},
		"a condition that is open":      {with(desktop("Conditions: {Open: !Equals [!ImportValue x, a]}", ""), "Condition: Open"), whole("allowed", "not given: whether it is made depends on the condition Open")},
		"a condition that is not there": {with(desktop("", ""), "Condition: Never"), whole("denied", "cfn.reference-unknown Condition: the template has no condition Never")},
		"a condition that fails":        {with(stopping("Conditions: {Never: !Equals [a, b]}", "20"), "Condition: Never"), whole("allowed", "it is not made where the condition Never does not hold")},
		"a condition that holds":        {with(stopping("Conditions: {Always: !Equals [a, a]}", "20"), "Condition: Always"), whole("denied", twenty+is20)},
		"a condition of a parameter": {with(stopping("Parameters: {P: {Type: String}}\nConditions: {C: !Equals [!Ref P, a]}", "20"), "Condition: C"),
			whole("denied", twenty+"with P a: "+is20, "it is not made where the condition C does not hold")},
		"one value of three":            {stopping("Parameters: {M: {Type: Number, AllowedValues: [60, 20, 120]}}", "!Ref M"), whole("denied", twenty+"with M 20: "+is20)},
		"two values of three":           {stopping("Parameters: {M: {Type: Number, AllowedValues: [60, 20, 61]}}", "!Ref M"), whole("denied", twenty+"with M 20: "+is20, twenty+"with M 61: 61 is not a positive multiple of 60")},
		"two stages of three":           {stopping("Parameters: {S: {Type: String, AllowedValues: [a, b, c]}}\nConditions: {C: !Equals [!Ref S, b]}", "!If [C, 60, 20]"), whole("denied", twenty+"with S a or c: "+is20)},
		"every value":                   {stopping("Parameters: {S: {Type: String, AllowedValues: [a, b]}}\nConditions: {C: !Equals [!Ref S, b]}", "!If [C, 20, '20']"), whole("denied", twenty+is20)},
		"one of two parameters":         {strings.Replace(stopping(two, "!If [IsB, 20, 60]"), "UserName: ann", "UserName: !Ref A", 1), whole("denied", twenty+"with B x: "+is20)},
		"both":                          {stopping(two, "!If [Both, 20, 60]"), whole("denied", twenty+"with A x, B x: "+is20)},
		"either":                        {stopping(two, "!If [IsA, !If [IsB, 20, 60], !If [IsB, 60, 20]]"), whole("denied", twenty+"with some values of A, B: "+is20)},
		"hidden values":                 {stopping("Parameters: {M: {Type: Number, NoEcho: true, AllowedValues: [60, 20]}}", "!Ref M"), whole("denied", twenty+"with some values of M: "+hidden)},
		"properties that are not known": {"Resources: {W: {Type: AWS::WorkSpaces::Workspace, Properties: !ImportValue x}}", whole("allowed", "not given: Properties: is Fn::ImportValue, which the template alone does not tell")},
		"properties of no value":        {"Resources: {W: {Type: AWS::WorkSpaces::Workspace, Properties: !Ref 'AWS::NoValue'}}", "W: allowed"},
		"properties in a list":          {"Resources: {W: {Type: AWS::WorkSpaces::Workspace, Properties: []}}", whole("denied", "cfn.property-invalid Properties: it is not an object")},
		"a member that is none":         {desktop("", "      Bundle: a\n"), whole("denied", `cfn.property-invalid Properties: "Bundle" is not a member of this object`)},
		"a number that is none":         {stopping("", "many"), whole("denied", `cfn.property-invalid `+minutesAt+`: "many" is not a number`)},
		"tags in no list":               {desktop("", "      Tags: {Key: a}\n"), whole("denied", `cfn.property-invalid Properties.Tags: "{…" is not a list`)},
		"a member below":                {desktop("", "      WorkspaceProperties: {Protocol: x}\n"), whole("denied", `cfn.property-invalid Properties.WorkspaceProperties: "Protocol" is not a member of this object`)},
		"a key of no known Region":      {desktop("", "      RootVolumeEncryptionEnabled: true\n      VolumeEncryptionKey: 'arn:aws:kms:us-iso-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'\n"), whole("undocumented", "undocumented: no document names the partition of us-iso-east-1")},
		"a hidden number":               {stopping("Parameters: {P: {Type: String, NoEcho: true, Default: many}}", "!Ref P"), whole("denied", "cfn.property-invalid "+minutesAt+": "+hidden)},
		"a hidden value elsewhere":      {desktop("Parameters: {P: {Type: String, NoEcho: true, Default: x}}", "      Tags: [{Key: 'aws:a', Value: !Ref P}]\n"), whole("denied", "bundles.tag-reserved Properties.Tags[0].Key: "+hidden)},
		"a number not written so":       {stopping("", "6e1.0"), whole("denied", `cfn.property-invalid `+minutesAt+`: "6e1.0" is not a number`)},
		"a number with a point":         {stopping("", "20.0"), whole("undocumented", "undocumented: "+minutesAt+": no document says whether CloudFormation takes 20.0 for a whole number")},
		"a map that has not":            {desktop("Mappings: {M: {a: {b: c}}}", "      Tags: [{Key: k, Value: !FindInMap [M, a, x]}]\n"), whole("denied", "cfn.reference-unknown Properties.Tags[0].Value: asks Fn::FindInMap for x, which is not in the map")},
		"a key that is not known": {desktop("", "      VolumeEncryptionKey: !ImportValue k\n      RootVolumeEncryptionEnabled: true\n      UserVolumeEncryptionEnabled: true\n"),
			whole("allowed", "not given: Properties.VolumeEncryptionKey: is Fn::ImportValue, which the template alone does not tell")},
		"what is not known breaks no rule": {strings.Replace(desktop("", ""), "BundleId: wsb-b0s22j3d7", "BundleId: !ImportValue b", 1), whole("allowed", "not given: Properties.BundleId: is Fn::ImportValue, which the template alone does not tell")},
		"what is left out does":            {strings.Replace(desktop("", ""), "      BundleId: wsb-b0s22j3d7\n", "", 1), whole("denied", "wks.required-member-missing Properties.BundleId: is required")},
	} {
		says(t, name, check(t, tt.template).Inputs[0].Resources, tt.want)
	}
}

// A pool is asked about as one, and a description that is not known is none that lacks.
func TestAnswersOfPool(t *testing.T) {
	const ends = "bundles.pools-end Properties: WorkSpaces Pools ends on 2027-12-31"
	for more, want := range map[string]string{
		"":                              "P: allowed\n\t" + ends + "\n\tnot given: Properties.Description: is not given; CloudFormation does not require it, and the API does",
		"Description: d, ":              "P: allowed\n\t" + ends,
		"Description: !ImportValue d, ": "P: allowed\n\t" + ends + "\n\tnot given: Properties.Description: is Fn::ImportValue, which the template alone does not tell",
		"Capacity: x, Description: d, ": `P: denied` + "\n\t" + `cfn.property-invalid Properties.Capacity: "x" is not an object`,
	} {
		template := "Resources: {P: {Type: AWS::WorkSpaces::WorkspacesPool, Properties: {" + more + "PoolName: pool, BundleId: wsb-b0s22j3d7, DirectoryId: wsd-906732325d, Capacity: {DesiredUserSessions: 1}}}}"
		if strings.HasPrefix(more, "Capacity") {
			template = strings.Replace(template, ", Capacity: {DesiredUserSessions: 1}", "", 1)
		}
		says(t, more, check(t, template).Inputs[0].Resources, want)
	}
}

// The rules of no edition answer nothing: that is an error, with the resource.
func TestNoRules(t *testing.T) {
	all := options{}
	named := strings.NewReplacer("SPEC", "RSA_2048", "ENABLED", "true", "NAME", "!GetAtt Key.Arn").Replace(key)
	registration := strings.NewReplacer("INLINE", "SecurityGroupIngress: []", "SECOND", "10.0.2.0/24", "DIRECTORY", "", "NAMED", "!Ref Group", "MORE", "").Replace(registering)
	rules := wks.Newest()
	bare := rules
	bare.Encryption = all.rules.Encryption
	blind := rules
	blind.Network = all.rules.Network
	for _, tt := range []struct {
		name, template, region string
		rules                  wks.Rules
		want                   string
	}{
		{"a WorkSpace", desktop("", ""), "", wks.Rules{}, "resource W: wks: Check: "},
		{"a key", named, "", bare, "Edition: "},
		{"a security group", registration, "eu-west-1", blind, "resource Registration: Edition: "},
	} {
		o := options{rules: tt.rules}
		var s section
		s.Region = tt.region
		err := o.template(&s, asking(t, tt.template, "", nil).template, nil)
		if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	if rep, err := all.run("-", strings.NewReader(desktop("", "")), finding.Report{}); rep != nil || err == nil || !strings.HasPrefix(err.Error(), "standard input: resource W: wks: Check: ") {
		t.Errorf("%v, %v", rep, err)
	}
}
