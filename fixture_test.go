package wks_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	wks "github.com/wksgo/wks"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

func TestFixtures(t *testing.T) {
	requests := map[string]func() any{
		"AuthorizeIpRules":     func() any { return new(workspaces.AuthorizeIpRulesInput) },
		"CreateTags":           func() any { return new(workspaces.CreateTagsInput) },
		"DescribeTags":         func() any { return new(workspaces.DescribeTagsInput) },
		"DescribeWorkspaces":   func() any { return new(workspaces.DescribeWorkspacesInput) },
		"ModifyWorkspaceState": func() any { return new(workspaces.ModifyWorkspaceStateInput) },
		"TerminateWorkspaces":  func() any { return new(workspaces.TerminateWorkspacesInput) },
	}
	newest := []rule.Edition{wks.Rows()[0].Span.Since}
	ruletest.Fixtures(t, "testdata/fixtures.txt", wks.Rows(), newest, func(_ rule.Edition, _ rule.Code, input string) (rule.Violations, error) {
		operation, members, _ := strings.Cut(input, " ")
		request, ok := requests[operation]
		if !ok {
			return nil, fmt.Errorf("no request of %q", operation)
		}
		in := request()
		if err := json.Unmarshal([]byte(members), in); err != nil {
			return nil, err
		}
		broken, open, err := wks.Check(in)
		return append(broken, open...), err
	})
}
