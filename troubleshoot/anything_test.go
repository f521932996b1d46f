package troubleshoot_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/troubleshoot"
)

func TestAnything(t *testing.T) {
	ruletest.Anything{
		Dir: os.DirFS("."),
		Exports: map[string]any{
			"At": troubleshoot.At, "Newest": troubleshoot.Newest, "Editions": troubleshoot.Editions, "Catalogue": troubleshoot.Catalogue, "Documents": troubleshoot.Documents, "Parameters": troubleshoot.Parameters,
			"Questions": troubleshoot.Questions, "Rules": troubleshoot.Rules{}, "Diagnosis": troubleshoot.Diagnosis{},
		},
		Sound: []any{
			troubleshoot.Facts{
				Client: troubleshoot.Web, System: troubleshoot.WindowsSystem, Protocol: troubleshoot.PCoIP, DirectoryType: "\x1b", RunningMode: "AUTO_STOP", ComputeType: "\x1b", DeviceAccess: "\x1b",
				Answers: map[troubleshoot.Question]bool{troubleshoot.ClientPortOpen: true, troubleshoot.IPGroupsAssigned: false},
			},
			troubleshoot.Key("loading-screen"),
		},
		Draw: map[reflect.Type]func(t *rapid.T) any{
			reflect.TypeFor[troubleshoot.Rules](): func(t *rapid.T) any {
				e := rapid.SampledFrom(append(troubleshoot.Editions(), troubleshoot.Rules{}.Edition())).Draw(t, "edition")
				r, _ := troubleshoot.At(e) // zero for the edition that is none
				return r
			},
		},
		Texts: []string{"loading-screen", "gray loading screen", "\x1b[2J not authorized", "AccessDeniedException", "invitation-emails"},
		Shown: func(export string) bool { return strings.HasPrefix(export, "Rules.") },
	}.Check(t)
}
