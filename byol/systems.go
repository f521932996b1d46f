package byol

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

// Codes of the rules about systems, and about their compute types.
const (
	OSNotSupported            rule.Code = "byol.os-not-supported"
	WindowsEditionUnsupported rule.Code = "byol.windows-edition-unsupported"
	WindowsNUnsupported       rule.Code = "byol.windows-n-unsupported"
	GraphicsOnWindowsRelease  rule.Code = "byol.graphics-on-windows-release"
	GraphicsRetired           rule.Code = "byol.graphics-retired"
	GraphicsProRetired        rule.Code = "byol.graphicspro-retired"
	ValueOnWindows11          rule.Code = "byol.value-on-windows-11"
	ComputeTypesDisputed      rule.Code = "byol.compute-types-disputed"
)

// systemRules are the rules about a system, in the order of their lines.
var systemRules = [...]requirement{
	{OSNotSupported, "The release of Windows is not supported.", "Use a release that is listed for the edition.", []ask{
		must(faq, faqVersions, year2017, "2019-01-08", "Windows 7 or Windows 10"),
		must(byolPage, versionsOf2019, "2019-01-08", "", "a Windows release of the guide's list"),
	}},
	{WindowsEditionUnsupported, "The edition of Windows is not supported for the release.", "Use an edition that is named for the release.", []ask{
		must(faq, faqVersions, year2017, "2019-01-08", "the Enterprise or Professional edition"),
		must(byolPage, "Bring Your Own Windows Desktop Images", "2019-01-08", year2024, "Windows 10 Enterprise or Pro"),
		must(chinaPage, versions, year2024, autumn2025, "the Enterprise edition of Windows 11 or of an LTSC release"),
		must(byolPage, versions, autumn2025, "", "the Enterprise edition of Windows 11 or of an LTSC release"),
	}},
	{WindowsNUnsupported, "N editions of Windows are not supported.", "Use an edition that is not an N edition.",
		[]ask{
			must(byolPage, versionsOf2019, "2021-06-05", autumn2025, "an edition of Windows 10 that is not an N edition").oneOf(windows10),
			must(byolPage, versions, autumn2025, "", "an edition of Windows 10 or 11 that is not an N edition").oneOf(windows10, windows11),
		}},
}

// computeRules are the rules about compute types. The names of GraphicsOnWindowsRelease are
// the releases that Graphics and GraphicsPro must not have. In the revision of 2020-12-23 it is
// the only release that they can have.
var computeRules = []requirement{
	{GraphicsOnWindowsRelease, "The release of Windows does not suit Graphics and GraphicsPro.", "Use another release for them, as is named.", []ask{
		must(byolPage, versionsOf2019, "2019-03-25", "2019-10-25", "a release other than 1809 for Graphics and GraphicsPro").oneOf("1809"),
		must(byolPage, versionsOf2019, "2019-10-25", "2019-11-26", "a release other than 1809 and 1903 for Graphics and GraphicsPro").oneOf("1809", "1903"),
		must(byolPage, versionsOf2019, "2020-12-23", "2021-03-29", "release 1803 for Graphics and GraphicsPro").oneOf("1803").atLeast(1),
	}},
	{GraphicsRetired, "Graphics has ended.", "Choose another compute type with a GPU.",
		[]ask{must(bundleOptions, optionsSection, autumn2025, "", "a compute type other than Graphics, which is not supported after 2023-11-30")}},
	{GraphicsProRetired, "GraphicsPro has ended.", "Choose another compute type with a GPU.",
		[]ask{
			must(bundleOptions, optionsSection, facts.LastGraphicsPro, facts.EndGraphicsPro, "a compute type other than GraphicsPro, which reached its end of life on 2025-10-31 or the day before").readOn(autumn2025).lastDayOf(facts.GraphicsProEnds),
			must(bundleOptions, optionsSection, facts.EndGraphicsPro, "", "a compute type other than GraphicsPro, which reached its end of life on 2025-10-31").readOn(autumn2025),
		}},
	{ValueOnWindows11, "Windows 11 does not run on the compute type Value.", "Choose Standard or a larger compute type for Windows 11.",
		[]ask{must(byolPage, processOf2025, autumn2025, "", "a compute type other than Value for Windows 11")}},
	{ComputeTypesDisputed, "One document offers the compute type with the system, and another does not.", "Choose a compute type that the table of bundles gives for the system.",
		[]ask{should(bundlesPage, bundlesSection, autumn2025, "", "a compute type that the table of bundles gives for the system; the BYOL page says that each supports all")}},
}

