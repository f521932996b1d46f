package migrate

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A Workspace is a member of a fleet.
type Workspace struct {
	ID          string  // ws-…
	Source      Desktop // with its BundleID, if a target is to be found by it
	DirectoryID string
	UserName    string
	// SubnetID is that of the WorkSpace. The new one is taken to need an address in the
	// same subnet; no document says how WorkSpaces are spread over those of a directory.
	SubnetID string
	Key      string // KMS key; empty without encryption
	Grants   int    // that the new WorkSpace takes of the key: see the function Grants
	// Ready is the answer of CheckReady, or nil if nobody asked. A WorkSpace that is Denied, or in a
	// state that the page does not ask for, is refused; the run of the plan asks again.
	Ready *rule.Answer
}

// A Target is where WorkSpaces are to go.
type Target struct {
	Desktop
	// Via is a Windows 10 BYOL bundle through which a Windows 7 WorkSpace goes to Windows 11,
	// or nil.
	Via *Desktop
}

// Limits bound the waves of a plan. What a migration takes of a subnet or a key it holds
// until the end of its wave, when the old WorkSpace is gone.
type Limits struct {
	// WaveSize is how many WorkSpaces are migrated at a time, at most the documented 25,
	// which zero stands for.
	WaveSize int
	// FreeAddresses are those of each subnet by its ID; nil for no bound.
	FreeAddresses map[string]int
	// FreeGrants are how many grants each key can still take, by Workspace.Key; nil for no
	// bound.
	FreeGrants map[string]int
	// Undocumented is what becomes of migrations about which the documents do not say:
	// Allowed plans them, Denied refuses them, and Undocumented, the zero value, sets them
	// aside for a person to decide.
	Undocumented rule.Verdict
	// CallsPerSecond, at least 0.001, and Burst are the pace of the estimate; zero stands for
	// the documented 2 and 5.
	CallsPerSecond float64
	Burst          int
	// Each is how long a migration takes, up to a year; zero stands for the documented hour
	// at most.
	Each time.Duration
	// PollEvery is the time between looks at the WorkSpaces of a wave, at least a second;
	// zero is a minute.
	PollEvery time.Duration
}

// A Plan is how a fleet is migrated, wave by wave.
type Plan struct {
	Edition rule.Edition `json:"edition"`
	// Waves are to be run one after the other. Within a wave the migrations are in the
	// order of their IDs, and the waves in that of their first.
	Waves [][]Migration `json:"waves"`
	// Refused and Undecided are not migrated, by WorkSpace ID.
	Refused   []Refusal `json:"refused"`
	Undecided []Refusal `json:"undecided"`
	// Unassigned are the WorkSpaces without a target, by ID.
	Unassigned []string `json:"unassigned"`
	// Bound is a number of waves below which no plan within the limits can get. It is the
	// number of waves if the WorkSpaces on each key need the same number of grants, and
	// nearly always if some need 2 and others 3. Up to 11 WorkSpaces have the fewest waves
	// that there are.
	Bound    int      `json:"bound"`
	Estimate Estimate `json:"estimate"`
}

// A Migration is one request and what belongs to it.
type Migration struct {
	WorkspaceID    string `json:"workspaceId"`
	SourceBundleID string `json:"sourceBundleId"`
	BundleID       string `json:"bundleId"` // of the target
	DirectoryID    string `json:"directoryId"`
	UserName       string `json:"userName"`
	SubnetID       string `json:"subnetId"`
	Key            string `json:"key,omitempty"`
	Grants         int    `json:"grants,omitempty"`
	// Undocumented is set if the policy of Limits allows what no document does.
	Undocumented bool `json:"undocumented,omitempty"`
	// Before are the tasks that must be done before the request.
	Before []Task `json:"before,omitempty"`
	// Then is the bundle of a later migration, to be planned for the new WorkSpace when the
	// steps After this one are done.
	Then  string `json:"then,omitempty"`
	After []Task `json:"after,omitempty"`
}

// A Refusal is why a WorkSpace is not migrated.
type Refusal struct {
	WorkspaceID string          `json:"workspaceId"`
	BundleID    string          `json:"bundleId"` // of the target
	Reason      string          `json:"reason"`
	Cite        rule.Citation   `json:"cite"`
	Violations  rule.Violations `json:"violations,omitempty"`
}

