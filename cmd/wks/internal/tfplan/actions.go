package tfplan

import (
	"cmp"

	"github.com/wksgo/wks"
	findings "github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/rule"
)

// The actions of a report are what there is to do.
type actions = findings.Report

// act fills in what there is to do about the plan, which settles the exit status. Base has the
// baseline, if there is one.
func (rep *report) act(base findings.Report, failOn findings.Threshold) {
	rep.actions = base
	title := map[rule.Code]string{}
	for _, r := range append(wks.Catalogue(), Rules()...) {
		title[r.Code] = r.Title
	}
	for _, r := range rep.Resources {
		rep.actOn(r, title)
	}
	rep.Conclude(failOn, append(wks.Documents(), terraformDocuments...))
	rep.Summary.Accepted, rep.Summary.Exit = rep.actions.Summary.Accepted, rep.actions.Summary.Exit
}

func (rep *report) actOn(r *resource, title map[rule.Code]string) {
	of := func(address, path words) findings.Occurrence {
		return findings.Occurrence{
			Resource: findings.Resource{Kind: "resource", ID: string(address)},
			Region:   string(r.Region), Section: string(r.Address), File: string(rep.Input), Path: string(path),
		}
	}
	accepted, must := false, false
	for _, f := range r.Findings {
		o := of(f.Address, f.Path)
		o.Detail = string(f.Detail)
		took := rep.Add(findings.Finding{
			Code: f.Code, Level: f.Level, Title: cmp.Or(title[f.Code], string(f.Code)),
			Remedy: findings.Sentence(string(f.Remedy)), Help: f.Help, Cite: f.Cite, Urgent: f.Code == desktopDestroyed,
		}, o)
		accepted, must = accepted || took, must || !took && f.Level == rule.Must
	}
	ask := func(by rule.Cause, reason words, decides bool) {
		rep.Ask(findings.Question{By: by, Reason: string(reason), Decides: decides}, "", of(r.Address, ""))
	}
	for _, reason := range r.Undocumented {
		ask(rule.ByDocuments, reason, true)
	}
	for _, reason := range r.NotGiven {
		ask(rule.ByInput, reason, r.undecided)
	}
	if accepted && !must {
		r.Verdict = rule.Allowed
		if len(r.Undocumented) > 0 || r.undecided {
			r.Verdict = rule.Undocumented
		}
	}
	rep.Checked(string(r.Region), string(r.Address), r.Verdict)
}
