package byol_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/rule"
)

// What breaks nothing and lacks nothing costs no allocation.
func TestValidInputAllocatesNothing(t *testing.T) {
	rules := byol.Newest()
	e := rules.Edition()
	m, w, in, custom := goodMachine(e), byol.Windows{Build: 26100, Edition: "Enterprise"}, goodImport(e), goodCustom(e)
	share, copied, link := goodShare(), goodCopy(), goodLink()
	in.Tags = []types.Tag{{Key: new("k"), Value: new("v")}}
	custom.ImageSource = byol.ImageSource{ImageBuildVersionARN: "arn:aws:imagebuilder:eu-west-1:123456789012:image/my-image/1.0.0/1"}
	directory, launch := byol.Directory{Kind: "MicrosoftAD", Tenancy: types.TenancyDedicated}, byol.Placement{BYOL: new(true)}
	for name, f := range map[string]func() (rule.Verdict, error){
		"CheckMachine": func() (rule.Verdict, error) { a, err := rules.CheckMachine(m); return a.Verdict, err },
		"CheckWindows": func() (rule.Verdict, error) {
			a, err := rules.CheckWindows(w, types.ComputePower)
			return a.Verdict, err
		},
		"CheckImport": func() (rule.Verdict, error) { a, err := rules.CheckImport(in.Import, in.Known); return a.Verdict, err },
		"CheckCustomImport": func() (rule.Verdict, error) {
			a, err := rules.CheckCustomImport(custom.CustomImport, custom.Known)
			return a.Verdict, err
		},
		"CheckShare": func() (rule.Verdict, error) { a, err := rules.CheckShare(share); return a.Verdict, err },
		"CheckCopy":  func() (rule.Verdict, error) { a, err := rules.CheckCopy(copied); return a.Verdict, err },
		"CheckLink":  func() (rule.Verdict, error) { a, err := rules.CheckLink(link); return a.Verdict, err },
		"CheckDirectory": func() (rule.Verdict, error) {
			a, err := rules.CheckDirectory(directory, launch)
			return a.Verdict, err
		},
	} {
		if v, err := f(); v != rule.Allowed || err != nil {
			t.Errorf("%s: %s, %v", name, v, err)
		}
		if n := testing.AllocsPerRun(100, func() { _, _ = f() }); n > 0 {
			t.Errorf("%s: %g allocations", name, n)
		}
	}
}
