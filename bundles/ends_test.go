package bundles_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/internal/gen"
	"github.com/wksgo/wks/rule"
)

// What ends, drawn from the guide's table of systems and from the two notices of its document history.
const lastDays = `
AMAZON_LINUX_2       2026-06-30  2026-05-15
WINDOWS_SERVER_2016  2027-01-12
PCOIP                2027-10-31  2026-07-31 new customers
Pools                2027-12-31  2026-07-31 new customers
WINDOWS_SERVER_2019  2029-01-09
ROCKY_8              2029-05-31
RHEL_8               2029-05-31
WINDOWS_SERVER_2022  2031-10-14
ROCKY_9              2032-05-31
RHEL_9               2032-05-31
UBUNTU_22_04         2032-06-30
UBUNTU_24_04         2034-06-30
WINDOWS_SERVER_2025  2034-11-14
`

func TestCalendar(t *testing.T) {
	r := bundles.Newest()
	list := r.Calendar()
	if !slices.IsSortedFunc(list, func(a, b bundles.End) int { return a.Last.Compare(b.Last) }) {
		t.Errorf("out of order: %v", list)
	}
	for line := range strings.Lines(strings.TrimSpace(lastDays)) {
		f := strings.Fields(line)
		i := slices.IndexFunc(list, func(e bundles.End) bool { return e.Name == f[0] })
		if i < 0 {
			t.Errorf("%s is missing", f[0])
			continue
		}
		closed := ""
		if len(f) > 2 {
			closed = f[2]
		}
		if e := list[i]; e.Last.String() != f[1] || e.Closed.String() != closed || e.NewCustomers != (len(f) > 3) || e.Cite.Document == "" {
			t.Errorf("%+v, want %s", e, line)
		}
	}
	for _, e := range list {
		switch {
		case e.Kind == bundles.EndOfComputeType:
			if !e.Over(r.Day()) {
				t.Errorf("%+v lies ahead", e)
			}
		case !strings.Contains(lastDays, "\n"+e.Name+" "):
			t.Errorf("%+v is in no document", e)
		}
	}
	list[0].What = "changed"
	if r.Calendar()[0].What == "changed" {
		t.Error("Calendar is not a copy")
	}
	later, err := r.AsOf(rule.MustParseEdition("2030-01-01"))
	if err != nil || !slices.Equal(later.Calendar(), r.Calendar()) || later.Edition() != r.Edition() || later.Day().String() != "2030-01-01" || r.Day() != r.Edition() {
		t.Errorf("as of 2030: %v, %v", later.Day(), err)
	}
	if n := len(at(t, "2018-02-03").Calendar()); n != 0 {
		t.Errorf("%d ends in 2018", n)
	}
}

