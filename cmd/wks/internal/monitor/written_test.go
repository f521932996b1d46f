package monitor

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/rule"
)

const topic = "arn:aws:sns:us-east-1:123456789012:alerts"

// watched are the flags of alarms and what they ask package monitor for.
var watched = []struct {
	flags []string
	topic string
	want  monitor.Watched
}{
	{nil, "", monitor.Watched{}},
	{[]string{"--protocol", "PCOIP"}, "", monitor.Watched{Protocol: monitor.PCoIP}},
	{[]string{"--protocol", "wsp", "--certificate", "wsc-1a2b3c4d5,wsc-1a2b3c4d6", "--topic", topic}, topic, monitor.Watched{Protocol: monitor.DCV, Certificates: []string{"wsc-1a2b3c4d5", "wsc-1a2b3c4d6"}}},
}

// eachAlarm writes the alarms of all that is watched in a format.
func eachAlarm(t *testing.T, format string, do func(out, topic string, want []monitor.RecommendedAlarm)) {
	t.Helper()
	for _, tt := range watched {
		tt.want.Directory = "d-906732b9ab"
		want, err := monitor.Newest().RecommendedAlarms(tt.want)
		if err != nil {
			t.Fatal(err)
		}
		args := append([]string{"alarms", "--directory", "d-906732b9ab"}, tt.flags...)
		if format != "" {
			args = append(args, "--format", format)
		}
		status, out, errs := run("", args...)
		if status != cli.Clean || errs != "" || len(want) < 4 {
			t.Fatalf("%q: status %d, %d alarms, %s", args, status, len(want), errs)
		}
		do(out, tt.topic, want)
	}
}

// A template has a resource for each alarm, with the properties of AWS::CloudWatch::Alarm.
func TestTemplateHasTheAlarms(t *testing.T) {
	eachAlarm(t, "cloudformation", func(out, topic string, want []monitor.RecommendedAlarm) {
		var template struct {
			AWSTemplateFormatVersion string
			Resources                map[string]struct {
				Type       string
				Properties map[string]any
			}
		}
		if err := json.Unmarshal([]byte(out), &template); err != nil || template.AWSTemplateFormatVersion != "2010-09-09" || len(template.Resources) != len(want) {
			t.Fatalf("%v, %d alarms: %s", err, len(want), out)
		}
		byName := map[string]map[string]any{}
		logical := regexp.MustCompile(`^[A-Za-z0-9]{1,255}$`)
		for id, r := range template.Resources {
			if r.Type != "AWS::CloudWatch::Alarm" || !logical.MatchString(id) {
				t.Errorf("%q is a %s", id, r.Type)
			}
			byName[fmt.Sprint(r.Properties["AlarmName"])] = r.Properties
		}
		for _, a := range want {
			properties := map[string]any{
				"AlarmName": a.Name, "AlarmDescription": a.Reason, "Namespace": a.Alarm.Namespace, "MetricName": a.Alarm.MetricName, "Statistic": a.Alarm.Statistic,
				"Dimensions": []any{map[string]any{"Name": a.Alarm.Dimensions[0].Name, "Value": a.Alarm.Dimensions[0].Value}},
				"Period":     float64(a.Alarm.Period), "EvaluationPeriods": float64(a.Alarm.EvaluationPeriods), "DatapointsToAlarm": float64(a.DatapointsToAlarm),
				"ComparisonOperator": a.Comparison, "Threshold": a.Threshold, "TreatMissingData": a.Alarm.TreatMissingData,
			}
			if topic != "" {
				properties["AlarmActions"] = []any{topic}
			}
			if got := byName[a.Name]; !reflect.DeepEqual(got, properties) {
				t.Errorf("%s:\n%v, want\n%v", a.Name, got, properties)
			}
		}
	})
}

// hclText reads a literal of HCL.
func hclText(t *testing.T, s string) string {
	t.Helper()
	text, err := strconv.Unquote(s)
	if err != nil {
		t.Errorf("%s: %v", s, err)
	}
	return text
}

