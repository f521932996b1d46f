package wkstest

import (
	"bytes"
	"reflect"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
)

// Most of what a server reads are requests for WorkSpaces, of which a batch has many that are nearly the same. So those
// are read member by member, and what is the same is there once if the reader shares.

// launch is what value does for a request for a WorkSpace.
func (r *reader) launch(to *types.WorkspaceRequest) *shapeError {
	return r.members(func(name []byte) *shapeError {
		switch string(name) {
		case "BundleId":
			return r.textAt(&to.BundleId)
		case "DirectoryId":
			return r.textAt(&to.DirectoryId)
		case "UserName":
			return r.textAt(&to.UserName)
		case "Tags":
			return r.tags(&to.Tags)
		}
		return r.member(reflect.ValueOf(to).Elem(), name)
	})
}

// textAt reads a string, or null.
func (r *reader) textAt(to **string) *shapeError {
	if r.here() != '"' || !r.shares {
		return r.value(reflect.ValueOf(to).Elem())
	}
	s, err := r.text()
	*to = s
	return err
}

// tags reads a list of tags: that of the request before if it stands there again, byte by byte.
func (r *reader) tags(to *[]types.Tag) *shapeError {
	if r.lastTags != nil && bytes.HasPrefix(r.b[r.i:], r.lastTagsText) {
		r.i += len(r.lastTagsText)
		*to = r.lastTags
		return nil
	}
	start := r.i
	err := r.value(reflect.ValueOf(to).Elem())
	if err == nil && r.shares {
		r.lastTags, r.lastTagsText = *to, r.b[start:r.i]
	}
	return err
}
