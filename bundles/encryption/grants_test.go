package encryption_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/rule"
)

const (
	instance    = "arn:aws:sts::444455556666:assumed-role/aws:ec2-infrastructure/i-5d476fab"
	userContext = `{"EncryptionContextSubset": {"aws:workspaces:sid-directoryid": "[S-1-5-21-1-1107]@[d-1234abcd01]"}}`
	diskContext = `{"EncryptionContextSubset": {"aws:workspaces:sid-directoryid": "[S-1-5-21-1-1107]@[d-1234abcd01]", "aws:ebs:id": "vol-1234abcd"}}`
)

// grant writes a grant of a principal as the CLI prints it.
func grant(id int, member, principal, constraints string) string {
	return fmt.Sprintf(`{"KeyId": %q, "GrantId": "%064d", "Name": "", "CreationDate": "2026-09-10T00:00:00+00:00", %q: %q, "IssuingAccount": "arn:aws:iam::111122223333:root", "Operations": ["Decrypt", "RetireGrant"], "Constraints": %s}`,
		keyA, id, member, principal, constraints)
}

func listGrants(grants ...string) string {
	return `{"Grants": [` + strings.Join(grants, ",\n") + `]}`
}

// Whose a grant is, by its principal and then by its context.
func TestCountGrantsOwner(t *testing.T) {
	for _, tt := range []struct {
		principal, constraints string
		want                   string // workspaces, ebs or other
	}{
		{"workspaces.amazonaws.com", `{}`, "workspaces"},
		{"workspaces.amazonaws.com.cn", `{}`, "workspaces"},
		{"workspaces.eu-west-1.amazonaws.com", `{}`, "workspaces"},
		{"eu-west-1.workspaces.amazonaws.com", `{}`, "workspaces"},
		{"workspaces.amazonaws.com", diskContext, "workspaces"},
		{"arn:aws:sts::111122223333:assumed-role/aws:ec2-infrastructure/i-5d476fab", `{"EncryptionContextSubset": {"aws:ebs:id": "vol-5cccfb4e"}}`, "ebs"},
		{"arn:aws-cn:sts::111122223333:assumed-role/aws:ec2-infrastructure/i-5d476fab", `{}`, "ebs"},
		{instance, userContext, "ebs"},
		{"arn:aws:iam::444455556666:role/somebody", userContext, "workspaces"},
		{"arn:aws:iam::444455556666:role/somebody", diskContext, "ebs"},
		{"arn:aws:iam::444455556666:role/somebody", strings.ReplaceAll(userContext, "Subset", "Equals"), "workspaces"},
		{"arn:aws:iam::444455556666:role/somebody", strings.ReplaceAll(diskContext, "Subset", "Equals"), "ebs"},
		{"ec2.eu-west-1.amazonaws.com", diskContext, "ebs"},
		{"ec2.eu-west-1.amazonaws.com", `{}`, "other"},
		{"arn:aws:iam::111122223333:role/adminRole", `{"EncryptionContextSubset": {"Department": "IT"}}`, "other"},
		{"arn:aws:iam::111122223333:role/aws:ec2-infrastructure/i-1", `{}`, "other"},
		{"arn:aws:sts::111122223333:assumed-role/aws:ec2-infrastructure-mine/i-1", `{}`, "other"},
		{"arn:aws:iam::111122223333:assumed-role/aws:ec2-infrastructure/i-1", `{}`, "other"},
		{"workspaces.EU.amazonaws.com", `{}`, "other"},
		{"EU.workspaces.amazonaws.com", `{}`, "other"},
		{"workspaces.example.com", `{}`, "other"},
		{"workspaces-web.amazonaws.com", `{}`, "other"},
		{"a.workspaces.b.amazonaws.com", `{}`, "other"},
		{"thin.workspaces.AMAZON.amazonaws.com", `{}`, "other"},
		{"", `{}`, "other"},
	} {
		for _, member := range []string{"GranteePrincipal", "GranteeServicePrincipal"} {
			c, err := encryption.CountGrants(strings.NewReader(listGrants(grant(1, member, tt.principal, tt.constraints))))
			got := "other"
			switch {
			case c.WorkSpaces == 1 && c.EBS == 0:
				got = "workspaces"
			case c.EBS == 1 && c.WorkSpaces == 0:
				got = "ebs"
			}
			want := []encryption.Grantee{{Principal: tt.principal, Grants: 1}}
			if err != nil || got != tt.want || c.Total != 1 || c.Key != keyA || c.Incomplete || !slices.Equal(c.Grantees, want) {
				t.Errorf("%s %q %s: %s, %+v, %v, want %s", member, tt.principal, tt.constraints, got, c, err, tt.want)
			}
		}
	}
}

