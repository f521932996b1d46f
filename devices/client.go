package devices

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules for versions of client applications.
const (
	ClientTooOld      rule.Code = "devices.client-too-old"
	ClientTooOldToGo  rule.Code = "devices.client-too-old-for-migration"
	ClientUnsupported rule.Code = "devices.client-unsupported"
)

var versionRules = []tables.Rule{
	{
		Code:      ClientTooOld,
		Title:     "A client application is older than its use requires.",
		Remedy:    "Install the version that is named, or a later one.",
		Revisions: []rule.Revision{tables.Must(fipsPage, requirements, "2019-09-24", "")},
	},
	{
		Code:      ClientTooOldToGo,
		Title:     "A client application is older than those with which the guide lets users move from PCoIP to DCV.",
		Remedy:    "Install the version that is named, or a later one, before the WorkSpace moves.",
		Revisions: []rule.Revision{tables.Should(endPage, "Before you start", endNotice, "")},
	},
	{
		Code:      ClientUnsupported,
		Title:     "No client application of a platform is among those that a use is supported with.",
		Remedy:    "Use a client application of another platform.",
		Revisions: []rule.Revision{tables.Must(fipsPage, requirements, "2019-09-24", "")},
	},
}

// A ClientUse is what a client application is used for.
type ClientUse string

const (
	UseFIPS  ClientUse = "fips"          // a directory with FIPS 140-2 Validated Mode
	UseDCV   ClientUse = "dcv"           // a WorkSpace that streams over DCV
	UseMove  ClientUse = "dcv-migration" // a WorkSpace that is to move from PCoIP to DCV
	UseProxy ClientUse = "dcv-proxy"     // a proxy for streaming over DCV
)

var clientUses = []ClientUse{UseFIPS, UseDCV, UseMove, UseProxy}

// listed tells of which uses the documents list all client applications that are supported.
var listed = map[ClientUse]bool{UseFIPS: true, UseDCV: true}

// A versionRow says which versions of a client application a use is supported with.
type versionRow struct {
	tables.Dated
	use      ClientUse
	platform Platform
	// what the row is for: a protocol for FIPS, a release of Ubuntu for Linux, or "" for all.
	what  string
	least string // version; "" is any
	words string // of the document, for what has no version; "" is "any version"
}

const protocolsSection = "Requirements"

func fips(since, until string, p Platform, what, least string) versionRow {
	return versionRow{tables.Since(fipsPage, requirements, since, until), UseFIPS, p, what, least, ""}
}

func dcv(p Platform, what, least string) versionRow {
	return versionRow{tables.Since(protocolsPage, protocolsSection, autumn2025, ""), UseDCV, p, what, least, ""}
}

func move(p Platform, what, least string) versionRow {
	return versionRow{tables.Since(endPage, "Before you start", endNotice, ""), UseMove, p, what, least, ""}
}

func proxy(p Platform, least string) versionRow {
	return versionRow{tables.Since(portsPage, "Ports for client applications", autumn2025, ""), UseProxy, p, "", least, ""}
}

// latest is a row for browsers, of which the document names no version.
func latest(r versionRow, words string) versionRow { r.words = words; return r }

// versionTable is by use. The page on protocols and that on the end of PCoIP give different versions for DCV:
// the former are those that work, and the latter those that are supported now.
var versionTable = tables.Table[versionRow]{
	Name: "versions of clients",
	Key:  func(r versionRow) string { return fmt.Sprint(r.use, " ", r.platform, " ", r.what) },
	Lists: func(r versionRow) []rule.Parameter {
		value := cmp.Or(r.words, "any version")
		if r.least != "" {
			value = r.least + " or later"
		}
		name := "client for " + string(r.use) + ": " + string(r.platform)
		if r.what != "" {
			name += ", " + r.what
		}
		codes := []rule.Code{ClientTooOld, ClientUnsupported}
		if r.use == UseMove {
			codes = []rule.Code{ClientTooOldToGo}
		}
		return []rule.Parameter{{Rules: codes, Name: name, Value: value}}
	},
	Rows: []versionRow{
		fips("2019-09-24", "", Windows, "", "2.4.3"),
		fips("2019-09-24", autumn2025, MacOS, "", "2.4.3"),
		fips(autumn2025, "", MacOS, "pcoip", "2.4.3"),
		fips(autumn2025, "", MacOS, "dcv", "5.21.0"),
		fips("2020-05-07", "", Linux, "", "3.0.0"),
		fips("2019-09-24", "", IOS, "", "2.4.1"),
		fips("2019-09-24", "", Android, "", "2.4.1"),
		fips("2019-09-24", "", FireTablet, "", "2.4.1"),
		fips("2019-09-24", "", ChromeOS, "", "2.4.1"),
		fips(autumn2025, "", Web, "", ""),

		dcv(Windows, "", "5.1.0.329"),
		dcv(MacOS, "", "5.5.0"),
		dcv(Linux, "22.04", "2024"),
		dcv(ThinClient, "", ""),
		dcv(Web, "", ""),

		move(Windows, "", "5.22.1"),
		move(MacOS, "", "5.22.1"),
		move(Linux, "24.04", "2025.1"),
		move(Linux, "22.04", "2025.0"),
		move(Linux, "20.04", "2025.0"),
		latest(move(Web, "", ""), "the latest Chrome, Firefox or Edge"),

		proxy(Windows, "5.1"),
		proxy(MacOS, "5.4"),
	},
}

// A ClientApplication is a client application and what it is used for.
type ClientApplication struct {
	Use      ClientUse
	Platform Platform
	Version  string // such as 5.22.1, one to four numbers; "" is not known
	Protocol string // for FIPS: pcoip or dcv; "" is not known
	Release  string // of Ubuntu, for Linux, such as 22.04; "" is not known
}

