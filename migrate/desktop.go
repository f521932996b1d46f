package migrate

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

// A License tells whose image a desktop runs and who licenses Windows. No field of the
// SDK holds it; see [FromWorkspace].
type License string

const (
	Public License = "public" // a bundle of AWS, licence included
	Custom License = "custom" // a bundle of your own from an image of a public one
	BYOL   License = "byol"   // a bundle from an image with your own Windows licence
)

// What the documents name and the SDK has no value for. The spelling follows the SDK's.
const (
	Ubuntu2404 types.OperatingSystemName = "UBUNTU_24_04"
	RHEL9      types.OperatingSystemName = "RHEL_9"
	Rocky9     types.OperatingSystemName = "ROCKY_9"

	// BYOP is the protocol of a desktop that brings its own; types.Protocol has no value.
	BYOP types.Protocol = "BYOP"
)

// A YesNo says yes, no, or, by default, that it is not known.
type YesNo string

const (
	Unknown YesNo = ""
	Yes     YesNo = "yes"
	No      YesNo = "no"
)

// A DirectoryKind tells what WorkSpaces are joined to.
type DirectoryKind string

const (
	ActiveDirectory DirectoryKind = "active-directory"
	EntraID         DirectoryKind = "entra-id"
)

// A Desktop is one end of a migration: what a WorkSpace is, or what its target bundle
// makes of it. It is comparable. The zero value of a field stands for "not known", and
// where the answer depends on it, the answer is rule.Undocumented. But an unknown BundleID,
// Language or Region is taken not to matter, and an unknown Directory is taken to be the
// same at both ends, unless one is joined to Entra ID: a request names only a WorkSpace and a
// bundle, so that directory and Region stay what they are.
type Desktop struct {
	// OS is the system by the name that DescribeWorkspaces gives. What the documents call
	// public or custom "Windows 10" is WINDOWS_SERVER_2016, 2019 or 2022; WINDOWS_10 with
	// one of these licences stands for the desktop so labelled, of no known generation.
	OS       types.OperatingSystemName `json:"os,omitempty"`
	License  License                   `json:"license,omitempty"`
	Protocol types.Protocol            `json:"protocol,omitempty"` // PCOIP, WSP (DCV is the same), or BYOP
	Compute  types.Compute             `json:"compute,omitempty"`
	// Plus tells whether it is a Plus bundle, one with Microsoft Office. It mattered
	// until 2020-10-28.
	Plus      YesNo         `json:"plus,omitempty"`
	Language  string        `json:"language,omitempty"` // as the caller spells it, such as en-US
	Region    string        `json:"region,omitempty"`   // its code, such as us-east-1
	BundleID  string        `json:"bundleId,omitempty"`
	Directory DirectoryKind `json:"directory,omitempty"`
	// NestedVirtualization tells whether it is switched on in the source. It was first
	// documented in the newest edition.
	NestedVirtualization bool `json:"nestedVirtualization,omitempty"`
}

// dcv is how the documents and the newest SDK comments spell WSP.
const dcv types.Protocol = "DCV"

// check returns a *rule.InputError for a word that is none of a field's, and for a Region that has not the form of a code. Names of systems,
// compute types and protocols may be newer than this release and are not checked.
func (d *Desktop) check(at rule.Path) error {
	switch d.License {
	case "", Public, Custom, BYOL:
	default:
		return &rule.InputError{Path: at.Join("License"), Value: string(d.License), Reason: "is none of public, custom and byol"}
	}
	switch d.Plus {
	case Unknown, Yes, No:
	default:
		return &rule.InputError{Path: at.Join("Plus"), Value: string(d.Plus), Reason: "is neither yes nor no"}
	}
	if d.BundleID != "" && !isBundleID(d.BundleID) {
		return &rule.InputError{Path: at.Join("BundleId"), Value: d.BundleID, Reason: "is not a bundle ID, such as wsb-8vbljg4r6"}
	}
	if d.Region != "" {
		return facts.CheckRegion(at.Join("Region"), d.Region)
	}
	return nil
}

// isBundleID is the API's pattern for BundleId; it is written out for speed.
func isBundleID(s string) bool {
	rest, ok := strings.CutPrefix(s, "wsb-")
	return ok && isIDTail(rest)
}

// isWorkspaceID is the API's pattern for WorkspaceId.
func isWorkspaceID(s string) bool {
	rest, ok := strings.CutPrefix(s, "ws-")
	return ok && isIDTail(rest)
}

func isIDTail(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return 8 <= len(s) && len(s) <= 63
}

// A set is a set of possible values of a property: one bit if it is known, all if not.
type set uint32

const anything = ^set(0)

