package runner

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
)

// Texts are folded to the same if strings.EqualFold holds them for the same.
func TestFolded(t *testing.T) {
	letters := rapid.StringOfN(rapid.SampledFrom([]rune("aAbBkK\u212asS\u017fßẞıIiσςΣ\ufffd1-")), 0, 3, -1)
	check := func(t interface{ Fatalf(string, ...any) }, a, b string) {
		if (folded(a) == folded(b)) != strings.EqualFold(a, b) {
			t.Fatalf("%q and %q", a, b)
		}
	}
	rapid.Check(t, func(t *rapid.T) { check(t, letters.Draw(t, "a"), letters.Draw(t, "b")) })
	for _, pair := range [][2]string{{"jdoe", "JDOE"}, {"jdoe", "jdoé"}, {"k", "\u212a"}, {"s", "\u017f"}, {"i", "ı"}, {"", "a"}, {"ΣΑΣ", "σας"}} {
		check(t, pair[0], pair[1])
	}
}

// failed is an error of the API, with a status unless that is 0.
func failed(status int, code string) error {
	err := error(&smithy.GenericAPIError{Code: code})
	if status == 0 {
		return err
	}
	return &smithyhttp.ResponseError{Response: &smithyhttp.Response{Response: &http.Response{StatusCode: status}}, Err: err}
}

// What is known after an error: the status and the code decide, and what is not known may have been accepted.
func TestClassify(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want failure
	}{
		{errors.New("connection reset"), lost}, {context.DeadlineExceeded, lost}, {failed(0, "Whatever"), lost},
		{failed(500, "InternalFailure"), lost}, {failed(503, "AccessDeniedException"), lost}, {failed(599, "X"), lost},
		{failed(408, "X"), lost}, {failed(400, "RequestTimeout"), lost}, {failed(0, "RequestTimeoutException"), lost}, {failed(400, "RequestTimeoutException"), lost},
		{failed(400, "ThrottlingException"), throttled}, {failed(0, "ThrottlingException"), throttled}, {failed(429, "X"), throttled},
		{failed(400, "X"), refused}, {failed(499, "X"), refused}, {failed(404, "X"), refused}, {failed(302, "X"), lost}, {failed(399, "X"), lost},
		{failed(0, "AccessDeniedException"), refused}, {failed(0, "InvalidParameterValuesException"), refused}, {failed(0, "OperationInProgressException"), refused},
		{failed(0, "OperationNotSupportedException"), refused}, {failed(0, "ResourceNotFoundException"), refused}, {failed(0, "ResourceUnavailableException"), refused},
		{&types.ResourceNotFoundException{}, refused}, {fmt.Errorf("after all: %w", failed(404, "X")), refused},
	} {
		if got := classify(tt.err); got != tt.want {
			t.Errorf("%v is %d, want %d", tt.err, got, tt.want)
		}
	}
}

// A name is hidden wherever it stands by itself.
func TestHide(t *testing.T) {
	for _, tt := range []struct{ text, name, want string }{
		{"jdoe", "jdoe", "(user)"}, {"", "jdoe", ""}, {"the user JDoe cannot", "jdoe", "the user (user) cannot"}, {`DOMAIN\jdoe, "jdoe"`, "jdoe", `DOMAIN\(user), "(user)"`},
		{"jdoes and ajdoe and jdoe1 and 1jdoe", "jdoe", "jdoes and ajdoe and jdoe1 and 1jdoe"}, {"jdoejdoe", "jdoe", "jdoejdoe"}, {"jdoe jdoe", "jdoe", "(user) (user)"}, {"jdoe.jdoe", "jdoe", "(user).(user)"},
		{"jdo", "jdoe", "jdo"}, {"éa Éa.", "éa", "(user) (user)."}, {"\u212a", "k", "(user)"}, {"kk", "\u212a", "kk"}, {"text", "", "text"}, {"[UNDEFINED] x", "[UNDEFINED]", "[UNDEFINED] x"}, {"a\xff", "a", "(user)\xff"},
	} {
		if got := hide(tt.text, tt.name); got != tt.want {
			t.Errorf("%q without %q: %q, want %q", tt.text, tt.name, got, tt.want)
		}
	}
}

