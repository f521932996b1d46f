package byol

import (
	"math"
	"slices"

	"github.com/wksgo/wks/rule"
)

// What counts towards a commitment, beside the account's own WorkSpaces. No API enforces a
// commitment, so the rules about them are Should.
//
//	from        WorkSpaces without a GPU
//	2017-12-31  200 in a Region each month
//	2018-02-03  200
//	2020-03-31  200, any mix of running modes; with a GPU alone they are not asked for
//	2020-09-03  200 in each Region
//	2021-06-02  the same, over all linked accounts
//	2022-09-02  100 in each Region
//	2025-10-21  50 in each Region; 400 in Cape Town
//	2026-05-15  50 in each Region each month, with the unique users of WorkSpaces
//	            Applications
const (
	countsLinked       = "Linked"
	countsApplications = "ApplicationUsers"
	onlyIfPlanned      = "only if planned" // an account with nothing but WorkSpaces with a GPU has enough
)

// A tally adds numbers of which some may not be known.
type tally struct {
	n    int64
	open bool // a number is missing, so that there may be more
}

func (t *tally) add(n *int) {
	if n == nil {
		t.open = true
	} else {
		t.n += min(int64(*n), math.MaxInt64-t.n)
	}
}

// outcome is Met if the numbers that are known suffice.
func (t tally) outcome(a *ask, fact any) outcome {
	if !a.holds(t.n) && t.open {
		return outcome{}
	}
	return either(a.holds(t.n), fact)
}

// pooled returns the commitments that count.
func (f *Facts) pooled(a *ask) []Commitment {
	all := []Commitment{f.Commitment}
	if slices.Contains(a.names, countsLinked) {
		all = append(all, f.Linked...)
	}
	return all
}

func commitment(f *Facts, _ system, a *ask) outcome {
	own := f.Commitment
	if plans, known := own.gpu(); own.Workspaces != nil && *own.Workspaces == 0 && slices.Contains(a.names, onlyIfPlanned) && (plans || !known) {
		return f.ifGPU(outcome{state: NotApplicable})
	}
	var t tally
	for _, c := range f.pooled(a) {
		if t.add(c.Workspaces); slices.Contains(a.names, countsApplications) {
			t.add(c.ApplicationUsers)
		}
	}
	return t.outcome(a, &f.Commitment)
}

func capeTownCommitment(f *Facts, w system, a *ask) outcome {
	switch f.Region {
	case "":
		return outcome{}
	case "af-south-1":
		return commitment(f, w, a)
	}
	return outcome{state: NotApplicable}
}

// gpuCommitment is Undocumented for a mix of running modes if neither number is enough
// alone: no document says how the two are added up. It is so if users of WorkSpaces Applications
// count, who may have a GPU or not.
func gpuCommitment(f *Facts, _ system, a *ask) outcome {
	var on, stop, users tally
	for _, c := range f.pooled(a) {
		on.add(c.GPUAlwaysOn)
		stop.add(c.GPUAutoStop)
		if slices.Contains(a.names, countsApplications) {
			users.add(c.ApplicationUsers)
		}
	}
	fact := &f.Commitment
	switch {
	case on.n >= a.min || stop.n >= a.orLeast:
		return outcome{Met, fact, nil}
	case on.open || stop.open:
		return outcome{}
	case on.n == 0 && stop.n == 0:
		return outcome{state: NotApplicable}
	case users.n > 0:
		return outcome{Undocumented, fact, &rule.Open{Reason: "the facts do not tell how many users of WorkSpaces Applications have a GPU; want " + a.want, By: rule.ByInput}}
	case users.open:
		return outcome{}
	case on.n > 0 && stop.n > 0:
		return undocumented(fact, "no document says how AlwaysOn and AutoStop WorkSpaces with a GPU are added up")
	}
	return outcome{Broken, fact, nil}
}
