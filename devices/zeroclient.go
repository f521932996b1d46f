package devices

import (
	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules for PCoIP zero clients.
const (
	ZeroClientFirmware rule.Code = "devices.zero-client-firmware"
	ZeroClientProtocol rule.Code = "devices.zero-client-protocol"
	ZeroClientTime     rule.Code = "devices.zero-client-time"
	ZeroClientOneStep  rule.Code = "devices.zero-client-without-mfa"
	ZeroClientEnds     rule.Code = "devices.zero-client-ends"
	ZeroClientEnded    rule.Code = "devices.zero-client-ended"
)

const (
	zeroClientTitle = "Set Up PCoIP Zero Client for WorkSpaces"
	clientTitle     = "Amazon WorkSpaces Client Network Requirements"
	directFirmware  = "6.0.0" // from which zero clients connect by themselves
	managedFirmware = "4.6.0" // from which they connect through PCoIP Connection Manager
	endOfPCoIP      = "2027-10-31"
	// endOfManager is the day from which PCoIP Connection Manager is not supported, as the version of 2021-04-15 says.
	endOfManager = "2021-04-13"
)

var zeroClientRules = []tables.Rule{
	{
		Code:   ZeroClientFirmware,
		Title:  "The firmware of a zero client is too old to connect to WorkSpaces.",
		Remedy: "Install firmware 6.0.0 or later on the zero client.",
		Revisions: []rule.Revision{
			tables.Must(zeroClientPage, zeroClientTitle, "2018-02-03", endOfManager),
			{Level: rule.Must, Span: tables.During(endOfManager, ""), Cite: tables.Cite(zeroClientPage, zeroClientTitle, "2021-04-15")},
		},
		Figures: []tables.Figure{{Name: "firmware of zero clients, least", Value: directFirmware}},
	},
	{
		Code:   ZeroClientProtocol,
		Title:  "A zero client is to connect to a WorkSpace that does not stream over PCoIP.",
		Remedy: "Use another client for the WorkSpace.",
		Revisions: []rule.Revision{
			tables.Must(guide, zeroClientTitle, facts.ReadGuide, "2020-10-03"),
			tables.Must(zeroClientPage, zeroClientTitle, "2020-10-03", ""),
		},
	},
	{
		// The page on zero clients tells what happens without, and not that NTP is a must.
		Code:      ZeroClientTime,
		Title:     "A zero client does not set its clock by NTP, so that certificates may fail.",
		Remedy:    "Enable NTP with the host pool.ntp.org and port 123.",
		Revisions: []rule.Revision{tables.Must(clientPage, clientTitle, "2020-01-10", "")},
	},
	{
		Code:      ZeroClientOneStep,
		Title:     "Users of zero clients sign in without multi-factor authentication.",
		Remedy:    "Set up multi-factor authentication for the directory; Simple AD has none.",
		Revisions: []rule.Revision{tables.Should(zeroClientPage, zeroClientTitle, "2021-04-15", "")},
	},
	{
		Code:      ZeroClientEnds,
		Title:     "Zero clients are to be replaced before 2027-10-31, since none of them can stream over DCV.",
		Remedy:    "Replace zero clients before 2027-10-31.",
		Revisions: []rule.Revision{tables.Should(endPage, "Replace PCoIP Zero Client hardware", endNotice, "")},
	},
	{
		Code:      ZeroClientEnded,
		Title:     "A zero client is to connect after 2027-10-31, when PCoIP has ended.",
		Remedy:    "Use another client, and a WorkSpace that streams over DCV.",
		Revisions: []rule.Revision{tables.Must(endPage, "PCoIP-based WorkSpaces Personal end of support", endNotice, "")},
		Figures:   []tables.Figure{{Name: "last day of zero clients", Value: endOfPCoIP}},
	},
}

// managerTable is the time in which zero clients with older firmware could connect through PCoIP Connection
// Manager.
var managerTable = tables.Table[tables.Dated]{
	Name: "PCoIP Connection Manager",
	Lists: func(tables.Dated) []rule.Parameter {
		return []rule.Parameter{{Rules: []rule.Code{ZeroClientFirmware}, Name: "firmware of zero clients with PCoIP Connection Manager, least", Value: managedFirmware}}
	},
	Rows: []tables.Dated{tables.Since(zeroClientPage, zeroClientTitle, "2018-02-03", endOfManager)},
}

// everyManagerTable is the time in which the page on networks of clients asked for PCoIP Connection Manager with zero
// clients of any firmware, and the page on zero clients with older firmware alone.
var everyManagerTable = tables.Table[tables.Dated]{
	Name: "PCoIP Connection Manager for all zero clients",
	Lists: func(tables.Dated) []rule.Parameter {
		return []rule.Parameter{{Name: "PCoIP Connection Manager for all zero clients", Value: "required, by the page on networks of clients"}}
	},
	Rows: []tables.Dated{tables.Since(clientPage, clientTitle, "2018-02-03", "2021-03-26")},
}

// A ZeroClientDevice is a PCoIP zero client.
type ZeroClientDevice struct {
	Firmware          string // such as 6.0.0; "" is not known
	ConnectionManager bool   // it connects through PCoIP Connection Manager
	Protocol          string // of the WorkSpace: pcoip or dcv; "" is not known
	NTP               *bool  // it sets its clock by NTP; nil is not known
	MFA               *bool  // users sign in with multi-factor authentication; nil is not known
	// On is a day on which it is to connect, from the edition on. Without one the end of PCoIP is not asked
	// about.
	On rule.Edition
}

// CheckZeroClient tells whether a zero client can connect to a WorkSpace. What is not known is open where a
// rule asks for it: multi-factor authentication, which is advice, is not. Firmware before
// 4.6.0 is open until 2021-04-13, for no document spoke of it. So is firmware 6.0.0 or later without PCoIP
// Connection Manager until 2021-03-26: one page asked for it, and another did not.
//
// The error is a *rule.InputError for a firmware that is not one to four numbers, an unknown protocol, and a
// day before the edition.
func (r Rules) CheckZeroClient(z ZeroClientDevice) (rule.Answer, error) {
	var a rule.Answer
	if err := r.known(); err != nil {
		return a, err
	}
	firmware, err := parseVersion(z.Firmware)
	if err != nil {
		return a, &rule.InputError{Path: "Firmware", Value: z.Firmware, Reason: "is not one to four numbers between dots"}
	}
	if z.Protocol != "" && z.Protocol != "pcoip" && z.Protocol != "dcv" {
		return a, &rule.InputError{Path: "Protocol", Value: z.Protocol, Reason: "is neither pcoip nor dcv"}
	}
	asked := z.On != rule.Edition{}
	if asked && z.On.Compare(r.edition) < 0 {
		return a, &rule.InputError{Path: "On", Value: z.On.String(), Reason: "is before " + r.edition.String() + ", the edition"}
	}
	rules := r.s.rules
	switch {
	case z.Firmware == "":
		a.NotGiven("Firmware", "the firmware of the zero client is not given")
	case meets(firmware, directFirmware):
		if cite := r.s.everyManager; cite != (rule.Citation{}) && !z.ConnectionManager {
			a.Contradicted("ConnectionManager", "one page asks for PCoIP Connection Manager with all zero clients, and another lets firmware "+directFirmware+" or later connect directly", cite, rules.Cite(ZeroClientFirmware))
		}
	case !r.s.manager:
		rules.Break(&a, ZeroClientFirmware, "Firmware", "firmware %s is before %s", z.Firmware, directFirmware)
	case !meets(firmware, managedFirmware):
		a.NotDocumented("Firmware", "no document of the edition speaks of firmware before "+managedFirmware)
	case !z.ConnectionManager:
		rules.Break(&a, ZeroClientFirmware, "Firmware", "firmware %s is before %s, and needs PCoIP Connection Manager", z.Firmware, directFirmware)
	}
	switch {
	case !rules.Has(ZeroClientProtocol):
	case z.Protocol == "":
		a.NotGiven("Protocol", "the protocol of the WorkSpace is not given")
	case z.Protocol == "dcv":
		rules.Break(&a, ZeroClientProtocol, "Protocol", "the WorkSpace streams over DCV")
	}
	switch {
	case !rules.Has(ZeroClientTime):
	case z.NTP == nil:
		a.NotGiven("NTP", "it is not known whether the zero client sets its clock by NTP")
	case !*z.NTP:
		rules.Break(&a, ZeroClientTime, "NTP", "the zero client does not use NTP")
	}
	if z.MFA != nil && !*z.MFA && rules.Has(ZeroClientOneStep) {
		rules.Break(&a, ZeroClientOneStep, "MFA", "users sign in without multi-factor authentication")
	}
	switch {
	case !asked || !rules.Has(ZeroClientEnds):
	case z.On.Compare(rule.MustParseEdition(endOfPCoIP)) > 0:
		rules.Break(&a, ZeroClientEnded, "On", "on %s PCoIP has ended", z.On)
	default:
		rules.Break(&a, ZeroClientEnds, "On", "zero clients connect until %s", endOfPCoIP)
	}
	return a.Concluded(), nil
}
