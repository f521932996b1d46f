package preflight

import (
	"net/netip"

	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// schema is the version of the JSON document. Members may be added without a new one.
const schema = 3

// A report is the answer to every question about an account, in one document.
type report struct {
	Schema  int          `json:"schema"`
	Command string       `json:"command"`
	Input   string       `json:"input"`
	Edition rule.Edition `json:"edition"`
	finding.Report
	Registrations verdicts       `json:"registrations"`
	Regions       []regionReport `json:"regions"`        // by Region
	Proposals     []proposal     `json:"proposals"`      // of one BYOL range that is free in every Region, the best first
	Plan          []section      `json:"plan,omitempty"` // how to get to what --plan asks for
	Notes         []note         `json:"notes"`
}

type regionReport struct {
	Region        string         `json:"region"`
	Registrations []registration `json:"registrations"` // VPCs with directories, then those without one, in file order
	BYOL          *byolRange     `json:"byol,omitempty"`
	Sections      []section      `json:"sections"` // further questions
	unasked       []unasked
	picture       *picture // for the page of --html
}

// An unasked question lacks a file, or a flag.
type unasked struct {
	reason, command string
	at              place // zero for all of a Region
	decides         bool  // whether there is anything to register, if nothing else is
}

// A registration answers whether the network of a VPC permits the registration of directories.
type registration struct {
	VPC         string         `json:"vpc,omitempty"` // "" if that of the directory is not known
	Name        string         `json:"name,omitempty"`
	CIDRs       []netip.Prefix `json:"cidrs,omitempty"`
	Directories []registrant   `json:"directories"` // in the VPC; none for one that has none yet
	result
	Partial    bool        `json:"partial"` // a candidate is free only as far as is known
	Candidates []candidate `json:"candidates"`
	Instead    string      `json:"instead,omitempty"` // what would be allowed, if this is denied
	Ignored    int         `json:"ignored"`           // default routes and IPv6 prefixes

	at place
}

// A registrant is a directory that is registered, or is to be.
type registrant struct {
	Directory string `json:"directory"`
	Name      string `json:"name,omitempty"`
	State     string `json:"state,omitempty"`
	Error     string `json:"error,omitempty"` // why its registration failed
}

type candidate struct {
	Prefix netip.Prefix `json:"prefix"`
	Free   bool         `json:"free"`
	Uses   []use        `json:"uses"` // what overlaps it
}

type use struct {
	Prefix       netip.Prefix    `json:"prefix"`
	Overlap      network.Overlap `json:"overlap"`
	Undocumented bool            `json:"undocumented"` // no document says whether it counts
	Places       []usePlace      `json:"places"`
}

type usePlace struct {
	place
	Table      string `json:"table,omitempty"`
	Target     string `json:"target,omitempty"`
	State      string `json:"state,omitempty"`
	PrefixList string `json:"prefixList,omitempty"`
}

// byolTitle is the title of the section about the range.
const byolTitle = "BYOL management range"

// A byolRange is about the management range of the account in a Region.
type byolRange struct {
	result
	Enabled   bool          `json:"enabled"`
	Linked    bool          `json:"linked"` // the account uses the range of its source account
	Chosen    *netip.Prefix `json:"chosen,omitempty"`
	Free      int           `json:"free"` // /16 blocks that nothing in the Region uses
	Of        int           `json:"of"`   // /16 blocks that there are
	Proposals []proposal    `json:"proposals"`
	Uses      []use         `json:"uses"`    // what overlaps the chosen range
	Partial   bool          `json:"partial"` // not all networks are known
}

// A section is the answer to a question about a part of the network.
type section struct {
	Title string `json:"title"`
	result
	Lines  []string `json:"lines"` // what else there is to say
	region string   // of a plan
	kind   string   // of sections, such as those of each directory
	tell   bool     // the lines have something that should be seen
	told   bool     // the lines tell what is open
	chart  chart    // for the page of --html
}

type proposal struct {
	Prefix netip.Prefix `json:"prefix"`
	Why    string       `json:"why"`
}

// verdicts are how many registrations have each answer.
type verdicts struct {
	Allowed      int `json:"allowed"`
	Denied       int `json:"denied"`
	Undocumented int `json:"undocumented"` // AWS does not say
	NotGiven     int `json:"notGiven"`     // the files do not tell
}
