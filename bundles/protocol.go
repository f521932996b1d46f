package bundles

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules of changes of the protocol.
const (
	ProtocolValue        rule.Code = "bundles.protocol-value"
	ProtocolNeedsWindows rule.Code = "bundles.protocol-needs-windows"
	ProtocolFixed        rule.Code = "bundles.protocol-fixed"
)

var protocolRules = []tables.Rule{
	{
		Code:   ProtocolValue,
		Title:  "A protocol is not spelled as the service spells it.",
		Remedy: "Write the protocol as the service does, PCOIP or WSP.",
		Revisions: []rule.Revision{
			tables.Should(model, "WorkspaceProperties", "2022-11-07", "2024-10-02"),
			tables.Should(model, "WorkspaceProperties", "2024-11-19", "2024-11-20"),
			tables.Should(modifyPage, "Modify protocols", readMove25, ""),
		},
	},
	{
		Code:      ProtocolNeedsWindows,
		Title:     "The protocol of a WorkSpace without Windows is to change.",
		Remedy:    "Leave the protocol as it is, or launch another WorkSpace with the other one.",
		Revisions: []rule.Revision{tables.Must(modifyPage, "Modify protocols", readEnds, "")},
	},
	{
		Code:      ProtocolFixed,
		Title:     "The protocol cannot change with Windows 7, and with some compute types.",
		Remedy:    "Leave the protocol as it is, or launch another WorkSpace with the other one.",
		Revisions: []rule.Revision{tables.Must(model, "WorkspaceProperties", "2022-11-07", "")},
	},
}

const protocolsPath rule.Path = "Protocols"

// A fixedRow is a family whose protocol cannot be changed.
type fixedRow struct {
	family Family
	tables.Dated
}

// fixedProtocols. The documents name G6 and not its variants.
var fixedProtocols = tables.Table[fixedRow]{
	Name: "fixed protocol",
	Key:  func(r fixedRow) string { return string(r.family) },
	Lists: func(r fixedRow) []rule.Parameter {
		return parameter("protocol of "+string(r.family), "cannot be changed", ProtocolFixed)
	},
	Rows: []fixedRow{
		{Graphics, tables.Since(model, "WorkspaceProperties", "2022-11-07", "")},
		{GraphicsPro, tables.Since(model, "WorkspaceProperties", "2022-11-07", "")},
		{G4dn, tables.Since(model, "WorkspaceProperties", "2022-11-07", "")},
		{G6, tables.Since(model, "WorkspaceProperties", "2026-06-15", "")},
		{G7, tables.Since(propertiesAPI, "Contents", lastReading, "")},
	},
}

// linuxProtocols are when a document lets the protocol of a supported Linux be changed. It counts Amazon
// Linux 2 among the systems that are to be migrated.
var linuxProtocols = tables.Table[tables.Dated]{
	Name: "protocol of Linux",
	Lists: func(tables.Dated) []rule.Parameter {
		return parameter("protocol of a supported Linux", "can be changed", ProtocolNeedsWindows)
	},
	Rows: []tables.Dated{tables.Since(endOfPCoIPPage, "Pathway 1: WorkSpaces on a supported OS", "2026-06-30", "")},
}

// dcvTexts are when a document called the value DCV while the model's enumeration and the guide's
// command had WSP. Then the guide said that DCV is the name, and WSP the value.
var dcvTexts = tables.Table[tables.Dated]{
	Name: "protocol value DCV",
	Lists: func(tables.Dated) []rule.Parameter {
		return parameter("protocol value DCV", "documented", ProtocolValue)
	},
	Rows: []tables.Dated{
		tables.Since(model, "WorkspaceProperties", "2024-10-02", "2024-11-19"),
		tables.Since(model, "WorkspaceProperties", "2024-11-20", readMove25),
	},
}

// protocolEnumeration is where the values are enumerated, PCOIP and WSP in every version.
var protocolEnumeration = tables.Cite(model, "Protocol", "2022-11-07")

