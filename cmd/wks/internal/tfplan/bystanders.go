package tfplan

import (
	"slices"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

// bystanders asks what the plan does to desktops and directories that it leaves alone: whether a key, a
// directory, a subnet or an IP group goes that they use.
func (c *checker) bystanders() {
	byKey, byDirectory := map[string][]*object{}, map[string][]*object{}
	bySubnet, byGroup, registered := map[string][]*object{}, map[string][]*object{}, map[string][]*object{}
	for _, o := range c.plan.objects {
		if o.mode != "managed" || o.deposed != "" || o.before.value == nil || !slices.Contains([]action{unchanged, update, forget}, o.action) {
			continue
		}
		add := func(m map[string][]*object, id string) {
			if id != "" {
				m[id] = append(m[id], o)
			}
		}
		switch o.typ {
		case "aws_workspaces_workspace":
			was := o.desktopBefore()
			add(byKey, was.at("VolumeEncryptionKey").text())
			add(byDirectory, was.at("DirectoryId").text())
		case "aws_workspaces_directory":
			add(registered, o.before.get("directory_id").text())
			for _, id := range o.before.get("subnet_ids").list() {
				add(bySubnet, id.text())
			}
			after, stay := o.after.get("ip_group_ids"), map[string]bool{}
			for _, x := range after.list() {
				stay[x.text()] = true
			}
			for _, id := range o.before.get("ip_group_ids").list() {
				if o.action != update || after.value == nil || stay[id.text()] {
					add(byGroup, id.text())
				}
			}
		}
	}
	for _, o := range c.plan.objects {
		if o.mode != "managed" || o.deposed != "" {
			continue
		}
		goes := o.action == destroy || o.action == replace
		id := o.before.get("id").text()
		switch {
		case o.typ == "aws_kms_key":
			enabled := o.after.get("is_enabled")
			disabled := o.action == update && o.before.get("is_enabled").bool() && enabled.value == false && !enabled.pending()
			if users := byKey[o.before.get("arn").text()]; len(users) > 0 && (goes || disabled) {
				c.keyGoes(o, users, goes)
			}
		case !goes:
		case o.typ == "aws_workspaces_directory":
			if users := byDirectory[id]; len(users) > 0 {
				r := c.answer(o)
				r.Findings = slices.DeleteFunc(r.Findings, func(f finding) bool { return f.Code == directoryReplaced })
				r.breach(directoryReplaced, place{object: o}, say("the directory is deregistered, and WorkSpaces stay in it: %s", few(users, len(users)))).Level = rule.Must
			}
		case o.typ == "aws_directory_service_directory":
			c.goes(o, registered[id])
		case slices.Contains(subnetTypes, o.typ):
			c.goes(o, bySubnet[id])
		case o.typ == "aws_workspaces_ip_group":
			c.goes(o, byGroup[id])
		}
	}
}

// goes reports something that is destroyed while others use it.
func (c *checker) goes(o *object, users []*object) {
	if len(users) > 0 {
		c.answer(o).breach(partInUse, place{object: o}, say("is destroyed, and is in use by what stays: %s", few(users, len(users))))
	}
}

// keyGoes reports a key that is deleted or disabled while desktops use it.
func (c *checker) keyGoes(o *object, users []*object, goes bool) {
	r := c.answer(o)
	at := place{object: o}
	what := words("is scheduled for deletion, and disabled until then")
	if !goes {
		at.attr = o.after.get("is_enabled")
		what = "is disabled"
	}
	f := r.breach(keyInUse, at, say("the key %s, and WorkSpaces that stay use it (%s): they can no longer be started, restarted or rebuilt: %s", what, count(len(users)), few(users, len(users))))
	if region := r.region.code; region != "" {
		k := encryption.Key{ARN: facts.KeyToCome(region) + "key/" + placeholder, Manager: "CUSTOMER", Spec: "SYMMETRIC_DEFAULT", State: "Disabled"}
		a, err := c.rules.Encryption.CheckKey(k, encryption.Use{Region: region, VolumeEncryptionKey: k.ARN, Root: true})
		if err != nil {
			r.invalid(at, err)
			return
		}
		for _, v := range a.Violations {
			if v.Code == encryption.KeyNotEnabled {
				f.Cite = v.Cite
			}
		}
	}
}

// inDirectory asks whether the directory of a WorkSpace that is launched is registered, and where.
func (c *checker) inDirectory(r *resource, o *object) {
	if c.registered == nil {
		c.registered = map[string]*object{}
		for _, d := range c.plan.each("aws_workspaces_directory") {
			key := c.directoryKey(d)
			if key == "" {
				c.anywhere = true
			} else if c.registered[key] == nil {
				c.registered[key] = d
			}
		}
	}
	at := place{object: o, attr: o.desktop().at("DirectoryId"), with: []attr{r.region.attr()}}
	key := c.directoryKey(o)
	if d := c.registered[key]; d != nil && key != "" {
		in := c.region(d)
		if at.with = append(at.with, in.attr()); in.code != "" && r.region.code != "" && in.code != r.region.code {
			r.breach(directoryElsewhere, at, at.told(string(say("the WorkSpace is in %s, and %s is in %s", r.region, d, in))))
		}
		return
	}
	target, _, ok := c.plan.link(o, "directory_id").one()
	if !ok || target == nil || target.typ != "aws_directory_service_directory" || target.action != create {
		return
	}
	if c.anywhere {
		r.notGiven("whether %s is registered: which directory an aws_workspaces_directory registers is not known until apply", target)
		return
	}
	r.breach(directoryUnregistered, at, say("%s is created, and no aws_workspaces_directory registers it with WorkSpaces", target))
}
