package migrate

import (
	"math/bits"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

// A matrix is the statements of one edition: the scenarios, then the limits. Statements, and
// the pairs that they speak of, are bits of sets.
type matrix struct {
	statements []statement
	scenarios  int           // the first limit
	labels     set           // generations labelled "Windows 10"
	unlisted   rule.Citation // for what no row lists
	catalogue  *facts.Catalogue
	standings  *standings // of targets

	source, target [properties]axis
	of             []uint8          // by pair, its statement
	every          bitset           // the pairs
	pairless       bitset           // statements that speak of every pair
	related        bitset           // statements with a relation
	about          [subjects]bitset // and what their relation is about
	labelled       bitset           // statements that say "Windows 10" of Windows Server
	refused        bitset           // rows of the table that say no
	available      bitset           // and those that say yes
	denied, open   bitset           // limits that say no, and that leave a question open
	named          set              // classes of compute types in which each is named
}

// A subject is what a relation is about. Most questions do not tell of most subjects, so that no
// statement about these applies.
type subject uint8

const (
	anySubject    subject = iota
	aSystem               // the same system
	aBundle               // the same bundle
	aRegion               // Regions
	aDirectory            // kinds of directory
	aNested               // nested virtualization
	anOffer               // what stands against the target
	aComputeClass         // whether a document names the compute type of the target
	subjects
)

var subjectOf = [...]subject{
	otherType: aSystem, sameLinux: aSystem,
	sameBundle: aBundle, regionDiffers: aRegion, notInRegion: aRegion, adToEntra: aDirectory, toEntra: aDirectory, otherDirectory: aDirectory,
	nestedQualifies: aNested, nestedNot: aNested, nestedByBYOP: aNested, nestedUnknown: aNested, notOffered: anOffer, offerDisputed: anOffer, notNamed: aComputeClass,
}

type bitset uint64

func (b bitset) has(i int) bool { return b>>i&1 == 1 }

// first takes the lowest bit out of b and returns its number.
func (b *bitset) first() int {
	i := bits.TrailingZeros64(uint64(*b))
	*b &= *b - 1
	return i
}

// The properties of an end, in the order of the fields of traits.
const properties = 4

// An axis has, for each value of a property, the pairs that take the value.
type axis struct {
	by      [32]bitset
	unasked bitset // pairs that take any value
}

// taking returns the pairs that take some of the values, and those that take all of them.
func (a *axis) taking(values set) (some, all bitset) {
	switch {
	case values == anything:
		return ^bitset(0), a.unasked
	case values.others() == 0:
		one := a.by[bits.TrailingZeros32(uint32(values))]
		return one, one
	}
	all = ^bitset(0)
	for v := values; v != 0; v &= v - 1 {
		one := a.by[bits.TrailingZeros32(uint32(v))]
		some |= one
		all &= one
	}
	return some, all
}

func newMatrix(e rule.Edition) *matrix {
	c := facts.NewCatalogue(e)
	m := &matrix{catalogue: c, standings: newStandings(c), named: namedClasses(c)}
	for _, l := range facts.Labels.On(e) {
		m.labels |= (&Desktop{OS: types.OperatingSystemName(l.Name)}).osSet()
	}
	for _, s := range scenarios.On(e) {
		m.add(s)
		if s.Cite.Document == page && s.Span.Since.Compare(m.unlisted.Date) > 0 {
			m.unlisted = s.Cite
		}
	}
	m.scenarios = len(m.statements)
	for _, s := range limits.On(e) {
		m.add(s)
	}
	return m
}

// namedClasses are the classes of compute types in which the documents of an edition name every type.
func namedClasses(c *facts.Catalogue) (named set) {
	named = noGPU | legacyGPU | g4dn | newGPU
	for _, t := range append(types.Compute("").Values(), "GRAPHICS_G7_2XLARGE") { // the SDK has no type of G7 yet
		if !c.Names(string(t)) {
			named &^= computeSet(t)
		}
	}
	return named
}

func (m *matrix) add(s statement) {
	i := len(m.statements)
	limit := m.scenarios > 0
	m.statements = append(m.statements, s)
	for kind, in := range map[*bitset]bool{
		&m.pairless:                 len(s.pairs) == 0,
		&m.related:                  s.also != none,
		&m.about[subjectOf[s.also]]: true,
		&m.refused:                  !limit && s.verdict == rule.Denied,
		&m.available:                !limit && s.verdict == rule.Allowed,
		&m.denied:                   limit && s.verdict == rule.Denied,
		&m.open:                     limit && s.verdict == rule.Undocumented,
	} {
		if in {
			*kind |= 1 << i
		}
	}
	for _, p := range s.pairs {
		pair := bitset(1) << len(m.of)
		m.every |= pair
		if (p.source.os|p.target.os)&generations != 0 {
			m.labelled |= 1 << i
		}
		m.of = append(m.of, uint8(i))
		m.index(&m.source, p.source, pair)
		m.index(&m.target, p.target, pair)
	}
}

// index notes what an end of a pair takes. The generations of the edition stand in the place of
// the word for them.
func (m *matrix) index(axes *[properties]axis, e end, pair bitset) {
	if e.os&generations != 0 {
		e.os = e.os&^generations | m.labels
	}
	for i, takes := range [properties]set{e.os, e.license, e.protocol, e.compute} {
		if takes == 0 {
			takes = anything
			axes[i].unasked |= pair
		}
		for v := range 32 {
			if takes>>v&1 == 1 {
				axes[i].by[v] |= pair
			}
		}
	}
}

// pairs returns the pairs that two ends may be, and those that they are.
func (m *matrix) pairs(st, tt *traits) (may, are bitset) {
	may = m.every
	if st.known() && tt.known() {
		for i := range properties {
			may &= m.source[i].by[number(st[i])] & m.target[i].by[number(tt[i])]
		}
		return may, may
	}
	are = may
	for i := range properties {
		some, all := m.source[i].taking(st[i])
		may, are = may&some, are&all
		some, all = m.target[i].taking(tt[i])
		may, are = may&some, are&all
	}
	return may, are
}

// apply returns the statements that apply to a question, and those that may.
func (m *matrix) apply(q *question) (yes, maybe bitset) {
	may, are := m.pairs(&q.st, &q.tt)
	yes = m.pairless
	for may != 0 {
		pair := may.first()
		if s := bitset(1) << m.of[pair]; are.has(pair) {
			yes |= s
		} else {
			maybe |= s
		}
	}
	yes &^= m.idle(q, yes)
	maybe &^= yes
	for related := (yes | maybe) & m.related; related != 0; {
		i := related.first()
		switch q.holds(m.statements[i].also) {
		case no:
			yes &^= 1 << i
			maybe &^= 1 << i
		case perhaps:
			yes &^= 1 << i
			maybe |= 1 << i
		}
	}
	return yes, maybe
}

// idle returns the statements, among those given, about subjects of which a question does not tell.
func (m *matrix) idle(q *question, among bitset) (idle bitset) {
	s, t := q.source, q.target
	if among&m.about[aSystem] != 0 && s.OS != t.OS {
		idle |= m.about[aSystem]
	}
	if s.BundleID == "" || s.BundleID != t.BundleID {
		idle |= m.about[aBundle]
	}
	if s.Region == "" && t.Region == "" {
		idle |= m.about[aRegion]
	}
	if s.Directory == "" && t.Directory == "" {
		idle |= m.about[aDirectory]
	}
	if !s.NestedVirtualization {
		idle |= m.about[aNested]
	}
	if standing, known := m.standings.of(&q.tt); known && standing == nil {
		idle |= m.about[anOffer]
	}
	if q.tt[theCompute]&^m.named == 0 {
		idle |= m.about[aComputeClass]
	}
	return idle
}

// verdict combines the table of scenarios with the limits, which the page keeps apart: a limit
// or a row that denies prevails; else a question that either leaves open, or that the input does
// not answer, or a pair that no row lists, is undocumented; else the row that allows it decides.
func (m *matrix) verdict(yes, maybe bitset) rule.Verdict {
	switch {
	case yes&(m.refused|m.denied) != 0:
		return rule.Denied
	case yes&m.open != 0, maybe&(m.denied|m.open|m.refused) != 0, yes&m.available == 0:
		return rule.Undocumented
	}
	return rule.Allowed
}
