package byol_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

// Everything that the package exports answers anything, and lets nothing through that a terminal
// obeys. All texts are shown to people but those of files, of rules of the registry, and copies of
// what was given.
func TestAnything(t *testing.T) {
	e := byol.Newest().Edition()
	own := goodImport(e)
	custom := goodCustom(e)
	ruletest.Anything{
		Dir: os.DirFS("."),
		Exports: map[string]any{
			"At": byol.At, "Newest": byol.Newest, "Editions": byol.Editions, "Catalogue": byol.Catalogue, "Documents": byol.Documents, "Parameters": byol.Parameters,
			"Describe": byol.Describe, "ExplainImageErrors": byol.ExplainImageErrors, "ImageErrorOf": byol.ImageErrorOf, "ImageErrors": byol.ImageErrors,
			"ParseRegistry": byol.ParseRegistry, "ParseWindows": byol.ParseWindows,
			"Rules": byol.Rules{}, "Commitment": byol.Commitment{}, "Drive": byol.Drive{}, "ImageError": byol.ImageError{}, "Partition": byol.Partition{},
			"State": byol.State(0), "UpgradePlan": byol.UpgradePlan{}, "Windows": byol.Windows{},
		},
		Sound: []any{
			goodMachine(e), goodFacts(e), own.Import, own.Known, custom.CustomImport, custom.Known, goodShare(), goodCopy(), goodLink(), goodUpgrade(),
		},
		Draw: map[reflect.Type]func(t *rapid.T) any{
			reflect.TypeFor[byol.Rules](): func(t *rapid.T) any {
				if rapid.IntRange(0, 9).Draw(t, "zero rules") == 0 {
					return byol.Rules{}
				}
				r := edition(t)
				if later, err := r.AsOf(rule.MustParseEdition("2030-01-01")); err == nil && rapid.Bool().Draw(t, "later") {
					return later
				}
				return r
			},
			// ExplainImageErrors makes these, with codes of the package.
			reflect.TypeFor[byol.ImageError](): func(t *rapid.T) any {
				texts := []string{"", "\x1b", "DomainJoined", strings.Repeat("x", 100_000)}
				return byol.ExplainImageErrors([]types.ErrorDetails{{
					ErrorCode:    types.WorkspaceImageErrorDetailCode(rapid.SampledFrom(texts).Draw(t, "code")),
					ErrorMessage: new(rapid.SampledFrom(texts).Draw(t, "message")),
				}})[0]
			},
		},
		Texts: []string{
			"Windows 10", "Enterprise\x1b", "C", "eu-west-1", "GRAPHICS\x07", "HKEY_LOCAL_MACHINE\\x", "REGEDIT4\n[HKEY_X]\n\"a\"=hex:\x1b",
			`HKEY_LOCAL_MACHINE\SOFTWARE\Amazon\WorkSpacesConfig\enable-inplace-upgrade.ps1`,
		},
		Shown: func(export string) bool {
			method, isMethod := strings.CutPrefix(export, "Rules.")
			return isMethod && method != "Policy" || export == "ImageErrors"
		},
	}.Check(t)
}

// What cannot be read of a file is named in a line, and so are unknown errors of images.
func TestHostileTextIsCut(t *testing.T) {
	hostile := "\x1b[31m\n" + strings.Repeat("long", 50_000)
	shown := []string{}
	for _, text := range []string{"[HKEY_X" + hostile, "\"a\"=hex:" + hostile, hostile} {
		if _, err := byol.ParseRegistry([]byte("REGEDIT4\n" + text)); err != nil {
			shown = append(shown, err.Error())
		}
	}
	a := byol.ImageErrors([]types.WorkspaceImage{{State: types.WorkspaceImageStateError, ErrorCode: &hostile, ErrorMessage: &hostile}})
	for _, v := range a.Violations {
		shown = append(shown, v.Detail)
	}
	if len(shown) < 3 {
		t.Errorf("%d texts", len(shown))
	}
	for _, s := range shown {
		if strings.ContainsAny(s, "\x1b\n") || len(s) > 1000 {
			t.Errorf("%d bytes: %.300q", len(s), s)
		}
	}
}
