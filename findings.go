package wks

import (
	"errors"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/internal/wire/request"
	"github.com/wksgo/wks/rule"
)

// findings are the answer about a request.
type findings struct {
	rule.Answer
	err error // a question could not be answered, which fails the call unless broken rules refuse it

	saidRegion bool // needsRegion has noted
}

// take adds what a package answered, read below p. That the package cannot apply a rule to a value
// of the request is a violation; any other error is one of the question.
func (f *findings) take(p rule.Path, a rule.Answer, err error) {
	f.Merge(p, a)
	if input := inputError(err); input != nil {
		f.unreadable(p.Join(input.Path), input)
	} else if err != nil && (f.err == nil || !strings.Contains(f.err.Error(), err.Error())) { // each element of a list has the same
		f.err = errors.Join(f.err, err)
	}
}

// takeAt adds what a package answered about the value at p, wherever the package puts it.
func (f *findings) takeAt(p rule.Path, a rule.Answer, err error) {
	for i := range a.Violations {
		a.Violations[i].Path = ""
	}
	for i := range a.Open {
		a.Open[i].Path = ""
	}
	if input := inputError(err); input != nil {
		f.unreadable(p, input)
		err = nil
	}
	f.take(p, a, err)
}

// inputError returns the error about a value of the request, and nil for another one.
func inputError(err error) *rule.InputError {
	if err == nil {
		return nil
	}
	var input *rule.InputError
	if !errors.As(err, &input) || input.Path == "Region" || input.Path == "Edition" {
		return nil
	}
	return input
}

// unreadable notes a value to which no rule can be applied.
func (f *findings) unreadable(p rule.Path, e *rule.InputError) {
	active.Break(&f.Answer, ValueUnreadable, p, "%q %s", rule.Shorten(e.Value), e.Reason)
}

// tags checks the tags at Tags below p.
func (f *findings) tags(r *Rules, p rule.Path, tags []types.Tag) {
	a, err := r.Bundles.CheckTags(tags)
	f.take(p, a, err)
}

// id checks an identifier, if there is one.
func (f *findings) id(r *Rules, p rule.Path, kind bundles.ID, id *string) {
	if id != nil {
		a, err := r.Bundles.CheckID(kind, *id)
		f.takeAt(p, a, err)
	}
}

// told are the places about which the service model has said something.
type told struct {
	faults map[rule.Path]bool // places of faults, enums aside; false for the places above them
	values map[rule.Path]bool // places of values that an enum does not know
}

// tell adds the violations of faults to an answer.
func tell(a *rule.Answer, faults []request.Fault) (t told) {
	if len(faults) == 0 {
		return t
	}
	t.faults, t.values = map[rule.Path]bool{}, map[rule.Path]bool{}
	for _, fault := range faults {
		code := codes[fault.Kind]
		active.Break(a, code, fault.Path, "%s", fault.Detail)
		if fault.Kind == request.Value {
			t.values[fault.Path] = true
			continue
		}
		t.faults[fault.Path] = true
		for p := fault.Path; p != ""; {
			p = p[:max(0, strings.LastIndexAny(string(p), ".["))]
			if !t.faults[p] {
				t.faults[p] = false
			}
		}
	}
	return t
}

// says reports whether the model says what a violation says. An empty member of a union is a
// missing one to package byol, so that a fault below its place counts too. Package devices has the list of
// values of its types of devices.
func (t told) says(v rule.Violation) bool {
	if !stated[v.Code] {
		return false
	}
	at, around := t.faults[v.Path]
	return at || around && v.Code == byol.MemberMissing || t.values[v.Path] && v.Code == devices.AccessValueUnknown
}
