package tfplan

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// eachObject calls f with the type of each object of a plan and what it is in the state, and at each of the parts of its change.
func eachObject(v any, f func(typ string, of map[string]any), parts ...string) {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			eachObject(x, f, parts...)
		}
	case map[string]any:
		typ, ok := v["type"].(string)
		if !ok || v["address"] == nil {
			for _, x := range v {
				eachObject(x, f, parts...)
			}
			return
		}
		c, _ := v["change"].(map[string]any)
		of := []any{v["values"]}
		for _, name := range parts {
			of = append(of, c[name])
		}
		for _, x := range of {
			if x, ok := x.(map[string]any); ok {
				f(typ, x)
			}
		}
	}
}

// without returns a plan in which no object of a type has an attribute.
func without(t *testing.T, plan, typ, attribute string) string {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(plan), &v); err != nil {
		t.Fatal(err)
	}
	var drop func(v any, steps []string)
	drop = func(v any, steps []string) {
		switch v := v.(type) {
		case []any: // of nested blocks
			for _, x := range v {
				drop(x, steps)
			}
		case map[string]any:
			if len(steps) > 1 {
				drop(v[steps[0]], steps[1:])
			} else {
				delete(v, steps[0])
			}
		}
	}
	eachObject(v, func(of string, x map[string]any) {
		if of == typ {
			drop(x, strings.Split(attribute, "."))
		}
	}, "before", "after", "after_unknown")
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// attributesOf lists the attributes of all shapes, as type and path.
func attributesOf() (list [][2]string) {
	var walk func(typ, at string, s *shape)
	walk = func(typ, at string, s *shape) {
		for _, name := range slices.Sorted(maps.Keys(s.fields)) {
			path := strings.TrimPrefix(at+"."+name, ".")
			of := s.fields[name]
			if of.of != nil {
				of = of.of
			}
			if of.fields == nil {
				list = append(list, [2]string{typ, path})
			}
			walk(typ, path, of)
		}
	}
	for _, typ := range slices.Sorted(maps.Keys(shapes)) {
		walk(typ, "", shapes[typ])
	}
	return list
}

// leaves lists the attributes that objects of a plan have before, after and in the state, as type and path.
func leaves(t *testing.T, plan string) (list [][2]string) {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(plan), &v); err != nil {
		t.Fatalf("%v in\n%s", err, plan)
	}
	var leaf func(typ, at string, v any)
	leaf = func(typ, at string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for name, x := range v {
				leaf(typ, strings.TrimPrefix(at+"."+name, "."), x)
			}
			return
		case []any:
			if len(v) == 0 {
				return
			}
			if _, block := v[0].(map[string]any); block {
				for _, x := range v {
					leaf(typ, at, x)
				}
				return
			}
		}
		if a := [2]string{typ, at}; at != "" && !slices.Contains(list, a) {
			list = append(list, a)
		}
	}
	eachObject(v, func(typ string, of map[string]any) { leaf(typ, "", of) }, "before", "after")
	return list
}

// Each attribute that is read changes an answer, and so does each attribute of these plans: a plan has no other. A default VPC,
// subnet, route table or security group is read as one of the other kind.
func TestEachAttributeCounts(t *testing.T) {
	var plans []string
	for _, p := range attributePlans {
		plans = append(plans, p)
		for _, kind := range []string{"vpc", "subnet", "security_group"} {
			if q := strings.ReplaceAll(p, fmt.Sprintf(`"aws_%s"`, kind), fmt.Sprintf(`"aws_default_%s"`, kind)); q != p {
				plans = append(plans, q)
			}
		}
	}
	type attribute = [2]string
	counts := map[attribute]bool{}
	for _, p := range plans {
		_, base, errs := tfplan(t, p, "--json")
		if errs != "" {
			t.Errorf("%s\n%s", errs, p)
		}
		for _, a := range leaves(t, p) {
			if counts[a] {
				continue
			}
			_, out, _ := tfplan(t, without(t, p, a[0], a[1]), "--json")
			counts[a] = out != base
		}
	}
	for a, counted := range counts {
		if !counted {
			t.Errorf("%s.%s changes no answer", a[0], a[1])
		}
	}
	// What WorkSpaces need is inbound from the IPv4 addresses of their VPC alone; inbound rules have the shape of outbound ones.
	inbound := []attribute{{"aws_vpc_security_group_ingress_rule", "cidr_ipv6"}, {"aws_vpc_security_group_ingress_rule", "referenced_security_group_id"}}
	for _, typ := range []string{"aws_security_group", "aws_default_security_group"} {
		inbound = append(inbound, attribute{typ, "ingress.ipv6_cidr_blocks"}, attribute{typ, "ingress.security_groups"})
	}
	for _, a := range attributesOf() {
		if !slices.Contains(inbound, a) && !slices.ContainsFunc(slices.Collect(maps.Keys(counts)), func(b attribute) bool { return a[0] == b[0] && (a[1] == b[1] || strings.HasPrefix(b[1], a[1]+".")) }) {
			t.Errorf("%s.%s is in no plan", a[0], a[1])
		}
	}
}