// Systems. label is the desktop that the documents call "Windows 10" without telling
// which generation it is.
const (
	w7 set = 1 << iota
	label
	s2016
	s2019
	s2022
	s2025
	w10
	w11
	al2
	u2204
	u2404
	rhel8
	rhel9
	rocky8
	rocky9
	otherLinux
	otherOS

	linux = al2 | u2204 | u2404 | rhel8 | rhel9 | rocky8 | rocky9 | otherLinux
)

// Licences, protocols and classes of compute types.
const (
	public set = 1 << iota
	custom
	byol
)
const (
	pcoip set = 1 << iota
	wsp
	byop
	otherProtocol

	notBYOP = pcoip | wsp
)
const (
	value set = 1 << iota
	plain
	generalPurpose // GENERALPURPOSE_*, with the most of all without a GPU
	graphics
	graphicsPro
	g4dn // GRAPHICS_G4DN and GRAPHICSPRO_G4DN
	g6   // with the variants Gr6, G6f and Gr6f
	g7
	otherGPU
	otherCompute // none that a document or the SDK names

	legacyGPU = graphics | graphicsPro
	newGPU    = g6 | g7
	noGPU     = value | plain | generalPurpose
	gpu       = legacyGPU | g4dn | newGPU | otherGPU
)

// traits is a Desktop as sets of what its properties may be.
type traits [properties]set

// known tells whether each property has one value.
func (t *traits) known() bool {
	return (t[theOS].others() | t[theLicense].others() | t[theProtocol].others() | t[theCompute].others()) == 0
}

// others are the values of a set but one.
func (s set) others() set { return s & (s - 1) }

const (
	theOS = iota
	theLicense
	theProtocol
	theCompute
)

// A property is one by which statements tell desktops apart.
type property struct {
	path  rule.Path
	what  string
	given bool
}

// given tells which of the properties are known.
func (d *Desktop) given() [properties]property {
	return [properties]property{
		{"OperatingSystemName", "operating system", d.OS != "" && d.OS != types.OperatingSystemNameUnknown},
		{"License", "licence", d.License != ""},
		{"Protocol", "protocol", d.Protocol != ""},
		{"ComputeTypeName", "compute type", d.Compute != ""},
	}
}

func (d *Desktop) traits() traits {
	t := traits{d.osSet(), anything, anything, computeSet(d.Compute)}
	switch d.License {
	case Public:
		t[theLicense] = public
	case Custom:
		t[theLicense] = custom
	case BYOL:
		t[theLicense] = byol
	}
	switch d.Protocol {
	case "":
	case types.ProtocolPcoip:
		t[theProtocol] = pcoip
	case types.ProtocolWsp, dcv:
		t[theProtocol] = wsp
	case BYOP:
		t[theProtocol] = byop
	default:
		t[theProtocol] = otherProtocol
	}
	return t
}

func (d *Desktop) osSet() set {
	switch d.OS {
	case "", types.OperatingSystemNameUnknown:
		return anything
	case types.OperatingSystemNameWindows7:
		return w7
	case types.OperatingSystemNameWindows10:
		switch d.License {
		case BYOL:
			return w10
		case "":
			return w10 | label
		}
		return label
	case types.OperatingSystemNameWindows11:
		return w11
	case types.OperatingSystemNameWindowsServer2016:
		return s2016
	case types.OperatingSystemNameWindowsServer2019:
		return s2019
	case types.OperatingSystemNameWindowsServer2022:
		return s2022
	case types.OperatingSystemNameWindowsServer2025:
		return s2025
	case types.OperatingSystemNameAmazonLinux2:
		return al2
	case types.OperatingSystemNameUbuntu2204:
		return u2204
	case Ubuntu2404:
		return u2404
	case types.OperatingSystemNameRhel8:
		return rhel8
	case RHEL9:
		return rhel9
	case types.OperatingSystemNameRocky8:
		return rocky8
	case Rocky9:
		return rocky9
	case types.OperatingSystemNameUbuntu1804, types.OperatingSystemNameUbuntu2004:
		return otherLinux
	}
	return otherOS
}

func computeSet(c types.Compute) set {
	switch c {
	case "":
		return anything
	case types.ComputeValue:
		return value
	case types.ComputeGeneralpurpose4xlarge, types.ComputeGeneralpurpose8xlarge:
		return generalPurpose
	}
	switch facts.FamilyOf(string(c)) {
	case facts.GeneralPurpose:
		return plain
	case facts.Graphics:
		return graphics
	case facts.GraphicsPro:
		return graphicsPro
	case facts.G4dn:
		return g4dn
	case facts.G6, facts.Gr6, facts.G6f, facts.Gr6f:
		return g6
	case facts.G7:
		return g7
	}
	if facts.HasGPU(string(c)) {
		return otherGPU
	}
	return otherCompute
}
