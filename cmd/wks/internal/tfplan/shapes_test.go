package tfplan

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// schemaOf reads what the schema of a version of hashicorp/aws has, by type and path; of a resource and of a data source
// together, each kind in a line of its own.
func schemaOf(t *testing.T, version string) map[string]map[string]string {
	t.Helper()
	data, err := os.ReadFile("testdata/schema-" + version + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	schema, typ := map[string]map[string]string{}, ""
	for line := range strings.Lines(string(data)) {
		first, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch {
		case first == "#" || first == "":
		case first == "resource" || first == "data":
			if typ = rest; schema[typ] == nil {
				schema[typ] = map[string]string{}
			}
		default:
			schema[typ][first] += rest + "\n"
		}
	}
	return schema
}

// Each attribute that is read is one of the provider's schema, and has its type. Two came with 6.x (changelog of the provider:
// 6.0.0 for the Region of each resource, 6.25.0 and #43134 for the tenancy). So has each attribute that the model names.
func TestShapesAreOfTheSchema(t *testing.T) {
	schema := schemaOf(t, measured)
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
