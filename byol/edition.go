package byol

import (
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

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

// Newest returns the rules of the newest edition of the module.
func Newest() Rules { return Rules{edition: tables.Newest(), s: snapshots.Newest()} }

// At returns the rules that were documented on e. It takes any date from the first edition of
// the package to the newest of the module; another date is a *rule.InputError.
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

func (r Rules) known() error {
	if r.s == nil {
		return snapshots.Unknown()
	}
	return nil
}

// A snapshot is what is in force on a date, in the form in which checks read it.
type snapshot struct {
	rules *tables.Active
	asks  map[rule.Code]*ask

	account []inForce[Facts]
	machine []inForce[Machine]

	systems     map[string][]*windowsRow // by product, in the order of the table
	systemAsks  [len(systemRules)]*ask   // in the order of the rules; nil for one that is not in force
	restriction *ask                     // on Graphics and GraphicsPro
	catalogue   *facts.Catalogue
	image       imageAsks
	processes   map[types.WorkspaceImageIngestionProcess]*processRow
	imageKinds  map[types.ImageComputeType]*imageKindRow
	dcvProcess  rule.Citation // of the text that has BYOL_REGULAR_DCV
	ingestion   []ingestionRow
	checker     *checkerRow // nil if no checker is known
	steps       []stepRow
	permits     []permitRow
	links       map[types.AccountLinkStatusEnum]*linkRow
	ends        map[protocol]*facts.Deadline
	registry    []registryRow
}

var snapshots = tables.Compile(&book, compile)

func compile(on *tables.Active) *snapshot {
	e := on.Edition()
	s := &snapshot{rules: on, asks: map[rule.Code]*ask{}}
	for i := range requirements {
		for k := range requirements[i].asks {
			if a := &requirements[i].asks[k]; a.Span.Contains(e) {
				s.asks[requirements[i].code] = a
			}
		}
	}
	s.account, s.machine = inForceOf(s, accountChecks), inForceOf(s, machineChecks)
	s.steps, s.permits, s.registry, s.ingestion = inOrder(steps.On(e)), stepPermits.On(e), registry.On(e), ingestionTimes.On(e)
	s.systems = map[string][]*windowsRow{}
	for _, w := range systems.On(e) {
		s.systems[w.product] = append(s.systems[w.product], &w)
	}
	for i := range systemRules {
		s.systemAsks[i] = s.asks[systemRules[i].code]
	}
	s.restriction = s.asks[GraphicsOnWindowsRelease]
	s.catalogue = facts.NewCatalogue(e)
	s.image = imageAsks{
		member: s.asks[MemberMissing], name: s.asks[ImageNameMalformed], description: s.asks[ImageDescriptionMalformed],
		quota: s.asks[ImagesOverQuota], tags: s.asks[TagsTooMany], key: s.asks[TagKeyMalformed], value: s.asks[TagValueTooLong],
	}
	text, _ := dcvProcesses.One(e)
	s.dcvProcess = text.Cite
	s.processes = keyed(processes.On(e), func(p processRow) types.WorkspaceImageIngestionProcess { return p.process })
	s.imageKinds = keyed(imageKinds.On(e), func(k imageKindRow) types.ImageComputeType { return k.kind })
	if c, ok := checkers.One(e); ok {
		s.checker = &c
	}
	s.links = keyed(links.On(e), func(l linkRow) types.AccountLinkStatusEnum { return l.status })
	s.ends = protocolEnds(e)
	return s
}

// keyed returns rows by their key, which no two of them share.
func keyed[K comparable, R any](rows []R, key func(R) K) map[K]*R {
	index := map[K]*R{}
	for i := range rows {
		index[key(rows[i])] = &rows[i]
	}
	return index
}
