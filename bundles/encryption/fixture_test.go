package encryption_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

func TestFixtures(t *testing.T) {
	check := func(e rule.Edition, _ rule.Code, input string) (rule.Violations, error) {
		rules, err := encryption.At(e)
		if err != nil {
			return nil, err
		}
		question, rest, _ := strings.Cut(input, " ")
		first, second, _ := strings.Cut(rest, ";")
		switch question {
		case "key":
			_, vs, err := rules.CheckKey(key(t, first), use(second))
			return vs, err
		case "change":
			_, vs, err := rules.CheckChange(use(first), use(second))
			return vs, err
		case "grants":
			words := strings.Fields(rest)
			total, err := strconv.Atoi(words[0])
			if err != nil {
				return nil, err
			}
			n, err := strconv.Atoi(words[1])
			if err != nil {
				return nil, err
			}
			c := encryption.GrantCount{Key: keyA, Total: total, Grantees: []encryption.Grantee{{Principal: "workspaces.amazonaws.com", Grants: n}}}
			_, vs, err := rules.CheckGrants(c, len(words) > 2)
			return vs, err
		case "shard":
			limit, list, _ := strings.Cut(first, " ")
			n, err := strconv.Atoi(limit)
			if err != nil {
				return nil, err
			}
			plan, err := rules.Shard(fleet(t, list), shardKeys(t, second), encryption.ShardOptions{Limit: n})
			return plan.Violations, err
		}
		return nil, fmt.Errorf("no question %q", question)
	}
	ruletest.Fixtures(t, "testdata/fixtures.txt", encryption.Rows(), encryption.Editions(), check)
}
