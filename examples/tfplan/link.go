package main

import (
	"encoding/json"
	"slices"
	"strings"
)

// A link is what an attribute refers to. While the id of an object is not known, the
// configuration tells which object the attribute names.
type link struct {
	objects  []*object
	literals []string // ids of what the plan does not have
	complete bool     // there is nothing else that it may refer to
	exact    bool     // it refers to each of them, so that there is nothing to choose
}

// one returns the object that the attribute refers to, or the id, if that is certain.
func (l link) one() (o *object, id string, ok bool) {
	switch {
	case !l.complete || len(l.objects)+len(l.literals) != 1:
		return nil, "", false
	case len(l.objects) == 1:
		return l.objects[0], "", true
	}
	return nil, l.literals[0], true
}

func (l *link) add(m link) {
	for _, o := range m.objects {
		if !slices.Contains(l.objects, o) {
			l.objects = append(l.objects, o)
		}
	}
	for _, id := range m.literals {
		if !slices.Contains(l.literals, id) {
			l.literals = append(l.literals, id)
		}
	}
	l.complete = l.complete && m.complete
	l.exact = l.exact && m.exact && len(m.objects)+len(m.literals) == 1
}

// selves are the attributes that stand for the object which has them.
var selves = []string{"", "id", "arn", "main_route_table_id", "default_route_table_id"}

// once computes a link, or returns it if it was computed before. A link that leads to
// itself is not complete.
func (p *plan) once(key string, find func() link) link {
	l, ok := p.links[key]
	if !ok {
		p.links[key] = link{}
		l = find()
		p.links[key] = l
	}
	return l
}

// link returns what a string, or a list of strings, of an object refers to.
func (p *plan) link(o *object, name string) link {
	a := o.after.get(name)
	if !a.pending() {
		return p.named(a)
	}
	return p.once("object "+o.address+" "+name, func() link {
		r, _ := p.configOf(o)
		return p.follow(o.module, r.Expressions[name])
	})
}

// configOf returns the block of an object in the configuration.
func (p *plan) configOf(o *object) (configResource, bool) {
	m, _ := p.moduleOf(o.module)
	i := slices.IndexFunc(m.Resources, func(r configResource) bool {
		return r.Mode == o.mode && r.Type == o.typ && r.Name == o.name
	})
	if i < 0 {
		return configResource{}, false
	}
	return m.Resources[i], true
}

// moduleOf returns the configuration of the module of an instance such as
// module.a[0].module.b.
func (p *plan) moduleOf(module string) (configModule, bool) {
	m := p.config.RootModule
	steps := split(module)
	for i := 0; i+1 < len(steps); i += 2 {
		name, _, _ := strings.Cut(steps[i+1], "[")
		call, ok := m.ModuleCalls[name]
		if !ok || steps[i] != "module" {
			return configModule{}, false
		}
		m = call.Module
	}
	return m, len(steps)%2 == 0
}

// follow returns what an expression in a module instance refers to.
func (p *plan) follow(module string, raw json.RawMessage) link {
	var e expression
	if raw == nil || json.Unmarshal(raw, &e) != nil {
		return link{}
	}
	if e.References == nil {
		return p.named(attr{value: decodeValue(e.ConstantValue)})
	}
	l := link{complete: true, exact: true}
	last := ""
	for _, ref := range e.References {
		// A reference is followed by its own beginnings: a.b[0].c, then a.b[0] and a.b.
		if len(last) > len(ref) && strings.HasPrefix(last, ref) && strings.ContainsRune(".[", rune(last[len(ref)])) {
			continue
		}
		last = ref + "."
		if ref == "count.index" || ref == "each.key" { // which instance, of a reference beside it
			l.exact = false
			continue
		}
		l.add(p.once("reference "+module+" "+ref, func() link { return p.reference(module, split(ref)) }))
	}
	if len(l.objects)+len(l.literals) == 0 {
		return link{}
	}
	return l
}

// named returns the objects of which an attribute has the ids.
func (p *plan) named(a attr) link {
	l := link{complete: true, exact: true}
	for _, id := range append(a.texts(), a.text()) {
		switch target := p.ids[id]; {
		case id == "":
		case target != nil:
			l.objects = append(l.objects, target)
		default:
			l.literals = append(l.literals, id)
		}
	}
	return l
}

// reference returns what one reference in a module instance leads to: a resource, a data
// source, a variable of the module or an output of one below.
func (p *plan) reference(module string, steps []string) link {
	if len(steps) < 2 {
		return link{}
	}
	mode := "managed"
	switch steps[0] {
	case "var":
		parent, call := parentOf(module)
		m, ok := p.moduleOf(parent)
		if !ok || call == "" {
			return link{}
		}
		name, _, _ := strings.Cut(steps[1], "[")
		return p.follow(parent, m.ModuleCalls[call].Expressions[name])
	case "module":
		if len(steps) < 3 {
			return link{}
		}
		return p.output(module, steps[1], steps[2])
	case "local", "each", "count", "path", "terraform", "self":
		return link{}
	case "data":
		mode, steps = "data", steps[1:]
		if len(steps) < 2 {
			return link{}
		}
	}
	name, index, indexed := strings.Cut(steps[1], "[")
	attribute := ""
	if len(steps) > 2 {
		attribute, _, _ = strings.Cut(steps[2], "[")
	}
	l := link{complete: true, exact: true}
	instances := 0
	for _, o := range p.blocks[[4]string{module, mode, steps[0], name}] {
		if !o.stays() || indexed && o.index != "["+index {
			continue
		}
		instances++
		if slices.Contains(selves, attribute) {
			l.add(link{objects: []*object{o}, complete: true, exact: true})
		} else {
			l.add(p.link(o, attribute))
		}
	}
	l.complete = l.complete && instances > 0
	l.exact = l.exact && instances == 1
	return l
}

// output follows an output of the instances of a module that is called in another.
func (p *plan) output(module, call, name string) link {
	callName, _, indexed := strings.Cut(call, "[")
	m, ok := p.moduleOf(module)
	if !ok {
		return link{}
	}
	name, _, _ = strings.Cut(name, "[")
	out, ok := m.ModuleCalls[callName].Module.Outputs[name]
	if !ok {
		return link{}
	}
	l := link{complete: true, exact: true}
	instances := 0
	for _, instance := range p.modules {
		parent, of := parentOf(instance)
		if parent != module || of != callName || indexed && !strings.HasSuffix(instance, call) {
			continue
		}
		instances++
		l.add(p.follow(instance, out.Expression))
	}
	l.complete = l.complete && instances > 0
	l.exact = l.exact && instances == 1
	return l
}

// parentOf returns the module instance in which another is called, and the name of the call.
func parentOf(module string) (parent, call string) {
	steps := split(module)
	if len(steps) < 2 {
		return "", ""
	}
	call, _, _ = strings.Cut(steps[len(steps)-1], "[")
	return strings.Join(steps[:len(steps)-2], "."), call
}

// split splits an address or a reference at the dots that are in no index.
func split(s string) []string {
	if s == "" {
		return nil
	}
	var steps []string
	start, depth, quoted := 0, 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[':
			depth++
		case c == ']':
			depth--
		case c == '.' && depth == 0:
			steps = append(steps, s[start:i])
			start = i + 1
		}
	}
	return append(steps, s[start:])
}
