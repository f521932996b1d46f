package byol_test

import (
	"os"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

// questions are what fixtures ask.
var questions = ruletest.Questions[byol.Rules]{
	"Checklist": ruletest.Ask(func(r byol.Rules, f byol.Facts) (rule.Answer, error) {
		list, err := r.Checklist(&f)
		return list.Answer, err
	}),
	"CheckMachine": ruletest.Ask(func(r byol.Rules, m byol.Machine) (rule.Answer, error) { return r.CheckMachine(&m) }),
	"CheckWindows": ruletest.Ask(func(r byol.Rules, in struct {
		Windows     byol.Windows
		ComputeType types.Compute
	}) (rule.Answer, error) {
		return r.CheckWindows(in.Windows, in.ComputeType)
	}),
	"CheckImport": ruletest.Ask(func(r byol.Rules, in importInput) (rule.Answer, error) { return r.CheckImport(in.Import, in.Known) }),
	"CheckCustomImport": ruletest.Ask(func(r byol.Rules, in customInput) (rule.Answer, error) {
		return r.CheckCustomImport(in.CustomImport, in.Known)
	}),
	"CheckImportAsOf": ruletest.Ask(func(r byol.Rules, in struct {
		importInput
		Day rule.Edition
	}) (rule.Answer, error) {
		r, err := r.AsOf(in.Day)
		if err != nil {
			return rule.Answer{}, err
		}
		return r.CheckImport(in.Import, in.Known)
	}),
	"CheckCustomImportAsOf": ruletest.Ask(func(r byol.Rules, in struct {
		customInput
		Day rule.Edition
	}) (rule.Answer, error) {
		r, err := r.AsOf(in.Day)
		if err != nil {
			return rule.Answer{}, err
		}
		return r.CheckCustomImport(in.CustomImport, in.Known)
	}),
	"CheckShare": ruletest.Ask(byol.Rules.CheckShare),
	"CheckCopy":  ruletest.Ask(byol.Rules.CheckCopy),
	"CheckLink":  ruletest.Ask(byol.Rules.CheckLink),
	"CheckDirectory": ruletest.Ask(func(r byol.Rules, in struct {
		byol.Directory
		byol.Placement
	}) (rule.Answer, error) {
		return r.CheckDirectory(in.Directory, in.Placement)
	}),
	"PlanUpgrade": ruletest.Ask(func(r byol.Rules, u byol.Upgrade) (rule.Answer, error) {
		p, err := r.PlanUpgrade(u)
		return p.Answer, err
	}),
	"CheckRegistry": ruletest.Ask(func(r byol.Rules, entries []byol.RegistryEntry) (rule.Answer, error) {
		c, err := r.CheckRegistry(entries)
		return c.Answer, err
	}),
	"ImageErrors": ruletest.Ask(func(_ byol.Rules, images []types.WorkspaceImage) (rule.Answer, error) {
		return byol.ImageErrors(images), nil
	}),
}

func TestFixtures(t *testing.T) {
	ruletest.Try(t, "testdata/fixtures.txt", byol.Book, byol.At, questions)
}

func TestBook(t *testing.T) {
	ruletest.Book(t, byol.Book, os.DirFS("."))
}

func TestZeroRules(t *testing.T) {
	ruletest.Zero(t, byol.Rules{})
}

// What the grids and properties start from breaks nothing and lacks nothing.
func TestGoodInputs(t *testing.T) {
	for _, e := range byol.Editions() {
		rules := at(t, e)
		in, custom := goodImport(e), goodCustom(e)
		for name, ask := range map[string]func() (rule.Answer, error){
			"machine": func() (rule.Answer, error) { return rules.CheckMachine(goodMachine(e)) },
			"account": func() (rule.Answer, error) { list, err := rules.Checklist(goodFacts(e)); return list.Answer, err },
			"import":  func() (rule.Answer, error) { return rules.CheckImport(in.Import, in.Known) },
			"custom":  func() (rule.Answer, error) { return rules.CheckCustomImport(custom.CustomImport, custom.Known) },
			"share":   func() (rule.Answer, error) { return rules.CheckShare(goodShare()) },
			"copy":    func() (rule.Answer, error) { return rules.CheckCopy(goodCopy()) },
			"link":    func() (rule.Answer, error) { return rules.CheckLink(goodLink()) },
			"upgrade": func() (rule.Answer, error) { p, err := rules.PlanUpgrade(goodUpgrade()); return p.Answer, err },
		} {
			if a, err := ask(); err != nil || len(a.Violations) > 0 || len(a.OpenBy(rule.ByInput)) > 0 {
				t.Errorf("%s, %s: %v, %v, %v", e, name, a.Violations, a.Open, err)
			}
		}
	}
}

// A date between two editions is answered as the older one, up to the newest of the module.
func TestAt(t *testing.T) {
	for date, ok := range map[string]bool{"2017-12-30": false, "2017-12-31": true, "2019-10-25": true, "2020-05-01": true, "2026-09-10": true, "9999-12-31": false} {
		e := rule.MustParseEdition(date)
		r, err := byol.At(e)
		if (err == nil) != ok || ok && r.Edition() != e {
			t.Errorf("At(%s): %v, %v", date, r, err)
		}
	}
	if last, err := byol.At(byol.Newest().Edition()); err != nil || last != byol.Newest() {
		t.Errorf("At(newest) = %v, %v", last, err)
	}
}
