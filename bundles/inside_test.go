package bundles

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// Names that are the same but for upper and lower case have the same hash, letter by letter.
func TestHashOfNames(t *testing.T) {
	pairs := map[string]string{"É": "é", "Ω": "ω", "a\xffB": "A\xffb"}
	for c := 'A'; c <= 'Z'; c++ {
		pairs[string(c)] = strings.ToLower(string(c))
		pairs["x"+string(c)+"1"] = "X" + strings.ToLower(string(c)) + "1"
	}
	for a, b := range pairs {
		if !sameName(a, b) || hashName(7, a) != hashName(7, b) {
			t.Errorf("%q and %q: same %t, hashes %x and %x", a, b, sameName(a, b), hashName(7, a), hashName(7, b))
		}
	}
	for _, pair := range [][2]string{{"a", "b"}, {"@", "`"}, {"[", "{"}, {"a", "aa"}, {"", "a"}, {"\xff", "\xfe"}, {"\xff", "\ufffd"}} {
		if sameName(pair[0], pair[1]) || hashName(7, pair[0]) == hashName(7, pair[1]) {
			t.Errorf("%q and %q are one name", pair[0], pair[1])
		}
	}
}

// A byte that is no UTF-8 is outside of every alphabet, and the character that stands for such bytes is not.
func TestOutside(t *testing.T) {
	every, lower := func(rune) bool { return true }, func(c rune) bool { return c >= 'a' && c <= 'z' }
	for _, tt := range []struct {
		text string
		in   func(rune) bool
		want rune
	}{{"", lower, 0}, {"abc", lower, 0}, {"aBc", lower, 'B'}, {"a\xff", every, '\ufffd'}, {"a\ufffdb", every, 0}, {"a\ufffdb", lower, '\ufffd'}, {"é😀", every, 0}, {"\xff", lower, '\ufffd'}} {
		if c, bad := outside(tt.text, tt.in); c != tt.want || bad != (tt.want != 0) {
			t.Errorf("%q: %q, %t", tt.text, c, bad)
		}
	}
}

