package network_test

import (
	"errors"
	"fmt"
	"math"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

func group(id string, sources ...string) network.IPGroup {
	g := network.IPGroup{ID: id}
	for _, p := range prefixes(sources...) {
		g.Rules = append(g.Rules, network.IPRule{Source: p})
	}
	return g
}

func TestIPGroupQuotasGrid(t *testing.T) {
	rows := grid(t, "testdata/quotas.txt")
	for _, row := range rows {
		got := map[string]string{"admin-guide-ip-groups": "-", "admin-guide-limits": "-", "general-reference": "-"}
		for _, q := range at(t, row[0]).IPGroupQuotas() {
			got[q.Cite.Document] = fmt.Sprintf("%d/%d/%d", q.Groups, q.Rules, q.PerDirectory)
		}
		if have := []string{got["admin-guide-ip-groups"], got["admin-guide-limits"], got["general-reference"]}; !slices.Equal(have, row[1:]) || len(got) != 3 {
			t.Errorf("%s: %q, want %q", row[0], have, row[1:])
		}
	}
	if len(rows) != 8 {
		t.Errorf("%d rows", len(rows))
	}
	// The guide's two pages counted the groups in different things.
	if q := at(t, "2019-03-24").IPGroupQuotas(); len(q) != 1 || q[0].Scope != "" {
		t.Errorf("before a page said what the groups are counted in: %+v", q)
	}
	for date, want := range map[string][2]string{
		"2019-03-25": {"account", "Region"}, "2020-04-29": {"account", "Region"}, "2020-09-03": {"Region and account", "Region"}, "2021-03-08": {"Region and account", "Region"},
		"2021-03-09": {"Region and account", "Region and account"}, "2026-09-10": {"Region and account", "Region and account"},
	} {
		if q := at(t, date).IPGroupQuotas(); q[0].Scope != want[0] || q[1].Scope != want[1] {
			t.Errorf("%s: %+v", date, q)
		}
	}
}

func TestIPAccess(t *testing.T) {
	office, home, empty := group("wsipg-office", "198.51.100.0/24", "203.0.113.7/32"), group("wsipg-home", "192.0.2.0/25", "192.0.2.9/31"), group("wsipg-empty")
	for _, tt := range []struct {
		name, date, client string
		groups             []network.IPGroup
		want               network.Access
	}{
		{"no group", "2026-09-10", "203.0.113.7", nil, network.Access{Answer: rule.Answer{Verdict: rule.Allowed}, Reason: network.NoGroup, Rule: -1}},
		{"no group, IPv6", "2026-09-10", "2001:db8::1", nil, network.Access{Answer: rule.Answer{Verdict: rule.Allowed}, Reason: network.NoGroup, Rule: -1}},
		{"no such thing as groups", "2018-04-29", "203.0.113.7", nil, network.Access{Reason: network.NoSuchGroups, Rule: -1}},
		{"empty", "2026-09-10", "203.0.113.7", []network.IPGroup{empty}, network.Access{Answer: rule.Answer{Verdict: rule.Denied}, Reason: network.EmptyGroups, Rule: -1}},
		{"empty in the model's first days", "2018-05-01", "203.0.113.7", []network.IPGroup{empty}, network.Access{Reason: network.EmptyGroups, Rule: -1}},
		{"and no group", "2018-04-30", "203.0.113.7", nil, network.Access{Answer: rule.Answer{Verdict: rule.Allowed}, Reason: network.NoGroup, Rule: -1}},
		{"and another address", "2018-04-30", "203.0.113.8", []network.IPGroup{office}, network.Access{Answer: rule.Answer{Verdict: rule.Denied}, Reason: network.NoRuleMatches, Rule: -1}},
		{"two empty", "2018-05-02", "2001:db8::1", []network.IPGroup{empty, empty}, network.Access{Answer: rule.Answer{Verdict: rule.Denied}, Reason: network.EmptyGroups, Rule: -1}},
		{"second rule", "2026-09-10", "203.0.113.7", []network.IPGroup{office}, network.Access{Answer: rule.Answer{Verdict: rule.Allowed}, Reason: network.RuleMatches, Group: "wsipg-office", Rule: 1}},
		{"second group", "2026-09-10", "192.0.2.127", []network.IPGroup{office, home}, network.Access{Answer: rule.Answer{Verdict: rule.Allowed}, Reason: network.RuleMatches, Group: "wsipg-home", Rule: 0}},
		{"first of two rules", "2026-09-10", "192.0.2.8", []network.IPGroup{home}, network.Access{Answer: rule.Answer{Verdict: rule.Allowed}, Reason: network.RuleMatches, Group: "wsipg-home", Rule: 0}},
		{"just outside", "2026-09-10", "192.0.2.128", []network.IPGroup{office, home}, network.Access{Answer: rule.Answer{Verdict: rule.Denied}, Reason: network.NoRuleMatches, Rule: -1}},
		{"mapped client", "2026-09-10", "::ffff:203.0.113.7", []network.IPGroup{office}, network.Access{Answer: rule.Answer{Verdict: rule.Allowed}, Reason: network.RuleMatches, Group: "wsipg-office", Rule: 1}},
		{"empty beside one that matches", "2026-09-10", "203.0.113.7", []network.IPGroup{empty, office}, network.Access{Reason: network.EmptyBeside, Group: "wsipg-office", Rule: 1}},
		{"empty beside one that does not", "2026-09-10", "203.0.113.8", []network.IPGroup{empty, office}, network.Access{Answer: rule.Answer{Verdict: rule.Denied}, Reason: network.NoRuleMatches, Rule: -1}},
		{"IPv6", "2026-09-10", "2001:db8::1", []network.IPGroup{office}, network.Access{Reason: network.IPv6Client, Rule: -1}},
		{"IPv6 in a rule", "2026-09-10", "2001:db8::1", []network.IPGroup{group("wsipg-6", "2001:db8::/32")}, network.Access{Reason: network.IPv6Client, Group: "wsipg-6", Rule: 0}},
		{"everybody", "2026-09-10", "203.0.113.8", []network.IPGroup{group("wsipg-all", "0.0.0.0/0")}, network.Access{Answer: rule.Answer{Verdict: rule.Allowed}, Reason: network.RuleMatches, Group: "wsipg-all", Rule: 0}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rules, client := at(t, tt.date), netip.MustParseAddr(tt.client)
			got, err := rules.IPAccess(tt.groups, client)
			if err != nil || got.Verdict != tt.want.Verdict || got.Reason != tt.want.Reason || got.Group != tt.want.Group || got.Rule != tt.want.Rule {
				t.Errorf("got %+v, %v, want %+v", got, err, tt.want)
			}
			if denied := broken(t, got.Answer) == "client-not-admitted"; denied != (got.Verdict == rule.Denied) {
				t.Errorf("%+v", got)
			}
			if n := testing.AllocsPerRun(10, func() { _, _ = rules.IPAccess(tt.groups, client) }); n > 0 && got.Verdict == rule.Allowed {
				t.Errorf("%v allocations", n)
			}
		})
	}
	bad := office
	bad.Rules = append(slices.Clone(bad.Rules), network.IPRule{})
	for path, f := range map[rule.Path]func() error{
		"Client": func() error { _, err := network.Newest().IPAccess(nil, netip.Addr{}); return err },
		"Groups[0].userRules[2].ipRule": func() error {
			_, err := network.Newest().IPAccess([]network.IPGroup{bad}, netip.MustParseAddr("203.0.113.7"))
			return err
		},
		"Result[1].userRules[2].ipRule": func() error {
			_, err := network.Newest().CheckIPGroups([]network.IPGroup{office, bad}, nil)
			return err
		},
		"UserRules[2].ipRule": func() error { _, err := network.Newest().CheckIPGroupUpdate("wsipg-office", bad.Rules); return err },
	} {
		refused(t, f(), path)
	}
}