// A system is the product of a system, and what the rules about systems say of it. It is
// small, because tests get it by value. The zero value is a system that is not known at all.
type system struct {
	product string
	states  [len(systemRules)]State
	open    *[len(systemRules)]outcome // with the reasons, if a state is Undocumented
}

// system applies the rules about a system.
func (s *snapshot) system(w *Windows) system {
	product, release := w.known()
	row, listed := s.list(w, product, release)
	named := edition(w, row, listed.state)
	sys := system{product: product, states: [...]State{listed.state, named.state, s.nState(w, product)}}
	if listed.open != nil || named.open != nil {
		sys.open = &[...]outcome{listed, named, {state: sys.states[2]}}
	}
	return sys
}

// nState does not apply to the N editions of a product that the document does not name.
func (s *snapshot) nState(w *Windows, product string) State {
	switch {
	case w.Edition == "":
		return NotProvided
	case !w.n():
		return Met
	}
	switch a := s.asks[WindowsNUnsupported]; {
	case a == nil || slices.Contains(a.names, product):
		return Broken
	case product == "":
		return NotProvided
	}
	return NotApplicable
}

// outcome returns what a rule of systemRules says of the system, by the index of the rule.
func (w *system) outcome(i int) outcome {
	if w.open != nil {
		return w.open[i]
	}
	return outcome{state: w.states[i]}
}

// list finds the row of a system. The state is Met if the list has the system, in any edition
// of Windows, and Undocumented if the list names the product without releases, or contradicts
// itself.
func (s *snapshot) list(w *Windows, product, release string) (*windowsRow, outcome) {
	rows, other := s.systems[product], false
	for _, l := range rows {
		switch {
		case l.disputed() && (l.release == release || l.release == ""):
			return l, contradicted(nil, "one statement has "+l.name()+" as supported, and the other has not", l.Cite, l.against)
		case l.release == "":
			return l, undocumented(nil, "the document names "+l.product+" and does not name its releases")
		case l.release != release:
		case l.ltsc == w.ltsc():
			return l, outcome{state: Met}
		default:
			other = true
		}
	}
	switch {
	case product == "" && w.Build == 0, len(rows) > 0 && release == "" && w.Build == 0, other && w.Edition == "":
		return nil, outcome{}
	case release == "" && w.Build > newestBuild:
		return nil, undocumented(nil, fmt.Sprintf("build %d is newer than those whose release is known", w.Build))
	}
	return nil, outcome{state: Broken}
}

// edition does not apply to a system that is not in the list, or whose row names none but those that
// an older document had.
// It is Undocumented for a name that is not English, and for one that a silent row does not have. An
// N edition counts as the edition whose name it has.
func edition(w *Windows, l *windowsRow, listed State) outcome {
	switch {
	case l == nil && listed == NotProvided:
		return outcome{}
	case l == nil || len(l.editions) == 0:
		return outcome{state: NotApplicable}
	case w.Edition == "":
		return outcome{}
	}
	name := w.Edition
	if w.n() {
		name = strings.Replace(strings.TrimSuffix(name, " N"), " N ", " ", 1)
	}
	for _, e := range l.editions {
		rest, ok := strings.CutPrefix(name, e)
		if ok && (rest == "" || l.ltsc && digits(strings.TrimSpace(rest)) || l.release == "" && strings.HasPrefix(rest, " LTS")) {
			if l.silent {
				return outcome{state: NotApplicable}
			}
			return outcome{state: Met}
		}
	}
	if l.silent {
		return undocumented(nil, "the document names no editions of "+l.name()+"; the last one that did has "+strings.Join(l.editions, ", "))
	}
	first, _, _ := strings.Cut(name, " ")
	if !slices.ContainsFunc(editionNames, func(known string) bool { return strings.EqualFold(first, known) }) {
		reason := fmt.Sprintf("%q is no English name of an edition; it may be one of the list in the language of the system", rule.Shorten(w.Edition))
		return outcome{state: Undocumented, open: &rule.Open{Reason: rule.Printable(reason), By: rule.ByInput}}
	}
	return outcome{state: Broken}
}

// systemChecks returns the checks of the system for facts of any type. fact returns a pointer
// to the fact that tells the system.
func systemChecks[F any](path rule.Path, fact func(*F) any) (checks []check[F]) {
	for i, q := range systemRules {
		checks = append(checks, check[F]{q, path, func(f *F, w system, _ *ask) outcome {
			o := w.outcome(i)
			o.fact = fact(f)
			return o
		}})
	}
	return checks
}

