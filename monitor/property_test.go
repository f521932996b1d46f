package monitor_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/rule"
)

// object writes the members of an object in an order that is drawn, with fields that nobody knows
// between them.
func object(t *rapid.T, members map[string]json.RawMessage) json.RawMessage {
	members = maps.Clone(members)
	for range rapid.IntRange(0, 2).Draw(t, "unknown fields") {
		members[rapid.StringMatching(`x[a-z]{1,6}`).Draw(t, "name")] = rapid.SampledFrom([]json.RawMessage{
			json.RawMessage(`1`), json.RawMessage(`null`), json.RawMessage(`[{"a":"{\"b\":[]}"}]`), json.RawMessage(`{"source":"aws.workspaces"}`), json.RawMessage(`"[not JSON"`),
		}).Draw(t, "unknown")
	}
	names := slices.Sorted(maps.Keys(members))
	names = rapid.Permutation(names).Draw(t, "order")
	space := rapid.SampledFrom([]string{"", " ", "\n  "}).Draw(t, "space")
	var b bytes.Buffer
	b.WriteByte('{')
	for i, n := range names {
		if i > 0 {
			b.WriteByte(',')
		}
		name, _ := json.Marshal(n)
		fmt.Fprintf(&b, "%s%s:%s%s", space, name, space, members[n])
	}
	b.WriteByte('}')
	return b.Bytes()
}

func raw(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

var (
	productNames = []string{"WorkSpaces Desktop client", "WorkSpacesWebClient", "AmazonWorkSpacesThinClient", "Teradici PCoIP Zero Client", "a \"new\" client\u2028", ""}
	platforms    = []string{"Windows", "OSX", "Linux", "Web", "Plan 9"}
	moments      = rapid.Map(rapid.Int64Range(0, 4e9), func(s int64) time.Time { return time.Unix(s, 0).UTC() })
)

// A drawn is an access event, and the login that it must be read as.
type drawn struct {
	text json.RawMessage
	want monitor.Login
}

func drawEvent(t *rapid.T, n int) drawn {
	l := monitor.Login{
		ID: fmt.Sprint("event-", n), Account: rapid.StringMatching(`[0-9]{12}`).Draw(t, "account"), Region: "eu-west-1",
		Sent: moments.Draw(t, "sent"), Time: moments.Draw(t, "time"), ClientIP: netip.AddrFrom4([4]byte{192, 0, 2, byte(n)}),
		Product: rapid.SampledFrom(productNames).Draw(t, "product"), Platform: rapid.SampledFrom(platforms).Draw(t, "platform"), Version: "5.1",
		Directory: "d-906732b9ab", Workspace: rapid.StringMatching(`ws-[a-z0-9]{3,12}`).Draw(t, "workspace"),
	}
	detail := object(t, map[string]json.RawMessage{
		"clientIpAddress": raw(l.ClientIP), "actionType": raw("successfulLogin"), "workspacesClientProductName": raw(l.Product), "loginTime": raw(l.Time),
		"clientPlatform": raw(l.Platform), "directoryId": raw("domain/" + l.Directory), "clientVersion": raw(l.Version), "workspaceId": raw(l.Workspace),
	})
	return drawn{object(t, map[string]json.RawMessage{
		"id": raw(l.ID), "detail-type": raw("WorkSpaces Access"), "source": raw("aws.workspaces"), "account": raw(l.Account), "time": raw(l.Sent), "region": raw(l.Region), "detail": detail,
	}), l}
}

// wrap puts an event, or another text, into what could hold it.
func wrap(t *rapid.T, text json.RawMessage) json.RawMessage {
	for range rapid.IntRange(0, 2).Draw(t, "wrappings") {
		switch rapid.IntRange(0, 3).Draw(t, "wrapping") {
		case 0:
			text = object(t, map[string]json.RawMessage{"message": raw(string(text)), "timestamp": raw(7)})
		case 1:
			text = object(t, map[string]json.RawMessage{"event": text})
		case 2:
			text = slices.Concat([]byte("[1, "), text, []byte("]"))
		default:
			text = slices.Concat([]byte("[[], "), raw(string(text)), []byte("]"))
		}
	}
	return text
}

// The reader loses no login and invents none, whatever holds the events, in which order their fields
// stand, what else is there, and how the source is cut.
func TestNoLoginIsLostOrInvented(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var text bytes.Buffer
		var want []monitor.Login
		others := 0
		separator := rapid.SampledFrom([]string{"", "\n", "\r\n\r\n", " "}).Draw(t, "separator")
		for i := range rapid.IntRange(0, 5).Draw(t, "events") {
			d := drawEvent(t, i)
			if rapid.IntRange(0, 4).Draw(t, "other") == 0 {
				d.text = bytes.Replace(d.text, []byte("WorkSpaces Access"), []byte("WorkSpaces access"), 1)
				others++
			} else {
				want = append(want, d.want)
			}
			text.Write(wrap(t, d.text))
			text.WriteString(separator)
		}
		source := io.Reader(bytes.NewReader(text.Bytes()))
		switch rapid.IntRange(0, 3).Draw(t, "cut") {
		case 0:
			source = iotest.OneByteReader(source)
		case 1:
			source = iotest.HalfReader(source)
		case 2:
			source = iotest.DataErrReader(source)
		}
		e := monitor.Newest().ReadLogins(source, monitor.Lenient)
		var got []monitor.Login
		for l, err := range e.All() {
			if err != nil {
				t.Fatalf("%s: %v", &text, err)
			}
			l.Faults = nil
			got = append(got, l)
		}
		if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) || e.Others() != others {
			t.Fatalf("%s\ngot  %+v, %d others\nwant %+v, %d", &text, got, e.Others(), want, others)
		}
	})
}

