package monitor

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The namespaces of the metrics, as the guide prints them. CloudWatch tells large letters from
// small ones.
const (
	Namespace      = "AWS/WorkSpaces" // of WorkSpaces Personal
	PoolsNamespace = "AWS/Workspaces" // of WorkSpaces Pools
)

// A Protocol is that of a WorkSpace, spelled as the API spells it.
type Protocol string

const (
	AnyProtocol Protocol = ""
	PCoIP       Protocol = "PCOIP"
	DCV         Protocol = "WSP" // the API kept the name that DCV had before
)

// A Trigger says when a metric has data.
type Trigger string

const (
	Always       Trigger = ""             // the guide names no condition
	OnConnection Trigger = "connection"   // after a user has signed in and a client starts a session
	OnValidation Trigger = "device-check" // when a user comes and trusted devices are set
)

// A Metric is one row of the guide's tables.
type Metric struct {
	Namespace  string
	Name       string
	Unit       string   // as CloudWatch spells it: "Percent" where the guide has "Percentage"
	Statistics []string // as CloudWatch spells them: "SampleCount" where the guide has "Data Samples"
	Dimensions []string // each filters alone; none is documented for Pools
	Trigger    Trigger
	Protocol   Protocol // the only one that reports it, or AnyProtocol
	// NotWebAccess is set if users of Web Access are not measured.
	NotWebAccess bool
	// AutoStopOnly is set if it is said to apply to WorkSpaces in the running mode AutoStop.
	AutoStopOnly bool
	Cite         rule.Citation
}

// Metrics returns the metrics of the edition, in the order of the guide's tables, Personal before
// Pools, as a new slice. It is empty for zero Rules. From 2022-09-03 until before 2025-10-21 no version
// of the page was read: there are none.
func (r Rules) Metrics() []Metric {
	if r.s == nil {
		return nil
	}
	list := slices.Clone(r.s.metrics)
	for i := range list {
		list[i].Statistics, list[i].Dimensions = slices.Clone(list[i].Statistics), slices.Clone(list[i].Dimensions)
	}
	return list
}

// A Prerequisite is what must be open so that metrics arrive.
type Prerequisite struct {
	Transport string // "tcp": the guide names the port alone, which is that of HTTPS
	Port      int
	Service   string // whose addresses in ip-ranges.json
	Region    string // of which part of them
	Cite      rule.Citation
}

// Prerequisite returns what must be open so that metrics arrive. It is zero for zero Rules.
func (r Rules) Prerequisite() Prerequisite {
	if r.s == nil {
		return Prerequisite{}
	}
	return r.s.prerequisite
}

type metricRow struct {
	tables.Dated
	Metric // without Cite
}

// String describes a metric for the list of parameters.
func (m Metric) String() string {
	text := m.Unit + "; " + strings.Join(m.Statistics, ", ")
	if len(m.Dimensions) > 0 {
		text += "; by " + strings.Join(m.Dimensions, ", ")
	}
	if m.Trigger != Always {
		text += "; on " + string(m.Trigger)
	}
	if m.Protocol != AnyProtocol {
		text += fmt.Sprintf("; %s only", m.Protocol)
	}
	if m.NotWebAccess {
		text += "; not on Web Access"
	}
	if m.AutoStopOnly {
		text += "; AutoStop only"
	}
	return text
}
