package cfn

import (
	"fmt"
	"strings"
	"testing"
)

// changeOf is a change to a WorkSpace in a change set.
func changeOf(id, members string, properties ...string) string {
	var details []string
	for _, name := range properties {
		details = append(details, `{"Target": {"Attribute": "Properties", "Name": "`+name+`"}}`)
	}
	details = append(details, `{"Target": {"Attribute": "Tags", "Name": "BundleId"}}`)
	return fmt.Sprintf(`{"ResourceChange": {"LogicalResourceId": %q, "ResourceType": "AWS::WorkSpaces::Workspace", %s, "Details": [%s]}}`, id, members, strings.Join(details, ", "))
}

// All that a change set says, whole.
func TestAnswersOfChangeSet(t *testing.T) {
	const (
		destroyed = "cfn.desktop-destroyed Properties: "
		refused   = "cfn.update-not-supported Properties.%s: CloudFormation does not update it unless the WorkSpace is replaced"
	)
	whole := func(id string, lines ...string) string { return id + ": " + strings.Join(lines, "\n\t") }
	set := func(more string, changes ...string) string {
		return `{"ChangeSetId": "arn:x", "StackName": "desktops", ` + more + `"Changes": [` + strings.Join(changes, ", ") + "]}"
	}
	rep := check(t, set("",
		changeOf("A", `"Action": "Remove", "PhysicalResourceId": "ws-1"`),
		changeOf("B", `"Action": "Remove", "PolicyAction": "Delete"`),
		changeOf("C", `"Action": "Remove", "PolicyAction": "Retain"`),
		changeOf("D", `"Action": "Modify", "Replacement": "True", "PhysicalResourceId": "ws-4"`, "UserName", "BundleId", "UserName"),
		changeOf("E", `"Action": "Modify", "Replacement": "True", "PolicyAction": "ReplaceAndDelete"`),
		changeOf("F", `"Action": "Modify", "Replacement": "True", "PolicyAction": "ReplaceAndRetain"`, "BundleId"),
		changeOf("G", `"Action": "Modify", "Replacement": "False", "PhysicalResourceId": "ws-7"`, "BundleId", "Tags", "VolumeEncryptionKey", "BundleId"),
		changeOf("H", `"Action": "Modify", "Replacement": "Conditional", "PhysicalResourceId": "ws-8"`, "UserName", "BundleId"),
		changeOf("I", `"Action": "Modify", "Replacement": "Conditional"`),
		changeOf("J", `"Action": "Dynamic", "PhysicalResourceId": "ws-10"`, "BundleId"),
		changeOf("K", `"Action": "Add"`, "BundleId"),
		changeOf("L", `"Action": "Import", "Replacement": "True"`, "BundleId"),
		changeOf("M", `"Action": "Add", "Replacement": "Conditional"`),
		`{"ResourceChange": {"Action": "Remove", "LogicalResourceId": "T", "ResourceType": "AWS::SNS::Topic"}}`,
		`{"Type": "Hook"}`,
	)).Inputs[0]
	says(t, "changes", rep.Updates,
		whole("A", "allowed", destroyed+"ws-1 is deleted"),
		whole("B", "allowed", destroyed+"the WorkSpace is deleted"),
		"C: allowed",
		whole("D", "denied", destroyed+"ws-4 is deleted and another one is made: UserName, BundleId"),
		whole("E", "denied", destroyed+"the WorkSpace is deleted and another one is made: no property is named"),
		"F: allowed",
		whole("G", "denied", fmt.Sprintf(refused, "BundleId"), fmt.Sprintf(refused, "VolumeEncryptionKey")),
		whole("H", "denied", fmt.Sprintf(refused, "BundleId"), "not given: CloudFormation does not tell whether it replaces ws-8: UserName, BundleId"),
		whole("I", "undocumented", "not given: CloudFormation does not tell whether it replaces the WorkSpace: no property is named"),
		whole("J", "undocumented", "not given: CloudFormation does not tell what it does to ws-10"),
		"K: allowed", "L: allowed", "M: allowed",
	)
	if rep.Others != 2 || len(rep.Resources) != 0 {
		t.Errorf("%+v", rep)
	}
	says(t, "one page", check(t, set(`"NextToken": "x", `, changeOf("A", `"Action": "Add"`))).Inputs[0].Updates,
		"A: allowed", whole("desktops", "undocumented", "not given: the change set has more pages, which are not here"))
	// A WorkSpace is deleted as intended unless that is to fail, and a replacement is not unless it is intended.
	deleted := set("", changeOf("A", `"Action": "Remove", "PhysicalResourceId": "ws-1"`), changeOf("D", `"Action": "Modify", "Replacement": "True"`))
	says(t, "deletions fail", check(t, deleted, "--fail-on", "destroy").Inputs[0].Updates,
		whole("A", "denied", destroyed+"ws-1 is deleted"), whole("D", "denied", destroyed+"the WorkSpace is deleted and another one is made: no property is named"))
	says(t, "replacements are intended", check(t, deleted, "--destroy-ok").Inputs[0].Updates,
		whole("A", "allowed", destroyed+"ws-1 is deleted"), whole("D", "allowed", destroyed+"the WorkSpace is deleted and another one is made: no property is named"))
}

