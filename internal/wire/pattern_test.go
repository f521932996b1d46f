package wire_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/wire"
	"github.com/wksgo/wks/internal/wire/wiretest"
)

// The strings are worked out by hand from the patterns and the readings that Pattern documents.
func TestPatternReadings(t *testing.T) {
	for _, tt := range []struct {
		shape   wire.Shape
		yes, no []string
	}{
		{wire.ShapeWorkspaceId,
			[]string{"ws-12345678", "ws-" + strings.Repeat("z", 63), "ws-12345678\n", "ws-12345678\r\n", "ws-12345678\r", "ws-12345678\u2028"},
			[]string{"", "ws-1234567", "ws-" + strings.Repeat("z", 64), "WS-12345678", "ws-1234567A", "\nws-12345678", "ws-12345678\n\n", "ws-12345678\n\r", "ws-12345678 ", "xws-12345678", "ws-1234567\u00e9"}},
		// No "^": anything may stand before.
		{wire.ShapeIpGroupId, []string{"wsipg-12345678", "x\nwsipg-12345678"}, []string{"wsipg-1234567", "wsipg-12345678x!"}},
		// Nine characters, where other identifiers have eight.
		{wire.ShapeWorkspaceImageId, []string{"wsi-123456789", "awsi-123456789"}, []string{"wsi-12345678"}},
		// Each alternative has one anchor of its own at the start, or none.
		{wire.ShapeDirectoryId, []string{"d-90670000", "wsd-zzzzzzzz", "xwsd-zzzzzzzz", "d-90670000\n"}, []string{"xd-90670000", "d-9067000g", "wsd-zzzzzzz"}},
		{wire.ShapeWorkSpaceApplicationOwner, []string{"123456789012", "1234567890123", "123456789012junk", "AMAZON", "junkAMAZON"}, []string{"12345678901", "AMAZONAS", "amazon", "\u0663\u0663\u0663\u0663\u0663\u0663\u0663\u0663\u0663\u0663\u0663\u0663"}},
		{wire.ShapeAwsAccount, []string{"123456789012"}, []string{"1234567890123", "12345678901a"}},
		// The pattern wants eight groups, or one after "::", and has half an anchor on each side.
		{wire.ShapeIpv6Address,
			[]string{"2001:db8:0:0:0:0:0:1", "2001:db8::1", "2001:db8:0:0:0:0:0:1junk", "junk2001:db8::1"},
			[]string{"2001:db8::1:2", "2001:db8::", "::1", "10.0.0.1"}},
		{wire.ShapeClientLoginMessage, []string{"", "Welcome", "a\rb", "a\n"}, []string{"a\nb", "\n\n"}},
		{wire.ShapeClientUrl, []string{"http://a", "https://a b", "https://\u00a0"}, []string{"https://", "https:// a", "https://\v", "ftp://a", "\nhttp://a"}},
		{wire.ShapeSamlUserAccessUrl, []string{"https://a"}, []string{"https://a b"}},
		{wire.ShapeWorkspaceDirectoryName, []string{"a b", "a\u00a0b", "a\vb", "a\ufeff", "ab\n"}, []string{"a", "a\u00e9", " a"}},
		// A range from "?" to "_", and one from "A" to "z".
		{wire.ShapeDescribeWorkspaceDirectoriesFilterValue, []string{"", "A@[^_", "*.\\/?"}, []string{"a-", "a b", "+"}},
		{wire.ShapeSecretsManagerArn, []string{"arn:aws:secretsmanager:us-east-1:123456789012:secret:a[^]_`abcd"}, []string{"arn:aws:secretsmanager:us-east-1:123456789012:secret:a1234567"}},
		// More repetitions than package regexp has.
		{wire.ShapeARN,
			[]string{"arn:aws:sso::123456789012:i" + strings.Repeat("x", 1023), "arn:aws:sso:::a"},
			[]string{"arn:aws:sso::123456789012:i" + strings.Repeat("x", 1024), "arn:aws:sso:::"}},
		{wire.ShapeWorkspaceBundleName, []string{`a\b-c_d./()`}, []string{"a b", ""}},
		{wire.ShapeWorkspaceBundleDescription, []string{"a b"}, []string{`a\b`}},
		{wire.ShapeAmazonUuid, []string{"01234567-89ab-cdef-0123-456789abcdef", "x01234567-89ab-cdef-0123-456789abcdefx"}, []string{"01234567-89AB-cdef-0123-456789abcdef"}},
		// Anchors in the middle match nowhere else than at an end.
		{wire.Shape{Name: "a$b", Pattern: &wire.Pattern{Text: "^a$[bc]*$"}}, []string{"a", "a\n"}, []string{"ab", "a\nb"}},
		{wire.Shape{Name: "a^b", Pattern: &wire.Pattern{Text: "^[ac]*^b$"}}, []string{"b"}, []string{"ab"}},
		{wire.ShapeDedicatedTenancyManagementCidrRange, []string{"172.31.0.0/16", "10.0.0.0/16\n"}, []string{"10.0.1.0/16", "10.0.0.0/17", "256.0.0.0/16", "x10.0.0.0/16"}},
	} {
		for _, s := range tt.yes {
			if !tt.shape.Pattern.Match(s) || !wiretest.Match(tt.shape.Pattern.Text, s) {
				t.Errorf("%s does not match %q: %t, %t", tt.shape.Name, s, tt.shape.Pattern.Match(s), wiretest.Match(tt.shape.Pattern.Text, s))
			}
		}
		for _, s := range tt.no {
			if tt.shape.Pattern.Match(s) || wiretest.Match(tt.shape.Pattern.Text, s) {
				t.Errorf("%s matches %q: %t, %t", tt.shape.Name, s, tt.shape.Pattern.Match(s), wiretest.Match(tt.shape.Pattern.Text, s))
			}
		}
	}
}