// Broken text is told, and neither takes a login of a line of its own away nor makes one. A line that ends behind
// "detail": is not broken: JSON goes on with the next line.
func TestSpoiledLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var text bytes.Buffer
		var whole []string
		spoiled := 0
		for i := range rapid.IntRange(1, 6).Draw(t, "lines") {
			line := event(i)
			if rapid.Bool().Draw(t, "spoil") {
				// cut off within the line: before its last byte, for else it is whole
				line = line[:rapid.IntRange(1, len(line)-1).Draw(t, "length")]
				if bytes.HasSuffix(bytes.TrimRight(line, " "), []byte(`"detail":`)) { // an object on the next line would be the detail
					line = line[:len(`{"version`)]
				}
				spoiled++
			} else {
				whole = append(whole, id(i))
			}
			text.Write(line)
			text.WriteByte('\n')
		}
		list, errs := logins(monitor.Newest().ReadLogins(iotest.HalfReader(&text), monitor.Lenient))
		if !slices.Equal(ids(list), whole) || len(errs) > spoiled || spoiled > 0 && len(errs) == 0 {
			t.Fatalf("%q, want %q; %d spoiled: %q", ids(list), whole, spoiled, errs)
		}
	})
}

// The order of logins does not matter to their use, and the hours are those of a clock that is looked
// at minute by minute.
func TestUsageAgainstAClock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := monitor.Assumption{
			Session: time.Duration(rapid.IntRange(0, 300).Draw(t, "session")) * time.Minute, Timeout: time.Duration(rapid.IntRange(1, 30).Draw(t, "timeout")) * time.Hour,
		}
		start := time.Date(2026, 2, 27, 0, 0, 0, 0, time.UTC)
		minutes := rapid.SliceOfN(rapid.IntRange(0, 7*24*60), 1, 12).Draw(t, "minutes")
		u := monitor.Usage{Assumption: a}
		hours, days := map[int64]bool{}, map[int64]bool{}
		for _, m := range minutes {
			at := start.Add(time.Duration(m) * time.Minute)
			u.Add(&monitor.Login{Workspace: "ws-1", Time: at})
			days[at.Unix()/86400] = true
			for end := at.Add(a.Session + a.Timeout); at.Before(end); at = at.Add(time.Minute) {
				hours[at.Unix()/3600] = true
			}
		}
		report, err := monitor.Newest().Report(&u, []monitor.Desktop{{ID: "ws-1", RunningMode: monitor.AlwaysOn}})
		if err != nil {
			t.Fatal(err)
		}
		d := report.Desktops[0]
		if d.Hours != len(hours) || d.Days != len(days) || d.Logins != len(minutes) || !d.First.Equal(start.Add(time.Duration(slices.Min(minutes))*time.Minute)) || !d.Last.Equal(start.Add(time.Duration(slices.Max(minutes))*time.Minute)) {
			t.Fatalf("%v %v: %+v, want %d hours on %d days", minutes, a, d, len(hours), len(days))
		}
	})
}

