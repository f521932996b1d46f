package tfplan

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// forEach is a resource in the configuration with for_each and one expression.
func forEach(typ, name, attribute, expression, each string) string {
	return strings.TrimSuffix(configured(typ, name, attribute, expression), "}") + `, "for_each_expression": ` + each + "}"
}

// What is not known until apply is followed through for_each, as far as a plan tells.
func TestEach(t *testing.T) {
	const id = `{"id": true, "arn": true}`
	desk := func(index string) string {
		return instance("", "aws_workspaces_workspace", "w", index, "{}", `{"id": true, "volume_encryption_key": true}`)
	}
	key := func(module, name, index string) string { return instance(module, "aws_kms_key", name, index, "{}", id) }
	old := instance("", "aws_kms_key", "old", "", `{"arn": "arn:aws:kms:eu-west-1:123456789012:key/old"}`, "{}")
	w := func(expression, each string) string {
		return forEach("aws_workspaces_workspace", "w", "volume_encryption_key", expression, each)
	}
	const constant = `{"constant_value": {"a": {"key": "x", "n": 1}, "b": {"key": "none"}}}`
	keys := []string{key("", "k", `"x"`), key("", "k", `"y"`)}
	byKey := []string{`aws_kms_key.k["x"]`, `aws_kms_key.k["y"]`}
	for _, tt := range []struct {
		name, config, index string
		changes             []string
		want                []string
		by                  string
		complete            bool
		assumed             string
		why                 string
	}{
		{"each.key", w(refs("aws_kms_key.k", "each.key"), constant), `"x"`, keys, byKey[:1], "", true, "each.key", ""},
		{"each.key of no instance", w(refs("aws_kms_key.k", "each.key"), constant), `"z"`, keys, byKey, "", true, "", "; it may be any of " + strings.Join(byKey, ", ")},
		{"each.key beside an index", w(refs(`aws_kms_key.k["y"].arn`, `aws_kms_key.k["y"]`, "aws_kms_key.k", "each.key"), constant), `"x"`, keys, byKey[1:], "arn", true, "", ""},
		{"count.index", configured("aws_workspaces_workspace", "w", "volume_encryption_key", refs("aws_kms_key.k", "count.index")), "1", []string{key("", "k", "0"), key("", "k", "1")}, []string{"aws_kms_key.k[1]"}, "", true, "count.index", ""},
		{"a value of one", w(refs("each.value"), refs("aws_kms_key.c.arn", "aws_kms_key.c")), `"a"`, []string{key("", "c", "")}, []string{"aws_kms_key.c"}, "arn", true, "", ""},
		{"a value beside one that is known", w(refs("each.value.key", "each.value"), refs("aws_kms_key.c.arn", "aws_kms_key.c", "aws_kms_key.old.arn", "aws_kms_key.old")), `"a"`, []string{key("", "c", ""), old}, []string{"aws_kms_key.c"}, "arn", true, "", ""},
		{"a value beside one of another kind", w(refs(`each.value["key"]`, "each.value"), refs("aws_subnet.s.id", "aws_subnet.s", "aws_kms_key.c.key_id", "aws_kms_key.c")), `"a"`,
			[]string{key("", "c", ""), instance("", "aws_subnet", "s", "", "{}", id)}, []string{"aws_kms_key.c"}, "key_id", true, "", ""},
		{"one of two values", w(refs("each.value"), refs(`aws_kms_key.k["x"].arn`, `aws_kms_key.k["x"]`, "aws_kms_key.k", `aws_kms_key.k["y"].arn`, `aws_kms_key.k["y"]`, "aws_kms_key.k")), `"a"`, keys, byKey, "arn", true, "", "; it may be any of " + strings.Join(byKey, ", ")},
		{"for_each over a block", w(refs("each.value.arn", "each.value"), refs("aws_kms_key.k")), `"y"`, keys, byKey[1:], "arn", true, "each.key", ""},
		{"for_each over a local", w(refs("each.value.arn", "each.value"), refs("local.keys")), `"y"`, keys, nil, "", false, "", "; it is by way of local.keys, which a plan does not have"},
		{"no for_each", configured("aws_workspaces_workspace", "w", "volume_encryption_key", refs("each.value")), `"y"`, keys, nil, "", false, "", "; it is by way of each.value"},
		{"an index of a constant", w(refs("aws_kms_key.k", "each.value.key", "each.value"), constant), `"a"`, keys, byKey[:1], "", true, "each.value.key", ""},
		{"an index of a constant that leads nowhere", w(refs("aws_kms_key.k", "each.value.key", "each.value"), constant), `"b"`, keys, byKey, "", true, "", "; it may be any of " + strings.Join(byKey, ", ")},
		{"a number of a constant", w(refs("aws_kms_key.k", "each.value.n", "each.value"), constant), `"a"`, []string{key("", "k", "0"), key("", "k", "1")}, []string{"aws_kms_key.k[1]"}, "", true, "each.value.n", ""},
		{"a value that is no index", w(refs("aws_kms_key.k", "each.value", "each.value"), constant), `"a"`, keys, byKey, "", true, "", "; it may be any of " + strings.Join(byKey, ", ")},
		{"an index of a variable", w(refs("aws_kms_key.k", "each.value.key", "each.value"), refs("var.users")), `"a"`, keys, byKey[1:], "", true, "each.value.key", ""},
		{"an index of a variable's member", w(refs("aws_kms_key.k", "each.value", "each.value"), refs("var.all.names", "var.all")), `"b"`, keys, byKey[:1], "", true, "each.value", ""},
		{"an index of a set", w(refs("aws_kms_key.k", "each.value"), refs("var.set")), `"y"`, keys, byKey[1:], "", true, "each.value", ""},
		{"an index of a variable that is sensitive", w(refs("aws_kms_key.k", "each.value", "each.value"), refs("var.hidden")), `"a"`, keys, byKey, "", true, "", "; it may be any of " + strings.Join(byKey, ", ")},
		{"an element of a list", w(refs("aws_kms_key.k", "each.value[1]", "each.value"), `{"constant_value": {"a": ["x", "y"]}}`), `"a"`, keys, byKey[1:], "", true, "each.value[1]", ""},
		{"an element that there is not", w(refs("aws_kms_key.k", "each.value[2]", "each.value"), `{"constant_value": {"a": ["x", "y"]}}`), `"a"`, keys, byKey, "", true, "", "; it may be any of " + strings.Join(byKey, ", ")},
		{"a key that is not in the set", w(refs("aws_kms_key.k", "each.value"), refs("var.set")), `"z"`, keys, byKey, "", true, "", "; it may be any of " + strings.Join(byKey, ", ")},
		{"two that choose", w(refs("aws_kms_key.k", "each.key", "each.value.key", "each.value"), constant), `"x"`, keys, byKey, "", true, "", "; it may be any of " + strings.Join(byKey, ", ")},
		{"a set without an element", w(refs("aws_kms_key.k", "each.value"), refs("var.none")), `"x"`, keys, byKey, "", true, "", "; it may be any of " + strings.Join(byKey, ", ")},
		{"a value beside one of another kind, before it", w(refs("each.value"), refs("aws_kms_key.c.arn", "aws_kms_key.c", "aws_subnet.s.id", "aws_subnet.s")), `"a"`,
			[]string{key("", "c", ""), instance("", "aws_subnet", "s", "", "{}", id)}, []string{"aws_kms_key.c"}, "arn", true, "", ""},
		{"a value beside one of another kind, by another attribute", w(refs("each.value.key", "each.value"), refs("aws_subnet.s.id", "aws_subnet.s", "aws_kms_key.c.arn", "aws_kms_key.c", "aws_subnet.u.vpc_id", "aws_subnet.u")), `"a"`,
			[]string{key("", "c", ""), instance("", "aws_subnet", "s", "", "{}", id), instance("", "aws_subnet", "u", "", `{"vpc_id": "vpc-1"}`, id)}, []string{"aws_kms_key.c"}, "arn", true, "", ""},
		{"a value of keys and aliases", w(refs("each.value"), refs("aws_kms_key.c.arn", "aws_kms_key.c", "aws_kms_alias.a.arn", "aws_kms_alias.a")), `"a"`,
			[]string{key("", "c", ""), instance("", "aws_kms_alias", "a", "", "{}", id)}, []string{"aws_kms_key.c", "aws_kms_alias.a"}, "arn", true, "", "; it may be any of aws_kms_key.c, aws_kms_alias.a"},
		{"a constant for_each", w(refs("each.value"), constant), `"a"`, keys, nil, "", false, "", ""},
		{"for_each over one instance", w(refs("each.value"), refs(`aws_kms_key.k["x"]`, "aws_kms_key.k")), `"y"`, keys, byKey[:1], "", true, "", ""},
		{"for_each over an attribute of a block", w(refs("each.value.arn", "each.value"), refs("aws_kms_key.k.arn", "aws_kms_key.k")), `"y"`, keys, byKey, "arn", true, "", "; it may be any of " + strings.Join(byKey, ", ")},
		{"for_each over two blocks", w(refs("each.value"), refs("aws_kms_key.k", "aws_kms_key.c")), `"y"`, append([]string{key("", "c", "")}, keys...), []string{`aws_kms_key.k["x"]`, `aws_kms_key.k["y"]`, "aws_kms_key.c"}, "", true, "", `; it may be any of aws_kms_key.k["x"], aws_kms_key.k["y"], aws_kms_key.c`},
		{"a number that is no index", w(refs("aws_kms_key.k", "each.value[-1]", "each.value"), `{"constant_value": {"a": ["x", "y"]}}`), `"a"`, keys, byKey, "", true, "", "; it may be any of " + strings.Join(byKey, ", ")},
		{"the first element of a list", w(refs("aws_kms_key.k", "each.value[0]", "each.value"), `{"constant_value": {"a": ["x", "y"]}}`), `"a"`, keys, byKey[:1], "", true, "each.value[0]", ""},
		{"a member by an index of a text", w(refs("aws_kms_key.k", `each.value["key"]`, "each.value"), constant), `"a"`, keys, byKey[:1], "", true, `each.value["key"]`, ""},
		{"a member of an element", w(refs("aws_kms_key.k", "each.value.list[1].key", "each.value"), `{"constant_value": {"a": {"list": [{"key": "x"}, {"key": "y"}]}}}`), `"a"`, keys, byKey[1:], "", true, "each.value.list[1].key", ""},
		{"a variable's element", w(refs("aws_kms_key.k", "each.value", "each.value"), refs(`var.by["q"]`, "var.by")), `"a"`, keys, byKey[1:], "", true, "each.value", ""},
		{"a variable's element that there is not", w(refs("aws_kms_key.k", "each.value", "each.value"), refs(`var.by["r"].x`, "var.by")), `"a"`, keys, byKey, "", true, "", "; it may be any of " + strings.Join(byKey, ", ")},
		{"two variables", w(refs("aws_kms_key.k", "each.value.key", "each.value"), refs("var.users", "var.all")), `"a"`, keys, byKey, "", true, "", "; it may be any of " + strings.Join(byKey, ", ")},
		{"a variable that is not given", w(refs("aws_kms_key.k", "each.value.key", "each.value"), refs("var.late")), `"a"`, keys, byKey, "", false, "", "; it is by way of var.late"},
		{"a key that the constant does not have", w(refs("aws_kms_key.k", "each.value.key", "each.value"), constant), `"q"`, keys, byKey, "", true, "", "; it may be any of " + strings.Join(byKey, ", ")},
		{"each.key of a key that is known", w(refs("aws_kms_key.old", "each.key"), constant), `"a"`, []string{old}, []string{"aws_kms_key.old"}, "", true, "", ""},
		{"an output of a module that each.key chooses", w(refs("module.keys", "each.key"), constant), `"x"`, keys, nil, "", false, "", "; it is by way of module.keys"},
	} {
		config := `{"root_module": {"variables": {"hidden": {"sensitive": true}}, "resources": [` + tt.config + `]}}`
		text := planWith(config, "[]", append([]string{desk(tt.index)}, tt.changes...)...)
		text = strings.Replace(text, `"planned_values"`, `"variables": {"users": {"value": {"a": {"key": "y"}}}, "all": {"value": {"names": {"b": "x"}}}, "set": {"value": ["x", "y"]}, "none": {"value": []}, "by": {"value": {"q": {"a": "y"}}}, "hidden": {"value": {"a": "x"}}}, "planned_values"`, 1)
		p, err := parsePlan("plan", []byte(text))
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		l := p.link(p.objects[0], "volume_encryption_key")
		var got []string
		for _, o := range l.objects {
			got = append(got, string(o.address))
		}
		if !slices.Equal(got, tt.want) || l.by != tt.by || l.complete != tt.complete || l.assumed != tt.assumed || string(l.why()) != tt.why {
			t.Errorf("%s: %q by %q, complete %t, assumed %q, %q", tt.name, got, l.by, l.complete, l.assumed, l.why())
		}
	}
}

