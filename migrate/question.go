package migrate

import (
	"cmp"
	"slices"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

// A holding is whether a statement applies. Their order makes min a conjunction and max
// a disjunction.
type holding uint8

const (
	no holding = iota
	perhaps
	yes
)

func (h holding) not() holding { return yes - h }

func of(b bool) holding {
	if b {
		return yes
	}
	return no
}

// in tells whether a value, of which has is what it may be, is in the set want.
func (has set) in(want set) holding {
	switch {
	case has&^want == 0:
		return yes
	case has&want == 0:
		return no
	}
	return perhaps
}

// A question is a pair of ends that statements are applied to.
type question struct {
	m              *matrix
	source, target *Desktop
	st, tt         traits
}

func (q *question) holds(r relation) holding {
	s, t := q.source, q.target
	switch r {
	case plusDiffers:
		if s.Plus == Unknown || t.Plus == Unknown {
			return perhaps
		}
		return of(s.Plus != t.Plus)
	case sameBundle:
		return q.sameBundle()
	case regionDiffers:
		return of(s.Region != "" && t.Region != "" && s.Region != t.Region)
	case adToEntra:
		if s.Directory == "" && t.Directory == EntraID {
			return perhaps
		}
		return of(s.Directory == ActiveDirectory && t.Directory == EntraID)
	case toEntra:
		return of(t.Directory == EntraID)
	case otherDirectory:
		known := func(k DirectoryKind) bool { return k == "" || k == ActiveDirectory }
		return of(!known(s.Directory) || !known(t.Directory) && t.Directory != EntraID)
	case notOffered:
		refused, _ := q.m.standings.holds(&q.tt)
		return refused
	case offerDisputed:
		_, disputed := q.m.standings.holds(&q.tt)
		return disputed
	case notInRegion:
		return of(q.lacking() != nil)
	case notNamed:
		return of(t.Compute != "" && !q.m.catalogue.Names(string(t.Compute)))
	case otherType:
		if s.Compute == "" || t.Compute == "" {
			return min(of(s.OS == t.OS), perhaps)
		}
		return of(s.OS == t.OS && s.Compute != t.Compute)
	case sameLinux:
		sg, tg := q.st[theCompute].in(gpu), q.tt[theCompute].in(gpu)
		return min(of(s.OS == t.OS), max(min(sg, tg), min(sg.not(), tg.not())))
	case nestedQualifies:
		return min(of(s.NestedVirtualization), q.nested(), q.tt[theProtocol].in(byop).not())
	case nestedByBYOP:
		return min(of(s.NestedVirtualization), q.nested(), q.tt[theProtocol].in(byop))
	case nestedNot:
		return min(of(s.NestedVirtualization), q.nested().not())
	}
	return of(s.NestedVirtualization) // nestedUnknown
}

// reads tells whether "Windows 10" in a row must be read as the Windows Server that is asked about,
// since the row does not say which generation it means: the edition has several, and the ends are not
// of the same.
func (q *question) reads() bool {
	s, t := q.st[theOS], q.tt[theOS]
	return s != t && (s|t)&q.m.labels != 0 && q.m.labels&(q.m.labels-1) != 0
}

// sameBundle has the exception for one Windows 10 bundle in two languages. Which bundles
// that are is not said, nor can a request express it, so both must be given.
func (q *question) sameBundle() holding {
	s, t := q.source, q.target
	if s.BundleID == "" || s.BundleID != t.BundleID {
		return no
	}
	if s.Language == "" || t.Language == "" || s.Language == t.Language {
		return yes
	}
	return q.st[theOS].in(label | w10 | q.m.labels).not()
}

// lacking returns what a document says of the Regions of the target's compute type, if the Region lacks it. A
// migration stays in its Region. Where that is not known, it is not asked about.
func (q *question) lacking() *facts.Place {
	region := cmp.Or(q.target.Region, q.source.Region)
	p := q.m.catalogue.Place(string(q.target.Compute))
	if region == "" || p == nil || !p.Lacks(region) {
		return nil
	}
	return p
}

// nested tells whether the target may have nested virtualization.
func (q *question) nested() holding {
	os := q.tt[theOS].in(notNested).not()
	if q.tt[theOS]&(label|otherOS) != 0 {
		os = min(os, perhaps)
	}
	return min(q.tt[theProtocol].in(wsp|byop), os, q.tt[theCompute].in(gpu|value).not())
}

// missing notes what the input does not tell and the decision depends on: the properties by
// which a pair of a statement that may apply could apply or not, and what its relation asks for.
func (q *question) missing(d *Decision) {
	if d.maybe == 0 {
		return
	}
	m := q.m
	may, are := m.pairs(&q.st, &q.tt)
	var undecided bitset // pairs
	for pair, i := range m.of {
		if d.maybe.has(int(i)) && may.has(pair) && !are.has(pair) {
			undecided |= 1 << pair
		}
	}
	types, offer := false, false // the compute types, or the offer of the target, decide whether a statement applies
	for related := d.maybe & m.related; related != 0; {
		switch m.statements[related.first()].also {
		case otherType:
			types = true
		case notOffered, offerDisputed:
			offer = true
		}
	}
	for _, e := range [...]struct {
		at   rule.Path
		name string
		d    *Desktop
		t    *traits
		axes *[properties]axis
	}{{"Source", "source", q.source, &q.st, &m.source}, {"Target", "target", q.target, &q.tt, &m.target}} {
		for i, p := range e.d.given() {
			some, all := e.axes[i].taking(e.t[i])
			if !p.given && (undecided&some&^all != 0 || i == theCompute && types || offer && e.d == q.target && i != theLicense) {
				d.NotGiven(e.at.Join(p.path), "the "+p.what+" of the "+e.name+" is not known")
			}
		}
	}
	for related := d.maybe & m.related; related != 0; {
		switch m.statements[related.first()].also {
		case plusDiffers:
			if q.source.Plus == Unknown {
				d.NotGiven("Source.Plus", "whether the source is a Plus bundle is not known")
			}
			if q.target.Plus == Unknown {
				d.NotGiven("Target.Plus", "whether the target is a Plus bundle is not known")
			}
		case adToEntra:
			d.NotGiven("Source.Directory", "the kind of directory of the source is not known")
		}
	}
}

// notNested are the systems that cannot have nested virtualization. Older Ubuntu has a bit, and no name here.
var notNested = func() set {
	not := otherLinux
	for bit, name := range systemNames {
		for _, row := range facts.Nested.Rows {
			if slices.Contains(row.NotSystems, string(name)) {
				not |= bit
			}
		}
	}
	return not
}()
