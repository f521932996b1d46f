package tfplan

import (
	"slices"
	"strings"

	"github.com/wksgo/wks/bundles/encryption"
)

// encryptionAttributes are those that are fixed when a WorkSpace is launched.
var encryptionAttributes = []string{"root_volume_encryption_enabled", "user_volume_encryption_enabled", "volume_encryption_key"}

// destroyed says that a desktop is destroyed, why, and what would do instead. A replacement
// is a Must unless --destroy-ok says that it is intended; a plain destruction is asked for in
// the configuration, and a Should, unless another WorkSpace is created for the same user.
func (c *checker) destroyed(r *resource, o *object) {
	at := place{object: o}
	detail := words("the desktop")
	if id := o.before.get("id"); id.secret() {
		detail += ", whose id is sensitive,"
	} else if id.text() != "" {
		detail = say("%s %s", detail, id.bare())
	}
	detail += " is destroyed, with everything on its root and user volume"
	if o.action == replace {
		detail += ", and a new one is launched"
	}
	colon := words(": ")
	for _, path := range o.replacedBy {
		is, becomes := o.before.walk(path), o.after.walk(path)
		if at.attr.path != "" {
			at.attr.path += ", "
		}
		at.attr.path += becomes.path
		switch {
		case is.secret() || becomes.secret():
			detail += say("%s%s changes; its values are sensitive", colon, becomes.where())
		case becomes.pending():
			detail += say("%s%s changes from %s to what is not known until apply", colon, becomes.where(), is)
		default:
			detail += say("%s%s changes from %s to %s", colon, becomes.where(), is, becomes)
		}
		colon = "; "
	}
	if len(o.replacedBy) == 0 && o.reason != "" {
		detail += ": " + words(strings.ReplaceAll(string(o.reason), "_", " "))
	}
	heir := c.heir(o)
	f := r.breach(desktopDestroyed, at, detail)
	f.Level = c.destroy.Level(o.action != destroy || heir != nil)
	only := func(names ...string) bool {
		return len(o.replacedBy) > 0 && !slices.ContainsFunc(o.replacedBy, func(path []any) bool {
			if len(path) != 1 {
				return true
			}
			name, _ := path[0].(string)
			return !slices.Contains(names, name)
		})
	}
	switch {
	case heir != nil && o.action == destroy:
		f.Remedy = say("if %s is the same desktop under another address, add moved { from = %s, to = %s }", heir, o, heir)
	case o.reason == "replace_because_tainted":
		f.Remedy = say("if the desktop works, terraform untaint %s", o)
	case only("bundle_id"):
		f.Remedy = c.migration(r, o)
	case only("volume_encryption_key") && c.sameKey(o):
		f.Remedy = say("give the ARN %s, which the state has: then nothing changes", o.before.get("volume_encryption_key").bare())
	case only(encryptionAttributes...):
		f.Remedy = "nothing does: what is encrypted, and by which key, is fixed at the launch; save the user's data first"
	case only("directory_id", "user_name"):
		f.Remedy = "nothing does: a WorkSpace belongs to its user and directory; save the user's data first"
	}
	c.encryptionChange(r, o)
}

// sameKey reports whether the plan gives another name for what may be the same key: an
// alias, or an id, in place of the ARN that the state has.
func (c *checker) sameKey(o *object) bool {
	is, becomes := o.before.get("volume_encryption_key"), o.after.get("volume_encryption_key")
	return strings.HasPrefix(is.text(), "arn:") && becomes.text() != "" && !strings.Contains(becomes.text(), ":key/") && !is.secret()
}

// encryptionChange adds what the documents say of a change of encryption.
func (c *checker) encryptionChange(r *resource, o *object) {
	if o.action != replace || r.region.code == "" || slices.ContainsFunc(encryptionAttributes, func(a string) bool { return o.after.get(a).pending() }) {
		return
	}
	use := func(a attr) encryption.Use {
		return encryption.Use{Region: r.region.code, VolumeEncryptionKey: a.get("volume_encryption_key").text(),
			Root: a.get("root_volume_encryption_enabled").bool(), User: a.get("user_volume_encryption_enabled").bool()}
	}
	a, err := c.rules.Encryption.CheckChange(use(o.before), use(o.after))
	if err != nil {
		return // the key's own check tells
	}
	for _, v := range a.Violations {
		at := place{object: o, attr: o.desktop().at(v.Path), with: []attr{o.desktopBefore().at(v.Path)}}
		r.line("%s: %s (%s)", at.attr.where(), at.told(v.Detail), cited(v.Cite))
	}
}
