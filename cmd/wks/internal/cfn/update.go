package cfn

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/rule"
)

// How CloudFormation updates the properties of AWS::WorkSpaces::Workspace. Others are updated in place.
var (
	replaces     = []string{"DirectoryId", "UserName"}
	notSupported = []string{"BundleId", "RootVolumeEncryptionEnabled", "UserVolumeEncryptionEnabled", "VolumeEncryptionKey"}
)

const workspaceType = "AWS::WorkSpaces::Workspace"

// A changeSet is what aws cloudformation describe-change-set prints.
type changeSet struct {
	StackName, NextToken string
	Changes              []struct {
		ResourceChange struct {
			PolicyAction, Action, LogicalResourceId, PhysicalResourceId, ResourceType, Replacement string
			Details                                                                                []struct {
				Target struct{ Attribute, Name, RequiresRecreation string }
			}
		}
	}
}

// check tells what becomes of the WorkSpaces that a change set changes; others is the number of other changes.
func (c *changeSet) check(d finding.Destroy) (answers []answer, others int) {
	for i := range c.Changes {
		change := &c.Changes[i].ResourceChange
		if change.ResourceType != workspaceType {
			others++
			continue
		}
		u := update{newAnswer(change.LogicalResourceId, change.ResourceType), d}
		var properties []string
		var seen finding.Distinct[string]
		for _, d := range change.Details {
			if d.Target.Attribute == "Properties" && seen.Add(d.Target.Name) {
				properties = append(properties, d.Target.Name)
			}
		}
		of := cmp.Or(rule.Printable(rule.Shorten(change.PhysicalResourceId)), "the WorkSpace")
		retained := strings.HasSuffix(change.PolicyAction, "Retain")
		switch {
		case change.Action == "Remove" && !retained:
			u.destroyed("", of+" is deleted", false)
		case change.Action == "Modify" && change.Replacement == "True" && !retained:
			u.destroyed("", fmt.Sprintf("%s is deleted and another one is made: %s", of, listed(properties)), true)
		case change.Action == "Modify" && change.Replacement == "Conditional":
			u.undecide("CloudFormation does not tell whether it replaces " + of + ": " + listed(properties))
		case change.Action == "Dynamic":
			u.undecide("CloudFormation does not tell what it does to " + of)
		}
		if change.Action == "Modify" && change.Replacement != "True" {
			u.refused(properties)
		}
		answers = append(answers, u.answer)
	}
	if c.NextToken != "" {
		u := update{newAnswer(c.StackName, "change set"), d}
		u.undecide("the change set has more pages, which are not here")
		answers = append(answers, u.answer)
	}
	return answers, others
}

func listed(properties []string) string {
	if len(properties) == 0 {
		return "no property is named"
	}
	names := make([]string, len(properties))
	for i, name := range properties {
		names[i] = rule.Printable(rule.Shorten(name))
	}
	return strings.Join(names, ", ")
}

// An update is what there is to say of a change to a WorkSpace.
type update struct {
	answer
	destroy finding.Destroy
}

// destroyed tells that the WorkSpace is deleted, and whether another one takes its place.
func (u *update) destroyed(at rule.Path, detail string, replaced bool) {
	v := broken(desktopDestroyed, rule.Path("Properties").Join(at), detail)
	v.Level = u.destroy.Level(replaced)
	u.Findings = append(u.Findings, v)
	u.conclude()
}

func (u *update) undecide(why string) {
	u.NotGiven, u.undecided = append(u.NotGiven, why), true
	u.conclude()
}

// refused tells of properties that change and that CloudFormation does not update.
func (u *update) refused(properties []string) {
	for _, name := range properties {
		if slices.Contains(notSupported, name) {
			u.Findings = append(u.Findings, broken(updateNotSupported, rule.Path("Properties").Join(rule.Path(name)), "CloudFormation does not update it unless the WorkSpace is replaced"))
			u.conclude()
		}
	}
}

// compare tells what an update from one template to another does to the WorkSpaces of the first.
func compare(from, to *question, d finding.Destroy) (answers []answer) {
	old, next := from.reader(nil), to.reader(nil)
	conditions := map[string]bool{} // that are the same in both
	alike := func(name string) bool {
		is, ok := conditions[name]
		if !ok {
			is = same(from.Conditions[name], to.Conditions[name])
			conditions[name] = is
		}
		return is
	}
	for _, id := range slices.Sorted(maps.Keys(from.Resources)) {
		is := from.Resources[id]
		switch {
		case from.wrong[id] != "" && to.Resources[id].Type == workspaceType:
			u := update{newAnswer(id, workspaceType), d}
			u.undecide("what the update does to it: the template that the stack has cannot be read there: " + from.wrong[id])
			answers = append(answers, u.answer)
			continue
		case is.Type != workspaceType:
			continue
		}
		u := update{newAnswer(id, is.Type), d}
		if why := to.wrong[id]; why != "" {
			u.undecide("what the update does to it: the new template cannot be read there: " + why)
			answers = append(answers, u.answer)
			continue
		}
		if made, known := old.made(is); known && !made {
			continue
		}
		will := to.Resources[id]
		stays, known := next.made(will)
		switch {
		case will.Type != is.Type || known && !stays:
			why := "the template no longer has it: the WorkSpace is deleted"
			if will.Type == is.Type {
				why = "its condition does not hold: the WorkSpace is deleted"
			}
			u.unless(old, is.DeletionPolicy, func() { u.destroyed("", why, false) })
		default:
			var changed []string
			for _, name := range slices.Concat(replaces, notSupported) {
				a, known := old.value(is, name)
				b, known2 := next.value(will, name)
				switch {
				case known && known2:
					if a != b {
						changed = append(changed, name)
					}
				case !same(raw(is, name), raw(will, name)):
					u.undecide("Properties." + name + ": the templates do not tell whether it changes")
				}
			}
			replacing := slices.DeleteFunc(slices.Clone(changed), func(name string) bool { return !slices.Contains(replaces, name) })
			if len(replacing) == 0 {
				u.refused(changed)
			} else {
				u.unless(next, will.UpdateReplacePolicy, func() {
					u.destroyed(rule.Path(replacing[0]), "it changes, so the WorkSpace is deleted and another one is made", true)
				})
			}
			if !known && !(is.Condition == will.Condition && alike(is.Condition)) {
				u.undecide("whether it stays depends on the condition " + rule.Shorten(will.Condition) + ", which the template does not tell")
			}
		}
		if len(u.Findings)+len(u.NotGiven) > 0 {
			answers = append(answers, u.answer)
		}
	}
	return answers
}

// made reports whether a resource is made, as far as its condition tells.
func (r *reader) made(o object) (made, known bool) {
	if o.Condition == "" {
		return true, true
	}
	return r.condition(o.Condition)
}

// unless calls destroy if a policy does not retain the WorkSpace.
func (u *update) unless(r *reader, policy any, destroy func()) {
	v, gap := r.reduce(policy)
	switch {
	case gap != nil:
		u.undecide("the template does not tell whether the WorkSpace is retained: its policy " + gap.why)
	case v != "Retain" && v != "RetainExceptOnCreate":
		destroy()
	}
}

func raw(o object, name string) any {
	m, _ := o.Properties.(map[string]any)
	return m[name]
}

// value returns a property as a text, "" if it is left out.
func (r *reader) value(o object, name string) (text string, known bool) {
	v, gap := r.reduce(raw(o, name))
	if gap != nil {
		return "", false
	}
	text, _ = scalar(v)
	return text, true
}
