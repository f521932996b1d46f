package rules

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/wksgo/wks"
)

// Titles and remedies are for people with the console, the CLI or Terraform: none names a function, a method or a type
// of the library. A name that is an operation of the API, too, is one that they know.
func TestNoGoNames(t *testing.T) {
	api, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "docs", "api.txt"))
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	declared := regexp.MustCompile(`(?m)^(?:func (?:\([^)]*\) )?|type |method )([A-Z][a-z0-9]+[A-Z]\w*)`)
	for _, m := range declared.FindAllStringSubmatch(string(api), -1) {
		if _, err := wks.Decode(m[1], strings.NewReader("{}")); err != nil {
			names[m[1]] = true
		}
	}
	if !names["PlanResize"] || !names["ProposeManagementCIDRs"] || !names["LaunchContext"] || names["DescribeWorkspaceSnapshots"] || len(names) < 200 {
		t.Fatalf("%d names", len(names))
	}
	delete(names, "PowerShell")  // of Microsoft
	delete(names, "ComputeType") // a member of ImportCustomWorkspaceImage, too
	word := regexp.MustCompile(`\w+`)
	call := regexp.MustCompile(`\w\(\)|\b[a-z]+\.[A-Z]\w+|\bnil\b`)
	for _, r := range all() {
		for _, text := range []string{r.Title, r.Remedy} {
			for _, w := range word.FindAllString(text, -1) {
				if names[w] {
					t.Errorf("%s names %s: %s", r.Code, w, text)
				}
			}
			if found := call.FindString(text); found != "" {
				t.Errorf("%s has %s: %s", r.Code, found, text)
			}
		}
	}
}