// An Estimate is what a plan costs in calls and time. More than 73 years are given as that.
type Estimate struct {
	Migrations int `json:"migrations"`
	// Calls are MigrateWorkspace, DescribeWorkspaceSnapshots and, for the user's other
	// WorkSpaces, DescribeWorkspaces once for each WorkSpace, and DescribeWorkspaces for 25
	// IDs at a time: once before the requests of a wave, and then for old and new at each
	// look.
	Calls    int           `json:"calls"`
	CallTime time.Duration `json:"callSeconds"` // in which the calls can be made
	// Longest is the sum over the waves of the calls before the last request and the
	// longest migration.
	Longest time.Duration `json:"longestSeconds"`
}

// estimateJSON is an Estimate with its times in seconds.
type estimateJSON struct {
	Migrations int     `json:"migrations"`
	Calls      int     `json:"calls"`
	CallTime   float64 `json:"callSeconds"`
	Longest    float64 `json:"longestSeconds"`
}

// MarshalJSON writes times in seconds.
func (e Estimate) MarshalJSON() ([]byte, error) {
	return json.Marshal(estimateJSON{e.Migrations, e.Calls, e.CallTime.Seconds(), e.Longest.Seconds()})
}

// UnmarshalJSON reads what MarshalJSON writes. More than 73 years are read as that.
func (e *Estimate) UnmarshalJSON(data []byte) error {
	var in estimateJSON
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	seconds := func(s float64) time.Duration {
		return time.Duration(min(math.Round(s*float64(time.Second)), float64(decades)))
	}
	*e = Estimate{in.Migrations, in.Calls, seconds(in.CallTime), seconds(in.Longest)}
	return nil
}

// NewPlan plans the migration of a fleet. The target of a WorkSpace is found by its own ID
// or else by that of its bundle. A plan depends on nothing but the arguments and the
// edition, and not on the order of the fleet; ties are broken by ID.
//
// The error is a *rule.InputError for a malformed or repeated ID, a Desktop that Check does
// not take, a target without a bundle, a limit that is negative or over what is documented,
// and a subnet or key that Limits does not name although it names some.
func (r Rules) NewPlan(fleet []Workspace, targets map[string]Target, l Limits) (*Plan, error) {
	if err := r.known(); err != nil {
		return nil, err
	}
	if err := r.fill(&l); err != nil {
		return nil, err
	}
	f, err := r.survey(fleet, targets, &l)
	if err != nil {
		return nil, err
	}
	p := &Plan{Edition: r.edition, Refused: make([]Refusal, 0, f.refused), Undecided: []Refusal{}, Unassigned: []string{}}
	todo := make([]int32, 0, len(fleet))
	for i, at := range f.order {
		w, m := &fleet[at.n], &f.members[at.n]
		if m.way == malformed || i > 0 && fleet[f.order[i-1].n].ID == w.ID {
			return nil, &rule.InputError{Path: rule.Path("Fleet").Index(int(at.n)).Join("WorkspaceId"), Value: w.ID, Reason: "is not a WorkSpace ID, or stands in the fleet twice"}
		}
		if m.way == unassigned {
			p.Unassigned = append(p.Unassigned, w.ID)
			continue
		}
		if f.places[m.place].unknown {
			return nil, l.check(w, rule.Path("Fleet").Index(int(at.n)))
		}
		way := &f.ways[m.way]
		id, d := way.bundle, &way.Decision
		switch {
		case way.err != nil:
			return nil, fmt.Errorf("%s: %w", rule.Path("Fleet").Index(int(at.n)), way.err)
		case d.Verdict == rule.Denied:
			p.Refused = append(p.Refused, Refusal{w.ID, id, d.By.Text, d.By.Cite, d.Violations})
		case d.Verdict == rule.Undocumented:
			why := Refusal{w.ID, id, d.By.Text, d.By.Cite, nil}
			if l.Undocumented == rule.Denied {
				p.Refused = append(p.Refused, why)
			} else {
				p.Undecided = append(p.Undecided, why)
			}
		case m.blocked:
			why := Refusal{w.ID, id, "it is not ready", rule.Citation{}, r.obstacles(w, &l)}
			if len(why.Violations) > 0 {
				why.Reason, why.Cite = why.Violations[0].Detail, why.Violations[0].Cite
			}
			p.Refused = append(p.Refused, why)
		default:
			todo = append(todo, at.n)
		}
	}
	p.schedule(f, todo, &l)
	return p, nil
}

