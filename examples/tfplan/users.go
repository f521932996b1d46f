package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// A userKey is a user in a directory.
type userKey struct{ directory, user string }

// usersAfter lists the WorkSpaces of each user after the apply, as far as directory and user
// are known, by address.
func (c *checker) usersAfter() map[userKey][]*object {
	users := map[userKey][]*object{}
	for _, o := range c.plan.each("aws_workspaces_workspace") {
		if k, ok := c.userOf(o); ok && o.mode == "managed" {
			users[k] = append(users[k], o)
		}
	}
	for _, list := range users {
		slices.SortFunc(list, func(a, b *object) int { return strings.Compare(a.address, b.address) })
	}
	return users
}

func (c *checker) userOf(o *object) (userKey, bool) {
	directory, ok := c.directoryKey(o)
	user := o.after.get("user_name")
	return userKey{directory, strings.ToLower(user.text())}, ok && !user.pending() && user.text() != ""
}

// directoryKey tells the directory of a WorkSpace from others: by its id, or while that is
// not known by the address of what has it.
func (c *checker) directoryKey(o *object) (string, bool) {
	for range len(c.plan.objects) + 1 { // a registration refers to a directory, which refers to nothing
		target, id, ok := c.plan.link(o, "directory_id").one()
		switch {
		case id != "" || !ok:
			return id, ok
		case target.id() != "":
			return target.id(), true
		case target == o || target.typ != "aws_workspaces_directory":
			return target.address, true
		}
		o = target
	}
	return "", false
}

// repeated is the rule that a user has one WorkSpace in a directory, as package bundles
// has it for the user of a WorkSpace.
func (c *checker) repeated(o *object) (v rule.Violation, found bool, err error) {
	request := types.WorkspaceRequest{DirectoryId: new(string), UserName: new(string)}
	*request.UserName = o.after.get("user_name").text()
	a, err := c.rules.bundles.CheckRequests([]types.WorkspaceRequest{request, request}, nil)
	i := slices.IndexFunc(a.Violations, func(v rule.Violation) bool { return v.Code == bundles.UserRepeated })
	if i < 0 {
		return v, false, err
	}
	return a.Violations[i], true, nil
}

// oneDesktop checks that the user of a WorkSpace has no other in the directory.
func (c *checker) oneDesktop(r *resource, o *object) error {
	key, ok := c.userOf(o)
	if !ok {
		r.notAsked("whether the user has another WorkSpace in the directory: user or directory are not known until apply")
		return nil
	}
	v, found, err := c.repeated(o)
	if err != nil || !found {
		return err
	}
	user := o.after.get("user_name")
	user.sensitive = nil // the details do not show it
	for _, other := range c.users[key] {
		if other != o {
			v.Detail = fmt.Sprintf("is the user of %s in the same directory", other.address)
			r.add(o, user, v)
		}
	}
	if o.createFirst && !o.changed("user_name") && !o.changed("directory_id") {
		v.Detail = "create_before_destroy asks for the new desktop while the old one still is the user's"
		r.add(o, user, v)
	}
	return nil
}

// heir returns the WorkSpace that the apply creates for the user of one that it destroys.
func (c *checker) heir(o *object) *object {
	directory, user := o.before.get("directory_id").text(), strings.ToLower(o.before.get("user_name").text())
	for _, other := range c.users[userKey{directory, user}] {
		if other.action == create {
			return other
		}
	}
	return nil
}
