package migrate_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

// move is one from Value to Standard, both with their defaults.
func move() migrate.Move {
	return migrate.Move{
		Source:  migrate.Desktop{License: migrate.Public, Compute: types.ComputeValue, OS: types.OperatingSystemNameWindowsServer2016},
		Target:  migrate.Desktop{Compute: types.ComputeStandard},
		RootGiB: 80, UserGiB: 10, SourceUserGiB: 10, TargetRootGiB: 80, TargetUserGiB: 50,
		Snapshot: noon.Add(-time.Hour), At: noon,
	}
}

// The page's note on sizes, case by case.
func TestVolumes(t *testing.T) {
	const (
		doc  = rule.Allowed
		open = rule.Undocumented
	)
	for _, tt := range []struct {
		name                   string
		root, user, sourceUser int32
		targetRoot, targetUser int32
		wantRoot, wantUser     int32
		rootVerdict            rule.Verdict
	}{
		{"defaults grow to those of the target", 80, 10, 10, 175, 100, 175, 100, doc},
		{"defaults that are above those of the target stay", 175, 100, 100, 80, 50, 175, 100, open},
		{"a chosen size above the source's default stays", 80, 100, 50, 80, 50, 80, 100, doc},
		{"a chosen size below the source's default stays, though the target's is larger", 80, 10, 50, 175, 100, 175, 10, doc},
		{"a chosen size between the defaults stays", 80, 50, 10, 175, 100, 175, 50, doc},
		{"a root volume that was grown", 200, 100, 100, 175, 100, 200, 100, open},
	} {
		m := move()
		m.RootGiB, m.UserGiB, m.SourceUserGiB, m.TargetRootGiB, m.TargetUserGiB = tt.root, tt.user, tt.sourceUser, tt.targetRoot, tt.targetUser
		m.Target.Compute = types.ComputePower
		o, err := migrate.Newest().Outcome(m)
		if err != nil || o.Root.GiB != tt.wantRoot || o.User.GiB != tt.wantUser || o.Root.Verdict != tt.rootVerdict || o.User.Verdict != doc {
			t.Errorf("%s: %+v, %+v, %v", tt.name, o.Root, o.User, err)
		}
	}
	for name, spoil := range map[string]func(*migrate.Move){
		"inside a type":         func(m *migrate.Move) { m.Target.Compute = m.Source.Compute },
		"custom":                func(m *migrate.Move) { m.Source.License = migrate.Custom },
		"from no known licence": func(m *migrate.Move) { m.Source.License = "" },
		"from no known type":    func(m *migrate.Move) { m.Source.Compute = "" },
		"to no known type":      func(m *migrate.Move) { m.Target.Compute = "" },
	} {
		m := move()
		spoil(&m)
		o, err := migrate.Newest().Outcome(m)
		if err != nil || o.User.Verdict != open || o.Root.Verdict != open || o.User.GiB != 50 {
			t.Errorf("%s: %+v, %+v, %v", name, o.Root, o.User, err)
		}
	}
	early, err := migrate.At(rule.MustParseEdition("2020-01-10"))
	if err != nil {
		t.Fatal(err)
	}
	if o, err := early.Outcome(move()); err != nil || o.User.Verdict != doc || o.Billing.Verdict != open || o.User.Cite.Date != early.Edition() {
		t.Errorf("before the example of the charges: %+v, %v", o, err)
	}
}

// The root volume never becomes smaller, and the user volume never smaller than it was.
func TestVolumesNeverShrink(t *testing.T) {
	size := rapid.Int32Range(1, 2000)
	rapid.Check(t, func(t *rapid.T) {
		m := move()
		m.RootGiB, m.UserGiB, m.SourceUserGiB = size.Draw(t, "root"), size.Draw(t, "user"), size.Draw(t, "default")
		m.TargetRootGiB, m.TargetUserGiB = size.Draw(t, "target root"), size.Draw(t, "target user")
		o, err := migrate.Newest().Outcome(m)
		if err != nil {
			t.Fatal(err)
		}
		if o.Root.GiB != max(m.RootGiB, m.TargetRootGiB) {
			t.Fatalf("root %+v", o.Root)
		}
		want := m.UserGiB
		if m.UserGiB == m.SourceUserGiB {
			want = max(want, m.TargetUserGiB)
		}
		if o.User.GiB != want {
			t.Fatalf("user %+v, want %d", o.User, want)
		}
	})
}

