package sources_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/internal/sources"
)

func TestFind(t *testing.T) {
	for key, want := range map[string]sources.Place{
		"admin-guide-tag":      {Repository: sources.Guide, Files: []string{"doc_source/tag-workspaces.md", "doc_source/tag-workspaces-resources.md"}},
		"kms-guide-workspaces": {Repository: sources.KMS, Files: []string{"doc_source/services-workspaces.md"}},
		"service-model":        {Repository: sources.Model, Files: []string{sources.ModelFile}},
		"cloudwatch-model":     {Repository: sources.Model, Files: []string{sources.CloudWatchFile}},
		"faq-2017":             {},
		"admin-guide-2020":     {},
	} {
		if p, ok := sources.Find(key); ok != (want.Repository != "") || p.Repository != want.Repository || !slices.Equal(p.Files, want.Files) {
			t.Errorf("%s: %+v, %t", key, p, ok)
		}
	}
}

// The narrower of two kinds counts.
func TestHow(t *testing.T) {
	for key, want := range map[string]string{
		"admin-guide-byol": "version by version; after that", "admin-guide-byol-china": "once", "admin-guide-2020": "beta", "api-copy-workspace-image": "service model",
		"service-model": "service model", "byol-checker-2.0.6": "PowerShell",
	} {
		if how, unread := sources.How(key); !strings.Contains(how, want) || unread == "" && want != "service model" {
			t.Errorf("%s: %q, %q", key, how, unread)
		}
	}
	if how, _ := sources.How("blog"); how != "" {
		t.Errorf("a document of no kind: %q", how)
	}
}

// A version counts as in a repository up to the last one that has content.
func TestInRepository(t *testing.T) {
	for key, days := range map[string][2]string{
		"admin-guide-byol":           {"2022-09-02", "2025-10-21"},
		"kms-guide-workspaces":       {"2023-06-15", "2023-06-16"},
		"service-model":              {"2026-08-04", "2026-09-10"},
		"api-import-workspace-image": {"2018-11-16", "2026-09-10"},
	} {
		if !sources.InRepository(key, days[0]) || sources.InRepository(key, days[1]) {
			t.Errorf("%s: %t on %s, %t on %s", key, sources.InRepository(key, days[0]), days[0], sources.InRepository(key, days[1]), days[1])
		}
	}
	if sources.InRepository("faq-2017", "2017-12-31") {
		t.Error("the FAQ is in no repository")
	}
	for i, r := range sources.Readings {
		if len(r.Commits) == 0 || r.Stored == "" || r.Newest == "" || i > 0 && r.Day < sources.Readings[i-1].Day {
			t.Errorf("%+v", r)
		}
	}
}
