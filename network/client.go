package network

import (
	"fmt"
	"time"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

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

// A band is a range of round-trip times, both ends excluded: where two bands meet, the
// documents do not say to which the end belongs. A zero to is no end.
type band struct {
	protocol Protocol
	quality  Quality
	from, to time.Duration
	span     rule.Span
	cite     rule.Citation
}

const ms = time.Millisecond

func bandRow(p Protocol, q Quality, from, to time.Duration, since, until string) band {
	b := band{p, q, from, to, tables.During(since, until), tables.Cite(clientPage, "Client network requirements", since)}
	if since == april2020 {
		b.cite.Document = guide
	}
	return b
}

// bandRows, by protocol and date. PCoIP over 250 ms was not described before 2020-09-22,
// and DCV over 400 ms is not to this day.
var bandRows = []band{
	bandRow(ProtocolPCoIP, QualityBest, -1, 100*ms, april2020, ""),
	bandRow(ProtocolPCoIP, QualityDegraded, 100*ms, 250*ms, april2020, "2020-09-22"),
	bandRow(ProtocolPCoIP, QualityAffected, 100*ms, 200*ms, "2020-09-22", ""),
	bandRow(ProtocolPCoIP, QualityDegraded, 200*ms, 375*ms, "2020-09-22", ""),
	bandRow(ProtocolPCoIP, QualityCutOff, 375*ms, 0, "2020-09-22", ""),
	bandRow(ProtocolDCV, QualityBest, -1, 250*ms, april2020, ""),
	bandRow(ProtocolDCV, QualityDegraded, 250*ms, 400*ms, april2020, ""),
}

// A Link is the way from a client to the gateways.
type Link struct {
	Protocol  Protocol
	RoundTrip time.Duration // 0 is not measured
	VPNMTU    int           // bytes; 0 is no VPN, or not known
	Downlink  int           // kbit/s for each user; 0 is not known
}

// RoundTripQuality returns the band of a round-trip time, which is not negative. An end
// that two bands share is undocumented, and so is a time beyond the last band.
func (r Rules) RoundTripQuality(p Protocol, t time.Duration) (Quality, rule.Citation) {
	for i := range bandRows {
		if b := &bandRows[i]; b.protocol == p && b.span.Contains(r.edition) && t >= 0 && t > b.from && (b.to == 0 || t < b.to) {
			return b.quality, b.cite
		}
	}
	return QualityUndocumented, rule.Citation{}
}

const (
	leastMTU      = 1200 // bytes
	leastDownlink = 1000 // kbit/s for each user
)

// CheckLink checks what is known of a link: a round-trip time that degrades the session is
// a Should, one that ends it a Must, and so is a VPN with an MTU under 1200 bytes; less
// than 1 Mbit/s down is a Should. The error is a *rule.InputError for a negative number or an
// unknown protocol.
func (r Rules) CheckLink(l Link) (rule.Violations, error) {
	if err := r.known(); err != nil {
		return nil, err
	}
	switch {
	case l.Protocol != ProtocolPCoIP && l.Protocol != ProtocolDCV:
		return nil, &rule.InputError{Path: "Protocol", Value: string(l.Protocol), Reason: "is neither pcoip nor dcv"}
	case l.RoundTrip < 0:
		return nil, &rule.InputError{Path: "RoundTrip", Value: l.RoundTrip.String(), Reason: "is negative"}
	case l.VPNMTU < 0:
		return nil, &rule.InputError{Path: "VPNMTU", Value: fmt.Sprint(l.VPNMTU), Reason: "is negative"}
	case l.Downlink < 0:
		return nil, &rule.InputError{Path: "Downlink", Value: fmt.Sprint(l.Downlink), Reason: "is negative"}
	}
	var vs rule.Violations
	switch q, by := r.RoundTripQuality(l.Protocol, l.RoundTrip); q {
	case QualityDegraded:
		vs = r.appendCited(vs, RoundTripDegrades, "RoundTrip", fmt.Sprintf("%s degrades a session with %s", l.RoundTrip, l.Protocol), by)
	case QualityCutOff:
		vs = r.appendCited(vs, RoundTripEndsSession, "RoundTrip", fmt.Sprintf("%s ends a session with %s", l.RoundTrip, l.Protocol), by)
	}
	if l.VPNMTU > 0 && l.VPNMTU < leastMTU {
		vs = vs.Append(ruleRows, r.edition, VPNMTUTooSmall, "VPNMTU", fmt.Sprintf("%d bytes are less than %d", l.VPNMTU, leastMTU))
	}
	if l.Downlink > 0 && l.Downlink < leastDownlink {
		vs = vs.Append(ruleRows, r.edition, DownlinkTooSlow, "Downlink", fmt.Sprintf("%d kbit/s are less than %d", l.Downlink, leastDownlink))
	}
	return vs, nil
}
