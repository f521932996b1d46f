package byol

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// Windows is a system that is, or is to be, an image. Empty fields are not known; a Build
// stands for its product and release.
type Windows struct {
	Product string `json:",omitempty"` // "Windows 7", "Windows 10" or "Windows 11"
	Release string `json:",omitempty"` // such as "22H2" or "1809"; "SP1" of Windows 7
	Build   int    `json:",omitempty"` // such as 19045
	Edition string `json:",omitempty"` // such as "Enterprise", "Pro", "Enterprise LTSC", "Pro N"
}

// String is product, release and edition, and the build in parentheses. A build that is
// known stands for its product and release here, too.
func (w *Windows) String() string {
	product, release := w.known()
	s := strings.Join(slices.DeleteFunc([]string{product, release, w.Edition}, func(s string) bool { return s == "" }), " ")
	if w.Build != 0 {
		s = strings.TrimSpace(s + " (build " + strconv.Itoa(w.Build) + ")")
	}
	return s
}

// ParseWindows reads what Win32_OperatingSystem calls Caption and Version: "Microsoft
// Windows 10 Enterprise LTSC" and "10.0.17763". Either may be empty. A caption of another
// system gives a Product that no document supports. Captions are in the language of the
// system; editions are known by their English names. The error is a *rule.InputError for a
// version that is not three numbers with points.
func ParseWindows(caption, version string) (Windows, error) {
	var w Windows
	name := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(caption), "Microsoft "))
	w.Product = name
	for _, product := range []string{windows7, windows10, windows11} {
		if rest, ok := strings.CutPrefix(name, product); ok && (rest == "" || rest[0] == ' ') {
			w.Product, w.Edition = product, strings.TrimSpace(rest)
		}
	}
	if version != "" {
		major, rest, ok := strings.Cut(version, ".")
		minor, build, ok2 := strings.Cut(rest, ".")
		n, err := strconv.ParseUint(build, 10, 31)
		if !ok || !ok2 || err != nil || !digits(major) || !digits(minor) || n == 0 {
			return Windows{}, &rule.InputError{Path: "Version", Value: version, Reason: "is not a version such as 10.0.19045"}
		}
		w.Build = int(n)
	}
	return w, nil
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// ltsc reports whether the edition is of the Long-Term Servicing Channel. Windows writes
// a year behind some of them: "Enterprise LTSC 2021".
func (w *Windows) ltsc() bool { return strings.Contains(w.Edition, "LTSC") }

// n reports whether the edition is an N edition: "Pro N", "Enterprise N LTSC".
func (w *Windows) n() bool {
	return strings.HasSuffix(w.Edition, " N") || strings.Contains(w.Edition, " N ")
}

// known returns the product and release, those of the build in place of empty ones.
func (w *Windows) known() (product, release string) {
	product, release = w.Product, w.Release
	for i := range builds {
		if b := &builds[i]; b.build == w.Build {
			product, release = cmp.Or(product, b.product), cmp.Or(release, b.release)
		}
	}
	return product, release
}

// validate returns an error if the build is not of the product or release.
func (w *Windows) validate() error {
	for i := range builds {
		b := &builds[i]
		if b.build != w.Build {
			continue
		}
		if w.Product != "" && w.Product != b.product {
			return &rule.InputError{Path: "Product", Value: w.Product, Reason: "is not the product of build " + strconv.Itoa(w.Build) + ", " + b.product}
		}
		if w.Release != "" && w.Release != b.release {
			return &rule.InputError{Path: "Release", Value: w.Release, Reason: "is not the release of build " + strconv.Itoa(w.Build) + ", " + b.release}
		}
	}
	if w.Build < 0 {
		return &rule.InputError{Path: "Build", Value: strconv.Itoa(w.Build), Reason: "is negative"}
	}
	return nil
}

// list finds the row of a system. Its state is Met if the edition's list has the system,
// whatever edition of Windows it is, and Undocumented if the list names the product
// without releases, or contradicts itself.
func (r Rules) list(w *Windows) (*windowsRow, State) {
	product, release := w.known()
	some, other := false, false
	for i := range windowsRows {
		l := &windowsRows[i]
		if !l.span.Contains(r.edition) || l.product != product {
			continue
		}
		some = true
		switch {
		case l.release == "", l.disputed && l.release == release:
			return l, Undocumented
		case l.release != release:
		case l.ltsc == w.ltsc():
			return l, Met
		default:
			other = true
		}
	}
	switch {
	case product == "" && w.Build == 0, some && release == "" && w.Build == 0, other && w.Edition == "":
		return nil, NotProvided
	case release == "" && w.Build > builds[len(builds)-1].build:
		return nil, Undocumented // a build that is newer than this table
	}
	return nil, Broken
}

func (r Rules) osState(w *Windows) State {
	_, s := r.list(w)
	return s
}

// editionNames are the words by which the English names of Windows editions start, from
// Microsoft's lists of them.
var editionNames = []string{"Home", "Pro", "Professional", "Education", "Enterprise", "Business", "IoT", "S", "SE", "Starter", "Team", "Ultimate"}

// editionState does not concern a system that is not in the list, or whose row names no
// edition, and is Undocumented for a name that is not English. An N edition is held to be the one whose name it has.
func (r Rules) editionState(w *Windows) State {
	l, s := r.list(w)
	switch {
	case l == nil && s == NotProvided:
		return NotProvided
	case l == nil || len(l.editions) == 0:
		return NotApplicable
	case w.Edition == "":
		return NotProvided
	}
	edition := w.Edition
	if w.n() {
		edition = strings.Replace(strings.TrimSuffix(edition, " N"), " N ", " ", 1)
	}
	for _, e := range l.editions {
		rest, ok := strings.CutPrefix(edition, e)
		if ok && (rest == "" || l.ltsc && digits(strings.TrimSpace(rest)) || l.release == "" && strings.HasPrefix(rest, " LTS")) {
			return Met
		}
	}
	name, _, _ := strings.Cut(edition, " ")
	if !slices.ContainsFunc(editionNames, func(known string) bool { return strings.EqualFold(name, known) }) {
		return Undocumented // it may be a listed one in the language of the system
	}
	return Broken
}