// A configuration has a resource for each alarm in their order, laid out as terraform fmt does: the signs of a group of
// attributes below each other, and an empty line between resources.
func TestConfigurationHasTheAlarms(t *testing.T) {
	attribute := regexp.MustCompile(`^( +)([a-z_A-Z]+)( *) = (.*)$`)
	eachAlarm(t, "terraform", func(out, topic string, want []monitor.RecommendedAlarm) {
		if strings.HasPrefix(out, "\n") || !strings.HasSuffix(out, "}\n") {
			t.Errorf("%q", out)
		}
		resources := strings.Split(strings.TrimSuffix(out, "}\n"), "}\n\n")
		if len(resources) != len(want) {
			t.Fatalf("%d resources, %d alarms: %s", len(resources), len(want), out)
		}
		for i, text := range resources {
			a := want[i]
			first, rest, _ := strings.Cut(text, "\n")
			if first != `resource "aws_cloudwatch_metric_alarm" "`+strings.ReplaceAll(a.Name, "-", "_")+`" {` {
				t.Errorf("%s", first)
			}
			body, dimensions, ok := strings.Cut(rest, "\n\n  dimensions = {\n")
			if !ok || dimensions != "    "+a.Alarm.Dimensions[0].Name+` = "`+a.Alarm.Dimensions[0].Value+"\"\n  }\n" {
				t.Errorf("%s: dimensions %q", a.Name, dimensions)
			}
			got, column, longest := map[string]string{}, 0, 0
			for l := range strings.SplitSeq(body, "\n") {
				m := attribute.FindStringSubmatch(l)
				if m == nil {
					t.Errorf("%q", l)
					continue
				}
				if at := strings.Index(l, "="); column == 0 {
					column = at
				} else if at != column {
					t.Errorf("%q is not laid out in columns", l)
				}
				longest = max(longest, len(m[2]))
				got[m[2]] = m[4]
			}
			if column != 2+longest+1 {
				t.Errorf("%s: the signs stand in column %d behind names of %d", a.Name, column, longest)
			}
			numbers := map[string]float64{"period": float64(a.Alarm.Period), "evaluation_periods": float64(a.Alarm.EvaluationPeriods), "datapoints_to_alarm": float64(a.DatapointsToAlarm), "threshold": a.Threshold}
			texts := map[string]string{
				"alarm_name": a.Name, "alarm_description": a.Reason, "namespace": a.Alarm.Namespace, "metric_name": a.Alarm.MetricName, "statistic": a.Alarm.Statistic,
				"comparison_operator": a.Comparison, "treat_missing_data": a.Alarm.TreatMissingData,
			}
			for name, number := range numbers {
				if f, err := strconv.ParseFloat(got[name], 64); err != nil || f != number {
					t.Errorf("%s: %s is %s, want %v", a.Name, name, got[name], number)
				}
			}
			for name, text := range texts {
				if hclText(t, got[name]) != text {
					t.Errorf("%s: %s is %s, want %q", a.Name, name, got[name], text)
				}
			}
			n := len(numbers) + len(texts)
			if topic != "" {
				n++
				if got["alarm_actions"] != `["`+topic+`"]` {
					t.Errorf("%s: actions %s", a.Name, got["alarm_actions"])
				}
			}
			if len(got) != n {
				t.Errorf("%s: %d attributes, want %d: %v", a.Name, len(got), n, got)
			}
		}
	})
}

// The text tells of each alarm what it looks at and why. It is the format that one gets without asking.
func TestTextHasTheAlarms(t *testing.T) {
	words := map[string]string{"GreaterThanOrEqualToThreshold": "at least", "LessThanOrEqualToThreshold": "at most"}
	for _, format := range []string{"", "text"} {
		eachAlarm(t, format, func(out, _ string, want []monitor.RecommendedAlarm) {
			var text string
			for _, a := range want {
				text += fmt.Sprintf("%s\n  %s %s of %s %v for %d of %d periods of %d s\n  %s\n", a.Name, a.Alarm.Statistic, a.Alarm.MetricName, words[a.Comparison], a.Threshold, a.DatapointsToAlarm, a.Alarm.EvaluationPeriods, a.Alarm.Period, a.Reason)
			}
			if out != text {
				t.Errorf("got\n%s\nwant\n%s", out, text)
			}
		})
	}
}

// A topic is an ARN of SNS with an account of twelve digits and a name of at most 256 letters, digits and _.- .
func TestTopics(t *testing.T) {
	const before = "arn:aws:sns:us-east-1:123456789012:"
	for text, good := range map[string]bool{
		topic: true, "arn:aws-us-gov:sns:us-gov-west-1:123456789012:a": true, before + "orders.fifo": true, before + strings.Repeat("n", 256): true, before + strings.Repeat("n", 257): false,
		before: false, "arn:aws:sns:us-east-1:12345678901:a": false, "arn:aws:sns:us-east-1:1234567890123:a": false, "arn:aws:sqs:us-east-1:123456789012:a": false, before + "a b": false, "x" + topic: false, topic + ":x": false,
	} {
		if status, _, errs := run("", "alarms", "--directory", "d-906732b9ab", "--topic", text); (status == cli.Clean) != good {
			t.Errorf("%q: status %d, %s", text, status, errs)
		}
	}
}

