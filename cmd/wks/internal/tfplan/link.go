package tfplan

import (
	"cmp"
	"slices"
	"strings"
)

// A link is what an attribute refers to. While the id of an object is not known, the
// configuration tells which object the attribute names.
type link struct {
	*targets        // shared by all links that lead to the same
	complete bool   // there is nothing else that it may refer to
	exact    bool   // it refers to each of them, so that there is nothing to choose
	all      bool   // as exact, if the expression takes all instances of a block that it names without an index
	by       string // the attribute through which it leads to the objects, "" if that is not known or not one
	gaps     []gap  // where it could not be followed, the first few
	bare     bool   // the reference names a block without an index
	chooser  string // the one reference that chooses an instance: each.key, count.index or each.value.x
	assumed  string // what chose an instance
	mixed    bool   // it is by a value of for_each, that may have ids of several kinds
}

// A gap is an expression that a plan does not have: a local value, or one that belongs to an instance.
type gap struct{ module, reference string }

// mostGaps is how many gaps of a link are told apart.
const mostGaps = 4

func (g gap) word() words {
	if g.module == "" {
		return brief(g.reference)
	}
	return say("%s of %s", brief(g.reference), brief(g.module))
}

// why tells why a link leads nowhere, as the end of a sentence.
func (l link) why() words {
	switch {
	case len(l.gaps) == 0 && l.complete && len(l.literals) == 0 && l.size() > 1:
		return say("; it may be any of %s", few(l.objects, l.size()))
	case len(l.gaps) == 0:
		return ""
	}
	if first := l.gaps[0].reference; strings.HasPrefix(first, "local.") {
		return say("; it is by way of %s, which a plan does not have", few(l.gaps, len(l.gaps)))
	}
	return say("; it is by way of %s", few(l.gaps, len(l.gaps)))
}

// knownValue is the link of a value that is known when the plan is made, beside others: what is not
// known until apply is not it, but it may choose among them.
var knownValue = link{targets: nothing, complete: true}

// lost is a link that could not be followed beyond a reference.
func lost(module, reference string) link {
	return link{targets: nothing, gaps: []gap{{module, reference}}}
}

// Targets are what links lead to.
type targets struct {
	objects  []*object
	literals []attr             // ids of what the plan does not have
	byIndex  map[string]*object // of the instances of one block, by instance; filled by instance
}

// instance returns an object by its index, if all are instances of one block.
func (t *targets) instance(index string) *object {
	if t.byIndex == nil {
		t.byIndex = map[string]*object{}
		for _, o := range t.objects {
			if first := t.objects[0]; o.typ != first.typ || o.name != first.name || o.module != first.module {
				clear(t.byIndex)
				break
			}
			t.byIndex[o.index] = o
		}
	}
	return t.byIndex[index]
}

var nothing = &targets{}

func (t *targets) size() int { return len(t.objects) + len(t.literals) }

// one returns the object that the attribute refers to, or the id, if that is certain.
func (l link) one() (o *object, id attr, ok bool) {
	switch {
	case !l.complete || l.size() != 1:
		return nil, attr{}, false
	case len(l.objects) == 1:
		return l.objects[0], attr{}, true
	}
	return nil, l.literals[0], true
}

// A linker puts links together. What is the first stays shared, so that a thousand instances
// which refer to the same thousand objects have them once.
type linker struct {
	link
	own      bool // the targets are the linker's
	parts    map[*targets]bool
	objects  map[*object]bool
	literals map[string]bool
}

func newLinker() *linker {
	return &linker{link: link{targets: nothing, complete: true, exact: true, all: true}}
}

func (b *linker) add(m link) {
	if m.targets != nothing {
		b.bare = m.bare && (b.bare || b.size() == 0)
	}
	b.mixed, b.assumed = b.mixed || m.mixed, cmp.Or(b.assumed, m.assumed)
	b.complete = b.complete && m.complete
	b.exact = b.exact && m.exact && m.size() == 1
	b.all = b.all && m.all
	for _, g := range m.gaps {
		if !slices.Contains(b.gaps, g) && len(b.gaps) <= mostGaps {
			b.gaps = append(b.gaps, g)
		}
	}
	if b.size() == 0 {
		b.by = m.by
	} else if b.by != m.by {
		b.by = ""
	}
	switch {
	case m.size() == 0 || b.targets == m.targets || b.parts[m.targets]:
		return
	case b.size() == 0:
		b.targets = m.targets
		return
	case !b.own:
		first := b.targets
		b.targets, b.own = &targets{}, true
		b.parts, b.objects, b.literals = map[*targets]bool{}, map[*object]bool{}, map[string]bool{}
		b.take(first)
	}
	b.take(m.targets)
}

