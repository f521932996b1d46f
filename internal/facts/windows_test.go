package facts

import (
	"testing"
	"time"
)

// The windows as the documents give them: of the FAQ of 2017, "Does the Amazon WorkSpaces service have maintenance
// windows?"; of the page on running modes, "Set Maintenance Mode"; and of the page on maintenance.
func TestWindowsOfTheDocuments(t *testing.T) {
	for _, tt := range []struct {
		mode, date string
		want       MaintenanceWindow
	}{
		{alwaysOn, "2017-12-31", MaintenanceWindow{Sunday: true, UntilHour: 4}},
		{alwaysOn, "2019-07-07", MaintenanceWindow{Sunday: true, UntilHour: 4}},
		{alwaysOn, "2019-07-08", MaintenanceWindow{Sunday: true, UntilHour: 4, OwnZone: true, Default: true}},
		{alwaysOn, "2026-09-10", MaintenanceWindow{Sunday: true, UntilHour: 4, OwnZone: true, Default: true}},
		{autoStop, "2017-12-31", MaintenanceWindow{Sunday: true, UntilHour: 4}},
		{autoStop, "2018-02-03", MaintenanceWindow{Days: 1, UntilHour: 5}},
		{autoStop, "2018-06-28", MaintenanceWindow{Days: 1, UntilHour: 5}},
		{autoStop, "2018-06-29", MaintenanceWindow{Days: 14, UntilHour: 5, About: true, ZoneUnsaid: true}},
		{autoStop, "2019-07-08", MaintenanceWindow{Days: 14, UntilHour: 5, About: true}},
		{autoStop, "2025-10-20", MaintenanceWindow{Days: 14, UntilHour: 5, About: true}},
		{autoStop, "2025-10-21", MaintenanceWindow{Days: 14, UntilHour: 5, About: true, OlderThan: 7 * 24 * time.Hour}},
		{autoStop, "2026-08-24", MaintenanceWindow{Days: 14, UntilHour: 5, About: true, OlderThan: 7 * 24 * time.Hour}},
		{autoStop, "2026-08-25", MaintenanceWindow{Days: 14, UntilHour: 5, About: true, OlderThan: 7 * 24 * time.Hour, Anew: true}},
	} {
		got := window(t, tt.mode, tt.date)
		tt.want.Mode, tt.want.Dated = tt.mode, got.Dated
		if got != tt.want {
			t.Errorf("%s on %s: %+v, want %+v", tt.mode, tt.date, got, tt.want)
		}
	}
}
