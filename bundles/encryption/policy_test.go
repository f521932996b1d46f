package encryption_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/internal/ruletest"
)

const root = "arn:aws:iam::123456789012:root"

// The files are the guides' samples, typed from it.
func TestPolicySamples(t *testing.T) {
	sample := "arn:aws:iam::123456789012:user/Alice"
	key := "arn:aws:kms:us-west-2:111122223333:key/" + keyID
	for _, tt := range []struct{ date, file string }{
		{"2018-02-03", "key-policy-2018"}, {"2022-09-02", "key-policy-2018"}, {"2025-10-20", "key-policy-2018"}, {"2025-10-21", "key-policy-2025"}, {"2026-09-10", "key-policy-2025"},
	} {
		text, err := at(t, tt.date).KeyPolicy(root, []string{sample}, []string{sample})
		if err != nil {
			t.Fatal(err)
		}
		ruletest.Drawn(t, "testdata/"+tt.file+".json", text)
	}
	for _, tt := range []struct {
		date, file string
		console    bool
	}{
		{"2017-11-15", "iam-policy", true}, {"2021-01-22", "iam-policy", true}, {"2021-01-22", "iam-policy-api", false},
		{"2021-01-23", "iam-policy", true}, {"2026-09-10", "iam-policy", true}, {"2026-09-10", "iam-policy-api", false},
	} {
		text, err := at(t, tt.date).IAMPolicy([]string{key}, tt.console)
		if err != nil {
			t.Fatal(err)
		}
		ruletest.Drawn(t, "testdata/"+tt.file+".json", text)
	}
}

func TestPolicyErrors(t *testing.T) {
	newest := encryption.Newest()
	good := []string{"arn:aws:iam::123456789012:user/Alice"}
	keyPolicy := func(account string, administrators, users []string) func() ([]byte, error) {
		return func() ([]byte, error) { return newest.KeyPolicy(account, administrators, users) }
	}
	iamPolicy := func(keys ...string) func() ([]byte, error) {
		return func() ([]byte, error) { return newest.IAMPolicy(keys, true) }
	}
	var crowd []string
	for i := range 400 {
		crowd = append(crowd, fmt.Sprintf("arn:aws:iam::123456789012:role/workspaces/launch-%03d", i))
	}
	for name, tt := range map[string]struct {
		f    func() ([]byte, error)
		path string
	}{
		"account id":                {keyPolicy("123456789012", good, good), "Account"},
		"account is a user":         {keyPolicy(good[0], good, good), "Account"},
		"account without digits":    {keyPolicy("arn:aws:iam::12345678901:root", good, good), "Account"},
		"nobody manages":            {keyPolicy(root, nil, good), "Administrators"},
		"nobody uses":               {keyPolicy(root, good, []string{}), "Users"},
		"a name":                    {keyPolicy(root, good, []string{good[0], "Alice"}), "Users[1]"},
		"a group":                   {keyPolicy(root, []string{"arn:aws:iam::123456789012:group/x"}, good), "Administrators[0]"},
		"a session":                 {keyPolicy(root, []string{"arn:aws:sts::123456789012:assumed-role/x/y"}, good), "Administrators[0]"},
		"a user without name":       {keyPolicy(root, good, []string{"arn:aws:iam::123456789012:user/"}), "Users[0]"},
		"a path without name":       {keyPolicy(root, []string{"arn:aws:iam::123456789012:role/path/"}, good), "Administrators[0]"},
		"a Region":                  {keyPolicy(root, good, []string{"arn:aws:iam:eu-west-1:123456789012:user/Alice"}), "Users[0]"},
		"another partition":         {keyPolicy(root, good, []string{"arn:aws-cn:iam::123456789012:user/Alice"}), "Users[0]"},
		"longer than KMS takes":     {keyPolicy(root, good, crowd), "Users"},
		"no key":                    {iamPolicy(), "Keys"},
		"every user":                {keyPolicy(root, good, []string{"arn:aws:iam::123456789012:user/*"}), "Users[0]"},
		"a policy variable":         {keyPolicy(root, good, []string{"arn:aws:iam::123456789012:user/${aws:username}"}), "Users[0]"},
		"a quote":                   {keyPolicy(root, []string{"arn:aws:iam::123456789012:role/a\"b"}, good), "Administrators[0]"},
		"a line break":              {keyPolicy(root, []string{"arn:aws:iam::123456789012:role/a\nb"}, good), "Administrators[0]"},
		"a partition of wildcards":  {keyPolicy("arn:aws*:iam::123456789012:root", good, good), "Account"},
		"every key":                 {iamPolicy(keyA, "arn:aws:kms:eu-west-1:111122223333:key/*"), "Keys[1]"},
		"a key of any Region":       {iamPolicy("arn:aws:kms:*:111122223333:key/" + keyID), "Keys[0]"},
		"a key of one character":    {iamPolicy("arn:aws:kms:eu-west-1:111122223333:key/?"), "Keys[0]"},
		"an alias":                  {iamPolicy(keyA, "alias/aws/workspaces"), "Keys[1]"},
		"the ARN of an alias":       {iamPolicy("arn:aws:kms:eu-west-1:111122223333:alias/mine"), "Keys[0]"},
		"key policy before samples": {func() ([]byte, error) { return at(t, "2018-02-02").KeyPolicy(root, good, good) }, "Edition"},
	} {
		text, err := tt.f()
		if inputError(t, err) != tt.path || text != nil {
			t.Errorf("%s: %s, %v, want an error at %s", name, text, err, tt.path)
		}
	}
	if _, err := at(t, "2018-09-30").KeyPolicy(root, good, crowd); err != nil {
		t.Errorf("no document of the edition limits a policy: %v", err)
	}
}