// A change of a property needs the state that its operation needs: what CheckOperation finds, CheckModify finds as well.
func TestModificationsAreOperations(t *testing.T) {
	for op, p := range map[Operation]types.WorkspaceProperties{
		ModifyVolumes: {RootVolumeSizeGib: new(int32(175))}, ModifyCompute: {ComputeTypeName: types.ComputePower}, ModifyMode: {RunningMode: types.RunningModeAutoStop}, ModifyProtocol: {Protocols: []types.Protocol{types.ProtocolWsp}},
	} {
		for _, e := range []string{"2020-04-29", "2022-11-07", "2025-10-21", "2026-09-10"} {
			r, err := At(rule.MustParseEdition(e))
			if err != nil {
				t.Fatal(err)
			}
			for _, state := range []types.WorkspaceState{"", types.WorkspaceStateAvailable, types.WorkspaceStateError, types.WorkspaceStateMaintenance, types.WorkspaceStateStopped} {
				w := Workspace{State: state, ComputeType: types.ComputeStandard, OperatingSystem: types.OperatingSystemNameWindowsServer2022, Volumes: Volumes{Root: 80, User: 100}}
				alone, err := r.CheckOperation(op, w)
				if err != nil {
					t.Fatal(err)
				}
				all, err := r.CheckModify(w, p, time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
				if err != nil {
					t.Fatal(err)
				}
				for _, v := range alone.Violations {
					if !slices.Contains(all.Violations, v) {
						t.Errorf("%s, %s in %q: %v is not among %v", e, op, state, v, all.Violations)
					}
				}
				for _, o := range alone.Open {
					if !slices.Contains(all.Open, o) {
						t.Errorf("%s, %s in %q: %v is not among %v", e, op, state, o, all.Open)
					}
				}
			}
		}
	}
}

// A window has the citation of the page that gives it.
func TestWindowsAreCited(t *testing.T) {
	for _, mode := range []types.RunningMode{types.RunningModeAlwaysOn, types.RunningModeAutoStop} {
		next, err := Newest().NextMaintenance(Maintenance{Mode: mode, RegionZone: time.UTC}, time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
		if err != nil || next.Window.Cite.Document != "admin-guide-maintenance" || next.Window.Opens.IsZero() {
			t.Errorf("%s: %+v, %v", mode, next, err)
		}
	}
}

// What the text of the model says of DCV is against its enumeration, of the version that brought both.
func TestProtocolOfTheModel(t *testing.T) {
	var a rule.Answer
	r, err := At(rule.MustParseEdition("2024-11-20"))
	if err != nil {
		t.Fatal(err)
	}
	r.s.protocol(&a, &Workspace{}, []types.Protocol{"DCV"})
	if want := tables.Cite("service-model", "Protocol", "2022-11-07"); len(a.Open) == 0 || a.Open[0].Cites[1] != want || a.Open[0].Cites[0] != tables.Cite("service-model", "WorkspaceProperties", "2024-11-20") {
		t.Errorf("%+v", a)
	}
}

// Details of the tests of images tell the bound, and from which number of bytes on it is not met.
func TestDetailsTellTheBound(t *testing.T) {
	r, err := At(rule.MustParseEdition("2020-05-07"))
	if err != nil {
		t.Fatal(err)
	}
	var a rule.Answer
	r.s.profile(&a, new(int64(10*gib)), false)
	if len(a.Violations) != 1 || a.Violations[0].Detail != "10737418240 bytes are not less than 10737418240" {
		t.Errorf("%+v", a)
	}
}

// A member of properties that differs makes them others, so that none is taken for sound which was not asked.
func TestSamePropertiesSeesEachMember(t *testing.T) {
	members := 0
	for i := range reflect.TypeFor[types.WorkspaceProperties]().NumField() {
		var p, q types.WorkspaceProperties
		f := reflect.ValueOf(&q).Elem().Field(i)
		if !f.CanSet() {
			continue
		}
		members++
		switch f.Kind() {
		case reflect.String:
			f.SetString("X")
		case reflect.Pointer:
			f.Set(reflect.New(f.Type().Elem()))
		case reflect.Slice:
			f.Set(reflect.MakeSlice(f.Type(), 1, 1))
		default:
			t.Fatalf("a member of kind %s", f.Kind())
		}
		if sameProperties(&p, &q) || sameProperties(&q, &p) || !sameProperties(&q, &q) {
			t.Errorf("%s is not seen", reflect.TypeFor[types.WorkspaceProperties]().Field(i).Name)
		}
	}
	if members < 8 {
		t.Errorf("%d members", members)
	}
}

// A batch says of each request what is said of it alone, whatever stands before it.
func TestABatchAnswersAsEachRequestDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.SampledFrom([]int32{0, 80, 100, 175, 5000})
		var batch []types.WorkspaceRequest
		contexts := map[*types.WorkspaceRequest]LaunchContext{}
		for i := range rapid.IntRange(1, 8).Draw(t, "requests") {
			p := &types.WorkspaceProperties{
				ComputeTypeName: rapid.SampledFrom([]types.Compute{"", "VALUE", "POWER", "GRAPHICS", "NOVEL"}).Draw(t, "compute type"),
				RunningMode:     rapid.SampledFrom([]types.RunningMode{"", "ALWAYS_ON", "AUTO_STOP"}).Draw(t, "mode"),
				Protocols:       rapid.SampledFrom([][]types.Protocol{nil, {"WSP"}, {"PCOIP"}, {"WSP", "PCOIP"}}).Draw(t, "protocols"),
			}
			if n := size.Draw(t, "root"); n > 0 {
				p.RootVolumeSizeGib = &n
			}
			if n := size.Draw(t, "user"); n > 0 {
				p.UserVolumeSizeGib = &n
			}
			if i > 0 && rapid.Bool().Draw(t, "as before") {
				*p = *batch[i-1].WorkspaceProperties
			}
			name := fmt.Sprint("user", i)
			batch = append(batch, types.WorkspaceRequest{BundleId: new("wsb-12345678a"), DirectoryId: new("d-1234567890"), UserName: &name, WorkspaceProperties: p})
		}
		for i := range batch {
			contexts[&batch[i]] = LaunchContext{
				ComputeType: rapid.SampledFrom([]types.Compute{"", "POWER"}).Draw(t, "of the bundle"), Volumes: rapid.SampledFrom([]Volumes{{}, {175, 100}}).Draw(t, "volumes"),
				Region: rapid.SampledFrom([]string{"", "us-east-1", "ap-south-1"}).Draw(t, "Region"),
			}
		}
		rules := Newest()
		var want rule.Answer
		for i := range batch {
			a, err := rules.CheckRequest(batch[i], contexts[&batch[i]])
			if err != nil {
				t.Fatal(err)
			}
			want.Merge(rule.Path("Workspaces").Index(i), a)
		}
		got, err := rules.CheckRequests(batch, func(q *types.WorkspaceRequest) LaunchContext { return contexts[q] })
		if want = want.Concluded(); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%v, %v, want %v", got, err, want)
		}
	})
}

