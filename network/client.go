package network

import (
	"strconv"
	"time"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules for the way to a client.
const (
	RoundTripDegrades    rule.Code = "network.round-trip-degrades"
	RoundTripEndsSession rule.Code = "network.round-trip-ends-session"
	VPNMTUTooSmall       rule.Code = "network.vpn-mtu-too-small"
	DownlinkTooSlow      rule.Code = "network.downlink-too-slow"
)

const (
	leastMTU      = 1200 // bytes
	leastDownlink = 1000 // kbit/s for each user
)

var clientLinkRules = []tables.Rule{
	{
		Code:      RoundTripDegrades,
		Title:     "A round-trip time degrades sessions.",
		Remedy:    "Use a Region that is nearer to the user, or a faster connection.",
		Revisions: []rule.Revision{tables.Should(clientPage, clientSection, "2018-02-03", "")},
	},
	{
		Code:      RoundTripEndsSession,
		Title:     "A round-trip time ends sessions.",
		Remedy:    "Use a Region that is nearer to the user, or a faster connection.",
		Revisions: []rule.Revision{tables.Must(clientPage, clientSection, "2020-09-22", "")},
	},
	{
		Code:      VPNMTUTooSmall,
		Title:     "The MTU of a VPN is under 1200 bytes.",
		Remedy:    "Set the MTU of the VPN to 1200 bytes or more.",
		Revisions: []rule.Revision{tables.Must(clientPage, clientSection, "2018-02-03", "")},
		Figures:   []tables.Figure{{Name: "MTU of a VPN, least", Value: strconv.Itoa(leastMTU) + " bytes"}},
	},
	{
		Code:      DownlinkTooSlow,
		Title:     "A user has less than 1 Mbit/s.",
		Remedy:    "Give the user at least 1 Mbit/s downstream.",
		Revisions: []rule.Revision{tables.Must(troubleshooting, networkErrorSection, "2019-11-26", "")},
		Figures:   []tables.Figure{{Name: "downlink of a user, least", Value: strconv.Itoa(leastDownlink) + " kbit/s"}},
	},
}

// A Quality is what users notice of a round-trip time.
type Quality string

const (
	QualityBest     Quality = "best"     // as the guide recommends
	QualityAffected Quality = "affected" // slower, and still good
	QualityDegraded Quality = "degraded" // usable, and noticeably worse
	QualityCutOff   Quality = "cut-off"  // the session is ended
	// QualityUndocumented: the documents do not say, as at an end that two bands share.
	QualityUndocumented Quality = ""
)

// A bandRow is a range of round-trip times, both ends excluded: where two bands meet, the
// documents do not say to which one the end belongs. A zero to is no end.
type bandRow struct {
	tables.Dated
	protocol Protocol
	quality  Quality
	from, to time.Duration
}

const (
	ms                  = time.Millisecond
	clientSection       = "Amazon WorkSpaces Client Network Requirements"
	networkErrorSection = "The WorkSpaces client gives my users a network error, but they are able to use other network-enabled apps on their devices"
)

// String tells the bounds of a band, which are excluded.
func (b bandRow) String() string {
	switch {
	case b.to == 0:
		return "over " + tables.Time(b.from)
	case b.from < 0:
		return "under " + tables.Time(b.to)
	}
	return "between " + tables.Time(b.from) + " and " + tables.Time(b.to)
}

// bandTable is by protocol and date. PCoIP over 250 ms was not described before 2020-09-22,
// and DCV over 400 ms is not to this day.
var bandTable = tables.Table[bandRow]{
	Name: "round-trip times",
	Key:  func(b bandRow) string { return string(b.protocol) + " " + string(b.quality) },
	Lists: func(b bandRow) []rule.Parameter {
		codes := map[Quality][]rule.Code{QualityDegraded: {RoundTripDegrades}, QualityCutOff: {RoundTripEndsSession}}[b.quality]
		return []rule.Parameter{{Rules: codes, Name: "round-trip time, " + string(b.protocol) + ", " + string(b.quality), Value: b.String()}}
	},
	Rows: []bandRow{
		{tables.Since(clientPage, clientSection, "2018-02-03", ""), ProtocolPCoIP, QualityBest, -1, 100 * ms},
		{tables.Since(clientPage, clientSection, "2018-02-03", "2020-09-22"), ProtocolPCoIP, QualityDegraded, 100 * ms, 250 * ms},
		{tables.Since(clientPage, clientSection, "2020-09-22", ""), ProtocolPCoIP, QualityAffected, 100 * ms, 200 * ms},
		{tables.Since(clientPage, clientSection, "2020-09-22", ""), ProtocolPCoIP, QualityDegraded, 200 * ms, 375 * ms},
		{tables.Since(clientPage, clientSection, "2020-09-22", ""), ProtocolPCoIP, QualityCutOff, 375 * ms, 0},
		{tables.Since(guide, clientSection, april2020, ""), ProtocolDCV, QualityBest, -1, 250 * ms},
		{tables.Since(guide, clientSection, april2020, ""), ProtocolDCV, QualityDegraded, 250 * ms, 400 * ms},
	},
}

// A ClientLink is the way from a client to the gateways.
type ClientLink struct {
	Protocol  Protocol
	RoundTrip time.Duration // 0 is not measured
	VPNMTU    int           // bytes; 0 is no VPN
	Downlink  int           // kbit/s for each user; 0 is not known
}

// RoundTripQuality returns the band of a round-trip time, which is not negative. An end
// that two bands share is undocumented, and so is a time beyond the last band.
func (r Rules) RoundTripQuality(p Protocol, t time.Duration) (Quality, rule.Citation) {
	if r.s == nil {
		return QualityUndocumented, rule.Citation{}
	}
	for _, b := range r.s.bands {
		if b.protocol == p && t >= 0 && t > b.from && (b.to == 0 || t < b.to) {
			return b.quality, b.Cite
		}
	}
	return QualityUndocumented, rule.Citation{}
}

// CheckClientLink checks what is known of a link: a round-trip time that degrades the session
// is a Should; one that ends it is a Must, and so are a VPN with an MTU under 1200 bytes and less
// than 1 Mbit/s down. It is open what is not known, and a round-trip time that no
// document speaks of. The error is a *rule.InputError for a negative number or an unknown
// protocol.
func (r Rules) CheckClientLink(l ClientLink) (rule.Answer, error) {
	var a rule.Answer
	err := r.known()
	switch {
	case err != nil:
	case l.Protocol != ProtocolPCoIP && l.Protocol != ProtocolDCV:
		err = &rule.InputError{Path: "Protocol", Value: string(l.Protocol), Reason: "is neither pcoip nor dcv"}
	case l.RoundTrip < 0:
		err = &rule.InputError{Path: "RoundTrip", Value: l.RoundTrip.String(), Reason: "is negative"}
	case l.VPNMTU < 0:
		err = &rule.InputError{Path: "VPNMTU", Value: strconv.Itoa(l.VPNMTU), Reason: "is negative"}
	case l.Downlink < 0:
		err = &rule.InputError{Path: "Downlink", Value: strconv.Itoa(l.Downlink), Reason: "is negative"}
	}
	if err != nil {
		return a, err
	}
	rules := r.s.rules
	switch quality, by := r.RoundTripQuality(l.Protocol, l.RoundTrip); {
	case l.RoundTrip == 0:
		a.NotGiven("RoundTrip", "the round-trip time is not measured")
	case quality == QualityDegraded:
		rules.BreakBy(&a, by, RoundTripDegrades, "RoundTrip", "%s degrades a session with %s", l.RoundTrip, l.Protocol)
	case quality == QualityCutOff:
		rules.BreakBy(&a, by, RoundTripEndsSession, "RoundTrip", "%s ends a session with %s", l.RoundTrip, l.Protocol)
	case quality == QualityUndocumented:
		a.NotDocumented("RoundTrip", "no document of the edition says what a round-trip time of "+l.RoundTrip.String()+" does")
	}
	if l.VPNMTU > 0 && l.VPNMTU < leastMTU {
		rules.Break(&a, VPNMTUTooSmall, "VPNMTU", "%d bytes are less than %d", l.VPNMTU, leastMTU)
	}
	switch {
	case l.Downlink == 0:
		a.NotGiven("Downlink", "the downlink of a user is not known")
	case l.Downlink < leastDownlink:
		rules.Break(&a, DownlinkTooSlow, "Downlink", "%d kbit/s are less than %d", l.Downlink, leastDownlink)
	}
	return a.Concluded(), nil
}
