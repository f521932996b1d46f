package tfplan

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/rule"
)

// A recording is what tfrecord wrote down.
type recording struct {
	Provider string
	Steps    []struct {
		Name     string
		Plan     json.RawMessage
		Failed   bool
		Requests []struct {
			Operation, Region, Refused string
			Input                      json.RawMessage
		}
	}
}

func recordings(t *testing.T) map[string]recording { return recordingsIn(t, "recordings") }

func recordingsIn(t *testing.T, folder string) map[string]recording {
	files, err := filepath.Glob("testdata/" + folder + "/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	all := map[string]recording{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var r recording
		if err := json.Unmarshal(data, &r); err != nil {
			t.Fatal(file, err)
		}
		if r.Provider != measured {
			t.Errorf("%s: provider %s, want %s", file, r.Provider, measured)
		}
		all[strings.TrimSuffix(filepath.Base(file), ".json")] = r
	}
	return all
}

// elsewhere are the rules for which it takes more than the request: the other desktops of the plan, the
// bundle, the key that the plan creates, and the WorkSpace that is modified.
var elsewhere = []string{"bundles.user-repeated", "encryption.key-not-enabled", "encryption.key-asymmetric", "encryption.key-not-arn"}

// TestRecordings holds what the program says of each desktop of a recorded plan against what wks.Check
// says of the request that was sent for it: the same rules, at the attributes that the members of
// the request come from. What was not known when the plan was made may be missing if the report says that.
func TestRecordings(t *testing.T) {
	plans, creates, modifies, broken := 0, 0, 0, 0
	all := recordings(t)
	for name, rec := range recordingsIn(t, "opentofu") {
		all["opentofu/"+name] = rec
	}
	for name, rec := range all {
		for _, s := range rec.Steps {
			plans++
			p, err := parsePlan(name+"/"+s.Name, s.Plan)
			if err != nil {
				t.Fatal(err)
			}
			rep := check(p, options{rules: wks.Newest()})
			byID, byUser := map[string]*object{}, map[string]*object{}
			for _, o := range p.objects {
				if o.typ == "aws_workspaces_workspace" && o.mode == "managed" {
					byID[o.before.get("id").text()] = o
					if o.stays() && o.changes() {
						byUser[o.desktop().at("UserName").text()] = o
					}
				}
			}
			refused := map[*object]bool{}
			sequence := map[*object][]rule.Path{}
			for _, q := range s.Requests {
				in, err := wks.Decode(q.Operation, strings.NewReader(string(q.Input)))
				if err != nil {
					t.Fatalf("%s: %v", p.name, err)
				}
				a, err := wks.Check(in, wks.Region(q.Region))
				if err != nil {
					t.Fatalf("%s: %v", p.name, err)
				}
				switch in := in.(type) {
				case *workspaces.CreateWorkspacesInput:
					creates++
					o := byUser[*in.Workspaces[0].UserName]
					if o == nil {
						o = byUser[""] // of a user that is not known until apply
					}
					if o == nil {
						t.Errorf("%s: no desktop for %s", p.name, q.Input)
						continue
					}
					broken += len(a.Violations)
					sameRequest(t, p, o, in)
					sameFindings(t, p, rep, o, a, "Workspaces[0].")
				case *workspaces.CreateTagsInput:
					if o := byID[*in.ResourceId]; o != nil && q.Refused != "" {
						refused[o] = true
					}
				case *workspaces.ModifyWorkspacePropertiesInput:
					modifies++
					o := byID[*in.WorkspaceId]
					broken += len(a.Violations)
					refused[o] = refused[o] || q.Refused != ""
					for i, s := range sendings {
						if s.order > 0 && sentMember(in.WorkspaceProperties, s.member) != nil {
							sequence[o] = append(sequence[o], rule.Path(sendings[i].member))
						}
					}
					for _, v := range a.Violations {
						if v.Level == rule.Must && !hasFinding(rep, o, v.Code, o.desktop().at(v.Path).path) {
							t.Errorf("%s: %s: missed %v", p.name, o.address, v)
						}
					}
				}
			}
			if len(s.Requests) == 0 && !s.Failed {
				continue // it was not applied
			}
			for _, o := range p.objects {
				if o.typ != "aws_workspaces_workspace" || o.action != update {
					continue
				}
				sameCalls(t, p, o, sequence[o], refused[o])
				if denied := mustOf(rep, o); len(denied) > 0 != refused[o] && !unchangedState(name) {
					t.Errorf("%s: %s: refused %t, and the report has %q", p.name, o.address, refused[o], denied)
				}
			}
		}
	}
	t.Logf("%d plans, %d launches, %d modifications, %d violations in requests", plans, creates, modifies, broken)
	if plans < 75 || creates < 110 || modifies < 15 || broken < 8 {
		t.Errorf("%d plans, %d launches, %d modifications, %d violations: too little was recorded", plans, creates, modifies, broken)
	}
}

