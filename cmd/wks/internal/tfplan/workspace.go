package tfplan

import (
	"strings"
	"time"

	"github.com/wksgo/wks/rule"
)

// workspacePlace returns where a member of the API stands in a WorkSpace. An answer about a
// property may quote the other properties, and those that the WorkSpace has before the apply.
func workspacePlace(o *object, with ...attr) func(rule.Path) place {
	d := o.desktop()
	return func(p rule.Path) place {
		x := place{object: o, attr: d.at(p)}
		if inBlock(p) {
			x.with = append([]attr{d.at("WorkspaceProperties"), o.desktopBefore().at("WorkspaceProperties"), o.before.as("state", "state")}, with...)
		}
		return x
	}
}

// workspace asks about a WorkSpace that the plan changes.
func (c *checker) workspace(r *resource, o *object) {
	if o.action == destroy || o.action == replace {
		c.destroyed(r, o)
	}
	switch o.action {
	case forget:
		r.line("the WorkSpace stays, and Terraform forgets it")
		return
	case destroy:
		return
	case update:
		c.modification(r, o)
	default:
		c.launch(r, o)
		c.oneDesktop(r, o)
		c.key(r, o)
		c.inDirectory(r, o)
	}
	c.tags(r, o)
}

// timeout tells of a time-out of the provider that is shorter than the documents say that
// an operation may take; 0 is that they do not say it.
func (c *checker) timeout(r *resource, o *object, operation words, takes time.Duration, cite rule.Citation) {
	set := o.after.get("timeouts").get(string(operation))
	waits := c.plan.release.waits(operation)
	if d, err := time.ParseDuration(set.text()); err == nil {
		waits = d
	}
	if takes == 0 || set.pending() || takes <= waits || o.action == present {
		return
	}
	at := place{object: o, attr: set}
	f := r.breach(timeoutShort, at, at.told("the provider waits "+span(waits)+", and the documents say that it may take "+span(takes)))
	f.Cite = cite
	f.Remedy = say("add timeouts { %s = \"%s\" }", operation, plain(span(takes)))
	if c.plan.release.has(withTimeouts) != always {
		f.Remedy = say("%s, which hashicorp/aws has %s", f.Remedy, withTimeouts)
	}
}

// span writes a duration without what is zero: 2h, 30m.
func span(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}
