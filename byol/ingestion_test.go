package byol_test

import (
	"testing"
	"time"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/rule"
)

// The page of 2020-09-03 is the first with times; that of 2025 has none for Office.
func TestIngestionTime(t *testing.T) {
	for _, tt := range []struct {
		date   string
		office bool
		least  time.Duration
	}{
		{"2020-09-02", false, 0}, {"2020-09-02", true, 0},
		{"2020-09-03", false, 90 * time.Minute}, {"2020-09-03", true, 3 * time.Hour},
		{"2025-10-20", true, 3 * time.Hour}, {"2025-10-21", true, 0},
		{"2026-09-10", false, 90 * time.Minute},
	} {
		least, by, ok := at(t, rule.MustParseEdition(tt.date)).IngestionTime(tt.office)
		if least != tt.least || ok != (tt.least > 0) || ok != (by.Document == "admin-guide-byol") {
			t.Errorf("%s, Office %t: %s, %v, %t, want %s", tt.date, tt.office, least, by, ok, tt.least)
		}
	}
	if least, by, ok := (byol.Rules{}).IngestionTime(false); least != 0 || by != (rule.Citation{}) || ok {
		t.Errorf("no edition: %s, %v, %t", least, by, ok)
	}
}