func patterns() (all []*wire.Pattern) {
	seen := map[string]bool{}
	for o := range wire.Operations() {
		for _, m := range o.Members {
			if p := m.Shape.Pattern; p != nil && !seen[p.Text] {
				seen[p.Text] = true
				all = append(all, p)
			}
		}
	}
	return all
}

// TestPatternsAgree holds every pattern of the table against the second engine, on strings that match
// and on strings near them.
func TestPatternsAgree(t *testing.T) {
	if n := len(patterns()); n != 45 {
		t.Errorf("%d patterns, want 45", n)
	}
	noise := []string{"\n", "\r\n", "\r", "\u0085", "\u2028", "\v", "\u00a0", "\ufeff", "\xff", "\u00e9", "\U0001f600", " ", "-", "_", "[", ":", "/", "\\", "A", "z", "0", "9", "\u0663", "x", "AMAZON", "wsd-", ""}
	for _, p := range patterns() {
		rapid.Check(t, func(t *rapid.T) {
			s, _ := wiretest.Example(p.Text, rapid.IntRange(0, 80).Draw(t, "length"))
			for range rapid.IntRange(0, 3).Draw(t, "mutations") {
				i := rapid.IntRange(0, len(s)).Draw(t, "at")
				j := min(len(s), i+rapid.IntRange(0, 2).Draw(t, "cut"))
				s = s[:i] + rapid.SampledFrom(noise).Draw(t, "noise") + s[j:]
			}
			if got, want := p.Match(s), wiretest.Match(p.Text, s); got != want {
				t.Fatalf("%s matches %q: %t, want %t", p.Text, s, got, want)
			}
		})
	}
}

func FuzzPatterns(f *testing.F) {
	all := patterns()
	for i, p := range all {
		s, _ := wiretest.Example(p.Text, 20)
		f.Add(i, s)
	}
	f.Fuzz(func(t *testing.T, i int, s string) {
		if i < 0 || i >= len(all) || len(s) > 2000 {
			return
		}
		if got, want := all[i].Match(s), wiretest.Match(all[i].Text, s); got != want {
			t.Errorf("%s matches %q: %t, want %t", all[i].Text, s, got, want)
		}
	})
}

// What the model might use one day and Pattern does not read must not pass in silence.
func TestUnreadablePattern(t *testing.T) {
	for _, text := range []string{`(?=a)b`, `(?i)a`, `a\b`, `[\S]`, `(a)\1`, `(ab){0,2000}`} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s was read", text)
				}
			}()
			(&wire.Pattern{Text: text}).Match("a")
		}()
	}
}