// fill replaces zero limits by the documented ones.
func (r Rules) fill(l *Limits) error {
	most := r.s.figures[batch]
	if l.WaveSize == 0 {
		l.WaveSize = most
	}
	fail := func(at rule.Path, v any, reason string) error {
		return &rule.InputError{Path: rule.Path("Limits").Join(at), Value: fmt.Sprint(v), Reason: reason}
	}
	switch {
	case l.WaveSize < 1:
		return fail("WaveSize", l.WaveSize, "is below 1")
	case l.WaveSize > most:
		return fail("WaveSize", l.WaveSize, fmt.Sprintf("is above the %d that the edition gives", most))
	case l.Undocumented > rule.Denied:
		return fail("Undocumented", uint8(l.Undocumented), "is not a verdict")
	case l.CallsPerSecond != 0 && !(l.CallsPerSecond >= 1e-3 && l.CallsPerSecond <= 1e9): // nor NaN
		return fail("CallsPerSecond", l.CallsPerSecond, "is neither 0 nor between 0.001 and 1e9")
	case l.Burst < 0:
		return fail("Burst", l.Burst, "is negative")
	case l.Each < 0 || l.Each > 366*24*time.Hour:
		return fail("Each", l.Each, "is negative, or over a year")
	case l.PollEvery != 0 && l.PollEvery < time.Second:
		return fail("PollEvery", l.PollEvery, "is neither 0 nor at least a second")
	}
	for _, bound := range [...]struct {
		name rule.Path
		free map[string]int
	}{{"FreeAddresses", l.FreeAddresses}, {"FreeGrants", l.FreeGrants}} {
		for _, id := range sortedKeys(bound.free) {
			if bound.free[id] < 0 {
				return fail(bound.name.Join(rule.Path(id)), bound.free[id], "is negative")
			}
		}
	}
	l.CallsPerSecond = cmp.Or(l.CallsPerSecond, float64(r.s.quota.Rate))
	l.Burst = cmp.Or(l.Burst, r.s.quota.Burst)
	l.PollEvery = cmp.Or(l.PollEvery, time.Minute)
	l.Each = cmp.Or(l.Each, r.s.seconds(longest))
	return nil
}

// unready tells whether CheckReady denies a migration, or finds a state that the page does not ask for.
func (w *Workspace) unready() bool {
	return w.Ready != nil && (w.Ready.Verdict == rule.Denied || slices.ContainsFunc(w.Ready.Violations, func(v rule.Violation) bool { return v.Code == StateNotListed }))
}

// check tells whether the limits speak of what a WorkSpace needs.
func (l *Limits) check(w *Workspace, at rule.Path) error {
	if w.Grants < 0 || w.Grants == 1 || w.Grants > 3 || w.Grants > 0 && w.Key == "" {
		return &rule.InputError{Path: at.Join("Grants"), Value: fmt.Sprint(w.Grants), Reason: "is not 0, or 2 or 3 with a key"}
	}
	if _, ok := l.FreeAddresses[w.SubnetID]; l.FreeAddresses != nil && !ok {
		return &rule.InputError{Path: at.Join("SubnetId"), Value: w.SubnetID, Reason: "is not in Limits.FreeAddresses"}
	}
	if _, ok := l.FreeGrants[w.Key]; l.FreeGrants != nil && w.Grants > 0 && !ok {
		return &rule.InputError{Path: at.Join("VolumeEncryptionKey"), Value: w.Key, Reason: "is not in Limits.FreeGrants"}
	}
	return nil
}

// obstacles returns why an allowed migration cannot be made: the WorkSpace is not ready, or
// not even one fits the limits. Limits are the caller's, and so Must in every edition; their
// violations cite the rule, if the edition has it.
func (r Rules) obstacles(w *Workspace, l *Limits) (vs rule.Violations) {
	if w.unready() {
		vs = append(vs, w.Ready.Violations...)
	}
	stop := func(c rule.Code, at rule.Path, format string, args ...any) {
		detail := tables.Text(format, args...)
		vs = append(vs, rule.Violation{Code: c, Path: at, Detail: detail, Level: rule.Must, Cite: r.s.rules.Cite(c), Remedy: book.Remedy(c)})
	}
	if l.FreeAddresses != nil && l.FreeAddresses[w.SubnetID] == 0 {
		stop(NoFreeAddress, "SubnetId", "%s has no free address", w.SubnetID)
	}
	if free := l.FreeGrants[w.Key]; l.FreeGrants != nil && free < w.Grants {
		stop(KeyLacksGrants, "VolumeEncryptionKey", "%s has %d grants left, and the new WorkSpace takes %d", w.Key, free, w.Grants)
	}
	return vs
}

