package tfplan

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
)

// An action is what the apply does with an object.
type action string

const (
	unchanged action = "no-op"
	read      action = "read" // a data source
	create    action = "create"
	update    action = "update"
	replace   action = "replace"
	destroy   action = "delete"
	forget    action = "forget" // Terraform lets go of it, and it stays
)

// An object is an instance of a resource or data source, as it is before and after the
// apply.
type object struct {
	address       words
	module        string // the address of its module instance, "" for the root
	mode          string // "managed" or "data"
	typ, name     string
	index         string // as in the address: [0], ["a"], or ""
	deposed       words  // the key of an object that an earlier apply left over
	action        action
	createFirst   bool    // a replace that creates the new object before it destroys the old one
	reason        words   // why it is replaced or destroyed, as Terraform says it
	replacedBy    [][]any // paths of the attributes whose change makes it a replace
	before, after attr
}

func (o *object) word() words { return o.address }

// changes reports whether the apply creates the object, or changes it in place.
func (o *object) changes() bool {
	return o.action == create || o.action == update || o.action == replace
}

// stays reports whether the object is there after the apply.
func (o *object) stays() bool { return o.deposed == "" && o.action != destroy && o.action != forget }

// changed reports whether an attribute is not the same after the apply, as far as is known.
func (o *object) changed(name string) bool {
	return !o.after.get(name).pending() && fmt.Sprint(o.before.get(name).value) != fmt.Sprint(o.after.get(name).value)
}

// id is the id of the object, "" if it is not known until apply.
func (o *object) id() string { return o.after.get("id").text() }

// A plan is what the apply would do.
type plan struct {
	name      words
	format    words
	terraform words
	errored   bool
	objects   []*object // those whose type has a shape, in the order of the input
	others    int       // resources whose type has none
	deferred  []words   // addresses that a later plan will tell about, and why
	config    configJSON
	variables map[string]variableJSON

	// What link looks up.
	ids     map[string]*object       // by id, ARN, and the ids of the route tables of a VPC
	blocks  map[[4]string][]*object  // by module instance, mode, type, and name with and without index
	modules map[[2]string][]string   // module instances by the parent's, and the name with and without index
	configs map[string]*moduleConfig // by address without indexes
	links   map[linkKey]link         // that were found
	depth   int                      // of the references that are being followed
}

// parsePlan reads what terraform show --json printed of a plan.
func parsePlan(name string, data []byte) (*plan, error) {
	f, err := decodePlan(name, data)
	if err != nil {
		return nil, err
	}
	p := &plan{name: plain(name), format: plain(f.FormatVersion), terraform: plain(f.TerraformVersion), errored: f.Errored, config: f.Configuration, variables: f.Variables}
	seen := map[[2]string]bool{}
	for i, c := range f.ResourceChanges {
		at := say("resource_changes[%s]", count(i))
		if c.Address == "" {
			return nil, &inputError{file: name, path: at, msg: "has no address"}
		}
		key := [2]string{c.Address, c.Deposed}
		if seen[key] {
			return nil, &inputError{file: name, path: at, msg: say("is %s, which stands in the plan twice", plain(c.Address))}
		}
		seen[key] = true
		if err := p.addChange(at, c); err != nil {
			return nil, err
		}
	}
	for i, d := range f.DeferredChanges {
		if d.ResourceChange.Address == "" {
			return nil, &inputError{file: name, path: say("deferred_changes[%s].resource_change", count(i)), msg: "has no address"}
		}
		if _, ok := shapes[d.ResourceChange.Type]; ok {
			p.deferred = append(p.deferred, say("%s: its plan is deferred (%s)", plain(d.ResourceChange.Address), plain(d.Reason)))
		}
	}
	if err := p.addState("prior_state.values.root_module", f.PriorState.Values.RootModule, seen); err != nil {
		return nil, err
	}
	p.index()
	return p, nil
}

// index prepares what link looks up.
func (p *plan) index() {
	p.ids, p.blocks, p.links = map[string]*object{}, map[[4]string][]*object{}, map[linkKey]link{}
	p.modules, p.configs = map[[2]string][]string{}, map[string]*moduleConfig{}
	known := map[string]bool{}
	for _, o := range p.objects {
		for _, name := range withAndWithout(o.name+o.index, o.name) {
			block := [4]string{o.module, o.mode, o.typ, name}
			p.blocks[block] = append(p.blocks[block], o)
		}
		p.addModule(o.module, known)
		for _, self := range selves[1:] {
			if id := o.after.get(self).text(); id != "" && o.stays() && p.ids[id] == nil {
				p.ids[id] = o
			}
		}
	}
}

