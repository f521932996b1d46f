package tfplan

import (
	"fmt"
	"slices"
	"testing"
)

// inModule is the configuration of a plan with a module m, which calls inner.
const inModule = `{"root_module": {"module_calls": {"m": {"expressions": {
		"vpc": {"references": ["aws_vpc.v.id", "aws_vpc.v"]}, "known": {"constant_value": "vpc-9"}, "map": {"constant_value": {"a": {"b": "x"}, "l": ["y", "z"]}}, "late": {"references": ["local.x"]}},
	"module": {
		"outputs": {"vpcs": {"expression": {"references": ["aws_vpc.w"]}}, "one": {"expression": {"references": ["aws_vpc.w[1].id", "aws_vpc.w[1]", "aws_vpc.w"]}}, "mixed": {"expression": {"references": ["aws_vpc.w[0].id", "aws_vpc.w[0]", "aws_vpc.w", "aws_subnet.s.id", "aws_subnet.s"]}}},
		"resources": [{"mode": "managed", "type": "aws_subnet", "name": "s", "expressions": {}}],
		"module_calls": {"inner": {"expressions": {"outer": {"references": ["var.map"]}}, "module": {"outputs": {"up": {"expression": {"references": ["aws_subnet.s.vpc_id", "aws_subnet.s"]}}}, "resources": [{"mode": "managed", "type": "aws_subnet", "name": "s", "expressions": {"vpc_id": {"references": ["var.outer"]}}}]}}}}}}}}`

func planInModule(t *testing.T) *plan {
	t.Helper()
	const late = `{"id": true}`
	return parsed(t, planWith(inModule, "[]",
		instance("", "aws_vpc", "v", "", "{}", late), instance("module.m", "aws_vpc", "w", "0", "{}", late), instance("module.m", "aws_vpc", "w", "1", "{}", late),
		instance("module.m", "aws_subnet", "s", "", `{"vpc_id": "vpc-7"}`, late), instance("module.m.module.inner", "aws_subnet", "s", "", `{"vpc_id": "vpc-8"}`, late),
		destroyed("aws_vpc", "gone", `"id": "vpc-0"`), stays("aws_kms_alias", "a", `"id": "alias/a", "name": "alias/a", "target_key_id": "key-1"`)))
}

// targetsOf are the addresses and ids that a link leads to.
func targetsOf(l link) (list []string) {
	for _, o := range l.objects {
		list = append(list, string(o.address))
	}
	for _, id := range l.literals {
		list = append(list, id.text())
	}
	return list
}

// One reference in a module instance leads to a resource, a data source, a variable of the module or an output of one below.
func TestReferences(t *testing.T) {
	p := planInModule(t)
	for _, tt := range []struct {
		module, reference string
		want              []string
		complete, exact   bool
		by, gap           string
	}{
		{"", "aws_vpc.v.id", []string{"aws_vpc.v"}, true, true, "id", ""},
		{"", "aws_vpc.v", []string{"aws_vpc.v"}, true, true, "", ""},
		{"", "aws_vpc.v.arn", []string{"aws_vpc.v"}, true, true, "arn", ""},
		{"", "aws_vpc.v.cidr_block", nil, true, false, "", ""},
		{"", "aws_vpc.gone.id", nil, false, false, "", "aws_vpc.gone.id"},
		{"", "aws_kms_alias.a.name", []string{"aws_kms_alias.a"}, true, true, "name", ""},
		{"", "aws_kms_alias.a.target_key_arn", []string{"key-1"}, true, true, "arn", ""},
		{"", "aws_kms_alias.a.target_key_id", []string{"key-1"}, true, true, "", ""},
		{"module.m", "aws_subnet.s.vpc_id", []string{"vpc-7"}, true, true, "", ""},
		{"module.m", "var.vpc", []string{"aws_vpc.v"}, true, true, "id", ""},
		{"module.m", "var.known", nil, true, false, "", ""},
		{"module.m", "var.none", nil, false, false, "", ""},
		{"module.m", "var.late", nil, false, false, "", "local.x"},
		{"module.none", "var.vpc", nil, false, false, "", ""},
		{"module.none.module.inner", "var.vpc", nil, false, false, "", ""},
		{"", "var.vpc", nil, false, false, "", "var.vpc"},
		{"", "module.m.vpcs", []string{"module.m.aws_vpc.w[0]", "module.m.aws_vpc.w[1]"}, true, false, "", ""},
		{"", "module.m.vpcs[1]", []string{"module.m.aws_vpc.w[1]"}, true, true, "", ""},
		{"", "module.m.one", []string{"module.m.aws_vpc.w[1]"}, true, true, "id", ""},
		{"", "module.m.mixed", []string{"module.m.aws_vpc.w[0]", "module.m.aws_subnet.s"}, true, false, "id", ""},
		{"", "module.m.mixed[0]", []string{"module.m.aws_vpc.w[0]", "module.m.aws_subnet.s"}, true, false, "id", ""},
		{"", "module.m.none", nil, false, false, "", ""},
		{"", "module.m", nil, false, false, "", "module.m"},
		{"module.none", "module.inner.up", nil, false, false, "", ""},
		{"module.m", "module.inner.up", []string{"vpc-8"}, true, true, "", ""},
		{"", "local.x", nil, false, false, "", "local.x"},
		{"", "each.value", nil, false, false, "", ""},
		{"", "count.index", nil, false, false, "", ""},
		{"", "path.module", nil, false, false, "", ""},
		{"", "self.id", nil, false, false, "", ""},
		{"", "data.aws_vpc", nil, false, false, "", ""},
		{"", "data.aws_vpc.v", nil, false, false, "", "aws_vpc.v"},
	} {
		l := p.followed(tt.module, tt.reference)
		gap := ""
		if len(l.gaps) > 0 {
			gap = l.gaps[0].reference
		}
		if got := targetsOf(l); !slices.Equal(got, tt.want) || l.complete != tt.complete || l.exact != tt.exact || l.by != tt.by || gap != tt.gap {
			t.Errorf("%s in %q: %q, complete %t, exact %t, by %q, gap %q", tt.reference, tt.module, got, l.complete, l.exact, l.by, gap)
		}
	}
}

