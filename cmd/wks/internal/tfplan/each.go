package tfplan

import (
	"slices"
	"strconv"
	"strings"
)

// eachValue returns what each.value, or a part of it, may refer to in an expression: all that the for_each
// of its block refers to, that is not known until apply and that the argument can name. An instance that
// has its value by way of the same key of one other block is chosen by each.key.
func (p *plan) eachValue(module string, e *expression, ref string) link {
	each := e.each
	if each == nil {
		return lost(module, ref)
	}
	if len(each.references) == 0 {
		return knownValue
	}
	if steps := split(each.references[0]); len(each.references) == 1 && len(steps) == 2 && !strings.Contains(steps[1], "[") && !isOther(steps[0]) {
		if of := valuePath(ref); len(of) > 0 { // for_each = aws_kms_key.k
			steps = append(steps, of[0])
		}
		l := p.reference(module, steps)
		l.chooser = "each.key"
		return l
	}
	all := newLinker()
	for _, ref := range own(each.references) {
		l := p.followed(module, ref)
		if t := p.suitable(l.targets, e.attribute); t != l.targets {
			if l.targets = t; t.size() == 0 {
				continue
			}
		}
		all.add(l)
	}
	l := all.link
	l.exact, l.all, l.bare, l.mixed = l.exact && l.size() == 1, false, false, true
	return l
}

// isOther reports whether a reference that begins so is not to a resource.
func isOther(first string) bool {
	return slices.Contains([]string{"var", "local", "module", "data", "each", "count", "path", "terraform", "self"}, first)
}

// valuePath returns the names behind each.value: "a" and "b" of each.value.a["b"].
func valuePath(ref string) (path []string) {
	rest := strings.TrimPrefix(ref, "each.value")
	for _, step := range split(strings.TrimPrefix(rest, ".")) {
		name, index, indexed := strings.Cut(step, "[")
		if name != "" {
			path = append(path, name)
		}
		if indexed {
			index = strings.TrimSuffix(index, "]")
			if s, err := strconv.Unquote(index); err == nil {
				index = s
			}
			path = append(path, index)
		}
	}
	return path
}

// nameable are the types of what an attribute may name.
var nameable = map[string][]string{
	"volume_encryption_key":    {"aws_kms_key", "aws_kms_alias"},
	"target_key_id":            {"aws_kms_key"},
	"key_id":                   {"aws_kms_key"},
	"vpc_id":                   vpcTypes,
	"subnet_ids":               subnetTypes,
	"route_table_id":           append(slices.Clone(tableTypes), vpcTypes...),
	"directory_id":             {"aws_workspaces_directory", "aws_directory_service_directory"},
	"bundle_id":                {"aws_workspaces_bundle"},
	"ip_group_ids":             {"aws_workspaces_ip_group"},
	"prefix_list_id":           {"aws_ec2_managed_prefix_list"},
	"security_group_id":        {"aws_security_group", "aws_default_security_group"},
	"custom_security_group_id": {"aws_security_group", "aws_default_security_group"},
}

// A suitKey is what suitable looks at.
type suitKey struct {
	*targets
	attribute string
}

// suitable returns those of the targets which are not known until apply, and which an attribute can name: a
// value of for_each may have ids of several kinds, and what is known is not it.
func (p *plan) suitable(all *targets, attribute string) *targets {
	key := suitKey{all, attribute}
	if t, ok := p.suited[key]; ok {
		return t
	}
	types := nameable[attribute]
	t := &targets{}
	for _, o := range all.objects {
		if o.after.pending() && (types == nil || slices.Contains(types, o.typ)) {
			t.objects = append(t.objects, o)
		}
	}
	if t.size() == all.size() {
		t = all
	}
	p.suited[key] = t
	return t
}

// suiting is suitable for a link by a value of for_each, as the argument of a module that has ids of several
// kinds.
func (p *plan) suiting(l link, attribute string) link {
	if l.mixed {
		l.targets = p.suitable(l.targets, attribute)
	}
	return l
}