// ipGroups makes n groups with as many rules each, the first ones empty, and a directory
// that is associated with the first perDirectory of them.
func ipGroups(t interface{ Fatal(...any) }, n, rules, perDirectory, empty int) ([]network.IPGroup, []network.DirectoryIPGroups) {
	groups := make([]network.IPGroup, n)
	for i := range groups {
		groups[i].ID = fmt.Sprintf("wsipg-%08d", i)
		for j := range rules {
			if i >= empty {
				groups[i].Rules = append(groups[i].Rules, network.IPRule{Source: netip.PrefixFrom(netip.AddrFrom4([4]byte{192, 0, 2, byte(j)}), 32)})
			}
		}
	}
	d := network.DirectoryIPGroups{Directory: "d-1"}
	for i := range perDirectory {
		d.Groups = append(d.Groups, groups[i%n].ID)
	}
	return groups, []network.DirectoryIPGroups{d}
}

func TestCheckIPGroups(t *testing.T) {
	for _, tt := range []struct {
		date                          string
		n, rules, perDirectory, empty int
		verdict                       rule.Verdict
		broken, open                  string
	}{
		{"2018-05-02", 25, 10, 25, 0, rule.Allowed, "", ""},
		{"2018-05-02", 26, 10, 25, 0, rule.Denied, "ip-groups-over-quota Result", ""},
		{"2019-03-25", 100, 10, 25, 0, rule.Allowed, "", ""},
		{"2020-04-29", 101, 10, 0, 0, rule.Denied, "ip-groups-over-quota Result", ""},
		{"2026-06-30", 26, 10, 26, 0, rule.Undocumented, "ip-group-quota-disputed Directories[0].ipGroupIds", "contradiction:Directories[0].ipGroupIds"},
		{"2026-09-10", 36, 1, 36, 0, rule.Denied, "ip-groups-of-directory-over-quota Directories[0].ipGroupIds", ""},
		{"2026-06-30", 1, 30, 1, 0, rule.Undocumented, "ip-group-quota-disputed Result[0].userRules", "contradiction:Result[0].userRules"},
		{"2026-09-10", 2, 31, 1, 1, rule.Denied, "ip-group-rules-over-quota Result[1].userRules ip-group-lock-out Directories[0].ipGroupIds", ""},
		{"2026-06-30", 101, 1, 1, 0, rule.Undocumented, "ip-group-quota-disputed Result", "contradiction:Result"},
		{"2026-09-10", 141, 1, 1, 0, rule.Denied, "ip-groups-over-quota Result", ""},
		{"2026-09-10", 3, 1, 3, 1, rule.Undocumented, "ip-group-lock-out Directories[0].ipGroupIds", "documents:Directories[0].ipGroupIds"},
		{"2026-09-10", 3, 1, 0, 3, rule.Allowed, "", ""},
		{"2018-02-03", 500, 50, 100, 0, rule.Undocumented, "", "documents:"},
	} {
		groups, directories := ipGroups(t, tt.n, tt.rules, tt.perDirectory, tt.empty)
		a, err := at(t, tt.date).CheckIPGroups(groups, directories)
		if got := located(t, a); err != nil || a.Verdict != tt.verdict || got != tt.broken || open(a) != tt.open {
			t.Errorf("%+v: %s, %q, %q, %v", tt, a.Verdict, got, open(a), err)
		}
	}
	// A group that is not in the list takes nothing away from the rest.
	a, err := network.Newest().CheckIPGroups([]network.IPGroup{group("wsipg-empty")}, []network.DirectoryIPGroups{
		{Directory: "d-1", Groups: []string{"wsipg-empty", "wsipg-home"}}, {Directory: "d-\x1b[2J", Groups: []string{"wsipg-empty"}}})
	if err != nil || located(t, a) != "ip-group-lock-out Directories[0].ipGroupIds ip-group-lock-out Directories[1].ipGroupIds" ||
		open(a) != "input:Directories[0].ipGroupIds[1] documents:Directories[0].ipGroupIds" || !strings.HasPrefix(a.Violations[1].Detail, `"d-\x1b[2J" is associated`) {
		t.Errorf("%+v, %v", a, err)
	}
	for n, want := range map[int]string{0: "ip-group-lock-out", 10: "", 11: "ip-group-quota-disputed", 31: "ip-group-rules-over-quota"} {
		var rules []network.IPRule
		if n > 0 {
			groups, _ := ipGroups(t, 1, n, 0, 0)
			rules = groups[0].Rules
		}
		a, err := network.Newest().CheckIPGroupUpdate("wsipg-1", rules)
		if got := broken(t, a); err != nil || got != want || len(a.OpenBy(rule.ByContradiction)) != strings.Count(want, "disputed") {
			t.Errorf("%d rules: %+v, %v, want %q", n, a, err, want)
		}
	}
}