// What Pattern writes, CheckPattern finds sound, in every edition with access events.
func TestPatternsAreSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, err := monitor.At(rapid.SampledFrom(monitor.Editions()).Draw(t, "edition"))
		if err != nil {
			t.Fatal(err)
		}
		f := monitor.EventFilter{
			Directories: rapid.SliceOfN(rapid.SampledFrom([]string{"d-906732b9ab", "domain/d-906732b9ac", "wsd-0123456789"}), 0, 3).Draw(t, "directories"),
			Workspaces:  rapid.SliceOfN(rapid.StringMatching(`ws-[a-z0-9]{9}`), 0, 3).Draw(t, "workspaces"),
			Products:    rapid.SliceOfN(rapid.SampledFrom(productNames[:4]), 0, 2).Draw(t, "products"),
			Platforms:   rapid.SliceOfN(rapid.SampledFrom(platforms[:4]), 0, 2).Draw(t, "platforms"),
		}
		for range rapid.IntRange(0, 2).Draw(t, "ranges") {
			p, _ := netip.AddrFrom4([4]byte{192, 0, 2, byte(rapid.IntRange(0, 255).Draw(t, "octet"))}).Prefix(rapid.IntRange(0, 32).Draw(t, "bits"))
			f.From = append(f.From, p)
		}
		pattern, err := r.Pattern(f)
		if err != nil {
			if !strings.Contains(err.Error(), "of the edition") {
				t.Fatal(err)
			}
			return
		}
		a, err := r.CheckPattern(pattern)
		if err != nil || len(a.Violations) > 0 || !json.Valid(pattern) {
			t.Fatalf("%s on %s: %v %v", pattern, r.Edition(), a, err)
		}
		if r == monitor.Newest() && a.Verdict != rule.Allowed {
			t.Fatalf("%s: %v", pattern, a)
		}
	})
}

// A trial with fewer restrictions never refuses what one with more admits.
func TestTrialsAreMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		devices := map[monitor.DeviceType]monitor.DeviceAccess{}
		for _, d := range []monitor.DeviceType{monitor.Windows, monitor.OSX, monitor.Linux, monitor.Web, monitor.ThinClient, monitor.ZeroClient} {
			if a := rapid.SampledFrom([]monitor.DeviceAccess{"", monitor.AllowDevices, monitor.DenyDevices, monitor.TrustDevices}).Draw(t, "access"); a != "" {
				devices[d] = a
			}
		}
		minimum := map[monitor.DeviceType]string{monitor.Windows: rapid.StringMatching(`[0-9]{1,2}(\.[0-9]{1,2}){0,2}`).Draw(t, "minimum")}
		login := drawEvent(t, 1).want
		all := monitor.Trial{Devices: devices, Minimum: minimum}
		strict, err := monitor.Newest().CheckLogin(&login, all)
		if err != nil {
			t.Fatal(err)
		}
		for _, some := range []monitor.Trial{{}, {Devices: devices}, {Minimum: minimum}} {
			a, err := monitor.Newest().CheckLogin(&login, some)
			if err != nil {
				t.Fatal(err)
			}
			if a.Verdict == rule.Denied && strict.Verdict != rule.Denied || strict.Verdict == rule.Allowed && a.Verdict != rule.Allowed {
				t.Fatalf("%+v: %v alone, %v with more", login, a, strict)
			}
		}
	})
}
