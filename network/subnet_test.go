package network_test

import (
	"errors"
	"fmt"
	"math"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// The file in testdata is drawn from the page, and not from this package's rows.
func TestZonesGrid(t *testing.T) {
	rows := grid(t, "testdata/zones.txt")
	dates := rows[0][2:]
	cells := 0
	for _, f := range rows[1:] {
		for i, cell := range f[2:] {
			cells++
			got, err := at(t, dates[i]).Zones(f[0], network.DirectoryKind(f[1]))
			if err != nil {
				t.Fatal(err)
			}
			var numbers []string
			for _, z := range got {
				prefix, n, _ := strings.Cut(z, "-az")
				numbers = append(numbers, n)
				if i := strings.LastIndexByte(f[0], '-'); !strings.HasSuffix(prefix, f[0][i+1:]) || prefix[0] != f[0][0] {
					t.Errorf("%s is not a zone of %s", z, f[0])
				}
			}
			if have := strings.Join(numbers, ""); have != strings.Trim(cell, "?") {
				t.Errorf("%s %s on %s: %q, want %q", f[0], f[1], dates[i], have, cell)
			}
		}
	}
	if cells != 5*34 {
		t.Errorf("%d cells", cells)
	}
}

// subnets reads ZONE/CIDR/FREE words, in which all but the zone may be left out.
func subnets(t testing.TB, words ...string) []network.Subnet {
	t.Helper()
	var list []network.Subnet
	for i, w := range words {
		f := strings.Split(w, ",")
		s := network.Subnet{ID: fmt.Sprint("subnet-", i), ZoneID: f[0], CIDR: netip.MustParsePrefix("10.0.0.0/24")}
		if len(f) > 1 {
			s.CIDR = netip.MustParsePrefix(f[1])
		}
		if len(f) > 2 {
			if _, err := fmt.Sscan(f[2], &s.Available); err != nil {
				t.Fatal(err)
			}
		}
		list = append(list, s)
	}
	return list
}

func TestCheckSubnets(t *testing.T) {
	for _, tt := range []struct {
		date, region string
		kind         network.DirectoryKind
		subnets      string
		verdict      rule.Verdict
		want         string
	}{
		{"2026-09-10", "us-east-1", network.KindPersonal, "use1-az2 use1-az4", rule.Allowed, ""},
		{"2026-09-10", "us-east-1", network.KindPersonal, "use1-az2", rule.Denied, "subnets-not-two SubnetIds"},
		{"2026-09-10", "us-east-1", network.KindPersonal, "use1-az2 use1-az4 use1-az6", rule.Denied, "subnets-not-two SubnetIds"},
		{"2026-09-10", "us-east-1", network.KindPersonal, "use1-az2 use1-az2", rule.Denied, "subnets-in-one-zone SubnetIds[1]"},
		{"2026-09-10", "us-east-1", network.KindPersonal, "use1-az1 use1-az4", rule.Denied, "subnet-zone-unsupported SubnetIds[0]"},
		{"2026-09-10", "us-east-1", network.KindPersonal, "use1-az2,10.0.0.0/29 use1-az4,10.0.0.0/15", rule.Denied, "subnet-size SubnetIds[0] subnet-size SubnetIds[1]"},
		{"2026-09-10", "us-east-1", network.KindPersonal, "use1-az2,10.0.0.0/28 use1-az4,10.0.0.0/16", rule.Allowed, ""},
		{"2025-10-21", "us-east-1", network.KindPersonal, "use1-az2,10.0.0.0/29 use1-az4,10.0.0.0/15", rule.Denied, "subnet-size SubnetIds[0] subnet-size SubnetIds[1]"},
		{"2018-02-03", "us-east-1", network.KindPersonal, "use1-az1,10.0.0.0/29 use1-az4,10.0.0.0/15", rule.Denied, "subnet-size SubnetIds[0] subnet-size SubnetIds[1]"},
		{"2026-08-25", "us-east-2", network.KindPersonal, "use2-az1 use2-az4", rule.Denied, "subnet-zone-unsupported SubnetIds[1]"},
		{"2026-08-24", "us-east-2", network.KindPersonal, "use2-az1 use2-az4", rule.Undocumented, ""},
		{"2020-04-29", "us-east-1", network.KindPersonal, "use1-az1 use1-az4", rule.Undocumented, ""},
		{"2018-02-03", "us-east-1", network.KindPersonal, "use1-az1", rule.Undocumented, ""},
		{"2026-09-10", "us-east-1", network.KindPersonal, "", rule.Undocumented, ""},
		{"2025-10-20", "eu-west-3", network.KindPersonal, "euw3-az1 euw3-az2", rule.Undocumented, ""},
		{"2025-10-21", "eu-west-3", network.KindPersonal, "euw3-az1 euw3-az2", rule.Allowed, ""},
		{"2026-09-10", "ap-south-1", network.KindPersonal, "aps1-az1 aps1-az2", rule.Allowed, ""},
		{"2026-09-10", "ap-south-1", network.KindPools, "aps1-az1 aps1-az2", rule.Denied, "subnet-zone-unsupported SubnetIds[1]"},
		{"2026-09-10", "us-east-1", network.KindPools, "use1-az2 use1-az4", rule.Allowed, ""},
		{"2025-10-21", "us-east-1", network.KindPools, "use1-az1 use1-az4", rule.Denied, "subnet-zone-unsupported SubnetIds[0]"},
		{"2025-10-20", "us-east-1", network.KindPools, "use1-az1 use1-az4", rule.Undocumented, ""},
		{"2026-09-10", "us-gov-east-1", network.KindPools, "usge1-az1 usge1-az2", rule.Undocumented, ""},
	} {
		a, err := at(t, tt.date).CheckSubnets(tt.region, tt.kind, subnets(t, strings.Fields(tt.subnets)...))
		if got := located(t, a); err != nil || a.Verdict != tt.verdict || got != tt.want {
			t.Errorf("%+v: %s, %q, %v, %v", tt, a.Verdict, got, a.Open, err)
		}
	}
	list, err := network.Newest().Zones("us-east-1", network.KindPersonal)
	if err != nil {
		t.Fatal(err)
	}
	list[0] = "use1-az1"
	if again, _ := network.Newest().Zones("us-east-1", network.KindPersonal); again[0] != "use1-az2" {
		t.Error("Zones is not a copy")
	}
	for word, path := range map[string]rule.Path{"us-east-1a": "SubnetIds[0].AvailabilityZoneId", "use1-az2,2001:db8::/64": "SubnetIds[0].CidrBlock"} {
		_, err := network.Newest().CheckSubnets("us-east-1", network.KindPersonal, subnets(t, word))
		refused(t, err, path)
	}
}

// Subnets of which only the ids are known, as RegisterWorkspaceDirectory names them.
func TestCheckSubnetsByID(t *testing.T) {
	a, b, c := network.Subnet{ID: "subnet-a"}, network.Subnet{ID: "subnet-b"}, network.Subnet{ID: "subnet-c"}
	in := func(s network.Subnet, zone string) network.Subnet { s.ZoneID = zone; return s }
	short := strings.NewReplacer("input:Region", "R", "input:SubnetIds[", "", "].AvailabilityZoneId", "Z", "].CidrBlock", "C")
	within := func(s network.Subnet, cidr string) network.Subnet { s.CIDR = netip.MustParsePrefix(cidr); return s }
	for i, tt := range []struct {
		region  string
		subnets []network.Subnet
		want    string
		open    string
	}{
		{"us-east-1", []network.Subnet{a, b}, "", "0Z 0C 1Z 1C"},
		{"", []network.Subnet{a, b}, "", "R 0Z 0C 1Z 1C"},
		{"", []network.Subnet{a}, "subnets-not-two SubnetIds", "R 0Z 0C"},
		{"", []network.Subnet{a, b, c}, "subnets-not-two SubnetIds", "R 0Z 0C 1Z 1C 2Z 2C"},
		{"", []network.Subnet{a, a}, "subnets-in-one-zone SubnetIds[1]", "R 0Z 0C 1Z 1C"},
		{"", []network.Subnet{{}, {}}, "", "R 0Z 0C 1Z 1C"},
		{"us-east-1", []network.Subnet{in(a, "use1-az1"), b}, "subnet-zone-unsupported SubnetIds[0]", "0C 1Z 1C"},
		{"", []network.Subnet{in(a, "use1-az1"), b}, "", "R 0C 1Z 1C"},
		{"us-east-1", []network.Subnet{a, within(b, "10.0.0.0/29")}, "subnet-size SubnetIds[1]", "0Z 0C 1Z"},
		{"us-east-1", []network.Subnet{in(a, "use1-az2"), in(b, "use1-az4")}, "", "0C 1C"},
		{"", []network.Subnet{within(in(a, "use1-az2"), "10.0.0.0/24"), within(in(b, "use1-az4"), "10.0.1.0/24")}, "", "R"},
		{"us-east-1", []network.Subnet{within(in(a, "use1-az2"), "10.0.0.0/24"), within(in(b, "use1-az4"), "10.0.1.0/24")}, "", ""},
	} {
		a, err := network.Newest().CheckSubnets(tt.region, network.KindPersonal, tt.subnets)
		opens := short.Replace(open(a))
		if got := located(t, a); err != nil || got != tt.want || opens != tt.open {
			t.Errorf("%d: %q, %q, %v", i, got, opens, err)
		}
	}
}

func TestSubnetAddresses(t *testing.T) {
	// By listing: the addresses of the subnet but the first four and the last.
	for bits := 16; bits <= 28; bits++ {
		cidr := netip.PrefixFrom(netip.MustParseAddr("10.0.0.0"), bits)
		n := 0
		for a := cidr.Addr(); cidr.Contains(a); a = a.Next() {
			n++
		}
		for _, interfaces := range []int{0, 1, 2} {
			if got, err := network.SubnetAddresses(cidr, interfaces); err != nil || got != n-4-1-interfaces {
				t.Errorf("%s with %d interfaces: %d, %v, want %d", cidr, interfaces, got, err, n-5-interfaces)
			}
		}
	}
	for _, tt := range []struct {
		cidr       string
		interfaces int
	}{{"10.0.0.0/29", 0}, {"10.0.0.0/30", 0}, {"10.0.0.0/32", 0}, {"10.0.0.0/15", 0}, {"2001:db8::/64", 0}, {"10.0.0.0/28", 12}, {"10.0.0.0/28", -1}} {
		if n, err := network.SubnetAddresses(netip.MustParsePrefix(tt.cidr), tt.interfaces); err == nil {
			t.Errorf("%+v: %d", tt, n)
		}
	}
}

func TestCheckAddresses(t *testing.T) {
	for _, tt := range []struct {
		subnets              string
		launches, migrations int
		want                 rule.Verdict
	}{
		{"use1-az2,10.0.0.0/24,10 use1-az4,10.0.1.0/24,10", 10, 0, rule.Allowed},
		{"use1-az2,10.0.0.0/24,10 use1-az4,10.0.1.0/24,10", 6, 5, rule.Undocumented},
		{"use1-az2,10.0.0.0/24,10 use1-az4,10.0.1.0/24,10", 0, 20, rule.Undocumented},
		{"use1-az2,10.0.0.0/24,10 use1-az4,10.0.1.0/24,10", 1, 20, rule.Denied},
		{"use1-az2,10.0.0.0/24,0 use1-az4,10.0.1.0/24,0", 0, 0, rule.Allowed},
		{"", 1, 0, rule.Denied},
	} {
		a, err := network.Newest().CheckAddresses(subnets(t, strings.Fields(tt.subnets)...), tt.launches, tt.migrations)
		if got := broken(t, a); err != nil || a.Verdict != tt.want || (got != "") != (tt.want == rule.Denied) {
			t.Errorf("%+v: %+v, %v", tt, a, err)
		}
	}
	two := subnets(t, "use1-az2,10.0.0.0/24,10", "use1-az4,10.0.1.0/24,10")
	if a, err := network.Newest().CheckAddresses(two, math.MaxInt, math.MaxInt); a.Verdict != rule.Denied || err != nil {
		t.Errorf("more than there can be: %+v, %v", a, err)
	}
	vast := slices.Repeat([]network.Subnet{{Available: math.MaxInt}}, 5)
	if a, err := network.Newest().CheckAddresses(vast, math.MaxInt, math.MaxInt); a.Verdict != rule.Undocumented || err != nil {
		t.Errorf("subnets that have more: %+v, %v", a, err)
	}
	if a, err := at(t, "2020-04-29").CheckAddresses(two, 100, 0); broken(t, a) != "" || open(a) != "documents:SubnetIds" || err != nil {
		t.Errorf("before it was documented: %+v, %v", a, err)
	}
	for _, f := range []func() error{
		func() error { _, err := network.Newest().CheckSubnets("us-east-1", "pool", two); return err },
		func() error { _, err := network.Newest().CheckAddresses(nil, -1, 0); return err },
		func() error { _, err := network.Newest().CheckAddresses(nil, 0, -1); return err },
		func() error {
			_, err := network.Newest().CheckAddresses(subnets(t, "use1-az2,10.0.0.0/24,-1"), 0, 0)
			return err
		},
	} {
		var input *rule.InputError
		if err := f(); !errors.As(err, &input) {
			t.Errorf("error %v", err)
		}
	}
}
