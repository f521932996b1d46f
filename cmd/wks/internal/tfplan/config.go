package tfplan

// An expression is what the configuration says of an argument: a constant, what it refers to, or
// the arguments of nested blocks.
type expression struct {
	constant   any
	isConstant bool
	references []string
	blocks     []map[string]*expression
	attribute  string      // of which it is the argument
	each       *expression // the for_each of the block that has the argument
}

// A block is a resource or data source in the configuration.
type block struct {
	provider  string // the key of its provider's configuration
	arguments map[string]*expression
}

// takes notes for arguments what each.value is of.
func (e *expression) takes(arguments map[string]*expression) {
	for name, a := range arguments {
		a.each, a.attribute = e, name
		for _, inner := range a.blocks {
			e.takes(inner)
		}
	}
}

// A module is the configuration of a module, with its blocks by mode, type and name.
type module struct {
	sensitive map[string]bool // variables
	outputs   map[string]*expression
	blocks    map[[3]string]*block
	calls     map[string]*moduleCall
}

type moduleCall struct {
	inputs map[string]*expression
	module *module
}

// A providerConfig is the configuration of a provider.
type providerConfig struct {
	module     string // that it stands in
	name       string // "aws"
	address    string // registry.terraform.io/hashicorp/aws, "" if it is not told
	constraint string // on its version
	region     *expression
}

// configuration reads what the configuration says of the blocks that have a shape.
func (d *decoder) configuration(p *plan) error {
	return d.object(func(name string) (known bool, err error) {
		switch name {
		case "provider_config":
			p.providers = map[string]providerConfig{}
			err = d.keyed(func(key string) error {
				c, err := d.provider()
				p.providers[key] = c
				return err
			})
		case "root_module":
			err = d.module(p.config)
		default:
			return false, nil
		}
		return true, err
	})
}

func (d *decoder) provider() (c providerConfig, err error) {
	err = d.object(func(name string) (known bool, err error) {
		switch name {
		case "name":
			c.name, err = d.text()
		case "full_name":
			c.address, err = d.text()
		case "version_constraint":
			c.constraint, err = d.text()
		case "module_address":
			c.module, err = d.text()
		case "expressions":
			err = d.object(func(name string) (bool, error) {
				return name == "region", within(name, "region", func() error {
					c.region, err = d.expression()
					return err
				})
			})
		default:
			return false, nil
		}
		return true, err
	})
	return c, err
}

func (d *decoder) module(m *module) error {
	m.sensitive, m.outputs, m.calls = map[string]bool{}, map[string]*expression{}, map[string]*moduleCall{}
	m.blocks = map[[3]string]*block{}
	return d.object(func(name string) (known bool, err error) {
		switch name {
		case "variables":
			err = d.keyed(func(variable string) error {
				return d.object(func(name string) (bool, error) {
					return name == "sensitive", within(name, "sensitive", func() error {
						m.sensitive[variable], err = d.bool()
						return err
					})
				})
			})
		case "outputs":
			err = d.keyed(func(output string) error {
				return d.object(func(name string) (bool, error) {
					return name == "expression", within(name, "expression", func() error {
						m.outputs[output], err = d.expression()
						return err
					})
				})
			})
		case "resources":
			err = d.array(func(int) error { return d.block(m) })
		case "module_calls":
			err = d.keyed(func(call string) error {
				c := &moduleCall{module: &module{}}
				m.calls[call] = c
				var each *expression
				defer func() { each.takes(c.inputs) }()
				return d.object(func(name string) (known bool, err error) {
					switch name {
					case "expressions":
						c.inputs, err = d.arguments(nil)
					case "for_each_expression":
						each, err = d.expression()
					case "module":
						err = d.module(c.module)
					default:
						return false, nil
					}
					return true, err
				})
			})
		default:
			return false, nil
		}
		return true, err
	})
}

// block reads a block of a module. Of two with the same name the first counts.
func (d *decoder) block(m *module) error {
	b := &block{}
	var key [3]string
	var each *expression
	err := d.object(func(name string) (known bool, err error) {
		switch name {
		case "mode":
			key[0], err = d.text()
		case "type":
			key[1], err = d.text()
		case "name":
			key[2], err = d.text()
		case "provider_config_key":
			b.provider, err = d.text()
		case "expressions":
			var of map[string]*shape
			switch s := shapes[key[1]]; {
			case s != nil:
				of = s.fields
			case key[1] != "":
				return false, nil
			}
			b.arguments, err = d.arguments(of)
		case "for_each_expression":
			each, err = d.expression()
		default:
			return false, nil
		}
		return true, err
	})
	if err != nil {
		return err
	}
	each.takes(b.arguments)
	if m.blocks[key] == nil && shapes[key[1]] != nil {
		m.blocks[key] = b
	}
	return nil
}

// arguments reads expressions by name: those of which there are fields, or all if there are none.
func (d *decoder) arguments(of map[string]*shape) (map[string]*expression, error) {
	m := map[string]*expression{}
	err := d.object(func(name string) (bool, error) {
		if of != nil && of[name] == nil {
			return false, nil
		}
		var err error
		m[name], err = d.expression()
		return true, err
	})
	return m, err
}

// expression reads an expression, or a list of nested blocks.
func (d *decoder) expression() (*expression, error) {
	e := &expression{}
	c, _ := d.r.Peek() // what reads the value tells the error
	switch {
	case c == '[':
		err := d.array(func(int) error {
			b, err := d.arguments(nil)
			e.blocks = append(e.blocks, b)
			return err
		})
		return e, err
	case c != '{':
		return e, d.r.Skip()
	}
	err := d.object(func(name string) (known bool, err error) {
		switch name {
		case "constant_value":
			e.isConstant = true
			e.constant, _, err = d.value(&everything)
		case "references":
			e.references, err = d.textList()
		default:
			return false, nil
		}
		return true, err
	})
	return e, err
}