// One compute type is larger than another of its family if it has more of something and less of nothing.
func TestCompareOfHardware(t *testing.T) {
	of := func(family Family, vcpu, memory, gpu, video int) *compute {
		c := &compute{}
		c.Family = family
		for _, part := range []struct {
			dst any
			n   int
		}{{&c.VCPU, vcpu}, {&c.MemoryGiB, memory}, {&c.GPU, gpu}, {&c.VideoGiB, video}} {
			v := reflect.ValueOf(part.dst).Elem()
			v.Set(reflect.ValueOf(part.n).Convert(v.Type()))
		}
		return c
	}
	base := of(G6, 4, 16, 1, 24)
	for name, tt := range map[string]struct {
		c    *compute
		want Order
	}{
		"the same": {of(G6, 4, 16, 1, 24), Equal}, "more vCPUs": {of(G6, 5, 16, 1, 24), Larger}, "more memory": {of(G6, 4, 17, 1, 24), Larger}, "more GPUs": {of(G6, 4, 16, 2, 24), Larger},
		"more video memory": {of(G6, 4, 16, 1, 25), Larger}, "fewer vCPUs": {of(G6, 3, 16, 1, 24), Smaller}, "less memory": {of(G6, 4, 15, 1, 24), Smaller},
		"fewer GPUs": {of(G6, 4, 16, 0, 24), Smaller}, "less video memory": {of(G6, 4, 16, 1, 23), Smaller}, "more and less": {of(G6, 5, 15, 1, 24), Incomparable},
		"less and more": {of(G6, 4, 16, 0, 25), Incomparable}, "of another family": {of(G7, 5, 16, 1, 24), Incomparable}, "of no family": {of("", 5, 16, 1, 24), Incomparable},
	} {
		if got := tt.c.compare(base); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

// One of a compute type and that to which the guide lets it lead is larger, in each edition. The volumes that GeneralPurpose needs are told
// when it can be reached.
func TestWaysLeadUpOrDown(t *testing.T) {
	ways := 0
	for _, e := range Editions() {
		r, err := At(e)
		if err != nil {
			t.Fatal(err)
		}
		for _, from := range r.s.inOrder {
			for _, to := range r.s.inOrder {
				w := Workspace{ComputeType: from.Name, OperatingSystem: types.OperatingSystemNameWindows10}
				if !r.s.leadsTo(new(rule.Answer), &w, to.Name) {
					continue
				}
				if ways++; Compare(to.Name, from.Name) != Larger && Compare(to.Name, from.Name) != Smaller {
					t.Errorf("%s: %s to %s is %s", e, from.Name, to.Name, Compare(to.Name, from.Name))
				}
				if m := to.least; isGeneralPurpose(to.Name) && (m.root != 175 || m.user != 100) {
					t.Errorf("%s: %s needs %d/%d", e, to.Name, m.root, m.user)
				}
			}
		}
	}
	if ways == 0 {
		t.Error("no way leads anywhere")
	}
}

// A document tells of each Region whether it has a feature.
func TestRegionsOfFeaturesAreTold(t *testing.T) {
	for _, e := range Editions() {
		r, err := At(e)
		if err != nil {
			t.Fatal(err)
		}
		for f, has := range map[facts.Feature]bool{facts.NestedVirtualization: r.s.rules.Has(NestedVirtualizationUnsupported), facts.MultiRegionResilience: r.s.rules.Has(StandbyNotInRegion)} {
			p := r.s.catalogue.PlaceOf(f)
			if (p != nil) != has {
				t.Errorf("%s: %s has the rule: %t, and places: %v", e, f, has, p)
			}
			for _, region := range []string{"us-east-1", "us-east-2", "eu-north-1", "il-central-1"} {
				if p != nil && p.Has(region) == p.Lacks(region) {
					t.Errorf("%s: %s in %s: has %t, lacks %t", e, f, region, p.Has(region), p.Lacks(region))
				}
			}
		}
	}
}

// A text is plain that is sound as a key or value of a tag, and of ASCII letters, digits, spaces and + - = . _ : / @.
func TestPlainTexts(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, "a": true, "Z9": true, "a b": true, "+-=._:/@": true, "aws": true, "xaws:": true, strings.Repeat("x", 20): true,
		strings.Repeat("x", 21): false, " a": false, "a ": false, " ": false, "aws:": false, "aws:x": false, "é": false, "a#": false, "#a": false, "a\x80": false, "\x7f": false,
	} {
		if got := isPlain(text, 20); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

// A letter of ASCII or of Unicode becomes its lower case, and a byte that is no UTF-8 is like no letter.
func TestLower(t *testing.T) {
	for text, want := range map[string]struct {
		c    rune
		size int
	}{
		"A": {'a', 1}, "Z": {'z', 1}, "@": {'@', 1}, "[": {'[', 1}, "a": {'a', 1}, "z": {'z', 1}, "\x7f": {0x7f, 1}, "\x80": {-0x80, 1}, "\xff": {-0xff, 1},
		"É": {'é', 2}, "é": {'é', 2}, "\ufffd": {'\ufffd', 3}, "\u0080": {0x80, 2}, "Ab": {'a', 1},
	} {
		if c, size := lower(text); c != want.c || size != want.size {
			t.Errorf("%q: %d, %d", text, c, size)
		}
	}
	if hashName(7, "\x80") == hashName(7, "\u0080") {
		t.Error("the byte 80 has the hash of the character U+0080")
	}
}

// An element is a repetition if one of the same hash that stands before is the same. What shares a hash, or has one that leads to
// the same place, at the end of the table too, is told apart.
func TestRepeats(t *testing.T) {
	const other, last = 5<<8 | 1, 127<<8 | 1
	type element struct {
		hash uint64
		name string
	}
	for name, tt := range map[string]struct {
		list []element
		want []int
	}{
		"none":                   {nil, nil},
		"one":                    {[]element{{other, "a"}}, nil},
		"two of one hash":        {[]element{{other, "a"}, {other, "b"}}, nil},
		"the same":               {[]element{{other, "a"}, {other, "a"}, {other, "a"}}, []int{1, 2}},
		"the same behind others": {[]element{{other, "a"}, {other, "b"}, {other | 2, "c"}, {other, "b"}, {other | 2, "c"}, {other, "d"}}, []int{3, 4}},
		"at the end":             {[]element{{last, "a"}, {last, "b"}, {last, "c"}, {last, "c"}, {last, "a"}, {1, "d"}, {1, "d"}}, []int{3, 4, 6}},
		"not to be compared":     {[]element{{0, "a"}, {0, "a"}, {other, "a"}, {0, "a"}, {other, "a"}}, []int{4}},
		"of other hashes":        {[]element{{other, "a"}, {last, "a"}}, nil},
	} {
		var list []uint64
		for _, e := range tt.list {
			list = append(list, e.hash)
		}
		var got []int
		marks := repeats(list, func(i, j int) bool { return tt.list[i].name == tt.list[j].name })
		for i, marked := range marks {
			if marked {
				got = append(got, i)
			}
		}
		if !slices.Equal(got, tt.want) || (marks == nil) != (tt.want == nil) || marks != nil && len(marks) != len(list) {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
	for _, n := range []int{63, 64, 65, 127, 128, 129, 1000} {
		list := make([]uint64, n)
		for i := range list {
			list[i] = nonzero(uint64(i+1) << 8)
		}
		if marks := repeats(list, func(i, j int) bool { return false }); marks != nil {
			t.Errorf("%d: %v", n, marks)
		}
		list[n-1] = list[0]
		if marks := repeats(list, func(i, j int) bool { return true }); len(marks) != n || !marks[n-1] || slices.Contains(marks[:n-1], true) {
			t.Errorf("the last of %d is not the first: %v", n, marks)
		}
	}
}

// Up to 64 elements take no memory.
func TestFewRepeatsTakeNoMemory(t *testing.T) {
	list := make([]uint64, 64)
	for i := range list {
		list[i] = nonzero(uint64(i) << 8)
	}
	if n := testing.AllocsPerRun(10, func() { repeats(list, func(i, j int) bool { return false }) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
	var few [64]uint64
	if got := hashes(64, few[:]); len(got) != 64 || &got[0] != &few[0] {
		t.Error("64 hashes are not those that are there")
	}
	if got := hashes(3, few[:]); len(got) != 3 || &got[0] != &few[0] {
		t.Error("3 hashes are not of those that are there")
	}
	if got := hashes(65, few[:]); len(got) != 65 || &got[0] == &few[0] {
		t.Error("65 hashes have no space of their own")
	}
	for h, want := range map[uint64]uint64{0: 1, 1: 1, 2: 3, 6: 7, 1 << 63: 1<<63 | 1} {
		if got := nonzero(h); got != want {
			t.Errorf("%d becomes %d", h, got)
		}
	}
}

// A name of a compute type that is as long as one of those that there are, or a little longer, is found or is unknown.
func TestComputeTypesOfAnyLength(t *testing.T) {
	for n := range 40 {
		if c := Newest().s.compute(types.Compute(strings.Repeat("X", n))); c != &Newest().s.unknown {
			t.Errorf("%d letters: %+v", n, c)
		}
	}
}

// The letters that identifiers are made of.
func TestLettersOfIdentifiers(t *testing.T) {
	for c := range 256 {
		var want byte
		switch {
		case c >= '0' && c <= '9' || c >= 'a' && c <= 'f':
			want = idLetter | idHex
		case c > 'f' && c <= 'z':
			want = idLetter
		}
		if idBytes[c] != want {
			t.Errorf("%q: %d, want %d", rune(c), idBytes[c], want)
		}
	}
}
