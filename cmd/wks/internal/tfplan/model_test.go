package tfplan

import (
	"reflect"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/rule"
)

// sentMember returns a member of a request by its name, nil if it is not there.
func sentMember(of any, name string) any {
	v := reflect.Indirect(reflect.ValueOf(of))
	if !v.IsValid() {
		return nil
	}
	f := v.FieldByName(name)
	if !f.IsValid() || f.IsZero() {
		return nil
	}
	switch x := reflect.Indirect(f); x.Kind() {
	case reflect.String:
		return x.String()
	case reflect.Int32:
		return int32(x.Int())
	case reflect.Bool:
		return x.Bool()
	}
	return nil
}

// sameRequest holds a launch that was sent against sendings: each member of it that the plan knows.
func sameRequest(t *testing.T, p *plan, o *object, in *workspaces.CreateWorkspacesInput) {
	d, q := o.desktop(), in.Workspaces[0]
	if d.omitted() && o.desktop().block.unknown == true {
		if q.WorkspaceProperties != nil {
			t.Errorf("%s: %s: properties are sent without a block", p.name, o.address)
		}
	}
	c := &checker{plan: p, rules: wks.Newest()}
	properties := d.properties()
	c.minutes(newResource(o, location{}), o, &properties)
	for i, s := range sendings {
		a := d.attributes[i]
		var got, want any
		switch {
		case s.inBlock && q.WorkspaceProperties == nil:
			continue
		case s.inBlock:
			got, want = sentMember(q.WorkspaceProperties, s.member), sentMember(properties, s.member)
		default:
			got, want = sentMember(q, s.member), a.value
		}
		if a.pending() && want == nil || got == nil && (want == nil || want == "") {
			continue
		}
		if got != want {
			t.Errorf("%s: %s: %s: sent %v, the model has %v", p.name, o.address, s.member, got, want)
		}
	}
}

// sameCalls holds the order of the modifications that were sent against sendings.
func sameCalls(t *testing.T, p *plan, o *object, sent []rule.Path, refused bool) {
	var want []rule.Path
	for _, call := range calls(o.desktopBefore(), o.desktop()) {
		for _, s := range sendings {
			set := sentMember(call.change, s.member) != nil
			if s.member == "RunningMode" {
				set = set && o.desktopBefore().at("RunningMode").value != o.desktop().at("RunningMode").value
			}
			if s.order > 0 && set {
				want = append(want, rule.Path(s.member))
			}
		}
	}
	if refused {
		want = want[:min(len(sent), len(want))]
	}
	if !slices.Equal(sent, want) {
		t.Errorf("%s: %s: sent %q, the model has %q", p.name, o.address, sent, want)
	}
}

// Each sending is a member of the API, and what the provider takes by default has the type of it.
func TestSendings(t *testing.T) {
	last := 0
	for _, s := range sendings {
		of := reflect.TypeFor[types.WorkspaceRequest]()
		if s.inBlock {
			of = reflect.TypeFor[types.WorkspaceProperties]()
		}
		if _, ok := of.FieldByName(s.member); !ok {
			t.Errorf("%s: there is no %s", s.attribute, s.member)
		}
		fields := shapes["aws_workspaces_workspace"].fields
		if s.inBlock {
			fields = fields["workspace_properties"].of.fields
		}
		if fields[s.attribute] == nil {
			t.Errorf("%s is not read", s.attribute)
		}
		if s.order > 0 {
			if last++; s.order != last {
				t.Errorf("%s: call %d, want %d", s.attribute, s.order, last)
			}
		}
	}
}
