package wks

import (
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/rule"
)

// findings are what is wrong with a request, and what no document says of it.
type findings struct {
	broken, open rule.Violations
	err          error // the question could not be answered, which fails the call unless broken rules refuse it
}

// add takes what a validator found, read below p.
func (f *findings) add(p rule.Path, vs rule.Violations, err error) {
	for _, v := range vs {
		v.Path = p.Join(v.Path)
		f.broken = append(f.broken, v)
	}
	if err != nil {
		f.fail(p, err)
	}
}

// fail takes the error of a validator, read below p. That it cannot apply a rule to a value of
// the request is a violation; any other error is one of the question.
func (f *findings) fail(p rule.Path, err error) {
	var input *rule.InputError
	if !errors.As(err, &input) || input.Path == "Region" || input.Path == "Edition" {
		f.err = errors.Join(f.err, err)
		return
	}
	f.unreadable(p.Join(input.Path), input)
}

// unreadable notes a value to which no rule can be applied.
func (f *findings) unreadable(p rule.Path, e *rule.InputError) {
	f.broken = f.broken.Append(ruleRows, modelEdition, ValueUnreadable, p, fmt.Sprintf("%q %s", e.Value, e.Reason))
}

// undocumented notes a question that no document of an edition answers, which a package
// has read.
func (f *findings) undocumented(pkg string, read rule.Edition, p rule.Path, question string) {
	f.open = f.open.Append(ruleRows, modelEdition, Undocumented, p, question)
	f.open[len(f.open)-1].Cite = rule.Citation{Document: packages, Section: pkg, Date: read}
}

// answer takes what package bundles found, read below p, but for what the request alone does not tell.
func (f *findings) answer(r *rulebook, p rule.Path, a bundles.Answer, err error) {
	f.add(p, a.Violations, err)
	for _, o := range a.Open {
		if !o.Input {
			f.undocumented("bundles", r.bundles.Edition(), p.Join(o.Path), o.Reason)
		}
	}
}

// byol takes what package byol found. An answer that nothing but the documents leaves open
// is undocumented.
func (f *findings) byol(r *rulebook, a byol.Answer, err error) {
	f.add("", a.Violations, err)
	if err == nil && a.Verdict == rule.Undocumented && len(a.Unknown) == 0 {
		f.undocumented("byol", r.byol.Edition(), "", "no document of the edition speaks of such a request")
	}
}

// tags checks the tags at Tags below p.
func (f *findings) tags(r *rulebook, p rule.Path, tags []types.Tag) {
	a, err := r.bundles.CheckTags(tags)
	f.answer(r, p, a, err)
}

// id checks an identifier, if there is one.
func (f *findings) id(r *rulebook, p rule.Path, kind bundles.ID, id *string) {
	if id == nil {
		return
	}
	a, err := r.bundles.CheckID(kind, *id)
	for i := range a.Violations {
		a.Violations[i].Path = p
	}
	for i := range a.Open {
		a.Open[i].Path = p
	}
	f.answer(r, "", a, err)
}
