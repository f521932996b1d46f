package bundles

import (
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rule of compute types and Regions.
const ComputeTypeNotInRegion rule.Code = "bundles.compute-type-not-in-region"

var regionRules = []tables.Rule{{
	Code:   ComputeTypeNotInRegion,
	Title:  "A compute type is not available in a Region.",
	Remedy: "Choose another compute type, or a Region that has it.",
	Revisions: []rule.Revision{
		tables.Must(imagePage, "Create a Custom WorkSpaces Image and Bundle", "2021-03-09", read2025),
		tables.Must(optionsPage, facts.OptionsTitle, read2025, ""),
	},
}}

// places are a shared table, with the rules of this package that use it.
func places() tables.Facts {
	t := facts.Places
	codes := map[facts.Feature][]rule.Code{
		"":                          {ComputeTypeNotInRegion},
		facts.NestedVirtualization:  {NestedVirtualizationUnsupported},
		facts.MultiRegionResilience: {StandbyNotInRegion},
	}
	t.Lists = func(p facts.Place) []rule.Parameter {
		return parameter("Regions of "+p.What(), p.Regions(), codes[p.Feature]...)
	}
	return t
}

// CheckRegion tells whether a compute type is available in a Region, given by its code (us-east-1).
// A violation stands at ComputeTypeName. The documents name the Regions of few compute types: of others,
// and where they only name a Region that lacks one, the answer is open. That a type has ended is not
// asked. A code that has not the form of a Region's is a *rule.InputError.
func (r Rules) CheckRegion(region string, compute types.Compute) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	if err := facts.CheckRegion(regionPath, region); err != nil {
		return rule.Answer{}, err
	}
	var a rule.Answer
	switch p := r.s.catalogue.Place(string(compute)); {
	case r.s.compute(compute).Family == "":
		unknownCompute(&a, compute)
	case p == nil || !p.Lacks(region) && !p.Has(region):
		a.NotDocumented(computeName, "no document of the edition says whether "+string(compute)+" is available in "+region)
	default:
		r.s.inRegion(&a, computeName, region, compute)
	}
	return a.Concluded(), nil
}

const regionPath rule.Path = "Region"

// checkRegion returns a *rule.InputError for a Region that has not the form of a code; "" is not known.
func checkRegion(code string) error {
	if code == "" {
		return nil
	}
	return facts.CheckRegion(regionPath, code)
}

// inRegion adds a violation, at a path, for a compute type that a Region lacks; "" is no Region that is
// asked about.
func (s *snapshot) inRegion(a *rule.Answer, at rule.Path, region string, compute types.Compute) {
	if region == "" {
		return
	}
	if p := s.catalogue.Place(string(compute)); p != nil && p.Lacks(region) {
		s.rules.BreakBy(a, p.Cite, ComputeTypeNotInRegion, at, "%s is not available in %s%s", compute, region, only(p))
	}
}

// only names the Regions that have something, if the document does.
func only(p *facts.Place) string {
	if len(p.Only) == 0 {
		return ""
	}
	return ", but in " + words(p.Only)
}

// featureIn judges whether a Region has a feature of the edition, at a path. A document tells all Regions of each.
func (s *snapshot) featureIn(a *rule.Answer, at rule.Path, f facts.Feature, region string, code rule.Code) {
	p := s.catalogue.PlaceOf(f)
	switch {
	case region == "":
		a.NotGiven(at, "the Region is not known")
	case p.Lacks(region):
		s.rules.BreakBy(a, p.Cite, code, at, "%s is not available in %s%s", f, region, only(p))
	}
}
