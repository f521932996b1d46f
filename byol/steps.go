package byol

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/wksgo/wks/rule"
)

// A SetupStep is one of those that lead to BYOL WorkSpaces, or on from them.
type SetupStep struct {
	Name string `json:"name"` // StepEnable and so on
	// Beside is set for a step that has no place in the order of the guide: a page of its own describes it.
	Beside bool `json:"beside,omitempty"`
	// Actions are the IAM actions that the documents give for the step. It is empty in
	// editions that give none.
	Actions []Action      `json:"actions"`
	Cite    rule.Citation `json:"cite"` // of the step and its place
	// ActionsCite is the citation of the actions, and zero for a step without actions.
	ActionsCite rule.Citation `json:"actionsCite,omitzero"`
}

// An Action is a permission that a step needs.
type Action struct {
	Name string `json:"name"` // such as workspaces:ImportWorkspaceImage
	// Resources are the types of resources that a policy must name, as the Service
	// Authorization Reference calls them. It is empty for an action that takes no
	// resource, for which the policy must have "*".
	Resources []string `json:"resources,omitempty"`
	Optional  string   `json:"optional,omitempty"` // when the step needs it, if not always
}

// Steps returns the steps in the order of the guide of the edition. Alternatives follow one
// another. Those that have no place in that order, to copy and to share an image, are last. There are none
// before 2019-01-08.
func (r Rules) Steps() ([]SetupStep, error) {
	if err := r.known(); err != nil {
		return nil, err
	}
	list := make([]SetupStep, len(r.s.steps))
	for i, row := range r.s.steps {
		actions, cite := row.actions, row.Cite
		if k := slices.IndexFunc(r.s.permits, func(p permitRow) bool { return p.step == row.step }); k >= 0 {
			actions, cite = r.s.permits[k].actions, r.s.permits[k].Cite
		}
		list[i] = SetupStep{Name: row.step, Beside: row.order == beside, Actions: make([]Action, len(actions)), Cite: row.Cite}
		if len(actions) > 0 {
			list[i].ActionsCite = cite
		}
		for k, a := range actions {
			a.Resources = slices.Clone(a.Resources)
			list[i].Actions[k] = a
		}
	}
	return list, nil
}

// A PolicyScope narrows the resources of a policy. An empty string is "*", and for the
// partition aws.
type PolicyScope struct {
	Partition, Region, Account                         string
	ImageID, BundleID, DirectoryID, WorkspaceID, AMIID string
	// ForeignImages is set to copy images that another account owns: their ARN must not name
	// an account.
	ForeignImages bool
	Optional      bool // include actions that a step does not always need
}

// Policy returns an IAM policy document for steps by name: first a statement for the actions
// without a resource, then one for each set of resources, in the order in which the steps
// first need them. Actions are sorted. The bytes are indented JSON with a newline at the end.
//
// The error is a *rule.InputError for Rules without an edition; for no steps, because IAM
// refuses an empty policy; for a step that the edition does not have, or has without actions;
// and for a part of the scope that would break out of an ARN.
func (r Rules) Policy(scope PolicyScope, steps ...string) ([]byte, error) {
	all, err := r.Steps()
	if err != nil {
		return nil, err
	}
	if err := scope.validate(); err != nil {
		return nil, err
	}
	type statement struct {
		Effect   string
		Action   []string
		Resource []string
	}
	if len(steps) == 0 {
		return nil, &rule.InputError{Path: "Steps", Reason: "has none"}
	}
	statements := []statement{{"Allow", nil, []string{"*"}}}
	for _, name := range steps {
		i := slices.IndexFunc(all, func(s SetupStep) bool { return s.Name == name })
		if i < 0 {
			return nil, &rule.InputError{Path: "Steps", Value: name, Reason: "is not a step of " + r.edition.String()}
		}
		if len(all[i].Actions) == 0 {
			return nil, &rule.InputError{Path: "Steps", Value: name, Reason: "has no documented actions on " + r.edition.String()}
		}
		for _, a := range all[i].Actions {
			if a.Optional != "" && !scope.Optional {
				continue
			}
			resources := scope.resources(a)
			k := slices.IndexFunc(statements, func(s statement) bool { return slices.Equal(s.Resource, resources) })
			if k < 0 {
				k = len(statements)
				statements = append(statements, statement{"Allow", nil, resources})
			}
			statements[k].Action = append(statements[k].Action, a.Name)
		}
	}
	statements = slices.DeleteFunc(statements, func(s statement) bool { return len(s.Action) == 0 })
	for i := range statements {
		slices.Sort(statements[i].Action)
		statements[i].Action = slices.Compact(statements[i].Action)
	}
	doc, err := json.MarshalIndent(struct {
		Version   string
		Statement []statement
	}{"2012-10-17", statements}, "", "  ")
	return append(doc, '\n'), err
}

func (s PolicyScope) validate() error {
	for _, p := range [...]struct {
		path  rule.Path
		value string
	}{
		{"Partition", s.Partition}, {"Region", s.Region}, {"Account", s.Account}, {"ImageId", s.ImageID},
		{"BundleId", s.BundleID}, {"DirectoryId", s.DirectoryID}, {"WorkspaceId", s.WorkspaceID}, {"AMIId", s.AMIID},
	} {
		if !arnPartBytes.hold(p.value) {
			return &rule.InputError{Path: p.path, Value: p.value, Reason: "has characters that no ARN's part has"}
		}
	}
	return nil
}

// resources returns the ARNs of an action, or "*".
func (s PolicyScope) resources(a Action) []string {
	if len(a.Resources) == 0 {
		return []string{"*"}
	}
	partition, region, account := cmp.Or(s.Partition, "aws"), cmp.Or(s.Region, "*"), cmp.Or(s.Account, "*")
	var arns []string
	for _, kind := range a.Resources {
		owner := account
		if kind == imageResource && s.ForeignImages && a.Name == "workspaces:CopyWorkspaceImage" {
			owner = "*"
		}
		part := map[string]struct{ prefix, id string }{
			imageResource: {"workspaceimage", s.ImageID}, bundleResource: {"workspacebundle", s.BundleID},
			directoryResource: {"directory", s.DirectoryID}, workspaceResource: {"workspace", s.WorkspaceID},
		}[kind]
		arn := fmt.Sprintf("arn:%s:workspaces:%s:%s:%s/%s", partition, region, owner, part.prefix, cmp.Or(part.id, "*"))
		if kind == amiResource { // an AMI's ARN names no account
			arn = fmt.Sprintf("arn:%s:ec2:%s::image/%s", partition, region, cmp.Or(s.AMIID, "*"))
		}
		arns = append(arns, arn)
	}
	return arns
}
