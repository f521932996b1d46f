package monitor

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

var (
	allStatistics   = []string{"Average", "Sum", "Maximum", "Minimum", "SampleCount"}
	noSum           = []string{"Average", "Maximum", "Minimum", "SampleCount"}
	usageStatistics = []string{"Average", "Maximum", "Minimum"}

	byDesktop   = []string{"DirectoryId", "WorkspaceId"}
	byAnything  = []string{"DirectoryId", "WorkspaceId", "RunningMode", "Protocol", "ComputeType", "BundleId", "UserName", "ComputerName"}
	byDirectory = []string{"DirectoryId"}
	byRoot      = []string{"CertificateId"}
)

// span is when a run of rows of the table was in force, and where it stands.
type span struct{ document, section, since, until string }

var (
	fromFirst  = span{metricsPage, oldMetrics, firstVersion, afterLastVersion}
	toMarch21  = span{metricsPage, oldMetrics, firstVersion, "2021-03-09"}
	fromMarch  = span{metricsPage, oldMetrics, "2021-03-09", afterLastVersion}
	fromApril  = span{metricsPage, oldMetrics, "2021-04-15", afterLastVersion}
	fromAutumn = span{metricsPage, newMetrics, autumn2025, ""}
	toSummer   = span{metricsPage, newMetrics, autumn2025, summer2026}
	fromSummer = span{metricsPage, newMetrics, summer2026, ""}
	fromAugust = span{metricsPage, newMetrics, august2026, ""}
	poolsSince = span{poolsMetricsPage, "Pools usage metrics", autumn2025, ""}
)

// An option is what a footnote says of a metric.
type option func(*Metric)

func on(t Trigger) option      { return func(m *Metric) { m.Trigger = t } }
func only(p Protocol) option   { return func(m *Metric) { m.Protocol = p } }
func notWebAccess(m *Metric)   { m.NotWebAccess = true }
func autoStopOnly(m *Metric)   { m.AutoStopOnly = true }
func inPools(m *Metric)        { m.Namespace = PoolsNamespace }
func personalRow(m *metricRow) { m.Namespace = Namespace }

func (s span) metric(name, unit string, statistics, dimensions []string, options ...option) metricRow {
	row := metricRow{tables.Since(s.document, s.section, s.since, s.until), Metric{Name: name, Unit: unit, Statistics: statistics, Dimensions: dimensions}}
	personalRow(&row)
	for _, o := range options {
		o(&row.Metric)
	}
	return row
}

