package tfplan

import (
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// A userKey is a user in a directory.
type userKey struct{ directory, user string }

// Desktops are the WorkSpaces of one user after the apply, by address.
type desktops struct {
	all  []*object
	heir *object // the first that the apply creates, or nil
}

// usersAfter lists the WorkSpaces of each user after the apply, as far as directory and user
// are known.
func (c *checker) usersAfter() map[userKey]*desktops {
	users := map[userKey]*desktops{}
	for _, o := range c.plan.each("aws_workspaces_workspace") {
		if k, ok := c.userOf(o); ok && o.mode == "managed" {
			if users[k] == nil {
				users[k] = &desktops{}
			}
			users[k].all = append(users[k].all, o)
		}
	}
	for _, d := range users {
		slices.SortFunc(d.all, func(a, b *object) int { return strings.Compare(string(a.address), string(b.address)) })
		if i := slices.IndexFunc(d.all, func(o *object) bool { return o.action == create }); i >= 0 {
			d.heir = d.all[i]
		}
	}
	return users
}

func (c *checker) userOf(o *object) (userKey, bool) {
	directory := c.directoryKey(o)
	user := o.after.get("user_name")
	return userKey{directory, strings.ToLower(user.text())}, directory != "" && !user.pending() && user.text() != ""
}

// directoryKey tells the directory of an object from others: by its id, or while that is
// not known by the address of what has it; "" if neither is known.
func (c *checker) directoryKey(o *object) string {
	if key, ok := c.directories[o]; ok {
		return key
	}
	c.directories[o] = "" // of one that leads to itself
	target, id, ok := c.plan.link(o, "directory_id").one()
	key := ""
	switch {
	case !ok:
	case target == nil:
		key = id.text()
	case target.id() != "":
		key = target.id()
	case target == o || target.typ != "aws_workspaces_directory":
		key = string(target.address)
	default: // a registration refers to a directory, which refers to nothing
		key = c.directoryKey(target)
	}
	c.directories[o] = key
	return key
}

// repeated is the rule that a user has one WorkSpace in a directory, as package bundles has it; nil
// if the edition has none.
func (c *checker) repeated() *rule.Violation {
	if !c.askedRepeated {
		user := "user"
		request := types.WorkspaceRequest{DirectoryId: new(string), UserName: &user}
		a, _ := c.rules.Bundles.CheckRequests([]types.WorkspaceRequest{request, request}, nil) // launch has told of rules without an edition
		for _, v := range a.Violations {
			if v.Code == bundles.UserRepeated {
				c.userRepeated = &v
			}
		}
		c.askedRepeated = true
	}
	return c.userRepeated
}

// oneDesktop checks that the user of a WorkSpace has no other in the directory. The details tell
// where the others are, and not who the user is.
func (c *checker) oneDesktop(r *resource, o *object) {
	key, ok := c.userOf(o)
	if !ok {
		r.notGiven("whether the user has another WorkSpace in the directory: user or directory are not known until apply")
		return
	}
	v := c.repeated()
	if v == nil {
		return
	}
	at := place{object: o, attr: o.after.get("user_name")}
	if all := c.users[key].all; len(all) > 1 {
		others := slices.DeleteFunc(slices.Clone(all[:min(mentioned+1, len(all))]), func(x *object) bool { return x == o })
		r.addAs(at, *v, say("is the user of %s in the same directory", few(others, len(all)-1)))
	}
	if o.createFirst && !o.changed("user_name") && !o.changed("directory_id") {
		r.addAs(at, *v, "create_before_destroy asks for the new desktop while the old one still is the user's")
	}
}

// heir returns the WorkSpace that the apply creates for the user of one that it destroys.
func (c *checker) heir(o *object) *object {
	key := userKey{o.before.get("directory_id").text(), strings.ToLower(o.before.get("user_name").text())}
	if d := c.users[key]; d != nil {
		return d.heir
	}
	return nil
}