func TestCheckIPGroupAssociation(t *testing.T) {
	for n, want := range map[int]string{0: "", 25: "", 26: "ip-group-quota-disputed GroupIds", 35: "ip-group-quota-disputed GroupIds", 36: "ip-groups-of-directory-over-quota GroupIds"} {
		a, err := network.Newest().CheckIPGroupAssociation("d-%s", make([]string, n))
		if got := located(t, a); err != nil || got != want || want != "" && !strings.HasPrefix(a.Violations[0].Detail, fmt.Sprintf(`"d-%%s" would have groups: %d, more than`, n)) {
			t.Errorf("%d groups: %+v, %v, want %q", n, a, err, want)
		}
	}
}

func TestParseIPRule(t *testing.T) {
	for source, want := range map[string]struct {
		prefix  string
		verdict rule.Verdict
	}{
		"203.0.113.0/24":       {"203.0.113.0/24", rule.Allowed},
		"203.0.113.7/32":       {"203.0.113.7/32", rule.Allowed},
		"0.0.0.0/0":            {"0.0.0.0/0", rule.Allowed},
		"203.0.113.7":          {"203.0.113.7/32", rule.Undocumented},
		"10.10.10.10/16":       {"10.10.10.10/16", rule.Undocumented},
		"2001:db8::/32":        {"2001:db8::/32", rule.Undocumented},
		"2001:db8::1":          {"2001:db8::1/128", rule.Undocumented},
		"::ffff:203.0.113.7":   {"::ffff:203.0.113.7/128", rule.Undocumented},
		"203.0.113.0/33":       {},
		"203.0.113.0/024":      {},
		"203.0.113/24":         {},
		"203.0.113.0 /24":      {},
		"203.0.113.1-203.0.9":  {},
		"fe80::1%eth0":         {},
		"":                     {},
		"office":               {},
		"203.0.113.0/24,1.2.3": {},
	} {
		p, err := network.ParseIPRule(source)
		var input *rule.InputError
		switch {
		case want.prefix == "":
			if !errors.As(err, &input) || input.Path != "ipRule" || input.Value != source || p.Source.IsValid() || p.Verdict != rule.Undocumented {
				t.Errorf("%q: %+v, %v", source, p, err)
			}
		case err != nil || p.Source.String() != want.prefix || p.Verdict != want.verdict || broken(t, p.Answer) != "":
			t.Errorf("%q: %+v, %v", source, p, err)
		}
	}
}

