package preflight

import (
	"cmp"
	"reflect"

	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/rule"
)

// A listing is a list of the export: each element once, in the order of the file, and by its
// identifier. The nil listing is one that was not exported.
type listing[T any] struct {
	all  []*T
	byID map[string]*T
	lost *fileError // why the first element is left out that has no identifier; nil if all are there
}

// An element is what every element of a listing knows: where it stands, and what cannot be used of it.
type element struct {
	at    place
	wrong []*fileError
}

func (e *element) locate(at place) { e.at = at }

func (e *element) spoil(wrong *fileError) { e.wrong = append(e.wrong, wrong) }

// spoilt returns the first thing of the element that cannot be used, nil if there is none.
func (e *element) spoilt() *fileError {
	if len(e.wrong) == 0 {
		return nil
	}
	return e.wrong[0]
}

// lacks returns why a member of the element cannot be used, nil if it can.
func (e *element) lacks(member rule.Path) *fileError {
	at := e.at.Path.Join(member)
	for _, w := range e.wrong {
		if at.Covers(w.Path) || w.Path.Covers(at) {
			return w
		}
	}
	return nil
}

// A listed type can be listed.
type listed[T any] interface {
	*T
	subject
	id() string // "" has no identifier
	locate(place)
	spoil(*fileError)
	spoilt() *fileError
}

// newListing lists elements that stand at a place. One that stands there twice counts once; it is
// noted, and cannot be used if it says something else the second time.
func newListing[T any, P listed[T]](elements []T, at place, n *notes) *listing[T] {
	l := &listing[T]{all: make([]*T, 0, len(elements)), byID: make(map[string]*T, len(elements))}
	index := map[string]int{}
	for i := range elements {
		x := P(&elements[i])
		id, here := x.id(), place{File: at.File, Path: at.Path.Index(i), of: x}
		if wrong := x.spoilt(); wrong != nil && id == "" {
			l.lost = cmp.Or(l.lost, wrong)
			continue
		}
		if first, twice := index[id]; twice {
			x.locate(place{File: at.File, Path: at.Path.Index(first), of: P(&elements[first])}) // the only difference that does not count
			if reflect.DeepEqual(elements[first], elements[i]) {
				n.add(here, "is %s, which stands in the file twice; it counts once", id)
			} else {
				n.unusable(here, "is %s, which stands in the file twice, and differs; the first counts", id)
			}
			continue
		}
		x.locate(here)
		l.all = append(l.all, x)
		if id != "" {
			index[id], l.byID[id] = i, x
		}
	}
	return l
}

// find returns the element of an identifier, or nil.
func (l *listing[T]) find(id string) *T {
	if l == nil {
		return nil
	}
	return l.byID[id]
}

// lacking is why the list has not all elements, nil if it has.
func (l *listing[T]) lacking() *fileError {
	if l == nil {
		return nil
	}
	return l.lost
}

// elements returns all, and none if the list was not exported.
func (l *listing[T]) elements() []*T {
	if l == nil {
		return nil
	}
	return l.all
}

// The identifiers by which elements are found.
func (x *vpc) id() string             { return x.VpcId }
func (x *subnet) id() string          { return x.SubnetId }
func (x *routeTable) id() string      { return x.RouteTableId }
func (x *prefixList) id() string      { return x.PrefixListId }
func (x *directory) id() string       { return x.DirectoryId }
func (x *securityGroup) id() string   { return x.GroupId }
func (x *ipGroup) id() string         { return x.GroupID }
func (x *workspaceBundle) id() string { return x.BundleId }
func (x *workspaceImage) id() string  { return x.ImageId }
func (x *ami) id() string             { return x.ImageId }
func (x *importTask) id() string      { return x.ImportTaskId }

// The resources that elements are.
func (x *vpc) resource() finding.Resource {
	r := finding.Resource{Kind: "VPC", ID: x.VpcId}
	for _, t := range x.Tags {
		if t.Key == "Name" {
			r.Name = t.Value
		}
	}
	return r
}

func (x *subnet) resource() finding.Resource {
	return finding.Resource{Kind: "subnet", ID: x.SubnetId}
}

func (x *routeTable) resource() finding.Resource {
	return finding.Resource{Kind: "route table", ID: x.RouteTableId}
}

func (x *prefixList) resource() finding.Resource {
	return finding.Resource{Kind: "prefix list", ID: x.PrefixListId, Name: x.PrefixListName}
}

func (x *directory) resource() finding.Resource {
	return finding.Resource{Kind: "directory", ID: x.DirectoryId, Name: x.DirectoryName}
}

func (x *securityGroup) resource() finding.Resource {
	return finding.Resource{Kind: "security group", ID: x.GroupId}
}

func (x *ipGroup) resource() finding.Resource {
	return finding.Resource{Kind: "IP access control group", ID: x.GroupID}
}

func (x *workspaceBundle) resource() finding.Resource {
	return finding.Resource{Kind: "bundle", ID: x.BundleId, Name: x.Name}
}

func (x *workspaceImage) resource() finding.Resource {
	return finding.Resource{Kind: "image", ID: x.ImageId, Name: x.Name}
}

func (x *ami) resource() finding.Resource { return finding.Resource{Kind: "AMI", ID: x.ImageId} }

func (x *importTask) resource() finding.Resource {
	return finding.Resource{Kind: "import task", ID: x.ImportTaskId}
}