func TestOutcomeInput(t *testing.T) {
	for at, spoil := range map[rule.Path]func(*migrate.Move){
		"WorkspaceProperties.RootVolumeSizeGib": func(m *migrate.Move) { m.RootGiB = 0 },
		"WorkspaceProperties.UserVolumeSizeGib": func(m *migrate.Move) { m.UserGiB = -1 },
		"Source.UserStorage.Capacity":           func(m *migrate.Move) { m.SourceUserGiB = 0 },
		"Target.RootStorage.Capacity":           func(m *migrate.Move) { m.TargetRootGiB = 0 },
		"Target.UserStorage.Capacity":           func(m *migrate.Move) { m.TargetUserGiB = 0 },
		"At":                                    func(m *migrate.Move) { m.At = time.Time{} },
	} {
		m := move()
		spoil(&m)
		var input *rule.InputError
		if _, err := migrate.Newest().Outcome(m); !errors.As(err, &input) || input.Path != at {
			t.Errorf("error %v, want one at %s", err, at)
		}
	}
}

func TestBillingAndLoss(t *testing.T) {
	for date, want := range map[string]string{
		"2020-05-10": "{1 10} {11 31}", // the page's example, with all of May
		"2020-05-31": "{1 31} {0 0}",
		"2020-02-28": "{1 28} {29 29}",
		"2021-02-28": "{1 28} {0 0}",
		"2020-12-01": "{1 1} {2 31}",
	} {
		m := move()
		m.At, _ = time.Parse(time.DateOnly, date)
		o, err := migrate.Newest().Outcome(m)
		if got := fmt.Sprint(o.Billing.Old, " ", o.Billing.New); err != nil || got != want || o.Billing.Verdict != rule.Allowed {
			t.Errorf("%s: %s, %v, want %s", date, got, err, want)
		}
		if !o.LostAfter.Equal(m.Snapshot) {
			t.Errorf("lost after %s", o.LostAfter)
		}
	}
	m := move()
	m.Source.OS = ""
	if o, err := migrate.Newest().Outcome(m); err != nil || !o.LostAfter.Equal(m.Snapshot) {
		t.Errorf("an unknown system: %v, %v", o.LostAfter, err)
	}
	m.Source.OS = types.OperatingSystemNameRhel8
	if o, err := migrate.Newest().Outcome(m); err != nil || !o.LostAfter.IsZero() {
		t.Errorf("Linux: %v, %v", o.LostAfter, err)
	}
}

func TestEffects(t *testing.T) {
	rules := migrate.Newest()
	fate := func(s migrate.System, thing string) migrate.Fate {
		for _, e := range rules.Effects(s) {
			if e.Thing == thing {
				return e.Fate
			}
		}
		return ""
	}
	for _, tt := range []struct {
		thing          string
		windows, linux migrate.Fate
	}{
		{"root volume", migrate.Lost, migrate.Lost},
		{"user data later than the snapshot", migrate.Lost, ""},
		{"WorkSpace ID", migrate.New, migrate.New},
		{"IP address", migrate.New, migrate.New},
		{"tags", migrate.Kept, migrate.Kept},
		{"running mode", migrate.Kept, migrate.Kept},
		{"/home", "", migrate.Kept},
		{"encryption and its key", migrate.NotDocumented, migrate.NotDocumented},
		{"application associations", migrate.Lost, ""},
	} {
		if w, l := fate(migrate.Windows, tt.thing), fate(migrate.Linux, tt.thing); w != tt.windows || l != tt.linux {
			t.Errorf("%s: %q on Windows, %q on Linux", tt.thing, w, l)
		}
	}
	want := []string{"Desktop", "Documents", "Downloads", "Favorites", "Music", "Pictures", "Videos"}
	if got := rules.MovedFolders(); !slices.Equal(got, want) {
		t.Errorf("moved folders %v", got)
	}
}