func TestIPGroupChecksAllocateNothing(t *testing.T) {
	groups, directories := ipGroups(t, 10, 10, 10, 0)
	rules := network.Newest()
	if n := testing.AllocsPerRun(100, func() {
		p, err := network.ParseIPRule("203.0.113.0/24")
		_, other := rules.CheckIPGroupUpdate("wsipg-1", groups[0].Rules)
		_, third := rules.CheckIPGroupAssociation("d-926722edaf", directories[0].Groups)
		if err != nil || other != nil || third != nil || !p.Source.IsValid() {
			t.Fatal(err, other, third)
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// fewestExtra is the oracle: by trying every set of at most k prefixes of a universe of
// sixteen addresses, the least number of addresses that cover want and are not in it.
func fewestExtra(want uint16, k int) int {
	var all []uint16
	for size := 1; size <= 16; size *= 2 {
		for at := 0; at < 16; at += size {
			all = append(all, uint16(1<<size-1)<<at)
		}
	}
	least := 17
	var try func(from, left int, have uint16)
	try = func(from, left int, have uint16) {
		if want&^have == 0 {
			n := 0
			for x := have &^ want; x != 0; x &= x - 1 {
				n++
			}
			least = min(least, n)
			return
		}
		if left == 0 {
			return
		}
		for i := from; i < len(all); i++ {
			try(i+1, left-1, have|all[i])
		}
	}
	try(0, k, 0)
	return least
}

func TestPackIPGroupsOracle(t *testing.T) {
	universe := netip.MustParsePrefix("203.0.113.240/28")
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.Uint16Range(1, 1<<16-1).Draw(t, "set")
		var list []netip.Prefix
		for i := range 16 {
			if want>>i&1 == 1 {
				list = append(list, netip.PrefixFrom(nth(universe, i), 32))
			}
		}
		q := network.IPGroupQuota{Rules: rapid.IntRange(1, 3).Draw(t, "rules"), PerDirectory: rapid.IntRange(1, 2).Draw(t, "groups")}
		capacity := min(q.Rules*q.PerDirectory, 4)
		q.PerDirectory = max(1, capacity/q.Rules)
		capacity = q.Rules * q.PerDirectory
		exact, err := network.AggregatePrefixes(list)
		if err != nil {
			t.Fatal(err)
		}
		least := 0
		if len(exact) > capacity {
			least = fewestExtra(want, capacity)
		}
		slack := uint64(rapid.IntRange(0, 16).Draw(t, "slack"))
		packed, err := network.PackIPGroups(list, q, slack)
		if uint64(least) > slack {
			var full *network.PackError
			if !errors.As(err, &full) || *full != (network.PackError{Rules: len(exact), Capacity: capacity, Extra: uint64(least)}) {
				t.Fatalf("error %v, want one for %d extra", err, least)
			}
			return
		}
		if err != nil || packed.Extra != uint64(least) {
			t.Fatalf("%+v, %v, want %d extra", packed, err, least)
		}
		var admitted, extra bitmap
		base := netip.MustParsePrefix("203.0.113.0/24")
		stood, rules := map[int]int{}, 0
		var previous netip.Prefix
		for i, g := range packed.Groups {
			if len(g) > q.Rules || len(g) == 0 || len(g) < q.Rules && i < len(packed.Groups)-1 {
				t.Fatalf("group %d of %d has %d rules", i, len(packed.Groups), len(g))
			}
			for _, r := range g {
				rules++
				admitted.add(base, network.RangeOf(r.Source))
				for _, p := range r.Extra {
					extra.add(base, network.RangeOf(p))
				}
				for _, in := range r.Inputs {
					stood[in]++
					if !r.Source.Contains(list[in].Addr()) {
						t.Fatalf("%s stands for %s", r.Source, list[in])
					}
				}
				if previous.IsValid() && !previous.Addr().Less(r.Source.Addr()) {
					t.Fatalf("%s after %s", r.Source, previous)
				}
				previous = r.Source
			}
		}
		if len(packed.Groups) > q.PerDirectory || least == 0 && rules != len(exact) || rules > 1 && len(exact) > capacity && fewestExtra(want, rules-1) == least || len(stood) != len(list) {
			t.Fatalf("%d groups, %d rules for %d, %d of %d inputs", len(packed.Groups), rules, len(exact), len(stood), len(list))
		}
		for i := range 16 {
			in := want>>i&1 == 1
			if a := admitted[240+i]; in && !a || a != (in || extra[240+i]) || in && extra[240+i] {
				t.Fatalf("address %d: wanted %t, admitted %t, extra %t", i, in, a, extra[240+i])
			}
		}
	})
}

func TestPackIPGroups(t *testing.T) {
	guide := network.Newest().IPGroupQuotas()[0]
	var list []netip.Prefix
	for i := range 1050 { // as many as 35 groups of 30 hold, none of them beside another
		list = append(list, netip.PrefixFrom(netip.AddrFrom4([4]byte{198, 51, byte(i >> 7), byte(i << 1)}), 32))
	}
	packed, err := network.PackIPGroups(list, guide, 0)
	if err != nil || len(packed.Groups) != 35 || packed.Extra != 0 {
		t.Errorf("%d groups, %v", len(packed.Groups), err)
	}
	list = append(list, netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("203.0.113.7/32"))
	_, err = network.PackIPGroups(list, guide, 0)
	var full *network.PackError
	if !errors.As(err, &full) || full.Rules != 1051 || full.Capacity != 1050 || full.Extra != 2 {
		t.Errorf("error %v", err)
	}
	if _, err := network.PackIPGroups(list, guide, 1); err == nil {
		t.Error("two extra addresses within a slack of one")
	}
	packed, err = network.PackIPGroups(list, guide, 2)
	if err != nil || len(packed.Groups) != 35 || packed.Extra != 2 {
		t.Errorf("%d groups with %d extra, %v", len(packed.Groups), packed.Extra, err)
	}
	// Room for four rules of one group each. Two extra addresses make four rules of the five,
	// and at another place three.
	few := prefixes("198.51.100.0/32", "198.51.100.2/32", "203.0.113.0/32", "203.0.113.2/32", "203.0.113.4/30")
	if packed, err = network.PackIPGroups(few, network.IPGroupQuota{Rules: 1, PerDirectory: 4}, 2); err != nil || len(packed.Groups) != 3 || packed.Extra != 2 {
		t.Errorf("%+v, %v", packed, err)
	}
	if packed, err = network.PackIPGroups(prefixes("::ffff:203.0.113.0/120"), network.IPGroupQuota{Rules: math.MaxInt, PerDirectory: math.MaxInt}, 0); err != nil || packed.Groups[0][0].Source.String() != "203.0.113.0/24" {
		t.Errorf("%+v, %v", packed, err)
	}
	for _, tt := range []struct {
		list []netip.Prefix
		q    network.IPGroupQuota
		path rule.Path
	}{
		{nil, guide, "Prefixes"},
		{prefixes("2001:db8::/32"), guide, "Prefixes[0]"},
		{[]netip.Prefix{list[0], {}}, guide, "Prefixes[1]"},
		{list, network.IPGroupQuota{Rules: 10}, "Quota"},
		{list, network.IPGroupQuota{PerDirectory: 10}, "Quota"},
	} {
		_, err := network.PackIPGroups(tt.list, tt.q, 0)
		refused(t, err, tt.path)
	}
}