func (b *linker) take(t *targets) {
	b.parts[t] = true
	for _, o := range t.objects {
		if !b.objects[o] {
			b.objects[o] = true
			b.targets.objects = append(b.targets.objects, o)
		}
	}
	for _, id := range t.literals {
		if !b.literals[id.text()] {
			b.literals[id.text()] = true
			b.targets.literals = append(b.targets.literals, id)
		}
	}
}

// selves are the attributes that stand for the object which has them.
var selves = []string{"", "id", "arn", "main_route_table_id", "default_route_table_id"}

// isSelf reports whether an attribute stands for an object which has it.
func (o *object) isSelf(attribute string) bool {
	switch o.typ {
	case "aws_kms_key":
		return attribute == "key_id" || slices.Contains(selves, attribute)
	case "aws_kms_alias":
		return attribute == "name" || slices.Contains(selves, attribute)
	case "aws_directory_service_directory":
		return attribute == "security_group_id" || slices.Contains(selves, attribute)
	}
	return slices.Contains(selves, attribute)
}

// A linkKey tells what a link was found for: an expression in a module instance, or one of its
// references.
type linkKey struct {
	module     string
	expression *expression
	reference  string
}

// deepest is how many references one after another are followed. The stack of the program has
// an end.
const deepest = 2000

// once computes a link, or returns it if it was computed before. A link that leads to
// itself, or too far, is not complete.
func (p *plan) once(key linkKey, find func() link) link {
	l, ok := p.links[key]
	if !ok && p.depth < deepest {
		p.links[key] = link{targets: nothing}
		p.depth++
		l = find()
		p.depth--
		p.links[key] = l
	}
	if l.targets == nil {
		l.targets = nothing
	}
	return l
}

// link returns what a string, or a list of strings, of an object refers to.
func (p *plan) link(o *object, name string) link {
	if a := o.after.get(name); !a.pending() {
		return p.named(a)
	}
	e := p.argument(o, name)
	return p.chosen(p.suiting(p.follow(o.module, e), name), o.module, e, o.index)
}

// linkIn is link for what stands in a nested block of which there is at most one.
func (p *plan) linkIn(o *object, block, name string) link {
	a := o.after.block(block).get(name)
	if !a.pending() {
		return p.named(a)
	}
	var e *expression
	if b := p.argument(o, block); b != nil && len(b.blocks) == 1 {
		e = b.blocks[0][name]
	}
	return p.chosen(p.suiting(p.follow(o.module, e), name), o.module, e, o.index)
}

// argument returns what the configuration says of an argument of an object, nil for nothing.
func (p *plan) argument(o *object, name string) *expression {
	if b := p.configOf(o); b != nil {
		return b.arguments[name]
	}
	return nil
}

// configOf returns the block of an object in the configuration, nil if it has none.
func (p *plan) configOf(o *object) *block {
	m, ok := p.moduleOf(o.module)
	if !ok {
		return nil
	}
	return m.blocks[[3]string{o.mode, o.typ, o.name}]
}

// moduleOf returns the configuration of the module of an instance such as
// module.a[0].module.b.
func (p *plan) moduleOf(module string) (*module, bool) {
	steps := split(module)
	if len(steps)%2 != 0 {
		return nil, false
	}
	for i := range steps {
		steps[i], _, _ = strings.Cut(steps[i], "[")
	}
	address := strings.Join(steps, ".")
	if m, ok := p.configs[address]; ok {
		return m, m != nil
	}
	p.configs[address] = nil
	m := p.config
	for i := 0; i < len(steps); i += 2 {
		call := m.calls[steps[i+1]]
		if call == nil || steps[i] != "module" {
			return nil, false
		}
		m = call.module
	}
	p.configs[address] = m
	return m, true
}

// follow returns what an expression in a module instance refers to.
func (p *plan) follow(module string, e *expression) link {
	if e == nil {
		return link{targets: nothing}
	}
	return p.once(linkKey{module: module, expression: e}, func() link {
		if e.references == nil {
			return p.named(attr{value: e.constant})
		}
		l := newLinker()
		var choosers []string
		for _, ref := range own(e.references) {
			switch { // which instance, of a reference beside it
			case ref == "count.index", ref == "each.key":
				l.exact, l.all = false, false
				choosers = append(choosers, ref)
				continue
			case ref == "each.value", strings.HasPrefix(ref, "each.value."), strings.HasPrefix(ref, "each.value["):
				l.all = false
				v := p.eachValue(module, e, ref)
				if v.size() == 0 {
					v.chooser = ref
				}
				if v.chooser != "" {
					choosers = append(choosers, v.chooser)
				}
				l.add(v)
				continue
			}
			l.add(p.followed(module, ref))
		}
		if l.size() == 0 {
			return link{targets: nothing, gaps: l.gaps}
		}
		if len(choosers) == 1 && l.bare {
			l.chooser = choosers[0]
		}
		return l.link
	})
}