// route decides about the WorkSpaces of a source, and describes their migration if that is
// planned; then the verdict is Allowed.
func (r Rules) route(source Desktop, t *Target, policy rule.Verdict) (Migration, Decision, error) {
	m := Migration{SourceBundleID: source.BundleID, BundleID: t.BundleID}
	d, err := r.Check(source, t.Desktop)
	if err != nil {
		return m, d, err
	}
	first := t.Desktop
	if d.Verdict == rule.Denied && t.Via != nil && d.denies(Windows7ToWindows11) {
		there, err := r.Check(source, *t.Via)
		if err != nil {
			return m, d, err
		}
		middle := *t.Via
		middle.Compute = source.Compute
		if middle.Compute == types.ComputeValue {
			middle.Compute = types.ComputeStandard
		}
		onwards, _ := r.Check(middle, t.Desktop) // both were taken above
		first = *t.Via
		m.BundleID, m.Then, m.After = t.Via.BundleID, t.BundleID, []Task{LogIn}
		if source.Compute == types.ComputeValue {
			m.After = []Task{LogIn, LeaveValue}
		}
		if d = there; onwards.Verdict != rule.Allowed && there.Verdict != rule.Denied {
			d = onwards
		}
	}
	if d.Verdict == rule.Denied && source.Compute == types.ComputeValue && d.denies(ValueToWindows11) {
		source.Compute = types.ComputeStandard
		after, _ := r.Check(source, first) // both were taken above
		if after.Verdict != rule.Denied {
			d, m.Before = after, append(m.Before, LeaveValue)
		}
	}
	if _, asked := r.TaskCitation(UseDCVBundle); asked && source.License == BYOL && source.Protocol == types.ProtocolPcoip && first.traits()[theProtocol] == wsp {
		m.Before = append(m.Before, UseDCVBundle)
	}
	if d.Verdict == rule.Undocumented && policy == rule.Allowed {
		d.Verdict, m.Undocumented = rule.Allowed, true
	}
	return m, d, nil
}

// schedule fills the waves and the estimate.
func (p *Plan) schedule(s *survey, todo []int32, l *Limits) {
	waveOf, waves, bound := pack(s, todo, l)
	p.Bound = bound
	p.Waves = make([][]Migration, 0, waves)
	next := make([]int32, waves) // in each wave: first how many there are, then the place of the next
	for _, w := range waveOf {
		next[w]++
	}
	all, end := make([]Migration, len(todo)), int32(0)
	begun := make([]bool, waves)
	at := make([]int32, len(s.fleet)) // the place of each, 0 if there is none, and else one more
	for i, w := range waveOf {
		if !begun[w] {
			begun[w] = true
			first := end
			end += next[w]
			p.Waves = append(p.Waves, all[first:end:end])
			next[w] = first
		}
		next[w]++
		at[todo[i]] = next[w]
	}
	for n, place := range at { // in the order of the fleet, to read that once
		if place > 0 {
			s.describe(&all[place-1], n)
		}
	}
	p.Estimate = l.estimate(p.Waves)
}

// describe fills in the migration of a WorkSpace.
func (s *survey) describe(m *Migration, n int) {
	w := &s.fleet[n]
	*m = s.ways[s.members[n].way].migration
	m.WorkspaceID, m.DirectoryID, m.UserName = w.ID, w.DirectoryID, w.UserName
	m.SubnetID, m.Key, m.Grants = w.SubnetID, w.Key, w.Grants
	m.Before, m.After = slices.Clone(m.Before), slices.Clone(m.After)
}

// idsPerDescribe is how many IDs DescribeWorkspaces takes, by the API's model.
const idsPerDescribe = 25

func (l *Limits) estimate(waves [][]Migration) (e Estimate) {
	looks := int((l.Each-1)/l.PollEvery) + 1
	for _, w := range waves {
		n := len(w)
		before := 3*n + (n+idsPerDescribe-1)/idsPerDescribe
		e.Migrations += n
		e.Calls += before + looks*((2*n+idsPerDescribe-1)/idsPerDescribe)
		e.Longest = min(e.Longest+l.pace(before)+l.Each, decades)
	}
	e.CallTime = l.pace(e.Calls)
	return e
}

// decades is the most that an estimate says, 73 years.
const decades = time.Duration(1 << 61)

// pace returns how long a number of calls take.
func (l *Limits) pace(calls int) time.Duration {
	return time.Duration(min(float64(max(0, calls-l.Burst))/l.CallsPerSecond*float64(time.Second), float64(decades)))
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
