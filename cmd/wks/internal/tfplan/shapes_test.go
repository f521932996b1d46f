package tfplan

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// schemaOf reads what the schema of a version of hashicorp/aws has, by type and path; of a resource and of a data source
// together, each kind in a line of its own. Given are those that a configuration may have.
func schemaOf(t *testing.T, version string) (schema map[string]map[string]string, given map[string][]string) {
	t.Helper()
	data, err := os.ReadFile("testdata/schema-" + version + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	typ := ""
	schema, given = map[string]map[string]string{}, map[string][]string{}
	for line := range strings.Lines(string(data)) {
		first, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch {
		case first == "#" || first == "":
		case first == "resource" || first == "data":
			if typ = rest; schema[typ] == nil {
				schema[typ] = map[string]string{}
			}
		default:
			schema[typ][first] += strings.TrimSuffix(rest, " computed") + "\n"
			if !strings.HasSuffix(rest, " computed") {
				given[typ] = append(given[typ], first)
			}
		}
	}
	return schema, given
}

// Each attribute that is read is one of the provider's schema, and has its type. Two came with 6.x (changelog of the provider:
// 6.0.0 for the Region of each resource, 6.25.0 and #43134 for the tenancy). So has each attribute that the model names.
func TestShapesAreOfTheSchema(t *testing.T) {
	schema, given := schemaOf(t, measured)
	n := 0
	var walk func(typ, at string, s *shape)
	walk = func(typ, at string, s *shape) {
		for name, is := range s.fields {
			n++
			kind, of := is.kind, is
			if is.of != nil {
				kind += " of " + is.of.kind
				of = is.of
			}
			path := strings.TrimPrefix(at+"."+name, ".")
			if got := schema[typ][path]; !strings.Contains("\n"+got, "\n"+kind+"\n") && !(is == text && (path == "region" || typ == "aws_workspaces_directory" && path == "tenancy")) {
				t.Errorf("%s: %s is a %s, and in the schema %q", typ, path, kind, got)
			}
			walk(typ, path, of)
		}
	}
	schema["aws_default_vpc"] = schema["aws_vpc"] // of whose data source it has the shape as well
	for typ, s := range shapes {
		if typ == "aws_workspaces_pool" || strings.HasPrefix(typ, "awscc_") {
			continue // of a later version, or of another provider
		}
		if schema[typ] == nil {
			t.Errorf("the schema has no %s", typ)
		}
		walk(typ, "", s)
	}
	for typ, list := range parameters {
		for _, p := range list {
			if p.attribute != "" && p.attribute != "tenancy" && schema[typ][p.attribute] == "" {
				t.Errorf("the schema of %s has no %s", typ, p.attribute)
			}
		}
	}
	// The model has all that a configuration of them may give.
	for _, typ := range []string{"aws_workspaces_directory", "aws_workspaces_ip_group"} {
		for _, name := range given[typ] {
			if slices.Contains([]string{"id", "tags", "tags_all"}, name) || strings.Contains(name, ".") {
				continue
			}
			if !slices.ContainsFunc(parameters[typ], func(p parameter) bool { return p.attribute == name }) {
				t.Errorf("the model of %s lacks %s", typ, name)
			}
		}
	}
	for _, w := range waitings {
		if schema["aws_workspaces_workspace"]["timeouts."+string(w.operation)] == "" {
			t.Errorf("there is no time for %s", w.operation)
		}
	}
	if n < 200 {
		t.Errorf("%d attributes", n)
	}
}

// An attribute names resources of the types that end with the same word. A key has aliases, and a VPC a main route table.
func TestNameable(t *testing.T) {
	ends := map[string][]string{
		"volume_encryption_key": {"_kms_key", "_kms_alias"}, "target_key_id": {"_kms_key"}, "key_id": {"_kms_key"}, "vpc_id": {"_vpc"}, "subnet_ids": {"_subnet"},
		"route_table_id": {"_route_table", "_vpc"}, "directory_id": {"_directory"}, "bundle_id": {"_bundle"}, "ip_group_ids": {"_ip_group"},
		"prefix_list_id": {"_prefix_list"}, "security_group_id": {"_security_group"}, "custom_security_group_id": {"_security_group"},
	}
	for attribute, types := range nameable {
		if ends[attribute] == nil {
			t.Errorf("%s: names something else", attribute)
		}
		for _, typ := range types {
			if shapes[typ] == nil {
				t.Errorf("%s: %s is not read", attribute, typ)
			}
		}
	}
	for attribute, words := range ends {
		for typ := range shapes {
			want := slices.ContainsFunc(words, func(end string) bool { return strings.HasSuffix(typ, end) })
			if got := slices.Contains(nameable[attribute], typ); got != want {
				t.Errorf("%s: names %s: %t", attribute, typ, got)
			}
		}
	}
}

// What the model has by the changelog is an entry of it, about the resource. The entry for saml_properties was not read here.
func TestChangelog(t *testing.T) {
	data, err := os.ReadFile("testdata/changelog.txt")
	if err != nil {
		t.Fatal(err)
	}
	entries := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); !strings.HasPrefix(line, "#") {
			entries[line] = false
		}
	}
	for _, e := range modelOf() {
		if e.By != changelog || e.Provider != providerAddress || e.Attribute == "saml_properties" {
			continue
		}
		number, _, _ := strings.Cut(e.Source, ",")
		line := e.Since + " " + number + " " + e.Resource
		if _, ok := entries[line]; !ok {
			t.Errorf("%s.%s: the changelog has no %s", e.Resource, e.Attribute, line)
		}
		entries[line] = true
	}
	for line, told := range entries {
		if !told {
			t.Errorf("the model does not tell of %s", line)
		}
	}
}
