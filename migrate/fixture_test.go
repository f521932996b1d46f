package migrate_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

func TestFixtures(t *testing.T) {
	check := func(e rule.Edition, _ rule.Code, input string) (rule.Violations, error) {
		rules, err := migrate.At(e)
		if err != nil {
			return nil, err
		}
		words := strings.Fields(input)
		switch words[0] {
		case "check":
			source, err := desktop(words[1])
			if err != nil {
				return nil, err
			}
			target, err := desktop(words[2])
			if err != nil {
				return nil, err
			}
			d, err := rules.Check(source, target)
			return d.Violations(), err
		case "ready":
			s, err := situation(words[1:]...)
			if err != nil {
				return nil, err
			}
			ready, err := rules.CheckReady(s)
			return ready.Violations, err
		case "volumes":
			m := move()
			m.Target.Compute = types.Compute(words[1])
			if _, err := fmt.Sscan(strings.Join(words[2:], " "), &m.TargetRootGiB, &m.UserGiB); err != nil {
				return nil, err
			}
			m.RootGiB, m.SourceUserGiB = 1, m.UserGiB+1 // so that both sizes come out as given
			o, err := rules.Outcome(m)
			return o.Violations, err
		}
		return nil, fmt.Errorf("unknown input %q", input)
	}
	ruletest.Fixtures(t, "testdata/fixtures.txt", migrate.RuleRows(), migrate.Editions(), check)
}
