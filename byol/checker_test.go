package byol_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/rule"
)

// checkerRuns are the columns of the grid.
var checkerRuns = []struct {
	edition string
	options byol.CheckerOptions
	version string
	tests   int
}{
	{"2019-10-25", byol.CheckerOptions{}, "2.0.6", 24},
	{"2020-04-29", byol.CheckerOptions{}, "2.1.1", 24},
	{"2026-09-10", byol.CheckerOptions{}, "2.13.25", 27},
	{"2026-09-10", byol.CheckerOptions{Automated: true}, "2.13.25", 27},
	{"2026-09-10", byol.CheckerOptions{Automated: true, Office: true}, "2.13.25", 27},
}

func TestCheckerGrid(t *testing.T) {
	grid, _ := lines(t, "testdata/checker.txt")
	seen := map[string]bool{}
	for _, line := range grid {
		fields := strings.Fields(line)
		n := len(fields) - len(checkerRuns)
		name, change := fields[n-1], strings.Join(fields[:n-1], " ")
		seen[name] = true
		for i, want := range fields[n:] {
			run := checkerRuns[i]
			m := goodMachine(rule.MustParseEdition("2020-04-29")) // 1803, MBR: right for all three
			if err := json.Unmarshal([]byte(change), m); err != nil {
				t.Fatal(err)
			}
			out, err := at(t, rule.MustParseEdition(run.edition)).RunChecker(m, run.options)
			if err != nil || out.Version != run.version || len(out.Tests) != run.tests {
				t.Fatalf("%s: version %s with %d tests, %v", run.edition, out.Version, len(out.Tests), err)
			}
			got, others := ".", 0
			for _, test := range out.Tests {
				letter := string(test.Result[0])
				if test.Counted {
					letter += "+"
				}
				if test.Name == name {
					got = letter
				}
				if letter != "P" && letter != "E" {
					others++
				}
			}
			if name == "all" {
				if got = "P"; others > 0 || out.Verdict != rule.Allowed {
					got = "F"
				}
			}
			if got != want {
				t.Errorf("%s, %s on %s %+v: %s, want %s", change, name, run.version, run.options, got, want)
			}
		}
	}
	out, err := byol.Newest().RunChecker(goodMachine(byol.Newest().Edition()), byol.CheckerOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range out.Tests {
		if !seen[test.Name] {
			t.Errorf("%s is not in the grid", test.Name)
		}
	}
}

func TestCheckerRun(t *testing.T) {
	m := goodMachine(rule.MustParseEdition("2020-04-29"))
	m.DomainJoined, m.AutoMount, m.OfficeInstalled, m.DHCP = new(true), new(false), new(true), nil
	run, err := byol.Newest().RunChecker(m, byol.CheckerOptions{})
	if err != nil || run.Verdict != rule.Denied {
		t.Fatal(run.Verdict, err)
	}
	var got []string
	for _, v := range run.Violations {
		got = append(got, string(v.Level)+" "+string(v.Code)+" "+string(v.Path))
	}
	want := "should byol.office-installed BYOLChecker.OfficeInstalled, must byol.auto-mount-disabled BYOLChecker.AutoMount, must byol.domain-joined BYOLChecker.DomainJoined"
	if strings.Join(got, ", ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
	m.DomainJoined, m.AutoMount = new(false), new(true)
	if run, _ = byol.Newest().RunChecker(m, byol.CheckerOptions{}); run.Verdict != rule.Undocumented {
		t.Errorf("without DHCP: %s", run.Verdict)
	}
	for _, test := range run.Tests {
		if test.Fixable && test.Result != byol.Warning {
			t.Errorf("%s is fixable and %s", test.Name, test.Result)
		}
		if want := byol.ImageErrorOf(test.Code); want != test.ErrorCode {
			t.Errorf("%s: error %s, and %s for its code", test.Name, test.ErrorCode, want)
		}
	}
	var input *rule.InputError
	if _, err := at(t, rule.MustParseEdition("2019-10-24")).RunChecker(m, byol.CheckerOptions{}); !errors.As(err, &input) || input.Path != "Edition" {
		t.Errorf("before the first checker: %v", err)
	}
}

// 2.0.6 has no list of tests that it does not run.
func TestOldestCheckerExemptsNothing(t *testing.T) {
	m := goodMachine(rule.MustParseEdition("2020-04-29"))
	m.DiskBytes = new(int64(80 * byol.GB))
	for date, want := range map[string]byol.Result{"2019-10-25": byol.Passed, "2020-04-28": byol.Passed, "2020-04-29": byol.Exempt, "2024-04-30": byol.Exempt, "2024-05-01": byol.Exempt} {
		run, err := at(t, rule.MustParseEdition(date)).RunChecker(m, byol.CheckerOptions{Automated: true})
		i := slices.IndexFunc(run.Tests, func(test byol.Test) bool { return test.Name == "DriveLessThan80GB" })
		if err != nil || i < 0 || run.Tests[i].Result != want {
			t.Errorf("%s: %+v, %v, want %s", date, run.Tests, err, want)
		}
	}
}

// The script of 2.13.25 was signed on 2024-05-01.
func TestCheckerVersions(t *testing.T) {
	for date, want := range map[string]string{"2020-04-28": "2.0.6", "2020-04-29": "2.1.1", "2024-04-30": "2.1.1", "2024-05-01": "2.13.25", "2025-10-21": "2.13.25"} {
		run, err := at(t, rule.MustParseEdition(date)).RunChecker(goodMachine(rule.MustParseEdition(date)), byol.CheckerOptions{})
		if err != nil || run.Version != want {
			t.Errorf("%s: %s, %v, want %s", date, run.Version, err, want)
		}
	}
}

// The test of UEFI goes by the caption: systems other than Windows 10 pass.
func TestUEFIByCaption(t *testing.T) {
	for caption, want := range map[string]byol.Result{
		"Microsoft Windows 10 Pro": byol.Failed, "Microsoft Windows 11 Enterprise": byol.Passed, "Microsoft Windows 7 Enterprise": byol.Passed,
	} {
		run, err := byol.Newest().RunChecker(&byol.Machine{Caption: &caption, UEFI: new(true)}, byol.CheckerOptions{})
		i := slices.IndexFunc(run.Tests, func(test byol.Test) bool { return test.Name == "BootMode_UEFI" })
		if err != nil || i < 0 || run.Tests[i].Result != want {
			t.Errorf("%s: %+v, %v, want %s", caption, run.Tests, err, want)
		}
	}
}

// A warning keeps the whole run from succeeding.
func TestWarningsCount(t *testing.T) {
	m := goodMachine(rule.MustParseEdition("2020-04-29"))
	m.PublicFirewall = new(true)
	run, err := at(t, rule.MustParseEdition("2020-04-29")).RunChecker(m, byol.CheckerOptions{})
	vs := run.Violations
	if err != nil || run.Verdict != rule.Denied || len(vs) != 1 || vs[0].Code != byol.FirewallEnabled || vs[0].Level != rule.Must {
		t.Errorf("%s, %v, %v", run.Verdict, vs, err)
	}
}
