package byol_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/rule"
)

// lines returns the lines of a grid that are no comments, and the dates in its comments.
func lines(t *testing.T, path string) (list []string, dates []rule.Edition) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			list = append(list, line)
			continue
		}
		header := []rule.Edition{}
		for _, word := range strings.Fields(strings.TrimPrefix(line, "#")) {
			if e, err := rule.ParseEdition(word); err == nil {
				header = append(header, e)
			}
		}
		if len(header) > len(dates) {
			dates = header
		}
	}
	return list, dates
}

func at(t *testing.T, e rule.Edition) byol.Rules {
	t.Helper()
	r, err := byol.At(e)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var letters = map[rule.Verdict]string{rule.Allowed: "A", rule.Denied: "D", rule.Undocumented: "U"}

func TestRequirementsGrid(t *testing.T) {
	grid, dates := lines(t, "testdata/requirements.txt")
	if len(dates) != 14 {
		t.Fatalf("dates %v", dates)
	}
	seen := map[rule.Code]bool{}
	for _, line := range grid {
		fields := strings.Fields(line)
		code := "byol." + rule.Code(fields[0])
		seen[code] = true
		for i, e := range dates {
			rules := at(t, e)
			account, err := rules.Checklist(goodFacts(e))
			if err != nil {
				t.Fatal(err)
			}
			machine, err := rules.MachineChecklist(goodMachine(e))
			if err != nil {
				t.Fatal(err)
			}
			got := "."
			for _, l := range slices.Concat(account.Lines, machine.Lines) {
				if l.Code == code {
					got = map[rule.Level]string{rule.Must: "M", rule.Should: "s"}[l.Level]
				}
			}
			if got != fields[1+i] {
				t.Errorf("%s on %s: %s, want %s", code, e, got, fields[1+i])
			}
		}
	}
	for _, code := range slices.Concat(byol.EligibilityCodes(), byol.MachineCodes()) {
		if !seen[code] {
			t.Errorf("%s is not in the grid", code)
		}
	}
}

func TestChecklistsGrid(t *testing.T) {
	grid, dates := lines(t, "testdata/checklists.txt")
	if len(dates) != 11 {
		t.Fatalf("dates %v", dates)
	}
	facts := &byol.Facts{
		Region: "af-south-1", LicenseAllowsHosting: new(true), Windows: &byol.Windows{Product: "Windows 10", Release: "1809", Edition: "Pro"},
		Commitment:              byol.Commitment{Workspaces: new(150), ApplicationUsers: new(0), GPUAlwaysOn: new(2), GPUAutoStop: new(5)},
		DedicatedTenancySupport: types.DedicatedTenancySupportResultEnumEnabled, ManagementCIDRChosen: new(true), KMSReachable: new(false),
		Directory: &byol.Directory{Kind: "MicrosoftAD", Tenancy: types.TenancyShared}, EBSEncryptionByDefault: new(true), Format: "OVA",
	}
	letter := map[byol.State]string{byol.Met: "m", byol.Broken: "B", byol.NotProvided: "?", byol.NotApplicable: "-", byol.Undocumented: "u"}
	for i, e := range dates {
		list, err := at(t, e).Checklist(facts)
		if err != nil {
			t.Fatal(err)
		}
		var got, want []string
		for _, l := range list.Lines {
			got = append(got, string(l.Code)+" "+letter[l.State])
		}
		for _, line := range grid {
			if fields := strings.Fields(line); fields[1+i] != "." {
				want = append(want, "byol."+fields[0]+" "+fields[1+i])
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n%s\nwant\n%s", e, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

func TestWindowsGrid(t *testing.T) {
	grid, dates := lines(t, "testdata/windows.txt")
	if len(dates) != 17 {
		t.Fatalf("dates %v", dates)
	}
	for _, line := range grid {
		fields := strings.Fields(line)
		n := len(fields) - len(dates)
		parts := strings.Split(strings.Join(fields[:n], " "), "|")
		for i, e := range dates {
			a, err := at(t, e).CheckWindows(byol.Windows{Product: parts[0], Release: parts[1], Edition: parts[2]}, "")
			if err != nil || letters[a.Verdict] != fields[n+i] {
				t.Errorf("%q on %s: %s %v, %v, want %s", parts, e, letters[a.Verdict], a.Violations, err, fields[n+i])
			}
		}
	}
}

func TestImportsGrid(t *testing.T) {
	grid, _ := lines(t, "testdata/imports.txt")
	for _, line := range grid {
		fields := strings.Fields(line)
		e := rule.MustParseEdition(fields[0])
		w10, _ := system(e)
		for i, want := range fields[2:] {
			in := goodImport(e)
			in.IngestionProcess = types.WorkspaceImageIngestionProcess(fields[1])
			if in.Known.Windows = w10; i >= 3 {
				in.Known.Windows = byol.Windows{Product: "Windows 11", Release: "23H2", Edition: "Enterprise"}
			}
			if app := []types.Application{"", types.ApplicationMicrosoftOffice2016, types.ApplicationMicrosoftOffice2019}[i%3]; app != "" {
				in.Applications = []types.Application{app}
			}
			a, err := at(t, e).CheckImport(in.Import, in.Known)
			if err != nil || letters[a.Verdict] != want {
				t.Errorf("%s %s %s %v: %s %v %v, %v, want %s", e, fields[1], &in.Known.Windows, in.Applications, letters[a.Verdict], a.Violations, a.Open, err, want)
			}
		}
	}
}
