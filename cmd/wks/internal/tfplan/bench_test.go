package tfplan

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/wksgo/wks"
)

// manyDesktops is the plan of a for_each over n users, as Terraform prints it: each desktop in
// resource_changes, with what is not known and what is sensitive.
func manyDesktops(n int) []byte {
	var b strings.Builder
	b.WriteString(`{"format_version": "1.2", "terraform_version": "1.11.4", "planned_values": {}, "resource_changes": [`)
	for i := range n {
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, `{"address":"aws_workspaces_workspace.w[\"user%d\"]","mode":"managed","type":"aws_workspaces_workspace","name":"w","index":"user%d","provider_name":"registry.terraform.io/hashicorp/aws","change":{"actions":["create"],"before":null,"after":{"bundle_id":"wsb-b0s22j3d7","directory_id":"d-906732325d","root_volume_encryption_enabled":false,"tags":null,"timeouts":null,"user_name":"user%d","user_volume_encryption_enabled":false,"volume_encryption_key":null,"workspace_properties":[{"compute_type_name":"POWER","root_volume_size_gib":175,"running_mode":"AUTO_STOP","running_mode_auto_stop_timeout_in_minutes":60,"user_volume_size_gib":100}]},"after_unknown":{"computer_name":true,"id":true,"ip_address":true,"state":true,"tags_all":true,"workspace_properties":[{}]},"before_sensitive":false,"after_sensitive":{"tags_all":{},"workspace_properties":[{}]}}}`, i, i, i)
	}
	b.WriteString(`], "configuration": {"provider_config": {"aws": {"name": "aws", "expressions": {"region": {"constant_value": "eu-west-1"}}}}, "root_module": {"resources": [{"address": "aws_workspaces_workspace.w", "mode": "managed", "type": "aws_workspaces_workspace", "name": "w", "provider_config_key": "aws", "expressions": {"bundle_id": {"constant_value": "wsb-b0s22j3d7"}, "directory_id": {"constant_value": "d-906732325d"}, "user_name": {"references": ["each.key"]}, "workspace_properties": [{"compute_type_name": {"constant_value": "POWER"}, "root_volume_size_gib": {"constant_value": 175}, "running_mode": {"constant_value": "AUTO_STOP"}, "running_mode_auto_stop_timeout_in_minutes": {"constant_value": 60}, "user_volume_size_gib": {"constant_value": 100}}]}, "for_each_expression": {"references": ["var.users"]}}]}}}`)
	return []byte(b.String())
}

// The peer is encoding/json, which decodes the same plan into any.
func BenchmarkPlan(b *testing.B) {
	for _, n := range []int{5_000, 50_000} {
		data := manyDesktops(n)
		b.Run(fmt.Sprintf("desktops=%d/of=json", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				var v any
				if err := json.Unmarshal(data, &v); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("desktops=%d/of=tfplan", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				p, err := parsePlan("plan", data)
				if err != nil {
					b.Fatal(err)
				}
				rep := check(p, options{rules: wks.Newest()})
				var text bytes.Buffer
				if err := writeText(&text, rep, false); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
