package monitor

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/monitor"
)

// writeText writes alarms for people.
func writeText(w io.Writer, alarms []monitor.RecommendedAlarm, _ string) error {
	for _, a := range alarms {
		if _, err := fmt.Fprintf(w, "%s\n  %s %s of %s %s for %d of %d periods of %d s\n  %s\n", a.Name, a.Alarm.Statistic, a.Alarm.MetricName, operators[a.Comparison],
			number(a.Threshold), a.DatapointsToAlarm, a.Alarm.EvaluationPeriods, a.Alarm.Period, a.Reason); err != nil {
			return err
		}
	}
	return nil
}

var operators = map[string]string{"GreaterThanOrEqualToThreshold": "at least", "LessThanOrEqualToThreshold": "at most"}

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// A resource is AWS::CloudWatch::Alarm.
type resource struct {
	Type       string
	Properties properties
}

type properties struct {
	AlarmName          string
	AlarmDescription   string
	Namespace          string
	MetricName         string
	Dimensions         []monitor.Dimension
	Statistic          string
	Period             int
	EvaluationPeriods  int
	DatapointsToAlarm  int
	ComparisonOperator string
	Threshold          float64
	TreatMissingData   string
	AlarmActions       []string `json:",omitempty"`
}

// writeCloudFormation writes a template in JSON.
func writeCloudFormation(w io.Writer, alarms []monitor.RecommendedAlarm, topic string) error {
	resources := map[string]resource{}
	for _, a := range alarms {
		p := properties{
			AlarmName: a.Name, AlarmDescription: a.Reason, Namespace: a.Alarm.Namespace, MetricName: a.Alarm.MetricName, Dimensions: a.Alarm.Dimensions, Statistic: a.Alarm.Statistic,
			Period: a.Alarm.Period, EvaluationPeriods: a.Alarm.EvaluationPeriods, DatapointsToAlarm: a.DatapointsToAlarm, ComparisonOperator: a.Comparison, Threshold: a.Threshold,
			TreatMissingData: a.Alarm.TreatMissingData,
		}
		if topic != "" {
			p.AlarmActions = []string{topic}
		}
		resources[logicalID(a.Name)] = resource{"AWS::CloudWatch::Alarm", p}
	}
	return cli.WriteJSON(w, struct {
		AWSTemplateFormatVersion string
		Description              string
		Resources                map[string]resource
	}{"2010-09-09", "Alarms for WorkSpaces, with thresholds to start from", resources})
}

// logicalID writes the name of an alarm, which has letters, digits and hyphens, in letters and digits alone:
// d-906732b9ab-user-volume as D906732b9abUserVolume.
func logicalID(name string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(name, "-") {
		for i, r := range part {
			if i == 0 {
				r = unicode.ToUpper(r)
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// writeTerraform writes resources of the AWS provider.
func writeTerraform(w io.Writer, alarms []monitor.RecommendedAlarm, topic string) error {
	var b strings.Builder
	for i, a := range alarms {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "resource \"aws_cloudwatch_metric_alarm\" %s {\n", hcl(strings.ReplaceAll(a.Name, "-", "_")))
		attributes := [][2]string{
			{"alarm_name", hcl(a.Name)}, {"alarm_description", hcl(a.Reason)}, {"namespace", hcl(a.Alarm.Namespace)}, {"metric_name", hcl(a.Alarm.MetricName)},
			{"statistic", hcl(a.Alarm.Statistic)}, {"period", strconv.Itoa(a.Alarm.Period)}, {"evaluation_periods", strconv.Itoa(a.Alarm.EvaluationPeriods)},
			{"datapoints_to_alarm", strconv.Itoa(a.DatapointsToAlarm)}, {"comparison_operator", hcl(a.Comparison)}, {"threshold", number(a.Threshold)},
			{"treat_missing_data", hcl(a.Alarm.TreatMissingData)},
		}
		if topic != "" {
			attributes = append(attributes, [2]string{"alarm_actions", "[" + hcl(topic) + "]"})
		}
		width := 0
		for _, at := range attributes {
			width = max(width, len(at[0]))
		}
		for _, at := range attributes {
			fmt.Fprintf(&b, "  %-*s = %s\n", width, at[0], at[1])
		}
		b.WriteString("\n  dimensions = {\n")
		for _, d := range a.Alarm.Dimensions {
			fmt.Fprintf(&b, "    %s = %s\n", d.Name, hcl(d.Value))
		}
		b.WriteString("  }\n}\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// hcl writes a text as a literal of HCL, in which ${ and %{ would begin a template.
func hcl(s string) string {
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(strconv.Quote(s))
}
