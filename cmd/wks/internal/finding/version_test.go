package finding

import (
	"runtime/debug"
	"testing"

	"github.com/wksgo/wks/rule"
)

// The version is that of the module, unless it was built from a working copy.
func TestVersion(t *testing.T) {
	of := func(version string) *debug.BuildInfo {
		return &debug.BuildInfo{Main: debug.Module{Version: version}}
	}
	if versionOf(of("v1.2.3"), true) != "v1.2.3" || versionOf(of("(devel)"), true) != "" || versionOf(nil, false) != "" {
		t.Error("another version")
	}
}

// A rule of the command is broken at its level, with its document and remedy, and is found by its code.
func TestOwn(t *testing.T) {
	cite := rule.Citation{Document: "guide", Section: "Bundles"}
	r := Own("a.b", rule.Should, "title", "remedy", cite)
	if v := Broken(r, "detail"); v.Code != "a.b" || v.Detail != "detail" || v.Level != rule.Should || v.Cite != cite || v.Remedy != "remedy" {
		t.Errorf("%+v", v)
	}
	if m := ByCode([]rule.Rule{r, Own("c.d", rule.Must, "", "", cite)}); len(m) != 2 || m["a.b"].Title != "title" || m["c.d"].Code != "c.d" {
		t.Errorf("%+v", m)
	}
}

// GitHub tells findings apart by their fingerprints from version to version, so that they may not change: 16 bytes of the
// SHA-256 of code, Region, kind, identifier, part and path, with zeros between them.
func TestFingerprint(t *testing.T) {
	f := &Finding{Code: "a.b"}
	o := Occurrence{Resource: Resource{Kind: "group", ID: "sg-1", Part: "rule 2", Name: "x"}, Region: "eu-west-1", Path: "P[0]", File: "f", Line: 7}
	if got := fingerprint(f, o); got != "60f09432c3475e5a8d69061fc311a740" {
		t.Error(got)
	}
}