// followed returns what one reference leads to.
func (p *plan) followed(module, ref string) link {
	return p.once(linkKey{module: module, reference: ref}, func() link { return p.reference(module, split(ref)) })
}

// own leaves out of references those that are beginnings of the one before: a.b[0].c is followed by a.b[0]
// and a.b.
func own(references []string) (list []string) {
	last := ""
	for _, ref := range references {
		if len(last) > len(ref) && strings.HasPrefix(last, ref) && strings.ContainsRune(".[", rune(last[len(ref)])) {
			continue
		}
		last = ref + "."
		list = append(list, ref)
	}
	return list
}

// named returns the objects of which an attribute has the ids.
func (p *plan) named(a attr) link {
	t := &targets{}
	for _, id := range append(a.list(), a) {
		switch target := p.ids[id.text()]; {
		case id.text() == "":
		case target != nil:
			t.objects = append(t.objects, target)
		default:
			t.literals = append(t.literals, id)
		}
	}
	return link{targets: t, complete: true, exact: true, all: true}
}

// reference returns what one reference in a module instance leads to: a resource, a data
// source, a variable of the module or an output of one below.
func (p *plan) reference(module string, steps []string) link {
	if len(steps) < 2 {
		return link{targets: nothing}
	}
	mode := "managed"
	switch steps[0] {
	case "var":
		name, index, _ := strings.Cut(steps[1], "[")
		parent, call := parentOf(module)
		if call == "" {
			if _, ok := p.variables[name]; ok {
				return knownValue
			}
			return lost(module, strings.Join(steps, "."))
		}
		m, ok := p.moduleOf(parent)
		if !ok {
			return link{targets: nothing}
		}
		e := callOf(m, call).inputs[name]
		l := p.chosen(p.follow(parent, e), parent, e, indexOf(module)).element(index)
		if l.complete && len(l.objects) == 0 {
			return knownValue
		}
		return l
	case "module":
		if len(steps) < 3 {
			return lost(module, strings.Join(steps, "."))
		}
		return p.output(module, steps[1], steps[2])
	case "local":
		return lost(module, strings.Join(steps, "."))
	case "each", "count", "path", "terraform", "self":
		return link{targets: nothing}
	case "data":
		mode, steps = "data", steps[1:]
		if len(steps) < 2 {
			return link{targets: nothing}
		}
	}
	attribute := ""
	if len(steps) > 2 {
		attribute, _, _ = strings.Cut(steps[2], "[")
	}
	l := newLinker()
	instances := 0
	for _, o := range p.blocks[[4]string{module, mode, steps[0], steps[1]}] {
		if !o.stays() {
			continue
		}
		instances++
		switch {
		case o.isSelf(attribute):
			l.add(o.self(attribute))
		case attribute == "target_key_arn" && o.typ == "aws_kms_alias":
			key := p.link(o, "target_key_id")
			key.by = "arn"
			l.add(key)
		default:
			l.add(p.link(o, attribute))
		}
	}
	l.complete = l.complete && instances > 0
	l.exact = l.exact && instances == 1
	l.bare = !strings.Contains(steps[1], "[")
	if instances == 0 {
		l.gaps = []gap{{module, strings.Join(steps, ".")}}
	}
	return l.link
}

// element returns the element of a list of objects: the instance with its number, if the list is
// that of the instances of one block.
func (l link) element(index string) link {
	if index == "" {
		return l
	}
	if l.complete && l.all && len(l.literals) == 0 {
		if o := l.instance("[" + index); o != nil {
			return o.self(l.by)
		}
	}
	l.all = false
	return l
}

// output follows an output of the instances of a module that is called in another.
func (p *plan) output(module, call, name string) link {
	callName, _, _ := strings.Cut(call, "[")
	m, ok := p.moduleOf(module)
	if !ok {
		return link{targets: nothing}
	}
	name, index, _ := strings.Cut(name, "[")
	out := callOf(m, callName).module.outputs[name]
	if out == nil {
		return link{targets: nothing}
	}
	l := newLinker()
	instances := p.modules[[2]string{module, call}]
	for _, instance := range instances {
		l.add(p.follow(instance, out))
	}
	l.complete = l.complete && len(instances) > 0
	l.exact = l.exact && len(instances) == 1
	return l.link.element(index)
}

// self is the link to the object itself.
func (o *object) self(attribute string) link {
	return link{targets: &targets{objects: []*object{o}}, complete: true, exact: true, all: true, by: attribute}
}

// callOf returns a call of a module, an empty one if there is none of the name.
func callOf(m *module, name string) *moduleCall {
	if c := m.calls[name]; c != nil {
		return c
	}
	return &moduleCall{module: &module{}}
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
