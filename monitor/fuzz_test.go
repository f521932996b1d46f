package monitor_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/rule"
)

// deepestText is how many texts, one in another, may hold an event. Each of them may be damaged.
const deepestText = 3

// Whatever a source holds, reading ends; Strict hands out the logins that Lenient does, and an error
// with each that has faults.
func FuzzReadLogins(f *testing.F) {
	for _, w := range wrappings() {
		f.Add([]byte(w.text))
	}
	f.Add(event(1)[:200])
	f.Add([]byte("x\n{\"a\":[\n" + string(event(1)) + "]}"))
	f.Add([]byte(`{"Messages":[{"Body":` + quoted([]byte(`{"Message":`+quoted(event(1)[:200])+`:}`)) + "x")) // damage in each of three
	f.Fuzz(func(t *testing.T, data []byte) {
		lenient, errs := logins(monitor.Newest().ReadLogins(bytes.NewReader(data), monitor.Lenient))
		n := 0
		for l, err := range monitor.Newest().ReadLogins(bytes.NewReader(data), monitor.Strict).All() {
			var fault *monitor.FaultError
			if err != nil && !errors.As(err, &fault) {
				continue
			}
			if n < len(lenient) && lenient[n].ID != l.ID || (err != nil) != (l.Faults != nil) {
				t.Fatalf("%+v, %v", l, err)
			}
			n++
		}
		if n != len(lenient) || len(errs) > bytes.Count(data, []byte("\n"))+deepestText*strings.Count(string(data), monitor.DetailType)+1 {
			t.Fatalf("%d logins strictly and %d leniently, %q", n, len(lenient), errs)
		}
	})
}

// Whatever a pattern is, it has an answer.
func FuzzCheckPattern(f *testing.F) {
	for _, s := range []string{
		`{"source": ["aws.workspaces"], "detail-type": ["WorkSpaces Access"], "detail": {"clientPlatform": [{"anything-but": ["Windows"]}]}}`,
		`{"$or": [{"source": [{"prefix": {"equals-ignore-case": "AWS"}}]}]}`, `{"a": {"b": [1, null, {"numeric": [">", 1]}]}}`, `[`, ``,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, r := range []monitor.Rules{monitor.Newest(), at(t, "2018-02-03")} {
			a, err := r.CheckPattern(data)
			if err != nil || a.Verdict != a.Concluded().Verdict {
				t.Fatal(a, err)
			}
			for _, v := range a.Violations {
				if err := new(rule.Path).UnmarshalText([]byte(v.Path)); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}