// CheckWindows tells whether a system can be brought for WorkSpaces of a compute type, or for
// any type if compute is empty. It checks the release and edition, then the demands of
// Graphics, GraphicsPro and Value. The verdict is Undocumented
//   - if a field that decides is empty; Open names it,
//   - for a build that is newer than those that this release knows,
//   - for a compute type that the table of bundles does not have for the system,
//   - for an Edition that is no English name,
//   - for an Edition other than those last named if the document names none, as of Windows 10 22H2,
//   - if documents of the edition contradict one another, as on 2024-12-31 for Windows 11.
//
// The error is a *rule.InputError for Rules without an edition, and for a Build that is
// not of the Product or the Release. A system that passes costs no allocation.
func (r Rules) CheckWindows(w Windows, compute types.Compute) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	if err := w.validate(); err != nil {
		return rule.Answer{}, err
	}
	var a rule.Answer
	r.s.checkSystem(&a, &w, r.s.system(&w))
	if compute != "" {
		r.s.checkCompute(&a, &w, compute)
	}
	return a.Concluded(), nil
}

// checkSystem adds what is wrong with a system and what is not known of it.
func (s *snapshot) checkSystem(a *rule.Answer, w *Windows, sys system) {
	var missing *ask
	for i := range systemRules {
		in := s.systemAsks[i]
		if in == nil {
			continue
		}
		switch sys.states[i] {
		case NotProvided:
			if missing == nil {
				missing = in
			}
		case Undocumented:
			open := *sys.open[i].open
			open.Path = "Windows"
			a.Open = append(a.Open, open)
		case Broken:
			s.breach(a, systemRules[i].code, "Windows", "%s", w.String())
		}
	}
	if missing != nil {
		for _, field := range [...]struct {
			at   rule.Path
			lack bool
		}{{"Windows.Product", w.Product == "" && w.Build == 0}, {"Windows.Release", w.Release == "" && w.Build == 0}, {"Windows.Edition", w.Edition == ""}} {
			if field.lack {
				a.NotGiven(field.at, notGiven(missing))
			}
		}
	}
}

// checkCompute checks a compute type for a system.
func (s *snapshot) checkCompute(a *rule.Answer, w *Windows, compute types.Compute) {
	const at rule.Path = "Compute"
	before := len(a.Violations)
	product, release := w.known()
	name := string(compute)
	switch compute {
	case types.ComputeGraphics:
		s.breach(a, GraphicsRetired, at, "%s", name)
	case types.ComputeGraphicspro:
		s.breach(a, GraphicsProRetired, at, "%s", name)
	case types.ComputeValue:
		if product == windows11 {
			s.breach(a, ValueOnWindows11, at, "%s on %s", name, w.String())
		}
	}
	restricted := s.restriction != nil && (compute == types.ComputeGraphics || compute == types.ComputeGraphicspro)
	if restricted {
		if product == "" || product == windows10 && release == "" {
			a.NotGiven("Windows", "the product and release decide about the compute type, and are not known")
			return
		}
		only := s.restriction.min > 0 // the names are those that are permitted
		if named := product == windows10 && slices.Contains(s.restriction.names, release); named != only {
			s.breach(a, GraphicsOnWindowsRelease, at, "%s on %s", name, w.String())
		}
	}
	if len(a.Violations) > before {
		return
	}
	system := operatingSystem[product]
	switch {
	case !s.catalogue.Knows(name):
		a.NotDocumented(at, "no document of the edition names the compute type "+rule.Shorten(name))
	case s.catalogue.Offer(system) != nil:
		for _, f := range s.catalogue.Against(system, name, "") {
			if f.Part == facts.ComputePart {
				s.breach(a, ComputeTypesDisputed, at, "%s on %s", name, w.String())
				a.Contradicted(at, "the table of bundles does not have the compute type for the system, and the BYOL page says that every system supports all", f.Cite, f.Against)
			}
		}
	case !s.catalogue.TakesAll(cmp.Or(system, string(types.OperatingSystemNameWindows10))) && !restricted && facts.HasGPU(name):
		a.NotDocumented(at, "no document of the edition says which systems the compute type takes")
	}
}

// operatingSystem is the name that the API has for a product.
var operatingSystem = map[string]string{
	windows7: string(types.OperatingSystemNameWindows7), windows10: string(types.OperatingSystemNameWindows10), windows11: string(types.OperatingSystemNameWindows11),
}
