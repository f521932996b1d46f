package preflight

import (
	"slices"
	"strings"

	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/rule"
)

// The files about what watches WorkSpaces. Neither wks collect nor the script of --collect writes them: many an
// account has alarms and rules of other services in them.
const (
	alarmsName     = "describe-alarms.json"
	eventRulesName = "list-rules.json"
)

// watchCommands write these files.
var watchCommands = map[string]string{alarmsName: "cloudwatch describe-alarms", eventRulesName: "events list-rules"}

type alarmsFile struct {
	MetricAlarms    []metricAlarm `need:"true"`
	CompositeAlarms unread
	LogAlarms       unread
	NextToken       string
}

type metricAlarm struct {
	element
	AlarmName                          string `need:"true"`
	Namespace                          string
	MetricName                         string
	Dimensions                         []dimension
	Statistic                          string
	ExtendedStatistic                  string
	Period                             int
	EvaluationPeriods                  int
	Unit                               string
	TreatMissingData                   string
	ActionsEnabled                     unread
	AlarmActions                       unread
	AlarmArn                           unread
	AlarmConfigurationUpdatedTimestamp unread
	AlarmDescription                   unread
	ComparisonOperator                 unread
	DatapointsToAlarm                  unread
	EvaluateLowSampleCountPercentile   unread
	EvaluationCriteria                 unread
	EvaluationInterval                 unread
	EvaluationState                    unread
	InsufficientDataActions            unread
	Metrics                            unread
	OKActions                          unread
	StateReason                        unread
	StateReasonData                    unread
	StateTransitionedTimestamp         unread
	StateUpdatedTimestamp              unread
	StateValue                         unread
	Threshold                          unread
	ThresholdMetricId                  unread
}

type dimension struct{ Name, Value string }

type eventRulesFile struct {
	Rules     []eventRule `need:"true"`
	NextToken string
}

type eventRule struct {
	element
	Name               string `need:"true"`
	EventPattern       string
	State              string
	Arn                unread
	Description        unread
	EventBusName       unread
	ManagedBy          unread
	RoleArn            unread
	ScheduleExpression unread
}

func (x *metricAlarm) id() string { return x.AlarmName }
func (x *eventRule) id() string   { return x.Name }

func (x *metricAlarm) resource() finding.Resource {
	return finding.Resource{Kind: "alarm", ID: x.AlarmName}
}

func (x *eventRule) resource() finding.Resource {
	return finding.Resource{Kind: "rule of EventBridge", ID: x.Name}
}

// watchSections check the alarms on metrics of WorkSpaces, and the event patterns for access events.
func (c *regionCheck) watchSections() {
	s, n := newSection("alarms"), 0
	for _, a := range c.alarms.elements() {
		if !strings.EqualFold(a.Namespace, monitor.Namespace) {
			continue
		}
		n++
		s.doubt(a.spoilt())
		answer, err := c.rules.Monitor.CheckAlarm(a.asked(c))
		answer.Violations = slices.DeleteFunc(answer.Violations, func(v rule.Violation) bool {
			return a.lacks(v.Path) != nil || v.Path == "Statistic" && a.lacks("ExtendedStatistic") != nil // a value that cannot be used breaks no rule
		})
		answer = answer.Concluded()
		s.take(answer, err, a.at.below)
	}
	if c.alarms != nil {
		s.Lines = append(s.Lines, say("%d %s of WorkSpaces; wks monitor alarms writes some for a directory", n, plural(n, "alarm is on metrics", "alarms are on metrics")))
		c.add(s)
	}
	s, n = newSection("event patterns"), 0
	for _, r := range c.eventRules.elements() {
		if !strings.Contains(r.EventPattern, monitor.DetailType) || r.lacks("EventPattern") != nil {
			continue
		}
		n++
		answer, err := c.rules.Monitor.CheckPattern([]byte(r.EventPattern))
		s.take(answer, err, func(p rule.Path) place { return r.at.below("EventPattern").below(p) })
		if r.State == "DISABLED" {
			s.Lines = append(s.Lines, rule.Shorten(r.Name)+" is disabled")
			s.tell = true
		}
	}
	if c.eventRules != nil {
		s.Lines = append(s.Lines, say("%d %s access events", n, plural(n, "rule is for", "rules are for")))
		c.add(s)
	}
}

// asked is the alarm as package monitor has it, with what the export tells of the WorkSpaces that it watches.
func (x *metricAlarm) asked(c *regionCheck) monitor.Alarm {
	a := monitor.Alarm{
		Namespace: x.Namespace, MetricName: x.MetricName, Statistic: x.Statistic, ExtendedStatistic: x.ExtendedStatistic, Period: x.Period, EvaluationPeriods: x.EvaluationPeriods,
		Unit: x.Unit, TreatMissingData: x.TreatMissingData,
	}
	for _, d := range x.Dimensions {
		a.Dimensions = append(a.Dimensions, monitor.Dimension(d))
		if w := c.workspaces.find(d.Value); d.Name == "WorkspaceId" && w != nil {
			p := &w.WorkspaceProperties
			if len(p.Protocols) == 1 {
				a.Desktops.Protocol = monitor.Protocol(p.Protocols[0])
			}
			a.Desktops.RunningMode = runningModes[p.RunningMode]
		}
	}
	return a
}

// runningModes are those that package monitor knows, by the values of the API.
var runningModes = map[string]monitor.RunningMode{"ALWAYS_ON": monitor.AlwaysOn, "AUTO_STOP": monitor.AutoStop}
