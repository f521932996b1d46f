package bundles_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// The lengths and alphabets of identifiers at their bounds, from the patterns of the service's model.
func TestIDBounds(t *testing.T) {
	for _, tt := range []struct {
		kind       bundles.ID
		prefix     string
		least      int
		most       int
		last       string // the last letter
		beyond     string // a letter that does not belong
		unanchored bool
	}{
		{bundles.WorkspaceID, "ws-", 8, 63, "z", "A", false},
		{bundles.BundleID, "wsb-", 8, 63, "z", "A", false},
		{bundles.ImageID, "wsi-", 9, 63, "z", "A", true},
		{bundles.DirectoryID, "d-", 8, 63, "f", "g", false},
		{bundles.DirectoryID, "wsd-", 8, 63, "z", "A", true},
		{bundles.IPGroupID, "wsipg-", 8, 63, "z", "A", true},
		{bundles.PoolID, "wspool-", 9, 9, "z", "A", false},
		{bundles.AliasID, "wsca-", 8, 63, "z", "A", false},
		{bundles.ApplicationID, "wsa-", 8, 63, "z", "A", false},
	} {
		before := rule.Denied
		if tt.unanchored {
			before = rule.Undocumented
		}
		for text, want := range map[string]rule.Verdict{
			tt.prefix + strings.Repeat("0", tt.least):                   rule.Allowed,
			tt.prefix + strings.Repeat("0", tt.least-1):                 rule.Denied,
			tt.prefix + strings.Repeat("9", tt.most):                    rule.Allowed,
			tt.prefix + strings.Repeat("9", tt.most+1):                  rule.Denied,
			tt.prefix + strings.Repeat("a", tt.least-1) + tt.last:       rule.Allowed,
			tt.prefix + strings.Repeat("a", tt.least-1) + tt.beyond:     rule.Denied,
			tt.prefix + strings.Repeat("a", tt.least-1) + "`":           rule.Denied,
			tt.prefix + strings.Repeat("a", tt.least-1) + "{":           rule.Denied,
			tt.prefix + strings.Repeat("a", tt.least-1) + "/":           rule.Denied,
			tt.prefix + strings.Repeat("a", tt.least-1) + ":":           rule.Denied,
			"x" + tt.prefix + strings.Repeat("0", tt.least):             before,
			"x" + tt.prefix + strings.Repeat("0", tt.least) + tt.beyond: rule.Denied,
			strings.Repeat("0", tt.least):                               rule.Denied,
		} {
			if a, err := bundles.Newest().CheckID(tt.kind, text); err != nil || a.Verdict != want {
				t.Errorf("%s %q: %+v, %v, want %s", tt.kind, text, a, err, want)
			}
		}
	}
}

// What every kind of name may hold, from the patterns of the service's model: the characters
// that are no letters or digits, and those that may be first.
func TestNameAlphabets(t *testing.T) {
	for _, tt := range []struct {
		kind        bundles.Name
		least, most int
		others      string
		first       string
	}{
		{bundles.WorkspaceName, 2, 64, "_.()-", "_()"},
		{bundles.BundleName, 1, 64, `_./()\-`, `_./()\-`},
		{bundles.BundleDescription, 1, 255, "_./() -", "_./() -"},
		{bundles.ImageName, 1, 64, `_./()\-`, `_./()\-`},
		{bundles.ImageDescription, 1, 256, "_./() -", "_./() -"},
	} {
		allowed := func(text string) bool {
			a, err := bundles.Newest().CheckName(tt.kind, text)
			if err != nil {
				t.Fatal(err)
			}
			return a.Verdict == rule.Allowed
		}
		for n, want := range map[int]bool{0: false, tt.least - 1: false, tt.least: true, tt.most: true, tt.most + 1: false} {
			if got := allowed(strings.Repeat("a", n)); got != want {
				t.Errorf("%s of %d characters: %t", tt.kind, n, got)
			}
		}
		for c := rune(0); c < 0x100; c++ {
			alnum := c < 0x80 && strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", c)
			if got, want := allowed("a"+string(c)), alnum || strings.ContainsRune(tt.others, c); got != want {
				t.Errorf("%s: %q inside: %t", tt.kind, c, got)
			}
			if got, want := allowed(string(c)+"a"), alnum || strings.ContainsRune(tt.first, c); got != want {
				t.Errorf("%s: %q first: %t", tt.kind, c, got)
			}
		}
	}
}

// What a tag, the name of a Linux user, an organisation name and a password may hold.
func TestAlphabets(t *testing.T) {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	rules := bundles.Newest()
	for what, tt := range map[string]struct {
		others string
		check  func(inside string) (rule.Answer, error)
	}{
		"tag":          {" +-=._:/@", func(s string) (rule.Answer, error) { return rules.CheckTags([]types.Tag{{Key: &s, Value: &s}}) }},
		"Linux user":   {" _.-#", func(s string) (rule.Answer, error) { return rules.CheckUserName("LINUX", s) }},
		"organization": {"-", rules.CheckOrganizationName},
		"password": {"~!@#$%^&*_-+=`|\\(){}[]:;\"'<>,.?/", func(s string) (rule.Answer, error) {
			return rules.CheckPassword(bundles.MicrosoftAD, "Aa1!"+s)
		}},
	} {
		for c := rune(0); c < 0x80; c++ {
			a, err := tt.check("ab" + string(c) + "cd")
			if want := strings.ContainsRune(letters+tt.others, c); err != nil || (a.Verdict == rule.Allowed) != want {
				t.Errorf("%s with %q: %+v, %v", what, c, a, err)
			}
		}
	}
}