// All that is said of an update from one template to another.
func TestAnswersOfUpdate(t *testing.T) {
	const (
		head = "Parameters: {P: {Type: String, Default: ann}, None: {Type: String}}\nConditions: {Never: !Equals [a, b], Always: !Equals [a, a], Open: !Equals [!ImportValue x, a], Same: !Equals [!ImportValue x, a]}\nResources:\n"
		// is has the members that come first, and its properties.
		is        = "  W: {Type: AWS::WorkSpaces::Workspace, MEMBERS Properties: {BundleId: BUNDLE, DirectoryId: DIRECTORY, UserName: USER}}\n"
		destroyed = "denied\n\tcfn.desktop-destroyed Properties"
		deleted   = "allowed\n\tcfn.desktop-destroyed Properties: "
		refused   = "denied\n\tcfn.update-not-supported Properties.BundleId: CloudFormation does not update it unless the WorkSpace is replaced"
		replaced  = "it changes, so the WorkSpace is deleted and another one is made"
	)
	template := func(edits ...string) string {
		text := strings.NewReplacer(edits...).Replace(is)
		return head + strings.NewReplacer("MEMBERS ", "", "BUNDLE", "wsb-b0s22j3d7", "DIRECTORY", "d-906732325d", "USER", "ann").Replace(text)
	}
	const topic = head + "  W: {Type: AWS::SNS::Topic}\n"
	for name, tt := range map[string]struct{ old, next, want string }{
		"nothing":                           {template(), template(), ""},
		"a user":                            {template(), template("USER", "bob"), destroyed + ".UserName: " + replaced},
		"a directory":                       {template(), template("DIRECTORY", "d-906732325e"), destroyed + ".DirectoryId: " + replaced},
		"both":                              {template(), template("DIRECTORY", "d-906732325e", "USER", "bob"), destroyed + ".DirectoryId: " + replaced},
		"a bundle":                          {template(), template("BUNDLE", "wsb-b0s22j3d8"), refused},
		"a bundle and a user":               {template(), template("BUNDLE", "wsb-b0s22j3d8", "USER", "bob"), destroyed + ".UserName: " + replaced},
		"a user by another way":             {template(), template("USER", "!Ref P"), ""},
		"a user that is left out":           {template(), template(", UserName: USER", ""), destroyed + ".UserName: " + replaced},
		"a user that is not known":          {template(), template("USER", "!ImportValue u"), "undocumented\n\tnot given: Properties.UserName: the templates do not tell whether it changes"},
		"a user that was not known":         {template("USER", "!ImportValue u"), template(), "undocumented\n\tnot given: Properties.UserName: the templates do not tell whether it changes"},
		"a user that neither knows":         {template("USER", "!ImportValue u"), template("USER", "!ImportValue u"), ""},
		"two users that are not known":      {template("USER", "!ImportValue u"), template("USER", "!ImportValue v"), "undocumented\n\tnot given: Properties.UserName: the templates do not tell whether it changes"},
		"a bundle that is not known":        {template(), template("BUNDLE", "!Ref None"), "undocumented\n\tnot given: Properties.BundleId: the templates do not tell whether it changes"},
		"a user that is kept":               {template(), template("MEMBERS", "UpdateReplacePolicy: Retain,", "USER", "bob"), ""},
		"one that is kept unless it fails":  {template(), template("MEMBERS", "UpdateReplacePolicy: RetainExceptOnCreate,", "USER", "bob"), ""},
		"one that has a snapshot":           {template(), template("MEMBERS", "UpdateReplacePolicy: Snapshot,", "USER", "bob"), destroyed + ".UserName: " + replaced},
		"the policy of the old one":         {template("MEMBERS", "UpdateReplacePolicy: Retain,"), template("USER", "bob"), destroyed + ".UserName: " + replaced},
		"a policy that is not known":        {template(), template("MEMBERS", "UpdateReplacePolicy: !Ref None,", "USER", "bob"), "undocumented\n\tnot given: the template does not tell whether the WorkSpace is retained: its policy is the parameter None, which has no default (--parameter)"},
		"gone":                              {template(), head + "  V: {Type: AWS::SNS::Topic}\n", deleted + "the template no longer has it: the WorkSpace is deleted"},
		"another type":                      {template(), topic, deleted + "the template no longer has it: the WorkSpace is deleted"},
		"gone and kept":                     {template("MEMBERS", "DeletionPolicy: Retain,"), topic, ""},
		"gone and kept by the new one":      {template(), strings.Replace(topic, "Topic", "Topic, DeletionPolicy: Retain", 1), deleted + "the template no longer has it: the WorkSpace is deleted"},
		"no longer made":                    {template(), template("MEMBERS", "Condition: Never,"), deleted + "its condition does not hold: the WorkSpace is deleted"},
		"never made":                        {template("MEMBERS", "Condition: Never,"), topic, ""},
		"made before":                       {template("MEMBERS", "Condition: Always,"), topic, deleted + "the template no longer has it: the WorkSpace is deleted"},
		"perhaps made before":               {template("MEMBERS", "Condition: Open,"), topic, deleted + "the template no longer has it: the WorkSpace is deleted"},
		"perhaps made":                      {template(), template("MEMBERS", "Condition: Open,"), "undocumented\n\tnot given: whether it stays depends on the condition Open, which the template does not tell"},
		"perhaps made, as before":           {template("MEMBERS", "Condition: Open,"), template("MEMBERS", "Condition: Open,"), ""},
		"perhaps made by another name":      {template("MEMBERS", "Condition: Open,"), template("MEMBERS", "Condition: Same,"), "undocumented\n\tnot given: whether it stays depends on the condition Same, which the template does not tell"},
		"perhaps made by another condition": {template("MEMBERS", "Condition: Open,"), strings.Replace(template("MEMBERS", "Condition: Open,"), "Open: !Equals [!ImportValue x", "Open: !Equals [!ImportValue y", 1), "undocumented\n\tnot given: whether it stays depends on the condition Open, which the template does not tell"},
		"another resource":                  {topic, template(), ""},
		"not read before":                   {head + "  W: 5\n", template(), "undocumented\n\tnot given: what the update does to it: the template that the stack has cannot be read there: it is no object"},
		"not read before, and no WorkSpace": {head + "  W: 5\n", topic, ""},
		"not read now":                      {template(), head + "  W: [a]\n", "undocumented\n\tnot given: what the update does to it: the new template cannot be read there: it is no object"},
	} {
		file := folder(t, map[string]string{"old.yaml": tt.old + "  Z: {Type: AWS::WorkSpaces::Workspace, Properties: {UserName: zoe}}\n"}) + "/old.yaml"
		next := tt.next + "  Z: {Type: AWS::WorkSpaces::Workspace, Properties: {UserName: zac}}\n"
		want := []string{"Z: " + destroyed + ".UserName: " + replaced}
		if tt.want != "" {
			want = []string{"W: " + tt.want, want[0]}
		}
		says(t, name, check(t, next, "--deployed", file).Inputs[0].Updates, want...)
	}
}
