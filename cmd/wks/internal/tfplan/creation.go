package tfplan

import (
	"encoding/json"
	"strings"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/rule"
)

// creation asks whether the service would take the request that creates a resource.
func (c *checker) creation(r *resource, o *object) {
	if o.action != create && o.action != replace && o.action != present {
		return
	}
	of := creations[o.typ]
	request := map[string]any{}
	at := map[rule.Path]attr{}
	for _, m := range of.members {
		a := o.after
		if m.block != "" {
			if a = a.get(m.block); a.value == nil && !a.pending() {
				continue
			}
			if _, list := a.value.([]any); list || a.unknown == true {
				a = a.at(0)
			}
		}
		a = a.get(m.attribute)
		switch {
		case a.pending():
			r.notGiven("%s: not known until apply", a.where())
		case a.value == nil:
			if _, ok := at[m.path]; ok || m.attribute == "name" {
				continue // the attribute has another name
			}
		default:
			set(request, strings.Split(string(m.path), "."), a.value)
		}
		at[m.path] = a
	}
	data, _ := json.Marshal(request) // it was read from JSON
	where := func(p rule.Path) place {
		for member, a := range at {
			if p == member || strings.HasPrefix(string(p), string(member)+".") {
				return known(place{object: o, attr: a})
			}
		}
		for member, a := range at { // a structure stands for what is in it
			if strings.HasPrefix(string(member), string(p)+".") && a.pending() {
				return place{}
			}
		}
		return place{object: o, with: []attr{o.after}}
	}
	in, err := wks.Decode(of.operation, strings.NewReader(string(data)))
	if err != nil {
		r.invalid(where(inputOf(err).Path), err)
		return
	}
	options := []wks.Option{wks.Edition(c.rules.Edition())}
	if r.region.code != "" {
		options = append(options, wks.Region(r.region.code))
	}
	a, err := wks.Check(in, options...)
	if err != nil {
		r.invalid(place{object: o, with: []attr{o.after}}, err)
		return
	}
	for _, v := range a.Violations {
		if p := where(v.Path); p.object != nil {
			r.add(p, v)
		}
	}
	if strings.HasPrefix(o.typ, "aws_") {
		c.tags(r, o)
	}
}

// set sets a member of a request, and the structures that it is in.
func set(request map[string]any, path []string, v any) {
	for len(path) > 1 {
		inner, ok := request[path[0]].(map[string]any)
		if !ok {
			inner = map[string]any{}
			request[path[0]] = inner
		}
		request, path = inner, path[1:]
	}
	request[path[0]] = v
}