func TestCountGrants(t *testing.T) {
	c, err := encryption.CountGrants(strings.NewReader(listGrants(
		grant(1, "GranteePrincipal", "b.amazonaws.com", `{}`),
		grant(2, "GranteePrincipal", instance, diskContext),
		grant(3, "GranteePrincipal", "workspaces.amazonaws.com", userContext),
		grant(4, "GranteePrincipal", instance, diskContext),
		grant(5, "GranteePrincipal", "a.amazonaws.com", `{}`),
	)))
	want := []encryption.Grantee{{Principal: instance, Grants: 2}, {Principal: "a.amazonaws.com", Grants: 1}, {Principal: "b.amazonaws.com", Grants: 1}, {Principal: "workspaces.amazonaws.com", Grants: 1}}
	if err != nil || c.Total != 5 || c.WorkSpaces != 1 || c.EBS != 2 || !slices.Equal(c.Grantees, want) {
		t.Errorf("got %+v, %v", c, err)
	}
	if want[0].Service() || !want[1].Service() {
		t.Error("a service is told from others by the form of its principal")
	}
	for text, incomplete := range map[string]bool{
		`{"Grants": []}`:                                             false,
		`{"Grants": [], "Truncated": false}`:                         false,
		`{"Grants": [], "Truncated": true, "NextMarker": "x"}`:       true,
		`{"Grants": [], "NextToken": "x"}`:                           true,
		`{"Grants": [], "NextMarker": "x"}`:                          true,
		`{"Grants": [], "Truncated": true}`:                          true,
		"  {\"Grants\": [], \"New\": {\"Grants\": [{\"x\": 1}]}}\n ": false,
	} {
		if c, err := encryption.CountGrants(strings.NewReader(text)); err != nil || c.Incomplete != incomplete || c.Total != 0 || c.Key != "" {
			t.Errorf("%s: %+v, %v", text, c, err)
		}
	}
	bare := fmt.Sprintf(`{"KeyId": %q}`, keyA)
	if c, err := encryption.CountGrants(strings.NewReader(listGrants(bare, bare))); err != nil || c.Total != 2 || c.Key != keyA || c.WorkSpaces+c.EBS > 0 {
		t.Errorf("grants without id and principal: %+v, %v", c, err)
	}
	for text, path := range map[string]string{
		``:                               "",
		`{}`:                             "",
		`[]`:                             "",
		`{"Grants": null}`:               "",
		`{"Grants": [1]}`:                "",
		`{"Grants": []}{}`:               "",
		`{"Grants": [`:                   "",
		`{"Grants": [{"KeyId": 1}]}`:     "",
		`{"Grants": [], "Truncated": 1}`: "",
		listGrants(grant(1, "GranteePrincipal", "x", `{}`), strings.Replace(grant(2, "GranteePrincipal", "x", `{}`), keyA, keyB, 1)): "Grants[1].KeyId",
		listGrants(grant(1, "GranteePrincipal", "x", `{}`), grant(1, "GranteePrincipal", "y", `{}`)):                                 "Grants[1].GrantId",
	} {
		c, err := encryption.CountGrants(strings.NewReader(text))
		var input *rule.InputError
		if err == nil || c.Total != 0 || c.Grantees != nil || errors.As(err, &input) != (path != "") || path != "" && string(input.Path) != path {
			t.Errorf("%s: %+v, %v", text, c, err)
		}
	}
	broken := errors.New("broken")
	if _, err := encryption.CountGrants(io.MultiReader(strings.NewReader(`{"Grants": [`), failing{broken})); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

// A list that breaks off is malformed wherever it does: what has been read of a grant is not held against the others.
func TestCountGrantsBrokenOff(t *testing.T) {
	whole := listGrants(
		grant(1, "GranteePrincipal", instance, diskContext),
		grant(2, "GranteeServicePrincipal", "workspaces.amazonaws.com", userContext),
	)
	for n := range len(whole) {
		c, err := encryption.CountGrants(strings.NewReader(whole[:n]))
		var input *rule.InputError
		if err == nil || errors.As(err, &input) || c.Total != 0 {
			t.Errorf("%s: %+v, %v", whole[:n], c, err)
		}
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func FuzzParseGrants(f *testing.F) {
	f.Add([]byte(listGrants(grant(1, "GranteePrincipal", instance, diskContext), grant(2, "GranteeServicePrincipal", "workspaces.amazonaws.com", userContext))))
	f.Add([]byte(`{"Grants": [], "Truncated": true}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := encryption.CountGrants(strings.NewReader(string(data)))
		if err != nil {
			return
		}
		var plain struct{ Grants []map[string]any }
		if err := json.Unmarshal(data, &plain); err != nil || len(plain.Grants) != c.Total {
			t.Fatalf("%d grants, %v, counted %d", len(plain.Grants), err, c.Total)
		}
		sum := 0
		for _, g := range c.Grantees {
			sum += g.Grants
		}
		if sum != c.Total || c.WorkSpaces+c.EBS > c.Total || c.WorkSpaces < 0 || c.EBS < 0 {
			t.Fatalf("%+v does not add up", c)
		}
	})
}

func TestCheckGrants(t *testing.T) {
	for _, tt := range []struct {
		date       string
		total      int
		grantee    string
		grants     int
		awsManaged bool
		incomplete bool
		verdict    rule.Verdict
		codes      string
	}{
		{"2026-09-10", 50_000, "workspaces.amazonaws.com", 16_666, false, false, rule.Allowed, ""},
		{"2026-09-10", 50_001, "workspaces.amazonaws.com", 16_666, false, false, rule.Denied, "grants-over-limit@Grants"},
		{"2026-09-10", 50_001, "workspaces.amazonaws.com", 16_666, true, false, rule.Allowed, ""},
		{"2026-09-10", 10, "workspaces.amazonaws.com", 5, false, true, rule.Undocumented, ""},
		{"2026-09-10", 50_001, "workspaces.amazonaws.com", 5, false, true, rule.Denied, "grants-over-limit@Grants"},
		{"2020-10-28", 10_001, "workspaces.amazonaws.com", 500, false, false, rule.Denied, "grants-over-limit@Grants"},
		{"2020-10-29", 10_001, "workspaces.amazonaws.com", 500, false, false, rule.Allowed, ""},
		{"2019-03-27", 2_501, "workspaces.amazonaws.com", 500, false, false, rule.Denied, "grants-over-limit@Grants"},
		{"2019-03-28", 2_501, "workspaces.amazonaws.com", 500, false, false, rule.Allowed, ""},
		{"2021-04-06", 1_503, "workspaces.amazonaws.com", 501, false, false, rule.Denied, "grantee-over-limit@Grants"},
		{"2021-04-06", 1_503, "workspaces.amazonaws.com", 501, true, false, rule.Denied, "grantee-over-limit@Grants"},
		{"2021-04-07", 1_503, "workspaces.amazonaws.com", 501, false, false, rule.Allowed, ""},
		{"2021-04-06", 1_503, instance, 501, false, false, rule.Denied, "grantee-over-limit@Grants"},
		{"2021-04-06", 1_503, "ec2.amazonaws.com", 501, false, false, rule.Undocumented, ""},
		{"2017-11-15", 2_501, "workspaces.amazonaws.com", 501, false, false, rule.Denied, "grants-over-limit@Grants grantee-over-limit@Grants"},
	} {
		c := encryption.GrantCount{Key: keyA, Total: tt.total, Incomplete: tt.incomplete, Grantees: []encryption.Grantee{{Principal: tt.grantee, Grants: tt.grants}}}
		a, err := at(t, tt.date).CheckGrants(c, tt.awsManaged)
		if err != nil || a.Verdict != tt.verdict || codes(a.Violations) != tt.codes {
			t.Errorf("%+v: %+v, %v", tt, a, err)
		}
	}
}

// What was counted is what was listed, whatever the order.
func TestCountGrantsProperty(t *testing.T) {
	principals := []string{"workspaces.amazonaws.com", instance, "ec2.amazonaws.com", "arn:aws:iam::111122223333:role/adminRole"}
	rapid.Check(t, func(t *rapid.T) {
		n := make([]int, len(principals))
		var grants []string
		for i := range rapid.IntRange(0, 40).Draw(t, "grants") {
			p := rapid.IntRange(0, len(principals)-1).Draw(t, "principal")
			n[p]++
			grants = append(grants, grant(i, "GranteePrincipal", principals[p], `{}`))
		}
		c, err := encryption.CountGrants(strings.NewReader(listGrants(grants...)))
		if err != nil || c.Total != len(grants) || c.WorkSpaces != n[0] || c.EBS != n[1] {
			t.Fatalf("%v: %+v, %v", n, c, err)
		}
		if !slices.IsSortedFunc(c.Grantees, func(a, b encryption.Grantee) int { return b.Grants - a.Grants }) {
			t.Fatalf("%v are not sorted", c.Grantees)
		}
		for _, g := range c.Grantees {
			if i := slices.Index(principals, g.Principal); n[i] != g.Grants || g.Grants == 0 {
				t.Fatalf("%s has %d grants, want %d", g.Principal, g.Grants, n[i])
			}
		}
	})
}