// metricTable is by version. Its parameters are told of MetricUnknown alone: those of the other rules for
// metrics are the same. Until 2020-10-28 the page spelled the dimensions of six metrics
// DirectoryID and WorkspaceID, and DirectoryId and WorkspaceId in its table of dimensions, which is
// what is here. spellingTable has the others.
var metricTable = tables.Table[metricRow]{
	Name: "metrics",
	Key:  func(r metricRow) string { return r.Namespace + " " + r.Name },
	Lists: func(r metricRow) []rule.Parameter {
		return []rule.Parameter{{Rules: []rule.Code{MetricUnknown}, Name: "metric " + r.Name + " of " + r.Namespace, Value: r.Metric.String()}}
	},
	Rows: []metricRow{
		fromFirst.metric("Available", "Count", allStatistics, byDesktop),
		fromFirst.metric("Unhealthy", "Count", allStatistics, byDesktop),
		toMarch21.metric("ConnectionAttempt", "Count", allStatistics, byDesktop, on(OnConnection)),
		toMarch21.metric("ConnectionSuccess", "Count", allStatistics, byDesktop, on(OnConnection)),
		toMarch21.metric("ConnectionFailure", "Count", allStatistics, byDesktop, on(OnConnection)),
		fromMarch.metric("ConnectionAttempt", "Count", allStatistics, byDesktop, on(OnConnection), only(PCoIP)),
		fromMarch.metric("ConnectionSuccess", "Count", allStatistics, byDesktop, on(OnConnection), only(PCoIP)),
		fromMarch.metric("ConnectionFailure", "Count", allStatistics, byDesktop, on(OnConnection), only(PCoIP)),
		fromFirst.metric("SessionLaunchTime", "Seconds", allStatistics, byDesktop, on(OnConnection)),
		fromFirst.metric("InSessionLatency", "Milliseconds", allStatistics, byDesktop, on(OnConnection)),
		fromFirst.metric("SessionDisconnect", "Count", allStatistics, byDesktop, on(OnConnection)),
		fromFirst.metric("UserConnected", "Count", allStatistics, byDesktop),
		fromFirst.metric("Stopped", "Count", allStatistics, byDesktop),
		fromFirst.metric("Maintenance", "Count", allStatistics, byDesktop, autoStopOnly),
		fromApril.metric("TrustedDeviceValidationAttempt", "Count", allStatistics, byDirectory, on(OnValidation)),
		fromApril.metric("TrustedDeviceValidationSuccess", "Count", allStatistics, byDirectory, on(OnValidation)),
		fromApril.metric("TrustedDeviceValidationFailure", "Count", allStatistics, byDirectory, on(OnValidation)),
		fromApril.metric("TrustedDeviceCertificateDaysBeforeExpiration", "Count", allStatistics, byRoot),

		toSummer.metric("SessionLaunchTime", "Seconds", allStatistics, byAnything, on(OnConnection), notWebAccess),
		toSummer.metric("InSessionLatency", "Milliseconds", allStatistics, byAnything, on(OnConnection), notWebAccess),
		toSummer.metric("SessionDisconnect", "Count", allStatistics, byAnything, on(OnConnection), notWebAccess),
		toSummer.metric("Maintenance", "Count", allStatistics, byAnything, autoStopOnly),
		toSummer.metric("TrustedDeviceValidationAttempt", "Count", allStatistics, byDirectory, on(OnValidation), notWebAccess),
		toSummer.metric("TrustedDeviceValidationSuccess", "Count", allStatistics, byDirectory, on(OnValidation), notWebAccess),
		toSummer.metric("TrustedDeviceValidationFailure", "Count", allStatistics, byDirectory, on(OnValidation), notWebAccess),
		toSummer.metric("TrustedDeviceCertificateDaysBeforeExpiration", "Count", allStatistics, byRoot, notWebAccess),

		fromAutumn.metric("Available", "Count", allStatistics, byAnything),
		fromAutumn.metric("Unhealthy", "Count", allStatistics, byAnything),
		fromAutumn.metric("Stopped", "Count", allStatistics, byAnything),
		fromSummer.metric("Maintenance", "Count", allStatistics, byAnything),
		fromAutumn.metric("ConnectionAttempt", "Count", allStatistics, byAnything, on(OnConnection)),
		fromAutumn.metric("ConnectionSuccess", "Count", allStatistics, byAnything, on(OnConnection)),
		fromAutumn.metric("ConnectionFailure", "Count", allStatistics, byAnything, on(OnConnection)),
		fromSummer.metric("SessionLaunchTime", "Seconds", noSum, byAnything, on(OnConnection)),
		fromSummer.metric("SessionDisconnect", "Count", allStatistics, byAnything),
		fromAutumn.metric("UserConnected", "Count", allStatistics, byAnything),
		fromSummer.metric("TrustedDeviceValidationAttempt", "Count", allStatistics, byDirectory, on(OnValidation)),
		fromSummer.metric("TrustedDeviceValidationSuccess", "Count", allStatistics, byDirectory, on(OnValidation)),
		fromSummer.metric("TrustedDeviceValidationFailure", "Count", allStatistics, byDirectory, on(OnValidation)),
		fromSummer.metric("TrustedDeviceCertificateDaysBeforeExpiration", "Count", allStatistics, byRoot),
		fromAutumn.metric("CPUUsage", "Percent", usageStatistics, byAnything),
		fromAutumn.metric("MemoryUsage", "Percent", usageStatistics, byAnything),
		fromAutumn.metric("RootVolumeDiskUsage", "Percent", usageStatistics, byAnything),
		fromAutumn.metric("UserVolumeDiskUsage", "Percent", usageStatistics, byAnything),
		fromAugust.metric("GPUUsage", "Percent", usageStatistics, byAnything),
		fromAugust.metric("CPUQueueLength", "Count", usageStatistics, byAnything),
		fromAugust.metric("RootVolumeDiskIOQueueLength", "Count", usageStatistics, byAnything),
		fromAugust.metric("UserVolumeDiskIOQueueLength", "Count", usageStatistics, byAnything),
		fromAugust.metric("MemoryPageHardFaults", "Count/Second", usageStatistics, byAnything),
		fromAugust.metric("PagingFileUsage", "Percent", usageStatistics, byAnything),
		fromAutumn.metric("UpTime", "Seconds", noSum, byAnything),
		fromSummer.metric("InSessionLatency", "Milliseconds", noSum, byAnything),
		fromAutumn.metric("UDPPacketLossRate", "Percent", noSum, byAnything),
		fromSummer.metric("TCPRetransmissionRate", "Percent", noSum, byAnything, only(DCV)),
		fromSummer.metric("Bandwidth", "Kilobits/Second", noSum, byAnything, only(DCV)),
		fromSummer.metric("BandwidthInbound", "Kilobits/Second", noSum, byAnything, only(DCV)),
		fromSummer.metric("CongestionWindow", "Bytes", noSum, byAnything, only(DCV)),
		fromSummer.metric("ConnectionDuration", "Seconds", noSum, byAnything, only(DCV)),
		fromSummer.metric("FramesPerSecond", "Count/Second", usageStatistics, byAnything, only(DCV)),

		poolsSince.metric("ActiveUserSessionCapacity", "Count", usageStatistics, nil, inPools),
		poolsSince.metric("ActualUserSessionCapacity", "Count", usageStatistics, nil, inPools),
		poolsSince.metric("AvailableUserSessionCapacity", "Count", usageStatistics, nil, inPools),
		poolsSince.metric("PendingUserSessionCapacity", "Count", usageStatistics, nil, inPools),
		poolsSince.metric("UserSessionsCapacityUtilization", "Percent", usageStatistics, nil, inPools),
		poolsSince.metric("DesiredUserSessionCapacity", "Count", usageStatistics, nil, inPools),
		poolsSince.metric("InsufficientCapacityError", "Count", []string{"Average", "Minimum", "Maximum", "Sum"}, nil, inPools),
	},
}

