package monitor_test

import (
	"io"
	"iter"
	"net/netip"
	"os"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/rule"
)

func TestAnything(t *testing.T) {
	login := monitor.Login{
		ID: "a\x1b", Account: "123456789012", Region: "us-east-1", ClientIP: netip.MustParseAddr("192.0.2.1"), Product: "WorkSpaces Desktop client", Platform: "OSX", Version: "5.1",
		Directory: "d-906732b9ab", Workspace: "ws-9v8m1kqzr", Time: time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC),
	}
	directory := monitor.Dimension{Name: "DirectoryId", Value: "d-906732b9ab"}
	texts := []string{
		string(event(1)), strings.Replace(string(event(1)), "ws-0", "ws-\\u001b", 1), strings.Replace(string(event(1)), "Windows", "\\u202e", 2), `{"events":[{"message":` + quoted(event(2)) + `}]}`,
		"{\"\x1b", `{"detail":[`, "2026-09-01T00:00:00Z {}", "\x1f\x8b", `{"source":["aws.workspaces"],"detail-type":["WorkSpaces Access"],"detail":{"clientPlatform":[{"prefix":"\u001b"}]}}`, `{"\u001b":[1]}`,
		`{"$or":[{"detail":{"workspaceId":["a"]}}]}`, "AWS/WorkSpaces", "AWS/Workspaces", "Unhealthy", "Bandwidth", "Average", "p90", "Milliseconds", "breaching", "DirectoryId", "d-906732b9ab", "wsc-1", "ALLOW", "DENY", "TRUST", "5.1", "WSP", "PCOIP",
	}
	texts = append(texts, productNames[:4]...)
	ruletest.Anything{
		Dir: os.DirFS("."),
		Exports: map[string]any{
			"At": monitor.At, "Newest": monitor.Newest, "Editions": monitor.Editions, "Catalogue": monitor.Catalogue, "Documents": monitor.Documents, "Parameters": monitor.Parameters,
			"Rules": monitor.Rules{}, "Events": monitor.Events{}, "FaultError": monitor.FaultError{}, "Login": monitor.Login{}, "Metric": monitor.Metric{}, "Usage": monitor.Usage{}, "Repeats": monitor.Repeats{},
		},
		Sound: []any{
			login, &login, monitor.Alarm{Namespace: "AWS/WorkSpaces", MetricName: "Unhealthy", Dimensions: []monitor.Dimension{directory}, Statistic: "Sum", Period: 300, EvaluationPeriods: 3},
			monitor.Query{Namespace: "AWS/WorkSpaces", MetricName: "InSessionLatency", Dimensions: []monitor.Dimension{directory}, Statistic: "Average", Period: 300, Unit: "Milliseconds"},
			monitor.Watched{Directory: "d-906732b9ab", Certificates: []string{"wsc-1"}}, monitor.EventFilter{Directories: []string{"d-906732b9ab"}, From: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}},
			monitor.Trial{Devices: map[monitor.DeviceType]monitor.DeviceAccess{monitor.OSX: monitor.DenyDevices}, Minimum: map[monitor.DeviceType]string{monitor.OSX: "5.2"}},
			[]monitor.Desktop{{ID: "ws-9v8m1kqzr", User: "a\x1b", RunningMode: monitor.AlwaysOn}}, monitor.FaultError{ID: "\x1b", Faults: []monitor.Fault{{Path: "id", Value: "\x1b", Reason: "x"}}},
			monitor.Assumption{Session: time.Hour, Timeout: time.Hour},
		},
		Draw: map[reflect.Type]func(t *rapid.T) any{
			reflect.TypeFor[monitor.Rules](): func(t *rapid.T) any {
				e := rapid.SampledFrom(append(monitor.Editions(), monitor.Rules{}.Edition())).Draw(t, "edition")
				r, _ := monitor.At(e) // zero for the edition that is none
				return r
			},
			reflect.TypeFor[io.Reader](): func(t *rapid.T) any {
				return strings.NewReader(rapid.SampledFrom(texts).Draw(t, "document"))
			},
			reflect.TypeFor[monitor.Events](): func(t *rapid.T) any {
				return *monitor.Newest().ReadLogins(strings.NewReader(rapid.SampledFrom(texts).Draw(t, "document")), monitor.Strict)
			},
			reflect.TypeFor[*monitor.Usage](): func(t *rapid.T) any {
				u := &monitor.Usage{Assumption: monitor.Assumption{Session: time.Duration(rapid.SampledFrom([]int64{0, -1, 1 << 62, int64(time.Hour)}).Draw(t, "session"))}}
				u.Add(&login)
				return u
			},
			reflect.TypeFor[iter.Seq2[monitor.Login, error]](): func(t *rapid.T) any {
				if rapid.Bool().Draw(t, "none") {
					return iter.Seq2[monitor.Login, error](nil)
				}
				return monitor.Newest().ReadLogins(strings.NewReader(rapid.SampledFrom(texts).Draw(t, "document")), monitor.Strict).All()
			},
			reflect.TypeFor[func(netip.Addr) (rule.Answer, error)](): func(t *rapid.T) any {
				return func(netip.Addr) (rule.Answer, error) { return rule.Answer{}, nil }
			},
		},
		Texts: texts,
	}.Check(t)
}

// allocated returns how many bytes a function allocates.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// manyLines gives a line n times.
type manyLines struct {
	line    []byte
	n, done int
}

func (m *manyLines) Read(p []byte) (int, error) {
	if m.n == 0 {
		return 0, io.EOF
	}
	n := copy(p, m.line[m.done:])
	if m.done += n; m.done == len(m.line) {
		m.done = 0
		m.n--
	}
	return n, nil
}
