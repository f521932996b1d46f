package bundles

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

const protocolsPath rule.Path = "Protocols"

// withoutProtocolChange are the families of which the SDK says that their protocol cannot
// be changed.
var withoutProtocolChange = []Family{Graphics, GraphicsPro, G4dn}

// protocol judges a change of the streaming protocol. The SDK calls the values PCOIP and DCV,
// its enumeration and the guide's command PCOIP and WSP.
func (r Rules) protocol(a *Answer, w *Workspace, to []types.Protocol) {
	switch {
	case len(to) != 1:
		a.undocumented(protocolsPath, fmt.Sprintf("no document says what a request for %d protocols does", len(to)))
		return
	case to[0] == "DCV":
		r.broken(a, ProtocolValue, protocolsPath.Index(0), "the value for DCV is WSP")
	case !slices.Contains(to[0].Values(), to[0]):
		a.undocumented(protocolsPath.Index(0), fmt.Sprintf("no document names the protocol %q", to[0]))
		return
	}
	switch {
	case w.OperatingSystem == "" || w.OperatingSystem == types.OperatingSystemNameUnknown:
		a.lacks("OperatingSystemName", "the operating system is not known")
	case !isWindows(w.OperatingSystem):
		r.broken(a, ProtocolNeedsWindows, "OperatingSystemName", fmt.Sprintf("the protocol can be changed with Windows only, not with %s", w.OperatingSystem))
	case w.OperatingSystem == types.OperatingSystemNameWindows7:
		r.broken(a, ProtocolFixed, "OperatingSystemName", "the protocol cannot be changed with Windows 7")
	}
	switch row := r.compute(w.ComputeType); {
	case row == nil:
		a.noSuchType(w.ComputeType)
	case slices.Contains(withoutProtocolChange, row.Family):
		r.broken(a, ProtocolFixed, computeName, fmt.Sprintf("the protocol of %s cannot be changed", w.ComputeType))
	}
	switch {
	case w.Protocol != types.ProtocolPcoip:
		a.lacks(protocolsPath, "only a WorkSpace that was created from a PCoIP bundle can change its protocol")
	case to[0] == w.Protocol:
		a.undocumented(protocolsPath, fmt.Sprintf("no document says what a request for the present %s does", to[0]))
	}
}

// isWindows reports whether the name of an operating system is that of a Windows.
func isWindows(s types.OperatingSystemName) bool { return strings.HasPrefix(string(s), "WINDOWS_") }