func (s *snapshot) compileProtocols(e rule.Edition) {
	s.fixedProtocols = map[Family]rule.Citation{}
	for _, r := range fixedProtocols.On(e) {
		s.fixedProtocols[r.family] = r.Cite
	}
	text, _ := dcvTexts.One(e)
	s.dcvText = text.Cite
	linux, _ := linuxProtocols.One(e)
	s.linuxProtocol = linux.Cite
}

// protocol judges a change of the streaming protocol, by the values PCOIP and WSP.
func (s *snapshot) protocol(a *rule.Answer, w *Workspace, to []types.Protocol) {
	switch {
	case len(to) != 1:
		severalProtocols(a, to)
		return
	case to[0] != dcv && !slices.Contains(to[0].Values(), to[0]):
		a.NotDocumented(protocolsPath.Index(0), "no document names the protocol "+quoted(to[0]))
		return
	}
	value := s.spelled(a, protocolsPath.Index(0), to[0])
	switch {
	case isUnknown(w.OperatingSystem):
		a.NotGiven(systemName, "the operating system is not known")
	case !isWindows(w.OperatingSystem) && w.OperatingSystem != types.OperatingSystemNameAmazonLinux2 && s.linuxProtocol != (rule.Citation{}) && s.rules.Has(ProtocolNeedsWindows):
		a.Contradicted(systemName, "one page of the guide lets the protocol change with Windows only, and another with a supported Linux too", s.rules.Cite(ProtocolNeedsWindows), s.linuxProtocol)
	case !isWindows(w.OperatingSystem):
		s.rules.Break(a, ProtocolNeedsWindows, systemName, "the protocol can be changed only with Windows, not with %s", w.OperatingSystem)
	case w.OperatingSystem == types.OperatingSystemNameWindows7:
		s.rules.Break(a, ProtocolFixed, systemName, "the protocol cannot be changed with Windows 7")
	}
	switch c := s.compute(w.ComputeType); {
	case c.Family == "":
		unknownCompute(a, w.ComputeType)
	case s.fixedProtocols[c.Family] != (rule.Citation{}):
		s.rules.BreakBy(a, s.fixedProtocols[c.Family], ProtocolFixed, computeName, "the protocol of %s cannot be changed", w.ComputeType)
	case c.Family != GeneralPurpose:
		a.NotDocumented(computeName, "no document of the edition says whether the protocol of "+quoted(w.ComputeType)+" can be changed")
	}
	if !isUnknown(w.OperatingSystem) {
		for _, f := range s.catalogue.Against(string(w.OperatingSystem), string(w.ComputeType), string(value)) {
			if f.Part == facts.ProtocolPart {
				s.finding(a, &f)
			}
		}
	}
	switch {
	case w.Protocol != types.ProtocolPcoip:
		a.NotGiven(protocolsPath, "only a WorkSpace that was created from a PCoIP bundle can change its protocol")
	case to[0] == w.Protocol:
		a.NotDocumented(protocolsPath, "no document says what a request for the present "+string(w.Protocol)+" does")
	}
}

// dcv is the guide's newer name of WSP.
const dcv types.Protocol = "DCV"

// spelled returns the value of a protocol: that of DCV is WSP, which it says.
func (s *snapshot) spelled(a *rule.Answer, at rule.Path, p types.Protocol) types.Protocol {
	switch {
	case p != dcv:
		return p
	case s.dcvText != (rule.Citation{}):
		a.Contradicted(at, "the text of the service's model calls the value DCV, and its enumeration WSP", s.dcvText, protocolEnumeration)
	default:
		s.rules.Break(a, ProtocolValue, at, "the value for DCV is WSP")
	}
	return types.ProtocolWsp
}

// severalProtocols leaves open what a request for none, or for more than one, does.
func severalProtocols(a *rule.Answer, to []types.Protocol) {
	a.NotDocumented(protocolsPath, fmt.Sprintf("no document says what a request for %d protocols does", len(to)))
}

// isWindows reports whether the name of an operating system is that of a Windows.
func isWindows(s types.OperatingSystemName) bool { return strings.HasPrefix(string(s), "WINDOWS_") }

// isUnknown reports whether an operating system is not known: it is not given, or the service
// does not know it.
func isUnknown(s types.OperatingSystemName) bool {
	return s == "" || s == types.OperatingSystemNameUnknown
}
