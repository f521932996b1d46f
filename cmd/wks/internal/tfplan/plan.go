package tfplan

import (
	"reflect"
	"slices"
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
	forget    action = "forget"  // Terraform lets go of it, and it stays
	present   action = "present" // it stands in a state that is checked as it is
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

	was, is *desktop // of an aws_workspaces_workspace, when they are asked for
}

// word is the address as texts have it. The address itself is data, which tells objects apart.
func (o *object) word() words { return cut(o.address) }

// changes reports whether the apply creates the object, or changes it in place, or whether it is
// asked about as it is.
func (o *object) changes() bool {
	return o.action == create || o.action == update || o.action == replace || o.action == present
}

// stays reports whether the object is there after the apply.
func (o *object) stays() bool { return o.deposed == "" && o.action != destroy && o.action != forget }

// changed reports whether an attribute is not the same after the apply, as far as is known.
func (o *object) changed(name string) bool {
	return !o.after.get(name).pending() && !reflect.DeepEqual(o.before.get(name).value, o.after.get(name).value)
}

// id is the id of the object, "" if it is not known until apply.
func (o *object) id() string { return o.after.get("id").text() }

// A plan is what the apply would do.
type plan struct {
	name      words
	format    words
	terraform words
	errored   bool
	skipped   words                     // what of the input is no plan
	objects   []*object                 // those whose type has a shape, in the order of the input
	others    int                       // resources whose type has none
	deferred  []words                   // addresses that a later plan will tell about, and why
	state     bool                      // it is no plan, but a state
	config    *module                   // the root module
	providers map[string]providerConfig // by the key that blocks have
	variables map[string]any            // of the root module
	release   release                   // of the provider

	// What link looks up.
	ids     map[string]*object       // by id, ARN, and the ids of the route tables of a VPC
	blocks  map[[4]string][]*object  // by module instance, mode, type, and name with and without index
	modules map[[2]string][]string   // module instances by the parent's, and the name with and without index
	configs map[string]*module       // by address without indexes
	links   map[linkKey]link         // that were found
	suited  map[suitKey]*targets     // by suiting
	sets    map[*any]map[string]bool // texts of lists, by their first element
	depth   int                      // of the references that are being followed
}

// index prepares what link looks up.
func (p *plan) index() {
	p.ids, p.blocks, p.links = map[string]*object{}, map[[4]string][]*object{}, map[linkKey]link{}
	p.suited, p.sets = map[suitKey]*targets{}, map[*any]map[string]bool{}
	p.modules, p.configs = map[[2]string][]string{}, map[string]*module{}
	known := map[string]bool{}
	for _, o := range p.objects {
		for _, name := range withAndWithout(o.name+o.index, o.name) {
			block := [4]string{o.module, o.mode, o.typ, name}
			p.blocks[block] = append(p.blocks[block], o)
		}
		p.addModule(o.module, known)
		if o.typ == "aws_kms_key_policy" {
			continue // its id is that of the key
		}
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

// attribute is the text of an attribute after the apply, "" of no object.
func (o *object) attribute(name string) string {
	if o == nil {
		return ""
	}
	return o.after.get(name).text()
}
