package tfplan

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
)

// parsePlan reads what terraform show --json printed of a plan, or of a state.
func parsePlan(name string, data []byte) (*plan, error) {
	fail := func(msg words) (*plan, error) { return nil, &inputError{file: name, msg: msg} }
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return fail("is empty: the command that wrote it has failed")
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return fail("is in UTF-16, as the redirection of Windows PowerShell writes; write it in UTF-8")
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return fail("is the saved plan itself: print it with terraform show --json")
	}
	d := newDecoder(name, data)
	p := &plan{name: plain(name), config: &module{}}
	if err := d.plan(p); err != nil {
		return nil, err
	}
	p.index()
	p.release.configured(p.providers)
	for _, o := range p.objects {
		if s := tagged[o.typ]; s.version != "" && o.mode == "managed" {
			p.release.atLeast(s)
		}
	}
	return p, nil
}

// plan reads a whole document.
func (d *decoder) plan(p *plan) error {
	var version string
	var planned, isState, template bool
	seen := map[[2]string]bool{}
	var prior []*object // of the state: they count if no change names them
	err := d.object(func(name string) (known bool, err error) {
		known = true
		switch name {
		case "format_version":
			version, err = d.text()
		case "terraform_version":
			var s string
			s, err = d.text()
			p.terraform = brief(s)
		case "errored":
			p.errored, err = d.bool()
		case "resource_changes":
			planned = true
			err = d.array(func(int) error { return d.change(p, seen) })
		case "deferred_changes":
			err = d.array(func(int) error { return d.deferred(p) })
		case "prior_state":
			err = d.object(func(name string) (bool, error) {
				return name == "values", within(name, "values", func() error { return d.stateValues(&prior) })
			})
		case "values":
			isState = true
			err = d.stateValues(&prior)
		case "configuration":
			err = d.configuration(p)
		case "variables":
			p.variables = map[string]any{}
			err = d.keyed(func(name string) error {
				return d.object(func(member string) (bool, error) {
					return member == "value", within(member, "value", func() error {
						p.variables[name], _, err = d.value(&everything)
						return err
					})
				})
			})
		case "planned_values":
			planned = true
			return false, nil
		default:
			template = template || name == "Resources" || name == "AWSTemplateFormatVersion"
			return false, nil
		}
		return known, err
	})
	if err == nil {
		err = d.r.End()
	}
	if err != nil {
		if bytes.Contains(d.data[:min(len(d.data), 1<<12)], []byte(`"@level"`)) {
			return &inputError{file: d.file, msg: "is the log of terraform plan --json: give the output of terraform show --json of a saved plan"}
		}
		return d.explain(err)
	}
	fail := func(msg words) error { return &inputError{file: d.file, msg: msg} }
	major, minor, _ := strings.Cut(version, ".")
	digits := minor != "" && strings.Trim(minor, "0123456789") == ""
	switch {
	case version == "" && template:
		return fail("is a CloudFormation template, as cdk synth writes: this program reads plans of Terraform and OpenTofu: use wks cfn")
	case version == "":
		return fail("has no format_version: it is not what terraform show --json prints of a plan")
	case !digits || major != "1":
		return fail(say("has the format version %s; this program reads 1.x, that of Terraform since 1.1 and of OpenTofu", attr{value: version}))
	case !isState && !planned:
		return fail("has neither changes nor values: it is the state of nothing")
	}
	p.format, p.state = brief(version), isState && !planned
	for _, o := range prior {
		if seen[[2]string{string(o.address)}] {
			continue
		}
		if p.state && o.mode == "managed" {
			o.action = present
		}
		p.objects = append(p.objects, o)
	}
	return nil
}

// within reads the value of a member if it is the one that is wanted.
func within(name, wanted string, read func() error) error {
	if name != wanted {
		return nil
	}
	return read()
}

// instance reads a member that tells which instance of which block something is.
func (d *decoder) instance(o *object, name string) (known bool, err error) {
	var s string
	switch name {
	case "address":
		s, err = d.text()
		o.address = plain(s)
	case "module_address":
		o.module, err = d.text()
	case "mode":
		o.mode, err = d.text()
	case "type":
		o.typ, err = d.text()
	case "name":
		o.name, err = d.text()
	case "index":
		v, _, err := d.value(&everything)
		switch index := v.(type) {
		case int32:
			o.index = "[" + strconv.Itoa(int(index)) + "]"
		case string:
			o.index = "[" + strconv.Quote(index) + "]"
		}
		return true, err
	default:
		return false, nil
	}
	return true, err
}