func TestTouches(t *testing.T) {
	p := types.WorkspaceProperties{OperatingSystemName: "WINDOWS_SERVER_2016", Protocols: []types.Protocol{"PCOIP"}, ComputeTypeName: "GRAPHICSPRO"}
	var got []string
	for _, e := range bundles.Newest().Calendar() {
		if e.Touches(p) {
			got = append(got, e.Name)
		}
		if e.Touches(types.WorkspaceProperties{}) {
			t.Errorf("%+v touches a WorkSpace of which nothing is known", e)
		}
	}
	if want := []string{"GRAPHICSPRO", "WINDOWS_SERVER_2016", "PCOIP"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestAsOfInput(t *testing.T) {
	newest := bundles.Newest().Edition()
	before := newest.Date().AddDate(0, 0, -1).Format(time.DateOnly)
	for day, want := range map[string]string{before: "Day", "": "Day", newest.String(): "", "9999-12-31": ""} {
		var e rule.Edition
		if day != "" {
			e = rule.MustParseEdition(day)
		}
		r, err := bundles.Newest().AsOf(e)
		var input *rule.InputError
		if errors.As(err, &input); (err != nil) != (want != "") || err != nil && (string(input.Path) != want || r != bundles.Rules{}) {
			t.Errorf("%q: %v, %v", day, r.Day(), err)
		}
	}
	one, _ := bundles.Newest().AsOf(rule.MustParseEdition("2027-01-01"))
	other, _ := bundles.Newest().AsOf(rule.MustParseEdition("2027-01-01"))
	if one != other || one == bundles.Newest() {
		t.Error("rules for one day are not equal, or those for two are")
	}
}

// strictness orders answers: a denial is worse than an open question, which is worse than a permission.
func strictness(v rule.Verdict) int {
	return map[rule.Verdict]int{rule.Undocumented: 1, rule.Denied: 2}[v]
}

// A later day never makes an answer better: what was found before is found then, or the end that was
// ahead is over.
func TestLaterIsNoBetter(t *testing.T) { rapid.Check(t, laterIsNoBetter) }

func FuzzLaterIsNoBetter(f *testing.F) { f.Fuzz(rapid.MakeFuzz(laterIsNoBetter)) }

func laterIsNoBetter(t *rapid.T) {
	days := rapid.Map(gen.Date(bundles.Newest().Edition().Date(), time.Date(2036, 1, 1, 0, 0, 0, 0, time.UTC)), rule.MustParseEdition)
	rules, err := bundles.At(rapid.SampledFrom(bundles.Editions()).Draw(t, "edition"))
	if err != nil {
		t.Fatal(err)
	}
	one, other := days.Draw(t, "one"), days.Draw(t, "other")
	if one.Compare(other) > 0 {
		one, other = other, one
	}
	system := rapid.SampledFrom(append(types.OperatingSystemName("").Values(), "")).Draw(t, "system")
	protocol := rapid.SampledFrom([]types.Protocol{"WSP", "PCOIP", bundles.BYOP}).Draw(t, "protocol")
	compute := rapid.SampledFrom(append(computeTypes(), "")).Draw(t, "compute")
	fresh := rapid.Bool().Draw(t, "new customer")
	asked := func(day rule.Edition) (answers [3]rule.Answer) {
		r, err := rules.AsOf(day)
		if err != nil {
			t.Fatal(err)
		}
		p := types.WorkspaceProperties{OperatingSystemName: system, Protocols: []types.Protocol{protocol}, ComputeTypeName: compute}
		var errs [3]error
		answers[0], errs[0] = r.CheckOffer(system, compute, protocol)
		answers[1], errs[1] = r.CheckDesktop(p, bundles.LaunchContext{NewToPCoIP: fresh})
		answers[2], errs[2] = r.CheckPools(fresh)
		if err := errors.Join(errs[:]...); err != nil {
			t.Fatal(err)
		}
		return answers
	}
	before, after := asked(one), asked(other)
	// What an end that lies ahead may become.
	becomes := map[rule.Code][]rule.Code{
		bundles.OperatingSystemEnds: {bundles.OperatingSystemClosed, bundles.OperatingSystemEnded}, bundles.OperatingSystemClosed: {bundles.OperatingSystemEnded},
		bundles.ProtocolEnds: {bundles.ProtocolClosed, bundles.ProtocolEnded}, bundles.ProtocolClosed: {bundles.ProtocolEnded},
		bundles.PoolsEnd: {bundles.PoolsClosed, bundles.PoolsEnded}, bundles.PoolsClosed: {bundles.PoolsEnded},
	}
	for i := range before {
		if strictness(after[i].Verdict) < strictness(before[i].Verdict) {
			t.Fatalf("question %d on %s: %s, and on %s: %s", i, one, before[i].Verdict, other, after[i].Verdict)
		}
		for _, v := range before[i].Violations {
			if !slices.ContainsFunc(after[i].Violations, func(w rule.Violation) bool {
				return w.Path == v.Path && (w.Code == v.Code || slices.Contains(becomes[v.Code], w.Code))
			}) {
				t.Fatalf("question %d: on %s %v, and on %s %v", i, one, v, other, after[i].Violations)
			}
		}
		for _, o := range before[i].Open {
			if !slices.Contains(after[i].Open, o) {
				t.Fatalf("question %d: open on %s, and not on %s: %v", i, one, other, o)
			}
		}
	}
}

// The guide has dates of retirement for systems, and does not say whether they can be used on them: the answer of that day
// is open. Of PCoIP and of Pools it says that they can be used until their day is over.
func TestDayOfAnEnd(t *testing.T) {
	for _, tt := range []struct {
		day, system, protocol string
		want                  rule.Verdict
	}{
		{"2027-01-11", "WINDOWS_SERVER_2016", "WSP", rule.Allowed},
		{"2027-01-12", "WINDOWS_SERVER_2016", "WSP", rule.Undocumented},
		{"2027-01-13", "WINDOWS_SERVER_2016", "WSP", rule.Denied},
		{"2032-06-30", "UBUNTU_22_04", "WSP", rule.Undocumented},
		{"2027-10-31", "WINDOWS_SERVER_2022", "PCOIP", rule.Allowed},
		{"2027-11-01", "WINDOWS_SERVER_2022", "PCOIP", rule.Denied},
	} {
		r, err := bundles.Newest().AsOf(rule.MustParseEdition(tt.day))
		if err != nil {
			t.Fatal(err)
		}
		a, err := r.CheckOffer(types.OperatingSystemName(tt.system), "STANDARD", types.Protocol(tt.protocol))
		if err != nil || a.Verdict != tt.want {
			t.Errorf("%s by %s on %s: %s %v, %v, want %s", tt.system, tt.protocol, tt.day, a.Verdict, a.Open, err, tt.want)
		}
	}
	r, _ := bundles.Newest().AsOf(rule.MustParseEdition("2027-12-31"))
	if a, err := r.CheckPools(false); err != nil || a.Verdict != rule.Allowed {
		t.Errorf("pools on their last day: %s %v, %v", a.Verdict, a.Open, err)
	}
}