// unchangedState names recordings whose plans were made without a look at the service.
func unchangedState(name string) bool { return name == "change-refused" }

func mustOf(rep *report, o *object) (list []rule.Code) {
	for _, r := range rep.Resources {
		for _, f := range r.Findings {
			if r.Address == o.address && f.Level == rule.Must {
				list = append(list, f.Code)
			}
		}
	}
	return list
}

func hasFinding(rep *report, o *object, code rule.Code, path words) bool {
	for _, r := range rep.Resources {
		if r.Address == o.address && slices.ContainsFunc(r.Findings, func(f finding) bool { return f.Code == code && f.Path == path }) {
			return true
		}
	}
	return false
}

// notGivenOf lists what the plan does not tell of a desktop: it may stand with another instance.
func notGivenOf(rep *report, o *object) (list []words) {
	block := strings.TrimSuffix(string(o.address), o.index)
	for _, r := range rep.Resources {
		if strings.HasPrefix(string(r.Address), block) {
			list = append(list, r.NotGiven...)
		}
	}
	return list
}

// sameFindings compares what is said of a desktop with what is said of a request.
func sameFindings(t *testing.T, p *plan, rep *report, o *object, a rule.Answer, list string) {
	var r *resource
	for _, x := range rep.Resources {
		if x.Address == o.address {
			r = x
		}
	}
	if r == nil {
		t.Errorf("%s: nothing is said of %s", p.name, o.address)
		return
	}
	type at struct {
		code rule.Code
		path words
	}
	sent, model := map[at]bool{}, map[words]bool{}
	for _, v := range a.Violations {
		member := rule.Path(strings.TrimPrefix(string(v.Path), list))
		path := o.desktop().at(member).path
		if strings.HasPrefix(string(member), "Tags") {
			path = "tags"
		}
		if strings.HasPrefix(string(v.Code), "wks.") {
			model[path] = true // it has other names for what packages find too
			continue
		}
		sent[at{v.Code, path}] = true
		said := slices.ContainsFunc(r.Findings, func(f finding) bool {
			return f.Code == v.Code && (f.Path == path || path == "tags" && strings.HasPrefix(string(f.Path), "tags"))
		})
		open := slices.ContainsFunc(notGivenOf(rep, o), func(w words) bool {
			return strings.HasPrefix(string(w), string(path)+":") || strings.HasPrefix(string(w), "workspace_properties[0].running_mode:")
		})
		if !said && !open {
			t.Errorf("%s: %s: missed %s at %s; not given: %q", p.name, o.address, v.Code, path, r.NotGiven)
		}
	}
	for _, f := range r.Findings {
		path := f.Path
		if strings.HasPrefix(string(path), "tags") {
			path = "tags"
		}
		if !strings.HasPrefix(string(f.Code), "tfplan.") && !sent[at{f.Code, path}] && !model[path] && !slices.Contains(elsewhere, string(f.Code)) {
			t.Errorf("%s: %s: false alarm, %s at %s", p.name, o.address, f.Code, f.Path)
		}
	}
}
