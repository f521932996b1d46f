package bundles

import (
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// Rules are the rules of one edition. They are comparable, and cost nothing to copy. The zero
// value holds no edition: its checks return an error, and its lists are empty.
type Rules struct {
	edition rule.Edition
	day     rule.Edition // that questions are about; zero for that of the edition
	s       *snapshot
}

// Newest returns the rules of the newest edition that this release knows.
func Newest() Rules { return Rules{edition: tables.Newest(), s: snapshots.Newest()} }

// At returns the rules that were documented on e, a date from the first edition of the package
// to the newest one of the module. Another date is a *rule.InputError.
func At(e rule.Edition) (Rules, error) {
	s, err := snapshots.At(e)
	if err != nil {
		return Rules{}, err
	}
	return Rules{edition: e, s: s}, nil
}

// Editions returns the dates on which a fact of this package appeared or went, in ascending
// order, as a copy.
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

var snapshots = tables.Compile(&book, compile)

// A snapshot is what is in force on a date, in the shape in which the checks read it. A map has
// no key for what no document of the edition tells.
type snapshot struct {
	rules *tables.Active

	ceiling  ceilingRow       // zero if no document gives one
	inOrder  []*compute       // as ComputeTypes lists them
	computes [][]namedCompute // by the length of their names
	unknown  compute          // stands for a compute type that the edition does not know
	groups   []SizeGroup
	listed   []string  // all groups of the guide's list, as texts
	disputes []dispute // about pairs of sizes
	free     []freeRow
	upFrom   []upRow
	families map[Family]familyRow
	waits    map[Wait]waitRow

	catalogue        *facts.Catalogue
	offerList        []Offer
	ends             map[endKey]*facts.Deadline
	calendar         []End
	pools            bool // there are WorkSpaces Pools
	operations       map[Operation]*permission
	linuxMigration   rule.Citation // that a WorkSpace with Linux is migrated in AVAILABLE alone; zero if none says so
	restoreSnapshots rule.Citation // that a restore needs snapshots
	publicWindows7   bool          // a WorkSpace from a public Windows 7 bundle cannot be rebuilt
	windows          map[types.RunningMode]facts.MaintenanceWindow
	modes            []types.RunningMode // that a document names
	fixedProtocols   map[Family]rule.Citation
	linuxProtocol    rule.Citation // where a supported Linux may change its protocol
	dcvText          rule.Citation // of a document that calls the value DCV

	names                  map[Name]nameRow
	ids                    map[ID][]idRow
	bundleIDs, directories []idRow // of ids, for requests
	linux                  linuxRow
	decoupled              decouplingRow // zero before WorkSpaces without users
	caseless               bool          // the case of letters does not tell users apart
	bundleAPI              rule.Citation // CreateWorkspaceBundle; zero before it
	passwords              map[Tutorial]passwordRow
	radius                 radiusRow     // zero if no document tells
	tagged                 bool          // a document speaks of tags
	reservedValues         rule.Citation // of the prefix for AWS in values of tags; zero before there was one
	simpleAD               bool          // a page tells how to create a directory of Simple AD

	windows10         []string // the operating systems that the guide calls so
	imageTests        []ImageTest
	imageRequirements []ImageRequirement
	imageSizes        imageSizeRow // what they need of sizes; zero if no document tells
	userBelowImage    bool         // the user volume of a bundle cannot be smaller than the image's
	quotas            []Quota
}

func compile(on *tables.Active) *snapshot {
	s := &snapshot{rules: on}
	e := on.Edition()
	s.catalogue = facts.NewCatalogue(e)
	for _, l := range facts.Labels.On(e) {
		s.windows10 = append(s.windows10, l.Name)
	}
	s.compileComputes(e)
	s.compileSwitches(e)
	s.compileWaits(e)
	s.compileEnds(e)
	s.compileOffers()
	s.compileOperations(e)
	s.compileNames(e)
	s.compileRunningModes(e)
	s.compileProtocols(e)
	s.compileImages(e)
	s.passwords = byKey(passwords.On(e), func(r passwordRow) Tutorial { return r.tutorial })
	for _, r := range radiusTimeouts.On(e) {
		s.radius = r
	}
	s.tagged = on.Has(TagLength)
	if row, ok := reservedValues.One(on.Edition()); ok {
		s.reservedValues = row.Cite
	}
	s.simpleAD = len(simpleAD.On(e)) > 0
	s.windows = byKey(maintenance.On(e), func(w facts.MaintenanceWindow) types.RunningMode { return types.RunningMode(w.Mode) })
	for _, q := range quotas.On(e) {
		s.quotas = append(s.quotas, q.listed())
	}
	return s
}

// byKey makes a map of rows.
func byKey[K comparable, R any](rows []R, key func(R) K) map[K]R {
	m := make(map[K]R, len(rows))
	for _, r := range rows {
		m[key(r)] = r
	}
	return m
}