// spelledMetrics are those whose dimensions the page spelled DirectoryID and WorkspaceID.
var spelledMetrics = []string{"SessionLaunchTime", "InSessionLatency", "SessionDisconnect", "UserConnected", "Stopped", "Maintenance"}

// spellings are the dimensions of these metrics, by their name in the table of dimensions.
var spellings = map[string]string{"DirectoryID": "DirectoryId", "WorkspaceID": "WorkspaceId"}

// spellingTable is the time in which the page had both spellings.
var spellingTable = tables.Table[tables.Dated]{
	Name: "second spelling of dimensions",
	Lists: func(tables.Dated) []rule.Parameter {
		return []rule.Parameter{{Rules: []rule.Code{DimensionUnknown}, Name: "second spelling of the dimensions of " + strings.Join(spelledMetrics, ", "), Value: "DirectoryID, WorkspaceID"}}
	},
	Rows: []tables.Dated{tables.Since(metricsPage, oldMetrics, firstVersion, "2020-10-28")},
}

// unreadTable is the time of which no version of the table of metrics was read. It cites the last one before.
var unreadTable = tables.Table[tables.Dated]{
	Name: "metrics not read",
	Lists: func(tables.Dated) []rule.Parameter {
		return []rule.Parameter{{Rules: []rule.Code{MetricUnknown}, Name: "metrics", Value: "not known: no version was read"}}
	},
	Rows: []tables.Dated{{Span: tables.During(afterLastVersion, autumn2025), Cite: tables.Cite(metricsPage, newMetrics, "2021-09-03")}},
}

// A dimensionRow is the form of the values of a dimension.
type dimensionRow struct {
	tables.Dated
	name string
	form *regexp.Regexp // nil if the guide gives none
	text string         // the form in words
}

func dimension(section, since, until, name, form, text string) dimensionRow {
	row := dimensionRow{tables.Since(metricsPage, section, since, until), name, nil, text}
	if form != "" {
		row.form = regexp.MustCompile(form)
	}
	return row
}

const (
	oldDimensions = "Dimensions for Amazon WorkSpaces Metrics"
	newDimensions = "Dimensions for WorkSpaces metrics"
)

// dimensionTable is by dimension. The guide prints IDs as d-XXXXXXXXXX and so on, with ten X, and
// for its roots with nine: no number of characters is taken from that. The letters of IDs are small in the
// model of the API, and CloudWatch tells values apart by case.
var dimensionTable = tables.Table[dimensionRow]{
	Name: "dimensions",
	Key:  func(r dimensionRow) string { return r.name },
	Lists: func(r dimensionRow) []rule.Parameter {
		return []rule.Parameter{{Rules: []rule.Code{DimensionMalformed}, Name: "dimension " + r.name, Value: r.text}}
	},
	Rows: []dimensionRow{
		dimension(oldDimensions, firstVersion, "", "DirectoryId", `^d-[0-9a-z]+$`, "d- and small letters or digits"),
		dimension(oldDimensions, firstVersion, "", "WorkspaceId", `^ws-[0-9a-z]+$`, "ws- and small letters or digits"),
		dimension(oldDimensions, "2021-04-15", "", "CertificateId", `^wsc-[0-9a-z]+$`, "wsc- and small letters or digits"),
		dimension(newDimensions, autumn2025, "", "RunningMode", `^(AutoStop|AlwaysOn)$`, "AutoStop or AlwaysOn"),
		dimension(newDimensions, autumn2025, "", "BundleId", `^wsb-[0-9a-z]+$`, "wsb- and small letters or digits"),
		dimension(newDimensions, autumn2025, "", "ComputeType", "", "a compute type; its values are not listed"),
		dimension(newDimensions, autumn2025, "", "Protocol", "", "a protocol; its values are not listed"),
		dimension(newDimensions, autumn2025, "", "UserName", `^[\x20-\x7e]+$`, "ASCII"),
		dimension(newDimensions, autumn2025, "", "ComputerName", "", "a computer name"),
	},
}

