package byol_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/rule"
)

// Every value of the SDK is mapped as the grid says, or stands there as one without a check.
func TestImageErrors(t *testing.T) {
	grid, _ := lines(t, "testdata/errors.txt")
	want := map[types.WorkspaceImageErrorDetailCode][]rule.Code{}
	for _, line := range grid {
		fields := strings.Fields(line)
		var codes []rule.Code
		for _, c := range fields[1:] {
			if c != "-" {
				codes = append(codes, "byol."+rule.Code(c))
			}
		}
		want[types.WorkspaceImageErrorDetailCode(fields[0])] = codes
	}
	values := types.WorkspaceImageErrorDetailCode("").Values()
	if len(values) != 48 || len(want) != 48 {
		t.Errorf("%d values, %d in the grid", len(values), len(want))
	}
	level := map[rule.Code]bool{}
	for _, r := range byol.Catalogue() {
		level[r.Code] = true
	}
	for _, v := range values {
		e := byol.ExplainImageErrors([]types.ErrorDetails{{ErrorCode: v, ErrorMessage: new("message")}})[0]
		codes, ok := want[v]
		if !ok || !slices.Equal(e.Codes, codes) || !e.Known || e.Remedy == "" || e.Message != "message" || e.ErrorCode != v {
			t.Errorf("%s: %+v, want %v", v, e, codes)
		}
		if len(codes) == 0 {
			if got := e.Violation("p").Code; got != byol.ImageRejected {
				t.Errorf("%s: %s", v, got)
			}
			continue
		}
		if e.Violation("p").Code != codes[0] || !level[codes[0]] {
			t.Errorf("%s: %v", v, e.Violation("p"))
		}
	}
}

// A rule has the name of the error, if that is one of the importer's own.
func TestNamesOfErrors(t *testing.T) {
	letters := func(s string) string { return strings.ToLower(strings.NewReplacer("-", "", "byol.", "").Replace(s)) }
	other := map[types.WorkspaceImageErrorDetailCode]bool{"WindowsUpdatesRequired": true, "InvalidIp": true, "StagedAppxPackage": true, "UnsupportedOsUpgrade": true, "InsufficientRearmCount": true}
	for _, v := range types.WorkspaceImageErrorDetailCode("").Values() {
		e := byol.ExplainImageErrors([]types.ErrorDetails{{ErrorCode: v}})[0]
		if len(e.Codes) > 0 && !other[v] && letters(string(e.Codes[0])) != letters(string(v)) {
			t.Errorf("%s is %s", v, e.Codes[0])
		}
		if len(e.Codes) > 0 && !other[v] && byol.ImageErrorOf(e.Codes[0]) != v {
			t.Errorf("ImageErrorOf(%s) is not %s", e.Codes[0], v)
		}
	}
	if got := byol.ImageErrorOf(byol.LanguageNotEnglish); got != "" {
		t.Errorf("the language has the error %s", got)
	}
}

func TestErrorsOfImages(t *testing.T) {
	a := byol.ImageErrors([]types.WorkspaceImage{
		{ImageId: new("wsi-1"), State: types.WorkspaceImageStateAvailable},
		{ImageId: new("wsi-2"), State: types.WorkspaceImageStateError, ErrorDetails: []types.ErrorDetails{{ErrorCode: types.WorkspaceImageErrorDetailCodeDomainJoined}, {ErrorCode: "Newer", ErrorMessage: new("no idea")}}},
		{ImageId: new("wsi-3"), State: types.WorkspaceImageStateError, ErrorCode: new("E1"), ErrorMessage: new("broke")},
	})
	type finding struct {
		code rule.Code
		path rule.Path
	}
	var got []finding
	for _, v := range a.Violations {
		got = append(got, finding{v.Code, v.Path})
		if v.Level != rule.Must || v.Cite.Document == "" {
			t.Errorf("%+v", v)
		}
	}
	want := []finding{{byol.DomainJoined, "Images[1].ErrorDetails[0].ErrorCode"}, {byol.ImageRejected, "Images[1].ErrorDetails[1].ErrorCode"}, {byol.ImageRejected, "Images[2].State"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if !strings.Contains(a.Violations[1].Detail, "Newer: no idea") || !strings.Contains(a.Violations[2].Detail, "E1: broke") || a.Verdict != rule.Denied {
		t.Errorf("%s, %v", a.Verdict, a.Violations)
	}
	if e := byol.ExplainImageErrors([]types.ErrorDetails{{ErrorCode: "Newer"}})[0]; e.Known || e.Remedy != "" || len(e.Codes) > 0 {
		t.Errorf("a value that is not known: %+v", e)
	}
}

// It is the state that tells of an error without details, whatever codes there are.
func TestImageErrorsGoByState(t *testing.T) {
	a := byol.ImageErrors([]types.WorkspaceImage{
		{State: types.WorkspaceImageStateAvailable, ErrorCode: new("Old")},
		{State: types.WorkspaceImageStateError},
		{State: types.WorkspaceImageStatePending, ErrorDetails: []types.ErrorDetails{{ErrorCode: types.WorkspaceImageErrorDetailCodeDiskFreeSpace}}},
	})
	if len(a.Violations) != 2 || a.Violations[0].Path != "Images[1].State" || a.Violations[1].Path != "Images[2].ErrorDetails[0].ErrorCode" {
		t.Errorf("%v", a.Violations)
	}
}
