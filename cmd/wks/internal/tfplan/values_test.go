package tfplan

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
)

// A value is read as far as a shape has it, and it is told whether it has the shape.
func TestValuesByShape(t *testing.T) {
	object := fieldsOf(map[string]*shape{"a": text, "n": number, "l": texts})
	for _, tt := range []struct {
		shape *shape
		json  string
		want  any
		ok    bool
	}{
		{text, `"x"`, "x", true}, {text, `7`, int32(7), false}, {text, `true`, true, false}, {text, `[]`, []any{}, false}, {text, `{}`, members{}, false}, {text, `null`, nil, true},
		{number, `7`, int32(7), true}, {number, `7.0`, int32(7), true}, {number, `7.5`, json.Number("7.5"), false}, {number, `"7"`, "7", false},
		{boolean, `true`, true, true}, {boolean, `false`, false, true}, {boolean, `"true"`, "true", false},
		{texts, `["x", null]`, []any{"x", nil}, true}, {texts, `["x", 7]`, []any{"x", int32(7)}, false}, {texts, `"x"`, "x", false}, {texts, `{"x": "y"}`, members{{"x", "y"}}, false},
		{tagMap, `{"b": "y", "a": "x"}`, members{{"a", "x"}, {"b", "y"}}, true}, {tagMap, `{"a": 7}`, members{{"a", int32(7)}}, false}, {tagMap, `["x"]`, []any{"x"}, false},
		{object, `{"n": 7, "other": {"x": 1}, "a": "x", "l": ["y"]}`, members{{"a", "x"}, {"l", []any{"y"}}, {"n", int32(7)}}, true}, {object, `{"a": 7}`, members{{"a", int32(7)}}, false}, {object, `{"other": 7}`, members{}, true},
		{object, `"x"`, "x", false}, {blocks(object.fields), `[{"a": "x", "other": 1}]`, []any{members{{"a", "x"}}}, true}, {blocks(object.fields), `[7]`, []any{int32(7)}, false},
		{&everything, `{"b": [1, 2.5, "x", true, null], "a": {}}`, members{{"a", members{}}, {"b", []any{int32(1), json.Number("2.5"), "x", true, nil}}}, true},
	} {
		v, ok, err := newDecoder("in", []byte(tt.json)).value(tt.shape)
		if fmt.Sprintf("%#v", v) != fmt.Sprintf("%#v", tt.want) || ok != tt.ok || err != nil {
			t.Errorf("%s as %s: %#v, %t, %v", tt.json, tt.shape.kind, v, ok, err)
		}
		if _, problem := tt.shape.check(attr{value: v}); (problem == "") != tt.ok {
			t.Errorf("%s as %s: %q", tt.json, tt.shape.kind, problem)
		}
	}
	for _, text := range []string{``, `[`, `{`, `"x`, `[tru]`, `{"a": x}`, `-`, `{"a" 1}`} {
		if _, _, err := newDecoder("in", []byte(text)).value(&everything); err == nil {
			t.Errorf("%s is read", text)
		}
		if _, err := newDecoder("in", []byte(text)).marks(&everything); err == nil {
			t.Errorf("%s is read as marks", text)
		}
	}
}

// Marks are what is true in them, and what has none is nil.
func TestMarks(t *testing.T) {
	object := fieldsOf(map[string]*shape{"a": text, "l": texts})
	for _, tt := range []struct {
		shape *shape
		json  string
		want  any
	}{
		{text, `true`, true}, {text, `false`, nil}, {text, `null`, nil}, {text, `"x"`, nil}, {text, `7`, nil},
		{texts, `[false, true]`, []any{nil, true}}, {texts, `[false]`, nil}, {texts, `[]`, nil},
		{object, `{"a": true, "other": true, "l": [true]}`, members{{"a", true}, {"l", []any{true}}}}, {object, `{"l": true, "a": false}`, members{{"l", true}}}, {object, `{"other": true}`, nil}, {object, `{}`, nil},
		{tagMap, `{"b": true, "a": true, "c": false}`, members{{"a", true}, {"b", true}}}, {blocks(object.fields), `[{"a": true}, {}]`, []any{members{{"a", true}}, nil}},
		{&everything, `{"x": {"y": [true]}}`, members{{"x", members{{"y", []any{true}}}}}},
	} {
		v, err := newDecoder("in", []byte(tt.json)).marks(tt.shape)
		if fmt.Sprintf("%#v", v) != fmt.Sprintf("%#v", tt.want) || err != nil {
			t.Errorf("%s as %s: %#v, %v", tt.json, tt.shape.kind, v, err)
		}
	}
}

