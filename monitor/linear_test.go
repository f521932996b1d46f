package monitor_test

import (
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/monitor"
)

func repeat(n int, f func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(f(i))
	}
	return b.String()
}

func list[E any](n int, f func(i int) E) []E {
	all := make([]E, n)
	for i := range all {
		all[i] = f(i)
	}
	return all
}

func drain(text string) {
	for range monitor.Newest().ReadLogins(strings.NewReader(text), monitor.Strict).All() {
	}
}

// someLogins are logins of different WorkSpaces, or of one, on different days and backwards.
func someLogins(n int, one bool) iter.Seq2[monitor.Login, error] {
	return func(yield func(monitor.Login, error) bool) {
		for i := range n {
			l := monitor.Login{ID: "x", Workspace: "ws-1", Time: time.Unix(int64(n-i)*86400, 0), Product: fmt.Sprint(i)}
			if !one {
				l.Workspace = fmt.Sprintf("ws-%09d", i)
			}
			if !yield(l, nil) {
				return
			}
		}
	}
}

func use(n int, one bool) *monitor.Usage {
	var u monitor.Usage
	for l := range someLogins(n, one) {
		u.Add(&l)
	}
	return &u
}

func desktops(n int, user func(i int) string) []monitor.Desktop {
	return list(n, func(i int) monitor.Desktop {
		return monitor.Desktop{ID: fmt.Sprint("ws-", i), Directory: "d-1", User: user(i), RunningMode: monitor.AlwaysOn}
	})
}

func alarm(n int, name string) monitor.Alarm {
	return monitor.Alarm{Namespace: "AWS/WorkSpaces", MetricName: "Unhealthy", Statistic: "Sum", Period: 60, Dimensions: list(n, func(int) monitor.Dimension { return monitor.Dimension{Name: name, Value: "d-1"} })}
}

func access(detail string) []byte {
	return []byte(`{"source":["aws.workspaces"],"detail-type":["WorkSpaces Access"],"detail":{` + detail + `}}`)
}

