package encryption_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/wksgo/wks/bundles/encryption"
)

// Each of many principals is counted, and the 100 with the most grants are named.
func TestManyPrincipals(t *testing.T) {
	for _, n := range []int{1, 99, 100, 101, 57, 280, 1000, 5000, 20000} {
		var grants []string
		for i := range n {
			principal := fmt.Sprintf("arn:aws:iam::111122223333:role/r%d", i)
			for range 1 + i%2 {
				grants = append(grants, grant(len(grants), "GranteePrincipal", principal, `{}`))
			}
		}
		c, err := encryption.CountGrants(strings.NewReader(listGrants(grants...)))
		if err != nil || c.Principals != n || c.Total != len(grants) || len(c.Grantees) != min(n, 100) {
			t.Errorf("%d principals: %d, %d grants of %d, %d named, %v", n, c.Principals, c.Total, len(grants), len(c.Grantees), err)
		}
		for _, g := range c.Grantees {
			if n >= 200 && g.Grants != 2 {
				t.Errorf("%d principals: %+v is named", n, g)
			}
		}
	}
}

// A list goes on if it says so: an empty marker says nothing.
func TestListsThatGoOn(t *testing.T) {
	for text, want := range map[string]bool{
		`{"Grants": [], "NextMarker": ""}`: false, `{"Grants": [], "NextMarker": null}`: false, `{"NextToken": "", "Grants": []}`: false, `{"Grants": [], "Truncated": false}`: false,
		`{"Grants": [], "NextMarker": "x"}`: true, `{"NextToken": "x", "Grants": []}`: true, `{"Truncated": true, "Grants": []}`: true, `{"Truncated": true, "NextMarker": "", "Grants": []}`: true,
	} {
		c, err := encryption.CountGrants(strings.NewReader(text))
		if err != nil || c.Incomplete != want {
			t.Errorf("%s: incomplete %t, %v", text, c.Incomplete, err)
		}
	}
}
