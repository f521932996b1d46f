package preflight

import (
	"net/netip"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// schema is the version of the JSON document. Members may be added without a new one.
const schema = 2

// A report is the answer to every question about an account, in one document.
type report struct {
	Schema    int             `json:"schema"`
	Input     string          `json:"input"`
	Edition   rule.Edition    `json:"edition"`
	Regions   []regionReport  `json:"regions"`        // by Region
	Proposals []proposal      `json:"proposals"`      // of one BYOL range that is free in every Region, the best first
	Plan      []section       `json:"plan,omitempty"` // how to get to what --plan asks for
	Notes     []note          `json:"notes"`
	Documents []documentEntry `json:"documents"` // those that findings cite
	Summary   summary         `json:"summary"`
}

type regionReport struct {
	Region        string         `json:"region"`
	Registrations []registration `json:"registrations"` // directories, then VPCs without one, in file order
	BYOL          *byolRange     `json:"byol,omitempty"`
	Sections      []section      `json:"sections"` // further questions
	NotAsked      []string       `json:"notAsked"` // questions without a file, and the file
	picture       *picture       // for the page of --html
}

// A registration answers whether the network of a directory, or of a VPC that has
// none yet, permits its registration.
type registration struct {
	Directory string         `json:"directory,omitempty"` // "" for a VPC without one
	Name      string         `json:"name,omitempty"`
	State     string         `json:"state,omitempty"`
	VPC       string         `json:"vpc,omitempty"`
	CIDRs     []netip.Prefix `json:"cidrs,omitempty"`
	Error     string         `json:"error,omitempty"` // of a directory whose registration failed
	result
	Partial    bool        `json:"partial"` // a candidate is free only as far as is known
	Candidates []candidate `json:"candidates"`
	Instead    string      `json:"instead,omitempty"` // what would be allowed, if this is denied
	Ignored    int         `json:"ignored"`           // default routes and IPv6 prefixes
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
	Lines []string `json:"lines"` // what else there is to say
	told  bool     // the lines tell what is open
	chart chart    // for the page of --html
}

type proposal struct {
	Prefix netip.Prefix `json:"prefix"`
	Why    string       `json:"why"`
}

type documentEntry struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	URL   string `json:"url,omitempty"`
}

// A summary counts. Verdicts are those of registrations; the rest is counted everywhere.
type summary struct {
	Allowed          int    `json:"allowed"`
	Denied           int    `json:"denied"`
	Undocumented     int    `json:"undocumented"` // no document says
	NotGiven         int    `json:"notGiven"`     // the files do not tell
	Must             int    `json:"must"`
	Should           int    `json:"should"`
	OpenUndocumented int    `json:"openUndocumented"`
	OpenNotGiven     int    `json:"openNotGiven"`
	Unusable         int    `json:"unusable"` // values that cannot be used
	NotAsked         int    `json:"notAsked"`
	Exit             int    `json:"exit"`
	Line             string `json:"line"`
}
