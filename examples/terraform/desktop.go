// Package terraform shows how the author of a Terraform provider lets a schema validate with wks: the block
// workspace_properties is checked when the configuration is, so that `terraform validate` finds what the service
// would refuse at the apply.
package terraform

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	framework "github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// Schema is that of a resource with the block.
func Schema() schema.Schema {
	return schema.Schema{Blocks: map[string]schema.Block{"workspace_properties": schema.SingleNestedBlock{
		Validators: []validator.Object{Desktop{}},
		Attributes: map[string]schema.Attribute{
			"compute_type_name":                         schema.StringAttribute{Optional: true},
			"root_volume_size_gib":                      schema.Int32Attribute{Optional: true},
			"user_volume_size_gib":                      schema.Int32Attribute{Optional: true},
			"running_mode":                              schema.StringAttribute{Optional: true},
			"running_mode_auto_stop_timeout_in_minutes": schema.Int32Attribute{Optional: true},
		},
	}}}
}

// attributes are those of the block, by the path of the API.
var attributes = map[rule.Path]string{
	"ComputeTypeName":                     "compute_type_name",
	"RootVolumeSizeGib":                   "root_volume_size_gib",
	"UserVolumeSizeGib":                   "user_volume_size_gib",
	"RunningMode":                         "running_mode",
	"RunningModeAutoStopTimeoutInMinutes": "running_mode_auto_stop_timeout_in_minutes",
}

// Desktop validates a block whose attributes are those of WorkspaceProperties.
type Desktop struct{}

// Description tells what is validated.
func (Desktop) Description(context.Context) string {
	return "properties that Amazon WorkSpaces accepts together"
}

// MarkdownDescription is Description.
func (d Desktop) MarkdownDescription(ctx context.Context) string { return d.Description(ctx) }

// ValidateObject adds an error for each rule that the service enforces, and a warning for advice. An attribute that
// is left out, or not known yet, breaks none.
func (Desktop) ValidateObject(_ context.Context, req validator.ObjectRequest, resp *validator.ObjectResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	answer, err := bundles.Newest().CheckDesktop(properties(req.ConfigValue), bundles.LaunchContext{})
	if err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "cannot be checked", err.Error())
		return
	}
	for _, v := range answer.Violations {
		at := req.Path
		if name, ok := attributes[v.Path]; ok {
			at = at.AtName(name)
		}
		add := resp.Diagnostics.AddAttributeError
		if v.Level == rule.Should {
			add = resp.Diagnostics.AddAttributeWarning
		}
		add(at, string(v.Code), v.Detail+". "+v.Remedy+"\n"+v.Code.Help())
	}
}

// properties are those of the block in the SDK's type. What is null or unknown is nil or empty.
func properties(block framework.Object) types.WorkspaceProperties {
	text := func(name string) string {
		v, _ := block.Attributes()[name].(basetypes.StringValue)
		return v.ValueString()
	}
	number := func(name string) *int32 {
		v, _ := block.Attributes()[name].(basetypes.Int32Value)
		if v.IsNull() || v.IsUnknown() {
			return nil
		}
		return aws.Int32(v.ValueInt32())
	}
	return types.WorkspaceProperties{
		ComputeTypeName:                     types.Compute(text("compute_type_name")),
		RunningMode:                         types.RunningMode(text("running_mode")),
		RootVolumeSizeGib:                   number("root_volume_size_gib"),
		UserVolumeSizeGib:                   number("user_volume_size_gib"),
		RunningModeAutoStopTimeoutInMinutes: number("running_mode_auto_stop_timeout_in_minutes"),
	}
}
