package collect

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/cmd/wks/internal/awstest"
	"github.com/wksgo/wks/throttle"
)

// Every file has what was there, for its owner alone to read.
func TestEveryFileHasSomething(t *testing.T) {
	a := awstest.New(t)
	a.Serve(t)
	out := t.TempDir()
	run(t, out)
	folder := filepath.Join(out, "us-west-2")
	for _, name := range names(t, folder) {
		for member, value := range read(t, filepath.Join(folder, name)) {
			list, is := value.([]any)
			if empty := name == "describe-workspace-images.json"; is && (len(list) == 0) != empty {
				t.Errorf("%s: %s has %d elements", name, member, len(list))
			}
		}
		if info, err := os.Stat(filepath.Join(folder, name)); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
}

// At its end nothing is left: all files are done, and no call of WorkSpaces is to come.
func TestProgressEnds(t *testing.T) {
	for name, refuse := range map[string][]string{"all": nil, "tags of each": {"GetResources"}, "no tags": {"GetResources", "DescribeTags"}, "no keys": {"DescribeKey", "ListGrants"}} {
		a := awstest.New(t)
		a.Serve(t)
		for _, operation := range refuse {
			a.Refuse[operation] = "AccessDeniedException"
		}
		var shown bytes.Buffer
		result, err := Run(t.Context(), Options{Regions: []string{"us-west-2"}, Out: t.TempDir(), Progress: &shown, quota: throttle.Quota{Rate: 1000, Burst: 1000}})
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(shown.String(), "\r")
		if last := lines[len(lines)-2]; !strings.HasPrefix(last, "[##########] ") || strings.Contains(last, " left") {
			t.Errorf("%s: %q", name, last)
		}
		if missing := len(result.Missing) > 0; missing != (name == "no tags" || name == "no keys") {
			t.Errorf("%s: %+v", name, result)
		}
		if name == "no keys" && (len(result.Missing) != 2 || result.Missing[0].Reason != "kms:DescribeKey is denied" || result.Missing[1].Reason != "kms:ListGrants is denied") {
			t.Errorf("%+v", result.Missing)
		}
	}
}

// A line for an element is written a tenth of a second after the one before, and not earlier.
func TestTenthOfASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		p := &progress{w: &out, left: map[string]int{}}
		p.item("r", "f", 1)
		time.Sleep(100*time.Millisecond - 1)
		p.item("r", "f", 2)
		if n := strings.Count(out.String(), "\r"); n != 1 {
			t.Errorf("%d lines", n)
		}
		time.Sleep(time.Nanosecond)
		p.item("r", "f", 3)
		if n := strings.Count(out.String(), "\r"); n != 2 {
			t.Errorf("%d lines", n)
		}
	})
}

// The members that the service's model spells with a small first letter, as the AWS CLI prints them.
func TestSmallLetters(t *testing.T) {
	for want, v := range map[string]any{
		`{"groupDesc":"d","groupId":"i","groupName":"n","userRules":[{"ipRule":"r","ruleDesc":"d"}]}`: types.WorkspacesIpGroup{GroupDesc: new("d"), GroupId: new("i"), GroupName: new("n"), UserRules: []types.IpRuleItem{{IpRule: new("r"), RuleDesc: new("d")}}},
		`{"ipGroupIds":["i"]}`: types.WorkspaceDirectory{IpGroupIds: []string{"i"}},
	} {
		value, _ := shaped(reflect.ValueOf(v))
		if got, err := json.Marshal(value); err != nil || string(got) != want {
			t.Errorf("%s, %v, want %s", got, err, want)
		}
	}
}
