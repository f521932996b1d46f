package monitor

import (
	"testing"

	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

func TestFixtures(t *testing.T) {
	ruletest.Try(t, "testdata/fixtures.txt", &book, At, ruletest.Questions[Rules]{
		"CheckAlarm":   ruletest.Ask(Rules.CheckAlarm),
		"CheckQuery":   ruletest.Ask(Rules.CheckQuery),
		"CheckPattern": Rules.CheckPattern,
		"CheckLogin": ruletest.Ask(func(r Rules, in struct {
			Product, Platform, Version string
			Devices                    map[DeviceType]DeviceAccess
			Minimum                    map[DeviceType]string
		}) (rule.Answer, error) {
			return r.CheckLogin(&Login{Product: in.Product, Platform: in.Platform, Version: in.Version}, Trial{Devices: in.Devices, Minimum: in.Minimum})
		}),
	})
}
