package bundles

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

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
		Code:      ProtocolValue,
		Title:     "A protocol is not spelled as the service spells it.",
		Remedy:    "Write the protocol as the service does, PCOIP or WSP.",
		Revisions: []rule.Revision{tables.Should(modifyPage, "Modify protocols", lastReading, "")},
	},
	{
		Code:      ProtocolNeedsWindows,
		Title:     "The protocol of a WorkSpace without Windows is to change.",
		Remedy:    "Leave the protocol as it is, or launch another WorkSpace with the other one.",
		Revisions: []rule.Revision{tables.Must(modifyPage, "Modify protocols", lastReading, "")},
	},
	{
		Code:      ProtocolFixed,
		Title:     "The protocol cannot change with Windows 7, and with some compute types.",
		Remedy:    "Leave the protocol as it is, or launch another WorkSpace with the other one.",
		Revisions: []rule.Revision{tables.Must(sdk, "WorkspaceProperties", readSDK, "")},
	},
}

const protocolsPath rule.Path = "Protocols"

// withoutProtocolChange are the families whose protocol cannot be changed, as the SDK says.
var withoutProtocolChange = []Family{Graphics, GraphicsPro, G4dn}

// protocol judges a change of the streaming protocol. The SDK calls the values PCOIP and DCV;
// its enumeration and the guide's command call them PCOIP and WSP.
func (s *snapshot) protocol(a *rule.Answer, w *Workspace, to []types.Protocol) {
	switch {
	case len(to) != 1:
		severalProtocols(a, to)
		return
	case to[0] == "DCV":
		s.rules.Break(a, ProtocolValue, protocolsPath.Index(0), "the value for DCV is WSP")
	case !slices.Contains(to[0].Values(), to[0]):
		a.NotDocumented(protocolsPath.Index(0), "no document names the protocol "+quoted(to[0]))
		return
	}
	switch {
	case isUnknown(w.OperatingSystem):
		a.NotGiven(systemName, "the operating system is not known")
	case !isWindows(w.OperatingSystem):
		s.rules.Break(a, ProtocolNeedsWindows, systemName, "the protocol can be changed only with Windows, not with %s", w.OperatingSystem)
	case w.OperatingSystem == types.OperatingSystemNameWindows7:
		s.rules.Break(a, ProtocolFixed, systemName, "the protocol cannot be changed with Windows 7")
	}
	switch c := s.compute(w.ComputeType); {
	case c.Family == "":
		unknownCompute(a, w.ComputeType)
	case slices.Contains(withoutProtocolChange, c.Family):
		s.rules.Break(a, ProtocolFixed, computeName, "the protocol of %s cannot be changed", w.ComputeType)
	}
	switch {
	case w.Protocol != types.ProtocolPcoip:
		a.NotGiven(protocolsPath, "only a WorkSpace that was created from a PCoIP bundle can change its protocol")
	case to[0] == w.Protocol:
		a.NotDocumented(protocolsPath, "no document says what a request for the present "+string(w.Protocol)+" does")
	}
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
