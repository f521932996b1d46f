package migrate_test

import (
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
	}{
		{"2027-01-11", "WINDOWS_SERVER_2016", "WSP", rule.Allowed},
		{"2027-01-12", "WINDOWS_SERVER_2016", "WSP", rule.Undocumented},
		{"2027-01-13", "WINDOWS_SERVER_2016", "WSP", rule.Denied},
		{"2027-10-31", "WINDOWS_SERVER_2022", "PCOIP", rule.Allowed},
		{"2027-11-01", "WINDOWS_SERVER_2022", "PCOIP", rule.Denied},
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
	}
}