// An address of a module has a name behind each "module", and the configuration has calls of these names.
func TestModuleOf(t *testing.T) {
	p := planInModule(t)
	m := p.config.calls["m"].module
	for range 2 { // what was found, and what was not, is kept
		for module, want := range map[string]*module{
			"": p.config, "module.m": m, "module.m[0]": m, `module.m["a.b"].module.inner[1]`: m.calls["inner"].module,
			"module": nil, "module.m.module": nil, "module.none": nil, "x.m": nil, "module.m.x.inner": nil, "module.m.module.none": nil,
		} {
			if got, ok := p.moduleOf(module); got != want || ok != (want != nil) {
				t.Errorf("%s: %p, %t, want %p", module, got, ok, want)
			}
		}
	}
}

// The value of an expression is known if it is a constant or one variable, or a part of one.
func TestConstants(t *testing.T) {
	p := planInModule(t)
	p.variables = map[string]any{"v": members{{"a", "x"}}, "l": []any{"y", "z"}, "secret": "hush"}
	p.config.sensitive = map[string]bool{"secret": true}
	of := func(references ...string) *expression { return &expression{references: references} }
	for _, tt := range []struct {
		module string
		e      *expression
		want   any
		ok     bool
	}{
		{"", nil, nil, false},
		{"", &expression{}, nil, false},
		{"", &expression{isConstant: true, constant: "x"}, "x", true},
		{"", &expression{isConstant: true}, nil, true},
		{"", of("var"), nil, false},
		{"", of("local.v"), nil, false},
		{"", of("var.none"), nil, false},
		{"", of("var.secret"), nil, false},
		{"", of("var.v.a", "var.v"), "x", true},
		{"", of("var.v.b", "var.v"), nil, false},
		{"", of("var.v.a.c", "var.v"), nil, false},
		{"", of(`var.v["a"]`, "var.v"), "x", true},
		{"", of("var.l[1]", "var.l"), "z", true},
		{"", of("var.l[2]", "var.l"), nil, false},
		{"", of("var.l[-1]", "var.l"), nil, false},
		{"", of("var.l.x", "var.l"), nil, false},
		{"", of("var.l[0]", "var.l", "var.v"), nil, false},
		{"module.m", of("var.known"), "vpc-9", true},
		{"module.m", of("var.map.a.b", "var.map.a", "var.map"), "x", true},
		{"module.m", of("var.map.l[1]", "var.map.l", "var.map"), nil, false},
		{"module.m", of("var.late"), nil, false},
		{"module.m.module.inner", of("var.outer.a.b", "var.outer.a", "var.outer"), "x", true},
		{"module.none", of("var.known"), nil, false},
		{"module.none.module.inner", of("var.known"), nil, false},
	} {
		v, ok := p.constant(tt.module, tt.e)
		if fmt.Sprint(v) != fmt.Sprint(tt.want) && ok || ok != tt.ok || p.depth != 0 {
			t.Errorf("%+v in %q: %v, %t", tt.e, tt.module, v, ok)
		}
	}
	set := &expression{isConstant: true, constant: []any{"a", "b", int32(3)}}
	for index, want := range map[string]any{`["a"]`: "a", `["b"]`: "b", `["c"]`: nil, "[3]": nil} {
		if got := p.valueAt("", set, index); got != want {
			t.Errorf("%s of a set: %v", index, got)
		}
	}
	if p.inSet(nil, "a") || p.valueAt("", nil, `["a"]`) != nil {
		t.Error("there is something in nothing")
	}
	object := &expression{isConstant: true, constant: members{{"a", "x"}}}
	for index, want := range map[string]any{`["a"]`: "x", `["b"]`: nil} {
		if got := p.valueAt("", object, index); got != want {
			t.Errorf("%s of an object: %v", index, got)
		}
	}
}