type prerequisiteRow struct {
	tables.Dated
	Prerequisite // without Cite
}

// prerequisiteTable has one row: every version and reading says the same, before the first heading.
var prerequisiteTable = tables.Table[prerequisiteRow]{
	Name: "what metrics need",
	Lists: func(r prerequisiteRow) []rule.Parameter {
		return []rule.Parameter{{Name: "open for metrics", Value: "port " + strconv.Itoa(r.Port) + " to " + r.Service + " of " + r.Region}}
	},
	Rows: []prerequisiteRow{{tables.Since(metricsPage, "Prerequisites", firstVersion, ""), Prerequisite{Transport: "tcp", Port: 443, Service: "AMAZON", Region: "us-east-1"}}},
}

type unitRow struct {
	tables.Dated
	unit string
}

// unitTable is the list of CloudWatch, which is the same in every version of its model.
var unitTable = tables.Table[unitRow]{
	Name: "units",
	Key:  func(r unitRow) string { return r.unit },
	Lists: func(r unitRow) []rule.Parameter {
		return []rule.Parameter{{Rules: []rule.Code{UnitUnknown}, Name: "unit of CloudWatch", Value: r.unit}}
	},
	Rows: func() (rows []unitRow) {
		for u := range strings.FieldsSeq("Seconds Microseconds Milliseconds Bytes Kilobytes Megabytes Gigabytes Terabytes Bits Kilobits Megabits Gigabits Terabits Percent Count " +
			"Bytes/Second Kilobytes/Second Megabytes/Second Gigabytes/Second Terabytes/Second Bits/Second Kilobits/Second Megabits/Second Gigabits/Second Terabits/Second Count/Second None") {
			rows = append(rows, unitRow{tables.Since(cloudWatchAPI, "StandardUnit", "2015-04-28", ""), u})
		}
		return rows
	}(),
}

// A periodRow is what CloudWatch takes as the period of an alarm, in seconds, beside multiples of 60.
type periodRow struct {
	tables.Dated
	short []int // for metrics of high resolution
}

// periodTable is by version of the model.
var periodTable = tables.Table[periodRow]{
	Name: "periods of alarms",
	Lists: func(r periodRow) []rule.Parameter {
		var short []string
		for _, s := range r.short {
			short = append(short, strconv.Itoa(s))
		}
		return []rule.Parameter{{Rules: []rule.Code{PeriodInvalid, PeriodTooShort}, Name: "period of an alarm", Value: strings.Join(short, ", ") + " s, or a multiple of 60 s"}}
	},
	Rows: []periodRow{
		{tables.Since(cloudWatchAPI, "PutMetricAlarm", "2017-07-26", "2025-05-21"), []int{10, 30}},
		{tables.Since(cloudWatchAPI, "PutMetricAlarm", "2025-05-21", ""), []int{10, 20, 30}},
	},
}

// An evaluationRow is how far back CloudWatch lets an alarm look, in seconds.
type evaluationRow struct {
	tables.Dated
	longest  int // period times evaluation periods, at most
	longHour int // the same for periods of an hour or more
}

// evaluationTable is by version of the model.
var evaluationTable = tables.Table[evaluationRow]{
	Name: "evaluation of alarms",
	Lists: func(r evaluationRow) []rule.Parameter {
		return []rule.Parameter{{Rules: []rule.Code{EvaluationTooLong}, Name: "evaluation of an alarm, longest", Value: strconv.Itoa(r.longest) + " s, with periods of an hour or more " + strconv.Itoa(r.longHour) + " s"}}
	},
	Rows: []evaluationRow{
		{tables.Since(cloudWatchAPI, "PutMetricAlarm", "2017-07-05", "2025-05-21"), 86400, 86400},
		{tables.Since(cloudWatchAPI, "PutMetricAlarm", "2025-05-21", ""), 86400, 604800},
	},
}
