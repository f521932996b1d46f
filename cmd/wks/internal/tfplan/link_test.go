package tfplan

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestSplit(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{"aws_vpc.main", []string{"aws_vpc", "main"}},
		{`module.a["x.y"].module.b[0]`, []string{"module", `a["x.y"]`, "module", "b[0]"}},
		{`aws_subnet.a["q\".]"].id`, []string{"aws_subnet", `a["q\".]"]`, "id"}},
		{`aws_subnet.a[each.key].id`, []string{"aws_subnet", "a[each.key]", "id"}},
		{"]]..[", []string{"]]..["}},
	} {
		if got := split(tt.text); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestParentOf(t *testing.T) {
	for module, want := range map[string][2]string{
		"": {}, "module": {}, "module.a": {"", "a"}, `module.a[0].module.b["c"]`: {"module.a[0]", "b"},
	} {
		parent, call := parentOf(module)
		if [2]string{parent, call} != want {
			t.Errorf("%s: %q in %q", module, call, parent)
		}
	}
}

// instance is an object that is created, in a module instance.
func instance(module, typ, name, index, after, unknown string) string {
	address := typ + "." + name
	if module != "" {
		address = module + "." + address
	}
	i := "null"
	if index != "" {
		i, address = index, address+"["+index+"]"
	}
	return fmt.Sprintf(`{"address": %q, "module_address": %q, "mode": "managed", "type": %q, "name": %q, "index": %s, "change": {"actions": ["create"], "before": null, "after": %s, "after_unknown": %s}}`,
		address, module, typ, name, i, after, unknown)
}

// configured is a resource in the configuration with one expression.
func configured(typ, name, attribute, expression string) string {
	return fmt.Sprintf(`{"mode": "managed", "type": %q, "name": %q, "expressions": {%q: %s}}`, typ, name, attribute, expression)
}

func refs(list ...string) string {
	for i, r := range list {
		list[i] = fmt.Sprintf("%q", r)
	}
	return `{"references": [` + strings.Join(list, ", ") + `]}`
}

// What is not known until apply leads to the object that the configuration names.
func TestLinks(t *testing.T) {
	const id = `{"id": true}`
	vpc := func(module, name, index string) string { return instance(module, "aws_vpc", name, index, "{}", id) }
	subnet := instance("", "aws_subnet", "s", "", "{}", `{"id": true, "vpc_id": true}`)
	for _, tt := range []struct {
		name     string
		config   string // of the root module's resources, and what follows them
		changes  []string
		want     []string
		complete bool
		exact    bool
	}{
		{"an object", configured("aws_subnet", "s", "vpc_id", refs("aws_vpc.v.id", "aws_vpc.v")), []string{subnet, vpc("", "v", "")}, []string{"aws_vpc.v"}, true, true},
		{"an instance", configured("aws_subnet", "s", "vpc_id", refs("aws_vpc.v[1].id", "aws_vpc.v[1]", "aws_vpc.v")), []string{subnet, vpc("", "v", "0"), vpc("", "v", "1")}, []string{"aws_vpc.v[1]"}, true, true},
		{"an instance by key", configured("aws_subnet", "s", "vpc_id", refs(`aws_vpc.v["a.b"].id`, `aws_vpc.v["a.b"]`, "aws_vpc.v")), []string{subnet, vpc("", "v", `"a.b"`), vpc("", "v", `"c"`)}, []string{`aws_vpc.v["a.b"]`}, true, true},
		{"one of the instances", configured("aws_subnet", "s", "vpc_id", refs("aws_vpc.v", "count.index")), []string{subnet, vpc("", "v", "0"), vpc("", "v", "1")}, []string{"aws_vpc.v[0]", "aws_vpc.v[1]"}, true, false},
		{"one of two", configured("aws_subnet", "s", "vpc_id", refs("aws_vpc.v.id", "aws_vpc.v", "aws_vpc.w.id", "aws_vpc.w")), []string{subnet, vpc("", "v", ""), vpc("", "w", "")}, []string{"aws_vpc.v", "aws_vpc.w"}, true, true},
		{"a local", configured("aws_subnet", "s", "vpc_id", refs("local.vpc")), []string{subnet, vpc("", "v", "")}, nil, false, false},
		{"an object and a local", configured("aws_subnet", "s", "vpc_id", refs("aws_vpc.v.id", "aws_vpc.v", "local.vpc")), []string{subnet, vpc("", "v", "")}, []string{"aws_vpc.v"}, false, false},
		{"an object that is not in the plan", configured("aws_subnet", "s", "vpc_id", refs("aws_vpc.v.id", "aws_vpc.v")), []string{subnet}, nil, false, false},
		{"a constant", configured("aws_subnet", "s", "vpc_id", `{"constant_value": "vpc-1"}`), []string{subnet}, []string{"vpc-1"}, true, true},
		{"no expression", configured("aws_subnet", "s", "cidr_block", refs("aws_vpc.v.id")), []string{subnet, vpc("", "v", "")}, nil, false, false},
		{"no configuration", configured("aws_subnet", "t", "vpc_id", refs("aws_vpc.v.id")), []string{subnet, vpc("", "v", "")}, nil, false, false},
		{"by way of another subnet", configured("aws_subnet", "s", "vpc_id", refs("aws_subnet.t.vpc_id", "aws_subnet.t")) + ", " + configured("aws_subnet", "t", "vpc_id", refs("aws_vpc.v.id")),
			[]string{subnet, instance("", "aws_subnet", "t", "", "{}", `{"id": true, "vpc_id": true}`), vpc("", "v", "")}, []string{"aws_vpc.v"}, true, true},
		{"by way of a known attribute", configured("aws_subnet", "s", "vpc_id", refs("aws_subnet.t.vpc_id", "aws_subnet.t")),
			[]string{subnet, instance("", "aws_subnet", "t", "", `{"vpc_id": "vpc-1"}`, id)}, []string{"vpc-1"}, true, true},
		{"itself", configured("aws_subnet", "s", "vpc_id", refs("aws_subnet.s.vpc_id")), []string{subnet}, nil, false, false},
		{"an output", configured("aws_subnet", "s", "vpc_id", refs("module.net.vpc_id", "module.net")) + `], "module_calls": {"net": {"module": {"outputs": {"vpc_id": {"expression": ` + refs("aws_vpc.v.id", "aws_vpc.v") + `}}}}}, "x": [`,
			[]string{subnet, vpc("module.net", "v", ""), vpc("", "v", ""), vpc("module.netz", "v", "")}, []string{"module.net.aws_vpc.v"}, true, true},
		{"an output of an instance", configured("aws_subnet", "s", "vpc_id", refs("module.net[1].vpc_id", "module.net[1]", "module.net")) + `], "module_calls": {"net": {"module": {"outputs": {"vpc_id": {"expression": ` + refs("aws_vpc.v.id") + `}}}}}, "x": [`,
			[]string{subnet, vpc("module.net[0]", "v", ""), vpc("module.net[1]", "v", "")}, []string{"module.net[1].aws_vpc.v"}, true, true},
		{"an output by a local too", configured("aws_subnet", "s", "vpc_id", refs("module.net.vpc_id", "module.net")) + `], "module_calls": {"net": {"module": {"outputs": {"vpc_id": {"expression": ` + refs("local.v", "aws_vpc.v.id", "aws_vpc.v") + `}}}}}, "x": [`,
			[]string{subnet, vpc("module.net", "v", "")}, []string{"module.net.aws_vpc.v"}, false, false},
		{"an output of a module without an instance", configured("aws_subnet", "s", "vpc_id", refs("module.net.vpc_id", "module.net")) + `], "module_calls": {"net": {"module": {"outputs": {"vpc_id": {"expression": ` + refs("aws_vpc.v.id") + `}}}}}, "x": [`,
			[]string{subnet, vpc("", "v", "")}, nil, false, false},
		{"an output of two instances", configured("aws_subnet", "s", "vpc_id", refs("module.net")) + `], "module_calls": {"net": {"module": {"outputs": {"vpc_id": {"expression": ` + refs("aws_vpc.v.id") + `}}}}}, "x": [`,
			[]string{subnet, vpc("module.net[0]", "v", ""), vpc("module.net[1]", "v", "")}, nil, false, false},
		{"an output that is not there", configured("aws_subnet", "s", "vpc_id", refs("module.net.vpc_id", "module.net")), []string{subnet}, nil, false, false},
		{"a variable of the root module", configured("aws_subnet", "s", "vpc_id", refs("var.vpc")), []string{subnet}, nil, false, false},
		{"a conditional whose other arm is known", configured("aws_subnet", "s", "vpc_id", refs("var.known", "aws_vpc.v.id", "aws_vpc.v")), []string{subnet, vpc("", "v", "")}, []string{"aws_vpc.v"}, true, false},
		{"a conditional with two arms", configured("aws_subnet", "s", "vpc_id", refs("var.known", "aws_vpc.v.id", "aws_vpc.v", "aws_vpc.w.id", "aws_vpc.w")), []string{subnet, vpc("", "v", ""), vpc("", "w", "")}, []string{"aws_vpc.v", "aws_vpc.w"}, true, false},
		{"a value of an instance", configured("aws_subnet", "s", "vpc_id", refs("each.value")), []string{subnet, vpc("", "v", "")}, nil, false, false},
		{"all instances", configured("aws_subnet", "s", "vpc_id", refs("aws_vpc.v")), []string{subnet, vpc("", "v", "0"), vpc("", "v", "1")}, []string{"aws_vpc.v[0]", "aws_vpc.v[1]"}, true, false},
		{"an element of an output", configured("aws_subnet", "s", "vpc_id", refs("module.net.ids[1]", "module.net.ids", "module.net")) + `], "module_calls": {"net": {"module": {"outputs": {"ids": {"expression": ` + refs("aws_vpc.v") + `}}}}}, "x": [`,
			[]string{subnet, vpc("module.net", "v", "0"), vpc("module.net", "v", "1")}, []string{"module.net.aws_vpc.v[1]"}, true, true},
		{"an element beyond an output", configured("aws_subnet", "s", "vpc_id", refs("module.net.ids[2]", "module.net.ids", "module.net")) + `], "module_calls": {"net": {"module": {"outputs": {"ids": {"expression": ` + refs("aws_vpc.v") + `}}}}}, "x": [`,
			[]string{subnet, vpc("module.net", "v", "0"), vpc("module.net", "v", "1")}, []string{"module.net.aws_vpc.v[0]", "module.net.aws_vpc.v[1]"}, true, false},
		{"nonsense", configured("aws_subnet", "s", "vpc_id", refs("", ".", "aws_vpc", "module.x", "data.x", "[[", "var")), []string{subnet}, nil, false, false},
	} {
		text := planWith(`{"root_module": {"resources": [`+tt.config+`]}}`, "[]", tt.changes...)
		p, err := parsePlan("plan", []byte(strings.Replace(text, `"planned_values"`, `"variables": {"known": {"value": ["a"]}}, "planned_values"`, 1)))
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		l := p.link(p.objects[0], "vpc_id")
		var got []string
		for _, o := range l.objects {
			got = append(got, string(o.address))
		}
		for _, id := range l.literals {
			got = append(got, id.text())
		}
		if !slices.Equal(got, tt.want) || l.complete != tt.complete || l.exact != tt.exact {
			t.Errorf("%s: %q, complete %t, exact %t", tt.name, got, l.complete, l.exact)
		}
	}
}

// A module's variable leads to what its caller gives.
func TestLinkOfVariable(t *testing.T) {
	config := `{"root_module": {"module_calls": {"desks": {"expressions": {"vpc": ` + refs("aws_vpc.v.id", "aws_vpc.v") + `}, "module": {"resources": [` +
		configured("aws_subnet", "s", "vpc_id", refs("var.vpc")) + `]}}}}}`
	p, err := parsePlan("plan", []byte(planWith(config, "[]",
		instance("module.desks[0]", "aws_subnet", "s", "", "{}", `{"id": true, "vpc_id": true}`), instance("", "aws_vpc", "v", "", "{}", `{"id": true}`))))
	if err != nil {
		t.Fatal(err)
	}
	if o, _, ok := p.link(p.objects[0], "vpc_id").one(); !ok || o.address != "aws_vpc.v" {
		t.Errorf("%v, %t", o, ok)
	}
}

// A chain of references that is longer than any configuration has is not followed to its end.
func TestDeepChain(t *testing.T) {
	const n = 20000
	config := `{"root_module": {"resources": [` + strings.Join(times(n, func(i int) string {
		return configured("aws_subnet", fmt.Sprint("s", i), "vpc_id", refs(fmt.Sprintf("aws_subnet.s%d.vpc_id", i+1)))
	}), ", ") + `]}}`
	p, err := parsePlan("plan", []byte(planWith(config, "[]", times(n, func(i int) string {
		return instance("", "aws_subnet", fmt.Sprint("s", i), "", "{}", `{"id": true, "vpc_id": true}`)
	})...)))
	if err != nil {
		t.Fatal(err)
	}
	if l := p.link(p.objects[0], "vpc_id"); l.complete || l.size() > 0 || p.depth != 0 || len(p.links) > 2*deepest {
		t.Errorf("%d targets, complete %t, depth %d, %d links", l.size(), l.complete, p.depth, len(p.links))
	}
}
