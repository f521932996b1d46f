package preflight

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/finding"
)

// plannedParts are the parts of the plan in a text, on files of eu-west-1: each with its title, answer and lines but the one on calls, and
// what is open, with places.
func plannedParts(t *testing.T, files map[string]string, plan string) (parts []string, rep *report) {
	t.Helper()
	a := readFiles(t, files)
	a.now, a.planName = time.Date(2026, 9, 10, 8, 0, 0, 0, time.UTC), "plan.json"
	a.decodePlan(fstest.MapFS{"plan.json": {Data: []byte(plan)}}, "plan.json")
	rep, err := check(wks.Newest(), a, finding.Report{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range rep.Plan {
		s := &rep.Plan[i]
		text := s.Title + ": " + s.Answer + "\n"
		for _, l := range s.Lines {
			if !strings.HasSuffix(l, " in all") {
				text += l + "\n"
			}
		}
		for _, v := range s.broken {
			text += fmt.Sprintf("%s %s at %s\n", v.Level, v.Code, v.at.Path)
		}
		for _, q := range s.open {
			text += fmt.Sprintf("%s: %s at %s %s\n", word(q.by), q.reason, strings.TrimPrefix(q.File, "eu-west-1/"), q.Path)
		}
		parts = append(parts, text)
	}
	return parts, rep
}

// Waves name the WorkSpaces with what is to be done first. A migration that cannot be planned is told where it stands, and
// the others are planned; a WorkSpace that is not there has a part of its own.
func TestPlanOfMigrations(t *testing.T) {
	const (
		lost     = "each gets a new ID and a new root volume; what the user wrote to the user volume after its last snapshot is lost\n"
		addrs    = "the free addresses of subnets are not known: "
		toBYOL   = `"Source": {"License": "byol"}, "Target": {"BundleID": "wsb-111111111", "OS": "WINDOWS_11", "License": "byol", "Protocol": "WSP", "Compute": "STANDARD"}`
		toPublic = `"Source": {"License": "custom"}, "Target": {"BundleID": "wsb-222222222", "OS": "WINDOWS_SERVER_2019", "License": "public", "Protocol": "WSP", "Compute": "STANDARD"}`
	)
	desktop := func(id, subnet, system, compute, protocol string) string {
		return fmt.Sprintf(`{"WorkspaceId": %q, "DirectoryId": "d-000000001", "UserName": "u-%s", "BundleId": "wsb-000000000", "SubnetId": %q, "State": "AVAILABLE", "WorkspaceProperties": {"OperatingSystemName": %q, "ComputeTypeName": %q, "Protocols": [%q]}}`, id, id, subnet, system, compute, protocol)
	}
	files := registeredFiles([2]int{100, 100}, workspacesName, fleetJSON(
		desktop("ws-00000001", "subnet-1", "WINDOWS_SERVER_2016", "STANDARD", "WSP"), desktop("ws-00000002", "subnet-1", "WINDOWS_10", "VALUE", "PCOIP"),
		desktop("ws-00000003", "subnet-9", "WINDOWS_SERVER_2016", "STANDARD", "WSP"), strings.Replace(desktop("ws-00000004", "subnet-1", "WINDOWS_SERVER_2016", "STANDARD", "WSP"), "AVAILABLE", "SUSPENDED", 1), desktop("ws-A", "subnet-1", "WINDOWS_SERVER_2016", "STANDARD", "WSP")))
	for name, tt := range map[string]struct {
		plan string
		want []string
	}{
		"nothing":        {`{"Migrations": []}`, nil},
		"one":            {`{"Migrations": [{"WorkspaceId": "ws-00000001", ` + toPublic + `}]}`, []string{"plan for 1 migrations in eu-west-1: allowed\nwave 1: ws-00000001\n" + lost}},
		"what is first":  {`{"Migrations": [{"WorkspaceId": "ws-00000002", ` + toBYOL + `}]}`, []string{"plan for 1 migrations in eu-west-1: allowed\nwave 1: ws-00000002 (first: leave-value) (first: use-dcv-bundle)\n" + lost}},
		"not there":      {`{"Migrations": [{"WorkspaceId": "ws-00000009", ` + toPublic + `}]}`, []string{"plan for the migration of ws-00000009: not given\nnot given: the WorkSpace is in no describe-workspaces.json at plan.json Migrations[0].WorkspaceId\n"}},
		"a subnet":       {`{"Migrations": [{"WorkspaceId": "ws-00000003", ` + toPublic + `}]}`, []string{"plan for 1 migrations in eu-west-1: allowed\n" + addrs + `"subnet-9" of ws-00000003 is not in describe-subnets.json` + "\nwave 1: ws-00000003\n" + lost}},
		"two of one":     {`{"Migrations": [{"WorkspaceId": "ws-00000001", ` + toPublic + `}, {"WorkspaceId": "ws-00000001", ` + toPublic + `}]}`, []string{"plan for 1 migrations in eu-west-1: not given\nwave 1: ws-00000001\n" + lost + "not given: is ws-00000001, which stands in the plan twice; the first counts at plan.json Migrations[1]\n"}},
		"half of one":    {`{"Migrations": [{"WorkspaceId": "ws-00000002", "Target": 5}, {"WorkspaceId": "ws-00000001", ` + toPublic + `}]}`, []string{"plan for 1 migrations in eu-west-1: not given\nwave 1: ws-00000001\n" + lost + "not given: it depends on a value that cannot be used at plan.json Migrations[0].Target\n"}},
		"not a licence":  {`{"Migrations": [{"WorkspaceId": "ws-00000001", ` + strings.Replace(toPublic, `{"License": "custom"}`, `{"License": "mine"}`, 1) + `}]}`, []string{"plan for 0 migrations in eu-west-1: not given\n" + `not given: "mine" is none of public, custom and byol at plan.json Migrations[0]` + "\n"}},
		"no identifier":  {`{"Migrations": [{"WorkspaceId": "ws-A", ` + toPublic + `}]}`, []string{"plan for 0 migrations in eu-west-1: not given\n" + `not given: "ws-A" is not a WorkSpace ID, or stands in the fleet twice at plan.json Migrations[0].WorkspaceId` + "\n"}},
		"of its own":     {`{"Workspaces": [{"WorkspaceId": "ws-00000009", "UserVolumeSizeGib": 100}]}`, []string{"plan for ws-00000009: not given\nnot given: the WorkSpace is in no describe-workspaces.json at plan.json Workspaces[0].WorkspaceId\n"}},
		"half of a wish": {`{"Workspaces": [{"WorkspaceId": "ws-00000001", "UserVolumeSizeGib": "x"}]}`, nil},
	} {
		got, rep := plannedParts(t, files, tt.plan)
		if g, w := strings.Join(got, "\n"), strings.Join(tt.want, "\n"); g != w {
			t.Errorf("%s: got\n%s\nwant\n%s", name, g, w)
		}
		for _, s := range rep.Plan {
			if n := strings.Count(strings.Join(s.Lines, "\n"), "wave "); n != len(s.chart.Bars) || n > 0 && (s.chart.Title != "WorkSpaces in each wave, of 25 at a time" || s.chart.Bars[0] != (bar{"wave 1", 1, 25, "1 WorkSpaces, from hour 0 to hour 1 at the latest"})) {
				t.Errorf("%s: %+v", name, s.chart)
			}
		}
	}
	// One that is not ready stays, with what it is not.
	got, _ := plannedParts(t, files, `{"Migrations": [{"WorkspaceId": "ws-00000004", `+toPublic+`}]}`)
	if want := "plan for 1 migrations in eu-west-1: denied\nws-00000004 stays: is SUSPENDED, and the page asks for AVAILABLE, STOPPED or ERROR\nshould migrate.state-not-listed at Migrations[0].State\n"; len(got) != 1 || got[0] != want {
		t.Errorf("%q, want %q", got, want)
	}
}
