package migrate_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

// The guide has dates of retirement for systems, and does not say whether they can be used on them: a migration on that
// day is open. Of PCoIP it says that it can be used until the day is over.
func TestDayOfTheEndOfATarget(t *testing.T) {
	for _, tt := range []struct {
		day, system, protocol string
		want                  rule.Verdict
		violations            string
		by                    string // for what does not allow it
	}{
		{"2027-01-11", "WINDOWS_SERVER_2016", "WSP", rule.Allowed, "migrate.target-ends at Target.OperatingSystemName: Windows Server 2016 ends on 2027-01-12", ""},
		{"2027-01-12", "WINDOWS_SERVER_2016", "WSP", rule.Undocumented, "migrate.target-ends at Target.OperatingSystemName: Windows Server 2016 ends on 2027-01-12",
			"no document says whether it can be used on the day of its end"},
		{"2027-01-13", "WINDOWS_SERVER_2016", "WSP", rule.Denied, "migrate.target-ended at Target.OperatingSystemName: Windows Server 2016 ended on 2027-01-12", "Windows Server 2016 ended on 2027-01-12"},
		{"2027-10-31", "WINDOWS_SERVER_2022", "PCOIP", rule.Allowed, "migrate.target-ends at Target.Protocol: PCoIP ends on 2027-10-31", ""},
		{"2027-11-01", "WINDOWS_SERVER_2022", "PCOIP", rule.Denied, "migrate.target-ended at Target.Protocol: PCoIP ended on 2027-10-31", "PCoIP ended on 2027-10-31"},
		{"2027-01-12", "WINDOWS_SERVER_2016", "PCOIP", rule.Undocumented,
			"migrate.target-ends at Target.OperatingSystemName: Windows Server 2016 ends on 2027-01-12; migrate.target-ends at Target.Protocol: PCoIP ends on 2027-10-31",
			"no document says whether it can be used on the day of its end"},
		{"2027-11-01", "WINDOWS_SERVER_2016", "PCOIP", rule.Denied, // the first of two decides
			"migrate.target-ended at Target.OperatingSystemName: Windows Server 2016 ended on 2027-01-12; migrate.target-ended at Target.Protocol: PCoIP ended on 2027-10-31",
			"Windows Server 2016 ended on 2027-01-12"},
		{"2027-11-01", "", "PCOIP", rule.Denied, "migrate.target-ended at Target.Protocol: PCoIP ended on 2027-10-31", "PCoIP ended on 2027-10-31"},
		{"2027-01-13", "WINDOWS_SERVER_2016", "", rule.Denied, "migrate.target-ended at Target.OperatingSystemName: Windows Server 2016 ended on 2027-01-12", "Windows Server 2016 ended on 2027-01-12"},
	} {
		r, err := migrate.Newest().AsOf(rule.MustParseEdition(tt.day))
		if err != nil {
			t.Fatal(err)
		}
		source := migrate.Desktop{OS: "WINDOWS_SERVER_2019", License: migrate.Custom, Protocol: types.Protocol(tt.protocol), Compute: "STANDARD", Plus: migrate.No}
		target := source
		target.OS = types.OperatingSystemName(tt.system)
		d, err := r.Check(source, target)
		all := d.Statements()
		if err != nil || d.Verdict != tt.want || tt.want != rule.Allowed && (d.By.Verdict != tt.want || len(all) == 0 || all[len(all)-1] != d.By) {
			t.Errorf("%s by %s on %s: %s by %+v, %v, want %s", tt.system, tt.protocol, tt.day, d.Verdict, d.By, err, tt.want)
		}
		var violations []string
		for _, v := range d.Violations {
			violations = append(violations, fmt.Sprintf("%s at %s: %s", v.Code, v.Path, v.Detail))
		}
		if got := strings.Join(violations, "; "); got != tt.violations || tt.by != "" && d.By.Text != tt.by {
			t.Errorf("%s by %s on %s: %s, by %q, want %s, by %q", tt.system, tt.protocol, tt.day, got, d.By.Text, tt.violations, tt.by)
		}
		if open := tt.want == rule.Undocumented; tt.system != "" && tt.protocol != "" && (len(d.Open) == 1) != open || open && (d.Open[0].Path != "Target.OperatingSystemName" || d.Open[0].Reason != tt.by) {
			t.Errorf("%s by %s on %s: open %+v", tt.system, tt.protocol, tt.day, d.Open)
		}
	}
}