// A path leads to what stands there, and ends at what is sensitive as a whole.
func TestWalk(t *testing.T) {
	a := attr{value: members{{"l", []any{members{{"a", "x"}}}}, {"m", members{{"k", "y"}}}}, unknown: members{{"l", []any{nil, true}}}, sensitive: members{{"m", true}}}
	for _, tt := range []struct {
		path    []any
		at      words
		value   any
		pending bool
		secret  bool
	}{
		{nil, "", a.value, true, true},
		{[]any{"l"}, "l", []any{members{{"a", "x"}}}, true, false},
		{[]any{"l", int32(0)}, "l[0]", members{{"a", "x"}}, false, false},
		{[]any{"l", int32(0), "a"}, "l[0].a", "x", false, false},
		{[]any{"l", int32(1), "a"}, "l[1].a", nil, true, false},
		{[]any{"l", int32(-1)}, "l[0]", members{{"a", "x"}}, false, false},
		{[]any{"l", json.Number("1e10")}, "l[2147483647]", nil, false, false},
		{[]any{"l", true}, "l", []any{members{{"a", "x"}}}, true, false},
		{[]any{"m", "k"}, "m", members{{"k", "y"}}, false, true},
		{[]any{"none", "x"}, "none.x", nil, false, false},
	} {
		got := a.walk(tt.path)
		if got.path != tt.at || fmt.Sprint(got.value) != fmt.Sprint(tt.value) || got.pending() != tt.pending || got.secret() != tt.secret {
			t.Errorf("%v: %+v", tt.path, got)
		}
	}
	whole := attr{sensitive: true, value: members{{"k", "y"}}}
	if got := whole.walk([]any{"k", "x"}); got.path != "k" || !got.secret() {
		t.Errorf("%+v", got)
	}
	if got := whole.key("k").path; got != "" {
		t.Errorf("the key of what is sensitive as a whole: %s", got)
	}
	if got := (attr{path: "tags", sensitive: members{{"k", true}}, value: members{{"k", "y"}}}).key("k"); got.path != `tags["k"]` || !got.secret() || got.text() != "y" {
		t.Errorf("%+v", got)
	}
	if got := (attr{value: members{{"b", nil}, {"a", nil}}}).keys(); !slices.Equal(got, []string{"b", "a"}) {
		t.Errorf("%q", got)
	}
	if (attr{value: "x"}).keys() != nil || (attr{value: members{}}).keys() != nil {
		t.Error("there are keys of nothing")
	}
}

// Values are written as Terraform writes them, and not if they are sensitive.
func TestWordsOfValues(t *testing.T) {
	for _, tt := range []struct {
		a                   attr
		word, bare, numbers words
	}{
		{attr{}, "null", "", "null"},
		{attr{value: "x"}, `"x"`, "x", "x"},
		{attr{value: ""}, `""`, "", ""},
		{attr{value: int32(7)}, "7", "", "7"},
		{attr{value: true}, "true", "", "true"},
		{attr{value: "x", sensitive: true}, hidden, hidden, hidden},
		{attr{value: int32(7), sensitive: true}, hidden, hidden, hidden},
	} {
		if tt.a.word() != tt.word || tt.a.bare() != tt.bare || tt.a.bareOrNumber() != tt.numbers {
			t.Errorf("%+v: %s, %s, %s", tt.a, tt.a.word(), tt.a.bare(), tt.a.bareOrNumber())
		}
	}
	names := []words{"a", "b", "c", "d"}
	for n, want := range map[int]words{0: "", 1: "a", 2: "a, b", 3: "a, b, c", 4: "a, b, c and 1 more"} {
		if got := few(names[:n], n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
	if got := few(names[:3], 12); got != "a, b, c and 9 more" {
		t.Error(got)
	}
	at := place{object: &object{address: "a.b"}}
	if got := at.word(); got != "a.b" {
		t.Error(got)
	}
	if at.attr.path = "c"; at.word() != "a.b: c" {
		t.Error(at.word())
	}
	list := []string{"a", "b", "c", "d"}
	if got := at.toldOf(list); got != "a, b, c and 1 more" {
		t.Error(got)
	}
	if at.with = []attr{{}, {sensitive: true}}; at.toldOf(list) != hiddenDetail || at.told("x") != hiddenDetail {
		t.Error(at.toldOf(list))
	}
	for l, want := range map[location]words{{}: "", {code: "us-west-2"}: "us-west-2", {"us-west-2", true}: "a Region that is not shown"} {
		if l.word() != want || l.attr().secret() != l.secret || l.attr().text() != l.code {
			t.Errorf("%+v: %s", l, l.word())
		}
	}
	for d, want := range map[time.Duration]string{2 * time.Hour: "2h", 90 * time.Minute: "1h30m", 30 * time.Minute: "30m", 90 * time.Second: "1m30s", time.Hour + time.Second: "1h0m1s", 0: "0s"} {
		if span(d) != want {
			t.Errorf("%s, want %s", span(d), want)
		}
	}
}

// A change is what is named of it, and the later of two counts.
func TestGoalOfCalls(t *testing.T) {
	n := func(i int32) *int32 { return &i }
	list := []call{{change: types.WorkspaceProperties{ComputeTypeName: "POWER"}}, {change: types.WorkspaceProperties{RootVolumeSizeGib: n(175)}}, {change: types.WorkspaceProperties{UserVolumeSizeGib: n(100)}},
		{change: types.WorkspaceProperties{RunningMode: "AUTO_STOP", RunningModeAutoStopTimeoutInMinutes: n(60)}}}
	g := goal(list)
	if g.ComputeType != "POWER" || g.Volumes.Root != 175 || g.Volumes.User != 100 || g.RunningMode != "AUTO_STOP" || *g.AutoStopMinutes != 60 {
		t.Errorf("%+v", g)
	}
	for i, want := range []string{`compute_type_name = "POWER"`, "root_volume_size_gib = 175", "user_volume_size_gib = 100", `running_mode = "AUTO_STOP", running_mode_auto_stop_timeout_in_minutes = 60`} {
		if got := step(list[i].change); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	if got := step(types.WorkspaceProperties{RunningMode: "ALWAYS_ON"}); got != `running_mode = "ALWAYS_ON"` {
		t.Error(got)
	}
	if value(nil) != 0 || value(n(7)) != 7 || *either(n(1), n(2)) != 1 || *either(nil, n(2)) != 2 || either(nil, nil) != nil {
		t.Error("a size is another")
	}
	for _, tt := range []struct {
		a, b any
		want bool
	}{{nil, nil, true}, {nil, int32(0), true}, {int32(0), nil, false}, {nil, int32(1), false}, {int32(1), int32(1), true}, {"x", "y", false}} {
		if same(tt.a, tt.b) != tt.want {
			t.Errorf("%v, %v", tt.a, tt.b)
		}
	}
}