// The argument of a module that is called by for_each, and what a module makes of its argument.
func TestEachOfModule(t *testing.T) {
	const id = `{"id": true, "arn": true}`
	desk := func(module, index string) string {
		return instance(module, "aws_workspaces_workspace", "w", index, "{}", `{"id": true, "volume_encryption_key": true}`)
	}
	keys := []string{instance("", "aws_kms_key", "k", `"x"`, "{}", id), instance("", "aws_kms_key", "k", `"y"`, "{}", id), instance("", "aws_subnet", "s", "", "{}", id)}
	in := func(expression string) string {
		return configured("aws_workspaces_workspace", "w", "volume_encryption_key", expression)
	}
	for _, tt := range []struct {
		name, call, inside, desk string
		want                     []string
	}{
		{"each.value in a call", `"expressions": {"key": ` + refs("each.value.arn", "each.value") + `}, "for_each_expression": ` + refs("aws_kms_key.k"), in(refs("var.key")), desk(`module.m["y"]`, ""), []string{`aws_kms_key.k["y"]`}},
		{"each.key in a call", `"expressions": {"key": ` + refs("aws_kms_key.k", "each.key") + `}, "for_each_expression": ` + refs("var.users"), in(refs("var.key")), desk(`module.m["x"]`, ""), []string{`aws_kms_key.k["x"]`}},
		{"each.value in the module", `"expressions": {"desks": ` + refs(`aws_kms_key.k["x"].arn`, `aws_kms_key.k["x"]`, "aws_kms_key.k", "aws_subnet.s.id", "aws_subnet.s") + `}`,
			forEach("aws_workspaces_workspace", "w", "volume_encryption_key", refs("each.value.key", "each.value"), refs("var.desks")), desk("module.m", `"a"`), []string{`aws_kms_key.k["x"]`}},
		{"a constant that the caller gives", `"expressions": {"desks": {"constant_value": {"a": "y"}}, "keys": ` + refs("aws_kms_key.k") + `}`,
			forEach("aws_workspaces_workspace", "w", "volume_encryption_key", refs("var.keys", "each.value"), refs("var.desks")), desk("module.m", `"a"`), []string{`aws_kms_key.k["y"]`}},
	} {
		config := `{"root_module": {"module_calls": {"m": {` + tt.call + `, "module": {"resources": [` + tt.inside + `]}}}}}`
		p, err := parsePlan("plan", []byte(planWith(config, "[]", append([]string{tt.desk}, keys...)...)))
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		var got []string
		for _, o := range p.link(p.objects[0], "volume_encryption_key").objects {
			got = append(got, string(o.address))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// A for_each that leads to itself is not followed for ever.
func TestEachOfItself(t *testing.T) {
	config := `{"root_module": {"resources": [` + forEach("aws_workspaces_workspace", "w", "volume_encryption_key", refs("each.value"), refs("each.value", "aws_workspaces_workspace.w.volume_encryption_key")) + `]}}`
	p, err := parsePlan("plan", []byte(planWith(config, "[]", instance("", "aws_workspaces_workspace", "w", `"a"`, "{}", `{"volume_encryption_key": true}`))))
	if err != nil {
		t.Fatal(err)
	}
	if l := p.link(p.objects[0], "volume_encryption_key"); l.size() > 0 {
		t.Error(fmt.Sprint(l.objects))
	}
}

// What is behind each.value, as a plan writes references.
func TestValuePath(t *testing.T) {
	for ref, want := range map[string][]string{
		"each.value": nil, "each.value.a": {"a"}, `each.value["a"]`: {"a"}, `each.value.a["b.c"].d`: {"a", "b.c", "d"}, "each.value[0]": {"0"}, "each.value.a[1].b": {"a", "1", "b"},
	} {
		if got := valuePath(ref); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", ref, got, want)
		}
	}
}

// The key of an instance is what stands in its index, and the index of a module is that of its last step.
func TestIndexes(t *testing.T) {
	for index, want := range map[string]string{`["a"]`: "a", "[3]": "3", `["q\"]"]`: `q"]`, "": ""} {
		if got := keyOfIndex(index); got != want {
			t.Errorf("%s: %q, want %q", index, got, want)
		}
	}
	for module, want := range map[string]string{"": "", "module.a": "", `module.a["x.y"]`: `["x.y"]`, "module.a[0].module.b": "", "module.a[0].module.b[1]": "[1]"} {
		if got := indexOf(module); got != want {
			t.Errorf("%s: %q, want %q", module, got, want)
		}
	}
}