// Beginnings of the reference before are left out: they are what leads to it.
func TestOwnReferences(t *testing.T) {
	for _, tt := range []struct{ list, want []string }{
		{nil, nil},
		{[]string{"a.b[0].c", "a.b[0]", "a.b"}, []string{"a.b[0].c"}},
		{[]string{"a.b", "a.bc"}, []string{"a.b", "a.bc"}},
		{[]string{"a.bc", "a.b"}, []string{"a.bc", "a.b"}},
		{[]string{"a.b", "a.b"}, []string{"a.b"}},
		{[]string{"a.b.c", "d.e", "a.b"}, []string{"a.b.c", "d.e", "a.b"}},
	} {
		if got := own(tt.list); !slices.Equal(got, tt.want) {
			t.Errorf("%q: %q", tt.list, got)
		}
	}
}

// Links that lead to the same share it; what several lead to is there once, by whichever attribute they have in common.
func TestLinksTogether(t *testing.T) {
	a, b := &object{typ: "aws_vpc", name: "a"}, &object{typ: "aws_vpc", name: "b"}
	to := func(by string, complete bool, literals []string, objects ...*object) link {
		l := link{targets: &targets{objects: objects}, complete: complete, exact: true, all: true, by: by}
		for _, id := range literals {
			l.literals = append(l.literals, attr{value: id})
		}
		return l
	}
	for name, tt := range map[string]struct {
		links           []link
		objects         []*object
		literals        []string
		complete, exact bool
		by              string
	}{
		"none":                  {nil, nil, nil, true, true, ""},
		"one":                   {[]link{to("id", true, nil, a)}, []*object{a}, nil, true, true, "id"},
		"two by the same":       {[]link{to("id", true, nil, a), to("id", true, nil, b)}, []*object{a, b}, nil, true, true, "id"},
		"two by others":         {[]link{to("id", true, nil, a), to("arn", true, nil, b)}, []*object{a, b}, nil, true, true, ""},
		"the same twice":        {[]link{to("id", true, nil, a), to("id", true, nil, a)}, []*object{a}, nil, true, true, "id"},
		"three, two of them":    {[]link{to("id", true, nil, a), to("id", true, nil, b), to("id", true, nil, a)}, []*object{a, b}, nil, true, true, "id"},
		"ids":                   {[]link{to("", true, []string{"x"}), to("", true, []string{"y"}), to("", true, []string{"x"})}, nil, []string{"x", "y"}, true, true, ""},
		"ids and an object":     {[]link{to("", true, []string{"x"}), to("", true, nil, a)}, []*object{a}, []string{"x"}, true, true, ""},
		"one that is not known": {[]link{to("id", true, nil, a), {targets: nothing}}, []*object{a}, nil, false, false, ""},
		"one of two":            {[]link{to("id", true, nil, a, b)}, []*object{a, b}, nil, true, false, "id"},
		"half known":            {[]link{to("id", false, nil, a)}, []*object{a}, nil, false, true, "id"},
	} {
		sum := newLinker()
		for _, l := range tt.links {
			sum.add(l)
		}
		var literals []string
		for _, id := range sum.link.literals {
			literals = append(literals, id.text())
		}
		if !slices.Equal(sum.link.objects, tt.objects) || !slices.Equal(literals, tt.literals) || sum.complete != tt.complete || sum.exact != tt.exact || sum.by != tt.by {
			t.Errorf("%s: %d objects, %q, complete %t, exact %t, by %q", name, len(sum.link.objects), literals, sum.complete, sum.exact, sum.by)
		}
	}
	first := to("id", true, nil, a)
	sum := newLinker()
	sum.add(first)
	sum.add(first)
	if sum.targets != first.targets {
		t.Error("what two links lead to is there twice")
	}
	if sum.add(link{targets: &targets{}, complete: true}); sum.targets != first.targets {
		t.Error("with a link to nothing, what a link leads to is there twice")
	}
	sum.add(to("id", true, nil, b))
	if len(first.objects) != 1 {
		t.Error("a link got what another leads to")
	}
	// An index chooses among the instances of one block alone.
	one, two := &object{typ: "aws_vpc", name: "a", index: "[0]"}, &object{typ: "aws_vpc", name: "a", index: "[1]"}
	if of := (&targets{objects: []*object{one, two}}); of.instance("[1]") != two || of.instance("[0]") != one || of.instance("[2]") != nil {
		t.Error("an index chooses another instance")
	}
	for _, other := range []*object{{typ: "aws_subnet", name: "a", index: "[1]"}, {typ: "aws_vpc", name: "b", index: "[1]"}, {typ: "aws_vpc", name: "a", module: "module.m", index: "[1]"}} {
		if of := (&targets{objects: []*object{one, other}}); of.instance("[1]") != nil || of.instance("[0]") != nil {
			t.Errorf("an index chooses among two blocks: %+v", other)
		}
	}
	// The first few gaps are told apart.
	sum = newLinker()
	for i := range 9 {
		sum.add(lost("", fmt.Sprint("local.", i/2)))
	}
	if len(sum.gaps) != mostGaps+1 {
		t.Errorf("%d gaps", len(sum.gaps))
	}
}

