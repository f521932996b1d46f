package terraform_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/wksgo/wks/examples/terraform"
)

// block is the block with some attributes; the others are null.
func block(values map[string]attr.Value) types.Object {
	of := terraform.Schema().Blocks["workspace_properties"].Type().(types.ObjectType)
	all := map[string]attr.Value{}
	for name, t := range of.AttributeTypes() {
		if all[name] = values[name]; all[name] != nil {
			continue
		}
		null, err := t.ValueFromTerraform(context.Background(), tftypes.NewValue(t.TerraformType(context.Background()), nil))
		if err != nil {
			panic(err)
		}
		all[name] = null
	}
	return types.ObjectValueMust(of.AttributeTypes(), all)
}

func validate(o types.Object) diag.Diagnostics {
	var resp validator.ObjectResponse
	terraform.Desktop{}.ValidateObject(context.Background(), validator.ObjectRequest{Path: path.Root("workspace_properties"), ConfigValue: o}, &resp)
	return resp.Diagnostics
}

func ExampleDesktop() {
	for _, d := range validate(block(map[string]attr.Value{
		"compute_type_name":                         types.StringValue("POWER"),
		"root_volume_size_gib":                      types.Int32Value(80),
		"user_volume_size_gib":                      types.Int32Value(200),
		"running_mode":                              types.StringValue("AUTO_STOP"),
		"running_mode_auto_stop_timeout_in_minutes": types.Int32Value(90),
	})) {
		fmt.Println(d.Severity(), d.(diag.DiagnosticWithPath).Path(), d.Summary())
	}
	// Output:
	// Error workspace_properties.running_mode_auto_stop_timeout_in_minutes bundles.auto-stop-minutes
	// Error workspace_properties.root_volume_size_gib bundles.volume-pair-not-in-group
}

// What is left out or unknown breaks no rule.
func TestUnknown(t *testing.T) {
	of := block(nil)
	for name, o := range map[string]types.Object{
		"nothing is given": of,
		"null":             types.ObjectNull(of.AttributeTypes(context.Background())),
		"unknown":          types.ObjectUnknown(of.AttributeTypes(context.Background())),
		"one size":         block(map[string]attr.Value{"root_volume_size_gib": types.Int32Value(80), "user_volume_size_gib": types.Int32Unknown()}),
	} {
		if d := validate(o); len(d) > 0 {
			t.Errorf("%s: %v", name, d)
		}
	}
}

// Each broken rule is an error of the attribute that breaks it, with what to do. What no rule can be applied to is one of the block.
func TestDiagnostics(t *testing.T) {
	of := func(compute string, root int32) types.Object {
		return block(map[string]attr.Value{"compute_type_name": types.StringValue(compute), "root_volume_size_gib": types.Int32Value(root), "user_volume_size_gib": types.Int32Value(100)})
	}
	const help = "https://github.com/wksgo/wks/blob/main/docs/rules/bundles.md#bundles"
	for name, tt := range map[string]struct {
		of   types.Object
		want []string
	}{
		"a compute type that ended": {block(map[string]attr.Value{"compute_type_name": types.StringValue("GRAPHICS")}), []string{"Error workspace_properties.compute_type_name bundles.compute-type-retired"}},
		"no mode":                   {block(map[string]attr.Value{"running_mode": types.StringValue("ALWAYS_ON"), "running_mode_auto_stop_timeout_in_minutes": types.Int32Value(60)}), []string{"Error workspace_properties.running_mode_auto_stop_timeout_in_minutes bundles.auto-stop-minutes-not-applicable"}},
		"a pair in no group":        {of("STANDARD", 81), []string{"Error workspace_properties.root_volume_size_gib bundles.volume-pair-not-in-group"}},
		"a negative size":           {of("STANDARD", -1), []string{"Error workspace_properties cannot be checked"}},
	} {
		var got []string
		for _, d := range validate(tt.of) {
			got = append(got, fmt.Sprint(d.Severity(), " ", d.(diag.DiagnosticWithPath).Path(), " ", d.Summary()))
			detail := d.Detail()
			if _, code, ok := strings.Cut(d.Summary(), "bundles."); ok && (!strings.HasSuffix(detail, "\n"+help+code) || strings.Count(detail, "\n") != 1 || !strings.Contains(detail, ". ")) {
				t.Errorf("%s: %q", name, detail)
			}
			if d.Summary() == "cannot be checked" && !strings.Contains(detail, "RootVolumeSizeGib") {
				t.Errorf("%s: %q", name, detail)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
	d := terraform.Desktop{}
	if s := d.Description(t.Context()); s != "properties that Amazon WorkSpaces accepts together" || d.MarkdownDescription(t.Context()) != s {
		t.Error(s)
	}
}

// The schema is one that the framework takes.
func TestSchema(t *testing.T) {
	if d := terraform.Schema().ValidateImplementation(t.Context()); d.HasError() {
		t.Error(d)
	}
}
