package tfplan

import (
	"slices"
	"strings"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

// key asks about the KMS key of a WorkSpace that is launched.
func (c *checker) key(r *resource, o *object) {
	d := o.desktop()
	name, root, user := d.at("VolumeEncryptionKey"), d.at("RootVolumeEncryptionEnabled"), d.at("UserVolumeEncryptionEnabled")
	l := c.plan.link(o, "volume_encryption_key")
	target, _, _ := l.one()
	use := encryption.Use{Region: r.region.code, VolumeEncryptionKey: name.text(), Root: root.bool(), User: user.bool()}
	if name.text() != "" || name.pending() { // what is not known breaks no rule
		use.Root, use.User = use.Root || root.pending(), use.User || user.pending()
	}
	at := place{object: o, attr: name, with: []attr{r.region.attr()}}
	if name.pending() {
		c.keyToCome(r, at, target, l, use)
		return
	}
	ask := c.rules.Encryption.CheckUse
	if target != nil && target.typ == "aws_kms_alias" {
		target, _, _ = c.plan.link(target, "target_key_id").one()
	}
	arn := name.text()
	if !strings.HasPrefix(arn, "arn:") || strings.Contains(arn, ":alias/") {
		arn = target.attribute("arn")
	}
	if k := keyOf(target, arn); k != (encryption.Key{}) && arn != "" {
		at.with = append(at.with, target.after)
		ask = func(u encryption.Use) (rule.Answer, error) { return c.rules.Encryption.CheckKey(k, u) }
	} else if name.text() != "" {
		r.notGiven("whether the key is enabled and symmetric: the plan does not tell")
	}
	a, err := ask(use)
	if err != nil {
		r.invalid(at, err)
		return
	}
	r.take(a, func(rule.Path) place { return at })
	c.everyPlan(r, a)
	c.keyPolicy(r, target)
}

// everyPlan says what becomes of a desktop whose key is not given by its ARN.
func (c *checker) everyPlan(r *resource, a rule.Answer) {
	if slices.ContainsFunc(a.Violations, func(v rule.Violation) bool { return v.Code == encryption.KeyNotARN }) {
		r.line("with an alias or id of the key every later plan replaces the desktop; a data source aws_kms_alias has the ARN as target_key_arn")
	}
}

// placeholder is the id of a key that the apply creates.
const placeholder = "00000000-0000-0000-0000-000000000000"

// keyToCome asks about a key whose name is not known until apply, by what the configuration names.
func (c *checker) keyToCome(r *resource, at place, target *object, l link, use encryption.Use) {
	if target == nil || target.typ != "aws_kms_key" && target.typ != "aws_kms_alias" {
		r.notGiven("volume_encryption_key: not known until apply%s", l.why())
		return
	}
	in := c.region(target)
	if in.code == "" {
		in = r.region
	}
	if in.code == "" {
		r.notGiven("volume_encryption_key: not known until apply, and neither is its Region")
		return
	}
	at.with = append(at.with, in.attr(), target.after)
	arn := facts.KeyToCome(in.code)
	key := target
	if target.typ == "aws_kms_alias" {
		if key, _, _ = c.plan.link(target, "target_key_id").one(); key != nil {
			at.with = append(at.with, key.after)
		}
	}
	k := keyOf(key, "")
	k.ARN = arn + "key/" + placeholder
	ask := func(u encryption.Use) (rule.Answer, error) { return c.rules.Encryption.CheckKey(k, u) }
	switch {
	case target.typ == "aws_kms_alias":
		use.VolumeEncryptionKey = arn + "alias/" + placeholder
		if key == nil {
			ask = c.rules.Encryption.CheckUse
		}
	case l.by == "id" || l.by == "key_id":
		use.VolumeEncryptionKey = placeholder
	case l.by == "arn" || l.by == "":
		use.VolumeEncryptionKey = k.ARN
	}
	a, err := ask(use)
	if err != nil {
		r.invalid(at, err)
		return
	}
	by := words("")
	if l.by != "" {
		by = "." + brief(l.by)
	}
	for _, v := range a.Violations {
		r.addAs(at, v, keyDetail(at, v, say("%s%s", target, by)))
	}
	for _, q := range a.Open {
		if q.By != rule.ByInput {
			q.Reason = strings.ReplaceAll(strings.ReplaceAll(q.Reason, use.VolumeEncryptionKey, string(target.word())), k.ARN, string(target.word()))
			r.open(at, q)
		}
	}
	switch {
	case key == nil:
		r.notGiven("whether the key is enabled and symmetric: the plan does not tell")
	case l.by == "":
		block := cut(words(strings.TrimSuffix(string(target.address), target.index))) // so that it is said once for all instances
		r.notGiven("volume_encryption_key: the plan does not tell which attribute of %s it is; with the id every later plan replaces the desktop", block)
	}
	if l.assumed != "" {
		r.line("assumed: volume_encryption_key is that of %s, the instance that %s chooses", target, brief(l.assumed))
	}
	c.everyPlan(r, a)
	c.keyPolicy(r, key)
}

// keyDetail says what is wrong with a key that has no name yet.
func keyDetail(at place, v rule.Violation, key words) words {
	switch {
	case at.secret():
		return hiddenDetail
	case v.Code == encryption.KeyNotARN:
		return say("%s is not the ARN of the key, which DescribeWorkspaces returns", key)
	case v.Code == encryption.KeyNotEnabled:
		return say("%s is a key that is disabled", key)
	case v.Code == encryption.KeyAsymmetric:
		return say("%s is a key that is asymmetric", key)
	case v.Code == encryption.KeyInOtherRegion:
		return say("%s is in another Region than the WorkSpace", key)
	}
	return say("%s: the key does not suit", key)
}

// keyOf returns what a resource or data source tells of the key with an ARN, of any with "".
func keyOf(o *object, arn string) encryption.Key {
	if o == nil || o.typ != "aws_kms_key" || arn != "" && o.after.get("arn").text() != arn {
		return encryption.Key{}
	}
	k := encryption.Key{ARN: arn, Manager: o.after.get("key_manager").text(), Spec: o.after.get("key_spec").text(), State: o.after.get("key_state").text()}
	if o.mode == "managed" {
		k.Manager, k.Spec = "CUSTOMER", o.after.get("customer_master_key_spec").text()
		if enabled := o.after.get("is_enabled"); enabled.bool() {
			k.State = "Enabled"
		} else if enabled.value == false {
			k.State = "Disabled"
		}
	}
	return k
}
