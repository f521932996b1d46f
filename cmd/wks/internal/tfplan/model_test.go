package tfplan

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"

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

// Each entry of the model tells since when it is so, and which source tells, or that it is not known. What was measured
// cannot be younger than the version that was measured.
func TestModelTellsSince(t *testing.T) {
	told := map[origin]int{}
	rows := map[string]bool{}
	for _, e := range modelOf() {
		name := e.Resource + "." + e.Attribute + " " + e.Create + e.Update + e.Says + fmt.Sprint(e.Default)
		if rows[name] {
			t.Errorf("%s: is there twice", name)
		}
		rows[name] = true
		told[e.By]++
		if e.Since == "" {
			if e.By != "" || e.Source != "" || e.since.word() != "since when is not known" {
				t.Errorf("%s: %+v: tells a source of nothing", name, e)
			}
			continue
		}
		if v, err := version.NewVersion(e.Since); err != nil || v.String() != e.Since {
			t.Errorf("%s: %q is no version", name, e.Since)
		}
		if !slices.Contains([]origin{changelog, sourceCode, ofSchema}, e.By) || e.Source == "" {
			t.Errorf("%s: no source tells that it is so since %s", name, e.Since)
		}
		if e.By == changelog && !strings.HasPrefix(e.Source, "#") {
			t.Errorf("%s: %q is no entry of the changelog", name, e.Source)
		}
		if e.Measured != "" && older(measured, e.Since) {
			t.Errorf("%s: measured with %s, and so since %s", name, measured, e.Since)
		}
	}
	t.Logf("%v", told)
	for _, by := range []origin{changelog, sourceCode, ofSchema, ""} {
		if told[by] == 0 {
			t.Errorf("no entry is by %q", by)
		}
	}
	for i := 1; i < len(waitings); i++ {
		if a, b := waitings[i-1], waitings[i]; a.operation == b.operation && !older(a.since.version, b.since.version) {
			t.Errorf("%s: %s does not come before %s", a.operation, a.since.version, b.since.version)
		}
	}
	for _, s := range sendings {
		if s.onlyWith != "" && !older(s.since.version, s.onlyWithSince.version) {
			t.Errorf("%s: is sent with %s alone before it is there", s.attribute, s.onlyWith)
		}
	}
}

// What a recording sent for a resource that is no desktop stands in parameters, in the order of them, and
// everything that they call measured was sent.
func TestParameters(t *testing.T) {
	type sent struct{ operation, member string }
	seen := map[sent]bool{}
	place := map[string]int{} // of operations in parameters
	known := map[string]bool{}
	for _, list := range parameters {
		for i, p := range list {
			for _, operation := range strings.Split(p.create+", then "+p.update, ", then ") {
				if operation != "" {
					place[operation] = i
					known[operation] = true
				}
			}
		}
	}
	fixed := []string{"ResourceId", "GroupId", "Tags"} // what it is about, and what every resource has
	for name, rec := range recordings(t) {
		for _, s := range rec.Steps {
			last := map[string]int{}
			for _, q := range s.Requests {
				if !known[q.Operation] {
					continue
				}
				var in map[string]any
				if err := json.Unmarshal(q.Input, &in); err != nil {
					t.Fatal(err)
				}
				for _, member := range slices.Sorted(maps.Keys(in)) {
					if slices.Contains(fixed, member) || member == "DirectoryId" && strings.HasSuffix(q.Operation, "IpGroups") {
						continue
					}
					seen[sent{q.Operation, member}] = true
				}
				of := fmt.Sprint(cmp.Or(in["DirectoryId"], in["ResourceId"]))
				if place[q.Operation] < last[of] {
					t.Errorf("%s/%s: %s comes after what it stands before", name, s.Name, q.Operation)
				}
				last[of] = place[q.Operation]
			}
		}
	}
	told := map[sent]bool{}
	for resource, list := range parameters {
		for _, p := range list {
			for _, operation := range strings.Split(p.create+", then "+p.update, ", then ") {
				if operation == "" {
					continue
				}
				is := sent{operation, p.member}
				told[is] = true
				want := !p.unseen && p.since.measuredToo() || p.member == "Tenancy" // which was sent without an attribute
				if seen[is] != want {
					t.Errorf("%s.%s: %s has %s: %t, want %t", resource, p.attribute, operation, p.member, seen[is], want)
				}
			}
		}
	}
	for s := range seen {
		if !told[s] {
			t.Errorf("%s has %s, of which the model does not tell", s.operation, s.member)
		}
	}
}

// Each parameter is a member of the requests of its operations, as the SDK has them.
func TestParametersAreOfTheAPI(t *testing.T) {
	for resource, list := range parameters {
		for _, p := range list {
			for _, operation := range strings.Split(p.create+", then "+p.update, ", then ") {
				if operation == "" {
					continue
				}
				in, err := wks.NewInput(operation)
				if err != nil {
					t.Errorf("%s.%s: %v", resource, p.attribute, err)
				} else if _, ok := reflect.TypeOf(in).Elem().FieldByName(p.member); !ok {
					t.Errorf("%s.%s: %s has no %s", resource, p.attribute, operation, p.member)
				}
			}
		}
	}
}
