package monitor_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/wksgo/wks/internal/jsonstream"
	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/rule"
)

func at(t testing.TB, date string) monitor.Rules {
	t.Helper()
	r, err := monitor.At(rule.MustParseEdition(date))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func file(t testing.TB, name string) []byte {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// logins reads all; each error is told by its text.
func logins(e *monitor.Events) (list []monitor.Login, errs []string) {
	for l, err := range e.All() {
		var f *monitor.FaultError
		if err != nil && !errors.As(err, &f) {
			errs = append(errs, err.Error())
			continue
		}
		list = append(list, l)
	}
	return list, errs
}

func ids(list []monitor.Login) (ids []string) {
	for _, l := range list {
		ids = append(ids, l.ID)
	}
	return ids
}

// The samples of the guide, by the day of their version, have IDs that are shorter than the API's
// pattern allows. All else in them is as the documents of that day have it, but for the name of a
// product.
func TestSamplesOfTheGuide(t *testing.T) {
	want := monitor.Login{
		ID: "64ca0eda-9751-dc55-c41a-1bd50b4fc9b7", Account: "123456789012", Region: "us-east-2",
		Sent: time.Date(2018, 7, 1, 17, 53, 6, 0, time.UTC), Time: time.Date(2018, 7, 1, 17, 52, 51, 595e6, time.UTC), ClientIP: netip.MustParseAddr("192.0.2.3"),
		Product: "WorkSpaces Desktop client", Platform: "Windows", Directory: "d-123456789", Workspace: "ws-xyskdga",
	}
	later := want
	later.Region = "us-east-1"
	newest := later
	newest.Sent, newest.Time = time.Date(2023, 4, 5, 16, 13, 59, 0, time.UTC), time.Date(2023, 4, 5, 16, 13, 37, 603e6, time.UTC)
	newest.Product, newest.Version = "WorkSpacesWebClient", "5.7.0.3472"
	for _, tt := range []struct {
		date, file string
		want       monitor.Login
		device     monitor.DeviceType
	}{
		{"2018-09-20", "sample-2018.json", want, monitor.Windows},
		{"2021-03-16", "sample-2021.json", later, monitor.Windows},
		{"2026-09-10", "sample-2025.json", newest, monitor.Web},
	} {
		data := file(t, tt.file)
		l, err := at(t, tt.date).ParseLogin(data, monitor.Lenient)
		if err != nil || len(l.Faults) != 1 || l.Faults[0].Path != "detail.workspaceId" || l.Faults[0].Value != "ws-xyskdga" {
			t.Errorf("%s: %v, %+v", tt.file, err, l.Faults)
		}
		if l.Device() != tt.device {
			t.Errorf("%s: %s", tt.file, l.Device())
		}
		_, err = at(t, tt.date).ParseLogin(data, monitor.Strict)
		var fault *monitor.FaultError
		var input *rule.InputError
		if !errors.As(err, &fault) || !errors.As(err, &input) || input.Path != "detail.workspaceId" || input.Value != "ws-xyskdga" {
			t.Errorf("%s, strict: %v", tt.file, err)
		}
		l.Faults = nil
		if fmt.Sprintf("%+v", l) != fmt.Sprintf("%+v", tt.want) {
			t.Errorf("%s:\ngot  %+v\nwant %+v", tt.file, l, tt.want)
		}
		if n := testing.AllocsPerRun(10, func() { _ = l.Device() }); n > 0 {
			t.Errorf("Device allocates %v times", n)
		}
	}
}

// One event per form that a value can lack.
func TestFaults(t *testing.T) {
	sound := string(event(1))
	for _, tt := range []struct{ old, new, date, want string }{
		{"", "", "", ""},
		{`"123456789012"`, `"1234"`, "", "account"},
		{`"123456789012"`, `123456789012`, "", "account"},
		{`"us-east-1"`, `"Virginia"`, "", "region"},
		{`"id":"`, `"ident":"`, "", "id"},
		{`"2026-09-01T`, `"2026-09-31T`, "", "detail.loginTime time"},
		{`"192.0.2.1"`, `"192.0.2.1/32"`, "", "detail.clientIpAddress"},
		{`"192.0.2.1"`, `""`, "", "detail.clientIpAddress"},
		{`"192.0.2.1"`, `"2001:db8::7"`, "", ""},
		{`successfulLogin`, `failedLogin`, "", "detail.actionType"},
		{`WorkSpaces Desktop client`, `WorkSpaces Desktop Client`, "", productPath},
		{`WorkSpaces Desktop client`, `WorkSpaces Web Client`, "", productPath},
		{`"Windows"`, `"macOS"`, "", "detail.clientPlatform"},
		{`domain/d-9067`, `d-9067`, "", "detail.directoryId"},
		{`domain/d-9067`, `domain/D-9067`, "", "detail.directoryId"},
		{`domain/d-906`, `domain/wsd-906`, "", ""},
		{`"5.27.0.5533"`, `"5.27-beta"`, "", "detail.clientVersion"},
		{`"clientVersion":"5.27.0.5533",`, ``, "", "detail.clientVersion"},
		{`"clientVersion":"5.27.0.5533",`, ``, "2022-01-01", ""},
		{`"Windows"`, `"Windows"`, "2022-01-01", "detail.clientVersion"},
		{`"ws-000000001"`, `"ws-1"`, "", "detail.workspaceId"},
		{`"ws-000000001"`, `null`, "", "detail.workspaceId"},
		{`"workspaceId"`, `"workspaceID"`, "", "detail.workspaceId"},
		{`"Windows"`, `"Windows"`, "2018-02-03", ","},
	} {
		date := tt.date
		if date == "" {
			date = "2026-09-10"
		}
		l, err := at(t, date).ParseLogin([]byte(strings.ReplaceAll(sound, tt.old, tt.new)), monitor.Lenient)
		var paths []string
		for _, f := range l.Faults {
			paths = append(paths, string(f.Path))
		}
		slices.Sort(paths)
		want := strings.Fields(tt.want)
		if tt.want == "," {
			want = []string{""}
		}
		if err != nil || !slices.Equal(paths, want) {
			t.Errorf("%s instead of %s on %s: %v %q", tt.new, tt.old, date, err, paths)
		}
	}
	unknown := strings.Replace(sound, `"actionType"`, `"new":{"a":[1]},"actionType"`, 1)
	if l, err := monitor.Newest().ParseLogin([]byte(unknown), monitor.Lenient); err != nil || l.Faults != nil {
		t.Error(l, err)
	}
	if _, err := monitor.Newest().ParseLogin([]byte(unknown), monitor.Strict); err == nil || !strings.Contains(err.Error(), `"new"`) {
		t.Error(err)
	}
}

const productPath = "detail.workspacesClientProductName"

// event is a sound access event of WorkSpace n, from address n.
func event(n int) []byte {
	return fmt.Appendf(nil, `{"version":"0","id":"%08d-9751-dc55-c41a-1bd50b4fc9b7","detail-type":"WorkSpaces Access","source":"aws.workspaces","account":"123456789012",`+
		`"time":"2026-09-01T%02d:%02d:06Z","region":"us-east-1","resources":[],"detail":{"clientIpAddress":"192.0.2.%d","actionType":"successfulLogin",`+
		`"workspacesClientProductName":"WorkSpaces Desktop client","loginTime":"2026-09-01T%02d:%02d:01.595Z","clientPlatform":"Windows","directoryId":"domain/d-906732b9ab",`+
		`"clientVersion":"5.27.0.5533","workspaceId":"ws-%09d"}}`, n, n/60%24, n%60, n%250, n/60%24, n%60, n)
}

func id(n int) string { return fmt.Sprintf("%08d-9751-dc55-c41a-1bd50b4fc9b7", n) }

func quoted(b []byte) string { return strconv.Quote(string(b)) }

// What holds events, with the events that it holds.
func wrappings() map[string]struct {
	text   string
	others int
} {
	one, two := string(event(1)), string(event(2))
	other := `{"version":"0","id":"x","detail-type":"EC2 Instance State-change Notification","source":"aws.ec2","detail":{"state":"running"}}`
	type w = struct {
		text   string
		others int
	}
	return map[string]w{
		"behind one another":                   {one + two, 0},
		"on lines":                             {one + "\n" + two + "\n", 0},
		"on lines of Windows, with empty ones": {one + "\r\n\r\n" + two + "\r\n", 0},
		"array":                                {"[" + one + ",\n" + two + "]", 0},
		"indented":                             {"[\n  " + strings.ReplaceAll(one, ",", ",\n    ") + ",\n  " + two + "\n]\n", 0},
		"with others":                          {other + "\n" + one + "\n" + other + "\n" + two, 2},
		"table":                                {"@timestamp,@message,@ptr\n2026-09-01 00:01:06.000,\"" + strings.ReplaceAll(one, `"`, `""`) + "\",Ci\n2026-09-01 00:02:06.000,\"" + strings.ReplaceAll(two, `"`, `""`) + "\",Ci\n", 0},
		"a time right before":                  {"1788220866000," + one + "\n1788220866000" + two, 0},
		"texts":                                {quoted([]byte(one)) + "\n" + quoted([]byte("["+two+"]")), 0},
		"of another source":                    {strings.Replace(string(event(7)), "aws.workspaces", "my.workspaces", 1) + one + two, 1},
		"filter-log-events":                    {`{"events":[{"logStreamName":"a","timestamp":1,"message":` + quoted([]byte(one)) + `,"eventId":"7"},{"message":` + quoted([]byte(two)) + `}],"nextToken":"x"}`, 0},
		"get-query-results":                    {`{"results":[[{"field":"@message","value":` + quoted([]byte(one)) + `},{"field":"@ptr","value":"Ci"}],[{"field":"@message","value":` + quoted([]byte(two)) + `}]],"status":"Complete"}`, 0},
		"subscription":                         {`{"messageType":"DATA_MESSAGE","logEvents":[{"id":"1","timestamp":1,"message":` + quoted([]byte(one)) + `},{"id":"2","message":` + quoted([]byte(two)) + `}]}`, 0},
		"export":                               {"2026-09-01T00:01:06.000Z " + one + "\n2026-09-01T00:02:06.000Z " + two + "\n", 0},
		"CloudTrail Lake":                      {`{"QueryResultRows":[[{"eventJson":` + quoted([]byte(`{"eventVersion":"1","additionalEventData":`+one+`}`)) + `}],[{"eventJson":` + quoted([]byte(`{"eventData":`+quoted([]byte(two))+`}`)) + `}]]}`, 0},
		"queue":                                {`{"Messages":[{"Body":` + quoted([]byte(`{"Type":"Notification","Message":`+quoted([]byte(one))+`}`)) + `},{"Body":` + quoted([]byte(two)) + `}]}`, 0},
		"within a detail":                      {`{"detail-type":"archive","source":"my.app","detail":{"inner":` + one + `}}` + two, 1},
		"texts that look like JSON":            {`{"a":"{not","b":"[also \"not\"","c":"{}","d":"x"}` + one + two, 0},
	}
}

func TestWrappings(t *testing.T) {
	for name, w := range wrappings() {
		var zipped bytes.Buffer
		z := gzip.NewWriter(&zipped)
		_, _ = z.Write([]byte(w.text))
		_ = z.Close()
		for how, source := range map[string]io.Reader{
			"plain": strings.NewReader(w.text), "gzip": &zipped, "byte by byte": iotest.OneByteReader(strings.NewReader(w.text)), "data with EOF": iotest.DataErrReader(strings.NewReader(w.text)),
		} {
			e := monitor.Newest().ReadLogins(source, monitor.Strict)
			list, errs := logins(e)
			if !slices.Equal(ids(list), []string{id(1), id(2)}) || errs != nil || e.Others() != w.others {
				t.Errorf("%s, %s: %q, %q, %d others", name, how, ids(list), errs, e.Others())
			}
			for _, l := range list {
				if l.Faults != nil {
					t.Errorf("%s: %+v", name, l.Faults)
				}
			}
			if again, _ := logins(e); again != nil {
				t.Errorf("%s: read twice", name)
			}
		}
	}
}

// A fault of the JSON takes one event away, and no other.
func TestBrokenLines(t *testing.T) {
	good := func(n int) string { return string(event(n)) + "\n" }
	cut := string(event(9))
	for name, text := range map[string]string{
		"cut off in a name":        good(1) + cut[:30] + "\n" + good(2) + good(3),
		"cut off behind a value":   good(1) + cut[:strings.Index(cut, `,"id"`)] + "\n" + good(2) + good(3),
		"cut off behind a comma":   good(1) + cut[:strings.Index(cut, `"id"`)] + "\n" + good(2) + good(3),
		"cut off behind a bracket": good(1) + `{"a":[` + "\n" + good(2) + good(3),
		"no JSON":                  good(1) + "what is this?\n" + good(2) + good(3),
		"a byte too many":          good(1) + "}" + good(2) + good(3),
		"in an array":              "[\n" + strings.Replace(good(1), "\n", ",\n", 1) + `{"id":x},` + "\n" + strings.Replace(good(2), "\n", ",\n", 1) + good(3) + "]",
		"a table without a head":   good(1) + `"` + strings.ReplaceAll(cut, `"`, `""`) + "\"\n" + good(2) + good(3),
		"at the end":               good(1) + good(2) + good(3) + cut[:200],
	} {
		for _, source := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text))} {
			list, errs := logins(monitor.Newest().ReadLogins(source, monitor.Lenient))
			got := ids(list)
			want := []string{id(1), id(2), id(3)}
			if name == "a byte too many" { // the rest of its line is gone with it
				want = []string{id(1), id(3)}
			}
			if !slices.Equal(got, want) || len(errs) != 1 {
				t.Errorf("%s: %q, %q", name, got, errs)
			}
		}
	}
	inText := `{"events":[{"message":` + quoted([]byte(cut[:300])) + `},{"message":` + quoted(event(1)) + `}]}`
	if list, errs := logins(monitor.Newest().ReadLogins(strings.NewReader(inText), monitor.Lenient)); !slices.Equal(ids(list), []string{id(1)}) || len(errs) != 1 {
		t.Errorf("in a text: %q, %q", ids(list), errs)
	}
	broken := errors.New("broken")
	list, errs := logins(monitor.Newest().ReadLogins(io.MultiReader(strings.NewReader(good(1)), iotest.ErrReader(broken)), monitor.Lenient))
	if len(list) != 1 || !slices.Equal(errs, []string{"broken"}) {
		t.Error(ids(list), errs)
	}
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, _ = z.Write(bytes.Repeat([]byte(good(1)), 1000))
	_ = z.Close()
	if _, errs := logins(monitor.Newest().ReadLogins(bytes.NewReader(zipped.Bytes()[:zipped.Len()-40]), monitor.Lenient)); len(errs) != 1 || !strings.Contains(errs[0], "gzip") {
		t.Errorf("a compressed source that is cut off: %q", errs)
	}
}

func TestParseLogin(t *testing.T) {
	for text, want := range map[string]string{
		"": "0 access events", "{}": "0 access events", string(event(1)) + string(event(2)): "2 access events", `{"a"`: "", "x": "",
	} {
		if _, err := monitor.Newest().ParseLogin([]byte(text), monitor.Lenient); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v", text, err)
		}
	}
	var syntax *jsonstream.SyntaxError
	if _, err := monitor.Newest().ParseLogin([]byte("{x"), monitor.Lenient); !errors.As(err, &syntax) {
		t.Error(err)
	}
	if _, err := (monitor.Rules{}).ParseLogin(event(1), monitor.Lenient); err == nil {
		t.Error("zero Rules read an event")
	}
}

// A reader stops when its caller does.
func TestStop(t *testing.T) {
	text := strings.Repeat(string(event(1))+"\n", 100)
	n := 0
	for range monitor.Newest().ReadLogins(strings.NewReader(text), monitor.Lenient).All() {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Error(n)
	}
}
