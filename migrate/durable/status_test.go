package durable_test

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/wksgo/wks/migrate/durable"
	"github.com/wksgo/wks/migrate/runner"
)

// Times are RFC 3339 and seconds in JSON, and are read again.
func TestStatusJSON(t *testing.T) {
	st := durable.Status{
		Name: "fleet", Phase: durable.Running, Started: start, AsOf: start.Add(time.Hour), Report: &runner.Report{}, Waves: 3, Begun: 2,
		Stuck: []durable.Flight{{WorkspaceID: "ws-1", Since: start}}, Left: 90*time.Minute + 500*time.Millisecond,
	}
	text, err := json.Marshal(st)
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	var again durable.Status
	if err := json.Unmarshal(text, &fields); err != nil || fields["leftSeconds"] != 5400.5 || fields["asOf"] != "2026-09-09T19:00:00Z" || fields["name"] != "fleet" {
		t.Errorf("%v, %s", err, text)
	}
	if err := json.Unmarshal(text, &again); err != nil || !reflect.DeepEqual(again, st) {
		t.Errorf("%+v, want %+v, %v", again, st, err)
	}
}
