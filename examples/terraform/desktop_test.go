package terraform_test

import (
	"context"
	"fmt"
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

// The schema is one that the framework takes.
func TestSchema(t *testing.T) {
	if d := terraform.Schema().ValidateImplementation(t.Context()); d.HasError() {
		t.Error(d)
	}
}
