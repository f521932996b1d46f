package migrate

import (
	"time"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// Rules are the rules of one edition. They are comparable, and cost nothing to copy.
// The zero value holds no edition; its methods return an error.
type Rules struct {
	edition rule.Edition
	s       *snapshot
	day     rule.Edition // zero for that of the edition
}

// Newest returns the rules of the newest edition that this release knows.
func Newest() Rules { return Rules{edition: tables.Newest(), s: snapshots.Newest()} }

// At returns the rules that were documented on e. Any date from 2020-01-10, before which there
// was no migration, to the newest edition will do; another one is a *rule.InputError.
func At(e rule.Edition) (Rules, error) {
	s, err := snapshots.At(e)
	if err != nil {
		return Rules{}, err
	}
	return Rules{edition: e, s: s}, nil
}

// Editions returns the dates on which a fact of this package appeared or went, in
// ascending order, as a copy.
func Editions() []rule.Edition { return snapshots.Editions() }

// Edition returns the date for which the rules answer.
func (r Rules) Edition() rule.Edition { return r.edition }

// known returns an error for the zero Rules.
func (r Rules) known() error {
	if r.s == nil {
		return snapshots.Unknown()
	}
	return nil
}

// A snapshot is what is in force in an edition.
type snapshot struct {
	rules   *tables.Active
	matrix  *matrix
	effects []effectRow
	groups  []volumeGroup
	notes   map[note]rule.Citation
	figures map[figure]int // counts, and times in seconds
	quota   facts.CallQuota
	tasks   map[Task]rule.Citation
	windows []facts.MaintenanceWindow
	grants  facts.GrantCount
	ends    targetEnds
}

var snapshots = tables.Compile(&book, func(active *tables.Active) *snapshot {
	e := active.Edition()
	s := &snapshot{
		rules: active, matrix: newMatrix(e), effects: effects.On(e), groups: volumeGroups(e), windows: facts.MaintenanceWindows.On(e),
		notes: map[note]rule.Citation{}, figures: map[figure]int{}, tasks: map[Task]rule.Citation{}, ends: newTargetEnds(e),
	}
	s.quota, _ = facts.CallQuotas.One(e)
	s.grants, _ = facts.GrantCounts.One(e)
	for _, r := range notes.On(e) {
		s.notes[r.note] = r.Cite
	}
	for _, r := range figures.On(e) {
		s.figures[r.figure] = r.n
	}
	for _, r := range tasks.On(e) {
		s.tasks[r.task] = r.Cite
	}
	return s
})

// seconds returns a time that the page has given since it appeared.
func (s *snapshot) seconds(f figure) time.Duration { return time.Duration(s.figures[f]) * time.Second }