// addModule notes a module instance, and those that it is in.
func (p *plan) addModule(module string, known map[string]bool) {
	for module != "" && !known[module] {
		known[module] = true
		steps := split(module)
		parent, call := parentOf(module)
		for _, name := range withAndWithout(steps[len(steps)-1], call) {
			key := [2]string{parent, name}
			p.modules[key] = append(p.modules[key], module)
		}
		module = parent
	}
}

// withAndWithout returns a name with its index and without, or once if it has none.
func withAndWithout(indexed, name string) []string {
	if indexed == name {
		return []string{name}
	}
	return []string{indexed, name}
}

func (p *plan) addChange(at words, c changeJSON) error {
	if _, ok := shapes[c.Type]; !ok {
		p.others++
		return nil
	}
	o := newObject(c.instanceJSON, c.ModuleAddress)
	o.deposed, o.reason, o.replacedBy = plain(c.Deposed), plain(c.ActionReason), c.Change.ReplacePaths
	has := func(a string) bool { return slices.Contains(c.Change.Actions, a) }
	switch {
	case has("create") && (has("delete") || has("forget")):
		o.action, o.createFirst = replace, c.Change.Actions[0] == "create"
	case len(c.Change.Actions) == 1 && slices.Contains([]action{unchanged, read, create, update, destroy, forget}, action(c.Change.Actions[0])):
		o.action = action(c.Change.Actions[0])
	default:
		return &inputError{file: string(p.name), path: at + ".change.actions", msg: plain(fmt.Sprintf("is %q, which is no set of actions of format 1.x", c.Change.Actions))}
	}
	o.before = attr{value: decodeValue(c.Change.Before), sensitive: decodeValue(c.Change.BeforeSensitive)}
	o.after = attr{value: decodeValue(c.Change.After), unknown: decodeValue(c.Change.AfterUnknown), sensitive: decodeValue(c.Change.AfterSensitive)}
	for _, side := range []struct {
		path words
		attr
	}{{at + ".change.before", o.before}, {at + ".change.after", o.after}} {
		side.attr.path = side.path
		if path, problem := shapes[o.typ].check(side.attr); problem != "" {
			return &inputError{file: string(p.name), path: path, msg: problem}
		}
	}
	p.objects = append(p.objects, o)
	return nil
}

// addState adds what the state has and the changes do not name: data sources that were read
// for the plan, and resources that -target left out.
func (p *plan) addState(at words, m moduleJSON, seen map[[2]string]bool) error {
	for i, r := range m.Resources {
		s, ok := shapes[r.Type]
		if !ok || seen[[2]string{r.Address}] {
			continue
		}
		o := newObject(r.instanceJSON, m.Address)
		o.action = unchanged
		if o.mode == "data" {
			o.action = read
		}
		o.after = attr{value: decodeValue(r.Values), sensitive: decodeValue(r.SensitiveValues)}
		o.before = o.after
		values := o.after
		values.path = say("%s.resources[%s].values", at, count(i))
		if path, problem := s.check(values); problem != "" {
			return &inputError{file: string(p.name), path: path, msg: problem}
		}
		p.objects = append(p.objects, o)
	}
	for i, child := range m.ChildModules {
		if err := p.addState(say("%s.child_modules[%s]", at, count(i)), child, seen); err != nil {
			return err
		}
	}
	return nil
}

func newObject(i instanceJSON, module string) *object {
	o := &object{address: plain(i.Address), module: module, mode: i.Mode, typ: i.Type, name: i.Name}
	switch index := decodeValue(i.Index).(type) {
	case json.Number:
		o.index = "[" + index.String() + "]"
	case string:
		o.index = "[" + strconv.Quote(index) + "]"
	}
	return o
}

// each returns the objects of the types that are there after the apply, in the order of the
// input.
func (p *plan) each(types ...string) []*object {
	var list []*object
	for _, o := range p.objects {
		if o.stays() && slices.Contains(types, o.typ) {
			list = append(list, o)
		}
	}
	return list
}