// change reads an element of resource_changes.
func (d *decoder) change(p *plan, seen map[[2]string]bool) error {
	o := &object{}
	start := d.r.Offset()
	at := say("resource_changes%s", words(d.at[len(d.at)-1]))
	var actions []string
	sound, early := true, false
	err := d.object(func(name string) (known bool, err error) {
		switch name {
		case "deposed":
			var s string
			s, err = d.text()
			o.deposed = brief(s)
		case "action_reason":
			var s string
			s, err = d.text()
			o.reason = brief(s)
		case "change":
			s := shapes[o.typ]
			if s == nil {
				if o.typ != "" {
					return false, nil
				}
				s, early = &everything, true
			}
			actions, err = d.sides(o, s, &sound)
		default:
			return d.instance(o, name)
		}
		return true, err
	})
	switch {
	case err != nil:
		return err
	case o.address == "":
		return &inputError{file: d.file, path: at, msg: "has no address"}
	}
	key := [2]string{string(o.address), string(o.deposed)}
	if seen[key] {
		return &inputError{file: d.file, path: at, msg: say("is %s, which stands in the plan twice", o)}
	}
	seen[key] = true
	s := shapes[o.typ]
	if s == nil {
		p.others++
		return nil
	}
	has := func(a string) bool { return slices.Contains(actions, a) }
	switch {
	case has("create") && (has("delete") || has("forget")):
		o.action, o.createFirst = replace, actions[0] == "create"
	case len(actions) == 1 && slices.Contains([]action{unchanged, read, create, update, destroy, forget}, action(actions[0])):
		o.action = action(actions[0])
	default:
		line, column := position(d.data, start)
		return &inputError{d.file, at + ".change.actions", line, column, say("is %s, which is no set of actions of format 1.x", brief(strconv.Quote(strings.Join(actions, " "))))}
	}
	if !sound || early {
		for _, side := range []struct {
			path words
			attr
		}{{at + ".change.before", o.before}, {at + ".change.after", o.after}} {
			side.attr.path = side.path
			if path, problem := s.check(side.attr); problem != "" {
				return &inputError{file: d.file, path: path, msg: problem}
			}
		}
	}
	p.objects = append(p.objects, o)
	return nil
}

// sides reads the values of an object before and after the change, and the actions.
func (d *decoder) sides(o *object, s *shape, sound *bool) (actions []string, err error) {
	value := func(of *shape) (any, error) {
		v, ok, err := d.value(of)
		*sound = *sound && ok
		return v, err
	}
	err = d.object(func(name string) (known bool, err error) {
		switch name {
		case "actions":
			actions, err = d.textList()
		case "before":
			o.before.value, err = value(s)
		case "after":
			o.after.value, err = value(s)
		case "after_unknown":
			o.after.unknown, err = d.marks(s)
		case "before_sensitive":
			o.before.sensitive, err = d.marks(s)
		case "after_sensitive":
			o.after.sensitive, err = d.marks(s)
		case "replace_paths":
			err = d.array(func(int) error {
				v, _, err := d.value(&everything)
				if path, ok := v.([]any); ok {
					o.replacedBy = append(o.replacedBy, path)
				}
				return err
			})
		default:
			return false, nil
		}
		return true, err
	})
	return actions, err
}

// deferred reads an element of deferred_changes.
func (d *decoder) deferred(p *plan) error {
	o := &object{}
	at := say("deferred_changes%s.resource_change", words(d.at[len(d.at)-1]))
	var reason string
	err := d.object(func(name string) (known bool, err error) {
		switch name {
		case "reason":
			reason, err = d.text()
		case "resource_change":
			err = d.object(func(name string) (bool, error) { return d.instance(o, name) })
		default:
			return false, nil
		}
		return true, err
	})
	switch {
	case err != nil:
		return err
	case o.address == "":
		return &inputError{file: d.file, path: at, msg: "has no address"}
	case shapes[o.typ] != nil:
		p.deferred = append(p.deferred, say("%s: its plan is deferred (%s)", o, brief(reason)))
	}
	return nil
}

// stateValues reads the values of a state: data sources that were read for the plan, and
// resources, those that -target left out included.
func (d *decoder) stateValues(list *[]*object) error {
	return d.object(func(name string) (bool, error) {
		return name == "root_module", within(name, "root_module", func() error { return d.stateModule(list) })
	})
}

func (d *decoder) stateModule(list *[]*object) error {
	first := len(*list)
	address := ""
	return d.object(func(name string) (known bool, err error) {
		switch name {
		case "address":
			address, err = d.text()
			for _, o := range (*list)[first:] {
				o.module = address
			}
		case "resources":
			err = d.array(func(int) error {
				o, err := d.stateResource()
				if o != nil {
					o.module = address
					*list = append(*list, o)
				}
				return err
			})
		case "child_modules":
			from := len(*list)
			defer func() { first = max(first, from) }()
			err = d.array(func(int) error { return d.stateModule(list) })
			return true, err
		default:
			return false, nil
		}
		return true, err
	})
}

// stateResource reads a resource of a state; it is nil if its type has no shape.
func (d *decoder) stateResource() (*object, error) {
	o := &object{action: unchanged}
	path := plain(strings.Join(d.at, "."))
	sound, early := true, false
	err := d.object(func(name string) (known bool, err error) {
		s := shapes[o.typ]
		switch name {
		case "values":
			if s == nil {
				if o.typ != "" {
					return false, nil
				}
				s, early = &everything, true
			}
			var ok bool
			o.after.value, ok, err = d.value(s)
			sound = sound && ok
		case "sensitive_values":
			if s == nil {
				s = &everything
			}
			o.after.sensitive, err = d.marks(s)
		default:
			return d.instance(o, name)
		}
		return true, err
	})
	s := shapes[o.typ]
	if err != nil || s == nil {
		return nil, err
	}
	if !sound || early {
		a := o.after
		a.path = words(strings.ReplaceAll(string(path), ".[", "[")) + ".values"
		if at, problem := s.check(a); problem != "" {
			return nil, &inputError{file: d.file, path: at, msg: problem}
		}
	}
	if o.mode == "data" {
		o.action = read
	}
	o.before = o.after
	return o, nil
}
