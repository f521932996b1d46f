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