// CheckClientVersion tells whether a version of a client application is one that a use is supported with.
// For FIPS and DCV the documents list all of them: another platform is not supported. For the others it is
// open, and so is a release of Ubuntu that is not listed. Before 2019-09-24 no document gives versions.
// For the migration an older version is a Should, and a browser is open: the guide asks for the latest of three.
//
// The error is a *rule.InputError for an unknown use or platform, and for a version that is not of one to
// four numbers between dots.
func (r Rules) CheckClientVersion(c ClientApplication) (rule.Answer, error) {
	var a rule.Answer
	if err := r.known(); err != nil {
		return a, err
	}
	switch {
	case !slices.Contains(clientUses, c.Use):
		return a, &rule.InputError{Path: "Use", Value: string(c.Use), Reason: "is no use that versions are documented for"}
	case !slices.Contains(platforms, c.Platform):
		return a, &rule.InputError{Path: "Platform", Value: string(c.Platform), Reason: "is no platform"}
	case c.Protocol != "" && c.Protocol != "pcoip" && c.Protocol != "dcv":
		return a, &rule.InputError{Path: "Protocol", Value: c.Protocol, Reason: "is neither pcoip nor dcv"}
	}
	version, err := parseVersion(c.Version)
	if err != nil {
		return a, err
	}
	rows, spoken, unsure := r.rowsFor(c)
	switch {
	case !spoken:
		a.NotDocumented("Use", "no document of the edition gives versions for "+string(c.Use))
	case len(rows) == 0:
		r.unlisted(&a, c)
	case !unsure:
		r.version(&a, c, version, rows[0])
	default:
		r.unsure(&a, c, version, rows)
	}
	return a.Concluded(), nil
}

// rowsFor returns the rows that a client application may be held against, whether there is any row for
// the use, and whether the rows are for a protocol or a release that is not given.
func (r Rules) rowsFor(c ClientApplication) (rows []versionRow, spoken, unsure bool) {
	given := c.Release
	if c.Use == UseFIPS {
		given = c.Protocol
	}
	for _, w := range r.s.versions {
		if w.use != c.Use {
			continue
		}
		spoken = true
		if w.platform == c.Platform && (w.what == "" || given == "" || w.what == given) {
			rows = append(rows, w)
			unsure = unsure || w.what != "" && given == ""
		}
	}
	return rows, spoken, unsure
}

// unsure is for a client application that may be held against any of several rows. A version may be too old
// for all of them, or new enough for both protocols. Releases of Ubuntu without a row are not supported, or
// not spoken of.
func (r Rules) unsure(a *rule.Answer, c ClientApplication, version []int, rows []versionRow) {
	met := 0
	for _, w := range rows {
		if c.Version != "" && meets(version, w.least) {
			met++
		}
	}
	if c.Version != "" && met == 0 {
		r.version(a, c, version, rows[0])
	}
	switch {
	case c.Use != UseFIPS:
		a.NotGiven("Release", "the release of Ubuntu is not given, and versions differ by it")
	case c.Version == "" || met > 0 && met < len(rows):
		a.NotGiven("Protocol", "the protocol is not given, and versions differ by it")
	}
}

// unlisted is for a client application that has no row.
func (r Rules) unlisted(a *rule.Answer, c ClientApplication) {
	hasPlatform := slices.ContainsFunc(r.s.versions, func(w versionRow) bool { return w.use == c.Use && w.platform == c.Platform })
	if listed[c.Use] && !hasPlatform {
		i := slices.IndexFunc(r.s.versions, func(w versionRow) bool { return w.use == c.Use })
		r.s.rules.BreakBy(a, r.s.versions[i].Cite, ClientUnsupported, "Platform", "%s is not among the client applications for %s", c.Platform, c.Use)
		return
	}
	what := string(c.Platform)
	if hasPlatform {
		what += " with release " + c.Release
	}
	a.NotDocumented("Platform", "no document of the edition gives versions of "+what+" for "+string(c.Use))
}

// version holds a version against a row.
func (r Rules) version(a *rule.Answer, c ClientApplication, version []int, w versionRow) {
	switch {
	case w.words != "":
		a.NotGiven("Version", "the document asks for "+w.words+", and whether it is that is not known")
	case w.least == "":
	case c.Version == "":
		a.NotGiven("Version", "the version of the client application is not given")
	case !meets(version, w.least):
		code := ClientTooOld
		if c.Use == UseMove {
			code = ClientTooOldToGo
		}
		r.s.rules.BreakBy(a, w.Cite, code, "Version", "%s of %s is older than %s, for %s", c.Version, c.Platform, w.least, c.Use)
	}
}

// meets reports whether a version is least or later. Numbers that a version lacks are 0.
func meets(version []int, least string) bool {
	want, _ := parseVersion(least)
	for i := range max(len(version), len(want)) {
		var v, w int
		if i < len(version) {
			v = version[i]
		}
		if i < len(want) {
			w = want[i]
		}
		switch {
		case v < w:
			return false
		case v > w:
			return true
		}
	}
	return true
}

// parseVersion reads one to four numbers between dots; "" has none.
func parseVersion(s string) (numbers []int, err error) {
	if s == "" {
		return nil, nil
	}
	refuse := &rule.InputError{Path: "Version", Value: s, Reason: "is not one to four numbers between dots"}
	if len(s) > 40 {
		return nil, refuse
	}
	for part := range strings.SplitSeq(s, ".") {
		n, err := strconv.ParseUint(part, 10, 31)
		if err != nil || len(numbers) == 4 {
			return nil, refuse
		}
		numbers = append(numbers, int(n))
	}
	return numbers, nil
}