// Each metric of the edition is listed with all that the table tells of it, for people and as JSON.
func TestMetricsAreThoseOfTheEdition(t *testing.T) {
	for _, args := range [][]string{{"metrics"}, {"metrics", "--edition", "2021-04-15"}} {
		rules := monitor.Newest()
		if len(args) > 1 {
			var err error
			if rules, err = monitor.At(mustEdition(t, args[2])); err != nil {
				t.Fatal(err)
			}
		}
		_, out, errs := run("", append(args, "--json")...)
		var list []map[string]any
		if err := json.Unmarshal([]byte(out), &list); err != nil || errs != "" {
			t.Fatalf("%v, %s", err, errs)
		}
		_, text, _ := run("", args...)
		lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
		want := rules.Metrics()
		if len(list) != len(want) || len(lines) != len(want) || len(want) == 0 {
			t.Fatalf("%d and %d metrics, want %d", len(list), len(lines), len(want))
		}
		for i, m := range want {
			if l := m.Namespace + " " + m.Name + ": " + m.String(); lines[i] != l {
				t.Errorf("%q, want %q", lines[i], l)
			}
			for name, value := range map[string]string{"namespace": m.Namespace, "name": m.Name, "unit": m.Unit, "trigger": string(m.Trigger), "protocol": string(m.Protocol)} {
				if got, _ := list[i][name].(string); got != value {
					t.Errorf("%s: %s is %q, want %q", m.Name, name, got, value)
				}
			}
			for name, values := range map[string][]string{"statistics": m.Statistics, "dimensions": m.Dimensions} {
				if got, ok := list[i][name].([]any); !ok || fmt.Sprint(got) != fmt.Sprint(values) {
					t.Errorf("%s: %s are %v, want %v", m.Name, name, list[i][name], values)
				}
			}
			if cite, _ := list[i]["cite"].(map[string]any); cite["document"] != m.Cite.Document || cite["section"] != m.Cite.Section {
				t.Errorf("%s: cite %v, want %+v", m.Name, list[i]["cite"], m.Cite)
			}
		}
	}
}