// An error of a journal tells the file, the line and the trouble.
func TestJournalErrors(t *testing.T) {
	for want, e := range map[string]JournalError{
		"runner: journal: torn":                        {Trouble: Torn},
		"runner: journal a, line 3: altered: why":      {Name: "a", Line: 3, Trouble: Altered, Detail: "why"},
		"runner: journal, line 1: disk-full: no room":  {Line: 1, Trouble: DiskFull, Err: errors.New("no room")},
		`runner: journal \x1ba: locked: \x1bb: in use`: {Name: "\x1ba", Trouble: Locked, Detail: "\x1bb", Err: errors.New("in use")},
	} {
		if got := e.Error(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
		if !errors.Is(&e, e.Err) && e.Err != nil {
			t.Errorf("%q hides its error", want)
		}
	}
	if err := errors.New("other"); named(err, "x") != err {
		t.Error("another error has another name")
	}
}

// A record is read as it was written, and a scope must be whole.
func TestScopeIsWhole(t *testing.T) {
	whole := Scope{Account: "111122223333", Region: "eu-west-1", Directories: []string{"d-1", "d-2"}, Plan: "x"}
	if !whole.valid() || (*Scope)(nil).valid() {
		t.Error("a scope that is whole is not, or none is")
	}
	for name, spoil := range map[string]func(s *Scope){
		"account": func(s *Scope) { s.Account = "1" }, "Region": func(s *Scope) { s.Region = "" }, "plan": func(s *Scope) { s.Plan = "" }, "directories": func(s *Scope) { s.Directories = []string{"d-2", "d-1"} },
	} {
		s := whole
		if spoil(&s); s.valid() {
			t.Errorf("a scope without its %s is whole", name)
		}
	}
}

// The longest record is written and read, and a longer one is neither.
func TestLongestRecord(t *testing.T) {
	short, err := encode(Record{Kind: Requested})
	if err != nil {
		t.Fatal(err)
	}
	room := longestRecord - len(short) - len(`,"detail":""`)
	line, err := encode(Record{Kind: Requested, Detail: strings.Repeat("x", room)})
	if err != nil || len(line) != longestRecord {
		t.Fatalf("%d bytes, %v", len(line), err)
	}
	if r, trouble := decode(line[:len(line)-1]); trouble != nil && trouble.Trouble != OtherVersion || len(r.Detail) > room {
		t.Error(trouble)
	}
	if _, err := encode(Record{Kind: Requested, Detail: strings.Repeat("x", room+1)}); err == nil {
		t.Error("a record that cannot be read again is written")
	}
}

// What a write that was cut short leaves is a beginning of the record, and nothing else is.
func TestTorn(t *testing.T) {
	line, err := encode(Record{Number: 7, Version: journalVersion, Kind: Unknown, WorkspaceID: "ws-1"})
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n < len(line)-2; n++ {
		if !isTorn(line[:n], 7) {
			t.Errorf("%q is not torn", line[:n])
		}
		if n > len(`{"n":`) && isTorn(line[:n], 8) {
			t.Errorf("%q is the 8th", line[:n])
		}
	}
	for _, text := range []string{string(bytes.TrimSpace(line)), string(line) + "x", "x", `{"n":7}`, `{"n":7,"a" 1`, `{"m":7,`} {
		if isTorn([]byte(text), 7) {
			t.Errorf("%q is torn", text)
		}
	}
	if !intact(line[:len(line)-1]) || intact(line) || intact(nil) || intact(line[1:len(line)-1]) || intact(line[:len(line)-2]) {
		t.Error("a checksum holds for another record")
	}
}

// What is zero is the default, and the pace that of the API.
func TestOptionsAreFilled(t *testing.T) {
	var o Options
	if err := o.fill(nil); err != nil || o.PollEvery != time.Minute || o.Patience != time.Hour || o.Pace == nil || o.Clock == nil || o.Progress == nil {
		t.Errorf("%+v, %v", o, err)
	}
	if d := time.Since(o.Clock.Now()); d < 0 || d > time.Minute {
		t.Errorf("the clock is %s off", d)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := o.Clock.Sleep(ctx, time.Hour); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	given := Options{PollEvery: 2, Patience: 3, Pace: pacer{}}
	if err := given.fill(pacer{}); err != nil || given.PollEvery != 2 || given.Patience != 3 || given.Pace != (pacer{}) {
		t.Errorf("%+v, %v", given, err)
	}
	for at, o := range map[rule.Path]Options{"Options.PollEvery": {PollEvery: -1}, "Options.Patience": {Patience: -1}, "Options.FailureBudget": {FailureBudget: -1}} {
		var input *rule.InputError
		if err := o.fill(nil); !errors.As(err, &input) || input.Path != at {
			t.Errorf("%s: %v", at, err)
		}
	}
}

// A pacer is an API with a pace, itself.
type pacer struct{ API }

func (p pacer) Pace() throttle.Waiter    { return p }
func (pacer) Wait(context.Context) error { return nil }

// There is room for a migration beside those in flight and those that have not ended if no wave of the plan takes more.
func TestCrowded(t *testing.T) {
	m := func(subnet, key string, grants int) migrate.Migration {
		return migrate.Migration{SubnetID: subnet, Key: key, Grants: grants}
	}
	plan := &migrate.Plan{Waves: [][]migrate.Migration{{m("a", "k", 2), m("a", "k", 3), m("b", "", 0)}, {m("a", "k", 2), m("b", "l", 3)}}}
	for _, tt := range []struct {
		held, flying []migrate.Migration
		next         migrate.Migration
		crowded      bool
	}{
		{nil, nil, m("a", "k", 3), false},
		{nil, []migrate.Migration{m("a", "k", 3), m("a", "k", 3)}, m("a", "k", 3), false}, // nothing is held
		{[]migrate.Migration{m("a", "", 0)}, nil, m("a", "k", 3), false},
		{[]migrate.Migration{m("a", "", 0)}, []migrate.Migration{m("a", "", 0)}, m("a", "k", 3), true},
		{[]migrate.Migration{m("a", "", 0)}, []migrate.Migration{m("b", "", 0)}, m("a", "k", 3), false},
		{[]migrate.Migration{m("a", "", 0), m("a", "", 0)}, nil, m("a", "k", 3), true},
		{[]migrate.Migration{m("b", "", 0)}, nil, m("b", "", 0), true},
		{[]migrate.Migration{m("c", "k", 2)}, nil, m("d", "k", 3), false},
		{[]migrate.Migration{m("c", "k", 3)}, nil, m("d", "k", 3), true},
		{[]migrate.Migration{m("c", "k", 2)}, []migrate.Migration{m("e", "k", 2)}, m("d", "k", 2), true},
		{[]migrate.Migration{m("c", "k", 2)}, []migrate.Migration{m("e", "l", 3)}, m("d", "k", 3), false},
		{[]migrate.Migration{m("c", "k", 3)}, nil, m("d", "k", 0), false},
		{[]migrate.Migration{m("c", "l", 3)}, nil, m("d", "k", 3), false},
	} {
		r := &run{room: newRoom(plan), followed: map[string]*following{}, journal: &Journal{entries: map[string]*entry{}}}
		for i := range tt.held {
			r.room.held.add(&tt.held[i])
		}
		for i, f := range tt.flying {
			id := fmt.Sprint(i)
			r.journal.entries[id] = &entry{migration: f}
			r.follow(id)
		}
		r.journal.entries["gone"] = &entry{migration: tt.next}
		r.follow("gone")
		r.leave("gone")
		if got := r.crowded(&tt.next); (got != "") != tt.crowded {
			t.Errorf("%+v: %q", tt, got)
		}
		if len(r.followed) != len(tt.flying) {
			t.Errorf("%d in flight", len(r.followed))
		}
	}
}

// An interface holds nothing, or a nil pointer.
func TestIsNil(t *testing.T) {
	for _, v := range []any{nil, (*int)(nil), (*Journal)(nil)} {
		if !isNil(v) {
			t.Errorf("%T is something", v)
		}
	}
	for _, v := range []any{0, "", new(int), struct{}{}, []int(nil)} {
		if isNil(v) {
			t.Errorf("%T is nothing", v)
		}
	}
}