func (r Rules) nState(w *Windows) State {
	switch {
	case w.Edition == "":
		return NotProvided
	case w.n():
		return Broken
	}
	return Met
}

// systemCodes are the rules about a system, in the order of their lines.
var systemCodes = [...]rule.Code{OSNotSupported, WindowsEditionUnsupported, WindowsNUnsupported}

func (r Rules) system(c rule.Code, w *Windows) State {
	switch c {
	case OSNotSupported:
		return r.osState(w)
	case WindowsEditionUnsupported:
		return r.editionState(w)
	}
	return r.nState(w)
}

// windowsChecks are the checks of the system for facts of any type.
func windowsChecks[T any](system func(*T) *Windows) []check[T] {
	var checks []check[T]
	for _, c := range systemCodes {
		checks = append(checks, check[T]{c, "Windows", func(r Rules, facts *T, _ *row) (State, any) {
			w := system(facts)
			if w == nil {
				return NotProvided, nil
			}
			if s := r.system(c, w); s != NotProvided {
				return s, w
			}
			return NotProvided, nil
		}})
	}
	return checks
}

// CheckWindows tells whether a system can be brought for WorkSpaces of a compute type, or
// of any if compute is empty: the release and edition, then what Graphics, GraphicsPro and
// Value demand. It is Undocumented
//   - if a field that decides is empty; Unknown names it,
//   - for a build newer than those that this release knows, and a compute type that the
//     table of bundles does not have for the system,
//   - for an Edition whose name is not one of the English ones,
//   - if documents of the edition contradict one another, as on 2024-12-31 for Windows 11.
//
// The error is a *rule.InputError for Rules without an edition, and for a Build that is
// not of the Product or the Release. A system that passes costs no allocation.
func (r Rules) CheckWindows(w Windows, compute types.Compute) (Answer, error) {
	if err := r.known(); err != nil {
		return Answer{}, err
	}
	if err := w.validate(); err != nil {
		return Answer{}, err
	}
	var a Answer
	open := r.checkSystem(&a, &w)
	if compute != "" && r.compute(&a, &w, compute) == rule.Undocumented {
		open = true
	}
	a.settle(open)
	return a, nil
}

// checkSystem appends what is wrong with a system and what is not known of it, and
// reports whether the documents leave something open.
func (r Rules) checkSystem(a *Answer, w *Windows) (open bool) {
	missing := false
	for _, c := range systemCodes {
		if r.row(c) == nil {
			continue
		}
		switch r.system(c, w) {
		case NotProvided:
			missing = true
		case Undocumented:
			open = true
		case Broken:
			a.Violations = r.broken(a.Violations, c, "Windows", "%s", w.String())
		}
	}
	if missing && w.Product == "" && w.Build == 0 {
		a.unknown("Windows.Product")
	}
	if missing && w.Release == "" && w.Build == 0 {
		a.unknown("Windows.Release")
	}
	if missing && w.Edition == "" {
		a.unknown("Windows.Edition")
	}
	return open
}

// gpuTypes are the compute types that the restrictions on BYOL with a GPU speak of.
var gpuTypes = []types.Compute{types.ComputeGraphics, types.ComputeGraphicspro}

// compute judges a compute type for a system.
func (r Rules) compute(a *Answer, w *Windows, compute types.Compute) rule.Verdict {
	const at rule.Path = "Compute"
	before := len(a.Violations)
	product, release := w.known()
	switch compute {
	case types.ComputeGraphics:
		a.Violations = r.broken(a.Violations, GraphicsRetired, at, "%s", compute)
	case types.ComputeGraphicspro:
		a.Violations = r.broken(a.Violations, GraphicsProRetired, at, "%s", compute)
	case types.ComputeValue:
		if product == windows11 {
			a.Violations = r.broken(a.Violations, ValueOnWindows11, at, "%s on %s", compute, w.String())
		}
	}
	restriction := r.row(GraphicsOnWindowsRelease)
	if restriction != nil && slices.Contains(gpuTypes, compute) {
		if product == "" || product == windows10 && release == "" {
			return rule.Undocumented
		}
		only := restriction.min > 0 // the names are those that are permitted
		if named := product == windows10 && slices.Contains(restriction.names, release); named != only {
			a.Violations = r.broken(a.Violations, GraphicsOnWindowsRelease, at, "%s on %s", compute, w.String())
		}
	}
	if len(a.Violations) > before {
		return rule.Denied
	}
	for i := range computeRows {
		if c := &computeRows[i]; c.span.Contains(r.edition) && c.product == product {
			if slices.Contains(c.computes, string(compute)) {
				return rule.Allowed
			}
			a.Violations = r.broken(a.Violations, ComputeTypesDisputed, at, "%s on %s", compute, w.String())
			return rule.Undocumented
		}
	}
	switch {
	case allComputes.Contains(r.edition), restriction != nil && slices.Contains(gpuTypes, compute), !hasGPU(compute):
		return rule.Allowed
	}
	return rule.Undocumented
}

// hasGPU goes by the name, so that a type that is newer than the SDK is told, too.
func hasGPU(c types.Compute) bool { return strings.HasPrefix(string(c), "GRAPHICS") }
