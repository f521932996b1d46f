package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/rule"
)

// encryptionAttributes are those that are fixed when a WorkSpace is launched.
var encryptionAttributes = []string{"root_volume_encryption_enabled", "user_volume_encryption_enabled", "volume_encryption_key"}

// destroyed says that a desktop is destroyed, why, and what would do instead. A replacement
// is a Must unless -destroy-ok says that it is intended; a plain destruction is asked for in
// the configuration, and a Should, unless another WorkSpace is created for the same user.
func (c *checker) destroyed(r *resource, o *object) error {
	id := o.before.get("id").text()
	v := rule.Violation{Code: desktopDestroyed, Level: rule.Must, Cite: citeActions}
	at := attr{}
	var why []string
	for _, path := range o.replacedBy {
		is, becomes := o.before.get(path), o.after.get(path)
		at.path = strings.TrimPrefix(at.path+", "+path, ", ")
		switch {
		case anyTrue(is.sensitive) || anyTrue(becomes.sensitive):
			why = append(why, path+" changes; its values are sensitive")
		case becomes.pending():
			why = append(why, fmt.Sprintf("%s changes from %s to what is not known until apply", path, show(is.value)))
		default:
			why = append(why, fmt.Sprintf("%s changes from %s to %s", path, show(is.value), show(becomes.value)))
		}
	}
	if len(why) == 0 && o.reason != "" {
		why = append(why, strings.ReplaceAll(o.reason, "_", " "))
	}
	v.Detail = strings.TrimSpace("the desktop "+id) + " is destroyed, with everything on its root and user volume"
	if o.action == replace {
		v.Detail += ", and a new one is launched"
	}
	if len(why) > 0 {
		v.Detail += ": " + strings.Join(why, "; ")
	}
	heir := c.heir(o)
	if o.action == destroy && heir == nil || c.destroyOK {
		v.Level = rule.Should
	}
	r.add(o, at, v)
	instead := &r.Findings[len(r.Findings)-1].Instead
	only := func(names ...string) bool {
		return len(o.replacedBy) > 0 && !slices.ContainsFunc(o.replacedBy, func(p string) bool { return !slices.Contains(names, p) })
	}
	switch {
	case heir != nil && o.action == destroy:
		*instead = fmt.Sprintf("if %s is the same desktop under another address, add moved { from = %s, to = %s }", heir.address, o.address, heir.address)
	case o.reason == "replace_because_tainted":
		*instead = "if the desktop works, terraform untaint " + o.address
	case only("bundle_id"):
		text, err := c.migration(r, o)
		if *instead = text; err != nil {
			*instead = "nothing that is known: " + err.Error() // a malformed id has a finding of its own
		}
	case only("volume_encryption_key") && c.sameKey(o):
		*instead = "give the ARN " + o.before.get("volume_encryption_key").text() + ", which the state has: then nothing changes"
	case only(encryptionAttributes...):
		*instead = "nothing does: what is encrypted, and by which key, is fixed at the launch; save the user's data first"
	case only("directory_id", "user_name"):
		*instead = "nothing does: a WorkSpace belongs to its user and directory; save the user's data first"
	}
	return c.encryptionChange(r, o)
}

// show writes a value of the plan.
func show(v any) string {
	if v == nil {
		return "null"
	}
	if s, ok := v.(string); ok {
		return fmt.Sprintf("%q", clean(s))
	}
	return clean(fmt.Sprint(v))
}

// sameKey reports whether the plan gives another name for what may be the same key: an
// alias, or an id, in place of the ARN that the state has.
func (c *checker) sameKey(o *object) bool {
	is, becomes := o.before.get("volume_encryption_key"), o.after.get("volume_encryption_key")
	return strings.HasPrefix(is.text(), "arn:") && becomes.text() != "" && !strings.Contains(becomes.text(), ":key/") && !anyTrue(is.sensitive)
}

// encryptionChange adds what the documents say of a change of encryption.
func (c *checker) encryptionChange(r *resource, o *object) error {
	if o.action != replace || r.Region == "" || slices.ContainsFunc(encryptionAttributes, func(a string) bool { return o.after.get(a).pending() }) {
		return nil
	}
	use := func(a attr) encryption.Use {
		return encryption.Use{Region: r.Region, VolumeEncryptionKey: a.get("volume_encryption_key").text(),
			Root: a.get("root_volume_encryption_enabled").bool(), User: a.get("user_volume_encryption_enabled").bool()}
	}
	_, vs, err := c.rules.encryption.CheckChange(use(o.before), use(o.after))
	var input *rule.InputError
	if errors.As(err, &input) {
		return nil // the key's own check tells
	}
	for _, v := range vs {
		if a := workspaceAttr(o.after)(v.Path); !anyTrue(a.sensitive) {
			r.line("%s: %s (%s, %q, %s)", a.path, v.Detail, v.Cite.Document, v.Cite.Section, v.Cite.Date)
		}
	}
	return err
}

// pathOf returns the path of the value that an error is about.
func pathOf(err error) rule.Path {
	var input *rule.InputError
	errors.As(err, &input)
	if input == nil {
		return ""
	}
	return input.Path
}