// chosen is a link of an expression as it is for one instance of the block or module that it stands in: a
// reference to a block whose instance each.key, count.index or a value of for_each chooses leads to that
// instance, if there is one.
func (p *plan) chosen(l link, module string, e *expression, index string) link {
	if l.chooser == "" || index == "" || len(l.literals) > 0 || l.size() == 0 {
		return l
	}
	if strings.HasPrefix(l.chooser, "each.value") {
		v := p.valueAt(module, e.each, index)
		for _, name := range valuePath(l.chooser) {
			v, _ = memberOf(v, name)
		}
		switch v := v.(type) {
		case string:
			index = "[" + strconv.Quote(v) + "]"
		case int32:
			index = "[" + strconv.Itoa(int(v)) + "]"
		default:
			return l
		}
	}
	o := l.instance(index)
	if o == nil {
		return l
	}
	of := o.self(l.by)
	of.complete, of.gaps, of.assumed = l.complete, l.gaps, l.chooser
	return of
}

// indexOf returns the index of a module instance.
func indexOf(module string) string {
	steps := split(module)
	if len(steps) == 0 {
		return ""
	}
	_, index, ok := strings.Cut(steps[len(steps)-1], "[")
	if !ok {
		return ""
	}
	return "[" + index
}

// keyOfIndex is the key of an index such as ["a"].
func keyOfIndex(index string) string {
	key := strings.TrimSuffix(strings.TrimPrefix(index, "["), "]")
	if s, err := strconv.Unquote(key); err == nil {
		return s
	}
	return key
}

// valueAt returns the value of for_each for an instance, nil unless the plan tells it: by a constant or a variable.
func (p *plan) valueAt(module string, each *expression, index string) any {
	v, ok := p.constant(module, each)
	if !ok {
		return nil
	}
	key := keyOfIndex(index)
	if list, isList := v.([]any); isList { // toset
		if !p.inSet(list, key) {
			return nil
		}
		return key
	}
	v, _ = memberOf(v, key)
	return v
}

// inSet reports whether a list has a text. A list is indexed once.
func (p *plan) inSet(list []any, text string) bool {
	if len(list) == 0 {
		return false
	}
	set, ok := p.sets[&list[0]]
	if !ok {
		set = make(map[string]bool, len(list))
		for _, v := range list {
			if s, isText := v.(string); isText {
				set[s] = true
			}
		}
		p.sets[&list[0]] = set
	}
	return set[text]
}

// constant returns the value of an expression that is a constant or one variable. What an expression makes
// of a variable is not in a plan.
func (p *plan) constant(module string, e *expression) (any, bool) {
	switch {
	case e == nil:
		return nil, false
	case e.isConstant:
		return e.constant, true
	case len(e.references) == 0:
		return nil, false
	}
	steps := split(e.references[0])
	if len(steps) < 2 || steps[0] != "var" {
		return nil, false
	}
	if slices.ContainsFunc(e.references, func(ref string) bool { return !strings.HasPrefix(e.references[0], ref) }) {
		return nil, false
	}
	name, rest, indexed := strings.Cut(steps[1], "[")
	var v any
	var ok bool
	if parent, call := parentOf(module); call == "" {
		v, ok = p.variables[name]
		ok = ok && !p.config.sensitive[name]
	} else if m, known := p.moduleOf(parent); known && p.depth < deepest {
		p.depth++
		v, ok = p.constant(parent, callOf(m, call).inputs[name])
		p.depth--
	}
	if indexed {
		v, ok = memberOf(v, keyOfIndex("["+rest))
	}
	for _, name := range steps[2:] {
		if !ok {
			break
		}
		v, ok = memberOf(v, name)
	}
	return v, ok
}

// memberOf returns a member of an object, or an element of a list.
func memberOf(v any, name string) (any, bool) {
	switch v := v.(type) {
	case members:
		x := v.get(name)
		return x, x != nil
	case []any:
		if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < len(v) {
			return v[i], true
		}
	}
	return nil, false
}