// A check prints the verdict, then each violation with its level and what to do, then what is open.
func TestCheckOfPattern(t *testing.T) {
	for text, edition := range map[string]string{
		`{"source": ["aws.workspaces"], "detail-type": ["WorkSpaces Access"]}`:                                                              "",
		`{"source": ["aws.workspace"], "detail-type": ["WorkSpaces Access"], "detail": {"clientPlatform": ["macOS"]}}`:                      "",
		`{"source": ["aws.workspaces"], "detail-type": ["WorkSpaces Access"], "detail": {"workspaceId": [{"suffix": "x"}]}}`:                "2021-01-01",
		`{"source": ["aws.workspaces"], "detail-type": ["WorkSpaces Access"], "detail": {"clientPlatform": ["macOS"], "unheardOf": ["x"]}}`: "",
	} {
		rules, args := monitor.Newest(), []string{"pattern", "-"}
		if edition != "" {
			var err error
			if rules, err = monitor.At(mustEdition(t, edition)); err != nil {
				t.Fatal(err)
			}
			args = append(args, "--edition", edition)
		}
		a, err := rules.CheckPattern([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		want := a.Verdict.String() + "\n"
		for _, v := range a.Violations {
			want += string(v.Level) + " " + v.Error() + "\n  " + v.Remedy + "\n"
		}
		for _, o := range a.Open {
			want += "open " + o.String() + "\n"
		}
		status := map[string]int{"allowed": cli.Clean, "denied": cli.Broken, "undocumented": cli.Unanswered}
		if got, out, errs := run(text, args...); out != want || errs != "" || got != status[a.Verdict.String()] {
			t.Errorf("%s: status %d\n%s%s, want\n%s", text, got, out, errs, want)
		}
	}
}

// A pattern has at most a mebibyte, and is read from a file as well as from the standard input.
func TestBoundOfPattern(t *testing.T) {
	const pattern = `{"source": ["aws.workspaces"], "detail-type": ["WorkSpaces Access"]}`
	for size, want := range map[int]int{1 << 20: cli.Clean, 1<<20 + 1: cli.Unanswered} {
		text := pattern + strings.Repeat(" ", size-len(pattern))
		file := filepath.Join(t.TempDir(), "rule.json")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"-", file} {
			if status, _, errs := run(text, "pattern", name); status != want || want != cli.Clean && !strings.Contains(errs, "1 MiB") {
				t.Errorf("%d bytes of %s: status %d, %s", size, name, status, errs)
			}
		}
	}
}

// What is written by flags is what package monitor writes, and no flag of it goes with a file.
func TestFlagsOfPattern(t *testing.T) {
	values := map[string]string{"directory": "d-906732b9ab", "workspace": "ws-9v8m1kqzr", "product": "WorkSpaces Desktop client", "platform": "OSX", "from": "192.0.2.0/24"}
	members := map[string]string{"directory": "directoryId", "workspace": "workspaceId", "product": "workspacesClientProductName", "platform": "clientPlatform", "from": "clientIpAddress"}
	for name, value := range values {
		_, out, errs := run("", "pattern", "--"+name, value)
		var pattern struct{ Detail map[string][]any }
		if err := json.Unmarshal([]byte(out), &pattern); err != nil || len(pattern.Detail) != 1 || len(pattern.Detail[members[name]]) != 1 || !strings.Contains(out, value) {
			t.Errorf("--%s: %s%s", name, out, errs)
		}
		if status, out, errs := run("{}", "pattern", "-", "--"+name, value); status != cli.Unanswered || out != "" || !strings.Contains(errs, "and not both") {
			t.Errorf("--%s with a file: status %d, %s%s", name, status, out, errs)
		}
	}
	// A flag without a value of its own is given all the same.
	if status, _, _ := run("{}", "pattern", "-", "--product", ""); status != cli.Unanswered {
		t.Errorf("status %d", status)
	}
}

// A command without a subcommand tells what there is.
func TestHelp(t *testing.T) {
	status, out, errs := run("")
	if status != cli.Clean || errs != "" || !slices.ContainsFunc(strings.Split(out, "\n"), func(l string) bool { return strings.HasPrefix(strings.TrimSpace(l), "alarms ") }) {
		t.Errorf("status %d, %s%s", status, out, errs)
	}
	for _, args := range [][]string{{"alarms", "x", "--directory", "d-906732b9ab"}, {"metrics", "x"}, {"pattern", "a", "b"}, {"metrics", "--edition", "x"}, {"pattern", "--edition", "x"}, {"alarms", "--directory", "d-906732b9ab", "--edition", "x"}} {
		if status, out, errs := run("", args...); status != cli.Unanswered || out != "" || errs == "" {
			t.Errorf("%q: status %d, %s", args, status, out)
		}
	}
}

// One pattern is checked, and an answer that there is not is the error.
func TestOnePattern(t *testing.T) {
	const pattern = `{"source": ["aws.workspaces"], "detail-type": ["WorkSpaces Access"]}`
	if status, out, errs := run(pattern, "pattern", "-", "-"); status != cli.Unanswered || out != "" || errs == "" {
		t.Errorf("status %d, %s%s", status, out, errs)
	}
	cmd := Command()
	var out strings.Builder
	cmd.SetIn(strings.NewReader(pattern))
	cmd.SetOut(&out)
	if err := check(cmd, monitor.Rules{}, "-"); err == nil || out.Len() > 0 {
		t.Errorf("%v, %s", err, out.String())
	}
}

// A threshold is written as it is, without an exponent.
func TestNumber(t *testing.T) {
	for want, f := range map[string]float64{"1": 1, "250": 250, "0.5": 0.5, "0.125": 0.125, "100000000000000000000": 1e20} {
		if got := number(f); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// A full is a writer that has room for some bytes.
type full struct{ room int }

func (f *full) Write(p []byte) (int, error) {
	if len(p) > f.room {
		return 0, errors.New("no room")
	}
	f.room -= len(p)
	return len(p), nil
}

// What cannot be written is an error, wherever the disk is full.
func TestFullDisk(t *testing.T) {
	for _, args := range [][]string{{"alarms", "--directory", "d-906732b9ab"}, {"alarms", "--directory", "d-906732b9ab", "--format", "terraform"}, {"alarms", "--directory", "d-906732b9ab", "--format", "cloudformation"}, {"metrics"}, {"metrics", "--json"}, {"pattern", "--platform", "OSX"}} {
		_, out, _ := run("", args...)
		for _, room := range []int{0, len(out) - 1} {
			var errs strings.Builder
			if status := cli.Run(Command(), args, nil, &full{room}, &errs); status != cli.Unanswered || !strings.Contains(errs.String(), "no room") {
				t.Errorf("%q with room for %d of %d bytes: status %d, %s", args, room, len(out), status, errs.String())
			}
		}
	}
}

func mustEdition(t *testing.T, text string) rule.Edition {
	t.Helper()
	e, err := rule.ParseEdition(text)
	if err != nil {
		t.Fatal(err)
	}
	return e
}
