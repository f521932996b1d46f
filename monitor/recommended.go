package monitor

import (
	"strings"

	"github.com/wksgo/wks/rule"
)

// A Watched is what is watched for a directory.
type Watched struct {
	Directory    string   // its ID
	Protocol     Protocol // of its WorkSpaces; AnyProtocol if they have several or it is not known
	Certificates []string // IDs of the roots for trusted devices, wsc-; none if devices are not checked
}

// A RecommendedAlarm is an alarm with why it is there. An alarm goes off if the threshold is
// reached in DatapointsToAlarm of the alarm's EvaluationPeriods. Thresholds and periods are values to
// start from, which no document gives; that of the latency is where the guide calls a session
// degraded ([network.Rules.RoundTripQuality]).
//
// [network.Rules.RoundTripQuality]: https://pkg.go.dev/github.com/wksgo/wks/network#Rules.RoundTripQuality
type RecommendedAlarm struct {
	Name              string // unique for a directory: d-906732b9ab-unhealthy
	Alarm             Alarm
	Comparison        string // as CloudWatch spells it
	Threshold         float64
	DatapointsToAlarm int
	Reason            string        // why one wants to know
	Cite              rule.Citation // of the metric
}

// A recommendation is an alarm that every directory can have, before it is made for one.
type recommendation struct {
	suffix, metric, statistic string
	period, periods, of       int // seconds; how many of how many periods
	comparison                string
	threshold                 float64
	reason                    string
	perCertificate            bool
	devices                   bool // one alarm, only if devices are checked
	latency                   bool // the threshold is that of the protocol
}

const (
	atLeast = "GreaterThanOrEqualToThreshold"
	atMost  = "LessThanOrEqualToThreshold"
)

// recommendations are in the order in which RecommendedAlarms returns them. No document recommends
// alarms for a directory: what each watches is documented, and the reason follows from that.
var recommendations = []recommendation{
	{suffix: "unhealthy", metric: "Unhealthy", statistic: "Maximum", period: 300, periods: 3, of: 3, comparison: atLeast, threshold: 1,
		reason: "A WorkSpace does not answer the service's checks of its health: its user cannot work until it is rebooted or repaired."},
	{suffix: "connection-failures", metric: "ConnectionFailure", statistic: "Sum", period: 300, periods: 3, of: 2, comparison: atLeast, threshold: 5,
		reason: "Users sign in and then reach no desktop. Many at once point at the network or the gateways, and not at one user."},
	{suffix: "latency", metric: "InSessionLatency", statistic: "Average", period: 300, periods: 6, of: 4, comparison: atLeast,
		reason: "The way to the desktops is so slow that users notice it.", latency: true},
	{suffix: "root-volume", metric: "RootVolumeDiskUsage", statistic: "Maximum", period: 3600, periods: 1, of: 1, comparison: atLeast, threshold: 90,
		reason: "The root volume of a WorkSpace is almost full: a full one breaks the desktop, and can only be extended."},
	{suffix: "user-volume", metric: "UserVolumeDiskUsage", statistic: "Maximum", period: 3600, periods: 1, of: 1, comparison: atLeast, threshold: 90,
		reason: "The user volume of a WorkSpace is almost full: its user cannot save files."},
	{suffix: "untrusted-devices", metric: "TrustedDeviceValidationFailure", statistic: "Sum", period: 3600, periods: 1, of: 1, comparison: atLeast, threshold: 10, devices: true,
		reason: "Devices fail the check of their certificate: certificates were not renewed, or foreign devices try to come in."},
	{suffix: "root-certificate", metric: "TrustedDeviceCertificateDaysBeforeExpiration", statistic: "Minimum", period: 86400, periods: 1, of: 1, comparison: atMost, threshold: 30, perCertificate: true,
		reason: "The root certificate of the directory ends soon, and trusted devices with it."},
}

// latencyOf returns from which round-trip time on the guide calls a session degraded, in milliseconds.
// A test of the module holds it against package network, which has the bands.
func latencyOf(p Protocol) float64 {
	if p == DCV {
		return 250
	}
	return 200
}

// RecommendedAlarms returns alarms for a directory, with reasons, in a fixed order, as a new slice. An
// alarm on a metric that the edition does not have, or that WorkSpaces of the protocol do not report, is
// left out; on dates for which no version of the table of metrics is known there is none. CheckAlarm
// finds no violation in any. Missing data is never a breach: metrics of connections have none at
// night. The error is a *rule.InputError for a malformed ID, and for a certificate that is given twice, whose
// alarms would have one name.
func (r Rules) RecommendedAlarms(w Watched) ([]RecommendedAlarm, error) {
	if err := r.known(); err != nil {
		return nil, err
	}
	if row := r.s.dimensions["DirectoryId"]; !row.form.MatchString(w.Directory) && !isDirectory(w.Directory) {
		return nil, &rule.InputError{Path: "DirectoryId", Value: w.Directory, Reason: "is not of the form " + row.text}
	}
	given := map[string]bool{}
	for i, c := range w.Certificates {
		if row := r.s.dimensions["CertificateId"]; row.form != nil && !row.form.MatchString(c) {
			return nil, &rule.InputError{Path: rule.Path("CertificateIds").Index(i), Value: c, Reason: "is not of the form " + row.text}
		}
		if given[c] {
			return nil, &rule.InputError{Path: rule.Path("CertificateIds").Index(i), Value: c, Reason: "is given twice"}
		}
		given[c] = true
	}
	var list []RecommendedAlarm
	for i := range recommendations {
		rec := &recommendations[i]
		j, ok := r.s.byName[rec.metric]
		if !ok || rec.devices && len(w.Certificates) == 0 {
			continue
		}
		m := &r.s.metrics[j]
		if m.Protocol != AnyProtocol && m.Protocol != w.Protocol {
			continue
		}
		if !rec.perCertificate {
			list = append(list, rec.alarm(m, w, w.Directory+"-"+rec.suffix, Dimension{"DirectoryId", w.Directory}))
			continue
		}
		for _, c := range w.Certificates {
			list = append(list, rec.alarm(m, w, w.Directory+"-"+rec.suffix+"-"+strings.TrimPrefix(c, "wsc-"), Dimension{"CertificateId", c}))
		}
	}
	return list, nil
}

func (rec *recommendation) alarm(m *Metric, w Watched, name string, d Dimension) RecommendedAlarm {
	a := RecommendedAlarm{
		Name: name, Comparison: rec.comparison, Threshold: rec.threshold, DatapointsToAlarm: rec.of, Reason: rec.reason, Cite: m.Cite,
		Alarm: Alarm{
			Namespace: m.Namespace, MetricName: m.Name, Dimensions: []Dimension{d}, Statistic: rec.statistic, Period: rec.period, EvaluationPeriods: rec.periods,
			TreatMissingData: "notBreaching", Desktops: Desktops{Protocol: w.Protocol},
		},
	}
	if rec.latency {
		a.Threshold = latencyOf(w.Protocol)
	}
	return a
}
