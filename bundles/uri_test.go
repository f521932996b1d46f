package bundles_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

func TestClientURI(t *testing.T) {
	for _, tt := range []struct {
		text string
		want bundles.ClientURI
	}{
		{"workspaces://", bundles.ClientURI{}},
		{"workspaces://@SLiad+ABC123", bundles.ClientURI{RegistrationCode: "SLiad+ABC123"}},
		{"workspaces://grace@SLiad+ABC123", bundles.ClientURI{UserName: "grace", RegistrationCode: "SLiad+ABC123"}},
		{"workspaces://grace@SLiad+ABC123?MFACode=123456", bundles.ClientURI{UserName: "grace", RegistrationCode: "SLiad+ABC123", MFACode: "123456"}},
		{"workspaces://@SLiad+ABC123?MFACode=123456", bundles.ClientURI{RegistrationCode: "SLiad+ABC123", MFACode: "123456"}},
		{"workspaces://a%40b%3A%2F%3F%26%3Dc%20d@code", bundles.ClientURI{UserName: "a@b:/?&=c d", RegistrationCode: "code"}},
	} {
		if got, err := bundles.ParseClientURI(tt.text); err != nil || got != tt.want {
			t.Errorf("%s: %+v, %v", tt.text, got, err)
		}
		if got := tt.want.String(); got != tt.text {
			t.Errorf("%+v: %s, want %s", tt.want, got, tt.text)
		}
	}
	for _, bad := range []string{
		"", "https://x", "WORKSPACES://", "workspaces:", "workspaces://grace", "workspaces://grace@", "workspaces://@", "workspaces://?MFACode=1",
		"workspaces://a@b@c", "workspaces://a:b@c", "workspaces://a/b@c", "workspaces://a&b@c", "workspaces://a=b@c", "workspaces://a@b:c", "workspaces://a@b&c", "workspaces://a@b?MFACode=1&2", "workspaces://a@b?MFACode=1=2", "workspaces://a@b?mfacode=1", "workspaces://a@b?MFACode=1&x=2",
		"workspaces://a@b?", "workspaces://a%4@b", "workspaces://a%zz@b", "workspaces://a@b?MFACode=1?2",
	} {
		var input *rule.InputError
		if got, err := bundles.ParseClientURI(bad); !errors.As(err, &input) || input.Value != bad {
			t.Errorf("%q: %+v, %v", bad, got, err)
		}
	}
}

func TestClientURIRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u := bundles.ClientURI{UserName: rapid.String().Draw(t, "user"), RegistrationCode: rapid.StringN(1, 30, -1).Draw(t, "code"), MFACode: rapid.String().Draw(t, "mfa")}
		got, err := bundles.ParseClientURI(u.String())
		if err != nil || got != u {
			t.Fatalf("%s gives %+v, %v, want %+v", u, got, err, u)
		}
		if i := strings.IndexFunc(u.String(), func(c rune) bool { return c <= ' ' || c > '~' }); i >= 0 {
			t.Fatalf("%s is not plain ASCII", u)
		}
	})
}

func FuzzParseClientURI(f *testing.F) {
	f.Add("workspaces://grace@SLiad+ABC123?MFACode=123456")
	f.Fuzz(func(t *testing.T, s string) {
		u, err := bundles.ParseClientURI(s)
		if err != nil {
			return
		}
		if again, err := bundles.ParseClientURI(u.String()); err != nil || again != u {
			t.Errorf("%q gives %+v, and that %+v, %v", s, u, again, err)
		}
	})
}

func TestARN(t *testing.T) {
	for _, tt := range []struct {
		text string
		want bundles.ARN
	}{
		{"arn:aws:workspaces:us-east-2:123456789012:workspace/ws-0123456789", bundles.ARN{"aws", "us-east-2", "123456789012", bundles.WorkspaceResource, "ws-0123456789"}},
		{"arn:aws-cn:workspaces:cn-northwest-1:123456789012:workspacebundle/wsb-0123456789", bundles.ARN{"aws-cn", "cn-northwest-1", "123456789012", bundles.BundleResource, "wsb-0123456789"}},
		{"arn:aws-us-gov:workspaces:us-gov-west-1:123456789012:workspaceipgroup/wsipg-0123456789", bundles.ARN{"aws-us-gov", "us-gov-west-1", "123456789012", bundles.IPGroupResource, "wsipg-0123456789"}},
		{"arn:aws:workspaces:us-east-2:123456789012:directory/d-0123456789", bundles.ARN{"aws", "us-east-2", "123456789012", bundles.DirectoryResource, "d-0123456789"}},
		{"arn:aws:workspaces:us-east-2:123456789012:directory/wsd-0123456789", bundles.ARN{"aws", "us-east-2", "123456789012", bundles.DirectoryResource, "wsd-0123456789"}},
		{"arn:aws:workspaces:us-east-2:123456789012:workspace/*", bundles.ARN{"aws", "us-east-2", "123456789012", bundles.WorkspaceResource, "*"}},
	} {
		if got, err := bundles.ParseARN(tt.text); err != nil || got != tt.want || got.String() != tt.text {
			t.Errorf("%s: %+v, %v", tt.text, got, err)
		}
	}
	const sound = "arn:aws:workspaces:us-east-2:123456789012:workspace/ws-0123456789"
	for _, change := range [][2]string{
		{"arn:", "ARN:"}, {"aws:", ":"}, {"aws:", "azure:"}, {"aws:", "aws-:"}, {"workspaces", "ec2"}, {"us-east-2", ""}, {"us-east-2", "*"}, {"us-east-2", "US-EAST-2"}, {"us-east-2", "east"},
		{"123456789012", "12345678901"}, {"123456789012", "1234-5678-9012"}, {"123456789012", ""}, {"workspace/", "workspaces/"}, {"/ws-", "/wsb-"}, {"/ws-0123456789", ""}, {"/ws-0123456789", "/"},
		{"ws-0123456789", "ws-"}, {"ws-0123456789", "ws-01 "}, {"ws-0123456789", "ws-01/x"}, {":workspace", ""},
	} {
		bad := strings.Replace(sound, change[0], change[1], 1)
		var input *rule.InputError
		if got, err := bundles.ParseARN(bad); !errors.As(err, &input) || input.Value != bad {
			t.Errorf("%q: %+v, %v", bad, got, err)
		}
	}
}

func FuzzParseARN(f *testing.F) {
	f.Add("arn:aws:workspaces:us-east-2:123456789012:workspace/ws-0123456789")
	f.Fuzz(func(t *testing.T, s string) {
		if a, err := bundles.ParseARN(s); err == nil && a.String() != s {
			t.Errorf("%q gives %s", s, a)
		}
	})
}