// A name and a path are what IAM takes: names of letters, digits and +=,.@_-, and between slashes any character from ! to
// ~ but those that stand for others in a policy.
func TestPathsOfPrincipals(t *testing.T) {
	for resource, want := range map[string]bool{
		"role/..": true, "role/a//b": true, "role//b": true, "user/division_abc/sub/Bob": true, "role/!\"#$%&'()+,-./09:;<=>@AZ[\\]^_`az{|}~/+=,.@_-": true,
		"role/$/b": true, "role/{a}/b": true,
		"role/a b/c": false, "role/a\x7f/b": false, "role/\x1f/b": false, "role/ä/b": false, "role/*/b": false, "role/a?/b": false, "role/${aws:username}/b": false,
		"role/a/b!": false, "role/a/b:c": false, "role//": false, "role/": false, "role": false, "Role/a": false,
	} {
		arn := "arn:aws:iam::123456789012:" + resource
		text, err := encryption.Newest().KeyPolicy(root, []string{arn}, []string{arn})
		if (err == nil) != want {
			t.Errorf("%s: %v", resource, err)
		}
		var policy struct {
			Statement []struct{ Principal struct{ AWS string } }
		}
		if err == nil && (json.Unmarshal(text, &policy) != nil || len(policy.Statement) < 2 || policy.Statement[1].Principal.AWS != arn) {
			t.Errorf("%s is written as %s", resource, text)
		}
	}
}

// The same principals give the same bytes in any order, and all of them are there.
func TestPoliciesAreDeterministic(t *testing.T) {
	names := rapid.SliceOfN(rapid.StringMatching(`[a-z]{1,3}`), 1, 6)
	rapid.Check(t, func(t *rapid.T) {
		var users, keys []string
		for _, name := range names.Draw(t, "names") {
			users = append(users, "arn:aws-us-gov:iam::123456789012:role/"+name)
			keys = append(keys, "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/"+name)
		}
		const root = "arn:aws-us-gov:iam::123456789012:root"
		shuffled, given := rapid.Permutation(users).Draw(t, "users"), slices.Clone(users)
		a, err := encryption.Newest().KeyPolicy(root, users[:1], users)
		if err != nil {
			t.Fatal(err)
		}
		b, err := encryption.Newest().KeyPolicy(root, users[:1], append(shuffled, users...))
		if err != nil || string(a) != string(b) || !slices.Equal(users, given) {
			t.Fatalf("%v, %s, %s", err, a, b)
		}
		var doc struct {
			Version   string
			Statement []struct {
				Effect    string
				Principal struct{ AWS any }
				Action    any
				Resource  any
				Condition map[string]map[string]string
			}
		}
		if err := json.Unmarshal(a, &doc); err != nil || len(doc.Statement) != 4 || doc.Version != "2012-10-17" {
			t.Fatalf("%v: %s", err, a)
		}
		for i, want := range [][]string{{root}, users[:1], users, users} {
			if got := list(doc.Statement[i].Principal.AWS); !slices.Equal(got, set(want)) {
				t.Fatalf("statement %d is for %q, want %q", i, got, want)
			}
		}
		c, err := encryption.Newest().IAMPolicy(keys, false)
		if err != nil {
			t.Fatal(err)
		}
		doc.Statement = nil
		if err := json.Unmarshal(c, &doc); err != nil || len(doc.Statement) != 1 || !slices.Equal(list(doc.Statement[0].Resource), set(keys)) {
			t.Fatalf("%v: %s", err, c)
		}
	})
}

// list reads a string or a list of strings.
func list(v any) []string {
	if s, ok := v.(string); ok {
		return []string{s}
	}
	var all []string
	for _, e := range v.([]any) {
		all = append(all, e.(string))
	}
	return all
}

func set(s []string) []string { return slices.Compact(slices.Sorted(slices.Values(s))) }