// linearCases run functions on inputs of n elements, sound ones and broken ones. A name begins with the
// function's.
var linearCases = map[string]func(n int){
	"ReadLogins":          func(n int) { drain(repeat(n, func(i int) string { return string(event(i)) + "\n" })) },
	"ReadLogins, broken":  func(n int) { drain(repeat(n, func(i int) string { return string(event(i)[:100]) + "\n" })) },
	"ReadLogins, garbage": func(n int) { drain(repeat(n, func(int) string { return "x\n" })) },
	"ReadLogins, messages": func(n int) {
		drain(`{"events":[` + repeat(n, func(i int) string { return `{"message":` + quoted(event(i)) + `},` }) + `0]}`)
	},
	"ReadLogins, table": func(n int) {
		drain("@timestamp,@message\n" + repeat(n, func(i int) string { return "1,\"" + strings.ReplaceAll(string(event(i)), `"`, `""`) + "\"\n" }))
	},
	"ReadLogins, one with many fields": func(n int) {
		drain(strings.Replace(string(event(1)), `"actionType"`, repeat(n, func(i int) string { return fmt.Sprintf(`"x%d":1,`, i) })+`"actionType"`, 1))
	},
	"ReadLogins, one with a field many times": func(n int) {
		drain(strings.Replace(string(event(1)), `"actionType"`, repeat(n, func(int) string { return `"workspaceId":1,` })+`"actionType"`, 1))
	},
	"ParseLogin": func(n int) {
		_, _ = monitor.Newest().ParseLogin([]byte(repeat(n, func(i int) string { return string(event(i)) })), monitor.Strict)
	},
	"WouldRefuse": func(n int) {
		for range monitor.Newest().WouldRefuse(someLogins(n, true), monitor.Trial{Minimum: monitor.Newest().SAMLClients()}) {
		}
	},
	"Report": func(n int) {
		_, _ = monitor.Newest().Report(use(n, false), desktops(n, func(i int) string { return fmt.Sprint(i) }))
	},
	"Report, one user": func(n int) {
		_, _ = monitor.Newest().Report(use(n, false), desktops(n, func(int) string { return "alice" }))
	},
	"Report, unlisted": func(n int) { _, _ = monitor.Newest().Report(use(n, false), nil) },
	"CheckAlarm":       func(n int) { _, _ = monitor.Newest().CheckAlarm(alarm(n, "DirectoryId")) },
	"CheckQuery": func(n int) {
		_, _ = monitor.Newest().CheckQuery(monitor.Query{Namespace: "AWS/WorkSpaces", MetricName: "Unhealthy", Dimensions: alarm(n, "x").Dimensions})
	},
	"CheckPattern": func(n int) {
		_, _ = monitor.Newest().CheckPattern(access(`"workspaceId":[` + repeat(n, func(i int) string { return fmt.Sprintf(`"ws-%d",`, i) }) + `"x"]`))
	},
	"CheckPattern, unknown": func(n int) {
		_, _ = monitor.Newest().CheckPattern(access(repeat(n, func(i int) string { return fmt.Sprintf(`"x%d":["y"],`, i) }) + `"z":[1]`))
	},
	"CheckPattern, deep": func(n int) {
		_, _ = monitor.Newest().CheckPattern(access(strings.Repeat(`"$or":[{`, n) + strings.Repeat(`}]`, n)))
	},
	"CheckPattern, operators": func(n int) {
		_, _ = monitor.Newest().CheckPattern(access(`"clientPlatform":[` + repeat(n, func(int) string { return `{"prefix":"x"},` }) + `"Web"]`))
	},
	"Pattern": func(n int) {
		_, _ = monitor.Newest().Pattern(monitor.EventFilter{Workspaces: list(n, func(i int) string { return fmt.Sprint("ws-", i) })})
	},
	"RecommendedAlarms": func(n int) {
		_, _ = monitor.Newest().RecommendedAlarms(monitor.Watched{Directory: "d-1", Certificates: list(n, func(i int) string { return fmt.Sprint("wsc-", i) })})
	},
	"FaultError.Error": func(n int) {
		_ = (&monitor.FaultError{Faults: list(n, func(int) monitor.Fault { return monitor.Fault{Path: "a", Value: "b"} })}).Error()
	},
	"Login.Device, of none": func(n int) {
		(&monitor.Login{Platform: "Windows", Faults: make([]monitor.Fault, n)}).Device()
	},
	"Metric.String": func(n int) {
		_ = monitor.Metric{Name: "Unhealthy", Dimensions: make([]string, n)}.String()
	},
	"Repeats.Again": func(n int) {
		var r monitor.Repeats
		for i := range 4 * n { // half of them a second time
			r.Again(&monitor.Login{ID: fmt.Sprint(i % (2 * n))})
		}
	},
	"Usage.Add":         func(n int) { use(n, false) },
	"Usage.Add, to one": func(n int) { use(n, true) },
	"Unwrap": func(n int) {
		e := monitor.FaultError{Faults: list(n, func(int) monitor.Fault { return monitor.Fault{Path: "a", Value: "b"} })}
		_ = e.Unwrap()
	},
	"CheckLogin": func(n int) {
		for l := range someLogins(n, true) {
			_, _ = monitor.Newest().CheckLogin(&l, monitor.Trial{Minimum: map[monitor.DeviceType]string{monitor.OSX: "5"}})
		}
	},
}

// TestLinear holds that the work of a function grows as its input does.
func TestLinear(t *testing.T) {
	lineartest.Run(t, []string{"monitor", "internal/jsonstream"}, linearCases)
}

// Each exported function with a parameter that is a list, holds one, or is a reader has a case.
func TestLinearCases(t *testing.T) {
	lineartest.Complete(t, linearCases)
}

// A reader takes no more memory for more events, and a Usage none for more logins on the same days.
func TestMemory(t *testing.T) {
	grown := func(n int) uint64 {
		return allocated(func() {
			var u monitor.Usage
			for l, err := range monitor.Newest().ReadLogins(&manyLines{line: append(event(7), '\n'), n: n}, monitor.Lenient).All() {
				if err != nil {
					t.Fatal(err)
				}
				l.ID = ""
				u.Add(&l)
			}
		})
	}
	// 48 bytes are the ID of an event, which the caller may keep
	if few, many := grown(1_000), grown(50_000); many > few+49_000*64 {
		t.Errorf("%d bytes for 1,000 events, %d for 50,000", few, many)
	}
}