// Ids that are known lead to what has them in the plan, and else to themselves: to all of them, and to nothing beside.
func TestNamed(t *testing.T) {
	p := planInModule(t)
	for _, tt := range []struct {
		value any
		want  []string
	}{
		{nil, nil}, {"", nil}, {[]any{}, nil}, {int32(7), nil},
		{"vpc-9", []string{"vpc-9"}},
		{"alias/a", []string{"aws_kms_alias.a"}},
		{[]any{"vpc-9", "", nil, "alias/a"}, []string{"aws_kms_alias.a", "vpc-9"}},
	} {
		l := p.named(attr{value: tt.value})
		if got := targetsOf(l); !slices.Equal(got, tt.want) || !l.complete || !l.exact || !l.all || l.by != "" || len(l.gaps) > 0 || l.bare || l.mixed || l.chooser != "" || l.assumed != "" {
			t.Errorf("%v: %q, %+v", tt.value, got, l)
		}
	}
	// An element of a list of instances that have known ids is that instance, as of a list that is not known.
	vpcs := parsed(t, planWith(`{"root_module": {"module_calls": {"m": {"module": {"outputs": {"ids": {"expression": {"constant_value": ["vpc-0", "vpc-1"]}}}}}}}}`, "[]",
		instance("", "aws_vpc", "v", "0", `{"id": "vpc-0"}`, "{}"), instance("", "aws_vpc", "v", "1", `{"id": "vpc-1"}`, "{}"), instance("module.m", "aws_vpc", "w", "", `{"id": "vpc-2"}`, "{}")))
	for ref, want := range map[string][]string{"module.m.ids[1]": {"aws_vpc.v[1]"}, "module.m.ids[2]": {"aws_vpc.v[0]", "aws_vpc.v[1]"}, "module.m.ids": {"aws_vpc.v[0]", "aws_vpc.v[1]"}} {
		if got := targetsOf(vpcs.followed("", ref)); !slices.Equal(got, want) {
			t.Errorf("%s: %q", ref, got)
		}
	}
	// What may be an instance or another is none for certain.
	l := vpcs.followed("", "module.m.ids[2]")
	if l.all || l.element("").all || !l.complete {
		t.Errorf("%+v", l)
	}
}

// A list is indexed once.
func TestSetOfList(t *testing.T) {
	p := planInModule(t)
	list, other := []any{"a", int32(7), "b"}, []any{"c"}
	for range 2 {
		for text, want := range map[string]bool{"a": true, "b": true, "c": false, "7": false, "": false} {
			if p.inSet(list, text) != want || p.inSet(other, text) != (text == "c") {
				t.Errorf("%q is in the list: %t", text, !want)
			}
		}
	}
	if len(p.sets) != 2 || len(p.sets[&list[0]]) != 2 {
		t.Errorf("%v", p.sets)
	}
}