// The page on BYOL speaks of Office since 2020-09-03, and those on migration and on applications since the
// reading of 2025-10-21.
func TestEffectsOnApplications(t *testing.T) {
	for day, want := range map[string]string{
		"2020-09-02": "application associations: undocumented, admin-guide-migrate",
		"2020-09-03": "Office subscription: lost, admin-guide-byol; application associations: undocumented, admin-guide-migrate",
		"2025-10-20": "Office subscription: lost, admin-guide-byol; application associations: undocumented, admin-guide-migrate",
		"2025-10-21": "Office subscription: lost, admin-guide-migrate; application associations: lost, admin-guide-manage-applications",
	} {
		rules, err := migrate.At(rule.MustParseEdition(day))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range rules.Effects(migrate.Windows) {
			if e.Thing == "Office subscription" || e.Thing == "application associations" {
				got = append(got, fmt.Sprintf("%s: %s, %s", e.Thing, e.Fate, e.Cite.Document))
			}
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
	}
}

func TestNotMigratedFolder(t *testing.T) {
	at := time.Date(2020, 5, 10, 13, 14, 15, 0, time.UTC)
	for name, want := range map[string]migrate.NotMigratedFolder{
		"jdoe051020T131415.NotMigrated":            {User: "jdoe", Time: at},
		"jdoe051020T131415%.NotMigrated":           {User: "jdoe", Time: at, Percent: true},
		"jdoe051020t131415.NOTMIGRATED":            {User: "jdoe", Time: at},
		"jdoe051020T131415.notMigrated":            {User: "jdoe", Time: at},
		"agent007051020T131415.NotMigrated":        {User: "agent007", Time: at},
		"a051020T131415051020T131415%.NotMigrated": {User: "a051020T131415", Time: at, Percent: true},
		"100%051020T131415.NotMigrated":            {User: "100%", Time: at},
		"Jörg Müller051020T131415.NotMigrated":     {User: "Jörg Müller", Time: at},
	} {
		got, err := migrate.ParseNotMigratedFolder(name)
		if err != nil || got != want || !strings.EqualFold(got.String(), name) {
			t.Errorf("%q: %+v, %v", name, got, err)
		}
	}
	for _, name := range []string{
		"", ".NotMigrated", "jdoe", "jdoe.NotMigrated", "051020T131415.NotMigrated", "jdoe051020131415.NotMigrated",
		"jdoe131020T131415.NotMigrated", "jdoe023020T131415.NotMigrated", "jdoe051020T251415.NotMigrated", "jdoe051020T131415%%.NotMigrated",
		`D:\Users\jdoe051020T131415.NotMigrated`, "jdoe051020T131415.NotMigrated2", "jdoe05102 T131415.NotMigrated",
	} {
		var input *rule.InputError
		if got, err := migrate.ParseNotMigratedFolder(name); !errors.As(err, &input) {
			t.Errorf("%q: %+v, %v", name, got, err)
		}
	}
}

func FuzzParseNotMigratedFolder(f *testing.F) {
	f.Add("jdoe051020T131415%.NotMigrated")
	f.Fuzz(func(t *testing.T, name string) {
		got, err := migrate.ParseNotMigratedFolder(name)
		if err != nil {
			return
		}
		if again, err := migrate.ParseNotMigratedFolder(got.String()); err != nil || again != got {
			t.Fatalf("%q is %+v, and then %+v, %v", name, got, again, err)
		}
	})
}
