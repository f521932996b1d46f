package monitor

import (
	"slices"
	"strings"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules for a metric, which an alarm and a query have in common.
const (
	NamespaceUnknown     rule.Code = "monitor.namespace-unknown"
	MetricUnknown        rule.Code = "monitor.metric-unknown"
	DimensionUnknown     rule.Code = "monitor.dimension-unknown"
	DimensionMalformed   rule.Code = "monitor.dimension-malformed"
	StatisticNotListed   rule.Code = "monitor.statistic-not-listed"
	UnitUnknown          rule.Code = "monitor.unit-unknown"
	UnitOther            rule.Code = "monitor.unit-other"
	ProtocolNotMeasured  rule.Code = "monitor.protocol-not-measured"
	WebAccessNotMeasured rule.Code = "monitor.web-access-not-measured"
	ModeNotMeasured      rule.Code = "monitor.running-mode-not-measured"
)

// The rules for an alarm, and for a query, alone.
const (
	StatisticNotOne     rule.Code = "monitor.statistic-not-one"
	PeriodInvalid       rule.Code = "monitor.period-invalid"
	PeriodTooShort      rule.Code = "monitor.period-too-short"
	EvaluationTooLong   rule.Code = "monitor.evaluation-too-long"
	MissingDataUnknown  rule.Code = "monitor.missing-data-unknown"
	MissingDataBreaches rule.Code = "monitor.missing-data-breaches"
	QueryPeriodInvalid  rule.Code = "monitor.query-period-invalid"
)

const (
	oldMetrics   = "Amazon WorkSpaces Metrics"
	newMetrics   = "WorkSpaces metrics"
	alarmSection = "PutMetricAlarm"
)

// Rules that ask the table of metrics are not in force while no version of it is known.
var metricRules = []tables.Rule{
	{
		Code:      NamespaceUnknown,
		Title:     "A namespace is not one of Amazon WorkSpaces.",
		Remedy:    "Write AWS/WorkSpaces; CloudWatch tells large letters from small ones.",
		Revisions: []rule.Revision{tables.Must(metricsPage, oldMetrics, firstVersion, "")},
	},
	{
		Code:      MetricUnknown,
		Title:     "The namespace has no metric of a name.",
		Remedy:    "Use a metric of the guide's table.",
		Revisions: []rule.Revision{tables.Must(metricsPage, oldMetrics, firstVersion, afterLastVersion), tables.Must(metricsPage, newMetrics, autumn2025, "")},
	},
	{
		Code:      DimensionUnknown,
		Title:     "A metric has no dimension of a name.",
		Remedy:    "Use a dimension that the guide's table has for the metric.",
		Revisions: []rule.Revision{tables.Must(metricsPage, oldMetrics, firstVersion, afterLastVersion), tables.Must(metricsPage, newMetrics, autumn2025, "")},
	},
	{
		Code:      DimensionMalformed,
		Title:     "The value of a dimension does not have its form.",
		Remedy:    "Write the value as the guide prints it.",
		Revisions: []rule.Revision{tables.Must(metricsPage, oldDimensions, firstVersion, afterLastVersion), tables.Must(metricsPage, newDimensions, autumn2025, "")},
	},
	{
		Code:      StatisticNotListed,
		Title:     "The guide does not list a statistic for a metric.",
		Remedy:    "Use a statistic that the guide lists for the metric.",
		Revisions: []rule.Revision{tables.Should(metricsPage, oldMetrics, firstVersion, afterLastVersion), tables.Should(metricsPage, newMetrics, autumn2025, "")},
	},
	{
		Code:      UnitUnknown,
		Title:     "CloudWatch has no unit of a name.",
		Remedy:    "Leave the unit out, or write it as CloudWatch does.",
		Revisions: []rule.Revision{tables.Must(cloudWatchAPI, "StandardUnit", "2015-04-28", "")},
	},
	{
		Code:   UnitOther,
		Title:  "A metric has another unit, so that no data is found.",
		Remedy: "Leave the unit out, or write the unit of the metric.",
		Revisions: []rule.Revision{
			tables.Must(cloudWatchAPI, alarmSection, "2016-02-18", afterLastVersion),
			{Level: rule.Must, Span: tables.During(autumn2025, ""), Cite: tables.Cite(cloudWatchAPI, alarmSection, "2016-02-18")},
		},
	},
	{
		Code:      ProtocolNotMeasured,
		Title:     "WorkSpaces of a protocol do not report a metric.",
		Remedy:    "Use a metric that WorkSpaces of the protocol report.",
		Revisions: []rule.Revision{tables.Must(metricsPage, oldMetrics, "2021-03-09", afterLastVersion), tables.Must(metricsPage, newMetrics, summer2026, "")},
	},
	{
		Code:      WebAccessNotMeasured,
		Title:     "A metric leaves out the users of Web Access.",
		Remedy:    "Do not read the metric as one of all users.",
		Revisions: []rule.Revision{tables.Should(metricsPage, newMetrics, autumn2025, summer2026)},
	},
	{
		Code:      ModeNotMeasured,
		Title:     "A metric is for WorkSpaces in the running mode AutoStop only.",
		Remedy:    "Do not watch it for WorkSpaces that are always on.",
		Revisions: []rule.Revision{tables.Should(metricsPage, oldMetrics, firstVersion, afterLastVersion), tables.Should(metricsPage, newMetrics, autumn2025, summer2026)},
	},
}

var alarmRules = []tables.Rule{
	{
		Code:      StatisticNotOne,
		Title:     "An alarm on a metric has not one statistic.",
		Remedy:    "Give a statistic or an extended statistic, and not both.",
		Revisions: []rule.Revision{tables.Must(cloudWatchAPI, alarmSection, "2017-12-08", "")},
	},
	{
		Code:      PeriodInvalid,
		Title:     "CloudWatch does not take a period for an alarm.",
		Remedy:    "Use a multiple of 60 seconds.",
		Revisions: []rule.Revision{tables.Must(cloudWatchAPI, alarmSection, "2017-07-26", "")},
	},
	{
		Code:      PeriodTooShort,
		Title:     "A period is only for metrics that are stored with a resolution of one second.",
		Remedy:    "Use a multiple of 60 seconds.",
		Revisions: []rule.Revision{tables.Should(cloudWatchAPI, alarmSection, "2017-07-26", "")},
	},
	{
		Code:      EvaluationTooLong,
		Title:     "An alarm looks further back than CloudWatch permits.",
		Remedy:    "Use fewer evaluation periods, or a shorter period.",
		Revisions: []rule.Revision{tables.Must(cloudWatchAPI, alarmSection, "2017-07-05", "")},
	},
	{
		Code:      MissingDataUnknown,
		Title:     "CloudWatch does not know a way to treat missing data.",
		Remedy:    "Write breaching, notBreaching, ignore or missing.",
		Revisions: []rule.Revision{tables.Must(cloudWatchAPI, alarmSection, "2017-04-04", "")},
		Figures:   []tables.Figure{{Name: "ways to treat missing data", Value: strings.Join(treatments, ", ")}},
	},
	{
		Code:   MissingDataBreaches,
		Title:  "A quiet time looks like a fault to an alarm.",
		Remedy: "Treat missing data as notBreaching or ignore: the metric has data only when users come.",
		Revisions: []rule.Revision{
			tables.Should(metricsPage, oldMetrics, firstVersion, afterLastVersion), tables.Should(metricsPage, newMetrics, autumn2025, ""),
		},
	},
	{
		Code:      QueryPeriodInvalid,
		Title:     "A period of a query is no multiple of 60 seconds.",
		Remedy:    "Use a multiple of 60 seconds: the metrics are not of high resolution.",
		Revisions: []rule.Revision{tables.Must(cloudWatchAPI, "GetMetricStatistics", "2015-04-28", "")},
	},
}

var treatments = []string{"breaching", "notBreaching", "ignore", "missing"}

// A Dimension is a name and a value that a metric is filtered by.
type Dimension struct {
	Name  string `json:"Name"`
	Value string `json:"Value"`
}

// Desktops are what is known of the WorkSpaces that a metric is asked of. The zero value is nothing.
type Desktops struct {
	Protocol    Protocol    // of all of them; AnyProtocol if that is not known
	RunningMode RunningMode // of all of them; "" if that is not known
	WebAccess   bool        // some users come by Web Access
}

// A RunningMode is that of a WorkSpace, spelled as the API spells it.
type RunningMode string

const (
	AlwaysOn RunningMode = "ALWAYS_ON"
	AutoStop RunningMode = "AUTO_STOP"
	Manual   RunningMode = "MANUAL"
)

// A Query is what GetMetricStatistics or one element of GetMetricData asks.
type Query struct {
	Namespace  string
	MetricName string
	Dimensions []Dimension
	Statistic  string // Average, Sum, Maximum, Minimum or SampleCount, or an extended one such as p90
	Period     int    // seconds
	Unit       string // "" for any, which is best
	Desktops   Desktops
}

// An Alarm is what PutMetricAlarm, a resource AWS::CloudWatch::Alarm or an aws_cloudwatch_metric_alarm
// has for an alarm on one metric.
type Alarm struct {
	Namespace         string
	MetricName        string
	Dimensions        []Dimension
	Statistic         string // one of this and the next
	ExtendedStatistic string // such as p90
	Period            int    // seconds
	EvaluationPeriods int    // 0 if it is not known
	Unit              string // "" for any, which is best
	TreatMissingData  string // "" is missing
	Desktops          Desktops
}

// CheckQuery checks a query against the table of metrics: whether there is such a metric, with such
// dimensions, statistic and unit, for such WorkSpaces. A statistic that the guide does not list is a
// Should, for CloudWatch computes it all the same. Open are extended statistics, none or several
// dimensions, of which no document says that they are published, and every metric on a date for
// which no version of the table is known. Paths are those of GetMetricStatistics. The error is for
// Rules without an edition.
func (r Rules) CheckQuery(q Query) (rule.Answer, error) {
	var a rule.Answer
	if err := r.known(); err != nil {
		return a, err
	}
	if m := r.s.checkMetric(&a, q.Namespace, q.MetricName, q.Dimensions, q.Unit, q.Desktops); m != nil {
		r.s.checkStatistic(&a, m, "Statistic", q.Statistic)
	}
	if q.Period <= 0 || q.Period%60 != 0 {
		r.s.rules.Break(&a, QueryPeriodInvalid, "Period", "%d seconds is no multiple of 60", q.Period)
	}
	return a.Concluded(), nil
}

// CheckAlarm checks an alarm as CheckQuery does a query, and what CloudWatch asks of an alarm: one
// statistic, a period and a length of evaluation that it takes, and a known way to treat missing data.
// An alarm that takes missing data for a breach is a Should on a metric that has data only when
// users come. On another metric it is open what a stopped WorkSpace reports, unless all are always on.
// Paths are those of PutMetricAlarm. The error is for Rules without an edition.
func (r Rules) CheckAlarm(in Alarm) (rule.Answer, error) {
	var a rule.Answer
	if err := r.known(); err != nil {
		return a, err
	}
	s := r.s
	m := s.checkMetric(&a, in.Namespace, in.MetricName, in.Dimensions, in.Unit, in.Desktops)
	switch {
	case (in.Statistic == "") == (in.ExtendedStatistic == ""):
		s.rules.Break(&a, StatisticNotOne, "Statistic", "Statistic is %q and ExtendedStatistic %q", in.Statistic, in.ExtendedStatistic)
	case m == nil:
	case in.ExtendedStatistic != "":
		a.NotDocumented("ExtendedStatistic", extendedStatistic)
	default:
		s.checkStatistic(&a, m, "Statistic", in.Statistic)
	}
	s.checkPeriod(&a, in.Period, in.EvaluationPeriods)
	s.checkMissingData(&a, in, m)
	return a.Concluded(), nil
}

const extendedStatistic = "the guide lists no percentile or other extended statistic for a metric"

// checkMetric checks what an alarm and a query have in common, and returns the metric, or nil if
// there is none to go on with.
func (s *snapshot) checkMetric(a *rule.Answer, namespace, name string, dimensions []Dimension, unit string, d Desktops) *Metric {
	if unit != "" && !slices.Contains(s.units, unit) {
		s.rules.Break(a, UnitUnknown, "Unit", "%q is no unit of CloudWatch", unit)
	}
	if namespace != Namespace && namespace != PoolsNamespace {
		s.rules.Break(a, NamespaceUnknown, "Namespace", "%q is not %s", namespace, Namespace)
		return nil
	}
	if s.unread {
		a.NotDocumented("MetricName", "no version of the table of metrics is known from 2022-09-03 until before 2025-10-21")
		return nil
	}
	i, ok := s.byName[name]
	if !ok {
		s.rules.Break(a, MetricUnknown, "MetricName", "%s has no metric %q%s", Namespace, name, s.similar(name))
		return nil
	}
	m := &s.metrics[i]
	if m.Namespace != namespace {
		a.NotDocumented("Namespace", "the guide prints "+m.Namespace+" for this metric, and "+namespace+" for others; CloudWatch tells large letters from small ones")
	}
	s.checkDimensions(a, m, dimensions)
	if unit != "" && unit != m.Unit && slices.Contains(s.units, unit) {
		s.rules.BreakBy(a, m.Cite, UnitOther, "Unit", "%s is in %s, not in %s", m.Name, m.Unit, unit)
	}
	if m.Protocol != AnyProtocol && d.Protocol != AnyProtocol && d.Protocol != m.Protocol {
		s.rules.BreakBy(a, m.Cite, ProtocolNotMeasured, "MetricName", "only WorkSpaces with %s report %s", m.Protocol, m.Name)
	} else if m.Protocol != AnyProtocol && d.Protocol == AnyProtocol {
		a.NotGiven("MetricName", "only WorkSpaces with "+string(m.Protocol)+" report it: the protocol of these is not given")
	}
	if m.NotWebAccess && d.WebAccess {
		s.rules.BreakBy(a, m.Cite, WebAccessNotMeasured, "MetricName", "%s leaves out the users of Web Access", m.Name)
	}
	if m.AutoStopOnly && d.RunningMode == AlwaysOn {
		s.rules.BreakBy(a, m.Cite, ModeNotMeasured, "MetricName", "%s applies to WorkSpaces in the running mode AutoStop", m.Name)
	}
	return m
}

// similar names the metric that differs from a name in case only.
func (s *snapshot) similar(name string) string {
	for i := range s.metrics {
		if strings.EqualFold(s.metrics[i].Name, name) {
			return "; there is " + s.metrics[i].Name
		}
	}
	return ""
}

func (s *snapshot) checkDimensions(a *rule.Answer, m *Metric, dimensions []Dimension) {
	if len(m.Dimensions) == 0 {
		a.NotDocumented("Dimensions", "the guide gives no dimension for "+m.Name)
		return
	}
	known := 0
	for i, d := range dimensions {
		at := rule.Path("Dimensions").Index(i)
		if table := spellings[d.Name]; table != "" && s.spelling != (rule.Citation{}) && slices.Contains(spelledMetrics, m.Name) {
			a.Contradicted(at.Join("Name"), "the guide spells a dimension of "+m.Name+" "+d.Name+", and "+table+" in its table of dimensions; CloudWatch tells large letters from small ones", s.spelling, s.dimensions[table].Cite)
			continue
		}
		if !slices.Contains(m.Dimensions, d.Name) {
			s.rules.BreakBy(a, m.Cite, DimensionUnknown, at.Join("Name"), "%s has no dimension %q", m.Name, d.Name)
			continue
		}
		known++
		row := s.dimensions[d.Name]
		switch {
		case d.Name == "DirectoryId" && strings.HasPrefix(d.Value, "wsd-"):
			a.NotDocumented(at.Join("Value"), "the guide prints the form of a directory ID as d-, and not that of a directory of another identity provider, wsd-")
		case row.form != nil && !row.form.MatchString(d.Value), d.Value == "":
			s.rules.BreakBy(a, row.Cite, DimensionMalformed, at.Join("Value"), "%q is not of the form %s", d.Value, row.text)
		}
	}
	switch {
	case len(dimensions) == 0:
		a.NotDocumented("Dimensions", "no document says that "+m.Name+" is published without a dimension")
	case known > 1:
		a.NotDocumented("Dimensions", "no document says that "+m.Name+" is published with these dimensions together; to CloudWatch each combination is a metric of its own")
	}
}

func (s *snapshot) checkStatistic(a *rule.Answer, m *Metric, at rule.Path, statistic string) {
	switch {
	case slices.Contains(m.Statistics, statistic):
	case slices.Contains(allStatistics, statistic) || statistic == "":
		s.rules.BreakBy(a, m.Cite, StatisticNotListed, at, "%s has %s, and not %q", m.Name, strings.Join(m.Statistics, ", "), statistic)
	default:
		a.NotDocumented(at, extendedStatistic)
	}
}

func (s *snapshot) checkPeriod(a *rule.Answer, period, periods int) {
	short := slices.Contains(s.periods.short, period)
	switch {
	case short:
		s.rules.BreakBy(a, s.periods.Cite, PeriodTooShort, "Period", "%d seconds is for metrics of high resolution, which those of AWS services are not: the alarm might often lack data", period)
	case period <= 0 || period%60 != 0:
		s.rules.BreakBy(a, s.periods.Cite, PeriodInvalid, "Period", "%d seconds is no multiple of 60", period)
		return
	}
	longest := s.evaluation.longest
	if period >= 60*60 {
		longest = s.evaluation.longHour
	}
	if periods < 0 || periods > longest/period {
		s.rules.BreakBy(a, s.evaluation.Cite, EvaluationTooLong, "EvaluationPeriods", "%d periods of %d seconds are not between one and %d seconds", periods, period, longest)
	}
}

func (s *snapshot) checkMissingData(a *rule.Answer, in Alarm, m *Metric) {
	const at = "TreatMissingData"
	if in.TreatMissingData != "" && !slices.Contains(treatments, in.TreatMissingData) {
		s.rules.Break(a, MissingDataUnknown, at, "%q is none of %s", in.TreatMissingData, strings.Join(treatments, ", "))
	}
	if m == nil || in.TreatMissingData != "breaching" {
		return
	}
	switch {
	case m.Trigger == OnConnection:
		s.rules.BreakBy(a, m.Cite, MissingDataBreaches, at, "%s has data only after a user has signed in and a client starts a session", m.Name)
	case m.Trigger == OnValidation:
		s.rules.BreakBy(a, m.Cite, MissingDataBreaches, at, "%s has data only when a user comes from a device that is checked", m.Name)
	case in.Desktops.RunningMode != AlwaysOn && len(m.Dimensions) > 1:
		a.NotDocumented(at, "no document says what a stopped WorkSpace reports: if it is nothing, the alarm takes each stop for a breach")
	}
}
